/* out/http.c - a call through libcurl's easy interface. */
#include "out/http.h"

#include <curl/curl.h>
#include <pthread.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/buf.h"
#include "out/address.h"

#define CONNECT_MS 5000
#define USER_AGENT "sward"
#define URL_MAX    2000

struct call {
    const struct out_request *request;
    CURL *curl;
    struct curl_slist *headers;
    struct buf body;
    bool refused; /* a private address was met */
};

static pthread_once_t once = PTHREAD_ONCE_INIT;
static CURLcode started;

static void start(void)
{
    started = curl_global_init(CURL_GLOBAL_DEFAULT);
}

static size_t on_bytes(char *bytes, size_t size, size_t n, void *ctx)
{
    struct call *c = ctx;
    buf_put(&c->body, bytes, size * n);
    return buf_overflowed(&c->body) ? 0 : size * n;
}

/* libcurl asks for each connection, also after a redirect, with the address
 * that it is about to connect to. */
static curl_socket_t on_socket(void *ctx, curlsocktype purpose, struct curl_sockaddr *to)
{
    struct call *c = ctx;
    if (purpose != CURLSOCKTYPE_IPCXN ||
        (!c->request->allow_private && address_is_private(&to->addr, to->addrlen))) {
        c->refused = true;
        return CURL_SOCKET_BAD;
    }
    return socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
}

static bool has_control(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if ((unsigned char)s.ptr[i] < 0x20 || s.ptr[i] == 0x7f)
            return true;
    return false;
}

static int add_header(struct call *c, struct arena *a, const char *name, struct str value,
                      struct err *err)
{
    if (has_control(str_from(name)) || has_control(value))
        return err_detail(err, ERR_INVALID, "a header holds control characters");
    struct str line = arena_printf(a, "%s: %.*s", name, STR_ARG(value));
    struct curl_slist *more = line.len > 0 ? curl_slist_append(c->headers, line.ptr) : NULL;
    if (!more)
        return err_detail(err, ERR_NOMEM, "no memory left for a header");
    c->headers = more;
    return 0;
}

static int add_headers(struct call *c, struct arena *a, struct err *err)
{
    const struct out_request *rq = c->request;
    BUG_ON(rq->n_headers > OUT_HEADERS_MAX);
    int rc = 0;
    for (size_t i = 0; i < rq->n_headers && rc == 0; i++)
        rc = add_header(c, a, rq->headers[i].name, rq->headers[i].value, err);
    if (rc == 0 && rq->method == OUT_POST)
        rc = add_header(c, a, "Content-Type",
                        str_from(rq->content_type ? rq->content_type : "application/octet-stream"),
                        err);
    if (rc == 0 && rq->method == OUT_POST)
        rc = add_header(c, a, "Expect", STR(""), err); /* send the body at once */
    return rc;
}

/* Sets one option and keeps the first failure. */
#define SET(option, value)                                                                         \
    do {                                                                                           \
        if (code == CURLE_OK)                                                                      \
            code = curl_easy_setopt(c->curl, (option), (value));                                   \
    } while (0)

static CURLcode set_bounds(struct call *c)
{
    const struct out_request *rq = c->request;
    CURLcode code = CURLE_OK;
    bool secure = str_starts(rq->url, STR("https://"));
    int redirects = rq->redirects < OUT_REDIRECTS_MOST ? rq->redirects : OUT_REDIRECTS_MOST;
    SET(CURLOPT_NOSIGNAL, 1L);
    SET(CURLOPT_PROXY, "");
    SET(CURLOPT_PROTOCOLS_STR, "http,https");
    SET(CURLOPT_REDIR_PROTOCOLS_STR, secure ? "https" : "http,https");
    SET(CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
    SET(CURLOPT_FOLLOWLOCATION, rq->method == OUT_GET && redirects > 0 ? 1L : 0L);
    SET(CURLOPT_MAXREDIRS, (long)redirects);
    SET(CURLOPT_CONNECTTIMEOUT_MS, (long)CONNECT_MS);
    SET(CURLOPT_TIMEOUT_MS, (long)(rq->timeout_ms > 0 ? rq->timeout_ms : OUT_TIMEOUT_DEFAULT));
    SET(CURLOPT_OPENSOCKETFUNCTION, on_socket);
    SET(CURLOPT_OPENSOCKETDATA, c);
    return code;
}

static CURLcode set_call(struct call *c, const char *url)
{
    const struct out_request *rq = c->request;
    CURLcode code = CURLE_OK;
    SET(CURLOPT_URL, url);
    SET(CURLOPT_USERAGENT, USER_AGENT);
    SET(CURLOPT_HTTPHEADER, c->headers);
    SET(CURLOPT_WRITEFUNCTION, on_bytes);
    SET(CURLOPT_WRITEDATA, c);
    if (rq->method == OUT_POST) {
        SET(CURLOPT_POST, 1L);
        SET(CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)rq->body.len);
        SET(CURLOPT_POSTFIELDS, rq->body.ptr ? rq->body.ptr : "");
    }
    return code;
}

static int fail(const struct call *c, CURLcode code, struct err *err)
{
    if (c->refused)
        return err_detail(err, ERR_FORBIDDEN, "the address is not of the public Internet");
    if (buf_overflowed(&c->body))
        return err_detail(err, ERR_TOO_LARGE, "the answer is longer than allowed");
    if (code == CURLE_URL_MALFORMAT || code == CURLE_UNSUPPORTED_PROTOCOL ||
        code == CURLE_LOGIN_DENIED)
        return err_detail(err, ERR_INVALID, "the address can't be called: %s",
                          curl_easy_strerror(code));
    return err_detail(err, ERR_IO, "the call failed: %s", curl_easy_strerror(code));
}

static int perform(struct call *c, struct arena *a, struct out_answer *ret_answer, struct err *err)
{
    const struct out_request *rq = c->request;
    CURLcode code = set_bounds(c);
    if (code == CURLE_OK)
        code = set_call(c, arena_cstr(a, rq->url));
    if (code == CURLE_OK)
        code = curl_easy_perform(c->curl);
    if (code != CURLE_OK)
        return fail(c, code, err);
    long status = 0;
    char *type = NULL;
    curl_easy_getinfo(c->curl, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(c->curl, CURLINFO_CONTENT_TYPE, &type);
    struct out_answer answer = { (int)status, arena_str(a, buf_str(&c->body)),
                                 arena_str(a, str_from(type)) };
    if (arena_overflowed(a))
        return err_detail(err, ERR_NOMEM, "no memory left for the answer");
    *ret_answer = answer;
    return 0;
}

int out_http(struct arena *a, const struct out_request *request, struct out_answer *ret_answer,
             struct err *err)
{
    pthread_once(&once, start);
    struct str url = request->url;
    bool http = str_starts(url, STR("http://")) || str_starts(url, STR("https://"));
    if (!http || url.len > URL_MAX || has_control(url))
        return err_detail(err, ERR_INVALID, "the address must begin with http:// or https://");
    struct call c = { .request = request };
    c.curl = started == CURLE_OK ? curl_easy_init() : NULL;
    if (!c.curl)
        return err_detail(err, ERR_NOMEM, "libcurl did not start");
    buf_init(&c.body, request->answer_max > 0 ? request->answer_max : OUT_ANSWER_DEFAULT);
    int rc = add_headers(&c, a, err);
    if (rc == 0)
        rc = perform(&c, a, ret_answer, err);
    curl_easy_cleanup(c.curl);
    curl_slist_free_all(c.headers);
    buf_release(&c.body);
    return rc;
}
