/* web/listen.h - the socket that the server listens on. */
#ifndef SWARD_WEB_LISTEN_H
#define SWARD_WEB_LISTEN_H

#include "base/err.h"
#include "base/macros.h"
#include "base/str.h"

/* Open "127.0.0.1:8080", "[::1]:8080", "*:8080" (all addresses), or "localhost:0"
 * (any free port).
 *   ret_fd    OUT: listening, not blocking, closed by the caller
 *   ret_port  OUT: the port it got
 * ERR_INVALID when that is no address, ERR_IO when it cannot be had. */
NODISCARD int listen_open(struct str address, int *ret_fd, int *ret_port, struct err *err);

#endif
