/* Time zones: against the C library for many zones and moments, the first moment of days, names that are refused, broken files. */
#include <time.h>

#include "base/clock.h"
#include "base/random.h"
#include "place_of_store.h"
#include "store/zone.h"
#include "store/zone_rule.h"

static const char *const names[] = {
    "Europe/Lisbon",   "Europe/Dublin",  "America/New_York", "America/St_Johns", "America/Sao_Paulo", "Asia/Kathmandu",   "Asia/Tehran",
    "Australia/Sydney", "Australia/Lord_Howe", "Pacific/Apia", "Africa/Casablanca", "Africa/Cairo",   "Antarctica/Troll", "America/Argentina/Buenos_Aires",
    "Etc/GMT+5",       "Asia/Gaza",      "Pacific/Chatham",  "Europe/London",
};
enum { NAMES = sizeof names / sizeof names[0] };

/* 1 where the tz database is there. */
static int load(pz__zone *zone, const char *name)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", PZ__ZONE_FOLDER, name);
    if (access(path, R_OK) != 0) {
        printf("skipped: no %s on this machine (package tzdata)\n", path);
        return 0;
    }
    ck_assert_ok(pz__zone_load(zone, PZ__ZONE_FOLDER, name));
    return 1;
}

START_TEST(agrees_with_the_c_library)
{
    pz__random random;
    pz__zone zone;
    if (!load(&zone, names[_i])) return;
    pz__random_seed(&random, suite_seed() + (uint64_t)_i);
    setenv("TZ", names[_i], 1);
    tzset();
    for (int i = 0; i < 20000; i++) {
        /* the years 1950 to 2100 */
        time_t moment = (time_t)(INT64_C(-631152000) + (int64_t)(pz__random_next(&random) % UINT64_C(4733510400)));
        struct tm local;
        pz_date wanted;
        ck_assert_ptr_nonnull(localtime_r(&moment, &local));
        if (pz__zone_offset(&zone, moment) != (int32_t)local.tm_gmtoff)
            ck_abort_msg("%s at %lld: offset %d, wanted %ld", names[_i], (long long)moment, (int)pz__zone_offset(&zone, moment), local.tm_gmtoff);
        wanted = pz__date_from_civil(local.tm_year + 1900, local.tm_mon + 1, local.tm_mday);
        ck_assert_int_eq(pz__zone_date(&zone, moment * PZ__SECOND + 999999), wanted);
    }
    pz__zone_free(&zone);
}
END_TEST

/* The moment before belongs to another day, and no moment of the two days before is of this day. */
START_TEST(finds_the_first_moment_of_each_day)
{
    pz__zone zone;
    int skipped = 0;
    if (!load(&zone, names[_i])) return;
    for (pz_date day = pz__date_from_civil(2000, 1, 1); day < pz__date_from_civil(2042, 1, 1); day++) {
        pz_time start = pz__zone_day_start(&zone, day);
        if (pz__zone_date(&zone, start) != day) {
            ck_assert_int_eq(pz__zone_date(&zone, start), day + 1);
            skipped++;
        }
        ck_assert_int_lt(pz__zone_date(&zone, start - 1), day);
        for (pz_time before = start - 48 * 3600 * PZ__SECOND; before < start; before += 1800 * PZ__SECOND)
            if (pz__zone_date(&zone, before) >= day) ck_abort_msg("%s: day %d begins at %lld or before", names[_i], (int)day, (long long)before);
    }
    ck_assert_int_eq(skipped, !strcmp(names[_i], "Pacific/Apia")); /* 2011-12-30 */
    pz__zone_free(&zone);
}
END_TEST

START_TEST(takes_utc_and_offsets)
{
    pz__zone zone;
    ck_assert_ok(pz__zone_load(&zone, "/nowhere", "UTC"));
    ck_assert_int_eq(pz__zone_offset(&zone, 0), 0);
    ck_assert_int_eq(pz__zone_date(&zone, -1), -1);
    ck_assert(pz__zone_date(&zone, PZ_TIME_NONE) == PZ_DATE_NONE);
    ck_assert(pz__zone_day_start(&zone, PZ_DATE_NONE) == PZ_TIME_NONE);
    ck_assert(pz__zone_day_start(&zone, 1) == PZ__DAY);
    ck_assert_ok(pz__zone_load(&zone, "/nowhere", "+05:30"));
    ck_assert_int_eq(pz__zone_offset(&zone, 0), 19800);
    ck_assert_int_eq(pz__zone_date(&zone, PZ__DAY - 19800 * PZ__SECOND), 1);
    ck_assert(pz__zone_day_start(&zone, 0) == -19800 * PZ__SECOND);
    ck_assert_ok(pz__zone_load(&zone, "/nowhere", "-18:00"));
    ck_assert_int_eq(pz__zone_offset(&zone, 0), -64800);
}
END_TEST

