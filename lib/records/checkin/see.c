#include "records/checkin/see.h"

#include "base/fail.h"
#include "base/memory.h"
#include "records/access/visible.h"
#include "records/ask.h"
#include "records/checkin/tables.h"

static pz_status fail_missing(pz_id checkin)
{
    return pz__fail(PZ_E_NOT_FOUND, "checkin", "pz_checkin_list() lists them.", "There is no check-in %lld in reach.", (long long)checkin);
}

/* -------------------------------------------------------------------------------------------------- taking part --- */

pz_status pz__checkin_part_of(pz__call *call, pz_id checkin, pz_id person, pz__part *out_part)
{
    static const char sql[] = "SELECT role, presence FROM checkin_person WHERE tenant_id = ?1 AND checkin_id = ?2 AND person_id = ?3 "
                              "AND since_change <= ?4 AND until_change > ?4";
    pz__statement *statement;
    pz_status status;
    int row;
    out_part->role = out_part->presence = 0;
    if (!person) return PZ_OK;
    PZ__TRY(pz__db_statement(call->db, sql, &statement));
    pz__bind_int(statement, 1, call->tenant);
    pz__bind_int(statement, 2, checkin);
    pz__bind_int(statement, 3, person);
    pz__bind_int(statement, 4, call->present);
    status = pz__db_step(statement, &row);
    if (row) {
        out_part->role = (int32_t)pz__column_int(statement, 0);
        out_part->presence = (int32_t)pz__column_int(statement, 1);
    }
    pz__db_reset(statement);
    return status;
}

pz_status pz__checkin_takes_part(pz__call *call, pz_id checkin, int *out_takes_part)
{
    pz__part part;
    PZ__TRY(pz__checkin_part_of(call, checkin, pz__call_person(call), &part));
    *out_takes_part = part.role != 0 && part.role == pz__call_role(call);
    return PZ_OK;
}

/* ------------------------------------------------------------------------------------------------------- seeing --- */

static int is_open(const pz__call *call, const pz_checkin *checkin)
{
    pz_id person = pz__call_person(call);
    int32_t role = pz__call_role(call);
    int is_self = role == PZ_ROLE_LEARNER && person == checkin->learner;
    return (person && checkin->author == person && checkin->author_role == role) ||
           pz__visibility_is_open_to(checkin->visibility, role, is_self);
}

static pz_status read_newest(pz__call *call, pz_id id, pz_checkin *newest, int *out_found)
{
    static const char sql[] = "SELECT learner_id, visibility, author_id, author_role FROM checkin WHERE tenant_id = ?1 AND checkin_id = ?2 "
                              "AND since_change <= ?3 AND until_change > ?3";
    pz__statement *statement;
    pz_status status;
    PZ__TRY(pz__db_statement(call->db, sql, &statement));
    pz__bind_int(statement, 1, call->tenant);
    pz__bind_int(statement, 2, id);
    pz__bind_int(statement, 3, call->present);
    status = pz__db_step(statement, out_found);
    if (*out_found) {
        newest->learner = pz__column_int(statement, 0);
        newest->visibility = (int32_t)pz__column_int(statement, 1);
        newest->author = pz__column_int(statement, 2);
        newest->author_role = (int32_t)pz__column_int(statement, 3);
    }
    pz__db_reset(statement);
    return status;
}

pz_status pz__checkin_is_visible(pz__call *call, pz_id checkin, int32_t visibility, int *out_visible)
{
    pz_checkin newest = PZ_CHECKIN_INIT;
    int takes_part;
    *out_visible = 0;
    PZ__TRY(read_newest(call, checkin, &newest, out_visible));
    if (!*out_visible) return PZ_OK;
    PZ__TRY(pz__checkin_takes_part(call, checkin, &takes_part));
    if (takes_part) return PZ_OK;
    if (visibility && visibility < newest.visibility) newest.visibility = visibility;
    *out_visible = is_open(call, &newest);
    return PZ_OK;
}

static pz_status each_seen(pz__call *call, pz__statement *statement, pz__checkin_fn each, void *user_data)
{
    pz_checkin checkin;
    int row, seen;
    for (;;) {
        PZ__TRY(pz__db_step(statement, &row));
        if (!row) return PZ_OK;
        pz__record_read(&pz__checkin_type, statement, 0, &checkin);
        PZ__TRY(pz__checkin_is_visible(call, checkin.id, checkin.visibility, &seen));
        if (seen) PZ__TRY(each(&checkin, user_data));
    }
}

