/* A first mapping from a CSV file's header and first rows. It is a guess: it says where it is unsure, which needed values it did not find, and which
 * columns it leaves out. */
#include <stdio.h>
#include <string.h>

#include "base/fail.h"
#include "base/json_write.h"
#include "exchange/csv_sheet.h"
#include "exchange/csv_words.h"

typedef pz__csv_column column;
typedef pz__csv_sheet sheet;

typedef struct guess {
    int place[PZ__CSV_TARGETS]; /* number of the column, 0 for none */
    int is_sure[PZ__CSV_TARGETS];
    int is_wide; /* the numbered columns hold what was answered, each of its item */
    int score;
} guess;

/* ------------------------------------------------------------------------------------------------------ guess --- */

static int is_taken(const guess *made, const column *of)
{
    for (int i = 0; i < PZ__CSV_TARGETS; i++)
        if (made->place[i] == of->number) return 1;
    return made->is_wide && of->is_numbered;
}

static int holds_responses(const pz__csv_kind *kind)
{
    return (kind->allowed & PZ__CSV_BIT(PZ__CSV_ITEM)) != 0;
}

static int has_word(const pz__csv_kind *kind, const pz__csv_word *word)
{
    if (!(kind->allowed & PZ__CSV_BIT(word->target))) return 0;
    if (word->kind && !*word->kind) return (kind->allowed & PZ__CSV_BIT(PZ__CSV_CONFIDENCE)) != 0;
    return !word->kind || !strcmp(word->kind, kind->name);
}

/* What a kind's own column holds is people's words, unless it is codes throughout. */
static pz__csv_target target_of(const pz__csv_word *word, const column *from)
{
    return word->kind && from->values > 0 && from->codes == from->values ? PZ__CSV_CODE : word->target;
}

/* A part of a name at its beginning or end; within it, "ende" would be found in "gender". */
static int is_part(const char *name, const char *word)
{
    size_t length = strlen(name), part = strlen(word);
    return part <= length && (!memcmp(name, word, part) || !memcmp(name + length - part, word, part));
}

static void try_word(const sheet *seen, const pz__csv_kind *kind, const pz__csv_word *word, int whole, guess *made)
{
    for (size_t i = 0; i < seen->count; i++) {
        const column *from = &seen->columns[i];
        pz__csv_target target = target_of(word, from);
        if (whole ? strcmp(from->name, word->word) != 0 : !is_part(from->name, word->word)) continue;
        if (made->place[target] || is_taken(made, from) || (from->is_numbered && holds_responses(kind))) continue;
        made->place[target] = from->number;
        made->is_sure[target] = whole;
        made->score += (whole ? 2 : 1) + (word->kind && *word->kind ? 2 : 0);
        return;
    }
}

/* Without a column of items, numbered ones are an item each; item, choice and score are no columns then. */
static void guess_wide(const sheet *seen, const pz__csv_kind *kind, guess *made)
{
    if (!holds_responses(kind) || made->place[PZ__CSV_ITEM]) return;
    for (size_t i = 0; i < seen->count; i++) made->is_wide |= seen->columns[i].is_numbered;
    made->score += 2 * made->is_wide;
}

static int is_allowed(const guess *made, pz__csv_target target)
{
    return !made->is_wide || (target != PZ__CSV_ITEM && target != PZ__CSV_CHOICE && target != PZ__CSV_SCORE);
}

static int find_lacks(const pz__csv_kind *kind, const guess *made, pz__csv_lack lacks[PZ__CSV_TARGETS])
{
    uint64_t given = 0;
    for (int i = 0; i < PZ__CSV_TARGETS; i++) given |= made->place[i] ? PZ__CSV_BIT(i) : 0;
    return pz__csv_lacks(kind, given, 0, made->is_wide, lacks);
}

/* First whole names, then parts of names: these are unsure. */
static void guess_columns(const sheet *seen, const pz__csv_kind *kind, guess *made)
{
    pz__csv_lack lacks[PZ__CSV_TARGETS];
    memset(made, 0, sizeof *made);
    for (const pz__csv_word *word = pz__csv_words; word->word; word++)
        if (has_word(kind, word)) try_word(seen, kind, word, 1, made);
    guess_wide(seen, kind, made);
    for (int i = 0; i < PZ__CSV_TARGETS; i++)
        if (!is_allowed(made, (pz__csv_target)i)) made->place[i] = 0;
    for (const pz__csv_word *word = pz__csv_words; word->word; word++)
        if (has_word(kind, word) && is_allowed(made, word->target) && strlen(word->word) >= 4) try_word(seen, kind, word, 0, made);
    made->score -= 3 * find_lacks(kind, made, lacks);
}

