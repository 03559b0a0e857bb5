/* The criteria that are about pairs of learners, joined into one cost for each two units. Costs are whole numbers, so that nothing drifts and no order of sums matters.
 *
 * For a few thousand units all costs are kept, and what every unit would cost in every group: the potential of a unit in a group is the sum of its costs with the
 * units there. With it the change by a move or a swap is a few additions, and making it two additions of rows. For more units memory would grow with their square:
 * there costs are made when they are asked for, and kept are only the units of each group and what each unit costs in its own. */
#ifndef PZ_GROUPING_PAIRS_H
#define PZ_GROUPING_PAIRS_H

#include "grouping/measure.h"
#include "grouping/units.h"

typedef struct pz__pairs {
    int32_t count; /* units; 0 where no criterion is about pairs */
    int32_t groups;
    double scale;       /* of the objective to whole numbers */
    int64_t total;      /* cost within groups */
    int has_matrix;     /* `cost` and `potential`, or else all below them */
    int32_t *cost;      /* unit by unit */
    int32_t *potential; /* group by group, by unit */
    const pz__measure *measure;
    const pz__units *units;
    double slopes[PZ__CRITERIA_MAX]; /* by criterion: of a distance to whole numbers */
    int32_t simple;    /* the one criterion about pairs, of numbers none of which is missing, and all units are of one learner; -1 */
    int32_t width;     /* then: columns, made even by one of 0 */
    double *points;    /* and their values unit by unit */
    int64_t *own;      /* by unit: what it costs in its group */
    int32_t *group_of; /* by unit */
    int32_t *head, *next, *previous; /* units of each group, by group and by unit; -1 ends */
} pz__pairs;

pz_status pz__pairs_make(const pz__measure *measure, const pz__units *units, const int32_t *group_of_unit, pz__pairs *out_pairs);
void pz__pairs_free(pz__pairs *pairs);
/* The potentials of another division. */
void pz__pairs_set(pz__pairs *pairs, const int32_t *group_of_unit);

/* Of two units; of one with each of a list. */
int32_t pz__pairs_cost(const pz__pairs *pairs, int32_t unit, int32_t other);
void pz__pairs_costs(const pz__pairs *pairs, int32_t unit, const int32_t *others, int32_t count, int32_t *out_costs);
/* What the unit costs, or would cost, in a group. */
int64_t pz__pairs_potential(const pz__pairs *pairs, int32_t group, int32_t unit);

/* Change of the cost where `unit` leaves group `from` for group `to`. */
static inline int64_t pz__pairs_by_move(const pz__pairs *p, int32_t from, int32_t to, int32_t unit)
{
    if (!p->has_matrix) return pz__pairs_potential(p, to, unit) - pz__pairs_potential(p, from, unit);
    return (int64_t)p->potential[(size_t)to * (size_t)p->count + (size_t)unit] -
           p->potential[(size_t)from * (size_t)p->count + (size_t)unit];
}

/* Where `unit` leaves `from` for `to` and `some` others go the other way. */
int64_t pz__pairs_change(const pz__pairs *pairs, int32_t from, int32_t to, int32_t unit, const int32_t *some, int some_count);
void pz__pairs_move(pz__pairs *pairs, int32_t from, int32_t to, int32_t unit, const int32_t *some, int some_count);

#endif
