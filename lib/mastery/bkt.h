/* Fitting Bayesian knowledge tracing. */
#ifndef PZ_MASTERY_BKT_H
#define PZ_MASTERY_BKT_H

#include "base/record.h"
#include "mastery/columns.h"
#include "personalize/tracing.h"

/* Numbers of classes. */
typedef struct pz__bkt_shape {
    int32_t items;
    int32_t learns;
    int32_t priors;
} pz__bkt_shape;

/* The parameters of a skill as one run of numbers: priors, learns, forgets, guesses, slips. */
typedef struct pz__bkt_parameters {
    double *prior;
    double *learn;
    double *forget;
    double *guess;
    double *slip;
} pz__bkt_parameters;

static inline size_t pz__bkt_size(const pz__bkt_shape *shape)
{
    return (size_t)shape->priors + 2 * (size_t)shape->learns + 2 * (size_t)shape->items;
}

static inline pz__bkt_parameters pz__bkt_view(const pz__bkt_shape *shape, double *numbers)
{
    pz__bkt_parameters view = {numbers, numbers + shape->priors, numbers + shape->priors + shape->learns,
                               numbers + shape->priors + 2 * shape->learns, numbers + shape->priors + 2 * shape->learns + shape->items};
    return view;
}

/* Whatever was answered, as a tree: a node is an answer after the same answers before. Parents come before their children. */
typedef struct pz__bkt_node {
    int32_t parent; /* -1 - prior class for the first answers */
    int32_t child;  /* first child while the tree grows, -1 none */
    int32_t sibling;
    int32_t item; /* item class * 2 + right */
    int32_t learn;
    int32_t through; /* learners who came through here */
    int32_t ended;   /* learners whose last answer this is */
} pz__bkt_node;

typedef struct pz__bkt_work {
    double known, unknown;           /* probability of knowing and not, after this answer */
    double scale;                    /* probability of the answer, given those before */
    double next_known, next_unknown; /* what the later answers say, summed over the children */
} pz__bkt_work;

typedef struct pz__bkt_tree {
    pz__bkt_node *nodes;
    pz__bkt_work *work;
    size_t count;
    size_t capacity;
    size_t work_capacity;
    int32_t *roots; /* first node of each prior class, -1 none */
} pz__bkt_tree;

/* Rows are those of one skill, a learner's rows together and in order. */
typedef struct pz__bkt_rows {
    const int32_t *learner;
    const double *score;
    const int32_t *item_class;
    const int32_t *learn_class;
    const int32_t *prior_class;
    const uint32_t *order;
    size_t rows;
    double pass_at;
} pz__bkt_rows;

pz_status pz__bkt_tree_fill(pz__bkt_tree *tree, const pz__bkt_shape *shape, const pz__bkt_rows *rows);
void pz__bkt_tree_free(pz__bkt_tree *tree);

/* Sums that one sweep leaves for the next parameters, in the places of the parameters: `hit` of `all`. */
typedef struct pz__bkt_sums {
    double *hit;
    double *all;
} pz__bkt_sums;

/* One sweep under `numbers`: the log-likelihood, and the sums. */
double pz__bkt_sweep(pz__bkt_tree *tree, const pz__bkt_shape *shape, double *numbers, pz__bkt_sums *sums);
/* The parameters that the sums make likeliest within the bounds; forgets stay where they are unless `with_forget`. */
void pz__bkt_maximize(const pz_bkt_options *options, const pz__bkt_shape *shape, const pz__bkt_sums *sums, double *numbers);

/* Shrinks guesses and slips that leave too little room. */
void pz__bkt_keep_room(const pz_bkt_options *options, const pz__bkt_shape *shape, double *numbers);

typedef struct pz__bkt_entry {
    int64_t skill;
    int64_t rows;
    int64_t learners;
    double log_likelihood;
    int32_t iterations;
    int32_t is_converged;
    int32_t is_determined;
    double *trace; /* log-likelihood after each sweep of the start that won; NULL where it was not fitted here */
} pz__bkt_entry;

struct pz_bkt_model {
    pz__bkt_shape shape;
    double pass_at;
    size_t count;
    pz__bkt_entry *entries; /* by skill */
    double *numbers;        /* count + 1 times the size of the shape; the last are the means, for skills not seen */
};

pz_status pz__bkt_new(const pz__bkt_shape *shape, size_t count, pz_bkt_model **out_model);
double *pz__bkt_numbers(const pz_bkt_model *model, size_t index);
/* Index of a skill, or `count`, whose numbers are the means. */
size_t pz__bkt_find(const pz_bkt_model *model, int64_t skill);
void pz__bkt_average(pz_bkt_model *model);

extern const pz_record_type pz__bkt_options_type;
extern const pz_record_type pz__bkt_skill_type;
extern const pz_record_type pz__bkt_class_type;

#endif
