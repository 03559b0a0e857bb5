/* What a class worked on in the days of a cycle, and what its wrong answers point to. */
#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "personalize/evidence.h"
#include "report/view.h"
#include "store/store.h"

/* Options of items, each item asked for once. */
typedef struct options_seen {
    pz_actor *actor;
    pz__map *items; /* item to number */
    pz_item_option ***lists;
    size_t *counts;
    size_t count, lists_capacity, counts_capacity;
} options_seen;

static pz_status options_of(options_seen *seen, pz_id item, size_t *out_number)
{
    int64_t number;
    if (pz__map_get(seen->items, item, &number)) {
        *out_number = (size_t)number;
        return PZ_OK;
    }
    PZ__TRY(pz__reserve((void **)&seen->lists, &seen->lists_capacity, seen->count + 1, sizeof *seen->lists));
    PZ__TRY(pz__reserve((void **)&seen->counts, &seen->counts_capacity, seen->count + 1, sizeof *seen->counts));
    PZ__TRY(pz__map_put(seen->items, item, (int64_t)seen->count));
    *out_number = seen->count;
    seen->lists[seen->count] = NULL;
    seen->counts[seen->count] = 0;
    seen->count++;
    return pz_item_option_list(seen->actor, item, &seen->lists[*out_number], &seen->counts[*out_number]);
}

static void free_options(options_seen *seen)
{
    for (size_t i = 0; i < seen->count; i++) pz_free(seen->lists[i]);
    pz__release(seen->lists);
    pz__release(seen->counts);
    pz__map_free(seen->items);
}

/* The idea that the option stands for; 0 for none. */
static pz_status idea_of(options_seen *seen, pz_id item, int32_t option, pz_id *out_idea)
{
    size_t number;
    *out_idea = 0;
    PZ__TRY(options_of(seen, item, &number));
    for (size_t i = 0; i < seen->counts[number]; i++)
        if (seen->lists[number][i]->option == option) *out_idea = seen->lists[number][i]->misconception;
    return PZ_OK;
}

/* One answer with a wrong idea behind it. Learners are noted once, in the order of their names. */
static pz_status note_belief(pz__class_view *view, pz__map *numbers, pz_id idea, size_t learner)
{
    int64_t number;
    if (!pz__map_get(numbers, idea, &number)) return PZ_OK;
    pz__view_belief *belief = &view->beliefs[number];
    size_t at = 0;
    belief->answers++;
    while (at < belief->learner_count && belief->learners[at] < learner) at++;
    if (at < belief->learner_count && belief->learners[at] == learner) return PZ_OK;
    if (!belief->learners && !(belief->learners = pz__alloc_zero(view->learner_count, sizeof *belief->learners))) return pz__fail_memory();
    memmove(&belief->learners[at + 1], &belief->learners[at], (belief->learner_count - at) * sizeof *belief->learners);
    belief->learners[at] = learner;
    belief->learner_count++;
    return PZ_OK;
}

static pz_status start_beliefs(pz_actor *actor, pz__class_view *view, pz__map **out_numbers)
{
    PZ__TRY(pz__unless_denied(pz_misconception_list(actor, NULL, &view->misconceptions, &view->misconception_count)));
    view->beliefs = pz__alloc_zero(view->misconception_count, sizeof *view->beliefs);
    if (!view->beliefs) return pz__fail_memory();
    view->belief_count = view->misconception_count;
    PZ__TRY(pz__map_new(out_numbers));
    for (size_t i = 0; i < view->misconception_count; i++) {
        view->beliefs[i].misconception = view->misconceptions[i];
        PZ__TRY(pz__map_put(*out_numbers, view->misconceptions[i]->id, (int64_t)i));
    }
    return PZ_OK;
}

static pz_status take_row(pz__class_view *view, const pz_evidence *evidence, size_t i, options_seen *seen, pz__map *numbers)
{
    int64_t row;
    pz_id idea;
    if (!pz__map_get(view->learner_index, evidence->learner[i], &row)) return PZ_OK; /* somebody who left */
    int64_t column = pz__view_column(view, evidence->competency[i]);
    if (column >= 0) view->cells[(size_t)row * view->competency_count + (size_t)column].is_worked_on = 1;
    if (evidence->score[i] >= 1 || !evidence->option[i] || !evidence->item[i]) return PZ_OK;
    PZ__TRY(idea_of(seen, evidence->item[i], evidence->option[i], &idea));
    return idea ? note_belief(view, numbers, idea, (size_t)row) : PZ_OK;
}

/* Most learners first, then by code. */
static int by_learners(const void *a, const void *b)
{
    const pz__view_belief *x = a, *y = b;
    if (x->learner_count != y->learner_count) return x->learner_count > y->learner_count ? -1 : 1;
    if (x->answers != y->answers) return x->answers > y->answers ? -1 : 1;
    return strcmp(x->misconception->code, y->misconception->code);
}

pz_status pz__view_read_work(pz_actor *actor, pz__class_view *view)
{
    pz_evidence_query query = PZ_EVIDENCE_QUERY_INIT;
    pz_evidence *evidence;
    if (!view->cycle) return PZ_OK;
    query.class_id = view->class_record->id;
    query.from = pz__store_day_start(view->store, view->cycle->opens_on);
    query.until = pz__store_day_start(view->store, view->cycle->closes_on + 1);
    pz_status status = pz_evidence_read(actor, &query, &evidence);
    if (status == PZ_E_DENIED) return PZ_OK;
    if (status != PZ_OK) return status;
    options_seen seen = {.actor = actor};
    pz__map *numbers = NULL;
    status = pz__map_new(&seen.items);
    if (status == PZ_OK) status = start_beliefs(actor, view, &numbers);
    for (size_t i = 0; i < evidence->rows && status == PZ_OK; i++) status = take_row(view, evidence, i, &seen, numbers);
    free_options(&seen);
    pz__map_free(numbers);
    pz_free(evidence);
    if (status != PZ_OK) return status;
    view->worked_known = 1;
    if (view->belief_count) qsort(view->beliefs, view->belief_count, sizeof *view->beliefs, by_learners);
    return PZ_OK;
}
