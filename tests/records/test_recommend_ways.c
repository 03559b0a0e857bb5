/* Groups by interest, by rotation, as a jigsaw and as pairs in which one helps the other; groups that are allowed, nobody alone, roles and common time: what is
 * formed, what is said of it, changes by hand, errors and short memory. */
#include "base/json_read.h"
#include "personalize/profile.h"
#include "personalize/recommend.h"
#include "records/lesson.h"
#include "support/schema_check.h"

enum { LEARNERS = 12, RULES_MAX = 32 };

static lesson at;
static pz_id class_id;
static pz_id learners[LEARNERS]; /* of the class, by id */
static pz_actor *teacher;

static void tell(int learner, int32_t section, const char *code, const char *times)
{
    pz_profile_entry entry = PZ_PROFILE_ENTRY_INIT;
    entry.learner = learners[learner];
    entry.section = section;
    entry.code = code;
    entry.times = times;
    ck_assert_ok(pz_profile_entry_add(teacher, &entry, NULL, NULL));
}

/* Learners with an even number have mastered add, the others not; a third likes each of three things. */
static void setup(void)
{
    static const char *const interests[] = {"Robots", "Trains", "Comics"};
    school *s = &at.school;
    lesson_start(&at);
    class_id = school_class(s, s->north, "groups");
    school_enroll(s, class_id, s->tea, PZ_ROLE_TEACHER);
    teacher = school_actor(s, s->tea, PZ_ROLE_TEACHER);
    for (int i = 0; i < LEARNERS; i++) {
        char name[32];
        snprintf(name, sizeof name, "learner %02d", i);
        learners[i] = school_person(s, name);
        school_enroll(s, class_id, learners[i], PZ_ROLE_LEARNER);
        lesson_answers(&at, learners[i], at.add, 0, i % 2 ? "00000" : "1111111");
        tell(i, PZ_PROFILE_INTEREST, interests[i % 3], NULL);
    }
}

static void teardown(void)
{
    pz_actor_free(teacher);
    lesson_end(&at);
}

typedef struct rule_list {
    pz_grouping_rule rows[RULES_MAX];
    const pz_grouping_rule *pointers[RULES_MAX];
    size_t count;
} rule_list;

static pz_grouping_rule *add(rule_list *list, int32_t kind, int learner)
{
    const pz_grouping_rule initial = PZ_GROUPING_RULE_INIT;
    pz_grouping_rule *rule = &list->rows[list->count];
    *rule = initial;
    rule->kind = kind;
    rule->learner = learner < 0 ? 0 : learners[learner];
    list->pointers[list->count++] = rule;
    return rule;
}

static pz_status try_it(int32_t strategy, const rule_list *rules, pz_id *out_id)
{
    pz_grouping_request request = PZ_GROUPING_REQUEST_INIT;
    request.class_id = class_id;
    request.strategy = strategy;
    request.size_min = request.size_max = 4;
    return pz_grouping_recommend(teacher, &request, rules ? rules->pointers : NULL, rules ? rules->count : 0, NULL, NULL, NULL, out_id);
}

static pz_id recommend(int32_t strategy, const rule_list *rules)
{
    pz_id id;
    int32_t same;
    char *json;
    ck_assert_ok(try_it(strategy, rules, &id));
    ck_assert_ok(pz_recommendation_replay(teacher, id, &same));
    ck_assert_int_eq(same, 1);
    ck_assert_ok(pz_recommendation_document(teacher, id, "es", &json));
    ck_assert_schema("recommendation", json);
    pz_free(json);
    return id;
}

static pz_recommendation get(pz_id id)
{
    pz_recommendation *record, copy;
    ck_assert_ok(pz_recommendation_get(teacher, id, &record));
    copy = *record;
    copy.title = copy.note = NULL;
    pz_free(record);
    return copy;
}

static void accept(pz_id id)
{
    ck_assert_ok(pz_recommendation_accept(teacher, id, get(id).version, NULL, 0, NULL));
}

