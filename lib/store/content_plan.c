/* Reading a statement: which table it writes to, and where each column's value comes from. */
#include "store/content_plan.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"

typedef struct reader {
    const char *at;
} reader;

/* --------------------------------------------------------------------------------------------------- words --- */

static void skip_space(reader *r)
{
    while (isspace((unsigned char)*r->at)) r->at++;
}

static int take_word(reader *r, const char *word)
{
    size_t length = strlen(word);
    skip_space(r);
    if (strncmp(r->at, word, length)) return 0;
    if (isalnum((unsigned char)word[length - 1]) && (isalnum((unsigned char)r->at[length]) || r->at[length] == '_')) return 0;
    r->at += length;
    return 1;
}

static size_t take_name(reader *r, const char **out_name)
{
    skip_space(r);
    *out_name = r->at;
    while (isalnum((unsigned char)*r->at) || *r->at == '_') r->at++;
    return (size_t)(r->at - *out_name);
}

/* One without quotes inside. */
static int take_text(reader *r, pz__value *out)
{
    const char *end = strchr(r->at + 1, '\'');
    if (!end || end[1] == '\'') return 0;
    out->type = PZ__VALUE_TEXT;
    out->bytes = r->at + 1;
    out->length = (size_t)(end - r->at) - 1;
    r->at = end + 1;
    return 1;
}

static int take_value(reader *r, pz__content_source *out)
{
    char *end;
    memset(out, 0, sizeof *out);
    if (take_word(r, "NULL")) return 1;
    skip_space(r);
    if (*r->at == '\'') return take_text(r, &out->value);
    if (*r->at == '?') {
        out->parameter = (int)strtol(r->at + 1, &end, 10);
        if (out->parameter < 1) return 0;
    } else {
        out->value.type = PZ__VALUE_INT;
        out->value.number = strtoll(r->at, &end, 10);
        if (end == r->at) return 0;
    }
    r->at = end;
    return 1;
}

/* --------------------------------------------------------------------------------------------------- forms --- */

/* Columns and values side by side; columns that are not named are NULL. */
static int read_insert(reader *r, pz__content_plan *plan)
{
    int places[PZ__MOST_COLUMNS], count = 0;
    if (!take_word(r, "(")) return 0;
    do {
        const char *name;
        size_t length = take_name(r, &name);
        int place = pz__kept_table_column(plan->table, name, length);
        if (place < 0 || count == PZ__MOST_COLUMNS) return 0;
        places[count++] = place;
    } while (take_word(r, ","));
    if (!take_word(r, ")") || !take_word(r, "VALUES") || !take_word(r, "(")) return 0;
    for (int i = 0; i < count; i++)
        if ((i && !take_word(r, ",")) || !take_value(r, &plan->source[places[i]])) return 0;
    if (!take_word(r, ")")) return 0;
    skip_space(r);
    plan->may_skip = take_word(r, "ON");
    return plan->may_skip || !*r->at;
}

static pz_status take_rows_sql(pz__content_plan *plan, const char *value, size_t value_length, const char *where)
{
    pz__buffer sql = PZ__BUFFER_INIT;
    pz__buffer_text(&sql, "SELECT *, ");
    pz__buffer_add(&sql, value, value_length);
    pz__buffer_format(&sql, " FROM %s WHERE", plan->table->name);
    pz__buffer_text(&sql, where);
    return pz__buffer_take(&sql, &plan->rows_sql);
}

static pz_status read_update(reader *r, pz__content_plan *plan, int *out_known)
{
    const char *name, *value;
    size_t length;
    *out_known = 0;
    if (!take_word(r, "SET")) return PZ_OK;
    length = take_name(r, &name);
    plan->column = pz__kept_table_column(plan->table, name, length);
    if (plan->column < 0 || !take_word(r, "=")) return PZ_OK;
    skip_space(r);
    value = r->at;
    if (!take_value(r, &plan->source[0])) return PZ_OK;
    length = (size_t)(r->at - value);
    if (!take_word(r, "WHERE")) return PZ_OK;
    *out_known = 1;
    return take_rows_sql(plan, value, length, r->at);
}

static pz_status read_form(reader *r, pz__content_plan *plan)
{
    int known = 0;
    pz_status status = PZ_OK;
    switch (plan->act) {
    case PZ__CONTENT_INSERT: known = read_insert(r, plan); break;
    case PZ__CONTENT_UPDATE: status = read_update(r, plan, &known); break;
    case PZ__CONTENT_DELETE:
        known = take_word(r, "WHERE");
        if (known) status = take_rows_sql(plan, "0", 1, r->at);
        break;
    case PZ__CONTENT_UNKNOWN: break;
    }
    if (!known) plan->act = PZ__CONTENT_UNKNOWN;
    return status;
}

/* Where another form names its table is found, so that it can be refused. */
static int skip_to_table(reader *r, const char *word)
{
    const char *at = strstr(r->at, word);
    if (!at) return 0;
    r->at = at + strlen(word);
    return 1;
}

static pz__content_act read_act(reader *r)
{
    if (take_word(r, "INSERT")) return take_word(r, "INTO") ? PZ__CONTENT_INSERT : skip_to_table(r, "INTO") ? PZ__CONTENT_UNKNOWN : 0;
    if (take_word(r, "REPLACE")) return skip_to_table(r, "INTO") ? PZ__CONTENT_UNKNOWN : 0;
    if (take_word(r, "UPDATE")) return PZ__CONTENT_UPDATE;
    if (take_word(r, "DELETE")) return take_word(r, "FROM") ? PZ__CONTENT_DELETE : 0;
    return 0;
}

/* ---------------------------------------------------------------------------------------------------- plan --- */

void pz__content_plan_free(pz__content_plan *plan)
{
    if (!plan) return;
    pz__release(plan->rows_sql);
    pz__release(plan->bound);
    pz__release(plan);
}

const pz__value *pz__content_value(const pz__content_plan *plan, const pz__content_source *source)
{
    return source->parameter && source->parameter <= plan->parameters ? &plan->bound[source->parameter] : &source->value;
}

static pz_status fill(pz__content_plan *plan, reader *r, pz__content_act act, const pz__kept_table *table, int parameters)
{
    plan->act = act;
    plan->table = table;
    plan->parameters = parameters;
    plan->bound = pz__alloc_zero((size_t)parameters + 1, sizeof *plan->bound);
    if (!plan->bound) return pz__fail_memory();
    PZ__TRY(read_form(r, plan));
    for (int i = 0; i < table->columns; i++) plan->places[i] = pz__content_value(plan, &plan->source[i]);
    return PZ_OK;
}

pz_status pz__content_plan_make(pz__db *db, const char *sql, int parameters, pz__content_plan **out_plan)
{
    reader r = {sql};
    pz__content_act act = read_act(&r);
    const pz__kept_table *table;
    const char *name;
    size_t length;
    pz_status status;
    *out_plan = NULL;
    if (!act) return PZ_OK;
    length = take_name(&r, &name);
    PZ__TRY(pz__kept_table_find(db, name, length, &table));
    if (!table->is_kept) return PZ_OK;
    *out_plan = pz__alloc_zero(1, sizeof **out_plan);
    if (!*out_plan) return pz__fail_memory();
    status = fill(*out_plan, &r, act, table, parameters);
    if (status == PZ_OK) return PZ_OK;
    pz__content_plan_free(*out_plan);
    *out_plan = NULL;
    return status;
}
