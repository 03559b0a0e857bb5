/* One answer in the online logistic model. */
#include <math.h>

#include "base/numeric.h"
#include "mastery/elo.h"

/* Gauss and Hermite's rule for the mean over a standard normal variable; the more is open about the log-odds, the more points. The points lie even about
 * 0, so each but the middle one stands for two. */
enum { HALF_MOST = 7 };

typedef struct rule {
    double up_to; /* variance */
    int half;     /* points above 0 */
    double middle;
    double at[HALF_MOST], weight[HALF_MOST];
} rule;

static const rule rules[] = {
    {0.5, 2, 0.5333333333333335, {1.355626179974266, 2.8569700138728056}, {0.22207592200561257, 0.011257411327720677}},
    {2,
     3,
     0.45714285714285713,
     {1.1544053947399682, 2.3667594107345415, 3.750439717725742},
     {0.24012317860501271, 0.030757123967586497, 0.00054826885597221789}},
    {4,
     4,
     0.40634920634920635,
     {1.0232556637891326, 2.07684797867783, 3.20542900285647, 4.512745863399783},
     {0.24409750289493953, 0.04991640676521782, 0.0027891413212317692, 2.2345844007746607e-05}},
    {(double)INFINITY,
     7,
     0.31825951825951815,
     {0.799129068324548, 1.6067100690287297, 2.432436827009758, 3.2890824243987664, 4.1962077112690155, 5.190093591304781,
      6.363947888829839},
     {0.23246229360973225, 0.08941779539984437, 0.017365774492137616, 0.001567357503549956, 5.642146405189029e-05, 5.975419597920599e-07,
      8.589649899633252e-10}},
};

void pz__elo_count_logs(pz_elo_model *model)
{
    for (int i = 0; i < PZ__ELO_COUNTS; i++) model->count_logs[i] = pz__log1p(i);
}

/* log(1 + count). Counts are whole unless answers were right in part. */
static double count_log(const pz_elo_model *model, double count)
{
    int whole = count < PZ__ELO_COUNTS ? (int)count : 0;
    return whole == count ? model->count_logs[whole] : pz__log1p(count);
}

static inline void set_features(const pz_elo_model *model, pz__elo_view *view)
{
    const pz__elo_history *all = view->histories[0], *here = view->histories[1];
    view->features[0] = 1;
    view->features[1] = count_log(model, all->right) * 0.3; /* counts of all answers run higher than those of a skill */
    view->features[2] = count_log(model, all->wrong) * 0.3;
    view->features[3] = count_log(model, here->right);
    view->features[4] = count_log(model, here->wrong);
    view->features[5] = all->recent;
    view->features[6] = here->recent;
}

/* In pairs, so that the sums do not wait for one another. */
static inline double add_up(const pz_elo_model *model, const pz__elo_view *view, double *variance)
{
    double sum[2] = {0, 0}, spread[2] = {0, 0};
    for (int i = 0; i < PZ__ELO_TABLES; i++) {
        sum[i & 1] += view->terms[i]->value;
        spread[i & 1] += view->terms[i]->variance;
    }
    for (int i = 0; i < PZ__ELO_WEIGHTS; i++) {
        sum[i & 1] += view->features[i] * model->weights[i].value;
        spread[i & 1] += view->features[i] * view->features[i] * model->weights[i].variance;
    }
    *variance = spread[0] + spread[1];
    return sum[0] + sum[1];
}

void pz__elo_features(const pz_elo_model *model, pz__elo_view *view)
{
    set_features(model, view);
}

double pz__elo_log_odds(const pz_elo_model *model, const pz__elo_view *view, double *variance)
{
    return add_up(model, view, variance);
}

static const rule *rule_for(double variance)
{
    const rule *found = rules;
    while (variance > found->up_to) found++;
    return found;
}

/* The chances of a right and of a wrong answer at the points of a rule: `high` above the middle, `low` below it, [0] the middle itself. With e = exp(-log_odds) and
 * g = exp(sd * at) the odds of a wrong answer are e / g and e * g, so that one exponential serves two points. Beyond 340 both chances are 0 or 1 to 147 digits. */
typedef struct chances {
    double right_high[HALF_MOST + 1], wrong_high[HALF_MOST + 1], right_low[HALF_MOST + 1], wrong_low[HALF_MOST + 1];
} chances;

static inline void look_at(const rule *r, const int half, double log_odds, double sd, chances *out)
{
    double e = pz__exp(log_odds > 340 ? -340 : log_odds < -340 ? 340 : -log_odds), inverse = 1 / (1 + e);
    out->right_high[0] = inverse;
    out->wrong_high[0] = e * inverse;
    for (int k = 0; k < half; k++) {
        double way = sd * r->at[k], g = pz__exp(way < 340 ? way : 340), above = 1 / (g + e), below = 1 / (1 + e * g);
        out->right_high[k + 1] = g * above;
        out->wrong_high[k + 1] = e * above;
        out->right_low[k + 1] = below;
        out->wrong_low[k + 1] = e * g * below;
    }
}

