/* The records of checkin.h. */
#include "base/record.h"
#include "records/by_id.h"
#include "records/checkin/tables.h"
#include "records/types_learning.h"

const char *const pz__checkin_rhythm_names[] = {"", "on_demand", "monthly", "each_cycle", NULL};
const char *const pz__checkin_state_names[] = {"", "planned", "held", "cancelled", NULL};
const char *const pz__presence_names[] = {"", "invited", "signed", "excused", NULL};

static const pz_field template_fields[] = {
    PZ__ID(pz_checkin_template, id),
    PZ__ID(pz_checkin_template, org),
    PZ__TEXT(pz_checkin_template, title),
    PZ__TEXT(pz_checkin_template, prompts),
    PZ__BOOL(pz_checkin_template, with_guardian),
    PZ__BOOL(pz_checkin_template, with_teacher),
    PZ__BOOL(pz_checkin_template, with_counselor),
    PZ__BOOL(pz_checkin_template, with_leader),
    PZ__BOOL(pz_checkin_template, ended),
    PZ__ID(pz_checkin_template, author),
};
static const pz_checkin_template template_initial = PZ_CHECKIN_TEMPLATE_INIT;
const pz_record_type pz__checkin_template_type = PZ__RECORD_TYPE(pz_checkin_template, template_fields, &template_initial);

static const pz_field schedule_fields[] = {
    PZ__ID(pz_checkin_schedule, scope),
    PZ__ENUM(pz_checkin_schedule, rhythm, pz__checkin_rhythm_names),
    PZ__ID(pz_checkin_schedule, template_id),
    PZ__DATE(pz_checkin_schedule, starts_on),
    PZ__BIGINT(pz_checkin_schedule, since_change, ""),
};
static const pz_checkin_schedule schedule_initial = PZ_CHECKIN_SCHEDULE_INIT;
const pz_record_type pz__checkin_schedule_type = PZ__RECORD_TYPE(pz_checkin_schedule, schedule_fields, &schedule_initial);

static const pz_field checkin_fields[] = {
    PZ__ID(pz_checkin, id),
    PZ__ID(pz_checkin, learner),
    PZ__BIGINT(pz_checkin, version, ""),
    PZ__ENUM(pz_checkin, state, pz__checkin_state_names),
    PZ__ID(pz_checkin, template_id),
    PZ__ID(pz_checkin, cycle),
    PZ__DATE(pz_checkin, due_on),
    PZ__ENUM(pz_checkin, visibility, pz__visibility_names),
    PZ__TEXT(pz_checkin, reason),
    PZ__TEXT(pz_checkin, outcome),
    PZ__TIME(pz_checkin, held_at),
    PZ__ID(pz_checkin, previous),
    PZ__ID(pz_checkin, next),
    PZ__ID(pz_checkin, author),
    PZ__ENUM(pz_checkin, author_role, pz__role_names),
    PZ__ID(pz_checkin, acted_by),
    PZ__ENUM(pz_checkin, acted_role, pz__role_names),
    PZ__TIME(pz_checkin, acted_at),
    PZ__BOOL(pz_checkin, is_current),
};
static const pz_checkin checkin_initial = PZ_CHECKIN_INIT;
const pz_record_type pz__checkin_type = PZ__RECORD_TYPE(pz_checkin, checkin_fields, &checkin_initial);

static const pz_field person_fields[] = {
    PZ__ID(pz_checkin_person, checkin),
    PZ__ID(pz_checkin_person, person),
    PZ__ENUM(pz_checkin_person, role, pz__role_names),
    PZ__ENUM(pz_checkin_person, presence, pz__presence_names),
    PZ__TEXT(pz_checkin_person, note),
    PZ__TIME(pz_checkin_person, signed_at),
};
static const pz_checkin_person person_initial = PZ_CHECKIN_PERSON_INIT;
const pz_record_type pz__checkin_person_type = PZ__RECORD_TYPE(pz_checkin_person, person_fields, &person_initial);

