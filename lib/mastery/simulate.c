/* Learners whose knowledge is known. */
#include "mastery/simulate.h"

#include <math.h>
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "base/numeric.h"
#include "base/random.h"

struct pz_simulation {
    pz_simulation_options options;
    pz__random *random;   /* of each learner */
    double *pace;         /* of each learner, log-odds */
    double *difficulty;   /* of each item, log-odds */
    unsigned char *known; /* learners times competencies */
    unsigned char *believed;
    int32_t *before, *after; /* prerequisites by `after` */
    size_t edges;
};

static pz_status check(const pz_simulation_options *o)
{
    const struct {
        const char *name;
        double value, low, high;
    } ranges[] = {
        {"learners", o->learners, 1, 1000000},
        {"competencies", o->competencies, 1, 10000},
        {"items", o->items, 1, 1000},
        {"options", o->options, 2, 10},
        {"prior", o->prior, 0, 1},
        {"guess", o->guess, 1e-6, 1 - 1e-6},
        {"slip", o->slip, 1e-6, 1 - 1e-6},
        {"difficulty_sd", o->difficulty_sd, 0, 5},
        {"pace_sd", o->pace_sd, 0, 5},
        {"unready", o->unready, 0, 1},
        {"misconception", o->misconception, 0, 1},
        {"misconception_choice", o->misconception_choice, 0, 1},
        {"forget_per_day", o->forget_per_day, 0, 1 - 1e-9},
    };
    for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++)
        if (!(ranges[i].value >= ranges[i].low && ranges[i].value <= ranges[i].high))
            return pz__fail(PZ_E_INVALID, ranges[i].name, NULL, "%s is %g; it must be from %g to %g.", ranges[i].name, ranges[i].value,
                            ranges[i].low, ranges[i].high);
    return PZ_OK;
}

static pz_status check_edges(const pz_simulation_options *o, const int32_t *before, const int32_t *after, size_t rows)
{
    if (rows && !before) return pz__fail_null("before");
    if (rows && !after) return pz__fail_null("after");
    for (size_t i = 0; i < rows; i++)
        if (before[i] < 0 || before[i] >= after[i] || after[i] >= o->competencies)
            return pz__fail(PZ_E_INVALID, "before", "Number competencies so that prerequisites come first.",
                            "The pair in row %zu must be two competencies, the first with the smaller number.", i);
    return PZ_OK;
}

static int ready(const pz_simulation *s, const unsigned char *known, int32_t competency)
{
    for (size_t i = 0; i < s->edges; i++)
        if (s->after[i] == competency && !known[s->before[i]]) return 0;
    return 1;
}

static void populate(pz_simulation *s)
{
    const pz_simulation_options *o = &s->options;
    pz__random items;
    pz__random_stream(&items, o->seed, UINT64_MAX);
    for (int32_t i = 0; i < o->competencies * o->items; i++) s->difficulty[i] = o->difficulty_sd * pz__random_normal(&items);
    for (int32_t u = 0; u < o->learners; u++) {
        unsigned char *known = s->known + (size_t)u * (size_t)o->competencies,
                      *believed = s->believed + (size_t)u * (size_t)o->competencies;
        pz__random *random = &s->random[u];
        pz__random_stream(random, o->seed, (uint64_t)u);
        s->pace[u] = o->pace_sd * pz__random_normal(random);
        for (int32_t c = 0; c < o->competencies; c++) {
            double knows = pz__random_unit(random), believes = pz__random_unit(random);
            known[c] = knows < o->prior && ready(s, known, c);
            believed[c] = !known[c] && believes < o->misconception;
        }
    }
}

pz_status pz_simulation_new(const pz_simulation_options *options, const int32_t *before, const int32_t *after, size_t rows,
                            pz_simulation **out_simulation)
{
    pz_simulation_options o;
    pz_simulation *s;
    size_t cells;
    if (!out_simulation) return pz__fail_null("out_simulation");
    *out_simulation = NULL;
    PZ__TRY(pz__record_take(&pz__simulation_options_type, options, sizeof *options, &o));
    PZ__TRY(check(&o));
    PZ__TRY(check_edges(&o, before, after, rows));
    s = pz__alloc_zero(1, sizeof *s);
    if (!s) return pz__fail_memory();
    s->options = o;
    s->edges = rows;
    cells = (size_t)o.learners * (size_t)o.competencies;
    s->random = pz__alloc_zero((size_t)o.learners, sizeof *s->random);
    s->pace = pz__alloc_zero((size_t)o.learners, sizeof *s->pace);
    s->difficulty = pz__alloc_zero((size_t)o.competencies * (size_t)o.items, sizeof *s->difficulty);
    s->known = pz__alloc_zero(cells, 1);
    s->believed = pz__alloc_zero(cells, 1);
    s->before = pz__alloc_zero(rows, sizeof *s->before);
    s->after = pz__alloc_zero(rows, sizeof *s->after);
    if (!s->random || !s->pace || !s->difficulty || !s->known || !s->believed || !s->before || !s->after) {
        pz_simulation_free(s);
        return pz__fail_memory();
    }
    if (rows) {
        memcpy(s->before, before, rows * sizeof *before);
        memcpy(s->after, after, rows * sizeof *after);
    }
    populate(s);
    *out_simulation = s;
    return PZ_OK;
}

