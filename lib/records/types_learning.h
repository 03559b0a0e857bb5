/* The descriptions of the records of profile.h, evidence.h, cycle.h, goal.h and recommend.h. */
#ifndef PZ_RECORDS_TYPES_LEARNING_H
#define PZ_RECORDS_TYPES_LEARNING_H

#include "mastery/model.h"
#include "personalize/cycle.h"
#include "personalize/goal.h"
#include "personalize/profile.h"
#include "personalize/recommend.h"
#include "records/types.h"

extern const pz_record_type pz__assessment_type;
extern const pz_record_type pz__item_type;
extern const pz_record_type pz__item_option_type;
extern const pz_record_type pz__misconception_type;
extern const pz_record_type pz__bearing_type;
extern const pz_record_type pz__assessment_query_type;
extern const pz_record_type pz__item_query_type;
extern const pz_record_type pz__misconception_query_type;
extern const pz_record_type pz__evidence_summary_type;
extern const pz_record_type pz__evidence_query_type;
extern const pz_record_type pz__mastery_rule_type;
extern const pz_record_type pz__learner_mastery_type;
extern const pz_record_type pz__mastery_query_type;

extern const pz_record_type pz__profile_entry_type;
extern const pz_record_type pz__profile_query_type;
extern const pz_record_type pz__support_feature_type;
extern const pz_record_type pz__profile_tag_type;
extern const pz_record_type pz__profile_named_type;
extern const pz_record_type pz__profile_dispute_type;
extern const pz_record_type pz__profile_dispute_query_type;
extern const pz_record_type pz__private_note_query_type;
extern const pz_record_type pz__private_note_type;
extern const pz_record_type pz__profile_feature_type;
extern const pz_record_type pz__profile_upkeep_type;
extern const pz_record_type pz__profile_upkeep_query_type;

extern const pz_record_type pz__cycle_type;
extern const pz_record_type pz__cycle_result_type;
extern const pz_record_type pz__cycle_query_type;
extern const pz_record_type pz__cycle_reopening_type;
extern const pz_record_type pz__group_effect_type;
extern const pz_record_type pz__settling_item_type;
extern const pz_record_type pz__cycle_list_query_type;
extern const pz_record_type pz__recommendation_query_type;

extern const pz_record_type pz__goal_type;
extern const pz_record_type pz__goal_supporter_type;
extern const pz_record_type pz__goal_evidence_type;
extern const pz_record_type pz__goal_query_type;

extern const pz_record_type pz__grouping_request_type;
extern const pz_record_type pz__grouping_rule_type;
extern const pz_record_type pz__recommendation_type;
extern const pz_record_type pz__group_type;
extern const pz_record_type pz__group_member_type;
extern const pz_record_type pz__group_move_type;

/* Names of the enumerations, from 0. */
extern const char *const pz__assessment_kind_names[];
extern const char *const pz__evidence_kind_names[];
extern const char *const pz__profile_section_names[];
extern const char *const pz__visibility_names[];
extern const char *const pz__value_type_names[];
extern const char *const pz__activation_names[];
extern const char *const pz__dispute_state_names[];
extern const char *const pz__profile_order_names[];
extern const char *const pz__cycle_state_names[];
extern const char *const pz__goal_state_names[];
extern const char *const pz__goal_area_names[];
extern const char *const pz__goal_measure_names[];
extern const char *const pz__support_state_names[];
extern const char *const pz__strategy_names[];
extern const char *const pz__recommendation_state_names[];
extern const char *const pz__grouping_rule_kind_names[];

extern const pz_record_type *const pz__learning_types[];

#endif
