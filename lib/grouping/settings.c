/* How groups are formed, without any learner in it. */
#include <math.h>
#include <string.h>

#include "base/fail.h"
#include "base/json_read.h"
#include "base/json_write.h"
#include "base/text.h"
#include "grouping/data.h"
#include "grouping/result.h"
#include "grouping/strategy.h"

enum { VERSION = 1, PARTS_MAX = 256 };

static const char *const direction_names[] = {"", "alike", "mixed", "balanced", "complementary"};
static const char *const metric_names[] = {"", "manhattan", "euclidean", "categories", "sets", "times"};
static const char *const rule_names[] = {"",           "",        "together",  "apart", "locked",      "absent",     "opted_out",
                                         "group_size", "allowed", "not_alone", "role",  "common_time", "earlier_cap"};
static const char *const criterion_names[] = {"numeric", "needs", "pairs", "features", "earlier"};

enum { DIRECTIONS = 5, METRICS = 6, RULES = 13, CRITERIA = 5 };

struct pz_grouping_settings {
    pz_settings_summary summary;
    pz__json *document; /* holds the texts */
    pz_settings_part parts[PARTS_MAX];
    int32_t count;
};

/* ------------------------------------------------------------------------------------------------- writing --- */

/* What the caller gave to have this criterion; columns that are balanced or covered were given as features, or as numbers. */
static const char *kind_of(const pz__criterion *criterion)
{
    if (criterion->kind <= PZ__EARLIER) return criterion_names[criterion->kind];
    return criterion->metric ? "features" : "numeric";
}

static void write_criterion(pz__json_writer *json, const pz__criterion *criterion)
{
    pz__json_open_object(json);
    pz__json_put_text(json, "name", criterion->name);
    pz__json_put_text(json, "kind", kind_of(criterion));
    pz__json_put_real(json, "weight", criterion->weight);
    if (criterion->kind == PZ__EARLIER)
        pz__json_put_real(json, "decay", criterion->filler);
    else if (criterion->direction)
        pz__json_put_text(json, "direction", direction_names[criterion->direction]);
    if (criterion->metric) pz__json_put_text(json, "metric", metric_names[criterion->metric]);
    pz__json_close_object(json);
}

static int is_about_all(int32_t kind)
{
    return kind >= PZ_CONSTRAINT_NOT_ALONE;
}

/* Rules about single learners and groups are told by their kind alone, once. */
static void write_rules(pz__json_writer *json, const pz__grouping_data *data)
{
    int seen[RULES] = {0};
    for (size_t i = 0; i < data->rule_count; i++) {
        const pz__rule *rule = &data->rules[i];
        if (!is_about_all(rule->kind) && seen[rule->kind]++) continue;
        pz__json_open_object(json);
        pz__json_put_text(json, "kind", rule_names[rule->kind]);
        if (is_about_all(rule->kind) && rule->detail) {
            if (rule->detail->name) pz__json_put_text(json, "name", rule->detail->name);
            if (rule->detail->least >= 0) pz__json_put_int(json, "least", rule->detail->least);
            if (rule->detail->most >= 0) pz__json_put_int(json, "most", rule->detail->most);
        }
        pz__json_close_object(json);
    }
}

