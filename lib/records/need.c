#include "records/need.h"

#include "base/fail.h"
#include "records/ask.h"

static const struct {
    pz_kind kind;
    const char *words;
    const char *sql;
} kinds[] = {
    {PZ_KIND_FRAMEWORK, "framework",
     "SELECT 1 FROM framework WHERE tenant_id = ?1 AND framework_id = ?2 AND since_change <= ?3 AND until_change > ?3"},
    {PZ_KIND_COMPETENCY, "competency",
     "SELECT 1 FROM competency WHERE tenant_id = ?1 AND competency_id = ?2 AND since_change <= ?3 AND until_change > ?3"},
    {PZ_KIND_ASSESSMENT, "assessment",
     "SELECT 1 FROM assessment WHERE tenant_id = ?1 AND assessment_id = ?2 AND since_change <= ?3 AND until_change > ?3"},
    {PZ_KIND_ITEM, "item", "SELECT 1 FROM item WHERE tenant_id = ?1 AND item_id = ?2 AND since_change <= ?3 AND until_change > ?3"},
    {PZ_KIND_MISCONCEPTION, "misconception",
     "SELECT 1 FROM misconception WHERE tenant_id = ?1 AND misconception_id = ?2 AND since_change <= ?3 AND until_change > ?3"},
};

enum { KINDS = sizeof kinds / sizeof kinds[0] };

static size_t place_of(pz_kind kind)
{
    size_t i = 0;
    while (i < KINDS - 1 && kinds[i].kind != kind) i++;
    return i;
}

pz_status pz__exists(pz__call *call, pz_kind kind, pz_id id, int *out_exists)
{
    pz__statement *statement;
    pz_status status;
    *out_exists = 0;
    PZ__TRY(pz__ask(call, kinds[place_of(kind)].sql, id, &statement));
    status = pz__db_step(statement, out_exists);
    pz__db_reset(statement);
    return status;
}

pz_status pz__need(pz__call *call, pz_kind kind, pz_id id, const char *field)
{
    int exists;
    PZ__TRY(pz__exists(call, kind, id, &exists));
    if (exists) return PZ_OK;
    return pz__fail(PZ_E_NOT_FOUND, field, "List what there is, or find its id with pz_id_resolve().", "There is no %s %lld.",
                    kinds[place_of(kind)].words, (long long)id);
}

pz_status pz__need_if(pz__call *call, pz_kind kind, pz_id id, const char *field)
{
    return id ? pz__need(call, kind, id, field) : PZ_OK;
}
