/* The criteria that are about pairs of learners, joined into one cost for each two units, and what every unit would cost in every group: the
 * potential of a unit in a group is the sum of its costs with the units there. With it the change by a move or a swap is a few additions, and
 * making it two additions of rows. Costs are whole numbers, so that nothing drifts and no order of sums matters. */
#ifndef PZ_GROUPING_PAIRS_H
#define PZ_GROUPING_PAIRS_H

#include "grouping/measure.h"
#include "grouping/units.h"

typedef struct pz__pairs {
    int32_t count; /* units; 0 where no criterion is about pairs */
    int32_t groups;
    double scale;       /* of the objective to whole numbers */
    int32_t *cost;      /* unit by unit */
    int32_t *potential; /* group by group, by unit */
    int64_t total;      /* cost within groups */
} pz__pairs;

pz_status pz__pairs_make(const pz__measure *measure, const pz__units *units, const int32_t *group_of_unit, pz__pairs *out_pairs);
void pz__pairs_free(pz__pairs *pairs);
/* The potentials of another division. */
void pz__pairs_set(pz__pairs *pairs, const int32_t *group_of_unit);

/* Change of the cost where `unit` leaves group `from` for group `to`. */
static inline int64_t pz__pairs_by_move(const pz__pairs *p, int32_t from, int32_t to, int32_t unit)
{
    return (int64_t)p->potential[(size_t)to * (size_t)p->count + (size_t)unit] -
           p->potential[(size_t)from * (size_t)p->count + (size_t)unit];
}

/* Where `unit` leaves `from` for `to` and `some` others go the other way. */
int64_t pz__pairs_change(const pz__pairs *pairs, int32_t from, int32_t to, int32_t unit, const int32_t *some, int some_count);
void pz__pairs_move(pz__pairs *pairs, int32_t from, int32_t to, int32_t unit, const int32_t *some, int some_count);

#endif
