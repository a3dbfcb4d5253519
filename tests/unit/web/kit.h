/* unit/web/kit.h - a small shop of test routes, served on a free port.
 *
 * Who is asking is said by the cookie "who": m member, s supplier, o operator.
 */
#ifndef SWARD_TESTS_UNIT_WEB_KIT_H
#define SWARD_TESTS_UNIT_WEB_KIT_H

#include "support/test_store.h"

#include <stdbool.h>

#include "support/http_client.h"
#include "web/web.h"

struct kit {
    struct test_store *store; /* NULL: no database */
    struct settings settings;
    struct clock clock;
    struct web_config config;
    struct web *web;
    int port;
    char folder[64];
};

/* Make the database and the settings; change them, then kit_start.
 *   engine  TEST_STORE_SQLITE, TEST_STORE_POSTGRES, or NULL for none */
void kit_init(struct kit *k, const char *engine);
void kit_start(struct kit *k);
void kit_stop(struct kit *k); /* the server alone */
void kit_release(struct kit *k);

/* One request, as http_ask. */
void ask(struct kit *k, const char *method, const char *path, const char *headers, const char *body,
         struct http_reply *ret);

/* The same where only the status matters. */
int ask_status(struct kit *k, const char *method, const char *path, const char *headers,
               const char *body);

/* How often /add acted. */
int64_t kit_tally(struct kit *k);

/* True when the spool folder is empty, or soon is: files go when the answer
 * was sent, which may be a moment after it was read. */
bool kit_spool_empties(struct kit *k);

/* True when /metrics has that line, or soon has: a request is counted when its
 * answer was sent, which may be a moment after it was read. */
bool kit_measures(struct kit *k, const char *line);

/* Called by the slow handler and the prepare step of the routes while they run; NULL = nothing. */
extern void (*volatile kit_pause)(void);

#define OWN     "Sec-Fetch-Site: same-origin\r\n"
#define MEMBER  "Cookie: who=m\r\n" OWN
#define JSON    "Accept: application/json\r\n"
#define FORM    "Content-Type: application/x-www-form-urlencoded\r\n"
#define JSON_IN "Content-Type: application/json\r\n"

#endif
