/* Strings within JSON text: checking them and resolving their escapes. */
#ifndef PZ_BASE_JSON_STRING_H
#define PZ_BASE_JSON_STRING_H

#include <stddef.h>

/* What is wrong and where. */
typedef struct pz__json_flaw {
    const char *code;  /* as in pz__json_fault; NULL if nothing is wrong */
    const char *words; /* a sentence for people */
    size_t at;         /* in the text */
} pz__json_flaw;

/* A string that begins after its opening quote at `start`. *out_end is where its closing quote stands. @return 1, or 0 with *flaw set */
int pz__json_string_check(const char *text, size_t length, size_t start, size_t *out_end, int *out_escapes, pz__json_flaw *flaw);

/* The content of a string whose escapes are valid, as it reads. `to` has room for `length` bytes. @return the bytes written */
size_t pz__json_unescape(const char *text, size_t length, char *to);

#endif
