/* Records of every type, by their description: tables and lists of members for people, JSON for programs. */
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cjson/cJSON.h>

#include "cli.h"

/* ------------------------------------------------------------------------------------------------- members --- */

typedef struct shown_member {
    char short_text[64]; /* of what is no text of its own */
    const char *text;
    size_t length;
    int is_number;
} shown_member;

static void show_words(shown_member *shown, const char *text)
{
    shown->text = text;
    shown->length = strlen(text);
}

/* "2026-11-24 08:30:00" in UTC: parts of a second are for programs. */
static void show_time(shown_member *shown, pz_time time)
{
    char text[28];
    if (time == PZ_TIME_NONE || pz_time_format(time, text, sizeof text) != PZ_OK) return;
    snprintf(shown->short_text, sizeof shown->short_text, "%.10s %.8sZ", text, text + 11);
}

void write_real(double value, char *to, size_t size)
{
    char *end;
    snprintf(to, size, fabs(value) < 1e15 ? "%.4f" : "%g", value);
    if (!strchr(to, '.')) return;
    end = to + strlen(to);
    while (end[-1] == '0') *--end = '\0';
    if (end[-1] == '.') *--end = '\0';
    if (!strcmp(to, "-0")) strcpy(to, "0");
}

#define MEMBER(type, record, field) (*(const type *)(const void *)((record) + (field)->offset))

static const pz_field *find_field(const pz_record_type *type, const char *name, size_t length)
{
    for (uint32_t i = 0; i < type->field_count; i++)
        if (strlen(type->fields[i].name) == length && !memcmp(type->fields[i].name, name, length)) return &type->fields[i];
    return NULL;
}

/* What a member names: by its own name, or for "record" by what the row says. */
static pz_kind member_kind(const pz_record_type *type, const pz_field *field, const void *row)
{
    pz_kind kind = kind_of_member(type->name, field->name);
    const pz_field *said = kind == KIND_BY_ROW ? find_field(type, "record_kind", strlen("record_kind")) : NULL;
    return said ? (pz_kind)MEMBER(int32_t, (const char *)row, said) : kind;
}

/* A scope is a class or an org; only what is in reach tells which. */
static pz_kind kind_here(cli_run *cli, pz_kind kind, pz_id id)
{
    if (kind != KIND_SCOPE) return kind;
    return name_of(cli, PZ_KIND_CLASS, id)[0] ? PZ_KIND_CLASS : PZ_KIND_ORG;
}

/* As it can be typed back. */
static void show_id(cli_run *cli, shown_member *shown, pz_id id, pz_kind kind)
{
    const char *scope = kind != KIND_SCOPE ? "" : kind_here(cli, kind, id) == PZ_KIND_CLASS ? "class:" : "org:";
    if (id)
        snprintf(shown->short_text, sizeof shown->short_text, "%s%s%" PRId64, scope, scope[0] || kind_is_outside(kind) ? "id:" : "", id);
}

static const char *show_name(cli_run *cli, const pz_field *field, const void *row, pz_kind kind)
{
    pz_id id = *(const pz_id *)(const void *)((const char *)row + field->offset);
    return name_of(cli, kind_here(cli, kind, id), id);
}

static void show_enum(shown_member *shown, const pz_field *field, int32_t value)
{
    int32_t count = 0;
    while (field->names && field->names[count]) count++;
    if (value >= 0 && value < count) show_words(shown, field->names[value]);
}

static void show_text(shown_member *shown, const pz_field *field, const char *record, const char *text)
{
    if (!text) return;
    show_words(shown, text);
    if (field->length_offset) {
        size_t length;
        memcpy(&length, record + field->length_offset, sizeof length);
        if (length != PZ_NUL_TERMINATED) shown->length = length;
    }
}

