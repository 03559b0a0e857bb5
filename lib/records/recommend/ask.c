#include "records/recommend/ask.h"

#include <string.h>

#include "base/fail.h"
#include "base/json_read.h"
#include "base/json_write.h"
#include "base/memory.h"
#include "base/number.h"
#include "base/text.h"
#include "records/request.h"
#include "records/types_learning.h"

enum { MOST_RULES = 10000, MOST_SIZE = 1000, MOST_GROUPS = 100000, MOST_EARLIER = 100, MOST_SETS = 64, HALF_HOURS = 336 };

/* -------------------------------------------------------------------------------------------------- taking --- */

static pz_status fail_range(const char *field, const char *what)
{
    return pz__fail(PZ_E_INVALID, field, "personalize/recommend.h has the ranges.", "%s", what);
}

static pz_status check_earlier(const pz_grouping_request *request)
{
    if (request->earlier < 0 || request->earlier > MOST_EARLIER)
        return fail_range("earlier", "The number of earlier recommendations is 0 to 100.");
    if (request->earlier_most < -1 || request->earlier_most > MOST_EARLIER)
        return fail_range("earlier_most", "The limit to earlier meetings is -1 (none) to 100.");
    if (!(request->earlier_weight >= 0 && request->earlier_weight <= 1000))
        return fail_range("earlier_weight", "The weight of repeats is 0 to 1,000.");
    if (!request->earlier && request->earlier_most >= 0)
        return fail_range("earlier", "A limit to earlier meetings needs a number of earlier recommendations.");
    if (request->earlier && request->earlier_most < 0 && request->earlier_weight == 0)
        return fail_range("earlier_weight", "Earlier recommendations need a limit or a weight to count.");
    return PZ_OK;
}

/* What a strategy asks for by itself. */
static pz_status complete(pz_grouping_request *request)
{
    if (request->strategy == PZ_STRATEGY_JIGSAW && request->size_min < 2)
        return fail_range("size_min", "A jigsaw has at least 2 parts, and so home groups of at least 2.");
    if (request->strategy == PZ_STRATEGY_ROTATION && !request->earlier) request->earlier = MOST_EARLIER;
    if (request->strategy == PZ_STRATEGY_TUTORING) request->size_min = 2, request->size_max = 3;
    return PZ_OK;
}

static pz_status check_request(pz_grouping_request *request)
{
    if (!request->class_id) return fail_range("class_id", "A class is needed.");
    if (request->strategy < PZ_STRATEGY_NEED || request->strategy > PZ_STRATEGY_TUTORING)
        return fail_range("strategy", "pz_strategy names the strategies.");
    if (request->size_min < 1 || request->size_min > MOST_SIZE) return fail_range("size_min", "The smallest size is 1 to 1,000.");
    if (request->size_max < request->size_min || request->size_max > MOST_SIZE)
        return fail_range("size_max", "The largest size is at least the smallest, up to 1,000.");
    if (request->groups < 0 || request->groups > MOST_GROUPS) return fail_range("groups", "The number of groups is 0 to 100,000.");
    if (request->iterations < 0 || request->iterations > 1000000000)
        return fail_range("iterations", "The number of steps is 0 to 1,000,000,000.");
    PZ__TRY(complete(request));
    PZ__TRY(check_earlier(request));
    PZ__TRY(pz__text_check(request->title, request->title_len, (size_t)pz_limit(PZ_LIMIT_TITLE), "title", &request->title_len));
    if (!request->title) request->title = "";
    PZ__TRY(pz__text_check(request->criteria, request->criteria_len, (size_t)pz_limit(PZ_LIMIT_TITLE), "criteria", &request->criteria_len));
    if (!request->criteria) request->criteria = "";
    return PZ_OK;
}

static pz_status fail_rule(const char *field, size_t i, const char *what)
{
    return pz__fail(PZ_E_INVALID, field, "personalize/recommend.h has what each kind of rule needs.", "Rule %zu %s.", i, what);
}

