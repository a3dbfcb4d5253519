/* web/send.c - an answer's headers, and its bytes to the server. */
#include <microhttpd.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "codec/cookie.h"
#include "web/call.h"
#include "web/headers.h"
#include "web/respond.h"
#include "web/stream.h"
#include "web/web_int.h"

/* An answer must be taken within this, and a second more for each SEND_PACE bytes. */
#define SEND_TIME (60 * TIME_SECOND)
#define SEND_PACE 8192

/* A response in the making; after the first failure nothing more is put. */
struct sending {
    struct call *call;
    struct MHD_Response *response;
    bool good;
};

static void put(struct sending *s, const char *name, const char *value)
{
    s->good = s->good && MHD_add_response_header(s->response, name, value) == MHD_YES;
}

static void put_str(struct sending *s, const char *name, struct str value)
{
    if (value.len > 0)
        put(s, name, arena_cstr(&s->call->base, value));
}

static void put_cookies(struct sending *s)
{
    const struct answer *a = &s->call->answer;
    struct buf text;
    struct err err = { 0 };
    buf_init(&text, 4096);
    for (int i = 0; i < a->n_cookies; i++) {
        struct cookie cookie = { .name = a->cookies[i].name,
                                 .value = a->cookies[i].value,
                                 .max_age = a->cookies[i].max_age,
                                 .readable = a->cookies[i].readable,
                                 .secure = s->call->web->https };
        buf_clear(&text);
        s->good = s->good && cookie_write(&text, &cookie, &err) == 0 && !buf_overflowed(&text);
        if (s->good)
            put_str(s, MHD_HTTP_HEADER_SET_COOKIE, buf_str(&text));
    }
    buf_release(&text);
}

static void put_cache(struct sending *s, const struct outgoing *out)
{
    const struct call *call = s->call;
    const struct answer *a = &call->answer;
    const struct route *route = call->rq.route;
    bool good = (out->status == 200 || out->status == 206 || out->status == 304) && route &&
                call->rq.method == METHOD_GET && a->n_cookies == 0;
    char text[64];
    if (!good) {
        put(s, "Cache-Control", "no-store");
    } else if (a->no_store) {
        put(s, "Cache-Control", "private, no-store");
    } else if (a->immutable || route->cache == CACHE_IMMUTABLE) {
        put(s, "Cache-Control", "public, max-age=31536000, immutable");
    } else if ((route->cache == CACHE_PUBLIC || a->max_age > 0) && call->rq.viewer.actor == 0) {
        snprintf(text, sizeof(text), "public, max-age=%lld",
                 (long long)(a->max_age > 0 ? a->max_age : 60));
        put(s, "Cache-Control", text);
    } else {
        put(s, "Cache-Control", "private, no-cache");
    }
}

static void put_file(struct sending *s, const struct outgoing *out)
{
    char text[80];
    if (s->call->answer.file.len == 0 || s->call->rc)
        return;
    put(s, "Accept-Ranges", "bytes");
    if (out->status == 206) {
        snprintf(text, sizeof(text), "bytes %lld-%lld/%lld", (long long)out->first,
                 (long long)(out->first + out->len - 1), (long long)out->size);
        put(s, "Content-Range", text);
    } else if (out->status == 416) {
        snprintf(text, sizeof(text), "bytes */%lld", (long long)out->size);
        put(s, "Content-Range", text);
    }
}

static void put_number(struct sending *s, const char *name, int64_t n)
{
    char text[24];
    snprintf(text, sizeof(text), "%lld", (long long)n);
    put(s, name, text);
}

static void put_headers(struct sending *s, const struct outgoing *out, bool packed)
{
    const struct call *call = s->call;
    const struct answer *a = &call->answer;
    s->good = s->good && headers_put(s->response, call->web->https);
    put_str(s, "Content-Type", out->type);
    put_str(s, "Location", out->location);
    put_str(s, "Allow", call->allow);
    put_str(s, "HX-Redirect", out->redirect);
    if (out->refresh)
        put(s, "HX-Refresh", "true");
    if (call->replayed)
        put(s, "Idempotent-Replayed", "true");
    if (out->authenticate)
        put(s, "WWW-Authenticate", "Bearer realm=\"sward\"");
    if (out->retry_after > 0)
        put_number(s, "Retry-After", out->retry_after);
    if (out->etag.len > 0 && (out->status == 200 || out->status == 304 || out->status == 206))
        put(s, "ETag",
            arena_cstr(&s->call->base, arena_printf(&s->call->base, "%s\"%.*s\"",
                                                    out->weak ? "W/" : "", STR_ARG(out->etag))));
    if (packed)
        put(s, "Content-Encoding", "gzip");
    if (out->fresh)
        put(s, "Vary", "Accept, Accept-Encoding, Accept-Language, Cookie, HX-Request");
    if (out->stream) {
        put(s, "Cache-Control", "no-store");
        put(s, "X-Accel-Buffering", "no"); /* a proxy passes events on at once */
    } else {
        put_cache(s, out);
    }
    put_file(s, out);
    put_cookies(s);
    for (int i = 0; i < a->n_headers; i++)
        put_str(s, a->headers[i].name, a->headers[i].value);
    if (call->close || atomic_load(&call->web->stopping))
        put(s, "Connection", "close");
}

/* Pack a page for who takes it. */
static bool pack(struct call *call, struct outgoing *out)
{
    if (!out->fresh || out->body.len < GZIP_LEAST || call->head ||
        !call->web->settings->compress_pages ||
        !headers_take_coding(call_header(call, "accept-encoding"), STR("gzip")))
        return false;
    buf_clear(&call->packed);
    if (!gzip_pack(call->web->gzips, out->body, &call->packed))
        return false;
    out->body = buf_str(&call->packed);
    return true;
}

/* Events as they come; nobody listens for long where there is no place. */
static struct MHD_Response *make_stream(struct call *call, struct outgoing *out)
{
    struct MHD_Response *response = streams_open(call->web->streams, call);
    if (response)
        return response;
    out->stream = false;
    out->status = 204;
    out->type = STR("");
    return MHD_create_response_from_buffer(0, NULL, MHD_RESPMEM_PERSISTENT);
}

static struct MHD_Response *make(struct call *call, struct outgoing *out)
{
    if (out->stream)
        return make_stream(call, out);
    if (out->fd >= 0)
        return MHD_create_response_from_fd_at_offset64((uint64_t)out->len, out->fd,
                                                       (uint64_t)out->first);
    /* The bytes live until the call ends, and the server only reads them. */
    const char *bytes = out->body.len ? out->body.ptr : "";
    return MHD_create_response_from_buffer(out->body.len, (void *)(uintptr_t)bytes,
                                           MHD_RESPMEM_PERSISTENT);
}

bool outgoing_send(struct call *call, struct outgoing *out)
{
    bool packed = pack(call, out);
    struct sending s = { .call = call, .response = make(call, out) };
    if (!s.response) {
        if (out->fd >= 0)
            close(out->fd);
        return false;
    }
    s.good = true;
    put_headers(&s, out, packed);
    int64_t bytes = out->fd >= 0 ? out->len : (int64_t)out->body.len;
    call->status = out->status;
    call->sent = call->head || out->status == 304 ? 0 : bytes;
    if (call->conn)
        atomic_store(&call->conn->deadline,
                     out->stream ? 0
                                 : clock_monotonic() + SEND_TIME + bytes / SEND_PACE * TIME_SECOND);
    s.good = s.good &&
             MHD_queue_response(call->connection, (unsigned)out->status, s.response) == MHD_YES;
    MHD_destroy_response(s.response);
    return s.good;
}
