/* The descriptions of class_view.h. */
#ifndef PZ_RECORDS_CLASS_VIEW_TYPES_H
#define PZ_RECORDS_CLASS_VIEW_TYPES_H

#include "base/record.h"
#include "personalize/class_view.h"

extern const pz_record_type pz__class_distribution_type;
extern const pz_record_type pz__item_analysis_type;
extern const pz_record_type pz__option_analysis_type;
extern const pz_record_type pz__item_fairness_type;
extern const pz_record_type *const pz__class_view_types[];

#endif
