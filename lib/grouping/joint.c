/* A bound of several criteria together. Each alone can be near its best where all of them together cannot. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "grouping/bound.h"
#include "grouping/distance.h"

/* More learners take longer than forming their groups did. */
enum { LEARNERS_MAX = 60, SWEEPS_MAX = 40 };

typedef struct joint {
    const pz__measure *m;
    int32_t learners[LEARNERS_MAX]; /* grouped ones */
    int32_t count, size;
    double fixed;  /* what no division changes */
    double *costs; /* count x count: half the sum over all two in one group, each with itself too, is what the division adds */
    double *work, *vectors, *seats, *prices; /* as large */
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

static void add_criterion(joint *j, int32_t k)
{
    const pz__criterion *criterion = &j->m->data->criteria[k];
    double slope = pz__measure_slope(j->m, k), values[LEARNERS_MAX];
    if (slope < 0) j->fixed += j->m->weights[k]; /* the term is 1 less a share */
    if (pz__is_of_pairs(criterion)) add_distances(j, criterion, slope);
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

/* The bound holds for every price on what the matrix of seats may not be: a learner's seat with itself other than 1 (any price), two learners together less
 * than 0 (a price of 0 or more). Prices follow what is violated (Held, Wolfe and Crowder 1974, subgradients), with steps by how far the bound is from `target`. */
static void set_costs(const joint *j, double *costs, double *out_paid)
{
    int32_t n = j->count;
    *out_paid = 0;
    for (int32_t a = 0; a < n; a++) {
        for (int32_t b = 0; b < n; b++) costs[a * n + b] = j->costs[a * n + b] - (a == b ? -1 : 1) * j->prices[a * n + b];
        *out_paid += j->prices[a * n + a] / 2;
    }
}

static void change_prices(joint *j, double pace, double missing)
{
    int32_t n = j->count;
    double squares = 0;
    for (int32_t a = 0; a < n; a++) {
        for (int32_t b = 0; b < n; b++) {
            double *seat = &j->seats[a * n + b];
            *seat = a == b ? (*seat - 1) / 2 : -*seat / 2;
            if (a != b && j->prices[a * n + b] <= 0 && *seat < 0) *seat = 0;
            squares += *seat * *seat;
        }
    }
    for (int32_t a = 0; a < n * n && squares > 0; a++) {
        j->prices[a] += pace * missing / squares * j->seats[a];
        if (a % (n + 1) && j->prices[a] < 0) j->prices[a] = 0;
    }
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
    for (size_t i = 0; i < m->data->learners; i++)
        if (group_of[i] >= 0) j->learners[j->count++] = (int32_t)i;
    size_t cells = (size_t)j->count * (size_t)j->count;
    j->costs = pz__alloc_zero(5 * cells, sizeof *j->costs);
    pz_status status = j->costs ? PZ_OK : pz__fail_memory();
    if (status == PZ_OK) {
        j->work = j->costs + cells;
        j->vectors = j->work + cells;
        j->seats = j->vectors + cells;
        j->prices = j->seats + cells;
        status = add_all(j, group_of, steps, out_bound);
    }
    pz__release(j->costs);
    pz__release(j);
    return status;
}
