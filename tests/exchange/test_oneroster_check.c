/* Checking OneRoster archives without a store: each fault with its place, in strict and in lenient mode, and the real archives. */
#include "exchange/roster_files.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static report check(const char *path, int32_t mode, pz_status wanted)
{
    pz_import_options options = PZ_IMPORT_OPTIONS_INIT;
    char *text;
    options.mode = mode;
    ck_assert_status(pz_oneroster_check(path, &options, &text), wanted);
    return report_of_import(text);
}

static report check_files(roster_files *files, int32_t mode)
{
    char *path = roster_save(files);
    report read = check(path, mode, PZ_OK);
    remove(path);
    free(path);
    return read;
}

START_TEST(finds_nothing_in_a_sound_archive)
{
    for (int mode = PZ_IMPORT_STRICT; mode <= PZ_IMPORT_LENIENT; mode++) {
        roster_files files;
        report read;
        roster_start(&files);
        read = check_files(&files, mode);
        ck_assert_msg(report_faults(&read) == 0, "%s", read.text);
        ck_assert_str_eq(report_text(read.root, "format"), "oneroster");
        ck_assert_str_eq(report_text(read.root, "version"), "1.2");
        ck_assert_str_eq(report_text(read.root, "mode"), mode == PZ_IMPORT_STRICT ? "strict" : "lenient");
        ck_assert_int_eq(report_number(pz__json_member(read.root, "counts"), "users"), 7);
        ck_assert_int_eq(report_number(pz__json_member(read.root, "counts"), "enrollments"), 4);
        report_free(&read);
        roster_free(&files);
    }
}
END_TEST

/* One change to a file, and the fault that it makes. Line and column of the strict fault; `goes_on`: lenient mode tolerates it. */
typedef struct fault_case {
    const char *file, *from, *to, *code, *field, *value;
    int line, column, goes_on;
} fault_case;

