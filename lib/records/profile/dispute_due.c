/* Disputes that wait for an answer, and by when. */
#include "base/fail.h"
#include "records/access/visible.h"
#include "records/profile/tables.h"
#include "records/voice/policy.h"

typedef struct open_work {
    pz__call *call;
    pz__reach reach;
    pz__named named;
    pz_id learner; /* of whom `days` are */
    int32_t days;
    pz__dispute_due_fn each;
    void *user_data;
} open_work;

/* They come by learner, so the policy is asked once for each. */
static pz_status tell(open_work *work, const pz_profile_dispute *dispute)
{
    pz__call *call = work->call;
    int is_visible;
    if (!pz__reach_has(&work->reach, dispute->learner)) return PZ_OK;
    PZ__TRY(pz__entry_is_visible(call, &work->named, dispute->entry, &is_visible));
    if (!is_visible) return PZ_OK;
    if (dispute->learner != work->learner) PZ__TRY(pz__voice_days(call, dispute->learner, PZ_VOICE_COUNTER, &work->days));
    work->learner = dispute->learner;
    return work->each(dispute, pz__store_date(call->store, dispute->disputed_at) + work->days, work->user_data);
}

static pz_status read(open_work *work)
{
    static const char sql[] = "SELECT " PZ__DISPUTE_COLUMNS " FROM profile_dispute WHERE tenant_id = ?1 AND since_change <= ?2 "
                              "AND until_change > ?2 AND state = 1 ORDER BY learner_id, dispute_id";
    pz_profile_dispute dispute;
    pz__statement *statement;
    pz_status status;
    int row;
    PZ__TRY(pz__db_statement(work->call->db, sql, &statement));
    pz__bind_int(statement, 1, work->call->tenant);
    pz__bind_int(statement, 2, work->call->as_of);
    while ((status = pz__db_step(statement, &row)) == PZ_OK && row) {
        pz__record_read(&pz__profile_dispute_type, statement, 0, &dispute);
        if ((status = tell(work, &dispute)) != PZ_OK) break;
    }
    pz__db_reset(statement);
    return status;
}

pz_status pz__disputes_each_open(pz__call *call, pz__dispute_due_fn each, void *user_data)
{
    open_work work = {.call = call, .each = each, .user_data = user_data};
    pz_status status;
    PZ__TRY(pz__reach_learners(call, &work.reach));
    status = read(&work);
    pz__named_free(&work.named);
    return status;
}
