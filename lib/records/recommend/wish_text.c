/* The text of the criteria of a request: "interests, strengths complementary 0.5, times 2". */
#include <string.h>

#include "base/fail.h"
#include "base/number.h"
#include "base/text.h"
#include "personalize/grouping.h"
#include "records/profile/feature.h"
#include "records/recommend/ask.h"

enum { MOST_WEIGHT = 1000 };

static const char *const direction_names[] = {NULL, "alike", "mixed", "balanced", "complementary"};

static pz_status fail_text(const char *what, const char *text, size_t length)
{
    return pz__fail(PZ_E_INVALID, "criteria", "An example is \"interests, strengths complementary 0.5, times 2\".", "%s: \"%.*s\".", what,
                    (int)pz__utf8_cut(text, length, 40), text);
}

/* The next word before `end`; 0 where there is none. */
static size_t next_word(const char **at, const char *end, const char **out_word)
{
    while (*at < end && **at == ' ') ++*at;
    *out_word = *at;
    while (*at < end && **at != ' ') ++*at;
    return (size_t)(*at - *out_word);
}

static int32_t direction_of(const char *word, size_t length)
{
    for (int32_t i = PZ_DIRECTION_ALIKE; i <= PZ_DIRECTION_COMPLEMENTARY; i++)
        if (strlen(direction_names[i]) == length && !memcmp(word, direction_names[i], length)) return i;
    return 0;
}

static pz_status check_direction(const pz__wish *wish, const char *text, size_t length)
{
    if (!pz__feature_is_times(wish->criterion)) return PZ_OK;
    if (wish->direction == PZ_DIRECTION_ALIKE || wish->direction == PZ_DIRECTION_MIXED) return PZ_OK;
    return fail_text("Times are alike or mixed", text, length);
}

static pz_status take_wish(const char *text, size_t length, pz__wish *wish)
{
    const char *at = text, *end = text + length, *word;
    size_t word_length = next_word(&at, end, &word);
    wish->criterion = pz__feature_criterion(word, word_length);
    wish->direction = PZ_DIRECTION_ALIKE;
    wish->weight = 1;
    if (wish->criterion < 0) return fail_text("A criterion is interests, needs, strengths, preferences or times", text, length);
    word_length = next_word(&at, end, &word);
    if (word_length && direction_of(word, word_length)) {
        wish->direction = direction_of(word, word_length);
        word_length = next_word(&at, end, &word);
    }
    if (word_length && (!pz__real_parse(word, word_length, &wish->weight) || !(wish->weight > 0 && wish->weight <= MOST_WEIGHT)))
        return fail_text("After its name a criterion has alike, mixed, balanced or complementary, and a weight above 0 to 1,000", text,
                         length);
    if (next_word(&at, end, &word)) return fail_text("There is a word too many", text, length);
    return check_direction(wish, text, length);
}

static int is_twice(const pz__grouping_ask *ask, int32_t criterion)
{
    for (size_t i = 0; i < ask->wish_count; i++)
        if (ask->wishes[i].criterion == criterion) return 1;
    return 0;
}

static pz_status take_text(pz__grouping_ask *ask, const char *text, size_t length)
{
    const char *at = text, *end = text + length;
    if (!length) return PZ_OK;
    for (;;) {
        const char *comma = memchr(at, ',', (size_t)(end - at));
        size_t size = (size_t)((comma ? comma : end) - at);
        pz__wish wish;
        PZ__TRY(take_wish(at, size, &wish));
        if (is_twice(ask, wish.criterion)) return fail_text("A criterion comes once", at, size);
        ask->wishes[ask->wish_count++] = wish;
        if (!comma) return PZ_OK;
        at = comma + 1;
    }
}

pz_status pz__grouping_ask_take_wishes(pz__grouping_ask *ask, const char *text, size_t length)
{
    int32_t interests = pz__feature_criterion("interests", strlen("interests"));
    ask->wish_count = 0;
    PZ__TRY(take_text(ask, text, length));
    if (ask->request.strategy == PZ_STRATEGY_INTEREST && !is_twice(ask, interests))
        ask->wishes[ask->wish_count++] = (pz__wish){interests, PZ_DIRECTION_ALIKE, 1};
    return PZ_OK;
}
