/* What the groups of the last weeks achieved, against the others of their class. */
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "personalize/effect.h"
#include "records/access/whom.h"
#include "records/ask.h"
#include "records/cycle/find.h"
#include "records/listing.h"
#include "records/types_learning.h"

/* A result as far as it counts here. */
typedef struct found {
    pz_id competency;
    pz_id learner;
    double growth;
    int is_need;
    int is_mastered;
} found;

typedef struct founds {
    found *rows; /* by competency and learner */
    size_t count;
    size_t capacity;
} founds;

typedef struct placed {
    pz_id learner;
    int32_t group_no;
    pz_id competency;
} placed;

typedef struct effect_work {
    pz__call *call;
    pz_cycle *cycle;
    pz_cycle *previous;
    founds now, before;
    placed *members; /* of the recommendation at hand, by group */
    size_t member_count;
    size_t member_capacity;
    pz_id *learners; /* of its class */
    size_t learner_count;
    double *values;
    double *others;
    pz__rows *rows;
} effect_work;

/* ------------------------------------------------------------------------------------------------- results --- */

static pz_status read_results(pz__call *call, const pz_cycle *cycle, founds *out)
{
#define RESULTS(table)                                                                                                                     \
    "SELECT competency_id, learner_id, growth, is_need, decision FROM " table                                                              \
    " WHERE tenant_id = ?1 AND cycle_id = ?2 AND change_id = ?4 "                                                                          \
    "AND change_id <= ?3"
    static const char sql[] = RESULTS("cycle_result") " UNION ALL " RESULTS("cycle_result_again") " ORDER BY 1, 2";
    pz__statement *statement;
    pz_status status;
    int row;
    PZ__TRY(pz__ask(call, sql, cycle->id, &statement));
    pz__bind_int(statement, 4, cycle->closed_change);
    while ((status = pz__db_step(statement, &row)) == PZ_OK && row) {
        found *one;
        status = pz__reserve((void **)&out->rows, &out->capacity, out->count + 1, sizeof *out->rows);
        if (status != PZ_OK) break;
        one = &out->rows[out->count++];
        one->competency = pz__column_int(statement, 0);
        one->learner = pz__column_int(statement, 1);
        one->growth = pz__column_real(statement, 2);
        one->is_need = (int)pz__column_int(statement, 3);
        one->is_mastered = pz__column_int(statement, 4) == PZ_MASTERY_MASTERED;
    }
    pz__db_reset(statement);
    return status;
}

static const found *find(const founds *in, pz_id competency, pz_id learner)
{
    size_t low = 0, high = in->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const found *one = &in->rows[middle];
        if (one->competency < competency || (one->competency == competency && one->learner < learner))
            low = middle + 1;
        else
            high = middle;
    }
    return low < in->count && in->rows[low].competency == competency && in->rows[low].learner == learner ? &in->rows[low] : NULL;
}

/* -------------------------------------------------------------------------------------------------- groups --- */

/* Where a learner was seated more than once only what holds now counts. */
static pz_status read_members(effect_work *work, pz_id recommendation)
{
    static const char sql[] =
        "SELECT m.learner_id, m.group_no, g.competency_id FROM recommended_member m JOIN recommended_group g ON g.tenant_id = m.tenant_id "
        "AND g.recommendation_id = m.recommendation_id AND g.group_no = m.group_no AND g.since_change <= ?3 AND g.until_change > ?3 "
        "WHERE m.tenant_id = ?1 AND m.recommendation_id = ?2 AND m.since_change <= ?3 AND m.until_change > ?3 ORDER BY m.group_no, "
        "m.learner_id";
    pz__statement *statement;
    pz_status status;
    int row;
    work->member_count = 0;
    PZ__TRY(pz__ask(work->call, sql, recommendation, &statement));
    while ((status = pz__db_step(statement, &row)) == PZ_OK && row) {
        placed *one;
        status = pz__reserve((void **)&work->members, &work->member_capacity, work->member_count + 1, sizeof *work->members);
        if (status != PZ_OK) break;
        one = &work->members[work->member_count++];
        one->learner = pz__column_int(statement, 0);
        one->group_no = (int32_t)pz__column_int(statement, 1);
        one->competency = pz__column_int(statement, 2);
    }
    pz__db_reset(statement);
    return status;
}

