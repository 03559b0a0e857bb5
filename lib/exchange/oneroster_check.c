/* The first pass over a OneRoster archive: every field, every id, every reference, before anything is written. Ids are kept as digests; rows
 * are not kept at all. */
#include <stdio.h>
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "exchange/oneroster.h"

/* ------------------------------------------------------------------------------------------------------ open --- */

static pz_status start_ids(pz__oneroster *roster)
{
    for (int i = 0; i < PZ__OR_FILES; i++) PZ__TRY(pz__id_register_start(&roster->ids[i]));
    return PZ_OK;
}

static pz_status read_archive(pz__oneroster *roster, pz__archive *archive)
{
    roster->archive = archive;
    PZ__TRY(start_ids(roster));
    return pz__or_manifest_read(roster);
}

/* What is wrong with the archive as a whole is a fault of the file or folder that was given. A folder's path may end with slashes. */
static void name_archive(pz__oneroster *roster, const char *path)
{
    size_t end = strlen(path), start;
    while (end > 0 && path[end - 1] == '/') end--;
    start = end;
    while (start > 0 && path[start - 1] != '/') start--;
    if (start == end || end - start >= sizeof roster->archive_name) return;
    memcpy(roster->archive_name, path + start, end - start);
    roster->import->faults.file = roster->archive_name;
}

pz_status pz__oneroster_open(pz__oneroster *roster, pz__import *import, const char *path)
{
    pz__archive_fault fault;
    pz__archive *archive;
    pz_status status = pz__archive_open(path, &fault, &archive);
    memset(roster, 0, sizeof *roster);
    roster->import = import;
    name_archive(roster, path);
    if (status == PZ_OK) return read_archive(roster, archive);
    pz__or_archive_fault(roster, &fault, status);
    return status;
}

void pz__oneroster_close(pz__oneroster *roster)
{
    for (int i = 0; i < PZ__OR_FILES; i++) pz__id_register_free(&roster->ids[i]);
    pz__release(roster->parents[0]);
    pz__release(roster->parents[1]);
    pz__release(roster->ranges);
    pz__archive_free(roster->archive);
    if (roster->import) roster->import->faults.file = NULL; /* it is the roster's own text */
    memset(roster, 0, sizeof *roster);
}

/* ------------------------------------------------------------------------------------------------ references --- */

/* Can it be said that a reference leads nowhere? Changes may refer to what was sent before, which only a store knows; what is in
 * bulk must be in the archive, or in the store. */
static int can_judge(const pz__oneroster *roster, pz__or_file file, pz__or_file target)
{
    return roster->has_store || (roster->modes[file] == PZ__OR_BULK && roster->modes[target] != PZ__OR_DELTA);
}

/* What the store knows counts where the archive does not have all rows itself: behind a bulk file, only orgs above those that it lists. In strict
 * mode a row that is there counts, whatever its faults: they are told where they are. */
int64_t pz__or_known_place(const pz__oneroster *roster, pz__or_file file, const char *text, size_t length)
{
    int64_t place = pz__id_register_find(&roster->ids[file], text, length);
    int flags = place < 0 ? 0 : roster->ids[file].flags[place];
    int is_stored = (flags & PZ__ID_STORED) && (roster->modes[file] != PZ__OR_BULK || file == PZ__OR_ORGS);
    int is_listed = (flags & PZ__ID_LISTED) && (pz__import_is_strict(roster->import) || !(flags & (PZ__ID_LEFT_OUT | PZ__ID_DELETED)));
    return is_stored || is_listed ? place : -1;
}

static int is_known(const pz__oneroster *roster, pz__or_file file, const char *text, size_t length)
{
    return pz__or_known_place(roster, file, text, length) >= 0;
}

/* A bulk file speaks of the orgs that it names. */
static void cover_org(pz__oneroster *roster, const char *text, size_t length)
{
    int64_t place = pz__id_register_find(&roster->ids[PZ__OR_ORGS], text, length);
    if (place >= 0) roster->ids[PZ__OR_ORGS].flags[place] |= PZ__ID_COVERED;
}

