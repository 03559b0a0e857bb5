/* pz_evidence_add(): the columns checked row by row, then appended. */
#include <string.h>

#include "base/fail.h"
#include "base/map.h"
#include "base/memory.h"
#include "base/record.h"
#include "records/access/actor.h"
#include "records/access/whom.h"
#include "records/evidence/columns.h"
#include "records/evidence/predict.h"
#include "records/evidence/write.h"
#include "records/need.h"
#include "records/request.h"
#include "records/types_learning.h"

enum { MOST_ROWS = 10000000 };

/* --------------------------------------------------------------------------------------- what a caller gave --- */

static pz_status take_columns(const pz_evidence *given, pz_evidence *out)
{
    const pz_evidence initial = PZ_EVIDENCE_INIT;
    const uint32_t least = (uint32_t)(offsetof(pz_evidence, change) + sizeof given->change);
    *out = initial;
    if (!given) return pz__fail_null("evidence");
    if (given->struct_size < least)
        return pz__fail(PZ_E_STRUCT_SIZE, "struct_size", "Make the record from PZ_EVIDENCE_INIT, which sets struct_size.",
                        "struct_size of pz_evidence is %u, at least %u is needed.", (unsigned)given->struct_size, (unsigned)least);
    memcpy(out, given, least);
    if (out->rows > MOST_ROWS)
        return pz__fail(PZ_E_LIMIT, "rows", "Give it in several batches.", "%zu rows of evidence are over the limit of %d.", out->rows,
                        MOST_ROWS);
    if (out->rows == 0) return PZ_OK;
    if (!out->learner) return pz__fail_null("learner");
    if (!out->competency) return pz__fail_null("competency");
    if (!out->score) return pz__fail_null("score");
    return PZ_OK;
}

/* The request by the digests of its columns: a batch may be large. */
static void add_column(pz__buffer *request, pz_store *store, const void *column, size_t bytes)
{
    uint8_t digest[16];
    pz__request_int(request, column != NULL);
    if (!column) return;
    pz__store_digest(store, column, bytes, digest);
    pz__buffer_add(request, digest, sizeof digest);
}

static pz_status describe(const pz_evidence *e, pz_store *store, pz__buffer *request)
{
    size_t rows = e->rows;
    pz__request_text(request, "pz_evidence", PZ_NUL_TERMINATED);
    pz__request_int(request, (int64_t)rows);
    add_column(request, store, e->learner, rows * sizeof *e->learner);
    add_column(request, store, e->competency, rows * sizeof *e->competency);
    add_column(request, store, e->score, rows * sizeof *e->score);
    add_column(request, store, e->at, rows * sizeof *e->at);
    add_column(request, store, e->weight, rows * sizeof *e->weight);
    add_column(request, store, e->kind, rows * sizeof *e->kind);
    add_column(request, store, e->assessment, rows * sizeof *e->assessment);
    add_column(request, store, e->item, rows * sizeof *e->item);
    add_column(request, store, e->option, rows * sizeof *e->option);
    return request->status == PZ_OK ? PZ_OK : pz__fail_memory();
}

/* ------------------------------------------------------------------------------------------------- numbers --- */

static pz_status fail_row(const char *field, size_t row, const char *what)
{
    return pz__fail(PZ_E_INVALID, field, "Mend the row and give the whole batch again; nothing was written.", "Row %zu: %s", row, what);
}

static void take_row(const pz_evidence *e, size_t i, pz_time now, pz__evidence_row *row)
{
    row->learner = e->learner[i];
    row->competency = e->competency[i];
    row->score = e->score[i];
    row->at = e->at ? e->at[i] : now;
    row->weight = e->weight ? e->weight[i] : 1;
    row->kind = e->kind ? e->kind[i] : PZ_EVIDENCE_RESPONSE;
    row->assessment = e->assessment ? e->assessment[i] : 0;
    row->item = e->item ? e->item[i] : 0;
    row->option = e->option ? e->option[i] : 0;
    row->sequence = 0;
}

