/* A CSV mapping (docs/csv-mapping.md), read and checked. */
#ifndef PZ_EXCHANGE_CSV_MAPPING_H
#define PZ_EXCHANGE_CSV_MAPPING_H

#include "base/json_read.h"
#include "base/map.h"
#include "personalize/exchange.h"

/* Every value that a mapping can name, of any kind. */
typedef enum pz__csv_target {
    PZ__CSV_LEARNER,
    PZ__CSV_ITEM,
    PZ__CSV_COMPETENCY,
    PZ__CSV_SCORE,
    PZ__CSV_MAX,
    PZ__CSV_CHOICE,
    PZ__CSV_CORRECT_CHOICE,
    PZ__CSV_MISCONCEPTION,
    PZ__CSV_MISCONCEPTION_STATEMENT,
    PZ__CSV_QUESTION,
    PZ__CSV_WEIGHT,
    PZ__CSV_AT,
    PZ__CSV_ASSESSMENT,
    PZ__CSV_SCALE,
    PZ__CSV_VALUE,
    PZ__CSV_STANDARD_ERROR,
    PZ__CSV_CODE,
    PZ__CSV_TEXT,
    PZ__CSV_ON,
    PZ__CSV_FROM,
    PZ__CSV_UNTIL,
    PZ__CSV_SHARE,
    PZ__CSV_DAYS,
    PZ__CSV_DAYS_PRESENT,
    PZ__CSV_DAYS_ABSENT,
    PZ__CSV_CONFIDENCE,
    PZ__CSV_VISIBILITY,
    PZ__CSV_STATEMENT,
    PZ__CSV_REASON,
    PZ__CSV_AREA,
    PZ__CSV_DUE,
    PZ__CSV_TARGETS
} pz__csv_target;

typedef enum pz__csv_type {
    PZ__CSV_WORD,
    PZ__CSV_LINE,
    PZ__CSV_PROSE,
    PZ__CSV_NUMBER,
    PZ__CSV_DAY,
    PZ__CSV_TIME,
    PZ__CSV_ENUM
} pz__csv_type;

/* What a value is, wherever it is used. */
typedef struct pz__csv_target_info {
    const char *name;
    pz__csv_type type;        /* WORD: an id or code, LINE: up to PZ_LIMIT_TITLE bytes, PROSE: up to PZ_LIMIT_TEXT */
    double least, most;       /* of numbers */
    const char *const *names; /* of enumerations, from 1 on; NULL at the end */
} pz__csv_target_info;

extern const pz__csv_target_info pz__csv_targets[PZ__CSV_TARGETS];

typedef struct pz__csv_kind {
    const char *name;
    int32_t section;          /* a pz_profile_section, 0 for responses and goals */
    uint64_t allowed, needed; /* bits of targets */
} pz__csv_kind;

extern const pz__csv_kind pz__csv_kinds[]; /* ends with a NULL name */
#define PZ__CSV_BIT(target) (UINT64_C(1) << (target))

/* A value that rows cannot do without and that nothing gives, and why it is needed. */
typedef struct pz__csv_lack {
    pz__csv_target target;
    const char *words;
} pz__csv_lack;

/* All that lack where these values are given (bits of targets); returns how many. */
int pz__csv_lacks(const pz__csv_kind *kind, uint64_t given, int has_items, int has_wide, pz__csv_lack lacks[PZ__CSV_TARGETS]);

typedef enum pz__csv_by {
    PZ__CSV_BY_ANY,
    PZ__CSV_BY_ID,
    PZ__CSV_BY_CODE,
    PZ__CSV_BY_IDENTIFIER,
    PZ__CSV_BY_USERNAME,
    PZ__CSV_BY_EMAIL
} pz__csv_by;

/* Where a value comes from. Texts belong to the mapping. */
typedef struct pz__csv_source {
    int is_given;
    const char *column; /* by name; NULL: by number, or a constant */
    int32_t number;     /* from 1 */
    const char *constant;
    const char *fallback;
    const pz__json_value *map; /* an object of texts, or NULL */
    int has_else;              /* 1: `otherwise` stands for what is not in `map`; NULL passes the row over */
    const char *otherwise;
    const char *date;
    const char *source;
    char split, decimal;
    pz__csv_by by;
} pz__csv_source;

typedef struct pz__csv_mapping {
    pz__json *document;
    const pz__csv_kind *kind;
    char delimiter; /* 0: found out from the file */
    int has_header;
    int64_t skip_rows;
    pz__csv_source sources[PZ__CSV_TARGETS];
    const pz__json_value *items, *misconceptions, *wide; /* or NULL */
    int wide_holds_choice;
    const char *assessment_id, *assessment_title;
    int32_t assessment_kind;
    pz_date assessment_on;
} pz__csv_mapping;

/* PZ_E_FORMAT (no JSON), PZ_E_HOSTILE, PZ_E_INVALID (the message names the member by its JSON path), PZ_E_NOMEM. Release it whatever comes out. */
pz_status pz__csv_mapping_read(pz__csv_mapping *mapping, const char *text, size_t length);
void pz__csv_mapping_free(pz__csv_mapping *mapping);

/* Reads a day or a time by a pattern of YYYY, MM, M, DD, D, hh, mm, ss; NULL: ISO 8601. For a day *out_has_time is 0. 1 if it could be read. Leaves no
 * error detail that matters. */
int pz__csv_when(const char *text, size_t length, const char *pattern, pz_date *out_date, pz_time *out_time_of_day, int *out_has_time,
                 pz_time *out_time);
int pz__csv_pattern_is_sound(const char *pattern);

#endif