static void groups_of(pz_id id, int32_t out[LEARNERS])
{
    pz_group_member **rows;
    size_t count;
    memset(out, 0, LEARNERS * sizeof *out);
    ck_assert_ok(pz_group_member_list(teacher, id, NULL, &rows, &count));
    for (size_t i = 0; i < count; i++)
        for (int k = 0; k < LEARNERS; k++)
            if (learners[k] == rows[i]->learner) out[k] = rows[i]->group_no;
    pz_free(rows);
}

static pz_status move(pz_id id, int learner, int32_t group_no, int other, int32_t other_group)
{
    pz_group_move moves[2] = {PZ_GROUP_MOVE_INIT, PZ_GROUP_MOVE_INIT};
    const pz_group_move *pointers[] = {&moves[0], &moves[1]};
    moves[0].learner = learners[learner], moves[0].group_no = group_no;
    moves[1].learner = learners[other], moves[1].group_no = other_group;
    return pz_recommendation_change(teacher, id, get(id).version, pointers, learner == other ? 1 : 2, NULL, NULL);
}

/* ------------------------------------------------------------------------------------------------ strategies --- */

START_TEST(those_who_like_the_same_sit_together)
{
    int32_t groups[LEARNERS];
    pz_id id = recommend(PZ_STRATEGY_INTEREST, NULL);
    groups_of(id, groups);
    for (int i = 0; i < LEARNERS; i++)
        for (int k = 0; k < LEARNERS; k++) ck_assert_int_eq(groups[i] == groups[k], i % 3 == k % 3);
    ck_assert_int_eq(get(id).strategy, PZ_STRATEGY_INTEREST);
}
END_TEST

/* Three rounds of groups of four: nobody need meet anybody twice in the first two. */
START_TEST(each_round_brings_others_together)
{
    int32_t rounds[2][LEARNERS];
    for (int round = 0; round < 2; round++) {
        pz_grouping_request request = PZ_GROUPING_REQUEST_INIT;
        pz_id id;
        request.class_id = class_id;
        request.strategy = PZ_STRATEGY_ROTATION;
        request.size_min = request.size_max = 3;
        ck_assert_ok(pz_grouping_recommend(teacher, &request, NULL, 0, NULL, NULL, NULL, &id));
        groups_of(id, rounds[round]);
        accept(id);
    }
    for (int i = 0; i < LEARNERS; i++)
        for (int k = 0; k < i; k++) ck_assert(rounds[0][i] != rounds[0][k] || rounds[1][i] != rounds[1][k]);
}
END_TEST

/* The part of each learner, from the codes of the document. */
static void parts_of(pz_id id, int32_t out[LEARNERS])
{
    char *text;
    pz__json *document;
    ck_assert_ok(pz_recommendation_document(teacher, id, NULL, &text));
    ck_assert_ok(pz__json_parse(text, PZ_NUL_TERMINATED, NULL, &document));
    memset(out, 0, LEARNERS * sizeof *out);
    for (const pz__json_value *g = pz__json_first(pz__json_member(pz__json_root(document), "groups")); g; g = pz__json_next(g)) {
        for (const pz__json_value *m = pz__json_first(pz__json_member(g, "members")); m; m = pz__json_next(m)) {
            for (const pz__json_value *r = pz__json_first(pz__json_member(m, "reasons")); r; r = pz__json_next(r)) {
                int64_t part;
                if (strcmp(pz__json_as_text(pz__json_member(r, "code")), "reason.jigsaw.learner") != 0) continue;
                ck_assert(pz__json_as_int(pz__json_member(r, "value"), &part));
                for (int k = 0; k < LEARNERS; k++)
                    if (strtoll(pz__json_as_text(pz__json_member(m, "learner")), NULL, 10) == learners[k]) out[k] = (int32_t)part;
            }
        }
    }
    pz__json_free(document);
    pz_free(text);
}

static void check_parts(pz_id id)
{
    int32_t groups[LEARNERS], parts[LEARNERS], seen[4][5] = {{0}};
    groups_of(id, groups);
    parts_of(id, parts);
    for (int i = 0; i < LEARNERS; i++) {
        ck_assert_int_ge(parts[i], 1);
        ck_assert_int_le(parts[i], 4);
        seen[groups[i] - 1][parts[i]]++;
    }
    for (int g = 0; g < 3; g++)
        for (int part = 1; part <= 4; part++) ck_assert_int_eq(seen[g][part], 1);
}

