/* The ids of one kind that a file lists and a store knows: each text gets a place, 0, 1, 2, ...; the texts themselves are kept as digests
 * only (base/map.h), so that a million ids take some 50 MB whatever their length. */
#ifndef PZ_EXCHANGE_ID_REGISTER_H
#define PZ_EXCHANGE_ID_REGISTER_H

#include <stdint.h>

#include "base/map.h"

enum {
    PZ__ID_STORED = 1,    /* the store has it */
    PZ__ID_LISTED = 2,    /* the file lists it */
    PZ__ID_SEEN = 4,      /* its row was read: another one would be a duplicate */
    PZ__ID_DELETED = 8,   /* the file says that it is to be deleted */
    PZ__ID_LEFT_OUT = 16, /* its row has faults and is left out */
    PZ__ID_COVERED = 32,  /* of an org: a bulk file speaks of all that is in it */
    PZ__ID_ENDED = 64,    /* the store has it as ended */
    PZ__ID_GONE = 128     /* the store has it, and the file should list it and does not */
};

typedef struct pz__id_register {
    pz__map *map;
    pz_id *ids; /* of the store; 0 as long as there is none */
    uint8_t *flags;
    size_t count;
    size_t ids_capacity, flags_capacity;
} pz__id_register;

pz_status pz__id_register_start(pz__id_register *ids); /* PZ_E_NOMEM; a register that is all zero may be freed */
void pz__id_register_free(pz__id_register *ids);

/* The place of a text, or -1. */
int64_t pz__id_register_find(const pz__id_register *ids, const char *text, size_t length);
/* The same, added at need. */
pz_status pz__id_register_add(pz__id_register *ids, const char *text, size_t length, int64_t *out_place);

#endif
