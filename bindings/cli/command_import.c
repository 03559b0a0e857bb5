/* Files in. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"

static pz_status import_options(cli_run *cli, pz_import_options *options)
{
    static const char *const modes[] = {"", "strict", "lenient"};
    const char *mode = cli_value(cli, OPTION_MODE);
    if (mode) {
        for (int32_t i = PZ_IMPORT_STRICT; i <= PZ_IMPORT_LENIENT; i++)
            if (!strcmp(modes[i], mode)) options->mode = i;
        if (strcmp(modes[options->mode], mode) != 0) return usage_fault(cli, "--mode takes strict or lenient, not '%.40s'.", mode);
    }
    options->dry_run = cli_has(cli, OPTION_DRY_RUN);
    options->demographics = cli_has(cli, OPTION_DEMOGRAPHICS);
    TRY(value_int32(cli, OPTION_GONE_LIMIT, 0, 100, &options->gone_percent_max));
    TRY(value_int32(cli, OPTION_FAULTS_MAX, 1, 100000, &options->faults_max));
    TRY(value_int32(cli, OPTION_ROW_LIMIT, 1, 100000000, &options->rows_max));
    if (cli_value(cli, OPTION_SOURCE)) options->source = cli_value(cli, OPTION_SOURCE);
    options->progress = show_progress;
    return PZ_OK;
}

/* The report is shown also where it says why nothing was written. */
static pz_status show_report(cli_run *cli, pz_status status, char *json)
{
    pz_status shown;
    end_progress();
    if (!json) return status;
    shown = print_report(cli, json);
    return status == PZ_OK ? shown : status;
}

/* A fault of the parameter `field` says which file it is of. */
static void name_file(cli_run *cli, pz_status status, const char *field, const char *path)
{
    char message[sizeof cli->fault.message];
    if (status == PZ_OK) return;
    keep_fault(cli, status);
    if (strcmp(cli->fault.field, field) != 0) return;
    strcpy(message, cli->fault.message);
    cli_fail(cli, status, cli->fault.hint, "%.200s: %s", strcmp(path, "-") ? path : "standard input", message);
    strcpy(cli->fault.field, field);
}

typedef pz_status (*import_fn)(pz_actor *actor, const char *path, const pz_import_options *options, const char *key, char **out_json);

static pz_status import_file(cli_run *cli, import_fn import, const pz_import_options *options, const char *key, char **out_json)
{
    pz_status status = import(cli->actor, cli->arguments[0], options, key, out_json);
    name_file(cli, status, "path", cli->arguments[0]);
    return status;
}

/* ------------------------------------------------------------------------------- a dry run without a store --- */

/* The files that a store leaves beside itself. */
static void remove_store(const char *folder, const char *path)
{
    static const char *const endings[] = {"", "-wal", "-shm", "-journal", ".lock"};
    char name[512];
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        snprintf(name, sizeof name, "%s%s", path, endings[i]);
        unlink(name);
    }
    rmdir(folder);
}

/* Compares with a store that is empty, and is gone afterwards. */
static pz_status try_without_store(cli_run *cli, import_fn import, const pz_import_options *options, char **out_json)
{
    const char *base = getenv("TMPDIR");
    char folder[400], path[420];
    pz_status status;
    *out_json = NULL;
    snprintf(folder, sizeof folder, "%.300s/personalize.XXXXXX", base && base[0] ? base : "/tmp");
    if (!mkdtemp(folder))
        return cli_fail(cli, PZ_E_IO, "Set TMPDIR to a folder that can be written to.", "A folder for the dry run cannot be made.");
    snprintf(path, sizeof path, "%s/store", folder);
    status = open_store(cli, 1, path);
    if (status == PZ_OK) status = open_service(cli, "dry run");
    if (status == PZ_OK) status = import_file(cli, import, options, NULL, out_json);
    cli_close(cli);
    remove_store(folder, path);
    return status;
}

static pz_status run_import(cli_run *cli, import_fn import)
{
    pz_import_options options = PZ_IMPORT_OPTIONS_INIT;
    pz_status status;
    char *json;
    TRY(import_options(cli, &options));
    if (options.dry_run && !cli_value(cli, OPTION_STORE)) {
        status = try_without_store(cli, import, &options, &json);
    } else {
        TRY(open_actor(cli));
        status = import_file(cli, import, &options, cli_value(cli, OPTION_KEY), &json);
    }
    return show_report(cli, status, json);
}

