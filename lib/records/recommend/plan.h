/* A recommendation in memory: its version, its groups and members with their reasons, as the tables keep them. */
#ifndef PZ_RECORDS_RECOMMEND_PLAN_H
#define PZ_RECORDS_RECOMMEND_PLAN_H

#include "personalize/grouping.h"
#include "records/recommend/ask.h"
#include "records/recommend/data.h"

/* One version, as its row. Texts belong to the plan that holds it. */
typedef struct pz__recommendation_row {
    uint32_t struct_size;
    pz_id id;
    pz_id class_id;
    pz_id cycle;
    int64_t version;
    int32_t state;
    char *strategy; /* its name */
    char *title;
    int64_t seed;
    double objective;
    double recommended_objective;
    char *request; /* see recommend_ask.h */
    char *problem; /* of the engine; in the first version only */
    char *report;  /* of the engine: terms, the groups as it gave them, what moves would cost */
    char *note;
    pz_date answer_by;
    pz_id acted_by;
    int32_t acted_role;
    pz_time acted_at;
} pz__recommendation_row;

typedef struct pz__plan_group {
    uint32_t struct_size;
    pz_id recommendation;
    int32_t group_no; /* from 1 */
    pz_id competency;
    char *reasons; /* JSON, see recommend_reason.h */
} pz__plan_group;

typedef struct pz__plan_member {
    uint32_t struct_size;
    pz_id recommendation;
    pz_id learner;
    int32_t group_no;
    int32_t is_locked;
    int32_t by_hand;
    char *reasons;
} pz__plan_member;

typedef struct pz__plan {
    pz__recommendation_row row;
    pz__plan_group *groups; /* by number */
    size_t group_count;
    size_t group_capacity;
    pz__plan_member *members; /* by learner */
    size_t member_count;
    size_t member_capacity;
} pz__plan;

void pz__plan_free(pz__plan *plan);

/* The members' places in `members` by learner, or member_count; the size of a group. */
size_t pz__plan_place(const pz__plan *plan, pz_id learner);
int32_t pz__plan_size(const pz__plan *plan, int32_t group_no);

/* The version that the call sees, whoever asks. PZ_E_NOT_FOUND. */
pz_status pz__plan_load(pz__call *call, pz_id recommendation, pz__plan *out_plan);

/* The problem of the first version; NULL where a member was erased since. Freed with pz__release. */
pz_status pz__plan_problem(pz__call *call, pz_id recommendation, char **out_problem);

/* Writes a version by this actor at this change, and of groups and members what differs from `before` (NULL: all of it); notes one item. */
pz_status pz__plan_write(pz__call *call, pz__plan *plan, const pz__plan *before);

/* Forms groups as they were asked for; ask->learners is filled in. Nothing is written. */
pz_status pz__plan_make(pz__call *call, pz__grouping_ask *ask, pz_progress_fn progress, void *user_data, pz__plan *out_plan);

/* Takes groups, their focus, reasons and report from what the engine says of them. `numbers` has the group from 1 of each learner that the engine
 * knows. Members of `plan` that the engine does not know stay as they are. */
struct pz__class_wishes;
pz_status pz__plan_fill(pz__plan *plan, const pz__grouping_ask *ask, const pz__class_figures *data, struct pz__class_wishes *wishes,
                        const pz_grouping_result *result);

/* PZ_E_STATE where it was answered, PZ_E_CONFLICT where another version is current. */
pz_status pz__recommendation_need_open(const pz__plan *plan, int64_t version);

#endif
