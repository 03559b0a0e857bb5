/* What is known of a learner. */
#include <stdlib.h>
#include <string.h>

#include "cli.h"

static pz_status run_show(cli_run *cli)
{
    pz_id learner;
    char *json;
    TRY(argument_id(cli, 0, PZ_KIND_PERSON, &learner));
    TRY(pz_profile_get(cli->actor, learner, cli_value(cli, OPTION_LANGUAGE), &json));
    return print_document(cli, json);
}

static pz_status run_difference(cli_run *cli)
{
    int64_t change;
    pz_id learner;
    char *json;
    TRY(argument_change(cli, 1, &change));
    TRY(argument_id(cli, 0, PZ_KIND_PERSON, &learner));
    TRY(pz_profile_difference(cli->actor, learner, change, 0, cli_value(cli, OPTION_LANGUAGE), &json));
    return print_document(cli, json);
}

static pz_status query_entries(cli_run *cli, pz_profile_query *query)
{
    TRY(value_id(cli, OPTION_LEARNER, PZ_KIND_PERSON, &query->learner));
    TRY(value_id(cli, OPTION_CLASS, PZ_KIND_CLASS, &query->class_id));
    return value_enum(cli, OPTION_SECTION, "pz_profile_entry", "section", &query->section);
}

static pz_status run_list(cli_run *cli)
{
    pz_profile_query query = PZ_PROFILE_QUERY_INIT;
    pz_profile_entry **rows;
    size_t count;
    TRY(query_entries(cli, &query));
    query.with_history = cli_has(cli, OPTION_HISTORY);
    TRY(value_id(cli, OPTION_AFTER, PZ_KIND_PROFILE_ENTRY, &query.after));
    TRY(value_int32(cli, OPTION_LIMIT, 1, 10000, &query.limit));
    TRY(value_enum(cli, OPTION_ORDER, "pz_profile_query", "order", &query.order));
    query.text = cli_value(cli, OPTION_TEXT);
    query.tag = cli_value(cli, OPTION_TAG);
    query.is_disputed = cli_has(cli, OPTION_DISPUTED);
    TRY(pz_profile_entry_list(cli->actor, &query, &rows, &count));
    return print_rows(cli, "pz_profile_entry", rows, count,
                      query.with_history ? "id,version,is_current,learner,section,code,value,scale,observed_at,visibility,content"
                                         : "id,learner,section,code,value,scale,observed_at,visibility,content");
}

/* What the options say of an entry; what they leave out stays. */
static pz_status take_entry(cli_run *cli, pz_profile_entry *entry, char **held)
{
    TRY(value_enum(cli, OPTION_SECTION, "pz_profile_entry", "section", &entry->section));
    TRY(value_enum(cli, OPTION_VISIBILITY, "pz_profile_entry", "visibility", &entry->visibility));
    TRY(value_real(cli, OPTION_VALUE, &entry->value));
    TRY(value_real(cli, OPTION_STANDARD_ERROR, &entry->standard_error));
    TRY(value_real(cli, OPTION_CONFIDENCE, &entry->confidence));
    TRY(value_date(cli, OPTION_BEGINS, &entry->begins_on));
    TRY(value_date(cli, OPTION_ENDS, &entry->ends_on));
    if (cli_value(cli, OPTION_CODE)) {
        entry->code = cli_value(cli, OPTION_CODE);
        entry->code_len = PZ_NUL_TERMINATED;
    }
    if (cli_value(cli, OPTION_SCALE)) {
        entry->scale = cli_value(cli, OPTION_SCALE);
        entry->scale_len = PZ_NUL_TERMINATED;
    }
    if (cli_value(cli, OPTION_TIMES)) {
        entry->times = cli_value(cli, OPTION_TIMES);
        entry->times_len = PZ_NUL_TERMINATED;
    }
    return value_text(cli, OPTION_CONTENT, &entry->content, &entry->content_len, held);
}

static pz_status run_add(cli_run *cli)
{
    pz_profile_entry entry = PZ_PROFILE_ENTRY_INIT;
    char *held = NULL;
    pz_id id;
    pz_status status;
    TRY(need(cli, OPTION_SECTION));
    TRY(argument_id(cli, 0, PZ_KIND_PERSON, &entry.learner));
    entry.source = "command line";
    status = take_entry(cli, &entry, &held);
    if (status == PZ_OK) status = pz_profile_entry_add(cli->actor, &entry, cli_value(cli, OPTION_KEY), &id);
    free(held);
    TRY(status);
    return print_done(cli, "profile_entry", id, "The profile entry %s is added.");
}

