/* The records of next.h. */
#ifndef PZ_RECORDS_NEXT_TYPES_H
#define PZ_RECORDS_NEXT_TYPES_H

#include "personalize/next.h"

extern const pz_record_type *const pz__next_types[];
extern const pz_record_type pz__next_step_type;
extern const pz_record_type pz__next_query_type;

#endif
