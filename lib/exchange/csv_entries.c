/* Rows that become entries of profiles, and goals. What a learner has already, in the same words and for the same days, is not added again. */
#include <math.h>

#include "base/fail.h"
#include "base/memory.h"
#include "exchange/csv_write.h"
#include "records/evidence/learning_tables.h"
#include "records/goal/find.h"
#include "records/profile/see.h"
#include "records/profile/support_feature.h"
#include "records/request.h"

/* What is there, as the texts that make an entry or a goal what it is. */
typedef struct present {
    pz__map *seen;
    pz__buffer text; /* of one at a time */
} present;

static void present_free(void *state)
{
    present *p = state;
    if (!p) return;
    pz__map_free(p->seen);
    pz__buffer_free(&p->text);
    pz__release(p);
}

static pz_status present_new(present **out_present)
{
    present *p = pz__alloc_zero(1, sizeof *p);
    if (!p) return pz__fail_memory();
    pz_status status = pz__map_new(&p->seen);
    if (status == PZ_OK) *out_present = p;
    if (status != PZ_OK) present_free(p);
    return status;
}

/* 1 in *out_is_new where this text was not met before. */
static pz_status meet(present *p, int *out_is_new)
{
    if (p->text.status != PZ_OK) return pz__fail_memory();
    *out_is_new = !pz__map_get_text(p->seen, p->text.data, p->text.length, NULL);
    return *out_is_new ? pz__map_put_text(p->seen, p->text.data, p->text.length, 1) : PZ_OK;
}

static pz_status finish_nothing(pz__csv_import *import, void *state)
{
    (void)import, (void)state;
    return PZ_OK;
}

/* ------------------------------------------------------------------------------------------------- entries --- */

static void write_entry_text(present *p, const pz_profile_entry *entry)
{
    pz__buffer_clear(&p->text);
    pz__request_int(&p->text, entry->learner);
    pz__request_int(&p->text, entry->section);
    pz__request_text(&p->text, entry->code, entry->code_len);
    pz__request_text(&p->text, entry->content, entry->content_len);
    pz__request_real(&p->text, entry->value);
    pz__request_real(&p->text, entry->standard_error);
    pz__request_text(&p->text, entry->scale, entry->scale_len);
    pz__request_int(&p->text, entry->begins_on);
    pz__request_int(&p->text, entry->ends_on);
    /* A score of the same size on another day is another score. */
    pz__request_int(&p->text, entry->section == PZ_PROFILE_TEST_SCORE ? entry->observed_at : 0);
}

static pz_status keep_entry(const pz_profile_entry *entry, void *user_data)
{
    present *p = user_data;
    int is_new;
    write_entry_text(p, entry);
    return meet(p, &is_new);
}

static pz_status start_entries(pz__csv_import *import, void **out_state)
{
    present *p = NULL;
    PZ__TRY(present_new(&p));
    *out_state = p;
    return pz__profile_each(&import->session->call, 0, import->mapping->kind->section, 0, keep_entry, p);
}

static void set_text(const pz__csv_cell *cell, const char **text, size_t *length)
{
    *text = cell->is_set ? cell->text : NULL;
    *length = cell->is_set ? cell->length : 0;
}

/* The share of the period present, from itself or from days. */
static void set_attendance(pz__csv_import *import, pz__csv_mapped *row, pz_profile_entry *entry)
{
    const pz__csv_cell *cells = row->cells;
    const pz__csv_cell *days = &cells[PZ__CSV_DAYS], *present_days = &cells[PZ__CSV_DAYS_PRESENT], *absent = &cells[PZ__CSV_DAYS_ABSENT];
    if (cells[PZ__CSV_SHARE].is_set) {
        entry->value = cells[PZ__CSV_SHARE].real;
    } else if (days->is_set && (present_days->is_set || absent->is_set)) {
        entry->value = (present_days->is_set ? present_days->real : days->real - absent->real) / days->real;
    } else {
        pz__csv_fault_note(&import->session->import, row, PZ__CSV_SHARE, "row.missing_required_value",
                           "Attendance needs a share, or days with days present or absent.");
        return;
    }
    if (!(entry->value >= 0 && entry->value <= 1))
        pz__csv_fault_note(&import->session->import, row, days->is_set ? PZ__CSV_DAYS : PZ__CSV_SHARE, "row.value_out_of_range",
                           "There are more days present or absent than days.");
}

