/* Adults who are named for an entry. */
#include "base/fail.h"
#include "base/memory.h"
#include "records/goal/find.h"
#include "records/listing.h"
#include "records/profile/find.h"
#include "records/profile/tables.h"
#include "records/writing.h"

/* For the learner and the author alone. */
static pz_status find(pz__call *call, pz__doing doing, pz_id entry, pz__entry_found *found)
{
    PZ__TRY(pz__entry_find(call, doing, entry, found));
    if (pz__entry_is_by(call, found)) return PZ_OK;
    if (pz__call_role(call) == PZ_ROLE_LEARNER && pz__call_person(call) == found->entry->learner) return PZ_OK;
    pz_free(found->entry);
    found->entry = NULL;
    return pz__fail(PZ_E_DENIED, "entry", NULL, "The learner and its author say who is named for the entry %lld.", (long long)entry);
}

static pz_status check_adult(pz__call *call, pz_id person, pz_id learner)
{
    int reaches = 0;
    for (int32_t role = PZ_ROLE_GUARDIAN; role <= PZ_ROLE_LEADER && !reaches; role++)
        PZ__TRY(pz__goal_adult_reaches(call, person, role, learner, &reaches));
    if (reaches && person != learner) return PZ_OK;
    return pz__fail(PZ_E_NOT_FOUND, "person", "pz_person_list() with the learner lists the adults around it.",
                    "The person %lld is no adult who reaches the learner.", (long long)person);
}

static pz_status name(pz__call *call, pz_id entry, pz_id person, int ends)
{
    pz_profile_named named = {sizeof named, entry, person, 0, pz__call_person(call), 0};
    pz__entry_found found;
    pz__outcome outcome;
    pz_status status;
    int is_named = 0;
    PZ__TRY(find(call, PZ__WRITE, entry, &found));
    named.learner = found.entry->learner;
    pz_free(found.entry);
    status = pz__versioned_find(call, &pz__profile_named_table, &named, &is_named, NULL);
    if (status != PZ_OK || (is_named && !ends)) return status;
    if (ends && !is_named)
        return pz__fail(PZ_E_NOT_FOUND, "person", "pz_profile_named_list() lists them.", "The person %lld is not named for the entry %lld.",
                        (long long)person, (long long)entry);
    if (ends) return pz__versioned_end(call, &pz__profile_named_table, &named, &outcome);
    PZ__TRY(check_adult(call, person, named.learner));
    return pz__versioned_write(call, &pz__profile_named_table, &named, &outcome);
}

static pz_status write(pz_actor *actor, const char *action, pz_id entry, pz_id person, const char *key, int ends)
{
    pz__buffer request = PZ__BUFFER_INIT;
    pz__call call;
    if (!actor) return pz__fail_closed("actor");
    pz__request_int(&request, entry);
    pz__request_int(&request, person);
    PZ__TRY(pz__write_start(&call, actor, action, key, &request));
    return pz__call_end(&call, call.repeated ? PZ_OK : name(&call, entry, person, ends));
}

pz_status pz_profile_named_add(pz_actor *actor, pz_id entry, pz_id person, const char *key)
{
    return write(actor, "profile.name", entry, person, key, 0);
}

pz_status pz_profile_named_end(pz_actor *actor, pz_id entry, pz_id person, const char *key)
{
    return write(actor, "profile.unname", entry, person, key, 1);
}

/* Who is named today, also in a view of the past: that is what decides. */
static pz_status list(pz__call *call, pz_id entry, pz__rows *rows)
{
    static const char sql[] = "SELECT record_id, person_id, learner_id, named_by, since_change FROM shared_with WHERE tenant_id = ?1 "
                              "AND learner_id = ?2 AND record_id = ?3 AND until_change = " PZ__CURRENT_SQL " ORDER BY person_id";
    pz__entry_found found;
    pz__statement *statement;
    pz_id learner;
    PZ__TRY(find(call, PZ__SEE, entry, &found));
    learner = found.entry->learner;
    pz_free(found.entry);
    PZ__TRY(pz__db_statement(call->db, sql, &statement));
    pz__bind_int(statement, 1, call->tenant);
    pz__bind_int(statement, 2, learner);
    pz__bind_int(statement, 3, entry);
    pz__call_read_learner(call, PZ_KIND_PROFILE_ENTRY, learner);
    return pz__rows_read(rows, statement);
}

pz_status pz_profile_named_list(pz_actor *actor, pz_id entry, pz_profile_named ***out_rows, size_t *out_count)
{
    pz__rows rows;
    pz__call call;
    PZ__TRY(pz__list_start((void ***)out_rows, out_count));
    PZ__TRY(pz__call_read(&call, actor));
    pz__rows_start(&rows, &pz__profile_named_type);
    return pz__call_end_rows(&call, list(&call, entry, &rows), &rows, (void ***)out_rows, out_count);
}
