/* Recommendations, their groups and members as records. */
#include "records/recommend/read.h"
#include "records/access/whom.h"
#include "records/ask.h"
#include "records/by_id.h"
#include "records/document.h"
#include "records/listing.h"
#include "records/page.h"
#include "records/recommend/reason.h"
#include "records/types_learning.h"
#include "records/versioned.h"

#include <string.h>

#include "base/fail.h"
#include "base/memory.h"

/* ------------------------------------------------------------------------------------------------ who sees --- */

int pz__sees_own_place_only(const pz__call *call)
{
    int32_t role = pz__call_role(call);
    return role == PZ_ROLE_LEARNER || role == PZ_ROLE_GUARDIAN;
}

static pz_status fail_missing(pz_id recommendation)
{
    return pz__fail(PZ_E_NOT_FOUND, "recommendation", "pz_recommendation_list() lists them.", "There is no recommendation %lld in reach.",
                    (long long)recommendation);
}

/* Takes out what is of others; nothing is left where the actor's learners are not in it. */
static pz_status keep_own_places(pz__call *call, pz__plan *plan)
{
    pz__reach reach;
    size_t kept = 0;
    PZ__TRY(pz__reach_learners(call, &reach));
    for (size_t i = 0; i < plan->member_count; i++) {
        if (pz__reach_has(&reach, plan->members[i].learner))
            plan->members[kept++] = plan->members[i];
        else
            pz__release(plan->members[i].reasons);
    }
    plan->member_count = kept;
    kept = 0;
    for (size_t i = 0; i < plan->group_count; i++) {
        if (pz__plan_size(plan, plan->groups[i].group_no))
            plan->groups[kept++] = plan->groups[i];
        else
            pz__release(plan->groups[i].reasons);
    }
    plan->group_count = kept;
    return PZ_OK;
}

static pz_status may(pz__call *call, pz__doing doing, pz_id id, pz__plan *plan)
{
    pz_status status;
    if (!pz__sees_own_place_only(call)) {
        status = pz__may_class(call, PZ_KIND_RECOMMENDATION, doing, plan->row.class_id, "recommendation");
        return status == PZ_E_NOT_FOUND ? fail_missing(id) : status;
    }
    if (plan->row.state != PZ_RECOMMENDATION_ACCEPTED) return fail_missing(id);
    PZ__TRY(keep_own_places(call, plan));
    if (plan->member_count == 0) return fail_missing(id);
    return pz__may(call, PZ_KIND_RECOMMENDATION, doing);
}

pz_status pz__recommendation_find(pz__call *call, pz__doing doing, pz_id recommendation, pz__plan *out_plan)
{
    pz_status status;
    PZ__TRY(pz__plan_load(call, recommendation, out_plan));
    status = may(call, doing, recommendation, out_plan);
    if (status != PZ_OK) pz__plan_free(out_plan);
    return status;
}

static void note_read(pz__call *call, const pz__plan *plan)
{
    if (!pz__sees_own_place_only(call)) {
        pz__call_read_class(call, PZ_KIND_RECOMMENDATION, plan->row.class_id);
        return;
    }
    for (size_t i = 0; i < plan->member_count; i++) pz__call_read_learner(call, PZ_KIND_RECOMMENDATION, plan->members[i].learner);
}

/* --------------------------------------------------------------------------------------------------- records --- */

static int32_t strategy_number(const char *name)
{
    int32_t i = PZ_STRATEGY_TUTORING;
    while (i > 0 && (!name || strcmp(pz__strategy_names[i], name))) i--;
    return i;
}

/* Counts are of the whole plan, whoever reads. ?2 is the recommendation, ?3 the change of the version. */
#define COUNT_GROUPS                                                                                                                       \
    "(SELECT count(*) FROM recommended_group g WHERE g.tenant_id = ?1 AND g.recommendation_id = r.recommendation_id "                      \
    "AND g.since_change <= r.since_change AND g.until_change > r.since_change)"
#define COUNT_MEMBERS                                                                                                                      \
    "(SELECT count(*) FROM recommended_member m WHERE m.tenant_id = ?1 AND m.recommendation_id = r.recommendation_id "                     \
    "AND m.since_change <= r.since_change AND m.until_change > r.since_change)"
#define IS_REPLAYABLE                                                                                                                      \
    "EXISTS (SELECT 1 FROM recommendation p WHERE p.tenant_id = ?1 AND p.recommendation_id = r.recommendation_id AND p.problem IS NOT "    \
    "NULL)"
