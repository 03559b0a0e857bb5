/* The CSV reader against a slow one that is plainly right: on mutated texts, cut into random pieces, both must tell the same rows and
 * faults. And what is written must read back. */
#include "base/buffer.h"
#include "base/csv_read.h"
#include "base/random.h"
#include "support/suite.h"

enum { MOST_BYTES = 4096, ROUNDS = 30000 };

/* ------------------------------------------------------------------------------------- the slow reader --- */

/* One byte at a time over a whole text, one state, no buffer management. */
typedef struct slow {
    pz__buffer *out;
    pz__buffer row; /* what is to be told of the row if it has no fault */
    pz__buffer field;
    int64_t line, row_line, field_line;
    int column; /* of the field that is read */
    int quoted;
    const char *fault;
    int64_t fault_line;
    int fault_column;
} slow;

/* Index of the first byte that is not part of a valid character, by the table of well-formed sequences in the Unicode standard. */
static size_t slow_utf8(const unsigned char *s, size_t n)
{
    size_t i = 0;
    while (i < n) {
        size_t more = s[i] < 0x80                    ? 0
                      : s[i] >= 0xC2 && s[i] <= 0xDF ? 1
                      : s[i] >= 0xE0 && s[i] <= 0xEF ? 2
                      : s[i] >= 0xF0 && s[i] <= 0xF4 ? 3
                                                     : 9;
        if (more == 9 || i + more >= n) return i;
        for (size_t k = 1; k <= more; k++) {
            unsigned low = 0x80, high = 0xBF;
            if (k == 1 && s[i] == 0xE0) low = 0xA0;
            if (k == 1 && s[i] == 0xED) high = 0x9F;
            if (k == 1 && s[i] == 0xF0) low = 0x90;
            if (k == 1 && s[i] == 0xF4) high = 0x8F;
            if (s[i + k] < low || s[i + k] > high) return i;
        }
        i += more + 1;
    }
    return n;
}

static void slow_fault(slow *s, const char *code, int64_t line)
{
    if (s->fault) return;
    s->fault = code;
    s->fault_line = line;
    s->fault_column = s->column;
}

static void slow_field(slow *s)
{
    pz__buffer_format(&s->row, "[%d.%lld.%d:", s->column, (long long)s->field_line, s->quoted);
    pz__buffer_add(&s->row, s->field.data, s->field.length);
    pz__buffer_char(&s->row, ']');
    pz__buffer_add(&s->row, "", 1); /* parts the fields for the check of UTF-8 */
    pz__buffer_clear(&s->field);
    s->column++;
    s->quoted = 0;
}

/* The first field of the row with bad UTF-8 becomes its fault. Fields are looked at again in what is to be told. */
static void slow_check_utf8(slow *s)
{
    const char *part = s->row.data;
    for (int column = 1; column < s->column && !s->fault; column++) {
        size_t length = strlen(part), bad = slow_utf8((const unsigned char *)part, length);
        if (bad < length) {
            const char *text = strchr(part, ':') + 1;
            int64_t line = strtoll(strchr(part, '.') + 1, NULL, 10);
            for (const char *c = text; c < part + bad; c++) line += *c == '\n' ? !(c > text && c[-1] == '\r') : *c == '\r';
            s->column = column;
            slow_fault(s, "csv.utf8", line);
        }
        part += length + 1;
    }
}

static void slow_row(slow *s)
{
    slow_check_utf8(s);
    pz__buffer_format(s->out, "%lld ", (long long)s->row_line);
    if (s->fault)
        pz__buffer_format(s->out, "!%s@%lld.%d", s->fault, (long long)s->fault_line, s->fault_column);
    else
        for (size_t i = 0; i < s->row.length; i++)
            if (s->row.data[i]) pz__buffer_char(s->out, s->row.data[i]);
    pz__buffer_char(s->out, '\n');
    pz__buffer_clear(&s->row);
    pz__buffer_clear(&s->field);
    s->column = 1;
    s->fault = NULL;
}

static void slow_end(slow *s, const char *code, int64_t line)
{
    s->fault = NULL;
    slow_fault(s, code, line);
    slow_row(s);
}

static int slow_field_begins(slow *s)
{
    s->field_line = s->line;
    if (s->column <= (int)pz_limit(PZ_LIMIT_CSV_COLUMNS)) return 1;
    slow_end(s, "csv.too_many_columns", s->line);
    return 0;
}

