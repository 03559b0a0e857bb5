/* The life of an assignment: chosen for, taken up, begun, submitted, returned with a result, excused, dropped. */
#include <string.h>

#include "base/clock.h"
#include "base/fail.h"
#include "base/memory.h"
#include "base/text.h"
#include "records/activity/assign.h"
#include "records/activity/see.h"
#include "records/activity/tables.h"
#include "records/conflict.h"
#include "records/evidence/write.h"
#include "records/mastery/standing.h"
#include "records/need.h"
#include "records/writing.h"

/* What a step is told; each takes what it needs. */
typedef struct given {
    const pz_assignment *choice;
    const char *text;
    size_t length;
    const char *link;
    size_t link_length;
    double score;
} given;

typedef pz_status (*step_fn)(pz__call *call, pz_assignment *a, const pz_activity *activity, const given *g);

static pz_status fail_state(const pz_assignment *a, const char *wanted)
{
    return pz__fail(PZ_E_STATE, "assignment", NULL, "The assignment %lld is %s; this step begins from %s.", (long long)a->id,
                    pz__assignment_state_names[a->state], wanted);
}

/* ------------------------------------------------------------------------------------------------- choosing --- */

/* One of the lines that are offered, or anything where none are. */
static pz_status check_option(const char *options, const char *text, size_t length, const char *field)
{
    if (!options) return PZ_OK;
    for (const char *line = options; line; line = strchr(line, '\n') ? strchr(line, '\n') + 1 : NULL)
        if (strcspn(line, "\r\n") == length && !memcmp(line, text, length)) return PZ_OK;
    return pz__fail(PZ_E_INVALID, field, "The lines of the activity say what may be chosen.", "%s is none of what the activity offers.", field);
}

static pz_status take_text(int is_open, const char *options, const char *text, size_t length, const char *field, const char **to, size_t *to_length)
{
    if (!length) return PZ_OK;
    if (!is_open) return pz__fail(PZ_E_STATE, field, NULL, "The activity does not leave %s open.", field);
    PZ__TRY(check_option(options, text, length, field));
    *to = text;
    *to_length = length;
    return PZ_OK;
}

static pz_status take_day(const pz_activity *activity, pz_date day, pz_assignment *a)
{
    if (day == PZ_DATE_NONE || day == a->due_on) return PZ_OK;
    if (!activity->is_when_open) return pz__fail(PZ_E_STATE, "due_on", NULL, "The activity does not leave its day open.");
    if ((activity->opens_on != PZ_DATE_NONE && day < activity->opens_on) || (activity->due_on != PZ_DATE_NONE && day > activity->due_on))
        return pz__fail(PZ_E_INVALID, "due_on", "opens_on and due_on of the activity say from when to when.", "The day is outside those that may be chosen.");
    a->due_on = day;
    return PZ_OK;
}

static int has_chosen(const pz_assignment *a, const pz_activity *activity)
{
    return a->what || a->how || a->place || (activity->is_when_open && a->due_on != activity->due_on);
}

static pz_status choose(pz__call *call, pz_assignment *a, const pz_activity *activity, const given *g)
{
    static const pz__versions versions = {&pz__assignment_type, "assignment",
                                          "SELECT " PZ__ASSIGNMENT_COLUMNS ", 0 FROM assignment WHERE tenant_id = ?1 AND assignment_id = ?2 "
                                          "AND since_change = ?3"};
    const pz_assignment *c = g->choice;
    PZ__TRY(pz__need_version(call, &versions, a->id, a, a->version, c->version));
    if (!activity) return pz__fail(PZ_E_STATE, "assignment", NULL, "What the learner took up by itself leaves nothing to choose.");
    PZ__TRY(pz__choice_need_open(call, activity));
    if (a->state > PZ_ASSIGNMENT_STARTED) return fail_state(a, "assigned or started");
    if (has_chosen(a, activity) || a->state == PZ_ASSIGNMENT_STARTED) PZ__TRY(pz__choice_may_change(activity, a));
    PZ__TRY(take_text(activity->is_what_open, activity->what, c->what, c->what_len, "what", &a->what, &a->what_len));
    PZ__TRY(take_text(activity->is_how_open, activity->how, c->how, c->how_len, "how", &a->how, &a->how_len));
    PZ__TRY(take_text(activity->is_where_open, activity->place, c->place, c->place_len, "place", &a->place, &a->place_len));
    PZ__TRY(take_day(activity, c->due_on, a));
    return pz__assignment_write(call, a);
}

