/* Files that are read whole or as a stream of bytes. */
#ifndef PZ_EXCHANGE_FILE_H
#define PZ_EXCHANGE_FILE_H

#include <stdio.h>

#include "personalize/base.h"

/* A regular file, open for reading; pipes and devices are refused. `what` names it in errors, as in "package". PZ_E_INVALID; PZ_E_IO. */
pz_status pz__file_open(const char *path, const char *what, FILE **out_file, int64_t *out_size);

/* PZ_E_IO with the field "path": `what`, as in "archive", could not be opened or read (`doing`), in words for the errors that people meet.
 * `hint` may be NULL. */
pz_status pz__file_fail(const char *what, const char *doing, int error, const char *hint);

/* A pz__read_fn (base/csv_read.h) with a FILE as its source. */
int64_t pz__file_read(void *file, char *buffer, size_t size);

/* The whole file with a NUL behind it; freed with pz__release. PZ_E_HOSTILE where it is longer than `limit`. */
pz_status pz__file_load(const char *path, const char *what, int64_t limit, char **out_text, size_t *out_length);

/* The name of a file without its folders, within `path`. */
const char *pz__file_name(const char *path);

#endif
