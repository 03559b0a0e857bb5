/* Reading CSV: rows, lines, every fault with its place, limits in bounded memory, sources that fail. */
#include "base/csv_read.h"

#include "base/buffer.h"
#include "base/fail.h"
#include "support/suite.h"

/* A source that gives at most `piece` bytes at a time, and then fails with `failure` if that is set. */
typedef struct pieces {
    const char *text;
    size_t left;
    size_t piece;
    pz_status failure;
} pieces;

static int64_t read_pieces(void *source, char *buffer, size_t size)
{
    pieces *from = source;
    size_t length = from->left < from->piece ? from->left : from->piece;
    if (length > size) length = size;
    if (length == 0 && from->failure) return -(int64_t)pz__fail(from->failure, "source", NULL, "The source broke off.");
    if (length) memcpy(buffer, from->text, length);
    from->text += length;
    from->left -= length;
    return (int64_t)length;
}

/* All that a reader tells, as text: "[a][b]" a row, "!code@line.column" a fault, each row on its own line behind its line number. */
static void tell_all(pz__csv *csv, pz__buffer *out)
{
    const pz__csv_field *fields;
    size_t count;
    for (;;) {
        pz_status status = pz__csv_next(csv, &fields, &count);
        if (status == PZ_E_FORMAT) {
            const pz__csv_fault *fault = pz__csv_fault_of(csv);
            ck_assert_ptr_nonnull(fault);
            ck_assert_ptr_nonnull(strstr(pz_last_error()->message, fault->code));
            ck_assert_uint_eq(count, 0);
            ck_assert_ptr_null(fields);
            pz__buffer_format(out, "%lld:!%s@%lld.%d\n", (long long)pz__csv_line(csv), fault->code, (long long)fault->line,
                              (int)fault->column);
            continue;
        }
        ck_assert_ok(status);
        if (count == 0) return;
        ck_assert_ptr_null(pz__csv_fault_of(csv));
        pz__buffer_format(out, "%lld:", (long long)pz__csv_line(csv));
        for (size_t i = 0; i < count; i++) {
            ck_assert_uint_eq(strlen(fields[i].text), fields[i].length);
            ck_assert_int_eq(fields[i].column, (int32_t)i + 1);
            pz__buffer_format(out, "%s%s%s", fields[i].quoted ? "(" : "[", fields[i].text, fields[i].quoted ? ")" : "]");
        }
        pz__buffer_char(out, '\n');
    }
}

/* From memory, and cut at every length from 1 to 5. */
static void check_told(const char *text, size_t length, char delimiter, const char *wanted)
{
    for (size_t piece = 0; piece <= 5; piece++) {
        pz__buffer told = PZ__BUFFER_INIT;
        pieces source = {text, length, piece, PZ_OK};
        const pz__csv_field *fields;
        size_t count;
        pz__csv *csv;
        if (piece == 0)
            ck_assert_ok(pz__csv_open_memory(text, length, delimiter, &csv));
        else
            ck_assert_ok(pz__csv_open(read_pieces, &source, delimiter, &csv));
        pz__buffer_text(&told, "");
        tell_all(csv, &told);
        ck_assert_str_eq(told.data, wanted);
        ck_assert_ok(pz__csv_next(csv, &fields, &count));
        ck_assert_uint_eq(count, 0);
        pz__csv_free(csv);
        pz__buffer_free(&told);
    }
}

#define TELLS(text, wanted) check_told(text, sizeof(text) - 1, ',', wanted)

START_TEST(reads_plain_rows)
{
    TELLS("a,b,c\n1,2,3\n", "1:[a][b][c]\n2:[1][2][3]\n");
    TELLS("a", "1:[a]\n");
    TELLS("a,b\nlast,row", "1:[a][b]\n2:[last][row]\n");
    TELLS(",\n,,", "1:[][]\n2:[][][]\n");
    TELLS("long enough for several words of eight,b\n", "1:[long enough for several words of eight][b]\n");
    TELLS("tab\tand \x01 stay,x\n", "1:[tab\tand \x01 stay][x]\n");
    TELLS(" a , b ", "1:[ a ][ b ]\n");
}
END_TEST

START_TEST(reads_no_rows)
{
    TELLS("", "");
    TELLS("\n", "");
    TELLS("\r\n\r\n\n\r", "");
    TELLS("\xEF\xBB\xBF", "");
    TELLS("\xEF\xBB\xBF\r\n", "");
}
END_TEST

