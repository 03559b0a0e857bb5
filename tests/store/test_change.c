/* Changes: numbers, times, keys, notes, pseudonyms, joined changes, ids. */
#include "personalize/access.h"
#include "place_of_store.h"
#include "store/change.h"

static place_of_store place;
static pz_store *store;
static pz_time now;

static const pz__author teacher = {7, 0, PZ_ROLE_TEACHER, "class page"};
static const pz__author service = {0, 3, PZ_ROLE_SERVICE, "nightly import"};

static pz_time tell(void *user_data)
{
    return *(pz_time *)user_data;
}

static pz_store_options options_with_clock(void)
{
    pz_store_options options = PZ_STORE_OPTIONS_INIT;
    options.clock = tell;
    options.clock_data = &now;
    options.wait_milliseconds = 50;
    return options;
}

static pz_store *open_again(void)
{
    pz_store_options options = options_with_clock();
    pz_store *second;
    ck_assert_ok(pz_store_open(place.path, &options, &second));
    return second;
}

static void begin(void)
{
    pz_store_options options = options_with_clock();
    place_start(&place);
    now = INT64_C(1790000000000000);
    ck_assert_ok(pz_store_create(place.path, &options, &store));
}

static void end(void)
{
    pz_store_free(store);
    ck_assert_int_eq(pz_memory_blocks(), 0);
    place_end(&place);
}

static pz__change *start(const char *action, const char *key, const char *request)
{
    pz__change *change;
    int repeated;
    ck_assert_ok(pz__change_start(store, &teacher, action, key, request, request ? strlen(request) : 0, &change, &repeated));
    ck_assert_int_eq(repeated, 0);
    return change;
}

static int64_t count(const char *sql)
{
    pz__statement *statement;
    int64_t value;
    int row;
    ck_assert_ok(pz__db_statement_text(pz__store_db(store), sql, &statement));
    ck_assert_ok(pz__db_step(statement, &row));
    ck_assert_int_eq(row, 1);
    value = pz__column_int(statement, 0);
    pz__db_reset(statement);
    return value;
}

static int64_t last_change(void)
{
    int64_t last;
    ck_assert_ok(pz__store_last_change(store, &last));
    return last;
}

/* A change with one item. */
static int64_t write_one(void)
{
    pz__change *change = start("goal.propose", NULL, NULL);
    int64_t number = pz__change_number(change);
    pz__change_note(change, PZ_KIND_GOAL, 40, 8, PZ__ACT_ADD, 1);
    ck_assert_ok(pz__change_end(change, PZ_OK));
    return number;
}

START_TEST(numbers_changes_without_gaps)
{
    pz__change *change;
    ck_assert_int_eq(write_one(), 1);
    ck_assert_int_eq(write_one(), 2);
    change = start("goal.propose", NULL, NULL); /* undone: leaves no gap */
    pz__change_note(change, PZ_KIND_GOAL, 41, 8, PZ__ACT_ADD, 1);
    ck_assert_int_eq(pz__change_end(change, PZ_E_CONFLICT), PZ_E_CONFLICT);
    ck_assert_int_eq(last_change(), 2);
    change = start("goal.propose", NULL, NULL); /* notes nothing: leaves no trace */
    ck_assert_ok(pz__change_end(change, PZ_OK));
    ck_assert_int_eq(last_change(), 2);
    ck_assert_int_eq(write_one(), 3);
    ck_assert_int_eq(count("SELECT count(*) FROM change"), 3);
    ck_assert_int_eq(count("SELECT count(*) FROM change_item WHERE kind = 18 AND record_id = 40 AND act = 1 AND count = 1"), 3);
    ck_assert_int_eq(count("SELECT count(*) FROM change WHERE role = 3 AND purpose = 'class page' AND action = 'goal.propose'"), 3);
}
END_TEST

START_TEST(never_goes_back_in_time)
{
    pz_time first = now;
    pz__change *change = start("a", NULL, NULL);
    int64_t number;
    ck_assert(pz__change_time(change) == first);
    pz__change_note(change, PZ_KIND_CLASS, 1, 0, PZ__ACT_ADD, 1);
    ck_assert_ok(pz__change_end(change, PZ_OK));
    now = first - 1000000;
    change = start("a", NULL, NULL);
    ck_assert(pz__change_time(change) == first);
    pz__change_note(change, PZ_KIND_CLASS, 1, 0, PZ__ACT_REVISE, 1);
    ck_assert_ok(pz__change_end(change, PZ_OK));
    now = first + 5;
    write_one();
    ck_assert_ok(pz__store_change_at(store, first - 1, &number));
    ck_assert_int_eq(number, 0);
    ck_assert_ok(pz__store_change_at(store, first, &number));
    ck_assert_int_eq(number, 2);
    ck_assert_ok(pz__store_change_at(store, first + 4, &number));
    ck_assert_int_eq(number, 2);
    ck_assert_ok(pz__store_change_at(store, first + 5, &number));
    ck_assert_int_eq(number, 3);
}
END_TEST

