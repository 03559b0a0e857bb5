/* Check-ins: planned, people named, signed, moved, cancelled. Holding one has a file of its own. */
#include "personalize/checkin.h"

#include "base/fail.h"
#include "base/memory.h"
#include "base/text.h"
#include "records/checkin/see.h"
#include "records/checkin/steps.h"
#include "records/checkin/tables.h"
#include "records/cycle/find.h"
#include "records/goal/find.h"
#include "records/types_learning.h"
#include "records/save.h"
#include "records/writing.h"

enum { MOST_PEOPLE = 32 };

/* ---------------------------------------------------------------------------------------------- what steps share --- */

pz_status pz__checkin_write(pz__call *call, pz_checkin *checkin)
{
    pz__outcome outcome;
    checkin->version = pz__change_number(call->change);
    checkin->acted_by = pz__call_person(call);
    checkin->acted_role = pz__call_role(call);
    checkin->acted_at = pz__change_time(call->change);
    return pz__versioned_write(call, &pz__checkin_table, checkin, &outcome);
}

/* The check-in's own item says that it was touched, so this notes none. */
pz_status pz__checkin_write_person(pz__call *call, const pz_checkin_person *person)
{
    int found;
    int64_t since;
    PZ__TRY(pz__versioned_find(call, &pz__checkin_person_table, person, &found, &since));
    if (found) PZ__TRY(pz__versioned_supersede(call, &pz__checkin_person_table, person, since));
    return pz__versioned_insert(call, &pz__checkin_person_table, person);
}

pz_status pz__checkin_need_planned(const pz_checkin *checkin)
{
    if (checkin->state == PZ_CHECKIN_PLANNED) return PZ_OK;
    return pz__fail(PZ_E_STATE, "checkin", "Plan another one.", "The check-in %lld was %s already.", (long long)checkin->id,
                    pz__checkin_state_names[checkin->state]);
}

pz_status pz__checkin_need_part(pz__call *call, const pz_checkin *checkin)
{
    int takes_part;
    PZ__TRY(pz__checkin_takes_part(call, checkin->id, &takes_part));
    if (takes_part) return PZ_OK;
    return pz__fail(PZ_E_DENIED, "checkin", "Somebody who takes part invites the actor with pz_checkin_invite().",
                    "Only those who take part in a check-in in this role do this.");
}

pz_status pz__checkin_need_adult(const pz__call *call)
{
    if (pz__call_role(call) != PZ_ROLE_LEARNER) return PZ_OK;
    return pz__fail(PZ_E_DENIED, "checkin", NULL, "An adult who takes part does this.");
}

pz_status pz__checkin_need_version(const pz_checkin *checkin, int64_t version)
{
    if (checkin->version == version) return PZ_OK;
    return pz__fail(PZ_E_CONFLICT, "version", "Read the check-in again.",
                    "The check-in %lld was changed meanwhile: its version is %lld, not %lld.", (long long)checkin->id,
                    (long long)checkin->version, (long long)version);
}

pz_status pz__checkin_check_day(pz_date day, const char *field)
{
    if (day != PZ_DATE_NONE) return pz__check_day(day, field);
    return pz__fail(PZ_E_INVALID, field, NULL, "%s is missing.", field);
}

/* ----------------------------------------------------------------------------------------------------- planning --- */

typedef struct plan {
    pz_checkin checkin;
    pz_checkin_person people[MOST_PEOPLE + 2]; /* with the learner and who plans it */
    size_t count;
} plan;

static pz_status check_person(pz_checkin_person *person)
{
    if (person->role >= PZ_ROLE_GUARDIAN && person->role <= PZ_ROLE_LEADER) return PZ_OK;
    return pz__fail(PZ_E_INVALID, "role", "The learner takes part without being named; give guardian, teacher, counselor or leader.",
                    "Nobody is named for a check-in in the role %d.", (int)person->role);
}

static pz_status take_plan(const pz_checkin *checkin, const pz_checkin_person *const *people, size_t rows, plan *p)
{
    PZ__TRY(pz__record_take(&pz__checkin_type, checkin, sizeof p->checkin, &p->checkin));
    PZ__TRY(pz__checkin_check_day(p->checkin.due_on, "due_on"));
    if (p->checkin.visibility < PZ_VISIBLE_SELF || p->checkin.visibility > PZ_VISIBLE_SCHOOL)
        return pz__fail(PZ_E_INVALID, "visibility", "pz_visibility names who can see it.", "There is no visibility %d.",
                        (int)p->checkin.visibility);
    if (rows > MOST_PEOPLE) return pz__fail(PZ_E_TOO_LONG, "rows", NULL, "%zu people are over the limit of %d.", rows, MOST_PEOPLE);
    for (p->count = 0; p->count < rows; p->count++) {
        pz_checkin_person *person = &p->people[p->count];
        PZ__TRY(pz__record_take(&pz__checkin_person_type, people[p->count], sizeof *person, person));
        PZ__TRY(check_person(person));
    }
    return PZ_OK;
}

