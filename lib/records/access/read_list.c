/* pz_read_list(): the record of reads as the learner and its family see it. */
#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "records/ask.h"
#include "records/listing.h"
#include "records/types.h"
#include "records/versioned.h"
#include "store/change.h"

typedef struct read_work {
    pz__call *call;
    pz_id learner;
    pz_date from, until;
    pz__rows rows; /* one for each row on record, before they are put together */
} read_work;

/* --------------------------------------------------------------------------------------------------- reading --- */

#define COLUMNS                                                                                                                            \
    "SELECT c.at, a.person_id, s.name, c.role, c.purpose, i.kind, i.record_id, i.count, i.learner_alias IS NULL FROM change_item i "       \
    "JOIN change c ON c.tenant_id = i.tenant_id AND c.change_id = i.change_id "                                                            \
    "LEFT JOIN person_alias a ON a.tenant_id = c.tenant_id AND a.alias = c.author_alias "                                                  \
    "LEFT JOIN service s ON s.tenant_id = c.tenant_id AND s.service_id = c.service_id "

static pz_status add_rows(read_work *work, pz__statement *statement)
{
    int row;
    for (;;) {
        pz_read read = *(const pz_read *)pz__read_type.initial;
        pz_id record;
        PZ__TRY(pz__db_step(statement, &row));
        if (!row) return PZ_OK;
        read.learner = work->learner;
        read.first_at = read.last_at = pz__column_time(statement, 0);
        read.day = pz__store_date(work->call->store, read.first_at);
        if ((work->from != PZ_DATE_NONE && read.day < work->from) || (work->until != PZ_DATE_NONE && read.day > work->until)) continue;
        read.person = pz__column_int(statement, 1);
        read.service = pz__column_text(statement, 2, NULL);
        read.role = (int32_t)pz__column_int(statement, 3);
        read.purpose = pz__column_text(statement, 4, NULL);
        read.kind = (int32_t)pz__column_int(statement, 5);
        record = pz__column_int(statement, 6);
        read.times = pz__column_int(statement, 7);
        if (pz__column_int(statement, 8))
            read.class_id = record;
        else if (read.kind == PZ_KIND_PROFILE_ENTRY)
            read.section = (int32_t)record;
        pz__rows_add(&work->rows, &read);
    }
}

static pz_status read_of_learner(read_work *work)
{
    static const char sql[] = COLUMNS "WHERE i.tenant_id = ?1 AND i.learner_alias = (SELECT l.alias FROM person_alias l "
                                      "WHERE l.tenant_id = ?1 AND l.person_id = ?2) AND i.act = 4 AND i.change_id <= ?3";
    pz__statement *statement;
    pz_status status;
    PZ__TRY(pz__ask(work->call, sql, work->learner, &statement));
    status = add_rows(work, statement);
    pz__db_reset(statement);
    return status;
}

/* Of a class as a whole, while the learner was in it. */
static pz_status read_of_classes(read_work *work)
{
    static const char sql[] =
        COLUMNS "WHERE i.tenant_id = ?1 AND i.act = 4 AND i.learner_alias IS NULL AND i.change_id <= ?3 AND i.record_id IN "
                "(SELECT e.class_id FROM enrollment e WHERE e.tenant_id = ?1 AND e.person_id = ?2 AND e.role = 1) AND EXISTS "
                "(SELECT 1 FROM enrollment e WHERE e.tenant_id = ?1 AND e.class_id = i.record_id AND e.person_id = ?2 AND e.role = 1 "
                "AND e.since_change <= i.change_id AND e.until_change > i.change_id)";
    pz__statement *statement;
    pz_status status;
    PZ__TRY(pz__ask(work->call, sql, work->learner, &statement));
    status = add_rows(work, statement);
    pz__db_reset(statement);
    return status;
}

/* -------------------------------------------------------------------------------------------- putting together --- */

static int order_of(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static int order_of_text(const char *a, const char *b)
{
    return strcmp(a ? a : "", b ? b : "");
}

/* Everything but when and how often. */
static int compare_what(const pz_read *a, const pz_read *b)
{
    int order = order_of(b->day, a->day);
    if (!order) order = order_of(a->role, b->role);
    if (!order) order = order_of(a->person, b->person);
    if (!order) order = order_of_text(a->service, b->service);
    if (!order) order = order_of_text(a->purpose, b->purpose);
    if (!order) order = order_of(a->kind, b->kind);
    if (!order) order = order_of(a->section, b->section);
    return order ? order : order_of(a->class_id, b->class_id);
}

static int compare(const void *a, const void *b)
{
    const pz_read *left = *(const pz_read *const *)a, *right = *(const pz_read *const *)b;
    int order = compare_what(left, right);
    return order ? order : order_of(left->first_at, right->first_at);
}

static size_t join(pz_read **rows, size_t count)
{
    size_t kept = 0;
    if (count > 1) qsort(rows, count, sizeof *rows, compare);
    for (size_t i = 0; i < count; i++) {
        if (kept && compare_what(rows[kept - 1], rows[i]) == 0) {
            rows[kept - 1]->times += rows[i]->times;
            rows[kept - 1]->last_at = rows[i]->last_at;
        } else {
            rows[kept++] = rows[i];
        }
    }
    return kept;
}

static pz_status list(read_work *work)
{
    PZ__TRY(pz__may_person(work->call, PZ_KIND_PERSON, PZ__EXPORT, work->learner, "learner"));
    PZ__TRY(read_of_learner(work));
    PZ__TRY(read_of_classes(work));
    pz__call_read_learner(work->call, PZ_KIND_CHANGE, work->learner);
    return PZ_OK;
}

pz_status pz_read_list(pz_actor *actor, pz_id learner, pz_date from, pz_date until, pz_read ***out_rows, size_t *out_count)
{
    pz__call call;
    read_work work = {.call = &call, .learner = learner, .from = from, .until = until};
    pz_status status;
    PZ__TRY(pz__list_start((void ***)out_rows, out_count));
    if (!actor) return pz__fail_closed("actor");
    if (from != PZ_DATE_NONE && until != PZ_DATE_NONE && from > until)
        return pz__fail(PZ_E_INVALID, "until", NULL, "until is before from.");
    PZ__TRY(pz__call_read(&call, actor));
    pz__rows_start(&work.rows, &pz__read_type);
    status = list(&work);
    PZ__TRY(pz__call_end_rows(&call, status, &work.rows, (void ***)out_rows, out_count));
    *out_count = join(*out_rows, *out_count);
    return PZ_OK;
}
