/* tools/viewc/rewrite.c - C expressions of a view, turned into plain C. */
#include "tools/viewc/rewrite.h"

#include <string.h>
#include <unistd.h>

#include "tools/common/ccode.h"
#include "tools/viewc/icon.h"

/* Words of views, and the functions of web/view.h that they stand for; each
 * is handed the view first. */
static const struct {
    const char *word, *function;
} helpers[] = {
    { "typed", "view_typed" },
    { "typed_or", "view_typed_or" },
    { "typed_is", "view_typed_is" },
    { "typed_on", "view_typed_on" },
    { "field_error", "view_field_error" },
    { "form_error", "view_form_error" },
    { "has_error", "view_has_error" },
    { "here", "view_here" },
    { "signed_in", "view_signed_in" },
    { "is_me", "view_is_me" },
    { "has_role", "view_has_role" },
    { "lang_is", "view_lang_is" },
};

static void put_values(struct room *room, const char *path, const struct message_call *call,
                       int line, struct buf *out)
{
    if (!call->n_args) {
        buf_put_c(out, "NULL, 0");
        return;
    }
    buf_put_c(out, "(const struct msg_arg[]){ ");
    for (int i = 0; i < call->n_args; i++) {
        buf_printf(out, "VIEW_VALUE(\"%.*s\", ", STR_ARG(call->args[i].name));
        rewrite_code(room, path, call->args[i].value, line, out);
        buf_put_c(out, "), ");
    }
    buf_printf(out, "}, %d", call->n_args);
}

static bool has_name(const struct str *names, int n, struct str name)
{
    for (int i = 0; i < n; i++)
        if (str_eq(names[i], name))
            return true;
    return false;
}

static bool has_value(const struct message_call *call, struct str name)
{
    for (int i = 0; i < call->n_args; i++)
        if (str_eq(call->args[i].name, name))
            return true;
    return false;
}

/* Each name in the message has a value, and each value a name. */
static void check_values(const char *path, int line, const struct message_call *call)
{
    struct str names[2 * MESSAGE_ARGS_MAX];
    int n = message_names(call->text, names);
    int more = n >= 0 && call->plural.ptr ? message_names(call->plural, names + n) : 0;
    if (n < 0 || more < 0) {
        complain(path, line, "the braces of \"%.*s\" do not hold a name each",
                 STR_ARG(n < 0 ? call->text : call->plural));
        return;
    }
    n += more;
    for (int i = 0; i < n; i++)
        if (!has_value(call, names[i]))
            complain(path, line, "{%.*s} of \"%.*s\" has no value: add %.*s = ...",
                     STR_ARG(names[i]), STR_ARG(call->text), STR_ARG(names[i]));
    for (int i = 0; i < call->n_args; i++)
        if (!has_name(names, n, call->args[i].name) &&
            !(call->plural.ptr && str_eq_c(call->args[i].name, "n")))
            complain(path, line, "\"%.*s\" has no {%.*s}", STR_ARG(call->text),
                     STR_ARG(call->args[i].name));
    if (call->plural.ptr && !has_value(call, STR("n")))
        complain(path, line, "_n chooses by n: add n = ...");
}

/* Read a message call and note its symbol. */
static bool read_message(struct room *room, const char *path, struct str code, size_t at, int line,
                         struct message_call *ret_call, char symbol[MESSAGE_SYMBOL_MAX])
{
    const char *why = message_call_read(room->a, code, at, ret_call);
    if (!why && code.ptr[at] == 'N')
        why = "N_ only marks a message for C: write _ in a view";
    if (why) {
        complain(path, line, "%s", why);
        return false;
    }
    check_values(path, line, ret_call);
    message_symbol(symbol, ret_call->context, ret_call->text);
    add_once(room->a, &room->messages, symbol);
    return true;
}

bool rewrite_message(struct room *room, const char *path, struct str code, int line,
                     struct buf *out)
{
    struct message_call call;
    char symbol[MESSAGE_SYMBOL_MAX];
    if (!message_call_at(code, 0) || message_call_read(room->a, code, 0, &call) ||
        call.end != code.len)
        return false;
    if (!read_message(room, path, code, 0, line, &call, symbol))
        return true; /* complained: nothing will be written */
    buf_printf(out, ", &%s, ", symbol);
    put_values(room, path, &call, line, out);
    return true;
}

static size_t put_message(struct room *room, const char *path, struct str code, size_t at, int line,
                          struct buf *out)
{
    struct message_call call;
    char symbol[MESSAGE_SYMBOL_MAX];
    if (!read_message(room, path, code, at, line, &call, symbol))
        return code.len;
    buf_printf(out, "view_message(v, &%s, ", symbol);
    put_values(room, path, &call, line, out);
    buf_put_char(out, ')');
    return call.end;
}