pz_status pz_grouping_settings_write(const pz_grouping_problem *problem, const char *name, const char *author,
                                     const pz_grouping_options *options, char **out_json)
{
    size_t length, limit = (size_t)pz_limit(PZ_LIMIT_TITLE);
    pz_grouping_options taken;
    if (!out_json) return pz__fail_null("out_json");
    *out_json = NULL;
    if (!problem) return pz__fail_closed("problem");
    PZ__TRY(pz__text_need(name, PZ_NUL_TERMINATED, limit, "name", &length));
    PZ__TRY(pz__text_check(author, PZ_NUL_TERMINATED, limit, "author", &length));
    PZ__TRY(pz__strategy_options(options, &taken));
    pz__buffer out = PZ__BUFFER_INIT, seed = PZ__BUFFER_INIT;
    pz__json_writer json;
    pz__json_start(&json, &out);
    pz__json_open_object(&json);
    pz__json_put_int(&json, "version", VERSION);
    pz__json_put_text(&json, "name", name);
    pz__json_put_text(&json, "author", author);
    pz__json_put_int(&json, "size_min", problem->data->size_min);
    pz__json_put_int(&json, "size_max", problem->data->size_max);
    pz__json_put_int(&json, "groups", problem->data->groups);
    pz__buffer_format(&seed, "%llu", (unsigned long long)taken.seed); /* text: JSON numbers lose whole numbers of this size */
    pz__json_put_text(&json, "seed", seed.status == PZ_OK ? seed.data : NULL);
    pz__json_put_int(&json, "iterations", taken.iterations);
    pz__json_key(&json, "criteria");
    pz__json_open_array(&json);
    for (int32_t k = 0; k < problem->data->criterion_count; k++) write_criterion(&json, &problem->data->criteria[k]);
    pz__json_close_array(&json);
    pz__json_key(&json, "rules");
    pz__json_open_array(&json);
    write_rules(&json, problem->data);
    pz__json_close_array(&json);
    pz__json_close_object(&json);
    pz_status status = seed.status;
    pz__buffer_free(&seed);
    if (status == PZ_OK) return pz__buffer_take(&out, out_json);
    pz__buffer_free(&out);
    return pz__fail_memory();
}

/* ------------------------------------------------------------------------------------------------- reading --- */

static pz_status bad(const char *member)
{
    return pz__fail(PZ_E_INVALID, member, NULL, "The member \"%s\" of the settings is missing, or is not what it should be.", member);
}

static pz_status read_int(const pz__json_value *object, const char *member, int64_t least, int64_t most, int32_t *out)
{
    int64_t value;
    if (!pz__json_as_int(pz__json_member(object, member), &value) || value < least || value > most) return bad(member);
    *out = (int32_t)value;
    return PZ_OK;
}

/* The place of a word in a list, 0 where there is none; a word that is not in the list is a fault. */
static pz_status read_word(const pz__json_value *object, const char *member, const char *const *words, int32_t count, int32_t *out)
{
    const pz__json_value *value = pz__json_member(object, member);
    const char *text = pz__json_as_text(value);
    *out = 0;
    if (!value) return PZ_OK;
    for (int32_t i = 1; text && i < count; i++)
        if (words[i][0] && !strcmp(words[i], text)) *out = i;
    return *out ? PZ_OK : bad(member);
}

static pz_status read_name(const pz__json_value *object, int is_needed, const char **out)
{
    size_t length;
    const pz__json_value *value = pz__json_member(object, "name");
    *out = pz__json_as_text(value);
    if (!*out) return is_needed || value ? bad("name") : PZ_OK;
    return pz__text_need(*out, PZ_NUL_TERMINATED, (size_t)pz_limit(PZ_LIMIT_TITLE), "name", &length);
}

static int is_kind(const pz_settings_part *part, const char *kind)
{
    return !strcmp(part->kind, kind);
}

static pz_status read_criterion(const pz__json_value *object, pz_settings_part *part)
{
    const char *kind = pz__json_as_text(pz__json_member(object, "kind"));
    for (int i = 0; kind && i < CRITERIA; i++)
        if (!strcmp(kind, criterion_names[i])) part->kind = criterion_names[i];
    if (!part->kind) return bad("kind");
    PZ__TRY(read_name(object, 1, &part->name));
    if (!pz__json_as_real(pz__json_member(object, "weight"), &part->weight) || !(part->weight > 0)) return bad("weight");
    PZ__TRY(read_word(object, "direction", direction_names, DIRECTIONS, &part->direction));
    PZ__TRY(read_word(object, "metric", metric_names, METRICS, &part->metric));
    int is_earlier = is_kind(part, "earlier"), needs_direction = !is_earlier && !is_kind(part, "needs");
    if (is_earlier && !pz__json_as_real(pz__json_member(object, "decay"), &part->decay)) return bad("decay");
    if (needs_direction && !part->direction) return bad("direction");
    return is_kind(part, "features") && !part->metric ? bad("metric") : PZ_OK;
}

