/* The model as a handle: tables of terms, learning from rows, and what it says. */
#include <math.h>
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "base/numeric.h"
#include "mastery/columns.h"
#include "mastery/elo.h"
#include "mastery/model.h"

double pz__elo_prior(const pz_elo_options *options, pz__elo_table_kind kind)
{
    switch (kind) {
    case PZ__ELO_LEARNER: return options->learner_variance;
    case PZ__ELO_PAIR: return options->learner_skill_variance;
    case PZ__ELO_ITEM: return options->item_variance;
    case PZ__ELO_SKILL:
    case PZ__ELO_TABLES: break;
    }
    return options->skill_variance;
}

pz_status pz__elo_options_take(const pz_elo_options *given, pz_elo_options *out)
{
    static const struct {
        const char *name;
        size_t offset;
        double low, high;
    } ranges[] = {
        {"learner_variance", offsetof(pz_elo_options, learner_variance), 1e-6, 1000},
        {"learner_skill_variance", offsetof(pz_elo_options, learner_skill_variance), 1e-6, 1000},
        {"item_variance", offsetof(pz_elo_options, item_variance), 1e-6, 1000},
        {"skill_variance", offsetof(pz_elo_options, skill_variance), 1e-6, 1000},
        {"weight_variance", offsetof(pz_elo_options, weight_variance), 1e-6, 1000},
        {"learner_drift", offsetof(pz_elo_options, learner_drift), 0, 10},
        {"learner_skill_drift", offsetof(pz_elo_options, learner_skill_drift), 0, 10},
        {"recent", offsetof(pz_elo_options, recent), 1e-6, 1},
    };
    PZ__TRY(pz__record_take(&pz__elo_options_type, given, sizeof *given, out));
    for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++) {
        double value;
        memcpy(&value, (const char *)out + ranges[i].offset, sizeof value);
        if (!(value >= ranges[i].low && value <= ranges[i].high))
            return pz__fail(PZ_E_INVALID, ranges[i].name, NULL, "%s is %g; it must be from %g to %g.", ranges[i].name, value, ranges[i].low,
                            ranges[i].high);
    }
    return PZ_OK;
}

pz_status pz_elo_new(const pz_elo_options *options, pz_elo_model **out_model)
{
    pz_elo_options checked;
    pz_elo_model *model;
    if (!out_model) return pz__fail_null("out_model");
    *out_model = NULL;
    PZ__TRY(pz__elo_options_take(options, &checked));
    model = pz__alloc_zero(1, sizeof *model);
    if (!model) return pz__fail_memory();
    model->options = checked;
    pz__elo_count_logs(model);
    model->weights[0].variance = 1;
    for (int i = 1; i < PZ__ELO_WEIGHTS; i++) model->weights[i].variance = checked.weight_variance;
    for (int i = 0; i < PZ__ELO_TABLES; i++) {
        pz_status status = pz__map_new(&model->tables[i].places);
        if (status == PZ_OK) continue;
        pz_elo_free(model);
        return status;
    }
    *out_model = model;
    return PZ_OK;
}

void pz_elo_free(pz_elo_model *model)
{
    if (!model) return;
    for (int i = 0; i < PZ__ELO_TABLES; i++) {
        pz__map_free(model->tables[i].places);
        pz__release(model->tables[i].keys);
        pz__release(model->tables[i].terms);
        pz__release(model->tables[i].histories);
    }
    pz__release(model);
}

int32_t pz__elo_find(const pz_elo_model *model, pz__elo_table_kind kind, int64_t key)
{
    int64_t place;
    return pz__map_get(model->tables[kind].places, key, &place) ? (int32_t)place : -1;
}

int64_t pz__elo_pair_key(int32_t learner, int32_t skill)
{
    return (int64_t)learner << 32 | skill;
}

pz_status pz__elo_place(pz_elo_model *model, pz__elo_table_kind kind, int64_t key, int32_t *out)
{
    pz__elo_table *table = &model->tables[kind];
    size_t count = table->count;
    int64_t place;
    if (count == INT32_MAX)
        return pz__fail(PZ_E_LIMIT, NULL, NULL, "The model holds at most %d learners, pairs, items and skills each.", INT32_MAX);
    /* Room first, so that nothing can fail once the map knows the place. */
    PZ__TRY(pz__reserve((void **)&table->keys, &table->key_room, count + 1, sizeof *table->keys));
    PZ__TRY(pz__reserve((void **)&table->terms, &table->term_room, count + 1, sizeof *table->terms));
    if (kind <= PZ__ELO_PAIR) PZ__TRY(pz__reserve((void **)&table->histories, &table->history_room, count + 1, sizeof *table->histories));
    PZ__TRY(pz__map_put_new(table->places, key, (int64_t)count, &place));
    *out = (int32_t)place;
    if ((size_t)place < count) return PZ_OK;
    table->keys[count] = key;
    table->terms[count] = (pz__elo_term){0, pz__elo_prior(&model->options, kind)};
    if (kind <= PZ__ELO_PAIR) table->histories[count] = (pz__elo_history){0, 0, 0, 0};
    table->count++;
    return PZ_OK;
}

