#include "records/recommend/reason.h"

#include <string.h>

#include "base/fail.h"
#include "base/json_read.h"
#include "base/message.h"
#include "base/number.h"
#include "records/document.h"
#include "records/recommend/wish.h"
#include "records/types_learning.h"

enum { MOST_SENTENCES = 2 };

/* -------------------------------------------------------------------------------------------------- writing --- */

void pz__reason_write_plain(pz__json_writer *json, const char *code)
{
    pz__json_open_object(json);
    pz__json_put_text(json, "code", code);
    pz__json_close_object(json);
}

void pz__reason_write_number(pz__json_writer *json, const char *code, int32_t number)
{
    pz__json_open_object(json);
    pz__json_put_text(json, "code", code);
    pz__json_put_int(json, "value", number);
    pz__json_close_object(json);
}

/* Of a learner and the competency that its group works on: what is known of it, or of the competency that it comes before. */
static void put_figures(pz__json_writer *json, const pz_grouping_reason *reason, const pz__class_figures *data)
{
    size_t learner = (size_t)reason->learner, column = (size_t)reason->column;
    pz_id behind = data->map.ids[data->behind[learner * data->column_count + column]];
    pz__figure figure = pz__grouping_figure(data, learner, behind);
    if (behind != data->columns[column]) pz__json_put_id(json, "behind", behind);
    pz__json_put_real(json, "estimate", figure.estimate);
    pz__json_put_int(json, "count", figure.count);
    pz__json_put_text(json, "decision", pz__mastery_decision_names[figure.decision]);
}

/* A need that comes from another competency is a reason of its own kind, whether it is the learner's greatest or not. */
static const char *code_of(const pz_grouping_reason *reason, const pz__class_figures *data)
{
    int is_need = !strcmp(reason->code, "reason.learner.need") || !strcmp(reason->code, "reason.learner.need_other");
    size_t cell;
    if (!is_need || reason->column < 0 || (size_t)reason->column >= data->column_count) return reason->code;
    cell = (size_t)reason->learner * data->column_count + (size_t)reason->column;
    return data->map.ids[data->behind[cell]] == data->columns[reason->column] ? reason->code : "reason.learner.need_before";
}

void pz__reason_write(pz__json_writer *json, const pz_grouping_reason *reason, const pz__grouping_ask *ask, const pz__class_figures *data)
{
    int has_column = reason->column >= 0 && (size_t)reason->column < data->column_count;
    pz__json_open_object(json);
    pz__json_put_text(json, "code", code_of(reason, data));
    if (has_column) pz__json_put_id(json, "competency", data->columns[reason->column]);
    if (!strcmp(reason->code, "reason.learner.together")) {
        size_t other = (size_t)reason->value;
        if (other < ask->learner_count) pz__json_put_id(json, "with", ask->learners[other]);
    } else {
        pz__json_put_real(json, "value", reason->value);
        pz__json_put_real(json, "other", reason->other);
    }
    if (reason->learner >= 0 && has_column) put_figures(json, reason, data);
    if (reason->learner >= 0 && !has_column && reason->criterion >= 0 && strcmp(reason->code, "reason.learner.repeats") != 0)
        pz__json_put_int(json, "count", data->level_counts[reason->learner]);
    pz__json_close_object(json);
}

/* --------------------------------------------------------------------------------------------------- wording --- */

static double real_member(const pz__json_value *reason, const char *name)
{
    double value = PZ_REAL_NONE;
    if (!pz__json_as_real(pz__json_member(reason, name), &value)) return PZ_REAL_NONE;
    return value;
}

static pz_status competency_member(pz__call *call, const pz__json_value *reason, const char *name, pz__buffer *out)
{
    const char *text = pz__json_as_text(pz__json_member(reason, name));
    int64_t id;
    pz__buffer_text(out, "");
    return text && pz__int_parse(text, strlen(text), &id) ? pz__competency_words(call, id, out) : PZ_OK;
}

/* What is in figures of the group goes into a sentence of its own for those who see only their own. */
static const char *plain_code(const char *code)
{
    if (!strcmp(code, "reason.group.alike")) return "reason.group.alike_plain";
    if (!strcmp(code, "reason.group.mixed")) return "reason.group.mixed_plain";
    if (!strcmp(code, "reason.group.balanced")) return "reason.group.balanced_plain";
    return code;
}

static pz_status word(pz__call *call, const char *language, const pz__json_value *reason, int plain, pz__buffer *out)
{
    const char *code = pz__json_as_text(pz__json_member(reason, "code"));
    pz__buffer competency = PZ__BUFFER_INIT, behind = PZ__BUFFER_INIT;
    double value = real_member(reason, "value"), other = real_member(reason, "other");
    double count = real_member(reason, "count");
    pz_status status = competency_member(call, reason, "competency", &competency);
    if (status == PZ_OK) status = competency_member(call, reason, "behind", &behind);
    if (status == PZ_OK && competency.status == PZ_OK && behind.status == PZ_OK && code) {
        const pz__message_value values[] = {
            {"competency", competency.data, 0, 0},
            {"target", behind.data, 0, 0},
            {"estimate", NULL, 100 * real_member(reason, "estimate"), 0},
            {"count", NULL, isnan(count) ? 0 : count, 0},
            {"number", NULL, value, 0},
            {"size", NULL, other, 0},
            {"value", NULL, 100 * value, 0},
            {"other", NULL, 100 * other, 0},
        };
        if (out->length) pz__buffer_char(out, ' ');
        pz__message(out, language, plain ? plain_code(code) : code, values, sizeof values / sizeof values[0]);
    }
    if (status == PZ_OK && (competency.status != PZ_OK || behind.status != PZ_OK)) status = pz__fail_memory();
    pz__buffer_free(&competency);
    pz__buffer_free(&behind);
    return status;
}

pz_status pz__reason_words(pz__call *call, const char *language, const char *reasons, int plain, pz__buffer *out)
{
    pz__json *document;
    pz_status status;
    int sentences = 0; /* besides those of profiles, which are as many as were asked for */
    pz__buffer_text(out, "");
    PZ__TRY(pz__json_parse(reasons, PZ_NUL_TERMINATED, NULL, &document));
    status = PZ_OK;
    for (const pz__json_value *reason = pz__json_first(pz__json_root(document)); reason && status == PZ_OK;
         reason = pz__json_next(reason)) {
        if (pz__wish_reason_is(reason)) {
            if (out->length) pz__buffer_char(out, ' ');
            status = pz__wish_reason_words(call, language, reason, plain, out);
        } else if (sentences++ < MOST_SENTENCES) {
            status = word(call, language, reason, plain, out);
        }
    }
    pz__json_free(document);
    if (status == PZ_OK && out->status != PZ_OK) status = pz__fail_memory();
    return status;
}
