/* Goals while they are worked on: milestones, values, demonstrations, progress, advice, and what schools count. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"

/* ------------------------------------------------------------------------------------------------ milestones --- */

static pz_status run_milestone(cli_run *cli)
{
    pz_goal_milestone milestone = PZ_GOAL_MILESTONE_INIT;
    char *held;
    pz_status status;
    TRY(need(cli, OPTION_STATEMENT));
    TRY(argument_id(cli, 0, PZ_KIND_GOAL, &milestone.goal));
    TRY(value_date(cli, OPTION_DUE, &milestone.due_on));
    TRY(value_text(cli, OPTION_STATEMENT, &milestone.statement, &milestone.statement_len, &held));
    status = pz_goal_milestone_add(cli->actor, &milestone, cli_value(cli, OPTION_KEY), &milestone.id);
    free(held);
    TRY(status);
    return print_done(cli, "milestone", milestone.id, "The milestone %s is added.");
}

static pz_status with_milestone(cli_run *cli, pz_status (*call)(pz_actor *, pz_id, const char *), const char *words)
{
    pz_id milestone;
    TRY(argument_id(cli, 0, KIND_MILESTONE, &milestone));
    TRY(call(cli->actor, milestone, cli_value(cli, OPTION_KEY)));
    return print_done(cli, "milestone", milestone, words);
}

static pz_status run_agree_milestone(cli_run *cli)
{
    return with_milestone(cli, pz_goal_milestone_agree, "The learner agrees to the milestone %s.");
}

static pz_status run_drop_milestone(cli_run *cli)
{
    return with_milestone(cli, pz_goal_milestone_drop, "The milestone %s is dropped.");
}

static pz_status run_reach(cli_run *cli)
{
    pz_goal_evidence shown = PZ_GOAL_EVIDENCE_INIT;
    pz_id milestone;
    shown.description = cli_value(cli, OPTION_EVIDENCE);
    shown.link = cli_value(cli, OPTION_LINK);
    TRY(argument_id(cli, 0, KIND_MILESTONE, &milestone));
    TRY(pz_goal_milestone_reach(cli->actor, milestone, shown.description || shown.link ? &shown : NULL, cli_value(cli, OPTION_KEY)));
    return print_done(cli, "milestone", milestone, "The milestone %s is reached.");
}

static pz_status run_milestones(cli_run *cli)
{
    pz_goal_milestone **rows;
    pz_id goal;
    size_t count;
    TRY(argument_id(cli, 0, PZ_KIND_GOAL, &goal));
    TRY(pz_goal_milestone_list(cli->actor, goal, &rows, &count));
    return print_rows(cli, "pz_goal_milestone", rows, count, "id,state,due_on,learner_agreed,done_at,done_role,statement,description");
}

/* --------------------------------------------------------------------------------------------------- values --- */

static pz_status run_measure(cli_run *cli)
{
    pz_goal_measurement measurement = PZ_GOAL_MEASUREMENT_INIT;
    TRY(need(cli, OPTION_VALUE));
    TRY(argument_id(cli, 0, PZ_KIND_GOAL, &measurement.goal));
    TRY(value_real(cli, OPTION_VALUE, &measurement.value));
    measurement.note = cli_value(cli, OPTION_NOTE);
    TRY(pz_goal_measurement_add(cli->actor, &measurement, cli_value(cli, OPTION_KEY)));
    return print_done(cli, "goal", measurement.goal, "The value of the goal %s is kept.");
}

static pz_status run_values(cli_run *cli)
{
    pz_goal_measurement **rows;
    pz_id goal;
    size_t count;
    TRY(argument_id(cli, 0, PZ_KIND_GOAL, &goal));
    TRY(pz_goal_measurement_list(cli->actor, goal, &rows, &count));
    return print_rows(cli, "pz_goal_measurement", rows, count, "at,value,measured_role,measured_by,note");
}

