/* Goals that learners choose. */
#include <stdlib.h>
#include <string.h>

#include "cli.h"

static const char goal_columns[] = "id,learner,state,area,measure,competency,target,due_on,learner_agreed,statement";

/* What the options say of a goal; what they leave out stays. `held` gets two texts to be freed. */
static pz_status take_goal(cli_run *cli, pz_goal *goal, char **held)
{
    TRY(value_enum(cli, OPTION_AREA, "pz_goal", "area", &goal->area));
    TRY(value_enum(cli, OPTION_MEASURE, "pz_goal", "measure", &goal->measure));
    TRY(value_real(cli, OPTION_TARGET, &goal->target));
    TRY(value_date(cli, OPTION_DUE, &goal->due_on));
    if (cli_value(cli, OPTION_COMPETENCY)) TRY(value_id(cli, OPTION_COMPETENCY, PZ_KIND_COMPETENCY, &goal->competency));
    TRY(value_text(cli, OPTION_STATEMENT, &goal->statement, &goal->statement_len, &held[0]));
    return value_text(cli, OPTION_REASON, &goal->reason, &goal->reason_len, &held[1]);
}

static pz_status run_propose(cli_run *cli)
{
    pz_goal goal = PZ_GOAL_INIT;
    char *held[2] = {NULL, NULL};
    pz_id id;
    pz_status status;
    TRY(need(cli, OPTION_STATEMENT));
    TRY(value_id(cli, OPTION_LEARNER, PZ_KIND_PERSON, &goal.learner));
    if (!goal.learner) goal.learner = cli->self;
    status = take_goal(cli, &goal, held);
    if (status == PZ_OK) status = pz_goal_propose(cli->actor, &goal, cli_value(cli, OPTION_KEY), &id);
    free(held[0]);
    free(held[1]);
    TRY(status);
    return print_done(cli, "goal", id, "The goal %s is proposed.");
}

static pz_status run_agree(cli_run *cli)
{
    pz_id goal;
    TRY(argument_id(cli, 0, PZ_KIND_GOAL, &goal));
    TRY(pz_goal_agree(cli->actor, goal, cli_value(cli, OPTION_KEY)));
    return print_done(cli, "goal", goal, "The learner agrees to the goal %s.");
}

static pz_status run_ask(cli_run *cli)
{
    pz_id goal, person;
    int32_t role = 0;
    TRY(need(cli, OPTION_PERSON));
    TRY(need(cli, OPTION_WITH_ROLE));
    TRY(argument_id(cli, 0, PZ_KIND_GOAL, &goal));
    TRY(value_id(cli, OPTION_PERSON, PZ_KIND_PERSON, &person));
    TRY(value_enum(cli, OPTION_WITH_ROLE, "pz_person_role", "role", &role));
    TRY(pz_goal_ask(cli->actor, goal, person, (pz_role)role, cli_value(cli, OPTION_KEY)));
    return print_done(cli, "goal", goal, "The person is asked to support the goal %s.");
}

static pz_status answer(cli_run *cli, pz_status (*call)(pz_actor *, pz_id, const char *, size_t, const char *), option_id text_option,
                        const char *words)
{
    const char *text = NULL;
    char *held;
    size_t length = 0;
    pz_id goal;
    pz_status status;
    TRY(argument_id(cli, 0, PZ_KIND_GOAL, &goal));
    TRY(value_text(cli, text_option, &text, &length, &held));
    status = call(cli->actor, goal, text, length, cli_value(cli, OPTION_KEY));
    free(held);
    TRY(status);
    return print_done(cli, "goal", goal, words);
}

static pz_status run_support(cli_run *cli)
{
    return answer(cli, pz_goal_support, OPTION_NOTE, "The goal %s has your support.");
}

static pz_status run_decline(cli_run *cli)
{
    return answer(cli, pz_goal_decline, OPTION_NOTE, "The goal %s does not have your support.");
}

static pz_status run_drop(cli_run *cli)
{
    return answer(cli, pz_goal_drop, OPTION_REFLECTION, "The goal %s is dropped.");
}

static pz_status run_revise(cli_run *cli)
{
    pz_goal *goal;
    char *held[2] = {NULL, NULL};
    int64_t version;
    pz_id id;
    pz_status status;
    TRY(argument_id(cli, 0, PZ_KIND_GOAL, &id));
    TRY(pz_goal_get(cli->actor, id, &goal));
    status = take_goal(cli, goal, held);
    if (status == PZ_OK) status = value_int(cli, OPTION_VERSION, 1, INT64_MAX, &goal->version);
    if (status == PZ_OK) status = pz_goal_revise(cli->actor, goal, cli_value(cli, OPTION_KEY), &version);
    free(held[0]);
    free(held[1]);
    pz_free(goal);
    TRY(status);
    return print_done(cli, "version", version, "The goal is revised; its version is now %s.");
}

enum { EVIDENCE_MAX = 64 };

