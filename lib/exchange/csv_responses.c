/* Rows that become answers: the item, its options and misconceptions are made at need, and each competency that the answer bears on gets a
 * row of evidence. All of them are appended at the end, in one go. */
#include <stdio.h>
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "exchange/csv_answers.h"
#include "exchange/csv_write.h"
#include "records/evidence/write.h"
#include "store/external.h"

enum { MOST_COMPETENCIES = 32, KEY_SIZE = 96 };

typedef struct responses {
    pz__csv_competencies competencies;
    pz__map *items;                  /* code to id */
    pz__map *items_written;          /* id: compared with the store already */
    pz__map *misconceptions;         /* code to id */
    pz__map *misconceptions_counted; /* id: in the difference already */
    pz__map *bearings;               /* "item competency" of this file that were written */
    pz__map *options;                /* "item correct misconception label" to number */
    pz_id assessment;                /* of all rows; 0 none */
    pz__csv_answers answers;
} responses;

static void free_responses(void *state)
{
    responses *r = state;
    if (!r) return;
    pz__csv_competencies_free(&r->competencies);
    pz__map_free(r->items);
    pz__map_free(r->items_written);
    pz__map_free(r->misconceptions);
    pz__map_free(r->misconceptions_counted);
    pz__map_free(r->bearings);
    pz__map_free(r->options);
    pz__csv_answers_free(&r->answers);
    pz__release(r);
}

static pz_status load_codes(pz__call *call, const char *sql, pz__map *map)
{
    pz__statement *statement;
    pz_status status;
    int row;
    PZ__TRY(pz__db_statement(call->db, sql, &statement));
    pz__bind_int(statement, 1, call->tenant);
    pz__bind_int(statement, 2, call->as_of);
    while ((status = pz__db_step(statement, &row)) == PZ_OK && row) {
        size_t length;
        const char *code = pz__column_text(statement, 0, &length);
        if ((status = pz__map_put_text(map, code, length, pz__column_int(statement, 1))) != PZ_OK) break;
    }
    pz__db_reset(statement);
    return status;
}

/* ---------------------------------------------------------------------------------------------- assessment --- */

static pz_status find_assessment(pz__csv_import *import, const char *text, size_t length, pz_id *out_id)
{
    int32_t source;
    int unknown;
    *out_id = 0;
    PZ__TRY(pz__csv_source_number(import->session, NULL, &source, &unknown));
    return unknown ? PZ_OK : pz__external_find(import->session->call.store, PZ_KIND_ASSESSMENT, source, text, length, out_id, NULL);
}

/* The one that the mapping names; it is made at need. */
static pz_status take_assessment(pz__csv_import *import, pz_id *out_id)
{
    const pz__csv_mapping *mapping = import->mapping;
    pz_assessment assessment = PZ_ASSESSMENT_INIT;
    pz__call *call = &import->session->call;
    pz__outcome outcome;
    int32_t source;
    *out_id = 0;
    if (!mapping->assessment_id) return PZ_OK;
    PZ__TRY(find_assessment(import, mapping->assessment_id, PZ_NUL_TERMINATED, out_id));
    int is_new = !*out_id;
    if (is_new) PZ__TRY(pz__csv_take_id(import, out_id));
    if (is_new && call->change) {
        PZ__TRY(
            pz__source_number(call->store, import->session->import.options.source, import->session->import.options.source_len, 1, &source));
        PZ__TRY(pz__external_put(call->store, PZ_KIND_ASSESSMENT, source, mapping->assessment_id, PZ_NUL_TERMINATED, *out_id));
    }
    if (!is_new) { /* what the roster or a person says of it holds */
        pz__csv_count(import, "assessments", PZ__SAME);
        return PZ_OK;
    }
    assessment.id = *out_id;
    assessment.title = mapping->assessment_title ? mapping->assessment_title : mapping->assessment_id;
    assessment.title_len = strlen(assessment.title);
    if (mapping->assessment_kind) assessment.kind = mapping->assessment_kind;
    assessment.held_on = mapping->assessment_on;
    PZ__TRY(pz__assessment_write(call, &assessment, &outcome));
    pz__csv_count(import, "assessments", outcome);
    return PZ_OK;
}

