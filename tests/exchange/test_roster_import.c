/* What becomes of each part of a roster: roles, guardians, grades, demographics, changes, keys, and what an archive does not cover. */
#include "exchange/office.h"
#include "personalize/competency.h"
#include "personalize/evidence.h"

#define UUID_1 "11111111-1111-4111-8111-111111111111"
#define UUID_2 "22222222-2222-4222-8222-222222222222"

static pz_id find(office *at, pz_kind kind, const char *text)
{
    pz_id id;
    ck_assert_ok(pz_id_resolve(at->reader, kind, "sis", text, PZ_NUL_TERMINATED, &id));
    return id;
}

static report import_with(office *at, const roster_files *files, const pz_import_options *options, const char *key, pz_status wanted)
{
    char *path = roster_save(files), *json;
    ck_assert_status(pz_import_oneroster(at->importer, path, options, key, &json), wanted);
    remove(path);
    free(path);
    return report_of_import(json);
}

static pz_import_options options_of(int32_t gone)
{
    pz_import_options options = PZ_IMPORT_OPTIONS_INIT;
    options.source = "sis";
    options.gone_percent_max = gone;
    return options;
}

/* ---------------------------------------------------------------------------------------------- roles, guardians --- */

static void expect_role(office *at, const char *user, int32_t role, const char *word)
{
    pz_person_role **rows;
    size_t count;
    ck_assert_ok(pz_person_role_list(at->reader, find(at, PZ_KIND_PERSON, user), &rows, &count));
    ck_assert_uint_eq(count, role != 0);
    if (role) {
        ck_assert_int_eq(rows[0]->role, role);
        ck_assert_str_eq(rows[0]->outside_role, word);
    }
    pz_free(rows);
}

START_TEST(roles_become_those_of_the_library)
{
    static const struct {
        const char *word;
        int32_t role;
    } words[] = {{"student", PZ_ROLE_LEARNER},
                 {"parent", PZ_ROLE_GUARDIAN},
                 {"guardian", PZ_ROLE_GUARDIAN},
                 {"relative", PZ_ROLE_GUARDIAN},
                 {"teacher", PZ_ROLE_TEACHER},
                 {"aide", PZ_ROLE_TEACHER},
                 {"proctor", PZ_ROLE_TEACHER},
                 {"counselor", PZ_ROLE_COUNSELOR},
                 {"principal", PZ_ROLE_LEADER},
                 {"districtAdministrator", PZ_ROLE_LEADER},
                 {"siteAdministrator", PZ_ROLE_LEADER},
                 {"systemAdministrator", 0},
                 {"ext:cook", 0}};
    office at;
    office_start(&at);
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        pz_import_options options = options_of(100);
        roster_files files;
        char row[80];
        roster_start(&files);
        snprintf(row, sizeof row, "w2,primary,%s", words[i].word);
        roster_change(&files, "roles.csv", "w2,primary,districtAdministrator", row);
        report read = import_with(&at, &files, &options, NULL, PZ_OK);
        ck_assert_int_eq(report_number(pz__json_member(read.root, "counts"), "roles_not_kept"), words[i].role ? -1 : 1);
        expect_role(&at, "w2", words[i].role, words[i].word);
        report_free(&read);
        roster_free(&files);
    }
    office_end(&at);
}
END_TEST

static size_t guardians_of(office *at, const char *learner)
{
    pz_guardianship **rows;
    size_t count;
    ck_assert_ok(pz_guardianship_list(at->reader, find(at, PZ_KIND_PERSON, learner), &rows, &count));
    pz_free(rows);
    return count;
}

