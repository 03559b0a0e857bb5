/* The words that headers of CSV files use for the values of a mapping, in English, Spanish, Portuguese, French and German, and how a name is made plain so that
 * it can be compared with them. */
#ifndef PZ_EXCHANGE_CSV_WORDS_H
#define PZ_EXCHANGE_CSV_WORDS_H

#include "exchange/csv_mapping.h"

typedef struct pz__csv_word {
    pz__csv_target target; /* with a kind it is TEXT, and CODE where the values look like codes */
    const char *word;      /* plain */
    const char *kind;      /* NULL: of every kind that has the value; "": of every kind of entry in people's own words */
} pz__csv_word;

/* The first that fits wins; a whole name is surer than a part. Ends with a NULL word. */
extern const pz__csv_word pz__csv_words[];

/* Small Latin letters without marks, and digits; everything else is left out. `out` has `size` bytes. */
void pz__csv_plain_name(const char *text, size_t length, char *out, size_t size);

/* 1 if a plain name is that of one of many items, such as "q7" or "pregunta12"; *out_stem is the length of what comes before the number. */
int pz__csv_is_numbered_item(const char *name, size_t *out_stem);

#endif
