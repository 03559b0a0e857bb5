/* What a division is worth, kept up to date as units move. Every term is a share from 0 to 1, less is better. */
#ifndef PZ_GROUPING_MEASURE_H
#define PZ_GROUPING_MEASURE_H

#include "grouping/lanes.h"

/* What a run of learners adds to a group: the same for a unit and for a whole group. */
typedef struct pz__bulk {
    int32_t size;
    const double *sums;    /* by numeric criterion: sum of values less the mean of all */
    const int32_t *counts; /* by numeric criterion: learners with a value */
    const double *needs;   /* by column of the needs, then by lane */
} pz__bulk;

typedef struct pz__measure {
    const pz__grouping_data *data;
    int32_t groups;
    int32_t learners;     /* grouped ones */
    int32_t columns;      /* of `needs`: those of the criterion about needs, then two for each lane */
    int32_t need_columns; /* of the criterion about needs alone; 0 */
    pz__lanes lanes;      /* what balanced and complementary criteria count */
    double *means;        /* by criterion, of grouped learners with a value */
    double *totals;       /* by criterion: sum of squares around the mean; for needs the sum of greatest needs */
    double *weights;      /* by criterion, adding up to 1 */
    int32_t *sizes;       /* by group */
    double *sums;         /* group by group, by criterion */
    int32_t *counts;      /* group by group, by criterion */
    double *needs;        /* group by group, by column */
    double *gathered;     /* group by group, by criterion: what the term counts, see pz__gather */
    double *lane_slopes;  /* by lane: of a criterion that is balanced, where all are and no value is missing; else NULL */
} pz__measure;

/* `group_of` has one number a learner, -1 where not grouped. */
pz_status pz__measure_make(const pz__grouping_data *data, const int32_t *group_of, int32_t groups, pz__measure *out_measure);
void pz__measure_free(pz__measure *measure);

/* Fills sums, counts and needs of one learner into arrays of the measure's width. */
void pz__measure_learner(const pz__measure *measure, int32_t learner, double *sums, int32_t *counts, double *needs);

/* What group `group` would count for a criterion with `out` taken out and `in` put in (either may be NULL): squared sum by count, or the
 * greatest need of all columns. For balanced and complementary criteria see
 * pz__lanes_gather. Of pairs it is what was gathered when the measure was made: pz__pairs keeps them. */
double pz__gather(const pz__measure *measure, int32_t group, int32_t criterion, const pz__bulk *out, const pz__bulk *in);
/* Change of the objective where `what` leaves group `from` for group `to`, and `back` (may be NULL) goes the other way. */
double pz__measure_change(const pz__measure *measure, int32_t from, int32_t to, const pz__bulk *what, const pz__bulk *back);
/* Makes it so. */
void pz__measure_move(pz__measure *measure, int32_t from, int32_t to, const pz__bulk *what, const pz__bulk *back);

/* Another division of the same learners into the same number of groups. What pairs gathered stays as it was. */
void pz__measure_set(pz__measure *measure, const int32_t *group_of);
/* The objective without the criteria about pairs. */
double pz__measure_base(const pz__measure *measure);
/* What one more of what is gathered does to the objective. */
double pz__measure_slope(const pz__measure *measure, int32_t criterion);

double pz__measure_term(const pz__measure *measure, int32_t criterion);
double pz__measure_objective(const pz__measure *measure);
/* The column that a group needs most, its sum; -1 without needs or where nobody needs anything. Ties go to the lower number. */
int32_t pz__measure_focus(const pz__measure *measure, int32_t group, double *out_need);

#endif
