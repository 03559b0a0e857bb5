#include "records/mastery/rules.h"

#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "records/access/whom.h"
#include "records/ask.h"
#include "records/roster/org_tree.h"

/* The rules of one scope, and who is in it. */
typedef struct rule_scope {
    pz_id id;
    int32_t depth; /* of an org, from the top; a class is deeper than any org, the store is above all */
    size_t first;  /* of its rules */
    size_t count;
    pz_id *learners; /* sorted; NULL for the store, which has all */
    size_t learner_count;
} rule_scope;

struct pz__rules {
    pz__call *call;
    pz__rule initial;
    pz__rule *rows; /* in force, by scope and competency */
    size_t count;
    size_t capacity;
    rule_scope *scopes; /* nearest first */
    size_t scope_count;
    size_t scope_capacity;
    pz_id learner; /* whose scopes are in `near` */
    size_t *near;
    size_t near_count;
    pz__rule *others; /* no longer in force, as they were asked for */
    size_t other_count;
    size_t other_capacity;
};

enum { DEPTH_OF_CLASS = INT32_MAX, DEPTH_OF_STORE = -1 };

/* --------------------------------------------------------------------------------------------- who is in it --- */

typedef struct id_list {
    pz_id *ids;
    size_t count;
    size_t capacity;
} id_list;

/* The learners that a query gives, whoever asks: what the actor reaches must not bear on which rule holds. */
static pz_status append(pz__call *call, const char *sql, pz_id of, id_list *list)
{
    pz__statement *statement;
    pz_status status;
    int row;
    PZ__TRY(pz__ask(call, sql, of, &statement));
    pz__bind_int(statement, 4, call->today);
    pz__bind_int(statement, 5, PZ_ROLE_LEARNER);
    while ((status = pz__db_step(statement, &row)) == PZ_OK && row) {
        status = pz__reserve((void **)&list->ids, &list->capacity, list->count + 1, sizeof *list->ids);
        if (status != PZ_OK) break;
        list->ids[list->count++] = pz__column_int(statement, 0);
    }
    pz__db_reset(statement);
    return status;
}

#define SEEN(t) t ".since_change <= ?3 AND " t ".until_change > ?3"
#define THAT_DAY(t) "(" t ".begins_on IS NULL OR " t ".begins_on <= ?4) AND (" t ".ends_on IS NULL OR " t ".ends_on >= ?4)"

static const char learners_of_class[] =
    "SELECT e.person_id FROM enrollment e WHERE e.tenant_id = ?1 AND e.class_id = ?2 AND e.role = ?5 AND " SEEN("e") " AND " THAT_DAY("e");
static const char learners_of_classes_of_org[] =
    "SELECT e.person_id FROM class c JOIN enrollment e ON e.tenant_id = c.tenant_id AND e.class_id = c.class_id AND e.role = ?5 AND " SEEN(
        "e") " AND " THAT_DAY("e") " WHERE c.tenant_id = ?1 AND c.org_id = ?2 AND c.ended = 0 AND " SEEN("c");
/* Learners may hold their role in a school before they are in any class of it. */
static const char learners_of_org[] =
    "SELECT r.person_id FROM person_role r WHERE r.tenant_id = ?1 AND r.org_id = ?2 AND r.role = ?5 AND " SEEN("r") " AND " THAT_DAY("r");

static pz_status gather(pz__call *call, const pz__org_tree *tree, pz_id scope, id_list *list)
{
    if (!pz__org_tree_has(tree, scope)) return append(call, learners_of_class, scope, list);
    for (size_t i = 0; i < tree->count; i++) {
        if (!pz__org_tree_is_within(tree, tree->ids[i], scope)) continue;
        PZ__TRY(append(call, learners_of_classes_of_org, tree->ids[i], list));
        PZ__TRY(append(call, learners_of_org, tree->ids[i], list));
    }
    return PZ_OK;
}

static pz_status scope_learners(pz__call *call, const pz__org_tree *tree, pz_id scope, pz_id **out_learners, size_t *out_count)
{
    id_list list = {NULL, 0, 0};
    pz_status status = gather(call, tree, scope, &list);
    if (status != PZ_OK) {
        pz__release(list.ids);
        return status;
    }
    *out_learners = list.ids;
    *out_count = pz__ids_sort(list.ids, list.count);
    return PZ_OK;
}

