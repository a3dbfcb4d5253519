/* tools/assetc/minify.c - CSS without what only its authors need. */
#include "tools/assetc/minify.h"

#include <ctype.h>
#include <string.h>

#include "base/buf.h"
#include "tools/common/source.h"

/* After the comment, string or url( ) that begins at `at`; `at` when none does. */
static size_t whole(struct str css, size_t at, bool *ret_comment)
{
    struct str rest = str_slice(css, at, css.len);
    *ret_comment = str_starts(rest, STR("/*"));
    if (*ret_comment) {
        const char *end = memmem(rest.ptr + 2, rest.len - 2, "*/", 2);
        return end ? (size_t)(end - css.ptr) + 2 : css.len;
    }
    if (str_starts(rest, STR("url("))) {
        ptrdiff_t end = str_index(rest, ')');
        return end < 0 ? css.len : at + (size_t)end + 1;
    }
    char quote = css.ptr[at];
    if (quote != '"' && quote != '\'')
        return at;
    for (at++; at < css.len && css.ptr[at] != quote; at++)
        if (css.ptr[at] == '\\')
            at++;
    return at < css.len ? at + 1 : css.len;
}

static bool is_loose(char c)
{
    return c != '\0' && strchr("{};,", c);
}

struct str minify_css(struct arena *a, struct str css)
{
    struct buf out;
    buf_init(&out, SOURCE_FILE_MAX);
    bool space = false, comment;
    for (size_t at = 0; at < css.len;) {
        size_t after = whole(css, at, &comment);
        if (comment || isspace((unsigned char)css.ptr[at])) {
            space = true;
            at = comment ? after : at + 1;
            continue;
        }
        char last = out.len ? out.ptr[out.len - 1] : '{';
        if (space && !is_loose(last) && !is_loose(css.ptr[at]))
            buf_put_char(&out, ' ');
        space = false;
        if (after == at)
            after++;
        buf_put(&out, css.ptr + at, after - at);
        at = after;
    }
    struct str small = arena_str(a, buf_str(&out));
    buf_release(&out);
    return small;
}
