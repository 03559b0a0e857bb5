/* Next steps: the fringe of what a learner is ready for, what fades, goals; their order, words, pages, and who sees them. */
#include "personalize/next.h"
#include "base/fail.h"
#include "base/message.h"
#include "personalize/activity.h"
#include "personalize/goal.h"
#include "personalize/review.h"
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

#define DAYS_AGO(days) (SCHOOL_NOW - (days) * SCHOOL_DAY)
static const char all_right[] = "11111111", all_wrong[] = "00000000";

static pz_next_step **ask(pz_actor *actor, const pz_next_query *query, size_t *count)
{
    pz_next_step **rows;
    ck_assert_ok(pz_next_step_list(actor, query, NULL, &rows, count));
    return rows;
}

static pz_next_query of(pz_id learner)
{
    pz_next_query query = PZ_NEXT_QUERY_INIT;
    query.learner = learner;
    query.limit = 0;
    return query;
}

static const pz_next_step *find(pz_next_step **rows, size_t count, int32_t kind, pz_id competency)
{
    for (size_t i = 0; i < count; i++)
        if (rows[i]->kind == kind && rows[i]->competency == competency) return rows[i];
    return NULL;
}

static int has_code(const pz_next_step *step, const char *code)
{
    const char *place = strstr(step->codes, code);
    size_t length = strlen(code);
    return place && (place == step->codes || place[-1] == ',') && (!place[length] || place[length] == ',');
}

static pz_id active_goal(pz_id competency, pz_date due_on)
{
    pz_actor *ana = school_actor(&at.school, at.school.ana, PZ_ROLE_LEARNER), *tea = school_actor(&at.school, at.school.tea, PZ_ROLE_TEACHER);
    pz_goal goal = PZ_GOAL_INIT;
    pz_id id, request;
    goal.learner = at.school.ana;
    goal.statement = "I want to share fairly";
    goal.due_on = due_on;
    if (competency) {
        goal.measure = PZ_MEASURE_MASTERY;
        goal.competency = competency;
    }
    ck_assert_ok(pz_goal_propose(ana, &goal, NULL, &id));
    ck_assert_ok(pz_goal_support(tea, id, NULL, 0, NULL));
    ck_assert_ok(pz_goal_start(ana, id, NULL, 0, NULL, &request));
    pz_actor_free(ana);
    pz_actor_free(tea);
    return id;
}

/* ---------------------------------------------------------------------------------------------------- ready --- */

START_TEST(of_a_framework_the_first_that_is_not_mastered)
{
    pz_next_query query = of(at.school.ana);
    pz_next_step **rows;
    size_t count;
    query.framework = at.framework;
    rows = ask(at.runner, &query, &count);
    ck_assert_uint_eq(count, 1);
    ck_assert_int_eq(rows[0]->competency, at.add);
    ck_assert_str_eq(rows[0]->codes, "learn.opens,learn.new");
    ck_assert(isnan(rows[0]->estimate) && isnan(rows[0]->recall));
    ck_assert_double_eq_tol(rows[0]->score, 0.42, 1e-12);
    pz_free(rows);
    lesson_answers(&at, at.school.ana, at.add, DAYS_AGO(0), all_right);
    rows = ask(at.runner, &query, &count);
    ck_assert_uint_eq(count, 1);
    ck_assert_int_eq(rows[0]->competency, at.subtract);
    ck_assert_int_eq(rows[0]->rank, 1);
    ck_assert_int_eq(rows[0]->learner, at.school.ana);
    pz_free(rows);
}
END_TEST

