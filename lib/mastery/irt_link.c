/* Linking two scales of ability by common items. */
#include <math.h>

#include "base/fail.h"
#include "base/numeric.h"
#include "mastery/irt.h"
#include "mastery/model.h"

/* Common items, and nodes with the weights of the population of `to`. */
typedef struct common {
    const pz_irt_model *from, *to;
    const int32_t *from_item, *to_item;
    size_t rows;
} common;

enum { NODES = 61 };

static double expected_score(const pz__irt_item *item, double ability)
{
    double p[PZ__IRT_CATEGORIES], sum = 0;
    pz__irt_curve(item, ability, p, NULL, NULL);
    for (int32_t k = 1; k < item->categories; k++) sum += k * p[k];
    return sum;
}

static void moved_item(const pz__irt_item *from, double scale, double shift, pz__irt_item *out)
{
    *out = *from;
    out->slope = from->slope / scale;
    for (int32_t k = 0; k + 1 < from->categories; k++) {
        out->intercept[k] = from->intercept[k] - pz__irt_step_slope(from, k + 1) * shift / scale;
        out->slopes[k] = from->slopes[k] / scale;
    }
}

/* Squared distance of the curves, and what Gauss and Newton need, by differences. */
static double distance(const common *c, double scale, double shift, double gradient[2], double square[3])
{
    const double h = 1e-6, range = 4;
    double sum = 0, all = 0;
    gradient[0] = gradient[1] = square[0] = square[1] = square[2] = 0;
    for (int32_t q = 0; q < NODES; q++) {
        double z = pz__irt_node(q, NODES, range), weight = pz__exp(-0.5 * z * z), x = c->to->fit.mean + z * sqrt(c->to->fit.variance);
        double miss = 0, by_scale = 0, by_shift = 0;
        for (size_t i = 0; i < c->rows; i++) {
            pz__irt_item moved;
            const pz__irt_item *from = &c->from->items[c->from_item[i]];
            double here;
            moved_item(from, scale, shift, &moved);
            here = expected_score(&moved, x);
            miss += here - expected_score(&c->to->items[c->to_item[i]], x);
            moved_item(from, scale + h, shift, &moved);
            by_scale += (expected_score(&moved, x) - here) / h;
            moved_item(from, scale, shift + h, &moved);
            by_shift += (expected_score(&moved, x) - here) / h;
        }
        all += weight;
        sum += weight * miss * miss;
        gradient[0] += weight * miss * by_scale;
        gradient[1] += weight * miss * by_shift;
        square[0] += weight * by_scale * by_scale;
        square[1] += weight * by_scale * by_shift;
        square[2] += weight * by_shift * by_shift;
    }
    return sum / all;
}

static pz_status refine(const common *c, pz_irt_link *out)
{
    double scale = out->scale, shift = out->shift, gradient[2], square[3], unused[2], unused_square[3], now;
    for (int turn = 0; turn < 100; turn++) {
        double determinant, by_scale, by_shift, length = 1;
        now = distance(c, scale, shift, gradient, square);
        determinant = square[0] * square[2] - square[1] * square[1];
        if (!(determinant > 0)) break;
        by_scale = -(gradient[0] * square[2] - gradient[1] * square[1]) / determinant;
        by_shift = -(gradient[1] * square[0] - gradient[0] * square[1]) / determinant;
        if (fabs(by_scale) + fabs(by_shift) < 1e-9) {
            out->scale = scale;
            out->shift = shift;
            out->rmse = sqrt(now);
            return PZ_OK;
        }
        while (length > 1e-6 && (scale + length * by_scale <= 0 ||
                                 distance(c, scale + length * by_scale, shift + length * by_shift, unused, unused_square) > now))
            length *= 0.5;
        if (length <= 1e-6) length = 0; /* as near as rounding lets it come */
        if (length == 0) {
            out->scale = scale;
            out->shift = shift;
            out->rmse = sqrt(now);
            return PZ_OK;
        }
        scale += length * by_scale;
        shift += length * by_shift;
    }
    return pz__fail(PZ_E_NO_CONVERGENCE, "from_item", "Take other common items.",
                    "The curves of the common items cannot be brought together.");
}

