/* Writing the rows of an archive: orgs, sessions, courses and classes, and what all parts share. */
#include "exchange/oneroster_write.h"

#include <stdio.h>
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "store/external.h"

/* Ids of a dry run are far above any that a store gives. */
#define FIRST_MADE_UP (INT64_MAX / 2)

/* ------------------------------------------------------------------------------------------------------- writer --- */

static pz_status find_source(pz__or_writer *writer)
{
    const pz_import_options *options = &writer->roster->import->options;
    pz_status status =
        pz__source_number(writer->call->store, options->source, options->source_len, writer->call->change != NULL, &writer->source);
    writer->has_source = status == PZ_OK;
    return status == PZ_E_NOT_FOUND ? PZ_OK : status;
}

pz_status pz__or_writer_start(pz__or_writer *writer, pz__oneroster *roster, pz__call *call)
{
    memset(writer, 0, sizeof *writer);
    writer->roster = roster;
    writer->call = call;
    writer->next_made_up = FIRST_MADE_UP;
    for (int i = 0; i < PZ__OR_FILES; i++)
        if (pz__or_kind_of((pz__or_file)i)) PZ__TRY(pz__map_new(&writer->places[i]));
    PZ__TRY(pz__id_register_start(&writer->evidence));
    return find_source(writer);
}

void pz__or_writer_free(pz__or_writer *writer)
{
    for (int i = 0; i < PZ__OR_FILES; i++) pz__map_free(writer->places[i]);
    pz__id_register_free(&writer->evidence);
    pz__release(writer->enrollments);
    pz__release(writer->roles);
    pz__release(writer->evidence_results);
    pz__release(writer->stored_evidence);
    pz__release(writer->user_roles);
    pz__release(writer->user_places);
    pz__buffer_free(&writer->texts);
    memset(writer, 0, sizeof *writer);
}

/* --------------------------------------------------------------------------------------------------------- ids --- */

pz_status pz__or_take_ids(pz__or_writer *writer, int64_t count, pz_id *out_first)
{
    *out_first = writer->next_made_up;
    if (count == 0) return PZ_OK;
    if (writer->call->change) return pz__store_take_ids(writer->call->store, count, out_first);
    writer->next_made_up += count;
    return PZ_OK;
}

static int needs_id(const pz__id_register *ids, size_t place)
{
    return ids->ids[place] == 0 && (ids->flags[place] & PZ__ID_LISTED) && !(ids->flags[place] & (PZ__ID_LEFT_OUT | PZ__ID_DELETED));
}

pz_status pz__or_assign_ids(pz__or_writer *writer, pz__or_file file)
{
    pz__id_register *ids = &writer->roster->ids[file];
    int64_t count = 0;
    pz_id next;
    for (size_t i = 0; i < ids->count; i++) count += needs_id(ids, i);
    PZ__TRY(pz__or_take_ids(writer, count, &next));
    for (size_t i = 0; i < ids->count; i++)
        if (needs_id(ids, i)) ids->ids[i] = next++;
    return PZ_OK;
}

pz_status pz__or_put_outside(pz__or_writer *writer, pz_kind kind, const char *text, size_t length, pz_id id)
{
    if (!writer->call->change) return PZ_OK;
    return pz__external_put(writer->call->store, kind, writer->source, text, length, id);
}

/* The parts are joined by a space, which no id has. */
size_t pz__or_joined_id(const pz__or_writer *writer, const char *first, size_t first_length, const char *second, size_t second_length,
                        char *buffer)
{
    uint8_t digest[16];
    char whole[2 * 256];
    size_t length = first_length + 1 + second_length;
    if (length <= (size_t)pz_limit(PZ_LIMIT_ID_TEXT)) {
        memcpy(buffer, first, first_length);
        buffer[first_length] = ' ';
        memcpy(buffer + first_length + 1, second, second_length);
        return length;
    }
    if (length > sizeof whole) length = sizeof whole;
    memcpy(whole, first, first_length);
    whole[first_length] = ' ';
    memcpy(whole + first_length + 1, second, length - first_length - 1);
    pz__store_digest(writer->call->store, whole, length, digest);
    for (int i = 0; i < 16; i++) snprintf(buffer + 2 * i, 3, "%02x", digest[i]);
    return 32;
}

/* ------------------------------------------------------------------------------------------------------- values --- */

pz_id pz__or_target(const pz__or_writer *writer, pz__or_file file, const pz__or_value *value)
{
    int64_t place = value->is_set ? pz__or_known_place(writer->roster, file, value->text, value->length) : -1;
    return place < 0 ? 0 : writer->roster->ids[file].ids[place];
}

void pz__or_set_text(const pz__or_value *value, const char **out_text, size_t *out_length)
{
    *out_text = value->is_set && value->length ? value->text : NULL;
    *out_length = *out_text ? value->length : 0;
}

