/* Forming groups: what is known of the learners becomes a problem for the engine, and what the engine says becomes a plan. */
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "records/access/whom.h"
#include "records/cycle/find.h"
#include "records/need.h"
#include "records/recommend/earlier.h"
#include "records/recommend/plan.h"
#include "records/recommend/reason.h"
#include "records/recommend/report.h"
#include "records/recommend/rules.h"
#include "records/recommend/strategy.h"
#include "records/recommend/wish.h"
#include "records/types_learning.h"

/* ------------------------------------------------------------------------------------------------- learners --- */

static pz_status fail_not_in_class(size_t i, pz_id learner)
{
    return pz__fail(PZ_E_NOT_FOUND, "learner", "pz_person_list() with the class lists who is in it.",
                    "Rule %zu: the learner %lld is not in the class.", i, (long long)learner);
}

static pz_status check_rules(const pz__grouping_ask *ask, const pz_id *learners, size_t count)
{
    for (size_t i = 0; i < ask->rule_count; i++) {
        const pz_grouping_rule *rule = &ask->rules[i];
        int has_other = rule->kind == PZ_RULE_TOGETHER || rule->kind == PZ_RULE_APART;
        if (rule->kind != PZ_RULE_COMMON_TIME && !pz__ids_has(learners, count, rule->learner)) return fail_not_in_class(i, rule->learner);
        if (has_other && !pz__ids_has(learners, count, rule->other)) return fail_not_in_class(i, rule->other);
    }
    return PZ_OK;
}

/* Who is absent is not in the problem at all. */
static pz_status find_learners(pz__call *call, pz__grouping_ask *ask)
{
    size_t count, kept = 0;
    PZ__TRY(pz__class_learners(call, ask->request.class_id, &ask->learners, &count));
    PZ__TRY(check_rules(ask, ask->learners, count));
    for (size_t i = 0; i < count; i++)
        if (!pz__grouping_ask_is_absent(ask, ask->learners[i])) ask->learners[kept++] = ask->learners[i];
    ask->learner_count = kept;
    if (kept >= 2) return PZ_OK;
    return pz__fail(PZ_E_NOT_ENOUGH, "class_id", NULL, "There are %zu learners to be grouped; at least 2 are needed.", kept);
}

/* -------------------------------------------------------------------------------------------------- problem --- */

/* What is known of a class, as it is asked for. */
typedef struct known {
    pz__class_figures figures;
    pz__earlier earlier;
    pz__class_wishes wishes;
    pz__free_times times;
} known;

static pz_status build(pz_grouping_problem *problem, const pz__grouping_ask *ask, const known *of)
{
    PZ__TRY(pz__strategy_add(problem, ask, &of->figures));
    PZ__TRY(pz__earlier_add(problem, &ask->request, &of->earlier));
    PZ__TRY(pz__class_wishes_add(problem, &of->wishes));
    return pz__grouping_rules_add(problem, ask, &of->times);
}

/* ------------------------------------------------------------------------------------------------- conflicts --- */

static void name_conflict(pz__buffer *words, const pz__grouping_ask *ask, const pz_grouping_check *check)
{
    long long learner = check->learner >= 0 && (size_t)check->learner < ask->learner_count ? (long long)ask->learners[check->learner] : 0;
    long long other = check->other >= 0 && (size_t)check->other < ask->learner_count ? (long long)ask->learners[check->other] : 0;
    if (words->length) pz__buffer_text(words, "; ");
    switch ((pz_grouping_constraint)check->kind) {
    case PZ_CONSTRAINT_SIZE: pz__buffer_text(words, "the sizes and the number of groups"); break;
    case PZ_CONSTRAINT_TOGETHER: pz__buffer_format(words, "%lld together with %lld", learner, other); break;
    case PZ_CONSTRAINT_APART: pz__buffer_format(words, "%lld apart from %lld", learner, other); break;
    case PZ_CONSTRAINT_LOCKED: pz__buffer_format(words, "%lld in group %d", learner, check->group + 1); break;
    case PZ_CONSTRAINT_ALLOWED: pz__buffer_format(words, "the groups allowed to %lld", learner); break;
    case PZ_CONSTRAINT_ABSENT: pz__buffer_format(words, "%lld absent", learner); break;
    case PZ_CONSTRAINT_EARLIER:
        pz__buffer_format(words, "nobody again with whom they were in a group more than %d times", (int)check->most);
        break;
    default: pz__buffer_text(words, check->name ? check->name : "a rule about one group"); break;
    }
}

