/* Duties on the whole file, used by lib/records/duty.c for actors with the right scopes. */
#ifndef PZ_STORE_DUTY_H
#define PZ_STORE_DUTY_H

#include "base/json_write.h"
#include "store/store.h"

pz_status pz__duty_backup(pz_store *store, const char *path, pz_progress_fn progress, void *user_data);

/* Pages, foreign keys, versions that overlap, the chain. Members are added to the object that is open in `json`. */
pz_status pz__duty_verify(pz_store *store, pz_progress_fn progress, void *user_data, pz__json_writer *json);

/* Removes every row of every table that names the person, within an open change; `json` gets counts by table. The tables and
 * their columns are listed once, in lib/store/personal_tables.c, which a test holds against the schema. */
pz_status pz__duty_erase_person(pz_store *store, pz_id person, pz__json_writer *json);

/* All rows of every table that name the person, as arrays of objects by table name (the raw part of an export). */
pz_status pz__duty_export_person(pz_store *store, pz_id person, pz__json_writer *json);

#endif
