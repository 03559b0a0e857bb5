/* Reading one field of a OneRoster file by its column's type. */
#ifndef PZ_EXCHANGE_ONEROSTER_VALUE_H
#define PZ_EXCHANGE_ONEROSTER_VALUE_H

#include "exchange/oneroster_tables.h"
#include "personalize/base.h"

typedef struct pz__or_value {
    const char *text; /* without spaces around it; lives until the next row is read */
    size_t length;
    int64_t number; /* of booleans, dates, times, whole numbers and years; of enumerations the place among the values, -1 for others */
    double real;
    int64_t line;   /* physical line of the field */
    int32_t column; /* number of the field, 0 where the file has no such column */
    int32_t is_set; /* there is a value and it could be read */
} pz__or_value;

/* What is wrong with a field. `code` NULL: nothing. */
typedef struct pz__or_trouble {
    const char *code;
    const char *words;
    int is_read; /* lenient mode reads it all the same */
} pz__or_trouble;

/* Reads `value->text` (not empty) into the other members. Strict mode accepts what the standard says; `value` is set where the text can be
 * read without guessing, also where it departs from the standard. */
pz__or_trouble pz__or_value_read(const pz__or_column *column, int version, pz__or_value *value);

/* The next element of a list of `length` bytes, from *position on, without spaces around it. 0 at the end. */
int pz__or_list_next(const char *text, size_t length, size_t *position, const char **out_element, size_t *out_length);

/* The characters that the standard allows in a sourcedId. */
int pz__or_is_id(const char *text, size_t length);

#endif
