/* Enrollments: by far the most rows of an archive. New ones are gathered in chunks, each sorted before it is written; whether one differs from what
 * is stored is told from a digest, without asking the store. */
#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "exchange/oneroster_write.h"
#include "records/roster/bulk.h"

enum { CHUNK_ROWS = 65536 };

/* A new outside id, waiting for its chunk. */
typedef struct outside {
    size_t text; /* place in the chunk's texts */
    size_t length;
    pz_id id;
} outside;

struct pz__or_chunk {
    pz_enrollment *rows;
    size_t count;
    outside *outsides;
    size_t outside_count;
    pz__buffer texts;
    int32_t *counts; /* by place of users: enrollments that changed */
    int64_t others;  /* those of adults */
};
typedef struct pz__or_chunk waiting;

static uint64_t digest_of(int32_t role, int32_t is_primary, pz_date begins_on, pz_date ends_on)
{
    uint64_t digest = (uint64_t)(uint32_t)begins_on << 32 | (uint32_t)ends_on;
    digest = (digest ^ digest >> 29) * UINT64_C(0xBF58476D1CE4E5B9);
    return digest ^ ((uint64_t)(uint32_t)role << 1 | (uint64_t)(is_primary != 0));
}

/* -------------------------------------------------------------------------------------------------------- stored --- */

static pz_status keep_stored(pz__or_writer *writer, int64_t place, const pz__or_stored_enrollment *stored)
{
    size_t before = writer->enrollments_capacity;
    PZ__TRY(pz__reserve((void **)&writer->enrollments, &writer->enrollments_capacity, writer->roster->ids[PZ__OR_ENROLLMENTS].count,
                        sizeof *stored));
    if (writer->enrollments_capacity > before)
        memset(writer->enrollments + before, 0, (writer->enrollments_capacity - before) * sizeof *stored);
    writer->enrollments[place] = *stored;
    return PZ_OK;
}

pz_status pz__or_load_enrollments(pz__or_writer *writer)
{
    static const char sql[] = "SELECT enrollment_id, class_id, person_id, role, is_primary, begins_on, ends_on FROM enrollment "
                              "WHERE tenant_id = ?1 AND until_change = ?2";
    pz__id_register *ids = &writer->roster->ids[PZ__OR_ENROLLMENTS];
    pz__statement *statement;
    pz_status status;
    int row;
    if (pz__map_count(writer->places[PZ__OR_ENROLLMENTS]) == 0) return PZ_OK;
    PZ__TRY(pz__db_statement(writer->call->db, sql, &statement));
    pz__bind_int(statement, 1, writer->call->tenant);
    pz__bind_int(statement, 2, PZ__CURRENT);
    PZ__OR_ROWS(statement, status, row)
    {
        int64_t place, group;
        pz__or_stored_enrollment stored = {pz__column_int(statement, 1), pz__column_int(statement, 2), 0};
        if (!pz__map_get(writer->places[PZ__OR_ENROLLMENTS], pz__column_int(statement, 0), &place)) continue;
        stored.digest = digest_of((int32_t)pz__column_int(statement, 3), (int32_t)pz__column_int(statement, 4),
                                  pz__column_date(statement, 5), pz__column_date(statement, 6));
        status = keep_stored(writer, place, &stored);
        if (status) break;
        if (writer->roster->modes[PZ__OR_ENROLLMENTS] != PZ__OR_BULK ||
            !pz__map_get(writer->places[PZ__OR_CLASSES], stored.class_id, &group) ||
            !(writer->roster->ids[PZ__OR_CLASSES].flags[group] & PZ__ID_COVERED))
            continue;
        writer->current[PZ__OR_ENROLLMENTS]++;
        if ((ids->flags[place] & PZ__ID_LISTED) && !(ids->flags[place] & PZ__ID_DELETED)) continue;
        ids->flags[place] |= PZ__ID_GONE;
        writer->gone[PZ__OR_ENROLLMENTS]++;
    }
    pz__db_reset(statement);
    return status;
}

static const pz__or_stored_enrollment *stored_at(const pz__or_writer *writer, int64_t place)
{
    return (size_t)place < writer->enrollments_capacity && writer->enrollments[place].class_id ? &writer->enrollments[place] : NULL;
}

/* -------------------------------------------------------------------------------------------------------- chunks --- */

static int by_key(const void *a, const void *b)
{
    const pz_enrollment *x = a, *y = b;
    if (x->class_id != y->class_id) return x->class_id < y->class_id ? -1 : 1;
    if (x->person != y->person) return x->person < y->person ? -1 : 1;
    return x->id < y->id ? -1 : x->id > y->id;
}

