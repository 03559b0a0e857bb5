/* Adaptive tests: a posterior over nodes, and the item with most information at its mean. */
#include "personalize/adaptive.h"

#include <math.h>
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "base/message.h"
#include "base/numeric.h"
#include "base/random.h"
#include "mastery/adaptive.h"
#include "mastery/irt.h"
#include "mastery/model.h"

static pz_status check(const pz_irt_model *model, const pz_adaptive_options *o, const int32_t *content, size_t rows, const double *share,
                       size_t share_rows, const double *exposure, size_t exposure_rows)
{
    double sum = 0;
    if (o->nodes < 11 || o->nodes > 401) return pz__fail(PZ_E_INVALID, "nodes", NULL, "nodes must be from 11 to 401.");
    if (!(o->range >= 1 && o->range <= 12)) return pz__fail(PZ_E_INVALID, "range", NULL, "range must be from 1 to 12.");
    if (!(fabs(o->start) <= o->range)) return pz__fail(PZ_E_INVALID, "start", NULL, "start must be within the range.");
    if (!(o->error_target >= 0)) return pz__fail(PZ_E_INVALID, "error_target", NULL, "error_target must not be negative.");
    if (o->length_min < 1 || o->length_max < o->length_min)
        return pz__fail(PZ_E_INVALID, "length_min", NULL, "length_min must be from 1 to length_max.");
    if (o->choose_among < 1 || o->choose_among > PZ__ADAPTIVE_AMONG)
        return pz__fail(PZ_E_INVALID, "choose_among", NULL, "choose_among must be from 1 to 100.");
    if (exposure_rows != (exposure ? model->count : 0))
        return pz__fail(PZ_E_INVALID, "exposure_rows", NULL, "There are %zu exposures and %zu items.", exposure_rows, model->count);
    for (size_t i = 0; i < exposure_rows; i++)
        if (!(exposure[i] > 0 && exposure[i] <= 1))
            return pz__fail(PZ_E_INVALID, "exposure", NULL, "The exposure in row %zu must be above 0, up to 1.", i);
    if (!content != !share) return pz__fail(PZ_E_INVALID, "content", NULL, "Give content and share together, or neither.");
    if (!content) return PZ_OK;
    if (rows != model->count) return pz__fail(PZ_E_INVALID, "rows", NULL, "There are %zu contents and %zu items.", rows, model->count);
    if (share_rows < 1 || share_rows > PZ__ADAPTIVE_CONTENTS)
        return pz__fail(PZ_E_INVALID, "share_rows", NULL, "There must be 1 to 100 shares.");
    for (size_t i = 0; i < share_rows; i++) {
        if (!(share[i] >= 0 && share[i] <= 1e6)) return pz__fail(PZ_E_INVALID, "share", NULL, "The share in row %zu must be 0 or more.", i);
        sum += share[i];
    }
    if (!(sum > 0)) return pz__fail(PZ_E_INVALID, "share", NULL, "The shares must not all be 0.");
    for (size_t i = 0; i < rows; i++)
        if (content[i] < 0 || (size_t)content[i] >= share_rows)
            return pz__fail(PZ_E_INVALID, "content", NULL, "The content in row %zu is %d; there are %zu shares.", i, (int)content[i],
                            share_rows);
    return PZ_OK;
}

static void summarize(pz_adaptive_test *test)
{
    double mean = 0, square = 0;
    for (int32_t q = 0; q < test->options.nodes; q++)
        mean += test->posterior[q] * pz__irt_node(q, test->options.nodes, test->options.range);
    for (int32_t q = 0; q < test->options.nodes; q++) {
        double away = pz__irt_node(q, test->options.nodes, test->options.range) - mean;
        square += test->posterior[q] * away * away;
    }
    test->ability = mean;
    test->error = sqrt(square);
}

static void normalize(pz_adaptive_test *test)
{
    double sum = 0;
    for (int32_t q = 0; q < test->options.nodes; q++) sum += test->posterior[q];
    for (int32_t q = 0; q < test->options.nodes; q++) test->posterior[q] /= sum;
}

/* Which items this sitting holds back (Sympson and Hetter 1985): drawn for each item at once, so that asking again gives the same. */
static void hold_back(pz_adaptive_test *test)
{
    pz__random random;
    pz__random_stream(&random, test->options.seed, UINT64_MAX);
    for (size_t i = 0; i < test->model->count; i++) test->held[i] = test->exposure && pz__random_unit(&random) >= test->exposure[i];
}

