#include "mastery/simulate.h"

static const pz_field options_fields[] = {
    PZ__BIGINT(pz_simulation_options, seed, ""),
    PZ__INT(pz_simulation_options, learners, "1 to 1000000"),
    PZ__INT(pz_simulation_options, competencies, "1 to 10000"),
    PZ__INT(pz_simulation_options, items, "1 to 1000"),
    PZ__INT(pz_simulation_options, options, "2 to 10"),
    PZ__REAL(pz_simulation_options, prior, "0 to 1"),
    PZ__REAL(pz_simulation_options, guess, "0 to 1"),
    PZ__REAL(pz_simulation_options, slip, "0 to 1"),
    PZ__REAL(pz_simulation_options, difficulty_sd, "0 to 5"),
    PZ__REAL(pz_simulation_options, pace_sd, "0 to 5"),
    PZ__REAL(pz_simulation_options, unready, "0 to 1"),
    PZ__REAL(pz_simulation_options, misconception, "0 to 1"),
    PZ__REAL(pz_simulation_options, misconception_choice, "0 to 1"),
    PZ__REAL(pz_simulation_options, forget_per_day, "0 to below 1"),
};
static const pz_simulation_options options_initial = PZ_SIMULATION_OPTIONS_INIT;
const pz_record_type pz__simulation_options_type = PZ__RECORD_TYPE(pz_simulation_options, options_fields, &options_initial);
