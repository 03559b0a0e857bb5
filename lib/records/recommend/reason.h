/* Why a group is as it is and why a learner is in it: codes with numbers, kept as a JSON list, and worded when they are read. */
#ifndef PZ_RECORDS_RECOMMEND_REASON_H
#define PZ_RECORDS_RECOMMEND_REASON_H

#include "base/json_write.h"
#include "personalize/grouping.h"
#include "records/recommend/ask.h"
#include "records/recommend/data.h"

/* One reason of the engine as an element of the list that is open, with the figures behind it. */
void pz__reason_write(pz__json_writer *json, const pz_grouping_reason *reason, const pz__grouping_ask *ask, const pz__class_figures *data);

/* A reason that has no figures, such as "reason.learner.by_hand". */
void pz__reason_write_plain(pz__json_writer *json, const char *code);

/* A reason with one number. */
void pz__reason_write_number(pz__json_writer *json, const char *code, int32_t number);

/* The first two reasons of a list as a sentence each, and those that come from profiles. `plain`: without figures of others, for learners and guardians. */
pz_status pz__reason_words(pz__call *call, const char *language, const char *reasons, int plain, pz__buffer *out);

#endif
