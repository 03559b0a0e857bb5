/* A division with its worth. */
#ifndef PZ_GROUPING_RESULT_H
#define PZ_GROUPING_RESULT_H

#include "base/record.h"
#include "grouping/measure.h"

struct pz_grouping_result {
    pz__grouping_data *data;
    pz__measure measure;
    int32_t *group_of; /* by learner */
    int32_t groups;
    uint64_t seed;
    int64_t iterations;
    double lower; /* a bound of the objective from a search for a proof, 0 without one */
    int64_t proof_steps;
    int is_proven, is_stopped;
};

/* Takes a copy of `group_of`. */
pz_status pz__result_make(const pz__grouping_data *data, const int32_t *group_of, int32_t groups, uint64_t seed, int64_t iterations,
                          pz_grouping_result **out_result);

/* Appends every rule and every group's size with whether it holds; returns the number that does not. */
int32_t pz__result_check(const pz_grouping_result *result, pz__rows *rows);

/* A rule as conflicts and checks name it; whether it holds is left 0. */
pz_grouping_check pz__check_of(const pz__grouping_data *data, size_t rule);

extern const pz_record_type pz__grouping_options_type, pz__grouping_check_type, pz__grouping_summary_type, pz__grouping_term_type,
    pz__grouping_group_type, pz__grouping_reason_type, pz__grouping_alternative_type, pz__grouping_fairness_type, pz__grouping_stay_type;
extern const pz_record_type *const pz__grouping_types[];

#endif
