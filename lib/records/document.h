/* Pieces that several documents share. Each writes a member `key` of the object that is open, or an element where key is NULL. */
#ifndef PZ_RECORDS_DOCUMENT_H
#define PZ_RECORDS_DOCUMENT_H

#include "base/json_write.h"
#include "base/message.h"
#include "records/access/call.h"

/* {"id", "code", "statement"} as the call sees it, null for 0. */
pz_status pz__json_competency(pz__call *call, pz__json_writer *json, const char *key, pz_id competency);

/* The words of a competency: its short statement, or its statement where it has none. Appended to `out`. */
pz_status pz__competency_words(pz__call *call, pz_id competency, pz__buffer *out);

/* {"id", "code", "statement"} of the misconception that an option of an item points to, null where it points to none. */
pz_status pz__json_misconception(pz__call *call, pz__json_writer *json, const char *key, pz_id item, int32_t option);
pz_status pz__misconception_of(pz__call *call, pz_id item, int32_t option, pz_id *out_misconception);
pz_status pz__json_misconception_id(pz__call *call, pz__json_writer *json, const char *key, pz_id misconception);

/* First members of every document: its name, the change and day that it shows, its language. */
void pz__json_head(const pz__call *call, pz__json_writer *json, const char *name, const char *language);

/* "en" for NULL; PZ_E_INVALID for a language that the catalog does not have. */
pz_status pz__language_check(const char **language);

/* The words of the catalog as a member. */

void pz__json_words(pz__json_writer *json, const char *key, const char *language, const char *code, const pz__message_value *values,
                    size_t count);

#endif
