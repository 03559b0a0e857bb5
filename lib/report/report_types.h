/* The records of report.h. */
#ifndef PZ_REPORT_REPORT_TYPES_H
#define PZ_REPORT_REPORT_TYPES_H

#include "personalize/base.h"

extern const pz_record_type pz__page_options_type;
extern const pz_record_type *const pz__report_types[];

#endif