/* ------------------------------------------------------------------------------------------------ learning --- */

/* Adding places that no answer reaches yet changes nothing that the model says, so a failure later on leaves the model as it was. */

/* A column made dense, and the place of each dense number in a table of the model. */
typedef struct dense_column {
    int32_t *places;
    int32_t count;
} dense_column;

static pz_status place_column(pz_elo_model *model, pz__elo_table_kind kind, const int64_t *column, size_t rows, int32_t *dense,
                              dense_column *out)
{
    pz__numbering distinct = {NULL, 0};
    pz_status status = pz__number(column, rows, &distinct, dense);
    out->count = distinct.count;
    out->places = pz__alloc_zero((size_t)distinct.count, sizeof *out->places);
    if (status == PZ_OK && !out->places) status = pz__fail_memory();
    for (int32_t i = 0; status == PZ_OK && i < distinct.count; i++)
        status = pz__elo_place(model, kind, distinct.values[i], &out->places[i]);
    pz__numbering_free(&distinct);
    return status;
}

/* Row by row in the order of learners: the place of learner and skill is looked up once for each two. `seen` and `at` have room for each dense skill: the last
 * learner met in it, and the place. The dense numbers in places[PZ__ELO_LEARNER] and places[PZ__ELO_SKILL] give way to places. */
static pz_status place_pairs(pz_elo_model *model, const dense_column columns[PZ__ELO_TABLES], const uint32_t *order, size_t rows,
                             int32_t *seen, int32_t *at, int32_t *const places[PZ__ELO_TABLES])
{
    for (size_t i = 0; i < rows; i++) {
        size_t row = order[i];
        int32_t learner = places[PZ__ELO_LEARNER][row], skill = places[PZ__ELO_SKILL][row];
        places[PZ__ELO_LEARNER][row] = columns[PZ__ELO_LEARNER].places[learner];
        places[PZ__ELO_SKILL][row] = columns[PZ__ELO_SKILL].places[skill];
        if (seen[skill] != learner + 1) {
            seen[skill] = learner + 1;
            PZ__TRY(
                pz__elo_place(model, PZ__ELO_PAIR, pz__elo_pair_key(places[PZ__ELO_LEARNER][row], places[PZ__ELO_SKILL][row]), &at[skill]));
        }
        places[PZ__ELO_PAIR][row] = at[skill];
    }
    return PZ_OK;
}

static pz_status place_by_learner(pz_elo_model *model, const dense_column columns[PZ__ELO_TABLES], size_t rows,
                                  int32_t *const places[PZ__ELO_TABLES])
{
    size_t learners = (size_t)columns[PZ__ELO_LEARNER].count, skills = (size_t)columns[PZ__ELO_SKILL].count;
    uint32_t *order = pz__alloc_zero(rows, sizeof *order), *starts = pz__alloc_zero(learners + 1, sizeof *starts);
    int32_t *met = pz__alloc_zero(2 * skills, sizeof *met);
    pz_status status = order && starts && met ? PZ_OK : pz__fail_memory();
    if (status == PZ_OK) {
        pz__sort_rows(places[PZ__ELO_LEARNER], (int32_t)learners, NULL, rows, order, starts);
        status = place_pairs(model, columns, order, rows, met, met + skills, places);
    }
    pz__release(order);
    pz__release(starts);
    pz__release(met);
    return status;
}

static pz_status place_many(pz_elo_model *model, const int64_t *learner, const int64_t *skill, const int64_t *item, size_t rows,
                            int32_t *const places[PZ__ELO_TABLES])
{
    const int64_t *const given[PZ__ELO_TABLES] = {[PZ__ELO_LEARNER] = learner, [PZ__ELO_ITEM] = item, [PZ__ELO_SKILL] = skill};
    dense_column columns[PZ__ELO_TABLES] = {{NULL, 0}};
    pz_status status = PZ_OK;
    for (int k = 0; status == PZ_OK && k < PZ__ELO_TABLES; k++)
        if (given[k]) status = place_column(model, (pz__elo_table_kind)k, given[k], rows, places[k], &columns[k]);
    for (size_t row = 0; status == PZ_OK && item && row < rows; row++)
        places[PZ__ELO_ITEM][row] = columns[PZ__ELO_ITEM].places[places[PZ__ELO_ITEM][row]];
    if (status == PZ_OK) status = place_by_learner(model, columns, rows, places);
    for (int k = 0; k < PZ__ELO_TABLES; k++) pz__release(columns[k].places);
    return status;
}

