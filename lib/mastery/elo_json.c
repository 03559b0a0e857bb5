/* The online logistic model as versioned JSON. */
#include <stdio.h>
#include <string.h>

#include "base/fail.h"
#include "base/json_read.h"
#include "base/json_write.h"
#include "base/number.h"
#include "mastery/elo.h"

enum { VERSION = 1 };

static const char *const table_names[PZ__ELO_TABLES] = {"learners", "learner_skills", "items", "skills"};

/* Numbers of people and things go as text, since a reader's double loses those above 2^53. */
static void put_key(pz__json_writer *json, int64_t key)
{
    char text[24];
    snprintf(text, sizeof text, "%lld", (long long)key);
    pz__json_text(json, text);
}

static void put_row(pz__json_writer *json, const pz_elo_model *model, pz__elo_table_kind kind, size_t i)
{
    const pz__elo_table *table = &model->tables[kind];
    pz__json_open_array(json);
    if (kind == PZ__ELO_PAIR) {
        put_key(json, model->tables[PZ__ELO_LEARNER].keys[table->keys[i] >> 32]);
        put_key(json, model->tables[PZ__ELO_SKILL].keys[table->keys[i] & 0xFFFFFFFF]);
    } else {
        put_key(json, table->keys[i]);
    }
    pz__json_real(json, table->terms[i].value);
    pz__json_real(json, table->terms[i].variance);
    if (kind <= PZ__ELO_PAIR) {
        pz__json_real(json, table->histories[i].right);
        pz__json_real(json, table->histories[i].wrong);
        pz__json_real(json, table->histories[i].recent);
        pz__json_int(json, table->histories[i].answers);
    }
    pz__json_close_array(json);
}

pz_status pz_elo_write(const pz_elo_model *model, int32_t with_learners, char **out_json)
{
    /* Skills and learners come before the pairs that name them. */
    static const pz__elo_table_kind order[] = {PZ__ELO_ITEM, PZ__ELO_SKILL, PZ__ELO_LEARNER, PZ__ELO_PAIR};
    pz__buffer text = PZ__BUFFER_INIT;
    pz__json_writer json;
    if (!out_json) return pz__fail_null("out_json");
    *out_json = NULL;
    if (!model) return pz__fail_closed("model");
    pz__json_start(&json, &text);
    pz__json_open_object(&json);
    pz__json_put_int(&json, "version", VERSION);
    pz__json_put_text(&json, "model", "elo");
    pz__json_record_members(&json, &pz__elo_options_type, &model->options);
    pz__json_key(&json, "weights");
    pz__json_open_array(&json);
    for (int i = 0; i < PZ__ELO_WEIGHTS; i++) {
        pz__json_open_array(&json);
        pz__json_real(&json, model->weights[i].value);
        pz__json_real(&json, model->weights[i].variance);
        pz__json_close_array(&json);
    }
    pz__json_close_array(&json);
    for (int k = 0; k < (with_learners ? 4 : 2); k++) {
        pz__json_key(&json, table_names[order[k]]);
        pz__json_open_array(&json);
        for (size_t i = 0; i < model->tables[order[k]].count; i++) put_row(&json, model, order[k], i);
        pz__json_close_array(&json);
    }
    pz__json_close_object(&json);
    return pz__buffer_take(&text, out_json);
}

/* ------------------------------------------------------------------------------------------------- reading --- */

static pz_status read_options(const pz__json_value *root, pz_elo_options *options)
{
    pz_elo_options read = PZ_ELO_OPTIONS_INIT;
    for (uint32_t i = 0; i < pz__elo_options_type.field_count; i++) {
        const pz_field *field = &pz__elo_options_type.fields[i];
        double value;
        if (!pz__json_as_real(pz__json_member(root, field->name), &value))
            return pz__fail(PZ_E_INVALID, field->name, NULL, "The member %s is missing or no number.", field->name);
        memcpy((char *)&read + field->offset, &value, sizeof value);
    }
    return pz__elo_options_take(&read, options);
}

static int read_term(const pz__json_value **at, pz__elo_term *term)
{
    if (!pz__json_as_real(*at, &term->value)) return 0;
    *at = pz__json_next(*at);
    if (!*at || !pz__json_as_real(*at, &term->variance) || !(term->variance >= 0)) return 0;
    *at = pz__json_next(*at);
    return 1;
}

static int read_key(const pz__json_value **at, int64_t *key)
{
    const char *text = pz__json_as_text(*at);
    if (!text || !pz__int_parse(text, strlen(text), key)) return 0;
    *at = pz__json_next(*at);
    return 1;
}

