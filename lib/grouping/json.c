/* A problem as JSON and back, to the last bit: numbers are written in the shortest form that reads back to the same double. */
#include <math.h>
#include <string.h>

#include "base/fail.h"
#include "base/json_read.h"
#include "base/json_write.h"
#include "base/memory.h"
#include "grouping/distance.h"

enum { VERSION = 1 };

static const char *const direction_names[] = {"", "alike", "mixed", "balanced", "complementary"};
static const char *const metric_names[] = {"given", "manhattan", "euclidean", "categories", "sets", "times"};
static const char *const rule_names[] = {"",           "",        "together",  "apart", "locked",      "absent", "opted_out",
                                         "group_size", "allowed", "not_alone", "role",  "common_time", "earlier"};

/* ------------------------------------------------------------------------------------------------- writing --- */

static void write_values(pz__json_writer *json, const double *values, size_t count)
{
    pz__json_key(json, "values");
    pz__json_open_array(json);
    for (size_t i = 0; i < count; i++) pz__json_real(json, values[i]);
    pz__json_close_array(json);
}

static void write_criterion(pz__json_writer *json, const pz__criterion *criterion, size_t learners)
{
    pz__json_open_object(json);
    pz__json_put_text(json, "name", criterion->name);
    pz__json_put_real(json, "weight", criterion->weight);
    if (criterion->kind != PZ__NUMERIC) pz__json_put_int(json, "columns", criterion->columns);
    if (criterion->kind != PZ__NEEDS) pz__json_put_text(json, "direction", direction_names[criterion->direction]);
    if (criterion->kind == PZ__EARLIER) {
        pz__json_put_real(json, "decay", criterion->filler);
    } else if (pz__is_of_pairs(criterion) || pz__is_of_lanes(criterion)) {
        pz__json_put_text(json, "metric", metric_names[criterion->metric]);
    }
    write_values(json, criterion->values, learners * (size_t)criterion->columns);
    pz__json_close_object(json);
}

static void write_detail(pz__json_writer *json, const pz__rule_detail *detail, size_t learners)
{
    if (detail->name) pz__json_put_text(json, "name", detail->name);
    if (detail->least >= 0) pz__json_put_int(json, "least", detail->least);
    if (detail->most >= 0) pz__json_put_int(json, "most", detail->most);
    if (detail->groups) {
        pz__json_key(json, "groups");
        pz__json_open_array(json);
        for (int32_t i = 0; i < detail->group_count; i++) pz__json_int(json, detail->groups[i]);
        pz__json_close_array(json);
    }
    if (!detail->values) return;
    pz__json_put_int(json, "columns", detail->columns);
    write_values(json, detail->values, learners * (size_t)detail->columns);
}

static void write_rule(pz__json_writer *json, const pz__rule *rule, size_t learners)
{
    pz__json_open_object(json);
    pz__json_put_text(json, "rule", rule_names[rule->kind]);
    if (rule->learner >= 0) pz__json_put_int(json, "learner", rule->learner);
    if (rule->other >= 0)
        pz__json_put_int(json, rule->kind == PZ_CONSTRAINT_LOCKED || rule->kind == PZ_CONSTRAINT_GROUP_SIZE ? "group" : "other",
                         rule->other);
    if (rule->detail) write_detail(json, rule->detail, learners);
    pz__json_close_object(json);
}

