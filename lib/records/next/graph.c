#include "records/next/graph.h"

#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "records/access/whom.h"

/* ------------------------------------------------------------------------------------------------- loading --- */

static const char competencies_sql[] = "SELECT competency_id FROM competency WHERE tenant_id = ?1 AND framework_id = ?3 AND ended = 0 "
                                       "AND since_change <= ?2 AND until_change > ?2 ORDER BY competency_id";

/* Competencies of the framework that others are children of. */
static const char parents_sql[] =
    "SELECT DISTINCT a.destination_id FROM association a JOIN competency c ON c.tenant_id = a.tenant_id AND c.competency_id = a.origin_id "
    "AND c.ended = 0 AND c.since_change <= ?2 AND c.until_change > ?2 WHERE a.tenant_id = ?1 AND a.framework_id = ?3 AND a.kind = 1 "
    "AND a.since_change <= ?2 AND a.until_change > ?2 ORDER BY 1";

/* The ties the other way round, in the order of what follows. */
static pz_status turn_ties(pz__next_graph *graph)
{
    const pz__prerequisites *p = &graph->needs;
    size_t ties = p->count ? p->first[p->count] : 0;
    size_t *filled = pz__alloc_zero(p->count + 1, sizeof *filled);
    graph->first = pz__alloc_zero(p->count + 1, sizeof *graph->first);
    graph->then = pz__alloc((ties + 1) * sizeof *graph->then);
    if (!filled || !graph->first || !graph->then) {
        pz__release(filled);
        return pz__fail_memory();
    }
    for (size_t k = 0; k < ties; k++) graph->first[p->needs[k] + 1]++;
    for (size_t i = 0; i < p->count; i++) graph->first[i + 1] += graph->first[i];
    for (size_t i = 0; i < p->count; i++)
        for (size_t k = p->first[i]; k < p->first[i + 1]; k++) {
            size_t before = p->needs[k];
            graph->then[graph->first[before] + filled[before]++] = i;
        }
    pz__release(filled);
    return PZ_OK;
}

/* What precedes a marked place, near and far, is marked too: places that need others stand later in the order. */
static void mark_needs(const pz__prerequisites *p, uint8_t *marks)
{
    for (size_t i = p->ordered; i-- > 0;) {
        size_t place = p->order[i];
        for (size_t k = p->first[place]; k < p->first[place + 1] && marks[place]; k++) marks[p->needs[k]] = 1;
    }
}

static pz_status offer_framework(pz__call *call, pz_id framework, const pz_id *ids, size_t count, pz__next_graph *graph)
{
    pz_id *parents;
    size_t parent_count;
    PZ__TRY(pz__ids_read(call, parents_sql, framework, &parents, &parent_count));
    for (size_t i = 0; i < count; i++) {
        size_t place = pz__prerequisites_place(&graph->needs, ids[i]);
        graph->is_within[place] = 1;
        graph->is_offered[place] = !pz__ids_has(parents, parent_count, ids[i]);
    }
    pz__release(parents);
    mark_needs(&graph->needs, graph->is_offered);
    return PZ_OK;
}

static pz_status make_room(pz__next_graph *graph)
{
    size_t count = graph->needs.count + 1;
    graph->is_offered = pz__alloc_zero(count, 1);
    graph->is_within = pz__alloc_zero(count, 1);
    graph->is_mastered = pz__alloc_zero(count, 1);
    graph->is_ready = pz__alloc_zero(count, 1);
    graph->is_near = pz__alloc_zero(count, 1);
    graph->standing = pz__alloc_zero(count, sizeof *graph->standing);
    return graph->is_offered && graph->is_within && graph->is_mastered && graph->is_ready && graph->is_near && graph->standing
               ? PZ_OK
               : pz__fail_memory();
}

