/* web/client.h - the address of who is asking.
 *
 * The peer of the connection, unless that is one of trusted_proxies: then the
 * last address of X-Forwarded-For that is not a trusted proxy itself. What
 * others write into that header is not believed.
 *
 * Memory: into the caller's storage. Threads: read-only once read.
 */
#ifndef SWARD_WEB_CLIENT_H
#define SWARD_WEB_CLIENT_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>

#include "base/err.h"
#include "base/macros.h"
#include "base/str.h"

#define CLIENT_TEXT_SIZE 46 /* an IPv6 address as text and a NUL */
#define PROXIES_MAX      32

struct proxy_net {
    unsigned char bytes[16]; /* IPv4 is kept as ::ffff:a.b.c.d */
    int bits;
};

struct proxies {
    struct proxy_net nets[PROXIES_MAX];
    int n;
};

/* Read the setting: addresses or networks (10.0.0.0/8), by commas. */
NODISCARD int proxies_read(struct proxies *p, struct str setting, struct err *err);

/* True when the address, as text, is one of them. */
bool proxies_have(const struct proxies *p, struct str address);

/* Text of a socket's address without its port; IPv4 in IPv6 is written as
 * IPv4. A local (unix) socket is "local". */
void client_text(char out[CLIENT_TEXT_SIZE], const struct sockaddr *address);

/* The client behind trusted proxies: from the header's end backwards. The
 * peer when the header says nothing usable. A view of either. */
struct str client_forwarded(const struct proxies *p, struct str peer, struct str forwarded_for);

/* True for 127.0.0.0/8, ::1 and a local socket. */
bool client_is_loopback(struct str address);

/* One number for an address, for tables: an IPv6 address counts as its /64. */
uint64_t client_key(struct str address);

#endif
