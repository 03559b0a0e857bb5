/* Line items become assessments with the competencies that they bear on. */
#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "exchange/oneroster_grades.h"
#include "records/evidence/learning_tables.h"

/* --------------------------------------------------------------------------------------------------------- lists --- */

static int by_owner(const void *a, const void *b)
{
    const pz__or_objective *x = a, *y = b;
    if (x->of != y->of) return x->of < y->of ? -1 : 1;
    return x->competency < y->competency ? -1 : x->competency > y->competency;
}

void pz__or_objectives_sort(pz__or_objectives *list)
{
    if (list->count) qsort(list->rows, list->count, sizeof *list->rows, by_owner);
}

size_t pz__or_objectives_first(const pz__or_objectives *list, int64_t of)
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

static pz_status add_objective(pz__or_objectives *list, int64_t of, pz_id competency, double score)
{
    pz__or_objective row = {of, competency, score};
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
pz_status pz__or_stored_bearings(pz__or_writer *writer, pz_id assessment, pz_id *out, size_t *out_count)
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
        if (*out_count < PZ__OR_MOST_OBJECTIVES) out[(*out_count)++] = pz__column_int(statement, 0);
    }
    pz__db_reset(statement);
    return status;
}

/* Does this archive say that the line item bears on the competency? The list is sorted. */
static int bears_on(const pz__or_objectives *list, int64_t line_item, pz_id competency)
{
    for (size_t i = pz__or_objectives_first(list, line_item); i < list->count && list->rows[i].of == line_item; i++)
        if (list->rows[i].competency == competency) return 1;
    return 0;
}

/* What a bulk archive no longer says of the line items that it lists. */
static pz_status end_bearings(pz__or_writer *writer)
{
    const pz__id_register *ids = &writer->roster->ids[PZ__OR_LINE_ITEMS];
    pz__difference *difference = pz__import_difference(writer->roster->import, pz__or_tables[PZ__OR_LINE_ITEM_OBJECTIVES].name);
    for (size_t i = 0; i < ids->count; i++) {
        pz_id stored[PZ__OR_MOST_OBJECTIVES];
        size_t count;
        if (!(ids->flags[i] & PZ__ID_LISTED) || !(ids->flags[i] & PZ__ID_STORED) || (ids->flags[i] & PZ__ID_LEFT_OUT)) continue;
        PZ__TRY(pz__or_stored_bearings(writer, ids->ids[i], stored, &count));
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
    pz__or_objectives *list = &writer->grades->of_line_items;
    PZ__TRY(pz__or_each_row(writer, PZ__OR_LINE_ITEM_OBJECTIVES, write_line_item_objective));
    pz__or_objectives_sort(list);
    return writer->roster->modes[PZ__OR_LINE_ITEM_OBJECTIVES] == PZ__OR_BULK ? end_bearings(writer) : PZ_OK;
}

/* -------------------------------------------------------------------------------------------------------- whole --- */

static pz_status write_all(pz__or_writer *writer)
{
    PZ__TRY(read_categories(writer));
    PZ__TRY(pz__or_assign_ids(writer, PZ__OR_LINE_ITEMS));
    PZ__TRY(pz__or_each_row(writer, PZ__OR_LINE_ITEMS, write_line_item));
    PZ__TRY(write_line_item_objectives(writer));
    PZ__TRY(pz__or_each_row(writer, PZ__OR_RESULT_OBJECTIVES, read_result_objective));
    PZ__TRY(pz__or_write_results(writer));
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
    return status;
}