/* 1 if the row goes on. */
static int check_target(pz__oneroster *roster, pz__or_file file, int index, const pz__or_row *row, const char *text, size_t length)
{
    const pz__or_column *column = &pz__or_tables[file].columns[index];
    pz__or_file target = (pz__or_file)column->target;
    int is_vital = (column->flags & PZ__OR_VITAL) != 0;
    const char *becomes = is_vital ? "Without it this row is left out." : "The reference is left out.", *code;
    char words[160];
    pz__fault_place place = {pz__or_tables[file].file, row->values[index].line, row->values[index].column, column->name, text, length};
    if (target == PZ__OR_ORGS && roster->modes[file] == PZ__OR_BULK) cover_org(roster, text, length);
    if (is_known(roster, target, text, length) || !can_judge(roster, file, target)) return 1;
    if (roster->modes[target] == PZ__OR_ABSENT && !roster->has_store) {
        code = "reference.missing_target_file";
        snprintf(words, sizeof words, "There is no %s in the archive.|%s", pz__or_tables[target].file, becomes);
    } else {
        code = "reference.missing_target_record";
        snprintf(words, sizeof words, "There is no such row in %s%s.|%s", pz__or_tables[target].file,
                 roster->has_store ? " or in the store" : "", becomes);
    }
    return pz__import_fault(roster->import, 1, code, &place, words) && !is_vital;
}

static pz_status check_references(pz__oneroster *roster, pz__or_file file, const pz__or_row *row, int *usable)
{
    const pz__or_table *table = &pz__or_tables[file];
    for (int i = 0; i < table->count; i++) {
        const pz__or_value *value = &row->values[i];
        size_t position = 0, length;
        const char *element;
        if (!value->is_set || (table->columns[i].type != PZ__OR_REF && table->columns[i].type != PZ__OR_REF_LIST)) continue;
        if (table->columns[i].type == PZ__OR_REF) {
            *usable &= check_target(roster, file, i, row, value->text, value->length);
            continue;
        }
        while (pz__or_list_next(value->text, value->length, &position, &element, &length)) {
            PZ__TRY(pz__import_row(roster->import, table->file, row->line));
            if (length) *usable &= check_target(roster, file, i, row, element, length);
        }
    }
    return PZ_OK;
}

/* -------------------------------------------------------------------------------------------- sense of a row --- */

static int check_days(pz__oneroster *roster, pz__or_file file, const pz__or_row *row, int begin, int end)
{
    if (!row->values[begin].is_set || !row->values[end].is_set || row->values[begin].number <= row->values[end].number) return 1;
    return pz__or_fault(roster, file, end, row, 1, "semantic.dates_reversed", "It ends before it begins.|The row is left out.") && 0;
}

static pz_status note_range(pz__oneroster *roster, const pz__or_row *row, int64_t place, int *usable)
{
    pz__or_range range = {PZ_REAL_NONE, PZ_REAL_NONE};
    if (row->values[PZ__LINE_ITEM_MIN].is_set) range.min = row->values[PZ__LINE_ITEM_MIN].real;
    if (row->values[PZ__LINE_ITEM_MAX].is_set) range.max = row->values[PZ__LINE_ITEM_MAX].real;
    if (range.min >= range.max) {
        *usable &= pz__or_fault(roster, PZ__OR_LINE_ITEMS, PZ__LINE_ITEM_MAX, row, 1, "semantic.invalid_score_range",
                                "The largest score must be above the smallest.|Neither is used.");
        range.min = range.max = PZ_REAL_NONE;
    }
    PZ__TRY(pz__reserve((void **)&roster->ranges, &roster->ranges_capacity, (size_t)place + 1, sizeof range));
    roster->ranges[place] = range;
    return PZ_OK;
}

static int check_score(pz__oneroster *roster, const pz__or_row *row)
{
    const pz__or_value *of = &row->values[PZ__RESULT_LINE_ITEM], *score = &row->values[PZ__RESULT_SCORE];
    int64_t place = pz__id_register_find(&roster->ids[PZ__OR_LINE_ITEMS], of->text, of->length);
    if (!score->is_set || place < 0 || !(roster->ids[PZ__OR_LINE_ITEMS].flags[place] & PZ__ID_LISTED)) return 1;
    if (score->real > roster->ranges[place].max)
        return pz__or_fault(roster, PZ__OR_RESULTS, PZ__RESULT_SCORE, row, 1, "semantic.score_above_max",
                            "The score is above the largest of its line item.|It counts as the largest.");
    if (score->real < roster->ranges[place].min)
        return pz__or_fault(roster, PZ__OR_RESULTS, PZ__RESULT_SCORE, row, 1, "semantic.score_below_min",
                            "The score is below the smallest of its line item.|It counts as the smallest.");
    return 1;
}

int pz__or_case_id(const char *text, size_t length, const char **out_text, size_t *out_length)
{
    static const char prefix[] = "urn:uuid:";
    if (length > sizeof prefix - 1 && !memcmp(text, prefix, sizeof prefix - 1)) text += sizeof prefix - 1, length -= sizeof prefix - 1;
    *out_text = text;
    *out_length = length;
    if (length != 36) return 0;
    for (size_t i = 0; i < length; i++) {
        char c = text[i];
        int is_hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
        if (i == 8 || i == 13 || i == 18 || i == 23 ? c != '-' : !is_hex) return 0;
    }
    return 1;
}

