/* pz_profile_upkeep_list(): what is missing in profiles, what has grown old, and whom to ask. */
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "records/access/whom.h"
#include "records/ask.h"
#include "records/goal/find.h"
#include "records/listing.h"
#include "records/profile/see.h"
#include "records/types_learning.h"
#include "records/versioned.h"

enum { SECTIONS = PZ_PROFILE_LEARN_WHERE, ACADEMIC = 0 };

/* By section; 0 is what evidence says. personalize/profile.h shows it. */
static const struct rhythm {
    int32_t days;
    int32_t ask;
} rhythms[SECTIONS + 1] = {
    [ACADEMIC] = {60, PZ_ROLE_TEACHER},
    [PZ_PROFILE_INTEREST] = {180, PZ_ROLE_LEARNER},
    [PZ_PROFILE_BACKGROUND] = {365, PZ_ROLE_GUARDIAN},
    [PZ_PROFILE_EXPERIENCE] = {365, PZ_ROLE_LEARNER},
    [PZ_PROFILE_PRIOR_SUCCESS] = {365, PZ_ROLE_LEARNER},
    [PZ_PROFILE_STRENGTH] = {180, PZ_ROLE_TEACHER},
    [PZ_PROFILE_NEED] = {120, PZ_ROLE_TEACHER},
    [PZ_PROFILE_SUPPORT] = {365, PZ_ROLE_COUNSELOR},
    [PZ_PROFILE_TECHNOLOGY] = {365, PZ_ROLE_LEARNER},
    [PZ_PROFILE_ATTENDANCE] = {120, PZ_ROLE_SERVICE},
    [PZ_PROFILE_TEST_SCORE] = {400, PZ_ROLE_SERVICE},
    [PZ_PROFILE_LEARN_WHAT] = {180, PZ_ROLE_LEARNER},
    [PZ_PROFILE_LEARN_HOW] = {180, PZ_ROLE_LEARNER},
    [PZ_PROFILE_LEARN_WHEN] = {180, PZ_ROLE_LEARNER},
    [PZ_PROFILE_LEARN_WHERE] = {180, PZ_ROLE_LEARNER},
};

typedef struct upkeep_work {
    pz__call *call;
    pz__whom whom;
    pz__rows rows;
    int32_t counts[SECTIONS + 1]; /* of the learner at hand */
    pz_time newest[SECTIONS + 1];
    pz_id ask[PZ_ROLE_SERVICE + 1];
} upkeep_work;

/* ------------------------------------------------------------------------------------------------- counting --- */

static pz_status count_entry(const pz_profile_entry *entry, void *user_data)
{
    upkeep_work *work = user_data;
    if (entry->ends_on != PZ_DATE_NONE && entry->ends_on < work->call->today) return PZ_OK;
    work->counts[entry->section]++;
    if (entry->observed_at > work->newest[entry->section]) work->newest[entry->section] = entry->observed_at;
    return PZ_OK;
}

static pz_status count_evidence(upkeep_work *work, pz_id learner)
{
    static const char sql[] = "SELECT count(DISTINCT competency_id), max(at) FROM evidence WHERE tenant_id = ?1 AND learner_id = ?2 "
                              "AND change_id <= ?3";
    pz__statement *statement;
    pz_status status;
    int row;
    PZ__TRY(pz__ask(work->call, sql, learner, &statement));
    status = pz__db_step(statement, &row);
    if (row) {
        work->counts[ACADEMIC] = (int32_t)pz__column_int(statement, 0);
        work->newest[ACADEMIC] = pz__column_time(statement, 1);
    }
    pz__db_reset(statement);
    return status;
}

/* -------------------------------------------------------------------------------------------------- whom to ask --- */

