/* What profiles say, by criterion, as rows of learner, name and entry: for lists and for recommendations of groups. */
#ifndef PZ_RECORDS_PROFILE_FEATURE_H
#define PZ_RECORDS_PROFILE_FEATURE_H

#include "personalize/profile.h"
#include "records/access/call.h"

enum { PZ__FEATURE_CRITERIA = 5 };

/* Its number, or -1 where there is none of that name. */
int32_t pz__feature_criterion(const char *name, size_t length);
const char *pz__feature_criterion_name(int32_t criterion);
int pz__feature_is_times(int32_t criterion);

/* Of these learners, in their order, what the call sees and what holds on its day. One block, freed by the caller with pz_free. PZ_E_DENIED. */
pz_status pz__features_read(pz__call *call, int32_t criterion, const pz_id *learners, size_t count, pz_profile_feature ***out_rows,
                            size_t *out_count);

#endif
