/* Writing frameworks, competencies and associations. */
#include "base/buffer.h"
#include "base/fail.h"
#include "base/memory.h"
#include "records/competency/tables.h"
#include "records/competency/write.h"
#include "records/need.h"
#include "records/request.h"
#include "records/save.h"
#include "records/writing.h"

#define BIT(member) (1u << (member))

pz_status pz__framework_write(pz__call *call, const pz_framework *record, pz__outcome *out_outcome)
{
    return pz__versioned_write(call, &pz__framework_table, record, out_outcome);
}

pz_status pz__competency_write(pz__call *call, const pz_competency *record, pz__outcome *out_outcome)
{
    return pz__versioned_write(call, &pz__competency_table, record, out_outcome);
}

pz_status pz__association_write(pz__call *call, const pz_association *record, pz__outcome *out_outcome)
{
    return pz__versioned_write(call, &pz__association_table, record, out_outcome);
}

/* ------------------------------------------------------------------------------------------------- circles --- */

typedef struct ties {
    pz_id *from, *to;
    size_t count, from_capacity, to_capacity;
} ties;

static pz_status add_tie(ties *t, pz_id from, pz_id to)
{
    PZ__TRY(pz__reserve((void **)&t->from, &t->from_capacity, t->count + 1, sizeof *t->from));
    PZ__TRY(pz__reserve((void **)&t->to, &t->to_capacity, t->count + 1, sizeof *t->to));
    t->from[t->count] = from;
    t->to[t->count++] = to;
    return PZ_OK;
}

/* All current ties of the association's kind, with the association as it will be. */
static pz_status load_ties(pz__call *call, const pz_association *association, ties *t)
{
    static const char sql[] =
        "SELECT origin_id, destination_id FROM association WHERE tenant_id = ?1 AND kind = ?2 AND association_id <> ?3 "
        "AND until_change = " PZ__CURRENT_SQL " ORDER BY association_id";
    pz__statement *statement;
    pz_status status = add_tie(t, association->origin, association->destination);
    int row;
    if (status == PZ_OK) status = pz__db_statement(call->db, sql, &statement);
    if (status != PZ_OK) return status;
    pz__bind_int(statement, 1, call->tenant);
    pz__bind_int(statement, 2, association->kind);
    pz__bind_int(statement, 3, association->id);
    while ((status = pz__db_step(statement, &row)) == PZ_OK && row) {
        status = add_tie(t, pz__column_int(statement, 0), pz__column_int(statement, 1));
        if (status != PZ_OK) break;
    }
    pz__db_reset(statement);
    return status;
}

static pz_status fail_circle(const pz_association *association, const pz_id *path, size_t count)
{
    enum { SHOWN_MAX = 20 };
    pz__buffer words = PZ__BUFFER_INIT;
    pz_status status;
    for (size_t i = 0; i < count && i < SHOWN_MAX; i++) pz__buffer_format(&words, "%s%lld", i ? " -> " : "", (long long)path[i]);
    if (count > SHOWN_MAX) pz__buffer_text(&words, " -> ...");
    status = words.status != PZ_OK
                 ? pz__fail_memory()
                 : pz__fail(PZ_E_INVALID, "destination", "End one of these associations first.", "%s would go in a circle: %s.",
                            association->kind == PZ_ASSOCIATION_PRECEDES ? "Precedes" : "IsChildOf", words.data);
    pz__buffer_free(&words);
    return status;
}

static pz_status check_circle(pz__call *call, const pz_association *association)
{
    ties t = {NULL, NULL, 0, 0, 0};
    pz_id *path = NULL;
    size_t count = 0;
    pz_status status = load_ties(call, association, &t);
    if (status == PZ_OK) status = pz__circle_find(t.from, t.to, t.count, &path, &count);
    if (status == PZ_OK && count) status = fail_circle(association, path, count);
    pz__release(path);
    pz__release(t.from);
    pz__release(t.to);
    return status;
}

/* ------------------------------------------------------------------------------------------- own frameworks --- */

