/* A class of 30 with 40 competencies and 3,000 answers: from opening the store to a recommendation of groups, in CPU time by stage, beside a loop of prepared
 * statements that writes and reads the same rows of the same schema with the same settings. Rounds take turns.
 * Prints one JSON object: cpu_ms by stage (medians), raw_cpu_ms, and ratio, raw to library (1: no slower than the rows alone).
 *
 *     bench_class [FOLDER] [ROUNDS]        default: $TMPDIR or /tmp, 9 */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/random.h"
#include "personalize/competency.h"
#include "personalize/cycle.h"
#include "personalize/recommend.h"
#include "personalize/roster.h"

enum { LEARNERS = 30, COMPETENCIES = 40, ANSWERS = 3000, ITEMS = 100, MOST_ROUNDS = 99, PAIRS = LEARNERS * COMPETENCIES };
enum { OPEN, EVIDENCE, CYCLE, MASTERY, RECOMMEND, ALL, STAGES };

static const char *const stage_names[STAGES] = {"open", "evidence", "cycle", "mastery", "recommend", "all"};

static char folder[512];
static pz_id class_id, teacher_id;
static pz_id learners[LEARNERS], competencies[COMPETENCIES], items[ITEMS];

static void stop(const char *what)
{
    fprintf(stderr, "bench_class: %s\n", what);
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

static const char *path_of(const char *name)
{
    static char paths[2][600];
    static int next;
    char *path = paths[next++ % 2];
    snprintf(path, 600, "%s/%s", folder, name);
    return path;
}

static void clear(const char *name)
{
    static const char *const ends[] = {"", "-wal", "-shm", ".lock"};
    for (int i = 0; i < 4; i++) {
        char path[640];
        snprintf(path, sizeof path, "%s%s", path_of(name), ends[i]);
        unlink(path);
    }
}

static void copy(const char *from, const char *to)
{
    char bytes[65536];
    size_t count;
    FILE *in = fopen(path_of(from), "rb"), *out = fopen(path_of(to), "wb");
    if (!in || !out) stop("a file cannot be copied");
    while ((count = fread(bytes, 1, sizeof bytes, in)) > 0)
        if (fwrite(bytes, 1, count, out) != count) stop("a file cannot be copied");
    fclose(in);
    fclose(out);
}

/* ------------------------------------------------------------------------------------- the school, not measured --- */

static pz_id save_person(pz_actor *actor, const char *name, int32_t role)
{
    pz_person person = PZ_PERSON_INIT;
    pz_enrollment enrollment = PZ_ENROLLMENT_INIT;
    pz_id id, tie;
    person.given_name = name;
    person.family_name = "Bench";
    need(pz_person_save(actor, &person, NULL, NULL, NULL, &id));
    enrollment.class_id = class_id;
    enrollment.person = id;
    enrollment.role = role;
    need(pz_enrollment_save(actor, &enrollment, NULL, NULL, NULL, &tie));
    return id;
}

static void save_class(pz_actor *actor)
{
    pz_org org = PZ_ORG_INIT;
    pz_class class_record = PZ_CLASS_INIT;
    char name[32];
    org.name = "School";
    need(pz_org_save(actor, &org, NULL, NULL, NULL, &class_record.org));
    class_record.title = "Class";
    need(pz_class_save(actor, &class_record, NULL, NULL, NULL, &class_id));
    teacher_id = save_person(actor, "Teacher", PZ_ROLE_TEACHER);
    for (int i = 0; i < LEARNERS; i++) {
        snprintf(name, sizeof name, "Learner %d", i);
        learners[i] = save_person(actor, name, PZ_ROLE_LEARNER);
    }
}

/* Four strands of ten, each competency after the one before it. */
static void save_framework(pz_actor *actor)
{
    pz_framework framework = PZ_FRAMEWORK_INIT;
    pz_id framework_id, tie;
    char code[32];
    framework.title = "Framework";
    need(pz_framework_save(actor, &framework, NULL, NULL, NULL, &framework_id));
    for (int i = 0; i < COMPETENCIES; i++) {
        pz_competency competency = PZ_COMPETENCY_INIT;
        pz_association association = PZ_ASSOCIATION_INIT;
        snprintf(code, sizeof code, "C%d", i);
        competency.framework = framework_id;
        competency.code = competency.statement = code;
        need(pz_competency_save(actor, &competency, NULL, NULL, NULL, &competencies[i]));
        if (i % 10 == 0) continue;
        association.framework = framework_id;
        association.kind = PZ_ASSOCIATION_PRECEDES;
        association.origin = competencies[i - 1];
        association.destination = competencies[i];
        need(pz_association_save(actor, &association, NULL, NULL, NULL, &tie));
    }
    for (int i = 0; i < ITEMS; i++) {
        pz_item item = PZ_ITEM_INIT;
        snprintf(code, sizeof code, "Q%d", i);
        item.code = code;
        need(pz_item_save(actor, &item, NULL, NULL, NULL, &items[i]));
    }
}

static void make_school(void)
{
    pz_store *store;
    pz_actor *actor;
    clear("school.pz");
    need(pz_store_create(path_of("school.pz"), NULL, &store));
    need(pz_actor_open_service(store, "import", PZ_SCOPE_IMPORT, "benchmark", &actor));
    save_class(actor);
    save_framework(actor);
    pz_actor_free(actor);
    pz_store_free(store);
}

/* ------------------------------------------------------------------------------------------------- answers --- */

static pz_id answer_learner[ANSWERS], answer_competency[ANSWERS], answer_item[ANSWERS];
static double answer_score[ANSWERS];
static pz_time answer_at[ANSWERS];

/* In the order in which a file has them: by time. Learners differ, and so do competencies. */
static void make_answers(void)
{
    pz__random random;
    pz__random_seed(&random, 20261124);
    for (int i = 0; i < ANSWERS; i++) {
        int learner = (int)pz__random_below(&random, LEARNERS), competency = (int)pz__random_below(&random, COMPETENCIES);
        double chance = 0.2 + 0.6 * learner / LEARNERS + 0.3 * (10 - competency % 10) / 10.0;
        answer_learner[i] = learners[learner];
        answer_competency[i] = competencies[competency];
        answer_item[i] = items[pz__random_below(&random, ITEMS)];
        answer_score[i] = pz__random_unit(&random) < chance ? 1 : 0;
        answer_at[i] = INT64_C(1790000000000000) + i * INT64_C(60000000);
    }
}

/* -------------------------------------------------------------------------------------------------- library --- */

static void add_evidence(pz_store *store)
{
    pz_evidence evidence = PZ_EVIDENCE_INIT;
    pz_actor *import;
    evidence.rows = ANSWERS;
    evidence.learner = answer_learner;
    evidence.competency = answer_competency;
    evidence.score = answer_score;
    evidence.at = answer_at;
    evidence.item = answer_item;
    need(pz_actor_open_service(store, "import", PZ_SCOPE_IMPORT, "benchmark", &import));
    need(pz_evidence_add(import, &evidence, "file 1", NULL));
    pz_actor_free(import);
}

static pz_id run_cycle(pz_actor *actor)
{
    pz_cycle cycle = PZ_CYCLE_INIT;
    pz_id id;
    cycle.class_id = class_id;
    cycle.title = "Autumn";
    need(pz_cycle_open(actor, &cycle, NULL, &id));
    need(pz_cycle_collect(actor, id, NULL));
    need(pz_cycle_close(actor, id, NULL, NULL, NULL));
    return id;
}

static void list_mastery(pz_actor *actor)
{
    pz_mastery_query query = PZ_MASTERY_QUERY_INIT;
    pz_learner_mastery **rows;
    size_t count;
    query.class_id = class_id;
    need(pz_learner_mastery_list(actor, &query, &rows, &count));
    if (count < PAIRS / 2) stop("there is less mastery than there should be");
    pz_free(rows);
}

static void recommend(pz_actor *actor, pz_id cycle)
{
    pz_grouping_request request = PZ_GROUPING_REQUEST_INIT;
    pz_id id;
    request.class_id = class_id;
    request.cycle = cycle;
    need(pz_grouping_recommend(actor, &request, NULL, 0, NULL, NULL, NULL, &id));
}

static void run_library(double stages[STAGES])
{
    double begun, last;
    pz_store *store;
    pz_actor *actor;
    pz_id cycle;
    clear("library.pz");
    copy("school.pz", "library.pz");
    begun = last = now();
#define STAGE(stage) (stages[stage] = now() - last, last = now())
    need(pz_store_open(path_of("library.pz"), NULL, &store));
    need(pz_actor_open(store, teacher_id, PZ_ROLE_TEACHER, "benchmark", &actor));
    STAGE(OPEN);
    add_evidence(store);
    STAGE(EVIDENCE);
    cycle = run_cycle(actor);
    STAGE(CYCLE);
    list_mastery(actor);
    STAGE(MASTERY);
    recommend(actor, cycle);
    STAGE(RECOMMEND);
    stages[ALL] = now() - begun;
    pz_actor_free(actor);
    pz_store_free(store);
}

/* ------------------------------------------------------------------------------------------------------- raw --- */

static sqlite3 *db;

static void execute(const char *sql)
{
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK) stop(sqlite3_errmsg(db));
}

