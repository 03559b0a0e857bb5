/* What the steps of a goal share. */
#ifndef PZ_RECORDS_GOAL_STEPS_H
#define PZ_RECORDS_GOAL_STEPS_H

#include "records/goal/find.h"

/* What the policy that holds for a learner says of a role and a step, whatever the goal. */
pz_status pz__goal_decision(pz__call *call, pz_id learner, int32_t role, int32_t step, int32_t *out_decision);

/* What this actor may do with this goal: the policy, and what holds whatever it says. PZ_GOAL_DENY where it may not. */
pz_status pz__goal_may(pz__call *call, const pz_goal *goal, int32_t step, int32_t *out_decision);
/* The same, PZ_E_DENIED in place of deny. */
pz_status pz__goal_need_may(pz__call *call, const pz_goal *goal, int32_t step, int32_t *out_decision);

/* PZ_E_STATE where the step does not lead on from the goal's state; where it leads. */
pz_status pz__goal_need_from(const pz_goal *goal, int32_t step);
int32_t pz__goal_state_after(const pz_goal *goal, int32_t step);

/* PZ_E_STATE where it is achieved, abandoned or a draft. */
pz_status pz__goal_need_open(const pz_goal *goal);
/* PZ_E_DENIED unless the actor is its learner in person. */
pz_status pz__goal_need_own(const pz__call *call, const pz_goal *goal, const char *what);
/* PZ_E_CONFLICT, which says who changed what, unless `version` is current. */
pz_status pz__goal_need_version(pz__call *call, const pz_goal *current, int64_t version);

/* Members of their own: PZ_E_INVALID, PZ_E_TEXT, PZ_E_TOO_LONG. `is_draft` lets a measure be missing. */
pz_status pz__goal_check(pz_goal *goal, int is_draft);
/* What the goal names: competency, what it grew from, serves and is part of. `before` is what a revision revises, NULL for a new goal. */
pz_status pz__goal_check_ties(pz__call *call, const pz_goal *goal, const pz_goal *before);
/* Takes over what a revision may change; confidence and visibility where the learner revises. */
void pz__goal_take_content(pz_goal *goal, const pz_goal *given, int is_own);

/* Writes the goal after a step that is taken at once; a request that waits lapses. */
pz_status pz__goal_take_step(pz__call *call, pz_goal *goal, int32_t step, const char *why, size_t why_len);

/* Asks for a step. `revised` is what a revision asks for, otherwise NULL. */
pz_status pz__goal_request(pz__call *call, pz_goal *goal, int32_t step, const char *why, size_t why_len, const pz_goal *revised, pz_id *out_request);
/* Ends the request that waits, if one does. */
pz_status pz__goal_lapse(pz__call *call, pz_id goal);

/* PZ_E_STATE, saying what is missing, unless the measure of the goal is met or nothing in the store shows it. */
pz_status pz__goal_need_measure(pz__call *call, const pz_goal *goal);

/* One piece of evidence: its members, and that the answer it names is there. `i` is its place. */
pz_status pz__goal_evidence_check(pz_goal_evidence *row, pz_id goal, size_t i);
pz_status pz__goal_evidence_need(pz__call *call, pz_id learner, const pz_goal_evidence *row);

/* PZ_E_DENIED unless the actor is its learner in person or an adult who supports it. */
pz_status pz__goal_need_part(pz__call *call, const pz_goal *goal);
/* The next number of a row of a goal or demonstration: `sql` gives the last, ?2 is `of`. */
pz_status pz__goal_next_position(pz__call *call, const char *sql, pz_id of, int32_t *out_position);
/* Says that the goal was touched, without a new version of it. */
void pz__goal_note(pz__call *call, const pz_goal *goal);

#endif
