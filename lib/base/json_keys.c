#include "base/json_keys.h"

#include <sodium.h>
#include <string.h>

#include "base/fail.h"
#include "base/json_string.h"
#include "base/memory.h"

/* Up to this many keys, comparing with each is faster than any table. */
enum { SMALL_OBJECT = 16 };

typedef struct pz__json_key {
    uint64_t hash; /* only in objects that have a table */
    uint32_t start;
    uint32_t length;
    uint32_t is_decoded; /* the span is one of keys->decoded */
} pz__json_key;

_Static_assert(sizeof((pz__json_keys *)0)->secret == crypto_shorthash_KEYBYTES, "the secret has the size of the hash's key");

void pz__json_keys_open(const pz__json_keys *keys, pz__json_key_level *level)
{
    memset(level, 0, sizeof *level);
    level->first = keys->count;
    level->decoded_first = keys->decoded_length;
}

void pz__json_keys_close(pz__json_keys *keys, pz__json_key_level *level)
{
    keys->count = level->first;
    keys->decoded_length = level->decoded_first;
    pz__release(level->slots);
    level->slots = NULL;
}

void pz__json_keys_free(pz__json_keys *keys)
{
    pz__release(keys->entries);
    pz__release(keys->decoded);
    memset(keys, 0, sizeof *keys);
}

static const char *key_text(const pz__json_keys *keys, const pz__json_key *key)
{
    return (key->is_decoded ? keys->decoded : keys->text) + key->start;
}

static int same_key(const pz__json_keys *keys, const pz__json_key *a, const pz__json_key *b)
{
    return a->length == b->length && !memcmp(key_text(keys, a), key_text(keys, b), a->length);
}

static pz_status hash_key(pz__json_keys *keys, pz__json_key *key)
{
    if (!keys->has_secret) {
        if (sodium_init() < 0) return pz__fail(PZ_E_INTERNAL, NULL, NULL, "The random source of the system could not be had.");
        randombytes_buf(keys->secret, sizeof keys->secret);
        keys->has_secret = 1;
    }
    crypto_shorthash((unsigned char *)&key->hash, (const unsigned char *)key_text(keys, key), key->length, keys->secret);
    return PZ_OK;
}

/* ------------------------------------------------------------------------------------------------- table --- */

/* The slot of the key, or the free one where it belongs. */
static uint32_t *find_slot(const pz__json_keys *keys, const pz__json_key_level *level, const pz__json_key *key)
{
    size_t mask = level->slot_count - 1;
    size_t at = (size_t)key->hash & mask;
    while (level->slots[at]) {
        const pz__json_key *other = &keys->entries[level->first + level->slots[at] - 1];
        if (other->hash == key->hash && same_key(keys, other, key)) break;
        at = (at + 1) & mask;
    }
    return &level->slots[at];
}

/* A table at most half full with all keys of the object, which are different from each other. */
static pz_status build_table(pz__json_keys *keys, pz__json_key_level *level, size_t members)
{
    size_t slot_count = level->slot_count ? level->slot_count * 2 : SMALL_OBJECT * 4;
    uint32_t *slots = pz__alloc_zero(slot_count, sizeof *slots);
    int is_first = level->slots == NULL;
    if (!slots) return pz__fail_memory();
    pz__release(level->slots);
    level->slots = slots;
    level->slot_count = slot_count;
    for (size_t i = 0; i < members; i++) {
        pz__json_key *key = &keys->entries[level->first + i];
        if (is_first) PZ__TRY(hash_key(keys, key));
        *find_slot(keys, level, key) = (uint32_t)i + 1;
    }
    return PZ_OK;
}

/* Compares with the members before, or asks the table once there is one. */
static pz_status is_new_key(pz__json_keys *keys, pz__json_key_level *level, pz__json_key *key, int *out_new)
{
    size_t members = keys->count - level->first;
    uint32_t *slot;
    *out_new = 1;
    if (members < SMALL_OBJECT) {
        for (size_t i = 0; i < members && *out_new; i++) *out_new = !same_key(keys, &keys->entries[level->first + i], key);
        return PZ_OK;
    }
    if (!level->slots || members * 2 >= level->slot_count) PZ__TRY(build_table(keys, level, members));
    PZ__TRY(hash_key(keys, key));
    slot = find_slot(keys, level, key);
    *out_new = *slot == 0;
    if (*out_new) *slot = (uint32_t)members + 1;
    return PZ_OK;
}

/* --------------------------------------------------------------------------------------------------- add --- */

static pz_status decode_key(pz__json_keys *keys, pz__json_key *key)
{
    PZ__TRY(pz__reserve((void **)&keys->decoded, &keys->decoded_capacity, keys->decoded_length + key->length, 1));
    key->length = (uint32_t)pz__json_unescape(keys->text + key->start, key->length, keys->decoded + keys->decoded_length);
    key->start = (uint32_t)keys->decoded_length;
    key->is_decoded = 1;
    keys->decoded_length += key->length;
    return PZ_OK;
}

pz_status pz__json_keys_add(pz__json_keys *keys, pz__json_key_level *level, size_t start, size_t length, int has_escapes, int *out_new)
{
    pz__json_key key = {0, (uint32_t)start, (uint32_t)length, 0};
    *out_new = 0;
    if (has_escapes) PZ__TRY(decode_key(keys, &key));
    PZ__TRY(is_new_key(keys, level, &key, out_new));
    PZ__TRY(pz__reserve((void **)&keys->entries, &keys->capacity, keys->count + 1, sizeof *keys->entries));
    keys->entries[keys->count++] = key;
    return PZ_OK;
}