static pz_status run(pz__call *call, const char *sql, pz_id of, pz__checkin_fn each, void *user_data)
{
    pz__statement *statement;
    pz_status status;
    PZ__TRY(pz__ask(call, sql, of, &statement));
    status = each_seen(call, statement, each, user_data);
    pz__db_reset(statement);
    return status;
}

#define SEEN " AND since_change <= ?3 AND until_change > ?3"

pz_status pz__checkin_each(pz__call *call, pz_id learner, pz__checkin_fn each, void *user_data)
{
    static const char one[] =
        "SELECT " PZ__CHECKIN_COLUMNS ", 1 FROM checkin WHERE tenant_id = ?1 AND learner_id = ?2" SEEN " ORDER BY checkin_id";
    static const char all[] =
        "SELECT " PZ__CHECKIN_COLUMNS ", 1 FROM checkin WHERE tenant_id = ?1 AND ?2 = 0" SEEN " ORDER BY learner_id, checkin_id";
    return run(call, learner ? one : all, learner, each, user_data);
}

pz_status pz__checkin_each_version(pz__call *call, pz_id checkin, pz__checkin_fn each, void *user_data)
{
    static const char sql[] = "SELECT " PZ__CHECKIN_COLUMNS ", until_change > ?3 FROM checkin WHERE tenant_id = ?1 AND checkin_id = ?2 "
                              "AND since_change <= ?3 ORDER BY since_change";
    return run(call, sql, checkin, each, user_data);
}

/* ------------------------------------------------------------------------------------------------------ finding --- */

static pz_status load(pz__call *call, pz_id id, pz_checkin **out_checkin)
{
    static const char sql[] = "SELECT " PZ__CHECKIN_COLUMNS ", 1 FROM checkin WHERE tenant_id = ?1 AND checkin_id = ?2" SEEN;
    PZ__TRY(pz__ask_one(call, &pz__checkin_type, sql, id, (void **)out_checkin));
    return *out_checkin ? PZ_OK : fail_missing(id);
}

pz_status pz__checkin_find(pz__call *call, pz__doing doing, pz_id id, pz_checkin **out_checkin)
{
    pz_status status;
    int seen = 1;
    PZ__TRY(load(call, id, out_checkin));
    status = pz__may_learner(call, PZ_KIND_CHECKIN, doing, (*out_checkin)->learner, "checkin");
    if (status == PZ_OK) status = pz__checkin_is_visible(call, id, (*out_checkin)->visibility, &seen);
    if (status == PZ_E_NOT_FOUND || (status == PZ_OK && !seen)) status = fail_missing(id);
    if (status == PZ_OK && doing == PZ__SEE) pz__call_read_learner(call, PZ_KIND_CHECKIN, (*out_checkin)->learner);
    if (status == PZ_OK) return PZ_OK;
    pz_free(*out_checkin);
    *out_checkin = NULL;
    return status;
}

pz_status pz__checkin_template_find(pz__call *call, pz_id id, pz_checkin_template *out_template)
{
    static const char sql[] =
        "SELECT " PZ__CHECKIN_TEMPLATE_COLUMNS " FROM checkin_template WHERE tenant_id = ?1 AND template_id = ?2" SEEN;
    const pz_checkin_template own = PZ_CHECKIN_TEMPLATE_INIT;
    pz__statement *statement;
    pz_status status;
    int row;
    *out_template = own;
    if (!id) return PZ_OK;
    PZ__TRY(pz__ask(call, sql, id, &statement));
    status = pz__db_step(statement, &row);
    if (row) pz__record_read(&pz__checkin_template_type, statement, 0, out_template);
    out_template->title = out_template->prompts = NULL;
    out_template->title_len = out_template->prompts_len = 0;
    pz__db_reset(statement);
    if (status != PZ_OK || row) return status;
    return pz__fail(PZ_E_NOT_FOUND, "template_id", "pz_checkin_template_list() lists them; 0 is the library's own.",
                    "There is no template %lld.", (long long)id);
}