static pz_status run_oneroster(cli_run *cli)
{
    return run_import(cli, pz_import_oneroster);
}

static pz_status run_case(cli_run *cli)
{
    return run_import(cli, pz_import_case);
}

/* ------------------------------------------------------------------------------------------------- CSV --- */

static pz_status suggest_mapping(cli_run *cli)
{
    char *json;
    pz_status status = pz_csv_mapping_suggest(cli->arguments[0], cli_value(cli, OPTION_KIND), &json);
    name_file(cli, status, "path", cli->arguments[0]);
    TRY(status);
    return print_as_is(cli, json, MARKUP_JSON);
}

static pz_status run_csv(cli_run *cli)
{
    pz_import_options options = PZ_IMPORT_OPTIONS_INIT;
    char *mapping, *json;
    size_t length;
    pz_status status;
    if (cli_has(cli, OPTION_SUGGEST_MAPPING)) return suggest_mapping(cli);
    TRY(need(cli, OPTION_MAPPING));
    TRY(import_options(cli, &options));
    TRY(open_actor(cli));
    TRY(read_file(cli, cli_value(cli, OPTION_MAPPING), &mapping, &length));
    status = pz_import_csv(cli->actor, cli->arguments[0], mapping, length, &options, cli_value(cli, OPTION_KEY), &json);
    free(mapping);
    name_file(cli, status, "mapping", cli_value(cli, OPTION_MAPPING));
    name_file(cli, status, "path", cli->arguments[0]);
    return show_report(cli, status, json);
}

static const option_id oneroster_options[] = {OPTION_DRY_RUN,    OPTION_MODE,       OPTION_DEMOGRAPHICS,
                                              OPTION_GONE_LIMIT, OPTION_FAULTS_MAX, OPTION_ROW_LIMIT, OPTION_COUNT};
static const option_id case_options[] = {OPTION_DRY_RUN, OPTION_MODE, OPTION_FAULTS_MAX, OPTION_COUNT};
static const option_id csv_options[] = {OPTION_MAPPING, OPTION_SUGGEST_MAPPING, OPTION_KIND, OPTION_DRY_RUN,
                                        OPTION_MODE,    OPTION_FAULTS_MAX,      OPTION_ROW_LIMIT, OPTION_COUNT};

const cli_command import_commands[] = {
    {"import oneroster", "FILE", "Import a roster: a OneRoster 1.1 or 1.2 archive, or its folder.",
     "Each fault is shown with its file, line and column; with a fatal one nothing is written. What a bulk archive no longer lists is "
     "ended, "
     "never erased. A dry run without --store compares with an empty store.",
     "personalize import oneroster roster.zip --service \"roster import\" --source sis --dry-run --mode strict --json\n"
     "personalize import oneroster roster.zip --service \"roster import\" --source sis\n",
     oneroster_options, DOOR_NONE, PZ_SCOPE_IMPORT, run_oneroster},
    {"import case", "FILE", "Import a framework of competencies: a CASE 1.0 or 1.1 package.",
     "Faults name the JSON path. A dry run without --store compares with an empty store.",
     "personalize import case framework.json --service \"framework import\" --source case\n", case_options, DOOR_NONE, PZ_SCOPE_IMPORT,
     run_case},
    {"import csv", "FILE", "Import answers, scores, attendance, interests and the like from a CSV file.",
     "The mapping, a small JSON file, says what each column means; docs/csv-mapping.md describes it. --suggest-mapping prints one to start "
     "from.",
     "personalize import csv responses.csv --suggest-mapping --out suggested.json\n"
     "personalize import csv responses.csv --mapping responses.json --service \"results import\" --dry-run\n"
     "personalize import csv responses.csv --mapping responses.json --service \"results import\"\n",
     csv_options, DOOR_NONE, PZ_SCOPE_IMPORT, run_csv},
    {NULL, NULL, NULL, NULL, NULL, NULL, DOOR_NONE, 0, NULL},
};
