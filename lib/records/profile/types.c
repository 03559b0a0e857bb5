/* The records of profile.h. */
#include "base/record.h"
#include "records/by_id.h"
#include "records/types_learning.h"

const char *const pz__profile_section_names[] = {"",          "interest",   "background",  "experience", "prior_success", "strength",
                                                 "need",      "support",    "technology",  "attendance", "test_score",    "learn_what",
                                                 "learn_how", "learn_when", "learn_where", NULL};
const char *const pz__profile_order_names[] = {"", "section", "recorded", "observed", "ending", NULL};
const char *const pz__visibility_names[] = {"", "self", "named", "teachers", "guardians", "school", NULL};
const char *const pz__value_type_names[] = {"", "number", "share", "yes_no", "date", NULL};
const char *const pz__activation_names[] = {"", "initial", "option", "prohibit", NULL};
const char *const pz__dispute_state_names[] = {"", "open", "upheld", "declined", "withdrawn", NULL};

static const pz_field profile_entry_fields[] = {
    PZ__ID(pz_profile_entry, id),
    PZ__ID(pz_profile_entry, learner),
    PZ__BIGINT(pz_profile_entry, version, ""),
    PZ__ENUM(pz_profile_entry, section, pz__profile_section_names),
    PZ__TEXT(pz_profile_entry, code),
    PZ__TEXT(pz_profile_entry, content),
    PZ__REAL(pz_profile_entry, value, ""),
    PZ__REAL(pz_profile_entry, standard_error, "unit of the value"),
    PZ__TEXT(pz_profile_entry, scale),
    PZ__TEXT(pz_profile_entry, source),
    PZ__ID(pz_profile_entry, author),
    PZ__ENUM(pz_profile_entry, author_role, pz__role_names),
    PZ__TIME(pz_profile_entry, observed_at),
    PZ__DATE(pz_profile_entry, begins_on),
    PZ__DATE(pz_profile_entry, ends_on),
    PZ__REAL(pz_profile_entry, confidence, "0 to 1"),
    PZ__ENUM(pz_profile_entry, visibility, pz__visibility_names),
    PZ__BOOL(pz_profile_entry, is_current),
    PZ__ENUM(pz_profile_entry, value_type, pz__value_type_names),
    PZ__ENUM(pz_profile_entry, activation, pz__activation_names),
    PZ__TEXT(pz_profile_entry, times),
    PZ__TIME(pz_profile_entry, recorded_at),
    PZ__NAME(pz_profile_entry, withdrawn_because),
    PZ__BOOL(pz_profile_entry, is_disputed),
};
static const pz_profile_entry profile_entry_initial = PZ_PROFILE_ENTRY_INIT;
const pz_record_type pz__profile_entry_type = PZ__RECORD_TYPE(pz_profile_entry, profile_entry_fields, &profile_entry_initial);

static const pz_field profile_query_fields[] = {
    PZ__ID(pz_profile_query, learner),
    PZ__ID(pz_profile_query, class_id),
    PZ__ENUM(pz_profile_query, section, pz__profile_section_names),
    PZ__BOOL(pz_profile_query, with_history),
    PZ__TEXT(pz_profile_query, text),
    PZ__NAME(pz_profile_query, tag),
    PZ__ID(pz_profile_query, author),
    PZ__ENUM(pz_profile_query, author_role, pz__role_names),
    PZ__DATE(pz_profile_query, on),
    PZ__BOOL(pz_profile_query, is_disputed),
    PZ__ENUM(pz_profile_query, order, pz__profile_order_names),
    PZ__INT(pz_profile_query, limit, ""),
    PZ__ID(pz_profile_query, after),
    PZ__BIGINT(pz_profile_query, after_version, ""),
};
static const pz_profile_query profile_query_initial = PZ_PROFILE_QUERY_INIT;
const pz_record_type pz__profile_query_type = PZ__RECORD_TYPE(pz_profile_query, profile_query_fields, &profile_query_initial);

