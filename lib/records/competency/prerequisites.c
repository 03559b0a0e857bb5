#include "records/competency/prerequisites.h"

#include <string.h>

#include "base/fail.h"
#include "base/map.h"
#include "base/memory.h"
#include "personalize/competency.h"
#include "records/access/whom.h"
#include "records/ask.h"

/* Ties as they are found: breadth first from what was asked for. */
typedef struct ties {
    pz_id *ids;
    size_t count;
    size_t capacity;
    pz_id *pairs; /* competency, prerequisite, competency, ... */
    size_t pair_count;
    size_t pair_capacity;
    pz__map *seen;
} ties;

static pz_status meet(ties *t, pz_id id)
{
    if (pz__map_get(t->seen, id, NULL)) return PZ_OK;
    PZ__TRY(pz__map_put(t->seen, id, 1));
    PZ__TRY(pz__reserve((void **)&t->ids, &t->capacity, t->count + 1, sizeof *t->ids));
    t->ids[t->count++] = id;
    return PZ_OK;
}

static pz_status add_pair(ties *t, pz_id competency, pz_id prerequisite)
{
    PZ__TRY(pz__reserve((void **)&t->pairs, &t->pair_capacity, 2 * (t->pair_count + 1), sizeof *t->pairs));
    t->pairs[2 * t->pair_count] = competency;
    t->pairs[2 * t->pair_count + 1] = prerequisite;
    t->pair_count++;
    return meet(t, prerequisite);
}

/* Ties of ended competencies do not hold any more. */
static pz_status expand(pz__call *call, ties *t, pz_id competency)
{
    static const char sql[] =
        "SELECT DISTINCT a.origin_id FROM association a JOIN competency c ON c.tenant_id = a.tenant_id AND c.competency_id = a.origin_id "
        "AND c.ended = 0 AND c.since_change <= ?3 AND c.until_change > ?3 WHERE a.tenant_id = ?1 AND a.destination_id = ?2 AND a.kind = ?4 "
        "AND a.origin_id <> ?2 AND a.since_change <= ?3 AND a.until_change > ?3 ORDER BY 1";
    pz__statement *statement;
    pz_status status;
    int row;
    PZ__TRY(pz__ask(call, sql, competency, &statement));
    pz__bind_int(statement, 4, PZ_ASSOCIATION_PRECEDES);
    while ((status = pz__db_step(statement, &row)) == PZ_OK && row)
        if ((status = add_pair(t, competency, pz__column_int(statement, 0))) != PZ_OK) break;
    pz__db_reset(statement);
    return status;
}

static pz_status find_ties(pz__call *call, const pz_id *ids, size_t count, ties *t)
{
    PZ__TRY(pz__map_new(&t->seen));
    for (size_t i = 0; i < count; i++) PZ__TRY(meet(t, ids[i]));
    for (size_t i = 0; i < t->count; i++) PZ__TRY(expand(call, t, t->ids[i]));
    return PZ_OK;
}

/* Every tie between competencies that have not ended. */
static pz_status read_ties(pz__call *call, ties *t)
{
    static const char sql[] =
        "SELECT DISTINCT a.destination_id, a.origin_id FROM association a JOIN competency c ON c.tenant_id = a.tenant_id "
        "AND c.competency_id = a.origin_id AND c.ended = 0 AND c.since_change <= ?3 AND c.until_change > ?3 JOIN competency d "
        "ON d.tenant_id = a.tenant_id AND d.competency_id = a.destination_id AND d.ended = 0 AND d.since_change <= ?3 AND d.until_change > ?3 "
        "WHERE a.tenant_id = ?1 AND a.kind = ?2 AND a.origin_id <> a.destination_id AND a.since_change <= ?3 AND a.until_change > ?3 "
        "ORDER BY 1, 2";
    pz__statement *statement;
    pz_status status;
    int row;
    PZ__TRY(pz__ask(call, sql, PZ_ASSOCIATION_PRECEDES, &statement));
    while ((status = pz__db_step(statement, &row)) == PZ_OK && row) {
        pz_id competency = pz__column_int(statement, 0);
        status = meet(t, competency);
        if (status == PZ_OK) status = add_pair(t, competency, pz__column_int(statement, 1));
        if (status != PZ_OK) break;
    }
    pz__db_reset(statement);
    return status;
}

static pz_status find_all_ties(pz__call *call, const pz_id *ids, size_t count, ties *t)
{
    PZ__TRY(pz__map_new(&t->seen));
    for (size_t i = 0; i < count; i++) PZ__TRY(meet(t, ids[i]));
    return read_ties(call, t);
}

/* -------------------------------------------------------------------------------------------------- order --- */