static void read_entry(pz__csv_import *import, pz__csv_mapped *row, pz_id learner, pz_profile_entry *entry)
{
    const pz__csv_cell *cells = row->cells;
    entry->learner = learner;
    entry->section = import->mapping->kind->section;
    set_text(&cells[PZ__CSV_CODE], &entry->code, &entry->code_len);
    set_text(&cells[PZ__CSV_TEXT], &entry->content, &entry->content_len);
    set_text(&cells[PZ__CSV_SCALE], &entry->scale, &entry->scale_len);
    entry->source = import->session->import.options.source;
    entry->source_len = import->session->import.options.source_len;
    entry->value = cells[PZ__CSV_VALUE].is_set ? cells[PZ__CSV_VALUE].real : PZ_REAL_NONE;
    entry->standard_error = cells[PZ__CSV_STANDARD_ERROR].is_set ? cells[PZ__CSV_STANDARD_ERROR].real : PZ_REAL_NONE;
    entry->confidence = cells[PZ__CSV_CONFIDENCE].is_set ? cells[PZ__CSV_CONFIDENCE].real : PZ_REAL_NONE;
    entry->begins_on = cells[PZ__CSV_FROM].is_set ? cells[PZ__CSV_FROM].date : PZ_DATE_NONE;
    entry->ends_on = cells[PZ__CSV_UNTIL].is_set ? cells[PZ__CSV_UNTIL].date : PZ_DATE_NONE;
    entry->observed_at = pz__csv_moment(import, &cells[PZ__CSV_ON], pz__csv_now(import));
    if (cells[PZ__CSV_VISIBILITY].is_set) entry->visibility = cells[PZ__CSV_VISIBILITY].number;
    entry->author_role = PZ_ROLE_SERVICE;
    if (entry->section == PZ_PROFILE_ATTENDANCE) set_attendance(import, row, entry);
    if (entry->section == PZ_PROFILE_SUPPORT && entry->code && !pz__support_is_known(entry->code, entry->code_len))
        pz__csv_fault_note(&import->session->import, row, PZ__CSV_CODE, "row.invalid_enum",
                           "Access for All does not know this feature; a name of your own begins with ext:.");
    if (!isnan(entry->value)) entry->value_type = entry->section == PZ_PROFILE_ATTENDANCE ? PZ_VALUE_SHARE : PZ_VALUE_NUMBER;
    if (entry->begins_on != PZ_DATE_NONE && entry->ends_on != PZ_DATE_NONE && entry->begins_on > entry->ends_on)
        pz__csv_fault_note(&import->session->import, row, PZ__CSV_UNTIL, "semantic.dates_reversed", "It ends before it begins.");
    if (!entry->code && !entry->content && isnan(entry->value) && row->is_usable)
        pz__csv_fault_note(&import->session->import, row, PZ__CSV_TEXT, "row.missing_required_value",
                           "The row says nothing: it needs a text or a code.");
}

static pz_status write_entry(pz__csv_import *import, void *state, pz__csv_mapped *row, pz_id learner)
{
    pz__profile_row entry = {PZ_PROFILE_ENTRY_INIT, NULL, 0};
    pz__outcome outcome = PZ__SAME;
    present *p = state;
    int is_new;
    read_entry(import, row, learner, &entry.entry);
    entry.entry.recorded_at = pz__csv_now(import);
    if (!row->is_usable) return PZ_OK;
    write_entry_text(p, &entry.entry);
    PZ__TRY(meet(p, &is_new));
    if (is_new) {
        PZ__TRY(pz__csv_take_id(import, &entry.entry.id));
        PZ__TRY(pz__versioned_write(&import->session->call, &pz__profile_table, &entry, &outcome));
    }
    pz__csv_count(import, import->mapping->kind->name, outcome);
    return PZ_OK;
}

const pz__csv_writer pz__csv_entry_writer = {start_entries, write_entry, finish_nothing, present_free};

/* --------------------------------------------------------------------------------------------------- goals --- */

static void write_goal_text(present *p, pz_id learner, const char *statement, size_t length, pz_date due_on)
{
    pz__buffer_clear(&p->text);
    pz__request_int(&p->text, learner);
    pz__request_text(&p->text, statement, length);
    pz__request_int(&p->text, due_on);
}

/* Goals of every state: one that was dropped does not come back with the next import. */
static pz_status start_goals(pz__csv_import *import, void **out_state)
{
    static const char sql[] =
        "SELECT learner_id, statement, due_on FROM goal WHERE tenant_id = ?1 AND since_change <= ?2 AND until_change > ?2";
    const pz__call *call = &import->session->call;
    pz__statement *statement;
    present *p = NULL;
    pz_status status;
    int row, is_new;
    PZ__TRY(present_new(&p));
    *out_state = p;
    PZ__TRY(pz__db_statement(call->db, sql, &statement));
    pz__bind_int(statement, 1, call->tenant);
    pz__bind_int(statement, 2, call->as_of);
    while ((status = pz__db_step(statement, &row)) == PZ_OK && row) {
        size_t length;
        const char *text = pz__column_text(statement, 1, &length);
        write_goal_text(p, pz__column_int(statement, 0), text, length, pz__column_date(statement, 2));
        if ((status = meet(p, &is_new)) != PZ_OK) break;
    }
    pz__db_reset(statement);
    return status;
}

static pz_status write_goal(pz__csv_import *import, void *state, pz__csv_mapped *row, pz_id learner)
{
    const pz__csv_cell *cells = row->cells;
    pz_goal goal = PZ_GOAL_INIT;
    present *p = state;
    int is_new;
    goal.learner = learner;
    goal.state = PZ_GOAL_PROPOSED;
    goal.proposed_role = PZ_ROLE_SERVICE;
    set_text(&cells[PZ__CSV_STATEMENT], &goal.statement, &goal.statement_len);
    set_text(&cells[PZ__CSV_REASON], &goal.reason, &goal.reason_len);
    if (cells[PZ__CSV_AREA].is_set) goal.area = cells[PZ__CSV_AREA].number;
    if (cells[PZ__CSV_DUE].is_set) goal.due_on = cells[PZ__CSV_DUE].date;
    write_goal_text(p, learner, goal.statement, goal.statement_len, goal.due_on);
    PZ__TRY(meet(p, &is_new));
    if (is_new && import->session->call.change) {
        PZ__TRY(pz__csv_take_id(import, &goal.id));
        PZ__TRY(pz__goal_write(&import->session->call, &goal, PZ_GOAL_STEP_PROPOSE));
    }
    pz__csv_count(import, "goals", is_new ? PZ__NEW : PZ__SAME);
    return PZ_OK;
}

const pz__csv_writer pz__csv_goal_writer = {start_goals, write_goal, finish_nothing, present_free};
