/* Activities: added, revised, tied to what they teach and what has to come before them. */
#include "base/fail.h"
#include "base/memory.h"
#include "records/access/scope.h"
#include "records/activity/see.h"
#include "records/activity/tables.h"
#include "records/ask.h"
#include "records/competency/write.h"
#include "records/conflict.h"
#include "records/need.h"
#include "records/save.h"
#include "records/writing.h"

enum { MOST_MINUTES = 100000, MOST_CHOSEN = 100, MOST_TIES = 100, MOST_LEVELS = 8 };

/* ------------------------------------------------------------------------------------------------- checking --- */

static pz_status check_numbers(const pz_activity *a)
{
    if (a->kind < PZ_ACTIVITY_TASK || a->kind > PZ_ACTIVITY_BOARD)
        return pz__fail(PZ_E_INVALID, "kind", "pz_activity_kind names them.", "There is no kind %d of activity.", (int)a->kind);
    if (a->choose < 0 || a->choose > MOST_CHOSEN || (a->choose && a->kind != PZ_ACTIVITY_BOARD))
        return pz__fail(PZ_E_INVALID, "choose", NULL, "choose is %d; of a board it goes from 0 to %d, of a task it is 0.", (int)a->choose, MOST_CHOSEN);
    if (a->choice_rule < PZ_CHOICE_UNTIL_DEADLINE || a->choice_rule > PZ_CHOICE_FINAL)
        return pz__fail(PZ_E_INVALID, "choice_rule", "pz_choice_rule names them.", "There is no rule %d of choices.", (int)a->choice_rule);
    if (a->minutes < 0 || a->minutes > MOST_MINUTES)
        return pz__fail(PZ_E_INVALID, "minutes", NULL, "minutes is %d; it goes from 0 to %d.", (int)a->minutes, MOST_MINUTES);
    return PZ_OK;
}

static pz_status check(pz_activity *a)
{
    const uint32_t title = 1U << 7, long_texts = 1U << 8 | 1U << 13 | 1U << 14 | 1U << 15; /* members by place */
    PZ__TRY(pz__record_check_texts(&pz__activity_type, a, title, long_texts));
    PZ__TRY(pz__record_check_numbers(&pz__activity_type, a));
    PZ__TRY(check_numbers(a));
    PZ__TRY(pz__check_days(a->opens_on, a->due_on, "opens_on", "due_on"));
    PZ__TRY(pz__check_days(a->choose_by, a->due_on, "choose_by", "due_on"));
    if (!a->class_id != !a->org) return PZ_OK;
    return pz__fail(PZ_E_INVALID, "class_id", "Name one of them.", "An activity belongs to a class or to an org.");
}

/* ---------------------------------------------------------------------------------------------------- saving --- */

static pz_status may_save(pz__call *call, const pz_activity *current, const pz_activity *given)
{
    pz__owned owned;
    if (current && current->class_id) PZ__TRY(pz__may_class(call, PZ_KIND_ACTIVITY, PZ__WRITE, current->class_id, "class_id"));
    if (given->class_id) return pz__may_class(call, PZ_KIND_ACTIVITY, PZ__WRITE, given->class_id, "class_id");
    owned = (pz__owned){current ? current->org : 0, current ? current->author : 0};
    return pz__may_save_owned(call, PZ_KIND_ACTIVITY, current && current->org ? &owned : NULL, given->org);
}

/* The board is there, is one, and is not below the activity itself. */
static pz_status need_parent(pz__call *call, const pz_activity *a)
{
    pz_id above = a->parent;
    for (int level = 0; above; level++) {
        pz_activity *board;
        int is_board;
        if (above == a->id || level == MOST_LEVELS)
            return pz__fail(PZ_E_INVALID, "parent", "Boards stand on one another at most 8 deep.", "The activity %lld would stand on itself, or too deep.",
                            (long long)a->id);
        PZ__TRY(pz__activity_find(call, above, "parent", &board));
        is_board = board->kind == PZ_ACTIVITY_BOARD;
        above = board->parent;
        pz_free(board);
        if (!is_board) return pz__fail(PZ_E_INVALID, "parent", NULL, "The activity %lld is no board.", (long long)a->parent);
    }
    return PZ_OK;
}

static pz_status need_version(pz__call *call, const pz_activity *current, int64_t given)
{
    static const pz__versions versions = {&pz__activity_type, "activity",
                                          "SELECT " PZ__ACTIVITY_COLUMNS ", 0 FROM activity WHERE tenant_id = ?1 AND activity_id = ?2 "
                                          "AND since_change = ?3"};
    return pz__need_version(call, &versions, current->id, current, current->version, given);
}

