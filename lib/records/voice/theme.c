/* Themes: what many learners say under one topic, told in figures that tell of nobody, and the answers to them. */
#include "records/voice/theme.h"

#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "base/text.h"
#include "records/access/scope.h"
#include "records/ask.h"
#include "records/listing.h"
#include "records/voice/points.h"
#include "records/voice/tables.h"
#include "records/writing.h"

enum { LEAST = 5, MOST_LEAST = 1000, DAYS = 10 };

/* ---------------------------------------------------------------------------------------------------------- topics --- */

typedef struct said {
    const char *name;
    size_t length;
    const pz__point *rows;
    size_t count;
    int32_t learners;
} said;

typedef pz_status (*topic_fn)(pz__call *call, const said *t, void *user_data);

static pz_status each_topic(pz__call *call, const pz__points *p, topic_fn work, void *user_data)
{
    for (size_t from = 0, until; from < p->count; from = until) {
        said t = {p->pool.data + p->rows[from].topic, p->rows[from].topic_len, p->rows + from, 0, 0};
        for (until = from; until < p->count && pz__points_same_topic(p, &p->rows[from], &p->rows[until]);) until++;
        t.count = until - from;
        PZ__TRY(pz__points_learners(t.rows, t.count, &t.learners));
        PZ__TRY(work(call, &t, user_data));
    }
    return PZ_OK;
}

static pz_status run(pz__call *call, pz_id scope, int is_class, topic_fn work, void *user_data)
{
    pz__points p = PZ__POINTS_INIT;
    pz_status status = pz__points_collect(call, scope, is_class, &p);
    if (status == PZ_OK) status = each_topic(call, &p, work, user_data);
    pz__points_free(&p);
    return status;
}

/* When the fifth learner came after a moment; PZ_TIME_NONE where so many have not come. */
static pz_time time_of_fifth(const said *t, pz_time after)
{
    pz_id seen[LEAST];
    size_t known = 0;
    for (size_t i = 0; i < t->count; i++) {
        size_t k = 0;
        if (after != PZ_TIME_NONE && t->rows[i].at <= after) continue;
        while (k < known && seen[k] != t->rows[i].learner) k++;
        if (k < known) continue;
        seen[known++] = t->rows[i].learner;
        if (known == LEAST) return t->rows[i].at;
    }
    return PZ_TIME_NONE;
}

static int32_t round_down(int32_t value)
{
    return value - value % LEAST;
}

/* The last answer as the call sees it, in one block; NULL in *out_row where there is none. */
static pz_status find_answer(pz__call *call, pz_id scope, const char *name, size_t length, pz__theme_row **out_row)
{
    static const char sql[] = "SELECT theme_id, scope_id, topic, state, content, answered_by, answered_role, answered_at FROM theme "
                              "WHERE tenant_id = ?1 AND scope_id = ?2 AND topic = ?3 AND since_change <= ?4 AND until_change > ?4";
    pz__statement *statement;
    *out_row = NULL;
    PZ__TRY(pz__db_statement(call->db, sql, &statement));
    pz__bind_int(statement, 1, call->tenant);
    pz__bind_int(statement, 2, scope);
    pz__bind_text(statement, 3, name, length);
    pz__bind_int(statement, 4, call->as_of);
    return pz__take_one(pz__theme_table.type, statement, (void **)out_row);
}

/* --------------------------------------------------------------------------------------------------------- the list --- */

typedef struct listing {
    pz_id scope;
    int32_t least;
    pz__rows *rows;   /* NULL: only `due` is wanted */
    pz__points small; /* what is not told by itself; its pool is empty */
    pz_date due;      /* the earliest of an open theme */
} listing;

static pz_status keep_small(listing *l, const said *t)
{
    PZ__TRY(pz__reserve((void **)&l->small.rows, &l->small.capacity, l->small.count + t->count, sizeof *l->small.rows));
    memcpy(l->small.rows + l->small.count, t->rows, t->count * sizeof *t->rows);
    l->small.count += t->count;
    return PZ_OK;
}

static void judge(pz__call *call, const said *t, const pz__theme_row *answer, pz_theme *theme)
{
    pz_time fifth = time_of_fifth(t, answer ? answer->answered_at : PZ_TIME_NONE);
    theme->state = answer ? answer->state : PZ_VOICE_OPEN;
    if (answer) {
        theme->answer = answer->content;
        theme->answer_len = answer->content_len;
        theme->answered_by = answer->answered_by;
        theme->answered_role = answer->answered_role;
        theme->answered_at = answer->answered_at;
    }
    if (fifth == PZ_TIME_NONE) return;
    theme->state = PZ_VOICE_OPEN;
    theme->due_on = pz__store_date(call->store, fifth) + DAYS;
}