/* The engine numbers learners; people know ids. */
static pz_status fail_infeasible(const pz_grouping_problem *problem, const pz__grouping_ask *ask)
{
    pz__buffer words = PZ__BUFFER_INIT;
    pz_grouping_check **rows;
    size_t count;
    pz_status status = pz_grouping_conflict_list(problem, &rows, &count);
    if (status == PZ_E_NOMEM) return status;
    for (size_t i = 0; status == PZ_OK && i < count; i++) name_conflict(&words, ask, rows[i]);
    if (status == PZ_OK) pz_free(rows);
    status = pz__fail(PZ_E_INFEASIBLE, "rules", "Drop or change one of them.", "These rules cannot hold together: %s.",
                      words.length ? words.data : "which of them was too hard to tell");
    pz__buffer_free(&words);
    return status;
}

/* ------------------------------------------------------------------------------------------------- filling --- */

static pz_status put_groups(pz__plan *plan, const pz__class_figures *data, const pz__strategy_words *words,
                            const pz_grouping_result *result)
{
    pz_grouping_group **rows;
    size_t count;
    pz_status status;
    PZ__TRY(pz_grouping_group_list(result, &rows, &count));
    status = pz__reserve((void **)&plan->groups, &plan->group_capacity, count, sizeof *plan->groups);
    for (size_t i = 0; i < count && status == PZ_OK; i++) {
        pz__plan_group group = {.struct_size = sizeof group, .group_no = rows[i]->group + 1};
        if (rows[i]->focus >= 0 && (size_t)rows[i]->focus < data->column_count) group.competency = data->columns[rows[i]->focus];
        if (!group.competency) group.competency = pz__strategy_focus(words, rows[i]->group);
        plan->groups[plan->group_count++] = group;
    }
    pz_free(rows);
    return status;
}

static int is_locked(const pz__grouping_ask *ask, pz_id learner)
{
    for (size_t i = 0; i < ask->rule_count; i++)
        if (ask->rules[i].kind == PZ_RULE_LOCKED && ask->rules[i].learner == learner) return 1;
    return 0;
}

static pz_status put_members(pz__plan *plan, const pz__grouping_ask *ask, const pz_grouping_result *result)
{
    int32_t *numbers = pz__alloc((ask->learner_count + 1) * sizeof *numbers);
    pz_status status = numbers ? pz_grouping_result_groups(result, numbers, ask->learner_count) : pz__fail_memory();
    if (status == PZ_OK) status = pz__reserve((void **)&plan->members, &plan->member_capacity, ask->learner_count, sizeof *plan->members);
    for (size_t i = 0; i < ask->learner_count && status == PZ_OK; i++) {
        pz__plan_member member = {.struct_size = sizeof member, .learner = ask->learners[i], .group_no = numbers[i] + 1};
        member.is_locked = is_locked(ask, member.learner);
        if (numbers[i] >= 0) plan->members[plan->member_count++] = member;
    }
    pz__release(numbers);
    return status;
}

/* What the reasons of the engine are told with. */
typedef struct telling {
    pz__plan *plan;
    const pz__grouping_ask *ask;
    const pz__class_figures *data;
    pz__class_wishes *wishes;
    const pz__strategy_words *words;
    pz_grouping_reason **rows;
    size_t count;
} telling;

static void put_reason(pz__json_writer *json, telling *t, const pz_grouping_reason *reason)
{
    int32_t wish = reason->criterion - t->wishes->first;
    if (reason->criterion < 0 || wish < 0 || (size_t)wish >= t->ask->wish_count)
        pz__reason_write(json, reason, t->ask, t->data);
    else
        pz__wish_reason_write(json, t->wishes, (size_t)wish, reason, t->plan);
}

static void put_strategy_word(pz__json_writer *json, const telling *t, const pz_grouping_reason *reason)
{
    if (reason->learner < 0) pz__strategy_group_word(json, t->words, reason->group);
    if (reason->learner >= 0 && (size_t)reason->learner < t->ask->learner_count) pz__strategy_word(json, t->words, (size_t)reason->learner);
}

