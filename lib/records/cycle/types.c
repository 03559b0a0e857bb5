/* The records of cycle.h, and the list of all in types_learning.h. */
#include "base/record.h"
#include "records/by_id.h"
#include "records/types_learning.h"

const char *const pz__cycle_state_names[] = {"", "open", "collecting", "closed", "handed_over", "reopened", NULL};

static const pz_field cycle_fields[] = {
    PZ__ID(pz_cycle, id),
    PZ__BIGINT(pz_cycle, version, ""),
    PZ__ENUM(pz_cycle, state, pz__cycle_state_names),
    PZ__ENUM(pz_cycle, kind, pz__assessment_kind_names),
    PZ__ID(pz_cycle, class_id),
    PZ__ID(pz_cycle, org),
    PZ__ID(pz_cycle, framework),
    PZ__ID(pz_cycle, previous),
    PZ__TEXT(pz_cycle, title),
    PZ__DATE(pz_cycle, opens_on),
    PZ__DATE(pz_cycle, closes_on),
    PZ__BIGINT(pz_cycle, closed_change, ""),
};
static const pz_cycle cycle_initial = PZ_CYCLE_INIT;
const pz_record_type pz__cycle_type = PZ__RECORD_TYPE(pz_cycle, cycle_fields, &cycle_initial);

static const pz_field cycle_result_fields[] = {
    PZ__ID(pz_cycle_result, cycle),
    PZ__ID(pz_cycle_result, learner),
    PZ__ID(pz_cycle_result, competency),
    PZ__REAL(pz_cycle_result, estimate, "0 to 1"),
    PZ__REAL(pz_cycle_result, standard_error, "0 to 1"),
    PZ__ENUM(pz_cycle_result, decision, pz__mastery_decision_names),
    PZ__INT(pz_cycle_result, evidence_count, "rows that count"),
    PZ__ID(pz_cycle_result, rule),
    PZ__REAL(pz_cycle_result, growth, "-1 to 1"),
    PZ__REAL(pz_cycle_result, growth_standard_error, ""),
    PZ__BOOL(pz_cycle_result, is_need),
    PZ__INT(pz_cycle_result, step, "1 next, 2 waits, 0 neither"),
};
static const pz_cycle_result cycle_result_initial = {
    sizeof(pz_cycle_result), 0, 0, 0, PZ_REAL_NONE, PZ_REAL_NONE, PZ_MASTERY_NOT_ENOUGH_EVIDENCE, 0, 0, PZ_REAL_NONE, PZ_REAL_NONE, 0, 0};
const pz_record_type pz__cycle_result_type = PZ__RECORD_TYPE(pz_cycle_result, cycle_result_fields, &cycle_result_initial);

static const pz_field cycle_query_fields[] = {
    PZ__ID(pz_cycle_query, cycle),      PZ__ID(pz_cycle_query, class_id),     PZ__ID(pz_cycle_query, learner),
    PZ__ID(pz_cycle_query, competency), PZ__BOOL(pz_cycle_query, needs_only), PZ__BOOL(pz_cycle_query, steps_only),
};
static const pz_cycle_query cycle_query_initial = PZ_CYCLE_QUERY_INIT;
const pz_record_type pz__cycle_query_type = PZ__RECORD_TYPE(pz_cycle_query, cycle_query_fields, &cycle_query_initial);

static const pz_field reopening_fields[] = {
    PZ__ID(pz_cycle_reopening, cycle),
    PZ__BIGINT(pz_cycle_reopening, change, ""),
    PZ__BIGINT(pz_cycle_reopening, closed_change, ""),
    PZ__TEXT(pz_cycle_reopening, reason),
    PZ__ID(pz_cycle_reopening, acted_by),
    PZ__ENUM(pz_cycle_reopening, acted_role, pz__role_names),
    PZ__TIME(pz_cycle_reopening, acted_at),
};
static const pz_cycle_reopening reopening_initial = {sizeof(pz_cycle_reopening), 0, 0, 0, NULL, 0, 0, 0, PZ_TIME_NONE};
const pz_record_type pz__cycle_reopening_type = PZ__RECORD_TYPE(pz_cycle_reopening, reopening_fields, &reopening_initial);

static const char *const effect_measure_names[] = {"", "need_met", "growth", NULL};

