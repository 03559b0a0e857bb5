/* Frameworks into a store: items that others named first, newer packages, and what lenient mode leaves out. */
#include "exchange/office.h"
#include "personalize/competency.h"

#define UUID(n) "00000000-0000-4000-8000-00000000000" n
#define DATE "\"lastChangeDateTime\": \"2026-01-01T00:00:00Z\""
#define DOCUMENT(n)                                                                                                                        \
    "{\"CFDocument\": {\"identifier\": \"" UUID(n) "\", \"uri\": \"u\", \"creator\": \"Us\", \"title\": \"T" n "\", " DATE                 \
                                                   "}, \"CFItems\": ["
#define ITEM(n)                                                                                                                            \
    "{\"identifier\": \"" UUID(n) "\", \"uri\": \"u\", \"fullStatement\": \"S" n "\", \"humanCodingScheme\": \"C" n "\", " DATE "}"
#define LINK(n) "{\"title\": \"L" n "\", \"identifier\": \"" UUID(n) "\", \"uri\": \"u\"}"
#define TIE(id, type, from, to)                                                                                                            \
    "{\"identifier\": \"" UUID(id) "\", \"uri\": \"u\", \"associationType\": \"" type                                                      \
                                   "\", \"originNodeURI\": " LINK(from) ", "                                                               \
                                                                        "\"destinationNodeURI\": " LINK(to) ", " DATE "}"
#define TIES "], \"CFAssociations\": ["
#define END "]}"

static report import_text(office *at, const char *text, const pz_import_options *options, pz_status wanted)
{
    char *path = save_text(text, strlen(text)), *json;
    ck_assert_status(pz_import_case(at->importer, path, options, NULL, &json), wanted);
    remove(path);
    free(path);
    return report_of_import(json);
}

static pz_competency *get(office *at, const char *uuid)
{
    pz_competency *found;
    pz_id id;
    ck_assert_ok(pz_id_resolve(at->reader, PZ_KIND_COMPETENCY, NULL, uuid, PZ_NUL_TERMINATED, &id));
    ck_assert_ok(pz_competency_get(at->reader, id, &found));
    return found;
}

START_TEST(what_an_association_names_waits_for_its_document)
{
    office at;
    pz_competency *item;
    pz_id before;
    office_start(&at);
    report read = import_text(&at, DOCUMENT("0") ITEM("1") TIES TIE("a", "isChildOf", "1", "0") ", " TIE("b", "exactMatchOf", "1", "5") END,
                              NULL, PZ_OK);
    expect(read, "items", 1, 0, 0, 0);
    expect(read, "items_outside", 1, 0, 0, 0);
    expect(read, "associations", 2, 0, 0, 0);
    report_free(&read);
    item = get(&at, UUID("5"));
    ck_assert_int_eq(item->framework, 0);
    ck_assert_str_eq(item->statement, "L5");
    before = item->id;
    pz_free(item);
    read = import_text(&at, DOCUMENT("9") ITEM("5") TIES END, NULL, PZ_OK);
    expect(read, "items", 0, 1, 0, 0);
    report_free(&read);
    item = get(&at, UUID("5"));
    ck_assert_int_eq(item->id, before);
    ck_assert_int_ne(item->framework, 0);
    ck_assert_str_eq(item->statement, "S5");
    ck_assert_str_eq(item->code, "C5");
    pz_free(item);
    office_end(&at);
}
END_TEST

START_TEST(a_newer_package_ends_what_it_no_longer_has)
{
    static const char all[] =
        DOCUMENT("0") ITEM("1") ", " ITEM("2") ", " ITEM("3") TIES TIE("a", "precedes", "1", "2") ", " TIE("b", "precedes", "2", "3") END;
    static const char fewer[] = DOCUMENT("0") ITEM("1") ", " ITEM("2") TIES TIE("a", "precedes", "1", "2") END;
    office at;
    pz_competency *item;
    pz_import_options options = PZ_IMPORT_OPTIONS_INIT;
    office_start(&at);
    report read = import_text(&at, all, NULL, PZ_OK);
    report_free(&read);
    int64_t before = last_change(&at);
    read = import_text(&at, fewer, NULL, PZ_E_FAULTS);
    ck_assert_ptr_nonnull(report_fault(&read, "gone_above_limit", NULL));
    report_free(&read);
    ck_assert_int_eq(last_change(&at), before);
    options.gone_percent_max = 50;
    options.dry_run = 1;
    read = import_text(&at, fewer, &options, PZ_OK);
    expect(read, "items", 0, 0, 1, 2);
    report_free(&read);
    ck_assert_int_eq(last_change(&at), before);
    options.dry_run = 0;
    read = import_text(&at, fewer, &options, PZ_OK);
    expect(read, "items", 0, 0, 1, 2);
    expect(read, "associations", 0, 0, 1, 1);
    report_free(&read);
    item = get(&at, UUID("3"));
    ck_assert_int_eq(item->ended, 1);
    pz_free(item);
    read = import_text(&at, all, NULL, PZ_OK); /* and it comes back */
    expect(read, "items", 0, 1, 0, 2);
    report_free(&read);
    item = get(&at, UUID("3"));
    ck_assert_int_eq(item->ended, 0);
    pz_free(item);
    office_end(&at);
}
END_TEST

