/* tools/viewc/markup.c - knows where in the HTML it is. */
#include "tools/viewc/markup.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "tools/common/source.h"
#include "tools/viewc/elements.h"
#include "tools/viewc/nesting.h"

static bool is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

static bool is_name_char(char c)
{
    return isalnum((unsigned char)c) || c == '-' || c == ':' || c == '_' || c == '.' || c == '@';
}

/* Write the white space that was read, if it matters here. */
static void settle_space(struct markup *m)
{
    if (m->space && m->last == LAST_TEXT) {
        buf_put_char(m->out, ' ');
        m->last = LAST_SPACE;
    }
    m->space = false;
}

static void put_text(struct markup *m, char c)
{
    settle_space(m);
    buf_put_char(m->out, c);
    m->last = LAST_TEXT;
}

/* Read an element's name; 0 when there is none. */
static size_t read_name(struct str html, size_t at, char ret_name[MARKUP_NAME])
{
    size_t len = 0;
    while (at + len < html.len && is_name_char(html.ptr[at + len]))
        len++;
    if (len >= MARKUP_NAME)
        len = MARKUP_NAME - 1;
    memcpy(ret_name, html.ptr + at, len);
    ret_name[len] = '\0';
    return len;
}

static bool has_capital(const char *name)
{
    for (; *name; name++)
        if (isupper((unsigned char)*name))
            return true;
    return false;
}

/* A `<`: the tag's name follows at once, or it is no tag. */
static size_t begin_tag(struct markup *m, struct str html, size_t at, int line)
{
    struct str rest = str_slice(html, at, html.len);
    if (str_starts(rest, STR("<!--"))) {
        m->state = IN_COMMENT;
        return at + 4;
    }
    if (str_starts(rest, STR("<!"))) {
        m->state = IN_DOCTYPE;
        buf_put_c(m->out, "<!");
        return at + 2;
    }
    size_t start = at + 1;
    m->closing = start < html.len && html.ptr[start] == '/';
    start += m->closing;
    size_t len = read_name(html, start, m->tag.name);
    if (!len) {
        complain(m->path, line,
                 start >= html.len ? "an expression cannot be the name of an element"
                                   : "a < that begins no element is written &lt;");
        put_text(m, '<');
        return at + 1;
    }
    m->tag.line = line;
    if (!nesting_in_svg(m) && has_capital(m->tag.name))
        complain(m->path, line, "<%s> is written in small letters", m->tag.name);
    m->slash = m->has_src = m->data_script = false;
    enum flow flow = element_flow(m->tag.name);
    if (flow == FLOW_BLOCK || (flow == FLOW_BOX && m->closing))
        m->space = false;
    settle_space(m);
    buf_put_c(m->out, m->closing ? "</" : "<");
    buf_put_c(m->out, m->tag.name);
    m->state = IN_TAG;
    m->last = LAST_TEXT;
    return start + len;
}

/* The `>`: where reading goes on, and what is open now. */
static void end_tag(struct markup *m, int line)
{
    const char *name = m->tag.name;
    enum flow flow = element_flow(name);
    m->state = IN_TEXT;
    m->space = false;
    if (m->slash && !nesting_in_svg(m) && !element_is_void(name) && strcmp(name, "svg") != 0)
        complain(m->path, line, "<%s /> closes nothing in HTML: write <%s></%s>", name, name, name);
    if (m->slash && !element_is_void(name))
        buf_put_char(m->out, '/');
    buf_put_char(m->out, '>');
    m->last = flow == FLOW_BLOCK || (flow == FLOW_BOX && !m->closing) ? LAST_EDGE : LAST_TEXT;
    if (m->closing) {
        nesting_close(m, name, line);
    } else if (!m->slash && !element_is_void(name)) {
        nesting_open(m, &m->tag);
        if (strcmp(name, "script") == 0) {
            m->state = IN_RAW;
            if (!m->has_src && !m->data_script)
                complain(m->path, line,
                         "a script without src is refused by the "
                         "Content-Security-Policy: put it into a file");
        } else if (strcmp(name, "style") == 0) {
            complain(m->path, line,
                     "a style element is refused by the Content-Security-Policy: "
                     "put it into a file");
        } else if (strcmp(name, "textarea") == 0 || strcmp(name, "title") == 0) {
            m->state = IN_PLAIN_TEXT;
        }
    } else {
        nesting_check(m, &m->tag);
    }
}

/* The name of an attribute is read: is it one that may stand? */
static void check_attr(struct markup *m, int line)
{
    m->value_len = 0;
    m->value_last = '\0';
    m->value_printed = false;
    if (m->closing)
        complain(m->path, line, "</%s> has an attribute", m->tag.name);
    if (attr_kind(m->attr) == ATTR_REFUSED)
        complain(m->path, line, "%s=\"\" is refused by the Content-Security-Policy: %s", m->attr,
                 strcasecmp(m->attr, "style") == 0 ? "use a class" : "use a script file");
}

