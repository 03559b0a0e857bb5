/* Why profiles speak for a group, or for a learner's place: what is shared or brought, with the entries that say so. */
#include <stdio.h>
#include <string.h>

#include "base/fail.h"
#include "base/message.h"
#include "base/number.h"
#include "records/access/visible.h"
#include "records/recommend/wish.h"

enum { MOST_NAMES = 3 };

/* ------------------------------------------------------------------------------------------------- counting --- */

/* Whether a row says what an earlier row of the same learner says. */
static int is_again(const pz__wish_data *data, size_t learner, size_t row)
{
    for (size_t i = data->first[learner]; i < row; i++)
        if (data->columns[i] == data->columns[row]) return 1;
    return 0;
}

/* How many of a group have each name. Reasons come group by group, so this is done once for each. */
static void count_group(const pz__class_wishes *wishes, pz__wish_data *data, const pz__plan *plan, int32_t group_no)
{
    if (data->counted_group == group_no) return;
    data->counted_group = group_no;
    data->counted_size = 0;
    memset(data->counts, 0, (size_t)data->column_count * sizeof *data->counts);
    for (size_t i = 0; i < plan->member_count; i++) {
        size_t learner = pz__grouping_ask_place(wishes->ask, plan->members[i].learner);
        if (plan->members[i].group_no != group_no || learner == wishes->ask->learner_count) continue;
        data->counted_size++;
        for (size_t row = data->first[learner]; row < data->first[learner + 1]; row++)
            if (!is_again(data, learner, row)) data->counts[data->columns[row]]++;
    }
}

typedef struct pick {
    int32_t columns[MOST_NAMES];
    int count;
    int32_t members; /* who have each of them */
} pick;

static void add_pick(pick *of, const pz__wish_data *data, int32_t column, int wants_most)
{
    int32_t members = data->counts[column];
    if (of->count && (wants_most ? members < of->members : members > of->members)) return;
    if (of->count && members != of->members) of->count = 0;
    of->members = members;
    if (of->count < MOST_NAMES) of->columns[of->count++] = column;
}

/* What most of the group have, of what two at least have. */
static pick pick_of_group(const pz__wish_data *data)
{
    pick of = {{0}, 0, 0};
    for (int32_t column = 0; column < data->column_count; column++)
        if (data->counts[column] >= 2) add_pick(&of, data, column, 1);
    return of;
}

/* Of what a learner has: what most others have too, or what fewest have. */
static pick pick_of_learner(const pz__wish_data *data, size_t learner, int wants_shared)
{
    pick of = {{0}, 0, 0};
    for (size_t row = data->first[learner]; row < data->first[learner + 1]; row++) {
        if (is_again(data, learner, row) || (wants_shared && data->counts[data->columns[row]] < 2)) continue;
        add_pick(&of, data, data->columns[row], wants_shared);
    }
    return of;
}

static int has(const pick *of, int32_t column)
{
    for (int i = 0; i < of->count; i++)
        if (of->columns[i] == column) return 1;
    return 0;
}

/* -------------------------------------------------------------------------------------------------- writing --- */

/* Each with its learner, so that it goes with it. */
static void put_rows(pz__json_writer *json, const pz__wish_data *data, size_t learner, const pick *of)
{
    for (size_t row = data->first[learner]; row < data->first[learner + 1]; row++) {
        if (!has(of, data->columns[row])) continue;
        pz__json_open_object(json);
        pz__json_put_id(json, "learner", data->rows[row]->learner);
        pz__json_put_id(json, "entry", data->rows[row]->entry);
        pz__json_put_text(json, "name", data->rows[row]->name);
        pz__json_close_object(json);
    }
}

static void put_reason(pz__json_writer *json, const pz__wish *wish, const char *code, double value, double other)
{
    pz__json_open_object(json);
    pz__json_put_text(json, "code", code);
    pz__json_put_text(json, "criterion", pz__feature_criterion_name(wish->criterion));
    pz__json_put_real(json, "value", value);
    pz__json_put_real(json, "other", other);
    pz__json_key(json, "from");
    pz__json_open_array(json);
}

static void end_reason(pz__json_writer *json)
{
    pz__json_close_array(json);
    pz__json_close_object(json);
}

