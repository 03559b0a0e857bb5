/* What a store has of the source that an archive comes from: ids, what the archive covers, and what it no longer lists. */
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "exchange/oneroster_write.h"
#include "store/external.h"

pz_kind pz__or_kind_of(pz__or_file file)
{
    switch (file) {
    case PZ__OR_ORGS: return PZ_KIND_ORG;
    case PZ__OR_ACADEMIC_SESSIONS: return PZ_KIND_SESSION;
    case PZ__OR_COURSES: return PZ_KIND_COURSE;
    case PZ__OR_CLASSES: return PZ_KIND_CLASS;
    case PZ__OR_USERS: return PZ_KIND_PERSON;
    case PZ__OR_ROLES: return PZ_KIND_ROLE;
    case PZ__OR_ENROLLMENTS: return PZ_KIND_ENROLLMENT;
    case PZ__OR_LINE_ITEMS: return PZ_KIND_ASSESSMENT;
    case PZ__OR_RESULTS: return PZ_KIND_EVIDENCE;
    default: return (pz_kind)0;
    }
}

/* --------------------------------------------------------------------------------------------------------- ids --- */

typedef struct loading {
    pz__or_writer *writer;
    pz__or_file file;
} loading;

static pz_status add_stored(pz__id_register *ids, const char *text, size_t length, pz_id id, int64_t *out_place)
{
    PZ__TRY(pz__id_register_add(ids, text, length, out_place));
    ids->ids[*out_place] = id;
    ids->flags[*out_place] |= PZ__ID_STORED;
    return PZ_OK;
}

static pz_status load_id(void *user_data, const char *text, size_t length, pz_id id)
{
    loading *load = user_data;
    int64_t place;
    PZ__TRY(add_stored(&load->writer->roster->ids[load->file], text, length, id, &place));
    return pz__map_put(load->writer->places[load->file], id, place);
}

/* The outside id of evidence begins with that of its result. */
static pz_status load_result(void *user_data, const char *text, size_t length, pz_id sequence)
{
    loading *load = user_data;
    const char *space = memchr(text, ' ', length);
    pz__or_writer *writer = load->writer;
    int64_t place, result = -1;
    PZ__TRY(add_stored(&writer->evidence, text, length, sequence, &place));
    if (space) PZ__TRY(add_stored(&writer->roster->ids[PZ__OR_RESULTS], text, (size_t)(space - text), 0, &result));
    PZ__TRY(pz__reserve((void **)&writer->evidence_results, &writer->evidence_results_capacity, writer->evidence.count, sizeof(int64_t)));
    writer->evidence_results[place] = result;
    return PZ_OK;
}

static int is_needed(const pz__oneroster *roster, pz__or_file file)
{
    if (file == PZ__OR_ENROLLMENTS) return roster->modes[file] != PZ__OR_ABSENT;
    if (file == PZ__OR_RESULTS) return roster->modes[file] != PZ__OR_ABSENT || roster->modes[PZ__OR_RESULT_OBJECTIVES] != PZ__OR_ABSENT;
    return pz__or_kind_of(file) != 0;
}

pz_status pz__or_load_ids(pz__or_writer *writer)
{
    for (int i = 0; i < PZ__OR_FILES && writer->has_source; i++) {
        loading load = {writer, (pz__or_file)i};
        if (!is_needed(writer->roster, load.file)) continue;
        PZ__TRY(pz__external_each(writer->call->store, pz__or_kind_of(load.file), writer->source,
                                  i == PZ__OR_RESULTS ? load_result : load_id, &load));
    }
    writer->roster->has_store = 1;
    return PZ_OK;
}

/* ---------------------------------------------------------------------------------------------------- coverage --- */

/* The place of a stored record of this source, or -1. */
static int64_t place_of(const pz__or_writer *writer, pz__or_file file, pz_id id)
{
    int64_t place;
    return pz__map_get(writer->places[file], id, &place) ? place : -1;
}

static int is_covered(const pz__or_writer *writer, pz__or_file file, pz_id id)
{
    int64_t place = place_of(writer, file, id);
    return place >= 0 && (writer->roster->ids[file].flags[place] & PZ__ID_COVERED);
}

