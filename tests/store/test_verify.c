/* Checking a store: whatever is changed behind the library's back in the record of changes is found. */
#include <sqlite3.h>

#include "base/json_read.h"
#include "base/random.h"
#include "place_of_store.h"
#include "rows.h"
#include "store/duty.h"

static place_of_store place;
static pz_store *store;
static pz_store_options options;
static uint8_t host_key[32];

static pz_status give_key(int32_t use, uint8_t *out_key, void *user_data)
{
    (void)user_data;
    memcpy(out_key, host_key, 32);
    out_key[0] = (uint8_t)use;
    return PZ_OK;
}

static void begin(void)
{
    const pz_store_options initial = PZ_STORE_OPTIONS_INIT;
    options = initial;
    place_start(&place);
}

static void end(void)
{
    pz_store_free(store);
    ck_assert_int_eq(pz_memory_blocks(), 0);
    place_end(&place);
}

/* 30 changes of all shapes. */
static void fill(void)
{
    ck_assert_ok(pz_store_create(place.path, &options, &store));
    for (int i = 0; i < 30; i++) {
        pz__author author = {i % 3 ? 7 + i % 4 : 0, i % 3 ? 0 : 3, i % 3 ? PZ_ROLE_TEACHER : PZ_ROLE_SERVICE, i % 5 ? "class page" : ""};
        pz__change *change;
        char key[16];
        int repeated;
        snprintf(key, sizeof key, "key %d", i);
        ck_assert_ok(
            pz__change_start(store, &author, i % 2 ? "goal.propose" : "evidence.add", i % 4 ? key : NULL, "r", 1, &change, &repeated));
        for (int k = 0; k < i % 5; k++) pz__change_note(change, PZ_KIND_GOAL, 100 + k, 20 + k % 3, PZ__ACT_ADD, k + 1);
        pz__change_note(change, PZ_KIND_CLASS, 50, 0, PZ__ACT_REVISE, 1);
        if (i % 3) pz__change_add_result(change, i);
        ck_assert_ok(pz__change_end(change, PZ_OK));
    }
}

static pz_status verify(char **out_json)
{
    pz__buffer text = PZ__BUFFER_INIT;
    pz__json_writer json;
    pz_status status;
    pz__json_start(&json, &text);
    pz__json_open_object(&json);
    status = pz__duty_verify(store, NULL, NULL, &json);
    pz__json_close_object(&json);
    if (out_json)
        ck_assert_int_eq(pz__buffer_take(&text, out_json), PZ_OK);
    else
        pz__buffer_free(&text);
    return status;
}

/* Runs SQL on the file from outside, with everything off that would stop it. */
static int tamper(const char *sql)
{
    sqlite3 *db;
    char *message = NULL;
    int changes;
    pz_store_free(store);
    store = NULL;
    ck_assert_int_eq(sqlite3_open(place.path, &db), SQLITE_OK);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 0, NULL);
    ck_assert_msg(sqlite3_exec(db, sql, NULL, NULL, &message) == SQLITE_OK, "%s: %s", sql, message);
    changes = sqlite3_total_changes(db);
    sqlite3_close(db);
    ck_assert_ok(pz_store_open(place.path, &options, &store));
    return changes;
}

START_TEST(finds_nothing_in_a_whole_store)
{
    pz__json *document;
    const pz__json_value *chain;
    char *text;
    fill();
    ck_assert_ok(verify(&text));
    ck_assert_ok(pz__json_parse(text, PZ_NUL_TERMINATED, NULL, &document));
    chain = pz__json_member(pz__json_root(document), "chain");
    ck_assert_str_eq(pz__json_as_text(pz__json_member(chain, "last_change")), "30");
    ck_assert_str_eq(pz__json_as_text(pz__json_member(chain, "proves")), "integrity");
    ck_assert_uint_eq(strlen(pz__json_as_text(pz__json_member(chain, "head"))), 64);
    pz__json_free(document);
    ck_assert_ptr_nonnull(
        strstr(text, "\"pages\":{\"whole\":true,\"faults\":0,\"first_fault\":null,\"schema_differs\":0,\"foreign_key_faults\":0}"));
    ck_assert_ptr_nonnull(strstr(text, "\"overlaps\":0"));
    pz_free(text);
    pz_store_free(store);
    options.read_only = 1;
    ck_assert_ok(pz_store_open(place.path, &options, &store));
    ck_assert_ok(verify(NULL));
}
END_TEST

