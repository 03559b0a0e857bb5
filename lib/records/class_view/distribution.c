/* How the learners of a class or org stand in each competency, and how much of it was asked. */
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "records/access/whom.h"
#include "records/ask.h"
#include "records/class_view/answers.h"
#include "records/class_view/types.h"
#include "records/listing.h"
#include "records/mastery/standing.h"
#include "records/need.h"

typedef struct spread_work {
    pz__call *call;
    pz_class_distribution *rows; /* by competency */
    size_t count;
    size_t capacity;
    double *sums; /* of estimates, by row */
    int is_fixed; /* the competencies are those of a framework */
    pz__rules *rules;
    pz__standings standings;
} spread_work;

/* -------------------------------------------------------------------------------------------- competencies --- */

static size_t place_of(const spread_work *work, pz_id competency)
{
    size_t low = 0, high = work->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (work->rows[middle].competency < competency)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static pz_status insert(spread_work *work, size_t place, pz_id competency)
{
    size_t capacity = work->capacity;
    PZ__TRY(pz__reserve((void **)&work->rows, &work->capacity, work->count + 1, sizeof *work->rows));
    PZ__TRY(pz__reserve((void **)&work->sums, &capacity, work->count + 1, sizeof *work->sums));
    memmove(work->rows + place + 1, work->rows + place, (work->count - place) * sizeof *work->rows);
    memmove(work->sums + place + 1, work->sums + place, (work->count - place) * sizeof *work->sums);
    work->rows[place] = *(const pz_class_distribution *)pz__class_distribution_type.initial;
    work->rows[place].competency = competency;
    work->sums[place] = 0;
    work->count++;
    return PZ_OK;
}

static pz_status take_framework(spread_work *work, pz_id framework)
{
    static const char sql[] = "SELECT competency_id FROM competency WHERE tenant_id = ?1 AND framework_id = ?3 AND ended = 0 AND since_change <= ?2 "
                              "AND until_change > ?2 ORDER BY competency_id";
    pz_id *ids;
    size_t count;
    pz_status status = PZ_OK;
    PZ__TRY(pz__need(work->call, PZ_KIND_FRAMEWORK, framework, "framework"));
    PZ__TRY(pz__ids_read(work->call, sql, framework, &ids, &count));
    for (size_t i = 0; i < count && status == PZ_OK; i++) status = insert(work, i, ids[i]);
    pz__release(ids);
    work->is_fixed = 1;
    return status;
}

/* ------------------------------------------------------------------------------------------------- counting --- */

static int is_enough(const pz_mastery_settings *settings, const pz_mastery_estimate *estimate)
{
    return estimate->evidence_count >= (settings->model == PZ_MODEL_N_OF_M ? settings->m : settings->evidence_min);
}

static void count_standing(spread_work *work, pz_id learner, const pz__standing *standing, size_t place)
{
    pz_class_distribution *row = &work->rows[place];
    const pz__rule *rule = pz__rules_for(work->rules, learner, standing->competency);
    row->shown++;
    work->sums[place] += standing->estimate.estimate;
    if (standing->estimate.decision == PZ_MASTERY_MASTERED)
        row->high++;
    else if (standing->estimate.decision == PZ_MASTERY_NOT_YET)
        row->low++;
    else if (is_enough(&rule->settings, &standing->estimate))
        row->middle++;
}

static pz_status count_learner(spread_work *work, pz_id learner)
{
    PZ__TRY(pz__standings_get(&work->standings, work->call, work->rules, learner, PZ__ALL_COMPETENCIES));
    for (size_t i = 0; i < work->standings.count; i++) {
        const pz__standing *standing = &work->standings.rows[i];
        size_t place = place_of(work, standing->competency);
        if (place == work->count || work->rows[place].competency != standing->competency) {
            if (work->is_fixed) continue;
            PZ__TRY(insert(work, place, standing->competency));
        }
        count_standing(work, learner, standing, place);
    }
    return PZ_OK;
}

/* --------------------------------------------------------------------------------------------------- items --- */

static pz_status count_items(spread_work *work, pz_class_distribution *row, const pz__answer_table *answers)
{
    static const char sql[] = "SELECT b.item_id FROM item_competency b JOIN item i ON i.tenant_id = b.tenant_id AND i.item_id = b.item_id AND i.ended = 0 "
                              "AND i.since_change <= ?2 AND i.until_change > ?2 WHERE b.tenant_id = ?1 AND b.competency_id = ?3 AND b.since_change <= ?2 "
                              "AND b.until_change > ?2 ORDER BY b.item_id";
    pz_id *items;
    size_t count;
    PZ__TRY(pz__ids_read(work->call, sql, row->competency, &items, &count));
    row->items = (int32_t)count;
    for (size_t i = 0; i < count; i++) row->items_asked += pz__ids_has(answers->items, answers->cols, items[i]);
    pz__release(items);
    return PZ_OK;
}

static pz_status finish(spread_work *work, const pz__answer_table *answers, pz__rows *rows)
{
    for (size_t i = 0; i < work->count; i++) {
        pz_class_distribution *row = &work->rows[i];
        row->learners = (int32_t)answers->rows;
        row->not_enough = row->learners - row->low - row->middle - row->high;
        if (row->shown) row->mean = work->sums[i] / row->shown;
        PZ__TRY(count_items(work, row, answers));
        pz__rows_add(rows, row);
    }
    return PZ_OK;
}

static pz_status spread(spread_work *work, pz_id framework, const pz__answer_table *answers, pz__rows *rows)
{
    PZ__TRY(pz__rules_load(work->call, &work->rules));
    if (framework) PZ__TRY(take_framework(work, framework));
    for (size_t i = 0; i < answers->rows; i++) PZ__TRY(count_learner(work, answers->learners[i]));
    return finish(work, answers, rows);
}

static pz_status list(pz__call *call, pz_id scope, pz_id framework, pz__rows *rows)
{
    spread_work work = {.call = call};
    pz__answer_table answers;
    pz_id *learners;
    size_t count;
    pz_status status;
    PZ__TRY(pz__view_learners(call, scope, &learners, &count));
    PZ__TRY(pz__answer_table_read(call, 0, 0, learners, count, &answers));
    status = spread(&work, framework, &answers, rows);
    pz__answer_table_free(&answers);
    pz__standings_free(&work.standings);
    pz__rules_free(work.rules);
    pz__release(work.rows);
    pz__release(work.sums);
    return status;
}

pz_status pz_class_distribution_list(pz_actor *actor, pz_id scope, pz_id framework, pz_class_distribution ***out_rows, size_t *out_count)
{
    pz__rows rows;
    pz__call call;
    PZ__TRY(pz__list_start((void ***)out_rows, out_count));
    PZ__TRY(pz__call_read(&call, actor));
    pz__rows_start(&rows, &pz__class_distribution_type);
    return pz__call_end_rows(&call, list(&call, scope, framework, &rows), &rows, (void ***)out_rows, out_count);
}
