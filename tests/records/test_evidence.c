/* Evidence: batches all or nothing, in any order, once by their key; corrected and read back; mastery brought up to date with it. */
#include "records/evidence/write.h"
#include "records/lesson.h"

static lesson at;

static void setup(void)
{
    lesson_start(&at);
}

static void teardown(void)
{
    lesson_end(&at);
}

static pz_evidence *read_all(pz_actor *actor, const pz_evidence_query *query)
{
    pz_evidence *evidence;
    ck_assert_ok(pz_evidence_read(actor, query, &evidence));
    return evidence;
}

/* ---------------------------------------------------------------------------------------------------- adding --- */

START_TEST(keeps_what_is_given_in_the_order_of_the_key)
{
    const pz_id learners[] = {at.school.ben, at.school.ana, at.school.ana, at.school.ana};
    const pz_id competencies[] = {at.add, at.subtract, at.add, at.add};
    const double scores[] = {0.25, 1, 0.5, 0};
    const double weights[] = {1, 0.5, 1, 1};
    const pz_time times[] = {100, 200, 400, 300};
    const int32_t kinds[] = {PZ_EVIDENCE_RESULT, PZ_EVIDENCE_OBSERVATION, PZ_EVIDENCE_RESPONSE, PZ_EVIDENCE_DEMONSTRATION};
    pz_evidence given = PZ_EVIDENCE_INIT, *got;
    pz_evidence_summary *summary;
    given.rows = 4;
    given.learner = learners;
    given.competency = competencies;
    given.score = scores;
    given.weight = weights;
    given.at = times;
    given.kind = kinds;
    ck_assert_ok(pz_evidence_add(at.school.importer, &given, NULL, &summary));
    ck_assert_int_eq(summary->rows, 4);
    ck_assert_int_eq(summary->learners, 2);
    ck_assert_int_eq(summary->states, 3);
    ck_assert_int_eq(summary->change, school_last_change(&at.school));
    got = read_all(at.runner, NULL);
    ck_assert_uint_eq(got->rows, 4);
    for (size_t i = 0; i < 4; i++) {
        static const size_t place[] = {3, 2, 1, 0}; /* ana add 300, ana add 400, ana subtract, ben add */
        size_t k = place[i];
        ck_assert_int_eq(got->learner[i], learners[k]);
        ck_assert_int_eq(got->competency[i], competencies[k]);
        ck_assert_double_eq(got->score[i], scores[k]);
        ck_assert_double_eq(got->weight[i], weights[k]);
        ck_assert_int_eq(got->at[i], times[k]);
        ck_assert_int_eq(got->kind[i], kinds[k]);
        ck_assert_int_eq(got->sequence[i], summary->first_sequence + (int64_t)k);
        ck_assert_int_eq(got->change[i], summary->change);
        ck_assert_int_eq(got->assessment[i], 0);
        ck_assert_int_eq(got->item[i], 0);
        ck_assert_int_eq(got->option[i], 0);
    }
    pz_free(got);
    pz_free(summary);
}
END_TEST

START_TEST(fills_in_what_columns_leave_out)
{
    const pz_id learner = at.school.ana;
    const double score = 1;
    pz_evidence given = PZ_EVIDENCE_INIT, *got;
    given.rows = 1;
    given.learner = &learner;
    given.competency = &at.add;
    given.score = &score;
    ck_assert_ok(pz_evidence_add(at.school.importer, &given, NULL, NULL));
    got = read_all(at.runner, NULL);
    ck_assert_uint_eq(got->rows, 1);
    ck_assert_int_eq(got->at[0], SCHOOL_NOW);
    ck_assert_double_eq(got->weight[0], 1);
    ck_assert_int_eq(got->kind[0], PZ_EVIDENCE_RESPONSE);
    pz_free(got);
}
END_TEST

START_TEST(an_empty_batch_changes_nothing)
{
    pz_evidence given = PZ_EVIDENCE_INIT;
    pz_evidence_summary *summary;
    int64_t before = school_last_change(&at.school);
    ck_assert_ok(pz_evidence_add(at.school.importer, &given, NULL, &summary));
    ck_assert_int_eq(summary->rows, 0);
    ck_assert_int_eq(summary->learners, 0);
    ck_assert_int_eq(school_last_change(&at.school), before);
    pz_free(summary);
}
END_TEST

START_TEST(a_key_makes_a_batch_count_once)
{
    pz_evidence_summary *first, *again;
    pz_evidence *got;
    ck_assert_ok(lesson_try_answers(at.school.importer, at.school.ana, at.add, SCHOOL_NOW, "110", "batch", &first));
    ck_assert_ok(lesson_try_answers(at.school.importer, at.school.ana, at.add, SCHOOL_NOW, "110", "batch", &again));
    ck_assert_int_eq(again->rows, first->rows);
    ck_assert_int_eq(again->learners, first->learners);
    ck_assert_int_eq(again->states, first->states);
    ck_assert_int_eq(again->first_sequence, first->first_sequence);
    ck_assert_int_eq(again->change, first->change);
    ck_assert_status(lesson_try_answers(at.school.importer, at.school.ana, at.add, SCHOOL_NOW, "111", "batch", NULL), PZ_E_KEY_REUSED);
    ck_assert_status(lesson_try_answers(at.school.importer, at.school.ana, at.add, SCHOOL_NOW + 1, "110", "batch", NULL), PZ_E_KEY_REUSED);
    got = read_all(at.runner, NULL);
    ck_assert_uint_eq(got->rows, 3);
    pz_free(got);
    pz_free(first);
    pz_free(again);
}
END_TEST

