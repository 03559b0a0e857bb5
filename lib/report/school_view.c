/* What the page of a school shows, class by class. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "personalize/evidence.h"
#include "report/school.h"

typedef struct reading {
    pz_actor *actor;
    pz__school *school;
    pz__map *numbers; /* learner to number among the pupils */
    pz__pupil *pupils;
    size_t count, capacity;
} reading;

/* -------------------------------------------------------------------------------------------------- classes --- */

static int is_below(pz_org *const *orgs, size_t count, pz_id org, pz_id top)
{
    for (size_t steps = 0; org && steps <= count; steps++) {
        if (org == top) return 1;
        pz_id parent = 0;
        for (size_t i = 0; i < count; i++)
            if (orgs[i]->id == org) parent = orgs[i]->parent;
        org = parent;
    }
    return 0;
}

static int by_title(const void *a, const void *b)
{
    const pz__cohort *x = a, *y = b;
    int order = strcmp(x->class_record->title, y->class_record->title);
    return order ? order : x->class_record->id < y->class_record->id ? -1 : 1;
}

static pz_status read_classes(pz_actor *actor, pz_id org, pz__school *school)
{
    pz_org **orgs;
    size_t count;
    PZ__TRY(pz_org_get(actor, org, &school->org));
    PZ__TRY(pz_class_list(actor, NULL, &school->classes, &school->class_count));
    school->cohorts = pz__alloc_zero(school->class_count, sizeof *school->cohorts);
    if (!school->cohorts) return pz__fail_memory();
    PZ__TRY(pz_org_list(actor, 0, &orgs, &count));
    for (size_t i = 0; i < school->class_count; i++) {
        if (!is_below(orgs, count, school->classes[i]->org, org)) continue;
        pz__cohort *cohort = &school->cohorts[school->cohort_count++];
        cohort->class_record = school->classes[i];
        cohort->gain.gain = cohort->gain.standard_error = PZ_REAL_NONE;
    }
    pz_free(orgs);
    if (school->cohort_count) qsort(school->cohorts, school->cohort_count, sizeof *school->cohorts, by_title);
    return PZ_OK;
}

/* ------------------------------------------------------------------------------------------------ one class --- */

static pz_status meet(reading *read, const pz_person *person, size_t cohort)
{
    if (pz__map_get(read->numbers, person->id, NULL)) return PZ_OK;
    PZ__TRY(pz__reserve((void **)&read->pupils, &read->capacity, read->count + 1, sizeof *read->pupils));
    PZ__TRY(pz__map_put(read->numbers, person->id, (int64_t)read->count));
    pz__pupil *pupil = &read->pupils[read->count++];
    *pupil = (pz__pupil){person->id, cohort, NULL, 0, 0, 0, 0};
    if (!person->grades || !person->grades[0]) return PZ_OK;
    pupil->grade = pz__copy_text(person->grades, strlen(person->grades));
    return pupil->grade ? PZ_OK : pz__fail_memory();
}

static pz_status read_people(reading *read, size_t number)
{
    pz__cohort *cohort = &read->school->cohorts[number];
    pz_person_query query = PZ_PERSON_QUERY_INIT;
    pz_person **rows;
    pz_status status = PZ_OK;
    query.class_id = cohort->class_record->id;
    query.role = PZ_ROLE_LEARNER;
    PZ__TRY(pz_person_list(read->actor, &query, &rows, &cohort->learners));
    for (size_t i = 0; i < cohort->learners && status == PZ_OK; i++) status = meet(read, rows[i], number);
    pz_free(rows);
    return status;
}

