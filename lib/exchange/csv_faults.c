#include "exchange/csv_faults.h"

#include <stddef.h>
#include <string.h>

static const struct {
    const char *code, *words;
    int is_mild;
} table[] = {
    {"csv.unescaped_quote", "There is a quote within a field that does not begin with one.|The row is left out.", 1},
    {"csv.utf8", "There are bytes that are not UTF-8.|The row is left out.", 1},
    {"csv.field_too_long", "The field is longer than the limit for one field.|The row is left out.", 1},
    {"csv.row_too_long", "The row is longer than the limit for one row.|It is left out.", 1},
    {"csv.text_after_quote", "There is text behind a closing quote; what follows cannot be told apart.", 0},
    {"csv.unclosed_quote", "The file ends within quotes that begin here.", 0},
    {"csv.nul", "There is a NUL byte.", 0},
    {"csv.utf16", "The file is UTF-16 or UTF-32; it must be UTF-8.", 0},
    {"csv.too_many_columns", "The row has more fields than the limit.", 0},
};

int pz__csv_fault_is_mild(const pz__csv_fault *fault)
{
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        if (!strcmp(table[i].code, fault->code)) return table[i].is_mild;
    return 0;
}

const char *pz__csv_fault_words(const pz__csv_fault *fault)
{
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        if (!strcmp(table[i].code, fault->code)) return table[i].words;
    return "The row cannot be read.";
}
