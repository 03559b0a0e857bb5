/* The blossom method (Edmonds 1965) in its primal-dual form of cubic time (Gabow 1976; Galil 1986). Every vertex has a dual; the slack of an edge is
 * the sum of its ends' duals less twice its weight, and no edge has less than 0. Trees of edges without slack grow from the vertices that are still
 * alone, outer and inner nodes by turns. Two outer nodes of different trees that meet give a path by which one more pair is made; two of one tree
 * close an odd circle, a blossom, which is shrunk to one outer node. Where no edge without slack is left, the duals move until there is one. */
#include "grouping/matching.h"

#include <string.h>

#include "base/fail.h"
#include "base/memory.h"

enum { NONE = -1 };

typedef enum label { FREE, OUTER, INNER } label;

/* The real edge by which two nodes touch with the least slack. */
typedef struct edge {
    int32_t from, to; /* vertices; from is NONE where they do not touch */
} edge;

typedef struct blossom {
    int32_t *parts; /* an odd circle of nodes; the first is the base */
    int32_t count, capacity;
    int32_t *part_of; /* by vertex: the part that holds it, or NONE */
} blossom;

typedef struct matcher {
    const int64_t *weights;
    int32_t vertices, nodes_max;
    int32_t nodes;     /* numbers in use: vertices first, then blossoms */
    edge *edges;       /* node by node */
    blossom *blossoms; /* by node less vertices */
    int64_t *dual;     /* by node */
    int32_t *node_of;  /* by node: the outermost one that holds it; NONE for a number that is not in use */
    int32_t *mate;     /* by node: the vertex at the other end of its pair */
    int32_t *parent;   /* by node: the vertex that an inner node was reached from */
    int32_t *near;     /* by node: the outer vertex whose edge to it has the least slack */
    uint8_t *labels;   /* by node */
    int32_t *seen;     /* by node: the last walk that came by */
    int32_t walks;
    int32_t *queue; /* outer vertices whose edges are still to be looked at */
    int32_t queued;
} matcher;

static edge *edge_at(matcher *m, int32_t a, int32_t b)
{
    return &m->edges[(size_t)a * (size_t)m->nodes_max + (size_t)b];
}

static int64_t weight_of(const matcher *m, int32_t a, int32_t b)
{
    return m->weights[(size_t)a * (size_t)m->vertices + (size_t)b];
}

static int64_t slack_of(const matcher *m, edge e)
{
    return m->dual[e.from] + m->dual[e.to] - 2 * weight_of(m, e.from, e.to);
}

static blossom *blossom_of(matcher *m, int32_t node)
{
    return &m->blossoms[node - m->vertices];
}

static int is_outermost(const matcher *m, int32_t node)
{
    return m->node_of[node] == node;
}

static int32_t mate_node(const matcher *m, int32_t node)
{
    return m->mate[node] == NONE ? NONE : m->node_of[m->mate[node]];
}

static int32_t parent_node(const matcher *m, int32_t node)
{
    return m->parent[node] == NONE ? NONE : m->node_of[m->parent[node]];
}

/* ------------------------------------------------------------------------------------------------ bookkeeping --- */

static void offer_near(matcher *m, int32_t vertex, int32_t node)
{
    if (m->near[node] == NONE || slack_of(m, *edge_at(m, vertex, node)) < slack_of(m, *edge_at(m, m->near[node], node)))
        m->near[node] = vertex;
}

static void find_near(matcher *m, int32_t node)
{
    m->near[node] = NONE;
    for (int32_t v = 0; v < m->vertices; v++)
        if (edge_at(m, v, node)->from != NONE && m->node_of[v] != node && m->labels[m->node_of[v]] == OUTER) offer_near(m, v, node);
}

static void enqueue(matcher *m, int32_t node)
{
    if (node < m->vertices) {
        m->queue[m->queued++] = node;
        return;
    }
    const blossom *b = blossom_of(m, node);
    for (int32_t i = 0; i < b->count; i++) enqueue(m, b->parts[i]);
}