START_TEST(in_a_jigsaw_each_home_group_has_every_part)
{
    int32_t groups[LEARNERS];
    pz_id id = recommend(PZ_STRATEGY_JIGSAW, NULL);
    pz_group_member **rows;
    size_t count;
    check_parts(id);
    groups_of(id, groups);
    for (int g = 1; g <= 3; g++) { /* mixed: two who have mastered add in each */
        int masters = 0;
        for (int i = 0; i < LEARNERS; i += 2) masters += groups[i] == g;
        ck_assert_int_eq(masters, 2);
    }
    ck_assert_ok(pz_group_member_list(teacher, id, NULL, &rows, &count));
    ck_assert_msg(strstr(rows[0]->rationale, "Prepares part") && strstr(rows[0]->rationale, "2 others"), "%s", rows[0]->rationale);
    pz_free(rows);
    int other = 1;
    while (groups[other] == groups[0]) other++;
    ck_assert_ok(move(id, 0, groups[other], other, groups[0]));
    check_parts(id); /* dealt out anew */
}
END_TEST

START_TEST(pairs_bring_who_has_it_and_who_has_not_together)
{
    int32_t groups[LEARNERS];
    pz_id id = recommend(PZ_STRATEGY_TUTORING, NULL);
    pz_group **rows;
    pz_group_member **members;
    size_t count;
    groups_of(id, groups);
    ck_assert_ok(pz_group_list(teacher, id, NULL, &rows, &count));
    ck_assert_uint_eq(count, LEARNERS / 2);
    for (size_t g = 0; g < count; g++) {
        ck_assert_int_eq(rows[g]->size, 2);
        ck_assert_int_eq(rows[g]->competency, at.add);
        ck_assert_ptr_nonnull(strstr(rows[g]->rationale, "can help"));
    }
    pz_free(rows);
    for (int i = 0; i < LEARNERS; i++)
        for (int k = 0; k < i; k++)
            if (groups[i] == groups[k]) ck_assert_int_ne(i % 2, k % 2);
    ck_assert_ok(pz_group_member_list(teacher, id, "es", &members, &count));
    for (size_t i = 0; i < count; i++)
        for (int k = 0; k < LEARNERS; k++)
            if (members[i]->learner == learners[k])
                ck_assert_msg(strstr(members[i]->rationale, k % 2 ? "Recibe ayuda" : "Ya domina") != NULL, "%s", members[i]->rationale);
    pz_free(members);
    rule_list rules = {.count = 0};
    add(&rules, PZ_RULE_ABSENT, 0); /* eleven: a group of three */
    ck_assert_ok(try_it(PZ_STRATEGY_TUTORING, &rules, &id));
    ck_assert_int_eq(get(id).groups, 5);
}
END_TEST

/* Those who have not mastered add sit in the lowest group each time, half of them at least. */
START_TEST(who_stays_at_the_bottom_is_told)
{
    int32_t groups[2][LEARNERS];
    pz_id ids[3];
    for (int i = 0; i < 3; i++) {
        ids[i] = recommend(PZ_STRATEGY_READINESS, NULL);
        if (i < 2) groups_of(ids[i], groups[i]);
        if (i < 2) accept(ids[i]);
    }
    char *text;
    pz__json *document;
    ck_assert_ok(pz_recommendation_document(teacher, ids[2], NULL, &text));
    ck_assert_schema("recommendation", text);
    ck_assert_ok(pz__json_parse(text, PZ_NUL_TERMINATED, NULL, &document));
    const pz__json_value *rows = pz__json_member(pz__json_root(document), "stays");
    ck_assert_uint_eq(pz__json_size(rows), LEARNERS);
    int bottom = 0;
    for (const pz__json_value *row = pz__json_first(rows); row; row = pz__json_next(row)) {
        int64_t divisions, lowest, in_a_row;
        int learner = 0;
        while (learners[learner] != strtoll(pz__json_as_text(pz__json_member(row, "learner")), NULL, 10)) learner++;
        ck_assert(pz__json_as_int(pz__json_member(row, "divisions"), &divisions) &&
                  pz__json_as_int(pz__json_member(row, "lowest"), &lowest) && pz__json_as_int(pz__json_member(row, "in_a_row"), &in_a_row));
        ck_assert_int_eq(divisions, 2);
        if (learner % 2 == 0) ck_assert_int_eq(lowest, 0);
        if (lowest == 2) ck_assert_int_eq(in_a_row, 2);
        if (lowest == 2) ck_assert_ptr_nonnull(strstr(pz__json_as_text(pz__json_member(row, "rationale")), "2 of 2"));
        bottom += (int)lowest;
    }
    ck_assert_int_eq(bottom, 8); /* four each time */
    pz__json_free(document);
    pz_free(text);
}
END_TEST

