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

/* A value of the column's type, or the whole number that was given. */
static inline void rows_bind(pz__statement *statement, int position, const char *type, const char *given, const char *mark)
{
    if (given)
        pz__bind_int(statement, position, strtoll(given, NULL, 10));
    else if (!strcmp(type, "TEXT"))
        pz__bind_text(statement, position, mark, PZ_NUL_TERMINATED);
    else if (!strcmp(type, "BLOB"))
        pz__bind_blob(statement, position, mark, strlen(mark));
    else if (!strcmp(type, "REAL"))
        pz__bind_real(statement, position, 0.5);
    else
        pz__bind_int(statement, position, 1);
}

static inline void rows_add(pz_store *store, const char *table, const char *given, const char *mark)
{
    struct {
        char type[16], value[64];
    } columns[64];
    pz__buffer names = PZ__BUFFER_INIT, marks = PZ__BUFFER_INIT;
    pz__statement *statement;
    int row, count = 0;
    ck_assert_ok(pz__db_statement(pz__store_db(store), "SELECT name, type FROM pragma_table_info(?1)", &statement));
    pz__bind_text(statement, 1, table, PZ_NUL_TERMINATED);
    for (; pz__db_step(statement, &row) == PZ_OK && row; count++) {
        const char *name = pz__column_text(statement, 0, NULL);
        ck_assert_int_lt(count, 64);
        snprintf(columns[count].type, sizeof columns[count].type, "%s", pz__column_text(statement, 1, NULL));
        if (!rows_given(given, name, columns[count].value, sizeof columns[count].value)) columns[count].value[0] = '\0';
        if (!columns[count].value[0] && !strcmp(name, "until_change"))
            snprintf(columns[count].value, sizeof columns[count].value, "%lld", (long long)PZ__CURRENT);
        pz__buffer_format(&names, "%s%s", count ? ", " : "", name);
        pz__buffer_format(&marks, "%s?%d", count ? ", " : "", count + 1);
    }
    ck_assert_msg(count, "no table %s", table);
    pz__buffer_format(&names, ") VALUES (%s)", marks.data);
    pz__buffer_clear(&marks);
    pz__buffer_format(&marks, "INSERT INTO %s (%s", table, names.data);
    ck_assert_int_eq(marks.status, PZ_OK);
    ck_assert_ok(pz__db_statement_text(pz__store_db(store), marks.data, &statement));
    for (int i = 0; i < count; i++) rows_bind(statement, i + 1, columns[i].type, columns[i].value[0] ? columns[i].value : NULL, mark);
    ck_assert_ok(pz__db_run(statement));
    pz__buffer_free(&names);
    pz__buffer_free(&marks);
}

#endif
