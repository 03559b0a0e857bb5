/* Who has mastered what, how sure that is, and by which rule. */
#include <stdlib.h>
#include <string.h>

#include "cli.h"

static pz_status run_list(cli_run *cli)
{
    pz_mastery_query query = PZ_MASTERY_QUERY_INIT;
    pz_learner_mastery **rows;
    size_t count;
    TRY(value_id(cli, OPTION_LEARNER, PZ_KIND_PERSON, &query.learner));
    TRY(value_id(cli, OPTION_CLASS, PZ_KIND_CLASS, &query.class_id));
    TRY(value_id(cli, OPTION_COMPETENCY, PZ_KIND_COMPETENCY, &query.competency));
    TRY(value_id(cli, OPTION_FRAMEWORK, PZ_KIND_FRAMEWORK, &query.framework));
    TRY(value_enum(cli, OPTION_DECISION, "pz_learner_mastery", "decision", &query.decision));
    TRY(pz_learner_mastery_list(cli->actor, &query, &rows, &count));
    return print_rows(cli, "pz_learner_mastery", rows, count,
                      "learner,competency,estimate,standard_error,evidence_count,last_at,model,decision");
}

static pz_status run_explain(cli_run *cli)
{
    pz_id learner, competency;
    char *json;
    TRY(argument_id(cli, 0, PZ_KIND_PERSON, &learner));
    TRY(argument_id(cli, 1, PZ_KIND_COMPETENCY, &competency));
    TRY(pz_learner_mastery_explain(cli->actor, learner, competency, cli_value(cli, OPTION_LANGUAGE), &json));
    return print_document(cli, json);
}

/* "class:ID" or "org:ID". */
static pz_status read_scope(cli_run *cli, pz_id *out)
{
    const char *text = cli_value(cli, OPTION_SCOPE);
    *out = 0;
    if (!text) return PZ_OK;
    if (!strncmp(text, "class:", 6)) return text_id(cli, PZ_KIND_CLASS, text + 6, strlen(text + 6), out);
    if (!strncmp(text, "org:", 4)) return text_id(cli, PZ_KIND_ORG, text + 4, strlen(text + 4), out);
    return usage_fault(cli, "--scope takes class:ID or org:ID, such as class:class-1.");
}

static pz_status run_beliefs(cli_run *cli)
{
    pz_belief **rows;
    pz_id learner, competency;
    size_t count;
    TRY(argument_id(cli, 0, PZ_KIND_PERSON, &learner));
    TRY(value_id(cli, OPTION_COMPETENCY, PZ_KIND_COMPETENCY, &competency));
    TRY(pz_belief_list(cli->actor, learner, competency, &rows, &count));
    return print_rows(cli, "pz_belief", rows, count, "competency,believer,estimate,standard_error,decision,count,at,was_estimate,state,entry");
}

static pz_status need_scope(cli_run *cli, pz_id *out)
{
    TRY(need(cli, OPTION_SCOPE));
    return read_scope(cli, out);
}

static pz_status run_spread(cli_run *cli)
{
    pz_class_distribution **rows;
    pz_id scope, framework;
    size_t count;
    TRY(need_scope(cli, &scope));
    TRY(value_id(cli, OPTION_FRAMEWORK, PZ_KIND_FRAMEWORK, &framework));
    TRY(pz_class_distribution_list(cli->actor, scope, framework, &rows, &count));
    return print_rows(cli, "pz_class_distribution", rows, count, "competency,learners,low,middle,high,not_enough,mean,items,items_asked");
}

static pz_status run_items(cli_run *cli)
{
    pz_item_analysis **rows;
    pz_id scope, assessment, competency;
    size_t count;
    TRY(need_scope(cli, &scope));
    TRY(value_id(cli, OPTION_ASSESSMENT, PZ_KIND_ASSESSMENT, &assessment));
    TRY(value_id(cli, OPTION_COMPETENCY, PZ_KIND_COMPETENCY, &competency));
    TRY(pz_item_analysis_list(cli->actor, scope, assessment, competency, &rows, &count));
    return print_rows(cli, "pz_item_analysis", rows, count, "item,learners,difficulty,discrimination,options,draws_strong,is_key_doubtful");
}

