/* Rules of a problem: every number is checked on its way in. */
#include "grouping/rules.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "base/text.h"
#include "grouping/distance.h"

static pz_status check(const pz_grouping_problem *problem)
{
    return problem ? PZ_OK : pz__fail_closed("problem");
}

/* ------------------------------------------------------------------------------------ one learner, or two --- */

static pz_status check_learner(const pz_grouping_problem *problem, int32_t learner, const char *field)
{
    if (learner >= 0 && (size_t)learner < problem->data->learners) return PZ_OK;
    return pz__fail(PZ_E_INVALID, field, NULL, "There is no learner %d; they are numbered from 0 to %zu.", (int)learner,
                    problem->data->learners - 1);
}

static pz_status add_pair(pz_grouping_problem *problem, int32_t kind, int32_t learner, int32_t other)
{
    PZ__TRY(check(problem));
    PZ__TRY(check_learner(problem, learner, "learner"));
    PZ__TRY(check_learner(problem, other, "other"));
    if (learner == other) return pz__fail(PZ_E_INVALID, "other", NULL, "The rule names learner %d twice.", (int)learner);
    PZ__TRY(pz__grouping_data_own(problem));
    return pz__rule_add(problem->data, kind, learner, other);
}

pz_status pz_grouping_add_together(pz_grouping_problem *problem, int32_t learner, int32_t other)
{
    return add_pair(problem, PZ_CONSTRAINT_TOGETHER, learner, other);
}

pz_status pz_grouping_add_apart(pz_grouping_problem *problem, int32_t learner, int32_t other)
{
    return add_pair(problem, PZ_CONSTRAINT_APART, learner, other);
}

pz_status pz_grouping_add_locked(pz_grouping_problem *problem, int32_t learner, int32_t group)
{
    PZ__TRY(check(problem));
    PZ__TRY(check_learner(problem, learner, "learner"));
    if (group < 0 || group >= PZ__LEARNERS_MAX)
        return pz__fail(PZ_E_INVALID, "group", NULL, "Groups are numbered from 0 to %d; %d is none.", PZ__LEARNERS_MAX - 1, (int)group);
    PZ__TRY(pz__grouping_data_own(problem));
    return pz__rule_add(problem->data, PZ_CONSTRAINT_LOCKED, learner, group);
}

static pz_status leave_out(pz_grouping_problem *problem, int32_t kind, int32_t learner)
{
    PZ__TRY(check(problem));
    PZ__TRY(check_learner(problem, learner, "learner"));
    PZ__TRY(pz__grouping_data_own(problem));
    return pz__rule_add(problem->data, kind, learner, -1);
}

pz_status pz_grouping_add_absent(pz_grouping_problem *problem, int32_t learner)
{
    return leave_out(problem, PZ_CONSTRAINT_ABSENT, learner);
}

pz_status pz_grouping_add_opted_out(pz_grouping_problem *problem, int32_t learner)
{
    return leave_out(problem, PZ_CONSTRAINT_OPTED_OUT, learner);
}

static int by_number(const void *a, const void *b)
{
    int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    return x < y ? -1 : x > y;
}

pz_status pz_grouping_add_allowed(pz_grouping_problem *problem, int32_t learner, const int32_t *groups, size_t rows)
{
    PZ__TRY(check(problem));
    PZ__TRY(check_learner(problem, learner, "learner"));
    if (!groups) return pz__fail_null("groups");
    if (rows < 1 || rows > PZ__LEARNERS_MAX)
        return pz__fail(PZ_E_INVALID, "rows", "Use pz_grouping_add_absent() for who sits in none.", "A list names 1 to %d groups, not %zu.",
                        PZ__LEARNERS_MAX, rows);
    for (size_t i = 0; i < rows; i++)
        if (groups[i] < 0 || groups[i] >= PZ__LEARNERS_MAX)
            return pz__fail(PZ_E_INVALID, "groups", NULL, "Row %zu has group %d; groups are numbered from 0 to %d.", i, (int)groups[i],
                            PZ__LEARNERS_MAX - 1);
    PZ__TRY(pz__grouping_data_own(problem));
    int32_t *sorted = pz__alloc(rows * sizeof *sorted), count = 0;
    if (!sorted) return pz__fail_memory();
    memcpy(sorted, groups, rows * sizeof *sorted);
    qsort(sorted, rows, sizeof *sorted, by_number);
    for (size_t i = 0; i < rows; i++)
        if (!count || sorted[count - 1] != sorted[i]) sorted[count++] = sorted[i];
    pz__rule_detail detail = {.groups = sorted, .group_count = count, .least = -1, .most = -1};
    pz_status status = pz__rule_add_detail(problem->data, PZ_CONSTRAINT_ALLOWED, learner, -1, &detail);
    pz__release(sorted);
    return status;
}

