/* One answer in the online logistic model. */
#include <math.h>

#include "base/numeric.h"
#include "mastery/elo.h"

/* Gauss and Hermite's rule for the mean over a standard normal variable; the more is open about the log-odds, the more points. */
typedef struct rule {
    double up_to; /* variance */
    int count;
    double at[15], weight[15];
} rule;

static const rule rules[] = {
    {0.5,
     5,
     {-2.8569700138728056, -1.355626179974266, 0, 1.355626179974266, 2.8569700138728056},
     {0.011257411327720677, 0.22207592200561257, 0.5333333333333335, 0.22207592200561257, 0.011257411327720677}},
    {4,
     9,
     {-4.512745863399783, -3.20542900285647, -2.07684797867783, -1.0232556637891326, 0, 1.0232556637891326, 2.07684797867783,
      3.20542900285647, 4.512745863399783},
     {2.2345844007746607e-05, 0.0027891413212317692, 0.04991640676521782, 0.24409750289493953, 0.40634920634920635, 0.24409750289493953,
      0.04991640676521782, 0.0027891413212317692, 2.2345844007746607e-05}},
    {(double)INFINITY,
     15,
     {-6.363947888829839, -5.190093591304781, -4.1962077112690155, -3.2890824243987664, -2.432436827009758, -1.6067100690287297,
      -0.799129068324548, 0, 0.799129068324548, 1.6067100690287297, 2.432436827009758, 3.2890824243987664, 4.1962077112690155,
      5.190093591304781, 6.363947888829839},
     {8.589649899633252e-10, 5.975419597920599e-07, 5.642146405189029e-05, 0.001567357503549956, 0.017365774492137616, 0.08941779539984437,
      0.23246229360973225, 0.31825951825951815, 0.23246229360973225, 0.08941779539984437, 0.017365774492137616, 0.001567357503549956,
      5.642146405189029e-05, 5.975419597920599e-07, 8.589649899633252e-10}},
};

void pz__elo_features(pz__elo_view *view)
{
    const pz__elo_history *all = view->histories[0], *here = view->histories[1];
    view->features[0] = 1;
    view->features[1] = pz__log1p(all->right) * 0.3; /* counts of all answers run higher than those of a skill */
    view->features[2] = pz__log1p(all->wrong) * 0.3;
    view->features[3] = pz__log1p(here->right);
    view->features[4] = pz__log1p(here->wrong);
    view->features[5] = all->recent;
    view->features[6] = here->recent;
}

double pz__elo_log_odds(const pz_elo_model *model, const pz__elo_view *view, double *variance)
{
    double sum = 0, spread = 0;
    for (int i = 0; i < PZ__ELO_TABLES; i++) {
        if (!view->terms[i]) continue;
        sum += view->terms[i]->value;
        spread += view->terms[i]->variance;
    }
    for (int i = 0; i < PZ__ELO_WEIGHTS; i++) {
        sum += view->features[i] * model->weights[i].value;
        spread += view->features[i] * view->features[i] * model->weights[i].variance;
    }
    *variance = spread;
    return sum;
}

static const rule *rule_for(double variance)
{
    const rule *found = rules;
    while (variance > found->up_to) found++;
    return found;
}

/* The logistic function averaged over a normal variable. */
double pz__elo_probability(double log_odds, double variance)
{
    const rule *r = rule_for(variance);
    double sd = sqrt(variance), sum = 0;
    for (int k = 0; k < r->count; k++) sum += r->weight[k] * pz__logistic(log_odds + sd * r->at[k]);
    return sum;
}

/* What an answer does to log-odds that are normal: mean and variance of what is then known of them (assumed density filtering, Opper 1998). `pull` is the
 * way of the mean and `shrink` what the variance loses, in units of variance and of its square. */
static double weigh(double log_odds, double variance, double score, double *pull, double *shrink)
{
    const rule *r = rule_for(variance);
    double sd = sqrt(variance), probability = 0, sum = 0, mean = 0, square = 0;
    for (int k = 0; k < r->count; k++) {
        double p = pz__logistic(log_odds + sd * r->at[k]), likely = score == 1 ? p : 1 - p;
        if (score > 0 && score < 1) likely = pz__exp(score * pz__log(p) + (1 - score) * pz__log(1 - p));
        likely *= r->weight[k];
        probability += r->weight[k] * p;
        sum += likely;
        mean += likely * r->at[k];
        square += likely * r->at[k] * r->at[k];
    }
    mean /= sum;
    *pull = mean / sd;
    *shrink = fmax(0, 1 - (square / sum - mean * mean)) / variance;
    return probability;
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
    double variance, log_odds, p, pull, shrink;
    for (int i = 0; i < PZ__ELO_TABLES; i++) view.terms[i] = places[i] < 0 ? NULL : &tables[i].terms[places[i]];
    view.histories[0] = all;
    view.histories[1] = here;
    pz__elo_features(&view);
    log_odds = pz__elo_log_odds(model, &view, &variance);
    p = weigh(log_odds, variance, score, &pull, &shrink);
    for (int i = 0; i < (frozen ? PZ__ELO_ITEM : PZ__ELO_TABLES); i++)
        if (view.terms[i]) move(view.terms[i], 1, pull, shrink);
    for (int i = 0; i < PZ__ELO_WEIGHTS && !frozen; i++) move(&model->weights[i], view.features[i], pull, shrink);
    view.terms[PZ__ELO_LEARNER]->variance += model->options.learner_drift;
    view.terms[PZ__ELO_PAIR]->variance += model->options.learner_skill_drift;
    remember(all, score, model->options.recent);
    remember(here, score, model->options.recent);
    return p;
}
