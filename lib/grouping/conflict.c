#include "grouping/conflict.h"

#include <string.h>

#include "base/buffer.h"
#include "base/fail.h"
#include "base/memory.h"
#include "grouping/result.h"

/* Can everything but the skipped rules hold? Without sizes, groups are of any size and there are as many as learners. */
static pz_status ask(const pz__grouping_data *data, const uint8_t *skip, int with_sizes, pz__placed *out_placed)
{
    pz__units units;
    PZ__TRY(pz__units_make(data, skip, &units));
    int32_t groups = 0, *of_unit = pz__alloc((size_t)(units.count + 1) * sizeof *of_unit);
    pz_status status = of_unit ? PZ_OK : pz__fail_memory();
    if (status == PZ_OK && with_sizes) {
        status = pz__place_any(data, &units, NULL, of_unit, &groups, out_placed);
    } else if (status == PZ_OK) {
        groups = units.learners > units.named_max ? units.learners : units.named_max + 1;
        status = pz__place(&units, groups, 0, units.learners, NULL, of_unit, out_placed);
    }
    pz__release(of_unit);
    pz__units_free(&units);
    return status;
}

/* Leaves out one rule after the other, and keeps out those without which the rest clashes still: what is left is a smallest set in the sense that none
 * of it can be spared (deletion filter, Chinneck and Dravnieks 1991). */
static pz_status filter(const pz__grouping_data *data, uint8_t *skip, int *out_sizes, pz__placed *out_placed)
{
    *out_sizes = 1;
    PZ__TRY(ask(data, skip, 1, out_placed));
    if (*out_placed != PZ__IMPOSSIBLE) return PZ_OK;
    pz__placed placed;
    PZ__TRY(ask(data, skip, 0, &placed));
    if (placed == PZ__IMPOSSIBLE) *out_sizes = 0;
    for (size_t i = 0; i < data->rule_count; i++) {
        if (pz__is_of_absent(&data->rules[i])) continue; /* who is absent only makes it easier, but for the sizes */
        skip[i] = 1;
        PZ__TRY(ask(data, skip, *out_sizes, &placed));
        if (placed != PZ__IMPOSSIBLE) skip[i] = 0;
    }
    return PZ_OK;
}

static int is_named(const pz__grouping_data *data, const uint8_t *skip, size_t rule)
{
    return !skip[rule] && !pz__is_of_absent(&data->rules[rule]);
}

pz_status pz_grouping_conflict_list(const pz_grouping_problem *problem, pz_grouping_check ***out_rows, size_t *out_count)
{
    if (!out_rows || !out_count) return pz__fail_null(out_rows ? "out_count" : "out_rows");
    *out_rows = NULL;
    *out_count = 0;
    if (!problem) return pz__fail_closed("problem");
    const pz__grouping_data *data = problem->data;
    uint8_t *skip = pz__alloc_zero(data->rule_count, 1);
    if (!skip) return pz__fail_memory();
    int sizes;
    pz__placed placed;
    pz_status status = filter(data, skip, &sizes, &placed);
    if (status == PZ_OK && placed == PZ__UNKNOWN)
        status = pz__fail(PZ_E_NOT_ENOUGH, "rules", "Leave out some of the rules.",
                          "Whether all rules can hold was not found out in %d steps.", PZ__PLACE_STEPS);
    if (status != PZ_OK) {
        pz__release(skip);
        return status;
    }
    pz__rows rows;
    pz__rows_start(&rows, &pz__grouping_check_type);
    if (placed == PZ__IMPOSSIBLE && sizes) {
        pz_grouping_check row = {sizeof row, PZ_CONSTRAINT_SIZE, -1, -1, -1, 0, NULL, -1, -1, data->size_min, data->size_max};
        pz__rows_add(&rows, &row);
    }
    for (size_t i = 0; placed == PZ__IMPOSSIBLE && i < data->rule_count; i++) {
        pz_grouping_check row = pz__check_of(data, i);
        if (is_named(data, skip, i)) pz__rows_add(&rows, &row);
    }
    pz__release(skip);
    return pz__rows_take(&rows, (void ***)out_rows, out_count);
}

