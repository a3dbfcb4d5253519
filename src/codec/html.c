/* codec/html.c - escapes in long strides: most bytes need none. */
#include "codec/html.h"

#include <string.h>

/* What a byte becomes in an attribute; text leaves the quotes alone. */
static const char *replacement(char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return NULL;
    }
}

static const bool special_in_text[256] = { ['&'] = true, ['<'] = true, ['>'] = true };
static const bool special_in_attr[256] = {
    ['&'] = true, ['<'] = true, ['>'] = true, ['"'] = true, ['\''] = true
};

static void put(struct buf *out, struct str s, const bool special[256])
{
    size_t from = 0;
    for (size_t at = 0; at < s.len; at++) {
        if (!special[(unsigned char)s.ptr[at]])
            continue;
        buf_put(out, s.ptr + from, at - from);
        buf_put_c(out, replacement(s.ptr[at]));
        from = at + 1;
    }
    if (from < s.len)
        buf_put(out, s.ptr + from, s.len - from);
}

void html_put_text(struct buf *out, struct str s)
{
    put(out, s, special_in_text);
}

void html_put_attr(struct buf *out, struct str s)
{
    put(out, s, special_in_attr);
}

/* Browsers drop tabs and line ends inside an address and strip control
 * characters around it before they look at its scheme, so none may be there. */
static bool has_control(struct str url)
{
    for (size_t i = 0; i < url.len; i++)
        if ((unsigned char)url.ptr[i] < 0x20 || url.ptr[i] == 0x7f)
            return true;
    return false;
}

static bool starts_nocase(struct str s, struct str prefix)
{
    return str_eq_nocase(str_slice(s, 0, prefix.len), prefix);
}

struct str html_url(struct str url)
{
    if (url.len == 0 || has_control(url))
        return STR("#");
    if (starts_nocase(url, STR("https://")) || starts_nocase(url, STR("http://")) ||
        starts_nocase(url, STR("mailto:")))
        return url;
    /* Relative, unless a colon comes before anything that ends a scheme. */
    for (size_t i = 0; i < url.len; i++) {
        if (url.ptr[i] == ':')
            return STR("#");
        if (url.ptr[i] == '/' || url.ptr[i] == '?' || url.ptr[i] == '#')
            break;
    }
    return url;
}

bool html_url_is_local(struct str url)
{
    /* Browsers read a backslash as a slash. */
    return url.len > 0 && url.ptr[0] == '/' && !has_control(url) && str_index(url, '\\') < 0 &&
           (url.len == 1 || url.ptr[1] != '/');
}
