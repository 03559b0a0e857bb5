/* Files into a store: nothing half written, nothing twice, what is gone is ended, and the past stays as it was. */
#include <dirent.h>
#include <sys/stat.h>

#include "exchange/office.h"
#include "personalize/competency.h"
#include "personalize/evidence.h"
#include "personalize/goal.h"
#include "personalize/profile.h"

/* -------------------------------------------------------------------------------------------------- roster --- */

START_TEST(a_roster_comes_in_once)
{
    office at;
    roster_files files;
    office_start(&at);
    roster_start(&files);
    int64_t before = last_change(&at);
    report read = import_files(&at, &files, 1, PZ_OK);
    expect(read, "users", 7, 0, 0, 0);
    expect(read, "enrollments", 4, 0, 0, 0);
    report_free(&read);
    ck_assert_int_eq(last_change(&at), before); /* a dry run writes nothing */
    ck_assert_uint_eq(people_in(&at, 0), 0);
    read = import_files(&at, &files, 0, PZ_OK);
    expect(read, "users", 7, 0, 0, 0);
    expect(read, "orgs", 3, 0, 0, 0);
    expect(read, "classes", 2, 0, 0, 0);
    report_free(&read);
    ck_assert_int_eq(last_change(&at), before + 1); /* one change for all of it */
    ck_assert_uint_eq(people_in(&at, PZ_ROLE_LEARNER), 3);
    ck_assert_uint_eq(people_in(&at, PZ_ROLE_TEACHER), 1);
    ck_assert_uint_eq(people_in(&at, PZ_ROLE_GUARDIAN), 2);
    read = import_files(&at, &files, 0, PZ_OK);
    expect(read, "users", 0, 0, 0, 7);
    expect(read, "enrollments", 0, 0, 0, 4);
    report_free(&read);
    ck_assert_int_eq(last_change(&at), before + 1); /* the same again leaves no trace */
    roster_free(&files);
    office_end(&at);
}
END_TEST

START_TEST(what_a_bulk_file_no_longer_lists_is_ended_and_the_past_remains)
{
    office at;
    roster_files files;
    pz_actor *past;
    pz_enrollment **rows;
    pz_class **classes;
    size_t count;
    office_start(&at);
    roster_start(&files);
    report read = import_files(&at, &files, 0, PZ_OK);
    report_free(&read);
    int64_t first = last_change(&at);
    roster_change(&files, "enrollments.csv", "e1,,,c1,s1,u1,student,,,\n", "");
    roster_change(&files, "users.csv", "Ada,One", "Ada,Uno");
    pz_import_options options = PZ_IMPORT_OPTIONS_INIT;
    char *path = roster_save(&files), *json;
    options.source = "sis";
    ck_assert_status(pz_import_oneroster(at.importer, path, &options, NULL, &json), PZ_E_FAULTS); /* one of four is over 20 % */
    read = report_of_import(json);
    ck_assert_ptr_nonnull(report_fault(&read, "gone_above_limit", NULL));
    report_free(&read);
    ck_assert_int_eq(last_change(&at), first);
    options.gone_percent_max = 25;
    ck_assert_ok(pz_import_oneroster(at.importer, path, &options, NULL, &json));
    read = report_of_import(json);
    expect(read, "enrollments", 0, 0, 1, 3);
    expect(read, "users", 0, 1, 0, 6);
    report_free(&read);
    remove(path);
    free(path);
    ck_assert_ok(pz_class_list(at.reader, NULL, &classes, &count));
    ck_assert_uint_eq(count, 2);
    pz_id class_id = strcmp(classes[0]->code, "5a") ? classes[1]->id : classes[0]->id;
    pz_free(classes);
    ck_assert_ok(pz_enrollment_list(at.reader, class_id, 0, 0, &rows, &count));
    ck_assert_uint_eq(count, 2);
    pz_free(rows);
    ck_assert_ok(pz_actor_as_of_change(at.reader, first, &past));
    ck_assert_ok(pz_enrollment_list(past, class_id, 0, 0, &rows, &count));
    ck_assert_uint_eq(count, 3);
    pz_free(rows);
    pz_actor_free(past);
    roster_free(&files);
    office_end(&at);
}
END_TEST

static report import_with(office *at, const roster_files *files, int32_t mode, int32_t gone_percent_max, pz_status wanted)
{
    pz_import_options options = PZ_IMPORT_OPTIONS_INIT;
    char *path = roster_save(files), *json;
    options.source = "sis";
    options.mode = mode;
    options.gone_percent_max = gone_percent_max;
    ck_assert_status(pz_import_oneroster(at->importer, path, &options, NULL, &json), wanted);
    remove(path);
    free(path);
    return report_of_import(json);
}

