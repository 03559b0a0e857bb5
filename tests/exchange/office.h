/* A store with a service that imports and one that reads, for tests of imports. */
#ifndef PZ_TESTS_EXCHANGE_OFFICE_H
#define PZ_TESTS_EXCHANGE_OFFICE_H

#include "exchange/roster_files.h"
#include "personalize/roster.h"
#include "store/place_of_store.h"

typedef struct office {
    place_of_store place;
    pz_store_options options;
    pz_store *store;
    pz_actor *importer, *reader;
    pz_time now;
} office;

static inline pz_time office_clock(void *user_data)
{
    return *(pz_time *)user_data;
}

static inline void office_start(office *at)
{
    memset(at, 0, sizeof *at);
    at->now = INT64_C(1795507200000000); /* 2026-11-24T08:00:00Z */
    place_start(&at->place);
    at->options = (pz_store_options)PZ_STORE_OPTIONS_INIT;
    at->options.clock = office_clock;
    at->options.clock_data = &at->now;
    at->options.durability = PZ_DURABILITY_NORMAL;
    ck_assert_ok(pz_store_create(at->place.path, &at->options, &at->store));
    ck_assert_ok(pz_actor_open_service(at->store, "import", PZ_SCOPE_IMPORT, "tests", &at->importer));
    ck_assert_ok(pz_actor_open_service(at->store, "reader", PZ_SCOPE_READ, "tests", &at->reader));
}

static inline void office_end(office *at)
{
    pz_actor_free(at->importer);
    pz_actor_free(at->reader);
    pz_store_free(at->store);
    place_end(&at->place);
    ck_assert_int_eq(pz_memory_blocks(), 0);
}

static inline int64_t last_change(office *at)
{
    pz_store_info *info;
    int64_t change;
    ck_assert_ok(pz_store_describe(at->store, &info));
    change = info->last_change;
    pz_free(info);
    return change;
}

/* A report, which must be given with PZ_OK and PZ_E_FAULTS. */
static inline report import_roster(office *at, const char *path, int32_t mode, int dry_run, pz_status wanted)
{
    pz_import_options options = PZ_IMPORT_OPTIONS_INIT;
    char *json;
    options.mode = mode;
    options.dry_run = dry_run;
    options.source = "sis";
    ck_assert_status(pz_import_oneroster(at->importer, path, &options, NULL, &json), wanted);
    return report_of_import(json);
}

static inline report import_files(office *at, const roster_files *files, int dry_run, pz_status wanted)
{
    char *path = roster_save(files);
    report read = import_roster(at, path, PZ_IMPORT_STRICT, dry_run, wanted);
    remove(path);
    free(path);
    return read;
}

static inline void expect(report read, const char *kind, int64_t added, int64_t changed, int64_t gone, int64_t same)
{
    ck_assert_int_eq(report_difference(&read, kind, "new"), added);
    ck_assert_int_eq(report_difference(&read, kind, "changed"), changed);
    ck_assert_int_eq(report_difference(&read, kind, "gone"), gone);
    ck_assert_int_eq(report_difference(&read, kind, "same"), same);
}

static inline size_t people_in(office *at, int32_t role)
{
    pz_person_query query = PZ_PERSON_QUERY_INIT;
    pz_person **rows;
    size_t count;
    query.role = role;
    ck_assert_ok(pz_person_list(at->reader, &query, &rows, &count));
    pz_free(rows);
    return count;
}

static inline char *save_text(const char *text, size_t length)
{
    char *path = strdup("/tmp/pz_import_XXXXXX");
    int file = mkstemp(path);
    ck_assert(file >= 0 && write(file, text, length) == (ssize_t)length && close(file) == 0);
    return path;
}

#endif