enum { IN_GROUP = 1, IN_CLASS = 2, ELSEWHERE = 3 };

/* In this group; of the class and in no group with this competency; or in another group with it. */
static int side_of(const effect_work *work, pz_id learner, const placed *group)
{
    for (size_t i = 0; i < work->member_count; i++) {
        if (work->members[i].learner != learner) continue;
        if (work->members[i].group_no == group->group_no) return IN_GROUP;
        return work->members[i].competency == group->competency ? ELSEWHERE : IN_CLASS;
    }
    return IN_CLASS;
}

typedef struct tallies {
    int64_t met[2], needed[2];
    size_t grown[2];
} tallies;

/* Sides are 0 for the group and 1 for the others. */
static void tally(effect_work *work, const placed *group, tallies *t)
{
    memset(t, 0, sizeof *t);
    for (size_t i = 0; i < work->learner_count; i++) {
        int side = side_of(work, work->learners[i], group);
        const found *now = find(&work->now, group->competency, work->learners[i]);
        const found *before = find(&work->before, group->competency, work->learners[i]);
        if (side == ELSEWHERE || !now) continue;
        if (before && before->is_need) {
            t->needed[side != IN_GROUP]++;
            t->met[side != IN_GROUP] += now->is_mastered;
        }
        if (!isnan(now->growth)) *(side == IN_GROUP ? &work->values[t->grown[0]++] : &work->others[t->grown[1]++]) = now->growth;
    }
}

static void add_row(effect_work *work, pz_id recommendation, pz_id class_id, const placed *group, int32_t measure, const pz_effect *effect)
{
    pz_group_effect row = *(const pz_group_effect *)pz__group_effect_type.initial;
    row.recommendation = recommendation;
    row.group_no = group->group_no;
    row.class_id = class_id;
    row.competency = group->competency;
    row.measure = measure;
    row.learners = effect->learners;
    row.others = effect->others;
    row.value = effect->value;
    row.others_value = effect->others_value;
    row.difference = effect->difference;
    row.standard_error = effect->standard_error;
    row.lower = effect->lower;
    row.upper = effect->upper;
    pz__rows_add(work->rows, &row);
}

static pz_status measure_group(effect_work *work, pz_id recommendation, pz_id class_id, const placed *group)
{
    pz_effect met = PZ_EFFECT_INIT, growth = PZ_EFFECT_INIT;
    tallies t;
    tally(work, group, &t);
    PZ__TRY(pz_effect_of_shares(t.met[0], t.needed[0], t.met[1], t.needed[1], &met));
    PZ__TRY(pz_effect_of_means(work->values, t.grown[0], work->others, t.grown[1], &growth));
    add_row(work, recommendation, class_id, group, PZ_EFFECT_NEED_MET, &met);
    add_row(work, recommendation, class_id, group, PZ_EFFECT_GROWTH, &growth);
    return PZ_OK;
}

static pz_status measure_groups(effect_work *work, pz_id recommendation, pz_id class_id)
{
    work->values = pz__alloc((work->learner_count + 1) * sizeof *work->values);
    work->others = pz__alloc((work->learner_count + 1) * sizeof *work->others);
    if (!work->values || !work->others) return pz__fail_memory();
    for (size_t i = 0; i < work->member_count; i++)
        if (work->members[i].competency && (i == 0 || work->members[i].group_no != work->members[i - 1].group_no))
            PZ__TRY(measure_group(work, recommendation, class_id, &work->members[i]));
    pz__call_read_class(work->call, PZ_KIND_CYCLE, class_id);
    return PZ_OK;
}

