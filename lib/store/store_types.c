#include "store/store_types.h"

#include "base/record.h"

static const pz_store_info info_initial = {sizeof(pz_store_info), 0, PZ_TIME_NONE, PZ_TIME_NONE, 0, 0, 0, "", ""};

static const pz_field info_fields[] = {
    PZ__INT(pz_store_info, layout, ""),
    PZ__TIME(pz_store_info, created_at),
    PZ__TIME(pz_store_info, changed_at),
    PZ__BIGINT(pz_store_info, last_change, ""),
    PZ__BIGINT(pz_store_info, file_bytes, "bytes"),
    PZ__BOOL(pz_store_info, has_host_key),
    PZ__NAME(pz_store_info, name),
    PZ__NAME(pz_store_info, time_zone),
};

static const pz_record_type info_type = PZ__RECORD_TYPE(pz_store_info, info_fields, &info_initial);

const pz_record_type *const pz__store_types[] = {&info_type, NULL};