void pz__adaptive_begin(pz_adaptive_test *test, uint64_t seed)
{
    int32_t nodes = test->options.nodes;
    test->options.seed = seed;
    test->length = 0;
    memset(test->given, 0, test->model->count);
    memset(test->given_of, 0, sizeof test->given_of);
    for (int32_t q = 0; q < nodes; q++) {
        double x = pz__irt_node(q, nodes, test->options.range) - test->model->fit.mean;
        test->posterior[q] = pz__exp(-0.5 * x * x / test->model->fit.variance) * (q == 0 || q == nodes - 1 ? 0.5 : 1);
    }
    normalize(test);
    summarize(test);
    test->ability = test->options.start;
    hold_back(test);
}

static pz_status reserve(pz_adaptive_test *test, const pz_irt_model *model, const int32_t *content, const double *share, size_t share_rows,
                         const double *exposure)
{
    double sum = 0;
    PZ__TRY(pz__irt_copy(model, &test->model));
    test->posterior = pz__alloc_zero((size_t)test->options.nodes, sizeof *test->posterior);
    test->given = pz__alloc_zero(2 * model->count, 1);
    if (content) test->content = pz__alloc_zero(model->count, sizeof *test->content);
    if (exposure) test->exposure = pz__alloc_zero(model->count, sizeof *test->exposure);
    if (!test->posterior || !test->given || (content && !test->content) || (exposure && !test->exposure)) return pz__fail_memory();
    test->held = test->given + model->count;
    if (exposure) memcpy(test->exposure, exposure, model->count * sizeof *exposure);
    if (!content) return PZ_OK;
    memcpy(test->content, content, model->count * sizeof *content);
    for (size_t i = 0; i < share_rows; i++) sum += share[i];
    for (size_t i = 0; i < share_rows; i++) test->share[i] = share[i] / sum;
    return PZ_OK;
}

pz_status pz_adaptive_new(const pz_irt_model *model, const pz_adaptive_options *options, const int32_t *content, size_t rows,
                          const double *share, size_t share_rows, const double *exposure, size_t exposure_rows, pz_adaptive_test **out_test)
{
    pz_adaptive_options checked;
    pz_adaptive_test *test;
    pz_status status;
    if (!out_test) return pz__fail_null("out_test");
    *out_test = NULL;
    if (!model) return pz__fail_closed("model");
    PZ__TRY(pz__record_take(&pz__adaptive_options_type, options, sizeof *options, &checked));
    PZ__TRY(check(model, &checked, content, rows, share, share_rows, exposure, exposure_rows));
    test = pz__alloc_zero(1, sizeof *test);
    if (!test) return pz__fail_memory();
    test->options = checked;
    status = reserve(test, model, content, share, share_rows, exposure);
    if (status != PZ_OK) {
        pz_adaptive_free(test);
        return status;
    }
    pz__adaptive_begin(test, checked.seed);
    *out_test = test;
    return PZ_OK;
}

void pz_adaptive_free(pz_adaptive_test *test)
{
    if (!test) return;
    pz_irt_free(test->model);
    pz__release(test->posterior);
    pz__release(test->given);
    pz__release(test->content);
    pz__release(test->exposure);
    pz__release(test);
}

/* The content with items left that is furthest behind its share; -1 without contents. */
static int32_t content_behind(const pz_adaptive_test *test)
{
    double most = -2;
    int32_t found = -1;
    unsigned char left[PZ__ADAPTIVE_CONTENTS] = {0};
    if (!test->content) return -1;
    for (size_t i = 0; i < test->model->count; i++) left[test->content[i]] |= !test->given[i];
    for (int32_t c = 0; c < PZ__ADAPTIVE_CONTENTS; c++) {
        double behind = test->share[c] - (test->length ? (double)test->given_of[c] / test->length : 0);
        if (!left[c] || behind <= most) continue;
        most = behind;
        found = c;
    }
    return found;
}

/* The best items of a content, best first, at most as many as are chosen among. Of equals the first. Items that are held back come only where
 * `with_held` says so. */
static int32_t best_items(const pz_adaptive_test *test, int32_t content, int with_held, int32_t *best, double *information)
{
    int32_t count = 0, most = test->options.choose_among;
    for (size_t i = 0; i < test->model->count; i++) {
        double value;
        int32_t at;
        if (test->given[i] || (test->held[i] && !with_held) || (content >= 0 && test->content[i] != content)) continue;
        value = pz__irt_item_information(&test->model->items[i], test->ability);
        if (count == most && value <= information[count - 1]) continue;
        at = count < most ? count++ : count - 1;
        for (; at > 0 && information[at - 1] < value; at--) {
            information[at] = information[at - 1];
            best[at] = best[at - 1];
        }
        information[at] = value;
        best[at] = (int32_t)i;
    }
    return count;
}