static pz_status read_rule(const pz__json_value *object, pz_settings_part *part)
{
    int32_t kind;
    part->is_rule = 1;
    PZ__TRY(read_word(object, "kind", rule_names, RULES, &kind));
    if (!kind) return bad("kind");
    part->kind = rule_names[kind];
    PZ__TRY(read_name(object, is_about_all(kind), &part->name));
    if (pz__json_member(object, "least")) PZ__TRY(read_int(object, "least", 0, PZ__LEARNERS_MAX, &part->least));
    if (pz__json_member(object, "most")) PZ__TRY(read_int(object, "most", 0, PZ__LEARNERS_MAX, &part->most));
    return PZ_OK;
}

static pz_status read_parts(pz_grouping_settings *settings, const char *member, int are_rules)
{
    const pz__json_value *list = pz__json_member(pz__json_root(settings->document), member);
    if (pz__json_kind_of(list) != PZ__JSON_ARRAY) return bad(member);
    for (const pz__json_value *item = pz__json_first(list); item; item = pz__json_next(item)) {
        if (pz__json_kind_of(item) != PZ__JSON_OBJECT || settings->count == PARTS_MAX) return bad(member);
        pz_settings_part *part = &settings->parts[settings->count];
        *part = (pz_settings_part){.struct_size = sizeof *part, .least = -1, .most = -1};
        PZ__TRY(are_rules ? read_rule(item, part) : read_criterion(item, part));
        settings->count++;
    }
    return PZ_OK;
}

static pz_status read_seed(const pz__json_value *root, uint64_t *out_seed)
{
    const char *text = pz__json_as_text(pz__json_member(root, "seed"));
    if (!text || !*text || strlen(text) > 20) return bad("seed");
    *out_seed = 0;
    for (; *text; text++) {
        uint64_t digit = (uint64_t)(*text - '0');
        if (*text < '0' || *text > '9' || *out_seed > (UINT64_MAX - digit) / 10) return bad("seed");
        *out_seed = *out_seed * 10 + digit;
    }
    return PZ_OK;
}

static pz_status read_all(pz_grouping_settings *settings)
{
    pz_settings_summary *s = &settings->summary;
    const pz__json_value *root = pz__json_root(settings->document), *author = pz__json_member(root, "author");
    int32_t version;
    size_t length;
    s->struct_size = sizeof *s;
    if (pz__json_kind_of(root) != PZ__JSON_OBJECT) return bad("version");
    PZ__TRY(read_int(root, "version", VERSION, VERSION, &version));
    PZ__TRY(read_name(root, 1, &s->name));
    s->author = pz__json_as_text(author);
    if (author && !s->author && pz__json_kind_of(author) != PZ__JSON_NULL) return bad("author");
    PZ__TRY(pz__text_check(s->author, PZ_NUL_TERMINATED, (size_t)pz_limit(PZ_LIMIT_TITLE), "author", &length));
    PZ__TRY(read_int(root, "size_min", 1, PZ__LEARNERS_MAX, &s->size_min));
    PZ__TRY(read_int(root, "size_max", s->size_min, PZ__LEARNERS_MAX, &s->size_max));
    PZ__TRY(read_int(root, "groups", 0, PZ__LEARNERS_MAX, &s->groups));
    PZ__TRY(read_seed(root, &s->seed));
    if (!pz__json_as_int(pz__json_member(root, "iterations"), &s->iterations) || s->iterations < 0 || s->iterations > 1000000000)
        return bad("iterations");
    PZ__TRY(read_parts(settings, "criteria", 0));
    return read_parts(settings, "rules", 1);
}

pz_status pz_grouping_settings_read(const char *json, size_t json_len, pz_grouping_settings **out_settings)
{
    if (!out_settings) return pz__fail_null("out_settings");
    *out_settings = NULL;
    if (!json) return pz__fail_null("json");
    pz_grouping_settings *settings = pz__alloc_zero(1, sizeof *settings);
    if (!settings) return pz__fail_memory();
    pz_status status = pz__json_parse(json, json_len, NULL, &settings->document);
    if (status == PZ_OK) status = read_all(settings);
    if (status == PZ_OK)
        *out_settings = settings;
    else
        pz_grouping_settings_free(settings);
    return status;
}

