#include "records/roster/write.h"

#include "base/fail.h"
#include "records/roster/tables.h"

pz_status pz__org_write(pz__call *call, const pz_org *record, pz__outcome *out_outcome)
{
    return pz__versioned_write(call, &pz__org_table, record, out_outcome);
}

pz_status pz__academic_session_write(pz__call *call, const pz_academic_session *record, pz__outcome *out_outcome)
{
    return pz__versioned_write(call, &pz__academic_session_table, record, out_outcome);
}

pz_status pz__course_write(pz__call *call, const pz_course *record, pz__outcome *out_outcome)
{
    return pz__versioned_write(call, &pz__course_table, record, out_outcome);
}

pz_status pz__class_write(pz__call *call, const pz_class *record, pz__outcome *out_outcome)
{
    return pz__versioned_write(call, &pz__class_table, record, out_outcome);
}

pz_status pz__person_write(pz__call *call, const pz_person *record, pz__outcome *out_outcome)
{
    return pz__versioned_write(call, &pz__person_table, record, out_outcome);
}

static pz_guardianship tie(pz_id learner, pz_id guardian)
{
    pz_guardianship record = {sizeof record, learner, guardian};
    return record;
}

pz_status pz__guardianship_write(pz__call *call, pz_id learner, pz_id guardian, pz__outcome *out_outcome)
{
    pz_guardianship record = tie(learner, guardian);
    return pz__versioned_write(call, &pz__guardianship_table, &record, out_outcome);
}

pz_status pz__person_detail_write(pz__call *call, pz_id person, const char *name, const char *value, size_t value_len,
                                  pz__outcome *out_outcome)
{
    pz__person_detail record = {sizeof record, person, name, value, value_len};
    return pz__versioned_write(call, &pz__person_detail_table, &record, out_outcome);
}

/* Every record begins with struct_size and its id, so that any of them finds the version to end. */
pz_status pz__roster_end_write(pz__call *call, pz_kind kind, pz_id id, pz__outcome *out_outcome)
{
    const pz__table *table = pz__roster_table(kind);
    pz_person named = PZ_PERSON_INIT;
    *out_outcome = PZ__SAME;
    if (!table) return pz__fail(PZ_E_INVALID, "kind", NULL, "Kind %d is none of the roster that ends.", (int)kind);
    named.id = id;
    return pz__versioned_end(call, table, &named, out_outcome);
}

pz_status pz__guardianship_end_write(pz__call *call, pz_id learner, pz_id guardian, pz__outcome *out_outcome)
{
    pz_guardianship record = tie(learner, guardian);
    return pz__versioned_end(call, &pz__guardianship_table, &record, out_outcome);
}
