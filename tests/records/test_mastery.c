/* Stored mastery: a function of the evidence whatever way it came in, at every moment of the past to the same bits; rules by scope; the
 * explanation; the check of the whole store. */
#include "base/fail.h"
#include "base/json_read.h"
#include "base/random.h"
#include "records/lesson.h"
#include "records/mastery/verify.h"

static lesson at;

static void setup(void)
{
    lesson_start(&at);
}

static void teardown(void)
{
    lesson_end(&at);
}

static int same_bits(double a, double b)
{
    return !memcmp(&a, &b, sizeof a) || (isnan(a) && isnan(b));
}

static int same_mastery(const pz_learner_mastery *a, const pz_learner_mastery *b)
{
    return a->learner == b->learner && a->competency == b->competency && same_bits(a->estimate, b->estimate) &&
           same_bits(a->standard_error, b->standard_error) && a->decision == b->decision && a->evidence_count == b->evidence_count &&
           a->last_at == b->last_at && a->rule == b->rule && !strcmp(a->model, b->model);
}

/* What the model itself says of answers in order. */
static pz_mastery_estimate direct(const char *settings_json, const double *scores, size_t count)
{
    pz_mastery_settings settings = PZ_MASTERY_SETTINGS_INIT;
    pz_mastery_state state = PZ_MASTERY_STATE_INIT;
    pz_mastery_estimate estimate = PZ_MASTERY_ESTIMATE_INIT;
    ck_assert_ok(pz_mastery_settings_read(settings_json, PZ_NUL_TERMINATED, &settings));
    ck_assert_ok(pz_mastery_state_start(&settings, &state));
    ck_assert_ok(pz_mastery_state_update(&settings, scores, NULL, count, &state));
    ck_assert_ok(pz_mastery_state_estimate(&settings, &state, &estimate));
    return estimate;
}

/* ------------------------------------------------------------------------------------------------ computing --- */

START_TEST(is_what_the_model_says)
{
    const double scores[] = {0, 1, 1, 1};
    pz_mastery_estimate wanted = direct("{}", scores, 4);
    pz_learner_mastery got;
    lesson_answers(&at, at.school.ana, at.add, 10, "0111");
    got = lesson_mastery(at.runner, at.school.ana, at.add);
    ck_assert(same_bits(got.estimate, wanted.estimate));
    ck_assert(same_bits(got.standard_error, wanted.standard_error));
    ck_assert_int_eq(got.decision, wanted.decision);
    ck_assert_int_eq(got.evidence_count, 4);
    ck_assert_int_eq(got.last_at, 10 + INT64_C(3 * 3600000000));
    ck_assert_int_eq(got.rule, 0);
    ck_assert_str_eq(got.model, "bkt");
}
END_TEST

START_TEST(late_answers_take_their_place)
{
    pz_learner_mastery in_order, late;
    lesson_answers(&at, at.school.ana, at.add, 0, "1100");
    lesson_answers(&at, at.school.ben, at.add, INT64_C(2 * 3600000000), "00");
    lesson_answers(&at, at.school.ben, at.add, 0, "11");
    in_order = lesson_mastery(at.runner, at.school.ana, at.add);
    late = lesson_mastery(at.runner, at.school.ben, at.add);
    ck_assert(same_bits(in_order.estimate, late.estimate));
    ck_assert_int_eq(in_order.last_at, late.last_at);
}
END_TEST