/* What strict mode refuses, lenient mode writes without it: a row whose id can be read leaves the record alone, another counts as not
 * listed. */
START_TEST(lenient_mode_writes_what_strict_mode_refuses)
{
    static const struct {
        const char *row, *code;
        int gone;
    } cases[] = {{"e1,,,c9,s1,u1,student,,,\n", "reference.missing_target_record", 0},
                 {"e1,,,c1,s1,u1,student,,2026-02-30,\n", "row.invalid_date", 0},
                 {"e1,,,c1,s1,u1,\xFF,,,\n", "csv.utf8", 1}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        office at;
        roster_files files;
        office_start(&at);
        roster_start(&files);
        report read = import_files(&at, &files, 0, PZ_OK);
        report_free(&read);
        int64_t before = last_change(&at);
        roster_change(&files, "users.csv", "Ada,One", "Ada,Uno");
        roster_change(&files, "enrollments.csv", "e1,,,c1,s1,u1,student,,,\n", cases[i].row);
        read = import_with(&at, &files, PZ_IMPORT_STRICT, 100, PZ_E_FAULTS);
        ck_assert_str_eq(report_text(report_fault(&read, cases[i].code, NULL), "severity"), "fatal");
        report_free(&read);
        read = import_with(&at, &files, PZ_IMPORT_LENIENT, 0, cases[i].gone ? PZ_E_FAULTS : PZ_OK);
        ck_assert(!cases[i].gone == !report_fault(&read, "gone_above_limit", NULL));
        ck_assert((last_change(&at) == before) == cases[i].gone);
        report_free(&read);
        if (cases[i].gone) {
            read = import_with(&at, &files, PZ_IMPORT_LENIENT, 25, PZ_OK);
            ck_assert_str_eq(report_text(report_fault(&read, cases[i].code, NULL), "severity"), "tolerated");
            expect(read, "enrollments", 0, 0, 1, 3);
            expect(read, "users", 0, 1, 0, 6);
            report_free(&read);
        }
        roster_free(&files);
        office_end(&at);
    }
}
END_TEST

START_TEST(a_roster_with_a_fault_writes_nothing)
{
    office at;
    roster_files files;
    office_start(&at);
    roster_start(&files);
    int64_t before = last_change(&at);
    roster_change(&files, "users.csv", "u1,,,true", "u1,,,perhaps");
    report read = import_files(&at, &files, 0, PZ_E_FAULTS);
    const pz__json_value *fault = report_fault(&read, "row.invalid_boolean", "enabledUser");
    ck_assert_ptr_nonnull(fault);
    ck_assert_str_eq(report_text(fault, "file"), "users.csv");
    ck_assert_int_eq(report_number(fault, "line"), 2);
    ck_assert_int_eq(report_number(fault, "column"), 4);
    ck_assert_ptr_null(strstr(read.text, "secret-1"));
    report_free(&read);
    ck_assert_int_eq(last_change(&at), before);
    roster_free(&files);
    office_end(&at);
}
END_TEST

static int file_holds(const char *path, const char *text)
{
    FILE *file = fopen(path, "rb");
    static char bytes[1 << 22];
    size_t length = file ? fread(bytes, 1, sizeof bytes, file) : 0;
    if (file) fclose(file);
    return memmem(bytes, length, text, strlen(text)) != NULL;
}

START_TEST(passwords_are_never_stored)
{
    office at;
    roster_files files;
    char wal[2100];
    office_start(&at);
    roster_start(&files);
    report read = import_files(&at, &files, 0, PZ_OK);
    ck_assert_ptr_null(strstr(read.text, "secret-1"));
    report_free(&read);
    snprintf(wal, sizeof wal, "%s-wal", at.place.path);
    ck_assert(file_holds(at.place.path, "ada@example.org") || file_holds(wal, "ada@example.org"));
    ck_assert(!file_holds(at.place.path, "secret-1") && !file_holds(wal, "secret-1"));
    roster_free(&files);
    office_end(&at);
}
END_TEST

