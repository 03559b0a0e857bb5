/* Distractor analysis: what each option of an item draws. */
#include <math.h>
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "base/numeric.h"
#include "mastery/columns.h"
#include "mastery/diagnosis.h"
#include "mastery/order.h"

enum { OPTIONS = 100 };

typedef struct work {
    const int32_t *chosen;
    size_t rows, cols;
    const int32_t *key;
    const double *ability;     /* or NULL */
    int32_t *right, *answered; /* by person, over all items */
    double *able;              /* of those who answered the item at work, and what they took */
    int32_t *took;
    uint32_t *order;
} work;

static pz_status check(const work *w, size_t key_rows, size_t ability_rows)
{
    if (!w->chosen) return pz__fail_null("chosen");
    if (!w->rows || !w->cols || w->rows > 100000000 || w->cols > 100000 || w->rows > SIZE_MAX / 8 / w->cols)
        return pz__fail(PZ_E_INVALID, "rows", NULL, "There must be 1 to 100,000,000 persons and 1 to 100,000 items.");
    if (!w->key) return pz__fail_null("key");
    if (key_rows != w->cols)
        return pz__fail(PZ_E_INVALID, "key_rows", NULL, "There are %zu right options and %zu items.", key_rows, w->cols);
    if (ability_rows != (w->ability ? w->rows : 0))
        return pz__fail(PZ_E_INVALID, "ability_rows", NULL, "There are %zu abilities and %zu persons.", ability_rows, w->rows);
    for (size_t i = 0; i < w->cols; i++)
        if (w->key[i] < 0 || w->key[i] >= OPTIONS)
            return pz__fail(PZ_E_INVALID, "key", NULL, "The right option of item %zu is %d; it must be from 0 to %d.", i, (int)w->key[i],
                            OPTIONS - 1);
    for (size_t i = 0; i < w->rows * w->cols; i++)
        if (w->chosen[i] >= OPTIONS)
            return pz__fail(PZ_E_INVALID, "chosen", NULL, "The option in row %zu, column %zu is %d; it must be below %d.", i / w->cols,
                            i % w->cols, (int)w->chosen[i], OPTIONS);
    for (size_t i = 0; i < ability_rows; i++)
        if (isinf(w->ability[i]))
            return pz__fail(PZ_E_INVALID, "ability", "Use EAP, MAP or WLE estimates.", "The ability in row %zu is infinite.", i);
    return PZ_OK;
}

static void count_right(work *w)
{
    for (size_t i = 0; i < w->rows; i++)
        for (size_t item = 0; item < w->cols; item++) {
            int32_t option = w->chosen[i * w->cols + item];
            w->answered[i] += option >= 0;
            w->right[i] += option == w->key[item];
        }
}

/* Who answered the item, with their ability; returns how many. */
static size_t gather(work *w, size_t item)
{
    size_t count = 0;
    for (size_t i = 0; i < w->rows; i++) {
        int32_t option = w->chosen[i * w->cols + item];
        double able;
        if (option < 0) continue;
        if (w->ability)
            able = w->ability[i];
        else
            able = w->answered[i] > 1 ? (w->right[i] - (option == w->key[item])) / (w->answered[i] - 1.0) : PZ_REAL_NONE;
        if (isnan(able)) continue;
        w->able[count] = able;
        w->took[count++] = option;
    }
    return count;
}

/* Sums over those who answered an item; ends of the weakest and the strongest 27 %. */
typedef struct group {
    size_t count;
    double mean, squares, weak_to, strong_from;
    int64_t weak, strong;
} group;

static pz_status describe(work *w, size_t count, group *out)
{
    size_t edge = (size_t)(0.27 * (double)count);
    *out = (group){.count = count};
    for (size_t i = 0; i < count; i++) out->mean += w->able[i] / (double)count;
    for (size_t i = 0; i < count; i++) out->squares += (w->able[i] - out->mean) * (w->able[i] - out->mean);
    if (!count) return PZ_OK;
    PZ__TRY(pz__order_by(w->able, count, NULL, NULL, w->order));
    out->weak_to = w->able[w->order[edge ? edge - 1 : 0]];
    out->strong_from = w->able[w->order[count - (edge ? edge : 1)]];
    for (size_t i = 0; i < count; i++) {
        out->weak += w->able[i] <= out->weak_to;
        out->strong += w->able[i] >= out->strong_from;
    }
    return PZ_OK;
}