/* Whoever wrote a framework's first version. The row of a change that is still open is not there yet, but all in it has one author. */
static pz_status is_own_framework(pz__call *call, pz_id framework, int *out_own)
{
    static const char sql[] =
        "SELECT f.since_change = ?4 OR EXISTS (SELECT 1 FROM change c JOIN person_alias a ON a.tenant_id = c.tenant_id "
        "AND a.alias = c.author_alias WHERE c.tenant_id = ?1 AND c.change_id = f.since_change AND a.person_id = ?3) "
        "FROM framework f WHERE f.tenant_id = ?1 AND f.framework_id = ?2 ORDER BY f.since_change LIMIT 1";
    pz__statement *statement;
    pz_status status;
    int row;
    *out_own = 0;
    PZ__TRY(pz__db_statement(call->db, sql, &statement));
    pz__bind_int(statement, 1, call->tenant);
    pz__bind_int(statement, 2, framework);
    pz__bind_int(statement, 3, pz__call_person(call));
    pz__bind_int(statement, 4, pz__change_number(call->change));
    status = pz__db_step(statement, &row);
    if (row) *out_own = (int)pz__column_int(statement, 0);
    pz__db_reset(statement);
    return status;
}

/* Leaders write what they made themselves; imports write all. Without a framework it is nobody's own. */
static pz_status need_own_framework(pz__call *call, pz_id framework)
{
    int own;
    if (pz__call_role(call) == PZ_ROLE_SERVICE) return PZ_OK;
    PZ__TRY(pz__need_if(call, PZ_KIND_FRAMEWORK, framework, "framework"));
    PZ__TRY(is_own_framework(call, framework, &own));
    return own ? PZ_OK
               : pz__fail(PZ_E_DENIED, "framework",
                          "Make a framework of your own and tie its competencies to those of others by associations.",
                          "Framework %lld was not made by this actor.", (long long)framework);
}

/* The framework that a competency or an association is in now; 0 for one that is new. */
static pz_status current_framework(pz__call *call, const char *sql, pz_id id, pz_id *out_framework)
{
    pz__statement *statement;
    pz_status status;
    int row;
    PZ__TRY(pz__db_statement(call->db, sql, &statement));
    pz__bind_int(statement, 1, call->tenant);
    pz__bind_int(statement, 2, id);
    status = pz__db_step(statement, &row);
    *out_framework = row ? pz__column_int(statement, 0) : 0;
    pz__db_reset(statement);
    return status;
}

/* By its kind, what stands now under this id. */
static pz_status need_own_now(pz__call *call, pz_kind kind, pz_id id)
{
    static const char of_competency[] =
        "SELECT framework_id FROM competency WHERE tenant_id = ?1 AND competency_id = ?2 AND until_change = " PZ__CURRENT_SQL;
    static const char of_association[] =
        "SELECT framework_id FROM association WHERE tenant_id = ?1 AND association_id = ?2 AND until_change = " PZ__CURRENT_SQL;
    pz_id framework = id;
    if (pz__call_role(call) == PZ_ROLE_SERVICE) return PZ_OK;
    if (kind != PZ_KIND_FRAMEWORK)
        PZ__TRY(current_framework(call, kind == PZ_KIND_COMPETENCY ? of_competency : of_association, id, &framework));
    return need_own_framework(call, framework);
}

static pz_status framework_right(pz__call *call, const void *record)
{
    const pz_framework *framework = record;
    return framework->id ? need_own_now(call, PZ_KIND_FRAMEWORK, framework->id) : PZ_OK;
}

static pz_status competency_right(pz__call *call, const void *record)
{
    const pz_competency *competency = record;
    if (competency->id) PZ__TRY(need_own_now(call, PZ_KIND_COMPETENCY, competency->id));
    return need_own_framework(call, competency->framework);
}

static pz_status association_right(pz__call *call, const void *record)
{
    const pz_association *association = record;
    if (association->id) PZ__TRY(need_own_now(call, PZ_KIND_ASSOCIATION, association->id));
    return need_own_framework(call, association->framework);
}

/* -------------------------------------------------------------------------------------------------- saving --- */

static pz_status competency_ties(pz__call *call, const void *record)
{
    const pz_competency *competency = record;
    return pz__need_if(call, PZ_KIND_FRAMEWORK, competency->framework, "framework");
}

static pz_status association_range(const void *record)
{
    const pz_association *association = record;
    if (association->kind < PZ_ASSOCIATION_IS_CHILD_OF || association->kind > PZ_ASSOCIATION_OTHER)
        return pz__fail(PZ_E_INVALID, "kind", "Use PZ_ASSOCIATION_OTHER for a type of your own.", "An association has no kind %d.",
                        (int)association->kind);
    if (association->origin == association->destination)
        return pz__fail(PZ_E_INVALID, "destination", NULL, "The association ties %lld to itself.", (long long)association->origin);
    return PZ_OK;
}

