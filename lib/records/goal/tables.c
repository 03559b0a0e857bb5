#include "records/goal/tables.h"

#include "records/voice/tables.h"

#define MARKS_16 PZ__MARKS_13 ", ?16, ?17, ?18"
#define MARKS_17 PZ__MARKS_13 ", ?16, ?17, ?18, ?19"
#define MARKS_18 MARKS_17 ", ?20"
#define MARKS_32 MARKS_18 ", ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30, ?31, ?32, ?33, ?34"

/* clang-format off: one table, one block */

static const pz_field goal_fields[] = {
    PZ__ID(pz_goal, learner),
    PZ__ID(pz_goal, id),
    PZ__BIGINT(pz_goal, version, ""),
    PZ__ENUM(pz_goal, state, pz__goal_state_names),
    PZ__ENUM(pz_goal, area, pz__goal_area_names),
    PZ__TEXT(pz_goal, statement),
    PZ__TEXT(pz_goal, reason),
    PZ__ENUM(pz_goal, measure, pz__goal_measure_names),
    PZ__ID(pz_goal, competency),
    PZ__REAL(pz_goal, target, ""),
    PZ__DATE(pz_goal, due_on),
    PZ__ID(pz_goal, proposed_by),
    PZ__ENUM(pz_goal, proposed_role, pz__role_names),
    PZ__TEXT(pz_goal, reflection),
    PZ__BOOL(pz_goal, learner_agreed),
    PZ__ID(pz_goal, acted_by),
    PZ__ENUM(pz_goal, acted_role, pz__role_names),
    PZ__TIME(pz_goal, acted_at),
    PZ__REAL(pz_goal, target_high, ""),
    PZ__REAL(pz_goal, baseline, ""),
    PZ__TEXT(pz_goal, measured),
    PZ__ENUM(pz_goal, grew_from_kind, pz__kind_names),
    PZ__ID(pz_goal, grew_from),
    PZ__TEXT(pz_goal, strategies),
    PZ__TEXT(pz_goal, resources),
    PZ__REAL(pz_goal, confidence, ""),
    PZ__ENUM(pz_goal, visibility, pz__visibility_names),
    PZ__ID(pz_goal, serves),
    PZ__ID(pz_goal, group),
    PZ__ENUM(pz_goal, resumes, pz__goal_state_names),
    PZ__ENUM(pz_goal, step, pz__goal_step_names),
    PZ__TEXT(pz_goal, why),
};
static const pz_goal goal_initial = PZ_GOAL_INIT;
static const pz_record_type goal_row_type = PZ__RECORD_TYPE(pz_goal, goal_fields, &goal_initial);

const pz__table pz__goal_table = {
    &goal_row_type,
    PZ_KIND_GOAL,
    2,
    -1,
    0,
    1,
    PZ__TABLE_SQL("goal",
                  "learner_id, goal_id, version, state, area, statement, reason, measure, competency_id, target, due_on, proposed_by, "
                  "proposed_role, reflection, learner_agreed, acted_by, acted_role, acted_at, target_high, baseline, measured, "
                  "grew_from_kind, grew_from_id, strategies, resources, confidence, visibility, serves_id, group_id, resumes, step, why",
                  MARKS_32, "learner_id = ?2 AND goal_id = ?3")};

static const pz_field supporter_fields[] = {
    PZ__ID(pz_goal_supporter, goal),
    PZ__ID(pz_goal_supporter, person),
    PZ__ENUM(pz_goal_supporter, role, pz__role_names),
    PZ__ENUM(pz_goal_supporter, state, pz__support_state_names),
    PZ__TEXT(pz_goal_supporter, note),
};
static const pz_goal_supporter supporter_initial = {sizeof(pz_goal_supporter), 0, 0, 0, 0, NULL, 0, 0};
static const pz_record_type supporter_row_type = PZ__RECORD_TYPE(pz_goal_supporter, supporter_fields, &supporter_initial);

const pz__table pz__goal_supporter_table = {
    &supporter_row_type,
    PZ_KIND_GOAL,
    2,
    -1,
    -1,
    0,
    PZ__TABLE_SQL("goal_supporter", "goal_id, person_id, role, state, note", PZ__MARKS_5, "goal_id = ?2 AND person_id = ?3")};

static const pz_field evidence_fields[] = {
    PZ__ID(pz__goal_evidence_row, evidence.goal),       PZ__INT(pz__goal_evidence_row, position, ""),
    PZ__ID(pz__goal_evidence_row, evidence.competency), PZ__BIGINT(pz__goal_evidence_row, evidence.sequence, ""),
    PZ__TIME(pz__goal_evidence_row, evidence.at),       PZ__TEXT(pz__goal_evidence_row, evidence.description),
    PZ__TEXT(pz__goal_evidence_row, evidence.link),
};
static const pz__goal_evidence_row evidence_initial = {PZ_GOAL_EVIDENCE_INIT, 0};
static const pz_record_type evidence_row_type = PZ__RECORD_TYPE(pz__goal_evidence_row, evidence_fields, &evidence_initial);

