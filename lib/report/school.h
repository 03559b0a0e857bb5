/* What the page of a school shows: figures on classes and on parts of its learners, none of them on few. */
#ifndef PZ_REPORT_SCHOOL_H
#define PZ_REPORT_SCHOOL_H

#include "report/figures.h"
#include "report/forms.h"

enum { PZ__GOALS_IN = 5 };    /* goals are told in whole fives, as pz_goal_count_list() does */
enum { PZ__GOAL_STATES = 5 }; /* up to PZ_GOAL_ABANDONED; what is under way counts as active, 0 is any other */

/* A class. */
typedef struct pz__cohort {
    const pz_class *class_record; /* of the school's list */
    size_t learners;
    size_t with_evidence; /* of them */
    size_t decisions[PZ__MASTERY_LEVELS];
    pz__view_gain gain; /* since the cycle before, over learners and competencies */
    size_t goals[PZ__GOAL_STATES];
    int32_t waiting, overdue, answered; /* voice entries; overdue ones are among those that wait */
    int is_hidden; /* too few learners, or from it those of a hidden one could be told */
} pz__cohort;

/* A part of the learners, against all others. */
typedef struct pz__part {
    const char *code; /* "page.school.part.need": what it is */
    const char *value; /* a grade or a code; NULL: there is just the one */
    size_t learners;  /* with evidence */
    size_t others;
    double mean, others_mean; /* of the learners' mean estimates */
    double difference, standard_error;
    int is_hidden;
} pz__part;

struct pz__school {
    pz_org *org;
    pz_class **classes;
    size_t class_count;
    pz__cohort *cohorts; /* those of the org and below it, by title */
    size_t cohort_count;
    pz__part *parts; /* by what they are */
    size_t part_count, part_capacity;
    char **values; /* that parts point to */
    size_t value_count, value_capacity;
    size_t learners, with_evidence; /* each once */
};

pz_status pz__school_view_read(pz_actor *actor, pz_id org, const pz_page_options *options, pz__class_view *out_view);
void pz__school_free(pz__school *school);
void pz__school_figures(pz__figures *figures);
void pz__school_html(const pz__class_page *page);
void pz__school_json(const pz__class_view *view, pz__buffer *out);

/* Parts of the learners, from what profiles and the roster say of them. `learners` are those of the school with the mean of their estimates (NaN without any). */
typedef struct pz__pupil {
    pz_id id;
    size_t cohort; /* in which it was first met */
    char *grade;   /* or NULL */
    double sum;
    size_t count;  /* of estimates */
    int has_need, has_support;
} pz__pupil;
pz_status pz__school_parts(pz_actor *actor, pz__pupil *pupils, size_t count, const pz__map *numbers, int32_t smallest, pz_date today, pz__school *school);

/* Hides counts below `smallest`. Where one alone is hidden, it could be told from the sum and the others, so the smallest of the others is hidden too. */
void pz__hide_small(const size_t *counts, int *hidden, size_t count, size_t smallest);

#endif
