#include "exchange/csv_sheet.h"

#include <stdio.h>
#include <string.h>

#include "base/csv_read.h"
#include "base/fail.h"
#include "base/memory.h"
#include "base/number.h"
#include "exchange/csv_rows.h"
#include "exchange/csv_words.h"
#include "exchange/file.h"

enum { SAMPLE_BYTES = 256 * 1024, SAMPLE_ROWS = 200 };

/* ----------------------------------------------------------------------------------------------------- values --- */

/* 1 if the text is three numbers with one mark between them; *out_digits are those of the last. */
static int three_numbers(const char *text, size_t length, int out[3], char *out_mark, int *out_digits)
{
    int part = 0, digits = 0;
    out[0] = out[1] = out[2] = 0;
    *out_mark = 0;
    for (size_t i = 0; i < length; i++) {
        if (text[i] >= '0' && text[i] <= '9' && digits < 4) {
            out[part] = out[part] * 10 + (text[i] - '0');
            digits++;
        } else if (strchr("/.-", text[i]) && digits && part < 2 && (!*out_mark || *out_mark == text[i])) {
            *out_mark = text[i];
            part++;
            digits = 0;
        } else {
            return 0;
        }
    }
    *out_digits = digits;
    return part == 2 && digits > 0;
}

static void see_number(pz__csv_column *seen, const pz__csv_field *field)
{
    char text[64];
    double real;
    const char *comma = memchr(field->text, ',', field->length);
    if (field->length >= sizeof text) return;
    memcpy(text, field->text, field->length);
    if (comma && !memchr(field->text, '.', field->length)) text[comma - field->text] = '.';
    if (!pz__real_parse(text, field->length, &real)) return;
    seen->numbers += !comma;
    seen->comma_numbers += comma != NULL;
    seen->over_one += real > 1;
}

/* Codes are of one piece, and say with a digit, a mark within or capitals alone that they are no words. */
static int is_code(const char *text, size_t length)
{
    int tells = 0, has_small = 0;
    for (size_t i = 0; i < length; i++) {
        char c = text[i];
        int is_small = c >= 'a' && c <= 'z', is_capital = c >= 'A' && c <= 'Z', is_digit = c >= '0' && c <= '9';
        if (!is_small && !is_capital && !is_digit && !strchr("-_.:/", c)) return 0;
        has_small |= is_small;
        tells |= is_digit || (!is_small && !is_capital && i > 0 && i + 1 < length);
    }
    return tells || (!has_small && length > 1);
}

static void see_value(pz__csv_column *seen, const pz__csv_field *field)
{
    int parts[3], digits;
    char mark;
    pz_date date;
    pz_time of_day, time;
    int has_time;
    if (field->length == 0) return;
    seen->values++;
    seen->spaced += memchr(field->text, ' ', field->length) != NULL;
    seen->codes += is_code(field->text, field->length);
    if (pz__csv_when(field->text, field->length, NULL, &date, &of_day, &has_time, &time)) {
        seen->iso_days += !has_time;
        seen->iso_times += has_time;
    } else if (three_numbers(field->text, field->length, parts, &mark, &digits)) {
        seen->other_days++;
        seen->mark = mark;
        seen->year_first |= parts[0] > 31;
        seen->short_years |= parts[0] <= 31 && digits < 4;
        seen->first_over_12 |= parts[0] > 12 && parts[0] <= 31;
        seen->second_over_12 |= parts[1] > 12 && parts[1] <= 31;
    } else {
        see_number(seen, field);
    }
}

/* ----------------------------------------------------------------------------------------------------- sheet --- */

/* A title that may serve as the code of an item. */
static int is_item_title(const pz__csv_column *column, size_t *out_stem)
{
    size_t length = strlen(column->title);
    if (!pz__csv_is_numbered_item(column->name, out_stem) || !column->is_alone || length > (size_t)pz_limit(PZ_LIMIT_ID_TEXT)) return 0;
    for (size_t i = 0; i < length; i++)
        if ((unsigned char)column->title[i] < ' ' || column->title[i] == 0x7F) return 0;
    return 1;
}

static void find_numbered(pz__csv_sheet *seen)
{
    for (size_t i = 0; i < seen->count; i++) {
        pz__csv_column *column = &seen->columns[i];
        size_t stem, other;
        if (!is_item_title(column, &stem)) continue;
        for (size_t k = 0; k < i; k++) {
            if (!is_item_title(&seen->columns[k], &other) || other != stem || memcmp(seen->columns[k].name, column->name, stem) != 0)
                continue;
            seen->columns[k].is_numbered = column->is_numbered = 1;
        }
    }
}

static pz_status see_header(pz__csv_sheet *seen, const pz__csv_field *fields, size_t count)
{
    seen->columns = pz__alloc_zero(count + 1, sizeof *seen->columns);
    if (!seen->columns) return pz__fail_memory();
    seen->count = count;
    for (size_t i = 0; i < count; i++) {
        pz__csv_column *column = &seen->columns[i];
        pz__csv_plain_name(fields[i].text, fields[i].length, column->name, sizeof column->name);
        column->title = pz__copy_text(fields[i].text, fields[i].length);
        if (!column->title) return pz__fail_memory();
        column->number = (int)i + 1;
        column->is_alone = 1;
        for (size_t k = 0; k < i; k++) {
            if (strcmp(seen->columns[k].title, column->title) != 0) continue;
            seen->columns[k].is_alone = column->is_alone = 0;
        }
    }
    find_numbered(seen);
    return PZ_OK;
}

static pz_status see_rows(pz__csv_sheet *seen, pz__csv *csv)
{
    const pz__csv_field *fields;
    size_t count;
    PZ__TRY(pz__csv_next(csv, &fields, &count));
    if (count == 0) return pz__fail(PZ_E_FORMAT, "path", "Name a file with a header.", "The file is empty.");
    PZ__TRY(see_header(seen, fields, count));
    while (seen->rows < SAMPLE_ROWS) {
        pz_status status = pz__csv_next(csv, &fields, &count);
        if (status == PZ_E_FORMAT) break; /* the end of the sample may cut a row in two */
        PZ__TRY(status);
        if (count == 0) break;
        seen->rows++;
        for (size_t i = 0; i < count && i < seen->count; i++) see_value(&seen->columns[i], &fields[i]);
    }
    return PZ_OK;
}

pz_status pz__csv_sheet_see(pz__csv_sheet *seen, const char *path)
{
    FILE *file;
    int64_t size;
    pz__csv *csv;
    pz_status status;
    memset(seen, 0, sizeof *seen);
    PZ__TRY(pz__file_open(path, "file", &file, &size));
    seen->text = pz__alloc(SAMPLE_BYTES);
    if (seen->text) seen->length = fread(seen->text, 1, SAMPLE_BYTES, file);
    fclose(file);
    if (!seen->text) return pz__fail_memory();
    seen->delimiter = pz__csv_guess_delimiter(seen->text, seen->length);
    PZ__TRY(pz__csv_open_memory(seen->text, seen->length, seen->delimiter, &csv));
    status = see_rows(seen, csv);
    pz__csv_free(csv);
    return status;
}

void pz__csv_sheet_forget(pz__csv_sheet *seen)
{
    for (size_t i = 0; i < seen->count && seen->columns; i++) pz__release(seen->columns[i].title);
    pz__release(seen->columns);
    pz__release(seen->text);
}
