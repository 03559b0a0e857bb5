/* The public functions that write the roster. */
#include <stddef.h>
#include <string.h>

#include "base/fail.h"
#include "base/number.h"
#include "records/request.h"
#include "records/roster/tables.h"
#include "records/save.h"

#define BIT(member) (1u << (member))

/* ------------------------------------------------------------------------------------------- orgs and times --- */

enum { HIGHEST = 10000 }; /* orgs above an org */

/* Walks up from `parent`: a way that comes back to the record is a circle. */
static pz_status check_way_up(pz__call *call, const char *sql, pz_id id, pz_id parent, const char *what)
{
    for (int steps = 0; parent && id && steps < HIGHEST; steps++) {
        pz__statement *statement;
        pz_status status;
        int row;
        if (parent == id)
            return pz__fail(PZ_E_INVALID, "parent", "Name a parent that is not below it.", "%s %lld would be above itself.", what,
                            (long long)id);
        PZ__TRY(pz__db_statement(call->db, sql, &statement));
        pz__bind_int(statement, 1, call->tenant);
        pz__bind_int(statement, 2, parent);
        status = pz__db_step(statement, &row);
        parent = row ? pz__column_int(statement, 0) : 0;
        pz__db_reset(statement);
        if (status != PZ_OK) return status;
    }
    return PZ_OK;
}

static pz_status org_ties(pz__call *call, const void *record)
{
    static const char sql[] = "SELECT parent_id FROM org WHERE tenant_id = ?1 AND org_id = ?2 AND until_change = 9223372036854775807";
    const pz_org *org = record;
    PZ__TRY(pz__need_current_if(call, &pz__org_table, org->parent, "parent"));
    return check_way_up(call, sql, org->id, org->parent, "Org");
}

static pz_status session_range(const void *record)
{
    const pz_academic_session *session = record;
    if (session->starts_on == PZ_DATE_NONE) return pz__fail(PZ_E_INVALID, "starts_on", NULL, "A session needs its first day.");
    if (session->ends_on == PZ_DATE_NONE) return pz__fail(PZ_E_INVALID, "ends_on", NULL, "A session needs its last day.");
    if (session->school_year < 0 || session->school_year > 9999)
        return pz__fail(PZ_E_INVALID, "school_year", NULL, "The school year is %d; it must be 0 to 9999.", (int)session->school_year);
    return pz__check_days(session->starts_on, session->ends_on, "starts_on", "ends_on");
}

static pz_status session_ties(pz__call *call, const void *record)
{
    static const char sql[] =
        "SELECT parent_id FROM academic_session WHERE tenant_id = ?1 AND session_id = ?2 AND until_change = 9223372036854775807";
    const pz_academic_session *session = record;
    PZ__TRY(pz__need_current_if(call, &pz__academic_session_table, session->parent, "parent"));
    return check_way_up(call, sql, session->id, session->parent, "Session");
}

/* --------------------------------------------------------------------------------------- courses and classes --- */

static pz_status course_ties(pz__call *call, const void *record)
{
    const pz_course *course = record;
    PZ__TRY(pz__need_current_if(call, &pz__org_table, course->org, "org"));
    return pz__need_current_if(call, &pz__academic_session_table, course->session, "session");
}

static pz_status check_session_ids(pz__call *call, const char *text, size_t length)
{
    size_t from = 0;
    while (from < length) {
        const char *comma = memchr(text + from, ',', length - from);
        size_t until = comma ? (size_t)(comma - text) : length;
        int64_t id;
        if (!pz__int_parse(text + from, until - from, &id))
            return pz__fail(PZ_E_INVALID, "sessions", "Write ids of academic sessions with commas between them.",
                            "At byte %zu there is no id.", from);
        PZ__TRY(pz__need_current(call, &pz__academic_session_table, id, "sessions"));
        from = until + 1;
    }
    return PZ_OK;
}

static pz_status class_ties(pz__call *call, const void *record)
{
    const pz_class *class_record = record;
    PZ__TRY(pz__need_current(call, &pz__org_table, class_record->org, "org"));
    PZ__TRY(pz__need_current_if(call, &pz__course_table, class_record->course, "course"));
    return check_session_ids(call, class_record->sessions, class_record->sessions_len);
}

