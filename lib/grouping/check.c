/* Does a division keep the rules? Counted from the groups alone, with nothing that a search keeps up to date. */
#include "base/fail.h"
#include "base/memory.h"
#include "grouping/result.h"
#include "grouping/rules.h"

typedef struct checking {
    const pz_grouping_result *result;
    pz__rows *rows; /* NULL: only counts what is broken */
    int32_t broken;
} checking;

static void tell(checking *c, const pz_grouping_check *row)
{
    c->broken += !row->holds;
    if (c->rows) pz__rows_add(c->rows, row);
}

pz_grouping_check pz__check_of(const pz__grouping_data *data, size_t rule)
{
    const pz__rule *r = &data->rules[rule];
    int names_group = r->kind == PZ_CONSTRAINT_LOCKED || r->kind == PZ_CONSTRAINT_GROUP_SIZE;
    pz_grouping_check row = {
        sizeof row, r->kind, r->learner, names_group ? -1 : r->other, names_group ? r->other : -1, 0, NULL, (int32_t)rule, -1, -1, -1};
    if (!r->detail) return row;
    row.name = r->detail->name;
    row.least = r->detail->least;
    row.most = r->detail->most;
    return row;
}

static int32_t count_flagged(const pz_grouping_result *result, const pz__rule_detail *detail, int32_t group)
{
    int32_t count = 0;
    for (size_t i = 0; i < result->data->learners; i++) count += result->group_of[i] == group && detail->values[i] != 0;
    return count;
}

static int32_t count_slots(const pz_grouping_result *result, const pz__rule_detail *detail, int32_t group)
{
    int32_t count = 0;
    for (int32_t s = 0; s < detail->columns; s++) {
        int is_open = 1;
        for (size_t i = 0; i < result->data->learners && is_open; i++)
            if (result->group_of[i] == group) is_open = detail->values[i * (size_t)detail->columns + (size_t)s] != 0;
        count += is_open;
    }
    return count;
}

static void check_groups(checking *c, size_t rule)
{
    const pz__rule_detail *detail = c->result->data->rules[rule].detail;
    for (int32_t g = 0; g < c->result->groups; g++) {
        pz_grouping_check row = pz__check_of(c->result->data, rule);
        row.group = g;
        row.count = row.kind == PZ_CONSTRAINT_COMMON_TIME ? count_slots(c->result, detail, g) : count_flagged(c->result, detail, g);
        row.holds = row.count >= detail->least;
        if (row.kind == PZ_CONSTRAINT_ROLE) row.holds &= row.count <= detail->most;
        if (row.kind == PZ_CONSTRAINT_NOT_ALONE) row.holds |= row.count == 0;
        tell(c, &row);
    }
}

/* One row where nobody meets again, or one for each two who do. */
static void check_earlier(checking *c, size_t rule)
{
    const pz_grouping_result *result = c->result;
    const pz__rule_detail *detail = result->data->rules[rule].detail;
    pz_grouping_check row = pz__check_of(result->data, rule);
    int32_t before = c->broken;
    for (size_t i = 0; i < result->data->learners; i++) {
        for (size_t j = i + 1; j < result->data->learners && result->group_of[i] >= 0; j++) {
            if (result->group_of[i] != result->group_of[j] || pz__times_together(detail, i, j) <= detail->most) continue;
            row.learner = (int32_t)i;
            row.other = (int32_t)j;
            row.group = result->group_of[i];
            row.count = pz__times_together(detail, i, j);
            tell(c, &row);
        }
    }
    if (c->broken > before) return;
    row.holds = 1;
    tell(c, &row);
}

static int is_allowed(const pz__rule_detail *detail, int32_t group)
{
    for (int32_t i = 0; i < detail->group_count; i++)
        if (detail->groups[i] == group) return 1;
    return 0;
}

static int rule_holds(const pz_grouping_result *result, const pz__rule *rule)
{
    int32_t group = result->group_of[rule->learner];
    if (pz__is_of_absent(rule)) return group < 0;
    if (group < 0) return 1; /* whoever is not there breaks no rule */
    if (rule->kind == PZ_CONSTRAINT_LOCKED) return group == rule->other;
    if (rule->kind == PZ_CONSTRAINT_ALLOWED) return is_allowed(rule->detail, group);
    if (result->group_of[rule->other] < 0) return 1;
    return (group == result->group_of[rule->other]) == (rule->kind == PZ_CONSTRAINT_TOGETHER);
}

/* A group that has sizes of its own is checked by its rule. */
static int has_own_size(const pz__grouping_data *data, int32_t group)
{
    for (size_t i = 0; i < data->rule_count; i++)
        if (data->rules[i].kind == PZ_CONSTRAINT_GROUP_SIZE && data->rules[i].other == group) return 1;
    return 0;
}

static void check_sizes(checking *c)
{
    const pz__grouping_data *data = c->result->data;
    for (int32_t g = 0; g < c->result->groups; g++) {
        int32_t size = c->result->measure.sizes[g];
        if (has_own_size(data, g)) continue;
        pz_grouping_check row = {
            sizeof row, PZ_CONSTRAINT_SIZE, size,          -1, g, size >= data->size_min && size <= data->size_max, NULL, -1,
            size,       data->size_min,     data->size_max};
        tell(c, &row);
    }
}

static void check_rule(checking *c, size_t i)
{
    const pz_grouping_result *result = c->result;
    const pz__rule *rule = &result->data->rules[i];
    pz_grouping_check row = pz__check_of(result->data, i);
    switch (rule->kind) {
    case PZ_CONSTRAINT_NOT_ALONE:
    case PZ_CONSTRAINT_ROLE:
    case PZ_CONSTRAINT_COMMON_TIME: check_groups(c, i); return;
    case PZ_CONSTRAINT_EARLIER: check_earlier(c, i); return;
    case PZ_CONSTRAINT_GROUP_SIZE:
        row.count = rule->other < result->groups ? result->measure.sizes[rule->other] : 0;
        row.holds = row.count >= row.least && row.count <= row.most;
        break;
    default:
        row.holds = rule_holds(result, rule);
        if (rule->kind == PZ_CONSTRAINT_ALLOWED) row.group = result->group_of[rule->learner];
        break;
    }
    tell(c, &row);
}

int32_t pz__result_check(const pz_grouping_result *result, pz__rows *rows)
{
    checking c = {result, rows, 0};
    check_sizes(&c);
    for (size_t i = 0; i < result->data->rule_count; i++) check_rule(&c, i);
    return c.broken;
}

pz_status pz_grouping_check_list(const pz_grouping_result *result, pz_grouping_check ***out_rows, size_t *out_count)
{
    if (!out_rows || !out_count) return pz__fail_null(out_rows ? "out_count" : "out_rows");
    *out_rows = NULL;
    *out_count = 0;
    if (!result) return pz__fail_closed("result");
    pz__rows rows;
    pz__rows_start(&rows, &pz__grouping_check_type);
    pz__result_check(result, &rows);
    return pz__rows_take(&rows, (void ***)out_rows, out_count);
}
