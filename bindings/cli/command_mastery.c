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

const cli_command mastery_commands[] = {
    {"mastery list", "", "List who has mastered what, with its standard error and the decision.", "",
     "personalize mastery list --class class-1 --as teacher-1 --role teacher\n"
     "personalize mastery list --learner learner-1 --decision not_yet --as learner-1 --role learner --json\n",
     list_options, DOOR_ACTOR, PZ_SCOPE_READ, run_list},
    {"mastery explain", "LEARNER COMPETENCY", "Show why: the evidence, what each answer did, the rule and the decision.", "",
     "personalize mastery explain learner-1 M.1 --as teacher-1 --role teacher\n", no_options, DOOR_ACTOR, PZ_SCOPE_READ, run_explain},
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
