/* What learners say, and what becomes of it. */
#include <stdlib.h>
#include <string.h>

#include "cli.h"

static const char voice_columns[] = "id,learner,kind,state,due_on,avenue,topic,cosigned,content";

/* ------------------------------------------------------------------------------------------------------ saying --- */

static pz_status take_media(cli_run *cli, pz_voice_media *medium, size_t *out_count)
{
    *out_count = cli_value(cli, OPTION_REFERENCE) != NULL;
    medium->reference = cli_value(cli, OPTION_REFERENCE);
    medium->name = cli_value(cli, OPTION_NAME);
    medium->type = cli_value(cli, OPTION_MEDIA_TYPE);
    medium->hash = cli_value(cli, OPTION_HASH);
    medium->alternative = cli_value(cli, OPTION_ALTERNATIVE);
    return value_int(cli, OPTION_BYTES, 0, INT64_MAX, &medium->size);
}

static pz_status take_entry(cli_run *cli, pz_voice_entry *entry, char **held)
{
    TRY(value_enum(cli, OPTION_KIND, "pz_voice_entry", "kind", &entry->kind));
    TRY(value_enum(cli, OPTION_AVENUE, "pz_voice_entry", "avenue", &entry->avenue));
    TRY(value_enum(cli, OPTION_TO, "pz_voice_entry", "to_role", &entry->to_role));
    TRY(value_enum(cli, OPTION_VISIBILITY, "pz_voice_entry", "visibility", &entry->visibility));
    if (cli_value(cli, OPTION_PERSON)) TRY(value_id(cli, OPTION_PERSON, PZ_KIND_PERSON, &entry->to_person));
    if (cli_value(cli, OPTION_SHARE)) TRY(value_id(cli, OPTION_SHARE, PZ_KIND_CLASS, &entry->shared_with));
    if (cli_value(cli, OPTION_TOPIC)) {
        entry->topic = cli_value(cli, OPTION_TOPIC);
        entry->topic_len = strlen(entry->topic);
    }
    return value_text(cli, OPTION_CONTENT, &entry->content, &entry->content_len, held);
}

static pz_status run_say(cli_run *cli)
{
    pz_voice_entry entry = PZ_VOICE_ENTRY_INIT;
    pz_voice_media medium = PZ_VOICE_MEDIA_INIT;
    const pz_voice_media *media[] = {&medium};
    char *held = NULL;
    size_t count;
    pz_id id;
    pz_status status;
    TRY(need(cli, OPTION_KIND));
    TRY(value_id(cli, OPTION_LEARNER, PZ_KIND_PERSON, &entry.learner));
    if (!entry.learner) entry.learner = cli->self;
    TRY(take_media(cli, &medium, &count));
    status = take_entry(cli, &entry, &held);
    if (status == PZ_OK) status = pz_voice_say(cli->actor, &entry, count ? media : NULL, count, cli_value(cli, OPTION_KEY), &id);
    free(held);
    TRY(status);
    return print_done(cli, "entry", id, "The entry %s is said.");
}

static pz_status run_help(cli_run *cli)
{
    const char *text = NULL;
    char *held = NULL;
    size_t length = 0;
    pz_id id;
    pz_status status;
    TRY(value_text(cli, OPTION_CONTENT, &text, &length, &held));
    status = pz_help_ask(cli->actor, text, length, cli_value(cli, OPTION_KEY), &id);
    free(held);
    TRY(status);
    return print_done(cli, "entry", id, "Teachers and counselors have your call for help, %s.");
}

static pz_status run_revise(cli_run *cli)
{
    pz_voice_entry *entry;
    char *held = NULL;
    int64_t version;
    pz_id id;
    pz_status status;
    TRY(argument_id(cli, 0, PZ_KIND_VOICE, &id));
    TRY(pz_voice_get(cli->actor, id, &entry));
    status = take_entry(cli, entry, &held);
    if (status == PZ_OK) status = value_int(cli, OPTION_VERSION, 1, INT64_MAX, &entry->version);
    if (status == PZ_OK) status = pz_voice_revise(cli->actor, entry, cli_value(cli, OPTION_KEY), &version);
    free(held);
    pz_free(entry);
    TRY(status);
    return print_done(cli, "version", version, "The entry is said anew; its version is now %s.");
}

