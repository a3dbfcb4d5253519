/* Rules that need the shape of a statement: its selects, their clauses, their tables. */
#include "tools/sqlc/sqlc.h"

/* One select and where its clauses begin; a clause that is not there is at `end`. */
struct shape {
    const struct tokens *t;
    size_t select, from, where, group, having, order, limit, end;
};

static void clause(struct shape *sh, size_t i)
{
    const struct tokens *t = sh->t;
    if (token_is(t, i, "from") && !token_is(t, i - 1, "distinct") && sh->from == t->n)
        sh->from = i;
    else if (token_is(t, i, "where"))
        sh->where = i;
    else if (token_is(t, i, "group"))
        sh->group = i;
    else if (token_is(t, i, "having"))
        sh->having = i;
    else if (token_is(t, i, "order"))
        sh->order = i;
    else if (token_is(t, i, "limit"))
        sh->limit = i;
}

static bool sets_together(const struct tokens *t, size_t i)
{
    return token_is(t, i, "union") || token_is(t, i, "except") || token_is(t, i, "intersect");
}

/* The select that begins at i, to its closing bracket, set operator or end. */
static struct shape shape_at(const struct tokens *t, size_t i)
{
    struct shape sh = { t, i, t->n, t->n, t->n, t->n, t->n, t->n, t->n };
    int depth = 0;
    for (size_t k = i + 1; k < t->n; k++) {
        depth += token_is(t, k, "(") - token_is(t, k, ")");
        if (depth < 0 || (depth == 0 && sets_together(t, k))) {
            sh.end = k;
            break;
        }
        if (depth == 0)
            clause(&sh, k);
    }
    size_t *at[] = { &sh.limit, &sh.order, &sh.having, &sh.group, &sh.where, &sh.from };
    size_t next = sh.end;
    for (size_t k = 0; k < ARRAY_LEN(at); k++)
        if (*at[k] > next)
            *at[k] = next;
        else
            next = *at[k];
    return sh;
}

/* True when `name` or a view that reads it stands at i. */
static bool reads_table(const struct sqlc *s, struct str word, struct str table, int depth)
{
    if (str_eq(word, table))
        return true;
    const struct table *view = table_find(s, word);
    if (view == NULL || !view->view || depth > 8)
        return false;
    for (size_t i = 3; i < view->body.n; i++)
        if (token_kind_is(&view->body, i, TOKEN_WORD) && !str_eq(view->body.v[i].text, word) &&
            reads_table(s, view->body.v[i].text, table, depth + 1))
            return true;
    return false;
}

static bool outer_joined_in(const struct sqlc *s, const struct tokens *t, struct str table,
                            int depth)
{
    for (size_t i = 0; i < t->n; i++) {
        if (!token_kind_is(t, i, TOKEN_WORD))
            continue;
        size_t name = i + 2 + token_is(t, i + 1, "outer");
        if (token_is(t, i, "left") && token_kind_is(t, name, TOKEN_WORD) &&
            reads_table(s, t->v[name].text, table, 0))
            return true;
        const struct table *view = table_find(s, t->v[i].text);
        if (view != NULL && view->view && depth < 8 && view->body.v != t->v &&
            outer_joined_in(s, &view->body, table, depth + 1))
            return true;
    }
    return false;
}

bool outer_joined(const struct sqlc *s, const struct tokens *t, struct str table)
{
    return outer_joined_in(s, t, table, 0);
}

static void check_bounded(const char *path, const struct query *q)
{
    int depth = 0;
    if (q->kind != QUERY_MANY || q->writes)
        return;
    for (size_t i = 0; i < q->t.n; i++) {
        depth += token_is(&q->t, i, "(") - token_is(&q->t, i, ")");
        if (depth == 0 && token_is(&q->t, i, "limit"))
            return;
    }
    complain(path, q->line, "%.*s: many rows need a limit", STR_ARG(q->name));
}

void shape_check(struct sqlc *s, const char *path, struct query *q, const struct tokens *t)
{
    (void)s;
    check_bounded(path, q);
    for (size_t i = 0; i < t->n; i++) {
        if (!token_is(t, i, "select"))
            continue;
        struct shape sh = shape_at(t, i);
        (void)sh;
    }
}
