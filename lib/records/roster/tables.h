/* How the records of the roster lie in their tables. */
#ifndef PZ_RECORDS_ROSTER_TABLES_H
#define PZ_RECORDS_ROSTER_TABLES_H

#include "records/versioned.h"

/* A fact of demographics; not a record of the interface. */
typedef struct pz__person_detail {
    uint32_t struct_size;
    pz_id person;
    const char *name;
    const char *value;
    size_t value_len;
} pz__person_detail;

extern const pz__table pz__org_table;
extern const pz__table pz__academic_session_table;
extern const pz__table pz__course_table;
extern const pz__table pz__class_table;
extern const pz__table pz__person_table;
extern const pz__table pz__person_role_table;
extern const pz__table pz__enrollment_table;
extern const pz__table pz__guardianship_table;
extern const pz__table pz__person_detail_table;

/* The table of a kind that pz_roster_end() ends, or NULL. */
const pz__table *pz__roster_table(pz_kind kind);

/* The columns of each in the order of its description, for queries of lists. */
#define PZ__ORG_COLUMNS(t) t "org_id, " t "parent_id, " t "kind, " t "name, " t "identifier, " t "ended"
#define PZ__SESSION_COLUMNS(t) \
    t "session_id, " t "parent_id, " t "kind, " t "title, " t "starts_on, " t "ends_on, " t "school_year, " t "ended"
#define PZ__COURSE_COLUMNS(t) t "course_id, " t "org_id, " t "session_id, " t "title, " t "code, " t "grades, " t "subjects, " t "ended"
#define PZ__CLASS_COLUMNS(t)                                                                                                        \
    t "class_id, " t "org_id, " t "course_id, " t "title, " t "code, " t "kind, " t "location, " t "grades, " t "subjects, " t       \
      "periods, " t "sessions, " t "ended"
#define PZ__PERSON_COLUMNS(t)                                                                                                       \
    t "person_id, " t "given_name, " t "middle_name, " t "family_name, " t "preferred_given_name, " t "preferred_family_name, " t    \
      "username, " t "email, " t "identifier, " t "grades, " t "pronouns, " t "enabled, " t "ended"
#define PZ__ROLE_COLUMNS(t) \
    t "role_id, " t "person_id, " t "org_id, " t "role, " t "outside_role, " t "is_primary, " t "begins_on, " t "ends_on"
#define PZ__ENROLLMENT_COLUMNS(t) \
    t "enrollment_id, " t "class_id, " t "person_id, " t "role, " t "is_primary, " t "begins_on, " t "ends_on"
#define PZ__GUARDIANSHIP_COLUMNS(t) t "learner_id, " t "guardian_id"

#endif
