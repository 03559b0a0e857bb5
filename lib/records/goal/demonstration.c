/* Demonstrations of goals: what is shown, and how it is rated. */
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "base/text.h"
#include "records/ask.h"
#include "records/goal/steps.h"
#include "records/goal/tables.h"
#include "records/listing.h"
#include "records/voice/media.h"
#include "records/voice/tables.h"
#include "records/writing.h"

enum { MOST_RATINGS = 100, MOST_LEVELS = 100 };

/* -------------------------------------------------------------------------------------------------- showing --- */

static pz_status add_to(pz__call *call, const pz_goal *goal, pz_demonstration *shown, pz_voice_media *media, size_t rows)
{
    PZ__TRY(pz__goal_need_part(call, goal));
    PZ__TRY(pz__goal_need_open(goal));
    if (shown->shown_at == PZ_TIME_NONE) shown->shown_at = pz__change_time(call->change);
    if (shown->shown_at > pz__change_time(call->change))
        return pz__fail(PZ_E_INVALID, "shown_at", NULL, "Nothing was shown in the future.");
    PZ__TRY(pz__store_take_ids(call->store, 1, &shown->id));
    shown->shown_by = pz__call_person(call);
    shown->shown_role = pz__call_role(call);
    PZ__TRY(pz__versioned_insert(call, &pz__demonstration_table, shown));
    for (size_t i = 0; i < rows; i++) {
        media[i].entry = shown->id;
        media[i].position = (int32_t)i + 1;
        PZ__TRY(pz__versioned_insert(call, &pz__demonstration_media_table, &media[i]));
    }
    pz__goal_note(call, goal);
    return PZ_OK;
}

static pz_status add(pz__call *call, pz_demonstration *shown, pz_voice_media *media, size_t rows)
{
    pz_goal *goal;
    pz_status status;
    PZ__TRY(pz__goal_find(call, PZ__WRITE, shown->goal, &goal));
    status = add_to(call, goal, shown, media, rows);
    pz_free(goal);
    return status;
}

/* One without a type and hash is a link. */
static pz_status take_media(const pz_voice_media *const *media, size_t rows, pz_voice_media *out)
{
    for (size_t i = 0; i < rows; i++) {
        pz_voice_media given;
        PZ__TRY(pz__record_take(&pz__voice_media_type, media[i], sizeof given, &given));
        PZ__TRY(pz__voice_media_take(&media[i], 1, given.type || given.hash ? PZ_AVENUE_TEXT : PZ_AVENUE_LINK, &out[i]));
    }
    return PZ_OK;
}

static pz_status write(pz_actor *actor, pz_demonstration *shown, pz_voice_media *media, size_t rows, const char *key, pz_id *out_id)
{
    pz__buffer request = PZ__BUFFER_INIT;
    pz__call call;
    pz_status status = PZ_OK;
    pz__request_record(&request, &pz__demonstration_type, shown);
    for (size_t i = 0; i < rows; i++) pz__request_record(&request, &pz__voice_media_type, &media[i]);
    PZ__TRY(pz__write_start(&call, actor, "demonstration.add", key, &request));
    if (!call.repeated) status = add(&call, shown, media, rows);
    return pz__call_end_value(&call, status, shown->id, out_id);
}

pz_status pz_demonstration_add(pz_actor *actor, const pz_demonstration *demonstration, const pz_voice_media *const *media, size_t rows,
                               const char *key, pz_id *out_id)
{
    pz_voice_media taken_media[PZ__MOST_MEDIA];
    pz_demonstration taken;
    pz_status status = pz__record_take(&pz__demonstration_type, demonstration, sizeof taken, &taken);
    if (out_id) *out_id = 0;
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(status);
    if (rows && !media) return pz__fail_null("media");
    if (rows > PZ__MOST_MEDIA) return pz__fail(PZ_E_TOO_LONG, "rows", NULL, "%zu media are over the limit of %d.", rows, PZ__MOST_MEDIA);
    PZ__TRY(pz__text_need(taken.title, taken.title_len, (size_t)pz_limit(PZ_LIMIT_TITLE), "title", &taken.title_len));
    PZ__TRY(pz__text_check(taken.content, taken.content_len, (size_t)pz_limit(PZ_LIMIT_TEXT), "content", &taken.content_len));
    PZ__TRY(take_media(media, rows, taken_media));
    return write(actor, &taken, taken_media, rows, key, out_id);
}

