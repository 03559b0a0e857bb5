/* A bound of several criteria together. Each alone can be near its best where all of them together cannot. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "grouping/bound.h"
#include "grouping/distance.h"
#include "grouping/rules.h"

/* More learners take longer than forming their groups did. */
enum { LEARNERS_MAX = 60, SWEEPS_MAX = 40 };

/* What a rule asks of one learner's seats: with those who are flagged it shares at least so many, or at most where `sign` is -1. */
typedef struct demand {
    int32_t learner, sign;
    const uint8_t *flags;
    double least, price;
    double slope; /* by how much the price is to change */
} demand;

typedef struct joint {
    const pz__measure *m;
    int32_t learners[LEARNERS_MAX]; /* grouped ones */
    int32_t count, size;
    double fixed;  /* what no division changes */
    double *costs; /* count x count: half the sum over all two in one group, each with itself too, is what the division adds */
    double *work, *vectors, *seats, *prices; /* as large */
    int with_rules;                          /* and with needs, as costs of two */
    int8_t *settled;                         /* as large: two who must be apart (1) or together (2) */
    demand *demands;
    size_t demand_count, demand_capacity;
    uint8_t *flags; /* by rule that counts, by learner */
} joint;

static int is_known(const joint *j, const pz__criterion *criterion)
{
    for (int32_t i = 0; i < j->count; i++)
        for (int32_t c = 0; c < criterion->columns; c++)
            if (isnan(criterion->values[(size_t)j->learners[i] * (size_t)criterion->columns + (size_t)c])) return 0;
    return 1;
}

/* Does the criterion come to costs of each two? What lies between groups of one size is the sum of products within them, by the size. */
static int is_of_two(const joint *j, const pz__criterion *criterion)
{
    if (pz__is_of_pairs(criterion)) return 1;
    if (criterion->kind == PZ__NEEDS) return j->with_rules && j->size > 1;
    return (criterion->kind == PZ__NUMERIC || criterion->kind == PZ__BALANCED) && is_known(j, criterion);
}

static void add_products(joint *j, const double *values, double slope)
{
    for (int32_t a = 0; a < j->count; a++)
        for (int32_t b = 0; b < j->count; b++) j->costs[a * j->count + b] += 2 * slope / j->size * values[a] * values[b];
}

static void add_distances(joint *j, const pz__criterion *criterion, double slope)
{
    for (int32_t a = 0; a < j->count; a++) {
        for (int32_t b = 0; b < a; b++) {
            double cost = slope * pz__distance(criterion, (size_t)j->learners[a], (size_t)j->learners[b]);
            j->costs[a * j->count + b] += cost;
            j->costs[b * j->count + a] += cost;
        }
    }
}

/* A group serves no more than the mean over its members of what each has with the others: whatever its focus is, each two need it together at most as much as
 * what they need most together. */
static void add_needs(joint *j, const pz__criterion *criterion, double slope)
{
    for (int32_t a = 0; a < j->count; a++) {
        for (int32_t b = 0; b < a; b++) {
            const double *x = criterion->values + (size_t)j->learners[a] * (size_t)criterion->columns;
            const double *y = criterion->values + (size_t)j->learners[b] * (size_t)criterion->columns;
            double most = 0;
            for (int32_t c = 0; c < criterion->columns; c++) most = fmax(most, x[c] + y[c]);
            j->costs[a * j->count + b] += slope * most / (j->size - 1);
            j->costs[b * j->count + a] += slope * most / (j->size - 1);
        }
    }
}

