/* The records of this room, for lib/record_types.c. */
#ifndef PZ_STORE_STORE_TYPES_H
#define PZ_STORE_STORE_TYPES_H

#include "personalize/store.h"

extern const pz_record_type *const pz__store_types[];

#endif
