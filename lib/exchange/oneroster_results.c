/* Results become evidence: a row for each competency that the result, or its line item, names. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "exchange/oneroster_grades.h"

enum { BATCH_ROWS = 65536 };
enum { STATUS_FULLY_GRADED = 1 }; /* place among the values of scoreStatus */

static const char corrected[] = "The roster's result changed.";
static const char withdrawn[] = "The roster no longer lists the result.";

/* Outside id of a row of a batch. */
typedef struct outside {
    size_t text, length;
} outside;

/* New evidence that waits to be appended, and what no evidence was made of. */
struct pz__or_batch {
    pz__evidence_row *rows;
    outside *outsides;
    size_t count;
    pz__buffer texts;
    int64_t without_competency, without_score, without_range;
};

/* ------------------------------------------------------------------------------------------- stored evidence --- */

static void read_evidence(pz__statement *statement, pz__evidence_row *row)
{
    memset(row, 0, sizeof *row);
    row->learner = pz__column_int(statement, 0);
    row->competency = pz__column_int(statement, 1);
    row->at = pz__column_int(statement, 2);
    row->sequence = pz__column_int(statement, 3);
    row->score = pz__column_real(statement, 4);
    row->weight = pz__column_real(statement, 5);
    row->kind = (int32_t)pz__column_int(statement, 6);
    row->assessment = pz__column_int(statement, 7);
}

/* Results that a bulk archive covers and no longer lists: one pass over the evidence that came from results and still stands. */
pz_status pz__or_load_evidence(pz__or_writer *writer)
{
    static const char sql[] =
        "SELECT e.learner_id, e.competency_id, e.at, e.sequence, e.score, e.weight, e.kind, e.assessment_id FROM evidence e "
        "WHERE e.tenant_id = ?1 AND e.kind = ?2 AND e.assessment_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM evidence_fix f "
        "WHERE f.tenant_id = e.tenant_id AND f.learner_id = e.learner_id AND f.competency_id = e.competency_id AND f.at = e.at "
        "AND f.sequence = e.sequence AND f.score IS NULL AND f.change_id = (SELECT max(g.change_id) FROM evidence_fix g "
        "WHERE g.tenant_id = f.tenant_id AND g.learner_id = f.learner_id AND g.competency_id = f.competency_id AND g.at = f.at "
        "AND g.sequence = f.sequence))";
    pz__map *places;
    pz__statement *statement;
    pz_status status;
    int row;
    if (writer->evidence.count == 0 || writer->roster->modes[PZ__OR_RESULTS] == PZ__OR_ABSENT) return PZ_OK;
    PZ__TRY(pz__map_new(&places));
    status = pz__db_statement(writer->call->db, sql, &statement);
    for (size_t i = 0; i < writer->evidence.count && status == PZ_OK; i++)
        status = pz__map_put(places, writer->evidence.ids[i], (int64_t)i);
    pz__bind_int(statement, 1, writer->call->tenant);
    pz__bind_int(statement, 2, PZ_EVIDENCE_RESULT);
    if (status == PZ_OK) {
        PZ__OR_ROWS(statement, status, row)
        {
            pz__or_stored_evidence stored;
            int64_t line_item;
            read_evidence(statement, &stored.row);
            if (!pz__map_get(places, stored.row.sequence, &stored.place)) continue;
            if (!pz__map_get(writer->places[PZ__OR_LINE_ITEMS], stored.row.assessment, &line_item)) continue;
            stored.is_covered = (writer->roster->ids[PZ__OR_LINE_ITEMS].flags[line_item] & PZ__ID_COVERED) != 0;
            status = pz__reserve((void **)&writer->stored_evidence, &writer->stored_evidence_capacity, writer->stored_evidence_count + 1,
                                 sizeof stored);
            if (status) break;
            writer->stored_evidence[writer->stored_evidence_count++] = stored;
        }
    }
    pz__db_reset(statement);
    pz__map_free(places);
    return status;
}

/* ------------------------------------------------------------------------------------------------------- results --- */

/* The share of what could be reached: by the range of the line item; without one, a score from 0 to 1 is a share, and of another nobody knows. */
static int scale_score(const pz__or_range *range, double score, double *out_share)
{
    double min = isnan(range->min) ? 0 : range->min;
    if (isnan(range->max)) {
        *out_share = score;
        return score >= 0 && score <= 1;
    }
    *out_share = (score - min) / (range->max - min);
    if (*out_share < 0) *out_share = 0;
    if (*out_share > 1) *out_share = 1;
    return range->max > min;
}

/* A line item that an earlier import brought. */
static pz_status stored_range(pz__or_writer *writer, pz_id assessment, pz__or_range *out_range)
{
    static const char sql[] =
        "SELECT score_min, score_max FROM assessment WHERE tenant_id = ?1 AND assessment_id = ?2 AND until_change = ?3";
    pz__statement *statement;
    pz_status status;
    int row;
    PZ__TRY(pz__db_statement(writer->call->db, sql, &statement));
    pz__bind_int(statement, 1, writer->call->tenant);
    pz__bind_int(statement, 2, assessment);
    pz__bind_int(statement, 3, PZ__CURRENT);
    status = pz__db_step(statement, &row);
    if (row) {
        out_range->min = pz__column_real(statement, 0);
        out_range->max = pz__column_real(statement, 1);
    }
    pz__db_reset(statement);
    return status;
}

