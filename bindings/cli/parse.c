/* From the words of the command line to a command, its arguments and its options. Options may stand anywhere; -- ends them. */
#include <stdlib.h>
#include <string.h>

#include "cli.h"

/* ---------------------------------------------------------------------------------------------- commands --- */

/* How many of the words given are the first words of the command: all of its words, or fewer. */
static int words_shared(const cli_command *command, const char *const *words, int count, int *out_all)
{
    const char *at = command->words;
    int shared = 0;
    while (*at && shared < count) {
        size_t length = strcspn(at, " ");
        if (strlen(words[shared]) != length || memcmp(words[shared], at, length) != 0) break;
        shared++;
        at += length + (at[length] == ' ');
    }
    *out_all = !*at;
    return shared;
}

const cli_command *command_find(const char *const *words, int count, int *out_used)
{
    const cli_command *best = NULL;
    *out_used = 0;
    for (const command_group *group = command_groups; group->title; group++)
        for (const cli_command *row = group->commands; row->words; row++) {
            int all, shared = words_shared(row, words, count, &all);
            if (all && shared > *out_used) {
                best = row;
                *out_used = shared;
            }
        }
    return best;
}

int command_begins_with(const cli_command *command, const char *const *words, int count)
{
    int all;
    return words_shared(command, words, count, &all) == count;
}

int command_takes(const cli_command *command, option_id id)
{
    if (id < OPTION_COMMON_END) return 1;
    for (const option_id *option = command->options; *option != OPTION_COUNT; option++)
        if (*option == id) return 1;
    return 0;
}

/* The word of a command that stands at this place, such as "add" at 1 of "profile add"; "" if there is none. */
static void word_at(const cli_command *command, int place, char *word, size_t size)
{
    const char *at = command->words;
    size_t length;
    while (place-- > 0 && *at) {
        at += strcspn(at, " ");
        at += *at == ' ';
    }
    length = strcspn(at, " ");
    if (length >= size) length = size - 1;
    memcpy(word, at, length);
    word[length] = '\0';
}

/* The commands that begin with these words, "goals propose, goals agree"; 0 if there are none. */
static int list_commands(const char *const *words, int count, char *list, size_t size)
{
    list[0] = '\0';
    for (const command_group *group = command_groups; group->title; group++)
        for (const cli_command *row = group->commands; row->words; row++) {
            if (!command_begins_with(row, words, count)) continue;
            if (list[0]) strncat(list, ", ", size - strlen(list) - 1);
            strncat(list, row->words, size - strlen(list) - 1);
        }
    return list[0] != '\0';
}

/* The word that may have been meant at this place of a command, or "". */
static void guess_word(const char *const *words, int place, char *best, size_t size)
{
    near_word nearest;
    char word[32];
    best[0] = '\0';
    nearest_start(&nearest, words[place]);
    for (const command_group *group = command_groups; group->title; group++)
        for (const cli_command *row = group->commands; row->words; row++) {
            if (place > 0 && !command_begins_with(row, words, place)) continue;
            word_at(row, place, word, sizeof word);
            nearest_offer(&nearest, word);
            if (nearest.best != word) continue;
            snprintf(best, size, "%s", word);
            nearest.best = best;
        }
}

pz_status unknown_command(cli_run *cli, const char *const *words, int count)
{
    char list[512], before[128] = "", best[32], hint[160] = "See: personalize help";
    int known = count;
    if (count == 0) return cli_fail(cli, PZ_E_INVALID, hint, "Name a command.");
    while (known > 0 && !list_commands(words, known, list, sizeof list)) known--;
    for (int i = 0; i < known; i++) {
        size_t used = strlen(before);
        snprintf(before + used, sizeof before - used, "%s ", words[i]);
    }
    if (known) snprintf(hint, sizeof hint, "See: personalize help %.*s", (int)strlen(before) - 1, before);
    if (known == count) return cli_fail(cli, PZ_E_INVALID, hint, "'%.*s' needs one more word: %s.", (int)strlen(before) - 1, before, list);
    guess_word(words, known, best, sizeof best);
    if (best[0])
        return cli_fail(cli, PZ_E_INVALID, hint, "There is no command '%s%.60s'. Did you mean '%s%s'?", before, words[known], before, best);
    return cli_fail(cli, PZ_E_INVALID, hint, "There is no command '%s%.60s'.", before, words[known]);
}

/* ----------------------------------------------------------------------------------------------- options --- */

static pz_status unknown_option(cli_run *cli, const char *argument)
{
    near_word nearest;
    const char *name = argument + strspn(argument, "-");
    char wanted[64];
    snprintf(wanted, sizeof wanted, "%.*s", (int)strcspn(name, "="), name);
    nearest_start(&nearest, wanted);
    for (int id = 0; id < OPTION_COUNT; id++)
        if (!cli->command || command_takes(cli->command, (option_id)id)) nearest_offer(&nearest, option_row((option_id)id)->name);
    if (nearest.best) return usage_fault(cli, "There is no option --%s. Did you mean --%s?", wanted, nearest.best);
    return usage_fault(cli, "There is no option %.*s%s.", (int)(name - argument), argument, wanted);
}

