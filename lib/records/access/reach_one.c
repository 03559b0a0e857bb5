/* Whether one record is in reach. A leader reaches all of a district: the way up from the learner to the leader's orgs is a few steps,
 * the way down is a hundred thousand. The other roles reach few, so their sets are made. */
#include "base/fail.h"
#include "base/memory.h"
#include "records/access/actor.h"
#include "records/access/reach_sql.h"

/* --------------------------------------------------------------------------------------------- yes or no --- */

static pz_status ask(pz__db *db, const char *sql, int64_t tenant, pz_id person, pz_date day, int32_t role, pz_id about, int *out_yes)
{
    pz__statement *statement;
    pz_status status;
    *out_yes = 0;
    PZ__TRY(pz__db_statement(db, sql, &statement));
    pz__bind_int(statement, 1, tenant);
    pz__bind_int(statement, 2, person);
    pz__bind_int(statement, 3, day);
    pz__bind_int(statement, 4, role);
    pz__bind_int(statement, 5, about);
    status = pz__db_step(statement, out_yes);
    pz__db_reset(statement);
    return status;
}

/* Every query names all parameters, so that one function can bind them. */
#define ALL_PARAMETERS " AND ?2 = ?2 AND ?3 = ?3 AND ?4 = ?4 AND ?5 = ?5"

static pz_status ask_call(pz__call *call, const char *sql, pz_id about, int *out_yes)
{
    return ask(call->db, sql, call->tenant, pz__call_person(call), call->present_day, pz__call_role(call), about, out_yes);
}

pz_status pz__person_is_there(pz_store *store, pz_id person, int *out_there)
{
    static const char sql[] = "SELECT 1 FROM person p WHERE p.person_id = ?2 AND " NOW("p") ALL_PARAMETERS;
    return ask(pz__store_db(store), sql, pz__store_tenant(store), person, 0, 0, 0, out_there);
}

pz_status pz__role_is_held(pz_store *store, pz_id person, int32_t role, pz_date today, int *out_held)
{
#define LIVING "SELECT 1 FROM person p WHERE p.person_id = ?2 AND " LIVES("p") ALL_PARAMETERS
#define BY_ROLE "EXISTS (SELECT 1 FROM person_role r WHERE r.person_id = ?2 AND r.role = ?4 AND " HOLDS("r") ")"
#define BY_ENROLLMENT "EXISTS (SELECT 1 FROM enrollment e WHERE e.person_id = ?2 AND e.role = ?4 AND " HOLDS("e") ")"
#define BY_CHILD "EXISTS (SELECT 1 FROM guardianship g WHERE g.guardian_id = ?2 AND " NOW("g") ")"
    static const char in_class[] = LIVING " AND (" BY_ROLE " OR " BY_ENROLLMENT ")";
    static const char of_child[] = LIVING " AND (" BY_ROLE " OR " BY_CHILD ")";
    static const char in_org[] = LIVING " AND " BY_ROLE;
    const char *sql = role == PZ_ROLE_LEARNER || role == PZ_ROLE_TEACHER ? in_class : role == PZ_ROLE_GUARDIAN ? of_child : in_org;
    return ask(pz__store_db(store), sql, pz__store_tenant(store), person, today, role, 0, out_held);
}

/* ----------------------------------------------------------------------------------- counselors and leaders --- */

static int has_orgs(int32_t role)
{
    return role == PZ_ROLE_COUNSELOR || role == PZ_ROLE_LEADER;
}

pz_status pz__owns_org(pz__call *call, pz_id org, int *out_owns)
{
    static const char sql[] = CLIMB("SELECT ?5 AS org_id");
    *out_owns = 0;
    return has_orgs(pz__call_role(call)) ? ask_call(call, sql, org, out_owns) : PZ_OK;
}

static pz_status lives(pz__call *call, pz_id person, int *out_lives)
{
    static const char sql[] = "SELECT 1 FROM person p WHERE p.person_id = ?5 AND " LIVES("p") ALL_PARAMETERS;
    return ask_call(call, sql, person, out_lives);
}

