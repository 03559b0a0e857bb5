/* Figures as specifications for Vega-Lite 5 (https://vega.github.io/vega-lite/docs/spec.html), with their rows as inline data. */
#include <math.h>

#include "chart/figure.h"

static void put_number(pz__json_writer *json, const pz__figure *figure, const char *key, double value)
{
    if (!isnan(value)) pz__json_put_real(json, key, figure->percent ? value * 100 : value);
}

void pz__figure_rows_json(const pz__figure *figure, pz__json_writer *json)
{
    pz__json_open_array(json);
    for (size_t i = 0; i < figure->row_count; i++) {
        const pz__figure_row *row = &figure->rows[i];
        pz__json_open_object(json);
        pz__json_put_text(json, "label", row->label);
        if (row->series) pz__json_put_text(json, "series", row->series);
        if (row->statement) pz__json_put_text(json, "statement", row->statement);
        if (row->words) pz__json_put_text(json, "words", row->words);
        if (row->level >= 0) {
            pz__json_put_text(json, "level", figure->levels[row->level].words);
            pz__json_put_int(json, "order", row->level);
        }
        if (row->day != PZ_DATE_NONE) pz__json_put_date(json, "day", row->day);
        put_number(json, figure, "value", row->value);
        put_number(json, figure, "lower", row->lower);
        put_number(json, figure, "upper", row->upper);
        put_number(json, figure, "target", row->target);
        put_number(json, figure, "start", row->start);
        pz__json_close_object(json);
    }
    pz__json_close_array(json);
}

/* "x": {"field": ..., "type": ..., "title": ...} with what else is given as text of JSON, beginning with a comma. */
static void put_channel(pz__json_writer *json, const char *channel, const char *field, const char *type, const char *title, const char *rest)
{
    pz__buffer text = PZ__BUFFER_INIT;
    pz__json_writer inner;
    pz__json_start(&inner, &text);
    pz__json_open_object(&inner);
    pz__json_put_text(&inner, "field", field);
    pz__json_put_text(&inner, "type", type);
    pz__json_put_text(&inner, "title", title);
    if (text.status == PZ_OK) pz__buffer_text(&text, rest);
    pz__json_close_object(&inner);
    pz__json_key(json, channel);
    if (text.status == PZ_OK) {
        pz__json_raw(json, text.data);
    } else {
        json->out->status = text.status;
    }
    pz__buffer_free(&text);
}

static void put_colours(pz__json_writer *json, const pz__figure *figure)
{
    pz__json_key(json, "color");
    pz__json_open_object(json);
    pz__json_put_text(json, "field", "level");
    pz__json_put_text(json, "type", "nominal");
    pz__json_put_text(json, "title", NULL);
    pz__json_key(json, "scale");
    pz__json_open_object(json);
    pz__json_key(json, "domain");
    pz__json_open_array(json);
    for (size_t i = 0; i < figure->level_count; i++) pz__json_text(json, figure->levels[i].words);
    pz__json_close_array(json);
    pz__json_key(json, "range");
    pz__json_open_array(json);
    for (size_t i = 0; i < figure->level_count; i++) pz__json_text(json, figure->levels[i].fill);
    pz__json_close_array(json);
    pz__json_close_object(json);
    pz__json_close_object(json);
}

static void put_scale(pz__buffer *rest, const pz__figure *figure)
{
    pz__buffer_clear(rest);
    if (figure->is_change) {
        pz__buffer_text(rest, ",\"scale\":{\"zero\":true}");
        return;
    }
    pz__buffer_text(rest, ",\"scale\":{\"domain\":[");
    pz__buffer_real(rest, figure->percent ? figure->least * 100 : figure->least);
    pz__buffer_char(rest, ',');
    pz__buffer_real(rest, figure->percent ? figure->most * 100 : figure->most);
    pz__buffer_text(rest, "]}");
}

static void open_layer(pz__json_writer *json, const char *mark)
{
    pz__json_open_object(json);
    pz__json_key(json, "mark");
    pz__json_raw(json, mark);
    pz__json_key(json, "encoding");
    pz__json_open_object(json);
}

static void close_layer(pz__json_writer *json)
{
    pz__json_close_object(json);
    pz__json_close_object(json);
}

static void put_y_label(pz__json_writer *json)
{
    put_channel(json, "y", "label", "nominal", NULL, ",\"sort\":null,\"axis\":{\"labelLimit\":240}");
}

