/* Appending evidence: written in the order of its key, then the standings that it touches are brought up to date. */
#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "records/evidence/predict.h"
#include "records/evidence/write.h"
#include "records/mastery/standing.h"

typedef struct append_work {
    pz__call *call;
    const pz__evidence_row **order;
    size_t count;
    pz__rules *rules;
    pz__standings kept;
    pz__standings anew;
    double *scores;
    double *weights;
    size_t score_capacity;
    size_t weight_capacity;
    double *predictions; /* NULL: not asked for */
    pz_evidence_summary *summary;
} append_work;

static int by_key(const void *a, const void *b)
{
    const pz__evidence_row *left = *(const pz__evidence_row *const *)a, *right = *(const pz__evidence_row *const *)b;
    if (left->learner != right->learner) return left->learner < right->learner ? -1 : 1;
    if (left->competency != right->competency) return left->competency < right->competency ? -1 : 1;
    if (left->at != right->at) return left->at < right->at ? -1 : 1;
    return (left->sequence > right->sequence) - (left->sequence < right->sequence);
}

/* Files are often in order already. */
static void sort(const pz__evidence_row **order, size_t count)
{
    for (size_t i = 1; i < count; i++)
        if (by_key(&order[i - 1], &order[i]) > 0) {
            qsort(order, count, sizeof *order, by_key);
            return;
        }
}

/* ------------------------------------------------------------------------------------------------- evidence --- */

static pz_status insert(pz__call *call, pz__statement *statement, const pz__evidence_row *row)
{
    pz__bind_int(statement, 1, call->tenant);
    pz__bind_int(statement, 2, row->learner);
    pz__bind_int(statement, 3, row->competency);
    pz__bind_int(statement, 4, row->at);
    pz__bind_int(statement, 5, row->sequence);
    pz__bind_int(statement, 6, pz__change_number(call->change));
    pz__bind_real(statement, 7, row->score);
    pz__bind_real(statement, 8, row->weight);
    pz__bind_int(statement, 9, row->kind);
    pz__bind_id(statement, 10, row->assessment);
    pz__bind_id(statement, 11, row->item);
    pz__bind_id(statement, 12, row->option);
    return pz__db_run(statement);
}

static pz_status insert_all(append_work *work)
{
    static const char sql[] = "INSERT INTO evidence (tenant_id, learner_id, competency_id, at, sequence, change_id, score, weight, kind, "
                              "assessment_id, item_id, option_no) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";
    pz__statement *statement;
    PZ__TRY(pz__db_statement(work->call->db, sql, &statement));
    for (size_t i = 0; i < work->count; i++) PZ__TRY(insert(work->call, statement, work->order[i]));
    return PZ_OK;
}

/* ------------------------------------------------------------------------------------------------ standings --- */

static const pz__standing *find(const pz__standings *kept, size_t *place, pz_id competency)
{
    while (*place < kept->count && kept->rows[*place].competency < competency) ++*place;
    return *place < kept->count && kept->rows[*place].competency == competency ? &kept->rows[*place] : NULL;
}

/* The new answers come after all that the standing has seen. Their sequences are higher than any before. */
static int goes_on(const pz__standing *kept, const pz__rule *rule, const pz__evidence_row *first)
{
    return !kept || (kept->rule == rule->id && first->at >= kept->last_at);
}

static pz_status take_new(append_work *work, pz__standing *standing, const pz__rule *rule, const pz__evidence_row *const *rows,
                          size_t count)
{
    PZ__TRY(pz__reserve((void **)&work->scores, &work->score_capacity, count, sizeof *work->scores));
    PZ__TRY(pz__reserve((void **)&work->weights, &work->weight_capacity, count, sizeof *work->weights));
    for (size_t i = 0; i < count; i++) {
        work->scores[i] = rows[i]->score;
        work->weights[i] = rows[i]->weight;
    }
    for (size_t i = 0; work->predictions && i < count; i++) {
        work->predictions[rows[i]->sequence - work->summary->first_sequence] = pz__evidence_expected(&rule->settings, &standing->state);
        PZ__TRY(pz__standing_take(standing, rule, work->scores + i, work->weights + i, 1));
    }
    if (!work->predictions) PZ__TRY(pz__standing_take(standing, rule, work->scores, work->weights, count));
    standing->last_at = rows[count - 1]->at;
    standing->last_sequence = rows[count - 1]->sequence;
    return pz__standing_write(work->call, rows[0]->learner, standing);
}

