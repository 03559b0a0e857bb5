/* Differential item functioning: 2 by 2 tables of group and answer, one for each stratum of learners who are equally able. */
#include <math.h>

#include "base/fail.h"
#include "base/memory.h"
#include "base/numeric.h"
#include "mastery/columns.h"
#include "mastery/metrics.h"
#include "mastery/model.h"

typedef struct table {
    double count[2][2]; /* group, right */
} table;

typedef struct totals {
    double r, s, pr, ps_qr, qs;       /* for the odds ratio and its error */
    double right, expected, variance; /* of group 0 right, for the test */
} totals;

static void add_table(const table *t, totals *sum)
{
    double a = t->count[0][1], b = t->count[0][0], c = t->count[1][1], d = t->count[1][0], all = a + b + c + d, r, s, p, q;
    if (a + b == 0 || c + d == 0) return;
    r = a * d / all, s = b * c / all, p = (a + d) / all, q = (b + c) / all;
    sum->r += r;
    sum->s += s;
    sum->pr += p * r;
    sum->ps_qr += p * s + q * r;
    sum->qs += q * s;
    sum->right += a;
    sum->expected += (a + b) * (a + c) / all;
    if (all > 1) sum->variance += (a + b) * (c + d) * (a + c) * (b + d) / (all * all * (all - 1));
}

static void judge(const totals *sum, pz_dif *out)
{
    double distance = fmax(0, fabs(sum->right - sum->expected) - 0.5), size, margin;
    out->odds_ratio = sum->r / sum->s;
    out->log_odds_ratio = pz__log(out->odds_ratio);
    out->standard_error = sqrt(sum->pr / (2 * sum->r * sum->r) + sum->ps_qr / (2 * sum->r * sum->s) + sum->qs / (2 * sum->s * sum->s));
    out->delta = -2.35 * out->log_odds_ratio;
    out->chi_square = distance * distance / sum->variance;
    out->p_value = 2 * pz__normal_cdf(-sqrt(out->chi_square));
    size = fabs(out->delta);
    margin = 1.6448536269514722 * 2.35 * out->standard_error;
    if (size < 1 || out->p_value >= 0.05)
        out->category = 1;
    else
        out->category = size >= 1.5 && size - margin > 1 ? 3 : 2;
}

static pz_status check(const int32_t *right, const int32_t *group, const int64_t *stratum, size_t rows)
{
    if (!right) return pz__fail_null("right");
    if (!group) return pz__fail_null("group");
    if (!stratum) return pz__fail_null("stratum");
    if (!rows || rows > 1000000000) return pz__fail(PZ_E_INVALID, "rows", NULL, "There must be 1 to 1,000,000,000 rows.");
    for (size_t row = 0; row < rows; row++) {
        if (right[row] != 0 && right[row] != 1)
            return pz__fail(PZ_E_INVALID, "right", NULL, "The answer in row %zu is %d; it must be 0 or 1.", row, (int)right[row]);
        if (group[row] != 0 && group[row] != 1)
            return pz__fail(PZ_E_INVALID, "group", NULL, "The group in row %zu is %d; it must be 0 or 1.", row, (int)group[row]);
    }
    return PZ_OK;
}

pz_status pz_dif_of(const int32_t *right, const int32_t *group, const int64_t *stratum, size_t rows, pz_progress_fn progress,
                    void *user_data, pz_dif *out_dif)
{
    pz_dif out = PZ_DIF_INIT;
    pz__numbering strata;
    int32_t *dense;
    table *tables = NULL;
    totals sum = {0};
    pz_status status;
    PZ__TRY(pz__out_start(&pz__dif_type, out_dif));
    PZ__TRY(check(right, group, stratum, rows));
    PZ__TRY(pz__progress(progress, 0, user_data));
    dense = pz__alloc_zero(rows, sizeof *dense);
    if (!dense) return pz__fail_memory();
    status = pz__number(stratum, rows, &strata, dense);
    if (status == PZ_OK) {
        tables = pz__alloc_zero((size_t)strata.count, sizeof *tables);
        if (!tables) status = pz__fail_memory();
    }
    for (size_t row = 0; status == PZ_OK && row < rows; row++) {
        tables[dense[row]].count[group[row]][right[row]]++;
        status = pz__progress_row(progress, row, rows, user_data);
    }
    for (int32_t i = 0; status == PZ_OK && i < strata.count; i++) add_table(&tables[i], &sum);
    if (status == PZ_OK && !(sum.r > 0 && sum.s > 0 && sum.variance > 0))
        status = pz__fail(PZ_E_NOT_ENOUGH, "stratum", "Join strata, or take more learners.",
                          "No stratum has learners of both groups with both kinds of answers to compare.");
    if (status == PZ_OK) {
        judge(&sum, &out);
        pz__out_give(&pz__dif_type, &out, out_dif);
    }
    pz__release(tables);
    pz__release(dense);
    pz__numbering_free(&strata);
    return status;
}
