/* Line items become assessments, results become evidence: a row for each competency that the result, or its line item, names. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "exchange/competency_ids.h"
#include "exchange/oneroster_write.h"
#include "records/learning_tables.h"

enum { BATCH_ROWS = 65536, MOST_OF_ONE = 256 };
enum { STATUS_FULLY_GRADED = 1 }; /* place among the values of scoreStatus */

static const char corrected[] = "The roster's result changed.";
static const char withdrawn[] = "The roster no longer lists the result.";

/* A competency that a line item or a result names; score NaN where it has none of its own. */
typedef struct objective {
    int64_t of; /* place of the line item or result */
    pz_id competency;
    double score;
} objective;

typedef struct objectives {
    objective *rows;
    size_t count, capacity;
} objectives;

/* Outside id of a row of a batch. */
typedef struct outside {
    size_t text, length;
} outside;

struct pz__or_grades {
    pz__competency_ids competencies;
    char **categories; /* titles by place */
    size_t category_count;
    objectives of_line_items, of_results;
    pz__evidence_row *batch;
    outside *outsides;
    size_t batch_count;
    pz__buffer texts;
    int64_t without_competency, without_score, without_range;
};

/* --------------------------------------------------------------------------------------------------------- lists --- */

static int by_owner(const void *a, const void *b)
{
    const objective *x = a, *y = b;
    if (x->of != y->of) return x->of < y->of ? -1 : 1;
    return x->competency < y->competency ? -1 : x->competency > y->competency;
}