/* Whether items that tell more were passed over, since they are held back. */
static int passes_over(const pz_adaptive_test *test, const pz_adaptive_choice *choice, unsigned char *passed)
{
    int found = 0;
    for (size_t i = 0; test->exposure && i < test->model->count; i++) {
        if (!test->held[i] || test->given[i] || (choice->content >= 0 && test->content[i] != choice->content)) continue;
        if (pz__irt_item_information(&test->model->items[i], test->ability) <= choice->information) continue;
        found = 1;
        if (passed) passed[i] = 1;
    }
    return found;
}

const char *pz_adaptive_reason_text(pz_adaptive_reason reason, const char *language)
{
    static const char *const codes[] = {"adaptive.most_information", "adaptive.content",  "adaptive.among_best", "adaptive.sure_enough",
                                        "adaptive.long_enough",      "adaptive.no_items", "adaptive.held_back"};
    if (reason < PZ_ADAPTIVE_MOST_INFORMATION || reason > PZ_ADAPTIVE_HELD_BACK) return "";
    return pz__message_pattern(language, codes[reason - 1]);
}

static int32_t reason_to_stop(const pz_adaptive_test *test)
{
    if ((size_t)test->length == test->model->count) return PZ_ADAPTIVE_NO_ITEMS;
    if (test->length >= test->options.length_max) return PZ_ADAPTIVE_LONG_ENOUGH;
    return test->length >= test->options.length_min && test->error <= test->options.error_target ? PZ_ADAPTIVE_SURE_ENOUGH : 0;
}

static void choose(const pz_adaptive_test *test, unsigned char *passed, pz_adaptive_choice *out)
{
    int32_t best[PZ__ADAPTIVE_AMONG], content = content_behind(test), count, at = 0;
    double information[PZ__ADAPTIVE_AMONG], p[PZ__IRT_CATEGORIES];
    pz__random random;
    count = best_items(test, content, 0, best, information);
    if (!count) count = best_items(test, content, 1, best, information); /* rather one that is held back than none */
    out->reason = content >= 0 ? PZ_ADAPTIVE_CONTENT : PZ_ADAPTIVE_MOST_INFORMATION;
    if (test->options.choose_among > 1) {
        pz__random_stream(&random, test->options.seed, (uint64_t)test->length);
        at = (int32_t)pz__random_below(&random, (uint32_t)count);
        out->reason = PZ_ADAPTIVE_AMONG_BEST;
    }
    out->item = best[at];
    out->information = information[at];
    out->content = content;
    if (passes_over(test, out, passed) && test->options.choose_among == 1) out->reason = PZ_ADAPTIVE_HELD_BACK;
    if (test->model->items[out->item].categories != 2) return;
    pz__irt_curve(&test->model->items[out->item], test->ability, p, NULL, NULL);
    out->chance = p[1];
}

void pz__adaptive_choose(const pz_adaptive_test *test, unsigned char *passed, pz_adaptive_choice *out)
{
    *out = (pz_adaptive_choice)PZ_ADAPTIVE_CHOICE_INIT;
    out->reason = reason_to_stop(test);
    if (!out->reason) choose(test, passed, out);
    out->ability = test->ability;
    out->standard_error = test->error;
    out->length = test->length;
}

pz_status pz_adaptive_next(const pz_adaptive_test *test, pz_adaptive_choice *out_choice)
{
    pz_adaptive_choice out;
    PZ__TRY(pz__out_start(&pz__adaptive_choice_type, out_choice));
    if (!test) return pz__fail_closed("test");
    pz__adaptive_choose(test, NULL, &out);
    pz__out_give(&pz__adaptive_choice_type, &out, out_choice);
    return PZ_OK;
}

void pz__adaptive_take(pz_adaptive_test *test, int32_t item, int32_t response)
{
    for (int32_t q = 0; q < test->options.nodes; q++) {
        double p[PZ__IRT_CATEGORIES];
        pz__irt_curve(&test->model->items[item], pz__irt_node(q, test->options.nodes, test->options.range), p, NULL, NULL);
        test->posterior[q] *= p[response];
    }
    normalize(test);
    test->given[item] = 1;
    if (test->content) test->given_of[test->content[item]]++;
    test->length++;
    summarize(test);
}

pz_status pz_adaptive_answer(pz_adaptive_test *test, int32_t item, int32_t response)
{
    if (!test) return pz__fail_closed("test");
    if (item < 0 || item >= (int64_t)test->model->count)
        return pz__fail(PZ_E_INVALID, "item", NULL, "There is no item %d; the model has %zu.", (int)item, test->model->count);
    if (response < 0 || response >= test->model->items[item].categories)
        return pz__fail(PZ_E_INVALID, "response", NULL, "The response is %d; the item has %d categories.", (int)response,
                        (int)test->model->items[item].categories);
    if (test->given[item])
        return pz__fail(PZ_E_EXISTS, "item", "Ask pz_adaptive_next() for another.", "Item %d was answered before.", (int)item);
    pz__adaptive_take(test, item, response);
    return PZ_OK;
}
