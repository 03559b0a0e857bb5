/* Where in a JSON text something is: line, column and path. */
#ifndef PZ_BASE_JSON_PLACE_H
#define PZ_BASE_JSON_PLACE_H

#include "base/json_read.h"

/* Objects and lists that may be open at once; pz_limit(PZ_LIMIT_JSON_DEPTH). */
enum { PZ__JSON_DEPTH = 64 };

/* An object or a list that is open. */
typedef struct pz__json_level {
    int is_object;
    int has_key;      /* its key has been read */
    size_t index;     /* of the present member or element, from 0 */
    size_t key_start; /* the present member's key as it stands in the text, without quotes */
    size_t key_length;
} pz__json_level;

/* Fills line, column and path. A key that is not a plain ASCII word is not repeated, since it may be anybody's words: its member is
 * named by its number, from 1, as in $.items{2}. A path that does not fit ends in "...". */
void pz__json_place(const char *text, size_t at, const pz__json_level *levels, int depth, pz__json_fault *fault);

#endif
