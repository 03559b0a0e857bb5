/* Why: codes with numbers. Which numbers go with which code is said in the header. */
#include <math.h>

#include "base/fail.h"
#include "grouping/distance.h"
#include "grouping/members.h"
#include "grouping/result.h"

typedef struct telling {
    const pz_grouping_result *result;
    int32_t leading; /* the criterion that weighs most; -1 without criteria */
    pz__members members;
    pz__rows rows;
} telling;

static int32_t leading_criterion(const pz_grouping_result *result)
{
    int32_t leading = -1;
    for (int32_t k = 0; k < result->data->criterion_count; k++)
        if (leading < 0 || result->data->criteria[k].weight > result->data->criteria[leading].weight) leading = k;
    return leading;
}

static void tell(telling *t, int32_t group, int32_t learner, const char *code, int32_t criterion, int32_t column, double value,
                 double other)
{
    pz_grouping_reason reason = {sizeof reason, group, learner, code, criterion, column, value, other};
    pz__rows_add(&t->rows, &reason);
}

static double group_mean(const pz__measure *m, int32_t group, int32_t k)
{
    size_t cell = (size_t)group * (size_t)m->data->criterion_count + (size_t)k;
    return m->counts[cell] ? m->means[k] + m->sums[cell] / m->counts[cell] : PZ_REAL_NONE;
}

static double need_of(const pz_grouping_result *result, int32_t learner, int32_t column)
{
    return result->data->criteria[result->data->needs_at].values[(size_t)learner * (size_t)result->measure.need_columns + (size_t)column];
}

/* --------------------------------------------------------------------------------------------------- groups --- */

static void tell_group_need(telling *t, int32_t group, int32_t k)
{
    const pz_grouping_result *result = t->result;
    double need;
    int32_t focus = pz__measure_focus(&result->measure, group, &need), count = 0;
    for (int32_t i = t->members.first[group]; focus >= 0 && i < t->members.first[group + 1]; i++)
        count += need_of(result, t->members.learners[i], focus) > 0;
    tell(t, group, -1, "reason.group.need", k, focus, count, result->measure.sizes[group]);
}

static void tell_group_range(telling *t, int32_t group, int32_t k)
{
    const pz_grouping_result *result = t->result;
    double least = PZ_REAL_NONE, most = PZ_REAL_NONE;
    for (int32_t i = t->members.first[group]; i < t->members.first[group + 1]; i++) {
        double value = result->data->criteria[k].values[t->members.learners[i]];
        if (isnan(value)) continue;
        if (!(least <= value)) least = value;
        if (!(most >= value)) most = value;
    }
    tell(t, group, -1, "reason.group.alike", k, -1, least, most);
}

static const char *code_of_pairs(const pz__criterion *criterion, const char *close, const char *diverse)
{
    return criterion->direction == PZ_DIRECTION_ALIKE ? close : diverse;
}

static void tell_group_pairs(telling *t, int32_t group, int32_t k)
{
    const pz__measure *m = &t->result->measure;
    double pairs = (double)m->sizes[group] * (m->sizes[group] - 1) / 2, all = (double)m->learners * (m->learners - 1) / 2;
    double within = m->gathered[(size_t)group * (size_t)m->data->criterion_count + (size_t)k];
    tell(t, group, -1, code_of_pairs(&m->data->criteria[k], "reason.group.close", "reason.group.diverse"), k, -1,
         pairs > 0 ? within / pairs : PZ_REAL_NONE, all > 0 ? m->totals[k] / all : PZ_REAL_NONE);
}

static const double *lanes_of(const pz__measure *m, int32_t group)
{
    return m->needs + (size_t)group * (size_t)m->columns + m->need_columns;
}

static void tell_group_lanes(telling *t, int32_t group, int32_t k)
{
    const pz__measure *m = &t->result->measure;
    double value, other;
    if (m->data->criteria[k].kind == PZ__BALANCED) {
        int32_t lane = pz__lanes_widest(&m->lanes, k, lanes_of(m, group), &value, &other);
        tell(t, group, -1, "reason.group.balanced", k, lane < 0 ? -1 : m->lanes.lanes[lane].column, value, other);
        return;
    }
    double open = 0;
    for (int32_t l = 0; l < m->lanes.count; l++)
        if (m->lanes.lanes[l].criterion == k && m->lanes.lanes[l].scale > 0) open += lanes_of(m, group)[2 * l + 1];
    tell(t, group, -1, "reason.group.complementary", k, -1, open - pz__lanes_gather(&m->lanes, k, lanes_of(m, group), NULL, NULL), open);
}

