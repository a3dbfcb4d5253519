/* codec/http.c - lists with weights, ranges, dates and tags. */
#include "codec/http.h"

#include <stdio.h>

#include "codec/date.h"

/* Weights in thousandths: "0.8" is 800. What is no weight counts as 1. */
static int read_weight(struct str s)
{
    if (s.len == 0 || s.len > 5 || (s.ptr[0] != '0' && s.ptr[0] != '1') ||
        (s.len > 1 && s.ptr[1] != '.'))
        return 1000;
    int weight = (s.ptr[0] - '0') * 1000, unit = 100;
    for (size_t i = 2; i < s.len; i++, unit /= 10) {
        if (s.ptr[i] < '0' || s.ptr[i] > '9')
            return 1000;
        weight += (s.ptr[i] - '0') * unit;
    }
    return weight > 1000 ? 1000 : weight;
}

/* The next entry of a list by commas, and its weight. */
static bool next_entry(struct str *rest, struct str *ret_entry, int *ret_weight)
{
    struct str piece, q;
    if (!str_next(rest, ',', &piece))
        return false;
    *ret_entry = http_media_type(piece);
    *ret_weight = http_param(piece, "q", &q) ? read_weight(q) : 1000;
    return true;
}

/* How well a wanted tag fits ours: length of the match, 0 for none. */
static size_t tag_fit(struct str wanted, struct str ours)
{
    if (str_eq_nocase(wanted, ours))
        return ours.len + 1;
    if (wanted.len > ours.len && wanted.ptr[ours.len] == '-' &&
        str_eq_nocase(str_slice(wanted, 0, ours.len), ours))
        return ours.len;
    return 0;
}

int http_choose_language(struct str header, const char *const *tags, int n, int fallback)
{
    int best = fallback, best_weight = 0, weight;
    struct str wanted;
    while (next_entry(&header, &wanted, &weight)) {
        int found = -1;
        size_t fit = 0;
        for (int i = 0; i < n; i++) {
            size_t this_fit = tag_fit(wanted, str_from(tags[i]));
            if (this_fit > fit) {
                fit = this_fit;
                found = i;
            }
        }
        if (found < 0 && str_eq_c(wanted, "*"))
            found = fallback;
        if (found >= 0 && weight > best_weight) {
            best = found;
            best_weight = weight;
        }
    }
    return best;
}

enum http_accept http_choose_form(struct str header)
{
    int html = 0, json = 0, weight;
    struct str type;
    while (next_entry(&header, &type, &weight)) {
        bool is_json = str_eq_nocase(type, STR("application/json")) ||
                       str_eq_nocase(type, STR("application/problem+json"));
        bool is_html = str_eq_nocase(type, STR("text/html")) ||
                       str_eq_nocase(type, STR("application/xhtml+xml"));
        if (is_json && weight > json)
            json = weight;
        if (is_html && weight > html)
            html = weight;
    }
    return json > html ? HTTP_ACCEPT_JSON : HTTP_ACCEPT_HTML;
}

struct str http_media_type(struct str header)
{
    ptrdiff_t end = str_index(header, ';');
    return str_trim(end < 0 ? header : str_slice(header, 0, (size_t)end));
}

bool http_is_type(struct str header, const char *type)
{
    return str_eq_nocase(http_media_type(header), str_from(type));
}

/* Position after the parameter that begins at `at`: a semicolon that does
 * not stand in quotes, or the end. */
static size_t param_end(struct str header, size_t at)
{
    bool quoted = false;
    for (; at < header.len; at++) {
        if (header.ptr[at] == '"')
            quoted = !quoted;
        else if (header.ptr[at] == ';' && !quoted)
            break;
    }
    return at;
}

bool http_param(struct str header, const char *name, struct str *ret_value)
{
    size_t at = param_end(header, 0);
    while (at < header.len) {
        size_t end = param_end(header, at + 1);
        struct str param = str_slice(header, at + 1, end - at - 1);
        at = end;
        ptrdiff_t equals = str_index(param, '=');
        if (equals < 0 ||
            !str_eq_nocase(str_trim(str_slice(param, 0, (size_t)equals)), str_from(name)))
            continue;
        struct str value = str_trim(str_slice(param, (size_t)equals + 1, param.len));
        if (value.len >= 2 && value.ptr[0] == '"' && value.ptr[value.len - 1] == '"')
            value = str_slice(value, 1, value.len - 2);
        *ret_value = value;
        return true;
    }
    return false;
}

