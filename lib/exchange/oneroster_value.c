#include "exchange/oneroster_value.h"

#include <string.h>

#include "base/clock.h"
#include "base/number.h"
#include "base/text.h"

static const pz__or_trouble fine = {NULL, NULL, 1};

static pz__or_trouble tell(const char *code, const char *words, int is_read)
{
    pz__or_trouble trouble = {code, words, is_read};
    return trouble;
}

/* ---------------------------------------------------------------------------------------------------- texts --- */

int pz__or_is_id(const char *text, size_t length)
{
    if (length == 0 || length > (size_t)pz_limit(PZ_LIMIT_ID_TEXT)) return 0;
    for (size_t i = 0; i < length; i++) {
        char c = text[i];
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) && !strchr("._-/@", c)) return 0;
    }
    return 1;
}

/* Is there a control character that no text of people has? */
static int has_control(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)text[i];
        if ((c < ' ' && c != '\t' && c != '\n' && c != '\r') || c == 0x7F) return 1;
    }
    return 0;
}

int pz__or_list_next(const char *text, size_t length, size_t *position, const char **out_element, size_t *out_length)
{
    size_t from = *position, to;
    if (from > length || length == 0) return 0;
    for (to = from; to < length && text[to] != ',';) to++;
    *position = to + 1;
    while (from < to && text[from] == ' ') from++;
    while (to > from && text[to - 1] == ' ') to--;
    *out_element = text + from;
    *out_length = to - from;
    return 1;
}

static pz__or_trouble read_text(const pz__or_column *column, pz__or_value *value)
{
    size_t limit = (size_t)pz_limit(column->flags & PZ__OR_LONG ? PZ_LIMIT_TEXT : PZ_LIMIT_TITLE);
    if (value->length > limit) return tell("row.value_too_long", "The value is longer than the limit.", 0);
    if (has_control(value->text, value->length)) return tell("row.control_character", "The value holds a control character.", 0);
    return fine;
}

static pz__or_trouble read_list(const pz__or_column *column, pz__or_value *value)
{
    size_t position = 0, length;
    const char *element;
    pz__or_trouble trouble = read_text(column, value);
    if (trouble.code) return trouble;
    while (pz__or_list_next(value->text, value->length, &position, &element, &length))
        if (length == 0) return tell("row.invalid_list", "An element of the list is empty.", 0);
    return fine;
}

static pz__or_trouble read_id(pz__or_value *value)
{
    if (pz__or_is_id(value->text, value->length)) return fine;
    if (value->length > (size_t)pz_limit(PZ_LIMIT_ID_TEXT)) return tell("row.invalid_guid", "An id has at most 255 bytes.", 0);
    if (has_control(value->text, value->length)) return tell("row.invalid_guid", "The id holds a control character.", 0);
    return tell("row.invalid_guid", "An id may hold letters, digits and . - _ / @ only.", 1);
}

static pz__or_trouble read_id_list(pz__or_value *value)
{
    size_t position = 0;
    pz__or_value element = *value;
    pz__or_trouble worst = fine;
    if (value->length > (size_t)pz_limit(PZ_LIMIT_TEXT)) return tell("row.value_too_long", "The list is longer than the limit.", 0);
    while (pz__or_list_next(value->text, value->length, &position, &element.text, &element.length)) {
        pz__or_trouble trouble = element.length ? read_id(&element) : tell("row.invalid_list", "An element of the list is empty.", 1);
        if (trouble.code && (!worst.code || !trouble.is_read)) worst = trouble;
    }
    if (!worst.code && memchr(value->text, ' ', value->length))
        return tell("row.invalid_guid", "There are spaces between the ids of the list.", 1);
    return worst;
}

/* ---------------------------------------------------------------------------------------------- days and times --- */

static int read_digits(const char **at, const char *end, int most, int *out)
{
    int count = 0;
    *out = 0;
    while (count < most && *at < end && **at >= '0' && **at <= '9') {
        *out = *out * 10 + (*(*at)++ - '0');
        count++;
    }
    return count;
}

/* A day in another form that leaves no doubt: 2023/5/1, 20230501, 13/5/2023 or 5/13/2023. Of 1/5/2023 nobody knows which is the month. */
static pz_date read_other_date(const char *text, size_t length, int *out_doubt)
{
    const char *at = text, *end = text + length;
    int first, second, third, digits = read_digits(&at, end, 8, &first);
    char mark;
    *out_doubt = 0;
    if (digits == 8 && at == end) return pz__date_from_civil(first / 10000, first / 100 % 100, first % 100);
    if (at == end || !strchr("/.-", *at)) return PZ_DATE_NONE;
    mark = *at++;
    if (!read_digits(&at, end, 2, &second) || at == end || *at++ != mark) return PZ_DATE_NONE;
    if (digits == 4) return read_digits(&at, end, 2, &third) && at == end ? pz__date_from_civil(first, second, third) : PZ_DATE_NONE;
    if (digits > 2 || read_digits(&at, end, 4, &third) != 4 || at != end) return PZ_DATE_NONE;
    if (first > 12 || first == second) return pz__date_from_civil(third, second, first);
    if (second > 12) return pz__date_from_civil(third, first, second);
    *out_doubt = 1;
    return PZ_DATE_NONE;
}

