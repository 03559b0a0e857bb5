/* A CASE package that is read and checked: its tree, and items and associations by place. */
#ifndef PZ_EXCHANGE_CASE_H
#define PZ_EXCHANGE_CASE_H

#include "base/json_read.h"
#include "exchange/case_tables.h"
#include "exchange/id_register.h"
#include "exchange/import.h"

typedef struct pz__case_item_row {
    const pz__json_value *json;
    int64_t node;  /* place of its identifier in `nodes`; -1 where it is left out */
    size_t number; /* in the file, from 0 */
} pz__case_item_row;

typedef struct pz__case_tie {
    const pz__json_value *json;
    int64_t id;                  /* place of its identifier in `ties` */
    int64_t origin, destination; /* places in `nodes` */
    int32_t kind;                /* a pz_association_kind */
    int32_t position;
    size_t number;
    int is_usable;
} pz__case_tie;

typedef struct pz__case {
    pz__import *import;
    char *text;
    pz__json *document;
    int version;                     /* 10 or 11 */
    const pz__json_value *framework; /* CFDocument; NULL where it cannot be used */
    int64_t framework_node;
    pz__id_register nodes; /* document, items, and what associations name outside the file; LISTED: in the file */
    pz__id_register tie_ids;
    pz__case_item_row *items;
    size_t item_count, item_capacity;
    pz__case_tie *ties;
    size_t tie_count, tie_capacity;
} pz__case;

/* Reads and checks a package. Faults are in the import and name the file; `path` must outlive them. PZ_OK (also with faults); PZ_E_FORMAT; PZ_E_HOSTILE; PZ_E_IO; PZ_E_NOMEM. Whatever comes out,
 * release with pz__case_close. */
pz_status pz__case_open(pz__case *package, pz__import *import, const char *path);
pz_status pz__case_open_text(pz__case *package, pz__import *import, char *text, size_t length); /* takes the text */
void pz__case_close(pz__case *package);

/* Checks the members of an object at `path` and of all within. 0: it cannot be kept. */
int pz__case_check_object(pz__case *package, const pz__json_value *object, const pz__case_member *members, const char *path);

/* Circles in isChildOf and precedes. In lenient mode a tie of each is left out. */
pz_status pz__case_check_circles(pz__case *package);

/* One text of a member that is a text, or the texts of a list joined with commas in `joined`. NULL where there is none that can be kept. */
const char *pz__case_text(const pz__json_value *object, const pz__case_member *members, const char *name);

#endif