static void set_node(matcher *m, int32_t node, int32_t outermost)
{
    m->node_of[node] = outermost;
    if (node < m->vertices) return;
    const blossom *b = blossom_of(m, node);
    for (int32_t i = 0; i < b->count; i++) set_node(m, b->parts[i], outermost);
}

static void reverse(int32_t *values, int32_t count)
{
    for (int32_t i = 0; i < count / 2; i++) {
        int32_t value = values[i];
        values[i] = values[count - 1 - i];
        values[count - 1 - i] = value;
    }
}

/* Turns the circle so that an even number of steps leads from its base to `part`, and returns that number. */
static int32_t even_steps(blossom *b, int32_t part)
{
    int32_t place = 0;
    while (b->parts[place] != part) place++;
    if (place % 2 == 0) return place;
    reverse(b->parts + 1, b->count - 1);
    return b->count - place;
}

/* Makes the first `steps` parts the last, so that a new base comes first. */
static void rotate(blossom *b, int32_t steps)
{
    reverse(b->parts, steps);
    reverse(b->parts + steps, b->count - steps);
    reverse(b->parts, b->count);
}

/* -------------------------------------------------------------------------------------------------- pairing --- */

/* Pairs `node` with the node `other` by the edge between them, and the parts of `node` among themselves. */
static void pair(matcher *m, int32_t node, int32_t other)
{
    edge e = *edge_at(m, node, other);
    m->mate[node] = e.to;
    if (node < m->vertices) return;
    blossom *b = blossom_of(m, node);
    int32_t part = b->part_of[e.from], steps = even_steps(b, part);
    for (int32_t i = 0; i < steps; i += 2) {
        pair(m, b->parts[i], b->parts[i + 1]);
        pair(m, b->parts[i + 1], b->parts[i]);
    }
    pair(m, part, other);
    rotate(b, steps);
}

/* Pairs `node` with `other`, and all pairs anew from there to the root of the tree. */
static void augment(matcher *m, int32_t node, int32_t other)
{
    for (;;) {
        int32_t left = mate_node(m, node);
        pair(m, node, other);
        if (left == NONE) return;
        int32_t next = parent_node(m, left);
        pair(m, left, next);
        node = next;
        other = left;
    }
}

/* The node at which the ways of two outer nodes to their roots meet; NONE where they are in different trees. */
static int32_t meeting(matcher *m, int32_t a, int32_t b)
{
    m->walks++;
    while (a != NONE || b != NONE) {
        if (a != NONE) {
            if (m->seen[a] == m->walks) return a;
            m->seen[a] = m->walks;
            a = mate_node(m, a);
            if (a != NONE) a = parent_node(m, a);
        }
        int32_t other = a;
        a = b;
        b = other;
    }
    return NONE;
}

/* -------------------------------------------------------------------------------------------------- blossoms --- */

static pz_status add_part(blossom *b, int32_t node)
{
    size_t capacity = (size_t)b->capacity;
    PZ__TRY(pz__reserve((void **)&b->parts, &capacity, (size_t)b->count + 1, sizeof *b->parts));
    b->capacity = (int32_t)capacity;
    b->parts[b->count++] = node;
    return PZ_OK;
}

/* The nodes on the way from `node` up to `meet`, without it. Inner ones become outer, so their edges are to be looked at. */
static pz_status add_way(matcher *m, blossom *b, int32_t node, int32_t meet)
{
    while (node != meet) {
        int32_t inner = mate_node(m, node);
        PZ__TRY(add_part(b, node));
        PZ__TRY(add_part(b, inner));
        enqueue(m, inner);
        node = parent_node(m, inner);
    }
    return PZ_OK;
}

