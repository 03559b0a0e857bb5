/* Numbers in text, read without the locale. */
#ifndef PZ_BASE_NUMBER_H
#define PZ_BASE_NUMBER_H

#include "personalize/base.h"

/* Longest text of a number that is read, in bytes. */
#define PZ__NUMBER_LENGTH 511

/* Reads all of the text as a decimal number, [+-]digits[.digits][e[+-]digits] with at least one digit on one side of the point,
 * rounded to the nearest double. 1 if that is what it is; 0 for anything else (spaces, hexadecimal, "inf", "nan", commas,
 * a value beyond the largest double). Too small a value becomes 0 or a subnormal. */
int pz__real_parse(const char *text, size_t length, double *out);

/* The same for whole numbers, [+-]digits, within int64_t. */
int pz__int_parse(const char *text, size_t length, int64_t *out);

#endif
