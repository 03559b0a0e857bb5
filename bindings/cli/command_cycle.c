/* Assessment cycles. */
#include <stdlib.h>
#include <string.h>

#include "cli.h"

static const char cycle_columns[] = "id,state,kind,class_id,org,opens_on,closes_on,previous,title";

/* What the options say of a cycle that is opened. */
static pz_status take_cycle(cli_run *cli, pz_cycle *cycle)
{
    TRY(need(cli, OPTION_TITLE));
    TRY(need(cli, OPTION_OPENS));
    TRY(need(cli, OPTION_CLOSES));
    cycle->title = cli_value(cli, OPTION_TITLE);
    TRY(value_date(cli, OPTION_OPENS, &cycle->opens_on));
    TRY(value_date(cli, OPTION_CLOSES, &cycle->closes_on));
    TRY(value_enum(cli, OPTION_KIND, "pz_cycle", "kind", &cycle->kind));
    TRY(value_id(cli, OPTION_CLASS, PZ_KIND_CLASS, &cycle->class_id));
    TRY(value_id(cli, OPTION_ORG, PZ_KIND_ORG, &cycle->org));
    return value_id(cli, OPTION_FRAMEWORK, PZ_KIND_FRAMEWORK, &cycle->framework);
}

static pz_status run_open(cli_run *cli)
{
    pz_cycle cycle = PZ_CYCLE_INIT;
    pz_id id;
    TRY(take_cycle(cli, &cycle));
    TRY(value_id(cli, OPTION_PREVIOUS, PZ_KIND_CYCLE, &cycle.previous));
    TRY(pz_cycle_open(cli->actor, &cycle, cli_value(cli, OPTION_KEY), &id));
    return print_done(cli, "cycle", id, "The cycle %s is open.");
}

static pz_status run_add_assessment(cli_run *cli)
{
    pz_id cycle, assessment;
    TRY(argument_id(cli, 0, PZ_KIND_CYCLE, &cycle));
    TRY(argument_id(cli, 1, PZ_KIND_ASSESSMENT, &assessment));
    TRY(pz_cycle_add_assessment(cli->actor, cycle, assessment, cli_value(cli, OPTION_KEY)));
    return print_done(cli, "cycle", cycle, "The assessment belongs to the cycle %s.");
}

static pz_status run_collect(cli_run *cli)
{
    pz_id cycle;
    TRY(argument_id(cli, 0, PZ_KIND_CYCLE, &cycle));
    TRY(pz_cycle_collect(cli->actor, cycle, cli_value(cli, OPTION_KEY)));
    return print_done(cli, "cycle", cycle, "The cycle %s collects evidence.");
}

static pz_status run_close(cli_run *cli)
{
    pz_id cycle;
    pz_status status;
    TRY(argument_id(cli, 0, PZ_KIND_CYCLE, &cycle));
    status = pz_cycle_close(cli->actor, cycle, cli_value(cli, OPTION_KEY), show_progress, NULL);
    end_progress();
    TRY(status);
    return print_done(cli, "cycle", cycle, "The cycle %s is closed; its results are kept.");
}

static pz_status run_hand_over(cli_run *cli)
{
    pz_cycle next = PZ_CYCLE_INIT;
    pz_id cycle, id;
    TRY(argument_id(cli, 0, PZ_KIND_CYCLE, &cycle));
    TRY(take_cycle(cli, &next));
    TRY(pz_cycle_hand_over(cli->actor, cycle, &next, cli_value(cli, OPTION_KEY), &id));
    return print_done(cli, "cycle", id, "The next cycle is %s.");
}

static pz_status run_schedule(cli_run *cli)
{
    pz_id cycle, assessment;
    pz_date opens, closes;
    TRY(argument_id(cli, 0, PZ_KIND_CYCLE, &cycle));
    TRY(argument_id(cli, 1, PZ_KIND_ASSESSMENT, &assessment));
    TRY(need(cli, OPTION_OPENS));
    TRY(need(cli, OPTION_CLOSES));
    TRY(value_date(cli, OPTION_OPENS, &opens));
    TRY(value_date(cli, OPTION_CLOSES, &closes));
    TRY(pz_cycle_schedule(cli->actor, cycle, assessment, opens, closes, cli_has(cli, OPTION_OVERLAP), cli_value(cli, OPTION_KEY)));
    return print_done(cli, "cycle", cycle, "The assessment has its window in the cycle %s.");
}

