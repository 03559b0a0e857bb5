/* Groups: recommended, looked at, changed, answered. */
#include <stdlib.h>
#include <string.h>

#include "cli.h"

enum { LIST_MAX = 1024 };

/* ---------------------------------------------------------------------------------------------- request --- */

static pz_status take_size(cli_run *cli, pz_grouping_request *request)
{
    const char *text = cli_value(cli, OPTION_SIZE);
    char *end;
    long least, most;
    if (!text) return PZ_OK;
    least = most = strtol(text, &end, 10);
    if (*end == '-' && end[1] >= '0' && end[1] <= '9') most = strtol(end + 1, &end, 10);
    if (text[0] < '0' || text[0] > '9' || *end || least < 1 || most < least || most > 1000)
        return usage_fault(cli, "--size takes a number, or two with a hyphen such as 3-5, from 1 to 1000, not '%.40s'.", text);
    request->size_min = (int32_t)least;
    request->size_max = (int32_t)most;
    return PZ_OK;
}

static pz_status take_request(cli_run *cli, pz_grouping_request *request)
{
    int64_t seed = (int64_t)request->seed;
    TRY(argument_id(cli, 0, PZ_KIND_CLASS, &request->class_id));
    TRY(value_id(cli, OPTION_CYCLE, PZ_KIND_CYCLE, &request->cycle));
    TRY(value_id(cli, OPTION_FRAMEWORK, PZ_KIND_FRAMEWORK, &request->framework));
    TRY(value_enum(cli, OPTION_STRATEGY, "pz_recommendation", "strategy", &request->strategy));
    TRY(take_size(cli, request));
    TRY(value_int32(cli, OPTION_GROUPS, 1, 1000, &request->groups));
    TRY(value_int(cli, OPTION_SEED, 0, INT64_MAX, &seed));
    request->seed = (uint64_t)seed;
    TRY(value_int(cli, OPTION_ITERATIONS, 1, INT64_MAX, &request->iterations));
    TRY(value_date(cli, OPTION_ANSWER_BY, &request->answer_by));
    TRY(value_int32(cli, OPTION_EARLIER, 0, 100, &request->earlier));
    TRY(value_int32(cli, OPTION_EARLIER_MOST, 0, 100, &request->earlier_most));
    TRY(value_real(cli, OPTION_EARLIER_WEIGHT, &request->earlier_weight));
    request->criteria = cli_value(cli, OPTION_CRITERIA);
    request->title = cli_value(cli, OPTION_TITLE);
    return PZ_OK;
}

typedef struct group_rules {
    pz_grouping_rule rows[LIST_MAX];
    const pz_grouping_rule *pointers[LIST_MAX];
    size_t count;
} group_rules;

static pz_status next_rule(cli_run *cli, group_rules *rules, int32_t kind, pz_grouping_rule **out_rule)
{
    pz_grouping_rule fresh = PZ_GROUPING_RULE_INIT;
    if (rules->count == LIST_MAX) return usage_fault(cli, "At most %d rules can be given.", LIST_MAX);
    *out_rule = &rules->rows[rules->count];
    **out_rule = fresh;
    (*out_rule)->kind = kind;
    rules->pointers[rules->count++] = *out_rule;
    return PZ_OK;
}

static pz_status take_pairs(cli_run *cli, group_rules *rules, option_id id, int32_t kind)
{
    pz_grouping_rule *rule = NULL;
    const char *text;
    int index = 0;
    while ((text = cli_next(cli, id, &index)) != NULL) {
        TRY(next_rule(cli, rules, kind, &rule));
        TRY(text_two_ids(cli, id, text, &rule->learner, &rule->other));
    }
    return PZ_OK;
}

/* Rules about single learners, or about all that are named so together: of these a group has so many. */
static pz_status take_learners(cli_run *cli, group_rules *rules, option_id id, int32_t kind, int32_t least, int32_t most)
{
    pz_grouping_rule *rule = NULL;
    const char *text;
    int index = 0;
    while ((text = cli_next(cli, id, &index)) != NULL) {
        TRY(next_rule(cli, rules, kind, &rule));
        TRY(text_id(cli, PZ_KIND_PERSON, text, strlen(text), &rule->learner));
        rule->least = least;
        rule->most = most;
    }
    return PZ_OK;
}

static pz_status take_places(cli_run *cli, group_rules *rules, option_id id, int32_t kind)
{
    pz_grouping_rule *rule = NULL;
    const char *text;
    int index = 0;
    while ((text = cli_next(cli, id, &index)) != NULL) {
        TRY(next_rule(cli, rules, kind, &rule));
        TRY(text_id_number(cli, id, text, &rule->learner, &rule->group_no));
    }
    return PZ_OK;
}

