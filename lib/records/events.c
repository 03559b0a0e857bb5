/* What changed, as events within the actor's reach: rows of the record of changes, each judged by what it is about. */
#include <string.h>

#include "base/fail.h"
#include "personalize/goal.h"
#include "personalize/recommend.h"
#include "records/access/actor.h"
#include "records/access/rights.h"
#include "records/access/visible.h"
#include "records/checkin/see.h"
#include "records/goal/find.h"
#include "records/listing.h"
#include "records/types.h"
#include "records/voice/see.h"

/* A cursor is the place of the last row that was looked at: its change, then its number within the change. */
enum { ITEM_BITS = 24 };

static const int64_t item_mask = (INT64_C(1) << ITEM_BITS) - 1;

/* One row. Texts live until the next step. */
typedef struct change_row {
    int64_t change, item;
    pz_time at;
    int32_t kind, act, role;
    pz_id record, learner, person;
    int has_learner; /* it concerns one, who may have been erased since */
    const char *action, *purpose;
} change_row;

static void read_row(pz__statement *statement, change_row *row)
{
    row->change = pz__column_int(statement, 0);
    row->item = pz__column_int(statement, 1);
    row->at = pz__column_time(statement, 2);
    row->kind = (int32_t)pz__column_int(statement, 3);
    row->act = (int32_t)pz__column_int(statement, 4);
    row->role = (int32_t)pz__column_int(statement, 5);
    row->record = pz__column_int(statement, 6);
    row->learner = pz__column_int(statement, 7);
    row->has_learner = !pz__column_is_null(statement, 8);
    row->person = pz__column_int(statement, 9);
    row->action = pz__column_text(statement, 10, NULL);
    row->purpose = pz__column_text(statement, 11, NULL);
}

/* --------------------------------------------------------------------------------------------------- reach --- */

/* One number of one row: a column of a record that is looked at; 0 without a row. */
static pz_status ask_id(pz__call *call, const char *sql, pz_id record, pz_id *out_first, pz_id *out_second)
{
    pz__statement *statement;
    pz_status status;
    int row;
    *out_first = *out_second = 0;
    PZ__TRY(pz__db_statement(call->db, sql, &statement));
    pz__bind_int(statement, 1, call->tenant);
    pz__bind_int(statement, 2, record);
    status = pz__db_step(statement, &row);
    if (row) {
        *out_first = pz__column_int(statement, 0);
        *out_second = pz__column_int(statement, 1);
    }
    pz__db_reset(statement);
    return status;
}

static int is_family(const pz__call *call)
{
    return pz__call_role(call) == PZ_ROLE_LEARNER || pz__call_role(call) == PZ_ROLE_GUARDIAN;
}

static pz_status reaches_cycle(pz__call *call, pz_id cycle, int *out_reaches)
{
    static const char sql[] =
        "SELECT class_id, org_id FROM cycle WHERE tenant_id = ?1 AND cycle_id = ?2 ORDER BY since_change DESC LIMIT 1";
    pz_id class_id, org;
    PZ__TRY(ask_id(call, sql, cycle, &class_id, &org));
    return class_id ? pz__reaches(call, PZ__REACH_CLASSES, class_id, out_reaches) : pz__reaches(call, PZ__REACH_ORGS, org, out_reaches);
}

/* Learners and guardians hear of a recommendation once it is accepted, and only where they have a member in it. */
static pz_status reaches_recommendation(pz__call *call, pz_id recommendation, int *out_reaches)
{
    static const char sql[] =
        "SELECT class_id, state FROM recommendation WHERE tenant_id = ?1 AND recommendation_id = ?2 ORDER BY since_change DESC LIMIT 1";
    static const char members_sql[] = "SELECT learner_id FROM recommended_member WHERE tenant_id = ?1 AND recommendation_id = ?2 "
                                      "AND until_change = 9223372036854775807";
    pz__statement *statement;
    pz__reach reach;
    pz_id class_id, state;
    pz_status status;
    int row;
    PZ__TRY(ask_id(call, sql, recommendation, &class_id, &state));
    if (!is_family(call)) return pz__reaches(call, PZ__REACH_CLASSES, class_id, out_reaches);
    *out_reaches = 0;
    if (state != PZ_RECOMMENDATION_ACCEPTED) return PZ_OK;
    PZ__TRY(pz__reach_learners(call, &reach));
    PZ__TRY(pz__db_statement(call->db, members_sql, &statement));
    pz__bind_int(statement, 1, call->tenant);
    pz__bind_int(statement, 2, recommendation);
    while ((status = pz__db_step(statement, &row)) == PZ_OK && row && !*out_reaches)
        *out_reaches = pz__reach_has(&reach, pz__column_int(statement, 0));
    pz__db_reset(statement);
    return status;
}

