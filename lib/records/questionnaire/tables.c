#include "records/questionnaire/tables.h"

#include "records/types_learning.h"
#include "records/voice/tables.h"

#define MARKS_23 PZ__MARKS_13 ", ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25"

/* clang-format off: one table, one block */

static const pz_field questionnaire_fields[] = {
    PZ__ID(pz__questionnaire_row, questionnaire.id),
    PZ__ID(pz__questionnaire_row, questionnaire.org),
    PZ__BIGINT(pz__questionnaire_row, questionnaire.version, ""),
    PZ__TEXT(pz__questionnaire_row, questionnaire.title),
    PZ__TEXT(pz__questionnaire_row, questionnaire.language),
    PZ__INT(pz__questionnaire_row, questionnaire.questions, ""),
    PZ__BOOL(pz__questionnaire_row, questionnaire.ended),
    PZ__ID(pz__questionnaire_row, questionnaire.author),
    PZ__TEXT(pz__questionnaire_row, document),
};
static const pz__questionnaire_row questionnaire_initial = {{sizeof(pz_questionnaire), 0, 0, 0, "", 0, NULL, 0, 0, 0, 0}, "", 0};
static const pz_record_type questionnaire_row_type = PZ__RECORD_TYPE(pz__questionnaire_row, questionnaire_fields, &questionnaire_initial);

const pz__table pz__questionnaire_table = {
    &questionnaire_row_type,
    PZ_KIND_QUESTIONNAIRE,
    1,
    6,
    -1,
    0,
    PZ__TABLE_SQL("questionnaire", PZ__QUESTIONNAIRE_COLUMNS ", document", PZ__MARKS_9, "questionnaire_id = ?2")};

static const pz_field answer_fields[] = {
    PZ__ID(pz__answer_row, answer.learner),
    PZ__ID(pz__answer_row, answer.id),
    PZ__ID(pz__answer_row, answer.response),
    PZ__BIGINT(pz__answer_row, answer.questionnaire, ""), /* 0 is the library's own and not NULL */
    PZ__BIGINT(pz__answer_row, version, ""),
    PZ__TEXT(pz__answer_row, answer.question),
    PZ__ENUM(pz__answer_row, answer.avenue, pz__voice_avenue_names),
    PZ__TEXT(pz__answer_row, answer.text),
    PZ__REAL(pz__answer_row, answer.number, ""),
    PZ__TEXT(pz__answer_row, answer.picture),
    PZ__TEXT(pz__answer_row, answer.reference),
    PZ__TEXT(pz__answer_row, answer.media_type),
    PZ__BIGINT(pz__answer_row, answer.size, ""),
    PZ__TEXT(pz__answer_row, answer.hash),
    PZ__ENUM(pz__answer_row, answer.becomes, pz__kind_names),
    PZ__ENUM(pz__answer_row, answer.section, pz__profile_section_names),
    PZ__ENUM(pz__answer_row, answer.voice_kind, pz__voice_kind_names),
    PZ__TEXT(pz__answer_row, answer.topic),
    PZ__TEXT(pz__answer_row, answer.content),
    PZ__TEXT(pz__answer_row, scale),
    PZ__ENUM(pz__answer_row, answer.state, pz__answer_state_names),
    PZ__ID(pz__answer_row, answer.record),
    PZ__TIME(pz__answer_row, answer.answered_at),
};
static const pz__answer_row answer_initial = {PZ_ANSWER_INIT, 0, NULL, 0};
static const pz_record_type answer_row_type = PZ__RECORD_TYPE(pz__answer_row, answer_fields, &answer_initial);

const pz__table pz__answer_table = {
    &answer_row_type,
    PZ_KIND_ANSWER,
    2,
    -1,
    0,
    1,
    PZ__TABLE_SQL("questionnaire_answer", PZ__ANSWER_ROW_COLUMNS, MARKS_23, "learner_id = ?2 AND answer_id = ?3")};
