/* CSV by a mapping, as far as it needs no store: mappings that are refused, rows with all that spreadsheets do to them, suggestions. */
#include "exchange/csv_rows.h"

#include "base/random.h"
#include "exchange/roster_files.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define RESPONSES(more)                                                                                                                    \
    "{\"kind\": \"responses\", \"columns\": {\"learner\": \"who\", \"item\": \"item\", \"competency\": \"comp\", \"score\": "              \
    "\"score\"}" more "}"

static char *save_text(const char *text, size_t length)
{
    char *path = strdup("/tmp/pz_csv_XXXXXX");
    int file = mkstemp(path);
    ck_assert(file >= 0 && write(file, text, length) == (ssize_t)length && close(file) == 0);
    return path;
}

/* ------------------------------------------------------------------------------------------------- mappings --- */

START_TEST(refuses_unsound_mappings)
{
    static const struct {
        const char *mapping, *place;
    } cases[] = {
        {"[]", "$"},
        {"{}", "$.kind"},
        {"{\"kind\": \"pets\"}", "$.kind"},
        {"{\"kind\": \"responses\"}", "$.columns.learner"},
        {"{\"kind\": \"responses\", \"columns\": 1}", "$.columns"},
        {"{\"kind\": \"responses\", \"columns\": {\"learner\": \"a\"}}", "$.columns.item"},
        {"{\"kind\": \"responses\", \"columns\": {\"learner\": \"a\", \"item\": 2, \"score\": 3}}", "$.columns.competency"},
        {"{\"kind\": \"responses\", \"columns\": {\"learner\": \"a\", \"item\": 2, \"competency\": 3}}", "$.columns.score"},
        {"{\"kind\": \"responses\", \"columns\": {\"learner\": \"a\", \"scale\": 3}}", "$.columns.scale"},
        {"{\"kind\": \"responses\", \"columns\": {\"learner\": \"\"}}", "$.columns.learner"},
        {"{\"kind\": \"responses\", \"columns\": {\"learner\": 0}}", "$.columns.learner"},
        {"{\"kind\": \"responses\", \"columns\": {\"learner\": 1.5}}", "$.columns.learner"},
        {"{\"kind\": \"responses\", \"columns\": {\"learner\": {}}}", "$.columns.learner"},
        {"{\"kind\": \"responses\", \"columns\": {\"learner\": {\"column\": 1, \"value\": \"x\"}}}", "$.columns.learner"},
        {"{\"kind\": \"responses\", \"columns\": {\"learner\": {\"column\": 1, \"by\": \"code\"}}}", "$.columns.learner.by"},
        {"{\"kind\": \"responses\", \"columns\": {\"learner\": {\"column\": 1, \"else\": \"x\"}}}", "$.columns.learner"},
        {"{\"kind\": \"responses\", \"columns\": {\"learner\": {\"column\": 1, \"map\": {\"a\": 1}}}}", "$.columns.learner.map"},
        {"{\"kind\": \"responses\", \"columns\": {\"learner\": {\"column\": 1, \"date\": \"YYYY\"}}}", "$.columns.learner.date"},
        {"{\"kind\": \"responses\", \"columns\": {\"learner\": {\"column\": 1, \"colour\": \"red\"}}}", "$.columns.learner.colour"},
        {"{\"kind\": \"responses\", \"columns\": {\"competency\": {\"column\": 1, \"split\": \"; \"}}}", "$.columns.competency.split"},
        {RESPONSES(", \"delimiter\": \"x\""), "$.delimiter"},
        {RESPONSES(", \"decimal\": \";\""), "$.decimal"},
        {RESPONSES(", \"skip_rows\": -1"), "$.skip_rows"},
        {RESPONSES(", \"header\": 1"), "$.header"},
        {RESPONSES(", \"header\": false"), "$.columns"},
        {RESPONSES(", \"unsure\": []"), "$.unsure"},
        {RESPONSES(", \"wide\": [\"Q1\"]"), "$.wide"},
        {RESPONSES(", \"wide\": []"), "$.wide"},
        {RESPONSES(", \"wide_holds\": \"x\""), "$.wide_holds"},
        {RESPONSES(", \"items\": []"), "$.items"},
        {RESPONSES(", \"items\": {\"Q1\": {\"colour\": 1}}"), "$.items.Q1.colour"},
        {RESPONSES(", \"items\": {\"Q1\": {\"competencies\": [{\"competency\": \"a\", \"weight\": 2}]}}"), "$.items.Q1.competencies"},
        {RESPONSES(", \"items\": {\"Q1\": {\"options\": {\"A\": 1}}}"), "$.items.Q1.options"},
        {RESPONSES(", \"misconceptions\": {\"a\": 1}"), "$.misconceptions"},
        {RESPONSES(", \"assessment\": {\"id\": \"a\"}"), "$.assessment.title"},
        {RESPONSES(", \"assessment\": {\"id\": \"a\", \"title\": \"T\", \"kind\": \"oral\"}"), "$.assessment.kind"},
        {RESPONSES(", \"assessment\": {\"id\": \"a\", \"title\": \"T\", \"on\": \"today\"}"), "$.assessment.on"},
        {RESPONSES(", \"assessment\": {\"id\": \"a\", \"title\": \"T\", \"colour\": \"red\"}"), "$.assessment.colour"},
        {RESPONSES(", \"colour\": \"red\""), "$.colour"},
        {RESPONSES(", \"a b\": \"red\""), "$, a member of another name"},
        {"{\"kind\": \"attendance\", \"columns\": {\"learner\": 1, \"from\": 2, \"until\": 3, \"days\": 4}}", "$.columns.share"},
        {"{\"kind\": \"needs\", \"columns\": {\"learner\": 1}}", "$.columns.text"},
        {"{\"kind\": \"needs\", \"columns\": {\"learner\": 1, \"text\": 2}, \"items\": {}}", "$.items"},
        {"{\"kind\": \"goals\", \"columns\": {\"learner\": 1}}", "$.columns.statement"}};
    for (size_t i = 0; i < COUNT(cases); i++) {
        pz__csv_mapping mapping;
        char place[100];
        ck_assert_msg(pz__csv_mapping_read(&mapping, cases[i].mapping, PZ_NUL_TERMINATED) == PZ_E_INVALID, "%s", cases[i].mapping);
        snprintf(place, sizeof place, "The mapping at %s: ", cases[i].place);
        ck_assert_msg(!strncmp(pz_last_error()->message, place, strlen(place)), "%s: %s", cases[i].mapping, pz_last_error()->message);
        pz__csv_mapping_free(&mapping);
    }
    ck_assert_int_eq(pz_memory_blocks(), 0);
}
END_TEST

