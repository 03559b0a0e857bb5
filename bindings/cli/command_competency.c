/* What can be learned. */
#include <string.h>

#include "cli.h"

static pz_status run_frameworks(cli_run *cli)
{
    pz_framework **rows;
    size_t count;
    TRY(pz_framework_list(cli->actor, cli_has(cli, OPTION_ENDED), &rows, &count));
    return print_rows(cli, "pz_framework", rows, count, "id,title,version,adoption_status,ended");
}

static pz_status run_list(cli_run *cli)
{
    pz_competency_query query = PZ_COMPETENCY_QUERY_INIT;
    pz_competency **rows;
    size_t count;
    TRY(value_id(cli, OPTION_FRAMEWORK, PZ_KIND_FRAMEWORK, &query.framework));
    TRY(value_id(cli, OPTION_UNDER, PZ_KIND_COMPETENCY, &query.under));
    query.code = cli_value(cli, OPTION_CODE);
    query.leaves_only = cli_has(cli, OPTION_LEAVES);
    query.with_ended = cli_has(cli, OPTION_ENDED);
    query.text = cli_value(cli, OPTION_TEXT);
    TRY(value_enum(cli, OPTION_ORDER, "pz_competency_query", "order", &query.order));
    TRY(value_int32(cli, OPTION_LIMIT, 1, 10000, &query.limit));
    TRY(value_id(cli, OPTION_AFTER, PZ_KIND_COMPETENCY, &query.after));
    TRY(pz_competency_list(cli->actor, &query, &rows, &count));
    return print_rows(cli, "pz_competency", rows, count, "id,code,item_type,levels,ended,statement");
}

static pz_status run_show(cli_run *cli)
{
    pz_competency *row;
    pz_id id;
    TRY(argument_id(cli, 0, PZ_KIND_COMPETENCY, &id));
    TRY(pz_competency_get(cli->actor, id, &row));
    return print_record(cli, "pz_competency", row);
}

static pz_status run_prerequisites(cli_run *cli)
{
    pz_competency **rows;
    pz_id id;
    size_t count;
    TRY(argument_id(cli, 0, PZ_KIND_COMPETENCY, &id));
    TRY(pz_competency_prerequisites(cli->actor, id, &rows, &count));
    return print_rows(cli, "pz_competency", rows, count, "id,code,statement");
}

static pz_status run_associations(cli_run *cli)
{
    pz_association **rows;
    pz_id framework, competency;
    size_t count;
    TRY(value_id(cli, OPTION_FRAMEWORK, PZ_KIND_FRAMEWORK, &framework));
    TRY(value_id(cli, OPTION_COMPETENCY, PZ_KIND_COMPETENCY, &competency));
    TRY(pz_association_list(cli->actor, framework, competency, 0, &rows, &count));
    return print_rows(cli, "pz_association", rows, count, "id,origin,kind,destination,position");
}

static const option_id ended_options[] = {OPTION_ENDED, OPTION_COUNT};
static const option_id list_options[] = {OPTION_FRAMEWORK, OPTION_UNDER, OPTION_CODE,  OPTION_LEAVES, OPTION_ENDED,
                                         OPTION_TEXT,      OPTION_ORDER, OPTION_LIMIT, OPTION_AFTER,  OPTION_COUNT};
static const option_id associations_options[] = {OPTION_FRAMEWORK, OPTION_COMPETENCY, OPTION_COUNT};
static const option_id no_options[] = {OPTION_COUNT};

const cli_command competency_commands[] = {
    {"competencies frameworks", "", "List the frameworks.", "", "personalize competencies frameworks --as teacher-1 --role teacher\n",
     ended_options, DOOR_ACTOR, PZ_SCOPE_READ, run_frameworks},
    {"competencies list", "", "List competencies.", "",
     "personalize competencies list --leaves --as teacher-1 --role teacher\n"
     "personalize competencies list --code M.1 --as teacher-1 --role teacher --json\n",
     list_options, DOOR_ACTOR, PZ_SCOPE_READ, run_list},
    {"competencies show", "COMPETENCY", "Show one competency.", "", "personalize competencies show M.1 --as teacher-1 --role teacher\n",
     no_options, DOOR_ACTOR, PZ_SCOPE_READ, run_show},
    {"competencies prerequisites", "COMPETENCY", "List what comes before a competency, near ones first.", "",
     "personalize competencies prerequisites M.3 --as teacher-1 --role teacher\n", no_options, DOOR_ACTOR, PZ_SCOPE_READ,
     run_prerequisites},
    {"competencies associations", "", "List the ties between competencies.", "",
     "personalize competencies associations --competency M.2 --as teacher-1 --role teacher\n", associations_options, DOOR_ACTOR,
     PZ_SCOPE_READ, run_associations},
    {NULL, NULL, NULL, NULL, NULL, NULL, DOOR_NONE, 0, NULL},
};
