/* Activities, boards to choose from, assignments. */
#include <stdlib.h>
#include <string.h>

#include "cli.h"

static const char assignment_columns[] = "id,learner,state,activity,competency,is_chosen,due_on,score";

/* What the options say of an activity; what they leave out stays. `held` gets a text to be freed. */
static pz_status take_activity(cli_run *cli, pz_activity *a, char **held)
{
    if (cli_value(cli, OPTION_CLASS)) TRY(value_id(cli, OPTION_CLASS, PZ_KIND_CLASS, &a->class_id));
    if (cli_value(cli, OPTION_ORG)) TRY(value_id(cli, OPTION_ORG, PZ_KIND_ORG, &a->org));
    if (cli_value(cli, OPTION_BOARD)) TRY(value_id(cli, OPTION_BOARD, PZ_KIND_ACTIVITY, &a->parent));
    if (cli_value(cli, OPTION_CHOOSE)) {
        a->kind = PZ_ACTIVITY_BOARD;
        TRY(value_int32(cli, OPTION_CHOOSE, 0, 100, &a->choose));
    }
    TRY(value_int32(cli, OPTION_MINUTES, 0, 100000, &a->minutes));
    TRY(value_date(cli, OPTION_OPENS, &a->opens_on));
    TRY(value_date(cli, OPTION_DUE, &a->due_on));
    TRY(value_date(cli, OPTION_CHOOSE_BY, &a->choose_by));
    if (cli_value(cli, OPTION_TITLE)) {
        a->title = cli_value(cli, OPTION_TITLE);
        a->title_len = PZ_NUL_TERMINATED;
    }
    if (cli_has(cli, OPTION_ENDED)) a->ended = 1;
    return value_text(cli, OPTION_CONTENT, &a->instructions, &a->instructions_len, held);
}

/* An open side takes its lines from the option; an empty text leaves it to the learner. */
static void take_sides(cli_run *cli, pz_activity *a)
{
    const struct {
        option_id option;
        int32_t *is_open;
        const char **lines;
        size_t *length;
    } sides[] = {{OPTION_WHAT, &a->is_what_open, &a->what, &a->what_len},
                 {OPTION_HOW, &a->is_how_open, &a->how, &a->how_len},
                 {OPTION_WHERE, &a->is_where_open, &a->place, &a->place_len}};
    for (size_t i = 0; i < sizeof sides / sizeof sides[0]; i++) {
        const char *lines = cli_value(cli, sides[i].option);
        if (!lines) continue;
        *sides[i].is_open = 1;
        *sides[i].lines = *lines ? lines : NULL;
        *sides[i].length = *lines ? PZ_NUL_TERMINATED : 0;
    }
}

static pz_status save_ties(cli_run *cli, pz_id activity)
{
    const struct {
        option_id option;
        int32_t kind;
    } kinds[] = {{OPTION_TEACHES, PZ_TIE_TEACHES}, {OPTION_NEEDS_MASTERY, PZ_TIE_NEEDS_COMPETENCY}, {OPTION_NEEDS_DONE, PZ_TIE_NEEDS_ACTIVITY}};
    enum { MOST = 100 };
    pz_activity_tie ties[MOST];
    const pz_activity_tie *pointers[MOST];
    size_t count = 0;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        const char *text;
        int index = 0;
        while (count < MOST && (text = cli_next(cli, kinds[i].option, &index)) != NULL) {
            ties[count] = (pz_activity_tie)PZ_ACTIVITY_TIE_INIT;
            ties[count].kind = kinds[i].kind;
            TRY(text_id(cli, kinds[i].kind == PZ_TIE_NEEDS_ACTIVITY ? PZ_KIND_ACTIVITY : PZ_KIND_COMPETENCY, text, strlen(text), &ties[count].target));
            pointers[count] = &ties[count];
            count++;
        }
    }
    return count ? pz_activity_ties_set(cli->actor, activity, pointers, count, NULL) : PZ_OK;
}