const char *pz__or_word(pz__or_file file, int column, const pz__or_value *value, size_t *out_length)
{
    const char *text = value->text;
    *out_length = value->length;
    if (value->number < 0) return text;
    text = pz__or_tables[file].columns[column].values[value->number];
    *out_length = strlen(text);
    return text;
}

/* A list without spaces around its elements. Texts of one row live in one buffer, which must not grow while pointers into it are held:
 * room for the whole row is made first. */
static void set_list(pz__or_writer *writer, const pz__or_value *value, const char **out_text, size_t *out_length)
{
    size_t position = 0, length, start = writer->texts.length;
    const char *element;
    *out_text = NULL;
    *out_length = 0;
    if (!value->is_set || !value->length) return;
    while (pz__or_list_next(value->text, value->length, &position, &element, &length)) {
        if (!length) continue;
        if (writer->texts.length > start) pz__buffer_char(&writer->texts, ',');
        pz__buffer_add(&writer->texts, element, length);
    }
    if (writer->texts.status || writer->texts.length == start) return;
    *out_text = writer->texts.data + start;
    *out_length = writer->texts.length - start;
}

/* Makes room for the lists of a row and begins anew. */
static void start_texts(pz__or_writer *writer)
{
    enum { ROOM = 1024 * 1024 }; /* a list has at most 65,536 bytes, so 32,768 sessions of 20 bytes each */
    static const char nothing[4096];
    if (writer->texts.capacity < ROOM)
        for (size_t i = 0; i < ROOM / sizeof nothing; i++) pz__buffer_add(&writer->texts, nothing, sizeof nothing);
    pz__buffer_clear(&writer->texts);
}

void pz__or_count(pz__difference *difference, pz__outcome outcome)
{
    difference->added += outcome == PZ__NEW;
    difference->changed += outcome == PZ__CHANGED;
    difference->same += outcome == PZ__SAME;
}

/* --------------------------------------------------------------------------------------------------------- rows --- */

pz_status pz__or_each_row(pz__or_writer *writer, pz__or_file file, pz__or_row_fn each)
{
    pz__id_register *ids = &writer->roster->ids[file];
    pz__or_reader *reader;
    const pz__or_row *row;
    pz_status status;
    int muted = writer->roster->import->faults.muted;
    if (writer->roster->modes[file] == PZ__OR_ABSENT) return PZ_OK;
    writer->roster->import->faults.muted = 1;
    status = pz__or_reader_open(writer->roster, file, &reader);
    while (status == PZ_OK && reader && (status = pz__or_reader_next(reader, &row)) == PZ_OK && row) {
        const pz__or_value *id = &row->values[PZ__OR_SOURCED_ID];
        int64_t place = id->is_set ? pz__id_register_find(ids, id->text, id->length) : -1;
        if (place < 0 || !(ids->flags[place] & PZ__ID_SEEN)) continue;
        ids->flags[place] &= (uint8_t)~PZ__ID_SEEN; /* a second row of the same id is passed over */
        if (!row->is_usable || row->is_deleted || (ids->flags[place] & PZ__ID_LEFT_OUT)) continue;
        status = each(writer, row, place);
    }
    pz__or_reader_free(reader);
    writer->roster->import->faults.muted = muted;
    return status;
}

void pz__or_see_again(pz__or_writer *writer, pz__or_file file)
{
    pz__id_register *ids = &writer->roster->ids[file];
    for (size_t i = 0; i < ids->count; i++)
        if (ids->flags[i] & PZ__ID_LISTED) ids->flags[i] |= PZ__ID_SEEN;
}

static pz_status end_row(pz__or_writer *writer, pz__or_file file, const pz__or_row *row, int64_t place, pz__outcome outcome)
{
    const pz__or_value *id = &row->values[PZ__OR_SOURCED_ID];
    const pz__id_register *ids = &writer->roster->ids[file];
    pz__or_count(pz__import_difference(writer->roster->import, pz__or_tables[file].name), outcome);
    if (ids->flags[place] & PZ__ID_STORED) return PZ_OK;
    return pz__or_put_outside(writer, pz__or_kind_of(file), id->text, id->length, ids->ids[place]);
}

pz_status pz__or_end_gone(pz__or_writer *writer, pz__or_file file)
{
    pz__id_register *ids = &writer->roster->ids[file];
    pz__difference *difference = pz__import_difference(writer->roster->import, pz__or_tables[file].name);
    for (size_t i = 0; i < ids->count; i++) {
        pz__outcome outcome;
        int is_deleted = (ids->flags[i] & PZ__ID_DELETED) && (ids->flags[i] & PZ__ID_STORED);
        if (!(ids->flags[i] & PZ__ID_GONE) && !is_deleted) continue;
        PZ__TRY(pz__roster_end_write(writer->call, pz__or_kind_of(file), ids->ids[i], &outcome));
        difference->gone += outcome != PZ__SAME;
    }
    return PZ_OK;
}

