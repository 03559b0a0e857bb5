/* What the rules about all learners are given. */
#ifndef PZ_GROUPING_RULES_H
#define PZ_GROUPING_RULES_H

#include "grouping/data.h"

/* Rules that count flagged learners, of one problem; slots of all its rules about common time. */
enum { PZ__COUNT_RULES_MAX = 64, PZ__SLOTS_MAX = 4096 };

/* Are these whole numbers, or NaN? */
pz_status pz__earlier_check(const double *earlier, size_t rows, size_t cols);

/* Earlier divisions in which both were in one group. */
int32_t pz__times_together(const pz__rule_detail *detail, size_t learner, size_t other);

#endif
