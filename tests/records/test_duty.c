/* Outside ids, events, what is due, and duties on the whole store and on one person. */
#include "base/json_read.h"
#include "base/random.h"
#include "personalize/goal.h"
#include "personalize/profile.h"
#include "records/lesson.h"
#include "store/store.h"

/* ------------------------------------------------------------------------------------------- outside ids --- */

START_TEST(outside_ids_lead_to_records_in_reach_only)
{
    lesson at;
    pz_id id, many[3];
    pz_outside_id **rows;
    size_t count;
    lesson_start(&at);
    pz_actor *teacher = school_actor(&at.school, at.school.tea, PZ_ROLE_TEACHER);
    ck_assert_ok(pz_store_person(at.school.store, "sis", "ana", PZ_NUL_TERMINATED, &id));
    ck_assert_int_eq(id, at.school.ana);
    ck_assert_ok(pz_store_person(at.school.store, NULL, "ana", PZ_NUL_TERMINATED, &id));
    ck_assert_status(pz_store_person(at.school.store, "sis", "nobody", PZ_NUL_TERMINATED, &id), PZ_E_NOT_FOUND);
    ck_assert_status(pz_store_person(at.school.store, "elsewhere", "ana", PZ_NUL_TERMINATED, &id), PZ_E_NOT_FOUND);
    ck_assert_status(pz_store_person(NULL, "sis", "ana", PZ_NUL_TERMINATED, &id), PZ_E_CLOSED);
    ck_assert_status(pz_store_person(at.school.store, "sis", "a\xff", PZ_NUL_TERMINATED, &id), PZ_E_TEXT);
    ck_assert_ok(pz_id_resolve(teacher, PZ_KIND_PERSON, "sis", "ana and more", 3, &id));
    ck_assert_int_eq(id, at.school.ana);
    ck_assert_status(pz_id_resolve(teacher, PZ_KIND_PERSON, "sis", "dan", PZ_NUL_TERMINATED, &id), PZ_E_NOT_FOUND); /* another school's */
    ck_assert_int_eq(id, 0);
    ck_assert_ok(pz_id_resolve(teacher, PZ_KIND_CLASS, "sis", "a", PZ_NUL_TERMINATED, &id));
    ck_assert_status(pz_id_resolve(teacher, PZ_KIND_CLASS, "sis", "c", PZ_NUL_TERMINATED, &id), PZ_E_NOT_FOUND);
    ck_assert_ok(pz_id_resolve(teacher, PZ_KIND_COMPETENCY, "test", "add", PZ_NUL_TERMINATED, &id));
    ck_assert_int_eq(id, at.add);
    ck_assert_status(pz_id_resolve(teacher, (pz_kind)99, "sis", "a", PZ_NUL_TERMINATED, &id), PZ_E_INVALID);
    ck_assert_status(pz_id_resolve(teacher, PZ_KIND_CLASS, "sis", "", PZ_NUL_TERMINATED, &id), PZ_E_INVALID);
    ck_assert_status(pz_id_resolve(NULL, PZ_KIND_CLASS, "sis", "a", PZ_NUL_TERMINATED, &id), PZ_E_CLOSED);
    const char *texts[] = {"ana", "dan", "nobody"};
    ck_assert_ok(pz_id_resolve_many(teacher, PZ_KIND_PERSON, "sis", texts, 3, many));
    ck_assert(many[0] == at.school.ana && many[1] == 0 && many[2] == 0);
    ck_assert_ok(pz_id_resolve_many(at.runner, PZ_KIND_PERSON, "", texts, 3, many));
    ck_assert(many[0] == at.school.ana && many[1] == at.school.dan && many[2] == 0);
    ck_assert_ok(pz_outside_id_list(teacher, PZ_KIND_PERSON, at.school.ana, &rows, &count));
    ck_assert_uint_eq(count, 1);
    ck_assert_str_eq(rows[0]->source, "sis");
    ck_assert_str_eq(rows[0]->text, "ana");
    pz_free(rows);
    ck_assert_status(pz_outside_id_list(teacher, PZ_KIND_PERSON, at.school.dan, &rows, &count), PZ_E_NOT_FOUND);
    pz_actor_free(teacher);
    lesson_end(&at);
}
END_TEST

START_TEST(an_id_of_several_sources_asks_for_the_source)
{
    lesson at;
    pz_id id, other;
    pz_person person = PZ_PERSON_INIT;
    lesson_start(&at);
    person.given_name = "Other";
    person.family_name = "Ana";
    ck_assert_ok(pz_person_save(at.school.importer, &person, "second", "ana", NULL, &other));
    ck_assert_status(pz_id_resolve(at.runner, PZ_KIND_PERSON, NULL, "ana", PZ_NUL_TERMINATED, &id), PZ_E_CONFLICT);
    ck_assert_status(pz_store_person(at.school.store, NULL, "ana", PZ_NUL_TERMINATED, &id), PZ_E_CONFLICT);
    ck_assert_ok(pz_id_resolve(at.runner, PZ_KIND_PERSON, "second", "ana", PZ_NUL_TERMINATED, &id));
    ck_assert_int_eq(id, other);
    lesson_end(&at);
}
END_TEST