static pz_status load(pz__call *call, pz_id framework, const pz_id *ids, size_t count, pz__next_graph *graph)
{
    PZ__TRY(pz__prerequisites_load_all(call, ids, count, &graph->needs));
    PZ__TRY(make_room(graph));
    PZ__TRY(turn_ties(graph));
    return framework ? offer_framework(call, framework, ids, count, graph) : PZ_OK;
}

pz_status pz__next_graph_load(pz__call *call, pz_id framework, pz__next_graph *out_graph)
{
    pz_id *ids = NULL;
    size_t count = 0;
    pz_status status;
    memset(out_graph, 0, sizeof *out_graph);
    out_graph->has_framework = framework != 0;
    if (framework) PZ__TRY(pz__ids_read(call, competencies_sql, framework, &ids, &count));
    status = load(call, framework, ids, count, out_graph);
    pz__release(ids);
    return status;
}

void pz__next_graph_free(pz__next_graph *graph)
{
    pz__prerequisites_free(&graph->needs);
    pz__release(graph->first);
    pz__release(graph->then);
    pz__release(graph->is_offered);
    pz__release(graph->is_within);
    pz__release(graph->is_mastered);
    pz__release(graph->is_ready);
    pz__release(graph->is_near);
    pz__release(graph->standing);
    memset(graph, 0, sizeof *graph);
}

/* -------------------------------------------------------------------------------------------- one learner --- */

/* Standings and places are both in the order of ids. */
static void place_standings(pz__next_graph *graph, const pz__standings *standings)
{
    const pz__prerequisites *p = &graph->needs;
    for (size_t i = 0; i < standings->count; i++) {
        const pz__standing *standing = &standings->rows[i];
        size_t place = pz__prerequisites_place(p, standing->competency);
        if (place == p->count) continue;
        graph->standing[place] = standing;
        graph->is_near[place] = 1;
        graph->is_mastered[place] = standing->estimate.decision == PZ_MASTERY_MASTERED;
    }
}

void pz__next_graph_turn(pz__next_graph *graph, const pz__standings *standings)
{
    const pz__prerequisites *p = &graph->needs;
    if (!p->count) return;
    memset(graph->is_mastered, 0, p->count);
    memset(graph->is_near, 0, p->count);
    memset(graph->standing, 0, p->count * sizeof *graph->standing);
    place_standings(graph, standings);
    pz__prerequisites_ready(p, graph->is_mastered, graph->is_ready);
    if (graph->has_framework) return;
    mark_needs(p, graph->is_near);
    for (size_t i = 0; i < p->count; i++)
        for (size_t k = graph->first[i]; k < graph->first[i + 1] && graph->standing[i]; k++) graph->is_near[graph->then[k]] = 1;
}

int pz__next_graph_offers(const pz__next_graph *graph, size_t place)
{
    if (!graph->has_framework) return graph->is_near[place];
    return graph->is_offered[place] || (graph->is_within[place] && graph->standing[place]);
}

static int waits_for_it_alone(const pz__next_graph *graph, size_t place, size_t for_place)
{
    const pz__prerequisites *p = &graph->needs;
    if (graph->is_mastered[place]) return 0;
    for (size_t k = p->first[place]; k < p->first[place + 1]; k++)
        if (p->needs[k] != for_place && !(graph->is_mastered[p->needs[k]] && graph->is_ready[p->needs[k]])) return 0;
    return 1;
}

size_t pz__next_graph_opens(const pz__next_graph *graph, size_t place)
{
    size_t opens = 0;
    for (size_t k = graph->first[place]; k < graph->first[place + 1]; k++) opens += (size_t)waits_for_it_alone(graph, graph->then[k], place);
    return opens;
}

int pz__next_graph_is_built_on(const pz__next_graph *graph, size_t place)
{
    for (size_t k = graph->first[place]; k < graph->first[place + 1]; k++)
        if (graph->is_ready[graph->then[k]] && !graph->is_mastered[graph->then[k]]) return 1;
    return 0;
}
