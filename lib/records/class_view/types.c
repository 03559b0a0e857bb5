#include "records/class_view/types.h"

static const pz_field distribution_fields[] = {
    PZ__ID(pz_class_distribution, competency),      PZ__INT(pz_class_distribution, learners, ""),
    PZ__INT(pz_class_distribution, low, "learners"),        PZ__INT(pz_class_distribution, middle, "learners"),
    PZ__INT(pz_class_distribution, high, "learners"),       PZ__INT(pz_class_distribution, not_enough, "learners"),
    PZ__INT(pz_class_distribution, shown, "learners"),      PZ__REAL(pz_class_distribution, mean, "0 to 1"),
    PZ__INT(pz_class_distribution, items, ""),      PZ__INT(pz_class_distribution, items_asked, ""),
};
static const pz_class_distribution distribution_initial = {sizeof(pz_class_distribution), 0, 0, 0, 0, 0, 0, 0, PZ_REAL_NONE, 0, 0};
const pz_record_type pz__class_distribution_type = PZ__RECORD_TYPE(pz_class_distribution, distribution_fields, &distribution_initial);

static const pz_field item_fields[] = {
    PZ__ID(pz_item_analysis, item),
    PZ__INT(pz_item_analysis, learners, ""),
    PZ__REAL(pz_item_analysis, difficulty, "0 to 1"),
    PZ__REAL(pz_item_analysis, discrimination, "-1 to 1"),
    PZ__INT(pz_item_analysis, options, ""),
    PZ__INT(pz_item_analysis, draws_strong, "options"),
    PZ__BOOL(pz_item_analysis, is_key_doubtful),
};
static const pz_item_analysis item_initial = {sizeof(pz_item_analysis), 0, 0, PZ_REAL_NONE, PZ_REAL_NONE, 0, 0, 0};
const pz_record_type pz__item_analysis_type = PZ__RECORD_TYPE(pz_item_analysis, item_fields, &item_initial);

static const char *const note_names[] = {"", "plain", "draws_strong", "seldom", "right_draws_nobody", NULL}; /* ::pz_option_note */

static const pz_field option_fields[] = {
    PZ__ID(pz_option_analysis, item),
    PZ__INT(pz_option_analysis, option, ""),
    PZ__BOOL(pz_option_analysis, is_right),
    PZ__INT(pz_option_analysis, chosen, "learners"),
    PZ__REAL(pz_option_analysis, share, "0 to 1"),
    PZ__REAL(pz_option_analysis, point_biserial, "-1 to 1"),
    PZ__REAL(pz_option_analysis, p_value, "0 to 1"),
    PZ__ENUM(pz_option_analysis, note, note_names),
    PZ__ID(pz_option_analysis, misconception),
};
static const pz_option_analysis option_initial = {sizeof(pz_option_analysis), 0, 0, 0, 0, PZ_REAL_NONE, PZ_REAL_NONE, PZ_REAL_NONE, 0, 0};
const pz_record_type pz__option_analysis_type = PZ__RECORD_TYPE(pz_option_analysis, option_fields, &option_initial);

static const pz_field fairness_fields[] = {
    PZ__ID(pz_item_fairness, item),
    PZ__INT(pz_item_fairness, learners, ""),
    PZ__INT(pz_item_fairness, others, ""),
    PZ__BOOL(pz_item_fairness, is_suppressed),
    PZ__REAL(pz_item_fairness, odds_ratio, ""),
    PZ__REAL(pz_item_fairness, delta, ""),
    PZ__REAL(pz_item_fairness, p_value, "0 to 1"),
    PZ__INT(pz_item_fairness, category, "1 to 3, 0 none"),
};
static const pz_item_fairness fairness_initial = {sizeof(pz_item_fairness), 0, 0, 0, 0, PZ_REAL_NONE, PZ_REAL_NONE, PZ_REAL_NONE, 0};
const pz_record_type pz__item_fairness_type = PZ__RECORD_TYPE(pz_item_fairness, fairness_fields, &fairness_initial);

const pz_record_type *const pz__class_view_types[] = {&pz__class_distribution_type, &pz__item_analysis_type, &pz__option_analysis_type,
                                                      &pz__item_fairness_type, NULL};