static pz_status flush(pz__or_writer *writer)
{
    struct pz__or_batch *batch = writer->batch;
    pz_evidence_summary summary;
    if (batch->texts.status) return pz__fail_memory();
    if (writer->call->change && batch->count) {
        PZ__TRY(pz__evidence_append(writer->call, batch->rows, batch->count, &summary));
        for (size_t i = 0; i < batch->count; i++)
            PZ__TRY(pz__or_put_outside(writer, PZ_KIND_EVIDENCE, batch->texts.data + batch->outsides[i].text, batch->outsides[i].length,
                                       batch->rows[i].sequence));
    }
    batch->count = 0;
    pz__buffer_clear(&batch->texts);
    return PZ_OK;
}

/* Evidence that is stored: corrected where the score differs, taken back in where it had been withdrawn. */
static pz_status correct(pz__or_writer *writer, const pz__evidence_row *row, int64_t place)
{
    pz__evidence_row stored;
    pz__outcome outcome;
    int64_t sequence = writer->evidence.ids[place];
    int found;
    writer->evidence.flags[place] |= PZ__ID_LISTED;
    PZ__TRY(pz__evidence_find(writer->call, row->learner, row->competency, sequence, &stored, &found));
    if (!found) {
        stored = *row;
        stored.sequence = sequence;
        stored.score = PZ_REAL_NONE;
    }
    PZ__TRY(pz__evidence_fix(writer->call, &stored, row->score, row->weight, corrected, sizeof corrected - 1, &outcome));
    pz__or_count(pz__import_difference(writer->roster->import, "results"), outcome);
    return PZ_OK;
}

static pz_status add_evidence(pz__or_writer *writer, const pz__evidence_row *row, const pz__or_value *result, const char *date)
{
    struct pz__or_batch *batch = writer->batch;
    outside *next = &batch->outsides[batch->count];
    char second[64], text[256];
    size_t length;
    int64_t place;
    int second_length = snprintf(second, sizeof second, "%lld %s", (long long)row->competency, date);
    length = pz__or_joined_id(writer, result->text, result->length, second, (size_t)second_length, text);
    place = pz__id_register_find(&writer->evidence, text, length);
    if (place >= 0) return correct(writer, row, place);
    pz__or_count(pz__import_difference(writer->roster->import, "results"), PZ__NEW);
    next->text = batch->texts.length;
    next->length = length;
    pz__buffer_add(&batch->texts, text, length);
    batch->rows[batch->count++] = *row;
    return batch->count == BATCH_ROWS ? flush(writer) : PZ_OK;
}

/* The competencies of a result: its own with their scores, then those of its line item that it does not name. */
static pz_status gather(pz__or_writer *writer, int64_t result, int64_t line_item, pz_id assessment, pz__or_objective *out,
                        size_t *out_count)
{
    struct pz__or_grades *grades = writer->grades;
    pz_id stored[PZ__OR_MOST_OBJECTIVES];
    size_t count = 0, stored_count = 0;
    for (size_t i = pz__or_objectives_first(&grades->of_results, result);
         i < grades->of_results.count && grades->of_results.rows[i].of == result; i++)
        if (count < PZ__OR_MOST_OBJECTIVES && (count == 0 || out[count - 1].competency != grades->of_results.rows[i].competency))
            out[count++] = grades->of_results.rows[i];
    if (writer->roster->modes[PZ__OR_LINE_ITEM_OBJECTIVES] != PZ__OR_BULK) {
        PZ__TRY(pz__or_stored_bearings(writer, assessment, stored, &stored_count));
    }
    for (size_t i = pz__or_objectives_first(&grades->of_line_items, line_item);
         i < grades->of_line_items.count && grades->of_line_items.rows[i].of == line_item; i++)
        if (stored_count < PZ__OR_MOST_OBJECTIVES) stored[stored_count++] = grades->of_line_items.rows[i].competency;
    for (size_t i = 0; i < stored_count; i++) {
        size_t k = 0;
        while (k < count && out[k].competency != stored[i]) k++;
        if (k < count || count == PZ__OR_MOST_OBJECTIVES) continue;
        out[count].of = result;
        out[count].competency = stored[i];
        out[count++].score = PZ_REAL_NONE;
    }
    *out_count = count;
    return PZ_OK;
}

static int is_graded(const pz__or_value *status)
{
    return !status->is_set || status->number < 0 || status->number == STATUS_FULLY_GRADED;
}

