/* tools/common/ccode.c - just enough C to find calls and literals in it. */
#include "tools/common/ccode.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>

#include "base/buf.h"
#include "tools/common/source.h"

static char at_or_nul(struct str s, size_t at)
{
    return at < s.len ? s.ptr[at] : '\0';
}

static bool is_name_char(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

size_t code_skip(struct str code, size_t at)
{
    char c = at_or_nul(code, at);
    char next = at_or_nul(code, at + 1);
    if (c == '/' && next == '/') {
        while (at < code.len && code.ptr[at] != '\n')
            at++;
        return at;
    }
    if (c == '/' && next == '*') {
        for (at += 2; at < code.len; at++)
            if (code.ptr[at] == '*' && at_or_nul(code, at + 1) == '/')
                return at + 2;
        return code.len;
    }
    if (c != '"' && c != '\'')
        return at;
    for (at++; at < code.len && code.ptr[at] != c && code.ptr[at] != '\n'; at++)
        if (code.ptr[at] == '\\')
            at++;
    return at < code.len ? at + 1 : code.len;
}

size_t code_blank(struct str code, size_t at)
{
    for (;;) {
        size_t before = at;
        while (at < code.len && isspace((unsigned char)code.ptr[at]))
            at++;
        if (at_or_nul(code, at) == '/')
            at = code_skip(code, at);
        if (at == before)
            return at;
    }
}

size_t code_name(struct str code, size_t at)
{
    if (isdigit((unsigned char)at_or_nul(code, at)))
        return at;
    while (is_name_char(at_or_nul(code, at)))
        at++;
    return at;
}

bool code_name_starts(struct str code, size_t at)
{
    if (code_name(code, at) == at || (at && is_name_char(code.ptr[at - 1])))
        return false;
    while (at && isspace((unsigned char)code.ptr[at - 1]))
        at--;
    return !(at && code.ptr[at - 1] == '.') &&
           !(at > 1 && code.ptr[at - 1] == '>' && code.ptr[at - 2] == '-');
}

/* What the character after a backslash stands for. */
static char unescape(char c)
{
    return c == 'n' ? '\n' : c == 't' ? '\t' : c;
}

bool code_string(struct arena *a, struct str code, size_t *at, struct str *ret_text)
{
    struct buf text;
    buf_init(&text, SOURCE_FILE_MAX);
    size_t end = *at, here = code_blank(code, *at);
    bool found = false;
    while (at_or_nul(code, here) == '"') {
        found = true;
        size_t after = code_skip(code, here);
        for (size_t i = here + 1; i + 1 < after; i++) {
            char c = code.ptr[i];
            if (c == '\\')
                c = unescape(at_or_nul(code, ++i));
            buf_put_char(&text, c);
        }
        end = after;
        here = code_blank(code, after);
    }
    if (found) {
        *ret_text = arena_str(a, buf_str(&text));
        *at = end;
    }
    buf_release(&text);
    return found;
}

struct str code_argument(struct str code, size_t *at)
{
    size_t start = *at, i = start;
    int depth = 0;
    while (i < code.len) {
        size_t after = code_skip(code, i);
        if (after != i) {
            i = after;
            continue;
        }
        char c = code.ptr[i];
        if (!depth && (c == ',' || c == ')'))
            break;
        if (c == '(' || c == '[' || c == '{')
            depth++;
        if (c == ')' || c == ']' || c == '}')
            depth--;
        i++;
    }
    *at = i;
    return str_trim(str_slice(code, start, i - start));
}

bool message_call_at(struct str code, size_t at)
{
    if (!code_name_starts(code, at))
        return false;
    size_t end = code_name(code, at);
    struct str name = str_slice(code, at, end - at);
    return at_or_nul(code, code_blank(code, end)) == '(' &&
           (str_eq_c(name, "_") || str_eq_c(name, "_n") || str_eq_c(name, "_c") ||
            str_eq_c(name, "N_"));
}

/* A comma, then a literal. */
static bool next_string(struct arena *a, struct str code, size_t *at, struct str *ret)
{
    size_t here = code_blank(code, *at);
    if (at_or_nul(code, here) != ',')
        return false;
    here++;
    if (!code_string(a, code, &here, ret))
        return false;
    *at = here;
    return true;
}

/* The `name = value` arguments, up to the closing parenthesis. */
static const char *read_values(struct str code, size_t at, struct message_call *call)
{
    for (;;) {
        at = code_blank(code, at);
        if (at_or_nul(code, at) == ')') {
            call->end = at + 1;
            return NULL;
        }
        if (at_or_nul(code, at) != ',')
            return "a message is one string literal, then name = value";
        at = code_blank(code, at + 1);
        size_t end = code_name(code, at);
        size_t equals = code_blank(code, end);
        if (end == at || at_or_nul(code, equals) != '=' || at_or_nul(code, equals + 1) == '=')
            return "a value of a message is written name = value";
        if (call->n_args == MESSAGE_ARGS_MAX)
            return "a message takes at most 8 values";
        struct message_arg *arg = &call->args[call->n_args++];
        arg->name = str_slice(code, at, end - at);
        at = equals + 1;
        arg->value = code_argument(code, &at);
        if (!arg->value.len)
            return "a value of a message is empty";
    }
}

const char *message_call_read(struct arena *a, struct str code, size_t at,
                              struct message_call *ret_call)
{
    size_t end = code_name(code, at);
    struct str name = str_slice(code, at, end - at);
    struct message_call call = { 0 };
    size_t here = code_blank(code, end) + 1;
    struct str first;
    if (!code_string(a, code, &here, &first))
        return "a message is a string literal";
    call.text = first;
    if (str_eq_c(name, "_n") && !next_string(a, code, &here, &call.plural))
        return "_n takes two literals, for one and for many";
    if (str_eq_c(name, "_c")) {
        call.context = first;
        if (!next_string(a, code, &here, &call.text))
            return "_c takes two literals, the sense and the message";
    }
    const char *why = read_values(code, here, &call);
    if (why)
        return why;
    if (!call.text.len)
        return "a message is not empty";
    *ret_call = call;
    return NULL;
}

static bool is_known(const struct str *names, int n, struct str name)
{
    for (int i = 0; i < n; i++)
        if (str_eq(names[i], name))
            return true;
    return false;
}

int message_names(struct str text, struct str ret_names[MESSAGE_ARGS_MAX])
{
    int n = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '}')
            return -1;
        if (text.ptr[i] != '{')
            continue;
        size_t start = i + 1, end = start;
        while (islower((unsigned char)at_or_nul(text, end)) ||
               isdigit((unsigned char)at_or_nul(text, end)) || at_or_nul(text, end) == '_')
            end++;
        if (end == start || at_or_nul(text, end) != '}')
            return -1;
        struct str name = str_slice(text, start, end - start);
        i = end;
        if (is_known(ret_names, n, name))
            continue;
        if (n == MESSAGE_ARGS_MAX)
            return -1;
        ret_names[n++] = name;
    }
    return n;
}

const char *message_symbol(char out[MESSAGE_SYMBOL_MAX], struct str context, struct str text)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < context.len; i++)
        hash = (hash ^ (unsigned char)context.ptr[i]) * UINT64_C(0x100000001b3);
    hash = (hash ^ 4) * UINT64_C(0x100000001b3);
    for (size_t i = 0; i < text.len; i++)
        hash = (hash ^ (unsigned char)text.ptr[i]) * UINT64_C(0x100000001b3);
    snprintf(out, MESSAGE_SYMBOL_MAX, "msg_%016" PRIx64, hash);
    return out;
}
