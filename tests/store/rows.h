/* Rows for tests, made from the schema itself: a column that is not named gets a value of its type, texts and blobs a mark. */
#ifndef PZ_TESTS_STORE_ROWS_H
#define PZ_TESTS_STORE_ROWS_H

#include "base/buffer.h"
#include "personalize/access.h"
#include "store/change.h"
#include "support/suite.h"

static const pz__author rows_author = {0, 3, PZ_ROLE_SERVICE, "test"};

static inline int64_t rows_number(pz_store *store, const char *sql)
{
    pz__statement *statement;
    int64_t value;
    int row;
    ck_assert_ok(pz__db_statement_text(pz__store_db(store), sql, &statement));
    ck_assert_ok(pz__db_step(statement, &row));
    ck_assert_msg(row, "no row: %s", sql);
    value = pz__column_int(statement, 0);
    pz__db_reset(statement);
    return value;
}

static inline void rows_run(pz_store *store, const char *sql)
{
    pz__statement *statement;
    ck_assert_ok(pz__db_statement_text(pz__store_db(store), sql, &statement));
    ck_assert_ok(pz__db_run(statement));
}

static inline pz__change *rows_begin(pz_store *store)
{
    pz__change *change;
    int repeated;
    ck_assert_ok(pz__change_start(store, &rows_author, "test", NULL, NULL, 0, &change, &repeated));
    return change;
}

static inline void rows_commit(pz__change *change)
{
    pz__change_note(change, PZ_KIND_STORE, 0, 0, PZ__ACT_ADD, 1);
    ck_assert_ok(pz__change_end(change, PZ_OK));
}

/* `given` is "column=value column=value ...", the values whole numbers. */
static inline int rows_given(const char *given, const char *column, char *value, size_t size)
{
    size_t length = strlen(column);
    for (const char *at = given; at; at = strchr(at, ' ')) {
        while (*at == ' ') at++;
        if (strncmp(at, column, length) || at[length] != '=') continue;
        snprintf(value, size, "%.*s", (int)strcspn(at + length + 1, " "), at + length + 1);
        return 1;
    }
    return 0;
}

static inline void rows_add(pz_store *store, const char *table, const char *given, const char *mark)
{
    pz__buffer names = PZ__BUFFER_INIT, values = PZ__BUFFER_INIT;
    pz__statement *columns;
    int row, count = 0;
    ck_assert_ok(pz__db_statement(pz__store_db(store), "SELECT name, type FROM pragma_table_info(?1)", &columns));
    pz__bind_text(columns, 1, table, PZ_NUL_TERMINATED);
    while (pz__db_step(columns, &row) == PZ_OK && row) {
        const char *name = pz__column_text(columns, 0, NULL), *type = pz__column_text(columns, 1, NULL);
        char value[256];
        if (!rows_given(given, name, value, sizeof value)) {
            if (!strcmp(name, "until_change"))
                snprintf(value, sizeof value, "%lld", (long long)PZ__CURRENT);
            else if (!strcmp(type, "TEXT"))
                snprintf(value, sizeof value, "'%s'", mark);
            else if (!strcmp(type, "BLOB"))
                snprintf(value, sizeof value, "CAST('%s' AS BLOB)", mark);
            else
                snprintf(value, sizeof value, "%s", !strcmp(type, "REAL") ? "0.5" : "1");
        }
        pz__buffer_format(&names, "%s%s", count ? ", " : "", name);
        pz__buffer_format(&values, "%s%s", count++ ? ", " : "", value);
    }
    ck_assert_msg(count, "no table %s", table);
    pz__buffer_format(&names, ") VALUES (%s)", values.data);
    pz__buffer_clear(&values);
    pz__buffer_format(&values, "INSERT INTO %s (%s", table, names.data);
    ck_assert_int_eq(values.status, PZ_OK);
    rows_run(store, values.data);
    pz__buffer_free(&names);
    pz__buffer_free(&values);
}

#endif
