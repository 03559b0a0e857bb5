/* Pages at the size of a school, in CPU seconds and memory:
 *
 *   heat        the heat map of 40 learners by 60 competencies, each cell with its words, as SVG; beside it a loop that only copies as many bytes
 *   pages       the page of every learner of a school of 1,000, with two closed cycles and 12 competencies each, one after the other; with the most memory that the process
 *               held after the first hundred pages and after all
 *
 * Prints one JSON object a line; progress goes to standard error.
 *
 *     bench_report [FOLDER] [ROUNDS]        default: $TMPDIR or /tmp, 9 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "base/random.h"
#include "chart/figure.h"
#include "personalize/competency.h"
#include "personalize/cycle.h"
#include "personalize/report.h"
#include "personalize/roster.h"

enum { CLASSES = 40, SEATS = 25, LEARNERS = CLASSES * SEATS, COMPETENCIES = 12, TIMES = 5, MOST_ROUNDS = 99 };

static char path[600];
static pz_store *store;
static pz_actor *import, *runner;
static pz_id org, classes[CLASSES], learners[LEARNERS], competencies[COMPETENCIES];

static void stop(const char *what)
{
    fprintf(stderr, "bench_report: %s\n", what);
    exit(1);
}

static void need(pz_status status)
{
    if (status != PZ_OK) stop(pz_last_error()->message);
}

static double cpu_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static double median(double *values, int count)
{
    qsort(values, (size_t)count, sizeof *values, by_size);
    return values[count / 2];
}

/* ---------------------------------------------------------------------------------------------------- heat --- */

static void measure_heat(int rounds)
{
    enum { ROWS = 40, COLUMNS = 60 };
    static const pz__level levels[] = {{"mastered", "Mastered", PZ__GLYPH_CHECK, "#0b6a99", "#ffffff"}, {"not-yet", "Not yet", PZ__GLYPH_RING, "#f2b134", "#3b2500"},
                                       {"open", "Not enough evidence yet", PZ__GLYPH_DOTS, "#dde3e9", "#33404d"}, {"none", "No work", PZ__GLYPH_NONE, "#ffffff", "#33404d"}};
    static pz__figure_row rows[ROWS * COLUMNS];
    static char names[ROWS][40], codes[COLUMNS][16];
    double drawn[MOST_ROUNDS], copied[MOST_ROUNDS];
    size_t bytes = 0;
    for (int i = 0; i < ROWS; i++) snprintf(names[i], sizeof names[i], "Maximiliane Özdemir %d", i);
    for (int i = 0; i < COLUMNS; i++) snprintf(codes[i], sizeof codes[i], "5.NBT.A.%d", i);
    for (int i = 0; i < ROWS * COLUMNS; i++)
        rows[i] = (pz__figure_row){names[i / COLUMNS], codes[i % COLUMNS], "A statement", "Not enough evidence yet, 97 % ± 5, 8 answers", i % 4, PZ_DATE_NONE, NULL, 0.5,
                                   PZ_REAL_NONE, PZ_REAL_NONE, PZ_REAL_NONE, PZ_REAL_NONE};
    pz__figure figure = {.kind = PZ__FIGURE_HEAT, .name = "mastery", .id = "pz-mastery-", .title = "Mastery", .description = "Of each learner", .levels = levels, .level_count = 4,
                         .rows = rows, .row_count = ROWS * COLUMNS, .most = 1};
    for (int i = 0; i < rounds; i++) {
        pz__buffer svg = PZ__BUFFER_INIT, copy = PZ__BUFFER_INIT;
        double begun = cpu_seconds();
        need(pz__figure_svg(&figure, &svg));
        drawn[i] = cpu_seconds() - begun;
        bytes = svg.length;
        begun = cpu_seconds();
        for (size_t at = 0; at < bytes; at += 16) pz__buffer_add(&copy, svg.data + at, bytes - at < 16 ? bytes - at : 16);
        copied[i] = cpu_seconds() - begun;
        pz__buffer_free(&svg);
        pz__buffer_free(&copy);
    }
    double draw = median(drawn, rounds), copying = median(copied, rounds);
    printf("{\"bench\":\"report\",\"name\":\"heat\",\"cpu_ms\":%.2f,\"target_cpu_ms\":10,\"bytes\":%zu,\"target_bytes\":400000,\"floor_ms\":%.2f,\"ratio\":%.3f,\"rounds\":%d}\n", draw * 1e3, bytes,
           copying * 1e3, copying / draw, rounds);
    fflush(stdout);
}

/* ---------------------------------------------------------------------------------------------- the school --- */

static void clear(void)
{
    static const char *const ends[] = {"", "-wal", "-shm", ".lock"};
    for (int i = 0; i < 4; i++) {
        char name[640];
        snprintf(name, sizeof name, "%s%s", path, ends[i]);
        unlink(name);
    }
}

static void save_people(void)
{
    pz_org record = PZ_ORG_INIT;
    record.name = "School";
    need(pz_org_save(import, &record, NULL, NULL, NULL, &org));
    for (int i = 0; i < CLASSES; i++) {
        pz_class class_record = PZ_CLASS_INIT;
        class_record.org = org;
        class_record.title = "Class";
        need(pz_class_save(import, &class_record, NULL, NULL, NULL, &classes[i]));
    }
    for (int i = 0; i < LEARNERS; i++) {
        pz_person person = PZ_PERSON_INIT;
        pz_enrollment enrollment = PZ_ENROLLMENT_INIT;
        pz_id tie;
        person.given_name = "Learner";
        person.family_name = "Bench";
        need(pz_person_save(import, &person, NULL, NULL, NULL, &learners[i]));
        enrollment.person = learners[i];
        enrollment.class_id = classes[i / SEATS];
        need(pz_enrollment_save(import, &enrollment, NULL, NULL, NULL, &tie));
    }
}