/* One wrong row is named, from 0, and nothing of the batch is there. */
typedef struct wrong_row {
    const char *field;
    pz_status status;
    pz_id learner;
    pz_id competency;
    double score;
    double weight;
    pz_time when;
    int32_t kind;
    pz_id assessment;
    pz_id item;
    int32_t option;
} wrong_row;

static void try_wrong(const wrong_row *wrong)
{
    const pz_id learners[] = {at.school.ana, wrong->learner ? wrong->learner : at.school.ana};
    const pz_id competencies[] = {at.add, wrong->competency ? wrong->competency : at.add};
    const double scores[] = {1, wrong->score};
    const double weights[] = {1, wrong->weight};
    const pz_time times[] = {1, wrong->when};
    const int32_t kinds[] = {1, wrong->kind};
    const pz_id assessments[] = {0, wrong->assessment}, items[] = {0, wrong->item};
    const int32_t options[] = {0, wrong->option};
    pz_evidence given = PZ_EVIDENCE_INIT, *got;
    given.rows = 2;
    given.learner = learners;
    given.competency = competencies;
    given.score = scores;
    given.weight = weights;
    given.at = times;
    given.kind = kinds;
    given.assessment = assessments;
    given.item = items;
    given.option = options;
    ck_assert_status(pz_evidence_add(at.school.importer, &given, NULL, NULL), wrong->status);
    ck_assert_str_eq(pz_last_error()->field, wrong->field);
    ck_assert_ptr_nonnull(strstr(pz_last_error()->message, "Row 1"));
    got = read_all(at.runner, NULL);
    ck_assert_uint_eq(got->rows, 0);
    pz_free(got);
    ck_assert_int_eq(lesson_mastery(at.runner, at.school.ana, at.add).evidence_count, 0);
}

START_TEST(names_the_row_that_is_wrong_and_writes_nothing)
{
    const wrong_row wrongs[] = {
        {"score", PZ_E_INVALID, 0, 0, -0.01, 1, 1, 1, 0, 0, 0},
        {"score", PZ_E_INVALID, 0, 0, 1.01, 1, 1, 1, 0, 0, 0},
        {"score", PZ_E_INVALID, 0, 0, PZ_REAL_NONE, 1, 1, 1, 0, 0, 0},
        {"weight", PZ_E_INVALID, 0, 0, 1, 0, 1, 1, 0, 0, 0},
        {"weight", PZ_E_INVALID, 0, 0, 1, 1.5, 1, 1, 0, 0, 0},
        {"weight", PZ_E_INVALID, 0, 0, 1, PZ_REAL_NONE, 1, 1, 0, 0, 0},
        {"at", PZ_E_INVALID, 0, 0, 1, 1, PZ_TIME_NONE, 1, 0, 0, 0},
        {"kind", PZ_E_INVALID, 0, 0, 1, 1, 1, 0, 0, 0, 0},
        {"kind", PZ_E_INVALID, 0, 0, 1, 1, 1, 7, 0, 0, 0},
        {"option", PZ_E_INVALID, 0, 0, 1, 1, 1, 1, 0, 0, -1},
        {"option", PZ_E_INVALID, 0, 0, 1, 1, 1, 1, 0, 0, 2},
        {"learner", PZ_E_NOT_FOUND, 999999, 0, 1, 1, 1, 1, 0, 0, 0},
        {"learner", PZ_E_NOT_FOUND, -4, 0, 1, 1, 1, 1, 0, 0, 0},
        {"competency", PZ_E_NOT_FOUND, 0, 999999, 1, 1, 1, 1, 0, 0, 0},
        {"assessment", PZ_E_NOT_FOUND, 0, 0, 1, 1, 1, 1, 999999, 0, 0},
        {"item", PZ_E_NOT_FOUND, 0, 0, 1, 1, 1, 1, 0, 999999, 0},
    };
    for (size_t i = 0; i < sizeof wrongs / sizeof wrongs[0]; i++) try_wrong(&wrongs[i]);
}
END_TEST

