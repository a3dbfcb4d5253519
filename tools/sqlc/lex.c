#include <string.h>

#include "tools/sqlc/sqlc.h"

void *list_grow(struct sqlc *s, void *v, size_t n, size_t size)
{
    if (n != 0 && (n < 8 || (n & (n - 1)) != 0))
        return v;
    size_t cap = n < 8 ? 8 : n * 2;
    void *grown = arena_array(&s->arena, cap, size);
    BUG_ON(grown == NULL);
    if (n > 0)
        memcpy(grown, v, n * size);
    return grown;
}

bool token_is(const struct tokens *t, size_t i, const char *text)
{
    if (i >= t->n)
        return false;
    const struct token *k = &t->v[i];
    return (k->kind == TOKEN_WORD || k->kind == TOKEN_PUNCT) && str_eq_c(k->text, text);
}

bool token_kind_is(const struct tokens *t, size_t i, enum token_kind kind)
{
    return i < t->n && t->v[i].kind == kind;
}

size_t token_close(const struct tokens *t, size_t open)
{
    int depth = 0;
    for (size_t i = open; i < t->n; i++) {
        if (token_is(t, i, "("))
            depth++;
        else if (token_is(t, i, ")") && --depth == 0)
            return i;
    }
    return t->n;
}

struct tokens tokens_slice(const struct tokens *t, size_t from, size_t to)
{
    struct tokens part = { t->v + from, to > from ? to - from : 0 };
    return part;
}

/* Where the lexer stands. */
struct lexer {
    struct sqlc *s;
    const char *path;
    struct str text;
    size_t at;
    int line;
    struct tokens out;
};

