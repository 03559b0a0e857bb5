/* What the page of one learner shows. A view with one row: the learner's own, and of groups only the own place. */
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "personalize/evidence.h"
#include "report/view.h"

static pz_status read_person(pz_actor *actor, pz_id learner, pz__class_view *view)
{
    pz_class_query query = PZ_CLASS_QUERY_INIT;
    query.learner = learner;
    PZ__TRY(pz_person_get(actor, learner, &view->person));
    view->learners = pz__alloc_zero(1, sizeof *view->learners);
    if (!view->learners) return pz__fail_memory();
    view->learners[0] = view->person;
    view->learner_count = 1;
    PZ__TRY(pz__view_index_learners(view));
    return pz__unless_denied(pz_class_list(actor, &query, &view->classes, &view->class_count));
}

/* ----------------------------------------------------------------------------------------- mastery and growth --- */

/* The closed cycle that was named, or the last one that covers a class of the learner. */
static pz_status choose_cycle(pz_actor *actor, pz_id named, pz__class_view *view)
{
    pz_id last = 0;
    int64_t closed = 0;
    if (named) return pz__view_cycle_named(actor, named, view);
    for (size_t i = 0; i < view->class_count; i++)
        PZ__TRY(pz__unless_denied(pz__view_last_closed(actor, view->classes[i]->id, &last, &closed)));
    return last ? pz_cycle_get(actor, last, &view->cycle) : PZ_OK;
}

static pz_status read_results(pz_actor *actor, pz_id learner, pz_id named, pz__class_view *view, pz_cycle_result ***out_rows,
                              size_t *out_count)
{
    pz_cycle_query query = PZ_CYCLE_QUERY_INIT;
    *out_rows = NULL;
    *out_count = 0;
    PZ__TRY(choose_cycle(actor, named, view));
    if (!view->cycle) return PZ_OK;
    query.cycle = view->cycle->id;
    query.learner = learner;
    return pz_cycle_result_list(actor, &query, out_rows, out_count);
}

static pz_status read_standing(pz_actor *actor, pz_id learner, const pz_page_options *options, pz__class_view *view)
{
    pz_mastery_query query = PZ_MASTERY_QUERY_INIT;
    pz_learner_mastery **mastery;
    pz_cycle_result **results;
    size_t mastery_count, result_count;
    query.learner = learner;
    query.framework = options->framework;
    PZ__TRY(pz_learner_mastery_list(actor, &query, &mastery, &mastery_count));
    pz_status status = read_results(actor, learner, options->cycle, view, &results, &result_count);
    if (status == PZ_OK) status = pz__view_fill(actor, mastery, mastery_count, results, result_count, options->framework, view);
    if (status == PZ_OK && view->cycle && view->cycle->previous) status = pz__view_sum_gains(view);
    pz_free(mastery);
    pz_free(results);
    return status;
}

/* -------------------------------------------------------------------------------------------------- groups --- */

static pz_status read_focus(pz_actor *actor, pz__view_place *place, const char *language)
{
    pz_group **groups;
    size_t count;
    pz_status status = PZ_OK;
    PZ__TRY(pz_group_list(actor, place->recommendation->id, language, &groups, &count));
    for (size_t i = 0; i < count && status == PZ_OK && !place->focus; i++)
        if (groups[i]->group_no == place->group_no && groups[i]->competency)
            status = pz_competency_get(actor, groups[i]->competency, &place->focus);
    pz_free(groups);
    return status;
}

/* Takes up the learner's place, if the recommendation has one. The place is counted first, so that a failure frees it. */
static pz_status read_place(pz_actor *actor, pz_id recommendation, const pz_class *class_record, pz__class_view *view, int *out_found)
{
    pz__view_place *place = &view->places[view->place_count];
    size_t count;
    *out_found = 0;
    view->place_count++;
    PZ__TRY(pz_group_member_list(actor, recommendation, view->language, &place->members, &count));
    for (size_t i = 0; i < count; i++) {
        if (place->members[i]->learner != view->person->id) continue;
        *out_found = 1;
        place->class_title = class_record->title;
        place->group_no = place->members[i]->group_no;
        place->rationale = place->members[i]->rationale;
        PZ__TRY(pz_recommendation_get(actor, recommendation, &place->recommendation));
        return read_focus(actor, place, view->language);
    }
    pz_free(place->members);
    memset(place, 0, sizeof *place);
    view->place_count--;
    return PZ_OK;
}

