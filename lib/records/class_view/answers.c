#include "records/class_view/answers.h"

#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "records/access/scope.h"
#include "records/access/whom.h"
#include "records/evidence/trail.h"
#include "records/need.h"

enum { MOST_CELLS = 20000000 };

pz_status pz__view_learners(pz__call *call, pz_id scope, pz_id **out_learners, size_t *out_count)
{
    int is_class;
    *out_learners = NULL;
    *out_count = 0;
    PZ__TRY(pz__may(call, PZ_KIND_ITEM, PZ__SEE));
    PZ__TRY(pz__scope_kind(call, PZ_KIND_EVIDENCE, PZ__SEE, scope, "scope", &is_class));
    if (is_class) pz__call_read_class(call, PZ_KIND_EVIDENCE, scope);
    return is_class ? pz__class_learners(call, scope, out_learners, out_count) : pz__org_learners(call, scope, out_learners, out_count);
}

/* ------------------------------------------------------------------------------------------------ gathering --- */

typedef struct shown {
    size_t learner; /* place */
    pz_id item;
    pz_time at;
    int64_t sequence;
    double score;
    int32_t option;
} shown;

typedef struct showns {
    shown *rows;
    size_t count;
    size_t capacity;
} showns;

static pz_status read_trail(pz__trail *trail, pz_id assessment, size_t learner, showns *out)
{
    for (;;) {
        pz__answer answer;
        int more;
        PZ__TRY(pz__trail_next(trail, &answer, &more));
        if (!more) return PZ_OK;
        if (!answer.item || (assessment && answer.assessment != assessment)) continue;
        PZ__TRY(pz__reserve((void **)&out->rows, &out->capacity, out->count + 1, sizeof *out->rows));
        out->rows[out->count++] = (shown){learner, answer.item, answer.at, answer.sequence, answer.score, answer.option};
    }
}

static pz_status gather(pz__call *call, pz_id assessment, pz_id competency, const pz_id *learners, size_t count, showns *out)
{
    for (size_t i = 0; i < count; i++) {
        pz__trail_range range = {learners[i], competency, competency ? competency : INT64_MAX, PZ_TIME_NONE, 0, 0};
        pz__trail trail;
        pz_status status;
        PZ__TRY(pz__trail_open(&trail, call, range));
        status = read_trail(&trail, assessment, i, out);
        pz__trail_close(&trail);
        if (status != PZ_OK) return status;
    }
    return PZ_OK;
}

/* By learner and item, the first answer first. */
static int by_cell(const void *a, const void *b)
{
    const shown *left = a, *right = b;
    if (left->learner != right->learner) return left->learner < right->learner ? -1 : 1;
    if (left->item != right->item) return left->item < right->item ? -1 : 1;
    if (left->at != right->at) return left->at < right->at ? -1 : 1;
    return (left->sequence > right->sequence) - (left->sequence < right->sequence);
}

/* ------------------------------------------------------------------------------------------------- laying out --- */

static pz_status list_items(const showns *all, pz__answer_table *table)
{
    table->items = pz__alloc((all->count + 1) * sizeof *table->items);
    if (!table->items) return pz__fail_memory();
    for (size_t i = 0; i < all->count; i++) table->items[i] = all->rows[i].item;
    table->cols = pz__ids_sort(table->items, all->count);
    if (table->rows * table->cols <= MOST_CELLS) return PZ_OK;
    return pz__fail(PZ_E_LIMIT, "scope", "Name an assessment, a competency or a smaller scope.",
                    "%zu learners times %zu items are over the limit of %d.", table->rows, table->cols, MOST_CELLS);
}

static size_t place_of(const pz__answer_table *table, pz_id item)
{
    size_t low = 0, high = table->cols;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (table->items[middle] < item)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static pz_status lay_out(const showns *all, pz__answer_table *table)
{
    size_t cells;
    PZ__TRY(list_items(all, table));
    cells = table->rows * table->cols;
    table->score = pz__alloc((cells + 1) * sizeof *table->score);
    table->option = pz__alloc((cells + 1) * sizeof *table->option);
    if (!table->score || !table->option) return pz__fail_memory();
    for (size_t i = 0; i < cells; i++) {
        table->score[i] = PZ_REAL_NONE;
        table->option[i] = -1;
    }
    for (size_t i = 0; i < all->count; i++) {
        size_t cell = all->rows[i].learner * table->cols + place_of(table, all->rows[i].item);
        if (!isnan(table->score[cell])) continue;
        table->score[cell] = all->rows[i].score;
        if (all->rows[i].option > 0) table->option[cell] = all->rows[i].option;
    }
    return PZ_OK;
}

pz_status pz__answer_table_read(pz__call *call, pz_id assessment, pz_id competency, pz_id *learners, size_t count, pz__answer_table *out)
{
    showns all = {NULL, 0, 0};
    pz_status status;
    memset(out, 0, sizeof *out);
    out->learners = learners;
    out->rows = count;
    status = pz__need_if(call, PZ_KIND_ASSESSMENT, assessment, "assessment");
    if (status == PZ_OK) status = pz__need_if(call, PZ_KIND_COMPETENCY, competency, "competency");
    if (status == PZ_OK) status = gather(call, assessment, competency, learners, count, &all);
    if (status == PZ_OK && all.count) qsort(all.rows, all.count, sizeof *all.rows, by_cell);
    if (status == PZ_OK) status = lay_out(&all, out);
    pz__release(all.rows);
    if (status != PZ_OK) pz__answer_table_free(out);
    return status;
}

void pz__answer_table_free(pz__answer_table *table)
{
    pz__release(table->learners);
    pz__release(table->items);
    pz__release(table->score);
    pz__release(table->option);
    memset(table, 0, sizeof *table);
}
