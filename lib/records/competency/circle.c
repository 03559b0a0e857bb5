/* Circles among directed ties, by depth-first search without recursion: a tie to a place that is on the way closes one. */
#include <string.h>

#include "base/fail.h"
#include "base/map.h"
#include "base/memory.h"
#include "records/competency/write.h"

typedef struct web {
    pz__map *places;  /* id to place */
    pz_id *ids;       /* by place */
    size_t count;
    size_t *first;    /* ties of place p go to ends[first[p]] ... ends[first[p + 1] - 1] */
    size_t *ends;
    size_t *next;     /* by place: the tie that is looked at next */
    uint8_t *state;   /* 0 not seen, 1 on the way, 2 done */
    size_t *way;      /* places from the start to here */
} web;

static void web_free(web *w)
{
    pz__map_free(w->places);
    pz__release(w->ids);
    pz__release(w->first);
    pz__release(w->ends);
    pz__release(w->next);
    pz__release(w->state);
    pz__release(w->way);
}

static pz_status place_of(web *w, pz_id id, size_t *out_place)
{
    int64_t place;
    if (!pz__map_get(w->places, id, &place)) {
        place = (int64_t)w->count;
        PZ__TRY(pz__map_put(w->places, id, place));
        w->ids[w->count++] = id;
    }
    *out_place = (size_t)place;
    return PZ_OK;
}

static pz_status web_make(web *w, const pz_id *from, const pz_id *to, size_t rows)
{
    memset(w, 0, sizeof *w);
    PZ__TRY(pz__map_new(&w->places));
    w->ids = pz__alloc((2 * rows + 1) * sizeof *w->ids);
    w->first = pz__alloc_zero(2 * rows + 2, sizeof *w->first);
    w->ends = pz__alloc((rows + 1) * sizeof *w->ends);
    w->next = pz__alloc_zero(2 * rows + 1, sizeof *w->next);
    w->state = pz__alloc_zero(2 * rows + 1, sizeof *w->state);
    w->way = pz__alloc((2 * rows + 1) * sizeof *w->way);
    if (!w->ids || !w->first || !w->ends || !w->next || !w->state || !w->way) return pz__fail_memory();
    size_t a, b;
    for (size_t i = 0; i < rows; i++) {
        PZ__TRY(place_of(w, from[i], &a));
        PZ__TRY(place_of(w, to[i], &b));
        w->first[a + 1]++;
    }
    for (size_t p = 0; p < w->count; p++) {
        w->first[p + 1] += w->first[p];
        w->next[p] = w->first[p];
    }
    for (size_t i = 0; i < rows; i++) {
        PZ__TRY(place_of(w, from[i], &a));
        PZ__TRY(place_of(w, to[i], &b));
        w->ends[w->next[a]++] = b;
    }
    for (size_t p = 0; p < w->count; p++) w->next[p] = w->first[p];
    return PZ_OK;
}

/* Walks on from the last place of the way; 1 if it comes to one that is on the way already, whose place is *out_closing. */
static int walk(web *w, size_t start, size_t *out_length, size_t *out_closing)
{
    size_t length = 1;
    w->way[0] = start;
    w->state[start] = 1;
    while (length) {
        size_t here = w->way[length - 1];
        if (w->next[here] == w->first[here + 1]) {
            w->state[here] = 2;
            length--;
            continue;
        }
        size_t there = w->ends[w->next[here]++];
        if (w->state[there] == 1) {
            *out_length = length;
            *out_closing = there;
            return 1;
        }
        if (w->state[there]) continue;
        w->state[there] = 1;
        w->way[length++] = there;
    }
    return 0;
}

static pz_status give_path(const web *w, size_t length, size_t closing, pz_id **out_path, size_t *out_count)
{
    size_t begin = 0;
    while (w->way[begin] != closing) begin++;
    *out_path = pz__alloc((length - begin + 1) * sizeof **out_path);
    if (!*out_path) return pz__fail_memory();
    for (size_t i = begin; i < length; i++) (*out_path)[(*out_count)++] = w->ids[w->way[i]];
    (*out_path)[(*out_count)++] = w->ids[closing];
    return PZ_OK;
}

pz_status pz__circle_find(const pz_id *from, const pz_id *to, size_t rows, pz_id **out_path, size_t *out_count)
{
    web w;
    size_t length, closing;
    *out_path = NULL;
    *out_count = 0;
    pz_status status = web_make(&w, from, to, rows);
    for (size_t start = 0; status == PZ_OK && start < w.count; start++) {
        if (w.state[start] || !walk(&w, start, &length, &closing)) continue;
        status = give_path(&w, length, closing, out_path, out_count);
        break;
    }
    web_free(&w);
    return status;
}
