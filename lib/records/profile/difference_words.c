#include "records/profile/difference_words.h"

#include <string.h>

#include "base/clock.h"
#include "base/message.h"
#include "records/types_learning.h"

static const char *words_of(const pz__buffer *buffer)
{
    return buffer->data ? buffer->data : "";
}

static void take_status(pz__buffer *out, const pz__buffer *from)
{
    if (out->status == PZ_OK) out->status = from->status;
}

/* The catalog's word for a member of a family of codes, such as a section. */
static void put_named(pz__buffer *out, const char *language, const char *family, const char *name)
{
    char code[64];
    strcpy(code, family);
    strcat(code, name);
    pz__message(out, language, code, NULL, 0);
}

/* --------------------------------------------------------------------------------------------------- moments --- */

void pz__day_words(pz__buffer *out, const char *language, pz_date date)
{
    static const char *const months[] = {"january", "february", "march",     "april",   "may",      "june",
                                         "july",    "august",   "september", "october", "november", "december"};
    pz__buffer month_words = PZ__BUFFER_INIT;
    int year, month, day;
    pz__date_to_civil(date, &year, &month, &day);
    put_named(&month_words, language, "date.month.", months[month - 1]);
    const pz__message_value values[] = {{"day", NULL, day, 0}, {"month", words_of(&month_words), 0, 0}, {"year", NULL, year, 0}};
    pz__message(out, language, "date.day", values, 3);
    take_status(out, &month_words);
    pz__buffer_free(&month_words);
}

static const char *span_code(const pz__span *span)
{
    if (span->from == PZ_DATE_NONE) return span->to_is_now ? "difference.ever" : "difference.until";
    if (span->to_is_now) return "difference.since";
    return span->from == span->to ? "difference.on" : "difference.between";
}

pz_status pz__span_start(pz__span *span, const char *language)
{
    pz_date from = span->from == PZ_DATE_NONE ? span->to : span->from;
    if (from != PZ_DATE_NONE) pz__day_words(&span->first, language, from);
    if (span->to != PZ_DATE_NONE) pz__day_words(&span->last, language, span->to);
    return span->first.status != PZ_OK ? span->first.status : span->last.status;
}

void pz__span_free(pz__span *span)
{
    pz__buffer_free(&span->first);
    pz__buffer_free(&span->last);
}

void pz__span_words(pz__buffer *out, const char *language, const pz__span *span, const pz__buffer *sentence)
{
    const pz__message_value values[] = {
        {"date", words_of(&span->first), 0, 0}, {"until", words_of(&span->last), 0, 0}, {"sentence", words_of(sentence), 0, 0}};
    pz__message(out, language, span_code(span), values, 3);
    take_status(out, sentence);
}

/* --------------------------------------------------------------------------------------------------- entries --- */

/* What an entry says, in short: its content or code, and its value. */
static void put_what(pz__buffer *out, const pz_profile_entry *entry)
{
    const char *text = entry->content && entry->content[0] ? entry->content : entry->code ? entry->code : "";
    pz__buffer_text(out, text);
    if (isnan(entry->value)) return;
    if (text[0]) pz__buffer_text(out, ": ");
    pz__buffer_real(out, entry->value);
    if (!entry->scale || !entry->scale[0]) return;
    pz__buffer_char(out, ' ');
    pz__buffer_text(out, entry->scale);
}

static const char *entry_code(pz__differing how, int is_said_anew)
{
    switch (how) {
    case PZ__ADDED: return "difference.entry.added";
    case PZ__REMOVED: return "difference.entry.removed";
    case PZ__LAPSED: return "difference.entry.lapsed";
    case PZ__REVISED: break;
    }
    return is_said_anew ? "difference.entry.became" : "difference.entry.details";
}

void pz__entry_difference_words(pz__buffer *out, const char *language, pz__differing how, const void *before, const void *after)
{
    const pz_profile_entry *old = before, *entry = after ? after : before;
    pz__buffer section = PZ__BUFFER_INIT, was = PZ__BUFFER_INIT, what = PZ__BUFFER_INIT;
    put_named(&section, language, "profile.section.", pz__profile_section_names[entry->section]);
    put_what(&what, entry);
    if (old) put_what(&was, old);
    const pz__message_value values[] = {
        {"section", words_of(&section), 0, 0}, {"before", words_of(&was), 0, 0}, {"what", words_of(&what), 0, 0}};
    pz__message(out, language, entry_code(how, strcmp(words_of(&was), words_of(&what)) != 0), values, 3);
    take_status(out, &section);
    take_status(out, &was);
    take_status(out, &what);
    pz__buffer_free(&section);
    pz__buffer_free(&was);
    pz__buffer_free(&what);
}