static void add_criterion(joint *j, int32_t k)
{
    const pz__criterion *criterion = &j->m->data->criteria[k];
    double slope = pz__measure_slope(j->m, k), values[LEARNERS_MAX];
    if (slope < 0) j->fixed += j->m->weights[k]; /* the term is 1 less a share */
    if (pz__is_of_pairs(criterion)) add_distances(j, criterion, slope);
    if (criterion->kind == PZ__NEEDS) add_needs(j, criterion, slope);
    if (criterion->kind == PZ__NUMERIC) {
        for (int32_t i = 0; i < j->count; i++) values[i] = criterion->values[j->learners[i]] - j->m->means[k];
        add_products(j, values, slope);
    }
    for (int32_t l = 0; l < j->m->lanes.count; l++) {
        const pz__lane *lane = &j->m->lanes.lanes[l];
        if (lane->criterion != k) continue;
        for (int32_t i = 0; i < j->count; i++) values[i] = (pz__lane_value(lane, criterion, j->learners[i]) - lane->mean) * lane->scale;
        add_products(j, values, slope);
    }
}

/* ---------------------------------------------------------------------------------------------------- rules --- */

static int32_t place_of(const joint *j, int32_t learner)
{
    for (int32_t i = 0; i < j->count; i++)
        if (j->learners[i] == learner) return i;
    return -1;
}

static void settle(joint *j, int32_t a, int32_t b, int8_t how)
{
    if (a >= 0 && b >= 0) j->settled[a * j->count + b] = j->settled[b * j->count + a] = how;
}

static pz_status add_demand(joint *j, int32_t learner, const uint8_t *flags, double least, int32_t sign)
{
    PZ__TRY(pz__reserve((void **)&j->demands, &j->demand_capacity, j->demand_count + 1, sizeof *j->demands));
    j->demands[j->demand_count++] = (demand){learner, sign, flags, least, 0, 0};
    return PZ_OK;
}

/* Of the flagged, each group has so many: so each learner sits with so many, itself not counted. Where there may be none, that holds for the flagged alone. */
static pz_status add_count_rule(joint *j, const pz__rule *rule, uint8_t *flags)
{
    const pz__rule_detail *detail = rule->detail;
    int or_none = rule->kind == PZ_CONSTRAINT_NOT_ALONE;
    for (int32_t i = 0; i < j->count; i++) flags[i] = detail->values[j->learners[i]] != 0;
    for (int32_t i = 0; i < j->count; i++) {
        if (or_none && !flags[i]) continue;
        if (detail->least > flags[i]) PZ__TRY(add_demand(j, i, flags, detail->least - flags[i], 1));
        if (!or_none && detail->most < j->size) PZ__TRY(add_demand(j, i, flags, detail->most - flags[i], -1));
    }
    return PZ_OK;
}

static int share_time(const pz__rule_detail *detail, int32_t a, int32_t b)
{
    int32_t shared = 0;
    for (int32_t c = 0; c < detail->columns; c++)
        shared += detail->values[(size_t)a * (size_t)detail->columns + (size_t)c] != 0 &&
                  detail->values[(size_t)b * (size_t)detail->columns + (size_t)c] != 0;
    return shared >= detail->least;
}

/* Two who cannot be in one group. */
static void settle_pairs(joint *j, const pz__rule *rule)
{
    for (int32_t a = 0; a < j->count; a++) {
        for (int32_t b = 0; b < a; b++) {
            int32_t x = j->learners[a], y = j->learners[b];
            if (rule->kind == PZ_CONSTRAINT_EARLIER && pz__times_together(rule->detail, (size_t)x, (size_t)y) > rule->detail->most)
                settle(j, a, b, 1);
            if (rule->kind == PZ_CONSTRAINT_COMMON_TIME && !share_time(rule->detail, x, y)) settle(j, a, b, 1);
        }
    }
}

