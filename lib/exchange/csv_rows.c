#include "exchange/csv_rows.h"

#include <stdio.h>
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "base/number.h"
#include "base/text.h"
#include "exchange/csv_faults.h"
#include "exchange/file.h"

enum { PEEK = 65536, ROWS_BETWEEN_PROGRESS = 1024 };

struct pz__csv_rows {
    pz__import *import;
    const pz__csv_mapping *mapping;
    const char *name; /* of the file, without its folders */
    FILE *file;
    int64_t size, read_bytes;
    pz__csv *csv;
    size_t width;
    int32_t places[PZ__CSV_TARGETS]; /* numbers of fields, 0 for none */
    int32_t *wide_places;
    char *wide_names; /* one after another, each with its NUL */
    size_t wide_count, wide_at;
    const pz__csv_field *fields; /* of the present row, while its wide columns are gone through */
    size_t count;
    int64_t rows;
    pz__csv_mapped row;
};

/* --------------------------------------------------------------------------------------------------- faults --- */

static void note(pz__csv_rows *rows, int64_t line, int64_t column, const char *field, const pz__csv_field *found, int can_go_on,
                 const char *code, const char *words)
{
    pz__fault_place place = {rows->name, line, column, field, found ? found->text : NULL, found ? found->length : 0};
    pz__import_fault(rows->import, can_go_on, code, &place, words);
}

static void fault_cell(pz__csv_rows *rows, pz__csv_target target, const char *code, const char *words)
{
    pz__csv_cell *cell = &rows->row.cells[target];
    char whole[200];
    pz__fault_place place = {
        rows->name,  cell->line ? cell->line : rows->row.line, cell->column, pz__csv_targets[target].name, cell->column ? cell->text : NULL,
        cell->length};
    snprintf(whole, sizeof whole, "%s|The row is left out.", words);
    pz__import_fault(rows->import, 1, code, &place, whole);
    cell->is_set = 0;
    rows->row.is_usable = 0;
}

void pz__csv_fault_note(pz__import *import, pz__csv_mapped *row, pz__csv_target target, const char *code, const char *words)
{
    pz__csv_cell *cell = &row->cells[target];
    char whole[200];
    pz__fault_place place = {
        row->file,   cell->line ? cell->line : row->line, cell->column, pz__csv_targets[target].name, cell->column ? cell->text : NULL,
        cell->length};
    snprintf(whole, sizeof whole, "%s|The row is left out.", words);
    pz__import_fault(import, 1, code, &place, whole);
    row->is_usable = 0;
}

/* ---------------------------------------------------------------------------------------------------- header --- */

char pz__csv_guess_delimiter(const char *text, size_t length)
{
    static const char known[] = ",;\t|";
    size_t counts[4] = {0}, best = 0;
    int quoted = 0;
    for (size_t i = 0; i < length; i++) {
        const char *at;
        if (text[i] == '"') quoted = !quoted;
        if (quoted || !text[i]) continue;
        if (text[i] == '\n' || text[i] == '\r') break;
        at = strchr(known, text[i]);
        if (at) counts[at - known]++;
    }
    for (size_t i = 1; i < 4; i++)
        if (counts[i] > counts[best]) best = i;
    return known[best];
}

/* Looks at the first bytes and goes back. Rows that are passed over do not count. */
static pz_status guess_delimiter(pz__csv_rows *rows, char *out)
{
    char *text = pz__alloc(PEEK);
    size_t length, at = 0;
    if (!text) return pz__fail_memory();
    length = fread(text, 1, PEEK, rows->file);
    rewind(rows->file);
    for (int64_t skip = rows->mapping->skip_rows; skip > 0 && at < length; skip--) {
        while (at < length && text[at] != '\n') at++;
        at += at < length;
    }
    *out = pz__csv_guess_delimiter(text + at, length - at);
    pz__release(text);
    return PZ_OK;
}

