#include "records/voice/tables.h"

#include "records/types_learning.h"

#define MARKS_22 PZ__MARKS_13 ", ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24"

/* clang-format off: one table, one block */

static const pz_field entry_fields[] = {
    PZ__ID(pz_voice_entry, learner),
    PZ__ID(pz_voice_entry, id),
    PZ__BIGINT(pz_voice_entry, version, ""),
    PZ__ENUM(pz_voice_entry, kind, pz__voice_kind_names),
    PZ__ENUM(pz_voice_entry, avenue, pz__voice_avenue_names),
    PZ__ENUM(pz_voice_entry, state, pz__voice_state_names),
    PZ__TEXT(pz_voice_entry, content),
    PZ__TEXT(pz_voice_entry, topic),
    PZ__ENUM(pz_voice_entry, to_role, pz__role_names),
    PZ__ID(pz_voice_entry, to_person),
    PZ__ENUM(pz_voice_entry, visibility, pz__visibility_names),
    PZ__ID(pz_voice_entry, shared_with),
    PZ__ENUM(pz_voice_entry, about_kind, pz__kind_names),
    PZ__ID(pz_voice_entry, about),
    PZ__DATE(pz_voice_entry, due_on),
    PZ__BOOL(pz_voice_entry, learner_agreed),
    PZ__ID(pz_voice_entry, author),
    PZ__ENUM(pz_voice_entry, author_role, pz__role_names),
    PZ__TIME(pz_voice_entry, said_at),
    PZ__ID(pz_voice_entry, acted_by),
    PZ__ENUM(pz_voice_entry, acted_role, pz__role_names),
    PZ__TIME(pz_voice_entry, acted_at),
};
static const pz_voice_entry entry_initial = PZ_VOICE_ENTRY_INIT;
static const pz_record_type entry_row_type = PZ__RECORD_TYPE(pz_voice_entry, entry_fields, &entry_initial);

const pz__table pz__voice_table = {
    &entry_row_type,
    PZ_KIND_VOICE,
    2,
    -1,
    0,
    1,
    PZ__TABLE_SQL("voice_entry",
                  "learner_id, voice_id, version, kind, avenue, state, content, topic, to_role, to_person_id, visibility, shared_class_id, "
                  "about_kind, about_id, due_on, learner_agreed, author_id, author_role, said_at, acted_by, acted_role, acted_at",
                  MARKS_22, "learner_id = ?2 AND voice_id = ?3")};

const pz__table pz__voice_media_table = {&pz__voice_media_type,
                                         PZ_KIND_VOICE,
                                         2,
                                         -1,
                                         -1,
                                         0,
                                         PZ__TABLE_SQL("voice_media",
                                                       "voice_id, position, name, reference, media_type, size, hash, alternative",
                                                       PZ__MARKS_8, "voice_id = ?2 AND position = ?3")};

const pz__table pz__voice_answer_table = {&pz__voice_answer_type,
                                          PZ_KIND_VOICE,
                                          2,
                                          -1,
                                          -1,
                                          0,
                                          PZ__TABLE_SQL("voice_answer",
                                                        "voice_id, position, state, person_id, role, at, content, done_kind, done_id",
                                                        PZ__MARKS_9, "voice_id = ?2 AND position = ?3")};

const pz__table pz__voice_cosigner_table = {
    &pz__voice_cosigner_type,
    PZ_KIND_VOICE,
    2,
    -1,
    -1,
    0,
    PZ__TABLE_SQL("voice_cosigner", "voice_id, person_id, at", PZ__MARKS_3, "voice_id = ?2 AND person_id = ?3")};

static const pz_field counter_fields[] = {
    PZ__ID(pz_counter, entry),
    PZ__ENUM(pz_counter, subject, pz__counter_subject_names),
    PZ__ID(pz_counter, recommendation),
    PZ__ID(pz_counter, cycle),
    PZ__ID(pz_counter, competency),
    PZ__INT(pz_counter, was_group, ""),
    PZ__REAL(pz_counter, was_estimate, ""),
    PZ__INT(pz_counter, group, ""),
    PZ__ID(pz_counter, instead),
    PZ__REAL(pz_counter, estimate, ""),
};
static const pz_counter counter_initial = PZ_COUNTER_INIT;
static const pz_record_type counter_row_type = PZ__RECORD_TYPE(pz_counter, counter_fields, &counter_initial);

const pz__table pz__voice_counter_table = {
    &counter_row_type,
    PZ_KIND_VOICE,
    1,
    -1,
    -1,
    0,
    PZ__TABLE_SQL(
        "voice_counter",
        "voice_id, subject, recommendation_id, cycle_id, competency_id, was_group, was_estimate, proposed_group, instead_id, estimate",
        PZ__MARKS_10, "voice_id = ?2")};

static const pz_field policy_fields[] = {
    PZ__BIGINT(pz_voice_policy, org, ""), /* 0 stands for the store and is not NULL */
    PZ__ENUM(pz_voice_policy, kind, pz__voice_kind_names),
    PZ__INT(pz_voice_policy, days, ""),
};
static const pz_voice_policy policy_initial = PZ_VOICE_POLICY_INIT;
static const pz_record_type policy_row_type = PZ__RECORD_TYPE(pz_voice_policy, policy_fields, &policy_initial);

const pz__table pz__voice_policy_table = {&policy_row_type,
                                          PZ_KIND_VOICE_POLICY,
                                          2,
                                          -1,
                                          -1,
                                          0,
                                          PZ__TABLE_SQL("voice_policy", "org_id, kind, days", PZ__MARKS_3, "org_id = ?2 AND kind = ?3")};

static const pz_field theme_fields[] = {
    PZ__ID(pz__theme_row, id),
    PZ__ID(pz__theme_row, scope),
    PZ__TEXT(pz__theme_row, topic),
    PZ__ENUM(pz__theme_row, state, pz__voice_state_names),
    PZ__TEXT(pz__theme_row, content),
    PZ__ID(pz__theme_row, answered_by),
    PZ__ENUM(pz__theme_row, answered_role, pz__role_names),
    PZ__TIME(pz__theme_row, answered_at),
};
static const pz__theme_row theme_initial = {0, 0, "", 0, 0, "", 0, 0, 0, PZ_TIME_NONE};
static const pz_record_type theme_row_type = PZ__RECORD_TYPE(pz__theme_row, theme_fields, &theme_initial);

const pz__table pz__theme_table = {
    &theme_row_type, PZ_KIND_THEME, 1, -1, -1, 0,
    PZ__TABLE_SQL("theme", "theme_id, scope_id, topic, state, content, answered_by, answered_role, answered_at", PZ__MARKS_8, "theme_id = ?2")};