/* The texts move while they are gathered: they are compared by their place in this buffer. */
static int by_text(const void *a, const void *b, void *texts)
{
    const outside *x = a, *y = b;
    const char *data = texts;
    size_t shared = x->length < y->length ? x->length : y->length;
    int order = memcmp(data + x->text, data + y->text, shared);
    return order ? order : x->length < y->length ? -1 : x->length > y->length;
}

static pz_status write_chunk(pz__or_writer *writer, waiting *chunk)
{
    if (writer->call->change && chunk->count) {
        qsort(chunk->rows, chunk->count, sizeof *chunk->rows, by_key);
        PZ__TRY(pz__enrollment_bulk_add(writer->call, chunk->rows, chunk->count));
    }
    if (chunk->texts.status) return pz__fail_memory();
    if (writer->call->change && chunk->outside_count) {
        qsort_r(chunk->outsides, chunk->outside_count, sizeof *chunk->outsides, by_text, chunk->texts.data);
        for (size_t i = 0; i < chunk->outside_count; i++)
            PZ__TRY(pz__or_put_outside(writer, PZ_KIND_ENROLLMENT, chunk->texts.data + chunk->outsides[i].text, chunk->outsides[i].length,
                                       chunk->outsides[i].id));
    }
    chunk->count = chunk->outside_count = 0;
    pz__buffer_clear(&chunk->texts);
    return PZ_OK;
}

static void note_change(pz__or_writer *writer, waiting *chunk, int64_t user, int32_t role)
{
    if (role == PZ_ROLE_LEARNER && user >= 0 && (size_t)user < writer->roster->ids[PZ__OR_USERS].count)
        chunk->counts[user]++;
    else
        chunk->others++;
}

/* ---------------------------------------------------------------------------------------------------------- rows --- */

static int read_enrollment(pz__or_writer *writer, const pz__or_row *row, int64_t place, pz_enrollment *out)
{
    static const pz_enrollment initial = PZ_ENROLLMENT_INIT;
    const pz__or_value *values = row->values;
    size_t length;
    const char *word = pz__or_word(PZ__OR_ENROLLMENTS, PZ__ENROLLMENT_ROLE, &values[PZ__ENROLLMENT_ROLE], &length);
    *out = initial;
    out->id = writer->roster->ids[PZ__OR_ENROLLMENTS].ids[place];
    out->class_id = pz__or_target(writer, PZ__OR_CLASSES, &values[PZ__ENROLLMENT_CLASS]);
    out->person = pz__or_target(writer, PZ__OR_USERS, &values[PZ__ENROLLMENT_USER]);
    out->role = pz__or_role_of(word, length);
    out->is_primary = values[PZ__ENROLLMENT_PRIMARY].is_set ? (int32_t)values[PZ__ENROLLMENT_PRIMARY].number : 0;
    out->begins_on = values[PZ__ENROLLMENT_BEGIN].is_set ? (pz_date)values[PZ__ENROLLMENT_BEGIN].number : PZ_DATE_NONE;
    out->ends_on = values[PZ__ENROLLMENT_END].is_set ? (pz_date)values[PZ__ENROLLMENT_END].number : PZ_DATE_NONE;
    return (out->role == PZ_ROLE_LEARNER || out->role == PZ_ROLE_TEACHER) && out->class_id && out->person;
}

static pz_status end_stored(pz__or_writer *writer, int64_t place)
{
    const pz__or_stored_enrollment *stored = stored_at(writer, place);
    if (!stored || !writer->call->change) return PZ_OK;
    return pz__enrollment_bulk_end(writer->call, stored->class_id, stored->person, writer->roster->ids[PZ__OR_ENROLLMENTS].ids[place]);
}

static pz_status add_outside(pz__or_writer *writer, waiting *chunk, const pz__or_row *row, int64_t place)
{
    const pz__or_value *id = &row->values[PZ__OR_SOURCED_ID];
    outside *next = &chunk->outsides[chunk->outside_count];
    if (writer->roster->ids[PZ__OR_ENROLLMENTS].flags[place] & PZ__ID_STORED) return PZ_OK;
    next->text = chunk->texts.length;
    next->length = id->length;
    next->id = writer->roster->ids[PZ__OR_ENROLLMENTS].ids[place];
    pz__buffer_add(&chunk->texts, id->text, id->length);
    chunk->outside_count++;
    return chunk->texts.status ? pz__fail_memory() : PZ_OK;
}

