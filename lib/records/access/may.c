/* Whether the actor may: the table of rights, for what is in reach. */
#include "base/fail.h"
#include "records/access/actor.h"
#include "records/access/rights.h"
#include "records/types.h"

static pz_status fail_denied(const pz__call *call, const char *field)
{
    if (pz__call_role(call) == PZ_ROLE_SERVICE)
        return pz__fail(PZ_E_DENIED, field, "Open the service with a scope that allows this; docs/access.md has the table.",
                        "The scopes of this service do not allow this.");
    return pz__fail(PZ_E_DENIED, field, "docs/access.md has the table of roles and what they may do.", "The role \"%s\" may not do this.",
                    pz__role_names[pz__call_role(call)]);
}

static pz_status fail_not_found(const char *field, pz_id id)
{
    return pz__fail(PZ_E_NOT_FOUND, field, NULL, "There is no record %lld in reach.", (long long)id);
}

static int is_given(const pz__call *call, pz_kind kind, pz__doing doing)
{
    return pz__right_is_given(pz__call_role(call), pz__call_scopes(call), kind, doing);
}

pz_status pz__may(pz__call *call, pz_kind kind, pz__doing doing)
{
    return is_given(call, kind, doing) ? PZ_OK : fail_denied(call, NULL);
}

/* ------------------------------------------------------------------------------------------------- services --- */

static pz_status is_there(pz__call *call, pz__reach_kind kind, pz_id id, int *out_there)
{
    static const char class_sql[] = "SELECT 1 FROM class WHERE tenant_id = ?1 AND class_id = ?2 AND until_change = 9223372036854775807";
    static const char org_sql[] = "SELECT 1 FROM org WHERE tenant_id = ?1 AND org_id = ?2 AND until_change = 9223372036854775807";
    pz__statement *statement;
    pz_status status;
    *out_there = 0;
    if (kind == PZ__REACH_LEARNERS || kind == PZ__REACH_PEOPLE) return pz__person_is_there(call->store, id, out_there);
    PZ__TRY(pz__db_statement(call->db, kind == PZ__REACH_CLASSES ? class_sql : org_sql, &statement));
    pz__bind_int(statement, 1, call->tenant);
    pz__bind_int(statement, 2, id);
    status = pz__db_step(statement, out_there);
    pz__db_reset(statement);
    return status;
}

/* What a service may not do it is told without a look at the record. */
static pz_status may_service(pz__call *call, pz_kind kind, pz__doing doing, pz__reach_kind what, pz_id id, const char *field)
{
    int found;
    if (!is_given(call, kind, doing)) return fail_denied(call, field);
    PZ__TRY(is_there(call, what, id, &found));
    return found ? PZ_OK : fail_not_found(field, id);
}

/* --------------------------------------------------------------------------------------------------- people --- */

static pz_status may(pz__call *call, pz_kind kind, pz__doing doing, pz__reach_kind what, pz_id id, const char *field)
{
    int reaches;
    if (pz__call_role(call) == PZ_ROLE_SERVICE) return may_service(call, kind, doing, what, id, field);
    PZ__TRY(pz__reaches(call, what, id, &reaches));
    if (!reaches) return fail_not_found(field, id);
    return is_given(call, kind, doing) ? PZ_OK : fail_denied(call, field);
}

pz_status pz__may_learner(pz__call *call, pz_kind kind, pz__doing doing, pz_id learner, const char *field)
{
    return may(call, kind, doing, PZ__REACH_LEARNERS, learner, field);
}

pz_status pz__may_class(pz__call *call, pz_kind kind, pz__doing doing, pz_id class_id, const char *field)
{
    return may(call, kind, doing, PZ__REACH_CLASSES, class_id, field);
}

/* Whoever is around a learner is seen by all who reach the learner, and is not theirs to act on: that are learners in reach, the actor
 * itself, and for a leader those who work in its orgs. */
static pz_status is_charge(pz__call *call, pz_id person, int *out_charge)
{
    *out_charge = person == pz__call_person(call);
    if (*out_charge) return PZ_OK;
    PZ__TRY(pz__reaches(call, PZ__REACH_LEARNERS, person, out_charge));
    return *out_charge || pz__call_role(call) != PZ_ROLE_LEADER ? PZ_OK : pz__owns_person(call, person, out_charge);
}

pz_status pz__may_person(pz__call *call, pz_kind kind, pz__doing doing, pz_id person, const char *field)
{
    int charge = 0;
    if (pz__call_role(call) == PZ_ROLE_LEADER && (doing == PZ__EXPORT || doing == PZ__ERASE)) PZ__TRY(pz__has_left(call, person, &charge));
    if (charge) return is_given(call, kind, doing) ? PZ_OK : fail_denied(call, field);
    PZ__TRY(may(call, kind, doing, PZ__REACH_PEOPLE, person, field));
    if (doing == PZ__SEE || pz__call_role(call) == PZ_ROLE_SERVICE) return PZ_OK;
    PZ__TRY(is_charge(call, person, &charge));
    return charge ? PZ_OK : fail_denied(call, field);
}

/* Orgs are seen upwards and sideways as far as learners have ties there, but acted on only where the actor holds its role. */
pz_status pz__may_org(pz__call *call, pz_kind kind, pz__doing doing, pz_id org, const char *field)
{
    int is_own = 0;
    PZ__TRY(may(call, kind, doing, PZ__REACH_ORGS, org, field));
    if (doing == PZ__SEE || pz__call_role(call) == PZ_ROLE_SERVICE) return PZ_OK;
    PZ__TRY(pz__owns_org(call, org, &is_own));
    return is_own ? PZ_OK : fail_denied(call, field);
}
