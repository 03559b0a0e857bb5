#include "records/recommend/report.h"

#include <string.h>

#include "base/fail.h"
#include "base/json_read.h"
#include "base/json_write.h"
#include "base/memory.h"
#include "base/number.h"

/* -------------------------------------------------------------------------------------------------- figures --- */

static pz_status put_summary(pz__json_writer *json, const pz_grouping_result *result, const pz__grouping_ask *ask, int32_t *out_groups)
{
    pz_grouping_summary *summary;
    PZ__TRY(pz_grouping_result_describe(result, &summary));
    pz__json_put_real(json, "objective", summary->objective);
    pz__json_put_real(json, "bound", summary->bound);
    pz__json_put_real(json, "gap", summary->gap);
    pz__json_put_int(json, "rules_broken", summary->rules_broken);
    pz__json_put_id(json, "seed", (pz_id)ask->request.seed);
    pz__json_put_int(json, "iterations", ask->request.iterations);
    *out_groups = summary->groups;
    pz_free(summary);
    return PZ_OK;
}

static pz_status put_terms(pz__json_writer *json, const pz_grouping_result *result)
{
    pz_grouping_term **terms;
    size_t count;
    PZ__TRY(pz_grouping_term_list(result, &terms, &count));
    pz__json_key(json, "terms");
    pz__json_open_array(json);
    for (size_t i = 0; i < count; i++) {
        pz__json_open_object(json);
        pz__json_put_text(json, "name", terms[i]->name);
        pz__json_put_real(json, "weight", terms[i]->weight);
        pz__json_put_real(json, "value", terms[i]->value);
        pz__json_put_real(json, "bound", terms[i]->bound);
        pz__json_close_object(json);
    }
    pz__json_close_array(json);
    pz_free(terms);
    return PZ_OK;
}

static void put_place(pz__json_writer *json, pz_id learner, int32_t group_no)
{
    pz__json_put_id(json, "learner", learner);
    pz__json_put_int(json, "group_no", group_no);
}

static void put_recommended(pz__json_writer *json, const pz__grouping_ask *ask, const int32_t *numbers)
{
    pz__json_key(json, "recommended");
    pz__json_open_array(json);
    for (size_t i = 0; i < ask->learner_count; i++) {
        pz__json_open_object(json);
        put_place(json, ask->learners[i], numbers[i] + 1);
        pz__json_close_object(json);
    }
    pz__json_close_array(json);
}

/* What a learner's cheapest move would cost: how firmly the place is the right one. */
static pz_status put_moves(pz__json_writer *json, const pz_grouping_result *result, const pz__grouping_ask *ask, const int32_t *numbers,
                           double *costs, int32_t groups)
{
    pz__json_key(json, "moves");
    pz__json_open_array(json);
    for (size_t i = 0; i < ask->learner_count; i++) {
        int32_t best = -1;
        if (numbers[i] < 0 || groups < 2) continue;
        PZ__TRY(pz_grouping_move_cost(result, (int32_t)i, costs, (size_t)groups));
        for (int32_t k = 0; k < groups; k++)
            if (k != numbers[i] && (best < 0 || costs[k] < costs[best])) best = k;
        pz__json_open_object(json);
        put_place(json, ask->learners[i], best + 1);
        pz__json_put_real(json, "cost", costs[best]);
        pz__json_close_object(json);
    }
    pz__json_close_array(json);
    return PZ_OK;
}

static void keep_recommended(pz__json_writer *json, const pz__json *before)
{
    pz__buffer text = PZ__BUFFER_INIT;
    pz__json_print(pz__json_member(pz__json_root(before), "recommended"), &text);
    if (text.status != PZ_OK) json->out->status = text.status;
    pz__json_key(json, "recommended");
    pz__json_raw(json, text.data ? text.data : "[]");
    pz__buffer_free(&text);
}

typedef struct report_work {
    int32_t *numbers;
    double *costs;
    pz__json *before;
    pz__json_writer json;
} report_work;

static pz_status put_report(report_work *work, const pz_grouping_result *result, const pz__grouping_ask *ask)
{
    int32_t groups;
    pz__json_open_object(&work->json);
    PZ__TRY(put_summary(&work->json, result, ask, &groups));
    PZ__TRY(put_terms(&work->json, result));
    work->numbers = pz__alloc((ask->learner_count + 1) * sizeof *work->numbers);
    work->costs = pz__alloc(((size_t)groups + 1) * sizeof *work->costs);
    if (!work->numbers || !work->costs) return pz__fail_memory();
    PZ__TRY(pz_grouping_result_groups(result, work->numbers, ask->learner_count));
    if (work->before)
        keep_recommended(&work->json, work->before);
    else
        put_recommended(&work->json, ask, work->numbers);
    PZ__TRY(put_moves(&work->json, result, ask, work->numbers, work->costs, groups));
    pz__json_close_object(&work->json);
    return PZ_OK;
}

pz_status pz__report_write(const pz_grouping_result *result, const pz__grouping_ask *ask, const char *before, char **out_report)
{
    report_work work = {NULL, NULL, NULL, {NULL, 0, 0, 0}};
    pz__buffer text = PZ__BUFFER_INIT;
    pz_status status;
    *out_report = NULL;
    if (before) PZ__TRY(pz__json_parse(before, PZ_NUL_TERMINATED, NULL, &work.before));
    pz__json_start(&work.json, &text);
    status = put_report(&work, result, ask);
    pz__release(work.numbers);
    pz__release(work.costs);
    pz__json_free(work.before);
    if (status == PZ_OK) return pz__buffer_take(&text, out_report);
    pz__buffer_free(&text);
    return status;
}

pz_status pz__report_recommended(const char *report, const pz__grouping_ask *ask, int32_t *out_groups)
{
    pz__json *document;
    const pz__json_value *list;
    for (size_t i = 0; i < ask->learner_count; i++) out_groups[i] = 0;
    PZ__TRY(pz__json_parse(report, PZ_NUL_TERMINATED, NULL, &document));
    list = pz__json_member(pz__json_root(document), "recommended");
    for (const pz__json_value *entry = pz__json_first(list); entry; entry = pz__json_next(entry)) {
        const char *text = pz__json_as_text(pz__json_member(entry, "learner"));
        int64_t learner = 0, group_no = 0;
        size_t place;
        if (!text || !pz__int_parse(text, strlen(text), &learner)) continue;
        pz__json_as_int(pz__json_member(entry, "group_no"), &group_no);
        place = pz__grouping_ask_place(ask, learner);
        if (place < ask->learner_count) out_groups[place] = (int32_t)group_no;
    }
    pz__json_free(document);
    return PZ_OK;
}