/* clang-format off: one case, one line */
static const fault_case cases[] = {
    {"manifest.csv", "propertyName,value", "PropertyName,value", "manifest.invalid_header", NULL, "PropertyName", 1, 1, 1},
    {"manifest.csv", "manifest.version,1.0", "manifest.version,2.0", "manifest.invalid_manifest_version", "manifest.version", "2.0", 2, 2,
     1},
    {"manifest.csv", "manifest.version,1.0\n", "", "manifest.missing_property", "manifest.version", NULL, 0, 0, 1},
    {"manifest.csv", "oneroster.version,1.2", "oneroster.version,1.0", "manifest.invalid_oneroster_version", "oneroster.version", "1.0", 3,
     2, 0},
    {"manifest.csv", "oneroster.version,1.2", "oneroster.version,1.2.1", "manifest.invalid_oneroster_version", "oneroster.version", "1.2.1",
     3, 2, 1},
    {"manifest.csv", "oneroster.version,1.2\n", "", "manifest.missing_property", "oneroster.version", NULL, 0, 0, 0},
    {"manifest.csv", "file.classes,bulk", "file.classes,Bulk", "manifest.invalid_file_mode", "classes", "Bulk", 6, 2, 1},
    {"manifest.csv", "file.classes,bulk", "file.classes,", "manifest.invalid_file_mode", "classes", "", 6, 2, 1},
    {"manifest.csv", "file.classes,bulk", "file.classes,all", "manifest.invalid_file_mode", "classes", "all", 6, 2, 0},
    {"manifest.csv", "file.classes,bulk\n", "", "manifest.missing_property", "classes", NULL, 0, 0, 1},
    {"manifest.csv", "file.classes,bulk", "file.classes,bulk\nfile.classes,bulk", "manifest.duplicate_property", "file.classes",
     "file.classes", 7, 1, 0},
    {"manifest.csv", "file.users,bulk", "file.users,bulk\nfile.pets,absent", "manifest.unknown_property", NULL, "file.pets", 25, 1, 1},
    {"manifest.csv", "file.users,bulk", "file.users,bulk\nhello,you", "manifest.unknown_property", NULL, "hello", 25, 1, 1},
    {"manifest.csv", "file.orgs,bulk", "file.orgs,bulk,more", "manifest.row_width_mismatch", NULL, "file.orgs", 15, 1, 1},
    {"manifest.csv", "file.users,bulk", "file.users,\"bulk", "csv.unclosed_quote", NULL, NULL, 24, 2, 0},
    {"orgs.csv", "sourcedId,status", "sourcedID,status", "schema.header_case", "sourcedId", "sourcedID", 1, 1, 1},
    {"orgs.csv", "identifier,parent", "ident,parent", "schema.unknown_header", NULL, "ident", 1, 6, 1},
    {"orgs.csv", "identifier,parent", ",parent", "table.empty_header_name", NULL, "", 1, 6, 1},
    {"orgs.csv", "identifier,parentSourcedId", "parentSourcedId,identifier", "schema.header_order_mismatch", "identifier", NULL, 1, 7, 1},
    {"orgs.csv", "identifier,parent", "metadata.a,identifier,parent", "schema.metadata_column_position", "identifier", NULL, 1, 7, 1},
    {"orgs.csv", "identifier,parent", "type,parent", "table.duplicate_header", "type", NULL, 1, 6, 1},
    {"orgs.csv", ",name,", ",nom,", "schema.missing_header", "name", NULL, 1, 0, 0},
    {"orgs.csv", "d1,,,District,district,,", "d1,,,District,district,", "table.row_width_mismatch", NULL, NULL, 2, 6, 1},
    {"orgs.csv", "d1,,,District,district,,", "d1,,,District,district,,,x", "table.row_width_mismatch", NULL, NULL, 2, 8, 1},
    {"orgs.csv", "District", "Dis\"trict", "csv.unescaped_quote", NULL, NULL, 2, 4, 1},
    {"orgs.csv", "District", "\"Dis\"trict", "csv.text_after_quote", NULL, NULL, 2, 4, 0},
    {"orgs.csv", "District", "\xFF\xFE", "csv.utf8", NULL, NULL, 2, 4, 1},
    {"orgs.csv", "District", "Dis\001trict", "row.control_character", "name", "Dis\001trict", 2, 4, 1},
    {"orgs.csv", "d1,,,District", "d1,active,,District", "row.field_forbidden_in_bulk", "status", "active", 2, 2, 1},
    {"orgs.csv", "d1,,,District", ",,,District", "row.missing_required_value", "sourcedId", "", 2, 1, 1},
    {"orgs.csv", ",district,", ",planet,", "row.invalid_enum", "type", "planet", 2, 5, 1},
    {"orgs.csv", ",district,", ",District,", "row.invalid_enum", "type", "District", 2, 5, 1},
    {"orgs.csv", "district,,", "district,,s2", "reference.circle", "parentSourcedId", NULL, 0, 0, 1},
    {"orgs.csv", "s2,,,South", "s1,,,South", "reference.duplicate_sourced_id", "sourcedId", "s1", 4, 1, 1},
    {"academicSessions.csv", "2026-08-01,2027-06-30", "1/8/2026,2027-06-30", "row.invalid_date", "startDate", "1/8/2026", 2, 6, 1},
    {"academicSessions.csv", "2026-08-01,2027-06-30", "31/8/2026,2027-06-30", "row.invalid_date", "startDate", "31/8/2026", 2, 6, 1},
    {"academicSessions.csv", "2026-08-01,2027-06-30", "2027-06-30,2026-08-01", "semantic.dates_reversed", "endDate", "2026-08-01", 2, 7, 1},
    {"academicSessions.csv", ",,2027\nt1", ",,27\nt1", "row.invalid_year", "schoolYear", "27", 2, 9, 1},
    {"courses.csv", "k1,,,y1,", "k1,,,nowhere,", "reference.missing_target_record", "schoolYearSourcedId", "nowhere", 2, 4, 1},
    {"courses.csv", ",s1,Mathematics,", ",s 1,Mathematics,", "row.invalid_guid", "orgSourcedId", "s 1", 2, 8, 1},
    {"classes.csv", "\"t1,y1\"", "\"t1, y1\"", "row.invalid_guid", "termSourcedIds", "t1, y1", 3, 11, 1},
    {"classes.csv", "\"t1,y1\"", "\"t1,,y1\"", "row.invalid_list", "termSourcedIds", "t1,,y1", 3, 11, 1},
    {"classes.csv", "\"t1,y1\"", "\"t1,z9\"", "reference.missing_target_record", "termSourcedIds", "z9", 3, 11, 1},
    {"users.csv", "u1,,,true", "u1,,,TRUE", "row.invalid_boolean", "enabledUser", "TRUE", 2, 4, 1},
    {"users.csv", "u1,,,true", "u1,,,perhaps", "row.invalid_boolean", "enabledUser", "perhaps", 2, 4, 1},
    {"users.csv", ",g1,05,secret-1", ",nobody,05,secret-1", "reference.missing_target_record", "agentSourcedIds", "nobody", 2, 14, 1},
    {"roles.csv", "r1,,,u1,primary,student", "r1,,,u1,primary,pupil", "row.invalid_enum", "role", "pupil", 2, 6, 1},
    {"roles.csv", "r1,,,u1,primary", "r1,,,u1,main", "row.invalid_enum", "roleType", "main", 2, 5, 1},
    {"enrollments.csv", "e1,,,c1", "e1,,,c9", "reference.missing_target_record", "classSourcedId", "c9", 2, 4, 1},
    {"enrollments.csv", "2026-08-01,2027-06-30", "2026-08-01T00:00:00Z,2027-06-30", "row.invalid_date", "beginDate", "2026-08-01T00:00:00Z",
     3, 9, 1},
};
/* clang-format on */

