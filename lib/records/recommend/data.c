#include "records/recommend/data.h"

#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "records/access/whom.h"
#include "records/ask.h"
#include "records/mastery/standing.h"

typedef struct seen_figure {
    size_t learner;
    pz_id competency;
    pz__figure figure;
} seen_figure;

typedef struct collect_work {
    pz__call *call;
    pz_id cycle;
    int64_t closing; /* the change that closed it */
    pz__class_figures *data;
    seen_figure *seen; /* by learner and competency */
    size_t count;
    size_t capacity;
    uint8_t *mastered; /* of the learner at hand, by place */
    uint8_t *ready;
    double *need; /* the same for its needs, and where they come from */
    size_t *behind;
} collect_work;

/* ------------------------------------------------------------------------------------------------- reading --- */

static pz_status add_seen(collect_work *work, size_t learner, pz_id competency, double estimate, int32_t decision, int32_t count)
{
    seen_figure seen = {learner, competency, {estimate, decision, count}};
    if (count == 0) return PZ_OK;
    PZ__TRY(pz__reserve((void **)&work->seen, &work->capacity, work->count + 1, sizeof *work->seen));
    work->seen[work->count++] = seen;
    return PZ_OK;
}

static pz_status read_cycle(collect_work *work, size_t learner)
{
    static const char sql[] =
        "SELECT competency_id, estimate, decision, evidence_count FROM cycle_result WHERE tenant_id = ?1 AND cycle_id = ?2 "
        "AND learner_id = ?3 AND change_id = ?4 UNION ALL "
        "SELECT competency_id, estimate, decision, evidence_count FROM cycle_result_again WHERE tenant_id = ?1 AND cycle_id = ?2 "
        "AND learner_id = ?3 AND change_id = ?4 ORDER BY competency_id";
    pz__statement *statement;
    pz_status status;
    int row;
    PZ__TRY(pz__db_statement(work->call->db, sql, &statement));
    pz__bind_int(statement, 1, work->call->tenant);
    pz__bind_int(statement, 2, work->cycle);
    pz__bind_int(statement, 3, work->data->learners[learner]);
    pz__bind_int(statement, 4, work->closing);
    while ((status = pz__db_step(statement, &row)) == PZ_OK && row) {
        status = add_seen(work, learner, pz__column_int(statement, 0), pz__column_real(statement, 1), (int32_t)pz__column_int(statement, 2),
                          (int32_t)pz__column_int(statement, 3));
        if (status != PZ_OK) break;
    }
    pz__db_reset(statement);
    return status;
}

static pz_status read_mastery(collect_work *work, pz__standings *standings, pz__rules *rules, size_t learner)
{
    PZ__TRY(pz__standings_get(standings, work->call, rules, work->data->learners[learner], PZ__ALL_COMPETENCIES));
    for (size_t i = 0; i < standings->count; i++) {
        const pz_mastery_estimate *estimate = &standings->rows[i].estimate;
        PZ__TRY(add_seen(work, learner, standings->rows[i].competency, estimate->estimate, estimate->decision, estimate->evidence_count));
    }
    return PZ_OK;
}

static pz_status find_closing(collect_work *work)
{
    static const char sql[] =
        "SELECT closed_change FROM cycle WHERE tenant_id = ?1 AND cycle_id = ?2 AND since_change <= ?3 AND until_change > ?3";
    pz__statement *statement;
    pz_status status;
    int row;
    PZ__TRY(pz__ask(work->call, sql, work->cycle, &statement));
    status = pz__db_step(statement, &row);
    if (status == PZ_OK && row) work->closing = pz__column_int(statement, 0);
    pz__db_reset(statement);
    return status;
}

static pz_status read_figures(collect_work *work)
{
    pz__standings standings = {0};
    pz__rules *rules = NULL;
    pz_status status = work->cycle ? find_closing(work) : pz__rules_load(work->call, &rules);
    for (size_t i = 0; i < work->data->learner_count && status == PZ_OK; i++)
        status = work->cycle ? read_cycle(work, i) : read_mastery(work, &standings, rules, i);
    pz__standings_free(&standings);
    pz__rules_free(rules);
    return status;
}

