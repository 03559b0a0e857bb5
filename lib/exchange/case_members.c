/* The members of the objects of a CASE package, checked by the tables of the standard, each fault with its JSON path. */
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "exchange/case.h"

enum { PATH_SIZE = 256 };

static int note(pz__case *package, const char *path, const char *member, const char *value, int can_go_on, const char *code,
                const char *words)
{
    char whole[PATH_SIZE + 80];
    pz__fault_place place = {NULL, 0, 0, whole, value, value ? strlen(value) : 0};
    snprintf(whole, sizeof whole, "%s%s%s", path, member ? "." : "", member ? member : "");
    return pz__import_fault(package->import, can_go_on, code, &place, words);
}

static int is_uuid(const char *text)
{
    if (strlen(text) != 36) return 0;
    for (size_t i = 0; i < 36; i++) {
        char c = text[i];
        int is_hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
        if (i == 8 || i == 13 || i == 18 || i == 23 ? c != '-' : !is_hex) return 0;
    }
    return 1;
}

static int has_control(const char *text)
{
    for (; *text; text++)
        if (((unsigned char)*text < ' ' && *text != '\t' && *text != '\n' && *text != '\r') || *text == 0x7F) return 1;
    return 0;
}

static int is_too_long(const pz__case_member *member, const char *text)
{
    int64_t limit = pz_limit(member->flags & PZ__CASE_LONG ? PZ_LIMIT_TEXT : PZ_LIMIT_TITLE);
    return !(member->flags & PZ__CASE_UNKEPT) && strlen(text) > (size_t)limit;
}

const char *pz__case_text(const pz__json_value *object, const pz__case_member *members, const char *name)
{
    const char *text = pz__json_as_text(pz__json_member(object, name));
    for (; members->name; members++)
        if (!strcmp(members->name, name)) return text && !is_too_long(members, text) ? text : NULL;
    return NULL;
}

/* ---------------------------------------------------------------------------------------------------- values --- */

static int note_type(pz__case *package, const char *path, const pz__case_member *member, const pz__json_value *value, const char *words)
{
    return note(package, path, member->name, pz__json_as_text(value), 1, "case.invalid_type", words) && !(member->flags & PZ__CASE_VITAL);
}

static int check_link(pz__case *package, const pz__json_value *value, const pz__case_member *member, const char *path)
{
    static const char *const names[] = {"title", "identifier", "uri"};
    char inner[PATH_SIZE];
    int usable = 1;
    if (pz__json_kind_of(value) != PZ__JSON_OBJECT)
        return note_type(package, path, member, value, "This must be an object with title, identifier and uri.|It is left out.");
    snprintf(inner, sizeof inner, "%s.%s", path, member->name);
    for (int i = 0; i < 3; i++) {
        const char *text = pz__json_as_text(pz__json_member(value, names[i]));
        int is_vital = i == 1 && (member->flags & PZ__CASE_VITAL);
        if (!text) {
            usable &= note(package, inner, names[i], NULL, 1, "case.missing_member", "A text is required here.") && !is_vital;
        } else if (i == 1 && member->type == PZ__CASE_LINK && !is_uuid(text)) {
            note(package, inner, names[i], text, 1, "case.invalid_uuid", "An identifier is a UUID.|It is not used.");
        } else if (is_vital && (strlen(text) > (size_t)pz_limit(PZ_LIMIT_ID_TEXT) || !*text || has_control(text))) {
            note(package, inner, names[i], text, 1, "case.value_too_long",
                 "An identifier has 1 to 255 bytes.|The association is left out.");
            usable = 0;
        }
    }
    return usable;
}

static int check_links(pz__case *package, const pz__json_value *value, const pz__case_member *member, const char *path)
{
    char inner[PATH_SIZE];
    size_t number = 0;
    if (pz__json_kind_of(value) != PZ__JSON_ARRAY) return note_type(package, path, member, value, "This must be a list.|It is left out.");
    for (const pz__json_value *one = pz__json_first(value); one; one = pz__json_next(one), number++) {
        pz__case_member element = {inner, PZ__CASE_LINK, 0, NULL};
        snprintf(inner, sizeof inner, "%s[%zu]", member->name, number);
        check_link(package, one, &element, path);
    }
    return 1;
}