/* For a few rows each number is looked up as it comes. */
static pz_status place_few(pz_elo_model *model, const int64_t *learner, const int64_t *skill, const int64_t *item, size_t rows,
                           int32_t *const places[PZ__ELO_TABLES])
{
    for (size_t row = 0; row < rows; row++) {
        PZ__TRY(pz__elo_place(model, PZ__ELO_LEARNER, learner[row], &places[PZ__ELO_LEARNER][row]));
        PZ__TRY(pz__elo_place(model, PZ__ELO_SKILL, skill[row], &places[PZ__ELO_SKILL][row]));
        if (item) PZ__TRY(pz__elo_place(model, PZ__ELO_ITEM, item[row], &places[PZ__ELO_ITEM][row]));
        PZ__TRY(pz__elo_place(model, PZ__ELO_PAIR, pz__elo_pair_key(places[PZ__ELO_LEARNER][row], places[PZ__ELO_SKILL][row]),
                              &places[PZ__ELO_PAIR][row]));
    }
    return PZ_OK;
}

enum { FEW = 16 };

static pz_status place_rows(pz_elo_model *model, const int64_t *learner, const int64_t *skill, const int64_t *item, size_t rows,
                            int32_t *const places[PZ__ELO_TABLES])
{
    PZ__TRY((rows <= FEW ? place_few : place_many)(model, learner, skill, item, rows, places));
    for (size_t row = 0; row < rows; row++) {
        if (!item) places[PZ__ELO_ITEM][row] = -1;
        if ((size_t)model->tables[PZ__ELO_LEARNER].histories[places[PZ__ELO_LEARNER][row]].answers + rows > INT32_MAX)
            return pz__fail(PZ_E_LIMIT, "rows", NULL, "A learner has at most %d answers.", INT32_MAX);
    }
    return PZ_OK;
}

/* All that answers move, kept to go back to when somebody stops in the middle. */
typedef struct before {
    pz__elo_term weights[PZ__ELO_WEIGHTS];
    pz__elo_term *terms[PZ__ELO_TABLES];
    pz__elo_history *histories[PZ__ELO_TABLES];
} before;

static void forget_before(before *b)
{
    for (int i = 0; i < PZ__ELO_TABLES; i++) {
        pz__release(b->terms[i]);
        pz__release(b->histories[i]);
    }
}

static pz_status keep_before(const pz_elo_model *model, before *b)
{
    memcpy(b->weights, model->weights, sizeof b->weights);
    for (int i = 0; i < PZ__ELO_TABLES; i++) {
        const pz__elo_table *table = &model->tables[i];
        b->terms[i] = pz__alloc_zero(table->count, sizeof *b->terms[i]);
        if (!b->terms[i]) return pz__fail_memory();
        memcpy(b->terms[i], table->terms, table->count * sizeof *table->terms);
        if (i > PZ__ELO_PAIR) continue;
        b->histories[i] = pz__alloc_zero(table->count, sizeof *b->histories[i]);
        if (!b->histories[i]) return pz__fail_memory();
        memcpy(b->histories[i], table->histories, table->count * sizeof *table->histories);
    }
    return PZ_OK;
}

static void go_back(pz_elo_model *model, const before *b)
{
    memcpy(model->weights, b->weights, sizeof b->weights);
    for (int i = 0; i < PZ__ELO_TABLES; i++) {
        pz__elo_table *table = &model->tables[i];
        memcpy(table->terms, b->terms[i], table->count * sizeof *table->terms);
        if (i <= PZ__ELO_PAIR) memcpy(table->histories, b->histories[i], table->count * sizeof *table->histories);
    }
}

static pz_status learn_rows(pz_elo_model *model, int32_t *const places[PZ__ELO_TABLES], const double *score, size_t rows, int frozen,
                            pz_progress_fn progress, void *user_data, double *out)
{
    before kept = {0};
    pz_status status = progress ? keep_before(model, &kept) : PZ_OK;
    for (size_t row = 0; status == PZ_OK && row < rows; row++) {
        int32_t at[PZ__ELO_TABLES];
        double probability;
        if (progress) status = pz__progress_row(progress, row, rows, user_data);
        if (status != PZ_OK) {
            go_back(model, &kept);
            break;
        }
        for (int i = 0; i < PZ__ELO_TABLES; i++) at[i] = places[i][row];
        probability = pz__elo_answer(model, at, score[row], frozen);
        if (out) out[row] = probability;
    }
    forget_before(&kept);
    return status;
}

