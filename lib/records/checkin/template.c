/* What check-ins of a kind have in common, and how often classes and orgs have them. */
#include "base/fail.h"
#include "base/memory.h"
#include "base/text.h"
#include "records/access/scope.h"
#include "records/by_id.h"
#include "records/checkin/see.h"
#include "records/checkin/steps.h"
#include "records/checkin/tables.h"
#include "records/document.h"
#include "records/listing.h"
#include "records/page.h"
#include "records/writing.h"

/* ---------------------------------------------------------------------------------------------------- templates --- */

static pz_status check_switch(int32_t value, const char *field)
{
    if (value == 0 || value == 1) return PZ_OK;
    return pz__fail(PZ_E_INVALID, field, NULL, "%s is %d; it must be 0 or 1.", field, (int)value);
}

static pz_status check_template(pz_checkin_template *t)
{
    PZ__TRY(pz__text_need(t->title, t->title_len, (size_t)pz_limit(PZ_LIMIT_TITLE), "title", &t->title_len));
    PZ__TRY(pz__text_check(t->prompts, t->prompts_len, (size_t)pz_limit(PZ_LIMIT_TEXT), "prompts", &t->prompts_len));
    if (t->id < 0) return pz__fail(PZ_E_INVALID, "id", "0 makes a new one.", "id is %lld.", (long long)t->id);
    PZ__TRY(check_switch(t->with_guardian, "with_guardian"));
    PZ__TRY(check_switch(t->with_teacher, "with_teacher"));
    PZ__TRY(check_switch(t->with_counselor, "with_counselor"));
    PZ__TRY(check_switch(t->with_leader, "with_leader"));
    return check_switch(t->ended, "ended");
}

static pz_status save(pz__call *call, pz_checkin_template *t)
{
    pz_checkin_template current;
    pz__outcome outcome;
    pz__owned owned;
    int is_new = t->id == 0;
    if (!is_new) PZ__TRY(pz__checkin_template_find(call, t->id, &current));
    owned = (pz__owned){is_new ? 0 : current.org, is_new ? 0 : current.author};
    PZ__TRY(pz__may_save_owned(call, PZ_KIND_CHECKIN_TEMPLATE, is_new ? NULL : &owned, t->org));
    t->author = is_new ? pz__call_person(call) : current.author;
    if (is_new) PZ__TRY(pz__store_take_ids(call->store, 1, &t->id));
    return pz__versioned_write(call, &pz__checkin_template_table, t, &outcome);
}

pz_status pz_checkin_template_save(pz_actor *actor, const pz_checkin_template *checkin_template, const char *key, pz_id *out_id)
{
    pz__buffer request = PZ__BUFFER_INIT;
    pz_checkin_template taken;
    pz__call call;
    /* First: callers name the record's own id as the place for the result. */
    pz_status status = pz__record_take(&pz__checkin_template_type, checkin_template, sizeof taken, &taken);
    if (out_id) *out_id = 0;
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(status);
    PZ__TRY(check_template(&taken));
    taken.author = 0;
    pz__request_record(&request, &pz__checkin_template_type, &taken);
    PZ__TRY(pz__write_start(&call, actor, "checkin_template.save", key, &request));
    if (!call.repeated) status = save(&call, &taken);
    return pz__call_end_value(&call, status, taken.id, out_id);
}

typedef struct list_work {
    pz__call *call;
    pz_checkin_template_query query;
    const char *language;
    pz__by_id page;
    pz__rows rows;
} list_work;

static pz_status add_if_wanted(list_work *work, const pz_checkin_template *t)
{
    const char *const texts[] = {t->title, t->prompts};
    int is_wanted;
    if ((work->query.org && t->org != work->query.org) || (work->query.open_only && t->ended)) return PZ_OK;
    PZ__TRY(pz__by_id_wants(&work->page, t->id, texts, 2, &is_wanted));
    if (is_wanted) pz__rows_add(&work->rows, t);
    return PZ_OK;
}

/* The library's own, in words. */
static pz_status add_own(list_work *work)
{
    pz_checkin_template own = PZ_CHECKIN_TEMPLATE_INIT;
    pz__buffer title = PZ__BUFFER_INIT, prompts = PZ__BUFFER_INIT;
    pz_status status = PZ_OK;
    pz__message(&title, work->language, "checkin.template", NULL, 0);
    pz__message(&prompts, work->language, "checkin.prompts", NULL, 0);
    if (title.status != PZ_OK || prompts.status != PZ_OK) status = pz__fail_memory();
    if (status == PZ_OK) {
        own.title = title.data;
        own.title_len = title.length;
        own.prompts = prompts.data;
        own.prompts_len = prompts.length;
        status = add_if_wanted(work, &own);
    }
    pz__buffer_free(&title);
    pz__buffer_free(&prompts);
    return status;
}

static pz_status read_templates(list_work *work)
{
    static const char sql[] = "SELECT " PZ__CHECKIN_TEMPLATE_COLUMNS " FROM checkin_template WHERE tenant_id = ?1 AND since_change <= ?2 "
                              "AND until_change > ?2 ORDER BY template_id";
    pz_checkin_template t;
    pz__statement *statement;
    pz__reach orgs;
    pz_status status;
    int row;
    PZ__TRY(pz__may(work->call, PZ_KIND_CHECKIN_TEMPLATE, PZ__SEE));
    PZ__TRY(pz__reach_orgs(work->call, &orgs));
    PZ__TRY(add_own(work));
    PZ__TRY(pz__db_statement(work->call->db, sql, &statement));
    pz__bind_int(statement, 1, work->call->tenant);
    pz__bind_int(statement, 2, work->call->as_of);
    while ((status = pz__db_step(statement, &row)) == PZ_OK && row) {
        pz__record_read(&pz__checkin_template_type, statement, 0, &t);
        if ((!t.org || pz__reach_has(&orgs, t.org)) && (status = add_if_wanted(work, &t)) != PZ_OK) break;
    }
    pz__db_reset(statement);
    return status;
}

