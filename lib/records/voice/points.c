#include "records/voice/points.h"

#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "base/text_fold.h"
#include "records/access/reach_sql.h"

pz_status pz__topic_fold(const char *text, size_t length, pz__buffer *out)
{
    pz__text_fold(out, text, length);
    return out->status == PZ_OK ? PZ_OK : pz__fail_memory();
}

/* ------------------------------------------------------------------------------------------------------ collecting --- */

static pz_status add_point(pz__points *p, pz__statement *statement)
{
    size_t length;
    const char *topic = pz__column_text(statement, 0, &length);
    PZ__TRY(pz__reserve((void **)&p->rows, &p->capacity, p->count + 1, sizeof *p->rows));
    p->rows[p->count] =
        (pz__point){p->pool.length, 0, pz__column_int(statement, 1), pz__column_time(statement, 2), (int32_t)pz__column_int(statement, 3)};
    PZ__TRY(pz__topic_fold(topic, length, &p->pool));
    p->rows[p->count].topic_len = p->pool.length - p->rows[p->count].topic;
    p->count++;
    return PZ_OK;
}

#define OPEN(v) "(" v ".visibility >= 3 OR " v ".shared_class_id IS NOT NULL)"
#define SAID                                                                                                                               \
    "said(voice_id, topic, learner_id, at) AS (SELECT v.voice_id, v.topic, v.learner_id, v.said_at FROM member m "                         \
    "JOIN voice_entry v ON v.learner_id = m.person_id AND v.tenant_id = ?1 AND v.since_change <= ?4 AND v.until_change > ?4 "              \
    "JOIN voice_entry n ON n.tenant_id = ?1 AND n.voice_id = v.voice_id AND n.until_change = 9223372036854775807 "                         \
    "WHERE v.topic IS NOT NULL AND v.state <> 6 AND n.state <> 6 AND " OPEN("v") " AND " OPEN(                                             \
        "n") ") "                                                                                                                          \
             "SELECT topic, learner_id, at, 1 FROM said UNION ALL SELECT s.topic, c.person_id, c.at, 0 FROM said s JOIN voice_cosigner c " \
             "ON c.tenant_id = ?1 AND c.voice_id = s.voice_id AND c.since_change <= ?4 AND c.until_change > ?4"

static pz_status read_points(pz__call *call, pz_id scope, int is_class, pz__points *p)
{
    static const char of_class[] = "WITH member(person_id) AS (SELECT DISTINCT e.person_id FROM enrollment e WHERE e.class_id = ?2 "
                                   "AND e.role = 1 AND " HOLDS("e") "), " SAID;
    static const char of_org[] = "WITH RECURSIVE " BELOW_ORG ", member(person_id) AS (" LEARNERS_BELOW "), " SAID;
    pz__statement *statement;
    pz_status status;
    int row;
    PZ__TRY(pz__db_statement(call->db, is_class ? of_class : of_org, &statement));
    pz__bind_int(statement, 1, call->tenant);
    pz__bind_int(statement, 2, scope);
    pz__bind_int(statement, 3, call->present_day);
    pz__bind_int(statement, 4, call->as_of);
    while ((status = pz__db_step(statement, &row)) == PZ_OK && row)
        if ((status = add_point(p, statement)) != PZ_OK) break;
    pz__db_reset(statement);
    return status;
}

/* --------------------------------------------------------------------------------------------------------- sorting --- */

static int compare_topics(const pz__points *p, const pz__point *a, const pz__point *b)
{
    size_t shorter = a->topic_len < b->topic_len ? a->topic_len : b->topic_len;
    int order = shorter ? memcmp(p->pool.data + a->topic, p->pool.data + b->topic, shorter) : 0;
    return order ? order : (a->topic_len > b->topic_len) - (a->topic_len < b->topic_len);
}

int pz__points_same_topic(const pz__points *points, const pz__point *a, const pz__point *b)
{
    return compare_topics(points, a, b) == 0;
}

static int comes_first(const pz__points *p, const pz__point *a, const pz__point *b)
{
    int order = compare_topics(p, a, b);
    return order < 0 || (order == 0 && a->at <= b->at);
}

/* The comparison needs the pool, for which qsort has no place. */
static void merge(pz__points *p, size_t from, size_t middle, size_t until, pz__point *room)
{
    size_t a = from, b = middle;
    for (size_t out = from; out < until; out++) {
        int takes_a = a < middle && (b == until || comes_first(p, &p->rows[a], &p->rows[b]));
        room[out] = takes_a ? p->rows[a++] : p->rows[b++];
    }
    memcpy(p->rows + from, room + from, (until - from) * sizeof *room);
}

static pz_status sort_points(pz__points *p)
{
    pz__point *room = pz__alloc((p->count + 1) * sizeof *room);
    if (!room) return pz__fail_memory();
    for (size_t width = 1; width < p->count; width *= 2)
        for (size_t from = 0; from + width < p->count; from += 2 * width)
            merge(p, from, from + width, from + 2 * width < p->count ? from + 2 * width : p->count, room);
    pz__release(room);
    return PZ_OK;
}

pz_status pz__points_collect(pz__call *call, pz_id scope, int is_class, pz__points *points)
{
    PZ__TRY(read_points(call, scope, is_class, points));
    return sort_points(points);
}

void pz__points_free(pz__points *points)
{
    pz__release(points->rows);
    pz__buffer_free(&points->pool);
}

/* -------------------------------------------------------------------------------------------------------- counting --- */

static int by_id(const void *a, const void *b)
{
    pz_id left = *(const pz_id *)a, right = *(const pz_id *)b;
    return (left > right) - (left < right);
}

pz_status pz__points_learners(const pz__point *rows, size_t count, int32_t *out_learners)
{
    pz_id *ids = pz__alloc((count + 1) * sizeof *ids);
    *out_learners = 0;
    if (!ids) return pz__fail_memory();
    for (size_t i = 0; i < count; i++) ids[i] = rows[i].learner;
    if (count > 1) qsort(ids, count, sizeof *ids, by_id);
    for (size_t i = 0; i < count; i++) *out_learners += i == 0 || ids[i] != ids[i - 1];
    pz__release(ids);
    return PZ_OK;
}

int32_t pz__points_entries(const pz__point *rows, size_t count)
{
    int32_t entries = 0;
    for (size_t i = 0; i < count; i++) entries += rows[i].is_entry;
    return entries;
}
