/* Personalized learning plans. */
#include <stdlib.h>
#include <string.h>

#include "cli.h"

/* An id, or "own", "own-1" or "own-2" for those of the library. */
static pz_status template_of(cli_run *cli, const char *text, pz_id *out)
{
    static const char *const own[] = {"own", "own-1", "own-2"};
    *out = 0;
    for (size_t i = 0; text && i < sizeof own / sizeof own[0]; i++)
        if (!strcmp(text, own[i])) {
            *out = -(pz_id)i;
            return PZ_OK;
        }
    return text ? text_id(cli, PZ_KIND_PLAN_TEMPLATE, text, strlen(text), out) : PZ_OK;
}

static pz_status run_begin(cli_run *cli)
{
    pz_id learner = 0, template_id = 0, framework = 0, id;
    pz_date begins = PZ_DATE_NONE;
    TRY(need(cli, OPTION_BEGINS));
    TRY(value_id(cli, OPTION_LEARNER, PZ_KIND_PERSON, &learner));
    TRY(value_id(cli, OPTION_FRAMEWORK, PZ_KIND_FRAMEWORK, &framework));
    TRY(template_of(cli, cli_value(cli, OPTION_TEMPLATE), &template_id));
    TRY(value_date(cli, OPTION_BEGINS, &begins));
    TRY(pz_plan_begin(cli->actor, learner ? learner : cli->self, begins, template_id, framework, cli_value(cli, OPTION_LANGUAGE), cli_value(cli, OPTION_KEY), &id));
    return print_done(cli, "plan", id, "The plan %s is begun.");
}

/* "goal:17" of --part. */
static pz_status take_part(cli_run *cli, const char *text, pz_plan_part *part)
{
    static const struct {
        const char *word;
        pz_kind kind;
    } kinds[] = {{"goal", PZ_KIND_GOAL}, {"entry", PZ_KIND_PROFILE_ENTRY}, {"competency", PZ_KIND_COMPETENCY}, {"activity", PZ_KIND_ACTIVITY}, {"assignment", PZ_KIND_ASSIGNMENT}};
    const char *colon = strchr(text, ':');
    for (size_t i = 0; colon && i < sizeof kinds / sizeof kinds[0]; i++) {
        if (strlen(kinds[i].word) != (size_t)(colon - text) || memcmp(kinds[i].word, text, (size_t)(colon - text))) continue;
        part->record_kind = kinds[i].kind;
        return text_id(cli, kinds[i].kind, colon + 1, strlen(colon + 1), &part->record);
    }
    return usage_fault(cli, "--part takes goal, entry, competency, activity or assignment, a colon and an id, such as goal:latest.");
}

/* The parts that are there stay, those of --part are added. */
static pz_status save_with_parts(cli_run *cli, pz_plan *plan, pz_plan_part *const *there, size_t count)
{
    enum { MOST = 200 };
    pz_plan_part parts[MOST];
    const pz_plan_part *pointers[MOST + 1];
    const char *text;
    size_t added = 0;
    int index = 0;
    for (size_t i = 0; i < count && i < MOST; i++) pointers[i] = there[i];
    while (count + added < MOST && (text = cli_next(cli, OPTION_PART, &index)) != NULL) {
        parts[added] = (pz_plan_part)PZ_PLAN_PART_INIT;
        TRY(take_part(cli, text, &parts[added]));
        pointers[count + added] = &parts[added];
        added++;
    }
    return pz_plan_save(cli->actor, plan, pointers, count + added, cli_value(cli, OPTION_KEY), &plan->id);
}

static pz_status change(cli_run *cli, pz_plan *plan)
{
    pz_plan_part **parts;
    size_t count;
    pz_status status;
    TRY(pz_plan_part_list(cli->actor, plan->id, &parts, &count));
    status = save_with_parts(cli, plan, parts, count);
    pz_free(parts);
    return status;
}

static pz_status run_change(cli_run *cli)
{
    char *held[2] = {NULL, NULL};
    pz_plan *plan;
    pz_id id;
    pz_status status;
    TRY(argument_id(cli, 0, PZ_KIND_PLAN, &id));
    TRY(pz_plan_get(cli->actor, id, &plan));
    status = value_text(cli, OPTION_VISION, &plan->vision, &plan->vision_len, &held[0]);
    if (status == PZ_OK) status = value_text(cli, OPTION_CONTENT, &plan->summary, &plan->summary_len, &held[1]);
    if (status == PZ_OK) status = value_date(cli, OPTION_BEGINS, &plan->begins_on);
    if (status == PZ_OK) status = value_date(cli, OPTION_ENDS, &plan->ends_on);
    if (status == PZ_OK) status = value_int(cli, OPTION_VERSION, 1, INT64_MAX, &plan->version);
    if (cli_value(cli, OPTION_TITLE)) {
        plan->title = cli_value(cli, OPTION_TITLE);
        plan->title_len = PZ_NUL_TERMINATED;
    }
    if (status == PZ_OK) status = change(cli, plan);
    free(held[0]);
    free(held[1]);
    pz_free(plan);
    TRY(status);
    return print_done(cli, "plan", id, "The plan %s is changed, and is to be signed anew.");
}

