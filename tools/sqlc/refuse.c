/* What the common subset forbids and one look at the tokens shows. */
#include "tools/sqlc/sqlc.h"

struct look {
    const char *path;
    const struct tokens *t;
};

static const struct {
    const char *name;
    int fewest, most;
} functions[] = {
#define FUNCTION(name, fewest, most) { #name, fewest, most },
#include "store/dialect.def"
};

static const struct {
    const char *name, *instead;
} refused_calls[] = {
#define REFUSED_CALL(name, instead) { #name, instead },
#include "store/dialect.def"
};

static bool is(const struct look *l, size_t i, const char *text)
{
    return token_is(l->t, i, text);
}

static bool is_before(const struct look *l, size_t i, const char *text)
{
    return i > 0 && token_is(l->t, i - 1, text);
}

static void say(const struct look *l, size_t i, const char *message)
{
    complain(l->path, l->t->v[i].line, "%s", message);
}

/* Arguments between the brackets that open at `open`. */
static int count_args(const struct tokens *t, size_t open, size_t close)
{
    int n = close > open + 1, depth = 0;
    for (size_t i = open + 1; i < close; i++) {
        depth += token_is(t, i, "(") - token_is(t, i, ")");
        n += depth == 0 && token_is(t, i, ",");
    }
    return n;
}

/* A word before `(` that is a table or a `with` with its columns, not a function. */
static bool names_columns(const struct look *l, size_t i, size_t close)
{
    bool with = is_before(l, i, "with") || is_before(l, i, "recursive") || is_before(l, i, ",");
    return is_before(l, i, "into") || is_before(l, i, "references") || is_before(l, i, "table") ||
           is_before(l, i, "on") || is_before(l, i, "exists") ||
           (with && is(l, close + 1, "as") && is(l, close + 2, "(")) ||
           (is_before(l, i, "as") && i >= 3 && is(l, i - 3, "into"));
}

static void check_call(const struct look *l, size_t i)
{
    const struct token *k = &l->t->v[i];
    size_t close = token_close(l->t, i + 1);
    if (close == l->t->n) {
        say(l, i, "a `(` is not closed");
        return;
    }
    for (size_t f = 0; f < ARRAY_LEN(functions); f++) {
        if (!str_eq_c(k->text, functions[f].name))
            continue;
        int n = count_args(l->t, i + 1, close);
        if (n < functions[f].fewest || n > functions[f].most)
            complain(l->path, k->line, "%s with %d arguments is not the same on both engines%s",
                     functions[f].name, n,
                     n == 2 ? ": for the greater of two write @greatest or @least" : "");
        return;
    }
    if (names_columns(l, i, close))
        return;
    for (size_t f = 0; f < ARRAY_LEN(refused_calls); f++) {
        if (!str_eq_c(k->text, refused_calls[f].name))
            continue;
        complain(l->path, k->line, "`%s` is not the same on both engines: %s",
                 refused_calls[f].name, refused_calls[f].instead);
        return;
    }
    complain(l->path, k->line,
             "the function `%.*s` is not in src/store/dialect.def: is it the same on both engines?",
             STR_ARG(k->text));
}

static bool is_aggregate(const struct look *l, size_t i)
{
    return is(l, i, "sum") || is(l, i, "avg");
}

/* PostgreSQL sums to numeric: a cast must stand around it, unless it is only compared. */
static void check_sum(const struct look *l, size_t i)
{
    int depth = 0;
    for (size_t k = i; k-- > 0;) {
        depth += is(l, k, ")") - is(l, k, "(");
        if (depth == 0 && (is(l, k, "having") || is(l, k, "order")))
            return;
        if (depth == 0 && is(l, k, "select"))
            break;
        if (depth >= 0 || k == 0)
            continue;
        if (is(l, k - 1, "cast"))
            return;
        depth = 0;
    }
    complain(l->path, l->t->v[i].line, "%.*s is numeric on PostgreSQL: write cast(%.*s(...) as %s)",
             STR_ARG(l->t->v[i].text), STR_ARG(l->t->v[i].text), is(l, i, "sum") ? "int" : "real");
}

static void check_word(const struct look *l, size_t i)
{
    const struct token *k = &l->t->v[i];
    const char *instead = word_refused(k->text);
    if (instead != NULL)
        complain(l->path, k->line, "`%.*s` is not the same on both engines: %s", STR_ARG(k->text),
                 instead);
    else if (is(l, i + 1, "(") && !word_is_keyword(k->text) && !is_before(l, i, "."))
        check_call(l, i);
    if (is(l, i + 1, "(") && is_aggregate(l, i))
        check_sum(l, i);
}

static void check_star(const struct look *l, size_t i)
{
    if (is_before(l, i, "(") && i >= 2 && is(l, i - 2, "count"))
        return;
    if (is_before(l, i, "select") || is_before(l, i, "distinct") || is_before(l, i, ",") ||
        is_before(l, i, ".") || is_before(l, i, "(") || is_before(l, i, "returning") ||
        is_before(l, i, "all"))
        say(l, i, "name the columns: no `*` but count(*)");
}

