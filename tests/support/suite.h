/* What every Check program shares: a main, status assertions with the error detail in the message, and the loop that makes each
 * allocation of a call fail in turn. */
#ifndef PZ_TESTS_SUITE_H
#define PZ_TESTS_SUITE_H

#include <check.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "personalize/base.h"

#define ck_assert_status(call, expected)                                                                       \
    do {                                                                                                       \
        pz_status suite_got_ = (call);                                                                         \
        pz_status suite_want_ = (expected);                                                                    \
        ck_assert_msg(suite_got_ == suite_want_, "%s gave %s, wanted %s: %s [%s] %s", #call,                   \
                      pz_status_describe(suite_got_)->name, pz_status_describe(suite_want_)->name,             \
                      suite_got_ ? pz_last_error()->message : "", suite_got_ ? pz_last_error()->field : "",    \
                      suite_got_ ? pz_last_error()->hint : "");                                                \
        if (suite_got_ != PZ_OK)                                                                               \
            ck_assert_msg(pz_last_error()->status == (int32_t)suite_got_ && pz_last_error()->message[0],       \
                          "%s left no error detail of its own", #call);                                        \
    } while (0)

#define ck_assert_ok(call) ck_assert_status(call, PZ_OK)

/* ------------------------------------------------------------------------------------------- failing memory --- */

typedef struct suite_memory {
    int64_t seen;    /* allocations asked for */
    int64_t fail_at; /* number of the one that fails, from 1; 0 never */
} suite_memory;

static inline void *suite_allocate(size_t size, void *user_data)
{
    suite_memory *memory = user_data;
    return ++memory->seen == memory->fail_at ? NULL : malloc(size);
}

static inline void *suite_reallocate(void *block, size_t size, void *user_data)
{
    suite_memory *memory = user_data;
    return ++memory->seen == memory->fail_at ? NULL : realloc(block, size);
}

static inline void suite_release(void *block, void *user_data)
{
    (void)user_data;
    free(block);
}

/* Runs `body` again and again, letting its 1st, 2nd, ... allocation fail, until it gets through without a failure. Each failing
 * run must answer PZ_E_NOMEM; each run must free all it took. No library memory may be held while this starts or
 * while `body` is outside. Returns the number of allocations that `body` makes. */
static inline int64_t suite_each_allocation(pz_status (*body)(void *user_data), void *user_data)
{
    for (int64_t n = 1;; n++) {
        suite_memory memory = {0, n};
        pz_allocator hook = {sizeof hook, suite_allocate, suite_reallocate, suite_release, &memory};
        ck_assert_msg(pz_allocator_set(&hook) == PZ_OK, "memory is held before the loop");
        pz_status status = body(user_data);
        ck_assert_msg(pz_memory_blocks() == 0, "%lld blocks leak when allocation %lld fails", (long long)pz_memory_blocks(), (long long)n);
        ck_assert(pz_allocator_set(NULL) == PZ_OK);
        if (memory.seen < n) {
            ck_assert_msg(status == PZ_OK, "without failures the call gave %s", pz_status_describe(status)->name);
            return n - 1;
        }
        ck_assert_msg(status == PZ_E_NOMEM, "allocation %lld failed and the call gave %s", (long long)n, pz_status_describe(status)->name);
    }
}

/* ---------------------------------------------------------------------------------------------------- main --- */

/* The seed of random tests: from PZ_TEST_SEED, or 1. Print it: printf("seed %llu\n", ...). */
static inline uint64_t suite_seed(void)
{
    const char *text = getenv("PZ_TEST_SEED");
    uint64_t seed = text ? strtoull(text, NULL, 10) : 1;
    printf("seed %llu (set PZ_TEST_SEED to change it)\n", (unsigned long long)seed);
    return seed;
}

/* Time limits only end what hangs: they leave room for slow machines and sanitizers. */
#define SUITE_MAIN(make_suite)                                      \
    int main(void)                                                  \
    {                                                               \
        setenv("CK_TIMEOUT_MULTIPLIER", "5", 0);                    \
        SRunner *runner = srunner_create(make_suite());             \
        srunner_run_all(runner, CK_ENV);                            \
        int failed = srunner_ntests_failed(runner);                 \
        srunner_free(runner);                                       \
        return failed ? EXIT_FAILURE : EXIT_SUCCESS;                \
    }

#endif