static const pz_field group_effect_fields[] = {
    PZ__ID(pz_group_effect, recommendation),
    PZ__INT(pz_group_effect, group_no, "from 1"),
    PZ__ID(pz_group_effect, class_id),
    PZ__ID(pz_group_effect, competency),
    PZ__ENUM(pz_group_effect, measure, effect_measure_names),
    PZ__BIGINT(pz_group_effect, learners, ""),
    PZ__BIGINT(pz_group_effect, others, ""),
    PZ__REAL(pz_group_effect, value, ""),
    PZ__REAL(pz_group_effect, others_value, ""),
    PZ__REAL(pz_group_effect, difference, ""),
    PZ__REAL(pz_group_effect, standard_error, ""),
    PZ__REAL(pz_group_effect, lower, "95 % interval"),
    PZ__REAL(pz_group_effect, upper, "95 % interval"),
};
static const pz_group_effect group_effect_initial = {sizeof(pz_group_effect), 0, 0, 0, 0, 0, 0, 0, PZ_REAL_NONE, PZ_REAL_NONE, PZ_REAL_NONE,
                                                     PZ_REAL_NONE, PZ_REAL_NONE, PZ_REAL_NONE};
const pz_record_type pz__group_effect_type = PZ__RECORD_TYPE(pz_group_effect, group_effect_fields, &group_effect_initial);

static const pz_field settling_item_fields[] = {
    PZ__ID(pz_settling_item, learner),
    PZ__ID(pz_settling_item, competency),
    PZ__INT(pz_settling_item, needed, "answers"),
    PZ__INT(pz_settling_item, position, "from 1"),
    PZ__ID(pz_settling_item, item),
    PZ__REAL(pz_settling_item, weight, "0 to 1"),
};
static const pz_settling_item settling_item_initial = {sizeof(pz_settling_item), 0, 0, 0, 0, 0, PZ_REAL_NONE};
const pz_record_type pz__settling_item_type = PZ__RECORD_TYPE(pz_settling_item, settling_item_fields, &settling_item_initial);

static const pz_field cycle_list_query_fields[] = {
    PZ__ID(pz_cycle_list_query, class_id),
    PZ__ENUM(pz_cycle_list_query, state, pz__cycle_state_names),
    PZ__ENUM(pz_cycle_list_query, kind, pz__assessment_kind_names),
    PZ__TEXT(pz_cycle_list_query, text),
    PZ__ENUM(pz_cycle_list_query, order, pz__list_order_names),
    PZ__INT(pz_cycle_list_query, limit, "rows, 0 all"),
    PZ__ID(pz_cycle_list_query, after),
};
static const pz_cycle_list_query cycle_list_query_initial = PZ_CYCLE_LIST_QUERY_INIT;
const pz_record_type pz__cycle_list_query_type = PZ__RECORD_TYPE(pz_cycle_list_query, cycle_list_query_fields, &cycle_list_query_initial);

const pz_record_type *const pz__learning_types[] = {&pz__profile_feature_type,
                                                    &pz__profile_upkeep_type,
                                                    &pz__profile_upkeep_query_type,
                                                    &pz__profile_entry_type,
                                                    &pz__profile_query_type,
                                                    &pz__support_feature_type,
                                                    &pz__profile_tag_type,
                                                    &pz__profile_named_type,
                                                    &pz__profile_dispute_type,
                                                    &pz__private_note_type,
                                                    &pz__profile_dispute_query_type,
                                                    &pz__private_note_query_type,
                                                    &pz__assessment_type,
                                                    &pz__item_type,
                                                    &pz__item_option_type,
                                                    &pz__misconception_type,
                                                    &pz__bearing_type,
                                                    &pz__evidence_summary_type,
                                                    &pz__evidence_query_type,
                                                    &pz__assessment_query_type,
                                                    &pz__item_query_type,
                                                    &pz__misconception_query_type,
                                                    &pz__mastery_rule_type,
                                                    &pz__learner_mastery_type,
                                                    &pz__mastery_query_type,
                                                    &pz__cycle_type,
                                                    &pz__cycle_result_type,
                                                    &pz__cycle_query_type,
                                                    &pz__cycle_reopening_type,
                                                    &pz__group_effect_type,
                                                    &pz__settling_item_type,
                                                    &pz__cycle_list_query_type,
                                                    &pz__recommendation_query_type,
                                                    &pz__grouping_request_type,
                                                    &pz__grouping_rule_type,
                                                    &pz__recommendation_type,
                                                    &pz__group_type,
                                                    &pz__group_member_type,
                                                    &pz__group_move_type,
                                                    NULL};
