#include "exchange/faults.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

void pz__faults_start(pz__faults *faults, int32_t most)
{
    memset(faults, 0, sizeof *faults);
    faults->most = most;
    pz__json_start(&faults->writer, &faults->json);
    pz__json_open_array(&faults->writer);
}

void pz__faults_free(pz__faults *faults)
{
    pz__buffer_free(&faults->json);
}

/* Bytes that are not UTF-8 end what is shown of a name. */
static void put_file(pz__json_writer *json, const char *file)
{
    pz__json_key(json, "file");
    if (file)
        pz__json_text_n(json, file, pz__utf8_valid(file, strlen(file)));
    else
        pz__json_null(json);
}

/* Bytes that are not UTF-8 end what is shown of a value. */
static void put_value(pz__json_writer *json, const pz__fault_place *place)
{
    size_t length = place->value_length;
    pz__json_key(json, "value");
    if (!place->value) {
        pz__json_null(json);
        return;
    }
    if (length > PZ__FAULT_VALUE) length = PZ__FAULT_VALUE;
    length = pz__utf8_valid(place->value, length);
    pz__json_text_n(json, place->value, length);
}

static void put_number(pz__json_writer *json, const char *key, int64_t number)
{
    pz__json_key(json, key);
    if (number > 0)
        pz__json_int(json, number);
    else
        pz__json_null(json);
}

void pz__faults_add(pz__faults *faults, pz__severity severity, const char *code, const pz__fault_place *place, const char *format, ...)
{
    char words[512];
    va_list arguments;
    size_t length;
    if (faults->muted) return;
    faults->fatal += severity == PZ__FATAL;
    if (faults->listed >= faults->most) {
        faults->left_off++;
        return;
    }
    faults->listed++;
    va_start(arguments, format);
    vsnprintf(words, sizeof words, format, arguments);
    va_end(arguments);
    length = pz__utf8_cut(words, strlen(words), sizeof words - 1);
    pz__json_open_object(&faults->writer);
    put_file(&faults->writer, place->file ? place->file : faults->file);
    put_number(&faults->writer, "line", place->line);
    put_number(&faults->writer, "column", place->column);
    pz__json_put_text(&faults->writer, "field", place->field);
    pz__json_put_text(&faults->writer, "code", code);
    pz__json_put_text(&faults->writer, "severity", severity == PZ__FATAL ? "fatal" : "tolerated");
    put_value(&faults->writer, place);
    pz__json_key(&faults->writer, "message");
    pz__json_text_n(&faults->writer, words, pz__utf8_valid(words, length));
    pz__json_close_object(&faults->writer);
}