/* ----------------------------------------------------------------------------------------------------- rules --- */

START_TEST(rules_about_all_learners_hold)
{
    int32_t groups[LEARNERS];
    rule_list rules = {.count = 0};
    for (int32_t g = 2; g <= 3; g++) add(&rules, PZ_RULE_ALLOWED, 5)->group_no = g;
    for (int i = 0; i < 5; i++) add(&rules, PZ_RULE_NOT_ALONE, i)->least = 2;
    for (int i = 6; i < 9; i++) {
        pz_grouping_rule *rule = add(&rules, PZ_RULE_ROLE, i);
        rule->set_no = 1, rule->least = 1, rule->most = 1;
    }
    pz_id id = recommend(PZ_STRATEGY_RANDOM, &rules);
    groups_of(id, groups);
    ck_assert_int_ge(groups[5], 2);
    for (int g = 1; g <= 3; g++) {
        int few = 0, roles = 0;
        for (int i = 0; i < 5; i++) few += groups[i] == g;
        for (int i = 6; i < 9; i++) roles += groups[i] == g;
        ck_assert_int_ne(few, 1);
        ck_assert_int_eq(roles, 1);
    }
    /* By hand they hold as well, and say which would not. */
    int in_first = 0;
    while (in_first == 5 || groups[in_first] != 1) in_first++;
    ck_assert_status(move(id, 5, 1, in_first, groups[5]), PZ_E_INFEASIBLE);
    ck_assert_ptr_nonnull(strstr(pz_last_error()->message, "allowed"));
    int leader = 6;
    while (groups[leader] == groups[9]) leader++;
    ck_assert_status(move(id, leader, groups[9], 9, groups[leader]), PZ_E_INFEASIBLE);
    ck_assert_ptr_nonnull(strstr(pz_last_error()->message, "set 1"));
}
END_TEST

START_TEST(nobody_is_left_alone_by_hand)
{
    int32_t groups[LEARNERS];
    rule_list rules = {.count = 0};
    add(&rules, PZ_RULE_NOT_ALONE, 0)->least = 2;
    add(&rules, PZ_RULE_NOT_ALONE, 1)->least = 2;
    pz_id id = recommend(PZ_STRATEGY_RANDOM, &rules);
    groups_of(id, groups);
    ck_assert_int_eq(groups[0], groups[1]);
    int other = 2;
    while (groups[other] == groups[0]) other++;
    ck_assert_status(move(id, 0, groups[other], other, groups[0]), PZ_E_INFEASIBLE);
    ck_assert_ptr_nonnull(strstr(pz_last_error()->message, "at least 2"));
}
END_TEST

START_TEST(all_of_a_group_are_free_together)
{
    int32_t groups[LEARNERS];
    rule_list rules = {.count = 0};
    pz_id id;
    for (int i = 0; i < 8; i++)
        tell(i, PZ_PROFILE_LEARN_WHEN, "clock", i < 4 ? "mon 15:00-16:00" : "tue 15:00-16:00"); /* of the others nothing is known */
    add(&rules, PZ_RULE_COMMON_TIME, -1)->least = 2;
    id = recommend(PZ_STRATEGY_RANDOM, &rules);
    groups_of(id, groups);
    for (int i = 0; i < 4; i++)
        for (int k = 4; k < 8; k++) ck_assert_int_ne(groups[i], groups[k]);
    ck_assert_status(move(id, 0, groups[4], 4, groups[0]), PZ_E_INFEASIBLE);
    ck_assert_ptr_nonnull(strstr(pz_last_error()->message, "half hours"));
    rules.rows[0].least = 3;
    ck_assert_status(try_it(PZ_STRATEGY_RANDOM, &rules, &id), PZ_E_INFEASIBLE);
    rules.rows[0].least = 5;
    ck_assert_status(try_it(PZ_STRATEGY_RANDOM, &rules, &id), PZ_E_INFEASIBLE);
    ck_assert_ptr_nonnull(strstr(pz_last_error()->message, "name 4"));
}
END_TEST