static void write_group(pz__json_writer *json, const pz__class_wishes *wishes, const pz__wish *wish, const pz__wish_data *data,
                        const pz__plan *plan, int32_t group_no)
{
    pick of = pick_of_group(data);
    int32_t different = 0;
    for (int32_t column = 0; column < data->column_count; column++) different += data->counts[column] > 0;
    if (wish->direction != PZ_DIRECTION_ALIKE) {
        put_reason(json, wish, "reason.group.profile_brings", different, data->counted_size);
        end_reason(json);
        return;
    }
    put_reason(json, wish, of.count ? "reason.group.profile_shares" : "reason.group.profile_apart", of.members, data->counted_size);
    for (size_t i = 0; i < plan->member_count && of.count; i++) {
        size_t learner = pz__grouping_ask_place(wishes->ask, plan->members[i].learner);
        if (plan->members[i].group_no == group_no && learner < wishes->ask->learner_count) put_rows(json, data, learner, &of);
    }
    end_reason(json);
}

static void write_learner(pz__json_writer *json, const pz__wish *wish, const pz__wish_data *data, size_t learner)
{
    int is_alike = wish->direction == PZ_DIRECTION_ALIKE, is_known = data->first[learner] < data->first[learner + 1];
    pick of = pick_of_learner(data, learner, is_alike);
    const char *code = !is_known   ? "reason.learner.profile_unknown"
                       : !is_alike ? "reason.learner.profile_brings"
                       : !of.count ? "reason.learner.profile_apart"
                                   : "reason.learner.profile_shares";
    put_reason(json, wish, code, of.count ? of.members - 1 : 0, data->counted_size - 1);
    put_rows(json, data, learner, &of);
    end_reason(json);
}

pz_status pz__wish_reason_write(pz__json_writer *json, pz__class_wishes *wishes, size_t number, const pz_grouping_reason *reason,
                                const pz__plan *plan)
{
    const pz__wish *wish = &wishes->ask->wishes[number];
    pz__wish_data *data = &wishes->of[number];
    count_group(wishes, data, plan, reason->group + 1);
    if (reason->learner < 0)
        write_group(json, wishes, wish, data, plan, reason->group + 1);
    else
        write_learner(json, wish, data, (size_t)reason->learner);
    return json->out->status;
}

/* --------------------------------------------------------------------------------------------------- seeing --- */

static pz_id id_member(const pz__json_value *object, const char *name)
{
    const char *text = pz__json_as_text(pz__json_member(object, name));
    int64_t id = 0;
    if (text) pz__int_parse(text, strlen(text), &id);
    return id;
}

/* In reach, and open to the actor by what the entry says today, also where it was withdrawn since. */
static pz_status sees(pz__call *call, pz__named *named, const pz__json_value *from, int *out_sees)
{
    pz__reach reach;
    *out_sees = 0;
    PZ__TRY(pz__reach_learners(call, &reach));
    if (!pz__reach_has(&reach, id_member(from, "learner"))) return PZ_OK;
    return pz__entry_is_visible(call, named, id_member(from, "entry"), out_sees);
}

static void copy_value(pz__json_writer *json, const pz__json_value *value)
{
    pz__buffer text = PZ__BUFFER_INIT;
    pz__json_print(value, &text);
    if (text.status != PZ_OK && json->out->status == PZ_OK) json->out->status = text.status;
    pz__json_raw(json, text.data ? text.data : "null");
    pz__buffer_free(&text);
}

static pz_status copy_seen(pz__call *call, pz__named *named, const pz__json_value *reason, pz__json_writer *json)
{
    pz__json_open_object(json);
    for (const pz__json_value *member = pz__json_first(reason); member; member = pz__json_next(member)) {
        pz__json_key(json, pz__json_key_of(member));
        if (strcmp(pz__json_key_of(member), "from") != 0) {
            copy_value(json, member);
            continue;
        }
        pz__json_open_array(json);
        for (const pz__json_value *from = pz__json_first(member); from; from = pz__json_next(from)) {
            int is_seen;
            PZ__TRY(sees(call, named, from, &is_seen));
            if (is_seen) copy_value(json, from);
        }
        pz__json_close_array(json);
    }
    pz__json_close_object(json);
    return PZ_OK;
}

