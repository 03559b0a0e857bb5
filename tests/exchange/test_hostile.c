/* Files that mean harm: zips, CSV and JSON that would exhaust memory or mislead, and files that are mutated at random. Each is refused with an error of its own,
 * in bounded memory, and nothing is written. */
#include <malloc.h>
#include <sys/stat.h>

#include "base/random.h"
#include "exchange/office.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define MIB (1024 * 1024)

/* ------------------------------------------------------------------------------------------------ peak of memory --- */

static size_t held, peak;

static void *count_allocate(size_t size, void *user_data)
{
    void *block = malloc(size);
    (void)user_data;
    if (block) held += malloc_usable_size(block);
    if (held > peak) peak = held;
    return block;
}

static void count_release(void *block, void *user_data)
{
    (void)user_data;
    if (block) held -= malloc_usable_size(block);
    free(block);
}

static void *count_reallocate(void *block, size_t size, void *user_data)
{
    size_t before = block ? malloc_usable_size(block) : 0;
    void *grown = realloc(block, size);
    (void)user_data;
    if (grown) held += malloc_usable_size(grown) - before;
    if (held > peak) peak = held;
    return grown;
}

static void count_memory(void)
{
    pz_allocator hook = {sizeof hook, count_allocate, count_reallocate, count_release, NULL};
    ck_assert_int_eq(pz_allocator_set(&hook), PZ_OK);
    held = peak = 0;
}

/* ---------------------------------------------------------------------------------------------------------- zips --- */

/* The import refuses it with the status and the code, within 32 MiB, and writes nothing. */
static void refuse_zip(const zip_part *parts, size_t count, pz_status wanted, const char *code)
{
    zip_bytes zip = zip_build(parts, count);
    char *path = save_text((const char *)zip.data, zip.length), *json;
    office at;
    office_start(&at);
    int64_t before = last_change(&at);
    ck_assert_status(pz_import_oneroster(at.importer, path, NULL, NULL, &json), wanted);
    report read = report_of_import(json);
    const pz__json_value *fault = report_fault(&read, code, NULL);
    ck_assert_msg(fault != NULL && report_text(fault, "file") != NULL, "%s: %s", code, json);
    ck_assert_int_eq(last_change(&at), before);
    report_free(&read);
    office_end(&at);
    remove(path);
    free(path);
    free(zip.data);
}

START_TEST(refuses_hostile_zips)
{
    static char zeros[2000];
    static char big[100000];
    const zip_part manifest = {.name = "manifest.csv", .data = roster_manifest, .length = PZ_NUL_TERMINATED};
    const struct {
        zip_part part;
        pz_status status;
        const char *code;
    } cases[] = {
        {{.name = "../users.csv", .data = "x", .length = 1}, PZ_E_HOSTILE, "zip.entry_path_traversal"},
        {{.name = "/users.csv", .data = "x", .length = 1}, PZ_E_HOSTILE, "zip.entry_absolute_path"},
        {{.name = "a\\users.csv", .data = "x", .length = 1}, PZ_E_HOSTILE, "zip.entry_backslash"},
        {{.name = "Manifest.csv", .data = "x", .length = 1}, PZ_E_HOSTILE, "zip.entry_duplicate_name"},
        {{.name = "users.csv", .data = "/etc/passwd", .length = 11, .attributes = S_IFLNK | 0777}, PZ_E_HOSTILE, "zip.entry_symlink"},
        {{.name = "users.csv", .data = zeros, .length = sizeof zeros, .method = ZIP_DEFLATED, .claimed = 1 << 30},
         PZ_E_HOSTILE,
         "zip.entry_ratio_exceeded"},
        {{.name = "users.csv", .data = "0123456789abcdef", .length = 16, .flags = ZIP_ENCRYPTED}, PZ_E_FORMAT, "zip.entry_encrypted"},
        {{.name = "users.csv", .alias = "roles.csv", .data = "x", .length = 1}, PZ_E_HOSTILE, "zip.entry_name_mismatch"},
        {{.name = "users.csv", .data = "x", .length = 1, .method = 14}, PZ_E_FORMAT, "zip.entry_method"},
        {{.name = "users.csv", .data = "x", .length = 1, .checksum = 1}, PZ_E_FORMAT, "zip.entry_corrupt"}};
    for (size_t i = 0; i < COUNT(cases); i++) {
        zip_part parts[2] = {manifest, cases[i].part};
        refuse_zip(parts, 2, cases[i].status, cases[i].code);
    }
    zip_part shared[3] = {{.name = "users.csv", .data = big, .length = sizeof big},
                          {.name = "orgs.csv", .data = big, .length = sizeof big, .same_place = 1},
                          manifest};
    refuse_zip(shared, 3, PZ_E_HOSTILE, "zip.entry_overlap");
}
END_TEST

