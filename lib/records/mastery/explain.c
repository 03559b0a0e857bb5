/* pz_learner_mastery_explain(): the trail of answers and what each did, as docs/schema/mastery-explanation.json says. */
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "records/document.h"
#include "records/mastery/standing.h"
#include "records/need.h"
#include "records/types_learning.h"

typedef struct explanation {
    pz__call *call;
    const char *language;
    pz_id learner;
    pz_id competency;
    const pz__rule *rule;
    pz__answer *answers; /* withdrawn ones too: they are shown, but do not count */
    size_t count;
    size_t capacity;
    double *scores;
    double *weights;
    size_t counted;
    pz_mastery_step **steps;
    size_t step_count;
    pz__json_writer json;
} explanation;

/* ------------------------------------------------------------------------------------------------- reading --- */

static pz_status read_trail(explanation *e, pz__trail *trail)
{
    int more;
    for (;;) {
        pz__answer answer;
        PZ__TRY(pz__trail_next(trail, &answer, &more));
        if (!more) return PZ_OK;
        PZ__TRY(pz__reserve((void **)&e->answers, &e->capacity, e->count + 1, sizeof *e->answers));
        e->answers[e->count++] = answer;
    }
}

static pz_status read_answers(explanation *e)
{
    pz__trail_range range = {e->learner, e->competency, e->competency, PZ_TIME_NONE, 1, 0};
    pz__trail trail;
    pz_status status;
    PZ__TRY(pz__trail_open(&trail, e->call, range));
    status = read_trail(e, &trail);
    pz__trail_close(&trail);
    return status;
}

static pz_status explain(explanation *e)
{
    e->scores = pz__alloc((e->count + 1) * sizeof *e->scores);
    e->weights = pz__alloc((e->count + 1) * sizeof *e->weights);
    if (!e->scores || !e->weights) return pz__fail_memory();
    for (size_t i = 0; i < e->count; i++) {
        if (e->answers[i].is_withdrawn) continue;
        e->scores[e->counted] = e->answers[i].score;
        e->weights[e->counted++] = e->answers[i].weight;
    }
    return pz_mastery_explain(&e->rule->settings, e->scores, e->weights, e->counted, NULL, NULL, &e->steps, &e->step_count);
}

/* --------------------------------------------------------------------------------------------------- words --- */

static double percent(double share)
{
    return share * 100;
}

static void put_reason(explanation *e, const pz_mastery_step *last)
{
    const pz_mastery_settings *s = &e->rule->settings;
    const char *name = pz_mastery_model_name((pz_mastery_model)s->model);
    char code[64] = "mastery.why.rule";
    const pz__message_value values[] = {
        {"count", NULL, (double)e->counted, 0},
        {"estimate", NULL, percent(last->estimate), 0},
        {"probability", NULL, percent(last->probability), 0},
        {"mastered_at", NULL, percent(s->mastered_at), 0},
        {"confidence", NULL, percent(s->confidence), 0},
        {"not_yet", NULL, percent(1 - s->confidence_not_yet), 0},
        {"least", NULL, s->evidence_min, 0},
        {"n", NULL, s->n, 0},
        {"m", NULL, s->m, 0},
    };
    if (s->model == PZ_MODEL_BKT || s->model == PZ_MODEL_N_OF_M) {
        strcpy(code, "mastery.why.");
        strcat(code, name);
    }
    if (s->model != PZ_MODEL_N_OF_M && (int64_t)e->counted < s->evidence_min) strcpy(code, "mastery.why.too_few");
    pz__json_words(&e->json, "reason", e->language, e->counted ? code : "mastery.meaning.not_assessed", values,
                   sizeof values / sizeof values[0]);
}

static void put_words(explanation *e, const pz_mastery_step *last)
{
    char code[64] = "mastery.decision.not_assessed";
    char meaning[64] = "mastery.meaning.not_assessed";
    if (e->counted) {
        const char *name = pz_mastery_decision_name((pz_mastery_decision)last->decision);
        strcpy(code, "mastery.decision.");
        strcat(code, name);
        strcpy(meaning, "mastery.meaning.");
        strcat(meaning, name);
    }
    pz__json_key(&e->json, "words");
    pz__json_open_object(&e->json);
    pz__json_words(&e->json, "decision", e->language, code, NULL, 0);
    pz__json_words(&e->json, "meaning", e->language, meaning, NULL, 0);
    put_reason(e, last);
    pz__json_close_object(&e->json);
}

/* ------------------------------------------------------------------------------------------------ document --- */

static pz_status put_rule(explanation *e)
{
    char *settings;
    PZ__TRY(pz_mastery_settings_write(&e->rule->settings, &settings));
    pz__json_key(&e->json, "rule");
    pz__json_open_object(&e->json);
    pz__json_put_id(&e->json, "id", e->rule->id);
    pz__json_put_id(&e->json, "scope", e->rule->scope);
    pz__json_put_id(&e->json, "competency", e->rule->competency);
    pz__json_put_text(&e->json, "model", pz_mastery_model_name((pz_mastery_model)e->rule->settings.model));
    pz__json_key(&e->json, "settings");
    pz__json_raw(&e->json, settings);
    pz__json_close_object(&e->json);
    pz_free(settings);
    return PZ_OK;
}