/* Mastered without what precedes it: the near and far prerequisites come first, not what follows. */
START_TEST(never_what_an_open_prerequisite_holds_up)
{
    pz_next_query query = of(at.school.ana);
    pz_next_step **rows;
    size_t count;
    lesson_answers(&at, at.school.ana, at.multiply, DAYS_AGO(0), all_right);
    rows = ask(at.runner, &query, &count);
    ck_assert_uint_eq(count, 1);
    ck_assert_int_eq(rows[0]->competency, at.add);
    pz_free(rows);
    lesson_answers(&at, at.school.ana, at.subtract, DAYS_AGO(0), all_wrong);
    rows = ask(at.runner, &query, &count);
    ck_assert_uint_eq(count, 1);
    pz_free(rows);
    lesson_answers(&at, at.school.ana, at.add, DAYS_AGO(0), all_right);
    rows = ask(at.runner, &query, &count);
    ck_assert_uint_eq(count, 1);
    ck_assert_int_eq(rows[0]->competency, at.subtract);
    ck_assert(has_code(rows[0], "learn.again"));
    ck_assert_double_lt(rows[0]->estimate, 0.2);
    pz_free(rows);
}
END_TEST

START_TEST(without_a_framework_what_is_near)
{
    pz_next_query query = of(at.school.ana);
    pz_next_step **rows;
    size_t count;
    rows = ask(at.runner, &query, &count);
    ck_assert_uint_eq(count, 0); /* nothing is known */
    pz_free(rows);
    lesson_answers(&at, at.school.ana, at.add, DAYS_AGO(0), all_right);
    rows = ask(at.runner, &query, &count);
    ck_assert_uint_eq(count, 1);
    ck_assert_int_eq(rows[0]->competency, at.subtract); /* it leads to it directly */
    pz_free(rows);
}
END_TEST

/* A competency without ties, and one that ended. */
START_TEST(what_stands_alone_and_what_ended)
{
    pz_id alone = lesson_competency(&at, "alone", 9), gone = lesson_competency(&at, "gone", 10);
    pz_next_query query = of(at.school.ana);
    pz_next_step **rows;
    size_t count;
    lesson_precedes(&at, gone, at.add);
    lesson_answers(&at, at.school.ana, alone, DAYS_AGO(0), "01010");
    rows = ask(at.runner, &query, &count);
    ck_assert_uint_eq(count, 1);
    ck_assert_int_eq(rows[0]->competency, alone);
    pz_free(rows);
    query.framework = at.framework;
    rows = ask(at.runner, &query, &count);
    ck_assert_ptr_nonnull(find(rows, count, PZ_NEXT_LEARN, alone));
    ck_assert_ptr_nonnull(find(rows, count, PZ_NEXT_LEARN, gone));
    ck_assert_ptr_null(find(rows, count, PZ_NEXT_LEARN, at.add));
    pz_free(rows);
    ck_assert_ok(pz_competency_end(at.school.importer, PZ_KIND_COMPETENCY, gone, NULL));
    rows = ask(at.runner, &query, &count);
    ck_assert_ptr_null(find(rows, count, PZ_NEXT_LEARN, gone));
    ck_assert_ptr_nonnull(find(rows, count, PZ_NEXT_LEARN, at.add)); /* it waits for nothing any more */
    pz_free(rows);
}
END_TEST

/* --------------------------------------------------------------------------------------------------- review --- */

/* The recall is that of FSRS over sittings: eight right answers of one morning are one good review. */
START_TEST(a_review_is_due_when_recall_has_fallen)
{
    pz_review_state state = PZ_REVIEW_STATE_INIT;
    pz_next_query query = of(at.school.ana);
    const pz_next_step *step;
    pz_next_step **rows;
    size_t count;
    double recall;
    int32_t due;
    ck_assert_ok(pz_review_update(NULL, 0, PZ_REVIEW_GOOD, 0, &state));
    ck_assert_ok(pz_review_due(NULL, 0, &state, 0.9, 36500, &due));
    lesson_answers(&at, at.school.ana, at.add, DAYS_AGO(due + 4), all_right);
    ck_assert_ok(pz_review_recall(NULL, 0, &state, due + 4, &recall));
    rows = ask(at.runner, &query, &count);
    step = find(rows, count, PZ_NEXT_REVIEW, at.add);
    ck_assert_ptr_nonnull(step);
    ck_assert_double_eq_tol(step->recall, recall, 1e-12);
    ck_assert_double_lt(recall, 0.9);
    ck_assert_str_eq(step->codes, recall < 0.825 ? "review.fades,review.needed" : "review.needed,review.fades");
    ck_assert_double_eq_tol(step->score, 0.3 + 2 * (0.9 - recall) + 0.15, 1e-12);
    pz_free(rows);
    query.retention = recall - 1e-6;
    rows = ask(at.runner, &query, &count);
    ck_assert_ptr_null(find(rows, count, PZ_NEXT_REVIEW, at.add));
    pz_free(rows);
}
END_TEST