/* How the blossom touches every node: by whichever of its parts has the least slack. */
static void join_edges(matcher *m, int32_t number)
{
    blossom *b = blossom_of(m, number);
    for (int32_t x = 0; x < m->nodes; x++) edge_at(m, number, x)->from = edge_at(m, x, number)->from = NONE;
    for (int32_t v = 0; v < m->vertices; v++) b->part_of[v] = NONE;
    for (int32_t i = 0; i < b->count; i++) {
        int32_t part = b->parts[i];
        for (int32_t x = 0; x < m->nodes; x++) {
            edge e = *edge_at(m, part, x), *own = edge_at(m, number, x);
            if (m->node_of[x] == NONE || e.from == NONE || (own->from != NONE && slack_of(m, e) >= slack_of(m, *own))) continue;
            *own = e;
            *edge_at(m, x, number) = *edge_at(m, x, part);
        }
        for (int32_t v = 0; v < m->vertices; v++)
            if (part < m->vertices ? v == part : blossom_of(m, part)->part_of[v] != NONE) b->part_of[v] = part;
    }
}

static pz_status shrink(matcher *m, int32_t a, int32_t meet, int32_t c)
{
    int32_t number = m->vertices;
    while (number < m->nodes && m->node_of[number] != NONE) number++;
    blossom *b = blossom_of(m, number);
    b->count = 0;
    if (!b->part_of && !(b->part_of = pz__alloc((size_t)m->vertices * sizeof *b->part_of))) return pz__fail_memory();
    PZ__TRY(add_part(b, meet));
    PZ__TRY(add_way(m, b, a, meet));
    reverse(b->parts + 1, b->count - 1);
    PZ__TRY(add_way(m, b, c, meet));
    if (number == m->nodes) m->nodes++;
    m->dual[number] = 0;
    m->labels[number] = OUTER;
    m->mate[number] = m->mate[meet];
    m->parent[number] = m->parent[meet];
    set_node(m, number, number);
    join_edges(m, number);
    find_near(m, number);
    return PZ_OK;
}

/* Opens an inner blossom whose dual has come down to 0: the parts between the way in and the base stay in the tree. */
static void expand(matcher *m, int32_t number)
{
    blossom *b = blossom_of(m, number);
    for (int32_t i = 0; i < b->count; i++) set_node(m, b->parts[i], b->parts[i]);
    int32_t entry = b->part_of[edge_at(m, number, m->parent[number])->from], steps = even_steps(b, entry);
    for (int32_t i = 0; i < steps; i += 2) {
        int32_t inner = b->parts[i], outer = b->parts[i + 1];
        m->parent[inner] = edge_at(m, outer, inner)->from;
        m->labels[inner] = INNER;
        m->labels[outer] = OUTER;
        m->near[inner] = NONE;
        find_near(m, outer);
        enqueue(m, outer);
    }
    m->labels[entry] = INNER;
    m->parent[entry] = m->parent[number];
    m->near[entry] = NONE;
    for (int32_t i = steps + 1; i < b->count; i++) {
        m->labels[b->parts[i]] = FREE;
        find_near(m, b->parts[i]);
    }
    m->node_of[number] = NONE;
}

/* ---------------------------------------------------------------------------------------------------- phases --- */

/* An edge without slack from an outer node. *out_paired: a pair was made, so this phase ends. */
static pz_status use_edge(matcher *m, edge e, int *out_paired)
{
    int32_t a = m->node_of[e.from], c = m->node_of[e.to];
    if (m->labels[c] == FREE) {
        int32_t next = mate_node(m, c);
        m->parent[c] = e.from;
        m->labels[c] = INNER;
        m->near[c] = m->near[next] = NONE;
        m->labels[next] = OUTER;
        enqueue(m, next);
        return PZ_OK;
    }
    if (m->labels[c] != OUTER) return PZ_OK;
    int32_t meet = meeting(m, a, c);
    if (meet != NONE) return shrink(m, a, meet, c);
    augment(m, a, c);
    augment(m, c, a);
    *out_paired = 1;
    return PZ_OK;
}