START_TEST(only_a_service_that_imports_may_import)
{
    office at;
    roster_files files;
    char *json, *path;
    office_start(&at);
    roster_start(&files);
    path = roster_save(&files);
    ck_assert_status(pz_import_oneroster(at.reader, path, NULL, NULL, &json), PZ_E_DENIED);
    ck_assert_status(pz_import_case(at.reader, path, NULL, NULL, &json), PZ_E_DENIED);
    ck_assert_status(pz_import_oneroster(NULL, path, NULL, NULL, &json), PZ_E_CLOSED);
    ck_assert_status(pz_import_case(NULL, path, NULL, NULL, &json), PZ_E_CLOSED);
    ck_assert_status(pz_import_csv(NULL, path, "{}", 2, NULL, NULL, &json), PZ_E_CLOSED);
    ck_assert_status(pz_import_oneroster(at.importer, "/nowhere/at/all.zip", NULL, NULL, &json), PZ_E_IO);
    pz_free(json); /* the report of an import that was begun */
    ck_assert_status(pz_import_oneroster(at.importer, NULL, NULL, NULL, &json), PZ_E_INVALID);
    remove(path);
    free(path);
    roster_free(&files);
    office_end(&at);
}
END_TEST

/* ----------------------------------------------------------------------------------------------------- CSV --- */

static const char framework_json[] =
    "{\"CFDocument\": {\"identifier\": \"00000000-0000-4000-8000-000000000000\", \"uri\": \"https://example.org/0\", \"creator\": \"Us\", "
    "\"title\": \"T\", \"lastChangeDateTime\": \"2026-01-01T00:00:00Z\"}, \"CFItems\": ["
    "{\"identifier\": \"00000000-0000-4000-8000-000000000001\", \"uri\": \"https://example.org/1\", \"fullStatement\": \"Add\", "
    "\"humanCodingScheme\": \"A.1\", \"lastChangeDateTime\": \"2026-01-01T00:00:00Z\"}, "
    "{\"identifier\": \"00000000-0000-4000-8000-000000000002\", \"uri\": \"https://example.org/2\", \"fullStatement\": \"Subtract\", "
    "\"humanCodingScheme\": \"A.2\", \"lastChangeDateTime\": \"2026-01-01T00:00:00Z\"}], \"CFAssociations\": []}";

static void office_with_roster(office *at)
{
    roster_files files;
    char *path = save_text(framework_json, sizeof framework_json - 1), *json;
    office_start(at);
    ck_assert_ok(pz_import_case(at->importer, path, NULL, NULL, &json));
    pz_free(json);
    remove(path);
    free(path);
    roster_start(&files);
    report read = import_files(at, &files, 0, PZ_OK);
    report_free(&read);
    roster_free(&files);
}

static report import_csv(office *at, const char *csv, size_t length, const char *mapping, int32_t mode, int dry_run, pz_status wanted)
{
    pz_import_options options = PZ_IMPORT_OPTIONS_INIT;
    char *path = save_text(csv, length), *json;
    options.source = "sis";
    options.mode = mode;
    options.dry_run = dry_run;
    ck_assert_status(pz_import_csv(at->importer, path, mapping, PZ_NUL_TERMINATED, &options, NULL, &json), wanted);
    remove(path);
    free(path);
    return report_of_import(json);
}

static const char answers_mapping[] =
    "{\"kind\": \"responses\", \"columns\": {\"learner\": \"who\", \"item\": \"item\", \"competency\": {\"column\": \"on\", \"split\": "
    "\";\"}, "
    "\"choice\": \"choice\", \"correct_choice\": \"right\", \"at\": \"at\", \"misconception\": \"idea\"}}";
static const char answers[] = "who,item,on,choice,right,at,idea\n"
                              "u1,Q1,A.1,B,B,2026-11-02T09:00:00Z,\n"
                              "u1,Q2,A.1; A.2,C,A,2026-11-02T09:01:00Z,mixed-up\n"
                              "u2,Q1,A.1,A,B,2026-11-02T09:00:00Z,\n";

static pz_evidence *all_evidence(office *at)
{
    pz_evidence *evidence;
    ck_assert_ok(pz_evidence_read(at->reader, NULL, &evidence));
    return evidence;
}

