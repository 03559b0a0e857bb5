/* Closing a cycle: where each learner stands at its last day, with growth, needs and next steps, kept for good. */
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "records/access/whom.h"
#include "records/ask.h"
#include "records/competency/prerequisites.h"
#include "records/cycle/find.h"
#include "records/evidence/learning_tables.h"
#include "records/mastery/standing.h"
#include "records/writing.h"

typedef struct close_work {
    pz__call *call;
    pz_cycle *cycle;
    pz_time until; /* evidence before this counts */
    pz_time split; /* the end of the cycle before; PZ_TIME_NONE without one */
    pz_id *learners;
    size_t learner_count;
    pz__prerequisites map;
    uint8_t *mastered; /* by place in the map, for the learner at hand */
    uint8_t *ready;
    pz__rules *rules;
    pz__standings standings;
} close_work;

/* -------------------------------------------------------------------------------------- which competencies --- */

typedef struct id_list {
    pz_id *ids;
    size_t count;
    size_t capacity;
} id_list;

static pz_status append(id_list *list, const pz_id *ids, size_t count)
{
    PZ__TRY(pz__reserve((void **)&list->ids, &list->capacity, list->count + count, sizeof *list->ids));
    if (count) memcpy(list->ids + list->count, ids, count * sizeof *ids);
    list->count += count;
    return PZ_OK;
}

/* With evidence of the learner before the end. */
static pz_status append_shown(close_work *work, pz_id learner, id_list *list)
{
    static const char sql[] = "SELECT DISTINCT competency_id FROM evidence WHERE tenant_id = ?1 AND learner_id = ?2 AND change_id <= ?3 "
                              "AND at < ?4 ORDER BY competency_id";
    pz__call *call = work->call;
    pz__statement *statement;
    pz_status status;
    int row;
    PZ__TRY(pz__ask(call, sql, learner, &statement));
    pz__bind_int(statement, 4, work->until == PZ_TIME_NONE ? INT64_MAX : work->until);
    while ((status = pz__db_step(statement, &row)) == PZ_OK && row) {
        pz_id competency = pz__column_int(statement, 0);
        if ((status = append(list, &competency, 1)) != PZ_OK) break;
    }
    pz__db_reset(statement);
    return status;
}

static pz_status gather_shown(close_work *work, id_list *list)
{
    for (size_t i = 0; i < work->learner_count; i++) {
        PZ__TRY(append_shown(work, work->learners[i], list));
        list->count = pz__ids_sort(list->ids, list->count);
    }
    return PZ_OK;
}

/* Of a framework: what can be assessed in it, which is what has nothing below it, and what was shown all the same. */
static pz_status keep_framework(close_work *work, id_list *list)
{
    static const char all_sql[] = "SELECT competency_id FROM competency WHERE tenant_id = ?1 AND framework_id = ?3 AND since_change <= ?2 "
                                  "AND until_change > ?2 ORDER BY competency_id";
    static const char leaves_sql[] =
        "SELECT c.competency_id FROM competency c WHERE c.tenant_id = ?1 AND c.framework_id = ?3 AND c.since_change <= ?2 "
        "AND c.until_change > ?2 AND c.ended = 0 AND NOT EXISTS (SELECT 1 FROM association a WHERE a.tenant_id = ?1 "
        "AND a.destination_id = c.competency_id AND a.kind = 1 AND a.since_change <= ?2 AND a.until_change > ?2) ORDER BY c.competency_id";
    pz_id *all = NULL, *leaves = NULL;
    size_t all_count = 0, leaf_count = 0, kept = 0;
    pz_status status = pz__ids_read(work->call, all_sql, work->cycle->framework, &all, &all_count);
    if (status == PZ_OK) status = pz__ids_read(work->call, leaves_sql, work->cycle->framework, &leaves, &leaf_count);
    for (size_t i = 0; i < list->count; i++)
        if (pz__ids_has(all, all_count, list->ids[i])) list->ids[kept++] = list->ids[i];
    list->count = kept;
    if (status == PZ_OK) status = append(list, leaves, leaf_count);
    pz__release(all);
    pz__release(leaves);
    return status;
}

static pz_status find_competencies(close_work *work)
{
    id_list list = {NULL, 0, 0};
    pz_status status = gather_shown(work, &list);
    if (status == PZ_OK && work->cycle->framework) status = keep_framework(work, &list);
    list.count = pz__ids_sort(list.ids, list.count);
    if (status == PZ_OK) status = pz__prerequisites_load(work->call, list.ids, list.count, &work->map);
    pz__release(list.ids);
    if (status != PZ_OK) return status;
    work->mastered = pz__alloc_zero(work->map.count + 1, 1);
    work->ready = pz__alloc_zero(work->map.count + 1, 1);
    return work->mastered && work->ready ? PZ_OK : pz__fail_memory();
}

