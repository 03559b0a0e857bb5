/* Means and sums of the distances between all learners. Up to PZ__PAIRS_MAX learners each distance is looked at; of more they would be billions. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "base/random.h"
#include "grouping/distance.h"

/* Partners of each learner in a sample; others to whom one learner's mean distance is taken. Of more learners than SUMMED_MAX the sum is had from the mean, if
 * nobody is left out. */
enum { PARTNERS = 64, OTHERS = 1000, SUMMED_MAX = 4000 };

typedef struct mean_of {
    double sum, count;
} mean_of;

static void add_known(const pz__criterion *criterion, size_t learner, size_t other, mean_of *mean)
{
    double distance = pz__distance_if_known(criterion, learner, other);
    if (isnan(distance)) return;
    mean->sum += distance;
    mean->count++;
}

/* In a mixed order that closes to a circle each learner is taken with those so many places on: everybody counts as often as everybody else, so that only how pairs
 * differ is left to chance. */
static mean_of mean_of_sample(const pz__criterion *criterion, int32_t *learners, size_t count)
{
    mean_of mean = {0, 0};
    pz__random random;
    pz__random_seed(&random, 1);
    pz__random_shuffle(&random, learners, count);
    for (int p = 0; p < PARTNERS; p++) {
        size_t shift = 1 + pz__random_below(&random, (uint32_t)count - 1);
        for (size_t i = 0; i < count; i++) add_known(criterion, (size_t)learners[i], (size_t)learners[(i + shift) % count], &mean);
    }
    return mean;
}

/* Of the learners who are not left out (`group_of` NULL: nobody is). */
static int32_t *list_grouped(const int32_t *group_of, size_t learners, size_t *out_count)
{
    int32_t *grouped = pz__alloc(learners * sizeof *grouped);
    *out_count = 0;
    for (size_t i = 0; grouped && i < learners; i++)
        if (!group_of || group_of[i] >= 0) grouped[(*out_count)++] = (int32_t)i;
    if (!grouped) pz__fail_memory();
    return grouped;
}

static pz_status find_mean(const pz__criterion *criterion, const int32_t *group_of, size_t learners, double *out_mean)
{
    size_t count;
    int32_t *grouped = list_grouped(group_of, learners, &count);
    *out_mean = 0;
    if (!grouped) return PZ_E_NOMEM;
    mean_of mean = {0, 0};
    if (count > PZ__PAIRS_MAX) {
        mean = mean_of_sample(criterion, grouped, count);
    } else {
        for (size_t i = 0; i < count; i++)
            for (size_t j = i + 1; j < count; j++) add_known(criterion, (size_t)grouped[i], (size_t)grouped[j], &mean);
    }
    if (mean.count > 0) *out_mean = mean.sum / mean.count;
    pz__release(grouped);
    return PZ_OK;
}

pz_status pz__distance_filler(const pz__criterion *criterion, size_t learners, double *out_filler)
{
    return find_mean(criterion, NULL, learners, out_filler);
}

/* --------------------------------------------------------------------------------------------------- totals --- */

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

/* The values of one column that are known; their number is `count` if all are. */
static size_t take_column(const pz__criterion *criterion, const int32_t *grouped, size_t count, int32_t column, double *out_values)
{
    size_t known = 0;
    for (size_t i = 0; i < count; i++) {
        double value = criterion->values[(size_t)grouped[i] * (size_t)criterion->columns + (size_t)column];
        if (!isnan(value)) out_values[known++] = value;
    }
    qsort(out_values, known, sizeof *out_values, by_value);
    return known;
}

/* What lies between two neighbours counts once for each two learners whom it parts. */
static double apart_in_order(const double *values, size_t count)
{
    double sum = 0;
    for (size_t i = 1; i < count; i++) sum += (values[i] - values[i - 1]) * (double)i * (double)(count - i);
    return sum;
}

static double same_in_order(const double *values, size_t count)
{
    double sum = 0;
    for (size_t i = 0, next; i < count; i = next) {
        for (next = i; next < count && values[next] == values[i]; next++) continue;
        sum += (double)(next - i) * (double)(next - i - 1) / 2;
    }
    return sum;
}