static void put_rows(pz__json_writer *json, const pz__figure *figure, const char *scale)
{
    int is_bullet = figure->kind == PZ__FIGURE_BULLETS;
    pz__json_key(json, "layer");
    pz__json_open_array(json);
    open_layer(json, "\"rule\"");
    put_y_label(json);
    put_channel(json, "x", "lower", "quantitative", figure->axis, scale);
    put_channel(json, "x2", "upper", "quantitative", NULL, "");
    close_layer(json);
    open_layer(json, is_bullet ? "{\"type\":\"bar\",\"height\":10}" : "{\"type\":\"point\",\"filled\":true,\"size\":70}");
    put_y_label(json);
    put_channel(json, "x", "value", "quantitative", figure->axis, scale);
    if (is_bullet) put_channel(json, "x2", "start", "quantitative", NULL, "");
    put_channel(json, "tooltip", "words", "nominal", NULL, "");
    close_layer(json);
    open_layer(json, "{\"type\":\"tick\",\"thickness\":3,\"color\":\"#8a3b00\"}");
    put_y_label(json);
    put_channel(json, "x", "target", "quantitative", figure->axis, scale);
    close_layer(json);
    pz__json_close_array(json);
}

static void put_lines(pz__json_writer *json, const pz__figure *figure, const char *scale)
{
    put_channel(json, "facet", "label", "nominal", NULL, ",\"sort\":null");
    pz__json_put_int(json, "columns", 2);
    pz__json_key(json, "spec");
    pz__json_open_object(json);
    pz__json_put_int(json, "height", 90);
    pz__json_key(json, "layer");
    pz__json_open_array(json);
    open_layer(json, "{\"type\":\"area\",\"opacity\":0.25}");
    put_channel(json, "x", "day", "temporal", NULL, "");
    put_channel(json, "y", "lower", "quantitative", figure->axis, scale);
    put_channel(json, "y2", "upper", "quantitative", NULL, "");
    close_layer(json);
    open_layer(json, "{\"type\":\"line\",\"point\":true}");
    put_channel(json, "x", "day", "temporal", NULL, "");
    put_channel(json, "y", "value", "quantitative", figure->axis, scale);
    put_channel(json, "tooltip", "words", "nominal", NULL, "");
    close_layer(json);
    pz__json_close_array(json);
    pz__json_close_object(json);
}

static void put_marks(pz__json_writer *json, const pz__figure *figure)
{
    static const char *const marks[] = {
        [PZ__FIGURE_HEAT] = "{\"type\":\"rect\",\"stroke\":\"#ffffff\"}", [PZ__FIGURE_BARS] = "{\"type\":\"bar\",\"stroke\":\"#ffffff\"}", [PZ__FIGURE_TIMELINE] = "{\"type\":\"point\",\"filled\":true,\"size\":90}"};
    pz__json_key(json, "mark");
    pz__json_raw(json, marks[figure->kind]);
    pz__json_key(json, "encoding");
    pz__json_open_object(json);
    put_y_label(json);
    if (figure->kind == PZ__FIGURE_HEAT) {
        put_channel(json, "x", "series", "nominal", NULL, ",\"sort\":null,\"axis\":{\"orient\":\"top\",\"labelAngle\":-60}");
    } else if (figure->kind == PZ__FIGURE_BARS) {
        put_channel(json, "x", "value", "quantitative", figure->axis, ",\"stack\":\"zero\"");
        put_channel(json, "order", "order", "quantitative", NULL, "");
    } else {
        put_channel(json, "x", "day", "temporal", NULL, "");
        put_channel(json, "shape", "level", "nominal", NULL, "");
    }
    put_colours(json, figure);
    put_channel(json, "tooltip", "words", "nominal", NULL, "");
    pz__json_close_object(json);
}

void pz__figure_vega(const pz__figure *figure, pz__json_writer *json)
{
    pz__buffer scale = PZ__BUFFER_INIT;
    put_scale(&scale, figure);
    if (scale.status != PZ_OK) json->out->status = scale.status;
    pz__json_open_object(json);
    pz__json_put_text(json, "$schema", "https://vega.github.io/schema/vega-lite/v5.json");
    pz__json_put_text(json, "title", figure->title);
    pz__json_put_text(json, "description", figure->description);
    pz__json_key(json, "data");
    pz__json_open_object(json);
    pz__json_key(json, "values");
    pz__figure_rows_json(figure, json);
    pz__json_close_object(json);
    if (json->out->status == PZ_OK) {
        if (figure->kind == PZ__FIGURE_DOTS || figure->kind == PZ__FIGURE_BULLETS) {
            put_rows(json, figure, scale.data);
        } else if (figure->kind == PZ__FIGURE_LINES) {
            put_lines(json, figure, scale.data);
        } else {
            put_marks(json, figure);
        }
    }
    pz__json_close_object(json);
    pz__buffer_free(&scale);
}
