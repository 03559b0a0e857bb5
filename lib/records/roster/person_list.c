/* People in reach, chosen by class, org, learner and role. */
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "base/text.h"
#include "records/access/actor.h"
#include "records/ask.h"
#include "records/page.h"
#include "records/roster/list.h"
#include "records/text_search.h"
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

/* ---------------------------------------------------------------------------------------------------- order --- */

static const char *shown(const char *preferred, const char *name)
{
    return preferred && preferred[0] ? preferred : name;
}

static int compare(int32_t by, const pz_person *a, const pz_person *b)
{
    int family = strcmp(shown(a->preferred_family_name, a->family_name), shown(b->preferred_family_name, b->family_name));
    int given = strcmp(shown(a->preferred_given_name, a->given_name), shown(b->preferred_given_name, b->given_name));
    int order = 0;
    if (by == PZ_PERSON_ORDER_NAME) order = family ? family : given;
    if (by == PZ_PERSON_ORDER_GIVEN_NAME) order = given ? given : family;
    return order ? order : (a->id > b->id) - (a->id < b->id);
}

static int compare_places(const void *a, const void *b, void *query)
{
    return compare(((const pz_person_query *)query)->order, *(const pz_person *const *)a, *(const pz_person *const *)b);
}

/* --------------------------------------------------------------------------------------------------- keeping --- */

typedef struct list_work {
    pz__call *call;
    pz_person_query query;
    choice chosen;
    pz_person *after; /* where the page begins, or NULL; one block */
    pz__text_search search;
    pz_status failed; /* of the search */
    pz__rows rows;
} list_work;

/* Rows are kept by a work that changes while it searches. */
typedef struct keeping {
    list_work *work;
} keeping;

static int keep_person(const void *record, const void *user_data)
{
    list_work *work = ((const keeping *)user_data)->work;
    const pz_person *person = record;
    const char *const names[] = {person->given_name,           person->middle_name,           person->family_name,
                                 person->preferred_given_name, person->preferred_family_name, person->identifier};
    int finds = 0;
    pz_status status;
    if (!is_chosen(&work->chosen, person->id)) return 0;
    if (work->after && compare(work->query.order, person, work->after) <= 0) return 0;
    status = pz__text_search_finds(&work->search, names, sizeof names / sizeof names[0], &finds);
    if (status != PZ_OK) work->failed = status;
    return finds && status == PZ_OK;
}

static pz_status keep_rows(list_work *work, pz__statement *statement)
{
    const keeping of = {work};
    PZ__TRY(pz__list_rows(statement, keep_person, &of, &work->rows));
    return work->failed;
}

/* ----------------------------------------------------------------------------------------------------- rows --- */

/* A counselor or leader reaches many: of a few who were chosen each is asked about, before the whole set is made. */
static int asks_each(const pz__call *call, const choice *chosen)
{
    return chosen->count > 0 && (pz__call_role(call) == PZ_ROLE_COUNSELOR || pz__call_role(call) == PZ_ROLE_LEADER);
}

static pz_status read_one(list_work *work, pz_id id, int asks)
{
    static const char sql[] = "SELECT " PZ__PERSON_COLUMNS("") " FROM person WHERE " PZ__SEEN_LISTED("") " AND person_id = ?4";
    pz__statement *statement;
    int reaches = 1;
    if (!is_chosen(&work->chosen, id)) return PZ_OK;
    if (asks) PZ__TRY(pz__reaches(work->call, PZ__REACH_PEOPLE, id, &reaches));
    if (!reaches) return PZ_OK;
    PZ__TRY(pz__list_statement(work->call, sql, work->query.with_ended, &statement));
    pz__bind_int(statement, 4, id);
    return keep_rows(work, statement);
}

static pz_status read_everybody(list_work *work)
{
    static const char sql[] = "SELECT " PZ__PERSON_COLUMNS("") " FROM person WHERE " PZ__SEEN_LISTED("");
    pz__statement *statement;
    PZ__TRY(pz__list_statement(work->call, sql, work->query.with_ended, &statement));
    return keep_rows(work, statement);
}

static pz_status read_people(list_work *work, int asks)
{
    choice *chosen = &work->chosen;
    pz__reach *smallest = NULL;
    for (int i = 0; i < chosen->count; i++)
        if (!chosen->sets[i].all && (!smallest || chosen->sets[i].count < smallest->count)) smallest = &chosen->sets[i];
    if (!smallest) return read_everybody(work);
    for (size_t i = 0; i < smallest->count; i++) PZ__TRY(read_one(work, smallest->ids[i], asks));
    return PZ_OK;
}