static pz_status run_revise(cli_run *cli)
{
    pz_profile_entry *entry;
    char *held = NULL;
    int64_t version;
    pz_id id;
    pz_status status;
    TRY(argument_id(cli, 0, PZ_KIND_PROFILE_ENTRY, &id));
    TRY(pz_profile_entry_get(cli->actor, id, &entry));
    status = take_entry(cli, entry, &held);
    if (status == PZ_OK) status = value_int(cli, OPTION_VERSION, 1, INT64_MAX, &entry->version);
    if (status == PZ_OK) status = pz_profile_entry_revise(cli->actor, entry, cli_value(cli, OPTION_KEY), &version);
    free(held);
    pz_free(entry);
    TRY(status);
    return print_done(cli, "version", version, "The profile entry is revised; its version is now %s.");
}

static pz_status run_withdraw(cli_run *cli)
{
    const char *reason = NULL;
    size_t length = 0;
    char *held;
    pz_id id;
    pz_status status;
    TRY(argument_id(cli, 0, PZ_KIND_PROFILE_ENTRY, &id));
    TRY(value_text(cli, OPTION_REASON, &reason, &length, &held));
    status = pz_profile_entry_withdraw(cli->actor, id, reason, length, cli_value(cli, OPTION_KEY));
    free(held);
    TRY(status);
    return print_done(cli, "entry", id, "The profile entry is withdrawn. Its history stays.");
}

static pz_status run_history(cli_run *cli)
{
    pz_profile_entry **rows;
    size_t count;
    pz_id id;
    TRY(argument_id(cli, 0, PZ_KIND_PROFILE_ENTRY, &id));
    TRY(pz_profile_entry_history(cli->actor, id, &rows, &count));
    return print_rows(cli, "pz_profile_entry", rows, count,
                      "version,is_current,recorded_at,author,author_role,section,value,visibility,content");
}

/* "interest:90" of --stale: the members of the query that are days are named as the sections are. */
static pz_status take_stale(cli_run *cli, pz_profile_upkeep_query *query)
{
    const pz_record_type *type = pz_record_type_find("pz_profile_upkeep_query");
    const char *text;
    int index = 0;
    while ((text = cli_next(cli, OPTION_STALE, &index)) != NULL) {
        const char *colon = strchr(text, ':');
        const pz_field *found = NULL;
        char *end = NULL;
        long days = colon ? strtol(colon + 1, &end, 10) : 0;
        for (uint32_t i = 0; colon && i < type->field_count; i++)
            if (type->fields[i].type == PZ_FIELD_INT && strlen(type->fields[i].name) == (size_t)(colon - text) &&
                !strncmp(type->fields[i].name, text, (size_t)(colon - text)))
                found = &type->fields[i];
        if (!found || end == colon + 1 || *end || days < 1 || days > 36500)
            return usage_fault(cli, "--stale takes a section, a colon and 1 to 36500 days, such as interest:90.");
        memcpy((char *)query + found->offset, &(int32_t){(int32_t)days}, sizeof(int32_t));
    }
    return PZ_OK;
}

static pz_status run_upkeep(cli_run *cli)
{
    pz_profile_upkeep_query query = PZ_PROFILE_UPKEEP_QUERY_INIT;
    pz_profile_upkeep **rows;
    size_t count;
    if (cli->argument_count > 0) TRY(argument_id(cli, 0, PZ_KIND_PERSON, &query.learner));
    TRY(value_id(cli, OPTION_CLASS, PZ_KIND_CLASS, &query.class_id));
    query.wanting_only = cli_has(cli, OPTION_WANTING);
    TRY(take_stale(cli, &query));
    TRY(pz_profile_upkeep_list(cli->actor, &query, &rows, &count));
    return print_rows(cli, "pz_profile_upkeep", rows, count,
                      query.learner ? "name,entries,days_since,is_missing,is_stale,ask_role,ask"
                                    : "learner,name,entries,days_since,is_missing,is_stale,ask_role,ask");
}

static pz_status run_readers(cli_run *cli)
{
    pz_read **rows;
    size_t count;
    pz_id id;
    TRY(argument_id(cli, 0, PZ_KIND_PERSON, &id));
    TRY(pz_read_list(cli->actor, id, PZ_DATE_NONE, PZ_DATE_NONE, &rows, &count));
    return print_rows(cli, "pz_read", rows, count, "day,person,service,role,purpose,kind,section,class_id,times");
}

static const option_id no_options[] = {OPTION_COUNT};
static const option_id list_options[] = {OPTION_LEARNER, OPTION_CLASS, OPTION_SECTION, OPTION_HISTORY, OPTION_TAG,  OPTION_DISPUTED,
                                         OPTION_TEXT,    OPTION_ORDER, OPTION_LIMIT,   OPTION_AFTER,   OPTION_COUNT};
