/* Documents of the library, which are JSON, as an outline for people. */
#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "cli.h"

static void put_value(FILE *out, const cJSON *value, int indent);

static int is_plain(const cJSON *value)
{
    return !cJSON_IsObject(value) && !cJSON_IsArray(value);
}

/* A scalar on one line. To be freed; NULL without memory. */
static char *plain_text(const cJSON *value)
{
    char *text, *copy;
    if (cJSON_IsString(value)) return strdup(value->valuestring);
    if (cJSON_IsBool(value)) return strdup(cJSON_IsTrue(value) ? "yes" : "no");
    if (cJSON_IsNull(value)) return strdup("");
    text = cJSON_PrintUnformatted(value);
    copy = text ? strdup(text) : NULL;
    cJSON_free(text);
    return copy;
}

static void put_plain(FILE *out, const cJSON *value)
{
    char *text = plain_text(value);
    put_safe(out, text ? text : "");
    free(text);
}

/* "standard_error" reads as "standard error". */
static void put_key(FILE *out, const char *key)
{
    char *safe = safe_text(key, strlen(key), 0);
    for (char *at = safe; at && *at; at++)
        if (*at == '_') *at = ' ';
    fputs(safe ? safe : "", out);
    free(safe);
}

static int all_plain(const cJSON *container)
{
    const cJSON *member;
    cJSON_ArrayForEach(member, container) if (!is_plain(member)) return 0;
    return 1;
}

/* Objects with the same plain members are a table. */
static int is_table(const cJSON *array)
{
    const cJSON *row, *member, *first = array->child;
    if (!cJSON_IsObject(first) || !first->child) return 0;
    cJSON_ArrayForEach(row, array)
    {
        const cJSON *column = first->child;
        if (!cJSON_IsObject(row) || !all_plain(row)) return 0;
        cJSON_ArrayForEach(member, row)
        {
            if (!column || strcmp(column->string, member->string) != 0) return 0;
            column = column->next;
        }
        if (column) return 0;
    }
    return 1;
}

static void put_table(FILE *out, const cJSON *array, int indent)
{
    const cJSON *row, *member;
    char margin[64];
    text_table *table = table_new((size_t)cJSON_GetArraySize(array->child));
    if (!table) return;
    snprintf(margin, sizeof margin, "%*s", indent < 60 ? indent : 60, "");
    cJSON_ArrayForEach(member, array->child)
    {
        char *words = safe_text(member->string, strlen(member->string), 0);
        for (char *at = words; at && *at; at++)
            if (*at == '_') *at = ' ';
        table_add(table, words ? words : "", words ? strlen(words) : 0, 0);
        free(words);
    }
    cJSON_ArrayForEach(row, array) cJSON_ArrayForEach(member, row)
    {
        char *text = plain_text(member);
        table_add(table, text ? text : "", text ? strlen(text) : 0, cJSON_IsNumber(member));
        free(text);
    }
    table_print(table, out, margin);
    table_free(table);
}

static void put_object(FILE *out, const cJSON *object, int indent)
{
    const cJSON *member;
    cJSON_ArrayForEach(member, object)
    {
        if (cJSON_IsNull(member)) continue;
        fprintf(out, "%*s", indent, "");
        put_key(out, member->string);
        if (is_plain(member)) {
            fputs(": ", out);
            put_plain(out, member);
            fputc('\n', out);
        } else if (!member->child)
            fputs(": none\n", out);
        else if (cJSON_IsArray(member) && all_plain(member)) {
            const cJSON *item;
            fputs(": ", out);
            cJSON_ArrayForEach(item, member)
            {
                if (item != member->child) fputs(", ", out);
                put_plain(out, item);
            }
            fputc('\n', out);
        } else {
            fputs(":\n", out);
            put_value(out, member, indent + 2);
        }
    }
}

static void put_array(FILE *out, const cJSON *array, int indent)
{
    const cJSON *item;
    if (is_table(array)) {
        put_table(out, array, indent);
        return;
    }
    cJSON_ArrayForEach(item, array)
    {
        if (item != array->child) fputc('\n', out);
        put_value(out, item, indent);
    }
}