/* -------------------------------------------------------------------------------------------------- people --- */

static pz_status role_range(const void *record)
{
    const pz_person_role *role = record;
    if (role->role < PZ_ROLE_LEARNER || role->role > PZ_ROLE_LEADER)
        return pz__fail(PZ_E_INVALID, "role", NULL, "Role %d is none of a person.", (int)role->role);
    if (!role->outside_role)
        return pz__fail(PZ_E_INVALID, "outside_role", "Give \"\" where the source has no word of its own.", "outside_role is NULL.");
    return pz__check_days(role->begins_on, role->ends_on, "begins_on", "ends_on");
}

static pz_status role_ties(pz__call *call, const void *record)
{
    const pz_person_role *role = record;
    PZ__TRY(pz__need_current(call, &pz__person_table, role->person, "person"));
    return pz__need_current(call, &pz__org_table, role->org, "org");
}

static pz_status enrollment_range(const void *record)
{
    const pz_enrollment *enrollment = record;
    if (enrollment->role != PZ_ROLE_LEARNER && enrollment->role != PZ_ROLE_TEACHER)
        return pz__fail(PZ_E_INVALID, "role", NULL, "Role %d has no place in a class; learners and teachers have.", (int)enrollment->role);
    return pz__check_days(enrollment->begins_on, enrollment->ends_on, "begins_on", "ends_on");
}

static pz_status enrollment_ties(pz__call *call, const void *record)
{
    const pz_enrollment *enrollment = record;
    PZ__TRY(pz__need_current(call, &pz__class_table, enrollment->class_id, "class_id"));
    return pz__need_current(call, &pz__person_table, enrollment->person, "person");
}

/* -------------------------------------------------------------------------------------------------- saving --- */

/* Members by their place in the descriptions of types_roster.c. */
static const pz__saver org_saver = {&pz__org_table, "org.save", offsetof(pz_org, ended) + 4, BIT(2) | BIT(3), 0, NULL, org_ties, NULL};
static const pz__saver session_saver = {&pz__academic_session_table,
                                        "session.save",
                                        offsetof(pz_academic_session, ended) + 4,
                                        BIT(2) | BIT(3),
                                        0,
                                        session_range,
                                        session_ties,
                                        NULL};
static const pz__saver course_saver = {&pz__course_table, "course.save", offsetof(pz_course, ended) + 4, BIT(3), 0, NULL,
                                       course_ties,       NULL};
static const pz__saver class_saver = {&pz__class_table, "class.save", offsetof(pz_class, ended) + 4, BIT(3) | BIT(5), 0, NULL,
                                      class_ties,       NULL};
static const pz__saver person_saver = {
    &pz__person_table, "person.save", offsetof(pz_person, ended) + 4, BIT(1) | BIT(3), 0, NULL, NULL, NULL};
static const pz__saver role_saver = {
    &pz__person_role_table, "role.save", offsetof(pz_person_role, ends_on) + 4, 0, 0, role_range, role_ties, NULL};
static const pz__saver enrollment_saver = {
    &pz__enrollment_table, "enrollment.save", offsetof(pz_enrollment, ends_on) + 4, 0, 0, enrollment_range, enrollment_ties, NULL};

pz_status pz_org_save(pz_actor *actor, const pz_org *org, const char *source, const char *outside_id, const char *key, pz_id *out_id)
{
    return pz__save(actor, &org_saver, org, source, outside_id, key, out_id);
}

pz_status pz_academic_session_save(pz_actor *actor, const pz_academic_session *session, const char *source, const char *outside_id,
                                   const char *key, pz_id *out_id)
{
    return pz__save(actor, &session_saver, session, source, outside_id, key, out_id);
}

pz_status pz_course_save(pz_actor *actor, const pz_course *course, const char *source, const char *outside_id, const char *key,
                         pz_id *out_id)
{
    return pz__save(actor, &course_saver, course, source, outside_id, key, out_id);
}

pz_status pz_class_save(pz_actor *actor, const pz_class *class_record, const char *source, const char *outside_id, const char *key,
                        pz_id *out_id)
{
    return pz__save(actor, &class_saver, class_record, source, outside_id, key, out_id);
}

