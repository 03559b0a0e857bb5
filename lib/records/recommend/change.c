/* Changing a recommendation by hand: moves applied, rules held, scored anew by the engine that made it. */
#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "records/access/whom.h"
#include "records/recommend/earlier.h"
#include "records/recommend/read.h"
#include "records/recommend/reason.h"
#include "records/recommend/report.h"
#include "records/recommend/rules.h"
#include "records/recommend/wish.h"
#include "records/types_learning.h"
#include "records/writing.h"

enum { MOST_MOVES = 10000 };

typedef struct change_work {
    pz__call *call;
    const pz_group_move *moves;
    size_t move_count;
    pz__plan before;
    pz__plan after;
    pz__grouping_ask ask;
    pz_id *in_class;
    size_t class_count;
    int32_t *numbers;    /* new number of each old group, from 1; 0: nobody is left in it */
    int32_t group_count; /* before */
    int32_t scored;      /* of the new groups, those with a learner that the engine knows: they come first */
    int32_t groups;
} change_work;

/* ------------------------------------------------------------------------------------------------- moving --- */

static pz_status check_move(const change_work *work, const pz_group_move *move, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (work->moves[k].learner == move->learner)
            return pz__fail(PZ_E_INVALID, "moves", NULL, "Moves %zu and %zu are of one learner.", k, i);
    if (move->group_no < 0 || move->group_no > work->group_count + 1)
        return pz__fail(PZ_E_INVALID, "group_no", "0 takes the learner out; one more than the last group opens a new one.",
                        "Move %zu: there is no group %d.", i, (int)move->group_no);
    if (pz__plan_place(&work->before, move->learner) < work->before.member_count ||
        pz__ids_has(work->in_class, work->class_count, move->learner))
        return PZ_OK;
    return pz__fail(PZ_E_NOT_FOUND, "learner", "pz_person_list() with the class lists who is in it.",
                    "Move %zu: the learner %lld is not in the class.", i, (long long)move->learner);
}

static const pz_group_move *move_of(const change_work *work, pz_id learner)
{
    for (size_t i = 0; i < work->move_count; i++)
        if (work->moves[i].learner == learner) return &work->moves[i];
    return NULL;
}

static pz_status add_member(change_work *work, const pz__plan_member *member, const char *reasons)
{
    pz__plan *after = &work->after;
    PZ__TRY(pz__reserve((void **)&after->members, &after->member_capacity, after->member_count + 1, sizeof *after->members));
    after->members[after->member_count] = *member;
    after->members[after->member_count].reasons = pz__copy_text(reasons, strlen(reasons));
    if (!after->members[after->member_count].reasons) return pz__fail_memory();
    after->member_count++;
    return PZ_OK;
}

static pz_status keep_or_move(change_work *work, const pz__plan_member *member)
{
    const pz_group_move *move = move_of(work, member->learner);
    pz__plan_member moved = *member;
    if (!move) return add_member(work, member, member->reasons);
    if (move->group_no == 0) return PZ_OK;
    moved.group_no = move->group_no;
    moved.by_hand = 1;
    moved.is_locked = 0;
    return add_member(work, &moved, "[{\"code\":\"reason.learner.by_hand\"}]");
}

static int by_learner(const void *a, const void *b)
{
    const pz__plan_member *left = a, *right = b;
    return (left->learner > right->learner) - (left->learner < right->learner);
}

static pz_status move_members(change_work *work)
{
    pz__plan_member fresh = {.struct_size = sizeof fresh};
    for (size_t i = 0; i < work->before.member_count; i++) PZ__TRY(keep_or_move(work, &work->before.members[i]));
    for (size_t i = 0; i < work->move_count; i++) {
        fresh.learner = work->moves[i].learner;
        if (pz__plan_place(&work->before, fresh.learner) == work->before.member_count) PZ__TRY(keep_or_move(work, &fresh));
    }
    if (work->after.member_count == 0)
        return pz__fail(PZ_E_INVALID, "moves", "Reject the recommendation instead.", "Nobody would be left in any group.");
    qsort(work->after.members, work->after.member_count, sizeof *work->after.members, by_learner);
    return PZ_OK;
}

