/* Plans: templates and copies with their authors, filled from what is there, parts, versions in conflict, signatures by role, reviews, carry-over, the document. */
#include "personalize/plan.h"
#include "base/fail.h"
#include "personalize/activity.h"
#include "personalize/checkin.h"
#include "personalize/goal.h"
#include "records/lesson.h"
#include "support/schema_check.h"

static lesson at;
static pz_actor *ana, *tea, *gus, *cou;

static void setup(void)
{
    lesson_start(&at);
    ana = school_actor(&at.school, at.school.ana, PZ_ROLE_LEARNER);
    tea = school_actor(&at.school, at.school.tea, PZ_ROLE_TEACHER);
    gus = school_actor(&at.school, at.school.gus, PZ_ROLE_GUARDIAN);
    cou = school_actor(&at.school, at.school.cou, PZ_ROLE_COUNSELOR);
}

static void teardown(void)
{
    pz_actor_free(ana);
    pz_actor_free(tea);
    pz_actor_free(gus);
    pz_actor_free(cou);
    lesson_end(&at);
}

static void says(const char *words)
{
    ck_assert_msg(strstr(pz_last_error()->message, words) != NULL, "\"%s\" is not in: %s", words, pz_last_error()->message);
}

static pz_plan make(void)
{
    pz_plan plan = PZ_PLAN_INIT;
    plan.learner = at.school.ana;
    plan.title = "My year";
    plan.begins_on = SCHOOL_TODAY;
    plan.ends_on = SCHOOL_TODAY + 100;
    return plan;
}

static pz_id save(pz_actor *actor, pz_plan plan)
{
    ck_assert_ok(pz_plan_save(actor, &plan, NULL, 0, NULL, &plan.id));
    return plan.id;
}

/* By value: its texts are gone. */
static pz_plan now(pz_id id)
{
    pz_plan *plan, copy;
    ck_assert_ok(pz_plan_get(at.runner, id, &plan));
    copy = *plan;
    copy.title = copy.vision = copy.summary = NULL;
    pz_free(plan);
    return copy;
}

static pz_id entry(int32_t section, const char *content, int32_t visibility)
{
    pz_profile_entry e = PZ_PROFILE_ENTRY_INIT;
    pz_id id;
    e.learner = at.school.ana;
    e.section = section;
    e.content = content;
    e.visibility = visibility;
    ck_assert_ok(pz_profile_entry_add(ana, &e, NULL, &id));
    return id;
}

static pz_id goal(const char *statement, int32_t visibility)
{
    pz_goal g = PZ_GOAL_INIT;
    pz_id id;
    g.learner = at.school.ana;
    g.statement = statement;
    g.visibility = visibility;
    ck_assert_ok(pz_goal_propose(ana, &g, NULL, &id));
    return id;
}

static size_t count_parts(pz_actor *actor, pz_id plan, int32_t kind)
{
    pz_plan_part **rows;
    size_t count, found = 0;
    ck_assert_ok(pz_plan_part_list(actor, plan, &rows, &count));
    for (size_t i = 0; i < count; i++) found += !kind || rows[i]->record_kind == kind;
    pz_free(rows);
    return found;
}

/* ---------------------------------------------------------------------------------------------------- templates --- */

START_TEST(brings_three_templates_of_its_own)
{
    pz_plan_template **rows;
    size_t count;
    ck_assert_ok(pz_plan_template_list(ana, NULL, &rows, &count));
    ck_assert_uint_eq(count, 3);
    ck_assert_int_eq(rows[0]->id, -2);
    ck_assert_int_eq(rows[2]->id, 0);
    ck_assert_str_eq(rows[2]->title, "My learning plan");
    ck_assert_int_eq(rows[2]->weeks, 36);
    ck_assert_ptr_nonnull(strchr(rows[1]->prompts, '\n'));
    pz_free(rows);
    ck_assert_ok(pz_plan_template_list(ana, "es", &rows, &count));
    ck_assert_str_eq(rows[2]->title, "Mi plan de aprendizaje");
    pz_free(rows);
    ck_assert_status(pz_plan_template_list(ana, "xx", &rows, &count), PZ_E_INVALID);
    ck_assert_status(pz_plan_template_list(NULL, NULL, &rows, &count), PZ_E_CLOSED);
}
END_TEST

