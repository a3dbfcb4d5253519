/* web/conn.h - the open connections: who they are from, and until when they may stay.
 *
 * libmicrohttpd ends a connection that is silent for a while, but not one that
 * sends a byte every second. So each connection here has a deadline: for its
 * request to arrive whole, or for its answer to be taken. The keeper calls
 * conns_reap, which cuts off what is late by shutting its socket down; the I/O
 * thread that owns the connection then sees its end.
 *
 * Connections are also counted by client, so that one cannot take all places.
 *
 * Memory: one block for connections_max connections. Threads: any; a lock
 * guards coming and going, deadlines are atomic.
 */
#ifndef SWARD_WEB_CONN_H
#define SWARD_WEB_CONN_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>

#include "base/macros.h"
#include "base/str.h"
#include "web/client.h"

struct conn {
    _Atomic int64_t deadline; /* monotonic microseconds; 0 = none */
    int fd;
    bool used;
    bool trusted;               /* a proxy that we believe */
    uint64_t key;               /* of the address, for counting */
    struct conn *next, *before; /* of the same bucket; next also links free ones */
    char address[CLIENT_TEXT_SIZE];
};

struct conns;

/*   max         connections at most
 *   per_client  from one address at most; 0 = any. Trusted proxies are not counted.
 * NULL when there is no memory. */
struct conns *conns_new(int64_t max, int64_t per_client, const struct proxies *proxies);
void conns_free(struct conns *conns);

/* A connection came. NULL when there is no place for it; it is then to be
 * shut down by the caller. */
struct conn *conn_open(struct conns *conns, int fd, const struct sockaddr *address,
                       int64_t deadline);

/* It is gone; its socket may be closed after this. NULL is fine. */
void conn_close(struct conns *conns, struct conn *conn);

/* Shut down whatever is past its deadline. Returns how many. */
int conns_reap(struct conns *conns, int64_t now);

/* Connections open now. */
int64_t conns_count(struct conns *conns);

#endif
