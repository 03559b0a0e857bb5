/* The main job in C: a school's files go in; who has mastered what, what changed, who needs what next, groups with their reasons, goals and
 * a page for the teacher come out.
 *
 *     main_job SAMPLE_SCHOOL_FOLDER RESULT_FOLDER
 *
 * The store's clock is set to the days of the school year, so that at the end an earlier day can be asked again. A host leaves the
 * clock alone. */
#include <personalize.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Everything that fails ends the program with what the library says. */
static void must(pz_status status, const char *doing)
{
    if (status == PZ_OK) return;
    const pz_error *error = pz_last_error();
    fprintf(stderr, "%s: %s: %s %s\n", doing, pz_status_describe(status)->name, error->message, error->hint);
    exit(pz_status_describe(status)->exit_status);
}

static pz_time now;

static pz_time school_clock(void *user_data)
{
    (void)user_data;
    return now += 1000; /* time goes on between two calls */
}

static void set_day(const char *text)
{
    must(pz_time_parse(text, PZ_NUL_TERMINATED, &now), "time");
}

static const char *folder, *results;

static const char *in_folder(const char *in, const char *name)
{
    static char paths[8][4096];
    static int turn;
    char *path = paths[turn = (turn + 1) % 8];
    snprintf(path, sizeof paths[0], "%s/%s", in, name);
    return path;
}

static char *read_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file) exit((perror(path), EXIT_FAILURE));
    size_t length = 0, room = 1 << 16;
    char *text = malloc(room);
    while (text && (length += fread(text + length, 1, room - 1 - length, file)) == room - 1) text = realloc(text, room *= 2);
    fclose(file);
    if (!text) exit(EXIT_FAILURE);
    text[length] = 0;
    return text;
}

static void write_file(const char *name, const char *text)
{
    const char *path = in_folder(results, name);
    FILE *file = fopen(path, "wb");
    if (!file || fputs(text, file) < 0 || fclose(file)) exit((perror(path), EXIT_FAILURE));
    printf("  wrote %s\n", path);
}

/* ------------------------------------------------------------------------------------------------- files in --- */

static void import_csv(pz_actor *importer, const char *name, const char *mapping_name)
{
    pz_import_options options = PZ_IMPORT_OPTIONS_INIT;
    char *mapping = read_file(in_folder(in_folder(folder, "mappings"), mapping_name)), *report;
    options.source = "sample-school";
    must(pz_import_csv(importer, in_folder(folder, name), mapping, PZ_NUL_TERMINATED, &options, NULL, &report), name);
    pz_free(report);
    free(mapping);
    printf("  imported %s\n", name);
}

static void import_start(pz_store *store)
{
    pz_actor *importer;
    pz_import_options options = PZ_IMPORT_OPTIONS_INIT;
    char *report;
    options.source = "sample-school";
    must(pz_actor_open_service(store, "nightly import", PZ_SCOPE_IMPORT, "start of the school year", &importer), "service");
    must(pz_import_case(importer, in_folder(folder, "framework.json"), &options, NULL, &report), "framework.json");
    pz_free(report);
    must(pz_import_oneroster(importer, in_folder(folder, "oneroster.zip"), &options, NULL, &report), "oneroster.zip");
    pz_free(report);
    puts("  imported framework.json and oneroster.zip");
    import_csv(importer, "interests.csv", "interests.json");
    import_csv(importer, "needs.csv", "needs.json");
    import_csv(importer, "supports.csv", "supports.json");
    import_csv(importer, "test-scores.csv", "test-scores.json");
    pz_actor_free(importer);
}

static void import_answers(pz_store *store, const char *name)
{
    pz_actor *importer;
    must(pz_actor_open_service(store, "nightly import", PZ_SCOPE_IMPORT, "answers of the cycle", &importer), "service");
    import_csv(importer, name, "answers.json");
    pz_actor_free(importer);
}

/* ------------------------------------------------------------------------------------------------- people --- */

static pz_id person(pz_store *store, const char *outside_id)
{
    pz_id id;
    must(pz_store_person(store, "sample-school", outside_id, PZ_NUL_TERMINATED, &id), outside_id);
    return id;
}

static pz_actor *open_actor(pz_store *store, const char *outside_id, pz_role role, const char *purpose)
{
    pz_actor *actor;
    must(pz_actor_open(store, person(store, outside_id), role, purpose, &actor), outside_id);
    return actor;
}

static pz_id resolve(pz_actor *actor, pz_kind kind, const char *outside_id)
{
    pz_id id;
    must(pz_id_resolve(actor, kind, "sample-school", outside_id, PZ_NUL_TERMINATED, &id), outside_id);
    return id;
}

