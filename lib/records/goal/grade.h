/* Grades as rosters (OneRoster) and frameworks (CASE educationLevel) name them: the codes of the Common Education Data Standards. */
#ifndef PZ_RECORDS_GOAL_GRADE_H
#define PZ_RECORDS_GOAL_GRADE_H

#include "records/access/call.h"

enum { PZ__NO_GRADE = -1000 };

/* The place of a grade in their order, first grade 1; PZ__NO_GRADE for what is none ("Other", "UG"). Whatever the case; "K" and "1" are KG and 01. */
int32_t pz__grade_of(const char *text, size_t length);

/* The lowest and highest of a list divided by commas or spaces; PZ__NO_GRADE where there is none. */
void pz__grades_of(const char *list, size_t length, int32_t *out_lowest, int32_t *out_highest);

/* Those of a learner in today's roster. */
pz_status pz__learner_grades(pz__call *call, pz_id learner, int32_t *out_lowest, int32_t *out_highest);

#endif
