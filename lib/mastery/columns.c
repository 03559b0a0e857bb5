#include "mastery/columns.h"

#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "mastery/order.h"

enum { CLASSES_MAX = 1000 };

/* Values within a small range: a table of which there are. */
static pz_status number_by_table(const int64_t *values, size_t rows, int64_t lowest, size_t range, pz__numbering *out, int32_t *dense)
{
    int32_t *table = pz__alloc_zero(range, sizeof *table), next = 0;
    if (!table) return pz__fail_memory();
    for (size_t i = 0; i < rows; i++) table[(uint64_t)values[i] - (uint64_t)lowest] = 1;
    for (size_t i = 0; i < range; i++)
        if (table[i]) table[i] = ++next;
    out->values = pz__alloc_zero((size_t)next, sizeof *out->values);
    if (!out->values) {
        pz__release(table);
        return pz__fail_memory();
    }
    for (size_t i = 0; i < range; i++)
        if (table[i]) out->values[table[i] - 1] = (int64_t)((uint64_t)lowest + i);
    out->count = next;
    for (size_t i = 0; i < rows; i++) dense[i] = table[(uint64_t)values[i] - (uint64_t)lowest] - 1;
    pz__release(table);
    return PZ_OK;
}

static pz_status number_by_order(const int64_t *values, const uint32_t *order, size_t rows, pz__numbering *out, int32_t *dense)
{
    int32_t count = 0;
    for (size_t i = 0; i < rows; i++) {
        count += i == 0 || values[order[i]] != values[order[i - 1]];
        dense[order[i]] = count - 1;
    }
    out->values = pz__alloc_zero((size_t)count, sizeof *out->values);
    if (!out->values) return pz__fail_memory();
    out->count = count;
    for (size_t i = 0; i < rows; i++) out->values[dense[i]] = values[i];
    return PZ_OK;
}

static pz_status number_by_sorting(const int64_t *values, size_t rows, pz__numbering *out, int32_t *dense)
{
    uint64_t *keys = pz__alloc_zero(rows, sizeof *keys);
    uint32_t *order = pz__alloc_zero(rows, sizeof *order);
    pz_status status = keys && order ? PZ_OK : pz__fail_memory();
    for (size_t i = 0; status == PZ_OK && i < rows; i++) keys[i] = pz__order_key_int(values[i]);
    if (status == PZ_OK) status = pz__order_by_key(keys, rows, NULL, NULL, order);
    if (status == PZ_OK) status = number_by_order(values, order, rows, out, dense);
    pz__release(keys);
    pz__release(order);
    return status;
}

pz_status pz__number(const int64_t *values, size_t rows, pz__numbering *out, int32_t *dense)
{
    int64_t lowest = rows ? values[0] : 0, highest = lowest;
    uint64_t range;
    out->values = NULL;
    out->count = 0;
    for (size_t i = 1; i < rows; i++) {
        if (values[i] < lowest) lowest = values[i];
        if (values[i] > highest) highest = values[i];
    }
    range = (uint64_t)highest - (uint64_t)lowest;
    if (rows && range < 2 * (uint64_t)rows + 1024) return number_by_table(values, rows, lowest, (size_t)range + 1, out, dense);
    return number_by_sorting(values, rows, out, dense);
}

void pz__numbering_free(pz__numbering *numbering)
{
    pz__release(numbering->values);
    numbering->values = NULL;
    numbering->count = 0;
}

int32_t pz__numbering_find(const pz__numbering *numbering, int64_t value)
{
    int32_t low = 0, high = numbering->count;
    while (low < high) {
        int32_t middle = low + (high - low) / 2;
        if (numbering->values[middle] < value)
            low = middle + 1;
        else
            high = middle;
    }
    return low < numbering->count && numbering->values[low] == value ? low : -1;
}

void pz__sort_rows(const int32_t *key, int32_t keys, const uint32_t *order, size_t rows, uint32_t *out, uint32_t *starts)
{
    memset(starts, 0, ((size_t)keys + 1) * sizeof *starts);
    for (size_t i = 0; i < rows; i++) starts[key[i] + 1]++;
    for (int32_t k = 0; k < keys; k++) starts[k + 1] += starts[k];
    for (size_t i = 0; i < rows; i++) {
        uint32_t row = order ? order[i] : (uint32_t)i;
        out[starts[key[row]]++] = row;
    }
    for (int32_t k = keys; k > 0; k--) starts[k] = starts[k - 1];
    starts[0] = 0;
}