#define RECORD_COLUMNS                                                                                                                     \
    "SELECT r.recommendation_id, r.version, r.class_id, r.cycle_id, r.state, r.strategy, r.title, r.seed, " COUNT_GROUPS                   \
    ", " COUNT_MEMBERS ", r.objective, r.recommended_objective, " IS_REPLAYABLE                                                            \
    ", r.answer_by, r.acted_by, r.acted_role, r.acted_at, r.note "                                                                         \
    "FROM recommendation r WHERE r.tenant_id = ?1 AND "

/* The texts live until the statement's next step. */
static void read_record(pz__statement *row, pz_recommendation *out)
{
    *out = *(const pz_recommendation *)pz__recommendation_type.initial;
    out->id = pz__column_int(row, 0);
    out->version = pz__column_int(row, 1);
    out->class_id = pz__column_int(row, 2);
    out->cycle = pz__column_int(row, 3);
    out->state = (int32_t)pz__column_int(row, 4);
    out->strategy = strategy_number(pz__column_text(row, 5, NULL));
    out->title = pz__column_text(row, 6, &out->title_len);
    out->seed = (uint64_t)pz__column_int(row, 7);
    out->groups = (int32_t)pz__column_int(row, 8);
    out->learners = (int32_t)pz__column_int(row, 9);
    out->objective = pz__column_real(row, 10);
    out->recommended_objective = pz__column_real(row, 11);
    out->is_replayable = (int32_t)pz__column_int(row, 12);
    out->answer_by = pz__column_date(row, 13);
    out->acted_by = pz__column_int(row, 14);
    out->acted_role = (int32_t)pz__column_int(row, 15);
    out->acted_at = pz__column_time(row, 16);
    out->note = pz__column_text(row, 17, &out->note_len);
}

typedef struct record_filter {
    pz_recommendation_query query;
    pz__by_id page;
    int own_place_only;
    pz__reach classes;
    const pz__reach *learners;
} record_filter;

static pz_status has_own_place(pz__call *call, const pz_recommendation *record, const pz__reach *learners, int *out_has)
{
    static const char sql[] =
        "SELECT learner_id FROM recommended_member WHERE tenant_id = ?1 AND recommendation_id = ?3 AND since_change <= ?2 "
        "AND until_change > ?2";
    pz_id *ids;
    size_t count;
    *out_has = 0;
    PZ__TRY(pz__ids_read(call, sql, record->id, &ids, &count));
    for (size_t i = 0; i < count; i++) *out_has |= pz__reach_has(learners, ids[i]);
    pz__release(ids);
    return PZ_OK;
}

static pz_status is_wanted(pz__call *call, record_filter *filter, const pz_recommendation *record, int *out_wanted)
{
    const pz_recommendation_query *query = &filter->query;
    const char *const texts[] = {record->title, record->note};
    *out_wanted = (!query->state || record->state == query->state) && (!query->class_id || record->class_id == query->class_id) &&
                  (!query->strategy || record->strategy == query->strategy) && pz__reach_has(&filter->classes, record->class_id);
    if (*out_wanted) PZ__TRY(pz__by_id_wants(&filter->page, record->id, texts, 2, out_wanted));
    if (!*out_wanted || !filter->own_place_only) return PZ_OK;
    *out_wanted = record->state == PZ_RECOMMENDATION_ACCEPTED;
    return *out_wanted ? has_own_place(call, record, filter->learners, out_wanted) : PZ_OK;
}

static pz_status read_records(pz__call *call, const char *sql, pz_id recommendation, record_filter *filter, pz__rows *rows)
{
    pz__statement *statement;
    pz_recommendation record;
    pz_status status;
    int row, wanted = 1;
    PZ__TRY(pz__ask(call, sql, recommendation, &statement));
    while ((status = pz__db_step(statement, &row)) == PZ_OK && row) {
        read_record(statement, &record);
        if (filter && (status = is_wanted(call, filter, &record, &wanted)) != PZ_OK) break;
        if (wanted) pz__rows_add(rows, &record);
    }
    pz__db_reset(statement);
    return status;
}

/* ------------------------------------------------------------------------------------------------ one of them --- */

typedef pz_status (*read_fn)(pz__call *call, const pz__plan *plan, const char *language, pz__rows *rows);

static pz_status read_plan(pz__call *call, pz_id recommendation, read_fn read, const char *language, pz__rows *rows)
{
    pz__plan plan;
    pz_status status;
    PZ__TRY(pz__recommendation_find(call, PZ__SEE, recommendation, &plan));
    status = read(call, &plan, language, rows);
    note_read(call, &plan);
    pz__plan_free(&plan);
    return status;
}

static pz_status read_current(pz__call *call, const pz__plan *plan, const char *language, pz__rows *rows)
{
    static const char sql[] = RECORD_COLUMNS "r.recommendation_id = ?2 AND r.since_change <= ?3 AND r.until_change > ?3";
    (void)language;
    return read_records(call, sql, plan->row.id, NULL, rows);
}

