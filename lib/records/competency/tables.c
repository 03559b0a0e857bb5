#include "records/competency/tables.h"

#include "records/types.h"

const pz__table pz__framework_table = {&pz__framework_type, PZ_KIND_FRAMEWORK, 1, 8, -1, 0,
                                       PZ__TABLE_SQL("framework", PZ__FRAMEWORK_COLUMNS, PZ__MARKS_9, "framework_id = ?2")};

const pz__table pz__competency_table = {
    &pz__competency_type, PZ_KIND_COMPETENCY, 1, 10, -1, 0,
    PZ__TABLE_SQL("competency", PZ__COMPETENCY_COLUMNS(""), PZ__MARKS_11, "competency_id = ?2")};

const pz__table pz__association_table = {&pz__association_type, PZ_KIND_ASSOCIATION, 1, -1, -1, 0,
                                         PZ__TABLE_SQL("association", PZ__ASSOCIATION_COLUMNS, PZ__MARKS_6, "association_id = ?2")};

const pz__table *pz__competency_table_of(pz_kind kind)
{
    switch (kind) {
    case PZ_KIND_FRAMEWORK: return &pz__framework_table;
    case PZ_KIND_COMPETENCY: return &pz__competency_table;
    case PZ_KIND_ASSOCIATION: return &pz__association_table;
    default: return NULL;
    }
}
