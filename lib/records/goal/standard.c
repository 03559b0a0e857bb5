#include "records/goal/standard.h"

#include <string.h>

#include "base/fail.h"
#include "base/map.h"
#include "base/memory.h"
#include "personalize/competency.h"
#include "records/ask.h"
#include "records/goal/grade.h"
#include "records/goal/tables.h"
#include "records/listing.h"
#include "records/mastery/standing.h"

enum { MOST_STEPS = 10000, MOST_ASKED = 10000 };

/* ---------------------------------------------------------------------------------------------------- levels --- */

static pz_status levels_of(pz__call *call, pz_id competency, int32_t *out_lowest, int32_t *out_highest, pz__buffer *words)
{
    static const char sql[] =
        "SELECT levels FROM competency WHERE tenant_id = ?1 AND competency_id = ?2 AND since_change <= ?3 AND until_change > ?3";
    pz__statement *statement;
    pz_status status;
    const char *text = NULL;
    size_t length = 0;
    int row;
    PZ__TRY(pz__ask(call, sql, competency, &statement));
    status = pz__db_step(statement, &row);
    if (row) text = pz__column_text(statement, 0, &length);
    pz__grades_of(text, length, out_lowest, out_highest);
    if (words && text) pz__buffer_add(words, text, length);
    pz__db_reset(statement);
    return status;
}

static pz_status is_mastered(pz__call *call, pz__rules *rules, pz_id learner, pz_id competency, int *out_mastered)
{
    pz__standings standings = {0};
    pz_status status = pz__standings_get(&standings, call, rules, learner, competency, competency);
    *out_mastered = status == PZ_OK && standings.count && standings.rows[0].estimate.decision == PZ_MASTERY_MASTERED;
    pz__standings_free(&standings);
    return status;
}

/* ------------------------------------------------------------------------------------------------- what follows --- */

/* Competencies that come after one, breadth first, each with the one through which it was met. */
typedef struct ways {
    pz_id *ids;
    size_t *from;
    size_t count, id_capacity, from_capacity;
    pz__map *seen;
} ways;

static pz_status meet(ways *w, pz_id id, size_t from)
{
    if (w->count >= MOST_STEPS || pz__map_get(w->seen, id, NULL)) return PZ_OK;
    PZ__TRY(pz__map_put(w->seen, id, 1));
    PZ__TRY(pz__reserve((void **)&w->ids, &w->id_capacity, w->count + 1, sizeof *w->ids));
    PZ__TRY(pz__reserve((void **)&w->from, &w->from_capacity, w->count + 1, sizeof *w->from));
    w->ids[w->count] = id;
    w->from[w->count++] = from;
    return PZ_OK;
}

static pz_status meet_next(pz__call *call, ways *w, size_t place)
{
    static const char sql[] = "SELECT DISTINCT a.destination_id FROM association a JOIN competency c ON c.tenant_id = a.tenant_id AND "
                              "c.competency_id = a.destination_id AND c.ended = 0 AND c.since_change <= ?3 AND c.until_change > ?3 "
                              "WHERE a.tenant_id = ?1 AND a.origin_id = ?2 AND a.kind = ?4 AND a.since_change <= ?3 AND a.until_change > ?3 ORDER BY 1";
    pz__statement *statement;
    pz_status status;
    int row;
    PZ__TRY(pz__ask(call, sql, w->ids[place], &statement));
    pz__bind_int(statement, 4, PZ_ASSOCIATION_PRECEDES);
    while ((status = pz__db_step(statement, &row)) == PZ_OK && row)
        if ((status = meet(w, pz__column_int(statement, 0), place)) != PZ_OK) break;
    pz__db_reset(statement);
    return status;
}

static void free_ways(ways *w)
{
    pz__release(w->ids);
    pz__release(w->from);
    pz__map_free(w->seen);
}

/* ----------------------------------------------------------------------------------------------------- rows --- */

static pz_status add_row(pz__call *call, pz_id learner, pz_id competency, int32_t kind, int32_t position, pz_id step, pz__rows *rows)
{
    pz_standard row = {sizeof row, learner, competency, kind, position, step, NULL};
    pz__buffer level = PZ__BUFFER_INIT;
    int32_t lowest, highest;
    if (step) PZ__TRY(levels_of(call, step, &lowest, &highest, &level));
    row.level = level.length ? level.data : NULL;
    if (level.status == PZ_OK) pz__rows_add(rows, &row);
    pz_status status = level.status == PZ_OK ? PZ_OK : pz__fail_memory();
    pz__buffer_free(&level);
    return status;
}