START_TEST(agents_become_guardians)
{
    office at;
    roster_files files;
    pz_import_options options = options_of(20);
    office_start(&at);
    roster_start(&files);
    roster_change(&files, "users.csv", "g2,,,true,gus,,Gus,Two,,,,,,,",
                  "g2,,,true,gus,,Gus,Two,,,,,,u3,"); /* a guardian may name the child */
    roster_change(&files, "users.csv", "w1,,,true,tia,,Tia,Teacher,,,,,,,", "w1,,,true,tia,,Tia,Teacher,,,,,,u1,"); /* a teacher is none */
    report read = import_with(&at, &files, &options, NULL, PZ_OK);
    expect(read, "guardians", 4, 0, 0, 0);
    report_free(&read);
    ck_assert_uint_eq(guardians_of(&at, "u1"), 1);
    ck_assert_uint_eq(guardians_of(&at, "u2"), 2);
    ck_assert_uint_eq(guardians_of(&at, "u3"), 1);
    roster_change(&files, "users.csv", "\"g1,g2\"", "g1");
    read = import_with(&at, &files, &options, NULL, PZ_OK);
    expect(read, "guardians", 0, 0, 1, 3);
    report_free(&read);
    ck_assert_uint_eq(guardians_of(&at, "u2"), 1);
    roster_free(&files);
    office_end(&at);
}
END_TEST

START_TEST(version_1_1_has_roles_in_its_users)
{
    office at;
    roster_files files;
    pz_person_role **rows;
    size_t count;
    pz_import_options options = options_of(100);
    office_start(&at);
    roster_start(&files);
    roster_put(
        &files, "manifest.csv",
        "propertyName,value\nmanifest.version,1.0\noneroster.version,1.1\nfile.academicSessions,bulk\nfile.categories,absent\n"
        "file.classes,bulk\nfile.classResources,absent\nfile.courses,bulk\nfile.courseResources,absent\nfile.demographics,absent\n"
        "file.enrollments,bulk\nfile.lineItems,absent\nfile.orgs,bulk\nfile.resources,absent\nfile.results,absent\nfile.users,bulk\n");
    roster_put(&files, "users.csv",
               "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,middleName,"
               "identifier,email,sms,phone,agentSourcedIds,grades,password\n"
               "u1,,,true,\"s1,s2\",student,ada,,Ada,One,,,,,,p1,05,\nu2,,,true,s1,student,ben,,Ben,Two,,,,,,,05,\n"
               "u3,,,true,s1,student,cy,,Cy,Three,,,,,,,05,\nw1,,,true,s1,teacher,tia,,Tia,Teacher,,,,,,,,\n"
               "p1,,,true,s1,parent,pat,,Pat,One,,,,,,,,\n");
    memmove(&files.parts[6], &files.parts[7], sizeof files.parts[0]); /* without roles.csv */
    files.count--;
    report read = import_with(&at, &files, &options, NULL, PZ_OK);
    expect(read, "roles", 6, 0, 0, 0);
    expect(read, "guardians", 1, 0, 0, 0);
    report_free(&read);
    ck_assert_ok(pz_person_role_list(at.reader, find(&at, PZ_KIND_PERSON, "u1"), &rows, &count));
    ck_assert_uint_eq(count, 2);
    ck_assert_int_eq(rows[0]->is_primary + rows[1]->is_primary, 1);
    pz_free(rows);
    roster_change(&files, "users.csv", "\"s1,s2\"", "s1");
    read = import_with(&at, &files, &options, NULL, PZ_OK);
    expect(read, "roles", 0, 0, 1, 5);
    report_free(&read);
    read = import_with(&at, &files, &options, NULL, PZ_OK);
    expect(read, "roles", 0, 0, 0, 5);
    report_free(&read);
    roster_free(&files);
    office_end(&at);
}
END_TEST

/* ------------------------------------------------------------------------------------------------------- grades --- */

