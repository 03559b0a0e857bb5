/* The document of a questionnaire: read and checked, its questions found. */
#ifndef PZ_RECORDS_QUESTIONNAIRE_DOCUMENT_H
#define PZ_RECORDS_QUESTIONNAIRE_DOCUMENT_H

#include "base/json_read.h"
#include "records/questionnaire/tables.h"

typedef enum pz__question_kind { PZ__QUESTION_TEXT = 1, PZ__QUESTION_SCALE = 2, PZ__QUESTION_PICTURES = 3 } pz__question_kind;

/* A question as its document says it; texts live as long as the document. */
typedef struct pz__question {
    pz__question_kind kind;
    const char *prompt;
    int64_t from, to;               /* of a scale */
    const pz__json_value *pictures; /* a list of objects with code, reference, alternative */
    int32_t becomes;                /* a pz_kind, 0 nothing */
    int32_t section;
    int32_t voice_kind;
    const char *topic; /* or NULL */
} pz__question;

/* Parses a document and checks all of it. *out_document is freed with pz__json_free. */
pz_status pz__questionnaire_read(const char *text, size_t length, pz__json **out_document);
/* A question of a document that was checked; PZ_E_INVALID where there is none with this code. */
pz_status pz__question_find(const pz__json *document, const char *code, size_t length, pz__question *out_question);

/* The library's own, in a language of the catalog. */
const char *pz__questionnaire_own(const char *language);

#endif
