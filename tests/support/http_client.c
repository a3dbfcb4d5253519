/* support/http_client.c - see http_client.h. */
#include "support/http_client.h"

#include "unit/unit.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#define PATIENCE 20000 /* ms until a test gives up */

void http_open(struct http_client *c, int port)
{
    struct sockaddr_in at = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port) };
    int on = 1;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    *c = (struct http_client){ .fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0) };
    assert_true(c->fd >= 0);
    setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
    if (connect(c->fd, (const struct sockaddr *)&at, sizeof(at)) != 0)
        fail_msg("no server at port %d", port);
}

void http_close(struct http_client *c)
{
    if (c->fd >= 0)
        close(c->fd);
    free(c->bytes);
    *c = (struct http_client){ .fd = -1 };
}

bool http_send(struct http_client *c, const char *bytes, size_t len)
{
    while (len > 0) {
        ssize_t n = send(c->fd, bytes, len, MSG_NOSIGNAL);
        if (n < 0)
            return false;
        bytes += n;
        len -= (size_t)n;
    }
    return true;
}

bool http_send_text(struct http_client *c, const char *format, ...)
{
    char *text = NULL;
    va_list args;
    va_start(args, format);
    int len = vasprintf(&text, format, args);
    va_end(args);
    assert_true(len >= 0);
    bool good = http_send(c, text, (size_t)len);
    free(text);
    return good;
}

/* Read more; false at the end of the connection. */
static bool more(struct http_client *c, int patience)
{
    struct pollfd p = { .fd = c->fd, .events = POLLIN };
    if (c->cap - c->len < 65536) {
        c->cap = c->cap * 2 + 65536;
        c->bytes = realloc(c->bytes, c->cap);
        assert_non_null(c->bytes);
    }
    if (poll(&p, 1, patience) <= 0)
        fail_msg("the server says nothing");
    ssize_t n = recv(c->fd, c->bytes + c->len, c->cap - c->len, 0);
    if (n <= 0)
        return false;
    c->len += (size_t)n;
    return true;
}

static size_t head_end(const struct http_client *c)
{
    const char *end = c->len ? memmem(c->bytes, c->len, "\r\n\r\n", 4) : NULL;
    return end ? (size_t)(end - c->bytes) + 4 : 0;
}

static void take(struct http_client *c, size_t len)
{
    memmove(c->bytes, c->bytes + len, c->len - len);
    c->len -= len;
}

void http_read(struct http_client *c, bool head, struct http_reply *ret)
{
    size_t end;
    *ret = (struct http_reply){ 0 };
    while ((end = head_end(c)) == 0)
        if (!more(c, PATIENCE))
            return;
    ret->bytes = malloc(end + 1);
    assert_non_null(ret->bytes);
    memcpy(ret->bytes, c->bytes, end);
    ret->bytes[end] = '\0';
    ret->head = (struct str){ ret->bytes, end };
    take(c, end);
    if (end < 12 || memcmp(ret->bytes, "HTTP/1.1 ", 9) != 0)
        fail_msg("this is not HTTP/1.1: %.*s", STR_ARG(ret->head));
    ret->status = (int)strtol(ret->bytes + 9, NULL, 10);
    if (ret->status == 100) {
        free(ret->bytes);
        http_read(c, head, ret);
        return;
    }
    int64_t len = 0;
    if (!head && ret->status != 204 && ret->status != 304 &&
        !str_to_int(http_header(ret, "content-length"), &len))
        fail_msg("an answer without a length");
    while (c->len < (size_t)len)
        if (!more(c, PATIENCE))
            fail_msg("the answer is cut short");
    ret->bytes = realloc(ret->bytes, end + (size_t)len);
    assert_non_null(ret->bytes);
    if (len)
        memcpy(ret->bytes + end, c->bytes, (size_t)len);
    ret->head.ptr = ret->bytes;
    ret->body = (struct str){ ret->bytes + end, (size_t)len };
    take(c, (size_t)len);
}

void http_reply_free(struct http_reply *reply)
{
    free(reply->bytes);
    *reply = (struct http_reply){ 0 };
}

bool http_ends(struct http_client *c, int seconds)
{
    char bytes[4096];
    struct pollfd p = { .fd = c->fd, .events = POLLIN };
    while (poll(&p, 1, seconds * 1000) > 0)
        if (recv(c->fd, bytes, sizeof(bytes), 0) <= 0)
            return true;
    return false;
}

struct str http_header_nth(const struct http_reply *reply, const char *name, int n)
{
    struct str rest = reply->head;
    struct str line;
    while (str_next(&rest, '\n', &line)) {
        ptrdiff_t colon = str_index(line, ':');
        if (colon > 0 && str_eq_nocase(str_slice(line, 0, (size_t)colon), str_from(name)) &&
            n-- == 0)
            return str_trim(str_slice(line, (size_t)colon + 1, SIZE_MAX));
    }
    return STR("");
}

struct str http_header(const struct http_reply *reply, const char *name)
{
    return http_header_nth(reply, name, 0);
}

bool text_has(struct str text, const char *part)
{
    return text.len && memmem(text.ptr, text.len, part, strlen(part)) != NULL;
}

void http_ask(int port, const char *method, const char *path, const char *headers, const char *body,
              struct http_reply *ret)
{
    struct http_client c;
    char length[64] = "";
    http_open(&c, port);
    if (body)
        snprintf(length, sizeof(length), "Content-Length: %zu\r\n", strlen(body));
    http_send_text(&c, "%s %s HTTP/1.1\r\nHost: sward.test\r\n%s%s\r\n%s", method, path, length,
                   headers ? headers : "", body ? body : "");
    http_read(&c, strcmp(method, "HEAD") == 0, ret);
    http_close(&c);
}
