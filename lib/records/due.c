/* What falls due: a question about what is there, not a record of its own. */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/fail.h"
#include "base/memory.h"
#include "records/access/actor.h"
#include "records/access/rights.h"
#include "records/access/whom.h"
#include "records/ask.h"
#include "records/checkin/due.h"
#include "records/checkin/see.h"
#include "records/goal/steps.h"
#include "records/goal/tables.h"
#include "records/listing.h"
#include "records/profile/tables.h"
#include "records/types.h"
#include "records/voice/see.h"
#include "records/voice/theme.h"

/* A week of school, as for what learners say. */
enum { GOAL_ANSWER_DAYS = 5 };

typedef struct dues {
    pz_due *rows;
    size_t count, capacity;
} dues;

static pz_status add(dues *d, pz_kind kind, pz_id record, pz_id learner, pz_date due_on, const char *code)
{
    PZ__TRY(pz__reserve((void **)&d->rows, &d->capacity, d->count + 1, sizeof *d->rows));
    d->rows[d->count++] = (pz_due){sizeof(pz_due), kind, record, learner, due_on, code};
    return PZ_OK;
}

static int sees(const pz__call *call, pz_kind kind)
{
    return pz__right_is_given(pz__call_role(call), pz__call_scopes(call), kind, PZ__SEE);
}

/* ?1 tenant, ?2 the change that is seen, ?3 the last day. Every query gives record, whom or what it belongs to (two columns), day. */
static pz_status ask(pz__call *call, const char *sql, pz_date until, pz__statement **out_statement)
{
    PZ__TRY(pz__db_statement(call->db, sql, out_statement));
    pz__bind_int(*out_statement, 1, call->tenant);
    pz__bind_int(*out_statement, 2, call->as_of);
    pz__bind_int(*out_statement, 3, until);
    return PZ_OK;
}

#define SEEN "tenant_id = ?1 AND since_change <= ?2 AND until_change > ?2"

static pz_status add_goals(pz__call *call, pz_date until, dues *d)
{
    static const char sql[] =
        "SELECT " PZ__GOAL_COLUMNS ", 1 FROM goal WHERE " SEEN " AND due_on <= ?3 AND " PZ__GOAL_IS_OPEN_SQL;
    pz__statement *statement;
    pz__reach reach;
    pz_goal goal;
    pz_status status;
    int row, seen;
    if (!sees(call, PZ_KIND_GOAL)) return PZ_OK;
    PZ__TRY(pz__reach_learners(call, &reach));
    PZ__TRY(ask(call, sql, until, &statement));
    while ((status = pz__db_step(statement, &row)) == PZ_OK && row) {
        pz__record_read(&pz__goal_type, statement, 0, &goal);
        if (!pz__reach_has(&reach, goal.learner)) continue;
        if ((status = pz__goal_is_seen(call, &goal, &seen)) != PZ_OK) break;
        if (seen && (status = add(d, PZ_KIND_GOAL, goal.id, goal.learner, goal.due_on, "due.goal")) != PZ_OK) break;
    }
    pz__db_reset(statement);
    return status;
}

/* Milestones of open goals, and requests: of an adult for the learner, of the learner for the adults who support the goal. */
typedef struct goal_work {
    pz__call *call;
    dues *d;
    pz_date until;
} goal_work;

static pz_status add_milestones(goal_work *work, const pz_goal *goal)
{
    static const char sql[] = "SELECT due_on FROM goal_milestone WHERE tenant_id = ?1 AND goal_id = ?2 AND state = 1 AND learner_agreed = 1 AND due_on <= ?4 "
                              "AND since_change <= ?3 AND until_change > ?3";
    pz__statement *statement;
    pz_status status;
    int row;
    PZ__TRY(pz__ask(work->call, sql, goal->id, &statement));
    pz__bind_int(statement, 4, work->until);
    while ((status = pz__db_step(statement, &row)) == PZ_OK && row)
        if ((status = add(work->d, PZ_KIND_GOAL, goal->id, goal->learner, pz__column_date(statement, 0), "due.goal_milestone")) != PZ_OK) break;
    pz__db_reset(statement);
    return status;
}