pz_status pz_grouping_problem_write(const pz_grouping_problem *problem, char **out_json)
{
    if (!out_json) return pz__fail_null("out_json");
    *out_json = NULL;
    if (!problem) return pz__fail_closed("problem");
    const pz__grouping_data *data = problem->data;
    pz__buffer out = PZ__BUFFER_INIT;
    pz__json_writer json;
    pz__json_start(&json, &out);
    pz__json_open_object(&json);
    pz__json_put_int(&json, "version", VERSION);
    pz__json_put_int(&json, "learners", (int64_t)data->learners);
    pz__json_put_int(&json, "size_min", data->size_min);
    pz__json_put_int(&json, "size_max", data->size_max);
    pz__json_put_int(&json, "groups", data->groups);
    pz__json_key(&json, "criteria");
    pz__json_open_array(&json);
    for (int32_t k = 0; k < data->criterion_count; k++) write_criterion(&json, &data->criteria[k], data->learners);
    pz__json_close_array(&json);
    pz__json_key(&json, "rules");
    pz__json_open_array(&json);
    for (size_t i = 0; i < data->rule_count; i++) write_rule(&json, &data->rules[i], data->learners);
    pz__json_close_array(&json);
    pz__json_close_object(&json);
    return pz__buffer_take(&out, out_json);
}

/* ------------------------------------------------------------------------------------------------- reading --- */

static pz_status bad(const char *member)
{
    return pz__fail(PZ_E_INVALID, member, NULL, "The member \"%s\" is missing, or is not what it should be.", member);
}

static pz_status read_int(const pz__json_value *object, const char *member, int64_t least, int64_t most, int64_t *out)
{
    if (!pz__json_as_int(pz__json_member(object, member), out) || *out < least || *out > most) return bad(member);
    return PZ_OK;
}

static int word_of(const pz__json_value *object, const char *member, const char *const *words, int count)
{
    const char *text = pz__json_as_text(pz__json_member(object, member));
    for (int i = 1; text && i < count; i++)
        if (words[i][0] && !strcmp(words[i], text)) return i;
    return 0;
}

static pz_status read_values(const pz__json_value *list, size_t count, double *values)
{
    size_t i = 0;
    if (pz__json_kind_of(list) != PZ__JSON_ARRAY || pz__json_size(list) != count) return bad("values");
    for (const pz__json_value *item = pz__json_first(list); item; item = pz__json_next(item), i++) {
        values[i] = PZ_REAL_NONE;
        if (pz__json_kind_of(item) != PZ__JSON_NULL && !pz__json_as_real(item, &values[i])) return bad("values");
    }
    return PZ_OK;
}

static pz_status read_criterion(pz_grouping_problem *problem, const pz__json_value *object)
{
    size_t learners = problem->data->learners;
    const char *name = pz__json_as_text(pz__json_member(object, "name"));
    const pz__json_value *has_columns = pz__json_member(object, "columns");
    int64_t columns = 1;
    double weight, decay;
    const pz__json_value *has_decay = pz__json_member(object, "decay");
    if (!name) return bad("name");
    if (!pz__json_as_real(pz__json_member(object, "weight"), &weight)) return bad("weight");
    if (has_columns) PZ__TRY(read_int(object, "columns", 1, PZ__PAIRS_MAX, &columns));
    int direction = word_of(object, "direction", direction_names, 5);
    const char *metric_name = pz__json_as_text(pz__json_member(object, "metric"));
    int metric = word_of(object, "metric", metric_names, 6);
    if (metric_name && !metric && strcmp(metric_name, metric_names[0]) != 0) return bad("metric");
    if ((!has_columns || metric_name) && !direction) return bad("direction");
    if (has_decay && !pz__json_as_real(has_decay, &decay)) return bad("decay");
    double *values = pz__alloc(learners * (size_t)columns * sizeof *values);
    if (!values) return pz__fail_memory();
    pz_status status = read_values(pz__json_member(object, "values"), learners * (size_t)columns, values);
    if (status == PZ_OK && has_decay) {
        status = pz_grouping_add_earlier(problem, name, values, learners, (size_t)columns, decay, weight);
    } else if (status == PZ_OK && metric) {
        status = pz_grouping_add_features(problem, name, values, learners, (size_t)columns, (pz_grouping_metric)metric,
                                          (pz_grouping_direction)direction, weight);
    } else if (status == PZ_OK && metric_name) {
        status = pz_grouping_add_pairs(problem, name, values, learners, (size_t)columns, (pz_grouping_direction)direction, weight);
    } else if (status == PZ_OK && has_columns) {
        status = pz_grouping_add_needs(problem, name, values, learners, (size_t)columns, weight);
    } else if (status == PZ_OK) {
        status = pz_grouping_add_numeric(problem, name, values, learners, (pz_grouping_direction)direction, weight);
    }
    pz__release(values);
    return status;
}