START_TEST(lists_what_a_query_asks_for)
{
    pz_mastery_query query = PZ_MASTERY_QUERY_INIT;
    pz_learner_mastery **rows;
    size_t count;
    lesson_answers(&at, at.school.ana, at.add, 0, "111111");
    lesson_answers(&at, at.school.ana, at.subtract, 0, "0000");
    lesson_answers(&at, at.school.dan, at.add, 0, "1");
    ck_assert_ok(pz_learner_mastery_list(at.runner, NULL, &rows, &count));
    ck_assert_uint_eq(count, 3);
    ck_assert_int_eq(rows[0]->competency, at.add);
    ck_assert_int_eq(rows[1]->competency, at.subtract);
    ck_assert_int_eq(rows[2]->learner, at.school.dan);
    pz_free(rows);
    query.decision = PZ_MASTERY_NOT_YET;
    ck_assert_ok(pz_learner_mastery_list(at.runner, &query, &rows, &count));
    ck_assert_uint_eq(count, 1);
    ck_assert_int_eq(rows[0]->competency, at.subtract);
    pz_free(rows);
    query = (pz_mastery_query)PZ_MASTERY_QUERY_INIT;
    query.class_id = at.school.a;
    query.framework = at.framework;
    ck_assert_ok(pz_learner_mastery_list(at.runner, &query, &rows, &count));
    ck_assert_uint_eq(count, 2);
    pz_free(rows);
    query.decision = 9;
    ck_assert_status(pz_learner_mastery_list(at.runner, &query, &rows, &count), PZ_E_INVALID);
    query.decision = 0;
    query.framework = 999999;
    ck_assert_status(pz_learner_mastery_list(at.runner, &query, &rows, &count), PZ_E_NOT_FOUND);
    query.framework = 0;
    query.learner = 999999;
    ck_assert_status(pz_learner_mastery_list(at.runner, &query, &rows, &count), PZ_E_NOT_FOUND);
    query.struct_size = 4;
    ck_assert_status(pz_learner_mastery_list(at.runner, &query, &rows, &count), PZ_E_STRUCT_SIZE);
    ck_assert_status(pz_learner_mastery_list(NULL, NULL, &rows, &count), PZ_E_CLOSED);
    ck_assert_status(pz_learner_mastery_list(at.school.importer, NULL, &rows, &count), PZ_E_DENIED);
    ck_assert_ptr_null(rows);
    ck_assert_uint_eq(count, 0);
}
END_TEST

/* ---------------------------------------------------------------------------------------------------- rules --- */

static pz_id set_rule(pz_id scope, pz_id competency, const char *settings)
{
    pz_id rule;
    ck_assert_ok(pz_mastery_rule_set(at.runner, scope, competency, settings, PZ_NUL_TERMINATED, NULL, &rule));
    ck_assert_int_gt(rule, 0);
    return rule;
}

START_TEST(the_nearest_rule_holds)
{
    school *s = &at.school;
    pz_id store, district, north, class_a, class_a_add;
    lesson_answers(&at, s->ana, at.add, 0, "101");
    lesson_answers(&at, s->ana, at.subtract, 0, "101");
    lesson_answers(&at, s->dan, at.add, 0, "101");
    store = set_rule(0, 0, "{\"model\": \"mean\"}");
    ck_assert_int_eq(lesson_mastery(at.runner, s->ana, at.add).rule, store);
    district = set_rule(s->district, 0, "{\"model\": \"latest\"}");
    ck_assert_int_eq(lesson_mastery(at.runner, s->dan, at.add).rule, district);
    north = set_rule(s->north, 0, "{\"model\": \"highest\"}");
    ck_assert_int_eq(lesson_mastery(at.runner, s->ana, at.add).rule, north);
    ck_assert_int_eq(lesson_mastery(at.runner, s->dan, at.add).rule, district);
    class_a = set_rule(s->a, 0, "{\"model\": \"decaying_average\"}");
    ck_assert_int_eq(lesson_mastery(at.runner, s->ana, at.add).rule, class_a);
    class_a_add = set_rule(s->a, at.add, "{\"model\": \"n_of_m\", \"n\": 2, \"m\": 3}");
    ck_assert_int_eq(lesson_mastery(at.runner, s->ana, at.add).rule, class_a_add);
    ck_assert_int_eq(lesson_mastery(at.runner, s->ana, at.add).decision, PZ_MASTERY_MASTERED);
    ck_assert_int_eq(lesson_mastery(at.runner, s->ana, at.subtract).rule, class_a);
    ck_assert_str_eq(lesson_mastery(at.runner, s->ana, at.subtract).model, "decaying_average");
}
END_TEST

