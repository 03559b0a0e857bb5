/* What the ways of forming groups share. */
#ifndef PZ_GROUPING_STRATEGY_H
#define PZ_GROUPING_STRATEGY_H

#include "base/memory.h"
#include "base/record.h"
#include "personalize/strategy.h"

/* A caller's options with the defaults for what it left out, checked. */
pz_status pz__strategy_options(const pz_grouping_options *options, pz_grouping_options *out);

extern const pz_record_type pz__grouping_sizes_type, pz__tutoring_options_type, pz__tutoring_type, pz__tutoring_summary_type,
    pz__rotation_seat_type, pz__rotation_summary_type, pz__comparison_row_type, pz__comparison_term_type, pz__settings_summary_type, pz__settings_part_type;
extern const pz_record_type *const pz__strategy_types[];

#endif