/* The steps from the competency to a place, the competency itself left out. */
static pz_status add_route(pz__call *call, pz_id learner, const ways *w, size_t place, pz__rows *rows)
{
    int32_t length = 0;
    for (size_t at = place; at; at = w->from[at]) length++;
    for (int32_t position = 1; position <= length; position++) {
        size_t at = place;
        for (int32_t back = length; back > position; back--) at = w->from[at];
        PZ__TRY(add_row(call, learner, w->ids[0], PZ_STANDARD_BELOW_GRADE, position, w->ids[at], rows));
    }
    return PZ_OK;
}

static pz_status find_route(pz__call *call, pz_id learner, int32_t grade, ways *w, pz__rows *rows)
{
    int32_t lowest, highest;
    for (size_t place = 0; place < w->count; place++) {
        if (place) PZ__TRY(levels_of(call, w->ids[place], &lowest, &highest, NULL));
        if (place && highest != PZ__NO_GRADE && highest >= grade) return add_route(call, learner, w, place, rows);
        PZ__TRY(meet_next(call, w, place));
    }
    return add_row(call, learner, w->ids[0], PZ_STANDARD_NO_ROUTE, 1, 0, rows);
}

static pz_status add_extension(pz__call *call, pz__rules *rules, pz_id learner, ways *w, pz__rows *rows)
{
    int32_t position = 0;
    int mastered;
    PZ__TRY(meet_next(call, w, 0));
    for (size_t place = 1; place < w->count; place++) {
        PZ__TRY(is_mastered(call, rules, learner, w->ids[place], &mastered));
        if (!mastered) PZ__TRY(add_row(call, learner, w->ids[0], PZ_STANDARD_EXTENSION, ++position, w->ids[place], rows));
    }
    return position ? PZ_OK : add_row(call, learner, w->ids[0], PZ_STANDARD_EXTENSION, 1, 0, rows);
}

static pz_status judge(pz__call *call, pz__rules *rules, pz_id learner, pz_id competency, ways *w, pz__rows *rows)
{
    int32_t lowest, highest, grade, oldest;
    int mastered;
    PZ__TRY(pz__map_new(&w->seen));
    PZ__TRY(meet(w, competency, 0));
    PZ__TRY(is_mastered(call, rules, learner, competency, &mastered));
    if (mastered) return add_extension(call, rules, learner, w, rows);
    PZ__TRY(levels_of(call, competency, &lowest, &highest, NULL));
    PZ__TRY(pz__learner_grades(call, learner, &grade, &oldest));
    if (grade == PZ__NO_GRADE || highest == PZ__NO_GRADE || highest >= grade) return PZ_OK;
    return find_route(call, learner, grade, w, rows);
}

pz_status pz__standard_add(pz__call *call, pz__rules *rules, pz_id learner, pz_id competency, pz__rows *rows)
{
    ways w = {NULL, NULL, 0, 0, 0, NULL};
    pz_status status = judge(call, rules, learner, competency, &w, rows);
    free_ways(&w);
    return status;
}

static pz_status list(pz__call *call, pz_id learner, const pz_id *competencies, size_t count, pz__rows *rows)
{
    pz__rules *rules;
    pz_status status = PZ_OK;
    PZ__TRY(pz__may_learner(call, PZ_KIND_MASTERY, PZ__SEE, learner, "learner"));
    PZ__TRY(pz__rules_load(call, &rules));
    for (size_t i = 0; i < count && status == PZ_OK; i++) status = pz__standard_add(call, rules, learner, competencies[i], rows);
    pz__rules_free(rules);
    if (status == PZ_OK) pz__call_read_learner(call, PZ_KIND_MASTERY, learner);
    return status;
}

pz_status pz_standard_list(pz_actor *actor, pz_id learner, const pz_id *competencies, size_t rows, pz_standard ***out_rows, size_t *out_count)
{
    pz__rows found;
    pz__call call;
    PZ__TRY(pz__list_start((void ***)out_rows, out_count));
    if (rows && !competencies) return pz__fail_null("competencies");
    if (rows > MOST_ASKED) return pz__fail(PZ_E_TOO_LONG, "rows", NULL, "%zu competencies are over the limit of %d.", rows, MOST_ASKED);
    PZ__TRY(pz__call_read(&call, actor));
    pz__rows_start(&found, &pz__standard_type);
    return pz__call_end_rows(&call, list(&call, learner, competencies, rows, &found), &found, (void ***)out_rows, out_count);
}