static pz_status run_progress(cli_run *cli)
{
    pz_goal_progress *progress;
    pz_id goal;
    TRY(argument_id(cli, 0, PZ_KIND_GOAL, &goal));
    TRY(pz_goal_progress_get(cli->actor, goal, cli_value(cli, OPTION_LANGUAGE), &progress));
    return print_record(cli, "pz_goal_progress", progress);
}

static pz_status run_advice(cli_run *cli)
{
    pz_goal_advice **rows;
    pz_id goal;
    size_t count;
    TRY(argument_id(cli, 0, PZ_KIND_GOAL, &goal));
    TRY(pz_goal_advice_list(cli->actor, goal, cli_value(cli, OPTION_LANGUAGE), &rows, &count));
    return print_rows(cli, "pz_goal_advice", rows, count, "field,words,competency");
}

static pz_status run_reflect(cli_run *cli)
{
    const char *text = NULL;
    char *held;
    size_t length = 0;
    pz_id goal;
    pz_status status;
    TRY(need(cli, OPTION_CONTENT));
    TRY(argument_id(cli, 0, PZ_KIND_GOAL, &goal));
    TRY(value_text(cli, OPTION_CONTENT, &text, &length, &held));
    status = pz_goal_reflect(cli->actor, goal, text, length, cli_value(cli, OPTION_KEY));
    free(held);
    TRY(status);
    return print_done(cli, "goal", goal, "The reflection on the goal %s is kept.");
}

static pz_status run_reflections(cli_run *cli)
{
    pz_goal_reflection **rows;
    pz_id goal;
    size_t count;
    TRY(argument_id(cli, 0, PZ_KIND_GOAL, &goal));
    TRY(pz_goal_reflection_list(cli->actor, goal, &rows, &count));
    return print_rows(cli, "pz_goal_reflection", rows, count, "at,role,person,content");
}

/* -------------------------------------------------------------------------------------------- demonstrations --- */

static pz_status run_demonstrate(cli_run *cli)
{
    pz_demonstration shown = PZ_DEMONSTRATION_INIT;
    pz_voice_media medium = PZ_VOICE_MEDIA_INIT;
    const pz_voice_media *media[] = {&medium};
    TRY(need(cli, OPTION_TITLE));
    TRY(argument_id(cli, 0, PZ_KIND_GOAL, &shown.goal));
    shown.title = cli_value(cli, OPTION_TITLE);
    shown.content = cli_value(cli, OPTION_CONTENT);
    medium.reference = cli_value(cli, OPTION_REFERENCE);
    medium.alternative = cli_value(cli, OPTION_ALTERNATIVE);
    medium.type = cli_value(cli, OPTION_MEDIA_TYPE);
    medium.hash = cli_value(cli, OPTION_HASH);
    TRY(value_int(cli, OPTION_BYTES, 0, INT64_MAX, &medium.size));
    TRY(pz_demonstration_add(cli->actor, &shown, media, medium.reference != NULL, cli_value(cli, OPTION_KEY), &shown.id));
    return print_done(cli, "demonstration", shown.id, "The demonstration %s is kept.");
}

static pz_status run_demonstrations(cli_run *cli)
{
    pz_demonstration **rows;
    pz_id goal;
    size_t count;
    TRY(argument_id(cli, 0, PZ_KIND_GOAL, &goal));
    TRY(pz_demonstration_list(cli->actor, goal, &rows, &count));
    return print_rows(cli, "pz_demonstration", rows, count, "id,shown_at,shown_role,title,content");
}

static pz_status run_rate(cli_run *cli)
{
    pz_demonstration_rating rating = PZ_DEMONSTRATION_RATING_INIT;
    const pz_demonstration_rating *ratings[] = {&rating};
    pz_id demonstration;
    TRY(need(cli, OPTION_CRITERION));
    TRY(need(cli, OPTION_LEVEL));
    TRY(argument_id(cli, 0, KIND_DEMONSTRATION, &demonstration));
    TRY(value_int32(cli, OPTION_LEVEL, 1, 100, &rating.level));
    TRY(value_int32(cli, OPTION_LEVELS, 2, 100, &rating.levels));
    rating.criterion = cli_value(cli, OPTION_CRITERION);
    rating.note = cli_value(cli, OPTION_NOTE);
    TRY(pz_demonstration_rate(cli->actor, demonstration, ratings, 1, cli_value(cli, OPTION_KEY)));
    return print_done(cli, "demonstration", demonstration, "The demonstration %s is rated.");
}

