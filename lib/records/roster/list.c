/* Orgs, sessions, courses, classes, roles, enrollments and guardians that the actor reaches. */
#include "records/roster/list.h"

#include "base/fail.h"
#include "base/memory.h"
#include "records/access/actor.h"
#include "records/by_id.h"
#include "records/listing.h"
#include "records/page.h"
#include "records/types.h"

/* -------------------------------------------------------------------------------------------------- shared --- */

pz_status pz__check_with_ended(int32_t with_ended)
{
    if (with_ended == 0 || with_ended == 1) return PZ_OK;
    return pz__fail(PZ_E_INVALID, "with_ended", NULL, "with_ended is %d; it must be 0 or 1.", (int)with_ended);
}

pz_status pz__list_statement(pz__call *call, const char *sql, int32_t with_ended, pz__statement **out_statement)
{
    PZ__TRY(pz__db_statement(call->db, sql, out_statement));
    pz__bind_int(*out_statement, 1, call->tenant);
    pz__bind_int(*out_statement, 2, call->as_of);
    pz__bind_int(*out_statement, 3, with_ended);
    return PZ_OK;
}

pz_status pz__list_rows(pz__statement *statement, pz__keep_fn keep, const void *user_data, pz__rows *rows)
{
    void *record = pz__alloc(rows->type->record_size);
    pz_status status = record ? PZ_OK : pz__fail_memory();
    int row;
    while (status == PZ_OK && (status = pz__db_step(statement, &row)) == PZ_OK && row) {
        pz__record_read(rows->type, statement, 0, record);
        if (keep(record, user_data)) pz__rows_add(rows, record);
    }
    pz__db_reset(statement);
    pz__release(record);
    return status;
}

pz_status pz__list_ids(pz__statement *statement, pz_id **out_ids, size_t *out_count)
{
    size_t capacity = 0;
    pz_status status;
    int row;
    *out_ids = NULL;
    *out_count = 0;
    while ((status = pz__db_step(statement, &row)) == PZ_OK && row) {
        status = pz__reserve((void **)out_ids, &capacity, *out_count + 1, sizeof **out_ids);
        if (status != PZ_OK) break;
        (*out_ids)[(*out_count)++] = pz__column_int(statement, 0);
    }
    pz__db_reset(statement);
    if (status == PZ_OK) return PZ_OK;
    pz__release(*out_ids);
    *out_ids = NULL;
    *out_count = 0;
    return status;
}

/* One list from beginning to end. `what` names the record that the caller asked about, or 0. */
typedef pz_status (*list_fn)(pz__call *call, pz_id first, pz_id second, int32_t with_ended, pz__rows *rows);

static pz_status list(pz_actor *actor, pz_kind kind, const pz_record_type *type, list_fn work, pz_id first, pz_id second,
                      int32_t with_ended, void ***out_rows, size_t *out_count)
{
    pz__call call;
    pz__rows rows;
    pz_status status;
    if (!out_rows) return pz__fail_null("out_rows");
    *out_rows = NULL;
    if (!out_count) return pz__fail_null("out_count");
    *out_count = 0;
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(pz__check_with_ended(with_ended));
    PZ__TRY(pz__call_read(&call, actor));
    pz__rows_start(&rows, type);
    status = pz__may(&call, kind, PZ__SEE);
    if (status == PZ_OK) status = work(&call, first, second, with_ended, &rows);
    return pz__call_end_rows(&call, status, &rows, out_rows, out_count);
}

/* ---------------------------------------------------------------------------------------------------- orgs --- */

/* What has ended is in reach of whoever reaches what it was part of. */
static int keep_org(const void *record, const void *reach)
{
    const pz_org *org = record;
    return pz__reach_has(reach, org->id) || (org->ended && org->parent && pz__reach_has(reach, org->parent));
}

