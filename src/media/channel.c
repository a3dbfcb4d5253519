/* media/channel.c - sendmsg and recvmsg with SCM_RIGHTS. */
#include "media/channel.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* Storage for the control message, aligned as the kernel wants it. */
union control {
    struct cmsghdr align;
    char bytes[CMSG_SPACE(sizeof(int) * WIRE_FDS)];
};

int channel_send(int socket, const uint8_t *bytes, size_t len, const int *fds, size_t n_fds)
{
    BUG_ON(n_fds > WIRE_FDS || len > WIRE_MAX);
    uint8_t copy[WIRE_MAX];
    memcpy(copy, bytes, len);
    struct iovec part = { copy, len };
    union control control;
    memset(&control, 0, sizeof(control));
    struct msghdr message = { .msg_iov = &part, .msg_iovlen = 1 };
    if (n_fds > 0) {
        message.msg_control = control.bytes;
        message.msg_controllen = CMSG_SPACE(sizeof(int) * n_fds);
        struct cmsghdr *head = CMSG_FIRSTHDR(&message);
        head->cmsg_level = SOL_SOCKET;
        head->cmsg_type = SCM_RIGHTS;
        head->cmsg_len = CMSG_LEN(sizeof(int) * n_fds);
        memcpy(CMSG_DATA(head), fds, sizeof(int) * n_fds);
    }
    ssize_t sent;
    do {
        sent = sendmsg(socket, &message, MSG_NOSIGNAL);
    } while (sent < 0 && errno == EINTR);
    if (sent < 0)
        return -errno;
    return (size_t)sent == len ? 0 : -EPROTO;
}

/* Take the descriptors out of a received message; returns how many. */
static size_t take_fds(struct msghdr *message, int fds[WIRE_FDS])
{
    size_t taken = 0;
    for (struct cmsghdr *head = CMSG_FIRSTHDR(message); head; head = CMSG_NXTHDR(message, head)) {
        if (head->cmsg_level != SOL_SOCKET || head->cmsg_type != SCM_RIGHTS)
            continue;
        size_t n = (head->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        for (size_t i = 0; i < n; i++) {
            int fd;
            memcpy(&fd, CMSG_DATA(head) + i * sizeof(int), sizeof(fd));
            if (taken < WIRE_FDS)
                fds[taken++] = fd;
            else
                close(fd);
        }
    }
    return taken;
}

ssize_t channel_receive(int socket, uint8_t bytes[WIRE_MAX], int fds[WIRE_FDS])
{
    struct iovec part = { bytes, WIRE_MAX };
    union control control;
    struct msghdr message = { .msg_iov = &part, .msg_iovlen = 1 };
    ssize_t len;
    do {
        message.msg_control = control.bytes;
        message.msg_controllen = sizeof(control.bytes);
        len = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
    } while (len < 0 && errno == EINTR);
    if (len < 0)
        return -errno;

    int taken[WIRE_FDS];
    memset(taken, 0xff, sizeof(taken)); /* -1 each */
    size_t n = take_fds(&message, taken);
    bool cut = (message.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) != 0;
    if (cut || !fds) {
        for (size_t i = 0; i < n; i++)
            close(taken[i]);
        return cut ? -EPROTO : len;
    }
    memcpy(fds, taken, sizeof(taken));
    return len;
}
