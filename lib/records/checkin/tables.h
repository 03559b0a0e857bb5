/* The records of checkin.h: their descriptions, and how they lie in their tables. */
#ifndef PZ_RECORDS_CHECKIN_TABLES_H
#define PZ_RECORDS_CHECKIN_TABLES_H

#include "personalize/checkin.h"
#include "records/versioned.h"

extern const pz_record_type pz__checkin_template_type;
extern const pz_record_type pz__checkin_schedule_type;
extern const pz_record_type pz__checkin_type;
extern const pz_record_type pz__checkin_person_type;
extern const pz_record_type pz__checkin_touch_type;
extern const pz_record_type pz__agenda_item_type;
extern const pz_record_type pz__overdue_checkin_type;
extern const pz_record_type pz__checkin_query_type;
extern const pz_record_type pz__checkin_template_query_type;

extern const char *const pz__checkin_rhythm_names[];
extern const char *const pz__checkin_state_names[];
extern const char *const pz__presence_names[];

extern const pz_record_type *const pz__checkin_types[];

extern const pz__table pz__checkin_template_table;
extern const pz__table pz__checkin_schedule_table;
extern const pz__table pz__checkin_table;
extern const pz__table pz__checkin_person_table;
extern const pz__table pz__checkin_touch_table;

/* The columns of the descriptions in their order; of pz_checkin without is_current, which is the last. */
#define PZ__CHECKIN_TEMPLATE_COLUMNS                                                                                                       \
    "template_id, org_id, title, prompts, with_guardian, with_teacher, with_counselor, with_leader, ended, author_id"
#define PZ__CHECKIN_COLUMNS                                                                                                                \
    "checkin_id, learner_id, version, state, template_id, cycle_id, due_on, visibility, reason, outcome, held_at, previous_id, next_id, "  \
    "author_id, author_role, acted_by, acted_role, acted_at"
#define PZ__CHECKIN_PERSON_COLUMNS "checkin_id, person_id, role, presence, note, signed_at"
#define PZ__CHECKIN_TOUCH_COLUMNS "checkin_id, position, record_kind, record_id, note"

#endif