START_TEST(refuses_what_is_no_zip)
{
    static const char *const texts[] = {"", "PK", "sourcedId\n1\n", "PK\3\4 and nothing more"};
    for (size_t i = 0; i < COUNT(texts); i++) {
        char *path = save_text(texts[i], strlen(texts[i])), *json;
        ck_assert_status(pz_oneroster_check(path, NULL, &json), PZ_E_FORMAT);
        report read = report_of_import(json);
        const pz__json_value *fault = report_fault(&read, "zip.invalid_archive", NULL);
        ck_assert_msg(fault != NULL, "%s", read.text);
        ck_assert_str_eq(report_text(fault, "file"), strrchr(path, '/') + 1);
        ck_assert_ptr_nonnull(strstr(report_text(fault, "message"), "this is not a zip file, or its end is cut off."));
        report_free(&read);
        remove(path);
        free(path);
    }
}
END_TEST

/* A folder whose path ends with slashes has a name too. */
START_TEST(names_the_folder_that_is_refused)
{
    char folder[] = "/tmp/pz_folder_XXXXXX", path[64], *json;
    ck_assert_ptr_nonnull(mkdtemp(folder));
    for (int i = 0; i < 65; i++) {
        snprintf(path, sizeof path, "%s/f%d.csv", folder, i);
        FILE *file = fopen(path, "wb");
        ck_assert(file && fclose(file) == 0);
    }
    snprintf(path, sizeof path, "%s//", folder);
    ck_assert_status(pz_oneroster_check(path, NULL, &json), PZ_E_HOSTILE);
    report read = report_of_import(json);
    ck_assert_str_eq(report_text(report_fault(&read, "zip.entry_count_exceeded", NULL), "file"), folder + 5);
    ck_assert_ptr_nonnull(strstr(read.text, "there are too many entries. The limit is 64."));
    report_free(&read);
    for (int i = 0; i < 65; i++) {
        snprintf(path, sizeof path, "%s/f%d.csv", folder, i);
        ck_assert_int_eq(remove(path), 0);
    }
    ck_assert_int_eq(rmdir(folder), 0);
}
END_TEST

/* ----------------------------------------------------------------------------------------------------------- CSV --- */

/* A users file of these bytes: the code, and where reading can go no further, a fatal fault also in lenient mode. */
static void refuse_csv(const char *text, size_t length, const char *code)
{
    roster_files files;
    char *path, *json;
    roster_start(&files);
    for (size_t i = 0; i < files.count; i++)
        if (!strcmp(files.parts[i].name, "users.csv")) files.parts[i].data = text, files.parts[i].length = length;
    path = roster_save(&files);
    count_memory();
    ck_assert_ok(pz_oneroster_check(path, NULL, &json));
    ck_assert_msg(peak < 8 * (size_t)MIB, "%s took %zu MiB", code, peak / MIB);
    ck_assert_msg(strstr(json, code) != NULL, "%s: %.2000s", code, json);
    ck_assert_msg(!strcmp(code, "table.missing_header") || !strstr(json, "table.missing_header"), "%s: %.2000s", code, json);
    pz_free(json);
    ck_assert_int_eq(pz_memory_blocks(), 0);
    ck_assert_int_eq(pz_allocator_set(NULL), PZ_OK);
    remove(path);
    free(path);
    roster_free(&files);
}