const pz__table pz__goal_evidence_table = {&evidence_row_type,
                                           PZ_KIND_GOAL,
                                           2,
                                           -1,
                                           -1,
                                           0,
                                           PZ__TABLE_SQL("goal_evidence",
                                                         "goal_id, position, competency_id, sequence, at, description, link", PZ__MARKS_7,
                                                         "goal_id = ?2 AND position = ?3")};

static const pz_field policy_fields[] = {
    PZ__BIGINT(pz__goal_policy_row, policy.org, ""), /* 0 stands for the store and is not NULL */
    PZ__INT(pz__goal_policy_row, position, ""),
    PZ__ENUM(pz__goal_policy_row, policy.step, pz__goal_step_names),
    PZ__ENUM(pz__goal_policy_row, policy.role, pz__role_names),
    PZ__ENUM(pz__goal_policy_row, policy.decision, pz__goal_decision_names),
    PZ__NAME(pz__goal_policy_row, policy.first_grade),
    PZ__NAME(pz__goal_policy_row, policy.last_grade),
    PZ__INT(pz__goal_policy_row, policy.age_from, ""),
    PZ__INT(pz__goal_policy_row, policy.own_goals_from, ""),
};
static const pz__goal_policy_row policy_initial = {PZ_GOAL_POLICY_INIT, 0};
static const pz_record_type policy_row_type = PZ__RECORD_TYPE(pz__goal_policy_row, policy_fields, &policy_initial);

const pz__table pz__goal_policy_table = {&policy_row_type,
                                         PZ_KIND_GOAL_POLICY,
                                         2,
                                         -1,
                                         -1,
                                         0,
                                         PZ__TABLE_SQL("goal_policy",
                                                       "org_id, position, step, role, decision, first_grade, last_grade, age_from, own_goals_from",
                                                       PZ__MARKS_9, "org_id = ?2 AND position = ?3")};

static const pz_field request_fields[] = {
    PZ__ID(pz_goal_request, goal),
    PZ__ID(pz_goal_request, id),
    PZ__ENUM(pz_goal_request, step, pz__goal_step_names),
    PZ__ENUM(pz_goal_request, state, pz__request_state_names),
    PZ__ID(pz_goal_request, asked_by),
    PZ__ENUM(pz_goal_request, asked_role, pz__role_names),
    PZ__TIME(pz_goal_request, asked_at),
    PZ__TEXT(pz_goal_request, why),
    PZ__ID(pz_goal_request, answered_by),
    PZ__ENUM(pz_goal_request, answered_role, pz__role_names),
    PZ__TIME(pz_goal_request, answered_at),
    PZ__TEXT(pz_goal_request, answer),
};
static const pz_goal_request request_initial = {sizeof(pz_goal_request), 0, 0, 0, 0, 0, 0, PZ_TIME_NONE, NULL, 0, 0, 0, PZ_TIME_NONE, NULL, 0};
static const pz_record_type request_row_type = PZ__RECORD_TYPE(pz_goal_request, request_fields, &request_initial);

const pz__table pz__goal_request_table = {
    &request_row_type,
    PZ_KIND_GOAL,
    2,
    -1,
    -1,
    0,
    PZ__TABLE_SQL("goal_request",
                  "goal_id, request_id, step, state, asked_by, asked_role, asked_at, why, answered_by, answered_role, answered_at, answer",
                  PZ__MARKS_12, "goal_id = ?2 AND request_id = ?3")};

static const pz_field revision_fields[] = {
    PZ__ID(pz__goal_revision_row, goal.id),
    PZ__ID(pz__goal_revision_row, request),
    PZ__ENUM(pz__goal_revision_row, goal.area, pz__goal_area_names),
    PZ__TEXT(pz__goal_revision_row, goal.statement),
    PZ__TEXT(pz__goal_revision_row, goal.reason),
    PZ__ENUM(pz__goal_revision_row, goal.measure, pz__goal_measure_names),
    PZ__ID(pz__goal_revision_row, goal.competency),
    PZ__REAL(pz__goal_revision_row, goal.target, ""),
    PZ__REAL(pz__goal_revision_row, goal.target_high, ""),
    PZ__REAL(pz__goal_revision_row, goal.baseline, ""),
    PZ__TEXT(pz__goal_revision_row, goal.measured),
    PZ__DATE(pz__goal_revision_row, goal.due_on),
    PZ__ENUM(pz__goal_revision_row, goal.grew_from_kind, pz__kind_names),
    PZ__ID(pz__goal_revision_row, goal.grew_from),
    PZ__TEXT(pz__goal_revision_row, goal.strategies),
    PZ__TEXT(pz__goal_revision_row, goal.resources),
    PZ__ID(pz__goal_revision_row, goal.serves),
    PZ__ID(pz__goal_revision_row, goal.group),
};
static const pz__goal_revision_row revision_initial = {0, PZ_GOAL_INIT};
static const pz_record_type revision_row_type = PZ__RECORD_TYPE(pz__goal_revision_row, revision_fields, &revision_initial);

