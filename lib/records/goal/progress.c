/* The progress of a goal: how far it is by what is on record, and by when it is reached at this pace. */
#include <string.h>

#include "base/buffer.h"
#include "base/clock.h"
#include "base/fail.h"
#include "base/memory.h"
#include "base/message.h"
#include "personalize/forecast.h"
#include "records/ask.h"
#include "records/document.h"
#include "records/evidence/trail.h"
#include "records/goal/steps.h"
#include "records/goal/tables.h"
#include "records/mastery/rules.h"
#include "records/profile/difference_words.h"

static const double confidence = 0.8, likely = 0.8, unlikely = 0.2;

/* Values by day: of several on one day their mean, of totals the last. */
typedef struct series {
    double *days;
    double *values;
    double *counts;
    size_t rows, day_capacity, value_capacity, count_capacity;
} series;

typedef struct work {
    pz__call *call;
    const pz_goal *goal;
    pz_goal_progress *out;
    pz_date began_on; /* when the goal was first written down */
    series s;
    pz_forecast forecast;
    int has_forecast;
} work;

static void free_series(series *s)
{
    pz__release(s->days);
    pz__release(s->values);
    pz__release(s->counts);
}

static pz_status add_value(series *s, pz_date day, double value, int keeps_last)
{
    if (s->rows && s->days[s->rows - 1] == day) {
        double *mean = &s->values[s->rows - 1], n = ++s->counts[s->rows - 1];
        *mean = keeps_last ? value : *mean + (value - *mean) / n;
        return PZ_OK;
    }
    PZ__TRY(pz__reserve((void **)&s->days, &s->day_capacity, s->rows + 1, sizeof(double)));
    PZ__TRY(pz__reserve((void **)&s->values, &s->value_capacity, s->rows + 1, sizeof(double)));
    PZ__TRY(pz__reserve((void **)&s->counts, &s->count_capacity, s->rows + 1, sizeof(double)));
    s->days[s->rows] = day;
    s->values[s->rows] = value;
    s->counts[s->rows++] = 1;
    return PZ_OK;
}

/* -------------------------------------------------------------------------------------------- what is on record --- */

static pz_status find_beginning(work *w)
{
    static const char sql[] = "SELECT min(acted_at) FROM goal WHERE tenant_id = ?1 AND goal_id = ?2 AND since_change <= ?3";
    pz__statement *statement;
    pz_status status;
    int row;
    w->began_on = w->call->today;
    PZ__TRY(pz__ask(w->call, sql, w->goal->id, &statement));
    status = pz__db_step(statement, &row);
    if (row) w->began_on = pz__store_date(w->call->store, pz__column_time(statement, 0));
    pz__db_reset(statement);
    return status;
}

static pz_status count_milestones(work *w)
{
    static const char sql[] = "SELECT state, due_on FROM goal_milestone WHERE tenant_id = ?1 AND goal_id = ?2 AND learner_agreed = 1 AND state <> 3 "
                              "AND since_change <= ?3 AND until_change > ?3";
    pz__statement *statement;
    pz_status status;
    int row;
    PZ__TRY(pz__ask(w->call, sql, w->goal->id, &statement));
    while ((status = pz__db_step(statement, &row)) == PZ_OK && row) {
        pz_date due_on = pz__column_date(statement, 1);
        int is_reached = pz__column_int(statement, 0) == PZ_MILESTONE_REACHED;
        w->out->milestones++;
        w->out->milestones_reached += is_reached;
        w->out->milestones_overdue += !is_reached && pz__goal_is_open(w->goal) && due_on != PZ_DATE_NONE && due_on < w->call->today;
    }
    pz__db_reset(statement);
    return status;
}

static pz_status read_measurements(work *w)
{
    static const char sql[] = "SELECT at, value FROM goal_measurement WHERE tenant_id = ?1 AND goal_id = ?2 AND since_change <= ?3 AND until_change > ?3 "
                              "ORDER BY at, position";
    pz__statement *statement;
    pz_status status;
    int row;
    PZ__TRY(pz__ask(w->call, sql, w->goal->id, &statement));
    while ((status = pz__db_step(statement, &row)) == PZ_OK && row) {
        pz_date day = pz__store_date(w->call->store, pz__column_time(statement, 0));
        status = add_value(&w->s, day, pz__column_real(statement, 1), w->goal->measure == PZ_MEASURE_COUNT);
        if (status != PZ_OK) break;
    }
    pz__db_reset(statement);
    return status;
}

