/* web/respond.c - chooses what the answer is made of. */
#include "web/respond.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "codec/http.h"
#include "codec/json_out.h"
#include "web/call.h"
#include "web/web_int.h"

/* A shape that has no form for this client; the request was fine. */
static int not_offered(struct call *call, struct err *err)
{
    call->status = 406;
    return err_set(err, ERR_UNSUPPORTED, N_("This is not offered in that form."));
}

/* For a program that follows no redirects. */
static void put_location(struct call *call, struct outgoing *out, struct str location)
{
    struct json_out j;
    json_out_init(&j, &call->out);
    json_begin_object(&j);
    json_member_str(&j, "location", location);
    json_end_object(&j);
    out->body = buf_str(&call->out);
}

static int fill_json(struct call *call, struct outgoing *out, struct err *err)
{
    const struct answer *a = &call->answer;
    struct json_out j;
    if (a->shape && a->shape->json) {
        json_out_init(&j, &call->out);
        a->shape->json(&j, a->data);
    } else if (a->location.len > 0) {
        put_location(call, out, a->location);
    } else {
        return not_offered(call, err);
    }
    out->status = a->status == 303 ? 200 : out->status;
    out->location = a->location;
    out->type = STR("application/json");
    return 0;
}

static int fill_html(struct call *call, struct outgoing *out, struct err *err)
{
    const struct answer *a = &call->answer;
    const struct shape *shape = a->shape;
    if (!shape || (!shape->html && !(call->rq.htmx && shape->fragment))) {
        return shape && shape->json ? fill_json(call, out, err) : not_offered(call, err);
    }
    bool framed = !call->rq.htmx;
    bool piece = call->rq.htmx && shape->fragment;
    render_page(call, &a->head, piece ? shape->fragment : shape->html, a->data, framed);
    out->type = STR("text/html; charset=utf-8");
    return 0;
}

/* A person is sent on: by redirect, or by htmx's header. */
static void fill_location(const struct call *call, struct outgoing *out, struct str location)
{
    if (call->rq.htmx) {
        out->status = 204;
        out->redirect = location;
    } else {
        out->status = 303;
        out->location = location;
    }
}

static int fill_file(struct call *call, struct outgoing *out, struct err *err)
{
    const struct answer *a = &call->answer;
    struct stat st;
    out->fd = open(arena_cstr(&call->base, a->file), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (out->fd < 0)
        return err_detail(err, errno == ENOENT ? ERR_NOT_FOUND : ERR_IO, "%.*s: %s",
                          STR_ARG(a->file), strerror(errno));
    if (fstat(out->fd, &st) != 0 || !S_ISREG(st.st_mode))
        return err_detail(err, ERR_NOT_FOUND, "%.*s is no file", STR_ARG(a->file));
    out->type = a->content_type;
    out->size = out->len = st.st_size;
    struct str range = call_header(call, "range");
    struct str condition = call_header(call, "if-range");
    if (range.len == 0 || out->status != 200 ||
        (condition.len > 0 && (a->etag.len == 0 || !http_etag_matches(condition, a->etag))))
        return 0;
    int64_t last = 0;
    switch (http_range(range, st.st_size, &out->first, &last)) {
    case HTTP_RANGE_PART:
        out->status = 206;
        out->len = last - out->first + 1;
        break;
    case HTTP_RANGE_UNSATISFIABLE:
        out->status = 416;
        out->len = 0;
        break;
    case HTTP_RANGE_NONE:
    default:
        out->first = 0;
    }
    return 0;
}

static int fill_answer(struct call *call, struct outgoing *out, struct err *err)
{
    const struct answer *a = &call->answer;
    int rc = 0;
    out->status = call->form_again ? err_status(call->rc) : a->status ? a->status : 200;
    out->etag = a->etag;
    if (a->stream && !call->head) {
        out->stream = true;
        out->type = STR("text/event-stream");
        return 0;
    }
    if (a->file.len > 0)
        return fill_file(call, out, err);
    if (a->content_type.len > 0) {
        out->type = a->content_type;
        out->body = a->bytes;
        return 0;
    }
    if (call->rq.json) {
        rc = fill_json(call, out, err);
    } else if (a->location.len > 0) {
        fill_location(call, out, a->location);
    } else if (out->status == 204) {
        return 0;
    } else {
        rc = fill_html(call, out, err);
    }
    if (!rc && (buf_overflowed(&call->out) || arena_overflowed(call->rq.arena)))
        rc = err_detail(err, ERR_NOMEM, "the answer is too long");
    out->body = buf_str(&call->out);
    out->fresh = true;
    out->weak = true;
    return rc;
}

/* The kept answer again. A page is not kept: a person is sent to where the
 * first answer sent them, or back to where they came from. */
static void fill_replay(struct call *call, struct outgoing *out)
{
    const struct idempotency_row *row = &call->row;
    metrics_add(call->web->metrics, METRIC_REPLAYED, 1);
    if (call->rq.json) {
        out->status = row->status == 0 || row->status == 303 ? 200 : row->status;
        out->location = row->location;
        out->type = STR("application/json");
        out->body = row->json;
        if (row->json.len == 0 && row->location.len > 0)
            put_location(call, out, row->location);
        else if (row->json.len == 0)
            out->status = 204;
    } else if (row->location.len > 0) {
        fill_location(call, out, row->location);
    } else if (call->rq.htmx) {
        out->status = 204;
        out->refresh = true;
    } else {
        fill_location(call, out, req_came_from(&call->rq));
    }
}

/* 304 when the client has it. The server then sends the head alone, with the
 * length that the body has. */
static void look_at_tag(const struct call *call, struct outgoing *out)
{
    bool plain = out->status == 200 && call->rq.method == METHOD_GET && out->etag.len > 0;
    if (!plain || !http_etag_matches(call_header(call, "if-none-match"), out->etag))
        return;
    out->status = 304;
}

static void fill(struct call *call, struct outgoing *out)
{
    int rc = 0;
    if (call->moved) {
        out->status = 308;
        out->location = arena_printf(&call->base, "%.*s%.*s", STR_ARG(call->web->origin),
                                     STR_ARG(call->rq.target));
        return;
    }
    if (call->status == 204)
        return; /* OPTIONS */
    if (call->rc && !call->form_again) {
        problem_fill(call, out);
        return;
    }
    if (call->replayed) {
        fill_replay(call, out);
        return;
    }
    struct err err = { 0 };
    rc = fill_answer(call, out, &err);
    if (!rc) {
        look_at_tag(call, out);
        return;
    }
    if (out->fd >= 0)
        close(out->fd);
    *out = (struct outgoing){ .fd = -1 };
    call->form_again = false;
    call->rc = rc;
    call->err = err;
    call->answer = (struct answer){ 0 };
    problem_fill(call, out);
}

static void note_exposure(struct call *call, const struct outgoing *out)
{
    const struct web_config *config = &call->web->config;
    const struct answer *a = &call->answer;
    if (config->exposure && out->status == 200 && !call->head && call->rq.viewer.exposure_ok &&
        call->rq.method == METHOD_GET && !call->rq.json && !call->rq.htmx && a->shape)
        config->exposure(config->ctx, &call->rq, a);
}

bool respond(struct call *call)
{
    struct outgoing out = { .fd = -1, .status = call->status };
    fill(call, &out);
    note_exposure(call, &out);
    call->state = CALL_SENT;
    return outgoing_send(call, &out);
}
