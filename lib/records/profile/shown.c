#include "records/profile/shown.h"

#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "records/ask.h"
#include "records/evidence/trail.h"

static pz_time later(pz_time a, pz_time b)
{
    return a == PZ_TIME_NONE || b > a ? b : a;
}

/* ------------------------------------------------------------------------------------------- misconceptions --- */

static pz_status note_sighting(pz__shown *shown, pz_id misconception, const pz__answer *answer)
{
    pz__sighting *at = shown->sightings, *end = at + shown->sighting_count;
    while (at < end && (at->misconception != misconception || at->competency != answer->competency)) at++;
    if (at == end) {
        PZ__TRY(pz__reserve((void **)&shown->sightings, &shown->sighting_capacity, shown->sighting_count + 1, sizeof *at));
        at = &shown->sightings[shown->sighting_count++];
        *at = (pz__sighting){misconception, answer->competency, 0, PZ_TIME_NONE};
    }
    at->times++;
    at->last_at = later(at->last_at, answer->at);
    return PZ_OK;
}

/* An item has few options; those without a misconception are left out. */
static pz_status look_for_misconceptions(pz__shown *shown, pz__call *call, const pz__answer *answer)
{
    static const char sql[] = "SELECT option_no, misconception_id FROM item_option WHERE tenant_id = ?1 AND item_id = ?2 "
                              "AND since_change <= ?3 AND until_change > ?3 AND misconception_id > 0";
    pz__statement *statement;
    pz_id misconception = 0;
    pz_status status;
    int row;
    if (!answer->item) return PZ_OK;
    PZ__TRY(pz__ask(call, sql, answer->item, &statement));
    while ((status = pz__db_step(statement, &row)) == PZ_OK && row) {
        shown->looked_at = later(shown->looked_at, answer->at);
        if (pz__column_int(statement, 0) == answer->option) misconception = pz__column_int(statement, 1);
    }
    pz__db_reset(statement);
    PZ__TRY(status);
    return misconception ? note_sighting(shown, misconception, answer) : PZ_OK;
}

/* ------------------------------------------------------------------------------------------------------ tests --- */

static pz_status is_standardized(pz__call *call, pz_id assessment, int *out_is)
{
    static const char sql[] = "SELECT kind FROM assessment WHERE tenant_id = ?1 AND assessment_id = ?2 AND since_change <= ?3 "
                              "AND until_change > ?3";
    pz__statement *statement;
    pz_status status;
    int row;
    *out_is = 0;
    PZ__TRY(pz__ask(call, sql, assessment, &statement));
    status = pz__db_step(statement, &row);
    if (row) *out_is = pz__column_int(statement, 0) == PZ_ASSESSMENT_STANDARDIZED;
    pz__db_reset(statement);
    return status;
}

/* The place of an assessment among those that are known, or where it belongs. */
static size_t place_of(const pz__shown *shown, pz_id assessment)
{
    size_t low = 0, high = shown->test_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (shown->tests[middle].assessment < assessment)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static pz_status note_test(pz__shown *shown, pz__call *call, const pz__answer *answer)
{
    size_t place = place_of(shown, answer->assessment);
    int is;
    if (!answer->assessment) return PZ_OK;
    if (place == shown->test_count || shown->tests[place].assessment != answer->assessment) {
        PZ__TRY(is_standardized(call, answer->assessment, &is));
        if (!is) return PZ_OK;
        PZ__TRY(pz__reserve((void **)&shown->tests, &shown->test_capacity, shown->test_count + 1, sizeof *shown->tests));
        memmove(&shown->tests[place + 1], &shown->tests[place], (shown->test_count - place) * sizeof *shown->tests);
        shown->tests[place] = (pz__test_result){answer->assessment, 0, 0, 0, PZ_TIME_NONE};
        shown->test_count++;
    }
    pz__test_result *test = &shown->tests[place];
    test->answers++;
    test->weight += answer->weight;
    test->reached += answer->weight * answer->score;
    test->last_at = later(test->last_at, answer->at);
    return PZ_OK;
}

/* ------------------------------------------------------------------------------------------------------ whole --- */

static pz_status read_trail(pz__shown *shown, pz__call *call, pz__trail *trail)
{
    pz_id last = 0;
    pz__answer answer;
    int more;
    for (;;) {
        PZ__TRY(pz__trail_next(trail, &answer, &more));
        if (!more) return PZ_OK;
        shown->competencies += answer.competency != last;
        last = answer.competency;
        shown->newest_at = later(shown->newest_at, answer.at);
        PZ__TRY(look_for_misconceptions(shown, call, &answer));
        PZ__TRY(note_test(shown, call, &answer));
    }
}

pz_status pz__shown_read(pz__shown *shown, pz__call *call, pz_id learner)
{
    pz__trail_range range = {learner, PZ__ALL_COMPETENCIES, PZ_TIME_NONE, 0, 0};
    pz__trail trail;
    pz_status status;
    memset(shown, 0, sizeof *shown);
    shown->newest_at = shown->looked_at = PZ_TIME_NONE;
    PZ__TRY(pz__trail_open(&trail, call, range));
    status = read_trail(shown, call, &trail);
    pz__trail_close(&trail);
    return status;
}

void pz__shown_free(pz__shown *shown)
{
    pz__release(shown->sightings);
    pz__release(shown->tests);
    memset(shown, 0, sizeof *shown);
}
