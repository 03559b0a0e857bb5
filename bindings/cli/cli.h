/* The command line: one more face of the library, over the public headers alone. */
#ifndef PERSONALIZE_CLI_H
#define PERSONALIZE_CLI_H

#include <stdio.h>

#include <personalize.h>

#include "options.h"

/* Hands a failure on. */
#define TRY(call)                                                                                                                          \
    do {                                                                                                                                   \
        pz_status try_status_ = (call);                                                                                                    \
        if (try_status_ != PZ_OK) return try_status_;                                                                                      \
    } while (0)

struct cli_run;

/* What has to be open before a command runs. */
typedef enum door { DOOR_NONE, DOOR_STORE, DOOR_ACTOR } door;

/* A command: its words, what it takes and what it does. What every command takes is not among its options. */
typedef struct cli_command {
    const char *words;        /* "import oneroster" */
    const char *arguments;    /* "FILE [MORE]", "WORD..." for any number, or "" */
    const char *summary;      /* one sentence */
    const char *detail;       /* further sentences, or "" */
    const char *examples;     /* whole lines that work in the order of `help --all` */
    const option_id *options; /* ends with OPTION_COUNT */
    door door;
    int32_t scopes; /* what a service needs for it; 0: people only */
    pz_status (*run)(struct cli_run *cli);
} cli_command;

typedef struct given_option {
    option_id id;
    const char *value; /* "" for a switch */
} given_option;

/* What went wrong: the program's own finding, or the library's error detail. */
typedef struct cli_fault {
    pz_status status; /* PZ_OK: nothing */
    char message[1024];
    char field[128];
    char hint[512];
} cli_fault;

struct names;

/* One run of the program. */
typedef struct cli_run {
    const cli_command *command;
    const char **arguments;
    int argument_count;
    given_option *given;
    int given_count;
    cli_fault fault;
    pz_store *store;
    pz_actor *present;
    pz_actor *actor; /* `present`, or with --as-of what it saw then */
    pz_id self;      /* the person who acts; 0 for a service */
    uint8_t secret[64];
    struct names *names;
    FILE *out;
    char *out_temporary; /* becomes the file of --out when all went well */
} cli_run;

/* Commands on one subject. In `commands` the last has no words. */
typedef struct command_group {
    const char *title;
    const cli_command *commands;
} command_group;

/* In the order that help lists them. The last has no title. */
extern const command_group command_groups[];

/* ----------------------------------------------------------------------------------------------- faults --- */

