/* Writing CSV fields. */
#include <string.h>

#include "base/buffer.h"
#include "base/csv_read.h"

/* Spreadsheets take a text that begins so for a formula, also from within quotes. */
static int runs_as_formula(char first)
{
    return first != '\0' && strchr("=+-@\t\r", first) != NULL;
}

static int needs_quotes(const char *text, size_t length)
{
    if (length == 0) return 0;
    if (text[0] == ' ' || text[length - 1] == ' ') return 1; /* some readers trim what is not quoted */
    for (size_t i = 0; i < length; i++)
        if (text[i] == ',' || text[i] == '"' || text[i] == '\n' || text[i] == '\r' || text[i] == ';' || text[i] == '\t') return 1;
    return 0;
}

void pz__csv_write(pz__buffer *out, const char *text, size_t length, int guard)
{
    int guarded = guard && length > 0 && runs_as_formula(text[0]);
    size_t from = 0;
    if (!guarded && !needs_quotes(text, length)) {
        pz__buffer_add(out, text, length);
        return;
    }
    pz__buffer_char(out, '"');
    if (guarded) pz__buffer_char(out, '\'');
    for (size_t i = 0; i < length; i++) {
        if (text[i] != '"') continue;
        pz__buffer_add(out, text + from, i + 1 - from);
        from = i;
    }
    pz__buffer_add(out, text + from, length - from);
    pz__buffer_char(out, '"');
}
