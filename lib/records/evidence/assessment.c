/* Assessments: written and listed. */
#include <string.h>

#include "base/fail.h"
#include "records/by_id.h"
#include "records/cycle/find.h"
#include "records/evidence/learning_tables.h"
#include "records/evidence/write.h"
#include "records/listing.h"
#include "records/page.h"
#include "records/roster/tables.h"
#include "records/save.h"

#define BIT(member) (1u << (member))

/* ------------------------------------------------------------------------------------------------- writing --- */

pz_status pz__assessment_write(pz__call *call, const pz_assessment *record, pz__outcome *out_outcome)
{
    return pz__versioned_write(call, &pz__assessment_table, record, out_outcome);
}

static pz_status check(const void *record)
{
    const pz_assessment *assessment = record;
    if (assessment->kind < PZ_ASSESSMENT_DIAGNOSTIC || assessment->kind > PZ_ASSESSMENT_STANDARDIZED)
        return pz__fail(PZ_E_INVALID, "kind", "pz_assessment_kind names the kinds.", "There is no assessment of the kind %d.",
                        (int)assessment->kind);
    if (isinf(assessment->score_min) || isinf(assessment->score_max) || assessment->score_min > assessment->score_max)
        return pz__fail(PZ_E_INVALID, "score_max", NULL, "The scores must be finite, the highest not below the lowest.");
    return PZ_OK;
}

static pz_status check_ties(pz__call *call, const void *record)
{
    const pz_assessment *assessment = record;
    pz_cycle *cycle;
    PZ__TRY(pz__need_current_if(call, &pz__class_table, assessment->class_id, "class_id"));
    PZ__TRY(pz__need_current_if(call, &pz__org_table, assessment->org, "org"));
    if (!assessment->cycle) return PZ_OK;
    PZ__TRY(pz__need_current(call, &pz__cycle_table, assessment->cycle, "cycle"));
    if (pz__call_role(call) == PZ_ROLE_SERVICE) return PZ_OK;
    PZ__TRY(pz__cycle_find(call, PZ__SEE, assessment->cycle, &cycle));
    pz_free(cycle);
    return PZ_OK;
}

/* The class of the version that is revised. */
static pz_status class_of(pz__call *call, pz_id assessment, pz_id *out_class)
{
    static const char sql[] =
        "SELECT class_id FROM assessment WHERE tenant_id = ?1 AND assessment_id = ?2 AND until_change = " PZ__CURRENT_SQL;
    pz__statement *statement;
    pz_status status;
    int row;
    *out_class = 0;
    PZ__TRY(pz__db_statement(call->db, sql, &statement));
    pz__bind_int(statement, 1, call->tenant);
    pz__bind_int(statement, 2, assessment);
    status = pz__db_step(statement, &row);
    if (row) *out_class = pz__column_int(statement, 0);
    pz__db_reset(statement);
    return status;
}

static pz_status may_teacher(pz__call *call, pz_id class_id)
{
    if (class_id) return pz__may_class(call, PZ_KIND_ASSESSMENT, PZ__WRITE, class_id, "class_id");
    return pz__fail(PZ_E_DENIED, "class_id", "Name a class of yours.", "A teacher writes assessments of its own classes only.");
}

/* A teacher may neither write into another's class nor take an assessment out of it. */
static pz_status check_right(pz__call *call, const void *record)
{
    const pz_assessment *assessment = record;
    pz_id before;
    if (pz__call_role(call) == PZ_ROLE_SERVICE) return PZ_OK;
    if (assessment->id) {
        PZ__TRY(class_of(call, assessment->id, &before));
        PZ__TRY(may_teacher(call, before));
    }
    return may_teacher(call, assessment->class_id);
}

pz_status pz_assessment_save(pz_actor *actor, const pz_assessment *assessment, const char *source, const char *outside_id, const char *key,
                             pz_id *out_id)
{
    enum { TITLE = 5 };
    static const pz__saver saver = {
        &pz__assessment_table, "assessment.save", sizeof(pz_assessment), BIT(TITLE), 0, check, check_ties, check_right};
    return pz__save(actor, &saver, assessment, source, outside_id, key, out_id);
}

/* ------------------------------------------------------------------------------------------------- listing --- */

typedef struct assessment_filter {
    pz_assessment_query query;
    pz__by_id page;
    pz__reach classes;
    pz__reach orgs;
} assessment_filter;