/* ------------------------------------------------------------------------------------------------ events --- */

static int count_events(pz_actor *actor, int32_t kind, int32_t record_kind, pz_id record)
{
    pz_event **rows;
    size_t count;
    int64_t cursor = 0, next;
    int found = 0;
    for (;;) {
        ck_assert_ok(pz_changes_since(actor, cursor, 7, &rows, &count, &next));
        for (size_t i = 0; i < count; i++)
            found += (!kind || rows[i]->kind == kind) && (!record_kind || rows[i]->record_kind == record_kind) &&
                     (!record || rows[i]->record == record);
        pz_free(rows);
        if (next == cursor) return found;
        cursor = next;
    }
}

START_TEST(events_are_told_to_those_whom_they_reach)
{
    lesson at;
    pz_goal goal = PZ_GOAL_INIT;
    pz_profile_entry entry = PZ_PROFILE_ENTRY_INIT;
    pz_id id, hidden;
    lesson_start(&at);
    school *here = &at.school;
    pz_actor *ana = school_actor(here, here->ana, PZ_ROLE_LEARNER), *gus = school_actor(here, here->gus, PZ_ROLE_GUARDIAN);
    pz_actor *tea = school_actor(here, here->tea, PZ_ROLE_TEACHER), *tim = school_actor(here, here->tim, PZ_ROLE_TEACHER);
    pz_actor *cou = school_actor(here, here->cou, PZ_ROLE_COUNSELOR);
    goal.learner = here->ana;
    goal.statement = "Mine";
    ck_assert_ok(pz_goal_propose(ana, &goal, NULL, &id));
    ck_assert_ok(pz_goal_ask(ana, id, here->cou, PZ_ROLE_COUNSELOR, NULL));
    ck_assert_int_eq(count_events(cou, PZ_EVENT_AWAITS_ANSWER, PZ_KIND_GOAL, id), 1);
    ck_assert_int_eq(count_events(tea, PZ_EVENT_AWAITS_ANSWER, PZ_KIND_GOAL, id), 0);
    ck_assert_int_ge(count_events(tea, PZ_EVENT_CHANGED, PZ_KIND_GOAL, id), 1);
    ck_assert_int_eq(count_events(tim, 0, PZ_KIND_GOAL, id), 0);
    ck_assert_ok(pz_goal_support(cou, id, NULL, 0, NULL));
    ck_assert_int_eq(count_events(ana, PZ_EVENT_ANSWERED, PZ_KIND_GOAL, id), 1);
    ck_assert_int_eq(count_events(cou, PZ_EVENT_AWAITS_ANSWER, PZ_KIND_GOAL, id), 0); /* answered meanwhile */
    goal.statement = "Proposed for you";
    ck_assert_ok(pz_goal_propose(tea, &goal, NULL, &id));
    ck_assert_int_eq(count_events(ana, PZ_EVENT_AWAITS_ANSWER, PZ_KIND_GOAL, id), 1);
    ck_assert_int_eq(count_events(gus, PZ_EVENT_AWAITS_ANSWER, PZ_KIND_GOAL, id), 0);

    entry.learner = here->ana;
    entry.section = PZ_PROFILE_NEED;
    entry.content = "Between us";
    entry.visibility = PZ_VISIBLE_SELF;
    ck_assert_ok(pz_profile_entry_add(ana, &entry, NULL, &hidden));
    ck_assert_int_eq(count_events(ana, 0, PZ_KIND_PROFILE_ENTRY, hidden), 1);
    ck_assert_int_eq(count_events(tea, 0, PZ_KIND_PROFILE_ENTRY, hidden), 0);
    ck_assert_int_eq(count_events(gus, 0, PZ_KIND_PROFILE_ENTRY, hidden), 0);

    ck_assert_int_eq(count_events(tea, 0, PZ_KIND_PERSON, here->ana), 1);
    ck_assert_int_eq(count_events(tea, 0, PZ_KIND_PERSON, here->dan), 0);
    ck_assert_int_eq(count_events(at.runner, 0, PZ_KIND_PERSON, here->dan), 1);
    ck_assert_int_eq(count_events(tim, 0, PZ_KIND_CLASS, here->a), 0);
    ck_assert_int_ge(count_events(tea, 0, PZ_KIND_CLASS, here->a), 1);
    pz_actor_free(ana), pz_actor_free(gus), pz_actor_free(tea), pz_actor_free(tim), pz_actor_free(cou);
    lesson_end(&at);
}
END_TEST