START_TEST(refuses_what_is_no_json)
{
    pz__csv_mapping mapping;
    ck_assert_status(pz__csv_mapping_read(&mapping, "{\"kind\": ", PZ_NUL_TERMINATED), PZ_E_FORMAT);
    ck_assert_str_eq(pz_last_error()->field, "mapping");
    ck_assert_ptr_nonnull(strstr(pz_last_error()->message, "line 1, column "));
    pz__csv_mapping_free(&mapping);
    ck_assert_status(pz__csv_mapping_read(&mapping, NULL, 0), PZ_E_INVALID);
    pz__csv_mapping_free(&mapping);
}
END_TEST

/* ------------------------------------------------------------------------------------------------------- rows --- */

typedef struct reading {
    pz__import import;
    pz__csv_mapping mapping;
    pz__csv_rows *rows;
    char *path;
} reading;

static void start_reading(reading *read, const char *mapping, const char *text, int32_t mode)
{
    pz_import_options options = PZ_IMPORT_OPTIONS_INIT;
    options.mode = mode;
    read->path = save_text(text, strlen(text));
    ck_assert_ok(pz__import_start(&read->import, "csv", &options));
    ck_assert_ok(pz__csv_mapping_read(&read->mapping, mapping, PZ_NUL_TERMINATED));
    ck_assert_ok(pz__csv_rows_open(&read->import, &read->mapping, read->path, &read->rows));
}

/* Ends it; *out_report, unless NULL, gets the report. */
static void end_reading(reading *read, report *out_report)
{
    char *json;
    pz__csv_rows_free(read->rows);
    ck_assert_ok(pz__import_report(&read->import, PZ_OK, &json));
    if (out_report)
        *out_report = report_read(json);
    else
        pz_free(json);
    pz__import_free(&read->import);
    pz__csv_mapping_free(&read->mapping);
    remove(read->path);
    free(read->path);
}

static void want_text(const pz__csv_mapped *row, pz__csv_target target, const char *wanted)
{
    const pz__csv_cell *cell = &row->cells[target];
    ck_assert_msg(cell->is_set && cell->length == strlen(wanted) && !memcmp(cell->text, wanted, cell->length), "%s is %.*s, wanted %s",
                  pz__csv_targets[target].name, (int)cell->length, cell->text, wanted);
}

START_TEST(reads_what_spreadsheets_write)
{
    static const char mapping[] = "{\"kind\": \"responses\", \"decimal\": \",\", \"date\": \"D.M.YYYY hh:mm\", \"skip_rows\": 1, "
                                  "\"columns\": {\"learner\": \"Schüler Nr\", "
                                  "\"item\": 2, \"competency\": {\"column\": \"comp\", \"split\": \"|\"}, \"score\": {\"column\": "
                                  "\"richtig\", \"map\": {\"ja\": \"1\", "
                                  "\"nein\": \"0\", \"halb\": \"0,5\"}, \"else\": null}, \"at\": \"wann\", \"weight\": {\"value\": "
                                  "\"0,5\"}, \"question\": {\"column\": \"q\", "
                                  "\"default\": \"none\"}}}";
    static const char text[] = "\xEF\xBB\xBF"
                               "Export vom 1.9.2026;;\r\n schüler nr ;Item;comp;richtig;wann;q\r\n"
                               "s1;\"a \"\"b\"\"\";A|B;ja;1.9.2026 08:05;\"zwei\r\nZeilen\"\r\n\r\n"
                               "s2;b;A;halb;13.12.2026 18:30;\r\ns3;b;A;krank;13.12.2026 18:30;\r\n";
    reading read;
    pz__csv_mapped *row;
    report found;
    start_reading(&read, mapping, text, PZ_IMPORT_STRICT);
    ck_assert_ptr_nonnull(read.rows);
    ck_assert_ok(pz__csv_rows_next(read.rows, &row));
    ck_assert(row->is_usable && !row->is_passed);
    want_text(row, PZ__CSV_LEARNER, "s1");
    want_text(row, PZ__CSV_ITEM, "a \"b\"");
    want_text(row, PZ__CSV_QUESTION, "zwei\r\nZeilen");
    ck_assert(row->cells[PZ__CSV_SCORE].real == 1 && row->cells[PZ__CSV_WEIGHT].real == 0.5);
    ck_assert(row->cells[PZ__CSV_AT].time == (pz_time)1788249900 * 1000000);
    ck_assert_int_eq(row->line, 3);
    ck_assert_ok(pz__csv_rows_next(read.rows, &row));
    ck_assert_int_eq(row->line, 6);
    ck_assert(row->cells[PZ__CSV_SCORE].real == 0.5);
    want_text(row, PZ__CSV_QUESTION, "none");
    ck_assert_ok(pz__csv_rows_next(read.rows, &row));
    ck_assert(row->is_passed);
    ck_assert_ok(pz__csv_rows_next(read.rows, &row));
    ck_assert_ptr_null(row);
    end_reading(&read, &found);
    ck_assert_msg(report_faults(&found) == 0, "%s", found.text);
    report_free(&found);
}
END_TEST

