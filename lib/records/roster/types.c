/* The records of roster.h. */
#include "base/record.h"
#include "records/by_id.h"
#include "records/types.h"

static const pz_field org_fields[] = {
    PZ__ID(pz_org, id),     PZ__ID(pz_org, parent),       PZ__TEXT(pz_org, kind),
    PZ__TEXT(pz_org, name), PZ__TEXT(pz_org, identifier), PZ__BOOL(pz_org, ended),
};
static const pz_org org_initial = PZ_ORG_INIT;
const pz_record_type pz__org_type = PZ__RECORD_TYPE(pz_org, org_fields, &org_initial);

static const pz_field session_fields[] = {
    PZ__ID(pz_academic_session, id),
    PZ__ID(pz_academic_session, parent),
    PZ__TEXT(pz_academic_session, kind),
    PZ__TEXT(pz_academic_session, title),
    PZ__DATE(pz_academic_session, starts_on),
    PZ__DATE(pz_academic_session, ends_on),
    PZ__INT(pz_academic_session, school_year, "year in which it ends, 0 unknown"),
    PZ__BOOL(pz_academic_session, ended),
};
static const pz_academic_session session_initial = PZ_ACADEMIC_SESSION_INIT;
const pz_record_type pz__academic_session_type = PZ__RECORD_TYPE(pz_academic_session, session_fields, &session_initial);

static const pz_field course_fields[] = {
    PZ__ID(pz_course, id),     PZ__ID(pz_course, org),      PZ__ID(pz_course, session),    PZ__TEXT(pz_course, title),
    PZ__TEXT(pz_course, code), PZ__TEXT(pz_course, grades), PZ__TEXT(pz_course, subjects), PZ__BOOL(pz_course, ended),
};
static const pz_course course_initial = PZ_COURSE_INIT;
const pz_record_type pz__course_type = PZ__RECORD_TYPE(pz_course, course_fields, &course_initial);

static const pz_field class_fields[] = {
    PZ__ID(pz_class, id),         PZ__ID(pz_class, org),       PZ__ID(pz_class, course),     PZ__TEXT(pz_class, title),
    PZ__TEXT(pz_class, code),     PZ__TEXT(pz_class, kind),    PZ__TEXT(pz_class, location), PZ__TEXT(pz_class, grades),
    PZ__TEXT(pz_class, subjects), PZ__TEXT(pz_class, periods), PZ__TEXT(pz_class, sessions), PZ__BOOL(pz_class, ended),
};
static const pz_class class_initial = PZ_CLASS_INIT;
const pz_record_type pz__class_type = PZ__RECORD_TYPE(pz_class, class_fields, &class_initial);

static const pz_field person_fields[] = {
    PZ__ID(pz_person, id),
    PZ__TEXT(pz_person, given_name),
    PZ__TEXT(pz_person, middle_name),
    PZ__TEXT(pz_person, family_name),
    PZ__TEXT(pz_person, preferred_given_name),
    PZ__TEXT(pz_person, preferred_family_name),
    PZ__TEXT(pz_person, username),
    PZ__TEXT(pz_person, email),
    PZ__TEXT(pz_person, identifier),
    PZ__TEXT(pz_person, grades),
    PZ__TEXT(pz_person, pronouns),
    PZ__BOOL(pz_person, enabled),
    PZ__BOOL(pz_person, ended),
};
static const pz_person person_initial = PZ_PERSON_INIT;
const pz_record_type pz__person_type = PZ__RECORD_TYPE(pz_person, person_fields, &person_initial);

static const pz_field person_role_fields[] = {
    PZ__ID(pz_person_role, id),
    PZ__ID(pz_person_role, person),
    PZ__ID(pz_person_role, org),
    PZ__ENUM(pz_person_role, role, pz__role_names),
    PZ__TEXT(pz_person_role, outside_role),
    PZ__BOOL(pz_person_role, is_primary),
    PZ__DATE(pz_person_role, begins_on),
    PZ__DATE(pz_person_role, ends_on),
};
static const pz_person_role person_role_initial = PZ_PERSON_ROLE_INIT;
const pz_record_type pz__person_role_type = PZ__RECORD_TYPE(pz_person_role, person_role_fields, &person_role_initial);

static const pz_field enrollment_fields[] = {
    PZ__ID(pz_enrollment, id),           PZ__ID(pz_enrollment, class_id),
    PZ__ID(pz_enrollment, person),       PZ__ENUM(pz_enrollment, role, pz__role_names),
    PZ__BOOL(pz_enrollment, is_primary), PZ__DATE(pz_enrollment, begins_on),
    PZ__DATE(pz_enrollment, ends_on),
};
static const pz_enrollment enrollment_initial = PZ_ENROLLMENT_INIT;
const pz_record_type pz__enrollment_type = PZ__RECORD_TYPE(pz_enrollment, enrollment_fields, &enrollment_initial);

static const pz_field guardianship_fields[] = {
    PZ__ID(pz_guardianship, learner),
    PZ__ID(pz_guardianship, guardian),
};
static const pz_guardianship guardianship_initial = {sizeof(pz_guardianship), 0, 0};
const pz_record_type pz__guardianship_type = PZ__RECORD_TYPE(pz_guardianship, guardianship_fields, &guardianship_initial);

static const char *const order_names[] = {"", "name", "given_name", "id", NULL};
static const pz_field person_query_fields[] = {
    PZ__ID(pz_person_query, class_id),
    PZ__ID(pz_person_query, org),
    PZ__ID(pz_person_query, learner),
    PZ__ENUM(pz_person_query, role, pz__role_names),
    PZ__BOOL(pz_person_query, with_ended),
    PZ__TEXT(pz_person_query, text),
    PZ__ENUM(pz_person_query, order, order_names),
    PZ__INT(pz_person_query, limit, "0: all"),
    PZ__ID(pz_person_query, after),
};
static const pz_person_query person_query_initial = PZ_PERSON_QUERY_INIT;
const pz_record_type pz__person_query_type = PZ__RECORD_TYPE(pz_person_query, person_query_fields, &person_query_initial);

static const pz_field class_query_fields[] = {
    PZ__ID(pz_class_query, learner),
    PZ__BOOL(pz_class_query, with_ended),
    PZ__TEXT(pz_class_query, text),
    PZ__ENUM(pz_class_query, order, pz__list_order_names),
    PZ__INT(pz_class_query, limit, "0: all"),
    PZ__ID(pz_class_query, after),
};
static const pz_class_query class_query_initial = PZ_CLASS_QUERY_INIT;
const pz_record_type pz__class_query_type = PZ__RECORD_TYPE(pz_class_query, class_query_fields, &class_query_initial);

const pz_record_type *const pz__roster_types[] = {
    &pz__org_type,         &pz__academic_session_type, &pz__course_type,       &pz__class_type,        &pz__person_type,
    &pz__person_role_type, &pz__enrollment_type,       &pz__guardianship_type, &pz__person_query_type, &pz__class_query_type, NULL};