START_TEST(proves_authorship_with_a_key_of_the_host)
{
    pz_store *other = NULL;
    char *text;
    options.key = give_key;
    fill();
    ck_assert_int_eq(rows_number(store, "SELECT count(*) FROM tenant WHERE chain_key IS NULL AND digest_key IS NULL AND host_key = 1"), 1);
    ck_assert_ok(verify(&text));
    ck_assert_ptr_nonnull(strstr(text, "\"proves\":\"authorship\""));
    pz_free(text);
    host_key[5] ^= 1;
    ck_assert_status(pz_store_open(place.path, &options, &other), PZ_E_INVALID);
    ck_assert_str_eq(pz_last_error()->field, "options.key");
    ck_assert_ptr_null(other);
    host_key[5] ^= 1;
    options.key = NULL;
    ck_assert_status(pz_store_open(place.path, &options, &other), PZ_E_INVALID);
}
END_TEST

/* Each of these must be noticed. */
static const char *const attacks[] = {
    "UPDATE change SET at = at + 1 WHERE change_id = 12",
    "UPDATE change SET author_alias = 5 WHERE change_id = 12",
    "UPDATE change SET author_alias = NULL WHERE change_id = 12",
    "UPDATE change SET service_id = 4 WHERE change_id = 12",
    "UPDATE change SET role = 2 WHERE change_id = 30",
    "UPDATE change SET purpose = 'other' WHERE change_id = 1",
    "UPDATE change SET purpose = '', action = purpose || action WHERE change_id = 12",
    "UPDATE change SET action = 'goal.revise' WHERE change_id = 12",
    "UPDATE change SET result = x'00' WHERE change_id = 12",
    "UPDATE change SET result = NULL WHERE change_id = 12",
    "UPDATE change SET request_digest = zeroblob(16) WHERE change_id = 12",
    "UPDATE change SET key_hash = zeroblob(16) WHERE change_id = 12",
    "UPDATE change SET hash = zeroblob(32) WHERE change_id = 12",
    "UPDATE change SET hash = zeroblob(31) WHERE change_id = 30",
    "UPDATE change SET change_id = 31 WHERE change_id = 30",
    "UPDATE change SET change_id = -1 WHERE change_id = 1",
    "DELETE FROM change WHERE change_id = 12",
    "DELETE FROM change WHERE change_id = 1",
    "DELETE FROM change WHERE change_id = 30",
    "DELETE FROM change",
    "INSERT INTO change SELECT tenant_id, 31, at, author_alias, service_id, role, purpose, action, NULL, NULL, NULL, NULL, NULL, next_id, hash FROM change "
    "WHERE change_id = 30",
    "INSERT INTO change SELECT tenant_id, 900, at, author_alias, service_id, role, purpose, action, NULL, NULL, NULL, NULL, NULL, next_id, hash FROM change "
    "WHERE change_id = 30",
    "UPDATE change_item SET record_id = 51 WHERE change_id = 15 AND item_no = 1",
    "UPDATE change_item SET kind = 3 WHERE change_id = 15 AND item_no = 1",
    "UPDATE change_item SET act = 2 WHERE change_id = 15 AND item_no = 1",
    "UPDATE change_item SET count = 2 WHERE change_id = 15 AND item_no = 1",
    "UPDATE change_item SET learner_alias = NULL WHERE change_id = 15 AND item_no = 1",
    "UPDATE change_item SET item_no = 77 WHERE change_id = 15 AND item_no = 1",
    "UPDATE change_item SET change_id = 14, item_no = 77 WHERE change_id = 15 AND item_no = 1",
    "UPDATE change_item SET change_id = 16, item_no = 77 WHERE change_id = 15 AND item_no = 1",
    "UPDATE change_item SET change_id = 44 WHERE change_id = 15 AND item_no = 1",
    "UPDATE change_item SET change_id = 0 WHERE change_id = 15 AND item_no = 1",
    "DELETE FROM change_item WHERE change_id = 15 AND item_no = 1",
    "DELETE FROM change_item WHERE change_id = 30",
    "INSERT INTO change_item SELECT tenant_id, change_id, 60, kind, record_id, learner_alias, act, count FROM change_item WHERE change_id "
    "= 15 AND item_no = 1",
    "DELETE FROM act_key WHERE change_id = 12",
    "UPDATE act_key SET change_id = 13 WHERE change_id = 12",
    "INSERT INTO act_key VALUES (1, zeroblob(16), 12)",
    "UPDATE tenant SET last_change = 29",
    "UPDATE tenant SET last_change = 31",
    "UPDATE tenant SET chain = zeroblob(32)",
    "UPDATE tenant SET created_at = created_at + 1",
    "UPDATE change SET hash = (SELECT c.hash FROM change c WHERE c.change_id = 11) WHERE change_id = 12",
    "DROP INDEX change_by_time",
    "CREATE INDEX evil ON person (email)",
    "CREATE TABLE evil (a)",
    "CREATE VIEW evil AS SELECT 1",
    "CREATE TRIGGER evil AFTER INSERT ON org BEGIN DELETE FROM person; END",
};