static pz_status sees_entry(pz__call *call, const change_row *row, int *out_sees)
{
    pz__named named = {NULL, 0, 0};
    pz_status status = pz__entry_is_visible(call, &named, row->record, out_sees);
    pz__named_free(&named);
    return status;
}

/* Records that not everybody sees who reaches the learner. */
static int has_visibility(int32_t kind)
{
    return kind == PZ_KIND_PROFILE_ENTRY || kind == PZ_KIND_VOICE || kind == PZ_KIND_CHECKIN || kind == PZ_KIND_GOAL;
}

static pz_status reaches_theme(pz__call *call, pz_id theme, int *out_reaches)
{
    static const char sql[] = "SELECT scope_id, 0 FROM theme WHERE tenant_id = ?1 AND theme_id = ?2 ORDER BY since_change DESC LIMIT 1";
    pz_id scope, none;
    PZ__TRY(ask_id(call, sql, theme, &scope, &none));
    PZ__TRY(pz__reaches(call, PZ__REACH_CLASSES, scope, out_reaches));
    return *out_reaches ? PZ_OK : pz__reaches(call, PZ__REACH_ORGS, scope, out_reaches);
}

static pz_status reaches_goal_group(pz__call *call, pz_id group, int *out_reaches)
{
    static const char sql[] = "SELECT class_id, 0 FROM goal_group WHERE tenant_id = ?1 AND group_id = ?2 ORDER BY since_change DESC LIMIT 1";
    pz_id class_id, none;
    PZ__TRY(ask_id(call, sql, group, &class_id, &none));
    return pz__reaches(call, PZ__REACH_CLASSES, class_id, out_reaches);
}

static pz_status reaches_activity(pz__call *call, pz_id activity, int *out_reaches)
{
    static const char sql[] =
        "SELECT class_id, org_id FROM activity WHERE tenant_id = ?1 AND activity_id = ?2 ORDER BY since_change DESC LIMIT 1";
    pz_id class_id, org;
    PZ__TRY(ask_id(call, sql, activity, &class_id, &org));
    return class_id ? pz__reaches(call, PZ__REACH_CLASSES, class_id, out_reaches) : pz__reaches(call, PZ__REACH_ORGS, org, out_reaches);
}

/* What a row is about, where it concerns no one learner. */
static pz_status reaches_record(pz__call *call, const change_row *row, int *out_reaches)
{
    switch (row->kind) {
    case PZ_KIND_ORG: return pz__reaches(call, PZ__REACH_ORGS, row->record, out_reaches);
    case PZ_KIND_CLASS: return pz__reaches(call, PZ__REACH_CLASSES, row->record, out_reaches);
    case PZ_KIND_CYCLE: return reaches_cycle(call, row->record, out_reaches);
    case PZ_KIND_RECOMMENDATION: return reaches_recommendation(call, row->record, out_reaches);
    case PZ_KIND_THEME: return reaches_theme(call, row->record, out_reaches);
    case PZ_KIND_ACTIVITY: return reaches_activity(call, row->record, out_reaches);
    case PZ_KIND_GOAL_GROUP: return reaches_goal_group(call, row->record, out_reaches);
    case PZ_KIND_SESSION:
    case PZ_KIND_COURSE:
    case PZ_KIND_FRAMEWORK:
    case PZ_KIND_COMPETENCY:
    case PZ_KIND_ASSOCIATION:
    case PZ_KIND_MASTERY_RULE:
    case PZ_KIND_VOICE_POLICY:
    case PZ_KIND_GOAL_POLICY:
    case PZ_KIND_CHECKIN_TEMPLATE:
    case PZ_KIND_PLAN_TEMPLATE:
    case PZ_KIND_QUESTIONNAIRE: *out_reaches = 1; return PZ_OK;
    case PZ_KIND_ASSESSMENT:
    case PZ_KIND_ITEM:
    case PZ_KIND_MISCONCEPTION: *out_reaches = !is_family(call); return PZ_OK;
    default: *out_reaches = 0; return PZ_OK;
    }
}