static pz_status check_rule(const pz_grouping_rule *rule, size_t i)
{
    int has_other = rule->kind == PZ_RULE_TOGETHER || rule->kind == PZ_RULE_APART;
    int has_group = rule->kind == PZ_RULE_LOCKED || rule->kind == PZ_RULE_ALLOWED;
    if (rule->kind < PZ_RULE_TOGETHER || rule->kind > PZ_RULE_COMMON_TIME)
        return pz__fail(PZ_E_INVALID, "kind", "pz_grouping_rule_kind names the kinds.", "Rule %zu: there is no kind %d.", i,
                        (int)rule->kind);
    if (rule->kind == PZ_RULE_COMMON_TIME) {
        if (rule->learner) return fail_rule("learner", i, "is about all learners, and names one");
        return rule->least < 1 || rule->least > HALF_HOURS ? fail_rule("least", i, "needs 1 to 336 half hours") : PZ_OK;
    }
    if (!rule->learner) return pz__fail(PZ_E_INVALID, "learner", NULL, "Rule %zu names no learner.", i);
    if (has_other && (!rule->other || rule->other == rule->learner))
        return pz__fail(PZ_E_INVALID, "other", NULL, "Rule %zu needs two learners.", i);
    if (has_group && (rule->group_no < 1 || rule->group_no > MOST_GROUPS))
        return pz__fail(PZ_E_INVALID, "group_no", NULL, "Rule %zu needs the number of a group, from 1.", i);
    if (!pz__grouping_rule_is_of_set(rule)) return PZ_OK;
    if (rule->set_no < 0 || rule->set_no >= MOST_SETS) return fail_rule("set_no", i, "needs a set from 0 to 63");
    if (rule->least < (rule->kind == PZ_RULE_NOT_ALONE ? 2 : 0) || rule->least > MOST_SIZE)
        return fail_rule("least", i, "needs another least number");
    if (rule->kind == PZ_RULE_ROLE && (rule->most < 1 || rule->most < rule->least || rule->most > MOST_SIZE))
        return fail_rule("most", i, "needs a greatest number that is 1 or more, and not below the least");
    return PZ_OK;
}

int pz__grouping_rule_is_of_set(const pz_grouping_rule *rule)
{
    return rule->kind == PZ_RULE_NOT_ALONE || rule->kind == PZ_RULE_ROLE;
}

int pz__grouping_rule_is_first(const pz__grouping_ask *ask, size_t i)
{
    const pz_grouping_rule *rule = &ask->rules[i];
    for (size_t k = 0; k < i; k++) {
        const pz_grouping_rule *other = &ask->rules[k];
        if (other->kind != rule->kind) continue;
        if (pz__grouping_rule_is_of_set(rule) ? other->set_no == rule->set_no : other->learner == rule->learner) return 0;
    }
    return 1;
}

/* All rules of a set say the same. */
static pz_status check_sets(const pz__grouping_ask *ask)
{
    for (size_t i = 0; i < ask->rule_count; i++) {
        const pz_grouping_rule *rule = &ask->rules[i];
        for (size_t k = 0; k < i && pz__grouping_rule_is_of_set(rule); k++) {
            const pz_grouping_rule *other = &ask->rules[k];
            if (other->kind != rule->kind || other->set_no != rule->set_no) continue;
            if (other->least != rule->least || other->most != rule->most)
                return fail_rule("set_no", i, "says another number than the set does before");
            break;
        }
    }
    return PZ_OK;
}

static pz_status take_rules(const pz_grouping_rule *const *rules, size_t rows, pz__grouping_ask *ask)
{
    for (size_t i = 0; i < rows; i++) {
        PZ__TRY(pz__record_take(&pz__grouping_rule_type, rules[i], (uint32_t)offsetof(pz_grouping_rule, set_no), &ask->rules[i]));
        PZ__TRY(check_rule(&ask->rules[i], i));
    }
    ask->rule_count = rows;
    return check_sets(ask);
}

