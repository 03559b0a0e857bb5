/* pz_profile_difference(): what changed in a profile between two moments, as docs/schema/profile-difference.json says. Both moments are
 * read as views of the past are, by the rights of today, and compared: nothing is told that the two views would not show. */
#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/text_fold.h"
#include "records/access/actor.h"
#include "records/document.h"
#include "records/evidence/learning_tables.h"
#include "records/goal/find.h"
#include "records/mastery/standing.h"
#include "records/profile/difference_words.h"
#include "records/profile/see.h"
#include "records/profile/tables.h"

typedef struct list {
    void **rows; /* one block, by id */
    size_t count;
} list;

/* What the profile shows at one moment. */
typedef struct side {
    pz__call call;
    pz_date day; /* PZ_DATE_NONE: before the first change */
    list entries;
    list goals;
    list disputes;
    list tags; /* by entry and tag */
    pz__standings standings;
} side;

typedef struct difference {
    pz__call *call;
    const char *language;
    pz_id learner;
    pz__json_writer json;
    side before;
    side after;
    pz__span span;
    pz__buffer sentence; /* at hand, without and with its beginning */
    pz__buffer words;
    size_t count; /* of what was told */
} difference;

/* --------------------------------------------------------------------------------------------------- moments --- */

static pz_status fail_moment(const difference *work, const char *field, int64_t change)
{
    return pz__fail(PZ_E_INVALID, field,
                    "Give the number of a change, 0 for the empty store to begin with or for what the actor sees to end with.",
                    "There is no change %lld here; the last that is seen is %lld.", (long long)change, (long long)work->call->as_of);
}

static pz_status turn_to(side *at, const pz__call *call, int64_t change)
{
    pz_time when;
    at->call = *call;
    at->day = call->today;
    if (change == call->as_of) return PZ_OK;
    at->call.as_of = change;
    at->call.is_past = 1;
    PZ__TRY(pz__change_time_of(&at->call, change, &when));
    at->day = when == PZ_TIME_NONE ? PZ_DATE_NONE : pz__store_date(call->store, when);
    at->call.today = when == PZ_TIME_NONE ? call->present_day : at->day;
    return PZ_OK;
}

static pz_status find_moments(difference *work, int64_t from_change, int64_t to_change)
{
    int64_t last = work->call->as_of;
    if (from_change < 0 || from_change > last) return fail_moment(work, "from_change", from_change);
    if (to_change < 0 || to_change > last) return fail_moment(work, "to_change", to_change);
    if (to_change == 0) to_change = last;
    if (from_change > to_change)
        return pz__fail(PZ_E_INVALID, "from_change", "Give the earlier moment first.", "The change %lld comes after the change %lld.",
                        (long long)from_change, (long long)to_change);
    PZ__TRY(turn_to(&work->before, work->call, from_change));
    PZ__TRY(turn_to(&work->after, work->call, to_change));
    work->span.from = from_change ? work->before.day : PZ_DATE_NONE;
    work->span.to = work->after.day;
    work->span.to_is_now = to_change == last && !work->call->is_past;
    return pz__span_start(&work->span, work->language);
}

/* --------------------------------------------------------------------------------------------------- reading --- */

static pz_id id_of(const void *row)
{
    pz_id id;
    memcpy(&id, (const char *)row + offsetof(pz_profile_entry, id), sizeof id);
    return id;
}
_Static_assert(offsetof(pz_profile_entry, id) == offsetof(pz_goal, id), "ids of both are read alike");
_Static_assert(offsetof(pz_profile_entry, id) == offsetof(pz_profile_dispute, id), "and those of disputes");

static int by_id(const void *a, const void *b)
{
    pz_id left = id_of(*(void *const *)a), right = id_of(*(void *const *)b);
    return (left > right) - (left < right);
}

static pz_status take(pz__rows *rows, pz_status status, list *out)
{
    if (status != PZ_OK) {
        pz__rows_free(rows);
        return status;
    }
    PZ__TRY(pz__rows_take(rows, &out->rows, &out->count));
    if (out->count > 1) qsort(out->rows, out->count, sizeof *out->rows, by_id);
    return PZ_OK;
}

static pz_status keep_entry(const pz_profile_entry *entry, void *user_data)
{
    pz__rows_add(user_data, entry);
    return PZ_OK;
}

static pz_status read_entries(side *at, pz_id learner)
{
    pz__rows rows;
    pz__rows_start(&rows, &pz__profile_entry_type);
    return take(&rows, pz__profile_each(&at->call, learner, 0, 0, keep_entry, &rows), &at->entries);
}