START_TEST(tells_faults_by_line_and_column)
{
    static const char mapping[] =
        "{\"kind\": \"attendance\", \"columns\": {\"learner\": \"who\", \"from\": \"from\", \"until\": \"until\", \"share\": \"share\", "
        "\"visibility\": \"seen\", \"text\": {\"column\": \"text\", \"map\": {\"a\": \"A\"}}}}";
    static const struct {
        const char *row, *code, *field;
        int column;
    } cases[] = {{",2026-01-01,2026-02-01,0.5,school,a", "row.missing_required_value", "learner", 1},
                 {"s,2026-02-30,2026-02-01,0.5,school,a", "row.invalid_date", "from", 2},
                 {"s,1/2/2026,2026-02-01,0.5,school,a", "row.invalid_date", "from", 2},
                 {"s,2026-01-01,2026-02-01,\"0,5\",school,a", "row.invalid_float", "share", 4},
                 {"s,2026-01-01,2026-02-01,1.5,school,a", "row.value_out_of_range", "share", 4},
                 {"s,2026-01-01,2026-02-01,0.5,nobody,a", "row.invalid_enum", "visibility", 5},
                 {"s,2026-01-01,2026-02-01,0.5,school,b", "row.unmapped_value", "text", 6},
                 {"s\x01,2026-01-01,2026-02-01,0.5,school,a", "row.control_character", "learner", 1},
                 {"s,2026-01-01,2026-02-01,0.5,school", "table.row_width_mismatch", NULL, 5},
                 {"s,2026-01-01,2026-02-01,0.5,school,a,b", "table.row_width_mismatch", NULL, 7},
                 {"s,2026-01-01,2026-02-01,0\".5,school,a", "csv.unescaped_quote", NULL, 4}};
    for (size_t i = 0; i < COUNT(cases); i++)
        for (int mode = PZ_IMPORT_STRICT; mode <= PZ_IMPORT_LENIENT; mode++) {
            char text[300];
            reading read;
            pz__csv_mapped *row;
            report found;
            const pz__json_value *fault;
            snprintf(text, sizeof text, "who,from,until,share,seen,text\ngood,2026-01-01,2026-02-01,1,School,a\n%s\n", cases[i].row);
            start_reading(&read, mapping, text, mode);
            ck_assert_ok(pz__csv_rows_next(read.rows, &row));
            ck_assert(row->is_usable && row->cells[PZ__CSV_VISIBILITY].number == 5);
            ck_assert_ok(pz__csv_rows_next(read.rows, &row));
            ck_assert(!row || !row->is_usable || (!cases[i].field && mode == PZ_IMPORT_LENIENT));
            end_reading(&read, &found);
            fault = report_fault(&found, cases[i].code, cases[i].field);
            ck_assert_msg(fault != NULL, "%s: %s", cases[i].code, found.text);
            ck_assert_int_eq(report_number(fault, "line"), 3);
            ck_assert_int_eq(report_number(fault, "column"), cases[i].column);
            ck_assert_str_eq(report_text(fault, "severity"), mode == PZ_IMPORT_STRICT ? "fatal" : "tolerated");
            report_free(&found);
        }
}
END_TEST

START_TEST(matches_columns)
{
    static const struct {
        const char *header, *code;
    } cases[] = {{"who,item,comp,score", NULL},
                 {"\" WHO \",Item,COMP,Score", NULL},
                 {"who,item,comp", "mapping.missing_column"},
                 {"who,who,item,comp,score", "mapping.ambiguous_column"},
                 {"WHO,Who,item,comp,score", "mapping.ambiguous_column"},
                 {"who,Who,item,comp,score", NULL},
                 {"", "table.missing_header"},
                 {"\xFF\xFEw", "csv.utf16"}};
    for (size_t i = 0; i < COUNT(cases); i++) {
        reading read;
        report found;
        start_reading(&read, RESPONSES(""), cases[i].header, PZ_IMPORT_LENIENT);
        ck_assert_int_eq(read.rows == NULL, cases[i].code != NULL);
        end_reading(&read, &found);
        ck_assert(cases[i].code ? report_fault(&found, cases[i].code, NULL) != NULL : report_faults(&found) == 0);
        report_free(&found);
    }
}
END_TEST

