/* Duties on the whole file, used by lib/records/duty.c for actors with the right scopes. */
#ifndef PZ_STORE_DUTY_H
#define PZ_STORE_DUTY_H

#include "base/json_write.h"
#include "store/db.h"
#include "store/store.h"

/* PZ_E_EXISTS, PZ_E_BUSY_HANDLE (within a change), PZ_E_CANCELLED, PZ_E_NO_SPACE, PZ_E_IO, PZ_E_CORRUPT or PZ_E_TAMPERED (the store itself is
 * damaged: the copy was checked and dropped). Others go on writing meanwhile. */
pz_status pz__duty_backup(pz_store *store, const char *path, pz_progress_fn progress, void *user_data);

/* Pages, schema, foreign keys, versions that overlap, the chain, what changes wrote. Members are added to the object that is open in `json`, with PZ_OK, PZ_E_CORRUPT
 * and PZ_E_TAMPERED alike:
 *   pages     {whole, faults, first_fault, schema_differs, foreign_key_faults}
 *   versions  {tables, overlaps}
 *   content   {whole, rows, changed, first_changed, stray, standing_differs}: rows that are not as the changes wrote them
 *   chain     {whole, changes, last_change, missing, stray, first_broken, head, proves: "authorship" or "integrity"} */
pz_status pz__duty_verify(pz_store *store, pz_progress_fn progress, void *user_data, pz__json_writer *json);

/* Removes a person, within an open change. The tables and their columns are listed once, in lib/store/personal_tables.c, which a test holds
 * against the schema. Members are added to the object that is open in `json`: "removed", "blanked" and "rewritten", each with counts by table.
 *
 * Rows about the person go, in every version: roster, profile, goals with their supporters and evidence, evidence, mastery, results of cycles,
 * places in groups, outside ids, the pseudonym. Where a row is about somebody else, columns that name the person as who wrote or decided become
 * NULL. Of recommendations that had the person as a member, the problem becomes NULL. In recommendation.request and .report, and in the reasons of
 * groups and members, entries that name the person are taken out: elements of lists that are the id as text, or objects with a member whose value
 * is the id as text; members whose key or value is the id as text.
 *
 * What the records room does itself: it asks for rights, notes pz__change_note(change, PZ_KIND_PERSON, person, 0, PZ__ACT_ERASE, 1), keeps JSON in
 * which all that concerns a learner is in such an entry (no lists side by side of which one has the ids and the other the numbers), keeps
 * nothing of the person in what is named by other ids or numbers, and calls pz__duty_erase_finish after the change was committed. */
pz_status pz__duty_erase_person(pz_store *store, pz_id person, pz__json_writer *json);

/* After the change of pz__duty_erase_person was committed, and outside of any: looks for what is left, and moves the log into the file and empties
 * it, which waits for readers up to the store's deadline. Members are added: rows_left, log_emptied, and "proved" and "not_proved", lists of
 * "rows", "log", "earlier_backups", "text_by_others" (free text in which others may have written of the person), "storage_medium" (what a disk keeps of
 * blocks that were overwritten). May be called again where a reader was in the way. PZ_E_BUSY_HANDLE, PZ_E_IO, PZ_E_NO_SPACE, PZ_E_NOMEM. */
pz_status pz__duty_erase_finish(pz_store *store, pz_id person, pz__json_writer *json);

/* What names the person, as arrays of objects by table name (the raw part of an export): whole rows where they are about the person;
 * "..._written" has only the ids and versions of what the person wrote about others; "change_concerning" and "change_made" are the record of who
 * did what, others by id and role only. Ids, numbers of changes and times are texts, NULL and the open end of a version are null. Each row is
 * asked for by `keep` (NULL: all are kept): 0 leaves it out. `word` (NULL: none) gives the words of numbers. */
typedef int (*pz__export_keep_fn)(void *user_data, const char *table, pz__statement *row);
/* A number in such a row by the name of its column; 0 where it is NULL or there is none. */
int64_t pz__export_int(pz__statement *row, const char *column);
/* The word that a number of a column stands for, "" for none (null in the export), NULL where it is just a number. */
typedef const char *(*pz__export_word_fn)(const char *table, const char *column, int64_t value);
pz_status pz__duty_export_person(pz_store *store, pz_id person, pz__export_keep_fn keep, void *user_data, pz__export_word_fn word,
                                 pz__json_writer *json);

#endif
