/* Lists of items, options, misconceptions and what they bear on. */
#include "base/fail.h"
#include "records/by_id.h"
#include "records/evidence/learning_tables.h"
#include "records/listing.h"
#include "records/need.h"
#include "records/page.h"

typedef struct item_list {
    const pz_record_type *type;
    const char *sql; /* ?1 tenant, ?2 the change that is seen, ?3 `of` */
    pz_kind kind;    /* to ask rights for */
    pz_kind of_kind; /* of `of` */
    const char *field;
    int of_is_needed;
} item_list;

static pz_status start_reading(pz__call *call, const item_list *list, pz_id of, pz__statement **out_statement)
{
    PZ__TRY(pz__may(call, list->kind, PZ__SEE));
    if (of || list->of_is_needed) PZ__TRY(pz__need(call, list->of_kind, of, list->field));
    PZ__TRY(pz__db_statement(call->db, list->sql, out_statement));
    pz__bind_int(*out_statement, 1, call->tenant);
    pz__bind_int(*out_statement, 2, call->as_of);
    pz__bind_int(*out_statement, 3, of);
    return PZ_OK;
}

static pz_status read(pz__call *call, const item_list *list, pz_id of, pz__rows *rows)
{
    pz__statement *statement;
    PZ__TRY(start_reading(call, list, of, &statement));
    return pz__rows_read(rows, statement);
}

static pz_status give(pz_actor *actor, const item_list *list, pz_id of, void ***out_rows, size_t *out_count)
{
    pz__rows rows;
    pz__call call;
    PZ__TRY(pz__list_start(out_rows, out_count));
    PZ__TRY(pz__call_read(&call, actor));
    pz__rows_start(&rows, list->type);
    return pz__call_end_rows(&call, read(&call, list, of, &rows), &rows, out_rows, out_count);
}

#define SEEN(t) t ".tenant_id = ?1 AND " t ".since_change <= ?2 AND " t ".until_change > ?2"

pz_status pz_item_option_list(pz_actor *actor, pz_id item, pz_item_option ***out_rows, size_t *out_count)
{
    static const item_list list = {&pz__item_option_type,
                                   "SELECT o.item_id, o.option_no, o.label, o.is_correct, o.misconception_id "
                                   "FROM item_option o WHERE " SEEN("o") " AND o.item_id = ?3 ORDER BY o.option_no",
                                   PZ_KIND_ITEM,
                                   PZ_KIND_ITEM,
                                   "item",
                                   1};
    return give(actor, &list, item, (void ***)out_rows, out_count);
}

pz_status pz_bearing_list(pz_actor *actor, pz_kind kind, pz_id of, pz_bearing ***out_rows, size_t *out_count)
{
    static const item_list of_item = {&pz__bearing_type,
                                      "SELECT b.item_id, b.competency_id, b.weight FROM item_competency b WHERE " SEEN(
                                          "b") " AND b.item_id = ?3 ORDER BY b.competency_id",
                                      PZ_KIND_ITEM,
                                      PZ_KIND_ITEM,
                                      "of",
                                      1};
    static const item_list of_assessment = {&pz__bearing_type,
                                            "SELECT b.assessment_id, b.competency_id, b.weight FROM assessment_competency b "
                                            "WHERE " SEEN("b") " AND b.assessment_id = ?3 ORDER BY b.competency_id",
                                            PZ_KIND_ASSESSMENT,
                                            PZ_KIND_ASSESSMENT,
                                            "of",
                                            1};
    PZ__TRY(pz__list_start((void ***)out_rows, out_count));
    if (!actor) return pz__fail_closed("actor");
    if (kind != PZ_KIND_ITEM && kind != PZ_KIND_ASSESSMENT)
        return pz__fail(PZ_E_INVALID, "kind", "Give PZ_KIND_ITEM or PZ_KIND_ASSESSMENT.", "Records of the kind %d bear on no competency.",
                        (int)kind);
    return give(actor, kind == PZ_KIND_ITEM ? &of_item : &of_assessment, of, (void ***)out_rows, out_count);
}

/* ---------------------------------------------------------------------------------------- searched, by page --- */

/* What is found is told by two texts of a record. */
typedef void (*texts_fn)(const void *record, pz_id *out_id, const char *out_texts[2]);

