/* Goals that learners choose. */
#include <stdlib.h>
#include <string.h>

#include "cli.h"

static const char goal_columns[] = "id,learner,state,area,measure,competency,target,due_on,learner_agreed,visibility,statement";

/* Texts that come from files are held here until the call is over. */
typedef struct goal_texts {
    char *held[6];
    size_t count;
} goal_texts;

static void free_texts(goal_texts *texts)
{
    for (size_t i = 0; i < texts->count; i++) free(texts->held[i]);
}

static pz_status take_text(cli_run *cli, option_id id, const char **out, size_t *out_length, goal_texts *texts)
{
    return value_text(cli, id, out, out_length, &texts->held[texts->count++]);
}

/* What the options say of a goal; what they leave out stays. */
static pz_status take_goal(cli_run *cli, pz_goal *goal, goal_texts *texts)
{
    TRY(value_enum(cli, OPTION_AREA, "pz_goal", "area", &goal->area));
    TRY(value_enum(cli, OPTION_MEASURE, "pz_goal", "measure", &goal->measure));
    TRY(value_enum(cli, OPTION_VISIBILITY, "pz_goal", "visibility", &goal->visibility));
    TRY(value_real(cli, OPTION_TARGET, &goal->target));
    TRY(value_real(cli, OPTION_TARGET_HIGH, &goal->target_high));
    TRY(value_real(cli, OPTION_BASELINE, &goal->baseline));
    TRY(value_real(cli, OPTION_CONFIDENCE, &goal->confidence));
    TRY(value_date(cli, OPTION_DUE, &goal->due_on));
    TRY(value_id(cli, OPTION_SERVES, PZ_KIND_GOAL, cli_has(cli, OPTION_SERVES) ? &goal->serves : &(pz_id){0}));
    if (cli_value(cli, OPTION_COMPETENCY)) TRY(value_id(cli, OPTION_COMPETENCY, PZ_KIND_COMPETENCY, &goal->competency));
    TRY(take_text(cli, OPTION_STATEMENT, &goal->statement, &goal->statement_len, texts));
    TRY(take_text(cli, OPTION_REASON, &goal->reason, &goal->reason_len, texts));
    TRY(take_text(cli, OPTION_MEASURED, &goal->measured, &goal->measured_len, texts));
    TRY(take_text(cli, OPTION_STRATEGIES, &goal->strategies, &goal->strategies_len, texts));
    TRY(take_text(cli, OPTION_RESOURCES, &goal->resources, &goal->resources_len, texts));
    return take_text(cli, OPTION_WHY, &goal->why, &goal->why_len, texts);
}

static pz_status write_goal(cli_run *cli, pz_status (*call)(pz_actor *, const pz_goal *, const char *, pz_id *), const char *words)
{
    pz_goal goal = PZ_GOAL_INIT;
    goal_texts texts = {{NULL}, 0};
    pz_id id;
    pz_status status;
    TRY(need(cli, OPTION_STATEMENT));
    TRY(value_id(cli, OPTION_LEARNER, PZ_KIND_PERSON, &goal.learner));
    if (!goal.learner) goal.learner = cli->self;
    status = take_goal(cli, &goal, &texts);
    if (status == PZ_OK) status = call(cli->actor, &goal, cli_value(cli, OPTION_KEY), &id);
    free_texts(&texts);
    TRY(status);
    return print_done(cli, "goal", id, words);
}

static pz_status run_propose(cli_run *cli)
{
    return write_goal(cli, pz_goal_propose, "The goal %s is proposed.");
}

