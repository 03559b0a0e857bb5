/* Milestones: what is reached on the way to a goal. What an adult adds is the learner's to agree to. */
#include "base/clock.h"
#include "base/fail.h"
#include "base/memory.h"
#include "base/text.h"
#include "records/ask.h"
#include "records/goal/steps.h"
#include "records/goal/tables.h"
#include "records/save.h"
#include "records/writing.h"

/* ------------------------------------------------------------------------------------------------- finding --- */

static pz_status fail_missing(pz_id milestone)
{
    return pz__fail(PZ_E_NOT_FOUND, "milestone", "pz_goal_milestone_list() lists those of a goal.", "There is no milestone %lld in reach.",
                    (long long)milestone);
}

/* A milestone with its goal, both to be freed. */
typedef struct found_milestone {
    pz_goal_milestone *milestone;
    pz_goal *goal;
} found_milestone;

static void free_found(found_milestone *f)
{
    pz_free(f->milestone);
    pz_free(f->goal);
}

static pz_status find(pz__call *call, pz_id id, found_milestone *out)
{
    static const char sql[] = "SELECT " PZ__MILESTONE_COLUMNS " FROM goal_milestone WHERE tenant_id = ?1 AND milestone_id = ?2 "
                              "AND since_change <= ?3 AND until_change > ?3";
    pz_status status;
    out->goal = NULL;
    PZ__TRY(pz__ask_one(call, &pz__goal_milestone_type, sql, id, (void **)&out->milestone));
    if (!out->milestone) return fail_missing(id);
    status = pz__goal_find(call, PZ__WRITE, out->milestone->goal, &out->goal);
    if (status == PZ_OK) return PZ_OK;
    free_found(out);
    return status == PZ_E_NOT_FOUND ? fail_missing(id) : status;
}

static pz_status write(pz__call *call, const pz_goal *goal, pz_goal_milestone *milestone)
{
    int found;
    int64_t since;
    milestone->version = pz__change_number(call->change);
    PZ__TRY(pz__versioned_find(call, &pz__goal_milestone_table, milestone, &found, &since));
    if (found) PZ__TRY(pz__versioned_supersede(call, &pz__goal_milestone_table, milestone, since));
    PZ__TRY(pz__versioned_insert(call, &pz__goal_milestone_table, milestone));
    pz__goal_note(call, goal);
    return PZ_OK;
}

/* The learner's, or until the learner agrees that of who added it. */
static pz_status need_hand(pz__call *call, const found_milestone *f)
{
    const pz_goal_milestone *m = f->milestone;
    if (pz__goal_is_own(call, f->goal)) return PZ_OK;
    if (!m->learner_agreed && m->added_by == pz__call_person(call) && m->added_role == pz__call_role(call)) return PZ_OK;
    return pz__fail(PZ_E_DENIED, "milestone", "Speak with the learner.", "The milestone %lld is changed by its learner.", (long long)m->id);
}

static pz_status need_open(const found_milestone *f)
{
    if (f->milestone->state != PZ_MILESTONE_OPEN)
        return pz__fail(PZ_E_STATE, "milestone", "Add another.", "The milestone %lld is %s.", (long long)f->milestone->id,
                        pz__milestone_state_names[f->milestone->state]);
    return f->goal->state == PZ_GOAL_DRAFT ? PZ_OK : pz__goal_need_open(f->goal);
}

/* -------------------------------------------------------------------------------------------------- adding --- */

static pz_status check(pz_goal_milestone *milestone)
{
    char text[11];
    PZ__TRY(pz__text_need(milestone->statement, milestone->statement_len, (size_t)pz_limit(PZ_LIMIT_TEXT), "statement", &milestone->statement_len));
    if (milestone->due_on != PZ_DATE_NONE && !pz__date_text(milestone->due_on, text))
        return pz__fail(PZ_E_INVALID, "due_on", NULL, "due_on is outside the years 0001 to 9999.");
    return PZ_OK;
}

static pz_status may_add(pz__call *call, const pz_goal *goal)
{
    int is_author = goal->proposed_by == pz__call_person(call) && goal->proposed_role == pz__call_role(call);
    if (!is_author) PZ__TRY(pz__goal_need_part(call, goal));
    return goal->state == PZ_GOAL_DRAFT ? PZ_OK : pz__goal_need_open(goal);
}

static pz_status add_to(pz__call *call, const pz_goal *goal, pz_goal_milestone *given)
{
    pz_goal_milestone milestone = *(const pz_goal_milestone *)pz__goal_milestone_type.initial;
    PZ__TRY(may_add(call, goal));
    PZ__TRY(pz__store_take_ids(call->store, 1, &milestone.id));
    given->id = milestone.id;
    milestone.goal = goal->id;
    milestone.state = PZ_MILESTONE_OPEN;
    milestone.statement = given->statement;
    milestone.statement_len = given->statement_len;
    milestone.due_on = given->due_on;
    milestone.learner_agreed = pz__goal_is_own(call, goal);
    milestone.added_by = pz__call_person(call);
    milestone.added_role = pz__call_role(call);
    return write(call, goal, &milestone);
}

static pz_status add(pz__call *call, pz_goal_milestone *given)
{
    pz_goal *goal;
    pz_status status;
    PZ__TRY(pz__goal_find(call, PZ__WRITE, given->goal, &goal));
    status = add_to(call, goal, given);
    pz_free(goal);
    return status;
}

