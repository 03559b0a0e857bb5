/* Earlier teammates: nine learners in threes can meet all others in four recommendations, in no fifth; what was not accepted does not count; groups made
 * by hand keep the limit; reasons say it. */
#include "base/json_read.h"
#include "personalize/recommend.h"
#include "records/lesson.h"

enum { LEARNERS = 9, ROUNDS = 4 };

static lesson at;
static pz_id class_id;
static pz_id learners[LEARNERS]; /* of the class, by id */
static pz_actor *teacher;

static void setup(void)
{
    school *s = &at.school;
    lesson_start(&at);
    class_id = school_class(s, s->north, "groups");
    school_enroll(s, class_id, s->tea, PZ_ROLE_TEACHER);
    for (int i = 0; i < LEARNERS; i++) {
        char name[32];
        snprintf(name, sizeof name, "learner %02d", i);
        learners[i] = school_person(s, name);
        school_enroll(s, class_id, learners[i], PZ_ROLE_LEARNER);
    }
    teacher = school_actor(s, s->tea, PZ_ROLE_TEACHER);
}

static void teardown(void)
{
    pz_actor_free(teacher);
    lesson_end(&at);
}

static pz_grouping_request make_request(int32_t earlier, int32_t most, double weight)
{
    pz_grouping_request request = PZ_GROUPING_REQUEST_INIT;
    request.class_id = class_id;
    request.strategy = PZ_STRATEGY_RANDOM;
    request.size_min = request.size_max = 3;
    request.earlier = earlier;
    request.earlier_most = most;
    request.earlier_weight = weight;
    return request;
}

static pz_status try_it(int32_t earlier, int32_t most, double weight, uint64_t seed, pz_id *out_id)
{
    pz_grouping_request request = make_request(earlier, most, weight);
    request.seed = seed;
    return pz_grouping_recommend(teacher, &request, NULL, 0, NULL, NULL, NULL, out_id);
}

static pz_id recommend(int32_t earlier, int32_t most, double weight, uint64_t seed)
{
    pz_id id;
    ck_assert_ok(try_it(earlier, most, weight, seed, &id));
    return id;
}

static int64_t version_of(pz_id id)
{
    pz_recommendation *record;
    ck_assert_ok(pz_recommendation_get(teacher, id, &record));
    int64_t version = record->version;
    pz_free(record);
    return version;
}

static void accept(pz_id id)
{
    ck_assert_ok(pz_recommendation_accept(teacher, id, version_of(id), NULL, 0, NULL));
}

static void groups_of(pz_id id, int32_t out[LEARNERS])
{
    pz_group_member **rows;
    size_t count;
    ck_assert_ok(pz_group_member_list(teacher, id, NULL, &rows, &count));
    for (size_t i = 0; i < count; i++)
        for (int k = 0; k < LEARNERS; k++)
            if (learners[k] == rows[i]->learner) out[k] = rows[i]->group_no;
    pz_free(rows);
}

/* Pairs that are in one group in both. */
static int repeats(pz_id one, pz_id other)
{
    int32_t a[LEARNERS], b[LEARNERS];
    int count = 0;
    groups_of(one, a);
    groups_of(other, b);
    for (int i = 0; i < LEARNERS; i++)
        for (int k = 0; k < i; k++) count += a[i] == a[k] && b[i] == b[k];
    return count;
}

static int32_t replay(pz_id id)
{
    int32_t same;
    ck_assert_ok(pz_recommendation_replay(teacher, id, &same));
    return same;
}

