/* One call of an actor on the store: the handle checked, a snapshot or a change open, rights asked in one place, reads put on
 * record. Every public function of this room and of those above begins and ends with it:
 *
 *     pz__call call;
 *     PZ__TRY(pz__call_read(&call, actor));
 *     pz_status status = work(&call, ...);
 *     return pz__call_end(&call, status);
 */
#ifndef PZ_RECORDS_ACCESS_CALL_H
#define PZ_RECORDS_ACCESS_CALL_H

#include "base/buffer.h"
#include "base/record.h"
#include "personalize/access.h"
#include "store/change.h"

typedef struct pz__call {
    pz_actor *actor;
    pz_store *store;
    pz__db *db;
    int64_t tenant;
    int64_t as_of;      /* change number that is seen: bind it as since_change <= ?as_of AND until_change > ?as_of */
    int is_past;        /* 1: as_of is not the present */
    pz_date today;      /* in the store's time zone; for a view of the past, the day of its moment */
    pz__change *change; /* when writing */
    int repeated;       /* writing: the key was used before. Give back pz__change_result_at and end with PZ_OK. */
    int64_t present;    /* the newest change number, and the day now: what is in reach is judged by these */
    pz_date present_day;
    pz_status reads_failed; /* kept, and told by pz__call_end */
} pz__call;

/* PZ_E_CLOSED, PZ_E_FORKED, PZ_E_BUSY_HANDLE, PZ_E_IO, ... Nothing is open after a failure. */
pz_status pz__call_read(pz__call *call, pz_actor *actor);

/* `request` are bytes equal for equal requests, see lib/records/request.h; may be NULL where key is NULL. */
pz_status pz__call_write(pz__call *call, pz_actor *actor, const char *action, const char *key, const void *request, size_t request_length);

/* Ends the snapshot or the change with `status` and returns what the caller is to return. It can fail where `status` is PZ_OK, so give
 * results away only afterwards. */
pz_status pz__call_end(pz__call *call, pz_status status);

/* The same for calls that give a list, or one record, or a document: ends the call, then gives the result away or releases it. */
pz_status pz__call_end_rows(pz__call *call, pz_status status, pz__rows *rows, void ***out_rows, size_t *out_count);
pz_status pz__call_end_row(pz__call *call, pz_status status, pz__rows *rows, void **out_row); /* PZ_E_NOT_FOUND where there is none */
pz_status pz__call_end_text(pz__call *call, pz_status status, pz__buffer *text, char **out_text);
/* For writes that give one id or number: notes it as the result, or takes it from the first time the key was used. */
pz_status pz__call_end_value(pz__call *call, pz_status status, int64_t value, int64_t *out_value);

/* The role and person of the actor; person 0 for a service. */
int32_t pz__call_role(const pz__call *call);
pz_id pz__call_person(const pz__call *call);
int32_t pz__call_scopes(const pz__call *call); /* of a service, otherwise 0 */

/* ---------------------------------------------------------------------------------------------- rights --- */

/* What one may do with a kind of record; the table is lib/records/access/rights.c, shown in docs/access.md and tested cell by cell. */
typedef enum pz__doing { PZ__SEE = 1, PZ__WRITE = 2, PZ__ANSWER = 3, PZ__EXPORT = 4, PZ__ERASE = 5 } pz__doing;

/* PZ_OK, PZ_E_NOT_FOUND (out of reach, or no such learner), PZ_E_DENIED (in reach, but not for this role). `field` names the parameter. */
pz_status pz__may_learner(pz__call *call, pz_kind kind, pz__doing doing, pz_id learner, const char *field);
pz_status pz__may_class(pz__call *call, pz_kind kind, pz__doing doing, pz_id class_id, const char *field);
pz_status pz__may_org(pz__call *call, pz_kind kind, pz__doing doing, pz_id org, const char *field);
/* For what concerns nobody in particular (competencies, items, the store). */
pz_status pz__may(pz__call *call, pz_kind kind, pz__doing doing);
/* For any person: learners and the adults around them. */
pz_status pz__may_person(pz__call *call, pz_kind kind, pz__doing doing, pz_id person, const char *field);

/* What the actor reaches, by today's roster also in a view of the past: sorted ids, valid until the call ends. A service reaches all:
 * `all` is 1 and the list is empty; whether it may is asked with pz__may before. */
typedef struct pz__reach {
    const pz_id *ids;
    size_t count;
    int all;
} pz__reach;
pz_status pz__reach_learners(pz__call *call, pz__reach *out_reach);
pz_status pz__reach_classes(pz__call *call, pz__reach *out_reach);
pz_status pz__reach_orgs(pz__call *call, pz__reach *out_reach);
pz_status pz__reach_people(pz__call *call, pz__reach *out_reach); /* learners and the adults around them */
int pz__reach_has(const pz__reach *reach, pz_id id);

/* The learners of a class at the call's day that the actor reaches, by id. One block of the library's memory, freed by the caller. */
pz_status pz__class_learners(pz__call *call, pz_id class_id, pz_id **out_learners, size_t *out_count);
/* All classes a learner is enrolled in at the call's day, whoever asks, and the org of a class (0 if there is no such class). */
pz_status pz__learner_classes(pz__call *call, pz_id learner, pz_id **out_classes, size_t *out_count);
pz_status pz__class_org(pz__call *call, pz_id class_id, pz_id *out_org);

/* Puts a read on record: another person reads what concerns a learner, or a class view counts once. Nothing for learners about
 * themselves. Held in the actor, see lib/records/access/reads.c. */
void pz__call_read_learner(pz__call *call, pz_kind kind, pz_id learner);
void pz__call_read_class(pz__call *call, pz_kind kind, pz_id class_id);
/* The same of one section of the profile; 0 is all of it. */
void pz__call_read_section(pz__call *call, pz_kind kind, int32_t section, pz_id learner);

#endif
