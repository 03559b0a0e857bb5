#include "records/recommend/strategy.h"

#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "personalize/mastery.h"
#include "personalize/strategy.h"
#include "records/types_learning.h"

int32_t pz__strategy_groups(const pz__grouping_ask *ask)
{
    if (ask->request.strategy != PZ_STRATEGY_TUTORING || ask->request.groups) return ask->request.groups;
    return (int32_t)(ask->learner_count / 2);
}

/* ----------------------------------------------------------------------------------------------- tutoring --- */

/* How far ahead the first learner is in what it has mastered and the second has not yet; where that is most. Not enough evidence is neither. */
static double gap_of(const pz__class_figures *data, size_t tutor, size_t tutee, pz_id *out_competency)
{
    double most = 0;
    *out_competency = 0;
    for (size_t c = 0; c < data->map.count; c++) {
        const pz__figure *a = &data->figures[tutor * data->map.count + c], *b = &data->figures[tutee * data->map.count + c];
        if (!a->count || !b->count || a->decision != PZ_MASTERY_MASTERED || b->decision != PZ_MASTERY_NOT_YET) continue;
        if (a->estimate - b->estimate <= most) continue;
        most = a->estimate - b->estimate;
        *out_competency = data->map.ids[c];
    }
    return most;
}

/* Two are the closer the more one of them can give the other. */
static pz_status add_gaps(pz_grouping_problem *problem, const pz__class_figures *data)
{
    size_t n = data->learner_count;
    double *distances = pz__alloc_zero(n * n, sizeof *distances);
    pz_id competency;
    if (!distances) return pz__fail_memory();
    for (size_t a = 0; a < n; a++) {
        for (size_t b = 0; b < a; b++) {
            double one = gap_of(data, a, b, &competency), other = gap_of(data, b, a, &competency);
            distances[a * n + b] = distances[b * n + a] = 1 - (one > other ? one : other);
        }
    }
    pz_status status = pz_grouping_add_pairs(problem, "gaps", distances, n, n, PZ_DIRECTION_ALIKE, 1);
    pz__release(distances);
    return status;
}

/* ------------------------------------------------------------------------------------------------- asking --- */

static int needs_evidence(int32_t strategy)
{
    return strategy == PZ_STRATEGY_NEED || strategy == PZ_STRATEGY_READINESS || strategy == PZ_STRATEGY_MIXED ||
           strategy == PZ_STRATEGY_JIGSAW || strategy == PZ_STRATEGY_TUTORING;
}

pz_status pz__strategy_add(pz_grouping_problem *problem, const pz__grouping_ask *ask, const pz__class_figures *data)
{
    int32_t strategy = ask->request.strategy;
    if (!needs_evidence(strategy)) return PZ_OK;
    if (!data->has_evidence)
        return pz__fail(PZ_E_NOT_ENOUGH, "strategy", "Add evidence first, or use the strategy random.",
                        "No learner has evidence, and the strategy %s needs it.", pz__strategy_names[strategy]);
    if (strategy == PZ_STRATEGY_TUTORING) return add_gaps(problem, data);
    if (strategy != PZ_STRATEGY_NEED)
        return pz_grouping_add_numeric(problem, "mastery", data->levels, data->learner_count,
                                       strategy == PZ_STRATEGY_READINESS ? PZ_DIRECTION_ALIKE : PZ_DIRECTION_MIXED, 1);
    if (data->column_count == 0) return PZ_OK; /* nobody needs anything: groups by the seed */
    return pz_grouping_add_needs(problem, "needs", data->needs, data->learner_count, data->column_count, 1);
}

/* ------------------------------------------------------------------------------------------------- telling --- */

/* Home groups of fewer than the parts leave some out. */
static pz_status take_parts(const pz_grouping_result *result, pz__strategy_words *words)
{
    size_t n = words->ask->learner_count;
    pz_grouping_options options = PZ_GROUPING_OPTIONS_INIT;
    pz_grouping_result *experts;
    pz_grouping_group **rows;
    size_t count;
    PZ__TRY(pz_grouping_group_list(result, &rows, &count));
    for (size_t i = 0; i < count; i++)
        if (rows[i]->size > words->parts_count) words->parts_count = rows[i]->size;
    pz_free(rows);
    if (words->parts_count > words->ask->request.size_min) words->parts_count = words->ask->request.size_min;
    if (words->parts_count < 2) return PZ_OK;
    words->parts = pz__alloc(n * sizeof *words->parts);
    if (!words->parts) return pz__fail_memory();
    options.seed = words->ask->request.seed;
    PZ__TRY(pz_grouping_jigsaw(result, words->parts_count, &options, &experts));
    pz_status status = pz_grouping_result_groups(experts, words->parts, n);
    for (size_t i = 0; i < n; i++) words->parts[i]++;
    pz_grouping_result_free(experts);
    return status;
}