static void compare_fault(const fault_case *wanted, const pz__json_value *fault, const report *read)
{
    const char *value;
    ck_assert_msg(fault != NULL, "no %s of %s: %s", wanted->code, wanted->file, read->text);
    ck_assert_str_eq(report_text(fault, "file"), wanted->file);
    value = report_text(fault, "value");
    ck_assert_msg(wanted->value ? value && !strcmp(value, wanted->value) : !value, "%s shows %s", wanted->code, value ? value : "nothing");
    ck_assert_msg(report_number(fault, "line") == (wanted->line ? wanted->line : -1), "%s: line %d", wanted->code,
                  (int)report_number(fault, "line"));
    ck_assert_msg(report_number(fault, "column") == (wanted->column ? wanted->column : -1), "%s: column %d", wanted->code,
                  (int)report_number(fault, "column"));
    ck_assert(strlen(report_text(fault, "message")) > 10);
}

START_TEST(tells_each_fault_with_its_place)
{
    const fault_case *wanted = &cases[_i];
    for (int mode = PZ_IMPORT_STRICT; mode <= PZ_IMPORT_LENIENT; mode++) {
        int fatal = mode == PZ_IMPORT_STRICT || !wanted->goes_on;
        roster_files files;
        const pz__json_value *fault;
        report read;
        roster_start(&files);
        roster_change(&files, wanted->file, wanted->from, wanted->to);
        read = check_files(&files, mode);
        fault = report_fault(&read, wanted->code, wanted->field);
        compare_fault(wanted, fault, &read);
        ck_assert_msg(!strcmp(report_text(fault, "severity"), fatal ? "fatal" : "tolerated"), "%s", read.text);
        ck_assert_msg(mode == PZ_IMPORT_STRICT || fatal || strstr(read.text, "\"fatal\"") == NULL, "%s", read.text);
        report_free(&read);
        roster_free(&files);
    }
}
END_TEST

/* A field with a line break in quotes: lines are physical ones. */
START_TEST(counts_physical_lines)
{
    roster_files files;
    report read;
    const pz__json_value *fault;
    roster_start(&files);
    roster_change(&files, "users.csv", "Ada,One", "\"A\r\nd\na\",One");
    roster_change(&files, "users.csv", "u2,,,true", "u2,,,maybe");
    read = check_files(&files, PZ_IMPORT_STRICT);
    fault = report_fault(&read, "row.invalid_boolean", NULL);
    ck_assert_int_eq(report_number(fault, "line"), 5);
    ck_assert_uint_eq(report_faults(&read), 1);
    report_free(&read);
    roster_free(&files);
}
END_TEST

