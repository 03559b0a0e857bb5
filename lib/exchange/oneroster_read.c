/* Rows of one file of a OneRoster archive: the header matched with the table, each field read by its column's type, each departure from the
 * standard noted with its place. */
#include <stdio.h>
#include <string.h>

#include "base/csv_read.h"
#include "base/fail.h"
#include "base/memory.h"
#include "base/text.h"
#include "exchange/csv_faults.h"
#include "exchange/oneroster.h"

enum { ROWS_BETWEEN_PROGRESS = 4096 };

struct pz__or_reader {
    pz__oneroster *roster;
    const pz__or_table *table;
    pz__or_file file;
    pz__archive_stream *stream;
    pz__csv *csv;
    size_t width;                        /* fields of the header */
    int8_t *columns;                     /* of each field: its column in the table, or -1 */
    int32_t places[PZ__OR_MOST_COLUMNS]; /* of each column: number of its field, or 0 */
    int64_t read_bytes;
    int64_t asked; /* calls for a row */
    int64_t rows;
    int over;
    pz__or_row row;
};

/* --------------------------------------------------------------------------------------------------- faults --- */

int pz__or_fault(pz__oneroster *roster, pz__or_file file, int column, const pz__or_row *row, int can_go_on, const char *code,
                 const char *words)
{
    const pz__or_column *described = &pz__or_tables[file].columns[column];
    const pz__or_value *value = &row->values[column];
    pz__fault_place place = {pz__or_tables[file].file, value->line ? value->line : row->line, value->column,
                             described->name,          value->column ? value->text : NULL,    value->length};
    if (described->type == PZ__OR_SECRET) place.value = NULL;
    return pz__import_fault(roster->import, can_go_on, code, &place, words);
}

/* A fault of the file as a whole, or of a field of its header. */
static int file_fault(pz__or_reader *reader, int64_t line, int64_t column, const char *field, const pz__csv_field *found, int can_go_on,
                      const char *code, const char *words)
{
    pz__fault_place place = {reader->table->file, line, column, field, found ? found->text : NULL, found ? found->length : 0};
    return pz__import_fault(reader->roster->import, can_go_on, code, &place, words);
}

/* The next row of the CSV. A row that cannot be read is left out; *out_count is 0 at the end. */
static pz_status next_fields(pz__or_reader *reader, const pz__csv_field **out_fields, size_t *out_count)
{
    for (;;) {
        const pz__csv_fault *fault;
        pz_status status = pz__csv_next(reader->csv, out_fields, out_count);
        if (status == PZ_OK) return PZ_OK;
        fault = status == PZ_E_FORMAT ? pz__csv_fault_of(reader->csv) : NULL;
        if (!fault) {
            if (pz__archive_fault_of(reader->roster->archive))
                pz__or_archive_fault(reader->roster, pz__archive_fault_of(reader->roster->archive), status);
            return status;
        }
        file_fault(reader, fault->line, fault->column, NULL, NULL, pz__csv_fault_is_mild(fault), fault->code, pz__csv_fault_words(fault));
        if (pz__csv_fault_is_mild(fault)) continue;
        *out_count = 0;
        return PZ_OK;
    }
}

/* --------------------------------------------------------------------------------------------------- header --- */

static int is_of_version(const pz__or_column *column, int version)
{
    if (column->flags & PZ__OR_ONLY_11) return version == 11;
    if (column->flags & PZ__OR_ONLY_12) return version == 12;
    return 1;
}

static int is_metadata(const pz__csv_field *field)
{
    return field->length > 9 && !memcmp(field->text, "metadata.", 9);
}

/* The column that a header names, or -1. */
static int find_column(pz__or_reader *reader, const pz__csv_field *field)
{
    const char *text = field->text;
    size_t length = field->length;
    for (int i = 0; i < reader->table->count; i++)
        if (!strcmp(reader->table->columns[i].name, text) && is_of_version(&reader->table->columns[i], reader->roster->version)) return i;
    while (length && text[0] == ' ') text++, length--;
    while (length && text[length - 1] == ' ') length--;
    for (int i = 0; i < reader->table->count; i++) {
        if (!pz__ascii_equal_fold(text, length, reader->table->columns[i].name)) continue;
        if (!is_of_version(&reader->table->columns[i], reader->roster->version)) continue;
        file_fault(reader, field->line, field->column, reader->table->columns[i].name, field, 1, "schema.header_case",
                   "The name of the column differs from the standard's in capital letters or spaces.");
        return i;
    }
    return -1;
}

static void note_unknown_header(pz__or_reader *reader, const pz__csv_field *field)
{
    if (is_metadata(field)) return;
    if (field->length == 0)
        file_fault(reader, field->line, field->column, NULL, field, 1, "table.empty_header_name",
                   "The column has no name.|It is not read.");
    else
        file_fault(reader, field->line, field->column, NULL, field, 1, "schema.unknown_header",
                   "The standard knows no such column here.|It is not read.");
}

