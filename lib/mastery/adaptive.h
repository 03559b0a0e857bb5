#ifndef PZ_MASTERY_ADAPTIVE_H
#define PZ_MASTERY_ADAPTIVE_H

#include "base/record.h"
#include "personalize/adaptive.h"

extern const pz_record_type pz__adaptive_options_type;
extern const pz_record_type pz__adaptive_choice_type;

#endif
