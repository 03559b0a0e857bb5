/* Expectation: how many persons of each ability gave each answer, by the present parameters. */
#include <math.h>
#include <string.h>

#include "base/numeric.h"
#include "mastery/irt_calibrate.h"

static void fill_tables(pz__irt_work *w, const pz_irt_model *model)
{
    int32_t nodes = w->options.nodes;
    double sum = 0;
    for (int32_t q = 0; q < nodes; q++) {
        double x = pz__irt_node(q, nodes, w->options.range);
        w->log_weight[q] = -0.5 * (x - model->fit.mean) * (x - model->fit.mean) / model->fit.variance;
        sum += pz__exp(w->log_weight[q]);
        for (size_t item = 0; item < w->cols; item++) {
            double p[PZ__IRT_CATEGORIES];
            pz__irt_curve(&model->items[item], x, p, NULL, NULL);
            for (int32_t k = 0; k < model->items[item].categories; k++)
                w->log_p[(item * (size_t)w->most + (size_t)k) * (size_t)nodes + (size_t)q] = pz__log(fmax(1e-300, p[k]));
        }
    }
    sum = pz__log(sum);
    for (int32_t q = 0; q < nodes; q++) w->log_weight[q] -= sum;
}

/* The posterior of one pattern, times its persons; returns the logarithm of its probability. */
static double pattern_posterior(const pz__irt_work *w, const int32_t *row)
{
    size_t nodes = (size_t)w->options.nodes;
    double *restrict post = w->posterior, most = -(double)INFINITY, sum = 0;
    memcpy(post, w->log_weight, nodes * sizeof *post);
    for (size_t item = 0; item < w->cols; item++) {
        const double *restrict log_p;
        if (row[item] < 0) continue;
        log_p = w->log_p + (item * (size_t)w->most + (size_t)row[item]) * nodes;
        for (size_t q = 0; q < nodes; q++) post[q] += log_p[q];
    }
    for (size_t q = 0; q < nodes; q++)
        if (post[q] > most) most = post[q];
    for (size_t q = 0; q < nodes; q++) sum += post[q] = pz__exp(post[q] - most);
    for (size_t q = 0; q < nodes; q++) post[q] /= sum;
    return most + pz__log(sum);
}

double pz__irt_expect(pz__irt_work *w, const pz_irt_model *model)
{
    size_t nodes = (size_t)w->options.nodes;
    double log_likelihood = 0;
    fill_tables(w, model);
    memset(w->counts, 0, w->cols * (size_t)w->most * nodes * sizeof *w->counts);
    memset(w->mass, 0, nodes * sizeof *w->mass);
    for (size_t i = 0; i < w->patterns; i++) {
        const int32_t *row = w->responses + w->first[i] * w->cols;
        double *restrict post = w->posterior, times = w->times[i];
        log_likelihood += times * pattern_posterior(w, row);
        for (size_t q = 0; q < nodes; q++) w->mass[q] += post[q] *= times;
        for (size_t item = 0; item < w->cols; item++) {
            double *restrict counts;
            if (row[item] < 0) continue;
            counts = w->counts + (item * (size_t)w->most + (size_t)row[item]) * nodes;
            for (size_t q = 0; q < nodes; q++) counts[q] += post[q];
        }
    }
    return log_likelihood;
}