static pz_status list_templates(list_work *work, void ***out_rows, size_t *out_count)
{
    pz_status status;
    pz__rows_start(&work->rows, &pz__checkin_template_type);
    status = read_templates(work);
    if (status == PZ_OK) return pz__by_id_take(&work->page, &work->rows, out_rows, out_count);
    pz__rows_free(&work->rows);
    return status;
}

pz_status pz_checkin_template_list(pz_actor *actor, const pz_checkin_template_query *query, const char *language,
                                   pz_checkin_template ***out_rows, size_t *out_count)
{
    pz__call call;
    list_work work = {.call = &call};
    pz_checkin_template_query *taken = &work.query;
    void **rows = NULL;
    size_t count = 0;
    pz_status status;
    PZ__TRY(pz__list_start((void ***)out_rows, out_count));
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(
        pz__record_take(&pz__checkin_template_query_type, query ? query : pz__checkin_template_query_type.initial, sizeof *taken, taken));
    PZ__TRY(pz__language_check(&language));
    PZ__TRY(pz__by_id_start(&work.page, PZ__BY_ID_OWN, taken->order, taken->after, taken->limit, taken->text, taken->text_len));
    work.language = language;
    status = pz__call_read(&call, actor);
    if (status == PZ_OK) status = pz__page_end(&call, list_templates(&work, &rows, &count), &rows, &count, (void ***)out_rows, out_count);
    pz__by_id_free(&work.page);
    return status;
}

/* ---------------------------------------------------------------------------------------------------- schedules --- */

static pz_status check_schedule(const pz_checkin_schedule *schedule)
{
    if (schedule->rhythm < PZ_RHYTHM_ON_DEMAND || schedule->rhythm > PZ_RHYTHM_EACH_CYCLE)
        return pz__fail(PZ_E_INVALID, "rhythm", "pz_checkin_rhythm names them.", "There is no rhythm %d.", (int)schedule->rhythm);
    if (schedule->rhythm == PZ_RHYTHM_MONTHLY) return pz__checkin_check_day(schedule->starts_on, "starts_on");
    if (schedule->starts_on == PZ_DATE_NONE) return PZ_OK;
    return pz__fail(PZ_E_INVALID, "starts_on", "Leave it out.", "Only a monthly schedule starts on a day.");
}

static pz_status set(pz__call *call, const pz_checkin_schedule *schedule)
{
    pz_checkin_template named;
    pz__outcome outcome;
    PZ__TRY(pz__scope_kind(call, PZ_KIND_CHECKIN_TEMPLATE, PZ__WRITE, schedule->scope, "scope", NULL));
    PZ__TRY(pz__checkin_template_find(call, schedule->template_id, &named));
    return pz__versioned_write(call, &pz__checkin_schedule_table, schedule, &outcome);
}

pz_status pz_checkin_schedule_set(pz_actor *actor, const pz_checkin_schedule *schedule, const char *key)
{
    pz__buffer request = PZ__BUFFER_INIT;
    pz_checkin_schedule taken;
    pz__call call;
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(pz__record_take(&pz__checkin_schedule_type, schedule, sizeof taken, &taken));
    PZ__TRY(check_schedule(&taken));
    taken.since_change = 0;
    pz__request_record(&request, &pz__checkin_schedule_type, &taken);
    PZ__TRY(pz__write_start(&call, actor, "checkin_schedule.set", key, &request));
    return pz__call_end(&call, call.repeated ? PZ_OK : set(&call, &taken));
}

static pz_status list_schedules(pz__call *call, pz__rows *rows)
{
    static const char sql[] = "SELECT scope_id, rhythm, template_id, starts_on, since_change FROM checkin_schedule WHERE tenant_id = ?1 "
                              "AND since_change <= ?2 AND until_change > ?2 ORDER BY scope_id";
    pz_checkin_schedule schedule;
    pz__statement *statement;
    pz__reach classes, orgs;
    pz_status status;
    int row;
    PZ__TRY(pz__may(call, PZ_KIND_CHECKIN_TEMPLATE, PZ__SEE));
    PZ__TRY(pz__reach_classes(call, &classes));
    PZ__TRY(pz__reach_orgs(call, &orgs));
    PZ__TRY(pz__db_statement(call->db, sql, &statement));
    pz__bind_int(statement, 1, call->tenant);
    pz__bind_int(statement, 2, call->as_of);
    while ((status = pz__db_step(statement, &row)) == PZ_OK && row) {
        pz__record_read(&pz__checkin_schedule_type, statement, 0, &schedule);
        if (pz__reach_has(&classes, schedule.scope) || pz__reach_has(&orgs, schedule.scope)) pz__rows_add(rows, &schedule);
    }
    pz__db_reset(statement);
    return status;
}

pz_status pz_checkin_schedule_list(pz_actor *actor, pz_checkin_schedule ***out_rows, size_t *out_count)
{
    pz__rows rows;
    pz__call call;
    PZ__TRY(pz__list_start((void ***)out_rows, out_count));
    PZ__TRY(pz__call_read(&call, actor));
    pz__rows_start(&rows, &pz__checkin_schedule_type);
    return pz__call_end_rows(&call, list_schedules(&call, &rows), &rows, (void ***)out_rows, out_count);
}
