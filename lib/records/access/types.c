/* The records of access.h. */
#include "base/record.h"
#include "records/types.h"
#include "records/types_learning.h"

const char *const pz__role_names[] = {"", "learner", "guardian", "teacher", "counselor", "leader", "service", NULL};
/* clang-format off */
const char *const pz__kind_names[] = {
    "", "org", "session", "course", "class", "person", "enrollment", "guardianship", "framework", "competency", "association",
    "assessment", "item", "misconception", "evidence", "mastery", "mastery_rule", "cycle", "goal", "profile_entry", "recommendation",
    "change", "store", "role", "voice", "voice_policy", "checkin", "checkin_template", "questionnaire", "answer", "theme", "note", "goal_policy", "goal_group",
    "activity", "assignment", "plan", "plan_template", NULL};
/* clang-format on */
const char *const pz__event_kind_names[] = {"", "changed", "recommended", "awaits_answer", "answered", "cycle", "erased", NULL};

static const pz_field event_fields[] = {
    PZ__ENUM(pz_event, kind, pz__event_kind_names),
    PZ__BIGINT(pz_event, change, ""),
    PZ__TIME(pz_event, at),
    PZ__ENUM(pz_event, record_kind, pz__kind_names),
    PZ__ID(pz_event, record),
    PZ__ID(pz_event, learner),
    PZ__ID(pz_event, person),
    PZ__ENUM(pz_event, role, pz__role_names),
    PZ__NAME(pz_event, action),
    PZ__NAME(pz_event, purpose),
    PZ__BIGINT(pz_event, cursor, ""),
};
static const pz_event event_initial = {sizeof(pz_event), 0, 0, PZ_TIME_NONE, 0, 0, 0, 0, 0, NULL, NULL, 0};
const pz_record_type pz__event_type = PZ__RECORD_TYPE(pz_event, event_fields, &event_initial);

static const pz_field due_fields[] = {
    PZ__ENUM(pz_due, record_kind, pz__kind_names),
    PZ__ID(pz_due, record),
    PZ__ID(pz_due, learner),
    PZ__DATE(pz_due, due_on),
    PZ__NAME(pz_due, code),
};
static const pz_due due_initial = {sizeof(pz_due), 0, 0, 0, PZ_DATE_NONE, NULL};
const pz_record_type pz__due_type = PZ__RECORD_TYPE(pz_due, due_fields, &due_initial);

static const pz_field outside_id_fields[] = {
    PZ__ID(pz_outside_id, id),
    PZ__ENUM(pz_outside_id, kind, pz__kind_names),
    PZ__NAME(pz_outside_id, source),
    PZ__NAME(pz_outside_id, text),
};
static const pz_outside_id outside_id_initial = {sizeof(pz_outside_id), 0, 0, NULL, NULL};
const pz_record_type pz__outside_id_type = PZ__RECORD_TYPE(pz_outside_id, outside_id_fields, &outside_id_initial);

static const pz_field read_fields[] = {
    PZ__ID(pz_read, learner),
    PZ__DATE(pz_read, day),
    PZ__ID(pz_read, person),
    PZ__NAME(pz_read, service),
    PZ__ENUM(pz_read, role, pz__role_names),
    PZ__NAME(pz_read, purpose),
    PZ__ENUM(pz_read, kind, pz__kind_names),
    PZ__ENUM(pz_read, section, pz__profile_section_names),
    PZ__ID(pz_read, class_id),
    PZ__BIGINT(pz_read, times, ""),
    PZ__TIME(pz_read, first_at),
    PZ__TIME(pz_read, last_at),
};
static const pz_read read_initial = {sizeof(pz_read), 0, PZ_DATE_NONE, 0, NULL, 0, NULL, 0, 0, 0, 0, PZ_TIME_NONE, PZ_TIME_NONE};
const pz_record_type pz__read_type = PZ__RECORD_TYPE(pz_read, read_fields, &read_initial);

const pz_record_type *const pz__access_types[] = {&pz__read_type, &pz__event_type, &pz__due_type, &pz__outside_id_type, NULL};
