/* One answer in the online logistic model. */
#include <math.h>

#include "base/numeric.h"
#include "mastery/elo.h"

static const double eighth_of_pi = 0.39269908169872414;

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

/* The logistic function averaged over a normal variable (MacKay 1992). */
double pz__elo_probability(double log_odds, double variance)
{
    return pz__logistic(log_odds / sqrt(1 + eighth_of_pi * variance));
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
    double log_odds, variance, p, weight, pull, shrink;
    for (int i = 0; i < PZ__ELO_TABLES; i++) view.terms[i] = places[i] < 0 ? NULL : &tables[i].terms[places[i]];
    view.histories[0] = all;
    view.histories[1] = here;
    pz__elo_features(&view);
    log_odds = pz__elo_log_odds(model, &view, &variance);
    p = pz__logistic(log_odds);
    weight = p * (1 - p);
    pull = (score - p) / (1 + weight * variance);
    shrink = weight / (1 + weight * variance);
    for (int i = 0; i < (frozen ? PZ__ELO_ITEM : PZ__ELO_TABLES); i++)
        if (view.terms[i]) move(view.terms[i], 1, pull, shrink);
    for (int i = 0; i < PZ__ELO_WEIGHTS && !frozen; i++) move(&model->weights[i], view.features[i], pull, shrink);
    view.terms[PZ__ELO_LEARNER]->variance += model->options.learner_drift;
    view.terms[PZ__ELO_PAIR]->variance += model->options.learner_skill_drift;
    remember(all, score, model->options.recent);
    remember(here, score, model->options.recent);
    return pz__elo_probability(log_odds, variance);
}