static sqlite3_stmt *prepare(const char *sql)
{
    sqlite3_stmt *statement;
    if (sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) != SQLITE_OK) stop(sqlite3_errmsg(db));
    return statement;
}

static void run_step(sqlite3_stmt *statement)
{
    if (sqlite3_step(statement) != SQLITE_DONE) stop("a raw statement failed");
    sqlite3_reset(statement);
}

static void read_all(const char *sql)
{
    sqlite3_stmt *statement = prepare(sql);
    double sum = 0;
    while (sqlite3_step(statement) == SQLITE_ROW)
        for (int i = 0; i < sqlite3_column_count(statement); i++) sum += sqlite3_column_double(statement, i);
    if (sum == 0.5) stop("never");
    sqlite3_finalize(statement);
}

static void raw_evidence(void)
{
    sqlite3_stmt *insert = prepare("INSERT INTO evidence VALUES (1, ?1, ?2, ?3, ?4, 1, ?5, 1.0, 1, NULL, ?6, NULL)");
    for (int i = 0; i < ANSWERS; i++) {
        sqlite3_bind_int64(insert, 1, answer_learner[i]);
        sqlite3_bind_int64(insert, 2, answer_competency[i]);
        sqlite3_bind_int64(insert, 3, answer_at[i]);
        sqlite3_bind_int64(insert, 4, 100000 + i);
        sqlite3_bind_double(insert, 5, answer_score[i]);
        sqlite3_bind_int64(insert, 6, answer_item[i]);
        run_step(insert);
    }
    sqlite3_finalize(insert);
}

