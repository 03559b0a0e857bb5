/* Telling the caller how far a search is, and hearing whether it is to stop. */
#ifndef PZ_GROUPING_WATCH_H
#define PZ_GROUPING_WATCH_H

#include "base/fail.h"

typedef struct pz__watch {
    pz_progress_fn progress; /* or NULL */
    void *user_data;
    int keep_best; /* to stop is to take what there is, and no failure */
    int stopped;
} pz__watch;

/* Once asked to stop, it is not asked again. */
static inline int pz__watch_stops(pz__watch *watch, double done)
{
    if (!watch->stopped && watch->progress && watch->progress(done, watch->user_data) != PZ_OK) watch->stopped = 1;
    return watch->stopped;
}

static inline pz_status pz__watch_status(const pz__watch *watch)
{
    if (!watch->stopped || watch->keep_best) return PZ_OK;
    return pz__fail(PZ_E_CANCELLED, "progress", NULL, "The search was cancelled.");
}

#endif