static pz_status keep_goal(const pz_goal *goal, void *user_data)
{
    pz__rows_add(user_data, goal);
    return PZ_OK;
}

static pz_status read_goals(side *at, pz_id learner)
{
    pz__rows rows;
    pz__rows_start(&rows, &pz__goal_type);
    return take(&rows, pz__goal_each(&at->call, learner, keep_goal, &rows), &at->goals);
}

/* The entry of that id among those that the actor sees at this moment, or NULL. */
static const pz_profile_entry *entry_of(const side *at, pz_id id)
{
    size_t low = 0, high = at->entries.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (id_of(at->entries.rows[middle]) < id)
            low = middle + 1;
        else
            high = middle;
    }
    return low < at->entries.count && id_of(at->entries.rows[low]) == id ? at->entries.rows[low] : NULL;
}

/* What hangs on entries shows where its entry does. */
typedef struct hanging {
    const side *at;
    pz__rows rows;
} hanging;

static pz_status keep_dispute(const pz_profile_dispute *dispute, void *user_data)
{
    hanging *work = user_data;
    if (entry_of(work->at, dispute->entry)) pz__rows_add(&work->rows, dispute);
    return PZ_OK;
}

static pz_status keep_tag(const pz_profile_tag *tag, void *user_data)
{
    hanging *work = user_data;
    if (entry_of(work->at, tag->entry)) pz__rows_add(&work->rows, tag);
    return PZ_OK;
}

static pz_status read_disputes(side *at, pz_id learner)
{
    hanging work = {.at = at};
    pz__rows_start(&work.rows, &pz__profile_dispute_type);
    return take(&work.rows, pz__disputes_each(&at->call, learner, 0, keep_dispute, &work), &at->disputes);
}

static pz_status read_tags(side *at, pz_id learner)
{
    hanging work = {.at = at};
    pz_status status;
    pz__rows_start(&work.rows, &pz__profile_tag_type);
    status = pz__profile_tags_each(&at->call, learner, 0, keep_tag, &work);
    if (status == PZ_OK) return pz__rows_take(&work.rows, &at->tags.rows, &at->tags.count);
    pz__rows_free(&work.rows);
    return status;
}

static pz_status read_mastery(side *at, pz_id learner)
{
    pz__rules *rules;
    pz_status status;
    PZ__TRY(pz__rules_load(&at->call, &rules));
    status = pz__standings_get(&at->standings, &at->call, rules, learner, PZ__ALL_COMPETENCIES);
    pz__rules_free(rules);
    return status;
}

static pz_status read_side(side *at, pz_id learner)
{
    PZ__TRY(read_entries(at, learner));
    PZ__TRY(read_goals(at, learner));
    PZ__TRY(read_disputes(at, learner));
    PZ__TRY(read_tags(at, learner));
    return read_mastery(at, learner);
}

static void free_side(side *at)
{
    pz_free(at->entries.rows);
    pz_free(at->goals.rows);
    pz_free(at->disputes.rows);
    pz_free(at->tags.rows);
    pz__standings_free(&at->standings);
}

/* ------------------------------------------------------------------------------------------------- comparing --- */

static const char *text_of(const pz_field *field, const char *record, size_t *out_length)
{
    const char *text;
    memcpy(&text, record + field->offset, sizeof text);
    *out_length = text ? strlen(text) : 0;
    if (text && field->length_offset) memcpy(out_length, record + field->length_offset, sizeof *out_length);
    return text;
}

static int same_text(const pz_field *field, const char *a, const char *b)
{
    size_t a_length, b_length;
    const char *left = text_of(field, a, &a_length), *right = text_of(field, b, &b_length);
    if (!left || !right) return !left && !right;
    return a_length == b_length && memcmp(left, right, a_length) == 0;
}

static int same_real(const char *a, const char *b)
{
    double left, right;
    memcpy(&left, a, sizeof left);
    memcpy(&right, b, sizeof right);
    return left == right || (isnan(left) && isnan(right));
}

static int same_member(const pz_field *field, const char *a, const char *b)
{
    const char *left = a + field->offset, *right = b + field->offset;
    switch ((pz_field_type)field->type) {
    case PZ_FIELD_TEXT: return same_text(field, a, b);
    case PZ_FIELD_REAL: return same_real(left, right);
    case PZ_FIELD_ID:
    case PZ_FIELD_BIGINT:
    case PZ_FIELD_TIME: return memcmp(left, right, sizeof(int64_t)) == 0;
    case PZ_FIELD_INT:
    case PZ_FIELD_BOOL:
    case PZ_FIELD_DATE:
    case PZ_FIELD_ENUM: break;
    }
    return memcmp(left, right, sizeof(int32_t)) == 0;
}

