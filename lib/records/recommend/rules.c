#include "records/recommend/rules.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/fail.h"
#include "base/map.h"
#include "base/memory.h"
#include "records/profile/feature.h"

/* --------------------------------------------------------------------------------------------------- times --- */

static int asks_for_times(const pz__grouping_ask *ask)
{
    for (size_t i = 0; i < ask->rule_count; i++)
        if (ask->rules[i].kind == PZ_RULE_COMMON_TIME) return 1;
    return 0;
}

/* Numbers the half hours that are named, and marks who is free in them. */
static pz_status mark(const pz__grouping_ask *ask, pz_profile_feature **rows, size_t count, pz__map *places, pz__free_times *times)
{
    for (size_t i = 0; i < count; i++) {
        int64_t column = (int64_t)times->columns;
        if (pz__map_get_text(places, rows[i]->name, strlen(rows[i]->name), &column)) continue;
        PZ__TRY(pz__map_put_text(places, rows[i]->name, strlen(rows[i]->name), column));
        times->columns++;
    }
    times->flags = pz__alloc_zero(ask->learner_count * times->columns + 1, sizeof *times->flags);
    if (!times->flags) return pz__fail_memory();
    for (size_t i = 0, row = 0; i < ask->learner_count; i++) {
        double *own = times->flags + i * times->columns;
        int says = row < count && rows[row]->learner == ask->learners[i];
        for (size_t c = 0; c < times->columns && !says; c++) own[c] = 1;
        for (; row < count && rows[row]->learner == ask->learners[i]; row++) {
            int64_t column = 0;
            pz__map_get_text(places, rows[row]->name, strlen(rows[row]->name), &column);
            own[column] = 1;
        }
    }
    return PZ_OK;
}

pz_status pz__free_times_read(pz__call *call, const pz__grouping_ask *ask, pz__free_times *out_times)
{
    pz_profile_feature **rows;
    size_t count;
    pz__map *places;
    pz_status status;
    memset(out_times, 0, sizeof *out_times);
    if (!asks_for_times(ask)) return PZ_OK;
    PZ__TRY(pz__features_read(call, pz__feature_criterion("times", strlen("times")), ask->learners, ask->learner_count, &rows, &count));
    status = pz__map_new(&places);
    if (status == PZ_OK) {
        status = mark(ask, rows, count, places, out_times);
        pz__map_free(places);
    }
    pz_free(rows);
    if (status == PZ_OK) pz__call_read_class(call, PZ_KIND_PROFILE_ENTRY, ask->request.class_id);
    if (status != PZ_OK) pz__free_times_free(out_times);
    return status;
}

void pz__free_times_free(pz__free_times *times)
{
    pz__release(times->flags);
    memset(times, 0, sizeof *times);
}

/* -------------------------------------------------------------------------------------------------- adding --- */

/* All groups that rules name for the learner of rule `i`. */
static pz_status add_allowed(pz_grouping_problem *problem, const pz__grouping_ask *ask, size_t i, int32_t learner)
{
    int32_t *groups = pz__alloc(ask->rule_count * sizeof *groups);
    size_t count = 0;
    pz_status status = groups ? PZ_OK : pz__fail_memory();
    for (size_t k = i; k < ask->rule_count && groups; k++)
        if (ask->rules[k].kind == PZ_RULE_ALLOWED && ask->rules[k].learner == ask->rules[i].learner)
            groups[count++] = ask->rules[k].group_no - 1;
    if (status == PZ_OK) status = pz_grouping_add_allowed(problem, learner, groups, count);
    pz__release(groups);
    return status;
}

static pz_status add_set(pz_grouping_problem *problem, const pz__grouping_ask *ask, size_t i)
{
    const pz_grouping_rule *rule = &ask->rules[i];
    double *flags = pz__alloc_zero(ask->learner_count, sizeof *flags);
    char name[48];
    pz_status status;
    if (!flags) return pz__fail_memory();
    for (size_t k = i; k < ask->rule_count; k++) {
        const pz_grouping_rule *other = &ask->rules[k];
        size_t place = pz__grouping_ask_place(ask, other->learner);
        if (other->kind == rule->kind && other->set_no == rule->set_no && place < ask->learner_count) flags[place] = 1;
    }
    snprintf(name, sizeof name, "%s of set %d", rule->kind == PZ_RULE_ROLE ? "the role" : "nobody alone", (int)rule->set_no);
    status = rule->kind == PZ_RULE_ROLE ? pz_grouping_add_role(problem, name, flags, ask->learner_count, rule->least, rule->most)
                                        : pz_grouping_add_not_alone(problem, name, flags, ask->learner_count, rule->least);
    pz__release(flags);
    return status;
}

static pz_status add_common_time(pz_grouping_problem *problem, const pz__grouping_ask *ask, const pz__free_times *times, int32_t least)
{
    if (!times->columns) return PZ_OK; /* nobody says anything: all are free always */
    if ((size_t)least > times->columns)
        return pz__fail(PZ_E_INFEASIBLE, "rules", "Ask for less, or for more times in profiles.",
                        "Groups cannot have %d half hours in common: the profiles of the class name %zu.", (int)least, times->columns);
    return pz_grouping_add_common_time(problem, "common time", times->flags, ask->learner_count, times->columns, least);
}

