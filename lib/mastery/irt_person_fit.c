/* How well persons fit: mean squares, and the likelihood of their answers set against what their ability leads to expect. */
#include <math.h>

#include "base/fail.h"
#include "base/memory.h"
#include "base/numeric.h"
#include "mastery/columns.h"
#include "mastery/irt.h"

/* Sums over a person's answers at the estimate. */
typedef struct sums {
    double likelihood, expected, variance; /* log-likelihood of the answers, its mean and variance */
    double information, along;             /* Fisher information; how the likelihood goes with the slope of the curves */
    double squares, outfit, varied;
    int32_t answers, scored;
} sums;

static void add_item(const pz__irt_item *item, double ability, int32_t answer, sums *s)
{
    double p[PZ__IRT_CATEGORIES], first[PZ__IRT_CATEGORIES], mean_log = 0, square_log = 0, mean = 0, square = 0;
    pz__irt_curve(item, ability, p, first, NULL);
    for (int32_t k = 0; k < item->categories; k++) {
        double log_p = pz__log(fmax(1e-300, p[k]));
        mean_log += p[k] * log_p;
        square_log += p[k] * log_p * log_p;
        s->along += first[k] * log_p;
        if (p[k] > 1e-290) s->information += first[k] * first[k] / p[k];
        mean += k * p[k];
        square += (double)k * k * p[k];
    }
    s->likelihood += pz__log(fmax(1e-300, p[answer]));
    s->expected += mean_log;
    s->variance += fmax(0, square_log - mean_log * mean_log);
    s->answers++;
    if (item->kind == PZ_IRT_NOMINAL) return;
    square = fmax(1e-12, square - mean * mean);
    s->squares += (answer - mean) * (answer - mean);
    s->outfit += (answer - mean) * (answer - mean) / square;
    s->varied += square;
    s->scored++;
}

/* Snijders (2001), Sinharay (2016): the estimate was drawn toward these very answers, which is taken out of mean and variance. */
static void fill_person(const pz_irt_model *model, const int32_t *row, double ability, pz_irt_person_fit *out)
{
    sums s = {0};
    double c, pull = -(ability - model->fit.mean) / model->fit.variance;
    for (size_t i = 0; i < model->count; i++)
        if (row[i] >= 0) add_item(&model->items[i], ability, row[i], &s);
    out->answers = s.answers;
    out->ability = ability;
    if (s.scored) {
        out->outfit = s.outfit / s.scored;
        out->infit = s.squares / s.varied;
    }
    if (!(s.variance > 1e-12) || !(s.information > 1e-12)) return;
    out->likelihood = (s.likelihood - s.expected) / sqrt(s.variance);
    c = s.along / s.information;
    s.variance -= s.along * c; /* the part that the slope explains */
    if (!(s.variance > 1e-9)) return;
    out->corrected = (s.likelihood - s.expected + c * pull) / sqrt(s.variance);
    out->p_value = pz__normal_cdf(out->corrected);
}

pz_status pz_irt_person_fit_list(const pz_irt_model *model, const int32_t *responses, size_t rows, size_t cols, int32_t nodes, double range,
                                 pz_progress_fn progress, void *user_data, pz_irt_person_fit ***out_rows, size_t *out_count)
{
    double *ability;
    pz__rows list;
    void **taken;
    pz_status status;
    if (!out_rows) return pz__fail_null("out_rows");
    *out_rows = NULL;
    if (!out_count) return pz__fail_null("out_count");
    *out_count = 0;
    if (!model) return pz__fail_closed("model");
    PZ__TRY(pz__irt_answers_check(model, responses, rows, cols));
    PZ__TRY(pz__irt_nodes_check(nodes, range));
    ability = pz__alloc_zero(2 * rows, sizeof *ability);
    if (!ability) return pz__fail_memory();
    status =
        pz_irt_ability(model, PZ_IRT_MAP, responses, rows, cols, nodes, range, progress, user_data, ability, rows, ability + rows, rows);
    pz__rows_start(&list, &pz__irt_person_fit_type);
    for (size_t i = 0; status == PZ_OK && i < rows; i++) {
        pz_irt_person_fit row = *(const pz_irt_person_fit *)pz__irt_person_fit_type.initial;
        row.person = (int64_t)i;
        if (isfinite(ability[i])) fill_person(model, responses + i * cols, ability[i], &row);
        pz__rows_add(&list, &row);
    }
    pz__release(ability);
    if (status != PZ_OK) {
        pz__rows_free(&list);
        return status;
    }
    status = pz__rows_take(&list, &taken, out_count);
    *out_rows = (pz_irt_person_fit **)taken;
    return status;
}