static void show_member(cli_run *cli, shown_member *shown, const pz_field *field, const void *row, pz_kind kind)
{
    const char *record = row;
    shown->short_text[0] = '\0';
    shown->text = NULL;
    shown->is_number = 0;
    switch (field->type) {
    case PZ_FIELD_ID: show_id(cli, shown, MEMBER(pz_id, record, field), kind); break;
    case PZ_FIELD_INT:
        shown->is_number = 1;
        snprintf(shown->short_text, sizeof shown->short_text, "%" PRId32, MEMBER(int32_t, record, field));
        break;
    case PZ_FIELD_BIGINT:
        shown->is_number = 1;
        snprintf(shown->short_text, sizeof shown->short_text, "%" PRId64, MEMBER(int64_t, record, field));
        break;
    case PZ_FIELD_REAL:
        shown->is_number = 1;
        if (!isnan(MEMBER(double, record, field))) write_real(MEMBER(double, record, field), shown->short_text, sizeof shown->short_text);
        break;
    case PZ_FIELD_BOOL: show_words(shown, MEMBER(int32_t, record, field) ? "yes" : "no"); break;
    case PZ_FIELD_TEXT: show_text(shown, field, record, MEMBER(const char *, record, field)); break;
    case PZ_FIELD_TIME: show_time(shown, MEMBER(pz_time, record, field)); break;
    case PZ_FIELD_DATE:
        if (pz_date_format(MEMBER(pz_date, record, field), shown->short_text, sizeof shown->short_text) != PZ_OK)
            shown->short_text[0] = '\0';
        break;
    case PZ_FIELD_ENUM: show_enum(shown, field, MEMBER(int32_t, record, field)); break;
    default: break;
    }
    if (!shown->text) show_words(shown, shown->short_text);
}

/* ------------------------------------------------------------------------------------------------- columns --- */

enum { COLUMNS_MAX = 24 };

typedef struct shown_column {
    const pz_field *field;
    int has_names; /* a column of names stands after it */
} shown_column;

/* A record has no name beside its own id: its other columns say who it is. */
static int takes_name(const pz_field *field, pz_kind kind)
{
    return field->type == PZ_FIELD_ID && kind && strcmp(field->name, "id") != 0;
}

/* Whether a record has ended is of interest only where ended ones are asked for. */
static size_t choose_columns(const cli_run *cli, const pz_record_type *type, const char *names, shown_column *columns)
{
    size_t count = 0;
    while (*names && count < COLUMNS_MAX) {
        size_t length = strcspn(names, ",");
        const pz_field *field = find_field(type, names, length);
        if (field && (strcmp(field->name, "ended") != 0 || cli_has(cli, OPTION_ENDED))) {
            columns[count].field = field;
            columns[count].has_names = takes_name(field, kind_of_member(type->name, field->name));
            count++;
        }
        names += length + (names[length] == ',');
    }
    return count;
}

static void add_header(text_table *table, const shown_column *columns, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const char *name = columns[i].field->name;
        char words[64];
        snprintf(words, sizeof words, "%.60s", !strcmp(name, "class_id") ? "class" : name);
        for (char *at = words; *at; at++)
            if (*at == '_') *at = ' ';
        table_add(table, words, strlen(words), 0);
        if (columns[i].has_names) table_add(table, "", 0, 0);
    }
}

static pz_status print_table(cli_run *cli, const pz_record_type *type, const void *const *rows, size_t row_count, const char *names)
{
    shown_column columns[COLUMNS_MAX];
    size_t count = choose_columns(cli, type, names, columns), width = count;
    text_table *table;
    if (row_count == 0) {
        fputs("none\n", cli->out);
        return PZ_OK;
    }
    for (size_t i = 0; i < count; i++) width += (size_t)columns[i].has_names;
    table = table_new(width);
    if (!table) return cli_fail(cli, PZ_E_NOMEM, NULL, "Memory could not be had.");
    add_header(table, columns, count);
    for (size_t row = 0; row < row_count; row++)
        for (size_t i = 0; i < count; i++) {
            pz_kind kind = member_kind(type, columns[i].field, rows[row]);
            shown_member shown;
            show_member(cli, &shown, columns[i].field, rows[row], kind);
            table_add(table, shown.text, shown.length, shown.is_number);
            if (columns[i].has_names) {
                const char *name = show_name(cli, columns[i].field, rows[row], kind);
                table_add(table, name, strlen(name), 0);
            }
        }
    table_print(table, cli->out, "");
    table_free(table);
    return PZ_OK;
}

static pz_status unknown_type(cli_run *cli, const char *type)
{
    return cli_fail(cli, PZ_E_INTERNAL, "Please report it.", "The library does not describe the record %s.", type);
}

static pz_status print_json(cli_run *cli, const pz_record_type *type, const void *const *rows, size_t count)
{
    char *json;
    TRY(pz_records_json(type, rows, count, &json));
    put_document(cli->out, json, MARKUP_JSON);
    fputc('\n', cli->out);
    pz_free(json);
    return PZ_OK;
}

