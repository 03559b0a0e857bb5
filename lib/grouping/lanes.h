/* What criteria about columns count in a group. A lane is a column, or a code of a column of categories; it has two numbers: of balanced
 * criteria the sum of values (less the mean of all, and scaled) and how many are known, of complementary ones who has it and who lacks it. */
#ifndef PZ_GROUPING_LANES_H
#define PZ_GROUPING_LANES_H

#include "grouping/data.h"

/* Codes in a column; lanes of all criteria. */
enum { PZ__CODES_MAX = 256, PZ__LANES_MAX = 4096 };

typedef struct pz__lane {
    int32_t criterion, column;
    double code;  /* NaN: the value itself */
    double mean;  /* of grouped learners */
    double scale; /* of balanced criteria: brings the column's sum of squares to 1; of complementary ones 1 where somebody has it; else 0 */
    double lacking, having; /* grouped learners, for complementary criteria */
    int is_balanced;
} pz__lane;

typedef struct pz__lanes {
    pz__lane *lanes; /* criterion by criterion */
    int32_t count;
} pz__lanes;

pz_status pz__lanes_make(const pz__grouping_data *data, const int32_t *group_of, pz__lanes *out_lanes);
void pz__lanes_free(pz__lanes *lanes);

/* The codes of a column in order; *out_count is PZ__CODES_MAX + 1 where there are more than that. */
void pz__lanes_codes(const double *values, size_t rows, size_t columns, size_t column, double *codes, int32_t *out_count);

/* What a learner has in a lane: its value, or 0 or 1; NaN where it is not known. */
double pz__lane_value(const pz__lane *lane, const pz__criterion *criterion, int32_t learner);
/* Adds a learner to two numbers for each lane. */
void pz__lanes_add(const pz__lanes *lanes, const pz__grouping_data *data, int32_t learner, double *numbers);
/* What a group counts for a criterion: what lies between groups, or gaps that nobody fills. */
double pz__lanes_gather(const pz__lanes *lanes, int32_t criterion, const double *numbers, const double *out, const double *in);
/* What all groups together could count at most. */
double pz__lanes_total(const pz__lanes *lanes, int32_t criterion);
/* The lane of a balanced criterion in which a group differs most from all; -1: none. The means are as the caller gave the values. */
int32_t pz__lanes_widest(const pz__lanes *lanes, int32_t criterion, const double *numbers, double *out_mean, double *out_of_all);

#endif