START_TEST(nobody_meets_again_as_long_as_that_is_possible)
{
    pz_id made[ROUNDS + 2];
    for (int round = 0; round < ROUNDS; round++) {
        made[round] = recommend(10, 0, 0, (uint64_t)round + 1);
        for (int before = 0; before < round; before++) ck_assert_int_eq(repeats(made[before], made[round]), 0);
        ck_assert_int_eq(replay(made[round]), 1);
        accept(made[round]);
    }
    ck_assert_status(try_it(10, 0, 1, 1, &made[ROUNDS]), PZ_E_INFEASIBLE);
    ck_assert_ptr_nonnull(strstr(pz_last_error()->message, "more than 0 times"));
    made[ROUNDS] = recommend(10, 1, 0, 1); /* everybody once more is allowed */
    made[ROUNDS] = recommend(3, 0, 0, 1);  /* the first of the four is out of sight */
    for (int before = 1; before < ROUNDS; before++) ck_assert_int_eq(repeats(made[before], made[ROUNDS]), 0);
    ck_assert_int_eq(repeats(made[0], made[ROUNDS]), 9);
}
END_TEST

START_TEST(few_repeats_are_a_wish_that_never_refuses)
{
    pz_id first = recommend(0, -1, 1, 1), second, third;
    accept(first);
    second = recommend(1, -1, 1, 1);
    ck_assert_int_eq(repeats(first, second), 0);
    accept(second);
    third = recommend(2, -1, 0.5, 7);
    ck_assert_int_eq(repeats(first, third) + repeats(second, third), 0);
    for (int i = 0; i < ROUNDS; i++) accept(recommend(10, -1, 1, 3)); /* the fifth and sixth cannot do without */
}
END_TEST

START_TEST(only_what_was_accepted_counts)
{
    pz_id first = recommend(0, -1, 1, 1), again;
    again = recommend(10, 0, 1, 1);
    ck_assert_int_eq(repeats(first, again), 9); /* the seed alone, as there is nothing to look back on */
    ck_assert_ok(pz_recommendation_reject(teacher, first, version_of(first), "No", PZ_NUL_TERMINATED, NULL));
    again = recommend(10, 0, 1, 1);
    ck_assert_int_eq(repeats(first, again), 9);
    accept(again);
    ck_assert_int_eq(repeats(again, recommend(10, 0, 1, 1)), 0);
}
END_TEST

static pz_status move(pz_id id, pz_id learner, int32_t group_no)
{
    pz_group_move one = PZ_GROUP_MOVE_INIT;
    const pz_group_move *moves[] = {&one};
    int64_t version;
    one.learner = learner;
    one.group_no = group_no;
    return pz_recommendation_change(teacher, id, version_of(id), moves, 1, NULL, &version);
}

START_TEST(groups_made_by_hand_keep_the_limit)
{
    pz_id first = recommend(0, -1, 1, 1), second;
    int32_t before[LEARNERS], now[LEARNERS];
    int mate = 1;
    accept(first);
    second = recommend(1, 0, 0, 2);
    groups_of(first, before);
    groups_of(second, now);
    while (before[mate] != before[0]) mate++;
    ck_assert_int_ne(now[mate], now[0]);
    ck_assert_status(move(second, learners[0], now[mate]), PZ_E_INFEASIBLE);
    ck_assert_ptr_nonnull(strstr(pz_last_error()->message, "more than 0 times"));
    ck_assert_ok(move(second, learners[0], 4)); /* alone */
    second = recommend(1, -1, 1, 2);
    groups_of(second, now);
    ck_assert_ok(move(second, learners[0], now[mate])); /* a wish only */
}
END_TEST

static void assert_words(pz_id id, const char *language, const char *of_group, const char *of_learner)
{
    pz_group **groups;
    pz_group_member **members;
    size_t count;
    ck_assert_ok(pz_group_list(teacher, id, language, &groups, &count));
    ck_assert_uint_eq(count, 3);
    for (size_t i = 0; i < count; i++) ck_assert_msg(strstr(groups[i]->rationale, of_group) != NULL, "%s", groups[i]->rationale);
    pz_free(groups);
    ck_assert_ok(pz_group_member_list(teacher, id, language, &members, &count));
    for (size_t i = 0; i < count; i++) ck_assert_msg(strstr(members[i]->rationale, of_learner) != NULL, "%s", members[i]->rationale);
    pz_free(members);
}