/* ------------------------------------------------------------------------------------------------- results --- */

/* Growth since the cycle before, both ends by the rule of today; NaN where one of them has no evidence. */
static pz_status measure_growth(const pz__standing *standing, const pz__rule *rule, pz_cycle_result *result)
{
    pz_growth growth = PZ_GROWTH_INIT;
    if (standing->before.count == 0) return PZ_OK;
    PZ__TRY(pz_mastery_growth(&rule->settings, &standing->before, &standing->state, &growth));
    result->growth = growth.gain;
    result->growth_standard_error = growth.standard_error;
    return PZ_OK;
}

/* Not mastered, or mastered at the cycle before and no longer sure. Too little evidence alone is no need. */
static pz_status judge_need(const pz__standing *standing, const pz__rule *rule, pz_cycle_result *result)
{
    pz_mastery_estimate before = PZ_MASTERY_ESTIMATE_INIT;
    result->is_need = result->decision == PZ_MASTERY_NOT_YET;
    if (result->decision != PZ_MASTERY_NOT_ENOUGH_EVIDENCE || standing->before.count == 0) return PZ_OK;
    PZ__TRY(pz_mastery_state_estimate(&rule->settings, &standing->before, &before));
    result->is_need = before.decision == PZ_MASTERY_MASTERED;
    return PZ_OK;
}

static pz_status fill(close_work *work, const pz__standing *standing, pz_cycle_result *result)
{
    const pz__rule *rule = pz__rules_for(work->rules, result->learner, result->competency);
    result->rule = rule->id;
    if (!standing) return PZ_OK;
    result->estimate = standing->estimate.estimate;
    result->standard_error = standing->estimate.standard_error;
    result->decision = standing->estimate.decision;
    result->evidence_count = standing->estimate.evidence_count;
    PZ__TRY(measure_growth(standing, rule, result));
    return judge_need(standing, rule, result);
}

static pz_status insert(const close_work *work, const pz_cycle_result *result)
{
#define INSERT(table)                                                                                                                      \
    "INSERT INTO " table " (tenant_id, cycle_id, learner_id, competency_id, change_id, rule_id, estimate, standard_error, decision, "      \
    "evidence_count, growth, growth_standard_error, is_need, step) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)"
    static const char first[] = INSERT("cycle_result"), again[] = INSERT("cycle_result_again");
    pz__call *call = work->call;
    pz__statement *statement;
    PZ__TRY(pz__db_statement(call->db, work->cycle->closed_change ? again : first, &statement));
    pz__bind_int(statement, 1, call->tenant);
    pz__bind_int(statement, 2, result->cycle);
    pz__bind_int(statement, 3, result->learner);
    pz__bind_int(statement, 4, result->competency);
    pz__bind_int(statement, 5, pz__change_number(call->change));
    pz__bind_int(statement, 6, result->rule);
    pz__bind_real(statement, 7, result->estimate);
    pz__bind_real(statement, 8, result->standard_error);
    pz__bind_int(statement, 9, result->decision);
    pz__bind_int(statement, 10, result->evidence_count);
    pz__bind_real(statement, 11, result->growth);
    pz__bind_real(statement, 12, result->growth_standard_error);
    pz__bind_int(statement, 13, result->is_need);
    pz__bind_int(statement, 14, result->step);
    return pz__db_run(statement);
}

/* Marks what the learner has mastered, for the steps. Standings and map are both by competency. */
static void mark_mastered(close_work *work)
{
    size_t row = 0;
    for (size_t place = 0; place < work->map.count; place++) {
        while (row < work->standings.count && work->standings.rows[row].competency < work->map.ids[place]) row++;
        work->mastered[place] = row < work->standings.count && work->standings.rows[row].competency == work->map.ids[place] &&
                                work->standings.rows[row].estimate.decision == PZ_MASTERY_MASTERED;
    }
    pz__prerequisites_ready(&work->map, work->mastered, work->ready);
}

