/* Next steps, beside a loop of prepared statements that reads the same rows: of a class of 30 over a framework of 600 competencies, and of a whole school in one
 * batch, 60 assessed competencies a learner; and the document of a plan. CPU time; rounds take turns. Prints one JSON object a line; ratio is raw to library (1: no slower than the rows
 * alone).
 *
 *     bench_plan [FOLDER] [LEARNERS] [ROUNDS]        default: $TMPDIR or /tmp, 5000, 5. The store is made once and kept while FOLDER/plan-LEARNERS.pz stands. */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/random.h"
#include "personalize/activity.h"
#include "personalize/competency.h"
#include "personalize/evidence.h"
#include "personalize/goal.h"
#include "personalize/next.h"
#include "personalize/plan.h"
#include "personalize/roster.h"

enum { COMPETENCIES = 600, STRAND = 10, ASSESSED = 60, ANSWERS = 3, CLASS = 30, BATCH = 2000, MOST_ROUNDS = 99 };

static char path[600];
static long learner_count = 5000, rounds = 5;
static pz_id class_id, framework_id, competencies[COMPETENCIES];

static void stop(const char *what)
{
    fprintf(stderr, "bench_plan: %s\n", what);
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

static int by_time(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *times)
{
    qsort(times, (size_t)rounds, sizeof *times, by_time);
    return times[rounds / 2];
}

/* ------------------------------------------------------------------------------------- the school, not measured --- */

static pz_id save_class(pz_actor *actor, pz_id org)
{
    pz_class record = PZ_CLASS_INIT;
    pz_id id;
    record.org = org;
    record.title = "Class";
    need(pz_class_save(actor, &record, NULL, NULL, NULL, &id));
    return id;
}

static pz_id save_learner(pz_actor *actor, pz_id class_of, long number)
{
    pz_person person = PZ_PERSON_INIT;
    pz_enrollment enrollment = PZ_ENROLLMENT_INIT;
    char name[32];
    pz_id id, tie;
    snprintf(name, sizeof name, "Learner %ld", number);
    person.given_name = name;
    person.family_name = "Bench";
    need(pz_person_save(actor, &person, NULL, NULL, NULL, &id));
    enrollment.class_id = class_of;
    enrollment.person = id;
    enrollment.role = PZ_ROLE_LEARNER;
    need(pz_enrollment_save(actor, &enrollment, NULL, NULL, NULL, &tie));
    return id;
}

/* Sixty strands of ten, each competency after the one before it and, in every other strand, after its like in the strand before. */
static void save_tie(pz_actor *actor, pz_id before, pz_id after)
{
    pz_association association = PZ_ASSOCIATION_INIT;
    pz_id id;
    association.framework = framework_id;
    association.kind = PZ_ASSOCIATION_PRECEDES;
    association.origin = before;
    association.destination = after;
    need(pz_association_save(actor, &association, NULL, NULL, NULL, &id));
}

static void save_framework(pz_actor *actor)
{
    pz_framework framework = PZ_FRAMEWORK_INIT;
    framework.title = "Framework";
    need(pz_framework_save(actor, &framework, NULL, NULL, NULL, &framework_id));
    for (int i = 0; i < COMPETENCIES; i++) {
        pz_competency competency = PZ_COMPETENCY_INIT;
        char code[32];
        snprintf(code, sizeof code, "C%d", i);
        competency.framework = framework_id;
        competency.code = competency.statement = code;
        need(pz_competency_save(actor, &competency, NULL, NULL, NULL, &competencies[i]));
        if (i % STRAND) save_tie(actor, competencies[i - 1], competencies[i]);
        if (i / STRAND % 2) save_tie(actor, competencies[i - STRAND], competencies[i]);
    }
}

/* Sixty competencies of six neighbouring strands, three answers each on three days; the later in a strand, the harder. */
static void answer(pz_actor *actor, const pz_id *learners, long count, pz__random *random)
{
    static pz_id learner[BATCH * ASSESSED * ANSWERS], competency[BATCH * ASSESSED * ANSWERS];
    static double score[BATCH * ASSESSED * ANSWERS];
    static pz_time at[BATCH * ASSESSED * ANSWERS];
    pz_evidence evidence = PZ_EVIDENCE_INIT;
    for (long l = 0; l < count; l++) {
        int first = STRAND * (int)pz__random_below(random, COMPETENCIES / STRAND - ASSESSED / STRAND + 1);
        for (int c = 0; c < ASSESSED; c++)
            for (int a = 0; a < ANSWERS; a++) {
                learner[evidence.rows] = learners[l];
                competency[evidence.rows] = competencies[first + c];
                score[evidence.rows] = pz__random_unit(random) < 0.98 - 0.04 * (c % STRAND) ? 1 : 0;
                at[evidence.rows++] = INT64_C(1785000000000000) + (a * 20 + c % 17) * INT64_C(86400000000) + c * INT64_C(1000000);
            }
    }
    evidence.learner = learner;
    evidence.competency = competency;
    evidence.score = score;
    evidence.at = at;
    need(pz_evidence_add(actor, &evidence, NULL, NULL));
}

static void save_learners(pz_actor *actor, pz_id org)
{
    pz_id *learners = malloc(BATCH * sizeof *learners), class_of = class_id;
    pz__random random;
    int32_t repeated;
    if (!learners) stop("out of memory");
    pz__random_seed(&random, 20261124);
    for (long done = 0; done < learner_count;) {
        long count = learner_count - done < BATCH ? learner_count - done : BATCH;
        need(pz_change_begin(actor, "learners", NULL, &repeated));
        for (long i = 0; i < count; i++) {
            if ((done + i) % CLASS == 0 && done + i) class_of = save_class(actor, org);
            learners[i] = save_learner(actor, class_of, done + i);
        }
        need(pz_change_commit(actor, NULL));
        answer(actor, learners, count, &random);
        done += count;
    }
    free(learners);
}

static void make_school(void)
{
    pz_org org = PZ_ORG_INIT;
    pz_store *store;
    pz_actor *actor;
    pz_id school;
    org.name = "School";
    need(pz_store_create(path, NULL, &store));
    need(pz_actor_open_service(store, "import", PZ_SCOPE_IMPORT, "benchmark", &actor));
    need(pz_org_save(actor, &org, NULL, NULL, NULL, &school));
    class_id = save_class(actor, school);
    save_framework(actor);
    save_learners(actor, school);
    pz_actor_free(actor);
    pz_store_free(store);
}

/* A store that was kept from an earlier run: its first class and its framework. */
static void find_school(sqlite3 *db)
{
    sqlite3_stmt *row;
    if (sqlite3_prepare_v2(db, "SELECT min(class_id), (SELECT min(framework_id) FROM framework) FROM class", -1, &row, NULL) != SQLITE_OK)
        stop(sqlite3_errmsg(db));
    if (sqlite3_step(row) == SQLITE_ROW) {
        class_id = sqlite3_column_int64(row, 0);
        framework_id = sqlite3_column_int64(row, 1);
    }
    sqlite3_finalize(row);
}

/* -------------------------------------------------------------------------------------------------- library --- */

static size_t list_steps(pz_actor *actor, pz_id class_of, pz_id framework, int codes_only, size_t *out_learners)
{
    pz_next_query query = PZ_NEXT_QUERY_INIT;
    size_t all = 0, count;
    query.class_id = class_of;
    query.framework = framework;
    query.codes_only = codes_only;
    query.learners = class_of ? 0 : 10000;
    *out_learners = 0;
    do {
        pz_next_step **rows;
        need(pz_next_step_list(actor, &query, NULL, &rows, &count));
        for (size_t i = 0; i < count; i++) *out_learners += rows[i]->rank == 1;
        if (count) query.after = rows[count - 1]->learner;
        pz_free(rows);
        all += count;
    } while (count && !class_of);
    return all;
}

/* ------------------------------------------------------------------------------------------------------- raw --- */

static double read_rows(sqlite3_stmt *statement, int64_t learner)
{
    double sum = 0;
    sqlite3_bind_int64(statement, 1, learner);
    while (sqlite3_step(statement) == SQLITE_ROW)
        for (int i = 0; i < sqlite3_column_count(statement); i++) sum += sqlite3_column_double(statement, i);
    sqlite3_reset(statement);
    return sum;
}

/* The same rows of the same learners: what is kept of their mastery, and their answers. */
static void read_raw(sqlite3 *db, int64_t class_of)
{
    sqlite3_stmt *learners, *mastery, *answers;
    const char *of_class = "SELECT person_id FROM enrollment WHERE class_id = ?1 AND role = 1", *of_all = "SELECT person_id FROM enrollment WHERE ?1 = 0 AND role = 1";
    double sum = 0;
    if (sqlite3_prepare_v2(db, class_of ? of_class : of_all, -1, &learners, NULL) != SQLITE_OK ||
        sqlite3_prepare_v2(db,
                           "SELECT competency_id, rule_id, estimate, standard_error, decision, evidence_count, last_at, last_sequence, change_id "
                           "FROM mastery WHERE tenant_id = 1 AND learner_id = ?1 ORDER BY competency_id",
                           -1, &mastery, NULL) != SQLITE_OK ||
        sqlite3_prepare_v2(db,
                           "SELECT competency_id, at, score, weight FROM evidence WHERE tenant_id = 1 AND learner_id = ?1 ORDER BY "
                           "competency_id, at, sequence",
                           -1, &answers, NULL) != SQLITE_OK)
        stop(sqlite3_errmsg(db));
    sqlite3_exec(db, "BEGIN", NULL, NULL, NULL);
    sqlite3_bind_int64(learners, 1, class_of);
    while (sqlite3_step(learners) == SQLITE_ROW) {
        int64_t learner = sqlite3_column_int64(learners, 0);
        sum += read_rows(mastery, learner) + read_rows(answers, learner);
    }
    sqlite3_exec(db, "COMMIT", NULL, NULL, NULL);
    sqlite3_finalize(learners);
    sqlite3_finalize(mastery);
    sqlite3_finalize(answers);
    if (sum == 0.5) stop("never");
}

/* ------------------------------------------------------------------------------------------------- measuring --- */

static void measure(const char *name, pz_actor *actor, sqlite3 *db, pz_id class_of, pz_id framework, int codes_only)
{
    double library[MOST_ROUNDS], raw[MOST_ROUNDS], begun, time, raw_time;
    size_t steps = 0, learners = 0;
    for (long i = 0; i < rounds; i++) {
        begun = now();
        steps = list_steps(actor, class_of, framework, codes_only, &learners);
        library[i] = now() - begun;
        begun = now();
        read_raw(db, class_of);
        raw[i] = now() - begun;
    }
    time = median(library);
    raw_time = median(raw);
    printf("{\"measured\": \"%s\", \"learners\": %zu, \"steps\": %zu, \"cpu_ms\": %.3f, \"learners_per_second\": %.0f, \"raw_cpu_ms\": %.3f, "
           "\"ratio\": %.3f}\n",
           name, learners, steps, time, 1e3 * (double)learners / time, raw_time, raw_time / time);
    fflush(stdout);
}

/* ----------------------------------------------------------------------------------------------- reading a plan --- */

enum { GOALS = 10, ACTIVITIES = 60 };

/* One learner's plan of ten goals and sixty assignments, by its teacher, in a store of its own. */
static pz_id make_plan(pz_actor *importer, pz_store *store)
{
    pz_plan plan = PZ_PLAN_INIT;
    pz_plan_part parts[GOALS + ACTIVITIES];
    const pz_plan_part *pointers[GOALS + ACTIVITIES];
    pz_enrollment enrollment = PZ_ENROLLMENT_INIT;
    pz_org org = PZ_ORG_INIT;
    pz_actor *learner, *teacher;
    pz_assignment **rows;
    pz_id school, room, teaches, tie;
    size_t count;
    org.name = "School";
    need(pz_org_save(importer, &org, NULL, NULL, NULL, &school));
    room = save_class(importer, school);
    plan.learner = save_learner(importer, room, 1);
    teaches = save_learner(importer, room, 2);
    enrollment.class_id = room;
    enrollment.person = teaches;
    enrollment.role = PZ_ROLE_TEACHER;
    need(pz_enrollment_save(importer, &enrollment, NULL, NULL, NULL, &tie));
    need(pz_actor_open(store, plan.learner, PZ_ROLE_LEARNER, "benchmark", &learner));
    need(pz_actor_open(store, teaches, PZ_ROLE_TEACHER, "benchmark", &teacher));
    for (int i = 0; i < GOALS + ACTIVITIES; i++) {
        parts[i] = (pz_plan_part)PZ_PLAN_PART_INIT;
        pointers[i] = &parts[i];
    }
    for (int i = 0; i < GOALS; i++) {
        pz_goal goal = PZ_GOAL_INIT;
        goal.learner = plan.learner;
        goal.statement = "I want to share fairly with everybody at the table";
        parts[i].record_kind = PZ_KIND_GOAL;
        need(pz_goal_propose(learner, &goal, NULL, &parts[i].record));
    }
    for (int i = 0; i < ACTIVITIES; i++) {
        pz_activity activity = PZ_ACTIVITY_INIT;
        activity.class_id = room;
        activity.title = "Weigh five things and say which is heaviest";
        need(pz_activity_save(teacher, &activity, NULL, &activity.id));
        need(pz_activity_assign(teacher, activity.id, plan.learner, 0, 0, PZ_DATE_NONE, NULL, NULL));
    }
    need(pz_assignment_list(learner, NULL, &rows, &count));
    if (count != ACTIVITIES) stop("there are not sixty assignments");
    for (int i = 0; i < ACTIVITIES; i++) {
        parts[GOALS + i].record_kind = PZ_KIND_ASSIGNMENT;
        parts[GOALS + i].record = rows[i]->id;
    }
    pz_free(rows);
    plan.title = "Plan";
    plan.begins_on = plan.ends_on = 20000;
    need(pz_plan_save(learner, &plan, pointers, GOALS + ACTIVITIES, NULL, &plan.id));
    pz_actor_free(learner);
    pz_actor_free(teacher);
    return plan.id;
}

/* The rows of the same plan, by prepared statements. */
static void read_raw_plan(sqlite3 *db, sqlite3_stmt **statements)
{
    double sum = 0;
    int64_t record;
    sqlite3_exec(db, "BEGIN", NULL, NULL, NULL);
    while (sqlite3_step(statements[0]) == SQLITE_ROW) {
        record = sqlite3_column_int64(statements[0], 1);
        sum += read_rows(statements[sqlite3_column_int(statements[0], 0) == PZ_KIND_GOAL ? 1 : 2], record);
    }
    sqlite3_reset(statements[0]);
    sqlite3_exec(db, "COMMIT", NULL, NULL, NULL);
    if (sum == 0.5) stop("never");
}

static void measure_plan(const char *folder)
{
    static const char *const sql[] = {
        "SELECT record_kind, record_id FROM plan_part WHERE until_change = 9223372036854775807 ORDER BY position",
        "SELECT * FROM goal WHERE tenant_id = 1 AND goal_id = ?1 AND until_change = 9223372036854775807",
        "SELECT a.*, t.title FROM assignment a JOIN activity t ON t.tenant_id = 1 AND t.activity_id = a.activity_id AND t.until_change = "
        "9223372036854775807 WHERE a.tenant_id = 1 AND a.assignment_id = ?1 AND a.until_change = 9223372036854775807"};
    static const char *const ends[] = {"", "-wal", "-shm", ".lock"};
    enum { READS = 100 };
    double library[MOST_ROUNDS], raw[MOST_ROUNDS], begun;
    sqlite3_stmt *statements[3];
    pz_actor *actor;
    pz_store *store;
    sqlite3 *db;
    char file[600], *json;
    pz_id plan;
    snprintf(file, sizeof file, "%s/one-plan.pz", folder);
    for (int i = 0; i < 4; i++) {
        char path_of_end[640];
        snprintf(path_of_end, sizeof path_of_end, "%s%s", file, ends[i]);
        unlink(path_of_end);
    }
    need(pz_store_create(file, NULL, &store));
    need(pz_actor_open_service(store, "import", PZ_SCOPE_IMPORT | PZ_SCOPE_READ, "benchmark", &actor));
    plan = make_plan(actor, store);
    if (sqlite3_open_v2(file, &db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK) stop(sqlite3_errmsg(db));
    for (int i = 0; i < 3; i++)
        if (sqlite3_prepare_v2(db, sql[i], -1, &statements[i], NULL) != SQLITE_OK) stop(sqlite3_errmsg(db));
    for (long r = 0; r < rounds; r++) {
        begun = now();
        for (int i = 0; i < READS; i++) {
            need(pz_plan_document(actor, plan, NULL, &json));
            pz_free(json);
        }
        library[r] = (now() - begun) / READS;
        begun = now();
        for (int i = 0; i < READS; i++) read_raw_plan(db, statements);
        raw[r] = (now() - begun) / READS;
    }
    begun = median(library);
    printf("{\"measured\": \"document of a plan of 10 goals and 60 activities\", \"cpu_ms\": %.3f, \"raw_cpu_ms\": %.3f, \"ratio\": %.3f}\n", begun,
           median(raw), median(raw) / begun);
    for (int i = 0; i < 3; i++) sqlite3_finalize(statements[i]);
    sqlite3_close(db);
    pz_actor_free(actor);
    pz_store_free(store);
}

int main(int argc, char **argv)
{
    const char *folder = argc > 1 ? argv[1] : getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp";
    sqlite3 *db;
    pz_store *store;
    pz_actor *actor;
    if (argc > 2) learner_count = atol(argv[2]);
    if (argc > 3) rounds = atol(argv[3]);
    if (learner_count < CLASS || rounds < 1 || rounds > MOST_ROUNDS) stop("at least 30 learners, 1 to 99 rounds");
    snprintf(path, sizeof path, "%s/plan-%ld.pz", folder, learner_count);
    if (access(path, R_OK)) make_school();
    if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK) stop(sqlite3_errmsg(db));
    find_school(db);
    need(pz_store_open(path, NULL, &store));
    need(pz_actor_open_service(store, "next steps", PZ_SCOPE_READ, "benchmark", &actor));
    measure("class of 30 over 600 competencies, in words", actor, db, class_id, framework_id, 0);
    measure("class of 30 over 600 competencies, as codes", actor, db, class_id, framework_id, 1);
    measure("all learners in one batch", actor, db, 0, 0, 1);
    measure("all learners in one batch over 600 competencies", actor, db, 0, framework_id, 1);
    pz_actor_free(actor);
    pz_store_free(store);
    sqlite3_close(db);
    measure_plan(folder);
    return 0;
}