pz_status pz__strategy_words_make(const pz_grouping_result *result, const pz__grouping_ask *ask, const pz__class_figures *data,
                                  pz__strategy_words *out_words)
{
    *out_words = (pz__strategy_words){ask, data, NULL, NULL, 0};
    out_words->groups = pz__alloc((ask->learner_count + 1) * sizeof *out_words->groups);
    pz_status status = out_words->groups ? pz_grouping_result_groups(result, out_words->groups, ask->learner_count) : pz__fail_memory();
    if (status == PZ_OK && ask->request.strategy == PZ_STRATEGY_JIGSAW) status = take_parts(result, out_words);
    if (status != PZ_OK) pz__strategy_words_free(out_words);
    return status;
}

void pz__strategy_words_free(pz__strategy_words *words)
{
    pz__release(words->groups);
    pz__release(words->parts);
    memset(words, 0, sizeof *words);
}

static void tell_part(pz__json_writer *json, const pz__strategy_words *words, size_t learner)
{
    int32_t others = -1;
    for (size_t i = 0; i < words->ask->learner_count; i++) others += words->parts[i] == words->parts[learner];
    if (words->parts[learner] < 1) return; /* in no group */
    pz__json_open_object(json);
    pz__json_put_text(json, "code", "reason.jigsaw.learner");
    pz__json_put_int(json, "value", words->parts[learner]);
    pz__json_put_int(json, "other", others);
    pz__json_close_object(json);
}

/* What passes between the learner and the member of its group with whom that is most. */
static void tell_help(pz__json_writer *json, const pz__strategy_words *words, size_t learner)
{
    const pz__class_figures *data = words->data;
    const char *code = "reason.learner.beside";
    double most = 0;
    pz_id competency, best = 0;
    size_t with = learner;
    for (size_t i = 0; i < words->ask->learner_count; i++) {
        if (i == learner || words->groups[i] != words->groups[learner]) continue;
        double given = gap_of(data, learner, i, &competency);
        if (given > most) most = given, best = competency, with = i, code = "reason.learner.tutor";
        double taken = gap_of(data, i, learner, &competency);
        if (taken > most) most = taken, best = competency, with = i, code = "reason.learner.tutee";
    }
    pz__json_open_object(json);
    pz__json_put_text(json, "code", code);
    if (best) {
        pz__json_put_id(json, "competency", best);
        pz__json_put_id(json, "with", words->ask->learners[with]);
        pz__json_put_real(json, "value", most);
    }
    pz__json_close_object(json);
}

void pz__strategy_word(pz__json_writer *json, const pz__strategy_words *words, size_t learner)
{
    if (words->parts) tell_part(json, words, learner);
    if (words->ask->request.strategy == PZ_STRATEGY_TUTORING && words->groups[learner] >= 0) tell_help(json, words, learner);
}

pz_id pz__strategy_focus(const pz__strategy_words *words, int32_t group)
{
    size_t n = words->ask->learner_count;
    double most = 0;
    pz_id competency, focus = 0;
    if (words->ask->request.strategy != PZ_STRATEGY_TUTORING) return 0;
    for (size_t a = 0; a < n; a++) {
        for (size_t b = 0; b < n; b++) {
            if (a == b || words->groups[a] != group || words->groups[b] != group) continue;
            double gap = gap_of(words->data, a, b, &competency);
            if (gap > most) most = gap, focus = competency;
        }
    }
    return focus;
}

void pz__strategy_group_word(pz__json_writer *json, const pz__strategy_words *words, int32_t group)
{
    pz_id focus = pz__strategy_focus(words, group);
    if (words->ask->request.strategy != PZ_STRATEGY_TUTORING) return;
    pz__json_open_object(json);
    pz__json_put_text(json, "code", focus ? "reason.group.tutoring" : "reason.group.beside");
    if (focus) pz__json_put_id(json, "competency", focus);
    pz__json_close_object(json);
}

int pz__strategy_tells(const pz__strategy_words *words, const pz_grouping_reason *reason)
{
    return words->ask->request.strategy == PZ_STRATEGY_TUTORING && reason->criterion == 0; /* how wide gaps are */
}
