/* A first mapping from a CSV file's header and first rows. It is a guess, and says where it is unsure. */
#include <stdio.h>
#include <string.h>

#include "base/csv_read.h"
#include "base/fail.h"
#include "base/json_write.h"
#include "base/memory.h"
#include "base/number.h"
#include "base/text.h"
#include "exchange/csv_faults.h"
#include "exchange/csv_rows.h"
#include "exchange/file.h"

enum { SAMPLE_BYTES = 256 * 1024, SAMPLE_ROWS = 200, MOST_COLUMNS = 256, NAME_SIZE = 64 };

/* Words that headers use, without capitals, spaces and signs. The first that fits wins; a whole name is surer than a part. */
static const struct {
    pz__csv_target target;
    const char *word;
} words[] = {
    {PZ__CSV_LEARNER, "studentid"},
    {PZ__CSV_LEARNER, "learnerid"},
    {PZ__CSV_LEARNER, "userid"},
    {PZ__CSV_LEARNER, "sourcedid"},
    {PZ__CSV_LEARNER, "pupilid"},
    {PZ__CSV_LEARNER, "student"},
    {PZ__CSV_LEARNER, "learner"},
    {PZ__CSV_LEARNER, "pupil"},
    {PZ__CSV_LEARNER, "username"},
    {PZ__CSV_LEARNER, "email"},
    {PZ__CSV_LEARNER, "alumno"},
    {PZ__CSV_LEARNER, "estudiante"},
    {PZ__CSV_MISCONCEPTION_STATEMENT, "misconceptionstatement"},
    {PZ__CSV_MISCONCEPTION, "misconception"},
    {PZ__CSV_CORRECT_CHOICE, "correctchoice"},
    {PZ__CSV_CORRECT_CHOICE, "correctanswer"},
    {PZ__CSV_CORRECT_CHOICE, "key"},
    {PZ__CSV_CHOICE, "choice"},
    {PZ__CSV_CHOICE, "chosen"},
    {PZ__CSV_CHOICE, "selected"},
    {PZ__CSV_CHOICE, "answer"},
    {PZ__CSV_CHOICE, "option"},
    {PZ__CSV_ITEM, "itemid"},
    {PZ__CSV_ITEM, "item"},
    {PZ__CSV_ITEM, "questionid"},
    {PZ__CSV_ITEM, "task"},
    {PZ__CSV_ITEM, "problem"},
    {PZ__CSV_QUESTION, "question"},
    {PZ__CSV_QUESTION, "stem"},
    {PZ__CSV_COMPETENCY, "competency"},
    {PZ__CSV_COMPETENCY, "standard"},
    {PZ__CSV_COMPETENCY, "skill"},
    {PZ__CSV_COMPETENCY, "objective"},
    {PZ__CSV_COMPETENCY, "kc"},
    {PZ__CSV_STANDARD_ERROR, "standarderror"},
    {PZ__CSV_STANDARD_ERROR, "sem"},
    {PZ__CSV_STANDARD_ERROR, "csem"},
    {PZ__CSV_STANDARD_ERROR, "se"},
    {PZ__CSV_VALUE, "scalescore"},
    {PZ__CSV_VALUE, "scaledscore"},
    {PZ__CSV_VALUE, "value"},
    {PZ__CSV_VALUE, "rit"},
    {PZ__CSV_VALUE, "lexile"},
    {PZ__CSV_SCORE, "score"},
    {PZ__CSV_SCORE, "correct"},
    {PZ__CSV_SCORE, "points"},
    {PZ__CSV_SCORE, "result"},
    {PZ__CSV_VALUE, "score"},
    {PZ__CSV_MAX, "maxscore"},
    {PZ__CSV_MAX, "maxpoints"},
    {PZ__CSV_MAX, "max"},
    {PZ__CSV_MAX, "outof"},
    {PZ__CSV_MAX, "possible"},
    {PZ__CSV_SCALE, "scale"},
    {PZ__CSV_SCALE, "test"},
    {PZ__CSV_SCALE, "assessment"},
    {PZ__CSV_WEIGHT, "weight"},
    {PZ__CSV_ASSESSMENT, "assessmentid"},
    {PZ__CSV_AT, "answeredat"},
    {PZ__CSV_AT, "timestamp"},
    {PZ__CSV_AT, "time"},
    {PZ__CSV_AT, "date"},
    {PZ__CSV_AT, "at"},
    {PZ__CSV_DAYS_PRESENT, "dayspresent"},
    {PZ__CSV_DAYS_PRESENT, "present"},
    {PZ__CSV_DAYS_PRESENT, "attended"},
    {PZ__CSV_DAYS_ABSENT, "daysabsent"},
    {PZ__CSV_DAYS_ABSENT, "absent"},
    {PZ__CSV_DAYS_ABSENT, "absences"},
    {PZ__CSV_DAYS, "daysenrolled"},
    {PZ__CSV_DAYS, "membershipdays"},
    {PZ__CSV_DAYS, "days"},
    {PZ__CSV_SHARE, "attendancerate"},
    {PZ__CSV_SHARE, "rate"},
    {PZ__CSV_SHARE, "share"},
    {PZ__CSV_FROM, "from"},
    {PZ__CSV_FROM, "begindate"},
    {PZ__CSV_FROM, "startdate"},
    {PZ__CSV_FROM, "start"},
    {PZ__CSV_FROM, "begin"},
    {PZ__CSV_UNTIL, "until"},
    {PZ__CSV_UNTIL, "enddate"},
    {PZ__CSV_UNTIL, "end"},
    {PZ__CSV_UNTIL, "to"},
    {PZ__CSV_DUE, "due"},
    {PZ__CSV_DUE, "deadline"},
    {PZ__CSV_REASON, "why"},
    {PZ__CSV_REASON, "reason"},
    {PZ__CSV_AREA, "area"},
    {PZ__CSV_STATEMENT, "goal"},
    {PZ__CSV_STATEMENT, "statement"},
    {PZ__CSV_CONFIDENCE, "confidence"},
    {PZ__CSV_VISIBILITY, "visibility"},
    {PZ__CSV_ON, "notedon"},
    {PZ__CSV_ON, "testedon"},
    {PZ__CSV_ON, "observedon"},
    {PZ__CSV_ON, "date"},
    {PZ__CSV_ON, "on"},
    {PZ__CSV_CODE, "topic"},
    {PZ__CSV_CODE, "code"},
    {PZ__CSV_CODE, "support"},
    {PZ__CSV_CODE, "accommodation"},
    {PZ__CSV_CODE, "interest"},
    {PZ__CSV_CODE, "need"},
    {PZ__CSV_CODE, "tag"},
    {PZ__CSV_TEXT, "inownwords"},
    {PZ__CSV_TEXT, "description"},
    {PZ__CSV_TEXT, "text"},
    {PZ__CSV_TEXT, "comment"},
    {PZ__CSV_TEXT, "note"},
};

