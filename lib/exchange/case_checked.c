/* Checking a package without a store. */
#include "base/fail.h"
#include "exchange/case.h"

pz_status pz_case_check(const char *path, const pz_import_options *options, char **out_json)
{
    pz__import import;
    pz__case package;
    pz_status status;
    if (!out_json) return pz__fail_null("out_json");
    *out_json = NULL;
    if (!path) return pz__fail_null("path");
    PZ__TRY(pz__import_start(&import, "case", options));
    status = pz__case_open(&package, &import, path);
    pz__case_close(&package);
    status = pz__import_report(&import, status, out_json);
    pz__import_free(&import);
    return status;
}
