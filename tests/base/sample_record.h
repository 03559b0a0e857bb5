/* A record with a member of every type, for the tests of records and of JSON. */
#ifndef PZ_TESTS_SAMPLE_RECORD_H
#define PZ_TESTS_SAMPLE_RECORD_H

#include <math.h>

#include "base/record.h"

typedef struct sample {
    uint32_t struct_size;
    int32_t count;
    pz_id id;
    int64_t big;
    double score;
    int32_t active;
    int32_t color;
    const char *name;
    const char *note;
    size_t note_len;
    pz_time at;
    pz_date day;
    int32_t added_later; /* not in the first version */
} sample;

#define SAMPLE_FIRST_SIZE ((uint32_t)offsetof(sample, added_later))

static const sample sample_init = {sizeof(sample), 7, 0, 0, NAN, 1, 0, NULL, NULL, PZ_NUL_TERMINATED, PZ_TIME_NONE, PZ_DATE_NONE, -5};

static const char *const sample_colors[] = {"", "red", "green", "", "blue", NULL};

static const pz_field sample_fields[] = {
    PZ__INT(sample, count, "pieces"),
    PZ__ID(sample, id),
    PZ__BIGINT(sample, big, ""),
    PZ__REAL(sample, score, "0 to 1"),
    PZ__BOOL(sample, active),
    PZ__ENUM(sample, color, sample_colors),
    PZ__NAME(sample, name),
    PZ__TEXT(sample, note),
    PZ__TIME(sample, at),
    PZ__DATE(sample, day),
    PZ__INT(sample, added_later, ""),
};

static const pz_record_type sample_type = PZ__RECORD_TYPE(sample, sample_fields, &sample_init);

#endif