/* Column by column; whether that is all there is to the distances. */
static int add_columns(const pz__criterion *criterion, const int32_t *grouped, size_t count, double *values, double *out_total)
{
    double total = 0;
    for (int32_t c = 0; c < criterion->columns; c++) {
        size_t known = take_column(criterion, grouped, count, c, values);
        if (criterion->kind == PZ__EARLIER) {
            total = total * criterion->filler + same_in_order(values, known); /* the oldest fades most */
        } else if (known == count) {
            total += apart_in_order(values, count);
        } else {
            return 0;
        }
    }
    *out_total = total;
    return 1;
}

static double pairs_of(size_t count)
{
    return (double)count * ((double)count - 1) / 2;
}

/* By the mean. What is not known counts as the mean over all learners. */
static pz_status total_by_mean(const pz__criterion *criterion, const int32_t *group_of, size_t learners, size_t count, double *out_total)
{
    double mean = criterion->filler;
    if (count < learners) PZ__TRY(find_mean(criterion, group_of, learners, &mean));
    *out_total = mean * pairs_of(count);
    return PZ_OK;
}

pz_status pz__distance_total(const pz__criterion *criterion, const int32_t *group_of, size_t learners, double *out_total)
{
    size_t count;
    int32_t *grouped = list_grouped(group_of, learners, &count);
    double *values = grouped ? pz__alloc(count * sizeof *values + sizeof *values) : NULL;
    *out_total = 0;
    pz_status status = values ? PZ_OK : pz__fail_memory();
    int by_column = criterion->kind == PZ__EARLIER || (criterion->kind == PZ__FEATURES && criterion->metric == PZ_METRIC_MANHATTAN);
    int is_done = status != PZ_OK || (count > SUMMED_MAX && by_column && add_columns(criterion, grouped, count, values, out_total));
    int by_mean = count > PZ__PAIRS_MAX || (count > SUMMED_MAX && count == learners && criterion->kind != PZ__EARLIER);
    if (!is_done && by_mean) {
        status = total_by_mean(criterion, group_of, learners, count, out_total);
    } else if (!is_done) {
        for (size_t i = 0; i < count; i++)
            for (size_t j = i + 1; j < count; j++) *out_total += pz__distance(criterion, (size_t)grouped[i], (size_t)grouped[j]);
    }
    pz__release(grouped);
    pz__release(values);
    return status;
}

/* --------------------------------------------------------------------------------------------------- others --- */

static double widest_range(const pz__criterion *criterion, size_t learners)
{
    double widest = 0;
    for (int32_t c = 0; c < criterion->columns; c++) {
        double least = PZ_REAL_NONE, most = PZ_REAL_NONE;
        for (size_t i = 0; i < learners; i++) {
            double value = criterion->values[i * (size_t)criterion->columns + (size_t)c];
            if (value < least || isnan(least)) least = value;
            if (value > most || isnan(most)) most = value;
        }
        if (most - least > widest) widest = most - least;
    }
    return widest;
}

double pz__distance_most(const pz__criterion *criterion, size_t learners)
{
    double most = 0;
    if (criterion->kind == PZ__EARLIER) return criterion->columns;
    if (criterion->kind == PZ__PAIRS) {
        for (size_t i = 0; i < learners * learners; i++)
            if (criterion->values[i] > most && i % (learners + 1)) most = criterion->values[i];
        return most;
    }
    if (criterion->metric == PZ_METRIC_MANHATTAN) return criterion->columns * widest_range(criterion, learners);
    if (criterion->metric == PZ_METRIC_EUCLIDEAN) return sqrt(criterion->columns) * widest_range(criterion, learners);
    return 1;
}

double pz__distance_to_all(const pz__criterion *criterion, const int32_t *group_of, size_t learners, size_t learner)
{
    size_t step = learners > PZ__PAIRS_MAX ? learners / OTHERS : 1, count = 0;
    double sum = 0;
    for (size_t i = 0; i < learners; i += step) {
        if (group_of[i] < 0 || i == learner) continue;
        sum += pz__distance(criterion, learner, i);
        count++;
    }
    return count ? sum / (double)count : PZ_REAL_NONE;
}
