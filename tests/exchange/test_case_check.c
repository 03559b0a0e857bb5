/* Checking CASE packages without a store: each fault with its JSON path, circles, and the real packages with exact counts. */
#include "exchange/roster_files.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

#define UUID(n) "00000000-0000-4000-8000-00000000000" n
#define LINK(n) "{\"title\": \"t\", \"identifier\": \"" UUID(n) "\", \"uri\": \"https://example.org/" n "\"}"
#define ITEM(n, more)                                                                                                                      \
    "{\"identifier\": \"" UUID(n) "\", \"uri\": \"https://example.org/" n "\", \"fullStatement\": \"S" n "\", \"lastChangeDateTime\": "    \
                                  "\"2026-01-01T00:00:00Z\"" more "}"
#define TIE(n, type, from, to, more)                                                                                                       \
    "{\"identifier\": \"" UUID(n) "\", \"uri\": \"https://example.org/" n "\", \"associationType\": \"" type                               \
                                  "\", \"originNodeURI\": " LINK(from) ", \"destinationNodeURI\": " LINK(                                  \
                                      to) ", \"lastChangeDateTime\": \"2026-01-01T00:00:00Z\"" more "}"

static const char sound[] = "{\"CFDocument\": {\"identifier\": \"" UUID(
    "0") "\", \"uri\": \"https://example.org/0\", \"creator\": \"Us\", \"title\": \"T\", "
         "\"caseVersion\": \"1.1\", \"lastChangeDateTime\": \"2026-01-01T00:00:00+01:00\"},\n"
         "\"CFItems\": [" ITEM("1", ", \"humanCodingScheme\": \"A\", \"educationLevel\": [\"05\"]") ", " ITEM("2", "") ", " ITEM(
             "3", "") "],\n"
                      "\"CFAssociations\": [" TIE("a", "isChildOf", "1", "0", ", \"sequenceNumber\": 1") ", " TIE(
                          "b", "isChildOf", "2", "0", "") ", " TIE("c", "precedes", "1", "2",
                                                                   "") ", " TIE("d", "precedes", "2", "3",
                                                                                "") ", " TIE("e", "exactMatchOf", "3", "9",
                                                                                             "") ", " TIE("f", "ext:inspires", "3", "1",
                                                                                                          "") "]}";

/* The text with one place replaced. */
static char *changed(const char *from, const char *to)
{
    const char *at = from ? strstr(sound, from) : sound;
    char *text = malloc(sizeof sound + strlen(to));
    ck_assert_msg(at != NULL, "there is no %s", from);
    sprintf(text, "%.*s%s%s", (int)(at - sound), sound, to, at + (from ? strlen(from) : 0));
    return text;
}

/* Each fault, broken JSON or not, names the file by its last name. */
static void want_file(const report *read, const char *path)
{
    const pz__json_value *fault = pz__json_first(pz__json_member(read->root, "faults"));
    for (; fault; fault = pz__json_next(fault)) {
        const char *file = report_text(fault, "file");
        ck_assert_msg(file && !strcmp(file, strrchr(path, '/') + 1), "%s", read->text);
    }
}

static report check_text(const char *text, int32_t mode, pz_status wanted)
{
    report read;
    char path[] = "/tmp/pz_case_XXXXXX", *json;
    pz_import_options options = PZ_IMPORT_OPTIONS_INIT;
    int file = mkstemp(path);
    ck_assert(file >= 0 && write(file, text, strlen(text)) == (ssize_t)strlen(text) && close(file) == 0);
    options.mode = mode;
    ck_assert_status(pz_case_check(path, &options, &json), wanted);
    remove(path);
    read = report_of_import(json);
    want_file(&read, path);
    return read;
}

static int64_t count_of(const report *read, const char *name)
{
    return report_number(pz__json_member(read->root, "counts"), name);
}

