/* Cycles at the size of a school, in CPU seconds:
 *
 *   batches     answers stored and estimated class by class, 8 for each learner and competency in a batch, durability NORMAL, beside a loop of prepared statements
 *               that writes the same rows of evidence and mastery alone
 *   closing     1,000 learners, 6 competencies each, 60,000 answers: the cycle closed, then groups recommended for each of 40 classes
 *   assist09    with PERSONALIZE_DATA set: the answers of ASSISTments 2009 loaded with predictions and closed as one cycle; the AUC of the predictions beside that of the pure model
 *
 * Prints one JSON object a line.
 *
 *     bench_cycle [FOLDER] [ROUNDS]        default: $TMPDIR or /tmp, 5 */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/map.h"
#include "base/random.h"
#include "personalize/competency.h"
#include "personalize/cycle.h"
#include "personalize/metrics.h"
#include "personalize/recommend.h"
#include "personalize/roster.h"
#include "personalize/tracing.h"
#include "tracing_data.h"

enum { CLASSES = 40, SEATS = 25, LEARNERS = CLASSES * SEATS, COMPETENCIES = 6, TIMES = 10, MOST_ROUNDS = 99 };
enum { BATCH = 8 }; /* answers for each learner and competency in a batch */

static char folder[512];
static pz_store *store;
static pz_actor *import, *runner;
static pz_id org, classes[CLASSES], learners[LEARNERS], competencies[COMPETENCIES];

static void stop(const char *what)
{
    fprintf(stderr, "bench_cycle: %s\n", what);
    exit(1);
}

static void need(pz_status status)
{
    if (status != PZ_OK) stop(pz_last_error()->message);
}

