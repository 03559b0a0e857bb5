/* Recommendations: by each strategy, with rules, reasons in words, answered by people, changed by hand, made again, and what is left of them
 * when a member is erased. */
#include "base/json_read.h"
#include "base/random.h"
#include "personalize/profile.h"
#include "personalize/recommend.h"
#include "records/lesson.h"

enum { LEARNERS = 12 };

static lesson at;
static pz_id class_id;
static pz_id learners[LEARNERS]; /* of the class, by id */
static pz_actor *teacher;

/* A class of its own: a third needs add, a third needs subtract, a third needs divide but has not mastered multiply. */
static void teach(void)
{
    school *s = &at.school;
    class_id = school_class(s, s->north, "groups");
    school_enroll(s, class_id, s->tea, PZ_ROLE_TEACHER);
    for (int i = 0; i < LEARNERS; i++) {
        char name[32];
        snprintf(name, sizeof name, "learner %02d", i);
        learners[i] = school_person(s, name);
        school_enroll(s, class_id, learners[i], PZ_ROLE_LEARNER);
        lesson_answers(&at, learners[i], at.add, 0, i % 3 == 0 ? "00000" : "1111111");
        if (i % 3 >= 1) lesson_answers(&at, learners[i], at.subtract, 0, i % 3 == 1 ? "00000" : "1111111");
        if (i % 3 == 2) lesson_answers(&at, learners[i], at.divide, 0, "00000");
    }
}

static void setup(void)
{
    lesson_start(&at);
    teach();
    teacher = school_actor(&at.school, at.school.tea, PZ_ROLE_TEACHER);
}

static void teardown(void)
{
    pz_actor_free(teacher);
    lesson_end(&at);
}

static pz_grouping_request make_request(int32_t strategy)
{
    pz_grouping_request request = PZ_GROUPING_REQUEST_INIT;
    request.class_id = class_id;
    request.strategy = strategy;
    request.size_min = 3;
    request.size_max = 5;
    request.title = "Week 3";
    return request;
}