static void end_value(struct markup *m, int line)
{
    const char *value = m->value;
    if (strcmp(m->attr, "src") == 0)
        m->has_src = true;
    if (strcmp(m->attr, "type") == 0 && !m->value_printed &&
        (strcmp(value, "application/ld+json") == 0 || strcmp(value, "application/json") == 0))
        m->data_script = true;
    if (attr_kind(m->attr) == ATTR_URL && !m->value_printed &&
        strncasecmp(value, "javascript:", 11) == 0)
        complain(m->path, line, "a javascript: address is refused by the Content-Security-Policy");
    if (attr_kind(m->attr) == ATTR_LITERAL && strncasecmp(value, "js:", 3) == 0)
        complain(m->path, line, "%s with js: is refused by the Content-Security-Policy", m->attr);
    m->state = IN_TAG;
    m->last = LAST_TEXT;
}

static size_t step_tag(struct markup *m, struct str html, size_t at, int line)
{
    char c = html.ptr[at];
    if (is_space(c)) {
        m->space = true;
        return at + 1;
    }
    if (c == '>') {
        end_tag(m, line);
        return at + 1;
    }
    if (c == '/') {
        m->slash = true;
        return at + 1;
    }
    size_t len = read_name(html, at, m->attr);
    if (!len) {
        complain(m->path, line, "'%c' cannot stand in the tag of <%s>", c, m->tag.name);
        return at + 1;
    }
    if (!m->space && m->last != LAST_SPACE)
        complain(m->path, line, "a space is missing before the attribute %s", m->attr);
    settle_space(m);
    buf_put_c(m->out, m->attr);
    m->last = LAST_TEXT;
    check_attr(m, line);
    m->state = AFTER_NAME;
    return at + len;
}

static size_t step_after_name(struct markup *m, struct str html, size_t at)
{
    if (html.ptr[at] == '=') {
        buf_put_char(m->out, '=');
        m->state = BEFORE_VALUE;
        return at + 1;
    }
    m->state = IN_TAG;
    return at;
}

static size_t step_before_value(struct markup *m, struct str html, size_t at, int line)
{
    char c = html.ptr[at];
    if (c == '"' || c == '\'') {
        buf_put_char(m->out, c);
        m->quote = c;
        m->value[0] = '\0';
        m->state = IN_VALUE;
        return at + 1;
    }
    complain(m->path, line, "the value of %s is not in quotes", m->attr);
    m->state = IN_TAG;
    while (at < html.len && !is_space(html.ptr[at]) && html.ptr[at] != '>')
        at++;
    return at;
}

static size_t step_value(struct markup *m, struct str html, size_t at, int line)
{
    char c = html.ptr[at];
    buf_put_char(m->out, c);
    if (c == m->quote) {
        end_value(m, line);
        return at + 1;
    }
    if (m->value_len < MARKUP_VALUE - 1) {
        m->value[m->value_len] = c;
        m->value[m->value_len + 1] = '\0';
    }
    m->value_len++;
    if (!is_space(c))
        m->value_last = c;
    return at + 1;
}

static size_t step_text(struct markup *m, struct str html, size_t at, int line)
{
    char c = html.ptr[at];
    if (c == '<')
        return begin_tag(m, html, at, line);
    if (nesting_in(m, "pre")) {
        buf_put_char(m->out, c);
        m->last = is_space(c) ? LAST_SPACE : LAST_TEXT;
    } else if (is_space(c)) {
        m->space = true;
    } else {
        put_text(m, c);
    }
    return at + 1;
}

/* In a script, a textarea or a title: all is text but its own end tag. */
static size_t step_plain(struct markup *m, struct str html, size_t at, int line)
{
    const char *name = m->open[m->depth - 1].name;
    struct str rest = str_slice(html, at, html.len);
    if (str_starts(rest, STR("</")) && str_starts(str_slice(rest, 2, rest.len), str_from(name))) {
        m->state = IN_TEXT;
        m->last = LAST_EDGE;
        return begin_tag(m, html, at, line);
    }
    char c = html.ptr[at];
    if (m->state == IN_RAW && !is_space(c)) {
        complain(m->path, line, "a script is empty, or data as one {{ }}");
        m->state = IN_PLAIN_TEXT;
    }
    if (m->state == IN_PLAIN_TEXT)
        buf_put_char(m->out, c);
    return at + 1;
}

static size_t step_comment(struct markup *m, struct str html, size_t at)
{
    if (!str_starts(str_slice(html, at, html.len), STR("-->")))
        return at + 1;
    m->state = IN_TEXT;
    return at + 3;
}

