/* Opening the store and the actor that a command works with. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cli.h"

/* ------------------------------------------------------------------------------------------------- store --- */

static pz_status give_secret(int32_t use, uint8_t *out_key, void *user_data)
{
    const cli_run *cli = user_data;
    memcpy(out_key, cli->secret + (use == PZ_KEY_DIGEST ? 32 : 0), 32);
    return PZ_OK;
}

static pz_status read_secret(cli_run *cli, const char *path)
{
    FILE *file = fopen(path, "rb");
    size_t length;
    int more;
    if (!file) return cli_fail(cli, PZ_E_IO, "Check the path given as --secret.", "The file with the secret cannot be read.");
    length = fread(cli->secret, 1, sizeof cli->secret, file);
    more = fgetc(file) != EOF;
    fclose(file);
    if (length == sizeof cli->secret && !more) return PZ_OK;
    return cli_fail(cli, PZ_E_INVALID, "Make one: head -c 64 /dev/urandom > FILE, and keep it where backups of the store are not.",
                    "The file given as --secret must hold 64 bytes.");
}

pz_status use_secret(cli_run *cli, pz_store_options *options)
{
    const char *path = cli_value(cli, OPTION_SECRET);
    if (!path) return PZ_OK;
    TRY(read_secret(cli, path));
    options->key = give_secret;
    options->key_data = cli;
    return PZ_OK;
}

pz_status open_store(cli_run *cli, int create, const char *path)
{
    pz_store_options options = PZ_STORE_OPTIONS_INIT;
    int32_t seconds = options.wait_milliseconds / 1000;
    TRY(use_secret(cli, &options));
    TRY(value_int32(cli, OPTION_WAIT, 0, 600, &seconds));
    options.wait_milliseconds = seconds * 1000;
    if (!path) path = cli_value(cli, OPTION_STORE);
    if (!path) return usage_fault(cli, "Name the store: --store FILE, or set PERSONALIZE_STORE.");
    if (!create && access(path, F_OK) != 0)
        return cli_fail(cli, PZ_E_IO, "Check --store and PERSONALIZE_STORE; personalize init FILE makes a new store.",
                        "There is no store at the path.");
    options.read_only = !create && cli_has(cli, OPTION_DRY_RUN); /* not even that a service was there */
    if (!create) return pz_store_open(path, &options, &cli->store);
    if (cli_value(cli, OPTION_NAME)) options.name = cli_value(cli, OPTION_NAME);
    if (cli_value(cli, OPTION_TIME_ZONE)) options.time_zone = cli_value(cli, OPTION_TIME_ZONE);
    return pz_store_create(path, &options, &cli->store);
}

/* ------------------------------------------------------------------------------------------------- as of --- */

/* The name of a time zone in the store as the C library wants it: offsets count the other way round there. */
static void describe_zone(const char *zone, char *text, size_t size)
{
    if (zone[0] == '+' || zone[0] == '-')
        snprintf(text, size, "<%s>%c%s", zone, zone[0] == '+' ? '-' : '+', zone + 1);
    else
        snprintf(text, size, "%s", strcmp(zone, "UTC") == 0 ? "UTC0" : zone);
}

static pz_time now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_REALTIME, &time);
    return (pz_time)time.tv_sec * 1000000 + time.tv_nsec / 1000;
}

/* The last microsecond of a day in the store's time zone; of today, the present moment. */
static pz_status end_of_day(cli_run *cli, pz_date date, pz_time *out)
{
    static const pz_time longest_day = (pz_time)26 * 3600 * 1000000;
    pz_store_info *info;
    char zone[128];
    time_t midnight = (time_t)date * 86400;
    struct tm parts;
    TRY(pz_store_describe(cli->store, &info));
    describe_zone(info->time_zone, zone, sizeof zone);
    pz_free(info);
    if (!gmtime_r(&midnight, &parts) || setenv("TZ", zone, 1) != 0)
        return cli_fail(cli, PZ_E_INTERNAL, NULL, "The day could not be placed.");
    tzset();
    parts.tm_mday++;
    parts.tm_isdst = -1;
    *out = (pz_time)mktime(&parts) * 1000000 - 1;
    if (*out > now() && *out - now() < longest_day) *out = now();
    return PZ_OK;
}