START_TEST(finds_nothing_in_a_sound_package)
{
    report read = check_text(sound, PZ_IMPORT_STRICT, PZ_OK);
    ck_assert_msg(report_faults(&read) == 0, "%s", read.text);
    ck_assert_str_eq(report_text(read.root, "version"), "1.1");
    ck_assert_int_eq(count_of(&read, "documents"), 1);
    ck_assert_int_eq(count_of(&read, "items"), 3);
    ck_assert_int_eq(count_of(&read, "associations"), 6);
    ck_assert_int_eq(count_of(&read, "associations.isChildOf"), 2);
    ck_assert_int_eq(count_of(&read, "associations.precedes"), 2);
    ck_assert_int_eq(count_of(&read, "associations.exactMatchOf"), 1);
    ck_assert_int_eq(count_of(&read, "associations.other"), 1);
    ck_assert_int_eq(count_of(&read, "destinations_outside"), 1);
    report_free(&read);
}
END_TEST

typedef struct fault_case {
    const char *from, *to, *code, *field;
    int goes_on;
} fault_case;

/* clang-format off: one case, one line */
static const fault_case cases[] = {
    {"\"title\": \"T\", ", "", "case.missing_member", "$.CFDocument.title", 0},
    {"\"creator\": \"Us\", ", "", "case.missing_member", "$.CFDocument.creator", 1},
    {"\"creator\": \"Us\"", "\"creator\": 7", "case.invalid_type", "$.CFDocument.creator", 1},
    {"2026-01-01T00:00:00+01:00", "last year", "case.invalid_datetime", "$.CFDocument.lastChangeDateTime", 1},
    {"\"caseVersion\"", "\"colour\": \"red\", \"caseVersion\"", "case.unknown_member", "$.CFDocument.colour", 1},
    {"\"fullStatement\": \"S2\"", "\"fullStatement\": \"\"", "case.missing_member", "$.CFItems[1].fullStatement", 1},
    {"\"fullStatement\": \"S2\", ", "", "case.missing_member", "$.CFItems[1].fullStatement", 1},
    {"\"identifier\": \"" UUID("2") "\", \"uri\": \"https://example.org/2\", \"full", "\"uri\": \"https://example.org/2\", \"full",
     "case.missing_member", "$.CFItems[1].identifier", 1},
    {"\"identifier\": \"" UUID("3") "\", \"uri\": \"https://example.org/3\", \"full",
     "\"identifier\": \"" UUID("2") "\", \"uri\": \"u\", \"full", "case.duplicate_identifier", "$.CFItems[2]", 1},
    {"\"identifier\": \"" UUID("3") "\", \"uri\": \"https://example.org/3\", \"full", "\"identifier\": \"three\", \"uri\": \"u\", \"full",
     "case.invalid_uuid", "$.CFItems[2].identifier", 1},
    {"[\"05\"]", "\"05\"", "case.invalid_type", "$.CFItems[0].educationLevel", 1},
    {"[\"05\"]", "[5]", "case.invalid_type", "$.CFItems[0].educationLevel", 1},
    {"\"educationLevel\"", "\"educationalLevel\"", "case.misspelt_member", "$.CFItems[0].educationalLevel", 1},
    {"\"sequenceNumber\": 1", "\"sequenceNumber\": \"1\"", "case.invalid_type", "$.CFAssociations[0].sequenceNumber", 1},
    {"\"sequenceNumber\": 1", "\"sequenceNumber\": 1.5", "case.invalid_type", "$.CFAssociations[0].sequenceNumber", 1},
    {"\"sequenceNumber\": 1", "\"sequenceNumber\": 1e300", "case.invalid_type", "$.CFAssociations[0].sequenceNumber", 1},
    {"\"exactMatchOf\"", "\"equals\"", "case.invalid_enum", "$.CFAssociations[4].associationType", 1},
    {"\"originNodeURI\": " LINK("3"), "\"originNodeURI\": 3", "case.invalid_type", "$.CFAssociations[4].originNodeURI", 1},
    {"\"originNodeURI\": " LINK("3"), "\"originNodeURI\": {\"title\": \"t\", \"uri\": \"u\"}", "case.missing_member",
     "$.CFAssociations[4].originNodeURI.identifier", 1},
    {"\"originNodeURI\": " LINK("3"), "\"originNodeURI\": " LINK("8"), "case.origin_outside",
     "$.CFAssociations[4].originNodeURI.identifier", 1},
    {"\"destinationNodeURI\": " LINK("9"), "\"destinationNodeURI\": " LINK("3"), "case.tied_to_itself",
     "$.CFAssociations[4].originNodeURI.identifier", 1},
    {"\"identifier\": \"" UUID("e") "\"", "\"identifier\": \"" UUID("d") "\"", "case.duplicate_identifier", "$.CFAssociations[4]", 1},
    {"\"destinationNodeURI\": " LINK("3"), "\"destinationNodeURI\": " LINK("1"), "case.circle", "$.CFAssociations[3]", 1},
    {"\"CFAssociations\": [", "\"CFRubrics\": [{}], \"CFAssociations\": [", "case.missing_member", "$.CFRubrics[0].identifier", 1},
    {"\"CFAssociations\": [", "\"CFRubrics\": 1, \"CFAssociations\": [", "case.invalid_type", "$.CFRubrics", 1},
    {"\"CFItems\": [", "\"CFItems\": [null, ", "case.invalid_type", "$.CFItems[0]", 1},
};
/* clang-format on */

