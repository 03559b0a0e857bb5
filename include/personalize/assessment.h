/**
 * @file personalize/assessment.h
 * Who sits which assessment: seats, exemptions with their reason, another last day, parallel forms crossed over the two halves of a class, and what is missing.
 *
 * An assessment of a class is for everybody in it, one of a cycle of an org for everybody whom the cycle covers. Where somebody has a seat that says
 * ::PZ_SEAT_EXPECTED, it is for those alone who have one: that is how one half of a class sits form A while the other sits form B. Answers count whoever gives them; seats
 * only say who is still to be asked.
 */
#ifndef PERSONALIZE_ASSESSMENT_H
#define PERSONALIZE_ASSESSMENT_H

#include "personalize/cycle.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum pz_seat_state {
    PZ_SEAT_OPEN = 1,     /**< nothing said: expected like everybody else. Setting it takes an exemption back. */
    PZ_SEAT_EXPECTED = 2, /**< to sit it, and others without a seat are not */
    PZ_SEAT_EXEMPT = 3    /**< need not sit it; with a reason */
} pz_seat_state;

/** A learner and an assessment. */
typedef struct pz_assessment_seat {
    uint32_t struct_size;
    pz_id assessment;
    pz_id learner;
    int32_t state;      /**< a ::pz_seat_state */
    pz_date due_on;     /**< a last day of its own; PZ_DATE_NONE: that of the assessment */
    const char *reason; /**< up to ::PZ_LIMIT_TEXT bytes; needed for an exemption */
    size_t reason_len;
    int32_t answers;    /**< out: rows of evidence that name the assessment and stand; a retake adds to them */
    pz_time first_at;   /**< out: of the first; PZ_TIME_NONE */
    pz_time last_at;    /**< out: of the last; PZ_TIME_NONE */
    int32_t is_missing; /**< out: 1: to be sat, and nothing there yet */
    int32_t is_late;    /**< out: 1: the first answer came after the last day, or none came and that day is over */
} pz_assessment_seat;

#define PZ_ASSESSMENT_SEAT_INIT                                                                                                            \
    {                                                                                                                                      \
        sizeof(pz_assessment_seat), 0, 0, PZ_SEAT_OPEN, PZ_DATE_NONE, NULL, PZ_NUL_TERMINATED, 0, PZ_TIME_NONE, PZ_TIME_NONE, 0, 0         \
    }

/* Writing: a service with PZ_SCOPE_IMPORT, or a teacher for assessments of its own class. */

/**
 * Sets seats, all of them or none. The members that come out are not read.
 * @param seats `rows` pointers, up to 100,000, of any assessments, each learner once an assessment
 * @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_READ_ONLY; ::PZ_E_STRUCT_SIZE; ::PZ_E_INVALID (a state, an exemption without a reason: the row is named, from 0); ::PZ_E_TEXT; ::PZ_E_TOO_LONG;
 *   ::PZ_E_NOT_FOUND (the assessment or the learner: the row is named); ::PZ_E_DENIED; ::PZ_E_LIMIT; ::PZ_E_KEY_REUSED; ::PZ_E_BUSY; ::PZ_E_NO_SPACE; ::PZ_E_IO; ::PZ_E_NOMEM. Since: 0.1
 */
PZ_API pz_status pz_assessment_seats_set(pz_actor *actor, const pz_assessment_seat *const *seats, size_t rows, const char *key);

/**
 * Seats two parallel forms in two halves of their class. The first time the halves are drawn by the seed, as equal as can be. With the forms of the time before they are crossed over: who
 * sat `earlier_a` sits `form_b`, who sat `earlier_b` sits `form_a`, so that a difference between the forms is no growth. Learners who had no seat then go to the smaller half; exemptions stay.
 * @param form_a, form_b two assessments of one class
 * @param earlier_a, earlier_b the forms of the time before, of the same class; both 0: the first time
 * @return ::PZ_OK; ::PZ_E_INVALID (the same form twice, forms of two classes or of none, one earlier form alone); otherwise as pz_assessment_seats_set(). Since: 0.1
 */
PZ_API pz_status pz_forms_cross(pz_actor *actor, pz_id form_a, pz_id form_b, pz_id earlier_a, pz_id earlier_b, uint64_t seed,
                                const char *key);

/* Reading. Each returns PZ_OK; PZ_E_CLOSED; PZ_E_INVALID; PZ_E_NOT_FOUND; PZ_E_DENIED; PZ_E_IO; PZ_E_NOMEM. Memory: one block, release with pz_free(). */

/** Seats of an assessment, by learner: of everybody in reach whom it is for, and who is exempt or has answered. Since: 0.1 */
PZ_API pz_status pz_assessment_seat_list(pz_actor *actor, pz_id assessment, pz_assessment_seat ***out_rows, size_t *out_count);

/**
 * What is missing in a cycle: seats of its assessments that wait for an answer, by assessment and learner. It is no obstacle to closing: learners without
 * enough evidence are then decided as such.
 * @param learner 0 all in reach
 * Since: 0.1
 */
PZ_API pz_status pz_cycle_missing_list(pz_actor *actor, pz_id cycle, pz_id learner, pz_assessment_seat ***out_rows, size_t *out_count);

#ifdef __cplusplus
}
#endif
#endif
