/* Competencies by their ids in the outside world. */
#ifndef PZ_EXCHANGE_COMPETENCY_IDS_H
#define PZ_EXCHANGE_COMPETENCY_IDS_H

#include "base/map.h"
#include "records/competency/write.h"

/* What was looked up before, by text. */
typedef struct pz__competency_ids {
    pz__call *call;
    pz__map *known;
    int32_t source; /* asked first; -1 for any only */
} pz__competency_ids;

pz_status pz__competency_ids_start(pz__competency_ids *ids, pz__call *call, int32_t source);
void pz__competency_ids_free(pz__competency_ids *ids);

/* By an identifier of CASE, as it stands or in small letters: of the source itself, otherwise of any. 0 if there is none; *out_ambiguous = 1 where
 * several sources have it for different competencies. */
pz_status pz__competency_ids_find(pz__competency_ids *ids, const char *text, size_t length, pz_id *out_id, int *out_ambiguous);

/* Remembers a competency that this call makes. */
pz_status pz__competency_ids_put(pz__competency_ids *ids, const char *text, size_t length, pz_id id);

#endif