START_TEST(refuses_other_names)
{
    static const char *const bad[] = {"",         "utc+1",     "+5:30",         "+05:60",   "+18:01",       "05:30",    "/etc/passwd", "../../etc/passwd",
                                      "Europe/../UTC", "Europe/",  "/Europe/Lisbon", "Europe//Lisbon", "Europe",   ".hidden",  "posix/.././x", "Nowhere/Town",
                                      "Eur\nope", "tzdata.zi", "a123456789b123456789c123456789d123456789e123456789f123456789g123456789"};
    pz__zone zone;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        pz_status status = pz__zone_load(&zone, "/tmp", bad[i]);
        ck_assert_msg(status == PZ_E_INVALID, "\"%s\" gave %s", bad[i], pz_status_describe(status)->name);
    }
    ck_assert_status(pz__zone_load(&zone, "/no/tz/database", "Europe/Lisbon"), PZ_E_IO);
    ck_assert_ptr_nonnull(strstr(pz_last_error()->hint, "tzdata"));
    ck_assert_int_eq(pz_memory_blocks(), 0);
}
END_TEST

START_TEST(survives_broken_files)
{
    place_of_store place;
    pz__random random;
    pz__zone zone;
    uint8_t bytes[8192], broken[8192];
    size_t length;
    FILE *file;
    int refused = 0;
    if (!load(&zone, "Europe/Lisbon")) return;
    pz__zone_free(&zone);
    file = fopen(PZ__ZONE_FOLDER "/Europe/Lisbon", "rb");
    length = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    place_start_quick(&place);
    pz__random_seed(&random, suite_seed());
    for (int i = 0; i < 2000; i++) {
        size_t cut = i % 2 ? length : pz__random_below(&random, (uint32_t)length);
        pz_status status;
        memcpy(broken, bytes, length);
        if (i % 2) broken[pz__random_below(&random, i % 4 == 1 ? 300 : (uint32_t)length)] = (uint8_t)pz__random_next(&random);
        file = fopen(place_file(&place, "Zone"), "wb");
        ck_assert_uint_eq(fwrite(broken, 1, cut, file), cut);
        fclose(file);
        status = pz__zone_load(&zone, place.folder, "Zone");
        ck_assert(status == PZ_OK || status == PZ_E_FORMAT);
        refused += status != PZ_OK;
        if (status != PZ_OK) continue;
        for (int64_t at = -4000000000; at < 8000000000; at += 400000000) pz__zone_day_start(&zone, pz__zone_date(&zone, at * PZ__SECOND));
        pz__zone_free(&zone);
    }
    ck_assert_int_gt(refused, 900);
    ck_assert_int_eq(pz_memory_blocks(), 0);
    place_end(&place);
}
END_TEST

START_TEST(reads_rules)
{
    static const struct {
        const char *rule;
        int ok;
        int32_t standard;
        int has_summer;
    } rules[] = {
        {"WET0WEST,M3.5.0/1,M10.5.0", 1, 0, 1},  {"IST-1GMT0,M10.5.0,M3.5.0/1", 1, 3600, 1}, {"<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", 1, 37800, 1},
        {"<-03>3", 1, -10800, 0},                {"EST5EDT,J60/2,J300/-1", 1, -18000, 1},     {"EST5EDT,59,299/26:30:15", 1, -18000, 1},
        {"EET-2EEST,M3.4.4/50,M10.4.4/50", 1, 7200, 1}, {"X1", 0, 0, 0},                      {"EST", 0, 0, 0},
        {"EST5EDT", 0, 0, 0},                    {"EST5EDT,M13.1.0,M1.1.0", 0, 0, 0},         {"EST5EDT,M3.6.0,M1.1.0", 0, 0, 0},
        {"EST25", 0, 0, 0},                      {"EST5EDT,M3.1.0/168,M1.1.0", 0, 0, 0},      {"<EST5", 0, 0, 0},
        {"EST5EDT,M3.1.0,M11.1.0x", 0, 0, 0},    {"EST5EDT,J0,J5", 0, 0, 0},                  {"EST99999999999999999999", 0, 0, 0},
    };
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
        pz__zone zone;
        memset(&zone, 0, sizeof zone);
        ck_assert_msg(pz__zone_rule_read(&zone, rules[i].rule) == rules[i].ok, "%s", rules[i].rule);
        if (!rules[i].ok) continue;
        ck_assert_int_eq(zone.standard, rules[i].standard);
        ck_assert_int_eq(zone.has_summer, rules[i].has_summer);
    }
}
END_TEST

static Suite *zone_suite(void)
{
    Suite *suite = suite_create("store_zone");
    TCase *zones = tcase_create("zone");
    tcase_set_timeout(zones, 60);
    tcase_add_loop_test(zones, agrees_with_the_c_library, 0, NAMES);
    tcase_add_loop_test(zones, finds_the_first_moment_of_each_day, 0, NAMES);
    tcase_add_test(zones, takes_utc_and_offsets);
    tcase_add_test(zones, refuses_other_names);
    tcase_add_test(zones, survives_broken_files);
    tcase_add_test(zones, reads_rules);
    suite_add_tcase(suite, zones);
    return suite;
}

SUITE_MAIN(zone_suite)
