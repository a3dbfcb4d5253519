/* tools/common/template.c - cuts an .html file into its pieces. */
#include "tools/common/template.h"

#include <ctype.h>
#include <string.h>

#include "tools/common/ccode.h"

static void add(struct arena *a, struct template *t, struct piece piece)
{
    if (t->n == t->cap) {
        size_t cap = t->cap ? t->cap * 2 : 64;
        struct piece *grown = arena_new_array(a, cap, struct piece);
        BUG_ON(!grown);
        if (t->n)
            memcpy(grown, t->v, t->n * sizeof(*grown));
        t->v = grown;
        t->cap = cap;
    }
    t->v[t->n++] = piece;
}

static bool stands(struct str text, size_t at, const char *mark)
{
    return str_starts(str_slice(text, at, text.len), str_from(mark));
}

/* Where the closing mark stands in C code that begins at `at`; len when nowhere. */
static size_t find_end(struct str text, size_t at, const char *mark, bool in_c)
{
    int depth = 0;
    while (at < text.len) {
        if (depth <= 0 && stands(text, at, mark))
            return at;
        size_t after = in_c ? code_skip(text, at) : at;
        if (after != at) {
            at = after;
            continue;
        }
        if (in_c && mark[0] == '}')
            depth += (text.ptr[at] == '{') - (text.ptr[at] == '}');
        at++;
    }
    return text.len;
}

/* The word `word` and something after it. */
static bool begins_with_word(struct str text, const char *word, struct str *ret_rest)
{
    size_t len = strlen(word);
    if (!str_starts(text, str_from(word)) || text.len == len ||
        !(isspace((unsigned char)text.ptr[len]) || text.ptr[len] == '"'))
        return false;
    *ret_rest = str_trim(str_slice(text, len, text.len));
    return true;
}

/* What an {{ ... }} is, by how it begins. */
static struct piece classify(struct arena *a, const struct source *s, struct str inner, int line)
{
    struct str text = str_trim(inner), rest;
    line = line_at(inner, (size_t)(text.ptr - inner.ptr), line);
    struct piece piece = { PIECE_PRINT, text, line };
    if (!text.len) {
        complain(s->path, line, "an empty {{ }} prints nothing: remove it");
    } else if (text.ptr[0] == '>') {
        piece.kind = PIECE_CALL;
        piece.text = str_trim(str_slice(text, 1, text.len));
    } else if (begins_with_word(text, "include", &rest)) {
        size_t at = 0;
        piece.kind = PIECE_INCLUDE;
        if (!code_string(a, rest, &at, &piece.text) || at != rest.len)
            complain(s->path, line, "an include is written {{ include \"wing/room/room.h\" }}");
    } else if (begins_with_word(text, "view", &rest)) {
        piece.kind = PIECE_VIEW;
        piece.text = rest;
    }
    return piece;
}

void template_read(struct arena *a, const struct source *source, struct template *ret_template)
{
    struct str text = source->text;
    size_t at = 0, literal = 0;
    int line = 1;
    while (at < text.len) {
        bool comment = stands(text, at, "{{#");
        bool code = stands(text, at, "{%");
        if (!comment && !code && !stands(text, at, "{{")) {
            at++;
            continue;
        }
        struct str before = str_slice(text, literal, at - literal);
        if (before.len)
            add(a, ret_template, (struct piece){ PIECE_HTML, before, line });
        line = line_at(before, before.len, line);
        size_t start = at + (comment ? 3 : 2);
        const char *mark = comment ? "#}}" : code ? "%}" : "}}";
        size_t end = find_end(text, start, mark, !comment);
        if (end == text.len) {
            complain(source->path, line, "%s is not closed by %s",
                     comment ? "{{#"
                     : code  ? "{%"
                             : "{{",
                     mark);
            return;
        }
        struct str inner = str_slice(text, start, end - start);
        if (code) {
            struct str trimmed = str_trim(inner);
            int first = line_at(inner, (size_t)(trimmed.ptr - inner.ptr), line);
            add(a, ret_template, (struct piece){ PIECE_CODE, trimmed, first });
        } else if (!comment) {
            add(a, ret_template, classify(a, source, inner, line));
        }
        line = line_at(inner, inner.len, line);
        at = literal = end + strlen(mark);
    }
    if (literal < text.len)
        add(a, ret_template,
            (struct piece){ PIECE_HTML, str_slice(text, literal, text.len), line });
}
