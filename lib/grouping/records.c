#include "grouping/result.h"

static const char *const constraint_names[] = {"",           "size",    "together",  "apart", "locked",      "absent",  "opted_out",
                                               "group_size", "allowed", "not_alone", "role",  "common_time", "earlier", NULL};

static const pz_field options_fields[] = {
    PZ__BIGINT(pz_grouping_options, seed, ""),
    PZ__BIGINT(pz_grouping_options, iterations, "0 to 1,000,000,000"),
    PZ__BIGINT(pz_grouping_options, proof_steps, "0 to 1,000,000,000,000"),
    PZ__BOOL(pz_grouping_options, keep_best),
};
static const pz_grouping_options options_initial = PZ_GROUPING_OPTIONS_INIT;
const pz_record_type pz__grouping_options_type = PZ__RECORD_TYPE(pz_grouping_options, options_fields, &options_initial);

static const pz_field check_fields[] = {
    PZ__ENUM(pz_grouping_check, kind, constraint_names),
    PZ__INT(pz_grouping_check, learner, "from 0; -1 none"),
    PZ__INT(pz_grouping_check, other, "from 0; -1 none"),
    PZ__INT(pz_grouping_check, group, "from 0; -1 none"),
    PZ__BOOL(pz_grouping_check, holds),
    PZ__NAME(pz_grouping_check, name),
    PZ__INT(pz_grouping_check, rule, "from 0; -1 the sizes of the problem"),
    PZ__INT(pz_grouping_check, count, "learners or slots; -1 none"),
    PZ__INT(pz_grouping_check, least, "-1 none"),
    PZ__INT(pz_grouping_check, most, "-1 none"),
};
static const pz_grouping_check check_initial = {sizeof check_initial, 0, -1, -1, -1, 0, NULL, -1, -1, -1, -1};
const pz_record_type pz__grouping_check_type = PZ__RECORD_TYPE(pz_grouping_check, check_fields, &check_initial);

