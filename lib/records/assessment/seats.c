#include "records/assessment/seats.h"

#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "records/access/whom.h"
#include "records/ask.h"
#include "records/assessment/tables.h"
#include "records/cycle/find.h"
#include "records/evidence/trail.h"

/* --------------------------------------------------------------------------------------------- assessments --- */

static void take_sitting(pz__statement *row, pz__sitting *sitting)
{
    sitting->assessment = pz__column_int(row, 0);
    sitting->class_id = pz__column_int(row, 1);
    sitting->cycle = pz__column_int(row, 2);
    sitting->due_on = pz__column_is_null(row, 3) ? PZ_DATE_NONE : (pz_date)pz__column_int(row, 3);
    sitting->is_for_named = (int)pz__column_int(row, 4);
}

#define SITTING_COLUMNS                                                                                                                    \
    "a.assessment_id, a.class_id, a.cycle_id, a.due_on, EXISTS (SELECT 1 FROM assessment_seat s WHERE s.tenant_id = ?1 AND "               \
    "s.assessment_id = a.assessment_id AND s.state = 2 AND s.since_change <= ?3 AND s.until_change > ?3)"

static pz_status fail_missing(const char *field, pz_id assessment)
{
    return pz__fail(PZ_E_NOT_FOUND, field, "pz_assessment_list() lists them.", "There is no assessment %lld in reach.",
                    (long long)assessment);
}

pz_status pz__sitting_find(pz__call *call, pz__doing doing, pz_id assessment, const char *field, pz__sitting *out_sitting)
{
    static const char sql[] =
        "SELECT " SITTING_COLUMNS " FROM assessment a WHERE a.tenant_id = ?1 AND a.assessment_id = ?2 AND a.since_change <= ?3 "
        "AND a.until_change > ?3";
    pz__statement *statement;
    pz_status status;
    int row;
    memset(out_sitting, 0, sizeof *out_sitting);
    PZ__TRY(pz__ask(call, sql, assessment, &statement));
    status = pz__db_step(statement, &row);
    if (status == PZ_OK && row) take_sitting(statement, out_sitting);
    pz__db_reset(statement);
    if (status != PZ_OK) return status;
    if (!row) return fail_missing(field, assessment);
    if (!out_sitting->class_id) return PZ_OK;
    status = pz__may_class(call, PZ_KIND_ASSESSMENT, doing, out_sitting->class_id, field);
    return status == PZ_E_NOT_FOUND ? fail_missing(field, assessment) : status;
}

pz_status pz__sittings_of_cycle(pz__call *call, pz_id cycle, pz__sitting **out_sittings, size_t *out_count)
{
    static const char sql[] =
        "SELECT " SITTING_COLUMNS " FROM assessment a WHERE a.tenant_id = ?1 AND a.cycle_id = ?2 AND a.since_change <= ?3 "
        "AND a.until_change > ?3 AND a.ended = 0 ORDER BY a.assessment_id";
    pz__statement *statement;
    size_t capacity = 0;
    pz_status status;
    int row;
    *out_sittings = NULL;
    *out_count = 0;
    PZ__TRY(pz__ask(call, sql, cycle, &statement));
    while ((status = pz__db_step(statement, &row)) == PZ_OK && row) {
        status = pz__reserve((void **)out_sittings, &capacity, *out_count + 1, sizeof **out_sittings);
        if (status != PZ_OK) break;
        take_sitting(statement, &(*out_sittings)[(*out_count)++]);
    }
    pz__db_reset(statement);
    if (status == PZ_OK) return PZ_OK;
    pz__release(*out_sittings);
    *out_sittings = NULL;
    *out_count = 0;
    return status;
}

/* Of an assessment of neither a class nor a cycle: those who have a seat. */
static pz_status seated(pz__call *call, pz_id assessment, pz_id **out_learners, size_t *out_count)
{
    static const char sql[] = "SELECT learner_id FROM assessment_seat WHERE tenant_id = ?1 AND assessment_id = ?3 AND since_change <= ?2 "
                              "AND until_change > ?2 ORDER BY learner_id";
    pz__reach reach;
    size_t kept = 0;
    PZ__TRY(pz__reach_learners(call, &reach));
    PZ__TRY(pz__ids_read(call, sql, assessment, out_learners, out_count));
    for (size_t i = 0; i < *out_count; i++)
        if (pz__reach_has(&reach, (*out_learners)[i])) (*out_learners)[kept++] = (*out_learners)[i];
    *out_count = kept;
    return PZ_OK;
}

pz_status pz__sitting_learners(pz__call *call, const pz__sitting *sitting, pz_id **out_learners, size_t *out_count)
{
    pz_cycle *cycle;
    pz_status status;
    *out_learners = NULL;
    *out_count = 0;
    if (sitting->class_id) return pz__class_learners(call, sitting->class_id, out_learners, out_count);
    if (!sitting->cycle) return seated(call, sitting->assessment, out_learners, out_count);
    PZ__TRY(pz__cycle_find(call, PZ__SEE, sitting->cycle, &cycle));
    status = pz__cycle_learners(call, cycle, out_learners, out_count);
    pz_free(cycle);
    return status;
}

