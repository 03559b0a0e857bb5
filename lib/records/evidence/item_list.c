/* Lists of items, options, misconceptions and what they bear on. */
#include "base/fail.h"
#include "records/evidence/learning_tables.h"
#include "records/listing.h"
#include "records/need.h"

typedef struct item_list {
    const pz_record_type *type;
    const char *sql; /* ?1 tenant, ?2 the change that is seen, ?3 `of` */
    pz_kind kind;    /* to ask rights for */
    pz_kind of_kind; /* of `of` */
    const char *field;
    int of_is_needed;
} item_list;

static pz_status read(pz__call *call, const item_list *list, pz_id of, pz__rows *rows)
{
    pz__statement *statement;
    PZ__TRY(pz__may(call, list->kind, PZ__SEE));
    if (of || list->of_is_needed) PZ__TRY(pz__need(call, list->of_kind, of, list->field));
    PZ__TRY(pz__db_statement(call->db, list->sql, &statement));
    pz__bind_int(statement, 1, call->tenant);
    pz__bind_int(statement, 2, call->as_of);
    pz__bind_int(statement, 3, of);
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

pz_status pz_item_list(pz_actor *actor, pz_id competency, pz_item ***out_rows, size_t *out_count)
{
    static const item_list all = {&pz__item_type,
                                  "SELECT i.item_id, i.code, i.stem, i.ended FROM item i WHERE " SEEN("i") " AND ?3 = 0 "
                                                                                                           "ORDER BY i.item_id",
                                  PZ_KIND_ITEM,
                                  PZ_KIND_COMPETENCY,
                                  "competency",
                                  0};
    static const item_list of_one = {
        &pz__item_type,
        "SELECT i.item_id, i.code, i.stem, i.ended FROM item i JOIN item_competency b "
        "ON b.item_id = i.item_id AND " SEEN("b") " WHERE " SEEN("i") " AND b.competency_id = ?3 ORDER BY i.item_id",
        PZ_KIND_ITEM,
        PZ_KIND_COMPETENCY,
        "competency",
        0};
    return give(actor, competency ? &of_one : &all, competency, (void ***)out_rows, out_count);
}

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

pz_status pz_misconception_list(pz_actor *actor, pz_id competency, pz_misconception ***out_rows, size_t *out_count)
{
    static const item_list list = {&pz__misconception_type,
                                   "SELECT m.misconception_id, m.competency_id, m.code, m.statement "
                                   "FROM misconception m WHERE " SEEN("m") " AND (?3 = 0 OR m.competency_id = ?3) ORDER BY m.code",
                                   PZ_KIND_MISCONCEPTION,
                                   PZ_KIND_COMPETENCY,
                                   "competency",
                                   0};
    return give(actor, &list, competency, (void ***)out_rows, out_count);
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
