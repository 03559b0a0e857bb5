#include "grouping/measure.h"

#include <math.h>
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "grouping/distance.h"
#include "grouping/members.h"

/* The mean of what grouped learners have. */
static void center(pz__measure *m, const int32_t *group_of)
{
    for (int32_t k = 0; k < m->data->criterion_count; k++) {
        const pz__criterion *criterion = &m->data->criteria[k];
        double sum = 0;
        int32_t count = 0;
        for (size_t i = 0; criterion->kind == PZ__NUMERIC && i < m->data->learners; i++) {
            if (group_of[i] < 0 || isnan(criterion->values[i])) continue;
            sum += criterion->values[i];
            count++;
        }
        m->means[k] = count ? sum / count : 0;
    }
}

static double greatest(const double *values, int32_t count)
{
    double most = 0;
    for (int32_t c = 0; c < count; c++)
        if (values[c] > most) most = values[c];
    return most;
}

static void add_learner(pz__measure *m, int32_t learner, int32_t group)
{
    int32_t criteria = m->data->criterion_count;
    m->sizes[group]++;
    pz__lanes_add(&m->lanes, m->data, learner, m->needs + (size_t)group * (size_t)m->columns + m->need_columns);
    for (int32_t k = 0; k < criteria; k++) {
        const pz__criterion *criterion = &m->data->criteria[k];
        if (criterion->kind == PZ__NEEDS) {
            const double *needs = criterion->values + (size_t)learner * (size_t)criterion->columns;
            for (int32_t c = 0; c < criterion->columns; c++) m->needs[(size_t)group * (size_t)m->columns + (size_t)c] += needs[c];
        } else if (criterion->kind == PZ__NUMERIC && !isnan(criterion->values[learner])) {
            double value = criterion->values[learner] - m->means[k];
            m->sums[(size_t)group * (size_t)criteria + (size_t)k] += value;
            m->counts[(size_t)group * (size_t)criteria + (size_t)k]++;
        }
    }
}

static void add_totals(pz__measure *m, int32_t learner)
{
    m->learners++;
    for (int32_t k = 0; k < m->data->criterion_count; k++) {
        const pz__criterion *criterion = &m->data->criteria[k];
        const double *values = criterion->values + (size_t)learner * (size_t)criterion->columns;
        if (criterion->kind == PZ__NEEDS) m->totals[k] += greatest(values, criterion->columns);
        if (criterion->kind != PZ__NUMERIC || isnan(values[0])) continue;
        m->totals[k] += (values[0] - m->means[k]) * (values[0] - m->means[k]);
    }
}

void pz__measure_set(pz__measure *m, const int32_t *group_of)
{
    size_t criteria = (size_t)m->data->criterion_count, groups = (size_t)m->groups;
    memset(m->sizes, 0, groups * sizeof *m->sizes);
    memset(m->sums, 0, groups * criteria * sizeof *m->sums);
    memset(m->counts, 0, groups * criteria * sizeof *m->counts);
    memset(m->needs, 0, groups * (size_t)m->columns * sizeof *m->needs);
    for (size_t i = 0; i < m->data->learners; i++)
        if (group_of[i] >= 0) add_learner(m, (int32_t)i, group_of[i]);
    for (int32_t g = 0; g < m->groups; g++)
        for (int32_t k = 0; k < m->data->criterion_count; k++)
            m->gathered[(size_t)g * criteria + (size_t)k] = pz__gather(m, g, k, NULL, NULL);
}

static void weigh(pz__measure *m)
{
    double sum = 0;
    for (int32_t k = 0; k < m->data->criterion_count; k++) sum += m->data->criteria[k].weight;
    for (int32_t k = 0; k < m->data->criterion_count; k++) m->weights[k] = m->data->criteria[k].weight / sum;
}