START_TEST(finds_each_attack)
{
    pz_status status;
    char *text;
    fill();
    tamper(attacks[_i]);
    status = verify(&text);
    ck_assert_msg(status == PZ_E_TAMPERED, "%s gave %s: %s", attacks[_i], pz_status_describe(status)->name, text);
    ck_assert_int_eq(pz_last_error()->status, PZ_E_TAMPERED);
    pz_free(text);
}
END_TEST

/* Swaps of whole rows: contents of two changes with their numbers left as they are. */
START_TEST(finds_swaps)
{
    fill();
    tamper("CREATE TEMP TABLE t AS SELECT * FROM change WHERE change_id IN (11, 12); DELETE FROM change WHERE change_id IN (11, 12);"
           "INSERT INTO change SELECT tenant_id, 23 - change_id, at, author_alias, service_id, role, purpose, action, key_hash, "
           "request_digest, result, content, standing, next_id, hash "
           "FROM t; UPDATE act_key SET change_id = 23 - change_id WHERE change_id IN (11, 12)");
    ck_assert_status(verify(NULL), PZ_E_TAMPERED);
}
END_TEST

/* Random edits of single values, each noticed. */
START_TEST(finds_random_edits)
{
    static const char *const columns[] = {"at", "role", "purpose", "action", "hash", "author_alias"};
    const char *kept = place_file(&place, "kept");
    pz__random random;
    pz__random_seed(&random, suite_seed());
    fill();
    pz_store_free(store);
    place_copy(place.path, kept);
    for (int i = 0; i < 40; i++) {
        const char *column = columns[pz__random_below(&random, 6)];
        const char *value = !strcmp(column, "hash")                                   ? "randomblob(32)"
                            : !strcmp(column, "purpose") || !strcmp(column, "action") ? "hex(randomblob(3))"
                                                                                      : "abs(random() >> 2)";
        char sql[128];
        snprintf(sql, sizeof sql, "UPDATE change SET %s = %s WHERE change_id = %d", column, value, 1 + (int)pz__random_below(&random, 30));
        place_copy(kept, place.path);
        store = NULL;
        ck_assert_int_eq(tamper(sql), 1);
        ck_assert_status(verify(NULL), PZ_E_TAMPERED);
        pz_store_free(store);
    }
    place_copy(kept, place.path);
    ck_assert_ok(pz_store_open(place.path, &options, &store));
    ck_assert_ok(verify(NULL));
}
END_TEST

START_TEST(finds_versions_that_overlap)
{
    static const char *const rows[][2] = {
        {"org_id=1 since_change=2 until_change=9", "org_id=1 since_change=8"},
        {"org_id=1 since_change=2", "org_id=1 since_change=3"},
        {"org_id=1 since_change=9 until_change=5", "org_id=2 since_change=9 until_change=9"},
    };
    pz__change *change;
    char *text;
    fill();
    for (int i = 0; i < 3; i++) {
        change = rows_begin(store);
        for (int k = 0; k < 2; k++) rows_add(store, "org", rows[i][k], "x");
        rows_commit(change);
        ck_assert_status(verify(&text), PZ_E_CORRUPT);
        ck_assert_ptr_nonnull(strstr(text, "\"overlaps\":1}"));
        pz_free(text);
        change = rows_begin(store);
        rows_run(store, "DELETE FROM org WHERE tenant_id = 1");
        rows_commit(change);
    }
    change = rows_begin(store);
    rows_add(store, "org", "org_id=1 since_change=2 until_change=9", "x");
    rows_add(store, "org", "org_id=1 since_change=9 until_change=9", "x"); /* added and ended at once: an empty version */
    rows_add(store, "org", "org_id=1 since_change=10", "x");
    rows_add(store, "org", "org_id=2 since_change=3", "x");
    rows_commit(change);
    ck_assert_ok(verify(NULL));
}
END_TEST

