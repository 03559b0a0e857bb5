/* Elementary functions that give the same bits everywhere: only + - * / sqrt and integer steps, no fused multiply-add.
 * Within 1 unit in the last place of the true value. The pure rooms use these and never <math.h>'s transcendental ones. */
#ifndef PZ_BASE_NUMERIC_H
#define PZ_BASE_NUMERIC_H

double pz__exp(double x);
double pz__log(double x);      /* natural; x < 0 NaN, 0 -infinity */
double pz__log1p(double x);
double pz__expm1(double x);
double pz__pow(double x, double y); /* x > 0, or x = 0 with y > 0 */
double pz__logistic(double x); /* 1 / (1 + exp(-x)), no overflow */
double pz__logit(double p);
double pz__normal_cdf(double x);
double pz__normal_quantile(double p); /* 0 < p < 1 */
double pz__log_gamma(double x);       /* x > 0 */
double pz__beta_incomplete(double a, double b, double x); /* regularized I_x(a, b) */
double pz__beta_quantile(double a, double b, double p);
/* Sum with Neumaier's compensation, in index order. */
double pz__sum(const double *values, long long count);

#endif
