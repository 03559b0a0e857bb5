/* Giving activities to learners, and learners' choices from boards. */
#include "records/activity/assign.h"

#include "base/clock.h"
#include "base/fail.h"
#include "base/memory.h"
#include "records/access/whom.h"
#include "records/activity/see.h"
#include "records/goal/find.h"
#include "records/need.h"
#include "records/save.h"
#include "records/writing.h"

enum { MOST_LEVELS = 8, MOST_CHOSEN = 100 };

/* ------------------------------------------------------------------------------------------------- one learner --- */

/* What all that comes with one activity has in common. */
typedef struct gift {
    pz_id learner;
    pz_id goal;
    pz_date due_on;
    int32_t is_chosen;
    int64_t made;
} gift;

static pz_status give(pz__call *call, const pz_activity *activity, pz_id board, int level, gift *g);

static pz_status give_children(pz__call *call, const pz_activity *board, int level, gift *g)
{
    pz_activity **children;
    pz_status status = PZ_OK;
    size_t count;
    if (level == MOST_LEVELS) return pz__fail(PZ_E_LIMIT, "activity", NULL, "Boards stand on one another more than %d deep.", MOST_LEVELS);
    PZ__TRY(pz__activity_children(call, board->id, &children, &count));
    for (size_t i = 0; i < count && status == PZ_OK; i++) status = give(call, children[i], board->id, level + 1, g);
    pz_free(children);
    return status;
}

static pz_status make(pz__call *call, const pz_activity *activity, pz_id board, const gift *g)
{
    pz_assignment made = PZ_ASSIGNMENT_INIT;
    PZ__TRY(pz__store_take_ids(call->store, 1, &made.id));
    made.learner = g->learner;
    made.activity = activity->id;
    made.board = board;
    made.goal = g->goal;
    made.is_chosen = g->is_chosen;
    made.due_on = activity->due_on != PZ_DATE_NONE && (board || g->due_on == PZ_DATE_NONE) ? activity->due_on : g->due_on;
    made.minutes = activity->minutes;
    made.state = activity->kind == PZ_ACTIVITY_BOARD && !activity->choose ? PZ_ASSIGNMENT_STARTED : PZ_ASSIGNMENT_ASSIGNED;
    made.assigned_by = pz__call_person(call);
    made.assigned_role = pz__call_role(call);
    return pz__assignment_write(call, &made);
}

/* Nobody gets twice what it has in hand or has done. */
static pz_status give(pz__call *call, const pz_activity *activity, pz_id board, int level, gift *g)
{
    pz_assignment *there;
    PZ__TRY(pz__assignment_of(call, g->learner, activity->id, &there));
    pz_free(there);
    if (there) return PZ_OK;
    PZ__TRY(make(call, activity, board, g));
    g->made++;
    return activity->kind == PZ_ACTIVITY_BOARD && !activity->choose ? give_children(call, activity, level, g) : PZ_OK;
}

pz_status pz__assignment_need_goal(pz__call *call, pz_id id, pz_id learner)
{
    pz_goal *goal;
    pz_id of;
    if (!id) return PZ_OK;
    PZ__TRY(pz__goal_find(call, PZ__SEE, id, &goal));
    of = goal->learner;
    pz_free(goal);
    if (of == learner) return PZ_OK;
    return pz__fail(PZ_E_INVALID, "goal", NULL, "The goal %lld is of another learner.", (long long)id);
}

/* ------------------------------------------------------------------------------------------------- assigning --- */

typedef struct order {
    pz_id activity, learner, class_id, goal;
    pz_date due_on;
} order;

static pz_status assign_to(pz__call *call, const pz_activity *activity, const order *o, const pz_id *learners, size_t count, int64_t *made)
{
    for (size_t i = 0; i < count; i++) {
        gift g = {learners[i], o->goal, o->due_on, 0, 0};
        PZ__TRY(pz__may_learner(call, PZ_KIND_ASSIGNMENT, PZ__ANSWER, learners[i], "learner"));
        PZ__TRY(pz__assignment_need_goal(call, o->goal, learners[i]));
        PZ__TRY(give(call, activity, 0, 0, &g));
        *made += g.made;
    }
    return PZ_OK;
}

static pz_status assign_activity(pz__call *call, const pz_activity *activity, const order *o, int64_t *made)
{
    pz_id *learners;
    pz_status status;
    size_t count;
    if (activity->ended)
        return pz__fail(PZ_E_STATE, "activity", "pz_activity_list() lists those that have not.", "The activity %lld has ended.",
                        (long long)activity->id);
    if (o->learner) return assign_to(call, activity, o, &o->learner, 1, made);
    PZ__TRY(pz__may_class(call, PZ_KIND_ASSIGNMENT, PZ__ANSWER, o->class_id, "class_id"));
    PZ__TRY(pz__class_learners(call, o->class_id, &learners, &count));
    status = assign_to(call, activity, o, learners, count, made);
    pz__release(learners);
    return status;
}

