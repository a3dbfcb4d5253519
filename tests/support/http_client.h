/* support/http_client.h - a client that sends exactly the bytes it is told to.
 *
 * For tests of the server: nothing is added, nothing corrected, so requests
 * that no proper client sends can be sent. Answers are read strictly.
 * Failures of the socket itself fail the running cmocka test.
 */
#ifndef SWARD_TESTS_SUPPORT_HTTP_CLIENT_H
#define SWARD_TESTS_SUPPORT_HTTP_CLIENT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

struct http_client {
    int fd;
    char *bytes; /* read and not used yet */
    size_t len, cap;
};

struct http_reply {
    int status;  /* 0 = the server closed the connection instead */
    char *bytes; /* owns head and body */
    struct str head;
    struct str body;
};

/* Connect to 127.0.0.1. */
void http_open(struct http_client *c, int port);
void http_close(struct http_client *c);

/* Send bytes as they are. False when the server is gone. */
bool http_send(struct http_client *c, const char *bytes, size_t len);
bool http_send_text(struct http_client *c, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Read one answer; http_reply_free gives it back. head: the request was HEAD. */
void http_read(struct http_client *c, bool head, struct http_reply *ret);
void http_reply_free(struct http_reply *reply);

/* True when the server ends the connection within that time. What it still
 * sends is thrown away. */
bool http_ends(struct http_client *c, int seconds);

/* A header of the answer, or the n-th of that name; empty when absent. */
struct str http_header(const struct http_reply *reply, const char *name);
struct str http_header_nth(const struct http_reply *reply, const char *name, int n);

/* True when the text holds that. */
bool text_has(struct str text, const char *part);

/* One request on a connection of its own: method, path, further header lines
 * (each ended by CR LF) and a body (NULL = none). Host, and Content-Length with
 * a body, are added. */
void http_ask(int port, const char *method, const char *path, const char *headers, const char *body,
              struct http_reply *ret);

#endif