static pz_status list_orgs(pz__call *call, pz_id first, pz_id second, int32_t with_ended, pz__rows *rows)
{
    static const char sql[] = "SELECT " PZ__ORG_COLUMNS("") " FROM org WHERE " PZ__SEEN_LISTED("") " ORDER BY org_id";
    pz__statement *statement;
    pz__reach reach;
    (void)first, (void)second;
    PZ__TRY(pz__reach_orgs(call, &reach));
    PZ__TRY(pz__list_statement(call, sql, with_ended, &statement));
    return pz__list_rows(statement, keep_org, &reach, rows);
}

pz_status pz_org_list(pz_actor *actor, int32_t with_ended, pz_org ***out_rows, size_t *out_count)
{
    return list(actor, PZ_KIND_ORG, &pz__org_type, list_orgs, 0, 0, with_ended, (void ***)out_rows, out_count);
}

static pz_status list_sessions(pz__call *call, pz_id first, pz_id second, int32_t with_ended, pz__rows *rows)
{
    static const char sql[] =
        "SELECT " PZ__SESSION_COLUMNS("") " FROM academic_session WHERE " PZ__SEEN_LISTED("") " ORDER BY starts_on, session_id";
    pz__statement *statement;
    (void)first, (void)second;
    PZ__TRY(pz__list_statement(call, sql, with_ended, &statement));
    return pz__rows_read(rows, statement);
}

pz_status pz_academic_session_list(pz_actor *actor, int32_t with_ended, pz_academic_session ***out_rows, size_t *out_count)
{
    return list(actor, PZ_KIND_SESSION, &pz__academic_session_type, list_sessions, 0, 0, with_ended, (void ***)out_rows, out_count);
}

static int keep_course(const void *record, const void *reach)
{
    const pz_course *course = record;
    return course->org == 0 || pz__reach_has(reach, course->org);
}

static pz_status list_courses(pz__call *call, pz_id first, pz_id second, int32_t with_ended, pz__rows *rows)
{
    static const char sql[] = "SELECT " PZ__COURSE_COLUMNS("") " FROM course WHERE " PZ__SEEN_LISTED("") " ORDER BY course_id";
    pz__statement *statement;
    pz__reach reach;
    (void)first, (void)second;
    PZ__TRY(pz__reach_orgs(call, &reach));
    PZ__TRY(pz__list_statement(call, sql, with_ended, &statement));
    return pz__list_rows(statement, keep_course, &reach, rows);
}

pz_status pz_course_list(pz_actor *actor, int32_t with_ended, pz_course ***out_rows, size_t *out_count)
{
    return list(actor, PZ_KIND_COURSE, &pz__course_type, list_courses, 0, 0, with_ended, (void ***)out_rows, out_count);
}

/* ------------------------------------------------------------------------------------------------- classes --- */

typedef struct class_choice {
    pz__reach classes;
    pz__reach own_orgs;  /* of a counselor or leader, for ended classes */
    const pz_id *chosen; /* sorted; NULL: all */
    size_t count;
    pz__by_id page;
    pz_status failed; /* of a search */
} class_choice;

static int is_in_choice(const class_choice *choice, const pz_class *class_record)
{
    pz__reach chosen = {choice->chosen, choice->count, 0};
    if (choice->chosen && !pz__reach_has(&chosen, class_record->id)) return 0;
    return pz__reach_has(&choice->classes, class_record->id) ||
           (class_record->ended && pz__reach_has(&choice->own_orgs, class_record->org));
}

static int keep_class(const void *record, const void *user_data)
{
    class_choice *choice = *(class_choice *const *)user_data;
    const pz_class *class_record = record;
    const char *texts[] = {class_record->title, class_record->code, class_record->location, class_record->subjects};
    int wanted = 0;
    if (choice->failed != PZ_OK || !is_in_choice(choice, class_record)) return 0;
    choice->failed = pz__by_id_wants(&choice->page, class_record->id, texts, sizeof texts / sizeof texts[0], &wanted);
    return wanted && choice->failed == PZ_OK;
}

