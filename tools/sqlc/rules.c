/* Rules that need the shape of a statement: grouping, order of nulls, upserts, limits. */
#include "tools/sqlc/shape.h"

struct judge {
    const struct sqlc *s;
    const struct room *room;
    const char *path;
    const struct query *q; /* NULL in a view */
    const struct tokens *t;
};

/* The part of a statement that a rule looks at, with what it knows there. */
struct grouped {
    const struct judge *j;
    const struct shape *sh;
    struct tokens terms; /* behind `group by` */
    struct source_table sources[SOURCES_MAX];
    size_t n_sources;
};

static bool is_aggregate(const struct tokens *t, size_t i)
{
    static const char *const names[] = { "count", "sum", "avg", "min", "max" };
    if (!token_is(t, i + 1, "("))
        return false;
    if (token_kind_is(t, i, TOKEN_DIALECT))
        return str_eq_c(t->v[i].text, "string_agg");
    for (size_t k = 0; k < ARRAY_LEN(names); k++)
        if (token_is(t, i, names[k]))
            return true;
    return false;
}

/* Behind an aggregate's brackets, its filter and its window. */
static size_t after_call(const struct tokens *t, size_t i)
{
    size_t next = token_close(t, i + 1) + 1;
    while (token_is(t, next, "filter") || token_is(t, next, "over"))
        next = token_is(t, next + 1, "(") ? token_close(t, next + 1) + 1 : next + 2;
    return next;
}

/* An aggregate over the group, not over a window. */
static bool has_aggregate(const struct tokens *t)
{
    for (size_t i = 0; i < t->n; i++) {
        if (token_is(t, i, "(") && token_is(t, i + 1, "select"))
            i = token_close(t, i);
        else if (is_aggregate(t, i)) {
            size_t close = token_close(t, i + 1);
            if (token_is(t, close + 1, "filter"))
                close = token_close(t, close + 2);
            if (!token_is(t, close + 1, "over"))
                return true;
            i = close;
        }
    }
    return false;
}

/* An item without its `as name`. */
static struct tokens without_alias(const struct tokens *item, struct str *ret_alias)
{
    *ret_alias = STR("");
    if (item->n >= 2 && token_is(item, item->n - 2, "as")) {
        *ret_alias = item->v[item->n - 1].text;
        return tokens_slice(item, 0, item->n - 2);
    }
    return *item;
}

static bool same_tokens(const struct tokens *a, const struct tokens *b)
{
    for (size_t i = 0; i < a->n && a->n == b->n; i++)
        if (a->v[i].kind != b->v[i].kind || !str_eq(a->v[i].text, b->v[i].text))
            return false;
    return a->n == b->n;
}

static bool term_names(const struct grouped *g, struct str table, struct str name)
{
    for (size_t at = 0; at < g->terms.n;) {
        struct tokens term = shape_next(&g->terms, &at);
        struct ref r;
        if (shape_single_ref(&term, &r) && str_eq(r.name, name) &&
            (r.table.len == 0 || table.len == 0 || str_eq(r.table, table)))
            return true;
    }
    return false;
}

/* True when the whole primary key of the reference's table is grouped. */
static bool key_is_grouped(const struct grouped *g, const struct ref *r)
{
    for (size_t i = 0; i < g->n_sources; i++) {
        const struct source_table *src = &g->sources[i];
        if ((r->table.len > 0 && !str_eq(r->table, src->alias)) ||
            column_find(src->table, r->name) == NULL)
            continue;
        size_t keys = 0, grouped = 0;
        for (size_t k = 0; k < src->table->n_columns; k++) {
            keys += src->table->columns[k].key;
            grouped += src->table->columns[k].key &&
                       term_names(g, src->alias, src->table->columns[k].name);
        }
        if (keys > 0 && grouped == keys)
            return true;
    }
    return false;
}

static void check_grouped_part(const struct grouped *g, const struct tokens *part)
{
    for (size_t at = 0; at < g->terms.n;) {
        struct tokens term = shape_next(&g->terms, &at);
        if (same_tokens(&term, part))
            return;
    }
    for (size_t i = 0; i < part->n; i++) {
        struct ref r;
        if (is_aggregate(part, i))
            i = after_call(part, i) - 1;
        else if (token_is(part, i, "(") && token_is(part, i + 1, "select"))
            i = token_close(part, i);
        else if (shape_ref(part, i, &r)) {
            if (!term_names(g, r.table, r.name) && !key_is_grouped(g, &r))
                complain(g->j->path, part->v[i].line,
                         "`%.*s` is neither grouped nor in an aggregate: PostgreSQL refuses it",
                         STR_ARG(r.name));
            i += r.n - 1;
        }
    }
}