static void trim(const char **text, size_t *length)
{
    while (*length && ((*text)[0] == ' ' || (*text)[0] == '\t')) (*text)++, (*length)--;
    while (*length && ((*text)[*length - 1] == ' ' || (*text)[*length - 1] == '\t')) (*length)--;
}

/* The number of the column, 0 with a fault where there is none or more than one. */
static int32_t find_column(pz__csv_rows *rows, const pz__csv_field *fields, size_t count, const char *name, const char *target)
{
    int32_t exact = 0, loose = 0, exact_count = 0, loose_count = 0;
    for (size_t i = 0; i < count; i++) {
        const char *text = fields[i].text;
        size_t length = fields[i].length;
        if (!strcmp(text, name)) {
            exact = exact ? exact : fields[i].column;
            exact_count++;
        }
        trim(&text, &length);
        if (pz__ascii_equal_fold(text, length, name)) {
            loose = loose ? loose : fields[i].column;
            loose_count++;
        }
    }
    if (exact_count == 1) return exact;
    if (exact_count == 0 && loose_count == 1) return loose;
    note(rows, fields[0].line, exact ? exact : loose, target, NULL, 0,
         exact_count + loose_count ? "mapping.ambiguous_column" : "mapping.missing_column",
         exact_count + loose_count ? "Two columns have the name that the mapping gives for this value."
                                   : "No column has the name that the mapping gives for this value.");
    return 0;
}

static pz_status find_wide_columns(pz__csv_rows *rows, const pz__csv_field *fields, size_t count)
{
    const pz__json_value *wide = rows->mapping->wide;
    size_t all = pz__json_size(wide), bytes = 0;
    char *at;
    for (const pz__json_value *one = pz__json_first(wide); one; one = pz__json_next(one)) bytes += strlen(pz__json_as_text(one)) + 1;
    rows->wide_places = pz__alloc_zero(all + 1, sizeof *rows->wide_places);
    at = rows->wide_names = pz__alloc(bytes + 1);
    if (!rows->wide_places || !rows->wide_names) return pz__fail_memory();
    for (const pz__json_value *one = pz__json_first(wide); one; one = pz__json_next(one)) {
        const char *name = pz__json_as_text(one);
        rows->wide_places[rows->wide_count++] = find_column(rows, fields, count, name, "item");
        at = stpcpy(at, name) + 1;
    }
    rows->wide_at = rows->wide_count; /* no row is being gone through */
    return PZ_OK;
}

static pz_status match_header(pz__csv_rows *rows, const pz__csv_field *fields, size_t count)
{
    rows->width = count;
    for (int i = 0; i < PZ__CSV_TARGETS; i++) {
        const pz__csv_source *source = &rows->mapping->sources[i];
        if (!source->is_given || source->constant) continue;
        if (source->column) {
            rows->places[i] = find_column(rows, fields, count, source->column, pz__csv_targets[i].name);
        } else if ((size_t)source->number <= count) {
            rows->places[i] = source->number;
        } else {
            note(rows, fields[0].line, source->number, pz__csv_targets[i].name, NULL, 0, "mapping.missing_column",
                 "The file has fewer columns than the number that the mapping gives for this value.");
        }
    }
    return rows->mapping->wide ? find_wide_columns(rows, fields, count) : PZ_OK;
}

/* ---------------------------------------------------------------------------------------------------- values --- */

/* A value by the map of its source. 0: the row is passed over or has a fault. */
static int replace(pz__csv_rows *rows, pz__csv_target target, pz__csv_cell *cell, const pz__csv_source *source)
{
    for (const pz__json_value *one = pz__json_first(source->map); one; one = pz__json_next(one)) {
        const char *key = pz__json_key_of(one);
        if (strlen(key) != cell->length || memcmp(key, cell->text, cell->length) != 0) continue;
        cell->text = pz__json_as_text(one);
        cell->length = strlen(cell->text);
        return 1;
    }
    if (!source->has_else) {
        fault_cell(rows, target, "row.unmapped_value", "The map of the mapping does not have this value.");
        return 0;
    }
    if (!source->otherwise) {
        rows->row.is_passed = 1;
        return 0;
    }
    cell->text = source->otherwise;
    cell->length = strlen(cell->text);
    return 1;
}

