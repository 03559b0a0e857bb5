/* Templates of plans: three of the library's own, and those of schools, copied with the name of their author. */
#include "base/fail.h"
#include "base/memory.h"
#include "base/text.h"
#include "records/access/scope.h"
#include "records/ask.h"
#include "records/document.h"
#include "records/listing.h"
#include "records/plan/see.h"
#include "records/plan/tables.h"
#include "records/save.h"
#include "records/writing.h"

enum { MOST_WEEKS = 104 };

/* ------------------------------------------------------------------------------------------------- the own --- */

static const struct {
    const char *title, *prompts;
    int32_t weeks, guardian, teacher, counselor;
} own[PZ__PLAN_OWN_TEMPLATES] = {
    {"plan.template.year", "plan.prompts.year", 36, 1, 1, 0},
    {"plan.template.six_weeks", "plan.prompts.six_weeks", 6, 0, 1, 0},
    {"plan.template.support", "plan.prompts.support", 18, 1, 1, 1},
};

static pz_status add_own(size_t which, const char *language, pz__rows *rows)
{
    pz_plan_template t = PZ_PLAN_TEMPLATE_INIT;
    pz__buffer title = PZ__BUFFER_INIT, prompts = PZ__BUFFER_INIT;
    pz__message(&title, language, own[which].title, NULL, 0);
    pz__message(&prompts, language, own[which].prompts, NULL, 0);
    if (title.status == PZ_OK && prompts.status == PZ_OK) {
        t.id = -(pz_id)which;
        t.title = title.data;
        t.title_len = title.length;
        t.prompts = prompts.data;
        t.prompts_len = prompts.length;
        t.weeks = own[which].weeks;
        t.with_guardian = own[which].guardian;
        t.with_teacher = own[which].teacher;
        t.with_counselor = own[which].counselor;
        pz__rows_add(rows, &t);
    }
    pz__buffer_free(&title);
    pz__buffer_free(&prompts);
    return title.status == PZ_OK && prompts.status == PZ_OK ? PZ_OK : pz__fail_memory();
}

/* --------------------------------------------------------------------------------------------------- finding --- */

static pz_status is_seen(pz__call *call, const pz_plan_template *t, int *out_seen)
{
    pz__reach orgs;
    *out_seen = 1;
    if (!t->org) return PZ_OK;
    PZ__TRY(pz__reach_orgs(call, &orgs));
    *out_seen = pz__reach_has(&orgs, t->org);
    return PZ_OK;
}

static pz_status take_own(size_t which, const char *language, pz_plan_template **out_template)
{
    pz__rows rows;
    pz_status status;
    pz__rows_start(&rows, &pz__plan_template_type);
    status = add_own(which, language, &rows);
    if (status == PZ_OK) return pz__rows_take_one(&rows, (void **)out_template);
    pz__rows_free(&rows);
    return status;
}

pz_status pz__plan_template_find(pz__call *call, pz_id id, const char *language, pz_plan_template **out_template)
{
    static const char sql[] = "SELECT " PZ__PLAN_TEMPLATE_COLUMNS " FROM plan_template WHERE tenant_id = ?1 AND template_id = ?2 "
                              "AND since_change <= ?3 AND until_change > ?3";
    pz_status status = PZ_OK;
    int seen = 0;
    *out_template = NULL;
    if (id <= 0 && id > -PZ__PLAN_OWN_TEMPLATES) return take_own((size_t)-id, language, out_template);
    PZ__TRY(pz__ask_one(call, &pz__plan_template_type, sql, id, (void **)out_template));
    if (*out_template) status = is_seen(call, *out_template, &seen);
    if (status == PZ_OK && seen) return PZ_OK;
    pz_free(*out_template);
    *out_template = NULL;
    if (status != PZ_OK) return status;
    return pz__fail(PZ_E_NOT_FOUND, "template_id", "pz_plan_template_list() lists them.", "There is no template %lld in reach.", (long long)id);
}

/* ---------------------------------------------------------------------------------------------------- saving --- */

static pz_status check(pz_plan_template *t)
{
    PZ__TRY(pz__record_check_texts(&pz__plan_template_type, t, 1U << 2, 1U << 3));
    PZ__TRY(pz__record_check_numbers(&pz__plan_template_type, t));
    if (t->weeks >= 1 && t->weeks <= MOST_WEEKS) return PZ_OK;
    return pz__fail(PZ_E_INVALID, "weeks", NULL, "weeks is %d; it goes from 1 to %d.", (int)t->weeks, MOST_WEEKS);
}

static pz_status write(pz__call *call, const pz_plan_template *current, pz_plan_template *t)
{
    pz__owned owned = {current ? current->org : 0, current ? current->author : 0};
    pz__outcome outcome;
    PZ__TRY(pz__may_save_owned(call, PZ_KIND_PLAN_TEMPLATE, current ? &owned : NULL, t->org));
    if (!current) PZ__TRY(pz__store_take_ids(call->store, 1, &t->id));
    t->author = current ? current->author : pz__call_person(call);
    if (current) {
        t->copied_from = current->copied_from;
        t->copied_author = current->copied_author;
    }
    return pz__versioned_write(call, &pz__plan_template_table, t, &outcome);
}