static void put_value(FILE *out, const cJSON *value, int indent)
{
    if (cJSON_IsObject(value))
        put_object(out, value, indent);
    else if (cJSON_IsArray(value))
        put_array(out, value, indent);
    else {
        fprintf(out, "%*s", indent, "");
        put_plain(out, value);
        fputc('\n', out);
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

static pz_status unreadable(cli_run *cli)
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
    if (!document) return unreadable(cli);
    put_value(cli->out, document, 0);
    cJSON_Delete(document);
    return PZ_OK;
}

/* ------------------------------------------------------------------------------------------ import reports --- */

static const char *member_text(const cJSON *object, const char *key)
{
    const cJSON *member = cJSON_GetObjectItemCaseSensitive(object, key);
    return cJSON_IsString(member) ? member->valuestring : "";
}

static long member_number(const cJSON *object, const char *key)
{
    const cJSON *member = cJSON_GetObjectItemCaseSensitive(object, key);
    return cJSON_IsNumber(member) ? (long)member->valuedouble : 0;
}

/* "users.csv:12:3: role: sentence 'value' (code)", as compilers say it. */
static void put_fault(FILE *out, const cJSON *fault)
{
    long line = member_number(fault, "line"), column = member_number(fault, "column");
    put_safe(out, member_text(fault, "file"));
    if (line) fprintf(out, ":%ld", line);
    if (line && column) fprintf(out, ":%ld", column);
    fputs(member_text(fault, "file")[0] ? ": " : "", out);
    if (member_text(fault, "field")[0]) {
        put_safe(out, member_text(fault, "field"));
        fputs(": ", out);
    }
    if (!strcmp(member_text(fault, "severity"), "tolerated")) fputs("tolerated: ", out);
    put_safe(out, member_text(fault, "message"));
    if (member_text(fault, "value")[0]) {
        fputs(" '", out);
        put_safe(out, member_text(fault, "value"));
        fputc('\'', out);
    }
    fputs(" (", out);
    put_safe(out, member_text(fault, "code"));
    fputs(")\n", out);
}

/* {"users": {"new": 3, ...}, ...} as a table. */
static void put_difference(FILE *out, const cJSON *difference)
{
    static const char *const columns[] = {"new", "changed", "gone", "same"};
    const cJSON *row;
    text_table *table = table_new(5);
    if (!table) return;
    table_add(table, "", 0, 0);
    for (int i = 0; i < 4; i++) table_add(table, columns[i], strlen(columns[i]), 1);
    cJSON_ArrayForEach(row, difference)
    {
        table_add(table, row->string, strlen(row->string), 0);
        for (int i = 0; i < 4; i++) {
            char number[24];
            snprintf(number, sizeof number, "%ld", member_number(row, columns[i]));
            table_add(table, number, strlen(number), 1);
        }
    }
    table_print(table, out, "");
    table_free(table);
}

static int member_is_true(const cJSON *object, const char *key)
{
    return cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(object, key));
}

static void put_outcome(FILE *out, const cJSON *report)
{
    if (member_is_true(report, "repeated"))
        fputs("This was imported before: nothing changed.\n", out);
    else if (member_is_true(report, "written"))
        fputs("Written.\n", out);
    else
        fputs(member_is_true(report, "dry_run") ? "A dry run: nothing was written.\n" : "Nothing was written.\n", out);
}

pz_status print_report(cli_run *cli, char *json)
{
    const cJSON *fault, *faults, *difference;
    cJSON *report;
    long left_off;
    if (wants_json(cli)) return print_as_is(cli, json, MARKUP_JSON);
    report = cJSON_Parse(json);
    pz_free(json);
    if (!report) return unreadable(cli);
    faults = cJSON_GetObjectItemCaseSensitive(report, "faults");
    difference = cJSON_GetObjectItemCaseSensitive(report, "difference");
    cJSON_ArrayForEach(fault, faults) put_fault(cli->out, fault);
    left_off = member_number(report, "faults_left_off");
    if (left_off) fprintf(cli->out, "and %ld more faults\n", left_off);
    if (cJSON_IsObject(difference) && difference->child) put_difference(cli->out, difference);
    put_outcome(cli->out, report);
    cJSON_Delete(report);
    return PZ_OK;
}