START_TEST(a_competency_rule_of_a_class_leaves_the_rest_to_the_org)
{
    school *s = &at.school;
    pz_id north = set_rule(s->north, 0, "{\"model\": \"mean\"}"), own = set_rule(s->a, at.add, "{\"model\": \"latest\"}");
    lesson_answers(&at, s->ana, at.add, 0, "01");
    lesson_answers(&at, s->ana, at.subtract, 0, "01");
    ck_assert_int_eq(lesson_mastery(at.runner, s->ana, at.add).rule, own);
    ck_assert_int_eq(lesson_mastery(at.runner, s->ana, at.subtract).rule, north);
}
END_TEST

/* The states follow the roster: who comes into a class is under its rule. */
START_TEST(a_learner_who_moves_comes_under_the_rule_of_the_new_class)
{
    school *s = &at.school;
    pz_id rule = set_rule(s->a, 0, "{\"model\": \"latest\"}");
    pz_learner_mastery moved;
    lesson_answers(&at, s->dan, at.add, 0, "10");
    ck_assert_int_eq(lesson_mastery(at.runner, s->dan, at.add).rule, 0);
    school_enroll(s, s->a, s->dan, PZ_ROLE_LEARNER);
    moved = lesson_mastery(at.runner, s->dan, at.add);
    ck_assert_int_eq(moved.rule, rule);
    ck_assert_double_eq(moved.estimate, 0);
    lesson_answers(&at, s->dan, at.add, SCHOOL_DAY, "1");
    ck_assert_double_eq(lesson_mastery(at.runner, s->dan, at.add).estimate, 1);
}
END_TEST

START_TEST(rules_are_listed_with_their_settings_and_history)
{
    pz_mastery_rule **rows;
    pz_id first, second;
    size_t count;
    ck_assert_ok(pz_mastery_rule_list(at.runner, 0, &rows, &count));
    ck_assert_uint_eq(count, 1);
    ck_assert_int_eq(rows[0]->id, 0);
    ck_assert_str_eq(rows[0]->model, "bkt");
    ck_assert_ptr_nonnull(strstr(rows[0]->settings, "\"prior\":"));
    pz_free(rows);
    first = set_rule(at.school.north, at.add, "{\"model\": \"mean\"}");
    second = set_rule(at.school.north, at.add, "{\"model\": \"mean\", \"mastered_at\": 0.7}");
    ck_assert_int_ne(first, second);
    ck_assert_ok(pz_mastery_rule_list(at.runner, 0, &rows, &count));
    ck_assert_uint_eq(count, 2);
    ck_assert_int_eq(rows[1]->id, second);
    ck_assert_int_eq(rows[1]->scope, at.school.north);
    ck_assert_int_eq(rows[1]->competency, at.add);
    ck_assert_str_eq(rows[1]->model, "mean");
    ck_assert_int_eq(rows[1]->is_current, 1);
    pz_free(rows);
    ck_assert_ok(pz_mastery_rule_list(at.runner, 1, &rows, &count));
    ck_assert_uint_eq(count, 3);
    ck_assert_int_eq(rows[1]->id, first);
    ck_assert_int_eq(rows[1]->is_current, 0);
    pz_free(rows);
    ck_assert_status(pz_mastery_rule_list(NULL, 0, &rows, &count), PZ_E_CLOSED);
}
END_TEST

