/* Activities: who writes them, ties without circles, assigning, boards with their rules and days, what is left open, the life of an assignment and its result, weeks. */
#include "personalize/activity.h"
#include "base/fail.h"
#include "personalize/goal.h"
#include "records/lesson.h"

static lesson at;
static pz_actor *tea, *ana, *cou;

static void setup(void)
{
    lesson_start(&at);
    tea = school_actor(&at.school, at.school.tea, PZ_ROLE_TEACHER);
    cou = school_actor(&at.school, at.school.cou, PZ_ROLE_COUNSELOR);
    ana = school_actor(&at.school, at.school.ana, PZ_ROLE_LEARNER);
}

static void teardown(void)
{
    pz_actor_free(tea);
    pz_actor_free(cou);
    pz_actor_free(ana);
    lesson_end(&at);
}

static pz_activity make(const char *title)
{
    pz_activity a = PZ_ACTIVITY_INIT;
    a.class_id = at.school.a;
    a.title = title;
    return a;
}

static pz_id save(pz_activity a)
{
    ck_assert_ok(pz_activity_save(tea, &a, NULL, &a.id));
    return a.id;
}

static pz_id task(const char *title, pz_id parent)
{
    pz_activity a = make(title);
    a.parent = parent;
    return save(a);
}

static pz_id board(const char *title, int32_t choose, pz_id parent, int32_t rule, pz_date choose_by)
{
    pz_activity a = make(title);
    a.kind = PZ_ACTIVITY_BOARD;
    a.choose = choose;
    a.parent = parent;
    a.choice_rule = rule;
    a.choose_by = choose_by;
    return save(a);
}

static void tie(pz_id activity, int32_t kind, pz_id target)
{
    pz_activity_tie t = PZ_ACTIVITY_TIE_INIT;
    const pz_activity_tie *ties[] = {&t};
    t.kind = kind;
    t.target = target;
    ck_assert_ok(pz_activity_ties_set(tea, activity, ties, 1, NULL));
}

static int64_t assign(pz_id activity)
{
    int64_t count;
    ck_assert_ok(pz_activity_assign(tea, activity, at.school.ana, 0, 0, PZ_DATE_NONE, NULL, &count));
    return count;
}

/* The newest assignment of ana for an activity, by value; texts are gone with the list. */
static pz_assignment of(pz_id activity)
{
    pz_assignment_query query = PZ_ASSIGNMENT_QUERY_INIT;
    pz_assignment **rows, found = PZ_ASSIGNMENT_INIT;
    size_t count;
    query.learner = at.school.ana;
    query.activity = activity;
    ck_assert_ok(pz_assignment_list(at.runner, &query, &rows, &count));
    ck_assert_msg(count > 0, "the activity %lld is not assigned", (long long)activity);
    found = *rows[count - 1];
    pz_free(rows);
    return found;
}

static size_t count_of(int32_t state)
{
    pz_assignment_query query = PZ_ASSIGNMENT_QUERY_INIT;
    pz_assignment **rows;
    size_t count;
    query.learner = at.school.ana;
    query.state = state;
    ck_assert_ok(pz_assignment_list(at.runner, &query, &rows, &count));
    pz_free(rows);
    return count;
}

static void says(const char *words)
{
    ck_assert_msg(strstr(pz_last_error()->message, words) != NULL, "\"%s\" is not in: %s", words, pz_last_error()->message);
}

/* --------------------------------------------------------------------------------------------------- saving --- */

START_TEST(adds_and_revises)
{
    pz_activity a = make("Weigh things"), *found;
    int64_t first;
    pz_id id;
    a.instructions = "Find five things.";
    a.is_how_open = 1;
    a.how = "film\nposter";
    a.minutes = 40;
    a.due_on = SCHOOL_TODAY + 7;
    ck_assert_ok(pz_activity_save(tea, &a, "one", &id));
    pz_id again;
    ck_assert_ok(pz_activity_save(tea, &a, "one", &again));
    ck_assert_int_eq(id, again);
    ck_assert_ok(pz_activity_get(ana, id, &found));
    ck_assert_str_eq(found->how, "film\nposter");
    ck_assert_int_eq(found->author, at.school.tea);
    ck_assert_int_eq(found->minutes, 40);
    first = found->version;
    pz_free(found);
    a.id = id;
    a.version = first;
    a.minutes = 60;
    ck_assert_ok(pz_activity_save(tea, &a, NULL, &id));
    a.title = "Weigh more";
    ck_assert_status(pz_activity_save(tea, &a, NULL, &id), PZ_E_CONFLICT);
    says("What changed: minutes");
}
END_TEST

