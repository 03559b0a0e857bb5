/* A goal, in C: a learner proposes it, negotiates it with a counselor, works on it by milestones, demonstrates, and reflects.
 *
 *     goal_and_plan SAMPLE_SCHOOL_FOLDER RESULT_FOLDER
 *
 * The store's clock is set to days of the school year. A host leaves it alone. */
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

static pz_date day(const char *text)
{
    pz_date date;
    must(pz_date_parse(text, PZ_NUL_TERMINATED, &date), "date");
    return date;
}

static void import_roster(pz_store *store, const char *folder)
{
    pz_import_options options = PZ_IMPORT_OPTIONS_INIT;
    pz_actor *importer;
    char path[4096], *report;
    snprintf(path, sizeof path, "%s/oneroster.zip", folder);
    options.source = "sample-school";
    must(pz_actor_open_service(store, "nightly import", PZ_SCOPE_IMPORT, "start of the school year", &importer), "service");
    must(pz_import_oneroster(importer, path, &options, NULL, &report), "oneroster.zip");
    pz_free(report);
    pz_actor_free(importer);
}

static pz_id person(pz_store *store, const char *outside_id)
{
    pz_id id;
    must(pz_store_person(store, "sample-school", outside_id, PZ_NUL_TERMINATED, &id), outside_id);
    return id;
}

static pz_actor *open_actor(pz_store *store, const char *outside_id, pz_role role)
{
    pz_actor *actor;
    must(pz_actor_open(store, person(store, outside_id), role, "example", &actor), outside_id);
    return actor;
}

/* ------------------------------------------------------------------------------------------------- the goal --- */

static void say_state(pz_actor *learner, pz_id id)
{
    static const char *const names[] = {"", "proposed", "active", "achieved", "abandoned", "draft", "agreed", "paused", "revised"};
    pz_goal *goal;
    must(pz_goal_get(learner, id, &goal), "goal");
    printf("  the goal is %s\n", names[goal->state]);
    pz_free(goal);
}

static void show_advice(pz_actor *learner, pz_id goal)
{
    pz_goal_advice **rows;
    size_t count;
    must(pz_goal_advice_list(learner, goal, NULL, &rows, &count), "advice");
    for (size_t i = 0; i < count; i++)
        if (!strcmp(rows[i]->field, "statement") || !strcmp(rows[i]->field, "due_on")) printf("  advice: %s\n", rows[i]->words);
    pz_free(rows);
}

static void ask_for_more(pz_actor *counselor, pz_id id)
{
    pz_goal *goal;
    int64_t version;
    must(pz_goal_get(counselor, id, &goal), "goal");
    goal->statement = "Read four books about trains";
    goal->statement_len = PZ_NUL_TERMINATED;
    goal->measure = PZ_MEASURE_COUNT;
    goal->measured = "books read";
    goal->measured_len = PZ_NUL_TERMINATED;
    goal->baseline = 0;
    goal->target = 4;
    goal->due_on = day("2026-01-30");
    goal->why = "So that we can see it grow";
    goal->why_len = PZ_NUL_TERMINATED;
    must(pz_goal_revise(counselor, goal, NULL, &version), "revise");
    pz_free(goal);
}

static void answer(pz_actor *learner, pz_id id)
{
    pz_goal_request **requests;
    pz_goal *asked;
    size_t count;
    must(pz_goal_request_list(learner, id, &requests, &count), "requests");
    must(pz_goal_revision_get(learner, requests[0]->id, &asked), "revision");
    printf("  the counselor asks for: %s\n", asked->statement);
    must(pz_goal_answer(learner, requests[0]->id, 1, "Good, four", PZ_NUL_TERMINATED, NULL), "answer");
    pz_free(asked);
    pz_free(requests);
}

static pz_id negotiate(pz_actor *learner, pz_id learner_id, pz_actor *counselor)
{
    pz_goal goal = PZ_GOAL_INIT;
    pz_id id, request;
    puts("A goal is proposed and negotiated");
    goal.learner = learner_id;
    goal.statement = "Read more";
    goal.reason = "I like stories about trains";
    goal.confidence = 0.6;
    must(pz_goal_propose(learner, &goal, NULL, &id), "propose");
    show_advice(learner, id);
    ask_for_more(counselor, id);
    say_state(learner, id);
    answer(learner, id);
    must(pz_goal_support(counselor, id, "We talk about each book", PZ_NUL_TERMINATED, NULL), "support");
    say_state(learner, id);
    must(pz_goal_start(learner, id, "I begin tonight", PZ_NUL_TERMINATED, NULL, &request), "start");
    say_state(learner, id);
    return id;
}

/* ------------------------------------------------------------------------------------------------- the work --- */

static void measure(pz_actor *learner, pz_id goal, double value)
{
    pz_goal_measurement measurement = PZ_GOAL_MEASUREMENT_INIT;
    measurement.goal = goal;
    measurement.value = value;
    must(pz_goal_measurement_add(learner, &measurement, NULL), "measure");
}