static void add_allowed(pz__buffer *words, const pz__rule *rule)
{
    int32_t count = rule->detail->group_count;
    pz__buffer_format(words, "learner %d in group", (int)rule->learner);
    for (int32_t i = 0; i < count && i < 5; i++)
        pz__buffer_format(words, "%s %d", i == 0 ? "" : i + 1 == count ? " or" : ",", (int)rule->detail->groups[i]);
    if (count > 5) pz__buffer_text(words, ", and so on");
}

static void add_flagged(pz__buffer *words, const pz__grouping_data *data, const pz__rule *rule)
{
    int32_t flagged = 0, least = rule->detail->least, most = rule->detail->most;
    for (size_t i = 0; i < data->learners; i++) flagged += rule->detail->values[i] != 0;
    pz__buffer_format(words, "of %d learners (%s) ", (int)flagged, rule->detail->name);
    if (rule->kind == PZ_CONSTRAINT_NOT_ALONE) {
        pz__buffer_format(words, "none or at least %d in each group", (int)least);
    } else if (least == most) {
        pz__buffer_format(words, "%d in each group", (int)least);
    } else {
        pz__buffer_format(words, "%d to %d in each group", (int)least, (int)most);
    }
}

static void add_rule(pz__buffer *words, const pz__grouping_data *data, const pz__rule *rule)
{
    int a = (int)rule->learner, b = (int)rule->other;
    const pz__rule_detail *detail = rule->detail;
    switch (rule->kind) {
    case PZ_CONSTRAINT_TOGETHER: pz__buffer_format(words, "learners %d and %d together", a, b); break;
    case PZ_CONSTRAINT_APART: pz__buffer_format(words, "learners %d and %d apart", a, b); break;
    case PZ_CONSTRAINT_GROUP_SIZE:
        pz__buffer_format(words, "group %d of %d to %d learners", b, (int)detail->least, (int)detail->most);
        break;
    case PZ_CONSTRAINT_ALLOWED: add_allowed(words, rule); break;
    case PZ_CONSTRAINT_NOT_ALONE:
    case PZ_CONSTRAINT_ROLE: add_flagged(words, data, rule); break;
    case PZ_CONSTRAINT_COMMON_TIME:
        pz__buffer_format(words, "at least %d of %d slots free for all of a group (%s)", (int)detail->least, (int)detail->columns,
                          detail->name);
        break;
    case PZ_CONSTRAINT_EARLIER:
        pz__buffer_format(words, "nobody again with whom they sat more than %d times (%s)", (int)detail->most, detail->name);
        break;
    default: pz__buffer_format(words, "learner %d in group %d", a, b); break;
    }
}

static void add_sizes(pz__buffer *words, const pz__grouping_data *data, int32_t learners)
{
    pz__buffer_format(words, "%d learners in groups of %d to %d", (int)learners, (int)data->size_min, (int)data->size_max);
    if (data->groups) pz__buffer_format(words, ", %d groups", (int)data->groups);
}

pz_status pz__conflict_fail(const pz__grouping_data *data, const pz__units *units, pz__placed placed)
{
    static const char hint[] = "Leave out one of them, or widen the sizes.";
    if (placed == PZ__UNKNOWN)
        return pz__fail(PZ_E_INFEASIBLE, "rules", "Leave out some of the rules.", "No division that keeps all rules was found in %d steps.",
                        PZ__PLACE_STEPS);
    uint8_t *skip = pz__alloc_zero(data->rule_count, 1);
    int sizes = 1;
    if (!skip) return pz__fail_memory();
    pz_status status = filter(data, skip, &sizes, &placed);
    pz__buffer words = PZ__BUFFER_INIT;
    int named = 0;
    if (sizes) add_sizes(&words, data, units->learners);
    for (size_t i = 0; status == PZ_OK && i < data->rule_count; i++) {
        if (!is_named(data, skip, i)) continue;
        if (named++ || sizes) pz__buffer_text(&words, "; ");
        add_rule(&words, data, &data->rules[i]);
        if (named == 12) {
            pz__buffer_text(&words, "; and more");
            break;
        }
    }
    pz__release(skip);
    if (status == PZ_OK && words.status != PZ_OK) status = pz__fail_memory();
    if (status == PZ_OK)
        status = pz__fail(PZ_E_INFEASIBLE, named ? "rules" : "size_min", hint, "These cannot hold together: %s.", words.data);
    pz__buffer_free(&words);
    return status;
}