START_TEST(copies_keep_the_name_of_their_author)
{
    pz_actor *tom = school_actor(&at.school, at.school.tom, PZ_ROLE_TEACHER), *tim = school_actor(&at.school, at.school.tim, PZ_ROLE_TEACHER);
    pz_plan_template t = PZ_PLAN_TEMPLATE_INIT, **rows;
    pz_id first, copy, again;
    size_t count;
    t.org = at.school.north;
    t.title = "Science plan";
    t.weeks = 12;
    ck_assert_ok(pz_plan_template_save(tea, &t, NULL, &first));
    ck_assert_ok(pz_plan_template_copy(tom, first, at.school.north, "Arts plan", PZ_NUL_TERMINATED, NULL, "k", &copy));
    ck_assert_ok(pz_plan_template_copy(tom, first, at.school.north, "Arts plan", PZ_NUL_TERMINATED, NULL, "k", &again));
    ck_assert_int_eq(copy, again);
    ck_assert_ok(pz_plan_template_list(tea, NULL, &rows, &count));
    ck_assert_uint_eq(count, 5);
    ck_assert_int_eq(rows[4]->id, copy);
    ck_assert_str_eq(rows[4]->title, "Arts plan");
    ck_assert_int_eq(rows[4]->author, at.school.tom);
    ck_assert_int_eq(rows[4]->copied_from, first);
    ck_assert_int_eq(rows[4]->copied_author, at.school.tea);
    ck_assert_int_eq(rows[4]->weeks, 12);
    pz_free(rows);
    t.id = copy; /* changed by who copied it, not by who made the first */
    t.title = "Arts and crafts";
    ck_assert_status(pz_plan_template_save(tea, &t, NULL, &again), PZ_E_DENIED);
    ck_assert_ok(pz_plan_template_save(tom, &t, NULL, &again));
    ck_assert_ok(pz_plan_template_copy(tea, -1, at.school.north, NULL, 0, "es", NULL, &copy));
    ck_assert_status(pz_plan_template_copy(tim, first, at.school.south, NULL, 0, NULL, NULL, &copy), PZ_E_NOT_FOUND);
    ck_assert_status(pz_plan_template_copy(ana, first, at.school.north, NULL, 0, NULL, NULL, &copy), PZ_E_DENIED);
    ck_assert_status(pz_plan_template_copy(tea, -3, at.school.north, NULL, 0, NULL, NULL, &copy), PZ_E_NOT_FOUND);
    t = (pz_plan_template)PZ_PLAN_TEMPLATE_INIT;
    t.org = at.school.north;
    ck_assert_status(pz_plan_template_save(tea, &t, NULL, &again), PZ_E_INVALID);
    t.title = "x";
    t.weeks = 0;
    ck_assert_status(pz_plan_template_save(tea, &t, NULL, &again), PZ_E_INVALID);
    t.weeks = 1;
    t.with_leader = 2;
    ck_assert_status(pz_plan_template_save(tea, &t, NULL, &again), PZ_E_INVALID);
    t.with_leader = 0;
    t.org = 0;
    ck_assert_status(pz_plan_template_save(tea, &t, NULL, &again), PZ_E_DENIED);
    t.struct_size = 0;
    ck_assert_status(pz_plan_template_save(tea, &t, NULL, &again), PZ_E_STRUCT_SIZE);
    pz_actor_free(tom);
    pz_actor_free(tim);
}
END_TEST

/* ------------------------------------------------------------------------------------------------------ filling --- */