START_TEST(cursors_give_every_event_once_in_order)
{
    lesson at;
    pz_event **rows;
    size_t count, all, pieces = 0;
    int64_t cursor, end, middle = 0, before = 0;
    lesson_start(&at);
    lesson_answers(&at, at.school.ana, at.add, SCHOOL_NOW - SCHOOL_DAY, "101");
    ck_assert_ok(pz_changes_since(at.runner, 0, 10000, &rows, &all, &end));
    ck_assert_uint_gt(all, 20);
    for (size_t i = 0; i < all; i++) {
        ck_assert_int_ge(rows[i]->change, before);
        before = rows[i]->change;
        if (i == all / 2) middle = rows[i]->cursor;
        if (i + 1 == all) ck_assert_int_eq(rows[i]->cursor, end);
        ck_assert(rows[i]->action[0] && rows[i]->at != PZ_TIME_NONE);
    }
    pz_free(rows);
    for (cursor = 0;; pieces += count) {
        ck_assert_ok(pz_changes_since(at.runner, cursor, 3, &rows, &count, &cursor));
        pz_free(rows);
        if (!count) break;
    }
    ck_assert_uint_eq(pieces, all);
    ck_assert_int_eq(cursor, end);
    ck_assert_ok(pz_changes_since(at.runner, middle, 10000, &rows, &count, &cursor));
    pz_free(rows);
    ck_assert_uint_eq(count, all - all / 2 - 1);
    ck_assert_status(pz_changes_since(at.runner, before, 3, &rows, &count, &cursor), PZ_E_INVALID); /* the number of a change */
    ck_assert_status(pz_changes_since(at.runner, -1, 3, &rows, &count, &cursor), PZ_E_INVALID);
    ck_assert_status(pz_changes_since(at.runner, 0, 0, &rows, &count, &cursor), PZ_E_INVALID);
    ck_assert_status(pz_changes_since(at.runner, 0, 10001, &rows, &count, &cursor), PZ_E_INVALID);
    ck_assert_status(pz_changes_since(at.school.importer, 0, 3, &rows, &count, &cursor), PZ_E_DENIED);
    ck_assert_status(pz_changes_since(NULL, 0, 3, &rows, &count, &cursor), PZ_E_CLOSED);
    lesson_end(&at);
}
END_TEST

/* A number that was made up is refused where no change of the store has it; otherwise an end of the whole list comes, and the further the cursor
 * the less. */
static int64_t last_change(pz_store *store)
{
    pz_store_info *info;
    int64_t last;
    ck_assert_ok(pz_store_describe(store, &info));
    last = info->last_change;
    pz_free(info);
    return last;
}

static void try_cursors(pz_store *store, pz_actor *actor, pz__random *random)
{
    pz_event **all, **rows;
    size_t total, count;
    int64_t end, next;
    ck_assert_ok(pz_changes_since(actor, 0, 10000, &all, &total, &end));
    for (int i = 0; i < 200; i++) {
        int64_t cursor = (int64_t)(pz__random_next(random) >> (1 + pz__random_below(random, 63)));
        if (i == 0) cursor = INT64_MAX;
        if (i % 3 == 0) cursor = (int64_t)(pz__random_unit(random) * (double)end);
        if (cursor && (cursor >> 24 < 1 || cursor >> 24 > last_change(store))) {
            ck_assert_status(pz_changes_since(actor, cursor, 10000, &rows, &count, &next), PZ_E_INVALID);
            ck_assert_str_eq(pz_last_error()->field, "cursor");
            continue;
        }
        ck_assert_ok(pz_changes_since(actor, cursor, 10000, &rows, &count, &next));
        ck_assert_uint_le(count, total);
        ck_assert(next >= cursor && (count == 0 || next == end));
        for (size_t k = 0; k < count; k++) {
            const pz_event *wanted = all[total - count + k];
            ck_assert(rows[k]->change == wanted->change && rows[k]->record == wanted->record && rows[k]->kind == wanted->kind);
        }
        if (count < total) ck_assert_int_le(all[total - count - 1]->change, cursor >> 24);
        pz_free(rows);
    }
    pz_free(all);
}

START_TEST(cursors_that_were_made_up_do_no_harm)
{
    lesson at;
    pz__random random;
    pz__random_seed(&random, suite_seed());
    lesson_start(&at);
    school *here = &at.school;
    const struct {
        pz_id person;
        pz_role role;
    } actors[] = {{here->ana, PZ_ROLE_LEARNER},
                  {here->gus, PZ_ROLE_GUARDIAN},
                  {here->tea, PZ_ROLE_TEACHER},
                  {here->cou, PZ_ROLE_COUNSELOR},
                  {here->head, PZ_ROLE_LEADER}};
    lesson_answers(&at, here->ana, at.add, SCHOOL_NOW - SCHOOL_DAY, "101");
    try_cursors(here->store, at.runner, &random);
    for (size_t i = 0; i < sizeof actors / sizeof actors[0]; i++) {
        pz_actor *actor = school_actor(here, actors[i].person, actors[i].role);
        try_cursors(here->store, actor, &random);
        pz_actor_free(actor);
    }
    lesson_end(&at);
}
END_TEST