static pz_id competency(pz_actor *actor, const char *code)
{
    pz_competency_query query = PZ_COMPETENCY_QUERY_INIT;
    pz_competency **rows;
    size_t count;
    query.code = code;
    must(pz_competency_list(actor, &query, &rows, &count), code);
    if (count != 1) exit((fprintf(stderr, "%s: %zu competencies have this code\n", code, count), EXIT_FAILURE));
    pz_id id = rows[0]->id;
    pz_free(rows);
    return id;
}

/* ------------------------------------------------------------------------------------------------- cycles --- */

/* The leader opens the first cycle for the whole school; each next one comes out of the one before. */
static pz_id open_cycle(pz_actor *leader, const char *title, pz_assessment_kind kind, const char *opens, const char *closes, pz_id previous)
{
    pz_cycle cycle = PZ_CYCLE_INIT;
    pz_id id;
    cycle.title = title;
    cycle.kind = kind;
    cycle.org = resolve(leader, PZ_KIND_ORG, "riverside");
    must(pz_date_parse(opens, PZ_NUL_TERMINATED, &cycle.opens_on), "date");
    must(pz_date_parse(closes, PZ_NUL_TERMINATED, &cycle.closes_on), "date");
    if (previous) {
        must(pz_cycle_hand_over(leader, previous, &cycle, NULL, &id), "hand over");
    } else {
        must(pz_cycle_open(leader, &cycle, NULL, &id), "open cycle");
    }
    must(pz_cycle_collect(leader, id, NULL), "collect");
    return id;
}

/* ----------------------------------------------------------------------------------------------- what comes out --- */

static void show_mastery(pz_actor *teacher, pz_id class_id)
{
    pz_mastery_query query = PZ_MASTERY_QUERY_INIT;
    pz_learner_mastery **rows;
    size_t count, decided[4] = {0};
    query.class_id = class_id;
    must(pz_learner_mastery_list(teacher, &query, &rows, &count), "mastery");
    for (size_t i = 0; i < count; i++) decided[rows[i]->decision]++;
    printf("  %zu estimates: %zu mastered, %zu not yet, %zu not enough evidence\n", count, decided[PZ_MASTERY_MASTERED],
           decided[PZ_MASTERY_NOT_YET], decided[PZ_MASTERY_NOT_ENOUGH_EVIDENCE]);
    if (count) printf("  the first: %.2f with a standard error of %.2f from %d answers\n", rows[0]->estimate, rows[0]->standard_error,
                      rows[0]->evidence_count);
    pz_free(rows);
}

static void show_cycle(pz_actor *teacher, pz_id cycle, pz_id class_id)
{
    pz_cycle_query query = PZ_CYCLE_QUERY_INIT;
    pz_cycle_result **rows;
    size_t count, grown = 0, needs = 0, steps = 0;
    query.cycle = cycle;
    query.class_id = class_id;
    must(pz_cycle_result_list(teacher, &query, &rows, &count), "cycle results");
    for (size_t i = 0; i < count; i++) {
        grown += rows[i]->growth > 1.96 * rows[i]->growth_standard_error;
        needs += rows[i]->is_need != 0;
        steps += rows[i]->step == 1;
    }
    printf("  %zu results: growth beyond its error in %zu, %zu needs, %zu next steps whose prerequisites are mastered\n", count, grown,
           needs, steps);
    pz_free(rows);
}

static pz_id recommend(pz_actor *teacher, pz_id class_id, pz_id cycle)
{
    pz_grouping_request request = PZ_GROUPING_REQUEST_INIT;
    pz_recommendation *recommendation;
    pz_group **groups;
    size_t count;
    pz_id id;
    int32_t same;
    request.class_id = class_id;
    request.cycle = cycle;
    request.title = "Next two weeks";
    must(pz_grouping_recommend(teacher, &request, NULL, 0, NULL, NULL, NULL, &id), "recommend");
    must(pz_group_list(teacher, id, "en", &groups, &count), "groups");
    for (size_t i = 0; i < count; i++) printf("  group %d: %s\n", groups[i]->group_no, groups[i]->rationale);
    pz_free(groups);
    must(pz_recommendation_replay(teacher, id, &same), "replay");
    printf("  made again from the seed: %s\n", same ? "the same groups" : "OTHER GROUPS");
    must(pz_recommendation_get(teacher, id, &recommendation), "recommendation");
    must(pz_recommendation_accept(teacher, id, recommendation->version, "Fits with the seating", PZ_NUL_TERMINATED, NULL), "accept");
    pz_free(recommendation);
    return id;
}