static void rate(pz_actor *actor, pz_id demonstration, int32_t level)
{
    pz_demonstration_rating rating = PZ_DEMONSTRATION_RATING_INIT;
    const pz_demonstration_rating *ratings[] = {&rating};
    rating.criterion = "Tells it so that others follow";
    rating.level = level;
    must(pz_demonstration_rate(actor, demonstration, ratings, 1, NULL), "rate");
}

static void demonstrate(pz_actor *learner, pz_actor *counselor, pz_id goal)
{
    pz_demonstration shown = PZ_DEMONSTRATION_INIT;
    pz_voice_media link = PZ_VOICE_MEDIA_INIT;
    const pz_voice_media *media[] = {&link};
    pz_demonstration_rating **rows;
    size_t count;
    shown.goal = goal;
    shown.title = "Four stories told to the class";
    link.reference = "https://school.example/stories";
    link.alternative = "I tell the four stories";
    must(pz_demonstration_add(learner, &shown, media, 1, NULL, &shown.id), "demonstrate");
    rate(counselor, shown.id, 4);
    rate(learner, shown.id, 3);
    must(pz_demonstration_rating_list(learner, shown.id, &rows, &count), "ratings");
    for (size_t i = 0; i < count; i++)
        printf("  %s: %d of %d\n", rows[i]->is_self ? "own rating" : "rating", (int)rows[i]->level, (int)rows[i]->levels);
    pz_free(rows);
}

static void work(pz_actor *learner, pz_actor *counselor, pz_id goal)
{
    pz_goal_milestone milestone = PZ_GOAL_MILESTONE_INIT;
    pz_goal_evidence evidence = PZ_GOAL_EVIDENCE_INIT;
    pz_goal_progress *progress;
    puts("It is worked on");
    milestone.goal = goal;
    milestone.statement = "The first book";
    milestone.due_on = day("2025-11-20");
    must(pz_goal_milestone_add(learner, &milestone, NULL, &milestone.id), "milestone");
    set_day("2025-11-18T16:00:00Z");
    evidence.description = "Told the counselor about it";
    must(pz_goal_milestone_reach(learner, milestone.id, &evidence, NULL), "milestone");
    measure(learner, goal, 2);
    must(pz_goal_progress_get(learner, goal, NULL, &progress), "progress");
    printf("  %s\n", progress->words);
    pz_free(progress);
    set_day("2025-12-15T16:00:00Z");
    measure(learner, goal, 4);
    demonstrate(learner, counselor, goal);
}

static void finish(pz_actor *learner, pz_actor *counselor, pz_id goal)
{
    pz_goal_reflection **rows;
    pz_id request;
    size_t count;
    puts("It is achieved");
    must(pz_goal_achieve(learner, goal, NULL, 0, "I read more than I thought I could", PZ_NUL_TERMINATED, NULL, &request), "achieve");
    must(pz_goal_answer(counselor, request, 1, "You did", PZ_NUL_TERMINATED, NULL), "answer");
    say_state(learner, goal);
    must(pz_goal_reflect(learner, goal, "Next time I choose longer books", PZ_NUL_TERMINATED, NULL), "reflect");
    must(pz_goal_reflect(counselor, goal, "Choosing the books yourself made the difference", PZ_NUL_TERMINATED, NULL), "reflect");
    must(pz_goal_reflection_list(learner, goal, &rows, &count), "reflections");
    for (size_t i = 0; i < count; i++) printf("  %s: %s\n", rows[i]->role == PZ_ROLE_LEARNER ? "learner" : "counselor", rows[i]->content);
    pz_free(rows);
}

int main(int argc, char **argv)
{
    pz_store_options options = PZ_STORE_OPTIONS_INIT;
    pz_actor *learner, *counselor;
    pz_store *store;
    pz_id goal;
    char path[4096];
    if (argc != 3) return fprintf(stderr, "usage: %s SAMPLE_SCHOOL_FOLDER RESULT_FOLDER\n", argv[0]), 2;
    snprintf(path, sizeof path, "%s/school.pz", argv[2]);
    options.name = "Riverside School";
    options.clock = school_clock;
    set_day("2025-11-03T09:00:00Z");
    must(pz_store_create(path, &options, &store), "create");
    import_roster(store, argv[1]);
    learner = open_actor(store, "learner-060", PZ_ROLE_LEARNER);
    counselor = open_actor(store, "counselor-001", PZ_ROLE_COUNSELOR);
    goal = negotiate(learner, person(store, "learner-060"), counselor);
    work(learner, counselor, goal);
    finish(learner, counselor, goal);
    pz_actor_free(counselor);
    pz_actor_free(learner);
    pz_store_free(store);
    printf("The store is %s\n", path);
    return 0;
}
