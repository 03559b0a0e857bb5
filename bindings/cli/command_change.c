/* What changed and what falls due. */
#include <inttypes.h>
#include <time.h>

#include "cli.h"

/* With --json events and cursor in one object, so that a program can come back for more. */
static pz_status print_events(cli_run *cli, pz_event **rows, size_t count, int64_t cursor)
{
    pz_status status;
    if (wants_json(cli)) fputs("{\"events\":", cli->out);
    status = print_rows(cli, "pz_event", rows, count, "change,at,kind,record_kind,record,learner,role,person,action,purpose");
    if (wants_json(cli))
        fprintf(cli->out, ",\"cursor\":\"%" PRId64 "\"}\n", cursor);
    else
        fprintf(cli->out, "cursor %" PRId64 "\n", cursor);
    return status;
}

static pz_status run_changes(cli_run *cli)
{
    pz_event **rows;
    int64_t since = 0, cursor;
    int32_t limit = 1000;
    size_t count;
    TRY(value_int(cli, OPTION_SINCE, 0, INT64_MAX, &since));
    TRY(value_int32(cli, OPTION_LIMIT, 1, 10000, &limit));
    TRY(pz_changes_since(cli->actor, since, limit, &rows, &count, &cursor));
    return print_events(cli, rows, count, cursor);
}

static pz_status run_due(cli_run *cli)
{
    pz_due **rows;
    pz_date until = (pz_date)(time(NULL) / 86400);
    size_t count;
    TRY(value_date(cli, OPTION_UNTIL, &until));
    TRY(pz_due_list(cli->actor, until, &rows, &count));
    return print_rows(cli, "pz_due", rows, count, "due_on,record_kind,record,learner,code");
}

static const option_id changes_options[] = {OPTION_SINCE, OPTION_LIMIT, OPTION_COUNT};
static const option_id due_options[] = {OPTION_UNTIL, OPTION_COUNT};

const cli_command change_commands[] = {
    {"changes", "", "List what happened within reach, oldest first.",
     "The last line is the cursor: give it to --since the next time. With --json {\"events\": [...], \"cursor\": \"285212674\"}.",
     "personalize changes --as teacher-1 --role teacher --limit 20\n"
     "personalize changes --as learner-1 --role learner --since 285212674 --json\n",
     changes_options, DOOR_ACTOR, PZ_SCOPE_READ, run_changes},
    {"due", "", "List what falls due and is still open.", "Up to today, or the day of --until.",
     "personalize due --until 2027-03-31 --as teacher-1 --role teacher\n", due_options, DOOR_ACTOR, PZ_SCOPE_READ, run_due},
    {NULL, NULL, NULL, NULL, NULL, NULL, DOOR_NONE, 0, NULL},
};
