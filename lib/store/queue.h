/* The queue of writers: who may write or move the log holds a lock of the operating system on PATH.lock. Two gates make it fair: a
 * writer that waits stands in the second gate, and one that has just written must pass it again like everybody else. */
#ifndef PZ_STORE_QUEUE_H
#define PZ_STORE_QUEUE_H

#include <sys/types.h>

#include "base/random.h"

typedef struct pz__queue {
    char *path;
    int descriptor;
    mode_t mode;
    int held;
} pz__queue;

/* Makes the lock file beside `store_path` at need, with the rights of the store's file. The lock file is never removed. PZ_E_IO, PZ_E_NOMEM. */
pz_status pz__queue_open(pz__queue *queue, const char *store_path, mode_t mode);
void pz__queue_close(pz__queue *queue);

/* Waits until `until` (pz__monotonic_now) at most: PZ_E_BUSY. PZ_E_IO. */
pz_status pz__queue_enter(pz__queue *queue, pz__random *jitter, int64_t until);
void pz__queue_leave(pz__queue *queue);

#endif