static pz_status run_ratings(cli_run *cli)
{
    pz_demonstration_rating **rows;
    pz_id demonstration;
    size_t count;
    TRY(argument_id(cli, 0, KIND_DEMONSTRATION, &demonstration));
    TRY(pz_demonstration_rating_list(cli->actor, demonstration, &rows, &count));
    return print_rows(cli, "pz_demonstration_rating", rows, count, "criterion,level,levels,is_self,rated_role,rated_by,note");
}

/* --------------------------------------------------------------------------------------------------- schools --- */

static pz_status run_counts(cli_run *cli)
{
    pz_goal_count **rows;
    pz_id org, class_id;
    size_t count;
    TRY(value_id(cli, OPTION_ORG, PZ_KIND_ORG, &org));
    TRY(value_id(cli, OPTION_CLASS, PZ_KIND_CLASS, &class_id));
    TRY(pz_goal_count_list(cli->actor, org, class_id, &rows, &count));
    return print_rows(cli, "pz_goal_count", rows, count, "org,class_id,area,learners,covered,uncovered,goals,achieved,abandoned,overdue,milestones_overdue");
}

static pz_status run_coverage(cli_run *cli)
{
    pz_goal_coverage **rows;
    pz_id class_id;
    size_t count;
    TRY(need(cli, OPTION_CLASS));
    TRY(value_id(cli, OPTION_CLASS, PZ_KIND_CLASS, &class_id));
    TRY(pz_goal_coverage_list(cli->actor, class_id, &rows, &count));
    return print_rows(cli, "pz_goal_coverage", rows, count, "learner,open,achieved,overdue,milestones_overdue,acted_at");
}

static pz_status run_decisions(cli_run *cli)
{
    pz_goal_decisions **rows;
    pz_id cycle;
    size_t count;
    TRY(argument_id(cli, 0, PZ_KIND_CYCLE, &cycle));
    TRY(pz_goal_decisions_list(cli->actor, cycle, &rows, &count));
    return print_rows(cli, "pz_goal_decisions", rows, count, "learner,decisions,proposed,agreed,revised,moved,achieved,answered");
}

static pz_status run_standards(cli_run *cli)
{
    pz_standard **rows;
    pz_id learner, competency;
    size_t count;
    TRY(need(cli, OPTION_LEARNER));
    TRY(need(cli, OPTION_COMPETENCY));
    TRY(value_id(cli, OPTION_LEARNER, PZ_KIND_PERSON, &learner));
    TRY(value_id(cli, OPTION_COMPETENCY, PZ_KIND_COMPETENCY, &competency));
    TRY(pz_standard_list(cli->actor, learner, &competency, 1, &rows, &count));
    return print_rows(cli, "pz_standard", rows, count, "kind,position,step,level");
}

static pz_status run_together(cli_run *cli)
{
    pz_goal_group group = PZ_GOAL_GROUP_INIT;
    TRY(need(cli, OPTION_CLASS));
    TRY(need(cli, OPTION_STATEMENT));
    TRY(value_id(cli, OPTION_CLASS, PZ_KIND_CLASS, &group.class_id));
    TRY(value_date(cli, OPTION_DUE, &group.due_on));
    group.statement = cli_value(cli, OPTION_STATEMENT);
    TRY(pz_goal_group_save(cli->actor, &group, cli_value(cli, OPTION_KEY), &group.id));
    return print_done(cli, "group", group.id, "The goal %s of a group is kept.");
}