/* A second sitting after days moves the date on; a correction of the evidence counts in it. */
START_TEST(sittings_and_corrections_count)
{
    pz_review_state state = PZ_REVIEW_STATE_INIT;
    pz_next_query query = of(at.school.ana);
    pz_evidence_summary *summary;
    const pz_next_step *step;
    pz_next_step **rows;
    size_t count;
    double recall;
    ck_assert_ok(lesson_try_answers(at.school.importer, at.school.ana, at.add, DAYS_AGO(60), all_right, NULL, &summary));
    lesson_answers(&at, at.school.ana, at.add, DAYS_AGO(40), all_right);
    ck_assert_ok(pz_review_update(NULL, 0, PZ_REVIEW_GOOD, 0, &state));
    ck_assert_ok(pz_review_update(NULL, 0, PZ_REVIEW_GOOD, 20 - 7.0 / 24, &state)); /* from the last answer of one to the first of the next */
    ck_assert_ok(pz_review_recall(NULL, 0, &state, 40, &recall));
    query.retention = 0.999;
    rows = ask(at.runner, &query, &count);
    step = find(rows, count, PZ_NEXT_REVIEW, at.add);
    ck_assert_ptr_nonnull(step);
    ck_assert_double_eq_tol(step->recall, recall, 1e-12);
    pz_free(rows);
    /* Withdrawn answers are forgotten: the first sitting has none left. */
    for (int64_t i = 0; i < 8; i++)
        ck_assert_ok(pz_evidence_correct(at.school.importer, at.school.ana, at.add, summary->first_sequence + i, PZ_REAL_NONE, "wrong pupil",
                                         PZ_NUL_TERMINATED, NULL));
    pz_free(summary);
    state = (pz_review_state)PZ_REVIEW_STATE_INIT;
    ck_assert_ok(pz_review_update(NULL, 0, PZ_REVIEW_GOOD, 0, &state));
    ck_assert_ok(pz_review_recall(NULL, 0, &state, 40, &recall));
    rows = ask(at.runner, &query, &count);
    step = find(rows, count, PZ_NEXT_REVIEW, at.add);
    ck_assert_double_eq_tol(step->recall, recall, 1e-12);
    pz_free(rows);
}
END_TEST

/* ---------------------------------------------------------------------------------------------------- goals --- */

START_TEST(a_goal_points_to_where_to_begin)
{
    pz_id goal = active_goal(at.divide, SCHOOL_TODAY + 14);
    pz_next_query query = of(at.school.ana);
    pz_next_step **rows;
    size_t count;
    rows = ask(at.runner, &query, &count);
    ck_assert_uint_eq(count, 1); /* the goal itself is served by the step */
    ck_assert_int_eq(rows[0]->competency, at.add);
    ck_assert_int_eq(rows[0]->record, goal);
    ck_assert_int_eq(rows[0]->record_kind, PZ_KIND_GOAL);
    ck_assert_int_eq(rows[0]->due_on, SCHOOL_TODAY + 14);
    ck_assert(has_code(rows[0], "learn.goal"));
    pz_free(rows);
    for (pz_id c = at.add; c <= at.divide; c++) lesson_answers(&at, at.school.ana, c, DAYS_AGO(0), all_right);
    rows = ask(at.runner, &query, &count);
    ck_assert_uint_eq(count, 1);
    ck_assert_int_eq(rows[0]->kind, PZ_NEXT_GOAL);
    ck_assert_str_eq(rows[0]->codes, "goal.show,day.soon");
    ck_assert_double_eq_tol(rows[0]->score, 0.45 + 0.3 + 0.5 * 0.5, 1e-12);
    ck_assert_str_eq(rows[0]->title, "I want to share fairly");
    pz_free(rows);
}
END_TEST