void pz_grouping_settings_free(pz_grouping_settings *settings)
{
    if (!settings) return;
    if (settings->document) pz__json_free(settings->document);
    pz__release(settings);
}

/* --------------------------------------------------------------------------------------------------- using --- */

pz_status pz_grouping_settings_describe(const pz_grouping_settings *settings, pz_settings_summary **out_summary)
{
    if (!out_summary) return pz__fail_null("out_summary");
    *out_summary = NULL;
    if (!settings) return pz__fail_closed("settings");
    pz__rows rows;
    pz__rows_start(&rows, &pz__settings_summary_type);
    pz__rows_add(&rows, &settings->summary);
    return pz__rows_take_one(&rows, (void **)out_summary);
}

pz_status pz_grouping_settings_list(const pz_grouping_settings *settings, pz_settings_part ***out_rows, size_t *out_count)
{
    if (!out_rows || !out_count) return pz__fail_null(out_rows ? "out_count" : "out_rows");
    *out_rows = NULL;
    *out_count = 0;
    if (!settings) return pz__fail_closed("settings");
    pz__rows rows;
    pz__rows_start(&rows, &pz__settings_part_type);
    for (int32_t i = 0; i < settings->count; i++) pz__rows_add(&rows, &settings->parts[i]);
    return pz__rows_take(&rows, (void ***)out_rows, out_count);
}

pz_status pz_grouping_settings_problem(const pz_grouping_settings *settings, size_t learners, pz_grouping_problem **out_problem)
{
    if (!out_problem) return pz__fail_null("out_problem");
    *out_problem = NULL;
    if (!settings) return pz__fail_closed("settings");
    return pz_grouping_problem_new(learners, settings->summary.size_min, settings->summary.size_max, settings->summary.groups, out_problem);
}

static pz_status add_part(const pz_settings_part *p, pz_grouping_problem *problem, const double *values, size_t rows, size_t cols)
{
    pz_grouping_direction direction = (pz_grouping_direction)p->direction;
    if ((is_kind(p, "numeric") || is_kind(p, "not_alone") || is_kind(p, "role")) && cols != 1)
        return pz__fail(PZ_E_INVALID, "cols", NULL, "It has one column, not %zu.", cols);
    if (is_kind(p, "numeric")) return pz_grouping_add_numeric(problem, p->name, values, rows, direction, p->weight);
    if (is_kind(p, "needs")) return pz_grouping_add_needs(problem, p->name, values, rows, cols, p->weight);
    if (is_kind(p, "pairs")) return pz_grouping_add_pairs(problem, p->name, values, rows, cols, direction, p->weight);
    if (is_kind(p, "earlier")) return pz_grouping_add_earlier(problem, p->name, values, rows, cols, p->decay, p->weight);
    if (is_kind(p, "features"))
        return pz_grouping_add_features(problem, p->name, values, rows, cols, (pz_grouping_metric)p->metric, direction, p->weight);
    if (is_kind(p, "not_alone")) return pz_grouping_add_not_alone(problem, p->name, values, rows, p->least);
    if (is_kind(p, "role")) return pz_grouping_add_role(problem, p->name, values, rows, p->least, p->most);
    if (is_kind(p, "common_time")) return pz_grouping_add_common_time(problem, p->name, values, rows, cols, p->least);
    return pz_grouping_add_earlier_cap(problem, p->name, values, rows, cols, p->most);
}

pz_status pz_grouping_settings_add(const pz_grouping_settings *settings, pz_grouping_problem *problem, const char *name,
                                   const double *values, size_t rows, size_t cols)
{
    if (!settings) return pz__fail_closed("settings");
    if (!name) return pz__fail_null("name");
    for (int32_t i = 0; i < settings->count; i++)
        if (settings->parts[i].name && !strcmp(settings->parts[i].name, name))
            return add_part(&settings->parts[i], problem, values, rows, cols);
    return pz__fail(PZ_E_NOT_FOUND, "name", "List the settings to see what they ask for.",
                    "The settings have no criterion or rule of this name.");
}