static int is_named(const plan *p, pz_id person)
{
    for (size_t i = 0; i < p->count; i++)
        if (p->people[i].person == person) return 1;
    return 0;
}

static void add_person(plan *p, pz_id person, int32_t role)
{
    const pz_checkin_person initial = PZ_CHECKIN_PERSON_INIT;
    p->people[p->count] = initial;
    p->people[p->count].person = person;
    p->people[p->count++].role = role;
}

static pz_status need_role(const plan *p, int needed, int32_t role)
{
    for (size_t i = 0; i < p->count && needed; i++)
        if (p->people[i].role == role) needed = 0;
    if (!needed) return PZ_OK;
    return pz__fail(PZ_E_INVALID, "people", "Name one in this role.", "The template needs a %s.", pz__role_names[role]);
}

static pz_status need_roles(pz__call *call, const plan *p)
{
    pz_checkin_template wanted;
    PZ__TRY(pz__checkin_template_find(call, p->checkin.template_id, &wanted));
    if (wanted.ended)
        return pz__fail(PZ_E_STATE, "template_id", "pz_checkin_template_list() lists them.", "The template %lld has ended.",
                        (long long)wanted.id);
    PZ__TRY(need_role(p, wanted.with_guardian, PZ_ROLE_GUARDIAN));
    PZ__TRY(need_role(p, wanted.with_teacher, PZ_ROLE_TEACHER));
    PZ__TRY(need_role(p, wanted.with_counselor, PZ_ROLE_COUNSELOR));
    PZ__TRY(need_role(p, wanted.with_leader, PZ_ROLE_LEADER));
    for (size_t i = 0; i < p->count; i++)
        if (p->people[i].role != PZ_ROLE_LEARNER) return PZ_OK;
    return pz__fail(PZ_E_INVALID, "people", NULL, "A check-in needs an adult.");
}

static pz_status need_reach(pz__call *call, pz_id person, int32_t role, pz_id learner)
{
    int reaches;
    PZ__TRY(pz__goal_adult_reaches(call, person, role, learner, &reaches));
    if (reaches) return PZ_OK;
    return pz__fail(PZ_E_NOT_FOUND, "person", "pz_person_list() with the learner lists the adults around it.",
                    "The person %lld does not reach the learner in this role.", (long long)person);
}

static pz_status need_people(pz__call *call, const plan *p)
{
    for (size_t i = 0; i < p->count; i++) {
        for (size_t k = 0; k < i; k++)
            if (p->people[k].person == p->people[i].person)
                return pz__fail(PZ_E_INVALID, "people", NULL, "The person %lld is named twice.", (long long)p->people[i].person);
        PZ__TRY(need_reach(call, p->people[i].person, p->people[i].role, p->checkin.learner));
    }
    return PZ_OK;
}

static pz_status need_cycle(pz__call *call, pz_id id)
{
    pz_cycle *cycle;
    if (!id) return PZ_OK;
    PZ__TRY(pz__cycle_find(call, PZ__SEE, id, &cycle));
    pz_free(cycle);
    return PZ_OK;
}

static pz_status write_plan(pz__call *call, plan *p)
{
    PZ__TRY(pz__store_take_ids(call->store, 1, &p->checkin.id));
    p->checkin.state = PZ_CHECKIN_PLANNED;
    p->checkin.author = pz__call_person(call);
    p->checkin.author_role = pz__call_role(call);
    p->checkin.reason = p->checkin.outcome = NULL;
    p->checkin.held_at = PZ_TIME_NONE;
    p->checkin.previous = p->checkin.next = 0;
    for (size_t i = 0; i < p->count; i++) {
        p->people[i].checkin = p->checkin.id;
        p->people[i].presence = PZ_PRESENCE_INVITED;
        p->people[i].note = NULL;
        p->people[i].signed_at = PZ_TIME_NONE;
        PZ__TRY(pz__versioned_insert(call, &pz__checkin_person_table, &p->people[i]));
    }
    return pz__checkin_write(call, &p->checkin);
}