static pz_status check_row(const pz__evidence_row *row, size_t i)
{
    if (!(row->score >= 0 && row->score <= 1)) return fail_row("score", i, "the score must be from 0 to 1.");
    if (!(row->weight > 0 && row->weight <= 1)) return fail_row("weight", i, "the weight must be above 0, up to 1.");
    if (row->at == PZ_TIME_NONE) return fail_row("at", i, "the time is missing.");
    if (row->kind < PZ_EVIDENCE_RESPONSE || row->kind > PZ_EVIDENCE_PEER) return fail_row("kind", i, "there is no such kind of evidence.");
    if (row->option < 0) return fail_row("option", i, "the number of the option must be 1 or more, or 0 for none.");
    if (row->option && !row->item) return fail_row("option", i, "an option is chosen of an item, but no item is named.");
    return PZ_OK;
}

/* ---------------------------------------------------------------------------------------- what is named --- */

/* Ids that were found; each is looked for once. Files name the same one in a row, so the last is kept at hand. */
typedef struct known_ids {
    pz__map *map;
    pz_id last;
} known_ids;

typedef struct known_records {
    known_ids learners, competencies, assessments, items;
} known_records;

static pz_status start_known(known_records *known)
{
    memset(known, 0, sizeof *known);
    PZ__TRY(pz__map_new(&known->learners.map));
    PZ__TRY(pz__map_new(&known->competencies.map));
    PZ__TRY(pz__map_new(&known->assessments.map));
    return pz__map_new(&known->items.map);
}

static void free_known(known_records *known)
{
    pz__map_free(known->learners.map);
    pz__map_free(known->competencies.map);
    pz__map_free(known->assessments.map);
    pz__map_free(known->items.map);
}

static pz_status fail_missing(const char *field, size_t row, pz_id id)
{
    return pz__fail(PZ_E_NOT_FOUND, field, "Mend the row and give the whole batch again; nothing was written.",
                    "Row %zu: there is no %s %lld in reach.", row, field, (long long)id);
}

static pz_status find_learner(pz__call *call, pz_id id, size_t row)
{
    pz_status status = pz__may_learner(call, PZ_KIND_EVIDENCE, PZ__WRITE, id, "learner");
    return status == PZ_E_NOT_FOUND ? fail_missing("learner", row, id) : status;
}

static pz_status find_record(pz__call *call, pz_kind kind, pz_id id, const char *field, size_t row)
{
    int exists;
    PZ__TRY(pz__exists(call, kind, id, &exists));
    return exists ? PZ_OK : fail_missing(field, row, id);
}

/* An assessment of a class is there for those who reach the class. */
static pz_status find_assessment(pz__call *call, pz_id id, size_t row)
{
    static const char sql[] = "SELECT class_id FROM assessment WHERE tenant_id = ?1 AND assessment_id = ?3 AND since_change <= ?2 "
                              "AND until_change > ?2";
    pz__reach classes;
    pz_id *class_ids;
    size_t count;
    int found;
    PZ__TRY(pz__reach_classes(call, &classes));
    PZ__TRY(pz__ids_read(call, sql, id, &class_ids, &count));
    found = count && (class_ids[0] == 0 || pz__reach_has(&classes, class_ids[0]));
    pz__release(class_ids);
    return found ? PZ_OK : fail_missing("assessment", row, id);
}

static pz_status find(pz__call *call, pz_kind kind, pz_id id, const char *field, size_t row)
{
    if (kind == PZ_KIND_PERSON) return find_learner(call, id, row);
    if (kind == PZ_KIND_ASSESSMENT) return find_assessment(call, id, row);
    return find_record(call, kind, id, field, row);
}

static pz_status look(known_ids *ids, pz__call *call, pz_kind kind, pz_id id, const char *field, size_t row)
{
    if (id == ids->last) return PZ_OK;
    if (!pz__map_get(ids->map, id, NULL)) {
        PZ__TRY(find(call, kind, id, field, row));
        PZ__TRY(pz__map_put(ids->map, id, 1));
    }
    ids->last = id;
    return PZ_OK;
}