static const pz_field support_feature_fields[] = {
    PZ__NAME(pz_support_feature, name),
    PZ__NAME(pz_support_feature, words),
};
static const pz_support_feature support_feature_initial = {sizeof(pz_support_feature), NULL, NULL};
const pz_record_type pz__support_feature_type = PZ__RECORD_TYPE(pz_support_feature, support_feature_fields, &support_feature_initial);

static const pz_field profile_tag_fields[] = {
    PZ__ID(pz_profile_tag, entry),
    PZ__ID(pz_profile_tag, learner),
    PZ__TEXT(pz_profile_tag, tag),
    PZ__TEXT(pz_profile_tag, uri),
};
static const pz_profile_tag profile_tag_initial = PZ_PROFILE_TAG_INIT;
const pz_record_type pz__profile_tag_type = PZ__RECORD_TYPE(pz_profile_tag, profile_tag_fields, &profile_tag_initial);

static const pz_field profile_named_fields[] = {
    PZ__ID(pz_profile_named, entry),    PZ__ID(pz_profile_named, person),          PZ__ID(pz_profile_named, learner),
    PZ__ID(pz_profile_named, named_by), PZ__BIGINT(pz_profile_named, version, ""),
};
static const pz_profile_named profile_named_initial = {sizeof(pz_profile_named), 0, 0, 0, 0, 0};
const pz_record_type pz__profile_named_type = PZ__RECORD_TYPE(pz_profile_named, profile_named_fields, &profile_named_initial);

static const pz_field profile_dispute_fields[] = {
    PZ__ID(pz_profile_dispute, id),
    PZ__ID(pz_profile_dispute, learner),
    PZ__ID(pz_profile_dispute, entry),
    PZ__BIGINT(pz_profile_dispute, entry_version, ""),
    PZ__BIGINT(pz_profile_dispute, version, ""),
    PZ__ENUM(pz_profile_dispute, state, pz__dispute_state_names),
    PZ__TEXT(pz_profile_dispute, statement),
    PZ__ID(pz_profile_dispute, disputed_by),
    PZ__ENUM(pz_profile_dispute, disputed_role, pz__role_names),
    PZ__TIME(pz_profile_dispute, disputed_at),
    PZ__TEXT(pz_profile_dispute, answer),
    PZ__ID(pz_profile_dispute, answered_by),
    PZ__ENUM(pz_profile_dispute, answered_role, pz__role_names),
    PZ__TIME(pz_profile_dispute, answered_at),
};
static const pz_profile_dispute profile_dispute_initial = {
    sizeof(pz_profile_dispute), 0, 0, 0, 0, 0, 0, NULL, 0, 0, 0, PZ_TIME_NONE, NULL, 0, 0, 0, PZ_TIME_NONE};
const pz_record_type pz__profile_dispute_type = PZ__RECORD_TYPE(pz_profile_dispute, profile_dispute_fields, &profile_dispute_initial);

static const pz_field private_note_fields[] = {
    PZ__ID(pz_private_note, id),        PZ__ID(pz_private_note, learner),      PZ__BIGINT(pz_private_note, version, ""),
    PZ__TEXT(pz_private_note, content), PZ__TIME(pz_private_note, written_at),
};
static const pz_private_note private_note_initial = {sizeof(pz_private_note), 0, 0, 0, NULL, 0, PZ_TIME_NONE};
const pz_record_type pz__private_note_type = PZ__RECORD_TYPE(pz_private_note, private_note_fields, &private_note_initial);

