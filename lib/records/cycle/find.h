/* One cycle as a call sees it, whom it covers, and whether the actor may see or run it. */
#ifndef PZ_RECORDS_CYCLE_FIND_H
#define PZ_RECORDS_CYCLE_FIND_H

#include "personalize/cycle.h"
#include "records/access/call.h"
#include "records/roster/org_tree.h"

/* PZ_E_NOT_FOUND where there is none in reach; PZ_E_DENIED. *out_cycle is one block, pz_free(). */
pz_status pz__cycle_find(pz__call *call, pz__doing doing, pz_id cycle, pz_cycle **out_cycle);

/* The same where results are asked for: PZ_E_STATE unless it is closed. */
pz_status pz__cycle_find_closed(pz__call *call, pz_id cycle, pz_cycle **out_cycle);

/* Whether the actor may do this to a cycle of this class or, where that is 0, this org. */
pz_status pz__cycle_may(pz__call *call, pz__doing doing, pz_id class_id, pz_id org);

/* PZ_E_STATE unless it is in one of the two states; and the next version of it, in the state `to`. */
pz_status pz__cycle_need_state(const pz_cycle *cycle, int32_t from, int32_t or_from);
pz_status pz__cycle_move(pz__call *call, pz_cycle *cycle, int32_t to);

/* The learners whom it covers at the call's day and whom the actor reaches, by id; freed with pz__release. */
pz_status pz__cycle_learners(pz__call *call, const pz_cycle *cycle, pz_id **out_learners, size_t *out_count);

/* The moment before which evidence belongs to it: the first of the day after its last; PZ_TIME_NONE if it has no last day. */
pz_time pz__cycle_end(const pz__call *call, const pz_cycle *cycle);

#endif