/* Columns in the order of the standard, those of the source's own behind them. */
static void check_order(pz__or_reader *reader, const pz__csv_field *fields, size_t count)
{
    int last = -1, has_metadata = 0;
    for (size_t i = 0; i < count; i++) {
        int column = reader->columns[i];
        if (column < 0) {
            has_metadata |= is_metadata(&fields[i]);
            continue;
        }
        if (has_metadata) {
            file_fault(reader, fields[i].line, fields[i].column, fields[i].text, NULL, 1, "schema.metadata_column_position",
                       "The source's own columns must stand behind those of the standard.");
            return;
        }
        if (column < last) {
            file_fault(reader, fields[i].line, fields[i].column, fields[i].text, NULL, 1, "schema.header_order_mismatch",
                       "The columns are not in the order of the standard.");
            return;
        }
        last = column;
    }
}

/* 0 if the file cannot be read without what is missing. */
static int check_missing(pz__or_reader *reader)
{
    int usable = 1;
    for (int i = 0; i < reader->table->count; i++) {
        const pz__or_column *column = &reader->table->columns[i];
        if (reader->places[i] || !is_of_version(column, reader->roster->version)) continue;
        file_fault(reader, 1, 0, column->name, NULL, !(column->flags & PZ__OR_VITAL), "schema.missing_header",
                   column->flags & PZ__OR_VITAL ? "The column is missing; without it no row can be read." : "The column is missing.");
        if (column->flags & PZ__OR_VITAL) usable = 0;
    }
    return usable;
}

static pz_status read_header(pz__or_reader *reader)
{
    const pz__csv_field *fields;
    size_t count;
    int64_t fatal_before = reader->roster->import->faults.fatal;
    PZ__TRY(next_fields(reader, &fields, &count));
    if (count == 0) {
        reader->over = 1;
        if (reader->roster->import->faults.fatal == fatal_before) /* or a fault that ended the file has said why */
            file_fault(reader, 0, 0, NULL, NULL, 0, "table.missing_header", "The file has no header.");
        return PZ_OK;
    }
    reader->columns = pz__alloc(count);
    if (!reader->columns) return pz__fail_memory();
    reader->width = count;
    for (size_t i = 0; i < count; i++) {
        int column = find_column(reader, &fields[i]);
        reader->columns[i] = (int8_t)column;
        if (column < 0) {
            note_unknown_header(reader, &fields[i]);
        } else if (reader->places[column]) {
            reader->columns[i] = -1;
            file_fault(reader, fields[i].line, fields[i].column, fields[i].text, NULL, 1, "table.duplicate_header",
                       "A column before it has the same name.|Only the first is read.");
        } else {
            reader->places[column] = fields[i].column;
        }
    }
    check_order(reader, fields, count);
    if (!check_missing(reader)) reader->over = 1;
    return PZ_OK;
}

/* ---------------------------------------------------------------------------------------------------- fields --- */

static void trim(pz__or_value *value)
{
    while (value->length && (value->text[0] == ' ' || value->text[0] == '\t')) value->text++, value->length--;
    while (value->length && (value->text[value->length - 1] == ' ' || value->text[value->length - 1] == '\t')) value->length--;
}

static void place_fields(pz__or_reader *reader, const pz__csv_field *fields, size_t count)
{
    for (int i = 0; i < reader->table->count; i++) {
        pz__or_value *value = &reader->row.values[i];
        int32_t place = reader->places[i];
        memset(value, 0, sizeof *value);
        value->text = "";
        if (place == 0 || (size_t)place > count) continue;
        value->text = fields[place - 1].text;
        value->length = fields[place - 1].length;
        value->line = fields[place - 1].line;
        value->column = place;
        trim(value);
    }
}

static void check_width(pz__or_reader *reader, const pz__csv_field *fields, size_t count)
{
    int harmless = 1;
    if (count == reader->width) return;
    for (size_t i = reader->width; i < count; i++) harmless &= fields[i].length == 0;
    if (!file_fault(reader, reader->row.line, (int64_t)(count < reader->width ? count : reader->width + 1), NULL, NULL, 1,
                    "table.row_width_mismatch",
                    count < reader->width ? "The row has fewer fields than the header.|The missing ones are taken as empty."
                    : harmless            ? "The row has more fields than the header.|They are empty."
                                          : "The row has more fields than the header.|They are not read."))
        reader->row.is_usable = 0;
}

/* Status and time of the last change: forbidden in a bulk file, required in a delta file. */
static void check_lifecycle(pz__or_reader *reader)
{
    pz__or_row *row = &reader->row;
    int is_delta = reader->roster->modes[reader->file] == PZ__OR_DELTA;
    for (int i = PZ__OR_STATUS; i <= PZ__OR_MODIFIED; i++) {
        if (!reader->places[i]) continue;
        if (is_delta && row->values[i].length == 0) {
            if (!pz__or_fault(reader->roster, reader->file, i, row, 1, "row.field_required_in_delta",
                              "A delta file needs a value here.|The row is taken as active."))
                row->is_usable = 0;
        } else if (!is_delta && row->values[i].length > 0) {
            if (!pz__or_fault(reader->roster, reader->file, i, row, 1, "row.field_forbidden_in_bulk",
                              "In a bulk file this must be empty.|A row that is to be deleted is taken as not listed."))
                row->is_usable = 0;
        }
    }
    row->is_deleted = row->values[PZ__OR_STATUS].is_set && row->values[PZ__OR_STATUS].number == 1;
}

