/* What comes before what: against a plain walk over random ties, with circles, and from where to begin. */
#include "base/memory.h"
#include "base/random.h"
#include "records/competency/prerequisites.h"
#include "records/lesson.h"

enum { MOST = 24 };

static lesson at;

static void setup(void)
{
    lesson_start(&at);
}

static void teardown(void)
{
    lesson_end(&at);
}

/* All that precedes `i`, near and far, is mastered; `way` marks where the walk is, so that a circle is never ready. */
static int is_ready(int tie[MOST][MOST], const uint8_t *mastered, int *way, int i, int count)
{
    int ready = 1;
    if (way[i]) return 0;
    way[i] = 1;
    for (int k = 0; k < count; k++)
        if (tie[k][i] && (!mastered[k] || !is_ready(tie, mastered, way, k, count))) ready = 0;
    way[i] = 0;
    return ready;
}

static void load(const pz_id *ids, size_t count, pz__prerequisites *map)
{
    pz__call call;
    ck_assert_ok(pz__call_read(&call, at.runner));
    ck_assert_ok(pz__prerequisites_load(&call, ids, count, map));
    ck_assert_ok(pz__call_end(&call, PZ_OK));
}

static void check_once(pz__random *random, int tie[MOST][MOST], const pz_id *ids, int count, const pz__prerequisites *map)
{
    uint8_t mastered[MOST], ready[MOST];
    for (int i = 0; i < count; i++) mastered[i] = pz__random_below(random, 3) > 0;
    pz__prerequisites_ready(map, mastered, ready);
    for (int i = 0; i < count; i++) {
        int way[MOST] = {0}, wanted = is_ready(tie, mastered, way, i, count);
        size_t begin;
        ck_assert_int_eq(map->ids[i], ids[i]);
        ck_assert_msg(ready[i] == wanted, "place %d is %d, wanted %d", i, ready[i], wanted);
        if (mastered[i]) continue;
        begin = pz__prerequisites_begin(map, (size_t)i, mastered, ready);
        ck_assert_uint_lt(begin, (size_t)count);
        if (ready[i]) ck_assert_uint_eq(begin, (size_t)i);
        if (map->ordered == map->count) ck_assert(ready[begin] && !mastered[begin]);
    }
}

START_TEST(is_what_a_walk_finds)
{
    pz__random random;
    pz__random_seed(&random, suite_seed());
    for (int round = 0; round < 12; round++) {
        int tie[MOST][MOST] = {{0}}, count = 2 + (int)pz__random_below(&random, MOST - 2);
        pz_id ids[MOST];
        pz__prerequisites map;
        for (int i = 0; i < count; i++) {
            char code[32];
            snprintf(code, sizeof code, "c%d-%d", round, i);
            ids[i] = lesson_competency(&at, code, i);
        }
        for (int i = 1; i < count; i++)
            for (int k = 0; k < 2; k++) {
                int before = (int)pz__random_below(&random, (uint32_t)i);
                if (tie[before][i] || pz__random_below(&random, 3) == 0) continue;
                tie[before][i] = 1;
                lesson_precedes(&at, ids[before], ids[i]);
            }
        load(ids, (size_t)count, &map);
        ck_assert_uint_eq(map.count, (size_t)count);
        ck_assert_uint_eq(map.ordered, (size_t)count);
        for (int k = 0; k < 20; k++) check_once(&random, tie, ids, count, &map);
        pz__prerequisites_free(&map);
    }
}
END_TEST

START_TEST(takes_in_all_that_precedes)
{
    pz__prerequisites map;
    load(&at.divide, 1, &map);
    ck_assert_uint_eq(map.count, 4);
    ck_assert_uint_eq(pz__prerequisites_place(&map, at.add), 0);
    ck_assert_uint_eq(pz__prerequisites_place(&map, 999999), map.count);
    pz__prerequisites_free(&map);
    load(NULL, 0, &map);
    ck_assert_uint_eq(map.count, 0);
    pz__prerequisites_free(&map);
}
END_TEST

/* A circle cannot be written; a store that has one all the same must not hold anybody up for ever. */
START_TEST(a_circle_is_never_ready_and_ends)
{
    const pz_id ids[] = {at.add, at.subtract, at.multiply, at.divide};
    uint8_t mastered[4] = {0, 0, 0, 0}, ready[4];
    pz__prerequisites map;
    pz__call call;
    pz__statement *statement;
    ck_assert_ok(pz__call_write(&call, at.school.importer, "test", NULL, NULL, 0));
    ck_assert_ok(pz__db_statement(call.db, "UPDATE association SET origin_id = ?1 WHERE destination_id = ?2", &statement));
    pz__bind_int(statement, 1, at.multiply);
    pz__bind_int(statement, 2, at.subtract);
    ck_assert_ok(pz__db_run(statement));
    pz__change_note(call.change, PZ_KIND_STORE, 0, 0, PZ__ACT_REVISE, 1);
    ck_assert_ok(pz__call_end(&call, PZ_OK));
    load(ids, 4, &map);
    ck_assert_uint_eq(map.ordered, 1);
    pz__prerequisites_ready(&map, mastered, ready);
    ck_assert(ready[0] && !ready[1] && !ready[2] && !ready[3]);
    ck_assert_uint_lt(pz__prerequisites_begin(&map, 3, mastered, ready), 4);
    pz__prerequisites_free(&map);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("prerequisites");
    TCase *with = tcase_create("in a framework");
    tcase_add_checked_fixture(with, setup, teardown);
    tcase_set_timeout(with, 60);
    tcase_add_test(with, is_what_a_walk_finds);
    tcase_add_test(with, takes_in_all_that_precedes);
    tcase_add_test(with, a_circle_is_never_ready_and_ends);
    suite_add_tcase(suite, with);
    return suite;
}

SUITE_MAIN(make_suite)