START_TEST(begins_filled_from_what_is_there)
{
    pz_id plan, again, hidden, work;
    entry(PZ_PROFILE_STRENGTH, "Patient", PZ_VISIBLE_SCHOOL);
    entry(PZ_PROFILE_INTEREST, "Bees", PZ_VISIBLE_SCHOOL);
    entry(PZ_PROFILE_TECHNOLOGY, "Tablet", PZ_VISIBLE_SCHOOL); /* not part of plans */
    hidden = goal("Mine alone", PZ_VISIBLE_SELF);
    goal("Share fairly", PZ_VISIBLE_SCHOOL);
    ck_assert_ok(pz_assignment_take(ana, at.divide, 0, PZ_DATE_NONE, NULL, &work));
    ck_assert_ok(pz_plan_begin(tea, at.school.ana, SCHOOL_TODAY, 0, at.framework, NULL, "b", &plan));
    ck_assert_ok(pz_plan_begin(tea, at.school.ana, SCHOOL_TODAY, 0, at.framework, NULL, "b", &again));
    ck_assert_int_eq(plan, again);
    ck_assert_uint_eq(count_parts(tea, plan, PZ_KIND_PROFILE_ENTRY), 2);
    ck_assert_uint_eq(count_parts(tea, plan, PZ_KIND_GOAL), 1); /* the teacher does not see the other */
    ck_assert_uint_eq(count_parts(tea, plan, PZ_KIND_COMPETENCY), 1);
    ck_assert_uint_eq(count_parts(tea, plan, PZ_KIND_ASSIGNMENT), 1);
    ck_assert_int_eq(now(plan).ends_on, SCHOOL_TODAY + 36 * 7 - 1);
    ck_assert_int_eq(now(plan).with_guardian, 1);
    ck_assert_int_eq(now(plan).state, PZ_PLAN_DRAFT);
    ck_assert_int_eq(now(plan).author, at.school.tea);
    ck_assert_ok(pz_plan_begin(ana, at.school.ana, SCHOOL_TODAY, -1, 0, "es", NULL, &plan));
    ck_assert_uint_eq(count_parts(ana, plan, PZ_KIND_GOAL), 2);
    ck_assert_uint_eq(count_parts(tea, plan, PZ_KIND_GOAL), 1); /* of it the teacher sees what it sees elsewhere */
    ck_assert_int_ne(hidden, 0);
    ck_assert_status(pz_plan_begin(tea, at.school.dan, SCHOOL_TODAY, 0, 0, NULL, NULL, &plan), PZ_E_NOT_FOUND);
    ck_assert_status(pz_plan_begin(tea, at.school.ana, SCHOOL_TODAY, 999999, 0, NULL, NULL, &plan), PZ_E_NOT_FOUND);
    ck_assert_status(pz_plan_begin(tea, at.school.ana, SCHOOL_TODAY, 0, 999999, NULL, NULL, &plan), PZ_E_NOT_FOUND);
    ck_assert_status(pz_plan_begin(tea, at.school.ana, PZ_DATE_NONE, 0, 0, NULL, NULL, &plan), PZ_E_INVALID);
    ck_assert_status(pz_plan_begin(tea, at.school.ana, SCHOOL_TODAY, 0, 0, "xx", NULL, &plan), PZ_E_INVALID);
    ck_assert_status(pz_plan_begin(gus, at.school.ana, SCHOOL_TODAY, 0, 0, NULL, NULL, &plan), PZ_E_DENIED);
    ck_assert_status(pz_plan_begin(NULL, at.school.ana, SCHOOL_TODAY, 0, 0, NULL, NULL, &plan), PZ_E_CLOSED);
    pz_plan_template t = PZ_PLAN_TEMPLATE_INIT;
    t.org = at.school.north;
    t.title = "Old";
    t.ended = 1;
    ck_assert_ok(pz_plan_template_save(tea, &t, NULL, &t.id));
    ck_assert_status(pz_plan_begin(tea, at.school.ana, SCHOOL_TODAY, t.id, 0, NULL, NULL, &plan), PZ_E_STATE);
}
END_TEST