START_TEST(never_shows_a_password)
{
    roster_files files;
    report read;
    roster_start(&files);
    roster_change(&files, "users.csv", "secret-1", "secret-1\x01");
    roster_change(&files, "users.csv", "u1,,,true", "u1,active,,perhaps");
    read = check_files(&files, PZ_IMPORT_STRICT);
    ck_assert_uint_gt(report_faults(&read), 0);
    ck_assert_ptr_null(strstr(read.text, "secret"));
    report_free(&read);
    roster_free(&files);
}
END_TEST

START_TEST(cuts_what_it_shows)
{
    roster_files files;
    report read;
    char name[600] = "\xC3\xA4";
    roster_start(&files);
    for (int i = 0; i < 199; i++) strcat(name, i % 2 ? "\xC3\xA4" : "y");
    roster_change(&files, "users.csv", "u1,,,true", "");
    roster_change(&files, "users.csv", ",ada,", name);
    read = check_files(&files, PZ_IMPORT_STRICT);
    for (const pz__json_value *fault = pz__json_first(pz__json_member(read.root, "faults")); fault; fault = pz__json_next(fault))
        ck_assert(!report_text(fault, "value") || strlen(report_text(fault, "value")) <= 200);
    report_free(&read);
    roster_free(&files);
}
END_TEST

START_TEST(counts_what_it_does_not_list)
{
    roster_files files;
    pz_import_options options = PZ_IMPORT_OPTIONS_INIT;
    char *path, *text;
    report read;
    roster_start(&files);
    roster_change(&files, "users.csv", "u1,,,true", "u1,,,perhaps");
    roster_change(&files, "users.csv", "u2,,,true", "u2,,,perhaps");
    roster_change(&files, "users.csv", "u3,,,true", "u3,,,perhaps");
    path = roster_save(&files);
    options.faults_max = 1;
    ck_assert_ok(pz_oneroster_check(path, &options, &text));
    read = report_read(text);
    ck_assert_uint_eq(report_faults(&read), 1);
    ck_assert_int_eq(report_number(read.root, "faults_left_off"), 2);
    report_free(&read);
    remove(path);
    free(path);
    roster_free(&files);
}
END_TEST

START_TEST(tells_whole_file_faults)
{
    roster_files files;
    report read;
    roster_start(&files);
    roster_put(&files, "pets.csv", "sourcedId\n");
    roster_put(&files, "courses.csv", "");
    roster_change(&files, "manifest.csv", "file.categories,absent", "file.categories,bulk");
    roster_put(&files, "lineItems.csv", "x");
    files.parts[1].name = "Orgs.csv";
    read = check_files(&files, PZ_IMPORT_LENIENT);
    ck_assert_str_eq(report_text(report_fault(&read, "package.unknown_file", NULL), "file"), "pets.csv");
    ck_assert_str_eq(report_text(report_fault(&read, "manifest.file_unexpected", NULL), "file"), "lineItems.csv");
    ck_assert_str_eq(report_text(report_fault(&read, "package.file_name_case", NULL), "severity"), "tolerated");
    ck_assert_str_eq(report_text(report_fault(&read, "manifest.file_missing", NULL), "file"), "categories.csv");
    ck_assert_str_eq(report_text(report_fault(&read, "table.missing_header", NULL), "severity"), "fatal");
    report_free(&read);
    roster_free(&files);
}
END_TEST

/* Grades: ranges, scores and ids of competencies. */
static void add_grades(roster_files *files)
{
    roster_add(files, "categories", "bulk", "sourcedId,status,dateLastModified,title,weight\nh1,,,Homework,20\n");
    roster_add(files, "lineItems", "bulk",
               "sourcedId,status,dateLastModified,title,description,assignDate,dueDate,classSourcedId,categorySourcedId,"
               "academicSessionSourcedId,resultValueMin,resultValueMax,schoolSourcedId\n"
               "l1,,,Quiz,,2026-09-01,2026-09-08,c1,h1,t1,0,10,s1\n");
    roster_add(files, "results", "bulk",
               "sourcedId,status,dateLastModified,lineItemSourcedId,studentSourcedId,scoreStatus,score,scoreDate,comment,textScore,"
               "classSourcedId,inProgress,incomplete,late,missing\n"
               "x1,,,l1,u1,fully graded,7.5,2026-09-09,,,c1,false,false,false,false\n");
    roster_add(files, "resultLearningObjectiveIds", "bulk",
               "sourcedId,status,dateLastModified,resultSourcedId,source,learningObjectiveId,score,textScore\n"
               "o1,,,x1,case,urn:uuid:11111111-1111-1111-1111-11111111111A,1,\n");
}