static pz_status run_sign(cli_run *cli)
{
    const char *note = NULL;
    char *held;
    size_t length = 0;
    int64_t version;
    pz_plan *plan;
    pz_id id;
    pz_status status;
    TRY(argument_id(cli, 0, PZ_KIND_PLAN, &id));
    TRY(pz_plan_get(cli->actor, id, &plan));
    version = plan->version;
    pz_free(plan);
    TRY(value_int(cli, OPTION_VERSION, 1, INT64_MAX, &version));
    TRY(value_text(cli, OPTION_NOTE, &note, &length, &held));
    status = pz_plan_sign(cli->actor, id, version, note, length, cli_value(cli, OPTION_KEY));
    free(held);
    TRY(status);
    return print_done(cli, "plan", id, "The plan %s has your signature.");
}

static pz_status run_review(cli_run *cli)
{
    const char *outcome = NULL;
    char *held;
    size_t length = 0;
    pz_id plan, checkin;
    pz_status status;
    TRY(need(cli, OPTION_OUTCOME));
    TRY(need(cli, OPTION_CHECKIN));
    TRY(argument_id(cli, 0, PZ_KIND_PLAN, &plan));
    TRY(value_id(cli, OPTION_CHECKIN, PZ_KIND_CHECKIN, &checkin));
    TRY(value_text(cli, OPTION_OUTCOME, &outcome, &length, &held));
    status = pz_plan_review_add(cli->actor, plan, checkin, outcome, length, cli_value(cli, OPTION_KEY));
    free(held);
    TRY(status);
    return print_done(cli, "plan", plan, "The review of the plan %s is on record.");
}

static pz_status run_carry(cli_run *cli)
{
    pz_date begins = PZ_DATE_NONE, ends = PZ_DATE_NONE;
    pz_id plan, next;
    TRY(need(cli, OPTION_BEGINS));
    TRY(need(cli, OPTION_ENDS));
    TRY(argument_id(cli, 0, PZ_KIND_PLAN, &plan));
    TRY(value_date(cli, OPTION_BEGINS, &begins));
    TRY(value_date(cli, OPTION_ENDS, &ends));
    TRY(pz_plan_carry_over(cli->actor, plan, begins, ends, cli_value(cli, OPTION_KEY), &next));
    return print_done(cli, "plan", next, "It goes on as the plan %s.");
}

static pz_status run_close(cli_run *cli)
{
    pz_id plan;
    TRY(argument_id(cli, 0, PZ_KIND_PLAN, &plan));
    TRY(pz_plan_close(cli->actor, plan, cli_value(cli, OPTION_KEY)));
    return print_done(cli, "plan", plan, "The plan %s is closed.");
}

static pz_status run_show(cli_run *cli)
{
    char *json;
    pz_id plan;
    TRY(argument_id(cli, 0, PZ_KIND_PLAN, &plan));
    TRY(pz_plan_document(cli->actor, plan, cli_value(cli, OPTION_LANGUAGE), &json));
    return print_document(cli, json);
}

static pz_status run_list(cli_run *cli)
{
    pz_plan_query query = PZ_PLAN_QUERY_INIT;
    pz_plan **rows;
    size_t count;
    TRY(value_id(cli, OPTION_LEARNER, PZ_KIND_PERSON, &query.learner));
    TRY(value_id(cli, OPTION_CLASS, PZ_KIND_CLASS, &query.class_id));
    TRY(value_enum(cli, OPTION_STATE, "pz_plan", "state", &query.state));
    TRY(value_int32(cli, OPTION_LIMIT, 1, 10000, &query.limit));
    TRY(value_id(cli, OPTION_AFTER, PZ_KIND_PLAN, &query.after));
    TRY(pz_plan_list(cli->actor, &query, &rows, &count));
    return print_rows(cli, "pz_plan", rows, count, "id,learner,state,title,begins_on,ends_on,parts");
}

static pz_status run_history(cli_run *cli)
{
    pz_plan **rows;
    pz_id plan;
    size_t count;
    TRY(argument_id(cli, 0, PZ_KIND_PLAN, &plan));
    TRY(pz_plan_history(cli->actor, plan, &rows, &count));
    return print_rows(cli, "pz_plan", rows, count, "version,acted_at,acted_role,acted_by,state,title,parts");
}

static pz_status run_templates(cli_run *cli)
{
    pz_plan_template **rows;
    size_t count;
    TRY(pz_plan_template_list(cli->actor, cli_value(cli, OPTION_LANGUAGE), &rows, &count));
    return print_rows(cli, "pz_plan_template", rows, count, "id,title,weeks,org,author,copied_author,ended");
}

