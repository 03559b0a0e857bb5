/* What many learners say: who said or co-signed something under which topic, and when, whoever asks. Only figures of it are told. */
#ifndef PZ_RECORDS_VOICE_POINTS_H
#define PZ_RECORDS_VOICE_POINTS_H

#include "base/buffer.h"
#include "records/access/call.h"

typedef struct pz__point {
    size_t topic; /* place in the pool, folded */
    size_t topic_len;
    pz_id learner;
    pz_time at;
    int32_t is_entry; /* 0: co-signed */
} pz__point;

typedef struct pz__points {
    pz__point *rows; /* by topic and time */
    size_t count, capacity;
    pz__buffer pool; /* the topics */
} pz__points;

#define PZ__POINTS_INIT                                                                                                                    \
    {                                                                                                                                      \
        NULL, 0, 0, PZ__BUFFER_INIT                                                                                                        \
    }

/* Those of the learners that a class or an org has today, in entries as the call sees them. What only its learner or named adults see, then or
 * now, and what was withdrawn does not count. Freed in any case by pz__points_free. */
pz_status pz__points_collect(pz__call *call, pz_id scope, int is_class, pz__points *points);
void pz__points_free(pz__points *points);

/* Whether two are of one topic. */
int pz__points_same_topic(const pz__points *points, const pz__point *a, const pz__point *b);

/* How many learners, and how many entries, are among some points. */
pz_status pz__points_learners(const pz__point *rows, size_t count, int32_t *out_learners);
int32_t pz__points_entries(const pz__point *rows, size_t count);

/* A topic as it is compared: by simple case folding. */
pz_status pz__topic_fold(const char *text, size_t length, pz__buffer *out);

#endif