/* What ends a file before its first row is the one fault that it has. */
START_TEST(tells_why_there_is_no_header_once)
{
    static const char passing[] = "{\"kind\": \"needs\", \"skip_rows\": 2, \"columns\": {\"learner\": 1, \"text\": 2}}";
    enum { COLUMNS = 1000000 };
    char *wide = malloc(COLUMNS + 1);
    memset(wide, ',', COLUMNS);
    wide[COLUMNS] = '\0';
    const struct {
        const char *mapping, *text, *code;
    } cases[] = {{RESPONSES(""), wide, "csv.too_many_columns"}, {RESPONSES(""), "\"who,item,comp,score\n", "csv.unclosed_quote"},
                 {RESPONSES(""), "\xFF\xFEw", "csv.utf16"},     {RESPONSES(""), "\r\n", "table.missing_header"},
                 {passing, "a,b\n", "table.missing_header"},    {passing, "\"a", "csv.unclosed_quote"}};
    for (size_t i = 0; i < COUNT(cases); i++)
        for (int mode = PZ_IMPORT_STRICT; mode <= PZ_IMPORT_LENIENT; mode++) {
            reading read;
            report found;
            start_reading(&read, cases[i].mapping, cases[i].text, mode);
            ck_assert_ptr_null(read.rows);
            end_reading(&read, &found);
            ck_assert_msg(report_faults(&found) == 1 && report_fault(&found, cases[i].code, NULL), "%s: %s", cases[i].code, found.text);
            report_free(&found);
        }
    free(wide);
}
END_TEST

START_TEST(reads_a_column_for_each_item)
{
    static const char mapping[] =
        "{\"kind\": \"responses\", \"columns\": {\"learner\": \"who\"}, \"wide\": [\"Q1\", \"Q3\"], \"wide_holds\": \"choice\", "
        "\"items\": {\"Q1\": {\"competencies\": [\"A\"], \"correct\": \"B\"}}}";
    reading read;
    pz__csv_mapped *row;
    start_reading(&read, mapping, "who,Q1,Q2,Q3\ns1,A,x,B\ns2,,x,C\n", PZ_IMPORT_STRICT);
    ck_assert_ok(pz__csv_rows_next(read.rows, &row));
    want_text(row, PZ__CSV_ITEM, "Q1");
    want_text(row, PZ__CSV_CHOICE, "A");
    ck_assert_ok(pz__csv_rows_next(read.rows, &row));
    want_text(row, PZ__CSV_ITEM, "Q3");
    want_text(row, PZ__CSV_CHOICE, "B");
    ck_assert_ok(pz__csv_rows_next(read.rows, &row));
    want_text(row, PZ__CSV_LEARNER, "s2");
    want_text(row, PZ__CSV_CHOICE, "C");
    ck_assert_ok(pz__csv_rows_next(read.rows, &row));
    ck_assert_ptr_null(row);
    end_reading(&read, NULL);
}
END_TEST

START_TEST(reads_without_a_header)
{
    static const char mapping[] =
        "{\"kind\": \"needs\", \"header\": false, \"delimiter\": \"|\", \"columns\": {\"learner\": 1, \"text\": 2}}";
    reading read;
    pz__csv_mapped *row;
    start_reading(&read, mapping, "s1|more time\ns2|glasses\n", PZ_IMPORT_STRICT);
    ck_assert_ok(pz__csv_rows_next(read.rows, &row));
    want_text(row, PZ__CSV_TEXT, "more time");
    ck_assert_ok(pz__csv_rows_next(read.rows, &row));
    want_text(row, PZ__CSV_TEXT, "glasses");
    ck_assert_ok(pz__csv_rows_next(read.rows, &row));
    ck_assert_ptr_null(row);
    end_reading(&read, NULL);
}
END_TEST

START_TEST(reads_days_by_pattern)
{
    static const struct {
        const char *pattern, *text, *day;
    } cases[] = {{"D.M.YYYY", "1.9.2026", "2026-09-01"},
                 {"DD/MM/YYYY", "01/09/2026", "2026-09-01"},
                 {"MM/DD/YYYY", "01/09/2026", "2026-01-09"},
                 {"DD/MM/YYYY", "1/9/2026", NULL},
                 {"YYYYMMDD", "20260901", "2026-09-01"},
                 {"D.M.YYYY", "31.4.2026", NULL},
                 {"D.M.YYYY", "1.9.2026 ", NULL},
                 {"D.M.YYYY", "1.9.26", NULL},
                 {"YYYY-MM-DD hh:mm:ss", "2026-09-01 23:59:59", "2026-09-01"},
                 {"YYYY-MM-DD hh:mm", "2026-09-01 24:00", NULL},
                 {NULL, "2026-09-01", "2026-09-01"},
                 {NULL, "2026-09-01T23:30:00-01:00", "2026-09-02"},
                 {NULL, "01.09.2026", NULL}};
    for (size_t i = 0; i < COUNT(cases); i++) {
        pz_date date;
        pz_time of_day, time;
        int has_time;
        char text[11];
        int is_read = pz__csv_when(cases[i].text, strlen(cases[i].text), cases[i].pattern, &date, &of_day, &has_time, &time);
        ck_assert_msg(is_read == (cases[i].day != NULL), "%s", cases[i].text);
        if (!is_read) continue;
        ck_assert_ok(pz_date_format(date, text, sizeof text));
        ck_assert_str_eq(text, cases[i].day);
    }
    ck_assert(!pz__csv_pattern_is_sound("D.M") && !pz__csv_pattern_is_sound("DD.D.M.YYYY") && !pz__csv_pattern_is_sound("D.M.YYYY hh"));
    ck_assert(pz__csv_pattern_is_sound("D.M.YYYY hh:mm"));
}
END_TEST

