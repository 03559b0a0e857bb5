/* UTF-8: checking what comes in, walking over characters, simple folding. No locale. */
#ifndef PZ_BASE_TEXT_H
#define PZ_BASE_TEXT_H

#include "personalize/base.h"

/* Length in bytes of valid UTF-8 from the start (no surrogates, no overlong forms, at most U+10FFFF). */
size_t pz__utf8_valid(const char *text, size_t length);

/* Next code point; *position moves on. The text must be valid. */
uint32_t pz__utf8_next(const char *text, size_t length, size_t *position);

/* Largest cut <= limit that does not split a character. */
size_t pz__utf8_cut(const char *text, size_t length, size_t limit);

/* Checks text from a caller: resolves PZ_NUL_TERMINATED, refuses NULL with a length, NUL, bad UTF-8, C0 control characters
 * other than tab, newline and carriage return, and more than `limit` bytes. *out_length gets the length in bytes.
 * NULL with PZ_NUL_TERMINATED or 0 is allowed and has length 0. `field` names the parameter in the error. */
pz_status pz__text_check(const char *text, size_t length, size_t limit, const char *field, size_t *out_length);

/* The same, and not empty. */
pz_status pz__text_need(const char *text, size_t length, size_t limit, const char *field, size_t *out_length);

int pz__text_equal(const char *a, const char *b); /* NULL equals NULL only */

/* Compares ignoring ASCII case, for headers and enumerations of lenient imports. */
int pz__ascii_equal_fold(const char *a, size_t a_length, const char *b);

#endif
