/* The descriptions of the records of access.h, roster.h and competency.h. */
#ifndef PZ_RECORDS_TYPES_H
#define PZ_RECORDS_TYPES_H

#include "personalize/competency.h"
#include "personalize/roster.h"

extern const pz_record_type pz__event_type;
extern const pz_record_type pz__due_type;
extern const pz_record_type pz__read_type;
extern const pz_record_type pz__outside_id_type;

extern const pz_record_type pz__org_type;
extern const pz_record_type pz__academic_session_type;
extern const pz_record_type pz__course_type;
extern const pz_record_type pz__class_type;
extern const pz_record_type pz__person_type;
extern const pz_record_type pz__person_role_type;
extern const pz_record_type pz__enrollment_type;
extern const pz_record_type pz__guardianship_type;
extern const pz_record_type pz__person_query_type;
extern const pz_record_type pz__class_query_type;

extern const pz_record_type pz__framework_type;
extern const pz_record_type pz__competency_type;
extern const pz_record_type pz__association_type;
extern const pz_record_type pz__competency_query_type;

/* Names of the enumerations, from 0. */
extern const char *const pz__role_names[];
extern const char *const pz__kind_names[];
extern const char *const pz__event_kind_names[];
extern const char *const pz__association_kind_names[];

/* All of them, for lib/record_types.c. */
extern const pz_record_type *const pz__access_types[];
extern const pz_record_type *const pz__roster_types[];
extern const pz_record_type *const pz__competency_types[];

#endif
