/* How the records of competency.h lie in their tables. */
#ifndef PZ_RECORDS_COMPETENCY_TABLES_H
#define PZ_RECORDS_COMPETENCY_TABLES_H

#include "records/versioned.h"

extern const pz__table pz__framework_table;
extern const pz__table pz__competency_table;
extern const pz__table pz__association_table;

/* The table of a kind that pz_competency_end() ends, or NULL. */
const pz__table *pz__competency_table_of(pz_kind kind);

/* The columns of lists, in the order of the descriptions. */
#define PZ__FRAMEWORK_COLUMNS "framework_id, title, creator, publisher, version, language, adoption_status, uri, ended"
#define PZ__COMPETENCY_COLUMNS(t) \
    t "competency_id, " t "framework_id, " t "code, " t "statement, " t "short_statement, " t "item_type, " t "levels, " t "language, " t  \
      "uri, " t "position, " t "ended"
#define PZ__ASSOCIATION_COLUMNS "association_id, framework_id, kind, origin_id, destination_id, position"

#endif
