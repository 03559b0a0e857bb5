/* How well items fit: mean squares over the posterior, and S-X2 over groups of the same total score. */
#include <math.h>
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "base/numeric.h"
#include "mastery/chi_square.h"
#include "mastery/columns.h"
#include "mastery/irt.h"

enum { SCORE_MAX = 2000 };

typedef struct work {
    const pz_irt_model *model;
    const int32_t *responses;
    size_t rows;
    int32_t nodes;
    double range;
    double *p, *log_p; /* [item][category][node] */
    double *weight;    /* of the nodes in the population */
    double *posterior;
    pz_irt_item_fit *fit; /* by item */
    double *varied;       /* by item: sum of variances, for infit */
    int32_t scores;       /* highest total score; 0 where there is none to group by */
    double *observed;     /* [item][score][category] */
    double *chances;      /* [depth][node][score]: of the score on the items taken in so far */
    pz_progress_fn progress;
    void *user_data;
} work;

static const double *curve_of(const work *w, const double *table, size_t item, int32_t category)
{
    return table + (item * PZ__IRT_CATEGORIES + (size_t)category) * (size_t)w->nodes;
}

static void fill_tables(work *w)
{
    double sum = 0;
    for (int32_t q = 0; q < w->nodes; q++) {
        double x = pz__irt_node(q, w->nodes, w->range), away = x - w->model->fit.mean, p[PZ__IRT_CATEGORIES];
        sum += w->weight[q] = pz__exp(-0.5 * away * away / w->model->fit.variance);
        for (size_t i = 0; i < w->model->count; i++) {
            pz__irt_curve(&w->model->items[i], x, p, NULL, NULL);
            for (int32_t k = 0; k < w->model->items[i].categories; k++) {
                size_t at = (i * PZ__IRT_CATEGORIES + (size_t)k) * (size_t)w->nodes + (size_t)q;
                w->p[at] = p[k];
                w->log_p[at] = pz__log(fmax(1e-300, p[k]));
            }
        }
    }
    for (int32_t q = 0; q < w->nodes; q++) w->weight[q] /= sum;
}

/* ------------------------------------------------------------------------------------------ mean squares --- */

static void posterior_of(work *w, const int32_t *row)
{
    double most = -(double)INFINITY, sum = 0;
    for (int32_t q = 0; q < w->nodes; q++) w->posterior[q] = pz__log(fmax(1e-300, w->weight[q]));
    for (size_t i = 0; i < w->model->count; i++) {
        const double *log_p = curve_of(w, w->log_p, i, row[i] < 0 ? 0 : row[i]);
        for (int32_t q = 0; row[i] >= 0 && q < w->nodes; q++) w->posterior[q] += log_p[q];
    }
    for (int32_t q = 0; q < w->nodes; q++) most = fmax(most, w->posterior[q]);
    for (int32_t q = 0; q < w->nodes; q++) sum += w->posterior[q] = pz__exp(w->posterior[q] - most);
    for (int32_t q = 0; q < w->nodes; q++) w->posterior[q] /= sum;
}

/* Averaged over what the answers leave open about ability, so that both are 1 on average where the model holds. */
static void add_squares(work *w, size_t item, int32_t answer)
{
    const pz__irt_item *one = &w->model->items[item];
    pz_irt_item_fit *fit = &w->fit[item];
    fit->answers++;
    for (int32_t q = 0; q < w->nodes && one->kind != PZ_IRT_NOMINAL; q++) {
        double mean = 0, square = 0, away;
        if (w->posterior[q] < 1e-12) continue;
        for (int32_t k = 1; k < one->categories; k++) {
            double p = curve_of(w, w->p, item, k)[q];
            mean += k * p;
            square += (double)k * k * p;
        }
        away = (answer - mean) * (answer - mean);
        square = fmax(1e-12, square - mean * mean);
        fit->outfit += w->posterior[q] * away / square;
        fit->infit += w->posterior[q] * away;
        w->varied[item] += w->posterior[q] * square;
    }
}