/* Every row is judged by today's roster and today's visibility. That somebody was erased is told to all, since any of them may have kept a copy; it
 * says no more than a number. */
static pz_status is_seen(pz__call *call, const change_row *row, int *out_seen)
{
    int is_service = pz__call_role(call) == PZ_ROLE_SERVICE;
    *out_seen = row->act == PZ__ACT_ERASE;
    if (*out_seen) return PZ_OK;
    if (!pz__right_is_given(pz__call_role(call), pz__call_scopes(call), (pz_kind)row->kind, PZ__SEE)) return PZ_OK;
    if (row->has_learner && !row->learner) return PZ_OK; /* erased: nothing is left to look at */
    *out_seen = is_service && !has_visibility(row->kind);
    if (*out_seen) return PZ_OK;
    if (!row->has_learner) return reaches_record(call, row, out_seen);
    if (!is_service)
        PZ__TRY(pz__reaches(call, row->kind == PZ_KIND_PERSON ? PZ__REACH_PEOPLE : PZ__REACH_LEARNERS, row->learner, out_seen));
    if ((*out_seen || is_service) && row->kind == PZ_KIND_PROFILE_ENTRY) return sees_entry(call, row, out_seen);
    if ((*out_seen || is_service) && row->kind == PZ_KIND_VOICE) return pz__voice_is_visible(call, row->record, NULL, out_seen);
    if ((*out_seen || is_service) && row->kind == PZ_KIND_GOAL) return pz__goal_is_visible(call, row->record, out_seen);
    if ((*out_seen || is_service) && row->kind == PZ_KIND_CHECKIN) return pz__checkin_is_visible(call, row->record, 0, out_seen);
    if (*out_seen && row->kind == PZ_KIND_RECOMMENDATION) return reaches_recommendation(call, row->record, out_seen);
    return PZ_OK;
}

/* --------------------------------------------------------------------------------------------------- kinds --- */

static int is_action(const change_row *row, const char *action)
{
    return !strcmp(row->action, action);
}

/* Whether the actor was asked to support the goal in this very change and has not answered. */
static pz_status was_asked(pz__call *call, const change_row *row, int *out_asked)
{
    static const char sql[] = "SELECT 1 FROM goal_supporter WHERE tenant_id = ?1 AND goal_id = ?2 AND person_id = ?3 AND since_change = ?4 "
                              "AND state = ?5 AND until_change = 9223372036854775807";
    pz__statement *statement;
    PZ__TRY(pz__db_statement(call->db, sql, &statement));
    pz__bind_int(statement, 1, call->tenant);
    pz__bind_int(statement, 2, row->record);
    pz__bind_int(statement, 3, pz__call_person(call));
    pz__bind_int(statement, 4, row->change);
    pz__bind_int(statement, 5, PZ_SUPPORT_ASKED);
    pz_status status = pz__db_step(statement, out_asked);
    pz__db_reset(statement);
    return status;
}

/* Whether a step was asked for in this very change, has no answer, and is for this actor to answer: of an adult for the learner, of the learner for
 * the adults who support the goal. */
static pz_status was_requested(pz__call *call, const change_row *row, int *out_requested)
{
    static const char sql[] = "SELECT asked_role FROM goal_request WHERE tenant_id = ?1 AND goal_id = ?2 AND since_change = ?3 AND state = 1 "
                              "AND until_change = 9223372036854775807";
    pz__statement *statement;
    pz_status status;
    int32_t asked_role = 0, support = 0;
    PZ__TRY(pz__db_statement(call->db, sql, &statement));
    pz__bind_int(statement, 1, call->tenant);
    pz__bind_int(statement, 2, row->record);
    pz__bind_int(statement, 3, row->change);
    status = pz__db_step(statement, out_requested);
    if (*out_requested) asked_role = (int32_t)pz__column_int(statement, 0);
    pz__db_reset(statement);
    if (status != PZ_OK || !*out_requested) return status;
    *out_requested = pz__call_role(call) == PZ_ROLE_LEARNER && asked_role != PZ_ROLE_LEARNER;
    if (asked_role != PZ_ROLE_LEARNER || pz__call_role(call) == PZ_ROLE_LEARNER) return PZ_OK;
    PZ__TRY(pz__goal_support_of(call, row->record, pz__call_person(call), &support));
    *out_requested = support == PZ_SUPPORT_GIVEN;
    return PZ_OK;
}