START_TEST(goals_press_as_their_day_comes)
{
    static const struct {
        int days;
        const char *codes;
    } cases[] = {{100, "goal.own"}, {7, "day.soon,goal.own"}, {0, "day.today,goal.own"}, {-3, "day.late,goal.own"}};
    pz_next_query query = of(at.school.ana);
    pz_next_step **rows;
    size_t count;
    for (size_t i = 0; i < 4; i++) active_goal(0, SCHOOL_TODAY + cases[i].days);
    query.kind = PZ_NEXT_GOAL;
    rows = ask(at.runner, &query, &count);
    ck_assert_uint_eq(count, 4);
    ck_assert_int_eq(rows[0]->due_on, SCHOOL_TODAY); /* as pressing as the late one, and older */
    ck_assert_int_eq(rows[3]->due_on, SCHOOL_TODAY + 100);
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < 4; k++)
            if (rows[i]->due_on == SCHOOL_TODAY + cases[k].days) ck_assert_str_eq(rows[i]->codes, cases[k].codes);
    pz_free(rows);
}
END_TEST

START_TEST(goals_only_for_those_who_see_them)
{
    pz_actor *plans = school_service(&at.school, PZ_SCOPE_RECOMMEND);
    pz_next_query query = of(at.school.ana);
    pz_next_step **rows;
    size_t count;
    active_goal(0, SCHOOL_TODAY);
    rows = ask(plans, &query, &count);
    ck_assert_uint_eq(count, 0);
    pz_free(rows);
    pz_actor_free(plans);
}
END_TEST

/* ---------------------------------------------------------------------------------------------------- work --- */

/* What the learner takes up itself comes first, and is not proposed besides; boards wait for a choice, work for its day. */
START_TEST(what_is_in_hand)
{
    pz_actor *ana = school_actor(&at.school, at.school.ana, PZ_ROLE_LEARNER), *tea = school_actor(&at.school, at.school.tea, PZ_ROLE_TEACHER);
    pz_next_query query = of(at.school.ana);
    pz_activity board = PZ_ACTIVITY_INIT, task = PZ_ACTIVITY_INIT;
    pz_next_step **rows;
    size_t count;
    pz_id id;
    query.framework = at.framework;
    board.class_id = task.class_id = at.school.a;
    board.title = "Choose one";
    board.kind = PZ_ACTIVITY_BOARD;
    board.choose = 1;
    ck_assert_ok(pz_activity_save(tea, &board, NULL, &board.id));
    task.title = "Weigh things";
    ck_assert_ok(pz_activity_save(tea, &task, NULL, &task.id));
    ck_assert_ok(pz_activity_assign(tea, board.id, at.school.ana, 0, 0, PZ_DATE_NONE, NULL, NULL));
    ck_assert_ok(pz_activity_assign(tea, task.id, at.school.ana, 0, 0, SCHOOL_TODAY, NULL, NULL));
    ck_assert_ok(pz_assignment_take(ana, at.divide, 0, PZ_DATE_NONE, NULL, &id)); /* not ready for it, and wants it */
    rows = ask(ana, &query, &count);
    ck_assert_uint_eq(count, 4);
    ck_assert_str_eq(rows[0]->codes, "work.own,work.begun");
    ck_assert_str_eq(rows[0]->title, "divide");
    ck_assert_int_eq(rows[0]->record, id);
    ck_assert_str_eq(rows[1]->codes, "day.today,work.waits");
    ck_assert_str_eq(rows[1]->title, "Weigh things");
    ck_assert_int_eq(rows[1]->record_kind, PZ_KIND_ASSIGNMENT);
    ck_assert_int_eq(rows[2]->kind, PZ_NEXT_CHOICE);
    ck_assert_str_eq(rows[2]->title, "Choose one");
    ck_assert_int_eq(rows[3]->competency, at.add);
    pz_free(rows);
    ck_assert_ok(pz_assignment_drop(ana, id, NULL, 0, NULL));
    ck_assert_ok(pz_assignment_take(ana, at.add, 0, PZ_DATE_NONE, NULL, &id));
    rows = ask(ana, &query, &count);
    ck_assert_ptr_null(find(rows, count, PZ_NEXT_LEARN, at.add));
    ck_assert_int_eq(rows[0]->competency, at.add);
    pz_free(rows);
    pz_actor_free(ana);
    pz_actor_free(tea);
}
END_TEST

