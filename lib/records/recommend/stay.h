/* How often the learners of a recommendation by readiness have sat in the lowest group of the accepted ones before. */
#ifndef PZ_RECORDS_RECOMMEND_STAY_H
#define PZ_RECORDS_RECOMMEND_STAY_H

#include "base/json_write.h"
#include "records/access/call.h"
#include "records/recommend/plan.h"

/* As a member "stays" of the object that is open; nothing for other strategies. */
pz_status pz__stays_put(pz__call *call, const pz__plan *plan, const char *language, pz__json_writer *json);

#endif
