/* Who was left undecided, and the shortest set of items that can settle it. */
#include "base/fail.h"
#include "base/memory.h"
#include "records/access/whom.h"
#include "records/ask.h"
#include "records/cycle/find.h"
#include "records/listing.h"
#include "records/mastery/standing.h"
#include "records/need.h"
#include "records/types_learning.h"

enum { MOST_ANSWERS = 200 }; /* where no decision is in sight by then there is none */

typedef struct settle_work {
    pz__call *call;
    pz_cycle *cycle;
    pz_id competency; /* 0 any */
    pz__rules *rules;
    pz__standings standings;
    pz__rows *rows;
} settle_work;

/* ------------------------------------------------------------------------------------------- how many answers --- */

/* Answers of one kind until the rule decides; MOST_ANSWERS + 1 if it does not. */
static pz_status count_answers(const pz_mastery_settings *settings, pz_mastery_state state, double score, int32_t *out_count)
{
    pz_mastery_estimate estimate = PZ_MASTERY_ESTIMATE_INIT;
    for (*out_count = 0; *out_count <= MOST_ANSWERS; ++*out_count) {
        PZ__TRY(pz_mastery_state_estimate(settings, &state, &estimate));
        if (estimate.decision != PZ_MASTERY_NOT_ENOUGH_EVIDENCE) return PZ_OK;
        PZ__TRY(pz_mastery_state_update(settings, &score, NULL, 1, &state));
    }
    return PZ_OK;
}

static pz_status find_needed(const pz__rule *rule, const pz__standing *standing, int32_t *out_needed)
{
    pz_mastery_state state = PZ_MASTERY_STATE_INIT;
    int32_t right, wrong;
    if (standing)
        state = standing->state;
    else
        PZ__TRY(pz_mastery_state_start(&rule->settings, &state));
    PZ__TRY(count_answers(&rule->settings, state, 1, &right));
    PZ__TRY(count_answers(&rule->settings, state, 0, &wrong));
    *out_needed = right < wrong ? right : wrong;
    return PZ_OK;
}

/* ------------------------------------------------------------------------------------------------- which items --- */

/* Those that bear most on it first. */
static pz_status add_items(settle_work *work, pz_settling_item *row)
{
    static const char sql[] =
        "SELECT b.item_id, b.weight FROM item_competency b JOIN item i ON i.tenant_id = b.tenant_id AND i.item_id = b.item_id AND i.ended "
        "= 0 "
        "AND i.since_change <= ?3 AND i.until_change > ?3 WHERE b.tenant_id = ?1 AND b.competency_id = ?2 AND b.since_change <= ?3 "
        "AND b.until_change > ?3 AND NOT EXISTS (SELECT 1 FROM evidence e WHERE e.tenant_id = ?1 AND e.learner_id = ?4 AND e.competency_id "
        "= ?2 "
        "AND e.item_id = b.item_id AND e.change_id <= ?3) ORDER BY b.weight DESC, b.item_id";
    double weight = 0;
    pz__statement *statement;
    pz_status status;
    int more = 1;
    PZ__TRY(pz__ask(work->call, sql, row->competency, &statement));
    pz__bind_int(statement, 4, row->learner);
    for (row->position = 1, status = PZ_OK; weight < row->needed - 1e-9 && more; row->position++) {
        status = pz__db_step(statement, &more);
        if (status != PZ_OK) break;
        row->item = more ? pz__column_int(statement, 0) : 0;
        row->weight = more ? pz__column_real(statement, 1) : PZ_REAL_NONE;
        if (more) weight += row->weight;
        pz__rows_add(work->rows, row);
    }
    pz__db_reset(statement);
    return status;
}

static const pz__standing *find_standing(const settle_work *work, pz_id competency)
{
    for (size_t i = 0; i < work->standings.count; i++)
        if (work->standings.rows[i].competency == competency) return &work->standings.rows[i];
    return NULL;
}

static pz_status settle(settle_work *work, pz_id learner, pz_id competency)
{
    pz_settling_item row = *(const pz_settling_item *)pz__settling_item_type.initial;
    const pz__rule *rule = pz__rules_for(work->rules, learner, competency);
    row.learner = learner;
    row.competency = competency;
    PZ__TRY(find_needed(rule, find_standing(work, competency), &row.needed));
    return row.needed == 0 || row.needed > MOST_ANSWERS ? PZ_OK : add_items(work, &row);
}