START_TEST(what_is_no_plan)
{
    pz_plan plan;
    pz_plan_part part = PZ_PLAN_PART_INIT, other = PZ_PLAN_PART_INIT;
    const pz_plan_part *parts[] = {&part, &other};
    pz_id id, mine = goal("Share", PZ_VISIBLE_SCHOOL);
#define REFUSED(member, value, status)                                  \
    plan = make();                                                      \
    plan.member = value;                                                \
    ck_assert_status(pz_plan_save(tea, &plan, NULL, 0, NULL, &id), status)
    REFUSED(struct_size, 0, PZ_E_STRUCT_SIZE);
    REFUSED(title, NULL, PZ_E_INVALID);
    REFUSED(vision, "\xff", PZ_E_TEXT);
    REFUSED(begins_on, PZ_DATE_NONE, PZ_E_INVALID);
    REFUSED(ends_on, SCHOOL_TODAY - 1, PZ_E_INVALID);
    REFUSED(ends_on, 99999999, PZ_E_INVALID);
    REFUSED(with_teacher, 2, PZ_E_INVALID);
    REFUSED(learner, at.school.dan, PZ_E_NOT_FOUND);
    REFUSED(template_id, 999999, PZ_E_NOT_FOUND);
    REFUSED(id, -1, PZ_E_INVALID);
    REFUSED(id, 999999, PZ_E_NOT_FOUND);
    plan = make();
    ck_assert_status(pz_plan_save(gus, &plan, NULL, 0, NULL, &id), PZ_E_DENIED);
    ck_assert_status(pz_plan_save(NULL, &plan, NULL, 0, NULL, &id), PZ_E_CLOSED);
    ck_assert_status(pz_plan_save(tea, &plan, NULL, 1, NULL, &id), PZ_E_INVALID);
    ck_assert_status(pz_plan_save(tea, &plan, parts, 201, NULL, &id), PZ_E_TOO_LONG);
    part.record_kind = PZ_KIND_MASTERY;
    ck_assert_status(pz_plan_save(tea, &plan, parts, 1, NULL, &id), PZ_E_INVALID);
    part.record_kind = other.record_kind = PZ_KIND_GOAL;
    part.record = other.record = mine;
    ck_assert_status(pz_plan_save(tea, &plan, parts, 2, NULL, &id), PZ_E_INVALID);
    other.record = 999999;
    ck_assert_status(pz_plan_save(tea, &plan, parts, 2, NULL, &id), PZ_E_NOT_FOUND);
    plan.learner = at.school.ben;
    ck_assert_status(pz_plan_save(tea, &plan, parts, 1, NULL, &id), PZ_E_NOT_FOUND); /* a goal of another learner */
    plan.learner = at.school.ana;
    part.note = "first of all";
    ck_assert_ok(pz_plan_save(tea, &plan, parts, 1, NULL, &id));
    pz_plan_part **rows;
    size_t count;
    ck_assert_ok(pz_plan_part_list(ana, id, &rows, &count));
    ck_assert_uint_eq(count, 1);
    ck_assert_str_eq(rows[0]->note, "first of all");
    pz_free(rows);
    plan.id = id;
    plan.version = now(id).version;
    plan.learner = at.school.ben;
    ck_assert_status(pz_plan_save(tea, &plan, NULL, 0, NULL, &id), PZ_E_INVALID);
}
END_TEST

/* ------------------------------------------------------------------------------------------ versions, signatures --- */

/* Two handles on one store, as two processes have them. */
START_TEST(the_second_of_two_is_told_what_changed)
{
    pz_store *other;
    pz_actor *there;
    pz_id id = save(ana, make());
    pz_plan first = make(), second = make();
    ck_assert_ok(pz_store_open(at.school.place.path, &at.school.options, &other));
    ck_assert_ok(pz_actor_open(other, at.school.cou, PZ_ROLE_COUNSELOR, "tests", &there));
    first.id = second.id = id;
    first.version = second.version = now(id).version;
    first.vision = "Keep bees";
    first.with_teacher = 1;
    second.title = "Another title";
    ck_assert_ok(pz_plan_save(tea, &first, NULL, 0, NULL, &id));
    ck_assert_status(pz_plan_save(there, &second, NULL, 0, NULL, &id), PZ_E_CONFLICT);
    says("What changed: vision, with_teacher.");
    pz_plan **rows;
    size_t count;
    ck_assert_ok(pz_plan_history(ana, first.id, &rows, &count));
    ck_assert_uint_eq(count, 2);
    ck_assert_ptr_null(rows[0]->vision);
    ck_assert_str_eq(rows[1]->vision, "Keep bees");
    ck_assert_int_eq(rows[0]->is_current, 0);
    pz_free(rows);
    pz_actor_free(there);
    pz_store_free(other);
}
END_TEST