static pz_status save(pz__call *call, pz_plan_template *t)
{
    pz_plan_template *current = NULL;
    pz_status status;
    PZ__TRY(pz__may(call, PZ_KIND_PLAN_TEMPLATE, PZ__WRITE));
    if (t->id) PZ__TRY(pz__plan_template_find(call, t->id, "en", &current));
    status = write(call, current, t);
    pz_free(current);
    return status;
}

pz_status pz_plan_template_save(pz_actor *actor, const pz_plan_template *plan_template, const char *key, pz_id *out_id)
{
    pz__buffer request = PZ__BUFFER_INIT;
    pz_plan_template taken;
    pz__call call;
    /* First: callers name the record's own id as the place for the result. */
    pz_status status = pz__record_take(&pz__plan_template_type, plan_template, sizeof taken, &taken);
    if (out_id) *out_id = 0;
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(status);
    PZ__TRY(check(&taken));
    taken.author = taken.copied_from = taken.copied_author = 0;
    pz__request_record(&request, &pz__plan_template_type, &taken);
    PZ__TRY(pz__write_start(&call, actor, "plan_template.save", key, &request));
    if (!call.repeated) status = save(&call, &taken);
    return pz__call_end_value(&call, status, taken.id, out_id);
}

typedef struct copy {
    pz_id from, org;
    const char *title;
    size_t title_len;
    const char *language;
} copy;

static pz_status make_copy(pz__call *call, const copy *c, pz_id *out_id)
{
    pz_plan_template *source, made;
    pz_status status;
    PZ__TRY(pz__may(call, PZ_KIND_PLAN_TEMPLATE, PZ__WRITE));
    PZ__TRY(pz__plan_template_find(call, c->from, c->language, &source));
    made = *source;
    made.id = 0;
    made.org = c->org;
    made.ended = 0;
    made.copied_from = c->from > 0 ? c->from : 0;
    made.copied_author = source->copied_author ? source->copied_author : source->author;
    if (c->title_len) {
        made.title = c->title;
        made.title_len = c->title_len;
    }
    status = write(call, NULL, &made);
    *out_id = made.id;
    pz_free(source);
    return status;
}

pz_status pz_plan_template_copy(pz_actor *actor, pz_id template_id, pz_id org, const char *title, size_t title_len, const char *language, const char *key,
                                pz_id *out_id)
{
    copy c = {template_id, org, title, 0, language};
    pz__buffer request = PZ__BUFFER_INIT;
    pz__call call;
    pz_status status = PZ_OK;
    pz_id id = 0;
    if (out_id) *out_id = 0;
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(pz__language_check(&c.language));
    PZ__TRY(pz__text_check(title, title_len, (size_t)pz_limit(PZ_LIMIT_TITLE), "title", &c.title_len));
    pz__request_int(&request, template_id);
    pz__request_int(&request, org);
    pz__request_text(&request, title, c.title_len);
    PZ__TRY(pz__write_start(&call, actor, "plan_template.copy", key, &request));
    if (!call.repeated) status = make_copy(&call, &c, &id);
    return pz__call_end_value(&call, status, id, out_id);
}

/* --------------------------------------------------------------------------------------------------- listing --- */

static pz_status list(pz__call *call, const char *language, pz__rows *rows)
{
    static const char sql[] = "SELECT " PZ__PLAN_TEMPLATE_COLUMNS " FROM plan_template WHERE tenant_id = ?1 AND ?2 = 0 AND since_change <= ?3 "
                              "AND until_change > ?3 ORDER BY template_id";
    pz_plan_template t;
    pz__statement *statement;
    pz_status status;
    int row, seen;
    PZ__TRY(pz__may(call, PZ_KIND_PLAN_TEMPLATE, PZ__SEE));
    for (size_t i = PZ__PLAN_OWN_TEMPLATES; i-- > 0;) PZ__TRY(add_own(i, language, rows));
    PZ__TRY(pz__ask(call, sql, 0, &statement));
    while ((status = pz__db_step(statement, &row)) == PZ_OK && row) {
        pz__record_read(&pz__plan_template_type, statement, 0, &t);
        if ((status = is_seen(call, &t, &seen)) != PZ_OK) break;
        if (seen) pz__rows_add(rows, &t);
    }
    pz__db_reset(statement);
    return status;
}

pz_status pz_plan_template_list(pz_actor *actor, const char *language, pz_plan_template ***out_rows, size_t *out_count)
{
    pz__rows rows;
    pz__call call;
    PZ__TRY(pz__list_start((void ***)out_rows, out_count));
    PZ__TRY(pz__language_check(&language));
    PZ__TRY(pz__call_read(&call, actor));
    pz__rows_start(&rows, &pz__plan_template_type);
    return pz__call_end_rows(&call, list(&call, language, &rows), &rows, (void ***)out_rows, out_count);
}
