/* Seats of assessments: their description and their table. */
#ifndef PZ_RECORDS_ASSESSMENT_TABLES_H
#define PZ_RECORDS_ASSESSMENT_TABLES_H

#include "personalize/assessment.h"
#include "records/versioned.h"

extern const char *const pz__seat_state_names[];
extern const pz_record_type pz__assessment_seat_type;
extern const pz_record_type *const pz__assessment_types[];
extern const pz__table pz__assessment_seat_table;

#endif