enum { WORDS = sizeof words / sizeof words[0] };

/* What is seen of one column. */
typedef struct column {
    char name[NAME_SIZE]; /* without capitals, spaces and signs */
    char *title;          /* as it stands */
    int values, numbers, comma_numbers, iso_days, iso_times, other_days, first_over_12, second_over_12, over_one;
    char mark; /* between the numbers of other days */
    int year_first;
} column;

typedef struct sheet {
    char *text;
    size_t length;
    char delimiter;
    column *columns;
    size_t count;
    int rows;
} sheet;

typedef struct guess {
    int place[PZ__CSV_TARGETS]; /* column + 1, 0 for none */
    int is_sure[PZ__CSV_TARGETS];
    int score;
} guess;

/* ------------------------------------------------------------------------------------------------------ sheet --- */

static void plain_name(const char *text, size_t length, char *out)
{
    size_t written = 0;
    for (size_t i = 0; i < length && written < NAME_SIZE - 1; i++) {
        char c = text[i];
        if (c >= 'A' && c <= 'Z') c = (char)(c + 32);
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) out[written++] = c;
    }
    out[written] = '\0';
}

/* 1 if the text is three numbers with one mark between them. */
static int three_numbers(const char *text, size_t length, int out[3], char *out_mark)
{
    int part = 0, digits = 0;
    out[0] = out[1] = out[2] = 0;
    *out_mark = 0;
    for (size_t i = 0; i < length; i++) {
        if (text[i] >= '0' && text[i] <= '9' && digits < 4) {
            out[part] = out[part] * 10 + (text[i] - '0');
            digits++;
        } else if (strchr("/.-", text[i]) && digits && part < 2 && (!*out_mark || *out_mark == text[i])) {
            *out_mark = text[i];
            part++;
            digits = 0;
        } else {
            return 0;
        }
    }
    return part == 2 && digits > 0;
}

static void see_number(column *seen, const pz__csv_field *field)
{
    char text[64];
    double real;
    const char *comma = memchr(field->text, ',', field->length);
    if (field->length >= sizeof text) return;
    memcpy(text, field->text, field->length);
    if (comma && !memchr(field->text, '.', field->length)) text[comma - field->text] = '.';
    if (!pz__real_parse(text, field->length, &real)) return;
    seen->numbers += !comma;
    seen->comma_numbers += comma != NULL;
    seen->over_one += real > 1;
}

