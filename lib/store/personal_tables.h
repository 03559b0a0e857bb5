/* Which columns name a person, and what becomes of them when the person is erased. The one list that erasing and exporting go by; a
 * test holds it against the schema, so that a new column has to be put in one of the two lists. */
#ifndef PZ_STORE_PERSONAL_TABLES_H
#define PZ_STORE_PERSONAL_TABLES_H

#include <stddef.h>

typedef enum pz__personal_act {
    PZ__PERSONAL_REMOVE = 1, /* the rows go */
    PZ__PERSONAL_BLANK = 2,  /* the rows are about somebody else or nobody: the column becomes NULL */
    PZ__PERSONAL_SCRUB = 3,  /* JSON: entries that name the person are taken out */
    PZ__PERSONAL_ALIAS = 4   /* a pseudonym: it stays and points to nobody once its row in person_alias is gone */
} pz__personal_act;

typedef struct pz__personal_column {
    const char *table;
    const char *column;
    pz__personal_act act;
    const char *
        rows; /* condition in SQL: ?1 is the tenant, ?2 the person. NULL for PZ__PERSONAL_SCRUB (found by content) and PZ__PERSONAL_ALIAS */
} pz__personal_column;

/* In the order of erasing: rows that are found through others come before those. */
extern const pz__personal_column pz__personal_columns[];
extern const size_t pz__personal_column_count;
enum { PZ__MOST_PERSONAL_COLUMNS = 160 }; /* a test holds the count below it */

/* All other columns: they name nobody, or only together with a column of the first list in the same row. Names divided by spaces. */
typedef struct pz__impersonal_columns {
    const char *table;
    const char *columns;
} pz__impersonal_columns;

extern const pz__impersonal_columns pz__impersonal_tables[];
extern const size_t pz__impersonal_table_count;

#endif
