#include "exchange/competency_ids.h"

#include <string.h>

#include "base/fail.h"
#include "store/external.h"

pz_status pz__competency_ids_start(pz__competency_ids *ids, pz__call *call, int32_t source)
{
    ids->call = call;
    ids->source = source;
    return pz__map_new(&ids->known);
}

void pz__competency_ids_free(pz__competency_ids *ids)
{
    pz__map_free(ids->known);
    ids->known = NULL;
}

static pz_status look_up(pz__competency_ids *ids, const char *text, size_t length, pz_id *out_id, int *out_ambiguous)
{
    pz_store *store = ids->call->store;
    int more = 0;
    *out_id = 0;
    if (ids->source >= 0) PZ__TRY(pz__external_find(store, PZ_KIND_COMPETENCY, ids->source, text, length, out_id, NULL));
    if (*out_id) return PZ_OK;
    PZ__TRY(pz__external_find(store, PZ_KIND_COMPETENCY, -1, text, length, out_id, &more));
    if (!more) return PZ_OK;
    *out_id = 0;
    *out_ambiguous = 1;
    return PZ_OK;
}

pz_status pz__competency_ids_find(pz__competency_ids *ids, const char *text, size_t length, pz_id *out_id, int *out_ambiguous)
{
    char small[256];
    int64_t known;
    *out_id = 0;
    *out_ambiguous = 0;
    if (length == 0 || length > (size_t)pz_limit(PZ_LIMIT_ID_TEXT)) return PZ_OK;
    if (pz__map_get_text(ids->known, text, length, &known)) {
        *out_id = known;
        return PZ_OK;
    }
    PZ__TRY(look_up(ids, text, length, out_id, out_ambiguous));
    if (!*out_id && !*out_ambiguous) {
        for (size_t i = 0; i < length; i++) small[i] = text[i] >= 'A' && text[i] <= 'Z' ? (char)(text[i] + 32) : text[i];
        if (memcmp(small, text, length) != 0) PZ__TRY(look_up(ids, small, length, out_id, out_ambiguous));
    }
    return *out_id ? pz__map_put_text(ids->known, text, length, *out_id) : PZ_OK;
}

pz_status pz__competency_ids_put(pz__competency_ids *ids, const char *text, size_t length, pz_id id)
{
    return pz__map_put_text(ids->known, text, length, id);
}