static pz_status tell(pz__call *call, const said *t, void *user_data)
{
    listing *l = user_data;
    pz_theme theme = *(const pz_theme *)pz__theme_type.initial;
    pz__theme_row *answer;
    if (t->learners < l->least) return keep_small(l, t);
    PZ__TRY(find_answer(call, l->scope, t->name, t->length, &answer));
    theme.scope = l->scope;
    theme.topic = t->name;
    theme.topic_len = t->length;
    theme.learners = round_down(t->learners);
    theme.entries = round_down(pz__points_entries(t->rows, t->count));
    judge(call, t, answer, &theme);
    if (theme.due_on != PZ_DATE_NONE && (l->due == PZ_DATE_NONE || theme.due_on < l->due)) l->due = theme.due_on;
    if (l->rows) pz__rows_add(l->rows, &theme);
    pz_free(answer);
    return PZ_OK;
}

static pz_status tell_small(listing *l)
{
    pz_theme theme = *(const pz_theme *)pz__theme_type.initial;
    int32_t learners;
    PZ__TRY(pz__points_learners(l->small.rows, l->small.count, &learners));
    if (learners < l->least) return PZ_OK;
    theme.scope = l->scope;
    theme.learners = round_down(learners);
    theme.entries = round_down(pz__points_entries(l->small.rows, l->small.count));
    pz__rows_add(l->rows, &theme);
    return PZ_OK;
}

/* By number of learners as it is told, so that the order tells no more; then by topic, what is too small last. */
static void sort_themes(pz__rows *rows)
{
    pz_theme *themes = rows->records;
    for (size_t i = 1; i < rows->count; i++)
        for (size_t k = i; k > 0 && themes[k].topic && themes[k - 1].learners < themes[k].learners; k--) {
            pz_theme swapped = themes[k];
            themes[k] = themes[k - 1];
            themes[k - 1] = swapped;
        }
}

static pz_status list(pz__call *call, pz_id scope, int32_t least, pz__rows *rows)
{
    listing l = {scope, least, rows, PZ__POINTS_INIT, PZ_DATE_NONE};
    int is_class;
    pz_status status;
    PZ__TRY(pz__scope_kind(call, PZ_KIND_THEME, PZ__SEE, scope, "scope", &is_class));
    status = run(call, scope, is_class, tell, &l);
    if (status == PZ_OK) status = tell_small(&l);
    if (status == PZ_OK && rows->status == PZ_OK) sort_themes(rows);
    pz__points_free(&l.small);
    return status;
}

pz_status pz_theme_list(pz_actor *actor, pz_id scope, int32_t least_learners, pz_theme ***out_rows, size_t *out_count)
{
    pz__rows rows;
    pz__call call;
    PZ__TRY(pz__list_start((void ***)out_rows, out_count));
    if (!least_learners) least_learners = LEAST;
    if (least_learners < LEAST || least_learners > MOST_LEAST)
        return pz__fail(PZ_E_INVALID, "least_learners", "0 is five.", "least_learners is %d; it goes from %d to 1,000.",
                        (int)least_learners, LEAST);
    PZ__TRY(pz__call_read(&call, actor));
    pz__rows_start(&rows, &pz__theme_type);
    return pz__call_end_rows(&call, list(&call, scope, least_learners, &rows), &rows, (void ***)out_rows, out_count);
}

pz_status pz__theme_first_due(pz__call *call, pz_id scope, int is_class, pz_date *out_due)
{
    listing l = {scope, LEAST, NULL, PZ__POINTS_INIT, PZ_DATE_NONE};
    pz_status status = run(call, scope, is_class, tell, &l);
    pz__points_free(&l.small);
    *out_due = l.due;
    return status;
}

/* -------------------------------------------------------------------------------------------------------- answering --- */

typedef struct wanted {
    const char *name;
    size_t length;
    int found;
} wanted;

static pz_status look(pz__call *call, const said *t, void *user_data)
{
    wanted *w = user_data;
    (void)call;
    if (t->learners >= LEAST && t->length == w->length && !memcmp(t->name, w->name, w->length)) w->found = 1;
    return PZ_OK;
}

typedef struct reply {
    pz_id scope;
    pz__buffer *topic; /* folded */
    int32_t state;
    const char *text;
    size_t length;
} reply;

static pz_status need_theme(pz__call *call, const reply *given, int is_class)
{
    wanted w = {given->topic->data, given->topic->length, 0};
    PZ__TRY(run(call, given->scope, is_class, look, &w));
    if (w.found) return PZ_OK;
    return pz__fail(PZ_E_NOT_FOUND, "topic", "pz_theme_list() lists them.", "There is no such theme, or it is too small to be told.");
}

