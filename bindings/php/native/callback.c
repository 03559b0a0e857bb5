/* PHP callables as callbacks of the library, and the options that hold them. What a callback throws stays in flight, and the call that
 * made the callback throws it. A callback that ends the script by a fatal error must not jump over the library, which may be within a
 * transaction: the jump is caught and made again once the library has returned. */
#include "native.h"

#include <time.h>

ZEND_TLS bool ended; /* a callback has ended the script */

int pzb_callable_in(zval *value, const char *name, pzb_callable *out)
{
    char *why = NULL;
    int failed;
    memset(out, 0, sizeof *out);
    out->name = name;
    ZVAL_DEREF(value);
    failed = zend_fcall_info_init(value, 0, &out->info, &out->cache, NULL, &why) != SUCCESS;
    if (failed) pzb_wrong_type(name, "callable", value);
    if (why) efree(why);
    return failed ? -1 : 0;
}

int pzb_call(pzb_callable *callable, uint32_t count, zval *arguments, zval *out)
{
    volatile bool jumped = false;
    ZVAL_UNDEF(out);
    if (ended || EG(exception)) return -1;
    callable->info.retval = out;
    callable->info.params = arguments;
    callable->info.param_count = count;
    zend_try
    {
        zend_call_function(&callable->info, &callable->cache);
    }
    zend_catch
    {
        jumped = true;
    }
    zend_end_try();
    if (jumped) ended = true;
    return jumped || EG(exception) ? -1 : 0;
}

void pzb_after_call(void)
{
    if (!ended) return;
    ended = false;
    zend_bailout();
}

pz_status pzb_progress(double done, void *user_data)
{
    zval argument, answer;
    pz_status status;
    ZVAL_DOUBLE(&argument, done);
    status = pzb_call(user_data, 1, &argument, &answer) < 0 ? PZ_E_CALLBACK : Z_TYPE(answer) == IS_FALSE ? PZ_E_CANCELLED : PZ_OK;
    zval_ptr_dtor(&answer);
    return status;
}

/* Calls with the groups first; `arguments` has room for them. */
static pz_status call_for_number(pzb_callable *callable, const int32_t *groups, size_t rows, uint32_t count, zval *arguments, double *out)
{
    zval answer;
    pz_status status;
    pzb_numbers_out(&arguments[0], 'i', groups, rows);
    status = pzb_call(callable, count, arguments, &answer) == 0 && pzb_real_in(&answer, callable->name, out) == 0 ? PZ_OK : PZ_E_CALLBACK;
    zval_ptr_dtor(&answer);
    zval_ptr_dtor(&arguments[0]);
    return status;
}

pz_status pzb_cost(const int32_t *groups, size_t rows, double *out_cost, void *user_data)
{
    zval arguments[1];
    return call_for_number(user_data, groups, rows, 1, arguments, out_cost);
}

pz_status pzb_change(const int32_t *groups, size_t rows, int32_t learner, int32_t to, int32_t other, double *out_change, void *user_data)
{
    zval arguments[4];
    ZVAL_LONG(&arguments[1], learner);
    ZVAL_LONG(&arguments[2], to);
    ZVAL_LONG(&arguments[3], other);
    return call_for_number(user_data, groups, rows, 4, arguments, out_change);
}

pz_status pzb_strategy(uint64_t seed, int32_t *out_groups, size_t out_groups_len, void *user_data)
{
    pzb_callable *callable = user_data;
    pzb_arena arena = {NULL};
    zval argument, answer;
    const void *data = NULL;
    size_t rows = 0;
    pz_status status = PZ_E_CALLBACK;
    pzb_uint64_out(&argument, seed);
    if (pzb_call(callable, 1, &argument, &answer) == 0 && pzb_array_in(&answer, callable->name, 'i', &arena, &data, &rows) == 0) {
        if (data && rows == out_groups_len) {
            memcpy(out_groups, data, rows * sizeof *out_groups);
            status = PZ_OK;
        } else {
            pzb_fail(PZ_E_INVALID, "strategy", "the strategy gave %zu groups for %zu learners", rows, out_groups_len);
        }
    }
    pzb_arena_free(&arena);
    zval_ptr_dtor(&answer);
    zval_ptr_dtor(&argument);
    return status;
}

static pz_status key_callback(int32_t use, uint8_t *out_key, void *user_data)
{
    zval argument, answer;
    pz_status status = PZ_E_CALLBACK;
    ZVAL_LONG(&argument, use);
    if (pzb_call(user_data, 1, &argument, &answer) == 0) {
        if (Z_TYPE(answer) == IS_STRING && Z_STRLEN(answer) == 32) {
            memcpy(out_key, Z_STRVAL(answer), 32);
            status = PZ_OK;
        } else {
            pzb_fail(PZ_E_INVALID, "host_key", "host_key must give a string of 32 bytes");
        }
    }
    zval_ptr_dtor(&answer);
    return status;
}

