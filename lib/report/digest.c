#include "report/digest.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "base/text.h"
#include "personalize/evidence.h"
#include "records/access/actor.h"
#include "store/store.h"

enum { WEEK = 7 };

/* --------------------------------------------------------------------------------------------------- since --- */

/* The day of the last digest that this person got for the same purpose, before today; PZ_DATE_NONE. */
static pz_status last_share(pz_actor *actor, const pz__class_view *view, pz_id person, int32_t role, const char *purpose, pz_date *out_day)
{
    pz_read **rows;
    size_t count;
    *out_day = PZ_DATE_NONE;
    pz_status status = pz_read_list(actor, view->person->id, PZ_DATE_NONE, view->seen_on - 1, &rows, &count);
    if (status == PZ_E_DENIED) return PZ_OK;
    if (status != PZ_OK) return status;
    for (size_t i = 0; i < count && *out_day == PZ_DATE_NONE; i++) /* newest first */
        if (rows[i]->person == person && rows[i]->role == role && pz__text_equal(rows[i]->purpose, purpose)) *out_day = rows[i]->day;
    pz_free(rows);
    return PZ_OK;
}

static pz_status choose_since(pz_actor *actor, pz__class_view *view)
{
    pz__digest *digest = view->digest;
    pz__call call;
    PZ__TRY(pz__call_read(&call, actor));
    int32_t role = pz__call_role(&call);
    pz_id person = pz__call_person(&call);
    const char *purpose = call.actor->author.purpose; /* as long as the actor */
    PZ__TRY(pz__call_end(&call, PZ_OK));
    digest->audience = role == PZ_ROLE_GUARDIAN ? PZ_PAGE_GUARDIAN : PZ_PAGE_LEARNER;
    digest->since = view->options->since;
    if (digest->since != PZ_DATE_NONE && digest->since >= view->seen_on)
        return pz__fail(PZ_E_INVALID, "since", "Name a day before today, or none.", "A digest tells of what changed since a day that has passed.");
    if (digest->since != PZ_DATE_NONE) return PZ_OK;
    if (person && person != view->person->id) PZ__TRY(last_share(actor, view, person, role, purpose, &digest->since));
    if (digest->since == PZ_DATE_NONE) digest->since = view->seen_on - WEEK;
    return PZ_OK;
}

/* ---------------------------------------------------------------------------------------------------- news --- */

static pz_status add_news(pz__digest *digest, pz__news news)
{
    PZ__TRY(pz__reserve((void **)&digest->news, &digest->capacity, digest->count + 1, sizeof *digest->news));
    digest->news[digest->count++] = news;
    return PZ_OK;
}

/* What was known of a skill then; NULL for nothing. */
static const pz_learner_mastery *find_before(pz_learner_mastery *const *rows, size_t count, pz_id competency)
{
    for (size_t i = 0; i < count; i++)
        if (rows[i]->competency == competency && rows[i]->evidence_count) return rows[i];
    return NULL;
}

static pz_status add_skills(pz__class_view *view, pz_learner_mastery *const *before, size_t count)
{
    int32_t work = 0;
    for (size_t i = 0; i < view->competency_count; i++) {
        const pz__view_cell *cell = pz__view_cell_at(view, 0, i);
        const pz_competency *competency = view->competencies[i];
        const pz_learner_mastery *then = find_before(before, count, competency->id);
        pz__news news = {0, competency->id, pz__competency_brief(competency), 0, 0};
        if (!cell->evidence_count) continue;
        work += cell->evidence_count - (then ? then->evidence_count : 0);
        double error = then ? PZ__REACH * sqrt(cell->standard_error * cell->standard_error + then->standard_error * then->standard_error) : PZ_REAL_NONE;
        if (cell->decision == PZ_MASTERY_MASTERED && (!then || then->decision != PZ_MASTERY_MASTERED)) {
            news.kind = PZ__NEWS_MASTERED;
            news.size = cell->estimate;
        } else if (then && cell->estimate - then->estimate > error) {
            news.kind = PZ__NEWS_GREW;
            news.size = cell->estimate - then->estimate;
        }
        if (news.kind) PZ__TRY(add_news(view->digest, news));
    }
    return work > 0 ? add_news(view->digest, (pz__news){PZ__NEWS_WORK, 0, NULL, work, 0}) : PZ_OK;
}

