#include "records/profile/support_feature.h"

#include <string.h>

#include "base/fail.h"
#include "base/message.h"
#include "records/document.h"
#include "records/listing.h"
#include "records/types_learning.h"

static const char *const features[] = {
    "additional-directions",
    "additional-testing-time",
    "alternative-text",
    "answer-masking",
    "audio-description",
    "braille",
    "calculator-on-screen",
    "captions",
    "dictionary-on-screen",
    "encouragement",
    "glossary-on-screen",
    "high-contrast",
    "homophone-checker-on-screen",
    "input-requirements",
    "invert-display-polarity",
    "item-translation",
    "keyboard-directions",
    "keyword-emphasis",
    "keyword-translation",
    "language-of-interface",
    "layout-single-column",
    "line-reader",
    "linguistic-guidance",
    "long-description",
    "magnification",
    "note-taking-on-screen",
    "outliner-on-screen",
    "peer-interaction-on-screen",
    "sign-language",
    "simplified-graphics",
    "simplified-language-portions",
    "spell-checker-on-screen",
    "spoken",
    "tactile",
    "text-appearance",
    "thesaurus-on-screen",
    "transcript",
    "visual-organizer-on-screen",
};
enum { FEATURES = sizeof features / sizeof features[0], CODE_SIZE = 64 };

int pz__support_is_known(const char *code, size_t length)
{
    if (length > 4 && memcmp(code, "ext:", 4) == 0) return 1;
    for (size_t i = 0; i < FEATURES; i++)
        if (strlen(features[i]) == length && memcmp(features[i], code, length) == 0) return 1;
    return 0;
}

/* Codes of messages have no hyphens. */
static void put_words(pz__buffer *out, const char *language, const char *feature)
{
    char code[CODE_SIZE] = "support.";
    size_t length = strlen(code);
    for (size_t i = 0; feature[i]; i++) code[length++] = feature[i] == '-' ? '_' : feature[i];
    code[length] = '\0';
    pz__message(out, language, code, NULL, 0);
}

pz_status pz_support_feature_list(const char *language, pz_support_feature ***out_rows, size_t *out_count)
{
    pz__buffer words = PZ__BUFFER_INIT;
    pz__rows rows;
    PZ__TRY(pz__list_start((void ***)out_rows, out_count));
    PZ__TRY(pz__language_check(&language));
    pz__rows_start(&rows, &pz__support_feature_type);
    for (size_t i = 0; i < FEATURES; i++) {
        pz_support_feature feature = {sizeof feature, features[i], NULL};
        pz__buffer_clear(&words);
        put_words(&words, language, features[i]);
        feature.words = words.data;
        pz__rows_add(&rows, &feature);
    }
    if (words.status != PZ_OK) rows.status = words.status;
    pz__buffer_free(&words);
    return pz__rows_take(&rows, (void ***)out_rows, out_count);
}