START_TEST(checks_grades)
{
    static const fault_case grades[] = {
        {"lineItems.csv", ",0,10,", ",10,0,", "semantic.invalid_score_range", "resultValueMax", "0", 2, 12, 1},
        {"results.csv", ",7.5,", ",10.5,", "semantic.score_above_max", "score", "10.5", 2, 7, 1},
        {"results.csv", ",7.5,", ",-1,", "semantic.score_below_min", "score", "-1", 2, 7, 1},
        {"results.csv", ",7.5,", ",\"7,5\",", "row.invalid_float", "score", "7,5", 2, 7, 1},
        {"categories.csv", ",20", ",2.5", "row.invalid_integer", "weight", "2.5", 2, 5, 1},
        {"categories.csv", ",20", ",20.0", "row.invalid_integer", "weight", "20.0", 2, 5, 1},
        {"resultLearningObjectiveIds.csv", "urn:uuid:", "urn:", "semantic.invalid_case_learning_objective_id", "learningObjectiveId",
         "urn:11111111-1111-1111-1111-11111111111A", 2, 6, 1}};
    for (size_t i = 0; i <= COUNT(grades); i++) {
        roster_files files;
        report read;
        roster_start(&files);
        add_grades(&files);
        if (i < COUNT(grades)) roster_change(&files, grades[i].file, grades[i].from, grades[i].to);
        read = check_files(&files, PZ_IMPORT_STRICT);
        ck_assert_msg(report_faults(&read) == (i < COUNT(grades)), "%s", read.text);
        if (i < COUNT(grades)) compare_fault(&grades[i], report_fault(&read, grades[i].code, grades[i].field), &read);
        report_free(&read);
        roster_free(&files);
    }
}
END_TEST

/* Changes may refer to what was sent before; they need status and time. */
START_TEST(checks_changes)
{
    roster_files files;
    report read;
    memset(&files, 0, sizeof files);
    roster_start(&files);
    for (size_t i = 0; i < files.count; i++) files.parts[i].length = 0;
    files.count = 1;
    files.parts[0].length = strlen(files.parts[0].data);
    for (int i = 0; i < 7; i++) {
        static const char *const absent[] = {"academicSessions", "classes", "courses", "orgs", "roles", "users", "enrollments"};
        char from[64], to[64];
        snprintf(from, sizeof from, "file.%s,bulk", absent[i]);
        snprintf(to, sizeof to, "file.%s,%s", absent[i], i < 6 ? "absent" : "delta");
        roster_change(&files, "manifest.csv", from, to);
    }
    roster_put(&files, "enrollments.csv",
               "sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate\n"
               "e1,active,2026-09-01T10:00:00.000Z,c1,s1,u1,student,,,\n"
               "e2,tobedeleted,2026-09-01T10:00:00.000Z,,,,,,,\n");
    read = check_files(&files, PZ_IMPORT_STRICT);
    ck_assert_msg(report_faults(&read) == 0, "%s", read.text);
    ck_assert_int_eq(report_number(pz__json_member(read.root, "counts"), "enrollments"), 1);
    report_free(&read);
    roster_change(&files, "enrollments.csv", "e1,active,2026-09-01T10:00:00.000Z", "e1,,2026-09-01");
    read = check_files(&files, PZ_IMPORT_STRICT);
    ck_assert_ptr_nonnull(report_fault(&read, "row.field_required_in_delta", "status"));
    ck_assert_ptr_nonnull(report_fault(&read, "row.invalid_datetime", "dateLastModified"));
    ck_assert_uint_eq(report_faults(&read), 2);
    report_free(&read);
    roster_free(&files);
}
END_TEST

