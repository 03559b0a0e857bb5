#include "records/profile_see.h"

#include "base/fail.h"
#include "records/learning_tables.h"
#include "records/visible.h"

/* An entry that was narrowed is narrow in all its versions: the narrower of the visibility then and today counts. */
static pz_status sees_row(pz__call *call, pz__named *named, const pz_profile_entry *entry, int32_t visibility_today, int *out_sees)
{
    pz__sight sight = {entry->id, entry->learner, entry->author, entry->visibility};
    if (visibility_today < sight.visibility) sight.visibility = visibility_today;
    return pz__is_visible(call, named, &sight, out_sees);
}

static pz_status read(pz__call *call, pz__statement *statement, pz__named *named, pz__profile_fn each, void *user_data)
{
    uint32_t columns = pz__profile_entry_type.field_count;
    pz_profile_entry entry;
    int row, sees;
    for (;;) {
        PZ__TRY(pz__db_step(statement, &row));
        if (!row) return PZ_OK;
        pz__record_read(&pz__profile_entry_type, statement, 0, &entry);
        PZ__TRY(sees_row(call, named, &entry, (int32_t)pz__column_int(statement, (int)columns), &sees));
        if (sees) PZ__TRY(each(&entry, user_data));
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
    pz__named named = {NULL, 0, 0};
    pz__statement *statement;
    pz_status status;
    PZ__TRY(pz__db_statement(call->db, learner ? one : all, &statement));
    pz__bind_int(statement, 1, call->tenant);
    pz__bind_int(statement, 2, learner);
    pz__bind_int(statement, 3, call->as_of);
    pz__bind_int(statement, 4, section);
    pz__bind_int(statement, 5, with_history);
    status = read(call, statement, &named, each, user_data);
    pz__db_reset(statement);
    pz__named_free(&named);
    return status;
}