static int32_t note_of(const pz_option *option)
{
    int sure = option->p_value < 0.05;
    if (option->is_right) return sure && option->point_biserial > 0 ? PZ_OPTION_PLAIN : PZ_OPTION_RIGHT_DRAWS_NOBODY;
    if (sure && option->point_biserial > 0) return PZ_OPTION_DRAWS_STRONG;
    return option->share < 0.05 ? PZ_OPTION_SELDOM : PZ_OPTION_PLAIN;
}

static void add_option(const work *w, const group *g, size_t item, int32_t number, pz__rows *out)
{
    pz_option row = {sizeof row, (int32_t)item, number, number == w->key[item], 0, 0, PZ_REAL_NONE, PZ_REAL_NONE, PZ_REAL_NONE, 0, 0, 0};
    double sum = 0, count = (double)g->count, spread;
    for (size_t i = 0; i < g->count; i++) {
        if (w->took[i] != number) continue;
        row.chosen++;
        sum += w->able[i];
        row.share_weak += w->able[i] <= g->weak_to;
        row.share_strong += w->able[i] >= g->strong_from;
    }
    if (!row.chosen && !row.is_right) return;
    if (g->count) {
        row.share = (double)row.chosen / count;
        row.share_weak /= (double)g->weak;
        row.share_strong /= (double)g->strong;
    }
    if (row.chosen) row.ability = sum / (double)row.chosen;
    spread = g->squares * (double)row.chosen * (1 - row.share);
    if (spread > 0 && g->count > 2) {
        double r = fmax(-1, fmin(1, (sum - (double)row.chosen * g->mean) / sqrt(spread)));
        row.point_biserial = r;
        row.p_value = r * r < 1 ? 2 * pz__normal_cdf(-fabs(r) * sqrt((count - 2) / (1 - r * r))) : 0;
    }
    row.note = note_of(&row);
    pz__rows_add(out, &row);
}

static pz_status add_items(work *w, pz_progress_fn progress, void *user_data, pz__rows *out)
{
    count_right(w);
    for (size_t item = 0; item < w->cols; item++) {
        group g;
        unsigned char seen[OPTIONS] = {0};
        PZ__TRY(pz__progress(progress, (double)item / (double)w->cols, user_data));
        PZ__TRY(describe(w, gather(w, item), &g));
        seen[w->key[item]] = 1;
        for (size_t i = 0; i < g.count; i++) seen[w->took[i]] = 1;
        for (int32_t number = 0; number < OPTIONS; number++)
            if (seen[number]) add_option(w, &g, item, number, out);
    }
    return out->status;
}

pz_status pz_option_list(const int32_t *chosen, size_t rows, size_t cols, const int32_t *key, size_t key_rows, const double *ability,
                         size_t ability_rows, pz_progress_fn progress, void *user_data, pz_option ***out_rows, size_t *out_count)
{
    work w = {.chosen = chosen, .rows = rows, .cols = cols, .key = key, .ability = ability};
    pz__rows list;
    void **taken;
    pz_status status;
    if (!out_rows) return pz__fail_null("out_rows");
    *out_rows = NULL;
    if (!out_count) return pz__fail_null("out_count");
    *out_count = 0;
    PZ__TRY(check(&w, key_rows, ability_rows));
    w.right = pz__alloc_zero(3 * rows, sizeof *w.right);
    w.able = pz__alloc_zero(rows, sizeof *w.able);
    w.order = pz__alloc_zero(rows, sizeof *w.order);
    pz__rows_start(&list, &pz__option_type);
    status = w.right && w.able && w.order ? PZ_OK : pz__fail_memory();
    if (status == PZ_OK) {
        w.answered = w.right + rows;
        w.took = w.answered + rows;
        status = add_items(&w, progress, user_data, &list);
    }
    pz__release(w.right);
    pz__release(w.able);
    pz__release(w.order);
    if (status != PZ_OK && list.status == PZ_OK) {
        pz__rows_free(&list);
        return status;
    }
    status = pz__rows_take(&list, &taken, out_count);
    *out_rows = (pz_option **)taken;
    return status;
}
