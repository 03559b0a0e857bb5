/* Who stays at the bottom: lasting tiers harm those who sit in the lowest one, so a recommendation by readiness says of each of its learners how often that was so in the
 * accepted ones of the class. */
#include "records/recommend/stay.h"

#include <math.h>
#include <string.h>

#include "base/fail.h"
#include "base/json_read.h"
#include "base/memory.h"
#include "records/document.h"

/* An accepted recommendation by readiness, and its group with the lowest starting point. */
typedef struct tiers {
    pz_id recommendation;
    int32_t lowest_group;
    double lowest;
} tiers;

typedef struct stays {
    pz__call *call;
    const pz__plan *plan;
    tiers *list; /* oldest first */
    size_t count, capacity;
    struct stay {
        int32_t divisions, lowest, in_a_row;
    } * of; /* by member */
} stays;

static pz_status ask(const stays *s, const char *sql, pz__statement **out_statement)
{
    PZ__TRY(pz__db_statement(s->call->db, sql, out_statement));
    pz__bind_int(*out_statement, 1, s->call->tenant);
    pz__bind_int(*out_statement, 2, s->plan->row.class_id);
    pz__bind_int(*out_statement, 3, s->call->as_of);
    pz__bind_int(*out_statement, 4, PZ_RECOMMENDATION_ACCEPTED);
    pz__bind_int(*out_statement, 5, s->plan->row.id);
    return PZ_OK;
}

/* The least starting point that a group's reasons tell; NaN where they tell none. */
static pz_status least_of(const char *reasons, double *out_least)
{
    pz__json *document;
    *out_least = PZ_REAL_NONE;
    PZ__TRY(pz__json_parse(reasons, PZ_NUL_TERMINATED, NULL, &document));
    for (const pz__json_value *one = pz__json_first(pz__json_root(document)); one; one = pz__json_next(one)) {
        const char *code = pz__json_as_text(pz__json_member(one, "code"));
        double value;
        if (code && !strcmp(code, "reason.group.alike") && pz__json_as_real(pz__json_member(one, "value"), &value)) *out_least = value;
    }
    pz__json_free(document);
    return PZ_OK;
}

static pz_status add_group(stays *s, pz_id recommendation, int32_t group_no, const char *reasons)
{
    double least;
    PZ__TRY(least_of(reasons, &least));
    if (!s->count || s->list[s->count - 1].recommendation != recommendation) {
        PZ__TRY(pz__reserve((void **)&s->list, &s->capacity, s->count + 1, sizeof *s->list));
        s->list[s->count++] = (tiers){recommendation, 0, PZ_REAL_NONE};
    }
    tiers *last = &s->list[s->count - 1];
    if (isnan(least) || last->lowest <= least) return PZ_OK;
    last->lowest = least;
    last->lowest_group = group_no;
    return PZ_OK;
}

static pz_status read_groups(stays *s)
{
    static const char sql[] = "SELECT r.recommendation_id, x.group_no, x.reasons FROM recommendation r JOIN recommended_group x "
                              "ON x.tenant_id = r.tenant_id AND x.recommendation_id = r.recommendation_id AND x.since_change <= ?3 "
                              "AND x.until_change > ?3 WHERE r.tenant_id = ?1 AND r.class_id = ?2 AND r.state = ?4 "
                              "AND r.strategy = 'readiness' AND r.recommendation_id <> ?5 AND r.since_change <= ?3 AND r.until_change > ?3 "
                              "ORDER BY r.version, r.recommendation_id, x.group_no";
    pz__statement *statement;
    pz_status status;
    int row;
    PZ__TRY(ask(s, sql, &statement));
    while ((status = pz__db_step(statement, &row)) == PZ_OK && row) {
        const char *reasons = pz__column_text(statement, 2, NULL);
        status = add_group(s, pz__column_int(statement, 0), (int32_t)pz__column_int(statement, 1), reasons ? reasons : "[]");
        if (status != PZ_OK) break;
    }
    pz__db_reset(statement);
    return status;
}

static const tiers *find(const stays *s, pz_id recommendation)
{
    for (size_t i = 0; i < s->count; i++)
        if (s->list[i].recommendation == recommendation) return &s->list[i];
    return NULL;
}

static pz_status read_members(stays *s)
{
    static const char sql[] = "SELECT r.recommendation_id, x.learner_id, x.group_no FROM recommendation r JOIN recommended_member x "
                              "ON x.tenant_id = r.tenant_id AND x.recommendation_id = r.recommendation_id AND x.since_change <= ?3 "
                              "AND x.until_change > ?3 WHERE r.tenant_id = ?1 AND r.class_id = ?2 AND r.state = ?4 "
                              "AND r.strategy = 'readiness' AND r.recommendation_id <> ?5 AND r.since_change <= ?3 AND r.until_change > ?3 "
                              "ORDER BY r.version, r.recommendation_id, x.learner_id";
    pz__statement *statement;
    pz_status status;
    int row;
    PZ__TRY(ask(s, sql, &statement));
    while ((status = pz__db_step(statement, &row)) == PZ_OK && row) {
        const tiers *one = find(s, pz__column_int(statement, 0));
        size_t place = pz__plan_place(s->plan, pz__column_int(statement, 1));
        if (!one || !one->lowest_group || place == s->plan->member_count) continue;
        int is_lowest = pz__column_int(statement, 2) == one->lowest_group;
        s->of[place].divisions++;
        s->of[place].lowest += is_lowest;
        s->of[place].in_a_row = is_lowest ? s->of[place].in_a_row + 1 : 0;
    }
    pz__db_reset(statement);
    return status;
}

static void put(const stays *s, const char *language, pz__json_writer *json)
{
    pz__json_key(json, "stays");
    pz__json_open_array(json);
    for (size_t i = 0; i < s->plan->member_count; i++) {
        if (!s->of[i].divisions) continue;
        const pz__message_value values[] = {{"number", NULL, s->of[i].lowest, 0}, {"count", NULL, s->of[i].divisions, 0}};
        pz__json_open_object(json);
        pz__json_put_id(json, "learner", s->plan->members[i].learner);
        pz__json_put_int(json, "divisions", s->of[i].divisions);
        pz__json_put_int(json, "lowest", s->of[i].lowest);
        pz__json_put_int(json, "in_a_row", s->of[i].in_a_row);
        pz__json_words(json, "rationale", language, "reason.learner.stay", values, sizeof values / sizeof values[0]);
        pz__json_close_object(json);
    }
    pz__json_close_array(json);
}

pz_status pz__stays_put(pz__call *call, const pz__plan *plan, const char *language, pz__json_writer *json)
{
    stays s = {.call = call, .plan = plan};
    if (strcmp(plan->row.strategy, "readiness") != 0) return PZ_OK;
    s.of = pz__alloc_zero(plan->member_count + 1, sizeof *s.of);
    pz_status status = s.of ? read_groups(&s) : pz__fail_memory();
    if (status == PZ_OK) status = read_members(&s);
    if (status == PZ_OK) put(&s, language, json);
    pz__release(s.of);
    pz__release(s.list);
    return status;
}
