/* Tables whose rows changes answer for: those that keep versions (they have since_change), the few to which rows are only added, and those whose
 * rows stand by themselves, without the number of a change. What they are made of is read from the schema once a connection. */
#ifndef PZ_STORE_KEPT_TABLE_H
#define PZ_STORE_KEPT_TABLE_H

#include "store/driver.h"

enum { PZ__MOST_COLUMNS = 64 };

typedef struct pz__kept_column {
    char name[64];
    uint8_t is_real;
    uint8_t is_key; /* of the primary key */
} pz__kept_column;

typedef struct pz__kept_table {
    struct pz__kept_table *next;
    char name[64];
    size_t name_length;
    int has_runs; /* texts or bytes */
    int is_kept; /* 0: any other table, remembered as such */
    int columns;
    int tenant; /* the column with the tenant */
    int since;  /* the column with the change that wrote a row; -1: rows stand by themselves */
    int until;  /* the column with the change that ended it; -1: rows never end */
    int person; /* the column with the person whose erasure takes the row; -1: none */
    pz__kept_column column[PZ__MOST_COLUMNS];
} pz__kept_table;

/* What is known of the table; is_kept is 0 for one that is not kept, or not there. */
pz_status pz__kept_table_find(pz__db *db, const char *name, size_t length, const pz__kept_table **out_table);
int pz__kept_table_column(const pz__kept_table *table, const char *name, size_t length); /* -1: none */
void pz__kept_tables_forget(pz__db *db);

/* Tables without versions to which rows are only added, by name; ends with NULL. */
extern const char *const pz__append_only_tables[];
/* Tables whose rows stand by themselves: outside ids, pseudonyms, names. */
extern const char *const pz__standing_tables[];

#endif
