/* web/http.h - the glue to libmicrohttpd.
 *
 * It listens, reads and writes; everything it can leave open is closed here:
 * its callbacks become calls (web/call.h), bodies are drained within bounds,
 * connections get deadlines, and it is stopped in the one order it can stand
 * (never while a connection is suspended).
 */
#ifndef SWARD_WEB_HTTP_H
#define SWARD_WEB_HTTP_H

#include "base/err.h"
#include "base/macros.h"

struct web;

/* Open the socket of the listen setting and start the I/O threads. Fills
 * web->port. ERR_INVALID for an address we cannot read, ERR_IO. */
NODISCARD int http_start(struct web *web, struct err *err);

/* Take no new connections, let the requests in flight end, stop. */
void http_stop(struct web *web);

#endif