static pz_status run_counter(cli_run *cli)
{
    pz_counter counter = PZ_COUNTER_INIT;
    char *held = NULL;
    pz_id id;
    pz_status status;
    TRY(need(cli, OPTION_REASON));
    counter.subject = cli_value(cli, OPTION_RECOMMENDATION) ? PZ_COUNTER_GROUP
                      : cli_value(cli, OPTION_CYCLE)        ? PZ_COUNTER_NEXT_STEP
                                                            : PZ_COUNTER_ESTIMATE;
    TRY(value_id(cli, OPTION_RECOMMENDATION, PZ_KIND_RECOMMENDATION, &counter.recommendation));
    TRY(value_id(cli, OPTION_CYCLE, PZ_KIND_CYCLE, &counter.cycle));
    TRY(value_id(cli, OPTION_COMPETENCY, PZ_KIND_COMPETENCY, &counter.competency));
    TRY(value_id(cli, OPTION_INSTEAD, PZ_KIND_COMPETENCY, &counter.instead));
    TRY(value_int32(cli, OPTION_GROUPS, 1, 1000000, &counter.group));
    TRY(value_real(cli, OPTION_TARGET, &counter.estimate));
    status = value_text(cli, OPTION_REASON, &counter.reason, &counter.reason_len, &held);
    if (status == PZ_OK) status = pz_counter_propose(cli->actor, &counter, cli_value(cli, OPTION_KEY), &id);
    free(held);
    TRY(status);
    return print_done(cli, "entry", id, "The counter-proposal %s waits for an answer.");
}

/* ------------------------------------------------------------------------------------------------------- steps --- */

static pz_status run_bare(cli_run *cli, pz_status (*call)(pz_actor *, pz_id, const char *), const char *words)
{
    pz_id id;
    TRY(argument_id(cli, 0, PZ_KIND_VOICE, &id));
    TRY(call(cli->actor, id, cli_value(cli, OPTION_KEY)));
    return print_done(cli, "entry", id, words);
}

static pz_status run_agree(cli_run *cli)
{
    return run_bare(cli, pz_voice_agree, "The learner agrees to the entry %s.");
}
static pz_status run_cosign(cli_run *cli)
{
    return run_bare(cli, pz_voice_cosign, "The entry %s is co-signed.");
}
static pz_status run_see(cli_run *cli)
{
    return run_bare(cli, pz_voice_see, "The entry %s is seen; it still waits for an answer.");
}

static pz_status run_worded(cli_run *cli, pz_status (*call)(pz_actor *, pz_id, const char *, size_t, const char *), option_id option,
                            const char *words)
{
    const char *text = NULL;
    char *held = NULL;
    size_t length = 0;
    pz_id id;
    pz_status status;
    TRY(argument_id(cli, 0, PZ_KIND_VOICE, &id));
    TRY(value_text(cli, option, &text, &length, &held));
    status = call(cli->actor, id, text, length, cli_value(cli, OPTION_KEY));
    free(held);
    TRY(status);
    return print_done(cli, "entry", id, words);
}

static pz_status run_reply(cli_run *cli)
{
    TRY(need(cli, OPTION_CONTENT));
    return run_worded(cli, pz_voice_reply, OPTION_CONTENT, "The entry %s is answered.");
}
static pz_status run_decline(cli_run *cli)
{
    TRY(need(cli, OPTION_REASON));
    return run_worded(cli, pz_voice_decline, OPTION_REASON, "The entry %s is declined.");
}
static pz_status run_reopen(cli_run *cli)
{
    return run_worded(cli, pz_voice_reopen, OPTION_CONTENT, "The entry %s is open again.");
}
static pz_status run_withdraw(cli_run *cli)
{
    return run_worded(cli, pz_voice_withdraw, OPTION_REASON, "The entry %s is withdrawn.");
}
static pz_status run_file(cli_run *cli)
{
    return run_worded(cli, pz_voice_file, OPTION_TOPIC, "The entry %s is filed.");
}