static pz_status take_evidence(cli_run *cli, pz_goal_evidence *rows, const pz_goal_evidence **pointers, size_t *out_count)
{
    const char *text;
    int index = 0;
    size_t count = 0;
    while ((text = cli_next(cli, OPTION_EVIDENCE, &index)) != NULL) {
        pz_goal_evidence row = PZ_GOAL_EVIDENCE_INIT;
        if (count == EVIDENCE_MAX) return usage_fault(cli, "--evidence may be given %d times.", EVIDENCE_MAX);
        row.description = text;
        if (count == 0) row.link = cli_value(cli, OPTION_LINK);
        rows[count] = row;
        pointers[count] = &rows[count];
        count++;
    }
    if (count == 0 && cli_value(cli, OPTION_LINK)) return usage_fault(cli, "--link needs --evidence TEXT to say what it shows.");
    *out_count = count;
    return PZ_OK;
}

static pz_status run_achieve(cli_run *cli)
{
    pz_goal_evidence rows[EVIDENCE_MAX];
    const pz_goal_evidence *pointers[EVIDENCE_MAX];
    const char *reflection = NULL;
    char *held;
    size_t count = 0, length = 0;
    pz_id goal;
    pz_status status;
    TRY(argument_id(cli, 0, PZ_KIND_GOAL, &goal));
    TRY(take_evidence(cli, rows, pointers, &count));
    TRY(value_text(cli, OPTION_REFLECTION, &reflection, &length, &held));
    status = pz_goal_achieve(cli->actor, goal, count ? pointers : NULL, count, reflection, length, cli_value(cli, OPTION_KEY));
    free(held);
    TRY(status);
    return print_done(cli, "goal", goal, "The goal %s is achieved.");
}

/* ------------------------------------------------------------------------------------------------- reading --- */

static pz_status run_show(cli_run *cli)
{
    pz_goal *goal;
    pz_id id;
    TRY(argument_id(cli, 0, PZ_KIND_GOAL, &id));
    TRY(pz_goal_get(cli->actor, id, &goal));
    return print_record(cli, "pz_goal", goal);
}

static pz_status run_list(cli_run *cli)
{
    pz_goal_query query = PZ_GOAL_QUERY_INIT;
    pz_goal **rows;
    size_t count;
    TRY(value_id(cli, OPTION_LEARNER, PZ_KIND_PERSON, &query.learner));
    TRY(value_id(cli, OPTION_CLASS, PZ_KIND_CLASS, &query.class_id));
    TRY(value_id(cli, OPTION_SUPPORTER, PZ_KIND_PERSON, &query.supporter));
    TRY(value_enum(cli, OPTION_STATE, "pz_goal", "state", &query.state));
    TRY(value_date(cli, OPTION_UNTIL, &query.due_until));
    TRY(value_id(cli, OPTION_AFTER, PZ_KIND_GOAL, &query.after));
    TRY(value_int32(cli, OPTION_LIMIT, 1, 10000, &query.limit));
    TRY(value_enum(cli, OPTION_ORDER, "pz_goal_query", "order", &query.order));
    query.text = cli_value(cli, OPTION_TEXT);
    TRY(pz_goal_list(cli->actor, &query, &rows, &count));
    return print_rows(cli, "pz_goal", rows, count, goal_columns);
}

static pz_status run_history(cli_run *cli)
{
    pz_goal **rows;
    pz_id goal;
    size_t count;
    TRY(argument_id(cli, 0, PZ_KIND_GOAL, &goal));
    TRY(pz_goal_history(cli->actor, goal, &rows, &count));
    return print_rows(cli, "pz_goal", rows, count, "version,acted_at,acted_role,acted_by,state,learner_agreed,due_on,statement");
}

static pz_status run_supporters(cli_run *cli)
{
    pz_goal_supporter **rows;
    pz_id goal;
    size_t count;
    TRY(argument_id(cli, 0, PZ_KIND_GOAL, &goal));
    TRY(pz_goal_supporter_list(cli->actor, goal, &rows, &count));
    return print_rows(cli, "pz_goal_supporter", rows, count, "person,role,state,note");
}

static pz_status run_evidence(cli_run *cli)
{
    pz_goal_evidence **rows;
    pz_id goal;
    size_t count;
    TRY(argument_id(cli, 0, PZ_KIND_GOAL, &goal));
    TRY(pz_goal_evidence_list(cli->actor, goal, &rows, &count));
    return print_rows(cli, "pz_goal_evidence", rows, count, "at,competency,sequence,link,description");
}

static const option_id no_options[] = {OPTION_COUNT};
static const option_id propose_options[] = {OPTION_LEARNER,    OPTION_STATEMENT, OPTION_REASON, OPTION_AREA, OPTION_MEASURE,
                                            OPTION_COMPETENCY, OPTION_TARGET,    OPTION_DUE,    OPTION_COUNT};