/* The newest accepted groups of the class in which the learner has a place; those that were named, if any were. */
static pz_status read_class_place(pz_actor *actor, const pz_class *class_record, pz_id named, pz__class_view *view)
{
    pz_recommendation_query query = PZ_RECOMMENDATION_QUERY_INIT;
    pz_recommendation **rows;
    size_t count;
    int found = 0;
    query.class_id = class_record->id;
    query.state = PZ_RECOMMENDATION_ACCEPTED;
    PZ__TRY(pz__unless_denied(pz_recommendation_list(actor, &query, &rows, &count)));
    pz_status status = PZ_OK;
    for (size_t i = 0; i < count && status == PZ_OK && !found; i++)
        if (!named || rows[i]->id == named) status = read_place(actor, rows[i]->id, class_record, view, &found);
    pz_free(rows);
    return status;
}

static pz_status read_places(pz_actor *actor, pz_id named, pz__class_view *view)
{
    if (named) { /* known, and in reach */
        pz_recommendation *row;
        PZ__TRY(pz_recommendation_get(actor, named, &row));
        pz_free(row);
    }
    view->places = pz__alloc_zero(view->class_count, sizeof *view->places);
    if (!view->places) return pz__fail_memory();
    for (size_t i = 0; i < view->class_count; i++) PZ__TRY(read_class_place(actor, view->classes[i], named, view));
    if (!named || view->place_count) return PZ_OK;
    return pz__fail(PZ_E_INVALID, "recommendation", "Leave it out, or name accepted groups that the learner is in.",
                    "The learner has no accepted place in recommendation %lld.", (long long)named);
}

/* --------------------------------------------------------------------------------------------------- whole --- */

static pz_status date_goals(pz__class_view *view)
{
    view->goal_days = pz__alloc_zero(view->goal_count, sizeof *view->goal_days);
    if (!view->goal_days) return pz__fail_memory();
    for (size_t i = 0; i < view->goal_count; i++) view->goal_days[i] = pz__view_day(view, view->goals[i]->acted_at);
    return PZ_OK;
}

pz_status pz__learner_view_all(pz_actor *actor, pz_id learner, const pz_page_options *options, pz__class_view *view)
{
    pz_goal_query query = PZ_GOAL_QUERY_INIT;
    query.learner = learner;
    PZ__TRY(read_person(actor, learner, view));
    PZ__TRY(read_standing(actor, learner, options, view));
    PZ__TRY(read_places(actor, options->recommendation, view));
    pz_status status = pz_goal_list(actor, &query, &view->goals, &view->goal_count);
    view->goals_hidden = status == PZ_E_DENIED;
    PZ__TRY(pz__unless_denied(status));
    PZ__TRY(date_goals(view));
    PZ__TRY(pz__view_targets(actor, view));
    PZ__TRY(pz__view_read_past(actor, view));
    PZ__TRY(pz__view_read_next(actor, view));
    pz_voice_query said = PZ_VOICE_QUERY_INIT;
    said.learner = learner;
    PZ__TRY(pz__view_read_voice(actor, &said, view));
    return pz__view_read_reads(actor, view);
}

/* Whoever may see what the learner has mastered. */
pz_status pz__learner_may_look(pz__call *call, pz_id learner)
{
    return pz__may_learner(call, PZ_KIND_MASTERY, PZ__SEE, learner, "learner");
}

pz_status pz__learner_view_read(pz_actor *actor, pz_id learner, const pz_page_options *options, pz__class_view *out_view)
{
    return pz__view_read(actor, learner, options, pz__learner_may_look, pz__learner_view_all, out_view);
}