/* Two who sat together before; the others of the group where `learner` is one of the two. */
static int32_t met_before(const telling *t, int32_t group, int32_t learner, int32_t k)
{
    const pz__criterion *criterion = &t->result->data->criteria[k];
    int32_t count = 0, first = t->members.first[group], end = t->members.first[group + 1];
    for (int32_t i = first; i < end; i++) {
        if (learner >= 0 && t->members.learners[i] != learner) continue;
        for (int32_t j = learner >= 0 ? first : i + 1; j < end; j++)
            count += i != j && pz__distance(criterion, (size_t)t->members.learners[i], (size_t)t->members.learners[j]) > 0;
    }
    return count;
}

static void tell_group(telling *t, int32_t group)
{
    const pz__measure *m = &t->result->measure;
    for (int32_t k = 0; k < m->data->criterion_count; k++) {
        const pz__criterion *criterion = &m->data->criteria[k];
        if (criterion->kind == PZ__NEEDS) {
            tell_group_need(t, group, k);
        } else if (pz__is_of_lanes(criterion)) {
            tell_group_lanes(t, group, k);
        } else if (criterion->kind == PZ__EARLIER) {
            double pairs = (double)m->sizes[group] * (m->sizes[group] - 1) / 2;
            tell(t, group, -1, "reason.group.repeats", k, -1, met_before(t, group, -1, k), pairs);
        } else if (pz__is_of_pairs(criterion)) {
            tell_group_pairs(t, group, k);
        } else if (criterion->direction == PZ_DIRECTION_ALIKE) {
            tell_group_range(t, group, k);
        } else {
            tell(t, group, -1, criterion->direction == PZ_DIRECTION_MIXED ? "reason.group.mixed" : "reason.group.balanced", k, -1,
                 group_mean(m, group, k), m->means[k]);
        }
    }
    if (!m->data->criterion_count) tell(t, group, -1, "reason.group.random", -1, -1, m->sizes[group], PZ_REAL_NONE);
}

/* ------------------------------------------------------------------------------------------------- learners --- */

static void tell_need(telling *t, int32_t group, int32_t learner, int32_t k)
{
    const pz_grouping_result *result = t->result;
    double sum, most = 0;
    int32_t focus = pz__measure_focus(&result->measure, group, &sum);
    for (int32_t c = 0; c < result->measure.need_columns; c++) most = fmax(most, need_of(result, learner, c));
    double need = focus >= 0 ? need_of(result, learner, focus) : 0;
    const char *code = !(need > 0) ? "reason.learner.no_need" : need < most ? "reason.learner.need_other" : "reason.learner.need";
    tell(t, group, learner, code, k, focus, need, most);
}

static void tell_value(telling *t, int32_t group, int32_t learner, int32_t k)
{
    const pz__criterion *criterion = &t->result->data->criteria[k];
    double value = criterion->values[learner];
    const char *code = isnan(value)                                 ? "reason.learner.no_value"
                       : criterion->direction == PZ_DIRECTION_ALIKE ? "reason.learner.alike"
                       : criterion->direction == PZ_DIRECTION_MIXED ? "reason.learner.mixed"
                                                                    : "reason.learner.balanced";
    tell(t, group, learner, code, k, -1, value, group_mean(&t->result->measure, group, k));
}

static void tell_pairs(telling *t, int32_t group, int32_t learner, int32_t k)
{
    const pz_grouping_result *result = t->result;
    const pz__criterion *criterion = &result->data->criteria[k];
    double near = 0;
    int32_t others = result->measure.sizes[group] - 1;
    for (int32_t i = t->members.first[group]; i < t->members.first[group + 1]; i++)
        if (t->members.learners[i] != learner) near += pz__distance(criterion, (size_t)learner, (size_t)t->members.learners[i]);
    tell(t, group, learner, code_of_pairs(criterion, "reason.learner.close", "reason.learner.diverse"), k, -1,
         others ? near / others : PZ_REAL_NONE, pz__distance_to_all(criterion, result->group_of, result->data->learners, (size_t)learner));
}