static pz_status answers(goal_work *work, const pz_goal *goal, int32_t asked_role, int32_t step, int *out_answers)
{
    int32_t support = 0, decision = 0;
    *out_answers = pz__goal_is_own(work->call, goal) && asked_role != PZ_ROLE_LEARNER;
    if (asked_role != PZ_ROLE_LEARNER || pz__call_role(work->call) == PZ_ROLE_LEARNER || !pz__call_person(work->call)) return PZ_OK;
    PZ__TRY(pz__goal_support_of(work->call, goal->id, pz__call_person(work->call), &support));
    if (support == PZ_SUPPORT_GIVEN) PZ__TRY(pz__goal_decision(work->call, goal->learner, pz__call_role(work->call), step, &decision));
    *out_answers = decision == PZ_GOAL_APPROVE;
    return PZ_OK;
}

static pz_status add_requests(goal_work *work, const pz_goal *goal)
{
    static const char sql[] = "SELECT asked_role, step, asked_at FROM goal_request WHERE tenant_id = ?1 AND goal_id = ?2 AND state = 1 AND since_change <= ?3 "
                              "AND until_change > ?3";
    pz__statement *statement;
    pz_status status;
    int32_t asked_role = 0, step = 0;
    pz_date due_on = PZ_DATE_NONE;
    int row, mine = 0;
    PZ__TRY(pz__ask(work->call, sql, goal->id, &statement));
    status = pz__db_step(statement, &row);
    if (row) {
        asked_role = (int32_t)pz__column_int(statement, 0);
        step = (int32_t)pz__column_int(statement, 1);
        due_on = pz__store_date(work->call->store, pz__column_time(statement, 2)) + GOAL_ANSWER_DAYS;
    }
    pz__db_reset(statement);
    if (status != PZ_OK || !row || due_on > work->until) return status;
    PZ__TRY(answers(work, goal, asked_role, step, &mine));
    return mine ? add(work->d, PZ_KIND_GOAL, goal->id, goal->learner, due_on, "due.goal_answer") : PZ_OK;
}

static pz_status add_of_goal(const pz_goal *goal, void *user_data)
{
    goal_work *work = user_data;
    if (!pz__goal_is_open(goal)) return PZ_OK;
    PZ__TRY(add_milestones(work, goal));
    return add_requests(work, goal);
}

static pz_status add_on_the_way(pz__call *call, pz_date until, dues *d)
{
    goal_work work = {call, d, until};
    pz__whom whom;
    pz_status status;
    if (!sees(call, PZ_KIND_GOAL)) return PZ_OK;
    PZ__TRY(pz__whom_find(call, PZ_KIND_GOAL, 0, 0, &whom));
    status = pz__whom_name(call, &whom, "SELECT DISTINCT learner_id FROM goal WHERE tenant_id = ?1 AND since_change <= ?2 AND until_change > ?2 AND ?3 = 0 "
                                        "ORDER BY learner_id");
    for (size_t i = 0; i < whom.count && status == PZ_OK; i++) status = pz__goal_each(call, whom.ids[i], add_of_goal, &work);
    pz__whom_free(&whom);
    return status;
}

/* Cycles and recommendations are looked after by staff and services. */
static int is_family(const pz__call *call)
{
    return pz__call_role(call) == PZ_ROLE_LEARNER || pz__call_role(call) == PZ_ROLE_GUARDIAN;
}

static pz_status add_cycles(pz__call *call, pz_date until, dues *d)
{
    static const char sql[] =
        "SELECT cycle_id, class_id, org_id, closes_on FROM cycle WHERE " SEEN " AND closes_on <= ?3 AND state IN (1, 2)";
    pz__statement *statement;
    pz__reach classes, orgs;
    pz_status status;
    int row;
    if (!sees(call, PZ_KIND_CYCLE) || is_family(call)) return PZ_OK;
    PZ__TRY(pz__reach_classes(call, &classes));
    PZ__TRY(pz__reach_orgs(call, &orgs));
    PZ__TRY(ask(call, sql, until, &statement));
    while ((status = pz__db_step(statement, &row)) == PZ_OK && row) {
        pz_id class_id = pz__column_int(statement, 1), org = pz__column_int(statement, 2);
        if (class_id ? !pz__reach_has(&classes, class_id) : !pz__reach_has(&orgs, org)) continue;
        status = add(d, PZ_KIND_CYCLE, pz__column_int(statement, 0), 0, pz__column_date(statement, 3), "due.cycle_close");
        if (status != PZ_OK) break;
    }
    pz__db_reset(statement);
    return status;
}