START_TEST(refuses_a_clock_without_a_date)
{
    pz__change *change;
    int repeated;
    now = PZ_TIME_NONE;
    ck_assert_status(pz__change_start(store, &teacher, "a", NULL, NULL, 0, &change, &repeated), PZ_E_INVALID);
    ck_assert_ptr_null(change);
    now = INT64_C(1790000000000000);
    ck_assert_int_eq(write_one(), 1);
}
END_TEST

START_TEST(answers_a_repeated_key_with_the_first_result)
{
    pz__change *change = start("evidence.add", "file 1", "rows");
    int repeated;
    pz__change_note(change, PZ_KIND_EVIDENCE, 0, 8, PZ__ACT_ADD, 30);
    pz__change_add_result(change, 30);
    pz__change_add_result(change, -1);
    ck_assert_ok(pz__change_end(change, PZ_OK));
    for (int i = 0; i < 2; i++) {
        ck_assert_ok(pz__change_start(store, &teacher, "evidence.add", "file 1", "rows", 4, &change, &repeated));
        ck_assert_int_eq(repeated, 1);
        ck_assert_int_eq(pz__change_number(change), 1);
        ck_assert(pz__change_time(change) == now);
        ck_assert_uint_eq(pz__change_result_count(change), 2);
        ck_assert_int_eq(pz__change_result_at(change, 0), 30);
        ck_assert_int_eq(pz__change_result_at(change, 1), -1);
        ck_assert_int_eq(pz__change_result_at(change, 2), 0);
        pz__change_note(change, PZ_KIND_EVIDENCE, 0, 8, PZ__ACT_ADD, 30); /* does nothing */
        ck_assert_ok(pz__change_end(change, PZ_OK));
        pz_store_free(store); /* and so in another handle */
        store = open_again();
    }
    ck_assert_int_eq(count("SELECT count(*) FROM change"), 1);
    ck_assert_int_eq(write_one(), 2);
}
END_TEST

START_TEST(refuses_a_key_for_another_act)
{
    pz__change *change = start("goal.propose", "k", "first");
    int repeated;
    ck_assert_ok(pz__change_end(change, PZ_OK)); /* noted nothing, but has a key: it counts */
    ck_assert_int_eq(last_change(), 1);
    ck_assert_status(pz__change_start(store, &teacher, "goal.propose", "k", "other", 5, &change, &repeated), PZ_E_KEY_REUSED);
    ck_assert_status(pz__change_start(store, &teacher, "goal.revise", "k", "first", 5, &change, &repeated), PZ_E_KEY_REUSED);
    ck_assert_status(pz__change_start(store, &service, "goal.propose", "k", "first", 5, &change, &repeated), PZ_E_KEY_REUSED);
    ck_assert_ptr_null(change);
    ck_assert_status(pz__change_start(store, &teacher, "goal.propose", "", "first", 5, &change, &repeated), PZ_E_INVALID);
    ck_assert_status(pz__change_start(store, &teacher, "goal.propose", "\xff", "first", 5, &change, &repeated), PZ_E_TEXT);
    ck_assert_int_eq(count("SELECT count(*) FROM act_key"), 1);
    ck_assert_int_eq(count("SELECT count(*) FROM change WHERE instr(key_hash, 'k') AND length(key_hash) = 1"), 0);
}
END_TEST

/* A key of an act that failed is free. */
START_TEST(forgets_the_key_of_a_failure)
{
    pz__change *change = start("a", "k", "r");
    pz__change_note(change, PZ_KIND_CLASS, 1, 0, PZ__ACT_ADD, 1);
    ck_assert_int_eq(pz__change_end(change, PZ_E_INVALID), PZ_E_INVALID);
    change = start("b", "k", "other");
    ck_assert_ok(pz__change_end(change, PZ_OK));
}
END_TEST