pz_status pz__grouping_ask_take(const pz_grouping_request *request, const pz_grouping_rule *const *rules, size_t rows,
                                pz__grouping_ask *out_ask)
{
    pz_status status;
    memset(out_ask, 0, sizeof *out_ask);
    PZ__TRY(pz__record_take(&pz__grouping_request_type, request, sizeof out_ask->request, &out_ask->request));
    PZ__TRY(check_request(&out_ask->request));
    PZ__TRY(pz__grouping_ask_take_wishes(out_ask, out_ask->request.criteria, out_ask->request.criteria_len));
    if (rows && !rules) return pz__fail_null("rules");
    if (rows > MOST_RULES) return pz__fail(PZ_E_TOO_LONG, "rows", NULL, "%zu rules are over the limit of %d.", rows, MOST_RULES);
    out_ask->rules = pz__alloc((rows + 1) * sizeof *out_ask->rules);
    if (!out_ask->rules) return pz__fail_memory();
    status = take_rules(rules, rows, out_ask);
    if (status != PZ_OK) pz__grouping_ask_free(out_ask);
    return status;
}

void pz__grouping_ask_free(pz__grouping_ask *ask)
{
    pz__release(ask->rules);
    pz__release(ask->learners);
    pz__release(ask->criteria);
    memset(ask, 0, sizeof *ask);
}

void pz__grouping_ask_describe(const pz__grouping_ask *ask, pz__buffer *request)
{
    pz__request_record(request, &pz__grouping_request_type, &ask->request);
    pz__request_int(request, (int64_t)ask->rule_count);
    for (size_t i = 0; i < ask->rule_count; i++) pz__request_record(request, &pz__grouping_rule_type, &ask->rules[i]);
}

/* -------------------------------------------------------------------------------------------------- keeping --- */

void pz__grouping_ask_write(const pz__grouping_ask *ask, pz__buffer *out)
{
    pz__json_writer json;
    pz__json_start(&json, out);
    pz__json_open_object(&json);
    pz__json_record_members(&json, &pz__grouping_request_type, &ask->request);
    pz__json_key(&json, "rules");
    pz__json_open_array(&json);
    for (size_t i = 0; i < ask->rule_count; i++) pz__json_record(&json, &pz__grouping_rule_type, &ask->rules[i]);
    pz__json_close_array(&json);
    pz__json_key(&json, "learners");
    pz__json_open_array(&json);
    for (size_t i = 0; i < ask->learner_count; i++) pz__json_id(&json, ask->learners[i]);
    pz__json_close_array(&json);
    pz__json_close_object(&json);
}

static int64_t id_member(const pz__json_value *object, const char *name)
{
    const char *text = pz__json_as_text(pz__json_member(object, name));
    int64_t id = 0;
    if (text) pz__int_parse(text, strlen(text), &id);
    return id;
}

static int32_t int_member(const pz__json_value *object, const char *name)
{
    int64_t value;
    pz__json_as_int(pz__json_member(object, name), &value);
    return (int32_t)value;
}

/* What earlier requests did not have keeps its default. */
static void read_earlier(const pz__json_value *root, pz_grouping_request *request)
{
    if (!pz__json_member(root, "earlier")) return;
    request->earlier = int_member(root, "earlier");
    request->earlier_most = int_member(root, "earlier_most");
    pz__json_as_real(pz__json_member(root, "earlier_weight"), &request->earlier_weight);
}

static pz_status read_criteria(const pz__json_value *root, pz__grouping_ask *ask)
{
    const char *text = pz__json_as_text(pz__json_member(root, "criteria"));
    size_t length = text ? strlen(text) : 0;
    ask->criteria = pz__copy_text(text ? text : "", length);
    if (!ask->criteria) return pz__fail_memory();
    ask->request.criteria = ask->criteria;
    ask->request.criteria_len = length;
    return pz__grouping_ask_take_wishes(ask, ask->criteria, length);
}

static int32_t enum_member(const pz__json_value *object, const char *name, const char *const *names)
{
    const char *text = pz__json_as_text(pz__json_member(object, name));
    for (int32_t i = 1; text && names[i]; i++)
        if (!strcmp(names[i], text)) return i;
    return 0;
}