START_TEST(refuses_what_is_no_batch)
{
    const pz_id learner = at.school.ana;
    const double score = 1;
    pz_evidence given = PZ_EVIDENCE_INIT;
    pz_evidence_summary *summary = (void *)&given;
    ck_assert_status(pz_evidence_add(NULL, &given, NULL, &summary), PZ_E_CLOSED);
    ck_assert_ptr_null(summary);
    ck_assert_status(pz_evidence_add(at.school.importer, NULL, NULL, NULL), PZ_E_INVALID);
    given.rows = 1;
    ck_assert_status(pz_evidence_add(at.school.importer, &given, NULL, NULL), PZ_E_INVALID);
    given.learner = &learner;
    ck_assert_status(pz_evidence_add(at.school.importer, &given, NULL, NULL), PZ_E_INVALID);
    given.competency = &at.add;
    ck_assert_status(pz_evidence_add(at.school.importer, &given, NULL, NULL), PZ_E_INVALID);
    given.score = &score;
    given.rows = 10000001;
    ck_assert_status(pz_evidence_add(at.school.importer, &given, NULL, NULL), PZ_E_LIMIT);
    given.rows = 1;
    given.struct_size = 8;
    ck_assert_status(pz_evidence_add(at.school.importer, &given, NULL, NULL), PZ_E_STRUCT_SIZE);
}
END_TEST

START_TEST(is_written_by_teachers_in_reach_and_imports)
{
    school *s = &at.school;
    const struct {
        pz_id person;
        pz_role role;
        pz_id learner;
        pz_status wanted;
    } tries[] = {
        {s->tea, PZ_ROLE_TEACHER, s->ana, PZ_OK},         {s->tea, PZ_ROLE_TEACHER, s->dan, PZ_E_NOT_FOUND},
        {s->ana, PZ_ROLE_LEARNER, s->ana, PZ_E_DENIED},   {s->gus, PZ_ROLE_GUARDIAN, s->ana, PZ_E_DENIED},
        {s->cou, PZ_ROLE_COUNSELOR, s->ana, PZ_E_DENIED}, {s->lea, PZ_ROLE_LEADER, s->ana, PZ_E_DENIED},
    };
    for (size_t i = 0; i < sizeof tries / sizeof tries[0]; i++) {
        pz_actor *actor = school_actor(s, tries[i].person, tries[i].role);
        ck_assert_status(lesson_try_answers(actor, tries[i].learner, at.add, 1, "1", NULL, NULL), tries[i].wanted);
        pz_actor_free(actor);
    }
    ck_assert_status(lesson_try_answers(at.runner, s->ana, at.add, 1, "1", NULL, NULL), PZ_E_DENIED);
}
END_TEST

START_TEST(an_assessment_out_of_reach_is_not_there)
{
    school *s = &at.school;
    pz_actor *tea = school_actor(s, s->tea, PZ_ROLE_TEACHER);
    pz_assessment assessment = PZ_ASSESSMENT_INIT;
    pz_evidence given = PZ_EVIDENCE_INIT, *got;
    const double score = 1;
    pz_id own, other, free_one;
    assessment.title = "Test";
    ck_assert_ok(pz_assessment_save(s->importer, &assessment, NULL, NULL, NULL, &free_one));
    assessment.class_id = s->a;
    ck_assert_ok(pz_assessment_save(s->importer, &assessment, NULL, NULL, NULL, &own));
    assessment.class_id = s->c;
    ck_assert_ok(pz_assessment_save(s->importer, &assessment, NULL, NULL, NULL, &other));
    given.rows = 1;
    given.learner = &s->ana;
    given.competency = &at.add;
    given.score = &score;
    given.assessment = &other;
    ck_assert_status(pz_evidence_add(tea, &given, NULL, NULL), PZ_E_NOT_FOUND);
    ck_assert_ok(pz_evidence_add(s->importer, &given, NULL, NULL));
    given.assessment = &own;
    ck_assert_ok(pz_evidence_add(tea, &given, NULL, NULL));
    given.assessment = &free_one;
    ck_assert_ok(pz_evidence_add(tea, &given, NULL, NULL));
    got = read_all(at.runner, NULL);
    ck_assert_uint_eq(got->rows, 3);
    pz_free(got);
    pz_actor_free(tea);
}
END_TEST

START_TEST(a_view_of_the_past_takes_none)
{
    pz_actor *view;
    ck_assert_ok(pz_actor_as_of_change(at.school.importer, school_last_change(&at.school), &view));
    ck_assert_status(lesson_try_answers(view, at.school.ana, at.add, 1, "1", NULL, NULL), PZ_E_READ_ONLY);
    pz_actor_free(view);
}
END_TEST

/* -------------------------------------------------------------------------------------------------- reading --- */

static size_t count_read(pz_actor *actor, const pz_evidence_query *query)
{
    pz_evidence *got = read_all(actor, query);
    size_t rows = got->rows;
    pz_free(got);
    return rows;
}

