/* pz_profile_feature_list(): tags, preferences and times of profiles as columns for the grouping engine. */
#include <stdio.h>
#include <string.h>

#include "base/fail.h"
#include "base/text_fold.h"
#include "records/access/whom.h"
#include "records/listing.h"
#include "records/profile/feature.h"
#include "records/profile/see.h"
#include "records/profile/tables.h"
#include "records/profile/week_times.h"

#define BIT(section) (1u << (section))

static const struct criterion {
    const char *name;
    uint32_t sections;
    int is_times;
} criteria[] = {
    {"interests", BIT(PZ_PROFILE_INTEREST) | BIT(PZ_PROFILE_LEARN_WHAT), 0},
    {"needs", BIT(PZ_PROFILE_NEED), 0},
    {"strengths", BIT(PZ_PROFILE_STRENGTH) | BIT(PZ_PROFILE_PRIOR_SUCCESS), 0},
    {"preferences", BIT(PZ_PROFILE_LEARN_HOW) | BIT(PZ_PROFILE_LEARN_WHERE) | BIT(PZ_PROFILE_TECHNOLOGY), 0},
    {"times", BIT(PZ_PROFILE_LEARN_WHEN), 1},
};
_Static_assert(sizeof criteria / sizeof criteria[0] == PZ__FEATURE_CRITERIA, "each criterion has its sections");

int32_t pz__feature_criterion(const char *name, size_t length)
{
    for (int32_t i = 0; i < PZ__FEATURE_CRITERIA; i++)
        if (strlen(criteria[i].name) == length && !memcmp(name, criteria[i].name, length)) return i;
    return -1;
}

const char *pz__feature_criterion_name(int32_t criterion)
{
    return criteria[criterion].name;
}

int pz__feature_is_times(int32_t criterion)
{
    return criteria[criterion].is_times;
}

typedef struct feature_work {
    pz__call *call;
    const struct criterion *criterion;
    pz__buffer folded;
    pz__rows rows;
} feature_work;

static pz_status add(feature_work *work, const pz_profile_entry *entry, const char *text, size_t length)
{
    pz_profile_feature feature = {sizeof feature, entry->learner, NULL, entry->id};
    pz__buffer_clear(&work->folded);
    pz__text_fold(&work->folded, text, length);
    if (work->folded.status != PZ_OK) return pz__fail_memory();
    feature.name = work->folded.data;
    if (work->folded.length) pz__rows_add(&work->rows, &feature);
    return PZ_OK;
}

typedef struct tag_work {
    feature_work *work;
    const pz_profile_entry *entry;
} tag_work;

static pz_status add_tag(const pz_profile_tag *tag, void *user_data)
{
    const tag_work *at = user_data;
    return add(at->work, at->entry, tag->tag, tag->tag_len);
}

static pz_status add_times(feature_work *work, const pz_profile_entry *entry)
{
    static const char *const days[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
    double cells[PZ__WEEK_CELLS];
    pz__week_times times;
    if (!entry->times) return PZ_OK;
    PZ__TRY(pz__week_times_parse(entry->times, entry->times_len, "times", &times));
    pz__week_times_cells(&times, cells);
    for (int cell = 0; cell < PZ__WEEK_CELLS; cell++) {
        char name[16];
        if (cells[cell] == 0) continue;
        snprintf(name, sizeof name, "%s %02d:%02d", days[cell / 48], cell % 48 / 2, cell % 2 * 30);
        PZ__TRY(add(work, entry, name, strlen(name)));
    }
    return PZ_OK;
}

static pz_status add_entry(const pz_profile_entry *entry, void *user_data)
{
    feature_work *work = user_data;
    tag_work at = {work, entry};
    pz_date today = work->call->today;
    if (!(work->criterion->sections & BIT(entry->section))) return PZ_OK;
    if (entry->begins_on != PZ_DATE_NONE && entry->begins_on > today) return PZ_OK;
    if (entry->ends_on != PZ_DATE_NONE && entry->ends_on < today) return PZ_OK;
    if (work->criterion->is_times) return add_times(work, entry);
    if (entry->code) PZ__TRY(add(work, entry, entry->code, entry->code_len));
    return pz__profile_tags_each(work->call, entry->learner, entry->id, add_tag, &at);
}

static pz_status read_all(feature_work *work, const pz_id *learners, size_t count)
{
    for (size_t i = 0; i < count; i++) PZ__TRY(pz__profile_each(work->call, learners[i], 0, 0, add_entry, work));
    return PZ_OK;
}

pz_status pz__features_read(pz__call *call, int32_t criterion, const pz_id *learners, size_t count, pz_profile_feature ***out_rows,
                            size_t *out_count)
{
    feature_work work = {.call = call, .criterion = &criteria[criterion]};
    pz_status status;
    *out_rows = NULL;
    *out_count = 0;
    PZ__TRY(pz__may(call, PZ_KIND_PROFILE_ENTRY, PZ__SEE));
    pz__rows_start(&work.rows, &pz__profile_feature_type);
    status = read_all(&work, learners, count);
    pz__buffer_free(&work.folded);
    if (status == PZ_OK) return pz__rows_take(&work.rows, (void ***)out_rows, out_count);
    pz__rows_free(&work.rows);
    return status;
}

static pz_status list(feature_work *work, pz_id class_id)
{
    pz__whom whom;
    pz_status status;
    PZ__TRY(pz__may_class(work->call, PZ_KIND_CLASS, PZ__SEE, class_id, "class_id"));
    PZ__TRY(pz__whom_find(work->call, PZ_KIND_PROFILE_ENTRY, 0, class_id, &whom));
    pz__whom_read_class(work->call, &whom);
    status = read_all(work, whom.ids, whom.count);
    pz__whom_free(&whom);
    return status;
}

pz_status pz_profile_feature_list(pz_actor *actor, pz_id class_id, const char *criterion, pz_profile_feature ***out_rows, size_t *out_count)
{
    pz__call call;
    feature_work work = {.call = &call};
    int32_t which = criterion ? pz__feature_criterion(criterion, strlen(criterion)) : -1;
    pz_status status;
    PZ__TRY(pz__list_start((void ***)out_rows, out_count));
    if (!actor) return pz__fail_closed("actor");
    if (which < 0)
        return pz__fail(PZ_E_INVALID, "criterion", NULL,
                        "A criterion is \"interests\", \"needs\", \"strengths\", \"preferences\" or \"times\".");
    work.criterion = &criteria[which];
    PZ__TRY(pz__call_read(&call, actor));
    pz__rows_start(&work.rows, &pz__profile_feature_type);
    status = list(&work, class_id);
    pz__buffer_free(&work.folded);
    return pz__call_end_rows(&call, status, &work.rows, (void ***)out_rows, out_count);
}
