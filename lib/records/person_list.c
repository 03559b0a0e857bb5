/* People in reach, chosen by class, org, learner and role. */
#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "records/actor.h"
#include "records/roster_list.h"
#include "records/types.h"

/* -------------------------------------------------------------------------------------------------- choices --- */

/* Each query gives ids in order: ?1 tenant, ?2 change, ?3 with ended, ?4 the day, ?5 what is asked about, ?6 the role or 0. */
#define SEEN(t)                                                                                                                            \
    t ".tenant_id = ?1 AND " t ".since_change <= ?2 AND (?3 = 1 OR (" t ".until_change > ?2 AND (" t ".begins_on IS NULL OR " t            \
      ".begins_on <= ?4) AND (" t ".ends_on IS NULL OR " t ".ends_on >= ?4)))"
#define SEEN_UNDATED(t) t ".tenant_id = ?1 AND " t ".since_change <= ?2 AND (?3 = 1 OR " t ".until_change > ?2)"
#define OF_ROLE(t) "(?6 = 0 OR " t ".role = ?6)"

static const char of_class[] =
    "SELECT DISTINCT e.person_id FROM enrollment e WHERE e.class_id = ?5 AND " SEEN("e") " AND " OF_ROLE("e") " ORDER BY 1";

static const char of_org[] = "WITH RECURSIVE below(org_id) AS (SELECT ?5 UNION SELECT o.org_id FROM below JOIN org o ON o.parent_id = "
                             "below.org_id AND o.tenant_id = ?1 "
                             "AND o.since_change <= ?2 AND o.until_change > ?2) "
                             "SELECT DISTINCT r.person_id FROM below JOIN person_role r ON r.org_id = below.org_id AND " SEEN(
                                 "r") " AND " OF_ROLE("r") " ORDER BY 1";

static const char of_learner[] =
    "WITH RECURSIVE room(class_id, org_id) AS (SELECT c.class_id, c.org_id FROM enrollment e JOIN class c ON c.class_id = e.class_id AND "
    "c.tenant_id = ?1 AND c.since_change <= ?2 AND c.until_change > ?2 WHERE e.person_id = ?5 AND e.role = 1 AND " SEEN(
        "e") "), "
             "up(org_id) AS (SELECT org_id FROM room UNION SELECT r.org_id FROM person_role r WHERE r.person_id = ?5 AND r.role = 1 "
             "AND " SEEN("r") " UNION SELECT o.parent_id FROM up JOIN org o ON o.org_id = up.org_id AND o.tenant_id = ?1 AND "
                              "o.since_change <= ?2 AND "
                              "o.until_change > ?2 WHERE o.parent_id IS NOT NULL) "
                              "SELECT g.guardian_id FROM guardianship g WHERE g.learner_id = ?5 AND " SEEN_UNDATED(
                                  "g") " AND ?6 IN (0, 2) "
                                       "UNION SELECT t.person_id FROM room JOIN enrollment t ON t.class_id = room.class_id AND t.role = 3 "
                                       "AND " SEEN("t") " WHERE ?6 IN (0, 3) "
                                                        "UNION SELECT r.person_id FROM up JOIN person_role r ON r.org_id = up.org_id AND "
                                                        "r.role IN (4, 5) AND " SEEN("r") " AND " OF_ROLE("r") " ORDER BY 1";

static const char of_role[] = "SELECT r.person_id FROM person_role r WHERE ?5 = ?5 AND r.role = ?6 AND " SEEN(
    "r") " UNION SELECT e.person_id FROM enrollment e WHERE e.role = ?6 AND " SEEN("e") " UNION SELECT g.guardian_id FROM guardianship g "
                                                                                        "WHERE ?6 = 2 AND " SEEN_UNDATED("g") " ORDER BY 1";

enum { CHOICES = 4 };

typedef struct choice {
    pz_id *ids[CHOICES];
    pz__reach sets[CHOICES]; /* somebody must be in each */
    int count;
} choice;

static pz_status choose(pz__call *call, const pz_person_query *query, const char *sql, pz_id about, choice *chosen)
{
    pz__statement *statement;
    pz_status status;
    size_t count;
    PZ__TRY(pz__list_statement(call, sql, query->with_ended, &statement));
    pz__bind_int(statement, 4, call->today);
    pz__bind_int(statement, 5, about);
    pz__bind_int(statement, 6, query->role);
    status = pz__list_ids(statement, &chosen->ids[chosen->count], &count);
    if (status != PZ_OK) return status;
    chosen->sets[chosen->count].ids = chosen->ids[chosen->count];
    chosen->sets[chosen->count++].count = count;
    return PZ_OK;
}

static pz_status choose_all(pz__call *call, const pz_person_query *query, choice *chosen)
{
    if (query->class_id) {
        PZ__TRY(pz__may_class(call, PZ_KIND_PERSON, PZ__SEE, query->class_id, "class_id"));
        PZ__TRY(choose(call, query, of_class, query->class_id, chosen));
    }
    if (query->org) {
        PZ__TRY(pz__may_org(call, PZ_KIND_PERSON, PZ__SEE, query->org, "org"));
        PZ__TRY(choose(call, query, of_org, query->org, chosen));
    }
    if (query->learner) {
        PZ__TRY(pz__may_learner(call, PZ_KIND_PERSON, PZ__SEE, query->learner, "learner"));
        PZ__TRY(choose(call, query, of_learner, query->learner, chosen));
    }
    return chosen->count == 0 && query->role ? choose(call, query, of_role, 0, chosen) : PZ_OK;
}

/* The smallest of what was chosen and what is in reach is gone through; the others are looked up. */
static int is_chosen(const choice *chosen, pz_id id)
{
    for (int i = 0; i < chosen->count; i++)
        if (!pz__reach_has(&chosen->sets[i], id)) return 0;
    return 1;
}

