/* What the host says of a page: checked once, and the numbers, dates and links that follow from it. */
#ifndef PZ_REPORT_OPTIONS_H
#define PZ_REPORT_OPTIONS_H

#include "base/buffer.h"
#include "personalize/report.h"

/* A full record from the caller's, with everything checked. */
pz_status pz__page_options_take(const pz_page_options *options, pz_page_options *out);

/* A day as it is written in the language, or as the host wants it; nothing for PZ_DATE_NONE. */
void pz__write_date(const pz_page_options *options, pz_date date, pz__buffer *out);

/* "." where it is NULL in both. */
const char *pz__decimal_mark(const pz_page_options *options);

/* An address from the host's pattern, not escaped: {id}, {kind} and {learner} are filled in. */
void pz__write_link(const char *pattern, const char *kind, pz_id id, pz_id learner, pz__buffer *out);

#endif
