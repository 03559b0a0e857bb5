/* Where a store lies: its absolute path, and putting a finished file in place without ever overwriting one. */
#ifndef PZ_STORE_PLACE_H
#define PZ_STORE_PLACE_H

#include "personalize/base.h"

/* The path with its folder made absolute and free of links, so that only the last name may not be a link, and a change of the
 * working folder does no harm. Released with pz__release. PZ_E_INVALID, PZ_E_TEXT, PZ_E_TOO_LONG, PZ_E_IO (no such folder), PZ_E_NOMEM. */
pz_status pz__place_resolve(const char *path, const char *field, char **out_path);

int pz__place_exists(const char *path);
pz_status pz__place_must_be_free(const char *path, const char *field); /* PZ_E_EXISTS */

/* An empty file of a name of its own beside `path`, for this user alone. Released with pz__place_drop. PZ_E_IO, PZ_E_NO_SPACE, PZ_E_NOMEM. */
pz_status pz__place_make_draft(const char *path, char **out_draft);
/* Gives the draft its name `path`, after everything is on the disk. PZ_E_EXISTS, PZ_E_IO, PZ_E_NO_SPACE. */
pz_status pz__place_settle(const char *draft, const char *path, const char *field);
/* Removes the draft if it is still there, and what SQLite left beside it. */
void pz__place_drop(char *draft);

/* A failure of the system on a file. */
pz_status pz__place_fail(const char *field, const char *doing, int error);

#endif
