/* How wide a text will be, without its font: an estimate on the large side for the sans-serif faces that systems come with, so
 * that labels have room. */
#ifndef PZ_CHART_TEXT_WIDTH_H
#define PZ_CHART_TEXT_WIDTH_H

#include <stddef.h>

/* In units of the font size. */
double pz__text_width(const char *text, size_t length);

/* Bytes of the longest beginning that is at most `limit` wide together with an ellipsis; the whole length if the text fits by itself. */
size_t pz__text_fit(const char *text, size_t length, double limit);

#endif