static pz_status write(pz__call *call, const pz_activity *current, pz_activity *a)
{
    pz__outcome outcome;
    PZ__TRY(may_save(call, current, a));
    if (current) PZ__TRY(need_version(call, current, a->version));
    PZ__TRY(need_parent(call, a));
    a->author = current ? current->author : pz__call_person(call);
    if (!current) PZ__TRY(pz__store_take_ids(call->store, 1, &a->id));
    a->version = pz__change_number(call->change);
    return pz__versioned_write(call, &pz__activity_table, a, &outcome);
}

static pz_status save(pz__call *call, pz_activity *a)
{
    pz_activity *current = NULL;
    pz_status status;
    PZ__TRY(pz__may(call, PZ_KIND_ACTIVITY, PZ__WRITE));
    if (a->id) PZ__TRY(pz__activity_find(call, a->id, "id", &current));
    status = write(call, current, a);
    pz_free(current);
    return status;
}

pz_status pz_activity_save(pz_actor *actor, const pz_activity *activity, const char *key, pz_id *out_id)
{
    pz__buffer request = PZ__BUFFER_INIT;
    pz_activity taken;
    pz__call call;
    /* First: callers name the record's own id as the place for the result. */
    pz_status status = pz__record_take(&pz__activity_type, activity, sizeof taken, &taken);
    if (out_id) *out_id = 0;
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(status);
    PZ__TRY(check(&taken));
    taken.author = 0;
    pz__request_record(&request, &pz__activity_type, &taken);
    PZ__TRY(pz__write_start(&call, actor, "activity.save", key, &request));
    if (!call.repeated) status = save(&call, &taken);
    return pz__call_end_value(&call, status, taken.id, out_id);
}

/* ------------------------------------------------------------------------------------------------------ ties --- */

typedef struct tie_set {
    pz_activity_tie ties[MOST_TIES];
    size_t count;
} tie_set;

static pz_status take_ties(const pz_activity_tie *const *ties, size_t rows, tie_set *set)
{
    set->count = 0;
    if (rows > MOST_TIES) return pz__fail(PZ_E_TOO_LONG, "rows", NULL, "%zu ties are over the limit of %d.", rows, MOST_TIES);
    if (rows && !ties) return pz__fail_null("ties");
    for (size_t i = 0; i < rows; i++) {
        pz_activity_tie *tie = &set->ties[i];
        PZ__TRY(pz__record_take(&pz__activity_tie_type, ties[i], sizeof *tie, tie));
        if (tie->kind < PZ_TIE_TEACHES || tie->kind > PZ_TIE_NEEDS_ACTIVITY)
            return pz__fail(PZ_E_INVALID, "kind", "pz_tie_kind names them.", "There is no kind %d of tie.", (int)tie->kind);
        if (!(tie->weight > 0 && tie->weight <= 1))
            return pz__fail(PZ_E_INVALID, "weight", NULL, "The weight of tie %zu must be above 0 and at most 1.", i);
        for (size_t k = 0; k < i; k++)
            if (set->ties[k].kind == tie->kind && set->ties[k].target == tie->target)
                return pz__fail(PZ_E_EXISTS, "ties", NULL, "The tie to %lld is there twice.", (long long)tie->target);
        set->count++;
    }
    return PZ_OK;
}

/* Every need of an activity in the store, with those that are to be. */
static pz_status read_needs(pz__call *call, pz_id activity, const tie_set *set, pz_id **from, pz_id **to, size_t *count)
{
    static const char sql[] = "SELECT activity_id, target_id FROM activity_tie WHERE tenant_id = ?1 AND activity_id <> ?2 AND kind = 3 "
                              "AND since_change <= ?3 AND until_change > ?3 ORDER BY 1, 2";
    size_t room = 0, room_to = 0;
    pz__statement *statement;
    pz_status status = PZ_OK;
    int row;
    for (size_t i = 0; i < set->count && status == PZ_OK; i++) {
        if (set->ties[i].kind != PZ_TIE_NEEDS_ACTIVITY) continue;
        status = pz__reserve((void **)from, &room, *count + 1, sizeof **from);
        if (status == PZ_OK) status = pz__reserve((void **)to, &room_to, *count + 1, sizeof **to);
        if (status == PZ_OK) (*from)[*count] = activity, (*to)[(*count)++] = set->ties[i].target;
    }
    if (status != PZ_OK || !*count) return status;
    PZ__TRY(pz__ask(call, sql, activity, &statement));
    while ((status = pz__db_step(statement, &row)) == PZ_OK && row) {
        status = pz__reserve((void **)from, &room, *count + 1, sizeof **from);
        if (status == PZ_OK) status = pz__reserve((void **)to, &room_to, *count + 1, sizeof **to);
        if (status != PZ_OK) break;
        (*from)[*count] = pz__column_int(statement, 0);
        (*to)[(*count)++] = pz__column_int(statement, 1);
    }
    pz__db_reset(statement);
    return status;
}