static int check_objective(pz__oneroster *roster, pz__or_file file, const pz__or_row *row)
{
    const pz__or_value *source = &row->values[PZ__OBJECTIVE_SOURCE], *id = &row->values[PZ__OBJECTIVE_ID];
    const char *text;
    size_t length;
    if (!source->is_set || source->number != 0 || !id->is_set || pz__or_case_id(id->text, id->length, &text, &length)) return 1;
    return pz__or_fault(roster, file, PZ__OBJECTIVE_ID, row, 1, "semantic.invalid_case_learning_objective_id",
                        "An identifier of CASE is a UUID.|It is looked up as it stands.");
}

static pz_status check_sense(pz__oneroster *roster, pz__or_file file, const pz__or_row *row, int64_t place, int *usable)
{
    switch (file) {
    case PZ__OR_ACADEMIC_SESSIONS: *usable &= check_days(roster, file, row, PZ__SESSION_START, PZ__SESSION_END); break;
    case PZ__OR_ROLES: *usable &= check_days(roster, file, row, PZ__ROLE_BEGIN, PZ__ROLE_END); break;
    case PZ__OR_ENROLLMENTS: *usable &= check_days(roster, file, row, PZ__ENROLLMENT_BEGIN, PZ__ENROLLMENT_END); break;
    case PZ__OR_LINE_ITEMS: return note_range(roster, row, place, usable);
    case PZ__OR_RESULTS: *usable &= check_score(roster, row); break;
    case PZ__OR_LINE_ITEM_OBJECTIVES:
    case PZ__OR_RESULT_OBJECTIVES: *usable &= check_objective(roster, file, row); break;
    default: break;
    }
    return PZ_OK;
}

/* ------------------------------------------------------------------------------------------------------ rows --- */

/* Orgs and sessions: the one above, for the search for circles. */
static pz_status note_parent(pz__oneroster *roster, pz__or_file file, const pz__or_row *row, int64_t place)
{
    int which = file == PZ__OR_ACADEMIC_SESSIONS, column = which ? PZ__SESSION_PARENT : PZ__ORG_PARENT;
    const pz__or_value *parent = &row->values[column];
    size_t before = roster->parents_capacity[which];
    if (file != PZ__OR_ORGS && file != PZ__OR_ACADEMIC_SESSIONS) return PZ_OK;
    PZ__TRY(pz__reserve((void **)&roster->parents[which], &roster->parents_capacity[which], roster->ids[file].count, sizeof(int64_t)));
    for (size_t i = before; i < roster->parents_capacity[which]; i++) roster->parents[which][i] = -1;
    roster->parents[which][place] = parent->is_set ? pz__id_register_find(&roster->ids[file], parent->text, parent->length) : -1;
    return PZ_OK;
}

/* A row with demographics has the id of its user. */
static pz_status place_row(pz__oneroster *roster, pz__or_file file, const pz__or_row *row, int64_t *out_place, int *usable)
{
    const pz__or_value *id = &row->values[PZ__OR_SOURCED_ID];
    pz__id_register *ids = &roster->ids[file];
    *out_place = -1;
    if (!id->is_set) return PZ_OK;
    if (pz__or_tables[file].is_of_user && can_judge(roster, file, PZ__OR_USERS) && !is_known(roster, PZ__OR_USERS, id->text, id->length))
        *usable &= pz__or_fault(roster, file, PZ__OR_SOURCED_ID, row, 1, "reference.missing_target_record",
                                "There is no such row in users.csv.|This row is left out.") &&
                   0;
    PZ__TRY(pz__id_register_add(ids, id->text, id->length, out_place));
    if (ids->flags[*out_place] & PZ__ID_SEEN) {
        pz__or_fault(roster, file, PZ__OR_SOURCED_ID, row, 1, "reference.duplicate_sourced_id",
                     "A row before it has the same sourcedId.|Only the first is read.");
        *usable = 0;
        *out_place = -1;
        return PZ_OK;
    }
    ids->flags[*out_place] |= PZ__ID_LISTED | PZ__ID_SEEN;
    return PZ_OK;
}

