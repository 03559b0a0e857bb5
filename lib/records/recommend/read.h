/* Reading recommendations: who sees which, and as how much of it. */
#ifndef PZ_RECORDS_RECOMMEND_READ_H
#define PZ_RECORDS_RECOMMEND_READ_H

#include "base/json_write.h"
#include "records/recommend/plan.h"

/* Learners and guardians see their own place in what was accepted; all else sees the whole. */
int pz__sees_own_place_only(const pz__call *call);

/* The version that the call sees, if the actor may do this with it; of a plan that only its own place is seen of, all other groups and
 * members are taken out. */
pz_status pz__recommendation_find(pz__call *call, pz__doing doing, pz_id recommendation, pz__plan *out_plan);

/* The document of a plan, as docs/schema/recommendation.json says. */
pz_status pz__recommendation_document(pz__call *call, const pz__plan *plan, const char *language, pz__json_writer *json);

/* The accepted groups that a learner is in, as a list: for the profile. */
pz_status pz__json_accepted_groups(pz__call *call, pz__json_writer *json, pz_id learner, const char *language);

#endif
