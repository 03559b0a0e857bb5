/* Numbers as text, the same in every locale. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/fail.h"
#include "base/plain_locale.h"

/* A positive number as 0.d1d2d3... times 10 to the power of `point`; no zeros at the end. */
typedef struct decimal {
    char digits[24];
    int count;
    int point;
} decimal;

enum { EXACT_BOTH_WAYS = 15, EXACT_BACK = 17, LARGEST_PLAIN_POINT = 21, SMALLEST_PLAIN_POINT = -5, DECIMALS_MAX = 30 };

static decimal round_to(double value, int count)
{
    char text[40];
    decimal result;
    snprintf(text, sizeof text, "%.*e", count - 1, value);
    result.digits[0] = text[0];
    if (count > 1) memcpy(result.digits + 1, text + 2, (size_t)count - 1);
    result.count = count;
    result.point = (int)strtol(strchr(text, 'e') + 1, NULL, 10) + 1;
    return result;
}

static int reads_back(const decimal *number, double value)
{
    char text[48];
    snprintf(text, sizeof text, "0.%.*se%d", number->count, number->digits, number->point);
    return strtod(text, NULL) == value;
}

/* The decimal one step above. */
static decimal step_up(decimal number)
{
    int last = number.count - 1;
    while (last >= 0 && number.digits[last] == '9') number.digits[last--] = '0';
    if (last >= 0) {
        number.digits[last]++;
    } else {
        number.digits[0] = '1';
        number.point++;
    }
    return number;
}

/* The fewest digits that read back to the same value. A normal double keeps every decimal of 15 digits apart, so that the
 * search may begin there. Above a power of two doubles lie twice as far apart as below it: there the decimal above can read back
 * where the nearest one does not. */
static decimal shortest(double value)
{
    int power;
    decimal found;
    for (int count = value < 0x1p-1022 ? 1 : EXACT_BOTH_WAYS; count < EXACT_BACK; count++) {
        found = round_to(value, count);
        if (reads_back(&found, value)) return found;
        if (frexp(value, &power) == 0.5) {
            found = step_up(found);
            if (reads_back(&found, value)) return found;
        }
    }
    return round_to(value, EXACT_BACK);
}

/* As JavaScript lays numbers out: plain between 1e-6 and 1e21, with an exponent beyond. */
static void lay_out(pz__buffer *buffer, const decimal *number)
{
    static const char zeros[] = "00000000000000000000000";
    int point = number->point, count = number->count;
    if (point > LARGEST_PLAIN_POINT || point < SMALLEST_PLAIN_POINT) {
        pz__buffer_char(buffer, number->digits[0]);
        if (count > 1) pz__buffer_char(buffer, '.');
        pz__buffer_add(buffer, number->digits + 1, (size_t)count - 1);
        pz__buffer_format(buffer, "e%d", point - 1);
    } else if (point <= 0) {
        pz__buffer_text(buffer, "0.");
        pz__buffer_add(buffer, zeros, (size_t)-point);
        pz__buffer_add(buffer, number->digits, (size_t)count);
    } else if (point >= count) {
        pz__buffer_add(buffer, number->digits, (size_t)count);
        pz__buffer_add(buffer, zeros, (size_t)(point - count));
    } else {
        pz__buffer_add(buffer, number->digits, (size_t)point);
        pz__buffer_char(buffer, '.');
        pz__buffer_add(buffer, number->digits + point, (size_t)(count - point));
    }
}

/* Digits of a whole number, at the end of `text`; returns how many. */
static int put_digits(uint64_t value, char text[20])
{
    int at = 20;
    do {
        text[--at] = (char)('0' + value % 10);
        value /= 10;
    } while (value);
    return 20 - at;
}

void pz__buffer_int(pz__buffer *buffer, int64_t value)
{
    char text[20];
    uint64_t size = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    int count = put_digits(size, text);
    if (value < 0) pz__buffer_char(buffer, '-');
    pz__buffer_add(buffer, text + 20 - count, (size_t)count);
}

/* Most numbers have few decimals. A whole number below 10^15 divided by a power of ten is the double that its decimal reads as, and no two decimals of
 * 15 digits read as the same double: where it gives the value, it is the shortest form. */
static int few_decimals(double value, decimal *out)
{
    double scale = 1;
    for (int decimals = 1; decimals <= 6; decimals++) {
        char text[20];
        double whole = floor(value * (scale *= 10) + 0.5);
        if (whole < 1 || whole >= 1e15) continue;
        if (whole / scale != value) continue;
        out->count = put_digits((uint64_t)whole, text);
        memcpy(out->digits, text + 20 - out->count, (size_t)out->count);
        out->point = out->count - decimals;
        return 1;
    }
    return 0;
}

static void finish_real(pz__buffer *buffer, decimal *number)
{
    while (number->count > 1 && number->digits[number->count - 1] == '0') number->count--;
    lay_out(buffer, number);
}

void pz__buffer_real(pz__buffer *buffer, double value)
{
    decimal number;
    pz__plain_locale locale;
    if (!isfinite(value)) {
        pz__buffer_text(buffer, "null");
        return;
    }
    if (signbit(value)) pz__buffer_char(buffer, '-');
    value = fabs(value);
    if (value < 1e15 && value == floor(value)) {
        pz__buffer_int(buffer, (int64_t)value);
        return;
    }
    if (few_decimals(value, &number)) {
        finish_real(buffer, &number);
        return;
    }
    if (!pz__plain_locale_enter(&locale)) {
        buffer->status = pz__fail_memory();
        return;
    }
    number = shortest(value);
    pz__plain_locale_leave(&locale);
    finish_real(buffer, &number);
}

void pz__buffer_fixed(pz__buffer *buffer, double value, int decimals)
{
    char text[384];
    const char *start = text;
    pz__plain_locale locale;
    if (!isfinite(value)) {
        pz__buffer_text(buffer, "null");
        return;
    }
    if (!pz__plain_locale_enter(&locale)) {
        buffer->status = pz__fail_memory();
        return;
    }
    snprintf(text, sizeof text, "%.*f", decimals < 0 ? 0 : decimals > DECIMALS_MAX ? DECIMALS_MAX : decimals, value);
    pz__plain_locale_leave(&locale);
    if (text[0] == '-' && strspn(text + 1, "0.") == strlen(text + 1)) start = text + 1;
    pz__buffer_text(buffer, start);
}
