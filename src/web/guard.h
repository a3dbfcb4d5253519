/* web/guard.h - what stands between the socket and a handler.
 *
 * Nothing here trusts the one before it: framing is checked although the
 * server parsed it, who is asking is asked again inside a write.
 *
 * Memory: the call's. Threads: one call, one thread.
 */
#ifndef SWARD_WEB_GUARD_H
#define SWARD_WEB_GUARD_H

#include "base/err.h"
#include "base/macros.h"
#include "store/db.h"

struct call;

/* The message's ends are beyond doubt: one Host, one length or exactly
 * "chunked" and never both, header names that are names. Anything else could
 * be read differently by a proxy before us. Fills content_length.
 * ERR_MALFORMED. */
NODISCARD int guard_framing(struct call *call, const char *version, struct err *err);

/* A change comes from one of our own pages: by Sec-Fetch-Site, else by Origin.
 * A request with cookies and neither is refused; one with a bearer token needs
 * none of it, because no other site can make a browser send that.
 * ERR_FORBIDDEN. */
NODISCARD int guard_origin(struct call *call, struct err *err);

/* What can be said without the database: the rate of RATE_AUTH and the
 * simulator's key. */
NODISCARD int guard_early(struct call *call, struct err *err);

/* Who is asking, and may they: fills rq->viewer and rq->lang, takes a token of
 * the row's rate class once. db NULL on a RUNS_PLAIN row. The operator's key
 * has no actor: it reads what any member may read, but what takes a person is
 * refused.
 * ERR_UNAUTHENTIC, ERR_FORBIDDEN, ERR_RATE, or what the resolver returned. */
NODISCARD int guard_viewer(struct call *call, struct db *db, struct err *err);

#endif