static pz_status check_names(pz__call *call, known_records *known, const pz__evidence_row *row, size_t i)
{
    if (!row->learner) return fail_missing("learner", i, 0);
    if (!row->competency) return fail_missing("competency", i, 0);
    PZ__TRY(look(&known->learners, call, PZ_KIND_PERSON, row->learner, "learner", i));
    PZ__TRY(look(&known->competencies, call, PZ_KIND_COMPETENCY, row->competency, "competency", i));
    if (row->assessment) PZ__TRY(look(&known->assessments, call, PZ_KIND_ASSESSMENT, row->assessment, "assessment", i));
    if (row->item) PZ__TRY(look(&known->items, call, PZ_KIND_ITEM, row->item, "item", i));
    return PZ_OK;
}

static pz_status check_rows(pz__call *call, const pz_evidence *e, known_records *known, pz__evidence_row *rows)
{
    pz_time now = pz__change_time(call->change);
    for (size_t i = 0; i < e->rows; i++) {
        take_row(e, i, now, &rows[i]);
        PZ__TRY(check_row(&rows[i], i));
        PZ__TRY(check_names(call, known, &rows[i], i));
    }
    return PZ_OK;
}

static pz_status add_rows(pz__call *call, const pz_evidence *e, pz__evidence_row *rows, double *predictions, pz_evidence_summary *summary)
{
    known_records known;
    pz_status status = start_known(&known);
    if (status == PZ_OK) status = check_rows(call, e, &known, rows);
    free_known(&known);
    return status == PZ_OK ? pz__evidence_append_predicted(call, rows, e->rows, predictions, summary) : status;
}

static pz_status add(pz__call *call, const pz_evidence *e, double *predictions, pz_evidence_summary *summary)
{
    pz__evidence_row *rows;
    pz_status status;
    PZ__TRY(pz__may(call, PZ_KIND_EVIDENCE, PZ__WRITE));
    rows = pz__alloc((e->rows ? e->rows : 1) * sizeof *rows);
    if (!rows) return pz__fail_memory();
    status = add_rows(call, e, rows, predictions, summary);
    pz__release(rows);
    if (status != PZ_OK) return status;
    pz__change_add_result(call->change, summary->rows);
    pz__change_add_result(call->change, summary->learners);
    pz__change_add_result(call->change, summary->states);
    pz__change_add_result(call->change, summary->first_sequence);
    pz__change_add_result(call->change, summary->change);
    return PZ_OK;
}

static void take_results(const pz__change *change, pz_evidence_summary *summary)
{
    summary->rows = pz__change_result_at(change, 0);
    summary->learners = pz__change_result_at(change, 1);
    summary->states = pz__change_result_at(change, 2);
    summary->first_sequence = pz__change_result_at(change, 3);
    summary->change = pz__change_result_at(change, 4);
}

/* ---------------------------------------------------------------------------------------------- predictions --- */

static pz_status time_of_change(pz__call *call, int64_t change, pz_time *out_time)
{
    static const char sql[] = "SELECT at FROM change WHERE tenant_id = ?1 AND change_id = ?2";
    pz__statement *statement;
    pz_status status;
    int row;
    *out_time = PZ_TIME_NONE;
    PZ__TRY(pz__db_statement(call->db, sql, &statement));
    pz__bind_int(statement, 1, call->tenant);
    pz__bind_int(statement, 2, change);
    status = pz__db_step(statement, &row);
    if (status == PZ_OK && row) *out_time = pz__column_time(statement, 0);
    pz__db_reset(statement);
    return status;
}

/* Pairs in the order in which the batch names them; each is gone through once. */
static pz_status predict_pairs(pz__call *then, pz__rules *rules, const pz_evidence *e, int64_t first_sequence, double *predictions)
{
    for (size_t i = 0; i < e->rows; i++) {
        const pz__rule *rule = pz__rules_for(rules, e->learner[i], e->competency[i]);
        if (!isnan(predictions[i])) continue;
        PZ__TRY(pz__evidence_predict(then, rule, e->learner[i], e->competency[i], first_sequence, predictions, e->rows));
    }
    return PZ_OK;
}

