#include "records/export_words.h"

#include <string.h>

#include "mastery/model.h"
#include "records/activity/tables.h"
#include "records/assessment/tables.h"
#include "records/checkin/tables.h"
#include "records/goal/tables.h"
#include "records/plan/tables.h"
#include "records/questionnaire/tables.h"
#include "records/types.h"
#include "records/types_learning.h"
#include "records/voice/tables.h"

static const char *const act_names[] = {"", "add", "revise", "end", "read", "erase", "state", NULL};

/* Columns whose numbers stand for words; the first that fits counts. A table of NULL is any. */
static const struct worded {
    const char *table;
    const char *column;
    const char *const *names;
} columns[] = {
    {NULL, "role", pz__role_names},
    {NULL, "author_role", pz__role_names},
    {NULL, "proposed_role", pz__role_names},
    {NULL, "acted_role", pz__role_names},
    {NULL, "section", pz__profile_section_names},
    {NULL, "visibility", pz__visibility_names},
    {"profile_entry", "value_type", pz__value_type_names},
    {"profile_entry", "activation", pz__activation_names},
    {"profile_dispute", "state", pz__dispute_state_names},
    {"profile_dispute", "disputed_role", pz__role_names},
    {"profile_dispute", "answered_role", pz__role_names},
    {NULL, "decision", pz__mastery_decision_names},
    {NULL, "act", act_names},
    {"goal_supporter", "state", pz__support_state_names},
    {"goal", "state", pz__goal_state_names},
    {"goal", "area", pz__goal_area_names},
    {"goal", "measure", pz__goal_measure_names},
    {"goal", "resumes", pz__goal_state_names},
    {"goal_revision", "area", pz__goal_area_names},
    {"goal_revision", "measure", pz__goal_measure_names},
    {"goal_request", "state", pz__request_state_names},
    {"goal", "step", pz__goal_step_names},
    {"goal_request", "step", pz__goal_step_names},
    {NULL, "grew_from_kind", pz__kind_names},
    {NULL, "asked_role", pz__role_names},
    {NULL, "added_role", pz__role_names},
    {NULL, "done_role", pz__role_names},
    {NULL, "measured_role", pz__role_names},
    {NULL, "shown_role", pz__role_names},
    {NULL, "rated_role", pz__role_names},
    {"evidence", "kind", pz__evidence_kind_names},
    {NULL, "to_role", pz__role_names},
    {NULL, "about_kind", pz__kind_names},
    {NULL, "done_kind", pz__kind_names},
    {NULL, "record_kind", pz__kind_names},
    {"assessment_seat", "state", pz__seat_state_names},
    {"checkin", "state", pz__checkin_state_names},
    {"assignment", "state", pz__assignment_state_names},
    {"plan", "state", pz__plan_state_names},
    {"plan_written", "state", pz__plan_state_names},
    {NULL, "reviewed_role", pz__role_names},
    {"assignment_written", "state", pz__assignment_state_names},
    {NULL, "assigned_role", pz__role_names},
    {"checkin_person", "presence", pz__presence_names},
    {"checkin_written", "state", pz__checkin_state_names},
    {"voice_entry", "kind", pz__voice_kind_names},
    {NULL, "avenue", pz__voice_avenue_names},
    {NULL, "voice_kind", pz__voice_kind_names},
    {NULL, "becomes", pz__kind_names},
    {"questionnaire_answer", "state", pz__answer_state_names},
    {"voice_entry", "state", pz__voice_state_names},
    {"voice_entry_written", "kind", pz__voice_kind_names},
    {"theme_written", "state", pz__voice_state_names},
    {NULL, "answered_role", pz__role_names},
    {"voice_answer", "state", pz__voice_state_names},
    {"voice_answer_written", "state", pz__voice_state_names},
    {"voice_counter", "subject", pz__counter_subject_names},
    {NULL, "kind", pz__kind_names},
};

const char *pz__export_word(const char *table, const char *column, int64_t value)
{
    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++) {
        if (strcmp(columns[i].column, column) || (columns[i].table && strcmp(columns[i].table, table))) continue;
        for (int64_t n = 0; columns[i].names[n]; n++)
            if (n == value) return columns[i].names[n];
        return NULL;
    }
    return NULL;
}