START_TEST(what_is_no_activity)
{
    pz_activity a;
    pz_id id = 7;
    ck_assert_status(pz_activity_save(NULL, NULL, NULL, &id), PZ_E_CLOSED);
    ck_assert_int_eq(id, 0);
#define REFUSED(member, value, status)                                    \
    a = make("x");                                                        \
    a.member = value;                                                     \
    ck_assert_status(pz_activity_save(tea, &a, NULL, &id), status)
    REFUSED(struct_size, 0, PZ_E_STRUCT_SIZE);
    REFUSED(title, NULL, PZ_E_INVALID);
    REFUSED(title, "\xff", PZ_E_TEXT);
    REFUSED(kind, 3, PZ_E_INVALID);
    REFUSED(choose, 1, PZ_E_INVALID); /* of a task */
    REFUSED(choice_rule, 4, PZ_E_INVALID);
    REFUSED(minutes, -1, PZ_E_INVALID);
    REFUSED(is_how_open, 2, PZ_E_INVALID);
    REFUSED(class_id, 0, PZ_E_INVALID);
    REFUSED(org, at.school.north, PZ_E_INVALID); /* with a class */
    REFUSED(class_id, at.school.c, PZ_E_NOT_FOUND);
    REFUSED(parent, 999999, PZ_E_NOT_FOUND);
    REFUSED(id, 999999, PZ_E_NOT_FOUND);
    REFUSED(due_on, 99999999, PZ_E_INVALID);
    a = make("x");
    a.opens_on = SCHOOL_TODAY;
    a.due_on = SCHOOL_TODAY - 1;
    ck_assert_status(pz_activity_save(tea, &a, NULL, &id), PZ_E_INVALID);
    a = make("x");
    ck_assert_status(pz_activity_save(ana, &a, NULL, &id), PZ_E_DENIED);
    a.parent = task("no board", 0);
    ck_assert_status(pz_activity_save(tea, &a, NULL, &id), PZ_E_INVALID);
    pz_id upper = board("upper", 0, 0, PZ_CHOICE_UNTIL_DEADLINE, PZ_DATE_NONE), lower = board("lower", 0, upper, PZ_CHOICE_UNTIL_DEADLINE, PZ_DATE_NONE);
    pz_activity *found;
    ck_assert_ok(pz_activity_get(tea, upper, &found));
    found->parent = lower;
    ck_assert_status(pz_activity_save(tea, found, NULL, &id), PZ_E_INVALID);
    says("stand on itself");
    pz_free(found);
}
END_TEST

START_TEST(of_an_org_for_its_classes)
{
    pz_actor *tim = school_actor(&at.school, at.school.tim, PZ_ROLE_TEACHER);
    pz_activity a = PZ_ACTIVITY_INIT;
    pz_activity_query query = PZ_ACTIVITY_QUERY_INIT;
    pz_activity **rows, *one;
    size_t count;
    pz_id id;
    a.org = at.school.north;
    a.title = "Science fair";
    ck_assert_ok(pz_activity_save(tea, &a, NULL, &id));
    task("Of the class", 0);
    query.class_id = at.school.a;
    ck_assert_ok(pz_activity_list(ana, &query, &rows, &count));
    ck_assert_uint_eq(count, 2);
    pz_free(rows);
    query.text = "FAIR";
    ck_assert_ok(pz_activity_list(ana, &query, &rows, &count));
    ck_assert_uint_eq(count, 1);
    ck_assert_int_eq(rows[0]->id, id);
    pz_free(rows);
    ck_assert_status(pz_activity_get(tim, id, &one), PZ_E_NOT_FOUND);
    ck_assert_ok(pz_activity_list(tim, NULL, &rows, &count));
    ck_assert_uint_eq(count, 0);
    pz_free(rows);
    query = (pz_activity_query)PZ_ACTIVITY_QUERY_INIT;
    query.limit = 1;
    ck_assert_ok(pz_activity_list(ana, &query, &rows, &count));
    ck_assert_uint_eq(count, 1);
    query.after = rows[0]->id;
    pz_free(rows);
    ck_assert_ok(pz_activity_list(ana, &query, &rows, &count));
    ck_assert_uint_eq(count, 1);
    pz_free(rows);
    query.limit = -1;
    ck_assert_status(pz_activity_list(ana, &query, &rows, &count), PZ_E_INVALID);
    query = (pz_activity_query)PZ_ACTIVITY_QUERY_INIT;
    query.competency = at.add;
    tie(id, PZ_TIE_TEACHES, at.add);
    ck_assert_ok(pz_activity_list(ana, &query, &rows, &count));
    ck_assert_uint_eq(count, 1);
    pz_free(rows);
    query.competency = 999999;
    ck_assert_status(pz_activity_list(ana, &query, &rows, &count), PZ_E_NOT_FOUND);
    pz_actor_free(tim);
}
END_TEST

/* ------------------------------------------------------------------------------------------------------ ties --- */

START_TEST(a_circle_of_needs_is_named)
{
    pz_id a = task("a", 0), b = task("b", 0), c = task("c", 0);
    pz_activity_tie t = PZ_ACTIVITY_TIE_INIT, twice[2];
    const pz_activity_tie *ties[] = {&t}, *both[] = {&twice[0], &twice[1]};
    pz_activity_tie **rows;
    size_t count;
    char path[64];
    tie(a, PZ_TIE_NEEDS_ACTIVITY, b);
    tie(b, PZ_TIE_NEEDS_ACTIVITY, c);
    t.kind = PZ_TIE_NEEDS_ACTIVITY;
    t.target = a;
    ck_assert_status(pz_activity_ties_set(tea, c, ties, 1, NULL), PZ_E_INVALID);
    snprintf(path, sizeof path, "%lld needs %lld needs %lld needs %lld", (long long)c, (long long)a, (long long)b, (long long)c);
    says(path);
    t.target = c;
    ck_assert_status(pz_activity_ties_set(tea, c, ties, 1, NULL), PZ_E_INVALID); /* itself */
    ck_assert_ok(pz_activity_tie_list(ana, c, &rows, &count));
    ck_assert_uint_eq(count, 0); /* nothing was kept */
    pz_free(rows);
    t.kind = 9;
    ck_assert_status(pz_activity_ties_set(tea, c, ties, 1, NULL), PZ_E_INVALID);
    t = (pz_activity_tie)PZ_ACTIVITY_TIE_INIT;
    t.target = at.add;
    t.weight = 0;
    ck_assert_status(pz_activity_ties_set(tea, c, ties, 1, NULL), PZ_E_INVALID);
    t.weight = 0.5;
    twice[0] = twice[1] = t;
    ck_assert_status(pz_activity_ties_set(tea, c, both, 2, NULL), PZ_E_EXISTS);
    ck_assert_status(pz_activity_ties_set(tea, c, NULL, 1, NULL), PZ_E_INVALID);
    ck_assert_status(pz_activity_ties_set(tea, c, both, 101, NULL), PZ_E_TOO_LONG);
    ck_assert_status(pz_activity_ties_set(tea, 999999, ties, 1, NULL), PZ_E_NOT_FOUND);
    ck_assert_status(pz_activity_ties_set(ana, c, ties, 1, NULL), PZ_E_DENIED);
    t.target = 999999;
    ck_assert_status(pz_activity_ties_set(tea, c, ties, 1, NULL), PZ_E_NOT_FOUND);
    t.target = at.add;
    ck_assert_ok(pz_activity_ties_set(tea, c, ties, 1, NULL));
    ck_assert_ok(pz_activity_tie_list(ana, c, &rows, &count));
    ck_assert_uint_eq(count, 1);
    ck_assert_double_eq(rows[0]->weight, 0.5);
    pz_free(rows);
    ck_assert_ok(pz_activity_ties_set(tea, c, NULL, 0, NULL));
    ck_assert_ok(pz_activity_tie_list(ana, c, &rows, &count));
    ck_assert_uint_eq(count, 0);
    pz_free(rows);
}
END_TEST

