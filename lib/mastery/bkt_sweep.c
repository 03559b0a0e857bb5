/* Expectation and maximization. With T the tree, for each node: forward, the probability of knowing given the answers down to it; backward,
 * what all answers below say about it, weighted by the learners who gave them. As the backward recursion is linear, the sums over
 * learners pass through it, and a node is visited once however many learners came through. */
#include <math.h>
#include <string.h>

#include "base/numeric.h"
#include "mastery/bkt.h"

/* A sum of logarithms, most of them taken of a product: a logarithm costs as much as all else at a node. */
typedef struct log_sum {
    double product, sum, lost; /* `lost` is what rounding takes from `sum` (Neumaier 1974) */
} log_sum;

enum { TIMES_MOST = 8 };

static void add_log(log_sum *s, double probability, double times)
{
    double term = times * pz__log(probability), sum = s->sum + term;
    s->lost += fabs(s->sum) >= fabs(term) ? (s->sum - sum) + term : (term - sum) + s->sum;
    s->sum = sum;
}

static inline void add_times(log_sum *s, double probability, int32_t times)
{
    if (times > TIMES_MOST || probability < 1e-13) { /* so that a product above 1e-180 stays above 1e-290 */
        add_log(s, probability, times);
        return;
    }
    for (int32_t i = 0; i < times; i++) s->product *= probability;
    if (s->product > 1e-180) return;
    add_log(s, s->product, 1);
    s->product = 1;
}

static double forward(pz__bkt_tree *tree, const pz__bkt_parameters *p)
{
    log_sum log_likelihood = {1, 0, 0};
    for (size_t i = 0; i < tree->count; i++) {
        const pz__bkt_node *node = &tree->nodes[i];
        pz__bkt_work *work = &tree->work[i];
        int32_t class = node->item >> 1;
        double known, unknown, inverse;
        if (node->parent < 0) {
            known = p->prior[-1 - node->parent];
            unknown = 1 - known;
        } else {
            const pz__bkt_work *before = &tree->work[node->parent];
            int32_t learn = tree->nodes[node->parent].learn;
            known = before->known * (1 - p->forget[learn]) + before->unknown * p->learn[learn];
            unknown = before->unknown * (1 - p->learn[learn]) + before->known * p->forget[learn];
        }
        known *= node->item & 1 ? 1 - p->slip[class] : p->slip[class];
        unknown *= node->item & 1 ? p->guess[class] : 1 - p->guess[class];
        work->scale = known + unknown;
        inverse = 1 / work->scale;
        work->known = known * inverse;
        work->unknown = unknown * inverse;
        work->next_known = work->next_unknown = 0;
        add_times(&log_likelihood, work->scale, node->through);
    }
    add_log(&log_likelihood, log_likelihood.product, 1);
    return log_likelihood.sum + log_likelihood.lost;
}

/* Adds what a node says to the sums, and to its parent. */
static void look_back(pz__bkt_tree *tree, size_t i, const pz__bkt_parameters *p, const pz__bkt_parameters *hit,
                      const pz__bkt_parameters *all)
{
    const pz__bkt_node *node = &tree->nodes[i];
    pz__bkt_work *work = &tree->work[i];
    int32_t class = node->item >> 1, right = node->item & 1, learn = node->learn;
    double stay_known = work->known * (1 - p->forget[learn]) * work->next_known,
           forgot = work->known * p->forget[learn] * work->next_unknown;
    double learned = work->unknown * p->learn[learn] * work->next_known,
           stay_unknown = work->unknown * (1 - p->learn[learn]) * work->next_unknown;
    double known = work->known * node->ended + stay_known + forgot, unknown = work->unknown * node->ended + learned + stay_unknown;
    hit->learn[learn] += learned;
    all->learn[learn] += learned + stay_unknown;
    hit->forget[learn] += forgot;
    all->forget[learn] += stay_known + forgot;
    hit->guess[class] += right ? unknown : 0;
    all->guess[class] += unknown;
    hit->slip[class] += right ? 0 : known;
    all->slip[class] += known;
    if (node->parent < 0) {
        hit->prior[-1 - node->parent] += known;
        all->prior[-1 - node->parent] += known + unknown;
    } else {
        pz__bkt_work *before = &tree->work[node->parent];
        double later_known = node->ended + (1 - p->forget[learn]) * work->next_known + p->forget[learn] * work->next_unknown;
        double later_unknown = node->ended + p->learn[learn] * work->next_known + (1 - p->learn[learn]) * work->next_unknown;
        double inverse = 1 / work->scale;
        before->next_known += (right ? 1 - p->slip[class] : p->slip[class]) * later_known * inverse;
        before->next_unknown += (right ? p->guess[class] : 1 - p->guess[class]) * later_unknown * inverse;
    }
}

double pz__bkt_sweep(pz__bkt_tree *tree, const pz__bkt_shape *shape, double *numbers, pz__bkt_sums *sums)
{
    const pz__bkt_parameters p = pz__bkt_view(shape, numbers), hit = pz__bkt_view(shape, sums->hit), all = pz__bkt_view(shape, sums->all);
    double log_likelihood = forward(tree, &p);
    memset(sums->hit, 0, pz__bkt_size(shape) * sizeof *sums->hit);
    memset(sums->all, 0, pz__bkt_size(shape) * sizeof *sums->all);
    for (size_t i = tree->count; i-- > 0;) look_back(tree, i, &p, &hit, &all);
    return log_likelihood;
}

static double within(double value, double least)
{
    return fmax(least, fmin(1 - least, value));
}

/* Guess and slip that leave no room: on the edge both states answer alike but for the room, so the share of right answers decides. */
static void make_room(const pz_bkt_options *options, const pz__bkt_parameters *hit, const pz__bkt_parameters *all, int32_t class,
                      const pz__bkt_parameters *p)
{
    double right = hit->guess[class] + all->slip[class] - hit->slip[class], total = all->guess[class] + all->slip[class];
    double most = 1 - options->room - options->least;
    if (p->guess[class] + p->slip[class] <= 1 - options->room) return;
    p->guess[class] = fmax(options->least, fmin(most, right / total - 0.5 * options->room));
    p->slip[class] = 1 - options->room - p->guess[class];
}

void pz__bkt_maximize(const pz_bkt_options *options, const pz__bkt_shape *shape, const pz__bkt_sums *sums, double *numbers)
{
    const pz__bkt_parameters p = pz__bkt_view(shape, numbers), hit = pz__bkt_view(shape, sums->hit), all = pz__bkt_view(shape, sums->all);
    for (size_t i = 0; i < pz__bkt_size(shape); i++) {
        int is_forget = numbers + i >= p.forget && numbers + i < p.guess;
        if ((is_forget && !options->with_forget) || !(sums->all[i] > 0)) continue;
        numbers[i] = within(sums->hit[i] / sums->all[i], options->least);
    }
    for (int32_t class = 0; class < shape->items; class ++) make_room(options, &hit, &all, class, &p);
}

void pz__bkt_keep_room(const pz_bkt_options *options, const pz__bkt_shape *shape, double *numbers)
{
    const pz__bkt_parameters p = pz__bkt_view(shape, numbers);
    for (int32_t class = 0; class < shape->items; class ++) {
        double sum = p.guess[class] + p.slip[class], most = 1 - options->room;
        if (sum <= most) continue;
        p.guess[class] = fmax(options->least, p.guess[class] * (most / sum));
        p.slip[class] = fmax(options->least, most - p.guess[class]);
    }
}
