/* codec/vtt.c - WebVTT, line by line. */
#include "codec/vtt.h"

#include <string.h>

#include "base/err.h"
#include "codec/utf8.h"

#define HOURS_MAX 999

/* Where the reading is. */
struct reading {
    struct str rest;
    struct str line; /* the one at hand */
    bool ended;      /* there is no line any more */
    int n;           /* its number, from 1 */
    int cues;
    int64_t begun; /* when the last cue began, milliseconds */
    struct buf *out;
};

/* The next line, ended by LF, CR LF or CR. */
static void next_line(struct reading *r)
{
    size_t i = 0;
    r->n++;
    r->ended = r->rest.len == 0;
    while (i < r->rest.len && r->rest.ptr[i] != '\n' && r->rest.ptr[i] != '\r')
        i++;
    r->line = str_slice(r->rest, 0, i);
    if (i < r->rest.len)
        i += r->rest.ptr[i] == '\r' && i + 1 < r->rest.len && r->rest.ptr[i + 1] == '\n' ? 2 : 1;
    r->rest = str_slice(r->rest, i, SIZE_MAX);
}

static bool has_controls(struct str s)
{
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        if ((c < ' ' && c != '\t' && c != '\n' && c != '\r') || c == 0x7f)
            return true;
    }
    return false;
}

static bool contains(struct str s, const char *what)
{
    return s.len > 0 && memmem(s.ptr, s.len, what, strlen(what)) != NULL;
}

/* Exactly `width` digits, or at least two when width is 0. */
static bool take_digits(struct str *s, size_t width, int64_t *ret_value)
{
    size_t n = 0;
    int64_t value = 0;
    while (n < s->len && n < 6 && s->ptr[n] >= '0' && s->ptr[n] <= '9')
        value = value * 10 + (s->ptr[n++] - '0');
    if (width ? n != width : n < 2)
        return false;
    *s = str_slice(*s, n, SIZE_MAX);
    *ret_value = value;
    return true;
}

static bool take_char(struct str *s, char c)
{
    if (s->len == 0 || s->ptr[0] != c)
        return false;
    *s = str_slice(*s, 1, SIZE_MAX);
    return true;
}

static bool take_spaces(struct str *s)
{
    size_t n = 0;
    while (n < s->len && (s->ptr[n] == ' ' || s->ptr[n] == '\t'))
        n++;
    *s = str_slice(*s, n, SIZE_MAX);
    return n > 0;
}

/* [hours:]mm:ss.ttt */
static bool take_time(struct str *s, int64_t *ret_ms)
{
    int64_t first, second, third = -1, ms;
    if (!take_digits(s, 0, &first) || !take_char(s, ':') || !take_digits(s, 2, &second))
        return false;
    if (take_char(s, ':') && !take_digits(s, 2, &third))
        return false;
    if (!take_char(s, '.') || !take_digits(s, 3, &ms))
        return false;
    int64_t hours = third < 0 ? 0 : first;
    int64_t minutes = third < 0 ? first : second;
    int64_t seconds = third < 0 ? second : third;
    if (hours > HOURS_MAX || minutes > 59 || seconds > 59)
        return false;
    *ret_ms = ((hours * 60 + minutes) * 60 + seconds) * 1000 + ms;
    return true;
}

static void put_time(struct buf *out, int64_t ms)
{
    buf_printf(out, "%02lld:%02lld:%02lld.%03lld", (long long)(ms / 3600000),
               (long long)(ms / 60000 % 60), (long long)(ms / 1000 % 60), (long long)(ms % 1000));
}

/* One setting, name:value. */
static bool is_setting(struct str s)
{
    static const char *const names[] = { "vertical", "line", "position", "size", "align" };
    struct str name, value = s;
    if (!str_next(&value, ':', &name) || value.len == 0)
        return false;
    for (size_t i = 0; i < value.len; i++) {
        char c = value.ptr[i];
        if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && !strchr(".,%-", c))
            return false;
    }
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        if (str_eq_c(name, names[i]))
            return true;
    return str_eq_c(name, "region");
}

