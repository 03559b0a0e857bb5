/* What the page of a class shows, gathered once from one moment of the store, for all forms that it comes in. */
#ifndef PZ_REPORT_CLASS_VIEW_H
#define PZ_REPORT_CLASS_VIEW_H

#include "base/buffer.h"
#include "base/map.h"
#include "personalize/competency.h"
#include "personalize/cycle.h"
#include "personalize/goal.h"
#include "personalize/recommend.h"
#include "personalize/report.h"
#include "personalize/roster.h"

/* A learner and a competency; evidence_count 0: nothing was assessed. */
typedef struct pz__view_cell {
    double estimate;
    double standard_error;
    int32_t decision; /* a pz_mastery_decision; 0 */
    int32_t evidence_count;
    double growth; /* since the cycle before; NaN */
    double growth_standard_error;
    int32_t is_next_step; /* of the cycle */
} pz__view_cell;

/* What a class gained in one competency. */
typedef struct pz__view_gain {
    double gain; /* mean of its learners' gains; NaN without any */
    double standard_error; /* of that mean, from the errors of measurement */
    int32_t learners;
} pz__view_gain;

typedef struct pz__class_view {
    const char *language;
    pz_class *class_record;
    pz_date seen_on; /* the day that is shown */
    pz_person **learners; /* by name */
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
    pz__map *learner_index;    /* id to number */
    pz__map *competency_index;
} pz__class_view;

/* Options must have been checked. On failure nothing is left to free. */
pz_status pz__class_view_read(pz_actor *actor, pz_id class_id, const pz_page_options *options, pz__class_view *out_view);
void pz__class_view_free(pz__class_view *view);

const pz__view_cell *pz__view_cell_at(const pz__class_view *view, size_t learner, size_t competency);
/* "Ada Chen", the preferred form where there is one. */
void pz__view_name(const pz_person *person, pz__buffer *out);
/* The name of a learner of the class by id; nothing for others. */
void pz__view_name_of(const pz__class_view *view, pz_id learner, pz__buffer *out);
/* The number of a competency among the columns, or -1. */
int64_t pz__view_column(const pz__class_view *view, pz_id competency);
/* How a competency is called: its code, or where it has none the beginning of its statement. */
const char *pz__competency_label(const pz_competency *competency);

#endif