/* ------------------------------------------------------------------------------------------------- content --- */

static void run_in_change(const char *sql)
{
    pz__change *change = rows_begin(store);
    rows_run(store, sql);
    rows_commit(change);
}

/* Rows of persons and of nobody in two changes, one version that ended, and a person who was erased. */
static void fill_rows(void)
{
    pz__buffer text = PZ__BUFFER_INIT;
    pz__json_writer json;
    pz__change *change;
    pz_id first_id;
    fill();
    change = rows_begin(store);
    for (int person = 10; person <= 30; person += 10) {
        char given[128];
        snprintf(given, sizeof given, "person_id=%d since_change=31", person);
        rows_add(store, "person", given, "a name");
        snprintf(given, sizeof given, "learner_id=%d change_id=31", person);
        rows_add(store, "evidence", given, "x");
        snprintf(given, sizeof given, "learner_id=%d entry_id=%d author_id=%d since_change=31", person, 700 + person, 50 - person);
        rows_add(store, "profile_entry", given, "words");
    }
    rows_add(store, "org", "org_id=1 since_change=31", "school");
    rows_add(store, "source", "source_no=1", "roster");
    rows_add(store, "external_id", "kind=5 source_no=1 record_id=10", "s10");
    rows_add(store, "service", "service_id=3", "import");
    ck_assert_ok(pz__store_take_ids(store, 50, &first_id));
    rows_commit(change);
    run_in_change("UPDATE org SET until_change = 32 WHERE tenant_id = 1 AND org_id = 1 AND until_change = 9223372036854775807");
    change = rows_begin(store);
    pz__json_start(&json, &text);
    pz__json_open_object(&json);
    ck_assert_ok(pz__duty_erase_person(store, 20, &json));
    pz__buffer_free(&text);
    rows_commit(change);
}

START_TEST(accounts_for_every_row)
{
    char *text;
    fill_rows();
    ck_assert_ok(verify(&text));
    ck_assert_ptr_nonnull(strstr(text, "\"content\":{\"whole\":true,\"rows\":17,\"changed\":0,\"first_changed\":null,\"stray\":0,\"standing_differs\":false}"));
    pz_free(text);
    ck_assert_int_eq(rows_number(store, "SELECT count(*) FROM change_removal WHERE change_id = 33 AND from_change = 31"), 1);
}
END_TEST