static pz_status start_query(pz__or_writer *writer, const char *sql, pz__statement **out_statement)
{
    PZ__TRY(pz__db_statement(writer->call->db, sql, out_statement));
    pz__bind_int(*out_statement, 1, writer->call->tenant);
    pz__bind_int(*out_statement, 2, PZ__CURRENT);
    return PZ_OK;
}

/* The org above each stored org, by place; -1 where there is none. Ended orgs are marked. */
static pz_status load_org_parents(pz__or_writer *writer, int64_t *parents)
{
    static const char sql[] = "SELECT org_id, parent_id, ended FROM org WHERE tenant_id = ?1 AND until_change = ?2";
    pz__id_register *orgs = &writer->roster->ids[PZ__OR_ORGS];
    pz__statement *statement;
    pz_status status;
    int row;
    for (size_t i = 0; i < orgs->count; i++) parents[i] = -1;
    PZ__TRY(start_query(writer, sql, &statement));
    PZ__OR_ROWS(statement, status, row)
    {
        int64_t place = place_of(writer, PZ__OR_ORGS, pz__column_int(statement, 0));
        if (place < 0) continue;
        parents[place] = place_of(writer, PZ__OR_ORGS, pz__column_int(statement, 1));
        if (pz__column_int(statement, 2)) orgs->flags[place] |= PZ__ID_ENDED;
    }
    pz__db_reset(statement);
    return status;
}

/* A bulk file of orgs speaks of the orgs that it lists and of all that the store has below them. Without one, the archive speaks of the
 * orgs that its bulk files name. */
static void spread_coverage(pz__or_writer *writer, const int64_t *parents)
{
    pz__id_register *orgs = &writer->roster->ids[PZ__OR_ORGS];
    int changed = writer->roster->modes[PZ__OR_ORGS] == PZ__OR_BULK;
    for (size_t i = 0; i < orgs->count && changed; i++) {
        int is_listed = (orgs->flags[i] & PZ__ID_LISTED) && !(orgs->flags[i] & PZ__ID_DELETED);
        orgs->flags[i] &= (uint8_t)~PZ__ID_COVERED; /* that it is named, as what lies above another, is not enough */
        if (is_listed) orgs->flags[i] |= PZ__ID_COVERED;
    }
    while (changed) {
        changed = 0;
        for (size_t i = 0; i < orgs->count; i++) {
            if ((orgs->flags[i] & PZ__ID_COVERED) || parents[i] < 0 || !(orgs->flags[parents[i]] & PZ__ID_COVERED)) continue;
            orgs->flags[i] |= PZ__ID_COVERED;
            changed = 1;
        }
    }
    writer->covers_all = 1;
    for (size_t i = 0; i < orgs->count; i++)
        if ((orgs->flags[i] & PZ__ID_STORED) && !(orgs->flags[i] & (PZ__ID_COVERED | PZ__ID_ENDED))) writer->covers_all = 0;
}

static pz_status find_coverage(pz__or_writer *writer)
{
    size_t count = writer->roster->ids[PZ__OR_ORGS].count;
    int64_t *parents = pz__alloc_zero(count + 1, sizeof *parents);
    pz_status status;
    if (!parents) return pz__fail_memory();
    status = load_org_parents(writer, parents);
    if (status == PZ_OK) spread_coverage(writer, parents);
    pz__release(parents);
    return status;
}

/* -------------------------------------------------------------------------------------------------------- gone --- */

static int is_bulk(const pz__or_writer *writer, pz__or_file file)
{
    if (file == PZ__OR_ROLES && writer->roster->version == 11) file = PZ__OR_USERS;
    return writer->roster->modes[file] == PZ__OR_BULK;
}

/* A record that the archive covers: is it still listed? */
static void consider(pz__or_writer *writer, pz__or_file file, int64_t place)
{
    uint8_t *flags = &writer->roster->ids[file].flags[place];
    writer->current[file]++;
    if ((*flags & PZ__ID_LISTED) && !(*flags & PZ__ID_DELETED)) return;
    *flags |= PZ__ID_GONE;
    writer->gone[file]++;
}