static pz_status run_save(cli_run *cli)
{
    pz_activity fresh = PZ_ACTIVITY_INIT, *found = NULL, *a = &fresh;
    char *held = NULL;
    pz_id id = 0;
    pz_status status = PZ_OK;
    if (cli_value(cli, OPTION_ACTIVITY)) {
        TRY(value_id(cli, OPTION_ACTIVITY, PZ_KIND_ACTIVITY, &id));
        TRY(pz_activity_get(cli->actor, id, &found));
        a = found;
        status = value_int(cli, OPTION_VERSION, 1, INT64_MAX, &a->version);
    }
    if (status == PZ_OK) status = take_activity(cli, a, &held);
    take_sides(cli, a);
    if (status == PZ_OK) status = pz_activity_save(cli->actor, a, cli_value(cli, OPTION_KEY), &id);
    if (status == PZ_OK) status = save_ties(cli, id);
    free(held);
    pz_free(found);
    TRY(status);
    return print_done(cli, "activity", id, "The activity %s is saved.");
}

static pz_status run_list(cli_run *cli)
{
    pz_activity_query query = PZ_ACTIVITY_QUERY_INIT;
    pz_activity **rows;
    size_t count;
    TRY(value_id(cli, OPTION_CLASS, PZ_KIND_CLASS, &query.class_id));
    TRY(value_id(cli, OPTION_BOARD, PZ_KIND_ACTIVITY, &query.parent));
    TRY(value_id(cli, OPTION_COMPETENCY, PZ_KIND_COMPETENCY, &query.competency));
    TRY(value_int32(cli, OPTION_LIMIT, 1, 10000, &query.limit));
    TRY(value_id(cli, OPTION_AFTER, PZ_KIND_ACTIVITY, &query.after));
    query.text = cli_value(cli, OPTION_TEXT);
    query.with_ended = cli_has(cli, OPTION_ENDED);
    TRY(pz_activity_list(cli->actor, &query, &rows, &count));
    return print_rows(cli, "pz_activity", rows, count, "id,parent,kind,choose,title,minutes,due_on");
}

static pz_status run_ties(cli_run *cli)
{
    pz_activity_tie **rows;
    pz_id activity;
    size_t count;
    TRY(argument_id(cli, 0, PZ_KIND_ACTIVITY, &activity));
    TRY(pz_activity_tie_list(cli->actor, activity, &rows, &count));
    return print_rows(cli, "pz_activity_tie", rows, count, "kind,target,weight");
}

static pz_status run_assign(cli_run *cli)
{
    pz_id activity, learner = 0, class_id = 0, goal = 0;
    pz_date due = PZ_DATE_NONE;
    int64_t made;
    TRY(argument_id(cli, 0, PZ_KIND_ACTIVITY, &activity));
    TRY(value_id(cli, OPTION_LEARNER, PZ_KIND_PERSON, &learner));
    TRY(value_id(cli, OPTION_CLASS, PZ_KIND_CLASS, &class_id));
    TRY(value_id(cli, OPTION_GOAL, PZ_KIND_GOAL, &goal));
    TRY(value_date(cli, OPTION_DUE, &due));
    TRY(pz_activity_assign(cli->actor, activity, learner, class_id, goal, due, cli_value(cli, OPTION_KEY), &made));
    return print_done(cli, "assignments", made, "Assignments made: %s.");
}

/* ---------------------------------------------------------------------------------------------- assignments --- */

static pz_status choose_from_board(cli_run *cli, pz_id assignment)
{
    enum { MOST = 100 };
    pz_id chosen[MOST];
    const char *text;
    size_t count = 0;
    int index = 0;
    while (count < MOST && (text = cli_next(cli, OPTION_PICK, &index)) != NULL)
        TRY(text_id(cli, PZ_KIND_ACTIVITY, text, strlen(text), &chosen[count++]));
    return pz_board_choose(cli->actor, assignment, chosen, count, cli_value(cli, OPTION_KEY));
}

static pz_status choose_sides(cli_run *cli, pz_id id)
{
    pz_assignment *found, choice = PZ_ASSIGNMENT_INIT;
    int64_t version;
    TRY(pz_assignment_get(cli->actor, id, &found));
    choice.id = id;
    choice.version = found->version;
    pz_free(found);
    TRY(value_int(cli, OPTION_VERSION, 1, INT64_MAX, &choice.version));
    TRY(value_date(cli, OPTION_DUE, &choice.due_on));
    choice.what = cli_value(cli, OPTION_WHAT);
    choice.how = cli_value(cli, OPTION_HOW);
    choice.place = cli_value(cli, OPTION_WHERE);
    return pz_assignment_choose(cli->actor, &choice, cli_value(cli, OPTION_KEY), &version);
}