/* What a kind's own value is: a file without it is of another kind. */
static int has_heart(const pz__csv_kind *kind, const guess *made)
{
    if (holds_responses(kind))
        return made->is_wide || (made->place[PZ__CSV_ITEM] && (made->place[PZ__CSV_SCORE] || made->place[PZ__CSV_CHOICE]));
    if (kind->allowed & PZ__CSV_BIT(PZ__CSV_SHARE))
        return made->place[PZ__CSV_SHARE] || made->place[PZ__CSV_DAYS_PRESENT] || made->place[PZ__CSV_DAYS_ABSENT];
    if (kind->allowed & PZ__CSV_BIT(PZ__CSV_STATEMENT)) return made->place[PZ__CSV_STATEMENT] != 0;
    if (kind->allowed & PZ__CSV_BIT(PZ__CSV_SCALE)) return made->place[PZ__CSV_VALUE] != 0;
    return made->place[PZ__CSV_TEXT] || made->place[PZ__CSV_CODE];
}

static const pz__csv_kind *find_kind(const char *name)
{
    for (const pz__csv_kind *kind = pz__csv_kinds; kind->name; kind++)
        if (!strcmp(kind->name, name)) return kind;
    return NULL;
}

/* The kinds of profile entries look alike: the name of the file may tell. */
static const pz__csv_kind *guess_kind(const sheet *seen, const char *path, guess *made)
{
    const pz__csv_kind *best = NULL;
    char name[PZ__CSV_NAME_SIZE], kind_name[PZ__CSV_NAME_SIZE];
    const char *slash = strrchr(path, '/');
    pz__csv_plain_name(slash ? slash + 1 : path, strlen(slash ? slash + 1 : path), name, sizeof name);
    for (const pz__csv_kind *kind = pz__csv_kinds; kind->name; kind++) {
        guess tried;
        guess_columns(seen, kind, &tried);
        pz__csv_plain_name(kind->name, strlen(kind->name), kind_name, sizeof kind_name);
        if (strstr(name, kind_name)) tried.score += 4;
        if (!has_heart(kind, &tried) || (best && tried.score <= made->score)) continue;
        best = kind;
        *made = tried;
    }
    if (!best) guess_columns(seen, best = find_kind("responses"), made);
    return best;
}

/* ---------------------------------------------------------------------------------------------------- columns --- */

/* The pattern of a column's days; *out_unsure where nobody can tell day and month apart. */
static void pattern_of(const column *seen, char pattern[16], int *out_unsure)
{
    char mark = seen->mark ? seen->mark : '/';
    *out_unsure = 0;
    if (seen->year_first) {
        snprintf(pattern, 16, "YYYY%cM%cD", mark, mark);
    } else if (seen->first_over_12 || (!seen->second_over_12 && mark == '.')) {
        snprintf(pattern, 16, "D%cM%cYYYY", mark, mark);
    } else {
        snprintf(pattern, 16, "M%cD%cYYYY", mark, mark);
        *out_unsure = !seen->second_over_12;
    }
}

/* A title that does not tell its column from all others is no name for it. */
static void put_column(pz__json_writer *json, const column *from)
{
    if (from->is_alone && *from->title)
        pz__json_text(json, from->title);
    else
        pz__json_int(json, from->number);
}

static const char *looked_up_by(pz__csv_target target, const column *from)
{
    if (target != PZ__CSV_LEARNER) return NULL;
    if (strstr(from->name, "mail") || strstr(from->name, "correo")) return "email";
    return strstr(from->name, "username") || !strcmp(from->name, "usuario") ? "username" : NULL;
}

static int has_decimal_commas(const column *from)
{
    return from->comma_numbers > 0 && from->comma_numbers >= from->values - from->numbers - from->comma_numbers;
}

