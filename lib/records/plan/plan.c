/* Plans: begun, changed, closed, carried over. */
#include "base/clock.h"
#include "base/fail.h"
#include "base/memory.h"
#include "base/text.h"
#include "records/activity/see.h"
#include "records/activity/tables.h"
#include "records/ask.h"
#include "records/document.h"
#include "records/goal/find.h"
#include "records/need.h"
#include "records/next/step.h"
#include "records/plan/see.h"
#include "records/plan/tables.h"
#include "records/profile/see.h"
#include "records/save.h"
#include "records/types.h"
#include "records/writing.h"

enum { READY = 5, DAYS = 7 };

/* ---------------------------------------------------------------------------------------------------- checking --- */

typedef struct parts {
    pz_plan_part rows[PZ__PLAN_MOST_PARTS];
    size_t count;
} parts;

static pz_status check(pz_plan *plan)
{
    PZ__TRY(pz__text_need(plan->title, plan->title_len, (size_t)pz_limit(PZ_LIMIT_TITLE), "title", &plan->title_len));
    PZ__TRY(pz__text_check(plan->vision, plan->vision_len, (size_t)pz_limit(PZ_LIMIT_TEXT), "vision", &plan->vision_len));
    PZ__TRY(pz__text_check(plan->summary, plan->summary_len, (size_t)pz_limit(PZ_LIMIT_TEXT), "summary", &plan->summary_len));
    if (plan->id < 0) return pz__fail(PZ_E_INVALID, "id", "0 makes a new one.", "id is %lld.", (long long)plan->id);
    if (plan->begins_on == PZ_DATE_NONE || plan->ends_on == PZ_DATE_NONE)
        return pz__fail(PZ_E_INVALID, "begins_on", NULL, "A plan has a first and a last day.");
    for (uint32_t i = 0; i < pz__plan_type.field_count; i++) {
        const pz_field *field = &pz__plan_type.fields[i];
        int32_t value;
        if (field->type != PZ_FIELD_BOOL && field->type != PZ_FIELD_DATE) continue;
        value = *(const int32_t *)(const void *)((const char *)plan + field->offset);
        char text[16];
        if (field->type == PZ_FIELD_BOOL ? value < 0 || value > 1 : !pz__date_text(value, text))
            return pz__fail(PZ_E_INVALID, field->name, NULL, "%s is out of its range.", field->name);
    }
    return pz__check_days(plan->begins_on, plan->ends_on, "begins_on", "ends_on");
}

static int is_joined(int32_t kind)
{
    return kind == PZ_KIND_GOAL || kind == PZ_KIND_PROFILE_ENTRY || kind == PZ_KIND_COMPETENCY || kind == PZ_KIND_ACTIVITY || kind == PZ_KIND_ASSIGNMENT;
}

static int has_part(const parts *p, int32_t kind, pz_id record)
{
    for (size_t i = 0; i < p->count; i++)
        if (p->rows[i].record_kind == kind && p->rows[i].record == record) return 1;
    return 0;
}

static pz_status take_parts(const pz_plan_part *const *given, size_t rows, parts *p)
{
    p->count = 0;
    if (rows > PZ__PLAN_MOST_PARTS) return pz__fail(PZ_E_TOO_LONG, "rows", NULL, "%zu parts are over the limit of %d.", rows, PZ__PLAN_MOST_PARTS);
    if (rows && !given) return pz__fail_null("parts");
    for (size_t i = 0; i < rows; i++) {
        pz_plan_part *part = &p->rows[i];
        PZ__TRY(pz__record_take(&pz__plan_part_type, given[i], sizeof *part, part));
        PZ__TRY(pz__text_check(part->note, part->note_len, (size_t)pz_limit(PZ_LIMIT_TEXT), "note", &part->note_len));
        if (!is_joined(part->record_kind))
            return pz__fail(PZ_E_INVALID, "record_kind", "Join goals, profile entries, competencies, activities and assignments.", "A plan does not join records of the kind %d.",
                            (int)part->record_kind);
        if (has_part(p, part->record_kind, part->record))
            return pz__fail(PZ_E_INVALID, "parts", NULL, "The record %lld is there twice.", (long long)part->record);
        p->count++;
    }
    return PZ_OK;
}

