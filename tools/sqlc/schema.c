/* schema.sql: steps, tables, columns with their class and retention. */
#include <stdio.h>

#include "tools/sqlc/sqlc.h"

struct reader {
    struct sqlc *s;
    struct room *room;
    const char *path;
    struct tokens all; /* comments among them */
    size_t at;
    int step;
    bool published;
};

/* One create table, written piece by piece for both engines. */
struct ddl {
    struct reader *r;
    struct table *table;
    struct buf sqlite, postgres;
    struct place *places;
    size_t n_places;
};

struct table *table_find(const struct sqlc *s, struct str name)
{
    for (struct table *t = s->tables; t != NULL; t = t->next)
        if (!t->dropped && str_eq(t->name, name))
            return t;
    return NULL;
}

const struct column *column_find(const struct table *table, struct str name)
{
    for (size_t i = 0; i < table->n_columns; i++)
        if (str_eq(table->columns[i].name, name))
            return &table->columns[i];
    return NULL;
}

static struct table *table_add(struct reader *r, const struct token *name)
{
    const char *fault = name_fault(name->text);
    if (fault != NULL)
        complain(r->path, name->line, "`%.*s`: %s", STR_ARG(name->text), fault);
    const struct table *old = table_find(r->s, name->text);
    if (old != NULL)
        complain(r->path, name->line, "`%.*s` exists already, in room %.*s", STR_ARG(name->text),
                 STR_ARG(old->room->name));
    struct table *table = arena_new(&r->s->arena, struct table);
    *table = (struct table){ .name = name->text, .room = r->room, .line = name->line };
    *r->s->tables_end = table;
    r->s->tables_end = &table->next;
    return table;
}

/* The table that token i names, when it is this room's own. */
static struct table *own_table(struct reader *r, const struct tokens *t, size_t i)
{
    if (!token_kind_is(t, i, TOKEN_WORD)) {
        complain(r->path, t->v[t->n - 1].line, "here a table of this room must be named");
        return NULL;
    }
    struct table *table = table_find(r->s, t->v[i].text);
    if (table != NULL && table->room == r->room)
        return table;
    complain(r->path, t->v[i].line, "`%.*s` is no table of room %.*s", STR_ARG(t->v[i].text),
             STR_ARG(r->room->name));
    return NULL;
}

static void check_references(struct reader *r, const struct tokens *t)
{
    for (size_t i = 0; i < t->n; i++)
        if (token_is(t, i, "references"))
            (void)own_table(r, t, i + 1);
}

static bool is_retention(struct str s)
{
    if (str_eq_c(s, "keep") || str_eq_c(s, "person"))
        return true;
    int64_t n = 0;
    return s.len >= 2 && (s.ptr[s.len - 1] == 'd' || s.ptr[s.len - 1] == 'y') && s.ptr[0] != '-' &&
           str_to_int(str_slice(s, 0, s.len - 1), &n) && n > 0;
}

/* `class retention[: meaning]` */
static void read_class(struct reader *r, struct column *c, const struct token *comment)
{
    static const char *const classes[] = { "public", "personal", "trade", "secret" };
    struct str rest = comment != NULL ? str_trim(comment->text) : STR("");
    struct str head = rest;
    ptrdiff_t colon = str_index(rest, ':');
    if (colon >= 0) {
        head = str_trim(str_slice(rest, 0, (size_t)colon));
        c->meaning = str_trim(str_slice(rest, (size_t)colon + 1, rest.len));
    }
    ptrdiff_t gap = str_index(head, ' ');
    c->class = gap < 0 ? head : str_slice(head, 0, (size_t)gap);
    c->retention = gap < 0 ? STR("") : str_trim(str_slice(head, (size_t)gap, head.len));
    bool known = false;
    for (size_t i = 0; i < ARRAY_LEN(classes); i++)
        known = known || str_eq_c(c->class, classes[i]);
    if (!known || !is_retention(c->retention))
        complain(r->path, c->line,
                 "column %.*s must end in `-- class retention: meaning` (class public, personal, "
                 "trade or secret; retention keep, person, or like 90d, 7y)",
                 STR_ARG(c->name));
}

/* What may follow a column's type. */
static void check_column_words(struct reader *r, const struct tokens *rest)
{
    static const char *const words[] = { "not",     "null",  "primary",    "key",  "default",
                                         "unique",  "check", "references", "on",   "delete",
                                         "cascade", "set",   "true",       "false" };
    for (size_t i = 0; i < rest->n; i++) {
        if (token_is(rest, i, "(")) {
            i = token_close(rest, i);
            continue;
        }
        bool known =
            !token_kind_is(rest, i, TOKEN_WORD) || (i > 0 && token_is(rest, i - 1, "references"));
        for (size_t k = 0; k < ARRAY_LEN(words) && !known; k++)
            known = token_is(rest, i, words[k]);
        if (!known)
            complain(r->path, rest->v[i].line, "`%.*s` has no place in a column",
                     STR_ARG(rest->v[i].text));
    }
}

