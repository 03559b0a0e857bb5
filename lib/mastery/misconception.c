/* Wrong ideas behind wrong options, by Bayes' rule. */
#include <math.h>
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "base/numeric.h"
#include "mastery/columns.h"
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

/* ----------------------------------------------------------------------------------------- several ideas --- */

static pz_status check_ideas(const int64_t *answer, const int64_t *idea, const int32_t *taken, const double *chance, size_t rows,
                             double prior, double choice)
{
    if (rows && !answer) return pz__fail_null("answer");
    if (rows && !idea) return pz__fail_null("idea");
    if (rows && !taken) return pz__fail_null("taken");
    if (rows > 1000000) return pz__fail(PZ_E_INVALID, "rows", NULL, "There must be at most 1,000,000 rows.");
    if (!(prior > 0 && prior < 1)) return pz__fail(PZ_E_INVALID, "prior", NULL, "prior must be above 0 and below 1.");
    if (!(choice > 0 && choice < 1)) return pz__fail(PZ_E_INVALID, "choice", NULL, "choice must be above 0 and below 1.");
    for (size_t i = 0; i < rows; i++) {
        if (taken[i] != 0 && taken[i] != 1) return pz__fail(PZ_E_INVALID, "taken", NULL, "The value in row %zu must be 0 or 1.", i);
        if (chance && !(chance[i] > 0 && chance[i] < 1))
            return pz__fail(PZ_E_INVALID, "chance", NULL, "The chance in row %zu must be above 0 and below 1.", i);
    }
    return PZ_OK;
}

/* An idea stands once for an answer, and no answer takes options of two. `order` has the rows by idea and then by answer. */
static pz_status check_answers(const int32_t *answers, const int32_t *ideas, const int32_t *taken, const uint32_t *order, size_t rows,
                               unsigned char *pointed)
{
    for (size_t i = 0; i < rows; i++) {
        uint32_t row = order[i];
        if (i && ideas[order[i - 1]] == ideas[row] && answers[order[i - 1]] == answers[row])
            return pz__fail(PZ_E_INVALID, "idea", NULL, "Rows %u and %u say the same idea of the same answer.", (unsigned)order[i - 1],
                            (unsigned)row);
    }
    for (size_t i = 0; i < rows; i++) {
        if (taken[i] && pointed[answers[i]])
            return pz__fail(PZ_E_INVALID, "taken", NULL, "Row %zu: another idea was taken in the same answer.", i);
        pointed[answers[i]] |= (unsigned char)taken[i];
    }
    return PZ_OK;
}

static int32_t strength_of(double log_odds)
{
    if (log_odds < 0) return PZ_STRENGTH_AGAINST;
    if (log_odds < 1) return PZ_STRENGTH_WEAK;
    if (log_odds < 3) return PZ_STRENGTH_POSITIVE;
    return log_odds <= 5 ? PZ_STRENGTH_STRONG : PZ_STRENGTH_VERY_STRONG;
}

static void add_evidence(pz_ranked_misconception *row, int32_t taken, double chance, double choice)
{
    row->wrong++;
    row->pointing += taken;
    row->expected += chance;
    row->log_odds += taken ? pz__log(choice / chance) : pz__log((1 - choice) / (1 - chance));
}

/* Each idea on its own, and set against the others and against none. */
static void judge(pz_ranked_misconception *rows, int32_t count, double prior)
{
    double most = 0, all;
    for (int32_t i = 0; i < count; i++) most = fmax(most, rows[i].log_odds + pz__logit(prior));
    all = pz__exp(-most);
    for (int32_t i = 0; i < count; i++) {
        double log_odds = rows[i].log_odds + pz__logit(prior);
        rows[i].probability = pz__logistic(log_odds);
        rows[i].strength = strength_of(rows[i].log_odds);
        all += rows[i].alone = pz__exp(log_odds - most);
    }
    for (int32_t i = 0; i < count; i++) rows[i].alone /= all;
}

/* The strongest first, of equals the smaller number. */
static void add_sorted(pz_ranked_misconception *rows, int32_t count, pz__rows *out)
{
    for (int32_t i = 1; i < count; i++) {
        pz_ranked_misconception row = rows[i];
        int32_t at = i;
        for (; at > 0 && rows[at - 1].log_odds < row.log_odds; at--) rows[at] = rows[at - 1];
        rows[at] = row;
    }
    for (int32_t i = 0; i < count; i++) pz__rows_add(out, &rows[i]);
}

pz_status pz_misconception_rank(const int64_t *answer, const int64_t *idea, const int32_t *taken, const double *chance, size_t rows,
                                double prior, double choice, pz_ranked_misconception ***out_rows, size_t *out_count)
{
    pz__sorted s = {0};
    pz_ranked_misconception *found = NULL;
    unsigned char *pointed = NULL;
    int32_t *ideas = NULL;
    pz__rows list;
    void **block;
    pz_status status;
    if (!out_rows) return pz__fail_null("out_rows");
    *out_rows = NULL;
    if (!out_count) return pz__fail_null("out_count");
    *out_count = 0;
    PZ__TRY(check_ideas(answer, idea, taken, chance, rows, prior, choice));
    pz__rows_start(&list, &pz__ranked_misconception_type);
    status = rows ? pz__sort_answers(answer, idea, rows, &s) : PZ_OK;
    if (status == PZ_OK && rows) {
        found = pz__alloc_zero((size_t)s.skills.count, sizeof *found);
        pointed = pz__alloc_zero((size_t)s.learners.count, 1);
        ideas = pz__alloc_zero(rows, sizeof *ideas);
        if (!found || !pointed || !ideas) status = pz__fail_memory();
    }
    for (int32_t i = 0; status == PZ_OK && i < s.skills.count; i++) {
        found[i].struct_size = sizeof *found;
        found[i].idea = s.skills.values[i];
        for (uint32_t at = s.starts[i]; at < s.starts[i + 1]; at++) {
            uint32_t row = s.order[at];
            ideas[row] = i;
            add_evidence(&found[i], taken[row], chance ? chance[row] : 1.0 / 3, choice);
        }
    }
    if (status == PZ_OK && rows) status = check_answers(s.learner, ideas, taken, s.order, rows, pointed);
    if (status == PZ_OK) {
        judge(found, s.skills.count, prior);
        add_sorted(found, s.skills.count, &list);
        status = pz__rows_take(&list, &block, out_count);
        *out_rows = (pz_ranked_misconception **)block;
    }
    pz__sorted_free(&s);
    pz__release(found);
    pz__release(pointed);
    pz__release(ideas);
    return status;
}
