/* web/receive.c - from the request line and headers to a row and an open body. */
#include "web/receive.h"

#include <microhttpd.h>
#include <string.h>

#include "codec/http.h"
#include "codec/query.h"
#include "web/call.h"
#include "web/client.h"
#include "web/guard.h"
#include "web/router.h"
#include "web/web_int.h"

static enum MHD_Result keep_header(void *ctx, enum MHD_ValueKind kind UNUSED, const char *name,
                                   size_t name_len, const char *value, size_t value_len)
{
    struct call *call = ctx;
    if (call->n_headers < WEB_HEADERS_MAX)
        call->headers[call->n_headers] =
            (struct header){ { name, name_len }, { value ? value : "", value_len } };
    call->n_headers++;
    return MHD_YES;
}

static int read_headers(struct call *call, struct err *err)
{
    MHD_get_connection_values_n(call->connection, MHD_HEADER_KIND, keep_header, call);
    if (call->n_headers <= WEB_HEADERS_MAX)
        return 0;
    call->n_headers = WEB_HEADERS_MAX;
    call->status = MHD_HTTP_REQUEST_HEADER_FIELDS_TOO_LARGE;
    return err_detail(err, ERR_TOO_LARGE, "too many headers");
}

/* All lines of a header as one list, in order: some proxies add to the line
 * that came in, others add a line of their own behind it. */
static struct str header_list(struct call *call, const char *name)
{
    struct str list = STR("");
    for (int i = 0; i < call->n_headers; i++) {
        const struct header *h = &call->headers[i];
        if (!str_eq_nocase(h->name, str_from(name)))
            continue;
        list = list.len == 0
                   ? h->value
                   : arena_printf(&call->base, "%.*s,%.*s", STR_ARG(list), STR_ARG(h->value));
    }
    return list;
}

/* Who asks and in which form they want it, as far as the head says. */
static void read_wishes(struct call *call)
{
    struct req *rq = &call->rq;
    struct str peer = str_from(call->conn->address);
    rq->client = peer;
    if (call->conn->trusted)
        rq->client =
            client_forwarded(&call->web->proxies, peer, header_list(call, "x-forwarded-for"));
    rq->json = str_starts(rq->target, STR("/api/")) ||
               http_choose_form(call_header(call, "accept")) == HTTP_ACCEPT_JSON;
    rq->htmx = str_eq_c(call_header(call, "hx-request"), "true") &&
               !str_eq_c(call_header(call, "hx-boosted"), "true") &&
               !str_eq_c(call_header(call, "hx-history-restore-request"), "true");
    if (!lang_from_tag(req_cookie(rq, "sward_lang"), &rq->lang))
        rq->lang = lang_from_accept(call_header(call, "accept-language"), LANG_EN);
}

static int read_address(struct call *call, struct err *err)
{
    struct req *rq = &call->rq;
    struct str rest = rq->target;
    if (!str_next(&rest, '?', &rq->path))
        rq->path = STR("");
    if (rq->path.len > WEB_PATH_MAX || rest.len > WEB_QUERY_MAX) {
        call->status = MHD_HTTP_URI_TOO_LONG;
        return err_detail(err, ERR_TOO_LARGE, "the address is too long");
    }
    return query_parse(rest, &call->query, err);
}

static bool is_method(const char *text, enum method *ret_method, bool *ret_head)
{
    *ret_head = strcmp(text, "HEAD") == 0;
    if (*ret_head) {
        *ret_method = METHOD_GET;
        return true;
    }
    for (int i = 0; i < ROUTER_METHODS; i++) {
        if (strcmp(text, method_name((enum method)i)) == 0) {
            *ret_method = (enum method)i;
            return true;
        }
    }
    return false;
}

/* The path has rows, but none for this method. OPTIONS gets the list and no
 * complaint. */
