/* codec/json_out.c - one bit a level says what is open and whether it needs a comma. */
#include "codec/json_out.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "codec/utf8.h"

void json_out_init(struct json_out *j, struct buf *out)
{
    *j = (struct json_out){ .buf = out };
}

static uint64_t top_bit(const struct json_out *j)
{
    return UINT64_C(1) << (j->depth - 1);
}

/* What stands before a value or a key: a comma, or nothing. */
static void separate(struct json_out *j)
{
    if (j->depth == 0)
        return;
    if (j->filled & top_bit(j))
        buf_put_char(j->buf, ',');
    j->filled |= top_bit(j);
}

static void before_value(struct json_out *j)
{
    bool in_object = j->depth > 0 && (j->objects & top_bit(j));
    BUG_ON(in_object != j->keyed);
    if (j->keyed)
        j->keyed = false;
    else
        separate(j);
}

static void begin(struct json_out *j, char bracket, bool object)
{
    before_value(j);
    BUG_ON(j->depth >= JSON_OUT_DEPTH);
    buf_put_char(j->buf, bracket);
    j->depth++;
    j->filled &= ~top_bit(j);
    if (object)
        j->objects |= top_bit(j);
    else
        j->objects &= ~top_bit(j);
}

static void end(struct json_out *j, char bracket, bool object)
{
    BUG_ON(j->depth == 0 || j->keyed);
    BUG_ON(((j->objects & top_bit(j)) != 0) != object);
    j->depth--;
    buf_put_char(j->buf, bracket);
}

void json_begin_object(struct json_out *j)
{
    begin(j, '{', true);
}

void json_end_object(struct json_out *j)
{
    end(j, '}', true);
}

void json_begin_array(struct json_out *j)
{
    begin(j, '[', false);
}

void json_end_array(struct json_out *j)
{
    end(j, ']', false);
}

/* The escape of a character that may not stand as it is, or 0 for those
 * that are written as \uXXXX. */
static char short_escape(uint32_t code)
{
    switch (code) {
    case '"':
    case '\\':
        return (char)code;
    case '\n':
        return 'n';
    case '\r':
        return 'r';
    case '\t':
        return 't';
    default:
        return 0;
    }
}

static bool is_plain(unsigned char c)
{
    return c >= 0x20 && c < 0x7f && c != '"' && c != '\\' && c != '<' && c != '>' && c != '&';
}

static void put_text(struct buf *out, struct str s)
{
    buf_put_char(out, '"');
    size_t at = 0;
    while (at < s.len) {
        size_t from = at;
        while (at < s.len && is_plain((unsigned char)s.ptr[at]))
            at++;
        buf_put_str(out, str_slice(s, from, at - from));
        uint32_t code;
        if (!utf8_next(s, &at, &code))
            break;
        if (short_escape(code))
            buf_printf(out, "\\%c", short_escape(code));
        else if (code < 0x80 || code == 0x2028 || code == 0x2029)
            buf_printf(out, "\\u%04x", (unsigned)code);
        else
            utf8_put(out, code);
    }
    buf_put_char(out, '"');
}

void json_key_text(struct json_out *j, struct str key)
{
    BUG_ON(j->depth == 0 || j->keyed || !(j->objects & top_bit(j)));
    separate(j);
    put_text(j->buf, key);
    buf_put_char(j->buf, ':');
    j->keyed = true;
}

void json_key(struct json_out *j, const char *key)
{
    json_key_text(j, str_from(key));
}

void json_str(struct json_out *j, struct str value)
{
    before_value(j);
    put_text(j->buf, value);
}

void json_c(struct json_out *j, const char *value)
{
    if (value)
        json_str(j, str_from(value));
    else
        json_nil(j);
}

void json_int(struct json_out *j, int64_t value)
{
    before_value(j);
    buf_put_int(j->buf, value);
}

void json_bool(struct json_out *j, bool value)
{
    before_value(j);
    buf_put_c(j->buf, value ? "true" : "false");
}

void json_double(struct json_out *j, double value)
{
    char text[40];
    if (!isfinite(value)) {
        json_nil(j);
        return;
    }
    before_value(j);
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, sizeof(text), "%.*g", digits, value);
        if (strtod(text, NULL) == value)
            break;
    }
    buf_put_c(j->buf, text);
}

void json_nil(struct json_out *j)
{
    before_value(j);
    BUF_PUT_LIT(j->buf, "null");
}

void json_raw(struct json_out *j, struct str value)
{
    before_value(j);
    buf_put_str(j->buf, value);
}

void json_member_str(struct json_out *j, const char *key, struct str value)
{
    json_key(j, key);
    json_str(j, value);
}

void json_member_int(struct json_out *j, const char *key, int64_t value)
{
    json_key(j, key);
    json_int(j, value);
}

void json_member_bool(struct json_out *j, const char *key, bool value)
{
    json_key(j, key);
    json_bool(j, value);
}

bool json_out_done(const struct json_out *j)
{
    return j->depth == 0 && !j->keyed;
}