START_TEST(answers_become_evidence_once_and_later_scores_correct_them)
{
    office at;
    pz_item **items;
    pz_item_option **options;
    pz_misconception **ideas;
    size_t count;
    office_with_roster(&at);
    report read = import_csv(&at, answers, sizeof answers - 1, answers_mapping, PZ_IMPORT_STRICT, 1, PZ_OK);
    expect(read, "responses", 4, 0, 0, 0);
    expect(read, "items", 2, 0, 0, 0);
    report_free(&read);
    pz_evidence *evidence = all_evidence(&at);
    ck_assert_uint_eq(evidence->rows, 0);
    pz_free(evidence);
    read = import_csv(&at, answers, sizeof answers - 1, answers_mapping, PZ_IMPORT_STRICT, 0, PZ_OK);
    expect(read, "responses", 4, 0, 0, 0);
    expect(read, "misconceptions", 1, 0, 0, 0);
    report_free(&read);
    evidence = all_evidence(&at);
    ck_assert_uint_eq(evidence->rows, 4);
    double sum = 0;
    for (size_t i = 0; i < evidence->rows; i++) sum += evidence->score[i];
    ck_assert_double_eq(sum, 1);
    pz_free(evidence);
    ck_assert_ok(pz_item_list(at.reader, NULL, &items, &count));
    ck_assert_uint_eq(count, 2);
    ck_assert_ok(pz_item_option_list(at.reader, strcmp(items[0]->code, "Q2") ? items[1]->id : items[0]->id, &options, &count));
    ck_assert_uint_eq(count, 1);
    ck_assert_str_eq(options[0]->label, "C");
    ck_assert_int_eq(options[0]->is_correct, 0);
    ck_assert_ok(pz_misconception_list(at.reader, NULL, &ideas, &count));
    ck_assert_uint_eq(count, 1);
    ck_assert_int_eq(options[0]->misconception, ideas[0]->id);
    pz_free(items), pz_free(options), pz_free(ideas);

    int64_t before = last_change(&at);
    read = import_csv(&at, answers, sizeof answers - 1, answers_mapping, PZ_IMPORT_STRICT, 0, PZ_OK);
    expect(read, "responses", 0, 0, 0, 4);
    expect(read, "items", 0, 0, 0, 2);
    expect(read, "misconceptions", 0, 0, 0, 1);
    report_free(&read);
    ck_assert_int_eq(last_change(&at), before);
    static const char mended[] =
        "who,item,on,choice,right,at,idea\nu2,Q1,A.1,B,B,2026-11-02T09:00:00Z,\nu3,Q1,A.1,B,B,2026-11-02T09:00:00Z,\n";
    read = import_csv(&at, mended, sizeof mended - 1, answers_mapping, PZ_IMPORT_STRICT, 0, PZ_OK);
    expect(read, "responses", 1, 1, 0, 0);
    report_free(&read);
    evidence = all_evidence(&at);
    ck_assert_uint_eq(evidence->rows, 5);
    sum = 0;
    for (size_t i = 0; i < evidence->rows; i++) sum += evidence->score[i];
    ck_assert_double_eq(sum, 3);
    pz_free(evidence);
    office_end(&at);
}
END_TEST

START_TEST(faults_of_rows_have_their_place_and_stop_a_strict_import)
{
    static const char faulty[] = "who,item,on,choice,right,at,idea\n"
                                 "u1,Q1,A.1,B,B,2026-11-02T09:00:00Z,\n"
                                 "nobody,Q1,A.1,B,B,2026-11-02T09:00:00Z,\n"
                                 "u1,Q1,A.9,B,B,2026-11-02T09:00:00Z,\n"
                                 "u1,Q1,A.1,B,B,yesterday,\n"
                                 "u1,Q1,A.1,,,2026-11-02T09:02:00Z,\n";
    static const struct {
        const char *code, *field;
        int64_t line, column;
    } faults[] = {{"reference.unknown_learner", "learner", 3, 1},
                  {"reference.unknown_competency", "competency", 4, 3},
                  {"row.invalid_datetime", "at", 5, 6},
                  {"semantic.no_score", "score", 6, -1}};
    office at;
    office_with_roster(&at);
    int64_t before = last_change(&at);
    report read = import_csv(&at, faulty, sizeof faulty - 1, answers_mapping, PZ_IMPORT_STRICT, 0, PZ_E_FAULTS);
    for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
        const pz__json_value *fault = report_fault(&read, faults[i].code, faults[i].field);
        ck_assert_msg(fault != NULL, "%s is not reported: %s", faults[i].code, read.text);
        ck_assert_int_eq(report_number(fault, "line"), faults[i].line);
        if (faults[i].column > 0) ck_assert_int_eq(report_number(fault, "column"), faults[i].column);
    }
    ck_assert_uint_eq(report_faults(&read), 4);
    report_free(&read);
    ck_assert_int_eq(last_change(&at), before);
    read = import_csv(&at, faulty, sizeof faulty - 1, answers_mapping, PZ_IMPORT_LENIENT, 0, PZ_OK);
    expect(read, "responses", 1, 0, 0, 0);
    ck_assert_uint_eq(report_faults(&read), 4);
    report_free(&read);
    office_end(&at);
}
END_TEST