static pz_status add_recommendations(pz__call *call, pz_date until, dues *d)
{
    static const char sql[] =
        "SELECT recommendation_id, class_id, 0, answer_by FROM recommendation WHERE " SEEN " AND answer_by <= ?3 AND state IN (1, 2)";
    pz__statement *statement;
    pz__reach classes;
    pz_status status;
    int row;
    if (!sees(call, PZ_KIND_RECOMMENDATION) || is_family(call)) return PZ_OK;
    PZ__TRY(pz__reach_classes(call, &classes));
    PZ__TRY(ask(call, sql, until, &statement));
    while ((status = pz__db_step(statement, &row)) == PZ_OK && row) {
        if (!pz__reach_has(&classes, pz__column_int(statement, 1))) continue;
        status =
            add(d, PZ_KIND_RECOMMENDATION, pz__column_int(statement, 0), 0, pz__column_date(statement, 3), "due.recommendation_answer");
        if (status != PZ_OK) break;
    }
    pz__db_reset(statement);
    return status;
}

/* Who answers has what it owes; the learner what nobody answered in time, so that it can turn to somebody else. */
typedef struct voice_work {
    pz__call *call;
    dues *d;
    pz_date until;
    pz__reach reach;
} voice_work;

static pz_status add_voice_entry(const pz_voice_entry *entry, void *user_data)
{
    voice_work *work = user_data;
    const char *code = pz__voice_is_owed(work->call, entry) ? "due.voice_answer" : NULL;
    if (!entry->awaits_answer || entry->due_on > work->until || !pz__reach_has(&work->reach, entry->learner)) return PZ_OK;
    if (pz__voice_is_own(work->call, entry) && entry->due_on < work->call->today) code = "due.voice_unanswered";
    if (pz__call_role(work->call) == PZ_ROLE_SERVICE) code = "due.voice_answer";
    return code ? add(work->d, PZ_KIND_VOICE, entry->id, entry->learner, entry->due_on, code) : PZ_OK;
}

static pz_status add_voice(pz__call *call, pz_date until, dues *d)
{
    voice_work work = {.call = call, .d = d, .until = until};
    if (!sees(call, PZ_KIND_VOICE)) return PZ_OK;
    PZ__TRY(pz__reach_learners(call, &work.reach));
    return pz__voice_each_waiting(call, until, add_voice_entry, &work);
}

typedef struct checkin_work {
    dues *d;
    pz_date until;
} checkin_work;

static pz_status add_checkin(const pz_checkin *checkin, void *user_data)
{
    checkin_work *work = user_data;
    if (checkin->state != PZ_CHECKIN_PLANNED || checkin->due_on > work->until) return PZ_OK;
    return add(work->d, PZ_KIND_CHECKIN, checkin->id, checkin->learner, checkin->due_on, "due.checkin");
}

static pz_status add_asked(const pz_overdue_checkin *asked, void *user_data)
{
    checkin_work *work = user_data;
    return add(work->d, PZ_KIND_CHECKIN, asked->checkin, asked->learner, asked->due_on,
               asked->checkin ? "due.checkin" : "due.checkin_plan");
}

/* Families have what is planned; those who work at the school what their schedules ask for, too. */
static pz_status add_checkins(pz__call *call, pz_date until, dues *d)
{
    checkin_work work = {d, until};
    pz__scope scope;
    pz__reach reach;
    pz_status status = PZ_OK;
    if (!sees(call, PZ_KIND_CHECKIN)) return PZ_OK;
    if (is_family(call)) {
        PZ__TRY(pz__reach_learners(call, &reach));
        for (size_t i = 0; i < reach.count && status == PZ_OK; i++) status = pz__checkin_each(call, reach.ids[i], add_checkin, &work);
        return status;
    }
    status = pz__scope_find(call, PZ_KIND_CHECKIN, 0, 0, &scope);
    if (status == PZ_OK) status = pz__checkin_each_due(call, &scope, until, add_asked, &work);
    pz__scope_free(&scope);
    return status;
}

/* Who may answer has it: the entry's author, counselors and leaders. Who disputes has it once the day has passed. */
typedef struct dispute_work {
    pz__call *call;
    dues *d;
    pz_date until;
} dispute_work;

static pz_status add_dispute(const pz_profile_dispute *dispute, pz_date due_on, void *user_data)
{
    dispute_work *work = user_data;
    int32_t role = pz__call_role(work->call);
    int is_own = pz__call_person(work->call) && dispute->disputed_by == pz__call_person(work->call);
    int is_owed = role == PZ_ROLE_COUNSELOR || role == PZ_ROLE_LEADER || role == PZ_ROLE_SERVICE;
    if (due_on > work->until || (is_own && due_on >= work->call->today)) return PZ_OK;
    if (!is_own && !is_owed) PZ__TRY(pz__dispute_is_by_author(work->call, dispute, &is_owed));
    if (!is_own && !is_owed) return PZ_OK;
    return add(work->d, PZ_KIND_PROFILE_ENTRY, dispute->entry, dispute->learner, due_on,
               is_own ? "due.dispute_unanswered" : "due.dispute_answer");
}

