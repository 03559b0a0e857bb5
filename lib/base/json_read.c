#include "base/json_read.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <string.h>

#include "base/fail.h"
#include "base/json_place.h"
#include "base/json_scan.h"
#include "base/json_write.h"
#include "base/memory.h"
#include "base/plain_locale.h"

/* The largest whole number that no other is rounded to. */
#define LARGEST_EXACT 9007199254740991.0

struct pz__json {
    cJSON *root;
};

/* --------------------------------------------------------------------------------------------------- parse --- */

static pz_status fail_size(pz__json_fault *fault)
{
    fault->line = fault->column = 1;
    strcpy(fault->path, "$");
    fault->code = "json.size";
    fault->words = "The text is longer than 268,435,456 bytes, the limit of a JSON document.";
    return pz__fail(PZ_E_HOSTILE, NULL, "Split the document, or check where it comes from.",
                    "JSON line 1, column 1, at $: The text is longer than its limit of %lld bytes. (json.size)",
                    (long long)pz_limit(PZ_LIMIT_JSON_BYTES));
}

/* The value after this one in the order of the text; `path` holds the open containers. */
static cJSON *next_in_text(cJSON *value, cJSON **path, int *depth)
{
    if (value->child) {
        path[(*depth)++] = value;
        return value->child;
    }
    while (!value->next) {
        if (*depth == 0) return NULL;
        value = path[--*depth];
    }
    return value->next;
}

/* Keeps the digits of whole numbers that the double has lost. A number's valuestring is free for it, and released with the tree. */
static pz_status keep_long_numbers(cJSON *root, const char *text, const pz__json_scan_result *scanned)
{
    cJSON *path[PZ__JSON_DEPTH], *value = root;
    size_t numbers = 0, kept = 0;
    int depth = 0;
    for (; value && kept < scanned->long_count; value = next_in_text(value, path, &depth)) {
        const pz__json_long_number *number = &scanned->long_numbers[kept];
        if (!cJSON_IsNumber(value) || numbers++ != number->ordinal) continue;
        value->valuestring = cJSON_malloc(number->length + 1);
        if (!value->valuestring) return pz__fail_memory();
        memcpy(value->valuestring, text + number->start, number->length);
        value->valuestring[number->length] = '\0';
        kept++;
    }
    return PZ_OK;
}

/* What the scan has passed, cJSON reads: only memory can be short. It takes the decimal point from the locale. */
static pz_status build_tree(const char *text, size_t length, const pz__json_scan_result *scanned, pz__json **out_document)
{
    pz__plain_locale locale;
    pz_status status;
    pz__json *document = pz__alloc_zero(1, sizeof *document);
    if (!document) return pz__fail_memory();
    if (pz__plain_locale_enter(&locale)) {
        document->root = cJSON_ParseWithLengthOpts(text, length, NULL, 0);
        pz__plain_locale_leave(&locale);
    }
    status = document->root ? keep_long_numbers(document->root, text, scanned) : pz__fail_memory();
    if (status == PZ_OK)
        *out_document = document;
    else
        pz__json_free(document);
    return status;
}

pz_status pz__json_parse(const char *text, size_t length, pz__json_fault *fault, pz__json **out_document)
{
    static const char mark[] = "\xEF\xBB\xBF";
    pz__json_fault unused;
    pz__json_scan_result scanned = {NULL, 0, 0};
    pz_status status;
    *out_document = NULL;
    if (!fault) fault = &unused;
    memset(fault, 0, sizeof *fault);
    if (!text) text = "", length = 0;
    if (length == PZ_NUL_TERMINATED) length = strlen(text);
    if (length >= 3 && !memcmp(text, mark, 3)) text += 3, length -= 3;
    if (length > (size_t)pz_limit(PZ_LIMIT_JSON_BYTES)) return fail_size(fault);
    status = pz__json_scan(text, length, fault, &scanned);
    if (status == PZ_OK) status = build_tree(text, length, &scanned, out_document);
    pz__release(scanned.long_numbers);
    return status;
}