static pz_status scan_queue(matcher *m, int *out_paired)
{
    for (int32_t at = 0; at < m->queued; at++) {
        int32_t v = m->queue[at];
        if (m->labels[m->node_of[v]] == INNER) continue;
        for (int32_t other = 0; other < m->vertices; other++) {
            edge e = {v, other};
            if (edge_at(m, v, other)->from == NONE || m->node_of[v] == m->node_of[other]) continue;
            if (slack_of(m, e) > 0) {
                offer_near(m, v, m->node_of[other]);
                continue;
            }
            PZ__TRY(use_edge(m, e, out_paired));
            if (*out_paired) return PZ_OK;
        }
    }
    m->queued = 0;
    return PZ_OK;
}

/* How far the duals can move before something changes. */
static int64_t step_of(matcher *m)
{
    int64_t step = INT64_MAX;
    for (int32_t x = 0; x < m->nodes; x++) {
        int64_t limit = INT64_MAX;
        if (!is_outermost(m, x)) continue;
        if (x >= m->vertices && m->labels[x] == INNER) limit = m->dual[x] / 2;
        if (m->near[x] != NONE && m->labels[x] != INNER) {
            int64_t slack = slack_of(m, *edge_at(m, m->near[x], x));
            limit = m->labels[x] == OUTER ? slack / 2 : slack;
        }
        if (limit < step) step = limit;
    }
    return step;
}

/* Moves the duals. 0 where those of the vertices that are alone would go below 0: the matching is as heavy as can be. */
static int move_duals(matcher *m)
{
    int64_t step = step_of(m);
    for (int32_t v = 0; v < m->vertices; v++)
        if (m->labels[m->node_of[v]] == OUTER && m->dual[v] < step) step = m->dual[v];
    int ends = 0;
    for (int32_t v = 0; v < m->vertices; v++) {
        label of = (label)m->labels[m->node_of[v]];
        m->dual[v] += of == OUTER ? -step : of == INNER ? step : 0;
        ends |= of == OUTER && m->dual[v] == 0;
    }
    for (int32_t x = m->vertices; x < m->nodes; x++)
        if (is_outermost(m, x)) m->dual[x] += m->labels[x] == OUTER ? 2 * step : m->labels[x] == INNER ? -2 * step : 0;
    return !ends;
}

static pz_status use_near_edges(matcher *m, int *out_paired)
{
    for (int32_t x = 0; x < m->nodes && !*out_paired; x++) {
        if (!is_outermost(m, x) || m->near[x] == NONE || m->node_of[m->near[x]] == x) continue;
        edge e = *edge_at(m, m->near[x], x);
        if (slack_of(m, e) == 0) PZ__TRY(use_edge(m, e, out_paired));
    }
    for (int32_t x = m->vertices; x < m->nodes && !*out_paired; x++)
        if (is_outermost(m, x) && m->labels[x] == INNER && m->dual[x] == 0) expand(m, x);
    return PZ_OK;
}

/* One phase: trees from all vertices that are alone, until one more pair is made. *out_paired stays 0 where none can be. */
static pz_status run_phase(matcher *m, int *out_paired)
{
    m->queued = 0;
    *out_paired = 0;
    for (int32_t x = 0; x < m->nodes; x++) {
        m->labels[x] = FREE;
        m->near[x] = NONE;
    }
    for (int32_t x = 0; x < m->nodes; x++) {
        if (!is_outermost(m, x) || m->mate[x] != NONE) continue;
        m->parent[x] = NONE;
        m->labels[x] = OUTER;
        enqueue(m, x);
    }
    if (!m->queued) return PZ_OK;
    for (;;) {
        PZ__TRY(scan_queue(m, out_paired));
        if (*out_paired || !move_duals(m)) return PZ_OK;
        PZ__TRY(use_near_edges(m, out_paired));
        if (*out_paired) return PZ_OK;
    }
}

/* ---------------------------------------------------------------------------------------------------- start --- */

