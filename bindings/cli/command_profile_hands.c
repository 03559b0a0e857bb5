/* What hangs on profiles: tags, named adults, disputes with their answers; and private notes. */
#include <stdlib.h>
#include <string.h>

#include "cli.h"

enum { TAGS_MAX = 100 };

/* ----------------------------------------------------------------------------------------------------- tags --- */

/* "Drawing=https://example.org/drawing": what follows the last = is an address if it has a colon. */
static pz_profile_tag tag_of(const char *text)
{
    pz_profile_tag tag = PZ_PROFILE_TAG_INIT;
    const char *equals = strchr(text, '=');
    tag.tag = text;
    if (equals && strchr(equals, ':')) {
        tag.tag_len = (size_t)(equals - text);
        tag.uri = equals + 1;
    }
    return tag;
}

static pz_status run_tag(cli_run *cli)
{
    pz_profile_tag rows[TAGS_MAX];
    const pz_profile_tag *pointers[TAGS_MAX];
    const char *text;
    size_t count = 0;
    int index = 0;
    pz_id id;
    TRY(argument_id(cli, 0, PZ_KIND_PROFILE_ENTRY, &id));
    while ((text = cli_next(cli, OPTION_TAG, &index)) != NULL) {
        if (count == TAGS_MAX) return usage_fault(cli, "--tag may be given %d times.", TAGS_MAX);
        rows[count] = tag_of(text);
        pointers[count] = &rows[count];
        count++;
    }
    TRY(pz_profile_tags_set(cli->actor, id, count ? pointers : NULL, count, cli_value(cli, OPTION_KEY)));
    return print_done(cli, "profile_entry", id, "The tags of the profile entry %s are set.");
}

static pz_status run_tags(cli_run *cli)
{
    pz_profile_tag **rows;
    pz_id learner, class_id;
    size_t count;
    TRY(value_id(cli, OPTION_LEARNER, PZ_KIND_PERSON, &learner));
    TRY(value_id(cli, OPTION_CLASS, PZ_KIND_CLASS, &class_id));
    TRY(pz_profile_tag_list(cli->actor, learner, class_id, &rows, &count));
    return print_rows(cli, "pz_profile_tag", rows, count, "learner,entry,tag,uri");
}

/* ---------------------------------------------------------------------------------------------- named adults --- */

static pz_status run_name(cli_run *cli)
{
    pz_id id, person;
    TRY(argument_id(cli, 0, PZ_KIND_PROFILE_ENTRY, &id));
    TRY(argument_id(cli, 1, PZ_KIND_PERSON, &person));
    TRY(pz_profile_named_add(cli->actor, id, person, cli_value(cli, OPTION_KEY)));
    return print_done(cli, NULL, 0, "The person is named for the entry.");
}

static pz_status run_unname(cli_run *cli)
{
    pz_id id, person;
    TRY(argument_id(cli, 0, PZ_KIND_PROFILE_ENTRY, &id));
    TRY(argument_id(cli, 1, PZ_KIND_PERSON, &person));
    TRY(pz_profile_named_end(cli->actor, id, person, cli_value(cli, OPTION_KEY)));
    return print_done(cli, NULL, 0, "The person is named for the entry no more.");
}

static pz_status run_named(cli_run *cli)
{
    pz_profile_named **rows;
    size_t count;
    pz_id id;
    TRY(argument_id(cli, 0, PZ_KIND_PROFILE_ENTRY, &id));
    TRY(pz_profile_named_list(cli->actor, id, &rows, &count));
    return print_rows(cli, "pz_profile_named", rows, count, "person,named_by");
}

/* -------------------------------------------------------------------------------------------------- disputes --- */

static pz_status run_dispute(cli_run *cli)
{
    const char *reason = NULL;
    size_t length = 0;
    char *held;
    pz_id id, dispute;
    pz_status status;
    TRY(need(cli, OPTION_REASON));
    TRY(argument_id(cli, 0, PZ_KIND_PROFILE_ENTRY, &id));
    TRY(value_text(cli, OPTION_REASON, &reason, &length, &held));
    status = pz_profile_dispute_open(cli->actor, id, reason, length, cli_value(cli, OPTION_KEY), &dispute);
    free(held);
    TRY(status);
    return print_done(cli, "dispute", dispute, "The dispute %s is open.");
}

static pz_status run_disputes(cli_run *cli)
{
    pz_profile_dispute_query query = PZ_PROFILE_DISPUTE_QUERY_INIT;
    pz_profile_dispute **rows;
    size_t count;
    TRY(value_id(cli, OPTION_LEARNER, PZ_KIND_PERSON, &query.learner));
    TRY(value_id(cli, OPTION_CLASS, PZ_KIND_CLASS, &query.class_id));
    TRY(value_enum(cli, OPTION_STATE, "pz_profile_dispute", "state", &query.state));
    TRY(value_page(cli, 0, &query.order, &query.limit, &query.after));
    query.text = cli_value(cli, OPTION_TEXT);
    TRY(pz_profile_dispute_list(cli->actor, &query, &rows, &count));
    return print_rows(cli, "pz_profile_dispute", rows, count, "id,learner,entry,state,statement,disputed_by,answer,answered_by");
}

