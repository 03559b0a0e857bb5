/* What is proposed to one learner, before it is put into words. */
#ifndef PZ_RECORDS_NEXT_STEP_H
#define PZ_RECORDS_NEXT_STEP_H

#include "records/next/graph.h"
#include "records/next/memory.h"
#include "records/next/types.h"

enum { PZ__NEXT_MOST_REASONS = 4 /* of one step */ };

typedef struct pz__next_reason {
    const char *code;  /* without "next." */
    double weight;     /* what it adds to the score */
    double number;     /* of days or competencies, for the words */
} pz__next_reason;

typedef struct pz__next_candidate {
    int32_t kind;
    pz_id competency;
    int32_t record_kind; /* a pz_kind; 0 none */
    pz_id record;
    double score;
    double estimate;
    double recall;
    pz_date due_on;
    pz__next_reason reasons[PZ__NEXT_MOST_REASONS];
    size_t reason_count;
} pz__next_candidate;

/* An open goal, as far as it bears on what comes next. */
typedef struct pz__next_goal {
    pz_id id;
    pz_id competency;
    pz_date due_on;
} pz__next_goal;

/* Work that the learner has in hand. */
typedef struct pz__next_work_item {
    pz_id id;
    pz_id competency; /* that it took up by itself */
    int32_t state;
    int is_board;
    pz_date due_on;
} pz__next_work_item;

/* All of one learner, used again learner by learner. Start from zeros. */
typedef struct pz__next_work {
    pz__call *call;
    pz__next_graph graph;
    pz__rules *rules;
    pz__standings standings;
    pz__memory memory;
    pz__next_goal *goals;
    size_t goal_count, goal_capacity;
    pz__next_work_item *items;
    size_t item_count, item_capacity;
    pz__next_candidate *rows; /* by rank */
    size_t count, capacity;
    double retention;
    int sees_goals, sees_work;
} pz__next_work;

pz_status pz__next_work_start(pz__next_work *work, pz__call *call, pz_id framework, double retention);
void pz__next_work_free(pz__next_work *work);

/* The steps of one learner, all of them, in their order. */
pz_status pz__next_find(pz__next_work *work, pz_id learner);

/* The title of a step and its reasons as sentences. */
pz_status pz__next_words(pz__call *call, const pz__next_candidate *step, const char *language, pz__buffer *title, pz__buffer *reason);
void pz__next_codes(const pz__next_candidate *step, pz__buffer *codes);

#endif