static pz_status owns_learner(pz__call *call, pz_id learner, int *out_owns)
{
    static const char sql[] = CLIMB(ORGS_OF_LEARNER);
    PZ__TRY(lives(call, learner, out_owns));
    return *out_owns ? ask_call(call, sql, learner, out_owns) : PZ_OK;
}

static pz_status owns_class(pz__call *call, pz_id class_id, int *out_owns)
{
    static const char sql[] = CLIMB(ORG_OF_CLASS);
    return ask_call(call, sql, class_id, out_owns);
}

pz_status pz__has_left(pz__call *call, pz_id person, int *out_left)
{
    static const char sql[] =
        "WITH RECURSIVE " OWN ", was(org_id) AS (SELECT r.org_id FROM person_role r WHERE r.tenant_id = ?1 AND r.person_id = ?5 "
        "UNION SELECT c.org_id FROM enrollment e JOIN class c ON c.tenant_id = ?1 AND c.class_id = e.class_id WHERE e.tenant_id = ?1 AND "
        "e.person_id = ?5) SELECT 1 WHERE EXISTS (SELECT 1 FROM was) AND NOT EXISTS (SELECT 1 FROM was WHERE org_id NOT IN (SELECT org_id "
        "FROM own)) AND NOT EXISTS (SELECT 1 FROM person_role r WHERE r.person_id = ?5 AND " HOLDS(
            "r") ") AND NOT EXISTS (SELECT 1 FROM enrollment e WHERE e.person_id = ?5 AND " HOLDS("e") ")";
    *out_left = 0;
    return has_orgs(pz__call_role(call)) ? ask_call(call, sql, person, out_left) : PZ_OK;
}

pz_status pz__owns_person(pz__call *call, pz_id person, int *out_owns)
{
    static const char sql[] = CLIMB(ORGS_OF_PERSON);
    *out_owns = 0;
    return has_orgs(pz__call_role(call)) ? ask_call(call, sql, person, out_owns) : PZ_OK;
}

static pz_status owns(pz__call *call, pz__reach_kind kind, pz_id id, int *out_owns)
{
    *out_owns = 0;
    switch (kind) {
    case PZ__REACH_LEARNERS: return owns_learner(call, id, out_owns);
    case PZ__REACH_CLASSES: return owns_class(call, id, out_owns);
    case PZ__REACH_ORGS: return pz__owns_org(call, id, out_owns);
    default: return pz__owns_person(call, id, out_owns);
    }
}

static pz_status is_in_set(pz__call *call, pz__reach_kind kind, pz_id id, int *out_reaches)
{
    pz__reach set;
    switch (kind) {
    case PZ__REACH_LEARNERS: PZ__TRY(pz__reach_learners(call, &set)); break;
    case PZ__REACH_CLASSES: PZ__TRY(pz__reach_classes(call, &set)); break;
    case PZ__REACH_ORGS: PZ__TRY(pz__reach_orgs(call, &set)); break;
    default: PZ__TRY(pz__reach_people(call, &set)); break;
    }
    *out_reaches = pz__reach_has(&set, id);
    return PZ_OK;
}

/* The wider set of orgs and people of a counselor or leader is made only where the way up does not lead there. */
pz_status pz__reaches(pz__call *call, pz__reach_kind kind, pz_id id, int *out_reaches)
{
    int32_t role = pz__call_role(call);
    *out_reaches = 0;
    if (id == 0) return PZ_OK;
    if (!has_orgs(role) || call->actor->reach[kind].is_known) return is_in_set(call, kind, id, out_reaches);
    PZ__TRY(owns(call, kind, id, out_reaches));
    if (*out_reaches || kind == PZ__REACH_LEARNERS || kind == PZ__REACH_CLASSES) return PZ_OK;
    return is_in_set(call, kind, id, out_reaches);
}
