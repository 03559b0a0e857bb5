/* Help: from the tables of commands and options, so that it cannot say what the program does not do. */
#include <stdlib.h>
#include <string.h>

#include "cli.h"

enum { PAGE_WIDTH = 80 };

/* Breaks text at spaces; `column` is where it begins. */
static void put_wrapped(FILE *out, const char *text, int indent, int column)
{
    int is_first = 1;
    while (*text) {
        int length = (int)strcspn(text, " ");
        if (!is_first && column + 1 + length > PAGE_WIDTH) {
            fprintf(out, "\n%*s", indent, "");
            column = indent;
        } else if (!is_first) {
            fputc(' ', out);
            column++;
        }
        fprintf(out, "%.*s", length, text);
        column += length;
        text += length;
        text += strspn(text, " ");
        is_first = 0;
    }
    fputc('\n', out);
}

static void put_option(FILE *out, option_id id)
{
    const cli_option *option = option_row(id);
    char names[64], meaning[256];
    int width = snprintf(names, sizeof names, "%s%c%s--%s%s%s", option->letter ? "-" : "", option->letter ? option->letter : ' ',
                         option->letter ? ", " : "   ", option->name, option->value ? " " : "", option->value ? option->value : "");
    snprintf(meaning, sizeof meaning, "%s%s%s", option->meaning, option->variable ? ". Or set " : "",
             option->variable ? option->variable : "");
    fprintf(out, "  %-25s", names);
    if (width > 25) fprintf(out, "\n%27s", "");
    fputs(" ", out);
    put_wrapped(out, meaning, 28, 28);
}

/* A long line goes on in the next as it does in a shell, before an option. */
static void put_example(FILE *out, const char *line, int length)
{
    int column = 2;
    fputs("  ", out);
    while (length > 0) {
        const char *next = memmem(line + 1, (size_t)length - 1, " --", 3);
        int step = next ? (int)(next - line) : length;
        if (column > 2 && column + step > PAGE_WIDTH - 2) {
            fputs(" \\\n     ", out);
            column = 5;
        }
        fprintf(out, "%.*s", step, line);
        column += step;
        line += step;
        length -= step;
    }
    fputc('\n', out);
}

static void put_examples(FILE *out, const char *examples)
{
    while (*examples) {
        int length = (int)strcspn(examples, "\n");
        put_example(out, examples, length);
        examples += length + (examples[length] == '\n');
    }
}

void print_command_help(FILE *out, const cli_command *command)
{
    fprintf(out, "personalize %s%s%s%s\n\n", command->words, command->arguments[0] ? " " : "", command->arguments,
            command->options[0] == OPTION_COUNT ? "" : " [OPTION...]");
    put_wrapped(out, command->summary, 0, 0);
    if (command->detail[0]) put_wrapped(out, command->detail, 0, 0);
    if (command->options[0] != OPTION_COUNT) fputs("\nOptions\n", out);
    for (const option_id *option = command->options; *option != OPTION_COUNT; option++) put_option(out, *option);
    if (command->examples[0]) fputs("\nExamples\n", out);
    put_examples(out, command->examples);
    if (command->door != DOOR_NONE || command->scopes) fputs("\nOptions of every command: personalize help options\n", out);
}

/* ---------------------------------------------------------------------------------------------- overview --- */

/* Length of the word that all commands of a group begin with; 0 if there is none. */
static size_t shared_word(const command_group *group)
{
    const char *first = group->commands[0].words;
    size_t length = strcspn(first, " ");
    if (!first[length]) return 0;
    for (const cli_command *row = group->commands; row->words; row++)
        if (strncmp(row->words, first, length + 1) != 0) return 0;
    return length;
}

/* "goals propose, agree, ...". */
static void put_group(FILE *out, const command_group *group)
{
    char line[1024] = "";
    size_t shared = shared_word(group);
    int indent = shared ? (int)shared + 3 : 2;
    for (const cli_command *row = group->commands; row->words; row++) {
        const char *words = row->words + (shared && row != group->commands ? shared + 1 : 0);
        size_t used = strlen(line);
        snprintf(line + used, sizeof line - used, "%s%s", words, row[1].words ? ", " : "");
    }
    fprintf(out, "\n%s\n  ", group->title);
    put_wrapped(out, line, indent, 2);
}

void print_overview(FILE *out)
{
    fputs("personalize COMMAND [OPTION...]\n\n"
          "Learner profiles, goals, assessment cycles and grouping recommendations.\n",
          out);
    for (const command_group *group = command_groups; group->title; group++) put_group(out, group);
    fputs("\nRecords are named by their id in the system they came from (learner-1) or by the\n"
          "store's own (id:123); competencies also by code; goals, cycles, recommendations\n"
          "and profile entries by number or as 'latest'.\n\n"
          "  personalize help COMMAND     what a command takes, with examples\n"
          "  personalize help options     options of every command\n"
          "  personalize help exit        what the exit statuses mean\n"
          "  personalize help --all       all of it\n",
          out);
}

static void print_options(FILE *out)
{
    fputs("Options of every command\n\n", out);
    for (int id = 0; id < OPTION_COMMON_END; id++) put_option(out, (option_id)id);
    fputs("\nOptions may stand anywhere; what follows -- is taken as it is. A text @FILE is read\n"
          "from that file, @- from standard input; @@ begins a text with @.\n",
          out);
}

