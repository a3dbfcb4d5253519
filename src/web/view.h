/* web/view.h - what compiled views print with.
 *
 * The view compiler (tools/viewc) turns an .html file into a C function
 *     void note_card(struct view *v, const struct note_card *c)
 * that appends to a bounded buffer. {{ x }} prints by the C type of x, for the
 * place where it stands: text is escaped; a number is grouped for the
 * reader's language in text and plain in an attribute; money(), when() and
 * count() say how a number is meant; only struct html goes out raw. An
 * address in href or src is checked.
 *
 * Memory: the buffer belongs to web/; texts are read while the view runs.
 * Threads: a view belongs to one thread. No view touches the database.
 */
#ifndef SWARD_WEB_VIEW_H
#define SWARD_WEB_VIEW_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/money.h"
#include "base/str.h"
#include "codec/params.h"
#include "web/slot.h"
#include "web/viewer.h"
#include "words/lang.h"
#include "words/message.h"

struct view {
    struct buf *out;
    struct arena *arena;
    enum lang lang;
    int64_t now; /* for relative times */
    const struct viewer *viewer;
    const struct params *typed; /* what the person sent, to fill a form again; may be NULL */
    const struct err *err;      /* why it was refused; may be NULL */
    struct str path;            /* of the page */
    struct str target;          /* path and query */
    bool simulated;             /* the shop runs on a simulated clock or holds simulated people */
    bool counted;               /* what this reader sees is counted: they agreed, and it is on */
};

/* Markup that is already safe. Only web/ and generated code make one. */
struct html {
    struct str text;
};

/* How a bare number is meant: {{ when(d->created) }}, {{ count(d->likes) }}. */
struct when {
    int64_t at; /* relative within a week, then the date */
};
struct day {
    int64_t at; /* the date alone */
};
struct count {
    int64_t n; /* 1,234 or 12k / 1.2万 */
};
struct percent {
    int64_t part, whole; /* "–" when whole is 0 */
};
struct moment {
    int64_t at; /* date, hours and minutes */
};
struct iso {
    int64_t at; /* for <time datetime="{{ iso(d->created) }}"> */
};
struct decimal {
    double value;
    int digits; /* after the point */
};
static inline struct when when(int64_t at)
{
    return (struct when){ at };
}
static inline struct day day(int64_t at)
{
    return (struct day){ at };
}
static inline struct moment moment(int64_t at)
{
    return (struct moment){ at };
}
static inline struct iso iso(int64_t at)
{
    return (struct iso){ at };
}
static inline struct decimal decimal(double value, int digits)
{
    return (struct decimal){ value, digits };
}
static inline struct count count(int64_t n)
{
    return (struct count){ n };
}
static inline struct percent percent(int64_t part, int64_t whole)
{
    return (struct percent){ part, whole };
}

/* What is wrong with a field, or with a form as a whole: {{ field_error("title") }}
 * prints it in the reader's language, or nothing. */
struct field_note {
    const char *english; /* NULL = nothing is wrong */
    int64_t n;
};

/* An id for an address: {{ idt("note", d->id) }} prints note_0v3k… */
struct str_id {
    const char *prefix;
    int64_t id;
};
static inline struct str_id idt(const char *prefix, int64_t id)
{
    return (struct str_id){ prefix, id };
}

#endif
