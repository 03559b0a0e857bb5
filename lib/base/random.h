/* The library's own generator: xoshiro256** seeded by splitmix64 (Blackman and Vigna 2018). Same seed, same numbers,
 * on every machine. Not for secrets. */
#ifndef PZ_BASE_RANDOM_H
#define PZ_BASE_RANDOM_H

#include "personalize/base.h"

typedef struct pz__random {
    uint64_t state[4];
} pz__random;

void pz__random_seed(pz__random *random, uint64_t seed);
/* A generator of its own for part `stream` of a job: independent of how many numbers other parts draw. */
void pz__random_stream(pz__random *random, uint64_t seed, uint64_t stream);
uint64_t pz__random_next(pz__random *random);
uint32_t pz__random_below(pz__random *random, uint32_t bound); /* unbiased, 0 <= x < bound; bound 0 gives 0 */
double pz__random_unit(pz__random *random);                    /* 53 bits, 0 <= x < 1 */
double pz__random_normal(pz__random *random);                  /* mean 0, variance 1, by pz__log and sqrt only */
void pz__random_shuffle(pz__random *random, int32_t *values, size_t count);

#endif
