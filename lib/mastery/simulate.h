#ifndef PZ_MASTERY_SIMULATE_H
#define PZ_MASTERY_SIMULATE_H

#include "base/record.h"
#include "personalize/simulate.h"

extern const pz_record_type pz__simulation_options_type;

#endif