/* ------------------------------------------------------------------------------------------------- assigning --- */

START_TEST(a_class_gets_it_once)
{
    pz_id a = task("a", 0), b = board("all of it", 0, 0, PZ_CHOICE_UNTIL_DEADLINE, PZ_DATE_NONE);
    int64_t count;
    task("b1", b);
    task("b2", b);
    ck_assert_ok(pz_activity_assign(tea, a, 0, at.school.a, 0, SCHOOL_TODAY + 3, NULL, &count));
    ck_assert_int_eq(count, 3);
    ck_assert_ok(pz_activity_assign(tea, a, 0, at.school.a, 0, SCHOOL_TODAY + 3, NULL, &count));
    ck_assert_int_eq(count, 0);
    ck_assert_int_eq(of(a).due_on, SCHOOL_TODAY + 3);
    ck_assert_int_eq(assign(b), 3); /* the board and what is on it */
    ck_assert_int_eq(of(b).state, PZ_ASSIGNMENT_STARTED);
    ck_assert_status(pz_activity_assign(tea, a, 0, 0, 0, PZ_DATE_NONE, NULL, NULL), PZ_E_INVALID);
    ck_assert_status(pz_activity_assign(tea, a, at.school.ana, at.school.a, 0, PZ_DATE_NONE, NULL, NULL), PZ_E_INVALID);
    ck_assert_status(pz_activity_assign(tea, a, 0, at.school.a, 5, PZ_DATE_NONE, NULL, NULL), PZ_E_INVALID);
    ck_assert_status(pz_activity_assign(tea, a, at.school.ana, 0, 0, 99999999, NULL, NULL), PZ_E_INVALID);
    ck_assert_status(pz_activity_assign(tea, a, at.school.dan, 0, 0, PZ_DATE_NONE, NULL, NULL), PZ_E_NOT_FOUND);
    ck_assert_status(pz_activity_assign(tea, 999999, at.school.ana, 0, 0, PZ_DATE_NONE, NULL, NULL), PZ_E_NOT_FOUND);
    ck_assert_status(pz_activity_assign(tea, a, 0, at.school.c, 0, PZ_DATE_NONE, NULL, NULL), PZ_E_NOT_FOUND);
    ck_assert_status(pz_activity_assign(ana, a, at.school.ana, 0, 0, PZ_DATE_NONE, NULL, NULL), PZ_E_DENIED);
    ck_assert_status(pz_activity_assign(NULL, a, at.school.ana, 0, 0, PZ_DATE_NONE, NULL, NULL), PZ_E_CLOSED);
    pz_activity *found;
    ck_assert_ok(pz_activity_get(tea, a, &found));
    found->ended = 1;
    pz_id id;
    ck_assert_ok(pz_activity_save(tea, found, NULL, &id));
    pz_free(found);
    ck_assert_status(pz_activity_assign(tea, a, at.school.ben, 0, 0, PZ_DATE_NONE, NULL, NULL), PZ_E_STATE);
}
END_TEST

START_TEST(it_may_serve_a_goal_of_the_same_learner)
{
    pz_goal goal = PZ_GOAL_INIT;
    pz_id id, a = task("a", 0);
    goal.learner = at.school.ana;
    goal.statement = "Share fairly";
    ck_assert_ok(pz_goal_propose(ana, &goal, NULL, &id));
    ck_assert_status(pz_activity_assign(tea, a, at.school.ben, 0, id, PZ_DATE_NONE, NULL, NULL), PZ_E_INVALID);
    ck_assert_ok(pz_activity_assign(tea, a, at.school.ana, 0, id, PZ_DATE_NONE, NULL, NULL));
    ck_assert_int_eq(of(a).goal, id);
}
END_TEST

/* --------------------------------------------------------------------------------------------------- boards --- */

