/* The records of recommend.h. */
#include "base/record.h"
#include "records/by_id.h"
#include "records/types_learning.h"

const char *const pz__strategy_names[] = {"", "need", "readiness", "mixed", "random", "interest", "rotation", "jigsaw", "tutoring", NULL};
const char *const pz__recommendation_state_names[] = {"", "proposed", "changed", "accepted", "rejected", NULL};
const char *const pz__grouping_rule_kind_names[] = {"",        "together",  "apart", "locked",      "absent", "opted_out",
                                                    "allowed", "not_alone", "role",  "common_time", NULL};

static const pz_field grouping_request_fields[] = {
    PZ__ID(pz_grouping_request, class_id),
    PZ__ID(pz_grouping_request, cycle),
    PZ__ID(pz_grouping_request, framework),
    PZ__ENUM(pz_grouping_request, strategy, pz__strategy_names),
    PZ__INT(pz_grouping_request, size_min, "1 to 1,000"),
    PZ__INT(pz_grouping_request, size_max, "1 to 1,000"),
    PZ__INT(pz_grouping_request, groups, "0: as many as the sizes need"),
    PZ__BIGINT(pz_grouping_request, seed, ""),
    PZ__BIGINT(pz_grouping_request, iterations, "0: chosen by the number of learners"),
    PZ__TEXT(pz_grouping_request, title),
    PZ__DATE(pz_grouping_request, answer_by),
    PZ__INT(pz_grouping_request, earlier, "accepted recommendations that count, 0 to 100"),
    PZ__INT(pz_grouping_request, earlier_most, "-1: no limit"),
    PZ__REAL(pz_grouping_request, earlier_weight, "0: repeats do not count"),
    PZ__TEXT(pz_grouping_request, criteria),
};
static const pz_grouping_request grouping_request_initial = PZ_GROUPING_REQUEST_INIT;
const pz_record_type pz__grouping_request_type = PZ__RECORD_TYPE(pz_grouping_request, grouping_request_fields, &grouping_request_initial);

static const pz_field grouping_rule_fields[] = {
    PZ__ENUM(pz_grouping_rule, kind, pz__grouping_rule_kind_names),
    PZ__ID(pz_grouping_rule, learner),
    PZ__ID(pz_grouping_rule, other),
    PZ__INT(pz_grouping_rule, group_no, "from 1"),
    PZ__INT(pz_grouping_rule, set_no, "0 to 63"),
    PZ__INT(pz_grouping_rule, least, ""),
    PZ__INT(pz_grouping_rule, most, ""),
};
static const pz_grouping_rule grouping_rule_initial = PZ_GROUPING_RULE_INIT;
const pz_record_type pz__grouping_rule_type = PZ__RECORD_TYPE(pz_grouping_rule, grouping_rule_fields, &grouping_rule_initial);

static const pz_field recommendation_fields[] = {
    PZ__ID(pz_recommendation, id),
    PZ__BIGINT(pz_recommendation, version, ""),
    PZ__ID(pz_recommendation, class_id),
    PZ__ID(pz_recommendation, cycle),
    PZ__ENUM(pz_recommendation, state, pz__recommendation_state_names),
    PZ__ENUM(pz_recommendation, strategy, pz__strategy_names),
    PZ__TEXT(pz_recommendation, title),
    PZ__BIGINT(pz_recommendation, seed, ""),
    PZ__INT(pz_recommendation, groups, ""),
    PZ__INT(pz_recommendation, learners, ""),
    PZ__REAL(pz_recommendation, objective, ""),
    PZ__REAL(pz_recommendation, recommended_objective, ""),
    PZ__BOOL(pz_recommendation, is_replayable),
    PZ__DATE(pz_recommendation, answer_by),
    PZ__ID(pz_recommendation, acted_by),
    PZ__ENUM(pz_recommendation, acted_role, pz__role_names),
    PZ__TIME(pz_recommendation, acted_at),
    PZ__TEXT(pz_recommendation, note),
};
static const pz_recommendation recommendation_initial = {
    sizeof(pz_recommendation), 0, 0, 0, 0, 0, 0, "", 0, 0, 0, 0, PZ_REAL_NONE, PZ_REAL_NONE, 0, PZ_DATE_NONE, 0, 0, PZ_TIME_NONE, NULL, 0};
const pz_record_type pz__recommendation_type = PZ__RECORD_TYPE(pz_recommendation, recommendation_fields, &recommendation_initial);

static const pz_field group_fields[] = {
    PZ__ID(pz_group, recommendation), PZ__INT(pz_group, group_no, "from 1"), PZ__INT(pz_group, size, "learners"),
    PZ__ID(pz_group, competency),     PZ__TEXT(pz_group, rationale),
};
static const pz_group group_initial = {sizeof(pz_group), 0, 0, 0, 0, "", 0};
const pz_record_type pz__group_type = PZ__RECORD_TYPE(pz_group, group_fields, &group_initial);

static const pz_field group_member_fields[] = {
    PZ__ID(pz_group_member, recommendation), PZ__INT(pz_group_member, group_no, "from 1"), PZ__ID(pz_group_member, learner),
    PZ__BOOL(pz_group_member, is_locked),    PZ__BOOL(pz_group_member, by_hand),           PZ__TEXT(pz_group_member, rationale),
};
static const pz_group_member group_member_initial = {sizeof(pz_group_member), 0, 0, 0, 0, 0, "", 0};
const pz_record_type pz__group_member_type = PZ__RECORD_TYPE(pz_group_member, group_member_fields, &group_member_initial);

static const pz_field group_move_fields[] = {
    PZ__ID(pz_group_move, learner),
    PZ__INT(pz_group_move, group_no, "from 1; 0 takes the learner out"),
};
static const pz_group_move group_move_initial = PZ_GROUP_MOVE_INIT;
const pz_record_type pz__group_move_type = PZ__RECORD_TYPE(pz_group_move, group_move_fields, &group_move_initial);

static const pz_field recommendation_query_fields[] = {
    PZ__ID(pz_recommendation_query, class_id),
    PZ__ENUM(pz_recommendation_query, state, pz__recommendation_state_names),
    PZ__ENUM(pz_recommendation_query, strategy, pz__strategy_names),
    PZ__TEXT(pz_recommendation_query, text),
    PZ__ENUM(pz_recommendation_query, order, pz__list_order_names),
    PZ__INT(pz_recommendation_query, limit, "rows, 0 all"),
    PZ__ID(pz_recommendation_query, after),
};
static const pz_recommendation_query recommendation_query_initial = PZ_RECOMMENDATION_QUERY_INIT;
const pz_record_type pz__recommendation_query_type =
    PZ__RECORD_TYPE(pz_recommendation_query, recommendation_query_fields, &recommendation_query_initial);
