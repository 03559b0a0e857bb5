/* The store as a whole. */
#include <string.h>

#include "cli.h"

static pz_status run_init(cli_run *cli)
{
    pz_store_info *info;
    TRY(open_store(cli, 1, cli->argument_count ? cli->arguments[0] : NULL));
    TRY(pz_store_describe(cli->store, &info));
    return print_record(cli, "pz_store_info", info);
}

static pz_status run_info(cli_run *cli)
{
    pz_store_info *info;
    TRY(pz_store_describe(cli->store, &info));
    return print_record(cli, "pz_store_info", info);
}

static pz_status run_backup(cli_run *cli)
{
    pz_status status = pz_store_backup(cli->actor, cli->arguments[0], show_progress, NULL);
    end_progress();
    TRY(status);
    return print_file(cli, cli->arguments[0], "The backup is made and checked");
}

static pz_status run_restore(cli_run *cli)
{
    pz_store_options options = PZ_STORE_OPTIONS_INIT;
    pz_status status;
    TRY(use_secret(cli, &options));
    status = pz_store_restore(cli->arguments[0], cli->arguments[1], &options, show_progress, NULL);
    end_progress();
    TRY(status);
    return print_file(cli, cli->arguments[1], "The backup is checked and in place");
}

/* The findings are shown also where they are bad. */
static pz_status run_verify(cli_run *cli)
{
    char *json;
    pz_status status = pz_store_verify(cli->actor, show_progress, NULL, &json);
    end_progress();
    if (json) {
        pz_status shown = print_document(cli, json);
        if (status == PZ_OK) status = shown;
    }
    return status;
}

static const option_id init_options[] = {OPTION_NAME, OPTION_TIME_ZONE, OPTION_COUNT};
static const option_id no_options[] = {OPTION_COUNT};

const cli_command store_commands[] = {
    {"init", "[FILE]", "Make a new store.",
     "The store is one SQLite file; it must not exist yet. Without FILE it is made where --store or PERSONALIZE_STORE says.",
     "personalize init school.db --name \"Hill School\" --time-zone Europe/Lisbon\n", init_options, DOOR_NONE, 0, run_init},
    {"info", "", "Say what the store says of itself.", "", "personalize info\n", no_options, DOOR_STORE, 0, run_info},
    {"backup", "FILE", "Copy the store to a new file while it is in use.",
     "The copy is checked after writing. It needs a service, since it holds everything.",
     "personalize backup monday.db --service \"nightly backup\"\n", no_options, DOOR_ACTOR, PZ_SCOPE_BACKUP, run_backup},
    {"restore", "BACKUP FILE", "Check a backup and put it in place as a store.", "FILE must not exist: a store is never overwritten.",
     "personalize restore monday.db restored.db\n", no_options, DOOR_NONE, 0, run_restore},
    {"verify", "", "Check the whole store and its chain of changes.",
     "Pages, keys, versions, mastery against its evidence, and whether any record, or the record of who did what, is other than it was written. Exit status 7 if something is wrong.",
     "personalize verify --service \"weekly check\"\n", no_options, DOOR_ACTOR, PZ_SCOPE_VERIFY, run_verify},
    {NULL, NULL, NULL, NULL, NULL, NULL, DOOR_NONE, 0, NULL},
};
