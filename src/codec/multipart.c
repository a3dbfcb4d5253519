/* codec/multipart.c - one state, one delimiter being matched, one head.
 *
 * The delimiter begins with CR and has no other CR in it. So when a match
 * breaks off, what was matched is content and only the very next byte can
 * begin a new match: no looking back is needed.
 */
#include "codec/multipart.h"

#include <string.h>

#include "codec/http.h"
#include "codec/utf8.h"

static int fail(struct multipart *m, int code)
{
    m->state = MULTIPART_FAILED;
    m->code = code;
    return code;
}

static int malformed(struct multipart *m, const char *why, struct err *err)
{
    return fail(m, err_detail(err, ERR_MALFORMED, "multipart form: %s", why));
}

static bool is_boundary_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (c != '\0' && strchr("'()+_,-./:=?", c));
}

int multipart_init(struct multipart *m, struct str content_type,
                   const struct multipart_handler *handler, void *ctx, struct err *err)
{
    struct str boundary;
    *m = (struct multipart){ .handler = handler, .ctx = ctx };
    if (!http_is_type(content_type, "multipart/form-data"))
        return fail(m, err_detail(err, ERR_UNSUPPORTED, "not a multipart form"));
    if (!http_param(content_type, "boundary", &boundary) || boundary.len == 0 ||
        boundary.len > MULTIPART_BOUNDARY_MAX)
        return malformed(m, "no boundary, or too long", err);
    for (size_t i = 0; i < boundary.len; i++)
        if (!is_boundary_char(boundary.ptr[i]))
            return malformed(m, "a character that no boundary has", err);
    memcpy(m->delimiter, "\r\n--", 4);
    memcpy(m->delimiter + 4, boundary.ptr, boundary.len);
    m->delimiter_len = 4 + boundary.len;
    m->matched = 2; /* the first boundary stands at the start of a line already */
    return 0;
}

/* Takes one value: in quotes, where \" and \\ are escapes, or up to the next
 * semicolon. Quoted values are unescaped where they stand.
 *   *at  moves behind it
 * False when a quote is not closed. */
static bool take_value(char **at, char *end, struct str *ret)
{
    char *from = *at;
    if (from == end || *from != '"') {
        while (*at < end && **at != ';')
            (*at)++;
        *ret = str_trim((struct str){ from, (size_t)(*at - from) });
        return true;
    }
    char *to = ++from;
    for (char *p = from; p < end; p++) {
        if (*p == '"') {
            *ret = (struct str){ from, (size_t)(to - from) };
            *at = p + 1;
            return true;
        }
        if (*p == '\\' && end - p > 1 && (p[1] == '"' || p[1] == '\\'))
            p++;
        *to++ = *p;
    }
    return false;
}

static void skip_spaces(char **at, char *end)
{
    while (*at < end && (**at == ' ' || **at == '\t'))
        (*at)++;
}

/* form-data; name="..."; filename="..." */
static bool parse_disposition(char *at, char *end, struct multipart_part *part)
{
    struct str kind, key, value;
    bool named = false;
    if (!take_value(&at, end, &kind) || !str_eq_nocase(kind, STR("form-data")))
        return false;
    while (at < end) {
        if (*at++ != ';')
            return false;
        skip_spaces(&at, end);
        char *from = at;
        while (at < end && *at != '=' && *at != ';')
            at++;
        if (at == end || *at != '=')
            return false;
        key = str_trim((struct str){ from, (size_t)(at++ - from) });
        skip_spaces(&at, end);
        if (!take_value(&at, end, &value))
            return false;
        skip_spaces(&at, end);
        bool is_name = str_eq_nocase(key, STR("name"));
        bool is_file = str_eq_nocase(key, STR("filename"));
        if ((is_name && named) || (is_file && part->is_file))
            return false;
        if (is_name) {
            part->name = value;
            named = true;
        } else if (is_file) {
            part->filename = value;
            part->is_file = true;
        }
    }
    return named;
}

static bool is_clean(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if ((unsigned char)s.ptr[i] < 0x20 || s.ptr[i] == 0x7f)
            return false;
    return utf8_valid(s);
}

/* Some clients send a path; only its last part is a name. */
static struct str last_part(struct str path)
{
    for (size_t i = path.len; i > 0; i--)
        if (path.ptr[i - 1] == '/' || path.ptr[i - 1] == '\\')
            return str_slice(path, i, path.len);
    return path;
}

/* One line of the head, without its end. */
static bool parse_line(char *line, size_t len, bool *disposed, struct multipart_part *part)
{
    char *colon = memchr(line, ':', len);
    if (!colon || colon == line || *line == ' ' || *line == '\t')
        return false;
    struct str name = { line, (size_t)(colon - line) };
    char *end = line + len;
    char *at = colon + 1;
    skip_spaces(&at, end);
    if (str_eq_nocase(name, STR("content-type"))) {
        part->content_type = str_trim((struct str){ at, (size_t)(end - at) });
        return is_clean(part->content_type);
    }
    if (!str_eq_nocase(name, STR("content-disposition")))
        return true;
    if (*disposed || !parse_disposition(at, end, part))
        return false;
    *disposed = true;
    part->filename = last_part(part->filename);
    return part->name.len > 0 && is_clean(part->name) && is_clean(part->filename);
}