static void print_exit(FILE *out)
{
    const pz_status_info *row;
    int32_t last = -1;
    fputs("Exit statuses, and what they are for\n\n", out);
    for (size_t i = 0; (row = pz_status_at(i)) != NULL; i++) {
        if (row->exit_status != last) fprintf(out, "%s%d  %s\n", i ? "\n" : "", (int)row->exit_status, row->kind);
        last = row->exit_status;
        fprintf(out, "     %-20s ", row->name);
        put_wrapped(out, row->meaning, 26, 26);
    }
    fputs("\nFaults of use, such as an unknown option, are 2 as well. With --json a fault is an object on\n"
          "standard error: status, kind, exit_status, message, field, hint.\n",
          out);
}

static void print_all(FILE *out)
{
    print_overview(out);
    fputs("\n\n", out);
    print_options(out);
    for (const command_group *group = command_groups; group->title; group++)
        for (const cli_command *row = group->commands; row->words; row++) {
            fputs("\n\n", out);
            print_command_help(out, row);
        }
    fputs("\n\n", out);
    print_exit(out);
}

/* The first example of each of the first two commands that begin with the words. */
static void print_first_examples(FILE *out, const char *const *words, int count)
{
    int shown = 0;
    fputs("\nExamples\n", out);
    for (const command_group *group = command_groups; group->title; group++)
        for (const cli_command *row = group->commands; row->words && shown < 2; row++) {
            if (!command_begins_with(row, words, count)) continue;
            put_example(out, row->examples, (int)strcspn(row->examples, "\n"));
            shown++;
        }
}

/* Commands that begin with the words, a line each. */
static int print_matches(FILE *out, const char *const *words, int count)
{
    int width = 0;
    for (int pass = 0; pass < 2; pass++)
        for (const command_group *group = command_groups; group->title; group++)
            for (const cli_command *row = group->commands; row->words; row++) {
                char line[96];
                int length = snprintf(line, sizeof line, "%s%s%s", row->words, row->arguments[0] ? " " : "", row->arguments);
                if (!command_begins_with(row, words, count)) continue;
                if (pass == 0) {
                    if (length > width) width = length;
                    continue;
                }
                fprintf(out, "  %-*s  ", width, line);
                put_wrapped(out, row->summary, width + 4, width + 4);
            }
    return width;
}

pz_status print_help(cli_run *cli, const char *const *words, int count)
{
    const cli_command *command;
    int used;
    if (count == 0) {
        print_overview(cli->out);
        return PZ_OK;
    }
    if (count == 1 && !strcmp(words[0], "exit")) {
        print_exit(cli->out);
        return PZ_OK;
    }
    if (count == 1 && !strcmp(words[0], "options")) {
        print_options(cli->out);
        return PZ_OK;
    }
    command = command_find(words, count, &used);
    if (command && used == count) {
        print_command_help(cli->out, command);
        return PZ_OK;
    }
    if (!print_matches(cli->out, words, count)) return unknown_command(cli, words, count);
    print_first_examples(cli->out, words, count);
    fputs("\nOptions and more examples: personalize help", cli->out);
    for (int i = 0; i < count; i++) fprintf(cli->out, " %s", words[i]);
    fputs(" COMMAND\n", cli->out);
    return PZ_OK;
}

static pz_status run_help(cli_run *cli)
{
    if (!cli_has(cli, OPTION_ALL)) return print_help(cli, cli->arguments, cli->argument_count);
    print_all(cli->out);
    return PZ_OK;
}

static pz_status run_version(cli_run *cli)
{
    if (wants_json(cli))
        fprintf(cli->out, "{\"version\":\"%s\"}\n", pz_version());
    else
        fprintf(cli->out, "personalize %s\n", pz_version());
    return PZ_OK;
}

static const option_id help_options[] = {OPTION_ALL, OPTION_COUNT};
static const option_id no_options[] = {OPTION_COUNT};

const cli_command help_commands[] = {
    {"help", "[COMMAND...]", "Show help: of a command, of a group of them, of 'options' or 'exit'.", "",
     "personalize help group recommend\npersonalize help goals\npersonalize help exit\npersonalize help --all\n", help_options, DOOR_NONE,
     0, run_help},
    {"version", "", "Show the version.", "", "personalize version\n", no_options, DOOR_NONE, 0, run_version},
    {NULL, NULL, NULL, NULL, NULL, NULL, DOOR_NONE, 0, NULL},
};

const command_group command_groups[] = {
    {"A store", store_commands},
    {"Files in", import_commands},
    {"Who is where", roster_commands},
    {"What can be learned", competency_commands},
    {"What is known of a learner", profile_commands},
    {"Tags, disputes and notes", profile_hands_commands},
    {"What learners showed", evidence_commands},
    {"Who has mastered what", mastery_commands},
    {"Assessment cycles", cycle_commands},
    {"Goals that learners choose", goal_commands},
    {"Work on goals, and what schools count", goal_work_commands},
    {"What comes next", next_commands},
    {"Activities and choices", activity_commands},
    {"Learning plans", plan_commands},
    {"What learners say", voice_commands},
    {"Questionnaires", questionnaire_commands},
    {"Check-ins", checkin_commands},
    {"Groups and their reasons", group_commands},
    {"A class on one page", page_commands},
    {"What changed, what is due", change_commands},
    {"What a person may ask for", person_commands},
    {"More", help_commands},
    {NULL, NULL},
};
