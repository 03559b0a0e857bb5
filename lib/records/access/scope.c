#include "records/access/scope.h"

#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "records/access/actor.h"
#include "records/access/reach_sql.h"
#include "records/access/whom.h"

/* ------------------------------------------------------------------------------------------------- classes --- */

static pz_status list_all_classes(pz__call *call, pz_id **out_classes, size_t *out_count)
{
    static const char sql[] = "SELECT class_id FROM class WHERE tenant_id = ?1 AND since_change <= ?2 AND until_change > ?2 AND ended = 0 "
                              "AND ?3 = 0 ORDER BY class_id";
    return pz__ids_read(call, sql, 0, out_classes, out_count);
}

static pz_status take_classes(pz__call *call, pz_id **out_classes, size_t *out_count)
{
    pz__reach reach;
    PZ__TRY(pz__reach_classes(call, &reach));
    if (reach.all) return list_all_classes(call, out_classes, out_count);
    *out_classes = pz__alloc((reach.count + 1) * sizeof **out_classes);
    if (!*out_classes) return pz__fail_memory();
    if (reach.count) memcpy(*out_classes, reach.ids, reach.count * sizeof **out_classes);
    *out_count = reach.count;
    return PZ_OK;
}

static pz_status keep_wanted(pz__call *call, pz_id org, pz_id class_id, pz__scope *scope)
{
    size_t kept = 0;
    scope->class_orgs = pz__alloc((scope->class_count + 1) * sizeof *scope->class_orgs);
    if (!scope->class_orgs) return pz__fail_memory();
    for (size_t i = 0; i < scope->class_count; i++) {
        pz_id own;
        if (class_id && scope->classes[i] != class_id) continue;
        PZ__TRY(pz__class_org(call, scope->classes[i], &own));
        if (org && !pz__org_tree_is_within(&scope->tree, own, org)) continue;
        scope->classes[kept] = scope->classes[i];
        scope->class_orgs[kept++] = own;
    }
    scope->class_count = kept;
    return PZ_OK;
}

/* ---------------------------------------------------------------------------------------------------- orgs --- */

static pz_status acts_for(pz__call *call, pz_id org, int *out_acts)
{
    *out_acts = pz__call_role(call) == PZ_ROLE_SERVICE;
    return *out_acts ? PZ_OK : pz__owns_org(call, org, out_acts);
}

static pz_status add_org(pz__scope *scope, size_t *capacity, pz_id org)
{
    PZ__TRY(pz__reserve((void **)&scope->orgs, capacity, scope->org_count + 1, sizeof *scope->orgs));
    scope->orgs[scope->org_count++] = org;
    return PZ_OK;
}

/* Every org of the tree that the actor acts for, within the one that was asked for. */
static pz_status find_orgs(pz__call *call, pz_id org, pz__scope *scope)
{
    size_t capacity = 0;
    for (size_t i = 0; i < scope->tree.count; i++) {
        int acts;
        if (org && !pz__org_tree_is_within(&scope->tree, scope->tree.ids[i], org)) continue;
        PZ__TRY(acts_for(call, scope->tree.ids[i], &acts));
        if (acts) PZ__TRY(add_org(scope, &capacity, scope->tree.ids[i]));
    }
    return PZ_OK;
}

/* ------------------------------------------------------------------------------------------------- the whole --- */

static pz_status need_staff(const pz__call *call)
{
    int32_t role = pz__call_role(call);
    if (role != PZ_ROLE_LEARNER && role != PZ_ROLE_GUARDIAN) return PZ_OK;
    return pz__fail(PZ_E_DENIED, NULL, NULL, "Classes and schools are looked at as a whole by those who work there.");
}