START_TEST(a_refusal_counts_its_faults)
{
    static const char faulty[] = "who,item,on,choice,right,at,idea\n"
                                 "u1,Q1,Z.9,B,B,2026-11-02T09:00:00Z,\n"
                                 "u1,Q1,A.1,B,B,someday,\n";
    const char *end_of_first = strstr(faulty, "u1,Q1,A.1");
    office at;
    office_with_roster(&at);
    report read = import_csv(&at, faulty, (size_t)(end_of_first - faulty), answers_mapping, PZ_IMPORT_STRICT, 0, PZ_E_FAULTS);
    ck_assert_str_eq(pz_last_error()->message, "The file has a fault that stops its import. Nothing was written.");
    ck_assert_uint_eq(report_faults(&read), 1);
    report_free(&read);
    read = import_csv(&at, faulty, sizeof faulty - 1, answers_mapping, PZ_IMPORT_STRICT, 0, PZ_E_FAULTS);
    ck_assert_str_eq(pz_last_error()->message, "The file has 2 faults that stop its import. Nothing was written.");
    ck_assert_uint_eq(report_faults(&read), 2);
    report_free(&read);
    office_end(&at);
}
END_TEST

START_TEST(words_of_learners_become_their_profile_once)
{
    static const char words[] = "\xef\xbb\xbfwho;topic;words;on\r\nu1;music;\"I play the drums,\nvery "
                                "\"\"loud\"\"\";2026-11-01\r\nu2;music;Ich auch;2026-11-01\r\n";
    static const char mapping[] =
        "{\"kind\": \"interests\", \"columns\": {\"learner\": \"who\", \"code\": \"topic\", \"text\": \"words\", \"on\": \"on\"}}";
    office at;
    pz_profile_query query = PZ_PROFILE_QUERY_INIT;
    pz_profile_entry **rows;
    size_t count;
    office_with_roster(&at);
    report read = import_csv(&at, words, sizeof words - 1, mapping, PZ_IMPORT_STRICT, 0, PZ_OK);
    expect(read, "interests", 2, 0, 0, 0);
    report_free(&read);
    query.section = PZ_PROFILE_INTEREST;
    ck_assert_ok(pz_profile_entry_list(at.reader, &query, &rows, &count));
    ck_assert_uint_eq(count, 2);
    ck_assert_str_eq(rows[0]->content, "I play the drums,\nvery \"loud\"");
    ck_assert_str_eq(rows[0]->source, "sis");
    pz_free(rows);
    static const char more[] =
        "who;topic;words;on\nu1;music;\"I play the drums,\nvery \"\"loud\"\"\";2026-11-09\nu3;chess;Me too;2026-11-09\n";
    read = import_csv(&at, more, sizeof more - 1, mapping, PZ_IMPORT_STRICT, 0, PZ_OK);
    expect(read, "interests", 1, 0, 0, 1);
    report_free(&read);
    office_end(&at);
}
END_TEST

START_TEST(a_column_for_each_item_with_weights_and_an_assessment)
{
    static const char table[] = "who;Q1;Q2\nu1;A;B\nu2;B;\n";
    static const char mapping[] =
        "{\"kind\": \"responses\", \"columns\": {\"learner\": \"who\", \"at\": {\"value\": \"2026-11-02\"}}, \"wide\": [\"Q1\", \"Q2\"], "
        "\"wide_holds\": \"choice\", \"assessment\": {\"id\": \"autumn\", \"title\": \"Autumn\", \"kind\": \"diagnostic\", \"on\": "
        "\"2026-11-02\"}, "
        "\"items\": {\"Q1\": {\"competencies\": [\"A.1\", {\"competency\": \"A.2\", \"weight\": 0.5}], \"correct\": \"B\", \"options\": "
        "{\"A\": \"adds\"}}, "
        "\"Q2\": {\"competencies\": [\"A.1\"], \"correct\": \"B\"}}, \"misconceptions\": {\"adds\": \"Adds above and below\"}}";
    office at;
    pz_assessment **assessments;
    pz_misconception **ideas;
    size_t count, halves = 0;
    double sum = 0;
    office_with_roster(&at);
    report read = import_csv(&at, table, sizeof table - 1, mapping, PZ_IMPORT_STRICT, 0, PZ_OK);
    expect(read, "responses", 5, 0, 0, 0);
    expect(read, "assessments", 1, 0, 0, 0);
    report_free(&read);
    ck_assert_ok(pz_assessment_list(at.reader, NULL, &assessments, &count));
    ck_assert_uint_eq(count, 1);
    ck_assert_int_eq(assessments[0]->kind, PZ_ASSESSMENT_DIAGNOSTIC);
    pz_evidence *evidence = all_evidence(&at);
    for (size_t i = 0; i < evidence->rows; i++) {
        sum += evidence->score[i];
        halves += evidence->weight[i] == 0.5;
        ck_assert_int_eq(evidence->assessment[i], assessments[0]->id);
    }
    ck_assert_double_eq(sum, 3);
    ck_assert_uint_eq(halves, 2);
    pz_free(evidence);
    pz_free(assessments);
    ck_assert_ok(pz_misconception_list(at.reader, NULL, &ideas, &count));
    ck_assert_uint_eq(count, 1);
    ck_assert_str_eq(ideas[0]->statement, "Adds above and below");
    pz_free(ideas);
    static const char longer[] = "who;Q1;Q2\nu1;A;B\nu2;B;\nu3;A;\n";
    read = import_csv(&at, longer, sizeof longer - 1, mapping, PZ_IMPORT_STRICT, 0, PZ_OK);
    expect(read, "responses", 2, 0, 0, 5);
    expect(read, "assessments", 0, 0, 0, 1);
    expect(read, "items", 0, 0, 0, 2);
    expect(read, "misconceptions", 0, 0, 0, 1); /* of two rows */
    report_free(&read);
    office_end(&at);
}
END_TEST