static pz_status add_persons(work *w)
{
    for (size_t i = 0; i < w->rows; i++) {
        const int32_t *row = w->responses + i * w->model->count;
        int32_t score = 0;
        int complete = w->scores > 0;
        if (i % 256 == 0) PZ__TRY(pz__progress(w->progress, 0.5 * (double)i / (double)w->rows, w->user_data));
        posterior_of(w, row);
        for (size_t item = 0; item < w->model->count; item++) {
            if (row[item] >= 0) add_squares(w, item, row[item]);
            complete = complete && row[item] >= 0;
            score += row[item];
        }
        for (size_t item = 0; complete && item < w->model->count; item++)
            w->observed[(item * (size_t)(w->scores + 1) + (size_t)score) * PZ__IRT_CATEGORIES + (size_t)row[item]]++;
    }
    return PZ_OK;
}

/* ------------------------------------------------------------------------------------------------- S-X2 --- */

/* Groups of neighbouring scores, large enough that one answer is expected of each category. */
typedef struct grouped {
    double observed[PZ__IRT_CATEGORIES], expected[PZ__IRT_CATEGORIES];
} grouped;

static int large_enough(const grouped *group, int32_t categories)
{
    for (int32_t k = 0; k < categories; k++)
        if (group->expected[k] < 1) return 0;
    return 1;
}

static void join(grouped *to, const grouped *from)
{
    for (int32_t k = 0; k < PZ__IRT_CATEGORIES; k++) {
        to->observed[k] += from->observed[k];
        to->expected[k] += from->expected[k];
    }
}

static double distance(const grouped *group, int32_t categories)
{
    double sum = 0;
    for (int32_t k = 0; k < categories; k++) {
        double away = group->observed[k] - group->expected[k];
        sum += away * away / group->expected[k];
    }
    return sum;
}

/* Observed and expected answers of one total score. `chances` are those of scores on the other items. */
static void fill_group(const work *w, size_t item, const double *chances, int32_t score, grouped *out)
{
    const double *observed = w->observed + (item * (size_t)(w->scores + 1) + (size_t)score) * PZ__IRT_CATEGORIES;
    double all = 0, persons = 0;
    for (int32_t k = 0; k < w->model->items[item].categories && k <= score; k++) {
        const double *p = curve_of(w, w->p, item, k);
        double sum = 0;
        for (int32_t q = 0; q < w->nodes; q++) sum += w->weight[q] * p[q] * chances[q * (w->scores + 1) + score - k];
        out->expected[k] = sum;
        all += sum;
    }
    for (int32_t k = 0; k < w->model->items[item].categories; k++) persons += out->observed[k] = observed[k];
    for (int32_t k = 0; k < w->model->items[item].categories; k++) out->expected[k] *= all > 0 ? persons / all : 0;
}

static void judge_item(const work *w, size_t item, const double *chances)
{
    const pz__irt_item *one = &w->model->items[item];
    pz_irt_item_fit *fit = &w->fit[item];
    grouped last = {{0}, {0}}, open = {{0}, {0}};
    int32_t groups = 0;
    double sum = 0;
    for (int32_t score = 1; score < w->scores; score++) {
        grouped one_score = {{0}, {0}};
        fill_group(w, item, chances, score, &one_score);
        join(&open, &one_score);
        if (!large_enough(&open, one->categories)) continue;
        if (groups) sum += distance(&last, one->categories);
        last = open;
        open = (grouped){{0}, {0}};
        groups++;
    }
    if (!groups) return;
    join(&last, &open); /* what is left is too small to stand alone */
    fit->chi_square = sum + distance(&last, one->categories);
    fit->df = groups * (one->categories - 1) - pz__irt_free(one);
    if (fit->df > 0) fit->p_value = pz__chi_square_above(fit->chi_square, fit->df);
}

/* Takes items into the chances of scores (Lord and Wingersky 1984), from the highest score down so that it is done in place. */
static void take_in(const work *w, double *chances, size_t from, size_t to)
{
    for (size_t item = from; item < to; item++)
        for (int32_t q = 0; q < w->nodes; q++) {
            double *line = chances + q * (w->scores + 1);
            for (int32_t score = w->scores; score >= 0; score--) {
                double sum = 0;
                for (int32_t k = 0; k < w->model->items[item].categories && k <= score; k++)
                    sum += curve_of(w, w->p, item, k)[q] * line[score - k];
                line[score] = sum;
            }
        }
}