static void add_grades(roster_files *files)
{
    roster_add(files, "categories", "bulk", "sourcedId,status,dateLastModified,title,weight\nh1,,,Homework,20\n");
    roster_add(files, "lineItems", "bulk",
               "sourcedId,status,dateLastModified,title,description,assignDate,dueDate,classSourcedId,categorySourcedId,"
               "academicSessionSourcedId,resultValueMin,resultValueMax,schoolSourcedId\n"
               "l1,,,Quiz,,2026-09-01,2026-09-08,c1,h1,t1,0,10,s1\nl2,,,Talk,,2026-09-01,2026-09-08,c1,h1,t1,,,s1\n");
    roster_add(files, "results", "bulk",
               "sourcedId,status,dateLastModified,lineItemSourcedId,studentSourcedId,scoreStatus,score,scoreDate,comment,textScore,"
               "classSourcedId,inProgress,incomplete,late,missing\n"
               "x1,,,l1,u1,fully graded,7.5,2026-09-09,,,c1,false,false,false,false\n"
               "x2,,,l1,u2,exempt,,2026-09-09,,,c1,false,false,false,false\n"
               "x3,,,l2,u1,fully graded,0.5,2026-09-10,,,c1,false,false,false,false\n"
               "x4,,,l2,u2,fully graded,17,2026-09-10,,,c1,false,false,false,false\n");
    roster_add(files, "lineItemLearningObjectiveIds", "bulk",
               "sourcedId,status,dateLastModified,lineItemSourcedId,source,learningObjectiveId\no1,,,l1,case," UUID_1
               "\no2,,,l1,case,urn:uuid:" UUID_2 "\no3,,,l2,case," UUID_1 "\no4,,,l2,unknown,something\n");
    roster_add(files, "resultLearningObjectiveIds", "bulk",
               "sourcedId,status,dateLastModified,resultSourcedId,source,learningObjectiveId,score,textScore\np1,,,x1,case," UUID_2
               ",1,\n");
}

/* The score of a learner on a competency of an assessment, -1 if there is none. */
static double score_of(office *at, const char *learner, const char *competency, const char *line_item)
{
    pz_evidence_query query = PZ_EVIDENCE_QUERY_INIT;
    pz_evidence *evidence;
    double score = -1;
    query.learner = find(at, PZ_KIND_PERSON, learner);
    query.competency = find(at, PZ_KIND_COMPETENCY, competency);
    query.assessment = find(at, PZ_KIND_ASSESSMENT, line_item);
    ck_assert_ok(pz_evidence_read(at->reader, &query, &evidence));
    ck_assert_uint_le(evidence->rows, 1);
    if (evidence->rows) score = evidence->score[0];
    pz_free(evidence);
    return score;
}

START_TEST(results_become_evidence_by_competency)
{
    office at;
    roster_files files;
    pz_import_options options = options_of(50);
    office_start(&at);
    roster_start(&files);
    add_grades(&files);
    report read = import_with(&at, &files, &options, NULL, PZ_OK);
    expect(read, "lineItems", 2, 0, 0, 0);
    expect(read, "results", 3, 0, 0, 0);
    expect(read, "competencies", 2, 0, 0, 0); /* which wait for their framework */
    ck_assert_int_eq(report_number(pz__json_member(read.root, "counts"), "results_without_range"), 1);
    report_free(&read);
    ck_assert_double_eq(score_of(&at, "u1", UUID_1, "l1"), 0.75);
    ck_assert_double_eq(score_of(&at, "u1", UUID_2, "l1"), 0.1); /* the objective's own score, on the scale of the line item */
    ck_assert_double_eq(score_of(&at, "u1", UUID_1, "l2"), 0.5);
    ck_assert_double_eq(score_of(&at, "u2", UUID_1, "l1"), -1);

    int64_t before = last_change(&at);
    read = import_with(&at, &files, &options, NULL, PZ_OK);
    expect(read, "results", 0, 0, 0, 3);
    report_free(&read);
    ck_assert_int_eq(last_change(&at), before);

    roster_change(&files, "results.csv", ",7.5,", ",10,");                                                             /* corrected */
    roster_change(&files, "results.csv", "x3,,,l2,u1,fully graded,0.5,2026-09-10,,,c1,false,false,false,false\n", ""); /* withdrawn */
    read = import_with(&at, &files, &options, NULL, PZ_OK);
    expect(read, "results", 0, 1, 1, 1);
    report_free(&read);
    ck_assert_double_eq(score_of(&at, "u1", UUID_1, "l1"), 1);
    ck_assert_double_eq(score_of(&at, "u1", UUID_1, "l2"), -1);

    roster_change(&files, "results.csv", "x4,",
                  "x3,,,l2,u1,fully graded,0.25,2026-09-10,,,c1,false,false,false,false\nx4,"); /* and comes back */
    read = import_with(&at, &files, &options, NULL, PZ_OK);
    expect(read, "results", 0, 1, 0, 2);
    report_free(&read);
    ck_assert_double_eq(score_of(&at, "u1", UUID_1, "l2"), 0.25);

    roster_change(&files, "lineItemLearningObjectiveIds.csv", "o1,,,l1,case," UUID_1 "\n", ""); /* the quiz no longer bears on the first */
    read = import_with(&at, &files, &options, NULL, PZ_OK);
    expect(read, "lineItemLearningObjectiveIds", 0, 0, 1, 2);
    expect(read, "results", 0, 0, 1, 2);
    report_free(&read);
    ck_assert_double_eq(score_of(&at, "u1", UUID_1, "l1"), -1);
    ck_assert_double_eq(score_of(&at, "u1", UUID_2, "l1"), 0.1);
    roster_free(&files);
    office_end(&at);
}
END_TEST