/* ------------------------------------------------------------------------------------------------- finding --- */

static pz_status fail_missing(pz_id demonstration)
{
    return pz__fail(PZ_E_NOT_FOUND, "demonstration", "pz_demonstration_list() lists those of a goal.", "There is no demonstration %lld in reach.",
                    (long long)demonstration);
}

/* Its goal, to be freed. */
static pz_status find_goal(pz__call *call, pz__doing doing, pz_id id, pz_goal **out_goal)
{
    static const char sql[] = "SELECT goal_id FROM demonstration WHERE tenant_id = ?1 AND demonstration_id = ?2 AND since_change <= ?3 "
                              "AND until_change > ?3";
    pz__statement *statement;
    pz_status status;
    pz_id goal = 0;
    int row;
    PZ__TRY(pz__ask(call, sql, id, &statement));
    status = pz__db_step(statement, &row);
    if (row) goal = pz__column_int(statement, 0);
    pz__db_reset(statement);
    PZ__TRY(status);
    if (!goal) return fail_missing(id);
    status = pz__goal_find(call, doing, goal, out_goal);
    return status == PZ_E_NOT_FOUND ? fail_missing(id) : status;
}

/* -------------------------------------------------------------------------------------------------- rating --- */

static pz_status check_rating(pz_demonstration_rating *r, size_t i)
{
    PZ__TRY(pz__text_need(r->criterion, r->criterion_len, (size_t)pz_limit(PZ_LIMIT_TITLE), "criterion", &r->criterion_len));
    PZ__TRY(pz__text_check(r->words, r->words_len, (size_t)pz_limit(PZ_LIMIT_TEXT), "words", &r->words_len));
    PZ__TRY(pz__text_check(r->note, r->note_len, (size_t)pz_limit(PZ_LIMIT_TEXT), "note", &r->note_len));
    if (r->levels < 2 || r->levels > MOST_LEVELS)
        return pz__fail(PZ_E_INVALID, "levels", NULL, "Rating %zu: levels is %d; it goes from 2 to %d.", i, (int)r->levels, MOST_LEVELS);
    if (r->level < 1 || r->level > r->levels)
        return pz__fail(PZ_E_INVALID, "level", NULL, "Rating %zu: level is %d; it goes from 1 to %d.", i, (int)r->level, (int)r->levels);
    return PZ_OK;
}

/* The number under which the actor rated this criterion before; 0 for none. */
static pz_status find_earlier(pz__call *call, const pz_demonstration_rating *r, int32_t *out_position)
{
    static const char sql[] = "SELECT position FROM demonstration_rating WHERE tenant_id = ?1 AND demonstration_id = ?2 AND rated_by = ?4 "
                              "AND rated_role = ?5 AND criterion = ?6 AND since_change <= ?3 AND until_change > ?3";
    pz__statement *statement;
    pz_status status;
    int row;
    PZ__TRY(pz__ask(call, sql, r->demonstration, &statement));
    pz__bind_int(statement, 4, r->rated_by);
    pz__bind_int(statement, 5, r->rated_role);
    pz__bind_text(statement, 6, r->criterion, r->criterion_len);
    status = pz__db_step(statement, &row);
    *out_position = row ? (int32_t)pz__column_int(statement, 0) : 0;
    pz__db_reset(statement);
    return status;
}

static pz_status write_rating(pz__call *call, const pz_demonstration_rating *given, int is_self)
{
    static const char last[] = "SELECT max(position) FROM demonstration_rating WHERE tenant_id = ?1 AND demonstration_id = ?2 AND ?3 >= 0";
    pz__rating_row row = {*given, 0};
    int found;
    int64_t since;
    row.rating.rated_by = pz__call_person(call);
    row.rating.rated_role = pz__call_role(call);
    row.rating.rated_at = pz__change_time(call->change);
    row.rating.is_self = is_self;
    PZ__TRY(find_earlier(call, &row.rating, &row.position));
    if (!row.position) PZ__TRY(pz__goal_next_position(call, last, row.rating.demonstration, &row.position));
    PZ__TRY(pz__versioned_find(call, &pz__demonstration_rating_table, &row, &found, &since));
    if (found) PZ__TRY(pz__versioned_supersede(call, &pz__demonstration_rating_table, &row, since));
    return pz__versioned_insert(call, &pz__demonstration_rating_table, &row);
}