/* Distances within groups, and all there are. */
static pz_status gather_pairs(pz__measure *m, const int32_t *group_of, const pz__members *members, int32_t k)
{
    const pz__criterion *criterion = &m->data->criteria[k];
    PZ__TRY(pz__distance_total(criterion, group_of, m->data->learners, &m->totals[k]));
    for (int32_t g = 0; g < m->groups; g++) {
        double *within = &m->gathered[(size_t)g * (size_t)m->data->criterion_count + (size_t)k];
        for (int32_t i = members->first[g]; i < members->first[g + 1]; i++)
            for (int32_t j = i + 1; j < members->first[g + 1]; j++)
                *within += pz__distance(criterion, (size_t)members->learners[i], (size_t)members->learners[j]);
    }
    return PZ_OK;
}

static pz_status check_within(const int32_t *first, int32_t groups)
{
    double pairs = 0;
    for (int32_t g = 0; g < groups; g++) pairs += 0.5 * (first[g + 1] - first[g]) * (first[g + 1] - first[g] - 1.0);
    if (pairs <= pz__pairs_within_max) return PZ_OK;
    return pz__fail(PZ_E_LIMIT, "groups", "Form smaller groups, or use numeric and balanced criteria, which need no distances.",
                    "Distances are for divisions with up to %.0f pairs of learners within groups, not %.0f.", pz__pairs_within_max, pairs);
}

static pz_status gather_all_pairs(pz__measure *m, const int32_t *group_of)
{
    int of_pairs = 0;
    for (int32_t k = 0; k < m->data->criterion_count; k++) of_pairs |= pz__is_of_pairs(&m->data->criteria[k]);
    if (!of_pairs) return PZ_OK;
    pz__members members;
    PZ__TRY(pz__members_make(group_of, m->data->learners, m->groups, &members));
    pz_status status = check_within(members.first, m->groups);
    for (int32_t k = 0; status == PZ_OK && k < m->data->criterion_count; k++)
        if (pz__is_of_pairs(&m->data->criteria[k])) status = gather_pairs(m, group_of, &members, k);
    pz__members_free(&members);
    return status;
}

static int is_balanced_alone(const pz__grouping_data *data)
{
    for (int32_t k = 0; k < data->criterion_count; k++) {
        const pz__criterion *criterion = &data->criteria[k];
        if (criterion->kind != PZ__BALANCED) return 0;
        for (size_t i = 0; i < data->learners * (size_t)criterion->columns; i++)
            if (isnan(criterion->values[i])) return 0;
    }
    return data->criterion_count > 0;
}

static pz_status find_lane_slopes(pz__measure *m)
{
    m->lane_slopes = pz__alloc((size_t)m->lanes.count * sizeof *m->lane_slopes);
    if (!m->lane_slopes) return pz__fail_memory();
    for (int32_t l = 0; l < m->lanes.count; l++) m->lane_slopes[l] = pz__measure_slope(m, m->lanes.lanes[l].criterion);
    return PZ_OK;
}

pz_status pz__measure_make(const pz__grouping_data *data, const int32_t *group_of, int32_t groups, pz__measure *out_measure)
{
    pz__measure *m = out_measure;
    size_t criteria = (size_t)data->criterion_count, cells = (size_t)groups * criteria;
    memset(m, 0, sizeof *m);
    m->data = data;
    m->groups = groups;
    m->need_columns = data->needs_at >= 0 ? data->criteria[data->needs_at].columns : 0;
    PZ__TRY(pz__lanes_make(data, group_of, &m->lanes));
    m->columns = m->need_columns + 2 * m->lanes.count;
    m->means = pz__alloc_zero(criteria, sizeof *m->means);
    m->totals = pz__alloc_zero(criteria, sizeof *m->totals);
    m->weights = pz__alloc_zero(criteria, sizeof *m->weights);
    m->sizes = pz__alloc_zero((size_t)groups, sizeof *m->sizes);
    m->sums = pz__alloc_zero(cells, sizeof *m->sums);
    m->counts = pz__alloc_zero(cells, sizeof *m->counts);
    m->needs = pz__alloc_zero((size_t)groups * (size_t)m->columns, sizeof *m->needs);
    m->gathered = pz__alloc_zero(cells, sizeof *m->gathered);
    if (!m->means || !m->totals || !m->weights || !m->sizes || !m->sums || !m->counts || !m->needs || !m->gathered) {
        pz__measure_free(m);
        return pz__fail_memory();
    }
    center(m, group_of);
    weigh(m);
    for (size_t i = 0; i < data->learners; i++)
        if (group_of[i] >= 0) add_totals(m, (int32_t)i);
    for (int32_t k = 0; k < data->criterion_count; k++)
        if (pz__is_of_lanes(&data->criteria[k])) m->totals[k] = pz__lanes_total(&m->lanes, k);
    pz_status status = gather_all_pairs(m, group_of);
    if (status == PZ_OK && is_balanced_alone(data)) status = find_lane_slopes(m);
    if (status != PZ_OK) {
        pz__measure_free(m);
        return status;
    }
    pz__measure_set(m, group_of);
    return PZ_OK;
}