static pz_status run_groups(cli_run *cli)
{
    pz_goal_group **rows;
    pz_id class_id;
    size_t count;
    TRY(need(cli, OPTION_CLASS));
    TRY(value_id(cli, OPTION_CLASS, PZ_KIND_CLASS, &class_id));
    TRY(pz_goal_group_list(cli->actor, class_id, &rows, &count));
    return print_rows(cli, "pz_goal_group", rows, count, "id,due_on,members,achieved,ended,statement");
}

static pz_status run_policy(cli_run *cli)
{
    pz_goal_policy **rows;
    pz_id org;
    size_t count;
    TRY(value_id(cli, OPTION_ORG, PZ_KIND_ORG, &org));
    TRY(pz_goal_policy_list(cli->actor, org, &rows, &count));
    return print_rows(cli, "pz_goal_policy", rows, count, "org,step,role,decision,first_grade,last_grade,age_from,own_goals_from");
}

/* A word of an enumeration of pz_goal_policy; 0 for none. */
static int32_t policy_word(const char *field, const char *word)
{
    const pz_record_type *type = pz_record_type_find("pz_goal_policy");
    for (uint32_t i = 0; i < type->field_count; i++)
        for (int32_t n = 1; !strcmp(type->fields[i].name, field) && type->fields[i].names[n]; n++)
            if (!strcmp(type->fields[i].names[n], word)) return n;
    return 0;
}

enum { RULES_MAX = 256 };

typedef struct rule_texts {
    char first[8], last[8];
} rule_texts;

static pz_status take_rule(cli_run *cli, const char *text, pz_goal_policy *out, rule_texts *grades)
{
    char step[32] = "", role[32] = "", decision[32] = "";
    const pz_goal_policy fresh = PZ_GOAL_POLICY_INIT;
    int read = sscanf(text, "%31[^:]:%31[^:]:%31[^:]:%7[^-:]-%7[^:]:%d:%d", step, role, decision, grades->first, grades->last, &out->age_from,
                      &out->own_goals_from);
    if (read < 3) return usage_fault(cli, "--rule takes STEP:ROLE:DECISION, and after it :GRADE-GRADE:AGE:GOALS, not '%.60s'.", text);
    if (read < 6) out->age_from = fresh.age_from;
    if (read < 7) out->own_goals_from = fresh.own_goals_from;
    out->step = policy_word("step", step);
    out->role = policy_word("role", role);
    out->decision = policy_word("decision", decision);
    if (!out->step || !out->role || !out->decision) return usage_fault(cli, "'%.60s' names no step, role or decision that there is.", text);
    if (read >= 4 && strcmp(grades->first, "*")) out->first_grade = grades->first;
    if (read >= 5 && strcmp(grades->last, "*")) out->last_grade = grades->last;
    return PZ_OK;
}

static pz_status run_set_policy(cli_run *cli)
{
    pz_goal_policy rows[RULES_MAX];
    const pz_goal_policy *pointers[RULES_MAX];
    rule_texts grades[RULES_MAX];
    const char *text;
    size_t count = 0;
    pz_id org;
    int index = 0;
    TRY(value_id(cli, OPTION_ORG, PZ_KIND_ORG, &org));
    while ((text = cli_next(cli, OPTION_RULE, &index)) != NULL) {
        const pz_goal_policy fresh = PZ_GOAL_POLICY_INIT;
        if (count == RULES_MAX) return usage_fault(cli, "--rule may be given %d times.", RULES_MAX);
        rows[count] = fresh;
        memset(&grades[count], 0, sizeof grades[count]);
        TRY(take_rule(cli, text, &rows[count], &grades[count]));
        pointers[count] = &rows[count];
        count++;
    }
    TRY(pz_goal_policy_set(cli->actor, org, count ? pointers : NULL, count, cli_value(cli, OPTION_KEY)));
    return print_done(cli, "rules", (int64_t)count, "The policy has %s rules now.");
}