static int check_texts(pz__case *package, const pz__json_value *value, const pz__case_member *member, const char *path)
{
    if (pz__json_kind_of(value) == PZ__JSON_TEXT)
        return package->version == 10 || note_type(package, path, member, value, "This must be a list of texts.|The one text is taken.");
    if (pz__json_kind_of(value) != PZ__JSON_ARRAY)
        return note_type(package, path, member, value, "This must be a list of texts.|It is left out.");
    for (const pz__json_value *one = pz__json_first(value); one; one = pz__json_next(one))
        if (!pz__json_as_text(one))
            return note_type(package, path, member, one, "Each element of the list must be a text.|Others are left out.");
    return 1;
}

static int check_whole(pz__case *package, const pz__json_value *value, const pz__case_member *member, const char *path)
{
    int64_t number;
    const char *text = pz__json_as_text(value);
    if (pz__json_as_int(value, &number) && number >= INT32_MIN && number <= INT32_MAX) return 1;
    if (text && pz__int_parse(text, strlen(text), &number) && number >= INT32_MIN && number <= INT32_MAX)
        return note_type(package, path, member, value, "This must be a number, not a text.|It is read all the same.");
    return note_type(package, path, member, value, "This must be a whole number of 32 bits.|It is left out.");
}

static int check_time(pz__case *package, const char *text, const pz__case_member *member, const char *path)
{
    pz_time time;
    pz_date date;
    size_t length = strlen(text);
    if (member->type == PZ__CASE_DATE && pz_date_parse(text, length, &date) == PZ_OK) return 1;
    if ((member->type == PZ__CASE_TIME || package->version == 10) && pz_time_parse(text, length, &time) == PZ_OK) return 1;
    return note(package, path, member->name, text, 1, "case.invalid_datetime",
                member->type == PZ__CASE_DATE ? "A day is written YYYY-MM-DD.|It is left out."
                                              : "A time is written YYYY-MM-DDThh:mm:ssZ.|It is left out.");
}

/* The standard lets a text hold any character: real packages have form feeds that were meant as TeX. */
static void note_control(pz__case *package, const char *path, const char *member, const char *text)
{
    char whole[PATH_SIZE + 80];
    pz__fault_place place = {NULL, 0, 0, whole, text, strlen(text)};
    snprintf(whole, sizeof whole, "%s.%s", path, member);
    pz__faults_add(&package->import->faults, PZ__TOLERATED, "case.control_character", &place,
                   "The text holds a control character; a space is kept in its place.");
}

static int check_text(pz__case *package, const pz__json_value *value, const pz__case_member *member, const char *path)
{
    const char *text = pz__json_as_text(value);
    if (!text) return note_type(package, path, member, value, "This must be a text.|It is left out.");
    if (member->type == PZ__CASE_TIME || member->type == PZ__CASE_DATE) return check_time(package, text, member, path);
    if (!*text && (member->flags & PZ__CASE_VITAL)) {
        note(package, path, member->name, text, 1, "case.missing_member", "The text must not be empty.|The object is left out.");
        return 0;
    }
    if (member->type == PZ__CASE_UUID && !is_uuid(text)) {
        int can_keep = *text && strlen(text) <= (size_t)pz_limit(PZ_LIMIT_ID_TEXT) && !has_control(text);
        return note(package, path, member->name, text, 1, "case.invalid_uuid",
                    can_keep ? "An identifier is a UUID.|It is taken as it stands." : "An identifier is a UUID.|The object is left out.") &&
               can_keep;
    }
    if (is_too_long(member, text))
        return note(package, path, member->name, text, 1, "case.value_too_long", "The text is longer than the limit.|It is left out.") &&
               !(member->flags & PZ__CASE_VITAL);
    if (!(member->flags & PZ__CASE_UNKEPT) && has_control(text)) note_control(package, path, member->name, text);
    return 1;
}