/* The mean over the points of what stands at them. */
static inline double average(const rule *r, const int half, const double *high, const double *low)
{
    double sum = r->middle * high[0];
    for (int k = 0; k < half; k++) sum += r->weight[k] * (high[k + 1] + low[k + 1]);
    return sum;
}

/* The logistic function averaged over a normal variable. */
double pz__elo_probability(double log_odds, double variance)
{
    const rule *r = rule_for(variance);
    chances c;
    look_at(r, r->half, log_odds, sqrt(variance), &c);
    return average(r, r->half, c.right_high, c.right_low);
}

static double in_part(double score, double right, double wrong)
{
    return pz__exp(score * pz__log(right) + (1 - score) * pz__log(wrong));
}

/* What an answer does to log-odds that are normal: mean and variance of what is then known of them (assumed density filtering, Opper 1998). `pull` is the
 * way of the mean and `shrink` what the variance loses, in units of variance and of its square. */
static inline double weigh_by(const rule *r, const int half, double log_odds, double variance, double score, double *pull, double *shrink)
{
    double sd = sqrt(variance), inverse_sd = 1 / sd, inverse, sum, lost, mean = 0, square = 0, part_high[HALF_MOST + 1],
           part_low[HALF_MOST + 1];
    const double *high = part_high, *low = part_low;
    chances c;
    look_at(r, half, log_odds, sd, &c);
    if (score == 1) {
        high = c.right_high, low = c.right_low;
    } else if (score == 0) {
        high = c.wrong_high, low = c.wrong_low;
    } else {
        part_high[0] = in_part(score, c.right_high[0], c.wrong_high[0]);
        for (int k = 1; k <= half; k++) {
            part_high[k] = in_part(score, c.right_high[k], c.wrong_high[k]);
            part_low[k] = in_part(score, c.right_low[k], c.wrong_low[k]);
        }
    }
    for (int k = 0; k < half; k++) {
        double moved = r->weight[k] * r->at[k];
        mean += moved * (high[k + 1] - low[k + 1]);
        square += moved * r->at[k] * (high[k + 1] + low[k + 1]);
    }
    sum = average(r, half, high, low);
    inverse = 1 / sum;
    mean *= inverse;
    *pull = mean * inverse_sd;
    lost = 1 - (square * inverse - mean * mean);
    *shrink = lost > 0 ? lost * inverse_sd * inverse_sd : 0;
    return score == 1 ? sum : average(r, half, c.right_high, c.right_low);
}

/* Once for each rule, since the compiler then knows how many points there are. */
static double weigh(double log_odds, double variance, double score, double *pull, double *shrink)
{
    const rule *r = rule_for(variance);
    if (r == &rules[0]) return weigh_by(r, 2, log_odds, variance, score, pull, shrink);
    if (r == &rules[1]) return weigh_by(r, 3, log_odds, variance, score, pull, shrink);
    if (r == &rules[2]) return weigh_by(r, 4, log_odds, variance, score, pull, shrink);
    return weigh_by(r, 7, log_odds, variance, score, pull, shrink);
}

static void move(pz__elo_term *term, double feature, double pull, double shrink)
{
    double gain = term->variance * feature;
    term->value += gain * pull;
    term->variance -= gain * gain * shrink;
}

static void remember(pz__elo_history *history, double score, double share)
{
    history->right += score;
    history->wrong += 1 - score;
    history->recent += share * (2 * score - 1 - history->recent);
    history->answers++;
}

double pz__elo_answer(pz_elo_model *model, const int32_t places[PZ__ELO_TABLES], double score, int frozen)
{
    pz__elo_table *tables = model->tables;
    pz__elo_history *all = &tables[PZ__ELO_LEARNER].histories[places[PZ__ELO_LEARNER]],
                    *here = &tables[PZ__ELO_PAIR].histories[places[PZ__ELO_PAIR]];
    pz__elo_view view;
    pz__elo_term none = {0, 0};
    double variance, log_odds, p, pull, shrink;
    for (int i = 0; i < PZ__ELO_TABLES; i++) view.terms[i] = places[i] < 0 ? &none : &tables[i].terms[places[i]];
    view.histories[0] = all;
    view.histories[1] = here;
    set_features(model, &view);
    log_odds = add_up(model, &view, &variance);
    p = weigh(log_odds, variance, score, &pull, &shrink);
    for (int i = 0; i < (frozen ? PZ__ELO_ITEM : PZ__ELO_TABLES); i++) move(view.terms[i], 1, pull, shrink);
    for (int i = 0; i < PZ__ELO_WEIGHTS && !frozen; i++) move(&model->weights[i], view.features[i], pull, shrink);
    view.terms[PZ__ELO_LEARNER]->variance += model->options.learner_drift;
    view.terms[PZ__ELO_PAIR]->variance += model->options.learner_skill_drift;
    remember(all, score, model->options.recent);
    remember(here, score, model->options.recent);
    return p;
}
