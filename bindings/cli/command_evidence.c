/* What learners showed. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "cli.h"

static pz_status run_assessments(cli_run *cli)
{
    pz_assessment_query query = PZ_ASSESSMENT_QUERY_INIT;
    pz_assessment **rows;
    size_t count;
    TRY(value_id(cli, OPTION_CLASS, PZ_KIND_CLASS, &query.class_id));
    TRY(value_id(cli, OPTION_CYCLE, PZ_KIND_CYCLE, &query.cycle));
    TRY(value_page(cli, PZ_KIND_ASSESSMENT, &query.order, &query.limit, &query.after));
    query.text = cli_value(cli, OPTION_TEXT);
    TRY(pz_assessment_list(cli->actor, &query, &rows, &count));
    return print_rows(cli, "pz_assessment", rows, count, "id,kind,class_id,cycle,held_on,title");
}

static pz_status run_items(cli_run *cli)
{
    pz_item_query query = PZ_ITEM_QUERY_INIT;
    pz_item **rows;
    size_t count;
    TRY(value_id(cli, OPTION_COMPETENCY, PZ_KIND_COMPETENCY, &query.competency));
    TRY(value_page(cli, PZ_KIND_ITEM, &query.order, &query.limit, &query.after));
    query.text = cli_value(cli, OPTION_TEXT);
    TRY(pz_item_list(cli->actor, &query, &rows, &count));
    return print_rows(cli, "pz_item", rows, count, "id,code,stem");
}

/* ---------------------------------------------------------------------------------------------- evidence --- */

static const char *const evidence_kinds[] = {"", "response", "result", "observation", "demonstration", "self", "peer"};

static const char *evidence_kind(int32_t kind)
{
    return kind >= PZ_EVIDENCE_RESPONSE && kind <= PZ_EVIDENCE_PEER ? evidence_kinds[kind] : "";
}

static void add_id(cJSON *object, const char *name, int64_t id)
{
    char text[24];
    snprintf(text, sizeof text, "%lld", (long long)id);
    if (id)
        cJSON_AddStringToObject(object, name, text);
    else
        cJSON_AddNullToObject(object, name);
}

/* Evidence comes as columns, which no record describes: each row becomes an object with their names. */
static pz_status print_evidence_json(cli_run *cli, const pz_evidence *evidence)
{
    fputc('[', cli->out);
    for (size_t i = 0; i < evidence->rows; i++) {
        cJSON *object = cJSON_CreateObject();
        char time[28], *text;
        add_id(object, "learner", evidence->learner[i]);
        add_id(object, "competency", evidence->competency[i]);
        add_id(object, "sequence", evidence->sequence[i]);
        if (pz_time_format(evidence->at[i], time, sizeof time) == PZ_OK) cJSON_AddStringToObject(object, "at", time);
        cJSON_AddNumberToObject(object, "score", evidence->score[i]);
        cJSON_AddNumberToObject(object, "weight", evidence->weight[i]);
        cJSON_AddStringToObject(object, "kind", evidence_kind(evidence->kind[i]));
        add_id(object, "assessment", evidence->assessment[i]);
        add_id(object, "item", evidence->item[i]);
        cJSON_AddNumberToObject(object, "option", evidence->option[i]);
        add_id(object, "change", evidence->change[i]);
        text = cJSON_PrintUnformatted(object);
        cJSON_Delete(object);
        if (!text) return cli_fail(cli, PZ_E_NOMEM, NULL, "Memory could not be had.");
        fprintf(cli->out, "%s%s", i ? "," : "", text);
        cJSON_free(text);
    }
    fputs("]\n", cli->out);
    return PZ_OK;
}

static void add_words(text_table *table, const char *words, int is_number)
{
    table_add(table, words, strlen(words), is_number);
}

static void add_number(text_table *table, const char *format, long long value)
{
    char text[32];
    snprintf(text, sizeof text, format, value);
    add_words(table, value ? text : "", 0);
}

static void add_evidence_row(cli_run *cli, text_table *table, const pz_evidence *evidence, size_t i)
{
    char text[40], time[28] = "";
    add_number(table, "%lld", evidence->sequence[i]);
    add_number(table, "id:%lld", evidence->learner[i]);
    add_words(table, name_of(cli, PZ_KIND_PERSON, evidence->learner[i]), 0);
    add_number(table, "id:%lld", evidence->competency[i]);
    add_words(table, name_of(cli, PZ_KIND_COMPETENCY, evidence->competency[i]), 0);
    if (pz_time_format(evidence->at[i], time, sizeof time) != PZ_OK) time[0] = '\0';
    snprintf(text, sizeof text, "%.10s %.8s%s", time, time[0] ? time + 11 : "", time[0] ? "Z" : "");
    add_words(table, time[0] ? text : "", 0);
    snprintf(text, sizeof text, "%.4g", evidence->score[i]);
    add_words(table, text, 1);
    snprintf(text, sizeof text, "%.4g", evidence->weight[i]);
    add_words(table, text, 1);
    add_words(table, evidence_kind(evidence->kind[i]), 0);
    add_number(table, "id:%lld", evidence->item[i]);
}

static pz_status print_evidence_table(cli_run *cli, const pz_evidence *evidence)
{
    static const char *const header[] = {"sequence", "learner", "", "competency", "", "at", "score", "weight", "kind", "item"};
    enum { COLUMNS = sizeof header / sizeof header[0] };
    text_table *table;
    if (evidence->rows == 0) {
        fputs("none\n", cli->out);
        return PZ_OK;
    }
    table = table_new(COLUMNS);
    if (!table) return cli_fail(cli, PZ_E_NOMEM, NULL, "Memory could not be had.");
    for (int i = 0; i < COLUMNS; i++) add_words(table, header[i], 0);
    for (size_t i = 0; i < evidence->rows; i++) add_evidence_row(cli, table, evidence, i);
    table_print(table, cli->out, "");
    table_free(table);
    return PZ_OK;
}

