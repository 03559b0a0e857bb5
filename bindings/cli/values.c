/* Options and arguments as numbers, days, words and texts. What people type is repeated in a fault only where it cannot be more
 * than a number or a word. */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"

int cli_has(const cli_run *cli, option_id id)
{
    for (int i = 0; i < cli->given_count; i++)
        if (cli->given[i].id == id) return 1;
    return 0;
}

const char *cli_value(const cli_run *cli, option_id id)
{
    const char *value = NULL;
    for (int i = 0; i < cli->given_count; i++)
        if (cli->given[i].id == id) value = cli->given[i].value;
    if (!value && option_row(id)->variable) {
        value = getenv(option_row(id)->variable);
        if (value && !value[0]) value = NULL;
    }
    return value;
}

const char *cli_next(const cli_run *cli, option_id id, int *index)
{
    while (*index < cli->given_count) {
        const given_option *given = &cli->given[(*index)++];
        if (given->id == id) return given->value;
    }
    return NULL;
}

int wants_json(const cli_run *cli)
{
    return cli_has(cli, OPTION_JSON);
}

pz_status need(cli_run *cli, option_id id)
{
    const cli_option *option = option_row(id);
    if (cli_value(cli, id)) return PZ_OK;
    return usage_fault(cli, "'%s' needs --%s %s: %s.", cli->command->words, option->name, option->value, option->meaning);
}

/* --------------------------------------------------------------------------------------------- numbers --- */

/* A whole number and nothing else. */
static int read_int(const char *text, size_t length, int64_t *out)
{
    char copy[32], *end;
    if (length == 0 || length >= sizeof copy || strspn(text, "-0123456789") < length) return 0;
    memcpy(copy, text, length);
    copy[length] = '\0';
    errno = 0;
    *out = strtoll(copy, &end, 10);
    return !*end && !errno;
}

pz_status value_int(cli_run *cli, option_id id, int64_t least, int64_t most, int64_t *out)
{
    const char *text = cli_value(cli, id);
    int64_t value;
    if (!text) return PZ_OK;
    if (!read_int(text, strlen(text), &value) || value < least || value > most)
        return usage_fault(cli, "--%s takes a whole number from %lld to %lld, not '%.40s'.", option_row(id)->name, (long long)least,
                           (long long)most, text);
    *out = value;
    return PZ_OK;
}

pz_status argument_change(cli_run *cli, int index, int64_t *out)
{
    const char *text = cli->arguments[index], *digits = strncmp(text, "change:", 7) ? text : text + 7;
    if (read_int(digits, strlen(digits), out) && *out >= 0) return PZ_OK;
    return usage_fault(cli, "The number of a change is a whole number such as 17 or change:17, not '%.40s'.", text);
}

pz_status value_int32(cli_run *cli, option_id id, int32_t least, int32_t most, int32_t *out)
{
    int64_t value = *out;
    TRY(value_int(cli, id, least, most, &value));
    *out = (int32_t)value;
    return PZ_OK;
}

pz_status value_page(cli_run *cli, pz_kind kind, int32_t *order, int32_t *limit, pz_id *after)
{
    TRY(value_enum(cli, OPTION_ORDER, "pz_answer_query", "order", order));
    TRY(value_int32(cli, OPTION_LIMIT, 1, 10000, limit));
    return value_id(cli, OPTION_AFTER, kind, after);
}

/* No spaces, hexadecimal digits, infinities: only the characters of a decimal number. The locale of numbers is "C" in this program. */
pz_status value_real(cli_run *cli, option_id id, double *out)
{
    const char *text = cli_value(cli, id);
    char *end = NULL;
    double value = 0;
    if (!text) return PZ_OK;
    if (text[0] && !text[strspn(text, "+-.0123456789eE")]) value = strtod(text, &end);
    if (!end || end == text || *end || !isfinite(value))
        return usage_fault(cli, "--%s takes a number such as 0.8, not '%.40s'.", option_row(id)->name, text);
    *out = value;
    return PZ_OK;
}

/* ------------------------------------------------------------------------------------------ days and times --- */

pz_status value_date(cli_run *cli, option_id id, pz_date *out)
{
    const char *text = cli_value(cli, id);
    pz_date value;
    if (!text) return PZ_OK;
    if (pz_date_parse(text, PZ_NUL_TERMINATED, &value) != PZ_OK)
        return usage_fault(cli, "--%s takes a day such as 2026-11-24, not '%.40s'.", option_row(id)->name, text);
    *out = value;
    return PZ_OK;
}

pz_status value_time(cli_run *cli, option_id id, pz_time *out)
{
    const char *text = cli_value(cli, id);
    pz_time value;
    if (!text) return PZ_OK;
    if (pz_time_parse(text, PZ_NUL_TERMINATED, &value) != PZ_OK)
        return usage_fault(cli, "--%s takes a time such as 2026-11-24T08:30:00Z, not '%.40s'.", option_row(id)->name, text);
    *out = value;
    return PZ_OK;
}

/* ---------------------------------------------------------------------------------------------- words --- */

static const pz_field *find_field(const char *type_name, const char *name)
{
    const pz_record_type *type = pz_record_type_find(type_name);
    for (uint32_t i = 0; type && i < type->field_count; i++)
        if (!strcmp(type->fields[i].name, name)) return &type->fields[i];
    return NULL;
}

/* "not-yet" is the same as "not_yet". */
static int same_word(const char *text, const char *word)
{
    for (; *text && *word; text++, word++)
        if ((*text == '-' ? '_' : *text) != *word) return 0;
    return *text == *word;
}

pz_status value_enum(cli_run *cli, option_id id, const char *type, const char *field_name, int32_t *out)
{
    const char *text = cli_value(cli, id);
    const pz_field *field = find_field(type, field_name);
    char words[512] = "";
    if (!text) return PZ_OK;
    if (!field || !field->names)
        return cli_fail(cli, PZ_E_INTERNAL, "Please report it.", "The library does not name the values of %s.%s.", type, field_name);
    for (int32_t i = 0; field->names[i]; i++) {
        if (!field->names[i][0]) continue;
        if (same_word(text, field->names[i])) {
            *out = i;
            return PZ_OK;
        }
        if (words[0]) strncat(words, ", ", sizeof words - strlen(words) - 1);
        strncat(words, field->names[i], sizeof words - strlen(words) - 1);
    }
    return usage_fault(cli, "--%s takes one of %s, not '%.40s'.", option_row(id)->name, words, text);
}

/* ------------------------------------------------------------------------------------------------- texts --- */

pz_status value_text(cli_run *cli, option_id id, const char **out_text, size_t *out_length, char **held)
{
    const char *text = cli_value(cli, id);
    *held = NULL;
    if (!text) return PZ_OK;
    if (text[0] == '@' && text[1] != '@') {
        TRY(read_file(cli, text + 1, held, out_length));
        *out_text = *held;
        return PZ_OK;
    }
    *out_text = text + (text[0] == '@');
    *out_length = strlen(*out_text);
    return PZ_OK;
}
