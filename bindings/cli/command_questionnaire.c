/* Questionnaires: saved, looked at, answered; answers confirmed or dropped. */
#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"

enum { ANSWERS_MAX = 200 };

static const char answer_columns[] = "id,question,text,number,picture,becomes,section,voice_kind,content,state,record";

/* An id, or "own" for the library's own. */
static pz_status argument_questionnaire(cli_run *cli, pz_id *out)
{
    *out = 0;
    return strcmp(cli->arguments[0], "own") != 0 ? argument_id(cli, 0, PZ_KIND_QUESTIONNAIRE, out) : PZ_OK;
}

/* --------------------------------------------------------------------------------------------------- saving --- */

static pz_status run_save(cli_run *cli)
{
    const char *document = NULL;
    char *held = NULL;
    size_t length = 0;
    pz_id org, id;
    pz_status status;
    TRY(need(cli, OPTION_CONTENT));
    TRY(value_id(cli, OPTION_ORG, PZ_KIND_ORG, &org));
    TRY(value_id(cli, OPTION_QUESTIONNAIRE, PZ_KIND_QUESTIONNAIRE, &id));
    TRY(value_text(cli, OPTION_CONTENT, &document, &length, &held));
    status = pz_questionnaire_save(cli->actor, org, id, document, length, cli_value(cli, OPTION_KEY), &id);
    free(held);
    TRY(status);
    return print_done(cli, "questionnaire", id, "The questionnaire %s is saved.");
}

static pz_status run_end(cli_run *cli)
{
    pz_id id;
    TRY(argument_id(cli, 0, PZ_KIND_QUESTIONNAIRE, &id));
    TRY(pz_questionnaire_end(cli->actor, id, cli_value(cli, OPTION_KEY)));
    return print_done(cli, "questionnaire", id, "The questionnaire %s takes no more answers.");
}

/* ------------------------------------------------------------------------------------------------- answering --- */

static const char *text_member(const cJSON *object, const char *name)
{
    const char *text = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, name));
    return text ? text : "";
}

static const cJSON *question_of(const cJSON *document, const char *code, size_t length)
{
    const cJSON *question;
    cJSON_ArrayForEach(question, cJSON_GetObjectItemCaseSensitive(document, "questions"))
    {
        const char *own = text_member(question, "code");
        if (strlen(own) == length && !strncmp(own, code, length)) return question;
    }
    return NULL;
}

/* "CODE=VALUE": words, a number on the scale, or the code of a picture, as the question asks for. */
static pz_status take_answer(cli_run *cli, const cJSON *document, const char *text, pz_answer *answer)
{
    const char *equals = strchr(text, '='), *kind;
    const cJSON *question = equals ? question_of(document, text, (size_t)(equals - text)) : NULL;
    if (!equals) return usage_fault(cli, "--answer takes the code of a question, = and the answer.");
    if (!question)
        return cli_fail(cli, PZ_E_INVALID, "personalize questionnaire show has the questions.", "There is no question '%.*s'.",
                        (int)(equals - text < 80 ? equals - text : 80), text);
    answer->question = text;
    answer->question_len = (size_t)(equals - text);
    kind = text_member(question, "kind");
    if (!strcmp(kind, "text")) answer->text = equals + 1;
    if (!strcmp(kind, "pictures")) answer->picture = equals + 1;
    if (!strcmp(kind, "scale")) {
        char *end;
        answer->number = strtod(equals + 1, &end);
        if (end == equals + 1 || *end) return usage_fault(cli, "The answer to '%.*s' is a number.", (int)(equals - text), text);
    }
    return PZ_OK;
}

