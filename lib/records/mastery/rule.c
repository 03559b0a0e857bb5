/* Rules of mastery: set and listed. A changed rule is a new one with a new id; what was computed by the old one keeps its name. */
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "base/record.h"
#include "base/text.h"
#include "records/access/whom.h"
#include "records/listing.h"
#include "records/mastery/standing.h"
#include "records/need.h"
#include "records/request.h"
#include "records/roster/org_tree.h"
#include "records/types_learning.h"

/* ------------------------------------------------------------------------------------------------- setting --- */

/* A rule of the whole store is for services: no person answers for all of it. */
static pz_status may_set(pz__call *call, pz_id scope)
{
    pz__org_tree tree;
    int is_org;
    PZ__TRY(pz__may(call, PZ_KIND_MASTERY_RULE, PZ__WRITE));
    if (scope == 0) {
        if (pz__call_role(call) == PZ_ROLE_SERVICE) return PZ_OK;
        return pz__fail(PZ_E_DENIED, "scope", "Name an org or a class, or let a service set it.",
                        "A person sets rules for its own orgs only.");
    }
    PZ__TRY(pz__org_tree_load(call, &tree));
    is_org = pz__org_tree_has(&tree, scope);
    pz__org_tree_free(&tree);
    if (is_org) return pz__may_org(call, PZ_KIND_MASTERY_RULE, PZ__WRITE, scope, "scope");
    return pz__may_class(call, PZ_KIND_MASTERY_RULE, PZ__WRITE, scope, "scope");
}

static pz_status run(pz__call *call, const char *sql, pz_id scope, pz_id competency)
{
    pz__statement *statement;
    PZ__TRY(pz__db_statement(call->db, sql, &statement));
    pz__bind_int(statement, 1, call->tenant);
    pz__bind_int(statement, 2, scope);
    pz__bind_int(statement, 3, competency);
    pz__bind_int(statement, 4, pz__change_number(call->change));
    return pz__db_run(statement);
}

static pz_status supersede(pz__call *call, pz_id scope, pz_id competency)
{
    static const char same_change[] =
        "DELETE FROM mastery_rule WHERE tenant_id = ?1 AND scope_id = ?2 AND competency_id = ?3 AND since_change = ?4";
    static const char before[] = "UPDATE mastery_rule SET until_change = ?4 WHERE tenant_id = ?1 AND scope_id = ?2 AND competency_id = ?3 "
                                 "AND until_change = 9223372036854775807";
    PZ__TRY(run(call, same_change, scope, competency));
    return run(call, before, scope, competency);
}

static pz_status insert(pz__call *call, pz_id rule, pz_id scope, pz_id competency, const char *settings)
{
    static const char sql[] =
        "INSERT INTO mastery_rule (tenant_id, scope_id, competency_id, since_change, until_change, rule_id, settings) "
        "VALUES (?1, ?2, ?3, ?4, 9223372036854775807, ?5, ?6)";
    pz__statement *statement;
    PZ__TRY(pz__db_statement(call->db, sql, &statement));
    pz__bind_int(statement, 1, call->tenant);
    pz__bind_int(statement, 2, scope);
    pz__bind_int(statement, 3, competency);
    pz__bind_int(statement, 4, pz__change_number(call->change));
    pz__bind_int(statement, 5, rule);
    pz__bind_text(statement, 6, settings, PZ_NUL_TERMINATED);
    return pz__db_run(statement);
}

static pz_status renew(pz__call *call, pz_id scope)
{
    static const char everybody[] =
        "SELECT DISTINCT learner_id FROM mastery WHERE tenant_id = ?1 AND ?2 = ?2 AND ?3 = ?3 ORDER BY learner_id";
    pz_id *learners;
    size_t count;
    int64_t states;
    pz_status status = scope ? pz__scope_learners(call, scope, &learners, &count) : pz__ids_read(call, everybody, 0, &learners, &count);
    if (status != PZ_OK) return status;
    status = pz__standings_renew(call, learners, count, &states);
    pz__release(learners);
    return status;
}

static pz_status set(pz__call *call, pz_id scope, pz_id competency, const char *settings, pz_id *rule)
{
    PZ__TRY(may_set(call, scope));
    PZ__TRY(pz__need_if(call, PZ_KIND_COMPETENCY, competency, "competency"));
    PZ__TRY(pz__store_take_ids(call->store, 1, rule));
    PZ__TRY(supersede(call, scope, competency));
    PZ__TRY(insert(call, *rule, scope, competency, settings));
    pz__change_note(call->change, PZ_KIND_MASTERY_RULE, *rule, 0, PZ__ACT_ADD, 1);
    return renew(call, scope);
}

