/* The files of migrations/ in their order, made into C when the library is built (pkgconfig/Embed.cmake). */
#ifndef PZ_STORE_MIGRATIONS_H
#define PZ_STORE_MIGRATIONS_H

#include "base/buffer.h"

extern const char *const pz__migrations[];
extern const size_t pz__migration_count;

/* One of them, from 0, in the words of the database. */
void pz__migration_sql(size_t index, pz__buffer *out);

#endif