static const pz_field profile_upkeep_fields[] = {
    PZ__ID(pz_profile_upkeep, learner),
    PZ__NAME(pz_profile_upkeep, name),
    PZ__ENUM(pz_profile_upkeep, section, pz__profile_section_names),
    PZ__INT(pz_profile_upkeep, entries, ""),
    PZ__TIME(pz_profile_upkeep, newest_at),
    PZ__INT(pz_profile_upkeep, days_since, "days"),
    PZ__INT(pz_profile_upkeep, stale_after, "days"),
    PZ__BOOL(pz_profile_upkeep, is_missing),
    PZ__BOOL(pz_profile_upkeep, is_stale),
    PZ__ENUM(pz_profile_upkeep, ask_role, pz__role_names),
    PZ__ID(pz_profile_upkeep, ask),
};
static const pz_profile_upkeep profile_upkeep_initial = {sizeof(pz_profile_upkeep), 0, NULL, 0, 0, PZ_TIME_NONE, -1, 0, 0, 0, 0, 0};
const pz_record_type pz__profile_upkeep_type = PZ__RECORD_TYPE(pz_profile_upkeep, profile_upkeep_fields, &profile_upkeep_initial);

#define DAYS(section) PZ__INT(pz_profile_upkeep_query, section, "days, 1 to 36500")
static const pz_field profile_upkeep_query_fields[] = {
    PZ__ID(pz_profile_upkeep_query, learner),
    PZ__ID(pz_profile_upkeep_query, class_id),
    PZ__BOOL(pz_profile_upkeep_query, wanting_only),
    DAYS(interest),
    DAYS(background),
    DAYS(experience),
    DAYS(prior_success),
    DAYS(strength),
    DAYS(need),
    DAYS(support),
    DAYS(technology),
    DAYS(attendance),
    DAYS(test_score),
    DAYS(learn_what),
    DAYS(learn_how),
    DAYS(learn_when),
    DAYS(learn_where),
    DAYS(academic),
    DAYS(misconception),
};
#undef DAYS
static const pz_profile_upkeep_query profile_upkeep_query_initial = PZ_PROFILE_UPKEEP_QUERY_INIT;
const pz_record_type pz__profile_upkeep_query_type =
    PZ__RECORD_TYPE(pz_profile_upkeep_query, profile_upkeep_query_fields, &profile_upkeep_query_initial);

static const pz_field profile_feature_fields[] = {
    PZ__ID(pz_profile_feature, learner),
    PZ__NAME(pz_profile_feature, name),
    PZ__ID(pz_profile_feature, entry),
};
static const pz_profile_feature profile_feature_initial = {sizeof(pz_profile_feature), 0, NULL, 0};
const pz_record_type pz__profile_feature_type = PZ__RECORD_TYPE(pz_profile_feature, profile_feature_fields, &profile_feature_initial);

static const pz_field profile_dispute_query_fields[] = {
    PZ__ID(pz_profile_dispute_query, learner),
    PZ__ID(pz_profile_dispute_query, class_id),
    PZ__ID(pz_profile_dispute_query, entry),
    PZ__ENUM(pz_profile_dispute_query, state, pz__dispute_state_names),
    PZ__TEXT(pz_profile_dispute_query, text),
    PZ__ENUM(pz_profile_dispute_query, order, pz__list_order_names),
    PZ__INT(pz_profile_dispute_query, limit, "rows, 0 all"),
    PZ__ID(pz_profile_dispute_query, after),
};
static const pz_profile_dispute_query profile_dispute_query_initial = PZ_PROFILE_DISPUTE_QUERY_INIT;
const pz_record_type pz__profile_dispute_query_type =
    PZ__RECORD_TYPE(pz_profile_dispute_query, profile_dispute_query_fields, &profile_dispute_query_initial);

static const pz_field private_note_query_fields[] = {
    PZ__ID(pz_private_note_query, learner),
    PZ__ID(pz_private_note_query, class_id),
    PZ__TEXT(pz_private_note_query, text),
    PZ__ENUM(pz_private_note_query, order, pz__list_order_names),
    PZ__INT(pz_private_note_query, limit, "rows, 0 all"),
    PZ__ID(pz_private_note_query, after),
};
static const pz_private_note_query private_note_query_initial = PZ_PRIVATE_NOTE_QUERY_INIT;
const pz_record_type pz__private_note_query_type =
    PZ__RECORD_TYPE(pz_private_note_query, private_note_query_fields, &private_note_query_initial);
