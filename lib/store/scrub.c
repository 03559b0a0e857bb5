#include "store/scrub.h"

#include <stdio.h>
#include <string.h>

#include "base/json_read.h"
#include "base/json_write.h"

static int is_id(const pz__json_value *value, const char *id)
{
    const char *text = pz__json_as_text(value);
    return text && !strcmp(text, id);
}

static int names(const pz__json_value *value, const char *id)
{
    if (is_id(value, id)) return 1;
    if (pz__json_kind_of(value) != PZ__JSON_OBJECT) return 0;
    for (const pz__json_value *member = pz__json_first(value); member; member = pz__json_next(member))
        if (is_id(member, id)) return 1;
    return 0;
}

static void write_rest(pz__json_writer *json, const pz__json_value *value, const char *id);

static void write_object(pz__json_writer *json, const pz__json_value *object, const char *id)
{
    pz__json_open_object(json);
    for (const pz__json_value *member = pz__json_first(object); member; member = pz__json_next(member)) {
        if (is_id(member, id) || !strcmp(pz__json_key_of(member), id)) continue;
        pz__json_key(json, pz__json_key_of(member));
        write_rest(json, member, id);
    }
    pz__json_close_object(json);
}

static void write_list(pz__json_writer *json, const pz__json_value *list, const char *id)
{
    pz__json_open_array(json);
    for (const pz__json_value *element = pz__json_first(list); element; element = pz__json_next(element))
        if (!names(element, id)) write_rest(json, element, id);
    pz__json_close_array(json);
}

static void write_leaf(pz__json_writer *json, const pz__json_value *value)
{
    pz__buffer text = PZ__BUFFER_INIT;
    pz__json_print(value, &text);
    if (text.status == PZ_OK)
        pz__json_raw(json, text.data);
    else if (json->out->status == PZ_OK)
        json->out->status = text.status;
    pz__buffer_free(&text);
}

/* As deep as the reader lets a text be, see PZ_LIMIT_JSON_DEPTH. */
static void write_rest(pz__json_writer *json, const pz__json_value *value, const char *id)
{
    if (pz__json_kind_of(value) == PZ__JSON_OBJECT)
        write_object(json, value, id);
    else if (pz__json_kind_of(value) == PZ__JSON_ARRAY)
        write_list(json, value, id);
    else if (is_id(value, id))
        pz__json_null(json);
    else
        write_leaf(json, value);
}

pz_status pz__scrub(const char *text, size_t length, const char *id, pz__buffer *out)
{
    char quoted[32];
    pz__json_writer json;
    pz__json *document;
    pz_status status = pz__json_parse(text, length, NULL, &document);
    if (status == PZ_E_NOMEM) return status;
    if (status == PZ_OK) {
        pz__json_start(&json, out);
        write_rest(&json, pz__json_root(document), id);
        pz__json_free(document);
    }
    if (out->status != PZ_OK) return out->status;
    snprintf(quoted, sizeof quoted, "\"%s\"", id);
    if (status == PZ_OK && !strstr(out->data, quoted)) return PZ_OK;
    pz__buffer_clear(out);
    pz__buffer_text(out, "{}");
    return out->status;
}