/* ----------------------------------------------------------------------------------------------- numbering --- */

static int is_scored(const change_work *work, int32_t group_no)
{
    for (size_t i = 0; i < work->after.member_count; i++)
        if (work->after.members[i].group_no == group_no &&
            pz__grouping_ask_place(&work->ask, work->after.members[i].learner) < work->ask.learner_count)
            return 1;
    return 0;
}

/* Groups that nobody is left in go; groups of late joiners alone, whom the engine does not know, come last. */
static pz_status number_groups(change_work *work)
{
    int32_t count = work->group_count + 1;
    work->numbers = pz__alloc_zero((size_t)count + 1, sizeof *work->numbers);
    if (!work->numbers) return pz__fail_memory();
    for (int32_t k = 1; k <= count; k++)
        if (is_scored(work, k)) work->numbers[k] = ++work->groups;
    work->scored = work->groups;
    for (int32_t k = 1; k <= count; k++)
        if (!work->numbers[k] && pz__plan_size(&work->after, k)) work->numbers[k] = ++work->groups;
    for (size_t i = 0; i < work->after.member_count; i++) work->after.members[i].group_no = work->numbers[work->after.members[i].group_no];
    return PZ_OK;
}

/* ------------------------------------------------------------------------------------------------- rules --- */

/* A move overrides the lock of the same learner; locks of others follow their group. */
static void move_locks(change_work *work)
{
    size_t kept = 0;
    for (size_t i = 0; i < work->ask.rule_count; i++) {
        pz_grouping_rule rule = work->ask.rules[i];
        if (rule.kind == PZ_RULE_LOCKED || rule.kind == PZ_RULE_ALLOWED) {
            if (rule.kind == PZ_RULE_LOCKED && move_of(work, rule.learner)) continue;
            if (rule.group_no <= work->group_count && work->numbers[rule.group_no])
                rule.group_no = work->numbers[rule.group_no];
            else if (rule.kind == PZ_RULE_ALLOWED && rule.group_no <= work->group_count)
                rule.group_no = 0; /* gone: nobody can be in it */
        }
        work->ask.rules[kept++] = rule;
    }
    work->ask.rule_count = kept;
}

static int32_t group_of(const pz__plan *plan, pz_id learner)
{
    size_t place = pz__plan_place(plan, learner);
    return place < plan->member_count ? plan->members[place].group_no : 0;
}

static pz_status check_rule(const pz__plan *plan, const pz_grouping_rule *rule)
{
    int32_t group = group_of(plan, rule->learner), other = group_of(plan, rule->other);
    if (rule->kind == PZ_RULE_TOGETHER && group && other && group != other)
        return pz__fail(PZ_E_INFEASIBLE, "moves", "Move both, or neither.", "The rule that %lld and %lld are together would be broken.",
                        (long long)rule->learner, (long long)rule->other);
    if (rule->kind == PZ_RULE_APART && group && group == other)
        return pz__fail(PZ_E_INFEASIBLE, "moves", "Move one of them to another group.",
                        "The rule that %lld and %lld are apart would be broken.", (long long)rule->learner, (long long)rule->other);
    if (rule->kind == PZ_RULE_LOCKED && group && group != rule->group_no)
        return pz__fail(PZ_E_INFEASIBLE, "moves", "Move that learner as well.", "The rule that %lld is in group %d would be broken.",
                        (long long)rule->learner, (int)rule->group_no);
    if (rule->kind == PZ_RULE_ABSENT && group)
        return pz__fail(PZ_E_INFEASIBLE, "moves", "Make a new recommendation without the rule.",
                        "The rule that %lld is absent would be broken.", (long long)rule->learner);
    if (rule->kind == PZ_RULE_OPTED_OUT && group)
        return pz__fail(PZ_E_INFEASIBLE, "moves", "Ask them, then make a new recommendation without the rule.",
                        "The rule that %lld opted out would be broken.", (long long)rule->learner);
    return PZ_OK;
}

