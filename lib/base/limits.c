#include "personalize/base.h"

int64_t pz_limit(pz_limit_kind kind)
{
    switch (kind) {
    case PZ_LIMIT_ID_TEXT: return 255;
    case PZ_LIMIT_TITLE: return 1024;
    case PZ_LIMIT_TEXT: return 65536;
    case PZ_LIMIT_KEY: return 255;
    case PZ_LIMIT_PURPOSE: return 255;
    case PZ_LIMIT_JSON_DEPTH: return 64;
    case PZ_LIMIT_JSON_BYTES: return 268435456;
    case PZ_LIMIT_CSV_COLUMNS: return 1024;
    case PZ_LIMIT_CSV_FIELD: return 1048576;
    case PZ_LIMIT_ARCHIVE_BYTES: return INT64_C(4294967296);
    case PZ_LIMIT_ARCHIVE_RATIO: return 200;
    case PZ_LIMIT_ARCHIVE_ENTRIES: return 64;
    case PZ_LIMIT_JSON_VALUES: return 16777216;
    }
    return -1;
}
