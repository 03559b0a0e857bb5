#include "chart/text_width.h"

#include <string.h>

#include "base/text.h"

/* Hangul, kana, ideographs and full-width forms fill a square. */
static int is_wide(uint32_t point)
{
    return (point >= 0x1100 && point <= 0x115f) || (point >= 0x2e80 && point <= 0xa4cf) || (point >= 0xac00 && point <= 0xd7a3) ||
           (point >= 0xf900 && point <= 0xfaff) || (point >= 0xfe30 && point <= 0xfe6f) || (point >= 0xff00 && point <= 0xff60) ||
           (point >= 0xffe0 && point <= 0xffe6) || (point >= 0x1f300 && point <= 0x1faff) || (point >= 0x20000 && point <= 0x3fffd);
}

/* Marks that stand above or below a letter, and joiners. */
static int is_mark(uint32_t point)
{
    return (point >= 0x0300 && point <= 0x036f) || (point >= 0x0591 && point <= 0x05bd) || (point >= 0x064b && point <= 0x065f) ||
           (point >= 0x093a && point <= 0x094f) || (point >= 0x200b && point <= 0x200f) || (point >= 0xfe00 && point <= 0xfe0f);
}

static double point_width(uint32_t point)
{
    if (is_mark(point)) return 0;
    if (is_wide(point)) return 1.05;
    if (point < 0x80) {
        if (strchr("ijlI.,:;'|!", (int)point)) return 0.32;
        if (strchr("ftr()[]- ", (int)point)) return 0.4;
        if (strchr("mwMW@%", (int)point)) return 0.95;
        return point >= 'A' && point <= 'Z' ? 0.74 : 0.6;
    }
    return 0.68;
}

double pz__text_width(const char *text, size_t length)
{
    double width = 0;
    for (size_t at = 0; at < length;) width += point_width(pz__utf8_next(text, length, &at));
    return width;
}

size_t pz__text_fit(const char *text, size_t length, double limit)
{
    const double ellipsis = 1;
    double width = 0;
    size_t cut = 0;
    for (size_t at = 0; at < length;) {
        width += point_width(pz__utf8_next(text, length, &at));
        if (width > limit) return cut;
        if (width + ellipsis <= limit) cut = at;
    }
    return length;
}