static pz_status read_mastery(reading *read, size_t number)
{
    pz__cohort *cohort = &read->school->cohorts[number];
    pz_mastery_query query = PZ_MASTERY_QUERY_INIT;
    pz_learner_mastery **rows;
    size_t count;
    pz_id last = 0;
    query.class_id = cohort->class_record->id;
    PZ__TRY(pz_learner_mastery_list(read->actor, &query, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        int64_t at;
        if (!rows[i]->evidence_count || !pz__map_get(read->numbers, rows[i]->learner, &at)) continue;
        cohort->decisions[pz__mastery_level(rows[i]->decision, rows[i]->evidence_count)]++;
        cohort->with_evidence += rows[i]->learner != last;
        last = rows[i]->learner;
        if (read->pupils[at].cohort != number || isnan(rows[i]->estimate)) continue; /* counted in another class */
        read->pupils[at].sum += rows[i]->estimate;
        read->pupils[at].count++;
    }
    pz_free(rows);
    return PZ_OK;
}

static pz_status read_growth(reading *read, pz__cohort *cohort)
{
    pz_cycle_query query = PZ_CYCLE_QUERY_INIT;
    pz_cycle_result **rows;
    size_t count, cells = 0;
    int64_t closed = 0;
    double sum = 0, variance = 0;
    pz_id last = 0;
    PZ__TRY(pz__view_last_closed(read->actor, cohort->class_record->id, &query.cycle, &closed));
    if (!query.cycle) return PZ_OK;
    query.class_id = cohort->class_record->id;
    PZ__TRY(pz_cycle_result_list(read->actor, &query, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        if (isnan(rows[i]->growth) || isnan(rows[i]->growth_standard_error)) continue;
        cells++;
        sum += rows[i]->growth;
        variance += rows[i]->growth_standard_error * rows[i]->growth_standard_error;
        cohort->gain.learners += rows[i]->learner != last;
        last = rows[i]->learner;
    }
    pz_free(rows);
    if (!cells) return PZ_OK;
    cohort->gain.gain = sum / (double)cells;
    cohort->gain.standard_error = sqrt(variance) / (double)cells;
    return PZ_OK;
}

/* What is agreed, is paused or waits for an answer is under way too. */
static int32_t told_as(const pz_goal *goal)
{
    int32_t state = goal->state == PZ_GOAL_REVISED ? goal->resumes : goal->state;
    if (state == PZ_GOAL_AGREED || state == PZ_GOAL_PAUSED) return PZ_GOAL_ACTIVE;
    return state > 0 && state < PZ__GOAL_STATES ? state : 0;
}

static pz_status read_goals_and_voice(reading *read, pz__cohort *cohort)
{
    pz_goal_query query = PZ_GOAL_QUERY_INIT;
    pz_goal **goals = NULL;
    pz_voice_count **counts = NULL;
    size_t goal_count = 0, count = 0;
    query.class_id = cohort->class_record->id;
    PZ__TRY(pz__unless_denied(pz_goal_list(read->actor, &query, &goals, &goal_count)));
    for (size_t i = 0; i < goal_count; i++) cohort->goals[told_as(goals[i])]++;
    pz_free(goals);
    for (int state = 0; state < PZ__GOAL_STATES; state++) cohort->goals[state] -= cohort->goals[state] % PZ__GOALS_IN;
    PZ__TRY(pz__unless_denied(pz_voice_count_list(read->actor, 0, cohort->class_record->id, &counts, &count)));
    for (size_t i = 0; i < count; i++) {
        if (counts[i]->kind || counts[i]->class_id != cohort->class_record->id) continue;
        cohort->waiting = counts[i]->waiting;
        cohort->overdue = counts[i]->overdue;
        cohort->answered = counts[i]->answered + counts[i]->acted_on + counts[i]->declined;
    }
    pz_free(counts);
    return PZ_OK;
}

/* --------------------------------------------------------------------------------------------------- whole --- */

static pz_status hide_classes(pz__school *school, size_t smallest)
{
    size_t *counts = pz__alloc_zero(school->cohort_count, sizeof *counts);
    int *hidden = pz__alloc_zero(school->cohort_count, sizeof *hidden);
    int is_made = counts && hidden;
    if (is_made) {
        for (size_t i = 0; i < school->cohort_count; i++) counts[i] = school->cohorts[i].learners;
        pz__hide_small(counts, hidden, school->cohort_count, smallest);
        for (size_t i = 0; i < school->cohort_count; i++) school->cohorts[i].is_hidden = hidden[i] || !counts[i];
    }
    pz__release(counts);
    pz__release(hidden);
    return is_made ? PZ_OK : pz__fail_memory();
}

static pz_status read_cohorts(reading *read, int32_t smallest, pz_date today)
{
    pz__school *school = read->school;
    PZ__TRY(pz__map_new(&read->numbers));
    for (size_t i = 0; i < school->cohort_count; i++) {
        PZ__TRY(read_people(read, i));
        PZ__TRY(read_mastery(read, i));
        PZ__TRY(read_growth(read, &school->cohorts[i]));
        PZ__TRY(read_goals_and_voice(read, &school->cohorts[i]));
    }
    school->learners = read->count;
    for (size_t i = 0; i < read->count; i++) school->with_evidence += read->pupils[i].count > 0;
    PZ__TRY(hide_classes(school, (size_t)smallest));
    return pz__school_parts(read->actor, read->pupils, read->count, read->numbers, smallest, today, school);
}

static pz_status read_all(pz_actor *actor, pz_id org, const pz_page_options *options, pz__class_view *view)
{
    pz__school *school = view->school = pz__alloc_zero(1, sizeof *view->school);
    if (!school) return pz__fail_memory();
    PZ__TRY(read_classes(actor, org, school));
    reading read = {actor, school, NULL, NULL, 0, 0};
    pz_status status = read_cohorts(&read, options->smallest_cell, view->seen_on);
    for (size_t i = 0; i < read.count; i++) pz__release(read.pupils[i].grade);
    pz__release(read.pupils);
    pz__map_free(read.numbers);
    return status;
}

/* For those who answer for the whole of it. */
static pz_status may_look(pz__call *call, pz_id org)
{
    PZ__TRY(pz__may_org(call, PZ_KIND_ORG, PZ__SEE, org, "org"));
    int32_t role = pz__call_role(call);
    if (role == PZ_ROLE_LEADER || role == PZ_ROLE_SERVICE) return PZ_OK;
    return pz__fail(PZ_E_DENIED, "org", "Ask for the page of a class or of a learner instead.", "The page of a school is for its leadership.");
}

pz_status pz__school_view_read(pz_actor *actor, pz_id org, const pz_page_options *options, pz__class_view *out_view)
{
    return pz__view_read(actor, org, options, may_look, read_all, out_view);
}

void pz__school_free(pz__school *school)
{
    if (!school) return;
    pz_free(school->org);
    pz_free(school->classes);
    pz__release(school->cohorts);
    pz__release(school->parts);
    for (size_t i = 0; i < school->value_count; i++) pz__release(school->values[i]);
    pz__release(school->values);
    pz__release(school);
}
