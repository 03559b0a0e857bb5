/* Accuracy and calibration. */
#include "mastery/metrics.h"

#include <math.h>

#include "base/fail.h"
#include "base/memory.h"
#include "base/numeric.h"
#include "mastery/columns.h"
#include "mastery/model.h"
#include "mastery/order.h"

enum { BINS = 10 };

pz_status pz__predictions_check(const double *probability, const double *score, size_t rows)
{
    if (!probability) return pz__fail_null("probability");
    if (!score) return pz__fail_null("score");
    if (!rows || rows > 1000000000) return pz__fail(PZ_E_INVALID, "rows", NULL, "There must be 1 to 1,000,000,000 rows.");
    for (size_t row = 0; row < rows; row++) {
        if (!(probability[row] >= 0 && probability[row] <= 1))
            return pz__fail(PZ_E_INVALID, "probability", NULL, "The probability in row %zu is %g; it must be from 0 to 1.", row,
                            probability[row]);
        if (!(score[row] >= 0 && score[row] <= 1))
            return pz__fail(PZ_E_INVALID, "score", NULL, "The score in row %zu is %g; it must be from 0 to 1.", row, score[row]);
    }
    return PZ_OK;
}

int pz__is_right(double score)
{
    return score >= 0.5;
}

/* Wrong answers below each right one, those with the same probability half. */
double pz__auc(const double *probability, const double *score, const uint32_t *order, size_t rows)
{
    double pairs = 0;
    size_t wrong = 0, right = 0;
    for (size_t i = 0; i < rows;) {
        size_t same_right = 0, same_wrong = 0;
        double value = probability[order[i]];
        for (; i < rows && probability[order[i]] == value; i++)
            if (pz__is_right(score[order[i]]))
                same_right++;
            else
                same_wrong++;
        pairs += (double)same_right * ((double)wrong + 0.5 * (double)same_wrong);
        wrong += same_wrong;
        right += same_right;
    }
    return right && wrong ? pairs / (double)right / (double)wrong : PZ_REAL_NONE;
}

static int bin_of(double probability, int bins)
{
    int bin = (int)(probability * bins);
    return bin < bins ? bin : bins - 1;
}

typedef struct sums {
    double squares, logs, probability;
    int64_t right, correct;
    double bin_probability[BINS];
    int64_t bin_right[BINS];
} sums;

static void add_row(sums *s, double p, int right)
{
    double miss = right - p, likely = right ? p : 1 - p;
    int bin = bin_of(p, BINS);
    s->squares += miss * miss;
    s->logs -= pz__log(fmax(1e-15, likely));
    s->probability += p;
    s->right += right;
    s->correct += (p >= 0.5) == right;
    s->bin_probability[bin] += p;
    s->bin_right[bin] += right;
}

pz_status pz_accuracy_of(const double *probability, const double *score, size_t rows, pz_progress_fn progress, void *user_data,
                         pz_accuracy *out_accuracy)
{
    pz_accuracy out = PZ_ACCURACY_INIT;
    uint32_t *order;
    sums s = {0};
    double n = (double)rows, off = 0;
    pz_status status;
    PZ__TRY(pz__out_start(&pz__accuracy_type, out_accuracy));
    PZ__TRY(pz__predictions_check(probability, score, rows));
    order = pz__alloc_zero(rows, sizeof *order);
    if (!order) return pz__fail_memory();
    status = pz__order_by(probability, rows, progress, user_data, order);
    if (status == PZ_OK) out.auc = pz__auc(probability, score, order, rows);
    pz__release(order);
    if (status != PZ_OK) return status;
    for (size_t row = 0; row < rows; row++) {
        if (row % 65536 == 0) PZ__TRY(pz__progress(progress, 0.8 + 0.2 * (double)row / n, user_data));
        add_row(&s, probability[row], pz__is_right(score[row]));
    }
    for (int bin = 0; bin < BINS; bin++) off += fabs(s.bin_probability[bin] - (double)s.bin_right[bin]);
    out.rows = (int64_t)rows;
    out.right = s.right;
    out.brier = s.squares / n;
    out.rmse = sqrt(out.brier);
    out.log_loss = s.logs / n;
    out.calibration_error = off / n;
    out.share_correct = (double)s.correct / n;
    out.mean_probability = s.probability / n;
    out.mean_right = (double)s.right / n;
    pz__out_give(&pz__accuracy_type, &out, out_accuracy);
    return PZ_OK;
}

static pz_status add_bins(const double *probability, const double *score, size_t rows, int32_t bins, pz_progress_fn progress,
                          void *user_data, double *sums_of, int64_t *right, int64_t *count, pz__rows *out)
{
    for (size_t row = 0; row < rows; row++) {
        int bin = bin_of(probability[row], bins);
        PZ__TRY(pz__progress_row(progress, row, rows, user_data));
        sums_of[bin] += probability[row];
        right[bin] += pz__is_right(score[row]);
        count[bin]++;
    }
    for (int bin = 0; bin < bins; bin++) {
        pz_calibration_bin row = {sizeof row, (double)bin / bins, (bin + 1.0) / bins, count[bin], PZ_REAL_NONE, PZ_REAL_NONE, PZ_REAL_NONE};
        if (count[bin]) {
            row.mean_probability = sums_of[bin] / (double)count[bin];
            row.mean_right = (double)right[bin] / (double)count[bin];
            row.standard_error = sqrt(row.mean_probability * (1 - row.mean_probability) / (double)count[bin]);
        }
        pz__rows_add(out, &row);
    }
    return PZ_OK;
}

pz_status pz_calibration(const double *probability, const double *score, size_t rows, int32_t bins, pz_progress_fn progress,
                         void *user_data, pz_calibration_bin ***out_rows, size_t *out_count)
{
    double *sums_of;
    int64_t *counts;
    pz__rows list;
    void **taken;
    pz_status status;
    if (!out_rows) return pz__fail_null("out_rows");
    *out_rows = NULL;
    if (!out_count) return pz__fail_null("out_count");
    *out_count = 0;
    PZ__TRY(pz__predictions_check(probability, score, rows));
    if (bins < 2 || bins > 1000) return pz__fail(PZ_E_INVALID, "bins", NULL, "bins must be from 2 to 1000.");
    sums_of = pz__alloc_zero((size_t)bins, sizeof *sums_of);
    counts = pz__alloc_zero(2 * (size_t)bins, sizeof *counts);
    pz__rows_start(&list, &pz__calibration_bin_type);
    status = sums_of && counts ? add_bins(probability, score, rows, bins, progress, user_data, sums_of, counts, counts + bins, &list)
                               : pz__fail_memory();
    if (status == PZ_OK)
        status = pz__rows_take(&list, &taken, out_count);
    else
        pz__rows_free(&list);
    if (status == PZ_OK) *out_rows = (pz_calibration_bin **)taken;
    pz__release(sums_of);
    pz__release(counts);
    return status;
}