/* An ended class is in reach of nobody but those whose org it was of. */
static pz_status find_own_orgs(pz__call *call, pz__reach *out_orgs)
{
    int32_t role = pz__call_role(call);
    pz__reach none = {NULL, 0, 0};
    *out_orgs = none;
    return role == PZ_ROLE_COUNSELOR || role == PZ_ROLE_LEADER ? pz__reach_orgs(call, out_orgs) : PZ_OK;
}

static pz_status classes_ever(pz__call *call, pz_id learner, pz_id **out_ids, size_t *out_count)
{
    static const char sql[] =
        "SELECT DISTINCT class_id FROM enrollment WHERE tenant_id = ?1 AND since_change <= ?2 AND ?3 = ?3 AND person_id = ?4 "
        "AND role = 1 ORDER BY 1";
    pz__statement *statement;
    PZ__TRY(pz__list_statement(call, sql, 1, &statement));
    pz__bind_int(statement, 4, learner);
    return pz__list_ids(statement, out_ids, out_count);
}

static pz_status read_classes(pz__call *call, const pz_class_query *query, class_choice *choice, pz__rows *rows)
{
    static const char sql[] = "SELECT " PZ__CLASS_COLUMNS("") " FROM class WHERE " PZ__SEEN_LISTED("");
    static const pz_id nothing = 0;
    pz_id learner = query->learner, *ids = NULL;
    pz__statement *statement;
    pz_status status;
    PZ__TRY(pz__may(call, PZ_KIND_CLASS, PZ__SEE));
    if (learner) {
        PZ__TRY(pz__may_learner(call, PZ_KIND_CLASS, PZ__SEE, learner, "learner"));
        PZ__TRY(query->with_ended ? classes_ever(call, learner, &ids, &choice->count)
                                  : pz__learner_classes(call, learner, &ids, &choice->count));
        choice->chosen = ids ? ids : &nothing;
        pz__call_read_learner(call, PZ_KIND_CLASS, learner);
    }
    status = pz__reach_classes(call, &choice->classes);
    if (status == PZ_OK) status = find_own_orgs(call, &choice->own_orgs);
    if (status == PZ_OK) status = pz__list_statement(call, sql, query->with_ended, &statement);
    if (status == PZ_OK) status = pz__list_rows(statement, keep_class, &choice, rows);
    pz__release(ids);
    return status == PZ_OK ? choice->failed : status;
}

static pz_status list_classes(pz__call *call, const pz_class_query *query, class_choice *choice, void ***out_rows, size_t *out_count)
{
    pz__rows rows;
    pz_status status;
    pz__rows_start(&rows, &pz__class_type);
    status = read_classes(call, query, choice, &rows);
    if (status == PZ_OK) return pz__by_id_take(&choice->page, &rows, out_rows, out_count);
    pz__rows_free(&rows);
    return status;
}

pz_status pz_class_list(pz_actor *actor, const pz_class_query *query, pz_class ***out_rows, size_t *out_count)
{
    class_choice choice = {.chosen = NULL};
    pz_class_query taken;
    void **rows = NULL;
    size_t count = 0;
    pz__call call;
    pz_status status;
    PZ__TRY(pz__list_start((void ***)out_rows, out_count));
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(pz__record_take(&pz__class_query_type, query ? query : pz__class_query_type.initial, sizeof taken, &taken));
    PZ__TRY(pz__check_with_ended(taken.with_ended));
    PZ__TRY(pz__by_id_start(&choice.page, PZ__BY_ID_NO_OWN, taken.order, taken.after, taken.limit, taken.text, taken.text_len));
    status = pz__call_read(&call, actor);
    if (status == PZ_OK)
        status = pz__page_end(&call, list_classes(&call, &taken, &choice, &rows, &count), &rows, &count, (void ***)out_rows, out_count);
    pz__by_id_free(&choice.page);
    return status;
}

/* --------------------------------------------------------------------------------------------------- roles --- */