/* The oldest open dispute of the entry that is named, by the actor or by somebody else. */
static pz_status find_dispute(cli_run *cli, int is_own, pz_id *out_dispute)
{
    pz_profile_dispute_query query = PZ_PROFILE_DISPUTE_QUERY_INIT;
    pz_profile_dispute **rows;
    size_t count;
    *out_dispute = 0;
    TRY(argument_id(cli, 0, PZ_KIND_PROFILE_ENTRY, &query.entry));
    query.state = PZ_DISPUTE_OPEN;
    query.order = PZ_LIST_NEWEST;
    TRY(pz_profile_dispute_list(cli->actor, &query, &rows, &count));
    for (size_t i = 0; i < count; i++)
        if ((rows[i]->disputed_by == cli->self) == is_own) *out_dispute = rows[i]->id;
    pz_free(rows);
    if (*out_dispute) return PZ_OK;
    return cli_fail(cli, PZ_E_NOT_FOUND, "personalize profile disputes lists them.", "The profile entry %lld has no open dispute %s.",
                    (long long)query.entry, is_own ? "of yours" : "of somebody else");
}

static pz_status run_answer(cli_run *cli)
{
    const char *reason = NULL;
    size_t length = 0;
    char *held;
    int32_t state = 0;
    pz_id dispute;
    pz_status status;
    TRY(need(cli, OPTION_STATE));
    TRY(need(cli, OPTION_REASON));
    TRY(value_enum(cli, OPTION_STATE, "pz_profile_dispute", "state", &state));
    TRY(find_dispute(cli, 0, &dispute));
    TRY(value_text(cli, OPTION_REASON, &reason, &length, &held));
    status = pz_profile_dispute_answer(cli->actor, dispute, (pz_dispute_state)state, reason, length, cli_value(cli, OPTION_KEY));
    free(held);
    TRY(status);
    return print_done(cli, "dispute", dispute, "The dispute %s is answered. The entry itself is as it was: revise or withdraw it.");
}

static pz_status run_undispute(cli_run *cli)
{
    pz_id dispute;
    TRY(find_dispute(cli, 1, &dispute));
    TRY(pz_profile_dispute_withdraw(cli->actor, dispute, cli_value(cli, OPTION_KEY)));
    return print_done(cli, "dispute", dispute, "The dispute %s is taken back.");
}

/* ----------------------------------------------------------------------------------------------------- notes --- */

static pz_status run_note(cli_run *cli)
{
    const char *content = NULL;
    size_t length = 0;
    char *held;
    pz_id learner, note;
    pz_status status;
    TRY(need(cli, OPTION_CONTENT));
    TRY(argument_id(cli, 0, PZ_KIND_PERSON, &learner));
    TRY(value_text(cli, OPTION_CONTENT, &content, &length, &held));
    status = pz_private_note_add(cli->actor, learner, content, length, cli_value(cli, OPTION_KEY), &note);
    free(held);
    TRY(status);
    return print_done(cli, "note", note, "The note %s is yours alone.");
}

static pz_status run_notes(cli_run *cli)
{
    pz_private_note_query query = PZ_PRIVATE_NOTE_QUERY_INIT;
    pz_private_note **rows;
    size_t count;
    TRY(value_id(cli, OPTION_LEARNER, PZ_KIND_PERSON, &query.learner));
    TRY(value_id(cli, OPTION_CLASS, PZ_KIND_CLASS, &query.class_id));
    TRY(value_page(cli, PZ_KIND_NOTE, &query.order, &query.limit, &query.after));
    query.text = cli_value(cli, OPTION_TEXT);
    TRY(pz_private_note_list(cli->actor, &query, &rows, &count));
    return print_rows(cli, "pz_private_note", rows, count, "id,learner,written_at,content");
}

static pz_status run_renote(cli_run *cli)
{
    const char *content = NULL;
    size_t length = 0;
    char *held;
    pz_id note;
    pz_status status;
    TRY(need(cli, OPTION_CONTENT));
    TRY(argument_id(cli, 0, PZ_KIND_NOTE, &note));
    TRY(value_text(cli, OPTION_CONTENT, &content, &length, &held));
    status = pz_private_note_revise(cli->actor, note, content, length, cli_value(cli, OPTION_KEY));
    free(held);
    TRY(status);
    return print_done(cli, "note", note, "The note %s is revised.");
}

static pz_status run_unnote(cli_run *cli)
{
    pz_id note;
    TRY(argument_id(cli, 0, PZ_KIND_NOTE, &note));
    TRY(pz_private_note_end(cli->actor, note, cli_value(cli, OPTION_KEY)));
    return print_done(cli, "note", note, "The note %s is gone.");
}

