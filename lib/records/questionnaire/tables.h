/* The records of questionnaire.h: their descriptions, and how they lie in their tables. */
#ifndef PZ_RECORDS_QUESTIONNAIRE_TABLES_H
#define PZ_RECORDS_QUESTIONNAIRE_TABLES_H

#include "personalize/questionnaire.h"
#include "records/versioned.h"

/* A version of a questionnaire with its document. */
typedef struct pz__questionnaire_row {
    pz_questionnaire questionnaire;
    const char *document;
    size_t document_len;
} pz__questionnaire_row;

/* An answer with what the interface does not show. */
typedef struct pz__answer_row {
    pz_answer answer;
    int64_t version;
    const char *scale; /* of the number, such as "1-5" */
    size_t scale_len;
} pz__answer_row;

extern const pz_record_type pz__questionnaire_type;
extern const pz_record_type pz__answer_type;
extern const pz_record_type pz__questionnaire_query_type;
extern const pz_record_type pz__answer_query_type;
extern const char *const pz__answer_state_names[];
extern const pz_record_type *const pz__questionnaire_types[];

extern const pz__table pz__questionnaire_table;
extern const pz__table pz__answer_table;

#define PZ__QUESTIONNAIRE_COLUMNS "questionnaire_id, org_id, version, title, language, questions, ended, author_id"
#define PZ__ANSWER_ROW_COLUMNS                                                                                                             \
    "learner_id, answer_id, response_id, questionnaire_id, questionnaire_version, question, avenue, answer, number, picture, reference, "  \
    "media_type, size, hash, becomes, section, voice_kind, topic, content, scale, state, record_id, answered_at"

#endif