static pz_status plan_it(pz__call *call, plan *p)
{
    PZ__TRY(pz__may_learner(call, PZ_KIND_CHECKIN, PZ__WRITE, p->checkin.learner, "learner"));
    PZ__TRY(need_people(call, p));
    if (pz__call_role(call) != PZ_ROLE_LEARNER && !is_named(p, pz__call_person(call)))
        add_person(p, pz__call_person(call), pz__call_role(call));
    add_person(p, p->checkin.learner, PZ_ROLE_LEARNER);
    PZ__TRY(need_roles(call, p));
    PZ__TRY(need_cycle(call, p->checkin.cycle));
    return write_plan(call, p);
}

pz_status pz_checkin_plan(pz_actor *actor, const pz_checkin *checkin, const pz_checkin_person *const *people, size_t rows, const char *key,
                          pz_id *out_id)
{
    pz__buffer request = PZ__BUFFER_INIT;
    pz__call call;
    plan p;
    pz_status status = PZ_OK;
    if (out_id) *out_id = 0;
    if (!actor) return pz__fail_closed("actor");
    if (rows && !people) return pz__fail_null("people");
    PZ__TRY(take_plan(checkin, people, rows, &p));
    pz__request_record(&request, &pz__checkin_type, &p.checkin);
    for (size_t i = 0; i < p.count; i++) pz__request_record(&request, &pz__checkin_person_type, &p.people[i]);
    PZ__TRY(pz__write_start(&call, actor, "checkin.plan", key, &request));
    if (!call.repeated) status = plan_it(&call, &p);
    return pz__call_end_value(&call, status, p.checkin.id, out_id);
}

/* -------------------------------------------------------------------------------------------------------- steps --- */

/* What a step is told; each takes what it needs. */
typedef struct given {
    pz_id person;
    int32_t role;
    int64_t version;
    pz_date day;
    const char *text;
    size_t length;
} given;

typedef pz_status (*step_fn)(pz__call *call, pz_checkin *checkin, const given *g);

static pz_status invite(pz__call *call, pz_checkin *checkin, const given *g)
{
    pz_checkin_person person = PZ_CHECKIN_PERSON_INIT;
    pz__part part;
    PZ__TRY(pz__checkin_need_part(call, checkin));
    PZ__TRY(pz__checkin_need_planned(checkin));
    PZ__TRY(need_reach(call, g->person, g->role, checkin->learner));
    PZ__TRY(pz__checkin_part_of(call, checkin->id, g->person, &part));
    if (part.role) return pz__fail(PZ_E_STATE, "person", NULL, "The person %lld takes part already.", (long long)g->person);
    person.checkin = checkin->id;
    person.person = g->person;
    person.role = g->role;
    person.presence = PZ_PRESENCE_INVITED;
    PZ__TRY(pz__checkin_write_person(call, &person));
    return pz__checkin_write(call, checkin);
}

static pz_status answer(pz__call *call, pz_checkin *checkin, int32_t presence, const given *g)
{
    pz_checkin_person person = PZ_CHECKIN_PERSON_INIT;
    person.checkin = checkin->id;
    person.person = pz__call_person(call);
    person.role = pz__call_role(call);
    person.presence = presence;
    person.note = g->length ? g->text : NULL;
    person.note_len = g->length;
    if (presence == PZ_PRESENCE_SIGNED) person.signed_at = pz__change_time(call->change);
    PZ__TRY(pz__checkin_write_person(call, &person));
    return pz__checkin_write(call, checkin);
}

static pz_status need_not_cancelled(const pz_checkin *checkin)
{
    return checkin->state == PZ_CHECKIN_HELD ? PZ_OK : pz__checkin_need_planned(checkin);
}

static pz_status sign(pz__call *call, pz_checkin *checkin, const given *g)
{
    pz__part part;
    PZ__TRY(pz__checkin_need_part(call, checkin));
    PZ__TRY(need_not_cancelled(checkin));
    PZ__TRY(pz__checkin_part_of(call, checkin->id, pz__call_person(call), &part));
    if (part.presence == PZ_PRESENCE_SIGNED) return pz__fail(PZ_E_STATE, "checkin", NULL, "The actor has signed already.");
    return answer(call, checkin, PZ_PRESENCE_SIGNED, g);
}