START_TEST(agreed_once_all_have_signed_the_same_version)
{
    pz_actor *lea = school_actor(&at.school, at.school.lea, PZ_ROLE_LEADER), *tim = school_actor(&at.school, at.school.tim, PZ_ROLE_TEACHER);
    pz_plan plan = make();
    pz_plan_signature **rows;
    size_t count;
    int64_t version;
    plan.with_guardian = plan.with_teacher = 1;
    pz_id id = save(ana, plan);
    version = now(id).version;
    ck_assert_ok(pz_plan_sign(ana, id, version, NULL, 0, "s"));
    ck_assert_ok(pz_plan_sign(ana, id, version, NULL, 0, "s"));
    ck_assert_ok(pz_plan_sign(gus, id, version, "With joy", PZ_NUL_TERMINATED, NULL));
    ck_assert_int_eq(now(id).state, PZ_PLAN_DRAFT);
    ck_assert_status(pz_plan_sign(lea, id, version, NULL, 0, NULL), PZ_E_DENIED);
    says("asks for no signature of a leader");
    ck_assert_status(pz_plan_sign(cou, id, version, NULL, 0, NULL), PZ_E_DENIED);
    ck_assert_status(pz_plan_sign(tim, id, version, NULL, 0, NULL), PZ_E_NOT_FOUND); /* teaches another class */
    ck_assert_status(pz_plan_sign(tea, id, version - 1, NULL, 0, NULL), PZ_E_CONFLICT);
    ck_assert_status(pz_plan_sign(tea, id, version, "\xff", 1, NULL), PZ_E_TEXT);
    ck_assert_status(pz_plan_sign(NULL, id, version, NULL, 0, NULL), PZ_E_CLOSED);
    ck_assert_ok(pz_plan_sign(tea, id, version, NULL, 0, NULL));
    ck_assert_int_eq(now(id).state, PZ_PLAN_AGREED);
    ck_assert_int_eq(now(id).version, version);
    plan.id = id;
    plan.version = version;
    plan.vision = "More";
    ck_assert_ok(pz_plan_save(tea, &plan, NULL, 0, NULL, &id));
    ck_assert_int_eq(now(id).state, PZ_PLAN_DRAFT); /* what it says now nobody has signed */
    ck_assert_ok(pz_plan_signature_list(ana, id, &rows, &count));
    ck_assert_uint_eq(count, 3);
    for (size_t i = 0; i < count; i++) ck_assert_int_eq(rows[i]->is_valid, 0);
    pz_free(rows);
    ck_assert_ok(pz_plan_sign(ana, id, now(id).version, NULL, 0, NULL));
    ck_assert_ok(pz_plan_signature_list(ana, id, &rows, &count));
    for (size_t i = 0; i < count; i++) ck_assert_int_eq(rows[i]->is_valid, rows[i]->person == at.school.ana);
    pz_free(rows);
    pz_actor_free(lea);
    pz_actor_free(tim);
}
END_TEST

/* ------------------------------------------------------------------------------------------- reviews, next year --- */

static pz_id checkin_of(pz_id learner)
{
    pz_checkin checkin = PZ_CHECKIN_INIT;
    pz_id id;
    checkin.learner = learner;
    checkin.due_on = SCHOOL_TODAY;
    ck_assert_ok(pz_checkin_plan(tea, &checkin, NULL, 0, NULL, &id));
    return id;
}

START_TEST(reviewed_at_check_ins)
{
    pz_plan_review **rows;
    size_t count;
    pz_id id = save(ana, make()), checkin = checkin_of(at.school.ana), others = checkin_of(at.school.ben);
    ck_assert_ok(pz_plan_review_add(tea, id, checkin, "Two goals reached", PZ_NUL_TERMINATED, "r"));
    ck_assert_ok(pz_plan_review_add(tea, id, checkin, "Two goals reached", PZ_NUL_TERMINATED, "r"));
    ck_assert_ok(pz_plan_review_list(gus, id, &rows, &count));
    ck_assert_uint_eq(count, 1);
    ck_assert_str_eq(rows[0]->outcome, "Two goals reached");
    ck_assert_int_eq(rows[0]->reviewed_by, at.school.tea);
    pz_free(rows);
    ck_assert_status(pz_plan_review_add(tea, id, others, "x", PZ_NUL_TERMINATED, NULL), PZ_E_INVALID);
    ck_assert_status(pz_plan_review_add(tea, id, 999999, "x", PZ_NUL_TERMINATED, NULL), PZ_E_NOT_FOUND);
    ck_assert_status(pz_plan_review_add(tea, id, checkin, NULL, 0, NULL), PZ_E_INVALID);
    ck_assert_status(pz_plan_review_add(gus, id, checkin, "x", PZ_NUL_TERMINATED, NULL), PZ_E_DENIED);
    ck_assert_ok(pz_checkin_cancel(tea, checkin, "ill", PZ_NUL_TERMINATED, NULL));
    ck_assert_status(pz_plan_review_add(tea, id, checkin, "x", PZ_NUL_TERMINATED, NULL), PZ_E_STATE);
}
END_TEST