/* The first adult who holds the role and reaches the learner in it today: people around it are few. */
static pz_status find_adult(upkeep_work *work, pz_id learner, int32_t role, pz_id *out_person)
{
    static const char guardians[] = "SELECT DISTINCT guardian_id FROM guardianship WHERE tenant_id = ?1 AND ?2 >= 0 AND learner_id = ?3 "
                                    "AND until_change = " PZ__CURRENT_SQL " ORDER BY guardian_id";
    static const char teachers[] =
        "SELECT DISTINCT t.person_id FROM enrollment e JOIN enrollment t ON t.tenant_id = e.tenant_id "
        "AND t.class_id = e.class_id AND t.role = 3 AND t.until_change = " PZ__CURRENT_SQL
        " WHERE e.tenant_id = ?1 AND ?2 >= 0 AND e.person_id = ?3 AND e.role = 1 AND e.until_change = " PZ__CURRENT_SQL
        " ORDER BY t.person_id";
    static const char counselors[] =
        "SELECT DISTINCT r.person_id FROM enrollment e JOIN class c ON c.tenant_id = e.tenant_id "
        "AND c.class_id = e.class_id AND c.until_change = " PZ__CURRENT_SQL " JOIN person_role r "
        "ON r.tenant_id = c.tenant_id AND r.org_id = c.org_id AND r.role = 4 AND r.until_change = " PZ__CURRENT_SQL
        " WHERE e.tenant_id = ?1 AND ?2 >= 0 AND e.person_id = ?3 AND e.role = 1 "
        "AND e.until_change = " PZ__CURRENT_SQL " ORDER BY r.person_id";
    const char *sql = role == PZ_ROLE_GUARDIAN ? guardians : role == PZ_ROLE_TEACHER ? teachers : counselors;
    pz_id *ids;
    size_t count;
    pz_status status;
    int reaches = 0;
    *out_person = 0;
    PZ__TRY(pz__ids_read(work->call, sql, learner, &ids, &count));
    status = PZ_OK;
    for (size_t i = 0; i < count && status == PZ_OK && !reaches; i++) {
        status = pz__goal_adult_reaches(work->call, ids[i], role, learner, &reaches);
        if (status == PZ_OK && reaches) *out_person = ids[i];
    }
    pz__release(ids);
    return status;
}

static pz_status find_people(upkeep_work *work, pz_id learner)
{
    work->ask[PZ_ROLE_LEARNER] = learner;
    for (int32_t role = PZ_ROLE_GUARDIAN; role <= PZ_ROLE_COUNSELOR; role++) PZ__TRY(find_adult(work, learner, role, &work->ask[role]));
    return PZ_OK;
}

/* -------------------------------------------------------------------------------------------------- telling --- */

static void add_row(upkeep_work *work, pz_id learner, int32_t section)
{
    pz_profile_upkeep row = *(const pz_profile_upkeep *)pz__profile_upkeep_type.initial;
    row.learner = learner;
    row.section = section;
    row.name = section == ACADEMIC ? "academic" : pz__profile_section_names[section];
    row.entries = work->counts[section];
    row.newest_at = work->newest[section];
    row.stale_after = rhythms[section].days;
    row.is_missing = row.entries == 0;
    if (row.newest_at != PZ_TIME_NONE) {
        int32_t days = work->call->today - pz__store_date(work->call->store, row.newest_at);
        row.days_since = days > 0 ? days : 0;
        row.is_stale = row.days_since > row.stale_after;
    }
    row.ask_role = rhythms[section].ask;
    row.ask = work->ask[row.ask_role];
    pz__rows_add(&work->rows, &row);
}

static pz_status look_at(upkeep_work *work, pz_id learner)
{
    memset(work->counts, 0, sizeof work->counts);
    memset(work->ask, 0, sizeof work->ask);
    for (int32_t section = 0; section <= SECTIONS; section++) work->newest[section] = PZ_TIME_NONE;
    PZ__TRY(pz__profile_each(work->call, learner, 0, 0, count_entry, work));
    PZ__TRY(count_evidence(work, learner));
    PZ__TRY(find_people(work, learner));
    for (int32_t section = 1; section <= SECTIONS; section++) add_row(work, learner, section);
    add_row(work, learner, ACADEMIC);
    pz__whom_read_learner(work->call, &work->whom, learner);
    return PZ_OK;
}

static pz_status list(upkeep_work *work, pz_id learner, pz_id class_id)
{
    static const char everybody[] = "SELECT DISTINCT person_id FROM enrollment WHERE tenant_id = ?1 AND ?2 >= 0 AND ?3 = 0 AND role = 1 "
                                    "AND until_change = " PZ__CURRENT_SQL " ORDER BY person_id";
    pz__whom *whom = &work->whom;
    pz_status status;
    PZ__TRY(pz__whom_find(work->call, PZ_KIND_PROFILE_ENTRY, learner, class_id, whom));
    status = pz__whom_name(work->call, whom, everybody);
    pz__whom_read_class(work->call, whom);
    for (size_t i = 0; i < whom->count && status == PZ_OK; i++) status = look_at(work, whom->ids[i]);
    pz__whom_free(whom);
    return status;
}

pz_status pz_profile_upkeep_list(pz_actor *actor, pz_id learner, pz_id class_id, pz_profile_upkeep ***out_rows, size_t *out_count)
{
    pz__call call;
    upkeep_work work = {.call = &call};
    pz_status status;
    PZ__TRY(pz__list_start((void ***)out_rows, out_count));
    PZ__TRY(pz__call_read(&call, actor));
    pz__rows_start(&work.rows, &pz__profile_upkeep_type);
    status = list(&work, learner, class_id);
    return pz__call_end_rows(&call, status, &work.rows, (void ***)out_rows, out_count);
}