static pz_status run_draft(cli_run *cli)
{
    return write_goal(cli, pz_goal_draft, "The goal %s is kept as a draft.");
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

typedef pz_status (*step_fn)(pz_actor *, pz_id, const char *, size_t, const char *, pz_id *);

static pz_status say_step(cli_run *cli, pz_id goal, pz_id request, const char *done)
{
    if (request) return print_done(cli, "request", request, "It is asked for: the request %s waits for an answer.");
    return print_done(cli, "goal", goal, done);
}

static pz_status step(cli_run *cli, step_fn call, option_id text_option, const char *words)
{
    const char *text = NULL;
    char *held;
    size_t length = 0;
    pz_id goal, request;
    pz_status status;
    TRY(argument_id(cli, 0, PZ_KIND_GOAL, &goal));
    TRY(value_text(cli, text_option, &text, &length, &held));
    status = call(cli->actor, goal, text, length, cli_value(cli, OPTION_KEY), &request);
    free(held);
    TRY(status);
    return say_step(cli, goal, request, words);
}

static pz_status run_start(cli_run *cli)
{
    return step(cli, pz_goal_start, OPTION_REASON, "The goal %s is started.");
}

static pz_status run_pause(cli_run *cli)
{
    return step(cli, pz_goal_pause, OPTION_REASON, "The goal %s is paused.");
}

static pz_status run_resume(cli_run *cli)
{
    return step(cli, pz_goal_resume, OPTION_REASON, "The goal %s goes on.");
}

static pz_status run_abandon(cli_run *cli)
{
    return step(cli, pz_goal_abandon, OPTION_REFLECTION, "The goal %s is set aside.");
}

static pz_status answer_request(cli_run *cli, int32_t approves, const char *words)
{
    const char *text = NULL;
    char *held;
    size_t length = 0;
    pz_id request;
    pz_status status;
    TRY(argument_id(cli, 0, KIND_GOAL_REQUEST, &request));
    TRY(value_text(cli, OPTION_NOTE, &text, &length, &held));
    status = pz_goal_answer(cli->actor, request, approves, text, length, cli_value(cli, OPTION_KEY));
    free(held);
    TRY(status);
    return print_done(cli, "request", request, words);
}

static pz_status run_approve(cli_run *cli)
{
    return answer_request(cli, 1, "The request %s is approved.");
}

static pz_status run_refuse(cli_run *cli)
{
    return answer_request(cli, 0, "The request %s is declined.");
}

static pz_status run_withdraw(cli_run *cli)
{
    pz_id request;
    TRY(argument_id(cli, 0, KIND_GOAL_REQUEST, &request));
    TRY(pz_goal_request_withdraw(cli->actor, request, cli_value(cli, OPTION_KEY)));
    return print_done(cli, "request", request, "The request %s is taken back.");
}

static pz_status run_revise(cli_run *cli)
{
    pz_goal *goal;
    goal_texts texts = {{NULL}, 0};
    int64_t version;
    pz_id id;
    pz_status status;
    TRY(argument_id(cli, 0, PZ_KIND_GOAL, &id));
    TRY(pz_goal_get(cli->actor, id, &goal));
    goal->why = NULL;
    goal->why_len = 0;
    status = take_goal(cli, goal, &texts);
    if (status == PZ_OK) status = value_int(cli, OPTION_VERSION, 1, INT64_MAX, &goal->version);
    if (status == PZ_OK) status = pz_goal_revise(cli->actor, goal, cli_value(cli, OPTION_KEY), &version);
    free_texts(&texts);
    pz_free(goal);
    TRY(status);
    return print_done(cli, "version", version, "The goal is revised, or its learner asked; its version is now %s.");
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
    pz_id goal, request;
    pz_status status;
    TRY(argument_id(cli, 0, PZ_KIND_GOAL, &goal));
    TRY(take_evidence(cli, rows, pointers, &count));
    TRY(value_text(cli, OPTION_REFLECTION, &reflection, &length, &held));
    status = pz_goal_achieve(cli->actor, goal, count ? pointers : NULL, count, reflection, length, cli_value(cli, OPTION_KEY), &request);
    free(held);
    TRY(status);
    return say_step(cli, goal, request, "The goal %s is achieved.");
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

static pz_status run_requests(cli_run *cli)
{
    pz_goal_request **rows;
    pz_id goal;
    size_t count;
    TRY(argument_id(cli, 0, PZ_KIND_GOAL, &goal));
    TRY(pz_goal_request_list(cli->actor, goal, &rows, &count));
    return print_rows(cli, "pz_goal_request", rows, count, "id,step,state,asked_role,asked_by,asked_at,why,answered_role,answered_by,answer");
}

static pz_status run_revision(cli_run *cli)
{
    pz_goal *goal;
    pz_id request;
    TRY(argument_id(cli, 0, KIND_GOAL_REQUEST, &request));
    TRY(pz_goal_revision_get(cli->actor, request, &goal));
    return print_record(cli, "pz_goal", goal);
}

static pz_status run_may(cli_run *cli)
{
    pz_goal_may **rows;
    pz_id goal;
    size_t count;
    TRY(argument_id(cli, 0, PZ_KIND_GOAL, &goal));
    TRY(pz_goal_may_list(cli->actor, goal, &rows, &count));
    return print_rows(cli, "pz_goal_may", rows, count, "step,decision");
}

#define SAYS                                                                                                                               \
    OPTION_STATEMENT, OPTION_REASON, OPTION_AREA, OPTION_MEASURE, OPTION_MEASURED, OPTION_COMPETENCY, OPTION_BASELINE, OPTION_TARGET,      \
        OPTION_TARGET_HIGH, OPTION_DUE, OPTION_SERVES, OPTION_STRATEGIES, OPTION_RESOURCES, OPTION_CONFIDENCE, OPTION_VISIBILITY, OPTION_WHY

static const option_id no_options[] = {OPTION_COUNT};
static const option_id propose_options[] = {OPTION_LEARNER, SAYS, OPTION_COUNT};
static const option_id ask_options[] = {OPTION_PERSON, OPTION_WITH_ROLE, OPTION_COUNT};
static const option_id note_options[] = {OPTION_NOTE, OPTION_COUNT};
static const option_id reason_options[] = {OPTION_REASON, OPTION_COUNT};
static const option_id abandon_options[] = {OPTION_REFLECTION, OPTION_COUNT};
static const option_id revise_options[] = {SAYS, OPTION_VERSION, OPTION_COUNT};
static const option_id achieve_options[] = {OPTION_EVIDENCE, OPTION_LINK, OPTION_REFLECTION, OPTION_COUNT};
static const option_id list_options[] = {OPTION_LEARNER, OPTION_CLASS, OPTION_SUPPORTER, OPTION_STATE, OPTION_UNTIL,
                                         OPTION_TEXT,    OPTION_ORDER, OPTION_LIMIT,     OPTION_AFTER, OPTION_COUNT};

const cli_command goal_commands[] = {
    {"goals propose", "", "Propose a goal: a learner its own, an adult one for the learner to agree to.",
     "Without --learner it is the goal of the person who acts. It is agreed when its learner has agreed and one adult supports it; then the learner starts it.",
     "personalize goals propose --statement \"I can explain why we carry\" --due 2027-02-01 --as learner-1 --role learner\n"
     "personalize goals propose --learner learner-1 --statement \"Add without counting\" --measure mastery --competency M.1 --as teacher-1 "
     "--role teacher\n",
     propose_options, DOOR_ACTOR, 0, run_propose},
    {"goals draft", "", "Write a goal down without proposing it yet.", "Only its learner and who wrote it see it.",
     "personalize goals draft --statement \"Something with music\" --as learner-1 --role learner\n", propose_options, DOOR_ACTOR, 0, run_draft},
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
     "An adult who revises it asks the learner: the goal stays as it was until the learner approves.",
     "personalize goals revise latest --due 2027-03-01 --as learner-1 --role learner\n", revise_options, DOOR_ACTOR, 0, run_revise},
    {"goals start", "GOAL", "Start a goal that is agreed.", "An adult who supports it asks the learner to.",
     "personalize goals start latest --as learner-1 --role learner\n", reason_options, DOOR_ACTOR, 0, run_start},
    {"goals pause", "GOAL", "Pause a goal.", "An adult who supports it asks the learner to.",
     "personalize goals pause latest --reason \"Exams first\" --as learner-1 --role learner\n", reason_options, DOOR_ACTOR, 0, run_pause},
    {"goals resume", "GOAL", "Go on with a goal that was paused.", "An adult who supports it asks the learner to.",
     "personalize goals resume latest --as learner-1 --role learner\n", reason_options, DOOR_ACTOR, 0, run_resume},
    {"goals approve", "REQUEST", "Approve what somebody requested: the learner of adults, adults of the learner.", "'goals requests' lists them.",
     "personalize goals revise latest --due 2027-04-01 --as teacher-1 --role teacher\n"
     "personalize goals approve latest --note \"Good idea\" --as learner-1 --role learner\n", note_options, DOOR_ACTOR, 0, run_approve},
    {"goals refuse", "REQUEST", "Decline what somebody requested.", "The goal stays as it was.",
     "personalize goals revise latest --due 2027-04-01 --as teacher-1 --role teacher\n"
     "personalize goals refuse latest --note \"Rather not\" --as learner-1 --role learner\n", note_options, DOOR_ACTOR, 0, run_refuse},
    {"goals withdraw", "REQUEST", "Take back a request of your own.", "", "personalize goals revise latest --due 2027-04-01 --as teacher-1 --role teacher\n"
     "personalize goals withdraw latest --as teacher-1 --role teacher\n", no_options,
     DOOR_ACTOR, 0, run_withdraw},
    {"goals revision", "REQUEST", "Show a goal as a request to revise it would have it.", "",
     "personalize goals revise latest --due 2027-04-01 --as teacher-1 --role teacher\n"
     "personalize goals revision latest --as learner-1 --role learner\n", no_options, DOOR_ACTOR, PZ_SCOPE_READ, run_revision},
    {"goals requests", "GOAL", "List what was requested of a goal, with the answers.", "",
     "personalize goals requests latest --as learner-1 --role learner\n", no_options, DOOR_ACTOR, PZ_SCOPE_READ, run_requests},
    {"goals may", "GOAL", "List what you may do with a goal as it stands.", "", "personalize goals may latest --as teacher-1 --role teacher\n",
     no_options, DOOR_ACTOR, 0, run_may},
    {"goals achieve", "GOAL", "Mark a goal as achieved.",
     "By the learner where a mastery measure is met in the store; otherwise a supporter signs, or the learner asks for it, with --evidence.",
     "personalize goals achieve latest --evidence \"Explained it to the class\" --reflection \"It was easier than I thought\" --as "
     "teacher-1 --role teacher\n",
     achieve_options, DOOR_ACTOR, 0, run_achieve},
    {"goals abandon", "GOAL", "Set a goal aside.", "'latest' is the newest goal that is still open. An adult who supports it asks the learner to.",
     "personalize goals abandon latest --reflection \"Something else comes first\" --as learner-1 --role learner\n", abandon_options, DOOR_ACTOR, 0,
     run_abandon},
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
