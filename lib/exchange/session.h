/* One import as a call on a store: the right to import, the change with its key, and the report at the end. */
#ifndef PZ_EXCHANGE_SESSION_H
#define PZ_EXCHANGE_SESSION_H

#include "exchange/import.h"
#include "records/access/call.h"

typedef struct pz__session {
    pz__import import;
    pz__call call;
    int is_dry; /* a dry run, or a repeat: call.change is NULL, nothing is written */
} pz__session;

/* Work of an import, with the change open or, for a dry run, with call.change NULL. */
typedef pz_status (*pz__session_fn)(pz__session *session, void *work);

/* `digest` tells requests with the same key apart: the bytes of the file and of what else was asked; it is called only with a key. */
typedef pz_status (*pz__session_digest_fn)(pz__session *session, void *work, uint8_t out_digest[16]);

typedef struct pz__session_plan {
    const char *format;
    const char *action; /* such as "import.oneroster" */
    pz__session_fn run;
    pz__session_digest_fn digest;
    int key_from_digest; /* 1: without a key, the digest serves as one */
} pz__session_plan;

pz_status pz__session_run(pz_actor *actor, const pz__session_plan *plan, const pz_import_options *options, const char *key, void *work,
                          char **out_json);

/* Goes on with a digest: the store's keyed digest of the digest so far and the bytes. */
void pz__session_digest_add(pz__session *session, uint8_t digest[16], const void *bytes, size_t length);
pz_status pz__session_digest_file(pz__session *session, uint8_t digest[16], const char *path);

#endif