static pz_status read_allowed(pz_grouping_problem *problem, const pz__json_value *object, int32_t learner)
{
    const pz__json_value *list = pz__json_member(object, "groups");
    if (pz__json_kind_of(list) != PZ__JSON_ARRAY) return bad("groups");
    size_t count = 0;
    int32_t *groups = pz__alloc(pz__json_size(list) * sizeof *groups);
    int64_t group;
    if (!groups) return pz__fail_memory();
    pz_status status = PZ_OK;
    for (const pz__json_value *item = pz__json_first(list); item && status == PZ_OK; item = pz__json_next(item)) {
        if (!pz__json_as_int(item, &group) || group < 0 || group >= PZ__LEARNERS_MAX) status = bad("groups");
        groups[count++] = (int32_t)group;
    }
    if (status == PZ_OK) status = pz_grouping_add_allowed(problem, learner, groups, count);
    pz__release(groups);
    return status;
}

/* A rule about all learners: a name, numbers, and values row by row. */
static pz_status read_wide(pz_grouping_problem *problem, const pz__json_value *object, int kind)
{
    size_t learners = problem->data->learners;
    const char *name = pz__json_as_text(pz__json_member(object, "name"));
    int64_t columns, least = 0, most = 0;
    if (!name) return bad("name");
    PZ__TRY(read_int(object, "columns", 1, PZ__NEEDS_MAX, &columns));
    if (kind != PZ_CONSTRAINT_EARLIER) PZ__TRY(read_int(object, "least", 0, PZ__LEARNERS_MAX, &least));
    if (kind == PZ_CONSTRAINT_ROLE || kind == PZ_CONSTRAINT_EARLIER) PZ__TRY(read_int(object, "most", 0, PZ__LEARNERS_MAX, &most));
    if ((kind == PZ_CONSTRAINT_NOT_ALONE || kind == PZ_CONSTRAINT_ROLE) && columns != 1) return bad("columns");
    double *values = pz__alloc(learners * (size_t)columns * sizeof *values);
    if (!values) return pz__fail_memory();
    pz_status status = read_values(pz__json_member(object, "values"), learners * (size_t)columns, values);
    if (status == PZ_OK && kind == PZ_CONSTRAINT_NOT_ALONE)
        status = pz_grouping_add_not_alone(problem, name, values, learners, (int32_t)least);
    if (status == PZ_OK && kind == PZ_CONSTRAINT_ROLE)
        status = pz_grouping_add_role(problem, name, values, learners, (int32_t)least, (int32_t)most);
    if (status == PZ_OK && kind == PZ_CONSTRAINT_COMMON_TIME)
        status = pz_grouping_add_common_time(problem, name, values, learners, (size_t)columns, (int32_t)least);
    if (status == PZ_OK && kind == PZ_CONSTRAINT_EARLIER)
        status = pz_grouping_add_earlier_cap(problem, name, values, learners, (size_t)columns, (int32_t)most);
    pz__release(values);
    return status;
}

static pz_status read_group_size(pz_grouping_problem *problem, const pz__json_value *object)
{
    int64_t group, least, most;
    PZ__TRY(read_int(object, "group", 0, PZ__LEARNERS_MAX, &group));
    PZ__TRY(read_int(object, "least", 0, PZ__LEARNERS_MAX, &least));
    PZ__TRY(read_int(object, "most", 0, PZ__LEARNERS_MAX, &most));
    return pz_grouping_add_group_size(problem, (int32_t)group, (int32_t)least, (int32_t)most);
}