static const option_id add_options[] = {OPTION_SECTION,        OPTION_CONTENT,    OPTION_CODE,   OPTION_VALUE,
                                        OPTION_STANDARD_ERROR, OPTION_SCALE,      OPTION_BEGINS, OPTION_ENDS,
                                        OPTION_CONFIDENCE,     OPTION_VISIBILITY, OPTION_TIMES,  OPTION_COUNT};
static const option_id revise_options[] = {OPTION_SECTION, OPTION_CONTENT, OPTION_CODE, OPTION_VALUE,      OPTION_STANDARD_ERROR,
                                           OPTION_SCALE,   OPTION_BEGINS,  OPTION_ENDS, OPTION_CONFIDENCE, OPTION_VISIBILITY,
                                           OPTION_TIMES,   OPTION_VERSION, OPTION_COUNT};
static const option_id upkeep_options[] = {OPTION_CLASS, OPTION_WANTING, OPTION_STALE, OPTION_COUNT};
static const option_id withdraw_options[] = {OPTION_REASON, OPTION_COUNT};

const cli_command profile_commands[] = {
    {"profile add", "LEARNER", "Add to a learner's profile.",
     "Learners write their own, guardians their children's, staff those of learners in reach. The words of a support come best from the "
     "Access for All vocabulary (--code).",
     "personalize profile add learner-1 --section interest --content \"Bridges, and why they hold\" --as learner-1 --role learner\n"
     "personalize profile add learner-1 --section support --code additional-testing-time --content \"Half as long again\" --as counselor-1 "
     "--role "
     "counselor\n",
     add_options, DOOR_ACTOR, PZ_SCOPE_IMPORT, run_add},
    {"profile show", "LEARNER", "Show all that is known of a learner, as far as you may see it.", "",
     "personalize profile show learner-1 --as teacher-1 --role teacher\n"
     "personalize profile show learner-1 --as learner-1 --role learner --language es --json\n",
     no_options, DOOR_ACTOR, PZ_SCOPE_READ, run_show},
    {"profile difference", "LEARNER CHANGE", "Show what changed in a profile since a change, as data and as sentences.",
     "CHANGE is a number: the version of a record, what 'personalize changes' lists, or 0 for the beginning. With --as-of the difference "
     "ends "
     "at that moment.",
     "personalize profile difference learner-1 12 --as learner-1 --role learner\n"
     "personalize profile difference learner-1 12 --as-of change:14 --as teacher-1 --role teacher --language es\n",
     no_options, DOOR_ACTOR, PZ_SCOPE_READ, run_difference},
    {"profile list", "", "List profile entries.", "",
     "personalize profile list --learner learner-1 --as teacher-1 --role teacher\n"
     "personalize profile list --class class-1 --section interest --as teacher-1 --role teacher\n",
     list_options, DOOR_ACTOR, PZ_SCOPE_READ, run_list},
    {"profile revise", "ENTRY", "Revise a profile entry; what the options leave out stays.", "",
     "personalize profile revise latest --content \"Twice as long\" --as counselor-1 --role counselor\n", revise_options, DOOR_ACTOR,
     PZ_SCOPE_IMPORT | PZ_SCOPE_READ, run_revise},
    {"profile history", "ENTRY", "Show every version of a profile entry.", "",
     "personalize profile history latest --as counselor-1 --role counselor\n", no_options, DOOR_ACTOR, PZ_SCOPE_READ, run_history},
    {"profile upkeep", "[LEARNER]", "Show what is missing in profiles, what has grown old, and whom to ask.",
     "academic, misconception and a part of test_score follow from evidence. A section is stale after the days that suit a school year, or "
     "those of --stale.",
     "personalize profile upkeep learner-1 --as teacher-1 --role teacher\n"
     "personalize profile upkeep --class class-1 --wanting --stale interest:90 --as teacher-1 --role teacher\n",
     upkeep_options, DOOR_ACTOR, PZ_SCOPE_READ, run_upkeep},
    {"profile readers", "LEARNER", "Show who has read what of a learner, for what purpose and how often.",
     "For the learner itself, its guardians, its counselor and leader.",
     "personalize profile readers learner-1 --as learner-1 --role learner\n", no_options, DOOR_ACTOR, PZ_SCOPE_READ, run_readers},
    {"profile withdraw", "ENTRY", "Take an entry out of the profile; its history stays.", "",
     "personalize profile withdraw latest --reason \"No longer needed\" --as counselor-1 --role counselor\n", withdraw_options, DOOR_ACTOR,
     PZ_SCOPE_IMPORT | PZ_SCOPE_READ, run_withdraw},
    {NULL, NULL, NULL, NULL, NULL, NULL, DOOR_NONE, 0, NULL},
};
