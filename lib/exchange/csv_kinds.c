/* The kinds of rows that a CSV mapping can speak of, and the values of each: docs/csv-mapping.md as data. */
#include <stddef.h>

#include "exchange/csv_mapping.h"
#include "personalize/goal.h"
#include "personalize/profile.h"

/* In the order of pz_visibility and pz_goal_area. */
static const char *const visibilities[] = {"", "self", "named", "teachers", "guardians", "school", NULL};
static const char *const areas[] = {"", "academic", "personal", "career", "social", NULL};

/* clang-format off: one value, one line */
const pz__csv_target_info pz__csv_targets[PZ__CSV_TARGETS] = {
    [PZ__CSV_LEARNER] = {"learner", PZ__CSV_WORD, 0, 0, NULL},
    [PZ__CSV_ITEM] = {"item", PZ__CSV_WORD, 0, 0, NULL},
    [PZ__CSV_COMPETENCY] = {"competency", PZ__CSV_LINE, 0, 0, NULL},
    [PZ__CSV_SCORE] = {"score", PZ__CSV_NUMBER, -1e12, 1e12, NULL},
    [PZ__CSV_MAX] = {"max", PZ__CSV_NUMBER, 1e-12, 1e12, NULL},
    [PZ__CSV_CHOICE] = {"choice", PZ__CSV_WORD, 0, 0, NULL},
    [PZ__CSV_CORRECT_CHOICE] = {"correct_choice", PZ__CSV_WORD, 0, 0, NULL},
    [PZ__CSV_MISCONCEPTION] = {"misconception", PZ__CSV_WORD, 0, 0, NULL},
    [PZ__CSV_MISCONCEPTION_STATEMENT] = {"misconception_statement", PZ__CSV_LINE, 0, 0, NULL},
    [PZ__CSV_QUESTION] = {"question", PZ__CSV_LINE, 0, 0, NULL},
    [PZ__CSV_WEIGHT] = {"weight", PZ__CSV_NUMBER, 1e-12, 1, NULL},
    [PZ__CSV_AT] = {"at", PZ__CSV_TIME, 0, 0, NULL},
    [PZ__CSV_ASSESSMENT] = {"assessment", PZ__CSV_WORD, 0, 0, NULL},
    [PZ__CSV_SCALE] = {"scale", PZ__CSV_LINE, 0, 0, NULL},
    [PZ__CSV_VALUE] = {"value", PZ__CSV_NUMBER, -1e12, 1e12, NULL},
    [PZ__CSV_STANDARD_ERROR] = {"standard_error", PZ__CSV_NUMBER, 0, 1e12, NULL},
    [PZ__CSV_CODE] = {"code", PZ__CSV_LINE, 0, 0, NULL},
    [PZ__CSV_TEXT] = {"text", PZ__CSV_PROSE, 0, 0, NULL},
    [PZ__CSV_ON] = {"on", PZ__CSV_TIME, 0, 0, NULL},
    [PZ__CSV_FROM] = {"from", PZ__CSV_DAY, 0, 0, NULL},
    [PZ__CSV_UNTIL] = {"until", PZ__CSV_DAY, 0, 0, NULL},
    [PZ__CSV_SHARE] = {"share", PZ__CSV_NUMBER, 0, 1, NULL},
    [PZ__CSV_DAYS] = {"days", PZ__CSV_NUMBER, 1e-12, 1e6, NULL},
    [PZ__CSV_DAYS_PRESENT] = {"days_present", PZ__CSV_NUMBER, 0, 1e6, NULL},
    [PZ__CSV_DAYS_ABSENT] = {"days_absent", PZ__CSV_NUMBER, 0, 1e6, NULL},
    [PZ__CSV_CONFIDENCE] = {"confidence", PZ__CSV_NUMBER, 0, 1, NULL},
    [PZ__CSV_VISIBILITY] = {"visibility", PZ__CSV_ENUM, 0, 0, visibilities},
    [PZ__CSV_STATEMENT] = {"statement", PZ__CSV_PROSE, 0, 0, NULL},
    [PZ__CSV_REASON] = {"reason", PZ__CSV_PROSE, 0, 0, NULL},
    [PZ__CSV_AREA] = {"area", PZ__CSV_ENUM, 0, 0, areas},
    [PZ__CSV_DUE] = {"due", PZ__CSV_DAY, 0, 0, NULL},
};
/* clang-format on */

#define B PZ__CSV_BIT
#define RESPONSES                                                                                                                          \
    (B(PZ__CSV_LEARNER) | B(PZ__CSV_ITEM) | B(PZ__CSV_COMPETENCY) | B(PZ__CSV_SCORE) | B(PZ__CSV_MAX) | B(PZ__CSV_CHOICE) |                \
     B(PZ__CSV_CORRECT_CHOICE) | B(PZ__CSV_MISCONCEPTION) | B(PZ__CSV_MISCONCEPTION_STATEMENT) | B(PZ__CSV_QUESTION) | B(PZ__CSV_WEIGHT) | \
     B(PZ__CSV_AT) | B(PZ__CSV_ASSESSMENT))
#define ENTRY                                                                                                                              \
    (B(PZ__CSV_LEARNER) | B(PZ__CSV_CODE) | B(PZ__CSV_TEXT) | B(PZ__CSV_ON) | B(PZ__CSV_FROM) | B(PZ__CSV_UNTIL) | B(PZ__CSV_CONFIDENCE) | \
     B(PZ__CSV_VISIBILITY))