static pz_status run_options(cli_run *cli)
{
    pz_option_analysis **rows;
    pz_id scope, assessment, competency;
    size_t count;
    TRY(need_scope(cli, &scope));
    TRY(value_id(cli, OPTION_ASSESSMENT, PZ_KIND_ASSESSMENT, &assessment));
    TRY(value_id(cli, OPTION_COMPETENCY, PZ_KIND_COMPETENCY, &competency));
    TRY(pz_option_analysis_list(cli->actor, scope, assessment, competency, &rows, &count));
    return print_rows(cli, "pz_option_analysis", rows, count, "item,option,is_right,chosen,share,point_biserial,note,misconception");
}

static pz_status run_fairness(cli_run *cli)
{
    pz_item_fairness **rows;
    pz_id scope, assessment;
    size_t count;
    TRY(argument_id(cli, 0, PZ_KIND_ASSESSMENT, &assessment));
    TRY(need_scope(cli, &scope));
    TRY(pz_item_fairness_list(cli->actor, scope, assessment, cli->arguments[1], cli->arguments[2], 10, &rows, &count));
    return print_rows(cli, "pz_item_fairness", rows, count, "item,learners,others,odds_ratio,delta,p_value,category,is_suppressed");
}

static pz_status run_rule_set(cli_run *cli)
{
    const char *settings = NULL;
    char *held;
    size_t length = 0;
    pz_id scope, competency, rule;
    pz_status status;
    TRY(need(cli, OPTION_SETTINGS));
    TRY(read_scope(cli, &scope));
    TRY(value_id(cli, OPTION_COMPETENCY, PZ_KIND_COMPETENCY, &competency));
    TRY(value_text(cli, OPTION_SETTINGS, &settings, &length, &held));
    status = pz_mastery_rule_set(cli->actor, scope, competency, settings, length, cli_value(cli, OPTION_KEY), &rule);
    free(held);
    TRY(status);
    return print_done(cli, "rule", rule, "The rule %s holds; what it governs is computed anew.");
}

static pz_status run_rule_list(cli_run *cli)
{
    pz_mastery_rule **rows;
    size_t count;
    TRY(pz_mastery_rule_list(cli->actor, cli_has(cli, OPTION_HISTORY), &rows, &count));
    return print_rows(cli, "pz_mastery_rule", rows, count, "id,scope,competency,model,is_current,settings");
}

/* The models and their default settings, one JSON object each. */
static pz_status run_models(cli_run *cli)
{
    const char *name;
    if (wants_json(cli)) fputc('[', cli->out);
    for (int model = 1; (name = pz_mastery_model_name((pz_mastery_model)model))[0]; model++) {
        pz_mastery_settings settings = PZ_MASTERY_SETTINGS_INIT;
        char *json;
        TRY(pz_mastery_settings_default((pz_mastery_model)model, &settings));
        TRY(pz_mastery_settings_write(&settings, &json));
        if (wants_json(cli))
            fprintf(cli->out, "%s%s", model > 1 ? "," : "", json);
        else
            fprintf(cli->out, "%-16s  %s\n", name, json);
        pz_free(json);
    }
    if (wants_json(cli)) fputs("]\n", cli->out);
    return PZ_OK;
}

static const option_id list_options[] = {OPTION_LEARNER, OPTION_CLASS, OPTION_COMPETENCY, OPTION_FRAMEWORK, OPTION_DECISION, OPTION_COUNT};
static const option_id rule_set_options[] = {OPTION_SETTINGS, OPTION_SCOPE, OPTION_COMPETENCY, OPTION_COUNT};
static const option_id rule_list_options[] = {OPTION_HISTORY, OPTION_COUNT};
static const option_id no_options[] = {OPTION_COUNT};

