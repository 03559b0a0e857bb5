/* What the public functions that save a record share: the record taken and checked, the key, the right, the id, the outside id. */
#ifndef PZ_RECORDS_SAVE_H
#define PZ_RECORDS_SAVE_H

#include "records/versioned.h"

typedef struct pz__saver {
    const pz__table *table;
    const char *action;
    uint32_t minimum_size;                                        /* of the record's first version */
    uint32_t needed;                                              /* bit 1 << member for each text that must not be empty */
    uint32_t long_texts;                                          /* bit for each text by people; the others have the limit of titles */
    pz_status (*check)(const void *record);                       /* ranges of single members; NULL: none */
    pz_status (*check_ties)(pz__call *call, const void *record);  /* records that it names, circles */
    pz_status (*check_right)(pz__call *call, const void *record); /* beyond the table of rights; NULL: none */
} pz__saver;

/* The longest record that is saved. */
enum { PZ__SAVED_SIZE = 512 };

pz_status pz__save(pz_actor *actor, const pz__saver *saver, const void *record, const char *source, const char *outside_id, const char *key,
                   pz_id *out_id);

/* That a record with this id is current: PZ_E_NOT_FOUND. The second takes 0 as none. */
pz_status pz__need_current(pz__call *call, const pz__table *table, pz_id id, const char *field);
pz_status pz__need_current_if(pz__call *call, const pz__table *table, pz_id id, const char *field);

/* A day or a moment of the years 0001 to 9999, or none. */
pz_status pz__check_day(pz_date day, const char *field);
pz_status pz__check_time(pz_time time, const char *field);
/* Days that exist, the first not after the last. */
pz_status pz__check_days(pz_date first, pz_date last, const char *first_field, const char *last_field);

/* Checks each text of a record by its description and resolves its length. */
pz_status pz__record_check_texts(const pz_record_type *type, void *record, uint32_t needed, uint32_t long_texts);
/* Ids are none or above 0, yes and no are 1 and 0, days exist. */
pz_status pz__record_check_numbers(const pz_record_type *type, const void *record);

#endif
