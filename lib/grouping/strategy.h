/* What the ways of forming groups share. */
#ifndef PZ_GROUPING_STRATEGY_H
#define PZ_GROUPING_STRATEGY_H

#include "base/memory.h"
#include "base/record.h"
#include "personalize/strategy.h"

extern const pz_record_type pz__grouping_sizes_type;
extern const pz_record_type *const pz__strategy_types[];

#endif