static pz_status kind_of_goal(pz__call *call, const change_row *row, int32_t *out_kind)
{
    int asked = 0;
    *out_kind = PZ_EVENT_CHANGED;
    if (is_action(row, "goal.agree") || is_action(row, "goal.support") || is_action(row, "goal.decline") || is_action(row, "goal.answer"))
        *out_kind = PZ_EVENT_ANSWERED;
    if (is_action(row, "goal.propose")) asked = pz__call_role(call) == PZ_ROLE_LEARNER && row->role != PZ_ROLE_LEARNER;
    if (!asked) PZ__TRY(was_requested(call, row, &asked));
    if (!asked && is_action(row, "goal.ask")) PZ__TRY(was_asked(call, row, &asked));
    if (asked) *out_kind = PZ_EVENT_AWAITS_ANSWER;
    return PZ_OK;
}

/* Who is invited and has said nothing yet is waited for. */
static pz_status kind_of_checkin(pz__call *call, const change_row *row, int32_t *out_kind)
{
    pz__part part;
    *out_kind = is_action(row, "checkin.sign") || is_action(row, "checkin.excuse") ? PZ_EVENT_ANSWERED : PZ_EVENT_CHANGED;
    if (!is_action(row, "checkin.plan") && !is_action(row, "checkin.invite") && !is_action(row, "checkin.move")) return PZ_OK;
    PZ__TRY(pz__checkin_part_of(call, row->record, pz__call_person(call), &part));
    if (part.role == pz__call_role(call) && part.presence == PZ_PRESENCE_INVITED) *out_kind = PZ_EVENT_AWAITS_ANSWER;
    return PZ_OK;
}

static pz_status kind_of(pz__call *call, const change_row *row, int32_t *out_kind)
{
    *out_kind = PZ_EVENT_CHANGED;
    if (row->act == PZ__ACT_ERASE) *out_kind = PZ_EVENT_ERASED;
    if (row->kind == PZ_KIND_CYCLE) *out_kind = PZ_EVENT_CYCLE;
    if (row->kind == PZ_KIND_PROFILE_ENTRY && is_action(row, "profile.dispute") && !is_family(call)) *out_kind = PZ_EVENT_AWAITS_ANSWER;
    if (row->kind == PZ_KIND_PROFILE_ENTRY && is_action(row, "profile.answer")) *out_kind = PZ_EVENT_ANSWERED;
    if (row->kind == PZ_KIND_GOAL) return kind_of_goal(call, row, out_kind);
    if (row->kind == PZ_KIND_THEME) *out_kind = PZ_EVENT_ANSWERED;
    if (row->kind == PZ_KIND_CHECKIN) return kind_of_checkin(call, row, out_kind);
    if (row->kind == PZ_KIND_VOICE) return pz__voice_event_kind(call, row->record, row->action, row->role, out_kind);
    if (row->kind != PZ_KIND_RECOMMENDATION) return PZ_OK;
    if (row->act == PZ__ACT_ADD) *out_kind = PZ_EVENT_RECOMMENDED;
    if (is_action(row, "recommendation.accept") || is_action(row, "recommendation.reject")) *out_kind = PZ_EVENT_ANSWERED;
    return PZ_OK;
}

/* --------------------------------------------------------------------------------------------------- listing --- */

static int64_t cursor_after(const change_row *row)
{
    return row->change << ITEM_BITS | (row->item < item_mask ? row->item : item_mask);
}

static pz_status check_cursor(pz_store *store, int64_t cursor)
{
    int64_t last;
    PZ__TRY(pz__store_last_change(store, &last));
    if (cursor == 0 || (cursor >> ITEM_BITS >= 1 && cursor >> ITEM_BITS <= last)) return PZ_OK;
    return pz__fail(PZ_E_INVALID, "cursor", "Begin with 0, and keep the cursor that a call or an event gives, which is no number of a change.",
                    "%lld is no cursor of this store.", (long long)cursor);
}

