/* The records of plan.h. */
#include "base/record.h"
#include "records/plan/tables.h"
#include "records/types_learning.h"

const char *const pz__plan_state_names[] = {"", "draft", "agreed", "closed", NULL};

static const pz_field template_fields[] = {
    PZ__ID(pz_plan_template, id),
    PZ__ID(pz_plan_template, org),
    PZ__TEXT(pz_plan_template, title),
    PZ__TEXT(pz_plan_template, prompts),
    PZ__INT(pz_plan_template, weeks, "weeks"),
    PZ__BOOL(pz_plan_template, with_guardian),
    PZ__BOOL(pz_plan_template, with_teacher),
    PZ__BOOL(pz_plan_template, with_counselor),
    PZ__BOOL(pz_plan_template, with_leader),
    PZ__BOOL(pz_plan_template, ended),
    PZ__ID(pz_plan_template, author),
    PZ__ID(pz_plan_template, copied_from),
    PZ__ID(pz_plan_template, copied_author),
};
static const pz_plan_template template_initial = PZ_PLAN_TEMPLATE_INIT;
const pz_record_type pz__plan_template_type = PZ__RECORD_TYPE(pz_plan_template, template_fields, &template_initial);

static const pz_field plan_fields[] = {
    PZ__ID(pz_plan, id),
    PZ__ID(pz_plan, learner),
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
    PZ__BOOL(pz_plan, is_current),
};
static const pz_plan plan_initial = PZ_PLAN_INIT;
const pz_record_type pz__plan_type = PZ__RECORD_TYPE(pz_plan, plan_fields, &plan_initial);

static const pz_field part_fields[] = {
    PZ__ID(pz_plan_part, plan),
    PZ__INT(pz_plan_part, position, "from 1"),
    PZ__ENUM(pz_plan_part, record_kind, pz__kind_names),
    PZ__ID(pz_plan_part, record),
    PZ__TEXT(pz_plan_part, note),
};
static const pz_plan_part part_initial = PZ_PLAN_PART_INIT;
const pz_record_type pz__plan_part_type = PZ__RECORD_TYPE(pz_plan_part, part_fields, &part_initial);

static const pz_field signature_fields[] = {
    PZ__ID(pz_plan_signature, plan),
    PZ__ID(pz_plan_signature, person),
    PZ__ENUM(pz_plan_signature, role, pz__role_names),
    PZ__BIGINT(pz_plan_signature, version, ""),
    PZ__TEXT(pz_plan_signature, note),
    PZ__TIME(pz_plan_signature, signed_at),
    PZ__BOOL(pz_plan_signature, is_valid),
};
static const pz_plan_signature signature_initial = {sizeof(pz_plan_signature), 0, 0, 0, 0, NULL, PZ_NUL_TERMINATED, PZ_TIME_NONE, 0};
const pz_record_type pz__plan_signature_type = PZ__RECORD_TYPE(pz_plan_signature, signature_fields, &signature_initial);

static const pz_field review_fields[] = {
    PZ__ID(pz_plan_review, plan),
    PZ__ID(pz_plan_review, checkin),
    PZ__TEXT(pz_plan_review, outcome),
    PZ__ID(pz_plan_review, reviewed_by),
    PZ__ENUM(pz_plan_review, reviewed_role, pz__role_names),
    PZ__TIME(pz_plan_review, reviewed_at),
};
static const pz_plan_review review_initial = {sizeof(pz_plan_review), 0, 0, NULL, PZ_NUL_TERMINATED, 0, 0, PZ_TIME_NONE};
const pz_record_type pz__plan_review_type = PZ__RECORD_TYPE(pz_plan_review, review_fields, &review_initial);

static const pz_field query_fields[] = {
    PZ__ID(pz_plan_query, learner),
    PZ__ID(pz_plan_query, class_id),
    PZ__ENUM(pz_plan_query, state, pz__plan_state_names),
    PZ__DATE(pz_plan_query, on),
    PZ__INT(pz_plan_query, limit, "rows, 0 all"),
    PZ__ID(pz_plan_query, after),
};
static const pz_plan_query query_initial = PZ_PLAN_QUERY_INIT;
const pz_record_type pz__plan_query_type = PZ__RECORD_TYPE(pz_plan_query, query_fields, &query_initial);

const pz_record_type *const pz__plan_types[] = {&pz__plan_template_type,  &pz__plan_type,        &pz__plan_part_type,
                                                &pz__plan_signature_type, &pz__plan_review_type, &pz__plan_query_type, NULL};