static const pz_field summary_fields[] = {
    PZ__INT(pz_grouping_summary, groups, ""),
    PZ__INT(pz_grouping_summary, learners, "grouped ones"),
    PZ__REAL(pz_grouping_summary, objective, "0 to 1, less is better"),
    PZ__REAL(pz_grouping_summary, bound, "0 to 1"),
    PZ__REAL(pz_grouping_summary, gap, "0 to 1"),
    PZ__INT(pz_grouping_summary, rules_broken, ""),
    PZ__BIGINT(pz_grouping_summary, seed, ""),
    PZ__BIGINT(pz_grouping_summary, iterations, ""),
    PZ__INT(pz_grouping_summary, absent, "learners"),
    PZ__BOOL(pz_grouping_summary, proven),
    PZ__BOOL(pz_grouping_summary, stopped),
    PZ__BIGINT(pz_grouping_summary, proof_steps, ""),
};
static const pz_grouping_summary summary_initial = {sizeof summary_initial, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
const pz_record_type pz__grouping_summary_type = PZ__RECORD_TYPE(pz_grouping_summary, summary_fields, &summary_initial);

static const pz_field term_fields[] = {
    PZ__NAME(pz_grouping_term, name),
    PZ__REAL(pz_grouping_term, weight, "share of all weights"),
    PZ__REAL(pz_grouping_term, value, "0 to 1, less is better"),
    PZ__REAL(pz_grouping_term, bound, "0 to 1"),
};
static const pz_grouping_term term_initial = {sizeof term_initial, NULL, 0, 0, 0};
const pz_record_type pz__grouping_term_type = PZ__RECORD_TYPE(pz_grouping_term, term_fields, &term_initial);

static const pz_field group_fields[] = {
    PZ__INT(pz_grouping_group, group, "from 0"),
    PZ__INT(pz_grouping_group, size, "learners"),
    PZ__INT(pz_grouping_group, focus, "column of the needs; -1 none"),
    PZ__REAL(pz_grouping_group, focus_need, "sum of needs"),
    PZ__INT(pz_grouping_group, focus_count, "learners"),
};
static const pz_grouping_group group_initial = {sizeof group_initial, 0, 0, -1, 0, 0};
const pz_record_type pz__grouping_group_type = PZ__RECORD_TYPE(pz_grouping_group, group_fields, &group_initial);

static const pz_field reason_fields[] = {
    PZ__INT(pz_grouping_reason, group, "from 0"),
    PZ__INT(pz_grouping_reason, learner, "from 0; -1 the group"),
    PZ__NAME(pz_grouping_reason, code),
    PZ__INT(pz_grouping_reason, criterion, "from 0; -1 none"),
    PZ__INT(pz_grouping_reason, column, "from 0; -1 none"),
    PZ__REAL(pz_grouping_reason, value, "see the code"),
    PZ__REAL(pz_grouping_reason, other, "see the code"),
};
static const pz_grouping_reason reason_initial = {sizeof reason_initial, 0, -1, NULL, -1, -1, PZ_REAL_NONE, PZ_REAL_NONE};
const pz_record_type pz__grouping_reason_type = PZ__RECORD_TYPE(pz_grouping_reason, reason_fields, &reason_initial);

static const pz_field alternative_fields[] = {
    PZ__INT(pz_grouping_alternative, group, "from 0"),
    PZ__REAL(pz_grouping_alternative, cost, "of the objective"),
    PZ__INT(pz_grouping_alternative, breaks, "rules"),
    PZ__INT(pz_grouping_alternative, other, "learner; -1 none"),
    PZ__REAL(pz_grouping_alternative, other_cost, "of the objective"),
};
static const pz_grouping_alternative alternative_initial = {sizeof alternative_initial, 0, 0, 0, -1, PZ_REAL_NONE};
const pz_record_type pz__grouping_alternative_type = PZ__RECORD_TYPE(pz_grouping_alternative, alternative_fields, &alternative_initial);

static const pz_field fairness_fields[] = {
    PZ__INT(pz_grouping_fairness, column, "from 0"),
    PZ__REAL(pz_grouping_fairness, code, ""),
    PZ__INT(pz_grouping_fairness, learners, ""),
    PZ__INT(pz_grouping_fairness, groups, ""),
    PZ__INT(pz_grouping_fairness, alone, "learners"),
    PZ__REAL(pz_grouping_fairness, alone_by_chance, "learners"),
    PZ__REAL(pz_grouping_fairness, share, "0 to 1"),
    PZ__REAL(pz_grouping_fairness, least_share, "0 to 1"),
    PZ__REAL(pz_grouping_fairness, most_share, "0 to 1"),
    PZ__REAL(pz_grouping_fairness, between, "0 to 1"),
    PZ__REAL(pz_grouping_fairness, between_by_chance, "0 to 1"),
};
static const pz_grouping_fairness fairness_initial = {
    sizeof fairness_initial, 0, 0, 0, 0, 0, 0, PZ_REAL_NONE, PZ_REAL_NONE, PZ_REAL_NONE, 0, 0};
const pz_record_type pz__grouping_fairness_type = PZ__RECORD_TYPE(pz_grouping_fairness, fairness_fields, &fairness_initial);

static const pz_field stay_fields[] = {
    PZ__INT(pz_grouping_stay, learner, "from 0"),   PZ__INT(pz_grouping_stay, divisions, ""),
    PZ__INT(pz_grouping_stay, lowest, "divisions"), PZ__INT(pz_grouping_stay, in_a_row, "divisions"),
    PZ__REAL(pz_grouping_stay, share, "0 to 1"),    PZ__INT(pz_grouping_stay, now, "0 or 1; -1 not known"),
};
static const pz_grouping_stay stay_initial = {sizeof stay_initial, 0, 0, 0, 0, PZ_REAL_NONE, -1};
const pz_record_type pz__grouping_stay_type = PZ__RECORD_TYPE(pz_grouping_stay, stay_fields, &stay_initial);

const pz_record_type *const pz__grouping_types[] = {&pz__grouping_options_type,     &pz__grouping_check_type,
                                                    &pz__grouping_summary_type,     &pz__grouping_term_type,
                                                    &pz__grouping_group_type,       &pz__grouping_reason_type,
                                                    &pz__grouping_alternative_type, &pz__grouping_fairness_type,
                                                    &pz__grouping_stay_type,        NULL};