static pz_status add_event(pz__call *call, const change_row *row, pz__rows *rows)
{
    pz_event event = {sizeof event, 0,           row->change, row->at,     row->kind,   row->record,
                      row->learner, row->person, row->role,   row->action, row->purpose, cursor_after(row)};
    PZ__TRY(kind_of(call, row, &event.kind));
    if (row->act == PZ__ACT_ERASE) event.learner = row->record;
    if (is_action(row, "voice.cosign") && is_family(call) && row->person != pz__call_person(call)) event.person = 0; /* a classmate */
    pz__rows_add(rows, &event);
    return PZ_OK;
}

/* People are named by pseudonym: a record that is a person is turned back as its learner is. */
static pz_status list(pz__call *call, int64_t cursor, int32_t limit, pz__rows *rows, int64_t *out_cursor)
{
    static const char sql[] =
        "SELECT i.change_id, i.item_no, c.at, i.kind, i.act, c.role, "
        "CASE WHEN i.kind = 5 AND i.act <> 5 THEN (SELECT p.person_id FROM person_alias p WHERE p.tenant_id = ?1 AND p.alias = "
        "i.record_id) "
        "ELSE i.record_id END, "
        "CASE WHEN i.kind = 5 AND i.act <> 5 THEN (SELECT p.person_id FROM person_alias p WHERE p.tenant_id = ?1 AND p.alias = "
        "i.record_id) "
        "ELSE (SELECT p.person_id FROM person_alias p WHERE p.tenant_id = ?1 AND p.alias = i.learner_alias) END, "
        "CASE WHEN i.kind = 5 THEN i.record_id ELSE i.learner_alias END, "
        "(SELECT p.person_id FROM person_alias p WHERE p.tenant_id = ?1 AND p.alias = c.author_alias), c.action, c.purpose "
        "FROM change_item i JOIN change c ON c.tenant_id = i.tenant_id AND c.change_id = i.change_id "
        "WHERE i.tenant_id = ?1 AND i.change_id >= ?2 AND (i.change_id > ?2 OR i.item_no > ?3) AND i.change_id <= ?4 AND i.act <> ?5 "
        "ORDER BY i.change_id, i.item_no";
    pz__statement *statement;
    pz_status status = PZ_OK;
    change_row row;
    int more, seen;
    PZ__TRY(pz__db_statement(call->db, sql, &statement));
    pz__bind_int(statement, 1, call->tenant);
    pz__bind_int(statement, 2, cursor >> ITEM_BITS);
    pz__bind_int(statement, 3, cursor & item_mask);
    pz__bind_int(statement, 4, call->as_of);
    pz__bind_int(statement, 5, PZ__ACT_READ);
    while ((size_t)limit > rows->count && (status = pz__db_step(statement, &more)) == PZ_OK && more) {
        read_row(statement, &row);
        if ((status = is_seen(call, &row, &seen)) != PZ_OK) break;
        if (seen && (status = add_event(call, &row, rows)) != PZ_OK) break;
        *out_cursor = cursor_after(&row);
    }
    pz__db_reset(statement);
    return status;
}

pz_status pz_changes_since(pz_actor *actor, int64_t cursor, int32_t limit, pz_event ***out_rows, size_t *out_count, int64_t *out_cursor)
{
    pz__call call;
    pz__rows rows;
    int64_t next = cursor;
    if (out_cursor) *out_cursor = cursor;
    PZ__TRY(pz__list_start((void ***)out_rows, out_count));
    if (!out_cursor) return pz__fail_null("out_cursor");
    if (!actor) return pz__fail_closed("actor");
    if (cursor < 0) return pz__fail(PZ_E_INVALID, "cursor", "Begin with 0.", "A cursor is never below 0.");
    if (limit < 1 || limit > 10000) return pz__fail(PZ_E_INVALID, "limit", NULL, "limit is %d; it goes from 1 to 10,000.", (int)limit);
    PZ__TRY(pz__call_read(&call, actor));
    pz__rows_start(&rows, &pz__event_type);
    pz_status status = pz__may(&call, PZ_KIND_CHANGE, PZ__SEE); /* who reads nothing hears of nothing */
    if (status == PZ_OK) status = check_cursor(call.store, cursor);
    if (status == PZ_OK) status = list(&call, cursor, limit, &rows, &next);
    status = pz__call_end_rows(&call, status, &rows, (void ***)out_rows, out_count);
    if (status == PZ_OK) *out_cursor = next;
    return status;
}