static pz_status bring_up_to_date(append_work *work, const pz__standing *kept, const pz__evidence_row *const *rows, size_t count)
{
    pz_id learner = rows[0]->learner, competency = rows[0]->competency;
    const pz__rule *rule = pz__rules_for(work->rules, learner, competency);
    pz__standing standing;
    work->summary->states++;
    if (!goes_on(kept, rule, rows[0])) {
        if (work->predictions)
            PZ__TRY(pz__evidence_predict(work->call, rule, learner, competency, work->summary->first_sequence, work->predictions, work->count));
        return pz__standing_renew(&work->anew, work->call, work->rules, learner, competency);
    }
    if (kept)
        standing = *kept;
    else
        PZ__TRY(pz__standing_start(&standing, competency, rule));
    return take_new(work, &standing, rule, rows, count);
}

/* Brings the rows that mastery follows from to the front, in their order; returns how many they are. */
static size_t counted_first(const pz__evidence_row **rows, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (!pz__evidence_is_apart(rows[i]->kind)) rows[kept++] = rows[i];
    return kept;
}

/* The rows of one learner. */
static pz_status take_learner(append_work *work, const pz__evidence_row **rows, size_t count)
{
    size_t place = 0, counted;
    pz_id learner = rows[0]->learner;
    PZ__TRY(pz__standings_read(&work->kept, work->call, rows[0]->learner, rows[0]->competency, rows[count - 1]->competency));
    for (size_t first = 0, end; first < count; first = end) {
        for (end = first + 1; end < count && rows[end]->competency == rows[first]->competency;) end++;
        counted = counted_first(rows + first, end - first);
        if (counted) PZ__TRY(bring_up_to_date(work, find(&work->kept, &place, rows[first]->competency), rows + first, counted));
    }
    pz__change_note(work->call->change, PZ_KIND_EVIDENCE, 0, learner, PZ__ACT_ADD, (int64_t)count);
    work->summary->learners++;
    return PZ_OK;
}

static pz_status append(append_work *work)
{
    PZ__TRY(insert_all(work));
    PZ__TRY(pz__rules_load(work->call, &work->rules));
    for (size_t first = 0, end; first < work->count; first = end) {
        for (end = first + 1; end < work->count && work->order[end]->learner == work->order[first]->learner;) end++;
        PZ__TRY(take_learner(work, work->order + first, end - first));
    }
    return PZ_OK;
}

pz_status pz__evidence_append(pz__call *call, pz__evidence_row *rows, size_t count, pz_evidence_summary *out_summary)
{
    return pz__evidence_append_predicted(call, rows, count, NULL, out_summary);
}

pz_status pz__evidence_append_predicted(pz__call *call, pz__evidence_row *rows, size_t count, double *predictions,
                                        pz_evidence_summary *out_summary)
{
    pz_evidence_summary summary = {sizeof summary, (int64_t)count, 0, 0, 0, 0};
    append_work work = {.call = call, .count = count, .predictions = predictions, .summary = &summary};
    pz_status status;
    summary.change = pz__change_number(call->change);
    *out_summary = summary;
    if (count == 0) return PZ_OK;
    PZ__TRY(pz__store_take_ids(call->store, (int64_t)count, &summary.first_sequence));
    work.order = count <= SIZE_MAX / sizeof *work.order ? pz__alloc(count * sizeof *work.order) : NULL;
    if (!work.order) return pz__fail_memory();
    for (size_t i = 0; i < count; i++) {
        rows[i].sequence = summary.first_sequence + (int64_t)i;
        work.order[i] = &rows[i];
    }
    sort(work.order, count);
    status = append(&work);
    pz__standings_free(&work.kept);
    pz__standings_free(&work.anew);
    pz__rules_free(work.rules);
    pz__release(work.scores);
    pz__release(work.weights);
    pz__release(work.order);
    if (status == PZ_OK) *out_summary = summary;
    return status;
}