/* Of the way there learners and guardians see what was accepted. */
static pz_status read_history(pz__call *call, const pz__plan *plan, const char *language, pz__rows *rows)
{
    static const char whole[] = RECORD_COLUMNS "r.recommendation_id = ?2 AND r.since_change <= ?3 ORDER BY r.since_change";
    static const char accepted[] =
        RECORD_COLUMNS "r.recommendation_id = ?2 AND r.since_change <= ?3 AND r.state = 3 ORDER BY r.since_change";
    (void)language;
    return read_records(call, pz__sees_own_place_only(call) ? accepted : whole, plan->row.id, NULL, rows);
}

pz_status pz_recommendation_get(pz_actor *actor, pz_id recommendation, pz_recommendation **out_recommendation)
{
    pz__rows rows;
    pz__call call;
    if (!out_recommendation) return pz__fail_null("out_recommendation");
    *out_recommendation = NULL;
    PZ__TRY(pz__call_read(&call, actor));
    pz__rows_start(&rows, &pz__recommendation_type);
    return pz__call_end_row(&call, read_plan(&call, recommendation, read_current, NULL, &rows), &rows, (void **)out_recommendation);
}

static pz_status give(pz_actor *actor, pz_id recommendation, const pz_record_type *type, read_fn read, const char *language,
                      void ***out_rows, size_t *out_count)
{
    pz__rows rows;
    pz__call call;
    PZ__TRY(pz__list_start(out_rows, out_count));
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(pz__language_check(&language));
    PZ__TRY(pz__call_read(&call, actor));
    pz__rows_start(&rows, type);
    return pz__call_end_rows(&call, read_plan(&call, recommendation, read, language, &rows), &rows, out_rows, out_count);
}

pz_status pz_recommendation_history(pz_actor *actor, pz_id recommendation, pz_recommendation ***out_rows, size_t *out_count)
{
    return give(actor, recommendation, &pz__recommendation_type, read_history, NULL, (void ***)out_rows, out_count);
}

/* --------------------------------------------------------------------------------------------------- list --- */

static pz_status read_list(pz__call *call, record_filter *filter, pz__rows *rows)
{
    static const char sql[] = RECORD_COLUMNS "?2 = 0 AND r.since_change <= ?3 AND r.until_change > ?3 ORDER BY r.recommendation_id DESC";
    pz_id class_id = filter->query.class_id;
    pz__reach learners;
    filter->own_place_only = pz__sees_own_place_only(call);
    PZ__TRY(pz__may(call, PZ_KIND_RECOMMENDATION, PZ__SEE));
    if (class_id) PZ__TRY(pz__may_class(call, PZ_KIND_RECOMMENDATION, PZ__SEE, class_id, "class_id"));
    PZ__TRY(pz__reach_classes(call, &filter->classes));
    PZ__TRY(pz__reach_learners(call, &learners));
    filter->learners = &learners;
    return read_records(call, sql, 0, filter, rows);
}

static pz_status list(pz__call *call, record_filter *filter, void ***out_rows, size_t *out_count)
{
    pz__rows rows;
    pz_status status;
    pz__rows_start(&rows, &pz__recommendation_type);
    status = read_list(call, filter, &rows);
    if (status == PZ_OK) return pz__by_id_take(&filter->page, &rows, out_rows, out_count);
    pz__rows_free(&rows);
    return status;
}

static pz_status check_query(const pz_recommendation_query *query)
{
    if (query->state < 0 || query->state > PZ_RECOMMENDATION_REJECTED)
        return pz__fail(PZ_E_INVALID, "state", "pz_recommendation_state names the states; 0 is any.",
                        "There is no state %d of a recommendation.", (int)query->state);
    if (query->strategy >= 0 && query->strategy <= PZ_STRATEGY_RANDOM) return PZ_OK;
    return pz__fail(PZ_E_INVALID, "strategy", "pz_strategy names the strategies; 0 is any.", "There is no strategy %d.",
                    (int)query->strategy);
}

pz_status pz_recommendation_list(pz_actor *actor, const pz_recommendation_query *query, pz_recommendation ***out_rows, size_t *out_count)
{
    record_filter filter = {.own_place_only = 0};
    pz_recommendation_query *taken = &filter.query;
    pz__call call;
    void **rows = NULL;
    size_t count = 0;
    pz_status status;
    PZ__TRY(pz__list_start((void ***)out_rows, out_count));
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(pz__record_take(&pz__recommendation_query_type, query ? query : pz__recommendation_query_type.initial, sizeof *taken, taken));
    PZ__TRY(check_query(taken));
    PZ__TRY(pz__by_id_start(&filter.page, PZ__BY_ID_NO_OWN, taken->order, taken->after, taken->limit, taken->text, taken->text_len));
    status = pz__call_read(&call, actor);
    if (status == PZ_OK) status = pz__page_end(&call, list(&call, &filter, &rows, &count), &rows, &count, (void ***)out_rows, out_count);
    pz__by_id_free(&filter.page);
    return status;
}