/* A learner proposes, the counselor supports. */
static void propose_goal(pz_store *store)
{
    pz_actor *learner = open_actor(store, "learner-060", PZ_ROLE_LEARNER, "my goals");
    pz_actor *counselor = open_actor(store, "counselor-001", PZ_ROLE_COUNSELOR, "talk about goals");
    pz_goal goal = PZ_GOAL_INIT, *read;
    pz_id id, request;
    goal.learner = person(store, "learner-060");
    goal.statement = "I want to explain to my brother how to add fractions.";
    goal.measure = PZ_MEASURE_MASTERY;
    goal.competency = competency(learner, "5.FR.1");
    must(pz_date_parse("2026-03-27", PZ_NUL_TERMINATED, &goal.due_on), "date");
    must(pz_goal_propose(learner, &goal, NULL, &id), "propose");
    must(pz_goal_ask(learner, id, person(store, "counselor-001"), PZ_ROLE_COUNSELOR, NULL), "ask");
    must(pz_goal_support(counselor, id, "We look at it every second Friday.", PZ_NUL_TERMINATED, NULL), "support");
    must(pz_goal_start(learner, id, "I begin today.", PZ_NUL_TERMINATED, NULL, &request), "start");
    must(pz_goal_get(learner, id, &read), "goal");
    printf("  the goal is %s\n", read->state == PZ_GOAL_ACTIVE ? "active" : "NOT ACTIVE");
    pz_free(read);
    pz_actor_free(counselor);
    pz_actor_free(learner);
}

static void ask_earlier_day(pz_actor *teacher, pz_id class_id, const char *day)
{
    pz_time moment;
    pz_actor *past;
    must(pz_time_parse(day, PZ_NUL_TERMINATED, &moment), "time");
    must(pz_actor_as_of(teacher, moment, &past), "as of");
    show_mastery(past, class_id);
    pz_actor_free(past);
}

int main(int argc, char **argv)
{
    pz_store *store;
    pz_store_options options = PZ_STORE_OPTIONS_INIT;
    char *html;
    if (argc != 3) {
        fprintf(stderr, "usage: %s SAMPLE_SCHOOL_FOLDER RESULT_FOLDER\n", argv[0]);
        return 2;
    }
    folder = argv[1];
    results = argv[2];

    set_day("2025-09-01T06:00:00Z");
    options.name = "Riverside School";
    options.time_zone = "UTC";
    options.clock = school_clock;
    must(pz_store_create(in_folder(results, "school.pz"), &options, &store), "create");

    puts("Files in");
    import_start(store);
    pz_actor *leader = open_actor(store, "leader-001", PZ_ROLE_LEADER, "assessment cycles");
    pz_actor *teacher = open_actor(store, "teacher-003", PZ_ROLE_TEACHER, "class page");
    pz_id class_id = resolve(teacher, PZ_KIND_CLASS, "math-05a");

    puts("Cycle one");
    pz_id fall = open_cycle(leader, "Fall", PZ_ASSESSMENT_DIAGNOSTIC, "2025-09-01", "2025-10-03", 0);
    set_day("2025-10-03T18:00:00Z");
    import_answers(store, "answers-fall.csv");
    must(pz_cycle_close(leader, fall, NULL, NULL, NULL), "close");
    show_mastery(teacher, class_id);

    puts("Cycle two");
    set_day("2026-01-19T06:00:00Z");
    pz_id winter = open_cycle(leader, "Winter", PZ_ASSESSMENT_INTERIM, "2026-01-19", "2026-02-20", fall);
    set_day("2026-02-20T18:00:00Z");
    import_answers(store, "answers-winter.csv");
    must(pz_cycle_close(leader, winter, NULL, NULL, NULL), "close");
    show_mastery(teacher, class_id);
    show_cycle(teacher, winter, class_id);

    puts("Groups for the class");
    recommend(teacher, class_id, winter);

    puts("A goal");
    propose_goal(store);

    puts("The same class, asked as of 1 December");
    ask_earlier_day(teacher, class_id, "2025-12-01T12:00:00Z");

    puts("The class page");
    must(pz_class_page(teacher, class_id, NULL, &html), "page");
    write_file("class-page.html", html);
    pz_free(html);

    pz_actor_free(teacher);
    pz_actor_free(leader);
    pz_store_free(store);
    printf("The store is %s\n", in_folder(results, "school.pz"));
    return pz_memory_blocks() ? EXIT_FAILURE : EXIT_SUCCESS;
}