START_TEST(names_people_by_pseudonyms)
{
    pz__change *change;
    int64_t alias, author;
    pz_id person;
    ck_assert_ok(pz__alias_of(store, 8, &alias));
    ck_assert_int_eq(alias, 0);
    write_one();
    ck_assert_ok(pz__alias_of(store, 8, &alias));
    ck_assert_int_gt(alias, 0);
    ck_assert_ok(pz__alias_of(store, 7, &author));
    ck_assert_int_gt(author, 0);
    ck_assert_int_ne(alias, author);
    ck_assert_ok(pz__alias_person(store, alias, &person));
    ck_assert_int_eq(person, 8);
    ck_assert_ok(pz__alias_person(store, alias + 1, &person));
    ck_assert_int_eq(person, 0);
    change = start("person.revise", NULL, NULL);
    pz__change_note(change, PZ_KIND_PERSON, 8, 8, PZ__ACT_REVISE, 1);
    pz__change_note(change, PZ_KIND_PERSON, 8, 8, PZ__ACT_ERASE, 1);
    ck_assert_ok(pz__change_end(change, PZ_OK));
    ck_assert_int_eq(
        count("SELECT count(*) FROM change_item i JOIN person_alias a ON a.alias = i.record_id WHERE i.kind = 5 AND a.person_id = 8"), 1);
    ck_assert_int_eq(count("SELECT count(*) FROM change_item WHERE record_id = 8 AND learner_alias IS NULL AND act = 5"), 1);
    ck_assert_int_eq(count("SELECT count(*) FROM person_alias"), 2);
}
END_TEST

/* A pseudonym that another handle removed must not come back from this one's memory. */
START_TEST(forgets_pseudonyms_that_others_removed)
{
    pz_store *first = store, *second = open_again();
    pz__statement *statement;
    pz__change *change;
    int64_t before, after;
    write_one();
    ck_assert_ok(pz__alias_of(store, 8, &before));
    store = second;
    change = start("person.erase", NULL, NULL);
    ck_assert_ok(pz__db_statement(pz__store_db(store), "DELETE FROM person_alias WHERE person_id = 8", &statement));
    ck_assert_ok(pz__db_run(statement));
    pz__change_note(change, PZ_KIND_PERSON, 8, 0, PZ__ACT_ERASE, 1);
    ck_assert_ok(pz__change_end(change, PZ_OK));
    store = first;
    write_one();
    ck_assert_ok(pz__alias_of(store, 8, &after));
    ck_assert_int_ne(before, after);
    ck_assert_int_eq(count("SELECT count(*) FROM change_item i WHERE i.learner_alias NOT IN (SELECT alias FROM person_alias)"), 1);
    pz_store_free(second);
}
END_TEST

/* Nor one that was made in a change that was undone. */
START_TEST(forgets_pseudonyms_of_an_undone_change)
{
    pz__change *change = start("a", NULL, NULL);
    pz__change_note(change, PZ_KIND_GOAL, 1, 8, PZ__ACT_ADD, 1);
    ck_assert_int_eq(pz__change_end(change, PZ_E_INVALID), PZ_E_INVALID);
    write_one();
    ck_assert_int_eq(count("SELECT count(*) FROM person_alias WHERE person_id IN (7, 8)"), 2);
}
END_TEST

START_TEST(gives_each_id_once)
{
    pz__change *change;
    pz_id first, second, third;
    ck_assert_status(pz__store_take_ids(store, 1, &first), PZ_E_STATE);
    change = start("a", NULL, NULL);
    ck_assert_ok(pz__store_take_ids(store, 10, &first));
    ck_assert_ok(pz__store_take_ids(store, 1, &second));
    ck_assert_status(pz__store_take_ids(store, 0, &third), PZ_E_LIMIT);
    ck_assert_status(pz__store_take_ids(store, INT64_MAX, &third), PZ_E_LIMIT);
    ck_assert_int_eq(first, 1);
    ck_assert_int_eq(second, 11);
    ck_assert_int_eq(pz__change_end(change, PZ_E_INVALID), PZ_E_INVALID);
    change = start("a", NULL, NULL); /* undone, and still not given again by this handle */
    ck_assert_ok(pz__store_take_ids(store, 1, &third));
    ck_assert_int_eq(third, 12);
    pz__change_note(change, PZ_KIND_CLASS, third, 0, PZ__ACT_ADD, 1);
    ck_assert_ok(pz__change_end(change, PZ_OK));
    pz_store_free(store);
    store = open_again();
    change = start("a", NULL, NULL);
    ck_assert_ok(pz__store_take_ids(store, 1, &third));
    ck_assert_int_eq(third, 13);
    ck_assert_ok(pz__change_end(change, PZ_OK));
}
END_TEST