static pz_status assign(pz__call *call, const order *o, int64_t *made)
{
    pz_activity *activity;
    pz_status status;
    PZ__TRY(pz__may(call, PZ_KIND_ASSIGNMENT, PZ__ANSWER));
    if (o->learner) PZ__TRY(pz__may_learner(call, PZ_KIND_ASSIGNMENT, PZ__ANSWER, o->learner, "learner"));
    PZ__TRY(pz__activity_find(call, o->activity, "activity", &activity));
    status = assign_activity(call, activity, o, made);
    pz_free(activity);
    return status;
}

pz_status pz_activity_assign(pz_actor *actor, pz_id activity, pz_id learner, pz_id class_id, pz_id goal, pz_date due_on, const char *key,
                             int64_t *out_count)
{
    const order o = {activity, learner, class_id, goal, due_on};
    pz__buffer request = PZ__BUFFER_INIT;
    char text[16];
    pz__call call;
    pz_status status = PZ_OK;
    int64_t made = 0;
    if (out_count) *out_count = 0;
    if (!actor) return pz__fail_closed("actor");
    if (!learner == !class_id) return pz__fail(PZ_E_INVALID, "learner", "Name one of them.", "A learner or a class gets an activity.");
    if (goal && class_id) return pz__fail(PZ_E_INVALID, "goal", NULL, "A goal is of one learner, not of a class.");
    if (due_on != PZ_DATE_NONE && !pz__date_text(due_on, text)) return pz__fail(PZ_E_INVALID, "due_on", NULL, "due_on is outside the years 0001 to 9999.");
    pz__request_int(&request, activity);
    pz__request_int(&request, learner);
    pz__request_int(&request, class_id);
    pz__request_int(&request, goal);
    pz__request_int(&request, due_on);
    PZ__TRY(pz__write_start(&call, actor, "activity.assign", key, &request));
    if (!call.repeated) status = assign(&call, &o, &made);
    return pz__call_end_value(&call, status, made, out_count);
}

/* ------------------------------------------------------------------------------------------------- choosing --- */

pz_status pz__choice_need_open(const pz__call *call, const pz_activity *activity)
{
    pz_date last = activity->choose_by != PZ_DATE_NONE ? activity->choose_by : activity->due_on;
    char text[16];
    if (last == PZ_DATE_NONE || call->today <= last) return PZ_OK;
    pz__date_text(last, text);
    return pz__fail(PZ_E_STATE, "choose_by", "Ask a teacher to move the day, or to assign what is wanted.", "Choices were open until %s.", text);
}

pz_status pz__choice_may_change(const pz_activity *activity, const pz_assignment *chosen)
{
    int is_open = chosen->state == PZ_ASSIGNMENT_ASSIGNED || (chosen->state == PZ_ASSIGNMENT_STARTED && activity->choice_rule != PZ_CHOICE_UNTIL_START);
    if (activity->choice_rule == PZ_CHOICE_FINAL)
        return pz__fail(PZ_E_STATE, "choice_rule", "Ask a teacher.", "The first choice stands here.");
    if (is_open) return PZ_OK;
    return pz__fail(PZ_E_STATE, "assignment", NULL, "The assignment %lld has gone too far to be chosen otherwise.", (long long)chosen->id);
}

static int is_in(const pz_id *ids, size_t count, pz_id id)
{
    for (size_t i = 0; i < count; i++)
        if (ids[i] == id) return 1;
    return 0;
}

static pz_status drop(pz__call *call, const pz_activity *rule, pz_assignment *chosen, int level);

static pz_status drop_children(pz__call *call, const pz_activity *rule, pz_id learner, pz_id board, int level, size_t *out_count)
{
    pz_assignment **rows;
    pz_status status = PZ_OK;
    size_t count;
    PZ__TRY(pz__assignments_from(call, learner, board, &rows, &count));
    for (size_t i = 0; i < count && status == PZ_OK; i++) status = drop(call, rule, rows[i], level + 1);
    *out_count = count;
    pz_free(rows);
    return status;
}

/* With a branch goes what came with it. */
static pz_status drop(pz__call *call, const pz_activity *rule, pz_assignment *chosen, int level)
{
    size_t count;
    if (level > MOST_LEVELS) return pz__fail(PZ_E_LIMIT, "activity", NULL, "Boards stand on one another more than %d deep.", MOST_LEVELS);
    PZ__TRY(drop_children(call, rule, chosen->learner, chosen->activity, level, &count));
    /* A branch counts as started from the first; it is what came with it that has gone far or not. */
    if (!count || chosen->state != PZ_ASSIGNMENT_STARTED || rule->choice_rule == PZ_CHOICE_FINAL) PZ__TRY(pz__choice_may_change(rule, chosen));
    chosen->state = PZ_ASSIGNMENT_DROPPED;
    return pz__assignment_write(call, chosen);
}

