/* Plans as a call sees them, and what steps on them share. */
#ifndef PZ_RECORDS_PLAN_SEE_H
#define PZ_RECORDS_PLAN_SEE_H

#include "personalize/plan.h"
#include "records/access/call.h"

enum { PZ__PLAN_MOST_PARTS = 200 };

/* PZ_E_NOT_FOUND, PZ_E_DENIED. One block, pz_free(). The read is put on record for PZ__SEE. */
pz_status pz__plan_find(pz__call *call, pz__doing doing, pz_id id, pz_plan **out_plan);

/* Whether the actor sees a part of a plan of the learner; what is gone, or of another learner, is not seen. */
pz_status pz__plan_part_is_seen(pz__call *call, pz_id learner, int32_t record_kind, pz_id record, int *out_seen);
/* The parts that the actor sees. */
pz_status pz__plan_parts(pz__call *call, const pz_plan *plan, pz__rows *rows);
pz_status pz__plan_signatures(pz__call *call, const pz_plan *plan, pz__rows *rows);
pz_status pz__plan_reviews(pz__call *call, pz_id plan, pz__rows *rows);

/* Writes a version by this actor at this change; with `says_else` it is a draft of a new version. */
pz_status pz__plan_keep(pz__call *call, pz_plan *plan, int says_else);
/* Puts these parts in place of those that are there. */
pz_status pz__plan_write_parts(pz__call *call, pz_id plan, const pz_plan_part *parts, size_t count);

pz_status pz__plan_need_open(const pz_plan *plan);
pz_status pz__plan_need_version(pz__call *call, const pz_plan *plan, int64_t version);

/* A template; the library's own for 0, -1 and -2, with its texts in `language`. One block, pz_free(). PZ_E_NOT_FOUND. */
pz_status pz__plan_template_find(pz__call *call, pz_id id, const char *language, pz_plan_template **out_template);
enum { PZ__PLAN_OWN_TEMPLATES = 3 };

#endif