START_TEST(bounds_hostile_csv)
{
    enum { MUCH = 16 * MIB };
    static const char with_nul[] = "sourcedId,status\nu\0001,\n";
    char *much = malloc(MUCH);
    refuse_csv(with_nul, sizeof with_nul - 1, "csv.nul");
    refuse_csv("\xFF\xFEs\0o\0", 6, "csv.utf16");
    refuse_csv("sourcedId\n\"never closed\n", 24, "csv.unclosed_quote");
    memset(much, ',', MUCH);
    refuse_csv(much, MUCH, "csv.too_many_columns");
    memset(much, 'x', MUCH);
    refuse_csv(much, MUCH, "csv.field_too_long");
    much[0] = '"';
    refuse_csv(much, MUCH, "csv.unclosed_quote");
    memset(much, '"', MUCH);
    refuse_csv(much, MUCH, "csv.");
    for (int i = 0; i < MUCH; i++) much[i] = i % 2 ? '\n' : 'x';
    refuse_csv(much, MUCH, "schema.missing_header");
    memset(much, '\n', MUCH);
    refuse_csv(much, MUCH, "table.missing_header");
    free(much);
}
END_TEST

/* A million faults: those asked for are listed, the others are counted. */
START_TEST(bounds_the_report)
{
    enum { ROWS = 50000 };
    static const char header[] = "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\n";
    roster_files files;
    char *text = malloc(sizeof header + ROWS * 24), *at = stpcpy(text, header), *path, *json;
    for (int i = 0; i < ROWS; i++) at += sprintf(at, "o%d,x,y,,z,,\n", i);
    roster_start(&files);
    roster_put(&files, "orgs.csv", text);
    path = roster_save(&files);
    count_memory();
    ck_assert_ok(pz_oneroster_check(path, NULL, &json));
    ck_assert_msg(peak < 64 * (size_t)MIB, "%zu MiB", peak / MIB);
    ck_assert_uint_lt(strlen(json), MIB);
    report read = report_of_import(json);
    ck_assert_uint_eq(report_faults(&read), 1000);
    ck_assert_int_gt(report_number(read.root, "faults_left_off"), 5 * ROWS);
    report_free(&read);
    ck_assert_int_eq(pz_allocator_set(NULL), PZ_OK);
    remove(path);
    free(path);
    free(text);
    roster_free(&files);
}
END_TEST

/* A roster with a users file of so many rows, each with these agents, and nobody in any role. */
static char *save_users(int rows, const char *agents)
{
    static const char header[] =
        "sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,"
        "agentSourcedIds,grades,password,userMasterIdentifier,preferredGivenName,preferredMiddleName,preferredFamilyName,"
        "primaryOrgSourcedId,pronouns\n";
    roster_files files;
    char *text = malloc(sizeof header + (size_t)rows * (60 + strlen(agents))), *at = stpcpy(text, header), *path;
    for (int i = 0; i < rows; i++) at += sprintf(at, "u%d,,,true,n%d,,G,F,,,,,,\"%s\",,,,,,,,\n", i, i, agents);
    roster_start(&files);
    roster_put(&files, "users.csv", text);
    roster_put(&files, "roles.csv",
               "sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,userProfileSourcedId\n");
    roster_put(&files, "enrollments.csv",
               "sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate\n");
    path = roster_save(&files);
    free(text);
    roster_free(&files);
    return path;
}

static report check_rows(const char *path, int32_t most, int32_t mode, pz_status wanted)
{
    pz_import_options options = PZ_IMPORT_OPTIONS_INIT;
    char *json;
    options.rows_max = most;
    options.mode = mode;
    options.faults_max = 1;
    ck_assert_status(pz_oneroster_check(path, &options, &json), wanted);
    return report_of_import(json);
}