static const option_id no_options[] = {OPTION_COUNT};
static const option_id milestone_options[] = {OPTION_STATEMENT, OPTION_DUE, OPTION_COUNT};
static const option_id reach_options[] = {OPTION_EVIDENCE, OPTION_LINK, OPTION_COUNT};
static const option_id measure_options[] = {OPTION_VALUE, OPTION_NOTE, OPTION_COUNT};
static const option_id reflect_options[] = {OPTION_CONTENT, OPTION_COUNT};
static const option_id show_options[] = {OPTION_TITLE, OPTION_CONTENT, OPTION_REFERENCE, OPTION_ALTERNATIVE, OPTION_MEDIA_TYPE, OPTION_BYTES, OPTION_HASH, OPTION_COUNT};
static const option_id rate_options[] = {OPTION_CRITERION, OPTION_LEVEL, OPTION_LEVELS, OPTION_NOTE, OPTION_COUNT};
static const option_id scope_options[] = {OPTION_ORG, OPTION_CLASS, OPTION_COUNT};
static const option_id class_options[] = {OPTION_CLASS, OPTION_COUNT};
static const option_id standard_options[] = {OPTION_LEARNER, OPTION_COMPETENCY, OPTION_COUNT};
static const option_id together_options[] = {OPTION_CLASS, OPTION_STATEMENT, OPTION_DUE, OPTION_COUNT};
static const option_id set_policy_options[] = {OPTION_ORG, OPTION_RULE, OPTION_COUNT};
static const option_id policy_options[] = {OPTION_ORG, OPTION_COUNT};

#define PROPOSED "personalize goals propose --statement \"Read 5 books\" --measure count --target 5 --as learner-1 --role learner\n"

