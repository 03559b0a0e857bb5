#include "records/evidence/columns.h"

#include "base/fail.h"
#include "base/memory.h"

/* The record, then columns of eight bytes each, then those of four. */
pz_status pz__evidence_columns_new(size_t rows, int with_prediction, pz__evidence_columns *out_columns)
{
    enum { WIDE = 10, NARROW = 2 };
    size_t head = (sizeof(pz_evidence) + 15) / 16 * 16;
    char *block = rows <= (SIZE_MAX - head) / (WIDE * 8 + NARROW * 4) ? pz__alloc(head + rows * (WIDE * 8 + NARROW * 4) + 1) : NULL;
    pz__evidence_columns c = {0};
    *out_columns = c;
    if (!block) return pz__fail_memory();
    c.evidence = (pz_evidence *)(void *)block;
    c.learner = (int64_t *)(void *)(block + head);
    c.competency = c.learner + rows;
    c.at = c.competency + rows;
    c.assessment = c.at + rows;
    c.item = c.assessment + rows;
    c.sequence = c.item + rows;
    c.change = c.sequence + rows;
    c.score = (double *)(void *)(c.change + rows);
    c.weight = c.score + rows;
    c.kind = (int32_t *)(void *)(c.weight + 2 * rows);
    c.option = c.kind + rows;
    if (with_prediction) c.prediction = c.weight + rows;
    *c.evidence = (pz_evidence){sizeof *c.evidence, rows,   c.learner, c.competency, c.score,  c.at,        c.weight,
                                c.kind,             c.assessment, c.item,    c.option,     c.sequence, c.change, c.prediction};
    *out_columns = c;
    return PZ_OK;
}