START_TEST(demographics_are_kept_only_when_asked)
{
    for (int asked = 0; asked <= 1; asked++) {
        office at;
        roster_files files;
        pz_import_options options = options_of(20);
        char *json;
        office_start(&at);
        roster_start(&files);
        roster_add(&files, "demographics", "bulk",
                   "sourcedId,status,dateLastModified,birthDate,sex,americanIndianOrAlaskaNative,asian,blackOrAfricanAmerican,"
                   "nativeHawaiianOrOtherPacificIslander,white,demographicRaceTwoOrMoreRaces,hispanicOrLatinoEthnicity,countryOfBirthCode,"
                   "stateOfBirthAbbreviation,cityOfBirth,publicSchoolResidenceStatus\nu1,,,2015-04-17,female,,true,,,,,,ZZ,,Atlantis,\n");
        options.demographics = asked;
        report read = import_with(&at, &files, &options, NULL, PZ_OK);
        ck_assert_int_eq(report_difference(&read, "demographics", "new"), asked ? 1 : -1);
        report_free(&read);
        ck_assert_ok(pz_person_export(at.reader, find(&at, PZ_KIND_PERSON, "u1"), &json));
        ck_assert_int_eq(strstr(json, "Atlantis") != NULL, asked);
        pz_free(json);
        roster_free(&files);
        office_end(&at);
    }
}
END_TEST

/* ------------------------------------------------------------------------------------------------ changes, reach --- */

/* The same school with everything but the named files absent, and those as changes. */
static void only_changes(roster_files *files, const char *name, const char *text)
{
    static const char *const all[] = {"academicSessions", "classes", "courses", "enrollments", "orgs", "roles", "users"};
    files->count = 1;
    for (int i = 0; i < 7; i++) {
        char from[64], to[64], file[64];
        int is_it = !strcmp(all[i], name);
        snprintf(from, sizeof from, "file.%s,bulk", all[i]);
        snprintf(to, sizeof to, "file.%s,%s", all[i], is_it ? "delta" : "absent");
        roster_change(files, "manifest.csv", from, to);
        snprintf(file, sizeof file, "%s.csv", name);
        if (is_it) roster_put(files, file, text);
    }
}

START_TEST(changes_end_what_they_delete_and_nothing_else)
{
    static const char header[] =
        "sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate\n";
    office at;
    roster_files files;
    pz_import_options options = options_of(0);
    char text[600];
    office_start(&at);
    roster_start(&files);
    report read = import_with(&at, &files, &options, NULL, PZ_OK);
    report_free(&read);
    snprintf(text, sizeof text,
             "%se1,tobedeleted,2026-09-01T10:00:00.000Z,,,,,,,\ne9,active,2026-09-01T10:00:00.000Z,c2,s2,u1,student,,,\n"
             "e2,active,2026-09-01T10:00:00.000Z,c1,s1,u2,student,,2026-08-01,2026-12-20\n",
             header);
    only_changes(&files, "enrollments", text);
    read = import_with(&at, &files, &options, NULL, PZ_OK);
    expect(read, "enrollments", 1, 1, 1, 0);
    ck_assert_int_eq(report_difference(&read, "users", "gone"), -1);
    report_free(&read);
    ck_assert_uint_eq(people_in(&at, 0), 7);
    roster_change(&files, "enrollments.csv", "c2,s2,u1", "c2,s2,u99");
    read = import_with(&at, &files, &options, NULL, PZ_E_FAULTS); /* the store does not have the user either */
    ck_assert_str_eq(report_text(report_fault(&read, "reference.missing_target_record", "userSourcedId"), "value"), "u99");
    report_free(&read);
    roster_free(&files);
    office_end(&at);
}
END_TEST