static pz_status need_parts(pz__call *call, pz_id learner, const parts *p)
{
    for (size_t i = 0; i < p->count; i++) {
        int seen;
        PZ__TRY(pz__plan_part_is_seen(call, learner, p->rows[i].record_kind, p->rows[i].record, &seen));
        if (!seen)
            return pz__fail(PZ_E_NOT_FOUND, "parts", NULL, "There is no %s %lld of this learner in reach.", pz__kind_names[p->rows[i].record_kind],
                            (long long)p->rows[i].record);
    }
    return PZ_OK;
}

/* ------------------------------------------------------------------------------------------------------ saving --- */

static void begin(pz__call *call, pz_plan *plan)
{
    plan->previous = plan->next = 0;
    plan->author = pz__call_person(call);
    plan->author_role = pz__call_role(call);
}

static pz_status add(pz__call *call, pz_plan *plan, const parts *p)
{
    PZ__TRY(pz__store_take_ids(call->store, 1, &plan->id));
    plan->parts = (int32_t)p->count;
    PZ__TRY(pz__plan_keep(call, plan, 1));
    return pz__plan_write_parts(call, plan->id, p->rows, p->count);
}

static pz_status change(pz__call *call, const pz_plan *current, pz_plan *plan, const parts *p)
{
    PZ__TRY(pz__plan_need_open(current));
    PZ__TRY(pz__plan_need_version(call, current, plan->version));
    if (plan->learner && plan->learner != current->learner) return pz__fail(PZ_E_INVALID, "learner", NULL, "A plan stays that of its learner.");
    plan->learner = current->learner;
    plan->template_id = current->template_id;
    plan->previous = current->previous;
    plan->next = current->next;
    plan->author = current->author;
    plan->author_role = current->author_role;
    plan->parts = (int32_t)p->count;
    PZ__TRY(need_parts(call, plan->learner, p));
    PZ__TRY(pz__plan_keep(call, plan, 1));
    return pz__plan_write_parts(call, plan->id, p->rows, p->count);
}

static pz_status save(pz__call *call, pz_plan *plan, const parts *p)
{
    pz_plan_template *named;
    pz_plan *current;
    pz_status status;
    if (plan->id) {
        PZ__TRY(pz__plan_find(call, PZ__WRITE, plan->id, &current));
        status = change(call, current, plan, p);
        pz_free(current);
        return status;
    }
    PZ__TRY(pz__may_learner(call, PZ_KIND_PLAN, PZ__WRITE, plan->learner, "learner"));
    PZ__TRY(pz__plan_template_find(call, plan->template_id, "en", &named));
    pz_free(named);
    PZ__TRY(need_parts(call, plan->learner, p));
    begin(call, plan);
    return add(call, plan, p);
}

pz_status pz_plan_save(pz_actor *actor, const pz_plan *plan, const pz_plan_part *const *given, size_t rows, const char *key, pz_id *out_id)
{
    pz__buffer request = PZ__BUFFER_INIT;
    pz_plan taken;
    parts p;
    pz__call call;
    /* First: callers name the record's own id as the place for the result. */
    pz_status status = pz__record_take(&pz__plan_type, plan, sizeof taken, &taken);
    if (out_id) *out_id = 0;
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(status);
    PZ__TRY(check(&taken));
    PZ__TRY(take_parts(given, rows, &p));
    pz__request_record(&request, &pz__plan_type, &taken);
    for (size_t i = 0; i < p.count; i++) pz__request_record(&request, &pz__plan_part_type, &p.rows[i]);
    PZ__TRY(pz__write_start(&call, actor, "plan.save", key, &request));
    if (!call.repeated) status = save(&call, &taken, &p);
    return pz__call_end_value(&call, status, taken.id, out_id);
}

/* -------------------------------------------------------------------------------------------- filling from a template --- */

