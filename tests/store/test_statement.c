/* Statements: found again, copied while in use, bound and read by position; what goes wrong is told where it can be dealt with. */
#include <sqlite3.h>

#include "place_of_store.h"
#include "rows.h"
#include "store/driver.h"

static place_of_store place;
static pz_store *store;
static pz__db *db;

static void begin(void)
{
    place_start_quick(&place);
    ck_assert_ok(pz_store_create(place.path, NULL, &store));
    db = pz__store_db(store);
}

static void end(void)
{
    pz_store_free(store);
    ck_assert_int_eq(pz_memory_blocks(), 0);
    place_end(&place);
}

START_TEST(finds_a_literal_by_its_address)
{
    static const char sql[] = "SELECT ?1", same[] = "SELECT ?1";
    pz__statement *first, *second, *third;
    ck_assert_ok(pz__db_statement(db, sql, &first));
    ck_assert_ok(pz__db_statement(db, sql, &second)); /* in use: a copy */
    ck_assert_ptr_ne(first, second);
    pz__db_reset(first);
    pz__db_reset(second);
    ck_assert_ok(pz__db_statement(db, sql, &third));
    ck_assert(third == first || third == second);
    ck_assert_ok(pz__db_statement(db, same, &second));
    ck_assert_ptr_ne(second, third);
    pz__db_reset(third);
    pz__db_reset(second);
    ck_assert_uint_eq(db->in_use, 0);
}
END_TEST

START_TEST(finds_made_sql_by_its_text)
{
    char sql[32];
    pz__statement *first, *second;
    snprintf(sql, sizeof sql, "SELECT 1, ?1");
    ck_assert_ok(pz__db_statement_text(db, sql, &first));
    pz__db_reset(first);
    memset(sql, 'x', sizeof sql - 1);
    snprintf(sql, sizeof sql, "SELECT 1, ?1");
    ck_assert_ok(pz__db_statement_text(db, sql, &second));
    ck_assert_ptr_eq(first, second);
    pz__db_reset(second);
}
END_TEST

START_TEST(keeps_no_more_than_it_should)
{
    static const char kept[] = "SELECT 'kept'";
    pz__statement *held, *statement;
    int row;
    ck_assert_ok(pz__db_statement(db, kept, &held));
    ck_assert_ok(pz__db_step(held, &row));
    for (int i = 0; i < 5000; i++) {
        char sql[32];
        snprintf(sql, sizeof sql, "SELECT %d", i);
        ck_assert_ok(pz__db_statement_text(db, sql, &statement));
        ck_assert_ok(pz__db_step(statement, &row));
        ck_assert_int_eq(pz__column_int(statement, 0), i);
        pz__db_reset(statement);
        ck_assert_uint_le(db->statements, 1024);
    }
    ck_assert_str_eq(pz__column_text(held, 0, NULL), "kept"); /* one in use is never let go of */
    pz__db_reset(held);
}
END_TEST

START_TEST(binds_and_reads_every_type)
{
    static const char sql[] = "SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11";
    pz__statement *s;
    size_t length;
    char text[] = "text that changes";
    int row;
    ck_assert_ok(pz__db_statement(db, sql, &s));
    pz__bind_int(s, 1, INT64_MIN);
    pz__bind_real(s, 2, 0.1);
    pz__bind_real(s, 3, PZ_REAL_NONE);
    pz__bind_text(s, 4, text, 4);
    pz__bind_text(s, 5, NULL, 0);
    pz__bind_blob(s, 6, "\0\1", 2);
    pz__bind_time(s, 7, PZ_TIME_NONE);
    pz__bind_date(s, 8, PZ_DATE_NONE);
    pz__bind_id(s, 9, 0);
    pz__bind_date(s, 10, -3);
    pz__bind_text(s, 11, "", 0);
    memset(text, '!', sizeof text - 1); /* a query has its own copy */
    ck_assert_ok(pz__db_step(s, &row));
    ck_assert_int_eq(row, 1);
    ck_assert(pz__column_int(s, 0) == INT64_MIN);
    ck_assert(pz__column_real(s, 1) == 0.1);
    ck_assert(isnan(pz__column_real(s, 2)) && pz__column_is_null(s, 2));
    ck_assert_str_eq(pz__column_text(s, 3, &length), "text");
    ck_assert_uint_eq(length, 4);
    ck_assert_ptr_null(pz__column_text(s, 4, &length));
    ck_assert_uint_eq(length, 0);
    ck_assert_int_eq(memcmp(pz__column_blob(s, 5, &length), "\0\1", 2), 0);
    ck_assert_uint_eq(length, 2);
    ck_assert(pz__column_time(s, 6) == PZ_TIME_NONE);
    ck_assert(pz__column_date(s, 7) == PZ_DATE_NONE);
    ck_assert(pz__column_is_null(s, 8) && pz__column_int(s, 8) == 0);
    ck_assert_int_eq(pz__column_date(s, 9), -3);
    ck_assert(!pz__column_is_null(s, 10));
    ck_assert_str_eq(pz__column_text(s, 10, NULL), "");
    ck_assert_ok(pz__db_step(s, &row));
    ck_assert_int_eq(row, 0); /* and reset: what was bound is forgotten */
    ck_assert_ok(pz__db_step(s, &row));
    ck_assert(pz__column_is_null(s, 0) && pz__column_is_null(s, 3));
    pz__db_reset(s);
}
END_TEST