const pz__table pz__goal_revision_table = {
    &revision_row_type,
    PZ_KIND_GOAL,
    2,
    -1,
    -1,
    0,
    PZ__TABLE_SQL("goal_revision",
                  "goal_id, request_id, area, statement, reason, measure, competency_id, target, target_high, baseline, measured, due_on, "
                  "grew_from_kind, grew_from_id, strategies, resources, serves_id, group_id",
                  MARKS_18, "goal_id = ?2 AND request_id = ?3")};

static const pz_field group_fields[] = {
    PZ__ID(pz_goal_group, id),         PZ__BIGINT(pz_goal_group, version, ""),
    PZ__ID(pz_goal_group, class_id),   PZ__TEXT(pz_goal_group, statement),
    PZ__ID(pz_goal_group, competency), PZ__DATE(pz_goal_group, due_on),
    PZ__ID(pz_goal_group, proposed_by), PZ__ENUM(pz_goal_group, proposed_role, pz__role_names),
    PZ__BOOL(pz_goal_group, ended),
};
static const pz_goal_group group_initial = PZ_GOAL_GROUP_INIT;
static const pz_record_type group_row_type = PZ__RECORD_TYPE(pz_goal_group, group_fields, &group_initial);

const pz__table pz__goal_group_table = {
    &group_row_type,
    PZ_KIND_GOAL_GROUP,
    1,
    -1,
    -1,
    0,
    PZ__TABLE_SQL("goal_group", "group_id, version, class_id, statement, competency_id, due_on, proposed_by, proposed_role, ended", PZ__MARKS_9,
                  "group_id = ?2")};

static const pz_field milestone_fields[] = {
    PZ__ID(pz_goal_milestone, goal),
    PZ__ID(pz_goal_milestone, id),
    PZ__BIGINT(pz_goal_milestone, version, ""),
    PZ__ENUM(pz_goal_milestone, state, pz__milestone_state_names),
    PZ__TEXT(pz_goal_milestone, statement),
    PZ__DATE(pz_goal_milestone, due_on),
    PZ__BOOL(pz_goal_milestone, learner_agreed),
    PZ__ID(pz_goal_milestone, added_by),
    PZ__ENUM(pz_goal_milestone, added_role, pz__role_names),
    PZ__ID(pz_goal_milestone, done_by),
    PZ__ENUM(pz_goal_milestone, done_role, pz__role_names),
    PZ__TIME(pz_goal_milestone, done_at),
    PZ__ID(pz_goal_milestone, competency),
    PZ__BIGINT(pz_goal_milestone, sequence, ""),
    PZ__TEXT(pz_goal_milestone, description),
    PZ__TEXT(pz_goal_milestone, link),
};
static const pz_goal_milestone milestone_initial = PZ_GOAL_MILESTONE_INIT;
static const pz_record_type milestone_row_type = PZ__RECORD_TYPE(pz_goal_milestone, milestone_fields, &milestone_initial);

const pz__table pz__goal_milestone_table = {
    &milestone_row_type,
    PZ_KIND_GOAL,
    2,
    -1,
    -1,
    0,
    PZ__TABLE_SQL("goal_milestone",
                  "goal_id, milestone_id, version, state, statement, due_on, learner_agreed, added_by, added_role, done_by, done_role, done_at, "
                  "competency_id, sequence, description, link",
                  MARKS_16, "goal_id = ?2 AND milestone_id = ?3")};

static const pz_field measurement_fields[] = {
    PZ__ID(pz__goal_measurement_row, measurement.goal),
    PZ__INT(pz__goal_measurement_row, position, ""),
    PZ__REAL(pz__goal_measurement_row, measurement.value, ""),
    PZ__TIME(pz__goal_measurement_row, measurement.at),
    PZ__TEXT(pz__goal_measurement_row, measurement.note),
    PZ__ID(pz__goal_measurement_row, measurement.measured_by),
    PZ__ENUM(pz__goal_measurement_row, measurement.measured_role, pz__role_names),
};
static const pz__goal_measurement_row measurement_initial = {PZ_GOAL_MEASUREMENT_INIT, 0};
static const pz_record_type measurement_row_type = PZ__RECORD_TYPE(pz__goal_measurement_row, measurement_fields, &measurement_initial);

