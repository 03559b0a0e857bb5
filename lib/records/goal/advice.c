/* Advice on a goal, in words: it is never a condition of anything. */
#include <string.h>

#include "base/buffer.h"
#include "base/fail.h"
#include "base/memory.h"
#include "base/message.h"
#include "records/ask.h"
#include "records/document.h"
#include "records/goal/standard.h"
#include "records/goal/steps.h"
#include "records/goal/tables.h"
#include "records/listing.h"

enum { FEW_WORDS = 5, FEW_BYTES = 25, FAR_DAYS = 60 };

typedef struct work {
    pz__call *call;
    const pz_goal *goal;
    const char *language;
    pz__rows *rows;
} work;

static pz_status say(work *w, const char *code, const char *field, pz_id competency)
{
    pz_goal_advice row = {sizeof row, w->goal->id, code, field, NULL, competency};
    pz__buffer title = PZ__BUFFER_INIT, words = PZ__BUFFER_INIT;
    pz_status status = competency ? pz__competency_words(w->call, competency, &title) : PZ_OK;
    const pz__message_value values[] = {{"competency", title.data, 0, 0}};
    if (status == PZ_OK) pz__message(&words, w->language, code, values, 1);
    if (status == PZ_OK && (title.status != PZ_OK || words.status != PZ_OK)) status = pz__fail_memory();
    row.words = words.data;
    if (status == PZ_OK) pz__rows_add(w->rows, &row);
    pz__buffer_free(&title);
    pz__buffer_free(&words);
    return status;
}

static pz_status say_if(work *w, int is_so, const char *code, const char *field)
{
    return is_so ? say(w, code, field, 0) : PZ_OK;
}

/* Few words, no number and no competency: others will read it in many ways. Scripts without spaces are judged by their length. */
static int is_vague(const pz_goal *goal)
{
    size_t words = 0;
    int in_word = 0;
    for (const char *c = goal->statement; *c; c++) {
        if (*c >= '0' && *c <= '9') return 0;
        if (*c != ' ' && *c != '\t' && *c != '\n' && *c != '\r')
            words += !in_word, in_word = 1;
        else
            in_word = 0;
    }
    return !goal->competency && words < FEW_WORDS && strlen(goal->statement) < FEW_BYTES;
}

static pz_status count_of(work *w, const char *sql, int *out_count)
{
    pz__statement *statement;
    pz_status status;
    int row;
    PZ__TRY(pz__ask(w->call, sql, w->goal->id, &statement));
    status = pz__db_step(statement, &row);
    *out_count = row ? (int)pz__column_int(statement, 0) : 0;
    pz__db_reset(statement);
    return status;
}

#define SEEN " AND since_change <= ?3 AND until_change > ?3"

static pz_status advise_on_record(work *w)
{
    static const char milestones[] = "SELECT count(*) FROM goal_milestone WHERE tenant_id = ?1 AND goal_id = ?2 AND state <> 3" SEEN;
    static const char supporters[] = "SELECT count(*) FROM goal_supporter WHERE tenant_id = ?1 AND goal_id = ?2 AND state IN (1, 2)" SEEN;
    const pz_goal *goal = w->goal;
    int is_far = goal->due_on != PZ_DATE_NONE && goal->due_on > w->call->today + FAR_DAYS, count;
    PZ__TRY(count_of(w, milestones, &count));
    PZ__TRY(say_if(w, is_far && !count, "advice.goal.milestones", ""));
    PZ__TRY(count_of(w, supporters, &count));
    return say_if(w, goal->visibility != PZ_VISIBLE_SELF && !count, "advice.goal.support", "");
}

static pz_status advise_on_members(work *w)
{
    const pz_goal *goal = w->goal;
    int is_value = goal->measure == PZ_MEASURE_SCORE || goal->measure == PZ_MEASURE_COUNT;
    PZ__TRY(say_if(w, is_vague(goal), "advice.goal.statement", "statement"));
    PZ__TRY(say_if(w, !goal->measure, "advice.goal.measure", "measure"));
    PZ__TRY(say_if(w, (is_value || goal->measure == PZ_MEASURE_DEMONSTRATION) && !goal->measured, "advice.goal.measured", "measured"));
    PZ__TRY(say_if(w, is_value && isnan(goal->baseline), "advice.goal.baseline", "baseline"));
    PZ__TRY(say_if(w, goal->due_on == PZ_DATE_NONE, "advice.goal.due_on", "due_on"));
    PZ__TRY(say_if(w, goal->due_on != PZ_DATE_NONE && goal->due_on < w->call->today, "advice.goal.due_past", "due_on"));
    PZ__TRY(say_if(w, !goal->grew_from_kind, "advice.goal.grew_from", "grew_from"));
    PZ__TRY(say_if(w, !goal->strategies, "advice.goal.strategies", "strategies"));
    return say_if(w, goal->confidence < 0.5, "advice.goal.confidence", "confidence");
}

/* One row for each kind: the nearest step. */
static pz_status advise_on_standard(work *w)
{
    static const char *const codes[] = {"", "advice.goal.below_grade", "advice.goal.no_route", "advice.goal.extension"};
    pz__rows standards;
    pz__rules *rules;
    pz_standard **rows = NULL;
    size_t count = 0;
    pz_status status;
    if (!w->goal->competency) return PZ_OK;
    PZ__TRY(pz__rules_load(w->call, &rules));
    pz__rows_start(&standards, &pz__standard_type);
    status = pz__standard_add(w->call, rules, w->goal->learner, w->goal->competency, &standards);
    pz__rules_free(rules);
    if (status != PZ_OK) {
        pz__rows_free(&standards);
        return status;
    }
    PZ__TRY(pz__rows_take(&standards, (void ***)&rows, &count));
    if (count && (rows[0]->step || rows[0]->kind == PZ_STANDARD_NO_ROUTE)) status = say(w, codes[rows[0]->kind], "competency", rows[0]->step);
    pz_free(rows);
    return status;
}

static pz_status advise(work *w)
{
    if (w->goal->state != PZ_GOAL_DRAFT && !pz__goal_is_open(w->goal)) return PZ_OK;
    PZ__TRY(advise_on_members(w));
    PZ__TRY(advise_on_record(w));
    return advise_on_standard(w);
}

static pz_status list(pz__call *call, pz_id id, const char *language, pz__rows *rows)
{
    work w = {call, NULL, language, rows};
    pz_goal *goal;
    pz_status status;
    PZ__TRY(pz__goal_find(call, PZ__SEE, id, &goal));
    w.goal = goal;
    status = advise(&w);
    if (status == PZ_OK) pz__call_read_learner(call, PZ_KIND_GOAL, goal->learner);
    pz_free(goal);
    return status;
}

pz_status pz_goal_advice_list(pz_actor *actor, pz_id goal, const char *language, pz_goal_advice ***out_rows, size_t *out_count)
{
    pz__rows rows;
    pz__call call;
    PZ__TRY(pz__list_start((void ***)out_rows, out_count));
    PZ__TRY(pz__language_check(&language));
    PZ__TRY(pz__call_read(&call, actor));
    pz__rows_start(&rows, &pz__goal_advice_type);
    return pz__call_end_rows(&call, list(&call, goal, language, &rows), &rows, (void ***)out_rows, out_count);
}
