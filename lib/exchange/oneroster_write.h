/* Writing a checked OneRoster archive into a store: a second pass over its files, within one change. With call->change NULL nothing is written
 * and the outcomes are counted. */
#ifndef PZ_EXCHANGE_ONEROSTER_WRITE_H
#define PZ_EXCHANGE_ONEROSTER_WRITE_H

#include "exchange/oneroster.h"
#include "records/evidence/write.h"
#include "records/roster/write.h"

/* What a person is, in this archive or in the store: bits by role, 1 << pz_role; and where. */
enum { PZ__OR_IN_COVERED = 1, PZ__OR_IN_OTHER = 128 };

/* An enrollment as the store has it. */
typedef struct pz__or_stored_enrollment {
    pz_id class_id, person;
    uint64_t digest; /* of role, primary and days */
} pz__or_stored_enrollment;

/* A role as the store has it; `person` 0: it has none that stands. */
typedef struct pz__or_stored_role {
    pz_id person, org;
    uint64_t digest; /* of role, word, primary and days */
} pz__or_stored_role;

/* A row of evidence that came from a result and was not withdrawn. */
typedef struct pz__or_stored_evidence {
    int64_t place;  /* in `evidence` */
    int is_covered; /* the archive speaks of its line item's class */
    pz__evidence_row row;
} pz__or_stored_evidence;

typedef struct pz__or_writer {
    pz__oneroster *roster;
    pz__call *call;
    int has_source;
    int32_t source;
    pz_id next_made_up;                    /* ids of a dry run */
    pz__map *places[PZ__OR_FILES];         /* record id to place, of what is stored */
    pz__id_register evidence;              /* outside ids of evidence, see oneroster_results.c; ids are sequences */
    pz__or_stored_enrollment *enrollments; /* by place, of those that are stored */
    size_t enrollments_capacity;
    pz__or_stored_role *roles; /* the same for roles */
    size_t roles_capacity;
    int64_t *evidence_results; /* by place of `evidence`: the place of its result */
    size_t evidence_results_capacity;
    pz__or_stored_evidence *stored_evidence;
    size_t stored_evidence_count, stored_evidence_capacity;
    uint8_t *user_roles; /* by place of users */
    uint8_t *user_places;
    size_t user_count;
    int64_t roles_not_kept, enrollments_not_kept;
    struct pz__or_chunk *chunk;                        /* enrollments that wait to be written */
    struct pz__or_batch *batch;                        /* evidence that waits to be appended */
    struct pz__or_grades *grades;                      /* what is gathered for the results, see oneroster_grades.h */
    struct pz__or_pairs *guardians;                    /* that the users file names, while it is read */
    int covers_all;                                    /* every org that the store has of this source is covered */
    int64_t current[PZ__OR_FILES], gone[PZ__OR_FILES]; /* of what is covered */
    pz__buffer texts;                                  /* of the present row */
} pz__or_writer;

pz_status pz__or_writer_start(pz__or_writer *writer, pz__oneroster *roster, pz__call *call);
void pz__or_writer_free(pz__or_writer *writer);

/* Before the check: the ids that the store has. */
pz_status pz__or_load_ids(pz__or_writer *writer);
/* After it: what the archive covers and no longer lists; "gone_above_limit" where that is too much. */
pz_status pz__or_find_gone(pz__or_writer *writer);
/* Everything, once no fatal fault is left. */
pz_status pz__or_write(pz__or_writer *writer);

/* ------------------------------------------------------------------------------------------- what the parts share --- */

pz_kind pz__or_kind_of(pz__or_file file); /* 0 for files that are checked only */

/* Gives each row of a file to `each` that is usable, not deleted, and the first of its id. */
typedef pz_status (*pz__or_row_fn)(pz__or_writer *writer, const pz__or_row *row, int64_t place);
pz_status pz__or_each_row(pz__or_writer *writer, pz__or_file file, pz__or_row_fn each);

/* After a pass over a file whose rows are needed once more. */
void pz__or_see_again(pz__or_writer *writer, pz__or_file file);

pz_status pz__or_take_ids(pz__or_writer *writer, int64_t count, pz_id *out_first);
/* Ids for all that a file lists and the store does not have. */
pz_status pz__or_assign_ids(pz__or_writer *writer, pz__or_file file);
/* The outside id of a record that is new. */
pz_status pz__or_put_outside(pz__or_writer *writer, pz_kind kind, const char *text, size_t length, pz_id id);
/* A text for outside ids of two parts; longer ones are digests. Lives in `buffer`, of at least 256 bytes. */
size_t pz__or_joined_id(const pz__or_writer *writer, const char *first, size_t first_length, const char *second, size_t second_length,
                        char *buffer);

/* The record that a reference names, 0 if there is none. */
pz_id pz__or_target(const pz__or_writer *writer, pz__or_file file, const pz__or_value *value);
void pz__or_set_text(const pz__or_value *value, const char **out_text, size_t *out_length);
const char *pz__or_word(pz__or_file file, int column, const pz__or_value *value,
                        size_t *out_length); /* of an enumeration, as the standard writes it */
void pz__or_count(pz__difference *difference, pz__outcome outcome);

/* Ends what is gone or deleted, of a file whose records are ended by kind and id. */
pz_status pz__or_end_gone(pz__or_writer *writer, pz__or_file file);

pz_status pz__or_list_roles(pz__or_writer *writer);
pz_status pz__or_write_people(pz__or_writer *writer);
pz_status pz__or_write_enrollments(pz__or_writer *writer);
pz_status pz__or_write_grades(pz__or_writer *writer);
pz_status pz__or_load_enrollments(pz__or_writer *writer);
/* Remembers a stored role, by its place. */
pz_status pz__or_keep_role(pz__or_writer *writer, int64_t place, const pz_person_role *role);
pz_status pz__or_load_evidence(pz__or_writer *writer);
/* The role that a word of OneRoster stands for, 0 for none. */
int32_t pz__or_role_of(const char *word, size_t length);

/* One row that a statement gives. */
#define PZ__OR_ROWS(statement, status, row) while (((status) = pz__db_step((statement), &(row))) == PZ_OK && (row))

#endif