/* A signature stands: who was there cannot unsign it. */
static pz_status excuse(pz__call *call, pz_checkin *checkin, const given *g)
{
    pz__part part;
    PZ__TRY(pz__checkin_need_part(call, checkin));
    PZ__TRY(need_not_cancelled(checkin));
    PZ__TRY(pz__checkin_part_of(call, checkin->id, pz__call_person(call), &part));
    if (part.presence == PZ_PRESENCE_SIGNED) return pz__fail(PZ_E_STATE, "checkin", NULL, "The actor has signed that it was there.");
    return answer(call, checkin, PZ_PRESENCE_EXCUSED, g);
}

static pz_status move(pz__call *call, pz_checkin *checkin, const given *g)
{
    PZ__TRY(pz__checkin_need_part(call, checkin));
    PZ__TRY(pz__checkin_need_planned(checkin));
    PZ__TRY(pz__checkin_need_version(checkin, g->version));
    checkin->due_on = g->day;
    checkin->reason = g->length ? g->text : NULL;
    checkin->reason_len = g->length;
    return pz__checkin_write(call, checkin);
}

static pz_status cancel(pz__call *call, pz_checkin *checkin, const given *g)
{
    PZ__TRY(pz__checkin_need_part(call, checkin));
    PZ__TRY(pz__checkin_need_adult(call));
    PZ__TRY(pz__checkin_need_planned(checkin));
    checkin->state = PZ_CHECKIN_CANCELLED;
    checkin->reason = g->text;
    checkin->reason_len = g->length;
    return pz__checkin_write(call, checkin);
}

static pz_status find_and_step(pz__call *call, pz__doing doing, pz_id id, step_fn step, const given *g)
{
    pz_checkin *checkin;
    pz_status status;
    PZ__TRY(pz__checkin_find(call, doing, id, &checkin));
    status = step(call, checkin, g);
    pz_free(checkin);
    return status;
}

static pz_status take_step(pz_actor *actor, const char *action, pz__doing doing, pz_id id, step_fn step, const given *g, const char *key)
{
    pz__buffer request = PZ__BUFFER_INIT;
    pz__call call;
    pz__request_int(&request, id);
    pz__request_int(&request, g->person);
    pz__request_int(&request, g->role);
    pz__request_int(&request, g->version);
    pz__request_int(&request, g->day);
    pz__request_text(&request, g->text, g->length);
    PZ__TRY(pz__write_start(&call, actor, action, key, &request));
    return pz__call_end(&call, call.repeated ? PZ_OK : find_and_step(&call, doing, id, step, g));
}

pz_status pz_checkin_invite(pz_actor *actor, pz_id checkin, pz_id person, pz_role role, const char *key)
{
    pz_checkin_person named = PZ_CHECKIN_PERSON_INIT;
    const given g = {.person = person, .role = (int32_t)role};
    if (!actor) return pz__fail_closed("actor");
    named.role = (int32_t)role;
    PZ__TRY(check_person(&named));
    return take_step(actor, "checkin.invite", PZ__WRITE, checkin, invite, &g, key);
}

pz_status pz_checkin_sign(pz_actor *actor, pz_id checkin, const char *key)
{
    const given g = {0};
    if (!actor) return pz__fail_closed("actor");
    return take_step(actor, "checkin.sign", PZ__ANSWER, checkin, sign, &g, key);
}

pz_status pz_checkin_excuse(pz_actor *actor, pz_id checkin, const char *note, size_t note_len, const char *key)
{
    given g = {.text = note};
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(pz__text_check(note, note_len, (size_t)pz_limit(PZ_LIMIT_TEXT), "note", &g.length));
    return take_step(actor, "checkin.excuse", PZ__ANSWER, checkin, excuse, &g, key);
}

pz_status pz_checkin_move(pz_actor *actor, pz_id checkin, int64_t version, pz_date due_on, const char *reason, size_t reason_len,
                          const char *key)
{
    given g = {.version = version, .day = due_on, .text = reason};
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(pz__checkin_check_day(due_on, "due_on"));
    PZ__TRY(pz__text_check(reason, reason_len, (size_t)pz_limit(PZ_LIMIT_TEXT), "reason", &g.length));
    return take_step(actor, "checkin.move", PZ__WRITE, checkin, move, &g, key);
}

pz_status pz_checkin_cancel(pz_actor *actor, pz_id checkin, const char *reason, size_t reason_len, const char *key)
{
    given g = {.text = reason};
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(pz__text_need(reason, reason_len, (size_t)pz_limit(PZ_LIMIT_TEXT), "reason", &g.length));
    return take_step(actor, "checkin.cancel", PZ__WRITE, checkin, cancel, &g, key);
}