START_TEST(rules_are_refused_that_make_no_sense_or_are_not_the_actors_to_set)
{
    school *s = &at.school;
    const struct {
        pz_id person;
        pz_role role;
        pz_id scope;
        pz_status wanted;
    } tries[] = {
        {s->lea, PZ_ROLE_LEADER, s->north, PZ_OK},          {s->lea, PZ_ROLE_LEADER, s->a, PZ_OK},
        {s->lea, PZ_ROLE_LEADER, s->district, PZ_E_DENIED}, {s->lea, PZ_ROLE_LEADER, s->south, PZ_E_NOT_FOUND},
        {s->lea, PZ_ROLE_LEADER, 0, PZ_E_DENIED},           {s->lea, PZ_ROLE_LEADER, s->c, PZ_E_NOT_FOUND},
        {s->tea, PZ_ROLE_TEACHER, s->a, PZ_E_DENIED},       {s->ana, PZ_ROLE_LEARNER, s->a, PZ_E_DENIED},
    };
    pz_id rule;
    for (size_t i = 0; i < sizeof tries / sizeof tries[0]; i++) {
        pz_actor *actor = school_actor(s, tries[i].person, tries[i].role);
        ck_assert_status(pz_mastery_rule_set(actor, tries[i].scope, 0, "{\"model\": \"mean\"}", PZ_NUL_TERMINATED, NULL, &rule),
                         tries[i].wanted);
        pz_actor_free(actor);
    }
    ck_assert_status(pz_mastery_rule_set(NULL, 0, 0, "{}", 2, NULL, &rule), PZ_E_CLOSED);
    ck_assert_status(pz_mastery_rule_set(at.runner, 0, 0, "{", 1, NULL, &rule), PZ_E_FORMAT);
    ck_assert_status(pz_mastery_rule_set(at.runner, 0, 0, "{\"model\": \"magic\"}", PZ_NUL_TERMINATED, NULL, &rule), PZ_E_INVALID);
    ck_assert_status(pz_mastery_rule_set(at.runner, 0, 0, "{\"prior\": 2}", PZ_NUL_TERMINATED, NULL, &rule), PZ_E_INVALID);
    ck_assert_status(pz_mastery_rule_set(at.runner, 999999, 0, "{}", 2, NULL, &rule), PZ_E_NOT_FOUND);
    ck_assert_status(pz_mastery_rule_set(at.runner, 0, 999999, "{}", 2, NULL, &rule), PZ_E_NOT_FOUND);
    ck_assert_int_eq(rule, 0);
    ck_assert_ok(pz_mastery_rule_set(at.runner, 0, 0, "{}", 2, "key", &rule));
    pz_id again;
    ck_assert_ok(pz_mastery_rule_set(at.runner, 0, 0, NULL, 0, "key", &again));
    ck_assert_int_eq(again, rule);
    ck_assert_status(pz_mastery_rule_set(at.runner, 0, 0, "{\"model\": \"mean\"}", PZ_NUL_TERMINATED, "key", &rule), PZ_E_KEY_REUSED);
}
END_TEST

/* ------------------------------------------------------------------------------------------------- the past --- */

enum { MOMENTS = 40 };

typedef struct moment {
    int64_t change;
    pz_learner_mastery **rows;
    size_t count;
} moment;

static void one_random_step(pz__random *random, const pz_id *learners, const pz_id *competencies)
{
    pz_id learner = learners[pz__random_below(random, 5)], competency = competencies[pz__random_below(random, 4)];
    uint32_t what = pz__random_below(random, 10);
    static const char *const rules[] = {"{}",
                                        "{\"model\": \"mean\"}",
                                        "{\"model\": \"decaying_average\"}",
                                        "{\"model\": \"n_of_m\"}",
                                        "{\"model\": \"latest\"}",
                                        "{\"model\": \"highest\"}"};
    if (what < 6) {
        char marks[8] = "";
        uint32_t count = 1 + pz__random_below(random, 6);
        for (uint32_t i = 0; i < count; i++) marks[i] = "015"[pz__random_below(random, 3)];
        lesson_answers(&at, learner, competency, (pz_time)pz__random_below(random, 20) * INT64_C(1800000000), marks);
    } else if (what < 9) {
        pz_evidence_query query = PZ_EVIDENCE_QUERY_INIT;
        pz_evidence *got;
        query.learner = learner;
        query.competency = competency;
        ck_assert_ok(pz_evidence_read(at.runner, &query, &got));
        if (got->rows) {
            double score = what == 8 ? PZ_REAL_NONE : pz__random_unit(random);
            int64_t sequence = got->sequence[pz__random_below(random, (uint32_t)got->rows)];
            ck_assert_ok(pz_evidence_correct(at.school.importer, learner, competency, sequence, score, "random", 6, NULL));
        }
        pz_free(got);
    } else {
        const pz_id scopes[] = {0, at.school.north, at.school.a, at.school.b, at.school.c, at.school.district};
        set_rule(scopes[pz__random_below(random, 6)], pz__random_below(random, 2) ? competency : 0, rules[pz__random_below(random, 6)]);
    }
}

