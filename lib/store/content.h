/* What a change wrote, in 16 bytes: the sum (exclusive or) of a keyed hash of every row that it wrote and every version that it ended. The
 * driver adds to it by itself with each statement on a kept table, so that no room can forget to. The sum stands in the row of the change, and the
 * chain covers it; verify adds up the rows that are there now, and finds what was edited, added or taken away behind the library's back.
 *
 * Rows that stand by themselves (outside ids, pseudonyms, names of services and sources) are summed apart: all that changes added and took must come
 * to the rows that are there.
 *
 * A row counts twice: for the change that wrote it, with all columns but until_change; and for the change that ended it, with its key
 * and until_change. Hashes are SipHash-2-4 of 128 bits over: the table's name, the byte that says which of the two it is, and for each column that is not NULL
 *
 *     (but tenant_id, which is in the key) its place in the table, 1 byte
 *     what it is, 1 byte: 16 + n for a whole number in n bytes, 2 a real, 3 a text, 4 bytes
 *     a whole number: its zigzag form in n bytes, lowest first; a real: 8 bytes; texts and bytes: 8 bytes of length and then themselves
 *
 * The hash's key is made of the store's chain key and, for rows that go when a person is erased, of random bytes that go with the person: what
 * stays of such a row in sums can be tied to nothing. Rows that an erasure takes or changes are accounted for in change_removal. */
#ifndef PZ_STORE_CONTENT_H
#define PZ_STORE_CONTENT_H

#include "base/buffer.h"
#include "base/map.h"
#include "store/kept_table.h"

enum { PZ__CONTENT_SIZE = 16, PZ__ROW_KEY_SIZE = 16 };

/* A value as it is bound or stored. */
typedef enum pz__value_type { PZ__VALUE_NULL = 0, PZ__VALUE_INT, PZ__VALUE_REAL, PZ__VALUE_TEXT, PZ__VALUE_BLOB } pz__value_type;
typedef struct pz__value {
    pz__value_type type;
    size_t length; /* of a text or of bytes */
    union {
        int64_t number;
        double real;
        const void *bytes;
    };
} pz__value;

typedef struct pz__sum {
    uint8_t bytes[PZ__CONTENT_SIZE];
} pz__sum;

typedef struct pz__removal {
    int64_t change;
    pz__sum sum;
} pz__removal;

/* The key for rows of a person, 0: of nobody. */
typedef pz_status (*pz__row_key_fn)(void *user_data, pz_id person, uint8_t out_key[PZ__ROW_KEY_SIZE]);

/* The sums of a change that is open. */
typedef struct pz__content {
    int64_t change;
    pz__row_key_fn row_key;
    void *user_data;
    pz__sum sum;
    int is_empty; /* nothing was added yet */
    pz__sum standing;
    int standing_is_empty;
    pz__removal *removals; /* from what earlier changes wrote, in the order in which they were met */
    size_t removal_count;
    size_t removal_capacity;
    pz__map *removal_places;
    uint8_t *bytes; /* of the row that is hashed */
    size_t byte_capacity;
    pz_id key_person; /* whose key is the last one that was asked for; -1: none was */
    uint8_t key[PZ__ROW_KEY_SIZE];
} pz__content;

void pz__content_start(pz__content *content, int64_t change, pz__row_key_fn row_key, void *user_data);
void pz__content_free(pz__content *content);

/* Hashes of one row of `table`: what its values are is told by column. The second is of its end, where it has one. */
pz_status pz__content_hash_row(pz__content *content, const pz__kept_table *table, const pz__value *const *values, pz__sum *out_sum);
pz_status pz__content_hash_end(pz__content *content, const pz__kept_table *table, const pz__value *const *values, pz__sum *out_sum);
/* Adds to (or takes from: it is the same) what a change wrote; of an earlier change it is a removal. */
pz_status pz__content_add(pz__content *content, int64_t change, const pz__sum *sum);
void pz__content_add_standing(pz__content *content, const pz__sum *sum);
void pz__sum_add(pz__sum *sum, const pz__sum *other);

/* Values of the row that stands in a statement, whose first columns are the table's: `out_values` holds them, `out_places` points to each. */
void pz__content_read(pz__statement *row, const pz__kept_table *table, pz__value *out_values, const pz__value **out_places);

#endif
