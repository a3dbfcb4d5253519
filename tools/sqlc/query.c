/* queries.sql: the head of each statement, and its text for both engines. */
#include "tools/sqlc/sqlc.h"

struct reader {
    struct sqlc *s;
    struct room *room;
    const char *path;
    struct tokens all;
    size_t at;
};

struct field *field_find(const struct fields *fields, struct str name)
{
    for (size_t i = 0; i < fields->n; i++)
        if (str_eq(fields->v[i].name, name))
            return &fields->v[i];
    return NULL;
}

/* One `name type` or `name type?` of args: or cols:. */
static void read_field(struct reader *r, struct fields *fields, struct str piece, int line,
                       const char *head)
{
    piece = str_trim(piece);
    ptrdiff_t gap = str_index(piece, ' ');
    struct field f = { .line = line };
    f.name = gap < 0 ? piece : str_slice(piece, 0, (size_t)gap);
    struct str type = gap < 0 ? STR("") : str_trim(str_slice(piece, (size_t)gap, piece.len));
    if (str_ends(type, STR("?"))) {
        f.nullable = true;
        type = str_slice(type, 0, type.len - 1);
    }
    f.type = type_of_name(type);
    bool args = str_eq_c(str_from(head), "args");
    const char *fault = name_fault(f.name);
    if (f.type == TYPE_NONE)
        complain(r->path, line, "%s: `%.*s` must be a name and a type", head, STR_ARG(piece));
    else if (fault != NULL)
        complain(r->path, line, "%s: `%.*s`: %s", head, STR_ARG(f.name), fault);
    else if (field_find(fields, f.name) != NULL)
        complain(r->path, line, "%s: %.*s stands here twice", head, STR_ARG(f.name));
    else if (f.type == TYPE_IDS && (!args || f.nullable))
        complain(r->path, line, "%s: ids is a type of arguments, and never absent", head);
    else if (fields->n == (args ? ARGS_MAX : COLS_MAX))
        complain(r->path, line, "%s: too many", head);
    if (fields->n == (args ? ARGS_MAX : COLS_MAX))
        return;
    /* A faulty one is kept too, so that its use is not a second fault. */
    f.type = f.type == TYPE_NONE ? TYPE_INT : f.type;
    fields->v = list_grow(r->s, fields->v, fields->n, sizeof f);
    fields->v[fields->n++] = f;
}

static void read_fields(struct reader *r, struct fields *fields, struct str text, int line,
                        const char *head)
{
    struct str rest = str_trim(text), piece;
    if (rest.len == 0)
        return;
    while (str_next(&rest, ',', &piece))
        read_field(r, fields, piece, line, head);
}

/* Names that the generated function uses itself. */
static void check_arg_names(struct reader *r, const struct query *q)
{
    static const char *const taken[] = { "db",  "a",  "err", "args", "vals",
                                         "cur", "rc", "row", "rows" };
    for (size_t i = 0; i < q->args.n; i++) {
        const struct field *f = &q->args.v[i];
        bool bad = str_starts(f->name, STR("ret_"));
        for (size_t k = 0; k < ARRAY_LEN(taken); k++)
            bad = bad || str_eq_c(f->name, taken[k]);
        if (bad)
            complain(r->path, f->line, "args: the name %.*s is taken by the generated function",
                     STR_ARG(f->name));
    }
}

static const struct query *query_find(const struct sqlc *s, struct str name)
{
    for (size_t i = 0; i < s->n_rooms; i++)
        for (const struct query *q = s->rooms[i].queries; q != NULL; q = q->next)
            if (str_eq(q->name, name))
                return q;
    return NULL;
}

/* `-- name: note_by_id one` */
static struct query *read_name(struct reader *r, const struct token *k, struct str text)
{
    struct query *q = arena_new(&r->s->arena, struct query);
    ptrdiff_t gap = str_index(text, ' ');
    struct str kind = gap < 0 ? STR("") : str_trim(str_slice(text, (size_t)gap, text.len));
    *q = (struct query){ .room = r->room, .line = k->line };
    q->name = gap < 0 ? text : str_slice(text, 0, (size_t)gap);
    const char *fault = name_fault(q->name);
    const struct query *old = query_find(r->s, q->name);
    if (fault != NULL)
        complain(r->path, k->line, "name: `%.*s`: %s", STR_ARG(q->name), fault);
    if (old != NULL)
        complain(r->path, k->line, "name: %.*s exists already (%s:%d)", STR_ARG(q->name),
                 old->room->queries_path, old->line);
    if (str_eq_c(kind, "many"))
        q->kind = QUERY_MANY;
    else if (str_eq_c(kind, "run"))
        q->kind = QUERY_RUN;
    else if (!str_eq_c(kind, "one"))
        complain(r->path, k->line, "name: write `-- name: %.*s one`, many or run",
                 STR_ARG(q->name));
    *r->room->queries_end = q;
    r->room->queries_end = &q->next;
    r->room->n_queries++;
    return q;
}

enum head { HEAD_NONE, HEAD_NAME, HEAD_DOC, HEAD_ARGS, HEAD_COLS, HEAD_REMEMBERED, HEAD_CHANGES };

static enum head head_of(struct str text, struct str *ret_rest)
{
    static const char *const heads[] = {
        [HEAD_NAME] = "name:", [HEAD_DOC] = "doc:",         [HEAD_ARGS] = "args:",
        [HEAD_COLS] = "cols:", [HEAD_CHANGES] = "changes:", [HEAD_REMEMBERED] = "remembered:"
    };
    for (size_t i = HEAD_NAME; i < ARRAY_LEN(heads); i++) {
        struct str head = str_from(heads[i]);
        if (!str_starts(text, head))
            continue;
        *ret_rest = str_trim(str_slice(text, head.len, text.len));
        return (enum head)i;
    }
    *ret_rest = text;
    return HEAD_NONE;
}

