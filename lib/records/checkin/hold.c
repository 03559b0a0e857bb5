/* Holding a check-in: signatures looked at, the outcome and what was touched kept, the next one set. */
#include "base/fail.h"
#include "base/memory.h"
#include "base/text.h"
#include "records/access/whom.h"
#include "records/checkin/see.h"
#include "records/checkin/steps.h"
#include "records/checkin/tables.h"
#include "records/types.h"
#include "records/voice/steps.h"
#include "records/writing.h"

enum { MOST_TOUCHED = 100 };

typedef struct holding {
    pz_id checkin;
    int64_t version;
    const char *outcome;
    size_t outcome_len;
    pz_checkin_touch *touched;
    size_t count;
    pz_date next_on;
} holding;

/* -------------------------------------------------------------------------------------------------- signatures --- */

/* Whether somebody in the role has signed. */
static pz_status has_signed(pz__call *call, pz_id checkin, int32_t role, int *out_signed)
{
    static const char sql[] = "SELECT 1 FROM checkin_person WHERE tenant_id = ?1 AND checkin_id = ?2 AND role = ?3 AND presence = ?4 "
                              "AND until_change = " PZ__CURRENT_SQL;
    pz__statement *statement;
    pz_status status;
    PZ__TRY(pz__db_statement(call->db, sql, &statement));
    pz__bind_int(statement, 1, call->tenant);
    pz__bind_int(statement, 2, checkin);
    pz__bind_int(statement, 3, role);
    pz__bind_int(statement, 4, PZ_PRESENCE_SIGNED);
    status = pz__db_step(statement, out_signed);
    pz__db_reset(statement);
    return status;
}

static pz_status need_signed(pz__call *call, pz_id checkin, int needed, int32_t role)
{
    int is_signed;
    if (!needed) return PZ_OK;
    PZ__TRY(has_signed(call, checkin, role, &is_signed));
    if (is_signed) return PZ_OK;
    return pz__fail(PZ_E_STATE, "checkin", "Who takes part signs with pz_checkin_sign().", "No %s has signed that it is there.",
                    pz__role_names[role]);
}

static pz_status need_signatures(pz__call *call, const pz_checkin *checkin)
{
    pz_checkin_template wanted;
    PZ__TRY(pz__checkin_template_find(call, checkin->template_id, &wanted));
    PZ__TRY(need_signed(call, checkin->id, 1, PZ_ROLE_LEARNER));
    PZ__TRY(need_signed(call, checkin->id, wanted.with_guardian, PZ_ROLE_GUARDIAN));
    PZ__TRY(need_signed(call, checkin->id, wanted.with_teacher, PZ_ROLE_TEACHER));
    PZ__TRY(need_signed(call, checkin->id, wanted.with_counselor, PZ_ROLE_COUNSELOR));
    return need_signed(call, checkin->id, wanted.with_leader, PZ_ROLE_LEADER);
}

static pz_status sign_self(pz__call *call, pz_id checkin)
{
    pz_checkin_person person = PZ_CHECKIN_PERSON_INIT;
    pz__part part;
    PZ__TRY(pz__checkin_part_of(call, checkin, pz__call_person(call), &part));
    if (part.presence == PZ_PRESENCE_SIGNED) return PZ_OK;
    person.checkin = checkin;
    person.person = pz__call_person(call);
    person.role = pz__call_role(call);
    person.presence = PZ_PRESENCE_SIGNED;
    person.signed_at = pz__change_time(call->change);
    return pz__checkin_write_person(call, &person);
}

/* ------------------------------------------------------------------------------------------------ what is kept --- */

static pz_status write_touched(pz__call *call, const pz_checkin *checkin, const holding *h)
{
    for (size_t i = 0; i < h->count; i++) {
        pz_checkin_touch *touch = &h->touched[i];
        PZ__TRY(pz__voice_need_record(call, checkin->learner, touch->record_kind, touch->record, "record"));
        touch->checkin = checkin->id;
        touch->position = (int32_t)i + 1;
        PZ__TRY(pz__versioned_insert(call, &pz__checkin_touch_table, touch));
    }
    return PZ_OK;
}

static pz_status invite_again(pz__call *call, pz_id from, pz_id to, pz_id person)
{
    pz_checkin_person invited = PZ_CHECKIN_PERSON_INIT;
    pz__part part;
    PZ__TRY(pz__checkin_part_of(call, from, person, &part));
    invited.checkin = to;
    invited.person = person;
    invited.role = part.role;
    invited.presence = PZ_PRESENCE_INVITED;
    return pz__checkin_write_person(call, &invited);
}

static pz_status copy_people(pz__call *call, pz_id from, pz_id to)
{
    static const char sql[] = "SELECT person_id FROM checkin_person WHERE tenant_id = ?1 AND ?2 = ?2 AND checkin_id = ?3 "
                              "AND until_change = " PZ__CURRENT_SQL " ORDER BY person_id";
    pz_id *people;
    size_t count;
    pz_status status = pz__ids_read(call, sql, from, &people, &count);
    for (size_t i = 0; i < count && status == PZ_OK; i++) status = invite_again(call, from, to, people[i]);
    pz__release(people);
    return status;
}