START_TEST(reads_version_1_1)
{
    roster_files files;
    report read;
    roster_start(&files);
    roster_put(
        &files, "manifest.csv",
        "propertyName,value\nmanifest.version,1.0\noneroster.version,1.1\nfile.academicSessions,bulk\nfile.categories,absent\n"
        "file.classes,bulk\nfile.classResources,absent\nfile.courses,bulk\nfile.courseResources,absent\nfile.demographics,absent\n"
        "file.enrollments,bulk\nfile.lineItems,absent\nfile.orgs,bulk\nfile.resources,absent\nfile.results,absent\nfile.users,bulk\n");
    roster_put(&files, "users.csv",
               "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,middleName,"
               "identifier,email,sms,phone,agentSourcedIds,grades,password\n"
               "u1,,,true,\"s1,s2\",student,ada,,Ada,One,,,,,,,05,\nu2,,,true,s1,student,ben,,Ben,Two,,,,,,,05,\n"
               "u3,,,true,s1,student,cy,,Cy,Three,,,,,,,05,\nw1,,,true,s1,teacher,tia,,Tia,Teacher,,,,,,,,\n");
    read = check_files(&files, PZ_IMPORT_STRICT);
    ck_assert_str_eq(report_text(read.root, "version"), "1.1");
    ck_assert_str_eq(report_text(report_fault(&read, "package.unknown_file", NULL), "file"), "roles.csv");
    ck_assert_msg(report_faults(&read) == 1, "%s", read.text);
    report_free(&read);
    roster_free(&files);
}
END_TEST

START_TEST(checks_arguments)
{
    pz_import_options options = PZ_IMPORT_OPTIONS_INIT;
    char *text = (char *)1;
    ck_assert_status(pz_oneroster_check("x", NULL, NULL), PZ_E_INVALID);
    ck_assert_status(pz_oneroster_check(NULL, NULL, &text), PZ_E_INVALID);
    ck_assert_ptr_null(text);
    ck_assert_status(pz_oneroster_check("/nowhere", NULL, &text), PZ_E_IO);
    pz_free(text);
    options.struct_size = 4;
    ck_assert_status(pz_oneroster_check("x", &options, &text), PZ_E_STRUCT_SIZE);
    options = (pz_import_options)PZ_IMPORT_OPTIONS_INIT;
    options.mode = 3;
    ck_assert_status(pz_oneroster_check("x", &options, &text), PZ_E_INVALID);
    ck_assert_str_eq(pz_last_error()->field, "mode");
    options.mode = PZ_IMPORT_STRICT;
    options.faults_max = 0;
    ck_assert_status(pz_oneroster_check("x", &options, &text), PZ_E_INVALID);
    options.faults_max = 1;
    options.gone_percent_max = 101;
    ck_assert_status(pz_oneroster_check("x", &options, &text), PZ_E_INVALID);
    options.gone_percent_max = 0;
    options.rows_max = 0;
    ck_assert_status(pz_oneroster_check("x", &options, &text), PZ_E_INVALID);
    ck_assert_str_eq(pz_last_error()->field, "rows_max");
    options.rows_max = 100000001;
    ck_assert_status(pz_oneroster_check("x", &options, &text), PZ_E_INVALID);
    options.rows_max = 100000000;
    options.source = "\xFF";
    ck_assert_status(pz_oneroster_check("x", &options, &text), PZ_E_TEXT);
    ck_assert_int_eq(pz_memory_blocks(), 0);
}
END_TEST

typedef struct progress_seen {
    int calls, stop_at;
    double last;
} progress_seen;

static pz_status see_progress(double done, void *user_data)
{
    progress_seen *seen = user_data;
    ck_assert(done >= seen->last && done <= 1);
    seen->last = done;
    return ++seen->calls == seen->stop_at ? PZ_E_CANCELLED : PZ_OK;
}

START_TEST(tells_progress_and_can_be_stopped)
{
    roster_files files;
    pz_import_options options = PZ_IMPORT_OPTIONS_INIT;
    progress_seen seen = {0, 0, 0};
    char *path, *text;
    roster_start(&files);
    path = roster_save(&files);
    options.progress = see_progress;
    options.progress_data = &seen;
    ck_assert_ok(pz_oneroster_check(path, &options, &text));
    pz_free(text);
    ck_assert_int_gt(seen.calls, 3);
    seen = (progress_seen){0, 2, 0};
    ck_assert_status(pz_oneroster_check(path, &options, &text), PZ_E_CANCELLED);
    pz_free(text);
    remove(path);
    free(path);
    roster_free(&files);
}
END_TEST