/* -------------------------------------------------------------------------------------------- what is considered --- */

static pz_status load_map(collect_work *work, pz_id framework)
{
    static const char sql[] = "SELECT competency_id FROM competency WHERE tenant_id = ?1 AND framework_id = ?3 AND since_change <= ?2 "
                              "AND until_change > ?2 ORDER BY competency_id";
    pz_id *ids = pz__alloc((work->count + 1) * sizeof *ids), *all = NULL;
    size_t count = 0, all_count = 0;
    pz_status status = ids ? PZ_OK : pz__fail_memory();
    if (status == PZ_OK && framework) status = pz__ids_read(work->call, sql, framework, &all, &all_count);
    for (size_t i = 0; i < work->count && status == PZ_OK; i++)
        if (!framework || pz__ids_has(all, all_count, work->seen[i].competency)) ids[count++] = work->seen[i].competency;
    work->data->has_evidence = count > 0;
    if (status == PZ_OK) status = pz__prerequisites_load(work->call, ids, pz__ids_sort(ids, count), &work->data->map);
    pz__release(all);
    pz__release(ids);
    return status;
}

static pz_status place_figures(collect_work *work)
{
    pz__class_figures *data = work->data;
    const pz__figure nothing = {PZ_REAL_NONE, PZ_MASTERY_NOT_ENOUGH_EVIDENCE, 0};
    size_t size = data->learner_count * data->map.count;
    data->figures = pz__alloc((size + 1) * sizeof *data->figures);
    if (!data->figures) return pz__fail_memory();
    for (size_t i = 0; i < size; i++) data->figures[i] = nothing;
    for (size_t i = 0; i < work->count; i++) {
        size_t place = pz__prerequisites_place(&data->map, work->seen[i].competency);
        if (place < data->map.count) data->figures[work->seen[i].learner * data->map.count + place] = work->seen[i].figure;
    }
    return PZ_OK;
}

pz__figure pz__grouping_figure(const pz__class_figures *data, size_t learner, pz_id competency)
{
    const pz__figure nothing = {PZ_REAL_NONE, PZ_MASTERY_NOT_ENOUGH_EVIDENCE, 0};
    size_t place = pz__prerequisites_place(&data->map, competency);
    return place < data->map.count ? data->figures[learner * data->map.count + place] : nothing;
}

/* -------------------------------------------------------------------------------------------------- levels --- */

static pz_status find_levels(pz__class_figures *data)
{
    data->levels = pz__alloc((data->learner_count + 1) * sizeof *data->levels);
    data->level_counts = pz__alloc_zero(data->learner_count + 1, sizeof *data->level_counts);
    if (!data->levels || !data->level_counts) return pz__fail_memory();
    for (size_t i = 0; i < data->learner_count; i++) {
        double sum = 0;
        for (size_t k = 0; k < data->map.count; k++) {
            const pz__figure *figure = &data->figures[i * data->map.count + k];
            if (figure->count == 0) continue;
            sum += figure->estimate;
            data->level_counts[i]++;
        }
        data->levels[i] = data->level_counts[i] ? sum / data->level_counts[i] : PZ_REAL_NONE;
    }
    return PZ_OK;
}

/* --------------------------------------------------------------------------------------------------- needs --- */

static double need_of(const pz__figure *figure)
{
    if (figure->count == 0 || figure->decision == PZ_MASTERY_MASTERED) return 0;
    return (1 - figure->estimate) * (figure->decision == PZ_MASTERY_NOT_YET ? 1 : 0.5);
}