START_TEST(guesses_delimiters)
{
    static const struct {
        const char *text;
        char delimiter;
    } cases[] = {{"a,b", ','}, {"a;b;c,d", ';'}, {"a\tb", '\t'}, {"a|b", '|'}, {"\"a,b,c\";d", ';'}, {"a\nb;c", ','}, {"", ','}};
    for (size_t i = 0; i < COUNT(cases); i++)
        ck_assert_int_eq(pz__csv_guess_delimiter(cases[i].text, strlen(cases[i].text)), cases[i].delimiter);
}
END_TEST

/* ----------------------------------------------------------------------------------------------- suggestions --- */

static report suggest(const char *text, const char *kind)
{
    char *path = save_text(text, strlen(text)), *json;
    ck_assert_ok(pz_csv_mapping_suggest(path, kind, &json));
    remove(path);
    free(path);
    return report_read(json);
}

static int is_unsure(const report *read, const char *about)
{
    for (const pz__json_value *one = pz__json_first(pz__json_member(read->root, "unsure")); one; one = pz__json_next(one))
        if (!strcmp(report_text(one, "about"), about)) return 1;
    return 0;
}

START_TEST(suggests_mappings)
{
    report read = suggest("Student ID;Item;Standard;Score;Max Score;Answered at\ns1;Q1;A;1,5;2;13.9.2026\ns1;Q2;A;2;2;14.9.2026\n", NULL);
    const pz__json_value *columns = pz__json_member(read.root, "columns");
    ck_assert_str_eq(report_text(read.root, "kind"), "responses");
    ck_assert_str_eq(report_text(read.root, "delimiter"), ";");
    ck_assert_str_eq(report_text(columns, "learner"), "Student ID");
    ck_assert_str_eq(report_text(columns, "competency"), "Standard");
    ck_assert_str_eq(report_text(pz__json_member(columns, "score"), "decimal"), ",");
    ck_assert_str_eq(report_text(columns, "max"), "Max Score");
    ck_assert_str_eq(report_text(pz__json_member(columns, "at"), "date"), "D.M.YYYY");
    ck_assert(is_unsure(&read, "kind") && !is_unsure(&read, "at") && !is_unsure(&read, "score"));
    report_free(&read);
    read = suggest("Pupil,Interest noted,Date\nx,chess,3/4/2026\n", "interests");
    ck_assert(is_unsure(&read, "on") && is_unsure(&read, "text") && !is_unsure(&read, "kind"));
    report_free(&read);
    read = suggest("a,b\n1,2\n", "responses");
    ck_assert(is_unsure(&read, "learner") && is_unsure(&read, "competency"));
    report_free(&read);
    read = suggest("student,days enrolled,days absent,begin date,end date\ns,90,3,2026-01-01,2026-05-01\n", NULL);
    ck_assert_str_eq(report_text(read.root, "kind"), "attendance");
    report_free(&read);
}
END_TEST

/* The column that is given for a value: its name, its number as text, or "" for none. */
static const char *column_for(const report *read, const char *target)
{
    static char number[24];
    const pz__json_value *given = pz__json_member(pz__json_member(read->root, "columns"), target),
                         *inner = pz__json_member(given, "column");
    int64_t place;
    if (inner) given = inner;
    if (pz__json_as_text(given)) return pz__json_as_text(given);
    if (!pz__json_as_int(given, &place)) return "";
    snprintf(number, sizeof number, "%d", (int)place);
    return number;
}

/* "a|b|c" of a list of texts and numbers. */
static const char *joined(const pz__json_value *list)
{
    static char text[400];
    size_t length = 0;
    text[0] = '\0';
    for (const pz__json_value *one = pz__json_first(list); one; one = pz__json_next(one)) {
        int64_t number = 0;
        const char *bar = length ? "|" : "";
        if (pz__json_as_text(one))
            length += (size_t)snprintf(text + length, sizeof text - length, "%s%s", bar, pz__json_as_text(one));
        else if (pz__json_as_int(one, &number))
            length += (size_t)snprintf(text + length, sizeof text - length, "%s%d", bar, (int)number);
    }
    return text;
}

static const char *unsure_about(const report *read)
{
    static char text[400];
    size_t length = 0;
    text[0] = '\0';
    for (const pz__json_value *one = pz__json_first(pz__json_member(read->root, "unsure")); one; one = pz__json_next(one))
        length += (size_t)snprintf(text + length, sizeof text - length, "%s%s", length ? "|" : "", report_text(one, "about"));
    return text;
}