START_TEST(an_archive_ends_nothing_in_orgs_that_it_does_not_cover)
{
    office at;
    roster_files files;
    pz_import_options options = options_of(0);
    pz_class **classes;
    size_t count;
    office_start(&at);
    roster_start(&files);
    report read = import_with(&at, &files, &options, NULL, PZ_OK);
    report_free(&read);
    /* The first school alone, without the district above it. */
    roster_put(&files, "orgs.csv",
               "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\ns1,,,North School,school,N-1,d1\n");
    roster_change(&files, "courses.csv", "k2,,,y1,Mathematics 6,M6,06,s2,Mathematics,\n", "");
    roster_change(&files, "classes.csv", "c2,,,Mathematics 6b,06,k2,6b,scheduled,Room 2,s2,\"t1,y1\",Mathematics,,2\n", "");
    roster_change(&files, "users.csv", "u3,,,true,cy,,Cy,Three,,1003,,,,,06,,,,,,s2,\n", "");
    roster_change(&files, "users.csv", "w2,,,true,lee,,Lee,Leader,,,,,,,,,,,,,d1,\n", "");
    roster_change(&files, "roles.csv", "r3,,,u3,primary,student,,,s2,\n", "");
    roster_change(&files, "roles.csv", "r7,,,w2,primary,districtAdministrator,,,d1,\n", "");
    roster_change(&files, "enrollments.csv", "e3,,,c2,s2,u3,student,,,\n", "");
    read = import_with(&at, &files, &options, NULL, PZ_OK);
    expect(read, "orgs", 0, 0, 0, 1);
    expect(read, "classes", 0, 0, 0, 1);
    expect(read, "users", 0, 0, 0, 5);
    expect(read, "enrollments", 0, 0, 0, 3);
    report_free(&read);
    ck_assert_ok(pz_class_list(at.reader, NULL, &classes, &count));
    ck_assert_uint_eq(count, 2);
    pz_free(classes);
    roster_free(&files);
    office_end(&at);
}
END_TEST

START_TEST(keys_guard_an_import)
{
    office at;
    roster_files files;
    pz_import_options options = options_of(100);
    office_start(&at);
    roster_start(&files);
    report read = import_with(&at, &files, &options, "night-1", PZ_OK);
    const char *change = report_text(read.root, "change");
    ck_assert_ptr_nonnull(change);
    report again = import_with(&at, &files, &options, "night-1", PZ_OK);
    int repeated = 0;
    ck_assert(pz__json_as_bool(pz__json_member(again.root, "repeated"), &repeated) && repeated);
    ck_assert_str_eq(report_text(again.root, "change"), change);
    expect(again, "users", 0, 0, 0, 7);
    report_free(&again);
    report_free(&read);
    roster_change(&files, "users.csv", "Ada,One", "Ada,Uno");
    char *path = roster_save(&files), *json;
    ck_assert_status(pz_import_oneroster(at.importer, path, &options, "night-1", &json), PZ_E_KEY_REUSED);
    pz_free(json);
    remove(path);
    free(path);
    roster_free(&files);
    office_end(&at);
}
END_TEST