static pz_status take_answers(cli_run *cli, const cJSON *document, pz_answer *rows, const pz_answer **pointers, size_t *out_count)
{
    const char *text;
    int index = 0;
    *out_count = 0;
    while ((text = cli_next(cli, OPTION_ANSWER, &index)) != NULL) {
        pz_answer answer = PZ_ANSWER_INIT;
        if (*out_count == ANSWERS_MAX) return usage_fault(cli, "--answer may be given %d times.", ANSWERS_MAX);
        TRY(take_answer(cli, document, text, &answer));
        rows[*out_count] = answer;
        pointers[*out_count] = &rows[*out_count];
        ++*out_count;
    }
    return PZ_OK;
}

static pz_status answer(cli_run *cli, pz_id id, const cJSON *document, pz_id *out_response)
{
    pz_answer *rows = calloc(ANSWERS_MAX, sizeof *rows);
    const pz_answer **pointers = calloc(ANSWERS_MAX, sizeof *pointers);
    int64_t version = strtoll(text_member(document, "version"), NULL, 10);
    size_t count = 0;
    pz_status status = rows && pointers ? take_answers(cli, document, rows, pointers, &count) : PZ_E_NOMEM;
    if (status == PZ_OK)
        status = pz_questionnaire_answer(cli->actor, id, version, pointers, count, cli_value(cli, OPTION_KEY), out_response);
    free(rows);
    free((void *)pointers);
    return status;
}

static pz_status run_answer(cli_run *cli)
{
    cJSON *document;
    char *json;
    pz_id id, response;
    pz_status status;
    TRY(need(cli, OPTION_ANSWER));
    TRY(argument_questionnaire(cli, &id));
    TRY(pz_questionnaire_get(cli->actor, id, cli_value(cli, OPTION_LANGUAGE), &json));
    document = cJSON_Parse(json);
    pz_free(json);
    if (!document) return unreadable_document(cli);
    status = answer(cli, id, document, &response);
    cJSON_Delete(document);
    TRY(status);
    return print_done(cli, "response", response, "The answers are kept for you alone; what waits is confirmed or dropped by you.");
}

static pz_status run_confirm(cli_run *cli)
{
    const char *text = NULL;
    char *held = NULL;
    size_t length = 0;
    int32_t visibility = 0;
    pz_id id, record;
    pz_status status;
    TRY(need(cli, OPTION_VISIBILITY));
    TRY(argument_id(cli, 0, PZ_KIND_ANSWER, &id));
    TRY(value_enum(cli, OPTION_VISIBILITY, "pz_profile_entry", "visibility", &visibility));
    TRY(value_text(cli, OPTION_CONTENT, &text, &length, &held));
    status = pz_answer_confirm(cli->actor, id, text, length, visibility, cli_value(cli, OPTION_KEY), &record);
    free(held);
    TRY(status);
    return print_done(cli, "record", record, "The answer is confirmed and has become %s.");
}

static pz_status run_drop(cli_run *cli)
{
    pz_id id;
    TRY(argument_id(cli, 0, PZ_KIND_ANSWER, &id));
    TRY(pz_answer_drop(cli->actor, id, cli_value(cli, OPTION_KEY)));
    return print_done(cli, "answer", id, "Nothing becomes of the answer %s.");
}

/* --------------------------------------------------------------------------------------------------- reading --- */

static pz_status run_list(cli_run *cli)
{
    pz_questionnaire_query query = PZ_QUESTIONNAIRE_QUERY_INIT;
    pz_questionnaire **rows;
    size_t count;
    TRY(value_id(cli, OPTION_ORG, PZ_KIND_ORG, &query.org));
    TRY(value_page(cli, PZ_KIND_QUESTIONNAIRE, &query.order, &query.limit, &query.after));
    query.text = cli_value(cli, OPTION_TEXT);
    TRY(pz_questionnaire_list(cli->actor, &query, cli_value(cli, OPTION_LANGUAGE), &rows, &count));
    return print_rows(cli, "pz_questionnaire", rows, count, "id,org,version,title,language,questions,ended");
}

static pz_status run_show(cli_run *cli)
{
    char *json;
    pz_id id;
    TRY(argument_questionnaire(cli, &id));
    TRY(pz_questionnaire_get(cli->actor, id, cli_value(cli, OPTION_LANGUAGE), &json));
    return print_document(cli, json);
}

