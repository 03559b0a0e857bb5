#include "records/profile/see.h"

#include "base/fail.h"
#include "base/memory.h"
#include "records/access/visible.h"
#include "records/access/whom.h"
#include "records/evidence/learning_tables.h"

/* What is asked of one pass. */
typedef struct pass {
    pz__call *call;
    pz__named named;
    pz_id *disputed; /* entries with an open dispute, sorted */
    size_t disputed_count;
    int has_today; /* the column after the record is the visibility of today */
    pz__profile_fn each;
    void *user_data;
} pass;

/* An entry that was narrowed is narrow in all its versions: the narrower of the visibility then and today counts. */
static pz_status sees_row(pass *at, pz__statement *statement, const pz_profile_entry *entry, int *out_sees)
{
    pz__sight sight = {entry->id, entry->learner, entry->author, entry->author_role, entry->visibility};
    if (at->has_today) {
        int32_t today = (int32_t)pz__column_int(statement, (int)pz__profile_entry_type.field_count);
        if (today < sight.visibility) sight.visibility = today;
    }
    return pz__is_visible(at->call, &at->named, &sight, out_sees);
}

static pz_status read(pass *at, pz__statement *statement)
{
    pz_profile_entry entry;
    int row, sees;
    for (;;) {
        PZ__TRY(pz__db_step(statement, &row));
        if (!row) return PZ_OK;
        pz__record_read(&pz__profile_entry_type, statement, 0, &entry);
        PZ__TRY(sees_row(at, statement, &entry, &sees));
        if (!sees) continue;
        entry.is_disputed = pz__ids_has(at->disputed, at->disputed_count, entry.id);
        PZ__TRY(at->each(&entry, at->user_data));
    }
}

/* Disputes that are open as the call sees them. */
static pz_status read_disputed(pass *at, pz_id learner)
{
#define OPEN "SELECT entry_id FROM profile_dispute WHERE tenant_id = ?1 AND since_change <= ?2 AND until_change > ?2 AND state = 1 AND "
    static const char one[] = OPEN "learner_id = ?3";
    static const char all[] = OPEN "?3 = 0";
#undef OPEN
    PZ__TRY(pz__ids_read(at->call, learner ? one : all, learner, &at->disputed, &at->disputed_count));
    at->disputed_count = pz__ids_sort(at->disputed, at->disputed_count);
    return PZ_OK;
}

#define COLUMNS(is_current)                                                                                                                \
    "SELECT p.entry_id, p.learner_id, p.since_change, p.section, p.code, p.content, p.value, p.standard_error, p.scale, p.source, "        \
    "p.author_id, p.author_role, p.observed_at, p.begins_on, p.ends_on, p.confidence, p.visibility, " is_current ", p.value_type, "        \
    "p.activation, p.times, p.recorded_at, p.withdrawn_because, 0"
#define FROM " FROM profile_entry p WHERE p.tenant_id = ?1 AND "

/* Of the present the newest versions alone, whose visibility is that of today. */
#define PRESENT COLUMNS("1") FROM
#define IN_PRESENT                                                                                                                         \
    " AND (?4 = 0 OR p.section = ?4) AND p.until_change = " PZ__CURRENT_SQL " AND p.withdrawn_because IS NULL AND ?3 >= 0 AND ?5 = 0 "     \
    "ORDER BY p.learner_id, p.section, p.observed_at, p.entry_id"

/* Most versions are the newest: their own visibility is that of today. */
#define ANY                                                                                                                                \
    COLUMNS("p.until_change > ?3 AND p.withdrawn_because IS NULL")                                                                         \
    ", CASE p.until_change WHEN " PZ__CURRENT_SQL " THEN p.visibility ELSE (SELECT n.visibility FROM profile_entry n "                     \
    "WHERE n.tenant_id = ?1 AND n.learner_id = p.learner_id AND n.entry_id = p.entry_id AND n.until_change = " PZ__CURRENT_SQL             \
    ") END" FROM
#define IN_ANY                                                                                                                             \
    " AND (?4 = 0 OR p.section = ?4) AND p.since_change <= ?3 AND (?5 = 1 OR (p.until_change > ?3 AND p.withdrawn_because IS NULL)) "      \
    "ORDER BY p.learner_id, p.section, CASE ?5 WHEN 0 THEN p.observed_at ELSE p.since_change END, p.entry_id"

pz_status pz__profile_each(pz__call *call, pz_id learner, int32_t section, int with_history, pz__profile_fn each, void *user_data)
{
    static const char *const sql[2][2] = {{PRESENT "?2 = 0" IN_PRESENT, PRESENT "p.learner_id = ?2" IN_PRESENT},
                                          {ANY "?2 = 0" IN_ANY, ANY "p.learner_id = ?2" IN_ANY}};
    pass at = {call, {NULL, 0, 0}, NULL, 0, with_history || call->as_of != call->present, each, user_data};
    pz__statement *statement;
    pz_status status;
    PZ__TRY(read_disputed(&at, learner));
    status = pz__db_statement(call->db, sql[at.has_today][learner != 0], &statement);
    if (status == PZ_OK) {
        pz__bind_int(statement, 1, call->tenant);
        pz__bind_int(statement, 2, learner);
        pz__bind_int(statement, 3, call->as_of);
        pz__bind_int(statement, 4, section);
        pz__bind_int(statement, 5, with_history);
        status = read(&at, statement);
        pz__db_reset(statement);
    }
    pz__release(at.disputed);
    pz__named_free(&at.named);
    return status;
}