static pz_status act(pz_actor *actor, pz_id entry, const char *text, size_t length, const char *key)
{
    return pz_voice_act(actor, entry, text, length, 0, 0, key);
}

static pz_status run_act(cli_run *cli)
{
    TRY(need(cli, OPTION_CONTENT));
    return run_worded(cli, act, OPTION_CONTENT, "The entry %s is acted on.");
}

/* ----------------------------------------------------------------------------------------------------- reading --- */

static pz_status run_show(cli_run *cli)
{
    pz_voice_entry *entry;
    pz_id id;
    TRY(argument_id(cli, 0, PZ_KIND_VOICE, &id));
    TRY(pz_voice_get(cli->actor, id, &entry));
    return print_record(cli, "pz_voice_entry", entry);
}

static pz_status run_list(cli_run *cli)
{
    pz_voice_query query = PZ_VOICE_QUERY_INIT;
    pz_voice_entry **rows;
    size_t count;
    TRY(value_id(cli, OPTION_LEARNER, PZ_KIND_PERSON, &query.learner));
    TRY(value_id(cli, OPTION_CLASS, PZ_KIND_CLASS, &query.class_id));
    TRY(value_enum(cli, OPTION_KIND, "pz_voice_entry", "kind", &query.kind));
    TRY(value_enum(cli, OPTION_STATE, "pz_voice_entry", "state", &query.state));
    TRY(value_date(cli, OPTION_UNTIL, &query.due_until));
    query.topic = cli_value(cli, OPTION_TOPIC);
    query.waiting_only = cli_has(cli, OPTION_WAITING);
    query.owed_only = cli_has(cli, OPTION_OWED);
    query.shared_only = cli_has(cli, OPTION_SHARED);
    TRY(value_id(cli, OPTION_AFTER, PZ_KIND_VOICE, &query.after));
    TRY(value_int32(cli, OPTION_LIMIT, 1, 10000, &query.limit));
    TRY(value_enum(cli, OPTION_ORDER, "pz_voice_query", "order", &query.order));
    query.text = cli_value(cli, OPTION_TEXT);
    TRY(pz_voice_list(cli->actor, &query, &rows, &count));
    return print_rows(cli, "pz_voice_entry", rows, count, voice_columns);
}

static pz_status run_history(cli_run *cli)
{
    pz_voice_entry **rows;
    pz_id id;
    size_t count;
    TRY(argument_id(cli, 0, PZ_KIND_VOICE, &id));
    TRY(pz_voice_history(cli->actor, id, &rows, &count));
    return print_rows(cli, "pz_voice_entry", rows, count, "version,acted_at,acted_role,acted_by,state,due_on,visibility,content");
}

static pz_status run_answers(cli_run *cli)
{
    pz_voice_answer **rows;
    pz_id id;
    size_t count;
    TRY(argument_id(cli, 0, PZ_KIND_VOICE, &id));
    TRY(pz_voice_answer_list(cli->actor, id, &rows, &count));
    return print_rows(cli, "pz_voice_answer", rows, count, "at,role,person,state,content");
}

static pz_status run_media(cli_run *cli)
{
    pz_voice_media **rows;
    pz_id id;
    size_t count;
    TRY(argument_id(cli, 0, PZ_KIND_VOICE, &id));
    TRY(pz_voice_media_list(cli->actor, id, &rows, &count));
    return print_rows(cli, "pz_voice_media", rows, count, "position,name,reference,type,size,alternative");
}