START_TEST(chooses_so_many_and_otherwise)
{
    pz_id b = board("two of three", 2, 0, PZ_CHOICE_UNTIL_DEADLINE, SCHOOL_TODAY + 1);
    pz_id on[] = {task("1", b), task("2", b), task("3", b)}, stray = task("stray", 0);
    pz_id pick[2] = {on[0], on[1]};
    assign(b);
    pz_id waits = of(b).id;
    ck_assert_int_eq(of(b).state, PZ_ASSIGNMENT_ASSIGNED);
    ck_assert_status(pz_board_choose(ana, waits, pick, 1, NULL), PZ_E_INVALID);
    says("the board asks for 2");
    pick[1] = on[0];
    ck_assert_status(pz_board_choose(ana, waits, pick, 2, NULL), PZ_E_INVALID);
    pick[1] = stray;
    ck_assert_status(pz_board_choose(ana, waits, pick, 2, NULL), PZ_E_INVALID);
    ck_assert_uint_eq(count_of(0), 1); /* and nothing of it was kept */
    ck_assert_status(pz_board_choose(ana, waits, NULL, 2, NULL), PZ_E_INVALID);
    ck_assert_status(pz_board_choose(ana, waits, pick, 101, NULL), PZ_E_TOO_LONG);
    ck_assert_status(pz_board_choose(NULL, waits, pick, 2, NULL), PZ_E_CLOSED);
    ck_assert_status(pz_board_choose(tea, waits, pick, 2, NULL), PZ_E_DENIED);
    ck_assert_status(pz_board_choose(ana, 999999, pick, 2, NULL), PZ_E_NOT_FOUND);
    pick[1] = on[1];
    ck_assert_ok(pz_board_choose(ana, waits, pick, 2, "first"));
    ck_assert_ok(pz_board_choose(ana, waits, pick, 2, "first"));
    ck_assert_int_eq(of(on[0]).is_chosen, 1);
    ck_assert_int_eq(of(on[0]).board, b);
    ck_assert_ok(pz_assignment_start(ana, of(on[1]).id, NULL));
    pick[1] = on[2];
    ck_assert_ok(pz_board_choose(ana, waits, pick, 2, NULL));
    ck_assert_int_eq(of(on[1]).state, PZ_ASSIGNMENT_DROPPED);
    ck_assert_int_eq(of(on[0]).state, PZ_ASSIGNMENT_ASSIGNED);
    at.school.now += 2 * SCHOOL_DAY;
    pick[1] = on[1];
    ck_assert_status(pz_board_choose(ana, waits, pick, 2, NULL), PZ_E_STATE);
    says("Choices were open until 2026-11-25");
    ck_assert_status(pz_board_choose(ana, of(on[0]).id, pick, 2, NULL), PZ_E_STATE); /* no board */
    ck_assert_status(pz_assignment_start(ana, waits, NULL), PZ_E_STATE);
}
END_TEST

START_TEST(rules_hold_what_was_chosen)
{
    pz_id final = board("final", 1, 0, PZ_CHOICE_FINAL, PZ_DATE_NONE), until = board("until start", 1, 0, PZ_CHOICE_UNTIL_START, PZ_DATE_NONE);
    pz_id f1 = task("f1", final), f2 = task("f2", final), u1 = task("u1", until), u2 = task("u2", until);
    assign(final);
    assign(until);
    ck_assert_ok(pz_board_choose(ana, of(final).id, &f1, 1, NULL));
    ck_assert_status(pz_board_choose(ana, of(final).id, &f2, 1, NULL), PZ_E_STATE);
    says("first choice stands");
    ck_assert_ok(pz_board_choose(ana, of(until).id, &u1, 1, NULL));
    ck_assert_ok(pz_board_choose(ana, of(until).id, &u2, 1, NULL));
    ck_assert_ok(pz_assignment_start(ana, of(u2).id, NULL));
    ck_assert_status(pz_board_choose(ana, of(until).id, &u1, 1, NULL), PZ_E_STATE);
    ck_assert_int_eq(of(u2).state, PZ_ASSIGNMENT_STARTED);
}
END_TEST

/* A path with branches: one branch, all of it, and another branch instead. */
START_TEST(paths_with_branches)
{
    pz_id path = board("path", 1, 0, PZ_CHOICE_UNTIL_START, PZ_DATE_NONE);
    pz_id left = board("left", 0, path, PZ_CHOICE_UNTIL_START, PZ_DATE_NONE), right = board("right", 0, path, PZ_CHOICE_UNTIL_START, PZ_DATE_NONE);
    pz_id l1 = task("l1", left), l2 = task("l2", left), r1 = task("r1", right);
    tie(l2, PZ_TIE_NEEDS_ACTIVITY, l1);
    assign(path);
    ck_assert_ok(pz_board_choose(ana, of(path).id, &left, 1, NULL));
    ck_assert_int_eq(of(l1).state, PZ_ASSIGNMENT_ASSIGNED);
    ck_assert_status(pz_assignment_start(ana, of(l2).id, NULL), PZ_E_STATE);
    says("is to be submitted before");
    ck_assert_ok(pz_board_choose(ana, of(path).id, &right, 1, NULL));
    ck_assert_int_eq(of(l1).state, PZ_ASSIGNMENT_DROPPED);
    ck_assert_int_eq(of(l2).state, PZ_ASSIGNMENT_DROPPED);
    ck_assert_int_eq(of(r1).state, PZ_ASSIGNMENT_ASSIGNED);
    ck_assert_ok(pz_assignment_start(ana, of(r1).id, NULL));
    ck_assert_status(pz_board_choose(ana, of(path).id, &left, 1, NULL), PZ_E_STATE);
    ck_assert_int_eq(of(r1).state, PZ_ASSIGNMENT_STARTED);
}
END_TEST

/* ------------------------------------------------------------------------------------------- what is left open --- */