static void raw_pairs(const char *sql)
{
    static const char state[49];
    sqlite3_stmt *insert = prepare(sql);
    for (int i = 0; i < PAIRS; i++) {
        sqlite3_bind_int64(insert, 1, learners[i / COMPETENCIES]);
        sqlite3_bind_int64(insert, 2, competencies[i % COMPETENCIES]);
        sqlite3_bind_double(insert, 3, 0.4);
        if (sqlite3_bind_parameter_count(insert) > 3) sqlite3_bind_blob(insert, 4, state, sizeof state, SQLITE_STATIC);
        run_step(insert);
    }
    sqlite3_finalize(insert);
}

static void raw_recommendation(void)
{
    static char problem[16384];
    sqlite3_stmt *insert = prepare("INSERT INTO recommended_member VALUES (1, 5, ?1, 1, 9, 1, 0, 0, ?2)");
    memset(problem, '0', sizeof problem - 1);
    for (int i = 0; i < LEARNERS; i++) {
        sqlite3_bind_int64(insert, 1, learners[i]);
        sqlite3_bind_text(insert, 2, problem, 150, SQLITE_STATIC);
        run_step(insert);
    }
    sqlite3_finalize(insert);
    insert =
        prepare("INSERT INTO recommendation VALUES (1, 5, 1, 9, 1, 1, 1, 1, 'need', '', 1, 0.1, 0.1, ?1, ?1, ?1, NULL, NULL, NULL, 3, 1)");
    sqlite3_bind_text(insert, 1, problem, -1, SQLITE_STATIC);
    run_step(insert);
    sqlite3_finalize(insert);
}

