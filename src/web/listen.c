/* web/listen.c - getaddrinfo, bind, listen. */
#include "web/listen.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define BACKLOG 1024

struct place {
    char host[256];
    char port[8];
};

static int split(struct str address, struct place *ret, struct err *err)
{
    struct str text = str_trim(address);
    size_t colon = text.len;
    while (colon > 0 && text.ptr[colon - 1] != ':')
        colon--;
    struct str host = str_slice(text, 0, colon ? colon - 1 : 0);
    struct str port = str_slice(text, colon, SIZE_MAX);
    int64_t number = 0;
    if (host.len > 1 && host.ptr[0] == '[' && host.ptr[host.len - 1] == ']')
        host = str_slice(host, 1, host.len - 2);
    if (colon == 0 || host.len == 0 || host.len >= sizeof(ret->host) ||
        port.len >= sizeof(ret->port) || !str_to_int(port, &number) || number < 0 || number > 65535)
        return err_detail(err, ERR_INVALID, "listen: \"%.*s\" is not an address and a port",
                          STR_ARG(address));
    *ret = (struct place){ 0 };
    memcpy(ret->host, host.ptr, host.len);
    memcpy(ret->port, port.ptr, port.len);
    return 0;
}

static int open_one(const struct addrinfo *a)
{
    int on = 1;
    int fd = socket(a->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0)
        return -1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
    if (bind(fd, a->ai_addr, a->ai_addrlen) == 0 && listen(fd, BACKLOG) == 0)
        return fd;
    int why = errno;
    close(fd);
    errno = why;
    return -1;
}

static int port_of(int fd)
{
    struct sockaddr_storage at = { 0 };
    socklen_t len = sizeof(at);
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;
    if (getsockname(fd, (struct sockaddr *)&at, &len) != 0)
        return 0;
    if (at.ss_family == AF_INET) {
        memcpy(&v4, &at, sizeof(v4));
        return ntohs(v4.sin_port);
    }
    memcpy(&v6, &at, sizeof(v6));
    return ntohs(v6.sin6_port);
}

int listen_open(struct str address, int *ret_fd, int *ret_port, struct err *err)
{
    struct place place;
    struct addrinfo *found = NULL;
    struct addrinfo hints = { .ai_family = AF_UNSPEC,
                              .ai_socktype = SOCK_STREAM,
                              .ai_flags = AI_PASSIVE | AI_NUMERICSERV };
    int rc = split(address, &place, err);
    if (rc)
        return rc;
    bool all = strcmp(place.host, "*") == 0;
    int failed = getaddrinfo(all ? NULL : place.host, place.port, &hints, &found);
    if (failed)
        return err_detail(err, ERR_INVALID, "listen: %s: %s", place.host, gai_strerror(failed));
    int fd = -1;
    for (const struct addrinfo *a = found; a && fd < 0; a = a->ai_next)
        fd = open_one(a);
    if (fd < 0)
        rc = err_detail(err, ERR_IO, "listen: %s port %s: %s", place.host, place.port,
                        strerror(errno));
    freeaddrinfo(found);
    if (rc)
        return rc;
    *ret_fd = fd;
    *ret_port = port_of(fd);
    return 0;
}
