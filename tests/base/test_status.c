/* The table of status codes against the header that people read, the version and the limits. */
#include <ctype.h>

#include "support/suite.h"

enum { CODES_MAX = 200 };

typedef struct code {
    char name[64];
    int number;
} code;

/* The members of an enumeration as the header states them: names that begin with `prefix`, and their numbers. */
static size_t read_members(const char *type, const char *prefix, code *codes)
{
    static char text[100000];
    FILE *file = fopen(BASE_HEADER, "r");
    char *at, *end;
    size_t count = 0;
    ck_assert_ptr_nonnull(file);
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    at = strstr(text, type);
    ck_assert_ptr_nonnull(at);
    end = strchr(at, '}');
    while ((at = strstr(at, prefix)) && at < end) {
        size_t length = strspn(at, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_");
        char *number = at + length + strspn(at + length, " ");
        if (!isupper((unsigned char)at[-1]) && at[-1] != ':' && *number == '=') {
            ck_assert(count < CODES_MAX && length < sizeof codes->name);
            memcpy(codes[count].name, at, length);
            codes[count].name[length] = '\0';
            codes[count++].number = (int)strtol(number + 1, NULL, 10);
        }
        at += length;
    }
    return count;
}

START_TEST(every_code_of_the_header_has_its_row)
{
    code codes[CODES_MAX];
    size_t count = read_members("typedef enum pz_status {", "PZ_", codes);
    ck_assert_uint_ge(count, 33);
    for (size_t i = 0; i < count; i++) {
        const pz_status_info *info = pz_status_describe((pz_status)codes[i].number);
        ck_assert_str_eq(info->name, codes[i].name);
        ck_assert_int_eq(info->status, codes[i].number);
    }
    ck_assert_ptr_nonnull(pz_status_at(count - 1));
    ck_assert_ptr_null(pz_status_at(count));
    ck_assert_ptr_null(pz_status_at((size_t)-1));
}
END_TEST

/* The page that people read has the same rows, in the same order. */
START_TEST(the_page_of_codes_is_true)
{
    static char page[100000];
    FILE *file = fopen(CODES_PAGE, "r");
    const char *at = page;
    const pz_status_info *info;
    ck_assert_ptr_nonnull(file);
    page[fread(page, 1, sizeof page - 1, file)] = '\0';
    fclose(file);
    for (size_t i = 0; (info = pz_status_at(i)); i++) {
        char row[512];
        snprintf(row, sizeof row, "\n| %d | `%s` | %s | %s | `%s` | `%s` | %d |\n", info->status, info->name, info->kind, info->meaning,
                 info->python_class, info->php_class, info->exit_status);
        at = strstr(at, row);
        ck_assert_msg(at != NULL, "docs/status-codes.md has no row%s", row);
        at += strlen(row) - 1;
    }
    ck_assert_ptr_null(strstr(at, "\n|"));
}
END_TEST

START_TEST(rows_are_complete_and_different)
{
    const pz_status_info *row, *other;
    for (size_t i = 0; (row = pz_status_at(i)); i++) {
        ck_assert_uint_eq(row->struct_size, sizeof *row);
        ck_assert(row->name[0] && row->kind[0]);
        ck_assert_msg(row->meaning[strlen(row->meaning) - 1] == '.', "%s has no sentence", row->name);
        ck_assert_int_eq(row->status == PZ_OK, row->python_class[0] == '\0');
        ck_assert_int_eq(row->status == PZ_OK, row->php_class[0] == '\0');
        for (size_t j = 0; j < i; j++) {
            other = pz_status_at(j);
            ck_assert_int_lt(other->status, row->status);
            ck_assert_str_ne(other->name, row->name);
            ck_assert_str_ne(other->meaning, row->meaning);
            ck_assert_str_ne(other->python_class, row->python_class);
            ck_assert_str_ne(other->php_class, row->php_class);
        }
    }
}
END_TEST

/* The blocks of numbers and the exit statuses, as the header promises them. */
START_TEST(kind_and_exit_status_follow_the_number)
{
    static const struct {
        int last;
        const char *kind;
        int exit_status;
    } blocks[] = {{0, "ok", 0},     {19, "call", 2},        {39, "rights", 3}, {59, "state", 4},
                  {79, "input", 5}, {99, "computation", 6}, {119, "store", 7}};
    const pz_status_info *row;
    for (size_t i = 0; (row = pz_status_at(i)); i++) {
        size_t block = 0;
        while (row->status > blocks[block].last) block++;
        ck_assert_str_eq(row->kind, blocks[block].kind);
        ck_assert_int_eq(row->exit_status, row->status == PZ_E_INTERNAL ? 70 : blocks[block].exit_status);
    }
}
END_TEST

START_TEST(unknown_codes_read_as_internal)
{
    ck_assert_int_eq(pz_status_describe((pz_status)55)->status, PZ_E_INTERNAL);
    ck_assert_int_eq(pz_status_describe((pz_status)-1)->status, PZ_E_INTERNAL);
}
END_TEST

START_TEST(version_is_the_header_s)
{
    char text[32];
    snprintf(text, sizeof text, "%d.%d.%d", PZ_VERSION_MAJOR, PZ_VERSION_MINOR, PZ_VERSION_PATCH);
    ck_assert_str_eq(pz_version(), text);
    ck_assert_int_eq(pz_version_number(), PZ_VERSION_MAJOR * 1000000 + PZ_VERSION_MINOR * 1000 + PZ_VERSION_PATCH);
}
END_TEST

START_TEST(each_limit_of_the_header_has_a_value)
{
    code kinds[CODES_MAX];
    size_t count = read_members("typedef enum pz_limit_kind {", "PZ_LIMIT_", kinds);
    int last = 0;
    ck_assert_uint_ge(count, 13);
    for (size_t i = 0; i < count; i++) {
        ck_assert_msg(pz_limit((pz_limit_kind)kinds[i].number) > 0, "%s has no value", kinds[i].name);
        if (kinds[i].number > last) last = kinds[i].number;
    }
    ck_assert_int_eq(last, (int)count);
    ck_assert_int_eq(pz_limit((pz_limit_kind)0), -1);
    ck_assert_int_eq(pz_limit((pz_limit_kind)(last + 1)), -1);
    ck_assert_int_eq(pz_limit(PZ_LIMIT_TEXT), 65536);
    ck_assert_int_eq(pz_limit(PZ_LIMIT_ARCHIVE_BYTES), INT64_C(4294967296));
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("status");
    TCase *tests = tcase_create("status");
    tcase_add_test(tests, every_code_of_the_header_has_its_row);
    tcase_add_test(tests, the_page_of_codes_is_true);
    tcase_add_test(tests, rows_are_complete_and_different);
    tcase_add_test(tests, kind_and_exit_status_follow_the_number);
    tcase_add_test(tests, unknown_codes_read_as_internal);
    tcase_add_test(tests, version_is_the_header_s);
    tcase_add_test(tests, each_limit_of_the_header_has_a_value);
    suite_add_tcase(suite, tests);
    return suite;
}

SUITE_MAIN(make_suite)