/* The reasons from `first` on that are of the same group and learner. Returns where they end. */
static pz_status put_reasons(telling *t, size_t *first, int by_hand, char **out_reasons)
{
    pz_grouping_reason *const *rows = t->rows;
    size_t count = t->count;
    pz__buffer text = PZ__BUFFER_INIT;
    pz__json_writer json;
    size_t i = *first;
    pz__json_start(&json, &text);
    pz__json_open_array(&json);
    if (by_hand) pz__reason_write_plain(&json, "reason.learner.by_hand");
    put_strategy_word(&json, t, rows[i]);
    for (; i < count && rows[i]->group == rows[*first]->group && rows[i]->learner == rows[*first]->learner; i++)
        if (!pz__strategy_tells(t->words, rows[i])) put_reason(&json, t, rows[i]);
    if (rows[*first]->learner < 0 && t->ask->request.earlier_most >= 0)
        pz__reason_write_number(&json, "reason.group.earlier_cap", t->ask->request.earlier_most);
    pz__json_close_array(&json);
    *first = i;
    return pz__buffer_take(&text, out_reasons);
}

static pz_status put_reason_of(telling *t, size_t *at)
{
    pz__plan *plan = t->plan;
    const pz__grouping_ask *ask = t->ask;
    const pz_grouping_reason *reason = t->rows[*at];
    char *text, **place = NULL;
    size_t member = plan->member_count;
    if (reason->learner >= 0 && (size_t)reason->learner < ask->learner_count) member = pz__plan_place(plan, ask->learners[reason->learner]);
    PZ__TRY(put_reasons(t, at, member < plan->member_count && plan->members[member].by_hand, &text));
    if (member < plan->member_count) place = &plan->members[member].reasons;
    if (reason->learner < 0 && reason->group >= 0 && (size_t)reason->group < plan->group_count)
        place = &plan->groups[reason->group].reasons;
    if (!place) {
        pz__release(text);
        return PZ_OK;
    }
    pz__release(*place);
    *place = text;
    return PZ_OK;
}

static pz_status need_reasons(char **reasons)
{
    if (*reasons) return PZ_OK;
    *reasons = pz__copy_text("[]", 2);
    return *reasons ? PZ_OK : pz__fail_memory();
}

/* The criteria that come from profiles are the last ones. */
static pz_status find_first_wish(const pz_grouping_result *result, const pz__grouping_ask *ask, int32_t *out_first)
{
    pz_grouping_term **terms;
    size_t count;
    PZ__TRY(pz_grouping_term_list(result, &terms, &count));
    *out_first = (int32_t)count - (int32_t)ask->wish_count;
    pz_free(terms);
    return PZ_OK;
}

static pz_status put_all_reasons(telling *t, const pz_grouping_result *result)
{
    pz__plan *plan = t->plan;
    pz_status status;
    PZ__TRY(find_first_wish(result, t->ask, &t->wishes->first));
    PZ__TRY(pz_grouping_reason_list(result, &t->rows, &t->count));
    status = PZ_OK;
    for (size_t at = 0; at < t->count && status == PZ_OK;) status = put_reason_of(t, &at);
    pz_free(t->rows);
    for (size_t i = 0; i < plan->group_count && status == PZ_OK; i++) status = need_reasons(&plan->groups[i].reasons);
    for (size_t i = 0; i < plan->member_count && status == PZ_OK; i++) status = need_reasons(&plan->members[i].reasons);
    return status;
}

pz_status pz__plan_fill(pz__plan *plan, const pz__grouping_ask *ask, const pz__class_figures *data, pz__class_wishes *wishes,
                        const pz_grouping_result *result)
{
    pz__strategy_words words;
    telling t = {plan, ask, data, wishes, &words, NULL, 0};
    PZ__TRY(pz__strategy_words_make(result, ask, data, &words));
    pz_status status = put_groups(plan, data, &words, result);
    if (status == PZ_OK && plan->member_count == 0) status = put_members(plan, ask, result);
    if (status == PZ_OK) status = put_all_reasons(&t, result);
    pz__strategy_words_free(&words);
    return status;
}

/* ----------------------------------------------------------------------------------------------- together --- */

static pz_status copy(const char *text, size_t length, char **out)
{
    *out = pz__copy_text(text, length == PZ_NUL_TERMINATED ? strlen(text) : length);
    return *out ? PZ_OK : pz__fail_memory();
}