static pz_status check(const common *c)
{
    if (c->rows && !c->from_item) return pz__fail_null("from_item");
    if (c->rows && !c->to_item) return pz__fail_null("to_item");
    for (size_t i = 0; i < c->rows; i++) {
        if (c->from_item[i] < 0 || c->from_item[i] >= (int64_t)c->from->count)
            return pz__fail(PZ_E_INVALID, "from_item", NULL, "Row %zu: there is no item %d.", i, (int)c->from_item[i]);
        if (c->to_item[i] < 0 || c->to_item[i] >= (int64_t)c->to->count)
            return pz__fail(PZ_E_INVALID, "to_item", NULL, "Row %zu: there is no item %d.", i, (int)c->to_item[i]);
        if (c->from->items[c->from_item[i]].categories != c->to->items[c->to_item[i]].categories)
            return pz__fail(PZ_E_INVALID, "to_item", NULL, "Row %zu: the items have different numbers of categories.", i);
        if (c->from->items[c->from_item[i]].kind == PZ_IRT_NOMINAL || c->to->items[c->to_item[i]].kind == PZ_IRT_NOMINAL)
            return pz__fail(PZ_E_INVALID, "to_item", "Use pz_irt_calibrate_fixed().",
                            "Row %zu: nominal items have no score whose curve could link.", i);
        if (!(c->from->items[c->from_item[i]].slope > 0 && c->to->items[c->to_item[i]].slope > 0))
            return pz__fail(PZ_E_INVALID, "to_item", "Leave the item out.", "Row %zu: an item without a slope above 0 cannot link.", i);
    }
    return PZ_OK;
}

/* Mean and spread of the difficulties of all steps. */
static void spread_of(const pz_irt_model *model, const int32_t *items, size_t rows, double *mean, double *sd)
{
    double sum = 0, squares = 0, count = 0;
    for (int part = 0; part < 2; part++)
        for (size_t i = 0; i < rows; i++) {
            const pz__irt_item *item = &model->items[items[i]];
            for (int32_t k = 0; k + 1 < item->categories; k++) {
                double difficulty = -item->intercept[k] / item->slope;
                if (part) {
                    squares += (difficulty - sum / count) * (difficulty - sum / count);
                } else {
                    sum += difficulty;
                    count++;
                }
            }
        }
    *mean = sum / count;
    *sd = sqrt(squares / count);
}

pz_status pz_irt_link_of(const pz_irt_model *from, const pz_irt_model *to, const int32_t *from_item, const int32_t *to_item, size_t rows,
                         pz_irt_link *out_link)
{
    common c = {from, to, from_item, to_item, rows};
    pz_irt_link out = PZ_IRT_LINK_INIT;
    double mean_from, sd_from, mean_to, sd_to, full = 0;
    PZ__TRY(pz__out_start(&pz__irt_link_type, out_link));
    if (!from) return pz__fail_closed("from");
    if (!to) return pz__fail_closed("to");
    PZ__TRY(check(&c));
    if (rows < 2) return pz__fail(PZ_E_NOT_ENOUGH, "rows", NULL, "At least two common items are needed.");
    spread_of(from, from_item, rows, &mean_from, &sd_from);
    spread_of(to, to_item, rows, &mean_to, &sd_to);
    if (!(sd_from > 1e-6 && sd_to > 1e-6))
        return pz__fail(PZ_E_NOT_ENOUGH, "from_item", "Take items of different difficulty.", "The common items are all equally hard.");
    out.mean_sigma_scale = out.scale = sd_to / sd_from;
    out.mean_sigma_shift = out.shift = mean_to - out.scale * mean_from;
    PZ__TRY(refine(&c, &out));
    for (size_t i = 0; i < rows; i++) full += to->items[to_item[i]].categories - 1;
    out.rmse /= full;
    pz__out_give(&pz__irt_link_type, &out, out_link);
    return PZ_OK;
}

pz_status pz_irt_rescale(const pz_irt_model *model, double scale, double shift, pz_irt_model **out_model)
{
    if (!out_model) return pz__fail_null("out_model");
    *out_model = NULL;
    if (!model) return pz__fail_closed("model");
    if (!(scale >= 0.001 && scale <= 1000)) return pz__fail(PZ_E_INVALID, "scale", NULL, "scale must be from 0.001 to 1000.");
    if (!(fabs(shift) <= 100)) return pz__fail(PZ_E_INVALID, "shift", NULL, "shift must be from -100 to 100.");
    PZ__TRY(pz__irt_new(model->count, out_model));
    (*out_model)->fit = model->fit;
    (*out_model)->fit.variance = model->fit.variance * scale * scale;
    (*out_model)->fit.mean = model->fit.mean * scale + shift;
    for (size_t i = 0; i < model->count; i++) moved_item(&model->items[i], scale, shift, &(*out_model)->items[i]);
    return PZ_OK;
}