/* Reads without leaving error detail: most of what is tried here fails. */
static pz_date plain_date(const char *text, size_t length)
{
    const char *at = text, *end = text + length;
    int year, month, day;
    if (length != 10 || text[4] != '-' || text[7] != '-') return PZ_DATE_NONE;
    if (read_digits(&at, end, 4, &year) != 4 || at++ != text + 4) return PZ_DATE_NONE;
    if (read_digits(&at, end, 2, &month) != 2 || at++ != text + 7) return PZ_DATE_NONE;
    if (read_digits(&at, end, 2, &day) != 2 || year < 1) return PZ_DATE_NONE;
    return pz__date_from_civil(year, month, day);
}

static pz__or_trouble read_date(pz__or_value *value)
{
    int doubt = 0;
    pz_time time;
    pz_date date = plain_date(value->text, value->length);
    value->number = date;
    if (date != PZ_DATE_NONE) return fine;
    if (value->length > 10 && pz_time_parse(value->text, value->length, &time) == PZ_OK)
        date = plain_date(value->text, 10);
    else
        date = read_other_date(value->text, value->length, &doubt);
    value->number = date;
    if (doubt) return tell("row.invalid_date", "A date is written YYYY-MM-DD; of this one nobody can tell which number is the month.", 0);
    return tell("row.invalid_date", "A date is written YYYY-MM-DD.", date != PZ_DATE_NONE);
}

static pz__or_trouble read_time(pz__or_value *value)
{
    pz_time time;
    pz_date date = plain_date(value->text, value->length);
    value->number = date == PZ_DATE_NONE ? 0 : date * PZ__DAY;
    if (date != PZ_DATE_NONE) return tell("row.invalid_datetime", "A time is written YYYY-MM-DDThh:mm:ss.sssZ; this is only a day.", 1);
    if (pz_time_parse(value->text, value->length, &time) != PZ_OK)
        return tell("row.invalid_datetime", "A time is written YYYY-MM-DDThh:mm:ss.sssZ.", 0);
    value->number = time;
    return fine;
}

/* -------------------------------------------------------------------------------------------------- numbers --- */

static pz__or_trouble read_bool(pz__or_value *value)
{
    static const struct {
        const char *word;
        int number;
    } words[] = {{"true", 1}, {"false", 0}, {"1", 1}, {"0", 0}, {"yes", 1}, {"no", 0}};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (!pz__ascii_equal_fold(value->text, value->length, words[i].word)) continue;
        value->number = words[i].number;
        if (i < 2 && !memcmp(value->text, words[i].word, value->length)) return fine;
        return tell("row.invalid_boolean", "A yes or no is written true or false, in small letters.", 1);
    }
    return tell("row.invalid_boolean", "A yes or no is written true or false.", 0);
}

static pz__or_trouble read_int(pz__or_value *value)
{
    double real;
    if (pz__int_parse(value->text, value->length, &value->number)) return fine;
    if (!pz__real_parse(value->text, value->length, &real) || real < -1e9 || real > 1e9 || real != (double)(int32_t)real)
        return tell("row.invalid_integer", "This must be a whole number.", 0);
    value->number = (int32_t)real;
    return tell("row.invalid_integer", "A whole number has no decimals.", 1);
}

static pz__or_trouble read_real(pz__or_value *value)
{
    if (pz__real_parse(value->text, value->length, &value->real)) return fine;
    return tell("row.invalid_float", "This must be a number, with a point before its decimals.", 0);
}

static pz__or_trouble read_year(pz__or_value *value)
{
    if (value->length == 4 && pz__int_parse(value->text, 4, &value->number) && value->number > 0) return fine;
    return tell("row.invalid_year", "A year has four digits.", 0);
}

/* An open list of values takes other words in lenient mode: what they mean is for whoever uses them. */
static pz__or_trouble read_enum(const pz__or_column *column, int version, pz__or_value *value)
{
    int is_open = column->type == PZ__OR_OPEN_ENUM;
    value->number = -1;
    for (int i = 0; column->values[i]; i++) {
        if (!pz__ascii_equal_fold(value->text, value->length, column->values[i])) continue;
        value->number = i;
        if (!memcmp(value->text, column->values[i], value->length)) return fine;
        return tell("row.invalid_enum", "The value differs from one of the standard's in capital letters.", 1);
    }
    if (value->length > (size_t)pz_limit(PZ_LIMIT_ID_TEXT) || has_control(value->text, value->length))
        return tell("row.invalid_enum", "The value is none of those that the standard knows.", 0);
    if (is_open && version == 12 && value->length > 4 && !memcmp(value->text, "ext:", 4)) return fine;
    return tell("row.invalid_enum", "The value is none of those that the standard knows.", is_open);
}

pz__or_trouble pz__or_value_read(const pz__or_column *column, int version, pz__or_value *value)
{
    switch ((pz__or_type)column->type) {
    case PZ__OR_ID:
    case PZ__OR_REF: return read_id(value);
    case PZ__OR_REF_LIST: return read_id_list(value);
    case PZ__OR_LIST: return read_list(column, value);
    case PZ__OR_BOOL: return read_bool(value);
    case PZ__OR_DATE: return read_date(value);
    case PZ__OR_TIME: return read_time(value);
    case PZ__OR_INT: return read_int(value);
    case PZ__OR_REAL: return read_real(value);
    case PZ__OR_YEAR: return read_year(value);
    case PZ__OR_ENUM:
    case PZ__OR_OPEN_ENUM: return read_enum(column, version, value);
    case PZ__OR_TEXT: return read_text(column, value);
    case PZ__OR_SECRET: break;
    }
    return fine;
}
