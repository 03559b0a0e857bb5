#include "mastery/adaptive.h"

static const char *const reason_names[] = {"",         "most_information", "content", "among_best", "sure_enough", "long_enough",
                                           "no_items", "held_back",        NULL};

static const pz_field options_fields[] = {
    PZ__INT(pz_adaptive_options, nodes, "11 to 401"),       PZ__REAL(pz_adaptive_options, range, "1 to 12"),
    PZ__REAL(pz_adaptive_options, start, "ability"),        PZ__REAL(pz_adaptive_options, error_target, "ability"),
    PZ__INT(pz_adaptive_options, length_min, "items"),      PZ__INT(pz_adaptive_options, length_max, "items"),
    PZ__INT(pz_adaptive_options, choose_among, "1 to 100"), PZ__BIGINT(pz_adaptive_options, seed, ""),
};
static const pz_adaptive_options options_initial = PZ_ADAPTIVE_OPTIONS_INIT;
const pz_record_type pz__adaptive_options_type = PZ__RECORD_TYPE(pz_adaptive_options, options_fields, &options_initial);

static const pz_field choice_fields[] = {
    PZ__INT(pz_adaptive_choice, item, "from 0"),      PZ__ENUM(pz_adaptive_choice, reason, reason_names),
    PZ__REAL(pz_adaptive_choice, information, ""),    PZ__REAL(pz_adaptive_choice, chance, "0 to 1"),
    PZ__INT(pz_adaptive_choice, content, "from 0"),   PZ__REAL(pz_adaptive_choice, ability, ""),
    PZ__REAL(pz_adaptive_choice, standard_error, ""), PZ__INT(pz_adaptive_choice, length, "items"),
};
static const pz_adaptive_choice choice_initial = PZ_ADAPTIVE_CHOICE_INIT;
const pz_record_type pz__adaptive_choice_type = PZ__RECORD_TYPE(pz_adaptive_choice, choice_fields, &choice_initial);
