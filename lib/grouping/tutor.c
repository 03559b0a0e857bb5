/* Pairs in which one helps another. */
#include <math.h>

#include "base/fail.h"
#include "grouping/data.h"
#include "grouping/matching.h"
#include "grouping/strategy.h"

enum { LEARNERS_MAX = 1000, EITHER = 0, TUTOR = 1, TUTEE = 2 };

static const double parts = 1048576; /* of a gain of 1, as whole numbers that the matching adds up exactly */

typedef struct pairing {
    const pz__grouping_data *data;
    const double *mastery;
    const int32_t *roles;
    size_t columns;
    pz_tutoring_options options;
    int32_t *present; /* vertex to learner */
    int32_t count;    /* of present learners */
    int32_t vertices; /* one more where that is odd: whoever is paired with it joins a pair */
    double *values;   /* vertex by vertex */
    int64_t *weights;
    int32_t *partner;
    int32_t *at; /* learner to vertex; -1 */
} pairing;

/* ---------------------------------------------------------------------------------------------------- gains --- */

static double gain_of(const pairing *p, int32_t tutor, int32_t tutee, int32_t *out_column)
{
    const double *has = p->mastery + (size_t)tutor * p->columns, *lacks = p->mastery + (size_t)tutee * p->columns;
    double most = 0;
    *out_column = -1;
    if (p->roles && (p->roles[tutor] == TUTEE || p->roles[tutee] == TUTOR)) return 0;
    for (size_t c = 0; c < p->columns; c++) {
        if (!(has[c] >= p->options.mastered_at) || !(lacks[c] < p->options.mastered_at) || has[c] - lacks[c] <= most) continue;
        most = has[c] - lacks[c];
        *out_column = (int32_t)c;
    }
    return most;
}

static double value_of(const pairing *p, int32_t a, int32_t b)
{
    int32_t column;
    double one = gain_of(p, a, b, &column), other = gain_of(p, b, a, &column);
    if (p->options.kind == PZ_TUTORING_RECIPROCAL) return fmin(one, other) + (one + other) / 1000;
    return fmax(one, other);
}

/* -------------------------------------------------------------------------------------------------- weights --- */

static void set_value(pairing *p, int32_t a, int32_t b, double value)
{
    p->values[(size_t)a * (size_t)p->vertices + (size_t)b] = value;
    p->values[(size_t)b * (size_t)p->vertices + (size_t)a] = value;
}

static void set_weight(pairing *p, int32_t a, int32_t b, int64_t weight)
{
    p->weights[(size_t)a * (size_t)p->vertices + (size_t)b] = weight;
    p->weights[(size_t)b * (size_t)p->vertices + (size_t)a] = weight;
}

/* More than all gains together, so that one more pair is worth more than any gain. */
static int64_t pair_weight(const pairing *p)
{
    return (int64_t)(2 * parts) * (p->vertices + 1);
}

/* A vertex that stands for joining a pair is worth to a learner what its best partner is. Whoever that partner is paired with, the three then have
 * exactly that value together, so the matching is the best with one group of three as well. */
static void set_joiner(pairing *p)
{
    int32_t joiner = p->count;
    for (int32_t a = 0; a < p->count; a++) {
        double best = 0;
        for (int32_t b = 0; b < p->count; b++)
            if (b != a && p->weights[(size_t)a * (size_t)p->vertices + (size_t)b] > 0)
                best = fmax(best, p->values[(size_t)a * (size_t)p->vertices + (size_t)b]);
        set_value(p, a, joiner, best);
        set_weight(p, a, joiner, pair_weight(p) + (int64_t)(best * parts + 0.5));
    }
}