/* ------------------------------------------------------------------------------------------ joined changes --- */

START_TEST(joins_calls_into_one_change)
{
    pz__change *change;
    int64_t number;
    int repeated;
    ck_assert_int_eq(pz__change_is_joined(store), 0);
    ck_assert_status(pz__change_join_commit(store, &number), PZ_E_STATE);
    ck_assert_status(pz__change_join_undo(store), PZ_E_STATE);
    ck_assert_ok(pz__change_join(store, &teacher, "parent evening", "key", &repeated));
    ck_assert_int_eq(repeated, 0);
    ck_assert_int_eq(pz__change_is_joined(store), 1);
    ck_assert_status(pz__change_join(store, &teacher, "x", NULL, &repeated), PZ_E_STATE);
    ck_assert_status(pz__change_start(store, &service, "x", NULL, NULL, 0, &change, &repeated), PZ_E_STATE);
    ck_assert_int_eq(write_one(), 1);
    ck_assert_int_eq(write_one(), 1);
    ck_assert_int_eq(last_change(), 0);
    ck_assert_ok(pz__change_join_commit(store, &number));
    ck_assert_int_eq(number, 1);
    ck_assert_int_eq(last_change(), 1);
    ck_assert_int_eq(count("SELECT count(*) FROM change WHERE action = 'parent evening'"), 1);
    ck_assert_int_eq(count("SELECT count(*) FROM change_item WHERE change_id = 1"), 2);
    ck_assert_ok(pz__change_join(store, &teacher, "parent evening", "key", &repeated));
    ck_assert_int_eq(repeated, 1);
    ck_assert_int_eq(pz__change_is_joined(store), 0);
}
END_TEST

START_TEST(undoes_a_joined_change)
{
    int64_t number = 9;
    int repeated;
    ck_assert_ok(pz__change_join(store, &teacher, "parent evening", NULL, &repeated));
    write_one();
    ck_assert_ok(pz__change_join_undo(store));
    ck_assert_int_eq(last_change(), 0);
    ck_assert_ok(pz__change_join(store, &teacher, "nothing", NULL, &repeated));
    ck_assert_ok(pz__change_join_commit(store, &number));
    ck_assert_int_eq(number, 0);
    ck_assert_int_eq(write_one(), 1);
    ck_assert_ok(pz__change_join(store, &teacher, "left open", NULL, &repeated));
    write_one();
    pz_store_free(store);
    store = open_again();
    ck_assert_int_eq(last_change(), 1);
}
END_TEST

START_TEST(undoes_all_where_a_part_fails)
{
    pz__change *change;
    int64_t number;
    int repeated;
    for (int committing = 0; committing <= 1; committing++) {
        ck_assert_ok(pz__change_join(store, &teacher, "parent evening", "key", &repeated));
        write_one();
        change = start("b", NULL, NULL);
        ck_assert_int_eq(pz__change_end(change, PZ_E_CONFLICT), PZ_E_CONFLICT);
        ck_assert_int_eq(last_change(), 0);
        ck_assert_status(pz__change_start(store, &teacher, "c", NULL, NULL, 0, &change, &repeated), PZ_E_STATE);
        ck_assert_ok(pz__store_read_begin(store)); /* reading goes on */
        ck_assert_int_eq(last_change(), 0);
        pz__store_read_end(store);
        if (committing)
            ck_assert_status(pz__change_join_commit(store, &number), PZ_E_STATE);
        else
            ck_assert_ok(pz__change_join_undo(store));
        ck_assert_int_eq(pz__change_is_joined(store), 0);
    }
    ck_assert_int_eq(write_one(), 1);
}
END_TEST

START_TEST(puts_reads_on_record)
{
    static const pz__read_note notes[] = {{PZ_KIND_PROFILE_ENTRY, 0, 8, 3}, {PZ_KIND_GOAL, 40, 8, 1}};
    ck_assert_ok(pz__change_write_reads(store, &teacher, notes, 0));
    ck_assert_int_eq(last_change(), 0);
    ck_assert_ok(pz__change_write_reads(store, &teacher, notes, 2));
    ck_assert_int_eq(
        count("SELECT count(*) FROM change c JOIN change_item i ON i.change_id = c.change_id WHERE c.action = 'read' AND i.act = 4"), 2);
}
END_TEST