/* What the batch's own change knew: rules, roster and corrections of later have no part in it. */
static pz_status predict_again(pz__call *call, const pz_evidence *e, const pz_evidence_summary *summary, double *predictions)
{
    pz__call then = *call;
    pz__rules *rules;
    pz_time at;
    pz_status status;
    if (e->rows == 0) return PZ_OK;
    PZ__TRY(time_of_change(call, summary->change, &at));
    then.as_of = summary->change;
    then.is_past = 1;
    then.today = pz__store_date(call->store, at);
    PZ__TRY(pz__rules_load(&then, &rules));
    status = predict_pairs(&then, rules, e, summary->first_sequence, predictions);
    pz__rules_free(rules);
    return status;
}

/* The batch as it is stored. */
static void fill_columns(const pz_evidence *e, const pz_evidence_summary *summary, pz_time now, const pz__evidence_columns *out)
{
    for (size_t i = 0; i < e->rows; i++) {
        pz__evidence_row row;
        take_row(e, i, now, &row);
        out->learner[i] = row.learner;
        out->competency[i] = row.competency;
        out->at[i] = row.at;
        out->assessment[i] = row.assessment;
        out->item[i] = row.item;
        out->sequence[i] = summary->first_sequence + (int64_t)i;
        out->change[i] = summary->change;
        out->score[i] = row.score;
        out->weight[i] = row.weight;
        out->kind[i] = row.kind;
        out->option[i] = row.option;
    }
}

static pz_status give_columns(pz__call *call, const pz_evidence *e, const pz_evidence_summary *summary, const pz__evidence_columns *out)
{
    pz_time now = pz__change_time(call->change);
    if (call->repeated && e->rows) {
        PZ__TRY(predict_again(call, e, summary, out->prediction));
        PZ__TRY(time_of_change(call, summary->change, &now));
    }
    fill_columns(e, summary, now, out);
    return PZ_OK;
}

/* ---------------------------------------------------------------------------------------------------- calls --- */

static pz_status write(pz_actor *actor, const pz_evidence *e, const char *key, const pz__buffer *request, const pz__evidence_columns *out,
                       pz_evidence_summary *summary)
{
    pz__call call;
    pz_status status = PZ_OK;
    PZ__TRY(pz__call_write(&call, actor, "evidence.add", key, request->data, request->length));
    if (call.repeated)
        take_results(call.change, summary);
    else
        status = add(&call, e, out ? out->prediction : NULL, summary);
    if (status == PZ_OK && out) status = give_columns(&call, e, summary, out);
    return pz__call_end(&call, status);
}

static pz_status describe_and_write(pz_actor *actor, const pz_evidence *e, const char *key, const pz__evidence_columns *out,
                                    pz_evidence_summary *summary)
{
    pz__buffer request = PZ__BUFFER_INIT;
    pz_status status = key ? describe(e, actor->store, &request) : PZ_OK;
    if (status == PZ_OK) status = write(actor, e, key, &request, out, summary);
    pz__buffer_free(&request);
    return status;
}

pz_status pz_evidence_add(pz_actor *actor, const pz_evidence *evidence, const char *key, pz_evidence_summary **out_summary)
{
    pz_evidence taken;
    pz_evidence_summary *summary;
    pz_status status;
    if (out_summary) *out_summary = NULL;
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(take_columns(evidence, &taken));
    summary = pz__alloc_zero(1, sizeof *summary);
    if (!summary) return pz__fail_memory();
    summary->struct_size = sizeof *summary;
    status = describe_and_write(actor, &taken, key, NULL, summary);
    if (status == PZ_OK && out_summary)
        *out_summary = summary;
    else
        pz__release(summary);
    return status;
}

pz_status pz_evidence_add_predicted(pz_actor *actor, const pz_evidence *evidence, const char *key, pz_evidence **out_stored)
{
    pz_evidence taken;
    pz_evidence_summary summary = {sizeof summary, 0, 0, 0, 0, 0};
    pz__evidence_columns columns;
    pz_status status;
    if (!out_stored) return pz__fail_null("out_stored");
    *out_stored = NULL;
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(take_columns(evidence, &taken));
    PZ__TRY(pz__evidence_columns_new(taken.rows, 1, &columns));
    for (size_t i = 0; i < taken.rows; i++) columns.prediction[i] = PZ_REAL_NONE;
    status = describe_and_write(actor, &taken, key, &columns, &summary);
    if (status == PZ_OK)
        *out_stored = columns.evidence;
    else
        pz_free(columns.evidence);
    return status;
}
