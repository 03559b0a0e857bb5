#include "records/mastery/state_bytes.h"

#include <string.h>

#include "base/fail.h"

enum { VERSION = 1 };

static uint8_t *put(uint8_t *to, uint64_t value, int size)
{
    for (int i = 0; i < size; i++) to[i] = (uint8_t)(value >> (8 * i));
    return to + size;
}

static uint8_t *put_real(uint8_t *to, double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return put(to, bits, 8);
}

static uint64_t get(const uint8_t **from, int size)
{
    uint64_t value = 0;
    for (int i = 0; i < size; i++) value |= (uint64_t)(*from)[i] << (8 * i);
    *from += size;
    return value;
}

static double get_real(const uint8_t **from)
{
    uint64_t bits = get(from, 8);
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

void pz__state_to_bytes(const pz_mastery_state *state, uint8_t bytes[PZ__STATE_BYTES])
{
    bytes = put(bytes, VERSION, 1);
    bytes = put(bytes, (uint32_t)state->model, 4);
    bytes = put(bytes, (uint32_t)state->count, 4);
    bytes = put_real(bytes, state->weight);
    bytes = put_real(bytes, state->total);
    bytes = put_real(bytes, state->value);
    bytes = put_real(bytes, state->spread);
    put(bytes, (uint64_t)state->recent, 8);
}

pz_status pz__state_from_bytes(const void *bytes, size_t length, pz_mastery_state *out_state)
{
    const pz_mastery_state initial = PZ_MASTERY_STATE_INIT;
    const uint8_t *from = bytes;
    *out_state = initial;
    if (!from || length != PZ__STATE_BYTES || get(&from, 1) != VERSION)
        return pz__fail(PZ_E_CORRUPT, "state", "Restore a backup, or check the store with pz_store_verify().",
                        "A state of mastery is kept in a form that this library does not know.");
    out_state->model = (int32_t)(uint32_t)get(&from, 4);
    out_state->count = (int32_t)(uint32_t)get(&from, 4);
    out_state->weight = get_real(&from);
    out_state->total = get_real(&from);
    out_state->value = get_real(&from);
    out_state->spread = get_real(&from);
    out_state->recent = (int64_t)get(&from, 8);
    return PZ_OK;
}
