/* A growable run of bytes, always NUL-terminated, that remembers a failure: check once at the end. */
#ifndef PZ_BASE_BUFFER_H
#define PZ_BASE_BUFFER_H

#include "personalize/base.h"

typedef struct pz__buffer {
    char *data;
    size_t length;
    size_t capacity;
    pz_status status; /* PZ_OK, PZ_E_NOMEM, or PZ_E_INTERNAL from a writer on top; once failed, every call does nothing */
} pz__buffer;

#define PZ__BUFFER_INIT {NULL, 0, 0, PZ_OK}

void pz__buffer_add(pz__buffer *buffer, const void *bytes, size_t length);
void pz__buffer_text(pz__buffer *buffer, const char *text);
void pz__buffer_char(pz__buffer *buffer, char c);
void pz__buffer_format(pz__buffer *buffer, const char *format, ...) __attribute__((format(printf, 2, 3)));
void pz__buffer_int(pz__buffer *buffer, int64_t value);
/* A double in the shortest form that reads back to the same value, independent of locale; with an exponent ("1e21", "1e-7") where
 * its size is 1e21 or more or below 1e-6; -0 is written as -0. NaN and infinities: "null". */
void pz__buffer_real(pz__buffer *buffer, double value);
/* A double with a fixed number of decimals (0 to 30), locale-free: its exact binary value correctly rounded, halves to even. What
 * rounds to 0 has no sign. NaN and infinities: "null". */
void pz__buffer_fixed(pz__buffer *buffer, double value, int decimals);
void pz__buffer_clear(pz__buffer *buffer); /* length 0, memory and status kept */
void pz__buffer_free(pz__buffer *buffer);
/* Gives the text away (to be released with pz_free) and empties the buffer; on failure frees it and sets detail. */
pz_status pz__buffer_take(pz__buffer *buffer, char **out_text);

#endif
