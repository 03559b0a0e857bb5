/* Reading CSV (RFC 4180) row by row from memory or from a function that gives bytes, with bounded memory. Quoted fields may hold
 * commas, quotes and line breaks; CRLF, LF and CR end a row; a UTF-8 byte order mark is skipped; NUL and bad UTF-8 are
 * faults. UTF-16 is recognized by its mark and refused with its own code. */
#ifndef PZ_BASE_CSV_READ_H
#define PZ_BASE_CSV_READ_H

#include "personalize/base.h"

typedef struct pz__csv pz__csv;

/* Gives up to `size` bytes, 0 at the end; a negative value is a read failure. */
typedef int64_t (*pz__read_fn)(void *source, char *buffer, size_t size);

typedef struct pz__csv_field {
    const char *text; /* unquoted, NUL-terminated; valid until the next row is read */
    size_t length;
    int64_t line;     /* physical line where the field begins, from 1 */
    int32_t column;   /* number of the field in its row, from 1 */
    int32_t quoted;
} pz__csv_field;

typedef struct pz__csv_fault {
    const char *code; /* "csv.unescaped_quote", "csv.unclosed_quote", "csv.text_after_quote", "csv.nul", "csv.utf8", "csv.utf16", "csv.too_many_columns", "csv.field_too_long" */
    int64_t line;
    int32_t column;   /* number of the field */
} pz__csv_fault;

pz_status pz__csv_open(pz__read_fn read, void *source, char delimiter, pz__csv **out_csv);
pz_status pz__csv_open_memory(const char *text, size_t length, char delimiter, pz__csv **out_csv);
void pz__csv_free(pz__csv *csv);

/* Reads the next row. *out_fields belongs to the reader. *out_count is 0 at the end of the file; an empty line is skipped.
 * PZ_E_FORMAT: a fault, see pz__csv_fault_of; reading can go on at the next row where the fault allows it (csv.utf8,
 * csv.field_too_long, csv.unescaped_quote), otherwise the next call says the end. PZ_E_IO, PZ_E_NOMEM. */
pz_status pz__csv_next(pz__csv *csv, const pz__csv_field **out_fields, size_t *out_count);
const pz__csv_fault *pz__csv_fault_of(const pz__csv *csv);
int64_t pz__csv_row(const pz__csv *csv);  /* rows read so far, header included */
int64_t pz__csv_line(const pz__csv *csv); /* physical line where the current row begins */

/* Writes one field, quoted where it must be; a text that a spreadsheet would run as a formula (= + - @ tab CR) gets a
 * leading apostrophe when `guard` is set. */
struct pz__buffer;
void pz__csv_write(struct pz__buffer *out, const char *text, size_t length, int guard);

#endif
