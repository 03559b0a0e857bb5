#include "records/profile/find.h"

#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "records/access/visible.h"
#include "records/evidence/learning_tables.h"

static pz_status fail_missing(pz_id entry)
{
    return pz__fail(PZ_E_NOT_FOUND, "entry", "pz_profile_entry_list() lists them.", "There is no entry %lld in reach, or it was withdrawn.",
                    (long long)entry);
}

/* The current version of an entry by its id, whoever's it is. */
static pz_status load(pz__call *call, pz_id id, pz_profile_entry **out_entry)
{
    static const char sql[] =
        "SELECT entry_id, learner_id, since_change, section, code, content, value, standard_error, scale, source, author_id, author_role, "
        "observed_at, begins_on, ends_on, confidence, visibility, 1, value_type, activation, times, recorded_at, withdrawn_because, 0 FROM "
        "profile_entry WHERE tenant_id = ?1 AND entry_id = ?2 "
        "AND until_change = " PZ__CURRENT_SQL " AND withdrawn_because IS NULL";
    pz__statement *statement;
    pz__rows rows;
    pz_status status;
    *out_entry = NULL;
    PZ__TRY(pz__db_statement(call->db, sql, &statement));
    pz__bind_int(statement, 1, call->tenant);
    pz__bind_int(statement, 2, id);
    pz__rows_start(&rows, &pz__profile_entry_type);
    status = pz__rows_read(&rows, statement);
    if (status == PZ_OK && rows.status == PZ_OK && rows.count == 0) status = fail_missing(id);
    if (status == PZ_OK) return pz__rows_take_one(&rows, (void **)out_entry);
    pz__rows_free(&rows);
    return status;
}

static pz_status read_first_author(pz__call *call, pz__entry_found *found)
{
    static const char sql[] = "SELECT author_id, author_role FROM profile_entry WHERE tenant_id = ?1 AND learner_id = ?2 AND entry_id = ?3 "
                              "ORDER BY since_change LIMIT 1";
    pz__statement *statement;
    pz_status status;
    int row;
    PZ__TRY(pz__db_statement(call->db, sql, &statement));
    pz__bind_int(statement, 1, call->tenant);
    pz__bind_int(statement, 2, found->entry->learner);
    pz__bind_int(statement, 3, found->entry->id);
    status = pz__db_step(statement, &row);
    if (row) {
        found->first_author = pz__column_int(statement, 0);
        found->first_role = (int32_t)pz__column_int(statement, 1);
    }
    pz__db_reset(statement);
    return status;
}

static int may_change(const pz__call *call, const pz__entry_found *found)
{
    pz_id person = pz__call_person(call);
    int32_t role = pz__call_role(call);
    if (role == PZ_ROLE_COUNSELOR || role == PZ_ROLE_LEADER) return found->first_role != PZ_ROLE_LEARNER;
    if (found->entry->author == person && found->entry->author_role == role) return 1;
    return found->first_author == person && found->first_role == role;
}

int pz__entry_is_by(const pz__call *call, const pz__entry_found *found)
{
    pz_id person = pz__call_person(call);
    return person && (found->entry->author == person || found->first_author == person);
}

static pz_status see(pz__call *call, pz__doing doing, pz_id id, pz_id learner)
{
    pz__named named = {NULL, 0, 0};
    int is_visible = 0;
    pz_status status = pz__may_learner(call, PZ_KIND_PROFILE_ENTRY, doing, learner, "entry");
    if (status == PZ_OK) status = pz__entry_is_visible(call, &named, id, &is_visible);
    pz__named_free(&named);
    return status == PZ_E_NOT_FOUND || (status == PZ_OK && !is_visible) ? fail_missing(id) : status;
}

pz_status pz__entry_find(pz__call *call, pz__doing doing, pz_id id, pz__entry_found *found)
{
    pz_status status;
    memset(found, 0, sizeof *found);
    PZ__TRY(load(call, id, &found->entry));
    status = see(call, doing, id, found->entry->learner);
    if (status == PZ_OK) status = read_first_author(call, found);
    if (status == PZ_OK) return PZ_OK;
    pz_free(found->entry);
    found->entry = NULL;
    return status;
}

pz_status pz__entry_find_own(pz__call *call, pz_id id, pz__entry_found *found)
{
    PZ__TRY(pz__entry_find(call, PZ__WRITE, id, found));
    if (may_change(call, found)) return PZ_OK;
    pz_free(found->entry);
    found->entry = NULL;
    return pz__fail(PZ_E_DENIED, "entry", "Add an entry of your own.",
                    "The entry %lld is changed by its author, and by counselors and leaders unless it is the learner's own.",
                    (long long)id);
}
