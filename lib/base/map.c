/* Open addressing with ordered probing (Amble and Knuth 1974, "Ordered hash tables"): the entries lie in the order of their digests, with
 * gaps, so an absent key is known early and the table grows within its own block by two passes in memory order.
 * Digests are keyed with a secret of the map's own, so nobody can prepare keys that clash. Nothing can be enumerated, so
 * the secret never shows in a result. */
#include "base/map.h"

#include <sodium.h>
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"

enum { FIRST_HOMES = 16, MOST_SPILL = 64 };

typedef struct slot {
    uint64_t high; /* its upper half gives the home; 0 marks a gap */
    uint64_t low;
    int64_t value;
} slot;

struct pz__map {
    slot *slots;
    size_t homes; /* slots that a digest can point to */
    size_t total; /* and some behind them, for what spills over the end */
    size_t count;
    unsigned char secret[crypto_shorthash_siphashx24_KEYBYTES];
};

pz_status pz__map_new(pz__map **out_map)
{
    pz__map *map;
    *out_map = NULL;
    if (sodium_init() < 0) return pz__fail(PZ_E_INTERNAL, NULL, NULL, "The system gives no random numbers.");
    map = pz__alloc_zero(1, sizeof *map);
    if (!map) return pz__fail_memory();
    randombytes_buf(map->secret, sizeof map->secret);
    *out_map = map;
    return PZ_OK;
}

void pz__map_free(pz__map *map)
{
    if (!map) return;
    pz__release(map->slots);
    pz__release(map);
}

size_t pz__map_count(const pz__map *map)
{
    return map ? map->count : 0;
}

/* ------------------------------------------------------------------------------------------------- digests --- */

/* A number is kept whole, so two numbers never clash. */
static slot number_digest(const pz__map *map, int64_t key)
{
    slot digest = {0, (uint64_t)key, 0};
    unsigned char hash[crypto_shorthash_siphash24_BYTES];
    crypto_shorthash_siphash24(hash, (const unsigned char *)&key, sizeof key, map->secret);
    memcpy(&digest.high, hash, sizeof digest.high);
    digest.high |= 1;
    return digest;
}

static slot text_digest(const pz__map *map, const char *text, size_t length)
{
    slot digest = {0, 0, 0};
    unsigned char hash[crypto_shorthash_siphashx24_BYTES];
    crypto_shorthash_siphashx24(hash, (const unsigned char *)text, length, map->secret);
    memcpy(&digest.high, hash, sizeof digest.high);
    memcpy(&digest.low, hash + sizeof digest.high, sizeof digest.low);
    digest.high |= 1;
    return digest;
}

static int comes_before(const slot *a, const slot *b)
{
    return a->high < b->high || (a->high == b->high && a->low < b->low);
}

static int same_digest(const slot *a, const slot *b)
{
    return a->high == b->high && a->low == b->low;
}

/* -------------------------------------------------------------------------------------------------- places --- */

/* Rises with the digest, which is what keeps the order when the number of homes changes. */
static size_t home_of(const slot *digest, size_t homes)
{
    return (size_t)(((digest->high >> 32) * (uint64_t)homes) >> 32);
}

/* Where the digest is, or where it belongs. */
static size_t place_of(const pz__map *map, const slot *digest)
{
    size_t at = home_of(digest, map->homes);
    while (at < map->total && map->slots[at].high && comes_before(&map->slots[at], digest)) at++;
    return at;
}

static size_t spill_for(size_t homes)
{
    return homes < MOST_SPILL ? homes : MOST_SPILL;
}

/* Would the entries fit into so many homes? */
static int fits(const pz__map *map, size_t homes)
{
    size_t next = 0;
    for (size_t i = 0; i < map->total; i++) {
        size_t home;
        if (!map->slots[i].high) continue;
        home = home_of(&map->slots[i], homes);
        next = (home > next ? home : next) + 1;
    }
    return next <= homes + spill_for(homes);
}

/* Packs the entries at the end of the longer block, then deals them out from the front: since all fit, the place of each
 * is never beyond where it is taken from. */
