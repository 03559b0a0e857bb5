#include "records/questionnaire/document.h"

#include <string.h>

#include "base/fail.h"
#include "base/record.h"
#include "base/text.h"
#include "personalize/profile.h"
#include "records/types_learning.h"
#include "records/voice/tables.h"

enum { MOST_BYTES = 1 << 20, MOST_QUESTIONS = 200, MOST_PICTURES = 50, WIDEST_SCALE = 100 };

static pz_status fail_document(const char *what)
{
    return pz__fail(PZ_E_INVALID, "document", "docs/schema/questionnaire.json says what a questionnaire is.", "%s", what);
}

static pz_status fail_question(size_t place, const char *what)
{
    return pz__fail(PZ_E_INVALID, "document", "docs/schema/questionnaire.json says what a question is.", "Question %zu, from 1, %s.", place,
                    what);
}

/* ----------------------------------------------------------------------------------------------------- members --- */

static int is_among(const char *key, const char *const *known)
{
    for (size_t i = 0; known[i]; i++)
        if (!strcmp(key, known[i])) return 1;
    return 0;
}

static int has_only(const pz__json_value *object, const char *const *known)
{
    for (const pz__json_value *member = pz__json_first(object); member; member = pz__json_next(member))
        if (!is_among(pz__json_key_of(member), known)) return 0;
    return 1;
}

/* Text of at most `limit` bytes that is not empty, as the interface takes it. */
static const char *words_of(const pz__json_value *object, const char *key, size_t limit)
{
    const char *text = pz__json_as_text(pz__json_member(object, key));
    size_t length;
    return text && pz__text_need(text, PZ_NUL_TERMINATED, limit, key, &length) == PZ_OK ? text : NULL;
}

static int is_absent_or_words(const pz__json_value *object, const char *key, size_t limit)
{
    return !pz__json_member(object, key) || words_of(object, key, limit) != NULL;
}

static int32_t by_name(const char *name, const char *const *names)
{
    for (int32_t i = 1; name && names[i]; i++)
        if (!strcmp(name, names[i])) return i;
    return 0;
}

static size_t title_limit(void)
{
    return (size_t)pz_limit(PZ_LIMIT_TITLE);
}
static size_t text_limit(void)
{
    return (size_t)pz_limit(PZ_LIMIT_TEXT);
}

/* --------------------------------------------------------------------------------------------------- questions --- */

/* What may become of an answer in so many words; test scores and attendance are measured, not told. */
static int is_told(int32_t section)
{
    return section && section != PZ_PROFILE_ATTENDANCE && section != PZ_PROFILE_TEST_SCORE && section != PZ_PROFILE_SUPPORT;
}

static const char *read_becomes(const pz__json_value *value, pz__question *q)
{
    static const char *const known[] = {"record", "section", "kind", "topic", NULL};
    const char *record;
    if (!value) return NULL;
    if (pz__json_kind_of(value) != PZ__JSON_OBJECT || !has_only(value, known))
        return "becomes something that is no object with record, section, kind and topic";
    record = pz__json_as_text(pz__json_member(value, "record"));
    if (record && !strcmp(record, "profile_entry")) {
        q->becomes = PZ_KIND_PROFILE_ENTRY;
        q->section = by_name(pz__json_as_text(pz__json_member(value, "section")), pz__profile_section_names);
        return is_told(q->section) && !pz__json_member(value, "kind") ? NULL : "becomes an entry of a section that a learner does not tell";
    }
    if (!record || strcmp(record, "voice")) return "becomes neither a profile_entry nor a voice";
    q->becomes = PZ_KIND_VOICE;
    q->voice_kind = by_name(pz__json_as_text(pz__json_member(value, "kind")), pz__voice_kind_names);
    q->topic = words_of(value, "topic", title_limit());
    if (!q->voice_kind || q->voice_kind == PZ_VOICE_COUNTER || pz__json_member(value, "section"))
        return "becomes a voice entry of a kind that is none";
    return is_absent_or_words(value, "topic", title_limit()) ? NULL : "has a topic that is no text";
}

static const char *read_scale(const pz__json_value *value, pz__question *q)
{
    if (!pz__json_as_int(pz__json_member(value, "from"), &q->from) || !pz__json_as_int(pz__json_member(value, "to"), &q->to))
        return "needs from and to, whole numbers";
    if (q->from >= q->to || q->to - q->from > WIDEST_SCALE || q->from < -WIDEST_SCALE) return "has a scale that is empty or too wide";
    if (!is_absent_or_words(value, "from_words", title_limit()) || !is_absent_or_words(value, "to_words", title_limit()))
        return "has words at the ends of its scale that are no texts";
    return NULL;
}