static const option_id belief_options[] = {OPTION_COMPETENCY, OPTION_COUNT};
static const option_id spread_options[] = {OPTION_SCOPE, OPTION_FRAMEWORK, OPTION_COUNT};
static const option_id item_options[] = {OPTION_SCOPE, OPTION_ASSESSMENT, OPTION_COMPETENCY, OPTION_COUNT};
static const option_id fairness_options[] = {OPTION_SCOPE, OPTION_COUNT};

const cli_command mastery_commands[] = {
    {"mastery list", "", "List who has mastered what, with its standard error and the decision.", "",
     "personalize mastery list --class class-1 --as teacher-1 --role teacher\n"
     "personalize mastery list --learner learner-1 --decision not_yet --as learner-1 --role learner --json\n",
     list_options, DOOR_ACTOR, PZ_SCOPE_READ, run_list},
    {"mastery explain", "LEARNER COMPETENCY", "Show why: the evidence, what each answer did, the rule and the decision.", "",
     "personalize mastery explain learner-1 M.1 --as teacher-1 --role teacher\n", no_options, DOOR_ACTOR, PZ_SCOPE_READ, run_explain},
    {"mastery beliefs", "LEARNER", "Show what the system, the learner, teachers and classmates believe, side by side.", "",
     "personalize mastery beliefs learner-1 --as learner-1 --role learner\n", belief_options, DOOR_ACTOR, PZ_SCOPE_READ, run_beliefs},
    {"mastery spread", "", "Show how the learners of a class or org are spread over each competency, and how much of it was asked.", "",
     "personalize mastery spread --scope class:class-1 --as teacher-1 --role teacher\n", spread_options, DOOR_ACTOR, PZ_SCOPE_READ, run_spread},
    {"mastery items", "", "Show how hard items are, and how well they tell strong learners from weak ones.", "",
     "personalize mastery items --scope class:class-1 --as teacher-1 --role teacher --json\n", item_options, DOOR_ACTOR, PZ_SCOPE_READ, run_items},
    {"mastery options", "", "Show what each option of items draws; note 2 is a wrong option that strong learners take.", "",
     "personalize mastery options --scope class:class-1 --as teacher-1 --role teacher --json\n", item_options, DOOR_ACTOR, PZ_SCOPE_READ, run_options},
    {"mastery fairness", "ASSESSMENT DETAIL VALUE", "Show whether items are equally hard for learners with a demographic fact and all others who are as able.",
     "Figures of fewer than 10 learners on a side are not shown. For leaders and counselors.",
     "personalize mastery fairness line-1 sex female --scope org:school-1 --as leader-1 --role leader --json\n", fairness_options, DOOR_ACTOR, PZ_SCOPE_READ,
     run_fairness},
    {"mastery rule set", "", "Set the rule that turns evidence into mastery.",
     "The nearest rule holds: the class before the org, and in each the competency's own before the one for all. Settings that are left "
     "out have the "
     "defaults that 'mastery models' shows.",
     "personalize mastery rule set --scope org:school-1 --settings '{\"model\":\"mean\",\"evidence_min\":2}' --as leader-1 --role leader\n",
     rule_set_options, DOOR_ACTOR, PZ_SCOPE_RECOMMEND, run_rule_set},
    {"mastery rule list", "", "List the rules in force.", "", "personalize mastery rule list --as teacher-1 --role teacher\n",
     rule_list_options, DOOR_ACTOR, PZ_SCOPE_READ, run_rule_list},
    {"mastery models", "", "List the models and their default settings.", "", "personalize mastery models\n", no_options, DOOR_NONE, 0,
     run_models},
    {NULL, NULL, NULL, NULL, NULL, NULL, DOOR_NONE, 0, NULL},
};
