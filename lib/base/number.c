#include "base/number.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/plain_locale.h"

static int is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* What a number's text consists of. */
typedef struct parts {
    int negative;
    uint64_t digits;     /* value of all digits, point left out; exact while `significant` is at most 19 */
    int64_t significant; /* digits from the first that is not 0 */
    int64_t decimals;
    int has_exponent;
} parts;

static size_t take_digits(const char *text, size_t at, size_t length, parts *number)
{
    for (; at < length && is_digit(text[at]); at++) {
        if (number->significant || text[at] != '0') number->significant++;
        if (number->significant <= 19) number->digits = number->digits * 10 + (uint64_t)(text[at] - '0');
    }
    return at;
}

static size_t take_sign(const char *text, size_t at, size_t length, int *negative)
{
    *negative = at < length && text[at] == '-';
    return at < length && (text[at] == '-' || text[at] == '+') ? at + 1 : at;
}

/* 1 if the whole text has the grammar of a real number. */
static int take_apart(const char *text, size_t length, parts *number)
{
    size_t at, start, whole;
    int ignored;
    memset(number, 0, sizeof *number);
    start = take_sign(text, 0, length, &number->negative);
    at = take_digits(text, start, length, number);
    whole = at - start;
    if (at < length && text[at] == '.') {
        start = at + 1;
        at = take_digits(text, start, length, number);
        number->decimals = (int64_t)(at - start);
    }
    if (whole == 0 && number->decimals == 0) return 0;
    if (at < length && (text[at] == 'e' || text[at] == 'E')) {
        start = at = take_sign(text, at + 1, length, &ignored);
        while (at < length && is_digit(text[at])) at++;
        if (at == start) return 0;
        number->has_exponent = 1;
    }
    return at == length;
}

/* Where digits and power of ten are both exact doubles, one division rounds correctly (Clinger 1990). */
static int read_short(const parts *number, double *out)
{
    static const double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                    1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    if (number->has_exponent || number->significant > 15 || number->decimals > 22) return 0;
    *out = (double)number->digits / powers[number->decimals];
    if (number->negative) *out = -*out;
    return 1;
}

int pz__real_parse(const char *text, size_t length, double *out)
{
    char copy[PZ__NUMBER_LENGTH + 1];
    parts number;
    pz__plain_locale locale;
    *out = 0;
    if (length > PZ__NUMBER_LENGTH || !take_apart(text, length, &number)) return 0;
    if (read_short(&number, out)) return 1;
    memcpy(copy, text, length);
    copy[length] = '\0';
    if (!pz__plain_locale_enter(&locale)) return 0;
    *out = strtod(copy, NULL);
    pz__plain_locale_leave(&locale);
    if (isfinite(*out)) return 1;
    *out = 0;
    return 0;
}

int pz__int_parse(const char *text, size_t length, int64_t *out)
{
    uint64_t limit;
    parts number;
    *out = 0;
    if (!take_apart(text, length, &number) || memchr(text, '.', length) || number.has_exponent) return 0;
    limit = number.negative ? (uint64_t)INT64_MAX + 1 : (uint64_t)INT64_MAX;
    if (number.significant > 19 || number.digits > limit) return 0;
    *out = number.negative ? (int64_t)(0 - number.digits) : (int64_t)number.digits;
    return 1;
}