/* ---------------------------------------------------------------------------------------------------- begin --- */

static pz_status need_competency(pz__call *call, pz_id learner, pz_id competency)
{
    pz__standings standings = {0};
    pz__rules *rules;
    pz_status status;
    int is_mastered;
    PZ__TRY(pz__rules_load(call, &rules));
    status = pz__standings_get(&standings, call, rules, learner, competency, competency);
    is_mastered = standings.count && standings.rows[0].estimate.decision == PZ_MASTERY_MASTERED;
    pz__standings_free(&standings);
    pz__rules_free(rules);
    if (status != PZ_OK || is_mastered) return status;
    return pz__fail(PZ_E_STATE, "assignment", "pz_next_step_list() says where to begin.", "The competency %lld is to be mastered before.",
                    (long long)competency);
}

static pz_status need_activity(pz__call *call, pz_id learner, pz_id activity)
{
    pz_assignment *before;
    int is_done;
    PZ__TRY(pz__assignment_of(call, learner, activity, &before));
    is_done = before && before->state >= PZ_ASSIGNMENT_SUBMITTED && before->state <= PZ_ASSIGNMENT_EXCUSED;
    pz_free(before);
    if (is_done) return PZ_OK;
    return pz__fail(PZ_E_STATE, "assignment", NULL, "The activity %lld is to be submitted before.", (long long)activity);
}

static pz_status need_ties(pz__call *call, const pz_assignment *a)
{
    pz_activity_tie **ties;
    pz_status status = PZ_OK;
    size_t count;
    if (!a->activity) return PZ_OK;
    PZ__TRY(pz__activity_ties(call, a->activity, &ties, &count));
    for (size_t i = 0; i < count && status == PZ_OK; i++) {
        if (ties[i]->kind == PZ_TIE_NEEDS_COMPETENCY) status = need_competency(call, a->learner, ties[i]->target);
        if (ties[i]->kind == PZ_TIE_NEEDS_ACTIVITY) status = need_activity(call, a->learner, ties[i]->target);
    }
    pz_free(ties);
    return status;
}

static pz_status start(pz__call *call, pz_assignment *a, const pz_activity *activity, const given *g)
{
    char day[16] = "";
    (void)g;
    if (a->state != PZ_ASSIGNMENT_ASSIGNED && a->state != PZ_ASSIGNMENT_RETURNED) return fail_state(a, "assigned or returned");
    if (activity && activity->kind == PZ_ACTIVITY_BOARD)
        return pz__fail(PZ_E_STATE, "assignment", "pz_board_choose() begins it.", "The assignment %lld is a board.", (long long)a->id);
    if (activity && activity->opens_on != PZ_DATE_NONE && call->today < activity->opens_on) {
        pz__date_text(activity->opens_on, day);
        return pz__fail(PZ_E_STATE, "assignment", NULL, "The activity %lld opens on %s.", (long long)activity->id, day);
    }
    PZ__TRY(need_ties(call, a));
    a->state = PZ_ASSIGNMENT_STARTED;
    return pz__assignment_write(call, a);
}

static pz_status submit(pz__call *call, pz_assignment *a, const pz_activity *activity, const given *g)
{
    if (a->state != PZ_ASSIGNMENT_STARTED) return fail_state(a, "started");
    if (activity && activity->kind == PZ_ACTIVITY_BOARD) return pz__fail(PZ_E_STATE, "assignment", NULL, "What was chosen from a board is submitted, not the board.");
    a->state = PZ_ASSIGNMENT_SUBMITTED;
    a->work = g->length ? g->text : NULL;
    a->work_len = g->length;
    a->link = g->link_length ? g->link : NULL;
    a->link_len = g->link_length;
    return pz__assignment_write(call, a);
}