START_TEST(a_service_can_name_what_it_may_act_on)
{
    school at;
    static const int32_t scopes[] = {PZ_SCOPE_IMPORT, PZ_SCOPE_READ, PZ_SCOPE_RECOMMEND, PZ_SCOPE_ERASE, PZ_SCOPE_BACKUP, PZ_SCOPE_VERIFY};
    school_start(&at);
    for (size_t i = 0; i < sizeof scopes / sizeof scopes[0]; i++) {
        pz_actor *service = school_service(&at, scopes[i]);
        int copies = scopes[i] == PZ_SCOPE_BACKUP || scopes[i] == PZ_SCOPE_VERIFY;
        pz_id id;
        ck_assert_status(pz_id_resolve(service, PZ_KIND_PERSON, "sis", "ana", PZ_NUL_TERMINATED, &id), copies ? PZ_E_NOT_FOUND : PZ_OK);
        ck_assert_int_eq(id, copies ? 0 : at.ana);
        ck_assert_status(pz_id_resolve(service, PZ_KIND_ORG, "sis", "north", PZ_NUL_TERMINATED, &id),
                         copies || scopes[i] == PZ_SCOPE_ERASE ? PZ_E_NOT_FOUND : PZ_OK);
        pz_actor_free(service);
    }
    school_end(&at);
}
END_TEST

/* --------------------------------------------------------------------------------------------------- due --- */

START_TEST(what_falls_due_is_listed_by_day_within_reach)
{
    lesson at;
    pz_goal goal = PZ_GOAL_INIT;
    pz_cycle cycle = PZ_CYCLE_INIT;
    pz_due **rows;
    pz_id goal_id, cycle_id;
    size_t count;
    lesson_start(&at);
    school *here = &at.school;
    pz_actor *ana = school_actor(here, here->ana, PZ_ROLE_LEARNER), *lea = school_actor(here, here->lea, PZ_ROLE_LEADER);
    pz_actor *tim = school_actor(here, here->tim, PZ_ROLE_TEACHER);
    goal.learner = here->ana;
    goal.statement = "Mine";
    goal.due_on = SCHOOL_TODAY + 9;
    ck_assert_ok(pz_goal_propose(ana, &goal, NULL, &goal_id));
    cycle.title = "Autumn";
    cycle.org = here->north;
    cycle.opens_on = SCHOOL_TODAY - 5;
    cycle.closes_on = SCHOOL_TODAY + 5;
    ck_assert_ok(pz_cycle_open(lea, &cycle, NULL, &cycle_id));
    ck_assert_ok(pz_due_list(lea, SCHOOL_TODAY + 9, &rows, &count));
    ck_assert_uint_eq(count, 2);
    ck_assert_str_eq(rows[0]->code, "due.cycle_close");
    ck_assert_int_eq(rows[0]->record, cycle_id);
    ck_assert_str_eq(rows[1]->code, "due.goal");
    ck_assert_int_eq(rows[1]->record, goal_id);
    ck_assert_int_eq(rows[1]->learner, here->ana);
    pz_free(rows);
    ck_assert_ok(pz_due_list(lea, SCHOOL_TODAY + 8, &rows, &count));
    ck_assert_uint_eq(count, 1);
    pz_free(rows);
    ck_assert_ok(pz_due_list(ana, SCHOOL_TODAY + 9, &rows, &count));
    ck_assert_uint_eq(count, 1);
    pz_free(rows);
    ck_assert_ok(pz_due_list(tim, SCHOOL_TODAY + 9, &rows, &count));
    ck_assert_uint_eq(count, 0);
    pz_free(rows);
    ck_assert_status(pz_due_list(at.school.importer, SCHOOL_TODAY, &rows, &count), PZ_E_DENIED);
    ck_assert_status(pz_due_list(lea, PZ_DATE_NONE, &rows, &count), PZ_E_INVALID);
    ck_assert_status(pz_due_list(NULL, SCHOOL_TODAY, &rows, &count), PZ_E_CLOSED);
    pz_actor_free(ana), pz_actor_free(lea), pz_actor_free(tim);
    lesson_end(&at);
}
END_TEST

/* ------------------------------------------------------------------------------------------------ duties --- */

START_TEST(a_backup_is_a_store_and_only_its_service_makes_it)
{
    lesson at;
    char copy[2100], place[2100];
    pz_store *restored;
    pz_id id;
    lesson_start(&at);
    snprintf(copy, sizeof copy, "%s-copy", at.school.place.path);
    snprintf(place, sizeof place, "%s-again", at.school.place.path);
    pz_actor *service = school_service(&at.school, PZ_SCOPE_BACKUP), *lea = school_actor(&at.school, at.school.lea, PZ_ROLE_LEADER);
    ck_assert_status(pz_store_backup(lea, copy, NULL, NULL), PZ_E_DENIED);
    ck_assert_status(pz_store_backup(NULL, copy, NULL, NULL), PZ_E_CLOSED);
    ck_assert_status(pz_store_backup(service, NULL, NULL, NULL), PZ_E_INVALID);
    ck_assert_ok(pz_store_backup(service, copy, NULL, NULL));
    ck_assert_status(pz_store_backup(service, copy, NULL, NULL), PZ_E_EXISTS);
    ck_assert_ok(pz_store_restore(copy, place, &at.school.options, NULL, NULL));
    ck_assert_ok(pz_store_open(place, &at.school.options, &restored));
    ck_assert_ok(pz_store_person(restored, "sis", "ana", PZ_NUL_TERMINATED, &id));
    ck_assert_int_eq(id, at.school.ana);
    pz_store_free(restored);
    pz_actor_free(service);
    pz_actor_free(lea);
    lesson_end(&at);
}
END_TEST

