/* Records named on the command line: "id:123", the id of the source system, a competency's code, or "latest". */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"

/* By their number in ::pz_kind. Those with a source have ids in the outside world; others are known by their number alone. */
static const struct {
    const char *word;
    int is_outside;
} kinds[] = {
    [PZ_KIND_ORG] = {"org", 1},
    [PZ_KIND_SESSION] = {"session", 1},
    [PZ_KIND_COURSE] = {"course", 1},
    [PZ_KIND_CLASS] = {"class", 1},
    [PZ_KIND_PERSON] = {"person", 1},
    [PZ_KIND_ENROLLMENT] = {"enrollment", 1},
    [PZ_KIND_GUARDIANSHIP] = {"guardianship", 0},
    [PZ_KIND_FRAMEWORK] = {"framework", 1},
    [PZ_KIND_COMPETENCY] = {"competency", 1},
    [PZ_KIND_ASSOCIATION] = {"association", 1},
    [PZ_KIND_ASSESSMENT] = {"assessment", 1},
    [PZ_KIND_ITEM] = {"item", 1},
    [PZ_KIND_MISCONCEPTION] = {"misconception", 0},
    [PZ_KIND_EVIDENCE] = {"evidence", 0},
    [PZ_KIND_MASTERY] = {"mastery", 0},
    [PZ_KIND_MASTERY_RULE] = {"rule", 0},
    [PZ_KIND_CYCLE] = {"cycle", 0},
    [PZ_KIND_GOAL] = {"goal", 0},
    [PZ_KIND_PROFILE_ENTRY] = {"profile entry", 0},
    [PZ_KIND_RECOMMENDATION] = {"recommendation", 0},
    [PZ_KIND_CHANGE] = {"change", 0},
    [PZ_KIND_STORE] = {"store", 0},
    [PZ_KIND_ROLE] = {"role", 0},
    [PZ_KIND_VOICE] = {"voice entry", 0},
    [PZ_KIND_VOICE_POLICY] = {"policy", 0},
    [PZ_KIND_CHECKIN] = {"check-in", 0},
    [PZ_KIND_CHECKIN_TEMPLATE] = {"template", 0},
    [PZ_KIND_QUESTIONNAIRE] = {"questionnaire", 0},
    [PZ_KIND_ANSWER] = {"answer", 0},
    [PZ_KIND_THEME] = {"theme", 0},
    [PZ_KIND_NOTE] = {"note", 0},
    [PZ_KIND_GOAL_POLICY] = {"policy", 0},
    [PZ_KIND_GOAL_GROUP] = {"group goal", 0},
    [PZ_KIND_ACTIVITY] = {"activity", 0},
    [PZ_KIND_ASSIGNMENT] = {"assignment", 0},
    [PZ_KIND_PLAN] = {"plan", 0},
    [PZ_KIND_PLAN_TEMPLATE] = {"plan template", 0},
};
enum { KINDS = sizeof kinds / sizeof kinds[0] };

int kind_is_outside(pz_kind kind)
{
    return (size_t)kind < KINDS && kinds[kind].is_outside;
}

const char *kind_word(pz_kind kind)
{
    if (kind == KIND_GOAL_REQUEST) return "request";
    if (kind == KIND_MILESTONE) return "milestone";
    if (kind == KIND_DEMONSTRATION) return "demonstration";
    return (size_t)kind < KINDS && kinds[kind].word ? kinds[kind].word : "record";
}

pz_kind kind_by_word(const char *word)
{
    for (int kind = 1; kind < KINDS; kind++)
        if (kinds[kind].is_outside && !strcmp(kinds[kind].word, word)) return (pz_kind)kind;
    return (pz_kind)0;
}

/* ---------------------------------------------------------------------------------------------- by number --- */

