/* web/respond.h - what a request came to, as an HTTP answer.
 *
 * The shape by what the client wants (page, fragment, JSON), the frame around
 * a page, problems (RFC 9457) and error pages, replays, cookies, caching,
 * packing. Runs on the connection's I/O thread, after the transaction.
 */
#ifndef SWARD_WEB_RESPOND_H
#define SWARD_WEB_RESPOND_H

#include <stdbool.h>
#include <stdint.h>

#include "base/macros.h"
#include "base/str.h"

struct call;

/* An answer before it becomes one of libmicrohttpd's. */
struct outgoing {
    int status;
    struct str type;
    struct str body; /* lives until the call ends */
    struct str location;
    struct str etag;     /* without quotes */
    bool weak;           /* the tag is of the content, not of the bytes */
    bool stream;         /* events, as they come: web/stream.h */
    bool fresh;          /* a page made now, not bytes that somebody kept: may be packed */
    int fd;              /* a file instead of body; -1 = none */
    int64_t first, len;  /* the part of it */
    int64_t size;        /* all of it */
    struct str redirect; /* HX-Redirect */
    bool refresh;        /* HX-Refresh */
    bool authenticate;   /* WWW-Authenticate */
    int retry_after;
};

/* Queue the answer of call->rc, call->err and call->answer. False when the
 * server would not take it: the connection then ends. */
NODISCARD bool respond(struct call *call);

/* What was asked for did not work out: the problem, as JSON or as a page.
 * (web/problem.c) */
void problem_fill(struct call *call, struct outgoing *out);

/* Render a page into call->out, with the frame unless htmx asks. (web/render.c) */
struct page_head;
struct view;
void render_page(struct call *call, const struct page_head *head,
                 void (*print)(struct view *v, const void *data), const void *data, bool framed);

/* A message of the catalogue in the reader's language, in the arena.
 * (web/problem.c) */
struct str say(struct call *call, const char *english, int64_t n);

/* Hand it to the server. (web/send.c) */
NODISCARD bool outgoing_send(struct call *call, struct outgoing *out);

#endif
