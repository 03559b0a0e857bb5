/* The bytes of a request, equal for equal requests: what an idempotency key is guarded by. Length-prefixed, so that no two
 * different requests give the same bytes. */
#ifndef PZ_RECORDS_REQUEST_H
#define PZ_RECORDS_REQUEST_H

#include "base/buffer.h"

void pz__request_int(pz__buffer *request, int64_t value);
void pz__request_real(pz__buffer *request, double value);
void pz__request_text(pz__buffer *request, const char *text, size_t length); /* resolves PZ_NUL_TERMINATED; NULL differs from "" */
/* All members of a record by its description. */
void pz__request_record(pz__buffer *request, const pz_record_type *type, const void *record);

#endif
