/* pz_profile_upkeep_list(): what is missing in profiles, what has grown old, and whom to ask. */
#include <stddef.h>
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "records/access/whom.h"
#include "records/goal/find.h"
#include "records/listing.h"
#include "records/profile/see.h"
#include "records/profile/shown.h"
#include "records/types_learning.h"
#include "records/versioned.h"

enum { ACADEMIC = PZ_PROFILE_LEARN_WHERE + 1, MISCONCEPTION, PARTS, MOST_DAYS = 36500 };

/* Whom to ask, and where the query has the days, by section; the last two are what evidence says. */
#define PART(name, role)                                                                                                                   \
    {                                                                                                                                      \
#name, offsetof(pz_profile_upkeep_query, name), role                                                                               \
    }
static const struct part {
    const char *name;
    size_t days;
    int32_t ask;
} parts[PARTS] = {
    [PZ_PROFILE_INTEREST] = PART(interest, PZ_ROLE_LEARNER),
    [PZ_PROFILE_BACKGROUND] = PART(background, PZ_ROLE_GUARDIAN),
    [PZ_PROFILE_EXPERIENCE] = PART(experience, PZ_ROLE_LEARNER),
    [PZ_PROFILE_PRIOR_SUCCESS] = PART(prior_success, PZ_ROLE_LEARNER),
    [PZ_PROFILE_STRENGTH] = PART(strength, PZ_ROLE_TEACHER),
    [PZ_PROFILE_NEED] = PART(need, PZ_ROLE_TEACHER),
    [PZ_PROFILE_SUPPORT] = PART(support, PZ_ROLE_COUNSELOR),
    [PZ_PROFILE_TECHNOLOGY] = PART(technology, PZ_ROLE_LEARNER),
    [PZ_PROFILE_ATTENDANCE] = PART(attendance, PZ_ROLE_SERVICE),
    [PZ_PROFILE_TEST_SCORE] = PART(test_score, PZ_ROLE_SERVICE),
    [PZ_PROFILE_LEARN_WHAT] = PART(learn_what, PZ_ROLE_LEARNER),
    [PZ_PROFILE_LEARN_HOW] = PART(learn_how, PZ_ROLE_LEARNER),
    [PZ_PROFILE_LEARN_WHEN] = PART(learn_when, PZ_ROLE_LEARNER),
    [PZ_PROFILE_LEARN_WHERE] = PART(learn_where, PZ_ROLE_LEARNER),
    [ACADEMIC] = PART(academic, PZ_ROLE_TEACHER),
    [MISCONCEPTION] = PART(misconception, PZ_ROLE_TEACHER),
};
#undef PART

typedef struct upkeep_work {
    pz__call *call;
    pz_profile_upkeep_query query;
    pz__whom whom;
    pz__rows rows;
    int32_t counts[PARTS]; /* of the learner at hand */
    pz_time newest[PARTS];
    pz_id ask[PZ_ROLE_SERVICE + 1];
} upkeep_work;

/* ------------------------------------------------------------------------------------------------- counting --- */

static void note_newest(upkeep_work *work, int32_t part, pz_time at)
{
    if (work->newest[part] == PZ_TIME_NONE || at > work->newest[part]) work->newest[part] = at;
}

static pz_status count_entry(const pz_profile_entry *entry, void *user_data)
{
    upkeep_work *work = user_data;
    if (entry->ends_on != PZ_DATE_NONE && entry->ends_on < work->call->today) return PZ_OK;
    work->counts[entry->section]++;
    note_newest(work, entry->section, entry->observed_at);
    return PZ_OK;
}

/* One misconception may be seen in several competencies. */
static int32_t count_misconceptions(const pz__shown *shown)
{
    int32_t count = 0;
    for (size_t i = 0; i < shown->sighting_count; i++) {
        size_t first = 0;
        while (shown->sightings[first].misconception != shown->sightings[i].misconception) first++;
        count += first == i;
    }
    return count;
}