void pz__sorted_free(pz__sorted *sorted)
{
    pz__numbering_free(&sorted->learners);
    pz__numbering_free(&sorted->skills);
    pz__release(sorted->learner);
    pz__release(sorted->order);
    pz__release(sorted->starts);
    *sorted = (pz__sorted){0};
}

static pz_status sort_by(const int64_t *learner, const int64_t *skill, size_t rows, int32_t *dense_skill, uint32_t *by_learner,
                         pz__sorted *out)
{
    int32_t most;
    PZ__TRY(pz__number(learner, rows, &out->learners, out->learner));
    PZ__TRY(pz__number(skill, rows, &out->skills, dense_skill));
    most = out->learners.count > out->skills.count ? out->learners.count : out->skills.count;
    out->starts = pz__alloc_zero((size_t)most + 1, sizeof(uint32_t));
    if (!out->starts) return pz__fail_memory();
    pz__sort_rows(out->learner, out->learners.count, NULL, rows, by_learner, out->starts);
    pz__sort_rows(dense_skill, out->skills.count, by_learner, rows, out->order, out->starts);
    return PZ_OK;
}

pz_status pz__sort_answers(const int64_t *learner, const int64_t *skill, size_t rows, pz__sorted *out)
{
    int32_t *dense_skill = pz__alloc_zero(rows, sizeof *dense_skill);
    uint32_t *by_learner = pz__alloc_zero(rows, sizeof *by_learner);
    pz_status status = PZ_OK;
    *out = (pz__sorted){0};
    out->learner = pz__alloc_zero(rows, sizeof *out->learner);
    out->order = pz__alloc_zero(rows, sizeof *out->order);
    if (!dense_skill || !by_learner || !out->learner || !out->order)
        status = pz__fail_memory();
    else
        status = sort_by(learner, skill, rows, dense_skill, by_learner, out);
    pz__release(dense_skill);
    pz__release(by_learner);
    if (status != PZ_OK) pz__sorted_free(out);
    return status;
}

pz_status pz__columns_check(const int64_t *learner, const int64_t *skill, const double *score, size_t rows)
{
    if (!learner) return pz__fail_null("learner");
    if (!skill) return pz__fail_null("skill");
    if (!score) return pz__fail_null("score");
    if (!rows) return pz__fail(PZ_E_INVALID, "rows", "Give at least one answer.", "There are no answers.");
    if (rows > 1000000000) return pz__fail(PZ_E_INVALID, "rows", NULL, "At most 1,000,000,000 answers go in at once.");
    for (size_t row = 0; row < rows; row++)
        if (!(score[row] >= 0 && score[row] <= 1))
            return pz__fail(PZ_E_INVALID, "score", NULL, "The score in row %zu is %g; it must be from 0 to 1.", row, score[row]);
    return PZ_OK;
}

pz_status pz__classes_check(const int32_t *classes, size_t rows, const char *name, int32_t *out_count)
{
    *out_count = 1;
    if (!classes) return PZ_OK;
    for (size_t row = 0; row < rows; row++) {
        if (classes[row] < 0 || classes[row] >= CLASSES_MAX)
            return pz__fail(PZ_E_INVALID, name, NULL, "The class in row %zu is %d; it must be from 0 to %d.", row, (int)classes[row],
                            CLASSES_MAX - 1);
        if (classes[row] >= *out_count) *out_count = classes[row] + 1;
    }
    return PZ_OK;
}

pz_status pz__progress(pz_progress_fn progress, double done, void *user_data)
{
    if (!progress || progress(done, user_data) == PZ_OK) return PZ_OK;
    return pz__fail(PZ_E_CANCELLED, NULL, NULL, "The progress callback asked to stop.");
}

pz_status pz__progress_row(pz_progress_fn progress, size_t row, size_t rows, void *user_data)
{
    return row % 4096 ? PZ_OK : pz__progress(progress, (double)row / (double)rows, user_data);
}