static size_t step(struct markup *m, struct str html, size_t at, int line)
{
    switch (m->state) {
    case IN_TEXT:
        return step_text(m, html, at, line);
    case IN_TAG:
    case IN_NAME:
        return step_tag(m, html, at, line);
    case AFTER_NAME:
        return step_after_name(m, html, at);
    case BEFORE_VALUE:
        return step_before_value(m, html, at, line);
    case IN_VALUE:
        return step_value(m, html, at, line);
    case IN_RAW:
    case IN_PLAIN_TEXT:
        return step_plain(m, html, at, line);
    case IN_COMMENT:
        return step_comment(m, html, at);
    case IN_DOCTYPE:
        buf_put_char(m->out, html.ptr[at]);
        if (html.ptr[at] == '>') {
            m->state = IN_TEXT;
            m->last = LAST_EDGE;
        }
        return at + 1;
    }
    return html.len;
}

void markup_literal(struct markup *m, struct str html, int line)
{
    for (size_t at = 0; at < html.len;) {
        size_t next = step(m, html, at, line);
        line = line_at(str_slice(html, at, next - at), next - at, line);
        at = next;
    }
    if (m->state == AFTER_NAME)
        m->state = IN_TAG;
}

static enum place place_in_value(struct markup *m, int line)
{
    bool first = m->value_len == 0 && !m->value_printed;
    enum attr_kind kind = attr_kind(m->attr);
    char last = m->value_last;
    m->value_printed = true;
    switch (kind) {
    case ATTR_REFUSED:
        return PLACE_NONE;
    case ATTR_LITERAL:
        complain(m->path, line, "%s is read as code: no expression may stand in it", m->attr);
        return PLACE_NONE;
    case ATTR_URL:
        return first ? PLACE_URL : PLACE_URL_PART;
    case ATTR_URLS:
        m->value_last = 'x';
        if (first || last == ',')
            return PLACE_URL;
        return isalnum((unsigned char)last) && m->value_len ? PLACE_ATTR : PLACE_URL_PART;
    case ATTR_PLAIN:
        break;
    }
    return PLACE_ATTR;
}

enum place markup_print(struct markup *m, int line)
{
    switch (m->state) {
    case IN_TEXT:
        settle_space(m);
        m->last = LAST_TEXT;
        return PLACE_TEXT;
    case IN_PLAIN_TEXT:
        return PLACE_TEXT;
    case IN_VALUE:
        return place_in_value(m, line);
    case IN_RAW:
        if (m->data_script)
            return PLACE_JSON;
        complain(m->path, line, "an expression cannot stand in a script");
        break;
    case BEFORE_VALUE:
        complain(m->path, line, "the value of %s is not in quotes", m->attr);
        m->state = IN_TAG;
        break;
    case IN_COMMENT:
        complain(m->path, line, "an expression cannot stand in a comment: use {{# #}}");
        break;
    case IN_TAG:
    case IN_NAME:
    case AFTER_NAME:
    case IN_DOCTYPE:
        complain(m->path, line,
                 "an expression cannot stand in a tag: give it an attribute's "
                 "value, in quotes, or choose with {%% if (...) { %%}");
        break;
    }
    return PLACE_NONE;
}

bool markup_call(struct markup *m, int line)
{
    if (m->state != IN_TEXT) {
        complain(m->path, line, "a view can only be called where elements may stand");
        return false;
    }
    settle_space(m);
    m->last = LAST_TEXT;
    return true;
}

bool markup_code(struct markup *m, int line)
{
    if (m->state == BEFORE_VALUE || m->state == IN_RAW || m->state == IN_COMMENT ||
        m->state == IN_DOCTYPE) {
        complain(m->path, line, "C code cannot stand here");
        return false;
    }
    if (m->state == IN_TEXT || m->state == IN_TAG)
        settle_space(m);
    return true;
}

void markup_begin(struct markup *m, const char *path, struct buf *out, struct str closes, int line)
{
    memset(m, 0, sizeof(*m));
    m->path = path;
    m->out = out;
    m->last = LAST_EDGE;
    nesting_expect(m, closes, line);
}

void markup_join(struct markup *m, const struct markup *before, int line)
{
    if (m->state != before->state || (m->state == IN_VALUE && strcmp(m->attr, before->attr) != 0))
        complain(m->path, line, "this block ends in another place of a tag than it began");
    else
        nesting_join(m, before, line);
    enum last last = before->last == LAST_TEXT || m->last == LAST_TEXT ? LAST_TEXT : m->last;
    bool written = m->value_len != before->value_len || m->value_printed != before->value_printed;
    struct buf *out = m->out;
    *m = *before;
    m->out = out;
    m->last = last;
    if (written) {
        m->value_printed = true;
        m->value_last = 'x';
    }
}

void markup_end(struct markup *m, struct str opens, int line)
{
    if (m->state != IN_TEXT)
        complain(m->path, line, "the view ends in the middle of <%s>, opened in line %d",
                 m->tag.name, m->tag.line);
    nesting_end(m, opens, line);
}
