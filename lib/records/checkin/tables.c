#include "records/checkin/tables.h"

#include "records/types_learning.h"

#define MARKS_18 PZ__MARKS_13 ", ?16, ?17, ?18, ?19, ?20"

/* clang-format off: one table, one block */

const pz__table pz__checkin_template_table = {
    &pz__checkin_template_type,
    PZ_KIND_CHECKIN_TEMPLATE,
    1,
    8,
    -1,
    0,
    PZ__TABLE_SQL("checkin_template", PZ__CHECKIN_TEMPLATE_COLUMNS, PZ__MARKS_10, "template_id = ?2")};

static const pz_field schedule_fields[] = {
    PZ__ID(pz_checkin_schedule, scope),
    PZ__ENUM(pz_checkin_schedule, rhythm, pz__checkin_rhythm_names),
    PZ__ID(pz_checkin_schedule, template_id),
    PZ__DATE(pz_checkin_schedule, starts_on),
};
static const pz_checkin_schedule schedule_initial = PZ_CHECKIN_SCHEDULE_INIT;
static const pz_record_type schedule_row_type = PZ__RECORD_TYPE(pz_checkin_schedule, schedule_fields, &schedule_initial);

const pz__table pz__checkin_schedule_table = {
    &schedule_row_type,
    PZ_KIND_CHECKIN_TEMPLATE,
    1,
    -1,
    -1,
    0,
    PZ__TABLE_SQL("checkin_schedule", "scope_id, rhythm, template_id, starts_on", PZ__MARKS_4, "scope_id = ?2")};

static const pz_field checkin_fields[] = {
    PZ__ID(pz_checkin, learner),
    PZ__ID(pz_checkin, id),
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
};
static const pz_checkin checkin_initial = PZ_CHECKIN_INIT;
static const pz_record_type checkin_row_type = PZ__RECORD_TYPE(pz_checkin, checkin_fields, &checkin_initial);

const pz__table pz__checkin_table = {
    &checkin_row_type,
    PZ_KIND_CHECKIN,
    2,
    -1,
    0,
    1,
    PZ__TABLE_SQL(
        "checkin",
        "learner_id, checkin_id, version, state, template_id, cycle_id, due_on, visibility, reason, outcome, held_at, previous_id, "
        "next_id, author_id, author_role, acted_by, acted_role, acted_at",
        MARKS_18, "learner_id = ?2 AND checkin_id = ?3")};

const pz__table pz__checkin_person_table = {
    &pz__checkin_person_type,
    PZ_KIND_CHECKIN,
    2,
    -1,
    -1,
    0,
    PZ__TABLE_SQL("checkin_person", PZ__CHECKIN_PERSON_COLUMNS, PZ__MARKS_6, "checkin_id = ?2 AND person_id = ?3")};

const pz__table pz__checkin_touch_table = {
    &pz__checkin_touch_type,
    PZ_KIND_CHECKIN,
    2,
    -1,
    -1,
    0,
    PZ__TABLE_SQL("checkin_touch", PZ__CHECKIN_TOUCH_COLUMNS, PZ__MARKS_5, "checkin_id = ?2 AND position = ?3")};
