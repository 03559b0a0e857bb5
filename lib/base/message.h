/* The message catalog: every sentence that people read, by code and language. Floor 1 returns codes with numbers, records keep
 * codes and ids; the words are made here. */
#ifndef PZ_BASE_MESSAGE_H
#define PZ_BASE_MESSAGE_H

#include "base/buffer.h"

/* One value for a placeholder. Texts come from records and are inserted as they are (escaping is the page's business). */
typedef struct pz__message_value {
    const char *name; /* as in "{count}" */
    const char *text; /* or NULL: the number is used */
    double number;
    int32_t decimals; /* for numbers */
} pz__message_value;

/* Appends the message `code` in `language` ("en" where NULL or unknown) to `out`. Placeholders are "{name}"; a plural is
 * "{name|one form|other form}" chosen by the number's value; "{{" is a brace. An unknown code appends the code itself
 * and returns 0, otherwise 1. */
int pz__message(pz__buffer *out, const char *language, const char *code, const pz__message_value *values, size_t count);

/* The pattern itself; NULL if there is none. */
const char *pz__message_pattern(const char *language, const char *code);

/* Every message code, for tests that each language has all; NULL past the end. */
const char *pz__message_code_at(size_t index);

#endif