static pz_status run_answers(cli_run *cli)
{
    pz_answer_query query = PZ_ANSWER_QUERY_INIT;
    pz_answer **rows;
    size_t count;
    TRY(value_enum(cli, OPTION_STATE, "pz_answer", "state", &query.state));
    TRY(value_page(cli, PZ_KIND_ANSWER, &query.order, &query.limit, &query.after));
    query.text = cli_value(cli, OPTION_TEXT);
    TRY(pz_answer_list(cli->actor, &query, &rows, &count));
    return print_rows(cli, "pz_answer", rows, count, answer_columns);
}

static const option_id no_options[] = {OPTION_COUNT};
static const option_id save_options[] = {OPTION_CONTENT, OPTION_ORG, OPTION_QUESTIONNAIRE, OPTION_COUNT};
static const option_id answer_options[] = {OPTION_ANSWER, OPTION_COUNT};
static const option_id confirm_options[] = {OPTION_VISIBILITY, OPTION_CONTENT, OPTION_COUNT};
static const option_id list_options[] = {OPTION_ORG, OPTION_TEXT, OPTION_ORDER, OPTION_LIMIT, OPTION_AFTER, OPTION_COUNT};
static const option_id answers_options[] = {OPTION_STATE, OPTION_TEXT, OPTION_ORDER, OPTION_LIMIT, OPTION_AFTER, OPTION_COUNT};

const cli_command questionnaire_commands[] = {
    {"questionnaire list", "", "List questionnaires in reach, the library's own first.", "",
     "personalize questionnaire list --as learner-1 --role learner\n", list_options, DOOR_ACTOR, PZ_SCOPE_READ, run_list},
    {"questionnaire show", "QUESTIONNAIRE", "Show a questionnaire with its questions.", "'own' is the library's own.",
     "personalize questionnaire show own --as learner-1 --role learner --language es --json\n", no_options, DOOR_ACTOR, PZ_SCOPE_READ,
     run_show},
    {"questionnaire answer", "QUESTIONNAIRE", "Answer some questions or all, as a learner.",
     "What you answer is yours alone until you confirm it.",
     "personalize questionnaire answer own --answer interest=Bridges --answer need=Quiet --as learner-1 --role learner\n", answer_options,
     DOOR_ACTOR, 0, run_answer},
    {"questionnaire answers", "", "List your own answers.", "",
     "personalize questionnaire answers --state waiting --as learner-1 --role learner\n", answers_options, DOOR_ACTOR, 0, run_answers},
    {"questionnaire confirm", "ANSWER", "Confirm an answer that waits: it becomes an entry of your profile or something that you say.",
     "--content puts other words. 'latest' is the newest that waits.",
     "personalize questionnaire confirm latest --visibility school --as learner-1 --role learner\n", confirm_options, DOOR_ACTOR, 0,
     run_confirm},
    {"questionnaire drop", "ANSWER", "Drop an answer that waits: nothing becomes of it.", "",
     "personalize questionnaire drop latest --as learner-1 --role learner\n", no_options, DOOR_ACTOR, 0, run_drop},
    {"questionnaire save", "", "Save a questionnaire, or with --questionnaire a new version of one.",
     "--content is its JSON, best as @FILE; docs/schema/questionnaire.json describes it.",
     "personalize questionnaire save --org school-1 --content @questions.json --as teacher-1 --role teacher\n", save_options, DOOR_ACTOR,
     PZ_SCOPE_RECOMMEND, run_save},
    {"questionnaire end", "QUESTIONNAIRE", "End a questionnaire: it takes no more answers.", "",
     "personalize questionnaire end latest --as teacher-1 --role teacher\n", no_options, DOOR_ACTOR, PZ_SCOPE_RECOMMEND, run_end},
    {NULL, NULL, NULL, NULL, NULL, NULL, DOOR_NONE, 0, NULL},
};