START_TEST(reads_what_a_query_asks_for)
{
    pz_evidence_query query = PZ_EVIDENCE_QUERY_INIT;
    lesson_answers(&at, at.school.ana, at.add, 0, "1010");
    lesson_answers(&at, at.school.ana, at.subtract, 0, "11");
    lesson_answers(&at, at.school.ben, at.add, 0, "1");
    lesson_answers(&at, at.school.dan, at.add, 0, "111");
    ck_assert_uint_eq(count_read(at.runner, NULL), 10);
    query.learner = at.school.ana;
    ck_assert_uint_eq(count_read(at.runner, &query), 6);
    query.competency = at.add;
    ck_assert_uint_eq(count_read(at.runner, &query), 4);
    query.from = INT64_C(3600000000);
    ck_assert_uint_eq(count_read(at.runner, &query), 3);
    query.until = INT64_C(3 * 3600000000);
    ck_assert_uint_eq(count_read(at.runner, &query), 2);
    query = (pz_evidence_query)PZ_EVIDENCE_QUERY_INIT;
    query.class_id = at.school.a;
    ck_assert_uint_eq(count_read(at.runner, &query), 7);
    query.learner = at.school.dan; /* is not in the class */
    ck_assert_uint_eq(count_read(at.runner, &query), 0);
    query.learner = 999999;
    pz_evidence *got;
    ck_assert_status(pz_evidence_read(at.runner, &query, &got), PZ_E_NOT_FOUND);
    ck_assert_ptr_null(got);
    query = (pz_evidence_query)PZ_EVIDENCE_QUERY_INIT;
    query.competency = 999999;
    ck_assert_status(pz_evidence_read(at.runner, &query, &got), PZ_E_NOT_FOUND);
    query.competency = 0;
    query.assessment = 999999;
    ck_assert_status(pz_evidence_read(at.runner, &query, &got), PZ_E_NOT_FOUND);
    query.struct_size = 4;
    ck_assert_status(pz_evidence_read(at.runner, &query, &got), PZ_E_STRUCT_SIZE);
    ck_assert_status(pz_evidence_read(NULL, NULL, &got), PZ_E_CLOSED);
    ck_assert_status(pz_evidence_read(at.runner, NULL, NULL), PZ_E_INVALID);
    ck_assert_status(pz_evidence_read(at.school.importer, NULL, &got), PZ_E_DENIED);
}
END_TEST

static pz_evidence *read_all_of(const pz_evidence_query *query)
{
    pz_evidence *got;
    ck_assert_ok(pz_evidence_read(at.runner, query, &got));
    return got;
}

START_TEST(pages_of_both_orders_make_the_whole)
{
    lesson_answers(&at, at.school.ben, at.add, 0, "1010");
    lesson_answers(&at, at.school.ana, at.subtract, 5, "11");
    lesson_answers(&at, at.school.ana, at.add, 9, "0111");
    lesson_answers(&at, at.school.ana, at.add, 1, "00"); /* late */
    for (int32_t order = PZ_EVIDENCE_ORDER_LEARNER; order <= PZ_EVIDENCE_ORDER_ARRIVED; order++)
        for (int32_t limit = 1; limit <= 13; limit++) {
            pz_evidence_query query = PZ_EVIDENCE_QUERY_INIT;
            pz_evidence *whole, *page;
            size_t taken = 0;
            query.order = order;
            whole = read_all_of(&query);
            ck_assert_uint_eq(whole->rows, 12);
            for (size_t i = 1; i < 12 && order == PZ_EVIDENCE_ORDER_ARRIVED; i++)
                ck_assert_int_gt(whole->sequence[i], whole->sequence[i - 1]);
            query.limit = limit;
            for (;;) {
                page = read_all_of(&query);
                ck_assert_uint_le(page->rows, (size_t)limit);
                for (size_t i = 0; i < page->rows; i++) ck_assert_int_eq(page->sequence[i], whole->sequence[taken + i]);
                taken += page->rows;
                if (page->rows) query.after = page->sequence[page->rows - 1];
                if (!page->rows) break;
                pz_free(page);
            }
            pz_free(page);
            ck_assert_uint_eq(taken, 12);
            pz_free(whole);
        }
}
END_TEST

START_TEST(a_page_goes_on_behind_what_was_withdrawn_or_came_in)
{
    for (int32_t order = PZ_EVIDENCE_ORDER_LEARNER; order <= PZ_EVIDENCE_ORDER_ARRIVED; order++) {
        pz_evidence_query query = PZ_EVIDENCE_QUERY_INIT;
        pz_evidence *page, *rest;
        lesson_answers(&at, at.school.ana, at.add, 0, "111111");
        query.learner = at.school.ana;
        query.order = order;
        query.limit = 2;
        page = read_all_of(&query);
        query.after = page->sequence[1];
        query.limit = 0;
        rest = read_all_of(&query);
        ck_assert_ok(
            pz_evidence_correct(at.school.importer, page->learner[1], page->competency[1], page->sequence[1], PZ_REAL_NONE, "x", 1, NULL));
        size_t left = rest->rows;
        pz_free(page), pz_free(rest);
        rest = read_all_of(&query);
        ck_assert_uint_eq(rest->rows, left);
        pz_free(rest);
        lesson_answers(&at, at.school.ana, at.divide, SCHOOL_DAY, "1");
        rest = read_all_of(&query);
        ck_assert_uint_eq(rest->rows, left + 1);
        pz_free(rest);
    }
}
END_TEST

