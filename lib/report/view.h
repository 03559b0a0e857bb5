/* What the page of a class or of one learner shows, gathered once from one moment of the store, for all forms that it comes in. */
#ifndef PZ_REPORT_VIEW_H
#define PZ_REPORT_VIEW_H

#include "base/buffer.h"
#include "base/map.h"
#include "personalize/activity.h"
#include "personalize/competency.h"
#include "personalize/cycle.h"
#include "personalize/goal.h"
#include "personalize/next.h"
#include "personalize/recommend.h"
#include "personalize/report.h"
#include "personalize/roster.h"
#include "personalize/voice.h"
#include "records/access/call.h"

/* A learner and a competency; evidence_count 0: nothing was assessed. */
typedef struct pz__view_cell {
    double estimate;
    double standard_error;
    int32_t decision; /* a pz_mastery_decision; 0 */
    int32_t evidence_count;
    double growth; /* since the cycle before; NaN */
    double growth_standard_error;
    int32_t is_next_step; /* of the cycle */
    int32_t cycle_decision; /* what the cycle decided: a pz_mastery_decision; 0 without evidence */
    double target; /* estimate from which it counts as mastered, or that a goal aims at; NaN where no evidence tells of a rule */
    pz_id rule; /* that decided it; 0 the built-in one */
    int32_t is_worked_on; /* in the view of a class: there is evidence from the days of the cycle */
} pz__view_cell;

/* What a class gained in one competency. */
typedef struct pz__view_gain {
    double gain; /* mean of its learners' gains; NaN without any */
    double standard_error; /* of that mean, from the errors of measurement */
    int32_t learners;
} pz__view_gain;

/* A group that the one learner is in now. */
typedef struct pz__view_place {
    pz_recommendation *recommendation;
    const char *class_title; /* of the view's classes */
    int32_t group_no;
    const char *rationale; /* the reason for the learner's own place; of `members` */
    pz_competency *focus;  /* what the group works on; NULL: nothing in particular */
    pz_group_member **members;
} pz__view_place;

/* What a learner's estimates were at the end of a cycle. */
typedef struct pz__view_past {
    pz_cycle *cycle;
    double *estimates, *errors; /* by competency; NaN */
} pz__view_past;

/* What wrong answers of a class point to. */
typedef struct pz__view_belief {
    const pz_misconception *misconception; /* of the view's */
    int32_t answers;
    size_t learner_count;
    size_t *learners; /* their numbers, by name */
} pz__view_belief;

/* Open work of the learner: an activity, or a board to choose from. */
typedef struct pz__view_work {
    const pz_assignment *assignment; /* of the view's */
    pz_activity *activity;           /* NULL: a competency that the learner took up by itself */
    pz_activity **choices;           /* on the board */
    size_t choice_count;
} pz__view_work;

typedef struct pz__school pz__school; /* report/school.h */
typedef struct pz__digest pz__digest; /* report/digest.h */

typedef struct pz__class_view {
    const char *language;
    const pz_page_options *options; /* in full; lives longer than the view */
    pz_store *store; /* while it is read */
    pz_class *class_record; /* NULL in the view of one learner */
    pz_date seen_on; /* the day that is shown */
    pz_person **learners; /* by name; in the view of one learner only that one, which `person` owns */
    size_t learner_count;
    pz_person **teachers;
    size_t teacher_count;
    pz_competency **competencies; /* the columns, by framework and position */
    size_t competency_count;
    pz__view_cell *cells;   /* learner_count * competency_count */
    pz_cycle *cycle;        /* the closed cycle that growth and next steps come from; NULL if there is none */
    pz__view_gain *gains;   /* by competency; NULL without a cycle that has one before it */
    pz_recommendation *recommendation; /* NULL if there is none */
    pz_group **groups;
    size_t group_count;
    pz_group_member **members; /* by group */
    size_t member_count;
    pz_goal **goals;
    size_t goal_count;
    pz_date *said_on; /* of each voice entry */
    pz_date *goal_days; /* in the view of one learner: of the last step of each goal */
    int goals_hidden; /* 1: the reader may not see goals, so that nothing is said of them */
    pz__map *learner_index;    /* id to number */
    pz__map *competency_index;
    pz_person *person; /* the one learner; NULL in the view of a class */
    pz_class **classes; /* of that learner, in the reader's reach */
    size_t class_count;
    pz__view_place *places; /* in those classes */
    size_t place_count;
    pz__view_past *past; /* closed cycles of that learner, oldest first */
    size_t past_count;
    pz_voice_entry **voice; /* of that learner; in the view of a class what waits for an answer */
    size_t voice_count;
    pz_voice_answer ***answers; /* to each of them */
    size_t *answer_counts;
    int voice_hidden;
    pz_read **reads; /* who saw what of that learner in the last days */
    size_t read_count;
    int reads_hidden;
    pz_next_step **next; /* what that learner may go on with */
    size_t next_count;
    pz_assignment **assignments; /* open ones */
    size_t assignment_count;
    pz__view_work *work; /* one for each */
    pz_misconception **misconceptions;
    size_t misconception_count;
    pz__view_belief *beliefs; /* by learners, most first */
    size_t belief_count;
    int worked_known; /* 1: is_worked_on was read */
    pz__school *school; /* in the view of a school alone */
    pz__digest *digest; /* in the view of a digest alone */
} pz__class_view;

