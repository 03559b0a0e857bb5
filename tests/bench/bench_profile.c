/* A profile of 50 entries in six sections read through an actor, and as a document, beside the same rows read by cached SQL in the same process and run;
 * the same of a profile whose entries have two tags each and of which five are disputed: its list, which says what is disputed, beside the rows of entries
 * alone, its document, which has all of it, beside those of entries, tags and disputes; and the difference of two moments over 1,000 entries, without tags
 * and with 2,000 new ones. Medians of rounds that take turns.
 * Prints one JSON object: list_ratio and tagged_list_ratio (wanted: at most 1.3), document_ratio and tagged_document_ratio (at most 2.5), difference_ms and
 * tagged_difference_ms (below 5).
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

enum { ENTRIES = 50, MANY = 1000, TAGS = 2, DISPUTES = 5, MOST_ROUNDS = 9999 };

static char path[600];
/* Of a plain profile, and of one with tags and disputes. */
static struct timed {
    double entries[MOST_ROUNDS], raw[MOST_ROUNDS], list[MOST_ROUNDS], document[MOST_ROUNDS], difference[MOST_ROUNDS];
} plain, tagged;

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

/* Tags of all entries of a learner, and disputes of the first few; the learner says the latter. */
static void hang(pz_store *store, pz_actor *teacher, pz_id learner, int disputes)
{
    pz_profile_query query = PZ_PROFILE_QUERY_INIT;
    pz_profile_tag first = PZ_PROFILE_TAG_INIT, second = PZ_PROFILE_TAG_INIT;
    const pz_profile_tag *tags[TAGS] = {&first, &second};
    pz_profile_entry **rows;
    pz_actor *own;
    size_t count;
    int32_t repeated;
    int64_t change;
    pz_id id;
    first.tag = "building";
    second.tag = "Working with others";
    second.uri = "https://example.org/skill/17";
    query.learner = learner;
    need(pz_profile_entry_list(teacher, &query, &rows, &count));
    need(pz_change_begin(teacher, "tag", NULL, &repeated));
    for (size_t i = 0; i < count; i++) need(pz_profile_tags_set(teacher, rows[i]->id, tags, TAGS, NULL));
    need(pz_change_commit(teacher, &change));
    need(pz_actor_open(store, learner, PZ_ROLE_LEARNER, "bench", &own));
    for (int i = 0; i < disputes; i++)
        need(pz_profile_dispute_open(own, rows[i]->id, "That is not how it was", PZ_NUL_TERMINATED, NULL, &id));
    pz_actor_free(own);
    pz_free(rows);
}

/* ------------------------------------------------------------------------------------------------------ raw --- */

/* The rows of a statement, every column fetched. */
static int read_rows(sqlite3_stmt *statement, pz_id learner, size_t *bytes)
{
    int rows = 0, columns = sqlite3_column_count(statement);
    sqlite3_bind_int64(statement, 1, learner);
    while (sqlite3_step(statement) == SQLITE_ROW) {
        for (int i = 0; i < columns; i++) switch (sqlite3_column_type(statement, i)) {
            case SQLITE_INTEGER: *bytes += (size_t)sqlite3_column_int64(statement, i); break;
            case SQLITE_FLOAT: *bytes += sqlite3_column_double(statement, i) > 0; break;
            case SQLITE_TEXT:
                *bytes += strlen((const char *)sqlite3_column_text(statement, i));
                *bytes += (size_t)sqlite3_column_bytes(statement, i);
                break;
            default: break;
            }
        rows++;
    }
    sqlite3_reset(statement);
    return rows;
}

enum { RAW_ENTRIES, RAW_TAGS, RAW_DISPUTES, RAWS };

