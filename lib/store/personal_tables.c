#include "store/personal_tables.h"

#define OWN_GOALS "goal_id IN (SELECT goal_id FROM goal WHERE tenant_id = ?1 AND learner_id = ?2)"
#define OWN_DEMONSTRATIONS "demonstration_id IN (SELECT demonstration_id FROM demonstration WHERE tenant_id = ?1 AND " OWN_GOALS ")"
#define OWN_VOICE "voice_id IN (SELECT voice_id FROM voice_entry WHERE tenant_id = ?1 AND learner_id = ?2)"
#define OWN_CHECKINS "checkin_id IN (SELECT checkin_id FROM checkin WHERE tenant_id = ?1 AND learner_id = ?2)"
#define OWN_PLANS "plan_id IN (SELECT plan_id FROM plan WHERE tenant_id = ?1 AND learner_id = ?2)"
#define OWN_GROUPS "recommendation_id IN (SELECT recommendation_id FROM recommended_member WHERE tenant_id = ?1 AND learner_id = ?2)"

/* Kinds of record by number, as in personalize/access.h: 5 person, 6 enrollment, 14 evidence (by its sequence), 18 goal, 19 profile entry,
 * 23 role. */
#define OWN_OUTSIDE_IDS                                                                                                \
    "(kind = 5 AND record_id = ?2)"                                                                                    \
    " OR (kind = 6 AND record_id IN (SELECT enrollment_id FROM enrollment WHERE tenant_id = ?1 AND person_id = ?2))"   \
    " OR (kind = 14 AND record_id IN (SELECT sequence FROM evidence WHERE tenant_id = ?1 AND learner_id = ?2))"        \
    " OR (kind = 18 AND record_id IN (SELECT goal_id FROM goal WHERE tenant_id = ?1 AND learner_id = ?2))"             \
    " OR (kind = 19 AND record_id IN (SELECT entry_id FROM profile_entry WHERE tenant_id = ?1 AND learner_id = ?2))"   \
    " OR (kind = 23 AND record_id IN (SELECT role_id FROM person_role WHERE tenant_id = ?1 AND person_id = ?2))"

