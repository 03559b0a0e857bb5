/* Sizes to begin with where groups may be of different sizes. */
#ifndef PZ_GROUPING_EXTREMES_H
#define PZ_GROUPING_EXTREMES_H

#include "grouping/state.h"

/* Where pairs in one group are worth more than they cost, the most pairs are had by some groups as large and others as small as they may be. No single
 * move leads from level sizes to those without a loss on the way, so they are taken from the start. Units move by chance. */
pz_status pz__extremes_take(pz__state *state);

#endif
