/* Roles, guardians and demographics. */
#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "exchange/oneroster_write.h"
#include "records/roster/bulk.h"

/* -------------------------------------------------------------------------------------------------------- roles --- */

int32_t pz__or_role_of(const char *word, size_t length)
{
    static const struct {
        const char *word;
        int32_t role;
    } table[] = {{"student", PZ_ROLE_LEARNER},          {"parent", PZ_ROLE_GUARDIAN},
                 {"guardian", PZ_ROLE_GUARDIAN},        {"relative", PZ_ROLE_GUARDIAN},
                 {"teacher", PZ_ROLE_TEACHER},          {"aide", PZ_ROLE_TEACHER},
                 {"proctor", PZ_ROLE_TEACHER},          {"counselor", PZ_ROLE_COUNSELOR},
                 {"principal", PZ_ROLE_LEADER},         {"districtAdministrator", PZ_ROLE_LEADER},
                 {"siteAdministrator", PZ_ROLE_LEADER}, {"administrator", PZ_ROLE_LEADER}};
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        if (strlen(table[i].word) == length && !memcmp(table[i].word, word, length)) return table[i].role;
    return 0;
}

static pz__difference *roles_difference(pz__or_writer *writer)
{
    return pz__import_difference(writer->roster->import, pz__or_tables[PZ__OR_ROLES].name);
}

/* FNV-1a over all that can change of a role without its being another one. */
static uint64_t digest_of(const pz_person_role *role)
{
    uint64_t digest = UINT64_C(0xCBF29CE484222325);
    int32_t numbers[4] = {role->role, role->is_primary != 0, role->begins_on, role->ends_on};
    for (size_t i = 0; i < sizeof numbers; i++) digest = (digest ^ ((const unsigned char *)numbers)[i]) * UINT64_C(0x100000001B3);
    for (size_t i = 0; i < role->outside_role_len; i++) digest = (digest ^ (unsigned char)role->outside_role[i]) * UINT64_C(0x100000001B3);
    return digest;
}

pz_status pz__or_keep_role(pz__or_writer *writer, int64_t place, const pz_person_role *role)
{
    size_t before = writer->roles_capacity;
    PZ__TRY(pz__reserve((void **)&writer->roles, &writer->roles_capacity, writer->roster->ids[PZ__OR_ROLES].count, sizeof *writer->roles));
    if (writer->roles_capacity > before) memset(writer->roles + before, 0, (writer->roles_capacity - before) * sizeof *writer->roles);
    writer->roles[place].person = role->person;
    writer->roles[place].org = role->org;
    writer->roles[place].digest = digest_of(role);
    return PZ_OK;
}

static const pz__or_stored_role *stored_at(const pz__or_writer *writer, int64_t place)
{
    return (size_t)place < writer->roles_capacity && writer->roles[place].person ? &writer->roles[place] : NULL;
}

static pz_status end_role(pz__or_writer *writer, int64_t place, int notes)
{
    const pz__or_stored_role *stored = stored_at(writer, place);
    if (!stored || !writer->call->change) return PZ_OK;
    return pz__role_bulk_end(writer->call, stored->person, stored->org, writer->roster->ids[PZ__OR_ROLES].ids[place], notes);
}

/* A role that gives nobody any reach is not kept; one that the store has ends. */
static pz_status drop_role(pz__or_writer *writer, int64_t place)
{
    writer->roles_not_kept++;
    roles_difference(writer)->gone += stored_at(writer, place) != NULL;
    return end_role(writer, place, 1);
}

/* What the archive should list and does not, or says is to be deleted. */
static pz_status end_gone_roles(pz__or_writer *writer)
{
    const pz__id_register *ids = &writer->roster->ids[PZ__OR_ROLES];
    for (size_t i = 0; i < ids->count; i++) {
        if (!(ids->flags[i] & (PZ__ID_GONE | PZ__ID_DELETED)) || !stored_at(writer, (int64_t)i)) continue;
        roles_difference(writer)->gone++;
        PZ__TRY(end_role(writer, (int64_t)i, 1));
    }
    return PZ_OK;
}

static void note_user_role(pz__or_writer *writer, int64_t user, int32_t role)
{
    if (user >= 0 && (size_t)user < writer->user_count) writer->user_roles[user] |= (uint8_t)(1 << role);
}

