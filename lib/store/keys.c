/* The two secret keys of a store: one for the chain of changes, one for digests of what callers say. */
#include <sodium.h>
#include <string.h>

#include "base/fail.h"
#include "store/state.h"

static pz_status ask_host(const pz_store_options *options, int32_t use, uint8_t *out_key)
{
    if (options->key(use, out_key, options->key_data) == PZ_OK) return PZ_OK;
    return pz__fail(PZ_E_CALLBACK, "options.key", NULL, "The key function gave no key for use %d.", (int)use);
}

pz_status pz__keys_make(const pz_store_options *options, pz__keys *out_keys)
{
    memset(out_keys, 0, sizeof *out_keys);
    if (sodium_init() < 0) return pz__fail(PZ_E_INTERNAL, NULL, NULL, "libsodium could not be started on this machine.");
    if (options->key) {
        out_keys->from_host = 1;
        PZ__TRY(ask_host(options, PZ_KEY_CHAIN, out_keys->chain));
        return ask_host(options, PZ_KEY_DIGEST, out_keys->digest);
    }
    randombytes_buf(out_keys->chain, sizeof out_keys->chain);
    randombytes_buf(out_keys->digest, sizeof out_keys->digest);
    return PZ_OK;
}

void pz__keys_digest(const pz__keys *keys, const void *bytes, size_t length, uint8_t out_digest[PZ__DIGEST_SIZE])
{
    crypto_generichash(out_digest, PZ__DIGEST_SIZE, bytes, length, keys->digest, sizeof keys->digest);
}

void pz__keys_check(const pz__keys *keys, const char *name, const char *time_zone, uint8_t out_check[PZ__DIGEST_SIZE])
{
    static const char words[] = "libpersonalize keys";
    uint8_t inner[PZ__DIGEST_SIZE];
    crypto_generichash_state state;
    pz__keys_digest(keys, words, sizeof words - 1, inner);
    crypto_generichash_init(&state, keys->chain, sizeof keys->chain, PZ__DIGEST_SIZE);
    crypto_generichash_update(&state, inner, sizeof inner);
    crypto_generichash_update(&state, (const uint8_t *)name, strlen(name) + 1);
    crypto_generichash_update(&state, (const uint8_t *)time_zone, strlen(time_zone) + 1);
    crypto_generichash_final(&state, out_check, PZ__DIGEST_SIZE);
}

/* What the first change is chained to. */
void pz__chain_first(const pz__keys *keys, pz_time created_at, uint8_t out_hash[PZ__CHAIN_SIZE])
{
    static const char words[] = "libpersonalize chain 1";
    uint8_t bytes[sizeof words - 1 + 8];
    memcpy(bytes, words, sizeof words - 1);
    for (int i = 0; i < 8; i++) bytes[sizeof words - 1 + i] = (uint8_t)((uint64_t)created_at >> (8 * i));
    crypto_generichash(out_hash, PZ__CHAIN_SIZE, bytes, sizeof bytes, keys->chain, sizeof keys->chain);
}