START_TEST(rules_that_clash_are_named)
{
    rule_list rules = {.count = 0};
    pz_id id;
    for (int i = 0; i < 2; i++) {
        pz_grouping_rule *rule = add(&rules, PZ_RULE_ROLE, i);
        rule->set_no = 7, rule->least = 1, rule->most = 4;
    }
    ck_assert_status(try_it(PZ_STRATEGY_RANDOM, &rules, &id), PZ_E_INFEASIBLE); /* three groups, two learners */
    ck_assert_ptr_nonnull(strstr(pz_last_error()->message, "the role of set 7"));
    rules.count = 0;
    add(&rules, PZ_RULE_ALLOWED, 0)->group_no = 1;
    add(&rules, PZ_RULE_LOCKED, 0)->group_no = 2;
    ck_assert_status(try_it(PZ_STRATEGY_RANDOM, &rules, &id), PZ_E_INFEASIBLE);
    ck_assert_ptr_nonnull(strstr(pz_last_error()->message, "allowed"));
}
END_TEST

START_TEST(refuses_what_cannot_be_asked)
{
    static const struct {
        int32_t kind;
        int learner;
        int32_t group_no, set_no, least, most;
        const char *field;
    } cases[] = {
        {PZ_RULE_ALLOWED, 0, 0, 0, 0, 0, "group_no"},
        {PZ_RULE_ALLOWED, -1, 1, 0, 0, 0, "learner"},
        {PZ_RULE_NOT_ALONE, 0, 0, 0, 1, 0, "least"},
        {PZ_RULE_NOT_ALONE, 0, 0, 64, 2, 0, "set_no"},
        {PZ_RULE_NOT_ALONE, -1, 0, 0, 2, 0, "learner"},
        {PZ_RULE_ROLE, 0, 0, -1, 0, 1, "set_no"},
        {PZ_RULE_ROLE, 0, 0, 0, 2, 1, "most"},
        {PZ_RULE_ROLE, 0, 0, 0, 0, 0, "most"},
        {PZ_RULE_ROLE, 0, 0, 0, -1, 1, "least"},
        {PZ_RULE_COMMON_TIME, -1, 0, 0, 0, 0, "least"},
        {PZ_RULE_COMMON_TIME, -1, 0, 0, 337, 0, "least"},
        {PZ_RULE_COMMON_TIME, 0, 0, 0, 1, 0, "learner"},
        {10, 0, 0, 0, 0, 0, "kind"},
    };
    pz_id id;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        rule_list rules = {.count = 0};
        pz_grouping_rule *rule = add(&rules, cases[i].kind, cases[i].learner);
        rule->group_no = cases[i].group_no, rule->set_no = cases[i].set_no, rule->least = cases[i].least, rule->most = cases[i].most;
        ck_assert_status(try_it(PZ_STRATEGY_RANDOM, &rules, &id), PZ_E_INVALID);
        ck_assert_str_eq(pz_last_error()->field, cases[i].field);
    }
    rule_list two = {.count = 0};
    add(&two, PZ_RULE_NOT_ALONE, 0)->least = 2;
    add(&two, PZ_RULE_NOT_ALONE, 1)->least = 3;
    ck_assert_status(try_it(PZ_STRATEGY_RANDOM, &two, &id), PZ_E_INVALID);
    ck_assert_str_eq(pz_last_error()->field, "set_no");
    ck_assert_status(try_it(9, NULL, &id), PZ_E_INVALID);
    pz_grouping_request request = PZ_GROUPING_REQUEST_INIT;
    request.class_id = class_id;
    request.strategy = PZ_STRATEGY_JIGSAW;
    request.size_min = 1;
    ck_assert_status(pz_grouping_recommend(teacher, &request, NULL, 0, NULL, NULL, NULL, &id), PZ_E_INVALID);
    ck_assert_str_eq(pz_last_error()->field, "size_min");
    /* A class of which nothing is known. */
    pz_actor *tim = school_actor(&at.school, at.school.tim, PZ_ROLE_TEACHER);
    for (int32_t strategy = PZ_STRATEGY_INTEREST; strategy <= PZ_STRATEGY_TUTORING; strategy++) {
        request.class_id = at.school.c;
        request.strategy = strategy;
        request.size_min = 2;
        ck_assert_status(pz_grouping_recommend(tim, &request, NULL, 0, NULL, NULL, NULL, &id),
                         strategy == PZ_STRATEGY_ROTATION ? PZ_OK : PZ_E_NOT_ENOUGH);
    }
    pz_actor_free(tim);
}
END_TEST