static void check_groups(const struct judge *j, const struct shape *sh)
{
    const struct tokens *t = j->t;
    struct tokens items = tokens_slice(t, sh->select + 1, sh->from);
    if (token_is(&items, 0, "distinct"))
        items = tokens_slice(&items, 1, items.n);
    bool groups = token_is(t, sh->group, "group");
    if (!groups && !has_aggregate(&items))
        return;
    struct grouped g = { .j = j, .sh = sh };
    if (groups)
        g.terms = tokens_slice(t, sh->group + 2, sh->having);
    g.n_sources = shape_sources(j->s, sh, g.sources, SOURCES_MAX);
    for (size_t at = 0; at < items.n;) {
        struct tokens item = shape_next(&items, &at);
        struct str alias;
        struct tokens part = without_alias(&item, &alias);
        if (alias.len == 0 || !term_names(&g, STR(""), alias))
            check_grouped_part(&g, &part);
    }
    struct tokens having = tokens_slice(t, sh->having + 1, sh->order);
    if (token_is(t, sh->having, "having"))
        check_grouped_part(&g, &having);
}

/* The column a name stands for in this select, or in the table that is written. */
static const struct column *resolve(const struct judge *j, const struct shape *sh,
                                    const struct ref *r, bool *ret_outer)
{
    struct source_table sources[SOURCES_MAX];
    size_t n = shape_sources(j->s, sh, sources, SOURCES_MAX);
    size_t target = token_is(j->t, 0, "update") ? 1 : 2;
    if (n < SOURCES_MAX && !token_is(j->t, 0, "select") && target < j->t->n) {
        struct str name = j->t->v[target].text;
        const struct table *table = table_find(j->s, name);
        if (table != NULL)
            sources[n++] = (struct source_table){ name, table, 0, false };
    }
    for (size_t i = 0; i < n; i++) {
        const struct column *c = column_find(sources[i].table, r->name);
        *ret_outer = sources[i].outer;
        if (c != NULL && (r->table.len == 0 || str_eq(r->table, sources[i].alias)))
            return c;
    }
    return NULL;
}

static bool may_be_null(const struct judge *j, const struct shape *sh, const struct ref *r)
{
    bool outer = false;
    const struct field *declared =
        j->q != NULL && r->table.len == 0 ? field_find(&j->q->declared, r->name) : NULL;
    if (declared != NULL)
        return declared->nullable;
    const struct column *c = resolve(j, sh, r, &outer);
    return c != NULL && (c->nullable || outer);
}

static void check_order_term(const struct judge *j, const struct shape *sh, struct tokens term)
{
    size_t n = term.n;
    if (n >= 2 && token_is(&term, n - 2, "nulls"))
        return;
    if (n > 0 && (token_is(&term, n - 1, "asc") || token_is(&term, n - 1, "desc")))
        term = tokens_slice(&term, 0, n - 1);
    struct ref r;
    if (shape_single_ref(&term, &r) && may_be_null(j, sh, &r))
        complain(j->path, term.v[0].line,
                 "`%.*s` may be null, and the engines order nulls differently: add nulls first or "
                 "nulls last",
                 STR_ARG(r.name));
}

/* The select to which the `order by` at i belongs. */
static struct shape shape_around(const struct tokens *t, size_t i)
{
    for (size_t k = i; k-- > 0;) {
        if (!token_is(t, k, "select"))
            continue;
        struct shape sh = shape_at(t, k);
        if (sh.end > i)
            return sh;
    }
    return (struct shape){ t, t->n, t->n, t->n, t->n, t->n, t->n, t->n, t->n };
}

/* `known = 1` is a comparison on SQLite and an error on PostgreSQL. */
static void check_bool(const struct judge *j, size_t i)
{
    struct ref r;
    bool outer;
    if (token_is(j->t, i - 1, ".") || !shape_ref(j->t, i, &r) ||
        !(token_is(j->t, i + r.n, "=") || token_is(j->t, i + r.n, "<>")) ||
        !token_kind_is(j->t, i + r.n + 1, TOKEN_NUMBER))
        return;
    struct shape sh = shape_around(j->t, i);
    const struct column *c = resolve(j, &sh, &r, &outer);
    if (c != NULL && c->type == TYPE_BOOL)
        complain(j->path, j->t->v[i].line,
                 "`%.*s` is a bool: compare it with true and false, or write it alone",
                 STR_ARG(r.name));
}

/* A number written down, length(), or a case of such numbers: 32 bits on PostgreSQL. */
static bool is_narrow(const struct tokens *e)
{
    if (token_is(e, 0, "length") && token_close(e, 1) == e->n - 1)
        return true;
    if (!token_is(e, 0, "case") || !token_is(e, e->n - 1, "end"))
        return e->n == 1 && token_kind_is(e, 0, TOKEN_NUMBER);
    for (size_t i = 1; i < e->n; i++)
        if ((token_is(e, i, "then") || token_is(e, i, "else")) &&
            !(token_kind_is(e, i + 1, TOKEN_NUMBER) &&
              (token_is(e, i + 2, "when") || token_is(e, i + 2, "else") ||
               token_is(e, i + 2, "end"))))
            return false;
    return true;
}