/* Each item needs the chances of scores on all others: the others of each half are taken in once, and then of its halves. */
static pz_status judge_items(const work *w, int depth, size_t from, size_t to)
{
    size_t size = (size_t)w->nodes * (size_t)(w->scores + 1), middle = (from + to) / 2;
    double *here = w->chances + (size_t)depth * size, *next = here + size;
    if (to - from == 1) {
        judge_item(w, from, here);
        return pz__progress(w->progress, 0.5 + 0.5 * (double)to / (double)w->model->count, w->user_data);
    }
    memcpy(next, here, size * sizeof *next);
    take_in(w, next, middle, to);
    PZ__TRY(judge_items(w, depth + 1, from, middle));
    memcpy(next, here, size * sizeof *next);
    take_in(w, next, from, middle);
    return judge_items(w, depth + 1, middle, to);
}

/* -------------------------------------------------------------------------------------------------- call --- */

static int32_t highest_score(const pz_irt_model *model)
{
    int64_t sum = 0;
    for (size_t i = 0; i < model->count; i++) {
        if (model->items[i].kind == PZ_IRT_NOMINAL) return 0;
        sum += model->items[i].categories - 1;
    }
    return sum <= SCORE_MAX ? (int32_t)sum : 0;
}

static pz_status reserve(work *w)
{
    size_t count = w->model->count, nodes = (size_t)w->nodes, depth = 2;
    while ((size_t)1 << (depth - 2) < count) depth++;
    w->scores = highest_score(w->model);
    w->p = pz__alloc_zero(2 * count * PZ__IRT_CATEGORIES * nodes, sizeof(double));
    w->weight = pz__alloc_zero(2 * nodes + count, sizeof(double));
    w->fit = pz__alloc_zero(count, sizeof *w->fit);
    w->observed = pz__alloc_zero(count * (size_t)(w->scores + 1) * PZ__IRT_CATEGORIES, sizeof(double));
    w->chances = pz__alloc_zero(depth * nodes * (size_t)(w->scores + 1), sizeof(double));
    if (!w->p || !w->weight || !w->fit || !w->observed || !w->chances) return pz__fail_memory();
    w->log_p = w->p + count * PZ__IRT_CATEGORIES * nodes;
    w->posterior = w->weight + nodes;
    w->varied = w->posterior + nodes;
    for (size_t i = 0; i < count; i++) w->fit[i] = (pz_irt_item_fit){sizeof *w->fit, (int32_t)i, 0, 0, 0, PZ_REAL_NONE, 0, PZ_REAL_NONE};
    for (int32_t q = 0; q < w->nodes; q++) w->chances[q * (w->scores + 1)] = 1;
    return PZ_OK;
}

static void add_rows(const work *w, pz__rows *out)
{
    for (size_t i = 0; i < w->model->count; i++) {
        pz_irt_item_fit row = w->fit[i];
        int none = !row.answers || w->model->items[i].kind == PZ_IRT_NOMINAL;
        row.outfit = none ? PZ_REAL_NONE : row.outfit / row.answers;
        row.infit = none ? PZ_REAL_NONE : row.infit / w->varied[i];
        pz__rows_add(out, &row);
    }
}

pz_status pz_irt_item_fit_list(const pz_irt_model *model, const int32_t *responses, size_t rows, size_t cols, int32_t nodes, double range,
                               pz_progress_fn progress, void *user_data, pz_irt_item_fit ***out_rows, size_t *out_count)
{
    work w = {
        .model = model, .responses = responses, .rows = rows, .nodes = nodes, .range = range, .progress = progress, .user_data = user_data};
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
    status = reserve(&w);
    if (status == PZ_OK) {
        fill_tables(&w);
        status = add_persons(&w);
    }
    if (status == PZ_OK && w.scores > 0) status = judge_items(&w, 0, 0, model->count);
    pz__rows_start(&list, &pz__irt_item_fit_type);
    if (status == PZ_OK) {
        add_rows(&w, &list);
        status = pz__rows_take(&list, &taken, out_count);
        if (status == PZ_OK) *out_rows = (pz_irt_item_fit **)taken;
    }
    pz__release(w.p);
    pz__release(w.weight);
    pz__release(w.fit);
    pz__release(w.observed);
    pz__release(w.chances);
    return status;
}
