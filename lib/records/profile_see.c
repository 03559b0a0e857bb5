#include "records/profile_see.h"

#include "base/fail.h"
#include "records/learning_tables.h"

int pz__visibility_is_open_to(int32_t visibility, int32_t role, int is_self)
{
    if (role == PZ_ROLE_SERVICE) return 1;
    if (role == PZ_ROLE_LEARNER) return is_self && visibility != PZ_VISIBLE_STAFF;
    switch ((pz_visibility)visibility) {
    case PZ_VISIBLE_ALL: return 1;
    case PZ_VISIBLE_STAFF: return role == PZ_ROLE_TEACHER || role == PZ_ROLE_COUNSELOR || role == PZ_ROLE_LEADER;
    case PZ_VISIBLE_COUNSEL: return role == PZ_ROLE_COUNSELOR || role == PZ_ROLE_LEADER;
    case PZ_VISIBLE_FAMILY: return role == PZ_ROLE_GUARDIAN || role == PZ_ROLE_COUNSELOR;
    case PZ_VISIBLE_SELF: break;
    }
    return 0;
}

int pz__profile_sees(const pz__call *call, const pz_profile_entry *entry)
{
    pz_id person = pz__call_person(call);
    if (person && entry->author == person) return 1;
    return pz__visibility_is_open_to(entry->visibility, pz__call_role(call), person == entry->learner);
}

/* An entry that was narrowed is narrow in all its versions: the visibility of today counts beside that of the row. */
static int sees_row(const pz__call *call, pz_profile_entry *entry, int32_t visibility_today)
{
    int32_t own = entry->visibility;
    int sees = pz__profile_sees(call, entry);
    entry->visibility = visibility_today;
    sees = sees && pz__profile_sees(call, entry);
    entry->visibility = own;
    return sees;
}

static pz_status read(pz__call *call, pz__statement *statement, pz__profile_fn each, void *user_data)
{
    uint32_t columns = pz__profile_entry_type.field_count;
    pz_profile_entry entry;
    int row;
    for (;;) {
        PZ__TRY(pz__db_step(statement, &row));
        if (!row) return PZ_OK;
        pz__record_read(&pz__profile_entry_type, statement, 0, &entry);
        if (sees_row(call, &entry, (int32_t)pz__column_int(statement, (int)columns))) PZ__TRY(each(&entry, user_data));
    }
}

pz_status pz__profile_each(pz__call *call, pz_id learner, int32_t section, int with_history, pz__profile_fn each, void *user_data)
{
#define COLUMNS                                                                                                                            \
    "SELECT p.entry_id, p.learner_id, p.since_change, p.section, p.code, p.content, p.value, p.standard_error, p.scale, p.source, "        \
    "p.author_id, p.author_role, p.observed_at, p.begins_on, p.ends_on, p.confidence, p.visibility, "                                      \
    "p.until_change > ?3 AND p.withdrawn_because IS NULL, "                                                                                \
    "(SELECT n.visibility FROM profile_entry n WHERE n.tenant_id = ?1 AND n.learner_id = p.learner_id AND n.entry_id = p.entry_id "        \
    "AND n.until_change = " PZ__CURRENT_SQL ") FROM profile_entry p WHERE p.tenant_id = ?1 AND "
#define WANTED                                                                                                                             \
    " AND (?4 = 0 OR p.section = ?4) AND p.since_change <= ?3 AND (?5 = 1 OR (p.until_change > ?3 AND p.withdrawn_because IS NULL)) "      \
    "ORDER BY p.learner_id, p.section, CASE ?5 WHEN 0 THEN p.observed_at ELSE p.since_change END, p.entry_id"
    static const char one[] = COLUMNS "p.learner_id = ?2" WANTED;
    static const char all[] = COLUMNS "?2 = 0" WANTED;
    pz__statement *statement;
    pz_status status;
    PZ__TRY(pz__db_statement(call->db, learner ? one : all, &statement));
    pz__bind_int(statement, 1, call->tenant);
    pz__bind_int(statement, 2, learner);
    pz__bind_int(statement, 3, call->as_of);
    pz__bind_int(statement, 4, section);
    pz__bind_int(statement, 5, with_history);
    status = read(call, statement, each, user_data);
    pz__db_reset(statement);
    return status;
}