static void check_width(const struct judge *j, const struct shape *sh)
{
    struct tokens items = tokens_slice(j->t, sh->select + 1, sh->from);
    if (j->q == NULL || sh->select != 0)
        return;
    for (size_t at = 0; at < items.n;) {
        struct tokens item = shape_next(&items, &at);
        struct str alias;
        struct tokens part = without_alias(&item, &alias);
        const struct field *declared = field_find(&j->q->declared, alias);
        if (declared != NULL && type_same(declared->type, TYPE_INT) && is_narrow(&part))
            complain(j->path, item.v[0].line,
                     "`%.*s` has 32 bits on PostgreSQL: write cast(... as int)", STR_ARG(alias));
    }
}

static void check_order(const struct judge *j, size_t i)
{
    const struct tokens *t = j->t;
    struct shape sh = shape_around(t, i);
    size_t end = i + 2;
    for (int depth = 0; end < t->n; end++) {
        depth += token_is(t, end, "(") - token_is(t, end, ")");
        if (depth < 0 || (depth == 0 && (token_is(t, end, "limit") || token_is(t, end, "rows") ||
                                         token_is(t, end, "range"))))
            break;
    }
    struct tokens terms = tokens_slice(t, i + 2, end);
    for (size_t at = 0; at < terms.n;)
        check_order_term(j, &sh, shape_next(&terms, &at));
}

/* In `do update set a = a + 1` PostgreSQL cannot tell which a. */
static void check_upsert(const struct judge *j, size_t set)
{
    const struct tokens *t = j->t;
    const struct table *table = token_is(t, 0, "insert") && token_kind_is(t, 2, TOKEN_WORD)
                                    ? table_find(j->s, t->v[2].text)
                                    : NULL;
    bool left = true;
    for (size_t i = set + 1; table != NULL && i < t->n && !token_is(t, i, "returning"); i++) {
        struct ref r;
        if (token_is(t, i, "(") && (left || token_is(t, i + 1, "select")))
            i = token_close(t, i);
        else if (token_is(t, i, "="))
            left = false;
        else if (token_is(t, i, ",") && token_is(t, i + 2, "="))
            left = true;
        else if (!left && shape_ref(t, i, &r)) {
            if (r.table.len == 0 && column_find(table, r.name) != NULL)
                complain(j->path, t->v[i].line,
                         "`%.*s` is ambiguous on PostgreSQL: write %.*s.%.*s or excluded.%.*s",
                         STR_ARG(r.name), STR_ARG(table->name), STR_ARG(r.name), STR_ARG(r.name));
            i += r.n - 1;
        }
    }
}

/* A `with` name that is a table's would hide whose rows are read. */
static void check_with(const struct judge *j, size_t i)
{
    const struct tokens *t = j->t;
    size_t next = token_is(t, i + 1, "(") ? token_close(t, i + 1) + 1 : i + 1;
    bool names = token_is(t, i - 1, "with") || token_is(t, i - 1, "recursive") ||
                 (token_is(t, i - 1, ",") && token_is(t, next, "as") && token_is(t, next + 1, "("));
    if (names && table_find(j->s, t->v[i].text) != NULL)
        complain(j->path, t->v[i].line, "`%.*s` is a table: give the `with` another name",
                 STR_ARG(t->v[i].text));
}

/* The authorizer sees what is read; a count of rows reads nothing, so look at the text too. */
static void check_owners(const struct judge *j, const struct shape *sh)
{
    struct source_table sources[SOURCES_MAX];
    size_t n = shape_sources(j->s, sh, sources, SOURCES_MAX);
    for (size_t i = 0; i < n; i++) {
        const struct table *table = sources[i].table;
        if (table->room != j->room && !table->published)
            complain(j->path, sources[i].line,
                     "`%.*s` belongs to room %.*s: read a view it publishes or ask its header",
                     STR_ARG(table->name), STR_ARG(table->room->name));
    }
}

static void check_bounded(const struct judge *j)
{
    int depth = 0;
    if (j->q == NULL || j->q->kind != QUERY_MANY || j->q->writes)
        return;
    for (size_t i = 0; i < j->t->n; i++) {
        depth += token_is(j->t, i, "(") - token_is(j->t, i, ")");
        if (depth == 0 && token_is(j->t, i, "limit"))
            return;
    }
    complain(j->path, j->q->line, "%.*s: many rows need a limit", STR_ARG(j->q->name));
}

void rules_check(const struct sqlc *s, const struct room *room, const struct query *q,
                 const struct tokens *t)
{
    struct judge j = { s, room, q != NULL ? room->queries_path : room->schema_path, q, t };
    check_bounded(&j);
    for (size_t i = 0; i < t->n; i++) {
        if (token_is(t, i, "select")) {
            struct shape sh = shape_at(t, i);
            check_owners(&j, &sh);
            check_groups(&j, &sh);
            check_width(&j, &sh);
        } else if (token_is(t, i, "order") && token_is(t, i + 1, "by"))
            check_order(&j, i);
        else if (token_is(t, i, "set") && i >= 2 && token_is(t, i - 2, "do"))
            check_upsert(&j, i);
        else if (i > 0 && shape_word(t, i)) {
            check_with(&j, i);
            check_bool(&j, i);
        }
    }
}
