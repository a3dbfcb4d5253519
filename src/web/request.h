/* web/request.h - what a handler is given, and what it gives back.
 *
 * One handler serves the page, the htmx fragment and the JSON of a route: it
 * fills a struct answer with data and a shape, and web/ renders the form that
 * the client asked for, after the transaction has ended. A handler does not
 * print.
 *
 *   static int show(struct req *rq, struct db *db, struct answer *ret, struct err *err)
 *
 * Returns 0, or a negative ERR_* code with *err filled: web/ then answers a
 * problem (RFC 9457) to a program, an error page or the form again, with what
 * the person typed, to a browser.
 *
 * Memory: everything lives in rq->arena, which lives until the answer is sent.
 * A WRITE handler may be run again after a failed try: the arena is then set
 * back, and nothing it built before may be used.
 */
#ifndef SWARD_WEB_REQUEST_H
#define SWARD_WEB_REQUEST_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/settings.h"
#include "base/str.h"
#include "codec/json_out.h"
#include "codec/params.h"
#include "store/db.h"
#include "web/viewer.h"
#include "words/lang.h"

struct media;
struct route;
struct store;
struct view;
struct web;

enum method { METHOD_GET, METHOD_POST, METHOD_PUT, METHOD_PATCH, METHOD_DELETE };

struct req {
    struct arena *arena;
    struct web *web;
    struct store *store; /* for prepare steps only; handlers use their db */
    struct media *media; /* media/media.h: web only hands it on */
    const struct settings *settings;
    const struct route *route;
    enum method method;
    struct str path;     /* without the query */
    struct str target;   /* path and query, as asked: to come back to after signing in */
    struct params *args; /* :name parts of the path */
    struct params *query;
    struct params *body; /* form fields, uploads, flattened JSON */
    struct str raw_body; /* only where the route asks for it (webhooks) */
    struct viewer viewer;
    enum lang lang;
    int64_t now;                /* microseconds UTC */
    struct str client;          /* address of the client, after trusted proxies */
    struct str id;              /* name of this request in logs and error pages */
    struct str idempotency_key; /* from the header or the hidden field; empty = none */
    bool json;                  /* the client wants JSON (under /api/, or by Accept) */
    bool htmx;                  /* htmx asks for a fragment */
    void *prepared;             /* what the route's prepare step left */
    struct params *filled;      /* what the handler fills a form's fields with; NULL = nothing */
    const struct err *form_err; /* set while a form is shown again after a refusal */
};

/* The first value of that name in path, body, then query; trimmed; empty when absent. */
struct str req_text(const struct req *rq, const char *name);

/* The same, not trimmed: passwords, note bodies. */
struct str req_raw(const struct req *rq, const char *name);

/* A whole number. Absent = fallback; not a number or out of bounds =
 * ERR_INVALID with that field named. */
NODISCARD int req_int(const struct req *rq, const char *name, int64_t fallback, int64_t min,
                      int64_t max, int64_t *ret_value, struct err *err);

/* An id such as note_0v3k…; ERR_NOT_FOUND when it is not one. */
NODISCARD int req_id(const struct req *rq, const char *name, const char *prefix, int64_t *ret_id,
                     struct err *err);

/* True when a checkbox or a JSON boolean of that name is on. */
bool req_on(const struct req *rq, const char *name);

/* A header of the request, by lower-case name; empty when absent. */
struct str req_header(const struct req *rq, const char *name);

/* A cookie of the request; empty when absent. */
struct str req_cookie(const struct req *rq, const char *name);

/* The absolute address of a path, built from the public_url setting. */
struct str req_url(const struct req *rq, struct str path);

/* The page that a form or a button stood on, as a path and query of this site;
 * "/" when the browser does not say. */
struct str req_came_from(const struct req *rq);

/* How data becomes bytes. Any member may be NULL when that form is not
 * offered: html is the page's main part (web/ puts the frame around it),
 * fragment what htmx gets instead (NULL = html without the frame), json the
 * API's object. */
struct shape {
    void (*html)(struct view *v, const void *data);
    void (*fragment)(struct view *v, const void *data);
    void (*json)(struct json_out *j, const void *data);
};

/* What a page says about itself in its head. */
struct page_head {
    struct str title;                  /* already in the reader's language */
    struct str description;            /* empty = none */
    struct str image;                  /* absolute address for share cards, empty = none */
    int64_t image_width, image_height; /* 0 = not said */
    struct str image_alt;
    struct str canonical; /* path; empty = the path asked for */
    struct str json_ld;   /* schema.org as JSON, empty = none */
    bool noindex;
    const char *style; /* one more style sheet, by its name as an asset; NULL = none */
    const char *tab;   /* which of explore, mall, publish, cart, inbox, me is lit; NULL = none */
};

#define ANSWER_COOKIES_MAX 4
#define ANSWER_HEADERS_MAX 8

struct answer_cookie {
    const char *name;
    struct str value;
    int64_t max_age; /* seconds; 0 deletes the cookie */
    bool readable;   /* scripts may read it (no HttpOnly) */
};

struct answer_header {
    const char *name;
    struct str value;
};

struct answer {
    int status; /* 0 = 200 */
    struct page_head head;
    const struct shape *shape;
    const void *data;
    struct str location; /* see_other: 303 to a browser, HX-Redirect to htmx, Location to JSON */
    struct str content_type; /* raw answers: with bytes or file below */
    struct str bytes;
    struct str file; /* path of a file to send, byte ranges honoured */
    bool stream;     /* the connection stays open for events: web/stream.h */
    struct str etag; /* without quotes; empty = none */
    int64_t max_age; /* seconds a shared cache may keep it; 0 = by the route's cache class */
    bool immutable;
    bool no_store; /* nobody may keep it, not even the reader's browser */
    int n_cookies, n_headers;
    struct answer_cookie cookies[ANSWER_COOKIES_MAX];
    struct answer_header headers[ANSWER_HEADERS_MAX];
};

/* The usual answers. */
void answer_page(struct answer *ret, const struct shape *shape, const void *data, struct str title);
void answer_see_other(struct answer *ret, struct str location);
void answer_created(struct answer *ret, const struct shape *shape, const void *data,
                    struct str location);
void answer_bytes(struct answer *ret, const char *content_type, struct str bytes);
void answer_cookie(struct answer *ret, const char *name, struct str value, int64_t max_age);
void answer_header(struct answer *ret, const char *name, struct str value);

#endif