static void put_result(explanation *e, const pz_mastery_step *last)
{
    const pz__answer *newest = NULL;
    for (size_t i = 0; i < e->count; i++)
        if (!e->answers[i].is_withdrawn) newest = &e->answers[i];
    pz__json_put_real(&e->json, "estimate", e->counted ? last->estimate : PZ_REAL_NONE);
    pz__json_put_real(&e->json, "standard_error", e->counted ? last->standard_error : PZ_REAL_NONE);
    pz__json_put_real(&e->json, "lower", last->lower);
    pz__json_put_real(&e->json, "upper", last->upper);
    pz__json_put_real(&e->json, "probability", e->counted ? last->probability : PZ_REAL_NONE);
    pz__json_put_text(&e->json, "decision", pz_mastery_decision_name((pz_mastery_decision)last->decision));
    pz__json_put_int(&e->json, "evidence_count", (int64_t)e->counted);
    pz__json_put_time(&e->json, "last_at", newest ? newest->at : PZ_TIME_NONE);
}

static void put_step(explanation *e, const pz_mastery_step *step)
{
    pz__json_put_real(&e->json, "estimate", step->estimate);
    pz__json_put_real(&e->json, "standard_error", step->standard_error);
    pz__json_put_real(&e->json, "probability", step->probability);
    pz__json_put_text(&e->json, "decision", pz_mastery_decision_name((pz_mastery_decision)step->decision));
    pz__json_put_real(&e->json, "change", step->change);
    pz__json_put_real(&e->json, "share", step->share);
    pz__json_put_real(&e->json, "evidence_log_odds", step->evidence_log_odds);
    pz__json_put_real(&e->json, "learning_log_odds", step->learning_log_odds);
}

static pz_status put_answer(explanation *e, const pz__answer *answer, const pz_mastery_step *step)
{
    pz__json_open_object(&e->json);
    pz__json_put_time(&e->json, "at", answer->at);
    pz__json_put_id(&e->json, "sequence", answer->sequence);
    pz__json_put_text(&e->json, "kind", pz__evidence_kind_names[answer->kind]);
    pz__json_put_id(&e->json, "assessment", answer->assessment);
    pz__json_put_id(&e->json, "item", answer->item);
    pz__json_put_int(&e->json, "option", answer->option);
    pz__json_put_real(&e->json, "score", answer->score);
    pz__json_put_real(&e->json, "weight", answer->weight);
    pz__json_put_bool(&e->json, "is_corrected", answer->is_corrected);
    pz__json_put_bool(&e->json, "is_withdrawn", answer->is_withdrawn);
    PZ__TRY(pz__json_misconception(e->call, &e->json, "misconception", answer->item, answer->is_withdrawn ? 0 : answer->option));
    pz__json_key(&e->json, "effect");
    if (step) {
        pz__json_open_object(&e->json);
        put_step(e, step);
        pz__json_close_object(&e->json);
    } else {
        pz__json_null(&e->json);
    }
    pz__json_close_object(&e->json);
    return PZ_OK;
}

static pz_status put_answers(explanation *e)
{
    size_t step = 1; /* the first is the start */
    pz__json_key(&e->json, "answers");
    pz__json_open_array(&e->json);
    for (size_t i = 0; i < e->count; i++) PZ__TRY(put_answer(e, &e->answers[i], e->answers[i].is_withdrawn ? NULL : e->steps[step++]));
    pz__json_close_array(&e->json);
    return PZ_OK;
}

static pz_status put_document(explanation *e)
{
    const pz_mastery_step *last = e->steps[e->step_count - 1];
    pz__json_open_object(&e->json);
    pz__json_head(e->call, &e->json, "mastery-explanation", e->language);
    pz__json_put_id(&e->json, "learner", e->learner);
    PZ__TRY(pz__json_competency(e->call, &e->json, "competency", e->competency));
    PZ__TRY(put_rule(e));
    put_result(e, last);
    put_words(e, last);
    pz__json_key(&e->json, "start");
    pz__json_open_object(&e->json);
    put_step(e, e->steps[0]);
    pz__json_close_object(&e->json);
    PZ__TRY(put_answers(e));
    pz__json_close_object(&e->json);
    return e->json.out->status;
}

static pz_status make(explanation *e)
{
    pz__rules *rules;
    pz_status status;
    PZ__TRY(pz__may_learner(e->call, PZ_KIND_MASTERY, PZ__SEE, e->learner, "learner"));
    PZ__TRY(pz__need(e->call, PZ_KIND_COMPETENCY, e->competency, "competency"));
    PZ__TRY(pz__rules_load(e->call, &rules));
    e->rule = pz__rules_for(rules, e->learner, e->competency);
    status = read_answers(e);
    if (status == PZ_OK) status = explain(e);
    if (status == PZ_OK) status = put_document(e);
    pz__rules_free(rules);
    pz__release(e->answers);
    pz__release(e->scores);
    pz__release(e->weights);
    pz_free(e->steps);
    pz__call_read_learner(e->call, PZ_KIND_MASTERY, e->learner);
    return status;
}

pz_status pz_learner_mastery_explain(pz_actor *actor, pz_id learner, pz_id competency, const char *language, char **out_json)
{
    pz__buffer text = PZ__BUFFER_INIT;
    pz__call call;
    explanation e = {.call = &call, .learner = learner, .competency = competency};
    if (!out_json) return pz__fail_null("out_json");
    *out_json = NULL;
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(pz__language_check(&language));
    PZ__TRY(pz__call_read(&call, actor));
    e.language = language;
    pz__json_start(&e.json, &text);
    return pz__call_end_text(&call, make(&e), &text, out_json);
}
