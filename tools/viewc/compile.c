/* tools/viewc/compile.c - one .html file becomes C functions. */
#include "tools/viewc/compile.h"

#include <ctype.h>
#include <string.h>

#include "tools/common/ccode.h"
#include "tools/common/template.h"
#include "tools/viewc/markup.h"
#include "tools/viewc/rewrite.h"

#define BLOCKS_MAX 64

/* A `{` of C that is open. */
struct block {
    struct markup before;
    int line;
    bool loop; /* break leaves it */
    bool is_switch;
};

/* The view that is being compiled. */
struct work {
    struct room *room;
    const char *path;
    struct buf literal; /* HTML not yet written as one append */
    struct markup markup;
    struct block blocks[BLOCKS_MAX];
    int n_blocks;
    bool open;      /* a view has begun */
    bool unreached; /* no literal follows before the next case: after switch { and break; */
    struct str opens;
};

void add_once(struct arena *a, struct paths *list, const char *text)
{
    for (size_t i = 0; i < list->n; i++)
        if (strcmp(list->v[i], text) == 0)
            return;
    paths_add(a, list, text);
}

static void flush(struct work *w)
{
    struct str text = buf_str(&w->literal);
    struct buf *out = &w->room->functions;
    if (!text.len)
        return;
    buf_put_c(out, "    BUF_PUT_LIT(v->out,\n        ");
    put_c_string(out, text);
    buf_put_c(out, ");\n");
    buf_clear(&w->literal);
}

static void put_line(struct work *w, int line)
{
    buf_printf(&w->room->functions, "#line %d ", line);
    put_c_string(&w->room->functions, str_from(w->path));
    buf_put_char(&w->room->functions, '\n');
}

static void print(struct work *w, const struct piece *piece)
{
    static const char *const printers[] = {
        [PLACE_TEXT] = "view_text",         [PLACE_ATTR] = "view_attr", [PLACE_URL] = "view_url",
        [PLACE_URL_PART] = "view_url_part", [PLACE_JSON] = "view_json",
    };
    struct buf *out = &w->room->functions;
    struct str svg;
    enum place place = markup_print(&w->markup, piece->line);
    if (place == PLACE_NONE)
        return;
    if (place == PLACE_TEXT && w->markup.state == IN_TEXT &&
        rewrite_icon(w->room, w->path, piece->text, piece->line, &svg)) {
        buf_put_str(&w->literal, svg);
        return;
    }
    struct buf message;
    buf_init(&message, SOURCE_FILE_MAX);
    flush(w);
    put_line(w, piece->line);
    if ((place == PLACE_TEXT || place == PLACE_ATTR) &&
        rewrite_message(w->room, w->path, piece->text, piece->line, &message)) {
        buf_printf(out, "    %s_message(v%.*s);\n", printers[place], STR_ARG(buf_str(&message)));
    } else {
        buf_printf(out, "    %s(v, ", printers[place]);
        rewrite_code(w->room, w->path, piece->text, piece->line, out);
        buf_put_c(out, ");\n");
    }
    buf_release(&message);
}

/* {{> part(x) }} and {{> other_view(x) }} */
static void call(struct work *w, const struct piece *piece)
{
    struct str code = piece->text;
    size_t end = code_name(code, 0), paren = code_blank(code, end);
    if (end == 0 || paren >= code.len || code.ptr[paren] != '(' || code.ptr[code.len - 1] != ')') {
        complain(w->path, piece->line, "a view is called as {{> note_card(x) }}");
        return;
    }
    if (!markup_call(&w->markup, piece->line))
        return;
    struct str name = str_slice(code, 0, end);
    struct str args = str_trim(str_slice(code, paren + 1, code.len - paren - 2));
    struct buf *out = &w->room->functions;
    flush(w);
    put_line(w, piece->line);
    buf_printf(out, "    %s%.*s(v%s", str_eq_c(name, "part") ? "view_" : "", STR_ARG(name),
               args.len ? ", " : "");
    rewrite_code(w->room, w->path, args, piece->line, out);
    buf_put_c(out, ");\n");
}

static bool has_word(struct str code, const char *word)
{
    for (size_t at = 0; at < code.len;) {
        size_t after = code_skip(code, at);
        if (after != at) {
            at = after;
            continue;
        }
        if (code_name_starts(code, at) &&
            str_eq_c(str_slice(code, at, code_name(code, at) - at), word))
            return true;
        at++;
    }
    return false;
}