static void put_place(struct ddl *d, int line)
{
    d->places = list_grow(d->r->s, d->places, d->n_places, sizeof *d->places);
    d->places[d->n_places++] = (struct place){ d->sqlite.len, line };
}

static void put_both(struct ddl *d, const char *text)
{
    buf_put_c(&d->sqlite, text);
    buf_put_c(&d->postgres, text);
}

static void put_tokens(struct ddl *d, const struct tokens *t)
{
    struct sqlc *s = d->r->s;
    buf_put_str(&d->sqlite, rewrite(s, d->r->path, t, NULL, ENGINE_SQLITE).text);
    buf_put_str(&d->postgres, rewrite(s, d->r->path, t, NULL, ENGINE_POSTGRES).text);
}

/* `name type constraints`, with the comment that says its class. */
static void read_column(struct ddl *d, const struct tokens *t, const struct token *comment)
{
    struct reader *r = d->r;
    struct column c = { .name = t->v[0].text, .line = t->v[t->n - 1].line, .nullable = true };
    const char *fault = name_fault(c.name);
    if (fault != NULL)
        complain(r->path, c.line, "`%.*s`: %s", STR_ARG(c.name), fault);
    if (column_find(d->table, c.name) != NULL)
        complain(r->path, c.line, "column %.*s stands here twice", STR_ARG(c.name));
    c.type = t->n > 1 ? type_of_name(t->v[1].text) : TYPE_NONE;
    if (c.type == TYPE_NONE || c.type == TYPE_IDS) {
        complain(r->path, c.line,
                 "column %.*s needs a type: id, int, bool, real, text, bytes, time or money",
                 STR_ARG(c.name));
        c.type = TYPE_INT;
    }
    struct tokens rest = tokens_slice(t, 2, t->n);
    check_column_words(r, &rest);
    read_class(r, &c, comment);
    for (size_t i = 0; i + 1 < rest.n; i++) {
        c.key = c.key || (token_is(&rest, i, "primary") && token_is(&rest, i + 1, "key"));
        c.nullable =
            c.nullable && !c.key && !(token_is(&rest, i, "not") && token_is(&rest, i + 1, "null"));
    }
    put_place(d, c.line);
    buf_printf(&d->sqlite, "%.*s %s", STR_ARG(c.name), type_sqlite(c.type));
    buf_printf(&d->postgres, "%.*s %s", STR_ARG(c.name), type_postgres(c.type));
    if (rest.n > 0) {
        put_both(d, " ");
        put_tokens(d, &rest);
    }
    if (c.type == TYPE_BOOL)
        buf_printf(&d->sqlite, " check (%.*s in (0, 1))", STR_ARG(c.name));
    struct table *table = d->table;
    table->columns = list_grow(r->s, table->columns, table->n_columns, sizeof c);
    table->columns[table->n_columns++] = c;
}

static void read_table_key(struct ddl *d, const struct tokens *t)
{
    if (!token_is(t, 0, "primary"))
        return;
    for (size_t i = 0; i < t->n; i++)
        for (size_t k = 0; k < d->table->n_columns; k++)
            if (token_kind_is(t, i, TOKEN_WORD) && str_eq(d->table->columns[k].name, t->v[i].text))
                d->table->columns[k].key = !(d->table->columns[k].nullable = false);
}

/* A column or a constraint of create table. */
static void read_element(struct ddl *d, const struct tokens *t, const struct token *comment)
{
    if (t->n == 0) {
        complain(d->r->path, d->table->line, "an empty place between two commas");
        return;
    }
    put_both(d, d->table->n_columns == 0 ? "\n  " : ",\n  ");
    bool constraint = token_is(t, 0, "primary") || token_is(t, 0, "unique") ||
                      token_is(t, 0, "foreign") || token_is(t, 0, "check");
    if (!constraint) {
        read_column(d, t, comment);
        return;
    }
    read_table_key(d, t);
    put_place(d, t->v[0].line);
    put_tokens(d, t);
}

/* Tokens without their comments. */
static struct tokens plain(struct sqlc *s, const struct tokens *t)
{
    struct tokens out = { 0 };
    for (size_t i = 0; i < t->n; i++) {
        if (t->v[i].kind == TOKEN_COMMENT)
            continue;
        out.v = list_grow(s, out.v, out.n, sizeof *out.v);
        out.v[out.n++] = t->v[i];
    }
    return out;
}