/* A number without a sign; absent is -1. False when it is neither. */
static bool read_offset(struct str s, int64_t *ret)
{
    if (s.len == 0) {
        *ret = -1;
        return true;
    }
    return s.ptr[0] >= '0' && s.ptr[0] <= '9' && str_to_int(s, ret);
}

enum http_range http_range(struct str header, int64_t size, int64_t *ret_first, int64_t *ret_last)
{
    int64_t first, last;
    header = str_trim(header);
    if (!str_eq_nocase(str_slice(header, 0, 6), STR("bytes=")))
        return HTTP_RANGE_NONE;
    struct str spec = str_trim(str_slice(header, 6, header.len));
    ptrdiff_t dash = str_index(spec, '-');
    if (dash < 0 || !read_offset(str_slice(spec, 0, (size_t)dash), &first) ||
        !read_offset(str_slice(spec, (size_t)dash + 1, spec.len), &last))
        return HTTP_RANGE_NONE;
    if (first < 0) { /* the last so many bytes */
        if (last < 0)
            return HTTP_RANGE_NONE;
        if (last == 0 || size == 0)
            return HTTP_RANGE_UNSATISFIABLE;
        first = last < size ? size - last : 0;
        last = size - 1;
    } else if (last >= 0 && last < first) {
        return HTTP_RANGE_NONE;
    }
    if (first >= size)
        return HTTP_RANGE_UNSATISFIABLE;
    *ret_first = first;
    *ret_last = last < 0 || last >= size ? size - 1 : last;
    return HTTP_RANGE_PART;
}

static const char day_names[] = "SunMonTueWedThuFriSat";
static const char month_names[] = "JanFebMarAprMayJunJulAugSepOctNovDec";

struct str http_date_write(char out[HTTP_DATE_SIZE], int64_t at)
{
    struct civil c = civil_from_time(at);
    int len = snprintf(out, HTTP_DATE_SIZE, "%.3s, %02d %.3s %04d %02d:%02d:%02d GMT",
                       day_names + civil_weekday(at) * 3, c.day, month_names + (c.month - 1) * 3,
                       c.year, c.hour, c.minute, c.second);
    return (struct str){ out, (size_t)len };
}

/* A number in a fixed place, -1 when there is none. */
static int digits_at(struct str s, size_t at, size_t len)
{
    int value = 0;
    for (size_t i = at; i < at + len; i++) {
        if (s.ptr[i] < '0' || s.ptr[i] > '9')
            return -1;
        value = value * 10 + (s.ptr[i] - '0');
    }
    return value;
}

bool http_date_read(struct str text, int64_t *ret_at)
{
    char again[HTTP_DATE_SIZE];
    int64_t at;
    if (text.len != HTTP_DATE_SIZE - 1)
        return false;
    struct civil c = { .day = digits_at(text, 5, 2),
                       .year = digits_at(text, 12, 4),
                       .hour = digits_at(text, 17, 2),
                       .minute = digits_at(text, 20, 2),
                       .second = digits_at(text, 23, 2) };
    for (int m = 0; m < 12; m++)
        if (str_eq(str_slice(text, 8, 3), (struct str){ month_names + m * 3, 3 }))
            c.month = m + 1;
    /* What was read must be spelt as we would: that checks all the rest. */
    if (!civil_to_time(c, &at) || !str_eq(http_date_write(again, at), text))
        return false;
    *ret_at = at;
    return true;
}

bool http_etag_matches(struct str header, struct str etag)
{
    if (str_eq_c(str_trim(header), "*"))
        return true;
    /* Not split by commas, which may stand inside a tag. */
    for (size_t at = 0; at < header.len; at++) {
        if (header.ptr[at] != '"')
            continue;
        struct str rest = str_slice(header, at + 1, header.len);
        ptrdiff_t end = str_index(rest, '"');
        if (end < 0)
            return false;
        if (str_eq(str_slice(rest, 0, (size_t)end), etag))
            return true;
        at += (size_t)end + 1;
    }
    return false;
}