/* As the script ends, callables cannot run any more; what the library writes then has the machine's time. */
static pz_time machine_time(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (pz_time)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static pz_time clock_callback(void *user_data)
{
    zval answer;
    pz_time now = PZ_TIME_NONE;
    if (ended || EG(flags) & EG_FLAGS_IN_SHUTDOWN) return machine_time();
    if (pzb_call(user_data, 0, NULL, &answer) == 0 && pzb_time_in(&answer, "clock", &now) < 0) now = PZ_TIME_NONE;
    zval_ptr_dtor(&answer);
    return now == PZ_TIME_NONE ? machine_time() : now;
}

/* Memory that a zval owns: a string with the callable in it, so that it goes with the handle. */
static int kept_callable_in(zval *value, const char *name, zval *kept, void **out)
{
    zend_string *box;
    zval owner;
    *out = NULL;
    ZVAL_DEREF(value);
    if (Z_TYPE_P(value) == IS_NULL) return 0;
    if (Z_TYPE_P(kept) != IS_ARRAY) array_init(kept);
    box = zend_string_alloc(sizeof(pzb_callable), 0);
    ZVAL_STR(&owner, box);
    add_next_index_zval(kept, &owner);
    if (pzb_callable_in(value, name, (pzb_callable *)ZSTR_VAL(box)) < 0) return -1;
    Z_TRY_ADDREF_P(value);
    add_next_index_zval(kept, value);
    *out = ZSTR_VAL(box);
    return 0;
}

#define IS(text) zend_string_equals_literal(key, text)

int pzb_store_options_in(zval *members, pz_store_options *options, pzb_arena *arena, zval *out_kept)
{
    zend_string *key;
    zval *value;
    ZVAL_UNDEF(out_kept);
    ZEND_HASH_FOREACH_STR_KEY_VAL(Z_ARRVAL_P(members), key, value)
    {
        int failed;
        if (!key) key = ZSTR_EMPTY_ALLOC();
        pzb_keep(arena, value);
        if (IS("read_only"))
            failed = pzb_bool_in(value, "read_only", &options->read_only);
        else if (IS("durability"))
            failed = pzb_int32_in(value, "durability", &options->durability);
        else if (IS("wait_milliseconds"))
            failed = pzb_int32_in(value, "wait_milliseconds", &options->wait_milliseconds);
        else if (IS("cache_kibibytes"))
            failed = pzb_int32_in(value, "cache_kibibytes", &options->cache_kibibytes);
        else if (IS("random_seed"))
            failed = pzb_uint64_in(value, "random_seed", &options->random_seed);
        else if (IS("name"))
            failed = pzb_text_in(value, "name", &options->name, NULL);
        else if (IS("time_zone"))
            failed = pzb_text_in(value, "time_zone", &options->time_zone, NULL);
        else if (IS("host_key")) {
            failed = kept_callable_in(value, "host_key", out_kept, &options->key_data);
            options->key = options->key_data ? key_callback : NULL;
        } else if (IS("clock")) {
            failed = kept_callable_in(value, "clock", out_kept, &options->clock_data);
            options->clock = options->clock_data ? clock_callback : NULL;
        } else {
            pzb_fail(PZ_E_INVALID, "", "a store has no option \"%.60s\"", ZSTR_VAL(key));
            failed = -1;
        }
        if (failed) return -1;
    }
    ZEND_HASH_FOREACH_END();
    return 0;
}

int pzb_import_options_in(zval *members, pz_import_options *options, pzb_arena *arena)
{
    zend_string *key;
    zval *value;
    ZEND_HASH_FOREACH_STR_KEY_VAL(Z_ARRVAL_P(members), key, value)
    {
        int failed;
        if (!key) key = ZSTR_EMPTY_ALLOC();
        pzb_keep(arena, value);
        if (IS("mode"))
            failed = pzb_int32_in(value, "mode", &options->mode);
        else if (IS("dry_run"))
            failed = pzb_bool_in(value, "dry_run", &options->dry_run);
        else if (IS("demographics"))
            failed = pzb_bool_in(value, "demographics", &options->demographics);
        else if (IS("gone_percent_max"))
            failed = pzb_int32_in(value, "gone_percent_max", &options->gone_percent_max);
        else if (IS("faults_max"))
            failed = pzb_int32_in(value, "faults_max", &options->faults_max);
        else if (IS("rows_max"))
            failed = pzb_int32_in(value, "rows_max", &options->rows_max);
        else if (IS("source"))
            failed = pzb_text_in(value, "source", &options->source, &options->source_len);
        else if (IS("progress")) {
            pzb_callable *callable = pzb_allocate(arena, 1, sizeof *callable);
            failed = pzb_callable_in(value, "progress", callable);
            options->progress = pzb_progress;
            options->progress_data = callable;
        } else {
            pzb_fail(PZ_E_INVALID, "", "an import has no option \"%.60s\"", ZSTR_VAL(key));
            failed = -1;
        }
        if (failed) return -1;
    }
    ZEND_HASH_FOREACH_END();
    return 0;
}
