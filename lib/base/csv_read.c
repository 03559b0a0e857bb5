/* The CSV reader: one pass over the bytes, eight at a time, fields unquoted where they lie. */
#include "base/csv_read.h"

#include <string.h>

#include "base/bytes.h"
#include "base/fail.h"
#include "base/memory.h"
#include "base/text.h"

/* NUL, LF and CR are below LOWEST_PLAIN, and a few that mean nothing here. */
enum { FIRST_BUFFER = 64 * 1024, FIRST_FIELDS = 32, PAD = 8, LOWEST_PLAIN = '\r' + 1 };

struct pz__csv {
    pz__read_fn read;
    void *source;
    const char *memory; /* what is left of a text in memory */
    size_t memory_left;
    uint64_t delimiters; /* the delimiter in each byte */
    char delimiter;

    char *data; /* `capacity` bytes, and PAD line breaks behind `end` that stop every scan */
    size_t capacity;
    size_t row; /* where the row begins; what is before it is free */
    size_t at;  /* the next byte to look at */
    size_t end;
    size_t text;    /* the field that is read now: its text begins here, */
    size_t written; /* is unquoted up to here, */
    size_t run;     /* and goes on from here to `at` */

    pz__csv_field *fields;
    size_t count;
    size_t fields_capacity;
    size_t most_fields;
    size_t longest_field;

    int64_t line; /* physical line of `at` */
    int64_t field_line;
    int64_t row_line;
    int64_t rows;
    uint64_t seen; /* all words of the row or-ed: tells whether it may hold more than ASCII */
    pz__csv_fault fault;
    const char *fault_words;
    pz_status failed; /* of the source or of memory: stays */
    int skipping;     /* the row has a fault: find its end, keep nothing */
    int drained;      /* the source has no more */
    int after_cr;     /* the last row ended with CR: a LF that follows belongs to it */
    int over;         /* no more rows */
};

/* --------------------------------------------------------------------------------------------------- faults --- */

static void note_fault(pz__csv *csv, const char *code, const char *words, int64_t line)
{
    csv->fault.code = code;
    csv->fault.line = line;
    csv->fault.column = (int32_t)csv->count + 1;
    csv->fault_words = words;
}

/* The rest of the row is read to find its end; the row's first fault is the one that is told. */
static void fault_in_row(pz__csv *csv, const char *code, const char *words, int64_t line)
{
    if (!csv->skipping) note_fault(csv, code, words, line);
    csv->skipping = 1;
}

/* What follows cannot be told apart any more. */
static void fault_at_end(pz__csv *csv, const char *code, const char *words, int64_t line)
{
    note_fault(csv, code, words, line);
    csv->skipping = 1;
    csv->over = 1;
}

static pz_status fail_with_fault(const pz__csv *csv)
{
    return pz__fail(PZ_E_FORMAT, NULL, csv->over ? "Mend the file from this place on and read it again." : "Mend this row.",
                    "%s: line %lld, field %d: %s", csv->fault.code, (long long)csv->fault.line, (int)csv->fault.column, csv->fault_words);
}

/* --------------------------------------------------------------------------------------------------- buffer --- */

static int64_t read_memory(void *source, char *buffer, size_t size)
{
    pz__csv *csv = source;
    size_t length = csv->memory_left < size ? csv->memory_left : size;
    if (length) memcpy(buffer, csv->memory, length);
    csv->memory += length;
    csv->memory_left -= length;
    return (int64_t)length;
}

/* Moves the row to the front of `to`, which may be the buffer itself, and all that points into it. */
static void move_row(pz__csv *csv, char *to)
{
    size_t shift = csv->row;
    for (size_t i = 0; i < csv->count && !csv->skipping; i++) csv->fields[i].text = to + (csv->fields[i].text - (csv->data + shift));
    memmove(to, csv->data + shift, csv->end - shift);
    csv->row = 0;
    csv->at -= shift;
    csv->end -= shift;
    csv->text -= shift;
    csv->written -= shift;
    csv->run -= shift;
}

static pz_status make_room(pz__csv *csv)
{
    size_t wanted = csv->capacity;
    char *grown;
    if (csv->skipping) csv->row = csv->text = csv->written = csv->run = csv->at;
    if (csv->capacity - csv->end >= FIRST_BUFFER / 2) return PZ_OK;
    if (csv->capacity - (csv->end - csv->row) < csv->capacity / 2) wanted *= 2;
    if (wanted == csv->capacity) {
        move_row(csv, csv->data);
        return PZ_OK;
    }
    grown = pz__alloc(wanted + PAD);
    if (!grown) return pz__fail_memory();
    move_row(csv, grown);
    pz__release(csv->data);
    csv->data = grown;
    csv->capacity = wanted;
    return PZ_OK;
}