/* The needs of one learner by place. */
static void find_needs(collect_work *work, size_t learner)
{
    const pz__prerequisites *map = &work->data->map;
    const pz__figure *figures = work->data->figures + learner * map->count;
    for (size_t i = 0; i < map->count; i++) {
        work->mastered[i] = figures[i].count > 0 && figures[i].decision == PZ_MASTERY_MASTERED;
        work->need[i] = 0;
        work->behind[i] = i;
    }
    pz__prerequisites_ready(map, work->mastered, work->ready);
    for (size_t i = 0; i < map->count; i++) {
        double need = need_of(&figures[i]);
        size_t begin = need > 0 ? pz__prerequisites_begin(map, i, work->mastered, work->ready) : i;
        if (need <= work->need[begin]) continue;
        work->need[begin] = need;
        work->behind[begin] = i;
    }
    /* What is known of the competency itself is the better reason than what is known of one that it leads to, unless it is nearly mastered. */
    for (size_t i = 0; i < map->count; i++)
        if (2 * need_of(&figures[i]) >= work->need[i]) work->behind[i] = i;
}

/* The places that anybody needs become the columns. */
static pz_status find_columns(collect_work *work, uint8_t *is_needed)
{
    pz__class_figures *data = work->data;
    for (size_t i = 0; i < data->learner_count; i++) {
        find_needs(work, i);
        for (size_t k = 0; k < data->map.count; k++) is_needed[k] |= work->need[k] > 0;
    }
    data->columns = pz__alloc((data->map.count + 1) * sizeof *data->columns);
    if (!data->columns) return pz__fail_memory();
    for (size_t k = 0; k < data->map.count; k++)
        if (is_needed[k]) data->columns[data->column_count++] = data->map.ids[k];
    data->needs = pz__alloc((data->learner_count * data->column_count + 1) * sizeof *data->needs);
    data->behind = pz__alloc((data->learner_count * data->column_count + 1) * sizeof *data->behind);
    return data->needs && data->behind ? PZ_OK : pz__fail_memory();
}

static pz_status fill_needs(collect_work *work)
{
    pz__class_figures *data = work->data;
    uint8_t *is_needed = pz__alloc_zero(data->map.count + 1, 1);
    pz_status status = is_needed ? find_columns(work, is_needed) : pz__fail_memory();
    for (size_t i = 0; i < data->learner_count && status == PZ_OK; i++) {
        size_t column = i * data->column_count;
        find_needs(work, i);
        for (size_t k = 0; k < data->map.count; k++) {
            if (!is_needed[k]) continue;
            data->needs[column] = work->need[k];
            data->behind[column++] = work->behind[k];
        }
    }
    pz__release(is_needed);
    return status;
}

/* ------------------------------------------------------------------------------------------------ together --- */

static pz_status collect(collect_work *work, pz_id framework)
{
    size_t places;
    PZ__TRY(read_figures(work));
    PZ__TRY(load_map(work, framework));
    PZ__TRY(place_figures(work));
    PZ__TRY(find_levels(work->data));
    places = work->data->map.count + 1;
    work->mastered = pz__alloc(places);
    work->ready = pz__alloc(places);
    work->need = pz__alloc(places * sizeof *work->need);
    work->behind = pz__alloc(places * sizeof *work->behind);
    if (!work->mastered || !work->ready || !work->need || !work->behind) return pz__fail_memory();
    return fill_needs(work);
}

pz_status pz__class_figures_collect(pz__call *call, pz_id cycle, pz_id framework, const pz_id *learners, size_t count,
                                    pz__class_figures *out)
{
    collect_work work = {.call = call, .cycle = cycle, .data = out};
    pz_status status;
    memset(out, 0, sizeof *out);
    out->learners = learners;
    out->learner_count = count;
    status = collect(&work, framework);
    pz__release(work.seen);
    pz__release(work.mastered);
    pz__release(work.ready);
    pz__release(work.need);
    pz__release(work.behind);
    if (status != PZ_OK) pz__class_figures_free(out);
    return status;
}

void pz__class_figures_free(pz__class_figures *data)
{
    pz__prerequisites_free(&data->map);
    pz__release(data->figures);
    pz__release(data->columns);
    pz__release(data->needs);
    pz__release(data->behind);
    pz__release(data->levels);
    pz__release(data->level_counts);
    memset(data, 0, sizeof *data);
}