static void open_block(struct work *w, struct str head, int line)
{
    if (w->n_blocks == BLOCKS_MAX) {
        complain(w->path, line, "blocks of C are nested too deeply");
        return;
    }
    struct block *b = &w->blocks[w->n_blocks++];
    b->before = w->markup;
    b->line = line;
    b->is_switch = has_word(head, "switch");
    b->loop = b->is_switch || has_word(head, "for") || has_word(head, "while");
    w->markup.floor = w->markup.depth;
}

static void close_block(struct work *w, int line)
{
    if (!w->n_blocks) {
        complain(w->path, line, "this } closes no { of this view");
        return;
    }
    markup_join(&w->markup, &w->blocks[--w->n_blocks].before, line);
}

/* Follow the braces of a piece of code. Braces that open and close in the
 * same piece hold no HTML and do not matter. */
static void follow_braces(struct work *w, struct str code, int line)
{
    size_t heads[BLOCKS_MAX];
    int inner = 0;
    size_t head = 0;
    for (size_t at = 0; at < code.len;) {
        size_t after = code_skip(code, at);
        if (after != at) {
            at = after;
            continue;
        }
        if (code.ptr[at] == '{' && inner < BLOCKS_MAX) {
            heads[inner++] = head;
            head = at + 1;
        } else if (code.ptr[at] == '}') {
            if (inner)
                head = heads[--inner];
            else
                close_block(w, line_at(code, at, line));
            if (!inner)
                head = at + 1;
        }
        at++;
    }
    for (int i = 0; i < inner; i++)
        open_block(w, str_slice(code, heads[i], code.len), line);
}

/* break and continue must not jump over an end tag. */
static void check_jumps(struct work *w, struct str code, int line)
{
    if (has_word(code, "return") || has_word(code, "goto"))
        complain(w->path, line, "a view runs to its end: no return or goto");
    bool breaks = has_word(code, "break"), continues = has_word(code, "continue");
    if (!breaks && !continues)
        return;
    for (int i = w->n_blocks - 1; i >= 0; i--) {
        if (!w->blocks[i].loop || (continues && w->blocks[i].is_switch))
            continue;
        if (w->markup.depth != w->blocks[i].before.depth ||
            w->markup.state != w->blocks[i].before.state)
            complain(
                w->path, line, "%s would jump over the end of <%s>", breaks ? "break" : "continue",
                w->markup.depth ? w->markup.open[w->markup.depth - 1].name : w->markup.tag.name);
        return;
    }
}

static void run(struct work *w, const struct piece *piece)
{
    struct str code = piece->text;
    if (!code.len)
        return;
    char last = code.ptr[code.len - 1];
    if (!strchr("{};:", last)) {
        complain(w->path, piece->line,
                 "{%% %%} holds whole C: it ends in { or } or ; (a block has its braces)");
        return;
    }
    if (!markup_code(&w->markup, piece->line))
        return;
    flush(w);
    put_line(w, piece->line);
    buf_put_c(&w->room->functions, "    ");
    rewrite_code(w->room, w->path, code, piece->line, &w->room->functions);
    buf_put_char(&w->room->functions, '\n');
    check_jumps(w, code, piece->line);
    follow_braces(w, code, piece->line);
    w->unreached = (last == '{' && has_word(code, "switch")) || str_ends(code, STR("break;")) ||
                   str_ends(code, STR("continue;"));
}

static void end_view(struct work *w, int line)
{
    if (!w->open)
        return;
    while (w->n_blocks > 0) {
        struct block *b = &w->blocks[w->n_blocks - 1];
        complain(w->path, b->line, "this { is not closed in its view");
        close_block(w, line);
    }
    markup_end(&w->markup, w->opens, line);
    flush(w);
    buf_put_c(&w->room->functions, "}\n");
    w->open = false;
}

/* The one parameter of a view when it is a pointer to a const struct. */
static bool is_one_pointer(struct str params)
{
    size_t at = 0;
    struct str first = code_argument(params, &at);
    return at == params.len && str_starts(first, STR("const struct ")) && str_index(first, '*') > 0;
}