START_TEST(every_view_of_the_past_says_what_was_said_then)
{
    const pz_id learners[] = {at.school.ana, at.school.ben, at.school.cid, at.school.dan, at.school.eva};
    const pz_id competencies[] = {at.add, at.subtract, at.multiply, at.divide};
    moment moments[MOMENTS];
    pz__random random;
    pz__random_seed(&random, suite_seed());
    for (int i = 0; i < MOMENTS; i++) {
        for (int k = 0; k < 3; k++) one_random_step(&random, learners, competencies);
        moments[i].change = school_last_change(&at.school);
        ck_assert_ok(pz_learner_mastery_list(at.runner, NULL, &moments[i].rows, &moments[i].count));
    }
    for (int i = 0; i < MOMENTS; i++) {
        pz_learner_mastery **rows;
        size_t count;
        pz_actor *view;
        ck_assert_ok(pz_actor_as_of_change(at.runner, moments[i].change, &view));
        ck_assert_ok(pz_learner_mastery_list(view, NULL, &rows, &count));
        ck_assert_uint_eq(count, moments[i].count);
        for (size_t k = 0; k < count; k++) ck_assert(same_mastery(rows[k], moments[i].rows[k]));
        pz_free(rows);
        pz_free(moments[i].rows);
        pz_actor_free(view);
    }
}
END_TEST

START_TEST(a_moment_before_the_first_answer_is_empty)
{
    int64_t before = school_last_change(&at.school);
    pz_learner_mastery **rows;
    size_t count;
    pz_actor *view;
    lesson_answers(&at, at.school.ana, at.add, 0, "1");
    ck_assert_ok(pz_actor_as_of_change(at.runner, before, &view));
    ck_assert_ok(pz_learner_mastery_list(view, NULL, &rows, &count));
    ck_assert_uint_eq(count, 0);
    pz_free(rows);
    pz_actor_free(view);
}
END_TEST

/* --------------------------------------------------------------------------------------------- explanation --- */

static const pz__json_value *member(const pz__json_value *object, const char *name)
{
    const pz__json_value *value = pz__json_member(object, name);
    ck_assert_msg(value != NULL, "no member %s", name);
    return value;
}

START_TEST(the_explanation_names_model_rule_answers_and_misconceptions)
{
    school *s = &at.school;
    pz_misconception misconception = PZ_MISCONCEPTION_INIT;
    pz_item item = PZ_ITEM_INIT;
    pz_item_option right = PZ_ITEM_OPTION_INIT, wrong = PZ_ITEM_OPTION_INIT;
    const pz_item_option *options[] = {&right, &wrong};
    pz_id misconception_id, item_id;
    pz_evidence given = PZ_EVIDENCE_INIT;
    const double score = 0;
    const int32_t option = 2;
    pz__json *document;
    const pz__json_value *root, *answers, *answer;
    char *json;
    misconception.code = "borrow";
    misconception.statement = "Borrowing is never needed";
    ck_assert_ok(pz_misconception_save(s->importer, &misconception, NULL, &misconception_id));
    item.code = "Q1";
    ck_assert_ok(pz_item_save(s->importer, &item, NULL, NULL, NULL, &item_id));
    right.option = 1;
    right.label = "A";
    right.is_correct = 1;
    wrong.option = 2;
    wrong.label = "B";
    wrong.is_correct = 0;
    wrong.misconception = misconception_id;
    ck_assert_ok(pz_item_options_set(s->importer, item_id, options, 2, NULL));
    given.rows = 1;
    given.learner = &s->ana;
    given.competency = &at.subtract;
    given.score = &score;
    given.item = &item_id;
    given.option = &option;
    ck_assert_ok(pz_evidence_add(s->importer, &given, NULL, NULL));
    lesson_answers(&at, s->ana, at.subtract, SCHOOL_NOW + SCHOOL_DAY, "111");
    for (int language = 0; language < 2; language++) {
        ck_assert_ok(pz_learner_mastery_explain(at.runner, s->ana, at.subtract, language ? "es" : NULL, &json));
        ck_assert_ok(pz__json_parse(json, PZ_NUL_TERMINATED, NULL, &document));
        root = pz__json_root(document);
        ck_assert_str_eq(pz__json_as_text(member(root, "document")), "mastery-explanation");
        ck_assert_str_eq(pz__json_as_text(member(root, "language")), language ? "es" : "en");
        ck_assert_str_eq(pz__json_as_text(member(member(root, "rule"), "model")), "bkt");
        ck_assert_int_eq(pz__json_kind_of(member(member(member(root, "rule"), "settings"), "prior")), PZ__JSON_NUMBER);
        ck_assert_str_eq(pz__json_as_text(member(member(root, "competency"), "code")), "subtract");
        ck_assert_ptr_nonnull(strstr(pz__json_as_text(member(member(root, "words"), "reason")), "4 "));
        answers = member(root, "answers");
        ck_assert_uint_eq(pz__json_size(answers), 4);
        answer = pz__json_first(answers);
        ck_assert_str_eq(pz__json_as_text(member(member(answer, "misconception"), "statement")), "Borrowing is never needed");
        ck_assert_int_eq(pz__json_kind_of(member(member(answer, "effect"), "change")), PZ__JSON_NUMBER);
        ck_assert_int_eq(pz__json_kind_of(member(pz__json_next(answer), "misconception")), PZ__JSON_NULL);
        pz__json_free(document);
        pz_free(json);
    }
}
END_TEST

