#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "base/random.h"
#include "mastery/columns.h"
#include "personalize/metrics.h"

/* Learners in random order are dealt out to the folds in turn. */
static pz_status deal(const pz__numbering *learners, const int32_t *dense, size_t rows, int32_t folds, uint64_t seed,
                      pz_progress_fn progress, void *user_data, int32_t *out_fold)
{
    pz_status status = PZ_OK;
    pz__random random;
    int32_t *places;
    if (learners->count < folds)
        return pz__fail(PZ_E_NOT_ENOUGH, "folds", NULL, "%d learners are not enough for %d folds.", (int)learners->count, (int)folds);
    places = pz__alloc_zero((size_t)learners->count, sizeof *places);
    if (!places) return pz__fail_memory();
    for (int32_t i = 0; i < learners->count; i++) places[i] = i % folds;
    pz__random_seed(&random, seed);
    pz__random_shuffle(&random, places, (size_t)learners->count);
    for (size_t row = 0; status == PZ_OK && row < rows; row++) {
        out_fold[row] = places[dense[row]];
        status = pz__progress_row(progress, row, rows, user_data);
    }
    if (status != PZ_OK) memset(out_fold, 0, rows * sizeof *out_fold);
    pz__release(places);
    return status;
}

pz_status pz_folds_by_learner(const int64_t *learner, size_t rows, int32_t folds, uint64_t seed, pz_progress_fn progress, void *user_data,
                              int32_t *out_fold, size_t out_fold_len)
{
    pz__numbering learners;
    int32_t *dense;
    pz_status status;
    if (!out_fold) return pz__fail_null("out_fold");
    memset(out_fold, 0, out_fold_len * sizeof *out_fold);
    if (!learner) return pz__fail_null("learner");
    if (!rows || rows > 1000000000) return pz__fail(PZ_E_INVALID, "rows", NULL, "There must be 1 to 1,000,000,000 rows.");
    if (out_fold_len != rows)
        return pz__fail(PZ_E_INVALID, "out_fold_len", NULL, "There are %zu rows and room for %zu folds.", rows, out_fold_len);
    if (folds < 2 || folds > 1000) return pz__fail(PZ_E_INVALID, "folds", NULL, "folds must be from 2 to 1000.");
    PZ__TRY(pz__progress(progress, 0, user_data));
    dense = pz__alloc_zero(rows, sizeof *dense);
    if (!dense) return pz__fail_memory();
    status = pz__number(learner, rows, &learners, dense);
    if (status == PZ_OK) status = deal(&learners, dense, rows, folds, seed, progress, user_data, out_fold);
    pz__release(dense);
    pz__numbering_free(&learners);
    return status;
}
