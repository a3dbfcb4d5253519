/* The shape of a statement: its selects, their clauses, the tables they read. */
#include "tools/sqlc/shape.h"

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

struct shape shape_at(const struct tokens *t, size_t i)
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

bool shape_word(const struct tokens *t, size_t i)
{
    return token_kind_is(t, i, TOKEN_WORD) && !word_is_keyword(t->v[i].text);
}

bool shape_ref(const struct tokens *t, size_t i, struct ref *ret_ref)
{
    if (!shape_word(t, i) || token_is(t, i + 1, "("))
        return false;
    if (token_is(t, i + 1, ".") && token_kind_is(t, i + 2, TOKEN_WORD)) {
        *ret_ref = (struct ref){ t->v[i].text, t->v[i + 2].text, 3 };
        return true;
    }
    *ret_ref = (struct ref){ STR(""), t->v[i].text, 1 };
    return true;
}

bool shape_single_ref(const struct tokens *t, struct ref *ret_ref)
{
    return shape_ref(t, 0, ret_ref) && ret_ref->n == t->n;
}

struct tokens shape_next(const struct tokens *t, size_t *at)
{
    size_t from = *at;
    int depth = 0;
    for (; *at < t->n; (*at)++) {
        depth += token_is(t, *at, "(") - token_is(t, *at, ")");
        if (depth == 0 && token_is(t, *at, ","))
            break;
    }
    struct tokens part = tokens_slice(t, from, *at);
    (*at)++;
    return part;
}

size_t shape_sources(const struct sqlc *s, const struct shape *sh, struct source_table *ret,
                     size_t max)
{
    size_t n = 0;
    const struct tokens *t = sh->t;
    for (size_t i = sh->from; i < sh->where && n < max; i++) {
        if (token_is(t, i, "(")) {
            i = token_close(t, i);
            continue;
        }
        if (!token_is(t, i, "from") && !token_is(t, i, "join") && !token_is(t, i, ","))
            continue;
        if (!shape_word(t, i + 1))
            continue;
        const struct table *table = table_find(s, t->v[i + 1].text);
        size_t alias = i + 2 + token_is(t, i + 2, "as");
        bool outer = token_is(t, i - 1, "left") || token_is(t, i - 1, "outer");
        struct str name = shape_word(t, alias) ? t->v[alias].text : t->v[i + 1].text;
        if (table != NULL)
            ret[n++] = (struct source_table){ name, table, t->v[i + 1].line, outer };
    }
    return n;
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

/* The item that makes result column i, when it is a plain name. */
static bool item_ref(const struct tokens *t, size_t i, struct shape *ret_shape, struct ref *ret_ref)
{
    size_t select = 0;
    for (int depth = 0; select < t->n; select++) {
        depth += token_is(t, select, "(") - token_is(t, select, ")");
        if (depth == 0 && token_is(t, select, "select"))
            break;
    }
    *ret_shape = shape_at(t, select);
    size_t first = select + 1 + token_is(t, select + 1, "distinct");
    struct tokens items = tokens_slice(t, first, ret_shape->from);
    struct tokens item = tokens_slice(&items, 0, 0);
    size_t at = 0;
    for (size_t n = 0; n <= i && at < items.n; n++)
        item = shape_next(&items, &at);
    if (item.n >= 2 && token_is(&item, item.n - 2, "as"))
        item.n -= 2;
    return shape_single_ref(&item, ret_ref);
}

bool outer_joined(const struct sqlc *s, const struct tokens *t, size_t i, struct str table)
{
    struct shape sh;
    struct ref r;
    struct source_table sources[SOURCES_MAX];
    if (!item_ref(t, i, &sh, &r) || r.table.len == 0)
        return outer_joined_in(s, t, table, 0);
    size_t n = shape_sources(s, &sh, sources, SOURCES_MAX);
    for (size_t k = 0; k < n; k++) {
        if (!str_eq(sources[k].alias, r.table))
            continue;
        const struct table *from = sources[k].table;
        return sources[k].outer || (from->view && outer_joined_in(s, &from->body, table, 0));
    }
    return outer_joined_in(s, t, table, 0);
}