static void deal_out(pz__map *map, size_t homes, size_t total)
{
    size_t from = total, next = 0;
    for (size_t i = map->total; i-- > 0;)
        if (map->slots[i].high) map->slots[--from] = map->slots[i];
    for (; from < total; from++) {
        slot entry = map->slots[from];
        size_t home = home_of(&entry, homes);
        size_t at = home > next ? home : next;
        memset(map->slots + next, 0, (at - next) * sizeof *map->slots);
        map->slots[at] = entry;
        next = at + 1;
    }
    memset(map->slots + next, 0, (total - next) * sizeof *map->slots);
    map->homes = homes;
    map->total = total;
}

/* By half each time, so that the table is never less than seven twelfths full once it has grown. */
static pz_status grow(pz__map *map)
{
    size_t homes = map->homes, total;
    slot *grown;
    do homes = homes ? homes + homes / 2 : FIRST_HOMES;
    while (!fits(map, homes));
    total = homes + spill_for(homes);
    if (homes > UINT32_MAX || total > SIZE_MAX / sizeof *grown) return pz__fail_memory();
    grown = pz__realloc(map->slots, total * sizeof *grown);
    if (!grown) return pz__fail_memory();
    map->slots = grown;
    deal_out(map, homes, total);
    return PZ_OK;
}

/* --------------------------------------------------------------------------------------------- put and get --- */

static int is_crowded(const pz__map *map)
{
    return map->count + 1 > map->homes - map->homes / 8;
}

/* Puts an entry where `at` is its place as the table stands. */
static pz_status insert(pz__map *map, const slot *entry, size_t at)
{
    size_t gap;
    if (is_crowded(map)) {
        PZ__TRY(grow(map));
        at = place_of(map, entry);
    }
    for (;;) {
        gap = at;
        while (gap < map->total && map->slots[gap].high) gap++;
        if (gap < map->total) break;
        PZ__TRY(grow(map));
        at = place_of(map, entry);
    }
    memmove(map->slots + at + 1, map->slots + at, (gap - at) * sizeof *map->slots);
    map->slots[at] = *entry;
    map->count++;
    return PZ_OK;
}

static pz_status put(pz__map *map, slot entry)
{
    size_t at = map->homes ? place_of(map, &entry) : 0;
    if (at >= map->total || !same_digest(&map->slots[at], &entry)) return insert(map, &entry, at);
    map->slots[at].value = entry.value;
    return PZ_OK;
}

static int get(const pz__map *map, const slot *digest, int64_t *out_value)
{
    size_t at = map->homes ? place_of(map, digest) : 0;
    if (at >= map->total || !same_digest(&map->slots[at], digest)) return 0;
    if (out_value) *out_value = map->slots[at].value;
    return 1;
}

pz_status pz__map_put(pz__map *map, int64_t key, int64_t value)
{
    slot entry;
    if (!map) return pz__fail_closed("map");
    entry = number_digest(map, key);
    entry.value = value;
    return put(map, entry);
}

pz_status pz__map_put_new(pz__map *map, int64_t key, int64_t value, int64_t *out_value)
{
    slot entry;
    size_t at;
    *out_value = value;
    if (!map) return pz__fail_closed("map");
    entry = number_digest(map, key);
    entry.value = value;
    at = map->homes ? place_of(map, &entry) : 0;
    if (at >= map->total || !same_digest(&map->slots[at], &entry)) return insert(map, &entry, at);
    *out_value = map->slots[at].value;
    return PZ_OK;
}

int pz__map_get(const pz__map *map, int64_t key, int64_t *out_value)
{
    slot digest;
    if (!map) return 0;
    digest = number_digest(map, key);
    return get(map, &digest, out_value);
}

pz_status pz__map_put_text(pz__map *map, const char *text, size_t length, int64_t value)
{
    slot entry;
    if (!map) return pz__fail_closed("map");
    if (!text && length) return pz__fail_null("text");
    entry = text_digest(map, text, length);
    entry.value = value;
    return put(map, entry);
}

int pz__map_get_text(const pz__map *map, const char *text, size_t length, int64_t *out_value)
{
    slot digest;
    if (!map || (!text && length)) return 0;
    digest = text_digest(map, text, length);
    return get(map, &digest, out_value);
}
