/* How parts of the learners of a school stand against all others: those with a need or a support on record, and each grade. */
#include <math.h>
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "personalize/profile.h"
#include "report/school.h"

/* ------------------------------------------------------------------------------------------ what profiles say --- */

static pz_status mark_section(pz_actor *actor, int32_t section, pz__pupil *pupils, const pz__map *numbers, const pz__school *school, pz_date today)
{
    for (size_t i = 0; i < school->cohort_count; i++) {
        pz_profile_query query = PZ_PROFILE_QUERY_INIT;
        pz_profile_entry **rows;
        size_t count;
        query.class_id = school->cohorts[i].class_record->id;
        query.section = section;
        query.on = today;
        pz_status status = pz_profile_entry_list(actor, &query, &rows, &count);
        if (status == PZ_E_DENIED) return PZ_OK;
        if (status != PZ_OK) return status;
        for (size_t at = 0; at < count; at++) {
            int64_t number;
            if (!pz__map_get(numbers, rows[at]->learner, &number)) continue;
            *(section == PZ_PROFILE_NEED ? &pupils[number].has_need : &pupils[number].has_support) = 1;
        }
        pz_free(rows);
    }
    return PZ_OK;
}

/* ----------------------------------------------------------------------------------------------- differences --- */

typedef struct moments {
    size_t count;
    double sum, squares;
} moments;

static void add_moment(moments *of, double value)
{
    of->count++;
    of->sum += value;
    of->squares += value * value;
}

static double mean_of(const moments *of)
{
    return of->count ? of->sum / (double)of->count : PZ_REAL_NONE;
}

/* Of the mean, from the spread between learners. */
static double variance_of_mean(const moments *of)
{
    if (of->count < 2) return PZ_REAL_NONE;
    double n = (double)of->count, spread = (of->squares - of->sum * of->sum / n) / (n - 1);
    return (spread > 0 ? spread : 0) / n;
}

typedef int (*is_in_fn)(const pz__pupil *pupil, const char *value);

static int has_need(const pz__pupil *pupil, const char *value)
{
    (void)value;
    return pupil->has_need;
}

static int has_support(const pz__pupil *pupil, const char *value)
{
    (void)value;
    return pupil->has_support;
}

static int has_grade(const pz__pupil *pupil, const char *value)
{
    return pupil->grade && !strcmp(pupil->grade, value);
}

static pz_status add_part(pz__school *school, const pz__pupil *pupils, size_t count, is_in_fn is_in, const char *code, const char *value)
{
    moments in = {0, 0, 0}, out = {0, 0, 0};
    for (size_t i = 0; i < count; i++)
        if (pupils[i].count) add_moment(is_in(&pupils[i], value) ? &in : &out, pupils[i].sum / (double)pupils[i].count);
    if (!in.count || !out.count) return PZ_OK; /* nobody to compare with */
    PZ__TRY(pz__reserve((void **)&school->parts, &school->part_capacity, school->part_count + 1, sizeof *school->parts));
    pz__part *part = &school->parts[school->part_count++];
    memset(part, 0, sizeof *part);
    part->code = code;
    part->value = value;
    part->learners = in.count;
    part->others = out.count;
    part->mean = mean_of(&in);
    part->others_mean = mean_of(&out);
    part->difference = part->mean - part->others_mean;
    part->standard_error = sqrt(variance_of_mean(&in) + variance_of_mean(&out));
    return PZ_OK;
}

static pz_status keep_value(pz__school *school, const char *text, const char **out_value)
{
    for (size_t i = 0; i < school->value_count; i++) {
        if (strcmp(school->values[i], text)) continue;
        *out_value = NULL; /* there already */
        return PZ_OK;
    }
    PZ__TRY(pz__reserve((void **)&school->values, &school->value_capacity, school->value_count + 1, sizeof *school->values));
    char *copy = pz__copy_text(text, strlen(text));
    if (!copy) return pz__fail_memory();
    *out_value = school->values[school->value_count++] = copy;
    return PZ_OK;
}

static pz_status hide(pz__school *school, size_t first, size_t smallest)
{
    size_t count = school->part_count - first;
    size_t *counts = pz__alloc_zero(count, sizeof *counts);
    int *hidden = pz__alloc_zero(count, sizeof *hidden);
    if (counts && hidden) {
        for (size_t i = 0; i < count; i++) counts[i] = school->parts[first + i].learners;
        pz__hide_small(counts, hidden, count, smallest);
        for (size_t i = 0; i < count; i++)
            school->parts[first + i].is_hidden = hidden[i] || school->parts[first + i].learners < smallest || school->parts[first + i].others < smallest;
    }
    int is_made = counts && hidden;
    pz__release(counts);
    pz__release(hidden);
    return is_made ? PZ_OK : pz__fail_memory();
}

pz_status pz__school_parts(pz_actor *actor, pz__pupil *pupils, size_t count, const pz__map *numbers, int32_t smallest, pz_date today, pz__school *school)
{
    PZ__TRY(mark_section(actor, PZ_PROFILE_NEED, pupils, numbers, school, today));
    PZ__TRY(mark_section(actor, PZ_PROFILE_SUPPORT, pupils, numbers, school, today));
    /* Each with or without is told apart by itself: who has none is the other side. */
    PZ__TRY(add_part(school, pupils, count, has_need, "page.school.part.need", NULL));
    PZ__TRY(hide(school, 0, (size_t)smallest));
    size_t first = school->part_count;
    PZ__TRY(add_part(school, pupils, count, has_support, "page.school.part.support", NULL));
    PZ__TRY(hide(school, first, (size_t)smallest));
    first = school->part_count;
    for (size_t i = 0; i < count; i++) {
        const char *value;
        if (!pupils[i].grade) continue;
        PZ__TRY(keep_value(school, pupils[i].grade, &value));
        if (value) PZ__TRY(add_part(school, pupils, count, has_grade, "page.school.part.grade", value));
    }
    return hide(school, first, (size_t)smallest);
}
