/* Sweeps of expectation and maximization, with a long stride after every second. */
#include <math.h>

#include "base/fail.h"
#include "base/memory.h"
#include "base/numeric.h"
#include "mastery/columns.h"
#include "mastery/irt_calibrate.h"

static void gather(const pz__irt_work *w, const pz_irt_model *model, double *out)
{
    size_t at = 0;
    for (size_t item = 0; item < w->cols; item++) {
        if (w->fixed[item]) continue;
        pz__irt_get(&model->items[item], out + at);
        at += (size_t)pz__irt_free(&model->items[item]);
    }
    out[at] = pz__log(model->fit.variance);
    out[at + 1] = model->fit.mean;
}

static int scatter(const pz__irt_work *w, const double *in, pz_irt_model *model)
{
    size_t at = 0;
    for (size_t item = 0; item < w->cols; item++) {
        if (w->fixed[item]) continue;
        if (!pz__irt_set(&model->items[item], in + at)) return 0;
        at += (size_t)pz__irt_free(&model->items[item]);
    }
    if (w->free_variance) model->fit.variance = pz__exp(in[at]);
    if (w->free_mean) model->fit.mean = in[at + 1];
    return fabs(model->fit.mean) < w->options.range && model->fit.variance > 1e-4 && model->fit.variance < 2 * w->options.range;
}

static double farthest(const double *a, const double *b, size_t count)
{
    double most = 0;
    for (size_t i = 0; i < count; i++) most = fmax(most, fabs(a[i] - b[i]));
    return most;
}

/* SQUAREM's stride (Varadhan and Roland 2008) from three points of the way. 1 if it led somewhere. */
static int stride(const pz__irt_work *w, pz_irt_model *model, double *best)
{
    double along = 0, bend = 0, length;
    for (size_t i = 0; i < w->size; i++) {
        double r = w->one[i] - w->now[i], v = w->two[i] - w->one[i] - r;
        along += r * r;
        bend += v * v;
    }
    if (!(bend > 0) || !(along > bend)) return 0;
    length = sqrt(along / bend);
    for (size_t i = 0; i < w->size; i++) {
        double r = w->one[i] - w->now[i], v = w->two[i] - w->one[i] - r;
        best[i] = w->now[i] + 2 * length * r + length * length * v;
    }
    return scatter(w, best, model);
}

/* The log-likelihood after a sweep goes into the trace. */
static pz_status note(pz_irt_model *model, double likelihood)
{
    size_t count = (size_t)model->fit.iterations;
    PZ__TRY(pz__reserve((void **)&model->trace, &model->trace_room, count, sizeof *model->trace));
    model->trace[count - 1] = model->fit.log_likelihood = likelihood;
    return PZ_OK;
}

/* Tries a stride after two sweeps; where it does worse, the second sweep stands. Returns the log-likelihood of what stands. */
static double try_stride(pz__irt_work *w, pz_irt_model *model)
{
    if (stride(w, model, w->spare)) {
        double next = pz__irt_expect(w, model);
        if (next >= model->fit.log_likelihood) return next;
    }
    scatter(w, w->two, model);
    return pz__irt_expect(w, model);
}

pz_status pz__irt_sweep(pz__irt_work *w, pz_irt_model *model, pz_progress_fn progress, void *user_data)
{
    pz_irt_fit *fit = &model->fit;
    fit->log_likelihood = pz__irt_expect(w, model);
    gather(w, model, w->now);
    for (fit->iterations = 0; fit->iterations < w->options.iterations;) {
        PZ__TRY(pz__progress(progress, (double)fit->iterations / w->options.iterations, user_data));
        pz__irt_maximize(w, model);
        gather(w, model, w->one);
        fit->iterations++;
        fit->is_converged = farthest(w->one, w->now, w->size) < w->options.tolerance;
        PZ__TRY(note(model, pz__irt_expect(w, model)));
        if (fit->is_converged || fit->iterations == w->options.iterations) break;
        pz__irt_maximize(w, model);
        gather(w, model, w->two);
        fit->iterations++;
        PZ__TRY(note(model, try_stride(w, model)));
        gather(w, model, w->now);
    }
    return pz__progress(progress, 1, user_data);
}