/* The request is kept with the number of steps that were made: with the seed they give the same groups again. */
static pz_status fill_row(pz__plan *plan, pz__grouping_ask *ask, const pz_grouping_problem *problem, const pz_grouping_result *result)
{
    pz__recommendation_row *row = &plan->row;
    pz__buffer request = PZ__BUFFER_INIT;
    pz_grouping_summary *summary;
    PZ__TRY(pz_grouping_result_describe(result, &summary));
    row->objective = row->recommended_objective = summary->objective;
    ask->request.iterations = summary->iterations;
    pz_free(summary);
    row->struct_size = sizeof *row;
    row->class_id = ask->request.class_id;
    row->cycle = ask->request.cycle;
    row->state = PZ_RECOMMENDATION_PROPOSED;
    row->seed = (int64_t)ask->request.seed;
    row->answer_by = ask->request.answer_by;
    PZ__TRY(copy(pz__strategy_names[ask->request.strategy], PZ_NUL_TERMINATED, &row->strategy));
    PZ__TRY(copy(ask->request.title, ask->request.title_len, &row->title));
    pz__grouping_ask_write(ask, &request);
    PZ__TRY(pz__buffer_take(&request, &row->request));
    PZ__TRY(pz_grouping_problem_write(problem, &row->problem));
    return pz__report_write(result, ask, NULL, &row->report);
}

static pz_status solve(pz_grouping_problem *problem, pz__grouping_ask *ask, known *of, pz_progress_fn progress, void *user_data,
                       pz__plan *plan)
{
    pz_grouping_options options = PZ_GROUPING_OPTIONS_INIT;
    pz_grouping_result *result;
    pz_status status;
    options.seed = ask->request.seed;
    options.iterations = ask->request.iterations;
    PZ__TRY(build(problem, ask, of));
    if (progress && progress(0, user_data) != PZ_OK)
        return pz__fail(PZ_E_CANCELLED, "progress", NULL, "The progress callback asked to stop. Nothing was written.");
    status = pz_grouping_solve(problem, &options, progress, user_data, &result);
    if (status == PZ_E_INFEASIBLE) return fail_infeasible(problem, ask);
    if (status != PZ_OK) return status;
    status = fill_row(plan, ask, problem, result);
    if (status == PZ_OK) status = pz__plan_fill(plan, ask, &of->figures, &of->wishes, result);
    pz_grouping_result_free(result);
    return status;
}

static pz_status solve_known(pz__grouping_ask *ask, known *of, pz_progress_fn progress, void *user_data, pz__plan *plan)
{
    const pz_grouping_request *request = &ask->request;
    pz_grouping_problem *problem;
    pz_status status;
    PZ__TRY(pz_grouping_problem_new(ask->learner_count, request->size_min, request->size_max, pz__strategy_groups(ask), &problem));
    status = solve(problem, ask, of, progress, user_data, plan);
    pz_grouping_problem_free(problem);
    return status;
}

static void forget(known *of)
{
    pz__free_times_free(&of->times);
    pz__class_wishes_free(&of->wishes);
    pz__earlier_free(&of->earlier);
    pz__class_figures_free(&of->figures);
}

static pz_status know(pz__call *call, const pz__grouping_ask *ask, known *of)
{
    const pz_grouping_request *request = &ask->request;
    pz_status status;
    memset(of, 0, sizeof *of);
    PZ__TRY(pz__class_figures_collect(call, request->cycle, request->framework, ask->learners, ask->learner_count, &of->figures));
    status = pz__earlier_read(call, ask, &of->earlier);
    if (status == PZ_OK) status = pz__class_wishes_read(call, ask, &of->wishes);
    if (status == PZ_OK) status = pz__free_times_read(call, ask, &of->times);
    if (status != PZ_OK) forget(of);
    return status;
}

pz_status pz__plan_make(pz__call *call, pz__grouping_ask *ask, pz_progress_fn progress, void *user_data, pz__plan *out_plan)
{
    known of;
    pz_cycle *cycle;
    pz_status status;
    memset(out_plan, 0, sizeof *out_plan);
    PZ__TRY(pz__may_class(call, PZ_KIND_RECOMMENDATION, PZ__WRITE, ask->request.class_id, "class_id"));
    PZ__TRY(pz__need_if(call, PZ_KIND_FRAMEWORK, ask->request.framework, "framework"));
    if (ask->request.cycle) {
        PZ__TRY(pz__cycle_find_closed(call, ask->request.cycle, &cycle));
        pz_free(cycle);
    }
    PZ__TRY(find_learners(call, ask));
    PZ__TRY(know(call, ask, &of));
    status = solve_known(ask, &of, progress, user_data, out_plan);
    forget(&of);
    if (status != PZ_OK) pz__plan_free(out_plan);
    return status;
}
