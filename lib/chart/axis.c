#include "chart/axis.h"

#include <math.h>

pz__axis pz__axis_make(double lower, double upper, int ticks)
{
    if (!(upper > lower)) {
        double widen = lower == 0 ? 1 : fabs(lower) / 2;
        lower -= widen;
        upper += widen;
    }
    double rough = (upper - lower) / ticks, power = 1;
    int exponent = 0;
    while (power * 10 <= rough) power *= 10, exponent++;
    while (power > rough) power /= 10, exponent--;
    double times = rough / power; /* 1 to 10 */
    pz__axis axis;
    axis.step = power * (times <= 1.0000001 ? 1 : times <= 2 ? 2 : times <= 5 ? 5 : 10);
    axis.decimals = times > 5 ? -exponent - 1 : -exponent;
    if (axis.decimals < 0) axis.decimals = 0;
    axis.first = floor(lower / axis.step + 1e-9) * axis.step;
    axis.last = ceil(upper / axis.step - 1e-9) * axis.step;
    axis.count = (int)floor((axis.last - axis.first) / axis.step + 0.5) + 1;
    return axis;
}
