/* What groups are formed by: where each learner stands in each competency, and what follows from it for the strategies. */
#ifndef PZ_RECORDS_RECOMMEND_DATA_H
#define PZ_RECORDS_RECOMMEND_DATA_H

#include "personalize/recommend.h"
#include "records/competency/prerequisites.h"

typedef struct pz__figure {
    double estimate;
    int32_t decision;
    int32_t count; /* answers behind it; 0: nothing is known */
} pz__figure;

typedef struct pz__class_figures {
    const pz_id *learners; /* the caller's */
    size_t learner_count;
    pz__prerequisites map; /* the competencies that are considered, and what precedes them */
    pz__figure *figures;   /* of each learner by place in the map */
    int has_evidence;      /* of anybody */
    /* By need. A learner's need of a competency that is not mastered is 1 - estimate, half of that where there is not enough evidence to say so;
     * it falls to the competency itself, or to the first of its prerequisites that is still open. */
    pz_id *columns;
    size_t column_count;
    double *needs;  /* learners x columns */
    size_t *behind; /* the same: place of the competency that the need comes from */
    /* By level: the mean estimate over the competencies with evidence, NaN without any, and over how many. */
    double *levels;
    int32_t *level_counts;
} pz__class_figures;

/* From a closed cycle, or from mastery as the call sees it where `cycle` is 0; of one framework, or of all. */
pz_status pz__class_figures_collect(pz__call *call, pz_id cycle, pz_id framework, const pz_id *learners, size_t count,
                                    pz__class_figures *out);
void pz__class_figures_free(pz__class_figures *data);

/* A learner's figure; one that says nothing where the competency is not among them. */
pz__figure pz__grouping_figure(const pz__class_figures *data, size_t learner, pz_id competency);

#endif
