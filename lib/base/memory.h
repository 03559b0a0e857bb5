/* All memory of the library comes through here, and so through the caller's allocator. */
#ifndef PZ_BASE_MEMORY_H
#define PZ_BASE_MEMORY_H

#include "personalize/base.h"

/* NULL when memory is short or size overflows; size 0 gives a block of one byte. None of them sets error detail. */
void *pz__alloc(size_t size);
void *pz__alloc_zero(size_t count, size_t size);
void *pz__realloc(void *block, size_t size);
void pz__release(void *block);
char *pz__copy_text(const char *text, size_t length); /* adds the NUL */

/* Makes room for `need` elements of `size` bytes in a growable array. PZ_OK or PZ_E_NOMEM with detail. */
pz_status pz__reserve(void **array, size_t *capacity, size_t need, size_t size);

#endif