START_TEST(tells_each_fault_with_its_path)
{
    const fault_case *wanted = &cases[_i];
    char *text = changed(wanted->from, wanted->to);
    for (int mode = PZ_IMPORT_STRICT; mode <= PZ_IMPORT_LENIENT; mode++) {
        report read = check_text(text, mode, PZ_OK);
        const pz__json_value *fault = report_fault(&read, wanted->code, wanted->field);
        int fatal = mode == PZ_IMPORT_STRICT || !wanted->goes_on;
        ck_assert_msg(fault != NULL, "no %s at %s: %s", wanted->code, wanted->field, read.text);
        ck_assert_msg((strstr(read.text, "\"fatal\"") != NULL) == fatal, "%s", read.text);
        report_free(&read);
    }
    free(text);
}
END_TEST

START_TEST(names_circles_by_their_path)
{
    char *text = changed("\"destinationNodeURI\": " LINK("3"), "\"destinationNodeURI\": " LINK("1"));
    report read = check_text(text, PZ_IMPORT_STRICT, PZ_OK);
    const char *words = report_text(report_fault(&read, "case.circle", NULL), "message");
    ck_assert_msg(strstr(words, "A > " UUID("2") " > A") || strstr(words, UUID("2") " > A > " UUID("2")), "%s", words);
    report_free(&read);
    free(text);
}
END_TEST

START_TEST(tells_where_json_is_broken)
{
    static const struct {
        const char *from, *to, *code, *field, *reason;
        pz_status status;
    } broken[] = {{"\"CFItems\"", "\"CFItems\" 1", "json.syntax", NULL, "A colon is expected", PZ_E_FORMAT},
                  {"\"title\": \"T\"", "\"title\": \"T\", \"title\": \"U\"", "json.duplicate_key", "$.CFDocument.title",
                   "The object has this key already", PZ_E_FORMAT},
                  {"\"title\": \"T\"", "\"title\": \"\xFF\"", "json.utf8", "$.CFDocument.title", "not UTF-8", PZ_E_FORMAT},
                  {"\"title\": \"T\"", "\"title\": \"\\u0000\"", "json.nul", "$.CFDocument.title", "NUL", PZ_E_FORMAT},
                  {"\"title\": \"T\"", "\"title\": 1e999", "json.number", "$.CFDocument.title", "larger than 1.79", PZ_E_FORMAT},
                  {"\"title\": \"T\"", "\"title\": 01", "json.number", "$.CFDocument.title", "one digit", PZ_E_FORMAT}};
    for (size_t i = 0; i < COUNT(broken); i++) {
        char *text = changed(broken[i].from, broken[i].to);
        report read = check_text(text, PZ_IMPORT_LENIENT, broken[i].status);
        const pz__json_value *fault = report_fault(&read, broken[i].code, broken[i].field);
        ck_assert_msg(fault != NULL, "%s: %s", broken[i].code, read.text);
        ck_assert_int_ge(report_number(fault, "line"), 1);
        ck_assert_msg(strstr(report_text(fault, "message"), broken[i].reason) != NULL, "%s: %s", broken[i].reason, read.text);
        report_free(&read);
        free(text);
    }
}
END_TEST