static pz_status run_copy(cli_run *cli)
{
    pz_id template_id = 0, org, id;
    TRY(need(cli, OPTION_ORG));
    TRY(template_of(cli, cli->arguments[0], &template_id));
    TRY(value_id(cli, OPTION_ORG, PZ_KIND_ORG, &org));
    TRY(pz_plan_template_copy(cli->actor, template_id, org, cli_value(cli, OPTION_TITLE), PZ_NUL_TERMINATED, cli_value(cli, OPTION_LANGUAGE),
                              cli_value(cli, OPTION_KEY), &id));
    return print_done(cli, "template", id, "It is copied as the template %s.");
}

static const option_id no_options[] = {OPTION_COUNT};
static const option_id begin_options[] = {OPTION_LEARNER, OPTION_TEMPLATE, OPTION_FRAMEWORK, OPTION_BEGINS, OPTION_COUNT};
static const option_id change_options[] = {OPTION_TITLE, OPTION_VISION, OPTION_CONTENT, OPTION_BEGINS, OPTION_ENDS, OPTION_PART, OPTION_VERSION, OPTION_COUNT};
static const option_id sign_options[] = {OPTION_NOTE, OPTION_VERSION, OPTION_COUNT};
static const option_id review_options[] = {OPTION_CHECKIN, OPTION_OUTCOME, OPTION_COUNT};
static const option_id carry_options[] = {OPTION_BEGINS, OPTION_ENDS, OPTION_COUNT};
static const option_id list_options[] = {OPTION_LEARNER, OPTION_CLASS, OPTION_STATE, OPTION_LIMIT, OPTION_AFTER, OPTION_COUNT};
static const option_id copy_options[] = {OPTION_ORG, OPTION_TITLE, OPTION_COUNT};

const cli_command plan_commands[] = {
    {"plan begin", "", "Begin a learning plan, filled from what is there.",
     "Of a learner, or of yourself. Templates of the library are own, own-1 (six weeks) and own-2 (with support).",
     "personalize plan begin --learner learner-1 --begins 2027-01-11 --as teacher-1 --role teacher\n", begin_options, DOOR_ACTOR, 0, run_begin},
    {"plan change", "PLAN", "Change what a plan says, or add parts to it; what the options leave out stays.", "It is to be signed anew.",
     "personalize plan change latest --vision \"I want to build bridges\" --part competency:M.3 --as learner-1 --role learner\n", change_options, DOOR_ACTOR, 0,
     run_change},
    {"plan sign", "PLAN", "Sign a plan in your role.", "", "personalize plan sign latest --as learner-1 --role learner\n", sign_options, DOOR_ACTOR, 0, run_sign},
    {"plan review", "PLAN", "Put on record that a check-in looked at a plan.", "",
     "personalize checkin plan --learner learner-1 --due 2027-02-05 --as teacher-1 --role teacher\n"
     "personalize plan review latest --checkin latest --outcome \"Two of three goals are on their way\" --as teacher-1 --role teacher\n",
     review_options, DOOR_ACTOR, 0, run_review},
    {"plan show", "PLAN", "Show a plan with all that it joins.", "", "personalize plan show latest --as guardian-1 --role guardian\n", no_options, DOOR_ACTOR,
     PZ_SCOPE_READ, run_show},
    {"plan list", "", "List plans.", "", "personalize plan list --class class-1 --as teacher-1 --role teacher\n", list_options, DOOR_ACTOR, PZ_SCOPE_READ, run_list},
    {"plan history", "PLAN", "List every version of a plan.", "", "personalize plan history latest --as learner-1 --role learner\n", no_options, DOOR_ACTOR,
     PZ_SCOPE_READ, run_history},
    {"plan carry", "PLAN", "Carry a plan over to the next period, and close it.", "",
     "personalize plan carry latest --begins 2027-09-01 --ends 2028-06-30 --as teacher-1 --role teacher\n", carry_options, DOOR_ACTOR, 0, run_carry},
    {"plan close", "PLAN", "Close a plan.", "", "personalize plan close latest --as learner-1 --role learner\n", no_options, DOOR_ACTOR, 0, run_close},
    {"plan templates", "", "List templates of plans.", "", "personalize plan templates --as teacher-1 --role teacher\n", no_options, DOOR_ACTOR, PZ_SCOPE_READ,
     run_templates},
    {"plan copy", "TEMPLATE", "Copy a template to a school of yours, to be changed there.", "It keeps the name of its first author.",
     "personalize plan copy own-1 --org school-1 --title \"Six weeks of science\" --as teacher-1 --role teacher\n", copy_options, DOOR_ACTOR, 0, run_copy},
    {NULL, NULL, NULL, NULL, NULL, NULL, DOOR_NONE, 0, NULL},
};
