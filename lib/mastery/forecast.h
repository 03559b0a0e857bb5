#ifndef PZ_MASTERY_FORECAST_H
#define PZ_MASTERY_FORECAST_H

#include "base/record.h"
#include "personalize/forecast.h"

extern const pz_record_type pz__forecast_type;

#endif