static pz_status run_choose(cli_run *cli)
{
    pz_id assignment;
    TRY(argument_id(cli, 0, PZ_KIND_ASSIGNMENT, &assignment));
    TRY(cli_value(cli, OPTION_PICK) ? choose_from_board(cli, assignment) : choose_sides(cli, assignment));
    return print_done(cli, "assignment", assignment, "The choice for the assignment %s is on record.");
}

static pz_status run_take(cli_run *cli)
{
    pz_id competency, goal = 0, id;
    pz_date due = PZ_DATE_NONE;
    TRY(argument_id(cli, 0, PZ_KIND_COMPETENCY, &competency));
    TRY(value_id(cli, OPTION_GOAL, PZ_KIND_GOAL, &goal));
    TRY(value_date(cli, OPTION_DUE, &due));
    TRY(pz_assignment_take(cli->actor, competency, goal, due, cli_value(cli, OPTION_KEY), &id));
    return print_done(cli, "assignment", id, "It is taken up as the assignment %s.");
}

static pz_status run_start(cli_run *cli)
{
    pz_id assignment;
    TRY(argument_id(cli, 0, PZ_KIND_ASSIGNMENT, &assignment));
    TRY(pz_assignment_start(cli->actor, assignment, cli_value(cli, OPTION_KEY)));
    return print_done(cli, "assignment", assignment, "The assignment %s is started.");
}

static pz_status run_submit(cli_run *cli)
{
    const char *text = NULL;
    char *held;
    size_t length = 0;
    pz_id assignment;
    pz_status status;
    TRY(argument_id(cli, 0, PZ_KIND_ASSIGNMENT, &assignment));
    TRY(value_text(cli, OPTION_CONTENT, &text, &length, &held));
    status = pz_assignment_submit(cli->actor, assignment, text, length, cli_value(cli, OPTION_LINK), PZ_NUL_TERMINATED, cli_value(cli, OPTION_KEY));
    free(held);
    TRY(status);
    return print_done(cli, "assignment", assignment, "The assignment %s is submitted.");
}

static pz_status run_return(cli_run *cli)
{
    const char *text = NULL;
    char *held;
    size_t length = 0;
    double score = PZ_REAL_NONE;
    pz_id assignment;
    pz_status status;
    TRY(argument_id(cli, 0, PZ_KIND_ASSIGNMENT, &assignment));
    TRY(value_real(cli, OPTION_SCORE, &score));
    TRY(value_text(cli, OPTION_NOTE, &text, &length, &held));
    status = pz_assignment_return(cli->actor, assignment, score, text, length, cli_value(cli, OPTION_KEY));
    free(held);
    TRY(status);
    return print_done(cli, "assignment", assignment, "The assignment %s is returned.");
}

static pz_status with_reason(cli_run *cli, pz_status (*call)(pz_actor *, pz_id, const char *, size_t, const char *), const char *words)
{
    const char *text = NULL;
    char *held;
    size_t length = 0;
    pz_id assignment;
    pz_status status;
    TRY(argument_id(cli, 0, PZ_KIND_ASSIGNMENT, &assignment));
    TRY(value_text(cli, OPTION_REASON, &text, &length, &held));
    status = call(cli->actor, assignment, text, length, cli_value(cli, OPTION_KEY));
    free(held);
    TRY(status);
    return print_done(cli, "assignment", assignment, words);
}

static pz_status run_excuse(cli_run *cli)
{
    TRY(need(cli, OPTION_REASON));
    return with_reason(cli, pz_assignment_excuse, "The learner is excused from the assignment %s.");
}

static pz_status run_drop(cli_run *cli)
{
    return with_reason(cli, pz_assignment_drop, "The assignment %s is dropped.");
}