/* Gets more bytes behind `end`. Gives 1, or 0 where there are none: the source has ended, or `failed` says why. */
static int refill(pz__csv *csv)
{
    int64_t got;
    if (csv->drained || csv->failed) return 0;
    csv->failed = make_room(csv);
    if (csv->failed) return 0;
    got = csv->read(csv->source, csv->data + csv->end, csv->capacity - csv->end);
    if (got < 0) {
        csv->failed = got >= -PZ_E_INTERNAL ? (pz_status)-got : pz__fail(PZ_E_IO, NULL, NULL, "The source of the CSV could not be read.");
        return 0;
    }
    if ((uint64_t)got > csv->capacity - csv->end) {
        csv->failed = pz__fail(PZ_E_INTERNAL, NULL, NULL, "The source of the CSV gave more bytes than it was asked for.");
        return 0;
    }
    if (got == 0) csv->drained = 1;
    csv->end += (size_t)got;
    memset(csv->data + csv->end, '\n', PAD);
    return got > 0;
}

/* Called before anything that may depend on how the source cuts its bytes, so that the fault never does. */
static void check_lengths(pz__csv *csv)
{
    if (csv->skipping) return;
    if (csv->written - csv->text + (csv->at - csv->run) > csv->longest_field)
        fault_in_row(csv, "csv.field_too_long", "the field is longer than the limit for one field.", csv->field_line);
    else if (csv->at - csv->row > PZ__CSV_ROW_LIMIT)
        fault_in_row(csv, "csv.row_too_long", "the row is longer than the limit for one row.", csv->field_line);
}

/* The same in the middle of a row, which must not grow beyond its limits. */
static int refill_row(pz__csv *csv)
{
    check_lengths(csv);
    return refill(csv);
}

/* Is there a byte at `at`? */
static int have_byte(pz__csv *csv)
{
    return csv->at < csv->end || refill_row(csv);
}

/* ---------------------------------------------------------------------------------------------------- scans --- */

/* The byte that comes first is the lowest. Of the hits only the lowest is used: bits above it may be wrong. */
static inline uint64_t load_word(const char *from)
{
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    return __builtin_bswap64(pz__bytes_load(from));
#else
    return pz__bytes_load(from);
#endif
}

/* Moves `at` to the next byte that can mean something. With `delimiters` of all quotes it is the scan within quotes. */
static inline void scan(pz__csv *csv, uint64_t delimiters)
{
    const char *from = csv->data + csv->at;
    uint64_t seen = csv->seen;
    for (;;) {
        uint64_t word = load_word(from);
        uint64_t hits =
            pz__bytes_any_below(word, LOWEST_PLAIN) | pz__bytes_any_below(word ^ delimiters, 1) | pz__bytes_any_equal(word, '"');
        seen |= word;
        if (hits) {
            from += __builtin_ctzll(hits) >> 3;
            break;
        }
        from += 8;
    }
    csv->seen = seen;
    csv->at = (size_t)(from - csv->data);
}

/* --------------------------------------------------------------------------------------------------- fields --- */

typedef enum field_end { FIELD_FOLLOWS, ROW_ENDS, STOPPED } field_end; /* stopped: `over` or `failed` says why */

/* The text runs from `text` to `written`. The byte behind it is a delimiter, a quote or a line break that has been dealt with. */
static inline void keep_field(pz__csv *csv, int quoted)
{
    pz__csv_field *field;
    check_lengths(csv);
    csv->count++;
    if (csv->skipping) return;
    field = &csv->fields[csv->count - 1];
    field->text = csv->data + csv->text;
    field->length = csv->written - csv->text;
    field->line = csv->field_line;
    field->column = (int32_t)csv->count;
    field->quoted = quoted;
    csv->data[csv->written] = '\0';
}

/* Steps over what ends a field, if `at` is on such a byte. */
static inline field_end step_over_end(pz__csv *csv, char c)
{
    csv->at++;
    if (c == csv->delimiter) return FIELD_FOLLOWS;
    csv->line++;
    csv->after_cr = c == '\r';
    return ROW_ENDS;
}