static pz_status add_rules(joint *j)
{
    const pz__grouping_data *data = j->m->data;
    size_t counting = 0;
    j->settled = pz__alloc_zero((size_t)j->count * (size_t)j->count, sizeof *j->settled);
    j->flags = pz__alloc_zero((size_t)PZ__COUNT_RULES_MAX * (size_t)j->count, sizeof *j->flags);
    if (!j->settled || !j->flags) return pz__fail_memory();
    for (size_t i = 0; i < data->rule_count; i++) {
        const pz__rule *rule = &data->rules[i];
        if (rule->kind == PZ_CONSTRAINT_APART) settle(j, place_of(j, rule->learner), place_of(j, rule->other), 1);
        if (rule->kind == PZ_CONSTRAINT_TOGETHER) settle(j, place_of(j, rule->learner), place_of(j, rule->other), 2);
        if (rule->kind == PZ_CONSTRAINT_EARLIER || rule->kind == PZ_CONSTRAINT_COMMON_TIME) settle_pairs(j, rule);
        if (rule->kind == PZ_CONSTRAINT_NOT_ALONE || rule->kind == PZ_CONSTRAINT_ROLE)
            PZ__TRY(add_count_rule(j, rule, j->flags + counting++ * (size_t)j->count));
    }
    return PZ_OK;
}

/* -------------------------------------------------------------------------------------------- eigenvalues --- */

/* The sum of squares off the diagonal. */
static double off_diagonal(const double *a, int32_t n)
{
    double sum = 0;
    for (int32_t i = 0; i < n; i++)
        for (int32_t j = 0; j < i; j++) sum += 2 * a[i * n + j] * a[i * n + j];
    return sum;
}

static void turn_rows(double *restrict p, double *restrict q, int32_t n, double cosine, double sine)
{
    for (int32_t i = 0; i < n; i++) {
        double x = p[i], y = q[i];
        p[i] = cosine * x - sine * y;
        q[i] = sine * x + cosine * y;
    }
}

/* Turns rows and columns p and q so that a[p][q] becomes 0, and rows of `vectors` with them. */
static void rotate(double *a, double *vectors, int32_t n, int32_t p, int32_t q)
{
    double apq = a[p * n + q];
    if (apq == 0) return;
    double half = (a[q * n + q] - a[p * n + p]) / (2 * apq);
    double tangent = (half >= 0 ? 1 : -1) / (fabs(half) + sqrt(half * half + 1));
    double cosine = 1 / sqrt(tangent * tangent + 1), sine = tangent * cosine;
    for (int32_t i = 0; i < n; i++) {
        double x = a[i * n + p], y = a[i * n + q];
        a[i * n + p] = cosine * x - sine * y;
        a[i * n + q] = sine * x + cosine * y;
    }
    turn_rows(a + p * n, a + q * n, n, cosine, sine);
    turn_rows(vectors + p * n, vectors + q * n, n, cosine, sine);
}

typedef struct spectrum {
    double value;
    int32_t row; /* of its vector */
} spectrum;

static int by_value(const void *a, const void *b)
{
    double x = ((const spectrum *)a)->value, y = ((const spectrum *)b)->value;
    return x < y ? -1 : x > y;
}

/* No more than the sum of the `few` least eigenvalues of a symmetric matrix, which is overwritten: rotations (Jacobi 1846) until hardly anything is left
 * beside the diagonal, and what is left taken off for each (Weyl 1912). `out` takes all by value. */
static double least_eigenvalues(double *a, double *vectors, int32_t n, int32_t few, spectrum *out)
{
    double sum = 0, squares = off_diagonal(a, n), left;
    for (int32_t i = 0; i < n; i++) squares += a[i * n + i] * a[i * n + i];
    memset(vectors, 0, (size_t)n * (size_t)n * sizeof *vectors);
    for (int32_t i = 0; i < n; i++) vectors[i * n + i] = 1;
    for (int sweep = 0; (left = off_diagonal(a, n)) > 1e-16 * squares && sweep < SWEEPS_MAX; sweep++)
        for (int32_t p = 0; p < n; p++)
            for (int32_t q = p + 1; q < n; q++) rotate(a, vectors, n, p, q);
    for (int32_t i = 0; i < n; i++) out[i] = (spectrum){a[i * n + i], i};
    qsort(out, (size_t)n, sizeof *out, by_value);
    for (int32_t i = 0; i < few; i++) sum += out[i].value;
    return sum - few * (sqrt(left) + 1e-11 * sqrt(squares));
}

