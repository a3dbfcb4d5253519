/* web/problem.c - what went wrong, for a program or for a person. */
#include <string.h>

#include "base/log.h"
#include "codec/html.h"
#include "codec/json_out.h"
#include "codec/query.h"
#include "web/call.h"
#include "web/look.h"
#include "web/respond.h"
#include "web/router.h"
#include "web/view.h"
#include "web/web_int.h"
#include "words/message.h"

struct str say(struct call *call, const char *english, int64_t n)
{
    struct buf out;
    buf_init(&out, 2000);
    message_put_english(&out, call->rq.lang, english, n, NULL);
    struct str text = arena_str(&call->base, buf_str(&out));
    buf_release(&out);
    return text;
}

static void put_errors(struct call *call, struct json_out *j)
{
    const struct err *err = &call->err;
    json_key(j, "errors");
    json_begin_array(j);
    for (int i = 0; i < err->n_fields; i++) {
        json_begin_object(j);
        json_member_str(j, "field", str_from(err->fields[i].name));
        json_member_str(j, "message", say(call, err->fields[i].message, err->fields[i].number));
        json_end_object(j);
    }
    json_end_array(j);
}

static void fill_json(struct call *call, struct outgoing *out, const struct problem_page *page)
{
    struct json_out j;
    json_out_init(&j, &call->out);
    json_begin_object(&j);
    json_member_str(&j, "type",
                    arena_printf(&call->base, "urn:sward:problem:%s", err_name(call->rc)));
    json_member_str(&j, "title", page->title);
    json_member_int(&j, "status", out->status);
    json_member_str(&j, "detail", page->message);
    json_member_str(&j, "instance",
                    arena_printf(&call->base, "urn:sward:request:%.*s", STR_ARG(call->rq.id)));
    if (call->err.n_fields > 0)
        put_errors(call, &j);
    json_end_object(&j);
    out->type = STR("application/problem+json");
    out->authenticate = out->status == 401;
}

struct middle {
    const struct look *look;
    const struct problem_page *page;
};

static void put_middle(struct view *v, const void *data)
{
    const struct middle *m = data;
    m->look->problem(v, m->page);
}

static void fill_html(struct call *call, struct outgoing *out, const struct problem_page *page)
{
    const struct look *look = call->web->config.look;
    struct page_head head = { .title = page->title, .noindex = true };
    struct middle middle = { look, page };
    if (look) {
        render_page(call, &head, put_middle, &middle, !call->rq.htmx);
        out->type = STR("text/html; charset=utf-8");
    } else {
        buf_printf(&call->out, "%d %.*s\n", out->status, STR_ARG(page->message));
        out->type = STR("text/plain; charset=utf-8");
    }
}

/* Where to sign in, or to set up the second factor, and to come back to. */
static struct str door_address(struct call *call, const char *door)
{
    struct buf out;
    bool page = call->rq.method == METHOD_GET && !call->rq.htmx;
    buf_init(&out, 8192);
    buf_put_c(&out, door);
    buf_put_char(&out, '?');
    query_put(&out, "next", page ? call->rq.target : req_came_from(&call->rq));
    struct str address = arena_str(&call->base, buf_str(&out));
    buf_release(&out);
    return address;
}

/* Nobody is signed in, and this is about a person's session. */
static bool is_sign_in(const struct call *call)
{
    const struct route *route = call->rq.route;
    return call->rc == ERR_UNAUTHENTIC && !call->admitted && route && route->who != WHO_SIGNED &&
           route->who != WHO_SIMULATOR;
}

/* They are of the staff, and it takes a second factor that they have not shown. */
static bool is_second_factor(const struct call *call)
{
    return call->rc == ERR_FORBIDDEN && !call->admitted && call->rq.viewer.wants_second;
}

static void log_failure(struct call *call, int status)
{
    const struct err *err = &call->err;
    log_at(status >= 500 ? LOG_ERROR : LOG_DEBUG, "web.problem", LOG_F_STR("request", call->rq.id),
           LOG_F_C("route", call->rq.route ? call->rq.route->path : ""),
           LOG_F_INT("status", status), LOG_F_C("error", err_name(call->rc)),
           LOG_F_C("detail", err->detail), LOG_F_C("file", err->file),
           LOG_F_INT("line", err->line));
}

void problem_fill(struct call *call, struct outgoing *out)
{
    const struct err *err = &call->err;
    struct problem_page page = { .err = err, .request = call->rq.id };
    out->status = call->status ? call->status : err_status(call->rc);
    out->retry_after = err->retry_after;
    log_failure(call, out->status);
    page.status = out->status;
    page.title = say(call, err_sentence(call->rc), 0);
    page.message = err->message ? say(call, err->message, err->number) : page.title;
    page.retry_after = err->retry_after;
    page.typed = call->rq.method != METHOD_GET;
    buf_clear(&call->out);
    if (call->rq.json) {
        fill_json(call, out, &page);
        out->body = buf_str(&call->out);
        return;
    }
    if (is_second_factor(call) && !call->rq.htmx && call->rq.method == METHOD_GET) {
        out->status = 303;
        out->location = door_address(call, "/me/security/second");
        return;
    }
    if (is_sign_in(call)) {
        page.sign_in = door_address(call, "/signin");
        if (call->rq.htmx) {
            out->redirect = page.sign_in;
        } else if (call->rq.method == METHOD_GET) {
            out->status = 303;
            out->location = page.sign_in;
            return;
        }
    }
    fill_html(call, out, &page);
    out->body = buf_str(&call->out);
    out->fresh = true;
}