pz_status print_rows(cli_run *cli, const char *type_name, void *rows, size_t count, const char *columns)
{
    const pz_record_type *type = pz_record_type_find(type_name);
    const void *const *list = rows;
    pz_status status;
    if (!type)
        status = unknown_type(cli, type_name);
    else if (wants_json(cli))
        status = print_json(cli, type, list, count);
    else
        status = print_table(cli, type, list, count, columns);
    pz_free(rows);
    return status;
}

/* ---------------------------------------------------------------------------------------------- one record --- */

/* Lines of a text under its name. */
static void put_lines(FILE *out, const char *text, size_t length, int indent)
{
    int is_first = 1;
    for (;;) {
        const char *end = memchr(text, '\n', length);
        size_t line = end ? (size_t)(end - text) : length;
        char *safe = safe_text(text, line && text[line - 1] == '\r' ? line - 1 : line, 0);
        fprintf(out, "%*s%s\n", is_first ? 0 : indent, "", safe ? safe : "");
        free(safe);
        is_first = 0;
        if (!end) return;
        text += line + 1;
        length -= line + 1;
    }
}

static void print_members(cli_run *cli, const pz_record_type *type, const void *record)
{
    int width = 0;
    for (uint32_t i = 0; i < type->field_count; i++)
        if ((int)strlen(type->fields[i].name) > width) width = (int)strlen(type->fields[i].name);
    for (uint32_t i = 0; i < type->field_count; i++) {
        const pz_field *field = &type->fields[i];
        pz_kind kind = member_kind(type, field, record);
        shown_member shown;
        show_member(cli, &shown, field, record, kind);
        if (shown.length == 0) continue;
        fprintf(cli->out, "%-*s  ", width, field->name);
        if (takes_name(field, kind) && show_name(cli, field, record, kind)[0]) {
            fprintf(cli->out, "%s  ", shown.text);
            put_safe(cli->out, show_name(cli, field, record, kind));
            fputc('\n', cli->out);
        } else
            put_lines(cli->out, shown.text, shown.length, width + 2);
    }
}

pz_status print_record(cli_run *cli, const char *type_name, void *record)
{
    const pz_record_type *type = pz_record_type_find(type_name);
    const void *rows[1] = {record};
    pz_status status = PZ_OK;
    char *json;
    if (!type)
        status = unknown_type(cli, type_name);
    else if (!wants_json(cli))
        print_members(cli, type, record);
    else if ((status = pz_records_json(type, rows, 1, &json)) == PZ_OK) {
        json[strlen(json) - 1] = '\0'; /* the object alone, without the brackets of the list */
        put_document(cli->out, json + 1, MARKUP_JSON);
        fputc('\n', cli->out);
        pz_free(json);
    }
    pz_free(record);
    return status;
}

/* ------------------------------------------------------------------------------------------------ what was done --- */

pz_status print_done(cli_run *cli, const char *name, int64_t value, const char *words)
{
    const char *place = strstr(words, "%s");
    if (wants_json(cli))
        fprintf(cli->out, "{\"%s\":\"%" PRId64 "\"}\n", name, value);
    else if (place)
        fprintf(cli->out, "%.*s%" PRId64 "%s\n", (int)(place - words), words, value, place + 2);
    else
        fprintf(cli->out, "%s\n", words);
    return PZ_OK;
}

static char *file_json(const char *path, long long bytes)
{
    cJSON *object = cJSON_CreateObject();
    char *text = NULL;
    if (cJSON_AddStringToObject(object, "path", path) && cJSON_AddNumberToObject(object, "bytes", (double)bytes))
        text = cJSON_PrintUnformatted(object);
    cJSON_Delete(object);
    return text;
}

pz_status print_file(cli_run *cli, const char *path, const char *words)
{
    struct stat found;
    long long bytes = stat(path, &found) == 0 ? (long long)found.st_size : 0;
    char *json = wants_json(cli) ? file_json(path, bytes) : NULL;
    if (wants_json(cli) && !json) return cli_fail(cli, PZ_E_NOMEM, NULL, "Memory could not be had.");
    if (json) {
        put_document(cli->out, json, MARKUP_JSON);
        fputc('\n', cli->out);
        cJSON_free(json);
    } else {
        fprintf(cli->out, "%s: ", words);
        put_safe(cli->out, path);
        fprintf(cli->out, ", %lld bytes.\n", bytes);
    }
    return PZ_OK;
}