START_TEST(kinds_are_chosen_and_what_is_no_query_is_refused)
{
    pz_evidence_query query = PZ_EVIDENCE_QUERY_INIT;
    pz_evidence given = PZ_EVIDENCE_INIT, *got;
    const double score = 1;
    const int32_t kind = PZ_EVIDENCE_OBSERVATION;
    given.rows = 1;
    given.learner = &at.school.ana;
    given.competency = &at.add;
    given.score = &score;
    given.kind = &kind;
    lesson_answers(&at, at.school.ana, at.add, 0, "11");
    ck_assert_ok(pz_evidence_add(at.school.importer, &given, NULL, NULL));
    query.kind = PZ_EVIDENCE_OBSERVATION;
    ck_assert_uint_eq(count_read(at.runner, &query), 1);
    query.kind = PZ_EVIDENCE_DEMONSTRATION;
    ck_assert_uint_eq(count_read(at.runner, &query), 0);
    query.kind = 7;
    ck_assert_status(pz_evidence_read(at.runner, &query, &got), PZ_E_INVALID);
    query.kind = 0, query.order = 3;
    ck_assert_status(pz_evidence_read(at.runner, &query, &got), PZ_E_INVALID);
    query.order = 0;
    ck_assert_status(pz_evidence_read(at.runner, &query, &got), PZ_E_INVALID);
    query.order = PZ_EVIDENCE_ORDER_LEARNER, query.limit = -1;
    ck_assert_status(pz_evidence_read(at.runner, &query, &got), PZ_E_INVALID);
    query.limit = 1000001;
    ck_assert_status(pz_evidence_read(at.runner, &query, &got), PZ_E_INVALID);
    query.limit = 0, query.after = -1;
    ck_assert_status(pz_evidence_read(at.runner, &query, &got), PZ_E_INVALID);
    query.after = 999999;
    ck_assert_status(pz_evidence_read(at.runner, &query, &got), PZ_E_NOT_FOUND);
    query.order = PZ_EVIDENCE_ORDER_ARRIVED; /* nothing came after it */
    ck_assert_uint_eq(count_read(at.runner, &query), 0);
}
END_TEST

START_TEST(everybody_reads_no_further_than_its_reach)
{
    school *s = &at.school;
    const struct {
        pz_id person;
        pz_role role;
        size_t rows;
    } reads[] = {
        {s->ana, PZ_ROLE_LEARNER, 1}, {s->gus, PZ_ROLE_GUARDIAN, 2},  {s->tea, PZ_ROLE_TEACHER, 2},
        {s->tim, PZ_ROLE_TEACHER, 1}, {s->cou, PZ_ROLE_COUNSELOR, 2}, {s->head, PZ_ROLE_LEADER, 3},
    };
    lesson_answers(&at, s->ana, at.add, 0, "1");
    lesson_answers(&at, s->ben, at.add, 0, "1");
    lesson_answers(&at, s->dan, at.add, 0, "1");
    for (size_t i = 0; i < sizeof reads / sizeof reads[0]; i++) {
        pz_actor *actor = school_actor(s, reads[i].person, reads[i].role);
        ck_assert_uint_eq(count_read(actor, NULL), reads[i].rows);
        pz_actor_free(actor);
    }
}
END_TEST

/* ----------------------------------------------------------------------------------------------- correcting --- */

static int64_t first_sequence(pz_id learner, pz_id competency)
{
    pz_evidence_query query = PZ_EVIDENCE_QUERY_INIT;
    pz_evidence *got;
    int64_t sequence;
    query.learner = learner;
    query.competency = competency;
    got = read_all(at.runner, &query);
    ck_assert_uint_gt(got->rows, 0);
    sequence = got->sequence[0];
    pz_free(got);
    return sequence;
}

START_TEST(corrects_and_withdraws_and_keeps_the_past)
{
    school *s = &at.school;
    pz_learner_mastery before, after;
    pz_actor *view;
    int64_t sequence, change;
    lesson_answers(&at, s->ana, at.add, 0, "0111");
    before = lesson_mastery(at.runner, s->ana, at.add);
    change = school_last_change(s);
    sequence = first_sequence(s->ana, at.add);
    ck_assert_ok(pz_evidence_correct(s->importer, s->ana, at.add, sequence, 1, "Marked wrongly", PZ_NUL_TERMINATED, NULL));
    after = lesson_mastery(at.runner, s->ana, at.add);
    ck_assert_double_gt(after.estimate, before.estimate);
    ck_assert_int_eq(after.evidence_count, 4);
    ck_assert_ok(pz_evidence_correct(s->importer, s->ana, at.add, sequence, PZ_REAL_NONE, "Not hers", PZ_NUL_TERMINATED, NULL));
    ck_assert_int_eq(lesson_mastery(at.runner, s->ana, at.add).evidence_count, 3);
    ck_assert_uint_eq(count_read(at.runner, NULL), 3);
    ck_assert_status(pz_evidence_correct(s->importer, s->ana, at.add, sequence, 1, "Again", PZ_NUL_TERMINATED, NULL), PZ_E_NOT_FOUND);
    ck_assert_ok(pz_actor_as_of_change(at.runner, change, &view));
    after = lesson_mastery(view, s->ana, at.add);
    ck_assert(!memcmp(&after.estimate, &before.estimate, sizeof before.estimate));
    ck_assert_int_eq(after.evidence_count, 4);
    ck_assert_uint_eq(count_read(view, NULL), 4);
    pz_actor_free(view);
}
END_TEST