/* Whoever the page before ended with, as it stands now, also where it is not there any more. */
static pz_status find_place(list_work *work)
{
    static const char sql[] = "SELECT " PZ__PERSON_COLUMNS("") " FROM person WHERE " PZ__SEEN("") " AND ?3 = ?3 AND person_id = ?4 LIMIT 1";
    pz__statement *statement;
    if (!work->query.after) return PZ_OK;
    PZ__TRY(pz__may_person(work->call, PZ_KIND_PERSON, PZ__SEE, work->query.after, "after"));
    PZ__TRY(pz__list_statement(work->call, sql, 1, &statement));
    pz__bind_int(statement, 4, work->query.after);
    PZ__TRY(pz__take_one(&pz__person_type, statement, (void **)&work->after));
    if (work->after) return PZ_OK;
    return pz__fail(PZ_E_NOT_FOUND, "after", "Begin anew with 0.", "There is no person %lld.", (long long)work->query.after);
}

static void note_reads(list_work *work, pz_person *const *rows, size_t count)
{
    if (work->query.class_id) {
        pz__call_read_class(work->call, PZ_KIND_PERSON, work->query.class_id);
        return;
    }
    for (size_t i = 0; i < count; i++) pz__call_read_learner(work->call, PZ_KIND_PERSON, rows[i]->id);
}

static pz_status read_chosen(list_work *work)
{
    choice *chosen = &work->chosen;
    int asks;
    PZ__TRY(find_place(work));
    PZ__TRY(choose_all(work->call, &work->query, chosen));
    asks = asks_each(work->call, chosen);
    if (!asks) {
        PZ__TRY(pz__reach_people(work->call, &chosen->sets[chosen->count]));
        chosen->count++;
    }
    return read_people(work, asks);
}

/* Only who is on the page was read. */
static pz_status take_page(list_work *work, pz_person ***out_rows, size_t *out_count)
{
    PZ__TRY(pz__page_take(&work->rows, compare_places, &work->query, work->query.limit, (void ***)out_rows, out_count));
    note_reads(work, *out_rows, *out_count);
    return PZ_OK;
}

static pz_status list_people(list_work *work, pz_person ***out_rows, size_t *out_count)
{
    pz_status status;
    PZ__TRY(pz__may(work->call, PZ_KIND_PERSON, PZ__SEE));
    pz__rows_start(&work->rows, &pz__person_type);
    status = read_chosen(work);
    if (status == PZ_OK)
        status = take_page(work, out_rows, out_count);
    else
        pz__rows_free(&work->rows);
    for (int i = 0; i < CHOICES; i++) pz__release(work->chosen.ids[i]);
    pz_free(work->after);
    return status;
}

static pz_status check_query(pz_person_query *query)
{
    PZ__TRY(pz__check_with_ended(query->with_ended));
    if (query->role < 0 || query->role > PZ_ROLE_LEADER)
        return pz__fail(PZ_E_INVALID, "role", NULL, "Role %d is none of a person.", (int)query->role);
    if (query->order < PZ_PERSON_ORDER_NAME || query->order > PZ_PERSON_ORDER_ID)
        return pz__fail(PZ_E_INVALID, "order", "pz_person_order names the orders.", "There is no order %d of people.", (int)query->order);
    PZ__TRY(pz__page_check_limit(query->limit));
    return pz__text_check(query->text, query->text_len, (size_t)pz_limit(PZ_LIMIT_TITLE), "text", &query->text_len);
}

pz_status pz_person_list(pz_actor *actor, const pz_person_query *query, pz_person ***out_rows, size_t *out_count)
{
    pz__call call;
    list_work work = {.call = &call, .query = PZ_PERSON_QUERY_INIT};
    pz_person **rows = NULL;
    size_t count = 0;
    pz_status status;
    if (!out_rows) return pz__fail_null("out_rows");
    *out_rows = NULL;
    if (!out_count) return pz__fail_null("out_count");
    *out_count = 0;
    if (!actor) return pz__fail_closed("actor");
    if (query) PZ__TRY(pz__record_take(&pz__person_query_type, query, offsetof(pz_person_query, with_ended) + 4, &work.query));
    PZ__TRY(check_query(&work.query));
    PZ__TRY(pz__text_search_start(&work.search, work.query.text, work.query.text_len));
    status = pz__call_read(&call, actor);
    if (status == PZ_OK)
        status = pz__page_end(&call, list_people(&work, &rows, &count), (void ***)&rows, &count, (void ***)out_rows, out_count);
    pz__text_search_free(&work.search);
    return status;
}