static void see_value(column *seen, const pz__csv_field *field)
{
    int parts[3];
    char mark;
    pz_date date;
    pz_time of_day, time;
    int has_time;
    if (field->length == 0) return;
    seen->values++;
    if (pz__csv_when(field->text, field->length, NULL, &date, &of_day, &has_time, &time)) {
        seen->iso_days += !has_time;
        seen->iso_times += has_time;
    } else if (three_numbers(field->text, field->length, parts, &mark)) {
        seen->other_days++;
        seen->mark = mark;
        seen->year_first |= parts[0] > 31;
        seen->first_over_12 |= parts[0] > 12 && parts[0] <= 31;
        seen->second_over_12 |= parts[1] > 12 && parts[1] <= 31;
    } else {
        see_number(seen, field);
    }
}

static pz_status see_header(sheet *seen, const pz__csv_field *fields, size_t count)
{
    if (count > MOST_COLUMNS) count = MOST_COLUMNS;
    seen->columns = pz__alloc_zero(count + 1, sizeof *seen->columns);
    if (!seen->columns) return pz__fail_memory();
    seen->count = count;
    for (size_t i = 0; i < count; i++) {
        plain_name(fields[i].text, fields[i].length, seen->columns[i].name);
        seen->columns[i].title = pz__copy_text(fields[i].text, fields[i].length);
        if (!seen->columns[i].title) return pz__fail_memory();
    }
    return PZ_OK;
}

static pz_status see_rows(sheet *seen, pz__csv *csv)
{
    const pz__csv_field *fields;
    size_t count;
    PZ__TRY(pz__csv_next(csv, &fields, &count));
    if (count == 0) return pz__fail(PZ_E_FORMAT, "path", "Name a file with a header.", "The file is empty.");
    PZ__TRY(see_header(seen, fields, count));
    while (seen->rows < SAMPLE_ROWS) {
        pz_status status = pz__csv_next(csv, &fields, &count);
        if (status == PZ_E_FORMAT) break; /* the end of the sample may cut a row in two */
        PZ__TRY(status);
        if (count == 0) break;
        seen->rows++;
        for (size_t i = 0; i < count && i < seen->count; i++) see_value(&seen->columns[i], &fields[i]);
    }
    return PZ_OK;
}

static pz_status see_sheet(sheet *seen, const char *path)
{
    FILE *file;
    int64_t size;
    pz__csv *csv;
    pz_status status;
    PZ__TRY(pz__file_open(path, "file", &file, &size));
    seen->text = pz__alloc(SAMPLE_BYTES);
    if (seen->text) seen->length = fread(seen->text, 1, SAMPLE_BYTES, file);
    fclose(file);
    if (!seen->text) return pz__fail_memory();
    seen->delimiter = pz__csv_guess_delimiter(seen->text, seen->length);
    PZ__TRY(pz__csv_open_memory(seen->text, seen->length, seen->delimiter, &csv));
    status = see_rows(seen, csv);
    pz__csv_free(csv);
    return status;
}

static void forget_sheet(sheet *seen)
{
    for (size_t i = 0; i < seen->count && seen->columns; i++) pz__release(seen->columns[i].title);
    pz__release(seen->columns);
    pz__release(seen->text);
}

/* ------------------------------------------------------------------------------------------------------ guess --- */

static int is_taken(const guess *made, int place)
{
    for (int i = 0; i < PZ__CSV_TARGETS; i++)
        if (made->place[i] == place) return 1;
    return 0;
}

/* First whole names, then parts of names: these are unsure. */
static void guess_columns(const sheet *seen, const pz__csv_kind *kind, guess *made)
{
    memset(made, 0, sizeof *made);
    for (int whole = 1; whole >= 0; whole--)
        for (int w = 0; w < WORDS; w++) {
            pz__csv_target target = words[w].target;
            if (!(kind->allowed & PZ__CSV_BIT(target)) || made->place[target]) continue;
            if (!whole && strlen(words[w].word) < 4) continue;
            for (size_t i = 0; i < seen->count && !made->place[target]; i++) {
                const char *name = seen->columns[i].name;
                if (whole ? strcmp(name, words[w].word) != 0 : !strstr(name, words[w].word)) continue;
                if (is_taken(made, (int)i + 1)) continue;
                made->place[target] = (int)i + 1;
                made->is_sure[target] = whole;
                made->score += whole ? 2 : 1;
            }
        }
    for (int i = 0; i < PZ__CSV_TARGETS; i++)
        if ((kind->needed & PZ__CSV_BIT(i)) && !made->place[i]) made->score -= 3;
}