static pz_status read_rules(const pz__json_value *list, pz__grouping_ask *ask)
{
    const pz_grouping_rule initial = PZ_GROUPING_RULE_INIT;
    ask->rules = pz__alloc((pz__json_size(list) + 1) * sizeof *ask->rules);
    if (!ask->rules) return pz__fail_memory();
    for (const pz__json_value *entry = pz__json_first(list); entry; entry = pz__json_next(entry)) {
        pz_grouping_rule *rule = &ask->rules[ask->rule_count++];
        *rule = initial;
        rule->kind = enum_member(entry, "kind", pz__grouping_rule_kind_names);
        rule->learner = id_member(entry, "learner");
        rule->other = id_member(entry, "other");
        rule->group_no = int_member(entry, "group_no");
        if (!pz__json_member(entry, "set_no")) continue; /* of an earlier version */
        rule->set_no = int_member(entry, "set_no");
        rule->least = int_member(entry, "least");
        rule->most = int_member(entry, "most");
    }
    return PZ_OK;
}

static pz_status read_learners(const pz__json_value *list, pz__grouping_ask *ask)
{
    ask->learners = pz__alloc((pz__json_size(list) + 1) * sizeof *ask->learners);
    if (!ask->learners) return pz__fail_memory();
    for (const pz__json_value *entry = pz__json_first(list); entry; entry = pz__json_next(entry)) {
        const char *text = pz__json_as_text(entry);
        int64_t id = 0;
        if (text && pz__int_parse(text, strlen(text), &id)) ask->learners[ask->learner_count++] = id;
    }
    return PZ_OK;
}

static pz_status read_all(const pz__json_value *root, pz__grouping_ask *ask)
{
    pz_grouping_request *request = &ask->request;
    request->class_id = id_member(root, "class_id");
    request->cycle = id_member(root, "cycle");
    request->framework = id_member(root, "framework");
    request->strategy = enum_member(root, "strategy", pz__strategy_names);
    request->size_min = int_member(root, "size_min");
    request->size_max = int_member(root, "size_max");
    request->groups = int_member(root, "groups");
    request->seed = (uint64_t)id_member(root, "seed");
    request->iterations = id_member(root, "iterations");
    request->title = "";
    request->title_len = 0;
    read_earlier(root, request);
    PZ__TRY(read_criteria(root, ask));
    PZ__TRY(read_rules(pz__json_member(root, "rules"), ask));
    return read_learners(pz__json_member(root, "learners"), ask);
}

pz_status pz__grouping_ask_read(const char *json, pz__grouping_ask *out_ask)
{
    const pz_grouping_request initial = PZ_GROUPING_REQUEST_INIT;
    pz__json *document;
    pz_status status;
    memset(out_ask, 0, sizeof *out_ask);
    out_ask->request = initial;
    PZ__TRY(pz__json_parse(json, PZ_NUL_TERMINATED, NULL, &document));
    status = read_all(pz__json_root(document), out_ask);
    pz__json_free(document);
    if (status != PZ_OK) pz__grouping_ask_free(out_ask);
    return status;
}

/* --------------------------------------------------------------------------------------------------- asking --- */

/* The learners are sorted by id. */
size_t pz__grouping_ask_place(const pz__grouping_ask *ask, pz_id learner)
{
    size_t low = 0, high = ask->learner_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (ask->learners[middle] < learner)
            low = middle + 1;
        else
            high = middle;
    }
    return low < ask->learner_count && ask->learners[low] == learner ? low : ask->learner_count;
}

int pz__grouping_rule_leaves_out(const pz_grouping_rule *rule)
{
    return rule->kind == PZ_RULE_ABSENT || rule->kind == PZ_RULE_OPTED_OUT;
}

int pz__grouping_ask_is_absent(const pz__grouping_ask *ask, pz_id learner)
{
    for (size_t i = 0; i < ask->rule_count; i++)
        if (pz__grouping_rule_leaves_out(&ask->rules[i]) && ask->rules[i].learner == learner) return 1;
    return 0;
}
