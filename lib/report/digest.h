/* A short letter on one learner: what changed since a day, one thing to celebrate, one next step, what the family can do. */
#ifndef PZ_REPORT_DIGEST_H
#define PZ_REPORT_DIGEST_H

#include "report/forms.h"

typedef enum pz__news_kind {
    PZ__NEWS_MASTERED = 1, /* a skill is mastered now */
    PZ__NEWS_GREW,         /* its estimate grew by more than its error */
    PZ__NEWS_GOAL_REACHED,
    PZ__NEWS_GOAL_STARTED,
    PZ__NEWS_ANSWERED,
    PZ__NEWS_WORK /* pieces of work, where nothing else is new */
} pz__news_kind;

/* One thing that is new. */
typedef struct pz__news {
    pz__news_kind kind;
    pz_id record;      /* the competency, goal or voice entry; 0 */
    const char *words; /* what it is called; of the view. NULL */
    int32_t count;     /* of work */
    double size;       /* by which news of one kind are ordered, the greatest first */
} pz__news;

struct pz__digest {
    pz_page_audience audience; /* a guardian's or the learner's own */
    pz_date since;
    pz__news *news; /* by kind, then size */
    size_t count, capacity;
};

pz_status pz__digest_read(pz_actor *actor, pz_id learner, const pz_page_options *options, pz__class_view *out_view);
void pz__digest_free(pz__digest *digest);
void pz__digest_html(const pz__class_page *page);
void pz__digest_json(const pz__class_view *view, pz__buffer *out);

#endif