const pz__personal_column pz__personal_columns[] = {
    {"external_id", "record_id", PZ__PERSONAL_REMOVE, OWN_OUTSIDE_IDS},
    {"goal_supporter", "goal_id", PZ__PERSONAL_REMOVE, OWN_GOALS},
    {"goal_supporter", "person_id", PZ__PERSONAL_REMOVE, "person_id = ?2"},
    {"goal_evidence", "goal_id", PZ__PERSONAL_REMOVE, OWN_GOALS},
    {"goal_request", "goal_id", PZ__PERSONAL_REMOVE, OWN_GOALS},
    {"goal_request", "asked_by", PZ__PERSONAL_BLANK, "asked_by = ?2"},
    {"goal_request", "answered_by", PZ__PERSONAL_BLANK, "answered_by = ?2"},
    {"goal_revision", "goal_id", PZ__PERSONAL_REMOVE, OWN_GOALS},
    {"goal_milestone", "goal_id", PZ__PERSONAL_REMOVE, OWN_GOALS},
    {"goal_milestone", "added_by", PZ__PERSONAL_BLANK, "added_by = ?2"},
    {"goal_milestone", "done_by", PZ__PERSONAL_BLANK, "done_by = ?2"},
    {"goal_measurement", "goal_id", PZ__PERSONAL_REMOVE, OWN_GOALS},
    {"goal_measurement", "measured_by", PZ__PERSONAL_BLANK, "measured_by = ?2"},
    {"goal_reflection", "goal_id", PZ__PERSONAL_REMOVE, OWN_GOALS},
    {"goal_reflection", "person_id", PZ__PERSONAL_BLANK, "person_id = ?2"},
    {"demonstration_media", "demonstration_id", PZ__PERSONAL_REMOVE, OWN_DEMONSTRATIONS},
    {"demonstration_rating", "demonstration_id", PZ__PERSONAL_REMOVE, OWN_DEMONSTRATIONS},
    {"demonstration_rating", "rated_by", PZ__PERSONAL_BLANK, "rated_by = ?2"},
    {"demonstration", "goal_id", PZ__PERSONAL_REMOVE, OWN_GOALS},
    {"demonstration", "shown_by", PZ__PERSONAL_BLANK, "shown_by = ?2"},
    {"goal_group", "proposed_by", PZ__PERSONAL_BLANK, "proposed_by = ?2"},
    {"goal", "learner_id", PZ__PERSONAL_REMOVE, "learner_id = ?2"},
    {"goal", "proposed_by", PZ__PERSONAL_BLANK, "proposed_by = ?2"},
    {"goal", "acted_by", PZ__PERSONAL_BLANK, "acted_by = ?2"},
    {"voice_media", "voice_id", PZ__PERSONAL_REMOVE, OWN_VOICE},
    {"voice_answer", "voice_id", PZ__PERSONAL_REMOVE, OWN_VOICE},
    {"voice_answer", "person_id", PZ__PERSONAL_BLANK, "person_id = ?2"},
    {"voice_cosigner", "voice_id", PZ__PERSONAL_REMOVE, OWN_VOICE},
    {"voice_cosigner", "person_id", PZ__PERSONAL_REMOVE, "person_id = ?2"},
    {"voice_counter", "voice_id", PZ__PERSONAL_REMOVE, OWN_VOICE},
    {"voice_entry", "learner_id", PZ__PERSONAL_REMOVE, "learner_id = ?2"},
    {"voice_entry", "to_role", PZ__PERSONAL_BLANK, "to_person_id = ?2"}, /* not to everybody in the role, but to nobody */
    {"voice_entry", "to_person_id", PZ__PERSONAL_BLANK, "to_person_id = ?2"},
    {"voice_entry", "author_id", PZ__PERSONAL_BLANK, "author_id = ?2"},
    {"voice_entry", "acted_by", PZ__PERSONAL_BLANK, "acted_by = ?2"},
    {"checkin_touch", "checkin_id", PZ__PERSONAL_REMOVE, OWN_CHECKINS},
    {"checkin_person", "checkin_id", PZ__PERSONAL_REMOVE, OWN_CHECKINS},
    {"checkin_person", "person_id", PZ__PERSONAL_REMOVE, "person_id = ?2"},
    {"checkin", "learner_id", PZ__PERSONAL_REMOVE, "learner_id = ?2"},
    {"checkin", "author_id", PZ__PERSONAL_BLANK, "author_id = ?2"},
    {"checkin", "acted_by", PZ__PERSONAL_BLANK, "acted_by = ?2"},
    {"checkin_template", "author_id", PZ__PERSONAL_BLANK, "author_id = ?2"},
    {"plan_part", "plan_id", PZ__PERSONAL_REMOVE, OWN_PLANS},
    {"plan_signature", "plan_id", PZ__PERSONAL_REMOVE, OWN_PLANS},
    {"plan_signature", "person_id", PZ__PERSONAL_REMOVE, "person_id = ?2"},
    {"plan_review", "plan_id", PZ__PERSONAL_REMOVE, OWN_PLANS},
    {"plan_review", "reviewed_by", PZ__PERSONAL_BLANK, "reviewed_by = ?2"},
    {"plan", "learner_id", PZ__PERSONAL_REMOVE, "learner_id = ?2"},
    {"plan", "author_id", PZ__PERSONAL_BLANK, "author_id = ?2"},
    {"plan", "acted_by", PZ__PERSONAL_BLANK, "acted_by = ?2"},
    {"plan_template", "author_id", PZ__PERSONAL_BLANK, "author_id = ?2"},
    {"plan_template", "copied_author", PZ__PERSONAL_BLANK, "copied_author = ?2"},
    {"assignment", "learner_id", PZ__PERSONAL_REMOVE, "learner_id = ?2"},
    {"assignment", "assigned_by", PZ__PERSONAL_BLANK, "assigned_by = ?2"},
    {"assignment", "acted_by", PZ__PERSONAL_BLANK, "acted_by = ?2"},
    {"activity", "author_id", PZ__PERSONAL_BLANK, "author_id = ?2"},
    {"questionnaire_answer", "learner_id", PZ__PERSONAL_REMOVE, "learner_id = ?2"},
    {"theme", "answered_by", PZ__PERSONAL_BLANK, "answered_by = ?2"},
    {"questionnaire", "author_id", PZ__PERSONAL_BLANK, "author_id = ?2"},
    {"shared_with", "learner_id", PZ__PERSONAL_REMOVE, "learner_id = ?2"},
    {"shared_with", "person_id", PZ__PERSONAL_REMOVE, "person_id = ?2"},
    {"shared_with", "named_by", PZ__PERSONAL_BLANK, "named_by = ?2"},
    {"record_tag", "learner_id", PZ__PERSONAL_REMOVE, "learner_id = ?2"},
    {"profile_dispute", "learner_id", PZ__PERSONAL_REMOVE, "learner_id = ?2"},
    {"profile_dispute", "disputed_by", PZ__PERSONAL_BLANK, "disputed_by = ?2"},
    {"profile_dispute", "answered_by", PZ__PERSONAL_BLANK, "answered_by = ?2"},
    {"private_note", "learner_id", PZ__PERSONAL_REMOVE, "learner_id = ?2"},
    {"private_note", "author_id", PZ__PERSONAL_REMOVE, "author_id = ?2"},
    {"profile_entry", "learner_id", PZ__PERSONAL_REMOVE, "learner_id = ?2"},
    {"profile_entry", "author_id", PZ__PERSONAL_BLANK, "author_id = ?2"},
    {"cycle_result", "learner_id", PZ__PERSONAL_REMOVE, "learner_id = ?2"},
    {"cycle_result_again", "learner_id", PZ__PERSONAL_REMOVE, "learner_id = ?2"},
    {"cycle_reopening", "acted_by", PZ__PERSONAL_BLANK, "acted_by = ?2"},
    {"assessment_seat", "learner_id", PZ__PERSONAL_REMOVE, "learner_id = ?2"},
    {"mastery", "learner_id", PZ__PERSONAL_REMOVE, "learner_id = ?2"},
    {"evidence_fix", "learner_id", PZ__PERSONAL_REMOVE, "learner_id = ?2"},
    {"evidence", "learner_id", PZ__PERSONAL_REMOVE, "learner_id = ?2"},
    {"recommendation", "problem", PZ__PERSONAL_BLANK, "problem IS NOT NULL AND " OWN_GROUPS},
    {"recommendation", "request", PZ__PERSONAL_SCRUB, NULL},
    {"recommendation", "report", PZ__PERSONAL_SCRUB, NULL},
    {"recommendation", "acted_by", PZ__PERSONAL_BLANK, "acted_by = ?2"},
    {"recommended_group", "reasons", PZ__PERSONAL_SCRUB, NULL},
    {"recommended_member", "learner_id", PZ__PERSONAL_REMOVE, "learner_id = ?2"},
    {"recommended_member", "reasons", PZ__PERSONAL_SCRUB, NULL},
    {"enrollment", "person_id", PZ__PERSONAL_REMOVE, "person_id = ?2"},
    {"guardianship", "learner_id", PZ__PERSONAL_REMOVE, "learner_id = ?2"},
    {"guardianship", "guardian_id", PZ__PERSONAL_REMOVE, "guardian_id = ?2"},
    {"person_role", "person_id", PZ__PERSONAL_REMOVE, "person_id = ?2"},
    {"person_detail", "person_id", PZ__PERSONAL_REMOVE, "person_id = ?2"},
    {"person", "person_id", PZ__PERSONAL_REMOVE, "person_id = ?2"},
    {"change", "author_alias", PZ__PERSONAL_ALIAS, NULL},
    {"change_item", "record_id", PZ__PERSONAL_ALIAS, NULL},
    {"change_item", "learner_alias", PZ__PERSONAL_ALIAS, NULL},
    {"person_alias", "person_id", PZ__PERSONAL_REMOVE, "person_id = ?2"},
};
const size_t pz__personal_column_count = sizeof pz__personal_columns / sizeof pz__personal_columns[0];