static pz_status check_row(pz__oneroster *roster, pz__or_file file, const pz__or_row *row)
{
    int64_t place;
    int usable = row->is_usable;
    PZ__TRY(place_row(roster, file, row, &place, &usable));
    if (place < 0) return PZ_OK;
    PZ__TRY(note_parent(roster, file, row, place));
    if (row->is_deleted) {
        roster->ids[file].flags[place] |= PZ__ID_DELETED;
        if (file == PZ__OR_LINE_ITEMS) PZ__TRY(note_range(roster, row, place, &usable));
    } else {
        PZ__TRY(check_references(roster, file, row, &usable));
        PZ__TRY(check_sense(roster, file, row, place, &usable));
    }
    if (!usable)
        roster->ids[file].flags[place] |= PZ__ID_LEFT_OUT;
    else if (!row->is_deleted)
        roster->rows[file]++;
    return PZ_OK;
}

/* Rows may refer to rows of the same file that come later: their ids are read first, without a word. */
static pz_status read_ids(pz__oneroster *roster, pz__or_file file)
{
    pz__or_reader *reader;
    const pz__or_row *row;
    int64_t place;
    pz_status status;
    int muted = roster->import->faults.muted;
    roster->import->faults.muted = 1;
    status = pz__or_reader_open(roster, file, &reader);
    while (status == PZ_OK && reader && (status = pz__or_reader_next(reader, &row)) == PZ_OK && row) {
        const pz__or_value *id = &row->values[PZ__OR_SOURCED_ID];
        if (!id->is_set) continue;
        status = pz__id_register_add(&roster->ids[file], id->text, id->length, &place);
        if (status) break;
        roster->ids[file].flags[place] |= PZ__ID_LISTED;
        if (!row->is_usable) roster->ids[file].flags[place] |= PZ__ID_LEFT_OUT;
    }
    pz__or_reader_free(reader);
    roster->import->faults.muted = muted;
    return status;
}

static pz_status check_file(pz__oneroster *roster, pz__or_file file)
{
    pz__or_reader *reader;
    const pz__or_row *row;
    pz_status status;
    if (pz__or_tables[file].refers_to_itself) PZ__TRY(read_ids(roster, file));
    status = pz__or_reader_open(roster, file, &reader);
    while (status == PZ_OK && reader && (status = pz__or_reader_next(reader, &row)) == PZ_OK && row) {
        status = check_row(roster, file, row);
        if (status) break;
    }
    pz__or_reader_free(reader);
    return status;
}

/* --------------------------------------------------------------------------------------------------- circles --- */

/* Follows each org or session upwards. `mark` tells in which walk a place was met. */
static pz_status check_circles(pz__oneroster *roster, pz__or_file file)
{
    int which = file == PZ__OR_ACADEMIC_SESSIONS;
    size_t count = roster->ids[file].count;
    int64_t *mark, *parents = roster->parents[which];
    if (!parents) return PZ_OK;
    mark = pz__alloc_zero(count + 1, sizeof *mark);
    if (!mark) return pz__fail_memory();
    for (size_t i = 0; i < count && i < roster->parents_capacity[which]; i++) {
        int64_t at = (int64_t)i;
        while (at >= 0 && (size_t)at < roster->parents_capacity[which] && mark[at] == 0) {
            mark[at] = (int64_t)i + 1;
            at = parents[at];
        }
        if (at >= 0 && (size_t)at < roster->parents_capacity[which] && mark[at] == (int64_t)i + 1) {
            pz__fault_place place = {pz__or_tables[file].file, 0, 0, "parentSourcedId", NULL, 0};
            pz__import_fault(roster->import, 1, "reference.circle", &place,
                             "Some rows lie above each other in a circle.|One of its ties is left out.");
            parents[at] = -1;
        }
    }
    pz__release(mark);
    return PZ_OK;
}

/* ---------------------------------------------------------------------------------------------------- whole --- */

pz_status pz__oneroster_check(pz__oneroster *roster)
{
    if (!roster->version) return PZ_OK;
    roster->bytes_done = roster->bytes_all = 0;
    for (int i = 0; i < PZ__OR_FILES; i++)
        if (roster->modes[i] != PZ__OR_ABSENT)
            roster->bytes_all += pz__archive_entry_at(roster->archive, roster->entries[i])->size * (1 + pz__or_tables[i].refers_to_itself);
    for (int i = 0; i < PZ__OR_FILES; i++) {
        if (roster->modes[i] == PZ__OR_ABSENT) continue;
        PZ__TRY(check_file(roster, (pz__or_file)i));
        if (i == PZ__OR_ORGS || i == PZ__OR_ACADEMIC_SESSIONS) PZ__TRY(check_circles(roster, (pz__or_file)i));
        if (roster->import->faults.json.status) return pz__fail_memory();
    }
    for (int i = 0; i < PZ__OR_FILES; i++)
        if (roster->modes[i] != PZ__OR_ABSENT) pz__import_count(roster->import, pz__or_tables[i].name, roster->rows[i]);
    return PZ_OK;
}
