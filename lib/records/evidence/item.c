/* Items, their options, and misconceptions. */
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "base/text.h"
#include "records/evidence/learning_tables.h"
#include "records/evidence/write.h"
#include "records/listing.h"
#include "records/need.h"
#include "records/save.h"
#include "records/writing.h"

#define BIT(member) (1u << (member))

enum { MOST_OPTIONS = 1000 };

pz_status pz__item_write(pz__call *call, const pz_item *record, pz__outcome *out_outcome)
{
    return pz__versioned_write(call, &pz__item_table, record, out_outcome);
}

pz_status pz_item_save(pz_actor *actor, const pz_item *item, const char *source, const char *outside_id, const char *key, pz_id *out_id)
{
    enum { CODE = 1, STEM = 2 };
    static const pz__saver saver = {&pz__item_table, "item.save", sizeof(pz_item), BIT(CODE), BIT(STEM), NULL, NULL, NULL};
    return pz__save(actor, &saver, item, source, outside_id, key, out_id);
}

/* ------------------------------------------------------------------------------------------- misconceptions --- */

pz_status pz__misconception_write(pz__call *call, const pz_misconception *record, pz__outcome *out_outcome)
{
    return pz__versioned_write(call, &pz__misconception_table, record, out_outcome);
}

static pz_status check_misconception(pz__call *call, const void *record)
{
    static const char sql[] = "SELECT misconception_id FROM misconception WHERE tenant_id = ?1 AND code = ?2 AND misconception_id <> ?3 "
                              "AND until_change = " PZ__CURRENT_SQL;
    const pz_misconception *misconception = record;
    pz__statement *statement;
    pz_status status;
    pz_id other = 0;
    int row;
    PZ__TRY(pz__need_if(call, PZ_KIND_COMPETENCY, misconception->competency, "competency"));
    PZ__TRY(pz__db_statement(call->db, sql, &statement));
    pz__bind_int(statement, 1, call->tenant);
    pz__bind_text(statement, 2, misconception->code, misconception->code_len);
    pz__bind_int(statement, 3, misconception->id);
    status = pz__db_step(statement, &row);
    if (row) other = pz__column_int(statement, 0);
    pz__db_reset(statement);
    if (status != PZ_OK || !other) return status;
    return pz__fail(PZ_E_EXISTS, "code", "Revise that one, or choose another code.", "The misconception %lld has this code already.",
                    (long long)other);
}

pz_status pz_misconception_save(pz_actor *actor, const pz_misconception *misconception, const char *key, pz_id *out_id)
{
    enum { CODE = 2, STATEMENT = 3 };
    static const pz__saver saver = {&pz__misconception_table, "misconception.save",
                                    sizeof(pz_misconception), BIT(CODE) | BIT(STATEMENT),
                                    BIT(STATEMENT),           NULL,
                                    check_misconception,      NULL};
    return pz__save(actor, &saver, misconception, NULL, NULL, key, out_id);
}

/* ------------------------------------------------------------------------------------------------- options --- */

/* Numbers are never used again for another label, so that what was chosen keeps its meaning. */
static pz_status next_number(pz__call *call, pz_id item, int32_t *out_number)
{
    static const char sql[] = "SELECT max(option_no) FROM item_option WHERE tenant_id = ?1 AND item_id = ?2";
    pz__statement *statement;
    pz_status status;
    int row;
    PZ__TRY(pz__db_statement(call->db, sql, &statement));
    pz__bind_int(statement, 1, call->tenant);
    pz__bind_int(statement, 2, item);
    status = pz__db_step(statement, &row);
    *out_number = row ? (int32_t)pz__column_int(statement, 0) + 1 : 1;
    pz__db_reset(statement);
    return status;
}

static pz_status find_label(pz__call *call, pz_item_option *option, int *out_found)
{
    static const char sql[] = "SELECT option_no, is_correct, misconception_id FROM item_option WHERE tenant_id = ?1 AND item_id = ?2 "
                              "AND label = ?3 AND until_change = " PZ__CURRENT_SQL;
    pz__statement *statement;
    pz_status status;
    PZ__TRY(pz__db_statement(call->db, sql, &statement));
    pz__bind_int(statement, 1, call->tenant);
    pz__bind_int(statement, 2, option->item);
    pz__bind_text(statement, 3, option->label, option->label_len);
    status = pz__db_step(statement, out_found);
    if (*out_found) {
        option->option = (int32_t)pz__column_int(statement, 0);
        option->is_correct = (int32_t)pz__column_int(statement, 1);
        option->misconception = pz__column_int(statement, 2);
    }
    pz__db_reset(statement);
    return status;
}