static void tell_lanes(telling *t, int32_t group, int32_t learner, int32_t k)
{
    const pz__measure *m = &t->result->measure;
    const pz__criterion *criterion = &m->data->criteria[k];
    double value, other, filled = 0, open = 0;
    if (criterion->kind == PZ__BALANCED) {
        int32_t lane = pz__lanes_widest(&m->lanes, k, lanes_of(m, group), &value, &other);
        double own = lane < 0 ? PZ_REAL_NONE : pz__lane_value(&m->lanes.lanes[lane], criterion, learner);
        tell(t, group, learner, isnan(own) ? "reason.learner.no_value" : "reason.learner.balanced", k,
             lane < 0 ? -1 : m->lanes.lanes[lane].column, own, value);
        return;
    }
    for (int32_t l = 0; l < m->lanes.count; l++) {
        const pz__lane *lane = &m->lanes.lanes[l];
        if (lane->criterion != k || !(lane->scale > 0) || !(pz__lane_value(lane, criterion, learner) == 0)) continue;
        open++;
        filled += lanes_of(m, group)[2 * l] > 0;
    }
    tell(t, group, learner, "reason.learner.complementary", k, -1, filled, open);
}

static void tell_criterion(telling *t, int32_t group, int32_t learner, int32_t k)
{
    if (t->result->data->criteria[k].kind == PZ__NEEDS) {
        tell_need(t, group, learner, k);
    } else if (pz__is_of_lanes(&t->result->data->criteria[k])) {
        tell_lanes(t, group, learner, k);
    } else if (t->result->data->criteria[k].kind == PZ__EARLIER) {
        tell(t, group, learner, "reason.learner.repeats", k, -1, met_before(t, group, learner, k), t->result->measure.sizes[group] - 1);
    } else if (pz__is_of_pairs(&t->result->data->criteria[k])) {
        tell_pairs(t, group, learner, k);
    } else {
        tell_value(t, group, learner, k);
    }
}

/* A rule that put the learner here weighs more than any criterion. */
static void tell_rules(telling *t, int32_t group, int32_t learner)
{
    const pz_grouping_result *result = t->result;
    for (size_t i = 0; i < result->data->rule_count; i++) {
        const pz__rule *rule = &result->data->rules[i];
        if (rule->kind == PZ_CONSTRAINT_LOCKED && rule->learner == learner && rule->other == group)
            tell(t, group, learner, "reason.learner.locked", -1, -1, group, PZ_REAL_NONE);
        if (rule->kind != PZ_CONSTRAINT_TOGETHER || (rule->learner != learner && rule->other != learner)) continue;
        int32_t other = rule->learner == learner ? rule->other : rule->learner;
        if (result->group_of[other] == group) tell(t, group, learner, "reason.learner.together", -1, -1, other, PZ_REAL_NONE);
    }
}

static void tell_learner(telling *t, int32_t group, int32_t learner)
{
    tell_rules(t, group, learner);
    if (t->leading < 0) {
        tell(t, group, learner, "reason.learner.random", -1, -1, PZ_REAL_NONE, PZ_REAL_NONE);
        return;
    }
    tell_criterion(t, group, learner, t->leading);
    for (int32_t k = 0; k < t->result->data->criterion_count; k++)
        if (k != t->leading) tell_criterion(t, group, learner, k);
}

pz_status pz_grouping_reason_list(const pz_grouping_result *result, pz_grouping_reason ***out_rows, size_t *out_count)
{
    if (!out_rows || !out_count) return pz__fail_null(out_rows ? "out_count" : "out_rows");
    *out_rows = NULL;
    *out_count = 0;
    if (!result) return pz__fail_closed("result");
    telling t = {result, leading_criterion(result), {NULL, NULL}, {0}};
    PZ__TRY(pz__members_make(result->group_of, result->data->learners, result->groups, &t.members));
    pz__rows_start(&t.rows, &pz__grouping_reason_type);
    for (int32_t g = 0; g < result->groups; g++) {
        tell_group(&t, g);
        for (int32_t i = t.members.first[g]; i < t.members.first[g + 1]; i++) tell_learner(&t, g, t.members.learners[i]);
    }
    pz__members_free(&t.members);
    return pz__rows_take(&t.rows, (void ***)out_rows, out_count);
}