static pz_status read_answers(work *w)
{
    pz__trail_range range = {.learner = w->goal->learner, .low = w->goal->competency, .high = w->goal->competency, .until = PZ_TIME_NONE};
    pz__trail trail;
    pz__answer answer;
    pz_status status;
    int more;
    PZ__TRY(pz__trail_open(&trail, w->call, range));
    while ((status = pz__trail_next(&trail, &answer, &more)) == PZ_OK && more) {
        pz_date day = pz__store_date(w->call->store, answer.at);
        if (day >= w->began_on && (status = add_value(&w->s, day, answer.score, 0)) != PZ_OK) break;
    }
    pz__trail_close(&trail);
    return status;
}

/* -------------------------------------------------------------------------------------------------- share --- */

static int by_mastery(const pz_goal *goal)
{
    return goal->measure == PZ_MEASURE_MASTERY || goal->measure == PZ_MEASURE_ESTIMATE;
}

static double between(double value, double from, double to)
{
    double share = to > from ? (value - from) / (to - from) : PZ_REAL_NONE;
    return share < 0 ? 0 : share > 1 ? 1 : share;
}

static double share_of(const work *w, double target)
{
    const pz_goal_progress *p = w->out;
    double from = w->goal->measure == PZ_MEASURE_COUNT && isnan(w->goal->baseline) ? 0 : w->goal->baseline;
    if (w->goal->state == PZ_GOAL_ACHIEVED || p->is_met) return 1;
    if (w->goal->measure == PZ_MEASURE_DEMONSTRATION)
        return p->milestones ? (double)p->milestones_reached / (double)p->milestones : PZ_REAL_NONE;
    if (by_mastery(w->goal)) return between(p->value, isnan(from) ? 0 : from, target);
    return between(p->value, from, target);
}

/* -------------------------------------------------------------------------------------------------- forecast --- */

/* Too little is no failure here. */
static pz_status take_forecast(work *w, pz_status status)
{
    w->has_forecast = status == PZ_OK;
    return status == PZ_E_NOT_ENOUGH ? PZ_OK : status;
}

static double due_of(const work *w)
{
    return w->goal->due_on == PZ_DATE_NONE ? PZ_REAL_NONE : (double)w->goal->due_on;
}

static pz_status forecast_line(work *w, double target)
{
    return take_forecast(w, pz_forecast_line(w->s.days, w->s.values, w->s.rows, target, due_of(w), confidence, &w->forecast));
}

static void move(double *day, double by)
{
    *day += by;
}

/* Days since the goal was written down, that day included. */
static pz_status forecast_count(work *w, double done, double target)
{
    double before = (double)w->began_on - 1, elapsed = (double)w->call->today - before;
    if (!(done >= 1) || !(target > 0) || target > 10000 || done > 10000) return PZ_OK;
    PZ__TRY(take_forecast(w, pz_forecast_count(elapsed, done, target, due_of(w) - before, confidence, &w->forecast)));
    move(&w->forecast.expected, before);
    move(&w->forecast.earliest, before);
    move(&w->forecast.latest, before);
    return PZ_OK;
}

static pz_date day_of(double day, int rounds_up)
{
    if (!(day > -700000 && day < 2900000)) return PZ_DATE_NONE;
    return (pz_date)(rounds_up ? ceil(day) : floor(day));
}

static void take_pace(work *w)
{
    pz_goal_progress *p = w->out;
    int is_done = p->is_met || w->goal->state == PZ_GOAL_ACHIEVED ||
                  (w->goal->measure == PZ_MEASURE_DEMONSTRATION && p->milestones && p->milestones_reached == p->milestones);
    p->pace = is_done ? PZ_PACE_REACHED : !w->has_forecast ? PZ_PACE_NOT_ENOUGH : PZ_PACE_UNCLEAR;
    if (p->pace != PZ_PACE_UNCLEAR) return;
    p->observations = w->forecast.observations;
    p->expected_on = day_of(w->forecast.expected, 1);
    p->earliest_on = day_of(w->forecast.earliest, 0);
    p->latest_on = day_of(w->forecast.latest, 1);
    p->chance = w->forecast.chance;
    if (p->chance >= likely) p->pace = PZ_PACE_ON_TIME;
    if (p->chance <= unlikely) p->pace = PZ_PACE_LATE;
}