static const char *const row_attacks[] = {
    "UPDATE person SET given_name = 'Another' WHERE person_id = 10",
    "UPDATE person SET middle_name = NULL WHERE person_id = 10",
    "UPDATE person SET person_id = 11 WHERE person_id = 10",
    "UPDATE person SET until_change = 32 WHERE person_id = 10",
    "UPDATE person SET since_change = 30 WHERE person_id = 10",
    "DELETE FROM person WHERE person_id = 10",
    "UPDATE evidence SET score = 0.5000001 WHERE learner_id = 10",
    "UPDATE evidence SET at = at + 1 WHERE learner_id = 10",
    "UPDATE evidence SET change_id = 32 WHERE learner_id = 10",
    "UPDATE evidence SET change_id = 1000 WHERE learner_id = 10",
    "DELETE FROM evidence WHERE learner_id = 30",
    "INSERT INTO evidence SELECT tenant_id, 40, competency_id, at, sequence, change_id, score, weight, kind, assessment_id, item_id, option_no "
    "FROM evidence WHERE learner_id = 10",
    "UPDATE evidence SET learner_id = CASE learner_id WHEN 10 THEN 30 ELSE 10 END, at = learner_id",
    "UPDATE profile_entry SET content = 'other words' WHERE learner_id = 10",
    "UPDATE profile_entry SET author_id = 20 WHERE learner_id = 30",
    "UPDATE org SET until_change = 9223372036854775807",
    "UPDATE org SET name = 'another school'",
    "UPDATE change SET content = NULL WHERE change_id = 31",
    "UPDATE change SET content = zeroblob(16) WHERE change_id = 32",
    "UPDATE change_removal SET content = zeroblob(16)",
    "UPDATE change_removal SET from_change = 30",
    "UPDATE change_removal SET change_id = 99",
    "DELETE FROM change_removal",
    "INSERT INTO change_removal VALUES (1, 32, 31, zeroblob(16))",
    "UPDATE person_alias SET salt = zeroblob(16) WHERE person_id = 10",
    "DELETE FROM person_alias WHERE person_id = 10",
    "UPDATE person_alias SET alias = alias + 1",
    "UPDATE person_alias SET alias = -alias WHERE person_id IN (10, 30); UPDATE person_alias SET alias = (SELECT -a.alias FROM person_alias a "
    "WHERE a.person_id = 40 - person_alias.person_id AND a.alias < 0) WHERE person_id = 10",
    "UPDATE external_id SET record_id = 30 WHERE record_id = 10",
    "UPDATE external_id SET text = 'other'",
    "DELETE FROM external_id",
    "INSERT INTO external_id VALUES (1, 5, 1, 'new', 30)",
    "UPDATE source SET name = 'other'",
    "DELETE FROM source",
    "UPDATE service SET name = 'other'",
    "UPDATE service SET service_id = 44",
    "UPDATE tenant SET next_id = next_id + 1",
    "UPDATE tenant SET next_id = 1",
    "UPDATE tenant SET last_at = last_at + 1",
    "UPDATE change SET next_id = next_id + 1 WHERE change_id = 31",
    "UPDATE change SET standing = NULL WHERE change_id = 31",
};

START_TEST(finds_each_edit_of_a_row)
{
    pz_status status;
    char *text;
    fill_rows();
    ck_assert_int_gt(tamper(row_attacks[_i]), 0);
    status = verify(&text);
    ck_assert_msg(status == PZ_E_TAMPERED, "%s gave %s: %s", row_attacks[_i], pz_status_describe(status)->name, text);
    pz_free(text);
}
END_TEST

/* What the store says of itself opens it no more. */
START_TEST(does_not_open_with_another_name_or_zone)
{
    static const char *const edits[] = {"UPDATE tenant SET name = 'Other'", "UPDATE tenant SET time_zone = 'Asia/Tokyo'",
                                        "UPDATE tenant SET time_zone = 'Nowhere/Land'", "UPDATE tenant SET host_key = 1"};
    for (size_t i = 0; i < sizeof edits / sizeof edits[0]; i++) {
        sqlite3 *db;
        ck_assert_ok(pz_store_create(place.path, &options, &store));
        pz_store_free(store);
        store = NULL;
        ck_assert_int_eq(sqlite3_open(place.path, &db), SQLITE_OK);
        ck_assert_int_eq(sqlite3_exec(db, edits[i], NULL, NULL, NULL), SQLITE_OK);
        sqlite3_close(db);
        ck_assert_status(pz_store_open(place.path, &options, &store), PZ_E_TAMPERED);
        unlink(place.path);
    }
}
END_TEST

START_TEST(names_the_change_whose_rows_differ)
{
    char *text;
    fill_rows();
    tamper("UPDATE person SET given_name = 'Another' WHERE person_id = 10");
    ck_assert_status(verify(&text), PZ_E_TAMPERED);
    ck_assert_ptr_nonnull(strstr(text, "\"changed\":1,\"first_changed\":\"31\""));
    ck_assert_ptr_nonnull(strstr(pz_last_error()->message, "change 31"));
    pz_free(text);
}
END_TEST

