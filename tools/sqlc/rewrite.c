/* One statement, written for one engine. */
#include <string.h>

#include "tools/sqlc/sqlc.h"

struct dialect {
    const char *word;
    int n;
    const char *sqlite, *postgres;
};

static const struct dialect dialects[] = {
#define DIALECT(w, n, sqlite, postgres) { #w, n, sqlite, postgres },
#include "store/dialect.def"
};

struct writer {
    struct sqlc *s;
    const char *path;
    const struct tokens *t;
    const struct fields *args;
    enum engine engine;
    struct buf out;
    struct place *places;
    size_t n_places;
};

static void write_range(struct writer *w, size_t from, size_t to);

static const struct dialect *dialect_find(struct str word)
{
    for (size_t i = 0; i < ARRAY_LEN(dialects); i++)
        if (str_eq_c(word, dialects[i].word))
            return &dialects[i];
    return NULL;
}

/* The place of an argument, counted from 1; 0 when it is not declared. */
static size_t arg_number(const struct writer *w, struct str name)
{
    for (size_t i = 0; w->args != NULL && i < w->args->n; i++)
        if (str_eq(w->args->v[i].name, name))
            return i + 1;
    return 0;
}

static bool is_list(const struct writer *w, size_t i)
{
    size_t n = token_kind_is(w->t, i, TOKEN_PARAM) ? arg_number(w, w->t->v[i].text) : 0;
    return n > 0 && w->args->v[n - 1].type == TYPE_IDS;
}

static void write_param(struct writer *w, const struct token *k)
{
    size_t n = arg_number(w, k->text);
    if (n > 0)
        w->args->v[n - 1].used = true;
    else if (w->engine == ENGINE_SQLITE && w->args == NULL)
        complain(w->path, k->line, "a schema takes no arguments, but here is $%.*s",
                 STR_ARG(k->text));
    else if (w->engine == ENGINE_SQLITE)
        complain(w->path, k->line, "$%.*s is not declared in args:", STR_ARG(k->text));
    buf_printf(&w->out, "%c%zu", w->engine == ENGINE_SQLITE ? '?' : '$', n);
}

/* `in $ids` and `not in $ids`; returns the index after it, or i when it is something else. */
static size_t write_list(struct writer *w, size_t i)
{
    bool not = token_is(w->t, i, "not");
    size_t param = i + (not ? 2 : 1);
    if (!token_is(w->t, param - 1, "in") || !is_list(w, param))
        return i;
    if (w->engine == ENGINE_SQLITE)
        buf_put_c(&w->out, not ? "not in (select value from json_each("
                               : "in (select value from json_each(");
    else
        buf_put_c(&w->out, not ? "<> all(" : "= any(");
    write_param(w, &w->t->v[param]);
    buf_put_c(&w->out, w->engine == ENGINE_SQLITE ? "))" : ")");
    return param + 1;
}

/* Split what stands between open and close at its commas. */
static int split_args(const struct tokens *t, size_t open, size_t close, size_t *starts, int max)
{
    if (close == open + 1)
        return 0;
    int n = 0, depth = 0;
    starts[n++] = open + 1;
    for (size_t i = open + 1; i < close; i++) {
        depth += token_is(t, i, "(") - token_is(t, i, ")");
        if (depth == 0 && token_is(t, i, ",") && n <= max)
            starts[n++] = i + 1;
    }
    starts[n] = close + 1;
    return n;
}

/* @word(...); returns the index after it. */
static size_t write_dialect(struct writer *w, size_t i)
{
    const struct token *k = &w->t->v[i];
    const struct dialect *d = dialect_find(k->text);
    size_t starts[8], close = token_close(w->t, i + 1);
    if (d == NULL || !token_is(w->t, i + 1, "(") || close == w->t->n ||
        split_args(w->t, i + 1, close, starts, 5) != d->n) {
        if (w->engine == ENGINE_SQLITE && d == NULL)
            complain(w->path, k->line, "there is no dialect word @%.*s", STR_ARG(k->text));
        else if (w->engine == ENGINE_SQLITE)
            complain(w->path, k->line, "@%s takes %d arguments in brackets", d->word, d->n);
        return i + 1;
    }
    const char *form = w->engine == ENGINE_SQLITE ? d->sqlite : d->postgres;
    for (; *form != '\0'; form++) {
        if (*form != '$') {
            buf_put_char(&w->out, *form);
            continue;
        }
        int n = *++form - '1';
        if (is_list(w, starts[n]) && strcmp(d->word, "each") == 0)
            write_param(w, &w->t->v[starts[n]]);
        else
            write_range(w, starts[n], starts[n + 1] - 1);
    }
    return close + 1;
}

static void write_place(struct writer *w, int line)
{
    w->places = list_grow(w->s, w->places, w->n_places, sizeof *w->places);
    w->places[w->n_places++] = (struct place){ w->out.len, line };
}

static void write_plain(struct writer *w, const struct token *k)
{
    if (k->kind == TOKEN_TYPE && w->engine == ENGINE_SQLITE)
        buf_put_c(&w->out, type_sqlite(k->type));
    else if (k->kind == TOKEN_TYPE)
        buf_put_c(&w->out, k->type == TYPE_TEXT ? "text" : type_postgres(k->type));
    else
        buf_put_str(&w->out, k->text);
}

static void write_range(struct writer *w, size_t from, size_t to)
{
    for (size_t i = from; i < to;) {
        const struct token *k = &w->t->v[i];
        if (k->space && i > from)
            buf_put_char(&w->out, ' ');
        write_place(w, k->line);
        size_t next = write_list(w, i);
        if (next > i) {
            i = next;
            continue;
        }
        if (k->kind == TOKEN_DIALECT) {
            i = write_dialect(w, i);
            continue;
        }
        if (k->kind == TOKEN_PARAM && is_list(w, i) && w->engine == ENGINE_SQLITE)
            complain(w->path, k->line, "$%.*s is a list: write `in $%.*s` or @each($%.*s, name)",
                     STR_ARG(k->text), STR_ARG(k->text), STR_ARG(k->text));
        if (k->kind == TOKEN_PARAM)
            write_param(w, k);
        else
            write_plain(w, k);
        i++;
    }
}

struct rewritten rewrite(struct sqlc *s, const char *path, const struct tokens *t,
                         const struct fields *args, enum engine engine)
{
    struct writer w = { .s = s, .path = path, .t = t, .args = args, .engine = engine };
    buf_init(&w.out, SOURCE_FILE_MAX);
    write_range(&w, 0, t->n);
    struct rewritten r = { arena_str(&s->arena, buf_str(&w.out)), w.places, w.n_places };
    buf_release(&w.out);
    return r;
}

void mark_casts(const char *path, struct tokens *t)
{
    for (size_t i = 0; i + 1 < t->n; i++) {
        if (!token_is(t, i, "cast") || !token_is(t, i + 1, "("))
            continue;
        size_t close = token_close(t, i + 1);
        struct token *k = close < t->n ? &t->v[close - 1] : &t->v[i];
        enum sql_type type = type_of_name(k->text);
        if (str_eq_c(k->text, "bigint"))
            type = TYPE_INT;
        if (close == t->n || !token_is(t, close - 2, "as") || type == TYPE_NONE ||
            type == TYPE_BOOL || type == TYPE_BYTES || type == TYPE_IDS) {
            complain(path, t->v[i].line, "cast to int, id, time, money, real or text only");
            continue;
        }
        k->kind = TOKEN_TYPE;
        k->type = type;
    }
}
