/* What was asked for: a request with its rules, taken from a caller, and kept as JSON in which each learner is named by an entry of its own, so
 * that erasure can take it out. */
#ifndef PZ_RECORDS_RECOMMEND_ASK_H
#define PZ_RECORDS_RECOMMEND_ASK_H

#include "base/buffer.h"
#include "personalize/recommend.h"

/* A criterion of profiles, see recommend_wish.h. */
typedef struct pz__wish {
    int32_t criterion; /* its number, see profile_feature.h */
    int32_t direction; /* a pz_grouping_direction */
    double weight;
} pz__wish;

enum { PZ__MOST_WISHES = 5 }; /* each criterion once */

typedef struct pz__grouping_ask {
    pz_grouping_request request;
    pz_grouping_rule *rules;
    size_t rule_count;
    pz_id *learners; /* who was grouped, in the order of the engine's numbers; NULL until they are found */
    size_t learner_count;
    char *criteria; /* memory of the request's text, where it was read from the store */
    pz__wish wishes[PZ__MOST_WISHES];
    size_t wish_count;
} pz__grouping_ask;

/* Ranges and texts of a request; whether its records exist is not asked here. */
pz_status pz__grouping_ask_take(const pz_grouping_request *request, const pz_grouping_rule *const *rules, size_t rows,
                                pz__grouping_ask *out_ask);
void pz__grouping_ask_free(pz__grouping_ask *ask);

/* Reads the text of its criteria. PZ_E_INVALID. */
pz_status pz__grouping_ask_take_wishes(pz__grouping_ask *ask, const char *text, size_t length);

/* The bytes that guard an idempotency key. */
void pz__grouping_ask_describe(const pz__grouping_ask *ask, pz__buffer *request);

void pz__grouping_ask_write(const pz__grouping_ask *ask, pz__buffer *out);
pz_status pz__grouping_ask_read(const char *json, pz__grouping_ask *out_ask);

/* The number of a learner among those grouped, or learner_count. */
size_t pz__grouping_ask_place(const pz__grouping_ask *ask, pz_id learner);

/* Nobody alone, or a role: what is said in several rules. */
int pz__grouping_rule_is_of_set(const pz_grouping_rule *rule);
/* Is it the first of its set, or of its learner's groups? */
int pz__grouping_rule_is_first(const pz__grouping_ask *ask, size_t i);

/* Absent, or opted out. */
int pz__grouping_rule_leaves_out(const pz_grouping_rule *rule);
int pz__grouping_ask_is_absent(const pz__grouping_ask *ask, pz_id learner);

#endif