/* What no change could answer for is not written at all. */
START_TEST(refuses_statements_that_no_change_can_answer_for)
{
    static const char *const statements[] = {
        "DELETE FROM org",
        "UPDATE org SET name = 'a', kind = 'b' WHERE tenant_id = 1",
        "UPDATE org SET name = lower(name) WHERE tenant_id = 1",
        "INSERT INTO org SELECT * FROM org",
        "INSERT INTO org (tenant_id, org_id, since_change, until_change, kind, name, ended) VALUES (1, 2, 1, 9, 'it''s', 'b', 0)",
        "INSERT INTO org (tenant_id, org_id, since_change, until_change, kind, name, ended) VALUES (1, 2, 1, 9, lower('A'), 'b', 0)",
        "INSERT INTO org (tenant_id, org_id, since_change, until_change, kind, name, ended) VALUES (1, 2, 1, 9, 'a', 'b', 0), (1, 3, 1, 9, 'a', 'b', 0)",
        "INSERT OR REPLACE INTO org (tenant_id, org_id, since_change, until_change, kind, name, ended) VALUES (1, 2, 1, 9, 'a', 'b', 0)",
        "REPLACE INTO org (tenant_id, org_id, since_change, until_change, kind, name, ended) VALUES (1, 2, 1, 9, 'a', 'b', 0)",
    };
    fill();
    for (size_t i = 0; i < sizeof statements / sizeof statements[0]; i++) {
        pz__change *change = rows_begin(store);
        pz__statement *statement;
        ck_assert_ok(pz__db_statement(pz__store_db(store), statements[i], &statement));
        ck_assert_msg(pz__db_run(statement) == PZ_E_INTERNAL, "%s was written", statements[i]);
        ck_assert_status(pz__change_end(change, PZ_E_INTERNAL), PZ_E_INTERNAL);
    }
    ck_assert_ok(verify(NULL));
}
END_TEST

/* ------------------------------------------------------------------------------------------------- progress --- */

typedef struct turns {
    int calls;
    int stop_at;
    double last;
} turns;

static pz_status turn(double done, void *user_data)
{
    turns *seen = user_data;
    int64_t number;
    ck_assert(done >= seen->last && done <= 1.0);
    seen->last = done;
    ck_assert_status(pz__store_read_begin(store), PZ_E_BUSY_HANDLE);
    ck_assert_status(pz__change_join_commit(store, &number), PZ_E_BUSY_HANDLE);
    return ++seen->calls == seen->stop_at ? PZ_E_CANCELLED : PZ_OK;
}

START_TEST(can_be_stopped_at_each_turn)
{
    turns all = {0, 0, 0.0};
    pz__buffer text = PZ__BUFFER_INIT;
    pz__json_writer json;
    pz__change *change;
    fill();
    change = rows_begin(store);
    for (int i = 0; i < 3000; i++) {
        char given[64];
        snprintf(given, sizeof given, "org_id=%d", i);
        rows_add(store, "org", given, "a name");
    }
    rows_commit(change);
    pz__json_start(&json, &text);
    pz__json_open_object(&json);
    ck_assert_ok(pz__duty_verify(store, turn, &all, &json));
    ck_assert_int_gt(all.calls, 5);
    for (int i = 1; i <= all.calls; i++) {
        turns some = {0, i, 0.0};
        ck_assert_status(pz__duty_verify(store, turn, &some, &json), PZ_E_CANCELLED);
        ck_assert_int_eq(some.calls, i);
    }
    pz__buffer_free(&text);
    ck_assert_ok(verify(NULL));
}
END_TEST

static Suite *verify_suite(void)
{
    Suite *suite = suite_create("store_verify");
    TCase *checking = tcase_create("verify");
    tcase_set_timeout(checking, 60);
    tcase_add_checked_fixture(checking, begin, end);
    tcase_add_test(checking, finds_nothing_in_a_whole_store);
    tcase_add_test(checking, proves_authorship_with_a_key_of_the_host);
    tcase_add_loop_test(checking, finds_each_attack, 0, (int)(sizeof attacks / sizeof attacks[0]));
    tcase_add_test(checking, finds_swaps);
    tcase_add_test(checking, finds_random_edits);
    tcase_add_test(checking, finds_versions_that_overlap);
    tcase_add_test(checking, accounts_for_every_row);
    tcase_add_loop_test(checking, finds_each_edit_of_a_row, 0, (int)(sizeof row_attacks / sizeof row_attacks[0]));
    tcase_add_test(checking, does_not_open_with_another_name_or_zone);
    tcase_add_test(checking, names_the_change_whose_rows_differ);
    tcase_add_test(checking, refuses_statements_that_no_change_can_answer_for);
    tcase_add_test(checking, can_be_stopped_at_each_turn);
    suite_add_tcase(suite, checking);
    return suite;
}

SUITE_MAIN(verify_suite)