#define SCORES                                                                                                                             \
    (B(PZ__CSV_LEARNER) | B(PZ__CSV_SCALE) | B(PZ__CSV_VALUE) | B(PZ__CSV_STANDARD_ERROR) | B(PZ__CSV_CODE) | B(PZ__CSV_TEXT) |            \
     B(PZ__CSV_ON) | B(PZ__CSV_VISIBILITY))
#define ATTENDANCE                                                                                                                         \
    (B(PZ__CSV_LEARNER) | B(PZ__CSV_SHARE) | B(PZ__CSV_DAYS) | B(PZ__CSV_DAYS_PRESENT) | B(PZ__CSV_DAYS_ABSENT) | B(PZ__CSV_FROM) |        \
     B(PZ__CSV_UNTIL) | B(PZ__CSV_TEXT) | B(PZ__CSV_VISIBILITY))
#define GOALS (B(PZ__CSV_LEARNER) | B(PZ__CSV_STATEMENT) | B(PZ__CSV_REASON) | B(PZ__CSV_AREA) | B(PZ__CSV_DUE))

const pz__csv_kind pz__csv_kinds[] = {
    {"responses", 0, RESPONSES, B(PZ__CSV_LEARNER)},
    {"test_scores", PZ_PROFILE_TEST_SCORE, SCORES, B(PZ__CSV_LEARNER) | B(PZ__CSV_SCALE) | B(PZ__CSV_VALUE)},
    {"attendance", PZ_PROFILE_ATTENDANCE, ATTENDANCE, B(PZ__CSV_LEARNER) | B(PZ__CSV_FROM) | B(PZ__CSV_UNTIL)},
    {"interests", PZ_PROFILE_INTEREST, ENTRY, B(PZ__CSV_LEARNER)},
    {"background", PZ_PROFILE_BACKGROUND, ENTRY, B(PZ__CSV_LEARNER)},
    {"experiences", PZ_PROFILE_EXPERIENCE, ENTRY, B(PZ__CSV_LEARNER)},
    {"prior_successes", PZ_PROFILE_PRIOR_SUCCESS, ENTRY, B(PZ__CSV_LEARNER)},
    {"strengths", PZ_PROFILE_STRENGTH, ENTRY, B(PZ__CSV_LEARNER)},
    {"needs", PZ_PROFILE_NEED, ENTRY, B(PZ__CSV_LEARNER)},
    {"supports", PZ_PROFILE_SUPPORT, ENTRY, B(PZ__CSV_LEARNER)},
    {"technology", PZ_PROFILE_TECHNOLOGY, ENTRY, B(PZ__CSV_LEARNER)},
    {"goals", 0, GOALS, B(PZ__CSV_LEARNER) | B(PZ__CSV_STATEMENT)},
    {NULL, 0, 0, 0},
};

/* The values of which a row needs one or the other, beyond those that it needs in any case. */
static pz__csv_lack lack_of_choice(const pz__csv_kind *kind, uint64_t given, int has_wide)
{
    pz__csv_lack lack = {PZ__CSV_TARGETS, NULL};
    if (kind->allowed & B(PZ__CSV_ITEM)) {
        lack.target = PZ__CSV_SCORE, lack.words = "a score or a choice is needed.";
        if (has_wide || (given & (B(PZ__CSV_SCORE) | B(PZ__CSV_CHOICE)))) lack.words = NULL;
    } else if (kind->allowed & B(PZ__CSV_SHARE)) {
        int has_parts = (given & B(PZ__CSV_DAYS)) && (given & (B(PZ__CSV_DAYS_PRESENT) | B(PZ__CSV_DAYS_ABSENT)));
        lack.target = PZ__CSV_SHARE, lack.words = "the share, or days and days_present or days_absent, are needed.";
        if (has_parts || (given & B(PZ__CSV_SHARE))) lack.words = NULL;
    } else if (kind->allowed & B(PZ__CSV_CONFIDENCE)) {
        lack.target = PZ__CSV_TEXT, lack.words = "a text or a code is needed.";
        if (given & (B(PZ__CSV_TEXT) | B(PZ__CSV_CODE))) lack.words = NULL;
    }
    return lack;
}

int pz__csv_lacks(const pz__csv_kind *kind, uint64_t given, int has_items, int has_wide, pz__csv_lack lacks[PZ__CSV_TARGETS])
{
    uint64_t needed = kind->needed;
    pz__csv_lack choice = lack_of_choice(kind, given, has_wide);
    int count = 0;
    if ((kind->allowed & B(PZ__CSV_ITEM)) && !has_wide) needed |= B(PZ__CSV_ITEM);
    for (int i = 0; i < PZ__CSV_TARGETS; i++) {
        const char *words = needed & B(i) ? "rows of this kind need this value." : NULL;
        if (i == PZ__CSV_COMPETENCY && (kind->allowed & B(PZ__CSV_ITEM)) && !has_items)
            words = "it, or the competencies of each item in \"items\", are needed.";
        if (!words || (given & B(i))) continue;
        lacks[count].target = (pz__csv_target)i;
        lacks[count++].words = words;
    }
    if (choice.words) lacks[count++] = choice;
    return count;
}