static pz_status take_value(cli_run *cli, option_id id, const char *value)
{
    const cli_option *option = option_row(id);
    if (!option->repeats)
        for (int i = 0; i < cli->given_count; i++)
            if (cli->given[i].id == id) return usage_fault(cli, "--%s is given twice.", option->name);
    cli->given[cli->given_count].id = id;
    cli->given[cli->given_count++].value = value;
    return PZ_OK;
}

/* The name of an option and nothing else: where a value should stand, the value was forgotten. */
static int is_option(const char *text)
{
    return text[0] == '-' && text[1] == '-' && option_by_name(text + 2, strlen(text + 2)) != OPTION_COUNT;
}

/* "--name", "--name=value", "--name value", "-n", "-n value", "-nvalue". *index moves on to a value of its own. */
static pz_status take_option(cli_run *cli, int argc, char **argv, int *index)
{
    const char *argument = argv[*index], *value = NULL;
    option_id id;
    if (argument[1] == '-') {
        size_t length = strcspn(argument + 2, "=");
        id = option_by_name(argument + 2, length);
        if (argument[2 + length]) value = argument + 2 + length + 1;
    } else {
        id = option_by_letter(argument[1]);
        if (argument[2]) value = argument + 2;
    }
    if (id == OPTION_COUNT) return unknown_option(cli, argument);
    if (!option_row(id)->value) {
        if (value) return usage_fault(cli, "--%s takes no value.", option_row(id)->name);
        return take_value(cli, id, "");
    }
    if (!value) {
        if (*index + 1 >= argc)
            return usage_fault(cli, "--%s needs a value: %s, %s.", option_row(id)->name, option_row(id)->value, option_row(id)->meaning);
        value = argv[++*index];
        if (is_option(value))
            return usage_fault(cli, "--%s needs a value: %s, %s. For a value that begins with -- write --%s=VALUE.", option_row(id)->name,
                               option_row(id)->value, option_row(id)->meaning, option_row(id)->name);
    }
    return take_value(cli, id, value);
}

/* ------------------------------------------------------------------------------------------------- checks --- */

/* Least and most arguments, from the words that help shows for them. */
static void argument_range(const char *words, int *least, int *most)
{
    *least = *most = 0;
    if (strstr(words, "...")) {
        *most = 1000;
        return;
    }
    while (*words) {
        if (*words != '[') ++*least;
        ++*most;
        words += strcspn(words, " ");
        words += *words == ' ';
    }
}

static pz_status check_use(cli_run *cli)
{
    const cli_command *command = cli->command;
    int least, most;
    for (int i = 0; i < cli->given_count; i++)
        if (!command_takes(command, cli->given[i].id))
            return usage_fault(cli, "'%s' does not take --%s.", command->words, option_row(cli->given[i].id)->name);
    if (cli_has(cli, OPTION_HELP)) return PZ_OK;
    argument_range(command->arguments, &least, &most);
    if (cli->argument_count < least) return usage_fault(cli, "'%s' needs %s.", command->words, command->arguments);
    if (cli->argument_count > most && most == 0)
        return usage_fault(cli, "'%s' takes options only, but something else was given. Text with spaces needs quotes.", command->words);
    if (cli->argument_count > most)
        return usage_fault(cli, "'%s' takes %s and no more; %d were given. Text with spaces needs quotes.", command->words,
                           command->arguments, cli->argument_count);
    return PZ_OK;
}

/* -------------------------------------------------------------------------------------------------- parse --- */

/* The first words that are no options, so that a fault among the options can already be told by the name of the command. */
static void guess_command(cli_run *cli, int argc, char **argv)
{
    int count = 0, used;
    while (count < argc - 1 && argv[1 + count][0] != '-') count++;
    cli->command = command_find((const char *const *)argv + 1, count, &used);
}

pz_status cli_parse(cli_run *cli, int argc, char **argv)
{
    int only_arguments = 0, used;
    cli->arguments = calloc((size_t)argc + 1, sizeof *cli->arguments);
    cli->given = calloc((size_t)argc + 1, sizeof *cli->given);
    if (!cli->arguments || !cli->given) return cli_fail(cli, PZ_E_NOMEM, NULL, "Memory could not be had.");
    guess_command(cli, argc, argv);
    for (int i = 1; i < argc; i++) {
        if (!only_arguments && !strcmp(argv[i], "--"))
            only_arguments = 1;
        else if (!only_arguments && argv[i][0] == '-' && argv[i][1])
            TRY(take_option(cli, argc, argv, &i));
        else
            cli->arguments[cli->argument_count++] = argv[i];
    }
    cli->command = command_find(cli->arguments, cli->argument_count, &used);
    if (!cli->command) {
        if (cli_has(cli, OPTION_HELP)) return PZ_OK;
        return unknown_command(cli, cli->arguments, cli->argument_count);
    }
    cli->argument_count -= used;
    memmove(cli->arguments, cli->arguments + used, (size_t)cli->argument_count * sizeof *cli->arguments);
    return check_use(cli);
}

void cli_parse_free(cli_run *cli)
{
    free(cli->arguments);
    free(cli->given);
}
