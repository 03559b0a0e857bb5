/* A model's state as bytes, the same on every machine. */
#ifndef PZ_RECORDS_MASTERY_STATE_BYTES_H
#define PZ_RECORDS_MASTERY_STATE_BYTES_H

#include "records/mastery/standing.h"

enum { PZ__STATE_BYTES = 49 };

void pz__state_to_bytes(const pz_mastery_state *state, uint8_t bytes[PZ__STATE_BYTES]);
pz_status pz__state_from_bytes(const void *bytes, size_t length, pz_mastery_state *out_state); /* PZ_E_CORRUPT */

#endif