static pz_id recommend(int32_t strategy)
{
    pz_grouping_request request = make_request(strategy);
    pz_id id;
    ck_assert_ok(pz_grouping_recommend(teacher, &request, NULL, 0, NULL, NULL, NULL, &id));
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

/* The group of each learner of the class, 0 where not grouped. */
static void groups_of(pz_id id, int32_t out[LEARNERS])
{
    pz_group_member **rows;
    size_t count;
    memset(out, 0, LEARNERS * sizeof *out);
    ck_assert_ok(pz_group_member_list(teacher, id, NULL, &rows, &count));
    for (size_t i = 0; i < count; i++)
        for (int k = 0; k < LEARNERS; k++)
            if (rows[i]->learner == learners[k]) out[k] = rows[i]->group_no;
    pz_free(rows);
}

static int32_t replay(pz_id id)
{
    int32_t same;
    ck_assert_ok(pz_recommendation_replay(teacher, id, &same));
    return same;
}

/* ------------------------------------------------------------------------------------------------ strategies --- */

START_TEST(by_need_puts_those_together_who_need_the_same)
{
    pz_id id = recommend(PZ_STRATEGY_NEED);
    pz_group **rows;
    size_t count;
    int32_t groups[LEARNERS];
    groups_of(id, groups);
    for (int i = 0; i < LEARNERS; i++)
        for (int k = 0; k < LEARNERS; k++) ck_assert_int_eq(groups[i] == groups[k], i % 3 == k % 3);
    ck_assert_ok(pz_group_list(teacher, id, NULL, &rows, &count));
    ck_assert_uint_eq(count, 3);
    for (size_t i = 0; i < count; i++) {
        pz_id focus = groups[0] == rows[i]->group_no ? at.add : groups[1] == rows[i]->group_no ? at.subtract : at.multiply;
        ck_assert_int_eq(rows[i]->competency, focus); /* divide is not ready: its first open prerequisite comes first */
        ck_assert_int_eq(rows[i]->size, 4);
        ck_assert_int_gt((int)rows[i]->rationale_len, 10);
    }
    pz_free(rows);
    ck_assert_int_eq(replay(id), 1);
}
END_TEST

static double level_spread(const int32_t groups[LEARNERS])
{
    static const double level[3] = {0, 0.5, 2.0 / 3};
    double sum = 0;
    for (int32_t g = 1; g <= 4; g++) {
        double mean = 0;
        int count = 0;
        for (int i = 0; i < LEARNERS; i++)
            if (groups[i] == g) mean += level[i % 3], count++;
        for (int i = 0; i < LEARNERS; i++)
            if (groups[i] == g) sum += (level[i % 3] - mean / count) * (level[i % 3] - mean / count);
    }
    return sum;
}

START_TEST(readiness_puts_alike_together_and_mixed_apart)
{
    pz_id alike = recommend(PZ_STRATEGY_READINESS), mixed = recommend(PZ_STRATEGY_MIXED);
    int32_t a[LEARNERS], b[LEARNERS];
    groups_of(alike, a);
    groups_of(mixed, b);
    ck_assert_double_lt(level_spread(a), level_spread(b));
    ck_assert_int_eq(replay(alike), 1);
    ck_assert_int_eq(replay(mixed), 1);
}
END_TEST

START_TEST(the_seed_alone_decides_at_random)
{
    pz_grouping_request request = make_request(PZ_STRATEGY_RANDOM);
    int32_t a[LEARNERS], b[LEARNERS], c[LEARNERS];
    pz_id first, again, other;
    request.seed = 11;
    ck_assert_ok(pz_grouping_recommend(teacher, &request, NULL, 0, NULL, NULL, NULL, &first));
    ck_assert_ok(pz_grouping_recommend(teacher, &request, NULL, 0, NULL, NULL, NULL, &again));
    request.seed = 12;
    ck_assert_ok(pz_grouping_recommend(teacher, &request, NULL, 0, NULL, NULL, NULL, &other));
    groups_of(first, a);
    groups_of(again, b);
    groups_of(other, c);
    ck_assert(!memcmp(a, b, sizeof a));
    ck_assert(memcmp(a, c, sizeof a) != 0);
    ck_assert_int_eq(replay(first), 1);
    ck_assert_int_eq(get(first).seed, 11);
}
END_TEST

START_TEST(a_closed_cycle_gives_its_results_whatever_came_later)
{
    pz_cycle cycle = PZ_CYCLE_INIT;
    pz_grouping_request request = make_request(PZ_STRATEGY_NEED);
    pz_id cycle_id, id;
    int32_t groups[LEARNERS];
    cycle.class_id = class_id;
    cycle.title = "Autumn";
    cycle.closes_on = SCHOOL_TODAY;
    ck_assert_ok(pz_cycle_open(teacher, &cycle, NULL, &cycle_id));
    ck_assert_ok(pz_cycle_collect(teacher, cycle_id, NULL));
    request.cycle = cycle_id;
    ck_assert_status(pz_grouping_recommend(teacher, &request, NULL, 0, NULL, NULL, NULL, &id), PZ_E_STATE);
    ck_assert_ok(pz_cycle_close(teacher, cycle_id, NULL, NULL, NULL));
    for (int i = 0; i < LEARNERS; i++) lesson_answers(&at, learners[i], at.add, SCHOOL_DAY, "1111111111");
    ck_assert_ok(pz_grouping_recommend(teacher, &request, NULL, 0, NULL, NULL, NULL, &id));
    groups_of(id, groups);
    for (int i = 3; i < LEARNERS; i++) ck_assert_int_eq(groups[i], groups[i % 3]);
    ck_assert_int_eq(get(id).cycle, cycle_id);
}
END_TEST

START_TEST(without_evidence_only_chance_is_left)
{
    school *s = &at.school;
    pz_grouping_request request = make_request(PZ_STRATEGY_NEED);
    pz_actor *tim = school_actor(s, s->tim, PZ_ROLE_TEACHER);
    pz_id id;
    request.class_id = s->c;
    request.size_min = 1;
    ck_assert_status(pz_grouping_recommend(tim, &request, NULL, 0, NULL, NULL, NULL, &id), PZ_E_NOT_ENOUGH);
    request.strategy = PZ_STRATEGY_MIXED;
    ck_assert_status(pz_grouping_recommend(tim, &request, NULL, 0, NULL, NULL, NULL, &id), PZ_E_NOT_ENOUGH);
    request.strategy = PZ_STRATEGY_RANDOM;
    ck_assert_ok(pz_grouping_recommend(tim, &request, NULL, 0, NULL, NULL, NULL, &id));
    pz_actor_free(tim);
    pz_actor *tom = school_actor(s, s->tom, PZ_ROLE_TEACHER); /* one learner */
    request.class_id = s->b;
    ck_assert_status(pz_grouping_recommend(tom, &request, NULL, 0, NULL, NULL, NULL, &id), PZ_E_NOT_ENOUGH);
    pz_actor_free(tom);
}
END_TEST

/* ---------------------------------------------------------------------------------------------------- rules --- */

START_TEST(rules_hold_and_are_named_where_they_clash)
{
    pz_grouping_request request = make_request(PZ_STRATEGY_NEED);
    pz_grouping_rule rules[4] = {PZ_GROUPING_RULE_INIT, PZ_GROUPING_RULE_INIT, PZ_GROUPING_RULE_INIT, PZ_GROUPING_RULE_INIT};
    const pz_grouping_rule *pointers[] = {&rules[0], &rules[1], &rules[2], &rules[3]};
    int32_t groups[LEARNERS];
    char first[24];
    pz_id id;
    rules[0].kind = PZ_RULE_TOGETHER, rules[0].learner = learners[0], rules[0].other = learners[1];
    rules[1].kind = PZ_RULE_APART, rules[1].learner = learners[2], rules[1].other = learners[5];
    rules[2].kind = PZ_RULE_LOCKED, rules[2].learner = learners[3], rules[2].group_no = 2;
    rules[3].kind = PZ_RULE_ABSENT, rules[3].learner = learners[11];
    ck_assert_ok(pz_grouping_recommend(teacher, &request, pointers, 4, NULL, NULL, NULL, &id));
    groups_of(id, groups);
    ck_assert_int_eq(groups[0], groups[1]);
    ck_assert_int_ne(groups[2], groups[5]);
    ck_assert_int_eq(groups[3], 2);
    ck_assert_int_eq(groups[11], 0);
    ck_assert_int_eq(get(id).learners, LEARNERS - 1);
    ck_assert_int_eq(replay(id), 1);
    rules[1].learner = learners[0], rules[1].other = learners[1];
    ck_assert_status(pz_grouping_recommend(teacher, &request, pointers, 4, NULL, NULL, NULL, &id), PZ_E_INFEASIBLE);
    snprintf(first, sizeof first, "%lld", (long long)learners[0]);
    ck_assert_ptr_nonnull(strstr(pz_last_error()->message, first));
    ck_assert_ptr_nonnull(strstr(pz_last_error()->message, "together"));
    ck_assert_ptr_nonnull(strstr(pz_last_error()->message, "apart"));
    ck_assert_ptr_null(strstr(pz_last_error()->message, "absent"));
}
END_TEST

static int rule_holds(const pz_grouping_rule *rule, const int32_t groups[LEARNERS])
{
    int32_t group = 0, other = 0;
    for (int i = 0; i < LEARNERS; i++) {
        if (learners[i] == rule->learner) group = groups[i];
        if (learners[i] == rule->other) other = groups[i];
    }
    if (rule->kind == PZ_RULE_ABSENT || rule->kind == PZ_RULE_OPTED_OUT) return group == 0;
    if (rule->kind == PZ_RULE_LOCKED) return group == 0 || group == rule->group_no;
    return group == 0 || other == 0 || (rule->kind == PZ_RULE_TOGETHER) == (group == other);
}

/* Whatever is asked: either the rules that clash are named, or every rule holds, every size is kept, and it can be made again. */
START_TEST(random_rules_hold_or_are_named)
{
    int made = 0, refused = 0;
    pz__random random;
    pz__random_seed(&random, suite_seed());
    for (int round = 0; round < 60; round++) {
        pz_grouping_request request = make_request(1 + (int32_t)pz__random_below(&random, 4));
        pz_grouping_rule rules[8];
        const pz_grouping_rule *pointers[8];
        size_t count = pz__random_below(&random, 8);
        int32_t groups[LEARNERS], sizes[LEARNERS + 1] = {0};
        pz_status status;
        pz_id id;
        request.iterations = 5;
        request.seed = pz__random_next(&random);
        for (size_t i = 0; i < count; i++) {
            pz_grouping_rule fresh = PZ_GROUPING_RULE_INIT;
            uint32_t first = pz__random_below(&random, LEARNERS);
            rules[i] = fresh;
            pointers[i] = &rules[i];
            rules[i].kind = 1 + (int32_t)pz__random_below(&random, 5);
            rules[i].learner = learners[first];
            rules[i].other = learners[(first + 1 + pz__random_below(&random, LEARNERS - 1)) % LEARNERS];
            rules[i].group_no = 1 + (int32_t)pz__random_below(&random, 3);
        }
        status = pz_grouping_recommend(teacher, &request, pointers, count, NULL, NULL, NULL, &id);
        if (status == PZ_E_INFEASIBLE) {
            ck_assert_ptr_nonnull(strstr(pz_last_error()->message, "cannot hold together: "));
            refused++;
            continue;
        }
        ck_assert_status(status, PZ_OK);
        made++;
        groups_of(id, groups);
        for (size_t i = 0; i < count; i++) ck_assert_msg(rule_holds(&rules[i], groups), "round %d: rule %zu is broken", round, i);
        for (int i = 0; i < LEARNERS; i++) sizes[groups[i]]++;
        for (int32_t g = 1; g <= get(id).groups; g++) ck_assert(sizes[g] >= request.size_min && sizes[g] <= request.size_max);
        ck_assert_int_eq(replay(id), 1);
    }
    ck_assert_int_gt(made, 20);
    ck_assert_int_gt(refused, 0);
}
END_TEST

static void assert_left_out(pz_id id, const char *language, size_t at_row, pz_id learner, const char *code, const char *words)
{
    pz__json *document;
    char *json, number[24];
    ck_assert_ok(pz_recommendation_document(teacher, id, language, &json));
    ck_assert_ok(pz__json_parse(json, PZ_NUL_TERMINATED, NULL, &document));
    const pz__json_value *list = pz__json_member(pz__json_root(document), "left_out"), *row = pz__json_first(list);
    ck_assert_uint_eq(pz__json_size(list), 2);
    if (at_row) row = pz__json_next(row);
    snprintf(number, sizeof number, "%lld", (long long)learner);
    ck_assert_str_eq(pz__json_as_text(pz__json_member(row, "learner")), number);
    ck_assert_str_eq(pz__json_as_text(pz__json_member(row, "code")), code);
    ck_assert_str_eq(pz__json_as_text(pz__json_member(row, "rationale")), words);
    pz__json_free(document);
    pz_free(json);
}

static pz_status move(pz_id id, pz_id learner, int32_t group_no);

START_TEST(who_opted_out_is_left_out_and_told_from_who_is_absent)
{
    pz_grouping_request request = make_request(PZ_STRATEGY_NEED);
    pz_grouping_rule rules[2] = {PZ_GROUPING_RULE_INIT, PZ_GROUPING_RULE_INIT};
    const pz_grouping_rule *pointers[] = {&rules[0], &rules[1]};
    int32_t groups[LEARNERS];
    pz_id id;
    rules[0].kind = PZ_RULE_OPTED_OUT, rules[0].learner = learners[4];
    rules[1].kind = PZ_RULE_ABSENT, rules[1].learner = learners[7];
    ck_assert_ok(pz_grouping_recommend(teacher, &request, pointers, 2, NULL, NULL, NULL, &id));
    groups_of(id, groups);
    ck_assert_int_eq(groups[4], 0);
    ck_assert_int_eq(groups[7], 0);
    ck_assert_int_eq(get(id).learners, LEARNERS - 2);
    assert_left_out(id, "en", 0, learners[4], "reason.learner.opted_out", "In no group, by choice.");
    assert_left_out(id, "es", 0, learners[4], "reason.learner.opted_out", "En ningún grupo, por elección propia.");
    assert_left_out(id, "en", 1, learners[7], "reason.learner.absent", "In no group, because of absence.");
    ck_assert_status(move(id, learners[4], 1), PZ_E_INFEASIBLE);
    ck_assert_ptr_nonnull(strstr(pz_last_error()->message, "opted out"));
    ck_assert_int_eq(replay(id), 1);
    rules[0].kind = PZ_RULE_OPTED_OUT + 1;
    ck_assert_status(pz_grouping_recommend(teacher, &request, pointers, 2, NULL, NULL, NULL, &id), PZ_E_INVALID);
    rules[0].kind = PZ_RULE_OPTED_OUT, rules[0].learner = at.school.dan;
    ck_assert_status(pz_grouping_recommend(teacher, &request, pointers, 2, NULL, NULL, NULL, &id), PZ_E_NOT_FOUND);
}
END_TEST

START_TEST(refuses_what_cannot_be_asked)
{
    pz_grouping_rule rule = PZ_GROUPING_RULE_INIT;
    const pz_grouping_rule *rules[] = {&rule};
    const pz_grouping_request good = make_request(PZ_STRATEGY_NEED);
    pz_grouping_request request = good;
    pz_id id = 7;
#define REFUSE(wanted) ck_assert_status(pz_grouping_recommend(teacher, &request, NULL, 0, NULL, NULL, NULL, &id), wanted)
#define REFUSE_RULE(wanted) ck_assert_status(pz_grouping_recommend(teacher, &good, rules, 1, NULL, NULL, NULL, &id), wanted)
    ck_assert_status(pz_grouping_recommend(NULL, &request, NULL, 0, NULL, NULL, NULL, &id), PZ_E_CLOSED);
    ck_assert_int_eq(id, 0);
    ck_assert_status(pz_grouping_recommend(teacher, NULL, NULL, 0, NULL, NULL, NULL, &id), PZ_E_INVALID);
    ck_assert_status(pz_grouping_recommend(teacher, &request, NULL, 1, NULL, NULL, NULL, &id), PZ_E_INVALID);
    ck_assert_status(pz_grouping_recommend(teacher, &request, rules, 10001, NULL, NULL, NULL, &id), PZ_E_TOO_LONG);
    request.class_id = 0;
    REFUSE(PZ_E_INVALID);
    request.class_id = 999999;
    REFUSE(PZ_E_NOT_FOUND);
    request = good, request.strategy = 9;
    REFUSE(PZ_E_INVALID);
    request = good, request.size_min = 0;
    REFUSE(PZ_E_INVALID);
    request = good, request.size_max = 2;
    REFUSE(PZ_E_INVALID);
    request = good, request.groups = -1;
    REFUSE(PZ_E_INVALID);
    request = good, request.iterations = -1;
    REFUSE(PZ_E_INVALID);
    request = good, request.groups = 11;
    REFUSE(PZ_E_INFEASIBLE);
    request = good, request.framework = 999999;
    REFUSE(PZ_E_NOT_FOUND);
    request = good, request.cycle = 999999;
    REFUSE(PZ_E_NOT_FOUND);
    request = good, request.title = "\xff";
    REFUSE(PZ_E_TEXT);
    request = good, request.struct_size = 4;
    REFUSE(PZ_E_STRUCT_SIZE);
    REFUSE_RULE(PZ_E_INVALID);
    rule.kind = PZ_RULE_TOGETHER;
    REFUSE_RULE(PZ_E_INVALID);
    rule.learner = rule.other = learners[0];
    REFUSE_RULE(PZ_E_INVALID);
    rule.other = at.school.dan;
    REFUSE_RULE(PZ_E_NOT_FOUND);
    rule.kind = PZ_RULE_LOCKED;
    REFUSE_RULE(PZ_E_INVALID);
    ck_assert_ok(pz_grouping_recommend(teacher, &good, NULL, 0, "key", NULL, NULL, &id));
    pz_id again;
    ck_assert_ok(pz_grouping_recommend(teacher, &good, NULL, 0, "key", NULL, NULL, &again));
    ck_assert_int_eq(id, again);
    request = good, request.seed = 9;
    ck_assert_status(pz_grouping_recommend(teacher, &request, NULL, 0, "key", NULL, NULL, &again), PZ_E_KEY_REUSED);
}
END_TEST

static pz_status stop(double done, void *user_data)
{
    (void)done;
    (void)user_data;
    return PZ_E_CANCELLED;
}

START_TEST(a_cancelled_search_leaves_nothing)
{
    pz_grouping_request request = make_request(PZ_STRATEGY_NEED);
    pz_recommendation **rows;
    size_t count;
    pz_id id;
    ck_assert_status(pz_grouping_recommend(teacher, &request, NULL, 0, NULL, stop, NULL, &id), PZ_E_CANCELLED);
    ck_assert_ok(pz_recommendation_list(teacher, NULL, &rows, &count));
    ck_assert_uint_eq(count, 0);
    pz_free(rows);
}
END_TEST

/* --------------------------------------------------------------------------------------------------- reasons --- */

static int sentences(const char *text)
{
    int count = 0;
    for (size_t i = 0; text[i]; i++) count += (text[i] == '.' || text[i] == '!') && (text[i + 1] == ' ' || !text[i + 1]);
    return count;
}

START_TEST(every_place_has_its_reason_in_words_of_either_language)
{
    for (int32_t strategy = PZ_STRATEGY_NEED; strategy <= PZ_STRATEGY_RANDOM; strategy++) {
        pz_id id = recommend(strategy);
        for (int language = 0; language < 2; language++) {
            pz_group_member **rows;
            pz_group **groups;
            size_t count;
            ck_assert_ok(pz_group_member_list(teacher, id, language ? "es" : "en", &rows, &count));
            ck_assert_uint_eq(count, LEARNERS);
            for (size_t i = 0; i < count; i++) {
                ck_assert_int_gt((int)rows[i]->rationale_len, 0);
                ck_assert_int_le(sentences(rows[i]->rationale), 2);
                ck_assert_msg(!strstr(rows[i]->rationale, "reason.") && !strchr(rows[i]->rationale, '{'), "%s", rows[i]->rationale);
            }
            pz_free(rows);
            ck_assert_ok(pz_group_list(teacher, id, language ? "es" : "en", &groups, &count));
            for (size_t i = 0; i < count; i++)
                ck_assert_msg(!strstr(groups[i]->rationale, "reason.") && !strchr(groups[i]->rationale, '{'), "%s", groups[i]->rationale);
            pz_free(groups);
        }
    }
}
END_TEST

START_TEST(a_reason_names_the_data_it_stands_on)
{
    pz_id id = recommend(PZ_STRATEGY_NEED);
    pz_group_member **rows;
    size_t count;
    ck_assert_ok(pz_group_member_list(teacher, id, "en", &rows, &count));
    for (size_t i = 0; i < count; i++) {
        int kind = 0;
        for (int k = 0; k < LEARNERS; k++)
            if (rows[i]->learner == learners[k]) kind = k % 3;
        ck_assert_ptr_nonnull(strstr(rows[i]->rationale, kind == 0 ? "add" : kind == 1 ? "subtract" : "multiply"));
        ck_assert_ptr_nonnull(strstr(rows[i]->rationale, "5 answers"));
        if (kind == 2) ck_assert_ptr_nonnull(strstr(rows[i]->rationale, "divide"));
    }
    pz_free(rows);
    ck_assert_status(pz_group_member_list(teacher, id, "xx", &rows, &count), PZ_E_INVALID);
    ck_assert_status(pz_group_member_list(teacher, 999999, NULL, &rows, &count), PZ_E_NOT_FOUND);
    ck_assert_status(pz_group_member_list(NULL, id, NULL, &rows, &count), PZ_E_CLOSED);
}
END_TEST

/* --------------------------------------------------------------------------------------------------- answers --- */

enum { STEP_ACCEPT, STEP_REJECT, STEP_CHANGE, STEPS };

static pz_status take_step(pz_actor *actor, int step, pz_id id, int64_t version)
{
    pz_group_move move = PZ_GROUP_MOVE_INIT;
    const pz_group_move *moves[] = {&move};
    int64_t made;
    move.learner = learners[0];
    move.group_no = 1 + get(id).groups % 3;
    if (step == STEP_ACCEPT) return pz_recommendation_accept(actor, id, version, "Fine", PZ_NUL_TERMINATED, NULL);
    if (step == STEP_REJECT) return pz_recommendation_reject(actor, id, version, "Another time", PZ_NUL_TERMINATED, NULL);
    return pz_recommendation_change(actor, id, version, moves, 1, NULL, &made);
}

START_TEST(each_answer_begins_from_what_is_open)
{
    static const int32_t before[] = {-1, STEP_CHANGE, STEP_ACCEPT, STEP_REJECT};
    for (int place = 0; place < 4; place++)
        for (int step = 0; step < STEPS; step++) {
            pz_id id = recommend(PZ_STRATEGY_NEED);
            int open = place < 2;
            int32_t state;
            if (before[place] >= 0) ck_assert_ok(take_step(teacher, before[place], id, get(id).version));
            state = get(id).state;
            ck_assert_status(take_step(teacher, step, id, get(id).version - 1), open ? PZ_E_CONFLICT : PZ_E_STATE);
            ck_assert_status(take_step(teacher, step, id, get(id).version), open ? PZ_OK : PZ_E_STATE);
            if (open)
                state = step == STEP_ACCEPT   ? PZ_RECOMMENDATION_ACCEPTED
                        : step == STEP_REJECT ? PZ_RECOMMENDATION_REJECTED
                                              : PZ_RECOMMENDATION_CHANGED;
            ck_assert_int_eq(get(id).state, state);
        }
}
END_TEST

START_TEST(people_answer_for_their_class_and_services_do_not)
{
    school *s = &at.school;
    const struct {
        pz_id person;
        pz_role role;
        pz_status wanted;
    } tries[] = {
        {s->lea, PZ_ROLE_LEADER, PZ_OK},           {s->cou, PZ_ROLE_COUNSELOR, PZ_OK}, {s->tom, PZ_ROLE_TEACHER, PZ_E_NOT_FOUND},
        {s->ana, PZ_ROLE_LEARNER, PZ_E_NOT_FOUND}, {s->head, PZ_ROLE_LEADER, PZ_OK},
    };
    pz_grouping_request request = make_request(PZ_STRATEGY_NEED);
    pz_id id;
    for (size_t i = 0; i < sizeof tries / sizeof tries[0]; i++) {
        pz_actor *actor = school_actor(s, tries[i].person, tries[i].role);
        id = recommend(PZ_STRATEGY_NEED);
        ck_assert_status(take_step(actor, STEP_ACCEPT, id, get(id).version), tries[i].wanted);
        pz_actor_free(actor);
    }
    ck_assert_ok(pz_grouping_recommend(at.runner, &request, NULL, 0, NULL, NULL, NULL, &id));
    ck_assert_status(take_step(at.runner, STEP_ACCEPT, id, get(id).version), PZ_E_DENIED);
    pz_actor *self = school_actor(s, learners[0], PZ_ROLE_LEARNER);
    ck_assert_status(pz_grouping_recommend(self, &request, NULL, 0, NULL, NULL, NULL, &id), PZ_E_DENIED);
    pz_actor_free(self);
    ck_assert_status(pz_recommendation_reject(teacher, 1, 1, "", 0, NULL), PZ_E_INVALID);
    ck_assert_status(pz_recommendation_reject(NULL, 1, 1, "x", 1, NULL), PZ_E_CLOSED);
    ck_assert_status(pz_recommendation_accept(NULL, 1, 1, NULL, 0, NULL), PZ_E_CLOSED);
    ck_assert_status(pz_recommendation_accept(teacher, 999999, 1, NULL, 0, NULL), PZ_E_NOT_FOUND);
    ck_assert_status(pz_recommendation_accept(teacher, 1, 1, "\xff", 1, NULL), PZ_E_TEXT);
}
END_TEST

/* What a class has of them in a state, for a list; until the next such call. */
static pz_recommendation_query *recommendations_of(pz_id of_class, int32_t state)
{
    static pz_recommendation_query query;
    query = (pz_recommendation_query)PZ_RECOMMENDATION_QUERY_INIT;
    query.class_id = of_class;
    query.state = state;
    return &query;
}

START_TEST(history_and_lists_show_each_step)
{
    pz_recommendation **rows;
    size_t count;
    pz_id first = recommend(PZ_STRATEGY_NEED), second = recommend(PZ_STRATEGY_MIXED);
    ck_assert_ok(take_step(teacher, STEP_CHANGE, first, get(first).version));
    ck_assert_ok(take_step(teacher, STEP_ACCEPT, first, get(first).version));
    ck_assert_ok(pz_recommendation_history(teacher, first, &rows, &count));
    ck_assert_uint_eq(count, 3);
    ck_assert_int_eq(rows[0]->state, PZ_RECOMMENDATION_PROPOSED);
    ck_assert_int_eq(rows[1]->state, PZ_RECOMMENDATION_CHANGED);
    ck_assert_int_eq(rows[2]->state, PZ_RECOMMENDATION_ACCEPTED);
    ck_assert_str_eq(rows[2]->note, "Fine");
    ck_assert_double_ge(rows[1]->objective, rows[0]->objective);
    ck_assert_double_eq(rows[1]->recommended_objective, rows[0]->objective);
    ck_assert_int_eq(rows[2]->is_replayable, 1);
    pz_free(rows);
    ck_assert_ok(pz_recommendation_list(teacher, recommendations_of(class_id, 0), &rows, &count));
    ck_assert_uint_eq(count, 2);
    ck_assert_int_eq(rows[0]->id, second);
    ck_assert_int_eq(rows[1]->groups, 3);
    ck_assert_int_eq(rows[1]->learners, LEARNERS);
    ck_assert_str_eq(rows[1]->title, "Week 3");
    pz_free(rows);
    ck_assert_ok(pz_recommendation_list(teacher, recommendations_of(0, PZ_RECOMMENDATION_ACCEPTED), &rows, &count));
    ck_assert_uint_eq(count, 1);
    pz_free(rows);
    ck_assert_status(pz_recommendation_list(teacher, recommendations_of(0, 9), &rows, &count), PZ_E_INVALID);
    ck_assert_status(pz_recommendation_list(teacher, recommendations_of(at.school.b, 0), &rows, &count), PZ_E_NOT_FOUND);
    ck_assert_status(pz_recommendation_list(NULL, NULL, &rows, &count), PZ_E_CLOSED);
    ck_assert_status(pz_recommendation_list(at.school.importer, NULL, &rows, &count), PZ_E_DENIED);
    ck_assert_int_eq(replay(first), 1); /* what was recommended, not what it was changed to */
}
END_TEST

/* ------------------------------------------------------------------------------------------------ own places --- */

START_TEST(a_learner_sees_its_own_place_once_it_is_accepted)
{
    pz_actor *self = school_actor(&at.school, learners[0], PZ_ROLE_LEARNER);
    pz_id id = recommend(PZ_STRATEGY_NEED);
    pz_recommendation **records, *record;
    pz_group_member **members;
    pz_group **groups;
    pz__json *document;
    const pz__json_value *root;
    size_t count;
    int32_t same;
    char *json;
    ck_assert_status(pz_recommendation_get(self, id, &record), PZ_E_NOT_FOUND);
    ck_assert_ok(pz_recommendation_list(self, NULL, &records, &count));
    ck_assert_uint_eq(count, 0);
    pz_free(records);
    ck_assert_ok(take_step(teacher, STEP_ACCEPT, id, get(id).version));
    ck_assert_ok(pz_recommendation_list(self, NULL, &records, &count));
    ck_assert_uint_eq(count, 1);
    pz_free(records);
    ck_assert_ok(pz_group_list(self, id, NULL, &groups, &count));
    ck_assert_uint_eq(count, 1);
    ck_assert_int_eq(groups[0]->size, 4);
    pz_free(groups);
    ck_assert_ok(pz_group_member_list(self, id, NULL, &members, &count));
    ck_assert_uint_eq(count, 1);
    ck_assert_int_eq(members[0]->learner, learners[0]);
    pz_free(members);
    ck_assert_ok(pz_recommendation_document(self, id, NULL, &json));
    for (int i = 1; i < LEARNERS; i++) {
        char quoted[32];
        snprintf(quoted, sizeof quoted, "\"%lld\"", (long long)learners[i]);
        ck_assert_ptr_null(strstr(json, quoted));
    }
    ck_assert_ok(pz__json_parse(json, PZ_NUL_TERMINATED, NULL, &document));
    root = pz__json_root(document);
    ck_assert_ptr_null(pz__json_member(root, "report"));
    ck_assert_ptr_null(pz__json_member(root, "request"));
    pz__json_free(document);
    pz_free(json);
    ck_assert_status(pz_recommendation_replay(self, id, &same), PZ_E_DENIED);
    ck_assert_ok(pz_profile_get(self, learners[0], NULL, &json));
    ck_assert_ptr_nonnull(strstr(json, "\"recommendations\":[{"));
    pz_free(json);
    pz_actor_free(self);
}
END_TEST

/* --------------------------------------------------------------------------------------------------- by hand --- */

static pz_status move(pz_id id, pz_id learner, int32_t group_no)
{
    pz_group_move one = PZ_GROUP_MOVE_INIT;
    const pz_group_move *moves[] = {&one};
    int64_t version;
    one.learner = learner;
    one.group_no = group_no;
    return pz_recommendation_change(teacher, id, get(id).version, moves, 1, NULL, &version);
}

START_TEST(moves_are_made_marked_and_scored)
{
    pz_id id = recommend(PZ_STRATEGY_NEED);
    pz_group_member **rows;
    int32_t groups[LEARNERS], home, away;
    double best = get(id).objective;
    size_t count;
    groups_of(id, groups);
    home = groups[0];
    away = groups[1];
    ck_assert_ok(move(id, learners[0], away));
    ck_assert_double_gt(get(id).objective, best);
    ck_assert_double_eq(get(id).recommended_objective, best);
    groups_of(id, groups);
    ck_assert_int_eq(groups[0], away);
    ck_assert_ok(pz_group_member_list(teacher, id, NULL, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        ck_assert_int_eq(rows[i]->by_hand, rows[i]->learner == learners[0]);
        if (rows[i]->by_hand) ck_assert_ptr_nonnull(strstr(rows[i]->rationale, "by hand"));
        ck_assert_int_le(sentences(rows[i]->rationale), 2);
    }
    pz_free(rows);
    ck_assert_ok(move(id, learners[0], home));
    ck_assert_double_eq_tol(get(id).objective, best, 1e-12);
    ck_assert_ok(move(id, learners[0], 0)); /* out */
    groups_of(id, groups);
    ck_assert_int_eq(groups[0], 0);
    ck_assert_int_eq(get(id).learners, LEARNERS - 1);
    ck_assert_ok(move(id, learners[0], 4)); /* a new group */
    ck_assert_int_eq(get(id).groups, 4);
    ck_assert_ok(move(id, learners[0], home)); /* which closes again */
    ck_assert_int_eq(get(id).groups, 3);
    ck_assert_int_eq(replay(id), 1);
}
END_TEST

START_TEST(moves_that_make_no_sense_change_nothing)
{
    pz_id id = recommend(PZ_STRATEGY_NEED);
    pz_group_move one = PZ_GROUP_MOVE_INIT;
    const pz_group_move *twice[] = {&one, &one};
    int64_t version = get(id).version, made = 7;
    one.learner = learners[0];
    one.group_no = 1;
    ck_assert_status(move(id, learners[0], -1), PZ_E_INVALID);
    ck_assert_status(move(id, learners[0], 5), PZ_E_INVALID);
    ck_assert_status(move(id, at.school.dan, 1), PZ_E_NOT_FOUND);
    ck_assert_status(move(id, 999999, 1), PZ_E_NOT_FOUND);
    ck_assert_status(pz_recommendation_change(teacher, id, version, twice, 2, NULL, &made), PZ_E_INVALID);
    ck_assert_int_eq(made, 0);
    ck_assert_status(pz_recommendation_change(teacher, id, version, NULL, 0, NULL, &made), PZ_E_INVALID);
    ck_assert_status(pz_recommendation_change(teacher, id, version, twice, 10001, NULL, &made), PZ_E_TOO_LONG);
    ck_assert_status(pz_recommendation_change(NULL, id, version, twice, 1, NULL, &made), PZ_E_CLOSED);
    one.struct_size = 2;
    ck_assert_status(pz_recommendation_change(teacher, id, version, twice, 1, NULL, &made), PZ_E_STRUCT_SIZE);
    ck_assert_int_eq(get(id).version, version);
}
END_TEST

START_TEST(rules_still_hold_but_a_move_overrides_its_own_lock)
{
    pz_grouping_request request = make_request(PZ_STRATEGY_NEED);
    pz_grouping_rule rules[3] = {PZ_GROUPING_RULE_INIT, PZ_GROUPING_RULE_INIT, PZ_GROUPING_RULE_INIT};
    const pz_grouping_rule *pointers[] = {&rules[0], &rules[1], &rules[2]};
    int32_t groups[LEARNERS], other;
    pz_id id;
    rules[0].kind = PZ_RULE_TOGETHER, rules[0].learner = learners[0], rules[0].other = learners[3];
    rules[1].kind = PZ_RULE_LOCKED, rules[1].learner = learners[1], rules[1].group_no = 1;
    rules[2].kind = PZ_RULE_ABSENT, rules[2].learner = learners[11];
    ck_assert_ok(pz_grouping_recommend(teacher, &request, pointers, 3, NULL, NULL, NULL, &id));
    groups_of(id, groups);
    other = groups[0] == 1 ? 2 : 1;
    ck_assert_status(move(id, learners[0], other), PZ_E_INFEASIBLE);
    ck_assert_ptr_nonnull(strstr(pz_last_error()->message, "together"));
    ck_assert_status(move(id, learners[11], 1), PZ_E_INFEASIBLE);
    ck_assert_ptr_nonnull(strstr(pz_last_error()->message, "absent"));
    ck_assert_ok(move(id, learners[1], 2));
    groups_of(id, groups);
    ck_assert_int_eq(groups[1], 2);
    ck_assert_ok(move(id, learners[1], 3)); /* the lock is gone for good */
}
END_TEST

START_TEST(a_late_joiner_is_placed_though_the_engine_does_not_know_it)
{
    pz_id id = recommend(PZ_STRATEGY_NEED), late = school_person(&at.school, "late");
    pz_group_member **rows;
    size_t count, found = 0;
    school_enroll(&at.school, class_id, late, PZ_ROLE_LEARNER);
    ck_assert_ok(move(id, late, 2));
    ck_assert_ok(move(id, late, 4)); /* alone */
    ck_assert_int_eq(get(id).groups, 4);
    ck_assert_ok(pz_group_member_list(teacher, id, NULL, &rows, &count));
    for (size_t i = 0; i < count; i++) found += rows[i]->learner == late && rows[i]->group_no == 4 && rows[i]->by_hand;
    ck_assert_uint_eq(found, 1);
    pz_free(rows);
    ck_assert_int_eq(replay(id), 1);
}
END_TEST

/* Whatever is moved: sizes add up, groups have no holes, and what was recommended can be made again. */
START_TEST(random_moves_leave_a_whole_plan)
{
    pz_id id = recommend(PZ_STRATEGY_MIXED);
    pz__random random;
    pz__random_seed(&random, suite_seed());
    for (int i = 0; i < 60; i++) {
        pz_recommendation now = get(id);
        int32_t groups[LEARNERS], most = 0, members = 0, seen[LEARNERS + 2] = {0};
        pz_status status =
            move(id, learners[pz__random_below(&random, LEARNERS)], (int32_t)pz__random_below(&random, (uint32_t)now.groups + 2));
        ck_assert(status == PZ_OK || status == PZ_E_INVALID);
        groups_of(id, groups);
        for (int k = 0; k < LEARNERS; k++) {
            members += groups[k] > 0;
            seen[groups[k]]++;
            if (groups[k] > most) most = groups[k];
        }
        for (int32_t g = 1; g <= most; g++) ck_assert_int_gt(seen[g], 0);
        ck_assert_int_eq(get(id).groups, most);
        ck_assert_int_eq(get(id).learners, members);
        ck_assert(get(id).objective >= 0 && get(id).objective <= 1);
    }
    ck_assert_int_eq(replay(id), 1);
}
END_TEST

START_TEST(made_and_changed_within_one_joined_change_it_is_whole)
{
    int32_t repeated, groups[LEARNERS];
    int64_t change;
    pz_id id;
    ck_assert_ok(pz_change_begin(teacher, "plan", NULL, &repeated));
    id = recommend(PZ_STRATEGY_NEED);
    ck_assert_ok(move(id, learners[0], 4));
    ck_assert_ok(pz_change_commit(teacher, &change));
    groups_of(id, groups);
    ck_assert_int_eq(groups[0], 4);
    ck_assert_int_eq(get(id).is_replayable, 1);
    ck_assert_int_eq(replay(id), 1);
}
END_TEST

/* --------------------------------------------------------------------------------------- document and preview --- */

START_TEST(the_document_has_all_that_was_weighed)
{
    pz_id id = recommend(PZ_STRATEGY_NEED);
    pz__json *document;
    const pz__json_value *root;
    char *json;
    ck_assert_ok(take_step(teacher, STEP_CHANGE, id, get(id).version));
    ck_assert_ok(pz_recommendation_document(teacher, id, "es", &json));
    ck_assert_ok(pz__json_parse(json, PZ_NUL_TERMINATED, NULL, &document));
    root = pz__json_root(document);
    ck_assert_str_eq(pz__json_as_text(pz__json_member(root, "document")), "recommendation");
    ck_assert_uint_eq(pz__json_size(pz__json_member(root, "groups")), 3);
    ck_assert_uint_eq(pz__json_size(pz__json_member(root, "history")), 2);
    ck_assert_uint_ge(pz__json_size(pz__json_member(root, "checks")), 3);
    ck_assert_uint_eq(pz__json_size(pz__json_member(pz__json_member(root, "report"), "terms")), 1);
    ck_assert_uint_eq(pz__json_size(pz__json_member(pz__json_member(root, "report"), "recommended")), LEARNERS);
    ck_assert_uint_eq(pz__json_size(pz__json_member(pz__json_member(root, "report"), "moves")), LEARNERS);
    ck_assert_str_eq(pz__json_as_text(pz__json_member(pz__json_member(root, "request"), "strategy")), "need");
    pz__json_free(document);
    pz_free(json);
    ck_assert_status(pz_recommendation_document(teacher, id, "xx", &json), PZ_E_INVALID);
    ck_assert_status(pz_recommendation_document(NULL, id, NULL, &json), PZ_E_CLOSED);
    ck_assert_status(pz_recommendation_document(teacher, id, NULL, NULL), PZ_E_INVALID);
    ck_assert_status(pz_recommendation_document(teacher, 999999, NULL, &json), PZ_E_NOT_FOUND);
}
END_TEST

START_TEST(a_preview_keeps_nothing)
{
    pz_grouping_request request = make_request(PZ_STRATEGY_NEED);
    int64_t before = school_last_change(&at.school);
    pz_recommendation **rows;
    size_t count;
    char *json;
    ck_assert_ok(pz_grouping_preview(teacher, &request, NULL, 0, NULL, &json));
    ck_assert_ptr_nonnull(strstr(json, "\"document\":\"recommendation\""));
    pz_free(json);
    ck_assert_int_eq(school_last_change(&at.school), before);
    ck_assert_ok(pz_recommendation_list(teacher, NULL, &rows, &count));
    ck_assert_uint_eq(count, 0);
    pz_free(rows);
    ck_assert_status(pz_grouping_preview(NULL, &request, NULL, 0, NULL, &json), PZ_E_CLOSED);
    ck_assert_status(pz_grouping_preview(teacher, &request, NULL, 0, "xx", &json), PZ_E_INVALID);
    ck_assert_status(pz_grouping_preview(teacher, &request, NULL, 0, NULL, NULL), PZ_E_INVALID);
    ck_assert_ptr_null(json);
}
END_TEST

/* ---------------------------------------------------------------------------------------------------- erasure --- */

START_TEST(after_a_member_is_erased_it_is_no_longer_made_again)
{
    pz_actor *leader = school_actor(&at.school, at.school.lea, PZ_ROLE_LEADER);
    pz_id id = recommend(PZ_STRATEGY_NEED);
    int32_t same;
    char *json, quoted[32];
    snprintf(quoted, sizeof quoted, "\"%lld\"", (long long)learners[5]);
    ck_assert_ok(pz_recommendation_document(teacher, id, NULL, &json));
    ck_assert_ptr_nonnull(strstr(json, "\"member_erased\":null"));
    pz_free(json);
    ck_assert_ok(pz_person_erase(leader, learners[5], NULL, &json));
    pz_free(json);
    ck_assert_int_eq(get(id).is_replayable, 0);
    ck_assert_int_eq(get(id).learners, LEARNERS - 1);
    ck_assert_status(pz_recommendation_replay(teacher, id, &same), PZ_E_STATE);
    ck_assert_ok(pz_recommendation_document(teacher, id, NULL, &json));
    ck_assert_ptr_null(strstr(json, quoted));
    ck_assert_ptr_nonnull(strstr(json, "\"member_erased\":\"A learner who was in these groups"));
    pz_free(json);
    ck_assert_ok(move(id, learners[0], 3)); /* people still move, without a score */
    ck_assert(isnan(get(id).objective));
    ck_assert_ok(take_step(teacher, STEP_ACCEPT, id, get(id).version));
    pz_actor_free(leader);
}
END_TEST

/* -------------------------------------------------------------------------------------------- failing memory --- */

static pz_id memory_recommendation;
static int64_t memory_version;

static pz_status make_one(void *user_data)
{
    const lesson *l = user_data;
    pz_grouping_request request = make_request(PZ_STRATEGY_NEED);
    pz_actor *actor = NULL;
    school copy = l->school;
    pz_id id;
    pz_status status = school_open(&copy, 0);
    request.iterations = 3;
    if (status == PZ_OK) status = pz_actor_open(copy.store, l->school.tea, PZ_ROLE_TEACHER, "tests", &actor);
    if (status == PZ_OK) status = pz_grouping_recommend(actor, &request, NULL, 0, "m make", NULL, NULL, &id);
    pz_actor_free(actor);
    pz_store_free(copy.store);
    return status;
}

static pz_status change_one(void *user_data)
{
    const lesson *l = user_data;
    pz_group_move one = PZ_GROUP_MOVE_INIT;
    const pz_group_move *moves[] = {&one};
    pz_actor *actor = NULL;
    school copy = l->school;
    int64_t version;
    pz_status status = school_open(&copy, 0);
    one.learner = learners[0];
    one.group_no = 4;
    if (status == PZ_OK) status = pz_actor_open(copy.store, l->school.tea, PZ_ROLE_TEACHER, "tests", &actor);
    if (status == PZ_OK) status = pz_recommendation_change(actor, memory_recommendation, memory_version, moves, 1, "m change", &version);
    pz_actor_free(actor);
    pz_store_free(copy.store);
    return status;
}

static pz_status read_all(void *user_data)
{
    const lesson *l = user_data;
    pz_store_options options = l->school.options;
    pz_recommendation **records = NULL;
    pz_group_member **members = NULL;
    pz_group **groups = NULL;
    pz_grouping_request request = make_request(PZ_STRATEGY_MIXED);
    pz_actor *actor = NULL;
    pz_store *store = NULL;
    char *json = NULL;
    int32_t same;
    size_t count;
    pz_status status;
    options.read_only = 1;
    request.iterations = 3;
    status = pz_store_open(l->school.place.path, &options, &store);
    if (status == PZ_OK) status = pz_actor_open(store, l->school.tea, PZ_ROLE_TEACHER, "tests", &actor);
    if (status == PZ_OK) status = pz_recommendation_list(actor, NULL, &records, &count);
    pz_free(records);
    if (status == PZ_OK) status = pz_group_list(actor, memory_recommendation, NULL, &groups, &count);
    pz_free(groups);
    if (status == PZ_OK) status = pz_group_member_list(actor, memory_recommendation, NULL, &members, &count);
    pz_free(members);
    if (status == PZ_OK) status = pz_recommendation_document(actor, memory_recommendation, NULL, &json);
    pz_free(json);
    json = NULL;
    if (status == PZ_OK) status = pz_recommendation_replay(actor, memory_recommendation, &same);
    if (status == PZ_OK) status = pz_grouping_preview(actor, &request, NULL, 0, NULL, &json);
    pz_free(json);
    pz_actor_free(actor);
    pz_store_free(store);
    return status;
}

START_TEST(survives_each_allocation_failing)
{
    pz_grouping_request request;
    lesson_start(&at);
    teach();
    teacher = school_actor(&at.school, at.school.tea, PZ_ROLE_TEACHER);
    request = make_request(PZ_STRATEGY_NEED);
    request.iterations = 3;
    ck_assert_ok(pz_grouping_recommend(teacher, &request, NULL, 0, NULL, NULL, NULL, &memory_recommendation));
    memory_version = get(memory_recommendation).version;
    pz_actor_free(teacher);
    pz_actor_free(at.runner);
    school_close(&at.school);
    ck_assert_int_gt(suite_each_allocation(read_all, &at), 50);
    ck_assert_int_gt(suite_each_allocation(make_one, &at), 50);
    ck_assert_int_gt(suite_each_allocation(change_one, &at), 50);
    place_end(&at.school.place);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("recommend");
    TCase *with = tcase_create("in a class");
    TCase *alone = tcase_create("memory");
    tcase_add_checked_fixture(with, setup, teardown);
    tcase_set_timeout(with, 60);
    tcase_add_test(with, by_need_puts_those_together_who_need_the_same);
    tcase_add_test(with, readiness_puts_alike_together_and_mixed_apart);
    tcase_add_test(with, the_seed_alone_decides_at_random);
    tcase_add_test(with, a_closed_cycle_gives_its_results_whatever_came_later);
    tcase_add_test(with, without_evidence_only_chance_is_left);
    tcase_add_test(with, rules_hold_and_are_named_where_they_clash);
    tcase_add_test(with, random_rules_hold_or_are_named);
    tcase_add_test(with, who_opted_out_is_left_out_and_told_from_who_is_absent);
    tcase_add_test(with, refuses_what_cannot_be_asked);
    tcase_add_test(with, a_cancelled_search_leaves_nothing);
    tcase_add_test(with, every_place_has_its_reason_in_words_of_either_language);
    tcase_add_test(with, a_reason_names_the_data_it_stands_on);
    tcase_add_test(with, each_answer_begins_from_what_is_open);
    tcase_add_test(with, people_answer_for_their_class_and_services_do_not);
    tcase_add_test(with, history_and_lists_show_each_step);
    tcase_add_test(with, a_learner_sees_its_own_place_once_it_is_accepted);
    tcase_add_test(with, moves_are_made_marked_and_scored);
    tcase_add_test(with, moves_that_make_no_sense_change_nothing);
    tcase_add_test(with, rules_still_hold_but_a_move_overrides_its_own_lock);
    tcase_add_test(with, a_late_joiner_is_placed_though_the_engine_does_not_know_it);
    tcase_add_test(with, random_moves_leave_a_whole_plan);
    tcase_add_test(with, made_and_changed_within_one_joined_change_it_is_whole);
    tcase_add_test(with, the_document_has_all_that_was_weighed);
    tcase_add_test(with, a_preview_keeps_nothing);
    tcase_add_test(with, after_a_member_is_erased_it_is_no_longer_made_again);
    tcase_add_test(alone, survives_each_allocation_failing);
    tcase_set_timeout(alone, 120);
    suite_add_tcase(suite, with);
    suite_add_tcase(suite, alone);
    return suite;
}

SUITE_MAIN(make_suite)
