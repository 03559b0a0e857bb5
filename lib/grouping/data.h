/* The numbers of a grouping problem. A problem and the results made from it share one copy until the problem is added to. */
#ifndef PZ_GROUPING_DATA_H
#define PZ_GROUPING_DATA_H

#include <stdatomic.h>

#include "base/buffer.h"
#include "personalize/grouping.h"

enum { PZ__CRITERIA_MAX = 64, PZ__LEARNERS_MAX = 100000, PZ__NEEDS_MAX = 4096 };

typedef enum pz__criterion_kind {
    PZ__NUMERIC,
    PZ__NEEDS,
    PZ__PAIRS,
    PZ__FEATURES,
    PZ__EARLIER,
    PZ__BALANCED,
    PZ__COMPLEMENTARY
} pz__criterion_kind;

typedef struct pz__criterion {
    char *name;
    double weight;
    pz__criterion_kind kind;
    int32_t direction; /* a pz_grouping_direction; 0 for needs */
    int32_t metric;    /* a pz_grouping_metric; 0 unless made of features: pairs of them, or columns that are balanced or covered */
    int32_t columns;   /* of needs and features; learners for pairs; 1 for a numeric criterion */
    double filler;     /* distance of two learners of whom it is not known; of earlier teammates the decay */
    double *values;    /* learners * columns */
} pz__criterion;

/* What a rule holds beside two numbers: about all learners, or a list. */
typedef struct pz__rule_detail {
    char *name; /* NULL: none */
    int32_t least, most;
    int32_t columns; /* flags 1; slots; earlier divisions; NULL values: 0 */
    double *values;  /* learners * columns: flags, free times, earlier groups */
    int32_t *groups; /* of an allowed list, in order */
    int32_t group_count;
} pz__rule_detail;

typedef struct pz__rule {
    int32_t kind;            /* a pz_grouping_constraint */
    int32_t learner;         /* -1: about all, or about a group */
    int32_t other;           /* or group, for a locked learner and for the size of one group */
    pz__rule_detail *detail; /* NULL for rules about one or two learners */
} pz__rule;

typedef struct pz__grouping_data {
    atomic_int references;
    size_t learners;
    int32_t size_min, size_max, groups;
    pz__criterion criteria[PZ__CRITERIA_MAX];
    int32_t criterion_count;
    int32_t needs_at; /* number of the criterion that holds needs; -1 */
    pz__rule *rules;
    size_t rule_count, rule_capacity;
} pz__grouping_data;

struct pz_grouping_problem {
    pz__grouping_data *data;
};

pz_status pz__grouping_data_new(size_t learners, int32_t size_min, int32_t size_max, int32_t groups, pz__grouping_data **out_data);
pz__grouping_data *pz__grouping_data_retain(const pz__grouping_data *data);
void pz__grouping_data_release(pz__grouping_data *data);
/* Makes sure that nobody else sees what is added to the problem next. */
pz_status pz__grouping_data_own(pz_grouping_problem *problem);

/* Adds a copy of `criterion`, whose name and values are the caller's. */
pz_status pz__criterion_add(pz__grouping_data *data, const pz__criterion *criterion);
pz_status pz__rule_add(pz__grouping_data *data, int32_t kind, int32_t learner, int32_t other);
/* Adds a rule with a copy of `detail`, whose blocks are the caller's; a rule like it is not added again. */
pz_status pz__rule_add_detail(pz__grouping_data *data, int32_t kind, int32_t learner, int32_t other, const pz__rule_detail *detail);

/* Is the rule about who is not there at all? */
static inline int pz__is_of_absent(const pz__rule *rule)
{
    return rule->kind == PZ_CONSTRAINT_ABSENT || rule->kind == PZ_CONSTRAINT_OPTED_OUT;
}

#endif