/* clang-format off: one case, one line */
static const struct {
    const char *text, *kind, *wanted_kind, *columns, *wide, *ignored, *unsure;
} headers[] = {
    {"Student ID,Question,Standard,Points,Out of,Date\ns1,Q1,A,3,4,2026-09-01\n", NULL, "responses",
     "learner=Student ID|item=Question|competency=Standard|score=Points|max=Out of|at=Date", "", "", "kind"},
    {"Student ID,Item,Question,Standard,Points\ns1,Q1,Which is larger?,A,1\n", "responses", "responses", "item=Item|question=Question", "",
     "", ""},
    {"Student ID,Question,Standard,Score\ns1,Which is larger?,A,1\n", "responses", "responses", "item=Question", "", "", "item"},
    {"StudentID,Q1,Q2,Q3\ns1,1,0,1\n", NULL, "responses", "learner=StudentID|item=|score=|choice=", "Q1|Q2|Q3", "", "kind|competency|wide"},
    {"StudentID;Q1;Q2\ns1;0,5;1,5\n", "responses", "responses", "learner=StudentID", "Q1|Q2", "", "competency|wide|max"},
    {"StudentID,Item 1,Item 2,Total score\ns1,A,C,1\n", "responses", "responses", "score=|choice=", "Item 1|Item 2", "Total score",
     "competency|wide|items"},
    {"StudentID,Item,Skill,Score,Q1,Q2\ns1,A,C,1,1,1\n", "responses", "responses", "item=Item|score=Score", "", "Q1|Q2", ""},
    {"StudentID,Q1,Q1\ns1,1,1\n", "responses", "responses", "learner=StudentID", "", "2|3", "item|competency|score"},
    {"student,item,skill\ns,i,a\n", NULL, "responses", "learner=student|item=item|competency=skill", "", "", "kind|score"},
    {"student,item,skill,answer\ns,i,a,B\n", "responses", "responses", "choice=answer", "", "", "correct_choice"},
    {"student,present,absent,from,until\ns,80,2,2026-01-01,2026-05-01\n", NULL, "attendance", "days_present=present|days_absent=absent", "",
     "", "kind|share"},
    {"student,days,from,until\ns,80,2026-01-01,2026-05-01\n", "attendance", "attendance", "days=days", "", "", "share"},
    {"student,attendance rate,from,until\ns,97,2026-01-01,2026-05-01\n", "attendance", "attendance", "share=attendance rate", "", "",
     "share"},
    {"student,days,absent\ns,80,1\n", "attendance", "attendance", "days=days|days_absent=absent", "", "", "from|until"},
    {"student,days,absent,from,until\ns,80,1,1/2/26,3/4/26\n", "attendance", "attendance", "from=from", "", "", "from|from|until|until"},
    {"Student ID,Interest\ns1,Building kites\ns2,chess\n", NULL, "interests", "text=Interest|code=", "", "", "kind"},
    {"Student ID,Interest\ns1,kites-1\ns2,chess.2\n", NULL, "interests", "text=|code=Interest", "", "", "kind"},
    {"Student ID,Interest,In own words\ns1,INT1,I like kites\n", "interests", "interests", "text=In own words|code=Interest", "", "", ""},
    {"Student ID,Need\ns1,More time\n", NULL, "needs", "text=Need", "", "", "kind"},
    {"Student ID,Support,Description\ns1,Glasses,Reads better\n", NULL, "supports", "text=Support", "", "Description", "kind"},
    {"Student ID,Code\ns1,some words\n", "needs", "needs", "code=Code|text=", "", "", ""},
    {"Student ID,Colour\ns1,red\n", "needs", "needs", "text=|code=", "", "Colour", "text"},
    {"Student ID,Test,Scale Score,Taken on,Gender\ns1,MAP,210,2026-09-01,f\n", NULL, "test_scores",
     "scale=Test|value=Scale Score|on=Taken on", "", "Gender", "kind"},
    {"Student ID,Test,Question,Standard,Score,Taken on\ns1,T,Q,A,1,2026-09-01\n", NULL, "responses", "at=Taken on", "", "Test", "kind"},
    {"score,student,score,\n1,s,2,\n", "test_scores", "test_scores", "learner=student|value=1", "", "3|4", "scale|value"},
    {"Matr\xC3\xAD"
     "cula,Reactivo,Est\xC3\xA1ndar,Puntuaci\xC3\xB3n,M\xC3\xA1ximo,Fecha\ns,q,a,1,2,2026-09-01\n",
     NULL, "responses",
     "learner=Matr\xC3\xAD"
     "cula|item=Reactivo|competency=Est\xC3\xA1ndar|score=Puntuaci\xC3\xB3n|max=M\xC3\xA1ximo|at=Fecha",
     "", "", "kind"},
    {"Alumno,Asistencias,Faltas,D\xC3\xAD"
     "as,Desde,Hasta\ns,1,2,3,2026-09-01,2026-10-01\n",
     NULL, "attendance",
     "learner=Alumno|days_present=Asistencias|days_absent=Faltas|days=D\xC3\xAD"
     "as|from=Desde|until=Hasta",
     "", "", "kind"},
    {"Estudiante,Inter\xC3\xA9s\ns,volar cometas\n", NULL, "interests", "learner=Estudiante|text=Inter\xC3\xA9s", "", "", "kind"},
    {"Estudiante,Meta,Motivo,Fecha l\xC3\xADmite\ns,leer,me gusta,2026-10-01\n", NULL, "goals",
     "statement=Meta|reason=Motivo|due=Fecha l\xC3\xADmite", "", "", "kind"},
    {"Aluno,Quest\xC3\xA3o,Habilidade,Pontos,Data\ns,q,a,1,2026-09-01\n", NULL, "responses",
     "learner=Aluno|item=Quest\xC3\xA3o|competency=Habilidade|score=Pontos", "", "", "kind"},
    {"\xC3\x89l\xC3\xA8ve,Exercice,Comp\xC3\xA9tence,Points\ns,q,a,1\n", NULL, "responses",
     "learner=\xC3\x89l\xC3\xA8ve|item=Exercice|competency=Comp\xC3\xA9tence|score=Points", "", "", "kind"},
    {"Sch\xC3\xBCler,Aufgabe,Kompetenz,Punkte\ns,q,a,1\n", NULL, "responses",
     "learner=Sch\xC3\xBCler|item=Aufgabe|competency=Kompetenz|score=Punkte", "", "", "kind"},
    {"x,y\n1,2\n", NULL, "responses", "learner=|item=", "", "x|y", "kind|learner|item|competency|score"},
};
/* clang-format on */

