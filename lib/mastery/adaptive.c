/* Adaptive tests: a posterior over nodes, and the item with most information at its mean. */
#include "personalize/adaptive.h"

#include <math.h>
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "base/numeric.h"
#include "base/random.h"
#include "mastery/adaptive.h"
#include "mastery/irt.h"
#include "mastery/model.h"

enum { CONTENTS = 100, AMONG = 100 };

struct pz_adaptive_test {
    pz_irt_model *model; /* of its own: handles are freed in any order */
    pz_adaptive_options options;
    double *posterior; /* by node, adding up to 1 with the weights of the trapezium rule in it */
    int32_t *content;  /* by item, or NULL */
    unsigned char *given;
    double share[CONTENTS];
    int32_t given_of[CONTENTS];
    int32_t length;
    double ability, error;
};

static pz_status check(const pz_irt_model *model, const pz_adaptive_options *o, const int32_t *content, size_t rows, const double *share,
                       size_t share_rows)
{
    double sum = 0;
    if (o->nodes < 11 || o->nodes > 401) return pz__fail(PZ_E_INVALID, "nodes", NULL, "nodes must be from 11 to 401.");
    if (!(o->range >= 1 && o->range <= 12)) return pz__fail(PZ_E_INVALID, "range", NULL, "range must be from 1 to 12.");
    if (!(fabs(o->start) <= o->range)) return pz__fail(PZ_E_INVALID, "start", NULL, "start must be within the range.");
    if (!(o->error_target >= 0)) return pz__fail(PZ_E_INVALID, "error_target", NULL, "error_target must not be negative.");
    if (o->length_min < 1 || o->length_max < o->length_min)
        return pz__fail(PZ_E_INVALID, "length_min", NULL, "length_min must be from 1 to length_max.");
    if (o->choose_among < 1 || o->choose_among > AMONG)
        return pz__fail(PZ_E_INVALID, "choose_among", NULL, "choose_among must be from 1 to 100.");
    if (!content != !share) return pz__fail(PZ_E_INVALID, "content", NULL, "Give content and share together, or neither.");
    if (!content) return PZ_OK;
    if (rows != model->count) return pz__fail(PZ_E_INVALID, "rows", NULL, "There are %zu contents and %zu items.", rows, model->count);
    if (share_rows < 1 || share_rows > CONTENTS) return pz__fail(PZ_E_INVALID, "share_rows", NULL, "There must be 1 to 100 shares.");
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

static void begin(pz_adaptive_test *test, const int32_t *content, const double *share, size_t share_rows)
{
    int32_t nodes = test->options.nodes;
    double sum = 0;
    for (int32_t q = 0; q < nodes; q++) {
        double x = pz__irt_node(q, nodes, test->options.range) - test->model->fit.mean;
        test->posterior[q] = pz__exp(-0.5 * x * x / test->model->fit.variance) * (q == 0 || q == nodes - 1 ? 0.5 : 1);
    }
    normalize(test);
    summarize(test);
    test->ability = test->options.start;
    if (!content) return;
    memcpy(test->content, content, test->model->count * sizeof *content);
    for (size_t i = 0; i < share_rows; i++) sum += share[i];
    for (size_t i = 0; i < share_rows; i++) test->share[i] = share[i] / sum;
}

pz_status pz_adaptive_new(const pz_irt_model *model, const pz_adaptive_options *options, const int32_t *content, size_t rows,
                          const double *share, size_t share_rows, pz_adaptive_test **out_test)
{
    pz_adaptive_options checked;
    pz_adaptive_test *test;
    if (!out_test) return pz__fail_null("out_test");
    *out_test = NULL;
    if (!model) return pz__fail_closed("model");
    PZ__TRY(pz__record_take(&pz__adaptive_options_type, options, sizeof *options, &checked));
    PZ__TRY(check(model, &checked, content, rows, share, share_rows));
    test = pz__alloc_zero(1, sizeof *test);
    if (!test) return pz__fail_memory();
    if (pz__irt_copy(model, &test->model) != PZ_OK) {
        pz_adaptive_free(test);
        return pz__fail_memory();
    }
    test->options = checked;
    test->posterior = pz__alloc_zero((size_t)checked.nodes, sizeof *test->posterior);
    test->given = pz__alloc_zero(model->count, 1);
    if (content) test->content = pz__alloc_zero(model->count, sizeof *test->content);
    if (!test->posterior || !test->given || (content && !test->content)) {
        pz_adaptive_free(test);
        return pz__fail_memory();
    }
    begin(test, content, share, share_rows);
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
    pz__release(test);
}

/* The content with items left that is furthest behind its share; -1 without contents. */
static int32_t content_behind(const pz_adaptive_test *test)
{
    double most = -2;
    int32_t found = -1;
    unsigned char left[CONTENTS] = {0};
    if (!test->content) return -1;
    for (size_t i = 0; i < test->model->count; i++) left[test->content[i]] |= !test->given[i];
    for (int32_t c = 0; c < CONTENTS; c++) {
        double behind = test->share[c] - (test->length ? (double)test->given_of[c] / test->length : 0);
        if (!left[c] || behind <= most) continue;
        most = behind;
        found = c;
    }
    return found;
}

/* The best items of a content, best first, at most as many as are chosen among. Of equals the first. */
static int32_t best_items(const pz_adaptive_test *test, int32_t content, int32_t *best, double *information)
{
    int32_t count = 0, most = test->options.choose_among;
    for (size_t i = 0; i < test->model->count; i++) {
        double value;
        int32_t at;
        if (test->given[i] || (content >= 0 && test->content[i] != content)) continue;
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

static int32_t reason_to_stop(const pz_adaptive_test *test)
{
    if ((size_t)test->length == test->model->count) return PZ_ADAPTIVE_NO_ITEMS;
    if (test->length >= test->options.length_max) return PZ_ADAPTIVE_LONG_ENOUGH;
    return test->length >= test->options.length_min && test->error <= test->options.error_target ? PZ_ADAPTIVE_SURE_ENOUGH : 0;
}

static void choose(const pz_adaptive_test *test, pz_adaptive_choice *out)
{
    int32_t best[AMONG], content = content_behind(test), count, at = 0;
    double information[AMONG], p[PZ__IRT_CATEGORIES];
    pz__random random;
    count = best_items(test, content, best, information);
    out->reason = content >= 0 ? PZ_ADAPTIVE_CONTENT : PZ_ADAPTIVE_MOST_INFORMATION;
    if (test->options.choose_among > 1) {
        pz__random_stream(&random, test->options.seed, (uint64_t)test->length);
        at = (int32_t)pz__random_below(&random, (uint32_t)count);
        out->reason = PZ_ADAPTIVE_AMONG_BEST;
    }
    out->item = best[at];
    out->information = information[at];
    out->content = content;
    if (test->model->items[out->item].categories != 2) return;
    pz__irt_curve(&test->model->items[out->item], test->ability, p, NULL, NULL);
    out->chance = p[1];
}

pz_status pz_adaptive_next(const pz_adaptive_test *test, pz_adaptive_choice *out_choice)
{
    pz_adaptive_choice out = PZ_ADAPTIVE_CHOICE_INIT;
    PZ__TRY(pz__out_start(&pz__adaptive_choice_type, out_choice));
    if (!test) return pz__fail_closed("test");
    out.reason = reason_to_stop(test);
    if (!out.reason) choose(test, &out);
    out.ability = test->ability;
    out.standard_error = test->error;
    out.length = test->length;
    pz__out_give(&pz__adaptive_choice_type, &out, out_choice);
    return PZ_OK;
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
    return PZ_OK;
}
