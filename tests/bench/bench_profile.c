/* A profile of 50 entries in six sections read through an actor, and as a document, beside the same rows read by cached SQL in the same process and run;
 * and the difference of two moments over 1,000 entries. Medians of rounds that take turns.
 * Prints one JSON object: list_ratio (wanted: at most 1.3), document_ratio (at most 2.5), difference_ms (below 5).
 *
 *     bench_profile [FOLDER] [ROUNDS]        default: $TMPDIR or /tmp, 301 */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "personalize/profile.h"
#include "personalize/roster.h"

enum { ENTRIES = 50, MANY = 1000, MOST_ROUNDS = 9999, COLUMNS = 21 };

static char path[600];
static double raw_times[MOST_ROUNDS], list_times[MOST_ROUNDS], document_times[MOST_ROUNDS], difference_times[MOST_ROUNDS];

static void stop(const char *what)
{
    fprintf(stderr, "bench_profile: %s\n", what);
    exit(1);
}

static void need(pz_status status)
{
    if (status != PZ_OK) stop(pz_last_error()->message);
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return 1e3 * (double)time.tv_sec + 1e-6 * (double)time.tv_nsec;
}

static int by_size(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

static double median(double *values, int count)
{
    qsort(values, (size_t)count, sizeof *values, by_size);
    return values[count / 2];
}

static void clear(void)
{
    static const char *const ends[] = {"", "-wal", "-shm", ".lock"};
    for (int i = 0; i < 4; i++) {
        char file[640];
        snprintf(file, sizeof file, "%s%s", path, ends[i]);
        unlink(file);
    }
}

/* ---------------------------------------------------------------------------------------------------- store --- */

static pz_id add_person(pz_actor *importer, const char *name)
{
    pz_person person = PZ_PERSON_INIT;
    pz_id id;
    person.given_name = name;
    person.family_name = "Bench";
    need(pz_person_save(importer, &person, NULL, NULL, NULL, &id));
    return id;
}

static void enroll(pz_actor *importer, pz_id class_id, pz_id person, int32_t role)
{
    pz_enrollment record = PZ_ENROLLMENT_INIT;
    pz_id id;
    record.class_id = class_id;
    record.person = person;
    record.role = role;
    need(pz_enrollment_save(importer, &record, NULL, NULL, NULL, &id));
}

static void fill(pz_actor *actor, pz_id learner, int count)
{
    char words[160];
    int32_t repeated;
    int64_t change;
    need(pz_change_begin(actor, "fill", NULL, &repeated));
    for (int i = 0; i < count; i++) {
        pz_profile_entry entry = PZ_PROFILE_ENTRY_INIT;
        pz_id id;
        snprintf(words, sizeof words, "What is known, number %d, in a sentence as long as people write them into a form", i);
        entry.learner = learner;
        entry.section = 1 + i % 6;
        entry.content = words;
        entry.source = "conversation";
        entry.confidence = 0.5;
        need(pz_profile_entry_add(actor, &entry, NULL, &id));
    }
    need(pz_change_commit(actor, &change));
}

/* ------------------------------------------------------------------------------------------------------ raw --- */

/* The rows of one learner, every column fetched, in a transaction of its own. */
static double read_raw(sqlite3 *db, sqlite3_stmt *statement, pz_id learner)
{
    double start = now();
    int rows = 0;
    size_t bytes = 0;
    if (sqlite3_exec(db, "BEGIN", NULL, NULL, NULL) != SQLITE_OK) stop(sqlite3_errmsg(db));
    sqlite3_bind_int64(statement, 1, learner);
    while (sqlite3_step(statement) == SQLITE_ROW) {
        for (int i = 0; i < COLUMNS; i++) switch (sqlite3_column_type(statement, i)) {
            case SQLITE_INTEGER: bytes += (size_t)sqlite3_column_int64(statement, i); break;
            case SQLITE_FLOAT: bytes += sqlite3_column_double(statement, i) > 0; break;
            case SQLITE_TEXT:
                bytes += strlen((const char *)sqlite3_column_text(statement, i));
                bytes += (size_t)sqlite3_column_bytes(statement, i);
                break;
            default: break;
            }
        rows++;
    }
    sqlite3_reset(statement);
    sqlite3_exec(db, "COMMIT", NULL, NULL, NULL);
    if (rows != ENTRIES || bytes == 0) stop("the raw rows are not those of the profile");
    return now() - start;
}

static double read_list(pz_actor *actor, pz_id learner)
{
    pz_profile_query query = PZ_PROFILE_QUERY_INIT;
    pz_profile_entry **rows;
    size_t count;
    double start = now();
    query.learner = learner;
    need(pz_profile_entry_list(actor, &query, &rows, &count));
    pz_free(rows);
    if (count != ENTRIES) stop("the list is not whole");
    return now() - start;
}

static double read_document(pz_actor *actor, pz_id learner)
{
    double start = now();
    char *json;
    need(pz_profile_get(actor, learner, NULL, &json));
    pz_free(json);
    return now() - start;
}

static double read_difference(pz_actor *actor, pz_id learner, int64_t from)
{
    double start = now();
    char *json;
    need(pz_profile_difference(actor, learner, from, 0, NULL, &json));
    pz_free(json);
    return now() - start;
}

/* Half of a thousand entries, then every tenth of those anew and the other half. */
static int64_t make_history(pz_actor *actor, pz_id learner)
{
    pz_profile_query query = PZ_PROFILE_QUERY_INIT;
    pz_profile_entry **rows;
    size_t count;
    int32_t repeated;
    int64_t middle, change;
    fill(actor, learner, MANY / 2);
    query.learner = learner;
    need(pz_profile_entry_list(actor, &query, &rows, &count));
    middle = rows[0]->version;
    need(pz_change_begin(actor, "revise", NULL, &repeated));
    for (size_t i = 0; i < count; i += 10) {
        rows[i]->content = "What is known now";
        rows[i]->content_len = PZ_NUL_TERMINATED;
        need(pz_profile_entry_revise(actor, rows[i], NULL, &change));
    }
    need(pz_change_commit(actor, &change));
    pz_free(rows);
    fill(actor, learner, MANY / 2);
    return middle;
}

int main(int argc, char **argv)
{
    static const char sql[] =
        "SELECT entry_id, learner_id, since_change, section, code, content, value, standard_error, scale, source, author_id, "
        "author_role, observed_at, begins_on, ends_on, confidence, visibility, value_type, activation, times, recorded_at "
        "FROM profile_entry WHERE tenant_id = 1 AND learner_id = ?1 AND until_change = 9223372036854775807 "
        "AND withdrawn_because IS NULL ORDER BY learner_id, section, observed_at, entry_id";
    const char *folder = argc > 1 ? argv[1] : getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp";
    int rounds = argc > 2 ? atoi(argv[2]) : 301;
    pz_org org = PZ_ORG_INIT;
    pz_class class_record = PZ_CLASS_INIT;
    pz_store *store;
    pz_actor *importer, *teacher;
    pz_id class_id, learner, other, person;
    sqlite3 *db;
    sqlite3_stmt *statement;
    int64_t middle;
    if (rounds < 1 || rounds > MOST_ROUNDS) stop("ROUNDS is from 1 to 9999");
    snprintf(path, sizeof path, "%s/bench_profile.pz", folder);
    clear();
    need(pz_store_create(path, NULL, &store));
    need(pz_actor_open_service(store, "bench", PZ_SCOPE_IMPORT, "bench", &importer));
    org.name = "School";
    need(pz_org_save(importer, &org, NULL, NULL, NULL, &class_record.org));
    class_record.title = "Class";
    need(pz_class_save(importer, &class_record, NULL, NULL, NULL, &class_id));
    learner = add_person(importer, "a");
    other = add_person(importer, "b");
    person = add_person(importer, "t");
    enroll(importer, class_id, learner, PZ_ROLE_LEARNER);
    enroll(importer, class_id, other, PZ_ROLE_LEARNER);
    enroll(importer, class_id, person, PZ_ROLE_TEACHER);
    need(pz_actor_open(store, person, PZ_ROLE_TEACHER, "bench", &teacher));
    fill(teacher, learner, ENTRIES);
    middle = make_history(teacher, other);
    if (sqlite3_open(path, &db) != SQLITE_OK || sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK) stop(sqlite3_errmsg(db));
    for (int i = -10; i < rounds; i++) { /* ten to warm up */
        int at = i < 0 ? 0 : i;
        raw_times[at] = read_raw(db, statement, learner);
        list_times[at] = read_list(teacher, learner);
        document_times[at] = read_document(teacher, learner);
        if (i % 10 == 0) difference_times[at / 10] = read_difference(teacher, other, middle);
    }
    double raw = median(raw_times, rounds), list = median(list_times, rounds), document = median(document_times, rounds);
    double difference = median(difference_times, (rounds + 9) / 10);
    printf("{\"rounds\":%d,\"raw_ms\":%.4f,\"list_ms\":%.4f,\"list_ratio\":%.2f,\"document_ms\":%.4f,\"document_ratio\":%.2f,"
           "\"difference_ms\":%.3f}\n",
           rounds, raw, list, list / raw, document, document / raw, difference);
    sqlite3_finalize(statement);
    sqlite3_close(db);
    pz_actor_free(teacher);
    pz_actor_free(importer);
    pz_store_free(store);
    clear();
    return 0;
}