/* A failure of the program's own. `hint` may be NULL. Returns `status`. */
pz_status cli_fail(cli_run *cli, pz_status status, const char *hint, const char *format, ...) __attribute__((format(printf, 4, 5)));
/* A fault of use: PZ_E_INVALID, with the way to the help of the command. */
pz_status usage_fault(cli_run *cli, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Takes the library's detail of a failure, unless the program has its own; further calls may change the library's. */
void keep_fault(cli_run *cli, pz_status status);
/* A sentence of the library with commands in place of the functions that it names. */
void write_hint(const char *hint, char *to, size_t size);
/* To standard error, in words or as JSON. */
void print_fault(const cli_run *cli);

/* ---------------------------------------------------------------------------------------------- parsing --- */

/* Fills command, arguments and given. The command stays NULL where none was named but --help or --version alone. */
pz_status cli_parse(cli_run *cli, int argc, char **argv);
void cli_parse_free(cli_run *cli);
/* The command with the most of these words; *out_used is how many. NULL if there is none. */
const cli_command *command_find(const char *const *words, int count, int *out_used);
/* Are these the first words of the command, or all of them? */
int command_begins_with(const cli_command *command, const char *const *words, int count);
int command_takes(const cli_command *command, option_id id);
/* Words that are no command: says which may have been meant. */
pz_status unknown_command(cli_run *cli, const char *const *words, int count);
/* The nearest of some words by the letters that differ, or NULL if none is near. */
typedef struct near_word {
    const char *wanted, *best;
    size_t best_distance;
} near_word;
void nearest_start(near_word *nearest, const char *wanted);
void nearest_offer(near_word *nearest, const char *word);

/* ----------------------------------------------------------------------------------------------- values --- */

int cli_has(const cli_run *cli, option_id id);
const char *cli_value(const cli_run *cli, option_id id); /* the last that was given, or that of the environment, or NULL */
/* Values of one option in order: NULL after the last. *index begins at 0. */
const char *cli_next(const cli_run *cli, option_id id, int *index);

/* Each says by usage_fault what is wrong. Absent values leave *out as it is, unless something else is said. */
pz_status value_int(cli_run *cli, option_id id, int64_t least, int64_t most, int64_t *out);
/* The number of a change, "17" or "change:17" as for --as-of. */
pz_status argument_change(cli_run *cli, int index, int64_t *out);
pz_status value_int32(cli_run *cli, option_id id, int32_t least, int32_t most, int32_t *out);
/* --order oldest or newest, --limit and --after of a list; kind 0 for records that have none of their own. */
pz_status value_page(cli_run *cli, pz_kind kind, int32_t *order, int32_t *limit, pz_id *after);
pz_status value_real(cli_run *cli, option_id id, double *out);
pz_status value_date(cli_run *cli, option_id id, pz_date *out);
pz_status value_time(cli_run *cli, option_id id, pz_time *out);
/* A word of an enumeration, by the description of the record `type` whose member `field` it is. */
pz_status value_enum(cli_run *cli, option_id id, const char *type, const char *field, int32_t *out);
/* A text by people: @FILE reads a file, @- standard input, @@ begins a text with @. *held is to be freed; it may be NULL afterwards. */
pz_status value_text(cli_run *cli, option_id id, const char **out_text, size_t *out_length, char **held);
/* An id: "id:123", or the id of the record in its source system, or "latest". Absent gives 0. */
pz_status value_id(cli_run *cli, option_id id, pz_kind kind, pz_id *out);
pz_status text_id(cli_run *cli, pz_kind kind, const char *text, size_t length, pz_id *out);
pz_status argument_id(cli_run *cli, int index, pz_kind kind, pz_id *out);
/* "ID:NUMBER" of --lock and --move; "ID,ID" of --together and --apart. */
pz_status text_id_number(cli_run *cli, option_id id, const char *text, pz_id *out, int32_t *out_number);
pz_status text_two_ids(cli_run *cli, option_id id, const char *text, pz_id *out, pz_id *out_other);
/* The option, which must have been given. */
pz_status need(cli_run *cli, option_id id);
/* Is this kind of record known by ids of the outside world? */
int kind_is_outside(pz_kind kind);
const char *kind_word(pz_kind kind);
/* The kind with this word, 0 if there is none. */
pz_kind kind_by_word(const char *word);

/* ---------------------------------------------------------------------------------------------- opening --- */

/* Puts the key of --secret, if one is given, into the options. */
pz_status use_secret(cli_run *cli, pz_store_options *options);
/* Opens or makes the store at `path`, or if that is NULL at --store. */
pz_status open_store(cli_run *cli, int create, const char *path);
pz_status open_actor(cli_run *cli);
pz_status open_service(cli_run *cli, const char *name);
void cli_close(cli_run *cli);
/* Progress on a terminal, and the way to stop by Ctrl-C. */
pz_status show_progress(double done, void *user_data);
void end_progress(void);
void watch_interrupts(void);

/* ----------------------------------------------------------------------------------------------- output --- */

/* Opens --out, or takes standard output. */
pz_status out_open(cli_run *cli);
/* Ends the output: the file of --out takes its place, or standard output is flushed. *out_broken is 1 if the reader has gone. */
pz_status out_close(cli_run *cli, int *out_broken);
/* A whole file as text; "-" is standard input. */
pz_status read_file(cli_run *cli, const char *path, char **out_text, size_t *out_length);

/* Text as it can be shown on one line whatever it holds: control characters and marks that turn the direction of writing become
 * escapes; at most `columns` wide, 0 for no limit. NULL without memory. */
char *safe_text(const char *text, size_t length, size_t columns);
size_t text_columns(const char *text);
/* The same to a stream. */
void put_safe(FILE *out, const char *text);
/* A document as it is, or for a terminal with its control characters as escapes of JSON or of HTML. */
typedef enum markup { MARKUP_JSON, MARKUP_HTML } markup;
void put_document(FILE *out, const char *text, markup kind);

/* A number in few digits: at most four after the point. */
void write_real(double value, char *to, size_t size);

/* Tables of text in aligned columns. The first row is the header; columns with nothing below it are left out, but for the first. */
typedef struct text_table text_table;
text_table *table_new(size_t columns);
void table_add(text_table *table, const char *text, size_t length, int is_number); /* the next cell */
void table_print(text_table *table, FILE *out, const char *indent);
void table_free(text_table *table);

int wants_json(const cli_run *cli);
/* A list: with --json the whole records, otherwise a table of the members named in `columns`, "id,title,state". Releases the rows. */
pz_status print_rows(cli_run *cli, const char *type, void *rows, size_t count, const char *columns);
/* One record, all its members. Releases it. */
pz_status print_record(cli_run *cli, const char *type, void *record);
/* What was done: {"name": "value"} with --json, otherwise the words, in which %s is the value. */
pz_status print_done(cli_run *cli, const char *name, int64_t value, const char *words);
/* What was done, and the file that came of it: {"path": "...", "bytes": 4096} with --json, otherwise the words, the path and the bytes. */
pz_status print_file(cli_run *cli, const char *path, const char *words);
/* A document of the library, in words or as it is. Releases it. */
pz_status print_document(cli_run *cli, char *json);
/* A document that is JSON or HTML whatever was asked for. Releases it. */
pz_status print_as_is(cli_run *cli, char *text, markup kind);
/* The fault of a document that is not JSON, which the library never gives. */
pz_status unreadable_document(cli_run *cli);
/* The report of an import, in words or as it is. Releases it. */
pz_status print_report(cli_run *cli, char *json);

/* The name of a record that may stand beside its id, "" if there is none in reach. */
const char *name_of(cli_run *cli, pz_kind kind, pz_id id);
void names_free(cli_run *cli);
/* In place of a kind: a class or an org. */
#define KIND_SCOPE ((pz_kind)-1)
/* In place of a kind: the one that the member "record_kind" of the same record says. */
#define KIND_BY_ROW ((pz_kind)-2)
/* In place of a kind: a request for a step of a goal. */
#define KIND_GOAL_REQUEST ((pz_kind)-3)
/* In place of a kind: a milestone of a goal, a demonstration. */
#define KIND_MILESTONE ((pz_kind)-4)
#define KIND_DEMONSTRATION ((pz_kind)-5)
/* The kind of record that a member names by id; 0 for none. */
pz_kind kind_of_member(const char *type, const char *member);

/* ------------------------------------------------------------------------------------------------- help --- */

pz_status print_help(cli_run *cli, const char *const *words, int count);
void print_overview(FILE *out);
void print_command_help(FILE *out, const cli_command *command);

extern const cli_command store_commands[], import_commands[], roster_commands[], competency_commands[], profile_commands[],
    evidence_commands[], mastery_commands[], cycle_commands[], goal_commands[], goal_work_commands[], group_commands[], page_commands[], change_commands[],
    person_commands[], voice_commands[], checkin_commands[], questionnaire_commands[], profile_hands_commands[], next_commands[], activity_commands[], plan_commands[], help_commands[];

#endif
