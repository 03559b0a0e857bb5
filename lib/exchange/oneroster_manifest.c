/* The manifest of a OneRoster archive: which version, which files, in bulk or as changes. */
#include <stdio.h>
#include <string.h>

#include "base/csv_read.h"
#include "base/fail.h"
#include "base/text.h"
#include "exchange/oneroster.h"

static const char manifest_file[] = "manifest.csv";

typedef struct manifest {
    pz__oneroster *roster;
    int has_manifest_version;
    int said[PZ__OR_FILES]; /* 1: the manifest has a row for the file */
    int is_blank[PZ__OR_FILES];
} manifest;

/* ---------------------------------------------------------------------------------------------------- faults --- */

/* Told also where faults of rows are not: it stops everything. */
void pz__or_archive_fault(pz__oneroster *roster, const pz__archive_fault *fault, pz_status status)
{
    pz__faults *faults = &roster->import->faults;
    pz__fault_place place = {fault->name[0] ? fault->name : NULL, 0, 0, NULL, NULL, 0};
    int muted = faults->muted;
    if (!fault->code) return;
    faults->muted = 0;
    pz__faults_add(faults, PZ__FATAL, fault->code, &place, "%s: %s",
                   status == PZ_E_HOSTILE ? "The archive was refused, since it exceeds its limits or misleads whoever unpacks it"
                                          : "The archive is broken or packed in a way that is not read",
                   fault->words);
    faults->muted = muted;
}

static int note(pz__oneroster *roster, const char *file, const pz__csv_field *field, const char *name, int can_go_on, const char *code,
                const char *words)
{
    pz__fault_place place = {file, field ? field->line : 0,    field ? field->column : 0,
                             name, field ? field->text : NULL, field ? field->length : 0};
    return pz__import_fault(roster->import, can_go_on, code, &place, words);
}

/* ------------------------------------------------------------------------------------------------ properties --- */

static int is_text(const pz__csv_field *field, const char *text)
{
    return field->length == strlen(text) && !memcmp(field->text, text, field->length);
}

static void read_version(pz__oneroster *roster, const pz__csv_field *value)
{
    static const struct {
        const char *text;
        int version;
    } known[] = {{"1.1", 11}, {"1.2", 12}};
    for (size_t i = 0; i < 2; i++) {
        if (is_text(value, known[i].text)) roster->version = known[i].version;
        if (value->length > 3 && !memcmp(value->text, known[i].text, 3) && value->text[3] == '.' &&
            note(roster, manifest_file, value, "oneroster.version", 1, "manifest.invalid_oneroster_version",
                 "The version is 1.1 or 1.2, without anything behind it."))
            roster->version = known[i].version;
    }
    if (roster->version == 0 && roster->import->faults.fatal == 0)
        note(roster, manifest_file, value, "oneroster.version", 0, "manifest.invalid_oneroster_version",
             "Only archives of OneRoster 1.1 and 1.2 are read.");
    roster->import->version = roster->version == 11 ? "1.1" : roster->version == 12 ? "1.2" : NULL;
}

static void read_mode(manifest *read, pz__or_file file, const pz__csv_field *value)
{
    static const char *const modes[] = {"absent", "bulk", "delta"};
    pz__oneroster *roster = read->roster;
    for (int i = 0; i < 3; i++) {
        if (!pz__ascii_equal_fold(value->text, value->length, modes[i])) continue;
        roster->modes[file] = (pz__or_mode)i;
        if (!is_text(value, modes[i]))
            note(roster, manifest_file, value, pz__or_tables[file].name, 1, "manifest.invalid_file_mode",
                 "The mode is written absent, bulk or delta, in small letters.");
        return;
    }
    read->is_blank[file] = 1;
    note(roster, manifest_file, value, pz__or_tables[file].name, value->length == 0, "manifest.invalid_file_mode",
         value->length ? "The mode of a file is absent, bulk or delta."
                       : "The mode of a file is absent, bulk or delta.|A file that is there is taken as bulk.");
}