static pz_status association_ties(pz__call *call, const void *record)
{
    const pz_association *association = record;
    int is_framework = 0;
    PZ__TRY(pz__need_if(call, PZ_KIND_FRAMEWORK, association->framework, "framework"));
    PZ__TRY(pz__need(call, PZ_KIND_COMPETENCY, association->origin, "origin"));
    if (association->kind == PZ_ASSOCIATION_IS_CHILD_OF)
        PZ__TRY(pz__exists(call, PZ_KIND_FRAMEWORK, association->destination, &is_framework));
    if (!is_framework) PZ__TRY(pz__need(call, PZ_KIND_COMPETENCY, association->destination, "destination"));
    if (association->kind != PZ_ASSOCIATION_IS_CHILD_OF && association->kind != PZ_ASSOCIATION_PRECEDES) return PZ_OK;
    return check_circle(call, association);
}

/* Members by their place in the descriptions of types_competency.c. */
static const pz__saver framework_saver = {&pz__framework_table, "framework.save", sizeof(pz_framework), BIT(1), 0, NULL, NULL,
                                          framework_right};
static const pz__saver competency_saver = {&pz__competency_table, "competency.save", sizeof(pz_competency), BIT(3), BIT(3), NULL,
                                           competency_ties,       competency_right};
static const pz__saver association_saver = {&pz__association_table, "association.save", sizeof(pz_association), 0, 0,
                                            association_range,      association_ties,   association_right};

pz_status pz_framework_save(pz_actor *actor, const pz_framework *framework, const char *source, const char *outside_id, const char *key,
                            pz_id *out_id)
{
    return pz__save(actor, &framework_saver, framework, source, outside_id, key, out_id);
}

pz_status pz_competency_save(pz_actor *actor, const pz_competency *competency, const char *source, const char *outside_id, const char *key,
                             pz_id *out_id)
{
    return pz__save(actor, &competency_saver, competency, source, outside_id, key, out_id);
}

pz_status pz_association_save(pz_actor *actor, const pz_association *association, const char *source, const char *outside_id,
                              const char *key, pz_id *out_id)
{
    return pz__save(actor, &association_saver, association, source, outside_id, key, out_id);
}

/* -------------------------------------------------------------------------------------------------- ending --- */

/* Every record begins with struct_size and its id, so that any of them finds the version to end. */
pz_status pz__competency_end_write(pz__call *call, pz_kind kind, pz_id id, pz__outcome *out_outcome)
{
    const pz__table *table = pz__competency_table_of(kind);
    pz_competency named = PZ_COMPETENCY_INIT;
    *out_outcome = PZ__SAME;
    if (!table) return pz__fail(PZ_E_INVALID, "kind", NULL, "Kind %d is none of a framework that ends.", (int)kind);
    named.id = id;
    return pz__versioned_end(call, table, &named, out_outcome);
}

static pz_status end_record(pz__call *call, pz_kind kind, pz_id id)
{
    const pz__table *table = pz__competency_table_of(kind);
    pz__outcome outcome;
    PZ__TRY(pz__may(call, kind, PZ__WRITE));
    if (call->repeated) return PZ_OK;
    PZ__TRY(pz__need_current(call, table, id, "id"));
    PZ__TRY(need_own_now(call, kind, id));
    return pz__competency_end_write(call, kind, id, &outcome);
}

pz_status pz_competency_end(pz_actor *actor, pz_kind kind, pz_id id, const char *key)
{
    pz__buffer request = PZ__BUFFER_INIT;
    pz__call call;
    if (!actor) return pz__fail_closed("actor");
    if (!pz__competency_table_of(kind))
        return pz__fail(PZ_E_INVALID, "kind", "Give PZ_KIND_FRAMEWORK, PZ_KIND_COMPETENCY or PZ_KIND_ASSOCIATION.",
                        "Records of the kind %d are not part of a framework.", (int)kind);
    pz__request_int(&request, kind);
    pz__request_int(&request, id);
    PZ__TRY(pz__write_start(&call, actor, "competency.end", key, &request));
    return pz__call_end(&call, end_record(&call, kind, id));
}
