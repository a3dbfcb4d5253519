/* web/guard.c - framing, origin, keys, who and how often. */
#include "web/guard.h"

#include <sodium.h>
#include <string.h>

#include "codec/http.h"
#include "codec/sign.h"
#include "web/call.h"
#include "web/rate.h"
#include "web/web_int.h"

static bool is_token(struct str name)
{
    static const char marks[] = "!#$%&'*+-.^_`|~";
    for (size_t i = 0; i < name.len; i++) {
        char c = name.ptr[i];
        bool alnum = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!alnum && (c == '\0' || !strchr(marks, c)))
            return false;
    }
    return name.len > 0;
}

static bool is_text(struct str value)
{
    for (size_t i = 0; i < value.len; i++) {
        unsigned char c = (unsigned char)value.ptr[i];
        if ((c < ' ' && c != '\t') || c == 0x7f)
            return false;
    }
    return true;
}

static bool all_digits(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] < '0' || s.ptr[i] > '9')
            return false;
    return s.len > 0 && s.len <= 18;
}

struct framing {
    int hosts, lengths, codings;
    struct str length, coding;
};

static int count_framing(const struct call *call, struct framing *f, struct err *err)
{
    for (int i = 0; i < call->n_headers; i++) {
        const struct header *h = &call->headers[i];
        if (!is_token(h->name) || !is_text(h->value))
            return err_detail(err, ERR_MALFORMED, "a header is not well-formed");
        if (str_eq_nocase(h->name, STR("host"))) {
            f->hosts++;
        } else if (str_eq_nocase(h->name, STR("content-length"))) {
            f->lengths++;
            f->length = h->value;
        } else if (str_eq_nocase(h->name, STR("transfer-encoding"))) {
            f->codings++;
            f->coding = h->value;
        }
    }
    return 0;
}

int guard_framing(struct call *call, const char *version, struct err *err)
{
    struct framing f = { 0 };
    int rc = count_framing(call, &f, err);
    if (rc)
        return rc;
    call->http10 = strcmp(version, "HTTP/1.0") == 0;
    if (f.hosts > 1 || (f.hosts == 0 && !call->http10))
        return err_detail(err, ERR_MALFORMED, "%d Host headers", f.hosts);
    if (f.lengths > 1 || f.codings > 1 || (f.lengths && f.codings))
        return err_detail(err, ERR_MALFORMED, "the body's length is said twice");
    if (f.codings && (call->http10 || !str_eq_nocase(f.coding, STR("chunked"))))
        return err_detail(err, ERR_MALFORMED, "Transfer-Encoding is not chunked");
    if (f.lengths && (!all_digits(f.length) || !str_to_int(f.length, &call->content_length)))
        return err_detail(err, ERR_MALFORMED, "Content-Length is no number");
    if (f.codings)
        call->content_length = -1;
    return 0;
}

/* True when an Origin header names this site: as public_url says, or as the
 * request itself calls it (a browser cannot be made to lie about Host). */
static bool is_own_origin(const struct call *call, struct str origin)
{
    if (str_eq_nocase(origin, call->web->origin))
        return true;
    struct str host = call_header(call, "host");
    struct str scheme = call->web->https ? STR("https://") : STR("http://");
    return host.len > 0 && origin.len == scheme.len + host.len && str_starts(origin, scheme) &&
           str_eq_nocase(str_slice(origin, scheme.len, SIZE_MAX), host);
}

/* The token of an Authorization: Bearer header; empty when there is none. */
static struct str bearer(const struct call *call)
{
    struct str value = call_header(call, "authorization");
    if (!str_eq_nocase(str_slice(value, 0, 7), STR("Bearer ")))
        return STR("");
    return str_trim(str_slice(value, 7, SIZE_MAX));
}

int guard_origin(struct call *call, struct err *err)
{
    const struct route *route = call->rq.route;
    if (route->method == METHOD_GET || route->who == WHO_SIGNED || bearer(call).len > 0)
        return 0;
    struct str site = call_header(call, "sec-fetch-site");
    struct str origin = call_header(call, "origin");
    bool own;
    if (site.len > 0)
        own = str_eq_c(site, "same-origin");
    else if (origin.len > 0)
        own = is_own_origin(call, origin);
    else
        own = call_header(call, "cookie").len == 0;
    if (own)
        return 0;
    err_detail(err, ERR_FORBIDDEN, "sent from another site");
    return err_set(err, ERR_FORBIDDEN,
                   N_("This came from another site. Please send it from our own page."));
}

/* Compares in constant time, whatever the lengths. An empty key is nobody's. */
static bool is_key(struct str key, struct str token)
{
    unsigned char a[SIGN_HASH_BYTES];
    unsigned char b[SIGN_HASH_BYTES];
    if (key.len == 0 || token.len == 0)
        return false;
    sign_hash(a, key);
    sign_hash(b, token);
    return sodium_memcmp(a, b, sizeof(a)) == 0;
}

