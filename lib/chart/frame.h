/* The outer element that all charts share. */
#ifndef PZ_CHART_FRAME_H
#define PZ_CHART_FRAME_H

#include "base/buffer.h"

enum { PZ__CHART_FONT = 12 };

/* <svg ...><title/><desc/>: named for those who do not see it. The caller closes it. */
void pz__chart_open(const char *id, const char *title, const char *description, double width, double height, pz__buffer *out);
/* </svg>, and what became of the buffer. */
pz_status pz__chart_close(pz__buffer *out);

#endif
