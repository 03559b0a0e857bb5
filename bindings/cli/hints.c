/* The library's hints name functions; on the command line the commands that call them say more. */
#include <stdio.h>
#include <string.h>

#include "cli.h"

static const struct {
    const char *function;
    const char *command;
} calls[] = {
    {"pz_activity_list()", "personalize activity list"},
    {"pz_actor_open_service()", "--service NAME"},
    {"pz_assessment_list()", "personalize evidence assessments"},
    {"pz_competency_list()", "personalize competencies list"},
    {"pz_assignment_list()", "personalize activity assignments"},
    {"pz_board_choose()", "personalize activity choose"},
    {"pz_checkin_list()", "personalize checkin list"},
    {"pz_checkin_sign()", "personalize checkin sign"},
    {"pz_checkin_template_list()", "personalize checkin templates"},
    {"pz_counter_propose()", "personalize voice counter"},
    {"pz_cycle_close()", "personalize cycle close"},
    {"pz_cycle_get()", "personalize cycle show"},
    {"pz_cycle_list()", "personalize cycle list"},
    {"pz_evidence_read()", "personalize evidence list"},
    {"pz_goal_answer()", "personalize goals approve"},
    {"pz_goal_draft()", "personalize goals draft"},
    {"pz_goal_history()", "personalize goals history"},
    {"pz_goal_list()", "personalize goals list"},
    {"pz_goal_measurement_add()", "personalize goals measure"},
    {"pz_goal_may_list()", "personalize goals may"},
    {"pz_goal_milestone_agree()", "personalize goals agree-milestone"},
    {"pz_goal_milestone_list()", "personalize goals milestones"},
    {"pz_goal_request_list()", "personalize goals requests"},
    {"pz_goal_revise()", "personalize goals revise"},
    {"pz_goal_support()", "personalize goals support"},
    {"pz_id_resolve()", "personalize roster ids"},
    {"pz_learner_mastery_explain()", "personalize mastery explain"},
    {"pz_next_step_list()", "personalize next steps"},
    {"pz_person_list()", "personalize roster people"},
    {"pz_plan_list()", "personalize plan list"},
    {"pz_plan_template_list()", "personalize plan templates"},
    {"pz_profile_dispute_list()", "personalize profile disputes"},
    {"pz_profile_entry_list()", "personalize profile list"},
    {"pz_questionnaire_get()", "personalize questionnaire show"},
    {"pz_questionnaire_list()", "personalize questionnaire list"},
    {"pz_recommendation_list()", "personalize group list"},
    {"pz_store_create()", "personalize init"},
    {"pz_store_restore()", "personalize restore"},
    {"pz_store_verify()", "personalize verify"},
    {"pz_theme_list()", "personalize voice themes"},
    {"pz_voice_list()", "personalize voice list"},
    {"pz_voice_say()", "personalize voice say"},
};

/* The command that stands for the function at the beginning of `text`, or NULL; *length is that of the function's name. */
static const char *command_for(const char *text, size_t *length)
{
    for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++) {
        *length = strlen(calls[i].function);
        if (!strncmp(text, calls[i].function, *length)) return calls[i].command;
    }
    return NULL;
}

void write_hint(const char *hint, char *to, size_t size)
{
    size_t used = 0, length;
    while (*hint && used + 1 < size) {
        const char *command = !strncmp(hint, "pz_", 3) ? command_for(hint, &length) : NULL;
        if (command) {
            used += (size_t)snprintf(to + used, size - used, "%s", command);
            hint += length;
        } else {
            to[used++] = *hint++;
        }
    }
    to[used < size ? used : size - 1] = '\0';
}