/* -------------------------------------------------------------------------------------------------- learners --- */

static pz_status read_undecided(settle_work *work, pz_id learner, pz_id **out_ids, size_t *out_count)
{
#define UNDECIDED(table)                                                                                                                   \
    "SELECT competency_id FROM " table " WHERE tenant_id = ?1 AND cycle_id = ?2 AND learner_id = ?4 AND decision = 3 AND change_id = ?5 "  \
    "AND change_id <= ?3 AND (?6 = 0 OR competency_id = ?6)"
    static const char sql[] = UNDECIDED("cycle_result") " UNION ALL " UNDECIDED("cycle_result_again") " ORDER BY 1";
    pz__statement *statement;
    size_t capacity = 0;
    pz_status status;
    int row;
    PZ__TRY(pz__ask(work->call, sql, work->cycle->id, &statement));
    pz__bind_int(statement, 4, learner);
    pz__bind_int(statement, 5, work->cycle->closed_change);
    pz__bind_int(statement, 6, work->competency);
    while ((status = pz__db_step(statement, &row)) == PZ_OK && row) {
        status = pz__reserve((void **)out_ids, &capacity, *out_count + 1, sizeof **out_ids);
        if (status != PZ_OK) break;
        (*out_ids)[(*out_count)++] = pz__column_int(statement, 0);
    }
    pz__db_reset(statement);
    return status;
}

static pz_status settle_learner(settle_work *work, pz_id learner)
{
    pz_id *competencies = NULL;
    size_t count = 0;
    pz_status status = read_undecided(work, learner, &competencies, &count);
    if (status == PZ_OK && count) {
        status = pz__standings_get(&work->standings, work->call, work->rules, learner, PZ__ALL_COMPETENCIES);
        pz__call_read_learner(work->call, PZ_KIND_CYCLE, learner);
    }
    for (size_t i = 0; i < count && status == PZ_OK; i++) status = settle(work, learner, competencies[i]);
    pz__release(competencies);
    return status;
}

static pz_status settle_learners(settle_work *work, pz_id learner)
{
    pz_id *learners;
    size_t count;
    pz_status status;
    PZ__TRY(pz__rules_load(work->call, &work->rules));
    PZ__TRY(pz__cycle_learners(work->call, work->cycle, &learners, &count));
    status = PZ_OK;
    for (size_t i = 0; i < count && status == PZ_OK; i++)
        if (!learner || learners[i] == learner) status = settle_learner(work, learners[i]);
    pz__release(learners);
    return status;
}

static pz_status list(pz__call *call, pz_id cycle, pz_id learner, pz_id competency, pz__rows *rows)
{
    settle_work work = {.call = call, .competency = competency, .rows = rows};
    pz_status status;
    PZ__TRY(pz__cycle_find_closed(call, cycle, &work.cycle));
    status = pz__may(call, PZ_KIND_ITEM, PZ__SEE);
    if (status == PZ_OK) status = learner ? pz__may_learner(call, PZ_KIND_CYCLE, PZ__SEE, learner, "learner") : PZ_OK;
    if (status == PZ_OK) status = pz__need_if(call, PZ_KIND_COMPETENCY, competency, "competency");
    if (status == PZ_OK) status = settle_learners(&work, learner);
    pz__standings_free(&work.standings);
    pz__rules_free(work.rules);
    pz_free(work.cycle);
    return status;
}

pz_status pz_cycle_unsettled_list(pz_actor *actor, pz_id cycle, pz_id learner, pz_id competency, pz_settling_item ***out_rows,
                                  size_t *out_count)
{
    pz__rows rows;
    pz__call call;
    PZ__TRY(pz__list_start((void ***)out_rows, out_count));
    PZ__TRY(pz__call_read(&call, actor));
    pz__rows_start(&rows, &pz__settling_item_type);
    return pz__call_end_rows(&call, list(&call, cycle, learner, competency, &rows), &rows, (void ***)out_rows, out_count);
}
