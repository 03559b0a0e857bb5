#include "base/fail.h"
#include "base/json_write.h"

pz_status pz_records_json(const pz_record_type *type, const void *const *rows, size_t count, char **out_json)
{
    pz__buffer text = PZ__BUFFER_INIT;
    pz__json_writer json;
    if (!out_json) return pz__fail_null("out_json");
    *out_json = NULL;
    if (!type) return pz__fail_null("type");
    if (count && !rows) return pz__fail_null("rows");
    pz__json_start(&json, &text);
    pz__json_open_array(&json);
    for (size_t i = 0; i < count; i++) {
        if (!rows[i]) {
            pz__buffer_free(&text);
            return pz__fail_null("rows");
        }
        pz__json_record(&json, type, rows[i]);
    }
    pz__json_close_array(&json);
    return pz__buffer_take(&text, out_json);
}
