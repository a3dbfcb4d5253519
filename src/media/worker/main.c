/* media/worker/main.c - sward-media, the helper that decodes photos.
 *
 * Started and kept by the server (media/pool.h), which hands it descriptors
 * over the socket WORKER_SOCKET. It has no arguments, no environment, no
 * database and, once it is set up, no way to open anything (cell.h). It ends
 * when the server closes the socket.
 */
#include <errno.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "media/channel.h"
#include "media/worker/cell.h"
#include "media/worker/photo.h"
#ifdef SWARD_MEDIA_HOOKS
#include "media/worker/hooks.h"
#endif

#define WORKER_SOCKET 3

/* Exit codes, for the server's log. */
enum { EXIT_LIMITS = 10, EXIT_VIPS = 11, EXIT_LOCK = 12, EXIT_CHANNEL = 13 };

/* Read the whole photo; NULL when it cannot be, with *ret_status saying why.
 * It is copied, not mapped: a mapped file that is cut off under us is a crash. */
static char *read_photo(int fd, uint64_t max, size_t *ret_len, enum wire_status *ret_status)
{
    off_t end = lseek(fd, 0, SEEK_END);
    *ret_status = WIRE_FAILED;
    if (end < 0)
        return NULL;
    if ((uint64_t)end > max) {
        *ret_status = WIRE_TOO_LARGE;
        return NULL;
    }
    size_t len = (size_t)end, have = 0;
    char *bytes = mem_alloc(len);
    while (bytes && have < len) {
        ssize_t n = pread(fd, bytes + have, len - have, (off_t)have);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0) {
            mem_free(bytes);
            return NULL;
        }
        have += (size_t)n;
    }
    *ret_len = len;
    return bytes;
}

static bool write_output(int fd, struct str bytes)
{
    size_t done = 0;
    while (done < bytes.len) {
        ssize_t n = pwrite(fd, bytes.ptr + done, bytes.len - done, (off_t)done);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        done += (size_t)n;
    }
    return true;
}

static void do_job(const struct wire_request *request, const int fds[WIRE_FDS],
                   struct wire_answer *ret_answer)
{
    memset(ret_answer, 0, sizeof(*ret_answer));
    size_t len = 0;
    char *bytes = read_photo(fds[0], request->max_bytes, &len, &ret_answer->status);
    if (!bytes)
        return;
#ifdef SWARD_MEDIA_HOOKS
    if (hooks_run((struct str){ bytes, len }, fds + 1, ret_answer)) {
        mem_free(bytes);
        return;
    }
#endif
    struct photo photo;
    photo_make((struct str){ bytes, len }, request, &photo);
    *ret_answer = photo.answer;
    for (int r = 0; r < RENDITIONS && ret_answer->status == WIRE_OK; r++) {
        if (!write_output(fds[1 + r], buf_str(&photo.outputs[r]))) {
            memset(ret_answer, 0, sizeof(*ret_answer));
            ret_answer->status = WIRE_FAILED;
        }
    }
    photo_release(&photo);
    mem_free(bytes);
    malloc_trim(0);
}

/* One request; false when the server is gone or talks nonsense. */
static bool serve_one(int *ret_exit)
{
    uint8_t packet[WIRE_MAX];
    int fds[WIRE_FDS];
    ssize_t len = channel_receive(WORKER_SOCKET, packet, fds);
    if (len == 0)
        return false;
    struct wire_request request;
    *ret_exit = EXIT_CHANNEL;
    if (len < 0 || !wire_get_request(packet, (size_t)len, &request))
        return false;
    for (int i = 0; i < WIRE_FDS; i++)
        if (fds[i] < 0)
            return false;

    struct wire_answer answer;
    do_job(&request, fds, &answer);
    for (int i = 0; i < WIRE_FDS; i++)
        close(fds[i]);
    size_t answer_len = wire_put_answer(packet, &answer);
    if (channel_send(WORKER_SOCKET, packet, answer_len, NULL, 0) < 0)
        return false;
    *ret_exit = 0;
    return true;
}

int main(void)
{
    clearenv();
    /* No code made at run time, which the filter would refuse; no modules but
     * those that photo.c asks for. */
    setenv("VIPS_NOVECTOR", "1", 1);
    setenv("VIPSHOME", "/nonexistent", 1);
    mallopt(M_ARENA_MAX, 1); /* each arena reserves address space, which is bounded */
    if (cell_limit() < 0)
        return EXIT_LIMITS;
    if (photo_start(VIPS_MODULES) < 0)
        return EXIT_VIPS;
    if (cell_lock() < 0)
        return EXIT_LOCK;
    int code = 0;
    while (serve_one(&code))
        ;
    return code;
}