static int begin_part(struct multipart *m, struct err *err)
{
    struct multipart_part part = { 0 };
    bool disposed = false;
    char *line = m->head;
    char *end = m->head + m->head_len - 2; /* behind the last line's CR LF */
    while (line < end) {
        char *stop = memmem(line, (size_t)(end - line), "\r\n", 2);
        BUG_ON(!stop);
        if (!parse_line(line, (size_t)(stop - line), &disposed, &part))
            return malformed(m, "the head of a part", err);
        line = stop + 2;
    }
    if (!disposed)
        return malformed(m, "a part without Content-Disposition", err);
    if (m->parts++ == MULTIPART_PARTS_MAX)
        return fail(m, err_detail(err, ERR_TOO_LARGE, "multipart form: too many parts"));
    m->state = MULTIPART_DATA;
    m->matched = 0;
    int rc = m->handler->begin(m->ctx, &part, err);
    return rc < 0 ? fail(m, rc) : 0;
}

static int feed_start(struct multipart *m, char c, struct err *err)
{
    if (c != m->delimiter[m->matched++])
        return malformed(m, "it does not begin with its boundary", err);
    if (m->matched == m->delimiter_len) {
        m->state = MULTIPART_SEPARATOR;
        m->separator = '\0';
    }
    return 0;
}

static int feed_separator(struct multipart *m, char c, struct err *err)
{
    if (m->separator == '\0' && (c == '\r' || c == '-')) {
        m->separator = c;
        return 0;
    }
    if (m->separator == '-' && c == '-') {
        m->state = MULTIPART_DONE;
        return 0;
    }
    if (m->separator != '\r' || c != '\n')
        return malformed(m, "neither a new line nor an end after a boundary", err);
    m->state = MULTIPART_HEAD;
    m->head_len = 0;
    return 0;
}

static int feed_head(struct multipart *m, char c, struct err *err)
{
    if (m->head_len == MULTIPART_HEAD_MAX)
        return fail(m, err_detail(err, ERR_TOO_LARGE, "multipart form: long head of a part"));
    m->head[m->head_len++] = c;
    if (m->head_len == 2 && memcmp(m->head, "\r\n", 2) == 0)
        return malformed(m, "a part without a head", err);
    if (m->head_len < 4 || memcmp(m->head + m->head_len - 4, "\r\n\r\n", 4) != 0)
        return 0;
    return begin_part(m, err);
}

static int give(struct multipart *m, const char *bytes, size_t len, struct err *err)
{
    int rc = len ? m->handler->data(m->ctx, (struct str){ bytes, len }, err) : 0;
    return rc < 0 ? fail(m, rc) : 0;
}

/* Content, in strides from one CR to the next.
 *   ret_used  OUT: how many of the bytes were taken */
static int feed_data(struct multipart *m, struct str bytes, size_t *ret_used, struct err *err)
{
    if (m->matched == 0) {
        ptrdiff_t cr = str_index(bytes, '\r');
        size_t plain = cr < 0 ? bytes.len : (size_t)cr;
        *ret_used = plain + (cr >= 0);
        m->matched = cr >= 0;
        return give(m, bytes.ptr, plain, err);
    }
    if (bytes.ptr[0] != m->delimiter[m->matched]) {
        size_t matched = m->matched;
        m->matched = 0;
        *ret_used = 0; /* the byte is looked at again: it may be a CR */
        return give(m, m->delimiter, matched, err);
    }
    *ret_used = 1;
    if (++m->matched < m->delimiter_len)
        return 0;
    m->state = MULTIPART_SEPARATOR;
    m->separator = '\0';
    int rc = m->handler->end(m->ctx, err);
    return rc < 0 ? fail(m, rc) : 0;
}

static int feed_some(struct multipart *m, struct str bytes, size_t *ret_used, struct err *err)
{
    *ret_used = 1;
    switch (m->state) {
    case MULTIPART_START:
        return feed_start(m, bytes.ptr[0], err);
    case MULTIPART_SEPARATOR:
        return feed_separator(m, bytes.ptr[0], err);
    case MULTIPART_HEAD:
        return feed_head(m, bytes.ptr[0], err);
    case MULTIPART_DATA:
        return feed_data(m, bytes, ret_used, err);
    case MULTIPART_DONE:
        *ret_used = bytes.len;
        return 0;
    case MULTIPART_FAILED:
        break;
    }
    return err_detail(err, m->code, "multipart form: refused before");
}

int multipart_feed(struct multipart *m, struct str bytes, struct err *err)
{
    while (bytes.len > 0) {
        size_t used;
        int rc = feed_some(m, bytes, &used, err);
        if (rc)
            return rc;
        bytes = str_slice(bytes, used, bytes.len);
    }
    return m->state == MULTIPART_FAILED ? m->code : 0;
}

int multipart_finish(struct multipart *m, struct err *err)
{
    if (m->state == MULTIPART_FAILED)
        return err_detail(err, m->code, "multipart form: refused before");
    if (m->state != MULTIPART_DONE)
        return malformed(m, "it ends early", err);
    return 0;
}
