/* The message catalog: every sentence that people read, by code and language. Floor 1 returns codes with numbers, records keep
 * codes and ids; the words are made here.
 *
 * To add a message: a row in message_<language>.c of every language, in the order of the codes. Codes are dotted lower-case
 * words, from the general to the special. Write for a family at the kitchen table: plain words, no blame, no comparison
 * with others. */
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

/* Appends the message `code` in `language` to `out`. The language is a tag such as "es" or "es-MX"; "en" where it is NULL or
 * unknown. Placeholders are "{name}"; a plural is "{name|one form|other form}" chosen by the number's value: one form for 1
 * without decimals, the other for all else and for texts; "{{" is a brace. A placeholder without a value stays as it is.
 * An unknown code appends the code itself and returns 0, otherwise 1. */
int pz__message(pz__buffer *out, const char *language, const char *code, const pz__message_value *values, size_t count);

/* The pattern itself; NULL if there is none. */
const char *pz__message_pattern(const char *language, const char *code);

/* Every message code, and the tag of every language, for tests that each language has all; NULL past the end. */
const char *pz__message_code_at(size_t index);
const char *pz__message_language_at(size_t index);

#endif
