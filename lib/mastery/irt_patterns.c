/* Persons who gave the same answers, so that each pattern is worked out once. */
#include "base/fail.h"
#include "base/memory.h"
#include "mastery/columns.h"
#include "mastery/irt_calibrate.h"

/* Persons with the same answers, found by sorting column after column. */
pz_status pz__irt_patterns(pz__irt_work *w)
{
    uint32_t *order = pz__alloc_zero(w->rows, sizeof *order), *next = pz__alloc_zero(w->rows, sizeof *next);
    int32_t *key = pz__alloc_zero(w->rows, sizeof *key);
    uint32_t starts[PZ__IRT_CATEGORIES + 2];
    pz_status status = order && next && key ? PZ_OK : pz__fail_memory();
    for (size_t i = 0; status == PZ_OK && i < w->rows; i++) order[i] = (uint32_t)i;
    for (size_t col = w->cols; status == PZ_OK && col-- > 0;) {
        uint32_t *swap = order;
        for (size_t i = 0; i < w->rows; i++) {
            int32_t answer = w->responses[i * w->cols + col];
            key[i] = answer < 0 ? 0 : answer + 1;
        }
        pz__sort_rows(key, PZ__IRT_CATEGORIES + 1, order, w->rows, next, starts);
        order = next;
        next = swap;
    }
    for (size_t i = 0; status == PZ_OK && i < w->rows; i++) {
        const int32_t *row = w->responses + order[i] * w->cols;
        int same = w->patterns > 0;
        for (size_t col = 0; same && col < w->cols; col++) {
            int32_t before = w->responses[w->first[w->patterns - 1] * w->cols + col];
            same = row[col] == before || (row[col] < 0 && before < 0);
        }
        if (!same) w->first[w->patterns++] = order[i];
        w->times[w->patterns - 1]++;
    }
    pz__release(order);
    pz__release(next);
    pz__release(key);
    return status;
}
