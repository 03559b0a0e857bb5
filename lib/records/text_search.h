/* Searching records for words, in any script and whatever their case: all words must be there, as parts of words. */
#ifndef PZ_RECORDS_TEXT_SEARCH_H
#define PZ_RECORDS_TEXT_SEARCH_H

#include "base/buffer.h"

typedef struct pz__text_search {
    pz__buffer words; /* that are looked for, folded; empty: everything is found */
    pz__buffer room;  /* of the record at hand, folded */
} pz__text_search;

/* `text` was checked; NULL looks for nothing. PZ_E_NOMEM. */
pz_status pz__text_search_start(pz__text_search *search, const char *text, size_t length);
void pz__text_search_free(pz__text_search *search);

/* Whether the texts of a record, NULL where there is none, hold the words together. */
pz_status pz__text_search_finds(pz__text_search *search, const char *const *texts, size_t count, int *out_finds);

#endif
