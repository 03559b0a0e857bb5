#include "exchange/csv_mapping.h"

#include <stdio.h>
#include <string.h>

#include "base/fail.h"
#include "personalize/evidence.h"

enum { MOST_SKIPPED = 100, PATH_SIZE = 160, ABOVE_SHOWN = 90 };

static const char hint[] = "See docs/csv-mapping.md.";

static pz_status refuse(const char *path, const char *words)
{
    return pz__fail(PZ_E_INVALID, "mapping", hint, "The mapping at %s: %s", path, words);
}

/* A member's name in a message; what is no plain word is not repeated. */
static void path_of(char *path, const char *above, const char *member)
{
    size_t length = strspn(member, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");
    if (length == strlen(member) && length > 0 && length < 60)
        snprintf(path, PATH_SIZE, "%.*s.%s", ABOVE_SHOWN, above, member);
    else
        snprintf(path, PATH_SIZE, "%.*s, a member of another name", ABOVE_SHOWN, above);
}

static pz_status need_text(const pz__json_value *value, const char *path, const char **out_text)
{
    *out_text = pz__json_as_text(value);
    return *out_text && **out_text ? PZ_OK : refuse(path, "a text that is not empty is needed.");
}

static pz_status read_decimal(const pz__json_value *value, const char *path, char *out)
{
    const char *text = pz__json_as_text(value);
    if (!text || (strcmp(text, ".") != 0 && strcmp(text, ",") != 0)) return refuse(path, "this must be \".\" or \",\".");
    *out = *text;
    return PZ_OK;
}

static pz_status read_pattern(const pz__json_value *value, const char *path, const char **out)
{
    PZ__TRY(need_text(value, path, out));
    return pz__csv_pattern_is_sound(*out) ? PZ_OK
                                          : refuse(path, "a pattern has YYYY, MM or M, and DD or D, each once, such as \"D.M.YYYY\".");
}

/* ---------------------------------------------------------------------------------------------------- columns --- */

static pz_status read_column(const pz__json_value *value, const char *path, pz__csv_source *source)
{
    int64_t number;
    source->column = pz__json_as_text(value);
    if (source->column) return *source->column ? PZ_OK : refuse(path, "the name of the column is empty.");
    if (!pz__json_as_int(value, &number) || number < 1 || number > pz_limit(PZ_LIMIT_CSV_COLUMNS))
        return refuse(path, "a column is named by its name or its number, from 1.");
    source->number = (int32_t)number;
    return PZ_OK;
}

static pz_status read_by(const pz__json_value *value, const char *path, pz__csv_target target, pz__csv_source *source)
{
    static const char *const names[] = {"any", "id", "code", "identifier", "username", "email"};
    const char *text = pz__json_as_text(value);
    for (int i = 0; text && i < 6; i++) {
        int fits = target == PZ__CSV_LEARNER ? i == PZ__CSV_BY_ID || i >= PZ__CSV_BY_IDENTIFIER : i <= PZ__CSV_BY_CODE;
        if (strcmp(text, names[i]) != 0 || !fits) continue;
        source->by = (pz__csv_by)i;
        return PZ_OK;
    }
    return refuse(path, target == PZ__CSV_LEARNER ? "this must be \"id\", \"identifier\", \"username\" or \"email\"."
                                                  : "this must be \"any\", \"id\" or \"code\".");
}

static pz_status read_map(const pz__json_value *value, const char *path, pz__csv_source *source)
{
    if (pz__json_kind_of(value) != PZ__JSON_OBJECT) return refuse(path, "this must be an object of texts.");
    for (const pz__json_value *one = pz__json_first(value); one; one = pz__json_next(one))
        if (!pz__json_as_text(one)) return refuse(path, "each value of the map must be a text.");
    source->map = value;
    return PZ_OK;
}

/* One member of the object that says where a value comes from. */
static pz_status read_source_member(const pz__json_value *value, const char *path, pz__csv_target target, pz__csv_source *source)
{
    const char *key = pz__json_key_of(value), *text = pz__json_as_text(value);
    if (!strcmp(key, "column")) return read_column(value, path, source);
    if (!strcmp(key, "value")) return need_text(value, path, &source->constant);
    if (!strcmp(key, "default")) return need_text(value, path, &source->fallback);
    if (!strcmp(key, "map")) return read_map(value, path, source);
    if (!strcmp(key, "date")) return read_pattern(value, path, &source->date);
    if (!strcmp(key, "decimal")) return read_decimal(value, path, &source->decimal);
    if (!strcmp(key, "else")) {
        if (!text && pz__json_kind_of(value) != PZ__JSON_NULL) return refuse(path, "this must be a text or null.");
        source->has_else = 1;
        source->otherwise = text;
        return PZ_OK;
    }
    if (!strcmp(key, "split") && target == PZ__CSV_COMPETENCY) {
        if (!text || strlen(text) != 1 || (unsigned char)*text >= 0x80) return refuse(path, "this must be one ASCII character.");
        source->split = *text;
        return PZ_OK;
    }
    if (!strcmp(key, "by") && (target == PZ__CSV_LEARNER || target == PZ__CSV_COMPETENCY)) return read_by(value, path, target, source);
    if (!strcmp(key, "source") && target == PZ__CSV_LEARNER) return need_text(value, path, &source->source);
    return refuse(path, "there is no such member here.");
}

static pz_status read_source(pz__csv_mapping *mapping, const pz__json_value *value, pz__csv_target target, const char *path)
{
    pz__csv_source *source = &mapping->sources[target];
    char inner[PATH_SIZE];
    source->is_given = 1;
    if (pz__json_kind_of(value) != PZ__JSON_OBJECT) return read_column(value, path, source);
    for (const pz__json_value *one = pz__json_first(value); one; one = pz__json_next(one)) {
        path_of(inner, path, pz__json_key_of(one));
        PZ__TRY(read_source_member(one, inner, target, source));
    }
    if (!source->column && !source->number && !source->constant) return refuse(path, "it has neither a column nor a value.");
    if ((source->column || source->number) && source->constant) return refuse(path, "it has both a column and a value.");
    if (source->has_else && !source->map) return refuse(path, "\"else\" needs a map.");
    return PZ_OK;
}

static pz_status read_sources(pz__csv_mapping *mapping, const pz__json_value *columns)
{
    char path[PATH_SIZE];
    if (pz__json_kind_of(columns) != PZ__JSON_OBJECT) return refuse("$.columns", "an object is needed.");
    for (const pz__json_value *one = pz__json_first(columns); one; one = pz__json_next(one)) {
        int target = 0;
        path_of(path, "$.columns", pz__json_key_of(one));
        while (target < PZ__CSV_TARGETS && strcmp(pz__csv_targets[target].name, pz__json_key_of(one)) != 0) target++;
        if (target == PZ__CSV_TARGETS || !(mapping->kind->allowed & PZ__CSV_BIT(target)))
            return refuse(path, "rows of this kind have no such value.");
        PZ__TRY(read_source(mapping, one, (pz__csv_target)target, path));
    }
    return PZ_OK;
}

/* ------------------------------------------------------------------------------------------------------ items --- */

static pz_status check_competency(const pz__json_value *value, const char *path)
{
    double weight;
    const pz__json_value *given = pz__json_member(value, "weight");
    if (pz__json_as_text(value)) return PZ_OK;
    if (pz__json_kind_of(value) != PZ__JSON_OBJECT || !pz__json_as_text(pz__json_member(value, "competency")))
        return refuse(path, "a competency is a text, or an object with \"competency\" and \"weight\".");
    if (given && (!pz__json_as_real(given, &weight) || !(weight > 0 && weight <= 1))) return refuse(path, "a weight is above 0, up to 1.");
    return PZ_OK;
}

static pz_status check_item_member(const pz__json_value *value, const char *path)
{
    const char *key = pz__json_key_of(value);
    if (!strcmp(key, "correct") || !strcmp(key, "question")) return pz__json_as_text(value) ? PZ_OK : refuse(path, "a text is needed.");
    if (!strcmp(key, "competencies")) {
        if (pz__json_kind_of(value) != PZ__JSON_ARRAY) return refuse(path, "a list is needed.");
        for (const pz__json_value *one = pz__json_first(value); one; one = pz__json_next(one)) PZ__TRY(check_competency(one, path));
        return PZ_OK;
    }
    if (strcmp(key, "options") != 0) return refuse(path, "there is no such member here.");
    if (pz__json_kind_of(value) != PZ__JSON_OBJECT) return refuse(path, "an object is needed, from labels to codes of misconceptions.");
    for (const pz__json_value *one = pz__json_first(value); one; one = pz__json_next(one))
        if (!pz__json_as_text(one)) return refuse(path, "each value must be the code of a misconception.");
    return PZ_OK;
}

static pz_status read_items(pz__csv_mapping *mapping, const pz__json_value *items)
{
    char path[PATH_SIZE], inner[PATH_SIZE];
    if (pz__json_kind_of(items) != PZ__JSON_OBJECT)
        return refuse("$.items", "an object is needed, from codes of items to what is known of them.");
    for (const pz__json_value *item = pz__json_first(items); item; item = pz__json_next(item)) {
        path_of(path, "$.items", pz__json_key_of(item));
        if (pz__json_kind_of(item) != PZ__JSON_OBJECT) return refuse(path, "an object is needed.");
        for (const pz__json_value *one = pz__json_first(item); one; one = pz__json_next(one)) {
            path_of(inner, path, pz__json_key_of(one));
            PZ__TRY(check_item_member(one, inner));
        }
    }
    mapping->items = items;
    return PZ_OK;
}

static pz_status read_misconceptions(pz__csv_mapping *mapping, const pz__json_value *value)
{
    if (pz__json_kind_of(value) != PZ__JSON_OBJECT) return refuse("$.misconceptions", "an object is needed, from codes to statements.");
    for (const pz__json_value *one = pz__json_first(value); one; one = pz__json_next(one))
        if (!pz__json_as_text(one)) return refuse("$.misconceptions", "each statement must be a text.");
    mapping->misconceptions = value;
    return PZ_OK;
}

static pz_status read_assessment(pz__csv_mapping *mapping, const pz__json_value *value)
{
    static const char *const kinds[] = {"", "diagnostic", "formative", "interim", "summative", "classwork", "standardized"};
    const pz__json_value *kind = pz__json_member(value, "kind"), *on = pz__json_member(value, "on");
    const char *text = pz__json_as_text(kind), *day = pz__json_as_text(on);
    PZ__TRY(need_text(pz__json_member(value, "id"), "$.assessment.id", &mapping->assessment_id));
    PZ__TRY(need_text(pz__json_member(value, "title"), "$.assessment.title", &mapping->assessment_title));
    mapping->assessment_kind = kind ? 0 : PZ_ASSESSMENT_CLASSWORK;
    for (int32_t i = 1; text && i <= PZ_ASSESSMENT_STANDARDIZED; i++)
        if (!strcmp(text, kinds[i])) mapping->assessment_kind = i;
    if (!mapping->assessment_kind) return refuse("$.assessment.kind", "there is no such kind of assessment.");
    if (on && (!day || pz_date_parse(day, PZ_NUL_TERMINATED, &mapping->assessment_on) != PZ_OK))
        return refuse("$.assessment.on", "a day is written YYYY-MM-DD.");
    for (const pz__json_value *one = pz__json_first(value); one; one = pz__json_next(one)) {
        static const char known[] = " id title kind on ";
        char path[PATH_SIZE], word[PATH_SIZE];
        path_of(path, "$.assessment", pz__json_key_of(one));
        snprintf(word, sizeof word, " %.64s ", pz__json_key_of(one));
        if (!strstr(known, word)) return refuse(path, "there is no such member here.");
    }
    return PZ_OK;
}

static pz_status read_wide(pz__csv_mapping *mapping, const pz__json_value *value)
{
    if (pz__json_kind_of(value) != PZ__JSON_ARRAY || !pz__json_first(value)) return refuse("$.wide", "a list of columns is needed.");
    for (const pz__json_value *one = pz__json_first(value); one; one = pz__json_next(one))
        if (!pz__json_as_text(one)) return refuse("$.wide", "each column is named by its name, which is the code of its item.");
    mapping->wide = value;
    return PZ_OK;
}

/* ------------------------------------------------------------------------------------------------------ whole --- */

static pz_status read_kind(pz__csv_mapping *mapping, const pz__json_value *root)
{
    const char *name = pz__json_as_text(pz__json_member(root, "kind"));
    for (const pz__csv_kind *kind = pz__csv_kinds; name && kind->name; kind++)
        if (!strcmp(kind->name, name)) mapping->kind = kind;
    return mapping->kind ? PZ_OK : refuse("$.kind", "one of the kinds is needed, such as \"responses\".");
}

static pz_status read_delimiter(pz__csv_mapping *mapping, const pz__json_value *value)
{
    static const char *const names[] = {",", ";", "tab", "|"};
    const char *text = pz__json_as_text(value);
    for (int i = 0; text && i < 4; i++)
        if (!strcmp(text, names[i])) mapping->delimiter = ",;\t|"[i];
    return mapping->delimiter ? PZ_OK : refuse("$.delimiter", "this must be \",\", \";\", \"tab\" or \"|\".");
}

/* What is said for the whole file holds for each column that does not say it itself. */
typedef struct whole_file {
    const char *date;
    char decimal;
} whole_file;

static pz_status read_member(pz__csv_mapping *mapping, const pz__json_value *value, whole_file *whole)
{
    const char *key = pz__json_key_of(value);
    int is_responses = mapping->kind->section == 0 && (mapping->kind->allowed & PZ__CSV_BIT(PZ__CSV_ITEM));
    char path[PATH_SIZE];
    path_of(path, "$", key);
    if (!strcmp(key, "kind") || !strcmp(key, "note") || !strcmp(key, "ignored")) return PZ_OK;
    if (!strcmp(key, "columns")) return read_sources(mapping, value);
    if (!strcmp(key, "delimiter")) return read_delimiter(mapping, value);
    if (!strcmp(key, "decimal")) return read_decimal(value, path, &whole->decimal);
    if (!strcmp(key, "date")) return read_pattern(value, path, &whole->date);
    if (!strcmp(key, "header")) return pz__json_as_bool(value, &mapping->has_header) ? PZ_OK : refuse(path, "this must be true or false.");
    if (!strcmp(key, "skip_rows")) {
        if (pz__json_as_int(value, &mapping->skip_rows) && mapping->skip_rows >= 0 && mapping->skip_rows <= MOST_SKIPPED) return PZ_OK;
        return refuse(path, "this must be a whole number from 0 to 100.");
    }
    if (!strcmp(key, "unsure")) return refuse(path, "the mapping is a suggestion: look at what is unsure, then remove the member.");
    if (is_responses && !strcmp(key, "items")) return read_items(mapping, value);
    if (is_responses && !strcmp(key, "misconceptions")) return read_misconceptions(mapping, value);
    if (is_responses && !strcmp(key, "assessment")) return read_assessment(mapping, value);
    if (is_responses && !strcmp(key, "wide")) return read_wide(mapping, value);
    if (is_responses && !strcmp(key, "wide_holds")) {
        const char *text = pz__json_as_text(value);
        mapping->wide_holds_choice = text && !strcmp(text, "choice");
        return mapping->wide_holds_choice || (text && !strcmp(text, "score")) ? PZ_OK
                                                                              : refuse(path, "this must be \"choice\" or \"score\".");
    }
    return refuse(path, "there is no such member.");
}

/* What is needed is there, and nothing that would be without effect. */
static pz_status check_whole(const pz__csv_mapping *mapping)
{
    pz__csv_lack lacks[PZ__CSV_TARGETS];
    uint64_t given = 0;
    for (int i = 0; i < PZ__CSV_TARGETS; i++) given |= mapping->sources[i].is_given ? PZ__CSV_BIT(i) : 0;
    if (mapping->wide && (given & (PZ__CSV_BIT(PZ__CSV_ITEM) | PZ__CSV_BIT(PZ__CSV_CHOICE) | PZ__CSV_BIT(PZ__CSV_SCORE))))
        return refuse("$.wide", "with a column for each item, item, choice and score are not among the columns.");
    if (mapping->wide && !mapping->has_header) return refuse("$.wide", "a header is needed.");
    if (pz__csv_lacks(mapping->kind, given, mapping->items != NULL, mapping->wide != NULL, lacks) > 0) {
        char path[PATH_SIZE];
        path_of(path, "$.columns", pz__csv_targets[lacks[0].target].name);
        return refuse(path, lacks[0].words);
    }
    for (int i = 0; i < PZ__CSV_TARGETS && !mapping->has_header; i++)
        if (mapping->sources[i].column) return refuse("$.columns", "without a header, columns are named by number.");
    return PZ_OK;
}

/* JSON's own words, and that they are about the mapping. */
static pz_status parse(pz__csv_mapping *mapping, const char *text, size_t length)
{
    pz_status status = pz__json_parse(text, length, NULL, &mapping->document);
    if (status != PZ_E_FORMAT && status != PZ_E_HOSTILE) return status;
    return pz__fail(status, "mapping", hint, "%s", pz_last_error()->message);
}

pz_status pz__csv_mapping_read(pz__csv_mapping *mapping, const char *text, size_t length)
{
    const pz__json_value *root;
    whole_file whole = {NULL, '.'};
    memset(mapping, 0, sizeof *mapping);
    mapping->has_header = 1;
    mapping->assessment_on = PZ_DATE_NONE;
    if (!text) return pz__fail_null("mapping");
    PZ__TRY(parse(mapping, text, length));
    root = pz__json_root(mapping->document);
    if (pz__json_kind_of(root) != PZ__JSON_OBJECT) return refuse("$", "an object is needed.");
    PZ__TRY(read_kind(mapping, root));
    for (const pz__json_value *one = pz__json_first(root); one; one = pz__json_next(one)) PZ__TRY(read_member(mapping, one, &whole));
    for (int i = 0; i < PZ__CSV_TARGETS; i++) {
        if (!mapping->sources[i].date) mapping->sources[i].date = whole.date;
        if (!mapping->sources[i].decimal) mapping->sources[i].decimal = whole.decimal;
    }
    return check_whole(mapping);
}

void pz__csv_mapping_free(pz__csv_mapping *mapping)
{
    pz__json_free(mapping->document);
    mapping->document = NULL;
}
