/* The yardstick: expectation maximization for knowledge tracing as the textbook has it, one start, row by row, in one thread, with <math.h>. */
#ifndef PZ_BENCH_PLAIN_BKT_H
#define PZ_BENCH_PLAIN_BKT_H

#include <math.h>
#include <string.h>

#include "tracing_data.h"

typedef struct plain_row {
    int64_t skill, learner;
    size_t place;
    double right;
} plain_row;

static int plain_order(const void *a, const void *b)
{
    const plain_row *x = a, *y = b;
    if (x->skill != y->skill) return x->skill < y->skill ? -1 : 1;
    if (x->learner != y->learner) return x->learner < y->learner ? -1 : 1;
    return (x->place > y->place) - (x->place < y->place);
}

/* One learner's answers: forward, backward, and the sums. Returns the log-likelihood. */
static double plain_sequence(const plain_row *row, size_t length, const double p[4], double (*alpha)[2], double *scale, double sums[8])
{
    double log_likelihood = 0, later[2] = {1, 1};
    for (size_t t = 0; t < length; t++) {
        double known = t ? alpha[t - 1][1] + alpha[t - 1][0] * p[1] : p[0], unknown = t ? alpha[t - 1][0] * (1 - p[1]) : 1 - p[0];
        known *= row[t].right > 0 ? 1 - p[3] : p[3];
        unknown *= row[t].right > 0 ? p[2] : 1 - p[2];
        scale[t] = known + unknown;
        alpha[t][1] = known / scale[t];
        alpha[t][0] = unknown / scale[t];
        log_likelihood += log(scale[t]);
    }
    for (size_t t = length; t-- > 0;) {
        double known = alpha[t][1] * later[1], unknown = alpha[t][0] * later[0], e1, e0;
        sums[4] += unknown;
        sums[5] += row[t].right > 0 ? unknown : 0;
        sums[6] += known;
        sums[7] += row[t].right > 0 ? 0 : known;
        e1 = (row[t].right > 0 ? 1 - p[3] : p[3]) * later[1] / scale[t];
        e0 = (row[t].right > 0 ? p[2] : 1 - p[2]) * later[0] / scale[t];
        if (t == 0) {
            sums[0] += known;
            sums[1] += 1;
        } else {
            sums[2] += alpha[t - 1][0] * p[1] * e1;
            sums[3] += alpha[t - 1][0] * (p[1] * e1 + (1 - p[1]) * e0);
            later[0] = p[1] * e1 + (1 - p[1]) * e0;
            later[1] = e1;
        }
    }
    return log_likelihood;
}

static double plain_skill(const plain_row *row, size_t rows, double (*alpha)[2], double *scale)
{
    double p[4] = {0.3, 0.15, 0.2, 0.1}, last = -INFINITY;
    for (int sweep = 0; sweep < 500; sweep++) {
        double sums[8] = {0}, now = 0;
        for (size_t i = 0, j; i < rows; i = j) {
            for (j = i; j < rows && row[j].learner == row[i].learner;) j++;
            now += plain_sequence(row + i, j - i, p, alpha, scale, sums);
        }
        if (now - last < 1e-3) return now;
        last = now;
        for (int i = 0; i < 4; i++) {
            double value = sums[2 * i + (i < 2 ? 0 : 1)], all = sums[2 * i + (i < 2 ? 1 : 0)];
            if (all > 0) p[i] = fmax(1e-6, fmin(1 - 1e-6, value / all));
        }
    }
    return last;
}

/* Fits all skills; returns the log-likelihood, and the CPU seconds. */
static double plain_bkt(const tracing_data *data, double *seconds)
{
    plain_row *row = malloc(data->rows * sizeof *row);
    double(*alpha)[2] = malloc(data->rows * sizeof *alpha), *scale = malloc(data->rows * sizeof *scale), sum = 0;
    if (!row || !alpha || !scale) abort();
    *seconds = cpu_seconds();
    for (size_t i = 0; i < data->rows; i++) row[i] = (plain_row){data->skill[i], data->learner[i], i, data->score[i]};
    qsort(row, data->rows, sizeof *row, plain_order);
    for (size_t i = 0, j; i < data->rows; i = j) {
        for (j = i; j < data->rows && row[j].skill == row[i].skill;) j++;
        sum += plain_skill(row + i, j - i, alpha, scale);
    }
    *seconds = cpu_seconds() - *seconds;
    free(row);
    free(alpha);
    free(scale);
    return sum;
}

#endif