static pz_status take_back(pz__call *call, const pz_activity *board, const pz_assignment *of, const pz_id *wanted, size_t rows)
{
    pz_assignment **chosen;
    pz_status status = PZ_OK;
    size_t count;
    PZ__TRY(pz__assignments_from(call, of->learner, board->id, &chosen, &count));
    for (size_t i = 0; i < count && status == PZ_OK; i++)
        if (!is_in(wanted, rows, chosen[i]->activity)) status = drop(call, board, chosen[i], 0);
    pz_free(chosen);
    return status;
}

static pz_status add_chosen(pz__call *call, const pz_activity *board, pz_activity *const *children, size_t count, const pz_assignment *of,
                            const pz_id *wanted, size_t rows)
{
    for (size_t i = 0; i < rows; i++) {
        gift g = {of->learner, of->goal, of->due_on, 1, 0};
        size_t place = 0;
        while (place < count && children[place]->id != wanted[i]) place++;
        if (place == count)
            return pz__fail(PZ_E_INVALID, "activities", "pz_activity_list() with the board as parent lists what is on it.",
                            "The activity %lld is not on the board %lld.", (long long)wanted[i], (long long)board->id);
        PZ__TRY(give(call, children[place], board->id, 1, &g));
    }
    return PZ_OK;
}

static pz_status check_wanted(const pz_activity *board, const pz_id *wanted, size_t rows)
{
    if (board->kind != PZ_ACTIVITY_BOARD || !board->choose)
        return pz__fail(PZ_E_STATE, "assignment", NULL, "There is nothing to choose: the activity %lld is no board, or comes as a whole.",
                        (long long)board->id);
    if (rows != (size_t)board->choose)
        return pz__fail(PZ_E_INVALID, "rows", NULL, "%zu activities were chosen; the board asks for %d.", rows, (int)board->choose);
    for (size_t i = 0; i < rows; i++)
        if (is_in(wanted, i, wanted[i]))
            return pz__fail(PZ_E_INVALID, "activities", NULL, "The activity %lld was chosen twice.", (long long)wanted[i]);
    return PZ_OK;
}

static pz_status choose_from(pz__call *call, const pz_activity *board, pz_assignment *of, const pz_id *wanted, size_t rows)
{
    pz_activity **children;
    pz_status status;
    size_t count;
    PZ__TRY(check_wanted(board, wanted, rows));
    PZ__TRY(pz__choice_need_open(call, board));
    PZ__TRY(pz__activity_children(call, board->id, &children, &count));
    status = take_back(call, board, of, wanted, rows);
    if (status == PZ_OK) status = add_chosen(call, board, children, count, of, wanted, rows);
    pz_free(children);
    if (status != PZ_OK) return status;
    of->state = PZ_ASSIGNMENT_STARTED;
    return pz__assignment_write(call, of);
}

static pz_status choose(pz__call *call, pz_id id, const pz_id *wanted, size_t rows)
{
    pz_assignment *of;
    pz_activity *board = NULL;
    pz_status status;
    PZ__TRY(pz__assignment_find(call, PZ__WRITE, id, &of));
    status = of->state <= PZ_ASSIGNMENT_STARTED ? PZ_OK : pz__fail(PZ_E_STATE, "assignment", NULL, "The assignment %lld is over.", (long long)id);
    if (status == PZ_OK && !of->activity) status = pz__fail(PZ_E_STATE, "assignment", NULL, "The assignment %lld is no board.", (long long)id);
    if (status == PZ_OK) status = pz__activity_find(call, of->activity, "assignment", &board);
    if (status == PZ_OK) status = choose_from(call, board, of, wanted, rows);
    pz_free(board);
    pz_free(of);
    return status;
}

pz_status pz_board_choose(pz_actor *actor, pz_id assignment, const pz_id *activities, size_t rows, const char *key)
{
    pz__buffer request = PZ__BUFFER_INIT;
    pz__call call;
    if (!actor) return pz__fail_closed("actor");
    if (rows && !activities) return pz__fail_null("activities");
    if (rows > MOST_CHOSEN) return pz__fail(PZ_E_TOO_LONG, "rows", NULL, "%zu activities are over the limit of %d.", rows, MOST_CHOSEN);
    pz__request_int(&request, assignment);
    for (size_t i = 0; i < rows; i++) pz__request_int(&request, activities[i]);
    PZ__TRY(pz__write_start(&call, actor, "board.choose", key, &request));
    return pz__call_end(&call, call.repeated ? PZ_OK : choose(&call, assignment, activities, rows));
}
