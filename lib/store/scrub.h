/* Taking a person out of a JSON text. A person is named by its id as text. Taken out are: elements of lists that are the id, or objects with a
 * member whose value is the id; members whose key or value is the id. */
#ifndef PZ_STORE_SCRUB_H
#define PZ_STORE_SCRUB_H

#include "base/buffer.h"

/* `id` is the text of the id. What is no JSON, or still names the id elsewhere, becomes an empty object. PZ_E_NOMEM. */
pz_status pz__scrub(const char *text, size_t length, const char *id, pz__buffer *out);

#endif
