/* The records of voice.h. */
#include "base/record.h"
#include "records/types_learning.h"
#include "records/voice/tables.h"

const char *const pz__voice_kind_names[] = {"",         "need",     "preference", "interest", "idea",
                                            "question", "feedback", "reflection", "counter",  NULL};
const char *const pz__voice_avenue_names[] = {"", "text", "journal", "audio", "video", "image", "link", NULL};
const char *const pz__voice_state_names[] = {"", "open", "seen", "answered", "acted_on", "declined", "withdrawn", NULL};
const char *const pz__counter_subject_names[] = {"", "group", "next_step", "estimate", NULL};

static const pz_field voice_entry_fields[] = {
    PZ__ID(pz_voice_entry, id),
    PZ__ID(pz_voice_entry, learner),
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
    PZ__BOOL(pz_voice_entry, awaits_answer),
    PZ__BOOL(pz_voice_entry, learner_agreed),
    PZ__INT(pz_voice_entry, cosigned, "learners"),
    PZ__ID(pz_voice_entry, author),
    PZ__ENUM(pz_voice_entry, author_role, pz__role_names),
    PZ__TIME(pz_voice_entry, said_at),
    PZ__ID(pz_voice_entry, acted_by),
    PZ__ENUM(pz_voice_entry, acted_role, pz__role_names),
    PZ__TIME(pz_voice_entry, acted_at),
    PZ__BOOL(pz_voice_entry, is_current),
};
static const pz_voice_entry voice_entry_initial = PZ_VOICE_ENTRY_INIT;
const pz_record_type pz__voice_entry_type = PZ__RECORD_TYPE(pz_voice_entry, voice_entry_fields, &voice_entry_initial);

static const pz_field voice_media_fields[] = {
    PZ__ID(pz_voice_media, entry),  PZ__INT(pz_voice_media, position, "from 1"),
    PZ__TEXT(pz_voice_media, name), PZ__TEXT(pz_voice_media, reference),
    PZ__TEXT(pz_voice_media, type), PZ__BIGINT(pz_voice_media, size, "bytes"),
    PZ__TEXT(pz_voice_media, hash), PZ__TEXT(pz_voice_media, alternative),
};
static const pz_voice_media voice_media_initial = PZ_VOICE_MEDIA_INIT;
const pz_record_type pz__voice_media_type = PZ__RECORD_TYPE(pz_voice_media, voice_media_fields, &voice_media_initial);

static const pz_field voice_answer_fields[] = {
    PZ__ID(pz_voice_answer, entry),
    PZ__INT(pz_voice_answer, position, "from 1"),
    PZ__ENUM(pz_voice_answer, state, pz__voice_state_names),
    PZ__ID(pz_voice_answer, person),
    PZ__ENUM(pz_voice_answer, role, pz__role_names),
    PZ__TIME(pz_voice_answer, at),
    PZ__TEXT(pz_voice_answer, content),
    PZ__ENUM(pz_voice_answer, done_kind, pz__kind_names),
    PZ__ID(pz_voice_answer, done),
};
static const pz_voice_answer voice_answer_initial = {sizeof(pz_voice_answer), 0, 0, 0, 0, 0, PZ_TIME_NONE, NULL, 0, 0, 0};
const pz_record_type pz__voice_answer_type = PZ__RECORD_TYPE(pz_voice_answer, voice_answer_fields, &voice_answer_initial);

static const pz_field voice_cosigner_fields[] = {
    PZ__ID(pz_voice_cosigner, entry),
    PZ__ID(pz_voice_cosigner, person),
    PZ__TIME(pz_voice_cosigner, at),
};
static const pz_voice_cosigner voice_cosigner_initial = {sizeof(pz_voice_cosigner), 0, 0, PZ_TIME_NONE};
const pz_record_type pz__voice_cosigner_type = PZ__RECORD_TYPE(pz_voice_cosigner, voice_cosigner_fields, &voice_cosigner_initial);

static const char *const order_names[] = {"", "learner", "due", "said", "acted", NULL};
static const pz_field voice_query_fields[] = {
    PZ__ID(pz_voice_query, learner),
    PZ__ID(pz_voice_query, class_id),
    PZ__ENUM(pz_voice_query, kind, pz__voice_kind_names),
    PZ__ENUM(pz_voice_query, state, pz__voice_state_names),
    PZ__BOOL(pz_voice_query, waiting_only),
    PZ__BOOL(pz_voice_query, owed_only),
    PZ__BOOL(pz_voice_query, shared_only),
    PZ__TEXT(pz_voice_query, topic),
    PZ__DATE(pz_voice_query, due_until),
    PZ__ID(pz_voice_query, after),
    PZ__INT(pz_voice_query, limit, "rows, 0 all"),
    PZ__TEXT(pz_voice_query, text),
    PZ__ENUM(pz_voice_query, order, order_names),
};
static const pz_voice_query voice_query_initial = PZ_VOICE_QUERY_INIT;
const pz_record_type pz__voice_query_type = PZ__RECORD_TYPE(pz_voice_query, voice_query_fields, &voice_query_initial);

