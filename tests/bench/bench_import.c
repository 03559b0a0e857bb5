/* A roster of 100,000 users and 1,000,000 enrollments, from its zip into a new store, and once more into the same one; beside a loop of prepared statements
 * that writes the same rows into the same tables with the same settings. Each runs in a process of its own, so that CPU time and peak memory are its own.
 * Prints one JSON object: rows, cpu_s and peak_mib of the import and of the repeat, raw_cpu_s, and ratio, raw to import (1: no slower than the rows alone).
 *
 *     bench_import [FOLDER] [USERS] [SEED]        default: $TMPDIR or /tmp, 100000, 1; ten enrollments a user */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zip.h>

#include "base/random.h"
#include "personalize/exchange.h"

enum { ENROLLMENTS_A_USER = 10, USERS_A_CLASS = 30, SCHOOLS = 50 };

static const char *const files[] = {"manifest", "orgs", "academicSessions", "courses", "classes", "users", "roles", "enrollments"};
enum { FILES = sizeof files / sizeof files[0] };

static char folder[512];
static int users = 100000;
static uint64_t seed = 1;

static void stop(const char *what)
{
    fprintf(stderr, "bench_import: %s\n", what);
    exit(1);
}

static const char *path_of(const char *name)
{
    static char paths[4][640];
    static int next;
    char *path = paths[next++ % 4];
    snprintf(path, 640, "%s/%s", folder, name);
    return path;
}

static void clear(const char *name)
{
    static const char *const ends[] = {"", "-wal", "-shm", ".lock", ".csv"};
    for (int i = 0; i < 5; i++) {
        char path[700];
        snprintf(path, sizeof path, "%s%s", path_of(name), ends[i]);
        unlink(path);
    }
}

/* ------------------------------------------------------------------------------------------------- the archive --- */

static int classes(void)
{
    int count = users * ENROLLMENTS_A_USER / USERS_A_CLASS;
    return count > 0 ? count : 1;
}

static void write_small(FILE *file, int which)
{
    static const char *const absent[] = {"categories",
                                         "classResources",
                                         "courseResources",
                                         "demographics",
                                         "lineItemLearningObjectiveIds",
                                         "lineItems",
                                         "lineItemScoreScales",
                                         "resources",
                                         "resultLearningObjectiveIds",
                                         "results",
                                         "resultScoreScales",
                                         "scoreScales",
                                         "userProfiles",
                                         "userResources"};
    switch (which) {
    case 0:
        fputs("propertyName,value\nmanifest.version,1.0\noneroster.version,1.2\n", file);
        for (int i = 1; i < FILES; i++) fprintf(file, "file.%s,bulk\n", files[i]);
        for (size_t i = 0; i < sizeof absent / sizeof absent[0]; i++) fprintf(file, "file.%s,absent\n", absent[i]);
        break;
    case 1:
        fputs("sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\ndistrict,,,District,district,,\n", file);
        for (int i = 0; i < SCHOOLS; i++) fprintf(file, "school-%d,,,School %d,school,,district\n", i, i);
        break;
    case 2:
        fputs("sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear\n"
              "year,,,Year,schoolYear,2026-08-01,2027-06-30,,2027\n",
              file);
        break;
    default:
        fputs("sourcedId,status,dateLastModified,schoolYearSourcedId,title,courseCode,grades,orgSourcedId,subjects,subjectCodes\n", file);
        for (int i = 0; i < SCHOOLS; i++) fprintf(file, "course-%d,,,year,Course %d,C%d,05,school-%d,Mathematics,\n", i, i, i, i);
    }
}