/* --------------------------------------------------------------------------------------------------- sizes --- */

pz_status pz_grouping_add_group_size(pz_grouping_problem *problem, int32_t group, int32_t size_min, int32_t size_max)
{
    PZ__TRY(check(problem));
    pz__grouping_data *data = problem->data;
    if (!data->groups)
        return pz__fail(PZ_E_INVALID, "group", "Make the problem with a number of groups.",
                        "The problem lets the sizes decide how many groups there are, so that none has a size of its own.");
    if (group < 0 || group >= data->groups)
        return pz__fail(PZ_E_INVALID, "group", NULL, "There are %d groups, numbered from 0; %d is none.", (int)data->groups, (int)group);
    if (size_min < 1 || size_max < size_min || size_max > PZ__LEARNERS_MAX)
        return pz__fail(PZ_E_INVALID, size_min < 1 ? "size_min" : "size_max", NULL,
                        "Sizes go from 1 to %d, the least not above the greatest: %d to %d were given.", PZ__LEARNERS_MAX, (int)size_min,
                        (int)size_max);
    for (size_t i = 0; i < data->rule_count; i++) {
        const pz__rule *rule = &data->rules[i];
        if (rule->kind == PZ_CONSTRAINT_GROUP_SIZE && rule->other == group &&
            (rule->detail->least != size_min || rule->detail->most != size_max))
            return pz__fail(PZ_E_EXISTS, "group", NULL, "Group %d has sizes of its own already, %d to %d.", (int)group,
                            (int)rule->detail->least, (int)rule->detail->most);
    }
    PZ__TRY(pz__grouping_data_own(problem));
    pz__rule_detail detail = {.least = size_min, .most = size_max};
    return pz__rule_add_detail(problem->data, PZ_CONSTRAINT_GROUP_SIZE, -1, group, &detail);
}

/* -------------------------------------------------------------------------------------------- all learners --- */

static pz_status check_rows(const pz_grouping_problem *problem, const char *name, const double *values, const char *field, size_t rows)
{
    size_t length;
    PZ__TRY(check(problem));
    PZ__TRY(pz__text_need(name, PZ_NUL_TERMINATED, (size_t)pz_limit(PZ_LIMIT_TITLE), "name", &length));
    if (!values) return pz__fail_null(field);
    if (rows == problem->data->learners) return PZ_OK;
    return pz__fail(PZ_E_INVALID, "rows", NULL, "There are %zu rows for %zu learners.", rows, problem->data->learners);
}

static pz_status check_flags(const double *values, const char *field, size_t rows, size_t cols)
{
    for (size_t i = 0; i < rows * cols; i++)
        if (values[i] != 0 && values[i] != 1)
            return pz__fail(PZ_E_INVALID, field, NULL, "Row %zu, column %zu is neither 0 nor 1.", i / cols, i % cols);
    return PZ_OK;
}

static pz_status add_counted(pz_grouping_problem *problem, int32_t kind, const char *name, const double *flags, size_t rows, int32_t least,
                             int32_t most)
{
    int32_t counted = 0;
    PZ__TRY(check_flags(flags, "flags", rows, 1));
    for (size_t i = 0; i < problem->data->rule_count; i++) {
        int32_t is_one = problem->data->rules[i].kind;
        counted += is_one == PZ_CONSTRAINT_NOT_ALONE || is_one == PZ_CONSTRAINT_ROLE;
    }
    if (counted == PZ__COUNT_RULES_MAX)
        return pz__fail(PZ_E_LIMIT, "name", NULL, "A problem has at most %d rules that count flagged learners.", PZ__COUNT_RULES_MAX);
    PZ__TRY(pz__grouping_data_own(problem));
    pz__rule_detail detail = {(char *)name, least, most, 1, (double *)flags, NULL, 0};
    return pz__rule_add_detail(problem->data, kind, -1, -1, &detail);
}