static pz_status fail_circle(const pz_id *path, size_t count)
{
    pz__buffer text = PZ__BUFFER_INIT;
    pz_status status;
    for (size_t i = 0; i < count && i < 12; i++) pz__buffer_format(&text, "%s%lld", i ? " needs " : "", (long long)path[i]);
    status = text.status == PZ_OK
                 ? pz__fail(PZ_E_INVALID, "ties", "Take one of these ties away.", "Activities would wait for one another: %s%s.", text.data, count > 12 ? "..." : "")
                 : pz__fail_memory();
    pz__buffer_free(&text);
    return status;
}

static pz_status need_no_circle(pz__call *call, pz_id activity, const tie_set *set)
{
    pz_id *from = NULL, *to = NULL, *path = NULL;
    size_t count = 0, length = 0;
    pz_status status = read_needs(call, activity, set, &from, &to, &count);
    if (status == PZ_OK && count) status = pz__circle_find(from, to, count, &path, &length);
    if (status == PZ_OK && length) status = fail_circle(path, length);
    pz__release(from);
    pz__release(to);
    pz__release(path);
    return status;
}

static pz_status need_target(pz__call *call, const pz_activity_tie *tie)
{
    pz_activity *target;
    if (tie->kind != PZ_TIE_NEEDS_ACTIVITY) return pz__need(call, PZ_KIND_COMPETENCY, tie->target, "target");
    PZ__TRY(pz__activity_find(call, tie->target, "target", &target));
    pz_free(target);
    return PZ_OK;
}

static pz_status run(pz__call *call, const char *sql, pz_id activity)
{
    pz__statement *statement;
    PZ__TRY(pz__db_statement(call->db, sql, &statement));
    pz__bind_int(statement, 1, call->tenant);
    pz__bind_int(statement, 2, activity);
    pz__bind_int(statement, 3, pz__change_number(call->change));
    return pz__db_run(statement);
}

/* What this same change wrote was never seen by anybody: it goes. */
static pz_status replace_ties(pz__call *call, pz_id activity, const tie_set *set)
{
    static const char drop[] = "DELETE FROM activity_tie WHERE tenant_id = ?1 AND activity_id = ?2 AND since_change = ?3";
    static const char close[] = "UPDATE activity_tie SET until_change = ?3 WHERE tenant_id = ?1 AND activity_id = ?2 "
                                "AND until_change = " PZ__CURRENT_SQL;
    static const char insert[] = "INSERT INTO activity_tie (tenant_id, activity_id, kind, target_id, since_change, until_change, weight) "
                                 "VALUES (?1, ?2, ?4, ?5, ?3, " PZ__CURRENT_SQL ", ?6)";
    PZ__TRY(run(call, drop, activity));
    PZ__TRY(run(call, close, activity));
    for (size_t i = 0; i < set->count; i++) {
        pz__statement *statement;
        PZ__TRY(pz__db_statement(call->db, insert, &statement));
        pz__bind_int(statement, 1, call->tenant);
        pz__bind_int(statement, 2, activity);
        pz__bind_int(statement, 3, pz__change_number(call->change));
        pz__bind_int(statement, 4, set->ties[i].kind);
        pz__bind_int(statement, 5, set->ties[i].target);
        pz__bind_real(statement, 6, set->ties[i].weight);
        PZ__TRY(pz__db_run(statement));
    }
    pz__change_note(call->change, PZ_KIND_ACTIVITY, activity, 0, PZ__ACT_REVISE, 1);
    return PZ_OK;
}

static pz_status set_ties(pz__call *call, pz_id id, const tie_set *set)
{
    pz_activity *current;
    pz_status status;
    PZ__TRY(pz__may(call, PZ_KIND_ACTIVITY, PZ__WRITE));
    PZ__TRY(pz__activity_find(call, id, "activity", &current));
    status = may_save(call, current, current);
    pz_free(current);
    for (size_t i = 0; i < set->count && status == PZ_OK; i++) status = need_target(call, &set->ties[i]);
    if (status == PZ_OK) status = need_no_circle(call, id, set);
    return status == PZ_OK ? replace_ties(call, id, set) : status;
}

pz_status pz_activity_ties_set(pz_actor *actor, pz_id activity, const pz_activity_tie *const *ties, size_t rows, const char *key)
{
    pz__buffer request = PZ__BUFFER_INIT;
    tie_set set;
    pz__call call;
    if (!actor) return pz__fail_closed("actor");
    PZ__TRY(take_ties(ties, rows, &set));
    pz__request_int(&request, activity);
    for (size_t i = 0; i < set.count; i++) pz__request_record(&request, &pz__activity_tie_type, &set.ties[i]);
    PZ__TRY(pz__write_start(&call, actor, "activity.ties", key, &request));
    return pz__call_end(&call, call.repeated ? PZ_OK : set_ties(&call, activity, &set));
}
