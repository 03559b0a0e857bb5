/* What an actor is made of, for the files that open it, call through it and keep its reads. */
#ifndef PZ_RECORDS_ACCESS_ACTOR_H
#define PZ_RECORDS_ACCESS_ACTOR_H

#include "base/map.h"
#include "records/access/call.h"

/* Sets of ids that one query gives. */
typedef enum pz__reach_kind { PZ__REACH_LEARNERS, PZ__REACH_CLASSES, PZ__REACH_ORGS, PZ__REACH_PEOPLE, PZ__REACH_KINDS } pz__reach_kind;

typedef struct pz__reach_set {
    pz_id *ids; /* sorted */
    size_t count;
    int is_known;
} pz__reach_set;

/* Reads that are not written yet, and which were written today already. */
typedef struct pz__reads {
    pz__read_note *notes;
    size_t count;
    size_t first_count; /* of those, what was not read before today */
    size_t capacity;
    pz__map *places; /* (class, or learner and section, and kind) to its place in `notes` + 1, or -1 once it was written today */
    pz_date day;
    pz_time written_at;
} pz__reads;

struct pz_actor {
    pz_store *store; /* kept alive */
    pz__author author;
    char *purpose;
    int32_t scopes;

    int is_view;
    int64_t as_of; /* of a view */
    pz_date day;

    int is_busy;
    int has_joined; /* the joined change of the store is this actor's */
    pz__reads reads;

    pz__reach_set reach[PZ__REACH_KINDS]; /* as of `reach_change` and `reach_day` */
    int64_t reach_change;
    pz_date reach_day;
};

/* When a change was made; PZ_TIME_NONE for 0, the empty store, and for one that is not committed. */
pz_status pz__change_time_of(pz__call *call, int64_t change, pz_time *out_time);

/* Whether there is such a person today, even one that was ended. */
pz_status pz__person_is_there(pz_store *store, pz_id person, int *out_there);
/* Whether the roster gives the person the role today; the same queries as for reach. */
pz_status pz__role_is_held(pz_store *store, pz_id person, int32_t role, pz_date today, int *out_held);

/* Drops what the actor remembers of its reach where the roster has changed since. At the beginning of each call. */
pz_status pz__reach_refresh(pz__call *call);
void pz__reach_forget(pz_actor *actor);

/* Whether one learner, class, org or person is in reach, without making the whole set where that is large. */
pz_status pz__reaches(pz__call *call, pz__reach_kind kind, pz_id id, int *out_reaches);
/* Of a counselor or leader: whether the org is one of theirs or below one. 0 for other roles. */
pz_status pz__owns_org(pz__call *call, pz_id org, int *out_owns);
/* The same of a person: whether it works or learns there. */
pz_status pz__owns_person(pz__call *call, pz_id person, int *out_owns);
/* Whether the person has no role and no enrollment today, and all that it ever had were within the actor's orgs. */
pz_status pz__has_left(pz__call *call, pz_id person, int *out_left);

/* lib/records/access/reads.c */
int pz__reads_are_due(const pz_actor *actor, pz_time now);
pz_status pz__reads_write(pz_actor *actor, pz_time now, int waits); /* as a change of their own; PZ_E_BUSY if it does not wait */
void pz__reads_note(pz_actor *actor, pz__change *change); /* as items of a change that is about to end */
void pz__reads_settle(pz_actor *actor, pz_time now);      /* they are written */
void pz__reads_free(pz__reads *reads);

#endif