/* ---------------------------------------------------------------------------------------------- whom, pages --- */

START_TEST(a_class_an_org_and_pages)
{
    pz_next_query query = PZ_NEXT_QUERY_INIT;
    pz_next_step **rows, **page;
    size_t count, paged = 0;
    query.framework = at.framework;
    query.class_id = at.school.a;
    rows = ask(at.runner, &query, &count);
    ck_assert_uint_eq(count, 3);
    for (size_t i = 0; i < count; i++) ck_assert_int_eq(rows[i]->rank, 1);
    pz_free(rows);
    query.learner = at.school.dan; /* not in this class */
    rows = ask(at.runner, &query, &count);
    ck_assert_uint_eq(count, 0);
    pz_free(rows);
    query.learner = query.class_id = 0;
    query.org = at.school.south;
    rows = ask(at.runner, &query, &count);
    ck_assert_uint_eq(count, 2);
    pz_free(rows);
    query.org = 0;
    rows = ask(at.runner, &query, &count);
    ck_assert_uint_eq(count, 5);
    query.learners = 2;
    for (;;) {
        size_t many;
        page = ask(at.runner, &query, &many);
        for (size_t i = 0; i < many; i++, paged++) ck_assert_int_eq(page[i]->learner, rows[paged]->learner);
        if (many) query.after = page[many - 1]->learner;
        pz_free(page);
        if (!many) break;
    }
    ck_assert_uint_eq(paged, 5);
    pz_free(rows);
}
END_TEST

START_TEST(everybody_sees_those_in_reach)
{
    static const struct {
        int32_t role;
        size_t place, learners;
    } cases[] = {{PZ_ROLE_LEARNER, 0, 1}, {PZ_ROLE_GUARDIAN, 1, 2}, {PZ_ROLE_TEACHER, 2, 3}, {PZ_ROLE_COUNSELOR, 3, 3}, {PZ_ROLE_LEADER, 4, 5}};
    const pz_id people[] = {at.school.ana, at.school.gus, at.school.tea, at.school.cou, at.school.head};
    for (size_t i = 0; i < 5; i++) {
        pz_actor *actor = school_actor(&at.school, people[i], (pz_role)cases[i].role);
        pz_next_query query = PZ_NEXT_QUERY_INIT;
        pz_next_step **rows;
        size_t count;
        query.framework = at.framework;
        rows = ask(actor, &query, &count);
        ck_assert_uint_eq(count, cases[i].learners);
        pz_free(rows);
        query.learner = cases[i].role == PZ_ROLE_LEADER ? 999999 : cases[i].role == PZ_ROLE_GUARDIAN ? at.school.ben : at.school.eva;
        ck_assert_status(pz_next_step_list(actor, &query, NULL, &rows, &count), PZ_E_NOT_FOUND);
        pz_actor_free(actor);
    }
}
END_TEST

START_TEST(a_view_of_the_past_gives_the_steps_of_then)
{
    int64_t before = school_last_change(&at.school);
    pz_next_query query = of(at.school.ana);
    pz_next_step **rows;
    pz_actor *then;
    size_t count;
    query.framework = at.framework;
    lesson_answers(&at, at.school.ana, at.add, DAYS_AGO(0), all_right);
    ck_assert_ok(pz_actor_as_of_change(at.runner, before, &then));
    rows = ask(then, &query, &count);
    ck_assert_uint_eq(count, 1);
    ck_assert_int_eq(rows[0]->competency, at.add);
    pz_free(rows);
    pz_actor_free(then);
}
END_TEST