static const char *read_pictures(const pz__json_value *value, pz__question *q)
{
    static const char *const known[] = {"code", "reference", "alternative", NULL};
    const pz__json_value *picture, *other;
    q->pictures = pz__json_member(value, "pictures");
    if (pz__json_kind_of(q->pictures) != PZ__JSON_ARRAY || pz__json_size(q->pictures) < 2 || pz__json_size(q->pictures) > MOST_PICTURES)
        return "needs 2 to 50 pictures";
    for (picture = pz__json_first(q->pictures); picture; picture = pz__json_next(picture)) {
        const char *code;
        if (pz__json_kind_of(picture) != PZ__JSON_OBJECT || !has_only(picture, known))
            return "has a picture that is no object with code, reference, alternative";
        code = words_of(picture, "code", title_limit());
        if (!code || !words_of(picture, "alternative", title_limit()) || !words_of(picture, "reference", text_limit()))
            return "has a picture without code, reference or alternative";
        for (other = pz__json_first(q->pictures); other != picture; other = pz__json_next(other))
            if (!strcmp(code, pz__json_as_text(pz__json_member(other, "code")))) return "has two pictures of one code";
    }
    return NULL;
}

/* NULL where it is a question, otherwise what is wrong with it. */
static const char *read_question(const pz__json_value *value, pz__question *q)
{
    static const char *const kinds[] = {"", "text", "scale", "pictures", NULL};
    static const char *const known[] = {"code",       "kind",     "prompt",   "guide",   "from", "to",
                                        "from_words", "to_words", "pictures", "becomes", NULL};
    const char *wrong = NULL;
    memset(q, 0, sizeof *q);
    if (pz__json_kind_of(value) != PZ__JSON_OBJECT) return "is no object";
    if (!has_only(value, known)) return "has a member that is none";
    if (!words_of(value, "code", title_limit())) return "has no code";
    q->prompt = words_of(value, "prompt", text_limit());
    if (!q->prompt || !is_absent_or_words(value, "guide", text_limit())) return "has no prompt, or a guide that is no text";
    q->kind = (pz__question_kind)by_name(pz__json_as_text(pz__json_member(value, "kind")), kinds);
    if (!q->kind) return "is of a kind that is neither text nor scale nor pictures";
    if (q->kind == PZ__QUESTION_SCALE) wrong = read_scale(value, q);
    if (q->kind == PZ__QUESTION_PICTURES) wrong = read_pictures(value, q);
    return wrong ? wrong : read_becomes(pz__json_member(value, "becomes"), q);
}

static pz_status check_questions(const pz__json_value *list)
{
    const pz__json_value *value, *other;
    pz__question question;
    size_t place = 1;
    if (pz__json_kind_of(list) != PZ__JSON_ARRAY || pz__json_size(list) < 1 || pz__json_size(list) > MOST_QUESTIONS)
        return fail_document("A questionnaire has 1 to 200 questions.");
    for (value = pz__json_first(list); value; value = pz__json_next(value), place++) {
        const char *wrong = read_question(value, &question);
        if (wrong) return fail_question(place, wrong);
        for (other = pz__json_first(list); other != value; other = pz__json_next(other))
            if (!strcmp(pz__json_as_text(pz__json_member(value, "code")), pz__json_as_text(pz__json_member(other, "code"))))
                return fail_question(place, "has the code of an earlier one");
    }
    return PZ_OK;
}

static pz_status check(const pz__json_value *root)
{
    static const char *const known[] = {"document", "format", "id", "version", "title", "language", "guide", "questions", NULL};
    const char *name = pz__json_as_text(pz__json_member(root, "document"));
    int64_t format;
    if (pz__json_kind_of(root) != PZ__JSON_OBJECT || !has_only(root, known))
        return fail_document("The document has a member that is none.");
    if (!name || strcmp(name, "questionnaire") || !pz__json_as_int(pz__json_member(root, "format"), &format) || format != 1)
        return fail_document("The document is no questionnaire of format 1.");
    if (!words_of(root, "title", title_limit())) return fail_document("The questionnaire has no title.");
    if (!is_absent_or_words(root, "language", title_limit()) || !is_absent_or_words(root, "guide", text_limit()))
        return fail_document("The language and the guide are texts.");
    return check_questions(pz__json_member(root, "questions"));
}

pz_status pz__questionnaire_read(const char *text, size_t length, pz__json **out_document)
{
    pz_status status;
    *out_document = NULL;
    if (!text) return pz__fail_null("document");
    if (length == PZ_NUL_TERMINATED) length = strlen(text);
    if (length > MOST_BYTES) return pz__fail(PZ_E_TOO_LONG, "document", NULL, "The document is longer than %d bytes.", MOST_BYTES);
    PZ__TRY(pz__json_parse(text, length, NULL, out_document));
    status = check(pz__json_root(*out_document));
    if (status == PZ_OK) return PZ_OK;
    pz__json_free(*out_document);
    *out_document = NULL;
    return status;
}

pz_status pz__question_find(const pz__json *document, const char *code, size_t length, pz__question *out_question)
{
    const pz__json_value *value = pz__json_first(pz__json_member(pz__json_root(document), "questions"));
    for (; value; value = pz__json_next(value)) {
        const char *own = pz__json_as_text(pz__json_member(value, "code"));
        if (strlen(own) != length || memcmp(own, code, length)) continue;
        read_question(value, out_question);
        return PZ_OK;
    }
    return pz__fail(PZ_E_INVALID, "question", "pz_questionnaire_get() has the questions.",
                    "The questionnaire has no question of this code.");
}