START_TEST(takes_each_line_break)
{
    TELLS("a,b\r\nc,d\re,f\ng,h", "1:[a][b]\n2:[c][d]\n3:[e][f]\n4:[g][h]\n");
    TELLS("a\r\rb\n\rc\r\n\nd\r\n\r\ne", "1:[a]\n3:[b]\n5:[c]\n7:[d]\n9:[e]\n");
    TELLS("\r\n\r\na\r\n", "3:[a]\n");
}
END_TEST

START_TEST(reads_quoted_fields)
{
    TELLS("\"a\",\"b,c\",\"\"\n", "1:(a)(b,c)()\n");
    TELLS("\"say \"\"no\"\" twice\",x", "1:(say \"no\" twice)[x]\n");
    TELLS("\"\"\"\",\"\"\"\"\"\"", "1:(\")(\"\")\n");
    TELLS("\"\"\n\"x\"", "1:()\n2:(x)\n");
    TELLS("\"a\"\r\n\"b\"\r\"c\"", "1:(a)\n2:(b)\n3:(c)\n");
    TELLS("\"x\"\"y\"", "1:(x\"y)\n");
}
END_TEST

START_TEST(counts_physical_lines)
{
    TELLS("\"one\ntwo\",a\n\"three\r\nfour\rfive\",b\nc,d", "1:(one\ntwo)[a]\n3:(three\r\nfour\rfive)[b]\n6:[c][d]\n");
    TELLS("\"\r\",\"\n\r\n\r\"\nz", "1:(\r)(\n\r\n\r)\n6:[z]\n");
}
END_TEST

START_TEST(tells_where_fields_begin)
{
    static const char text[] = "a,\"b\nb\",c,\"d\r\n\",e\n";
    static const int64_t lines[] = {1, 1, 2, 2, 3};
    const pz__csv_field *fields;
    size_t count;
    pz__csv *csv;
    ck_assert_ok(pz__csv_open_memory(text, sizeof text - 1, ',', &csv));
    ck_assert_int_eq(pz__csv_row(csv), 0);
    ck_assert_ok(pz__csv_next(csv, &fields, &count));
    ck_assert_uint_eq(count, 5);
    for (size_t i = 0; i < count; i++) ck_assert_int_eq(fields[i].line, lines[i]);
    ck_assert_int_eq(pz__csv_row(csv), 1);
    pz__csv_free(csv);
}
END_TEST

START_TEST(takes_other_delimiters)
{
    check_told("a;\"b;c\";d,e", 11, ';', "1:[a](b;c)[d,e]\n");
    check_told("a\tb\t\"\t\"", 7, '\t', "1:[a][b](\t)\n");
    check_told("a|b", 3, '|', "1:[a][b]\n");
}
END_TEST

START_TEST(skips_the_byte_order_mark)
{
    TELLS("\xEF\xBB\xBF"
          "a,b\n",
          "1:[a][b]\n");
    TELLS("\xEF\xBB\xBF\"a\"\n", "1:(a)\n");
    TELLS("\xEF\xBB"
          "a\n",
          "1:!csv.utf8@1.1\n");
    TELLS("a\n\xEF\xBB\xBFz", "1:[a]\n2:[\xEF\xBB\xBFz]\n");
}
END_TEST

START_TEST(refuses_utf16)
{
    TELLS("\xFF\xFE"
          "a\0,\0",
          "0:!csv.utf16@1.1\n");
    TELLS("\xFE\xFF\0a\0,", "0:!csv.utf16@1.1\n");
    TELLS("\xFF\xFE", "0:!csv.utf16@1.1\n");
    TELLS("a\0,\0b\0\n\0", "1:!csv.nul@1.1\n");
}
END_TEST

START_TEST(goes_on_behind_a_stray_quote)
{
    TELLS("a,b\"c,d\n1,2\n", "1:!csv.unescaped_quote@1.2\n2:[1][2]\n");
    TELLS("user-1,bad\"quote", "1:!csv.unescaped_quote@1.2\n");
    TELLS("a, \"b\"\n\"c\"\n", "1:!csv.unescaped_quote@1.2\n2:(c)\n");
    TELLS("a\"b,\"x\ny\",c\nd\n", "1:!csv.unescaped_quote@1.1\n3:[d]\n");
}
END_TEST