static int keep_person(const void *record, const void *user_data)
{
    return is_chosen(user_data, ((const pz_person *)record)->id);
}

/* ----------------------------------------------------------------------------------------------------- rows --- */

/* A counselor or leader reaches many: of a few who were chosen each is asked about, before the whole set is made. */
static int asks_each(const pz__call *call, const choice *chosen)
{
    return chosen->count > 0 && (pz__call_role(call) == PZ_ROLE_COUNSELOR || pz__call_role(call) == PZ_ROLE_LEADER);
}

static pz_status read_one(pz__call *call, const pz_person_query *query, pz_id id, const choice *chosen, int asks, pz__rows *rows)
{
    static const char sql[] = "SELECT " PZ__PERSON_COLUMNS("") " FROM person WHERE " PZ__SEEN_LISTED("") " AND person_id = ?4";
    pz__statement *statement;
    int reaches = 1;
    if (!is_chosen(chosen, id)) return PZ_OK;
    if (asks) PZ__TRY(pz__reaches(call, PZ__REACH_PEOPLE, id, &reaches));
    if (!reaches) return PZ_OK;
    PZ__TRY(pz__list_statement(call, sql, query->with_ended, &statement));
    pz__bind_int(statement, 4, id);
    return pz__list_rows(statement, keep_person, chosen, rows);
}

static pz_status read_everybody(pz__call *call, const pz_person_query *query, const choice *chosen, pz__rows *rows)
{
    static const char sql[] = "SELECT " PZ__PERSON_COLUMNS("") " FROM person WHERE " PZ__SEEN_LISTED("");
    pz__statement *statement;
    PZ__TRY(pz__list_statement(call, sql, query->with_ended, &statement));
    return pz__list_rows(statement, keep_person, chosen, rows);
}

static pz_status read_people(pz__call *call, const pz_person_query *query, choice *chosen, int asks, pz__rows *rows)
{
    pz__reach *smallest = NULL;
    for (int i = 0; i < chosen->count; i++)
        if (!chosen->sets[i].all && (!smallest || chosen->sets[i].count < smallest->count)) smallest = &chosen->sets[i];
    if (!smallest) return read_everybody(call, query, chosen, rows);
    for (size_t i = 0; i < smallest->count; i++) PZ__TRY(read_one(call, query, smallest->ids[i], chosen, asks, rows));
    return PZ_OK;
}

static void note_reads(pz__call *call, const pz_person_query *query, const pz__rows *rows)
{
    if (query->class_id) {
        pz__call_read_class(call, PZ_KIND_PERSON, query->class_id);
        return;
    }
    for (size_t i = 0; i < rows->count; i++) pz__call_read_learner(call, PZ_KIND_PERSON, ((const pz_person *)rows->records)[i].id);
}

static pz_status list_people(pz__call *call, const pz_person_query *query, pz__rows *rows)
{
    choice chosen;
    pz_status status;
    int asks;
    memset(&chosen, 0, sizeof chosen);
    PZ__TRY(pz__may(call, PZ_KIND_PERSON, PZ__SEE));
    status = choose_all(call, query, &chosen);
    asks = asks_each(call, &chosen);
    if (status == PZ_OK && !asks) status = pz__reach_people(call, &chosen.sets[chosen.count]);
    if (status == PZ_OK) {
        if (!asks) chosen.count++;
        status = read_people(call, query, &chosen, asks, rows);
    }
    if (status == PZ_OK) note_reads(call, query, rows);
    for (int i = 0; i < CHOICES; i++) pz__release(chosen.ids[i]);
    return status;
}

/* ---------------------------------------------------------------------------------------------------- order --- */

static const char *shown(const char *preferred, const char *name)
{
    return preferred && preferred[0] ? preferred : name;
}

static int by_name(const void *a, const void *b)
{
    const pz_person *left = *(const pz_person *const *)a, *right = *(const pz_person *const *)b;
    int order = strcmp(shown(left->preferred_family_name, left->family_name), shown(right->preferred_family_name, right->family_name));
    if (!order) order = strcmp(shown(left->preferred_given_name, left->given_name), shown(right->preferred_given_name, right->given_name));
    return order ? order : (left->id > right->id) - (left->id < right->id);
}

static pz_status check_query(const pz_person_query *query)
{
    PZ__TRY(pz__check_with_ended(query->with_ended));
    if (query->role >= 0 && query->role <= PZ_ROLE_LEADER) return PZ_OK;
    return pz__fail(PZ_E_INVALID, "role", NULL, "Role %d is none of a person.", (int)query->role);
}

pz_status pz_person_list(pz_actor *actor, const pz_person_query *query, pz_person ***out_rows, size_t *out_count)
{
    pz_person_query taken = PZ_PERSON_QUERY_INIT;
    pz__call call;
    pz__rows rows;
    pz_status status;
    if (!out_rows) return pz__fail_null("out_rows");
    *out_rows = NULL;
    if (!out_count) return pz__fail_null("out_count");
    *out_count = 0;
    if (!actor) return pz__fail_closed("actor");
    if (query) PZ__TRY(pz__record_take(&pz__person_query_type, query, offsetof(pz_person_query, with_ended) + 4, &taken));
    PZ__TRY(check_query(&taken));
    PZ__TRY(pz__call_read(&call, actor));
    pz__rows_start(&rows, &pz__person_type);
    status = list_people(&call, &taken, &rows);
    status = pz__call_end_rows(&call, status, &rows, (void ***)out_rows, out_count);
    if (status == PZ_OK && *out_count > 1) qsort(*out_rows, *out_count, sizeof **out_rows, by_name);
    return status;
}