/* ---------------------------------------------------------------------------------------------------- words --- */

/* Each reason in each language, in sentences short enough for a twelve-year-old: no more than 16 words, on average no more than 6 letters. */
START_TEST(reasons_are_short)
{
    size_t seen = 0;
    for (size_t l = 0; pz__message_language_at(l); l++)
        for (size_t i = 0; pz__message_code_at(i); i++) {
            const pz__message_value values[] = {{"count", NULL, 3, 0}};
            const char *code = pz__message_code_at(i);
            pz__buffer text = PZ__BUFFER_INIT;
            size_t words = 1, letters = 0, sentence = 1;
            if (strncmp(code, "next.", 5)) continue;
            ck_assert(pz__message(&text, pz__message_language_at(l), code, values, 1));
            ck_assert_ptr_null(strchr(text.data, '{'));
            for (const char *c = text.data; *c; c++) {
                if (*c == ' ') words++, sentence++;
                if ((*c & 0xC0) != 0x80 && *c != ' ' && !strchr(".,!?", *c)) letters++;
                if (strchr(".!?", *c)) sentence = 0;
                ck_assert_msg(sentence <= 16, "%s is long: %s", code, text.data);
            }
            ck_assert_msg((double)letters / (double)words <= 6, "%s has long words: %s", code, text.data);
            pz__buffer_free(&text);
            seen++;
        }
    ck_assert_uint_ge(seen, 2 * 18);
}
END_TEST

START_TEST(words_come_in_the_language_asked_for_or_not_at_all)
{
    pz_next_query query = of(at.school.ana);
    pz_next_step **rows;
    size_t count;
    query.framework = at.framework;
    rows = ask(at.runner, &query, &count);
    ck_assert_str_eq(rows[0]->title, "add");
    ck_assert_str_eq(rows[0]->reason, "After it you can start 1 more skill. It is new, and you know all that it needs.");
    pz_free(rows);
    ck_assert_ok(pz_next_step_list(at.runner, &query, "es", &rows, &count));
    ck_assert_str_eq(rows[0]->reason, "Después puedes empezar 1 destreza más. Es nuevo, y ya sabes todo lo que hace falta.");
    pz_free(rows);
    query.codes_only = 1;
    rows = ask(at.runner, &query, &count);
    ck_assert_ptr_null(rows[0]->title);
    ck_assert_ptr_null(rows[0]->reason);
    pz_free(rows);
}
END_TEST

/* --------------------------------------------------------------------------------------------------- faults --- */