pz_status pz__scope_learners(pz__call *call, pz_id scope, pz_id **out_learners, size_t *out_count)
{
    pz__org_tree tree;
    pz_status status;
    *out_learners = NULL;
    *out_count = 0;
    PZ__TRY(pz__org_tree_load(call, &tree));
    status = scope_learners(call, &tree, scope, out_learners, out_count);
    pz__org_tree_free(&tree);
    return status;
}

/* ------------------------------------------------------------------------------------------------- loading --- */

static pz_status take_rule(pz__statement *statement, pz__rule *rule)
{
    const pz_mastery_settings initial = PZ_MASTERY_SETTINGS_INIT;
    size_t length;
    const char *settings = pz__column_text(statement, 3, &length);
    rule->scope = pz__column_int(statement, 0);
    rule->competency = pz__column_int(statement, 1);
    rule->id = pz__column_int(statement, 2);
    rule->settings = initial;
    return pz_mastery_settings_read(settings, length, &rule->settings);
}

static pz_status read_rules(pz__rules *rules)
{
    static const char sql[] = "SELECT scope_id, competency_id, rule_id, settings FROM mastery_rule WHERE tenant_id = ?1 "
                              "AND since_change <= ?2 AND until_change > ?2 ORDER BY scope_id, competency_id";
    pz__statement *statement;
    pz_status status;
    int row;
    PZ__TRY(pz__db_statement(rules->call->db, sql, &statement));
    pz__bind_int(statement, 1, rules->call->tenant);
    pz__bind_int(statement, 2, rules->call->as_of);
    while ((status = pz__db_step(statement, &row)) == PZ_OK && row) {
        status = pz__reserve((void **)&rules->rows, &rules->capacity, rules->count + 1, sizeof *rules->rows);
        if (status == PZ_OK) status = take_rule(statement, &rules->rows[rules->count]);
        if (status != PZ_OK) break;
        rules->count++;
    }
    pz__db_reset(statement);
    return status;
}

static pz_status add_scope(pz__rules *rules, const pz__org_tree *tree, size_t first, size_t count)
{
    rule_scope *scope;
    PZ__TRY(pz__reserve((void **)&rules->scopes, &rules->scope_capacity, rules->scope_count + 1, sizeof *rules->scopes));
    scope = &rules->scopes[rules->scope_count++];
    memset(scope, 0, sizeof *scope);
    scope->id = rules->rows[first].scope;
    scope->first = first;
    scope->count = count;
    scope->depth = scope->id == 0                      ? DEPTH_OF_STORE
                   : pz__org_tree_has(tree, scope->id) ? pz__org_tree_depth(tree, scope->id)
                                                       : DEPTH_OF_CLASS;
    return scope->id ? scope_learners(rules->call, tree, scope->id, &scope->learners, &scope->learner_count) : PZ_OK;
}

static pz_status add_scopes(pz__rules *rules, const pz__org_tree *tree)
{
    for (size_t first = 0, end; first < rules->count; first = end) {
        for (end = first + 1; end < rules->count && rules->rows[end].scope == rules->rows[first].scope;) end++;
        PZ__TRY(add_scope(rules, tree, first, end - first));
    }
    return PZ_OK;
}

static int nearest_first(const void *a, const void *b)
{
    const rule_scope *left = a, *right = b;
    if (left->depth != right->depth) return left->depth > right->depth ? -1 : 1;
    return (left->id > right->id) - (left->id < right->id);
}

static pz_status read_scopes(pz__rules *rules)
{
    pz__org_tree tree = {NULL, NULL, 0};
    pz_status status = PZ_OK;
    if (rules->count && rules->rows[rules->count - 1].scope) status = pz__org_tree_load(rules->call, &tree);
    if (status == PZ_OK) status = add_scopes(rules, &tree);
    pz__org_tree_free(&tree);
    if (status != PZ_OK) return status;
    if (rules->scope_count) qsort(rules->scopes, rules->scope_count, sizeof *rules->scopes, nearest_first);
    rules->near = pz__alloc((rules->scope_count + 1) * sizeof *rules->near);
    return rules->near ? PZ_OK : pz__fail_memory();
}