static int read_history(const pz__json_value **at, pz__elo_history *history)
{
    double *const reals[] = {&history->right, &history->wrong, &history->recent};
    int64_t answers;
    for (int i = 0; i < 3; i++) {
        if (!*at || !pz__json_as_real(*at, reals[i])) return 0;
        *at = pz__json_next(*at);
    }
    if (!*at || !pz__json_as_int(*at, &answers) || answers < 0 || answers > INT32_MAX) return 0;
    history->answers = (int32_t)answers;
    return history->right >= 0 && history->wrong >= 0 && history->recent >= -1 && history->recent <= 1;
}

static pz_status read_row(const pz__json_value *row, pz_elo_model *model, pz__elo_table_kind kind, size_t index)
{
    const pz__json_value *at = pz__json_first(row);
    pz__elo_term term;
    pz__elo_history history = {0, 0, 0, 0};
    int64_t key = 0, skill = 0;
    int32_t place, learner_place, skill_place;
    int good = pz__json_kind_of(row) == PZ__JSON_ARRAY && at && read_key(&at, &key);
    if (good && kind == PZ__ELO_PAIR) {
        good = at && read_key(&at, &skill);
        learner_place = pz__elo_find(model, PZ__ELO_LEARNER, key);
        skill_place = good ? pz__elo_find(model, PZ__ELO_SKILL, skill) : -1;
        good = good && learner_place >= 0 && skill_place >= 0;
        if (good) key = pz__elo_pair_key(learner_place, skill_place);
    }
    good =
        good && at && read_term(&at, &term) && (kind > PZ__ELO_PAIR || read_history(&at, &history)) && pz__elo_find(model, kind, key) < 0;
    if (!good)
        return pz__fail(PZ_E_INVALID, table_names[kind], NULL, "$.%s[%zu] is not what this version writes, or stands there twice.",
                        table_names[kind], index);
    PZ__TRY(pz__elo_place(model, kind, key, &place));
    model->tables[kind].terms[place] = term;
    if (kind <= PZ__ELO_PAIR) model->tables[kind].histories[place] = history;
    return PZ_OK;
}

static pz_status read_table(const pz__json_value *root, pz_elo_model *model, pz__elo_table_kind kind)
{
    const pz__json_value *list = pz__json_member(root, table_names[kind]);
    size_t index = 0;
    if (!list && kind <= PZ__ELO_PAIR) return PZ_OK; /* written without learners */
    if (pz__json_kind_of(list) != PZ__JSON_ARRAY)
        return pz__fail(PZ_E_INVALID, table_names[kind], NULL, "The list %s is missing.", table_names[kind]);
    for (const pz__json_value *row = pz__json_first(list); row; row = pz__json_next(row)) PZ__TRY(read_row(row, model, kind, index++));
    return PZ_OK;
}

static pz_status read_weights(const pz__json_value *root, pz_elo_model *model)
{
    const pz__json_value *list = pz__json_member(root, "weights"), *row = pz__json_first(list);
    for (int i = 0; i < PZ__ELO_WEIGHTS; i++, row = pz__json_next(row)) {
        const pz__json_value *at = row ? pz__json_first(row) : NULL;
        if (pz__json_size(list) != PZ__ELO_WEIGHTS || !at || !read_term(&at, &model->weights[i]))
            return pz__fail(PZ_E_INVALID, "weights", NULL, "The member weights must be %d pairs of value and variance.", PZ__ELO_WEIGHTS);
    }
    return PZ_OK;
}

static pz_status read_root(const pz__json_value *root, pz_elo_model **out_model)
{
    const char *name = pz__json_as_text(pz__json_member(root, "model"));
    int64_t version = 0;
    pz_elo_options options;
    if (!name || strcmp(name, "elo") != 0) return pz__fail(PZ_E_INVALID, "model", NULL, "The document does not say that its model is elo.");
    if (!pz__json_as_int(pz__json_member(root, "version"), &version) || version != VERSION)
        return pz__fail(PZ_E_INVALID, "version", "Use a library that knows the version.", "The version must be %d.", VERSION);
    PZ__TRY(read_options(root, &options));
    PZ__TRY(pz_elo_new(&options, out_model));
    PZ__TRY(read_weights(root, *out_model));
    PZ__TRY(read_table(root, *out_model, PZ__ELO_ITEM));
    PZ__TRY(read_table(root, *out_model, PZ__ELO_SKILL));
    PZ__TRY(read_table(root, *out_model, PZ__ELO_LEARNER));
    return read_table(root, *out_model, PZ__ELO_PAIR);
}

pz_status pz_elo_read(const char *json, size_t json_len, pz_elo_model **out_model)
{
    pz__json *document;
    pz_status status;
    if (!out_model) return pz__fail_null("out_model");
    *out_model = NULL;
    if (!json) return pz__fail_null("json");
    PZ__TRY(pz__json_parse(json, json_len, NULL, &document));
    status = read_root(pz__json_root(document), out_model);
    pz__json_free(document);
    if (status == PZ_OK) return PZ_OK;
    pz_elo_free(*out_model);
    *out_model = NULL;
    return status;
}