static void put_source(pz__json_writer *json, const sheet *seen, pz__csv_target target, int place, int *out_unsure)
{
    const column *from = &seen->columns[place - 1];
    pz__csv_type type = pz__csv_targets[target].type;
    int is_when = (type == PZ__CSV_DAY || type == PZ__CSV_TIME) && from->other_days;
    int has_comma = type == PZ__CSV_NUMBER && has_decimal_commas(from);
    const char *by = looked_up_by(target, from);
    char pattern[16];
    pz__json_key(json, pz__csv_targets[target].name);
    if (!is_when && !has_comma && !by) {
        put_column(json, from);
        return;
    }
    pz__json_open_object(json);
    pz__json_key(json, "column");
    put_column(json, from);
    if (is_when) {
        pattern_of(from, pattern, out_unsure);
        pz__json_put_text(json, "date", pattern);
    }
    if (has_comma) pz__json_put_text(json, "decimal", ",");
    if (by) pz__json_put_text(json, "by", by);
    pz__json_close_object(json);
}

/* What the numbered columns hold together. */
static column sum_of_wide(const sheet *seen)
{
    column all;
    memset(&all, 0, sizeof all);
    for (size_t i = 0; i < seen->count; i++) {
        const column *one = &seen->columns[i];
        if (!one->is_numbered) continue;
        all.values += one->values;
        all.numbers += one->numbers;
        all.comma_numbers += one->comma_numbers;
        all.over_one += one->over_one;
    }
    return all;
}

static int holds_scores(const column *all)
{
    return all->numbers + all->comma_numbers == all->values;
}

static void put_wide(pz__json_writer *json, const sheet *seen)
{
    column all = sum_of_wide(seen);
    if (holds_scores(&all) && has_decimal_commas(&all)) pz__json_put_text(json, "decimal", ",");
    pz__json_key(json, "wide");
    pz__json_open_array(json);
    for (size_t i = 0; i < seen->count; i++)
        if (seen->columns[i].is_numbered) pz__json_text(json, seen->columns[i].title);
    pz__json_close_array(json);
    pz__json_put_text(json, "wide_holds", holds_scores(&all) ? "score" : "choice");
}

static void put_ignored(pz__json_writer *json, const sheet *seen, const guess *made)
{
    int count = 0;
    for (size_t i = 0; i < seen->count; i++) {
        if (is_taken(made, &seen->columns[i])) continue;
        if (count++ == 0) {
            pz__json_key(json, "ignored");
            pz__json_open_array(json);
        }
        put_column(json, &seen->columns[i]);
    }
    if (count) pz__json_close_array(json);
}

/* ----------------------------------------------------------------------------------------------------- unsure --- */

/* The member is made with its first element: a mapping without it can be used as it stands. */
typedef struct unsure_list {
    pz__json_writer *json;
    int count;
} unsure_list;

static void put_unsure(unsure_list *list, const char *about, const char *before, const char *sentence)
{
    char words[200];
    if (list->count++ == 0) {
        pz__json_key(list->json, "unsure");
        pz__json_open_array(list->json);
    }
    snprintf(words, sizeof words, "%s%s", before, sentence);
    pz__json_open_object(list->json);
    pz__json_put_text(list->json, "about", about);
    pz__json_put_text(list->json, "why", words);
    pz__json_close_object(list->json);
}

static int is_of_type(const column *from, pz__csv_target target)
{
    const pz__csv_target_info *info = &pz__csv_targets[target];
    if (from->values == 0) return 1;
    if (info->type == PZ__CSV_NUMBER)
        return from->numbers + from->comma_numbers == from->values && (info->most != 1 || from->over_one == 0);
    if (info->type == PZ__CSV_DAY || info->type == PZ__CSV_TIME) {
        int iso = from->iso_days + from->iso_times;
        return (iso == from->values || from->other_days == from->values) && !from->short_years;
    }
    return (target != PZ__CSV_LEARNER && target != PZ__CSV_ITEM) || from->spaced == 0;
}

static void put_unsure_value(unsure_list *list, const sheet *seen, const guess *made, pz__csv_target target, int is_when_unsure)
{
    const char *name = pz__csv_targets[target].name;
    const column *from = &seen->columns[made->place[target] - 1];
    if (!made->is_sure[target]) put_unsure(list, name, "", "The column's name only resembles it. See that it is the right one.");
    if (!from->is_alone)
        put_unsure(list, name, "", "Several columns have this name. This is the number of the first; see that it is the right one.");
    if (is_when_unsure) put_unsure(list, name, "", "Nobody can tell which number is the day and which the month. Say it in \"date\".");
    if (!is_of_type(from, target)) put_unsure(list, name, "", "Some of the first values do not look like it.");
}