/* Groups are not laid out yet: their numbers are all that rules of sets need. */
static pz_status check_more(const change_work *work, size_t i)
{
    const pz_grouping_rule *rule = &work->ask.rules[i];
    pz__plan numbered = work->after;
    pz__plan_group *groups;
    int holds = 1;
    if (rule->kind != PZ_RULE_ALLOWED && !pz__grouping_rule_is_of_set(rule)) return PZ_OK;
    groups = pz__alloc_zero((size_t)work->groups + 1, sizeof *groups);
    if (!groups) return pz__fail_memory();
    for (int32_t g = 0; g < work->groups; g++) groups[g].group_no = g + 1;
    numbered.groups = groups;
    numbered.group_count = (size_t)work->groups;
    holds = pz__grouping_rule_holds(&numbered, &work->ask, i);
    pz__release(groups);
    if (holds) return PZ_OK;
    if (rule->kind == PZ_RULE_ALLOWED)
        return pz__fail(PZ_E_INFEASIBLE, "moves", "Move that learner to one of them.",
                        "The rule that names the groups allowed to %lld would be broken.", (long long)rule->learner);
    if (rule->kind == PZ_RULE_ROLE)
        return pz__fail(PZ_E_INFEASIBLE, "moves", "Move others of the set as well.",
                        "The rule that every group has %d to %d of the learners of set %d would be broken.", (int)rule->least,
                        (int)rule->most, (int)rule->set_no);
    return pz__fail(PZ_E_INFEASIBLE, "moves", "Move others of the set as well.",
                    "The rule that a group has none or at least %d of the learners of set %d would be broken.", (int)rule->least,
                    (int)rule->set_no);
}

static pz_status check_rules(const change_work *work)
{
    for (size_t i = 0; i < work->ask.rule_count; i++) {
        PZ__TRY(check_rule(&work->after, &work->ask.rules[i]));
        PZ__TRY(check_more(work, i));
    }
    return PZ_OK;
}

/* ------------------------------------------------------------------------------------------------- scoring --- */

/* What was known when the groups were recommended: the same numbers as then, from the evidence of then. */
static pz_status collect_then(change_work *work, pz__class_figures *data, pz__class_wishes *wishes)
{
    static const char sql[] = "SELECT since_change, acted_at FROM recommendation WHERE tenant_id = ?1 AND recommendation_id = ?2 "
                              "ORDER BY since_change LIMIT 1";
    pz__call then = *work->call;
    pz__statement *statement;
    pz_status status;
    int row;
    PZ__TRY(pz__db_statement(work->call->db, sql, &statement));
    pz__bind_int(statement, 1, work->call->tenant);
    pz__bind_int(statement, 2, work->before.row.id);
    status = pz__db_step(statement, &row);
    if (row) {
        then.as_of = pz__column_int(statement, 0);
        then.today = pz__store_date(work->call->store, pz__column_time(statement, 1));
        then.is_past = 1;
    }
    pz__db_reset(statement);
    if (status != PZ_OK) return status;
    PZ__TRY(pz__class_figures_collect(&then, work->ask.request.cycle, work->ask.request.framework, work->ask.learners,
                                      work->ask.learner_count, data));
    status = pz__class_wishes_read(&then, &work->ask, wishes);
    if (status != PZ_OK) pz__class_figures_free(data);
    return status;
}