static pz_status list_roles(pz__call *call, pz_id person, pz_id second, int32_t with_ended, pz__rows *rows)
{
    static const char sql[] =
        "SELECT " PZ__ROLE_COLUMNS("") " FROM person_role WHERE " PZ__SEEN("") " AND ?3 = ?3 AND person_id = ?4 ORDER BY role_id";
    pz__statement *statement;
    (void)second;
    PZ__TRY(pz__may_person(call, PZ_KIND_ROLE, PZ__SEE, person, "person"));
    PZ__TRY(pz__list_statement(call, sql, with_ended, &statement));
    pz__bind_int(statement, 4, person);
    pz__call_read_learner(call, PZ_KIND_ROLE, person);
    return pz__rows_read(rows, statement);
}

pz_status pz_person_role_list(pz_actor *actor, pz_id person, pz_person_role ***out_rows, size_t *out_count)
{
    return list(actor, PZ_KIND_ROLE, &pz__person_role_type, list_roles, person, 0, 0, (void ***)out_rows, out_count);
}

/* --------------------------------------------------------------------------------------------- enrollments --- */

/* Asked one by one: of a counselor or leader the whole set of people is large. */
typedef struct place_choice {
    pz__call *call;
    pz_status failed; /* of a question */
} place_choice;

static int keep_enrollment(const void *record, const void *user_data)
{
    place_choice *choice = *(place_choice *const *)user_data;
    const pz_enrollment *enrollment = record;
    int reaches = 0;
    if (choice->failed != PZ_OK) return 0;
    choice->failed = pz__reaches(choice->call, PZ__REACH_CLASSES, enrollment->class_id, &reaches);
    if (choice->failed == PZ_OK && reaches) choice->failed = pz__reaches(choice->call, PZ__REACH_PEOPLE, enrollment->person, &reaches);
    return choice->failed == PZ_OK && reaches;
}

/* Without ended ones: versions that are seen and whose last day has not passed. With them: the newest version of each that is known. */
#define PLACES "SELECT " PZ__ENROLLMENT_COLUMNS("e.") " FROM enrollment e WHERE e.tenant_id = ?1 AND e.since_change <= ?2 AND "
#define IN_FORCE                                                                                                                           \
    " AND ((?3 = 0 AND e.until_change > ?2 AND (e.ends_on IS NULL OR e.ends_on >= ?6)) OR (?3 = 1 AND e.since_change = "                   \
    "(SELECT max(v.since_change) FROM enrollment v WHERE v.tenant_id = ?1 AND v.enrollment_id = e.enrollment_id AND v.since_change <= "    \
    "?2)))"                                                                                                                                \
    " AND ?4 = ?4 AND ?5 = ?5 ORDER BY e.enrollment_id"

static const char *enrollments_sql(pz_id class_id, pz_id person)
{
    static const char of_both[] = PLACES "e.class_id = ?4 AND e.person_id = ?5" IN_FORCE;
    static const char of_class[] = PLACES "e.class_id = ?4" IN_FORCE;
    static const char of_person[] = PLACES "e.person_id = ?5" IN_FORCE;
    return class_id && person ? of_both : class_id ? of_class : of_person;
}

static pz_status list_enrollments(pz__call *call, pz_id class_id, pz_id person, int32_t with_ended, pz__rows *rows)
{
    pz__statement *statement;
    place_choice choice = {call, PZ_OK}, *chosen = &choice;
    if (!class_id && !person)
        return pz__fail(PZ_E_INVALID, "class_id", "Name a class, or a person, or both.", "Neither a class nor a person is named.");
    if (class_id) PZ__TRY(pz__may_class(call, PZ_KIND_ENROLLMENT, PZ__SEE, class_id, "class_id"));
    if (person) PZ__TRY(pz__may_person(call, PZ_KIND_ENROLLMENT, PZ__SEE, person, "person"));
    if (person)
        pz__call_read_learner(call, PZ_KIND_ENROLLMENT, person);
    else
        pz__call_read_class(call, PZ_KIND_ENROLLMENT, class_id);
    PZ__TRY(pz__list_statement(call, enrollments_sql(class_id, person), with_ended, &statement));
    pz__bind_int(statement, 4, class_id);
    pz__bind_int(statement, 5, person);
    pz__bind_int(statement, 6, call->today);
    PZ__TRY(pz__list_rows(statement, keep_enrollment, &chosen, rows));
    return choice.failed;
}