static int refuse_method(struct call *call, const struct router_match *match, const char *method,
                         struct err *err)
{
    struct buf allow;
    buf_init(&allow, 100);
    router_allow(match->routes, &allow);
    call->allow = arena_str(&call->base, buf_str(&allow));
    buf_release(&allow);
    call->status =
        strcmp(method, "OPTIONS") == 0 ? MHD_HTTP_NO_CONTENT : MHD_HTTP_METHOD_NOT_ALLOWED;
    return err_set(err, ERR_NOT_FOUND, N_("This address cannot be used like that."));
}

static int find_route(struct call *call, const char *method, struct err *err)
{
    struct req *rq = &call->rq;
    struct router_match match;
    struct str path = rq->path;
    if (str_starts(path, STR("/api/v1/")))
        path = str_slice(path, strlen("/api/v1"), SIZE_MAX);
    int rc = router_find(&call->web->router, &call->base, path, &match, err);
    if (rc == ERR_NOT_FOUND) {
        /* Answered by a row like any other, so that the page of a person who
         * is signed in looks like theirs. */
        err_clear(err);
        rq->route = call->web->missing;
        rq->method = METHOD_GET;
        return 0;
    }
    if (rc)
        return rc;
    if (!is_method(method, &rq->method, &call->head) || !match.routes[rq->method])
        return refuse_method(call, &match, method, err);
    rq->route = match.routes[rq->method];
    call->route_index = match.indexes[rq->method];
    return router_args(rq->route, &match, &call->args, err);
}

static int open_body(struct call *call, struct err *err)
{
    const struct route *route = call->rq.route;
    bool has_body = call->content_length != 0;
    if (!has_body)
        return 0;
    if (route->body_max == 0)
        return route == call->web->missing
                   ? err_detail(err, ERR_NOT_FOUND, "a body for no address")
                   : err_detail(err, ERR_TOO_LARGE, "a body where there is none");
    if (call->content_length > route->body_max)
        return err_detail(err, ERR_TOO_LARGE, "%lld bytes announced, at most %lld taken",
                          (long long)call->content_length, (long long)route->body_max);
    struct body_config config = { .arena = &call->base,
                                  .fields = &call->fields,
                                  .content_type = call_header(call, "content-type"),
                                  .spool = call->web->spool,
                                  .max = route->body_max,
                                  .raw = route->raw_body };
    return body_init(&call->body, &config, err);
}

/* Behind a proxy that speaks both, a page asked for in the clear goes to its
 * https address. The last word is that of the proxy next to us. */
static bool must_move_to_https(struct call *call)
{
    if (!call->web->https || !call->conn->trusted || call->rq.method != METHOD_GET)
        return false;
    struct str list = header_list(call, "x-forwarded-proto");
    struct str last = STR("");
    while (list.len > 0 && str_next(&list, ',', &last))
        continue;
    return str_eq_nocase(str_trim(last), STR("http"));
}

static int check(struct call *call, const char *method, struct err *err)
{
    int rc = find_route(call, method, err);
    if (!rc && must_move_to_https(call)) {
        call->moved = true;
        return 0;
    }
    if (!rc)
        rc = guard_origin(call, err);
    if (!rc)
        rc = guard_early(call, err);
    if (!rc)
        rc = open_body(call, err);
    return rc;
}

void receive_head(struct call *call, const char *method, const char *version)
{
    struct err *err = &call->err;
    call->rq.now = clock_now(call->web->config.clock);
    call->rc = read_headers(call, err);
    if (!call->rc)
        call->rc = guard_framing(call, version, err);
    if (call->rc) {
        call->close = true; /* where the next request begins is not certain */
        return;
    }
    read_wishes(call);
    call->rc = read_address(call, err);
    if (call->rc)
        return;
    bool asks = strcmp(method, "GET") == 0 || strcmp(method, "HEAD") == 0;
    if (asks && call->content_length == 0) {
        call->head = method[0] == 'H';
        call->file = static_find(call->web->statics, call->rq.path);
    }
    if (!call->file)
        call->rc = check(call, method, err);
}