/* The limit is of all files together: the row that goes beyond is named, also in lenient mode and where no more faults were asked for. */
START_TEST(stops_at_the_limit_of_rows)
{
    char *path = save_users(100, "u1,u2,u3"), *broken = save_users(100, "u1,nobody");
    int exact = 0;
    for (int most = 400; most < 440 && !exact; most++) {
        pz_import_options options = PZ_IMPORT_OPTIONS_INIT;
        char *json;
        options.rows_max = most;
        if (pz_oneroster_check(path, &options, &json) == PZ_OK) exact = most;
        pz_free(json);
    }
    ck_assert_int_gt(exact, 400); /* 100 rows and 300 ids, beside the small files before and behind */
    for (int mode = PZ_IMPORT_STRICT; mode <= PZ_IMPORT_LENIENT; mode++) {
        report read = check_rows(path, exact, mode, PZ_OK);
        ck_assert_msg(report_faults(&read) == 0, "%s", read.text);
        report_free(&read);
        read = check_rows(path, exact - 1, mode, PZ_E_HOSTILE);
        const pz__json_value *fault = report_fault(&read, "rows_above_limit", NULL);
        ck_assert_msg(fault != NULL, "%s", read.text);
        ck_assert_str_eq(report_text(fault, "severity"), "fatal");
        ck_assert_str_eq(report_text(fault, "file"), "users.csv");
        ck_assert_int_eq(report_number(fault, "line"), 101);
        char limit[32];
        snprintf(limit, sizeof limit, "beyond %d rows", exact - 1);
        ck_assert_ptr_nonnull(strstr(report_text(fault, "message"), limit));
        ck_assert_ptr_nonnull(strstr(report_text(fault, "message"), "--row-limit"));
        ck_assert_ptr_nonnull(strstr(pz_last_error()->message, "line 101 of users.csv"));
        report_free(&read);
        read = check_rows(broken, 200, mode, PZ_E_HOSTILE); /* more faults than asked for lie before it */
        ck_assert_uint_eq(report_faults(&read), 2);
        ck_assert_msg(report_fault(&read, "rows_above_limit", NULL) != NULL, "%s", read.text);
        report_free(&read);
    }
    remove(path);
    remove(broken);
    free(path);
    free(broken);
}
END_TEST

/* Memory grows with rows as docs/exchange.md says, and stays where the limit is, however many rows there are. */
START_TEST(bounds_memory_by_rows)
{
    enum { ROWS = 200000, MOST = 20000, BYTES_OF_A_ROW = 100 };
    char *path = save_users(ROWS, "");
    count_memory();
    report read = check_rows(path, ROWS + 100, PZ_IMPORT_STRICT, PZ_OK);
    ck_assert_msg(peak < 2 * (size_t)MIB + (size_t)ROWS * BYTES_OF_A_ROW, "%zu bytes", peak);
    report_free(&read);
    held = peak = 0;
    read = check_rows(path, MOST, PZ_IMPORT_LENIENT, PZ_E_HOSTILE);
    ck_assert_msg(peak < 2 * (size_t)MIB + (size_t)MOST * BYTES_OF_A_ROW, "%zu bytes", peak);
    report_free(&read);
    ck_assert_int_eq(pz_memory_blocks(), 0);
    ck_assert_int_eq(pz_allocator_set(NULL), PZ_OK);
    remove(path);
    free(path);
}
END_TEST

