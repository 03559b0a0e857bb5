/* A hash table from 64-bit keys, or from text (by a keyed 127-bit digest of it), to 64-bit values. Open addressing. The digests' key is
 * drawn anew for each map, so nobody can prepare texts that clash; nothing that is asked of a map depends on it. */
#ifndef PZ_BASE_MAP_H
#define PZ_BASE_MAP_H

#include "personalize/base.h"

typedef struct pz__map pz__map;

pz_status pz__map_new(pz__map **out_map);
void pz__map_free(pz__map *map);
size_t pz__map_count(const pz__map *map);

/* Sets or replaces. PZ_OK or PZ_E_NOMEM. */
pz_status pz__map_put(pz__map *map, int64_t key, int64_t value);
/* Sets where the key has no value yet; *out_value is what it has then. */
pz_status pz__map_put_new(pz__map *map, int64_t key, int64_t value, int64_t *out_value);
int pz__map_get(const pz__map *map, int64_t key, int64_t *out_value); /* 1 if found; out_value may be NULL */

/* Text keys are kept as digests only (28 to 41 bytes an entry): some two of 10^9 texts clash with a probability below 10^-20. Do not
 * mix text and number keys in one map. */
pz_status pz__map_put_text(pz__map *map, const char *text, size_t length, int64_t value);
int pz__map_get_text(const pz__map *map, const char *text, size_t length, int64_t *out_value);

#endif