/* The least that costs of two can come to in groups of one size. Who sits with whom is a matrix of 0 and 1 whose eigenvalues are the size, once for each group, and 0;
 * one of its eigenvectors has the same number for everybody. So the sum is at least what that one gives and, of the rest, the size times the least
 * eigenvalues of the costs (Donath and Hoffman 1973; Rendl and Wolkowicz 1995). The costs are overwritten; j->seats takes the matrix at which the least is reached, with
 * shares of seats in place of 0 and 1. */
static double least_of_two(joint *j, double *costs)
{
    int32_t n = j->count, few = j->m->groups - 1;
    double means[LEARNERS_MAX], mean = 0, squares = 0;
    spectrum all[LEARNERS_MAX];
    for (int32_t a = 0; a < n; a++) {
        means[a] = 0;
        for (int32_t b = 0; b < n; b++) means[a] += costs[a * n + b] / n, squares += costs[a * n + b] * costs[a * n + b];
        mean += means[a] / n;
    }
    double away = sqrt(squares) / n; /* puts the common eigenvector above all others, and so out of the way */
    for (int32_t a = 0; a < n; a++)
        for (int32_t b = 0; b < n; b++) costs[a * n + b] += mean - means[a] - means[b] + away;
    double least = 0.5 * (j->size * mean * n + j->size * least_eigenvalues(costs, j->vectors, n, few, all));
    for (int32_t a = 0; a < n * n; a++) j->seats[a] = (double)j->size / n;
    for (int32_t k = 0; k < few; k++) {
        const double *vector = j->vectors + all[k].row * n;
        for (int32_t a = 0; a < n; a++)
            for (int32_t b = 0; b < n; b++) j->seats[a * n + b] += j->size * vector[a] * vector[b];
    }
    return least;
}

/* ------------------------------------------------------------------------------------------------- ascent --- */

/* The bound holds for every price on what the matrix of seats may not be: a learner's seat with itself other than 1, or with another other than a rule says (any price),
 * two learners together less than 0, or a learner with fewer than a rule demands (a price of 0 or more). Prices follow what is violated (Held, Wolfe and Crowder 1974,
 * subgradients), with steps by how far the bound is from `target`. */
static void set_costs(const joint *j, double *costs, double *out_paid)
{
    int32_t n = j->count;
    *out_paid = 0;
    for (int32_t a = 0; a < n; a++) {
        for (int32_t b = 0; b < n; b++) {
            double price = j->prices[a * n + b];
            costs[a * n + b] = j->costs[a * n + b] - (a == b ? -1 : 1) * price;
            if (a == b) *out_paid += price / 2;
            if (a != b && j->settled && j->settled[a * n + b] == 2) *out_paid -= price / 2;
        }
    }
    for (size_t d = 0; d < j->demand_count; d++) {
        const demand *x = &j->demands[d];
        for (int32_t b = 0; b < n && x->price > 0; b++) {
            if (b == x->learner || !x->flags[b]) continue;
            costs[x->learner * n + b] -= x->sign * x->price;
            costs[b * n + x->learner] -= x->sign * x->price;
        }
        *out_paid -= x->sign * x->price * x->least;
    }
}

/* How far the seats are from a demand; more than 0 where they do not meet it. */
static double missing_of(const joint *j, const demand *x)
{
    double shared = 0;
    for (int32_t b = 0; b < j->count; b++)
        if (b != x->learner && x->flags[b]) shared += j->seats[x->learner * j->count + b];
    double missing = x->sign * (x->least - shared);
    return x->price <= 0 && missing < 0 ? 0 : missing;
}

/* By how much a price on a seat is to change, in place of the seat. */
static void slope_of_seat(joint *j, int32_t a, int32_t b)
{
    int32_t n = j->count;
    double *seat = &j->seats[a * n + b];
    int8_t settled = j->settled ? j->settled[a * n + b] : 0;
    *seat = a == b ? (*seat - 1) / 2 : settled == 2 ? (1 - *seat) / 2 : -*seat / 2;
    if (a != b && !settled && j->prices[a * n + b] <= 0 && *seat < 0) *seat = 0;
}