/* --------------------------------------------------------------------------------------------- snapshots --- */

START_TEST(reads_of_one_moment)
{
    pz_store *first = store, *second = open_again();
    ck_assert_ok(pz__store_read_begin(first));
    ck_assert_ok(pz__store_read_begin(first));
    ck_assert_int_eq(last_change(), 0);
    store = second;
    write_one();
    store = first;
    pz__store_read_end(first);
    ck_assert_int_eq(last_change(), 0);
    pz__store_read_end(first);
    ck_assert_int_eq(last_change(), 1);
    pz__store_read_end(first); /* one too many does nothing */
    pz_store_free(second);
}
END_TEST

START_TEST(does_not_write_from_within_a_snapshot)
{
    pz__change *change;
    int repeated;
    ck_assert_ok(pz__store_read_begin(store));
    ck_assert_status(pz__change_start(store, &teacher, "a", NULL, NULL, 0, &change, &repeated), PZ_E_BUSY_HANDLE);
    pz__store_read_end(store);
    change = start("a", NULL, NULL);
    ck_assert_status(pz__change_join(store, &teacher, "b", NULL, &repeated), PZ_E_BUSY_HANDLE);
    ck_assert_ok(pz__change_end(change, PZ_OK));
}
END_TEST

START_TEST(waits_its_turn_and_then_gives_up)
{
    pz_store *first = store, *second = open_again();
    pz__change *change = start("a", NULL, NULL), *other;
    int repeated;
    ck_assert_status(pz__change_start(second, &teacher, "b", NULL, NULL, 0, &other, &repeated), PZ_E_BUSY);
    pz__change_note(change, PZ_KIND_CLASS, 1, 0, PZ__ACT_ADD, 1);
    ck_assert_ok(pz__change_end(change, PZ_OK));
    store = second;
    ck_assert_int_eq(write_one(), 2);
    store = first;
    pz_store_free(second);
}
END_TEST

START_TEST(writes_nothing_when_read_only)
{
    static const pz__read_note note = {PZ_KIND_GOAL, 40, 8, 1};
    pz_store_options options = PZ_STORE_OPTIONS_INIT;
    pz__change *change;
    int repeated;
    write_one();
    pz_store_free(store);
    options.read_only = 1;
    ck_assert_ok(pz_store_open(place.path, &options, &store));
    ck_assert_int_eq(pz__store_is_read_only(store), 1);
    ck_assert_int_eq(last_change(), 1);
    ck_assert_status(pz__change_start(store, &teacher, "a", NULL, NULL, 0, &change, &repeated), PZ_E_READ_ONLY);
    ck_assert_status(pz__change_join(store, &teacher, "a", NULL, &repeated), PZ_E_READ_ONLY);
    ck_assert_ok(pz__change_write_reads(store, &teacher, &note, 1));
    ck_assert_int_eq(last_change(), 1);
}
END_TEST

static Suite *change_suite(void)
{
    Suite *suite = suite_create("store_change");
    TCase *change = tcase_create("change");
    tcase_set_timeout(change, 60);
    tcase_add_checked_fixture(change, begin, end);
    tcase_add_test(change, numbers_changes_without_gaps);
    tcase_add_test(change, never_goes_back_in_time);
    tcase_add_test(change, refuses_a_clock_without_a_date);
    tcase_add_test(change, answers_a_repeated_key_with_the_first_result);
    tcase_add_test(change, refuses_a_key_for_another_act);
    tcase_add_test(change, forgets_the_key_of_a_failure);
    tcase_add_test(change, names_people_by_pseudonyms);
    tcase_add_test(change, forgets_pseudonyms_that_others_removed);
    tcase_add_test(change, forgets_pseudonyms_of_an_undone_change);
    tcase_add_test(change, gives_each_id_once);
    tcase_add_test(change, joins_calls_into_one_change);
    tcase_add_test(change, undoes_a_joined_change);
    tcase_add_test(change, undoes_all_where_a_part_fails);
    tcase_add_test(change, puts_reads_on_record);
    tcase_add_test(change, reads_of_one_moment);
    tcase_add_test(change, does_not_write_from_within_a_snapshot);
    tcase_add_test(change, waits_its_turn_and_then_gives_up);
    tcase_add_test(change, writes_nothing_when_read_only);
    suite_add_tcase(suite, change);
    return suite;
}

SUITE_MAIN(change_suite)
