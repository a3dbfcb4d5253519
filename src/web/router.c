/* web/router.c - the tree of path segments, and the check of each row. */
#include "web/router.h"

#include <string.h>

#include "codec/percent.h"

struct router_node {
    struct str literal; /* of this segment; unused in a :name node */
    struct router_node **children;
    int n_children;
    int cap_children;
    struct router_node *param; /* the child that takes any segment */
    const struct route *routes[ROUTER_METHODS];
    int indexes[ROUTER_METHODS]; /* which row of all it is */
};

const char *method_name(enum method method)
{
    static const char *const names[] = { "GET", "POST", "PUT", "PATCH", "DELETE" };
    return names[method];
}

const char *who_name(enum who who)
{
    static const char *const names[] = { "unset",     "anyone",   "member", "supplier",
                                         "moderator", "operator", "signed", "simulator" };
    return names[who];
}

const char *runs_name(enum runs runs)
{
    static const char *const names[] = { "unset", "read", "write", "plain" };
    return names[runs];
}

const char *rate_name(enum rate rate)
{
    static const char *const names[] = {
        "unset", "read", "write", "heavy", "auth", "stream", "none"
    };
    return names[rate];
}

const char *cache_name(enum cache cache)
{
    static const char *const names[] = { "private", "public", "immutable" };
    return names[cache];
}

int router_init(struct router *router, struct arena *a, struct err *err)
{
    *router = (struct router){ .arena = a, .root = arena_new(a, struct router_node) };
    if (!router->root)
        return err_detail(err, ERR_NOMEM, "no memory for the routes");
    return 0;
}

/* True when nobody but a session could say who this is. */
static bool needs_session(enum who who)
{
    return who == WHO_MEMBER || who == WHO_SUPPLIER || who == WHO_MODERATOR || who == WHO_OPERATOR;
}

/* What a row lacks, or NULL. */
static const char *row_fault(const struct route *r)
{
    bool has_body =
        r->method == METHOD_POST || r->method == METHOD_PUT || r->method == METHOD_PATCH;
    if (!r->handle)
        return "has no handler";
    if (r->path[0] != '/')
        return "has a path without a slash before it";
    if (r->who <= WHO_UNSET || r->who > WHO_SIMULATOR)
        return "does not say who may call";
    if (r->runs <= RUNS_UNSET || r->runs > RUNS_PLAIN)
        return "does not say where it runs";
    if (r->rate <= RATE_UNSET || r->rate > RATE_NONE)
        return "has no rate class";
    if (has_body && r->body_max <= 0)
        return "takes a body without a ceiling";
    if (!has_body && r->method == METHOD_GET && r->body_max != 0)
        return "is a GET with a body";
    if (r->method == METHOD_GET && r->runs == RUNS_WRITE)
        return "is a GET that writes";
    if (r->runs == RUNS_PLAIN && needs_session(r->who))
        return "asks for a session but has no database";
    if (r->form && !has_body)
        return "shows a form again but takes none";
    if (r->needs_key && r->runs != RUNS_WRITE)
        return "needs an idempotency key but does not write";
    return NULL;
}

static bool is_param(struct str segment)
{
    return segment.len > 1 && segment.ptr[0] == ':';
}

