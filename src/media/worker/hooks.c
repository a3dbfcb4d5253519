/* media/worker/hooks.c - the attempts that tests ask for. */
#include "media/worker/hooks.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

static long try_open(void)
{
    return open("/etc/hostname", O_RDONLY | O_CLOEXEC);
}

static long try_create(void)
{
    return open("/tmp/sward-media-escaped", O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
}

static long try_socket(void)
{
    return socket(AF_INET, SOCK_STREAM, 0);
}

static long try_fork(void)
{
    return syscall(SYS_fork);
}

static long try_exec(void)
{
    char *const none[] = { NULL };
    return execve("/bin/true", none, none);
}

static long try_code(void)
{
    void *page =
        mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (page == MAP_FAILED)
        return -1;
    munmap(page, 4096);
    return 0;
}

static long try_memory(void)
{
    /* Volatile, so that the compiler does not see that nothing comes of it. */
    void *volatile much = malloc((size_t)1 << 30);
    if (!much)
        return -1;
    free(much);
    return 0;
}

static long try_hang(void)
{
    for (volatile bool on = true; on;)
        ;
    return 0;
}

static long try_crash(void)
{
    abort();
}

/* An answer that all is well, of a photo with two renditions of `bytes` bytes. */
static void claim(struct wire_answer *answer, uint64_t bytes)
{
    memset(answer, 0, sizeof(*answer));
    answer->status = WIRE_OK;
    answer->kind = MEDIA_PHOTO;
    answer->width = answer->height = 100;
    answer->outputs[RENDITION_SMALL] = (struct wire_output){ 100, 100, bytes };
    answer->outputs[RENDITION_CARD] = (struct wire_output){ 100, 100, bytes };
}

/* Says that there are renditions where nothing was written. */
static void lie(const int *outputs UNUSED, struct wire_answer *answer)
{
    claim(answer, 1000);
}

/* Gives out something else for pictures. */
static void pose(const int *outputs, struct wire_answer *answer)
{
    static const char page[] = "<!doctype html><script>alert(1)</script>"; /* check: allow a fake */
    claim(answer, sizeof(page));
    for (int r = 0; r < RENDITIONS; r++)
        if (pwrite(outputs[r], page, sizeof(page), 0) < 0)
            answer->status = WIRE_FAILED;
}

/* Gives out what begins as it should, and holds on to it to change it later. */
static void linger(const int *outputs, struct wire_answer *answer)
{
    claim(answer, 4096);
    if (pwrite(outputs[RENDITION_SMALL], "RIFF\0\0\0\0WEBP", 12, 0) < 0 ||
        pwrite(outputs[RENDITION_CARD], "\xff\xd8\xff", 3, 0) < 0 ||
        pwrite(outputs[RENDITION_SMALL], "", 1, 4095) < 0 ||
        pwrite(outputs[RENDITION_CARD], "", 1, 4095) < 0)
        answer->status = WIRE_FAILED;
    static void *held;
    held = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, outputs[RENDITION_CARD], 0);
    if (held == MAP_FAILED)
        answer->status = WIRE_FAILED;
}

static const struct {
    const char *name;
    void (*answer)(const int *outputs, struct wire_answer *answer);
} frauds[] = {
    { "HOOK:lie", lie },
    { "HOOK:pose", pose },
    { "HOOK:linger", linger },
};

static const struct hook {
    const char *name;
    long (*attempt)(void);
} hooks[] = {
    { "HOOK:open", try_open },     { "HOOK:create", try_create }, { "HOOK:socket", try_socket },
    { "HOOK:fork", try_fork },     { "HOOK:exec", try_exec },     { "HOOK:code", try_code },
    { "HOOK:memory", try_memory }, { "HOOK:hang", try_hang },     { "HOOK:crash", try_crash },
};

bool hooks_run(struct str photo, const int *outputs, struct wire_answer *ret_answer)
{
    for (size_t i = 0; i < ARRAY_LEN(frauds); i++) {
        if (str_eq_c(photo, frauds[i].name)) {
            frauds[i].answer(outputs, ret_answer);
            return true;
        }
    }
    for (size_t i = 0; i < ARRAY_LEN(hooks); i++) {
        if (!str_eq_c(photo, hooks[i].name))
            continue;
        errno = 0;
        long result = hooks[i].attempt();
        ret_answer->status = WIRE_FAILED;
        if (result >= 0)
            snprintf(ret_answer->detail, sizeof(ret_answer->detail), "done");
        else
            snprintf(ret_answer->detail, sizeof(ret_answer->detail), "refused %s",
                     strerrorname_np(errno));
        return true;
    }
    return false;
}