static int has_control(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)text[i];
        if ((c < ' ' && c != '\t' && c != '\n' && c != '\r') || c == 0x7F) return 1;
    }
    return 0;
}

static void read_text(pz__csv_rows *rows, pz__csv_target target, pz__csv_cell *cell)
{
    static const pz_limit_kind limits[] = {PZ_LIMIT_ID_TEXT, PZ_LIMIT_TITLE, PZ_LIMIT_TEXT};
    if (cell->length > (size_t)pz_limit(limits[pz__csv_targets[target].type]))
        fault_cell(rows, target, "row.value_too_long", "The text is longer than the limit.");
    else if (has_control(cell->text, cell->length))
        fault_cell(rows, target, "row.control_character", "The text holds a control character.");
}

/* A number, with a decimal comma where the mapping says so; then points and spaces between thousands are not read. */
static void read_number(pz__csv_rows *rows, pz__csv_target target, pz__csv_cell *cell, char decimal)
{
    char text[64];
    const pz__csv_target_info *info = &pz__csv_targets[target];
    int is_read = 0;
    if (cell->length < sizeof text && !(decimal == ',' && memchr(cell->text, '.', cell->length))) {
        memcpy(text, cell->text, cell->length);
        for (size_t i = 0; i < cell->length; i++)
            if (text[i] == ',' && decimal == ',') text[i] = '.';
        is_read = pz__real_parse(text, cell->length, &cell->real);
    }
    if (!is_read)
        fault_cell(rows, target, "row.invalid_float",
                   decimal == ',' ? "This must be a number with a decimal comma." : "This must be a number with a decimal point.");
    else if (cell->real < info->least || cell->real > info->most)
        fault_cell(rows, target, "row.value_out_of_range", "The number is outside its range.");
}

static void read_when(pz__csv_rows *rows, pz__csv_target target, pz__csv_cell *cell, const char *pattern)
{
    pz_time of_day;
    int has_time, is_time = pz__csv_targets[target].type == PZ__CSV_TIME;
    if (pz__csv_when(cell->text, cell->length, pattern, &cell->date, &of_day, &has_time, &cell->time)) return;
    fault_cell(rows, target, is_time ? "row.invalid_datetime" : "row.invalid_date",
               pattern ? "The value does not follow the pattern of the mapping, or there is no such day."
                       : "A day is written YYYY-MM-DD, a time YYYY-MM-DDThh:mm:ssZ.");
}

static void read_enum(pz__csv_rows *rows, pz__csv_target target, pz__csv_cell *cell)
{
    const char *const *names = pz__csv_targets[target].names;
    for (int32_t i = 1; names[i]; i++)
        if (pz__ascii_equal_fold(cell->text, cell->length, names[i])) cell->number = i;
    if (!cell->number) fault_cell(rows, target, "row.invalid_enum", "There is no such word for this value; a map can replace it.");
}

static void read_cell(pz__csv_rows *rows, pz__csv_target target)
{
    const pz__csv_source *source = &rows->mapping->sources[target];
    pz__csv_cell *cell = &rows->row.cells[target];
    trim(&cell->text, &cell->length);
    if (cell->length == 0 && source->fallback) {
        cell->text = source->fallback;
        cell->length = strlen(cell->text);
    } else if (cell->length > 0 && source->map && !replace(rows, target, cell, source)) {
        return;
    }
    if (cell->length == 0) {
        if (rows->mapping->kind->needed & PZ__CSV_BIT(target))
            fault_cell(rows, target, "row.missing_required_value", "A value is needed here.");
        return;
    }
    cell->is_set = 1;
    switch (pz__csv_targets[target].type) {
    case PZ__CSV_NUMBER: read_number(rows, target, cell, source->decimal); break;
    case PZ__CSV_DAY:
    case PZ__CSV_TIME: read_when(rows, target, cell, source->date); break;
    case PZ__CSV_ENUM: read_enum(rows, target, cell); break;
    case PZ__CSV_WORD:
    case PZ__CSV_LINE:
    case PZ__CSV_PROSE: read_text(rows, target, cell); break;
    }
}