static field_end read_plain(pz__csv *csv)
{
    for (;;) {
        char c;
        scan(csv, csv->delimiters);
        if (csv->at == csv->end) {
            if (refill_row(csv)) continue;
            csv->written = csv->run = csv->at;
            if (csv->failed) return STOPPED;
            keep_field(csv, 0);
            return ROW_ENDS;
        }
        c = csv->data[csv->at];
        if (c == csv->delimiter || c == '\n' || c == '\r') {
            csv->written = csv->run = csv->at;
            keep_field(csv, 0);
            return step_over_end(csv, c);
        }
        if (c == '\0') {
            fault_at_end(csv, "csv.nul", "there is a NUL byte; the file is not CSV text in UTF-8.", csv->line);
            return STOPPED;
        }
        if (c == '"') {
            check_lengths(csv);
            fault_in_row(csv, "csv.unescaped_quote", "a quote stands within a field that does not begin with a quote.", csv->line);
        }
        csv->at++;
    }
}

/* Joins what was read since the last doubled quote to the text. */
static inline void join_run(pz__csv *csv)
{
    size_t length = csv->at - csv->run;
    if (csv->written != csv->run) memmove(csv->data + csv->written, csv->data + csv->run, length);
    csv->written += length;
}

static field_end read_after_quote(pz__csv *csv)
{
    char c;
    csv->run = csv->at;
    if (!have_byte(csv)) {
        if (csv->failed) return STOPPED;
        keep_field(csv, 1);
        return ROW_ENDS;
    }
    c = csv->data[csv->at];
    if (c == csv->delimiter || c == '\n' || c == '\r') {
        keep_field(csv, 1);
        return step_over_end(csv, c);
    }
    fault_at_end(csv, "csv.text_after_quote", "text follows the closing quote; a quote within quotes is written twice.", csv->line);
    return STOPPED;
}

/* A line break within quotes counts as one line, CRLF too. */
static void step_over_break(pz__csv *csv, char c)
{
    csv->at++;
    csv->line++;
    if (c == '\r' && have_byte(csv) && csv->data[csv->at] == '\n') csv->at++;
}

static field_end read_quoted(pz__csv *csv)
{
    csv->at++;
    csv->text = csv->written = csv->run = csv->at;
    for (;;) {
        char c;
        scan(csv, PZ__EACH_BYTE('"'));
        if (csv->at == csv->end) {
            if (refill_row(csv)) continue;
            if (!csv->failed)
                fault_at_end(csv, "csv.unclosed_quote", "the field begins with a quote that is never closed.", csv->field_line);
            return STOPPED;
        }
        c = csv->data[csv->at];
        if (c == '"') {
            join_run(csv);
            csv->run = ++csv->at;
            if (!have_byte(csv) || csv->data[csv->at] != '"') return csv->failed ? STOPPED : read_after_quote(csv);
            csv->at++; /* the run begins with the second quote of the pair */
        } else if (c == '\n' || c == '\r') {
            step_over_break(csv, c);
        } else if (c == '\0') {
            fault_at_end(csv, "csv.nul", "there is a NUL byte; the file is not CSV text in UTF-8.", csv->line);
            return STOPPED;
        } else {
            csv->at++;
        }
    }
}

static field_end read_field(pz__csv *csv)
{
    if (csv->count == csv->most_fields) {
        fault_at_end(csv, "csv.too_many_columns", "the row has more fields than the limit.", csv->line);
        return STOPPED;
    }
    if (csv->count == csv->fields_capacity && !csv->skipping) {
        csv->failed = pz__reserve((void **)&csv->fields, &csv->fields_capacity, csv->count + 1, sizeof *csv->fields);
        if (csv->failed) return STOPPED;
    }
    csv->field_line = csv->line;
    csv->text = csv->written = csv->run = csv->at;
    if (have_byte(csv) && csv->data[csv->at] == '"') return read_quoted(csv);
    return csv->failed ? STOPPED : read_plain(csv);
}

/* ----------------------------------------------------------------------------------------------------- rows --- */

/* A byte order mark, at the very start of the file. */
static void read_mark(pz__csv *csv)
{
    const unsigned char *bytes;
    while (csv->end < 3 && refill(csv)) continue;
    bytes = (const unsigned char *)csv->data;
    if (csv->end >= 2 && ((bytes[0] == 0xFF && bytes[1] == 0xFE) || (bytes[0] == 0xFE && bytes[1] == 0xFF)))
        fault_at_end(csv, "csv.utf16", "the file is UTF-16; save it as UTF-8.", 1);
    else if (csv->end >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF)
        csv->at = csv->row = 3;
}

/* Goes to the first byte of the next row, over empty lines. 0 where there is none. */
static int find_row(pz__csv *csv)
{
    for (;;) {
        char c;
        csv->row = csv->text = csv->written = csv->run = csv->at;
        if (csv->at == csv->end && !refill(csv)) return 0;
        c = csv->data[csv->at];
        if (c != '\n' && c != '\r') return 1;
        if (!(c == '\n' && csv->after_cr)) csv->line++;
        csv->after_cr = c == '\r';
        csv->at++;
    }
}