/* Changes as the library makes them: evidence, three of the cycle, the recommendation. */
static void run_raw(double stages[STAGES])
{
    double begun, last;
    clear("raw.pz");
    copy("school.pz", "raw.pz");
    begun = last = now();
    if (sqlite3_open_v2(path_of("raw.pz"), &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
        stop("the raw file does not open");
    execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -16384; PRAGMA secure_delete = ON; PRAGMA "
            "cell_size_check = ON");
    STAGE(OPEN);
    execute("BEGIN IMMEDIATE");
    raw_evidence();
    raw_pairs("INSERT INTO mastery VALUES (1, ?1, ?2, 0, ?3, 0.1, 2, 3, 1, 1, 1, ?4)");
    execute("COMMIT");
    STAGE(EVIDENCE);
    execute("BEGIN IMMEDIATE; COMMIT; BEGIN IMMEDIATE; COMMIT; BEGIN IMMEDIATE");
    read_all("SELECT * FROM evidence WHERE tenant_id = 1");
    raw_pairs("INSERT INTO cycle_result VALUES (1, 7, ?1, ?2, 1, 0, ?3, 0.1, 2, 3, NULL, NULL, 1, 1)");
    execute("COMMIT");
    STAGE(CYCLE);
    read_all("SELECT * FROM mastery WHERE tenant_id = 1");
    STAGE(MASTERY);
    execute("BEGIN IMMEDIATE");
    read_all("SELECT * FROM cycle_result WHERE tenant_id = 1");
    raw_recommendation();
    execute("COMMIT");
    STAGE(RECOMMEND);
    stages[ALL] = now() - begun;
    sqlite3_close(db);
}

/* ---------------------------------------------------------------------------------------------------- rounds --- */

static int by_size(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

static double median(double rows[][STAGES], int rounds, int stage)
{
    double values[MOST_ROUNDS];
    for (int i = 0; i < rounds; i++) values[i] = rows[i][stage];
    qsort(values, (size_t)rounds, sizeof *values, by_size);
    return values[rounds / 2];
}

static void print_stages(const char *name, double rows[][STAGES], int rounds)
{
    printf(",\"%s\":{", name);
    for (int i = 0; i < STAGES; i++) printf("%s\"%s\":%.3f", i ? "," : "", stage_names[i], median(rows, rounds, i));
    printf("}");
}

int main(int argc, char **argv)
{
    static double library[MOST_ROUNDS][STAGES], raw[MOST_ROUNDS][STAGES];
    const char *root = argc > 1 ? argv[1] : getenv("TMPDIR");
    int rounds = argc > 2 ? atoi(argv[2]) : 9;
    if (rounds < 1 || rounds > MOST_ROUNDS) stop("ROUNDS is 1 to 99");
    snprintf(folder, sizeof folder, "%s/pz-bench-XXXXXX", root && *root ? root : "/tmp");
    if (!mkdtemp(folder)) stop("no folder can be made");
    make_school();
    make_answers();
    for (int i = 0; i < rounds; i++) {
        if (i % 2) run_raw(raw[i]);
        run_library(library[i]);
        if (i % 2 == 0) run_raw(raw[i]);
    }
    printf("{\"bench\":\"class\",\"learners\":%d,\"competencies\":%d,\"answers\":%d,\"rounds\":%d,\"target_cpu_ms\":50", LEARNERS,
           COMPETENCIES, ANSWERS, rounds);
    print_stages("cpu_ms", library, rounds);
    print_stages("raw_cpu_ms", raw, rounds);
    printf(",\"ratio\":%.3f,\"evidence_ratio\":%.3f}\n", median(raw, rounds, ALL) / median(library, rounds, ALL),
           median(raw, rounds, EVIDENCE) / median(library, rounds, EVIDENCE));
    clear("school.pz");
    clear("library.pz");
    clear("raw.pz");
    rmdir(folder);
    return 0;
}
