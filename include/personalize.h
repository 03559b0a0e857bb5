/**
 * @file personalize.h
 * All of libpersonalize. Read personalize/base.h first: it has the rules that every other header keeps.
 *
 * | header              | what it is for                                                             |
 * | ------------------- | -------------------------------------------------------------------------- |
 * | base.h              | status codes, memory, text, time, ids, description of records              |
 * | mastery.h           | learner models, pure: numbers in, numbers out                              |
 * | metrics.h           | how good predictions are, and for whom                                     |
 * | effect.h            | what one set of learners achieved against another                          |
 * | tracing.h           | knowledge tracing fitted to many answers                                   |
 * | irt.h               | item response theory: calibration, ability, information                    |
 * | adaptive.h          | adaptive tests over calibrated items                                       |
 * | review.h            | forgetting: recall and when a review is due                                |
 * | forecast.h          | when a target is reached at the pace so far, with an interval               |
 * | simulate.h          | made-up learners whose knowledge is known                                  |
 * | diagnosis.h         | profiles of skills (DINA), misconceptions from wrong options               |
 * | grouping.h          | grouping engine, pure                                                      |
 * | strategy.h          | ways of forming groups: by mode, pairs, rounds                             |
 * | store.h             | a tenant's store: create, open, describe, restore                          |
 * | access.h            | actors and what they reach, joined changes, events, outside ids, duties    |
 * | roster.h            | orgs, classes, people, enrollments, guardians                              |
 * | competency.h        | frameworks, competencies, associations                                     |
 * | profile.h           | what is known of a learner beyond answers                                  |
 * | evidence.h          | assessments, items, evidence, mastery in the store                         |
 * | cycle.h             | assessment cycles, growth, needs, next steps                               |
 * | assessment.h        | seats of assessments, parallel forms crossed over, what is missing         |
 * | class_view.h        | a whole class: distribution, coverage, items, options, fairness            |
 * | openmodel.h         | what system, learner, teachers and classmates believe, side by side        |
 * | goal.h              | goals, supporters, what shows them                                         |
 * | next.h              | what comes next for a learner: ready to learn, due for review, goals       |
 * | activity.h          | activities, boards to choose from, assignments, workload                    |
 * | plan.h              | personalized learning plans: templates, signatures, reviews, carry-over    |
 * | recommend.h         | recommended groups                                                         |
 * | voice.h             | what learners say, answers to it, counter-proposals                        |
 * | demonstration.h     | what learners show for a goal, with ratings                                |
 * | questionnaire.h     | questionnaires and guided self-checks, answers that the learner confirms   |
 * | checkin.h           | check-ins with named people, agendas, schedules                            |
 * | exchange.h          | OneRoster, CASE and CSV files                                              |
 * | report.h            | pages                                                                      |
 */
#ifndef PERSONALIZE_H
#define PERSONALIZE_H

#include "personalize/base.h"
#include "personalize/mastery.h"
#include "personalize/irt.h"
#include "personalize/adaptive.h"
#include "personalize/review.h"
#include "personalize/forecast.h"
#include "personalize/simulate.h"
#include "personalize/diagnosis.h"
#include "personalize/metrics.h"
#include "personalize/effect.h"
#include "personalize/tracing.h"
#include "personalize/grouping.h"
#include "personalize/strategy.h"
#include "personalize/store.h"
#include "personalize/access.h"
#include "personalize/roster.h"
#include "personalize/competency.h"
#include "personalize/profile.h"
#include "personalize/evidence.h"
#include "personalize/cycle.h"
#include "personalize/assessment.h"
#include "personalize/class_view.h"
#include "personalize/openmodel.h"
#include "personalize/goal.h"
#include "personalize/next.h"
#include "personalize/activity.h"
#include "personalize/plan.h"
#include "personalize/recommend.h"
#include "personalize/voice.h"
#include "personalize/demonstration.h"
#include "personalize/questionnaire.h"
#include "personalize/checkin.h"
#include "personalize/exchange.h"
#include "personalize/report.h"

#endif