static void write_large(FILE *file, int which)
{
    pz__random random;
    pz__random_stream(&random, seed, (uint64_t)which);
    if (which == 4) {
        fputs("sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,schoolSourcedId,termSourcedIds,"
              "subjects,"
              "subjectCodes,periods\n",
              file);
        for (int i = 0; i < classes(); i++)
            fprintf(file, "class-%d,,,Class %d,05,course-%d,,scheduled,,school-%d,year,Mathematics,,1\n", i, i, i % SCHOOLS, i % SCHOOLS);
    } else if (which == 5) {
        fputs("sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,"
              "agentSourcedIds,"
              "grades,password,userMasterIdentifier,preferredGivenName,preferredMiddleName,preferredFamilyName,primaryOrgSourcedId,"
              "pronouns\n",
              file);
        for (int i = 0; i < users; i++)
            fprintf(file, "user-%d,,,true,user%d,,Given%u,Family%u,,%d,user%d@example.org,,,,05,,,,,,school-%d,\n", i, i,
                    pz__random_below(&random, 5000), pz__random_below(&random, 20000), 100000 + i, i, i % SCHOOLS);
    } else if (which == 6) {
        fputs("sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,userProfileSourcedId\n", file);
        for (int i = 0; i < users; i++)
            fprintf(file, "role-%d,,,user-%d,primary,%s,,,school-%d,\n", i, i, i % 25 ? "student" : "teacher", i % SCHOOLS);
    } else {
        fputs("sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate\n", file);
        for (int i = 0; i < users * ENROLLMENTS_A_USER; i++) {
            int user = i / ENROLLMENTS_A_USER, group = (int)pz__random_below(&random, (uint32_t)classes());
            fprintf(file, "enrollment-%08x,,,class-%d,school-%d,user-%d,%s,false,2026-08-24,2027-06-11\n", (unsigned)i * 2654435761u, group,
                    group % SCHOOLS, user, user % 25 ? "student" : "teacher");
        }
    }
}

static void make_archive(void)
{
    int error = 0;
    zip_t *zip = zip_open(path_of("roster.zip"), ZIP_CREATE | ZIP_TRUNCATE, &error);
    if (!zip) stop("the zip cannot be made");
    for (int i = 0; i < FILES; i++) {
        char name[64];
        FILE *file;
        snprintf(name, sizeof name, "%s.csv", files[i]);
        file = fopen(path_of(name), "wb");
        if (!file) stop("a file cannot be made");
        if (i < 4)
            write_small(file, i);
        else
            write_large(file, i);
        if (fclose(file)) stop("a file cannot be written");
        if (zip_file_add(zip, name, zip_source_file(zip, path_of(name), 0, -1), ZIP_FL_ENC_UTF_8) < 0) stop("a file cannot be packed");
    }
    if (zip_close(zip)) stop("the zip cannot be written");
}

/* ------------------------------------------------------------------------------------------------------- runs --- */

static void need(pz_status status)
{
    if (status != PZ_OK) stop(pz_last_error()->message);
}

/* `again`: into the store that is there. */
static void import_archive(int again)
{
    pz_store_options options = PZ_STORE_OPTIONS_INIT;
    pz_import_options import = PZ_IMPORT_OPTIONS_INIT;
    pz_store *store;
    pz_actor *actor;
    char *report;
    if (again)
        need(pz_store_open(path_of("library.pz"), &options, &store));
    else
        need(pz_store_create(path_of("library.pz"), &options, &store));
    need(pz_actor_open_service(store, "bench", PZ_SCOPE_IMPORT, "bench", &actor));
    need(pz_import_oneroster(actor, path_of("roster.zip"), &import, NULL, &report));
    if (!strstr(report, again ? "\"written\":false" : "\"written\":true")) stop(report);
    pz_free(report);
    pz_actor_free(actor);
    pz_store_free(store);
}

static void execute(sqlite3 *db, const char *sql)
{
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK) stop(sqlite3_errmsg(db));
}

/* All rows of a table, read and, unless `to` is NULL, written. Returns their number. */
static int64_t copy_table(sqlite3 *from, sqlite3 *to, const char *table)
{
    sqlite3_stmt *select, *insert = NULL;
    char sql[400];
    int64_t rows = 0;
    int columns, length;
    snprintf(sql, sizeof sql, "SELECT * FROM %s", table);
    if (sqlite3_prepare_v2(from, sql, -1, &select, NULL) != SQLITE_OK) stop(sqlite3_errmsg(from));
    columns = sqlite3_column_count(select);
    length = snprintf(sql, sizeof sql, "INSERT INTO %s VALUES (?", table);
    for (int i = 1; i < columns; i++) length += snprintf(sql + length, sizeof sql - (size_t)length, ", ?");
    snprintf(sql + length, sizeof sql - (size_t)length, ")");
    if (to && sqlite3_prepare_v2(to, sql, -1, &insert, NULL) != SQLITE_OK) stop(sqlite3_errmsg(to));
    while (sqlite3_step(select) == SQLITE_ROW) {
        for (int i = 0; i < columns; i++) {
            sqlite3_value *value = sqlite3_column_value(select, i);
            if (to) sqlite3_bind_value(insert, i + 1, value);
        }
        if (to && (sqlite3_step(insert) != SQLITE_DONE || sqlite3_reset(insert) != SQLITE_OK)) stop(sqlite3_errmsg(to));
        rows++;
    }
    sqlite3_finalize(select);
    sqlite3_finalize(insert);
    return rows;
}