static pz_status run_assignments(cli_run *cli)
{
    pz_assignment_query query = PZ_ASSIGNMENT_QUERY_INIT;
    pz_assignment **rows;
    size_t count;
    TRY(value_id(cli, OPTION_LEARNER, PZ_KIND_PERSON, &query.learner));
    TRY(value_id(cli, OPTION_CLASS, PZ_KIND_CLASS, &query.class_id));
    TRY(value_id(cli, OPTION_ACTIVITY, PZ_KIND_ACTIVITY, &query.activity));
    TRY(value_id(cli, OPTION_GOAL, PZ_KIND_GOAL, &query.goal));
    TRY(value_enum(cli, OPTION_STATE, "pz_assignment", "state", &query.state));
    TRY(value_date(cli, OPTION_UNTIL, &query.due_until));
    TRY(value_int32(cli, OPTION_LIMIT, 1, 10000, &query.limit));
    TRY(value_id(cli, OPTION_AFTER, PZ_KIND_ASSIGNMENT, &query.after));
    TRY(pz_assignment_list(cli->actor, &query, &rows, &count));
    return print_rows(cli, "pz_assignment", rows, count, assignment_columns);
}

static pz_status run_history(cli_run *cli)
{
    pz_assignment **rows;
    pz_id assignment;
    size_t count;
    TRY(argument_id(cli, 0, PZ_KIND_ASSIGNMENT, &assignment));
    TRY(pz_assignment_history(cli->actor, assignment, &rows, &count));
    return print_rows(cli, "pz_assignment", rows, count, "version,acted_at,acted_role,acted_by,state,what,how,place,due_on,score,note");
}

static pz_status run_weeks(cli_run *cli)
{
    pz_id learner = 0, class_id = 0;
    pz_date from = PZ_DATE_NONE, until = PZ_DATE_NONE;
    pz_week **rows;
    size_t count;
    TRY(need(cli, OPTION_BEGINS));
    TRY(need(cli, OPTION_UNTIL));
    TRY(value_id(cli, OPTION_LEARNER, PZ_KIND_PERSON, &learner));
    TRY(value_id(cli, OPTION_CLASS, PZ_KIND_CLASS, &class_id));
    TRY(value_date(cli, OPTION_BEGINS, &from));
    TRY(value_date(cli, OPTION_UNTIL, &until));
    TRY(pz_week_list(cli->actor, from, until, learner, class_id, &rows, &count));
    return print_rows(cli, "pz_week", rows, count, "learner,begins_on,due,minutes,finished,due_in_all,finished_in_all,behind");
}

static const option_id no_options[] = {OPTION_COUNT};
static const option_id save_options[] = {OPTION_TITLE, OPTION_CLASS, OPTION_ORG, OPTION_ACTIVITY, OPTION_BOARD, OPTION_CHOOSE, OPTION_CHOOSE_BY,
                                         OPTION_CONTENT, OPTION_WHAT, OPTION_HOW, OPTION_WHERE, OPTION_MINUTES, OPTION_OPENS, OPTION_DUE,
                                         OPTION_TEACHES, OPTION_NEEDS_MASTERY, OPTION_NEEDS_DONE, OPTION_ENDED, OPTION_VERSION, OPTION_COUNT};
static const option_id list_options[] = {OPTION_CLASS, OPTION_BOARD, OPTION_COMPETENCY, OPTION_TEXT, OPTION_ENDED, OPTION_LIMIT, OPTION_AFTER, OPTION_COUNT};
static const option_id assign_options[] = {OPTION_LEARNER, OPTION_CLASS, OPTION_GOAL, OPTION_DUE, OPTION_COUNT};
static const option_id choose_options[] = {OPTION_PICK, OPTION_WHAT, OPTION_HOW, OPTION_WHERE, OPTION_DUE, OPTION_VERSION, OPTION_COUNT};
static const option_id take_options[] = {OPTION_GOAL, OPTION_DUE, OPTION_COUNT};
static const option_id submit_options[] = {OPTION_CONTENT, OPTION_LINK, OPTION_COUNT};
static const option_id return_options[] = {OPTION_SCORE, OPTION_NOTE, OPTION_COUNT};
static const option_id reason_options[] = {OPTION_REASON, OPTION_COUNT};
static const option_id assignments_options[] = {OPTION_LEARNER, OPTION_CLASS, OPTION_ACTIVITY, OPTION_GOAL, OPTION_STATE, OPTION_UNTIL, OPTION_LIMIT, OPTION_AFTER, OPTION_COUNT};
static const option_id weeks_options[] = {OPTION_LEARNER, OPTION_CLASS, OPTION_BEGINS, OPTION_UNTIL, OPTION_COUNT};