void pz__json_free(pz__json *document)
{
    if (!document) return;
    cJSON_Delete(document->root);
    pz__release(document);
}

const pz__json_value *pz__json_root(const pz__json *document)
{
    return document ? document->root : NULL;
}

/* -------------------------------------------------------------------------------------------------- values --- */

pz__json_kind pz__json_kind_of(const pz__json_value *value)
{
    if (!value) return PZ__JSON_NONE;
    if (cJSON_IsObject(value)) return PZ__JSON_OBJECT;
    if (cJSON_IsArray(value)) return PZ__JSON_ARRAY;
    if (cJSON_IsString(value)) return PZ__JSON_TEXT;
    if (cJSON_IsNumber(value)) return PZ__JSON_NUMBER;
    if (cJSON_IsBool(value)) return PZ__JSON_BOOL;
    return PZ__JSON_NULL;
}

const pz__json_value *pz__json_member(const pz__json_value *object, const char *key)
{
    return cJSON_IsObject(object) ? cJSON_GetObjectItemCaseSensitive(object, key) : NULL;
}

const char *pz__json_as_text(const pz__json_value *value)
{
    return cJSON_IsString(value) ? value->valuestring : NULL;
}

int pz__json_as_real(const pz__json_value *value, double *out)
{
    *out = 0;
    if (!cJSON_IsNumber(value)) return 0;
    *out = value->valuedouble;
    return 1;
}

int pz__json_as_int(const pz__json_value *value, int64_t *out)
{
    double real;
    *out = 0;
    if (!pz__json_as_real(value, &real) || fabs(real) > LARGEST_EXACT || real != floor(real)) return 0;
    *out = (int64_t)real;
    return 1;
}

int pz__json_as_bool(const pz__json_value *value, int *out)
{
    *out = cJSON_IsTrue(value);
    return cJSON_IsBool(value);
}

size_t pz__json_size(const pz__json_value *value)
{
    return value ? (size_t)cJSON_GetArraySize(value) : 0;
}

const pz__json_value *pz__json_first(const pz__json_value *value)
{
    return value ? value->child : NULL;
}

const pz__json_value *pz__json_next(const pz__json_value *value)
{
    return value ? value->next : NULL;
}

const char *pz__json_key_of(const pz__json_value *value)
{
    return value ? value->string : NULL;
}

/* --------------------------------------------------------------------------------------------------- print --- */

static void print_scalar(pz__json_writer *json, const pz__json_value *value)
{
    switch (pz__json_kind_of(value)) {
    case PZ__JSON_TEXT: pz__json_text(json, value->valuestring); return;
    case PZ__JSON_BOOL: pz__json_bool(json, cJSON_IsTrue(value)); return;
    case PZ__JSON_NUMBER:
        if (value->valuestring)
            pz__json_raw(json, value->valuestring);
        else
            pz__json_real(json, value->valuedouble);
        return;
    default: pz__json_null(json); return;
    }
}

/* No deeper than the reader lets through. */
static void print_value(pz__json_writer *json, const pz__json_value *value)
{
    pz__json_kind kind = pz__json_kind_of(value);
    if (kind != PZ__JSON_OBJECT && kind != PZ__JSON_ARRAY) {
        print_scalar(json, value);
        return;
    }
    if (kind == PZ__JSON_OBJECT)
        pz__json_open_object(json);
    else
        pz__json_open_array(json);
    for (const pz__json_value *child = value->child; child; child = child->next) {
        if (kind == PZ__JSON_OBJECT) pz__json_key(json, child->string);
        print_value(json, child);
    }
    if (kind == PZ__JSON_OBJECT)
        pz__json_close_object(json);
    else
        pz__json_close_array(json);
}

void pz__json_print(const pz__json_value *value, struct pz__buffer *out)
{
    pz__json_writer json;
    pz__json_start(&json, out);
    print_value(&json, value);
}