START_TEST(carries_over_what_goes_on)
{
    pz_id open = goal("Goes on", PZ_VISIBLE_SCHOOL), over = goal("Is over", PZ_VISIBLE_SCHOOL), strength = entry(PZ_PROFILE_STRENGTH, "Patient", PZ_VISIBLE_SCHOOL);
    const struct {
        int32_t kind;
        pz_id record;
    } joined[] = {{PZ_KIND_GOAL, open}, {PZ_KIND_GOAL, over}, {PZ_KIND_PROFILE_ENTRY, strength}, {PZ_KIND_COMPETENCY, at.add}, {PZ_KIND_COMPETENCY, at.divide}};
    pz_plan_part rows[5];
    const pz_plan_part *parts[5];
    pz_plan plan = make();
    pz_id id, next, again;
    for (size_t i = 0; i < 5; i++) {
        rows[i] = (pz_plan_part)PZ_PLAN_PART_INIT;
        rows[i].record_kind = joined[i].kind;
        rows[i].record = joined[i].record;
        parts[i] = &rows[i];
    }
    ck_assert_ok(pz_plan_save(ana, &plan, parts, 5, NULL, &id));
    ck_assert_ok(pz_goal_abandon(ana, over, "Done with it", PZ_NUL_TERMINATED, NULL, &next));
    lesson_answers(&at, at.school.ana, at.add, SCHOOL_NOW - SCHOOL_DAY, "11111111");
    ck_assert_status(pz_plan_carry_over(tea, id, SCHOOL_TODAY + 101, SCHOOL_TODAY, NULL, &next), PZ_E_INVALID);
    ck_assert_status(pz_plan_carry_over(gus, id, SCHOOL_TODAY + 101, SCHOOL_TODAY + 200, NULL, &next), PZ_E_DENIED);
    ck_assert_ok(pz_plan_carry_over(tea, id, SCHOOL_TODAY + 101, SCHOOL_TODAY + 200, "c", &next));
    ck_assert_ok(pz_plan_carry_over(tea, id, SCHOOL_TODAY + 101, SCHOOL_TODAY + 200, "c", &again));
    ck_assert_int_eq(next, again);
    ck_assert_int_eq(now(id).state, PZ_PLAN_CLOSED);
    ck_assert_int_eq(now(id).next, next);
    ck_assert_int_eq(now(next).previous, id);
    ck_assert_int_eq(now(next).state, PZ_PLAN_DRAFT);
    ck_assert_uint_eq(count_parts(ana, next, 0), 3);
    ck_assert_uint_eq(count_parts(ana, next, PZ_KIND_COMPETENCY), 1);
    ck_assert_uint_eq(count_parts(ana, id, 0), 5); /* the old one stays as it was */
    ck_assert_status(pz_plan_carry_over(tea, id, SCHOOL_TODAY + 101, SCHOOL_TODAY + 200, NULL, &next), PZ_E_STATE);
    ck_assert_status(pz_plan_sign(ana, id, now(id).version, NULL, 0, NULL), PZ_E_STATE);
    ck_assert_ok(pz_plan_close(ana, again, NULL));
    ck_assert_status(pz_plan_close(ana, again, NULL), PZ_E_STATE);
    ck_assert_status(pz_plan_close(gus, again, NULL), PZ_E_DENIED);
    ck_assert_status(pz_plan_close(NULL, again, NULL), PZ_E_CLOSED);
}
END_TEST

