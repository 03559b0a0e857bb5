/* Sentences about what changed between two moments. */
#ifndef PZ_RECORDS_PROFILE_DIFFERENCE_WORDS_H
#define PZ_RECORDS_PROFILE_DIFFERENCE_WORDS_H

#include "base/buffer.h"
#include "personalize/goal.h"
#include "personalize/profile.h"

/* How a member of a difference came about. */
typedef enum pz__differing { PZ__ADDED = 1, PZ__REVISED, PZ__REMOVED, PZ__LAPSED } pz__differing;

/* The time that sentences begin with. */
typedef struct pz__span {
    pz_date from; /* PZ_DATE_NONE: from the first record on */
    pz_date to;
    int to_is_now;
    pz__buffer first; /* both days in words, for all sentences */
    pz__buffer last;
} pz__span;

/* Puts the days of a span in words; pz__span_free() gives them back, also after none. */
pz_status pz__span_start(pz__span *span, const char *language);
void pz__span_free(pz__span *span);
/* "Since 3 October 2026: <sentence>" and its like. What `sentence` failed with, `out` fails with. */
void pz__span_words(pz__buffer *out, const char *language, const pz__span *span, const pz__buffer *sentence);

/* Each appends a sentence without a beginning. `before` is NULL where it was added, `after` where it was removed. */
void pz__entry_difference_words(pz__buffer *out, const char *language, pz__differing how, const void *before, const void *after);
void pz__goal_difference_words(pz__buffer *out, const char *language, pz__differing how, const void *before, const void *after);
void pz__dispute_difference_words(pz__buffer *out, const char *language, pz__differing how, const void *before, const void *after);
void pz__tag_difference_words(pz__buffer *out, const char *language, pz__differing how, const pz_profile_entry *entry,
                              const pz_profile_tag *tag);
void pz__mastery_difference_words(pz__buffer *out, const char *language, const char *before, const char *after,
                                  const pz__buffer *competency);
void pz__difference_count_words(pz__buffer *out, const char *language, size_t count);

/* A day in words, "24 November 2026". The words of an empty buffer that failed are in its status. */
void pz__day_words(pz__buffer *out, const char *language, pz_date date);

#endif