static pz_status run_missing(cli_run *cli)
{
    pz_assessment_seat **rows;
    pz_id cycle, learner;
    size_t count;
    TRY(argument_id(cli, 0, PZ_KIND_CYCLE, &cycle));
    TRY(value_id(cli, OPTION_LEARNER, PZ_KIND_PERSON, &learner));
    TRY(pz_cycle_missing_list(cli->actor, cycle, learner, &rows, &count));
    return print_rows(cli, "pz_assessment_seat", rows, count, "assessment,learner,due_on,is_late");
}

static pz_status run_reopen(cli_run *cli)
{
    const char *reason = NULL;
    char *held = NULL;
    size_t length = 0;
    pz_id cycle;
    pz_status status;
    TRY(argument_id(cli, 0, PZ_KIND_CYCLE, &cycle));
    TRY(need(cli, OPTION_REASON));
    TRY(value_text(cli, OPTION_REASON, &reason, &length, &held));
    status = pz_cycle_reopen(cli->actor, cycle, reason, length, cli_value(cli, OPTION_KEY));
    free(held);
    TRY(status);
    return print_done(cli, "cycle", cycle, "The cycle %s is open again; close it anew when all is there.");
}

/* Where no cycle is named: the newest that has results. */
static pz_status latest_closed(cli_run *cli, pz_id class_id, pz_id *out)
{
    pz_cycle_list_query query = PZ_CYCLE_LIST_QUERY_INIT;
    pz_cycle **rows;
    size_t count;
    *out = 0;
    query.class_id = class_id;
    TRY(pz_cycle_list(cli->actor, &query, &rows, &count));
    for (size_t i = 0; i < count && !*out; i++)
        if (rows[i]->state >= PZ_CYCLE_CLOSED) *out = rows[i]->id;
    pz_free(rows);
    if (*out) return PZ_OK;
    return cli_fail(cli, PZ_E_NOT_FOUND, "Close one: personalize cycle close latest.", "No cycle in reach is closed yet.");
}

static pz_status run_effect(cli_run *cli)
{
    pz_group_effect **rows;
    pz_id cycle;
    size_t count;
    TRY(cli->argument_count ? argument_id(cli, 0, PZ_KIND_CYCLE, &cycle) : latest_closed(cli, 0, &cycle));
    TRY(pz_cycle_effect_list(cli->actor, cycle, &rows, &count));
    return print_rows(cli, "pz_group_effect", rows, count,
                      "recommendation,group_no,competency,measure,learners,others,value,others_value,difference,lower,upper");
}

static pz_status run_unsettled(cli_run *cli)
{
    pz_settling_item **rows;
    pz_id cycle, learner, competency;
    size_t count;
    TRY(value_id(cli, OPTION_LEARNER, PZ_KIND_PERSON, &learner));
    TRY(value_id(cli, OPTION_COMPETENCY, PZ_KIND_COMPETENCY, &competency));
    TRY(cli->argument_count ? argument_id(cli, 0, PZ_KIND_CYCLE, &cycle) : latest_closed(cli, 0, &cycle));
    TRY(pz_cycle_unsettled_list(cli->actor, cycle, learner, competency, &rows, &count));
    return print_rows(cli, "pz_settling_item", rows, count, "learner,competency,needed,position,item,weight");
}

static pz_status run_forms(cli_run *cli)
{
    pz_id a, b, earlier_a = 0, earlier_b = 0;
    int64_t seed = 1;
    TRY(argument_id(cli, 0, PZ_KIND_ASSESSMENT, &a));
    TRY(argument_id(cli, 1, PZ_KIND_ASSESSMENT, &b));
    if (cli->argument_count > 2) TRY(argument_id(cli, 2, PZ_KIND_ASSESSMENT, &earlier_a));
    if (cli->argument_count > 3) TRY(argument_id(cli, 3, PZ_KIND_ASSESSMENT, &earlier_b));
    TRY(value_int(cli, OPTION_SEED, 0, INT64_MAX, &seed));
    TRY(pz_forms_cross(cli->actor, a, b, earlier_a, earlier_b, (uint64_t)seed, cli_value(cli, OPTION_KEY)));
    return print_done(cli, "assessment", a, "Each half of the class has its form; see: personalize cycle missing.");
}