START_TEST(what_comes_back_is_opened_again)
{
    office at;
    roster_files files;
    pz_import_options options = options_of(100);
    office_start(&at);
    roster_start(&files);
    report read = import_with(&at, &files, &options, NULL, PZ_OK);
    report_free(&read);
    pz_id class_id = find(&at, PZ_KIND_CLASS, "c2"), person = find(&at, PZ_KIND_PERSON, "u3");
    roster_change(&files, "classes.csv", "c2,,,Mathematics 6b,06,k2,6b,scheduled,Room 2,s2,\"t1,y1\",Mathematics,,2\n", "");
    roster_change(&files, "users.csv", "u3,,,true,cy,,Cy,Three,,1003,,,,,06,,,,,,s2,\n", "");
    roster_change(&files, "roles.csv", "r3,,,u3,primary,student,,,s2,\n", "");
    roster_change(&files, "enrollments.csv", "e3,,,c2,s2,u3,student,,,\n", "");
    read = import_with(&at, &files, &options, NULL, PZ_OK);
    expect(read, "classes", 0, 0, 1, 1);
    expect(read, "users", 0, 0, 1, 6);
    expect(read, "roles", 0, 0, 1, 6);
    expect(read, "enrollments", 0, 0, 1, 3);
    report_free(&read);
    ck_assert_uint_eq(people_in(&at, PZ_ROLE_LEARNER), 2);
    roster_free(&files);
    roster_start(&files);
    read = import_with(&at, &files, &options, NULL, PZ_OK);
    expect(read, "classes", 0, 1, 0, 1);
    expect(read, "users", 0, 1, 0, 6);
    expect(read, "roles", 0, 1, 0, 6);
    expect(read, "enrollments", 0, 1, 0, 3);
    report_free(&read);
    ck_assert_int_eq(find(&at, PZ_KIND_CLASS, "c2"), class_id);
    ck_assert_int_eq(find(&at, PZ_KIND_PERSON, "u3"), person);
    ck_assert_uint_eq(people_in(&at, PZ_ROLE_LEARNER), 3);
    roster_free(&files);
    office_end(&at);
}
END_TEST

/* The store has the guardian, but the archive that should list all people does not. */
START_TEST(a_bulk_archive_must_hold_what_it_refers_to)
{
    static const char row[] = "g2,,,true,gus,,Gus,Two,,,,,,,,,,,,,,\n";
    office at;
    roster_files files;
    pz_import_options options = options_of(100);
    office_start(&at);
    roster_start(&files);
    report read = import_with(&at, &files, &options, NULL, PZ_OK);
    report_free(&read);
    roster_change(&files, "users.csv", row, "");
    read = import_with(&at, &files, &options, NULL, PZ_E_FAULTS);
    ck_assert_str_eq(report_text(report_fault(&read, "reference.missing_target_record", "agentSourcedIds"), "value"), "g2");
    ck_assert_str_eq(report_text(report_fault(&read, "reference.missing_target_record", "userSourcedId"), "value"), "g2");
    report_free(&read);
    options.mode = PZ_IMPORT_LENIENT;
    read = import_with(&at, &files, &options, NULL, PZ_OK);
    expect(read, "users", 0, 0, 1, 6);
    expect(read, "guardians", 0, 0, 1, 2);
    report_free(&read);
    roster_free(&files);
    office_end(&at);
}
END_TEST

typedef struct patience {
    int calls, stop_at;
} patience;

static pz_status lose_patience(double done, void *user_data)
{
    patience *left = user_data;
    ck_assert(done >= 0 && done <= 1);
    return ++left->calls == left->stop_at ? PZ_E_CANCELLED : PZ_OK;
}

START_TEST(an_import_can_be_stopped_at_any_time)
{
    office at;
    roster_files files;
    pz_import_options options = options_of(20);
    patience left = {0, 0};
    pz_status status;
    char *path, *json;
    office_start(&at);
    roster_start(&files);
    path = roster_save(&files);
    options.progress = lose_patience;
    options.progress_data = &left;
    int64_t before = last_change(&at);
    do {
        left.calls = 0;
        left.stop_at++;
        status = pz_import_oneroster(at.importer, path, &options, NULL, &json);
        ck_assert(status == PZ_E_CANCELLED || status == PZ_OK);
        if (status == PZ_E_CANCELLED) ck_assert_int_eq(last_change(&at), before);
        pz_free(json);
    } while (status == PZ_E_CANCELLED);
    ck_assert_int_gt(left.stop_at, 10);
    ck_assert_int_eq(last_change(&at), before + 1);
    remove(path);
    free(path);
    roster_free(&files);
    office_end(&at);
}
END_TEST

