#include "report/figures.h"

#include <stdio.h>
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "base/message.h"
#include "report/options.h"

/* Blue and orange stay apart for every kind of colour blindness (after Okabe and Ito 2008), and differ in lightness. */
const pz__level_look pz__mastery_looks[PZ__MASTERY_LEVELS] = {
    {{"mastered", NULL, PZ__GLYPH_CHECK, "#0b6a99", "#ffffff"}, "mastery.decision.mastered"},
    {{"not-yet", NULL, PZ__GLYPH_RING, "#f2b134", "#3b2500"}, "mastery.decision.not_yet"},
    {{"open", NULL, PZ__GLYPH_DOTS, "#dde3e9", "#33404d"}, "mastery.decision.not_enough_evidence"},
    {{"none", NULL, PZ__GLYPH_NONE, "#ffffff", "#33404d"}, "mastery.decision.not_assessed"},
};

int32_t pz__mastery_level(int32_t decision, int32_t evidence_count)
{
    return evidence_count && decision >= 1 && decision <= PZ__NOT_ASSESSED ? decision - 1 : PZ__NOT_ASSESSED;
}

/* ---------------------------------------------------------------------------------------------------- texts --- */

const char *pz__figures_text(pz__figures *figures, pz__buffer *text)
{
    char *copy = NULL;
    if (text->status == PZ_OK && pz__reserve((void **)&figures->texts, &figures->text_capacity, figures->text_count + 1, sizeof *figures->texts) == PZ_OK)
        copy = pz__copy_text(text->data ? text->data : "", text->length);
    pz__buffer_free(text);
    *text = (pz__buffer)PZ__BUFFER_INIT;
    if (!copy) {
        figures->status = PZ_E_NOMEM;
        return "";
    }
    return figures->texts[figures->text_count++] = copy;
}

const char *pz__figures_words(pz__figures *figures, const char *code, const pz__message_value *values, size_t count)
{
    const char *pattern = count ? NULL : pz__message_pattern(figures->view->language, code);
    if (pattern && !strchr(pattern, '{')) return pattern;
    pz__buffer text = PZ__BUFFER_INIT;
    pz__message(&text, figures->view->language, code, values, count);
    return pz__figures_text(figures, &text);
}

const char *pz__figures_name(pz__figures *figures, const pz_person *person)
{
    pz__buffer text = PZ__BUFFER_INIT;
    pz__view_name(person, &text);
    return pz__figures_text(figures, &text);
}

const char *pz__figures_day(pz__figures *figures, pz_date day)
{
    pz__buffer text = PZ__BUFFER_INIT;
    pz__write_date(figures->view->options, day, &text);
    return pz__figures_text(figures, &text);
}

const char *pz__view_title(pz__figures *figures, size_t column)
{
    const pz_competency *competency = figures->view->competencies[column];
    const char *words = pz__competency_brief(competency);
    if (!competency->code || !competency->code[0]) return words;
    pz__buffer text = PZ__BUFFER_INIT;
    pz__buffer_text(&text, competency->code);
    pz__buffer_char(&text, ' ');
    pz__buffer_text(&text, words);
    return pz__figures_text(figures, &text);
}

/* --------------------------------------------------------------------------------------------------- figures --- */

pz__figure *pz__figure_begin(pz__figures *figures, pz__figure_kind kind, const char *name, const char *code)
{
    const pz_page_options *options = figures->view->options;
    char text[128];
    pz__figure *figure = &figures->list[figures->count++];
    pz__buffer id = PZ__BUFFER_INIT;
    memset(figure, 0, sizeof *figure);
    pz__buffer_format(&id, "%s%s-", figures->prefix, name);
    figure->kind = kind;
    figure->name = name;
    figure->id = pz__figures_text(figures, &id);
    figure->title = pz__figures_words(figures, code, NULL, 0);
    snprintf(text, sizeof text, "%s_description", code);
    figure->description = pz__figures_words(figures, text, NULL, 0);
    figure->most = 1;
    figure->from_right = options->direction && !strcmp(options->direction, "rtl");
    figure->decimal_mark = pz__decimal_mark(options);
    return figure;
}

pz__figure_row *pz__figure_row_add(pz__figures *figures)
{
    static const pz__figure_row nothing = {"", NULL, NULL, NULL, -1, PZ_DATE_NONE, NULL, PZ_REAL_NONE, PZ_REAL_NONE, PZ_REAL_NONE, PZ_REAL_NONE, PZ_REAL_NONE};
    size_t at = figures->count - 1;
    pz__figure *figure = &figures->list[at];
    if (pz__reserve((void **)&figures->rows[at], &figures->capacity[at], figure->row_count + 1, sizeof(pz__figure_row)) != PZ_OK) {
        figures->status = PZ_E_NOMEM;
        return NULL;
    }
    figure->rows = figures->rows[at];
    pz__figure_row *row = &figures->rows[at][figure->row_count++];
    *row = nothing;
    return row;
}

void pz__figure_levels(pz__figures *figures, const pz__level_look *looks, size_t count)
{
    size_t at = figures->count - 1;
    pz__level *levels = figures->levels[at] = pz__alloc_zero(count, sizeof *levels);
    if (!levels) {
        figures->status = PZ_E_NOMEM;
        return;
    }
    for (size_t i = 0; i < count; i++) {
        levels[i] = looks[i].level;
        levels[i].words = pz__figures_words(figures, looks[i].code, NULL, 0);
    }
    figures->list[at].levels = levels;
    figures->list[at].level_count = count;
}

void pz__figure_end(pz__figures *figures)
{
    size_t at = figures->count - 1;
    if (figures->list[at].row_count) return;
    pz__release(figures->rows[at]);
    pz__release(figures->levels[at]);
    figures->rows[at] = NULL;
    figures->levels[at] = NULL;
    figures->capacity[at] = 0;
    figures->count--;
}

pz_status pz__figures_make(const pz__class_view *view, const char *prefix, pz__figures_fn fill, pz__figures *out)
{
    memset(out, 0, sizeof *out);
    out->view = view;
    out->prefix = prefix;
    fill(out);
    if (out->status == PZ_OK) return PZ_OK;
    pz__figures_free(out);
    return pz__fail_memory();
}

void pz__figures_free(pz__figures *figures)
{
    for (size_t i = 0; i < PZ__FIGURES_MOST; i++) {
        pz__release(figures->rows[i]);
        pz__release(figures->levels[i]);
    }
    for (size_t i = 0; i < figures->text_count; i++) pz__release(figures->texts[i]);
    pz__release(figures->texts);
    memset(figures, 0, sizeof *figures);
}

const pz__figure *pz__figures_find(const pz__figures *figures, const char *name)
{
    for (size_t i = 0; i < figures->count; i++)
        if (!strcmp(figures->list[i].name, name)) return &figures->list[i];
    return NULL;
}
