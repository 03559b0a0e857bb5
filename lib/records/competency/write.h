/* Writing one framework, competency or association within an open change; see roster_write.h for how. */
#ifndef PZ_RECORDS_COMPETENCY_WRITE_H
#define PZ_RECORDS_COMPETENCY_WRITE_H

#include "personalize/competency.h"
#include "records/roster/write.h"

pz_status pz__framework_write(pz__call *call, const pz_framework *record, pz__outcome *out_outcome);
pz_status pz__competency_write(pz__call *call, const pz_competency *record, pz__outcome *out_outcome);
pz_status pz__association_write(pz__call *call, const pz_association *record, pz__outcome *out_outcome);
pz_status pz__competency_end_write(pz__call *call, pz_kind kind, pz_id id, pz__outcome *out_outcome);

/* Finds a circle among directed ties. `from` and `to` hold `rows` ids. *out_path gets the ids along it, first = last, or NULL with
 * 0 where there is none; freed with pz__release. Linear in rows. */
pz_status pz__circle_find(const pz_id *from, const pz_id *to, size_t rows, pz_id **out_path, size_t *out_count);

#endif
