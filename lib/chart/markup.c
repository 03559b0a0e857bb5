#include "chart/markup.h"

#include <math.h>
#include <string.h>

#include "base/text.h"

static int is_left_out(uint32_t point)
{
    if (point < 0x20) return point != '\t' && point != '\n';
    return point == 0x7f || (point >= 0x80 && point < 0xa0) || (point >= 0x202a && point <= 0x202e) || (point >= 0x2066 && point <= 0x2069);
}

static const char *escape_of(uint32_t point)
{
    switch (point) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\'': return "&#39;";
    default: return NULL;
    }
}

void pz__markup_text(pz__buffer *out, const char *text, size_t length)
{
    if (!text) return;
    if (length == PZ_NUL_TERMINATED) length = strlen(text);
    size_t plain = 0; /* where the run that needs no care begins */
    for (size_t at = 0; at < length;) {
        size_t start = at;
        uint32_t point = pz__utf8_next(text, length, &at);
        const char *escape = escape_of(point);
        if (!escape && !is_left_out(point)) continue;
        pz__buffer_add(out, text + plain, start - plain);
        if (escape) pz__buffer_text(out, escape);
        plain = at;
    }
    pz__buffer_add(out, text + plain, length - plain);
}

void pz__markup_attribute(pz__buffer *out, const char *name, const char *value)
{
    pz__buffer_char(out, ' ');
    pz__buffer_text(out, name);
    pz__buffer_text(out, "=\"");
    pz__markup_text(out, value, PZ_NUL_TERMINATED);
    pz__buffer_char(out, '"');
}

void pz__markup_number(pz__buffer *out, const char *name, double value)
{
    double hundredths = floor(value * 100 + 0.5);
    int decimals = hundredths == floor(hundredths / 100) * 100 ? 0 : hundredths == floor(hundredths / 10) * 10 ? 1 : 2;
    pz__buffer_char(out, ' ');
    pz__buffer_text(out, name);
    pz__buffer_text(out, "=\"");
    pz__buffer_fixed(out, hundredths / 100, decimals);
    pz__buffer_char(out, '"');
}

void pz__markup_element(pz__buffer *out, const char *element, const char *kind, const char *text)
{
    pz__buffer_char(out, '<');
    pz__buffer_text(out, element);
    if (kind) {
        pz__buffer_text(out, " class=\"pz-");
        pz__buffer_text(out, kind);
        pz__buffer_char(out, '"');
    }
    pz__buffer_char(out, '>');
    pz__markup_text(out, text, PZ_NUL_TERMINATED);
    pz__buffer_text(out, "</");
    pz__buffer_text(out, element);
    pz__buffer_char(out, '>');
}
