/* Which competencies an item or an assessment bears on. */
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "records/access/whom.h"
#include "records/evidence/learning_tables.h"
#include "records/evidence/write.h"
#include "records/need.h"
#include "records/writing.h"

enum { MOST_BEARINGS = 1000 };

static const pz__table *table_of(pz_kind kind)
{
    return kind == PZ_KIND_ITEM ? &pz__item_bearing_table : &pz__assessment_bearing_table;
}

pz_status pz__bearing_write(pz__call *call, pz_kind kind, const pz_bearing *record, pz__outcome *out_outcome)
{
    return pz__versioned_write(call, table_of(kind), record, out_outcome);
}

static pz_status take(pz_id of, const pz_bearing *const *bearings, size_t rows, pz_bearing *out)
{
    for (size_t i = 0; i < rows; i++) {
        PZ__TRY(pz__record_take(&pz__bearing_type, bearings[i], sizeof *out, &out[i]));
        if (out[i].of && out[i].of != of)
            return pz__fail(PZ_E_INVALID, "of", NULL, "Bearing %zu is of %lld, not of %lld.", i, (long long)out[i].of, (long long)of);
        if (!(out[i].weight > 0 && out[i].weight <= 1))
            return pz__fail(PZ_E_INVALID, "weight", NULL, "Bearing %zu: the weight must be above 0, up to 1.", i);
        out[i].of = of;
        for (size_t k = 0; k < i; k++)
            if (out[k].competency == out[i].competency)
                return pz__fail(PZ_E_INVALID, "competency", NULL, "Bearings %zu and %zu name one competency.", k, i);
    }
    return PZ_OK;
}

static pz_status may(pz__call *call, pz_kind kind, pz_id of)
{
    static const char sql[] =
        "SELECT class_id FROM assessment WHERE tenant_id = ?1 AND assessment_id = ?3 AND since_change <= ?2 AND until_change > ?2";
    pz_id *classes;
    size_t count;
    pz_id class_id;
    PZ__TRY(pz__may(call, kind, PZ__WRITE));
    PZ__TRY(pz__need(call, kind, of, "of"));
    if (kind == PZ_KIND_ITEM || pz__call_role(call) == PZ_ROLE_SERVICE) return PZ_OK;
    PZ__TRY(pz__ids_read(call, sql, of, &classes, &count));
    class_id = count ? classes[0] : 0;
    pz__release(classes);
    if (class_id) return pz__may_class(call, kind, PZ__WRITE, class_id, "of");
    return pz__fail(PZ_E_DENIED, "of", NULL, "A teacher writes assessments of its own classes only.");
}

/* What is not named any more is ended. */
static pz_status end_others(pz__call *call, pz_kind kind, pz_id of, const pz_bearing *bearings, size_t rows)
{
    static const char of_item[] = "SELECT competency_id FROM item_competency WHERE tenant_id = ?1 AND item_id = ?3 AND since_change <= ?2 "
                                  "AND until_change > ?2";
    static const char of_assessment[] = "SELECT competency_id FROM assessment_competency WHERE tenant_id = ?1 AND assessment_id = ?3 "
                                        "AND since_change <= ?2 AND until_change > ?2";
    pz_bearing end = PZ_BEARING_INIT;
    pz_id *ids;
    size_t count;
    pz_status status = pz__ids_read(call, kind == PZ_KIND_ITEM ? of_item : of_assessment, of, &ids, &count);
    end.of = of;
    for (size_t i = 0; i < count && status == PZ_OK; i++) {
        size_t k = 0;
        pz__outcome outcome;
        while (k < rows && bearings[k].competency != ids[i]) k++;
        end.competency = ids[i];
        if (k == rows) status = pz__versioned_end(call, table_of(kind), &end, &outcome);
    }
    pz__release(ids);
    return status;
}

static pz_status set(pz__call *call, pz_kind kind, pz_id of, const pz_bearing *bearings, size_t rows)
{
    PZ__TRY(may(call, kind, of));
    for (size_t i = 0; i < rows; i++) {
        pz__outcome outcome;
        PZ__TRY(pz__need(call, PZ_KIND_COMPETENCY, bearings[i].competency, "competency"));
        PZ__TRY(pz__bearing_write(call, kind, &bearings[i], &outcome));
    }
    return end_others(call, kind, of, bearings, rows);
}

static pz_status write(pz_actor *actor, pz_kind kind, pz_id of, const pz_bearing *bearings, size_t rows, const char *key)
{
    pz__buffer request = PZ__BUFFER_INIT;
    pz__call call;
    pz__request_int(&request, kind);
    pz__request_int(&request, of);
    pz__request_int(&request, (int64_t)rows);
    for (size_t i = 0; i < rows; i++) pz__request_record(&request, &pz__bearing_type, &bearings[i]);
    PZ__TRY(pz__write_start(&call, actor, "bearings.set", key, &request));
    return pz__call_end(&call, call.repeated ? PZ_OK : set(&call, kind, of, bearings, rows));
}

pz_status pz_bearings_set(pz_actor *actor, pz_kind kind, pz_id of, const pz_bearing *const *bearings, size_t rows, const char *key)
{
    pz_bearing *taken;
    pz_status status;
    if (!actor) return pz__fail_closed("actor");
    if (kind != PZ_KIND_ITEM && kind != PZ_KIND_ASSESSMENT)
        return pz__fail(PZ_E_INVALID, "kind", "Give PZ_KIND_ITEM or PZ_KIND_ASSESSMENT.", "Records of the kind %d bear on no competency.",
                        (int)kind);
    if (rows && !bearings) return pz__fail_null("bearings");
    if (rows > MOST_BEARINGS) return pz__fail(PZ_E_TOO_LONG, "rows", NULL, "%zu bearings are over the limit of %d.", rows, MOST_BEARINGS);
    taken = pz__alloc((rows + 1) * sizeof *taken);
    if (!taken) return pz__fail_memory();
    status = take(of, bearings, rows, taken);
    if (status == PZ_OK) status = write(actor, kind, of, taken, rows, key);
    pz__release(taken);
    return status;
}