/* --------------------------------------------------------------------------------------------------- reading --- */

START_TEST(lists_and_pages)
{
    pz_plan_query query = PZ_PLAN_QUERY_INIT;
    pz_plan **rows, later = make(), *one;
    size_t count;
    later.begins_on = SCHOOL_TODAY + 200;
    later.ends_on = SCHOOL_TODAY + 300;
    pz_id first = save(ana, make()), second = save(ana, later);
    ck_assert_ok(pz_plan_list(tea, NULL, &rows, &count));
    ck_assert_uint_eq(count, 2);
    pz_free(rows);
    query.on = SCHOOL_TODAY + 5;
    ck_assert_ok(pz_plan_list(tea, &query, &rows, &count));
    ck_assert_uint_eq(count, 1);
    ck_assert_int_eq(rows[0]->id, first);
    pz_free(rows);
    query = (pz_plan_query)PZ_PLAN_QUERY_INIT;
    query.limit = 1;
    query.after = first;
    query.class_id = at.school.a;
    ck_assert_ok(pz_plan_list(at.runner, &query, &rows, &count));
    ck_assert_uint_eq(count, 1);
    ck_assert_int_eq(rows[0]->id, second);
    pz_free(rows);
    query.state = 4;
    ck_assert_status(pz_plan_list(tea, &query, &rows, &count), PZ_E_INVALID);
    query.state = 0;
    query.after = 999999;
    ck_assert_status(pz_plan_list(tea, &query, &rows, &count), PZ_E_NOT_FOUND);
    ck_assert_status(pz_plan_get(tea, 999999, &one), PZ_E_NOT_FOUND);
    ck_assert_status(pz_plan_get(tea, 1, NULL), PZ_E_INVALID);
    ck_assert_status(pz_plan_list(NULL, NULL, &rows, &count), PZ_E_CLOSED);
}
END_TEST

static void holds_schema(const char *json)
{
    char fault[512];
    schema_check_document("plan", json, fault);
    ck_assert_msg(!fault[0], "%s", fault);
}

START_TEST(the_document_keeps_to_its_schema)
{
    pz_id plan, work;
    char *json;
    entry(PZ_PROFILE_STRENGTH, "Patient", PZ_VISIBLE_SCHOOL);
    entry(PZ_PROFILE_SUPPORT, "More time", PZ_VISIBLE_SELF);
    goal("Share fairly", PZ_VISIBLE_SCHOOL);
    ck_assert_ok(pz_assignment_take(ana, at.divide, 0, SCHOOL_TODAY + 9, NULL, &work));
    lesson_answers(&at, at.school.ana, at.add, SCHOOL_NOW - SCHOOL_DAY, "101");
    ck_assert_ok(pz_plan_begin(ana, at.school.ana, SCHOOL_TODAY, -2, at.framework, NULL, NULL, &plan));
    ck_assert_ok(pz_plan_sign(ana, plan, now(plan).version, NULL, 0, NULL));
    ck_assert_ok(pz_plan_review_add(ana, plan, checkin_of(at.school.ana), "Good", PZ_NUL_TERMINATED, NULL));
    ck_assert_ok(pz_plan_document(ana, plan, NULL, &json));
    holds_schema(json);
    ck_assert_ptr_nonnull(strstr(json, "More time"));
    ck_assert_ptr_nonnull(strstr(json, "\"missing\":[\"guardian\",\"teacher\",\"counselor\"]"));
    pz_free(json);
    ck_assert_ok(pz_plan_document(tea, plan, "es", &json));
    holds_schema(json);
    ck_assert_ptr_null(strstr(json, "More time"));
    ck_assert_ptr_nonnull(strstr(json, "funciona"));
    pz_free(json);
    ck_assert_status(pz_plan_document(tea, 999999, NULL, &json), PZ_E_NOT_FOUND);
    ck_assert_status(pz_plan_document(tea, plan, "xx", &json), PZ_E_INVALID);
    ck_assert_status(pz_plan_document(tea, plan, NULL, NULL), PZ_E_INVALID);
    ck_assert_status(pz_plan_document(NULL, plan, NULL, &json), PZ_E_CLOSED);
}
END_TEST

/* ---------------------------------------------------------------------------------------------------- memory --- */