pz_status pz_goal_milestone_add(pz_actor *actor, const pz_goal_milestone *milestone, const char *key, pz_id *out_id)
{
    pz__buffer request = PZ__BUFFER_INIT;
    pz_goal_milestone taken;
    pz__call call;
    /* First: callers name the record's own id as the place for the result. */
    pz_status status = pz__record_take(&pz__goal_milestone_type, milestone, sizeof taken, &taken);
    if (out_id) *out_id = 0;
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(status);
    PZ__TRY(check(&taken));
    pz__request_record(&request, &pz__goal_milestone_type, &taken);
    PZ__TRY(pz__write_start(&call, actor, "goal_milestone.add", key, &request));
    if (!call.repeated) status = add(&call, &taken);
    return pz__call_end_value(&call, status, taken.id, out_id);
}

/* --------------------------------------------------------------------------------------------------- steps --- */

static pz_status agree_to(pz__call *call, found_milestone *f, const void *given)
{
    (void)given;
    PZ__TRY(pz__goal_need_own(call, f->goal, "agree to what is added to"));
    PZ__TRY(need_open(f));
    if (f->milestone->learner_agreed)
        return pz__fail(PZ_E_STATE, "milestone", NULL, "The learner has agreed to the milestone %lld already.", (long long)f->milestone->id);
    f->milestone->learner_agreed = 1;
    return write(call, f->goal, f->milestone);
}

static pz_status revise_it(pz__call *call, found_milestone *f, const void *record)
{
    const pz_goal_milestone *given = record;
    PZ__TRY(need_hand(call, f));
    PZ__TRY(need_open(f));
    if (given->version != f->milestone->version)
        return pz__fail(PZ_E_CONFLICT, "version", "Read it again and revise what it says now.",
                        "The milestone %lld was changed meanwhile: its version is %lld, not %lld.", (long long)f->milestone->id,
                        (long long)f->milestone->version, (long long)given->version);
    f->milestone->statement = given->statement;
    f->milestone->statement_len = given->statement_len;
    f->milestone->due_on = given->due_on;
    return write(call, f->goal, f->milestone);
}

/* `record` is the evidence, or NULL. */
static pz_status reach_it(pz__call *call, found_milestone *f, const void *record)
{
    const pz_goal_evidence *shown = record;
    pz_goal_milestone *m = f->milestone;
    PZ__TRY(pz__goal_need_part(call, f->goal));
    PZ__TRY(need_open(f));
    if (!m->learner_agreed)
        return pz__fail(PZ_E_STATE, "milestone", "The learner agrees with pz_goal_milestone_agree().", "The learner has not agreed to the milestone %lld.",
                        (long long)m->id);
    m->state = PZ_MILESTONE_REACHED;
    m->done_by = pz__call_person(call);
    m->done_role = pz__call_role(call);
    m->done_at = pz__change_time(call->change);
    if (shown) {
        PZ__TRY(pz__goal_evidence_need(call, f->goal->learner, shown));
        m->competency = shown->competency;
        m->sequence = shown->sequence;
        m->description = shown->description;
        m->description_len = shown->description_len;
        m->link = shown->link;
        m->link_len = shown->link_len;
        if (shown->at != PZ_TIME_NONE) m->done_at = shown->at;
    }
    if (m->done_at > pz__change_time(call->change)) return pz__fail(PZ_E_INVALID, "at", NULL, "A milestone cannot be reached in the future.");
    return write(call, f->goal, m);
}

static pz_status drop_it(pz__call *call, found_milestone *f, const void *given)
{
    (void)given;
    PZ__TRY(need_hand(call, f));
    PZ__TRY(need_open(f));
    f->milestone->state = PZ_MILESTONE_DROPPED;
    return write(call, f->goal, f->milestone);
}

typedef pz_status (*work_fn)(pz__call *call, found_milestone *f, const void *given);

static pz_status take(pz_actor *actor, const char *action, pz_id milestone, work_fn work, const pz_record_type *type, const void *given, const char *key)
{
    pz__buffer request = PZ__BUFFER_INIT;
    found_milestone f;
    pz__call call;
    pz_status status = PZ_OK;
    pz__request_int(&request, milestone);
    if (given) pz__request_record(&request, type, given);
    PZ__TRY(pz__write_start(&call, actor, action, key, &request));
    if (!call.repeated) {
        status = find(&call, milestone, &f);
        if (status == PZ_OK) {
            status = work(&call, &f, given);
            free_found(&f);
        }
    }
    return pz__call_end(&call, status);
}

pz_status pz_goal_milestone_agree(pz_actor *actor, pz_id milestone, const char *key)
{
    if (!actor) return pz__fail_closed("actor");
    return take(actor, "goal_milestone.agree", milestone, agree_to, NULL, NULL, key);
}

pz_status pz_goal_milestone_revise(pz_actor *actor, const pz_goal_milestone *milestone, const char *key)
{
    pz_goal_milestone taken;
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(pz__record_take(&pz__goal_milestone_type, milestone, sizeof taken, &taken));
    PZ__TRY(check(&taken));
    return take(actor, "goal_milestone.revise", taken.id, revise_it, &pz__goal_milestone_type, &taken, key);
}

pz_status pz_goal_milestone_reach(pz_actor *actor, pz_id milestone, const pz_goal_evidence *evidence, const char *key)
{
    pz_goal_evidence taken;
    if (!actor) return pz__fail_closed("actor");
    if (!evidence) return take(actor, "goal_milestone.reach", milestone, reach_it, NULL, NULL, key);
    PZ__TRY(pz__record_take(&pz__goal_evidence_type, evidence, sizeof taken, &taken));
    PZ__TRY(pz__goal_evidence_check(&taken, taken.goal, 0));
    return take(actor, "goal_milestone.reach", milestone, reach_it, &pz__goal_evidence_type, &taken, key);
}

pz_status pz_goal_milestone_drop(pz_actor *actor, pz_id milestone, const char *key)
{
    if (!actor) return pz__fail_closed("actor");
    return take(actor, "goal_milestone.drop", milestone, drop_it, NULL, NULL, key);
}
