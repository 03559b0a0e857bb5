/* Why, as each mode tells it. Which numbers go with which code is said in the header. */
#include <math.h>

#include "base/fail.h"
#include "grouping/members.h"
#include "grouping/result.h"
#include "grouping/strategy.h"

typedef struct telling {
    const pz_grouping_result *result;
    const pz__criterion *criterion; /* of the mode; NULL for random groups */
    int32_t number;                 /* of the criterion; -1 */
    pz__members members;
    pz__rows *rows;
} telling;

static void tell(const telling *t, int32_t group, int32_t learner, const char *code, int32_t column, double value, double other)
{
    pz_grouping_reason reason = {sizeof reason, group, learner, code, t->number, column, value, other};
    pz__rows_add(t->rows, &reason);
}

static double value_of(const telling *t, size_t learner, int32_t column)
{
    return t->criterion->values[learner * (size_t)t->criterion->columns + (size_t)column];
}

/* Where the group's members begin, and how many they are. */
static const int32_t *members_of(const telling *t, int32_t group, int32_t *out_count)
{
    *out_count = t->members.first[group + 1] - t->members.first[group];
    return t->members.learners + t->members.first[group];
}

/* Members of the group, but one (-1: all), who need a thing or have an interest. */
static int32_t having(const telling *t, int32_t group, int32_t column, int32_t without)
{
    int32_t count = 0, size;
    const int32_t *members = members_of(t, group, &size);
    for (int32_t i = 0; i < size; i++) count += members[i] != without && value_of(t, (size_t)members[i], column) > 0;
    return count;
}

/* ---------------------------------------------------------------------------------------------------- need --- */

static void need_group(const telling *t, int32_t group)
{
    double need, size = t->result->measure.sizes[group];
    int32_t focus = pz__measure_focus(&t->result->measure, group, &need);
    if (focus < 0) {
        tell(t, group, -1, "reason.need.nothing", -1, 0, size);
        return;
    }
    tell(t, group, -1, "reason.need.group", focus, having(t, group, focus, -1), size);
}

static void need_learner(const telling *t, int32_t group, int32_t learner)
{
    double sum, most = 0;
    int32_t focus = pz__measure_focus(&t->result->measure, group, &sum);
    for (int32_t c = 0; c < t->criterion->columns; c++) most = fmax(most, value_of(t, (size_t)learner, c));
    double need = focus < 0 ? 0 : value_of(t, (size_t)learner, focus);
    const char *code = focus < 0 ? "reason.need.free" : need > 0 ? "reason.need.learner" : "reason.need.helper";
    tell(t, group, learner, code, focus, need, most);
}

/* ----------------------------------------------------------------------------------------- readiness, mixed --- */

static void range_of(const telling *t, int32_t group, const char *code, const char *nothing)
{
    double least = PZ_REAL_NONE, most = PZ_REAL_NONE;
    int32_t size;
    const int32_t *members = members_of(t, group, &size);
    for (int32_t i = 0; i < size; i++) {
        double value = value_of(t, (size_t)members[i], 0);
        if (isnan(value)) continue;
        if (!(least <= value)) least = value;
        if (!(most >= value)) most = value;
    }
    tell(t, group, -1, isnan(least) ? nothing : code, -1, least, most);
}

/* The mean of a group's known values, without one learner or with all (-1). */
static double mean_of(const telling *t, int32_t group, int32_t without)
{
    double sum = 0, count = 0;
    int32_t size;
    const int32_t *members = members_of(t, group, &size);
    for (int32_t i = 0; i < size; i++) {
        double value = value_of(t, (size_t)members[i], 0);
        if (isnan(value) || members[i] == without) continue;
        sum += value;
        count++;
    }
    return count > 0 ? sum / count : PZ_REAL_NONE;
}

static void readiness_group(const telling *t, int32_t group)
{
    range_of(t, group, "reason.readiness.group", "reason.readiness.nothing");
}

static void readiness_learner(const telling *t, int32_t group, int32_t learner)
{
    double value = value_of(t, (size_t)learner, 0);
    tell(t, group, learner, isnan(value) ? "reason.readiness.unknown" : "reason.readiness.learner", -1, value, mean_of(t, group, -1));
}

static void mixed_group(const telling *t, int32_t group)
{
    range_of(t, group, "reason.mixed.group", "reason.mixed.nothing");
}

static void mixed_learner(const telling *t, int32_t group, int32_t learner)
{
    double value = value_of(t, (size_t)learner, 0), others = mean_of(t, group, learner);
    const char *code = isnan(value) ? "reason.mixed.unknown" : isnan(others) ? "reason.mixed.alone" : "reason.mixed.learner";
    tell(t, group, learner, code, -1, value, others);
}

/* ------------------------------------------------------------------------------------------------ interest --- */

static void interest_group(const telling *t, int32_t group)
{
    int32_t best = -1, most = 1, size = t->result->measure.sizes[group];
    for (int32_t c = 0; c < t->criterion->columns; c++) {
        int32_t count = having(t, group, c, -1);
        if (count > most) most = count, best = c;
    }
    if (best >= 0)
        tell(t, group, -1, "reason.interest.group", best, most, size);
    else
        tell(t, group, -1, "reason.interest.nothing", -1, 0, size);
}

