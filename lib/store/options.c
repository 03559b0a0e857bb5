#include <stddef.h>
#include <string.h>

#include "base/fail.h"
#include "base/text.h"
#include "store/state.h"

enum { FIRST_SIZE = sizeof(pz_store_options) };

static pz_status check_range(const char *field, int64_t value, int64_t least, int64_t most)
{
    if (value >= least && value <= most) return PZ_OK;
    return pz__fail(PZ_E_INVALID, field, NULL, "%s is %lld; it may be %lld to %lld.", field, (long long)value, (long long)least,
                    (long long)most);
}

pz_status pz__store_take_options(const pz_store_options *options, pz_store_options *out_options)
{
    static const pz_store_options initial = PZ_STORE_OPTIONS_INIT;
    size_t length;
    *out_options = initial;
    if (!options) return PZ_OK;
    if (options->struct_size < FIRST_SIZE)
        return pz__fail(PZ_E_STRUCT_SIZE, "options.struct_size", "Make the options from PZ_STORE_OPTIONS_INIT, which sets struct_size.",
                        "struct_size is %u, at least %u is needed.", (unsigned)options->struct_size, (unsigned)FIRST_SIZE);
    memcpy(out_options, options, sizeof *out_options);
    out_options->struct_size = sizeof *out_options;
    PZ__TRY(check_range("options.read_only", options->read_only, 0, 1));
    PZ__TRY(check_range("options.durability", options->durability, PZ_DURABILITY_FULL, PZ_DURABILITY_NORMAL));
    PZ__TRY(check_range("options.wait_milliseconds", options->wait_milliseconds, 0, 600000));
    PZ__TRY(check_range("options.cache_kibibytes", options->cache_kibibytes, 64, 4194304));
    PZ__TRY(pz__text_check(options->name, PZ_NUL_TERMINATED, (size_t)pz_limit(PZ_LIMIT_TITLE), "options.name", &length));
    PZ__TRY(pz__text_check(options->time_zone, PZ_NUL_TERMINATED, (size_t)pz_limit(PZ_LIMIT_TITLE), "options.time_zone", &length));
    if (!length) out_options->time_zone = initial.time_zone;
    return PZ_OK;
}
