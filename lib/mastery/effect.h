/* The description of effect.h's record. */
#ifndef PZ_MASTERY_EFFECT_H
#define PZ_MASTERY_EFFECT_H

#include "base/record.h"
#include "personalize/effect.h"

extern const pz_record_type pz__effect_type;

#endif
