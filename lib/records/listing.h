/* The first lines of every call that gives something back. */
#ifndef PZ_RECORDS_LISTING_H
#define PZ_RECORDS_LISTING_H

#include "base/fail.h"

/* Sets the results to nothing before anything else happens; PZ_E_INVALID where there is no place for them. */
static inline pz_status pz__list_start(void ***out_rows, size_t *out_count)
{
    if (out_rows) *out_rows = NULL;
    if (out_count) *out_count = 0;
    if (!out_rows) return pz__fail_null("out_rows");
    return out_count ? PZ_OK : pz__fail_null("out_count");
}

#endif
