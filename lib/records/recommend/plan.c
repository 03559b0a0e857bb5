/* Recommendations in their tables. */
#include "records/recommend/plan.h"

#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "records/types_learning.h"
#include "records/versioned.h"

/* -------------------------------------------------------------------------------------------------- tables --- */

#define MARKS_18 PZ__MARKS_13 ", ?16, ?17, ?18, ?19, ?20"

static const pz_field row_fields[] = {
    PZ__ID(pz__recommendation_row, id),
    PZ__ID(pz__recommendation_row, class_id),
    PZ__ID(pz__recommendation_row, cycle),
    PZ__BIGINT(pz__recommendation_row, version, ""),
    PZ__ENUM(pz__recommendation_row, state, pz__recommendation_state_names),
    PZ__NAME(pz__recommendation_row, strategy),
    PZ__NAME(pz__recommendation_row, title),
    PZ__BIGINT(pz__recommendation_row, seed, ""),
    PZ__REAL(pz__recommendation_row, objective, ""),
    PZ__REAL(pz__recommendation_row, recommended_objective, ""),
    PZ__NAME(pz__recommendation_row, request),
    PZ__NAME(pz__recommendation_row, problem),
    PZ__NAME(pz__recommendation_row, report),
    PZ__NAME(pz__recommendation_row, note),
    PZ__DATE(pz__recommendation_row, answer_by),
    PZ__ID(pz__recommendation_row, acted_by),
    PZ__ENUM(pz__recommendation_row, acted_role, pz__role_names),
    PZ__TIME(pz__recommendation_row, acted_at),
};
static const pz__recommendation_row row_initial = {.struct_size = sizeof(pz__recommendation_row)};
static const pz_record_type row_type = PZ__RECORD_TYPE(pz__recommendation_row, row_fields, &row_initial);

#define ROW_COLUMNS                                                                                                                        \
    "recommendation_id, class_id, cycle_id, version, state, strategy, title, seed, objective, recommended_objective, request, problem, "   \
    "report, note, answer_by, acted_by, acted_role, acted_at"

static const pz__table recommendation_table = {
    &row_type, PZ_KIND_RECOMMENDATION, 1, -1, -1, 0, PZ__TABLE_SQL("recommendation", ROW_COLUMNS, MARKS_18, "recommendation_id = ?2")};

static const pz_field group_fields[] = {
    PZ__ID(pz__plan_group, recommendation),
    PZ__INT(pz__plan_group, group_no, ""),
    PZ__ID(pz__plan_group, competency),
    PZ__NAME(pz__plan_group, reasons),
};
static const pz__plan_group group_initial = {.struct_size = sizeof(pz__plan_group)};
static const pz_record_type group_type = PZ__RECORD_TYPE(pz__plan_group, group_fields, &group_initial);
static const pz__table group_table = {&group_type,
                                      PZ_KIND_RECOMMENDATION,
                                      2,
                                      -1,
                                      -1,
                                      0,
                                      PZ__TABLE_SQL("recommended_group", "recommendation_id, group_no, competency_id, reasons", PZ__MARKS_4,
                                                    "recommendation_id = ?2 AND group_no = ?3")};

static const pz_field member_fields[] = {
    PZ__ID(pz__plan_member, recommendation), PZ__ID(pz__plan_member, learner),   PZ__INT(pz__plan_member, group_no, ""),
    PZ__BOOL(pz__plan_member, is_locked),    PZ__BOOL(pz__plan_member, by_hand), PZ__NAME(pz__plan_member, reasons),
};
static const pz__plan_member member_initial = {.struct_size = sizeof(pz__plan_member)};
static const pz_record_type member_type = PZ__RECORD_TYPE(pz__plan_member, member_fields, &member_initial);
static const pz__table member_table = {&member_type,
                                       PZ_KIND_RECOMMENDATION,
                                       2,
                                       -1,
                                       -1,
                                       0,
                                       PZ__TABLE_SQL("recommended_member",
                                                     "recommendation_id, learner_id, group_no, is_locked, by_hand, reasons", PZ__MARKS_6,
                                                     "recommendation_id = ?2 AND learner_id = ?3")};

/* -------------------------------------------------------------------------------------------------- memory --- */

void pz__plan_free(pz__plan *plan)
{
    char *texts[] = {plan->row.strategy, plan->row.title, plan->row.request, plan->row.problem, plan->row.report, plan->row.note};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) pz__release(texts[i]);
    for (size_t i = 0; i < plan->group_count; i++) pz__release(plan->groups[i].reasons);
    for (size_t i = 0; i < plan->member_count; i++) pz__release(plan->members[i].reasons);
    pz__release(plan->groups);
    pz__release(plan->members);
    memset(plan, 0, sizeof *plan);
}

