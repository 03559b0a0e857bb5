/* Documents of the library, which are JSON, as an outline for people: names beside ids, tables where rows are alike. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "cli.h"

enum { CELL_SIZE = 600, COLUMNS_MAX = 20, KEY_SIZE = 96, LONGEST_CELL = 48 };

static void put_value(cli_run *cli, const cJSON *value, int indent);

static int is_plain(const cJSON *value)
{
    return !cJSON_IsObject(value) && !cJSON_IsArray(value);
}

/* Nothing to say: null, or an empty text. */
static int is_silent(const cJSON *value)
{
    return cJSON_IsNull(value) || (cJSON_IsString(value) && !value->valuestring[0]);
}

/* ------------------------------------------------------------------------------------------- plain values --- */

static int is_time(const char *text)
{
    pz_time time;
    return strlen(text) == 27 && pz_time_parse(text, PZ_NUL_TERMINATED, &time) == PZ_OK;
}

static int is_number_text(const char *text)
{
    return text[0] && !text[strspn(text, "0123456789")] && strlen(text) < 19;
}

/* Ids are texts of digits: as they are typed, with the name where there is one. */
static void write_id(cli_run *cli, pz_kind kind, const char *text, char *to)
{
    const char *name = name_of(cli, kind, strtoll(text, NULL, 10));
    snprintf(to, CELL_SIZE, "%s%s%s%.500s", kind_is_outside(kind) ? "id:" : "", text, name[0] ? " " : "", name);
}

/* A plain value in few characters; a text of people in all of them. To be freed; NULL without memory. */
static char *plain_text(cli_run *cli, const char *key, const cJSON *value)
{
    char text[CELL_SIZE] = "";
    if (cJSON_IsString(value)) {
        pz_kind kind = key ? kind_of_member("", key) : (pz_kind)0;
        if ((int)kind > 0 && is_number_text(value->valuestring))
            write_id(cli, kind, value->valuestring, text);
        else if (is_time(value->valuestring))
            snprintf(text, sizeof text, "%.10s %.8sZ", value->valuestring, value->valuestring + 11);
        else
            return strdup(value->valuestring);
    } else if (cJSON_IsBool(value))
        strcpy(text, cJSON_IsTrue(value) ? "yes" : "no");
    else if (cJSON_IsNumber(value))
        write_real(value->valuedouble, text, sizeof text);
    return strdup(text);
}

static void put_plain(cli_run *cli, const char *key, const cJSON *value)
{
    char *text = plain_text(cli, key, value);
    put_safe(cli->out, text ? text : "");
    free(text);
}

/* "standard_error" reads as "standard error". */
static void write_words(const char *key, char *to, size_t size)
{
    snprintf(to, size, "%s", !strcmp(key, "class_id") ? "class" : key);
    for (; *to; to++)
        if (*to == '_') *to = ' ';
}

/* ------------------------------------------------------------------------------------------------- tables --- */

typedef struct table_columns {
    char keys[COLUMNS_MAX][KEY_SIZE]; /* "competency code" of an object within the row */
    size_t count;
} table_columns;

/* Adds the columns of a row that are not there yet. 0 if the row cannot be one of a table. */
static int collect_columns(table_columns *columns, const cJSON *row, const char *before)
{
    const cJSON *member;
    cJSON_ArrayForEach(member, row)
    {
        char key[KEY_SIZE];
        size_t at = 0;
        if ((size_t)snprintf(key, sizeof key, "%s%s", before, member->string) >= sizeof key - 1) return 0;
        if (cJSON_IsArray(member)) return 0;
        if (cJSON_IsString(member) && strlen(member->valuestring) > LONGEST_CELL) return 0; /* a table would cut it */
        if (cJSON_IsObject(member)) {
            strcat(key, " ");
            if (!collect_columns(columns, member, key)) return 0;
            continue;
        }
        while (at < columns->count && strcmp(columns->keys[at], key) != 0) at++;
        if (at < columns->count || is_silent(member)) continue;
        if (columns->count == COLUMNS_MAX) return 0;
        strcpy(columns->keys[columns->count++], key);
    }
    return 1;
}

static int is_table(const cJSON *array, table_columns *columns)
{
    const cJSON *row;
    columns->count = 0;
    cJSON_ArrayForEach(row, array) if (!cJSON_IsObject(row) || !collect_columns(columns, row, "")) return 0;
    return columns->count > 0;
}

