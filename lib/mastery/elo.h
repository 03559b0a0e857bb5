/* The online logistic model: what it keeps, and one answer. */
#ifndef PZ_MASTERY_ELO_H
#define PZ_MASTERY_ELO_H

#include "base/map.h"
#include "base/record.h"
#include "personalize/tracing.h"

/* A weight as a normal variable. */
typedef struct pz__elo_term {
    double value;
    double variance;
} pz__elo_term;

/* What a learner showed so far, on the whole or in a skill. */
typedef struct pz__elo_history {
    double right, wrong; /* sums of scores and of what was missing */
    double recent;       /* decaying average of 2 * score - 1 */
    int32_t answers;
} pz__elo_history;

typedef enum pz__elo_table_kind { PZ__ELO_LEARNER, PZ__ELO_PAIR, PZ__ELO_ITEM, PZ__ELO_SKILL, PZ__ELO_TABLES } pz__elo_table_kind;

/* Terms by number. The key of a pair is the place of its learner times 2^32 plus the place of its skill. */
typedef struct pz__elo_table {
    pz__map *places;
    int64_t *keys;
    pz__elo_term *terms;
    pz__elo_history *histories; /* of learners and pairs */
    size_t count, key_room, term_room, history_room;
} pz__elo_table;

enum { PZ__ELO_WEIGHTS = 7, /* the constant and six features */ PZ__ELO_COUNTS = 1024 };

struct pz_elo_model {
    pz_elo_options options;
    pz__elo_table tables[PZ__ELO_TABLES];
    pz__elo_term weights[PZ__ELO_WEIGHTS];
    double count_logs[PZ__ELO_COUNTS]; /* log(1 + count) for the counts that come most */
};

/* All that bears on one answer; what is not known yet points at a fresh term of its own, and an item that there is none of at one without variance. */
typedef struct pz__elo_view {
    pz__elo_term *terms[PZ__ELO_TABLES];
    const pz__elo_history *histories[2]; /* learner, pair */
    double features[PZ__ELO_WEIGHTS];
} pz__elo_view;

/* The place of a number in a table, adding it if need be. */
pz_status pz__elo_place(pz_elo_model *model, pz__elo_table_kind kind, int64_t key, int32_t *out);
/* The place, or -1. */
int32_t pz__elo_find(const pz_elo_model *model, pz__elo_table_kind kind, int64_t key);
int64_t pz__elo_pair_key(int32_t learner, int32_t skill);
double pz__elo_prior(const pz_elo_options *options, pz__elo_table_kind kind);

void pz__elo_count_logs(pz_elo_model *model);
void pz__elo_features(const pz_elo_model *model, pz__elo_view *view);
/* The log-odds, and their variance. */
double pz__elo_log_odds(const pz_elo_model *model, const pz__elo_view *view, double *variance);
double pz__elo_probability(double log_odds, double variance);
/* The places of learner, pair, item (-1 none) and skill; returns the probability of a right answer before it. */
double pz__elo_answer(pz_elo_model *model, const int32_t places[PZ__ELO_TABLES], double score, int frozen);

pz_status pz__elo_options_take(const pz_elo_options *given, pz_elo_options *out);

extern const pz_record_type pz__elo_options_type;
extern const pz_record_type pz__elo_estimate_type;

#endif
