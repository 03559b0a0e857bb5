/* What each strategy asks of the engine, and what it says of learners beyond the engine's reasons: parts of a jigsaw, and who helps whom. */
#ifndef PZ_RECORDS_RECOMMEND_STRATEGY_H
#define PZ_RECORDS_RECOMMEND_STRATEGY_H

#include "base/json_write.h"
#include "personalize/grouping.h"
#include "records/recommend/ask.h"
#include "records/recommend/data.h"

/* The number of groups that the strategy needs: that of the request, but for pairs. */
int32_t pz__strategy_groups(const pz__grouping_ask *ask);

/* PZ_E_NOT_ENOUGH where the strategy needs evidence and nobody has any. */
pz_status pz__strategy_add(pz_grouping_problem *problem, const pz__grouping_ask *ask, const pz__class_figures *data);

typedef struct pz__strategy_words {
    const pz__grouping_ask *ask;
    const pz__class_figures *data;
    int32_t *groups; /* of the result, by learner, from 0 */
    int32_t *parts;  /* of a jigsaw, from 1; NULL: no jigsaw */
    int32_t parts_count;
} pz__strategy_words;

pz_status pz__strategy_words_make(const pz_grouping_result *result, const pz__grouping_ask *ask, const pz__class_figures *data,
                                  pz__strategy_words *out_words);
void pz__strategy_words_free(pz__strategy_words *words);

/* The reason of a learner (its number among those grouped) that comes from the strategy alone, as an element of the list that is open; nothing where there is none. */
void pz__strategy_word(pz__json_writer *json, const pz__strategy_words *words, size_t learner);

/* The same of a group. */
void pz__strategy_group_word(pz__json_writer *json, const pz__strategy_words *words, int32_t group);

/* Does the strategy say in its own words what this reason of the engine is about? */
int pz__strategy_tells(const pz__strategy_words *words, const pz_grouping_reason *reason);

/* The competency that a group of tutoring works on; 0 none. */
pz_id pz__strategy_focus(const pz__strategy_words *words, int32_t group);

#endif