const cli_command goal_work_commands[] = {
    {"goals milestone", "GOAL", "Add a milestone to a goal.", "What an adult adds waits for the learner.",
     PROPOSED "personalize goals milestone latest --statement \"The first book\" --due 2027-01-10 --as learner-1 --role learner\n", milestone_options, DOOR_ACTOR,
     0, run_milestone},
    {"goals milestones", "GOAL", "List the milestones of a goal.", "", "personalize goals milestones latest --as learner-1 --role learner\n", no_options,
     DOOR_ACTOR, PZ_SCOPE_READ, run_milestones},
    {"goals reach", "MILESTONE", "Say that a milestone is reached.", "'latest' is the newest that is open.",
     "personalize goals reach latest --evidence \"Told the class about it\" --as learner-1 --role learner\n", reach_options, DOOR_ACTOR, 0, run_reach},
    {"goals agree-milestone", "MILESTONE", "Agree to a milestone that an adult added, as its learner.", "",
     "personalize goals support latest --as teacher-1 --role teacher\n"
     "personalize goals milestone latest --statement \"Two books\" --as teacher-1 --role teacher\n"
     "personalize goals agree-milestone latest --as learner-1 --role learner\n",
     no_options, DOOR_ACTOR, 0, run_agree_milestone},
    {"goals drop-milestone", "MILESTONE", "Drop a milestone.", "", "personalize goals drop-milestone latest --as learner-1 --role learner\n", no_options,
     DOOR_ACTOR, 0, run_drop_milestone},
    {"goals measure", "GOAL", "Add a value of what a goal measures: a score, or the total so far.", "",
     "personalize goals measure latest --value 2 --as learner-1 --role learner\n", measure_options, DOOR_ACTOR, 0, run_measure},
    {"goals values", "GOAL", "List the values of a goal.", "", "personalize goals values latest --as learner-1 --role learner\n", no_options, DOOR_ACTOR,
     PZ_SCOPE_READ, run_values},
    {"goals progress", "GOAL", "Show how far a goal is, and by when it is reached at this pace.", "",
     "personalize goals progress latest --as learner-1 --role learner\n", no_options, DOOR_ACTOR, PZ_SCOPE_READ, run_progress},
    {"goals advice", "GOAL", "List what would make a goal clearer.", "It stops nobody.",
     "personalize goals advice latest --language es --as learner-1 --role learner\n", no_options, DOOR_ACTOR, PZ_SCOPE_READ, run_advice},
    {"goals demonstrate", "GOAL", "Put on record what was shown for a goal.", "With --reference also where it can be heard or seen, and --alternative in words.",
     "personalize goals demonstrate latest --title \"Five stories told\" --reference https://example.org/film --alternative \"I tell them\" --as learner-1 --role "
     "learner\n",
     show_options, DOOR_ACTOR, 0, run_demonstrate},
    {"goals demonstrations", "GOAL", "List what was shown for a goal.", "", "personalize goals demonstrations latest --as learner-1 --role learner\n",
     no_options, DOOR_ACTOR, PZ_SCOPE_READ, run_demonstrations},
    {"goals rate", "DEMONSTRATION", "Rate a demonstration by a criterion; the learner's own rating stands apart.", "",
     "personalize goals rate latest --criterion Clear --level 3 --levels 4 --as teacher-1 --role teacher\n", rate_options, DOOR_ACTOR, 0, run_rate},
    {"goals ratings", "DEMONSTRATION", "List how a demonstration was rated.", "", "personalize goals ratings latest --as learner-1 --role learner\n",
     no_options, DOOR_ACTOR, PZ_SCOPE_READ, run_ratings},
    {"goals reflect", "GOAL", "Say something of a goal.", "", "personalize goals reflect latest --content \"It gets easier\" --as learner-1 --role learner\n",
     reflect_options, DOOR_ACTOR, 0, run_reflect},
    {"goals reflections", "GOAL", "List what was said of a goal.", "", "personalize goals reflections latest --as learner-1 --role learner\n", no_options,
     DOOR_ACTOR, PZ_SCOPE_READ, run_reflections},
    {"goals counts", "", "Count goals by class, school and area; nothing is told of fewer than five learners.", "",
     "personalize goals counts --class class-1 --as teacher-1 --role teacher\n", scope_options, DOOR_ACTOR, PZ_SCOPE_READ, run_counts},
    {"goals coverage", "", "List the learners of a class with how many goals each has.", "",
     "personalize goals coverage --class class-1 --as teacher-1 --role teacher\n", class_options, DOOR_ACTOR, PZ_SCOPE_READ, run_coverage},
    {"goals decisions", "CYCLE", "Count what learners decided on their goals in a cycle.", "", "personalize goals decisions latest --as teacher-1 --role teacher\n",
     no_options, DOOR_ACTOR, PZ_SCOPE_READ, run_decisions},
    {"goals standards", "", "Say whether a competency keeps a learner below its grade, with the way back, or is mastered.", "",
     "personalize goals standards --learner learner-1 --competency M.1 --as teacher-1 --role teacher\n", standard_options, DOOR_ACTOR, PZ_SCOPE_READ,
     run_standards},
    {"goals together", "", "Set a goal of a group of a class.", "Learners take part each with a goal of their own.",
     "personalize goals together --class class-1 --statement \"A garden\" --as learner-1 --role learner\n", together_options, DOOR_ACTOR, 0, run_together},
    {"goals groups", "", "List the goals of groups of a class.", "", "personalize goals groups --class class-1 --as teacher-1 --role teacher\n", class_options,
     DOOR_ACTOR, PZ_SCOPE_READ, run_groups},
    {"goals policy", "", "List the policies of goals that are set.", "Where none is set the library's own holds: see docs/goals.md.",
     "personalize goals policy --as teacher-1 --role teacher\n", policy_options, DOOR_ACTOR, PZ_SCOPE_READ, run_policy},
    {"goals set-policy", "", "Set who may take which step with goals, in place of the policy that the org or the store had.",
     "Without --rule the policy is taken away. Of an org by its leaders, of the store by a service.",
     "personalize goals set-policy --rule agree:learner:allow:09-12 --rule agree:learner:allow:*-*:0:2 --service policy\n", set_policy_options, DOOR_ACTOR,
     PZ_SCOPE_RECOMMEND, run_set_policy},
    {NULL, NULL, NULL, NULL, NULL, NULL, DOOR_NONE, 0, NULL},
};
