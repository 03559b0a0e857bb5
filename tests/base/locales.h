/* Runs a check in locales that write numbers otherwise, as far as the machine has them. */
#ifndef PZ_TESTS_LOCALES_H
#define PZ_TESTS_LOCALES_H

#include <locale.h>

#include "support/suite.h"

/* The locale of the process and the thread are what they were afterwards, which the check itself must not change either. */
static inline void each_locale(void (*check)(void))
{
    static const char *const names[] = {"C", "de_DE.UTF-8", "ps_AF.UTF-8"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char point[8], after[8];
        if (!setlocale(LC_ALL, names[i])) {
            printf("skipped: no locale %s on this machine\n", names[i]);
            continue;
        }
        snprintf(point, sizeof point, "%.1f", 0.5);
        check();
        snprintf(after, sizeof after, "%.1f", 0.5);
        ck_assert_str_eq(point, after);
        ck_assert_int_eq(i == 0, !strcmp(point, "0.5"));
        ck_assert_str_eq(setlocale(LC_ALL, NULL), names[i]);
    }
    setlocale(LC_ALL, "C");
}

#endif
