/* Steps in words, and their records. */
#include <stdio.h>

#include "base/fail.h"
#include "records/ask.h"
#include "records/document.h"
#include "records/next/step.h"
#include "records/types.h"

static const char *const kind_names[] = {"", "learn", "review", "goal", "work", "choice", NULL};

static const pz_field step_fields[] = {
    PZ__ID(pz_next_step, learner),
    PZ__INT(pz_next_step, rank, "from 1"),
    PZ__ENUM(pz_next_step, kind, kind_names),
    PZ__ID(pz_next_step, competency),
    PZ__ENUM(pz_next_step, record_kind, pz__kind_names),
    PZ__ID(pz_next_step, record),
    PZ__REAL(pz_next_step, score, ""),
    PZ__REAL(pz_next_step, estimate, "0 to 1"),
    PZ__REAL(pz_next_step, recall, "0 to 1"),
    PZ__DATE(pz_next_step, due_on),
    PZ__NAME(pz_next_step, codes),
    PZ__NAME(pz_next_step, title),
    PZ__NAME(pz_next_step, reason),
};
static const pz_next_step step_initial = {sizeof(pz_next_step), 0, 0, 0, 0, 0, 0, 0, PZ_REAL_NONE, PZ_REAL_NONE, PZ_DATE_NONE, "", NULL, NULL};
const pz_record_type pz__next_step_type = PZ__RECORD_TYPE(pz_next_step, step_fields, &step_initial);

static const pz_field query_fields[] = {
    PZ__ID(pz_next_query, learner),
    PZ__ID(pz_next_query, class_id),
    PZ__ID(pz_next_query, org),
    PZ__ID(pz_next_query, framework),
    PZ__ENUM(pz_next_query, kind, kind_names),
    PZ__INT(pz_next_query, limit, "steps of each learner, 0 all"),
    PZ__REAL(pz_next_query, retention, "above 0, below 1"),
    PZ__BOOL(pz_next_query, codes_only),
    PZ__ID(pz_next_query, after),
    PZ__INT(pz_next_query, learners, "learners of a page, 0 all"),
};
static const pz_next_query query_initial = PZ_NEXT_QUERY_INIT;
const pz_record_type pz__next_query_type = PZ__RECORD_TYPE(pz_next_query, query_fields, &query_initial);

const pz_record_type *const pz__next_types[] = {&pz__next_step_type, &pz__next_query_type, NULL};

/* --------------------------------------------------------------------------------------------------- words --- */

void pz__next_codes(const pz__next_candidate *step, pz__buffer *codes)
{
    for (size_t i = 0; i < step->reason_count; i++) pz__buffer_format(codes, "%s%s", i ? "," : "", step->reasons[i].code);
}

/* The first column of the first row. */
static pz_status add_text(pz__call *call, const char *sql, pz_id of, pz__buffer *title)
{
    pz__statement *statement;
    pz_status status;
    size_t length;
    int row;
    PZ__TRY(pz__ask(call, sql, of, &statement));
    status = pz__db_step(statement, &row);
    if (row) {
        const char *text = pz__column_text(statement, 0, &length);
        pz__buffer_add(title, text, length);
    }
    pz__db_reset(statement);
    return status;
}

static pz_status add_title(pz__call *call, const pz__next_candidate *step, pz__buffer *title)
{
    static const char of_goal[] =
        "SELECT statement FROM goal WHERE tenant_id = ?1 AND goal_id = ?2 AND since_change <= ?3 AND until_change > ?3";
    static const char of_work[] =
        "SELECT t.title FROM assignment a JOIN activity t ON t.tenant_id = a.tenant_id AND t.activity_id = a.activity_id "
        "AND t.since_change <= ?3 AND t.until_change > ?3 WHERE a.tenant_id = ?1 AND a.assignment_id = ?2 AND a.since_change <= ?3 "
        "AND a.until_change > ?3";
    if (step->kind == PZ_NEXT_GOAL) return add_text(call, of_goal, step->record, title);
    if (step->competency) return pz__competency_words(call, step->competency, title);
    return add_text(call, of_work, step->record, title);
}

pz_status pz__next_words(pz__call *call, const pz__next_candidate *step, const char *language, pz__buffer *title, pz__buffer *reason)
{
    PZ__TRY(add_title(call, step, title));
    for (size_t i = 0; i < step->reason_count; i++) {
        const pz__message_value values[] = {{"count", NULL, step->reasons[i].number, 0}};
        char code[64];
        snprintf(code, sizeof code, "next.%s", step->reasons[i].code);
        if (i) pz__buffer_char(reason, ' ');
        pz__message(reason, language, code, values, 1);
    }
    return title->status == PZ_OK && reason->status == PZ_OK ? PZ_OK : pz__fail_memory();
}