START_TEST(chooses_what_how_when_and_where)
{
    pz_activity a = make("Report");
    pz_assignment choice = PZ_ASSIGNMENT_INIT, *found;
    int64_t version;
    pz_id id;
    a.is_what_open = a.is_how_open = a.is_when_open = 1;
    a.how = "film\nposter";
    a.opens_on = SCHOOL_TODAY;
    a.due_on = SCHOOL_TODAY + 10;
    a.choose_by = SCHOOL_TODAY + 2;
    id = save(a);
    assign(id);
    choice.id = of(id).id;
    choice.version = of(id).version;
    choice.what = "bees";
    choice.how = "poster";
    choice.due_on = SCHOOL_TODAY + 5;
    ck_assert_ok(pz_assignment_choose(ana, &choice, NULL, &version));
    ck_assert_ok(pz_assignment_get(ana, choice.id, &found));
    ck_assert_str_eq(found->what, "bees");
    ck_assert_str_eq(found->how, "poster");
    ck_assert_int_eq(found->due_on, SCHOOL_TODAY + 5);
    pz_free(found);
    ck_assert_status(pz_assignment_choose(ana, &choice, NULL, &version), PZ_E_CONFLICT);
    says("What changed: what, how, due_on");
    choice.version = of(id).version;
    choice.how = "dance";
    ck_assert_status(pz_assignment_choose(ana, &choice, NULL, &version), PZ_E_INVALID);
    choice.how = NULL;
    choice.place = "outside";
    ck_assert_status(pz_assignment_choose(ana, &choice, NULL, &version), PZ_E_STATE);
    says("does not leave place open");
    choice.place = NULL;
    choice.due_on = SCHOOL_TODAY + 11;
    ck_assert_status(pz_assignment_choose(ana, &choice, NULL, &version), PZ_E_INVALID);
    choice.due_on = SCHOOL_TODAY + 9;
    ck_assert_status(pz_assignment_choose(tea, &choice, NULL, &version), PZ_E_DENIED);
    choice.what = "\xff";
    ck_assert_status(pz_assignment_choose(ana, &choice, NULL, &version), PZ_E_TEXT);
    choice.what = "ants";
    ck_assert_ok(pz_assignment_choose(ana, &choice, "again", &version));
    ck_assert_ok(pz_assignment_choose(ana, &choice, "again", &version));
    at.school.now += 4 * SCHOOL_DAY;
    choice.version = version;
    ck_assert_status(pz_assignment_choose(ana, &choice, NULL, &version), PZ_E_STATE);
    says("Choices were open until 2026-11-26");
    choice.struct_size = 0;
    ck_assert_status(pz_assignment_choose(ana, &choice, NULL, &version), PZ_E_STRUCT_SIZE);
    ck_assert_status(pz_assignment_choose(NULL, &choice, NULL, &version), PZ_E_CLOSED);
}
END_TEST

/* ---------------------------------------------------------------------------------------------------- life --- */

START_TEST(a_result_becomes_evidence)
{
    pz_id a = task("a", 0);
    pz_assignment **rows;
    pz_evidence_query query = PZ_EVIDENCE_QUERY_INIT;
    pz_evidence *evidence;
    size_t count;
    tie(a, PZ_TIE_TEACHES, at.add);
    assign(a);
    pz_id id = of(a).id;
    ck_assert_status(pz_assignment_submit(ana, id, "done", PZ_NUL_TERMINATED, NULL, 0, NULL), PZ_E_STATE);
    ck_assert_status(pz_assignment_return(tea, id, 1, NULL, 0, NULL), PZ_E_STATE);
    ck_assert_ok(pz_assignment_start(ana, id, "start"));
    ck_assert_ok(pz_assignment_start(ana, id, "start"));
    ck_assert_status(pz_assignment_start(ana, id, NULL), PZ_E_STATE);
    ck_assert_status(pz_assignment_submit(tea, id, NULL, 0, NULL, 0, NULL), PZ_E_DENIED);
    ck_assert_ok(pz_assignment_submit(ana, id, "done", PZ_NUL_TERMINATED, "https://example.org/1", PZ_NUL_TERMINATED, NULL));
    ck_assert_status(pz_assignment_return(ana, id, 1, NULL, 0, NULL), PZ_E_DENIED);
    ck_assert_status(pz_assignment_return(tea, id, 1.5, NULL, 0, NULL), PZ_E_INVALID);
    ck_assert_status(pz_assignment_return(cou, id, 1, NULL, 0, NULL), PZ_E_DENIED); /* no evidence by counselors */
    ck_assert_ok(pz_assignment_return(cou, id, PZ_REAL_NONE, "Say why", PZ_NUL_TERMINATED, NULL));
    ck_assert_ok(pz_assignment_start(ana, id, NULL));
    ck_assert_ok(pz_assignment_submit(ana, id, NULL, 0, NULL, 0, NULL));
    ck_assert_ok(pz_assignment_return(tea, id, 0.8, "Good", PZ_NUL_TERMINATED, "r"));
    ck_assert_ok(pz_assignment_return(tea, id, 0.8, "Good", PZ_NUL_TERMINATED, "r"));
    query.learner = at.school.ana;
    ck_assert_ok(pz_evidence_read(at.runner, &query, &evidence));
    ck_assert_uint_eq(evidence->rows, 1);
    ck_assert_int_eq(evidence->competency[0], at.add);
    ck_assert_double_eq(evidence->score[0], 0.8);
    ck_assert_int_eq(evidence->kind[0], PZ_EVIDENCE_RESULT);
    pz_free(evidence);
    ck_assert_int_eq(lesson_mastery(at.runner, at.school.ana, at.add).evidence_count, 1);
    ck_assert_ok(pz_assignment_history(ana, id, &rows, &count));
    ck_assert_uint_eq(count, 7);
    ck_assert_str_eq(rows[2]->work, "done");
    ck_assert_int_eq(rows[6]->acted_by, at.school.tea);
    ck_assert_int_eq(rows[6]->is_current, 1);
    ck_assert_int_eq(rows[5]->is_current, 0);
    pz_free(rows);
    ck_assert_status(pz_assignment_excuse(tea, id, "ill", PZ_NUL_TERMINATED, NULL), PZ_E_STATE);
}
END_TEST