/* The rows of one learner, in a transaction of its own; tags and disputes where there are any. */
static double read_raw(sqlite3 *db, sqlite3_stmt *const *statements, pz_id learner, int has_tags)
{
    double start = now();
    size_t bytes = 0;
    if (sqlite3_exec(db, "BEGIN", NULL, NULL, NULL) != SQLITE_OK) stop(sqlite3_errmsg(db));
    int entries = read_rows(statements[RAW_ENTRIES], learner, &bytes);
    int tags = has_tags ? read_rows(statements[RAW_TAGS], learner, &bytes) : 0;
    int disputes = has_tags ? read_rows(statements[RAW_DISPUTES], learner, &bytes) : 0;
    sqlite3_exec(db, "COMMIT", NULL, NULL, NULL);
    if (entries != ENTRIES || bytes == 0) stop("the raw rows are not those of the profile");
    if (has_tags && (tags != ENTRIES * TAGS || disputes != DISPUTES)) stop("the raw rows are not those of tags and disputes");
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

static void prepare(sqlite3 *db, sqlite3_stmt **statements)
{
#define OF_LEARNER "WHERE tenant_id = 1 AND learner_id = ?1 AND until_change = 9223372036854775807 "
    static const char *const sql[RAWS] = {
        "SELECT entry_id, learner_id, since_change, section, code, content, value, standard_error, scale, source, author_id, "
        "author_role, observed_at, begins_on, ends_on, confidence, visibility, value_type, activation, times, recorded_at "
        "FROM profile_entry " OF_LEARNER "AND withdrawn_because IS NULL ORDER BY learner_id, section, observed_at, entry_id",
        "SELECT record_id, learner_id, tag, uri FROM record_tag " OF_LEARNER "ORDER BY record_id, folded",
        "SELECT dispute_id, learner_id, entry_id, entry_version, since_change, state, statement, disputed_by, disputed_role, disputed_at, "
        "answer, answered_by, answered_role, answered_at FROM profile_dispute " OF_LEARNER "ORDER BY dispute_id"};
#undef OF_LEARNER
    for (int i = 0; i < RAWS; i++)
        if (sqlite3_prepare_v2(db, sql[i], -1, &statements[i], NULL) != SQLITE_OK) stop(sqlite3_errmsg(db));
}

typedef struct class_of {
    pz_id plain, tagged, plain_many, tagged_many;
    int64_t plain_middle, tagged_middle; /* between the two moments of the latter */
} class_of;

static void make(pz_store *store, class_of *of, pz_actor **out_teacher)
{
    pz_org org = PZ_ORG_INIT;
    pz_class class_record = PZ_CLASS_INIT;
    pz_actor *importer;
    pz_id class_id, person;
    need(pz_actor_open_service(store, "bench", PZ_SCOPE_IMPORT, "bench", &importer));
    org.name = "School";
    need(pz_org_save(importer, &org, NULL, NULL, NULL, &class_record.org));
    class_record.title = "Class";
    need(pz_class_save(importer, &class_record, NULL, NULL, NULL, &class_id));
    pz_id *const learners[] = {&of->plain, &of->tagged, &of->plain_many, &of->tagged_many};
    for (int i = 0; i < 4; i++) {
        *learners[i] = add_person(importer, "a");
        enroll(importer, class_id, *learners[i], PZ_ROLE_LEARNER);
    }
    person = add_person(importer, "t");
    enroll(importer, class_id, person, PZ_ROLE_TEACHER);
    need(pz_actor_open(store, person, PZ_ROLE_TEACHER, "bench", out_teacher));
    pz_actor_free(importer);
    fill(*out_teacher, of->plain, ENTRIES);
    fill(*out_teacher, of->tagged, ENTRIES);
    hang(store, *out_teacher, of->tagged, DISPUTES);
    of->plain_middle = make_history(*out_teacher, of->plain_many);
    of->tagged_middle = make_history(*out_teacher, of->tagged_many);
    hang(store, *out_teacher, of->tagged_many, DISPUTES);
}

static void show(const char *prefix, struct timed *of, int rounds)
{
    double entries = median(of->entries, rounds), raw = median(of->raw, rounds), list = median(of->list, rounds),
           document = median(of->document, rounds);
    double difference = median(of->difference, (rounds + 9) / 10);
    printf(",\"%sentries_ms\":%.4f,\"%sraw_ms\":%.4f,\"%slist_ms\":%.4f,\"%slist_ratio\":%.2f,\"%sdocument_ms\":%.4f,\"%sdocument_ratio\":%"
           ".2f,"
           "\"%sdifference_ms\":%.3f",
           prefix, entries, prefix, raw, prefix, list, prefix, list / entries, prefix, document, prefix, document / raw, prefix,
           difference);
}

int main(int argc, char **argv)
{
    const char *folder = argc > 1 ? argv[1] : getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp";
    int rounds = argc > 2 ? atoi(argv[2]) : 301;
    pz_store *store;
    pz_actor *teacher;
    sqlite3 *db;
    sqlite3_stmt *statements[RAWS];
    class_of of;
    if (rounds < 1 || rounds > MOST_ROUNDS) stop("ROUNDS is from 1 to 9999");
    snprintf(path, sizeof path, "%s/bench_profile.pz", folder);
    clear();
    need(pz_store_create(path, NULL, &store));
    make(store, &of, &teacher);
    if (sqlite3_open(path, &db) != SQLITE_OK) stop(sqlite3_errmsg(db));
    prepare(db, statements);
    for (int i = -10; i < rounds; i++) { /* ten to warm up */
        int at = i < 0 ? 0 : i;
        plain.entries[at] = plain.raw[at] = read_raw(db, statements, of.plain, 0);
        plain.list[at] = read_list(teacher, of.plain);
        plain.document[at] = read_document(teacher, of.plain);
        tagged.entries[at] = read_raw(db, statements, of.tagged, 0);
        tagged.raw[at] = read_raw(db, statements, of.tagged, 1);
        tagged.list[at] = read_list(teacher, of.tagged);
        tagged.document[at] = read_document(teacher, of.tagged);
        if (i % 10) continue;
        plain.difference[at / 10] = read_difference(teacher, of.plain_many, of.plain_middle);
        tagged.difference[at / 10] = read_difference(teacher, of.tagged_many, of.tagged_middle);
    }
    printf("{\"rounds\":%d", rounds);
    show("", &plain, rounds);
    show("tagged_", &tagged, rounds);
    printf("}\n");
    for (int i = 0; i < RAWS; i++) sqlite3_finalize(statements[i]);
    sqlite3_close(db);
    pz_actor_free(teacher);
    pz_store_free(store);
    clear();
    return 0;
}