/* The comment at the end of the line on which the element ends. */
static const struct token *class_comment(const struct tokens *raw, size_t from, size_t to)
{
    int line = 0;
    for (size_t i = from; i < to; i++)
        if (raw->v[i].kind != TOKEN_COMMENT)
            line = raw->v[i].line;
    for (size_t i = from; i < raw->n && raw->v[i].line <= line; i++)
        if (raw->v[i].kind == TOKEN_COMMENT && raw->v[i].line == line)
            return &raw->v[i];
    return NULL;
}

/* The elements between the brackets of create table. Returns the closing one. */
static size_t read_elements(struct ddl *d, const struct tokens *raw, size_t open)
{
    size_t close = token_close(raw, open), from = open + 1;
    int depth = 0;
    for (size_t i = from; i <= close && i < raw->n; i++) {
        depth += token_is(raw, i, "(") - (i < close && token_is(raw, i, ")"));
        if (i < close && (depth > 0 || !token_is(raw, i, ",")))
            continue;
        struct tokens range = tokens_slice(raw, from, i);
        struct tokens element = plain(d->r->s, &range);
        mark_casts(d->r->path, &element);
        read_element(d, &element, class_comment(raw, from, i));
        from = i + 1;
    }
    return close;
}

static struct schema_statement *statement_add(struct reader *r)
{
    struct schema_statement *st = arena_new(&r->s->arena, struct schema_statement);
    st->step = r->step;
    *r->room->statements_end = st;
    r->room->statements_end = &st->next;
    return st;
}

static void ddl_finish(struct ddl *d, const struct tokens *t)
{
    struct schema_statement *st = statement_add(d->r);
    st->t = *t;
    st->sqlite.text = arena_str(&d->r->s->arena, buf_str(&d->sqlite));
    st->sqlite.places = d->places;
    st->sqlite.n_places = d->n_places;
    st->postgres = arena_str(&d->r->s->arena, buf_str(&d->postgres));
    buf_release(&d->sqlite);
    buf_release(&d->postgres);
}

static struct ddl ddl_start(struct reader *r)
{
    struct ddl d = { .r = r };
    buf_init(&d.sqlite, SOURCE_FILE_MAX);
    buf_init(&d.postgres, SOURCE_FILE_MAX);
    return d;
}

static void read_create_table(struct reader *r, const struct tokens *raw, const struct tokens *t)
{
    size_t open = 0;
    while (open < raw->n && !token_is(raw, open, "("))
        open++;
    if (!token_kind_is(t, 2, TOKEN_WORD) || !token_is(t, 3, "(")) {
        complain(r->path, t->v[0].line, "write: create table name (columns);");
        return;
    }
    struct ddl d = ddl_start(r);
    d.table = table_add(r, &t->v[2]);
    put_place(&d, t->v[2].line);
    buf_printf(&d.sqlite, "create table %.*s (", STR_ARG(d.table->name));
    buf_printf(&d.postgres, "create table %.*s (", STR_ARG(d.table->name));
    size_t close = read_elements(&d, raw, open);
    put_both(&d, "\n)");
    struct tokens after = tokens_slice(raw, close + 1 < raw->n ? close + 1 : raw->n, raw->n);
    struct tokens tail = plain(r->s, &after);
    bool without = tail.n == 2 && token_is(&tail, 0, "without") && token_is(&tail, 1, "rowid");
    if (tail.n > 0 && !without)
        complain(r->path, tail.v[0].line, "only `without rowid` may follow the columns");
    if (d.table->n_columns == 0)
        complain(r->path, d.table->line, "a table needs columns");
    buf_put_c(&d.sqlite, without ? " strict, without rowid" : " strict");
    ddl_finish(&d, t);
}

static void read_add_column(struct reader *r, const struct tokens *raw, const struct tokens *t,
                            const struct token *after)
{
    struct table *table = own_table(r, t, 2);
    if (table == NULL || !token_is(t, 3, "add") || !token_is(t, 4, "column") || t->n < 7 ||
        table->view) {
        if (table != NULL)
            complain(r->path, t->v[0].line, "write: alter table name add column ...;");
        return;
    }
    struct ddl d = ddl_start(r);
    d.table = table;
    buf_printf(&d.sqlite, "alter table %.*s add column ", STR_ARG(table->name));
    buf_printf(&d.postgres, "alter table %.*s add column ", STR_ARG(table->name));
    struct tokens column = tokens_slice(t, 5, t->n);
    const struct token *inside = class_comment(raw, 0, raw->n);
    int line = t->v[t->n - 1].line;
    bool behind = after != NULL && after->kind == TOKEN_COMMENT && after->line == line;
    read_column(&d, &column, inside == NULL && behind ? after : inside);
    ddl_finish(&d, t);
}