START_TEST(refuses_what_is_hostile)
{
    char *deep = malloc(2000);
    report read;
    memset(deep, '[', 1000);
    memset(deep + 1000, ']', 999);
    deep[1999] = '\0';
    read = check_text(deep, PZ_IMPORT_LENIENT, PZ_E_HOSTILE);
    ck_assert_str_eq(report_text(report_fault(&read, "json.depth", NULL), "message"),
                     "Objects and lists are nested more than 64 levels deep.");
    report_free(&read);
    free(deep);
    read = check_text("[1, 2]", PZ_IMPORT_LENIENT, PZ_E_FORMAT);
    ck_assert_ptr_nonnull(report_fault(&read, "case.no_package", "$"));
    report_free(&read);
}
END_TEST

START_TEST(names_files_in_utf8_only)
{
    char path[] = "/tmp/pz_\xC3\xA9_\xFF_XXXXXX", *json;
    report read;
    int file = mkstemp(path);
    ck_assert(file >= 0 && write(file, "[]", 2) == 2 && close(file) == 0);
    ck_assert_status(pz_case_check(path, NULL, &json), PZ_E_FORMAT);
    remove(path);
    read = report_of_import(json);
    ck_assert_str_eq(report_text(report_fault(&read, "case.no_package", NULL), "file"), "pz_\xC3\xA9_");
    report_free(&read);
}
END_TEST

START_TEST(checks_arguments)
{
    char *text = (char *)1;
    ck_assert_status(pz_case_check("x", NULL, NULL), PZ_E_INVALID);
    ck_assert_status(pz_case_check(NULL, NULL, &text), PZ_E_INVALID);
    ck_assert_ptr_null(text);
    ck_assert_status(pz_case_check("/nowhere", NULL, &text), PZ_E_IO);
    ck_assert_str_eq(pz_last_error()->message, "The package could not be opened: there is no such file.");
    pz_free(text);
    ck_assert_status(pz_case_check("/tmp", NULL, &text), PZ_E_IO);
    ck_assert_str_eq(pz_last_error()->message, "The package could not be opened: it is a folder.");
    pz_free(text);
    ck_assert_status(pz_case_check("/dev/null", NULL, &text), PZ_E_IO);
    pz_free(text);
    ck_assert_int_eq(pz_memory_blocks(), 0);
}
END_TEST

static pz_status check_body(void *user_data)
{
    char *json;
    pz_status status = pz_case_check(user_data, NULL, &json);
    pz_free(json);
    return status;
}

START_TEST(survives_failing_memory)
{
    char path[] = "/tmp/pz_case_XXXXXX";
    char *text = changed("\"destinationNodeURI\": " LINK("3"), "\"destinationNodeURI\": " LINK("1"));
    int file = mkstemp(path);
    ck_assert(write(file, text, strlen(text)) == (ssize_t)strlen(text) && close(file) == 0);
    ck_assert_int_gt(suite_each_allocation(check_body, path), 20);
    remove(path);
    free(text);
}
END_TEST

/* ------------------------------------------------------------------------------------------------ real files --- */

