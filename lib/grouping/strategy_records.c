#include "grouping/strategy.h"

static const pz_field sizes_fields[] = {
    PZ__INT(pz_grouping_sizes, size_min, "0 to 100,000"),
    PZ__INT(pz_grouping_sizes, size_max, "0 to 100,000"),
    PZ__INT(pz_grouping_sizes, groups, "0 to 100,000"),
};
static const pz_grouping_sizes sizes_initial = PZ_GROUPING_SIZES_INIT;
const pz_record_type pz__grouping_sizes_type = PZ__RECORD_TYPE(pz_grouping_sizes, sizes_fields, &sizes_initial);

const pz_record_type *const pz__strategy_types[] = {&pz__grouping_sizes_type, NULL};