pz_status pz__item_option_number(pz__call *call, pz_id item, const char *label, size_t label_len, int32_t is_correct, pz_id misconception,
                                 int32_t *out_option)
{
    pz_item_option option = PZ_ITEM_OPTION_INIT;
    pz__outcome outcome;
    int found;
    *out_option = 0;
    option.item = item;
    option.label = label;
    option.label_len = label_len;
    PZ__TRY(find_label(call, &option, &found));
    if (!found) PZ__TRY(next_number(call, item, &option.option));
    *out_option = option.option;
    if (is_correct >= 0) option.is_correct = is_correct;
    if (misconception) option.misconception = misconception;
    return pz__versioned_write(call, &pz__item_option_table, &option, &outcome);
}

static pz_status check_option(const pz_item_option *option, pz_id item, size_t place)
{
    if (option->item && option->item != item)
        return pz__fail(PZ_E_INVALID, "item", NULL, "Option %zu names the item %lld, not %lld.", place + 1, (long long)option->item,
                        (long long)item);
    if (option->option != (int32_t)place + 1)
        return pz__fail(PZ_E_INVALID, "option", "Number them 1, 2, 3 and so on, in order.", "Option %zu has the number %d.", place + 1,
                        (int)option->option);
    if (option->is_correct < -1 || option->is_correct > 1)
        return pz__fail(PZ_E_INVALID, "is_correct", NULL, "Option %zu: is_correct must be 1, 0 or -1.", place + 1);
    return PZ_OK;
}

/* Takes the caller's records into `out`. Two options with one label could not be told apart. */
static pz_status take_options(pz_id item, const pz_item_option *const *options, size_t rows, pz_item_option *out)
{
    for (size_t i = 0; i < rows; i++) {
        PZ__TRY(pz__record_take(&pz__item_option_type, options[i], sizeof *out, &out[i]));
        PZ__TRY(check_option(&out[i], item, i));
        PZ__TRY(pz__text_need(out[i].label, out[i].label_len, (size_t)pz_limit(PZ_LIMIT_TITLE), "label", &out[i].label_len));
        out[i].item = item;
        for (size_t k = 0; k < i; k++)
            if (out[k].label_len == out[i].label_len && !memcmp(out[k].label, out[i].label, out[i].label_len))
                return pz__fail(PZ_E_INVALID, "label", NULL, "Options %zu and %zu have one label.", k + 1, i + 1);
    }
    return PZ_OK;
}

static pz_status write_options(pz__call *call, pz_id item, const pz_item_option *options, size_t rows)
{
    pz_item_option end = PZ_ITEM_OPTION_INIT;
    pz__outcome outcome;
    int32_t last;
    PZ__TRY(pz__may(call, PZ_KIND_ITEM, PZ__WRITE));
    PZ__TRY(pz__need(call, PZ_KIND_ITEM, item, "item"));
    for (size_t i = 0; i < rows; i++) {
        PZ__TRY(pz__need_if(call, PZ_KIND_MISCONCEPTION, options[i].misconception, "misconception"));
        PZ__TRY(pz__versioned_write(call, &pz__item_option_table, &options[i], &outcome));
    }
    PZ__TRY(next_number(call, item, &last));
    end.item = item;
    for (end.option = (int32_t)rows + 1; end.option < last; end.option++)
        PZ__TRY(pz__versioned_end(call, &pz__item_option_table, &end, &outcome));
    return PZ_OK;
}

static pz_status set_options(pz_actor *actor, pz_id item, const pz_item_option *options, size_t rows, const char *key)
{
    pz__buffer request = PZ__BUFFER_INIT;
    pz__call call;
    pz__request_int(&request, item);
    pz__request_int(&request, (int64_t)rows);
    for (size_t i = 0; i < rows; i++) pz__request_record(&request, &pz__item_option_type, &options[i]);
    PZ__TRY(pz__write_start(&call, actor, "item.options", key, &request));
    return pz__call_end(&call, call.repeated ? PZ_OK : write_options(&call, item, options, rows));
}

pz_status pz_item_options_set(pz_actor *actor, pz_id item, const pz_item_option *const *options, size_t rows, const char *key)
{
    pz_item_option *taken;
    pz_status status;
    if (!actor) return pz__fail_closed("actor");
    if (rows && !options) return pz__fail_null("options");
    if (rows > MOST_OPTIONS) return pz__fail(PZ_E_TOO_LONG, "rows", NULL, "%zu options are over the limit of %d.", rows, MOST_OPTIONS);
    taken = pz__alloc((rows + 1) * sizeof *taken);
    if (!taken) return pz__fail_memory();
    status = take_options(item, options, rows, taken);
    if (status == PZ_OK) status = set_options(actor, item, taken, rows, key);
    pz__release(taken);
    return status;
}
