#include "mastery/order.h"

#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "mastery/columns.h"

uint64_t pz__order_key(double value)
{
    uint64_t bits;
    value += 0; /* turns -0 into 0 */
    memcpy(&bits, &value, sizeof bits);
    return bits >> 63 ? ~bits : bits | UINT64_C(1) << 63;
}

uint64_t pz__order_key_int(int64_t value)
{
    return (uint64_t)value ^ UINT64_C(1) << 63;
}

enum { DIGIT = 11, BUCKETS = 1 << DIGIT };

/* One digit, least significant first; 0 if all keys share it and nothing had to move. */
static int pass(const uint64_t *keys, size_t rows, int shift, const uint32_t *from, uint32_t *to)
{
    size_t counts[BUCKETS] = {0}, place = 0;
    for (size_t i = 0; i < rows; i++) counts[keys[i] >> shift & (BUCKETS - 1)]++;
    if (counts[keys[0] >> shift & (BUCKETS - 1)] == rows) return 0;
    for (size_t i = 0; i < BUCKETS; i++) {
        size_t count = counts[i];
        counts[i] = place;
        place += count;
    }
    for (size_t i = 0; i < rows; i++) to[counts[keys[from[i]] >> shift & (BUCKETS - 1)]++] = from[i];
    return 1;
}

pz_status pz__order_by_key(const uint64_t *keys, size_t rows, pz_progress_fn progress, void *user_data, uint32_t *out)
{
    uint32_t *other = pz__alloc_zero(rows, sizeof *other), *from = out, *to = other, *swap;
    pz_status status = PZ_OK;
    if (!other) return pz__fail_memory();
    for (size_t i = 0; i < rows; i++) out[i] = (uint32_t)i;
    for (int shift = 0; rows && shift < 64; shift += DIGIT) {
        status = pz__progress(progress, 0.8 * shift / 64, user_data);
        if (status != PZ_OK) break;
        if (!pass(keys, rows, shift, from, to)) continue;
        swap = from, from = to, to = swap;
    }
    if (status == PZ_OK && from != out) memcpy(out, from, rows * sizeof *out);
    pz__release(other);
    return status;
}

pz_status pz__order_by(const double *values, size_t rows, pz_progress_fn progress, void *user_data, uint32_t *out)
{
    uint64_t *keys = pz__alloc_zero(rows, sizeof *keys);
    pz_status status;
    if (!keys) return pz__fail_memory();
    for (size_t i = 0; i < rows; i++) keys[i] = pz__order_key(values[i]);
    status = pz__order_by_key(keys, rows, progress, user_data, out);
    pz__release(keys);
    return status;
}
