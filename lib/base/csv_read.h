/* Reading CSV (RFC 4180) row by row from memory or from a function that gives bytes, with bounded memory. Quoted fields may hold
 * commas, quotes and line breaks; CRLF, LF and CR end a row; a UTF-8 byte order mark is skipped; NUL and bad UTF-8 are
 * faults. UTF-16 is recognized by its mark and refused with its own code. */
#ifndef PZ_BASE_CSV_READ_H
#define PZ_BASE_CSV_READ_H

#include "personalize/base.h"

typedef struct pz__csv pz__csv;

/* Gives up to `size` bytes, 0 at the end. A failure is minus its pz_status, with the error detail set: whoever reads passes both on
 * to its own caller. */
typedef int64_t (*pz__read_fn)(void *source, char *buffer, size_t size);

typedef struct pz__csv_field {
    const char *text; /* unquoted, NUL-terminated; valid until the next row is read */
    size_t length;
    int64_t line;     /* physical line where the field begins, from 1 */
    int32_t column;   /* number of the field in its row, from 1 */
    int32_t quoted;
} pz__csv_field;

/* The codes, and whether reading can go on at the next row:
 *   csv.unescaped_quote   goes on   a quote within a field that does not begin with one
 *   csv.utf8              goes on   bytes that are not UTF-8
 *   csv.field_too_long    goes on   more than PZ_LIMIT_CSV_FIELD bytes
 *   csv.row_too_long      goes on   more than PZ__CSV_ROW_LIMIT bytes, quotes and delimiters included
 *   csv.text_after_quote  the end   anything but a delimiter or a line break behind a closing quote
 *   csv.unclosed_quote    the end   the file ends within quotes; the place is where the field begins
 *   csv.nul               the end   a NUL, also where UTF-16 comes without its mark
 *   csv.utf16             the end   a byte order mark of UTF-16 or UTF-32
 *   csv.too_many_columns  the end   more than PZ_LIMIT_CSV_COLUMNS fields in a row
 * One fault is told for each row: the first, unless a later one ends the reading. */
typedef struct pz__csv_fault {
    const char *code;
    int64_t line;
    int32_t column;   /* number of the field */
} pz__csv_fault;

#define PZ__CSV_ROW_LIMIT ((size_t)16 * 1024 * 1024)

/* The delimiter is a tab or a printable ASCII character that is no quote: PZ_E_INVALID. PZ_E_NOMEM. `text` must outlive the reader. */
pz_status pz__csv_open(pz__read_fn read, void *source, char delimiter, pz__csv **out_csv);
pz_status pz__csv_open_memory(const char *text, size_t length, char delimiter, pz__csv **out_csv);
void pz__csv_free(pz__csv *csv);

/* Reads the next row. *out_fields belongs to the reader. *out_count is 0 at the end of the file; an empty line is skipped.
 * PZ_E_FORMAT: a fault, see pz__csv_fault_of; the next call gives the next row, or says the end where the fault allows no more.
 * PZ_E_NOMEM, PZ_E_IO or whatever the reading function fails with: every later call says the same. */
pz_status pz__csv_next(pz__csv *csv, const pz__csv_field **out_fields, size_t *out_count);
const pz__csv_fault *pz__csv_fault_of(const pz__csv *csv); /* of the last row; NULL if it had none */
int64_t pz__csv_row(const pz__csv *csv);  /* rows read so far, header and rows with faults included */
int64_t pz__csv_line(const pz__csv *csv); /* physical line where the current row begins */

#endif