const pz__table pz__goal_measurement_table = {&measurement_row_type,
                                              PZ_KIND_GOAL,
                                              2,
                                              -1,
                                              -1,
                                              0,
                                              PZ__TABLE_SQL("goal_measurement", "goal_id, position, value, at, note, measured_by, measured_role",
                                                            PZ__MARKS_7, "goal_id = ?2 AND position = ?3")};

static const pz_field reflection_fields[] = {
    PZ__ID(pz__goal_reflection_row, reflection.goal),   PZ__INT(pz__goal_reflection_row, position, ""),
    PZ__TEXT(pz__goal_reflection_row, reflection.content), PZ__ID(pz__goal_reflection_row, reflection.person),
    PZ__ENUM(pz__goal_reflection_row, reflection.role, pz__role_names), PZ__TIME(pz__goal_reflection_row, reflection.at),
};
static const pz__goal_reflection_row reflection_initial = {{sizeof(pz_goal_reflection), 0, "", 0, 0, 0, PZ_TIME_NONE}, 0};
static const pz_record_type reflection_row_type = PZ__RECORD_TYPE(pz__goal_reflection_row, reflection_fields, &reflection_initial);

const pz__table pz__goal_reflection_table = {&reflection_row_type,
                                             PZ_KIND_GOAL,
                                             2,
                                             -1,
                                             -1,
                                             0,
                                             PZ__TABLE_SQL("goal_reflection", "goal_id, position, content, person_id, role, at", PZ__MARKS_6,
                                                           "goal_id = ?2 AND position = ?3")};

static const pz_field demonstration_fields[] = {
    PZ__ID(pz_demonstration, goal),     PZ__ID(pz_demonstration, id),
    PZ__TEXT(pz_demonstration, title),  PZ__TEXT(pz_demonstration, content),
    PZ__ID(pz_demonstration, shown_by), PZ__ENUM(pz_demonstration, shown_role, pz__role_names),
    PZ__TIME(pz_demonstration, shown_at),
};
static const pz_demonstration demonstration_initial = PZ_DEMONSTRATION_INIT;
static const pz_record_type demonstration_row_type = PZ__RECORD_TYPE(pz_demonstration, demonstration_fields, &demonstration_initial);

const pz__table pz__demonstration_table = {
    &demonstration_row_type,
    PZ_KIND_GOAL,
    2,
    -1,
    -1,
    0,
    PZ__TABLE_SQL("demonstration", "goal_id, demonstration_id, title, content, shown_by, shown_role, shown_at", PZ__MARKS_7,
                  "goal_id = ?2 AND demonstration_id = ?3")};

const pz__table pz__demonstration_media_table = {
    &pz__voice_media_type,
    PZ_KIND_GOAL,
    2,
    -1,
    -1,
    0,
    PZ__TABLE_SQL("demonstration_media", "demonstration_id, position, name, reference, media_type, size, hash, alternative", PZ__MARKS_8,
                  "demonstration_id = ?2 AND position = ?3")};

static const pz_field rating_fields[] = {
    PZ__ID(pz__rating_row, rating.demonstration),
    PZ__INT(pz__rating_row, position, ""),
    PZ__TEXT(pz__rating_row, rating.criterion),
    PZ__INT(pz__rating_row, rating.level, ""),
    PZ__INT(pz__rating_row, rating.levels, ""),
    PZ__TEXT(pz__rating_row, rating.words),
    PZ__TEXT(pz__rating_row, rating.note),
    PZ__ID(pz__rating_row, rating.rated_by),
    PZ__ENUM(pz__rating_row, rating.rated_role, pz__role_names),
    PZ__TIME(pz__rating_row, rating.rated_at),
    PZ__BOOL(pz__rating_row, rating.is_self),
};
static const pz__rating_row rating_initial = {PZ_DEMONSTRATION_RATING_INIT, 0};
static const pz_record_type rating_row_type = PZ__RECORD_TYPE(pz__rating_row, rating_fields, &rating_initial);

const pz__table pz__demonstration_rating_table = {
    &rating_row_type,
    PZ_KIND_GOAL,
    2,
    -1,
    -1,
    0,
    PZ__TABLE_SQL("demonstration_rating",
                  "demonstration_id, position, criterion, level, levels, words, note, rated_by, rated_role, rated_at, is_self", PZ__MARKS_11,
                  "demonstration_id = ?2 AND position = ?3")};