static const char *path_of(const char *name)
{
    static char path[600];
    snprintf(path, sizeof path, "%s/%s", folder, name);
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

/* ---------------------------------------------------------------------------------------------- the school --- */

static void open_school(void)
{
    pz_store_options options = PZ_STORE_OPTIONS_INIT;
    options.durability = PZ_DURABILITY_NORMAL;
    clear("cycle.pz");
    need(pz_store_create(path_of("cycle.pz"), &options, &store));
    need(pz_actor_open_service(store, "import", PZ_SCOPE_IMPORT, "benchmark", &import));
    need(pz_actor_open_service(store, "runner", PZ_SCOPE_READ | PZ_SCOPE_RECOMMEND, "benchmark", &runner));
}

static void close_school(void)
{
    pz_actor_free(import);
    pz_actor_free(runner);
    pz_store_free(store);
    clear("cycle.pz");
}

static pz_id save_learner(pz_id class_id)
{
    pz_person person = PZ_PERSON_INIT;
    pz_enrollment enrollment = PZ_ENROLLMENT_INIT;
    pz_id tie;
    person.given_name = "Learner";
    person.family_name = "Bench";
    need(pz_person_save(import, &person, NULL, NULL, NULL, &enrollment.person));
    enrollment.class_id = class_id;
    enrollment.role = PZ_ROLE_LEARNER;
    need(pz_enrollment_save(import, &enrollment, NULL, NULL, NULL, &tie));
    return enrollment.person;
}

static pz_id save_class(void)
{
    pz_class record = PZ_CLASS_INIT;
    pz_id id;
    record.org = org;
    record.title = "Class";
    need(pz_class_save(import, &record, NULL, NULL, NULL, &id));
    return id;
}

static void save_org(void)
{
    pz_org record = PZ_ORG_INIT;
    record.name = "School";
    need(pz_org_save(import, &record, NULL, NULL, NULL, &org));
}

static void save_competencies(pz_id *out, int count)
{
    pz_framework framework = PZ_FRAMEWORK_INIT;
    pz_id id;
    char code[32];
    framework.title = "Framework";
    need(pz_framework_save(import, &framework, NULL, NULL, NULL, &id));
    for (int i = 0; i < count; i++) {
        pz_competency competency = PZ_COMPETENCY_INIT;
        snprintf(code, sizeof code, "C%d", i);
        competency.framework = id;
        competency.code = competency.statement = code;
        need(pz_competency_save(import, &competency, NULL, NULL, NULL, &out[i]));
    }
}

/* One change for all of it: the school is not what is measured. */
static void make_school(void)
{
    int32_t repeated;
    open_school();
    need(pz_change_begin(import, "school", NULL, &repeated));
    save_org();
    for (int i = 0; i < CLASSES; i++) classes[i] = save_class();
    for (int i = 0; i < LEARNERS; i++) learners[i] = save_learner(classes[i / SEATS]);
    save_competencies(competencies, COMPETENCIES);
    need(pz_change_commit(import, NULL));
}

/* ------------------------------------------------------------------------------------------------- batches --- */

enum { BATCH_ROWS = SEATS * COMPETENCIES * BATCH };

typedef struct batch_rows {
    pz_id learner[BATCH_ROWS], competency[BATCH_ROWS];
    double score[BATCH_ROWS];
    pz_time at[BATCH_ROWS];
} batch_rows;

/* Of one class, in the order of time as a file has them. */
static void fill_batch(pz__random *random, batch_rows *rows, int class_number, int round)
{
    for (int i = 0; i < BATCH_ROWS; i++) {
        int seat = i % SEATS, competency = i / SEATS % COMPETENCIES;
        rows->learner[i] = learners[class_number * SEATS + seat];
        rows->competency[i] = competencies[competency];
        rows->score[i] = pz__random_unit(random) < 0.3 + 0.5 * seat / SEATS ? 1 : 0;
        rows->at[i] = INT64_C(1790000000000000) + round * INT64_C(86400000000) + i * INT64_C(1000000);
    }
}

static double store_batches(int rounds)
{
    static batch_rows rows;
    pz__random random;
    double seconds = 0;
    pz__random_seed(&random, 20261124);
    for (int round = 0; round < rounds; round++)
        for (int k = 0; k < CLASSES; k++) {
            pz_evidence evidence = PZ_EVIDENCE_INIT;
            double begun;
            fill_batch(&random, &rows, k, round);
            evidence.rows = BATCH_ROWS;
            evidence.learner = rows.learner;
            evidence.competency = rows.competency;
            evidence.score = rows.score;
            evidence.at = rows.at;
            begun = cpu_seconds();
            need(pz_evidence_add(import, &evidence, NULL, NULL));
            seconds += cpu_seconds() - begun;
        }
    return seconds;
}

static void run_step(sqlite3_stmt *statement)
{
    if (sqlite3_step(statement) != SQLITE_DONE) stop("a raw statement failed");
    sqlite3_reset(statement);
}

static sqlite3_stmt *prepare(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *statement;
    if (sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) != SQLITE_OK) stop(sqlite3_errmsg(db));
    return statement;
}

