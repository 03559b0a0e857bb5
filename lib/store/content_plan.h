/* How a statement that writes to a kept table bears on the content of its change. It is read from the SQL when the statement is prepared;
 * three forms are known, and any other that writes to a kept table is refused within a change:
 *
 *     INSERT INTO table (columns) VALUES (values) [ON CONFLICT ...]     values: ?1, 12, 'text', NULL
 *     UPDATE table SET column = value WHERE ...                         of until_change: it ends versions; of another column: it rewrites
 *     DELETE FROM table WHERE ... */
#ifndef PZ_STORE_CONTENT_PLAN_H
#define PZ_STORE_CONTENT_PLAN_H

#include "store/content.h"

typedef enum pz__content_act { PZ__CONTENT_INSERT = 1, PZ__CONTENT_UPDATE, PZ__CONTENT_DELETE, PZ__CONTENT_UNKNOWN } pz__content_act;

/* Where a column's value comes from: a parameter (from 1), or with 0 the value itself. */
typedef struct pz__content_source {
    int parameter;
    pz__value value;
} pz__content_source;

typedef struct pz__content_plan {
    pz__content_act act;
    const pz__kept_table *table;
    int column;                                   /* of an update */
    pz__content_source source[PZ__MOST_COLUMNS]; /* of an insert by column; of an update the first */
    const pz__value *places[PZ__MOST_COLUMNS];    /* of an insert: where each column's value stands when it runs */
    char *rows_sql;                               /* of updates and deletes: the rows that they will meet, all parameters within */
    int may_skip; /* an insert that does nothing where the row is there already */
    int parameters;
    pz__value *bound; /* parameters + 1 values, as they are bound */
} pz__content_plan;

/* NULL where the statement writes to no kept table. `sql` must live as long as the plan. */
pz_status pz__content_plan_make(pz__db *db, const char *sql, int parameters, pz__content_plan **out_plan);
void pz__content_plan_free(pz__content_plan *plan);

const pz__value *pz__content_value(const pz__content_plan *plan, const pz__content_source *source);

/* Before the statement runs, and after it ran, within a change. */
pz_status pz__content_before(pz__statement *statement, pz__content *content);
pz_status pz__content_after(pz__statement *statement, pz__content *content);

#endif