START_TEST(mappings_are_refused_before_anything_is_read)
{
    office at;
    char *json, *path = save_text("a\n", 2);
    office_start(&at);
    ck_assert_status(pz_import_csv(at.importer, path, NULL, 0, NULL, NULL, &json), PZ_E_INVALID);
    ck_assert_status(pz_import_csv(at.importer, path, "{", 1, NULL, NULL, &json), PZ_E_FORMAT);
    ck_assert_status(pz_import_csv(at.importer, path, "{}", 2, NULL, NULL, &json), PZ_E_INVALID);
    ck_assert_ptr_null(json);
    ck_assert_status(pz_import_csv(at.reader, path, answers_mapping, PZ_NUL_TERMINATED, NULL, NULL, &json), PZ_E_DENIED);
    ck_assert_status(pz_import_csv(at.importer, NULL, answers_mapping, PZ_NUL_TERMINATED, NULL, NULL, &json), PZ_E_INVALID);
    ck_assert_status(pz_import_csv(at.importer, path, answers_mapping, PZ_NUL_TERMINATED, NULL, NULL, NULL), PZ_E_INVALID);
    ck_assert_status(pz_import_csv(at.importer, "/nowhere", answers_mapping, PZ_NUL_TERMINATED, NULL, NULL, &json), PZ_E_IO);
    pz_free(json);
    ck_assert_status(pz_import_csv(at.importer, path, answers_mapping, PZ_NUL_TERMINATED, NULL, NULL, &json), PZ_E_FAULTS);
    report read = report_of_import(json);
    ck_assert_ptr_nonnull(report_fault(&read, "mapping.missing_column", "learner"));
    report_free(&read);
    remove(path);
    free(path);
    office_end(&at);
}
END_TEST

START_TEST(attendance_scores_and_goals_come_in)
{
    static const char days[] = "who,from,until,days,there\nu1,2026-08-01,2026-10-31,60,57\nu2,2026-08-01,2026-10-31,60,61\n";
    static const char days_mapping[] =
        "{\"kind\": \"attendance\", \"columns\": {\"learner\": \"who\", \"from\": \"from\", \"until\": \"until\", "
        "\"days\": \"days\", \"days_present\": \"there\"}}";
    static const char scores[] = "nr,scale,points,error\n1001,State,\"2.450,5\",24\n1002,State,\"2400,5\",24\n";
    static const char scores_mapping[] =
        "{\"kind\": \"test_scores\", \"decimal\": \",\", \"columns\": {\"learner\": {\"column\": \"nr\", \"by\": \"identifier\"}, "
        "\"scale\": \"scale\", \"value\": \"points\", \"standard_error\": \"error\"}}";
    static const char goals[] = "who,goal,due\nu1,I want to swim,30.6.2027\n";
    static const char goals_mapping[] =
        "{\"kind\": \"goals\", \"date\": \"D.M.YYYY\", \"columns\": {\"learner\": \"who\", \"statement\": \"goal\", \"due\": \"due\"}}";
    office at;
    pz_profile_query query = PZ_PROFILE_QUERY_INIT;
    pz_profile_entry **rows;
    pz_goal **found;
    size_t count;
    office_with_roster(&at);
    report read = import_csv(&at, days, sizeof days - 1, days_mapping, PZ_IMPORT_LENIENT, 0, PZ_OK);
    ck_assert_ptr_nonnull(report_fault(&read, "row.value_out_of_range", NULL));
    report_free(&read);
    query.section = PZ_PROFILE_ATTENDANCE;
    ck_assert_ok(pz_profile_entry_list(at.reader, &query, &rows, &count));
    ck_assert_uint_eq(count, 1);
    ck_assert_double_eq(rows[0]->value, 57.0 / 60);
    pz_free(rows);
    read = import_csv(&at, scores, sizeof scores - 1, scores_mapping, PZ_IMPORT_LENIENT, 0, PZ_OK);
    ck_assert_ptr_nonnull(report_fault(&read, "row.invalid_float", "value")); /* points between thousands are not guessed at */
    report_free(&read);
    query.section = PZ_PROFILE_TEST_SCORE;
    ck_assert_ok(pz_profile_entry_list(at.reader, &query, &rows, &count));
    ck_assert_uint_eq(count, 1);
    ck_assert_double_eq(rows[0]->value, 2400.5);
    pz_free(rows);
    read = import_csv(&at, goals, sizeof goals - 1, goals_mapping, PZ_IMPORT_STRICT, 0, PZ_OK);
    expect(read, "goals", 1, 0, 0, 0);
    report_free(&read);
    ck_assert_ok(pz_goal_list(at.reader, NULL, &found, &count));
    ck_assert_uint_eq(count, 1);
    ck_assert_int_eq(found[0]->state, PZ_GOAL_PROPOSED);
    ck_assert_int_eq(found[0]->learner_agreed, 0);
    pz_free(found);
    office_end(&at);
}
END_TEST