/* The steps of the explanation end where the state stands. */
START_TEST(the_explanation_adds_up_for_every_model)
{
    static const char *const models[] = {"bkt", "mean", "latest", "highest", "decaying_average", "n_of_m"};
    lesson_answers(&at, at.school.ana, at.add, 0, "0151101");
    for (size_t i = 0; i < sizeof models / sizeof models[0]; i++) {
        char settings[64], *json;
        pz__json *document;
        double estimate;
        pz_learner_mastery kept;
        snprintf(settings, sizeof settings, "{\"model\": \"%s\"}", models[i]);
        set_rule(0, 0, settings);
        kept = lesson_mastery(at.runner, at.school.ana, at.add);
        ck_assert_str_eq(kept.model, models[i]);
        ck_assert_ok(pz_learner_mastery_explain(at.runner, at.school.ana, at.add, NULL, &json));
        ck_assert_ok(pz__json_parse(json, PZ_NUL_TERMINATED, NULL, &document));
        ck_assert(pz__json_as_real(member(pz__json_root(document), "estimate"), &estimate));
        ck_assert_double_eq_tol(estimate, kept.estimate, 1e-12);
        ck_assert_str_eq(pz__json_as_text(member(pz__json_root(document), "decision")),
                         pz_mastery_decision_name((pz_mastery_decision)kept.decision));
        pz__json_free(document);
        pz_free(json);
    }
}
END_TEST

START_TEST(without_evidence_the_explanation_says_so)
{
    pz__json *document;
    char *json;
    ck_assert_ok(pz_learner_mastery_explain(at.runner, at.school.ana, at.add, "en", &json));
    ck_assert_ok(pz__json_parse(json, PZ_NUL_TERMINATED, NULL, &document));
    ck_assert_int_eq(pz__json_kind_of(member(pz__json_root(document), "estimate")), PZ__JSON_NULL);
    ck_assert_uint_eq(pz__json_size(member(pz__json_root(document), "answers")), 0);
    pz__json_free(document);
    pz_free(json);
    ck_assert_status(pz_learner_mastery_explain(at.runner, at.school.ana, at.add, "tlh", &json), PZ_E_INVALID);
    ck_assert_status(pz_learner_mastery_explain(at.runner, at.school.ana, 999999, NULL, &json), PZ_E_NOT_FOUND);
    ck_assert_status(pz_learner_mastery_explain(at.runner, 999999, at.add, NULL, &json), PZ_E_NOT_FOUND);
    ck_assert_status(pz_learner_mastery_explain(NULL, 1, 1, NULL, &json), PZ_E_CLOSED);
    ck_assert_status(pz_learner_mastery_explain(at.runner, 1, 1, NULL, NULL), PZ_E_INVALID);
    ck_assert_status(pz_learner_mastery_explain(at.school.importer, at.school.ana, at.add, NULL, &json), PZ_E_DENIED);
    ck_assert_ptr_null(json);
}
END_TEST

