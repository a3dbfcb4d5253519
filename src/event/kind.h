/* event/kind.h - what can happen here, as one table.
 *
 * event/kinds.def lists every kind of event with a number that never changes,
 * a dotted name, the context it happens in, the arrow of the 4R loop that it
 * counts for, and its meaning. Context and arrow belong to the kind: the log
 * stores the number alone, so a kind that is understood better later is better
 * understood for all its past.
 *
 * Memory: constant data. Threads: any.
 */
#ifndef SWARD_EVENT_KIND_H
#define SWARD_EVENT_KIND_H

#include <stddef.h>

#include "base/err.h"
#include "base/str.h"

/* EVENT_NOTE_LIKED and so on; the value is the number that the log stores. */
enum event_kind {
#define KIND(symbol, number, name, context, arrow, meaning) EVENT_##symbol = (number),
#include "event/kinds.def"
#undef KIND
};

/* Where it happens: among people, or around goods. */
enum event_context { CONTEXT_NONE, CONTEXT_SOCIAL, CONTEXT_CONSUMPTION };

/* The arrows of the closed loop: customer, relevancy, response, relation,
 * return, customer; and the two edges by which a return feeds the next round. */
enum event_arrow {
    ARROW_NO_ARROW,
    ARROW_CUSTOMER_RELEVANCY, /* a customer ties themselves to people, topics, needs */
    ARROW_RELEVANCY_RESPONSE, /* what concerns somebody is answered */
    ARROW_RESPONSE_RELATION,  /* an answer becomes a bond, social or of trade */
    ARROW_RELATION_RETURN,    /* a bond gives back: money, content */
    ARROW_RETURN_CUSTOMER,    /* the return reaches a customer, who comes back */
    ARROW_MONEY_INTERACTION,  /* money pays for better interaction */
    ARROW_CONTENT_NEWUSERS,   /* content brings new customers */
};
#define ARROW_COUNT 8

struct event_kind_info {
    enum event_kind kind;
    const char *name; /* "note.liked" */
    enum event_context context;
    enum event_arrow arrow;
    const char *meaning; /* English message of the catalogue */
};

/* All kinds, in the order of kinds.def, which is the order of their numbers.
 *   ret_n  OUT: how many */
const struct event_kind_info *event_kinds(size_t *ret_n);

/* The kind of that number or name; NULL when there is none. */
const struct event_kind_info *event_kind_find(int64_t number);
const struct event_kind_info *event_kind_named(struct str name);

/* "social", "consumption", "none". */
const char *event_context_name(enum event_context context);

/* "customer-relevancy" and so on; "none" for ARROW_NO_ARROW. For addresses and programs. */
const char *event_arrow_name(enum event_arrow arrow);

#endif
