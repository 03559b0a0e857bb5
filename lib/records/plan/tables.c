#include "records/plan/tables.h"

#include "records/types_learning.h"

#define MARKS_22 PZ__MARKS_13 ", ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24"

/* clang-format off: one table, one block */

const pz__table pz__plan_template_table = {
    &pz__plan_template_type,
    PZ_KIND_PLAN_TEMPLATE,
    1,
    9,
    -1,
    0,
    PZ__TABLE_SQL("plan_template", PZ__PLAN_TEMPLATE_COLUMNS, PZ__MARKS_13, "template_id = ?2")};

static const pz_field plan_fields[] = {
    PZ__ID(pz_plan, learner),
    PZ__ID(pz_plan, id),
    PZ__BIGINT(pz_plan, version, ""),
    PZ__ENUM(pz_plan, state, pz__plan_state_names),
    PZ__ID(pz_plan, template_id),
    PZ__TEXT(pz_plan, title),
    PZ__TEXT(pz_plan, vision),
    PZ__TEXT(pz_plan, summary),
    PZ__DATE(pz_plan, begins_on),
    PZ__DATE(pz_plan, ends_on),
    PZ__BOOL(pz_plan, with_guardian),
    PZ__BOOL(pz_plan, with_teacher),
    PZ__BOOL(pz_plan, with_counselor),
    PZ__BOOL(pz_plan, with_leader),
    PZ__INT(pz_plan, parts, ""),
    PZ__ID(pz_plan, previous),
    PZ__ID(pz_plan, next),
    PZ__ID(pz_plan, author),
    PZ__ENUM(pz_plan, author_role, pz__role_names),
    PZ__ID(pz_plan, acted_by),
    PZ__ENUM(pz_plan, acted_role, pz__role_names),
    PZ__TIME(pz_plan, acted_at),
};
static const pz_plan plan_initial = PZ_PLAN_INIT;
static const pz_record_type plan_row_type = PZ__RECORD_TYPE(pz_plan, plan_fields, &plan_initial);

const pz__table pz__plan_table = {
    &plan_row_type,
    PZ_KIND_PLAN,
    2,
    -1,
    0,
    1,
    PZ__TABLE_SQL(
        "plan",
        "learner_id, plan_id, version, state, template_id, title, vision, summary, begins_on, ends_on, with_guardian, with_teacher, "
        "with_counselor, with_leader, parts, previous_id, next_id, author_id, author_role, acted_by, acted_role, acted_at",
        MARKS_22, "learner_id = ?2 AND plan_id = ?3")};

static const pz_field signature_fields[] = {
    PZ__ID(pz_plan_signature, plan),
    PZ__ID(pz_plan_signature, person),
    PZ__ENUM(pz_plan_signature, role, pz__role_names),
    PZ__BIGINT(pz_plan_signature, version, ""),
    PZ__TEXT(pz_plan_signature, note),
    PZ__TIME(pz_plan_signature, signed_at),
};
static const pz_plan_signature signature_initial = {sizeof(pz_plan_signature), 0, 0, 0, 0, NULL, PZ_NUL_TERMINATED, PZ_TIME_NONE, 0};
static const pz_record_type signature_row_type = PZ__RECORD_TYPE(pz_plan_signature, signature_fields, &signature_initial);

const pz__table pz__plan_signature_table = {
    &signature_row_type,
    PZ_KIND_PLAN,
    2,
    -1,
    -1,
    0,
    PZ__TABLE_SQL("plan_signature", PZ__PLAN_SIGNATURE_COLUMNS, PZ__MARKS_6, "plan_id = ?2 AND person_id = ?3")};

const pz__table pz__plan_review_table = {
    &pz__plan_review_type,
    PZ_KIND_PLAN,
    2,
    -1,
    -1,
    0,
    PZ__TABLE_SQL("plan_review", PZ__PLAN_REVIEW_COLUMNS, PZ__MARKS_6, "plan_id = ?2 AND checkin_id = ?3")};