/* --------------------------------------------------------------------------------------------------- result --- */

static pz_status add_row(pz__call *call, const pz_assignment *a, pz_id competency, double weight, pz__evidence_row **rows, size_t *room, size_t *count)
{
    PZ__TRY(pz__reserve((void **)rows, room, *count + 1, sizeof **rows));
    (*rows)[(*count)++] = (pz__evidence_row){a->learner, competency, pz__change_time(call->change), a->score, weight, PZ_EVIDENCE_RESULT, 0, 0, 0, 0};
    return PZ_OK;
}

static pz_status collect(pz__call *call, const pz_assignment *a, pz__evidence_row **rows, size_t *count)
{
    pz_activity_tie **ties;
    pz_status status = PZ_OK;
    size_t room = 0, tie_count;
    if (!a->activity) return add_row(call, a, a->competency, 1, rows, &room, count);
    PZ__TRY(pz__activity_ties(call, a->activity, &ties, &tie_count));
    for (size_t i = 0; i < tie_count && status == PZ_OK; i++)
        if (ties[i]->kind == PZ_TIE_TEACHES) status = add_row(call, a, ties[i]->target, ties[i]->weight, rows, &room, count);
    pz_free(ties);
    return status;
}

static pz_status append_result(pz__call *call, const pz_assignment *a)
{
    pz_evidence_summary summary = {.struct_size = sizeof summary};
    pz__evidence_row *rows = NULL;
    size_t count = 0;
    pz_status status;
    PZ__TRY(pz__may_learner(call, PZ_KIND_EVIDENCE, PZ__WRITE, a->learner, "score"));
    status = collect(call, a, &rows, &count);
    if (status == PZ_OK && count) status = pz__evidence_append(call, rows, count, &summary);
    pz__release(rows);
    return status;
}

static pz_status give_back(pz__call *call, pz_assignment *a, const pz_activity *activity, const given *g)
{
    (void)activity;
    if (a->state != PZ_ASSIGNMENT_SUBMITTED) return fail_state(a, "submitted");
    a->state = PZ_ASSIGNMENT_RETURNED;
    a->score = g->score;
    a->note = g->length ? g->text : NULL;
    a->note_len = g->length;
    if (!isnan(g->score)) PZ__TRY(append_result(call, a));
    return pz__assignment_write(call, a);
}

static pz_status excuse(pz__call *call, pz_assignment *a, const pz_activity *activity, const given *g)
{
    (void)activity;
    if (a->state > PZ_ASSIGNMENT_SUBMITTED) return fail_state(a, "assigned, started or submitted");
    a->state = PZ_ASSIGNMENT_EXCUSED;
    a->note = g->text;
    a->note_len = g->length;
    return pz__assignment_write(call, a);
}

static pz_status drop(pz__call *call, pz_assignment *a, const pz_activity *activity, const given *g)
{
    (void)activity;
    if (a->activity) return pz__fail(PZ_E_DENIED, "assignment", "Choose otherwise on the board, or ask to be excused.", "A learner drops only what it took up by itself.");
    if (a->state > PZ_ASSIGNMENT_STARTED) return fail_state(a, "assigned or started");
    a->state = PZ_ASSIGNMENT_DROPPED;
    a->note = g->length ? g->text : NULL;
    a->note_len = g->length;
    return pz__assignment_write(call, a);
}

/* ----------------------------------------------------------------------------------------------------- calls --- */