size_t pz__plan_place(const pz__plan *plan, pz_id learner)
{
    size_t low = 0, high = plan->member_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (plan->members[middle].learner < learner)
            low = middle + 1;
        else
            high = middle;
    }
    return low < plan->member_count && plan->members[low].learner == learner ? low : plan->member_count;
}

int32_t pz__plan_size(const pz__plan *plan, int32_t group_no)
{
    int32_t size = 0;
    for (size_t i = 0; i < plan->member_count; i++) size += plan->members[i].group_no == group_no;
    return size;
}

/* ------------------------------------------------------------------------------------------------- loading --- */

static pz_status keep(char **text)
{
    if (!*text) return PZ_OK;
    *text = pz__copy_text(*text, strlen(*text));
    return *text ? PZ_OK : pz__fail_memory();
}

/* The texts of a row live until its next step: all of them are copied, or none is there to be freed. */
static pz_status keep_row(pz__recommendation_row *row)
{
    char **texts[] = {&row->strategy, &row->title, &row->request, &row->problem, &row->report, &row->note};
    enum { TEXTS = sizeof texts / sizeof texts[0] };
    pz_status status = PZ_OK;
    for (size_t i = 0; i < TEXTS; i++) {
        if (status == PZ_OK)
            status = keep(texts[i]);
        else
            *texts[i] = NULL;
    }
    return status;
}

static pz_status select_rows(pz__call *call, const char *sql, pz_id recommendation, pz__statement **out_statement)
{
    PZ__TRY(pz__db_statement(call->db, sql, out_statement));
    pz__bind_int(*out_statement, 1, call->tenant);
    pz__bind_int(*out_statement, 2, recommendation);
    pz__bind_int(*out_statement, 3, call->as_of);
    return PZ_OK;
}

static pz_status load_row(pz__call *call, pz_id recommendation, pz__recommendation_row *out)
{
    static const char sql[] =
        "SELECT " ROW_COLUMNS " FROM recommendation WHERE tenant_id = ?1 AND recommendation_id = ?2 AND since_change <= ?3 "
        "AND until_change > ?3";
    pz__statement *statement;
    pz_status status;
    int row;
    PZ__TRY(select_rows(call, sql, recommendation, &statement));
    status = pz__db_step(statement, &row);
    if (status == PZ_OK && !row)
        status = pz__fail(PZ_E_NOT_FOUND, "recommendation", "pz_recommendation_list() lists them.",
                          "There is no recommendation %lld in reach.", (long long)recommendation);
    if (status == PZ_OK) {
        pz__record_read(&row_type, statement, 0, out);
        status = keep_row(out);
    }
    pz__db_reset(statement);
    return status;
}

static pz_status load_groups(pz__call *call, pz__plan *plan)
{
    static const char sql[] = "SELECT recommendation_id, group_no, competency_id, reasons FROM recommended_group WHERE tenant_id = ?1 "
                              "AND recommendation_id = ?2 AND since_change <= ?3 AND until_change > ?3 ORDER BY group_no";
    pz__statement *statement;
    pz_status status;
    int row;
    PZ__TRY(select_rows(call, sql, plan->row.id, &statement));
    while ((status = pz__db_step(statement, &row)) == PZ_OK && row) {
        status = pz__reserve((void **)&plan->groups, &plan->group_capacity, plan->group_count + 1, sizeof *plan->groups);
        if (status != PZ_OK) break;
        pz__record_read(&group_type, statement, 0, &plan->groups[plan->group_count]);
        status = keep(&plan->groups[plan->group_count].reasons);
        if (status != PZ_OK) break;
        plan->group_count++;
    }
    pz__db_reset(statement);
    return status;
}

static pz_status load_members(pz__call *call, pz__plan *plan)
{
    static const char sql[] =
        "SELECT recommendation_id, learner_id, group_no, is_locked, by_hand, reasons FROM recommended_member WHERE tenant_id = ?1 "
        "AND recommendation_id = ?2 AND since_change <= ?3 AND until_change > ?3 ORDER BY learner_id";
    pz__statement *statement;
    pz_status status;
    int row;
    PZ__TRY(select_rows(call, sql, plan->row.id, &statement));
    while ((status = pz__db_step(statement, &row)) == PZ_OK && row) {
        status = pz__reserve((void **)&plan->members, &plan->member_capacity, plan->member_count + 1, sizeof *plan->members);
        if (status != PZ_OK) break;
        pz__record_read(&member_type, statement, 0, &plan->members[plan->member_count]);
        status = keep(&plan->members[plan->member_count].reasons);
        if (status != PZ_OK) break;
        plan->member_count++;
    }
    pz__db_reset(statement);
    return status;
}

