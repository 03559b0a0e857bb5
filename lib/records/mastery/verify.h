/* Mastery held against its evidence, for pz_store_verify(). */
#ifndef PZ_RECORDS_MASTERY_VERIFY_H
#define PZ_RECORDS_MASTERY_VERIFY_H

#include "base/json_write.h"
#include "records/access/call.h"

/* Computes every kept state anew from the evidence, by the rule that it names, and compares all of it bit by bit. Adds the member "mastery" to
 * the object that is open in `json`: {"states", "evidence", "wrong": [{"learner", "competency", "found"}, ...the first 100], "wrong_count"}, where
 * found is "differs", "missing" (evidence without a state) or "left_over" (a state without evidence). PZ_OK; PZ_E_CORRUPT where something is
 * wrong (the member is written all the same); PZ_E_CANCELLED. */
pz_status pz__mastery_verify(pz__call *call, pz_progress_fn progress, void *user_data, pz__json_writer *json);

#endif