/* ---------------------------------------------------------------------------------------------- real files --- */

static int is_zip(const char *name)
{
    size_t length = strlen(name);
    return length > 4 && !strcmp(name + length - 4, ".zip");
}

static int each_archive(const char *folder, void (*work)(const char *path))
{
    DIR *entries = opendir(folder);
    struct dirent *entry;
    int count = 0;
    ck_assert_ptr_nonnull(entries);
    while ((entry = readdir(entries)) != NULL) {
        char path[1600];
        if (!is_zip(entry->d_name)) continue;
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        work(path);
        count++;
    }
    closedir(entries);
    return count;
}

static void comes_in_twice(const char *path)
{
    office at;
    office_start(&at);
    report read = import_roster(&at, path, PZ_IMPORT_STRICT, 0, PZ_OK);
    ck_assert_msg(report_faults(&read) == 0, "%s: %s", path, read.text);
    report_free(&read);
    int64_t after = last_change(&at);
    read = import_roster(&at, path, PZ_IMPORT_STRICT, 0, PZ_OK);
    report_free(&read);
    ck_assert_msg(last_change(&at) == after, "%s is written twice", path);
    office_end(&at);
}

static void is_refused(const char *path)
{
    office at;
    pz_import_options options = PZ_IMPORT_OPTIONS_INIT;
    char *json;
    office_start(&at);
    int64_t before = last_change(&at);
    pz_status status = pz_import_oneroster(at.importer, path, &options, NULL, &json);
    ck_assert_msg(status == PZ_E_FAULTS || status == PZ_E_FORMAT || status == PZ_E_HOSTILE, "%s gave %s", path,
                  pz_status_describe(status)->name);
    pz_free(json);
    ck_assert_int_eq(last_change(&at), before);
    office_end(&at);
}

static void is_tolerated(const char *path)
{
    office at;
    office_start(&at);
    report read = import_roster(&at, path, PZ_IMPORT_LENIENT, 0, PZ_OK);
    ck_assert_msg(report_faults(&read) > 0, "%s has nothing that was tolerated", path);
    report_free(&read);
    ck_assert_uint_gt(people_in(&at, 0), 0);
    office_end(&at);
}

START_TEST(real_archives_come_in_or_are_refused_as_they_should)
{
    const char *folder = real_data("oneroster");
    char path[1200];
    if (!folder) return;
    snprintf(path, sizeof path, "%s/valid", folder);
    ck_assert_int_eq(each_archive(path, comes_in_twice), 9);
    snprintf(path, sizeof path, "%s/negative", real_data("oneroster"));
    ck_assert_int_eq(each_archive(path, is_refused), 8);
    snprintf(path, sizeof path, "%s", real_data("oneroster"));
    ck_assert_int_eq(each_archive(path, is_tolerated), 3);
}
END_TEST

static void framework_comes_in(const char *name, int64_t items)
{
    office at;
    char path[1200], *json;
    pz_competency **rows;
    size_t count, of_framework = 0;
    snprintf(path, sizeof path, "%s/%s", real_data("case"), name);
    office_start(&at);
    pz_import_options options = PZ_IMPORT_OPTIONS_INIT;
    options.mode = PZ_IMPORT_LENIENT;
    ck_assert_ok(pz_import_case(at.importer, path, &options, NULL, &json));
    report read = report_of_import(json);
    report_free(&read);
    ck_assert_ok(pz_competency_list(at.reader, NULL, &rows, &count));
    for (size_t i = 0; i < count; i++) of_framework += rows[i]->framework != 0;
    ck_assert_int_eq((int64_t)of_framework, items);
    pz_free(rows);
    int64_t after = last_change(&at);
    ck_assert_ok(pz_import_case(at.importer, path, &options, NULL, &json));
    pz_free(json);
    ck_assert_int_eq(last_change(&at), after);
    office_end(&at);
}