pz_status pz__wish_reasons_seen(pz__call *call, const char *reasons, pz__json_writer *json)
{
    pz__named named = {NULL, 0, 0};
    pz__json *document;
    pz_status status = PZ_OK;
    if (!strstr(reasons, "\"from\":")) {
        pz__json_raw(json, reasons);
        return PZ_OK;
    }
    PZ__TRY(pz__json_parse(reasons, PZ_NUL_TERMINATED, NULL, &document));
    pz__json_open_array(json);
    for (const pz__json_value *reason = pz__json_first(pz__json_root(document)); reason && status == PZ_OK; reason = pz__json_next(reason))
        status = copy_seen(call, &named, reason, json);
    pz__json_close_array(json);
    pz__named_free(&named);
    pz__json_free(document);
    return status;
}

/* --------------------------------------------------------------------------------------------------- wording --- */

int pz__wish_reason_is(const pz__json_value *reason)
{
    return pz__json_member(reason, "from") != NULL;
}

/* Each name once; they stand by learner, so the same name may come again. */
static int is_named_before(const pz__json_value *list, const pz__json_value *from, const char *name)
{
    for (const pz__json_value *earlier = pz__json_first(list); earlier != from; earlier = pz__json_next(earlier)) {
        const char *other = pz__json_as_text(pz__json_member(earlier, "name"));
        if (other && !strcmp(other, name)) return 1;
    }
    return 0;
}

/* A name that comes of several entries is told where one of them is seen. */
static pz_status is_name_seen(pz__call *call, pz__named *named, const pz__json_value *first, const char *name, int *out_seen)
{
    *out_seen = 0;
    for (const pz__json_value *from = first; from && !*out_seen; from = pz__json_next(from)) {
        const char *other = pz__json_as_text(pz__json_member(from, "name"));
        if (other && !strcmp(other, name)) PZ__TRY(sees(call, named, from, out_seen));
    }
    return PZ_OK;
}

static pz_status name_all(pz__call *call, const char *language, const pz__json_value *list, pz__buffer *out)
{
    pz__named named = {NULL, 0, 0};
    pz_status status = PZ_OK;
    int is_seen;
    for (const pz__json_value *from = pz__json_first(list); from && status == PZ_OK; from = pz__json_next(from)) {
        const char *name = pz__json_as_text(pz__json_member(from, "name"));
        if (!name || is_named_before(list, from, name)) continue;
        status = is_name_seen(call, &named, from, name, &is_seen);
        if (status != PZ_OK || !is_seen) continue;
        if (out->length) pz__buffer_text(out, ", ");
        pz__buffer_text(out, name);
    }
    pz__named_free(&named);
    if (!out->length) pz__message(out, language, "reason.profile.hidden", NULL, 0);
    return status == PZ_OK ? out->status : status;
}

/* Figures of others are not for those who see only their own place. */
static const char *plain_code(const char *code)
{
    if (!strncmp(code, "reason.group.", strlen("reason.group."))) return "reason.group.profile_plain";
    return strcmp(code, "reason.learner.profile_unknown") != 0 ? "reason.learner.profile_plain" : code;
}

pz_status pz__wish_reason_words(pz__call *call, const char *language, const pz__json_value *reason, int plain, pz__buffer *out)
{
    const char *code = pz__json_as_text(pz__json_member(reason, "code"));
    const char *criterion = pz__json_as_text(pz__json_member(reason, "criterion"));
    pz__buffer names = PZ__BUFFER_INIT, title = PZ__BUFFER_INIT;
    double value = 0, other = 0;
    char title_code[64];
    pz_status status = name_all(call, language, pz__json_member(reason, "from"), &names);
    snprintf(title_code, sizeof title_code, "criterion.%s", criterion ? criterion : "");
    pz__message(&title, language, title_code, NULL, 0);
    pz__json_as_real(pz__json_member(reason, "value"), &value);
    pz__json_as_real(pz__json_member(reason, "other"), &other);
    if (status == PZ_OK) status = title.status;
    if (status == PZ_OK && code) {
        const pz__message_value values[] = {
            {"criterion", title.data, 0, 0}, {"names", names.data, 0, 0}, {"number", NULL, value, 0}, {"size", NULL, other, 0}};
        pz__message(out, language, plain ? plain_code(code) : code, values, sizeof values / sizeof values[0]);
    }
    pz__buffer_free(&names);
    pz__buffer_free(&title);
    return status == PZ_E_NOMEM ? pz__fail_memory() : status;
}