pz_status pz__plan_load(pz__call *call, pz_id recommendation, pz__plan *out_plan)
{
    pz_status status;
    memset(out_plan, 0, sizeof *out_plan);
    status = load_row(call, recommendation, &out_plan->row);
    if (status == PZ_OK) status = load_groups(call, out_plan);
    if (status == PZ_OK) status = load_members(call, out_plan);
    if (status != PZ_OK) pz__plan_free(out_plan);
    return status;
}

pz_status pz__plan_problem(pz__call *call, pz_id recommendation, char **out_problem)
{
    static const char sql[] = "SELECT problem FROM recommendation WHERE tenant_id = ?1 AND recommendation_id = ?2 AND since_change <= ?3 "
                              "ORDER BY since_change LIMIT 1";
    pz__statement *statement;
    pz_status status;
    int row;
    *out_problem = NULL;
    PZ__TRY(select_rows(call, sql, recommendation, &statement));
    status = pz__db_step(statement, &row);
    if (row) {
        const char *text = pz__column_text(statement, 0, NULL);
        if (text && !(*out_problem = pz__copy_text(text, strlen(text)))) status = pz__fail_memory();
    }
    pz__db_reset(statement);
    return status;
}

/* ------------------------------------------------------------------------------------------------- writing --- */

/* One item for the whole recommendation says that it was touched, so groups and members note none. */
static pz_status replace(pz__call *call, const pz__table *table, const void *record, int is_new)
{
    int found = 0;
    int64_t since;
    if (!is_new) PZ__TRY(pz__versioned_find(call, table, record, &found, &since));
    if (found) PZ__TRY(pz__versioned_supersede(call, table, record, since));
    return pz__versioned_insert(call, table, record);
}

static pz_status close_row(pz__call *call, const pz__table *table, const void *record)
{
    int found;
    int64_t since;
    PZ__TRY(pz__versioned_find(call, table, record, &found, &since));
    return found ? pz__versioned_supersede(call, table, record, since) : PZ_OK;
}

static const pz__plan_group *find_group(const pz__plan *plan, int32_t group_no)
{
    for (size_t i = 0; plan && i < plan->group_count; i++)
        if (plan->groups[i].group_no == group_no) return &plan->groups[i];
    return NULL;
}

static const pz__plan_member *find_member(const pz__plan *plan, pz_id learner)
{
    size_t place = plan ? pz__plan_place(plan, learner) : 0;
    return plan && place < plan->member_count ? &plan->members[place] : NULL;
}

static pz_status write_groups(pz__call *call, pz__plan *plan, const pz__plan *before)
{
    for (size_t i = 0; i < plan->group_count; i++) {
        pz__plan_group *group = &plan->groups[i];
        const pz__plan_group *old = find_group(before, group->group_no);
        group->recommendation = plan->row.id;
        if (old && old->competency == group->competency && !strcmp(old->reasons, group->reasons)) continue;
        PZ__TRY(replace(call, &group_table, group, !old));
    }
    for (size_t i = 0; before && i < before->group_count; i++)
        if (!find_group(plan, before->groups[i].group_no)) PZ__TRY(close_row(call, &group_table, &before->groups[i]));
    return PZ_OK;
}

static int same_member(const pz__plan_member *a, const pz__plan_member *b)
{
    return a->group_no == b->group_no && a->is_locked == b->is_locked && a->by_hand == b->by_hand && !strcmp(a->reasons, b->reasons);
}

static pz_status write_members(pz__call *call, pz__plan *plan, const pz__plan *before)
{
    for (size_t i = 0; i < plan->member_count; i++) {
        pz__plan_member *member = &plan->members[i];
        const pz__plan_member *old = find_member(before, member->learner);
        member->recommendation = plan->row.id;
        if (old && same_member(old, member)) continue;
        PZ__TRY(replace(call, &member_table, member, !old));
    }
    for (size_t i = 0; before && i < before->member_count; i++)
        if (!find_member(plan, before->members[i].learner)) PZ__TRY(close_row(call, &member_table, &before->members[i]));
    return PZ_OK;
}

/* The problem stays with the first version; where that was written in this same change, it goes and this one is the first. */
static pz_status write_row(pz__call *call, pz__plan *plan)
{
    char *problem = plan->row.problem;
    pz__outcome outcome;
    pz_status status;
    if (plan->row.version && plan->row.version != pz__change_number(call->change)) plan->row.problem = NULL;
    plan->row.version = pz__change_number(call->change);
    plan->row.acted_by = pz__call_person(call);
    plan->row.acted_role = pz__call_role(call);
    plan->row.acted_at = pz__change_time(call->change);
    status = pz__versioned_write(call, &recommendation_table, &plan->row, &outcome);
    plan->row.problem = problem;
    return status;
}

pz_status pz__plan_write(pz__call *call, pz__plan *plan, const pz__plan *before)
{
    PZ__TRY(write_row(call, plan));
    if (before == plan) return PZ_OK;
    PZ__TRY(write_groups(call, plan, before));
    return write_members(call, plan, before);
}