void pz_simulation_free(pz_simulation *s)
{
    if (!s) return;
    pz__release(s->random);
    pz__release(s->pace);
    pz__release(s->difficulty);
    pz__release(s->known);
    pz__release(s->believed);
    pz__release(s->before);
    pz__release(s->after);
    pz__release(s);
}

static pz_status check_rows(const int32_t *column, size_t rows, int32_t limit, const char *name)
{
    if (rows && !column) return pz__fail_null(name);
    for (size_t i = 0; i < rows; i++)
        if (column[i] < 0 || column[i] >= limit)
            return pz__fail(PZ_E_INVALID, name, NULL, "The %s in row %zu is %d; it must be from 0 to %d.", name, i, (int)column[i],
                            (int)limit - 1);
    return PZ_OK;
}

pz_status pz_simulation_teach(pz_simulation *s, const int32_t *learner, const int32_t *competency, const double *effect, size_t rows)
{
    if (!s) return pz__fail_closed("simulation");
    PZ__TRY(check_rows(learner, rows, s->options.learners, "learner"));
    PZ__TRY(check_rows(competency, rows, s->options.competencies, "competency"));
    if (rows && !effect) return pz__fail_null("effect");
    for (size_t i = 0; i < rows; i++)
        if (!(effect[i] >= 0 && effect[i] < 1))
            return pz__fail(PZ_E_INVALID, "effect", NULL, "The effect in row %zu must be at least 0 and below 1.", i);
    for (size_t i = 0; i < rows; i++) {
        size_t first = (size_t)learner[i] * (size_t)s->options.competencies, cell = first + (size_t)competency[i];
        double draw = pz__random_unit(&s->random[learner[i]]), chance = effect[i];
        if (s->known[cell] || chance == 0) continue;
        chance = pz__logistic(pz__logit(chance) + s->pace[learner[i]]);
        if (!ready(s, s->known + first, competency[i])) chance *= s->options.unready;
        if (draw >= chance) continue;
        s->known[cell] = 1;
        s->believed[cell] = 0;
    }
    return PZ_OK;
}

pz_status pz_simulation_rest(pz_simulation *s, double days)
{
    double lost;
    if (!s) return pz__fail_closed("simulation");
    if (!(days >= 0 && days <= 36500)) return pz__fail(PZ_E_INVALID, "days", NULL, "days must be from 0 to 36,500.");
    lost = -pz__expm1(days * pz__log1p(-s->options.forget_per_day));
    for (int32_t u = 0; u < s->options.learners; u++)
        for (int32_t c = 0; c < s->options.competencies; c++) {
            size_t cell = (size_t)u * (size_t)s->options.competencies + (size_t)c;
            if (pz__random_unit(&s->random[u]) < lost) s->known[cell] = 0;
        }
    return PZ_OK;
}

static size_t cell_of(const pz_simulation *s, int32_t learner, int32_t item)
{
    return (size_t)learner * (size_t)s->options.competencies + (size_t)(item / s->options.items);
}

static double chance_of(const pz_simulation *s, int32_t learner, int32_t item)
{
    double base = s->known[cell_of(s, learner, item)] ? 1 - s->options.slip : s->options.guess;
    return pz__logistic(pz__logit(base) - s->difficulty[item]);
}

static int32_t right_option(const pz_simulation *s, int32_t item)
{
    return 1 + item % s->options.options;
}

static int32_t misconception_option(const pz_simulation *s, int32_t item)
{
    return 1 + (item + 1) % s->options.options;
}