static pz_status count_evidence(upkeep_work *work, pz_id learner)
{
    pz__shown shown;
    pz_status status = pz__shown_read(&shown, work->call, learner);
    if (status == PZ_OK) {
        work->counts[ACADEMIC] = shown.competencies;
        work->newest[ACADEMIC] = shown.newest_at;
        work->counts[MISCONCEPTION] = count_misconceptions(&shown);
        work->newest[MISCONCEPTION] = shown.looked_at;
        work->counts[PZ_PROFILE_TEST_SCORE] += (int32_t)shown.test_count;
        for (size_t i = 0; i < shown.test_count; i++) note_newest(work, PZ_PROFILE_TEST_SCORE, shown.tests[i].last_at);
    }
    pz__shown_free(&shown);
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

static int32_t days_of(const pz_profile_upkeep_query *query, int32_t part)
{
    int32_t days;
    memcpy(&days, (const char *)query + parts[part].days, sizeof days);
    return days;
}

static void add_row(upkeep_work *work, pz_id learner, int32_t part)
{
    pz_profile_upkeep row = *(const pz_profile_upkeep *)pz__profile_upkeep_type.initial;
    row.learner = learner;
    row.section = part < ACADEMIC ? part : 0;
    row.name = parts[part].name;
    row.entries = work->counts[part];
    row.newest_at = work->newest[part];
    row.stale_after = days_of(&work->query, part);
    row.is_missing = row.newest_at == PZ_TIME_NONE;
    if (!row.is_missing) {
        int32_t days = work->call->today - pz__store_date(work->call->store, row.newest_at);
        row.days_since = days > 0 ? days : 0;
        row.is_stale = row.days_since > row.stale_after;
    }
    row.ask_role = parts[part].ask;
    row.ask = work->ask[row.ask_role];
    if (!work->query.wanting_only || row.is_missing || row.is_stale) pz__rows_add(&work->rows, &row);
}

static pz_status look_at(upkeep_work *work, pz_id learner)
{
    memset(work->counts, 0, sizeof work->counts);
    memset(work->ask, 0, sizeof work->ask);
    for (int32_t part = 0; part < PARTS; part++) work->newest[part] = PZ_TIME_NONE;
    PZ__TRY(pz__profile_each(work->call, learner, 0, 0, count_entry, work));
    PZ__TRY(count_evidence(work, learner));
    PZ__TRY(find_people(work, learner));
    for (int32_t part = 1; part < PARTS; part++) add_row(work, learner, part);
    pz__whom_read_learner(work->call, &work->whom, learner);
    return PZ_OK;
}

static pz_status list(upkeep_work *work)
{
    static const char everybody[] = "SELECT DISTINCT person_id FROM enrollment WHERE tenant_id = ?1 AND ?2 >= 0 AND ?3 = 0 AND role = 1 "
                                    "AND until_change = " PZ__CURRENT_SQL " ORDER BY person_id";
    pz__whom *whom = &work->whom;
    pz_status status;
    PZ__TRY(pz__whom_find(work->call, PZ_KIND_PROFILE_ENTRY, work->query.learner, work->query.class_id, whom));
    status = pz__whom_name(work->call, whom, everybody);
    pz__whom_read_class(work->call, whom);
    for (size_t i = 0; i < whom->count && status == PZ_OK; i++) status = look_at(work, whom->ids[i]);
    pz__whom_free(whom);
    return status;
}

static pz_status check_query(const pz_profile_upkeep_query *query)
{
    for (int32_t part = 1; part < PARTS; part++) {
        int32_t days = days_of(query, part);
        if (days < 1 || days > MOST_DAYS)
            return pz__fail(PZ_E_INVALID, parts[part].name, "Start from PZ_PROFILE_UPKEEP_QUERY_INIT.",
                            "A section is stale after 1 to %d days, not %d.", (int)MOST_DAYS, (int)days);
    }
    return PZ_OK;
}

pz_status pz_profile_upkeep_list(pz_actor *actor, const pz_profile_upkeep_query *query, pz_profile_upkeep ***out_rows, size_t *out_count)
{
    pz__call call;
    upkeep_work work = {.call = &call};
    PZ__TRY(pz__list_start((void ***)out_rows, out_count));
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(pz__record_take(&pz__profile_upkeep_query_type, query ? query : pz__profile_upkeep_query_type.initial, sizeof work.query,
                            &work.query));
    PZ__TRY(check_query(&work.query));
    PZ__TRY(pz__call_read(&call, actor));
    pz__rows_start(&work.rows, &pz__profile_upkeep_type);
    return pz__call_end_rows(&call, list(&work), &work.rows, (void ***)out_rows, out_count);
}