/* Read `word("literal")` that begins at `at`. */
static bool read_literal_call(struct room *room, const char *path, struct str code, size_t at,
                              int line, struct str *ret_text, size_t *ret_end)
{
    size_t name = code_name(code, at);
    size_t here = code_blank(code, name) + 1;
    struct str word = str_slice(code, at, name - at);
    bool good = code_string(room->a, code, &here, ret_text);
    here = code_blank(code, here);
    if (!good || here >= code.len || code.ptr[here] != ')') {
        complain(path, line, "%.*s takes one string literal", STR_ARG(word));
        return false;
    }
    *ret_end = here + 1;
    return true;
}

static bool asset_stands(struct room *room, struct str name)
{
    for (size_t i = 0; i < room->assets.n; i++)
        if (str_eq_c(name, room->assets.v[i]))
            return true;
    for (size_t i = 0; i < room->static_folders.n; i++) {
        struct str path =
            arena_printf(room->a, "%s/%.*s", room->static_folders.v[i], STR_ARG(name));
        if (access(path.ptr, R_OK) == 0)
            return true;
    }
    return false;
}

static void put_asset(struct room *room, const char *path, struct str name, int line,
                      struct buf *out)
{
    if (!asset_stands(room, name)) {
        complain(path, line, "no static file is called %.*s", STR_ARG(name));
        return;
    }
    buf_put_c(out, "asset_url(");
    put_c_string(out, name);
    buf_put_char(out, ')');
}

bool rewrite_icon(struct room *room, const char *path, struct str code, int line,
                  struct str *ret_svg)
{
    size_t end = code_name(code, 0), paren = code_blank(code, end);
    struct str name;
    if (!str_eq_c(str_slice(code, 0, end), "icon") || paren >= code.len || code.ptr[paren] != '(' ||
        code_skip(code, paren + 1) + 1 != code.len)
        return false;
    *ret_svg = (struct str){ 0 };
    if (read_literal_call(room, path, code, 0, line, &name, &end))
        *ret_svg = icon_markup(room, path, name, line);
    return true;
}

static size_t put_icon(struct room *room, const char *path, struct str code, size_t at, int line,
                       struct buf *out)
{
    struct str name;
    size_t end;
    if (!read_literal_call(room, path, code, at, line, &name, &end))
        return code.len;
    buf_put_c(out, "((struct html){ STR(");
    put_c_string(out, icon_markup(room, path, name, line));
    buf_put_c(out, ") })");
    return end;
}

static size_t put_asset_call(struct room *room, const char *path, struct str code, size_t at,
                             int line, struct buf *out)
{
    struct str name;
    size_t end;
    if (!read_literal_call(room, path, code, at, line, &name, &end))
        return code.len;
    put_asset(room, path, name, line, out);
    return end;
}

/* `typed(` becomes `view_typed(v, `; returns the position after the parenthesis. */
static size_t put_helper(struct str code, size_t paren, const char *function, struct buf *out)
{
    size_t next = code_blank(code, paren + 1);
    bool empty = next < code.len && code.ptr[next] == ')';
    buf_printf(out, "%s(v%s", function, empty ? "" : ", ");
    return paren + 1;
}

static const char *helper_of(struct str name)
{
    for (size_t i = 0; i < ARRAY_LEN(helpers); i++)
        if (str_eq_c(name, helpers[i].word))
            return helpers[i].function;
    return NULL;
}

/* A name begins at `at`: append what stands for it; returns where to go on. */
static size_t put_name(struct room *room, const char *path, struct str code, size_t at, int line,
                       struct buf *out)
{
    size_t end = code_name(code, at), paren = code_blank(code, end);
    struct str name = str_slice(code, at, end - at);
    if (paren < code.len && code.ptr[paren] == '(') {
        if (message_call_at(code, at))
            return put_message(room, path, code, at, line, out);
        if (str_eq_c(name, "icon"))
            return put_icon(room, path, code, at, line, out);
        if (str_eq_c(name, "asset"))
            return put_asset_call(room, path, code, at, line, out);
        const char *function = helper_of(name);
        if (function)
            return put_helper(code, paren, function, out);
    }
    buf_put_str(out, name);
    return end;
}

void rewrite_code(struct room *room, const char *path, struct str code, int line, struct buf *out)
{
    size_t at = 0;
    while (at < code.len) {
        size_t after = code_skip(code, at);
        if (after != at) {
            buf_put(out, code.ptr + at, after - at);
            at = after;
        } else if (code_name_starts(code, at)) {
            at = put_name(room, path, code, at, line_at(code, at, line), out);
        } else if (code_name(code, at) != at) {
            after = code_name(code, at);
            buf_put(out, code.ptr + at, after - at);
            at = after;
        } else {
            buf_put_char(out, code.ptr[at++]);
        }
    }
}