/* -------------------------------------------------------------------------------------- tags and disputes --- */

void pz__tag_difference_words(pz__buffer *out, const char *language, pz__differing how, const pz_profile_entry *entry,
                              const pz_profile_tag *tag)
{
    pz__buffer section = PZ__BUFFER_INIT, what = PZ__BUFFER_INIT;
    put_named(&section, language, "profile.section.", pz__profile_section_names[entry->section]);
    put_what(&what, entry);
    const pz__message_value values[] = {{"section", words_of(&section), 0, 0}, {"what", words_of(&what), 0, 0}, {"tag", tag->tag, 0, 0}};
    pz__message(out, language, how == PZ__ADDED ? "difference.tag.added" : "difference.tag.removed", values, 3);
    take_status(out, &section);
    take_status(out, &what);
    pz__buffer_free(&section);
    pz__buffer_free(&what);
}

void pz__dispute_difference_words(pz__buffer *out, const char *language, pz__differing how, const void *before, const void *after)
{
    const pz_profile_dispute *dispute = after ? after : before;
    pz__buffer state = PZ__BUFFER_INIT;
    put_named(&state, language, "dispute.state.", pz__dispute_state_names[dispute->state]);
    const pz__message_value values[] = {{"what", dispute->statement, 0, 0}, {"state", words_of(&state), 0, 0}};
    pz__message(out, language,
                how == PZ__ADDED     ? "difference.dispute.added"
                : how == PZ__REMOVED ? "difference.dispute.removed"
                                     : "difference.dispute.state",
                values, 2);
    take_status(out, &state);
    pz__buffer_free(&state);
}

/* ----------------------------------------------------------------------------------------------------- goals --- */

static const char *goal_code(pz__differing how, const pz_goal *before, const pz_goal *after)
{
    int is_said_anew;
    if (how == PZ__ADDED) return "difference.goal.added";
    if (how == PZ__REMOVED) return "difference.goal.removed";
    is_said_anew = strcmp(before->statement, after->statement) != 0;
    if (before->state != after->state) return is_said_anew ? "difference.goal.both" : "difference.goal.state";
    return is_said_anew ? "difference.goal.became" : "difference.goal.details";
}

void pz__goal_difference_words(pz__buffer *out, const char *language, pz__differing how, const void *before, const void *after)
{
    const pz_goal *old = before, *goal = after ? after : before;
    pz__buffer state = PZ__BUFFER_INIT;
    put_named(&state, language, "goal.state.", pz__goal_state_names[goal->state]);
    const pz__message_value values[] = {
        {"before", old ? old->statement : "", 0, 0}, {"what", goal->statement, 0, 0}, {"state", words_of(&state), 0, 0}};
    pz__message(out, language, goal_code(how, old, after), values, 3);
    take_status(out, &state);
    pz__buffer_free(&state);
}

/* ----------------------------------------------------------------------------------------------------- others --- */

void pz__mastery_difference_words(pz__buffer *out, const char *language, const char *before, const char *after,
                                  const pz__buffer *competency)
{
    pz__buffer was = PZ__BUFFER_INIT, is = PZ__BUFFER_INIT;
    put_named(&was, language, "mastery.decision.", before);
    put_named(&is, language, "mastery.decision.", after);
    const pz__message_value values[] = {
        {"what", words_of(competency), 0, 0}, {"before", words_of(&was), 0, 0}, {"decision", words_of(&is), 0, 0}};
    pz__message(out, language, "difference.mastery", values, 3);
    take_status(out, competency);
    take_status(out, &was);
    take_status(out, &is);
    pz__buffer_free(&was);
    pz__buffer_free(&is);
}

void pz__difference_count_words(pz__buffer *out, const char *language, size_t count)
{
    const pz__message_value values[] = {{"count", NULL, (double)count, 0}};
    pz__message(out, language, count ? "difference.changes" : "difference.nothing", values, 1);
}
