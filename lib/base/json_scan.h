/* Checks JSON before a tree is built of it (RFC 8259, strict): grammar, UTF-8, escapes, depth, number of values, range of numbers,
 * keys that come twice. One pass, no recursion. */
#ifndef PZ_BASE_JSON_SCAN_H
#define PZ_BASE_JSON_SCAN_H

#include "base/json_read.h"

/* A whole number with more digits than a double keeps. */
typedef struct pz__json_long_number {
    size_t ordinal; /* among the numbers of the document, from 0 */
    size_t start;   /* in the text */
    size_t length;
} pz__json_long_number;

typedef struct pz__json_scan_result {
    pz__json_long_number *long_numbers; /* to be released by the caller, after failures too */
    size_t long_count;
    size_t long_capacity;
} pz__json_scan_result;

/* `text` has no byte order mark. PZ_OK, or PZ_E_FORMAT and PZ_E_HOSTILE with *fault filled and error detail set, or PZ_E_NOMEM. */
pz_status pz__json_scan(const char *text, size_t length, pz__json_fault *fault, pz__json_scan_result *result);

#endif