START_TEST(needs_are_respected)
{
    pz_id a = task("a", 0), b = task("b", 0);
    pz_activity opens = make("later");
    opens.opens_on = SCHOOL_TODAY + 1;
    pz_id later = save(opens);
    tie(a, PZ_TIE_NEEDS_COMPETENCY, at.add);
    tie(b, PZ_TIE_NEEDS_ACTIVITY, a);
    assign(a);
    assign(b);
    assign(later);
    ck_assert_status(pz_assignment_start(ana, of(later).id, NULL), PZ_E_STATE);
    says("opens on 2026-11-25");
    ck_assert_status(pz_assignment_start(ana, of(a).id, NULL), PZ_E_STATE);
    says("is to be mastered before");
    lesson_answers(&at, at.school.ana, at.add, SCHOOL_NOW - SCHOOL_DAY, "11111111");
    ck_assert_ok(pz_assignment_start(ana, of(a).id, NULL));
    ck_assert_status(pz_assignment_start(ana, of(b).id, NULL), PZ_E_STATE);
    ck_assert_status(pz_assignment_excuse(tea, of(a).id, NULL, 0, NULL), PZ_E_INVALID);
    ck_assert_status(pz_assignment_excuse(ana, of(a).id, "tired", PZ_NUL_TERMINATED, NULL), PZ_E_DENIED);
    ck_assert_ok(pz_assignment_excuse(cou, of(a).id, "was ill", PZ_NUL_TERMINATED, NULL));
    ck_assert_ok(pz_assignment_start(ana, of(b).id, NULL)); /* who was excused goes on */
}
END_TEST

START_TEST(takes_up_what_it_wants)
{
    pz_id id, again;
    ck_assert_ok(pz_assignment_take(ana, at.divide, 0, SCHOOL_TODAY + 9, "t", &id));
    ck_assert_ok(pz_assignment_take(ana, at.divide, 0, SCHOOL_TODAY + 9, "t", &again));
    ck_assert_int_eq(id, again);
    ck_assert_status(pz_assignment_take(ana, at.divide, 0, PZ_DATE_NONE, NULL, &id), PZ_E_EXISTS);
    ck_assert_status(pz_assignment_take(ana, 999999, 0, PZ_DATE_NONE, NULL, &id), PZ_E_NOT_FOUND);
    ck_assert_status(pz_assignment_take(ana, at.add, 999999, PZ_DATE_NONE, NULL, &id), PZ_E_NOT_FOUND);
    ck_assert_status(pz_assignment_take(ana, at.add, 0, 99999999, NULL, &id), PZ_E_INVALID);
    ck_assert_status(pz_assignment_take(tea, at.add, 0, PZ_DATE_NONE, NULL, &id), PZ_E_DENIED);
    ck_assert_status(pz_assignment_take(NULL, at.add, 0, PZ_DATE_NONE, NULL, &id), PZ_E_CLOSED);
    ck_assert_ok(pz_assignment_submit(ana, again, "I divided the garden", PZ_NUL_TERMINATED, NULL, 0, NULL));
    ck_assert_status(pz_assignment_drop(ana, again, NULL, 0, NULL), PZ_E_STATE);
    ck_assert_ok(pz_assignment_return(tea, again, 1, NULL, 0, NULL));
    ck_assert_int_eq(lesson_mastery(at.runner, at.school.ana, at.divide).evidence_count, 1);
    ck_assert_ok(pz_assignment_take(ana, at.divide, 0, PZ_DATE_NONE, NULL, &id));
    ck_assert_status(pz_assignment_drop(tea, id, NULL, 0, NULL), PZ_E_DENIED);
    ck_assert_ok(pz_assignment_drop(ana, id, "Something else first", PZ_NUL_TERMINATED, NULL));
    pz_id a = task("a", 0);
    assign(a);
    ck_assert_status(pz_assignment_drop(ana, of(a).id, NULL, 0, NULL), PZ_E_DENIED);
}
END_TEST

/* --------------------------------------------------------------------------------------------------- reading --- */