static void weigh(pairing *p)
{
    for (int32_t a = 0; a < p->count; a++) {
        for (int32_t b = 0; b < a; b++) {
            double value = value_of(p, p->present[a], p->present[b]);
            set_value(p, a, b, value);
            set_weight(p, a, b, pair_weight(p) + (int64_t)(value * parts + 0.5));
        }
    }
    for (size_t i = 0; i < p->data->rule_count; i++) {
        const pz__rule *rule = &p->data->rules[i];
        int is_pair = rule->kind == PZ_CONSTRAINT_TOGETHER || rule->kind == PZ_CONSTRAINT_APART;
        if (!is_pair || p->at[rule->learner] < 0 || p->at[rule->other] < 0) continue;
        int32_t a = p->at[rule->learner], b = p->at[rule->other];
        int64_t own = (int64_t)(p->values[(size_t)a * (size_t)p->vertices + (size_t)b] * parts + 0.5);
        set_weight(p, a, b, rule->kind == PZ_CONSTRAINT_APART ? 0 : pair_weight(p) * (p->vertices + 2) + own);
    }
    if (p->vertices > p->count) set_joiner(p);
}

/* --------------------------------------------------------------------------------------------------- telling --- */

static pz_tutoring helping(const pairing *p, int32_t group, int32_t tutor, int32_t tutee)
{
    pz_tutoring row = {sizeof row, group, tutor, tutee, -1, 0, NULL};
    row.gain = gain_of(p, tutor, tutee, &row.column);
    row.code = row.column < 0 ? "reason.tutoring.beside" : "reason.tutoring.help";
    return row;
}

static void tell(const pairing *p, pz__rows *rows, int32_t group, int32_t a, int32_t b)
{
    pz_tutoring one = helping(p, group, a, b), other = helping(p, group, b, a);
    if (p->options.kind == PZ_TUTORING_RECIPROCAL) {
        pz__rows_add(rows, &one);
        pz__rows_add(rows, &other);
        return;
    }
    pz__rows_add(rows, other.gain > one.gain ? &other : &one);
}

static int is_apart(const pairing *p, int32_t a, int32_t b)
{
    return p->weights[(size_t)a * (size_t)p->vertices + (size_t)b] == 0;
}

/* The best partner in the pairs for the one who is left over: none of the pair may have to stay apart from it. -1 where there is none. */
static int32_t middle_for(const pairing *p, int32_t left)
{
    int32_t best = -1;
    for (int32_t b = 0; b < p->count; b++) {
        int32_t other = p->partner[b];
        if (b == left || other < 0 || other == p->count || is_apart(p, left, b) || is_apart(p, left, other)) continue;
        if (best < 0 ||
            p->values[(size_t)left * (size_t)p->vertices + (size_t)b] > p->values[(size_t)left * (size_t)p->vertices + (size_t)best])
            best = b;
    }
    return best;
}

static double value_at(const pairing *p, int32_t a, int32_t b)
{
    return p->values[(size_t)a * (size_t)p->vertices + (size_t)b];
}

static int is_help(const pairing *p, int32_t a, int32_t b)
{
    int32_t one, other;
    gain_of(p, p->present[a], p->present[b], &one);
    gain_of(p, p->present[b], p->present[a], &other);
    return p->options.kind == PZ_TUTORING_RECIPROCAL ? one >= 0 && other >= 0 : one >= 0 || other >= 0;
}

static pz_status tell_all(const pairing *p, double bound, pz__rows *rows, pz_tutoring_summary *summary)
{
    int32_t left = p->vertices > p->count ? p->partner[p->count] : -1, middle = -1;
    if (left >= 0) middle = middle_for(p, left);
    for (int32_t a = 0; a < p->count; a++) {
        int32_t b = p->partner[a];
        if (b < 0 || (a == left && middle < 0) || (b == p->count && middle < 0))
            return pz__fail(PZ_E_INFEASIBLE, "learner", "Take back a rule, or mark somebody as absent.",
                            "Learner %d must stay apart from all who are left to be paired with.", (int)p->present[a]);
        if (b < a || b == p->count) continue;
        int helps = is_help(p, a, b);
        tell(p, rows, summary->groups, p->present[a], p->present[b]);
        summary->value += value_at(p, a, b);
        if (middle == a || middle == b) {
            tell(p, rows, summary->groups, p->present[middle], p->present[left]);
            summary->value += value_at(p, middle, left);
            helps |= is_help(p, middle, left);
        }
        summary->without += !helps;
        summary->groups++;
    }
    summary->bound = fmax(bound, summary->value);
    /* The matching adds up rounded gains; below that its bound and the value are the same. */
    if (summary->bound - summary->value < p->vertices / parts) summary->bound = summary->value;
    summary->gap = summary->bound - summary->value;
    return PZ_OK;
}