/* Records with an org, a class or nothing above them: (id, what is above, ended). */
static pz_status consider_table(pz__or_writer *writer, pz__or_file file, pz__or_file above, const char *sql)
{
    pz__id_register *ids = &writer->roster->ids[file];
    pz__statement *statement;
    pz_status status;
    int row;
    PZ__TRY(start_query(writer, sql, &statement));
    PZ__OR_ROWS(statement, status, row)
    {
        int64_t place = place_of(writer, file, pz__column_int(statement, 0));
        int covered = pz__column_is_null(statement, 1) ? writer->covers_all : is_covered(writer, above, pz__column_int(statement, 1));
        if (place < 0) continue;
        if (covered) ids->flags[place] |= PZ__ID_COVERED;
        if (pz__column_int(statement, 2))
            ids->flags[place] |= PZ__ID_ENDED;
        else if (covered && is_bulk(writer, file))
            consider(writer, file, place);
    }
    pz__db_reset(statement);
    return status;
}

static pz_status consider_orgs(pz__or_writer *writer)
{
    pz__id_register *orgs = &writer->roster->ids[PZ__OR_ORGS];
    for (size_t i = 0; i < orgs->count && is_bulk(writer, PZ__OR_ORGS); i++)
        if ((orgs->flags[i] & PZ__ID_STORED) && (orgs->flags[i] & PZ__ID_COVERED) && !(orgs->flags[i] & PZ__ID_ENDED))
            consider(writer, PZ__OR_ORGS, (int64_t)i);
    return PZ_OK;
}

static void read_role(pz__statement *statement, pz_person_role *role)
{
    role->id = pz__column_int(statement, 0);
    role->person = pz__column_int(statement, 1);
    role->org = pz__column_int(statement, 2);
    role->role = (int32_t)pz__column_int(statement, 3);
    role->outside_role = pz__column_text(statement, 4, &role->outside_role_len);
    role->is_primary = (int32_t)pz__column_int(statement, 5);
    role->begins_on = pz__column_date(statement, 6);
    role->ends_on = pz__column_date(statement, 7);
}

/* Roles also tell who is where, and what a person is. */
static pz_status consider_roles(pz__or_writer *writer)
{
    pz_person_role role = PZ_PERSON_ROLE_INIT;
    static const char sql[] = "SELECT role_id, person_id, org_id, role, outside_role, is_primary, begins_on, ends_on FROM person_role "
                              "WHERE tenant_id = ?1 AND until_change = ?2";
    pz__statement *statement;
    pz_status status;
    int row;
    PZ__TRY(start_query(writer, sql, &statement));
    PZ__OR_ROWS(statement, status, row)
    {
        int64_t place = place_of(writer, PZ__OR_ROLES, pz__column_int(statement, 0));
        int64_t user = place_of(writer, PZ__OR_USERS, pz__column_int(statement, 1));
        int covered = is_covered(writer, PZ__OR_ORGS, pz__column_int(statement, 2));
        if (user >= 0) {
            writer->user_roles[user] |= (uint8_t)(1 << pz__column_int(statement, 3));
            writer->user_places[user] |= covered ? PZ__OR_IN_COVERED : PZ__OR_IN_OTHER;
        }
        if (place < 0) continue;
        read_role(statement, &role);
        status = pz__or_keep_role(writer, place, &role);
        if (status) break;
        if (covered && is_bulk(writer, PZ__OR_ROLES)) consider(writer, PZ__OR_ROLES, place);
    }
    pz__db_reset(statement);
    return status;
}

