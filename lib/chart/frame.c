#include "chart/frame.h"

#include "base/fail.h"
#include "chart/markup.h"

void pz__chart_open(const char *id, const char *title, const char *description, double width, double height, pz__buffer *out)
{
    pz__buffer_text(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"pz-chart\" role=\"img\" aria-labelledby=\"");
    pz__markup_text(out, id, PZ_NUL_TERMINATED);
    pz__buffer_text(out, "t ");
    pz__markup_text(out, id, PZ_NUL_TERMINATED);
    pz__buffer_text(out, "d\"");
    pz__markup_number(out, "width", width);
    pz__markup_number(out, "height", height);
    pz__buffer_text(out, " viewBox=\"0 0 ");
    pz__buffer_fixed(out, width, 0);
    pz__buffer_char(out, ' ');
    pz__buffer_fixed(out, height, 0);
    pz__buffer_format(out, "\" font-family=\"system-ui, sans-serif\" font-size=\"%d\"><title id=\"", PZ__CHART_FONT);
    pz__markup_text(out, id, PZ_NUL_TERMINATED);
    pz__buffer_text(out, "t\">");
    pz__markup_text(out, title, PZ_NUL_TERMINATED);
    pz__buffer_text(out, "</title><desc id=\"");
    pz__markup_text(out, id, PZ_NUL_TERMINATED);
    pz__buffer_text(out, "d\">");
    pz__markup_text(out, description, PZ_NUL_TERMINATED);
    pz__buffer_text(out, "</desc>");
}

pz_status pz__chart_close(pz__buffer *out)
{
    pz__buffer_text(out, "</svg>\n");
    return out->status == PZ_E_NOMEM ? pz__fail_memory() : out->status;
}
