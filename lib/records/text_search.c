#include "records/text_search.h"

#include <string.h>

#include "base/fail.h"
#include "base/text_fold.h"

pz_status pz__text_search_start(pz__text_search *search, const char *text, size_t length)
{
    memset(search, 0, sizeof *search);
    if (text) pz__text_fold(&search->words, text, length);
    if (search->words.status == PZ_OK) return PZ_OK;
    pz__text_search_free(search);
    return pz__fail_memory();
}

void pz__text_search_free(pz__text_search *search)
{
    pz__buffer_free(&search->words);
    pz__buffer_free(&search->room);
}

pz_status pz__text_search_finds(pz__text_search *search, const char *const *texts, size_t count, int *out_finds)
{
    *out_finds = 1;
    if (!search->words.length) return PZ_OK;
    pz__buffer_clear(&search->room);
    for (size_t i = 0; i < count; i++) {
        if (texts[i]) pz__text_fold(&search->room, texts[i], strlen(texts[i]));
        pz__buffer_char(&search->room, '\n');
    }
    if (search->room.status != PZ_OK) return pz__fail_memory();
    *out_finds = pz__text_holds(search->room.data, search->room.length, search->words.data, search->words.length);
    return PZ_OK;
}