static bool is_lower(char c)
{
    return (c >= 'a' && c <= 'z') || c == '_';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_word(char c)
{
    return is_lower(c) || is_upper(c) || is_digit(c);
}

static char peek(const struct lexer *l, size_t ahead)
{
    return l->at + ahead < l->text.len ? l->text.ptr[l->at + ahead] : '\0';
}

static struct token *push(struct lexer *l, enum token_kind kind, size_t from, size_t to)
{
    l->out.v = list_grow(l->s, l->out.v, l->out.n, sizeof *l->out.v);
    struct token *k = &l->out.v[l->out.n++];
    *k = (struct token){ .kind = kind, .text = str_slice(l->text, from, to - from) };
    k->line = l->line;
    return k;
}

/* Complain, and leave a mark so that the statement is not looked at further. */
static void lex_fault(struct lexer *l, int line, const char *message)
{
    complain(l->path, line, "%s", message);
    push(l, TOKEN_BAD, l->at, l->at)->line = line;
}

static size_t word_end(const struct lexer *l, size_t from)
{
    while (from < l->text.len && is_word(l->text.ptr[from]))
        from++;
    return from;
}

static void lex_comment(struct lexer *l, bool own_line)
{
    size_t from = l->at + 2;
    while (l->at < l->text.len && l->text.ptr[l->at] != '\n')
        l->at++;
    struct token *k = push(l, TOKEN_COMMENT, from, l->at);
    k->own_line = own_line;
}

static void lex_string(struct lexer *l)
{
    size_t from = l->at++;
    int line = l->line;
    for (; l->at < l->text.len; l->at++) {
        char c = l->text.ptr[l->at];
        if (c == '\n')
            l->line++;
        if (c != '\'')
            continue;
        if (peek(l, 1) != '\'') {
            l->at++;
            push(l, TOKEN_STRING, from, l->at)->line = line;
            return;
        }
        l->at++;
    }
    lex_fault(l, line, "this text has no closing quote");
}

/* Words, and what begins like one. */
static void lex_word(struct lexer *l)
{
    size_t end = word_end(l, l->at);
    bool upper = false;
    for (size_t i = l->at; i < end; i++)
        upper = upper || is_upper(l->text.ptr[i]);
    struct token *k = push(l, TOKEN_WORD, l->at, end);
    if (upper)
        complain(l->path, l->line, "write `%.*s` in lower case: SQL here knows no capitals",
                 STR_ARG(k->text));
    l->at = end;
    if (peek(l, 0) == '\'')
        lex_fault(l, l->line,
                  "a text with a letter before it means different things: bind the value");
}

static void lex_number(struct lexer *l)
{
    size_t from = l->at;
    while (is_digit(peek(l, 0)))
        l->at++;
    if (peek(l, 0) == '.' && is_digit(peek(l, 1))) {
        l->at++;
        while (is_digit(peek(l, 0)))
            l->at++;
    }
    push(l, TOKEN_NUMBER, from, l->at);
    if (is_word(peek(l, 0))) {
        lex_fault(l, l->line, "only plain decimal numbers are the same on both engines");
        l->at = word_end(l, l->at);
    }
}

/* $name and @word. */
static void lex_sigil(struct lexer *l, enum token_kind kind)
{
    size_t from = l->at + 1, end = word_end(l, from);
    if (end == from || !is_lower(l->text.ptr[from]))
        lex_fault(l, l->line, "a parameter is a name like $author, not a number");
    else
        push(l, kind, from, end);
    l->at = end;
}

struct pair {
    const char *text;
    const char *fault; /* NULL: allowed */
};

static const struct pair operators[] = {
    { "::", "`::` is another parameter on SQLite: write cast(x as int), real or text" },
    { "->>", "no JSON inside SQL: keep a typed column" },
    { "->", "no JSON inside SQL: keep a typed column" },
    { "==", "write `=`: PostgreSQL has no `==`" },
    { "<=", NULL },
    { ">=", NULL },
    { "<>", NULL },
    { "!=", "write `<>`" },
    { "||", NULL },
    { "<<", NULL },
    { ">>", NULL },
};

static void lex_operator(struct lexer *l)
{
    struct str rest = str_slice(l->text, l->at, 3);
    for (size_t i = 0; i < ARRAY_LEN(operators); i++) {
        struct str op = str_from(operators[i].text);
        if (!str_starts(rest, op))
            continue;
        if (operators[i].fault != NULL)
            lex_fault(l, l->line, operators[i].fault);
        push(l, TOKEN_PUNCT, l->at, l->at + op.len);
        l->at += op.len;
        return;
    }
    char c = peek(l, 0);
    if (c == '?')
        lex_fault(l, l->line, "a parameter is a name like $author");
    else if (strchr("(),;.=<>+-*/%&|", c) == NULL || c == '\0')
        lex_fault(l, l->line, "this character has no place in SQL here");
    else
        push(l, TOKEN_PUNCT, l->at, l->at + 1);
    l->at++;
}

/* "name", `name` and [name]: passed over whole. */
static void lex_quoted(struct lexer *l, char close)
{
    lex_fault(l, l->line, "no quoted names: a misspelt one becomes a text on SQLite");
    do
        l->at++;
    while (peek(l, 0) != '\0' && peek(l, 0) != '\n' && peek(l, 0) != close);
    l->at += peek(l, 0) == close;
}

/* A comment of the other kind: passed over whole. */
static void lex_block(struct lexer *l)
{
    lex_fault(l, l->line, "write comments with `--`");
    for (; l->at < l->text.len && !(peek(l, 0) == '*' && peek(l, 1) == '/'); l->at++)
        l->line += peek(l, 0) == '\n';
    l->at += 2;
}

static void lex_one(struct lexer *l, bool own_line)
{
    char c = peek(l, 0);
    if (c == '-' && peek(l, 1) == '-')
        lex_comment(l, own_line);
    else if (c == '/' && peek(l, 1) == '*')
        lex_block(l);
    else if (c == '"' || c == '`' || c == '[')
        lex_quoted(l, c == '[' ? ']' : c);
    else if (c == '\'')
        lex_string(l);
    else if (is_lower(c) || is_upper(c))
        lex_word(l);
    else if (is_digit(c))
        lex_number(l);
    else if (c == '$')
        lex_sigil(l, TOKEN_PARAM);
    else if (c == '@')
        lex_sigil(l, TOKEN_DIALECT);
    else
        lex_operator(l);
}

struct tokens lex(struct sqlc *s, const char *path, struct str text)
{
    struct lexer l = { .s = s, .path = path, .text = text, .line = 1 };
    bool own_line = true, space = true;
    while (l.at < text.len) {
        char c = text.ptr[l.at];
        if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
            l.line += c == '\n';
            own_line = own_line || c == '\n';
            space = true;
            l.at++;
            continue;
        }
        size_t before = l.out.n;
        lex_one(&l, own_line);
        if (l.out.n > before)
            l.out.v[before].space = space;
        own_line = space = false;
    }
    return l.out;
}
