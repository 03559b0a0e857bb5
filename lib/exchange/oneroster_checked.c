/* Checking an archive without a store. */
#include "base/fail.h"
#include "exchange/oneroster.h"

pz_status pz_oneroster_check(const char *path, const pz_import_options *options, char **out_json)
{
    pz__import import;
    pz__oneroster roster;
    pz_status status;
    if (!out_json) return pz__fail_null("out_json");
    *out_json = NULL;
    if (!path) return pz__fail_null("path");
    PZ__TRY(pz__import_start(&import, "oneroster", options));
    status = pz__oneroster_open(&roster, &import, path);
    if (status == PZ_OK) status = pz__oneroster_check(&roster);
    pz__oneroster_close(&roster);
    status = pz__import_report(&import, status, out_json);
    pz__import_free(&import);
    return status;
}