static pz_status write_enrollment(pz__or_writer *writer, const pz__or_row *row, int64_t place)
{
    waiting *chunk = writer->chunk;
    const pz__or_value *user = &row->values[PZ__ENROLLMENT_USER];
    const pz__or_stored_enrollment *stored = stored_at(writer, place);
    pz__difference *difference = pz__import_difference(writer->roster->import, "enrollments");
    pz_enrollment record;
    if (!read_enrollment(writer, row, place, &record)) {
        writer->enrollments_not_kept++;
        if (!stored) return PZ_OK;
        difference->gone++;
        return end_stored(writer, place);
    }
    if (stored && stored->class_id == record.class_id && stored->person == record.person &&
        stored->digest == digest_of(record.role, record.is_primary, record.begins_on, record.ends_on)) {
        difference->same++;
        return PZ_OK;
    }
    pz__or_count(difference, writer->roster->ids[PZ__OR_ENROLLMENTS].flags[place] & PZ__ID_STORED ? PZ__CHANGED : PZ__NEW);
    PZ__TRY(end_stored(writer, place));
    PZ__TRY(add_outside(writer, chunk, row, place));
    note_change(writer, chunk, pz__id_register_find(&writer->roster->ids[PZ__OR_USERS], user->text, user->length), record.role);
    chunk->rows[chunk->count++] = record;
    return chunk->count == CHUNK_ROWS ? write_chunk(writer, chunk) : PZ_OK;
}

static pz_status end_gone(pz__or_writer *writer, waiting *chunk)
{
    pz__id_register *ids = &writer->roster->ids[PZ__OR_ENROLLMENTS];
    pz__difference *difference = pz__import_difference(writer->roster->import, "enrollments");
    for (size_t i = 0; i < ids->count; i++) {
        const pz__or_stored_enrollment *stored = stored_at(writer, (int64_t)i);
        int64_t user;
        if (!stored || !(ids->flags[i] & (PZ__ID_GONE | PZ__ID_DELETED))) continue;
        difference->gone++;
        if (!pz__map_get(writer->places[PZ__OR_USERS], stored->person, &user)) user = -1;
        note_change(writer, chunk, user, PZ_ROLE_LEARNER);
        PZ__TRY(end_stored(writer, (int64_t)i));
    }
    return PZ_OK;
}

/* One item of the change for each learner, and one for all adults. */
static void note_all(pz__or_writer *writer, const waiting *chunk)
{
    const pz__id_register *users = &writer->roster->ids[PZ__OR_USERS];
    if (!writer->call->change) return;
    for (size_t i = 0; i < users->count; i++)
        if (chunk->counts[i]) pz__change_note(writer->call->change, PZ_KIND_ENROLLMENT, 0, users->ids[i], PZ__ACT_REVISE, chunk->counts[i]);
    if (chunk->others) pz__change_note(writer->call->change, PZ_KIND_ENROLLMENT, 0, 0, PZ__ACT_REVISE, chunk->others);
}

pz_status pz__or_write_enrollments(pz__or_writer *writer)
{
    waiting chunk = {NULL, 0, NULL, 0, PZ__BUFFER_INIT, NULL, 0};
    pz_status status;
    if (writer->roster->modes[PZ__OR_ENROLLMENTS] == PZ__OR_ABSENT) return PZ_OK;
    PZ__TRY(pz__or_assign_ids(writer, PZ__OR_ENROLLMENTS));
    chunk.rows = pz__alloc(CHUNK_ROWS * sizeof *chunk.rows);
    chunk.outsides = pz__alloc(CHUNK_ROWS * sizeof *chunk.outsides);
    chunk.counts = pz__alloc_zero(writer->roster->ids[PZ__OR_USERS].count + 1, sizeof *chunk.counts);
    writer->chunk = &chunk;
    status = chunk.rows && chunk.outsides && chunk.counts ? PZ_OK : pz__fail_memory();
    if (status == PZ_OK) status = pz__or_each_row(writer, PZ__OR_ENROLLMENTS, write_enrollment);
    if (status == PZ_OK) status = write_chunk(writer, &chunk);
    if (status == PZ_OK) status = end_gone(writer, &chunk);
    if (status == PZ_OK) note_all(writer, &chunk);
    if (status == PZ_OK && writer->enrollments_not_kept)
        pz__import_count(writer->roster->import, "enrollments_not_kept", writer->enrollments_not_kept);
    writer->chunk = NULL;
    pz__release(chunk.rows);
    pz__release(chunk.outsides);
    pz__release(chunk.counts);
    pz__buffer_free(&chunk.texts);
    return status;
}