/* Reads the rows that the import wrote, and with `writes` puts them into an empty store by hand. */
static void copy_rows(int writes)
{
    static const char *const tables[] = {"external_id", "org",         "academic_session", "course",       "class",
                                         "person",      "person_role", "enrollment",       "person_alias", "change_item"};
    sqlite3 *from, *to = NULL;
    int64_t rows = 0;
    if (writes) {
        pz_store_options options = PZ_STORE_OPTIONS_INIT;
        pz_store *store;
        need(pz_store_create(path_of("raw.pz"), &options, &store));
        pz_store_free(store);
        if (sqlite3_open_v2(path_of("raw.pz"), &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
            stop("the raw file does not open");
        execute(to, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -16384; PRAGMA secure_delete = ON; PRAGMA "
                    "cell_size_check = ON; BEGIN IMMEDIATE");
    }
    if (sqlite3_open_v2(path_of("library.pz"), &from, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
        stop("the store does not open");
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) rows += copy_table(from, to, tables[i]);
    if (to) execute(to, "COMMIT");
    sqlite3_close(from);
    sqlite3_close(to);
    if (rows < users * ENROLLMENTS_A_USER) stop("rows are missing");
}

typedef struct cost {
    double cpu_s, peak_mib;
} cost;

/* Runs one job in a process of its own. */
static cost run(void (*job)(int), int argument)
{
    struct rusage used;
    cost found;
    int status;
    pid_t child = fork();
    if (child < 0) stop("no process can be made");
    if (child == 0) {
        job(argument);
        _exit(0);
    }
    if (wait4(child, &status, 0, &used) != child || status != 0) stop("a part failed");
    found.cpu_s = (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) + 1e-6 * (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec);
    found.peak_mib = (double)used.ru_maxrss / 1024;
    return found;
}

static void make(int unused)
{
    (void)unused;
    make_archive();
}

int main(int argc, char **argv)
{
    const char *root = argc > 1 ? argv[1] : getenv("TMPDIR");
    cost first, again, reading, raw;
    double raw_cpu;
    if (argc > 2) users = atoi(argv[2]);
    if (argc > 3) seed = strtoull(argv[3], NULL, 10);
    if (users < 1 || users > 10000000) stop("USERS is 1 to 10,000,000");
    snprintf(folder, sizeof folder, "%s/pz-bench-XXXXXX", root && *root ? root : "/tmp");
    if (!mkdtemp(folder)) stop("no folder can be made");
    run(make, 0);
    first = run(import_archive, 0);
    again = run(import_archive, 1);
    reading = run(copy_rows, 0);
    raw = run(copy_rows, 1);
    raw_cpu = raw.cpu_s - reading.cpu_s;
    printf("{\"bench\":\"import\",\"users\":%d,\"enrollments\":%d,\"rows\":%d,\"seed\":%llu,\"target_cpu_s\":20,\"target_peak_mib\":256,"
           "\"cpu_s\":%.2f,"
           "\"peak_mib\":%.1f,\"again_cpu_s\":%.2f,\"again_peak_mib\":%.1f,\"raw_cpu_s\":%.2f,\"ratio\":%.3f}\n",
           users, users * ENROLLMENTS_A_USER, users * (ENROLLMENTS_A_USER + 2) + classes() + 2 * SCHOOLS + 2, (unsigned long long)seed,
           first.cpu_s, first.peak_mib, again.cpu_s, again.peak_mib, raw_cpu, raw_cpu / first.cpu_s);
    for (int i = 0; i < FILES; i++) clear(files[i]);
    clear("roster.zip");
    clear("library.pz");
    clear("raw.pz");
    rmdir(folder);
    return 0;
}
