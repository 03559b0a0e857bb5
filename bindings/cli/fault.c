/* What is told when something went wrong: on standard error, never with personal data, with the way on. */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "cli.h"

/* One line of good UTF-8, whatever was put into it or cut off. */
static void set_text(char *to, size_t size, const char *text)
{
    char *safe = safe_text(text, strlen(text), 0);
    size_t length = safe ? strlen(safe) : 0;
    if (length >= size) length = size - 1;
    while (length > 0 && ((unsigned char)safe[length] & 0xC0) == 0x80) length--;
    if (safe) memcpy(to, safe, length);
    to[length] = '\0';
    free(safe);
}

static void set_fault(cli_run *cli, pz_status status, const char *message, const char *field, const char *hint)
{
    cli->fault.status = status;
    set_text(cli->fault.message, sizeof cli->fault.message, message);
    set_text(cli->fault.field, sizeof cli->fault.field, field);
    set_text(cli->fault.hint, sizeof cli->fault.hint, hint);
}

pz_status cli_fail(cli_run *cli, pz_status status, const char *hint, const char *format, ...)
{
    char message[sizeof cli->fault.message];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    set_fault(cli, status, message, "", hint ? hint : "");
    return status;
}

pz_status usage_fault(cli_run *cli, const char *format, ...)
{
    char message[sizeof cli->fault.message], hint[128];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    snprintf(hint, sizeof hint, "See: personalize help%s%s", cli->command ? " " : "", cli->command ? cli->command->words : "");
    set_fault(cli, PZ_E_INVALID, message, "", hint);
    return PZ_E_INVALID;
}

void keep_fault(cli_run *cli, pz_status status)
{
    const pz_error *error = pz_last_error();
    if (cli->fault.status == status) return;
    if (error->status == (int32_t)status && error->message[0]) {
        char message[sizeof cli->fault.message], hint[sizeof cli->fault.hint];
        write_hint(error->message, message, sizeof message);
        write_hint(error->hint, hint, sizeof hint);
        set_fault(cli, status, message, error->field, hint);
    } else
        set_fault(cli, status, pz_status_describe(status)->meaning, "", "");
}

static void print_json_fault(const cli_fault *fault)
{
    const pz_status_info *info = pz_status_describe(fault->status);
    cJSON *object = cJSON_CreateObject();
    char *text;
    cJSON_AddStringToObject(object, "status", info->name);
    cJSON_AddStringToObject(object, "kind", info->kind);
    cJSON_AddNumberToObject(object, "exit_status", info->exit_status);
    cJSON_AddStringToObject(object, "message", fault->message);
    cJSON_AddStringToObject(object, "field", fault->field);
    cJSON_AddStringToObject(object, "hint", fault->hint);
    text = cJSON_PrintUnformatted(object);
    if (text) fprintf(stderr, "%s\n", text);
    cJSON_free(text);
    cJSON_Delete(object);
}

void print_fault(const cli_run *cli)
{
    if (wants_json(cli)) {
        print_json_fault(&cli->fault);
        return;
    }
    fprintf(stderr, "personalize: %s\n", cli->fault.message);
    if (cli->fault.hint[0]) fprintf(stderr, "  %s\n", cli->fault.hint);
}