pz_status pz_enrollment_list(pz_actor *actor, pz_id class_id, pz_id person, int32_t with_ended, pz_enrollment ***out_rows,
                             size_t *out_count)
{
    return list(actor, PZ_KIND_ENROLLMENT, &pz__enrollment_type, list_enrollments, class_id, person, with_ended, (void ***)out_rows,
                out_count);
}

/* ----------------------------------------------------------------------------------------------- guardians --- */

static int keep_guardianship(const void *record, const void *reach)
{
    const pz_guardianship *guardianship = record;
    return pz__reach_has(reach, guardianship->learner);
}

static pz_status list_guardianships(pz__call *call, pz_id learner, pz_id second, int32_t with_ended, pz__rows *rows)
{
    static const char of_one[] = "SELECT learner_id, guardian_id FROM guardianship WHERE " PZ__SEEN(
        "") " AND ?3 = ?3 AND learner_id = ?4 ORDER BY learner_id, guardian_id";
    static const char of_all[] = "SELECT learner_id, guardian_id FROM guardianship WHERE " PZ__SEEN("") " AND ?3 = ?3 AND ?4 = ?4 "
                                                                                                        "ORDER BY learner_id, guardian_id";
    pz__statement *statement;
    pz__reach reach;
    (void)second;
    if (learner) PZ__TRY(pz__may_learner(call, PZ_KIND_GUARDIANSHIP, PZ__SEE, learner, "learner"));
    PZ__TRY(pz__reach_learners(call, &reach));
    PZ__TRY(pz__list_statement(call, learner ? of_one : of_all, with_ended, &statement));
    pz__bind_int(statement, 4, learner);
    PZ__TRY(pz__list_rows(statement, keep_guardianship, &reach, rows));
    if (learner) pz__call_read_learner(call, PZ_KIND_GUARDIANSHIP, learner);
    return PZ_OK;
}

pz_status pz_guardianship_list(pz_actor *actor, pz_id learner, pz_guardianship ***out_rows, size_t *out_count)
{
    return list(actor, PZ_KIND_GUARDIANSHIP, &pz__guardianship_type, list_guardianships, learner, 0, 0, (void ***)out_rows, out_count);
}

/* ------------------------------------------------------------------------------------------- single records --- */

typedef pz_status (*may_fn)(pz__call *call, pz_kind kind, pz__doing doing, pz_id id, const char *field);

static pz_status get(pz_actor *actor, const pz__table *table, may_fn may, pz_id id, const char *field, void **out_row)
{
    pz_person named = PZ_PERSON_INIT; /* every record begins with struct_size and its id */
    pz__call call;
    pz__rows rows;
    pz_status status;
    if (!out_row) return pz__fail_null("out");
    *out_row = NULL;
    PZ__TRY(pz__call_read(&call, actor));
    named.id = id;
    pz__rows_start(&rows, table->type);
    status = may(&call, table->kind, PZ__SEE, id, field);
    if (status == PZ_OK) status = pz__versioned_list(&call, table, &named, &rows);
    if (status == PZ_OK && table->kind == PZ_KIND_PERSON) pz__call_read_learner(&call, PZ_KIND_PERSON, id);
    return pz__call_end_row(&call, status, &rows, out_row);
}

pz_status pz_person_get(pz_actor *actor, pz_id person, pz_person **out_person)
{
    return get(actor, &pz__person_table, pz__may_person, person, "person", (void **)out_person);
}

pz_status pz_class_get(pz_actor *actor, pz_id class_id, pz_class **out_class)
{
    return get(actor, &pz__class_table, pz__may_class, class_id, "class_id", (void **)out_class);
}

pz_status pz_org_get(pz_actor *actor, pz_id org, pz_org **out_org)
{
    return get(actor, &pz__org_table, pz__may_org, org, "org", (void **)out_org);
}
