#include <math.h>

#include "base/fail.h"
#include "base/numeric.h"
#include "mastery/diagnosis.h"
#include "mastery/model.h"

pz_status pz_misconception_of(const int32_t *pointing, const int32_t *wrong_options, size_t rows, double prior, double choice,
                              pz_misconception_evidence *out_evidence)
{
    pz_misconception_evidence out = PZ_MISCONCEPTION_EVIDENCE_INIT;
    PZ__TRY(pz__out_start(&pz__misconception_evidence_type, out_evidence));
    if (rows && !pointing) return pz__fail_null("pointing");
    if (rows && !wrong_options) return pz__fail_null("wrong_options");
    if (rows > INT32_MAX) return pz__fail(PZ_E_INVALID, "rows", NULL, "There are too many rows.");
    if (!(prior > 0 && prior < 1)) return pz__fail(PZ_E_INVALID, "prior", NULL, "prior must be above 0 and below 1.");
    if (!(choice > 0 && choice < 1)) return pz__fail(PZ_E_INVALID, "choice", NULL, "choice must be above 0 and below 1.");
    for (size_t i = 0; i < rows; i++) {
        double chance;
        if (pointing[i] != 0 && pointing[i] != 1)
            return pz__fail(PZ_E_INVALID, "pointing", NULL, "The value in row %zu must be 0 or 1.", i);
        if (wrong_options[i] < 2) return pz__fail(PZ_E_INVALID, "wrong_options", NULL, "The value in row %zu must be at least 2.", i);
        chance = 1.0 / wrong_options[i];
        out.expected += chance;
        out.pointing += pointing[i];
        out.log_odds += pointing[i] ? pz__log(choice / chance) : pz__log((1 - choice) / (1 - chance));
    }
    out.wrong = (int32_t)rows;
    out.probability = pz__logistic(pz__logit(prior) + out.log_odds);
    pz__out_give(&pz__misconception_evidence_type, &out, out_evidence);
    return PZ_OK;
}