static pz_status start_responses(pz__csv_import *import, void **out_state)
{
    static const char items_sql[] =
        "SELECT code, item_id FROM item WHERE tenant_id = ?1 AND since_change <= ?2 AND until_change > ?2 AND ended = 0";
    static const char misconceptions_sql[] =
        "SELECT code, misconception_id FROM misconception WHERE tenant_id = ?1 AND since_change <= ?2 AND until_change > ?2";
    responses *r = pz__alloc_zero(1, sizeof *r);
    if (!r) return pz__fail_memory();
    *out_state = r;
    PZ__TRY(pz__csv_competencies_start(&r->competencies, import->session, import->mapping));
    PZ__TRY(pz__map_new(&r->items));
    PZ__TRY(pz__map_new(&r->items_written));
    PZ__TRY(pz__map_new(&r->misconceptions));
    PZ__TRY(pz__map_new(&r->misconceptions_counted));
    PZ__TRY(pz__map_new(&r->bearings));
    PZ__TRY(pz__map_new(&r->options));
    PZ__TRY(load_codes(&import->session->call, items_sql, r->items));
    PZ__TRY(load_codes(&import->session->call, misconceptions_sql, r->misconceptions));
    return take_assessment(import, &r->assessment);
}

/* --------------------------------------------------------------------------------------------------- items --- */

/* What the mapping says of the row's item, or NULL. */
static const pz__json_value *item_of_mapping(const pz__csv_import *import, const pz__csv_cell *code)
{
    for (const pz__json_value *one = pz__json_first(import->mapping->items); one; one = pz__json_next(one)) {
        const char *key = pz__json_key_of(one);
        if (strlen(key) == code->length && !memcmp(key, code->text, code->length)) return one;
    }
    return NULL;
}

static pz_status take_item(pz__csv_import *import, responses *r, const pz__csv_mapped *row, const pz__json_value *known, pz_id *out_item)
{
    const pz__csv_cell *code = &row->cells[PZ__CSV_ITEM], *question = &row->cells[PZ__CSV_QUESTION];
    pz_item item = PZ_ITEM_INIT;
    pz__outcome outcome;
    int is_new = !pz__map_get_text(r->items, code->text, code->length, out_item);
    if (is_new) {
        PZ__TRY(pz__csv_take_id(import, out_item));
        PZ__TRY(pz__map_put_text(r->items, code->text, code->length, *out_item));
    }
    if (pz__map_get(r->items_written, *out_item, NULL)) return PZ_OK;
    PZ__TRY(pz__map_put(r->items_written, *out_item, 1));
    item.id = *out_item;
    item.code = code->text;
    item.code_len = code->length;
    item.stem = question->is_set ? question->text : pz__json_as_text(pz__json_member(known, "question"));
    item.stem_len = question->is_set ? question->length : item.stem ? strlen(item.stem) : 0;
    outcome = PZ__SAME;
    if (is_new || item.stem) /* where the file does not say, what is stored stays */
        PZ__TRY(pz__item_write(&import->session->call, &item, &outcome));
    pz__csv_count(import, "items", outcome);
    return PZ_OK;
}

/* Once for each, however many rows name it. */
static pz_status count_misconception(pz__csv_import *import, responses *r, pz_id id, pz__outcome outcome)
{
    if (pz__map_get(r->misconceptions_counted, id, NULL)) return PZ_OK;
    pz__csv_count(import, "misconceptions", outcome);
    return pz__map_put(r->misconceptions_counted, id, 1);
}