START_TEST(reasons_say_who_was_together_before)
{
    accept(recommend(0, -1, 1, 1));
    pz_id wish = recommend(1, -1, 1, 1), limit = recommend(1, 0, 0, 1);
    assert_words(wish, "en", "Of 3 pairs in this group, 0 worked together", "Of 2 others in this group, 0 were in the same group before");
    assert_words(limit, "en", "nobody meets again here", "");
    assert_words(limit, "es", "Como se pidió, nadie coincide aquí de nuevo", "");
    pz__json *document;
    char *json;
    double weight;
    int64_t number;
    ck_assert_ok(pz_recommendation_document(teacher, limit, NULL, &json));
    ck_assert_ok(pz__json_parse(json, PZ_NUL_TERMINATED, NULL, &document));
    const pz__json_value *request = pz__json_member(pz__json_root(document), "request");
    ck_assert(pz__json_as_int(pz__json_member(request, "earlier"), &number) && number == 1);
    ck_assert(pz__json_as_int(pz__json_member(request, "earlier_most"), &number) && number == 0);
    ck_assert(pz__json_as_real(pz__json_member(request, "earlier_weight"), &weight) && weight == 0);
    pz__json_free(document);
    pz_free(json);
}
END_TEST

START_TEST(refuses_what_makes_no_sense)
{
    static const struct {
        int32_t earlier, most;
        double weight;
    } bad[] = {{-1, -1, 1}, {101, -1, 1}, {1, -2, 1}, {1, 101, 1}, {1, 0, -1}, {1, 0, 1001}, {1, 0, PZ_REAL_NONE}, {0, 0, 1}, {1, -1, 0}};
    static const char *const fields[] = {"earlier",        "earlier",        "earlier_most", "earlier_most",  "earlier_weight",
                                         "earlier_weight", "earlier_weight", "earlier",      "earlier_weight"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        pz_id id;
        ck_assert_status(try_it(bad[i].earlier, bad[i].most, bad[i].weight, 1, &id), PZ_E_INVALID);
        ck_assert_str_eq(pz_last_error()->field, fields[i]);
    }
}
END_TEST

static pz_status preview_one(void *user_data)
{
    const lesson *l = user_data;
    pz_grouping_request request = make_request(5, 0, 1);
    pz_store_options options = l->school.options;
    pz_actor *actor = NULL;
    pz_store *store = NULL;
    char *json = NULL;
    options.read_only = 1;
    request.iterations = 3;
    pz_status status = pz_store_open(l->school.place.path, &options, &store);
    if (status == PZ_OK) status = pz_actor_open(store, l->school.tea, PZ_ROLE_TEACHER, "tests", &actor);
    if (status == PZ_OK) status = pz_grouping_preview(actor, &request, NULL, 0, NULL, &json);
    pz_free(json);
    pz_actor_free(actor);
    pz_store_free(store);
    return status;
}

START_TEST(survives_each_allocation_failing)
{
    setup();
    accept(recommend(0, -1, 1, 1));
    pz_actor_free(teacher);
    pz_actor_free(at.runner);
    school_close(&at.school);
    ck_assert_int_gt(suite_each_allocation(preview_one, &at), 50);
    place_end(&at.school.place);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("recommend_earlier");
    TCase *with = tcase_create("earlier"), *alone = tcase_create("memory");
    tcase_set_timeout(with, 60);
    tcase_set_timeout(alone, 120);
    tcase_add_checked_fixture(with, setup, teardown);
    tcase_add_test(with, nobody_meets_again_as_long_as_that_is_possible);
    tcase_add_test(with, few_repeats_are_a_wish_that_never_refuses);
    tcase_add_test(with, only_what_was_accepted_counts);
    tcase_add_test(with, groups_made_by_hand_keep_the_limit);
    tcase_add_test(with, reasons_say_who_was_together_before);
    tcase_add_test(with, refuses_what_makes_no_sense);
    tcase_add_test(alone, survives_each_allocation_failing);
    suite_add_tcase(suite, with);
    suite_add_tcase(suite, alone);
    return suite;
}

SUITE_MAIN(make_suite)
