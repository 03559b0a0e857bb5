/* A learner's voice and a check-in, in C: a learner says by video what it needs, it is answered and acted on; then learner, guardian and teacher
 * meet, from the agenda to the next date.
 *
 *     voice_and_checkin SAMPLE_SCHOOL_FOLDER RESULT_FOLDER
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

static const char *day_words(pz_date date)
{
    static char text[11];
    must(pz_date_format(date, text, sizeof text), "date");
    return text;
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

/* ------------------------------------------------------------------------------------------------------ voice --- */

static const char *const states[] = {"", "open", "seen", "answered", "acted on", "declined", "withdrawn"};

/* The host keeps the film; the store keeps where it is, what it is, and what it says in words. */
static pz_id say_by_video(pz_actor *learner, pz_id learner_id)
{
    pz_voice_entry entry = PZ_VOICE_ENTRY_INIT;
    pz_voice_media film = PZ_VOICE_MEDIA_INIT;
    const pz_voice_media *media[] = {&film};
    pz_id id;
    entry.learner = learner_id;
    entry.kind = PZ_VOICE_NEED;
    entry.avenue = PZ_AVENUE_VIDEO;
    entry.topic = "reading";
    film.name = "What I need.webm";
    film.reference = "voice/2025/7f3a.webm";
    film.type = "video/webm";
    film.size = 1048576;
    film.hash = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    film.alternative = "I need more time when there is a lot to read";
    must(pz_voice_say(learner, &entry, media, 1, "film of 3 November", &id), "say");
    return id;
}

/* What the teacher owes an answer, until it is dealt with. */
static size_t show_owed(pz_actor *teacher)
{
    pz_voice_query query = PZ_VOICE_QUERY_INIT;
    pz_voice_entry **owed;
    pz_voice_media **media;
    size_t count, films;
    query.owed_only = 1;
    must(pz_voice_list(teacher, &query, &owed, &count), "list");
    for (size_t i = 0; i < count; i++) {
        must(pz_voice_media_list(teacher, owed[i]->id, &media, &films), "media");
        printf("  waits for the teacher until %s: %s\n", day_words(owed[i]->due_on), films ? media[0]->alternative : owed[i]->content);
        pz_free(media);
    }
    if (!count) puts("  nothing waits for the teacher");
    pz_free(owed);
    return count;
}

static void show_answers(pz_actor *learner, pz_id entry)
{
    pz_voice_answer **answers;
    size_t count;
    must(pz_voice_answer_list(learner, entry, &answers, &count), "answers");
    for (size_t i = 0; i < count; i++)
        printf("  %s%s%s\n", states[answers[i]->state], answers[i]->content ? ": " : "", answers[i]->content ? answers[i]->content : "");
    pz_free(answers);
}

static void voice(pz_actor *learner, pz_id learner_id, pz_actor *teacher)
{
    pz_id entry;
    puts("A need, said by video");
    entry = say_by_video(learner, learner_id);
    show_owed(teacher);
    must(pz_voice_see(teacher, entry, NULL), "see");
    must(pz_voice_reply(teacher, entry, "Thank you. Shall we try it with the next test?", PZ_NUL_TERMINATED, NULL), "reply");
    set_day("2025-11-05T10:00:00Z");
    must(pz_voice_act(teacher, entry, "Ten minutes more from now on", PZ_NUL_TERMINATED, 0, 0, NULL), "act");
    show_answers(learner, entry);
    show_owed(teacher);
}

/* -------------------------------------------------------------------------------------------------- check-in --- */

static pz_id propose_goal(pz_actor *learner, pz_id learner_id)
{
    pz_goal goal = PZ_GOAL_INIT;
    pz_id id;
    goal.learner = learner_id;
    goal.statement = "Read a book a month";
    goal.due_on = day("2025-11-30");
    must(pz_goal_propose(learner, &goal, NULL, &id), "goal");
    return id;
}

static void show_agenda(pz_actor *actor, pz_id checkin)
{
    pz_agenda_item **items;
    size_t count;
    must(pz_checkin_agenda_list(actor, checkin, "en", &items, &count), "agenda");
    for (size_t i = 0; i < count; i++) printf("  agenda: %s\n", items[i]->text);
    pz_free(items);
}

static void hold(pz_actor *teacher, pz_id checkin, pz_id goal, pz_id *out_next)
{
    pz_checkin_touch touch = PZ_CHECKIN_TOUCH_INIT;
    const pz_checkin_touch *touched[] = {&touch};
    pz_checkin *found;
    touch.record_kind = PZ_KIND_GOAL;
    touch.record = goal;
    touch.note = "One more month";
    must(pz_checkin_get(teacher, checkin, &found), "check-in");
    must(pz_checkin_hold(teacher, checkin, found->version, "A book that the learner chooses, twenty minutes a day", PZ_NUL_TERMINATED, touched, 1,
                         day("2026-01-12"), "check-in of 1 December", out_next),
         "hold");
    pz_free(found);
}

static void checkin(pz_store *store, pz_actor *learner, pz_id learner_id, pz_actor *teacher)
{
    pz_actor *guardian = open_actor(store, "guardian-087", PZ_ROLE_GUARDIAN);
    pz_checkin plan = PZ_CHECKIN_INIT, *next;
    pz_checkin_person named = PZ_CHECKIN_PERSON_INIT;
    const pz_checkin_person *people[] = {&named};
    pz_id id, next_id, goal = propose_goal(learner, learner_id);
    puts("A check-in");
    plan.learner = learner_id;
    plan.due_on = day("2025-12-01");
    named.person = person(store, "guardian-087");
    named.role = PZ_ROLE_GUARDIAN;
    must(pz_checkin_plan(teacher, &plan, people, 1, NULL, &id), "plan");
    set_day("2025-12-01T15:00:00Z");
    show_agenda(teacher, id);
    must(pz_checkin_sign(learner, id, NULL), "sign");
    must(pz_checkin_sign(guardian, id, NULL), "sign");
    hold(teacher, id, goal, &next_id);
    must(pz_checkin_get(guardian, next_id, &next), "next");
    printf("  held; the next one is on %s\n", day_words(next->due_on));
    pz_free(next);
    pz_actor_free(guardian);
}

int main(int argc, char **argv)
{
    pz_store_options options = PZ_STORE_OPTIONS_INIT;
    pz_actor *learner, *teacher;
    pz_store *store;
    pz_id learner_id;
    char path[4096];
    if (argc != 3) return fprintf(stderr, "usage: %s SAMPLE_SCHOOL_FOLDER RESULT_FOLDER\n", argv[0]), 2;
    snprintf(path, sizeof path, "%s/school.pz", argv[2]);
    options.name = "Riverside School";
    options.clock = school_clock;
    set_day("2025-11-03T09:00:00Z");
    must(pz_store_create(path, &options, &store), "create");
    import_roster(store, argv[1]);
    learner = open_actor(store, "learner-060", PZ_ROLE_LEARNER);
    teacher = open_actor(store, "teacher-003", PZ_ROLE_TEACHER);
    learner_id = person(store, "learner-060");
    voice(learner, learner_id, teacher);
    checkin(store, learner, learner_id, teacher);
    pz_actor_free(teacher);
    pz_actor_free(learner);
    pz_store_free(store);
    printf("The store is %s\n", path);
    return 0;
}