static pz_status keep_role(pz__or_writer *writer, const pz_person_role *role, const char *text, size_t length, int64_t place)
{
    const pz__or_stored_role *stored = stored_at(writer, place);
    int is_known = writer->roster->ids[PZ__OR_ROLES].flags[place] & PZ__ID_STORED;
    if (stored && stored->person == role->person && stored->org == role->org && stored->digest == digest_of(role)) {
        pz__or_count(roles_difference(writer), PZ__SAME);
        return PZ_OK;
    }
    pz__or_count(roles_difference(writer), is_known ? PZ__CHANGED : PZ__NEW);
    if (!writer->call->change) return PZ_OK;
    PZ__TRY(end_role(writer, place, 0));
    PZ__TRY(pz__role_bulk_add(writer->call, role, is_known ? PZ__ACT_REVISE : PZ__ACT_ADD));
    return is_known ? PZ_OK : pz__or_put_outside(writer, PZ_KIND_ROLE, text, length, role->id);
}

static pz_status write_role(pz__or_writer *writer, const pz__or_row *row, int64_t place)
{
    pz_person_role role = PZ_PERSON_ROLE_INIT;
    const pz__or_value *id = &row->values[PZ__OR_SOURCED_ID], *user = &row->values[PZ__ROLE_USER];
    role.id = writer->roster->ids[PZ__OR_ROLES].ids[place];
    role.person = pz__or_target(writer, PZ__OR_USERS, user);
    role.org = pz__or_target(writer, PZ__OR_ORGS, &row->values[PZ__ROLE_ORG]);
    role.outside_role = pz__or_word(PZ__OR_ROLES, PZ__ROLE_ROLE, &row->values[PZ__ROLE_ROLE], &role.outside_role_len);
    role.role = pz__or_role_of(role.outside_role, role.outside_role_len);
    if (!role.role) return drop_role(writer, place);
    note_user_role(writer, pz__id_register_find(&writer->roster->ids[PZ__OR_USERS], user->text, user->length), role.role);
    role.is_primary = !row->values[PZ__ROLE_TYPE].is_set || row->values[PZ__ROLE_TYPE].number == 0;
    role.begins_on = row->values[PZ__ROLE_BEGIN].is_set ? (pz_date)row->values[PZ__ROLE_BEGIN].number : PZ_DATE_NONE;
    role.ends_on = row->values[PZ__ROLE_END].is_set ? (pz_date)row->values[PZ__ROLE_END].number : PZ_DATE_NONE;
    return keep_role(writer, &role, id->text, id->length, place);
}

/* In 1.1 a user has one role in each of its orgs, without an id of its own. */
static pz_status write_user_roles(pz__or_writer *writer, const pz__or_row *row, int64_t user)
{
    pz_person_role role = PZ_PERSON_ROLE_INIT;
    const pz__or_value *id = &row->values[PZ__OR_SOURCED_ID], *orgs = &row->values[PZ__USER_ORGS], *word = &row->values[PZ__USER_ROLE];
    pz__id_register *ids = &writer->roster->ids[PZ__OR_ROLES];
    pz__or_value org = *orgs;
    size_t position = 0;
    char text[256];
    if (!word->is_set || !orgs->is_set) return PZ_OK;
    role.person = writer->roster->ids[PZ__OR_USERS].ids[user];
    role.outside_role = pz__or_word(PZ__OR_USERS, PZ__USER_ROLE, word, &role.outside_role_len);
    role.role = pz__or_role_of(role.outside_role, role.outside_role_len);
    note_user_role(writer, user, role.role);
    while (pz__or_list_next(orgs->text, orgs->length, &position, &org.text, &org.length)) {
        size_t length = pz__or_joined_id(writer, id->text, id->length, org.text, org.length, text);
        int64_t place = pz__id_register_find(ids, text, length);
        role.org = pz__or_target(writer, PZ__OR_ORGS, &org);
        if (!role.org || place < 0) continue;
        role.id = ids->ids[place];
        PZ__TRY(keep_role(writer, &role, text, length, place));
        role.is_primary = 0;
    }
    return PZ_OK;
}

/* The ids of the roles that the users of a 1.1 archive have, before it is seen what is gone. */
static pz_status list_user_roles(pz__or_writer *writer, const pz__or_row *row, int64_t user)
{
    const pz__or_value *id = &row->values[PZ__OR_SOURCED_ID], *orgs = &row->values[PZ__USER_ORGS];
    pz__id_register *ids = &writer->roster->ids[PZ__OR_ROLES];
    size_t position = 0, org_length;
    const char *org;
    char text[256];
    (void)user;
    if (!row->values[PZ__USER_ROLE].is_set || !orgs->is_set) return PZ_OK;
    while (pz__or_list_next(orgs->text, orgs->length, &position, &org, &org_length)) {
        int64_t place, at = pz__id_register_find(&writer->roster->ids[PZ__OR_ORGS], org, org_length);
        if (at < 0 || !org_length) continue;
        PZ__TRY(pz__id_register_add(ids, text, pz__or_joined_id(writer, id->text, id->length, org, org_length, text), &place));
        ids->flags[place] |= PZ__ID_LISTED | PZ__ID_SEEN;
    }
    return PZ_OK;
}

