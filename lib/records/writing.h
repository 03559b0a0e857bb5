/* The first line of every call that writes. */
#ifndef PZ_RECORDS_WRITING_H
#define PZ_RECORDS_WRITING_H

#include "base/fail.h"
#include "records/access/call.h"
#include "records/request.h"

/* pz__call_write with the request that was put together; the request is freed. Afterwards: unless call->repeated do the work, then pz__call_end. */
static inline pz_status pz__write_start(pz__call *call, pz_actor *actor, const char *action, const char *key, pz__buffer *request)
{
    pz_status status =
        request->status == PZ_OK ? pz__call_write(call, actor, action, key, request->data, request->length) : pz__fail_memory();
    pz__buffer_free(request);
    return status;
}

#endif