static void change_prices(joint *j, double pace, double missing)
{
    int32_t n = j->count;
    double squares = 0;
    for (size_t d = 0; d < j->demand_count; d++) { /* from the seats, before these give way to slopes */
        j->demands[d].slope = missing_of(j, &j->demands[d]);
        squares += j->demands[d].slope * j->demands[d].slope;
    }
    for (int32_t a = 0; a < n; a++) {
        for (int32_t b = 0; b < n; b++) {
            slope_of_seat(j, a, b);
            squares += j->seats[a * n + b] * j->seats[a * n + b];
        }
    }
    double step = squares > 0 ? pace * missing / squares : 0;
    for (int32_t a = 0; a < n * n; a++) {
        j->prices[a] += step * j->seats[a];
        if (a % (n + 1) && j->prices[a] < 0 && !(j->settled && j->settled[a])) j->prices[a] = 0;
    }
    for (size_t d = 0; d < j->demand_count; d++) j->demands[d].price = fmax(0, j->demands[d].price + step * j->demands[d].slope);
}

static double ascend(joint *j, int32_t steps, double target)
{
    double best = 0, pace = 0.9, paid;
    for (int32_t i = 0, stale = 0; i <= steps; i++) {
        set_costs(j, j->work, &paid);
        double bound = j->fixed + least_of_two(j, j->work) - paid - 1e-12;
        if (bound <= best + 1e-6 && ++stale == 6) pace *= 0.6, stale = 0;
        if (bound > best) best = bound;
        if (bound >= target || i == steps) break;
        change_prices(j, pace, target - bound);
    }
    return best;
}

/* ------------------------------------------------------------------------------------------------- whole --- */

static pz_status add_all(joint *j, const int32_t *group_of, int32_t steps, double *out_bound)
{
    int of_two = 0;
    for (int32_t k = 0; k < j->m->data->criterion_count; k++) {
        double term = 0;
        if (is_of_two(j, &j->m->data->criteria[k])) {
            if (j->m->totals[k] > 0) of_two = 1, add_criterion(j, k);
            continue;
        }
        PZ__TRY(pz__bound_term(j->m, group_of, k, &term));
        j->fixed += j->m->weights[k] * term;
    }
    if (of_two) *out_bound = fmax(0, ascend(j, steps, pz__measure_objective(j->m)));
    return PZ_OK;
}

pz_status pz__bound_joint(const pz__measure *m, const int32_t *group_of, int32_t steps, double *out_bound)
{
    joint *j;
    *out_bound = 0;
    if (m->learners > LEARNERS_MAX || m->groups < 2 || m->learners % m->groups) return PZ_OK;
    int32_t size = m->learners / m->groups;
    if (!pz__bound_is_of_one_size(m->data, size)) return PZ_OK;
    j = pz__alloc_zero(1, sizeof *j);
    if (!j) return pz__fail_memory();
    j->m = m;
    j->size = size;
    j->with_rules = steps > 0;
    for (size_t i = 0; i < m->data->learners; i++)
        if (group_of[i] >= 0) j->learners[j->count++] = (int32_t)i;
    size_t cells = (size_t)j->count * (size_t)j->count;
    j->costs = pz__alloc_zero(5 * cells, sizeof *j->costs);
    pz_status status = !j->costs ? pz__fail_memory() : j->with_rules ? add_rules(j) : PZ_OK;
    if (status == PZ_OK) {
        j->work = j->costs + cells;
        j->vectors = j->work + cells;
        j->seats = j->vectors + cells;
        j->prices = j->seats + cells;
        status = add_all(j, group_of, steps, out_bound);
    }
    pz__release(j->costs);
    pz__release(j->settled);
    pz__release(j->demands);
    pz__release(j->flags);
    pz__release(j);
    return status;
}