pz_status pz__or_list_roles(pz__or_writer *writer)
{
    if (writer->roster->version != 11) return PZ_OK;
    PZ__TRY(pz__or_each_row(writer, PZ__OR_USERS, list_user_roles));
    pz__or_see_again(writer, PZ__OR_USERS);
    return PZ_OK;
}

static pz_status write_roles(pz__or_writer *writer)
{
    if (writer->roster->version == 11) {
        if (writer->roster->modes[PZ__OR_USERS] == PZ__OR_ABSENT) return PZ_OK;
        PZ__TRY(pz__or_assign_ids(writer, PZ__OR_ROLES));
        PZ__TRY(pz__or_each_row(writer, PZ__OR_USERS, write_user_roles));
        pz__or_see_again(writer, PZ__OR_USERS);
    } else {
        if (writer->roster->modes[PZ__OR_ROLES] == PZ__OR_ABSENT) return PZ_OK;
        PZ__TRY(pz__or_assign_ids(writer, PZ__OR_ROLES));
        PZ__TRY(pz__or_each_row(writer, PZ__OR_ROLES, write_role));
    }
    if (writer->roles_not_kept) pz__import_count(writer->roster->import, "roles_not_kept", writer->roles_not_kept);
    return end_gone_roles(writer);
}

/* ---------------------------------------------------------------------------------------------------- guardians --- */

typedef struct pair {
    pz_id learner, guardian;
} pair;

struct pz__or_pairs {
    pair *rows;
    size_t count, capacity;
};
typedef struct pz__or_pairs pairs;

static int by_learner(const void *a, const void *b)
{
    const pair *x = a, *y = b;
    if (x->learner != y->learner) return x->learner < y->learner ? -1 : 1;
    return x->guardian == y->guardian ? 0 : x->guardian < y->guardian ? -1 : 1;
}

static pz_status add_pair(pairs *list, pz_id learner, pz_id guardian)
{
    pair row = {learner, guardian};
    PZ__TRY(pz__reserve((void **)&list->rows, &list->capacity, list->count + 1, sizeof row));
    list->rows[list->count++] = row;
    return PZ_OK;
}

static int has_role(const pz__or_writer *writer, int64_t user, int32_t role)
{
    return (writer->user_roles[user] & 1 << role) != 0;
}

/* Agents are people with a tie to the user; which way a guardian's tie runs is told by the roles of the two. Whoever is a learner is
 * nobody's guardian here, and neither is staff that holds no role of a guardian. */
static pz_status list_agents(pz__or_writer *writer, const pz__or_row *row, int64_t user)
{
    const pz__or_value *agents = &row->values[PZ__USER_AGENTS];
    const pz__id_register *users = &writer->roster->ids[PZ__OR_USERS];
    size_t position = 0, length;
    const char *text;
    while (agents->is_set && pz__or_list_next(agents->text, agents->length, &position, &text, &length)) {
        int64_t agent = pz__or_known_place(writer->roster, PZ__OR_USERS, text, length);
        if (agent < 0 || agent == user || !users->ids[agent] || (size_t)agent >= writer->user_count) continue;
        if (has_role(writer, user, PZ_ROLE_LEARNER) && (has_role(writer, agent, PZ_ROLE_GUARDIAN) || !writer->user_roles[agent]))
            PZ__TRY(add_pair(writer->guardians, users->ids[user], users->ids[agent]));
        else if (has_role(writer, agent, PZ_ROLE_LEARNER) && has_role(writer, user, PZ_ROLE_GUARDIAN))
            PZ__TRY(add_pair(writer->guardians, users->ids[agent], users->ids[user]));
    }
    return PZ_OK;
}

/* Guardianships of the store between people of this source, by learner. */
static pz_status load_guardians(pz__or_writer *writer, pairs *list)
{
    static const char sql[] = "SELECT learner_id, guardian_id FROM guardianship WHERE tenant_id = ?1 AND until_change = ?2 "
                              "ORDER BY learner_id, guardian_id";
    pz__statement *statement;
    pz_status status;
    int row;
    PZ__TRY(pz__db_statement(writer->call->db, sql, &statement));
    pz__bind_int(statement, 1, writer->call->tenant);
    pz__bind_int(statement, 2, PZ__CURRENT);
    PZ__OR_ROWS(statement, status, row)
    {
        pz_id learner = pz__column_int(statement, 0), guardian = pz__column_int(statement, 1);
        if (!pz__map_get(writer->places[PZ__OR_USERS], learner, NULL) || !pz__map_get(writer->places[PZ__OR_USERS], guardian, NULL))
            continue;
        status = add_pair(list, learner, guardian);
        if (status) break;
    }
    pz__db_reset(statement);
    return status;
}

