/* What the parts of a calibration share: patterns of answers, expected counts, the step of each item, the sweeps. */
#ifndef PZ_MASTERY_IRT_CALIBRATE_H
#define PZ_MASTERY_IRT_CALIBRATE_H

#include "mastery/irt.h"

typedef struct pz__irt_work {
    pz_irt_options options;
    const int32_t *responses;
    size_t rows, cols;
    unsigned char *fixed; /* by column: the item's parameters stay as they are */
    int free_mean, free_variance;
    uint32_t *first; /* a row for each pattern of answers */
    double *times;   /* persons who gave it */
    size_t patterns;
    double *log_weight;       /* of the nodes */
    double *log_p, *counts;   /* [item][category][node], room for the most categories */
    double *posterior, *mass; /* one node each */
    int32_t most;             /* categories of the largest item */
    size_t size;              /* parameters of the items that are free, and the population's variance and mean */
    double *now, *one, *two, *spare;
} pz__irt_work;

/* Finds persons with the same answers. */
pz_status pz__irt_patterns(pz__irt_work *work);

/* Expected counts under the model; returns the log-likelihood. */
double pz__irt_expect(pz__irt_work *work, const pz_irt_model *model);

/* Moves each item that is free, and the population where it is free, to what the counts make likeliest. */
void pz__irt_maximize(pz__irt_work *work, pz_irt_model *model);

/* Free parameters of an item as numbers, and back; 0 where they are not possible. */
void pz__irt_get(const pz__irt_item *item, double *out);
int pz__irt_set(pz__irt_item *item, const double *in);

/* Sweeps until nothing moves further than the tolerance, with a trace. */
pz_status pz__irt_sweep(pz__irt_work *work, pz_irt_model *model, pz_progress_fn progress, void *user_data);

#endif