static pz_status run_show(cli_run *cli)
{
    pz_cycle *cycle;
    pz_id id;
    TRY(argument_id(cli, 0, PZ_KIND_CYCLE, &id));
    TRY(pz_cycle_get(cli->actor, id, &cycle));
    return print_record(cli, "pz_cycle", cycle);
}

static pz_status run_list(cli_run *cli)
{
    pz_cycle_list_query query = PZ_CYCLE_LIST_QUERY_INIT;
    pz_cycle **rows;
    size_t count;
    TRY(value_id(cli, OPTION_CLASS, PZ_KIND_CLASS, &query.class_id));
    TRY(value_enum(cli, OPTION_STATE, "pz_cycle", "state", &query.state));
    TRY(value_page(cli, PZ_KIND_CYCLE, &query.order, &query.limit, &query.after));
    query.text = cli_value(cli, OPTION_TEXT);
    TRY(pz_cycle_list(cli->actor, &query, &rows, &count));
    return print_rows(cli, "pz_cycle", rows, count, cycle_columns);
}

static pz_status run_results(cli_run *cli)
{
    pz_cycle_query query = PZ_CYCLE_QUERY_INIT;
    pz_cycle_result **rows;
    size_t count;
    TRY(value_id(cli, OPTION_CLASS, PZ_KIND_CLASS, &query.class_id));
    TRY(value_id(cli, OPTION_LEARNER, PZ_KIND_PERSON, &query.learner));
    TRY(value_id(cli, OPTION_COMPETENCY, PZ_KIND_COMPETENCY, &query.competency));
    query.needs_only = cli_has(cli, OPTION_NEEDS);
    query.steps_only = cli_has(cli, OPTION_STEPS);
    TRY(cli->argument_count ? argument_id(cli, 0, PZ_KIND_CYCLE, &query.cycle) : latest_closed(cli, query.class_id, &query.cycle));
    TRY(pz_cycle_result_list(cli->actor, &query, &rows, &count));
    return print_rows(cli, "pz_cycle_result", rows, count,
                      "learner,competency,estimate,standard_error,evidence_count,growth,growth_standard_error,is_need,step,decision");
}

static const option_id no_options[] = {OPTION_COUNT};
static const option_id open_options[] = {OPTION_TITLE, OPTION_OPENS,     OPTION_CLOSES,   OPTION_KIND, OPTION_CLASS,
                                         OPTION_ORG,   OPTION_FRAMEWORK, OPTION_PREVIOUS, OPTION_COUNT};
static const option_id hand_over_options[] = {OPTION_TITLE, OPTION_OPENS, OPTION_CLOSES,    OPTION_KIND,
                                              OPTION_CLASS, OPTION_ORG,   OPTION_FRAMEWORK, OPTION_COUNT};
static const option_id schedule_options[] = {OPTION_OPENS, OPTION_CLOSES, OPTION_OVERLAP, OPTION_COUNT};
static const option_id missing_options[] = {OPTION_LEARNER, OPTION_COUNT};
static const option_id unsettled_options[] = {OPTION_LEARNER, OPTION_COMPETENCY, OPTION_COUNT};
static const option_id reopen_options[] = {OPTION_REASON, OPTION_COUNT};
static const option_id forms_options[] = {OPTION_SEED, OPTION_COUNT};
static const option_id list_options[] = {OPTION_CLASS, OPTION_STATE, OPTION_TEXT, OPTION_ORDER, OPTION_LIMIT, OPTION_AFTER, OPTION_COUNT};
static const option_id results_options[] = {OPTION_CLASS, OPTION_LEARNER, OPTION_COMPETENCY, OPTION_NEEDS, OPTION_STEPS, OPTION_COUNT};