/* Answers are held until all are read, so each item of a wide row counts. */
START_TEST(stops_csv_at_the_limit_of_rows)
{
    static const char mapping[] = "{\"kind\": \"responses\", \"columns\": {\"learner\": \"who\", \"competency\": {\"value\": \"A\"}}, "
                                  "\"wide\": [\"Q1\", \"Q2\"]}";
    static const char text[] = "who,Q1,Q2\nu1,1,0\nu2,1,0\n";
    for (int most = 3; most <= 4; most++) {
        pz_import_options options = PZ_IMPORT_OPTIONS_INIT;
        char *path = save_text(text, sizeof text - 1), *json;
        office at;
        office_start(&at);
        int64_t before = last_change(&at);
        options.rows_max = most;
        ck_assert_status(pz_import_csv(at.importer, path, mapping, PZ_NUL_TERMINATED, &options, NULL, &json),
                         most == 3 ? PZ_E_HOSTILE : PZ_E_FAULTS);
        report read = report_of_import(json);
        const pz__json_value *fault = report_fault(&read, "rows_above_limit", NULL);
        ck_assert_int_eq(fault != NULL, most == 3);
        if (fault) ck_assert_int_eq(report_number(fault, "line"), 3);
        ck_assert_int_eq(last_change(&at), before);
        report_free(&read);
        office_end(&at);
        remove(path);
        free(path);
    }
}
END_TEST

/* ---------------------------------------------------------------------------------------------------------- JSON --- */

START_TEST(refuses_hostile_json)
{
    static const struct {
        const char *text, *code;
        pz_status status;
    } cases[] = {{"", "json.empty", PZ_E_FORMAT},
                 {"{", "json.syntax", PZ_E_FORMAT},
                 {"{\"CFDocument\": 1e999999}", "json.number", PZ_E_FORMAT},
                 {"{\"CFDocument\": {}, \"CFDocument\": {}}", "json.duplicate_key", PZ_E_FORMAT},
                 {"{\"a\": \"\\ud800\"}", "json.utf8", PZ_E_FORMAT},
                 {"{} {}", "json.trailing", PZ_E_FORMAT},
                 {"true", "case.no_package", PZ_E_FORMAT},
                 {"{\"CFDocument\": 1}", "case.invalid_type", PZ_E_FAULTS},
                 {"{\"CFDocument\": {}, \"CFItems\": 5, \"CFAssociations\": {}}", "case.invalid_type", PZ_E_FAULTS},
                 {"{\"CFDocument\": {\"identifier\": 1}, \"CFItems\": [1, \"a\", [], {}, null]}", "case.missing_member", PZ_E_FAULTS}};
    for (size_t i = 0; i < COUNT(cases); i++) {
        char *path = save_text(cases[i].text, strlen(cases[i].text)), *json;
        office at;
        office_start(&at);
        int64_t before = last_change(&at);
        ck_assert_status(pz_import_case(at.importer, path, NULL, NULL, &json), cases[i].status);
        report read = report_of_import(json);
        ck_assert_msg(report_fault(&read, cases[i].code, NULL) != NULL, "%s: %s", cases[i].code, json);
        ck_assert_int_eq(last_change(&at), before);
        report_free(&read);
        office_end(&at);
        remove(path);
        free(path);
    }
}
END_TEST

/* ---------------------------------------------------------------------------------------------------------- fuzz --- */

/* Changes some bytes: one by one, in runs, cut off, doubled, or with what breaks parsers. */
static size_t mutate(pz__random *random, char *text, size_t length, size_t room)
{
    static const char *const bits[] = {"\"",          ",",    "\n",      "\r\n",   "\"\"",
                                       "\xFF",        "\xC3", "{",       "}",      "[",
                                       "]",           "null", "-1",      "1e9",    "9999999999999999999",
                                       "tobedeleted", "true", "\\u0000", "PK\1\2", "PK\5\6",
                                       "u1",          "s1",   "\t",      ";"};
    for (uint32_t times = 1 + pz__random_below(random, 4); times > 0 && length > 8; times--) {
        size_t at = pz__random_below(random, (uint32_t)length);
        const char *bit = bits[pz__random_below(random, COUNT(bits))];
        size_t size = strlen(bit), run = 1 + pz__random_below(random, 16);
        if (run > length - at) run = length - at;
        switch (pz__random_below(random, 6)) {
        case 0: text[at] = (char)pz__random_below(random, 256); break;
        case 1: text[at] ^= (char)(1 << pz__random_below(random, 8)); break;
        case 2:
            memmove(text + at, text + at + run, length - at - run);
            length -= run;
            break;
        case 3:
            if (length + size > room) break;
            memmove(text + at + size, text + at, length - at);
            memcpy(text + at, bit, size);
            length += size;
            break;
        case 4:
            if (length + run > room) break;
            memmove(text + at + run, text + at, length - at);
            length += run;
            break;
        default:
            if (pz__random_below(random, 8) == 0) length = at + 1;
            break;
        }
    }
    return length;
}