static void slow_steps(slow *s, const char *text, size_t length, char delimiter)
{
    enum { ROW, FIELD, PLAIN, QUOTED, CLOSED } state = ROW;
    for (size_t i = 0; i < length; i++) {
        char c = text[i];
        int ends_line = c == '\n' || c == '\r';
        int second_half = c == '\n' && i > 0 && text[i - 1] == '\r'; /* of a CRLF */
        if (state == ROW) {
            if (ends_line) {
                s->line += !second_half;
                continue;
            }
            s->row_line = s->line;
            state = FIELD;
        }
        if (state == FIELD) {
            if (!slow_field_begins(s)) return;
            s->quoted = c == '"';
            state = s->quoted ? QUOTED : PLAIN;
            if (s->quoted) continue;
        }
        if (state == CLOSED && c == '"') {
            pz__buffer_char(&s->field, c);
            state = QUOTED;
        } else if (state != QUOTED && (c == delimiter || ends_line)) {
            slow_field(s);
            state = c == delimiter ? FIELD : ROW;
            if (ends_line) {
                slow_row(s);
                s->line++;
            }
        } else if (state == CLOSED) {
            slow_end(s, "csv.text_after_quote", s->line);
            return;
        } else if (c == '\0') {
            slow_end(s, "csv.nul", s->line);
            return;
        } else if (state == QUOTED && c == '"') {
            state = CLOSED;
        } else {
            if (c == '"') slow_fault(s, "csv.unescaped_quote", s->line);
            if (ends_line) s->line += !second_half;
            pz__buffer_char(&s->field, c);
        }
    }
    if (state == QUOTED) {
        slow_end(s, "csv.unclosed_quote", s->field_line);
        return;
    }
    if (state == FIELD && !slow_field_begins(s)) return;
    if (state != ROW) {
        slow_field(s);
        slow_row(s);
    }
}

static void slow_read(const char *text, size_t length, char delimiter, pz__buffer *out)
{
    slow s = {.out = out, .row = PZ__BUFFER_INIT, .field = PZ__BUFFER_INIT, .line = 1, .column = 1};
    if (length >= 2 && (!memcmp(text, "\xFF\xFE", 2) || !memcmp(text, "\xFE\xFF", 2))) {
        slow_end(&s, "csv.utf16", 1);
    } else {
        size_t mark = length >= 3 && !memcmp(text, "\xEF\xBB\xBF", 3) ? 3 : 0;
        slow_steps(&s, text + mark, length - mark, delimiter);
    }
    pz__buffer_free(&s.row);
    pz__buffer_free(&s.field);
}

/* ------------------------------------------------------------------------------------- the reader itself --- */

typedef struct cut {
    const char *text;
    size_t left;
    size_t longest;
    pz__random *random;
} cut;

static int64_t read_cut(void *source, char *buffer, size_t size)
{
    cut *from = source;
    size_t length = 1 + pz__random_below(from->random, (uint32_t)from->longest);
    if (length > from->left) length = from->left;
    if (length > size) length = size;
    if (length) memcpy(buffer, from->text, length);
    from->text += length;
    from->left -= length;
    return (int64_t)length;
}

static void fast_read(pz__csv *csv, pz__buffer *out)
{
    const pz__csv_field *fields;
    size_t count;
    for (;;) {
        pz_status status = pz__csv_next(csv, &fields, &count);
        if (status == PZ_OK && count == 0) return;
        pz__buffer_format(out, "%lld ", (long long)pz__csv_line(csv));
        if (status) {
            const pz__csv_fault *fault = pz__csv_fault_of(csv);
            ck_assert_int_eq(status, PZ_E_FORMAT);
            pz__buffer_format(out, "!%s@%lld.%d", fault->code, (long long)fault->line, (int)fault->column);
        }
        for (size_t i = 0; i < count; i++) {
            pz__buffer_format(out, "[%d.%lld.%d:", (int)fields[i].column, (long long)fields[i].line, (int)fields[i].quoted);
            pz__buffer_add(out, fields[i].text, fields[i].length);
            pz__buffer_char(out, ']');
        }
        pz__buffer_char(out, '\n');
    }
}

/* ------------------------------------------------------------------------------------------------ mutation --- */

static const char *const seeds[] = {
    "sourcedId,status,name\r\n1,active,\"Lee, Ann\"\r\n2,tobedeleted,J\xC3\xB6rg\r\n",
    "a,b\n\"x\"\"y\",\"line\nbreak\"\n\n\n,\n",
    "\xEF\xBB\xBF"
    "a;b\r\"c\";d\re;f",
    "\"\"\"\",\"\",\" \"\r\n\"\r\n\r\n\"\r\n",
    "id,text\n1,\xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E\n2,\xF0\x9F\x98\x80 \"quoted\"\n",
    "",
    ",,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,"
    ",",
};

static const char bytes[] = ",\"\r\n;\t\0a \xC3\xA9\xFF\xFE\xEF\xBB\xBF\xF0\x9F";