static pz_status run_counts(cli_run *cli)
{
    pz_voice_count **rows;
    pz_id org, class_id;
    size_t count;
    TRY(value_id(cli, OPTION_ORG, PZ_KIND_ORG, &org));
    TRY(value_id(cli, OPTION_CLASS, PZ_KIND_CLASS, &class_id));
    TRY(pz_voice_count_list(cli->actor, org, class_id, &rows, &count));
    return print_rows(cli, "pz_voice_count", rows, count, "org,class_id,kind,entries,learners,waiting,overdue,answered,acted_on,declined");
}

/* ------------------------------------------------------------------------------------------------------ themes --- */

static pz_status take_scope(cli_run *cli, pz_id *out)
{
    if (cli_value(cli, OPTION_CLASS)) return value_id(cli, OPTION_CLASS, PZ_KIND_CLASS, out);
    if (cli_value(cli, OPTION_ORG)) return value_id(cli, OPTION_ORG, PZ_KIND_ORG, out);
    return usage_fault(cli, "'%s' needs --class ID or --org ID.", cli->command->words);
}

static pz_status run_themes(cli_run *cli)
{
    pz_theme **rows;
    pz_id scope;
    size_t count;
    TRY(take_scope(cli, &scope));
    TRY(pz_theme_list(cli->actor, scope, 0, &rows, &count));
    return print_rows(cli, "pz_theme", rows, count, "topic,learners,entries,state,due_on,answer");
}

static pz_status run_answer_theme(cli_run *cli)
{
    const char *text = NULL;
    char *held = NULL;
    int32_t state = PZ_VOICE_ANSWERED;
    size_t length = 0;
    pz_id scope;
    pz_status status;
    TRY(need(cli, OPTION_TOPIC));
    TRY(need(cli, OPTION_CONTENT));
    TRY(take_scope(cli, &scope));
    TRY(value_enum(cli, OPTION_STATE, "pz_voice_entry", "state", &state));
    TRY(value_text(cli, OPTION_CONTENT, &text, &length, &held));
    status = pz_theme_answer(cli->actor, scope, cli_value(cli, OPTION_TOPIC), PZ_NUL_TERMINATED, state, text, length,
                             cli_value(cli, OPTION_KEY));
    free(held);
    TRY(status);
    return print_done(cli, "scope", scope, "The theme is answered.");
}

static pz_status run_days(cli_run *cli)
{
    pz_voice_policy policy = PZ_VOICE_POLICY_INIT;
    TRY(need(cli, OPTION_DAYS));
    TRY(value_id(cli, OPTION_ORG, PZ_KIND_ORG, &policy.org));
    TRY(value_enum(cli, OPTION_KIND, "pz_voice_entry", "kind", &policy.kind));
    TRY(value_int32(cli, OPTION_DAYS, -1, 366, &policy.days));
    TRY(pz_voice_policy_set(cli->actor, &policy, cli_value(cli, OPTION_KEY)));
    return print_done(cli, "days", policy.days, "The days to answer in are set.");
}

static const option_id no_options[] = {OPTION_COUNT};
static const option_id say_options[] = {
    OPTION_LEARNER, OPTION_KIND,      OPTION_CONTENT, OPTION_TOPIC,      OPTION_TO,    OPTION_PERSON, OPTION_VISIBILITY,  OPTION_SHARE,
    OPTION_AVENUE,  OPTION_REFERENCE, OPTION_NAME,    OPTION_MEDIA_TYPE, OPTION_BYTES, OPTION_HASH,   OPTION_ALTERNATIVE, OPTION_COUNT};
static const option_id content_options[] = {OPTION_CONTENT, OPTION_COUNT};
static const option_id reason_options[] = {OPTION_REASON, OPTION_COUNT};
static const option_id topic_options[] = {OPTION_TOPIC, OPTION_COUNT};
static const option_id revise_options[] = {OPTION_KIND,       OPTION_CONTENT, OPTION_TOPIC,   OPTION_TO,   OPTION_PERSON,
                                           OPTION_VISIBILITY, OPTION_SHARE,   OPTION_VERSION, OPTION_COUNT};
