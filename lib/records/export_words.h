/* Words for the numbers in an export, the same as in all other documents. */
#ifndef PZ_RECORDS_EXPORT_WORDS_H
#define PZ_RECORDS_EXPORT_WORDS_H

#include <stdint.h>

/* The word for a number in a column, "" for none; NULL where the number is just a number. A pz__export_word_fn. */
const char *pz__export_word(const char *table, const char *column, int64_t value);

#endif