START_TEST(remembers_the_first_failure_of_binding)
{
    static const char sql[] = "SELECT ?1";
    pz__statement *statement;
    int row;
    ck_assert_ok(pz__db_statement(db, sql, &statement));
    pz__bind_int(statement, 2, 5);
    pz__bind_int(statement, 1, 5);
    ck_assert_status(pz__db_step(statement, &row), PZ_E_INTERNAL);
    ck_assert_int_eq(row, 0);
    ck_assert_ok(pz__db_step(statement, &row)); /* forgotten with the reset */
    pz__db_reset(statement);
}
END_TEST

START_TEST(does_nothing_with_a_statement_that_failed)
{
    pz__statement *statement = (pz__statement *)&place;
    size_t length;
    int row;
    ck_assert_status(pz__db_statement(db, "SELECT nothing FROM nowhere", &statement), PZ_E_INTERNAL);
    ck_assert_ptr_null(statement);
    pz__bind_int(statement, 1, 1);
    pz__bind_text(statement, 1, "a", 1);
    pz__bind_time(statement, 1, 1);
    ck_assert_int_eq(pz__db_step(statement, &row), PZ_E_INTERNAL);
    ck_assert_int_eq(pz__db_run(statement), PZ_E_INTERNAL);
    ck_assert_int_eq(pz__column_int(statement, 0), 0);
    ck_assert_ptr_null(pz__column_text(statement, 0, &length));
    ck_assert(isnan(pz__column_real(statement, 0)));
    pz__db_reset(statement);
    ck_assert_status(pz__db_statement_text(db, "SELECT 1; SELECT 2", &statement), PZ_E_INTERNAL);
    ck_assert_status(pz__db_statement_text(db, " -- nothing", &statement), PZ_E_INTERNAL);
}
END_TEST

START_TEST(says_what_went_wrong)
{
    pz__change *change = rows_begin(store);
    pz__statement *statement;
    char *large = malloc(9000000);
    memset(large, 'a', 9000000);
    rows_add(store, "source", "source_no=1", "a");
    ck_assert_ok(pz__db_statement(db, "INSERT INTO source (tenant_id, source_no, name) VALUES (1, 1, 'b')", &statement));
    ck_assert_status(pz__db_run(statement), PZ_E_INTERNAL); /* the rooms above look before they write */
    ck_assert_ptr_nonnull(strstr(pz_last_error()->message, "source.source_no"));
    ck_assert_ok(pz__db_statement(db, "INSERT INTO source (tenant_id, source_no, name) VALUES (1, 2, ?1)", &statement));
    pz__bind_text(statement, 1, large, 9000000);
    ck_assert_status(pz__db_run(statement), PZ_E_LIMIT);
    ck_assert_ok(pz__db_statement(db, "INSERT INTO source (tenant_id, source_no, name) VALUES (1, 'no number', 'b')", &statement));
    ck_assert_status(pz__db_run(statement), PZ_E_INTERNAL); /* STRICT */
    rows_commit(change);
    free(large);
}
END_TEST

START_TEST(leaves_no_snapshot_open)
{
    static const char sql[] = "SELECT 1 FROM sqlite_schema";
    pz__statement *statement;
    int row;
    ck_assert_ok(pz__store_read_begin(store));
    ck_assert_ok(pz__db_statement(db, sql, &statement));
    ck_assert_ok(pz__db_step(statement, &row)); /* and left in the middle */
    ck_assert_int_eq(row, 1);
    pz__store_read_end(store);
    ck_assert_uint_eq(db->in_use, 0);
    ck_assert(!pz__db_in_transaction(db));
    ck_assert_int_eq(sqlite3_txn_state(db->handle, "main"), SQLITE_TXN_NONE);
}
END_TEST

static Suite *statement_suite(void)
{
    Suite *suite = suite_create("store_statement");
    TCase *statements = tcase_create("statement");
    tcase_set_timeout(statements, 60);
    tcase_add_checked_fixture(statements, begin, end);
    tcase_add_test(statements, finds_a_literal_by_its_address);
    tcase_add_test(statements, finds_made_sql_by_its_text);
    tcase_add_test(statements, keeps_no_more_than_it_should);
    tcase_add_test(statements, binds_and_reads_every_type);
    tcase_add_test(statements, remembers_the_first_failure_of_binding);
    tcase_add_test(statements, does_nothing_with_a_statement_that_failed);
    tcase_add_test(statements, says_what_went_wrong);
    tcase_add_test(statements, leaves_no_snapshot_open);
    suite_add_tcase(suite, statements);
    return suite;
}

SUITE_MAIN(statement_suite)
