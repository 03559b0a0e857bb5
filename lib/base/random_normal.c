#include <math.h>

#include "base/numeric.h"
#include "base/random.h"

/* Marsaglia's polar method (1964). The second deviate of each pair is dropped, so that the state of the generator is all
 * there is to remember. */
double pz__random_normal(pz__random *random)
{
    double u, v, square;
    do {
        u = 2 * pz__random_unit(random) - 1;
        v = 2 * pz__random_unit(random) - 1;
        square = u * u + v * v;
    } while (square >= 1 || square == 0);
    return u * sqrt(-2 * pz__log(square) / square);
}