static pz_status find_and_step(pz__call *call, pz__doing doing, pz_id id, step_fn step, const given *g, int64_t *out_version)
{
    pz_assignment *a;
    pz_activity *activity = NULL;
    pz_status status;
    PZ__TRY(pz__assignment_find(call, doing, id, &a));
    status = a->activity ? pz__activity_find(call, a->activity, "assignment", &activity) : PZ_OK;
    if (status == PZ_OK) status = step(call, a, activity, g);
    *out_version = a->version;
    pz_free(activity);
    pz_free(a);
    return status;
}

static pz_status take_step(pz_actor *actor, const char *action, pz__doing doing, pz_id id, step_fn step, const given *g, const char *key, int64_t *out_version)
{
    pz__buffer request = PZ__BUFFER_INIT;
    pz__call call;
    pz_status status = PZ_OK;
    int64_t version = 0;
    pz__request_int(&request, id);
    if (g->choice) pz__request_record(&request, &pz__assignment_type, g->choice);
    pz__request_text(&request, g->text, g->length);
    pz__request_text(&request, g->link, g->link_length);
    pz__request_real(&request, g->score);
    PZ__TRY(pz__write_start(&call, actor, action, key, &request));
    if (!call.repeated) status = find_and_step(&call, doing, id, step, g, &version);
    return pz__call_end_value(&call, status, version, out_version);
}

pz_status pz_assignment_choose(pz_actor *actor, const pz_assignment *assignment, const char *key, int64_t *out_version)
{
    size_t most = (size_t)pz_limit(PZ_LIMIT_TEXT);
    pz_assignment taken;
    given g = {.choice = &taken, .score = PZ_REAL_NONE};
    char text[16];
    if (out_version) *out_version = 0;
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(pz__record_take(&pz__assignment_type, assignment, sizeof taken, &taken));
    PZ__TRY(pz__text_check(taken.what, taken.what_len, most, "what", &taken.what_len));
    PZ__TRY(pz__text_check(taken.how, taken.how_len, most, "how", &taken.how_len));
    PZ__TRY(pz__text_check(taken.place, taken.place_len, most, "place", &taken.place_len));
    if (taken.due_on != PZ_DATE_NONE && !pz__date_text(taken.due_on, text))
        return pz__fail(PZ_E_INVALID, "due_on", NULL, "due_on is outside the years 0001 to 9999.");
    taken.work = taken.link = taken.note = NULL;
    return take_step(actor, "assignment.choose", PZ__WRITE, taken.id, choose, &g, key, out_version);
}

pz_status pz_assignment_start(pz_actor *actor, pz_id assignment, const char *key)
{
    const given g = {.score = PZ_REAL_NONE};
    if (!actor) return pz__fail_closed("actor");
    return take_step(actor, "assignment.start", PZ__WRITE, assignment, start, &g, key, NULL);
}

pz_status pz_assignment_submit(pz_actor *actor, pz_id assignment, const char *work, size_t work_len, const char *link, size_t link_len, const char *key)
{
    given g = {.text = work, .link = link, .score = PZ_REAL_NONE};
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(pz__text_check(work, work_len, (size_t)pz_limit(PZ_LIMIT_TEXT), "work", &g.length));
    PZ__TRY(pz__text_check(link, link_len, (size_t)pz_limit(PZ_LIMIT_TITLE), "link", &g.link_length));
    return take_step(actor, "assignment.submit", PZ__WRITE, assignment, submit, &g, key, NULL);
}

pz_status pz_assignment_return(pz_actor *actor, pz_id assignment, double score, const char *note, size_t note_len, const char *key)
{
    given g = {.text = note, .score = score};
    if (!actor) return pz__fail_closed("actor");
    if (!isnan(score) && !(score >= 0 && score <= 1)) return pz__fail(PZ_E_INVALID, "score", NULL, "A score goes from 0 to 1.");
    PZ__TRY(pz__text_check(note, note_len, (size_t)pz_limit(PZ_LIMIT_TEXT), "note", &g.length));
    return take_step(actor, "assignment.return", PZ__ANSWER, assignment, give_back, &g, key, NULL);
}

