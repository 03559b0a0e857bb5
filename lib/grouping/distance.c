#include "grouping/distance.h"

#include <math.h>

/* What the columns that both have add up to. */
typedef struct shared {
    int32_t known;
    double sum;    /* of differences, of their squares, of different codes, or of what both have */
    double either; /* for sets: what either has */
} shared;

static shared compare(const double *a, const double *b, int32_t columns, int32_t metric)
{
    shared s = {0, 0, 0};
    for (int32_t c = 0; c < columns; c++) {
        if (isnan(a[c]) || isnan(b[c])) continue;
        double difference = a[c] - b[c];
        s.known++;
        switch (metric) {
        case PZ_METRIC_MANHATTAN: s.sum += fabs(difference); break;
        case PZ_METRIC_EUCLIDEAN: s.sum += difference * difference; break;
        case PZ_METRIC_CATEGORIES: s.sum += difference != 0; break;
        default:
            s.sum += a[c] != 0 && b[c] != 0;
            s.either += a[c] != 0 || b[c] != 0;
            break;
        }
    }
    return s;
}

/* Sums of numbers, nearly always known in all columns: a sum that is NaN tells that some are not, without asking at each. */
static double manhattan_if_whole(const double *a, const double *b, int32_t columns)
{
    double sum = 0;
    for (int32_t c = 0; c < columns; c++) sum += fabs(a[c] - b[c]);
    return sum;
}

static double euclidean_if_whole(const double *a, const double *b, int32_t columns)
{
    double sum = 0;
    for (int32_t c = 0; c < columns; c++) sum += (a[c] - b[c]) * (a[c] - b[c]);
    return sqrt(sum);
}

static double distance_of_features(const pz__criterion *criterion, size_t learner, size_t other)
{
    size_t columns = (size_t)criterion->columns;
    const double *a = criterion->values + learner * columns, *b = criterion->values + other * columns;
    double simple = PZ_REAL_NONE;
    if (criterion->metric == PZ_METRIC_MANHATTAN) simple = manhattan_if_whole(a, b, criterion->columns);
    if (criterion->metric == PZ_METRIC_EUCLIDEAN) simple = euclidean_if_whole(a, b, criterion->columns);
    if (!isnan(simple)) return simple;
    shared s = compare(a, b, criterion->columns, criterion->metric);
    if (!s.known) return PZ_REAL_NONE;
    double whole = s.known == criterion->columns ? 1 : (double)criterion->columns / s.known;
    switch (criterion->metric) {
    case PZ_METRIC_MANHATTAN: return s.sum * whole;
    case PZ_METRIC_EUCLIDEAN: return sqrt(s.sum * whole);
    case PZ_METRIC_CATEGORIES: return s.sum / s.known;
    case PZ_METRIC_SETS: return s.either > 0 ? 1 - s.sum / s.either : 0;
    default: return 1 - s.sum / s.known;
    }
}

/* From the oldest division on, each step letting what came before fade. */
static double meetings(const pz__criterion *criterion, size_t learner, size_t other)
{
    const double *a = criterion->values + learner * (size_t)criterion->columns, *b = criterion->values + other * (size_t)criterion->columns;
    double sum = 0;
    for (int32_t c = 0; c < criterion->columns; c++) sum = sum * criterion->filler + (a[c] == b[c]); /* NaN is like nothing */
    return sum;
}

double pz__distance_if_known(const pz__criterion *criterion, size_t learner, size_t other)
{
    if (criterion->kind == PZ__EARLIER) return meetings(criterion, learner, other);
    if (criterion->kind == PZ__PAIRS) return criterion->values[learner * (size_t)criterion->columns + other];
    return distance_of_features(criterion, learner, other);
}

double pz__distance(const pz__criterion *criterion, size_t learner, size_t other)
{
    double distance = pz__distance_if_known(criterion, learner, other);
    return isnan(distance) ? criterion->filler : distance;
}