const cli_command activity_commands[] = {
    {"activity save", "", "Add an activity to a class or a school, or revise the one that --activity names.",
     "With --choose it is a board. --what, --how and --where leave these to the learner, among the lines given, or freely with an empty text.",
     "personalize activity save --title \"Sums\" --class class-1 --choose 1 --as teacher-1 --role teacher\n"
     "personalize activity save --title \"Weigh things\" --class class-1 --board latest --how \"\" --teaches M.1 --minutes 40 --as teacher-1 --role teacher\n",
     save_options, DOOR_ACTOR, PZ_SCOPE_IMPORT, run_save},
    {"activity list", "", "List activities.", "", "personalize activity list --class class-1 --as learner-1 --role learner\n", list_options, DOOR_ACTOR,
     PZ_SCOPE_READ, run_list},
    {"activity ties", "ACTIVITY", "List what an activity teaches and what has to come before it.", "",
     "personalize activity ties latest --as learner-1 --role learner\n", no_options, DOOR_ACTOR, PZ_SCOPE_READ, run_ties},
    {"activity assign", "ACTIVITY", "Assign an activity to a learner or to a class.", "",
     "personalize activity assign latest --class class-1 --due 2027-02-01 --as teacher-1 --role teacher\n", assign_options, DOOR_ACTOR, 0, run_assign},
    {"activity choose", "ASSIGNMENT", "Choose from a board with --pick, or what the activity leaves open, as its learner.", "",
     "personalize activity choose latest --how \"a film\" --as learner-1 --role learner\n", choose_options, DOOR_ACTOR, 0, run_choose},
    {"activity start", "ASSIGNMENT", "Begin an assignment, as its learner.", "", "personalize activity start latest --as learner-1 --role learner\n",
     no_options, DOOR_ACTOR, 0, run_start},
    {"activity submit", "ASSIGNMENT", "Submit the work of an assignment, as its learner.", "",
     "personalize activity submit latest --content \"Five stones weigh as much as my shoe\" --as learner-1 --role learner\n", submit_options, DOOR_ACTOR, 0,
     run_submit},
    {"activity return", "ASSIGNMENT", "Return what was submitted; a score becomes evidence.", "",
     "personalize activity return latest --score 0.9 --note \"Well weighed\" --as teacher-1 --role teacher\n", return_options, DOOR_ACTOR, 0, run_return},
    {"activity take", "COMPETENCY", "Take up a competency by yourself, as a learner.", "",
     "personalize activity take M.3 --as learner-1 --role learner\n", take_options, DOOR_ACTOR, 0, run_take},
    {"activity drop", "ASSIGNMENT", "Drop what you took up by yourself.", "", "personalize activity drop latest --as learner-1 --role learner\n",
     reason_options, DOOR_ACTOR, 0, run_drop},
    {"activity excuse", "ASSIGNMENT", "Excuse a learner from an assignment.", "",
     "personalize activity take M.2 --as learner-1 --role learner\n"
     "personalize activity excuse latest --reason \"Was ill\" --as teacher-1 --role teacher\n", reason_options, DOOR_ACTOR, 0, run_excuse},
    {"activity assignments", "", "List assignments.", "", "personalize activity assignments --class class-1 --as teacher-1 --role teacher\n",
     assignments_options, DOOR_ACTOR, PZ_SCOPE_READ, run_assignments},
    {"activity history", "ASSIGNMENT", "List every version of an assignment: choices, steps, results.", "",
     "personalize activity history latest --as learner-1 --role learner\n", no_options, DOOR_ACTOR, PZ_SCOPE_READ, run_history},
    {"activity weeks", "", "List workload and pace by week.", "",
     "personalize activity weeks --class class-1 --begins 2027-01-25 --until 2027-02-07 --as teacher-1 --role teacher\n", weeks_options, DOOR_ACTOR,
     PZ_SCOPE_READ, run_weeks},
    {NULL, NULL, NULL, NULL, NULL, NULL, DOOR_NONE, 0, NULL},
};