START_TEST(a_pair_without_evidence_that_counts_has_no_state)
{
    lesson_answers(&at, at.school.ana, at.add, 0, "1");
    ck_assert_ok(
        pz_evidence_correct(at.school.importer, at.school.ana, at.add, first_sequence(at.school.ana, at.add), PZ_REAL_NONE, "x", 1, NULL));
    ck_assert_int_eq(lesson_mastery(at.runner, at.school.ana, at.add).evidence_count, 0);
    lesson_answers(&at, at.school.ana, at.add, 0, "1");
    ck_assert_int_eq(lesson_mastery(at.runner, at.school.ana, at.add).evidence_count, 1);
}
END_TEST

START_TEST(a_correction_needs_a_reason_a_score_and_a_row)
{
    school *s = &at.school;
    pz_actor *leader = school_actor(s, s->lea, PZ_ROLE_LEADER), *tim = school_actor(s, s->tim, PZ_ROLE_TEACHER);
    int64_t sequence, before;
    lesson_answers(&at, s->ana, at.add, 0, "1");
    sequence = first_sequence(s->ana, at.add);
    before = school_last_change(s);
    ck_assert_status(pz_evidence_correct(NULL, s->ana, at.add, sequence, 0, "x", 1, NULL), PZ_E_CLOSED);
    ck_assert_status(pz_evidence_correct(s->importer, s->ana, at.add, sequence, 0, "", 0, NULL), PZ_E_INVALID);
    ck_assert_status(pz_evidence_correct(s->importer, s->ana, at.add, sequence, 0, NULL, 0, NULL), PZ_E_INVALID);
    ck_assert_status(pz_evidence_correct(s->importer, s->ana, at.add, sequence, 0, "\xff", 1, NULL), PZ_E_TEXT);
    ck_assert_status(pz_evidence_correct(s->importer, s->ana, at.add, sequence, 1.5, "x", 1, NULL), PZ_E_INVALID);
    ck_assert_status(pz_evidence_correct(s->importer, s->ana, at.add, sequence + 1, 0, "x", 1, NULL), PZ_E_NOT_FOUND);
    ck_assert_status(pz_evidence_correct(s->importer, s->ana, at.subtract, sequence, 0, "x", 1, NULL), PZ_E_NOT_FOUND);
    ck_assert_status(pz_evidence_correct(leader, s->ana, at.add, sequence, 0, "x", 1, NULL), PZ_E_DENIED);
    ck_assert_status(pz_evidence_correct(tim, s->ana, at.add, sequence, 0, "x", 1, NULL), PZ_E_NOT_FOUND);
    ck_assert_ok(pz_evidence_correct(s->importer, s->ana, at.add, sequence, 1, "the same", 8, NULL));
    ck_assert_int_eq(school_last_change(s), before);
    ck_assert_ok(pz_evidence_correct(s->importer, s->ana, at.add, sequence, 0, "x", 1, "k"));
    ck_assert_ok(pz_evidence_correct(s->importer, s->ana, at.add, sequence, 0, "x", 1, "k"));
    ck_assert_status(pz_evidence_correct(s->importer, s->ana, at.add, sequence, 1, "x", 1, "k"), PZ_E_KEY_REUSED);
    pz_actor_free(leader);
    pz_actor_free(tim);
}
END_TEST

START_TEST(two_corrections_in_one_joined_change_leave_the_last)
{
    int32_t repeated;
    int64_t sequence, change;
    lesson_answers(&at, at.school.ana, at.add, 0, "1");
    sequence = first_sequence(at.school.ana, at.add);
    ck_assert_ok(pz_change_begin(at.school.importer, "mend", NULL, &repeated));
    ck_assert_ok(pz_evidence_correct(at.school.importer, at.school.ana, at.add, sequence, 0, "x", 1, NULL));
    ck_assert_ok(pz_evidence_correct(at.school.importer, at.school.ana, at.add, sequence, 0.5, "y", 1, NULL));
    ck_assert_ok(pz_change_commit(at.school.importer, &change));
    pz_evidence *got = read_all(at.runner, NULL);
    ck_assert_double_eq(got->score[0], 0.5);
    pz_free(got);
}
END_TEST