/* A bulk file says all there is to say about the learners that it lists. In changes a tie may be named by either of the two: only where both are
 * listed it is clear that it is gone. */
static int is_said(const pz__or_writer *writer, const pair *row)
{
    const pz__id_register *users = &writer->roster->ids[PZ__OR_USERS];
    int64_t learner, guardian;
    if (!pz__map_get(writer->places[PZ__OR_USERS], row->learner, &learner) || !(users->flags[learner] & PZ__ID_LISTED)) return 0;
    if (writer->roster->modes[PZ__OR_USERS] == PZ__OR_BULK) return 1;
    return pz__map_get(writer->places[PZ__OR_USERS], row->guardian, &guardian) && (users->flags[guardian] & PZ__ID_LISTED);
}

static pz_status compare_guardians(pz__or_writer *writer, pairs *listed, const pairs *stored)
{
    pz__difference *difference = pz__import_difference(writer->roster->import, "guardians");
    size_t k = 0;
    if (listed->count) qsort(listed->rows, listed->count, sizeof *listed->rows, by_learner);
    for (size_t i = 0; i <= listed->count; i++) {
        pz__outcome outcome;
        if (i > 0 && i < listed->count && !by_learner(&listed->rows[i - 1], &listed->rows[i])) continue;
        for (; k < stored->count && (i == listed->count || by_learner(&stored->rows[k], &listed->rows[i]) < 0); k++) {
            if (!is_said(writer, &stored->rows[k])) continue;
            PZ__TRY(pz__guardianship_end_write(writer->call, stored->rows[k].learner, stored->rows[k].guardian, &outcome));
            difference->gone += outcome != PZ__SAME;
        }
        if (i == listed->count) break;
        if (k < stored->count && !by_learner(&stored->rows[k], &listed->rows[i])) k++;
        PZ__TRY(pz__guardianship_write(writer->call, listed->rows[i].learner, listed->rows[i].guardian, &outcome));
        pz__or_count(difference, outcome);
    }
    return PZ_OK;
}

static pz_status write_guardians(pz__or_writer *writer)
{
    pairs listed = {NULL, 0, 0}, stored = {NULL, 0, 0};
    pz_status status;
    writer->guardians = &listed;
    status = pz__or_each_row(writer, PZ__OR_USERS, list_agents);
    pz__or_see_again(writer, PZ__OR_USERS);
    if (status == PZ_OK && writer->has_source) status = load_guardians(writer, &stored);
    if (status == PZ_OK) status = compare_guardians(writer, &listed, &stored);
    writer->guardians = NULL;
    pz__release(listed.rows);
    pz__release(stored.rows);
    return status;
}

/* ------------------------------------------------------------------------------------------------- demographics --- */

static pz_status write_demographics(pz__or_writer *writer, const pz__or_row *row, int64_t place)
{
    const pz__or_table *table = &pz__or_tables[PZ__OR_DEMOGRAPHICS];
    pz__difference *difference = pz__import_difference(writer->roster->import, table->name);
    pz_id person = pz__or_target(writer, PZ__OR_USERS, &row->values[PZ__OR_SOURCED_ID]);
    pz__outcome outcome, worst = PZ__SAME;
    (void)place;
    if (!person) return PZ_OK;
    for (int i = PZ__DEMOGRAPHICS_FIRST; i < table->count; i++) {
        const pz__or_value *value = &row->values[i];
        const char *text = value->text;
        size_t length = value->length;
        char date[11];
        if (!value->is_set || !length) continue;
        if (table->columns[i].type == PZ__OR_BOOL) {
            text = value->number ? "true" : "false";
            length = strlen(text);
        } else if (table->columns[i].type == PZ__OR_DATE && pz_date_format((pz_date)value->number, date, sizeof date) == PZ_OK) {
            text = date;
            length = strlen(date);
        } else if (table->columns[i].type == PZ__OR_OPEN_ENUM) {
            text = pz__or_word(PZ__OR_DEMOGRAPHICS, i, value, &length);
        }
        PZ__TRY(pz__person_detail_write(writer->call, person, table->columns[i].name, text, length, &outcome));
        if (outcome != PZ__SAME && worst != PZ__CHANGED) worst = outcome;
    }
    pz__or_count(difference, worst);
    return PZ_OK;
}

pz_status pz__or_write_people(pz__or_writer *writer)
{
    PZ__TRY(write_roles(writer));
    if (writer->roster->modes[PZ__OR_USERS] != PZ__OR_ABSENT) PZ__TRY(write_guardians(writer));
    if (!writer->roster->import->options.demographics) return PZ_OK;
    return pz__or_each_row(writer, PZ__OR_DEMOGRAPHICS, write_demographics);
}