START_TEST(verifying_looks_at_pages_chain_and_mastery)
{
    lesson at;
    char *json;
    lesson_start(&at);
    lesson_answers(&at, at.school.ana, at.add, SCHOOL_NOW - SCHOOL_DAY, "1011");
    pz_actor *service = school_service(&at.school, PZ_SCOPE_VERIFY);
    ck_assert_ok(pz_store_verify(service, NULL, NULL, &json));
    ck_assert_ptr_nonnull(strstr(json, "\"chain\":"));
    ck_assert_ptr_nonnull(strstr(json, "\"mastery\":"));
    ck_assert_ptr_nonnull(strstr(json, "\"whole\":true}"));
    pz_free(json);
    ck_assert_status(pz_store_verify(at.runner, NULL, NULL, &json), PZ_E_DENIED);
    ck_assert_status(pz_store_verify(NULL, NULL, NULL, &json), PZ_E_CLOSED);
    ck_assert_ptr_null(json);
    pz_actor_free(service);
    lesson_end(&at);
}
END_TEST

static void run_sql(pz_store *store, const char *sql)
{
    pz__statement *statement;
    ck_assert_ok(pz__db_statement_text(pz__store_db(store), sql, &statement));
    ck_assert_ok(pz__db_run(statement));
}

/* What was found is told with the failure. */
static void expect_found(lesson *at, const char *damage, const char *repair, pz_status status, const char *told)
{
    pz_actor *service = school_service(&at->school, PZ_SCOPE_VERIFY);
    char *json;
    run_sql(at->school.store, damage);
    ck_assert_status(pz_store_verify(service, NULL, NULL, &json), status);
    ck_assert_ptr_nonnull(json);
    ck_assert_msg(strstr(json, told) != NULL, "%s is not in %s", told, json);
    ck_assert_ptr_nonnull(strstr(json, "\"whole\":false}"));
    pz_free(json);
    run_sql(at->school.store, repair);
    ck_assert_ok(pz_store_verify(service, NULL, NULL, &json));
    pz_free(json);
    pz_actor_free(service);
}

START_TEST(verifying_tells_what_was_tampered_with_and_what_is_damaged)
{
    lesson at;
    lesson_start(&at);
    lesson_answers(&at, at.school.ana, at.add, SCHOOL_NOW - SCHOOL_DAY, "1011");
    expect_found(&at, "UPDATE change SET purpose = 'x' WHERE change_id = 9", "UPDATE change SET purpose = 'tests' WHERE change_id = 9",
                 PZ_E_TAMPERED, "\"first_broken\":\"9\"");
    expect_found(&at, "UPDATE mastery SET evidence_count = evidence_count + 1", "UPDATE mastery SET evidence_count = evidence_count - 1",
                 PZ_E_CORRUPT, "\"wrong_count\":1");
    lesson_end(&at);
}
END_TEST

static pz_status stop_at(double done, void *user_data)
{
    int *left = user_data;
    ck_assert(done >= 0 && done <= 1);
    return (*left)-- > 0 ? PZ_OK : PZ_E_CALLBACK;
}

/* Wherever the work is stopped, nothing is left of it; without a stop progress only grows. */
START_TEST(duties_stop_when_asked)
{
    lesson at;
    char copy[2100], *json;
    lesson_start(&at);
    lesson_answers(&at, at.school.ana, at.add, SCHOOL_NOW - SCHOOL_DAY, "1011");
    snprintf(copy, sizeof copy, "%s-copy", at.school.place.path);
    pz_actor *service = school_service(&at.school, PZ_SCOPE_VERIFY | PZ_SCOPE_BACKUP);
    int asked = 10000;
    ck_assert_ok(pz_store_verify(service, stop_at, &asked, &json));
    pz_free(json);
    asked = 10000 - asked;
    ck_assert_int_gt(asked, 0);
    for (int n = 0; n < asked; n++) {
        int left = n;
        ck_assert_status(pz_store_verify(service, stop_at, &left, &json), PZ_E_CANCELLED);
        ck_assert_ptr_null(json);
    }
    int none = 0;
    ck_assert_status(pz_store_backup(service, copy, stop_at, &none), PZ_E_CANCELLED);
    ck_assert_int_ne(access(copy, F_OK), 0);
    pz_actor_free(service);
    lesson_end(&at);
}
END_TEST

static size_t rows_of(const char *json, const char *table)
{
    pz__json *document;
    ck_assert_ok(pz__json_parse(json, PZ_NUL_TERMINATED, NULL, &document));
    const pz__json_value *rows = pz__json_member(pz__json_root(document), table);
    ck_assert_msg(rows != NULL, "the export has no %s", table);
    size_t count = pz__json_size(rows);
    pz__json_free(document);
    return count;
}

