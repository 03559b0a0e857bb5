/* The allocator hook, the count of blocks, and growing arrays. */
#include "base/memory.h"
#include "support/suite.h"

static pz_allocator counting(suite_memory *memory)
{
    pz_allocator hook = {sizeof hook, suite_allocate, suite_reallocate, suite_release, memory};
    return hook;
}

START_TEST(hook_gets_every_call)
{
    suite_memory memory = {0, 0};
    pz_allocator hook = counting(&memory);
    void *block;
    ck_assert_ok(pz_allocator_set(&hook));
    block = pz__alloc(10);
    block = pz__realloc(block, 1000);
    ck_assert_ptr_nonnull(block);
    ck_assert_int_eq(memory.seen, 2);
    ck_assert_int_eq(pz_memory_blocks(), 1);
    pz_free(block);
    ck_assert_int_eq(pz_memory_blocks(), 0);
    ck_assert_ok(pz_allocator_set(NULL));
    pz_free(pz__alloc(1));
    ck_assert_int_eq(memory.seen, 2);
}
END_TEST

START_TEST(hook_must_be_whole)
{
    suite_memory memory = {0, 0};
    pz_allocator hook = counting(&memory);
    hook.struct_size = sizeof hook - 1;
    ck_assert_status(pz_allocator_set(&hook), PZ_E_STRUCT_SIZE);
    hook = counting(&memory);
    hook.allocate = NULL;
    ck_assert_status(pz_allocator_set(&hook), PZ_E_INVALID);
    hook = counting(&memory);
    hook.reallocate = NULL;
    ck_assert_status(pz_allocator_set(&hook), PZ_E_INVALID);
    hook = counting(&memory);
    hook.release = NULL;
    ck_assert_status(pz_allocator_set(&hook), PZ_E_INVALID);
    pz_free(pz__alloc(1));
    ck_assert_int_eq(memory.seen, 0);
}
END_TEST

START_TEST(hook_stays_while_blocks_are_held)
{
    suite_memory memory = {0, 0};
    pz_allocator hook = counting(&memory);
    void *block = pz__alloc(1);
    ck_assert_status(pz_allocator_set(&hook), PZ_E_STATE);
    ck_assert_status(pz_allocator_set(NULL), PZ_E_STATE);
    pz_free(block);
    ck_assert_ok(pz_allocator_set(&hook));
    ck_assert_ok(pz_allocator_set(NULL));
}
END_TEST

START_TEST(sizes_at_the_edge)
{
    unsigned char *zeros;
    void *block = pz__alloc(0);
    ck_assert_ptr_nonnull(block);
    block = pz__realloc(block, 0);
    ck_assert_ptr_nonnull(block);
    pz__release(block);
    pz__release(NULL);
    pz_free(NULL);
    ck_assert_ptr_null(pz__alloc_zero(SIZE_MAX / 2, 3));
    ck_assert_ptr_null(pz__alloc_zero(3, SIZE_MAX / 2));
    zeros = pz__alloc_zero(0, 8);
    ck_assert_ptr_nonnull(zeros);
    pz__release(zeros);
    zeros = pz__alloc_zero(100, 3);
    for (int i = 0; i < 300; i++) ck_assert_uint_eq(zeros[i], 0);
    pz__release(zeros);
    ck_assert_int_eq(pz_memory_blocks(), 0);
}
END_TEST

START_TEST(text_is_copied_with_its_end)
{
    char *copy = pz__copy_text("abcdef", 3);
    ck_assert_str_eq(copy, "abc");
    pz_free(copy);
    copy = pz__copy_text(NULL, 0);
    ck_assert_str_eq(copy, "");
    pz_free(copy);
    ck_assert_ptr_null(pz__copy_text("a", SIZE_MAX));
}
END_TEST

START_TEST(arrays_grow_and_keep_what_they_hold)
{
    int *values = NULL;
    size_t capacity = 0;
    for (int i = 0; i < 5000; i++) {
        ck_assert_ok(pz__reserve((void **)&values, &capacity, (size_t)i + 1, sizeof *values));
        ck_assert_uint_gt(capacity, (size_t)i);
        values[i] = i;
    }
    for (int i = 0; i < 5000; i++) ck_assert_int_eq(values[i], i);
    ck_assert_status(pz__reserve((void **)&values, &capacity, SIZE_MAX / 2, sizeof *values), PZ_E_NOMEM);
    ck_assert_status(pz__reserve((void **)&values, &capacity, SIZE_MAX, sizeof *values), PZ_E_NOMEM);
    ck_assert_int_eq(values[4999], 4999);
    pz__release(values);
}
END_TEST

static pz_status grow_twice(void *user_data)
{
    int *values = NULL;
    size_t capacity = 0;
    pz_status status = pz__reserve((void **)&values, &capacity, 1, sizeof *values);
    if (status == PZ_OK) status = pz__reserve((void **)&values, &capacity, 100, sizeof *values);
    pz__release(values);
    (void)user_data;
    return status;
}

START_TEST(a_failed_growth_leaves_the_array)
{
    ck_assert_int_eq(suite_each_allocation(grow_twice, NULL), 2);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("memory");
    TCase *tests = tcase_create("memory");
    tcase_add_test(tests, hook_gets_every_call);
    tcase_add_test(tests, hook_must_be_whole);
    tcase_add_test(tests, hook_stays_while_blocks_are_held);
    tcase_add_test(tests, sizes_at_the_edge);
    tcase_add_test(tests, text_is_copied_with_its_end);
    tcase_add_test(tests, arrays_grow_and_keep_what_they_hold);
    tcase_add_test(tests, a_failed_growth_leaves_the_array);
    suite_add_tcase(suite, tests);
    return suite;
}

SUITE_MAIN(make_suite)