static int is_same(const pz_record_type *type, const void *a, const void *b)
{
    for (uint32_t i = 0; i < type->field_count; i++)
        if (!same_member(&type->fields[i], a, b)) return 0;
    return 1;
}

/* --------------------------------------------------------------------------------------------------- telling --- */

/* An empty buffer for the next sentence; put_words() writes it. */
static pz__buffer *next_sentence(difference *work)
{
    pz__buffer_clear(&work->sentence);
    return &work->sentence;
}

static void put_words(difference *work)
{
    pz__buffer *words = &work->words;
    pz__buffer_clear(words);
    pz__span_words(words, work->language, &work->span, &work->sentence);
    if (words->status != PZ_OK && work->json.out->status == PZ_OK) work->json.out->status = words->status;
    pz__json_key(&work->json, "words");
    pz__json_text_n(&work->json, words->data ? words->data : "", words->length);
}

static void put_members(pz__json_writer *json, const pz_record_type *type, const void *before, const void *after)
{
    pz__json_key(json, "members");
    pz__json_open_array(json);
    for (uint32_t i = 0; i < type->field_count; i++) {
        const pz_field *field = &type->fields[i];
        if (same_member(field, before, after)) continue;
        pz__json_open_object(json);
        pz__json_put_text(json, "name", field->name);
        pz__json_key(json, "from");
        pz__json_record_member(json, field, before);
        pz__json_key(json, "to");
        pz__json_record_member(json, field, after);
        pz__json_close_object(json);
    }
    pz__json_close_array(json);
}

/* A kind of record that is compared. */
typedef struct subject {
    const char *name;
    const pz_record_type *type;
    void (*say)(pz__buffer *out, const char *language, pz__differing how, const void *before, const void *after);
    list before;
    list after;
} subject;

static void put_one(difference *work, const subject *what, pz__differing how, const void *before, const void *after)
{
    pz__json_writer *json = &work->json;
    pz__json_open_object(json);
    if (how == PZ__REVISED) {
        pz__json_put_id(json, "id", id_of(after));
        put_members(json, what->type, before, after);
    } else {
        pz__json_key(json, what->name);
        pz__json_record(json, what->type, after ? after : before);
    }
    what->say(next_sentence(work), work->language, how, before, after);
    put_words(work);
    pz__json_close_object(json);
    work->count++;
}

/* An entry whose last day came to its end between the moments. It stays in the profile. */
static int has_lapsed(const difference *work, const pz_profile_entry *entry)
{
    if (entry->ends_on == PZ_DATE_NONE || work->after.day == PZ_DATE_NONE || entry->ends_on >= work->after.day) return 0;
    return work->before.day == PZ_DATE_NONE || entry->ends_on >= work->before.day;
}

static int is_told(const difference *work, const subject *what, pz__differing how, const void *before, const void *after)
{
    switch (how) {
    case PZ__ADDED: return !before;
    case PZ__REMOVED: return !after;
    case PZ__REVISED: return before && after && !is_same(what->type, before, after);
    case PZ__LAPSED: break;
    }
    return after && has_lapsed(work, after);
}

/* Both lists side by side. */
static void put_list(difference *work, const subject *what, const char *key, pz__differing how)
{
    size_t i = 0, j = 0;
    pz__json_key(&work->json, key);
    pz__json_open_array(&work->json);
    while (i < what->before.count || j < what->after.count) {
        const void *before = i < what->before.count ? what->before.rows[i] : NULL;
        const void *after = j < what->after.count ? what->after.rows[j] : NULL;
        if (before && after && id_of(before) < id_of(after)) after = NULL;
        if (before && after && id_of(after) < id_of(before)) before = NULL;
        if (before) i++;
        if (after) j++;
        if (is_told(work, what, how, before, after)) put_one(work, what, how, before, after);
    }
    pz__json_close_array(&work->json);
}

static void put_entries(difference *work)
{
    const subject entries = {"entry", &pz__profile_entry_type, pz__entry_difference_words, work->before.entries, work->after.entries};
    pz__json_key(&work->json, "entries");
    pz__json_open_object(&work->json);
    put_list(work, &entries, "added", PZ__ADDED);
    put_list(work, &entries, "revised", PZ__REVISED);
    put_list(work, &entries, "removed", PZ__REMOVED);
    put_list(work, &entries, "lapsed", PZ__LAPSED);
    pz__json_close_object(&work->json);
}