/* Reads of this many days are shown. */
enum { PZ__READ_DAYS = 30, PZ__PAST_MOST = 6, PZ__NEXT_MOST = 5 };

/* Options must have been checked. On failure nothing is left to free. */
typedef pz_status (*pz__view_read_fn)(pz_actor *actor, pz_id whose, const pz_page_options *options, pz__class_view *out_view);
pz_status pz__class_view_read(pz_actor *actor, pz_id class_id, const pz_page_options *options, pz__class_view *out_view);
pz_status pz__learner_view_read(pz_actor *actor, pz_id learner, const pz_page_options *options, pz__class_view *out_view);
void pz__class_view_free(pz__class_view *view);

/* Parts of reading that both views share, in this order. */
pz_status pz__view_index_learners(pz__class_view *view);
/* The columns, and what the rows say of them: the competencies of the mastery, and next steps among `results`, which may have none yet. */
pz_status pz__view_fill(pz_actor *actor, pz_learner_mastery *const *mastery, size_t mastery_count, pz_cycle_result *const *results,
                        size_t result_count, pz_id framework, pz__class_view *view);
pz_status pz__view_cycle_named(pz_actor *actor, pz_id named, pz__class_view *view); /* PZ_E_STATE: it is not closed */
/* The id of the last of the cycles that were closed and when that was, if that is later than what is there. */
pz_status pz__view_last_closed(pz_actor *actor, pz_id class_id, pz_id *cycle, int64_t *closed);
pz_status pz__view_sum_gains(pz__class_view *view);
pz_status pz__view_targets(pz_actor *actor, pz__class_view *view); /* after the goals */
/* What was said and answered. The query names whose. */
pz_status pz__view_read_voice(pz_actor *actor, const pz_voice_query *query, pz__class_view *view);
/* The last closed cycles of the learner, and who looked. */
pz_status pz__view_read_past(pz_actor *actor, pz__class_view *view);
pz_status pz__view_read_reads(pz_actor *actor, pz__class_view *view);
/* Next steps, and open work with what there is to choose from. */
pz_status pz__view_read_next(pz_actor *actor, pz__class_view *view);
/* Work in the days of the cycle, and what wrong answers in it point to. */
pz_status pz__view_read_work(pz_actor *actor, pz__class_view *view);
/* What a role may not see is left out of the page rather than refusing all of it. */
static inline pz_status pz__unless_denied(pz_status status)
{
    return status == PZ_E_DENIED ? PZ_OK : status;
}
pz_date pz__view_day(const pz__class_view *view, pz_time time); /* while it is read */
typedef pz_status (*pz__view_may_fn)(pz__call *call, pz_id whose);
/* Asks `may` and reads all from one moment of the store. */
pz_status pz__view_read(pz_actor *actor, pz_id whose, const pz_page_options *options, pz__view_may_fn may, pz__view_read_fn read,
                        pz__class_view *out_view);

/* The two halves of reading a learner, for what shows more of it from the same moment. */
pz_status pz__learner_may_look(pz__call *call, pz_id learner);
pz_status pz__learner_view_all(pz_actor *actor, pz_id learner, const pz_page_options *options, pz__class_view *view);

const pz__view_cell *pz__view_cell_at(const pz__class_view *view, size_t learner, size_t competency);
/* "Ada Chen", the preferred form where there is one. */
void pz__view_name(const pz_person *person, pz__buffer *out);
/* The name of a learner of the class by id; nothing for others. */
void pz__view_name_of(const pz__class_view *view, pz_id learner, pz__buffer *out);
/* The number of a competency among the columns, or -1. */
int64_t pz__view_column(const pz__class_view *view, pz_id competency);
/* How people call it: its short statement, or the whole one; and its code, or NULL. */
const char *pz__competency_brief(const pz_competency *competency);
/* How a competency is called: its code, or where it has none the beginning of its statement. */
const char *pz__competency_label(const pz_competency *competency);

#endif