/* --------------------------------------------------------------------------------------------------- seats --- */

/* The seat as it is kept, one block; NULL where nothing is said. */
static pz_status find_seat(pz__call *call, pz_id assessment, pz_id learner, pz_assessment_seat **out_seat)
{
    static const char sql[] = "SELECT assessment_id, learner_id, state, due_on, reason FROM assessment_seat WHERE tenant_id = ?1 "
                              "AND assessment_id = ?2 AND learner_id = ?4 AND since_change <= ?3 AND until_change > ?3";
    pz__statement *statement;
    *out_seat = NULL;
    PZ__TRY(pz__ask(call, sql, assessment, &statement));
    pz__bind_int(statement, 4, learner);
    return pz__take_one(pz__assessment_seat_table.type, statement, (void **)out_seat);
}

static pz_status count_answers(pz__call *call, pz_assessment_seat *seat)
{
    static const char sql[] =
        "SELECT competency_id, at, sequence, kind FROM evidence WHERE tenant_id = ?1 AND learner_id = ?2 AND change_id <= ?3 "
        "AND assessment_id = ?4 AND NOT EXISTS (SELECT 1 FROM evidence_fix f WHERE f.tenant_id = ?1 AND f.learner_id = ?2 "
        "AND f.competency_id = evidence.competency_id AND f.at = evidence.at AND f.sequence = evidence.sequence "
        "AND f.change_id <= ?3 AND f.score IS NULL)";
    pz__statement *statement;
    pz_status status;
    int row;
    PZ__TRY(pz__ask(call, sql, seat->learner, &statement));
    pz__bind_int(statement, 4, seat->assessment);
    while ((status = pz__db_step(statement, &row)) == PZ_OK && row) {
        pz_time at = pz__column_time(statement, 1);
        if (pz__evidence_is_apart((int32_t)pz__column_int(statement, 3))) continue;
        if (!seat->answers++ || at < seat->first_at) seat->first_at = at;
        if (seat->answers == 1 || at > seat->last_at) seat->last_at = at;
    }
    pz__db_reset(statement);
    return status;
}

static void judge(pz__call *call, const pz__sitting *sitting, pz_assessment_seat *seat)
{
    pz_date due = seat->due_on == PZ_DATE_NONE ? sitting->due_on : seat->due_on;
    int is_for_it = seat->state == PZ_SEAT_EXPECTED || (seat->state == PZ_SEAT_OPEN && !sitting->is_for_named);
    seat->is_missing = is_for_it && seat->answers == 0;
    if (due == PZ_DATE_NONE) return;
    seat->is_late = seat->answers ? seat->first_at >= pz__store_day_start(call->store, due + 1) : seat->is_missing && call->today > due;
}

static pz_status add_seat(pz__call *call, const pz__sitting *sitting, pz_id learner, int only_missing, pz__rows *rows)
{
    pz_assessment_seat seat = PZ_ASSESSMENT_SEAT_INIT, *kept;
    pz_status status;
    PZ__TRY(find_seat(call, sitting->assessment, learner, &kept));
    if (kept) seat = *kept;
    seat.assessment = sitting->assessment;
    seat.learner = learner;
    status = count_answers(call, &seat);
    if (status == PZ_OK) judge(call, sitting, &seat);
    if (status == PZ_OK && (seat.is_missing || (!only_missing && (seat.answers || seat.state == PZ_SEAT_EXEMPT)))) {
        pz__rows_add(rows, &seat);
        pz__call_read_learner(call, PZ_KIND_EVIDENCE, learner);
    }
    pz_free(kept);
    return status;
}

pz_status pz__seats_read(pz__call *call, const pz__sitting *sitting, const pz_id *learners, size_t count, int only_missing, pz__rows *rows)
{
    for (size_t i = 0; i < count; i++) PZ__TRY(add_seat(call, sitting, learners[i], only_missing, rows));
    return PZ_OK;
}

/* ------------------------------------------------------------------------------------------------- writing --- */

pz_status pz__seat_may(pz__call *call, const pz__sitting *sitting)
{
    PZ__TRY(pz__may(call, PZ_KIND_ASSESSMENT, PZ__WRITE));
    if (pz__call_role(call) == PZ_ROLE_SERVICE) return PZ_OK;
    if (sitting->class_id) return pz__may_class(call, PZ_KIND_ASSESSMENT, PZ__WRITE, sitting->class_id, "assessment");
    return pz__fail(PZ_E_DENIED, "assessment", "Let a service set it.", "A teacher seats learners in assessments of its own classes only.");
}

pz_status pz__seat_write(pz__call *call, const pz_assessment_seat *seat)
{
    pz__outcome outcome;
    return pz__versioned_write(call, &pz__assessment_seat_table, seat, &outcome);
}