static const pz_field voice_count_fields[] = {
    PZ__ID(pz_voice_count, org),
    PZ__ID(pz_voice_count, class_id),
    PZ__ENUM(pz_voice_count, kind, pz__voice_kind_names),
    PZ__INT(pz_voice_count, entries, ""),
    PZ__INT(pz_voice_count, learners, ""),
    PZ__INT(pz_voice_count, waiting, "entries"),
    PZ__INT(pz_voice_count, overdue, "entries"),
    PZ__INT(pz_voice_count, answered, "entries"),
    PZ__INT(pz_voice_count, acted_on, "entries"),
    PZ__INT(pz_voice_count, declined, "entries"),
};
static const pz_voice_count voice_count_initial = {sizeof(pz_voice_count), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
const pz_record_type pz__voice_count_type = PZ__RECORD_TYPE(pz_voice_count, voice_count_fields, &voice_count_initial);

static const pz_field voice_policy_fields[] = {
    PZ__ID(pz_voice_policy, org),
    PZ__ENUM(pz_voice_policy, kind, pz__voice_kind_names),
    PZ__INT(pz_voice_policy, days, "0 to 366; -1 none"),
    PZ__BIGINT(pz_voice_policy, since_change, ""),
};
static const pz_voice_policy voice_policy_initial = PZ_VOICE_POLICY_INIT;
const pz_record_type pz__voice_policy_type = PZ__RECORD_TYPE(pz_voice_policy, voice_policy_fields, &voice_policy_initial);

static const pz_field counter_fields[] = {
    PZ__ID(pz_counter, entry),
    PZ__ID(pz_counter, learner),
    PZ__ENUM(pz_counter, subject, pz__counter_subject_names),
    PZ__ID(pz_counter, recommendation),
    PZ__ID(pz_counter, cycle),
    PZ__ID(pz_counter, competency),
    PZ__INT(pz_counter, was_group, "from 1"),
    PZ__REAL(pz_counter, was_estimate, "0 to 1"),
    PZ__INT(pz_counter, group, "from 1; 0 another"),
    PZ__ID(pz_counter, instead),
    PZ__REAL(pz_counter, estimate, "0 to 1"),
    PZ__TEXT(pz_counter, reason),
};
static const pz_counter counter_initial = PZ_COUNTER_INIT;
const pz_record_type pz__counter_type = PZ__RECORD_TYPE(pz_counter, counter_fields, &counter_initial);

static const pz_field theme_fields[] = {
    PZ__ID(pz_theme, scope),
    PZ__TEXT(pz_theme, topic),
    PZ__INT(pz_theme, learners, "multiples of 5"),
    PZ__INT(pz_theme, entries, "multiples of 5"),
    PZ__ENUM(pz_theme, state, pz__voice_state_names),
    PZ__TEXT(pz_theme, answer),
    PZ__ID(pz_theme, answered_by),
    PZ__ENUM(pz_theme, answered_role, pz__role_names),
    PZ__TIME(pz_theme, answered_at),
    PZ__DATE(pz_theme, due_on),
};
static const pz_theme theme_initial = {sizeof(pz_theme), 0, NULL, 0, 0, 0, 0, NULL, 0, 0, 0, PZ_TIME_NONE, PZ_DATE_NONE};
const pz_record_type pz__theme_type = PZ__RECORD_TYPE(pz_theme, theme_fields, &theme_initial);

static const pz_field theme_reply_fields[] = {
    PZ__ID(pz_theme_reply, scope),  PZ__ENUM(pz_theme_reply, state, pz__voice_state_names), PZ__TEXT(pz_theme_reply, content),
    PZ__ID(pz_theme_reply, person), PZ__ENUM(pz_theme_reply, role, pz__role_names),         PZ__TIME(pz_theme_reply, at),
};
static const pz_theme_reply theme_reply_initial = {sizeof(pz_theme_reply), 0, 0, "", 0, 0, 0, PZ_TIME_NONE};
const pz_record_type pz__theme_reply_type = PZ__RECORD_TYPE(pz_theme_reply, theme_reply_fields, &theme_reply_initial);

const pz_record_type *const pz__voice_types[] = {&pz__voice_entry_type,
                                                 &pz__voice_media_type,
                                                 &pz__voice_answer_type,
                                                 &pz__voice_cosigner_type,
                                                 &pz__voice_query_type,
                                                 &pz__voice_count_type,
                                                 &pz__voice_policy_type,
                                                 &pz__counter_type,
                                                 &pz__theme_type,
                                                 &pz__theme_reply_type,
                                                 NULL};
