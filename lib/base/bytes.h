/* Eight bytes at a time: the fast paths of text and JSON checking. Each answer is for all eight at once. */
#ifndef PZ_BASE_BYTES_H
#define PZ_BASE_BYTES_H

#include <stdint.h>
#include <string.h>

#define PZ__EACH_BYTE(b) (UINT64_C(0x0101010101010101) * (uint8_t)(b))

static inline uint64_t pz__bytes_load(const char *text)
{
    uint64_t word;
    memcpy(&word, text, sizeof word);
    return word;
}

/* Nonzero if any of the bytes is 0x80 or above. */
static inline uint64_t pz__bytes_any_high(uint64_t word)
{
    return word & PZ__EACH_BYTE(0x80);
}

/* Nonzero if any of the bytes is below `bound`, which is 1 to 128. */
static inline uint64_t pz__bytes_any_below(uint64_t word, uint8_t bound)
{
    return (word - PZ__EACH_BYTE(bound)) & ~word & PZ__EACH_BYTE(0x80);
}

/* Nonzero if any of the bytes is `byte`. */
static inline uint64_t pz__bytes_any_equal(uint64_t word, uint8_t byte)
{
    return pz__bytes_any_below(word ^ PZ__EACH_BYTE(byte), 1);
}

#endif
