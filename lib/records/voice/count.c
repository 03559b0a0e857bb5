/* How much is said and answered, by class and by org. Only what the actor sees is counted. */
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "records/access/scope.h"
#include "records/listing.h"
#include "records/voice/see.h"
#include "records/voice/tables.h"

enum { KINDS = PZ_VOICE_COUNTER + 1 };

/* Counts by kind; 0 is all kinds. */
typedef struct tally {
    const pz__call *call;
    pz_voice_count counts[KINDS];
    int spoke[KINDS]; /* the learner that is looked at has an entry */
} tally;

static void add_to(const pz__call *call, const pz_voice_entry *entry, pz_voice_count *count)
{
    int waits = entry->state == PZ_VOICE_OPEN || entry->state == PZ_VOICE_SEEN;
    count->entries++;
    count->waiting += waits && entry->awaits_answer;
    count->overdue += waits && entry->awaits_answer && entry->due_on < call->today;
    count->answered += entry->state == PZ_VOICE_ANSWERED;
    count->acted_on += entry->state == PZ_VOICE_ACTED_ON;
    count->declined += entry->state == PZ_VOICE_DECLINED;
}

static pz_status add_entry(const pz_voice_entry *entry, void *user_data)
{
    tally *t = user_data;
    if (entry->state == PZ_VOICE_WITHDRAWN) return PZ_OK;
    add_to(t->call, entry, &t->counts[0]);
    add_to(t->call, entry, &t->counts[entry->kind]);
    t->spoke[0] = t->spoke[entry->kind] = 1;
    return PZ_OK;
}

static pz_status add_learners(pz__call *call, const pz_id *learners, size_t count, tally *t)
{
    for (size_t i = 0; i < count; i++) {
        memset(t->spoke, 0, sizeof t->spoke);
        PZ__TRY(pz__voice_each(call, learners[i], add_entry, t));
        for (int kind = 0; kind < KINDS; kind++) t->counts[kind].learners += t->spoke[kind];
    }
    return PZ_OK;
}

static void add_rows(const tally *t, pz_id org, pz_id class_id, pz__rows *rows)
{
    for (int kind = 0; kind < KINDS; kind++) {
        pz_voice_count count = t->counts[kind];
        if (kind && !count.entries) continue;
        count.struct_size = sizeof count;
        count.org = org;
        count.class_id = class_id;
        count.kind = kind;
        pz__rows_add(rows, &count);
    }
}

static pz_status count_class(pz__call *call, pz_id org, pz_id class_id, pz__rows *rows)
{
    tally t = {.call = call};
    pz_id *learners;
    size_t count;
    pz_status status;
    PZ__TRY(pz__class_learners(call, class_id, &learners, &count));
    status = add_learners(call, learners, count, &t);
    pz__release(learners);
    if (status != PZ_OK) return status;
    add_rows(&t, org, class_id, rows);
    pz__call_read_class(call, PZ_KIND_VOICE, class_id);
    return PZ_OK;
}

static pz_status count_org(pz__call *call, pz_id org, pz__rows *rows)
{
    tally t = {.call = call};
    pz_id *learners;
    size_t count;
    pz_status status;
    PZ__TRY(pz__org_learners(call, org, &learners, &count));
    status = add_learners(call, learners, count, &t);
    pz__release(learners);
    if (status == PZ_OK) add_rows(&t, org, 0, rows);
    return status;
}

static pz_status list(pz__call *call, pz_id org, pz_id class_id, pz__rows *rows)
{
    pz__scope scope;
    pz_status status = pz__scope_find(call, PZ_KIND_VOICE, org, class_id, &scope);
    for (size_t i = 0; i < scope.org_count && status == PZ_OK; i++) status = count_org(call, scope.orgs[i], rows);
    for (size_t i = 0; i < scope.class_count && status == PZ_OK; i++)
        status = count_class(call, scope.class_orgs[i], scope.classes[i], rows);
    pz__scope_free(&scope);
    return status;
}

pz_status pz_voice_count_list(pz_actor *actor, pz_id org, pz_id class_id, pz_voice_count ***out_rows, size_t *out_count)
{
    pz__rows rows;
    pz__call call;
    PZ__TRY(pz__list_start((void ***)out_rows, out_count));
    PZ__TRY(pz__call_read(&call, actor));
    pz__rows_start(&rows, &pz__voice_count_type);
    return pz__call_end_rows(&call, list(&call, org, class_id, &rows), &rows, (void ***)out_rows, out_count);
}