/* The member that a column names, and its own key. */
static const cJSON *find_cell(const cJSON *row, const char *key, const char **out_key)
{
    const char *space;
    char name[KEY_SIZE];
    while (row && (space = strchr(key, ' ')) != NULL) {
        snprintf(name, sizeof name, "%.*s", (int)(space - key), key);
        row = cJSON_GetObjectItemCaseSensitive(row, name);
        key = space + 1;
    }
    *out_key = key;
    return row ? cJSON_GetObjectItemCaseSensitive(row, key) : NULL;
}

static void put_table(cli_run *cli, const cJSON *array, const table_columns *columns, int indent)
{
    const cJSON *row;
    char margin[64], words[KEY_SIZE];
    text_table *table = table_new(columns->count);
    if (!table) return;
    snprintf(margin, sizeof margin, "%*s", indent < 60 ? indent : 60, "");
    for (size_t i = 0; i < columns->count; i++) {
        write_words(columns->keys[i], words, sizeof words);
        table_add(table, words, strlen(words), 0);
    }
    cJSON_ArrayForEach(row, array) for (size_t i = 0; i < columns->count; i++)
    {
        const char *key;
        const cJSON *cell = find_cell(row, columns->keys[i], &key);
        char *text = cell ? plain_text(cli, key, cell) : NULL;
        table_add(table, text ? text : "", text ? strlen(text) : 0, cJSON_IsNumber(cell));
        free(text);
    }
    table_print(table, cli->out, margin);
    table_free(table);
}

/* ------------------------------------------------------------------------------------------------ outline --- */

/* Which document it is and in which form is for programs. */
static int is_for_programs(const char *key, int indent)
{
    return indent == 0 && (!strcmp(key, "document") || !strcmp(key, "format"));
}

static int put_list(cli_run *cli, const char *key, const cJSON *array)
{
    const cJSON *item;
    cJSON_ArrayForEach(item, array) if (!is_plain(item)) return 0;
    fputs(": ", cli->out);
    cJSON_ArrayForEach(item, array)
    {
        if (item != array->child) fputs(", ", cli->out);
        put_plain(cli, key, item);
    }
    fputc('\n', cli->out);
    return 1;
}

static void put_member(cli_run *cli, const cJSON *member, int indent)
{
    char words[KEY_SIZE];
    write_words(member->string, words, sizeof words);
    fprintf(cli->out, "%*s", indent, "");
    put_safe(cli->out, words);
    if (is_plain(member)) {
        fputs(": ", cli->out);
        put_plain(cli, member->string, member);
        fputc('\n', cli->out);
    } else if (!member->child)
        fputs(": none\n", cli->out);
    else if (!cJSON_IsArray(member) || !put_list(cli, member->string, member)) {
        fputs(":\n", cli->out);
        put_value(cli, member, indent + 2);
    }
}

static void put_value(cli_run *cli, const cJSON *value, int indent)
{
    table_columns columns;
    const cJSON *item;
    if (is_plain(value)) {
        fprintf(cli->out, "%*s", indent, "");
        put_plain(cli, NULL, value);
        fputc('\n', cli->out);
    } else if (cJSON_IsArray(value) && is_table(value, &columns))
        put_table(cli, value, &columns, indent);
    else
        cJSON_ArrayForEach(item, value)
        {
            if (cJSON_IsArray(value)) {
                if (item != value->child) fputc('\n', cli->out);
                put_value(cli, item, indent);
            } else if (!is_silent(item) && !is_for_programs(item->string, indent))
                put_member(cli, item, indent);
        }
}

pz_status print_as_is(cli_run *cli, char *text, markup kind)
{
    size_t length = strlen(text);
    put_document(cli->out, text, kind);
    if (length == 0 || text[length - 1] != '\n') fputc('\n', cli->out);
    pz_free(text);
    return PZ_OK;
}

pz_status unreadable_document(cli_run *cli)
{
    return cli_fail(cli, PZ_E_INTERNAL, "Please report it; --json prints the document as it is.",
                    "The library gave a document that is not JSON.");
}

pz_status print_document(cli_run *cli, char *json)
{
    cJSON *document;
    if (wants_json(cli)) return print_as_is(cli, json, MARKUP_JSON);
    document = cJSON_Parse(json);
    pz_free(json);
    if (!document) return unreadable_document(cli);
    put_value(cli, document, 0);
    cJSON_Delete(document);
    return PZ_OK;
}