/* Whoever is nowhere but in orgs that the archive covers. */
static pz_status consider_users(pz__or_writer *writer)
{
    static const char sql[] = "SELECT person_id, ended FROM person WHERE tenant_id = ?1 AND until_change = ?2";
    pz__id_register *users = &writer->roster->ids[PZ__OR_USERS];
    pz__statement *statement;
    pz_status status;
    int row;
    PZ__TRY(start_query(writer, sql, &statement));
    PZ__OR_ROWS(statement, status, row)
    {
        int64_t place = place_of(writer, PZ__OR_USERS, pz__column_int(statement, 0));
        if (place < 0) continue;
        if (pz__column_int(statement, 1))
            users->flags[place] |= PZ__ID_ENDED;
        else if (is_bulk(writer, PZ__OR_USERS) && (writer->covers_all || writer->user_places[place] == PZ__OR_IN_COVERED))
            consider(writer, PZ__OR_USERS, place);
    }
    pz__db_reset(statement);
    return status;
}

/* Evidence whose result is no longer listed. */
static void consider_results(pz__or_writer *writer)
{
    const pz__id_register *results = &writer->roster->ids[PZ__OR_RESULTS];
    for (size_t i = 0; i < writer->stored_evidence_count && is_bulk(writer, PZ__OR_RESULTS); i++) {
        int64_t result = writer->evidence_results[writer->stored_evidence[i].place];
        int flags = result < 0 ? 0 : results->flags[result];
        if (!writer->stored_evidence[i].is_covered) continue;
        writer->current[PZ__OR_RESULTS]++;
        writer->gone[PZ__OR_RESULTS] += !(flags & PZ__ID_LISTED) || (flags & PZ__ID_DELETED);
    }
}

/* Refused where a slip of the pen is likelier than a school that empties. */
static void check_limits(pz__or_writer *writer)
{
    int32_t most = writer->roster->import->options.gone_percent_max;
    for (int i = 0; i < PZ__OR_FILES; i++) {
        pz__fault_place place = {pz__or_tables[i].file, 0, 0, NULL, NULL, 0};
        if (writer->gone[i] * 100 <= writer->current[i] * most) continue;
        pz__faults_add(&writer->roster->import->faults, PZ__FATAL, "gone_above_limit", &place,
                       "Of %lld %s that the store has in these orgs, the archive no longer lists %lld (%lld %%); the limit is %d %%.",
                       (long long)writer->current[i], pz__or_tables[i].name, (long long)writer->gone[i],
                       (long long)(writer->gone[i] * 100 / writer->current[i]), (int)most);
    }
}

static pz_status make_user_lists(pz__or_writer *writer)
{
    writer->user_count = writer->roster->ids[PZ__OR_USERS].count;
    writer->user_roles = pz__alloc_zero(writer->user_count + 1, 1);
    writer->user_places = pz__alloc_zero(writer->user_count + 1, 1);
    return writer->user_roles && writer->user_places ? PZ_OK : pz__fail_memory();
}

pz_status pz__or_find_gone(pz__or_writer *writer)
{
    PZ__TRY(make_user_lists(writer));
    PZ__TRY(pz__or_list_roles(writer));
    if (writer->has_source) {
        PZ__TRY(find_coverage(writer));
        PZ__TRY(consider_orgs(writer));
        PZ__TRY(consider_table(writer, PZ__OR_ACADEMIC_SESSIONS, PZ__OR_ORGS,
                               "SELECT session_id, NULL, ended FROM academic_session WHERE tenant_id = ?1 AND until_change = ?2"));
        PZ__TRY(consider_table(writer, PZ__OR_COURSES, PZ__OR_ORGS,
                               "SELECT course_id, org_id, ended FROM course WHERE tenant_id = ?1 AND until_change = ?2"));
        PZ__TRY(consider_table(writer, PZ__OR_CLASSES, PZ__OR_ORGS,
                               "SELECT class_id, org_id, ended FROM class WHERE tenant_id = ?1 AND until_change = ?2"));
        PZ__TRY(consider_roles(writer));
        PZ__TRY(consider_users(writer));
        PZ__TRY(consider_table(writer, PZ__OR_LINE_ITEMS, PZ__OR_CLASSES,
                               "SELECT assessment_id, class_id, ended FROM assessment WHERE tenant_id = ?1 AND until_change = ?2"));
        PZ__TRY(pz__or_load_enrollments(writer));
        PZ__TRY(pz__or_load_evidence(writer));
        consider_results(writer);
    }
    check_limits(writer);
    return PZ_OK;
}