START_TEST(real_frameworks_come_in_whole)
{
    if (!real_data("case")) return;
    framework_comes_in("smarter_balanced/mockDOK.json", 15);
    framework_comes_in("smarter_balanced/mockPT.json", 164);
    framework_comes_in("smarter_balanced/mockHSMATH.json", 86);
}
END_TEST

/* ------------------------------------------------------------------------------------------------- memory --- */

typedef struct failing {
    office *at;
    char *roster, *framework, *answers;
} failing;

static pz_status import_all(void *user_data)
{
    failing *f = user_data;
    pz_import_options options = PZ_IMPORT_OPTIONS_INIT;
    pz_store *store = NULL;
    pz_actor *importer = NULL;
    char *json = NULL;
    options.source = "sis";
    pz_status status = pz_store_open(f->at->place.path, &f->at->options, &store);
    if (status == PZ_OK) status = pz_actor_open_service(store, "import", PZ_SCOPE_IMPORT, "tests", &importer);
    if (status == PZ_OK) status = pz_import_case(importer, f->framework, &options, NULL, &json);
    pz_free(json);
    json = NULL;
    if (status == PZ_OK) status = pz_import_oneroster(importer, f->roster, &options, NULL, &json);
    pz_free(json);
    json = NULL;
    if (status == PZ_OK) status = pz_import_csv(importer, f->answers, answers_mapping, PZ_NUL_TERMINATED, &options, NULL, &json);
    pz_free(json);
    pz_actor_free(importer);
    pz_store_free(store);
    return status;
}

START_TEST(memory_that_fails_is_told_and_nothing_is_half_written)
{
    office at;
    roster_files files;
    office_start(&at);
    roster_start(&files);
    failing f = {&at, roster_save(&files), save_text(framework_json, sizeof framework_json - 1), save_text(answers, sizeof answers - 1)};
    pz_actor_free(at.importer);
    pz_actor_free(at.reader);
    pz_store_free(at.store);
    ck_assert_int_gt(suite_each_allocation(import_all, &f), 100);
    remove(f.roster), remove(f.framework), remove(f.answers);
    free(f.roster), free(f.framework), free(f.answers);
    roster_free(&files);
    ck_assert_ok(pz_store_open(at.place.path, &at.options, &at.store));
    ck_assert_ok(pz_actor_open_service(at.store, "import", PZ_SCOPE_IMPORT, "tests", &at.importer));
    ck_assert_ok(pz_actor_open_service(at.store, "reader", PZ_SCOPE_READ, "tests", &at.reader));
    pz_evidence *evidence = all_evidence(&at);
    ck_assert_uint_eq(evidence->rows, 4);
    pz_free(evidence);
    ck_assert_uint_eq(people_in(&at, PZ_ROLE_LEARNER), 3);
    office_end(&at);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("import");
    TCase *tests = tcase_create("import");
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, a_roster_comes_in_once);
    tcase_add_test(tests, what_a_bulk_file_no_longer_lists_is_ended_and_the_past_remains);
    tcase_add_test(tests, lenient_mode_writes_what_strict_mode_refuses);
    tcase_add_test(tests, a_roster_with_a_fault_writes_nothing);
    tcase_add_test(tests, passwords_are_never_stored);
    tcase_add_test(tests, only_a_service_that_imports_may_import);
    tcase_add_test(tests, answers_become_evidence_once_and_later_scores_correct_them);
    tcase_add_test(tests, faults_of_rows_have_their_place_and_stop_a_strict_import);
    tcase_add_test(tests, a_refusal_counts_its_faults);
    tcase_add_test(tests, words_of_learners_become_their_profile_once);
    tcase_add_test(tests, a_column_for_each_item_with_weights_and_an_assessment);
    tcase_add_test(tests, mappings_are_refused_before_anything_is_read);
    tcase_add_test(tests, attendance_scores_and_goals_come_in);
    tcase_add_test(tests, real_archives_come_in_or_are_refused_as_they_should);
    tcase_add_test(tests, real_frameworks_come_in_whole);
    tcase_add_test(tests, memory_that_fails_is_told_and_nothing_is_half_written);
    suite_add_tcase(suite, tests);
    return suite;
}

SUITE_MAIN(make_suite)
