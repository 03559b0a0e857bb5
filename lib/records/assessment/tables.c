#include "records/assessment/tables.h"

#include "base/record.h"

const char *const pz__seat_state_names[] = {"", "open", "expected", "exempt", NULL};

static const pz_field seat_fields[] = {
    PZ__ID(pz_assessment_seat, assessment),
    PZ__ID(pz_assessment_seat, learner),
    PZ__ENUM(pz_assessment_seat, state, pz__seat_state_names),
    PZ__DATE(pz_assessment_seat, due_on),
    PZ__TEXT(pz_assessment_seat, reason),
    PZ__INT(pz_assessment_seat, answers, "rows of evidence"),
    PZ__TIME(pz_assessment_seat, first_at),
    PZ__TIME(pz_assessment_seat, last_at),
    PZ__BOOL(pz_assessment_seat, is_missing),
    PZ__BOOL(pz_assessment_seat, is_late),
};
static const pz_assessment_seat seat_initial = PZ_ASSESSMENT_SEAT_INIT;
const pz_record_type pz__assessment_seat_type = PZ__RECORD_TYPE(pz_assessment_seat, seat_fields, &seat_initial);

/* What is kept: the first five members. */
static const pz_field kept_fields[] = {
    PZ__ID(pz_assessment_seat, assessment), PZ__ID(pz_assessment_seat, learner),  PZ__ENUM(pz_assessment_seat, state, pz__seat_state_names),
    PZ__DATE(pz_assessment_seat, due_on),   PZ__TEXT(pz_assessment_seat, reason),
};
static const pz_record_type kept_type = PZ__RECORD_TYPE(pz_assessment_seat, kept_fields, &seat_initial);

const pz__table pz__assessment_seat_table = {&kept_type,
                                             PZ_KIND_ASSESSMENT,
                                             2,
                                             -1,
                                             1,
                                             0,
                                             PZ__TABLE_SQL("assessment_seat", "assessment_id, learner_id, state, due_on, reason",
                                                           PZ__MARKS_5, "assessment_id = ?2 AND learner_id = ?3")};

const pz_record_type *const pz__assessment_types[] = {&pz__assessment_seat_type, NULL};
