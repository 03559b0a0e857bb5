#include "records/by_id.h"

#include <stddef.h>
#include <string.h>

#include "base/fail.h"
#include "base/text.h"
#include "personalize/checkin.h"
#include "personalize/cycle.h"
#include "personalize/evidence.h"
#include "personalize/questionnaire.h"
#include "personalize/recommend.h"
#include "personalize/roster.h"
#include "records/page.h"

const char *const pz__list_order_names[] = {"", "oldest", "newest", NULL};

enum { ID_OFFSET = offsetof(pz_answer, id) };
_Static_assert(offsetof(pz_questionnaire, id) == ID_OFFSET, "ids are read alike");
_Static_assert(offsetof(pz_assessment, id) == ID_OFFSET, "ids are read alike");
_Static_assert(offsetof(pz_item, id) == ID_OFFSET, "ids are read alike");
_Static_assert(offsetof(pz_misconception, id) == ID_OFFSET, "ids are read alike");
_Static_assert(offsetof(pz_class, id) == ID_OFFSET, "ids are read alike");
_Static_assert(offsetof(pz_cycle, id) == ID_OFFSET, "ids are read alike");
_Static_assert(offsetof(pz_recommendation, id) == ID_OFFSET, "ids are read alike");
_Static_assert(offsetof(pz_checkin_template, id) == ID_OFFSET, "ids are read alike");
_Static_assert(offsetof(pz_profile_dispute, id) == ID_OFFSET, "ids are read alike");
_Static_assert(offsetof(pz_private_note, id) == ID_OFFSET, "ids are read alike");

pz_status pz__by_id_start(pz__by_id *list, int own, int32_t order, pz_id after, int32_t limit, const char *text, size_t text_len)
{
    size_t length;
    memset(list, 0, sizeof *list);
    if (order < PZ_LIST_OLDEST || order > PZ_LIST_NEWEST)
        return pz__fail(PZ_E_INVALID, "order", "pz_list_order names the orders.", "There is no order %d.", (int)order);
    if (after < own) return pz__fail(PZ_E_INVALID, "after", "0 is from the beginning.", "Ids are above 0.");
    PZ__TRY(pz__page_check_limit(limit));
    PZ__TRY(pz__text_check(text, text_len, (size_t)pz_limit(PZ_LIMIT_TITLE), "text", &length));
    list->order = order;
    list->after = after;
    list->limit = limit;
    return pz__text_search_start(&list->search, text, length);
}

void pz__by_id_free(pz__by_id *list)
{
    pz__text_search_free(&list->search);
}

pz_status pz__by_id_wants(pz__by_id *list, pz_id id, const char *const *texts, size_t count, int *out_wants)
{
    pz_id last = list->after == PZ__BY_ID_OWN ? 0 : list->after;
    *out_wants = !list->after || (list->order == PZ_LIST_NEWEST ? id < last : id > last);
    return *out_wants ? pz__text_search_finds(&list->search, texts, count, out_wants) : PZ_OK;
}

static int compare(const void *a, const void *b, void *order)
{
    pz_id left, right;
    memcpy(&left, *(const char *const *)a + ID_OFFSET, sizeof left);
    memcpy(&right, *(const char *const *)b + ID_OFFSET, sizeof right);
    int by_id = (left > right) - (left < right);
    return *(const int32_t *)order == PZ_LIST_NEWEST ? -by_id : by_id;
}

pz_status pz__by_id_take(const pz__by_id *list, pz__rows *rows, void ***out_rows, size_t *out_count)
{
    int32_t order = list->order;
    return pz__page_take(rows, compare, &order, list->limit, out_rows, out_count);
}