typedef struct fill {
    pz__call *call;
    pz_id learner;
    parts *p;
} fill;

static void join(parts *p, int32_t kind, pz_id record)
{
    const pz_plan_part fresh = PZ_PLAN_PART_INIT;
    if (p->count == PZ__PLAN_MOST_PARTS || has_part(p, kind, record)) return;
    p->rows[p->count] = fresh;
    p->rows[p->count].record_kind = kind;
    p->rows[p->count].note_len = 0;
    p->rows[p->count++].record = record;
}

static int holds_on(const pz_profile_entry *entry, pz_date day)
{
    return (entry->begins_on == PZ_DATE_NONE || entry->begins_on <= day) && (entry->ends_on == PZ_DATE_NONE || entry->ends_on >= day);
}

static pz_status join_entry(const pz_profile_entry *entry, void *user_data)
{
    fill *f = user_data;
    if (holds_on(entry, f->call->today)) join(f->p, PZ_KIND_PROFILE_ENTRY, entry->id);
    return PZ_OK;
}

static pz_status join_goal(const pz_goal *goal, void *user_data)
{
    fill *f = user_data;
    if (pz__goal_is_open(goal)) join(f->p, PZ_KIND_GOAL, goal->id);
    return PZ_OK;
}

static pz_status join_work(fill *f)
{
    static const char sql[] = "SELECT assignment_id FROM assignment WHERE tenant_id = ?1 AND learner_id = ?2 AND state IN (1, 2, 3) "
                              "AND since_change <= ?3 AND until_change > ?3 ORDER BY assignment_id";
    pz__statement *statement;
    pz_status status;
    int row;
    PZ__TRY(pz__ask(f->call, sql, f->learner, &statement));
    while ((status = pz__db_step(statement, &row)) == PZ_OK && row) join(f->p, PZ_KIND_ASSIGNMENT, pz__column_int(statement, 0));
    pz__db_reset(statement);
    return status;
}

static pz_status join_ready(fill *f, pz_id framework)
{
    pz__next_work work;
    pz_status status;
    size_t joined = 0;
    if (!framework) return PZ_OK;
    PZ__TRY(pz__need(f->call, PZ_KIND_FRAMEWORK, framework, "framework"));
    status = pz__next_work_start(&work, f->call, framework, 0.9);
    if (status == PZ_OK) status = pz__next_find(&work, f->learner);
    for (size_t i = 0; status == PZ_OK && i < work.count && joined < READY; i++)
        if (work.rows[i].kind == PZ_NEXT_LEARN) join(f->p, PZ_KIND_COMPETENCY, work.rows[i].competency), joined++;
    pz__next_work_free(&work);
    return status;
}

static pz_status fill_parts(fill *f, pz_id framework)
{
    static const int32_t sections[] = {PZ_PROFILE_STRENGTH, PZ_PROFILE_INTEREST, PZ_PROFILE_NEED, PZ_PROFILE_SUPPORT};
    for (size_t i = 0; i < sizeof sections / sizeof sections[0]; i++)
        PZ__TRY(pz__profile_each(f->call, f->learner, sections[i], 0, join_entry, f));
    PZ__TRY(pz__goal_each(f->call, f->learner, join_goal, f));
    PZ__TRY(join_ready(f, framework));
    return join_work(f);
}

typedef struct start {
    pz_id learner, template_id, framework;
    pz_date begins_on;
    const char *language;
} start;

static pz_status begin_by(pz__call *call, const start *s, const pz_plan_template *t, pz_id *out_id)
{
    pz_plan plan = PZ_PLAN_INIT;
    parts p = {.count = 0};
    fill f = {call, s->learner, &p};
    pz_status status;
    if (t->ended) return pz__fail(PZ_E_STATE, "template_id", "pz_plan_template_list() lists those that have not.", "The template %lld has ended.", (long long)t->id);
    plan.learner = s->learner;
    plan.template_id = t->id;
    plan.title = t->title;
    plan.title_len = t->title_len;
    plan.begins_on = s->begins_on;
    plan.ends_on = s->begins_on + t->weeks * DAYS - 1;
    plan.with_guardian = t->with_guardian;
    plan.with_teacher = t->with_teacher;
    plan.with_counselor = t->with_counselor;
    plan.with_leader = t->with_leader;
    begin(call, &plan);
    PZ__TRY(fill_parts(&f, s->framework));
    status = add(call, &plan, &p);
    *out_id = plan.id;
    return status;
}