START_TEST(an_export_holds_what_its_reader_may_see)
{
    lesson at;
    lesson_start(&at);
    school *here = &at.school;
    pz_actor *ana = school_actor(here, here->ana, PZ_ROLE_LEARNER), *cou = school_actor(here, here->cou, PZ_ROLE_COUNSELOR);
    const int32_t kinds[] = {PZ_VISIBLE_SCHOOL, PZ_VISIBLE_SELF, PZ_VISIBLE_GUARDIANS};
    for (int i = 0; i < 3; i++) {
        pz_profile_entry entry = PZ_PROFILE_ENTRY_INIT;
        pz_id id;
        entry.learner = here->ana;
        entry.section = PZ_PROFILE_INTEREST;
        entry.content = "Something of mine";
        entry.visibility = kinds[i];
        ck_assert_ok(pz_profile_entry_add(ana, &entry, NULL, &id));
    }
    lesson_answers(&at, here->ana, at.add, SCHOOL_NOW - SCHOOL_DAY, "1011");
    const struct {
        pz_id person;
        pz_role role;
        pz_status status;
        size_t entries;
    } cases[] = {{here->ana, PZ_ROLE_LEARNER, PZ_OK, 3},          {here->gus, PZ_ROLE_GUARDIAN, PZ_OK, 2},
                 {here->cou, PZ_ROLE_COUNSELOR, PZ_OK, 1},        {here->lea, PZ_ROLE_LEADER, PZ_OK, 1},
                 {here->tea, PZ_ROLE_TEACHER, PZ_E_DENIED, 0},    {here->tim, PZ_ROLE_TEACHER, PZ_E_NOT_FOUND, 0},
                 {here->gil, PZ_ROLE_GUARDIAN, PZ_E_NOT_FOUND, 0}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        pz_actor *actor = school_actor(here, cases[i].person, cases[i].role);
        char *json;
        ck_assert_status(pz_person_export(actor, here->ana, &json), cases[i].status);
        if (json) {
            ck_assert_uint_eq(rows_of(json, "profile_entry"), cases[i].entries);
            ck_assert_uint_eq(rows_of(json, "evidence"), 4);
            ck_assert_ptr_null(strstr(json, "\"given_name\":\"ben\""));
        }
        pz_free(json);
        pz_actor_free(actor);
    }
    char *json;
    ck_assert_ok(pz_person_export(at.runner, here->ana, &json));
    ck_assert_uint_eq(rows_of(json, "profile_entry"), 3);
    ck_assert_uint_ge(rows_of(json, "change_concerning"), 3);
    pz_free(json);
    ck_assert_status(pz_person_export(NULL, here->ana, &json), PZ_E_CLOSED);
    pz_actor_free(ana);
    pz_actor_free(cou);
    lesson_end(&at);
}
END_TEST

START_TEST(adults_are_seen_by_many_and_acted_on_by_few)
{
    school at;
    school_start(&at);
    const struct {
        pz_id person, about;
        pz_role role;
        pz_status exported, erased;
    } cases[] = {
        {at.ana, at.tea, PZ_ROLE_LEARNER, PZ_E_DENIED, PZ_E_DENIED},
        {at.gus, at.tea, PZ_ROLE_GUARDIAN, PZ_E_DENIED, PZ_E_DENIED},
        {at.gus, at.gus, PZ_ROLE_GUARDIAN, PZ_OK, PZ_E_DENIED},
        {at.cou, at.tea, PZ_ROLE_COUNSELOR, PZ_E_DENIED, PZ_E_DENIED},
        {at.cou, at.gus, PZ_ROLE_COUNSELOR, PZ_E_DENIED, PZ_E_DENIED},
        {at.lea, at.gus, PZ_ROLE_LEADER, PZ_E_DENIED, PZ_E_DENIED},
        {at.lea, at.head, PZ_ROLE_LEADER, PZ_E_DENIED, PZ_E_DENIED},
        {at.lea, at.tim, PZ_ROLE_LEADER, PZ_E_NOT_FOUND, PZ_E_NOT_FOUND},
        {at.lea, at.tea, PZ_ROLE_LEADER, PZ_OK, PZ_OK},
        {at.head, at.lea, PZ_ROLE_LEADER, PZ_OK, PZ_OK},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        pz_actor *actor = school_actor(&at, cases[i].person, cases[i].role);
        char *json;
        ck_assert_status(pz_person_export(actor, cases[i].about, &json), cases[i].exported);
        pz_free(json);
        ck_assert_status(pz_person_erase(actor, cases[i].about, NULL, &json), cases[i].erased);
        pz_free(json);
        pz_actor_free(actor);
    }
    school_end(&at);
}
END_TEST

