/**
 * @file personalize/openmodel.h
 * The open learner model: what the system, the learner, teachers and classmates believe of a learner's mastery, side by side. None of them replaces another.
 *
 * A learner says what it believes by self-assessment (evidence of kind ::PZ_EVIDENCE_SELF), and challenges the estimate with pz_counter_propose(), with a reason; the challenge waits for
 * those who owe it an answer, and the answer stays on record with it. Teachers say what they saw (::PZ_EVIDENCE_OBSERVATION), which counts as evidence too; classmates what they think
 * (::PZ_EVIDENCE_PEER). pz_learner_mastery_explain() tells in words why the system believes what it does, and pz_cycle_unsettled_list() which few items would check it.
 */
#ifndef PERSONALIZE_OPENMODEL_H
#define PERSONALIZE_OPENMODEL_H

#include "personalize/evidence.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Who believes it. */
typedef enum pz_believer {
    PZ_BELIEVER_SYSTEM = 1,    /**< the rule of mastery, from all evidence that counts */
    PZ_BELIEVER_LEARNER = 2,   /**< self-assessments: the last one */
    PZ_BELIEVER_TEACHER = 3,   /**< what teachers saw: the mean of their observations */
    PZ_BELIEVER_PEER = 4,      /**< what classmates think: the mean */
    PZ_BELIEVER_CHALLENGE = 5  /**< a counter-proposal to the estimate, answered or not: one row each */
} pz_believer;

/** One belief. */
typedef struct pz_belief {
    uint32_t struct_size;
    pz_id learner;
    pz_id competency;
    int32_t believer;      /**< a ::pz_believer */
    double estimate;       /**< 0 to 1; NaN of a challenge that asks to look again and names none */
    double standard_error; /**< of the system; otherwise NaN */
    int32_t decision;      /**< of the system, a ::pz_mastery_decision; otherwise 0 */
    int32_t count;         /**< rows of evidence behind it; 1 of a challenge */
    pz_time at;            /**< of the last of them, or when the challenge was said */
    pz_id entry;           /**< of a challenge: the voice entry with its reason and answers; otherwise 0 */
    double was_estimate;   /**< of a challenge: what the system believed then; otherwise NaN */
    int32_t state;         /**< of a challenge: a ::pz_voice_state of personalize/voice.h, 1 open to 6 withdrawn; otherwise 0 */
} pz_belief;

/**
 * The beliefs of one learner, by competency and believer, challenges oldest first; those that there are. Of challenges only those whose voice entry the actor sees.
 * @param competency 0 any
 * @return ::PZ_OK; ::PZ_E_CLOSED; ::PZ_E_INVALID; ::PZ_E_NOT_FOUND; ::PZ_E_DENIED; ::PZ_E_IO; ::PZ_E_NOMEM. Memory: one block, release with pz_free(). Since: 0.1
 */
PZ_API pz_status pz_belief_list(pz_actor *actor, pz_id learner, pz_id competency, pz_belief ***out_rows, size_t *out_count);

#ifdef __cplusplus
}
#endif
#endif