static pz_status check_body(void *user_data)
{
    char *text;
    pz_status status = pz_oneroster_check(user_data, NULL, &text);
    pz_free(text);
    return status;
}

START_TEST(survives_failing_memory)
{
    roster_files files;
    char *path;
    roster_start(&files);
    add_grades(&files);
    roster_change(&files, "users.csv", "u1,,,true", "u1,,,perhaps");
    path = roster_save(&files);
    ck_assert_int_gt(suite_each_allocation(check_body, path), 50);
    remove(path);
    free(path);
    roster_free(&files);
}
END_TEST

/* ------------------------------------------------------------------------------------------------ real files --- */

START_TEST(agrees_with_the_real_archives)
{
    char *expected_text;
    char path[600];
    const char *folder = real_data("oneroster");
    pz__json *expected;
    int archives = 0;
    if (!folder) return;
    snprintf(path, sizeof path, "%s/expected.json", folder);
    expected_text = read_whole(path);
    ck_assert_ok(pz__json_parse(expected_text, PZ_NUL_TERMINATED, NULL, &expected));
    for (const pz__json_value *row = pz__json_first(pz__json_root(expected)); row; row = pz__json_next(row)) {
        const pz__json_value *code = pz__json_first(pz__json_member(row, "expectedCodes"));
        report read;
        snprintf(path, sizeof path, "%s/%s", folder, report_text(row, "file"));
        read = check(path, PZ_IMPORT_STRICT, PZ_OK);
        ck_assert_msg(code || report_faults(&read) == 0, "%s: %s", path, read.text);
        for (; code; code = pz__json_next(code))
            ck_assert_msg(report_fault(&read, pz__json_as_text(code), NULL) != NULL, "%s lacks %s", path, pz__json_as_text(code));
        report_free(&read);
        archives++;
    }
    ck_assert_int_ge(archives, 17);
    pz__json_free(expected);
    free(expected_text);
}
END_TEST

START_TEST(tolerates_the_archives_of_real_life)
{
    static const char *const names[] = {"Test_full_data_set.zip", "Test_minimal_data_set.zip", "oneroster_test_data.zip"};
    const char *folder = real_data("oneroster");
    char path[600];
    for (size_t i = 0; folder && i < COUNT(names); i++) {
        report read;
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        read = check(path, PZ_IMPORT_LENIENT, PZ_OK);
        ck_assert_ptr_null(strstr(read.text, "\"fatal\""));
        ck_assert_str_eq(report_text(report_fault(&read, "row.invalid_boolean", "enabledUser"), "value"), "TRUE");
        ck_assert_ptr_null(strstr(read.text, "Password"));
        report_free(&read);
        read = check(path, PZ_IMPORT_STRICT, PZ_OK);
        ck_assert_str_eq(report_text(report_fault(&read, "row.invalid_boolean", "enabledUser"), "severity"), "fatal");
        report_free(&read);
    }
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("oneroster_check");
    TCase *test = tcase_create("check");
    tcase_set_timeout(test, 60);
    tcase_add_test(test, finds_nothing_in_a_sound_archive);
    tcase_add_loop_test(test, tells_each_fault_with_its_place, 0, (int)COUNT(cases));
    tcase_add_test(test, counts_physical_lines);
    tcase_add_test(test, never_shows_a_password);
    tcase_add_test(test, cuts_what_it_shows);
    tcase_add_test(test, counts_what_it_does_not_list);
    tcase_add_test(test, tells_whole_file_faults);
    tcase_add_test(test, checks_grades);
    tcase_add_test(test, checks_changes);
    tcase_add_test(test, reads_version_1_1);
    tcase_add_test(test, checks_arguments);
    tcase_add_test(test, tells_progress_and_can_be_stopped);
    tcase_add_test(test, survives_failing_memory);
    tcase_add_test(test, agrees_with_the_real_archives);
    tcase_add_test(test, tolerates_the_archives_of_real_life);
    suite_add_tcase(suite, test);
    return suite;
}

SUITE_MAIN(make_suite)