pz_status pz_assignment_excuse(pz_actor *actor, pz_id assignment, const char *reason, size_t reason_len, const char *key)
{
    given g = {.text = reason, .score = PZ_REAL_NONE};
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(pz__text_need(reason, reason_len, (size_t)pz_limit(PZ_LIMIT_TEXT), "reason", &g.length));
    return take_step(actor, "assignment.excuse", PZ__ANSWER, assignment, excuse, &g, key, NULL);
}

pz_status pz_assignment_drop(pz_actor *actor, pz_id assignment, const char *reason, size_t reason_len, const char *key)
{
    given g = {.text = reason, .score = PZ_REAL_NONE};
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(pz__text_check(reason, reason_len, (size_t)pz_limit(PZ_LIMIT_TEXT), "reason", &g.length));
    return take_step(actor, "assignment.drop", PZ__WRITE, assignment, drop, &g, key, NULL);
}

/* --------------------------------------------------------------------------------------------------- taking up --- */

static pz_status need_not_in_hand(pz__call *call, pz_id learner, pz_id competency)
{
    static const char sql[] = "SELECT assignment_id FROM assignment WHERE tenant_id = ?1 AND learner_id = ?2 AND competency_id = ?4 "
                              "AND state IN (1, 2, 3) AND since_change <= ?3 AND until_change > ?3";
    pz__statement *statement;
    pz_status status;
    pz_id found = 0;
    int row;
    PZ__TRY(pz__db_statement(call->db, sql, &statement));
    pz__bind_int(statement, 1, call->tenant);
    pz__bind_int(statement, 2, learner);
    pz__bind_int(statement, 3, call->as_of);
    pz__bind_int(statement, 4, competency);
    status = pz__db_step(statement, &row);
    if (row) found = pz__column_int(statement, 0);
    pz__db_reset(statement);
    if (status != PZ_OK || !found) return status;
    return pz__fail(PZ_E_EXISTS, "competency", NULL, "The learner has taken it up already: assignment %lld.", (long long)found);
}

static pz_status take(pz__call *call, pz_assignment *a)
{
    PZ__TRY(pz__may(call, PZ_KIND_ASSIGNMENT, PZ__WRITE));
    a->learner = pz__call_person(call);
    PZ__TRY(pz__may_learner(call, PZ_KIND_ASSIGNMENT, PZ__WRITE, a->learner, "actor"));
    PZ__TRY(pz__need(call, PZ_KIND_COMPETENCY, a->competency, "competency"));
    PZ__TRY(pz__assignment_need_goal(call, a->goal, a->learner));
    PZ__TRY(need_not_in_hand(call, a->learner, a->competency));
    PZ__TRY(pz__store_take_ids(call->store, 1, &a->id));
    a->state = PZ_ASSIGNMENT_STARTED;
    a->is_chosen = 1;
    a->assigned_by = a->learner;
    a->assigned_role = pz__call_role(call);
    return pz__assignment_write(call, a);
}

pz_status pz_assignment_take(pz_actor *actor, pz_id competency, pz_id goal, pz_date due_on, const char *key, pz_id *out_id)
{
    pz_assignment taken = PZ_ASSIGNMENT_INIT;
    pz__buffer request = PZ__BUFFER_INIT;
    char text[16];
    pz__call call;
    pz_status status = PZ_OK;
    if (out_id) *out_id = 0;
    if (!actor) return pz__fail_closed("actor");
    if (due_on != PZ_DATE_NONE && !pz__date_text(due_on, text)) return pz__fail(PZ_E_INVALID, "due_on", NULL, "due_on is outside the years 0001 to 9999.");
    taken.competency = competency;
    taken.goal = goal;
    taken.due_on = due_on;
    pz__request_record(&request, &pz__assignment_type, &taken);
    PZ__TRY(pz__write_start(&call, actor, "assignment.take", key, &request));
    if (!call.repeated) status = take(&call, &taken);
    return pz__call_end_value(&call, status, taken.id, out_id);
}