/* Items and associations by type, counted in the file itself. */
static void compare_counts(const char *path, const report *read)
{
    char *text = read_whole(path);
    pz__json *document;
    const pz__json_value *ties;
    int64_t by_type = 0;
    ck_assert_ok(pz__json_parse(text, PZ_NUL_TERMINATED, NULL, &document));
    ties = pz__json_member(pz__json_root(document), "CFAssociations");
    ck_assert_int_eq(count_of(read, "items"), (int64_t)pz__json_size(pz__json_member(pz__json_root(document), "CFItems")));
    ck_assert_int_eq(count_of(read, "associations"), (int64_t)pz__json_size(ties));
    for (const pz__json_value *tie = pz__json_first(ties); tie; tie = pz__json_next(tie)) {
        char name[80];
        int64_t same = 0;
        snprintf(name, sizeof name, "associations.%s", report_text(tie, "associationType"));
        for (const pz__json_value *other = pz__json_first(ties); other; other = pz__json_next(other))
            same += !strcmp(report_text(other, "associationType"), report_text(tie, "associationType"));
        ck_assert_int_eq(count_of(read, name), same);
        by_type++;
    }
    ck_assert_int_eq(by_type, count_of(read, "associations"));
    pz__json_free(document);
    free(text);
}

START_TEST(loads_the_real_packages)
{
    static const char *const names[] = {"opensalt/AdoptedTestFramework.json",
                                        "opensalt/EmptyExternalFramework.json",
                                        "opensalt/ItemTypeTestFramework.json",
                                        "opensalt/MarkdownFramework.json",
                                        "opensalt/Ordering.json",
                                        "opensalt/SequenceNumberFramework.json",
                                        "opensalt/SmartLevelFramework.json",
                                        "opensalt/Utf8TestFramework.json",
                                        "smarter_balanced/mockDOK.json",
                                        "smarter_balanced/mockHSMATH.json",
                                        "smarter_balanced/mockIT.json",
                                        "smarter_balanced/mockPT.json"};
    const char *folder = real_data("case");
    for (size_t i = 0; folder && i < COUNT(names); i++) {
        pz_import_options options = PZ_IMPORT_OPTIONS_INIT;
        char path[600], *json;
        report read;
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        ck_assert_ok(pz_case_check(path, &options, &json));
        read = report_of_import(json);
        ck_assert_msg(strstr(json, "\"fatal\"") == NULL, "%s: %s", path, json);
        compare_counts(path, &read);
        report_free(&read);
    }
}
END_TEST

START_TEST(loads_the_faulty_one_in_lenient_mode_alone)
{
    const char *folder = real_data("case");
    for (int mode = PZ_IMPORT_STRICT; folder && mode <= PZ_IMPORT_LENIENT; mode++) {
        pz_import_options options = PZ_IMPORT_OPTIONS_INIT;
        char path[600], *json;
        report read;
        options.mode = mode;
        snprintf(path, sizeof path, "%s/opensalt/opensalt-framework-20c5134f-423d-4097-a971-3dd5152bf507.json", folder);
        ck_assert_ok(pz_case_check(path, &options, &json));
        read = report_of_import(json);
        ck_assert_int_eq(strstr(json, "\"fatal\"") != NULL, mode == PZ_IMPORT_STRICT);
        ck_assert_str_eq(report_text(report_fault(&read, "case.invalid_type", "$.CFAssociations[15].sequenceNumber"), "value"), "1");
        ck_assert_ptr_nonnull(report_fault(&read, "case.invalid_type", "$.CFAssociations[31].sequenceNumber"));
        ck_assert_int_eq(count_of(&read, "destinations_outside"), 21);
        compare_counts(path, &read);
        report_free(&read);
    }
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("case_check");
    TCase *test = tcase_create("check");
    tcase_set_timeout(test, 60);
    tcase_add_test(test, finds_nothing_in_a_sound_package);
    tcase_add_loop_test(test, tells_each_fault_with_its_path, 0, (int)COUNT(cases));
    tcase_add_test(test, names_circles_by_their_path);
    tcase_add_test(test, tells_where_json_is_broken);
    tcase_add_test(test, refuses_what_is_hostile);
    tcase_add_test(test, names_files_in_utf8_only);
    tcase_add_test(test, checks_arguments);
    tcase_add_test(test, survives_failing_memory);
    tcase_add_test(test, loads_the_real_packages);
    tcase_add_test(test, loads_the_faulty_one_in_lenient_mode_alone);
    suite_add_tcase(suite, test);
    return suite;
}

SUITE_MAIN(make_suite)