/* Statements whose text is the same but for dialect words. */
static struct schema_statement *read_plain(struct reader *r, const struct tokens *t)
{
    struct schema_statement *st = statement_add(r);
    st->t = *t;
    st->sqlite = rewrite(r->s, r->path, t, NULL, ENGINE_SQLITE);
    st->postgres = rewrite(r->s, r->path, t, NULL, ENGINE_POSTGRES).text;
    return st;
}

static void read_view(struct reader *r, const struct tokens *t)
{
    if (!token_kind_is(t, 2, TOKEN_WORD)) {
        complain(r->path, t->v[0].line, "write: create view name as select ...;");
        return;
    }
    for (size_t i = 0; i < t->n; i++)
        if (token_is(t, i, "with"))
            complain(r->path, t->v[i].line, "a view has no `with`: make two views");
    struct schema_statement *st = read_plain(r, t);
    st->view = table_add(r, &t->v[2]);
    st->view->view = true;
    st->view->published = r->published;
    st->view->body = *t;
    r->published = false;
}

static void read_drop(struct reader *r, const struct tokens *t)
{
    if (token_is(t, 1, "view")) {
        struct table *view = own_table(r, t, 2);
        if (view != NULL)
            view->dropped = true;
    }
    (void)read_plain(r, t);
}

static void read_statement(struct reader *r, const struct tokens *raw, const struct token *after)
{
    struct tokens t = plain(r->s, raw);
    for (size_t i = 0; i < t.n; i++)
        if (t.v[i].kind == TOKEN_BAD)
            return;
    mark_casts(r->path, &t);
    refuse(r->path, &t);
    check_references(r, &t);
    int line = t.v[0].line;
    if (r->step == 0)
        complain(r->path, line, "a statement stands before `-- step 1`");
    bool create = token_is(&t, 0, "create");
    size_t unique = create && token_is(&t, 1, "unique");
    if (create && token_is(&t, 1, "table"))
        read_create_table(r, raw, &t);
    else if (create && token_is(&t, 1, "view"))
        read_view(r, &t);
    else if (create && token_is(&t, 1 + unique, "index")) {
        const char *fault = t.n > 2 + unique ? name_fault(t.v[2 + unique].text) : "no name";
        if (fault != NULL)
            complain(r->path, line, "an index: %s", fault);
        if (own_table(r, &t, 4 + unique) != NULL)
            (void)read_plain(r, &t);
    } else if (token_is(&t, 0, "alter") && token_is(&t, 1, "table"))
        read_add_column(r, raw, &t, after);
    else if (token_is(&t, 0, "drop") && (token_is(&t, 1, "view") || token_is(&t, 1, "index")))
        read_drop(r, &t);
    else if (token_is(&t, 0, "insert") || token_is(&t, 0, "update"))
        (void)read_plain(r, &t);
    else
        complain(r->path, line,
                 "a schema step may create a table, index or view, add a column, drop a view or "
                 "an index, insert and update");
    if (r->published)
        complain(r->path, line, "only a view can be published");
    r->published = false;
}

static void read_comment(struct reader *r, const struct token *k)
{
    struct str text = str_trim(k->text);
    int64_t n = 0;
    if (str_eq_c(text, "published"))
        r->published = true;
    if (!str_starts(text, STR("step ")) || !str_to_int(str_slice(text, 5, text.len), &n))
        return;
    if (n != r->step + 1)
        complain(r->path, k->line, "here step %d must begin: steps are numbered without gaps",
                 r->step + 1);
    r->step++;
}

void schema_read(struct sqlc *s, struct room *room, struct str text)
{
    struct reader r = { .s = s, .room = room, .path = room->schema_path };
    r.all = lex(s, r.path, text);
    while (r.at < r.all.n) {
        if (r.all.v[r.at].kind == TOKEN_COMMENT) {
            read_comment(&r, &r.all.v[r.at++]);
            continue;
        }
        size_t from = r.at;
        while (r.at < r.all.n && !token_is(&r.all, r.at, ";"))
            r.at++;
        if (r.at == r.all.n) {
            complain(r.path, r.all.v[from].line, "this statement has no `;`");
            break;
        }
        struct tokens raw = tokens_slice(&r.all, from, r.at++);
        if (raw.n > 0)
            read_statement(&r, &raw, r.at < r.all.n ? &r.all.v[r.at] : NULL);
    }
    room->n_steps = r.step;
}
