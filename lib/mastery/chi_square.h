#ifndef PZ_MASTERY_CHI_SQUARE_H
#define PZ_MASTERY_CHI_SQUARE_H

/* The probability of a chi-square of `df` degrees of freedom above `value`, within 1e-12; `value` not negative, `df` above 0. */
double pz__chi_square_above(double value, double df);

#endif
