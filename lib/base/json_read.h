/* Reading JSON: strict grammar, bounded depth and size, valid UTF-8, no duplicate keys, faults with line, column and JSON
 * path. The tree underneath is cJSON's; this header is the only way to it. */
#ifndef PZ_BASE_JSON_READ_H
#define PZ_BASE_JSON_READ_H

#include "personalize/base.h"

typedef struct pz__json pz__json; /* a parsed document */
typedef struct cJSON pz__json_value;

typedef struct pz__json_fault {
    int64_t line;   /* from 1, physical lines */
    int64_t column; /* from 1, in characters */
    char path[256]; /* such as $.CFItems[3].identifier; a key that is no plain word gives the number of its member: $.CFItems{2} */
    const char *code; /* "json.syntax", "json.depth", "json.duplicate_key", "json.utf8", "json.nul", "json.number", "json.size",
                         "json.trailing", "json.empty" */
    const char *words; /* what is wrong, as a sentence; a literal */
} pz__json_fault;

/* PZ_OK, PZ_E_FORMAT (fault filled, detail set), PZ_E_HOSTILE (the same: depth, bytes or number of values), PZ_E_NOMEM. `fault` may
 * be NULL; its code is NULL where the text has no fault. `length` may be PZ_NUL_TERMINATED. A leading byte order mark is skipped.
 * Numbers have at most 63 characters. The tree's memory is cJSON's and so malloc's, or what the host gave to cJSON: it is not
 * counted in pz_memory_blocks(). */
pz_status pz__json_parse(const char *text, size_t length, pz__json_fault *fault, pz__json **out_document);
void pz__json_free(pz__json *document);
const pz__json_value *pz__json_root(const pz__json *document);

typedef enum pz__json_kind { PZ__JSON_NONE, PZ__JSON_NULL, PZ__JSON_BOOL, PZ__JSON_NUMBER, PZ__JSON_TEXT, PZ__JSON_ARRAY, PZ__JSON_OBJECT } pz__json_kind;

pz__json_kind pz__json_kind_of(const pz__json_value *value); /* NULL gives PZ__JSON_NONE */
const pz__json_value *pz__json_member(const pz__json_value *object, const char *key); /* exact case; NULL if absent */
const char *pz__json_as_text(const pz__json_value *value);  /* NULL unless text */
int pz__json_as_real(const pz__json_value *value, double *out); /* 1 if a number */
int pz__json_as_int(const pz__json_value *value, int64_t *out); /* 1 if a whole number of size 2^53 - 1 or less; ids are texts */
int pz__json_as_bool(const pz__json_value *value, int *out); /* 1 if true or false */
/* Where these answer 0, *out is 0. */
size_t pz__json_size(const pz__json_value *value); /* members or elements */
/* First child, then its siblings; key is NULL within arrays. */
const pz__json_value *pz__json_first(const pz__json_value *value);
const pz__json_value *pz__json_next(const pz__json_value *value);
const char *pz__json_key_of(const pz__json_value *value);
/* Compact text of a value, keys in the order of the document, whole numbers with all their digits. NULL prints null. */
struct pz__buffer;
void pz__json_print(const pz__json_value *value, struct pz__buffer *out);

#endif
