/* The report of an import for people: faults as compilers say them, what would change, what was done. */
#include <string.h>

#include <cjson/cJSON.h>

#include "cli.h"

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

/* "users.csv:12:3: role: ", as compilers say it; "framework.json at $.CFItems[2]: " where the field is a path in JSON. */
static void put_place(FILE *out, const cJSON *fault)
{
    const char *file = member_text(fault, "file"), *field = member_text(fault, "field");
    long line = member_number(fault, "line"), column = member_number(fault, "column");
    put_safe(out, file);
    if (line) fprintf(out, "%s%ld", file[0] ? ":" : "line ", line);
    if (line && column) fprintf(out, ":%ld", column);
    if (field[0] && (file[0] || line)) fputs(field[0] == '$' ? " at " : ": ", out);
    put_safe(out, field);
    if (file[0] || line || field[0]) fputs(": ", out);
}

/* "users.csv:12:3: role: sentence 'value' (code)". */
static void put_fault(FILE *out, const cJSON *fault)
{
    put_place(out, fault);
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
    if (!report) return unreadable_document(cli);
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
