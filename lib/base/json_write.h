/* Writing JSON to a buffer, with commas, escapes and nesting kept right by the writer. Strings are escaped so that the text
 * is also safe inside HTML: < > & U+2028 U+2029 become \u escapes. */
#ifndef PZ_BASE_JSON_WRITE_H
#define PZ_BASE_JSON_WRITE_H

#include "base/buffer.h"

/* Levels that may be open at once; one more makes the buffer fail with PZ_E_INTERNAL. */
enum { PZ__JSON_WRITE_DEPTH = 64 };

typedef struct pz__json_writer {
    pz__buffer *out;
    int32_t depth;
    uint64_t has_items; /* one bit per open level */
    int32_t after_key;
} pz__json_writer;

void pz__json_start(pz__json_writer *json, pz__buffer *out);
void pz__json_open_object(pz__json_writer *json);
void pz__json_close_object(pz__json_writer *json);
void pz__json_open_array(pz__json_writer *json);
void pz__json_close_array(pz__json_writer *json);
void pz__json_key(pz__json_writer *json, const char *key);
void pz__json_text(pz__json_writer *json, const char *text);                  /* NULL writes null */
void pz__json_text_n(pz__json_writer *json, const char *text, size_t length); /* must be valid UTF-8; NULL writes null */
void pz__json_int(pz__json_writer *json, int64_t value);
void pz__json_real(pz__json_writer *json, double value); /* shortest form; NaN and infinities write null */
void pz__json_bool(pz__json_writer *json, int value);
void pz__json_null(pz__json_writer *json);
void pz__json_id(pz__json_writer *json, pz_id id);       /* string; 0 writes null */
void pz__json_time(pz__json_writer *json, pz_time time); /* string; none writes null */
void pz__json_date(pz__json_writer *json, pz_date date);
void pz__json_raw(pz__json_writer *json, const char *text); /* a JSON value already in text form */

/* Members of a record by its description, as members of the object that is open. Ids, big integers, times and dates are strings,
 * enumerations their names; what pz_field_type calls null, and an enumeration's value without a name, is null. */
void pz__json_record_members(pz__json_writer *json, const pz_record_type *type, const void *record);
/* The value of one of them. */
void pz__json_record_member(pz__json_writer *json, const pz_field *field, const void *record);
/* All as an object of its own. */
void pz__json_record(pz__json_writer *json, const pz_record_type *type, const void *record);

/* Shorthands: key and value. */
void pz__json_put_text(pz__json_writer *json, const char *key, const char *text);
void pz__json_put_int(pz__json_writer *json, const char *key, int64_t value);
void pz__json_put_real(pz__json_writer *json, const char *key, double value);
void pz__json_put_bool(pz__json_writer *json, const char *key, int value);
void pz__json_put_id(pz__json_writer *json, const char *key, pz_id id);
void pz__json_put_time(pz__json_writer *json, const char *key, pz_time time);
void pz__json_put_date(pz__json_writer *json, const char *key, pz_date date);

#endif
