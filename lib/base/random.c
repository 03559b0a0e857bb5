#include "base/random.h"

/* Next value of splitmix64 (Steele, Lea and Flood 2014), which turns any seed into well mixed words. */
static uint64_t splitmix(uint64_t *state)
{
    uint64_t z = *state += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return z ^ z >> 31;
}

void pz__random_seed(pz__random *random, uint64_t seed)
{
    for (int i = 0; i < 4; i++) random->state[i] = splitmix(&seed);
}

/* For one seed no two streams, and for one stream no two seeds, begin alike: each step is a bijection of 64 bits. */
void pz__random_stream(pz__random *random, uint64_t seed, uint64_t stream)
{
    uint64_t start = splitmix(&seed) + stream;
    pz__random_seed(random, splitmix(&start));
}

static uint64_t rotate_left(uint64_t x, int by)
{
    return x << by | x >> (64 - by);
}

uint64_t pz__random_next(pz__random *random)
{
    uint64_t *s = random->state;
    uint64_t result = rotate_left(s[1] * 5, 7) * 9;
    uint64_t t = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotate_left(s[3], 45);
    return result;
}

/* Multiply and shift, with the few products rejected that would favour some results (Lemire 2019). */
uint32_t pz__random_below(pz__random *random, uint32_t bound)
{
    uint64_t product;
    uint32_t surplus;
    if (!bound) return 0;
    product = (pz__random_next(random) >> 32) * bound;
    if ((uint32_t)product < bound) {
        surplus = -bound % bound;
        while ((uint32_t)product < surplus) product = (pz__random_next(random) >> 32) * bound;
    }
    return (uint32_t)(product >> 32);
}

double pz__random_unit(pz__random *random)
{
    return (double)(pz__random_next(random) >> 11) * 0x1p-53;
}

static size_t index_below(pz__random *random, size_t bound)
{
    uint64_t value, surplus;
    if (bound <= UINT32_MAX) return pz__random_below(random, (uint32_t)bound);
    surplus = -(uint64_t)bound % bound;
    do value = pz__random_next(random);
    while (value < surplus);
    return (size_t)(value % bound);
}

void pz__random_shuffle(pz__random *random, int32_t *values, size_t count)
{
    for (size_t left = count; left > 1; left--) {
        size_t other = index_below(random, left);
        int32_t kept = values[left - 1];
        values[left - 1] = values[other];
        values[other] = kept;
    }
}