static void declare(struct work *w, struct str name, struct str params, int line)
{
    struct buf *h = &w->room->declarations, *c = &w->room->functions;
    bool none = !params.len || str_eq_c(params, "void");
    const char *comma = none ? "" : ", ";
    if (none)
        params = (struct str){ 0 };
    buf_printf(h, "/* %s:%d */\nvoid %.*s(struct view *v%s%.*s);\n", path_name(w->path), line,
               STR_ARG(name), comma, STR_ARG(params));
    buf_put_char(c, '\n');
    if (is_one_pointer(params)) {
        buf_printf(h, "void %.*s_any(struct view *v, const void *data);\n", STR_ARG(name));
        buf_printf(c,
                   "void %.*s_any(struct view *v, const void *data)\n{\n    %.*s(v, data);\n}\n\n",
                   STR_ARG(name), STR_ARG(name));
    }
    put_line(w, line);
    buf_printf(c, "void %.*s(struct view *v%s%.*s)\n{\n    (void)v;\n", STR_ARG(name), comma,
               STR_ARG(params));
}

/* {{ view name(params) }}, then perhaps `opens ...` or `closes ...`. */
static void begin_view(struct work *w, const struct piece *piece)
{
    struct str text = piece->text;
    size_t end = code_name(text, 0), paren = code_blank(text, end), at = paren + 1;
    while (at < text.len && text.ptr[at] != ')') {
        code_argument(text, &at);
        if (at < text.len && text.ptr[at] == ',')
            at++;
    }
    if (!end || paren >= text.len || text.ptr[paren] != '(' || at >= text.len) {
        complain(w->path, piece->line, "a view begins {{ view name(const struct x *x) }}");
        return;
    }
    end_view(w, piece->line);
    struct str params = str_trim(str_slice(text, paren + 1, at - paren - 1));
    struct str rest = str_trim(str_slice(text, at + 1, text.len)), closes = { 0 };
    w->opens = (struct str){ 0 };
    if (str_starts(rest, STR("opens ")))
        w->opens = str_trim(str_slice(rest, 6, rest.len));
    else if (str_starts(rest, STR("closes ")))
        closes = str_trim(str_slice(rest, 7, rest.len));
    else if (rest.len)
        complain(w->path, piece->line, "after the parameters only opens or closes may follow");
    declare(w, str_slice(text, 0, end), params, piece->line);
    markup_begin(&w->markup, w->path, &w->literal, closes, piece->line);
    w->open = true;
    w->unreached = false;
}

static bool is_blank(struct str s)
{
    return str_trim(s).len == 0;
}

/* True when the piece stands where it may; complains otherwise. */
static bool stands_well(struct work *w, const struct piece *piece)
{
    if (w->open || piece->kind == PIECE_VIEW || piece->kind == PIECE_INCLUDE)
        return true;
    if (piece->kind != PIECE_HTML || !is_blank(piece->text))
        complain(w->path, piece->line, "this stands in no view: begin with {{ view name(...) }}");
    return false;
}

static void take(struct work *w, const struct piece *piece)
{
    if (!stands_well(w, piece))
        return;
    if (w->unreached && piece->kind == PIECE_HTML && is_blank(piece->text))
        return;
    w->unreached = false;
    switch (piece->kind) {
    case PIECE_HTML:
        markup_literal(&w->markup, piece->text, piece->line);
        break;
    case PIECE_PRINT:
        print(w, piece);
        break;
    case PIECE_CALL:
        call(w, piece);
        break;
    case PIECE_CODE:
        run(w, piece);
        break;
    case PIECE_INCLUDE:
        add_once(w->room->a, &w->room->includes, arena_cstr(w->room->a, piece->text));
        break;
    case PIECE_VIEW:
        begin_view(w, piece);
        break;
    }
}

void compile_file(struct room *room, const struct source *source)
{
    struct template template = { 0 };
    template_read(room->a, source, &template);
    struct work *w = arena_new(room->a, struct work);
    BUG_ON(!w);
    w->room = room;
    w->path = source->path;
    buf_init(&w->literal, SOURCE_FILE_MAX);
    for (size_t i = 0; i < template.n; i++)
        take(w, &template.v[i]);
    end_view(w, line_at(source->text, source->text.len, 1));
    buf_release(&w->literal);
}