static pz_status close_learner(close_work *work, pz_id learner)
{
    const pz_cycle_result *initial = pz__cycle_result_type.initial;
    pz__trail_range range = {learner, PZ__ALL_COMPETENCIES, work->until, 0, 0};
    size_t row = 0;
    PZ__TRY(pz__standings_compute(&work->standings, work->call, work->rules, range, work->split));
    mark_mastered(work);
    for (size_t place = 0; place < work->map.count; place++) {
        const pz__standing *standing = NULL;
        pz_cycle_result result = *initial;
        while (row < work->standings.count && work->standings.rows[row].competency < work->map.ids[place]) row++;
        if (row < work->standings.count && work->standings.rows[row].competency == work->map.ids[place])
            standing = &work->standings.rows[row];
        result.cycle = work->cycle->id;
        result.learner = learner;
        result.competency = work->map.ids[place];
        result.step = work->mastered[place] ? 0 : work->ready[place] ? 1 : 2;
        PZ__TRY(fill(work, standing, &result));
        PZ__TRY(insert(work, &result));
    }
    return PZ_OK;
}

/* ------------------------------------------------------------------------------------------------- closing --- */

/* The cycle before ends with its last day, or with the moment of its closing where it has none. */
static pz_status find_split(close_work *work)
{
    static const char sql[] = "SELECT at FROM change WHERE tenant_id = ?1 AND change_id = ?2";
    pz_cycle *previous;
    pz__statement *statement;
    pz_status status;
    int row;
    work->split = PZ_TIME_NONE;
    if (!work->cycle->previous) return PZ_OK;
    PZ__TRY(pz__cycle_find(work->call, PZ__SEE, work->cycle->previous, &previous));
    work->split = pz__cycle_end(work->call, previous);
    if (work->split != PZ_TIME_NONE || !previous->closed_change) {
        pz_free(previous);
        return PZ_OK;
    }
    status = pz__db_statement(work->call->db, sql, &statement);
    pz__bind_int(statement, 1, work->call->tenant);
    pz__bind_int(statement, 2, previous->closed_change);
    pz_free(previous);
    if (status == PZ_OK) status = pz__db_step(statement, &row);
    if (status == PZ_OK && row) work->split = pz__column_time(statement, 0) + 1;
    pz__db_reset(statement);
    return status;
}

static pz_status close_learners(close_work *work, pz_progress_fn progress, void *user_data)
{
    for (size_t i = 0; i < work->learner_count; i++) {
        if (progress && progress((double)i / (double)work->learner_count, user_data) != PZ_OK)
            return pz__fail(PZ_E_CANCELLED, "progress", NULL, "The progress callback asked to stop. Nothing was written.");
        PZ__TRY(close_learner(work, work->learners[i]));
    }
    return PZ_OK;
}

static pz_status mark_closed(close_work *work)
{
    pz__outcome outcome;
    work->cycle->state = PZ_CYCLE_CLOSED;
    work->cycle->closed_change = pz__change_number(work->call->change);
    return pz__versioned_write(work->call, &pz__cycle_table, work->cycle, &outcome);
}

static pz_status close_cycle(close_work *work, pz_progress_fn progress, void *user_data)
{
    work->until = pz__cycle_end(work->call, work->cycle);
    PZ__TRY(find_split(work));
    PZ__TRY(pz__cycle_learners(work->call, work->cycle, &work->learners, &work->learner_count));
    PZ__TRY(pz__rules_load(work->call, &work->rules));
    PZ__TRY(find_competencies(work));
    PZ__TRY(close_learners(work, progress, user_data));
    return mark_closed(work);
}

static pz_status find_and_close(pz__call *call, pz_id id, pz_progress_fn progress, void *user_data)
{
    close_work work = {.call = call};
    pz_status status;
    PZ__TRY(pz__cycle_find(call, PZ__WRITE, id, &work.cycle));
    if (work.cycle->state == PZ_CYCLE_COLLECTING || work.cycle->state == PZ_CYCLE_REOPENED)
        status = close_cycle(&work, progress, user_data);
    else
        status = pz__fail(PZ_E_STATE, "cycle", "pz_cycle_get() tells the state; the steps are open, collecting, closed, handed over.",
                          "The cycle %lld is %s; closing begins from collecting or reopened.", (long long)id,
                          pz__cycle_state_names[work.cycle->state]);
    pz__standings_free(&work.standings);
    pz__prerequisites_free(&work.map);
    pz__rules_free(work.rules);
    pz__release(work.mastered);
    pz__release(work.ready);
    pz__release(work.learners);
    pz_free(work.cycle);
    return status;
}

pz_status pz_cycle_close(pz_actor *actor, pz_id cycle, const char *key, pz_progress_fn progress, void *user_data)
{
    pz__buffer request = PZ__BUFFER_INIT;
    pz__call call;
    pz__request_int(&request, cycle);
    PZ__TRY(pz__write_start(&call, actor, "cycle.close", key, &request));
    return pz__call_end(&call, call.repeated ? PZ_OK : find_and_close(&call, cycle, progress, user_data));
}
