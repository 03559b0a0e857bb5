/* What is told when something went wrong: on standard error, never with personal data, with the way on. */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "cli.h"

pz_status cli_fail(cli_run *cli, pz_status status, const char *hint, const char *format, ...)
{
    va_list arguments;
    cli->fault.status = status;
    snprintf(cli->fault.hint, sizeof cli->fault.hint, "%s", hint ? hint : "");
    va_start(arguments, format);
    vsnprintf(cli->fault.message, sizeof cli->fault.message, format, arguments);
    va_end(arguments);
    return status;
}

pz_status usage_fault(cli_run *cli, const char *format, ...)
{
    va_list arguments;
    cli->fault.status = PZ_E_INVALID;
    snprintf(cli->fault.hint, sizeof cli->fault.hint, "See: personalize help%s%s", cli->command ? " " : "",
             cli->command ? cli->command->words : "");
    va_start(arguments, format);
    vsnprintf(cli->fault.message, sizeof cli->fault.message, format, arguments);
    va_end(arguments);
    return PZ_E_INVALID;
}

static void print_json_fault(const pz_status_info *info, const char *message, const char *field, const char *hint)
{
    cJSON *object = cJSON_CreateObject();
    char *text;
    cJSON_AddStringToObject(object, "status", info->name);
    cJSON_AddStringToObject(object, "kind", info->kind);
    cJSON_AddNumberToObject(object, "exit_status", info->exit_status);
    cJSON_AddStringToObject(object, "message", message);
    cJSON_AddStringToObject(object, "field", field);
    cJSON_AddStringToObject(object, "hint", hint);
    text = cJSON_PrintUnformatted(object);
    if (text) {
        put_document(stderr, text, MARKUP_JSON);
        fputc('\n', stderr);
    }
    cJSON_free(text);
    cJSON_Delete(object);
}

void print_fault(const cli_run *cli, pz_status status)
{
    const pz_status_info *info = pz_status_describe(status);
    const pz_error *error = pz_last_error();
    const char *message = info->meaning, *field = "", *hint = "";
    if (cli->fault.status == status) {
        message = cli->fault.message;
        hint = cli->fault.hint;
    } else if (error->status == (int32_t)status && error->message[0]) {
        message = error->message;
        field = error->field;
        hint = error->hint;
    }
    if (wants_json(cli)) {
        print_json_fault(info, message, field, hint);
        return;
    }
    fputs("personalize: ", stderr);
    put_safe(stderr, message);
    if (hint[0]) {
        fputs("\n  ", stderr);
        put_safe(stderr, hint);
    }
    fputc('\n', stderr);
}
