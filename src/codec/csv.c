/* codec/csv.c - reads rows out of a text, writes rows into a buffer. */
#include "codec/csv.h"

#include <string.h>

#include "codec/utf8.h"

#define BYTE_ORDER_MARK "\xef\xbb\xbf"

void csv_init(struct csv_reader *r, struct str text)
{
    *r = (struct csv_reader){ .text = text, .line = 1 };
    if (str_starts(text, STR(BYTE_ORDER_MARK)))
        r->at = r->line_at = 3;
}

static int fail(struct csv_reader *r, int code, const char *why, struct err *err)
{
    r->column = (int64_t)(r->at - r->line_at) + 1;
    r->at = r->text.len;
    err_detail(err, code, "CSV line %lld, column %lld: %s", (long long)r->line,
               (long long)r->column, why);
    err_set(err, code, N_("Line {n} of the table could not be read."));
    if (err)
        err->number = r->line;
    return code;
}

/* The byte at `at`, or -1 at the end. */
static int peek(const struct csv_reader *r, size_t ahead)
{
    return r->text.len - r->at > ahead ? (unsigned char)r->text.ptr[r->at + ahead] : -1;
}

static void start_line(struct csv_reader *r)
{
    r->line++;
    r->line_at = r->at;
}

/* Steps over one line end. False when there is none here. */
static bool take_line_end(struct csv_reader *r)
{
    size_t len = peek(r, 0) == '\n' ? 1 : peek(r, 0) == '\r' && peek(r, 1) == '\n' ? 2 : 0;
    if (len == 0)
        return false;
    r->at += len;
    start_line(r);
    return true;
}

static struct str halve_quotes(struct arena *a, struct str s)
{
    char *copy = arena_alloc(a, s.len + 1);
    size_t n = 0;
    for (size_t i = 0; copy && i < s.len; i++) {
        copy[n++] = s.ptr[i];
        if (s.ptr[i] == '"')
            i++; /* its twin */
    }
    return copy ? (struct str){ copy, n } : STR("");
}

/* After the first quote, up to and over the last. */
static int read_quoted(struct csv_reader *r, struct arena *a, struct str *ret, struct err *err)
{
    bool doubled = false;
    size_t from = ++r->at;
    for (;;) {
        int c = peek(r, 0);
        if (c < 0)
            return fail(r, ERR_MALFORMED, "a quote is not closed", err);
        r->at++;
        if (c == '\n')
            start_line(r);
        if (c != '"')
            continue;
        if (peek(r, 0) != '"')
            break;
        doubled = true;
        r->at++;
    }
    *ret = str_slice(r->text, from, r->at - 1 - from);
    if (doubled)
        *ret = halve_quotes(a, *ret);
    if (arena_overflowed(a))
        return fail(r, ERR_NOMEM, "no room for a field", err);
    return 0;
}

static int read_plain(struct csv_reader *r, struct str *ret, struct err *err)
{
    size_t from = r->at;
    int c;
    while ((c = peek(r, 0)) >= 0 && c != ',' && c != '\n' && !(c == '\r' && peek(r, 1) == '\n')) {
        if (c == '"' || c == '\r')
            return fail(r, ERR_MALFORMED, "a quote or a CR in a field without quotes", err);
        r->at++;
    }
    *ret = str_slice(r->text, from, r->at - from);
    return 0;
}

/* One field, and the comma or line end after it.
 *   ret_last  OUT: it was the last of its row */
static int read_field(struct csv_reader *r, struct arena *a, struct str *ret, bool *ret_last,
                      struct err *err)
{
    int rc = peek(r, 0) == '"' ? read_quoted(r, a, ret, err) : read_plain(r, ret, err);
    if (rc)
        return rc;
    if (ret->len > CSV_FIELD_BYTES)
        return fail(r, ERR_TOO_LARGE, "a field is too long", err);
    if (!utf8_valid(*ret))
        return fail(r, ERR_MALFORMED, "a field is not UTF-8", err);
    *ret_last = peek(r, 0) != ',';
    if (!*ret_last)
        r->at++;
    else if (peek(r, 0) >= 0 && !take_line_end(r))
        return fail(r, ERR_MALFORMED, "text after a closing quote", err);
    return 0;
}

int csv_next(struct csv_reader *r, struct arena *a, struct csv_row *ret, struct err *err)
{
    struct str fields[CSV_FIELDS_MAX];
    int n = 0;
    bool last = false;
    while (take_line_end(r))
        continue;
    if (peek(r, 0) < 0)
        return 0;
    int64_t line = r->line;
    if (r->rows == CSV_ROWS_MAX)
        return fail(r, ERR_TOO_LARGE, "too many rows", err);
    while (!last) {
        if (n == CSV_FIELDS_MAX)
            return fail(r, ERR_TOO_LARGE, "too many fields", err);
        int rc = read_field(r, a, &fields[n], &last, err);
        if (rc)
            return rc;
        n++;
    }
    struct str *kept = arena_new_array(a, (size_t)n, struct str);
    if (!kept)
        return fail(r, ERR_NOMEM, "no room for a row", err);
    memcpy(kept, fields, (size_t)n * sizeof(*kept));
    *ret = (struct csv_row){ .fields = kept, .n = n, .line = line };
    r->rows++;
    return 1;
}

int csv_column(const struct csv_row *head, const char *name)
{
    for (int i = 0; i < head->n; i++)
        if (str_eq_nocase(str_trim(head->fields[i]), str_from(name)))
            return i;
    return -1;
}

struct str csv_field(const struct csv_row *row, int place)
{
    return place >= 0 && place < row->n ? str_trim(row->fields[place]) : STR("");
}

void csv_writer_init(struct csv_writer *w, struct buf *out, bool guard)
{
    *w = (struct csv_writer){ .buf = out, .guard = guard };
}

static void separate(struct csv_writer *w)
{
    if (w->begun)
        buf_put_char(w->buf, ',');
    w->begun = true;
}

void csv_put(struct csv_writer *w, struct str value)
{
    separate(w);
    bool formula = value.len > 0 && value.ptr[0] && strchr("=+-@\t\r", value.ptr[0]);
    /* An empty field is quoted too, alone in a row it would be an empty line;
     * and a byte order mark, which as the first bytes would not be content. */
    bool quoted = value.len == 0 || str_starts(value, STR(BYTE_ORDER_MARK)) ||
                  str_index(value, ',') >= 0 || str_index(value, '"') >= 0 ||
                  str_index(value, '\n') >= 0 || str_index(value, '\r') >= 0;
    if (quoted)
        buf_put_char(w->buf, '"');
    if (w->guard && formula)
        buf_put_char(w->buf, '\'');
    struct str piece;
    bool first = true;
    while (str_next(&value, '"', &piece)) {
        if (!first)
            BUF_PUT_LIT(w->buf, "\"\"");
        buf_put_str(w->buf, piece);
        first = false;
    }
    if (quoted)
        buf_put_char(w->buf, '"');
}

void csv_put_int(struct csv_writer *w, int64_t value)
{
    separate(w);
    buf_put_int(w->buf, value);
}

void csv_end_row(struct csv_writer *w)
{
    BUF_PUT_LIT(w->buf, "\r\n");
    w->begun = false;
}