/* A rule that names somebody who is absent asks for nothing. */
static pz_status add_rule(pz_grouping_problem *problem, const pz__grouping_ask *ask, size_t i, const pz__free_times *times)
{
    const pz_grouping_rule *rule = &ask->rules[i];
    size_t learner = pz__grouping_ask_place(ask, rule->learner), other = pz__grouping_ask_place(ask, rule->other);
    int is_there = learner < ask->learner_count, has_other = is_there && other < ask->learner_count;
    switch ((pz_grouping_rule_kind)rule->kind) {
    case PZ_RULE_TOGETHER: return has_other ? pz_grouping_add_together(problem, (int32_t)learner, (int32_t)other) : PZ_OK;
    case PZ_RULE_APART: return has_other ? pz_grouping_add_apart(problem, (int32_t)learner, (int32_t)other) : PZ_OK;
    case PZ_RULE_LOCKED: return is_there ? pz_grouping_add_locked(problem, (int32_t)learner, rule->group_no - 1) : PZ_OK;
    case PZ_RULE_ALLOWED: return is_there && pz__grouping_rule_is_first(ask, i) ? add_allowed(problem, ask, i, (int32_t)learner) : PZ_OK;
    case PZ_RULE_NOT_ALONE:
    case PZ_RULE_ROLE: return pz__grouping_rule_is_first(ask, i) ? add_set(problem, ask, i) : PZ_OK;
    case PZ_RULE_COMMON_TIME: return add_common_time(problem, ask, times, rule->least);
    case PZ_RULE_ABSENT:
    case PZ_RULE_OPTED_OUT: break;
    }
    return PZ_OK;
}

pz_status pz__grouping_rules_add(pz_grouping_problem *problem, const pz__grouping_ask *ask, const pz__free_times *times)
{
    for (size_t i = 0; i < ask->rule_count; i++) PZ__TRY(add_rule(problem, ask, i, times));
    return PZ_OK;
}

/* ------------------------------------------------------------------------------------------------- holding --- */

static int32_t group_of(const pz__plan *plan, pz_id learner)
{
    size_t place = pz__plan_place(plan, learner);
    return place < plan->member_count ? plan->members[place].group_no : 0;
}

/* In one of the groups that any rule names for the learner. */
static int is_allowed(const pz__grouping_ask *ask, pz_id learner, int32_t group)
{
    for (size_t k = 0; k < ask->rule_count; k++)
        if (ask->rules[k].kind == PZ_RULE_ALLOWED && ask->rules[k].learner == learner && ask->rules[k].group_no == group) return 1;
    return !group;
}

static int set_holds(const pz__plan *plan, const pz__grouping_ask *ask, const pz_grouping_rule *rule)
{
    for (size_t g = 0; g < plan->group_count; g++) {
        int32_t count = 0;
        for (size_t k = 0; k < ask->rule_count; k++)
            count += ask->rules[k].kind == rule->kind && ask->rules[k].set_no == rule->set_no &&
                     group_of(plan, ask->rules[k].learner) == plan->groups[g].group_no;
        if (rule->kind == PZ_RULE_NOT_ALONE ? count > 0 && count < rule->least : count < rule->least || count > rule->most) return 0;
    }
    return 1;
}

int pz__grouping_rule_holds(const pz__plan *plan, const pz__grouping_ask *ask, size_t i)
{
    const pz_grouping_rule *rule = &ask->rules[i];
    int32_t group = group_of(plan, rule->learner), other = group_of(plan, rule->other);
    switch ((pz_grouping_rule_kind)rule->kind) {
    case PZ_RULE_TOGETHER: return !group || !other || group == other;
    case PZ_RULE_APART: return !group || !other || group != other;
    case PZ_RULE_LOCKED: return !group || group == rule->group_no;
    case PZ_RULE_ABSENT:
    case PZ_RULE_OPTED_OUT: return !group;
    case PZ_RULE_ALLOWED: return is_allowed(ask, rule->learner, group);
    case PZ_RULE_NOT_ALONE:
    case PZ_RULE_ROLE: return set_holds(plan, ask, rule);
    case PZ_RULE_COMMON_TIME: return !isnan(plan->row.objective);
    }
    return 1;
}

pz_status pz__grouping_need_common_time(const pz_grouping_result *result)
{
    pz_grouping_check **rows;
    size_t count;
    pz_status status = PZ_OK;
    PZ__TRY(pz_grouping_check_list(result, &rows, &count));
    for (size_t i = 0; i < count && status == PZ_OK; i++)
        if (rows[i]->kind == PZ_CONSTRAINT_COMMON_TIME && !rows[i]->holds)
            status = pz__fail(PZ_E_INFEASIBLE, "moves", "Move somebody who is free at other times.",
                              "The rule that all of a group have %d half hours in common would be broken.", (int)rows[i]->least);
    pz_free(rows);
    return status;
}