START_TEST(lists_and_pages)
{
    pz_id a = task("a", 0), b = task("b", 0);
    pz_actor *tim = school_actor(&at.school, at.school.tim, PZ_ROLE_TEACHER);
    pz_assignment_query query = PZ_ASSIGNMENT_QUERY_INIT;
    pz_assignment **rows, *one;
    size_t count, seen = 0;
    ck_assert_ok(pz_activity_assign(tea, a, 0, at.school.a, 0, PZ_DATE_NONE, NULL, NULL));
    ck_assert_ok(pz_activity_assign(tea, b, 0, at.school.a, 0, SCHOOL_TODAY, NULL, NULL));
    query.limit = 4;
    do {
        ck_assert_ok(pz_assignment_list(tea, &query, &rows, &count));
        seen += count;
        if (count) query.after = rows[count - 1]->id;
        pz_free(rows);
    } while (count);
    ck_assert_uint_eq(seen, 6);
    query = (pz_assignment_query)PZ_ASSIGNMENT_QUERY_INIT;
    query.due_until = SCHOOL_TODAY;
    ck_assert_ok(pz_assignment_list(tea, &query, &rows, &count));
    ck_assert_uint_eq(count, 3);
    pz_free(rows);
    ck_assert_ok(pz_assignment_excuse(tea, of(a).id, "ill", PZ_NUL_TERMINATED, NULL));
    query = (pz_assignment_query)PZ_ASSIGNMENT_QUERY_INIT;
    query.open_only = 1;
    ck_assert_ok(pz_assignment_list(ana, &query, &rows, &count));
    ck_assert_uint_eq(count, 1);
    pz_free(rows);
    ck_assert_status(pz_assignment_get(tim, of(a).id, &one), PZ_E_NOT_FOUND);
    ck_assert_status(pz_assignment_history(tim, of(a).id, &rows, &count), PZ_E_NOT_FOUND);
    query.after = 999999;
    ck_assert_status(pz_assignment_list(tea, &query, &rows, &count), PZ_E_NOT_FOUND);
    query.state = 7;
    ck_assert_status(pz_assignment_list(tea, &query, &rows, &count), PZ_E_INVALID);
    ck_assert_status(pz_assignment_list(NULL, NULL, &rows, &count), PZ_E_CLOSED);
    ck_assert_status(pz_assignment_get(NULL, 1, &one), PZ_E_CLOSED);
    ck_assert_status(pz_assignment_get(tea, 1, NULL), PZ_E_INVALID);
    pz_actor_free(tim);
}
END_TEST

/* 2026-11-24 is a Tuesday. */
START_TEST(weeks_show_work_and_pace)
{
    pz_activity a = make("a"), b = make("b");
    pz_week **rows;
    size_t count;
    pz_id first, second;
    a.minutes = 30;
    a.due_on = SCHOOL_TODAY - 1;
    b.minutes = 45;
    b.due_on = SCHOOL_TODAY + 7;
    first = save(a);
    second = save(b);
    assign(first);
    assign(second);
    ck_assert_ok(pz_week_list(tea, SCHOOL_TODAY, SCHOOL_TODAY + 8, at.school.ana, 0, &rows, &count));
    ck_assert_uint_eq(count, 2);
    ck_assert_int_eq(rows[0]->begins_on, SCHOOL_TODAY - 1);
    ck_assert_int_eq(rows[1]->begins_on, SCHOOL_TODAY + 6);
    ck_assert_int_eq(rows[0]->due, 1);
    ck_assert_int_eq(rows[0]->minutes, 30);
    ck_assert_int_eq(rows[0]->finished, 0);
    ck_assert_int_eq(rows[0]->behind, 1);
    ck_assert_int_eq(rows[1]->minutes, 45);
    ck_assert_int_eq(rows[1]->due_in_all, 2);
    ck_assert_int_eq(rows[1]->behind, 1);
    pz_free(rows);
    ck_assert_ok(pz_assignment_start(ana, of(first).id, NULL));
    ck_assert_ok(pz_assignment_submit(ana, of(first).id, NULL, 0, NULL, 0, NULL));
    ck_assert_ok(pz_week_list(ana, SCHOOL_TODAY, SCHOOL_TODAY, 0, 0, &rows, &count));
    ck_assert_uint_eq(count, 1);
    ck_assert_int_eq(rows[0]->finished, 1);
    ck_assert_int_eq(rows[0]->finished_in_all, 1);
    ck_assert_int_eq(rows[0]->behind, 0);
    pz_free(rows);
    ck_assert_ok(pz_week_list(at.runner, SCHOOL_TODAY, SCHOOL_TODAY, 0, at.school.a, &rows, &count));
    ck_assert_uint_eq(count, 3);
    pz_free(rows);
    ck_assert_status(pz_week_list(tea, SCHOOL_TODAY, SCHOOL_TODAY - 1, 0, 0, &rows, &count), PZ_E_INVALID);
    ck_assert_status(pz_week_list(tea, SCHOOL_TODAY, SCHOOL_TODAY + 800, 0, 0, &rows, &count), PZ_E_INVALID);
    ck_assert_status(pz_week_list(tea, PZ_DATE_NONE, SCHOOL_TODAY, 0, 0, &rows, &count), PZ_E_INVALID);
    ck_assert_status(pz_week_list(tea, SCHOOL_TODAY, SCHOOL_TODAY, at.school.dan, 0, &rows, &count), PZ_E_NOT_FOUND);
    ck_assert_status(pz_week_list(NULL, SCHOOL_TODAY, SCHOOL_TODAY, 0, 0, &rows, &count), PZ_E_CLOSED);
}
END_TEST

/* --------------------------------------------------------------------------------------------------- memory --- */

/* Everything a teacher and a learner do with one board, each time with a new one. The learner reads: of its own there is no read to put on record. */
static pz_status teach(pz_actor *teacher, pz_id *out_board, pz_id *out_task)
{
    pz_activity board_record = make("board"), task_record = make("task");
    pz_activity_tie t = PZ_ACTIVITY_TIE_INIT;
    const pz_activity_tie *ties[] = {&t};
    board_record.kind = PZ_ACTIVITY_BOARD;
    board_record.choose = 1;
    task_record.is_how_open = 1;
    t.target = at.add;
    PZ__TRY(pz_activity_save(teacher, &board_record, NULL, out_board));
    task_record.parent = *out_board;
    PZ__TRY(pz_activity_save(teacher, &task_record, NULL, out_task));
    PZ__TRY(pz_activity_ties_set(teacher, *out_task, ties, 1, NULL));
    return pz_activity_assign(teacher, *out_board, at.school.ana, 0, 0, PZ_DATE_NONE, NULL, NULL);
}

