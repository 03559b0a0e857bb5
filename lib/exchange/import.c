#include "exchange/import.h"

#include <string.h>

#include "base/fail.h"
#include "base/text.h"

enum { MOST_FAULTS = 100000, MOST_ROWS = 100000000 };

/* ------------------------------------------------------------------------------------------------- options --- */

static pz_status check_range(const char *name, int32_t value, int32_t least, int32_t most)
{
    if (value >= least && value <= most) return PZ_OK;
    return pz__fail(PZ_E_INVALID, name, NULL, "The option %s is %d; it must be from %d to %d.", name, (int)value, (int)least, (int)most);
}

static pz_status check_options(pz_import_options *options)
{
    PZ__TRY(check_range("mode", options->mode, PZ_IMPORT_STRICT, PZ_IMPORT_LENIENT));
    PZ__TRY(check_range("dry_run", options->dry_run, 0, 1));
    PZ__TRY(check_range("demographics", options->demographics, 0, 1));
    PZ__TRY(check_range("gone_percent_max", options->gone_percent_max, 0, 100));
    PZ__TRY(check_range("faults_max", options->faults_max, 1, MOST_FAULTS));
    PZ__TRY(check_range("rows_max", options->rows_max, 1, MOST_ROWS));
    PZ__TRY(pz__text_check(options->source, options->source_len, (size_t)pz_limit(PZ_LIMIT_ID_TEXT), "source", &options->source_len));
    if (!options->source) options->source = "";
    return PZ_OK;
}

pz_status pz__import_start(pz__import *import, const char *format, const pz_import_options *options)
{
    static const pz_import_options initial = PZ_IMPORT_OPTIONS_INIT;
    memset(import, 0, sizeof *import);
    import->options = initial;
    if (options) {
        if (options->struct_size < sizeof initial)
            return pz__fail(PZ_E_STRUCT_SIZE, "options", "Begin the options with PZ_IMPORT_OPTIONS_INIT.",
                            "The options have a struct_size of %u; the first version has %u.", options->struct_size,
                            (unsigned)sizeof initial);
        import->options = *options;
    }
    PZ__TRY(check_options(&import->options));
    import->format = format;
    import->done_to = 1;
    pz__faults_start(&import->faults, import->options.faults_max);
    return PZ_OK;
}

void pz__import_free(pz__import *import)
{
    pz__faults_free(&import->faults);
}

int pz__import_is_strict(const pz__import *import)
{
    return import->options.mode == PZ_IMPORT_STRICT;
}

/* ------------------------------------------------------------------------------------------------- progress --- */

void pz__import_step(pz__import *import, double from, double to)
{
    import->done_from = from;
    import->done_to = to;
}

pz_status pz__import_progress(pz__import *import, double done)
{
    if (!import->options.progress) return PZ_OK;
    if (done < 0) done = 0;
    if (done > 1) done = 1;
    done = import->done_from + done * (import->done_to - import->done_from);
    if (import->options.progress(done, import->options.progress_data) == PZ_OK) return PZ_OK;
    return pz__fail(PZ_E_CANCELLED, NULL, NULL, "The progress callback asked to stop; nothing was written.");
}

/* ----------------------------------------------------------------------------------------------------- rows --- */

/* The fault that ends the import is listed even where no more were asked for, and in a silent pass. */
pz_status pz__import_row(pz__import *import, const char *file, int64_t line)
{
    pz__fault_place place = {file, line, 0, NULL, NULL, 0};
    pz__faults *faults = &import->faults;
    int most = import->options.rows_max, muted = faults->muted;
    if (++import->rows <= most) return PZ_OK;
    faults->muted = 0;
    if (faults->listed >= faults->most) faults->most++;
    pz__faults_add(
        faults, PZ__FATAL, "rows_above_limit", &place,
        "Here the import goes beyond %d rows, ids in lists and items of wide rows among them, the most that it may read. Split it, or "
        "raise the limit (rows_max, --row-limit) as far as memory allows.",
        most);
    faults->muted = muted;
    return pz__fail(PZ_E_HOSTILE, "rows_max", "Split what is imported, or raise the limit as far as memory allows: docs/exchange.md.",
                    "rows_above_limit: line %lld of %s goes beyond the limit of %d rows.", (long long)line, file, most);
}