static pz_status take_common_time(cli_run *cli, group_rules *rules)
{
    pz_grouping_rule *rule = NULL;
    if (!cli_value(cli, OPTION_COMMON_TIME)) return PZ_OK;
    TRY(next_rule(cli, rules, PZ_RULE_COMMON_TIME, &rule));
    return value_int32(cli, OPTION_COMMON_TIME, 1, 336, &rule->least);
}

static pz_status take_rules(cli_run *cli, group_rules *rules)
{
    rules->count = 0;
    TRY(take_pairs(cli, rules, OPTION_TOGETHER, PZ_RULE_TOGETHER));
    TRY(take_pairs(cli, rules, OPTION_APART, PZ_RULE_APART));
    TRY(take_places(cli, rules, OPTION_LOCK, PZ_RULE_LOCKED));
    TRY(take_places(cli, rules, OPTION_ALLOW, PZ_RULE_ALLOWED));
    TRY(take_learners(cli, rules, OPTION_ABSENT, PZ_RULE_ABSENT, 0, 0));
    TRY(take_learners(cli, rules, OPTION_OPTED_OUT, PZ_RULE_OPTED_OUT, 0, 0));
    TRY(take_learners(cli, rules, OPTION_NOT_ALONE, PZ_RULE_NOT_ALONE, 2, 0));
    TRY(take_learners(cli, rules, OPTION_ONE_IN_EACH, PZ_RULE_ROLE, 1, 1000));
    return take_common_time(cli, rules);
}

static pz_status recommend(cli_run *cli, group_rules *rules)
{
    pz_grouping_request request = PZ_GROUPING_REQUEST_INIT;
    pz_id id;
    pz_status status;
    TRY(take_request(cli, &request));
    TRY(take_rules(cli, rules));
    status = pz_grouping_recommend(cli->actor, &request, rules->count ? rules->pointers : NULL, rules->count, cli_value(cli, OPTION_KEY),
                                   show_progress, NULL, &id);
    end_progress();
    TRY(status);
    return print_done(cli, "recommendation", id, "The recommendation %s waits for an answer; 'group show' shows it.");
}

static pz_status preview(cli_run *cli, group_rules *rules)
{
    pz_grouping_request request = PZ_GROUPING_REQUEST_INIT;
    char *json;
    TRY(take_request(cli, &request));
    TRY(take_rules(cli, rules));
    TRY(pz_grouping_preview(cli->actor, &request, rules->count ? rules->pointers : NULL, rules->count, cli_value(cli, OPTION_LANGUAGE),
                            &json));
    return print_document(cli, json);
}

/* The list of rules is too large for the stack of every system. */
static pz_status with_rules(cli_run *cli, pz_status (*call)(cli_run *, group_rules *))
{
    group_rules *rules = malloc(sizeof *rules);
    pz_status status;
    if (!rules) return cli_fail(cli, PZ_E_NOMEM, NULL, "Memory could not be had.");
    status = call(cli, rules);
    free(rules);
    return status;
}

static pz_status run_recommend(cli_run *cli)
{
    return with_rules(cli, recommend);
}

static pz_status run_preview(cli_run *cli)
{
    return with_rules(cli, preview);
}

/* ----------------------------------------------------------------------------------------------- answers --- */

/* The version that --if-version names, or the current one. */
static pz_status current_version(cli_run *cli, pz_id id, int64_t *out_version)
{
    pz_recommendation *current;
    *out_version = 0;
    TRY(value_int(cli, OPTION_VERSION, 1, INT64_MAX, out_version));
    if (*out_version) return PZ_OK;
    TRY(pz_recommendation_get(cli->actor, id, &current));
    *out_version = current->version;
    pz_free(current);
    return PZ_OK;
}

static pz_status run_change(cli_run *cli)
{
    static pz_group_move rows[LIST_MAX];
    static const pz_group_move *pointers[LIST_MAX];
    const char *text;
    int64_t version;
    size_t count = 0;
    int index = 0;
    pz_id id;
    TRY(need(cli, OPTION_MOVE));
    TRY(argument_id(cli, 0, PZ_KIND_RECOMMENDATION, &id));
    while ((text = cli_next(cli, OPTION_MOVE, &index)) != NULL) {
        pz_group_move fresh = PZ_GROUP_MOVE_INIT;
        if (count == LIST_MAX) return usage_fault(cli, "At most %d learners can be moved at once.", LIST_MAX);
        rows[count] = fresh;
        TRY(text_id_number(cli, OPTION_MOVE, text, &rows[count].learner, &rows[count].group_no));
        pointers[count] = &rows[count];
        count++;
    }
    TRY(current_version(cli, id, &version));
    TRY(pz_recommendation_change(cli->actor, id, version, pointers, count, cli_value(cli, OPTION_KEY), &version));
    return print_done(cli, "version", version, "The groups are changed and scored anew; their version is now %s.");
}

