/* Simulated annealing (Kirkpatrick, Gelatt and Vecchi 1983) for criteria about pairs, and for many learners without needs. */
#ifndef PZ_GROUPING_ANNEAL_H
#define PZ_GROUPING_ANNEAL_H

#include "grouping/state.h"
#include "grouping/watch.h"

int pz__anneal_is_of_pairs(const pz__state *state);
int pz__anneal_suits(const pz__state *state);

/* Leaves the best division that was seen. A round is a number of tries by the number of units. PZ_OK, PZ_E_CANCELLED, PZ_E_NOMEM. */
pz_status pz__anneal(pz__state *state, int64_t rounds, pz__watch *watch);

#endif