/* The first of an owner's objectives; they are sorted. */
static size_t first_of(const objectives *list, int64_t of)
{
    size_t low = 0, high = list->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (list->rows[middle].of < of)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static pz_status add_objective(objectives *list, int64_t of, pz_id competency, double score)
{
    objective row = {of, competency, score};
    PZ__TRY(pz__reserve((void **)&list->rows, &list->capacity, list->count + 1, sizeof row));
    list->rows[list->count++] = row;
    return PZ_OK;
}

/* An identifier that the store does not know yet gets a competency without a framework; the framework fills it when it comes. */
static pz_status make_competency(pz__or_writer *writer, const char *text, size_t length, pz_id *out_id)
{
    pz_competency competency = PZ_COMPETENCY_INIT;
    pz__outcome outcome;
    PZ__TRY(pz__or_take_ids(writer, 1, &competency.id));
    competency.statement = text;
    competency.statement_len = length;
    PZ__TRY(pz__competency_write(writer->call, &competency, &outcome));
    pz__or_count(pz__import_difference(writer->roster->import, "competencies"), outcome);
    PZ__TRY(pz__or_put_outside(writer, PZ_KIND_COMPETENCY, text, length, competency.id));
    *out_id = competency.id;
    return pz__competency_ids_put(&writer->grades->competencies, text, length, competency.id);
}

/* 0 where the row names no competency of CASE. */
static pz_status find_competency(pz__or_writer *writer, const pz__or_row *row, pz_id *out_id)
{
    const pz__or_value *source = &row->values[PZ__OBJECTIVE_SOURCE], *id = &row->values[PZ__OBJECTIVE_ID];
    const char *text;
    size_t length;
    int ambiguous;
    *out_id = 0;
    if (!source->is_set || source->number != 0) return PZ_OK;
    pz__or_case_id(id->text, id->length, &text, &length);
    PZ__TRY(pz__competency_ids_find(&writer->grades->competencies, text, length, out_id, &ambiguous));
    if (*out_id || ambiguous || length > (size_t)pz_limit(PZ_LIMIT_ID_TEXT)) return PZ_OK;
    return make_competency(writer, text, length, out_id);
}

/* ----------------------------------------------------------------------------------------------------- line items --- */

static pz_status keep_category(pz__or_writer *writer, const pz__or_row *row, int64_t place)
{
    const pz__or_value *title = &row->values[PZ__CATEGORY_TITLE];
    if (!title->is_set || (size_t)place >= writer->grades->category_count) return PZ_OK;
    writer->grades->categories[place] = pz__copy_text(title->text, title->length);
    return writer->grades->categories[place] ? PZ_OK : pz__fail_memory();
}

static pz_status read_categories(pz__or_writer *writer)
{
    size_t count = writer->roster->ids[PZ__OR_CATEGORIES].count;
    writer->grades->categories = pz__alloc_zero(count + 1, sizeof(char *));
    if (!writer->grades->categories) return pz__fail_memory();
    writer->grades->category_count = count;
    return pz__or_each_row(writer, PZ__OR_CATEGORIES, keep_category);
}

static pz_status write_line_item(pz__or_writer *writer, const pz__or_row *row, int64_t place)
{
    pz_assessment assessment = PZ_ASSESSMENT_INIT;
    const pz__or_value *values = row->values, *id = &values[PZ__OR_SOURCED_ID], *category = &values[PZ__LINE_ITEM_CATEGORY];
    const pz__id_register *ids = &writer->roster->ids[PZ__OR_LINE_ITEMS];
    int64_t category_place =
        category->is_set ? pz__id_register_find(&writer->roster->ids[PZ__OR_CATEGORIES], category->text, category->length) : -1;
    pz__outcome outcome;
    assessment.id = ids->ids[place];
    assessment.class_id = pz__or_target(writer, PZ__OR_CLASSES, &values[PZ__LINE_ITEM_CLASS]);
    assessment.org = pz__or_target(writer, PZ__OR_ORGS, &values[PZ__LINE_ITEM_SCHOOL]);
    pz__or_set_text(&values[PZ__LINE_ITEM_TITLE], &assessment.title, &assessment.title_len);
    if (category_place >= 0 && (size_t)category_place < writer->grades->category_count)
        assessment.category = writer->grades->categories[category_place];
    assessment.category_len = assessment.category ? strlen(assessment.category) : 0;
    assessment.held_on = values[PZ__LINE_ITEM_ASSIGNED].is_set ? (pz_date)values[PZ__LINE_ITEM_ASSIGNED].number : PZ_DATE_NONE;
    assessment.due_on = values[PZ__LINE_ITEM_DUE].is_set ? (pz_date)values[PZ__LINE_ITEM_DUE].number : PZ_DATE_NONE;
    assessment.score_min = writer->roster->ranges[place].min;
    assessment.score_max = writer->roster->ranges[place].max;
    PZ__TRY(pz__assessment_write(writer->call, &assessment, &outcome));
    pz__or_count(pz__import_difference(writer->roster->import, "lineItems"), outcome);
    if (ids->flags[place] & PZ__ID_STORED) return PZ_OK;
    return pz__or_put_outside(writer, PZ_KIND_ASSESSMENT, id->text, id->length, assessment.id);
}

static pz_status write_line_item_objective(pz__or_writer *writer, const pz__or_row *row, int64_t place)
{
    const pz__or_value *of = &row->values[PZ__OBJECTIVE_OF];
    int64_t line_item = pz__id_register_find(&writer->roster->ids[PZ__OR_LINE_ITEMS], of->text, of->length);
    pz_bearing bearing = PZ_BEARING_INIT;
    pz__outcome outcome;
    (void)place;
    PZ__TRY(find_competency(writer, row, &bearing.competency));
    bearing.of = line_item < 0 ? 0 : writer->roster->ids[PZ__OR_LINE_ITEMS].ids[line_item];
    if (!bearing.competency || !bearing.of) return PZ_OK;
    PZ__TRY(pz__bearing_write(writer->call, PZ_KIND_ASSESSMENT, &bearing, &outcome));
    pz__or_count(pz__import_difference(writer->roster->import, "lineItemLearningObjectiveIds"), outcome);
    return add_objective(&writer->grades->of_line_items, line_item, bearing.competency, PZ_REAL_NONE);
}

static pz_status read_result_objective(pz__or_writer *writer, const pz__or_row *row, int64_t place)
{
    const pz__or_value *of = &row->values[PZ__OBJECTIVE_OF], *score = &row->values[PZ__OBJECTIVE_SCORE];
    int64_t result = pz__id_register_find(&writer->roster->ids[PZ__OR_RESULTS], of->text, of->length);
    pz_id competency;
    (void)place;
    PZ__TRY(find_competency(writer, row, &competency));
    if (!competency || result < 0) return PZ_OK;
    return add_objective(&writer->grades->of_results, result, competency, score->is_set ? score->real : PZ_REAL_NONE);
}

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

static pz_status stored_bearings(pz__or_writer *writer, pz_id assessment, pz_id *out, size_t *out_count)
{
    static const char sql[] =
        "SELECT competency_id FROM assessment_competency WHERE tenant_id = ?1 AND assessment_id = ?2 AND until_change = ?3";
    pz__statement *statement;
    pz_status status;
    int row;
    *out_count = 0;
    PZ__TRY(pz__db_statement(writer->call->db, sql, &statement));
    pz__bind_int(statement, 1, writer->call->tenant);
    pz__bind_int(statement, 2, assessment);
    pz__bind_int(statement, 3, PZ__CURRENT);
    PZ__OR_ROWS(statement, status, row)
    {
        if (*out_count < MOST_OF_ONE) out[(*out_count)++] = pz__column_int(statement, 0);
    }
    pz__db_reset(statement);
    return status;
}

static pz_status flush(pz__or_writer *writer)
{
    struct pz__or_grades *grades = writer->grades;
    pz_evidence_summary summary;
    if (grades->texts.status) return pz__fail_memory();
    if (writer->call->change && grades->batch_count) {
        PZ__TRY(pz__evidence_append(writer->call, grades->batch, grades->batch_count, &summary));
        for (size_t i = 0; i < grades->batch_count; i++)
            PZ__TRY(pz__or_put_outside(writer, PZ_KIND_EVIDENCE, grades->texts.data + grades->outsides[i].text, grades->outsides[i].length,
                                       grades->batch[i].sequence));
    }
    grades->batch_count = 0;
    pz__buffer_clear(&grades->texts);
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
    struct pz__or_grades *grades = writer->grades;
    outside *next = &grades->outsides[grades->batch_count];
    char second[64], text[256];
    size_t length;
    int64_t place;
    int second_length = snprintf(second, sizeof second, "%lld %s", (long long)row->competency, date);
    length = pz__or_joined_id(writer, result->text, result->length, second, (size_t)second_length, text);
    place = pz__id_register_find(&writer->evidence, text, length);
    if (place >= 0) return correct(writer, row, place);
    pz__or_count(pz__import_difference(writer->roster->import, "results"), PZ__NEW);
    next->text = grades->texts.length;
    next->length = length;
    pz__buffer_add(&grades->texts, text, length);
    grades->batch[grades->batch_count++] = *row;
    return grades->batch_count == BATCH_ROWS ? flush(writer) : PZ_OK;
}

/* The competencies of a result: its own with their scores, then those of its line item that it does not name. */
static pz_status gather(pz__or_writer *writer, int64_t result, int64_t line_item, pz_id assessment, objective *out, size_t *out_count)
{
    struct pz__or_grades *grades = writer->grades;
    pz_id stored[MOST_OF_ONE];
    size_t count = 0, stored_count = 0;
    for (size_t i = first_of(&grades->of_results, result); i < grades->of_results.count && grades->of_results.rows[i].of == result; i++)
        if (count < MOST_OF_ONE && (count == 0 || out[count - 1].competency != grades->of_results.rows[i].competency))
            out[count++] = grades->of_results.rows[i];
    if (writer->roster->modes[PZ__OR_LINE_ITEM_OBJECTIVES] != PZ__OR_BULK) {
        PZ__TRY(stored_bearings(writer, assessment, stored, &stored_count));
    }
    for (size_t i = first_of(&grades->of_line_items, line_item);
         i < grades->of_line_items.count && grades->of_line_items.rows[i].of == line_item; i++)
        if (stored_count < MOST_OF_ONE) stored[stored_count++] = grades->of_line_items.rows[i].competency;
    for (size_t i = 0; i < stored_count; i++) {
        size_t k = 0;
        while (k < count && out[k].competency != stored[i]) k++;
        if (k < count || count == MOST_OF_ONE) continue;
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
    struct pz__or_grades *grades = writer->grades;
    const pz__or_value *values = row->values, *of = &values[PZ__RESULT_LINE_ITEM];
    int64_t line_item = pz__id_register_find(&writer->roster->ids[PZ__OR_LINE_ITEMS], of->text, of->length);
    pz__evidence_row evidence = {0};
    pz__or_range range = {PZ_REAL_NONE, PZ_REAL_NONE};
    objective objectives_of[MOST_OF_ONE];
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
    grades->without_competency += count == 0;
    for (size_t i = 0; i < count; i++) {
        double score =
            isnan(objectives_of[i].score) && values[PZ__RESULT_SCORE].is_set ? values[PZ__RESULT_SCORE].real : objectives_of[i].score;
        if (isnan(score)) {
            grades->without_score++;
        } else if (!scale_score(&range, score, &evidence.score)) {
            grades->without_range++;
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

/* -------------------------------------------------------------------------------------------------------- whole --- */

static void count_left(pz__or_writer *writer, const char *name, int64_t value)
{
    if (value) pz__import_count(writer->roster->import, name, value);
}

static pz_status write_results(pz__or_writer *writer)
{
    struct pz__or_grades *grades = writer->grades;
    if (writer->roster->modes[PZ__OR_RESULTS] == PZ__OR_ABSENT) return PZ_OK;
    grades->batch = pz__alloc(BATCH_ROWS * sizeof *grades->batch);
    grades->outsides = pz__alloc(BATCH_ROWS * sizeof *grades->outsides);
    if (!grades->batch || !grades->outsides) return pz__fail_memory();
    if (grades->of_results.count) qsort(grades->of_results.rows, grades->of_results.count, sizeof(objective), by_owner);
    PZ__TRY(pz__or_each_row(writer, PZ__OR_RESULTS, write_result));
    PZ__TRY(flush(writer));
    PZ__TRY(withdraw_gone(writer));
    count_left(writer, "results_without_competency", grades->without_competency);
    count_left(writer, "results_without_score", grades->without_score);
    count_left(writer, "results_without_range", grades->without_range);
    return PZ_OK;
}

/* Does this archive say that the line item bears on the competency? The list is sorted. */
static int bears_on(const objectives *list, int64_t line_item, pz_id competency)
{
    for (size_t i = first_of(list, line_item); i < list->count && list->rows[i].of == line_item; i++)
        if (list->rows[i].competency == competency) return 1;
    return 0;
}

/* What a bulk archive no longer says of the line items that it lists. */
static pz_status end_bearings(pz__or_writer *writer)
{
    const pz__id_register *ids = &writer->roster->ids[PZ__OR_LINE_ITEMS];
    pz__difference *difference = pz__import_difference(writer->roster->import, pz__or_tables[PZ__OR_LINE_ITEM_OBJECTIVES].name);
    for (size_t i = 0; i < ids->count; i++) {
        pz_id stored[MOST_OF_ONE];
        size_t count;
        if (!(ids->flags[i] & PZ__ID_LISTED) || !(ids->flags[i] & PZ__ID_STORED) || (ids->flags[i] & PZ__ID_LEFT_OUT)) continue;
        PZ__TRY(stored_bearings(writer, ids->ids[i], stored, &count));
        for (size_t k = 0; k < count; k++) {
            pz_bearing bearing = PZ_BEARING_INIT;
            pz__outcome outcome;
            if (bears_on(&writer->grades->of_line_items, (int64_t)i, stored[k])) continue;
            bearing.of = ids->ids[i];
            bearing.competency = stored[k];
            PZ__TRY(pz__versioned_end(writer->call, &pz__assessment_bearing_table, &bearing, &outcome));
            difference->gone += outcome != PZ__SAME;
        }
    }
    return PZ_OK;
}

static pz_status write_line_item_objectives(pz__or_writer *writer)
{
    objectives *list = &writer->grades->of_line_items;
    PZ__TRY(pz__or_each_row(writer, PZ__OR_LINE_ITEM_OBJECTIVES, write_line_item_objective));
    if (list->count) qsort(list->rows, list->count, sizeof(objective), by_owner);
    return writer->roster->modes[PZ__OR_LINE_ITEM_OBJECTIVES] == PZ__OR_BULK ? end_bearings(writer) : PZ_OK;
}

static pz_status write_all(pz__or_writer *writer)
{
    PZ__TRY(read_categories(writer));
    PZ__TRY(pz__or_assign_ids(writer, PZ__OR_LINE_ITEMS));
    PZ__TRY(pz__or_each_row(writer, PZ__OR_LINE_ITEMS, write_line_item));
    PZ__TRY(write_line_item_objectives(writer));
    PZ__TRY(pz__or_each_row(writer, PZ__OR_RESULT_OBJECTIVES, read_result_objective));
    PZ__TRY(write_results(writer));
    return writer->roster->modes[PZ__OR_LINE_ITEMS] == PZ__OR_ABSENT ? PZ_OK : pz__or_end_gone(writer, PZ__OR_LINE_ITEMS);
}

pz_status pz__or_write_grades(pz__or_writer *writer)
{
    struct pz__or_grades grades;
    pz_status status;
    memset(&grades, 0, sizeof grades);
    writer->grades = &grades;
    status = pz__competency_ids_start(&grades.competencies, writer->call, writer->has_source ? writer->source : -1);
    if (status == PZ_OK) status = write_all(writer);
    writer->grades = NULL;
    pz__competency_ids_free(&grades.competencies);
    for (size_t i = 0; i < grades.category_count; i++) pz__release(grades.categories[i]);
    pz__release(grades.categories);
    pz__release(grades.of_line_items.rows);
    pz__release(grades.of_results.rows);
    pz__release(grades.batch);
    pz__release(grades.outsides);
    pz__buffer_free(&grades.texts);
    return status;
}