static pz_status take_misconception(pz__csv_import *import, responses *r, const char *code, size_t length, const pz__csv_cell *statement,
                                    pz_id competency, pz_id *out_id)
{
    pz_misconception misconception = PZ_MISCONCEPTION_INIT;
    pz__outcome outcome;
    if (pz__map_get_text(r->misconceptions, code, length, out_id)) return count_misconception(import, r, *out_id, PZ__SAME);
    PZ__TRY(pz__csv_take_id(import, out_id));
    PZ__TRY(pz__map_put_text(r->misconceptions, code, length, *out_id));
    misconception.id = *out_id;
    misconception.competency = competency;
    misconception.code = code;
    misconception.code_len = length;
    misconception.statement = statement->is_set ? statement->text : code;
    misconception.statement_len = statement->is_set ? statement->length : length;
    for (const pz__json_value *one = pz__json_first(import->mapping->misconceptions); !statement->is_set && one; one = pz__json_next(one)) {
        if (strlen(pz__json_key_of(one)) != length || memcmp(pz__json_key_of(one), code, length) != 0 || !pz__json_as_text(one)) continue;
        misconception.statement = pz__json_as_text(one);
        misconception.statement_len = strlen(misconception.statement);
    }
    PZ__TRY(pz__misconception_write(&import->session->call, &misconception, &outcome));
    return count_misconception(import, r, *out_id, outcome);
}

/* -------------------------------------------------------------------------------------------- competencies --- */

typedef struct target {
    pz_id competency;
    double weight;
} target;

static pz_status add_target(pz__csv_import *import, responses *r, pz__csv_mapped *row, const char *text, size_t length, double weight,
                            target *targets, size_t *count)
{
    pz_id found;
    int ambiguous;
    PZ__TRY(pz__csv_competencies_find(&r->competencies, text, length, &found, &ambiguous));
    if (!found) {
        pz__csv_fault_note(&import->session->import, row, PZ__CSV_COMPETENCY,
                           ambiguous ? "reference.ambiguous_competency" : "reference.unknown_competency",
                           ambiguous ? "Several competencies are called so." : "No competency of the store is called so.");
    } else if (*count == MOST_COMPETENCIES) {
        pz__csv_fault_note(&import->session->import, row, PZ__CSV_COMPETENCY, "row.value_too_long",
                           "An answer bears on at most 32 competencies.");
    } else {
        targets[(*count)++] = (target){found, weight};
    }
    return PZ_OK;
}

/* Those of the field, cut where the mapping says. */
static pz_status split_targets(pz__csv_import *import, responses *r, pz__csv_mapped *row, target *targets, size_t *count)
{
    const pz__csv_cell *cell = &row->cells[PZ__CSV_COMPETENCY];
    char split = import->mapping->sources[PZ__CSV_COMPETENCY].split;
    for (size_t from = 0; from <= cell->length && row->is_usable;) {
        size_t to = from, begin, end;
        while (to < cell->length && (!split || cell->text[to] != split)) to++;
        for (begin = from; begin < to && cell->text[begin] == ' ';) begin++;
        for (end = to; end > begin && cell->text[end - 1] == ' ';) end--;
        if (end > begin) PZ__TRY(add_target(import, r, row, cell->text + begin, end - begin, 1, targets, count));
        from = to + 1;
    }
    return PZ_OK;
}

/* Those that the mapping names for the item: texts, or objects with a weight. */
static pz_status mapped_targets(pz__csv_import *import, responses *r, pz__csv_mapped *row, const pz__json_value *known, target *targets,
                                size_t *count)
{
    const pz__json_value *list = pz__json_member(known, "competencies");
    for (const pz__json_value *one = pz__json_first(list); one && row->is_usable; one = pz__json_next(one)) {
        const char *text = pz__json_as_text(one) ? pz__json_as_text(one) : pz__json_as_text(pz__json_member(one, "competency"));
        double weight = 1;
        pz__json_as_real(pz__json_member(one, "weight"), &weight);
        if (!(weight > 0 && weight <= 1)) weight = 1;
        if (text) PZ__TRY(add_target(import, r, row, text, strlen(text), weight, targets, count));
    }
    return PZ_OK;
}

