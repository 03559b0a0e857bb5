/* Descriptions of records, and lists of records in one allocation. */
#ifndef PZ_BASE_RECORD_H
#define PZ_BASE_RECORD_H

#include <stddef.h>

#include "personalize/base.h"

/* Rows of a description. `TEXT` is for texts with a length member named MEMBER_len, `NAME` for texts without one. */
#define PZ__FIELD_(kind, record, member, length, names, unit) \
    { sizeof(pz_field), #member, (kind), (uint32_t)offsetof(record, member), (length), (names), (unit) }
#define PZ__ID(record, member) PZ__FIELD_(PZ_FIELD_ID, record, member, 0, NULL, "")
#define PZ__INT(record, member, unit) PZ__FIELD_(PZ_FIELD_INT, record, member, 0, NULL, unit)
#define PZ__BIGINT(record, member, unit) PZ__FIELD_(PZ_FIELD_BIGINT, record, member, 0, NULL, unit)
#define PZ__REAL(record, member, unit) PZ__FIELD_(PZ_FIELD_REAL, record, member, 0, NULL, unit)
#define PZ__BOOL(record, member) PZ__FIELD_(PZ_FIELD_BOOL, record, member, 0, NULL, "")
#define PZ__NAME(record, member) PZ__FIELD_(PZ_FIELD_TEXT, record, member, 0, NULL, "")
#define PZ__TEXT(record, member) \
    PZ__FIELD_(PZ_FIELD_TEXT, record, member, (uint32_t)offsetof(record, member##_len), NULL, "")
#define PZ__TIME(record, member) PZ__FIELD_(PZ_FIELD_TIME, record, member, 0, NULL, "")
#define PZ__DATE(record, member) PZ__FIELD_(PZ_FIELD_DATE, record, member, 0, NULL, "")
#define PZ__ENUM(record, member, names) PZ__FIELD_(PZ_FIELD_ENUM, record, member, 0, names, "")

#define PZ__RECORD_TYPE(record, fields, initial) \
    { sizeof(pz_record_type), #record, sizeof(record), (uint32_t)(sizeof(fields) / sizeof((fields)[0])), (fields), (initial) }

/* The rooms hand their descriptions to base as one NULL-terminated array of pointers each; lib/record_types.c collects
 * them, so that base needs to know no room. */

/* Copies a caller's record into `out` (a full, current record): checks struct_size (>= minimum), takes the members that the
 * caller's struct has, and the initial values for the rest. */
pz_status pz__record_take(const pz_record_type *type, const void *record, uint32_t minimum_size, void *out);

/* A list under construction: records with texts, in one growing pool. */
typedef struct pz__rows {
    const pz_record_type *type;
    void *records;      /* count * record_size; text members hold offsets + 1 into texts while building */
    size_t count;
    size_t capacity;
    char *texts;
    size_t texts_length;
    size_t texts_capacity;
    pz_status status;   /* PZ_OK or PZ_E_NOMEM, kept */
} pz__rows;

void pz__rows_start(pz__rows *rows, const pz_record_type *type);
/* Appends a copy of `record`; its texts are copied (length members are set by strlen where the record says
 * PZ_NUL_TERMINATED). */
void pz__rows_add(pz__rows *rows, const void *record);
/* One allocation: pointers, records, texts. On failure frees everything and sets detail. An empty list gives a block too. */
pz_status pz__rows_take(pz__rows *rows, void ***out_rows, size_t *out_count);
/* The first record alone, as one block that begins with it; there must be one. On failure as pz__rows_take. */
pz_status pz__rows_take_one(pz__rows *rows, void **out_row);
void pz__rows_free(pz__rows *rows);

#endif
