/* web/look.h - the two frames that web/ puts around what it does not make.
 *
 * A handler's shape fills the middle of a page; the frame around it (head,
 * tabs, language, footer) and the page that says what went wrong are views
 * like any other. web/ calls them through this table, so that the server can
 * be tested without the pages of the shop.
 *
 * Memory: everything lives in the request's arena. Threads: one per request.
 */
#ifndef SWARD_WEB_LOOK_H
#define SWARD_WEB_LOOK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"
#include "web/request.h"

/* The cookie of a reader who put announcements up to that number away. */
#define ANNOUNCEMENT_COOKIE "sward_announcement"

/* A page as a whole. The frame prints itself and calls main(v, data) once for
 * its middle. v carries the reader: language, viewer, path, time. */
struct frame {
    const struct page_head *head;
    struct str site;         /* the name setting */
    struct str origin;       /* public_url without a slash at its end */
    struct str canonical;    /* absolute address of this page */
    struct str announcement; /* of the house, in the reader's language; empty = none to show */
    void (*main)(struct view *v, const void *data);
    const void *data;
};

/* What went wrong, for a person. */
struct problem_page {
    int status;            /* 404, 422, … */
    struct str title;      /* the code's standard sentence, in the reader's language */
    struct str message;    /* what to do, in the reader's language; may equal the title */
    struct str request;    /* the request's name, to quote to the operator */
    struct str sign_in;    /* address of the sign-in page that comes back here; empty = not that */
    bool typed;            /* a form was sent: the back button brings back what was typed */
    int retry_after;       /* seconds; 0 = not said */
    const struct err *err; /* with its field errors */
};

struct look {
    void (*page)(struct view *v, const struct frame *frame);
    void (*problem)(struct view *v, const struct problem_page *problem); /* the middle of a page */
};

/* The look of the shop, from layout.html and problem.html. */
extern const struct look web_look;

#endif