static const pz_field touch_fields[] = {
    PZ__ID(pz_checkin_touch, checkin),
    PZ__INT(pz_checkin_touch, position, "from 1"),
    PZ__ENUM(pz_checkin_touch, record_kind, pz__kind_names),
    PZ__ID(pz_checkin_touch, record),
    PZ__TEXT(pz_checkin_touch, note),
};
static const pz_checkin_touch touch_initial = PZ_CHECKIN_TOUCH_INIT;
const pz_record_type pz__checkin_touch_type = PZ__RECORD_TYPE(pz_checkin_touch, touch_fields, &touch_initial);

static const pz_field agenda_fields[] = {
    PZ__NAME(pz_agenda_item, code), PZ__TEXT(pz_agenda_item, text),   PZ__ENUM(pz_agenda_item, record_kind, pz__kind_names),
    PZ__ID(pz_agenda_item, record), PZ__DATE(pz_agenda_item, due_on), PZ__BIGINT(pz_agenda_item, change, ""),
};
static const pz_agenda_item agenda_initial = {sizeof(pz_agenda_item), "", "", PZ_NUL_TERMINATED, 0, 0, PZ_DATE_NONE, 0};
const pz_record_type pz__agenda_item_type = PZ__RECORD_TYPE(pz_agenda_item, agenda_fields, &agenda_initial);

static const pz_field overdue_fields[] = {
    PZ__ID(pz_overdue_checkin, org),     PZ__ID(pz_overdue_checkin, class_id), PZ__ID(pz_overdue_checkin, learner),
    PZ__ID(pz_overdue_checkin, checkin), PZ__DATE(pz_overdue_checkin, due_on), PZ__INT(pz_overdue_checkin, days, "days"),
};
static const pz_overdue_checkin overdue_initial = {sizeof(pz_overdue_checkin), 0, 0, 0, 0, PZ_DATE_NONE, 0};
const pz_record_type pz__overdue_checkin_type = PZ__RECORD_TYPE(pz_overdue_checkin, overdue_fields, &overdue_initial);

static const char *const order_names[] = {"", "learner", "due", "acted", NULL};
static const pz_field query_fields[] = {
    PZ__ID(pz_checkin_query, learner),
    PZ__ID(pz_checkin_query, class_id),
    PZ__ID(pz_checkin_query, person),
    PZ__ENUM(pz_checkin_query, state, pz__checkin_state_names),
    PZ__DATE(pz_checkin_query, due_until),
    PZ__ID(pz_checkin_query, after),
    PZ__INT(pz_checkin_query, limit, "rows, 0 all"),
    PZ__TEXT(pz_checkin_query, text),
    PZ__ENUM(pz_checkin_query, order, order_names),
};
static const pz_checkin_query query_initial = PZ_CHECKIN_QUERY_INIT;
const pz_record_type pz__checkin_query_type = PZ__RECORD_TYPE(pz_checkin_query, query_fields, &query_initial);

static const pz_field checkin_template_query_fields[] = {
    PZ__ID(pz_checkin_template_query, org),
    PZ__BOOL(pz_checkin_template_query, open_only),
    PZ__TEXT(pz_checkin_template_query, text),
    PZ__ENUM(pz_checkin_template_query, order, pz__list_order_names),
    PZ__INT(pz_checkin_template_query, limit, "rows, 0 all"),
    PZ__ID(pz_checkin_template_query, after),
};
static const pz_checkin_template_query checkin_template_query_initial = PZ_CHECKIN_TEMPLATE_QUERY_INIT;
const pz_record_type pz__checkin_template_query_type =
    PZ__RECORD_TYPE(pz_checkin_template_query, checkin_template_query_fields, &checkin_template_query_initial);

const pz_record_type *const pz__checkin_types[] = {&pz__checkin_template_type,
                                                   &pz__checkin_schedule_type,
                                                   &pz__checkin_type,
                                                   &pz__checkin_person_type,
                                                   &pz__checkin_touch_type,
                                                   &pz__agenda_item_type,
                                                   &pz__overdue_checkin_type,
                                                   &pz__checkin_query_type,
                                                   &pz__checkin_template_query_type,
                                                   NULL};