static pz_status answer_it(pz__call *call, const reply *given)
{
    pz__theme_row row = {0, given->scope, given->topic->data, given->topic->length, given->state, given->text, given->length, 0, 0, 0};
    pz__theme_row *last;
    pz__outcome outcome;
    int is_class;
    PZ__TRY(pz__scope_kind(call, PZ_KIND_THEME, PZ__ANSWER, given->scope, "scope", &is_class));
    PZ__TRY(need_theme(call, given, is_class));
    PZ__TRY(find_answer(call, given->scope, row.topic, row.topic_len, &last));
    row.id = last ? last->id : 0;
    pz_free(last);
    if (!row.id) PZ__TRY(pz__store_take_ids(call->store, 1, &row.id));
    row.answered_by = pz__call_person(call);
    row.answered_role = pz__call_role(call);
    row.answered_at = pz__change_time(call->change);
    return pz__versioned_write(call, &pz__theme_table, &row, &outcome);
}

static pz_status take_topic(const char *text, size_t length, pz__buffer *out)
{
    PZ__TRY(pz__text_need(text, length, (size_t)pz_limit(PZ_LIMIT_TITLE), "topic", &length));
    return pz__topic_fold(text, length, out);
}

static pz_status write(pz_actor *actor, const reply *given, const char *key)
{
    pz__buffer request = PZ__BUFFER_INIT;
    pz__call call;
    pz__request_int(&request, given->scope);
    pz__request_text(&request, given->topic->data, given->topic->length);
    pz__request_int(&request, given->state);
    pz__request_text(&request, given->text, given->length);
    PZ__TRY(pz__write_start(&call, actor, "theme.answer", key, &request));
    return pz__call_end(&call, call.repeated ? PZ_OK : answer_it(&call, given));
}

pz_status pz_theme_answer(pz_actor *actor, pz_id scope, const char *topic, size_t topic_len, int32_t state, const char *text,
                          size_t text_len, const char *key)
{
    pz__buffer folded = PZ__BUFFER_INIT;
    reply given = {scope, &folded, state, text, text_len};
    pz_status status;
    if (!actor) return pz__fail_closed("actor");
    if (state < PZ_VOICE_ANSWERED || state > PZ_VOICE_DECLINED)
        return pz__fail(PZ_E_INVALID, "state", "Give answered, acted on or declined.", "A theme is not answered by the state %d.",
                        (int)state);
    PZ__TRY(pz__text_need(text, text_len, (size_t)pz_limit(PZ_LIMIT_TEXT), "text", &given.length));
    status = take_topic(topic, topic_len, &folded);
    if (status == PZ_OK) status = write(actor, &given, key);
    pz__buffer_free(&folded);
    return status;
}

/* ------------------------------------------------------------------------------------------------- answers in order --- */

static pz_status list_replies(pz__call *call, pz_id scope, const pz__buffer *folded, pz__rows *rows)
{
    static const char sql[] = "SELECT scope_id, state, content, answered_by, answered_role, answered_at FROM theme WHERE tenant_id = ?1 "
                              "AND scope_id = ?2 AND topic = ?3 AND since_change <= ?4 ORDER BY since_change";
    pz__statement *statement;
    PZ__TRY(pz__scope_kind(call, PZ_KIND_THEME, PZ__SEE, scope, "scope", NULL));
    PZ__TRY(pz__db_statement(call->db, sql, &statement));
    pz__bind_int(statement, 1, call->tenant);
    pz__bind_int(statement, 2, scope);
    pz__bind_text(statement, 3, folded->data, folded->length);
    pz__bind_int(statement, 4, call->as_of);
    return pz__rows_read(rows, statement);
}

static pz_status give_replies(pz_actor *actor, pz_id scope, const pz__buffer *folded, pz_theme_reply ***out_rows, size_t *out_count)
{
    pz__rows rows;
    pz__call call;
    PZ__TRY(pz__call_read(&call, actor));
    pz__rows_start(&rows, &pz__theme_reply_type);
    return pz__call_end_rows(&call, list_replies(&call, scope, folded, &rows), &rows, (void ***)out_rows, out_count);
}

pz_status pz_theme_reply_list(pz_actor *actor, pz_id scope, const char *topic, size_t topic_len, pz_theme_reply ***out_rows,
                              size_t *out_count)
{
    pz__buffer folded = PZ__BUFFER_INIT;
    pz_status status;
    PZ__TRY(pz__list_start((void ***)out_rows, out_count));
    status = take_topic(topic, topic_len, &folded);
    if (status == PZ_OK) status = give_replies(actor, scope, &folded, out_rows, out_count);
    pz__buffer_free(&folded);
    return status;
}
