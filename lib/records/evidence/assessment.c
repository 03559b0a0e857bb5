/* Assessments: written and listed. */
#include <string.h>

#include "base/fail.h"
#include "records/cycle/find.h"
#include "records/evidence/learning_tables.h"
#include "records/evidence/write.h"
#include "records/listing.h"
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
    pz_id class_id;
    pz_id cycle;
    pz__reach classes;
    pz__reach orgs;
} assessment_filter;

static int is_wanted(const assessment_filter *filter, const pz_assessment *assessment)
{
    if (filter->class_id && assessment->class_id != filter->class_id) return 0;
    if (filter->cycle && assessment->cycle != filter->cycle) return 0;
    if (assessment->class_id) return pz__reach_has(&filter->classes, assessment->class_id);
    return !assessment->org || pz__reach_has(&filter->orgs, assessment->org);
}

static pz_status read_all(pz__call *call, const assessment_filter *filter, pz__rows *rows)
{
    static const char of_class[] =
        "SELECT " PZ__ASSESSMENT_COLUMNS("") " FROM assessment WHERE tenant_id = ?1 AND class_id = ?3 "
                                             "AND since_change <= ?2 AND until_change > ?2 ORDER BY assessment_id";
    static const char of_all[] = "SELECT " PZ__ASSESSMENT_COLUMNS("") " FROM assessment WHERE tenant_id = ?1 AND ?3 = 0 "
                                                                      "AND since_change <= ?2 AND until_change > ?2 ORDER BY assessment_id";
    pz_assessment assessment;
    pz__statement *statement;
    pz_status status;
    int row;
    PZ__TRY(pz__db_statement(call->db, filter->class_id ? of_class : of_all, &statement));
    pz__bind_int(statement, 1, call->tenant);
    pz__bind_int(statement, 2, call->as_of);
    pz__bind_int(statement, 3, filter->class_id);
    while ((status = pz__db_step(statement, &row)) == PZ_OK && row) {
        pz__record_read(&pz__assessment_type, statement, 0, &assessment);
        if (is_wanted(filter, &assessment)) pz__rows_add(rows, &assessment);
    }
    pz__db_reset(statement);
    return status;
}

static pz_status list(pz__call *call, assessment_filter *filter, pz__rows *rows)
{
    PZ__TRY(pz__may(call, PZ_KIND_ASSESSMENT, PZ__SEE));
    if (filter->class_id) PZ__TRY(pz__may_class(call, PZ_KIND_ASSESSMENT, PZ__SEE, filter->class_id, "class_id"));
    if (filter->cycle) {
        pz_cycle *cycle;
        PZ__TRY(pz__cycle_find(call, PZ__SEE, filter->cycle, &cycle));
        pz_free(cycle);
    }
    PZ__TRY(pz__reach_classes(call, &filter->classes));
    PZ__TRY(pz__reach_orgs(call, &filter->orgs));
    return read_all(call, filter, rows);
}

pz_status pz_assessment_list(pz_actor *actor, pz_id class_id, pz_id cycle, pz_assessment ***out_rows, size_t *out_count)
{
    assessment_filter filter = {.class_id = class_id, .cycle = cycle};
    pz__rows rows;
    pz__call call;
    PZ__TRY(pz__list_start((void ***)out_rows, out_count));
    PZ__TRY(pz__call_read(&call, actor));
    pz__rows_start(&rows, &pz__assessment_type);
    return pz__call_end_rows(&call, list(&call, &filter, &rows), &rows, (void ***)out_rows, out_count);
}
