/* Assessments of a cycle and the days on which they are sat. */
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "records/ask.h"
#include "records/cycle/find.h"
#include "records/evidence/learning_tables.h"
#include "records/writing.h"

typedef struct window {
    pz_date opens_on; /* PZ_DATE_NONE: none is given */
    pz_date closes_on;
    int32_t may_overlap;
} window;

/* ------------------------------------------------------------------------------------------------- windows --- */

static pz_status fail_window(const char *field, const char *what)
{
    return pz__fail(PZ_E_INVALID, field, "pz_cycle_get() tells the days of the cycle.", "%s", what);
}

static pz_status check_days(const pz_cycle *cycle, const window *w)
{
    if (w->closes_on < w->opens_on) return fail_window("closes_on", "The last day of the window is before its first.");
    if (cycle->opens_on != PZ_DATE_NONE && w->opens_on < cycle->opens_on)
        return fail_window("opens_on", "The window begins before the cycle does.");
    if (cycle->closes_on != PZ_DATE_NONE && w->closes_on > cycle->closes_on)
        return fail_window("closes_on", "The window ends after the last day of the cycle, when answers do not count any more.");
    return PZ_OK;
}

/* The first other assessment of the cycle whose window overlaps, of the same class or where one of the two is for all. */
static pz_status check_overlap(pz__call *call, const pz_assessment *assessment, const window *w)
{
    static const char sql[] =
        "SELECT assessment_id FROM assessment WHERE tenant_id = ?1 AND cycle_id = ?2 AND since_change <= ?3 AND until_change > ?3 "
        "AND ended = 0 AND assessment_id <> ?4 AND held_on <= ?6 AND due_on >= ?5 "
        "AND (?7 IS NULL OR class_id IS NULL OR class_id = ?7) ORDER BY assessment_id";
    pz__statement *statement;
    pz_id other = 0;
    pz_status status;
    int row;
    PZ__TRY(pz__ask(call, sql, assessment->cycle, &statement));
    pz__bind_int(statement, 4, assessment->id);
    pz__bind_date(statement, 5, w->opens_on);
    pz__bind_date(statement, 6, w->closes_on);
    pz__bind_id(statement, 7, assessment->class_id);
    status = pz__db_step(statement, &row);
    if (status == PZ_OK && row) other = pz__column_int(statement, 0);
    pz__db_reset(statement);
    if (status != PZ_OK || !other) return status;
    return pz__fail(PZ_E_INVALID, "opens_on",
                    "Choose other days, or let it overlap with may_overlap where two halves of a class sit parallel forms.",
                    "The window overlaps that of the assessment %lld.", (long long)other);
}

/* --------------------------------------------------------------------------------------------- assessments --- */

/* The assessment as it stands; its texts live in `rows`. */
static pz_status find_assessment(pz__call *call, pz_id assessment, pz_assessment **out_assessment)
{
    pz_assessment key = PZ_ASSESSMENT_INIT;
    pz__rows rows;
    pz_status status;
    *out_assessment = NULL;
    key.id = assessment;
    pz__rows_start(&rows, &pz__assessment_type);
    status = pz__versioned_list(call, &pz__assessment_table, &key, &rows);
    if (status == PZ_OK && rows.status == PZ_OK && rows.count == 0)
        status = pz__fail(PZ_E_NOT_FOUND, "assessment", "pz_assessment_list() lists them.", "There is no assessment %lld.",
                          (long long)assessment);
    if (status == PZ_OK) status = pz__rows_take_one(&rows, (void **)out_assessment);
    pz__rows_free(&rows);
    return status;
}

static pz_status tie_to(pz__call *call, const pz_cycle *cycle, pz_assessment *assessment, const window *w)
{
    pz__outcome outcome;
    if (assessment->class_id) PZ__TRY(pz__may_class(call, PZ_KIND_ASSESSMENT, PZ__SEE, assessment->class_id, "assessment"));
    assessment->cycle = cycle->id;
    if (w) {
        PZ__TRY(check_days(cycle, w));
        if (!w->may_overlap) PZ__TRY(check_overlap(call, assessment, w));
        assessment->held_on = w->opens_on;
        assessment->due_on = w->closes_on;
    }
    return pz__versioned_write(call, &pz__assessment_table, assessment, &outcome);
}

static pz_status tie(pz__call *call, const pz_cycle *cycle, pz_id id, const window *w)
{
    pz_assessment *assessment;
    pz_status status;
    PZ__TRY(find_assessment(call, id, &assessment));
    status = tie_to(call, cycle, assessment, w);
    pz_free(assessment);
    return status;
}

static pz_status add_assessment(pz__call *call, pz_id id, pz_id assessment, const window *w)
{
    pz_cycle *cycle;
    pz_status status = PZ_OK;
    PZ__TRY(pz__cycle_find(call, PZ__WRITE, id, &cycle));
    if (cycle->state != PZ_CYCLE_REOPENED) status = pz__cycle_need_state(cycle, PZ_CYCLE_OPEN, PZ_CYCLE_COLLECTING);
    if (status == PZ_OK) status = tie(call, cycle, assessment, w);
    pz_free(cycle);
    return status;
}

pz_status pz_cycle_add_assessment(pz_actor *actor, pz_id cycle, pz_id assessment, const char *key)
{
    pz__buffer request = PZ__BUFFER_INIT;
    pz__call call;
    pz__request_int(&request, cycle);
    pz__request_int(&request, assessment);
    PZ__TRY(pz__write_start(&call, actor, "cycle.add_assessment", key, &request));
    return pz__call_end(&call, call.repeated ? PZ_OK : add_assessment(&call, cycle, assessment, NULL));
}

pz_status pz_cycle_schedule(pz_actor *actor, pz_id cycle, pz_id assessment, pz_date opens_on, pz_date closes_on, int32_t may_overlap,
                            const char *key)
{
    window w = {opens_on, closes_on, may_overlap != 0};
    pz__buffer request = PZ__BUFFER_INIT;
    pz__call call;
    if (!actor) return pz__fail_closed("actor");
    if (opens_on == PZ_DATE_NONE || closes_on == PZ_DATE_NONE)
        return pz__fail(PZ_E_INVALID, opens_on == PZ_DATE_NONE ? "opens_on" : "closes_on", NULL,
                        "A window needs its first and its last day.");
    pz__request_int(&request, cycle);
    pz__request_int(&request, assessment);
    pz__request_int(&request, opens_on);
    pz__request_int(&request, closes_on);
    pz__request_int(&request, w.may_overlap);
    PZ__TRY(pz__write_start(&call, actor, "cycle.schedule", key, &request));
    return pz__call_end(&call, call.repeated ? PZ_OK : add_assessment(&call, cycle, assessment, &w));
}