const cli_command cycle_commands[] = {
    {"cycle open", "", "Open a cycle for a class or an org.", "",
     "personalize cycle open --class class-1 --title \"Autumn\" --opens 2026-09-01 --closes 2026-10-31 --as teacher-1 --role teacher\n",
     open_options, DOOR_ACTOR, PZ_SCOPE_RECOMMEND, run_open},
    {"cycle add-assessment", "CYCLE ASSESSMENT", "Tie an assessment to a cycle that is not closed yet.", "",
     "personalize cycle add-assessment latest line-1 --as teacher-1 --role teacher\n", no_options, DOOR_ACTOR, PZ_SCOPE_RECOMMEND,
     run_add_assessment},
    {"cycle schedule", "CYCLE ASSESSMENT", "Give an assessment of a cycle its window: the days on which it is sat.",
     "Windows for the same class must not overlap, unless --overlap says that two halves of a class sit parallel forms.",
     "personalize cycle schedule latest line-1 --opens 2026-09-14 --closes 2026-09-18 --as teacher-1 --role teacher\n", schedule_options,
     DOOR_ACTOR, PZ_SCOPE_RECOMMEND, run_schedule},
    {"cycle forms", "FORM_A FORM_B [EARLIER_A] [EARLIER_B]",
     "Seat two parallel forms in the halves of their class, crossed over against earlier ones.",
     "Who sat EARLIER_A sits FORM_B, and the other way round. Without earlier forms the halves are drawn by the seed.",
     "personalize cycle forms line-1 line-2 --as teacher-1 --role teacher\n", forms_options, DOOR_ACTOR, PZ_SCOPE_IMPORT, run_forms},
    {"cycle missing", "CYCLE", "List who has not answered an assessment of a cycle yet.", "",
     "personalize cycle missing latest --as teacher-1 --role teacher\n", missing_options, DOOR_ACTOR, PZ_SCOPE_READ, run_missing},
    {"cycle collect", "CYCLE", "Begin to collect evidence.", "", "personalize cycle collect latest --as teacher-1 --role teacher\n",
     no_options, DOOR_ACTOR, PZ_SCOPE_RECOMMEND, run_collect},
    {"cycle close", "CYCLE", "Close a cycle: keep mastery, growth, needs and next steps of every learner.", "",
     "personalize cycle close latest --as teacher-1 --role teacher\n", no_options, DOOR_ACTOR, PZ_SCOPE_RECOMMEND, run_close},
    {"cycle results", "[CYCLE]", "List the results of a closed cycle; the last one if none is named.",
     "step 1 is a next step: all that comes before it is mastered. step 2 waits for a prerequisite.",
     "personalize cycle results --as teacher-1 --role teacher\n"
     "personalize cycle results --steps --learner learner-1 --as learner-1 --role learner --json\n",
     results_options, DOOR_ACTOR, PZ_SCOPE_READ, run_results},
    {"cycle effect", "[CYCLE]",
     "List what accepted groups achieved by the end of a cycle, against the others of their class; of the last one if none is named.",
     "A comparison with its 95 % interval, and no proof of a cause: groups are not formed by lot.",
     "personalize cycle effect --as teacher-1 --role teacher\n", no_options, DOOR_ACTOR, PZ_SCOPE_READ, run_effect},
    {"cycle unsettled", "[CYCLE]",
     "List who was left undecided, and the fewest items that can settle it; of the last one if none is named.",
     "needed is the number of answers after which a decision can be had at the earliest.",
     "personalize cycle unsettled --learner learner-1 --as teacher-1 --role teacher\n", unsettled_options, DOOR_ACTOR, PZ_SCOPE_READ,
     run_unsettled},
    {"cycle reopen", "CYCLE", "Open a closed cycle again, with the reason.", "What was found stays until the cycle is closed anew.",
     "personalize cycle reopen latest --reason \"Answers of one class were lost\" --as teacher-1 --role teacher\n"
     "personalize cycle close latest --as teacher-1 --role teacher\n",
     reopen_options, DOOR_ACTOR, PZ_SCOPE_RECOMMEND, run_reopen},
    {"cycle hand-over", "CYCLE", "Hand a closed cycle over to the next, which is opened.",
     "Class, org and framework are those of the cycle where nothing else is said.",
     "personalize cycle hand-over latest --title \"Winter\" --opens 2026-11-01 --closes 2026-12-18 --as teacher-1 --role teacher\n",
     hand_over_options, DOOR_ACTOR, PZ_SCOPE_RECOMMEND, run_hand_over},
    {"cycle show", "CYCLE", "Show one cycle.", "", "personalize cycle show latest --as teacher-1 --role teacher\n", no_options, DOOR_ACTOR,
     PZ_SCOPE_READ, run_show},
    {"cycle list", "", "List cycles, newest first.", "", "personalize cycle list --class class-1 --as teacher-1 --role teacher\n",
     list_options, DOOR_ACTOR, PZ_SCOPE_READ, run_list},
    {NULL, NULL, NULL, NULL, NULL, NULL, DOOR_NONE, 0, NULL},
};
