/* The records of questionnaire.h. */
#include "base/record.h"
#include "records/questionnaire/tables.h"
#include "records/types_learning.h"
#include "records/voice/tables.h"

const char *const pz__answer_state_names[] = {"", "waiting", "confirmed", "dropped", NULL};

static const pz_field questionnaire_fields[] = {
    PZ__ID(pz_questionnaire, id),      PZ__ID(pz_questionnaire, org),        PZ__BIGINT(pz_questionnaire, version, ""),
    PZ__TEXT(pz_questionnaire, title), PZ__TEXT(pz_questionnaire, language), PZ__INT(pz_questionnaire, questions, ""),
    PZ__BOOL(pz_questionnaire, ended), PZ__ID(pz_questionnaire, author),
};
static const pz_questionnaire questionnaire_initial = {sizeof(pz_questionnaire), 0, 0, 0, "", 0, NULL, 0, 0, 0, 0};
const pz_record_type pz__questionnaire_type = PZ__RECORD_TYPE(pz_questionnaire, questionnaire_fields, &questionnaire_initial);

static const pz_field answer_fields[] = {
    PZ__ID(pz_answer, id),
    PZ__ID(pz_answer, response),
    PZ__ID(pz_answer, learner),
    PZ__ID(pz_answer, questionnaire),
    PZ__TEXT(pz_answer, question),
    PZ__ENUM(pz_answer, avenue, pz__voice_avenue_names),
    PZ__TEXT(pz_answer, text),
    PZ__REAL(pz_answer, number, ""),
    PZ__TEXT(pz_answer, picture),
    PZ__TEXT(pz_answer, reference),
    PZ__TEXT(pz_answer, media_type),
    PZ__BIGINT(pz_answer, size, "bytes"),
    PZ__TEXT(pz_answer, hash),
    PZ__ENUM(pz_answer, becomes, pz__kind_names),
    PZ__ENUM(pz_answer, section, pz__profile_section_names),
    PZ__ENUM(pz_answer, voice_kind, pz__voice_kind_names),
    PZ__TEXT(pz_answer, topic),
    PZ__TEXT(pz_answer, content),
    PZ__ENUM(pz_answer, state, pz__answer_state_names),
    PZ__ID(pz_answer, record),
    PZ__TIME(pz_answer, answered_at),
};
static const pz_answer answer_initial = PZ_ANSWER_INIT;
const pz_record_type pz__answer_type = PZ__RECORD_TYPE(pz_answer, answer_fields, &answer_initial);

const pz_record_type *const pz__questionnaire_types[] = {&pz__questionnaire_type, &pz__answer_type, NULL};
