/* Parallel forms in the two halves of a class, crossed over from one time to the next. */
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "base/random.h"
#include "records/access/whom.h"
#include "records/assessment/seats.h"
#include "records/assessment/tables.h"
#include "records/writing.h"

enum { FORM_A, FORM_B, FORMS, UNDECIDED = FORMS };

typedef struct cross_work {
    pz__call *call;
    pz_id form[FORMS];
    pz_id earlier[FORMS];
    pz_id *learners;
    size_t count;
    int32_t *half; /* of each learner */
    size_t size[FORMS];
} cross_work;

static pz_status find_forms(cross_work *work, pz__sitting *a)
{
    pz__sitting b, before;
    PZ__TRY(pz__sitting_find(work->call, PZ__WRITE, work->form[FORM_A], "form_a", a));
    PZ__TRY(pz__sitting_find(work->call, PZ__WRITE, work->form[FORM_B], "form_b", &b));
    if (a->class_id == 0 || a->class_id != b.class_id)
        return pz__fail(PZ_E_INVALID, "form_b", "Give both forms the class whose halves sit them.",
                        "The assessments %lld and %lld are not of one class.", (long long)a->assessment, (long long)b.assessment);
    for (int i = 0; i < FORMS; i++) {
        const char *field = i == FORM_A ? "earlier_a" : "earlier_b";
        if (!work->earlier[i]) continue;
        PZ__TRY(pz__sitting_find(work->call, PZ__WRITE, work->earlier[i], field, &before));
        if (before.class_id != a->class_id)
            return pz__fail(PZ_E_INVALID, field, NULL, "The assessment %lld is not of the class %lld.", (long long)work->earlier[i],
                            (long long)a->class_id);
    }
    return pz__seat_may(work->call, a);
}

/* Who was expected to sit a form. */
static pz_status read_expected(pz__call *call, pz_id assessment, pz_id **out_learners, size_t *out_count)
{
    static const char sql[] =
        "SELECT learner_id FROM assessment_seat WHERE tenant_id = ?1 AND assessment_id = ?3 AND state = 2 AND since_change <= ?2 "
        "AND until_change > ?2 ORDER BY learner_id";
    return pz__ids_read(call, sql, assessment, out_learners, out_count);
}

/* Those of an earlier form sit the other one now. */
static pz_status cross_over(cross_work *work, int earlier)
{
    pz_id *learners;
    size_t count;
    if (!work->earlier[earlier]) return PZ_OK;
    PZ__TRY(read_expected(work->call, work->earlier[earlier], &learners, &count));
    for (size_t i = 0; i < work->count; i++) {
        if (work->half[i] != UNDECIDED || !pz__ids_has(learners, count, work->learners[i])) continue;
        work->half[i] = 1 - earlier;
        work->size[1 - earlier]++;
    }
    pz__release(learners);
    return PZ_OK;
}

/* All others in an order that the seed draws, each to the smaller half. */
static pz_status draw(cross_work *work, uint64_t seed)
{
    int32_t *order = pz__alloc((work->count + 1) * sizeof *order);
    pz__random random;
    if (!order) return pz__fail_memory();
    for (size_t i = 0; i < work->count; i++) order[i] = (int32_t)i;
    pz__random_seed(&random, seed);
    pz__random_shuffle(&random, order, work->count);
    for (size_t i = 0; i < work->count; i++) {
        int half = work->size[FORM_A] <= work->size[FORM_B] ? FORM_A : FORM_B;
        if (work->half[order[i]] != UNDECIDED) continue;
        work->half[order[i]] = half;
        work->size[half]++;
    }
    pz__release(order);
    return PZ_OK;
}

/* Exemptions stay; a seat in the form of the other half is taken back. */
static pz_status seat(cross_work *work, size_t place, int form)
{
    static const char sql[] = "SELECT state FROM assessment_seat WHERE tenant_id = ?1 AND assessment_id = ?2 AND learner_id = ?3 "
                              "AND until_change = " PZ__CURRENT_SQL;
    pz_assessment_seat wanted = PZ_ASSESSMENT_SEAT_INIT;
    pz__call *call = work->call;
    pz__statement *statement;
    pz_status status;
    int row;
    int32_t state = 0;
    PZ__TRY(pz__db_statement(call->db, sql, &statement));
    pz__bind_int(statement, 1, call->tenant);
    pz__bind_int(statement, 2, work->form[form]);
    pz__bind_int(statement, 3, work->learners[place]);
    status = pz__db_step(statement, &row);
    if (status == PZ_OK && row) state = (int32_t)pz__column_int(statement, 0);
    pz__db_reset(statement);
    if (status != PZ_OK || state == PZ_SEAT_EXEMPT) return status;
    wanted.assessment = work->form[form];
    wanted.learner = work->learners[place];
    wanted.state = work->half[place] == form ? PZ_SEAT_EXPECTED : PZ_SEAT_OPEN;
    wanted.reason_len = 0;
    return wanted.state == PZ_SEAT_OPEN && !state ? PZ_OK : pz__seat_write(call, &wanted);
}

static pz_status cross_learners(cross_work *work, uint64_t seed)
{
    work->half = pz__alloc((work->count + 1) * sizeof *work->half);
    if (!work->half) return pz__fail_memory();
    for (size_t i = 0; i < work->count; i++) work->half[i] = UNDECIDED;
    for (int i = 0; i < FORMS; i++) PZ__TRY(cross_over(work, i));
    PZ__TRY(draw(work, seed));
    for (size_t i = 0; i < work->count; i++)
        for (int form = 0; form < FORMS; form++) PZ__TRY(seat(work, i, form));
    return PZ_OK;
}

static pz_status cross(cross_work *work, uint64_t seed)
{
    pz__sitting a;
    pz_status status;
    PZ__TRY(find_forms(work, &a));
    PZ__TRY(pz__class_learners(work->call, a.class_id, &work->learners, &work->count));
    status = cross_learners(work, seed);
    pz__release(work->learners);
    pz__release(work->half);
    return status;
}

pz_status pz_forms_cross(pz_actor *actor, pz_id form_a, pz_id form_b, pz_id earlier_a, pz_id earlier_b, uint64_t seed, const char *key)
{
    pz__buffer request = PZ__BUFFER_INIT;
    pz__call call;
    cross_work work = {.call = &call, .form = {form_a, form_b}, .earlier = {earlier_a, earlier_b}};
    if (form_a == form_b || (earlier_a && earlier_a == earlier_b))
        return pz__fail(PZ_E_INVALID, form_a == form_b ? "form_b" : "earlier_b", NULL, "Two forms must be two assessments.");
    if (!earlier_a != !earlier_b)
        return pz__fail(PZ_E_INVALID, earlier_a ? "earlier_b" : "earlier_a", "Give both forms of the time before, or neither.",
                        "One earlier form is missing.");
    pz__request_int(&request, form_a);
    pz__request_int(&request, form_b);
    pz__request_int(&request, earlier_a);
    pz__request_int(&request, earlier_b);
    pz__request_int(&request, (int64_t)seed);
    PZ__TRY(pz__write_start(&call, actor, "forms.cross", key, &request));
    return pz__call_end(&call, call.repeated ? PZ_OK : cross(&work, seed));
}