static void check_is(const struct look *l, size_t i)
{
    size_t next = i + 1 + is(l, i + 1, "not");
    if (!is(l, next, "null") && !is(l, next, "true") && !is(l, next, "false") &&
        !(is(l, next, "distinct") && is(l, next + 1, "from")))
        say(l, i, "`is` compares with null, true and false only: write is not distinct from");
}

static void check_in(const struct look *l, size_t i)
{
    if (is(l, i + 1, "(") && is(l, i + 2, ")"))
        say(l, i, "an empty list is an error on PostgreSQL");
    else if (!is(l, i + 1, "(") && !token_kind_is(l->t, i + 1, TOKEN_PARAM))
        say(l, i, "`in` takes a list in brackets or an argument of type ids");
}

/* limit a, b; and limit or offset where only one engine has it. */
static void check_limit(const struct look *l, size_t i)
{
    int depth = 0;
    for (size_t k = i + 1; k < l->t->n && depth >= 0; k++) {
        depth += is(l, k, "(") - is(l, k, ")");
        if (depth == 0 && is(l, k, ",")) {
            say(l, i, "`limit a, b` is SQLite only: write limit ... offset");
            return;
        }
    }
}

static void check_offset(const struct look *l, size_t i)
{
    int depth = 0;
    for (size_t k = i; k-- > 0 && depth >= 0;) {
        depth += is(l, k, ")") - is(l, k, "(");
        if (depth == 0 && is(l, k, "limit"))
            return;
    }
    say(l, i, "offset without a limit is an error on SQLite");
}

/* Rules of one place in the statement, by its word. */
static void check_place(const struct look *l, size_t i)
{
    if (is(l, i, "*"))
        check_star(l, i);
    else if (is(l, i, "is"))
        check_is(l, i);
    else if (is(l, i, "in"))
        check_in(l, i);
    else if (is(l, i, "limit"))
        check_limit(l, i);
    else if (is(l, i, "offset"))
        check_offset(l, i);
    else if (is(l, i, "distinct") && is(l, i + 1, "on"))
        say(l, i, "`distinct on` is PostgreSQL only: use row_number()");
    else if (is(l, i, "for") && (is(l, i + 1, "update") || is(l, i + 1, "share")))
        say(l, i, "`for update` is PostgreSQL only: transactions are serializable already");
    else if ((is(l, i, "insert") || is(l, i, "update")) && is(l, i + 1, "or"))
        say(l, i, "write `on conflict (...) do ...` instead of `or`");
    else if (is(l, i, "update") && is(l, i + 2, "as"))
        say(l, i, "no alias on update: returning can't see it on SQLite");
    else if (is(l, i, "delete") && is(l, i + 3, "as"))
        say(l, i, "no alias on delete: returning can't see it on SQLite");
    else if (is(l, i, "(") && i >= 1 && is(l, i - 1, "as") &&
             (is(l, i + 1, "insert") || is(l, i + 1, "update") || is(l, i + 1, "delete")))
        say(l, i, "only a select may stand inside `with`");
    else if (is(l, i, "if") && (is(l, i + 1, "not") || is(l, i + 1, "exists")))
        say(l, i, "no `if exists`: the steps know what is there");
    else if (is(l, i, "rowid") && !is_before(l, i, "without"))
        say(l, i, "only SQLite has a rowid: write the table's key");
    else if (is(l, i, "temp") || is(l, i, "temporary"))
        say(l, i, "no temporary tables");
}

static void check_start(const struct look *l)
{
    if (!is(l, 0, "update") && !is(l, 0, "delete"))
        return;
    int depth = 0;
    for (size_t i = 0; i < l->t->n; i++) {
        depth += is(l, i, "(") - is(l, i, ")");
        if (depth == 0 && (is(l, i, "limit") || (is(l, i, "order") && is(l, i + 1, "by"))))
            say(l, i, "limit and order have no place in an update or a delete");
    }
}

/* `as name` must name something that C and both engines take. */
static void check_alias(const struct look *l, size_t i)
{
    if (!is(l, i, "as") || !token_kind_is(l->t, i + 1, TOKEN_WORD) || is(l, i + 1, "select") ||
        is(l, i + 1, "with") || is(l, i + 1, "not") || is(l, i + 1, "materialized"))
        return;
    const char *fault = name_fault(l->t->v[i + 1].text);
    if (fault != NULL)
        complain(l->path, l->t->v[i + 1].line, "`%.*s`: %s", STR_ARG(l->t->v[i + 1].text), fault);
}

void refuse(const char *path, const struct tokens *t)
{
    struct look l = { path, t };
    check_start(&l);
    for (size_t i = 0; i < t->n; i++) {
        if (t->v[i].kind == TOKEN_WORD)
            check_word(&l, i);
        check_place(&l, i);
        check_alias(&l, i);
    }
}
