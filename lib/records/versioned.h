/* Records that are superseded and never overwritten: the one mechanism by which they are written and read, by their description.
 *
 * A table says in which columns the members of a record lie, in the order of its description; its first `keys` members find it. The
 * statements are literals, made by the macros below, so that a million writes prepare nothing. */
#ifndef PZ_RECORDS_VERSIONED_H
#define PZ_RECORDS_VERSIONED_H

#include "records/roster/write.h"

typedef struct pz__table {
    const pz_record_type *type;
    pz_kind kind;
    uint32_t keys;          /* leading members that name the record: 1 or 2 */
    int32_t ended;          /* member that says a record has ended, or -1: its last version is closed instead */
    int32_t learner;        /* member that holds whom it concerns, or -1 */
    int32_t record;         /* member that holds its id in change items, or -1: 0 stands there */
    const char *find_sql;   /* ?1 tenant, ?2.. keys: since_change and all columns of the current version */
    const char *seen_sql;   /* the same as seen at the change ?4 */
    const char *insert_sql; /* ?1 tenant, ?2 since_change, ?3.. all members */
    const char *close_sql;  /* ?1 tenant, ?2.. keys, ?4 the change that closes */
    const char *drop_sql;   /* ?1 tenant, ?2.. keys, ?4 since_change of the version that goes */
    uint32_t uncompared;    /* trailing members that are written and make no new version by themselves, such as when it was recorded */
} pz__table;

/* `names` are the columns, `marks` is one of PZ__MARKS_n, `where` the keys as in "org_id = ?2". */
#define PZ__CURRENT_SQL "9223372036854775807"
#define PZ__TABLE_SQL(table, names, marks, where) PZ__TABLE_SQL_BUT(table, names, marks, where, 0)
#define PZ__TABLE_SQL_BUT(table, names, marks, where, uncompared)                                                                                           \
    "SELECT since_change, " names " FROM " table " WHERE tenant_id = ?1 AND " where " AND until_change = " PZ__CURRENT_SQL,                 \
        "SELECT since_change, " names " FROM " table " WHERE tenant_id = ?1 AND " where " AND since_change <= ?4 AND until_change > ?4",    \
        "INSERT INTO " table " (tenant_id, since_change, until_change, " names ") VALUES (?1, ?2, " PZ__CURRENT_SQL ", " marks ")",         \
        "UPDATE " table " SET until_change = ?4 WHERE tenant_id = ?1 AND " where " AND until_change = " PZ__CURRENT_SQL,                    \
        "DELETE FROM " table " WHERE tenant_id = ?1 AND " where " AND since_change = ?4", (uncompared)

#define PZ__MARKS_2 "?3, ?4"
#define PZ__MARKS_3 PZ__MARKS_2 ", ?5"
#define PZ__MARKS_4 PZ__MARKS_3 ", ?6"
#define PZ__MARKS_5 PZ__MARKS_4 ", ?7"
#define PZ__MARKS_6 PZ__MARKS_5 ", ?8"
#define PZ__MARKS_7 PZ__MARKS_6 ", ?9"
#define PZ__MARKS_8 PZ__MARKS_7 ", ?10"
#define PZ__MARKS_9 PZ__MARKS_8 ", ?11"
#define PZ__MARKS_10 PZ__MARKS_9 ", ?12"
#define PZ__MARKS_11 PZ__MARKS_10 ", ?13"
#define PZ__MARKS_12 PZ__MARKS_11 ", ?14"
#define PZ__MARKS_13 PZ__MARKS_12 ", ?15"

/* Writes a record if it differs from its current version, and notes one item. Without a change it only tells the outcome. */
pz_status pz__versioned_write(pz__call *call, const pz__table *table, const void *record, pz__outcome *out_outcome);
/* Ends the current version of the record with these keys, see pz__roster_end_write. */
pz_status pz__versioned_end(pz__call *call, const pz__table *table, const void *record, pz__outcome *out_outcome);

/* Whether a current version is there, and in which change it was written. `record` needs its keys only. */
pz_status pz__versioned_find(pz__call *call, const pz__table *table, const void *record, int *out_found, int64_t *out_since);
/* Adds the version that the call sees to `rows`, if there is one. */
pz_status pz__versioned_list(pz__call *call, const pz__table *table, const void *record, pz__rows *rows);

/* The two halves of writing, for bulk loads that know the current version: the row of a new one, and the end of the one before. */
pz_status pz__versioned_insert(pz__call *call, const pz__table *table, const void *record);
pz_status pz__versioned_supersede(pz__call *call, const pz__table *table, const void *record, int64_t since);

/* All members of a record from the columns of a row, by its description. Texts live until the next step. */
void pz__record_read(const pz_record_type *type, pz__statement *row, int first_column, void *out_record);
/* Binds members `from` to `until` - 1 of a record at ?position and on. */
void pz__record_bind(const pz_record_type *type, const void *record, uint32_t from, uint32_t until, pz__statement *statement, int position);

/* Runs a query whose columns are those of the description, and adds each row. The statement is bound already. */
pz_status pz__rows_read(pz__rows *rows, pz__statement *statement);

#endif
