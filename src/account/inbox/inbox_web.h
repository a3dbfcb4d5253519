/* account/inbox/inbox_web.h - the pages of the inbox.
 *
 *   GET  /inbox?tab=      what happened: all, likes, comments, follows, orders
 *   GET  /inbox/go/:line  to what a line is about; the line is read by it
 *   POST /inbox/read      all is read
 *   GET, POST /inbox/settings   what a person wants to be told of
 *
 * What a line is about is asked of whoever knows it, with all ids of a page
 * at once. The slots "inbox.note", "inbox.comment" and "inbox.order" leave a
 * struct inbox_about in part.data; one left empty is not there, or not for
 * this reader, and the line then says nothing of it. The slot "inbox.messages"
 * (id: the reader's actor) is the entry to conversations.
 */
#ifndef SWARD_ACCOUNT_INBOX_INBOX_WEB_H
#define SWARD_ACCOUNT_INBOX_INBOX_WEB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "account/inbox/inbox.h"
#include "account/person/person.h"
#include "base/money.h"
#include "web/route.h"
#include "web/slot.h"
#include "web/viewer.h"

/* A thing as the inbox shows it. Members may be empty, href is not. */
struct inbox_about {
    struct str title; /* of a note, a product */
    struct str text;  /* of a comment */
    struct str href;  /* its page, a path */
    struct str image; /* address of a small photo */
};

#define INBOX_WHO 3 /* people named on a line */

/* A line as it is shown. */
struct inbox_shown {
    int64_t line;
    enum inbox_kind kind;
    bool unread;
    int64_t n; /* people behind it */
    struct person_card who[INBOX_WHO];
    size_t n_who;
    struct inbox_about about; /* href empty: it is not there any more */
    struct str words;         /* of an order, an earning, a notice, in the reader's language */
    struct str detail;        /* what staff wrote */
    struct money amount;      /* minor 0 = none */
    int64_t at;
};

struct inbox_page {
    enum inbox_tab tab;
    const struct inbox_shown *lines;
    size_t n;
    struct str more;
    int64_t unread;
    struct part messages; /* "inbox.messages": the way to conversations */
};

/* A switch of the settings: some kinds together. */
struct inbox_switch {
    const char *name;  /* of its field */
    const char *words; /* English message */
    int64_t kinds;     /* bits 1 << enum inbox_kind */
};

struct inbox_settings {
    const struct inbox_switch *switches;
    size_t n;
    int64_t off;
    bool saved;
};

/* "likes" and so on, as addresses have it; "all". */
const char *inbox_tab_name(enum inbox_tab tab);

/* For the resolver of app/: how many lines are new, for the badge of a page. */
NODISCARD int inbox_viewer(const struct req *rq, struct db *db, struct viewer *viewer,
                           struct err *err);

extern const struct route inbox_routes[];

#endif
