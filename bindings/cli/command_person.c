/* Rights of a person over what is kept: a copy of it, and its removal. */
#include <string.h>
#include <unistd.h>

#include "cli.h"

static pz_status run_export(cli_run *cli)
{
    pz_id person;
    char *json;
    TRY(argument_id(cli, 0, PZ_KIND_PERSON, &person));
    TRY(pz_person_export(cli->actor, person, &json));
    return print_as_is(cli, json, MARKUP_JSON);
}

/* There is no way back, so a person is asked; a script says --yes. */
static pz_status confirm(cli_run *cli)
{
    char answer[300];
    if (cli_has(cli, OPTION_YES)) return PZ_OK;
    if (!isatty(STDIN_FILENO)) return usage_fault(cli, "Erasing cannot be undone: add --yes to do it without asking.");
    fputs("This removes all that is kept of the person and cannot be undone.\nType the id again to go on: ", stderr);
    if (fgets(answer, sizeof answer, stdin)) {
        answer[strcspn(answer, "\n")] = '\0';
        if (!strcmp(answer, cli->arguments[0])) return PZ_OK;
    }
    return cli_fail(cli, PZ_E_CANCELLED, NULL, "Nothing was erased.");
}

static pz_status run_erase(cli_run *cli)
{
    pz_id person;
    char *json;
    TRY(argument_id(cli, 0, PZ_KIND_PERSON, &person));
    TRY(confirm(cli));
    TRY(pz_person_erase(cli->actor, person, cli_value(cli, OPTION_KEY), &json));
    return print_document(cli, json);
}

static const option_id no_options[] = {OPTION_COUNT};
static const option_id erase_options[] = {OPTION_YES, OPTION_COUNT};

const cli_command person_commands[] = {
    {"export", "PERSON", "Write all that is kept of a person as one JSON document.",
     "Every record in every version, who wrote it and who read it. For the person, guardians, counselor and leader, and services.",
     "personalize export learner-1 --as learner-1 --role learner --out my-data.json\n", no_options, DOOR_ACTOR, PZ_SCOPE_READ, run_export},
    {"erase", "PERSON", "Remove a person everywhere, for good.",
     "For a leader of the person's org, and a service. Prints the receipt. It asks first, unless --yes is given.",
     "personalize erase learner-6 --yes --as leader-1 --role leader\n", erase_options, DOOR_ACTOR, PZ_SCOPE_ERASE, run_erase},
    {NULL, NULL, NULL, NULL, NULL, NULL, DOOR_NONE, 0, NULL},
};
