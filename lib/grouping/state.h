/* A division under search: who is where, what it is worth, what may be changed. */
#ifndef PZ_GROUPING_STATE_H
#define PZ_GROUPING_STATE_H

#include "base/random.h"
#include "grouping/pairs.h"
#include "grouping/tally.h"

typedef struct pz__state {
    const pz__grouping_data *data;
    const pz__units *units;
    pz__measure measure;
    pz__pairs pairs;
    pz__tally tally;
    int32_t *size_min, *size_max; /* by group */
    int sizes_vary;               /* some group may grow or shrink, so that moves beside swaps make sense */
    pz__bulk *bulks;              /* by unit */
    double *sums, *needs;         /* what the bulks point at */
    int32_t *counts;
    int32_t *group_of;   /* by unit */
    int32_t *by_learner; /* scratch */
    pz__random *random;
} pz__state;

/* Less than this is noise of rounding, not a gain. */
static const double pz__noise = 1e-12;

pz_status pz__state_make(const pz__grouping_data *data, const pz__units *units, int32_t groups, const int32_t *group_of, pz__random *random,
                         pz__state *out_state);
void pz__state_free(pz__state *state);
/* Another division, measured afresh: numbers drift as they are added to and taken from. `group_of` may be the state's own. */
void pz__state_set(pz__state *state, const int32_t *group_of);

/* The objective, but for a constant. */
double pz__state_value(const pz__state *state);

/* Does somebody in the group have to stay apart from the unit? `but` is on its way out of the group, or -1. */
int pz__state_has_enemy(const pz__state *state, int32_t unit, int32_t group, int32_t but);
int pz__state_may_move(const pz__state *state, int32_t unit, int32_t to);
int pz__state_may_swap(const pz__state *state, int32_t unit, int32_t other);
/* The unit goes to group `to`, and `some` of that group come to its own. Every rule is looked at. */
int pz__state_may_exchange(const pz__state *state, int32_t unit, int32_t to, const int32_t *some, int some_count);
double pz__state_by_move(const pz__state *state, int32_t unit, int32_t to);
double pz__state_by_swap(const pz__state *state, int32_t unit, int32_t other);
void pz__state_move(pz__state *state, int32_t unit, int32_t to);
void pz__state_swap(pz__state *state, int32_t unit, int32_t other);
/* `back` is what the units that come add up to. */
void pz__state_exchange(pz__state *state, int32_t unit, int32_t to, const int32_t *some, int some_count, const pz__bulk *back);

#endif