static pz_status answer(cli_run *cli, pz_status (*call)(pz_actor *, pz_id, int64_t, const char *, size_t, const char *),
                        option_id text_option, const char *words)
{
    const char *text = NULL;
    char *held;
    int64_t version;
    size_t length = 0;
    pz_id id;
    pz_status status;
    TRY(argument_id(cli, 0, PZ_KIND_RECOMMENDATION, &id));
    TRY(current_version(cli, id, &version));
    TRY(value_text(cli, text_option, &text, &length, &held));
    status = call(cli->actor, id, version, text, length, cli_value(cli, OPTION_KEY));
    free(held);
    TRY(status);
    return print_done(cli, "recommendation", id, words);
}

static pz_status run_accept(cli_run *cli)
{
    return answer(cli, pz_recommendation_accept, OPTION_NOTE, "The recommendation %s is accepted.");
}

static pz_status run_reject(cli_run *cli)
{
    TRY(need(cli, OPTION_REASON));
    return answer(cli, pz_recommendation_reject, OPTION_REASON, "The recommendation %s is rejected.");
}

static pz_status run_replay(cli_run *cli)
{
    int32_t same;
    pz_id id;
    TRY(argument_id(cli, 0, PZ_KIND_RECOMMENDATION, &id));
    TRY(pz_recommendation_replay(cli->actor, id, &same));
    if (wants_json(cli))
        fprintf(cli->out, "{\"same\":%s}\n", same ? "true" : "false");
    else
        fputs(same ? "The same groups come out again.\n" : "Other groups come out.\n", cli->out);
    if (same) return PZ_OK;
    return cli_fail(cli, PZ_E_TAMPERED, "personalize verify checks the whole store.",
                    "The groups on record do not follow from what they were made from.");
}

/* ----------------------------------------------------------------------------------------------- reading --- */

static pz_status run_show(cli_run *cli)
{
    pz_recommendation *recommendation;
    pz_group **groups;
    pz_group_member **members;
    pz_id id;
    size_t count;
    int32_t is_replayable;
    const char *language = cli_value(cli, OPTION_LANGUAGE);
    TRY(argument_id(cli, 0, PZ_KIND_RECOMMENDATION, &id));
    if (wants_json(cli)) {
        char *json;
        TRY(pz_recommendation_document(cli->actor, id, language, &json));
        return print_as_is(cli, json, MARKUP_JSON);
    }
    TRY(pz_recommendation_get(cli->actor, id, &recommendation));
    is_replayable = recommendation->is_replayable; /* printing releases it */
    TRY(print_record(cli, "pz_recommendation", recommendation));
    if (!is_replayable) fputs("\nA learner who was in these groups has been erased since; the reasons still count them.\n", cli->out);
    TRY(pz_group_list(cli->actor, id, language, &groups, &count));
    fputc('\n', cli->out);
    TRY(print_rows(cli, "pz_group", groups, count, "group_no,size,competency,rationale"));
    TRY(pz_group_member_list(cli->actor, id, language, &members, &count));
    fputc('\n', cli->out);
    return print_rows(cli, "pz_group_member", members, count, "group_no,learner,is_locked,by_hand,rationale");
}

static const char recommendation_columns[] = "id,version,state,class_id,strategy,groups,learners,answer_by,acted_at,title";

static pz_status run_list(cli_run *cli)
{
    pz_recommendation_query query = PZ_RECOMMENDATION_QUERY_INIT;
    pz_recommendation **rows;
    size_t count;
    TRY(value_id(cli, OPTION_CLASS, PZ_KIND_CLASS, &query.class_id));
    TRY(value_enum(cli, OPTION_STATE, "pz_recommendation", "state", &query.state));
    TRY(value_page(cli, PZ_KIND_RECOMMENDATION, &query.order, &query.limit, &query.after));
    query.text = cli_value(cli, OPTION_TEXT);
    TRY(pz_recommendation_list(cli->actor, &query, &rows, &count));
    return print_rows(cli, "pz_recommendation", rows, count, recommendation_columns);
}