static pz_status add_goals_and_answers(pz__class_view *view)
{
    pz__digest *digest = view->digest;
    for (size_t i = 0; i < view->goal_count; i++) {
        const pz_goal *goal = view->goals[i];
        int is_started = goal->state == PZ_GOAL_AGREED || (goal->state == PZ_GOAL_ACTIVE && goal->step != PZ_GOAL_STEP_RESUME);
        if (view->goal_days[i] < digest->since || (goal->state != PZ_GOAL_ACHIEVED && !is_started)) continue;
        pz__news_kind kind = goal->state == PZ_GOAL_ACHIEVED ? PZ__NEWS_GOAL_REACHED : PZ__NEWS_GOAL_STARTED;
        PZ__TRY(add_news(digest, (pz__news){kind, goal->id, goal->statement, 0, (double)view->goal_days[i]}));
    }
    for (size_t i = 0; i < view->voice_count; i++) {
        const pz_voice_entry *entry = view->voice[i];
        if (!view->answer_counts[i] || (entry->state != PZ_VOICE_ANSWERED && entry->state != PZ_VOICE_ACTED_ON)) continue;
        pz_date day = pz__view_day(view, view->answers[i][view->answer_counts[i] - 1]->at);
        if (day < digest->since) continue;
        const char *words = entry->content ? entry->content : entry->topic;
        PZ__TRY(add_news(digest, (pz__news){PZ__NEWS_ANSWERED, entry->id, words, 0, (double)day}));
    }
    return PZ_OK;
}

static int by_kind(const void *a, const void *b)
{
    const pz__news *x = a, *y = b;
    if (x->kind != y->kind) return x->kind < y->kind ? -1 : 1;
    if (x->size != y->size) return x->size > y->size ? -1 : 1;
    return x->record < y->record ? -1 : x->record > y->record;
}

/* The skills as they stood at the beginning of the day. */
static pz_status read_before(pz_actor *actor, pz__class_view *view)
{
    pz_actor *past;
    pz_learner_mastery **rows = NULL;
    size_t count = 0;
    pz_mastery_query query = PZ_MASTERY_QUERY_INIT;
    query.learner = view->person->id;
    query.framework = view->options->framework;
    PZ__TRY(pz_actor_as_of(actor, pz__store_day_start(view->store, view->digest->since), &past));
    pz_status status = pz_learner_mastery_list(past, &query, &rows, &count);
    if (status == PZ_E_NOT_FOUND) status = PZ_OK; /* the learner was not there yet */
    if (status == PZ_OK) status = add_skills(view, rows, count);
    pz_free(rows);
    pz_actor_free(past);
    return status;
}

static pz_status read_all(pz_actor *actor, pz_id learner, const pz_page_options *options, pz__class_view *view)
{
    PZ__TRY(pz__learner_view_all(actor, learner, options, view));
    view->digest = pz__alloc_zero(1, sizeof *view->digest);
    if (!view->digest) return pz__fail_memory();
    PZ__TRY(choose_since(actor, view));
    PZ__TRY(read_before(actor, view));
    PZ__TRY(add_goals_and_answers(view));
    if (view->digest->count) qsort(view->digest->news, view->digest->count, sizeof *view->digest->news, by_kind);
    return PZ_OK;
}

pz_status pz__digest_read(pz_actor *actor, pz_id learner, const pz_page_options *options, pz__class_view *out_view)
{
    return pz__view_read(actor, learner, options, pz__learner_may_look, read_all, out_view);
}

void pz__digest_free(pz__digest *digest)
{
    if (!digest) return;
    pz__release(digest->news);
    pz__release(digest);
}