/* Rules of kinds that a pairing does not know count as broken where they are. */
static pz_status count_broken(const pz_grouping_problem *problem, const pz__rows *rows, int32_t *out_broken)
{
    size_t learners = problem->data->learners;
    int32_t *groups = pz__alloc(learners * sizeof *groups);
    pz_grouping_result *result = NULL;
    pz_grouping_check **checks = NULL;
    size_t count = 0;
    if (!groups) return pz__fail_memory();
    for (size_t i = 0; i < learners; i++) groups[i] = -1;
    for (size_t i = 0; i < rows->count; i++) {
        const pz_tutoring *row = (const pz_tutoring *)rows->records + i;
        groups[row->tutor] = groups[row->tutee] = row->group;
    }
    pz_status status = pz_grouping_score(problem, groups, learners, &result);
    if (status == PZ_OK) status = pz_grouping_check_list(result, &checks, &count);
    for (size_t i = 0; i < count; i++)
        *out_broken += !checks[i]->holds && checks[i]->kind != PZ_CONSTRAINT_SIZE && checks[i]->kind != PZ_CONSTRAINT_GROUP_SIZE;
    pz_free(checks);
    pz_grouping_result_free(result);
    pz__release(groups);
    return status;
}

/* ---------------------------------------------------------------------------------------------------- start --- */

static pz_status check_numbers(const pz__grouping_data *data, const double *mastery, size_t rows, size_t cols, const int32_t *roles,
                               size_t roles_len)
{
    if (!mastery) return pz__fail_null("mastery");
    if (rows != data->learners) return pz__fail(PZ_E_INVALID, "rows", NULL, "There are %zu rows for %zu learners.", rows, data->learners);
    if (cols < 1 || cols > PZ__NEEDS_MAX)
        return pz__fail(PZ_E_INVALID, "cols", NULL, "There are 1 to %d columns, not %zu.", PZ__NEEDS_MAX, cols);
    if (rows > LEARNERS_MAX)
        return pz__fail(PZ_E_LIMIT, "rows", "Pair the learners of one class or year.", "Pairs are for up to %d learners, not %zu.",
                        LEARNERS_MAX, rows);
    if (roles && roles_len != rows)
        return pz__fail(PZ_E_INVALID, "roles_len", NULL, "There are %zu roles for %zu learners.", roles_len, rows);
    for (size_t i = 0; i < rows * cols; i++)
        if (!isnan(mastery[i]) && !(mastery[i] >= 0 && mastery[i] <= 1))
            return pz__fail(PZ_E_INVALID, "mastery", "Give NaN where nothing is known.", "Row %zu, column %zu is not a number from 0 to 1.",
                            i / cols, i % cols);
    for (size_t i = 0; roles && i < rows; i++)
        if (roles[i] < EITHER || roles[i] > TUTEE)
            return pz__fail(PZ_E_INVALID, "roles", NULL, "Row %zu has role %d; roles are 0, 1 and 2.", i, (int)roles[i]);
    return PZ_OK;
}

static pz_status take_options(const pz_tutoring_options *options, pz_tutoring_options *out)
{
    const pz_tutoring_options initial = PZ_TUTORING_OPTIONS_INIT;
    *out = initial;
    if (options) PZ__TRY(pz__record_take(&pz__tutoring_options_type, options, sizeof initial, out));
    if (out->kind < PZ_TUTORING_GAP || out->kind > PZ_TUTORING_RECIPROCAL)
        return pz__fail(PZ_E_INVALID, "options.kind", NULL, "%d is none of the kinds of tutoring.", (int)out->kind);
    if (!(out->mastered_at > 0 && out->mastered_at <= 1))
        return pz__fail(PZ_E_INVALID, "options.mastered_at", NULL, "mastered_at is above 0 and at most 1.");
    return PZ_OK;
}

