/* pz_evidence_correct(). */
#include "base/fail.h"
#include "base/text.h"
#include "records/evidence/write.h"
#include "records/request.h"

static pz_status correct(pz__call *call, pz_id learner, pz_id competency, int64_t sequence, double score, const char *reason,
                         size_t reason_len)
{
    pz__evidence_row row;
    pz__outcome outcome;
    int found;
    PZ__TRY(pz__may_learner(call, PZ_KIND_EVIDENCE, PZ__WRITE, learner, "learner"));
    PZ__TRY(pz__evidence_find(call, learner, competency, sequence, &row, &found));
    if (!found)
        return pz__fail(PZ_E_NOT_FOUND, "sequence", "pz_evidence_read() lists what there is.",
                        "There is no evidence %lld of this learner on competency %lld, or it was withdrawn.", (long long)sequence,
                        (long long)competency);
    return pz__evidence_fix(call, &row, score, PZ_REAL_NONE, reason, reason_len, &outcome);
}

pz_status pz_evidence_correct(pz_actor *actor, pz_id learner, pz_id competency, int64_t sequence, double score, const char *reason,
                              size_t reason_len, const char *key)
{
    pz__buffer request = PZ__BUFFER_INIT;
    pz__call call;
    pz_status status;
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(pz__text_need(reason, reason_len, (size_t)pz_limit(PZ_LIMIT_TEXT), "reason", &reason_len));
    if (!isnan(score) && !(score >= 0 && score <= 1))
        return pz__fail(PZ_E_INVALID, "score", "Give NaN to withdraw the row.", "The score must be from 0 to 1.");
    pz__request_int(&request, learner);
    pz__request_int(&request, competency);
    pz__request_int(&request, sequence);
    pz__request_real(&request, score);
    pz__request_text(&request, reason, reason_len);
    status =
        request.status == PZ_OK ? pz__call_write(&call, actor, "evidence.correct", key, request.data, request.length) : pz__fail_memory();
    pz__buffer_free(&request);
    if (status != PZ_OK) return status;
    if (!call.repeated) status = correct(&call, learner, competency, sequence, score, reason, reason_len);
    return pz__call_end(&call, status);
}