/* What a kind's own value is: a file without it is of another kind. */
static int has_heart(const pz__csv_kind *kind, const guess *made)
{
    if (kind->allowed & PZ__CSV_BIT(PZ__CSV_ITEM))
        return made->place[PZ__CSV_ITEM] && (made->place[PZ__CSV_SCORE] || made->place[PZ__CSV_CHOICE]);
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
    char name[NAME_SIZE], kind_name[NAME_SIZE];
    const char *slash = strrchr(path, '/');
    plain_name(slash ? slash + 1 : path, strlen(slash ? slash + 1 : path), name);
    for (const pz__csv_kind *kind = pz__csv_kinds; kind->name; kind++) {
        guess tried;
        guess_columns(seen, kind, &tried);
        plain_name(kind->name, strlen(kind->name), kind_name);
        if (strstr(name, kind_name)) tried.score += 4;
        if (!has_heart(kind, &tried) || (best && tried.score <= made->score)) continue;
        best = kind;
        *made = tried;
    }
    if (!best) guess_columns(seen, best = find_kind("responses"), made);
    return best;
}

/* ---------------------------------------------------------------------------------------------------- writing --- */

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

static void put_source(pz__json_writer *json, const sheet *seen, pz__csv_target target, int place, int *out_unsure)
{
    const column *from = &seen->columns[place - 1];
    pz__csv_type type = pz__csv_targets[target].type;
    int is_when = (type == PZ__CSV_DAY || type == PZ__CSV_TIME) && from->other_days;
    int has_comma =
        type == PZ__CSV_NUMBER && from->comma_numbers > 0 && from->comma_numbers >= from->values - from->numbers - from->comma_numbers;
    const char *by = target != PZ__CSV_LEARNER        ? NULL
                     : strstr(from->name, "mail")     ? "email"
                     : strstr(from->name, "username") ? "username"
                                                      : NULL;
    char pattern[16];
    pz__json_key(json, pz__csv_targets[target].name);
    if (!is_when && !has_comma && !by) {
        pz__json_text(json, from->title);
        return;
    }
    pz__json_open_object(json);
    pz__json_put_text(json, "column", from->title);
    if (is_when) {
        pattern_of(from, pattern, out_unsure);
        pz__json_put_text(json, "date", pattern);
    }
    if (has_comma) pz__json_put_text(json, "decimal", ",");
    if (by) pz__json_put_text(json, "by", by);
    pz__json_close_object(json);
}

static int is_of_type(const column *from, pz__csv_type type)
{
    if (from->values == 0) return 1;
    if (type == PZ__CSV_NUMBER) return from->numbers + from->comma_numbers == from->values;
    if (type == PZ__CSV_DAY || type == PZ__CSV_TIME) return from->iso_days + from->iso_times + from->other_days == from->values;
    return 1;
}

static void put_unsure(pz__json_writer *json, const char *about, const char *sentence)
{
    pz__json_open_object(json);
    pz__json_put_text(json, "about", about);
    pz__json_put_text(json, "why", sentence);
    pz__json_close_object(json);
}

static void put_all_unsure(pz__json_writer *json, const sheet *seen, const pz__csv_kind *kind, int kind_is_given, const guess *made,
                           const int when_unsure[PZ__CSV_TARGETS])
{
    pz__json_key(json, "unsure");
    pz__json_open_array(json);
    if (!kind_is_given) put_unsure(json, "kind", "The kind was guessed from the header. See that it is what the rows are.");
    for (int i = 0; i < PZ__CSV_TARGETS; i++) {
        const char *name = pz__csv_targets[i].name;
        if (!made->place[i]) {
            if (kind->needed & PZ__CSV_BIT(i))
                put_unsure(json, name, "This value is needed, and no column looks like it. Name its column.");
            continue;
        }
        if (!made->is_sure[i]) put_unsure(json, name, "The column's name only resembles it. See that it is the right one.");
        if (when_unsure[i]) put_unsure(json, name, "Nobody can tell which number is the day and which the month. Say it in \"date\".");
        if (!is_of_type(&seen->columns[made->place[i] - 1], pz__csv_targets[i].type))
            put_unsure(json, name, "Some of the first values do not look like it.");
        if (i == PZ__CSV_SCORE && seen->columns[made->place[i] - 1].over_one && !made->place[PZ__CSV_MAX])
            put_unsure(json, name, "Some scores are above 1. Name the points that could be reached in \"max\".");
    }
    if ((kind->allowed & PZ__CSV_BIT(PZ__CSV_ITEM)) && !made->place[PZ__CSV_COMPETENCY])
        put_unsure(json, "competency", "No column looks like a competency. Name one, or say in \"items\" what each item bears on.");
    pz__json_close_array(json);
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
    memset(&seen, 0, sizeof seen);
    status = see_sheet(&seen, path);
    if (status == PZ_OK) {
        if (kind)
            guess_columns(&seen, kind, &made);
        else
            kind = guess_kind(&seen, path, &made);
        pz__json_start(&json, &text);
        put_mapping(&json, &seen, kind, kind_name != NULL, &made);
        status = pz__buffer_take(&text, out_json);
    }
    forget_sheet(&seen);
    return status;
}