static pz_status find_targets(pz__csv_import *import, responses *r, pz__csv_mapped *row, const pz__json_value *known, target *targets,
                              size_t *count)
{
    *count = 0;
    if (row->cells[PZ__CSV_COMPETENCY].is_set) {
        PZ__TRY(split_targets(import, r, row, targets, count));
    } else {
        PZ__TRY(mapped_targets(import, r, row, known, targets, count));
    }
    if (row->is_usable && *count == 0)
        pz__csv_fault_note(&import->session->import, row, PZ__CSV_COMPETENCY, "row.missing_required_value",
                           "Neither the row nor the mapping says what the item bears on.");
    return PZ_OK;
}

static pz_status write_bearings(pz__csv_import *import, responses *r, pz_id item, const target *targets, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        pz_bearing bearing = PZ_BEARING_INIT;
        pz__outcome outcome;
        char key[KEY_SIZE];
        int length = snprintf(key, sizeof key, "%lld %lld", (long long)item, (long long)targets[i].competency);
        if (pz__map_get_text(r->bearings, key, (size_t)length, NULL)) continue;
        PZ__TRY(pz__map_put_text(r->bearings, key, (size_t)length, 1));
        bearing.of = item;
        bearing.competency = targets[i].competency;
        bearing.weight = targets[i].weight;
        PZ__TRY(pz__bearing_write(&import->session->call, PZ_KIND_ITEM, &bearing, &outcome));
    }
    return PZ_OK;
}

/* ------------------------------------------------------------------------------------------------- answers --- */

/* Whether the choice is the right one: 1, 0, or -1 where nothing says which is. */
static int is_right(const pz__csv_mapped *row, const pz__json_value *known)
{
    const pz__csv_cell *choice = &row->cells[PZ__CSV_CHOICE], *correct = &row->cells[PZ__CSV_CORRECT_CHOICE];
    const char *text = correct->is_set ? correct->text : pz__json_as_text(pz__json_member(known, "correct"));
    size_t length = correct->is_set ? correct->length : text ? strlen(text) : 0;
    if (!choice->is_set || !text) return -1;
    return choice->length == length && !memcmp(choice->text, text, length);
}

static double score_of(pz__csv_import *import, pz__csv_mapped *row, int right)
{
    const pz__csv_cell *score = &row->cells[PZ__CSV_SCORE], *max = &row->cells[PZ__CSV_MAX];
    double share = score->is_set ? score->real / (max->is_set ? max->real : 1) : right;
    if (!score->is_set && right < 0) {
        pz__csv_fault_note(&import->session->import, row, PZ__CSV_SCORE, "semantic.no_score",
                           "There is neither a score nor a choice with a right one.");
    } else if (!(share >= 0 && share <= 1)) {
        pz__csv_fault_note(&import->session->import, row, PZ__CSV_SCORE, "row.value_out_of_range",
                           max->is_set ? "The score is not between 0 and the points that could be reached."
                                       : "The score is not a share from 0 to 1.");
    }
    return share;
}

/* The code of the misconception that the choice points to, from the row or the mapping; NULL where there is none or the answer is right. */
static const char *misconception_code(const pz__csv_mapped *row, const pz__json_value *known, int right, size_t *out_length)
{
    const pz__csv_cell *code = &row->cells[PZ__CSV_MISCONCEPTION], *choice = &row->cells[PZ__CSV_CHOICE];
    const char *text = NULL;
    if (right == 1 || !choice->is_set) return NULL;
    if (code->is_set) {
        *out_length = code->length;
        return code->text;
    }
    for (const pz__json_value *one = pz__json_first(pz__json_member(known, "options")); one; one = pz__json_next(one))
        if (strlen(pz__json_key_of(one)) == choice->length && !memcmp(pz__json_key_of(one), choice->text, choice->length))
            text = pz__json_as_text(one);
    *out_length = text ? strlen(text) : 0;
    return text;
}