static void read_head_line(struct reader *r, struct query *q, enum head head, struct str rest,
                           int line)
{
    if (head == HEAD_ARGS)
        read_fields(r, &q->args, rest, line, "args");
    else if (head == HEAD_COLS)
        read_fields(r, &q->declared, rest, line, "cols");
    else if (head == HEAD_REMEMBERED || head == HEAD_CHANGES)
        subjects_read(r->s, r->path, head == HEAD_CHANGES ? &q->changes : &q->remembered, rest,
                      line);
    else if (head == HEAD_DOC)
        q->doc = q->doc.len == 0
                     ? rest
                     : arena_printf(&r->s->arena, "%.*s %.*s", STR_ARG(q->doc), STR_ARG(rest));
}

static void fault_empty(struct reader *r, struct query *q)
{
    complain(r->path, q->line, "name: no statement follows");
    q->bad = true;
}

/* The comment lines above a statement. A line without a head continues the last. */
static struct query *read_head(struct reader *r)
{
    struct query *q = NULL;
    enum head last = HEAD_NONE;
    for (; token_kind_is(&r->all, r->at, TOKEN_COMMENT); r->at++) {
        const struct token *k = &r->all.v[r->at];
        struct str rest;
        enum head head = head_of(str_trim(k->text), &rest);
        if (head == HEAD_NAME) {
            if (q != NULL)
                fault_empty(r, q);
            q = read_name(r, k, rest);
        } else if (q == NULL) {
            if (head != HEAD_NONE)
                complain(r->path, k->line, "the first line of a head is `-- name:`");
            continue;
        }
        if (head != HEAD_NONE)
            last = head;
        read_head_line(r, q, last, rest, k->line);
    }
    if (q != NULL && q->doc.len == 0)
        complain(r->path, q->line, "doc: a sentence about this statement is missing");
    return q;
}

/* The tokens up to `;`, comments left out. */
static struct tokens read_body(struct reader *r, bool *ret_bad)
{
    struct tokens t = { 0 };
    struct str rest;
    int line = r->at < r->all.n ? r->all.v[r->at].line : 1;
    for (; r->at < r->all.n && !token_is(&r->all, r->at, ";"); r->at++) {
        const struct token *k = &r->all.v[r->at];
        if (k->kind == TOKEN_COMMENT && head_of(str_trim(k->text), &rest) == HEAD_NAME)
            break;
        *ret_bad = *ret_bad || k->kind == TOKEN_BAD;
        if (k->kind == TOKEN_COMMENT)
            continue;
        t.v = list_grow(r->s, t.v, t.n, sizeof *t.v);
        t.v[t.n++] = *k;
    }
    if (token_is(&r->all, r->at, ";"))
        r->at++;
    else if (!*ret_bad)
        complain(r->path, line, "this statement has no `;`");
    return t;
}

static bool first_writes(const struct tokens *t)
{
    int depth = 0;
    for (size_t i = 0; i < t->n; i++) {
        depth += token_is(t, i, "(") - token_is(t, i, ")");
        if (depth == 0 &&
            (token_is(t, i, "insert") || token_is(t, i, "update") || token_is(t, i, "delete")))
            return true;
        if (depth == 0 && token_is(t, i, "select"))
            return false;
    }
    return false;
}

static void read_statement(struct reader *r, struct query *q, struct tokens t)
{
    mark_casts(r->path, &t);
    q->t = t;
    q->writes = first_writes(&t);
    if (!token_is(&t, 0, "select") && !token_is(&t, 0, "insert") && !token_is(&t, 0, "update") &&
        !token_is(&t, 0, "delete") && !token_is(&t, 0, "with")) {
        complain(r->path, t.v[0].line,
                 token_is(&t, 0, "replace")
                     ? "write `insert ... on conflict (...) do update` instead of replace"
                     : "a statement is select, insert, update, delete or with");
        return;
    }
    refuse(r->path, &t);
    q->sqlite = rewrite(r->s, r->path, &t, &q->args, ENGINE_SQLITE);
    q->postgres = rewrite(r->s, r->path, &t, &q->args, ENGINE_POSTGRES).text;
    for (size_t i = 0; i < q->args.n; i++)
        if (!q->args.v[i].used)
            complain(r->path, q->args.v[i].line, "args: %.*s is not used",
                     STR_ARG(q->args.v[i].name));
}

static void read_query(struct reader *r)
{
    int before = complaints();
    bool bad = false;
    struct query *q = read_head(r);
    if (r->at >= r->all.n && q == NULL)
        return;
    int line = r->at < r->all.n ? r->all.v[r->at].line : 0;
    struct tokens t = read_body(r, &bad);
    if (q == NULL) {
        complain(r->path, line, "this statement has no `-- name:`");
        return;
    }
    check_arg_names(r, q);
    if (t.n == 0)
        fault_empty(r, q);
    else if (!bad)
        read_statement(r, q, t);
    q->bad = q->bad || bad || complaints() > before;
}

void queries_read(struct sqlc *s, struct room *room, struct str text)
{
    struct reader r = { .s = s, .room = room, .path = room->queries_path };
    r.all = lex(s, r.path, text);
    while (r.at < r.all.n)
        read_query(&r);
}
