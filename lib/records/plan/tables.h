/* The records of plan.h: their descriptions, and how they lie in their tables. */
#ifndef PZ_RECORDS_PLAN_TABLES_H
#define PZ_RECORDS_PLAN_TABLES_H

#include "personalize/plan.h"
#include "records/versioned.h"

extern const pz_record_type pz__plan_template_type;
extern const pz_record_type pz__plan_type;
extern const pz_record_type pz__plan_part_type;
extern const pz_record_type pz__plan_signature_type;
extern const pz_record_type pz__plan_review_type;
extern const pz_record_type pz__plan_query_type;

extern const char *const pz__plan_state_names[];

extern const pz_record_type *const pz__plan_types[];

extern const pz__table pz__plan_template_table;
extern const pz__table pz__plan_table;
extern const pz__table pz__plan_signature_table;
extern const pz__table pz__plan_review_table;

/* The columns of the descriptions in their order; of pz_plan without is_current, which is the last. */
#define PZ__PLAN_TEMPLATE_COLUMNS                                                                                                          \
    "template_id, org_id, title, prompts, weeks, with_guardian, with_teacher, with_counselor, with_leader, ended, author_id, copied_from, " \
    "copied_author"
#define PZ__PLAN_COLUMNS                                                                                                                   \
    "plan_id, learner_id, version, state, template_id, title, vision, summary, begins_on, ends_on, with_guardian, with_teacher, "          \
    "with_counselor, with_leader, parts, previous_id, next_id, author_id, author_role, acted_by, acted_role, acted_at"
#define PZ__PLAN_PART_COLUMNS "plan_id, position, record_kind, record_id, note"
#define PZ__PLAN_SIGNATURE_COLUMNS "plan_id, person_id, role, version, note, signed_at"
#define PZ__PLAN_REVIEW_COLUMNS "plan_id, checkin_id, outcome, reviewed_by, reviewed_role, reviewed_at"

#endif