static pz_status take_result(change_work *work, const pz_grouping_result *result)
{
    pz__class_figures data;
    pz__class_wishes wishes;
    pz_grouping_summary *summary;
    pz_status status;
    PZ__TRY(pz_grouping_result_describe(result, &summary));
    work->after.row.objective = summary->objective;
    pz_free(summary);
    PZ__TRY(pz__report_write(result, &work->ask, work->before.row.report, &work->after.row.report));
    PZ__TRY(collect_then(work, &data, &wishes));
    status = pz__plan_fill(&work->after, &work->ask, &data, &wishes, result);
    pz__class_wishes_free(&wishes);
    pz__class_figures_free(&data);
    return status;
}

static pz_status score(change_work *work, const char *problem_json)
{
    size_t count = work->ask.learner_count;
    int32_t *groups = pz__alloc((count + 1) * sizeof *groups);
    pz_grouping_problem *problem = NULL;
    pz_grouping_result *result = NULL;
    pz_status status = groups ? pz_grouping_problem_read(problem_json, PZ_NUL_TERMINATED, &problem) : pz__fail_memory();
    for (size_t i = 0; i < count && groups; i++) groups[i] = group_of(&work->after, work->ask.learners[i]) - 1;
    if (status == PZ_OK) status = pz_grouping_score(problem, groups, count, &result);
    if (status == PZ_OK) status = pz__earlier_need_kept(result, &work->ask);
    if (status == PZ_OK) status = pz__grouping_need_common_time(result);
    if (status == PZ_OK) status = take_result(work, result);
    pz_grouping_result_free(result);
    pz_grouping_problem_free(problem);
    pz__release(groups);
    return status;
}

/* Groups that the engine says nothing of. */
static pz_status add_group(change_work *work, int32_t group_no, pz_id competency, const char *reasons)
{
    pz__plan *after = &work->after;
    pz__plan_group group = {.struct_size = sizeof group, .group_no = group_no, .competency = competency};
    PZ__TRY(pz__reserve((void **)&after->groups, &after->group_capacity, after->group_count + 1, sizeof *after->groups));
    group.reasons = pz__copy_text(reasons, strlen(reasons));
    if (!group.reasons) return pz__fail_memory();
    after->groups[after->group_count++] = group;
    return PZ_OK;
}

static const char by_hand_reasons[] = "[{\"code\":\"reason.group.by_hand\"}]";

/* A member was erased: the numbers of the engine went with it. The groups stay what they were, without a score. */
static pz_status keep_unscored(change_work *work)
{
    work->after.row.objective = PZ_REAL_NONE;
    work->after.row.report = pz__copy_text(work->before.row.report, strlen(work->before.row.report));
    if (!work->after.row.report) return pz__fail_memory();
    for (int32_t number = 1; number <= work->groups; number++) {
        int32_t old = 1;
        while (old <= work->group_count && work->numbers[old] != number) old++;
        if (old <= work->group_count)
            PZ__TRY(add_group(work, number, work->before.groups[old - 1].competency, work->before.groups[old - 1].reasons));
        else
            PZ__TRY(add_group(work, number, 0, by_hand_reasons));
    }
    return PZ_OK;
}

static pz_status score_or_keep(change_work *work)
{
    char *problem;
    pz_status status;
    PZ__TRY(pz__plan_problem(work->call, work->before.row.id, &problem));
    if (!problem || work->scored == 0) {
        pz__release(problem);
        return keep_unscored(work);
    }
    status = score(work, problem);
    pz__release(problem);
    for (int32_t number = work->scored + 1; number <= work->groups && status == PZ_OK; number++)
        status = add_group(work, number, 0, by_hand_reasons);
    return status;
}

/* ------------------------------------------------------------------------------------------------ together --- */

static pz_status copy(const char *text, char **out)
{
    *out = text ? pz__copy_text(text, strlen(text)) : NULL;
    return !text || *out ? PZ_OK : pz__fail_memory();
}