static pz_status find(pz__call *call, pz_kind kind, pz_id org, pz_id class_id, pz__scope *scope)
{
    PZ__TRY(need_staff(call));
    if (class_id)
        PZ__TRY(pz__may_class(call, kind, PZ__SEE, class_id, "class_id"));
    else if (org)
        PZ__TRY(pz__may_org(call, kind, PZ__SEE, org, "org"));
    else
        PZ__TRY(pz__may(call, kind, PZ__SEE));
    PZ__TRY(pz__org_tree_load(call, &scope->tree));
    PZ__TRY(take_classes(call, &scope->classes, &scope->class_count));
    PZ__TRY(keep_wanted(call, org, class_id, scope));
    return class_id ? PZ_OK : find_orgs(call, org, scope);
}

pz_status pz__scope_find(pz__call *call, pz_kind kind, pz_id org, pz_id class_id, pz__scope *out_scope)
{
    memset(out_scope, 0, sizeof *out_scope);
    return find(call, kind, org, class_id, out_scope);
}

void pz__scope_free(pz__scope *scope)
{
    pz__org_tree_free(&scope->tree);
    pz__release(scope->classes);
    pz__release(scope->class_orgs);
    pz__release(scope->orgs);
    memset(scope, 0, sizeof *scope);
}

pz_status pz__org_learners(pz__call *call, pz_id org, pz_id **out_learners, size_t *out_count)
{
    static const char sql[] = "WITH RECURSIVE " BELOW_ORG " " LEARNERS_BELOW " ORDER BY 1";
    size_t capacity = 0;
    pz__statement *statement;
    pz__reach reach;
    pz_status status;
    int row;
    *out_learners = NULL;
    *out_count = 0;
    PZ__TRY(pz__reach_learners(call, &reach));
    PZ__TRY(pz__db_statement(call->db, sql, &statement));
    pz__bind_int(statement, 1, call->tenant);
    pz__bind_int(statement, 2, org);
    pz__bind_int(statement, 3, call->present_day);
    while ((status = pz__db_step(statement, &row)) == PZ_OK && row) {
        pz_id learner = pz__column_int(statement, 0);
        if (!pz__reach_has(&reach, learner)) continue;
        status = pz__reserve((void **)out_learners, &capacity, *out_count + 1, sizeof **out_learners);
        if (status != PZ_OK) break;
        (*out_learners)[(*out_count)++] = learner;
    }
    pz__db_reset(statement);
    if (status == PZ_OK) return PZ_OK;
    pz__release(*out_learners);
    *out_learners = NULL;
    *out_count = 0;
    return status;
}

pz_status pz__scope_kind(pz__call *call, pz_kind kind, pz__doing doing, pz_id id, const char *field, int *out_is_class)
{
    pz_status status = pz__may_class(call, kind, doing, id, field);
    if (out_is_class) *out_is_class = status != PZ_E_NOT_FOUND;
    return status == PZ_E_NOT_FOUND ? pz__may_org(call, kind, doing, id, field) : status;
}

/* --------------------------------------------------------------------------------------------- templates and the like --- */

static pz_status fail_owned(void)
{
    return pz__fail(PZ_E_DENIED, "org", "Add one of your own.", "It is changed by who made it, and by counselors and leaders of its org.");
}

pz_status pz__may_save_owned(pz__call *call, pz_kind kind, const pz__owned *current, pz_id org)
{
    int owns = 0, owns_given = 0;
    PZ__TRY(pz__may(call, kind, PZ__WRITE));
    if (pz__call_role(call) == PZ_ROLE_SERVICE) return org ? pz__may_org(call, kind, PZ__WRITE, org, "org") : PZ_OK;
    if (!org) return pz__fail(PZ_E_DENIED, "org", "Name an org of the actor.", "What belongs to the whole store is saved by a service.");
    PZ__TRY(pz__may_org(call, kind, PZ__SEE, org, "org"));
    PZ__TRY(pz__owns_org(call, org, &owns_given));
    if (!owns_given && pz__call_role(call) != PZ_ROLE_TEACHER) return fail_owned();
    if (!current) return PZ_OK;
    if (current->org) PZ__TRY(pz__owns_org(call, current->org, &owns));
    return owns || (current->author && current->author == pz__call_person(call)) ? PZ_OK : fail_owned();
}