/* A wrong option: that of the misconception, or any of the others. */
static int32_t wrong_option(pz_simulation *s, int32_t learner, int32_t item)
{
    pz__random *random = &s->random[learner];
    int32_t others = s->options.options - 2, option;
    double draw = pz__random_unit(random);
    if (others == 0 || (s->believed[cell_of(s, learner, item)] && draw < s->options.misconception_choice))
        return misconception_option(s, item);
    if (!s->believed[cell_of(s, learner, item)]) {
        option = 1 + (int32_t)pz__random_below(random, (uint32_t)others + 1);
        return option >= right_option(s, item) ? option + 1 : option;
    }
    option = 1 + (item + 2 + (int32_t)pz__random_below(random, (uint32_t)others)) % s->options.options;
    return option;
}

pz_status pz_simulation_ask(pz_simulation *s, const int32_t *learner, const int32_t *item, size_t rows, double *out_score,
                            size_t out_score_len, int32_t *out_option, size_t out_option_len)
{
    if (!out_score) return pz__fail_null("out_score");
    memset(out_score, 0, out_score_len * sizeof *out_score);
    if (!out_option) return pz__fail_null("out_option");
    memset(out_option, 0, out_option_len * sizeof *out_option);
    if (!s) return pz__fail_closed("simulation");
    if (out_score_len != rows || out_option_len != rows)
        return pz__fail(PZ_E_INVALID, out_score_len != rows ? "out_score_len" : "out_option_len", NULL,
                        "There must be room for %zu answers.", rows);
    PZ__TRY(check_rows(learner, rows, s->options.learners, "learner"));
    PZ__TRY(check_rows(item, rows, s->options.competencies * s->options.items, "item"));
    for (size_t i = 0; i < rows; i++) {
        out_score[i] = pz__random_unit(&s->random[learner[i]]) < chance_of(s, learner[i], item[i]);
        out_option[i] = out_score[i] == 1 ? right_option(s, item[i]) : wrong_option(s, learner[i], item[i]);
    }
    return PZ_OK;
}

static pz_status copy_truth(const pz_simulation *s, const unsigned char *from, const char *name, int32_t *out, size_t length)
{
    if (length != (size_t)s->options.learners * (size_t)s->options.competencies)
        return pz__fail(PZ_E_INVALID, name, NULL, "There must be room for %d learners times %d competencies.", (int)s->options.learners,
                        (int)s->options.competencies);
    for (size_t i = 0; i < length; i++) out[i] = from[i];
    return PZ_OK;
}

pz_status pz_simulation_known(const pz_simulation *s, int32_t *out_known, size_t out_known_len)
{
    if (!out_known) return pz__fail_null("out_known");
    memset(out_known, 0, out_known_len * sizeof *out_known);
    if (!s) return pz__fail_closed("simulation");
    return copy_truth(s, s->known, "out_known_len", out_known, out_known_len);
}

pz_status pz_simulation_believed(const pz_simulation *s, int32_t *out_believed, size_t out_believed_len)
{
    if (!out_believed) return pz__fail_null("out_believed");
    memset(out_believed, 0, out_believed_len * sizeof *out_believed);
    if (!s) return pz__fail_closed("simulation");
    return copy_truth(s, s->believed, "out_believed_len", out_believed, out_believed_len);
}

pz_status pz_simulation_chance(const pz_simulation *s, const int32_t *learner, const int32_t *item, size_t rows, double *out_chance,
                               size_t out_chance_len)
{
    if (!out_chance) return pz__fail_null("out_chance");
    memset(out_chance, 0, out_chance_len * sizeof *out_chance);
    if (!s) return pz__fail_closed("simulation");
    if (out_chance_len != rows) return pz__fail(PZ_E_INVALID, "out_chance_len", NULL, "There must be room for %zu rows.", rows);
    PZ__TRY(check_rows(learner, rows, s->options.learners, "learner"));
    PZ__TRY(check_rows(item, rows, s->options.competencies * s->options.items, "item"));
    for (size_t i = 0; i < rows; i++) out_chance[i] = chance_of(s, learner[i], item[i]);
    return PZ_OK;
}

pz_status pz_simulation_key(const pz_simulation *s, int32_t item, int32_t *out_right, int32_t *out_misconception)
{
    if (!out_right) return pz__fail_null("out_right");
    *out_right = 0;
    if (!out_misconception) return pz__fail_null("out_misconception");
    *out_misconception = 0;
    if (!s) return pz__fail_closed("simulation");
    PZ__TRY(check_rows(&item, 1, s->options.competencies * s->options.items, "item"));
    *out_right = right_option(s, item);
    *out_misconception = misconception_option(s, item);
    return PZ_OK;
}