START_TEST(suggests_what_the_header_says)
{
    report read = suggest(headers[_i].text, headers[_i].kind);
    char *wanted = strdup(headers[_i].columns), *rest = wanted, *one;
    ck_assert_str_eq(report_text(read.root, "kind"), headers[_i].wanted_kind);
    while ((one = strsep(&rest, "|")) != NULL) {
        char *value = strchr(one, '=');
        *value++ = '\0';
        ck_assert_msg(!strcmp(column_for(&read, one), value), "%s: wanted %s: %s", one, value, read.text);
    }
    ck_assert_msg(!strcmp(joined(pz__json_member(read.root, "wide")), headers[_i].wide), "%s", read.text);
    ck_assert_msg(!strcmp(joined(pz__json_member(read.root, "ignored")), headers[_i].ignored), "%s", read.text);
    ck_assert_msg(!strcmp(unsure_about(&read), headers[_i].unsure), "%s: %s", unsure_about(&read), read.text);
    free(wanted);
    report_free(&read);
}
END_TEST

/* The suggestion as a person would settle it: "unsure" gone, and the first column for each value that it says is missing. */
static char *settled(const report *read)
{
    const char *columns = strstr(read->text, "\"columns\":{") + strlen("\"columns\":{"), *end = strstr(read->text, ",\"unsure\":[");
    char *text = malloc(strlen(read->text) + 2000), *at = text;
    int is_empty = *columns == '}';
    if (!end) end = read->text + strlen(read->text) - 1;
    at += sprintf(at, "%.*s", (int)(columns - read->text), read->text);
    for (const pz__json_value *one = pz__json_first(pz__json_member(read->root, "unsure")); one; one = pz__json_next(one)) {
        const char *about = report_text(one, "about");
        int is_target = 0;
        ck_assert(strlen(report_text(one, "why")) > 20);
        for (int i = 0; i < PZ__CSV_TARGETS; i++) is_target |= !strcmp(pz__csv_targets[i].name, about);
        if (!is_target || *column_for(read, about)) continue;
        at += sprintf(at, "\"%s\":1%s", about, is_empty && !pz__json_next(one) ? "" : ",");
    }
    if (is_empty && at[-1] == ',') at--;
    sprintf(at, "%.*s}", (int)(end - columns), columns);
    return text;
}

/* One and only one of columns, wide and ignored has each column of the header. */
static size_t columns_told(const report *read)
{
    return pz__json_size(pz__json_member(read->root, "columns")) + pz__json_size(pz__json_member(read->root, "wide")) +
           pz__json_size(pz__json_member(read->root, "ignored"));
}

static void add_random_header(char *text, size_t *length, pz__random *random, int columns, const char *delimiter)
{
    static const char *const parts[] = {"Student",
                                        "ID",
                                        "Item",
                                        "Question",
                                        "Q1",
                                        "Q2",
                                        "Q3",
                                        "score",
                                        "Score",
                                        "Points",
                                        "Out of",
                                        "max",
                                        "Standard",
                                        "skill",
                                        "answer",
                                        "correct",
                                        "choice",
                                        "from",
                                        "until",
                                        "days",
                                        "present",
                                        "absent",
                                        "rate",
                                        "Interest",
                                        "Need",
                                        "Support",
                                        "text",
                                        "comment",
                                        "code",
                                        "goal",
                                        "why",
                                        "due",
                                        "date",
                                        "Test",
                                        "scale score",
                                        "Taken on",
                                        "",
                                        " ",
                                        "\"a,b\"",
                                        "\"say \"\"x\"\"\"",
                                        "Alumno",
                                        "Pregunta",
                                        "Puntos",
                                        "Fecha",
                                        "Aluno",
                                        "Nota",
                                        "Desde",
                                        "Sch\xC3\xBCler",
                                        "Note",
                                        "\xE5\xAD\xA6\xE7\x94\x9F",
                                        "columns",
                                        "unsure",
                                        "\"\"\"unsure\"\":[\"",
                                        "1",
                                        "2",
                                        "item 1",
                                        "item 2",
                                        "-",
                                        "topic",
                                        "\"two\nlines\""};
    for (int i = 0; i < columns; i++) {
        *length += (size_t)sprintf(text + *length, "%s%s", i ? delimiter : "", parts[pz__random_below(random, COUNT(parts))]);
        if (pz__random_below(random, 6) == 0 && *length > 0 && text[*length - 1] != '"') *length += (size_t)sprintf(text + *length, " No");
    }
    text[(*length)++] = '\n';
}