static const option_id counter_options[] = {OPTION_REASON,     OPTION_RECOMMENDATION, OPTION_GROUPS, OPTION_CYCLE,
                                            OPTION_COMPETENCY, OPTION_INSTEAD,        OPTION_TARGET, OPTION_COUNT};
static const option_id list_options[] = {OPTION_LEARNER, OPTION_CLASS,   OPTION_KIND,  OPTION_STATE,  OPTION_TOPIC,
                                         OPTION_UNTIL,   OPTION_WAITING, OPTION_OWED,  OPTION_SHARED, OPTION_TEXT,
                                         OPTION_ORDER,   OPTION_LIMIT,   OPTION_AFTER, OPTION_COUNT};
static const option_id scope_options[] = {OPTION_ORG, OPTION_CLASS, OPTION_COUNT};
static const option_id theme_options[] = {OPTION_ORG, OPTION_CLASS, OPTION_TOPIC, OPTION_STATE, OPTION_CONTENT, OPTION_COUNT};
static const option_id days_options[] = {OPTION_ORG, OPTION_KIND, OPTION_DAYS, OPTION_COUNT};

const cli_command voice_commands[] = {
    {"voice say", "", "Say a need, a preference, an interest, an idea, a question, feedback or a reflection.",
     "A learner for itself; an adult writes down what a learner said. Of audio, video, an image or a link give --reference, --alternative "
     "and, but for a link, "
     "--media-type, --bytes and --hash.",
     "personalize voice say --kind need --content \"More time to read\" --topic reading --share class-1 --as learner-1 --role learner\n"
     "personalize voice say --kind idea --avenue link --reference https://example.org/my-idea --alternative \"How the tables could stand\" "
     "--as learner-1 "
     "--role learner\n",
     say_options, DOOR_ACTOR, 0, run_say},
    {"voice help", "", "Ask for help: your teachers and counselors owe an answer by the next day.", "",
     "personalize voice help --content \"I do not know how to go on\" --as learner-1 --role learner\n", content_options, DOOR_ACTOR, 0,
     run_help},
    {"voice list", "", "List what learners say.", "--owed lists what you owe an answer, --shared what classmates shared with you.",
     "personalize voice list --owed --as teacher-1 --role teacher\npersonalize voice list --class class-1 --waiting --as teacher-1 --role "
     "teacher --json\n",
     list_options, DOOR_ACTOR, PZ_SCOPE_READ, run_list},
    {"voice show", "ENTRY", "Show one entry.", "'latest' is the newest entry that still waits for an answer.",
     "personalize voice show latest --as learner-1 --role learner\n", no_options, DOOR_ACTOR, PZ_SCOPE_READ, run_show},
    {"voice media", "ENTRY", "List what is heard or seen in an entry.", "",
     "personalize voice media latest --as learner-1 --role learner\n", no_options, DOOR_ACTOR, PZ_SCOPE_READ, run_media},
    {"voice cosign", "ENTRY", "Co-sign what a classmate shared.", "", "personalize voice cosign latest --as learner-2 --role learner\n",
     no_options, DOOR_ACTOR, 0, run_cosign},
    {"voice see", "ENTRY", "Say that you have read an entry; it still waits for an answer.", "",
     "personalize voice see latest --as teacher-1 --role teacher\n", no_options, DOOR_ACTOR, 0, run_see},
    {"voice reply", "ENTRY", "Answer an entry.", "",
     "personalize voice reply latest --content \"Let us talk at noon\" --as teacher-1 --role teacher\n", content_options, DOOR_ACTOR, 0,
     run_reply},
    {"voice reopen", "ENTRY", "Open again what was answered, as its learner.", "",
     "personalize voice reopen latest --content \"It is still so\" --as learner-1 --role learner\n", content_options, DOOR_ACTOR, 0,
     run_reopen},
    {"voice act", "ENTRY", "Say what was done about an entry.", "",
     "personalize voice act latest --content \"You have ten minutes more\" --as teacher-1 --role teacher\n", content_options, DOOR_ACTOR, 0,
     run_act},
    {"voice decline", "ENTRY", "Decline an entry, with a reason.", "",
     "personalize voice say --kind idea --content \"No tests\" --as learner-1 --role learner\n"
     "personalize voice decline latest --reason \"They show what to do next\" --as teacher-1 --role teacher\n",
     reason_options, DOOR_ACTOR, 0, run_decline},
    {"voice revise", "ENTRY", "Say it anew, or address or show it to others, as its learner.", "",
     "personalize voice revise latest --to teacher --person teacher-1 --as learner-1 --role learner\n", revise_options, DOOR_ACTOR, 0,
     run_revise},
    {"voice agree", "ENTRY", "Agree to what an adult wrote down for you.", "",
     "personalize voice say --learner learner-1 --kind preference --content \"Likes to work standing\" --as teacher-1 --role teacher\n"
     "personalize voice agree latest --as learner-1 --role learner\n",
     no_options, DOOR_ACTOR, 0, run_agree},
    {"voice withdraw", "ENTRY", "Take it back, as its learner; it stays in the history.", "",
     "personalize voice withdraw latest --as learner-1 --role learner\n", reason_options, DOOR_ACTOR, 0, run_withdraw},
    {"voice file", "ENTRY", "File an entry under a topic.", "",
     "personalize voice file latest --topic reading --as learner-1 --role learner\n", topic_options, DOOR_ACTOR, 0, run_file},
    {"voice answers", "ENTRY", "List every step of the answer to an entry.", "",
     "personalize voice answers latest --as learner-1 --role learner\n", no_options, DOOR_ACTOR, PZ_SCOPE_READ, run_answers},
    {"voice history", "ENTRY", "List every version of an entry.", "", "personalize voice history latest --as learner-1 --role learner\n",
     no_options, DOOR_ACTOR, PZ_SCOPE_READ, run_history},
    {"voice counter", "",
     "Counter a group (--recommendation, --groups NUMBER), a next step (--cycle, --competency, --instead) or an estimate (--competency, "
     "--target).",
     "", "personalize voice counter --competency M.1 --target 0.9 --reason \"I was ill on that day\" --as learner-1 --role learner\n",
     counter_options, DOOR_ACTOR, 0, run_counter},
    {"voice counts", "", "Count what is said and answered, by class and org.", "",
     "personalize voice counts --class class-1 --as teacher-1 --role teacher\n", scope_options, DOOR_ACTOR, PZ_SCOPE_READ, run_counts},
    {"voice themes", "", "List what many learners of a class or org say under one topic.", "What fewer than five say is not told.",
     "personalize voice themes --class class-1 --as learner-1 --role learner\n", scope_options, DOOR_ACTOR, PZ_SCOPE_READ, run_themes},
    {"voice answer-theme", "", "Answer a theme.", "--state is answered, the default, acted_on or declined.",
     "personalize voice say --kind idea --content \"A longer break\" --topic break --as learner-1 --role learner\n"
     "personalize voice say --kind idea --content \"A longer break\" --topic break --as learner-2 --role learner\n"
     "personalize voice say --kind idea --content \"A longer break\" --topic break --as learner-3 --role learner\n"
     "personalize voice say --kind idea --content \"A longer break\" --topic break --as learner-4 --role learner\n"
     "personalize voice say --kind idea --content \"A longer break\" --topic break --as learner-5 --role learner\n"
     "personalize voice answer-theme --class class-1 --topic break --content \"Five minutes more from Monday\" --state acted_on --as "
     "teacher-1 --role teacher\n",
     theme_options, DOOR_ACTOR, 0, run_answer_theme},
    {"voice days", "", "Set in how many days entries are to be answered.",
     "Without --kind all kinds; without --org the whole store, by a service. -1 takes it away.",
     "personalize voice days --kind need --days 3 --service policies\n", days_options, DOOR_ACTOR, PZ_SCOPE_RECOMMEND, run_days},
    {NULL, NULL, NULL, NULL, NULL, NULL, DOOR_NONE, 0, NULL},
};