pz_status pz_elo_learn(pz_elo_model *model, const int64_t *learner, const int64_t *skill, const int64_t *item, const double *score,
                       size_t rows, int32_t frozen, pz_progress_fn progress, void *user_data, double *out_probability,
                       size_t out_probability_len)
{
    int32_t few[PZ__ELO_TABLES * FEW], *block = few, *places[PZ__ELO_TABLES];
    pz_status status;
    if (!out_probability && out_probability_len) return pz__fail_null("out_probability");
    if (out_probability) memset(out_probability, 0, out_probability_len * sizeof *out_probability);
    if (!model) return pz__fail_closed("model");
    PZ__TRY(pz__columns_check(learner, skill, score, rows));
    if (out_probability && out_probability_len != rows)
        return pz__fail(PZ_E_INVALID, "out_probability_len", NULL, "There are %zu answers and room for %zu probabilities.", rows,
                        out_probability_len);
    if (rows > FEW) block = pz__alloc_zero(PZ__ELO_TABLES * rows, sizeof *block);
    for (int i = 0; i < PZ__ELO_TABLES; i++) places[i] = block ? block + (size_t)i * rows : NULL;
    status = block ? place_rows(model, learner, skill, item, rows, places) : pz__fail_memory();
    if (status == PZ_OK) status = learn_rows(model, places, score, rows, frozen != 0, progress, user_data, out_probability);
    if (status != PZ_OK && out_probability) memset(out_probability, 0, out_probability_len * sizeof *out_probability);
    if (block != few) pz__release(block);
    return status;
}

/* ----------------------------------------------------------------------------------------- what it says --- */

static void fill_estimate(const pz_elo_model *model, const pz__elo_view *view, pz_elo_estimate *out)
{
    const double normal_975 = 1.959963984540054;
    double variance;
    out->log_odds = pz__elo_log_odds(model, view, &variance);
    out->standard_error = sqrt(variance);
    out->probability = pz__elo_probability(out->log_odds, variance);
    out->lower = pz__logistic(out->log_odds - normal_975 * out->standard_error);
    out->upper = pz__logistic(out->log_odds + normal_975 * out->standard_error);
    out->answers = view->histories[0]->answers;
    out->skill_answers = view->histories[1]->answers;
    out->constant = model->weights[0].value;
    out->learner = view->terms[PZ__ELO_LEARNER]->value;
    out->learner_skill = view->terms[PZ__ELO_PAIR]->value;
    out->item = view->terms[PZ__ELO_ITEM]->value;
    out->skill = view->terms[PZ__ELO_SKILL]->value;
    for (int i = 1; i < 5; i++) out->counts += view->features[i] * model->weights[i].value;
    for (int i = 5; i < 7; i++) out->recent += view->features[i] * model->weights[i].value;
}

pz_status pz_elo_estimate_of(const pz_elo_model *model, int64_t learner, int64_t skill, int64_t item, pz_elo_estimate *out_estimate)
{
    static const pz__elo_history none;
    pz_elo_estimate out = PZ_ELO_ESTIMATE_INIT;
    pz__elo_term fresh[PZ__ELO_TABLES];
    pz__elo_view view;
    int32_t at[PZ__ELO_TABLES];
    PZ__TRY(pz__out_start(&pz__elo_estimate_type, out_estimate));
    if (!model) return pz__fail_closed("model");
    at[PZ__ELO_LEARNER] = pz__elo_find(model, PZ__ELO_LEARNER, learner);
    at[PZ__ELO_SKILL] = pz__elo_find(model, PZ__ELO_SKILL, skill);
    at[PZ__ELO_ITEM] = pz__elo_find(model, PZ__ELO_ITEM, item);
    at[PZ__ELO_PAIR] = -1;
    if (at[PZ__ELO_LEARNER] >= 0 && at[PZ__ELO_SKILL] >= 0)
        at[PZ__ELO_PAIR] = pz__elo_find(model, PZ__ELO_PAIR, pz__elo_pair_key(at[PZ__ELO_LEARNER], at[PZ__ELO_SKILL]));
    for (int i = 0; i < PZ__ELO_TABLES; i++) {
        fresh[i] = (pz__elo_term){0, pz__elo_prior(&model->options, (pz__elo_table_kind)i)};
        view.terms[i] = at[i] < 0 ? &fresh[i] : &model->tables[i].terms[at[i]];
        if (i < 2) view.histories[i] = at[i] < 0 ? &none : &model->tables[i].histories[at[i]];
    }
    if (item == PZ_ELO_NO_ITEM) fresh[PZ__ELO_ITEM].variance = 0, view.terms[PZ__ELO_ITEM] = &fresh[PZ__ELO_ITEM];
    pz__elo_features(model, &view);
    fill_estimate(model, &view, &out);
    pz__out_give(&pz__elo_estimate_type, &out, out_estimate);
    return PZ_OK;
}