/* The same rows of the same schema in the order of the key, and a row of mastery for each pair. */
static double raw_batches(int rounds)
{
    static const char state[49];
    sqlite3 *db;
    sqlite3_stmt *begin, *commit, *evidence, *mastery;
    double begun, seconds;
    if (sqlite3_open_v2(path_of("cycle.pz"), &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK) stop("the raw file does not open");
    if (sqlite3_exec(db, "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -16384; PRAGMA secure_delete = ON", NULL, NULL, NULL) !=
        SQLITE_OK)
        stop(sqlite3_errmsg(db));
    begin = prepare(db, "BEGIN IMMEDIATE");
    commit = prepare(db, "COMMIT");
    evidence = prepare(db, "INSERT INTO evidence VALUES (1, ?1, ?2, ?3, ?4, 1, ?5, 1.0, 1, NULL, NULL, NULL)");
    mastery = prepare(db, "INSERT OR REPLACE INTO mastery VALUES (1, ?1, ?2, 0, 0.4, 0.3, 1, 8, 1790000000000000, 7, 1, ?3)");
    begun = cpu_seconds();
    for (int round = 0; round < rounds; round++)
        for (int k = 0; k < CLASSES; k++) {
            run_step(begin);
            for (int i = 0; i < BATCH_ROWS; i++) {
                sqlite3_bind_int64(evidence, 1, learners[k * SEATS + i / (COMPETENCIES * BATCH)]);
                sqlite3_bind_int64(evidence, 2, competencies[i / BATCH % COMPETENCIES]);
                sqlite3_bind_int64(evidence, 3, INT64_C(1790000000000000) + round * INT64_C(86400000000) + i * INT64_C(1000000));
                sqlite3_bind_int64(evidence, 4, INT64_C(900000000) + (round * CLASSES + k) * BATCH_ROWS + i);
                sqlite3_bind_double(evidence, 5, i % 3 ? 1 : 0);
                run_step(evidence);
                if (i % BATCH != BATCH - 1) continue;
                sqlite3_bind_int64(mastery, 1, learners[k * SEATS + i / (COMPETENCIES * BATCH)]);
                sqlite3_bind_int64(mastery, 2, competencies[i / BATCH % COMPETENCIES]);
                sqlite3_bind_blob(mastery, 3, state, sizeof state, SQLITE_STATIC);
                run_step(mastery);
            }
            run_step(commit);
        }
    seconds = cpu_seconds() - begun;
    sqlite3_finalize(begin);
    sqlite3_finalize(commit);
    sqlite3_finalize(evidence);
    sqlite3_finalize(mastery);
    sqlite3_close(db);
    return seconds;
}

static int by_size(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

static double median(double *values, int count)
{
    qsort(values, (size_t)count, sizeof *values, by_size);
    return count % 2 ? values[count / 2] : (values[count / 2 - 1] + values[count / 2]) / 2;
}

static void measure_batches(int rounds)
{
    enum { DAYS = 5 };
    double ours[MOST_ROUNDS], raw[MOST_ROUNDS], ratios[MOST_ROUNDS], answers = (double)DAYS * CLASSES * BATCH_ROWS;
    for (int i = 0; i < rounds; i++) {
        make_school();
        ours[i] = store_batches(DAYS);
        close_school();
        make_school();
        pz_actor_free(import);
        pz_actor_free(runner);
        pz_store_free(store);
        raw[i] = raw_batches(DAYS);
        clear("cycle.pz");
        ratios[i] = raw[i] / ours[i];
    }
    printf("{\"bench\":\"cycle\",\"name\":\"batches\",\"answers_per_second\":%.0f,\"target\":300000,\"raw_answers_per_second\":%.0f,\"ratio\":%.3f,\"answers\":%.0f,"
           "\"answers_per_batch\":%d,\"rounds\":%d}\n",
           answers / median(ours, rounds), answers / median(raw, rounds), median(ratios, rounds), answers, BATCH_ROWS, rounds);
    fflush(stdout);
}

/* ------------------------------------------------------------------------------------------------- closing --- */

static pz_id open_cycle(pz_id of_org, const char *title)
{
    pz_cycle cycle = PZ_CYCLE_INIT;
    pz_id id;
    cycle.org = of_org;
    cycle.title = title;
    need(pz_cycle_open(runner, &cycle, NULL, &id));
    need(pz_cycle_collect(runner, id, NULL));
    return id;
}

static void recommend(pz_id class_id, pz_id cycle)
{
    pz_grouping_request request = PZ_GROUPING_REQUEST_INIT;
    pz_id id;
    request.class_id = class_id;
    request.cycle = cycle;
    need(pz_grouping_recommend(runner, &request, NULL, 0, NULL, NULL, NULL, &id));
}

static void add_answers(void)
{
    enum { ROWS = SEATS * COMPETENCIES * TIMES };
    static pz_id learner[ROWS], competency[ROWS];
    static double score[ROWS];
    static pz_time at[ROWS];
    pz__random random;
    pz__random_seed(&random, 7);
    for (int k = 0; k < CLASSES; k++) {
        pz_evidence evidence = PZ_EVIDENCE_INIT;
        for (int i = 0; i < ROWS; i++) {
            learner[i] = learners[k * SEATS + i % SEATS];
            competency[i] = competencies[i / SEATS % COMPETENCIES];
            score[i] = pz__random_unit(&random) < 0.3 + 0.02 * (i % SEATS) ? 1 : 0;
            at[i] = INT64_C(1790000000000000) + i * INT64_C(1000000);
        }
        evidence.rows = ROWS;
        evidence.learner = learner;
        evidence.competency = competency;
        evidence.score = score;
        evidence.at = at;
        need(pz_evidence_add(import, &evidence, NULL, NULL));
    }
}

static void measure_closing(int rounds)
{
    double closing[MOST_ROUNDS], groups[MOST_ROUNDS], all[MOST_ROUNDS];
    for (int i = 0; i < rounds; i++) {
        double begun, closed;
        pz_id cycle;
        make_school();
        add_answers();
        cycle = open_cycle(org, "Autumn");
        begun = cpu_seconds();
        need(pz_cycle_close(runner, cycle, NULL, NULL, NULL));
        closed = cpu_seconds();
        for (int k = 0; k < CLASSES; k++) recommend(classes[k], cycle);
        closing[i] = closed - begun;
        groups[i] = cpu_seconds() - closed;
        all[i] = closing[i] + groups[i];
        close_school();
    }
    printf("{\"bench\":\"cycle\",\"name\":\"closing\",\"cpu_s\":%.3f,\"target_cpu_s\":2,\"close_cpu_s\":%.3f,\"groups_cpu_s\":%.3f,\"learners\":%d,\"competencies\":%d,\"answers\":%d,"
           "\"classes\":%d,\"rounds\":%d}\n",
           median(all, rounds), median(closing, rounds), median(groups, rounds), LEARNERS, COMPETENCIES, LEARNERS * COMPETENCIES * TIMES, CLASSES, rounds);
    fflush(stdout);
}

/* ------------------------------------------------------------------------------------------------ assist09 --- */

static tracing_data read_assist(const char *data)
{
    char path[1024];
    tracing_data all, rest;
    snprintf(path, sizeof path, "%s/kt/assist09/preprocessed_data_train.csv", data);
    if (!tracing_read(path, &all)) exit(1);
    snprintf(path, sizeof path, "%s/kt/assist09/preprocessed_data_test.csv", data);
    if (!tracing_read(path, &rest)) exit(1);
    all.learner = realloc(all.learner, (all.rows + rest.rows) * sizeof *all.learner);
    all.skill = realloc(all.skill, (all.rows + rest.rows) * sizeof *all.skill);
    all.score = realloc(all.score, (all.rows + rest.rows) * sizeof *all.score);
    if (!all.learner || !all.skill || !all.score) abort();
    memcpy(all.learner + all.rows, rest.learner, rest.rows * sizeof *rest.learner);
    memcpy(all.skill + all.rows, rest.skill, rest.rows * sizeof *rest.skill);
    memcpy(all.score + all.rows, rest.score, rest.rows * sizeof *rest.score);
    all.rows += rest.rows;
    tracing_free(&rest);
    return all;
}

/* Numbers of the file become records of the store, each once. */
static size_t number_ids(const int64_t *numbers, size_t rows, int64_t *out_place)
{
    pz__map *map;
    size_t count = 0;
    need(pz__map_new(&map));
    for (size_t i = 0; i < rows; i++) {
        int64_t place;
        if (!pz__map_get(map, numbers[i] + 1, &place)) {
            place = (int64_t)count++;
            need(pz__map_put(map, numbers[i] + 1, place));
        }
        out_place[i] = place;
    }
    pz__map_free(map);
    return count;
}

/* The school of the file: its learners in one class, a competency for each skill, with the parameters that the pure model fitted as its rule. */
static void make_assist_school(tracing_data *data, const pz_bkt_model *model)
{
    int64_t *learner = malloc(data->rows * sizeof *learner), *skill = malloc(data->rows * sizeof *skill);
    size_t people, skills;
    int32_t repeated;
    pz_id *person, *competency, class_id;
    int64_t *number;
    if (!learner || !skill) abort();
    people = number_ids(data->learner, data->rows, learner);
    skills = number_ids(data->skill, data->rows, skill);
    person = malloc(people * sizeof *person);
    competency = malloc(skills * sizeof *competency);
    number = malloc(skills * sizeof *number);
    if (!person || !competency || !number) abort();
    for (size_t i = 0; i < data->rows; i++) number[skill[i]] = data->skill[i];
    open_school();
    need(pz_change_begin(import, "school", NULL, &repeated));
    save_org();
    class_id = save_class();
    for (size_t i = 0; i < people; i++) person[i] = save_learner(class_id);
    save_competencies(competency, (int)skills);
    need(pz_change_commit(import, NULL));
    for (size_t i = 0; i < skills; i++) {
        pz_mastery_settings settings = PZ_MASTERY_SETTINGS_INIT;
        char *json;
        need(pz_bkt_settings(model, number[i], &settings));
        need(pz_mastery_settings_write(&settings, &json));
        need(pz_mastery_rule_set(runner, 0, competency[i], json, PZ_NUL_TERMINATED, NULL, NULL));
        pz_free(json);
    }
    for (size_t i = 0; i < data->rows; i++) {
        data->learner[i] = person[learner[i]];
        data->skill[i] = competency[skill[i]];
    }
    free(learner);
    free(skill);
    free(person);
    free(competency);
    free(number);
}

static double auc_of(const double *probability, const tracing_data *data)
{
    pz_accuracy accuracy = PZ_ACCURACY_INIT;
    need(pz_accuracy_of(probability, data->score, data->rows, NULL, NULL, &accuracy));
    return accuracy.auc;
}

static void measure_assist(const char *folder_of_data)
{
    tracing_data data = read_assist(folder_of_data);
    double *pure = malloc(data.rows * sizeof *pure), begun, stored, largest = 0, auc_pure, auc_stored;
    pz_bkt_options options = PZ_BKT_OPTIONS_INIT;
    pz_bkt_model *model;
    pz_evidence evidence = PZ_EVIDENCE_INIT, *got;
    pz_id cycle;
    if (!pure) abort();
    need(pz_bkt_fit(&options, data.learner, data.skill, data.score, NULL, NULL, NULL, data.rows, NULL, NULL, &model));
    need(pz_bkt_predict(model, data.learner, data.skill, data.score, NULL, NULL, NULL, data.rows, NULL, NULL, pure, data.rows));
    auc_pure = auc_of(pure, &data);
    make_assist_school(&data, model);
    evidence.rows = data.rows;
    evidence.learner = data.learner;
    evidence.competency = data.skill;
    evidence.score = data.score;
    begun = cpu_seconds();
    need(pz_evidence_add_predicted(import, &evidence, NULL, &got));
    stored = cpu_seconds();
    cycle = open_cycle(org, "Skill builder");
    need(pz_cycle_close(runner, cycle, NULL, NULL, NULL));
    auc_stored = auc_of(got->prediction, &data);
    for (size_t i = 0; i < data.rows; i++) largest = fmax(largest, fabs(got->prediction[i] - pure[i]));
    printf("{\"bench\":\"cycle\",\"name\":\"assist09\",\"cpu_s\":%.3f,\"target_cpu_s\":5,\"store_cpu_s\":%.3f,\"close_cpu_s\":%.3f,\"answers\":%zu,\"auc_stored\":%.6f,\"auc_pure\":%.6f,"
           "\"largest_difference\":%.2g}\n",
           cpu_seconds() - begun, stored - begun, cpu_seconds() - stored, data.rows, auc_stored, auc_pure, largest);
    pz_free(got);
    close_school();
    pz_bkt_free(model);
    free(pure);
    tracing_free(&data);
}

int main(int argc, char **argv)
{
    const char *root = argc > 1 ? argv[1] : getenv("TMPDIR"), *data = getenv("PERSONALIZE_DATA");
    int rounds = argc > 2 ? atoi(argv[2]) : 5;
    if (rounds < 1 || rounds > MOST_ROUNDS) stop("ROUNDS is 1 to 99");
    snprintf(folder, sizeof folder, "%s/pz-bench-XXXXXX", root && *root ? root : "/tmp");
    if (!mkdtemp(folder)) stop("no folder can be made");
    measure_batches(rounds);
    measure_closing(rounds);
    if (data) measure_assist(data);
    rmdir(folder);
    return 0;
}