/* ------------------------------------------------------------------------------------------------------- records --- */

/* What lies above, as the check left it: without circles. */
static pz_id parent_of(const pz__or_writer *writer, pz__or_file file, int64_t place)
{
    int which = file == PZ__OR_ACADEMIC_SESSIONS;
    int64_t above = (size_t)place < writer->roster->parents_capacity[which] ? writer->roster->parents[which][place] : -1;
    return above < 0 ? 0 : writer->roster->ids[file].ids[above];
}

static pz_status write_org(pz__or_writer *writer, const pz__or_row *row, int64_t place)
{
    pz_org org = PZ_ORG_INIT;
    pz__outcome outcome;
    org.id = writer->roster->ids[PZ__OR_ORGS].ids[place];
    org.parent = parent_of(writer, PZ__OR_ORGS, place);
    org.kind = pz__or_word(PZ__OR_ORGS, PZ__ORG_TYPE, &row->values[PZ__ORG_TYPE], &org.kind_len);
    pz__or_set_text(&row->values[PZ__ORG_NAME], &org.name, &org.name_len);
    pz__or_set_text(&row->values[PZ__ORG_IDENTIFIER], &org.identifier, &org.identifier_len);
    PZ__TRY(pz__org_write(writer->call, &org, &outcome));
    return end_row(writer, PZ__OR_ORGS, row, place, outcome);
}

static pz_status write_session(pz__or_writer *writer, const pz__or_row *row, int64_t place)
{
    pz_academic_session session = PZ_ACADEMIC_SESSION_INIT;
    pz__outcome outcome;
    session.id = writer->roster->ids[PZ__OR_ACADEMIC_SESSIONS].ids[place];
    session.parent = parent_of(writer, PZ__OR_ACADEMIC_SESSIONS, place);
    session.kind = pz__or_word(PZ__OR_ACADEMIC_SESSIONS, PZ__SESSION_TYPE, &row->values[PZ__SESSION_TYPE], &session.kind_len);
    pz__or_set_text(&row->values[PZ__SESSION_TITLE], &session.title, &session.title_len);
    session.starts_on = (pz_date)row->values[PZ__SESSION_START].number;
    session.ends_on = (pz_date)row->values[PZ__SESSION_END].number;
    session.school_year = row->values[PZ__SESSION_YEAR].is_set ? (int32_t)row->values[PZ__SESSION_YEAR].number : 0;
    PZ__TRY(pz__academic_session_write(writer->call, &session, &outcome));
    return end_row(writer, PZ__OR_ACADEMIC_SESSIONS, row, place, outcome);
}

static pz_status write_course(pz__or_writer *writer, const pz__or_row *row, int64_t place)
{
    pz_course course = PZ_COURSE_INIT;
    pz__outcome outcome;
    start_texts(writer);
    course.id = writer->roster->ids[PZ__OR_COURSES].ids[place];
    course.org = pz__or_target(writer, PZ__OR_ORGS, &row->values[PZ__COURSE_ORG]);
    course.session = pz__or_target(writer, PZ__OR_ACADEMIC_SESSIONS, &row->values[PZ__COURSE_SESSION]);
    pz__or_set_text(&row->values[PZ__COURSE_TITLE], &course.title, &course.title_len);
    pz__or_set_text(&row->values[PZ__COURSE_CODE], &course.code, &course.code_len);
    set_list(writer, &row->values[PZ__COURSE_GRADES], &course.grades, &course.grades_len);
    set_list(writer, &row->values[PZ__COURSE_SUBJECTS], &course.subjects, &course.subjects_len);
    if (writer->texts.status) return pz__fail_memory();
    PZ__TRY(pz__course_write(writer->call, &course, &outcome));
    return end_row(writer, PZ__OR_COURSES, row, place, outcome);
}

/* The sessions of a class, by their ids in the store. */
static void set_sessions(pz__or_writer *writer, const pz__or_value *value, pz_class *group)
{
    size_t position = 0, start = writer->texts.length;
    pz__or_value element = *value;
    group->sessions = NULL;
    group->sessions_len = 0;
    while (value->is_set && pz__or_list_next(value->text, value->length, &position, &element.text, &element.length)) {
        pz_id id = pz__or_target(writer, PZ__OR_ACADEMIC_SESSIONS, &element);
        if (!id) continue;
        pz__buffer_format(&writer->texts, "%s%lld", writer->texts.length > start ? "," : "", (long long)id);
    }
    if (writer->texts.status || writer->texts.length == start) return;
    group->sessions = writer->texts.data + start;
    group->sessions_len = writer->texts.length - start;
}

