/* The records of questionnaire.h. */
#include "base/record.h"
#include "records/by_id.h"
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

static const pz_field questionnaire_query_fields[] = {
    PZ__ID(pz_questionnaire_query, org),
    PZ__BOOL(pz_questionnaire_query, open_only),
    PZ__TEXT(pz_questionnaire_query, text),
    PZ__ENUM(pz_questionnaire_query, order, pz__list_order_names),
    PZ__INT(pz_questionnaire_query, limit, "rows, 0 all"),
    PZ__ID(pz_questionnaire_query, after),
};
static const pz_questionnaire_query questionnaire_query_initial = PZ_QUESTIONNAIRE_QUERY_INIT;
const pz_record_type pz__questionnaire_query_type =
    PZ__RECORD_TYPE(pz_questionnaire_query, questionnaire_query_fields, &questionnaire_query_initial);

static const pz_field answer_query_fields[] = {
    PZ__ID(pz_answer_query, response),
    PZ__ENUM(pz_answer_query, state, pz__answer_state_names),
    PZ__TEXT(pz_answer_query, text),
    PZ__ENUM(pz_answer_query, order, pz__list_order_names),
    PZ__INT(pz_answer_query, limit, "rows, 0 all"),
    PZ__ID(pz_answer_query, after),
};
static const pz_answer_query answer_query_initial = PZ_ANSWER_QUERY_INIT;
const pz_record_type pz__answer_query_type = PZ__RECORD_TYPE(pz_answer_query, answer_query_fields, &answer_query_initial);

const pz_record_type *const pz__questionnaire_types[] = {&pz__questionnaire_type, &pz__answer_type, &pz__questionnaire_query_type,
                                                         &pz__answer_query_type, NULL};