static void add_random_row(char *text, size_t *length, pz__random *random, int columns, const char *delimiter)
{
    static const char *const values[] = {"s1", "1", "0.5", "\"0,5\"", "A", "two words", "2026-09-01", "1/2/2026", "13.9.2026", "", "x-1"};
    for (int i = 0; i < columns; i++)
        *length += (size_t)sprintf(text + *length, "%s%s", i ? delimiter : "", values[pz__random_below(random, COUNT(values))]);
    text[(*length)++] = '\n';
}

/* Whatever the header: the suggestion can be used as it stands, or it names all that it lacks; and no column is passed over in silence. */
START_TEST(suggestions_name_all_that_is_missing)
{
    pz__random random;
    pz__random_seed(&random, suite_seed());
    for (int round = 0; round < 3000; round++) {
        static const char *const delimiters[] = {",", ";", "\t", "|"};
        char text[8000], *mapping;
        const char *delimiter = delimiters[pz__random_below(&random, 4)];
        const char *kind = pz__random_below(&random, 2) ? pz__csv_kinds[pz__random_below(&random, 12)].name : NULL;
        int columns = 1 + (int)pz__random_below(&random, 12);
        size_t length = 0;
        report read, found;
        reading tried;
        add_random_header(text, &length, &random, columns, delimiter);
        for (int row = (int)pz__random_below(&random, 3); row > 0; row--) add_random_row(text, &length, &random, columns, delimiter);
        text[length] = '\0';
        if (text[0] == '\n') continue; /* an empty file */
        read = suggest(text, kind);
        mapping = settled(&read);
        if (!pz__json_member(read.root, "unsure")) ck_assert_str_eq(mapping, read.text);
        start_reading(&tried, mapping, text, PZ_IMPORT_LENIENT);
        ck_assert_msg(tried.rows != NULL, "round %d: %s: %s", round, text, mapping);
        ck_assert_msg(columns_told(&read) == (size_t)columns, "round %d: %s: %s", round, text, mapping);
        end_reading(&tried, &found);
        ck_assert_msg(report_faults(&found) == 0, "round %d: %s: %s: %s", round, text, mapping, found.text);
        report_free(&found);
        report_free(&read);
        free(mapping);
    }
}
END_TEST

START_TEST(suggestions_check_arguments)
{
    char *json = (char *)1, *path = save_text("", 0);
    ck_assert_status(pz_csv_mapping_suggest(path, NULL, NULL), PZ_E_INVALID);
    ck_assert_status(pz_csv_mapping_suggest(NULL, NULL, &json), PZ_E_INVALID);
    ck_assert_ptr_null(json);
    ck_assert_status(pz_csv_mapping_suggest(path, "pets", &json), PZ_E_INVALID);
    ck_assert_status(pz_csv_mapping_suggest(path, NULL, &json), PZ_E_FORMAT);
    ck_assert_status(pz_csv_mapping_suggest("/nowhere", NULL, &json), PZ_E_IO);
    remove(path);
    free(path);
}
END_TEST

static pz_status suggest_body(void *user_data)
{
    char *json;
    pz_status status = pz_csv_mapping_suggest(user_data, NULL, &json);
    pz_free(json);
    return status;
}

START_TEST(suggestions_survive_failing_memory)
{
    static const char text[] = "Student ID;Item;Standard;Score;Answered at\ns1;Q1;A;1,5;13.9.2026\n";
    char *path = save_text(text, strlen(text));
    ck_assert_int_gt(suite_each_allocation(suggest_body, path), 5);
    remove(path);
    free(path);
}
END_TEST

static Suite *make_suite(void)
{
    Suite *suite = suite_create("csv_mapping");
    TCase *test = tcase_create("mapping");
    tcase_add_test(test, refuses_unsound_mappings);
    tcase_add_test(test, refuses_what_is_no_json);
    tcase_add_test(test, reads_what_spreadsheets_write);
    tcase_add_test(test, tells_faults_by_line_and_column);
    tcase_add_test(test, matches_columns);
    tcase_add_test(test, tells_why_there_is_no_header_once);
    tcase_add_test(test, reads_a_column_for_each_item);
    tcase_add_test(test, reads_without_a_header);
    tcase_add_test(test, reads_days_by_pattern);
    tcase_add_test(test, guesses_delimiters);
    tcase_add_test(test, suggests_mappings);
    tcase_add_loop_test(test, suggests_what_the_header_says, 0, (int)COUNT(headers));
    tcase_add_test(test, suggestions_name_all_that_is_missing);
    tcase_add_test(test, suggestions_check_arguments);
    tcase_add_test(test, suggestions_survive_failing_memory);
    suite_add_tcase(suite, test);
    return suite;
}

SUITE_MAIN(make_suite)
