/* Goals of groups: what a class, or some of it, sets out to do together. */
#include "base/fail.h"
#include "base/text.h"
#include "records/ask.h"
#include "records/goal/tables.h"
#include "records/listing.h"
#include "records/need.h"
#include "records/save.h"
#include "records/writing.h"

static pz_status check(pz_goal_group *group)
{
    PZ__TRY(pz__text_need(group->statement, group->statement_len, (size_t)pz_limit(PZ_LIMIT_TEXT), "statement", &group->statement_len));
    if (group->ended != 0 && group->ended != 1)
        return pz__fail(PZ_E_INVALID, "ended", NULL, "ended is %d; it must be 0 or 1.", (int)group->ended);
    return pz__check_days(group->due_on, PZ_DATE_NONE, "due_on", "due_on");
}

static pz_status fail_missing(pz_id group)
{
    return pz__fail(PZ_E_NOT_FOUND, "group", "pz_goal_group_list() lists those of a class.", "There is no goal %lld of a group in reach.",
                    (long long)group);
}

static pz_status find(pz__call *call, pz_id id, pz_goal_group **out_group)
{
    static const char sql[] = "SELECT group_id, version, class_id, statement, competency_id, due_on, proposed_by, proposed_role, ended, 0, 0 "
                              "FROM goal_group WHERE tenant_id = ?1 AND group_id = ?2 AND since_change <= ?3 AND until_change > ?3";
    PZ__TRY(pz__ask_one(call, &pz__goal_group_type, sql, id, (void **)out_group));
    return *out_group ? PZ_OK : fail_missing(id);
}

static pz_status may_change(pz__call *call, const pz_goal_group *current, const pz_goal_group *given)
{
    int32_t role = pz__call_role(call);
    pz_status status = pz__may_class(call, PZ_KIND_GOAL_GROUP, PZ__WRITE, current->class_id, "group");
    if (status == PZ_E_NOT_FOUND) return fail_missing(current->id);
    PZ__TRY(status);
    if (role < PZ_ROLE_TEACHER && (current->proposed_by != pz__call_person(call) || current->proposed_role != role))
        return pz__fail(PZ_E_DENIED, "group", NULL, "The goal %lld of a group is changed by who proposed it, and by those who work with the class.",
                        (long long)current->id);
    if (given->class_id && given->class_id != current->class_id)
        return pz__fail(PZ_E_INVALID, "class_id", NULL, "A goal of a group stays that of its class.");
    if (given->version != current->version)
        return pz__fail(PZ_E_CONFLICT, "version", "Read it again and save what it says now.",
                        "The goal %lld of a group was changed meanwhile: its version is %lld, not %lld.", (long long)current->id,
                        (long long)current->version, (long long)given->version);
    return PZ_OK;
}

static pz_status take_current(pz__call *call, pz_goal_group *group)
{
    pz_goal_group *current;
    pz_status status;
    PZ__TRY(find(call, group->id, &current));
    status = may_change(call, current, group);
    group->class_id = current->class_id;
    group->proposed_by = current->proposed_by;
    group->proposed_role = current->proposed_role;
    pz_free(current);
    return status;
}

static pz_status start_new(pz__call *call, pz_goal_group *group)
{
    PZ__TRY(pz__may_class(call, PZ_KIND_GOAL_GROUP, PZ__WRITE, group->class_id, "class_id"));
    group->proposed_by = pz__call_person(call);
    group->proposed_role = pz__call_role(call);
    return pz__store_take_ids(call->store, 1, &group->id);
}

static pz_status write(pz__call *call, pz_goal_group *group)
{
    pz__outcome outcome;
    PZ__TRY(group->id ? take_current(call, group) : start_new(call, group));
    PZ__TRY(pz__need_if(call, PZ_KIND_COMPETENCY, group->competency, "competency"));
    group->version = pz__change_number(call->change);
    return pz__versioned_write(call, &pz__goal_group_table, group, &outcome);
}

pz_status pz_goal_group_save(pz_actor *actor, const pz_goal_group *group, const char *key, pz_id *out_id)
{
    pz__buffer request = PZ__BUFFER_INIT;
    pz_goal_group taken;
    pz__call call;
    /* First: callers name the record's own id as the place for the result. */
    pz_status status = pz__record_take(&pz__goal_group_type, group, sizeof taken, &taken);
    if (out_id) *out_id = 0;
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(status);
    PZ__TRY(check(&taken));
    pz__request_record(&request, &pz__goal_group_type, &taken);
    PZ__TRY(pz__write_start(&call, actor, "goal_group.save", key, &request));
    if (!call.repeated) status = write(&call, &taken);
    return pz__call_end_value(&call, status, taken.id, out_id);
}

/* -------------------------------------------------------------------------------------------------- listing --- */

#define MEMBERS(state)                                                                                                                     \
    "(SELECT count(DISTINCT m.learner_id) FROM goal m WHERE m.tenant_id = ?1 AND m.group_id = g.group_id AND m.since_change <= ?3 "        \
    "AND m.until_change > ?3 AND coalesce(m.visibility, 5) > 1 AND m.state " state ")"

static pz_status list(pz__call *call, pz_id class_id, pz__rows *rows)
{
    static const char sql[] = "SELECT g.group_id, g.version, g.class_id, g.statement, g.competency_id, g.due_on, g.proposed_by, g.proposed_role, "
                              "g.ended, " MEMBERS("NOT IN (4, 5)") ", " MEMBERS("= 3") " FROM goal_group g WHERE g.tenant_id = ?1 AND g.class_id = ?2 "
                              "AND g.since_change <= ?3 AND g.until_change > ?3 ORDER BY g.group_id";
    PZ__TRY(pz__may_class(call, PZ_KIND_GOAL_GROUP, PZ__SEE, class_id, "class_id"));
    PZ__TRY(pz__ask_rows(call, sql, class_id, rows));
    pz__call_read_class(call, PZ_KIND_GOAL_GROUP, class_id);
    return PZ_OK;
}

pz_status pz_goal_group_list(pz_actor *actor, pz_id class_id, pz_goal_group ***out_rows, size_t *out_count)
{
    pz__rows rows;
    pz__call call;
    PZ__TRY(pz__list_start((void ***)out_rows, out_count));
    PZ__TRY(pz__call_read(&call, actor));
    pz__rows_start(&rows, &pz__goal_group_type);
    return pz__call_end_rows(&call, list(&call, class_id, &rows), &rows, (void ***)out_rows, out_count);
}