static void put_goals(difference *work)
{
    const subject goals = {"goal", &pz__goal_type, pz__goal_difference_words, work->before.goals, work->after.goals};
    pz__json_key(&work->json, "goals");
    pz__json_open_object(&work->json);
    put_list(work, &goals, "added", PZ__ADDED);
    put_list(work, &goals, "revised", PZ__REVISED);
    put_list(work, &goals, "removed", PZ__REMOVED);
    pz__json_close_object(&work->json);
}

static void put_disputes(difference *work)
{
    const subject disputes = {"dispute", &pz__profile_dispute_type, pz__dispute_difference_words, work->before.disputes,
                              work->after.disputes};
    pz__json_key(&work->json, "disputes");
    pz__json_open_object(&work->json);
    put_list(work, &disputes, "added", PZ__ADDED);
    put_list(work, &disputes, "revised", PZ__REVISED);
    put_list(work, &disputes, "removed", PZ__REMOVED);
    pz__json_close_object(&work->json);
}

/* ------------------------------------------------------------------------------------------------------ tags --- */

/* As they are listed: by entry, then by tag whatever its case. */
static pz_status fold_tag(const pz_profile_tag *tag, pz__buffer *out)
{
    pz__buffer_clear(out);
    pz__text_fold(out, tag->tag, tag->tag_len);
    return out->status;
}

typedef struct tag_order {
    pz__buffer left, right;
} tag_order;

static pz_status order_tags(tag_order *of, const pz_profile_tag *a, const pz_profile_tag *b, int *out_order)
{
    *out_order = a->entry < b->entry ? -1 : a->entry > b->entry;
    if (*out_order) return PZ_OK;
    if (fold_tag(a, &of->left) != PZ_OK || fold_tag(b, &of->right) != PZ_OK) return pz__fail_memory();
    *out_order = strcmp(of->left.data, of->right.data);
    return PZ_OK;
}

static int is_same_tag(const pz_profile_tag *a, const pz_profile_tag *b)
{
    return pz__text_equal(a->tag, b->tag) && pz__text_equal(a->uri, b->uri);
}

static void put_tag(difference *work, pz__differing how, const pz_profile_tag *tag)
{
    const side *at = how == PZ__ADDED ? &work->after : &work->before;
    pz__json_open_object(&work->json);
    pz__json_key(&work->json, "tag");
    pz__json_record(&work->json, &pz__profile_tag_type, tag);
    pz__tag_difference_words(next_sentence(work), work->language, how, entry_of(at, tag->entry), tag);
    put_words(work);
    pz__json_close_object(&work->json);
    work->count++;
}

/* A tag that is spelled anew, or has another address, is removed and added. */
static pz_status put_tag_list(difference *work, tag_order *of, const char *key, pz__differing how)
{
    const list *then = &work->before.tags, *now = &work->after.tags;
    size_t i = 0, j = 0;
    pz__json_key(&work->json, key);
    pz__json_open_array(&work->json);
    while (i < then->count || j < now->count) {
        const pz_profile_tag *before = i < then->count ? then->rows[i] : NULL, *after = j < now->count ? now->rows[j] : NULL;
        int order = before ? -1 : 1;
        if (before && after) PZ__TRY(order_tags(of, before, after, &order));
        if (order <= 0) i++;
        if (order >= 0) j++;
        if (order == 0 && is_same_tag(before, after)) continue;
        if (how == PZ__ADDED && order >= 0) put_tag(work, how, after);
        if (how == PZ__REMOVED && order <= 0) put_tag(work, how, before);
    }
    pz__json_close_array(&work->json);
    return PZ_OK;
}

static pz_status put_tags(difference *work)
{
    tag_order of = {PZ__BUFFER_INIT, PZ__BUFFER_INIT};
    pz_status status;
    pz__json_key(&work->json, "tags");
    pz__json_open_object(&work->json);
    status = put_tag_list(work, &of, "added", PZ__ADDED);
    if (status == PZ_OK) status = put_tag_list(work, &of, "removed", PZ__REMOVED);
    pz__json_close_object(&work->json);
    pz__buffer_free(&of.left);
    pz__buffer_free(&of.right);
    return status;
}

/* --------------------------------------------------------------------------------------------------- mastery --- */