void pz__measure_free(pz__measure *m)
{
    pz__release(m->means);
    pz__release(m->totals);
    pz__release(m->weights);
    pz__release(m->sizes);
    pz__release(m->sums);
    pz__release(m->counts);
    pz__release(m->needs);
    pz__release(m->gathered);
    pz__release(m->lane_slopes);
    pz__lanes_free(&m->lanes);
    memset(m, 0, sizeof *m);
}

void pz__measure_learner(const pz__measure *m, int32_t learner, double *sums, int32_t *counts, double *needs)
{
    pz__lanes_add(&m->lanes, m->data, learner, needs + m->need_columns);
    for (int32_t k = 0; k < m->data->criterion_count; k++) {
        const pz__criterion *criterion = &m->data->criteria[k];
        if (criterion->kind == PZ__NEEDS) {
            for (int32_t c = 0; c < criterion->columns; c++)
                needs[c] += criterion->values[(size_t)learner * (size_t)criterion->columns + (size_t)c];
        } else if (criterion->kind == PZ__NUMERIC && !isnan(criterion->values[learner])) {
            sums[k] += criterion->values[learner] - m->means[k];
            counts[k]++;
        }
    }
}

static double gather_needs(const pz__measure *m, int32_t group, const pz__bulk *out, const pz__bulk *in)
{
    const double *needs = m->needs + (size_t)group * (size_t)m->columns;
    double most = 0;
    for (int32_t c = 0; c < m->need_columns; c++) {
        double need = needs[c] - (out ? out->needs[c] : 0) + (in ? in->needs[c] : 0);
        if (need > most) most = need;
    }
    return most;
}

double pz__gather(const pz__measure *m, int32_t group, int32_t k, const pz__bulk *out, const pz__bulk *in)
{
    size_t cell = (size_t)group * (size_t)m->data->criterion_count + (size_t)k;
    if (m->data->criteria[k].kind == PZ__NEEDS) return gather_needs(m, group, out, in);
    if (pz__is_of_lanes(&m->data->criteria[k]))
        return pz__lanes_gather(&m->lanes, k, m->needs + (size_t)group * (size_t)m->columns + m->need_columns,
                                out ? out->needs + m->need_columns : NULL, in ? in->needs + m->need_columns : NULL);
    if (m->data->criteria[k].kind != PZ__NUMERIC) return m->gathered[cell]; /* pairs are none of a bulk's business */
    double sum = m->sums[cell] - (out ? out->sums[k] : 0) + (in ? in->sums[k] : 0);
    int32_t count = m->counts[cell] - (out ? out->counts[k] : 0) + (in ? in->counts[k] : 0);
    return count > 0 ? sum * sum / count : 0;
}

/* Gathered over all groups, a criterion's sum is what lies between groups (numeric, balanced), what is served (needs), gaps that nobody fills
 * (complementary), or the distances within groups (pairs). Does the criterion want less of it? */
static int wants_less(const pz__criterion *criterion)
{
    if (pz__is_of_pairs(criterion)) return criterion->direction == PZ_DIRECTION_ALIKE;
    return criterion->direction >= PZ_DIRECTION_MIXED; /* balanced and complementary too */
}

double pz__measure_slope(const pz__measure *m, int32_t k)
{
    if (!(m->totals[k] > 0)) return 0;
    double share = m->weights[k] / m->totals[k];
    return wants_less(&m->data->criteria[k]) ? share : -share;
}