pz_status pz_person_save(pz_actor *actor, const pz_person *person, const char *source, const char *outside_id, const char *key,
                         pz_id *out_id)
{
    return pz__save(actor, &person_saver, person, source, outside_id, key, out_id);
}

pz_status pz_person_role_save(pz_actor *actor, const pz_person_role *role, const char *key, pz_id *out_id)
{
    return pz__save(actor, &role_saver, role, NULL, NULL, key, out_id);
}

pz_status pz_enrollment_save(pz_actor *actor, const pz_enrollment *enrollment, const char *source, const char *outside_id, const char *key,
                             pz_id *out_id)
{
    return pz__save(actor, &enrollment_saver, enrollment, source, outside_id, key, out_id);
}

/* ------------------------------------------------------------------------------------------ guardians, ends --- */

static pz_status begin_pair(pz__call *call, pz_actor *actor, const char *action, int64_t first, int64_t second, const char *key)
{
    pz__buffer request = PZ__BUFFER_INIT;
    pz_status status;
    if (key) {
        pz__request_int(&request, first);
        pz__request_int(&request, second);
    }
    status = request.status == PZ_OK ? pz__call_write(call, actor, action, key, request.data, request.length) : pz__fail_memory();
    pz__buffer_free(&request);
    return status;
}

static pz_status add_guardian(pz__call *call, pz_id learner, pz_id guardian)
{
    pz__outcome outcome;
    PZ__TRY(pz__may(call, PZ_KIND_GUARDIANSHIP, PZ__WRITE));
    if (learner == guardian) return pz__fail(PZ_E_INVALID, "guardian", NULL, "Nobody is a guardian of themselves.");
    PZ__TRY(pz__need_current(call, &pz__person_table, learner, "learner"));
    PZ__TRY(pz__need_current(call, &pz__person_table, guardian, "guardian"));
    return call->repeated ? PZ_OK : pz__guardianship_write(call, learner, guardian, &outcome);
}

pz_status pz_guardianship_add(pz_actor *actor, pz_id learner, pz_id guardian, const char *key)
{
    pz__call call;
    PZ__TRY(begin_pair(&call, actor, "guardianship.add", learner, guardian, key));
    return pz__call_end(&call, add_guardian(&call, learner, guardian));
}

static pz_status end_guardian(pz__call *call, pz_id learner, pz_id guardian)
{
    pz__outcome outcome;
    PZ__TRY(pz__may(call, PZ_KIND_GUARDIANSHIP, PZ__WRITE));
    if (call->repeated) return PZ_OK;
    PZ__TRY(pz__guardianship_end_write(call, learner, guardian, &outcome));
    if (outcome == PZ__CHANGED) return PZ_OK;
    return pz__fail(PZ_E_NOT_FOUND, "guardian", NULL, "Person %lld is no guardian of %lld.", (long long)guardian, (long long)learner);
}

pz_status pz_guardianship_end(pz_actor *actor, pz_id learner, pz_id guardian, const char *key)
{
    pz__call call;
    PZ__TRY(begin_pair(&call, actor, "guardianship.end", learner, guardian, key));
    return pz__call_end(&call, end_guardian(&call, learner, guardian));
}

static pz_status end_record(pz__call *call, pz_kind kind, pz_id id)
{
    const pz__table *table = pz__roster_table(kind);
    pz__outcome outcome;
    if (!table) return pz__fail(PZ_E_INVALID, "kind", NULL, "Kind %d is none of the roster that ends.", (int)kind);
    PZ__TRY(pz__may(call, kind, PZ__WRITE));
    if (call->repeated) return PZ_OK;
    PZ__TRY(pz__need_current(call, table, id, "id"));
    return pz__roster_end_write(call, kind, id, &outcome);
}

pz_status pz_roster_end(pz_actor *actor, pz_kind kind, pz_id id, const char *key)
{
    pz__call call;
    PZ__TRY(begin_pair(&call, actor, "roster.end", kind, id, key));
    return pz__call_end(&call, end_record(&call, kind, id));
}
