/* What is taught in the district of school.h: a framework of four competencies, add -> subtract -> multiply -> divide (each precedes the
 * next), and the evidence that tests give. */
#ifndef PZ_TESTS_LESSON_H
#define PZ_TESTS_LESSON_H

#include "personalize/cycle.h"
#include "records/school.h"

typedef struct lesson {
    school school;
    pz_actor *runner; /* service that reads, and runs cycles and rules */
    pz_id framework;
    pz_id add, subtract, multiply, divide;
} lesson;

static inline pz_id lesson_competency(lesson *at, const char *code, int32_t position)
{
    pz_competency competency = PZ_COMPETENCY_INIT;
    pz_id id;
    competency.framework = at->framework;
    competency.code = code;
    competency.statement = code;
    competency.position = position;
    ck_assert_ok(pz_competency_save(at->school.importer, &competency, "test", code, NULL, &id));
    return id;
}

static inline void lesson_precedes(lesson *at, pz_id before, pz_id after)
{
    pz_association association = PZ_ASSOCIATION_INIT;
    pz_id id;
    association.framework = at->framework;
    association.kind = PZ_ASSOCIATION_PRECEDES;
    association.origin = before;
    association.destination = after;
    ck_assert_ok(pz_association_save(at->school.importer, &association, NULL, NULL, NULL, &id));
}

static inline void lesson_start(lesson *at)
{
    pz_framework framework = PZ_FRAMEWORK_INIT;
    memset(at, 0, sizeof *at);
    school_start(&at->school);
    framework.title = "Arithmetic";
    ck_assert_ok(pz_framework_save(at->school.importer, &framework, "test", "arithmetic", NULL, &at->framework));
    at->add = lesson_competency(at, "add", 1);
    at->subtract = lesson_competency(at, "subtract", 2);
    at->multiply = lesson_competency(at, "multiply", 3);
    at->divide = lesson_competency(at, "divide", 4);
    lesson_precedes(at, at->add, at->subtract);
    lesson_precedes(at, at->subtract, at->multiply);
    lesson_precedes(at, at->multiply, at->divide);
    at->runner = school_service(&at->school, PZ_SCOPE_READ | PZ_SCOPE_RECOMMEND);
}

/* For lists; each until the next such call. */
static inline pz_assessment_query *lesson_assessments_of(pz_id class_id, pz_id cycle)
{
    static pz_assessment_query query;
    query = (pz_assessment_query)PZ_ASSESSMENT_QUERY_INIT;
    query.class_id = class_id;
    query.cycle = cycle;
    return &query;
}

static inline pz_item_query *lesson_items_on(pz_id competency)
{
    static pz_item_query query;
    query = (pz_item_query)PZ_ITEM_QUERY_INIT;
    query.competency = competency;
    return &query;
}

static inline void lesson_end(lesson *at)
{
    pz_actor_free(at->runner);
    school_end(&at->school);
}

/* Answers of one learner in one competency, an hour apart from `at_time` on; marks are '1', '0' or '5' (a half). */
static inline pz_status lesson_try_answers(pz_actor *actor, pz_id learner, pz_id competency, pz_time at_time, const char *marks,
                                           const char *key, pz_evidence_summary **out_summary)
{
    enum { MOST = 64 };
    pz_id learners[MOST], competencies[MOST];
    double scores[MOST];
    pz_time times[MOST];
    pz_evidence evidence = PZ_EVIDENCE_INIT;
    for (size_t i = 0; marks[i]; i++, evidence.rows++) {
        learners[i] = learner;
        competencies[i] = competency;
        scores[i] = marks[i] == '1' ? 1 : marks[i] == '5' ? 0.5 : 0;
        times[i] = at_time + (pz_time)i * INT64_C(3600000000);
    }
    evidence.learner = learners;
    evidence.competency = competencies;
    evidence.score = scores;
    evidence.at = times;
    return pz_evidence_add(actor, &evidence, key, out_summary);
}

static inline void lesson_answers(lesson *at, pz_id learner, pz_id competency, pz_time at_time, const char *marks)
{
    ck_assert_ok(lesson_try_answers(at->school.importer, learner, competency, at_time, marks, NULL, NULL));
}

/* The state of one pair, by value; evidence_count 0 if there is none. */
static inline pz_learner_mastery lesson_mastery(pz_actor *actor, pz_id learner, pz_id competency)
{
    pz_mastery_query query = PZ_MASTERY_QUERY_INIT;
    pz_learner_mastery **rows, found;
    size_t count;
    memset(&found, 0, sizeof found);
    query.learner = learner;
    query.competency = competency;
    ck_assert_ok(pz_learner_mastery_list(actor, &query, &rows, &count));
    ck_assert_uint_le(count, 1);
    if (count) found = *rows[0];
    for (int32_t model = PZ_MODEL_LATEST; count && model <= PZ_MODEL_BKT; model++) /* its name outlives the list */
        if (!strcmp(pz_mastery_model_name((pz_mastery_model)model), rows[0]->model))
            found.model = pz_mastery_model_name((pz_mastery_model)model);
    pz_free(rows);
    return found;
}

#endif