static pz_status measure(effect_work *work, pz_id recommendation, pz_id class_id)
{
    pz_status status;
    PZ__TRY(read_members(work, recommendation));
    PZ__TRY(pz__class_learners(work->call, class_id, &work->learners, &work->learner_count));
    status = measure_groups(work, recommendation, class_id);
    pz__release(work->learners);
    pz__release(work->values);
    pz__release(work->others);
    work->learners = NULL;
    work->values = work->others = NULL;
    return status;
}

/* ----------------------------------------------------------------------------------------- recommendations --- */

typedef struct named {
    pz_id recommendation;
    pz_id class_id;
} named;

static pz_status read_recommendations(effect_work *work, named **out_rows, size_t *out_count)
{
    static const char sql[] =
        "SELECT recommendation_id, class_id FROM recommendation WHERE tenant_id = ?1 AND state = 3 AND since_change <= ?3 "
        "AND until_change > ?3 AND (cycle_id = ?2 OR (cycle_id IS NULL AND since_change > ?4 AND since_change < ?5)) "
        "ORDER BY recommendation_id";
    pz__call *call = work->call;
    pz__statement *statement;
    pz__reach classes;
    size_t capacity = 0;
    pz_status status;
    int row;
    PZ__TRY(pz__reach_classes(call, &classes));
    PZ__TRY(pz__ask(call, sql, work->previous->id, &statement));
    pz__bind_int(statement, 4, work->previous->closed_change);
    pz__bind_int(statement, 5, work->cycle->closed_change);
    while ((status = pz__db_step(statement, &row)) == PZ_OK && row) {
        named one = {pz__column_int(statement, 0), pz__column_int(statement, 1)};
        if (!pz__reach_has(&classes, one.class_id) || (work->cycle->class_id && work->cycle->class_id != one.class_id)) continue;
        status = pz__reserve((void **)out_rows, &capacity, *out_count + 1, sizeof **out_rows);
        if (status != PZ_OK) break;
        (*out_rows)[(*out_count)++] = one;
    }
    pz__db_reset(statement);
    return status;
}

static pz_status measure_all(effect_work *work)
{
    named *rows = NULL;
    size_t count = 0;
    pz_status status = read_results(work->call, work->cycle, &work->now);
    if (status == PZ_OK) status = read_results(work->call, work->previous, &work->before);
    if (status == PZ_OK) status = read_recommendations(work, &rows, &count);
    for (size_t i = 0; i < count && status == PZ_OK; i++) status = measure(work, rows[i].recommendation, rows[i].class_id);
    pz__release(rows);
    pz__release(work->now.rows);
    pz__release(work->before.rows);
    pz__release(work->members);
    return status;
}

static pz_status list(pz__call *call, pz_id cycle, pz__rows *rows)
{
    effect_work work = {.call = call, .rows = rows};
    pz_status status = PZ_OK;
    PZ__TRY(pz__cycle_find_closed(call, cycle, &work.cycle));
    /* Who sees items is staff, or a service that reads: learners and families see their own places, not what became of others. */
    status = pz__may(call, PZ_KIND_ITEM, PZ__SEE);
    if (status == PZ_OK && work.cycle->previous) status = pz__cycle_find(call, PZ__SEE, work.cycle->previous, &work.previous);
    if (status == PZ_OK && work.previous && work.previous->closed_change) status = measure_all(&work);
    pz_free(work.cycle);
    pz_free(work.previous);
    return status;
}

pz_status pz_cycle_effect_list(pz_actor *actor, pz_id cycle, pz_group_effect ***out_rows, size_t *out_count)
{
    pz__rows rows;
    pz__call call;
    PZ__TRY(pz__list_start((void ***)out_rows, out_count));
    PZ__TRY(pz__call_read(&call, actor));
    pz__rows_start(&rows, &pz__group_effect_type);
    return pz__call_end_rows(&call, list(&call, cycle, &rows), &rows, (void ***)out_rows, out_count);
}