static int is_expected(pz_status status)
{
    return status == PZ_OK || status == PZ_E_FAULTS || status == PZ_E_FORMAT || status == PZ_E_HOSTILE || status == PZ_E_INVALID;
}

/* Whatever comes out: a status that is documented, a report that is JSON, and nothing written where it failed. */
static void survive(office *at, pz_status status, char *json, int64_t before, const char *what, int round)
{
    ck_assert_msg(is_expected(status), "%s, round %d gave %s: %s", what, round, pz_status_describe(status)->name, pz_last_error()->message);
    if (json) {
        report read = report_of_import(json);
        ck_assert_msg(status != PZ_E_FAULTS || report_number(read.root, "faults_left_off") > 0 || strstr(json, "\"fatal\""),
                      "%s, round %d: %s", what, round, json);
        report_free(&read);
    }
    ck_assert_msg(status == PZ_OK || last_change(at) == before, "%s, round %d wrote although it gave %s", what, round,
                  pz_status_describe(status)->name);
}

START_TEST(survives_mutated_rosters)
{
    enum { ROUNDS = 120, ROOM = 65536 };
    pz__random random;
    office at;
    roster_files sound;
    static char text[ROOM];
    pz__random_seed(&random, suite_seed());
    office_start(&at);
    roster_start(&sound);
    for (int round = 0; round < ROUNDS; round++) {
        pz_import_options options = PZ_IMPORT_OPTIONS_INIT;
        roster_files files = sound;
        zip_part *part = &files.parts[pz__random_below(&random, (uint32_t)files.count)];
        char *path, *json;
        options.mode = round % 2 ? PZ_IMPORT_LENIENT : PZ_IMPORT_STRICT;
        options.gone_percent_max = round % 3 ? 100 : 20;
        options.source = "sis";
        if (round % 4) { /* a file within the zip */
            memcpy(text, part->data, part->length);
            part->length = mutate(&random, text, part->length, ROOM);
            part->data = text;
            path = roster_save(&files);
        } else { /* the zip itself */
            zip_bytes zip = zip_build(files.parts, files.count);
            memcpy(text, zip.data, zip.length);
            path = save_text(text, mutate(&random, text, zip.length, ROOM));
            free(zip.data);
        }
        int64_t before = last_change(&at);
        pz_status status = pz_import_oneroster(at.importer, path, &options, NULL, &json);
        survive(&at, status, json, before, "roster", round);
        remove(path);
        free(path);
    }
    char *json;
    pz_actor *verifier;
    ck_assert_ok(pz_actor_open_service(at.store, "verify", PZ_SCOPE_VERIFY, "tests", &verifier));
    ck_assert_ok(pz_store_verify(verifier, NULL, NULL, &json));
    pz_free(json);
    pz_actor_free(verifier);
    roster_free(&sound);
    office_end(&at);
}
END_TEST