static void place_cell(pz__csv_rows *rows, pz__csv_target target, const pz__csv_field *fields, size_t count)
{
    const pz__csv_source *source = &rows->mapping->sources[target];
    pz__csv_cell *cell = &rows->row.cells[target];
    int32_t place = rows->places[target];
    memset(cell, 0, sizeof *cell);
    cell->text = "";
    cell->real = PZ_REAL_NONE;
    cell->date = PZ_DATE_NONE;
    cell->time = PZ_TIME_NONE;
    if (source->constant) {
        cell->text = source->constant;
        cell->length = strlen(source->constant);
    } else if (place > 0 && (size_t)place <= count) {
        cell->text = fields[place - 1].text;
        cell->length = fields[place - 1].length;
        cell->line = fields[place - 1].line;
        cell->column = place;
    }
}

static void check_width(pz__csv_rows *rows, const pz__csv_field *fields, size_t count)
{
    int harmless = 1;
    for (size_t i = rows->width; i < count; i++) harmless &= fields[i].length == 0;
    if (count == rows->width || (count > rows->width && harmless)) return;
    note(rows, fields[0].line, (int64_t)(count < rows->width ? count : rows->width + 1), NULL, NULL, 1, "table.row_width_mismatch",
         count < rows->width ? "The row has fewer fields than the header.|The missing ones are taken as empty."
                             : "The row has more fields than the header.|They are not read.");
    if (pz__import_is_strict(rows->import)) rows->row.is_usable = 0;
}

static void read_row(pz__csv_rows *rows, const pz__csv_field *fields, size_t count)
{
    rows->row.line = fields[0].line;
    rows->row.is_usable = 1;
    rows->row.is_passed = 0;
    check_width(rows, fields, count);
    for (int i = 0; i < PZ__CSV_TARGETS; i++) {
        place_cell(rows, (pz__csv_target)i, fields, count);
        if (rows->mapping->sources[i].is_given) read_cell(rows, (pz__csv_target)i);
    }
}

/* One item of a row that has a column for each. 0: the learner gave no answer. */
static int read_wide_cell(pz__csv_rows *rows, size_t number)
{
    pz__csv_cell *item = &rows->row.cells[PZ__CSV_ITEM];
    pz__csv_target target = rows->mapping->wide_holds_choice ? PZ__CSV_CHOICE : PZ__CSV_SCORE;
    const char *name = rows->wide_names;
    int32_t before = rows->places[target];
    for (size_t i = 0; i < number; i++) name += strlen(name) + 1;
    rows->row.is_usable = 1; /* the item before may have had a fault */
    rows->row.is_passed = 0;
    rows->places[target] = rows->wide_places[number];
    place_cell(rows, target, rows->fields, rows->count);
    rows->places[target] = before;
    read_cell(rows, target);
    item->text = name;
    item->length = strlen(name);
    item->is_set = 1;
    return rows->row.cells[target].length > 0;
}

/* ----------------------------------------------------------------------------------------------------- rows --- */

static int64_t read_bytes(void *source, char *buffer, size_t size)
{
    pz__csv_rows *rows = source;
    int64_t got = pz__file_read(rows->file, buffer, size);
    if (got > 0) rows->read_bytes += got;
    return got;
}