static pz_status measure_it(work *w)
{
    const pz_goal *goal = w->goal;
    pz__rules *rules;
    double target = goal->target, from = isnan(goal->baseline) ? 0 : goal->baseline;
    PZ__TRY(pz__goal_measure_is_met(w->call, goal, &w->out->is_met, &w->out->value));
    if (goal->measure == PZ_MEASURE_MASTERY) {
        PZ__TRY(pz__rules_load(w->call, &rules));
        target = pz__rules_for(rules, goal->learner, goal->competency)->settings.mastered_at;
        pz__rules_free(rules);
    }
    if (goal->measure == PZ_MEASURE_DEMONSTRATION) w->out->value = w->out->milestones_reached;
    if (goal->measure == PZ_MEASURE_SCORE || goal->measure == PZ_MEASURE_COUNT) PZ__TRY(read_measurements(w));
    if (by_mastery(goal)) PZ__TRY(read_answers(w));
    w->out->share = share_of(w, target);
    if (goal->measure == PZ_MEASURE_DEMONSTRATION) return forecast_count(w, w->out->milestones_reached, w->out->milestones);
    if (goal->measure == PZ_MEASURE_COUNT) return forecast_count(w, w->out->value - from, target - from);
    return forecast_line(w, target);
}

/* ---------------------------------------------------------------------------------------------------- words --- */

static void put_words(const work *w, const char *language, pz__buffer *out)
{
    static const char *const codes[] = {"", "progress.not_enough", "progress.reached", "progress.on_time", "progress.unclear", "progress.late"};
    const pz_goal_progress *p = w->out;
    pz__buffer expected = PZ__BUFFER_INIT, earliest = PZ__BUFFER_INIT, latest = PZ__BUFFER_INIT;
    const char *code = codes[p->pace];
    if (p->pace > PZ_PACE_REACHED && p->expected_on == PZ_DATE_NONE) code = "progress.no_pace";
    if (p->expected_on != PZ_DATE_NONE) pz__day_words(&expected, language, p->expected_on);
    if (p->earliest_on != PZ_DATE_NONE) pz__day_words(&earliest, language, p->earliest_on);
    if (p->latest_on != PZ_DATE_NONE) pz__day_words(&latest, language, p->latest_on);
    const pz__message_value values[] = {{"day", expected.data, 0, 0}, {"first", earliest.data, 0, 0}, {"last", latest.data, 0, 0}};
    pz__message(out, language, code, values, 3);
    if (p->expected_on != PZ_DATE_NONE) {
        pz__buffer_char(out, ' ');
        pz__message(out, language, p->earliest_on == PZ_DATE_NONE ? "progress.open" : p->latest_on == PZ_DATE_NONE ? "progress.from" : "progress.between", values, 3);
    }
    if (expected.status != PZ_OK || earliest.status != PZ_OK || latest.status != PZ_OK) out->status = PZ_E_NOMEM;
    pz__buffer_free(&expected);
    pz__buffer_free(&earliest);
    pz__buffer_free(&latest);
}

static pz_status compute(work *w)
{
    PZ__TRY(find_beginning(w));
    PZ__TRY(count_milestones(w));
    PZ__TRY(measure_it(w));
    take_pace(w);
    return PZ_OK;
}

static pz_status get(pz__call *call, pz_id id, const char *language, pz__rows *rows)
{
    pz_goal_progress progress = *(const pz_goal_progress *)pz__goal_progress_type.initial;
    work w = {.call = call, .out = &progress, .forecast = PZ_FORECAST_INIT};
    pz__buffer words = PZ__BUFFER_INIT;
    pz_goal *goal;
    pz_status status;
    PZ__TRY(pz__goal_find(call, PZ__SEE, id, &goal));
    w.goal = goal;
    progress.goal = id;
    status = compute(&w);
    if (status == PZ_OK) {
        put_words(&w, language, &words);
        progress.words = words.data;
        progress.words_len = words.length;
        status = words.status == PZ_OK ? PZ_OK : pz__fail_memory();
    }
    if (status == PZ_OK) {
        pz__rows_add(rows, &progress);
        pz__call_read_learner(call, PZ_KIND_GOAL, goal->learner);
    }
    pz__buffer_free(&words);
    free_series(&w.s);
    pz_free(goal);
    return status;
}

pz_status pz_goal_progress_get(pz_actor *actor, pz_id goal, const char *language, pz_goal_progress **out_progress)
{
    pz__rows rows;
    pz__call call;
    if (!out_progress) return pz__fail_null("out_progress");
    *out_progress = NULL;
    PZ__TRY(pz__language_check(&language));
    PZ__TRY(pz__call_read(&call, actor));
    pz__rows_start(&rows, &pz__goal_progress_type);
    return pz__call_end_row(&call, get(&call, goal, language, &rows), &rows, (void **)out_progress);
}
