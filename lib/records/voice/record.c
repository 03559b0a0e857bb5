/* Records that an entry is about, or that came of it. */
#include "base/fail.h"
#include "base/memory.h"
#include "records/goal/find.h"
#include "records/need.h"
#include "records/profile/see.h"
#include "records/voice/steps.h"

static pz_status fail_no_record(const char *field, pz_id record)
{
    return pz__fail(PZ_E_NOT_FOUND, field, NULL, "There is no record %lld of this learner in reach.", (long long)record);
}

static pz_status need_goal(pz__call *call, pz_id learner, pz_id id, const char *field)
{
    pz_goal *goal;
    pz_status status = pz__goal_find(call, PZ__SEE, id, &goal);
    if (status == PZ_E_NOT_FOUND) return fail_no_record(field, id);
    if (status == PZ_OK && goal->learner != learner) status = fail_no_record(field, id);
    pz_free(goal);
    return status;
}

static pz_status need_voice(pz__call *call, pz_id learner, pz_id id, const char *field)
{
    pz_voice_entry *entry;
    pz_status status = pz__voice_find(call, PZ__SEE, id, &entry);
    if (status == PZ_E_NOT_FOUND) return fail_no_record(field, id);
    if (status == PZ_OK && entry->learner != learner) status = fail_no_record(field, id);
    pz_free(entry);
    return status;
}

typedef struct wanted_entry {
    pz_id id;
    int found;
} wanted_entry;

static pz_status look(const pz_profile_entry *entry, void *user_data)
{
    wanted_entry *wanted = user_data;
    wanted->found |= entry->id == wanted->id;
    return PZ_OK;
}

static pz_status need_profile_entry(pz__call *call, pz_id learner, pz_id id, const char *field)
{
    wanted_entry wanted = {id, 0};
    PZ__TRY(pz__profile_each(call, learner, 0, 0, look, &wanted));
    return wanted.found ? PZ_OK : fail_no_record(field, id);
}

pz_status pz__voice_need_record(pz__call *call, pz_id learner, int32_t kind, pz_id record, const char *field)
{
    switch (kind) {
    case 0:
        if (!record) return PZ_OK;
        return pz__fail(PZ_E_INVALID, field, "Say of which kind it is.", "The record %lld has no kind.", (long long)record);
    case PZ_KIND_GOAL: return need_goal(call, learner, record, field);
    case PZ_KIND_PROFILE_ENTRY: return need_profile_entry(call, learner, record, field);
    case PZ_KIND_COMPETENCY: return pz__need(call, PZ_KIND_COMPETENCY, record, field);
    case PZ_KIND_VOICE: return need_voice(call, learner, record, field);
    default:
        return pz__fail(PZ_E_INVALID, field, "Goals, profile entries, competencies and voice entries are such records.",
                        "Nothing is said of records of the kind %d.", (int)kind);
    }
}