START_TEST(goes_on_behind_bad_utf8)
{
    TELLS("a,\xFF,c\nd\n", "1:!csv.utf8@1.2\n2:[d]\n");
    TELLS("x,\"a\n\r\nb\xC3\"\nd\n", "1:!csv.utf8@3.2\n4:[d]\n");
    TELLS("a\xED\xA0\x80\n\xC0\xAF\n\xF4\x90\x80\x80\n\xF0\x9F\x98\x80\n",
          "1:!csv.utf8@1.1\n2:!csv.utf8@2.1\n3:!csv.utf8@3.1\n4:[\xF0\x9F\x98\x80]\n");
    TELLS("J\xC3\xB6rg,\"\xE6\x97\xA5\xE6\x9C\xAC\"\n", "1:[J\xC3\xB6rg](\xE6\x97\xA5\xE6\x9C\xAC)\n");
}
END_TEST

START_TEST(stops_where_nothing_can_be_told)
{
    TELLS("a,\"b\"c,d\n1,2\n", "1:!csv.text_after_quote@1.2\n");
    TELLS("a,\"b\" ,d\n1,2\n", "1:!csv.text_after_quote@1.2\n");
    TELLS("x\na,\"b\n\nc,d\n1,2\n", "1:[x]\n2:!csv.unclosed_quote@2.2\n");
    TELLS("\"", "1:!csv.unclosed_quote@1.1\n");
    TELLS("\"a\"\"", "1:!csv.unclosed_quote@1.1\n");
    TELLS("a\nb,\0c\nd", "1:[a]\n2:!csv.nul@2.2\n");
    TELLS("\"a\nb\0c\"", "1:!csv.nul@2.1\n");
    TELLS("a\"b,\0\nc\n", "1:!csv.nul@1.2\n");
}
END_TEST

/* -------------------------------------------------------------------------------------------------- limits --- */

/* `length` bytes made by a rule, never all in memory. */
typedef struct endless {
    int64_t at;
    int64_t length;
    char (*byte_at)(int64_t at, int64_t length);
} endless;

static int64_t read_endless(void *source, char *buffer, size_t size)
{
    endless *from = source;
    size_t given = 0;
    while (given < size && from->at < from->length) {
        buffer[given++] = from->byte_at(from->at, from->length);
        from->at++;
    }
    return (int64_t)given;
}

/* An allocator that counts bytes. */
typedef struct counter {
    size_t held;
    size_t peak;
} counter;

static void *count_allocate(size_t size, void *user_data)
{
    counter *bytes = user_data;
    size_t *block = malloc(size + 16);
    if (!block) return NULL;
    *block = size;
    bytes->held += size;
    if (bytes->held > bytes->peak) bytes->peak = bytes->held;
    return (char *)block + 16;
}

static void count_release(void *block, void *user_data)
{
    counter *bytes = user_data;
    size_t *head = (size_t *)(void *)((char *)block - 16);
    bytes->held -= *head;
    free(head);
}

static void *count_reallocate(void *block, size_t size, void *user_data)
{
    size_t old = *(size_t *)(void *)((char *)block - 16);
    void *moved = count_allocate(size, user_data);
    if (!moved) return NULL;
    memcpy(moved, block, old < size ? old : size);
    count_release(block, user_data);
    return moved;
}

/* Reads `length` bytes by the rule, gives what was told and the peak of memory. */
static size_t tell_endless(char (*byte_at)(int64_t, int64_t), int64_t length, const char *wanted)
{
    counter bytes = {0, 0};
    pz_allocator hook = {sizeof hook, count_allocate, count_reallocate, count_release, &bytes};
    endless source = {0, length, byte_at};
    pz__csv *csv;
    ck_assert_ok(pz_allocator_set(&hook));
    ck_assert_ok(pz__csv_open(read_endless, &source, ',', &csv));
    pz__buffer told = PZ__BUFFER_INIT;
    tell_all(csv, &told);
    if (wanted) ck_assert_str_eq(told.data, wanted);
    pz__buffer_free(&told);
    pz__csv_free(csv);
    ck_assert_uint_eq(bytes.held, 0);
    ck_assert_ok(pz_allocator_set(NULL));
    return bytes.peak;
}

static char only_commas(int64_t at, int64_t length)
{
    (void)at, (void)length;
    return ',';
}

static char one_field_then_a_row(int64_t at, int64_t length)
{
    return at < length - 3 ? 'x' : "\ny\n"[at - (length - 3)];
}

static char quoted_then_a_row(int64_t at, int64_t length)
{
    if (at == 0) return '"';
    return at < length - 4 ? "ab\"\""[at % 4] : "\"\ny\n"[at - (length - 4)];
}

static char many_fields_then_a_row(int64_t at, int64_t length)
{
    if (at >= length - 3) return "\ny\n"[at - (length - 3)];
    return at % 1000000 == 999999 ? ',' : 'x';
}

