/* The C locale for this thread alone, around calls of the C library that read or write numbers. The locale of the process and
 * what the host set for the thread are put back. */
#ifndef PZ_BASE_PLAIN_LOCALE_H
#define PZ_BASE_PLAIN_LOCALE_H

#include <locale.h>

typedef struct pz__plain_locale {
    locale_t plain;
    locale_t before;
} pz__plain_locale;

/* 0 if memory is short (glibc and musl need none). Each successful enter needs its leave. */
static inline int pz__plain_locale_enter(pz__plain_locale *scope)
{
    scope->plain = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    if (!scope->plain) return 0;
    scope->before = uselocale(scope->plain);
    return 1;
}

static inline void pz__plain_locale_leave(const pz__plain_locale *scope)
{
    uselocale(scope->before);
    freelocale(scope->plain);
}

#endif