static pz_status begin_plan(pz__call *call, const start *s, pz_id *out_id)
{
    pz_plan_template *t;
    pz_status status;
    PZ__TRY(pz__may_learner(call, PZ_KIND_PLAN, PZ__WRITE, s->learner, "learner"));
    PZ__TRY(pz__plan_template_find(call, s->template_id, s->language, &t));
    status = begin_by(call, s, t, out_id);
    pz_free(t);
    return status;
}

static pz_status check_day(pz_date day, const char *field)
{
    char text[16];
    if (pz__date_text(day, text)) return PZ_OK;
    return pz__fail(PZ_E_INVALID, field, NULL, "%s is no day of the years 0001 to 9999.", field);
}

pz_status pz_plan_begin(pz_actor *actor, pz_id learner, pz_date begins_on, pz_id template_id, pz_id framework, const char *language, const char *key, pz_id *out_id)
{
    start s = {learner, template_id, framework, begins_on, language};
    pz__buffer request = PZ__BUFFER_INIT;
    pz__call call;
    pz_status status = PZ_OK;
    pz_id id = 0;
    if (out_id) *out_id = 0;
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(check_day(begins_on, "begins_on"));
    PZ__TRY(check_day(begins_on + 104 * DAYS, "begins_on"));
    PZ__TRY(pz__language_check(&s.language));
    pz__request_int(&request, learner);
    pz__request_int(&request, template_id);
    pz__request_int(&request, framework);
    pz__request_int(&request, begins_on);
    pz__request_text(&request, s.language, PZ_NUL_TERMINATED);
    PZ__TRY(pz__write_start(&call, actor, "plan.begin", key, &request));
    if (!call.repeated) status = begin_plan(&call, &s, &id);
    return pz__call_end_value(&call, status, id, out_id);
}

/* ------------------------------------------------------------------------------------------ closing, carrying over --- */

static pz_status close_plan(pz__call *call, pz_id id)
{
    pz_plan *plan;
    pz_status status;
    PZ__TRY(pz__plan_find(call, PZ__WRITE, id, &plan));
    status = pz__plan_need_open(plan);
    plan->state = PZ_PLAN_CLOSED;
    if (status == PZ_OK) status = pz__plan_keep(call, plan, 0);
    pz_free(plan);
    return status;
}

pz_status pz_plan_close(pz_actor *actor, pz_id plan, const char *key)
{
    pz__buffer request = PZ__BUFFER_INIT;
    pz__call call;
    pz__request_int(&request, plan);
    PZ__TRY(pz__write_start(&call, actor, "plan.close", key, &request));
    return pz__call_end(&call, call.repeated ? PZ_OK : close_plan(&call, plan));
}

/* ?2 the record, ?3 the change that is seen. */
static pz_status is_there(pz__call *call, const char *sql, pz_id record, int *out_there)
{
    pz__statement *statement;
    pz_status status;
    PZ__TRY(pz__ask(call, sql, record, &statement));
    status = pz__db_step(statement, out_there);
    pz__db_reset(statement);
    return status;
}

static pz_status is_mastered(pz__call *call, pz_id learner, pz_id competency, int *out_mastered)
{
    pz__standings standings = {0};
    pz__rules *rules;
    pz_status status;
    PZ__TRY(pz__rules_load(call, &rules));
    status = pz__standings_get(&standings, call, rules, learner, competency, competency);
    *out_mastered = standings.count && standings.rows[0].estimate.decision == PZ_MASTERY_MASTERED;
    pz__standings_free(&standings);
    pz__rules_free(rules);
    return status;
}