/* `is_vital`: without this value the row cannot be kept. */
static void read_field(pz__or_reader *reader, int index, int is_vital)
{
    const pz__or_column *column = &reader->table->columns[index];
    pz__or_value *value = &reader->row.values[index];
    pz__or_trouble trouble = pz__or_value_read(column, reader->roster->version, value);
    int keeps = trouble.is_read || !is_vital;
    char words[160];
    value->is_set = !trouble.code || trouble.is_read;
    if (!trouble.code) return;
    snprintf(words, sizeof words, "%s|%s", trouble.words,
             trouble.is_read ? "It is read all the same."
             : keeps         ? "The value is left out."
                             : "The row is left out.");
    if (!pz__or_fault(reader->roster, reader->file, index, &reader->row, 1, trouble.code, words)) value->is_set = 0;
    if (pz__import_is_strict(reader->roster->import) || !keeps) reader->row.is_usable = 0;
}

/* Of a row that is to be deleted only the id matters. */
static void check_required(pz__or_reader *reader, int index)
{
    const pz__or_column *column = &reader->table->columns[index];
    int is_vital = (column->flags & PZ__OR_VITAL) != 0;
    if (!(column->flags & PZ__OR_REQUIRED) || !reader->places[index]) return;
    if (reader->row.is_deleted && index != PZ__OR_SOURCED_ID) return;
    if (!pz__or_fault(reader->roster, reader->file, index, &reader->row, 1, "row.missing_required_value",
                      is_vital ? "A value is required here.|The row is left out." : "A value is required here.") ||
        is_vital)
        reader->row.is_usable = 0;
}

static void read_row(pz__or_reader *reader, const pz__csv_field *fields, size_t count)
{
    pz__or_row *row = &reader->row;
    row->line = fields[0].line;
    row->is_usable = 1;
    row->is_deleted = 0;
    check_width(reader, fields, count);
    place_fields(reader, fields, count);
    if (row->values[PZ__OR_STATUS].length) read_field(reader, PZ__OR_STATUS, 0);
    check_lifecycle(reader);
    for (int i = 0; i < reader->table->count; i++) {
        if (i == PZ__OR_STATUS) continue;
        if (row->values[i].length == 0)
            check_required(reader, i);
        else
            read_field(reader, i, (reader->table->columns[i].flags & PZ__OR_VITAL) && !(row->is_deleted && i != PZ__OR_SOURCED_ID));
    }
}

/* ---------------------------------------------------------------------------------------------------- reader --- */

static int64_t read_bytes(void *source, char *buffer, size_t size)
{
    pz__or_reader *reader = source;
    int64_t got = pz__archive_read(reader->stream, buffer, size);
    if (got > 0) reader->roster->bytes_done += got;
    return got;
}

pz_status pz__or_reader_open(pz__oneroster *roster, pz__or_file file, pz__or_reader **out_reader)
{
    pz_status status;
    pz__or_reader *reader = pz__alloc_zero(1, sizeof *reader);
    *out_reader = NULL;
    if (!reader) return pz__fail_memory();
    reader->roster = roster;
    reader->file = file;
    reader->table = &pz__or_tables[file];
    status = pz__archive_stream_open(roster->archive, roster->entries[file], &reader->stream);
    if (status && pz__archive_fault_of(roster->archive)) pz__or_archive_fault(roster, pz__archive_fault_of(roster->archive), status);
    if (status == PZ_OK) status = pz__csv_open(read_bytes, reader, ',', &reader->csv);
    if (status == PZ_OK) status = read_header(reader);
    if (status || reader->over) {
        pz__or_reader_free(reader);
        return status;
    }
    *out_reader = reader;
    return PZ_OK;
}

pz_status pz__or_reader_next(pz__or_reader *reader, const pz__or_row **out_row)
{
    const pz__csv_field *fields;
    size_t count;
    *out_row = NULL;
    if (reader->asked++ % ROWS_BETWEEN_PROGRESS == 0) {
        double all = (double)(reader->roster->bytes_all > 0 ? reader->roster->bytes_all : 1);
        PZ__TRY(pz__import_progress(reader->roster->import, (double)reader->roster->bytes_done / all));
    }
    PZ__TRY(next_fields(reader, &fields, &count));
    if (count == 0) return PZ_OK;
    if (++reader->rows > reader->roster->met[reader->file]) {
        reader->roster->met[reader->file] = reader->rows;
        PZ__TRY(pz__import_row(reader->roster->import, reader->table->file, fields[0].line));
    }
    read_row(reader, fields, count);
    *out_row = &reader->row;
    return PZ_OK;
}

void pz__or_reader_free(pz__or_reader *reader)
{
    if (!reader) return;
    pz__csv_free(reader->csv);
    pz__archive_stream_free(reader->stream);
    pz__release(reader->columns);
    pz__release(reader);
}