START_TEST(an_import_joins_a_change)
{
    office at;
    roster_files files;
    pz_import_options options = options_of(100);
    int32_t repeated;
    int64_t change;
    office_start(&at);
    roster_start(&files);
    int64_t before = last_change(&at);
    ck_assert_ok(pz_change_begin(at.importer, "start of the year", NULL, &repeated));
    report read = import_with(&at, &files, &options, NULL, PZ_OK);
    report_free(&read);
    ck_assert_ok(pz_change_undo(at.importer));
    ck_assert_int_eq(last_change(&at), before);
    ck_assert_uint_eq(people_in(&at, 0), 0);
    ck_assert_ok(pz_change_begin(at.importer, "start of the year", NULL, &repeated));
    read = import_with(&at, &files, &options, NULL, PZ_OK);
    report_free(&read);
    roster_change(&files, "users.csv", "Ada,One", "Ada,Uno");
    roster_change(&files, "roles.csv", "u2,primary", "u2,secondary");
    roster_change(&files, "enrollments.csv", "e4,,,c1,s1,w1,teacher,true", "e4,,,c1,s1,w1,teacher,false");
    read = import_with(&at, &files, &options, NULL, PZ_OK); /* revises what the same change wrote */
    expect(read, "users", 0, 1, 0, 6);
    expect(read, "roles", 0, 1, 0, 6);
    expect(read, "enrollments", 0, 1, 0, 3);
    report_free(&read);
    ck_assert_ok(pz_change_commit(at.importer, &change));
    ck_assert_int_eq(change, before + 1);
    read = import_with(&at, &files, &options, NULL, PZ_OK);
    ck_assert_ptr_null(report_text(read.root, "change"));
    report_free(&read);
    roster_free(&files);
    office_end(&at);
}
END_TEST

/* The file of one archive whose codes are known, and its codes; 0 past the end. The document is not kept: the office counts what is held. */
static int expected_at(const char *folder, size_t index, char file[200], char codes[12][64], size_t *out_count)
{
    char path[600], *text;
    pz__json *document;
    const pz__json_value *row;
    snprintf(path, sizeof path, "%s/expected.json", folder);
    text = read_whole(path);
    ck_assert_ok(pz__json_parse(text, PZ_NUL_TERMINATED, NULL, &document));
    for (row = pz__json_first(pz__json_root(document)); row && index > 0; index--) row = pz__json_next(row);
    *out_count = 0;
    if (row) snprintf(file, 200, "%s", report_text(row, "file"));
    for (const pz__json_value *code = pz__json_first(pz__json_member(row, "expectedCodes")); code; code = pz__json_next(code))
        snprintf(codes[(*out_count)++], 64, "%s", pz__json_as_text(code));
    pz__json_free(document);
    free(text);
    return row != NULL;
}

/* The same codes on import as on checking, and nothing written. */
START_TEST(real_archives_give_their_codes)
{
    const char *folder = real_data("oneroster");
    char file[200], path[900], codes[12][64];
    size_t count;
    for (size_t i = 0; folder && expected_at(folder, i, file, codes, &count); i++) {
        office at;
        office_start(&at);
        int64_t before = last_change(&at);
        snprintf(path, sizeof path, "%s/%s", folder, file);
        report read = import_roster(&at, path, PZ_IMPORT_STRICT, 0, count ? PZ_E_FAULTS : PZ_OK);
        for (size_t k = 0; k < count; k++) ck_assert_msg(report_fault(&read, codes[k], NULL) != NULL, "%s lacks %s", path, codes[k]);
        ck_assert(count == 0 || last_change(&at) == before);
        report_free(&read);
        office_end(&at);
    }
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("roster_import");
    TCase *test = tcase_create("roster_import");
    tcase_set_timeout(test, 60);
    tcase_add_test(test, roles_become_those_of_the_library);
    tcase_add_test(test, agents_become_guardians);
    tcase_add_test(test, version_1_1_has_roles_in_its_users);
    tcase_add_test(test, results_become_evidence_by_competency);
    tcase_add_test(test, demographics_are_kept_only_when_asked);
    tcase_add_test(test, changes_end_what_they_delete_and_nothing_else);
    tcase_add_test(test, an_archive_ends_nothing_in_orgs_that_it_does_not_cover);
    tcase_add_test(test, keys_guard_an_import);
    tcase_add_test(test, what_comes_back_is_opened_again);
    tcase_add_test(test, a_bulk_archive_must_hold_what_it_refers_to);
    tcase_add_test(test, an_import_can_be_stopped_at_any_time);
    tcase_add_test(test, an_import_joins_a_change);
    tcase_add_test(test, real_archives_give_their_codes);
    suite_add_tcase(suite, test);
    return suite;
}

SUITE_MAIN(make_suite)
