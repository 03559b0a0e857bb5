#include "records/access/visible.h"

#include "base/fail.h"
#include "base/memory.h"
#include "records/access/whom.h"
#include "records/versioned.h"

int pz__visibility_is_open_to(int32_t visibility, int32_t role, int is_self)
{
    switch ((pz_role)role) {
    case PZ_ROLE_LEARNER: return is_self;
    case PZ_ROLE_TEACHER:
    case PZ_ROLE_SERVICE: return visibility >= PZ_VISIBLE_TEACHERS;
    case PZ_ROLE_GUARDIAN: return visibility >= PZ_VISIBLE_GUARDIANS;
    case PZ_ROLE_COUNSELOR:
    case PZ_ROLE_LEADER: return visibility >= PZ_VISIBLE_SCHOOL;
    }
    return 0;
}

/* In a view of the past too it counts who is named today. */
static pz_status read_named(pz__call *call, pz__named *named)
{
    static const char sql[] = "SELECT record_id FROM shared_with WHERE tenant_id = ?1 AND person_id = ?3 AND ?2 >= 0 "
                              "AND until_change = " PZ__CURRENT_SQL;
    PZ__TRY(pz__ids_read(call, sql, pz__call_person(call), &named->records, &named->count));
    named->count = pz__ids_sort(named->records, named->count);
    named->is_known = 1;
    return PZ_OK;
}

/* What files brought stays with those who import: they must know what is there already. */
static int is_author(const pz__call *call, const pz__sight *sight)
{
    pz_id person = pz__call_person(call);
    if (person) return sight->author == person;
    return sight->author_role == PZ_ROLE_SERVICE && (pz__call_scopes(call) & PZ_SCOPE_IMPORT) != 0;
}

pz_status pz__is_visible(pz__call *call, pz__named *named, const pz__sight *sight, int *out_visible)
{
    pz_id person = pz__call_person(call);
    int32_t role = pz__call_role(call);
    *out_visible = 0;
    if (sight->visibility < PZ_VISIBLE_SELF || sight->visibility > PZ_VISIBLE_SCHOOL) return PZ_OK;
    *out_visible = is_author(call, sight) || pz__visibility_is_open_to(sight->visibility, role, person == sight->learner);
    if (*out_visible || !person || role == PZ_ROLE_LEARNER || sight->visibility == PZ_VISIBLE_SELF) return PZ_OK;
    if (!named->is_known) PZ__TRY(read_named(call, named));
    *out_visible = pz__ids_has(named->records, named->count, sight->record);
    return PZ_OK;
}

void pz__named_free(pz__named *named)
{
    pz__release(named->records);
    named->records = NULL;
    named->count = 0;
    named->is_known = 0;
}

pz_status pz__entry_is_visible(pz__call *call, pz__named *named, pz_id entry, int *out_visible)
{
    static const char sql[] =
        "SELECT learner_id, author_id, author_role, visibility FROM profile_entry WHERE tenant_id = ?1 AND entry_id = ?2 "
        "AND until_change = " PZ__CURRENT_SQL;
    pz__sight sight = {entry, 0, 0, 0, 0};
    pz__statement *statement;
    pz_status status;
    int row;
    *out_visible = 0;
    PZ__TRY(pz__db_statement(call->db, sql, &statement));
    pz__bind_int(statement, 1, call->tenant);
    pz__bind_int(statement, 2, entry);
    status = pz__db_step(statement, &row);
    if (row) {
        sight.learner = pz__column_int(statement, 0);
        sight.author = pz__column_int(statement, 1);
        sight.author_role = (int32_t)pz__column_int(statement, 2);
        sight.visibility = (int32_t)pz__column_int(statement, 3);
    }
    pz__db_reset(statement);
    return status == PZ_OK && row ? pz__is_visible(call, named, &sight, out_visible) : status;
}