static pz_status read_rule(pz_grouping_problem *problem, const pz__json_value *object)
{
    int64_t learner, other = 0;
    int kind = word_of(object, "rule", rule_names, (int)(sizeof rule_names / sizeof rule_names[0]));
    if (kind == PZ_CONSTRAINT_GROUP_SIZE) return read_group_size(problem, object);
    if (kind >= PZ_CONSTRAINT_NOT_ALONE) return read_wide(problem, object, kind);
    PZ__TRY(read_int(object, "learner", 0, PZ__LEARNERS_MAX, &learner));
    if (kind == PZ_CONSTRAINT_LOCKED) PZ__TRY(read_int(object, "group", 0, PZ__LEARNERS_MAX, &other));
    if (kind == PZ_CONSTRAINT_TOGETHER || kind == PZ_CONSTRAINT_APART) PZ__TRY(read_int(object, "other", 0, PZ__LEARNERS_MAX, &other));
    switch (kind) {
    case PZ_CONSTRAINT_TOGETHER: return pz_grouping_add_together(problem, (int32_t)learner, (int32_t)other);
    case PZ_CONSTRAINT_APART: return pz_grouping_add_apart(problem, (int32_t)learner, (int32_t)other);
    case PZ_CONSTRAINT_LOCKED: return pz_grouping_add_locked(problem, (int32_t)learner, (int32_t)other);
    case PZ_CONSTRAINT_ABSENT: return pz_grouping_add_absent(problem, (int32_t)learner);
    case PZ_CONSTRAINT_OPTED_OUT: return pz_grouping_add_opted_out(problem, (int32_t)learner);
    case PZ_CONSTRAINT_ALLOWED: return read_allowed(problem, object, (int32_t)learner);
    default: return bad("rule");
    }
}

typedef pz_status (*read_fn)(pz_grouping_problem *problem, const pz__json_value *object);

static pz_status read_list(pz_grouping_problem *problem, const pz__json_value *root, const char *member, read_fn read)
{
    const pz__json_value *list = pz__json_member(root, member);
    if (pz__json_kind_of(list) != PZ__JSON_ARRAY) return bad(member);
    for (const pz__json_value *item = pz__json_first(list); item; item = pz__json_next(item)) {
        if (pz__json_kind_of(item) != PZ__JSON_OBJECT) return bad(member);
        PZ__TRY(read(problem, item));
    }
    return PZ_OK;
}

static pz_status read_problem(const pz__json_value *root, pz_grouping_problem **out_problem)
{
    int64_t version, learners, size_min, size_max, groups;
    if (pz__json_kind_of(root) != PZ__JSON_OBJECT) return bad("version");
    PZ__TRY(read_int(root, "version", VERSION, VERSION, &version));
    PZ__TRY(read_int(root, "learners", 1, PZ__LEARNERS_MAX, &learners));
    PZ__TRY(read_int(root, "size_min", 1, PZ__LEARNERS_MAX, &size_min));
    PZ__TRY(read_int(root, "size_max", 1, PZ__LEARNERS_MAX, &size_max));
    PZ__TRY(read_int(root, "groups", 0, PZ__LEARNERS_MAX, &groups));
    PZ__TRY(pz_grouping_problem_new((size_t)learners, (int32_t)size_min, (int32_t)size_max, (int32_t)groups, out_problem));
    pz_status status = read_list(*out_problem, root, "criteria", read_criterion);
    if (status == PZ_OK) status = read_list(*out_problem, root, "rules", read_rule);
    if (status == PZ_OK) return PZ_OK;
    pz_grouping_problem_free(*out_problem);
    *out_problem = NULL;
    return status;
}

pz_status pz_grouping_problem_read(const char *json, size_t json_len, pz_grouping_problem **out_problem)
{
    if (!out_problem) return pz__fail_null("out_problem");
    *out_problem = NULL;
    if (!json) return pz__fail_null("json");
    pz__json *document;
    PZ__TRY(pz__json_parse(json, json_len, NULL, &document));
    pz_status status = read_problem(pz__json_root(document), out_problem);
    pz__json_free(document);
    return status;
}
