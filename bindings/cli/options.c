#include "options.h"

#include <string.h>

/* clang-format off: one option, one line */
static const cli_option rows[OPTION_COUNT] = {
    [OPTION_STORE] = {"store", 's', 0, "FILE", "PERSONALIZE_STORE", "the store to work on"},
    [OPTION_AS] = {"as", 0, 0, "ID", "PERSONALIZE_AS", "act as this person, in the role that --role names"},
    [OPTION_ROLE] = {"role", 0, 0, "ROLE", "PERSONALIZE_ROLE", "learner, guardian, teacher, counselor or leader"},
    [OPTION_SERVICE] = {"service", 0, 0, "NAME", "PERSONALIZE_SERVICE", "act as a program of yours, by the name that it has on record"},
    [OPTION_PURPOSE] = {"purpose", 0, 0, "TEXT", "PERSONALIZE_PURPOSE", "why; kept with each change. The words of the command if left out"},
    [OPTION_SOURCE] = {"source", 0, 0, "NAME", "PERSONALIZE_SOURCE", "name of the source system that ids belong to"},
    [OPTION_AS_OF] = {"as-of", 0, 0, "TIME", NULL, "see the store as it was then: a day (its end), a time, or change:NUMBER"},
    [OPTION_KEY] = {"key", 0, 0, "TEXT", NULL, "a name for this one act: repeated with the same key it changes nothing"},
    [OPTION_SECRET] = {"secret", 0, 0, "FILE", "PERSONALIZE_SECRET",
                       "64 secret bytes that sign the chain of changes; the same at every use of the store"},
    [OPTION_WAIT] = {"wait", 0, 0, "SECONDS", NULL, "how long to wait for another writer, 0 to 600; 10 if left out"},
    [OPTION_LANGUAGE] = {"language", 0, 0, "CODE", "PERSONALIZE_LANGUAGE", "language of sentences and pages: en or es"},
    [OPTION_JSON] = {"json", 0, 0, NULL, NULL, "print JSON, errors too"},
    [OPTION_OUT] = {"out", 'o', 0, "FILE", NULL, "write to this file, readable by you alone, instead of standard output"},
    [OPTION_HELP] = {"help", 'h', 0, NULL, NULL, "show help of the command"},

    [OPTION_ABSENT] = {"absent", 0, 1, "ID", NULL, "a learner who is not grouped; may come several times"},
    [OPTION_ALL] = {"all", 0, 0, NULL, NULL, "help of every command"},
    [OPTION_ALTERNATIVE] = {"alternative", 0, 0, "TEXT", NULL, "what it says or shows, in words"},
    [OPTION_ANSWER_BY] = {"answer-by", 0, 0, "DATE", NULL, "day by which somebody should answer"},
    [OPTION_APART] = {"apart", 0, 1, "ID,ID", NULL, "two learners in different groups; may come several times"},
    [OPTION_AREA] = {"area", 0, 0, "WORD", NULL, "academic, personal or career"},
    [OPTION_ASSESSMENT] = {"assessment", 0, 0, "ID", NULL, "only of this assessment"},
    [OPTION_AVENUE] = {"avenue", 0, 0, "WORD", NULL, "text, the default, journal, audio, video, image or link"},
    [OPTION_BEFORE] = {"before", 0, 0, "TIME", NULL, "shown before this time"},
    [OPTION_BEGINS] = {"begins", 0, 0, "DATE", NULL, "first day that it holds"},
    [OPTION_BYTES] = {"bytes", 0, 0, "NUMBER", NULL, "size of the file"},
    [OPTION_CLASS] = {"class", 0, 0, "ID", NULL, "a class"},
    [OPTION_CLOSES] = {"closes", 0, 0, "DATE", NULL, "last day of evidence"},
    [OPTION_CODE] = {"code", 0, 0, "TEXT", NULL, "term of a vocabulary, or code of a competency"},
    [OPTION_COMPETENCY] = {"competency", 0, 0, "ID", NULL, "a competency, by id or by its code"},
    [OPTION_CONFIDENCE] = {"confidence", 0, 0, "NUMBER", NULL, "how sure you are of it, 0 to 1"},
    [OPTION_CONTENT] = {"content", 0, 0, "TEXT", NULL, "in people's own words; @FILE reads a file, @- standard input"},
    [OPTION_CYCLE] = {"cycle", 0, 0, "ID", NULL, "an assessment cycle"},
    [OPTION_DAYS] = {"days", 0, 0, "NUMBER", NULL, "calendar days, 0 to 366; -1 takes them away"},
    [OPTION_DECISION] = {"decision", 0, 0, "WORD", NULL, "mastered, not_yet or not_enough_evidence"},
    [OPTION_DEMOGRAPHICS] = {"demographics", 0, 0, NULL, NULL, "also keep demographics"},
    [OPTION_DRY_RUN] = {"dry-run", 0, 0, NULL, NULL, "report faults and differences, write nothing"},
    [OPTION_DUE] = {"due", 0, 0, "DATE", NULL, "day by which the goal should be reached, or of a check-in"},
    [OPTION_EARLIER] = {"earlier", 0, 0, "NUMBER", NULL, "how many of the last accepted groupings of the class count as earlier, 0 to 100"},
    [OPTION_EARLIER_MOST] = {"earlier-most", 0, 0, "NUMBER", NULL, "keep apart two who were together more often than this in these"},
    [OPTION_EARLIER_WEIGHT] = {"earlier-weight", 0, 0, "NUMBER", NULL, "how much few repeats count, 1 if left out; 0: not at all"},
    [OPTION_ENDED] = {"ended", 0, 0, NULL, NULL, "also what has ended"},
    [OPTION_ENDS] = {"ends", 0, 0, "DATE", NULL, "last day that it holds"},
    [OPTION_EVIDENCE] = {"evidence", 0, 1, "TEXT", NULL, "what shows it, such as \"Explained it to the class\"; may come several times"},
    [OPTION_FAULTS_MAX] = {"faults-max", 0, 0, "NUMBER", NULL, "most faults listed, 1000 if left out; the rest are counted"},
    [OPTION_FRAGMENT] = {"fragment", 0, 0, NULL, NULL, "only the part to place inside a page of yours"},
    [OPTION_FRAMEWORK] = {"framework", 0, 0, "ID", NULL, "a framework of competencies"},
    [OPTION_FROM] = {"from", 0, 0, "TIME", NULL, "shown at or after this time"},
    [OPTION_GONE_LIMIT] = {"gone-limit", 0, 0, "PERCENT", NULL, "most records of a kind that a bulk import may end, 20 if left out"},
    [OPTION_GROUPS] = {"groups", 0, 0, "NUMBER", NULL, "how many groups; as many as the sizes need if left out"},
    [OPTION_HASH] = {"hash", 0, 0, "HEX", NULL, "SHA-256 of the file"},
    [OPTION_HISTORY] = {"history", 0, 0, NULL, NULL, "also what was superseded, oldest first"},
    [OPTION_ID_PREFIX] = {"id-prefix", 0, 0, "WORD", NULL, "tells several fragments on one page apart"},
    [OPTION_INSTEAD] = {"instead", 0, 0, "ID", NULL, "the competency to go on with instead"},
    [OPTION_ITERATIONS] = {"iterations", 0, 0, "NUMBER", NULL, "steps of the search; chosen by the number of learners if left out"},
    [OPTION_KIND] = {"kind", 0, 0, "WORD", NULL,
                     "of a cycle: diagnostic, formative, interim or summative; of a CSV file: responses, attendance and so on; of what is said: need, idea and so on"},
    [OPTION_LEARNER] = {"learner", 0, 0, "ID", NULL, "a learner"},
    [OPTION_LEAVES] = {"leaves", 0, 0, NULL, NULL, "only competencies that have none below them"},
    [OPTION_LIMIT] = {"limit", 0, 0, "NUMBER", NULL, "most rows, 1000 if left out"},
    [OPTION_LINK] = {"link", 0, 0, "ADDRESS", NULL, "where the work can be seen"},
    [OPTION_LOCK] = {"lock", 0, 1, "ID:GROUP", NULL, "a learner in the group of this number; may come several times"},
    [OPTION_MAPPING] = {"mapping", 0, 0, "FILE", NULL, "what the columns mean; --suggest-mapping prints one to start from"},
    [OPTION_MEASURE] = {"measure", 0, 0, "WORD", NULL, "how it is known that the goal was reached: demonstration, mastery or estimate"},
    [OPTION_MEDIA_TYPE] = {"media-type", 0, 0, "TYPE", NULL, "such as video/webm"},
    [OPTION_MODE] = {"mode", 0, 0, "WORD", NULL, "strict, the default: every departure from the standard is a fault; or lenient"},
    [OPTION_MOVE] = {"move", 0, 1, "ID:GROUP", NULL, "move a learner to a group, 0 takes out; may come several times"},
    [OPTION_NAME] = {"name", 0, 0, "TEXT", NULL, "name of the school or district"},
    [OPTION_NEEDS] = {"needs", 0, 0, NULL, NULL, "only what learners need"},
    [OPTION_NEXT] = {"next", 0, 0, "DATE", NULL, "day of the next one; none is set if left out"},
    [OPTION_NOTE] = {"note", 0, 0, "TEXT", NULL, "a note; @FILE reads a file, @- standard input"},
    [OPTION_OPENS] = {"opens", 0, 0, "DATE", NULL, "first day of the cycle"},
    [OPTION_ORG] = {"org", 0, 0, "ID", NULL, "a school or district"},
    [OPTION_OUTCOME] = {"outcome", 0, 0, "TEXT", NULL, "what was agreed; @FILE reads a file, @- standard input"},
    [OPTION_OWED] = {"owed", 0, 0, NULL, NULL, "only what you owe an answer"},
    [OPTION_PERSON] = {"person", 0, 0, "ID", NULL, "a person"},
    [OPTION_PREVIOUS] = {"previous", 0, 0, "ID", NULL, "the cycle before, against which growth is measured"},
    [OPTION_REASON] = {"reason", 0, 0, "TEXT", NULL, "why; @FILE reads a file, @- standard input"},
    [OPTION_RECOMMENDATION] = {"recommendation", 0, 0, "ID", NULL,
                               "groups of this recommendation; the last that was not rejected if left out"},
    [OPTION_REFERENCE] = {"reference", 0, 0, "ADDRESS", NULL, "where it is: an https address, or a relative path of the host"},
    [OPTION_REFLECTION] = {"reflection", 0, 0, "TEXT", NULL, "what the learner says of it; @FILE reads a file, @- standard input"},
    [OPTION_RHYTHM] = {"rhythm", 0, 0, "WORD", NULL, "monthly, each_cycle or on_demand"},
    [OPTION_SCALE] = {"scale", 0, 0, "TEXT", NULL, "name of the value's scale"},
    [OPTION_SCOPE] = {"scope", 0, 0, "ID", NULL, "the class (class:ID) or org (org:ID) that it holds for; the whole store if left out"},
    [OPTION_SCORE] = {"score", 0, 0, "NUMBER", NULL, "the right score, 0 to 1; left out, the row is withdrawn"},
    [OPTION_SECTION] = {"section", 0, 0, "WORD", NULL,
                        "interest, background, experience, prior_success, strength, need, support, technology, attendance, test_score, "
                        "learn_what, learn_how, learn_when or learn_where"},
    [OPTION_SEED] = {"seed", 0, 0, "NUMBER", NULL, "seed of the search, 1 if left out"},
    [OPTION_SEQUENCE] = {"sequence", 0, 0, "NUMBER", NULL, "number of the row of evidence, as 'evidence list' shows it, or latest"},
    [OPTION_SETTINGS] = {"settings", 0, 0, "JSON", NULL, "settings of the model, such as {\"model\":\"mean\"}; @FILE reads a file"},
    [OPTION_SHARE] = {"share", 0, 0, "ID", NULL, "class whose learners may read and co-sign it"},
    [OPTION_SHARED] = {"shared", 0, 0, NULL, NULL, "what classmates shared with you"},
    [OPTION_SINCE] = {"since", 0, 0, "CURSOR", NULL, "only what came after; the cursor is what the last call printed"},
    [OPTION_SIZE] = {"size", 0, 0, "MIN-MAX", NULL, "learners in a group, 3-5 if left out"},
    [OPTION_STANDARD_ERROR] = {"standard-error", 0, 0, "NUMBER", NULL, "standard error of the value"},
    [OPTION_STATE] = {"state", 0, 0, "WORD", NULL, "only in this state"},
    [OPTION_STATEMENT] = {"statement", 0, 0, "TEXT", NULL, "the goal in the learner's words; @FILE reads a file, @- standard input"},
    [OPTION_STEPS] = {"steps", 0, 0, NULL, NULL, "only next steps"},
    [OPTION_STRATEGY] = {"strategy", 0, 0, "WORD", NULL, "need, the default, readiness, mixed or random"},
    [OPTION_STYLE] = {"style", 0, 0, NULL, NULL, "print the style sheet that fragments need"},
    [OPTION_SUGGEST_MAPPING] = {"suggest-mapping", 0, 0, NULL, NULL, "print a mapping to start from, import nothing"},
    [OPTION_SUPPORTER] = {"supporter", 0, 0, "ID", NULL, "goals that this person supports or is asked to"},
    [OPTION_TARGET] = {"target", 0, 0, "NUMBER", NULL, "estimate to reach, 0 to 1"},
    [OPTION_TEMPLATE] = {"template", 0, 0, "ID", NULL, "a template; the own one of the library if left out"},
    [OPTION_TIME_ZONE] = {"time-zone", 0, 0, "ZONE", NULL, "UTC, the default, an offset such as +05:30, or a name such as Europe/Lisbon"},
    [OPTION_TITLE] = {"title", 0, 0, "TEXT", NULL, "a title"},
    [OPTION_TO] = {"to", 0, 0, "ROLE", NULL, "role it is addressed to; --person names one in it"},
    [OPTION_TOGETHER] = {"together", 0, 1, "ID,ID", NULL, "two learners in one group; may come several times"},
    [OPTION_TOPIC] = {"topic", 0, 0, "TEXT", NULL, "what it belongs to, in a word or two"},
    [OPTION_TOUCHED] = {"touched", 0, 1, "KIND:ID", NULL, "a goal, entry, competency or voice entry that was touched; may come several times"},
    [OPTION_UNDER] = {"under", 0, 0, "ID", NULL, "this competency and all below it"},
    [OPTION_UNTIL] = {"until", 0, 0, "DATE", NULL, "up to this day"},
    [OPTION_VALUE] = {"value", 0, 0, "NUMBER", NULL, "a number, such as a score"},
    [OPTION_VERSION] = {"if-version", 0, 0, "NUMBER", NULL, "only if this version is still current; the one that is current if left out"},
    [OPTION_VISIBILITY] = {"visibility", 0, 0, "WORD", NULL, "who sees it: self, named, teachers, guardians or school"},
    [OPTION_WAITING] = {"waiting", 0, 0, NULL, NULL, "only what waits for an answer"},
    [OPTION_WITH] = {"with", 0, 1, "ROLE:ID", NULL, "somebody who takes part; may come several times"},
    [OPTION_WITH_ROLE] = {"with-role", 0, 0, "ROLE", NULL, "people in this role"},
    [OPTION_YES] = {"yes", 0, 0, NULL, NULL, "do it without asking"},
};
/* clang-format on */

const cli_option *option_row(option_id id)
{
    return &rows[id];
}

option_id option_by_name(const char *name, size_t length)
{
    int id = 0;
    while (id < OPTION_COUNT && (strlen(rows[id].name) != length || memcmp(rows[id].name, name, length) != 0)) id++;
    return (option_id)id;
}

option_id option_by_letter(char letter)
{
    int id = 0;
    while (id < OPTION_COUNT && (!letter || rows[id].letter != letter)) id++;
    return (option_id)id;
}