static pz_status rate(pz__call *call, pz_id id, const pz_demonstration_rating *ratings, size_t rows)
{
    pz_goal *goal;
    pz_status status;
    PZ__TRY(find_goal(call, PZ__ANSWER, id, &goal));
    status = pz__goal_need_part(call, goal);
    for (size_t i = 0; i < rows && status == PZ_OK; i++) status = write_rating(call, &ratings[i], pz__goal_is_own(call, goal));
    if (status == PZ_OK) pz__goal_note(call, goal);
    pz_free(goal);
    return status;
}

static pz_status write_ratings(pz_actor *actor, pz_id id, const pz_demonstration_rating *ratings, size_t rows, const char *key)
{
    pz__buffer request = PZ__BUFFER_INIT;
    pz__call call;
    pz__request_int(&request, id);
    for (size_t i = 0; i < rows; i++) pz__request_record(&request, &pz__demonstration_rating_type, &ratings[i]);
    PZ__TRY(pz__write_start(&call, actor, "demonstration.rate", key, &request));
    return pz__call_end(&call, call.repeated ? PZ_OK : rate(&call, id, ratings, rows));
}

static pz_status take_ratings(pz_id id, const pz_demonstration_rating *const *ratings, size_t rows, pz_demonstration_rating *out)
{
    for (size_t i = 0; i < rows; i++) {
        PZ__TRY(pz__record_take(&pz__demonstration_rating_type, ratings[i], sizeof out[i], &out[i]));
        PZ__TRY(check_rating(&out[i], i));
        out[i].demonstration = id;
    }
    return PZ_OK;
}

pz_status pz_demonstration_rate(pz_actor *actor, pz_id demonstration, const pz_demonstration_rating *const *ratings, size_t rows, const char *key)
{
    pz_demonstration_rating *taken;
    pz_status status;
    if (!actor) return pz__fail_closed("actor");
    if (!ratings) return pz__fail_null("ratings");
    if (rows < 1 || rows > MOST_RATINGS)
        return pz__fail(rows ? PZ_E_TOO_LONG : PZ_E_INVALID, "rows", NULL, "There are %zu ratings; give 1 to %d.", rows, MOST_RATINGS);
    taken = pz__alloc(rows * sizeof *taken);
    if (!taken) return pz__fail_memory();
    status = take_ratings(demonstration, ratings, rows, taken);
    if (status == PZ_OK) status = write_ratings(actor, demonstration, taken, rows, key);
    pz__release(taken);
    return status;
}

/* ------------------------------------------------------------------------------------------------- reading --- */

static pz_status read_part(pz__call *call, const char *sql, pz_id id, pz__rows *rows)
{
    pz_goal *goal;
    PZ__TRY(find_goal(call, PZ__SEE, id, &goal));
    pz__call_read_learner(call, PZ_KIND_GOAL, goal->learner);
    pz_free(goal);
    return pz__ask_rows(call, sql, id, rows);
}

static pz_status give_part(pz_actor *actor, const pz_record_type *type, const char *sql, pz_id id, void ***out_rows, size_t *out_count)
{
    pz__rows rows;
    pz__call call;
    PZ__TRY(pz__list_start(out_rows, out_count));
    PZ__TRY(pz__call_read(&call, actor));
    pz__rows_start(&rows, type);
    return pz__call_end_rows(&call, read_part(&call, sql, id, &rows), &rows, out_rows, out_count);
}

#define SEEN " AND since_change <= ?3 AND until_change > ?3"

pz_status pz_demonstration_media_list(pz_actor *actor, pz_id demonstration, pz_voice_media ***out_rows, size_t *out_count)
{
    return give_part(actor, &pz__voice_media_type,
                     "SELECT demonstration_id, position, name, reference, media_type, size, hash, alternative FROM demonstration_media "
                     "WHERE tenant_id = ?1 AND demonstration_id = ?2" SEEN " ORDER BY position",
                     demonstration, (void ***)out_rows, out_count);
}

pz_status pz_demonstration_rating_list(pz_actor *actor, pz_id demonstration, pz_demonstration_rating ***out_rows, size_t *out_count)
{
    return give_part(actor, &pz__demonstration_rating_type,
                     "SELECT demonstration_id, criterion, level, levels, words, note, rated_by, rated_role, rated_at, is_self FROM demonstration_rating "
                     "WHERE tenant_id = ?1 AND demonstration_id = ?2" SEEN " ORDER BY is_self, position",
                     demonstration, (void ***)out_rows, out_count);
}
