/* web/router.h - which row answers a path.
 *
 * A tree of path segments, built once from the tables of all rooms. A literal
 * segment wins over a :name. A path is matched as it was sent, segment by
 * segment, each decoded by itself, so %2F never makes a new segment.
 *
 * Memory: the tree lives in the arena given. Threads: read-only once built.
 */
#ifndef SWARD_WEB_ROUTER_H
#define SWARD_WEB_ROUTER_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/macros.h"
#include "base/str.h"
#include "codec/params.h"
#include "web/route.h"

#define ROUTER_METHODS 5
#define ROUTER_DEPTH   16 /* most segments of a path */

struct router_node;

struct router {
    struct arena *arena;
    struct router_node *root;
    int n_routes;
};

/* Start an empty tree. */
NODISCARD int router_init(struct router *router, struct arena *a, struct err *err);

/* Add a row. ERR_INVALID, with a detail that names it, when a column is
 * missing, two columns contradict each other, or the row is there already. */
NODISCARD int router_add(struct router *router, const struct route *route, struct err *err);

/* What a path leads to: the rows by method, NULL where there is none. */
struct router_match {
    const struct route *const *routes; /* ROUTER_METHODS of them, by enum method */
    const int *indexes;                /* which row of all it is, from 0 */
    struct str values[ROUTER_DEPTH];   /* of the :name parts, in order, decoded */
    int n_values;
};

/* Find the rows of a path ("/n/note_0v3k").
 *   a  for decoded segments
 * 0, ERR_NOT_FOUND, or ERR_MALFORMED when the path is no path. */
NODISCARD int router_find(const struct router *router, struct arena *a, struct str path,
                          struct router_match *ret_match, struct err *err);

/* Put the values under the names of the row's :name parts. */
NODISCARD int router_args(const struct route *route, const struct router_match *match,
                          struct params *args, struct err *err);

/* Append "GET, HEAD, POST": what a path answers. */
void router_allow(const struct route *const *routes, struct buf *out);

/* The words of the columns, for print-outs, logs and metrics. */
const char *method_name(enum method method);
const char *who_name(enum who who);
const char *runs_name(enum runs runs);
const char *rate_name(enum rate rate);
const char *cache_name(enum cache cache);

#endif