static pz_status look(pz_actor *actor, pz_id plan)
{
    pz_plan *one = NULL, **rows = NULL, **versions = NULL;
    pz_plan_template **templates = NULL;
    pz_plan_part **parts = NULL;
    pz_plan_signature **signatures = NULL;
    pz_plan_review **reviews = NULL;
    char *json = NULL;
    size_t count;
    pz_status status = pz_plan_get(actor, plan, &one);
    if (status == PZ_OK) status = pz_plan_list(actor, NULL, &rows, &count);
    if (status == PZ_OK) status = pz_plan_history(actor, plan, &versions, &count);
    if (status == PZ_OK) status = pz_plan_template_list(actor, NULL, &templates, &count);
    if (status == PZ_OK) status = pz_plan_part_list(actor, plan, &parts, &count);
    if (status == PZ_OK) status = pz_plan_signature_list(actor, plan, &signatures, &count);
    if (status == PZ_OK) status = pz_plan_review_list(actor, plan, &reviews, &count);
    if (status == PZ_OK) status = pz_plan_document(actor, plan, NULL, &json);
    pz_free(one);
    pz_free(rows);
    pz_free(versions);
    pz_free(templates);
    pz_free(parts);
    pz_free(signatures);
    pz_free(reviews);
    pz_free(json);
    return status;
}

static pz_status live(pz_actor *actor)
{
    pz_plan *plan = NULL;
    pz_id id, next;
    PZ__TRY(pz_plan_begin(actor, at.school.ana, SCHOOL_TODAY, -1, at.framework, NULL, NULL, &id));
    PZ__TRY(pz_plan_get(actor, id, &plan));
    pz_status status = pz_plan_sign(actor, id, plan->version, NULL, 0, NULL);
    if (status == PZ_OK) status = pz_plan_save(actor, plan, NULL, 0, NULL, &id);
    pz_free(plan);
    PZ__TRY(status);
    PZ__TRY(look(actor, id));
    return pz_plan_carry_over(actor, id, SCHOOL_TODAY + 60, SCHOOL_TODAY + 90, NULL, &next);
}

static pz_status live_a_plan(void *user_data)
{
    school *s = user_data;
    pz_actor *actor = NULL;
    pz_status status;
    PZ__TRY(school_open(s, 0));
    status = pz_actor_open(s->store, s->ana, PZ_ROLE_LEARNER, "tests", &actor);
    if (status == PZ_OK) status = live(actor);
    pz_actor_free(actor);
    pz_store_free(s->store);
    s->store = NULL;
    return status;
}

START_TEST(survives_each_allocation_failing)
{
    lesson_start(&at);
    ana = school_actor(&at.school, at.school.ana, PZ_ROLE_LEARNER);
    entry(PZ_PROFILE_STRENGTH, "Patient", PZ_VISIBLE_SCHOOL);
    goal("Share fairly", PZ_VISIBLE_SCHOOL);
    pz_actor_free(ana);
    pz_actor_free(at.runner);
    school_close(&at.school);
    ck_assert_int_gt(suite_each_allocation(live_a_plan, &at.school), 100);
    place_end(&at.school.place);
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("records_plan");
    TCase *with = tcase_create("in a school"), *alone = tcase_create("memory");
    tcase_add_checked_fixture(with, setup, teardown);
    tcase_add_test(with, brings_three_templates_of_its_own);
    tcase_add_test(with, copies_keep_the_name_of_their_author);
    tcase_add_test(with, begins_filled_from_what_is_there);
    tcase_add_test(with, what_is_no_plan);
    tcase_add_test(with, the_second_of_two_is_told_what_changed);
    tcase_add_test(with, agreed_once_all_have_signed_the_same_version);
    tcase_add_test(with, reviewed_at_check_ins);
    tcase_add_test(with, carries_over_what_goes_on);
    tcase_add_test(with, lists_and_pages);
    tcase_add_test(with, the_document_keeps_to_its_schema);
    suite_add_tcase(s, with);
    tcase_set_timeout(alone, 180);
    tcase_add_test(alone, survives_each_allocation_failing);
    suite_add_tcase(s, alone);
    return s;
}

SUITE_MAIN(suite)
