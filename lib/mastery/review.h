#ifndef PZ_MASTERY_REVIEW_H
#define PZ_MASTERY_REVIEW_H

#include "base/record.h"
#include "personalize/review.h"

extern const pz_record_type pz__review_state_type;

#endif
