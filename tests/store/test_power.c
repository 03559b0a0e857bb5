/* Loss of power at every few operations of the disk: with full durability nothing that was acknowledged is lost; with normal durability the last acts may be,
 * from the end only; the store is whole in both. */
#include "place_of_store.h"
#include "power_vfs.h"
#include "rows.h"
#include "store/driver.h"
#include "store/duty.h"

enum { ACTS = 60, MOST_CUTS = 250 };

static place_of_store place;
static pz__random random_numbers;
static int acknowledged;
static int cuts;
static int acknowledged_at[MOST_CUTS];

static void begin(void)
{
    place_start_quick(&place);
    power_install();
    pz__random_seed(&random_numbers, suite_seed());
    acknowledged = cuts = 0;
}

static void end(void)
{
    power_forget();
    ck_assert_int_eq(pz_memory_blocks(), 0);
    place_end(&place);
}

static const char *cut_path(int cut, const char *end_of_name)
{
    static char name[64];
    snprintf(name, sizeof name, "cut-%d%s", cut, end_of_name);
    return place_file(&place, name);
}

static void cut_now_and_then(void)
{
    if (cuts == MOST_CUTS || pz__random_below(&random_numbers, 4)) return;
    for (int i = 0; i < power.file_count; i++) {
        const char *path = power.files[i].path;
        size_t length = strlen(path);
        power_save(&power.files[i], cut_path(cuts, length > 4 && !strcmp(path + length - 4, "-wal") ? "-wal" : ""), &random_numbers);
    }
    acknowledged_at[cuts++] = acknowledged;
}

static pz_status add_org(pz_store *store, int number, int *out_repeated)
{
    pz__change *change;
    pz__statement *statement;
    char key[16];
    char name[601] = "";
    pz_status status;
    memset(name, '0', sizeof name - 1);
    snprintf(key, sizeof key, "org %d", number);
    status = pz__change_start(store, &rows_author, "org.add", key, NULL, 0, &change, out_repeated);
    if (status != PZ_OK || *out_repeated) return pz__change_end(change, status);
    status = pz__db_statement(pz__store_db(store),
                              "INSERT INTO org (tenant_id, org_id, since_change, until_change, kind, name, ended) "
                              "VALUES (1, ?1, 1, 9223372036854775807, 'school', ?2, 0)",
                              &statement);
    pz__bind_int(statement, 1, number);
    pz__bind_text(statement, 2, name, sizeof name - 1);
    if (status == PZ_OK) status = pz__db_run(statement);
    pz__change_note(change, PZ_KIND_ORG, number, 0, PZ__ACT_ADD, 1);
    return pz__change_end(change, status);
}

static void check_cut(int cut, int durability)
{
    pz__buffer text = PZ__BUFFER_INIT;
    pz__json_writer json;
    pz_store *store;
    int64_t found;
    int repeated;
    ck_assert_msg(pz_store_open(cut_path(cut, ""), NULL, &store) == PZ_OK, "cut %d: %s", cut, pz_last_error()->message);
    found = rows_number(store, "SELECT count(*) FROM org");
    if (found) ck_assert_int_eq(rows_number(store, "SELECT max(org_id) FROM org"), found - 1);
    if (durability == PZ_DURABILITY_FULL)
        ck_assert_msg(found >= acknowledged_at[cut], "cut %d: %d acts were acknowledged, %d are there", cut, acknowledged_at[cut],
                      (int)found);
    ck_assert_int_le(found, acknowledged_at[cut] + 1);
    pz__json_start(&json, &text);
    pz__json_open_object(&json);
    ck_assert_ok(pz__duty_verify(store, NULL, NULL, &json));
    pz__buffer_free(&text);
    ck_assert_ok(add_org(store, (int)found, &repeated));
    ck_assert_int_eq(repeated, 0);
    pz_store_free(store);
}

static void lose_power(int durability)
{
    pz_store_options options = PZ_STORE_OPTIONS_INIT;
    pz_store *store;
    int repeated, made;
    ck_assert_ok(pz_store_create(place.path, NULL, &store));
    pz_store_free(store);
    options.durability = durability;
    power.each = cut_now_and_then;
    ck_assert_ok(pz_store_open(place.path, &options, &store));
    ck_assert_ok(pz__db_execute(pz__store_db(store), "PRAGMA wal_autocheckpoint = 20"));
    for (int i = 0; i < ACTS; i++, acknowledged++) ck_assert_ok(add_org(store, i, &repeated));
    pz_store_free(store);
    power.each = NULL;
    made = cuts;
    for (int i = 0; i < made; i++) check_cut(i, durability);
    printf("%d cuts in %d operations\n", made, power.operations);
    ck_assert_int_gt(made, 50);
}

START_TEST(keeps_what_was_acknowledged)
{
    lose_power(PZ_DURABILITY_FULL);
}
END_TEST

START_TEST(stays_whole_with_normal_durability)
{
    lose_power(PZ_DURABILITY_NORMAL);
}
END_TEST

static Suite *power_suite(void)
{
    Suite *suite = suite_create("store_power");
    TCase *losses = tcase_create("power");
    tcase_set_timeout(losses, 120);
    tcase_add_checked_fixture(losses, begin, end);
    tcase_add_test(losses, keeps_what_was_acknowledged);
    tcase_add_test(losses, stays_whole_with_normal_durability);
    suite_add_tcase(suite, losses);
    return suite;
}

SUITE_MAIN(power_suite)
