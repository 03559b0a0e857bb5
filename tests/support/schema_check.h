/* Holds a JSON document against a schema of docs/schema. Knows what those use of JSON Schema 2020-12: type, const, enum, pattern (dates, times and
 * numbers only), limits of numbers and of the length of texts, required, properties, additionalProperties (false or a schema), items, and $ref to #/$defs; any other word in
 * a schema is a fault. */
#ifndef PZ_TESTS_SCHEMA_CHECK_H
#define PZ_TESTS_SCHEMA_CHECK_H

#include <ctype.h>

#include "base/buffer.h"
#include "base/json_read.h"
#include "support/suite.h"

typedef struct schema_check {
    const pz__json_value *root;
    char fault[512]; /* empty: none so far */
} schema_check;

static inline void schema_fault(schema_check *check, const char *path, const char *what)
{
    if (!check->fault[0]) snprintf(check->fault, sizeof check->fault, "%s: %s", path, what);
}

static inline int schema_is_of_type(const pz__json_value *value, const char *type)
{
    int64_t whole;
    switch (pz__json_kind_of(value)) {
    case PZ__JSON_NULL: return !strcmp(type, "null");
    case PZ__JSON_BOOL: return !strcmp(type, "boolean");
    case PZ__JSON_NUMBER: return !strcmp(type, "number") || (!strcmp(type, "integer") && pz__json_as_int(value, &whole));
    case PZ__JSON_TEXT: return !strcmp(type, "string");
    case PZ__JSON_ARRAY: return !strcmp(type, "array");
    case PZ__JSON_OBJECT: return !strcmp(type, "object");
    default: return 0;
    }
}

static inline void schema_check_type(schema_check *check, const pz__json_value *wanted, const pz__json_value *value, const char *path)
{
    int fits = 0;
    if (pz__json_as_text(wanted)) fits = schema_is_of_type(value, pz__json_as_text(wanted));
    if (!pz__json_as_text(wanted))
        for (const pz__json_value *one = pz__json_first(wanted); one; one = pz__json_next(one))
            fits |= schema_is_of_type(value, pz__json_as_text(one));
    if (!fits) schema_fault(check, path, "has the wrong type");
}

static inline int schema_is_equal(const pz__json_value *a, const pz__json_value *b)
{
    pz__buffer left = PZ__BUFFER_INIT, right = PZ__BUFFER_INIT;
    int same;
    pz__json_print(a, &left);
    pz__json_print(b, &right);
    same = left.length == right.length && !memcmp(left.data, right.data, left.length);
    pz__buffer_free(&left);
    pz__buffer_free(&right);
    return same;
}

/* The patterns of the schemas are made of [0-9], {n}, {n,m}, +, ?, -, :, T, Z and \. between ^ and $. */
static inline int schema_matches(const char *pattern, const char *text)
{
    const char *p = pattern + 1;
    while (*p != '$') {
        int digit = !strncmp(p, "[0-9]", 5), least = 1, most = 1;
        char literal = digit ? 0 : *p == '\\' ? p[1] : *p;
        p += digit ? 5 : *p == '\\' ? 2 : 1;
        if (*p == '+') least = 1, most = 1000, p++;
        if (*p == '?') least = 0, most = 1, p++;
        if (*p == '{') {
            least = most = atoi(p + 1);
            if (strcspn(p, ",") < strcspn(p, "}")) most = atoi(strchr(p, ',') + 1);
            p = strchr(p, '}') + 1;
        }
        for (; most && (digit ? isdigit((unsigned char)*text) : *text == literal && *text); most--, least--) text++;
        if (least > 0) return 0;
    }
    return !*text;
}

static inline void schema_check_value(schema_check *check, const pz__json_value *schema, const pz__json_value *value, const char *path);

static inline void schema_check_object(schema_check *check, const pz__json_value *schema, const pz__json_value *value, const char *path)
{
    const pz__json_value *properties = pz__json_member(schema, "properties");
    const pz__json_value *others = pz__json_member(schema, "additionalProperties");
    int closed = pz__json_kind_of(others) == PZ__JSON_BOOL;
    char below[256];
    for (const pz__json_value *need = pz__json_first(pz__json_member(schema, "required")); need; need = pz__json_next(need)) {
        snprintf(below, sizeof below, "%s.%s", path, pz__json_as_text(need));
        if (!pz__json_member(value, pz__json_as_text(need))) schema_fault(check, below, "is missing");
    }
    for (const pz__json_value *one = pz__json_first(value); one; one = pz__json_next(one)) {
        const pz__json_value *wanted = pz__json_member(properties, pz__json_key_of(one));
        snprintf(below, sizeof below, "%s.%s", path, pz__json_key_of(one));
        if (wanted)
            schema_check_value(check, wanted, one, below);
        else if (closed)
            schema_fault(check, below, "is not in the schema");
        else if (pz__json_kind_of(others) == PZ__JSON_OBJECT)
            schema_check_value(check, others, one, below);
    }
}