/* The next row that can be read as CSV; *out_count is 0 at the end. */
static pz_status next_fields(pz__csv_rows *rows, const pz__csv_field **out_fields, size_t *out_count)
{
    for (;;) {
        pz_status status = pz__csv_next(rows->csv, out_fields, out_count);
        const pz__csv_fault *fault;
        if (status != PZ_E_FORMAT || !(fault = pz__csv_fault_of(rows->csv))) return status;
        note(rows, fault->line, fault->column, NULL, NULL, pz__csv_fault_is_mild(fault), fault->code, pz__csv_fault_words(fault));
        if (pz__csv_fault_is_mild(fault)) continue;
        *out_count = 0;
        return PZ_OK;
    }
}

/* A fault that ended the file has said already why there is no row. */
static void note_no_rows(pz__csv_rows *rows, int64_t fatal_before)
{
    const pz__faults *faults = &rows->import->faults;
    if (faults->fatal > fatal_before) return;
    note(rows, 0, 0, NULL, NULL, 0, "table.missing_header",
         rows->mapping->skip_rows || faults->listed ? "The file has no row to begin with." : "The file is empty.");
}

static pz_status open_rows(pz__csv_rows *rows, const char *path, int *out_usable)
{
    const pz__csv_field *fields;
    size_t count;
    int64_t fatal_before = rows->import->faults.fatal;
    char delimiter = rows->mapping->delimiter;
    *out_usable = 0;
    PZ__TRY(pz__file_open(path, "file", &rows->file, &rows->size));
    if (!delimiter) PZ__TRY(guess_delimiter(rows, &delimiter));
    PZ__TRY(pz__csv_open(read_bytes, rows, delimiter, &rows->csv));
    for (int64_t i = 0; i < rows->mapping->skip_rows; i++) PZ__TRY(next_fields(rows, &fields, &count));
    PZ__TRY(next_fields(rows, &fields, &count));
    if (count == 0) {
        note_no_rows(rows, fatal_before);
        return PZ_OK;
    }
    PZ__TRY(match_header(rows, fields, count));
    if (!rows->mapping->has_header) {
        rows->fields = fields; /* the first row is one of the file's own */
        rows->count = count;
    }
    *out_usable = rows->import->faults.fatal == 0;
    return PZ_OK;
}

pz_status pz__csv_rows_open(pz__import *import, const pz__csv_mapping *mapping, const char *path, pz__csv_rows **out_rows)
{
    pz__csv_rows *rows = pz__alloc_zero(1, sizeof *rows);
    int usable;
    pz_status status;
    *out_rows = NULL;
    if (!rows) return pz__fail_memory();
    rows->import = import;
    rows->mapping = mapping;
    rows->name = rows->row.file = pz__file_name(path);
    status = open_rows(rows, path, &usable);
    if (status || !usable) {
        pz__csv_rows_free(rows);
        return status;
    }
    *out_rows = rows;
    return PZ_OK;
}

void pz__csv_rows_free(pz__csv_rows *rows)
{
    if (!rows) return;
    pz__csv_free(rows->csv);
    if (rows->file) fclose(rows->file);
    pz__release(rows->wide_places);
    pz__release(rows->wide_names);
    pz__release(rows);
}

pz_status pz__csv_rows_next(pz__csv_rows *rows, pz__csv_mapped **out_row)
{
    *out_row = NULL;
    for (;;) {
        while (rows->wide_at < rows->wide_count) {
            if (!read_wide_cell(rows, rows->wide_at++)) continue;
            *out_row = &rows->row;
            return PZ_OK;
        }
        if (rows->rows++ % ROWS_BETWEEN_PROGRESS == 0)
            PZ__TRY(pz__import_progress(rows->import, rows->size ? (double)rows->read_bytes / (double)rows->size : 1));
        if (rows->mapping->has_header || rows->rows > 1 || !rows->fields) PZ__TRY(next_fields(rows, &rows->fields, &rows->count));
        if (rows->count == 0) return PZ_OK;
        read_row(rows, rows->fields, rows->count);
        if (!rows->wide_count) {
            *out_row = &rows->row;
            return PZ_OK;
        }
        rows->wide_at = rows->row.is_usable && !rows->row.is_passed ? 0 : rows->wide_count;
    }
}
