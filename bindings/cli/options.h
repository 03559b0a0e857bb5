/* The options of the command line: one table, so that each means the same everywhere. */
#ifndef PERSONALIZE_CLI_OPTIONS_H
#define PERSONALIZE_CLI_OPTIONS_H

#include <stddef.h>

typedef enum option_id {
    /* what every command takes */
    OPTION_STORE,
    OPTION_AS,
    OPTION_ROLE,
    OPTION_SERVICE,
    OPTION_PURPOSE,
    OPTION_SOURCE,
    OPTION_AS_OF,
    OPTION_KEY,
    OPTION_SECRET,
    OPTION_WAIT,
    OPTION_LANGUAGE,
    OPTION_JSON,
    OPTION_OUT,
    OPTION_HELP,
    OPTION_COMMON_END,
    /* what some take, in the order of the alphabet */
    OPTION_ABSENT = OPTION_COMMON_END,
    OPTION_ALL,
    OPTION_ANSWER_BY,
    OPTION_APART,
    OPTION_AREA,
    OPTION_ASSESSMENT,
    OPTION_BEFORE,
    OPTION_BEGINS,
    OPTION_CLASS,
    OPTION_CLOSES,
    OPTION_CODE,
    OPTION_COMPETENCY,
    OPTION_CONFIDENCE,
    OPTION_CONTENT,
    OPTION_CYCLE,
    OPTION_DECISION,
    OPTION_DEMOGRAPHICS,
    OPTION_DRY_RUN,
    OPTION_DUE,
    OPTION_ENDED,
    OPTION_ENDS,
    OPTION_EVIDENCE,
    OPTION_FAULTS_MAX,
    OPTION_FRAGMENT,
    OPTION_FRAMEWORK,
    OPTION_FROM,
    OPTION_GONE_LIMIT,
    OPTION_GROUPS,
    OPTION_HISTORY,
    OPTION_ID_PREFIX,
    OPTION_ITERATIONS,
    OPTION_KIND,
    OPTION_LEARNER,
    OPTION_LEAVES,
    OPTION_LIMIT,
    OPTION_LINK,
    OPTION_LOCK,
    OPTION_MAPPING,
    OPTION_MEASURE,
    OPTION_MODE,
    OPTION_MOVE,
    OPTION_NAME,
    OPTION_NEEDS,
    OPTION_NOTE,
    OPTION_OPENS,
    OPTION_ORG,
    OPTION_PERSON,
    OPTION_PREVIOUS,
    OPTION_REASON,
    OPTION_RECOMMENDATION,
    OPTION_REFLECTION,
    OPTION_SCALE,
    OPTION_SCOPE,
    OPTION_SCORE,
    OPTION_SECTION,
    OPTION_SEED,
    OPTION_SEQUENCE,
    OPTION_SETTINGS,
    OPTION_SINCE,
    OPTION_SIZE,
    OPTION_STANDARD_ERROR,
    OPTION_STATE,
    OPTION_STATEMENT,
    OPTION_STEPS,
    OPTION_STRATEGY,
    OPTION_STYLE,
    OPTION_SUGGEST_MAPPING,
    OPTION_SUPPORTER,
    OPTION_TARGET,
    OPTION_TIME_ZONE,
    OPTION_TITLE,
    OPTION_TOGETHER,
    OPTION_UNDER,
    OPTION_UNTIL,
    OPTION_VALUE,
    OPTION_VERSION,
    OPTION_VISIBILITY,
    OPTION_WITH_ROLE,
    OPTION_YES,
    OPTION_COUNT /* ends lists of options, too */
} option_id;

typedef struct cli_option {
    const char *name;     /* without its dashes */
    char letter;          /* short form, or 0 */
    int repeats;          /* may be given several times */
    const char *value;    /* word for its value, or NULL for a switch */
    const char *variable; /* of the environment, taken where the option is left out; or NULL */
    const char *meaning;  /* the words that help shows after it */
} cli_option;

const cli_option *option_row(option_id id);
/* OPTION_COUNT if there is none. */
option_id option_by_name(const char *name, size_t length);
option_id option_by_letter(char letter);

#endif
