/* web/req.c - reading a request, and the usual answers. */
#include "web/request.h"

#include <string.h>

#include "base/id.h"
#include "codec/cookie.h"
#include "codec/html.h"
#include "web/call.h"
#include "web/web_int.h"

struct str req_raw(const struct req *rq, const char *name)
{
    const struct params *const lists[] = { rq->args, rq->body, rq->query };
    for (size_t i = 0; i < ARRAY_LEN(lists); i++)
        if (params_has(lists[i], name))
            return params_get(lists[i], name);
    return STR("");
}

struct str req_text(const struct req *rq, const char *name)
{
    return str_trim(req_raw(rq, name));
}

int req_int(const struct req *rq, const char *name, int64_t fallback, int64_t min, int64_t max,
            int64_t *ret_value, struct err *err)
{
    struct str text = req_text(rq, name);
    int64_t value = fallback;
    if (text.len > 0) {
        if (!str_to_int(text, &value))
            return err_field(err, name, N_("Please enter a whole number."));
        if (value < min)
            return err_field_n(err, name, N_("Please enter {n} or more."), min);
        if (value > max)
            return err_field_n(err, name, N_("Please enter {n} or less."), max);
    }
    *ret_value = value;
    return 0;
}

int req_id(const struct req *rq, const char *name, const char *prefix, int64_t *ret_id,
           struct err *err)
{
    if (!id_parse(req_text(rq, name), prefix, ret_id))
        return err_detail(err, ERR_NOT_FOUND, "%s is not the id of a %s", name, prefix);
    return 0;
}

bool req_on(const struct req *rq, const char *name)
{
    struct str text = req_text(rq, name);
    return str_eq_c(text, "on") || str_eq_c(text, "true") || str_eq_c(text, "1");
}

struct str req_header(const struct req *rq, const char *name)
{
    return call_header(call_of(rq), name);
}

struct str req_cookie(const struct req *rq, const char *name)
{
    return cookie_find(req_header(rq, "cookie"), name);
}

struct str req_url(const struct req *rq, struct str path)
{
    return arena_printf(rq->arena, "%.*s%.*s", STR_ARG(rq->web->origin), STR_ARG(path));
}

/* The path of one of our own addresses; empty for any other. */
static struct str own_path(const struct req *rq, struct str address)
{
    struct str origin = rq->web->origin;
    struct str path = address;
    if (str_starts(address, origin)) {
        path = str_slice(address, origin.len, SIZE_MAX);
    } else {
        struct str scheme = rq->web->https ? STR("https://") : STR("http://");
        struct str host = req_header(rq, "host");
        if (str_starts(address, scheme) &&
            str_starts(str_slice(address, scheme.len, SIZE_MAX), host))
            path = str_slice(address, scheme.len + host.len, SIZE_MAX);
    }
    return html_url_is_local(path) ? path : STR("");
}

struct str req_came_from(const struct req *rq)
{
    struct str back = STR("");
    if (rq->htmx)
        back = own_path(rq, req_header(rq, "hx-current-url"));
    if (back.len == 0)
        back = own_path(rq, req_header(rq, "referer"));
    return back.len > 0 ? back : STR("/");
}

void answer_page(struct answer *ret, const struct shape *shape, const void *data, struct str title)
{
    ret->shape = shape;
    ret->data = data;
    ret->head.title = title;
}

void answer_see_other(struct answer *ret, struct str location)
{
    ret->status = 303;
    ret->location = location;
}

void answer_created(struct answer *ret, const struct shape *shape, const void *data,
                    struct str location)
{
    ret->status = 201;
    ret->shape = shape;
    ret->data = data;
    ret->location = location;
}

void answer_bytes(struct answer *ret, const char *content_type, struct str bytes)
{
    ret->content_type = str_from(content_type);
    ret->bytes = bytes;
}

void answer_cookie(struct answer *ret, const char *name, struct str value, int64_t max_age)
{
    BUG_ON(ret->n_cookies == ANSWER_COOKIES_MAX);
    ret->cookies[ret->n_cookies++] =
        (struct answer_cookie){ .name = name, .value = value, .max_age = max_age };
}

void answer_header(struct answer *ret, const char *name, struct str value)
{
    BUG_ON(ret->n_headers == ANSWER_HEADERS_MAX);
    ret->headers[ret->n_headers++] = (struct answer_header){ .name = name, .value = value };
}
