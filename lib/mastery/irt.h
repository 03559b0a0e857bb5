/* Items and what they say at an ability. */
#ifndef PZ_MASTERY_IRT_H
#define PZ_MASTERY_IRT_H

#include "base/record.h"
#include "personalize/irt.h"

enum { PZ__IRT_CATEGORIES = 16, PZ__IRT_PARAMETERS = 2 * (PZ__IRT_CATEGORIES - 1) };

typedef struct pz__irt_item {
    int32_t kind;
    int32_t categories;
    double slope;
    double guess;
    double intercept[PZ__IRT_CATEGORIES - 1];
    double slopes[PZ__IRT_CATEGORIES - 1]; /* nominal: of each category above 0 against category 0 */
} pz__irt_item;

struct pz_irt_model {
    size_t count;
    pz__irt_item *items;
    pz_irt_fit fit;
    double *trace; /* log-likelihood after each sweep; NULL where the model was not fitted here */
    size_t trace_room;
};

pz_status pz__irt_new(size_t count, pz_irt_model **out_model);
pz_status pz__irt_copy(const pz_irt_model *model, pz_irt_model **out_model);

/* Probabilities of the categories, and their first and second derivatives by ability (either may be NULL). */
void pz__irt_curve(const pz__irt_item *item, double ability, double *p, double *first, double *second);
/* Free parameters of an item: slope (not Rasch; of each category where nominal), intercepts, logit of guess (three parameters). */
int32_t pz__irt_free(const pz__irt_item *item);
/* Derivatives of the probabilities by the free parameters, [category][parameter]. */
void pz__irt_slopes(const pz__irt_item *item, double ability, const double *p, double (*out)[PZ__IRT_PARAMETERS]);
/* The slope that a step of an item has, from 1. */
static inline double pz__irt_step_slope(const pz__irt_item *item, int32_t step)
{
    return item->kind == PZ_IRT_NOMINAL ? item->slopes[step - 1] : item->slope;
}
double pz__irt_item_information(const pz__irt_item *item, double ability);

/* Nodes from -range to range. */
static inline double pz__irt_node(int32_t i, int32_t nodes, double range)
{
    return -range + 2 * range * i / (nodes - 1);
}

pz_status pz__irt_responses_check(const int32_t *responses, size_t rows, size_t cols);
/* The same, and that the answers are ones that the items of the model have. */
pz_status pz__irt_answers_check(const pz_irt_model *model, const int32_t *responses, size_t rows, size_t cols);

pz_status pz__irt_nodes_check(int32_t nodes, double range);

extern const pz_record_type pz__irt_options_type;
extern const pz_record_type pz__irt_step_type;
extern const pz_record_type pz__irt_fit_type;
extern const pz_record_type pz__irt_link_type;
extern const pz_record_type pz__irt_item_fit_type;
extern const pz_record_type pz__irt_person_fit_type;
extern const pz_record_type pz__irt_effect_type;

#endif
