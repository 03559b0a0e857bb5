/* Raising a failure: the status goes back to the caller, the words into the thread's error detail. */
#ifndef PZ_BASE_FAIL_H
#define PZ_BASE_FAIL_H

#include "personalize/base.h"

/* Sets the thread's error detail and returns `status`. `field` and `hint` may be NULL. `format` must not be given
 * personal data: ids, places, limits and codes only. Never allocates; long messages are cut at a character's border. */
pz_status pz__fail(pz_status status, const char *field, const char *hint, const char *format, ...)
    __attribute__((format(printf, 4, 5), cold));

/* The failures that every function shares. */
pz_status pz__fail_closed(const char *what);   /* NULL handle; `what` as in "actor" */
pz_status pz__fail_null(const char *parameter); /* a parameter that must not be NULL */
pz_status pz__fail_memory(void);

#define PZ__TRY(call)                                \
    do {                                             \
        pz_status pz_try_status_ = (call);           \
        if (pz_try_status_ != PZ_OK) return pz_try_status_; \
    } while (0)

#endif
