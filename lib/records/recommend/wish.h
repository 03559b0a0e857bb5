/* What a request asks for beyond its strategy: criteria of profiles by name, "interests, strengths complementary 0.5", read from the store as
 * columns for the engine, and as reasons that name the entries they come from. */
#ifndef PZ_RECORDS_RECOMMEND_WISH_H
#define PZ_RECORDS_RECOMMEND_WISH_H

#include "base/json_read.h"
#include "base/json_write.h"
#include "personalize/grouping.h"
#include "records/profile/feature.h"
#include "records/recommend/plan.h"

/* What profiles say of the learners of a request, for one criterion. */
typedef struct pz__wish_data {
    pz_profile_feature **rows; /* by learner; one block */
    size_t row_count;
    size_t *first;    /* of each learner its first row; one more ends the last */
    int32_t *columns; /* of each row */
    int32_t column_count;
    const char **names; /* of each column */
    int32_t *counts; /* of each column: members of the group that is told of who have it */
    int32_t counted_group; /* which group that is; 0: none yet */
    int32_t counted_size;
} pz__wish_data;

typedef struct pz__class_wishes {
    const pz__grouping_ask *ask;
    int32_t first; /* number of the engine's criterion that is the first of them */
    pz__wish_data of[PZ__FEATURE_CRITERIA];
} pz__class_wishes;

/* As the call sees profiles on its day. */
pz_status pz__class_wishes_read(pz__call *call, const pz__grouping_ask *ask, pz__class_wishes *out_wishes);
void pz__class_wishes_free(pz__class_wishes *wishes);

/* Adds them after all other criteria. PZ_E_NOT_ENOUGH where no profile says anything of one. */
pz_status pz__class_wishes_add(pz_grouping_problem *problem, const pz__class_wishes *wishes);

/* The reason of a wish (0 is the first) for a group, or for a learner in it, as an element of the list that is open. */
pz_status pz__wish_reason_write(pz__json_writer *json, pz__class_wishes *wishes, size_t wish, const pz_grouping_reason *reason,
                                const pz__plan *plan);

/* The sentence of such a reason. Names are told where the call sees an entry that they come from. */
int pz__wish_reason_is(const pz__json_value *reason);
pz_status pz__wish_reason_words(pz__call *call, const char *language, const pz__json_value *reason, int plain, pz__buffer *out);

/* A list of reasons as the call may see it: without the names and entries that are hidden from it. */
pz_status pz__wish_reasons_seen(pz__call *call, const char *reasons, pz__json_writer *json);

#endif