/* Of activities nothing is carried over: they were of the period that ends. */
static pz_status goes_on(pz__call *call, pz_id learner, const pz_plan_part *part, int *out_goes_on)
{
#define SEEN " AND since_change <= ?3 AND until_change > ?3"
    static const char goal_sql[] = "SELECT 1 FROM goal WHERE tenant_id = ?1 AND goal_id = ?2 AND " PZ__GOAL_IS_OPEN_SQL SEEN;
    static const char work_sql[] = "SELECT 1 FROM assignment WHERE tenant_id = ?1 AND assignment_id = ?2 AND state IN (1, 2, 3)" SEEN;
#undef SEEN
    *out_goes_on = part->record_kind == PZ_KIND_PROFILE_ENTRY;
    if (part->record_kind == PZ_KIND_GOAL) return is_there(call, goal_sql, part->record, out_goes_on);
    if (part->record_kind == PZ_KIND_ASSIGNMENT) return is_there(call, work_sql, part->record, out_goes_on);
    if (part->record_kind != PZ_KIND_COMPETENCY) return PZ_OK;
    PZ__TRY(is_mastered(call, learner, part->record, out_goes_on));
    *out_goes_on = !*out_goes_on;
    return PZ_OK;
}

static pz_status carry_parts(pz__call *call, const pz_plan *plan, pz_plan_part *const *rows, size_t count, parts *p)
{
    p->count = 0;
    for (size_t i = 0; i < count; i++) {
        int on;
        PZ__TRY(goes_on(call, plan->learner, rows[i], &on));
        if (on) p->rows[p->count++] = *rows[i];
    }
    return PZ_OK;
}

static pz_status carry(pz__call *call, pz_plan *plan, pz_date begins_on, pz_date ends_on, pz_id *out_next)
{
    pz_plan next = *plan;
    pz_plan_part **rows;
    pz__rows seen;
    size_t count;
    parts p;
    pz_status status;
    PZ__TRY(pz__plan_need_open(plan));
    pz__rows_start(&seen, &pz__plan_part_type);
    status = pz__plan_parts(call, plan, &seen);
    if (status != PZ_OK) {
        pz__rows_free(&seen);
        return status;
    }
    PZ__TRY(pz__rows_take(&seen, (void ***)&rows, &count));
    begin(call, &next);
    next.previous = plan->id;
    next.begins_on = begins_on;
    next.ends_on = ends_on;
    status = carry_parts(call, plan, rows, count, &p);
    if (status == PZ_OK) status = add(call, &next, &p);
    plan->next = *out_next = next.id;
    plan->state = PZ_PLAN_CLOSED;
    if (status == PZ_OK) status = pz__plan_keep(call, plan, 0);
    pz_free(rows);
    return status;
}

static pz_status carry_over(pz__call *call, pz_id id, pz_date begins_on, pz_date ends_on, pz_id *out_next)
{
    pz_plan *plan;
    pz_status status;
    PZ__TRY(pz__plan_find(call, PZ__WRITE, id, &plan));
    status = carry(call, plan, begins_on, ends_on, out_next);
    pz_free(plan);
    return status;
}

pz_status pz_plan_carry_over(pz_actor *actor, pz_id plan, pz_date begins_on, pz_date ends_on, const char *key, pz_id *out_next)
{
    pz__buffer request = PZ__BUFFER_INIT;
    pz__call call;
    pz_status status = PZ_OK;
    pz_id next = 0;
    if (out_next) *out_next = 0;
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(check_day(begins_on, "begins_on"));
    PZ__TRY(check_day(ends_on, "ends_on"));
    PZ__TRY(pz__check_days(begins_on, ends_on, "begins_on", "ends_on"));
    pz__request_int(&request, plan);
    pz__request_int(&request, begins_on);
    pz__request_int(&request, ends_on);
    PZ__TRY(pz__write_start(&call, actor, "plan.carry_over", key, &request));
    if (!call.repeated) status = carry_over(&call, plan, begins_on, ends_on, &next);
    return pz__call_end_value(&call, status, next, out_next);
}
