/* From answers to what the regression sees of them. */
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "base/numeric.h"
#include "mastery/lr.h"

double pz__lr_dot(const pz_lr_model *model, const double *weights, const pz__lr_row *row)
{
    double sum = weights[PZ__LR_CONSTANT];
    if (row->skill >= 0) {
        const double *own = weights + PZ__LR_HEAD + 3 * (size_t)row->skill;
        sum += own[0] + own[1] * row->right + own[2] * row->wrong;
    }
    if (model->features == PZ_LR_PFA) return sum;
    sum += weights[PZ__LR_RIGHT] * row->all_right + weights[PZ__LR_WRONG] * row->all_wrong;
    if (row->item >= 0) sum += weights[PZ__LR_HEAD + 3 * (size_t)model->skills.count + (size_t)row->item];
    return sum;
}

/* Counts before each row of `order`, rows of one group together; places the logarithms at `right` and `wrong` of the rows. */
static void count(const double *score, const uint32_t *order, size_t rows, const int32_t *group, int over_all, pz__lr_row *out)
{
    double right = 0, wrong = 0;
    for (size_t i = 0; i < rows; i++) {
        uint32_t row = order[i];
        if (i == 0 || group[row] != group[order[i - 1]]) right = wrong = 0;
        if (over_all) {
            out[row].all_right = pz__log1p(right);
            out[row].all_wrong = pz__log1p(wrong);
        } else {
            out[row].right = pz__log1p(right);
            out[row].wrong = pz__log1p(wrong);
        }
        right += score[row];
        wrong += 1 - score[row];
    }
}

static void place(const pz__numbering *numbering, const int64_t *column, size_t rows, pz__lr_row *out, int is_item)
{
    for (size_t row = 0; row < rows; row++) {
        int32_t found = column ? pz__numbering_find(numbering, column[row]) : -1;
        if (is_item)
            out[row].item = found;
        else
            out[row].skill = found;
    }
}

pz_status pz__lr_rows(const pz_lr_model *model, const int64_t *learner, const int64_t *skill, const int64_t *item, const double *score,
                      size_t rows, pz__lr_row *out)
{
    pz__sorted sorted;
    uint32_t *order, *starts;
    PZ__TRY(pz__sort_answers(learner, skill, rows, &sorted));
    for (int32_t i = 0; i < sorted.skills.count; i++)
        count(score, sorted.order + sorted.starts[i], sorted.starts[i + 1] - sorted.starts[i], sorted.learner, 0, out);
    order = pz__alloc_zero(rows, sizeof *order);
    starts = pz__alloc_zero((size_t)sorted.learners.count + 1, sizeof *starts);
    if (order && starts) {
        pz__sort_rows(sorted.learner, sorted.learners.count, NULL, rows, order, starts);
        count(score, order, rows, sorted.learner, 1, out);
    }
    place(&model->skills, skill, rows, out, 0);
    place(&model->items, model->features == PZ_LR_BEST_LR ? item : NULL, rows, out, 1);
    pz__sorted_free(&sorted);
    pz__release(starts);
    pz__release(order);
    return order && starts ? PZ_OK : pz__fail_memory();
}