/* A region is understood, and left out with what it names. */
static bool put_settings(struct reading *r, struct str s)
{
    while (take_spaces(&s) && s.len > 0) {
        size_t n = 0;
        while (n < s.len && s.ptr[n] != ' ' && s.ptr[n] != '\t')
            n++;
        struct str one = str_slice(s, 0, n);
        if (!is_setting(one))
            return false;
        if (!str_starts(one, STR("region:"))) {
            buf_put_char(r->out, ' ');
            buf_put_str(r->out, one);
        }
        s = str_slice(s, n, SIZE_MAX);
    }
    return s.len == 0;
}

/* from --> until settings */
static bool put_timing(struct reading *r)
{
    struct str s = r->line;
    int64_t from, until;
    if (!take_time(&s, &from) || !take_spaces(&s) || !str_starts(s, STR("-->")))
        return false;
    s = str_slice(s, 3, SIZE_MAX);
    if (!take_spaces(&s) || !take_time(&s, &until) || until <= from || from < r->begun)
        return false;
    r->begun = from;
    put_time(r->out, from);
    buf_put_c(r->out, " --> ");
    put_time(r->out, until);
    if (!put_settings(r, s))
        return false;
    buf_put_char(r->out, '\n');
    return true;
}

/* A cue from its timing on. */
static int read_cue(struct reading *r)
{
    if (++r->cues > VTT_CUES_MAX)
        return ERR_TOO_LARGE;
    if (!put_timing(r))
        return ERR_MALFORMED;
    for (next_line(r); r->line.len > 0; next_line(r)) {
        if (contains(r->line, "-->") || r->line.len > VTT_LINE_MAX)
            return ERR_MALFORMED;
        buf_put_str(r->out, r->line);
        buf_put_char(r->out, '\n');
    }
    buf_put_char(r->out, '\n');
    return 0;
}

static void skip_block(struct reading *r)
{
    while (r->line.len > 0)
        next_line(r);
}

static bool is_word(struct str line, const char *word)
{
    struct str w = str_from(word);
    return str_starts(line, w) &&
           (line.len == w.len || line.ptr[w.len] == ' ' || line.ptr[w.len] == '\t');
}

static int read_block(struct reading *r)
{
    if (contains(r->line, "-->"))
        return read_cue(r);
    if (is_word(r->line, "NOTE") || is_word(r->line, "STYLE") || is_word(r->line, "REGION")) {
        skip_block(r);
        return 0;
    }
    next_line(r); /* that was the cue's name */
    return contains(r->line, "-->") ? read_cue(r) : ERR_MALFORMED;
}

static int read_all(struct reading *r)
{
    next_line(r);
    if (!is_word(r->line, "WEBVTT"))
        return ERR_MALFORMED;
    for (next_line(r); r->line.len > 0; next_line(r))
        if (contains(r->line, "-->"))
            return ERR_MALFORMED;
    buf_put_c(r->out, "WEBVTT\n\n");
    int rc = 0;
    while (rc == 0 && !r->ended) {
        if (r->line.len > 0)
            rc = read_block(r);
        else
            next_line(r);
    }
    return rc == 0 && r->cues == 0 ? ERR_MALFORMED : rc;
}

int vtt_clean(struct str text, struct buf *out, int *ret_line)
{
    struct reading r = { .rest = text, .out = out };
    *ret_line = 1;
    if (text.len > VTT_BYTES_MAX)
        return ERR_TOO_LARGE;
    if (!utf8_valid(text) || has_controls(text))
        return ERR_MALFORMED;
    if (str_starts(text, STR("\xef\xbb\xbf")))
        r.rest = str_slice(text, 3, SIZE_MAX);
    int rc = read_all(&r);
    if (rc == ERR_MALFORMED)
        *ret_line = r.n;
    return rc == 0 && buf_overflowed(out) ? ERR_TOO_LARGE : rc;
}