START_TEST(survives_mutated_packages_and_tables)
{
    static const char package[] = "{\"CFDocument\": {\"identifier\": \"00000000-0000-4000-8000-000000000000\", \"uri\": \"u\", "
                                  "\"creator\": \"Us\", \"title\": \"T\", "
                                  "\"lastChangeDateTime\": \"2026-01-01T00:00:00Z\"}, \"CFItems\": [{\"identifier\": "
                                  "\"00000000-0000-4000-8000-000000000001\", \"uri\": \"u\", "
                                  "\"fullStatement\": \"Add\", \"humanCodingScheme\": \"A.1\", \"educationLevel\": [\"05\"], "
                                  "\"lastChangeDateTime\": \"2026-01-01T00:00:00Z\"}], "
                                  "\"CFAssociations\": [{\"identifier\": \"00000000-0000-4000-8000-00000000000a\", \"uri\": \"u\", "
                                  "\"associationType\": \"precedes\", \"sequenceNumber\": "
                                  "1, \"originNodeURI\": {\"title\": \"t\", \"identifier\": \"00000000-0000-4000-8000-000000000001\", "
                                  "\"uri\": \"u\"}, \"destinationNodeURI\": {\"title\": "
                                  "\"t\", \"identifier\": \"00000000-0000-4000-8000-000000000002\", \"uri\": \"u\"}, "
                                  "\"lastChangeDateTime\": \"2026-01-01T00:00:00Z\"}]}";
    static const char table[] =
        "who,item,on,choice,right,at\nu1,Q1,A.1,B,B,2026-11-02T09:00:00Z\nu2,\"Q,2\",A.1,A,B,2026-11-02T09:01:00Z\n";
    static const char mapping[] =
        "{\"kind\": \"responses\", \"columns\": {\"learner\": \"who\", \"item\": 2, \"competency\": {\"column\": \"on\", \"split\": "
        "\";\"}, "
        "\"choice\": \"choice\", \"correct_choice\": \"right\", \"at\": \"at\"}, \"items\": {\"Q1\": {\"correct\": \"B\"}}}";
    enum { ROUNDS = 120, ROOM = 4096 };
    pz__random random;
    office at;
    roster_files files;
    static char text[ROOM], said[ROOM];
    pz__random_seed(&random, suite_seed());
    office_start(&at);
    roster_start(&files);
    report first = import_files(&at, &files, 0, PZ_OK);
    report_free(&first);
    roster_free(&files);
    for (int round = 0; round < ROUNDS; round++) {
        pz_import_options options = PZ_IMPORT_OPTIONS_INIT;
        char *path, *json = NULL;
        size_t length;
        options.mode = round % 2 ? PZ_IMPORT_LENIENT : PZ_IMPORT_STRICT;
        options.gone_percent_max = 100;
        options.source = "sis";
        int64_t before = last_change(&at);
        memcpy(text, package, sizeof package - 1);
        path = save_text(text, mutate(&random, text, sizeof package - 1, ROOM));
        pz_status status = pz_import_case(at.importer, path, &options, NULL, &json);
        survive(&at, status, json, before, "package", round);
        remove(path);
        free(path);
        before = last_change(&at);
        memcpy(text, table, sizeof table - 1);
        memcpy(said, mapping, sizeof mapping - 1);
        length = round % 3 ? sizeof mapping - 1 : mutate(&random, said, sizeof mapping - 1, ROOM);
        path = save_text(text, mutate(&random, text, sizeof table - 1, ROOM));
        status = pz_import_csv(at.importer, path, said, length, &options, NULL, &json);
        survive(&at, status, json, before, "table", round);
        status = pz_csv_mapping_suggest(path, NULL, &json);
        ck_assert_msg(is_expected(status), "a suggestion, round %d, gave %s", round, pz_status_describe(status)->name);
        pz_free(json);
        remove(path);
        free(path);
    }
    office_end(&at);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("hostile");
    TCase *test = tcase_create("hostile");
    tcase_set_timeout(test, 120);
    tcase_add_test(test, refuses_hostile_zips);
    tcase_add_test(test, refuses_what_is_no_zip);
    tcase_add_test(test, names_the_folder_that_is_refused);
    tcase_add_test(test, bounds_hostile_csv);
    tcase_add_test(test, bounds_the_report);
    tcase_add_test(test, stops_at_the_limit_of_rows);
    tcase_add_test(test, bounds_memory_by_rows);
    tcase_add_test(test, stops_csv_at_the_limit_of_rows);
    tcase_add_test(test, refuses_hostile_json);
    tcase_add_test(test, survives_mutated_rosters);
    tcase_add_test(test, survives_mutated_packages_and_tables);
    suite_add_tcase(suite, test);
    return suite;
}

SUITE_MAIN(make_suite)
