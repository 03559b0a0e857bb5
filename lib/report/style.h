/* The style sheet of the pages. Its text is lib/report/page.css. */
#ifndef PZ_REPORT_STYLE_H
#define PZ_REPORT_STYLE_H

#include "base/buffer.h"
#include "personalize/report.h"

extern const char pz__page_css[]; /* made from page.css by the build */

/* What a content security policy calls the style sheet: 'sha256-...', escaped for an attribute. */
void pz__style_source(pz__buffer *out);

#endif