START_TEST(refuses_a_million_columns_in_bounded_memory)
{
    ck_assert_uint_le(tell_endless(only_commas, 1000000, "1:!csv.too_many_columns@1.1025\n"), 512 * 1024);
    /* The most there may be. */
    size_t most = (size_t)pz_limit(PZ_LIMIT_CSV_COLUMNS), count;
    const pz__csv_field *fields;
    pz__csv *csv;
    char *text = malloc(most);
    memset(text, ',', most);
    ck_assert_ok(pz__csv_open_memory(text, most - 1, ',', &csv));
    ck_assert_ok(pz__csv_next(csv, &fields, &count));
    ck_assert_uint_eq(count, most);
    pz__csv_free(csv);
    free(text);
}
END_TEST

START_TEST(refuses_a_long_field_in_bounded_memory)
{
    size_t limit = (size_t)pz_limit(PZ_LIMIT_CSV_FIELD);
    ck_assert_uint_le(tell_endless(one_field_then_a_row, 100000000, "1:!csv.field_too_long@1.1\n2:[y]\n"), 8 * limit);
    ck_assert_uint_le(tell_endless(quoted_then_a_row, 40000000, "1:!csv.field_too_long@1.1\n2:[y]\n"), 8 * limit);
    tell_endless(one_field_then_a_row, (int64_t)limit + 1 + 3, "1:!csv.field_too_long@1.1\n2:[y]\n");
}
END_TEST

START_TEST(takes_the_longest_field)
{
    size_t limit = (size_t)pz_limit(PZ_LIMIT_CSV_FIELD), count;
    const pz__csv_field *fields;
    for (int quoted = 0; quoted <= 1; quoted++) {
        endless source = {0, quoted ? (int64_t)limit / 3 * 4 + 4 : (int64_t)limit + 3, quoted ? quoted_then_a_row : one_field_then_a_row};
        pz__csv *csv;
        ck_assert_ok(pz__csv_open(read_endless, &source, ',', &csv));
        ck_assert_ok(pz__csv_next(csv, &fields, &count));
        ck_assert_uint_eq(count, 1);
        ck_assert_uint_ge(fields[0].length, limit - 3);
        ck_assert_uint_le(fields[0].length, limit);
        ck_assert_ok(pz__csv_next(csv, &fields, &count));
        ck_assert_str_eq(fields[0].text, "y");
        pz__csv_free(csv);
    }
}
END_TEST

START_TEST(refuses_a_long_row_in_bounded_memory)
{
    int64_t limit = (int64_t)PZ__CSV_ROW_LIMIT;
    ck_assert_uint_le(tell_endless(many_fields_then_a_row, 200000003, "1:!csv.row_too_long@1.17\n2:[y]\n"), 4 * PZ__CSV_ROW_LIMIT);
    tell_endless(many_fields_then_a_row, limit + 1 + 3, "1:!csv.row_too_long@1.17\n2:[y]\n");
    endless source = {0, limit + 3, many_fields_then_a_row};
    const pz__csv_field *fields;
    size_t count;
    pz__csv *csv;
    ck_assert_ok(pz__csv_open(read_endless, &source, ',', &csv));
    ck_assert_ok(pz__csv_next(csv, &fields, &count));
    ck_assert_uint_eq(count, 17);
    pz__csv_free(csv);
}
END_TEST

/* -------------------------------------------------------------------------------------------------- failures --- */

START_TEST(passes_on_what_the_source_says)
{
    static const pz_status failures[] = {PZ_E_IO, PZ_E_HOSTILE, PZ_E_FORMAT, PZ_E_NOMEM};
    for (size_t i = 0; i < sizeof failures / sizeof failures[0]; i++) {
        pieces source = {"a,b\nc,", 6, 6, failures[i]};
        const pz__csv_field *fields;
        size_t count;
        pz__csv *csv;
        ck_assert_ok(pz__csv_open(read_pieces, &source, ',', &csv));
        ck_assert_ok(pz__csv_next(csv, &fields, &count));
        ck_assert_status(pz__csv_next(csv, &fields, &count), failures[i]);
        ck_assert_str_eq(pz_last_error()->field, "source");
        ck_assert_ptr_null(pz__csv_fault_of(csv));
        ck_assert_status(pz__csv_next(csv, &fields, &count), failures[i]);
        ck_assert_uint_eq(count, 0);
        pz__csv_free(csv);
    }
}
END_TEST