START_TEST(what_is_refused)
{
    pz_next_query query = PZ_NEXT_QUERY_INIT;
    pz_next_step **rows = (pz_next_step **)1;
    size_t count = 7;
    ck_assert_status(pz_next_step_list(NULL, NULL, NULL, &rows, &count), PZ_E_CLOSED);
    ck_assert(rows == NULL && count == 0);
    ck_assert_status(pz_next_step_list(at.runner, NULL, NULL, NULL, &count), PZ_E_INVALID);
    ck_assert_status(pz_next_step_list(at.runner, NULL, NULL, &rows, NULL), PZ_E_INVALID);
    ck_assert_status(pz_next_step_list(at.runner, NULL, "xx", &rows, &count), PZ_E_INVALID);
    query.struct_size = 0;
    ck_assert_status(pz_next_step_list(at.runner, &query, NULL, &rows, &count), PZ_E_STRUCT_SIZE);
#define REFUSED(member, value, status)                                                        \
    query = (pz_next_query)PZ_NEXT_QUERY_INIT;                                                \
    query.member = value;                                                                     \
    ck_assert_status(pz_next_step_list(at.runner, &query, NULL, &rows, &count), status)
    REFUSED(kind, 6, PZ_E_INVALID);
    REFUSED(kind, -1, PZ_E_INVALID);
    REFUSED(limit, -1, PZ_E_INVALID);
    REFUSED(limit, 1001, PZ_E_INVALID);
    REFUSED(retention, 0, PZ_E_INVALID);
    REFUSED(retention, 1, PZ_E_INVALID);
    REFUSED(retention, PZ_REAL_NONE, PZ_E_INVALID);
    REFUSED(after, -1, PZ_E_INVALID);
    REFUSED(learners, -1, PZ_E_INVALID);
    REFUSED(learner, 999999, PZ_E_NOT_FOUND);
    REFUSED(class_id, 999999, PZ_E_NOT_FOUND);
    REFUSED(org, 999999, PZ_E_NOT_FOUND);
    REFUSED(framework, 999999, PZ_E_NOT_FOUND);
    query.org = at.school.north;
    query.class_id = at.school.a;
    ck_assert_status(pz_next_step_list(at.runner, &query, NULL, &rows, &count), PZ_E_INVALID);
    pz_actor *importer = at.school.importer;
    ck_assert_status(pz_next_step_list(importer, NULL, NULL, &rows, &count), PZ_E_DENIED);
}
END_TEST

static pz_status list_with_failing_memory(void *user_data)
{
    school *s = user_data;
    pz_next_query query = PZ_NEXT_QUERY_INIT;
    pz_next_step **rows = NULL;
    pz_actor *actor = NULL;
    pz_status status;
    size_t count;
    query.framework = at.framework;
    PZ__TRY(school_open(s, 0));
    status = pz_actor_open(s->store, s->ana, PZ_ROLE_LEARNER, "tests", &actor); /* of its own there is no read to put on record */
    if (status == PZ_OK) status = pz_next_step_list(actor, &query, NULL, &rows, &count);
    pz_free(rows);
    pz_actor_free(actor);
    pz_store_free(s->store);
    s->store = NULL;
    return status;
}

START_TEST(survives_each_allocation_failing)
{
    lesson_answers(&at, at.school.ana, at.add, DAYS_AGO(60), all_right);
    active_goal(at.divide, SCHOOL_TODAY + 3);
    active_goal(0, SCHOOL_TODAY + 3);
    pz_actor_free(at.runner);
    at.runner = NULL;
    school_close(&at.school);
    ck_assert_int_gt(suite_each_allocation(list_with_failing_memory, &at.school), 20);
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("records_next_step");
    TCase *ready = tcase_create("ready"), *other = tcase_create("other");
    tcase_add_checked_fixture(ready, setup, teardown);
    tcase_add_test(ready, of_a_framework_the_first_that_is_not_mastered);
    tcase_add_test(ready, never_what_an_open_prerequisite_holds_up);
    tcase_add_test(ready, without_a_framework_what_is_near);
    tcase_add_test(ready, what_stands_alone_and_what_ended);
    tcase_add_test(ready, a_review_is_due_when_recall_has_fallen);
    tcase_add_test(ready, sittings_and_corrections_count);
    tcase_add_test(ready, a_goal_points_to_where_to_begin);
    tcase_add_test(ready, goals_press_as_their_day_comes);
    tcase_add_test(ready, goals_only_for_those_who_see_them);
    suite_add_tcase(s, ready);
    tcase_add_checked_fixture(other, setup, teardown);
    tcase_add_test(other, what_is_in_hand);
    tcase_add_test(other, a_class_an_org_and_pages);
    tcase_add_test(other, everybody_sees_those_in_reach);
    tcase_add_test(other, a_view_of_the_past_gives_the_steps_of_then);
    tcase_add_test(other, reasons_are_short);
    tcase_add_test(other, words_come_in_the_language_asked_for_or_not_at_all);
    tcase_add_test(other, what_is_refused);
    tcase_add_test(other, survives_each_allocation_failing);
    suite_add_tcase(s, other);
    return s;
}

SUITE_MAIN(suite)