static void check_utf8(pz__csv *csv)
{
    for (size_t i = 0; i < csv->count; i++) {
        const pz__csv_field *field = &csv->fields[i];
        size_t valid = pz__utf8_valid(field->text, field->length);
        int64_t line = field->line;
        if (valid == field->length) continue;
        for (size_t k = 0; k < valid; k++)
            if (field->text[k] == '\n' || (field->text[k] == '\r' && field->text[k + 1] != '\n')) line++;
        csv->count = i;
        fault_in_row(csv, "csv.utf8", "there are bytes that are not UTF-8; save the file as UTF-8.", line);
    }
}

static pz_status read_row(pz__csv *csv)
{
    field_end end;
    csv->rows++;
    csv->row_line = csv->line;
    csv->seen = 0;
    do end = read_field(csv);
    while (end == FIELD_FOLLOWS);
    if (csv->failed) return csv->failed;
    if (pz__bytes_any_high(csv->seen) && !csv->skipping) check_utf8(csv);
    return csv->skipping ? fail_with_fault(csv) : PZ_OK;
}

pz_status pz__csv_next(pz__csv *csv, const pz__csv_field **out_fields, size_t *out_count)
{
    *out_fields = NULL;
    *out_count = 0;
    if (!csv) return pz__fail_closed("csv");
    if (csv->failed) return pz__fail(csv->failed, NULL, "Open the file again.", "Reading the CSV failed before and cannot go on.");
    csv->count = 0;
    csv->skipping = 0;
    csv->fault.code = NULL;
    if (csv->over) return PZ_OK;
    if (csv->rows == 0 && csv->end == 0) read_mark(csv);
    if (csv->over) return fail_with_fault(csv);
    if (csv->failed || !find_row(csv)) {
        csv->over = 1;
        return csv->failed;
    }
    PZ__TRY(read_row(csv));
    *out_fields = csv->fields;
    *out_count = csv->count;
    return PZ_OK;
}

const pz__csv_fault *pz__csv_fault_of(const pz__csv *csv)
{
    return csv && csv->fault.code ? &csv->fault : NULL;
}
int64_t pz__csv_row(const pz__csv *csv)
{
    return csv ? csv->rows : 0;
}
int64_t pz__csv_line(const pz__csv *csv)
{
    return csv ? csv->row_line : 0;
}

/* --------------------------------------------------------------------------------------------- open and free --- */

pz_status pz__csv_open(pz__read_fn read, void *source, char delimiter, pz__csv **out_csv)
{
    pz__csv *csv;
    *out_csv = NULL;
    if (!read) return pz__fail_null("read");
    if (delimiter == '"' || ((unsigned char)delimiter < ' ' && delimiter != '\t') || (unsigned char)delimiter >= 0x7F)
        return pz__fail(PZ_E_INVALID, "delimiter", "Use a comma, a semicolon or a tab.",
                        "A quote, a control character or a byte beyond ASCII cannot be the delimiter.");
    csv = pz__alloc_zero(1, sizeof *csv);
    if (!csv) return pz__fail_memory();
    csv->read = read;
    csv->source = source;
    csv->delimiter = delimiter;
    csv->delimiters = PZ__EACH_BYTE(delimiter);
    csv->most_fields = (size_t)pz_limit(PZ_LIMIT_CSV_COLUMNS);
    csv->longest_field = (size_t)pz_limit(PZ_LIMIT_CSV_FIELD);
    csv->line = 1;
    csv->capacity = FIRST_BUFFER;
    csv->data = pz__alloc(FIRST_BUFFER + PAD);
    if (!csv->data || pz__reserve((void **)&csv->fields, &csv->fields_capacity, FIRST_FIELDS, sizeof *csv->fields)) {
        pz__csv_free(csv);
        return pz__fail_memory();
    }
    memset(csv->data, '\n', PAD);
    *out_csv = csv;
    return PZ_OK;
}

pz_status pz__csv_open_memory(const char *text, size_t length, char delimiter, pz__csv **out_csv)
{
    *out_csv = NULL;
    if (!text && length) return pz__fail_null("text");
    PZ__TRY(pz__csv_open(read_memory, NULL, delimiter, out_csv));
    (*out_csv)->source = *out_csv;
    (*out_csv)->memory = text;
    (*out_csv)->memory_left = length;
    return PZ_OK;
}

void pz__csv_free(pz__csv *csv)
{
    if (!csv) return;
    pz__release(csv->fields);
    pz__release(csv->data);
    pz__release(csv);
}