size_t pz__prerequisites_place(const pz__prerequisites *p, pz_id competency)
{
    size_t low = 0, high = p->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (p->ids[middle] < competency)
            low = middle + 1;
        else
            high = middle;
    }
    return low < p->count && p->ids[low] == competency ? low : p->count;
}

/* Pairs come competency by competency as these were met, so they are counted first and then put in place. */
static void place_ties(pz__prerequisites *p, const ties *t)
{
    for (size_t i = 0; i < t->pair_count; i++) p->first[pz__prerequisites_place(p, t->pairs[2 * i]) + 1]++;
    for (size_t i = 0; i < p->count; i++) p->first[i + 1] += p->first[i];
    for (size_t i = t->pair_count; i-- > 0;) {
        size_t place = pz__prerequisites_place(p, t->pairs[2 * i]);
        size_t at = p->first[place + 1] - 1;
        while (p->needs[at] != SIZE_MAX) at--;
        p->needs[at] = pz__prerequisites_place(p, t->pairs[2 * i + 1]);
    }
}

/* A competency is put in the order once all that it needs is there: rounds over those that are left, at most as many as the longest
 * chain has links. */
static void put_in_order(pz__prerequisites *p, uint8_t *is_placed)
{
    size_t before;
    do {
        before = p->ordered;
        for (size_t i = 0; i < p->count; i++) {
            int waits = is_placed[i];
            for (size_t k = p->first[i]; k < p->first[i + 1] && !waits; k++) waits = !is_placed[p->needs[k]];
            if (waits) continue;
            is_placed[i] = 1;
            p->order[p->ordered++] = i;
        }
    } while (p->ordered > before);
}

static pz_status build(pz__prerequisites *p, ties *t)
{
    uint8_t *is_placed;
    p->ids = t->ids;
    p->count = pz__ids_sort(t->ids, t->count);
    t->ids = NULL;
    p->first = pz__alloc_zero(p->count + 1, sizeof *p->first);
    p->needs = pz__alloc((t->pair_count + 1) * sizeof *p->needs);
    p->order = pz__alloc((p->count + 1) * sizeof *p->order);
    is_placed = pz__alloc_zero(p->count + 1, 1);
    if (!p->first || !p->needs || !p->order || !is_placed) {
        pz__release(is_placed);
        return pz__fail_memory();
    }
    for (size_t i = 0; i < t->pair_count; i++) p->needs[i] = SIZE_MAX;
    place_ties(p, t);
    put_in_order(p, is_placed);
    pz__release(is_placed);
    return PZ_OK;
}

static pz_status load(pz__call *call, const pz_id *ids, size_t count, pz_status (*find)(pz__call *, const pz_id *, size_t, ties *),
                      pz__prerequisites *out)
{
    ties t = {0};
    pz_status status;
    memset(out, 0, sizeof *out);
    status = find(call, ids, count, &t);
    if (status == PZ_OK) status = build(out, &t);
    pz__release(t.ids);
    pz__release(t.pairs);
    pz__map_free(t.seen);
    if (status != PZ_OK) pz__prerequisites_free(out);
    return status;
}

pz_status pz__prerequisites_load(pz__call *call, const pz_id *ids, size_t count, pz__prerequisites *out)
{
    return load(call, ids, count, find_ties, out);
}

pz_status pz__prerequisites_load_all(pz__call *call, const pz_id *ids, size_t count, pz__prerequisites *out)
{
    return load(call, ids, count, find_all_ties, out);
}

void pz__prerequisites_free(pz__prerequisites *p)
{
    pz__release(p->ids);
    pz__release(p->first);
    pz__release(p->needs);
    pz__release(p->order);
    memset(p, 0, sizeof *p);
}

/* ------------------------------------------------------------------------------------------------- asking --- */

void pz__prerequisites_ready(const pz__prerequisites *p, const uint8_t *mastered, uint8_t *ready)
{
    if (p->count) memset(ready, 0, p->count);
    for (size_t i = 0; i < p->ordered; i++) {
        size_t place = p->order[i];
        uint8_t all = 1;
        for (size_t k = p->first[place]; k < p->first[place + 1]; k++) all = all && mastered[p->needs[k]] && ready[p->needs[k]];
        ready[place] = all;
    }
}

size_t pz__prerequisites_begin(const pz__prerequisites *p, size_t place, const uint8_t *mastered, const uint8_t *ready)
{
    /* Each step goes to a prerequisite that stands earlier in the order, so the walk ends; on a circle it stays where it is. */
    for (size_t steps = 0; !ready[place] && steps < p->count; steps++) {
        size_t next = SIZE_MAX;
        for (size_t k = p->first[place]; k < p->first[place + 1] && next == SIZE_MAX; k++)
            if (!mastered[p->needs[k]] || !ready[p->needs[k]]) next = p->needs[k];
        if (next == SIZE_MAX) break;
        place = next;
    }
    return place;
}