/* --------------------------------------------------------------------------------------------------- report --- */

pz__difference *pz__import_difference(pz__import *import, const char *name)
{
    for (size_t i = 0; i < import->difference_count; i++)
        if (!strcmp(import->differences[i].name, name)) return &import->differences[i];
    if (import->difference_count == PZ__MOST_DIFFERENCES) return &import->beyond;
    import->differences[import->difference_count].name = name;
    return &import->differences[import->difference_count++];
}

int pz__import_differs(const pz__import *import)
{
    for (size_t i = 0; i < import->difference_count; i++)
        if (import->differences[i].added || import->differences[i].changed || import->differences[i].gone) return 1;
    return 0;
}

void pz__import_count(pz__import *import, const char *name, int64_t value)
{
    if (import->count_count == PZ__MOST_COUNTS) return;
    import->counts[import->count_count].name = name;
    import->counts[import->count_count++].value = value;
}

int pz__import_fault(pz__import *import, int can_go_on, const char *code, const pz__fault_place *place, const char *words)
{
    int on = can_go_on && !pz__import_is_strict(import);
    const char *bar = strchr(words, '|');
    int length = bar ? (int)(bar - words) : (int)strlen(words);
    pz__faults_add(&import->faults, on ? PZ__TOLERATED : PZ__FATAL, code, place, "%.*s%s%s", length, words, on && bar ? " " : "",
                   on && bar ? bar + 1 : "");
    return on;
}

pz_status pz__import_verdict(const pz__import *import)
{
    int64_t fatal = import->faults.fatal;
    if (import->faults.json.status) return pz__fail_memory();
    if (!fatal) return PZ_OK;
    if (fatal == 1)
        return pz__fail(PZ_E_FAULTS, NULL, "The report names it with its place. Mend the file and import it again.",
                        "The file has a fault that stops its import. Nothing was written.");
    return pz__fail(PZ_E_FAULTS, NULL, "The report names each with its place. Mend the file and import it again.",
                    "The file has %lld faults that stop its import. Nothing was written.", (long long)fatal);
}

static void put_differences(pz__import *import, pz__json_writer *json)
{
    pz__json_key(json, "difference");
    pz__json_open_object(json);
    for (size_t i = 0; i < import->difference_count; i++) {
        const pz__difference *row = &import->differences[i];
        pz__json_key(json, row->name);
        pz__json_open_object(json);
        pz__json_put_int(json, "new", row->added);
        pz__json_put_int(json, "changed", row->changed);
        pz__json_put_int(json, "gone", row->gone);
        pz__json_put_int(json, "same", row->same);
        pz__json_close_object(json);
    }
    pz__json_close_object(json);
}

static void put_counts(pz__import *import, pz__json_writer *json)
{
    pz__json_key(json, "counts");
    pz__json_open_object(json);
    for (size_t i = 0; i < import->count_count; i++) pz__json_put_int(json, import->counts[i].name, import->counts[i].value);
    pz__json_close_object(json);
}

pz_status pz__import_report(pz__import *import, pz_status status, char **out_json)
{
    pz__buffer text = PZ__BUFFER_INIT;
    pz__json_writer json;
    if (status == PZ_E_NOMEM) return status;
    pz__json_close_array(&import->faults.writer);
    if (import->faults.json.status) return pz__fail_memory();
    pz__json_start(&json, &text);
    pz__json_open_object(&json);
    pz__json_put_text(&json, "format", import->format);
    pz__json_put_text(&json, "version", import->version);
    pz__json_put_text(&json, "mode", pz__import_is_strict(import) ? "strict" : "lenient");
    pz__json_put_bool(&json, "dry_run", import->options.dry_run);
    pz__json_put_bool(&json, "written", import->written);
    pz__json_put_bool(&json, "repeated", import->repeated);
    pz__json_put_id(&json, "change", import->change);
    pz__json_key(&json, "faults");
    pz__json_raw(&json, import->faults.json.data);
    pz__json_put_int(&json, "faults_left_off", import->faults.left_off);
    put_differences(import, &json);
    put_counts(import, &json);
    pz__json_close_object(&json);
    PZ__TRY(pz__buffer_take(&text, out_json));
    return status;
}
