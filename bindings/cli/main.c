/* personalize: the library's main job on the command line. */
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"

static pz_status run(cli_run *cli)
{
    const cli_command *command = cli->command;
    if (cli_has(cli, OPTION_HELP) && !command) return print_help(cli, cli->arguments, cli->argument_count);
    if (cli_has(cli, OPTION_HELP)) {
        print_command_help(cli->out, command);
        return PZ_OK;
    }
    if (command->door == DOOR_STORE) TRY(open_store(cli, 0, NULL));
    if (command->door == DOOR_ACTOR) TRY(open_actor(cli));
    return command->run(cli);
}

/* --json is looked for also where the words could not be taken apart. */
static void find_json(cli_run *cli, int argc, char **argv)
{
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++)
        if (!strcmp(argv[i], "--json") && !wants_json(cli) && cli->given) cli->given[cli->given_count++].id = OPTION_JSON;
}

/* The reader of our output has gone: end as it would have ended us, but with the store closed and reads on record. */
static void end_as_by_broken_pipe(void)
{
    signal(SIGPIPE, SIG_DFL);
    raise(SIGPIPE);
}

int main(int argc, char **argv)
{
    static cli_run cli;
    pz_status status, output;
    int broken = 0;
    setlocale(LC_CTYPE, "C.UTF-8"); /* for the width of characters; numbers stay as they are */
    signal(SIGPIPE, SIG_IGN);
    watch_interrupts();
    if (argc == 2 && (!strcmp(argv[1], "--version") || !strcmp(argv[1], "-V"))) argv[1] = "version";
    if (argc < 2) {
        print_overview(stderr);
        return 2;
    }
    status = cli_parse(&cli, argc, argv);
    if (status != PZ_OK)
        find_json(&cli, argc, argv);
    else if ((status = out_open(&cli)) == PZ_OK)
        status = run(&cli);
    if (status != PZ_OK)
        keep_fault(&cli, status);
    else
        cli.fault.status = PZ_OK;
    cli_close(&cli);
    output = out_close(&cli, &broken);
    if (status == PZ_OK) status = output;
    if (status != PZ_OK) print_fault(&cli);
    cli_parse_free(&cli);
    if (broken) end_as_by_broken_pipe();
    return pz_status_describe(status)->exit_status;
}
