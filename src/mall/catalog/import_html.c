/* Descriptions between HTML, as Shopify keeps them, and text. */

#include "base/buf.h"
#include "codec/html.h"
#include "mall/catalog/import_int.h"

/* What an entity stands for; NULL = unknown, and left as it is. */
static const char *entity(struct str name)
{
    static const struct {
        const char *name, *text;
    } known[] = {
        { "amp", "&" }, { "lt", "<" },   { "gt", ">" },   { "quot", "\"" },
        { "#39", "'" }, { "apos", "'" }, { "nbsp", " " }, { "rsquo", "\xe2\x80\x99" },
    };
    for (size_t i = 0; i < ARRAY_LEN(known); i++)
        if (str_eq_c(name, known[i].name))
            return known[i].text;
    return NULL;
}

/* Elements that end a line. */
static bool breaks(struct str tag)
{
    static const char *const those[] = { "br",  "br/", "br /", "/p",  "/li", "/div",
                                         "/h1", "/h2", "/h3",  "/h4", "/tr" };
    for (size_t i = 0; i < ARRAY_LEN(those); i++)
        if (str_eq_nocase(str_trim(tag), str_from(those[i])))
            return true;
    return false;
}

struct str import_text_of_html(struct arena *a, struct str html)
{
    struct buf out;
    buf_init(&out, html.len + 1);
    for (size_t i = 0; i < html.len; i++) {
        struct str rest = str_slice(html, i + 1, html.len);
        ptrdiff_t end = html.ptr[i] == '<'   ? str_index(rest, '>')
                        : html.ptr[i] == '&' ? str_index(str_slice(rest, 0, 8), ';')
                                             : -1;
        const char *text = NULL;
        if (end > 0 && html.ptr[i] == '<')
            text = breaks(str_slice(rest, 0, (size_t)end)) ? "\n" : "";
        else if (end > 0)
            text = entity(str_slice(rest, 0, (size_t)end));
        if (text) {
            buf_put_c(&out, text);
            i += (size_t)end + 1;
        } else if (html.ptr[i] != '\n' && html.ptr[i] != '\r') {
            buf_put_char(&out, html.ptr[i]);
        } else {
            buf_put_char(&out, ' ');
        }
    }
    struct str text = arena_str(a, buf_str(&out));
    buf_release(&out);
    return str_trim(text);
}

struct str import_html_of_text(struct arena *a, struct str text)
{
    struct buf out;
    struct str rest = text, line;
    buf_init(&out, text.len * 8 + 64);
    if (text.len)
        buf_put_c(&out, "<p>"); /* check: allow a field of the file */
    for (int i = 0; rest.len && str_next(&rest, '\n', &line); i++) {
        if (i)
            buf_put_c(&out, "<br>"); /* check: allow a field of the file */
        html_put_text(&out, line);
    }
    if (text.len)
        buf_put_c(&out, "</p>"); /* check: allow a field of the file */
    struct str html = arena_str(a, buf_str(&out));
    buf_release(&out);
    return html;
}