static pz_status write_class(pz__or_writer *writer, const pz__or_row *row, int64_t place)
{
    pz_class group = PZ_CLASS_INIT;
    pz__outcome outcome;
    start_texts(writer);
    group.id = writer->roster->ids[PZ__OR_CLASSES].ids[place];
    group.org = pz__or_target(writer, PZ__OR_ORGS, &row->values[PZ__CLASS_SCHOOL]);
    group.course = pz__or_target(writer, PZ__OR_COURSES, &row->values[PZ__CLASS_COURSE]);
    group.kind = pz__or_word(PZ__OR_CLASSES, PZ__CLASS_TYPE, &row->values[PZ__CLASS_TYPE], &group.kind_len);
    pz__or_set_text(&row->values[PZ__CLASS_TITLE], &group.title, &group.title_len);
    pz__or_set_text(&row->values[PZ__CLASS_CODE], &group.code, &group.code_len);
    pz__or_set_text(&row->values[PZ__CLASS_LOCATION], &group.location, &group.location_len);
    set_list(writer, &row->values[PZ__CLASS_GRADES], &group.grades, &group.grades_len);
    set_list(writer, &row->values[PZ__CLASS_SUBJECTS], &group.subjects, &group.subjects_len);
    set_list(writer, &row->values[PZ__CLASS_PERIODS], &group.periods, &group.periods_len);
    set_sessions(writer, &row->values[PZ__CLASS_TERMS], &group);
    if (writer->texts.status) return pz__fail_memory();
    PZ__TRY(pz__class_write(writer->call, &group, &outcome));
    return end_row(writer, PZ__OR_CLASSES, row, place, outcome);
}

static pz_status write_user(pz__or_writer *writer, const pz__or_row *row, int64_t place)
{
    pz_person person = PZ_PERSON_INIT;
    const pz__or_value *values = row->values;
    pz__outcome outcome;
    start_texts(writer);
    person.id = writer->roster->ids[PZ__OR_USERS].ids[place];
    pz__or_set_text(&values[PZ__USER_GIVEN], &person.given_name, &person.given_name_len);
    pz__or_set_text(&values[PZ__USER_MIDDLE], &person.middle_name, &person.middle_name_len);
    pz__or_set_text(&values[PZ__USER_FAMILY], &person.family_name, &person.family_name_len);
    pz__or_set_text(&values[PZ__USER_PREFERRED_GIVEN], &person.preferred_given_name, &person.preferred_given_name_len);
    pz__or_set_text(&values[PZ__USER_PREFERRED_FAMILY], &person.preferred_family_name, &person.preferred_family_name_len);
    pz__or_set_text(&values[PZ__USER_USERNAME], &person.username, &person.username_len);
    pz__or_set_text(&values[PZ__USER_EMAIL], &person.email, &person.email_len);
    pz__or_set_text(&values[PZ__USER_IDENTIFIER], &person.identifier, &person.identifier_len);
    pz__or_set_text(&values[PZ__USER_PRONOUNS], &person.pronouns, &person.pronouns_len);
    set_list(writer, &values[PZ__USER_GRADES], &person.grades, &person.grades_len);
    if (!person.given_name) person.given_name = "";
    if (!person.family_name) person.family_name = "";
    person.enabled = values[PZ__USER_ENABLED].is_set ? (int32_t)values[PZ__USER_ENABLED].number : 1;
    if (writer->texts.status) return pz__fail_memory();
    PZ__TRY(pz__person_write(writer->call, &person, &outcome));
    return end_row(writer, PZ__OR_USERS, row, place, outcome);
}

pz_status pz__or_write(pz__or_writer *writer)
{
    static const struct {
        pz__or_file file;
        pz__or_row_fn each;
    } steps[] = {{PZ__OR_ORGS, write_org},
                 {PZ__OR_ACADEMIC_SESSIONS, write_session},
                 {PZ__OR_COURSES, write_course},
                 {PZ__OR_CLASSES, write_class},
                 {PZ__OR_USERS, write_user}};
    enum { STEPS = sizeof steps / sizeof steps[0] };
    writer->roster->bytes_done = 0;
    for (size_t i = 0; i < STEPS; i++) {
        if (writer->roster->modes[steps[i].file] == PZ__OR_ABSENT) continue;
        PZ__TRY(pz__or_assign_ids(writer, steps[i].file));
        PZ__TRY(pz__or_each_row(writer, steps[i].file, steps[i].each));
    }
    pz__or_see_again(writer, PZ__OR_USERS);
    PZ__TRY(pz__or_write_people(writer));
    PZ__TRY(pz__or_write_enrollments(writer));
    PZ__TRY(pz__or_write_grades(writer));
    for (size_t i = STEPS; i-- > 0;)
        if (writer->roster->modes[steps[i].file] != PZ__OR_ABSENT) PZ__TRY(pz__or_end_gone(writer, steps[i].file));
    return PZ_OK;
}