static pz_status add_disputes(pz__call *call, pz_date until, dues *d)
{
    dispute_work work = {call, d, until};
    return sees(call, PZ_KIND_PROFILE_ENTRY) ? pz__disputes_each_open(call, add_dispute, &work) : PZ_OK;
}

static pz_status add_theme(pz__call *call, pz_id scope, int is_class, pz_date until, dues *d)
{
    pz_date due;
    PZ__TRY(pz__theme_first_due(call, scope, is_class, &due));
    return due == PZ_DATE_NONE || due > until ? PZ_OK : add(d, PZ_KIND_THEME, scope, 0, due, "due.theme_answer");
}

/* Teachers owe an answer to the themes of their classes, counselors and leaders to those of their orgs; a service has both. */
static pz_status add_themes(pz__call *call, pz_date until, dues *d)
{
    int32_t role = pz__call_role(call);
    pz__scope scope;
    pz_status status;
    if (!sees(call, PZ_KIND_THEME) || is_family(call)) return PZ_OK;
    status = pz__scope_find(call, PZ_KIND_THEME, 0, 0, &scope);
    for (size_t i = 0; status == PZ_OK && i < scope.org_count; i++) status = add_theme(call, scope.orgs[i], 0, until, d);
    if (role == PZ_ROLE_TEACHER || role == PZ_ROLE_SERVICE)
        for (size_t i = 0; status == PZ_OK && i < scope.class_count; i++) status = add_theme(call, scope.classes[i], 1, until, d);
    pz__scope_free(&scope);
    return status;
}

static int by_day(const void *a, const void *b)
{
    const pz_due *x = a, *y = b;
    if (x->due_on != y->due_on) return x->due_on < y->due_on ? -1 : 1;
    if (x->record_kind != y->record_kind) return x->record_kind - y->record_kind;
    if (x->record != y->record) return x->record < y->record ? -1 : 1;
    if (x->learner != y->learner) return x->learner < y->learner ? -1 : 1;
    return strcmp(x->code, y->code);
}

/* A learner of two classes is asked for in both. */
static int is_repeated(const dues *d, size_t place)
{
    return place > 0 && by_day(&d->rows[place - 1], &d->rows[place]) == 0;
}

static pz_status list(pz__call *call, pz_date until, pz__rows *rows)
{
    dues d = {NULL, 0, 0};
    if (!sees(call, PZ_KIND_GOAL) && !sees(call, PZ_KIND_CYCLE))
        return pz__fail(PZ_E_DENIED, NULL, "Open the service with PZ_SCOPE_READ or PZ_SCOPE_RECOMMEND.",
                        "The scopes of this service read nothing that falls due.");
    pz_status status = add_goals(call, until, &d);
    if (status == PZ_OK) status = add_on_the_way(call, until, &d);
    if (status == PZ_OK) status = add_cycles(call, until, &d);
    if (status == PZ_OK) status = add_recommendations(call, until, &d);
    if (status == PZ_OK) status = add_voice(call, until, &d);
    if (status == PZ_OK) status = add_disputes(call, until, &d);
    if (status == PZ_OK) status = add_checkins(call, until, &d);
    if (status == PZ_OK) status = add_themes(call, until, &d);
    if (status == PZ_OK && d.count) qsort(d.rows, d.count, sizeof *d.rows, by_day);
    for (size_t i = 0; status == PZ_OK && i < d.count; i++) {
        if (is_repeated(&d, i)) continue;
        pz__rows_add(rows, &d.rows[i]);
        pz__call_read_learner(call, (pz_kind)d.rows[i].record_kind, d.rows[i].learner);
    }
    pz__release(d.rows);
    return status;
}

pz_status pz_due_list(pz_actor *actor, pz_date until, pz_due ***out_rows, size_t *out_count)
{
    char text[11];
    pz__call call;
    pz__rows rows;
    PZ__TRY(pz__list_start((void ***)out_rows, out_count));
    if (!actor) return pz__fail_closed("actor");
    if (!pz__date_text(until, text)) return pz__fail(PZ_E_INVALID, "until", NULL, "until is outside the years 0001 to 9999.");
    PZ__TRY(pz__call_read(&call, actor));
    pz__rows_start(&rows, &pz__due_type);
    return pz__call_end_rows(&call, list(&call, until, &rows), &rows, (void ***)out_rows, out_count);
}
