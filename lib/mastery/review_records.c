#include "mastery/review.h"

static const pz_field state_fields[] = {
    PZ__INT(pz_review_state, reviews, ""),
    PZ__INT(pz_review_state, lapses, ""),
    PZ__REAL(pz_review_state, stability, "days"),
    PZ__REAL(pz_review_state, difficulty, "1 to 10"),
};
static const pz_review_state state_initial = PZ_REVIEW_STATE_INIT;
const pz_record_type pz__review_state_type = PZ__RECORD_TYPE(pz_review_state, state_fields, &state_initial);