static int take_rate(struct call *call, int64_t actor, struct err *err)
{
    enum rate class = call->rq.route->rate;
    int wait =
        rate_take(call->web->rates, class, rate_key(actor, call->rq.client), clock_monotonic());
    if (wait == 0)
        return 0;
    metrics_add(call->web->metrics, METRIC_RATE, 1);
    int rc = err_set(err, ERR_RATE, err_sentence(ERR_RATE));
    err->retry_after = wait;
    return rc;
}

int guard_early(struct call *call, struct err *err)
{
    const struct route *route = call->rq.route;
    if (route->who == WHO_SIMULATOR && !is_key(call->web->settings->simulation_key, bearer(call)))
        return err_detail(err, ERR_UNAUTHENTIC, "not the simulator's key");
    call->rq.idempotency_key = call_header(call, "idempotency-key");
    if (route->rate != RATE_AUTH)
        return 0;
    call->guarded = true;
    return take_rate(call, 0, err);
}

/* What the row asks for, against who is there. The operator's key is nobody:
 * it reads what any member may read, and acts where the operator does. */
static int check_who(const struct route *route, const struct viewer *v, struct err *err)
{
    bool key = v->actor == 0 && (v->roles & ROLE_OPERATOR);
    int wanted = 0;
    switch (route->who) {
    case WHO_ANYONE:
    case WHO_SIGNED:
    case WHO_SIMULATOR: /* guard_early has looked at its key */
        return 0;
    case WHO_MEMBER:
        break;
    case WHO_SUPPLIER:
        wanted = ROLE_SUPPLIER | ROLE_OPERATOR;
        break;
    case WHO_MODERATOR:
        wanted = ROLE_MODERATOR | ROLE_OPERATOR;
        break;
    case WHO_OPERATOR:
        wanted = ROLE_OPERATOR;
        break;
    case WHO_UNSET:
    default:
        return err_detail(err, ERR_FORBIDDEN, "a route for nobody");
    }
    bool reads = route->method == METHOD_GET;
    bool as_person = route->who == WHO_MEMBER || route->who == WHO_SUPPLIER;
    if (key ? reads || !as_person : wanted ? (v->roles & wanted) != 0 : v->actor != 0)
        return 0;
    if (key)
        return err_set(err, ERR_FORBIDDEN,
                       N_("The operator's key is not a person. Sign in to do this."));
    if (v->actor == 0)
        return err_detail(err, ERR_UNAUTHENTIC, "nobody is signed in");
    return err_detail(err, ERR_FORBIDDEN, "not with these roles");
}

/* A suspended person reads, and takes their own along, but does nothing to others. */
static int check_suspended(const struct route *route, const struct viewer *v, struct err *err)
{
    if (!(v->roles & ROLE_SUSPENDED) || route->method == METHOD_GET || route->suspended_may)
        return 0;
    return err_set(err, ERR_FORBIDDEN,
                   N_("Your account is suspended. You can read and take your data with you; "
                      "your standing is explained under Me."));
}

static void choose_lang(struct call *call)
{
    struct req *rq = &call->rq;
    enum lang place = LANG_EN;
    if (!lang_from_tag(rq->settings->language, &place))
        place = LANG_EN;
    if (lang_from_tag(rq->viewer.lang, &rq->lang))
        return;
    if (lang_from_tag(req_cookie(rq, "sward_lang"), &rq->lang))
        return;
    rq->lang = lang_from_accept(call_header(call, "accept-language"), place);
}

static int resolve(struct call *call, struct db *db, struct err *err)
{
    struct req *rq = &call->rq;
    struct str token = rq->route->who == WHO_SIGNED ? STR("") : bearer(call);
    bool is_operator = is_key(call->web->settings->operator_key, token);
    rq->viewer = (struct viewer){ .roles = is_operator ? ROLE_OPERATOR : 0 };
    if (db && call->web->config.resolve) {
        int rc = call->web->config.resolve(call->web->config.ctx, rq, db, &rq->viewer, err);
        if (rc)
            return rc;
    }
    choose_lang(call);
    if (token.len > 0 && !is_operator && rq->viewer.actor == 0 && rq->route->who != WHO_SIMULATOR)
        return err_detail(err, ERR_UNAUTHENTIC, "a bearer token that nobody knows");
    return 0;
}

int guard_viewer(struct call *call, struct db *db, struct err *err)
{
    int rc = resolve(call, db, err);
    if (!rc)
        rc = check_who(call->rq.route, &call->rq.viewer, err);
    if (!rc)
        rc = check_suspended(call->rq.route, &call->rq.viewer, err);
    if (!rc && !call->guarded) {
        call->guarded = true; /* a second try of the same request takes no second token */
        rc = take_rate(call, call->rq.viewer.actor, err);
    }
    return rc;
}
