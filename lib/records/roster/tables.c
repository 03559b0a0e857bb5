#include "records/roster/tables.h"

#include "base/record.h"
#include "records/types.h"

const pz__table pz__org_table = {&pz__org_type, PZ_KIND_ORG, 1, 5, -1, 0, PZ__TABLE_SQL("org", PZ__ORG_COLUMNS(""), PZ__MARKS_6, "org_id = ?2")};

const pz__table pz__academic_session_table = {
    &pz__academic_session_type, PZ_KIND_SESSION, 1, 7, -1, 0,
    PZ__TABLE_SQL("academic_session", PZ__SESSION_COLUMNS(""), PZ__MARKS_8, "session_id = ?2")};

const pz__table pz__course_table = {&pz__course_type, PZ_KIND_COURSE, 1, 7, -1, 0,
                                    PZ__TABLE_SQL("course", PZ__COURSE_COLUMNS(""), PZ__MARKS_8, "course_id = ?2")};

const pz__table pz__class_table = {&pz__class_type, PZ_KIND_CLASS, 1, 11, -1, 0,
                                   PZ__TABLE_SQL("class", PZ__CLASS_COLUMNS(""), PZ__MARKS_12, "class_id = ?2")};

const pz__table pz__person_table = {&pz__person_type, PZ_KIND_PERSON, 1, 12, 0, 0,
                                    PZ__TABLE_SQL("person", PZ__PERSON_COLUMNS(""), PZ__MARKS_13, "person_id = ?2")};

const pz__table pz__person_role_table = {&pz__person_role_type, PZ_KIND_ROLE, 1, -1, 1, 0,
                                         PZ__TABLE_SQL("person_role", PZ__ROLE_COLUMNS(""), PZ__MARKS_8, "role_id = ?2")};

const pz__table pz__enrollment_table = {&pz__enrollment_type, PZ_KIND_ENROLLMENT, 1, -1, 2, 0,
                                        PZ__TABLE_SQL("enrollment", PZ__ENROLLMENT_COLUMNS(""), PZ__MARKS_7, "enrollment_id = ?2")};

/* Its keys are two people, and people are not named in change items but as learners. */
const pz__table pz__guardianship_table = {
    &pz__guardianship_type, PZ_KIND_GUARDIANSHIP, 2, -1, 0, -1,
    PZ__TABLE_SQL("guardianship", PZ__GUARDIANSHIP_COLUMNS(""), PZ__MARKS_2, "learner_id = ?2 AND guardian_id = ?3")};

static const pz__person_detail detail_initial = {sizeof(pz__person_detail), 0, NULL, NULL, PZ_NUL_TERMINATED};
static const pz_field detail_fields[] = {
    PZ__ID(pz__person_detail, person),
    PZ__NAME(pz__person_detail, name),
    PZ__TEXT(pz__person_detail, value),
};
static const pz_record_type detail_type = PZ__RECORD_TYPE(pz__person_detail, detail_fields, &detail_initial);

const pz__table pz__person_detail_table = {
    &detail_type, PZ_KIND_PERSON, 2, -1, 0, 0,
    PZ__TABLE_SQL("person_detail", "person_id, name, value", PZ__MARKS_3, "person_id = ?2 AND name = ?3")};

const pz__table *pz__roster_table(pz_kind kind)
{
    switch (kind) {
    case PZ_KIND_ORG: return &pz__org_table;
    case PZ_KIND_SESSION: return &pz__academic_session_table;
    case PZ_KIND_COURSE: return &pz__course_table;
    case PZ_KIND_CLASS: return &pz__class_table;
    case PZ_KIND_PERSON: return &pz__person_table;
    case PZ_KIND_ENROLLMENT: return &pz__enrollment_table;
    case PZ_KIND_ROLE: return &pz__person_role_table;
    default: return NULL;
    }
}