static int32_t way; /* that the loop over failing allocations is at */

/* Read-only, so that a preview is the same however often it is made. */
static pz_status preview_one(void *user_data)
{
    lesson *l = user_data;
    rule_list rules = {.count = 0};
    pz_grouping_request request = PZ_GROUPING_REQUEST_INIT;
    pz_store_options options = l->school.options;
    pz_actor *actor = NULL;
    pz_store *store = NULL;
    char *json = NULL;
    options.read_only = 1;
    request.class_id = class_id;
    request.strategy = way;
    request.size_min = request.size_max = 4;
    request.iterations = 1;
    add(&rules, PZ_RULE_NOT_ALONE, 0)->least = 2;
    add(&rules, PZ_RULE_NOT_ALONE, 2)->least = 2;
    if (way == PZ_STRATEGY_ROTATION) add(&rules, PZ_RULE_ALLOWED, 5)->group_no = 2;
    if (way == PZ_STRATEGY_ROTATION) add(&rules, PZ_RULE_COMMON_TIME, -1)->least = 1;
    if (way == PZ_STRATEGY_TUTORING) rules.count = 0;
    pz_status status = pz_store_open(l->school.place.path, &options, &store);
    if (status == PZ_OK) status = pz_actor_open(store, l->school.tea, PZ_ROLE_TEACHER, "tests", &actor);
    if (status == PZ_OK) status = pz_grouping_preview(actor, &request, rules.pointers, rules.count, NULL, &json);
    pz_free(json);
    pz_actor_free(actor);
    pz_store_free(store);
    return status;
}

START_TEST(survives_each_allocation_failing)
{
    setup();
    tell(0, PZ_PROFILE_LEARN_WHEN, "clock", "mon 15:00-16:00");
    pz_actor_free(teacher);
    pz_actor_free(at.runner);
    school_close(&at.school);
    for (way = PZ_STRATEGY_ROTATION; way <= PZ_STRATEGY_TUTORING; way++) ck_assert_int_gt(suite_each_allocation(preview_one, &at), 50);
    place_end(&at.school.place);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("records_recommend_ways");
    TCase *tests = tcase_create("ways"), *alone = tcase_create("memory");
    tcase_set_timeout(tests, 60);
    tcase_set_timeout(alone, 120);
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, those_who_like_the_same_sit_together);
    tcase_add_test(tests, each_round_brings_others_together);
    tcase_add_test(tests, in_a_jigsaw_each_home_group_has_every_part);
    tcase_add_test(tests, pairs_bring_who_has_it_and_who_has_not_together);
    tcase_add_test(tests, who_stays_at_the_bottom_is_told);
    tcase_add_test(tests, rules_about_all_learners_hold);
    tcase_add_test(tests, nobody_is_left_alone_by_hand);
    tcase_add_test(tests, all_of_a_group_are_free_together);
    tcase_add_test(tests, rules_that_clash_are_named);
    tcase_add_test(tests, refuses_what_cannot_be_asked);
    tcase_add_test(alone, survives_each_allocation_failing);
    suite_add_tcase(suite, tests);
    suite_add_tcase(suite, alone);
    return suite;
}

SUITE_MAIN(make_suite)
