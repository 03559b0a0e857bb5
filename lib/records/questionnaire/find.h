/* One questionnaire with its document. */
#ifndef PZ_RECORDS_QUESTIONNAIRE_FIND_H
#define PZ_RECORDS_QUESTIONNAIRE_FIND_H

#include "records/access/call.h"
#include "records/questionnaire/document.h"

/* Its current version as the call sees it, if its org is in reach; the library's own for 0. The document is parsed, freed with pz__json_free; texts
 * of the row are NULL. PZ_E_NOT_FOUND. */
pz_status pz__questionnaire_find(pz__call *call, pz_id id, const char *language, pz_questionnaire *out_row, pz__json **out_document);

#endif
