/* High standards for all: which competencies keep a learner below its grade, and which it has mastered. Also for groups and plans. */
#ifndef PZ_RECORDS_GOAL_STANDARD_H
#define PZ_RECORDS_GOAL_STANDARD_H

#include "personalize/goal.h"
#include "records/mastery/rules.h"

/* Adds what there is to say of one competency, nothing where its level or the learner's grade is not known. */
pz_status pz__standard_add(pz__call *call, pz__rules *rules, pz_id learner, pz_id competency, pz__rows *rows);

#endif