/* ------------------------------------------------------------------------------------------------ verifying --- */

static pz_status verify(pz__buffer *out, pz_progress_fn progress)
{
    pz__json_writer json;
    pz__call call;
    pz_status status;
    PZ__TRY(pz__call_read(&call, at.runner));
    pz__json_start(&json, out);
    pz__json_open_object(&json);
    status = pz__mastery_verify(&call, progress, NULL, &json);
    pz__json_close_object(&json);
    return pz__call_end(&call, status);
}

static void break_store(const char *sql)
{
    pz__call call;
    pz__statement *statement;
    ck_assert_ok(pz__call_write(&call, at.school.importer, "test", NULL, NULL, 0));
    ck_assert_ok(pz__db_statement_text(call.db, sql, &statement));
    ck_assert_ok(pz__db_run(statement));
    pz__change_note(call.change, PZ_KIND_STORE, 0, 0, PZ__ACT_REVISE, 1);
    ck_assert_ok(pz__call_end(&call, PZ_OK));
}

static pz_status stop(double done, void *user_data)
{
    (void)done;
    (void)user_data;
    return PZ_E_CANCELLED;
}

START_TEST(verification_finds_states_that_do_not_follow)
{
    pz__buffer out = PZ__BUFFER_INIT;
    lesson_answers(&at, at.school.ana, at.add, 0, "1101");
    lesson_answers(&at, at.school.ana, at.divide, 0, "11");
    lesson_answers(&at, at.school.ben, at.add, 0, "0");
    set_rule(at.school.a, 0, "{\"model\": \"mean\"}");
    ck_assert_ok(verify(&out, NULL));
    ck_assert_str_eq(out.data, "{\"mastery\":{\"states\":3,\"evidence\":7,\"wrong\":[],\"wrong_count\":0}}");
    pz__buffer_clear(&out);
    ck_assert_status(verify(&out, stop), PZ_E_CANCELLED);
    pz__buffer_clear(&out);
    break_store("UPDATE mastery SET estimate = 0.123 WHERE learner_id = (SELECT min(learner_id) FROM mastery) AND evidence_count = 4");
    ck_assert_status(verify(&out, NULL), PZ_E_CORRUPT);
    ck_assert_ptr_nonnull(strstr(out.data, "\"found\":\"differs\""));
    ck_assert_ptr_nonnull(strstr(out.data, "\"wrong_count\":1"));
    pz__buffer_clear(&out);
    break_store("DELETE FROM mastery WHERE evidence_count = 2");
    ck_assert_status(verify(&out, NULL), PZ_E_CORRUPT);
    ck_assert_ptr_nonnull(strstr(out.data, "\"found\":\"missing\""));
    pz__buffer_clear(&out);
    break_store("DELETE FROM evidence WHERE learner_id = (SELECT max(learner_id) FROM mastery)");
    ck_assert_status(verify(&out, NULL), PZ_E_CORRUPT);
    ck_assert_ptr_nonnull(strstr(out.data, "\"found\":\"left_over\""));
    pz__buffer_clear(&out);
    break_store("UPDATE evidence SET score = 2 WHERE tenant_id = 1"); /* what no call stores, and no model takes */
    ck_assert_status(verify(&out, NULL), PZ_E_CORRUPT);
    ck_assert_ptr_nonnull(strstr(out.data, "\"found\":\"unreadable\""));
    pz__buffer_clear(&out);
    break_store("UPDATE mastery_rule SET settings = '{bad' WHERE tenant_id = 1");
    ck_assert_status(verify(&out, NULL), PZ_E_CORRUPT);
    ck_assert_ptr_nonnull(strstr(out.data, "\"found\":\"rules_unreadable\""));
    pz__buffer_free(&out);
}
END_TEST

/* -------------------------------------------------------------------------------------------- failing memory --- */

static int64_t past; /* a moment with evidence */