static void save_competencies(void)
{
    pz_framework framework = PZ_FRAMEWORK_INIT;
    pz_id id;
    framework.title = "Framework";
    need(pz_framework_save(import, &framework, NULL, NULL, NULL, &id));
    for (int i = 0; i < COMPETENCIES; i++) {
        pz_competency competency = PZ_COMPETENCY_INIT;
        char code[32];
        snprintf(code, sizeof code, "5.FR.%d", i);
        competency.framework = id;
        competency.code = code;
        competency.statement = "Add and subtract fractions with different denominators";
        need(pz_competency_save(import, &competency, NULL, NULL, NULL, &competencies[i]));
    }
}

static void add_answers(pz_time from)
{
    enum { ROWS = LEARNERS * COMPETENCIES * TIMES };
    static pz_id learner[ROWS], competency[ROWS];
    static double score[ROWS];
    static pz_time at[ROWS];
    pz__random random;
    pz_evidence evidence = PZ_EVIDENCE_INIT;
    pz__random_seed(&random, (uint64_t)from);
    for (int i = 0; i < ROWS; i++) {
        int seat = i / (COMPETENCIES * TIMES);
        learner[i] = learners[seat];
        competency[i] = competencies[i / TIMES % COMPETENCIES];
        score[i] = pz__random_unit(&random) < 0.3 + 0.5 * (seat % SEATS) / SEATS ? 1 : 0;
        at[i] = from + i * INT64_C(100000);
    }
    evidence.rows = ROWS;
    evidence.learner = learner;
    evidence.competency = competency;
    evidence.score = score;
    evidence.at = at;
    need(pz_evidence_add(import, &evidence, NULL, NULL));
}

static pz_id run_cycle(pz_id previous, const char *opens, const char *closes)
{
    pz_cycle cycle = PZ_CYCLE_INIT;
    pz_id id;
    pz_time from;
    char moment[40];
    cycle.title = "Round";
    cycle.org = org;
    cycle.previous = previous;
    need(pz_date_parse(opens, PZ_NUL_TERMINATED, &cycle.opens_on));
    need(pz_date_parse(closes, PZ_NUL_TERMINATED, &cycle.closes_on));
    need(pz_cycle_open(runner, &cycle, NULL, &id));
    need(pz_cycle_collect(runner, id, NULL));
    snprintf(moment, sizeof moment, "%sT08:00:00Z", opens);
    need(pz_time_parse(moment, PZ_NUL_TERMINATED, &from));
    add_answers(from);
    need(pz_cycle_close(runner, id, NULL, NULL, NULL));
    return id;
}

static void make_school(void)
{
    pz_store_options options = PZ_STORE_OPTIONS_INIT;
    int32_t repeated;
    options.durability = PZ_DURABILITY_NORMAL;
    clear();
    need(pz_store_create(path, &options, &store));
    need(pz_actor_open_service(store, "import", PZ_SCOPE_IMPORT, "benchmark", &import));
    need(pz_actor_open_service(store, "runner", PZ_SCOPE_READ | PZ_SCOPE_RECOMMEND, "benchmark", &runner));
    need(pz_change_begin(import, "school", NULL, &repeated));
    save_people();
    save_competencies();
    need(pz_change_commit(import, NULL));
    run_cycle(run_cycle(0, "2025-09-01", "2025-10-01"), "2026-01-10", "2026-02-10");
}

/* ---------------------------------------------------------------------------------------------------- pages --- */

static long most_memory(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

static void measure_pages(void)
{
    size_t bytes = 0;
    long after_hundred = 0;
    make_school();
    double begun = cpu_seconds();
    for (int i = 0; i < LEARNERS; i++) {
        char *html;
        need(pz_learner_page(runner, learners[i], NULL, &html));
        bytes += strlen(html);
        pz_free(html);
        if (i == 99) after_hundred = most_memory();
        if (i % 100 == 99) fprintf(stderr, "\r%d of %d pages", i + 1, LEARNERS);
    }
    fputc('\n', stderr);
    double seconds = cpu_seconds() - begun;
    printf("{\"bench\":\"report\",\"name\":\"pages\",\"cpu_s\":%.2f,\"target_cpu_s\":20,\"pages\":%d,\"bytes_a_page\":%zu,\"most_kib_after_100\":%ld,\"most_kib_after_all\":%ld,\"blocks\":%lld}\n", seconds,
           LEARNERS, bytes / LEARNERS, after_hundred, most_memory(), (long long)pz_memory_blocks());
    fflush(stdout);
    pz_actor_free(import);
    pz_actor_free(runner);
    pz_store_free(store);
    clear();
}

int main(int argc, char **argv)
{
    const char *folder = argc > 1 ? argv[1] : getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp";
    int rounds = argc > 2 ? atoi(argv[2]) : 9;
    if (rounds < 1 || rounds > MOST_ROUNDS) stop("ROUNDS is 1 to 99");
    snprintf(path, sizeof path, "%s/bench_report.pz", folder);
    measure_heat(rounds);
    measure_pages();
    return 0;
}