static pz_status keep_wanted(pz__statement *statement, pz__by_id *page, texts_fn texts_of, pz__rows *rows)
{
    union {
        pz_item item;
        pz_misconception misconception;
    } record;
    const char *texts[2];
    pz_status status;
    pz_id id;
    int row, wanted;
    while ((status = pz__db_step(statement, &row)) == PZ_OK && row) {
        pz__record_read(rows->type, statement, 0, &record);
        texts_of(&record, &id, texts);
        if ((status = pz__by_id_wants(page, id, texts, 2, &wanted)) != PZ_OK) break;
        if (wanted) pz__rows_add(rows, &record);
    }
    pz__db_reset(statement);
    return status;
}

static pz_status list_page(pz__call *call, const item_list *list, pz_id of, pz__by_id *page, texts_fn texts_of, void ***out_rows,
                           size_t *out_count)
{
    pz__statement *statement;
    pz__rows rows;
    pz_status status;
    PZ__TRY(start_reading(call, list, of, &statement));
    pz__rows_start(&rows, list->type);
    status = keep_wanted(statement, page, texts_of, &rows);
    if (status == PZ_OK) return pz__by_id_take(page, &rows, out_rows, out_count);
    pz__rows_free(&rows);
    return status;
}

/* Ends what pz__by_id_start() began. */
static pz_status give_page(pz_actor *actor, const item_list *list, pz_id of, pz__by_id *page, texts_fn texts_of, void ***out_rows,
                           size_t *out_count)
{
    pz__call call;
    void **rows = NULL;
    size_t count = 0;
    pz_status status = pz__call_read(&call, actor);
    if (status == PZ_OK)
        status = pz__page_end(&call, list_page(&call, list, of, page, texts_of, &rows, &count), &rows, &count, out_rows, out_count);
    pz__by_id_free(page);
    return status;
}

static void item_texts(const void *record, pz_id *out_id, const char *out_texts[2])
{
    const pz_item *item = record;
    *out_id = item->id;
    out_texts[0] = item->code;
    out_texts[1] = item->stem;
}

pz_status pz_item_list(pz_actor *actor, const pz_item_query *query, pz_item ***out_rows, size_t *out_count)
{
    static const item_list all = {&pz__item_type, "SELECT i.item_id, i.code, i.stem, i.ended FROM item i WHERE " SEEN("i") " AND ?3 = 0",
                                  PZ_KIND_ITEM,   PZ_KIND_COMPETENCY,
                                  "competency",   0};
    static const item_list of_one = {&pz__item_type,
                                     "SELECT i.item_id, i.code, i.stem, i.ended FROM item i JOIN item_competency b "
                                     "ON b.item_id = i.item_id AND " SEEN("b") " WHERE " SEEN("i") " AND b.competency_id = ?3",
                                     PZ_KIND_ITEM,
                                     PZ_KIND_COMPETENCY,
                                     "competency",
                                     0};
    pz_item_query taken;
    pz__by_id page;
    PZ__TRY(pz__list_start((void ***)out_rows, out_count));
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(pz__record_take(&pz__item_query_type, query ? query : pz__item_query_type.initial, sizeof taken, &taken));
    PZ__TRY(pz__by_id_start(&page, PZ__BY_ID_NO_OWN, taken.order, taken.after, taken.limit, taken.text, taken.text_len));
    return give_page(actor, taken.competency ? &of_one : &all, taken.competency, &page, item_texts, (void ***)out_rows, out_count);
}

static void misconception_texts(const void *record, pz_id *out_id, const char *out_texts[2])
{
    const pz_misconception *misconception = record;
    *out_id = misconception->id;
    out_texts[0] = misconception->code;
    out_texts[1] = misconception->statement;
}

pz_status pz_misconception_list(pz_actor *actor, const pz_misconception_query *query, pz_misconception ***out_rows, size_t *out_count)
{
    static const item_list list = {&pz__misconception_type,
                                   "SELECT m.misconception_id, m.competency_id, m.code, m.statement "
                                   "FROM misconception m WHERE " SEEN("m") " AND (?3 = 0 OR m.competency_id = ?3)",
                                   PZ_KIND_MISCONCEPTION,
                                   PZ_KIND_COMPETENCY,
                                   "competency",
                                   0};
    pz_misconception_query taken;
    pz__by_id page;
    PZ__TRY(pz__list_start((void ***)out_rows, out_count));
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(pz__record_take(&pz__misconception_query_type, query ? query : pz__misconception_query_type.initial, sizeof taken, &taken));
    PZ__TRY(pz__by_id_start(&page, PZ__BY_ID_NO_OWN, taken.order, taken.after, taken.limit, taken.text, taken.text_len));
    return give_page(actor, &list, taken.competency, &page, misconception_texts, (void ***)out_rows, out_count);
}