static pz_status find_one(pz_actor *learner, pz_id activity, pz_id *out_id, int64_t *out_version)
{
    pz_assignment_query query = PZ_ASSIGNMENT_QUERY_INIT;
    pz_assignment **rows;
    size_t count;
    query.activity = activity;
    PZ__TRY(pz_assignment_list(learner, &query, &rows, &count));
    ck_assert_uint_eq(count, 1);
    *out_id = rows[0]->id;
    *out_version = rows[0]->version;
    pz_free(rows);
    return PZ_OK;
}

static pz_status learn(pz_actor *teacher, pz_actor *learner, pz_id board_id, pz_id task_id)
{
    pz_assignment choice = PZ_ASSIGNMENT_INIT;
    int64_t version;
    pz_id waits;
    PZ__TRY(find_one(learner, board_id, &waits, &version));
    PZ__TRY(pz_board_choose(learner, waits, &task_id, 1, NULL));
    PZ__TRY(find_one(learner, task_id, &choice.id, &choice.version));
    choice.how = "aloud";
    PZ__TRY(pz_assignment_choose(learner, &choice, NULL, &version));
    PZ__TRY(pz_assignment_start(learner, choice.id, NULL));
    PZ__TRY(pz_assignment_submit(learner, choice.id, "done", PZ_NUL_TERMINATED, NULL, 0, NULL));
    return pz_assignment_return(teacher, choice.id, 1, "good", PZ_NUL_TERMINATED, NULL);
}

static pz_status look(pz_actor *learner, pz_id board_id, pz_id task_id)
{
    pz_activity_query query = PZ_ACTIVITY_QUERY_INIT;
    pz_activity **activities = NULL, *activity = NULL;
    pz_activity_tie **ties = NULL;
    pz_assignment **versions = NULL, *one = NULL;
    pz_week **weeks = NULL;
    pz_event **events = NULL;
    int64_t version, cursor;
    size_t count;
    pz_id waits;
    pz_status status = find_one(learner, board_id, &waits, &version);
    query.parent = board_id;
    query.class_id = at.school.a;
    query.text = "task";
    if (status == PZ_OK) status = pz_activity_list(learner, &query, &activities, &count);
    if (status == PZ_OK) status = pz_activity_get(learner, task_id, &activity);
    if (status == PZ_OK) status = pz_activity_tie_list(learner, task_id, &ties, &count);
    if (status == PZ_OK) status = pz_assignment_get(learner, waits, &one);
    if (status == PZ_OK) status = pz_assignment_history(learner, waits, &versions, &count);
    if (status == PZ_OK) status = pz_week_list(learner, SCHOOL_TODAY, SCHOOL_TODAY + 8, 0, 0, &weeks, &count);
    if (status == PZ_OK) status = pz_changes_since(learner, 0, 100, &events, &count, &cursor);
    pz_free(activities);
    pz_free(activity);
    pz_free(ties);
    pz_free(one);
    pz_free(versions);
    pz_free(weeks);
    pz_free(events);
    return status;
}

static pz_status live_a_board(void *user_data)
{
    school *s = user_data;
    pz_actor *teacher = NULL, *learner = NULL;
    pz_id board_id = 0, task_id = 0;
    pz_status status;
    PZ__TRY(school_open(s, 0));
    status = pz_actor_open(s->store, s->tea, PZ_ROLE_TEACHER, "tests", &teacher);
    if (status == PZ_OK) status = pz_actor_open(s->store, s->ana, PZ_ROLE_LEARNER, "tests", &learner);
    if (status == PZ_OK) status = teach(teacher, &board_id, &task_id);
    if (status == PZ_OK) status = learn(teacher, learner, board_id, task_id);
    if (status == PZ_OK) status = look(learner, board_id, task_id);
    pz_actor_free(teacher);
    pz_actor_free(learner);
    pz_store_free(s->store);
    s->store = NULL;
    return status;
}

START_TEST(survives_each_allocation_failing)
{
    lesson_start(&at);
    pz_actor_free(at.runner);
    school_close(&at.school);
    ck_assert_int_gt(suite_each_allocation(live_a_board, &at.school), 100);
    place_end(&at.school.place);
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("records_activity");
    TCase *with = tcase_create("in a school"), *alone = tcase_create("memory");
    tcase_add_checked_fixture(with, setup, teardown);
    tcase_add_test(with, adds_and_revises);
    tcase_add_test(with, what_is_no_activity);
    tcase_add_test(with, of_an_org_for_its_classes);
    tcase_add_test(with, a_circle_of_needs_is_named);
    tcase_add_test(with, a_class_gets_it_once);
    tcase_add_test(with, it_may_serve_a_goal_of_the_same_learner);
    tcase_add_test(with, chooses_so_many_and_otherwise);
    tcase_add_test(with, rules_hold_what_was_chosen);
    tcase_add_test(with, paths_with_branches);
    tcase_add_test(with, chooses_what_how_when_and_where);
    tcase_add_test(with, a_result_becomes_evidence);
    tcase_add_test(with, needs_are_respected);
    tcase_add_test(with, takes_up_what_it_wants);
    tcase_add_test(with, lists_and_pages);
    tcase_add_test(with, weeks_show_work_and_pace);
    suite_add_tcase(s, with);
    tcase_set_timeout(alone, 120);
    tcase_add_test(alone, survives_each_allocation_failing);
    suite_add_tcase(s, alone);
    return s;
}

SUITE_MAIN(suite)