static void read_file_property(manifest *read, const pz__csv_field *name, const pz__csv_field *value)
{
    for (int i = 0; i < PZ__OR_FILES; i++) {
        if (strcmp(name->text + 5, pz__or_tables[i].name) != 0) continue;
        if (read->said[i]) {
            note(read->roster, manifest_file, name, name->text, 0, "manifest.duplicate_property",
                 "A row before it says the same property.");
            return;
        }
        read->said[i] = 1;
        read_mode(read, (pz__or_file)i, value);
        return;
    }
    note(read->roster, manifest_file, name, NULL, 1, "manifest.unknown_property", "The standard knows no such file.|The row is not read.");
}

static void read_property(manifest *read, const pz__csv_field *name, const pz__csv_field *value)
{
    if (is_text(name, "manifest.version")) {
        read->has_manifest_version = 1;
        if (!is_text(value, "1.0"))
            note(read->roster, manifest_file, value, "manifest.version", 1, "manifest.invalid_manifest_version",
                 "The version of the manifest is 1.0.");
    } else if (is_text(name, "oneroster.version")) {
        read_version(read->roster, value);
    } else if (name->length > 5 && !memcmp(name->text, "file.", 5)) {
        read_file_property(read, name, value);
    } else if (!is_text(name, "source.systemName") && !is_text(name, "source.systemCode")) {
        note(read->roster, manifest_file, name, NULL, 1, "manifest.unknown_property",
             "The standard knows no such property.|It is not read.");
    }
}

static void read_row(manifest *read, const pz__csv_field *fields, size_t count, int is_header)
{
    if (count != 2) {
        note(read->roster, manifest_file, &fields[0], NULL, count > 2, "manifest.row_width_mismatch",
             "A row of the manifest has two fields.");
        if (count < 2) return;
    }
    if (!is_header)
        read_property(read, &fields[0], &fields[1]);
    else if (!is_text(&fields[0], "propertyName") || !is_text(&fields[1], "value"))
        note(read->roster, manifest_file, &fields[0], NULL,
             pz__ascii_equal_fold(fields[0].text, fields[0].length, "propertyName") &&
                 pz__ascii_equal_fold(fields[1].text, fields[1].length, "value"),
             "manifest.invalid_header", "The manifest begins with propertyName,value.");
}

static pz_status read_rows(manifest *read, pz__csv *csv)
{
    for (int is_header = 1;; is_header = 0) {
        const pz__csv_field *fields;
        size_t count;
        pz_status status = pz__csv_next(csv, &fields, &count);
        if (status == PZ_E_FORMAT && pz__csv_fault_of(csv)) {
            const pz__csv_fault *fault = pz__csv_fault_of(csv);
            pz__fault_place place = {manifest_file, fault->line, fault->column, NULL, NULL, 0};
            pz__faults_add(&read->roster->import->faults, PZ__FATAL, fault->code, &place, "The manifest cannot be read.");
            return PZ_OK;
        }
        PZ__TRY(status);
        if (count == 0) {
            if (is_header) note(read->roster, manifest_file, NULL, NULL, 0, "manifest.missing_header", "The manifest is empty.");
            return PZ_OK;
        }
        read_row(read, fields, count, is_header);
    }
}

/* ------------------------------------------------------------------------------------------- files and modes --- */

static int is_known(int version, int file)
{
    return version == 12 || !pz__or_tables[file].only_12;
}

/* The table that an entry of the archive belongs to, or -1. */
static int find_table(pz__oneroster *roster, const char *name)
{
    for (int i = 0; i < PZ__OR_FILES; i++) {
        if (!is_known(roster->version, i) || !pz__ascii_equal_fold(name, strlen(name), pz__or_tables[i].file)) continue;
        if (strcmp(name, pz__or_tables[i].file) != 0 && !note(roster, name, NULL, NULL, 1, "package.file_name_case",
                                                              "The name of the file differs from the standard's in capital letters."))
            return -1;
        return i;
    }
    return -1;
}

static void settle_mode(manifest *read, int file, int is_there)
{
    pz__oneroster *roster = read->roster;
    const char *name = pz__or_tables[file].file;
    if (!read->said[file] && is_known(roster->version, file)) {
        note(roster, manifest_file, NULL, pz__or_tables[file].name, 1, "manifest.missing_property",
             "The manifest does not say whether the file is absent, bulk or delta.|A file that is there is taken as bulk.");
        read->is_blank[file] = 1;
    }
    if (read->is_blank[file]) {
        roster->modes[file] = is_there ? PZ__OR_BULK : PZ__OR_ABSENT;
    } else if (is_there && roster->modes[file] == PZ__OR_ABSENT) {
        note(roster, name, NULL, NULL, 1, "manifest.file_unexpected",
             "The manifest calls the file absent, but it is there.|It is not read.");
    } else if (!is_there && roster->modes[file] != PZ__OR_ABSENT) {
        note(roster, name, NULL, NULL, 1, "manifest.file_missing",
             "The manifest names the file, but it is not in the archive.|It is taken as absent.");
        roster->modes[file] = PZ__OR_ABSENT;
    }
}