static pz_status run_list(cli_run *cli)
{
    pz_evidence_query query = PZ_EVIDENCE_QUERY_INIT;
    pz_evidence *evidence;
    pz_status status;
    TRY(value_id(cli, OPTION_LEARNER, PZ_KIND_PERSON, &query.learner));
    TRY(value_id(cli, OPTION_CLASS, PZ_KIND_CLASS, &query.class_id));
    TRY(value_id(cli, OPTION_COMPETENCY, PZ_KIND_COMPETENCY, &query.competency));
    TRY(value_id(cli, OPTION_ASSESSMENT, PZ_KIND_ASSESSMENT, &query.assessment));
    TRY(value_time(cli, OPTION_FROM, &query.from));
    TRY(value_time(cli, OPTION_BEFORE, &query.until));
    TRY(value_enum(cli, OPTION_ORDER, "pz_evidence_query", "order", &query.order));
    TRY(value_int32(cli, OPTION_LIMIT, 1, 1000000, &query.limit));
    TRY(value_int(cli, OPTION_AFTER, 1, INT64_MAX, &query.after));
    TRY(pz_evidence_read(cli->actor, &query, &evidence));
    status = wants_json(cli) ? print_evidence_json(cli, evidence) : print_evidence_table(cli, evidence);
    pz_free(evidence);
    return status;
}

/* The last row of the learner on the competency, in the order in which it counts. */
static pz_status latest_sequence(cli_run *cli, pz_id learner, pz_id competency, int64_t *out)
{
    pz_evidence_query query = PZ_EVIDENCE_QUERY_INIT;
    pz_evidence *evidence;
    query.learner = learner;
    query.competency = competency;
    TRY(pz_evidence_read(cli->actor, &query, &evidence));
    if (evidence->rows > 0) *out = evidence->sequence[evidence->rows - 1];
    pz_free(evidence);
    if (*out) return PZ_OK;
    return cli_fail(cli, PZ_E_NOT_FOUND, NULL, "The learner has no evidence on this competency.");
}

static pz_status run_correct(cli_run *cli)
{
    const char *reason = NULL;
    char *held;
    size_t length = 0;
    pz_id learner, competency;
    int64_t sequence = 0;
    double score = PZ_REAL_NONE;
    pz_status status;
    TRY(need(cli, OPTION_SEQUENCE));
    TRY(need(cli, OPTION_REASON));
    TRY(argument_id(cli, 0, PZ_KIND_PERSON, &learner));
    TRY(argument_id(cli, 1, PZ_KIND_COMPETENCY, &competency));
    if (!strcmp(cli_value(cli, OPTION_SEQUENCE), "latest"))
        TRY(latest_sequence(cli, learner, competency, &sequence));
    else
        TRY(value_int(cli, OPTION_SEQUENCE, 1, INT64_MAX, &sequence));
    TRY(value_real(cli, OPTION_SCORE, &score));
    TRY(value_text(cli, OPTION_REASON, &reason, &length, &held));
    status = pz_evidence_correct(cli->actor, learner, competency, sequence, score, reason, length, cli_value(cli, OPTION_KEY));
    free(held);
    TRY(status);
    return print_done(cli, "sequence", sequence, isnan(score) ? "The evidence is withdrawn." : "The evidence is corrected.");
}

static const option_id assessments_options[] = {OPTION_CLASS, OPTION_CYCLE, OPTION_TEXT, OPTION_ORDER,
                                                OPTION_LIMIT, OPTION_AFTER, OPTION_COUNT};
static const option_id items_options[] = {OPTION_COMPETENCY, OPTION_TEXT, OPTION_ORDER, OPTION_LIMIT, OPTION_AFTER, OPTION_COUNT};
static const option_id list_options[] = {OPTION_LEARNER, OPTION_CLASS, OPTION_COMPETENCY, OPTION_ASSESSMENT, OPTION_FROM,
                                         OPTION_BEFORE,  OPTION_ORDER, OPTION_LIMIT,      OPTION_AFTER,      OPTION_COUNT};
static const option_id correct_options[] = {OPTION_SEQUENCE, OPTION_SCORE, OPTION_REASON, OPTION_COUNT};

const cli_command evidence_commands[] = {
    {"evidence list", "", "List answers and results.", "",
     "personalize evidence list --learner learner-1 --competency M.1 --as teacher-1 --role teacher\n"
     "personalize evidence list --class class-1 --as teacher-1 --role teacher --json\n",
     list_options, DOOR_ACTOR, PZ_SCOPE_READ, run_list},
    {"evidence correct", "LEARNER COMPETENCY", "Correct one row of evidence, or withdraw it.",
     "The row stays on record as it was; mastery is computed anew.",
     "personalize evidence correct learner-1 M.1 --sequence latest --score 1 --reason \"Marked wrongly\" --as teacher-1 --role teacher\n",
     correct_options, DOOR_ACTOR, PZ_SCOPE_IMPORT | PZ_SCOPE_READ, run_correct},
    {"evidence assessments", "", "List assessments.", "",
     "personalize evidence assessments --class class-1 --as teacher-1 --role teacher\n", assessments_options, DOOR_ACTOR, PZ_SCOPE_READ,
     run_assessments},
    {"evidence items", "", "List items.", "", "personalize evidence items --competency M.1 --as teacher-1 --role teacher\n", items_options,
     DOOR_ACTOR, PZ_SCOPE_READ, run_items},
    {NULL, NULL, NULL, NULL, NULL, NULL, DOOR_NONE, 0, NULL},
};
