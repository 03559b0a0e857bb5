#include "records/conflict.h"

#include <string.h>

#include "base/fail.h"
#include "records/ask.h"

/* Members that say who wrote a version, and when, differ always. */
static int is_of_version(const char *name)
{
    static const char *const names[] = {"version", "acted_by", "acted_role", "acted_at", "is_current"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (!strcmp(names[i], name)) return 1;
    return 0;
}

static int differs(const pz_field *field, const char *a, const char *b)
{
    const char *x, *y;
    size_t size = 0;
    switch ((pz_field_type)field->type) {
    case PZ_FIELD_TEXT:
        memcpy(&x, a + field->offset, sizeof x);
        memcpy(&y, b + field->offset, sizeof y);
        return x && y ? strcmp(x, y) != 0 : x != y;
    case PZ_FIELD_INT:
    case PZ_FIELD_BOOL:
    case PZ_FIELD_ENUM:
    case PZ_FIELD_DATE: size = sizeof(int32_t); break;
    case PZ_FIELD_ID:
    case PZ_FIELD_BIGINT:
    case PZ_FIELD_REAL:
    case PZ_FIELD_TIME: size = sizeof(int64_t); break;
    }
    return memcmp(a + field->offset, b + field->offset, size) != 0;
}

static void name_differences(const pz_record_type *type, const void *a, const void *b, char *names, size_t size)
{
    size_t used = 0;
    for (uint32_t i = 0; i < type->field_count; i++) {
        const pz_field *field = &type->fields[i];
        size_t length = strlen(field->name);
        if (is_of_version(field->name) || !differs(field, a, b) || used + length + 3 > size) continue;
        if (used) names[used++] = ',', names[used++] = ' ';
        memcpy(names + used, field->name, length);
        used += length;
    }
    names[used] = '\0';
}

static pz_status load(pz__call *call, const pz__versions *versions, pz_id id, int64_t version, void **out_record)
{
    pz__statement *statement;
    PZ__TRY(pz__db_statement(call->db, versions->sql, &statement));
    pz__bind_int(statement, 1, call->tenant);
    pz__bind_int(statement, 2, id);
    pz__bind_int(statement, 3, version);
    return pz__take_one(versions->type, statement, out_record);
}

pz_status pz__need_version(pz__call *call, const pz__versions *versions, pz_id id, const void *current, int64_t version, int64_t given)
{
    char names[512] = "";
    void *earlier;
    if (version == given) return PZ_OK;
    PZ__TRY(load(call, versions, id, given, &earlier));
    if (earlier) name_differences(versions->type, earlier, current, names, sizeof names);
    pz_free(earlier);
    if (!names[0])
        return pz__fail(PZ_E_CONFLICT, "version", "Read it again and revise what it says now.",
                        "The %s %lld has another version by now: %lld, not %lld.", versions->words, (long long)id, (long long)version,
                        (long long)given);
    return pz__fail(PZ_E_CONFLICT, "version", "Read it again and revise what it says now.",
                    "The %s %lld was changed meanwhile: its version is %lld, not %lld. What changed: %s.", versions->words, (long long)id,
                    (long long)version, (long long)given, names);
}