/* Numbers, and characters of a text, within what the schema says. */
static inline void schema_check_limits(schema_check *check, const pz__json_value *schema, const pz__json_value *value, const char *path)
{
    const char *text = pz__json_as_text(value);
    double number, limit, length = 0;
    for (const char *c = text; c && *c; c++) length += ((unsigned char)*c & 0xc0) != 0x80;
    if (text && pz__json_as_real(pz__json_member(schema, "minLength"), &limit) && length < limit) schema_fault(check, path, "is too short");
    if (text && pz__json_as_real(pz__json_member(schema, "maxLength"), &limit) && length > limit) schema_fault(check, path, "is too long");
    if (pz__json_kind_of(value) != PZ__JSON_NUMBER || !pz__json_as_real(value, &number)) return;
    if (pz__json_as_real(pz__json_member(schema, "minimum"), &limit) && number < limit) schema_fault(check, path, "is too small");
    if (pz__json_as_real(pz__json_member(schema, "exclusiveMinimum"), &limit) && number <= limit) schema_fault(check, path, "is too small");
    if (pz__json_as_real(pz__json_member(schema, "maximum"), &limit) && number > limit) schema_fault(check, path, "is too great");
}

static inline void schema_check_words(schema_check *check, const pz__json_value *schema, const char *path)
{
    static const char *const words[] = {"$schema",  "$defs",     "$ref",      "title",   "description",      "type",
                                        "const",    "enum",      "pattern",   "items",   "properties",       "additionalProperties",
                                        "required", "minLength", "maxLength", "minimum", "exclusiveMinimum", "maximum"};
    for (const pz__json_value *one = pz__json_first(schema); one; one = pz__json_next(one)) {
        size_t i = 0;
        while (i < sizeof words / sizeof words[0] && strcmp(words[i], pz__json_key_of(one))) i++;
        if (i == sizeof words / sizeof words[0]) schema_fault(check, path, pz__json_key_of(one));
    }
}

static inline void schema_check_value(schema_check *check, const pz__json_value *schema, const pz__json_value *value, const char *path)
{
    const char *ref = pz__json_as_text(pz__json_member(schema, "$ref")), *pattern = pz__json_as_text(pz__json_member(schema, "pattern"));
    const pz__json_value *type, *constant, *choices, *items;
    char below[256];
    if (ref) {
        const pz__json_value *target = pz__json_member(pz__json_member(check->root, "$defs"), ref + strlen("#/$defs/"));
        if (!target) schema_fault(check, path, "refers to nothing");
        if (target) schema_check_value(check, target, value, path);
        return;
    }
    schema_check_words(check, schema, path);
    schema_check_limits(check, schema, value, path);
    type = pz__json_member(schema, "type");
    constant = pz__json_member(schema, "const");
    choices = pz__json_member(schema, "enum");
    items = pz__json_member(schema, "items");
    if (type) schema_check_type(check, type, value, path);
    if (constant && !schema_is_equal(constant, value)) schema_fault(check, path, "is not what it must be");
    if (choices) {
        int found = 0;
        for (const pz__json_value *one = pz__json_first(choices); one; one = pz__json_next(one)) found |= schema_is_equal(one, value);
        if (!found) schema_fault(check, path, "is none of the choices");
    }
    if (pattern && pz__json_as_text(value) && !schema_matches(pattern, pz__json_as_text(value)))
        schema_fault(check, path, "is not of the pattern");
    if (pz__json_kind_of(value) == PZ__JSON_OBJECT) schema_check_object(check, schema, value, path);
    if (pz__json_kind_of(value) == PZ__JSON_ARRAY && items) {
        size_t i = 0;
        for (const pz__json_value *one = pz__json_first(value); one; one = pz__json_next(one), i++) {
            snprintf(below, sizeof below, "%s[%zu]", path, i);
            schema_check_value(check, items, one, below);
        }
    }
}

/* PERSONALIZE_SCHEMA_FOLDER is given by CMake. What does not fit is told with its path. */
#define ck_assert_schema(name, json)                                                                                                       \
    do {                                                                                                                                   \
        char schema_fault_[512];                                                                                                           \
        schema_check_document(name, json, schema_fault_);                                                                                  \
        ck_assert_msg(!schema_fault_[0], "docs/schema/%s.json: %s", name, schema_fault_);                                                  \
    } while (0)

static inline void schema_check_document(const char *name, const char *json, char fault[512])
{
    static char text[262144];
    char path[1024];
    size_t length;
    schema_check check;
    pz__json *schema, *document;
    FILE *file;
    snprintf(path, sizeof path, "%s/%s.json", PERSONALIZE_SCHEMA_FOLDER, name);
    file = fopen(path, "rb");
    ck_assert_msg(file != NULL, "%s does not open", path);
    length = fread(text, 1, sizeof text, file);
    fclose(file);
    ck_assert_ok(pz__json_parse(text, length, NULL, &schema));
    ck_assert_ok(pz__json_parse(json, PZ_NUL_TERMINATED, NULL, &document));
    memset(&check, 0, sizeof check);
    check.root = pz__json_root(schema);
    schema_check_value(&check, check.root, pz__json_root(document), "$");
    memcpy(fault, check.fault, sizeof check.fault);
    pz__json_free(schema);
    pz__json_free(document);
}

#endif