/* Where a literal stands among a node's children, or where it belongs. */
static int child_place(const struct router_node *node, struct str literal, bool *ret_found)
{
    int low = 0;
    int high = node->n_children;
    while (low < high) {
        int middle = (low + high) / 2;
        int order = str_cmp(node->children[middle]->literal, literal);
        if (order == 0) {
            *ret_found = true;
            return middle;
        }
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    *ret_found = false;
    return low;
}

static struct router_node *child_insert(struct arena *a, struct router_node *node, int place,
                                        struct str literal)
{
    struct router_node *child = arena_new(a, struct router_node);
    if (!child)
        return NULL;
    child->literal = literal;
    if (node->n_children == node->cap_children) {
        int cap = node->cap_children ? node->cap_children * 2 : 4;
        struct router_node **grown = arena_new_array(a, (size_t)cap, struct router_node *);
        if (!grown)
            return NULL;
        if (node->n_children)
            memcpy(grown, node->children, (size_t)node->n_children * sizeof(struct router_node *));
        node->children = grown;
        node->cap_children = cap;
    }
    memmove(node->children + place + 1, node->children + place,
            (size_t)(node->n_children - place) * sizeof(struct router_node *));
    node->children[place] = child;
    node->n_children++;
    return child;
}

/* The child for a segment of a row's path; made when it is not there. */
static struct router_node *child_for(struct arena *a, struct router_node *node, struct str segment)
{
    if (is_param(segment)) {
        if (!node->param)
            node->param = arena_new(a, struct router_node);
        return node->param;
    }
    bool found;
    int place = child_place(node, segment, &found);
    return found ? node->children[place] : child_insert(a, node, place, segment);
}

int router_add(struct router *router, const struct route *route, struct err *err)
{
    const char *fault = row_fault(route);
    if (fault)
        return err_detail(err, ERR_INVALID, "route %s %s %s", method_name(route->method),
                          route->path, fault);
    struct router_node *node = router->root;
    struct str rest = str_slice(str_from(route->path), 1, SIZE_MAX);
    struct str segment;
    int depth = 0;
    while (rest.len > 0 && str_next(&rest, '/', &segment)) {
        if (++depth > ROUTER_DEPTH)
            return err_detail(err, ERR_INVALID, "route %s is too deep", route->path);
        node = child_for(router->arena, node, segment);
        if (!node)
            return err_detail(err, ERR_NOMEM, "no memory for the routes");
    }
    if (node->routes[route->method])
        return err_detail(err, ERR_INVALID, "route %s %s is there twice",
                          method_name(route->method), route->path);
    node->routes[route->method] = route;
    node->indexes[route->method] = router->n_routes++;
    return 0;
}

static bool has_routes(const struct router_node *node)
{
    for (int i = 0; i < ROUTER_METHODS; i++)
        if (node->routes[i])
            return true;
    return false;
}

/* Walk down; where a literal leads nowhere, try the :name beside it. The
 * depth is bounded, and so is the number of ways. */
static const struct router_node *walk(const struct router_node *node, const struct str *segments,
                                      int n, struct router_match *match)
{
    if (n == 0)
        return has_routes(node) ? node : NULL;
    bool found;
    int place = child_place(node, segments[0], &found);
    if (found) {
        int before = match->n_values;
        const struct router_node *end = walk(node->children[place], segments + 1, n - 1, match);
        if (end)
            return end;
        match->n_values = before;
    }
    if (!node->param)
        return NULL;
    match->values[match->n_values++] = segments[0];
    const struct router_node *end = walk(node->param, segments + 1, n - 1, match);
    if (!end)
        match->n_values--;
    return end;
}

static int split(struct arena *a, struct str path, struct str *segments, int *ret_n,
                 struct err *err)
{
    struct str rest = str_slice(path, 1, SIZE_MAX);
    struct str raw;
    int n = 0;
    while (rest.len > 0 && str_next(&rest, '/', &raw)) {
        if (n == ROUTER_DEPTH || raw.len == 0)
            return ERR_NOT_FOUND;
        int rc = percent_decode(a, raw, false, &segments[n], err);
        if (rc)
            return rc;
        for (size_t i = 0; i < segments[n].len; i++)
            if ((unsigned char)segments[n].ptr[i] < ' ')
                return ERR_MALFORMED;
        n++;
    }
    if (path.len > 1 && path.ptr[path.len - 1] == '/')
        return ERR_NOT_FOUND;
    *ret_n = n;
    return 0;
}

int router_find(const struct router *router, struct arena *a, struct str path,
                struct router_match *ret_match, struct err *err)
{
    struct str segments[ROUTER_DEPTH];
    int n = 0;
    if (path.len == 0 || path.ptr[0] != '/')
        return err_detail(err, ERR_MALFORMED, "the path does not begin with a slash");
    int rc = split(a, path, segments, &n, err);
    if (rc)
        return err_detail(err, rc, "no such path");
    ret_match->n_values = 0;
    const struct router_node *node = walk(router->root, segments, n, ret_match);
    if (!node)
        return err_detail(err, ERR_NOT_FOUND, "no such path");
    ret_match->routes = node->routes;
    ret_match->indexes = node->indexes;
    return 0;
}

int router_args(const struct route *route, const struct router_match *match, struct params *args,
                struct err *err)
{
    struct str rest = str_slice(str_from(route->path), 1, SIZE_MAX);
    struct str segment;
    int n = 0;
    while (rest.len > 0 && str_next(&rest, '/', &segment)) {
        if (!is_param(segment))
            continue;
        int rc = params_add(args, str_slice(segment, 1, SIZE_MAX), match->values[n++], err);
        if (rc)
            return rc;
    }
    return 0;
}

void router_allow(const struct route *const *routes, struct buf *out)
{
    for (int i = 0; i < ROUTER_METHODS; i++) {
        if (!routes[i])
            continue;
        if (out->len)
            BUF_PUT_LIT(out, ", ");
        buf_put_c(out, method_name((enum method)i));
        if (i == METHOD_GET)
            BUF_PUT_LIT(out, ", HEAD");
    }
}