static pz_status find_present(pairing *p)
{
    size_t learners = p->data->learners;
    p->at = pz__alloc_zero(learners, sizeof *p->at);
    p->present = pz__alloc(learners * sizeof *p->present);
    if (!p->at || !p->present) return pz__fail_memory();
    for (size_t i = 0; i < p->data->rule_count; i++)
        if (pz__is_of_absent(&p->data->rules[i])) p->at[p->data->rules[i].learner] = -1;
    for (size_t i = 0; i < learners; i++) {
        if (p->at[i] < 0) continue;
        p->at[i] = p->count;
        p->present[p->count++] = (int32_t)i;
    }
    if (p->count < 2) return pz__fail(PZ_E_NOT_ENOUGH, "learners", NULL, "Of %zu learners fewer than two are there.", learners);
    p->vertices = p->count + (p->count > 2 && p->count % 2);
    return PZ_OK;
}

static pz_status pair_up(pairing *p, pz_progress_fn progress, void *user_data, pz__rows *rows, pz_tutoring_summary *summary)
{
    size_t cells = (size_t)p->vertices * (size_t)p->vertices;
    int64_t sum, dual;
    p->values = pz__alloc_zero(cells, sizeof *p->values);
    p->weights = pz__alloc_zero(cells, sizeof *p->weights);
    p->partner = pz__alloc((size_t)p->vertices * sizeof *p->partner);
    if (!p->values || !p->weights || !p->partner) return pz__fail_memory();
    weigh(p);
    PZ__TRY(pz__match(p->weights, p->vertices, progress, user_data, p->partner, &sum, &dual));
    /* What is left of the dual without the weight of the pairs themselves bounds the gains. */
    double bound = 0;
    for (int32_t a = 0; a < p->vertices; a++)
        if (p->partner[a] > a) bound += value_at(p, a, p->partner[a]);
    bound += (double)(dual - sum) / parts;
    return tell_all(p, bound, rows, summary);
}

pz_status pz_grouping_tutor(const pz_grouping_problem *problem, const double *mastery, size_t rows, size_t cols, const int32_t *roles,
                            size_t roles_len, const pz_tutoring_options *options, pz_progress_fn progress, void *user_data,
                            pz_tutoring ***out_rows, size_t *out_count, pz_tutoring_summary **out_summary)
{
    if (!out_rows || !out_count || !out_summary) return pz__fail_null(!out_rows ? "out_rows" : !out_count ? "out_count" : "out_summary");
    *out_rows = NULL;
    *out_count = 0;
    *out_summary = NULL;
    if (!problem) return pz__fail_closed("problem");
    pairing p = {.data = problem->data, .mastery = mastery, .roles = roles, .columns = cols};
    pz__rows list;
    PZ__TRY(take_options(options, &p.options));
    PZ__TRY(check_numbers(problem->data, mastery, rows, cols, roles, roles_len));
    pz_tutoring_summary *summary = pz__alloc_zero(1, sizeof *summary);
    if (!summary) return pz__fail_memory();
    summary->struct_size = sizeof *summary;
    pz__rows_start(&list, &pz__tutoring_type);
    pz_status status = find_present(&p);
    if (status == PZ_OK) status = pair_up(&p, progress, user_data, &list, summary);
    if (status == PZ_OK && list.status != PZ_OK) status = pz__fail_memory();
    if (status == PZ_OK) status = count_broken(problem, &list, &summary->rules_broken);
    if (status == PZ_OK)
        status = pz__rows_take(&list, (void ***)out_rows, out_count);
    else
        pz__rows_free(&list);
    if (status == PZ_OK)
        *out_summary = summary;
    else
        pz__release(summary);
    pz__release(p.at);
    pz__release(p.present);
    pz__release(p.values);
    pz__release(p.weights);
    pz__release(p.partner);
    return status;
}
