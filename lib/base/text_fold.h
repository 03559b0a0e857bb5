/* Text as it is searched: without regard to case, in any script. */
#ifndef PZ_BASE_TEXT_FOLD_H
#define PZ_BASE_TEXT_FOLD_H

#include "base/buffer.h"

/* Appends text by simple case folding, with any run of white space as one space and none at either end. The text must be valid UTF-8. */
void pz__text_fold(pz__buffer *out, const char *text, size_t length);

/* Whether folded text holds each of the words of another folded text, as parts of words. Nothing is held by all. */
int pz__text_holds(const char *text, size_t length, const char *words, size_t words_length);

#endif