static pz_status make(matcher *m, const int64_t *weights, int32_t count)
{
    size_t nodes = (size_t)count + (size_t)count / 2 + 1;
    *m = (matcher){.weights = weights, .vertices = count, .nodes_max = (int32_t)nodes, .nodes = count};
    m->edges = pz__alloc(nodes * nodes * sizeof *m->edges);
    m->blossoms = pz__alloc_zero(nodes - (size_t)count, sizeof *m->blossoms);
    m->dual = pz__alloc_zero(nodes, sizeof *m->dual);
    m->node_of = pz__alloc(nodes * sizeof *m->node_of);
    m->mate = pz__alloc(nodes * sizeof *m->mate);
    m->parent = pz__alloc(nodes * sizeof *m->parent);
    m->near = pz__alloc(nodes * sizeof *m->near);
    m->labels = pz__alloc_zero(nodes, 1);
    m->seen = pz__alloc_zero(nodes, sizeof *m->seen);
    m->queue = pz__alloc(2 * nodes * sizeof *m->queue);
    if (!m->edges || !m->blossoms || !m->dual || !m->node_of || !m->mate || !m->parent || !m->near || !m->labels || !m->seen || !m->queue)
        return pz__fail_memory();
    int64_t heaviest = 0;
    for (int32_t a = 0; a < count; a++) {
        for (int32_t b = 0; b < count; b++) {
            int touches = a != b && weight_of(m, a, b) > 0;
            *edge_at(m, a, b) = (edge){touches ? a : NONE, b};
            if (touches && weight_of(m, a, b) > heaviest) heaviest = weight_of(m, a, b);
        }
    }
    for (size_t x = 0; x < nodes; x++) {
        m->node_of[x] = x < (size_t)count ? (int32_t)x : NONE;
        m->mate[x] = m->parent[x] = m->near[x] = NONE;
        if (x < (size_t)count) m->dual[x] = heaviest;
    }
    return PZ_OK;
}

static void release(matcher *m)
{
    for (int32_t i = 0; m->blossoms && i < m->nodes_max - m->vertices; i++) {
        pz__release(m->blossoms[i].parts);
        pz__release(m->blossoms[i].part_of);
    }
    pz__release(m->edges);
    pz__release(m->blossoms);
    pz__release(m->dual);
    pz__release(m->node_of);
    pz__release(m->mate);
    pz__release(m->parent);
    pz__release(m->near);
    pz__release(m->labels);
    pz__release(m->seen);
    pz__release(m->queue);
}

static int32_t vertices_in(matcher *m, int32_t node)
{
    if (node < m->vertices) return 1;
    const blossom *b = blossom_of(m, node);
    int32_t count = 0;
    for (int32_t i = 0; i < b->count; i++) count += vertices_in(m, b->parts[i]);
    return count;
}

/* Half the vertices' duals, and for each blossom half its dual for every pair that fits into it. */
static int64_t dual_value(matcher *m)
{
    int64_t twice = 0;
    for (int32_t v = 0; v < m->vertices; v++) twice += m->dual[v];
    for (int32_t x = m->vertices; x < m->nodes; x++)
        if (m->node_of[x] != NONE) twice += m->dual[x] * (vertices_in(m, x) / 2);
    return twice / 2;
}

pz_status pz__match(const int64_t *weights, int32_t count, pz_progress_fn progress, void *user_data, int32_t *out_partner, int64_t *out_sum,
                    int64_t *out_bound)
{
    matcher m;
    int paired = 1;
    *out_sum = *out_bound = 0;
    pz_status status = make(&m, weights, count);
    for (int32_t phase = 0; status == PZ_OK && paired; phase++) {
        if (progress && progress((double)phase / (count / 2 + 1), user_data) != PZ_OK)
            status = pz__fail(PZ_E_CANCELLED, "progress", NULL, "The search was cancelled.");
        else
            status = run_phase(&m, &paired);
    }
    for (int32_t v = 0; v < count && status == PZ_OK; v++) {
        out_partner[v] = m.mate[v];
        if (m.mate[v] > v) *out_sum += weight_of(&m, v, m.mate[v]);
    }
    if (status == PZ_OK) *out_bound = dual_value(&m);
    release(&m);
    return status;
}