static const option_id ask_options[] = {OPTION_PERSON, OPTION_WITH_ROLE, OPTION_COUNT};
static const option_id note_options[] = {OPTION_NOTE, OPTION_COUNT};
static const option_id drop_options[] = {OPTION_REFLECTION, OPTION_COUNT};
static const option_id revise_options[] = {OPTION_STATEMENT, OPTION_REASON, OPTION_AREA,    OPTION_MEASURE, OPTION_COMPETENCY,
                                           OPTION_TARGET,    OPTION_DUE,    OPTION_VERSION, OPTION_COUNT};
static const option_id achieve_options[] = {OPTION_EVIDENCE, OPTION_LINK, OPTION_REFLECTION, OPTION_COUNT};
static const option_id list_options[] = {OPTION_LEARNER, OPTION_CLASS, OPTION_SUPPORTER, OPTION_STATE, OPTION_UNTIL,
                                         OPTION_TEXT,    OPTION_ORDER, OPTION_LIMIT,     OPTION_AFTER, OPTION_COUNT};

const cli_command goal_commands[] = {
    {"goals propose", "", "Propose a goal: a learner its own, an adult one for the learner to agree to.",
     "Without --learner it is the goal of the person who acts. It becomes active when its learner has agreed and one adult supports it.",
     "personalize goals propose --statement \"I can explain why we carry\" --due 2027-02-01 --as learner-1 --role learner\n"
     "personalize goals propose --learner learner-1 --statement \"Add without counting\" --measure mastery --competency M.1 --as teacher-1 "
     "--role teacher\n",
     propose_options, DOOR_ACTOR, 0, run_propose},
    {"goals drop", "GOAL", "Drop a goal, as its learner.", "'latest' is the newest goal that is still open.",
     "personalize goals drop latest --reflection \"Something else comes first\" --as learner-1 --role learner\n", drop_options, DOOR_ACTOR,
     0, run_drop},
    {"goals agree", "GOAL", "Agree to a goal that an adult proposed, as its learner.", "",
     "personalize goals propose --learner learner-1 --statement \"Show the class how to add\" --as teacher-1 --role teacher\n"
     "personalize goals agree latest --as learner-1 --role learner\n",
     no_options, DOOR_ACTOR, 0, run_agree},
    {"goals ask", "GOAL", "Ask an adult who reaches the learner to support a goal.", "",
     "personalize goals ask latest --person guardian-1 --with-role guardian --as learner-1 --role learner\n", ask_options, DOOR_ACTOR, 0,
     run_ask},
    {"goals support", "GOAL", "Support a goal in your role, asked or not.", "",
     "personalize goals support latest --note \"Friday, after lunch?\" --as teacher-1 --role teacher\n", note_options, DOOR_ACTOR, 0,
     run_support},
    {"goals decline", "GOAL", "Decline to support a goal, or end your support.", "",
     "personalize goals decline latest --note \"Not before spring\" --as guardian-1 --role guardian\n", note_options, DOOR_ACTOR, 0,
     run_decline},
    {"goals revise", "GOAL", "Revise a goal; what the options leave out stays.",
     "A supporter who revises it asks the learner to agree anew.",
     "personalize goals revise latest --due 2027-03-01 --as learner-1 --role learner\n", revise_options, DOOR_ACTOR, 0, run_revise},
    {"goals achieve", "GOAL", "Mark a goal as achieved.",
     "By the learner where a mastery measure is met in the store; otherwise a supporter signs, with --evidence.",
     "personalize goals achieve latest --evidence \"Explained it to the class\" --reflection \"It was easier than I thought\" --as "
     "teacher-1 --role teacher\n",
     achieve_options, DOOR_ACTOR, 0, run_achieve},
    {"goals show", "GOAL", "Show one goal.", "", "personalize goals show latest --as learner-1 --role learner\n", no_options, DOOR_ACTOR,
     PZ_SCOPE_READ, run_show},
    {"goals list", "", "List goals.", "",
     "personalize goals list --learner learner-1 --as teacher-1 --role teacher\n"
     "personalize goals list --class class-1 --state active --as teacher-1 --role teacher --json\n",
     list_options, DOOR_ACTOR, PZ_SCOPE_READ, run_list},
    {"goals history", "GOAL", "List every version of a goal: who did what, when.", "",
     "personalize goals history latest --as learner-1 --role learner\n", no_options, DOOR_ACTOR, PZ_SCOPE_READ, run_history},
    {"goals supporters", "GOAL", "List who was asked, supports, or declined.", "",
     "personalize goals supporters latest --as learner-1 --role learner\n", no_options, DOOR_ACTOR, PZ_SCOPE_READ, run_supporters},
    {"goals evidence", "GOAL", "List what shows that a goal was achieved.", "",
     "personalize goals evidence latest --as learner-1 --role learner\n", no_options, DOOR_ACTOR, PZ_SCOPE_READ, run_evidence},
    {NULL, NULL, NULL, NULL, NULL, NULL, DOOR_NONE, 0, NULL},
};