/* Requests come from those who left, too. */
START_TEST(who_left_is_exported_and_erased_by_the_leader_of_before)
{
    school at;
    char *json;
    school_start(&at);
    pz_id gone = school_person(&at, "gone"), moved = school_person(&at, "moved");
    pz_id seats[] = {school_enroll(&at, at.a, gone, PZ_ROLE_LEARNER), school_enroll(&at, at.a, moved, PZ_ROLE_LEARNER),
                     school_enroll(&at, at.c, moved, PZ_ROLE_LEARNER)};
    for (size_t i = 0; i < 3; i++) ck_assert_ok(pz_roster_end(at.importer, PZ_KIND_ENROLLMENT, seats[i], NULL));
    pz_actor *lea = school_actor(&at, at.lea, PZ_ROLE_LEADER), *cou = school_actor(&at, at.cou, PZ_ROLE_COUNSELOR);
    pz_actor *head = school_actor(&at, at.head, PZ_ROLE_LEADER);
    ck_assert_status(pz_profile_get(lea, gone, NULL, &json), PZ_E_NOT_FOUND); /* nothing else is in reach */
    ck_assert_status(pz_person_export(cou, gone, &json), PZ_E_NOT_FOUND);
    ck_assert_status(pz_person_erase(cou, gone, NULL, &json), PZ_E_NOT_FOUND);
    ck_assert_status(pz_person_export(lea, moved, &json), PZ_E_NOT_FOUND); /* was at another school as well */
    ck_assert_ok(pz_person_export(head, moved, &json));
    pz_free(json);
    ck_assert_status(pz_person_export(lea, at.dan, &json), PZ_E_NOT_FOUND); /* is elsewhere today */
    ck_assert_ok(pz_person_export(lea, gone, &json));
    ck_assert_ptr_nonnull(strstr(json, "\"given_name\":\"gone\""));
    pz_free(json);
    ck_assert_ok(pz_person_erase(lea, gone, NULL, &json));
    pz_free(json);
    ck_assert_status(pz_person_export(lea, gone, &json), PZ_E_NOT_FOUND);
    pz_actor_free(lea), pz_actor_free(cou), pz_actor_free(head);
    school_end(&at);
}
END_TEST

static int file_holds(const char *path, const char *text)
{
    FILE *file = fopen(path, "rb");
    static char bytes[1 << 22];
    size_t length = file ? fread(bytes, 1, sizeof bytes, file) : 0, wanted = strlen(text);
    if (file) fclose(file);
    for (size_t i = 0; i + wanted <= length; i++)
        if (!memcmp(bytes + i, text, wanted)) return 1;
    return 0;
}

START_TEST(erasing_leaves_no_byte_and_gives_a_receipt)
{
    lesson at;
    char *receipt, wal[2100];
    pz_profile_entry entry = PZ_PROFILE_ENTRY_INIT;
    pz_person person = PZ_PERSON_INIT;
    pz_id zoe, id;
    lesson_start(&at);
    school *here = &at.school;
    snprintf(wal, sizeof wal, "%s-wal", here->place.path);
    person.given_name = "Zoraida-Quenelle";
    person.family_name = "Unmistakable";
    ck_assert_ok(pz_person_save(here->importer, &person, "sis", "zoraida-outside", NULL, &zoe));
    school_enroll(here, here->a, zoe, PZ_ROLE_LEARNER);
    pz_actor *learner = school_actor(here, zoe, PZ_ROLE_LEARNER), *lea = school_actor(here, here->lea, PZ_ROLE_LEADER);
    entry.learner = zoe;
    entry.section = PZ_PROFILE_INTEREST;
    entry.content = "I collect xylographs of penguins";
    ck_assert_ok(pz_profile_entry_add(learner, &entry, NULL, &id));
    pz_actor_free(learner);
    lesson_answers(&at, zoe, at.add, SCHOOL_NOW - SCHOOL_DAY, "1011");
    ck_assert(file_holds(here->place.path, "xylographs") || file_holds(wal, "xylographs"));

    pz_actor *teacher = school_actor(here, here->tea, PZ_ROLE_TEACHER), *tim = school_actor(here, here->tim, PZ_ROLE_TEACHER);
    ck_assert_status(pz_person_erase(teacher, zoe, NULL, &receipt), PZ_E_DENIED);
    ck_assert_status(pz_person_erase(tim, zoe, NULL, &receipt), PZ_E_NOT_FOUND);
    ck_assert_status(pz_person_erase(NULL, zoe, NULL, &receipt), PZ_E_CLOSED);
    ck_assert_ok(pz_person_erase(lea, zoe, "act-1", &receipt));
    ck_assert_ptr_nonnull(strstr(receipt, "\"proved\":[\"rows\",\"log\"]"));
    ck_assert_ptr_nonnull(strstr(receipt, "\"earlier_backups\""));
    pz_free(receipt);
    static const char *const traces[] = {"Zoraida", "Unmistakable", "zoraida-outside", "xylographs"};
    for (size_t i = 0; i < sizeof traces / sizeof traces[0]; i++) {
        ck_assert_msg(!file_holds(here->place.path, traces[i]), "the store still holds %s", traces[i]);
        ck_assert_msg(!file_holds(wal, traces[i]), "the log still holds %s", traces[i]);
    }
    ck_assert_ok(pz_person_erase(lea, zoe, "act-1", &receipt)); /* the same act again */
    ck_assert_ptr_nonnull(strstr(receipt, "\"repeated\":true"));
    pz_free(receipt);
    ck_assert_status(pz_person_erase(lea, zoe, NULL, &receipt), PZ_E_NOT_FOUND);
    ck_assert_int_eq(count_events(teacher, PZ_EVENT_ERASED, PZ_KIND_PERSON, zoe), 1);
    pz_actor *verifier = school_service(here, PZ_SCOPE_VERIFY);
    ck_assert_ok(pz_store_verify(verifier, NULL, NULL, &receipt));
    pz_free(receipt);
    pz_actor_free(verifier), pz_actor_free(teacher), pz_actor_free(tim), pz_actor_free(lea);
    lesson_end(&at);
}
END_TEST

