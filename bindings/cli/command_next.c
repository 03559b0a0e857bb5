/* What comes next for learners. */
#include "cli.h"

static pz_status run_steps(cli_run *cli)
{
    pz_next_query query = PZ_NEXT_QUERY_INIT;
    pz_next_step **rows;
    size_t count;
    TRY(value_id(cli, OPTION_LEARNER, PZ_KIND_PERSON, &query.learner));
    TRY(value_id(cli, OPTION_CLASS, PZ_KIND_CLASS, &query.class_id));
    TRY(value_id(cli, OPTION_ORG, PZ_KIND_ORG, &query.org));
    TRY(value_id(cli, OPTION_FRAMEWORK, PZ_KIND_FRAMEWORK, &query.framework));
    TRY(value_enum(cli, OPTION_KIND, "pz_next_query", "kind", &query.kind));
    TRY(value_int32(cli, OPTION_LIMIT, 1, 1000, &query.limit));
    TRY(value_id(cli, OPTION_AFTER, PZ_KIND_PERSON, &query.after));
    TRY(pz_next_step_list(cli->actor, &query, cli_value(cli, OPTION_LANGUAGE), &rows, &count));
    return print_rows(cli, "pz_next_step", rows, count, "learner,rank,kind,title,due_on,reason");
}

static const option_id steps_options[] = {OPTION_LEARNER, OPTION_CLASS, OPTION_ORG, OPTION_FRAMEWORK, OPTION_KIND, OPTION_LIMIT, OPTION_AFTER, OPTION_COUNT};

const cli_command next_commands[] = {
    {"next steps", "", "List what comes next for each learner, with the reasons.",
     "What it is ready to learn, what is worth going over again before it fades, and its goals, the first five of each learner. --framework "
     "takes in what nobody has tried yet.",
     "personalize next steps --as learner-1 --role learner\n"
     "personalize next steps --class class-1 --kind learn --limit 2 --as teacher-1 --role teacher\n",
     steps_options, DOOR_ACTOR, PZ_SCOPE_READ, run_steps},
    {NULL, NULL, NULL, NULL, NULL, NULL, DOOR_NONE, 0, NULL},
};
