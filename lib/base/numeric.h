/* Elementary functions that give the same bits everywhere: only + - * / sqrt and integer steps, no fused multiply-add. The pure rooms use
 * these and never <math.h>'s transcendental ones. Each says how far it may be off, in units of the last place (ulp) or relative to the
 * true value. */
#ifndef PZ_BASE_NUMERIC_H
#define PZ_BASE_NUMERIC_H

/* Within 1 ulp. */
double pz__exp(double x);
double pz__log(double x); /* natural; x < 0 NaN, 0 -infinity */
double pz__log1p(double x);
double pz__expm1(double x);
double pz__pow(double x, double y); /* x > 0, or x = 0; x < 0 NaN */

/* Within 3 ulp. */
double pz__logistic(double x); /* 1 / (1 + exp(-x)), no overflow */
double pz__logit(double p);

/* Within 4 ulp. */
double pz__normal_cdf(double x);
double pz__log_gamma(double x); /* x > 0 */

/* Within 1e-15, or 4 ulp where that is more. */
double pz__normal_quantile(double p); /* 0 < p < 1 */

/* Regularized I_x(a, b), within 1e-12 of the true value for a and b up to 10,000; and its inverse in x. */
double pz__beta_incomplete(double a, double b, double x);
double pz__beta_quantile(double a, double b, double p);

#endif
