/* The description of openmodel.h's record. */
#ifndef PZ_RECORDS_MASTERY_BELIEF_H
#define PZ_RECORDS_MASTERY_BELIEF_H

#include "base/record.h"
#include "personalize/openmodel.h"

extern const pz_record_type pz__belief_type;
extern const pz_record_type *const pz__belief_types[];

#endif