/* Answers of ana in adding, an hour apart from SCHOOL_NOW + `first` hours on, each right where its mark is '1'. */
static pz_status try_predicted(const lesson *l, pz_actor *actor, int first, const char *marks, const char *key, pz_evidence **out)
{
    pz_id learners[16], competencies[16];
    double scores[16];
    pz_time times[16];
    pz_evidence given = PZ_EVIDENCE_INIT;
    for (int i = 0; marks[i]; i++, given.rows++) {
        learners[i] = l->school.ana;
        competencies[i] = l->add;
        scores[i] = marks[i] == '1';
        times[i] = SCHOOL_NOW + (first + i) * INT64_C(3600000000);
    }
    given.learner = learners;
    given.competency = competencies;
    given.score = scores;
    given.at = times;
    return pz_evidence_add_predicted(actor, &given, key, out);
}

/* -------------------------------------------------------------------------------------------- failing memory --- */

static pz_status add_and_read(void *user_data)
{
    const lesson *l = user_data;
    pz_actor *actor = NULL;
    pz_evidence *got = NULL;
    pz_store *store = NULL;
    school copy = l->school;
    pz_status status = school_open(&copy, 0);
    store = copy.store;
    if (status == PZ_OK) status = pz_actor_open_service(store, "test service", PZ_SCOPE_IMPORT | PZ_SCOPE_READ, "tests", &actor);
    if (status == PZ_OK) status = lesson_try_answers(actor, l->school.ana, l->add, 5, "10", "memory", NULL);
    if (status == PZ_OK) status = lesson_try_answers(actor, l->school.ana, l->add, 0, "1", "memory late", NULL);
    if (status == PZ_OK) status = pz_evidence_read(actor, NULL, &got);
    pz_free(got);
    pz_actor_free(actor);
    pz_store_free(store);
    return status;
}

static pz_status add_predicted(void *user_data)
{
    const lesson *l = user_data;
    pz_actor *actor = NULL;
    pz_evidence *got = NULL;
    school copy = l->school;
    pz_status status = school_open(&copy, 0);
    if (status == PZ_OK) status = pz_actor_open_service(copy.store, "test service", PZ_SCOPE_IMPORT, "tests", &actor);
    if (status == PZ_OK) status = try_predicted(l, actor, 3, "10", "memory predicted", &got);
    pz_free(got);
    got = NULL;
    if (status == PZ_OK) status = try_predicted(l, actor, 0, "10", "memory predicted late", &got);
    pz_free(got);
    got = NULL;
    if (status == PZ_OK) status = try_predicted(l, actor, 3, "10", "memory predicted", &got);
    pz_free(got);
    pz_actor_free(actor);
    pz_store_free(copy.store);
    return status;
}

START_TEST(survives_each_allocation_failing)
{
    lesson one;
    lesson_start(&one);
    pz_actor_free(one.runner);
    school_close(&one.school);
    ck_assert_int_gt(suite_each_allocation(add_and_read, &one), 10);
    ck_assert_int_gt(suite_each_allocation(add_predicted, &one), 10);
    place_end(&one.school.place);
}
END_TEST

/* ------------------------------------------------------------------------------------------------ predictions --- */

/* Bayes by hand, with the default 0.1 for prior, learning, guess and slip. */
static double expect_next(double *knows, int right)
{
    double expected = *knows * 0.9 + (1 - *knows) * 0.1;
    double after = right ? *knows * 0.9 / expected : *knows * 0.1 / (1 - expected);
    *knows = after + (1 - after) * 0.1;
    return expected;
}

START_TEST(says_what_was_to_be_expected_of_each_answer)
{
    static const char marks[] = "1101";
    double knows = 0.1;
    pz_evidence *got, *more;
    ck_assert_ok(try_predicted(&at, at.school.importer, 0, "11", NULL, &got));
    ck_assert_ok(try_predicted(&at, at.school.importer, 2, "01", NULL, &more));
    for (int i = 0; i < 4; i++) {
        const pz_evidence *batch = i < 2 ? got : more;
        ck_assert_double_eq_tol(batch->prediction[i % 2], expect_next(&knows, marks[i] == '1'), 1e-12);
        ck_assert_int_eq(batch->at[i % 2], SCHOOL_NOW + i * INT64_C(3600000000));
        ck_assert_double_eq(batch->score[i % 2], marks[i] == '1');
        ck_assert_int_eq(batch->change[i % 2], school_last_change(&at.school) - (i < 2));
    }
    ck_assert_int_eq(more->sequence[0], got->sequence[1] + 1);
    pz_free(got);
    pz_free(more);
}
END_TEST