static void interest_learner(const telling *t, int32_t group, int32_t learner)
{
    int32_t best = -1, most = 0, known = 0, others = t->result->measure.sizes[group] - 1;
    for (int32_t c = 0; c < t->criterion->columns; c++) {
        double own = value_of(t, (size_t)learner, c);
        known += !isnan(own);
        if (!(own > 0)) continue;
        int32_t count = having(t, group, c, learner);
        if (count > most) most = count, best = c;
    }
    if (best >= 0)
        tell(t, group, learner, "reason.interest.learner", best, most, others);
    else
        tell(t, group, learner, known ? "reason.interest.alone" : "reason.interest.unknown", -1, known ? 0 : PZ_REAL_NONE, others);
}

/* -------------------------------------------------------------------------------------------------- random --- */

static void random_group(const telling *t, int32_t group)
{
    tell(t, group, -1, "reason.random.group", -1, t->result->measure.sizes[group], PZ_REAL_NONE);
}

static void random_learner(const telling *t, int32_t group, int32_t learner)
{
    tell(t, group, learner, "reason.random.learner", -1, PZ_REAL_NONE, PZ_REAL_NONE);
}

/* ----------------------------------------------------------------------------------------- jigsaw, custom --- */

/* Groups of pz_grouping_jigsaw() are the parts. */
static void jigsaw_group(const telling *t, int32_t group)
{
    tell(t, group, -1, "reason.jigsaw.group", -1, group + 1, t->result->measure.sizes[group]);
}

static void jigsaw_learner(const telling *t, int32_t group, int32_t learner)
{
    tell(t, group, learner, "reason.jigsaw.learner", -1, group + 1, t->result->measure.sizes[group] - 1);
}

static void custom_group(const telling *t, int32_t group)
{
    tell(t, group, -1, "reason.custom.group", -1, t->result->measure.sizes[group], PZ_REAL_NONE);
}

static void custom_learner(const telling *t, int32_t group, int32_t learner)
{
    tell(t, group, learner, "reason.custom.learner", -1, PZ_REAL_NONE, PZ_REAL_NONE);
}

/* ---------------------------------------------------------------------------------------------------- list --- */

typedef struct way {
    pz__criterion_kind kind;
    int32_t direction; /* 0: any */
    int32_t metric;    /* 0: any */
    void (*group)(const telling *t, int32_t group);
    void (*learner)(const telling *t, int32_t group, int32_t learner);
} way;

static const way ways[] = {
    [PZ_MODE_NEED] = {PZ__NEEDS, 0, 0, need_group, need_learner},
    [PZ_MODE_READINESS] = {PZ__NUMERIC, PZ_DIRECTION_ALIKE, 0, readiness_group, readiness_learner},
    [PZ_MODE_MIXED] = {PZ__NUMERIC, PZ_DIRECTION_MIXED, 0, mixed_group, mixed_learner},
    [PZ_MODE_INTEREST] = {PZ__FEATURES, 0, PZ_METRIC_SETS, interest_group, interest_learner},
    [PZ_MODE_RANDOM] = {PZ__NUMERIC, 0, 0, random_group, random_learner},
    [PZ_MODE_JIGSAW] = {PZ__NUMERIC, 0, 0, jigsaw_group, jigsaw_learner},
    [PZ_MODE_CUSTOM] = {PZ__NUMERIC, 0, 0, custom_group, custom_learner},
};

static int32_t criterion_for(const pz__grouping_data *data, const way *w)
{
    for (int32_t k = 0; k < data->criterion_count; k++) {
        const pz__criterion *criterion = &data->criteria[k];
        if (criterion->kind == w->kind && (!w->direction || criterion->direction == w->direction) &&
            (!w->metric || criterion->metric == w->metric))
            return k;
    }
    return -1;
}

pz_status pz_grouping_mode_reason_list(const pz_grouping_result *result, pz_grouping_mode mode, pz_grouping_reason ***out_rows,
                                       size_t *out_count)
{
    if (!out_rows || !out_count) return pz__fail_null(out_rows ? "out_count" : "out_rows");
    *out_rows = NULL;
    *out_count = 0;
    if (!result) return pz__fail_closed("result");
    if (mode < PZ_MODE_NEED || mode > PZ_MODE_CUSTOM) return pz__fail(PZ_E_INVALID, "mode", NULL, "%d is none of the modes.", (int)mode);
    telling t = {result, NULL, -1, {NULL, NULL}, NULL};
    if (mode < PZ_MODE_RANDOM) {
        t.number = criterion_for(result->data, &ways[mode]);
        if (t.number < 0)
            return pz__fail(PZ_E_INVALID, "mode", "Ask for the mode that the problem was made for.",
                            "The problem has no criterion of the kind that this mode uses.");
        t.criterion = &result->data->criteria[t.number];
    }
    pz__rows rows;
    PZ__TRY(pz__members_make(result->group_of, result->data->learners, result->groups, &t.members));
    pz__rows_start(&rows, &pz__grouping_reason_type);
    t.rows = &rows;
    for (int32_t g = 0; g < result->groups; g++) {
        int32_t size;
        const int32_t *members = members_of(&t, g, &size);
        ways[mode].group(&t, g);
        for (int32_t i = 0; i < size; i++) ways[mode].learner(&t, g, members[i]);
    }
    pz__members_free(&t.members);
    return pz__rows_take(&rows, (void ***)out_rows, out_count);
}