static int is_chosen(const assessment_filter *filter, const pz_assessment *assessment)
{
    const pz_assessment_query *query = &filter->query;
    if (query->class_id && assessment->class_id != query->class_id) return 0;
    if (query->cycle && assessment->cycle != query->cycle) return 0;
    if (query->kind && assessment->kind != query->kind) return 0;
    if (assessment->class_id) return pz__reach_has(&filter->classes, assessment->class_id);
    return !assessment->org || pz__reach_has(&filter->orgs, assessment->org);
}

static pz_status is_wanted(assessment_filter *filter, const pz_assessment *assessment, int *out_wanted)
{
    const char *texts[] = {assessment->title, assessment->category};
    *out_wanted = is_chosen(filter, assessment);
    return *out_wanted ? pz__by_id_wants(&filter->page, assessment->id, texts, 2, out_wanted) : PZ_OK;
}

static pz_status read_all(pz__call *call, assessment_filter *filter, pz__rows *rows)
{
    static const char of_class[] = "SELECT " PZ__ASSESSMENT_COLUMNS("") " FROM assessment WHERE tenant_id = ?1 AND class_id = ?3 "
                                                                        "AND since_change <= ?2 AND until_change > ?2";
    static const char of_all[] = "SELECT " PZ__ASSESSMENT_COLUMNS("") " FROM assessment WHERE tenant_id = ?1 AND ?3 = 0 "
                                                                      "AND since_change <= ?2 AND until_change > ?2";
    pz_assessment assessment;
    pz__statement *statement;
    pz_status status;
    int row, wanted;
    PZ__TRY(pz__db_statement(call->db, filter->query.class_id ? of_class : of_all, &statement));
    pz__bind_int(statement, 1, call->tenant);
    pz__bind_int(statement, 2, call->as_of);
    pz__bind_int(statement, 3, filter->query.class_id);
    while ((status = pz__db_step(statement, &row)) == PZ_OK && row) {
        pz__record_read(&pz__assessment_type, statement, 0, &assessment);
        if ((status = is_wanted(filter, &assessment, &wanted)) != PZ_OK) break;
        if (wanted) pz__rows_add(rows, &assessment);
    }
    pz__db_reset(statement);
    return status;
}

static pz_status read_list(pz__call *call, assessment_filter *filter, pz__rows *rows)
{
    PZ__TRY(pz__may(call, PZ_KIND_ASSESSMENT, PZ__SEE));
    if (filter->query.class_id) PZ__TRY(pz__may_class(call, PZ_KIND_ASSESSMENT, PZ__SEE, filter->query.class_id, "class_id"));
    if (filter->query.cycle) {
        pz_cycle *cycle;
        PZ__TRY(pz__cycle_find(call, PZ__SEE, filter->query.cycle, &cycle));
        pz_free(cycle);
    }
    PZ__TRY(pz__reach_classes(call, &filter->classes));
    PZ__TRY(pz__reach_orgs(call, &filter->orgs));
    return read_all(call, filter, rows);
}

static pz_status list_assessments(pz__call *call, assessment_filter *filter, void ***out_rows, size_t *out_count)
{
    pz__rows rows;
    pz_status status;
    pz__rows_start(&rows, &pz__assessment_type);
    status = read_list(call, filter, &rows);
    if (status == PZ_OK) return pz__by_id_take(&filter->page, &rows, out_rows, out_count);
    pz__rows_free(&rows);
    return status;
}

static pz_status check_kind(int32_t kind)
{
    if (kind >= 0 && kind <= PZ_ASSESSMENT_STANDARDIZED) return PZ_OK;
    return pz__fail(PZ_E_INVALID, "kind", "pz_assessment_kind names the kinds; 0 is any.", "There is no assessment of the kind %d.",
                    (int)kind);
}

pz_status pz_assessment_list(pz_actor *actor, const pz_assessment_query *query, pz_assessment ***out_rows, size_t *out_count)
{
    assessment_filter filter;
    pz_assessment_query *taken = &filter.query;
    void **rows = NULL;
    size_t count = 0;
    pz__call call;
    pz_status status;
    PZ__TRY(pz__list_start((void ***)out_rows, out_count));
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(pz__record_take(&pz__assessment_query_type, query ? query : pz__assessment_query_type.initial, sizeof *taken, taken));
    PZ__TRY(check_kind(taken->kind));
    PZ__TRY(pz__by_id_start(&filter.page, PZ__BY_ID_NO_OWN, taken->order, taken->after, taken->limit, taken->text, taken->text_len));
    status = pz__call_read(&call, actor);
    if (status == PZ_OK)
        status = pz__page_end(&call, list_assessments(&call, &filter, &rows, &count), &rows, &count, (void ***)out_rows, out_count);
    pz__by_id_free(&filter.page);
    return status;
}