static int read_number(const char *text, size_t length, pz_id *out)
{
    char copy[24];
    if (length == 0 || length >= sizeof copy || strspn(text, "0123456789") < length) return 0;
    memcpy(copy, text, length);
    copy[length] = '\0';
    errno = 0;
    *out = strtoll(copy, NULL, 10);
    return !errno && *out > 0;
}

/* ---------------------------------------------------------------------------------------------- by code --- */

static pz_status competency_by_code(cli_run *cli, const char *text, size_t length, pz_id *out)
{
    pz_competency_query query = PZ_COMPETENCY_QUERY_INIT;
    pz_competency **found;
    size_t count;
    query.code = text;
    query.code_len = length;
    TRY(pz_competency_list(cli->actor, &query, &found, &count));
    if (count == 1) *out = found[0]->id;
    pz_free(found);
    if (count == 1) return PZ_OK;
    if (count == 0) return PZ_E_NOT_FOUND;
    return cli_fail(cli, PZ_E_CONFLICT, "Name one by its id: personalize competencies list --code CODE shows them.",
                    "%zu competencies have this code.", count);
}

/* ---------------------------------------------------------------------------------------------- latest --- */

/* The newest that is still open; where none is, the newest. */
static pz_status latest_goal(cli_run *cli, pz_id *out)
{
    pz_goal **rows;
    size_t count;
    pz_id newest = 0;
    TRY(pz_goal_list(cli->actor, NULL, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        if (rows[i]->id > newest) newest = rows[i]->id;
        if (rows[i]->state != PZ_GOAL_ACHIEVED && rows[i]->state != PZ_GOAL_ABANDONED && rows[i]->id > *out) *out = rows[i]->id;
    }
    if (!*out) *out = newest;
    pz_free(rows);
    return PZ_OK;
}

static pz_status latest_request_of(cli_run *cli, pz_id goal, pz_id *out)
{
    pz_goal_request **rows;
    size_t count;
    TRY(pz_goal_request_list(cli->actor, goal, &rows, &count));
    for (size_t i = 0; i < count; i++)
        if (rows[i]->state == PZ_REQUEST_WAITING && rows[i]->id > *out) *out = rows[i]->id;
    pz_free(rows);
    return PZ_OK;
}

static pz_status latest_milestone_of(cli_run *cli, pz_id goal, pz_id *out)
{
    pz_goal_milestone **rows;
    size_t count;
    TRY(pz_goal_milestone_list(cli->actor, goal, &rows, &count));
    for (size_t i = 0; i < count; i++)
        if (rows[i]->state == PZ_MILESTONE_OPEN && rows[i]->id > *out) *out = rows[i]->id;
    pz_free(rows);
    return PZ_OK;
}

static pz_status latest_demonstration_of(cli_run *cli, pz_id goal, pz_id *out)
{
    pz_demonstration **rows;
    size_t count;
    TRY(pz_demonstration_list(cli->actor, goal, &rows, &count));
    for (size_t i = 0; i < count; i++)
        if (rows[i]->id > *out) *out = rows[i]->id;
    pz_free(rows);
    return PZ_OK;
}

/* The newest of what goals have: a request that waits, an open milestone, a demonstration. */
static pz_status latest_of_goals(cli_run *cli, pz_status (*of)(cli_run *, pz_id, pz_id *), pz_id *out)
{
    pz_goal **goals;
    size_t count;
    pz_status status = PZ_OK;
    TRY(pz_goal_list(cli->actor, NULL, &goals, &count));
    for (size_t i = 0; i < count && status == PZ_OK; i++) status = of(cli, goals[i]->id, out);
    pz_free(goals);
    return status;
}

static pz_status latest_cycle(cli_run *cli, pz_id *out)
{
    pz_cycle **rows;
    size_t count;
    TRY(pz_cycle_list(cli->actor, NULL, &rows, &count));
    if (count > 0) *out = rows[0]->id;
    pz_free(rows);
    return PZ_OK;
}

static pz_status latest_recommendation(cli_run *cli, pz_id *out)
{
    pz_recommendation **rows;
    size_t count;
    TRY(pz_recommendation_list(cli->actor, NULL, &rows, &count));
    if (count > 0) *out = rows[0]->id;
    pz_free(rows);
    return PZ_OK;
}

static pz_status latest_profile_entry(cli_run *cli, pz_id *out)
{
    pz_profile_query query = PZ_PROFILE_QUERY_INIT;
    pz_profile_entry **rows;
    size_t count;
    TRY(pz_profile_entry_list(cli->actor, &query, &rows, &count));
    for (size_t i = 0; i < count; i++)
        if (rows[i]->id > *out) *out = rows[i]->id;
    pz_free(rows);
    return PZ_OK;
}

/* The newest that the command can be meant for: what was answered is opened again, what classmates shared is co-signed, all else waits. Where there
 * is none, the newest. */
static pz_status latest_voice(cli_run *cli, pz_id *out)
{
    pz_voice_query query = PZ_VOICE_QUERY_INIT;
    int32_t waits = strcmp(cli->command->words, "voice reopen") != 0;
    pz_voice_entry **rows;
    size_t count;
    pz_id newest = 0;
    query.shared_only = !strcmp(cli->command->words, "voice cosign");
    TRY(pz_voice_list(cli->actor, &query, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        if (rows[i]->id > newest) newest = rows[i]->id;
        if (rows[i]->awaits_answer == waits && rows[i]->id > *out) *out = rows[i]->id;
    }
    if (!*out) *out = newest;
    pz_free(rows);
    return PZ_OK;
}

static pz_status latest_checkin(cli_run *cli, pz_id *out)
{
    pz_checkin **rows;
    size_t count;
    pz_id newest = 0;
    TRY(pz_checkin_list(cli->actor, NULL, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        if (rows[i]->id > newest) newest = rows[i]->id;
        if (rows[i]->state == PZ_CHECKIN_PLANNED && rows[i]->id > *out) *out = rows[i]->id;
    }
    if (!*out) *out = newest;
    pz_free(rows);
    return PZ_OK;
}

static pz_status latest_template(cli_run *cli, pz_id *out)
{
    pz_checkin_template **rows;
    size_t count;
    TRY(pz_checkin_template_list(cli->actor, NULL, NULL, &rows, &count));
    for (size_t i = 0; i < count; i++)
        if (!rows[i]->ended && rows[i]->id > *out) *out = rows[i]->id;
    pz_free(rows);
    return PZ_OK;
}

static pz_status latest_questionnaire(cli_run *cli, pz_id *out)
{
    pz_questionnaire **rows;
    size_t count;
    TRY(pz_questionnaire_list(cli->actor, NULL, NULL, &rows, &count));
    for (size_t i = 0; i < count; i++)
        if (!rows[i]->ended && rows[i]->id > *out) *out = rows[i]->id;
    pz_free(rows);
    return PZ_OK;
}

static pz_status latest_answer(cli_run *cli, pz_id *out)
{
    pz_answer_query query = PZ_ANSWER_QUERY_INIT;
    pz_answer **rows;
    size_t count;
    query.state = PZ_ANSWER_WAITING;
    TRY(pz_answer_list(cli->actor, &query, &rows, &count));
    for (size_t i = 0; i < count; i++)
        if (rows[i]->id > *out) *out = rows[i]->id;
    pz_free(rows);
    return PZ_OK;
}

static pz_status latest_note(cli_run *cli, pz_id *out)
{
    pz_private_note **rows;
    size_t count;
    TRY(pz_private_note_list(cli->actor, NULL, &rows, &count));
    for (size_t i = 0; i < count; i++)
        if (rows[i]->id > *out) *out = rows[i]->id;
    pz_free(rows);
    return PZ_OK;
}

static pz_status latest_activity(cli_run *cli, pz_id *out)
{
    pz_activity **rows;
    size_t count;
    TRY(pz_activity_list(cli->actor, NULL, &rows, &count));
    for (size_t i = 0; i < count; i++)
        if (rows[i]->id > *out) *out = rows[i]->id;
    pz_free(rows);
    return PZ_OK;
}

/* The newest that is not over; to be returned, the newest that was submitted. Where there is none, the newest. */
static pz_status latest_assignment(cli_run *cli, pz_id *out)
{
    int32_t least = strcmp(cli->command->words, "activity return") ? PZ_ASSIGNMENT_ASSIGNED : PZ_ASSIGNMENT_SUBMITTED;
    pz_assignment **rows;
    size_t count;
    pz_id newest = 0;
    TRY(pz_assignment_list(cli->actor, NULL, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        if (rows[i]->id > newest) newest = rows[i]->id;
        if (rows[i]->state >= least && rows[i]->state <= PZ_ASSIGNMENT_SUBMITTED && rows[i]->id > *out) *out = rows[i]->id;
    }
    if (!*out) *out = newest;
    pz_free(rows);
    return PZ_OK;
}

/* The newest that is not closed; where there is none, the newest. */
static pz_status latest_plan(cli_run *cli, pz_id *out)
{
    pz_plan **rows;
    size_t count;
    pz_id newest = 0;
    TRY(pz_plan_list(cli->actor, NULL, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        if (rows[i]->id > newest) newest = rows[i]->id;
        if (rows[i]->state != PZ_PLAN_CLOSED && rows[i]->id > *out) *out = rows[i]->id;
    }
    if (!*out) *out = newest;
    pz_free(rows);
    return PZ_OK;
}

static pz_status latest_plan_template(cli_run *cli, pz_id *out)
{
    pz_plan_template **rows;
    size_t count;
    TRY(pz_plan_template_list(cli->actor, NULL, &rows, &count));
    for (size_t i = 0; i < count; i++)
        if (!rows[i]->ended && rows[i]->id > *out) *out = rows[i]->id;
    pz_free(rows);
    return PZ_OK;
}

static pz_status latest(cli_run *cli, pz_kind kind, pz_id *out)
{
    switch ((int)kind) {
    case PZ_KIND_GOAL: TRY(latest_goal(cli, out)); break;
    case PZ_KIND_CYCLE: TRY(latest_cycle(cli, out)); break;
    case PZ_KIND_RECOMMENDATION: TRY(latest_recommendation(cli, out)); break;
    case PZ_KIND_PROFILE_ENTRY: TRY(latest_profile_entry(cli, out)); break;
    case PZ_KIND_VOICE: TRY(latest_voice(cli, out)); break;
    case PZ_KIND_CHECKIN: TRY(latest_checkin(cli, out)); break;
    case PZ_KIND_CHECKIN_TEMPLATE: TRY(latest_template(cli, out)); break;
    case PZ_KIND_QUESTIONNAIRE: TRY(latest_questionnaire(cli, out)); break;
    case PZ_KIND_ANSWER: TRY(latest_answer(cli, out)); break;
    case PZ_KIND_NOTE: TRY(latest_note(cli, out)); break;
    case (int)KIND_GOAL_REQUEST: TRY(latest_of_goals(cli, latest_request_of, out)); break;
    case (int)KIND_MILESTONE: TRY(latest_of_goals(cli, latest_milestone_of, out)); break;
    case (int)KIND_DEMONSTRATION: TRY(latest_of_goals(cli, latest_demonstration_of, out)); break;
    case PZ_KIND_PLAN: TRY(latest_plan(cli, out)); break;
    case PZ_KIND_PLAN_TEMPLATE: TRY(latest_plan_template(cli, out)); break;
    case PZ_KIND_ACTIVITY: TRY(latest_activity(cli, out)); break;
    case PZ_KIND_ASSIGNMENT: TRY(latest_assignment(cli, out)); break;
    default: break;
    }
    if (*out) return PZ_OK;
    return cli_fail(cli, PZ_E_NOT_FOUND, NULL, "There is no %s in reach.", kind_word(kind));
}

/* ------------------------------------------------------------------------------------------------- any id --- */

static pz_status outside_id(cli_run *cli, pz_kind kind, const char *text, size_t length, pz_id *out)
{
    const char *source = cli_value(cli, OPTION_SOURCE);
    pz_status status = pz_id_resolve(cli->actor, kind, source, text, length, out);
    pz_id number;
    if (status != PZ_E_NOT_FOUND) return status;
    if (kind == PZ_KIND_COMPETENCY) {
        status = competency_by_code(cli, text, length, out);
        if (status != PZ_E_NOT_FOUND) return status;
    }
    if (read_number(text, length, &number))
        return cli_fail(cli, PZ_E_NOT_FOUND, "For an id of the store itself write id: before the number.",
                        "No %s in reach has the outside id '%.*s'%s.", kind_word(kind), (int)length, text, source ? " in this source" : "");
    return cli_fail(cli, PZ_E_NOT_FOUND, "Check the id, --source, and whether the actor reaches it.",
                    "No %s in reach has the outside id '%.*s'%s.", kind_word(kind), (int)(length < 80 ? length : 80), text,
                    source ? " in this source" : "");
}

pz_status text_id(cli_run *cli, pz_kind kind, const char *text, size_t length, pz_id *out)
{
    *out = 0;
    if (length > 3 && !memcmp(text, "id:", 3)) {
        if (read_number(text + 3, length - 3, out)) return PZ_OK;
        return usage_fault(cli, "'%.*s' is not an id; write id: and a whole number.", (int)(length < 40 ? length : 40), text);
    }
    if (kind_is_outside(kind)) return outside_id(cli, kind, text, length, out);
    if (length == 6 && !memcmp(text, "latest", 6)) return latest(cli, kind, out);
    if (read_number(text, length, out)) return PZ_OK;
    return usage_fault(cli, "A %s is named by its number, or with 'latest', not by '%.*s'.", kind_word(kind),
                       (int)(length < 40 ? length : 40), text);
}

pz_status value_id(cli_run *cli, option_id id, pz_kind kind, pz_id *out)
{
    const char *text = cli_value(cli, id);
    *out = 0;
    return text ? text_id(cli, kind, text, strlen(text), out) : PZ_OK;
}

pz_status argument_id(cli_run *cli, int index, pz_kind kind, pz_id *out)
{
    return text_id(cli, kind, cli->arguments[index], strlen(cli->arguments[index]), out);
}

/* ----------------------------------------------------------------------------------------------- two in one --- */

pz_status text_id_number(cli_run *cli, option_id id, const char *text, pz_id *out, int32_t *out_number)
{
    const char *colon = strrchr(text, ':');
    char *end = NULL;
    long number = -1;
    if (colon && colon[1] >= '0' && colon[1] <= '9') number = strtol(colon + 1, &end, 10);
    if (!end || *end || number > 1000000 || colon == text)
        return usage_fault(cli, "--%s takes a learner, a colon and the number of a group.", option_row(id)->name);
    *out_number = (int32_t)number;
    return text_id(cli, PZ_KIND_PERSON, text, (size_t)(colon - text), out);
}

pz_status text_two_ids(cli_run *cli, option_id id, const char *text, pz_id *out, pz_id *out_other)
{
    const char *comma = strchr(text, ',');
    if (!comma || comma == text || !comma[1] || strchr(comma + 1, ','))
        return usage_fault(cli, "--%s takes two learners with a comma between them.", option_row(id)->name);
    TRY(text_id(cli, PZ_KIND_PERSON, text, (size_t)(comma - text), out));
    return text_id(cli, PZ_KIND_PERSON, comma + 1, strlen(comma + 1), out_other);
}