START_TEST(erasing_is_a_change_of_its_own)
{
    lesson at;
    char *receipt;
    int32_t repeated;
    lesson_start(&at);
    pz_actor *lea = school_actor(&at.school, at.school.lea, PZ_ROLE_LEADER);
    ck_assert_ok(pz_change_begin(lea, "evening", NULL, &repeated));
    ck_assert_status(pz_person_erase(lea, at.school.ana, NULL, &receipt), PZ_E_STATE);
    ck_assert_ok(pz_change_undo(lea));
    pz_actor_free(lea);
    lesson_end(&at);
}
END_TEST

typedef struct reopened {
    school *school;
    pz_id ana;
} reopened;

static pz_status open_and_use(void *user_data)
{
    reopened *again = user_data;
    const char *texts[] = {"ana"};
    pz_actor *actor = NULL;
    pz_event **events = NULL;
    pz_due **due = NULL;
    pz_outside_id **ids = NULL;
    char *export = NULL, *verify = NULL;
    size_t count;
    int64_t cursor;
    pz_id id;
    /* For reading only: what an actor read is written when it is freed, where no failure can be told. */
    pz_store_options options = again->school->options;
    options.read_only = 1;
    pz_status status = pz_store_open(again->school->place.path, &options, &again->school->store);
    if (status == PZ_OK)
        status = pz_actor_open_service(again->school->store, "test service", PZ_SCOPE_READ | PZ_SCOPE_VERIFY | PZ_SCOPE_RECOMMEND, "tests",
                                       &actor);
    if (status == PZ_OK) status = pz_changes_since(actor, 0, 100, &events, &count, &cursor);
    if (status == PZ_OK) status = pz_due_list(actor, SCHOOL_TODAY, &due, &count);
    if (status == PZ_OK) status = pz_id_resolve(actor, PZ_KIND_PERSON, "sis", "ana", PZ_NUL_TERMINATED, &id);
    if (status == PZ_OK) status = pz_id_resolve_many(actor, PZ_KIND_PERSON, "sis", texts, 1, &id);
    if (status == PZ_OK) status = pz_outside_id_list(actor, PZ_KIND_PERSON, again->ana, &ids, &count);
    if (status == PZ_OK) status = pz_person_export(actor, again->ana, &export);
    if (status == PZ_OK) status = pz_store_verify(actor, NULL, NULL, &verify);
    pz_free(events), pz_free(due), pz_free(ids), pz_free(export), pz_free(verify);
    pz_actor_free(actor);
    pz_store_free(again->school->store);
    again->school->store = NULL;
    return status;
}

START_TEST(memory_that_fails_is_told_and_freed)
{
    lesson at;
    lesson_start(&at);
    reopened again = {&at.school, at.school.ana};
    pz_actor_free(school_service(&at.school, PZ_SCOPE_READ | PZ_SCOPE_VERIFY | PZ_SCOPE_RECOMMEND));
    pz_actor_free(at.runner);
    school_close(&at.school);
    ck_assert_int_gt(suite_each_allocation(open_and_use, &again), 40);
    place_end(&at.school.place);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("records_duty");
    TCase *tests = tcase_create("duty");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, outside_ids_lead_to_records_in_reach_only);
    tcase_add_test(tests, an_id_of_several_sources_asks_for_the_source);
    tcase_add_test(tests, events_are_told_to_those_whom_they_reach);
    tcase_add_test(tests, cursors_give_every_event_once_in_order);
    tcase_add_test(tests, cursors_that_were_made_up_do_no_harm);
    tcase_add_test(tests, a_service_can_name_what_it_may_act_on);
    tcase_add_test(tests, what_falls_due_is_listed_by_day_within_reach);
    tcase_add_test(tests, a_backup_is_a_store_and_only_its_service_makes_it);
    tcase_add_test(tests, verifying_looks_at_pages_chain_and_mastery);
    tcase_add_test(tests, verifying_tells_what_was_tampered_with_and_what_is_damaged);
    tcase_add_test(tests, duties_stop_when_asked);
    tcase_add_test(tests, an_export_holds_what_its_reader_may_see);
    tcase_add_test(tests, adults_are_seen_by_many_and_acted_on_by_few);
    tcase_add_test(tests, who_left_is_exported_and_erased_by_the_leader_of_before);
    tcase_add_test(tests, erasing_leaves_no_byte_and_gives_a_receipt);
    tcase_add_test(tests, erasing_is_a_change_of_its_own);
    tcase_add_test(tests, memory_that_fails_is_told_and_freed);
    suite_add_tcase(suite, tests);
    return suite;
}

SUITE_MAIN(make_suite)