static pz_status write_result(pz__or_writer *writer, const pz__or_row *row, int64_t place)
{
    struct pz__or_batch *batch = writer->batch;
    const pz__or_value *values = row->values, *of = &values[PZ__RESULT_LINE_ITEM];
    int64_t line_item = pz__id_register_find(&writer->roster->ids[PZ__OR_LINE_ITEMS], of->text, of->length);
    pz__evidence_row evidence = {0};
    pz__or_range range = {PZ_REAL_NONE, PZ_REAL_NONE};
    pz__or_objective objectives_of[PZ__OR_MOST_OBJECTIVES];
    size_t count;
    char date[11];
    evidence.learner = pz__or_target(writer, PZ__OR_USERS, &values[PZ__RESULT_STUDENT]);
    evidence.assessment = line_item < 0 ? 0 : writer->roster->ids[PZ__OR_LINE_ITEMS].ids[line_item];
    if (!evidence.learner || !evidence.assessment || !is_graded(&values[PZ__RESULT_STATUS])) return PZ_OK;
    if (writer->roster->ids[PZ__OR_LINE_ITEMS].flags[line_item] & PZ__ID_LISTED)
        range = writer->roster->ranges[line_item];
    else
        PZ__TRY(stored_range(writer, evidence.assessment, &range));
    PZ__TRY(gather(writer, place, line_item, evidence.assessment, objectives_of, &count));
    PZ__TRY(pz_date_format((pz_date)values[PZ__RESULT_DATE].number, date, sizeof date));
    evidence.at = pz__store_day_start(writer->call->store, (pz_date)values[PZ__RESULT_DATE].number);
    evidence.weight = 1;
    evidence.kind = PZ_EVIDENCE_RESULT;
    batch->without_competency += count == 0;
    for (size_t i = 0; i < count; i++) {
        double score =
            isnan(objectives_of[i].score) && values[PZ__RESULT_SCORE].is_set ? values[PZ__RESULT_SCORE].real : objectives_of[i].score;
        if (isnan(score)) {
            batch->without_score++;
        } else if (!scale_score(&range, score, &evidence.score)) {
            batch->without_range++;
        } else {
            evidence.competency = objectives_of[i].competency;
            PZ__TRY(add_evidence(writer, &evidence, &values[PZ__OR_SOURCED_ID], date));
        }
    }
    return PZ_OK;
}

/* What stands in the store and was not found again: of results that this archive lists (then something about them changed), that it
 * deletes, or that it covers and does not list any more. */
static pz_status withdraw_gone(pz__or_writer *writer)
{
    pz__difference *difference = pz__import_difference(writer->roster->import, "results");
    for (size_t i = 0; i < writer->stored_evidence_count; i++) {
        const pz__or_stored_evidence *stored = &writer->stored_evidence[i];
        int64_t result = writer->evidence_results[stored->place];
        int is_listed = result >= 0 && (writer->roster->ids[PZ__OR_RESULTS].flags[result] & PZ__ID_LISTED);
        int is_kept = result >= 0 && (writer->roster->ids[PZ__OR_RESULTS].flags[result] & PZ__ID_LEFT_OUT);
        pz__outcome outcome;
        if ((writer->evidence.flags[stored->place] & PZ__ID_LISTED) || is_kept) continue;
        if (!is_listed && !(stored->is_covered && writer->roster->modes[PZ__OR_RESULTS] == PZ__OR_BULK)) continue;
        PZ__TRY(pz__evidence_fix(writer->call, &stored->row, PZ_REAL_NONE, stored->row.weight, withdrawn, sizeof withdrawn - 1, &outcome));
        difference->gone += outcome != PZ__SAME;
    }
    return PZ_OK;
}
static void count_left(pz__or_writer *writer, const char *name, int64_t value)
{
    if (value) pz__import_count(writer->roster->import, name, value);
}

static pz_status write_batch(pz__or_writer *writer)
{
    struct pz__or_batch *batch = writer->batch;
    batch->rows = pz__alloc(BATCH_ROWS * sizeof *batch->rows);
    batch->outsides = pz__alloc(BATCH_ROWS * sizeof *batch->outsides);
    if (!batch->rows || !batch->outsides) return pz__fail_memory();
    PZ__TRY(pz__or_each_row(writer, PZ__OR_RESULTS, write_result));
    PZ__TRY(flush(writer));
    PZ__TRY(withdraw_gone(writer));
    count_left(writer, "results_without_competency", batch->without_competency);
    count_left(writer, "results_without_score", batch->without_score);
    count_left(writer, "results_without_range", batch->without_range);
    return PZ_OK;
}

pz_status pz__or_write_results(pz__or_writer *writer)
{
    struct pz__or_batch batch;
    pz_status status;
    if (writer->roster->modes[PZ__OR_RESULTS] == PZ__OR_ABSENT) return PZ_OK;
    pz__or_objectives_sort(&writer->grades->of_results);
    memset(&batch, 0, sizeof batch);
    writer->batch = &batch;
    status = write_batch(writer);
    writer->batch = NULL;
    pz__release(batch.rows);
    pz__release(batch.outsides);
    pz__buffer_free(&batch.texts);
    return status;
}