/* Late answers are expected from what came before them in time, and a repeat says again what was said. */
START_TEST(late_answers_and_repeats_are_expected_from_what_was_known)
{
    double knows = 0.1, expected;
    pz_evidence *late, *first, *again;
    ck_assert_ok(try_predicted(&at, at.school.importer, 5, "1", "first", &first));
    ck_assert_double_eq_tol(first->prediction[0], 0.18, 1e-12);
    ck_assert_ok(try_predicted(&at, at.school.importer, 0, "01", NULL, &late));
    ck_assert_double_eq_tol(late->prediction[0], expect_next(&knows, 0), 1e-12);
    expected = expect_next(&knows, 1);
    ck_assert_double_eq_tol(late->prediction[1], expected, 1e-12);
    ck_assert_ok(
        pz_evidence_correct(at.school.importer, at.school.ana, at.add, first->sequence[0], 0, "mistaken", PZ_NUL_TERMINATED, NULL));
    at.school.now += 1000;
    ck_assert_ok(try_predicted(&at, at.school.importer, 5, "1", "first", &again));
    ck_assert_double_eq(again->prediction[0], first->prediction[0]);
    ck_assert_int_eq(again->sequence[0], first->sequence[0]);
    ck_assert_int_eq(again->change[0], first->change[0]);
    ck_assert_int_eq(again->at[0], first->at[0]);
    pz_free(again);
    ck_assert_status(try_predicted(&at, at.school.importer, 5, "0", "first", &again), PZ_E_KEY_REUSED);
    ck_assert_ptr_null(again);
    pz_free(first);
    pz_free(late);
}
END_TEST

START_TEST(rules_expect_the_mean_of_the_true_score)
{
    static const char mean[] = "{\"model\": \"mean\"}";
    pz_evidence *got;
    ck_assert_ok(pz_mastery_rule_set(at.runner, 0, at.add, mean, PZ_NUL_TERMINATED, NULL, NULL));
    ck_assert_ok(try_predicted(&at, at.school.importer, 0, "110", NULL, &got));
    ck_assert_double_eq(got->prediction[0], 0.5);
    ck_assert_double_eq_tol(got->prediction[1], 1.5 / 2, 1e-12);
    ck_assert_double_eq_tol(got->prediction[2], 2.5 / 3, 1e-12);
    pz_free(got);
}
END_TEST

START_TEST(refuses_what_cannot_be_predicted)
{
    pz_evidence given = PZ_EVIDENCE_INIT, *got;
    pz_actor *ana = school_actor(&at.school, at.school.ana, PZ_ROLE_LEARNER);
    ck_assert_ok(pz_evidence_add_predicted(at.school.importer, &given, NULL, &got));
    ck_assert_uint_eq(got->rows, 0);
    pz_free(got);
    ck_assert_status(pz_evidence_add_predicted(at.school.importer, &given, NULL, NULL), PZ_E_INVALID);
    ck_assert_status(pz_evidence_add_predicted(NULL, &given, NULL, &got), PZ_E_CLOSED);
    ck_assert_status(pz_evidence_add_predicted(at.school.importer, NULL, NULL, &got), PZ_E_INVALID);
    ck_assert_status(try_predicted(&at, ana, 0, "1", NULL, &got), PZ_E_DENIED);
    ck_assert_ptr_null(got);
    pz_actor_free(ana);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("evidence");
    TCase *with = tcase_create("in a school");
    TCase *alone = tcase_create("memory");
    tcase_add_checked_fixture(with, setup, teardown);
    tcase_add_test(with, keeps_what_is_given_in_the_order_of_the_key);
    tcase_add_test(with, fills_in_what_columns_leave_out);
    tcase_add_test(with, an_empty_batch_changes_nothing);
    tcase_add_test(with, a_key_makes_a_batch_count_once);
    tcase_add_test(with, names_the_row_that_is_wrong_and_writes_nothing);
    tcase_add_test(with, refuses_what_is_no_batch);
    tcase_add_test(with, is_written_by_teachers_in_reach_and_imports);
    tcase_add_test(with, an_assessment_out_of_reach_is_not_there);
    tcase_add_test(with, a_view_of_the_past_takes_none);
    tcase_add_test(with, reads_what_a_query_asks_for);
    tcase_add_test(with, everybody_reads_no_further_than_its_reach);
    tcase_add_test(with, corrects_and_withdraws_and_keeps_the_past);
    tcase_add_test(with, a_pair_without_evidence_that_counts_has_no_state);
    tcase_add_test(with, a_correction_needs_a_reason_a_score_and_a_row);
    tcase_add_test(with, two_corrections_in_one_joined_change_leave_the_last);
    tcase_add_test(with, says_what_was_to_be_expected_of_each_answer);
    tcase_add_test(with, late_answers_and_repeats_are_expected_from_what_was_known);
    tcase_add_test(with, rules_expect_the_mean_of_the_true_score);
    tcase_add_test(with, refuses_what_cannot_be_predicted);
    tcase_add_test(with, pages_of_both_orders_make_the_whole);
    tcase_add_test(with, a_page_goes_on_behind_what_was_withdrawn_or_came_in);
    tcase_add_test(with, kinds_are_chosen_and_what_is_no_query_is_refused);
    tcase_add_test(alone, survives_each_allocation_failing);
    tcase_set_timeout(alone, 60);
    suite_add_tcase(suite, with);
    suite_add_tcase(suite, alone);
    return suite;
}

SUITE_MAIN(make_suite)