/* ------------------------------------------------------------------------------------- groups and members --- */

/* Sizes are of the whole group, also for those who see only their own place. */
static pz_status size_of(pz__call *call, const pz__plan *plan, int32_t group_no, int32_t *out_size)
{
    static const char sql[] = "SELECT count(*) FROM recommended_member WHERE tenant_id = ?1 AND recommendation_id = ?2 AND group_no = ?4 "
                              "AND since_change <= ?3 AND until_change > ?3";
    pz__statement *statement;
    pz_status status;
    int row;
    PZ__TRY(pz__ask(call, sql, plan->row.id, &statement));
    pz__bind_int(statement, 4, group_no);
    status = pz__db_step(statement, &row);
    *out_size = row ? (int32_t)pz__column_int(statement, 0) : 0;
    pz__db_reset(statement);
    return status;
}

static pz_status read_groups(pz__call *call, const pz__plan *plan, const char *language, pz__rows *rows)
{
    pz_status status = PZ_OK;
    for (size_t i = 0; i < plan->group_count && status == PZ_OK; i++) {
        pz_group group = *(const pz_group *)pz__group_type.initial;
        pz__buffer words = PZ__BUFFER_INIT;
        group.recommendation = plan->row.id;
        group.group_no = plan->groups[i].group_no;
        group.competency = plan->groups[i].competency;
        status = size_of(call, plan, group.group_no, &group.size);
        if (status == PZ_OK) status = pz__reason_words(call, language, plan->groups[i].reasons, pz__sees_own_place_only(call), &words);
        group.rationale = words.data;
        group.rationale_len = words.length;
        if (status == PZ_OK) pz__rows_add(rows, &group);
        pz__buffer_free(&words);
    }
    return status;
}

pz_status pz_group_list(pz_actor *actor, pz_id recommendation, const char *language, pz_group ***out_rows, size_t *out_count)
{
    return give(actor, recommendation, &pz__group_type, read_groups, language, (void ***)out_rows, out_count);
}

static pz_status add_member(pz__call *call, const pz__plan *plan, const pz__plan_member *member, const char *language, pz__rows *rows)
{
    pz_group_member record = *(const pz_group_member *)pz__group_member_type.initial;
    pz__buffer words = PZ__BUFFER_INIT;
    pz_status status = pz__reason_words(call, language, member->reasons, pz__sees_own_place_only(call), &words);
    record.recommendation = plan->row.id;
    record.group_no = member->group_no;
    record.learner = member->learner;
    record.is_locked = member->is_locked;
    record.by_hand = member->by_hand;
    record.rationale = words.data;
    record.rationale_len = words.length;
    if (status == PZ_OK) pz__rows_add(rows, &record);
    pz__buffer_free(&words);
    return status;
}

/* By group and name. */
static pz_status read_members(pz__call *call, const pz__plan *plan, const char *language, pz__rows *rows)
{
    static const char sql[] =
        "SELECT m.learner_id FROM recommended_member m LEFT JOIN person p ON p.tenant_id = m.tenant_id AND p.person_id = m.learner_id "
        "AND p.since_change <= ?2 AND p.until_change > ?2 WHERE m.tenant_id = ?1 AND m.recommendation_id = ?3 AND m.since_change <= ?2 "
        "AND m.until_change > ?2 ORDER BY m.group_no, COALESCE(p.preferred_family_name, p.family_name), "
        "COALESCE(p.preferred_given_name, p.given_name), m.learner_id";
    pz_id *learners;
    size_t count;
    pz_status status;
    PZ__TRY(pz__ids_read(call, sql, plan->row.id, &learners, &count));
    status = PZ_OK;
    for (size_t i = 0; i < count && status == PZ_OK; i++) {
        size_t place = pz__plan_place(plan, learners[i]);
        if (place < plan->member_count) status = add_member(call, plan, &plan->members[place], language, rows);
    }
    pz__release(learners);
    return status;
}

pz_status pz_group_member_list(pz_actor *actor, pz_id recommendation, const char *language, pz_group_member ***out_rows, size_t *out_count)
{
    return give(actor, recommendation, &pz__group_member_type, read_members, language, (void ***)out_rows, out_count);
}