/* Of balanced columns alone, where everybody is known and as many come as go: what the sums of two groups squared come to before and after. */
static double change_of_sums(const pz__measure *m, int32_t from, int32_t to, const pz__bulk *what, const pz__bulk *back)
{
    const double *a = m->needs + (size_t)from * (size_t)m->columns, *b = m->needs + (size_t)to * (size_t)m->columns;
    double change = 0, share_a = 1 / (double)m->sizes[from], share_b = 1 / (double)m->sizes[to];
    for (int32_t l = 0; l < m->lanes.count; l++) {
        double more = back->needs[2 * l] - what->needs[2 * l];
        change += m->lane_slopes[l] * more * ((2 * a[2 * l] + more) * share_a - (2 * b[2 * l] - more) * share_b);
    }
    return change;
}

double pz__measure_change(const pz__measure *m, int32_t from, int32_t to, const pz__bulk *what, const pz__bulk *back)
{
    size_t criteria = (size_t)m->data->criterion_count;
    double change = 0;
    if (m->lane_slopes && back && what->size == back->size) return change_of_sums(m, from, to, what, back);
    for (int32_t k = 0; k < m->data->criterion_count; k++) {
        double more = pz__gather(m, from, k, what, back) - m->gathered[(size_t)from * criteria + (size_t)k];
        more += pz__gather(m, to, k, back, what) - m->gathered[(size_t)to * criteria + (size_t)k];
        change += pz__measure_slope(m, k) * more;
    }
    return change;
}

static void shift(pz__measure *m, int32_t group, const pz__bulk *bulk, int sign)
{
    if (!bulk) return;
    size_t criteria = (size_t)m->data->criterion_count;
    m->sizes[group] += sign * bulk->size;
    for (size_t k = 0; k < criteria; k++) {
        m->sums[(size_t)group * criteria + k] += sign * bulk->sums[k];
        m->counts[(size_t)group * criteria + k] += sign * bulk->counts[k];
    }
    for (int32_t c = 0; c < m->columns; c++) m->needs[(size_t)group * (size_t)m->columns + (size_t)c] += sign * bulk->needs[c];
}

void pz__measure_move(pz__measure *m, int32_t from, int32_t to, const pz__bulk *what, const pz__bulk *back)
{
    shift(m, from, what, -1);
    shift(m, to, what, 1);
    shift(m, to, back, -1);
    shift(m, from, back, 1);
    for (int32_t k = 0; k < m->data->criterion_count; k++) {
        m->gathered[(size_t)from * (size_t)m->data->criterion_count + (size_t)k] = pz__gather(m, from, k, NULL, NULL);
        m->gathered[(size_t)to * (size_t)m->data->criterion_count + (size_t)k] = pz__gather(m, to, k, NULL, NULL);
    }
}

double pz__measure_term(const pz__measure *m, int32_t k)
{
    double sum = 0;
    if (!(m->totals[k] > 0)) return 0; /* everybody has the same value, nobody needs anything */
    for (int32_t g = 0; g < m->groups; g++) sum += m->gathered[(size_t)g * (size_t)m->data->criterion_count + (size_t)k];
    double share = sum / m->totals[k];
    double term = wants_less(&m->data->criteria[k]) ? share : 1 - share;
    return term < 0 ? 0 : term > 1 ? 1 : term;
}

double pz__measure_objective(const pz__measure *m)
{
    double sum = 0;
    for (int32_t k = 0; k < m->data->criterion_count; k++) sum += m->weights[k] * pz__measure_term(m, k);
    return sum;
}

double pz__measure_base(const pz__measure *m)
{
    double sum = 0;
    for (int32_t k = 0; k < m->data->criterion_count; k++)
        if (!pz__is_of_pairs(&m->data->criteria[k])) sum += m->weights[k] * pz__measure_term(m, k);
    return sum;
}

int32_t pz__measure_focus(const pz__measure *m, int32_t group, double *out_need)
{
    const double *needs = m->needs + (size_t)group * (size_t)m->columns;
    int32_t focus = -1;
    *out_need = 0;
    for (int32_t c = 0; c < m->need_columns; c++) {
        if (!(needs[c] > *out_need + 1e-9)) continue;
        *out_need = needs[c];
        focus = c;
    }
    return focus;
}
