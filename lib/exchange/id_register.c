#include "exchange/id_register.h"

#include "base/memory.h"

#include "base/fail.h"

pz_status pz__id_register_start(pz__id_register *ids)
{
    return pz__map_new(&ids->map);
}

void pz__id_register_free(pz__id_register *ids)
{
    pz__map_free(ids->map);
    pz__release(ids->ids);
    pz__release(ids->flags);
    ids->map = NULL;
    ids->ids = NULL;
    ids->flags = NULL;
    ids->count = ids->ids_capacity = ids->flags_capacity = 0;
}

int64_t pz__id_register_find(const pz__id_register *ids, const char *text, size_t length)
{
    int64_t place;
    return ids->map && pz__map_get_text(ids->map, text, length, &place) ? place : -1;
}

pz_status pz__id_register_add(pz__id_register *ids, const char *text, size_t length, int64_t *out_place)
{
    *out_place = pz__id_register_find(ids, text, length);
    if (*out_place >= 0) return PZ_OK;
    PZ__TRY(pz__reserve((void **)&ids->ids, &ids->ids_capacity, ids->count + 1, sizeof *ids->ids));
    PZ__TRY(pz__reserve((void **)&ids->flags, &ids->flags_capacity, ids->count + 1, sizeof *ids->flags));
    PZ__TRY(pz__map_put_text(ids->map, text, length, (int64_t)ids->count));
    ids->ids[ids->count] = 0;
    ids->flags[ids->count] = 0;
    *out_place = (int64_t)ids->count++;
    return PZ_OK;
}