static void settle_files(manifest *read)
{
    pz__oneroster *roster = read->roster;
    int is_there[PZ__OR_FILES] = {0};
    for (size_t i = 0; pz__archive_entry_at(roster->archive, i); i++) {
        const char *name = pz__archive_entry_at(roster->archive, i)->name;
        int file;
        if (pz__ascii_equal_fold(name, strlen(name), manifest_file)) continue;
        file = find_table(roster, name);
        if (file < 0) {
            note(roster, name, NULL, NULL, 1, "package.unknown_file", "The standard knows no such file in this version.|It is not read.");
            continue;
        }
        is_there[file] = 1;
        roster->entries[file] = i;
    }
    for (int i = 0; i < PZ__OR_FILES; i++) {
        if (is_known(roster->version, i)) {
            settle_mode(read, i, is_there[i]);
        } else {
            if (read->said[i] && roster->modes[i] != PZ__OR_ABSENT)
                note(roster, manifest_file, NULL, pz__or_tables[i].name, 1, "manifest.unknown_property",
                     "This version of the standard knows no such file.");
            roster->modes[i] = PZ__OR_ABSENT;
        }
    }
}

/* Junk and a folder around the files are no departure that harms anybody, but a strict reader may trip over them. */
static void note_oddities(pz__oneroster *roster)
{
    const pz__archive_note *found;
    for (size_t i = 0; (found = pz__archive_note_at(roster->archive, i)) != NULL; i++)
        note(roster, found->name, NULL, NULL, 1, found->code,
             !strcmp(found->code, "zip.top_folder") ? "The files lie in a folder; the standard has them at the top.|They are read there."
                                                    : "The file is left over from a desktop system.|It is not read.");
}

/* ---------------------------------------------------------------------------------------------------- whole --- */

static int find_manifest(pz__oneroster *roster, size_t *out_entry)
{
    for (size_t i = 0; pz__archive_entry_at(roster->archive, i); i++) {
        const char *name = pz__archive_entry_at(roster->archive, i)->name;
        if (!pz__ascii_equal_fold(name, strlen(name), manifest_file)) continue;
        *out_entry = i;
        return strcmp(name, manifest_file) == 0 || note(roster, name, NULL, NULL, 1, "package.file_name_case",
                                                        "The name of the file differs from the standard's in capital letters.");
    }
    return 0;
}

pz_status pz__or_manifest_read(pz__oneroster *roster)
{
    manifest read = {roster, 0, {0}, {0}};
    pz__archive_stream *stream = NULL;
    pz__csv *csv = NULL;
    size_t entry;
    pz_status status;
    note_oddities(roster);
    if (!find_manifest(roster, &entry)) {
        note(roster, manifest_file, NULL, NULL, 0, "package.missing_manifest",
             "The archive has no manifest.csv, which says the version and the files.");
        return PZ_OK;
    }
    status = pz__archive_stream_open(roster->archive, entry, &stream);
    if (status == PZ_OK) status = pz__csv_open(pz__archive_read, stream, ',', &csv);
    if (status == PZ_OK) status = read_rows(&read, csv);
    if (status && pz__archive_fault_of(roster->archive)) pz__or_archive_fault(roster, pz__archive_fault_of(roster->archive), status);
    pz__csv_free(csv);
    pz__archive_stream_free(stream);
    if (status || roster->import->faults.json.status) return status;
    if (!roster->version && !roster->import->faults.fatal)
        note(roster, manifest_file, NULL, "oneroster.version", 0, "manifest.missing_property",
             "The manifest does not say its version of OneRoster.");
    if (!read.has_manifest_version && roster->version)
        note(roster, manifest_file, NULL, "manifest.version", 1, "manifest.missing_property", "The manifest does not say its own version.");
    if (roster->version) settle_files(&read);
    return PZ_OK;
}
