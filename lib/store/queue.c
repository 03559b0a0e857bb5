#include "store/queue.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fail.h"
#include "base/memory.h"
#include "store/driver.h"

/* Bytes of the lock file. Locks belong to the open file (OFD), so that two handles of one process exclude each other as well, and closing
 * another file does not lose them. */
enum { WRITER = 0, NEXT = 1 };

static pz_status fail_lock(int error)
{
    const char *hint = "The store needs a folder in which this user may make files, on a disk of this machine.";
    if (error == ENOSPC || error == EDQUOT)
        return pz__fail(PZ_E_NO_SPACE, "path", "Make room on the disk or raise the quota.",
                        "The lock file beside the store cannot be made.");
    return pz__fail(PZ_E_IO, "path", hint, "The lock file beside the store cannot be used (system error %d).", error);
}

static pz_status open_file(pz__queue *queue)
{
    int descriptor = open(queue->path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (descriptor >= 0)
        (void)!fchmod(descriptor, queue->mode & 0666); /* whoever may write the store may queue for it */
    else if (errno == EEXIST)
        descriptor = open(queue->path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, queue->mode & 0666);
    if (descriptor < 0) return fail_lock(errno);
    queue->descriptor = descriptor;
    return PZ_OK;
}

pz_status pz__queue_open(pz__queue *queue, const char *store_path, mode_t mode)
{
    size_t length = strlen(store_path);
    pz_status status;
    memset(queue, 0, sizeof *queue);
    queue->descriptor = -1;
    queue->mode = mode;
    queue->path = pz__alloc(length + sizeof ".lock");
    if (!queue->path) return pz__fail_memory();
    memcpy(queue->path, store_path, length);
    memcpy(queue->path + length, ".lock", sizeof ".lock");
    status = open_file(queue);
    if (status != PZ_OK) pz__queue_close(queue);
    return status;
}

void pz__queue_close(pz__queue *queue)
{
    if (queue->path && queue->descriptor >= 0) close(queue->descriptor);
    pz__release(queue->path);
    memset(queue, 0, sizeof *queue);
    queue->descriptor = -1;
}

/* 1: the lock was set or let go of; 0: somebody else holds it; -1: an error. */
static int set_lock(const pz__queue *queue, int gate, short type)
{
    struct flock lock;
    memset(&lock, 0, sizeof lock);
    lock.l_type = type;
    lock.l_whence = SEEK_SET;
    lock.l_start = gate;
    lock.l_len = 1;
    for (;;) {
        if (fcntl(queue->descriptor, F_OFD_SETLK, &lock) == 0) return 1;
        if (errno == EINTR) continue;
        return errno == EAGAIN || errno == EACCES ? 0 : -1;
    }
}

/* Waits for one gate. The one who is next looks often, those behind seldom. */
static pz_status pass(const pz__queue *queue, int gate, pz__random *jitter, int64_t until)
{
    uint32_t least = gate == NEXT ? 300 : 50;
    uint32_t most = gate == NEXT ? 3000 : 200;
    for (;;) {
        int got = set_lock(queue, gate, F_WRLCK);
        if (got > 0) return PZ_OK;
        if (got < 0) return fail_lock(errno);
        if (!pz__sleep_until(jitter, least, most, until))
            return pz__fail(PZ_E_BUSY, NULL, "Try again, or raise wait_milliseconds.", "Other writers held the store past the deadline.");
    }
}

/* Somebody may have removed the lock file; then others may queue on a new one. */
static int is_replaced(const pz__queue *queue)
{
    struct stat here, there;
    if (fstat(queue->descriptor, &here) != 0) return 1;
    if (stat(queue->path, &there) != 0) return 1;
    return here.st_ino != there.st_ino || here.st_dev != there.st_dev;
}

pz_status pz__queue_enter(pz__queue *queue, pz__random *jitter, int64_t until)
{
    for (;;) {
        pz_status status = pass(queue, NEXT, jitter, until);
        if (status == PZ_OK) {
            status = pass(queue, WRITER, jitter, until);
            set_lock(queue, NEXT, F_UNLCK);
        }
        if (status != PZ_OK) return status;
        if (!is_replaced(queue)) break;
        close(queue->descriptor);
        queue->descriptor = -1;
        PZ__TRY(open_file(queue));
    }
    queue->held = 1;
    return PZ_OK;
}

void pz__queue_leave(pz__queue *queue)
{
    if (!queue->held) return;
    queue->held = 0;
    set_lock(queue, WRITER, F_UNLCK);
}