static pz_status set_a_rule(void *user_data)
{
    const lesson *l = user_data;
    pz_actor *actor = NULL;
    school copy = l->school;
    pz_id rule;
    pz_status status = school_open(&copy, 0);
    if (status == PZ_OK) status = pz_actor_open_service(copy.store, "test service", PZ_SCOPE_RECOMMEND, "tests", &actor);
    if (status == PZ_OK) status = pz_mastery_rule_set(actor, l->school.a, 0, "{\"model\": \"mean\"}", PZ_NUL_TERMINATED, "memory", &rule);
    pz_actor_free(actor);
    pz_store_free(copy.store);
    return status;
}

/* A store that is opened for reading keeps no record of reads, of which the end of an actor could not tell that it failed. */
static pz_status read_rules_and_mastery(void *user_data)
{
    const lesson *l = user_data;
    pz_learner_mastery **rows = NULL;
    pz_mastery_rule **rules = NULL;
    pz_actor *actor = NULL, *view = NULL;
    pz_store_options options = l->school.options;
    pz_store *store = NULL;
    char *json = NULL;
    size_t count;
    pz_status status;
    options.read_only = 1;
    status = pz_store_open(l->school.place.path, &options, &store);
    if (status == PZ_OK) status = pz_actor_open_service(store, "test service", PZ_SCOPE_READ, "tests", &actor);
    if (status == PZ_OK) status = pz_mastery_rule_list(actor, 1, &rules, &count);
    pz_free(rules);
    if (status == PZ_OK) status = pz_learner_mastery_list(actor, NULL, &rows, &count);
    pz_free(rows);
    rows = NULL;
    if (status == PZ_OK) status = pz_actor_as_of_change(actor, past, &view);
    if (status == PZ_OK) status = pz_learner_mastery_list(view, NULL, &rows, &count);
    pz_free(rows);
    if (status == PZ_OK) status = pz_learner_mastery_explain(actor, l->school.ana, l->add, NULL, &json);
    pz_free(json);
    pz_actor_free(view);
    pz_actor_free(actor);
    pz_store_free(store);
    return status;
}

START_TEST(survives_each_allocation_failing)
{
    lesson one;
    lesson_start(&one);
    lesson_answers(&one, one.school.ana, one.add, 0, "101");
    past = school_last_change(&one.school);
    pz_actor_free(one.runner);
    school_close(&one.school);
    ck_assert_int_gt(suite_each_allocation(set_a_rule, &one), 20);
    ck_assert_int_gt(suite_each_allocation(read_rules_and_mastery, &one), 20);
    place_end(&one.school.place);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("mastery");
    TCase *with = tcase_create("in a school");
    TCase *alone = tcase_create("memory");
    tcase_add_checked_fixture(with, setup, teardown);
    tcase_set_timeout(with, 60);
    tcase_add_test(with, is_what_the_model_says);
    tcase_add_test(with, late_answers_take_their_place);
    tcase_add_test(with, lists_what_a_query_asks_for);
    tcase_add_test(with, the_nearest_rule_holds);
    tcase_add_test(with, a_competency_rule_of_a_class_leaves_the_rest_to_the_org);
    tcase_add_test(with, a_learner_who_moves_comes_under_the_rule_of_the_new_class);
    tcase_add_test(with, rules_are_listed_with_their_settings_and_history);
    tcase_add_test(with, rules_are_refused_that_make_no_sense_or_are_not_the_actors_to_set);
    tcase_add_test(with, every_view_of_the_past_says_what_was_said_then);
    tcase_add_test(with, a_moment_before_the_first_answer_is_empty);
    tcase_add_test(with, the_explanation_names_model_rule_answers_and_misconceptions);
    tcase_add_test(with, the_explanation_adds_up_for_every_model);
    tcase_add_test(with, without_evidence_the_explanation_says_so);
    tcase_add_test(with, verification_finds_states_that_do_not_follow);
    tcase_add_test(alone, survives_each_allocation_failing);
    tcase_set_timeout(alone, 60);
    suite_add_tcase(suite, with);
    suite_add_tcase(suite, alone);
    return suite;
}

SUITE_MAIN(make_suite)