static int check_objects(pz__case *package, const pz__json_value *value, const pz__case_member *member, const char *path)
{
    char inner[PATH_SIZE];
    size_t number = 0;
    if (pz__json_kind_of(value) != PZ__JSON_ARRAY) return note_type(package, path, member, value, "This must be a list.|It is left out.");
    for (const pz__json_value *one = pz__json_first(value); one; one = pz__json_next(one), number++) {
        snprintf(inner, sizeof inner, "%s.%s[%zu]", path, member->name, number);
        pz__case_check_object(package, one, member->inner, inner);
    }
    return 1;
}

static int check_value(pz__case *package, const pz__json_value *value, const pz__case_member *member, const char *path)
{
    char inner[PATH_SIZE];
    double real;
    switch (member->type) {
    case PZ__CASE_UUID:
    case PZ__CASE_TEXT:
    case PZ__CASE_TIME:
    case PZ__CASE_DATE: return check_text(package, value, member, path);
    case PZ__CASE_INT: return check_whole(package, value, member, path);
    case PZ__CASE_REAL:
        return pz__json_as_real(value, &real) || note_type(package, path, member, value, "This must be a number.|It is left out.");
    case PZ__CASE_TEXTS: return check_texts(package, value, member, path);
    case PZ__CASE_LINK:
    case PZ__CASE_NODE: return check_link(package, value, member, path);
    case PZ__CASE_LINKS: return check_links(package, value, member, path);
    case PZ__CASE_OBJECTS: return check_objects(package, value, member, path);
    case PZ__CASE_OBJECT:
        snprintf(inner, sizeof inner, "%s.%s", path, member->name);
        return pz__case_check_object(package, value, member->inner, inner);
    case PZ__CASE_ANY: break;
    }
    return 1;
}

/* --------------------------------------------------------------------------------------------------- objects --- */

static int is_required(const pz__case *package, const pz__case_member *member)
{
    if (member->flags & PZ__CASE_ONLY_10) return package->version == 10;
    return (member->flags & PZ__CASE_REQUIRED) != 0;
}

/* 1.0 leaves room for members of the source's own, 1.1 wants them in "extensions". One is a common slip. */
static void check_unknown(pz__case *package, const pz__json_value *object, const pz__case_member *members, const char *path)
{
    for (const pz__json_value *one = pz__json_first(object); one; one = pz__json_next(one)) {
        const char *key = pz__json_key_of(one);
        const pz__case_member *member = members;
        while (member->name && strcmp(member->name, key) != 0) member++;
        if (member->name) continue;
        if (members == pz__case_item && !strcmp(key, "educationalLevel"))
            note(package, path, key, NULL, 1, "case.misspelt_member", "The member is called educationLevel.|It is read as that.");
        else if (package->version == 11)
            note(package, path, pz__utf8_valid(key, strlen(key)) < 64 ? key : NULL, NULL, 1, "case.unknown_member",
                 "The standard knows no such member.|It is not read.");
    }
}

int pz__case_check_object(pz__case *package, const pz__json_value *object, const pz__case_member *members, const char *path)
{
    int usable = 1;
    if (pz__json_kind_of(object) != PZ__JSON_OBJECT)
        return note(package, path, NULL, pz__json_as_text(object), 1, "case.invalid_type", "This must be an object.|It is left out.") && 0;
    for (const pz__case_member *member = members; member->name; member++) {
        const pz__json_value *value = pz__json_member(object, member->name);
        pz__json_kind kind = pz__json_kind_of(value);
        if (members == pz__case_package && member->type == PZ__CASE_OBJECTS && member->inner != NULL &&
            (member->inner == pz__case_item || member->inner == pz__case_association) && kind == PZ__JSON_ARRAY)
            continue; /* checked one by one, see case_read.c */
        if (kind != PZ__JSON_NONE && kind != PZ__JSON_NULL) {
            usable &= check_value(package, value, member, path);
        } else if (is_required(package, member)) {
            int is_vital = (member->flags & PZ__CASE_VITAL) != 0;
            usable &= note(package, path, member->name, NULL, 1, "case.missing_member",
                           is_vital ? "The member is required.|The object is left out." : "The member is required.") &&
                      !is_vital;
        }
    }
    check_unknown(package, object, members, path);
    return usable;
}