static pz_status run_history(cli_run *cli)
{
    pz_recommendation **rows;
    pz_id id;
    size_t count;
    TRY(argument_id(cli, 0, PZ_KIND_RECOMMENDATION, &id));
    TRY(pz_recommendation_history(cli->actor, id, &rows, &count));
    return print_rows(cli, "pz_recommendation", rows, count, "version,acted_at,acted_role,acted_by,state,objective,note");
}

static const option_id no_options[] = {OPTION_COUNT};
static const option_id request_options[] = {
    OPTION_CYCLE,          OPTION_FRAMEWORK, OPTION_STRATEGY,    OPTION_SIZE,        OPTION_GROUPS,  OPTION_SEED,
    OPTION_ITERATIONS,     OPTION_TOGETHER,  OPTION_APART,       OPTION_LOCK,        OPTION_ABSENT,  OPTION_OPTED_OUT,
    OPTION_ALLOW,          OPTION_NOT_ALONE, OPTION_ONE_IN_EACH, OPTION_COMMON_TIME, OPTION_EARLIER, OPTION_EARLIER_MOST,
    OPTION_EARLIER_WEIGHT, OPTION_CRITERIA,  OPTION_TITLE,       OPTION_ANSWER_BY,   OPTION_COUNT};
static const option_id change_options[] = {OPTION_MOVE, OPTION_VERSION, OPTION_COUNT};
static const option_id accept_options[] = {OPTION_NOTE, OPTION_VERSION, OPTION_COUNT};
static const option_id reject_options[] = {OPTION_REASON, OPTION_VERSION, OPTION_COUNT};
static const option_id list_options[] = {OPTION_CLASS, OPTION_STATE, OPTION_TEXT, OPTION_ORDER, OPTION_LIMIT, OPTION_AFTER, OPTION_COUNT};

const cli_command group_commands[] = {
    {"group preview", "CLASS", "Show the groups that would be recommended, keep nothing.", "",
     "personalize group preview class-1 --strategy mixed --size 2-3 --as teacher-1 --role teacher\n", request_options, DOOR_ACTOR,
     PZ_SCOPE_RECOMMEND, run_preview},
    {"group recommend", "CLASS", "Recommend groups for a class, with the reason for each learner's place.",
     "Rules that clash are exit status 6; the smallest set of them is named. The same request, data and seed give the same groups.",
     "personalize group recommend class-1 --strategy mixed --size 2-3 --as teacher-1 --role teacher\n"
     "personalize group recommend class-1 --strategy random --size 2-3 --apart learner-1,learner-2 --title \"Lab, week 3\" --as teacher-1 "
     "--role teacher\n",
     request_options, DOOR_ACTOR, PZ_SCOPE_RECOMMEND, run_recommend},
    {"group show", "RECOMMENDATION", "Show a recommendation: its groups, who is in them, and why.", "",
     "personalize group show latest --as teacher-1 --role teacher\n"
     "personalize group show latest --as teacher-1 --role teacher --json\n",
     no_options, DOOR_ACTOR, PZ_SCOPE_READ, run_show},
    {"group change", "RECOMMENDATION", "Move learners by hand; the groups are scored anew.", "Group 0 takes a learner out.",
     "personalize group change latest --move learner-3:0 --as teacher-1 --role teacher\n", change_options, DOOR_ACTOR, 0, run_change},
    {"group replay", "RECOMMENDATION", "Make a recommendation again from what it keeps, and compare.", "",
     "personalize group replay latest --as teacher-1 --role teacher\n", no_options, DOOR_ACTOR, PZ_SCOPE_READ, run_replay},
    {"group accept", "RECOMMENDATION", "Accept a recommendation as it stands.", "",
     "personalize group accept latest --note \"From Monday on\" --as teacher-1 --role teacher\n", accept_options, DOOR_ACTOR, 0,
     run_accept},
    {"group reject", "RECOMMENDATION", "Reject a recommendation.", "",
     "personalize group recommend class-1 --strategy random --size 2-3 --seed 7 --as teacher-1 --role teacher\n"
     "personalize group reject latest --reason \"Two of them are away\" --as teacher-1 --role teacher\n",
     reject_options, DOOR_ACTOR, 0, run_reject},
    {"group list", "", "List recommendations, newest first.", "", "personalize group list --class class-1 --as teacher-1 --role teacher\n",
     list_options, DOOR_ACTOR, PZ_SCOPE_READ, run_list},
    {"group history", "RECOMMENDATION", "List every version of a recommendation: who did what, when.", "",
     "personalize group history latest --as teacher-1 --role teacher\n", no_options, DOOR_ACTOR, PZ_SCOPE_READ, run_history},
    {NULL, NULL, NULL, NULL, NULL, NULL, DOOR_NONE, 0, NULL},
};