pz_status pz__rules_load(pz__call *call, pz__rules **out_rules)
{
    const pz_mastery_settings initial = PZ_MASTERY_SETTINGS_INIT;
    pz__rules *rules = pz__alloc_zero(1, sizeof *rules);
    pz_status status;
    *out_rules = NULL;
    if (!rules) return pz__fail_memory();
    rules->call = call;
    rules->initial.settings = initial;
    status = pz_mastery_settings_default((pz_mastery_model)0, &rules->initial.settings);
    if (status == PZ_OK) status = read_rules(rules);
    if (status == PZ_OK) status = read_scopes(rules);
    if (status != PZ_OK) {
        pz__rules_free(rules);
        return status;
    }
    *out_rules = rules;
    return PZ_OK;
}

void pz__rules_free(pz__rules *rules)
{
    if (!rules) return;
    for (size_t i = 0; i < rules->scope_count; i++) pz__release(rules->scopes[i].learners);
    pz__release(rules->scopes);
    pz__release(rules->rows);
    pz__release(rules->near);
    pz__release(rules->others);
    pz__release(rules);
}

/* ------------------------------------------------------------------------------------------------- finding --- */

static int has_learner(const rule_scope *scope, pz_id learner)
{
    return scope->id == 0 || pz__ids_has(scope->learners, scope->learner_count, learner);
}

static void turn_to(pz__rules *rules, pz_id learner)
{
    if (rules->learner == learner) return;
    rules->learner = learner;
    rules->near_count = 0;
    for (size_t i = 0; i < rules->scope_count; i++)
        if (has_learner(&rules->scopes[i], learner)) rules->near[rules->near_count++] = i;
}

static const pz__rule *find_competency(const pz__rule *rows, size_t count, pz_id competency)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (rows[middle].competency < competency)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && rows[low].competency == competency ? &rows[low] : NULL;
}

const pz__rule *pz__rules_for(pz__rules *rules, pz_id learner, pz_id competency)
{
    turn_to(rules, learner);
    for (size_t i = 0; i < rules->near_count; i++) {
        const rule_scope *scope = &rules->scopes[rules->near[i]];
        const pz__rule *rows = rules->rows + scope->first;
        const pz__rule *found = find_competency(rows, scope->count, competency);
        if (!found) found = find_competency(rows, scope->count, 0);
        if (found) return found;
    }
    return &rules->initial;
}

static const pz__rule *find_id(const pz__rule *rows, size_t count, pz_id id)
{
    for (size_t i = 0; i < count; i++)
        if (rows[i].id == id) return &rows[i];
    return NULL;
}

pz_status pz__rules_find(pz__rules *rules, pz_id id, const pz__rule **out_rule)
{
    static const char sql[] = "SELECT scope_id, competency_id, rule_id, settings FROM mastery_rule WHERE tenant_id = ?1 AND rule_id = ?2";
    pz__statement *statement;
    pz_status status;
    int row;
    *out_rule = id ? find_id(rules->rows, rules->count, id) : &rules->initial;
    if (!*out_rule) *out_rule = find_id(rules->others, rules->other_count, id);
    if (*out_rule) return PZ_OK;
    PZ__TRY(pz__reserve((void **)&rules->others, &rules->other_capacity, rules->other_count + 1, sizeof *rules->others));
    PZ__TRY(pz__db_statement(rules->call->db, sql, &statement));
    pz__bind_int(statement, 1, rules->call->tenant);
    pz__bind_int(statement, 2, id);
    status = pz__db_step(statement, &row);
    if (status == PZ_OK && row) status = take_rule(statement, &rules->others[rules->other_count]);
    if (status == PZ_OK && !row)
        status = pz__fail(PZ_E_CORRUPT, "rule", "Restore a backup.", "Mastery names the rule %lld, which is not on record.", (long long)id);
    pz__db_reset(statement);
    if (status == PZ_OK) *out_rule = &rules->others[rules->other_count++];
    return status;
}