static pz_status set_next(pz__call *call, const pz_checkin *held, pz_date next_on, pz_id *out_next)
{
    pz_checkin next = PZ_CHECKIN_INIT;
    *out_next = 0;
    if (next_on == PZ_DATE_NONE) return PZ_OK;
    if (next_on <= call->today) return pz__fail(PZ_E_INVALID, "next_on", NULL, "The next check-in comes after today.");
    PZ__TRY(pz__store_take_ids(call->store, 1, &next.id));
    next.learner = held->learner;
    next.state = PZ_CHECKIN_PLANNED;
    next.template_id = held->template_id;
    next.due_on = next_on;
    next.visibility = held->visibility;
    next.previous = held->id;
    next.author = pz__call_person(call);
    next.author_role = pz__call_role(call);
    PZ__TRY(copy_people(call, held->id, next.id));
    *out_next = next.id;
    return pz__checkin_write(call, &next);
}

static pz_status hold_it(pz__call *call, pz_checkin *checkin, const holding *h, pz_id *out_next)
{
    PZ__TRY(pz__checkin_need_part(call, checkin));
    PZ__TRY(pz__checkin_need_adult(call));
    PZ__TRY(pz__checkin_need_planned(checkin));
    PZ__TRY(pz__checkin_need_version(checkin, h->version));
    PZ__TRY(sign_self(call, checkin->id));
    PZ__TRY(need_signatures(call, checkin));
    PZ__TRY(write_touched(call, checkin, h));
    PZ__TRY(set_next(call, checkin, h->next_on, out_next));
    checkin->state = PZ_CHECKIN_HELD;
    checkin->outcome = h->outcome;
    checkin->outcome_len = h->outcome_len;
    checkin->held_at = pz__change_time(call->change);
    checkin->next = *out_next;
    return pz__checkin_write(call, checkin);
}

static pz_status hold(pz__call *call, const holding *h, pz_id *out_next)
{
    pz_checkin *checkin;
    pz_status status;
    PZ__TRY(pz__checkin_find(call, PZ__WRITE, h->checkin, &checkin));
    status = hold_it(call, checkin, h, out_next);
    pz_free(checkin);
    return status;
}

/* ------------------------------------------------------------------------------------------------- what is given --- */

static pz_status take(const pz_checkin_touch *const *touched, holding *h)
{
    for (size_t i = 0; i < h->count; i++) {
        pz_checkin_touch *touch = &h->touched[i];
        PZ__TRY(pz__record_take(&pz__checkin_touch_type, touched[i], sizeof *touch, touch));
        PZ__TRY(pz__text_check(touch->note, touch->note_len, (size_t)pz_limit(PZ_LIMIT_TEXT), "note", &touch->note_len));
        if (!touch->record_kind) return pz__fail(PZ_E_INVALID, "record_kind", NULL, "What was touched, %zu, has no kind.", i);
    }
    return PZ_OK;
}

static pz_status write(pz_actor *actor, const holding *h, const char *key, pz_id *out_next)
{
    pz__buffer request = PZ__BUFFER_INIT;
    pz__call call;
    pz_status status = PZ_OK;
    pz_id next = 0;
    pz__request_int(&request, h->checkin);
    pz__request_int(&request, h->version);
    pz__request_text(&request, h->outcome, h->outcome_len);
    pz__request_int(&request, h->next_on);
    for (size_t i = 0; i < h->count; i++) pz__request_record(&request, &pz__checkin_touch_type, &h->touched[i]);
    PZ__TRY(pz__write_start(&call, actor, "checkin.hold", key, &request));
    if (!call.repeated) status = hold(&call, h, &next);
    return pz__call_end_value(&call, status, next, out_next);
}

pz_status pz_checkin_hold(pz_actor *actor, pz_id checkin, int64_t version, const char *outcome, size_t outcome_len,
                          const pz_checkin_touch *const *touched, size_t rows, pz_date next_on, const char *key, pz_id *out_next)
{
    holding h = {checkin, version, outcome, outcome_len, NULL, rows, next_on};
    pz_status status;
    if (out_next) *out_next = 0;
    if (!actor) return pz__fail_closed("actor");
    if (rows && !touched) return pz__fail_null("touched");
    if (rows > MOST_TOUCHED) return pz__fail(PZ_E_TOO_LONG, "rows", NULL, "%zu records are over the limit of %d.", rows, MOST_TOUCHED);
    PZ__TRY(pz__text_need(outcome, outcome_len, (size_t)pz_limit(PZ_LIMIT_TEXT), "outcome", &h.outcome_len));
    if (next_on != PZ_DATE_NONE) PZ__TRY(pz__checkin_check_day(next_on, "next_on"));
    h.touched = pz__alloc((rows + 1) * sizeof *h.touched);
    if (!h.touched) return pz__fail_memory();
    status = take(touched, &h);
    if (status == PZ_OK) status = write(actor, &h, key, out_next);
    pz__release(h.touched);
    return status;
}
