/* What precedes what, for many learners: loaded once, asked learner by learner. */
#ifndef PZ_RECORDS_NEXT_GRAPH_H
#define PZ_RECORDS_NEXT_GRAPH_H

#include "records/competency/prerequisites.h"
#include "records/mastery/standing.h"

typedef struct pz__next_graph {
    pz__prerequisites needs;  /* everything that has a tie, and all of the framework */
    size_t *first;            /* what ids[i] precedes directly is at then[first[i]] to then[first[i + 1] - 1] */
    size_t *then;
    uint8_t *is_offered;      /* of the framework: its competencies without children, and all that precedes them */
    uint8_t *is_within;       /* of the framework: its own */
    int has_framework;
    /* Of the learner that was turned to: */
    uint8_t *is_mastered;
    uint8_t *is_ready;
    uint8_t *is_near;         /* has evidence, precedes what has, or follows it directly */
    const pz__standing **standing; /* NULL without evidence */
} pz__next_graph;

/* `framework` 0: none. Freed in any case by pz__next_graph_free. */
pz_status pz__next_graph_load(pz__call *call, pz_id framework, pz__next_graph *out_graph);
void pz__next_graph_free(pz__next_graph *graph);

/* Marks what the learner with these standings has mastered and is ready for. They must stand as long as the graph is asked. */
void pz__next_graph_turn(pz__next_graph *graph, const pz__standings *standings);

/* Whether the place is part of what is proposed from: by the framework, or by what is near. */
int pz__next_graph_offers(const pz__next_graph *graph, size_t place);
/* How many competencies wait for this one alone: not mastered, and everything else that precedes them directly is. */
size_t pz__next_graph_opens(const pz__next_graph *graph, size_t place);
/* Whether something builds on it directly that the learner is ready for and has not mastered. */
int pz__next_graph_is_built_on(const pz__next_graph *graph, size_t place);

#endif
