/* Text within HTML and SVG. Whatever people wrote stays text: it can neither end an element or an attribute nor turn the
 * direction of what stands around it. */
#ifndef PZ_CHART_MARKUP_H
#define PZ_CHART_MARKUP_H

#include "base/buffer.h"

/* Escapes & < > " ' and leaves out what no page may hold: control characters, and the marks that embed or override direction (U+202A to
 * U+202E, U+2066 to U+2069). For element content and for attribute values in double quotes. `length` may be
 * PZ_NUL_TERMINATED; NULL adds nothing. The text must be valid UTF-8. */
void pz__markup_text(pz__buffer *out, const char *text, size_t length);

/* ` name="value"` */
void pz__markup_attribute(pz__buffer *out, const char *name, const char *value);
void pz__markup_number(pz__buffer *out, const char *name, double value); /* up to two decimals, none that are zero */

/* <element class="pz-KIND">text</element>; `kind` may be NULL. */
void pz__markup_element(pz__buffer *out, const char *element, const char *kind, const char *text);

#endif