static pz_status take_option(pz__csv_import *import, responses *r, const pz__csv_mapped *row, const pz__json_value *known, int right,
                             pz_id item, pz_id competency, int32_t *out_option)
{
    const pz__csv_cell *choice = &row->cells[PZ__CSV_CHOICE];
    char key[KEY_SIZE + 256];
    size_t length = 0;
    int64_t number;
    pz_id misconception = 0;
    const char *code = misconception_code(row, known, right, &length);
    *out_option = 0;
    if (!choice->is_set) return PZ_OK;
    if (code && length)
        PZ__TRY(take_misconception(import, r, code, length, &row->cells[PZ__CSV_MISCONCEPTION_STATEMENT], competency, &misconception));
    if (!import->session->call.change) return PZ_OK;
    int used =
        snprintf(key, sizeof key, "%lld %d %lld %.*s", (long long)item, right, (long long)misconception, (int)choice->length, choice->text);
    if (pz__map_get_text(r->options, key, (size_t)used, &number)) {
        *out_option = (int32_t)number;
        return PZ_OK;
    }
    PZ__TRY(pz__item_option_number(&import->session->call, item, choice->text, choice->length, right, misconception, out_option));
    return pz__map_put_text(r->options, key, (size_t)used, *out_option);
}

static pz_status assessment_of(pz__csv_import *import, const responses *r, pz__csv_mapped *row, pz_id *out_assessment)
{
    const pz__csv_cell *named = &row->cells[PZ__CSV_ASSESSMENT];
    *out_assessment = r->assessment;
    if (!named->is_set) return PZ_OK;
    PZ__TRY(find_assessment(import, named->text, named->length, out_assessment));
    if (!*out_assessment)
        pz__csv_fault_note(&import->session->import, row, PZ__CSV_ASSESSMENT, "reference.unknown_assessment",
                           "The store has no such assessment.");
    return PZ_OK;
}

/* A time of its own tells an answer apart from the learner's other answers to the item. */
static pz_status add_answers(responses *r, const pz__csv_mapped *row, const pz__evidence_row *answer, const target *targets, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        pz__evidence_row one = *answer;
        one.competency = targets[i].competency;
        one.weight *= targets[i].weight;
        PZ__TRY(pz__csv_answers_add(&r->answers, &one, row->cells[PZ__CSV_AT].is_set));
    }
    return PZ_OK;
}

static pz_status write_response(pz__csv_import *import, void *state, pz__csv_mapped *row, pz_id learner)
{
    responses *r = state;
    target targets[MOST_COMPETENCIES];
    size_t count;
    const pz__csv_cell *code = &row->cells[PZ__CSV_ITEM], *weight = &row->cells[PZ__CSV_WEIGHT];
    pz__evidence_row answer = {learner, 0, 0, 0, weight->is_set ? weight->real : 1, PZ_EVIDENCE_RESPONSE, 0, 0, 0, 0};
    if (!code->is_set) {
        pz__csv_fault_note(&import->session->import, row, PZ__CSV_ITEM, "row.missing_required_value", "A value is needed here.");
        return PZ_OK;
    }
    const pz__json_value *known = item_of_mapping(import, code);
    int right = is_right(row, known);
    answer.score = score_of(import, row, right);
    if (right < 0 && row->cells[PZ__CSV_CHOICE].is_set && row->cells[PZ__CSV_SCORE].is_set && row->is_usable)
        right = answer.score >= 1 ? 1 : -1;
    PZ__TRY(find_targets(import, r, row, known, targets, &count));
    PZ__TRY(assessment_of(import, r, row, &answer.assessment));
    if (!row->is_usable) return PZ_OK;
    PZ__TRY(take_item(import, r, row, known, &answer.item));
    PZ__TRY(write_bearings(import, r, answer.item, targets, count));
    PZ__TRY(take_option(import, r, row, known, right, answer.item, targets[0].competency, &answer.option));
    answer.at = pz__csv_moment(import, &row->cells[PZ__CSV_AT], pz__csv_now(import));
    return add_answers(r, row, &answer, targets, count);
}

static pz_status finish_responses(pz__csv_import *import, void *state)
{
    responses *r = state;
    return pz__csv_answers_store(&r->answers, &import->session->call, pz__import_difference(&import->session->import, "responses"));
}

const pz__csv_writer pz__csv_response_writer = {start_responses, write_response, finish_responses, free_responses};