static size_t mutate(pz__random *random, char *text, size_t length)
{
    size_t at = pz__random_below(random, (uint32_t)length + 1);
    switch (pz__random_below(random, 5)) {
    case 0: /* replace */
        if (at < length) text[at] = bytes[pz__random_below(random, sizeof bytes - 1)];
        return length;
    case 1: /* insert */
        if (length == MOST_BYTES) return length;
        memmove(text + at + 1, text + at, length - at);
        text[at] = bytes[pz__random_below(random, sizeof bytes - 1)];
        return length + 1;
    case 2: /* leave out */
        if (at == length) return length;
        memmove(text + at, text + at + 1, length - at - 1);
        return length - 1;
    case 3: { /* say a part again */
        size_t part = length - at;
        if (part > MOST_BYTES - length) part = MOST_BYTES - length;
        memmove(text + length, text + at, part);
        return length + part;
    }
    default: return at > length / 2 ? at : length; /* cut off */
    }
}

static void check_same(const char *text, size_t length, char delimiter, pz__random *random, uint32_t longest_cut, int round)
{
    cut source = {text, length, longest_cut, random};
    pz__buffer wanted = PZ__BUFFER_INIT, told = PZ__BUFFER_INIT;
    pz__csv *csv;
    pz__buffer_text(&wanted, "");
    pz__buffer_text(&told, "");
    slow_read(text, length, delimiter, &wanted);
    if (longest_cut)
        ck_assert_ok(pz__csv_open(read_cut, &source, delimiter, &csv));
    else
        ck_assert_ok(pz__csv_open_memory(text, length, delimiter, &csv));
    fast_read(csv, &told);
    pz__csv_free(csv);
    ck_assert_msg(told.length == wanted.length && !memcmp(told.data, wanted.data, told.length),
                  "round %d\ntold:\n%.3000s\nwanted:\n%.3000s", round, told.data, wanted.data);
    pz__buffer_free(&wanted);
    pz__buffer_free(&told);
}

START_TEST(tells_the_same_as_the_slow_reader)
{
    pz__random random;
    char *text = malloc(MOST_BYTES);
    pz__random_seed(&random, suite_seed());
    for (int round = 0; round < ROUNDS; round++) {
        const char *start = seeds[pz__random_below(&random, sizeof seeds / sizeof seeds[0])];
        size_t length = strlen(start);
        memcpy(text, start, length);
        for (uint32_t steps = pz__random_below(&random, 12); steps > 0; steps--) length = mutate(&random, text, length);
        check_same(text, length, ",,,;\t"[pz__random_below(&random, 5)], &random, round % 2 ? 0 : 1 + pz__random_below(&random, 100),
                   round);
    }
    free(text);
}
END_TEST

/* Texts of many times the reader's buffer, with fields of up to 100,000 bytes: rows lie across its borders and make it grow. */
START_TEST(tells_the_same_on_long_texts)
{
    enum { LONG_TEXT = 600000, LONG_FIELD = 100000 };
    static const char plain[] = "abcdef ", quoted[] = "ab,\n\rcd";
    pz__random random;
    char *text = malloc(LONG_TEXT + 8);
    pz__random_seed(&random, suite_seed());
    for (int round = 0; round < 30; round++) {
        size_t length = 0;
        while (length < LONG_TEXT) {
            size_t most = pz__random_below(&random, 20) ? 40 : LONG_FIELD, end = length + pz__random_below(&random, (uint32_t)most);
            int quotes = pz__random_below(&random, 2) == 0;
            if (quotes) text[length++] = '"';
            for (; length < end && length < LONG_TEXT; length++) text[length] = quotes ? quoted[length % 7] : plain[length % 7];
            if (quotes && pz__random_below(&random, 3) == 0) text[length++] = '"', text[length++] = '"';
            if (pz__random_below(&random, 50) == 0) text[length++] = '\xC3', text[length++] = pz__random_below(&random, 9) ? '\xA9' : ' ';
            if (quotes) text[length++] = '"';
            text[length++] = pz__random_below(&random, 10) ? ',' : '\n';
            if (length > LONG_TEXT - 8) break;
        }
        check_same(text, length, ',', &random, round % 2 ? 0 : 1 + pz__random_below(&random, 20000), round);
    }
    free(text);
}
END_TEST

static Suite *csv_fuzz_suite(void)
{
    Suite *suite = suite_create("csv_fuzz");
    TCase *reading = tcase_create("reading");
    tcase_set_timeout(reading, 120);
    tcase_add_test(reading, tells_the_same_as_the_slow_reader);
    tcase_add_test(reading, tells_the_same_on_long_texts);
    suite_add_tcase(suite, reading);
    return suite;
}

SUITE_MAIN(csv_fuzz_suite)
