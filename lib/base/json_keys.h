/* The keys of the objects that are open while JSON is scanned: finds a second key of the same name in linear time. */
#ifndef PZ_BASE_JSON_KEYS_H
#define PZ_BASE_JSON_KEYS_H

#include "personalize/base.h"

typedef struct pz__json_keys {
    const char *text;             /* the document; keys without escapes are spans of it */
    struct pz__json_key *entries; /* keys of all open objects, outermost first */
    size_t count;
    size_t capacity;
    char *decoded; /* keys with escapes, as they read */
    size_t decoded_length;
    size_t decoded_capacity;
    unsigned char secret[16]; /* of the hash, so that nobody can prepare keys that clash */
    int has_secret;
} pz__json_keys;

/* What belongs to one open object. */
typedef struct pz__json_key_level {
    size_t first;
    size_t decoded_first;
    uint32_t *slots; /* hash table of entry numbers + 1; NULL while the object is small */
    size_t slot_count;
} pz__json_key_level;

void pz__json_keys_open(const pz__json_keys *keys, pz__json_key_level *level);
/* Adds the key that stands, without its quotes, at `start` of the text; its escapes must be valid. *out_new is 0 if the object has
 * it already. PZ_OK or PZ_E_NOMEM with detail. */
pz_status pz__json_keys_add(pz__json_keys *keys, pz__json_key_level *level, size_t start, size_t length, int has_escapes, int *out_new);
void pz__json_keys_close(pz__json_keys *keys, pz__json_key_level *level);
void pz__json_keys_free(pz__json_keys *keys);

#endif