static void put_unsure_wide(unsure_list *list, const sheet *seen, const guess *made)
{
    column all = sum_of_wide(seen);
    put_unsure(list, "wide", "", "These columns look like one for each item. See that they are, and what they hold.");
    if (!holds_scores(&all)) put_unsure(list, "items", "", "They hold choices: say in \"items\" which is \"correct\" for each item.");
    if (holds_scores(&all) && all.over_one && !made->place[PZ__CSV_MAX])
        put_unsure(list, "max", "", "Some scores are above 1. Name the points that could be reached in \"max\".");
}

static void put_unsure_score(unsure_list *list, const sheet *seen, const guess *made)
{
    int score = made->place[PZ__CSV_SCORE];
    if (score && seen->columns[score - 1].over_one && !made->place[PZ__CSV_MAX])
        put_unsure(list, "score", "", "Some scores are above 1. Name the points that could be reached in \"max\".");
    if (!score && made->place[PZ__CSV_CHOICE] && !made->place[PZ__CSV_CORRECT_CHOICE])
        put_unsure(list, "correct_choice", "",
                   "Without a score the right choice is needed: name its column, or say in \"items\" which is \"correct\" for each item.");
}

static void put_all_unsure(pz__json_writer *json, const sheet *seen, const pz__csv_kind *kind, int kind_is_given, const guess *made,
                           const int when_unsure[PZ__CSV_TARGETS])
{
    unsure_list list = {json, 0};
    pz__csv_lack lacks[PZ__CSV_TARGETS];
    int count = find_lacks(kind, made, lacks);
    if (!kind_is_given) put_unsure(&list, "kind", "", "The kind was guessed from the header. See that it is what the rows are.");
    for (int i = 0; i < count; i++)
        put_unsure(&list, pz__csv_targets[lacks[i].target].name, "No column looks like it; name one: ", lacks[i].words);
    for (int i = 0; i < PZ__CSV_TARGETS; i++)
        if (made->place[i]) put_unsure_value(&list, seen, made, (pz__csv_target)i, when_unsure[i]);
    if (made->is_wide)
        put_unsure_wide(&list, seen, made);
    else if (holds_responses(kind))
        put_unsure_score(&list, seen, made);
    if (list.count) pz__json_close_array(json);
}

static void put_mapping(pz__json_writer *json, const sheet *seen, const pz__csv_kind *kind, int kind_is_given, const guess *made)
{
    int when_unsure[PZ__CSV_TARGETS] = {0};
    char delimiter[2] = {seen->delimiter, '\0'};
    pz__json_open_object(json);
    pz__json_put_text(json, "kind", kind->name);
    if (seen->delimiter != ',') pz__json_put_text(json, "delimiter", seen->delimiter == '\t' ? "tab" : delimiter);
    pz__json_key(json, "columns");
    pz__json_open_object(json);
    for (int i = 0; i < PZ__CSV_TARGETS; i++)
        if (made->place[i]) put_source(json, seen, (pz__csv_target)i, made->place[i], &when_unsure[i]);
    pz__json_close_object(json);
    if (made->is_wide) put_wide(json, seen);
    put_ignored(json, seen, made);
    put_all_unsure(json, seen, kind, kind_is_given, made, when_unsure);
    pz__json_close_object(json);
}

pz_status pz_csv_mapping_suggest(const char *path, const char *kind_name, char **out_json)
{
    sheet seen;
    guess made;
    const pz__csv_kind *kind = NULL;
    pz__buffer text = PZ__BUFFER_INIT;
    pz__json_writer json;
    pz_status status;
    if (!out_json) return pz__fail_null("out_json");
    *out_json = NULL;
    if (!path) return pz__fail_null("path");
    if (kind_name && !(kind = find_kind(kind_name)))
        return pz__fail(PZ_E_INVALID, "kind", "See docs/csv-mapping.md.", "There is no such kind of rows.");
    status = pz__csv_sheet_see(&seen, path);
    if (status == PZ_OK) {
        if (kind)
            guess_columns(&seen, kind, &made);
        else
            kind = guess_kind(&seen, path, &made);
        pz__json_start(&json, &text);
        put_mapping(&json, &seen, kind, kind_name != NULL, &made);
        status = pz__buffer_take(&text, out_json);
    }
    pz__csv_sheet_forget(&seen);
    return status;
}