static const char *decision_of(const pz__standing *standing)
{
    return standing ? pz_mastery_decision_name((pz_mastery_decision)standing->estimate.decision) : "not_assessed";
}

static pz_status put_decision(difference *work, const pz__standing *before, const pz__standing *after)
{
    pz__buffer words = PZ__BUFFER_INIT;
    const char *was = decision_of(before), *is = decision_of(after);
    pz_id competency = (after ? after : before)->competency;
    pz_status status;
    if (!strcmp(was, is)) return PZ_OK;
    status = pz__competency_words(&work->after.call, competency, &words);
    if (status == PZ_OK) {
        pz__json_open_object(&work->json);
        status = pz__json_competency(&work->after.call, &work->json, "competency", competency);
        pz__json_put_text(&work->json, "from", was);
        pz__json_put_text(&work->json, "to", is);
        pz__mastery_difference_words(next_sentence(work), work->language, was, is, &words);
        put_words(work);
        pz__json_close_object(&work->json);
    }
    pz__buffer_free(&words);
    work->count++;
    return status;
}

static pz_status put_mastery(difference *work)
{
    const pz__standings *then = &work->before.standings, *now = &work->after.standings;
    size_t i = 0, j = 0;
    pz__json_key(&work->json, "mastery");
    pz__json_open_array(&work->json);
    while (i < then->count || j < now->count) {
        const pz__standing *before = i < then->count ? &then->rows[i] : NULL, *after = j < now->count ? &now->rows[j] : NULL;
        if (before && after && before->competency < after->competency) after = NULL;
        if (before && after && after->competency < before->competency) before = NULL;
        if (before) i++;
        if (after) j++;
        PZ__TRY(put_decision(work, before, after));
    }
    pz__json_close_array(&work->json);
    return PZ_OK;
}

/* -------------------------------------------------------------------------------------------------- document --- */

static void put_moment(pz__json_writer *json, const char *key, const side *at)
{
    pz__json_key(json, key);
    pz__json_open_object(json);
    pz__json_key(json, "change");
    pz__json_id(json, at->call.as_of); /* null: the empty store */
    pz__json_put_date(json, "day", at->day);
    pz__json_close_object(json);
}

static pz_status put_document(difference *work)
{
    pz__json_writer *json = &work->json;
    pz__json_open_object(json);
    pz__json_head(work->call, json, "profile-difference", work->language);
    pz__json_put_id(json, "learner", work->learner);
    put_moment(json, "from", &work->before);
    put_moment(json, "to", &work->after);
    put_entries(work);
    PZ__TRY(put_tags(work));
    put_disputes(work);
    put_goals(work);
    PZ__TRY(put_mastery(work));
    pz__json_put_int(json, "count", (int64_t)work->count);
    pz__difference_count_words(next_sentence(work), work->language, work->count);
    put_words(work);
    pz__json_close_object(json);
    return json->out->status;
}

static pz_status make(difference *work, int64_t from_change, int64_t to_change)
{
    pz_status status;
    PZ__TRY(pz__may_learner(work->call, PZ_KIND_PROFILE_ENTRY, PZ__SEE, work->learner, "learner"));
    PZ__TRY(pz__may_learner(work->call, PZ_KIND_GOAL, PZ__SEE, work->learner, "learner"));
    PZ__TRY(pz__may_learner(work->call, PZ_KIND_MASTERY, PZ__SEE, work->learner, "learner"));
    status = find_moments(work, from_change, to_change);
    if (status == PZ_OK) status = read_side(&work->before, work->learner);
    if (status == PZ_OK) status = read_side(&work->after, work->learner);
    if (status == PZ_OK) status = put_document(work);
    free_side(&work->before);
    free_side(&work->after);
    pz__span_free(&work->span);
    pz__buffer_free(&work->sentence);
    pz__buffer_free(&work->words);
    pz__call_read_learner(work->call, PZ_KIND_PROFILE_ENTRY, work->learner);
    return status;
}

pz_status pz_profile_difference(pz_actor *actor, pz_id learner, int64_t from_change, int64_t to_change, const char *language,
                                char **out_json)
{
    pz__buffer text = PZ__BUFFER_INIT;
    pz__call call;
    difference work = {.call = &call, .learner = learner};
    if (!out_json) return pz__fail_null("out_json");
    *out_json = NULL;
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(pz__language_check(&language));
    PZ__TRY(pz__call_read(&call, actor));
    work.language = language;
    pz__json_start(&work.json, &text);
    return pz__call_end_text(&call, make(&work, from_change, to_change), &text, out_json);
}