static const option_id no_options[] = {OPTION_COUNT};
static const option_id tag_options[] = {OPTION_TAG, OPTION_COUNT};
static const option_id tags_options[] = {OPTION_LEARNER, OPTION_CLASS, OPTION_COUNT};
static const option_id reason_options[] = {OPTION_REASON, OPTION_COUNT};
static const option_id disputes_options[] = {OPTION_LEARNER, OPTION_CLASS, OPTION_STATE, OPTION_TEXT,
                                             OPTION_ORDER,   OPTION_LIMIT, OPTION_AFTER, OPTION_COUNT};
static const option_id answer_options[] = {OPTION_STATE, OPTION_REASON, OPTION_COUNT};
static const option_id content_options[] = {OPTION_CONTENT, OPTION_COUNT};
static const option_id notes_options[] = {OPTION_LEARNER, OPTION_CLASS, OPTION_TEXT, OPTION_ORDER,
                                          OPTION_LIMIT,   OPTION_AFTER, OPTION_COUNT};

const cli_command profile_hands_commands[] = {
    {"profile tag", "ENTRY", "Say all tags of an entry anew; without --tag it has none.", "An address in a vocabulary follows after =.",
     "personalize profile tag latest --tag Building --tag \"Physics=https://example.org/physics\" --as learner-1 --role learner\n",
     tag_options, DOOR_ACTOR, PZ_SCOPE_IMPORT, run_tag},
    {"profile tags", "", "List tags of entries.", "", "personalize profile tags --class class-1 --as teacher-1 --role teacher\n",
     tags_options, DOOR_ACTOR, PZ_SCOPE_READ, run_tags},
    {"profile name", "ENTRY PERSON", "Name an adult for an entry, who then sees it unless it is the learner's alone.",
     "For the learner and the entry's author. The adult must reach the learner by the roster.",
     "personalize profile name latest counselor-1 --as learner-1 --role learner\n", no_options, DOOR_ACTOR, 0, run_name},
    {"profile named", "ENTRY", "List who is named for an entry.", "", "personalize profile named latest --as learner-1 --role learner\n",
     no_options, DOOR_ACTOR, 0, run_named},
    {"profile unname", "ENTRY PERSON", "Take the name of an adult back from an entry.", "",
     "personalize profile unname latest counselor-1 --as learner-1 --role learner\n", no_options, DOOR_ACTOR, 0, run_unname},
    {"profile dispute", "ENTRY", "Dispute what others wrote of oneself or of one's child.", "--reason says it in your words.",
     "personalize profile add learner-1 --section need --content \"Never listens\" --as teacher-1 --role teacher\n"
     "personalize profile dispute latest --reason \"I do listen\" --as learner-1 --role learner\n",
     reason_options, DOOR_ACTOR, 0, run_dispute},
    {"profile disputes", "", "List disputes with their answers.", "",
     "personalize profile disputes --state open --as teacher-1 --role teacher\n", disputes_options, DOOR_ACTOR, PZ_SCOPE_READ,
     run_disputes},
    {"profile answer", "ENTRY", "Answer the dispute of an entry, as its author, a counselor or a leader.",
     "--state is upheld or declined; --reason says why. Of several open disputes the oldest is answered.",
     "personalize profile answer latest --state upheld --reason \"You are right\" --as teacher-1 --role teacher\n", answer_options,
     DOOR_ACTOR, 0, run_answer},
    {"profile undispute", "ENTRY", "Take a dispute of yours back.", "",
     "personalize profile dispute latest --reason \"Still not right\" --as learner-1 --role learner\n"
     "personalize profile undispute latest --as learner-1 --role learner\n",
     no_options, DOOR_ACTOR, 0, run_undispute},
    {"profile note", "LEARNER", "Keep a private note on a learner that nobody else reads, as a teacher, counselor or leader.", "",
     "personalize profile note learner-1 --content \"Sits by the window\" --as teacher-1 --role teacher\n", content_options, DOOR_ACTOR, 0,
     run_note},
    {"profile notes", "", "List your own private notes.", "",
     "personalize profile notes --learner learner-1 --as teacher-1 --role teacher\n", notes_options, DOOR_ACTOR, 0, run_notes},
    {"profile renote", "NOTE", "Revise a private note of yours.", "",
     "personalize profile renote latest --content \"Sits by the door\" --as teacher-1 --role teacher\n", content_options, DOOR_ACTOR, 0,
     run_renote},
    {"profile unnote", "NOTE", "Remove a private note of yours.", "", "personalize profile unnote latest --as teacher-1 --role teacher\n",
     no_options, DOOR_ACTOR, 0, run_unnote},
    {NULL, NULL, NULL, NULL, NULL, NULL, DOOR_NONE, 0, NULL},
};