static pz_status see_as_of(cli_run *cli, const char *text)
{
    pz_date date;
    pz_time moment;
    if (!strncmp(text, "change:", 7)) {
        char *end;
        long long change = strtoll(text + 7, &end, 10);
        if (end == text + 7 || *end || change < 0)
            return usage_fault(cli, "--as-of change: takes the number of a change, not '%.40s'.", text + 7);
        return pz_actor_as_of_change(cli->present, change, &cli->actor);
    }
    if (pz_date_parse(text, PZ_NUL_TERMINATED, &date) == PZ_OK)
        TRY(end_of_day(cli, date, &moment));
    else if (pz_time_parse(text, PZ_NUL_TERMINATED, &moment) != PZ_OK)
        return usage_fault(cli, "--as-of takes a day such as 2026-11-24, a time such as 2026-11-24T08:30:00Z, or change:17, not '%.40s'.",
                           text);
    return pz_actor_as_of(cli->present, moment, &cli->actor);
}

/* ------------------------------------------------------------------------------------------------- actor --- */

static const char *purpose(const cli_run *cli)
{
    const char *given = cli_value(cli, OPTION_PURPOSE);
    return given ? given : cli->command->words;
}

static pz_status open_person(cli_run *cli, const char *text)
{
    int32_t role = 0;
    size_t length = strlen(text);
    if (!cli_value(cli, OPTION_ROLE)) return usage_fault(cli, "--as needs --role: %s.", option_row(OPTION_ROLE)->meaning);
    TRY(value_enum(cli, OPTION_ROLE, "pz_person_role", "role", &role));
    if (length > 3 && !memcmp(text, "id:", 3))
        TRY(text_id(cli, PZ_KIND_PERSON, text, length, &cli->self));
    else
        TRY(pz_store_person(cli->store, cli_value(cli, OPTION_SOURCE), text, length, &cli->self));
    return pz_actor_open(cli->store, cli->self, (pz_role)role, purpose(cli), &cli->present);
}

pz_status open_service(cli_run *cli, const char *name)
{
    TRY(pz_actor_open_service(cli->store, name, cli->command->scopes, purpose(cli), &cli->present));
    cli->actor = cli->present;
    return PZ_OK;
}

/* Of a person and a service, what stands on the command line comes before what the environment says. */
static pz_status choose_actor(cli_run *cli, const char **out_person, const char **out_service)
{
    *out_person = cli_value(cli, OPTION_AS);
    *out_service = cli_value(cli, OPTION_SERVICE);
    if (*out_person && *out_service && cli_has(cli, OPTION_AS) != cli_has(cli, OPTION_SERVICE)) {
        if (cli_has(cli, OPTION_AS))
            *out_service = NULL;
        else
            *out_person = NULL;
    }
    if (*out_person && *out_service) return usage_fault(cli, "Either a person acts (--as) or a service (--service), not both.");
    if (*out_person || *out_service) return PZ_OK;
    return usage_fault(cli, "Say who acts: --as ID --role ROLE%s.", cli->command->scopes ? ", or --service NAME" : "");
}

pz_status open_actor(cli_run *cli)
{
    const char *person, *service, *moment = cli_value(cli, OPTION_AS_OF);
    TRY(choose_actor(cli, &person, &service));
    if (service && !cli->command->scopes) return usage_fault(cli, "A service cannot do this, only a person: --as ID --role ROLE.");
    if (!cli->store) TRY(open_store(cli, 0, NULL));
    TRY(person ? open_person(cli, person) : open_service(cli, service));
    cli->actor = cli->present;
    return moment ? see_as_of(cli, moment) : PZ_OK;
}

void cli_close(cli_run *cli)
{
    names_free(cli);
    if (cli->actor != cli->present) pz_actor_free(cli->actor);
    pz_actor_free(cli->present);
    pz_store_free(cli->store);
    cli->actor = cli->present = NULL;
    cli->store = NULL;
    memset(cli->secret, 0, sizeof cli->secret);
}
