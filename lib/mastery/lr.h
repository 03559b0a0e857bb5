/* Batch logistic regression on counts of right and wrong answers. */
#ifndef PZ_MASTERY_LR_H
#define PZ_MASTERY_LR_H

#include "base/record.h"
#include "mastery/columns.h"
#include "personalize/tracing.h"

/* The weights lie in one run: constant, right and wrong over all skills, then for each skill its own, right and wrong, then the items. */
enum { PZ__LR_CONSTANT, PZ__LR_RIGHT, PZ__LR_WRONG, PZ__LR_HEAD };

struct pz_lr_model {
    int32_t features;
    pz__numbering skills, items;
    double *weights;
    double log_likelihood;
    int32_t iterations, is_converged;
    double *trace; /* log-likelihood less the penalty after each step; NULL where the model was not fitted here */
};

static inline size_t pz__lr_size(const pz_lr_model *model)
{
    return PZ__LR_HEAD + 3 * (size_t)model->skills.count + (size_t)model->items.count;
}

/* A row as the regression sees it. skill and item are dense numbers or -1. */
typedef struct pz__lr_row {
    int32_t skill, item;
    double right, wrong;         /* logarithms of the counts in the skill */
    double all_right, all_wrong; /* and over all */
} pz__lr_row;

pz_status pz__lr_rows(const pz_lr_model *model, const int64_t *learner, const int64_t *skill, const int64_t *item, const double *score,
                      size_t rows, pz__lr_row *out);
double pz__lr_dot(const pz_lr_model *model, const double *weights, const pz__lr_row *row);

extern const pz_record_type pz__lr_options_type;
extern const pz_record_type pz__lr_fit_type;
extern const pz_record_type pz__lr_step_type;

#endif