START_TEST(what_lenient_mode_leaves_out_stays_as_it_is)
{
    office at;
    pz_competency *item;
    pz_import_options options = PZ_IMPORT_OPTIONS_INIT;
    options.mode = PZ_IMPORT_LENIENT;
    options.gone_percent_max = 0;
    office_start(&at);
    report read = import_text(&at, DOCUMENT("0") ITEM("1") ", " ITEM("2") TIES TIE("a", "precedes", "1", "2") END, NULL, PZ_OK);
    report_free(&read);
    read = import_text(&at, DOCUMENT("0") ITEM("1") ", {\"identifier\": \"" UUID("2") "\"}" TIES TIE("a", "precedes", "1", "2") END,
                       &options, PZ_OK);
    ck_assert_str_eq(report_text(report_fault(&read, "case.missing_member", "$.CFItems[1].fullStatement"), "severity"), "tolerated");
    ck_assert_int_eq(report_difference(&read, "items", "gone"), 0);
    report_free(&read);
    item = get(&at, UUID("2"));
    ck_assert_int_eq(item->ended, 0);
    ck_assert_str_eq(item->statement, "S2");
    pz_free(item);
    office_end(&at);
}
END_TEST

START_TEST(circles_are_refused_or_cut)
{
    static const char circle[] = DOCUMENT("0") ITEM("1") ", " ITEM("2") ", " ITEM("3")
        TIES TIE("a", "precedes", "1", "2") ", " TIE("b", "precedes", "2", "3") ", " TIE("c", "precedes", "3", "1") END;
    office at;
    pz_import_options options = PZ_IMPORT_OPTIONS_INIT;
    office_start(&at);
    int64_t before = last_change(&at);
    report read = import_text(&at, circle, NULL, PZ_E_FAULTS);
    const char *words = report_text(report_fault(&read, "case.circle", "$.CFAssociations[2]"), "message");
    ck_assert_msg(strstr(words, "C1 > C2 > C3 > C1") || strstr(words, "C2 > C3 > C1 > C2") || strstr(words, "C3 > C1 > C2 > C3"), "%s",
                  words);
    report_free(&read);
    ck_assert_int_eq(last_change(&at), before);
    options.mode = PZ_IMPORT_LENIENT;
    read = import_text(&at, circle, &options, PZ_OK);
    expect(read, "associations", 2, 0, 0, 0);
    report_free(&read);
    office_end(&at);
}
END_TEST

/* Control characters are no fault of the package; they are not kept either. */
START_TEST(texts_are_kept_without_control_characters)
{
    office at;
    pz_competency *item;
    office_start(&at);
    report read = import_text(&at,
                              DOCUMENT("0") "{\"identifier\": \"" UUID("1") "\", \"uri\": \"u\", \"fullStatement\": \"a\\fb\\u0001c\\nd\", "
                                                                            "\"educationLevel\": [\"05\", \"06\"], " DATE "}" TIES END,
                              NULL, PZ_OK);
    ck_assert_str_eq(report_text(report_fault(&read, "case.control_character", "$.CFItems[0].fullStatement"), "severity"), "tolerated");
    report_free(&read);
    item = get(&at, UUID("1"));
    ck_assert_str_eq(item->statement, "a b c\nd");
    ck_assert_str_eq(item->levels, "05,06");
    ck_assert_int_eq(item->position, 1);
    pz_free(item);
    office_end(&at);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("case_import");
    TCase *test = tcase_create("case_import");
    tcase_add_test(test, what_an_association_names_waits_for_its_document);
    tcase_add_test(test, a_newer_package_ends_what_it_no_longer_has);
    tcase_add_test(test, what_lenient_mode_leaves_out_stays_as_it_is);
    tcase_add_test(test, circles_are_refused_or_cut);
    tcase_add_test(test, texts_are_kept_without_control_characters);
    suite_add_tcase(suite, test);
    return suite;
}

SUITE_MAIN(make_suite)
