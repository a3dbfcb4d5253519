/* out/http.h - one HTTP call to somebody else.
 *
 * For jobs only (job/job.h): a call waits for the other side, so it never
 * stands on the way of a request nor inside a transaction. Everything is
 * bounded: the time in all, the bytes of the answer, the redirects. Only http
 * and https are spoken, and a call that began with https stays with it; no
 * proxy of the environment is used. Addresses that are not of the public
 * Internet are refused, first and after redirects, unless the caller allows
 * them.
 *
 * Not here: signing (out/webhook.h), who is called and why.
 * Memory: the answer lives in the arena.
 * State: libcurl's, made at the first call. Threads: any; each call has its own
 * connection.
 */
#ifndef SWARD_OUT_HTTP_H
#define SWARD_OUT_HTTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/macros.h"
#include "base/str.h"

enum out_method { OUT_GET, OUT_POST };

#define OUT_HEADERS_MAX     16
#define OUT_TIMEOUT_DEFAULT 10000        /* ms */
#define OUT_ANSWER_DEFAULT  (256 * 1024) /* bytes */
#define OUT_REDIRECTS_MOST  5

struct out_header {
    const char *name;
    struct str value;
};

/* A call. Members left out are 0. */
struct out_request {
    enum out_method method;
    struct str url; /* http://... or https://..., without user and password */
    const struct out_header *headers;
    size_t n_headers;         /* at most OUT_HEADERS_MAX */
    struct str body;          /* of a POST */
    const char *content_type; /* of the body */
    int64_t timeout_ms;       /* for all of it; 0 = OUT_TIMEOUT_DEFAULT */
    size_t answer_max;        /* bytes; 0 = OUT_ANSWER_DEFAULT */
    int redirects;            /* followed by a GET at most; 0 = none, then 3xx is the answer */
    bool allow_private;       /* may go to loopback and private networks */
};

struct out_answer {
    int status; /* 200, 404, ...: any answer is an answer */
    struct str body;
    struct str content_type; /* empty when not said */
};

/* Call and wait for the whole answer.
 *   ret_answer  OUT: in the arena
 * ERR_INVALID: the address or a header is no such thing. ERR_FORBIDDEN: the
 * address is private. ERR_TOO_LARGE: more bytes than answer_max. ERR_IO: no
 * connection, no answer in time, a certificate that does not hold. */
NODISCARD int out_http(struct arena *a, const struct out_request *request,
                       struct out_answer *ret_answer, struct err *err);

#endif