static pz_status start_row(change_work *work)
{
    const pz__recommendation_row *before = &work->before.row;
    pz__recommendation_row *after = &work->after.row;
    *after = *before;
    after->strategy = after->title = after->request = after->problem = after->report = after->note = NULL;
    after->state = PZ_RECOMMENDATION_CHANGED;
    PZ__TRY(copy(before->strategy, &after->strategy));
    PZ__TRY(copy(before->title, &after->title));
    return copy(before->problem, &after->problem);
}

static pz_status change_plan(change_work *work)
{
    pz__buffer request = PZ__BUFFER_INIT;
    work->group_count = (int32_t)work->before.group_count;
    PZ__TRY(start_row(work));
    for (size_t i = 0; i < work->move_count; i++) PZ__TRY(check_move(work, &work->moves[i], i));
    PZ__TRY(move_members(work));
    PZ__TRY(number_groups(work));
    move_locks(work);
    PZ__TRY(check_rules(work));
    PZ__TRY(score_or_keep(work));
    work->ask.request.title = work->after.row.title;
    work->ask.request.title_len = PZ_NUL_TERMINATED;
    work->ask.request.answer_by = work->after.row.answer_by;
    pz__grouping_ask_write(&work->ask, &request);
    PZ__TRY(pz__buffer_take(&request, &work->after.row.request));
    return pz__plan_write(work->call, &work->after, &work->before);
}

static pz_status change(pz__call *call, pz_id id, int64_t version, const pz_group_move *moves, size_t count)
{
    change_work work = {.call = call, .moves = moves, .move_count = count};
    pz_status status;
    PZ__TRY(pz__recommendation_find(call, PZ__ANSWER, id, &work.before));
    status = pz__recommendation_need_open(&work.before, version);
    if (status == PZ_OK) status = pz__grouping_ask_read(work.before.row.request, &work.ask);
    if (status == PZ_OK) status = pz__class_learners(call, work.before.row.class_id, &work.in_class, &work.class_count);
    if (status == PZ_OK) status = change_plan(&work);
    pz__plan_free(&work.before);
    pz__plan_free(&work.after);
    pz__grouping_ask_free(&work.ask);
    pz__release(work.in_class);
    pz__release(work.numbers);
    return status;
}

static pz_status write(pz_actor *actor, pz_id id, int64_t version, const pz_group_move *moves, size_t rows, const char *key,
                       int64_t *out_version)
{
    pz__buffer request = PZ__BUFFER_INIT;
    pz__call call;
    pz_status status = PZ_OK;
    pz__request_int(&request, id);
    pz__request_int(&request, version);
    pz__request_int(&request, (int64_t)rows);
    for (size_t i = 0; i < rows; i++) pz__request_record(&request, &pz__group_move_type, &moves[i]);
    PZ__TRY(pz__write_start(&call, actor, "recommendation.change", key, &request));
    if (!call.repeated) status = change(&call, id, version, moves, rows);
    return pz__call_end_value(&call, status, pz__change_number(call.change), out_version);
}

pz_status pz_recommendation_change(pz_actor *actor, pz_id recommendation, int64_t version, const pz_group_move *const *moves, size_t rows,
                                   const char *key, int64_t *out_version)
{
    pz_group_move *taken;
    pz_status status = PZ_OK;
    if (out_version) *out_version = 0;
    if (!actor) return pz__fail_closed("actor");
    if (!moves || rows == 0) return pz__fail(PZ_E_INVALID, "moves", NULL, "At least one move is needed.");
    if (rows > MOST_MOVES) return pz__fail(PZ_E_TOO_LONG, "rows", NULL, "%zu moves are over the limit of %d.", rows, MOST_MOVES);
    taken = pz__alloc(rows * sizeof *taken);
    if (!taken) return pz__fail_memory();
    for (size_t i = 0; i < rows && status == PZ_OK; i++)
        status = pz__record_take(&pz__group_move_type, moves[i], sizeof taken[i], &taken[i]);
    if (status == PZ_OK) status = write(actor, recommendation, version, taken, rows, key, out_version);
    pz__release(taken);
    return status;
}