static int64_t read_nonsense(void *source, char *buffer, size_t size)
{
    (void)buffer;
    return *(int *)source ? (int64_t)size + 1 : INT64_MIN;
}

START_TEST(mistrusts_the_source)
{
    for (int too_much = 0; too_much <= 1; too_much++) {
        const pz__csv_field *fields;
        size_t count;
        pz__csv *csv;
        ck_assert_ok(pz__csv_open(read_nonsense, &too_much, ',', &csv));
        ck_assert_status(pz__csv_next(csv, &fields, &count), too_much ? PZ_E_INTERNAL : PZ_E_IO);
        pz__csv_free(csv);
    }
}
END_TEST

START_TEST(refuses_bad_arguments)
{
    static const char bad[] = {'"', '\n', '\r', '\0', '\x01', '\x7F', '\xC3'};
    const pz__csv_field *fields;
    size_t count = 1;
    pz__csv *csv;
    for (size_t i = 0; i < sizeof bad; i++) {
        csv = (pz__csv *)&count;
        ck_assert_status(pz__csv_open_memory("", 0, bad[i], &csv), PZ_E_INVALID);
        ck_assert_ptr_null(csv);
    }
    ck_assert_status(pz__csv_open(NULL, NULL, ',', &csv), PZ_E_INVALID);
    ck_assert_status(pz__csv_open_memory(NULL, 1, ',', &csv), PZ_E_INVALID);
    ck_assert_status(pz__csv_next(NULL, &fields, &count), PZ_E_CLOSED);
    ck_assert_uint_eq(count, 0);
    ck_assert_ok(pz__csv_open_memory(NULL, 0, ',', &csv));
    pz__csv_free(csv);
    pz__csv_free(NULL);
}
END_TEST

/* Rows that need more fields and a longer buffer than the reader begins with. */
static pz_status read_large(void *user_data)
{
    endless source = *(endless *)user_data;
    const pz__csv_field *fields;
    size_t count;
    pz__csv *csv;
    pz_status status = pz__csv_open(read_endless, &source, ',', &csv);
    if (status) return status;
    do status = pz__csv_next(csv, &fields, &count);
    while (status == PZ_OK && count > 0);
    if (status == PZ_E_NOMEM) ck_assert_int_eq(pz__csv_next(csv, &fields, &count), PZ_E_NOMEM);
    pz__csv_free(csv);
    return status;
}

static char wide_rows(int64_t at, int64_t length)
{
    (void)length;
    if (at < 300) return at % 3 == 2 ? ',' : 'x';
    return at % 200000 == 0 ? '\n' : 'y';
}

START_TEST(survives_each_failing_allocation)
{
    endless source = {0, 500000, wide_rows};
    ck_assert_int_ge(suite_each_allocation(read_large, &source), 5);
}
END_TEST

static Suite *csv_read_suite(void)
{
    Suite *suite = suite_create("csv_read");
    TCase *rows = tcase_create("rows"), *faults = tcase_create("faults"), *limits = tcase_create("limits");
    tcase_add_test(rows, reads_plain_rows);
    tcase_add_test(rows, reads_no_rows);
    tcase_add_test(rows, takes_each_line_break);
    tcase_add_test(rows, reads_quoted_fields);
    tcase_add_test(rows, counts_physical_lines);
    tcase_add_test(rows, tells_where_fields_begin);
    tcase_add_test(rows, takes_other_delimiters);
    tcase_add_test(rows, skips_the_byte_order_mark);
    tcase_add_test(faults, refuses_utf16);
    tcase_add_test(faults, goes_on_behind_a_stray_quote);
    tcase_add_test(faults, goes_on_behind_bad_utf8);
    tcase_add_test(faults, stops_where_nothing_can_be_told);
    tcase_add_test(faults, passes_on_what_the_source_says);
    tcase_add_test(faults, mistrusts_the_source);
    tcase_add_test(faults, refuses_bad_arguments);
    tcase_add_test(faults, survives_each_failing_allocation);
    tcase_set_timeout(limits, 60);
    tcase_add_test(limits, refuses_a_million_columns_in_bounded_memory);
    tcase_add_test(limits, refuses_a_long_field_in_bounded_memory);
    tcase_add_test(limits, takes_the_longest_field);
    tcase_add_test(limits, refuses_a_long_row_in_bounded_memory);
    suite_add_tcase(suite, rows);
    suite_add_tcase(suite, faults);
    suite_add_tcase(suite, limits);
    return suite;
}

SUITE_MAIN(csv_read_suite)