const pz__impersonal_columns pz__impersonal_tables[] = {
    {"tenant", "tenant_id name time_zone created_at host_key next_id last_change last_at chain chain_key digest_key key_check"},
    {"change", "tenant_id change_id at service_id role purpose action key_hash request_digest result content standing next_id hash"},
    {"change_item", "tenant_id change_id item_no kind act count"},
    {"change_removal", "tenant_id change_id from_change content"},
    {"act_key", "tenant_id key_hash change_id"},
    {"person_alias", "tenant_id alias salt"},
    {"service", "tenant_id service_id name"},
    {"source", "tenant_id source_no name"},
    {"external_id", "tenant_id kind source_no text"},
    {"org", "tenant_id org_id since_change until_change parent_id kind name identifier ended"},
    {"academic_session", "tenant_id session_id since_change until_change parent_id kind title starts_on ends_on school_year ended"},
    {"course", "tenant_id course_id since_change until_change org_id session_id title code grades subjects ended"},
    {"class", "tenant_id class_id since_change until_change org_id course_id title code kind location grades subjects periods sessions ended"},
    {"person", "tenant_id since_change until_change given_name middle_name family_name preferred_given_name preferred_family_name username "
               "email identifier grades pronouns enabled ended"},
    {"person_detail", "tenant_id name since_change until_change value"},
    {"person_role", "tenant_id org_id role_id since_change until_change role outside_role is_primary begins_on ends_on"},
    {"guardianship", "tenant_id since_change until_change"},
    {"enrollment", "tenant_id class_id enrollment_id since_change until_change role is_primary begins_on ends_on"},
    {"framework", "tenant_id framework_id since_change until_change title creator publisher version language adoption_status uri ended"},
    {"competency", "tenant_id competency_id since_change until_change framework_id code statement short_statement item_type levels language uri "
                   "position ended"},
    {"association", "tenant_id association_id since_change until_change framework_id kind origin_id destination_id position"},
    {"assessment", "tenant_id assessment_id since_change until_change class_id org_id cycle_id kind title category held_on due_on score_min "
                   "score_max ended"},
    {"assessment_competency", "tenant_id assessment_id competency_id since_change until_change weight"},
    {"item", "tenant_id item_id since_change until_change code stem ended"},
    {"item_competency", "tenant_id item_id competency_id since_change until_change weight"},
    {"item_option", "tenant_id item_id option_no since_change until_change label is_correct misconception_id"},
    {"misconception", "tenant_id misconception_id since_change until_change competency_id code statement"},
    {"evidence", "tenant_id competency_id at sequence change_id score weight kind assessment_id item_id option_no"},
    {"evidence_fix", "tenant_id competency_id at sequence change_id score weight reason"},
    {"mastery_rule", "tenant_id scope_id competency_id since_change until_change rule_id settings"},
    {"mastery", "tenant_id competency_id rule_id estimate standard_error decision evidence_count last_at last_sequence change_id state"},
    {"cycle", "tenant_id cycle_id since_change until_change org_id class_id framework_id previous_id kind state title opens_on closes_on "
              "closed_change"},
    {"cycle_result", "tenant_id cycle_id competency_id change_id rule_id estimate standard_error decision evidence_count growth "
                     "growth_standard_error is_need step"},
    {"cycle_result_again", "tenant_id cycle_id competency_id change_id rule_id estimate standard_error decision evidence_count growth "
                           "growth_standard_error is_need step"},
    {"cycle_reopening", "tenant_id cycle_id since_change until_change closed_change reason acted_role acted_at"},
    {"assessment_seat", "tenant_id assessment_id since_change until_change state due_on reason"},
    {"profile_entry", "tenant_id entry_id since_change until_change section code content value standard_error scale source author_role "
                      "observed_at begins_on ends_on confidence visibility withdrawn_because value_type activation times recorded_at"},
    {"shared_with", "tenant_id record_id since_change until_change"},
    {"record_tag", "tenant_id record_id folded since_change until_change tag uri"},
    {"profile_dispute", "tenant_id dispute_id since_change until_change entry_id entry_version state statement disputed_role disputed_at answer "
                        "answered_role answered_at"},
    {"private_note", "tenant_id note_id since_change until_change content written_at is_ended"},
    {"goal", "tenant_id goal_id since_change until_change version state area statement reason measure competency_id target due_on proposed_role "
             "reflection learner_agreed acted_role acted_at target_high baseline measured grew_from_kind grew_from_id strategies resources confidence "
             "visibility serves_id group_id resumes step why"},
    {"goal_policy", "tenant_id org_id position since_change until_change step role decision first_grade last_grade age_from own_goals_from"},
    {"goal_request", "tenant_id request_id since_change until_change step state asked_role asked_at why answered_role answered_at answer"},
    {"goal_revision", "tenant_id request_id since_change until_change area statement reason measure competency_id target target_high baseline measured "
                      "due_on grew_from_kind grew_from_id strategies resources serves_id group_id"},
    {"goal_group", "tenant_id group_id since_change until_change version class_id statement competency_id due_on proposed_role ended"},
    {"goal_milestone", "tenant_id milestone_id since_change until_change version state statement due_on learner_agreed added_role done_role done_at "
                       "competency_id sequence description link"},
    {"goal_measurement", "tenant_id position since_change until_change value at note measured_role"},
    {"goal_reflection", "tenant_id position since_change until_change content role at"},
    {"demonstration", "tenant_id demonstration_id since_change until_change title content shown_role shown_at"},
    {"demonstration_media", "tenant_id position since_change until_change name reference media_type size hash alternative"},
    {"demonstration_rating", "tenant_id position since_change until_change criterion level levels words note rated_role rated_at is_self"},
    {"goal_supporter", "tenant_id since_change until_change role state note"},
    {"goal_evidence", "tenant_id position since_change until_change competency_id at sequence description link"},
    {"checkin", "tenant_id checkin_id since_change until_change version state template_id cycle_id due_on visibility reason outcome held_at "
                "previous_id next_id author_role acted_role acted_at"},
    {"checkin_person", "tenant_id since_change until_change role presence note signed_at"},
    {"checkin_touch", "tenant_id position since_change until_change record_kind record_id note"},
    {"checkin_template", "tenant_id template_id since_change until_change org_id title prompts with_guardian with_teacher with_counselor "
                         "with_leader ended"},
    {"checkin_schedule", "tenant_id scope_id since_change until_change rhythm template_id starts_on"},
    {"plan_template", "tenant_id template_id since_change until_change org_id title prompts weeks with_guardian with_teacher with_counselor "
                      "with_leader ended copied_from"},
    {"plan", "tenant_id plan_id since_change until_change version state template_id title vision summary begins_on ends_on with_guardian "
             "with_teacher with_counselor with_leader parts previous_id next_id author_role acted_role acted_at"},
    {"plan_part", "tenant_id position since_change until_change record_kind record_id note"},
    {"plan_signature", "tenant_id since_change until_change role version note signed_at"},
    {"plan_review", "tenant_id checkin_id since_change until_change outcome reviewed_role reviewed_at"},
    {"activity", "tenant_id activity_id since_change until_change version class_id org_id parent_id kind choose title instructions is_what_open "
                 "is_how_open is_when_open is_where_open what how place minutes opens_on due_on choose_by choice_rule position ended"},
    {"activity_tie", "tenant_id activity_id kind target_id since_change until_change weight"},
    {"assignment", "tenant_id assignment_id since_change until_change version state activity_id board_id competency_id goal_id is_chosen what how "
                   "place due_on minutes work link score note assigned_role acted_role acted_at"},
    {"theme", "tenant_id theme_id since_change until_change scope_id topic state content answered_role answered_at"},
    {"questionnaire", "tenant_id questionnaire_id since_change until_change org_id version title language questions ended document"},
    {"questionnaire_answer", "tenant_id answer_id since_change until_change response_id questionnaire_id questionnaire_version question avenue "
                             "answer number picture reference media_type size hash becomes section voice_kind topic content scale state record_id "
                             "answered_at"},
    {"voice_entry", "tenant_id voice_id since_change until_change version kind avenue state content topic visibility shared_class_id "
                    "about_kind about_id due_on learner_agreed author_role said_at acted_role acted_at"},
    {"voice_media", "tenant_id position since_change until_change name reference media_type size hash alternative"},
    {"voice_answer", "tenant_id position since_change until_change state role at content done_kind done_id"},
    {"voice_cosigner", "tenant_id since_change until_change at"},
    {"voice_counter", "tenant_id since_change until_change subject recommendation_id cycle_id competency_id was_group was_estimate "
                      "proposed_group instead_id estimate"},
    {"voice_policy", "tenant_id org_id kind since_change until_change days"},
    {"recommendation", "tenant_id recommendation_id since_change until_change class_id cycle_id version state strategy title seed objective "
                       "recommended_objective note answer_by acted_role acted_at"},
    {"recommended_group", "tenant_id recommendation_id group_no since_change until_change competency_id"},
    {"recommended_member", "tenant_id recommendation_id since_change until_change group_no is_locked by_hand"},
};
const size_t pz__impersonal_table_count = sizeof pz__impersonal_tables / sizeof pz__impersonal_tables[0];