pz_status pz_grouping_add_not_alone(pz_grouping_problem *problem, const char *name, const double *flags, size_t rows, int32_t least)
{
    PZ__TRY(check_rows(problem, name, flags, "flags", rows));
    if (least < 2 || least > PZ__LEARNERS_MAX)
        return pz__fail(PZ_E_INVALID, "least", NULL, "Together they are 2 to %d, not %d.", PZ__LEARNERS_MAX, (int)least);
    return add_counted(problem, PZ_CONSTRAINT_NOT_ALONE, name, flags, rows, least, -1);
}

pz_status pz_grouping_add_role(pz_grouping_problem *problem, const char *name, const double *flags, size_t rows, int32_t least,
                               int32_t most)
{
    PZ__TRY(check_rows(problem, name, flags, "flags", rows));
    if (least < 0 || most < least || most < 1 || most > PZ__LEARNERS_MAX)
        return pz__fail(PZ_E_INVALID, least < 0 ? "least" : "most", NULL,
                        "A role goes from 0 to %d learners, the least not above the greatest: %d to %d were given.", PZ__LEARNERS_MAX,
                        (int)least, (int)most);
    return add_counted(problem, PZ_CONSTRAINT_ROLE, name, flags, rows, least, most);
}

pz_status pz_grouping_add_common_time(pz_grouping_problem *problem, const char *name, const double *free_times, size_t rows, size_t cols,
                                      int32_t least)
{
    PZ__TRY(check_rows(problem, name, free_times, "free_times", rows));
    if (cols < 1 || cols > PZ__SLOTS_MAX)
        return pz__fail(PZ_E_INVALID, "cols", NULL, "There are 1 to %d slots, not %zu.", PZ__SLOTS_MAX, cols);
    if (least < 1 || (size_t)least > cols)
        return pz__fail(PZ_E_INVALID, "least", NULL, "Of %zu slots 1 to %zu can be asked for, not %d.", cols, cols, (int)least);
    PZ__TRY(check_flags(free_times, "free_times", rows, cols));
    size_t slots = cols;
    for (size_t i = 0; i < problem->data->rule_count; i++)
        if (problem->data->rules[i].kind == PZ_CONSTRAINT_COMMON_TIME) slots += (size_t)problem->data->rules[i].detail->columns;
    if (slots > PZ__SLOTS_MAX)
        return pz__fail(PZ_E_LIMIT, "cols", NULL, "All rules about common time have at most %d slots, not %zu.", PZ__SLOTS_MAX, slots);
    PZ__TRY(pz__grouping_data_own(problem));
    pz__rule_detail detail = {(char *)name, least, -1, (int32_t)cols, (double *)free_times, NULL, 0};
    return pz__rule_add_detail(problem->data, PZ_CONSTRAINT_COMMON_TIME, -1, -1, &detail);
}

pz_status pz__earlier_check(const double *earlier, size_t rows, size_t cols)
{
    if (cols < 1 || cols > PZ__NEEDS_MAX)
        return pz__fail(PZ_E_INVALID, "cols", NULL, "There are 1 to %d earlier divisions, not %zu.", PZ__NEEDS_MAX, cols);
    for (size_t i = 0; i < rows * cols; i++)
        if (!isnan(earlier[i]) && !(fabs(earlier[i]) < 1e15 && earlier[i] == floor(earlier[i])))
            return pz__fail(PZ_E_INVALID, "earlier", "Give NaN where the learner was in no group.",
                            "Row %zu, column %zu is not a whole number.", i / cols, i % cols);
    return PZ_OK;
}

pz_status pz_grouping_add_earlier_cap(pz_grouping_problem *problem, const char *name, const double *earlier, size_t rows, size_t cols,
                                      int32_t most)
{
    PZ__TRY(check_rows(problem, name, earlier, "earlier", rows));
    if (rows > PZ__PAIRS_MAX)
        return pz__fail(PZ_E_LIMIT, "rows", NULL, "Earlier teammates are looked at for up to %d learners, not %zu.", PZ__PAIRS_MAX, rows);
    PZ__TRY(pz__earlier_check(earlier, rows, cols));
    if (most < 0 || most > PZ__LEARNERS_MAX)
        return pz__fail(PZ_E_INVALID, "most", NULL, "Two may sit together 0 to %d times, not %d.", PZ__LEARNERS_MAX, (int)most);
    PZ__TRY(pz__grouping_data_own(problem));
    pz__rule_detail detail = {(char *)name, -1, most, (int32_t)cols, (double *)earlier, NULL, 0};
    return pz__rule_add_detail(problem->data, PZ_CONSTRAINT_EARLIER, -1, -1, &detail);
}