static pz_status write(pz_actor *actor, pz_id scope, pz_id competency, const char *settings, const char *key, pz_id *out_rule)
{
    pz__buffer request = PZ__BUFFER_INIT;
    pz__call call;
    pz_id rule = 0;
    pz_status status;
    pz__request_int(&request, scope);
    pz__request_int(&request, competency);
    pz__request_text(&request, settings, PZ_NUL_TERMINATED);
    status =
        request.status == PZ_OK ? pz__call_write(&call, actor, "mastery_rule.set", key, request.data, request.length) : pz__fail_memory();
    pz__buffer_free(&request);
    if (status != PZ_OK) return status;
    if (!call.repeated) status = set(&call, scope, competency, settings, &rule);
    return pz__call_end_value(&call, status, rule, out_rule);
}

pz_status pz_mastery_rule_set(pz_actor *actor, pz_id scope, pz_id competency, const char *settings, size_t settings_len, const char *key,
                              pz_id *out_rule)
{
    pz_mastery_settings taken = PZ_MASTERY_SETTINGS_INIT;
    char *full;
    pz_status status;
    if (out_rule) *out_rule = 0;
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(pz_mastery_settings_read(settings ? settings : "", settings ? settings_len : 0, &taken));
    PZ__TRY(pz_mastery_settings_write(&taken, &full));
    status = write(actor, scope, competency, full, key, out_rule);
    pz_free(full);
    return status;
}

/* ------------------------------------------------------------------------------------------------- listing --- */

static pz_status add_default(pz__rows *rows)
{
    pz_mastery_settings settings = PZ_MASTERY_SETTINGS_INIT;
    pz_mastery_rule rule = *(const pz_mastery_rule *)pz__mastery_rule_type.initial;
    char *text;
    PZ__TRY(pz_mastery_settings_default((pz_mastery_model)0, &settings));
    PZ__TRY(pz_mastery_settings_write(&settings, &text));
    rule.model = pz_mastery_model_name((pz_mastery_model)settings.model);
    rule.model_len = PZ_NUL_TERMINATED;
    rule.settings = text;
    rule.settings_len = PZ_NUL_TERMINATED;
    pz__rows_add(rows, &rule);
    pz_free(text);
    return PZ_OK;
}

static pz_status add_rule(const pz__call *call, pz__statement *statement, pz__rows *rows)
{
    pz_mastery_settings settings = PZ_MASTERY_SETTINGS_INIT;
    pz_mastery_rule rule = *(const pz_mastery_rule *)pz__mastery_rule_type.initial;
    rule.id = pz__column_int(statement, 0);
    rule.scope = pz__column_int(statement, 1);
    rule.competency = pz__column_int(statement, 2);
    rule.settings = pz__column_text(statement, 3, &rule.settings_len);
    rule.since_change = pz__column_int(statement, 4);
    rule.is_current = pz__column_int(statement, 5) > call->as_of;
    PZ__TRY(pz_mastery_settings_read(rule.settings, rule.settings_len, &settings));
    rule.model = pz_mastery_model_name((pz_mastery_model)settings.model);
    rule.model_len = PZ_NUL_TERMINATED;
    pz__rows_add(rows, &rule);
    return PZ_OK;
}

static pz_status list(pz__call *call, int32_t with_history, pz__rows *rows)
{
    static const char sql[] = "SELECT rule_id, scope_id, competency_id, settings, since_change, until_change FROM mastery_rule "
                              "WHERE tenant_id = ?1 AND since_change <= ?2 AND (until_change > ?2 OR ?3 = 1) ORDER BY rule_id";
    pz__statement *statement;
    pz_status status;
    int row;
    PZ__TRY(pz__may(call, PZ_KIND_MASTERY_RULE, PZ__SEE));
    PZ__TRY(add_default(rows));
    PZ__TRY(pz__db_statement(call->db, sql, &statement));
    pz__bind_int(statement, 1, call->tenant);
    pz__bind_int(statement, 2, call->as_of);
    pz__bind_int(statement, 3, with_history != 0);
    while ((status = pz__db_step(statement, &row)) == PZ_OK && row)
        if ((status = add_rule(call, statement, rows)) != PZ_OK) break;
    pz__db_reset(statement);
    return status;
}

pz_status pz_mastery_rule_list(pz_actor *actor, int32_t with_history, pz_mastery_rule ***out_rows, size_t *out_count)
{
    pz__rows rows;
    pz__call call;
    PZ__TRY(pz__list_start((void ***)out_rows, out_count));
    PZ__TRY(pz__call_read(&call, actor));
    pz__rows_start(&rows, &pz__mastery_rule_type);
    return pz__call_end_rows(&call, list(&call, with_history, &rows), &rows, (void ***)out_rows, out_count);
}
