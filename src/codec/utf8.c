/* codec/utf8.c - checking and stepping. */
#include "codec/utf8.h"

#include <string.h>

size_t utf8_length(struct str s, size_t at)
{
    if (at >= s.len)
        return 0;
    const unsigned char *p = (const unsigned char *)s.ptr + at;
    if (p[0] < 0x80)
        return 1;
    if (p[0] < 0xc2 || p[0] > 0xf4)
        return 0;
    size_t len = p[0] < 0xe0 ? 2 : p[0] < 0xf0 ? 3 : 4;
    if (len > s.len - at)
        return 0;
    for (size_t i = 1; i < len; i++)
        if ((p[i] & 0xc0) != 0x80)
            return 0;
    /* The second byte alone tells overlong forms, surrogates and too large. */
    if ((p[0] == 0xe0 && p[1] < 0xa0) || (p[0] == 0xed && p[1] > 0x9f) ||
        (p[0] == 0xf0 && p[1] < 0x90) || (p[0] == 0xf4 && p[1] > 0x8f))
        return 0;
    return len;
}

/* True when eight bytes are all ASCII and none is NUL. */
static bool plain_word(const char *p)
{
    uint64_t w;
    memcpy(&w, p, sizeof(w));
    const uint64_t ones = UINT64_C(0x0101010101010101);
    const uint64_t tops = UINT64_C(0x8080808080808080);
    return !(w & tops) && !((w - ones) & tops);
}

bool utf8_valid(struct str s)
{
    size_t at = 0;
    while (at < s.len) {
        if (s.len - at >= 8 && plain_word(s.ptr + at)) {
            at += 8;
            continue;
        }
        size_t len = utf8_length(s, at);
        if (len == 0 || s.ptr[at] == '\0')
            return false;
        at += len;
    }
    return true;
}

bool utf8_next(struct str s, size_t *at, uint32_t *ret_code)
{
    if (*at >= s.len)
        return false;
    const unsigned char *p = (const unsigned char *)s.ptr + *at;
    size_t len = utf8_length(s, *at);
    uint32_t code = UTF8_REPLACEMENT;
    if (len == 1)
        code = p[0];
    else if (len > 1)
        code = p[0] & (0x7fu >> len);
    for (size_t i = 1; i < len; i++)
        code = code << 6 | (p[i] & 0x3fu);
    *at += len ? len : 1;
    *ret_code = code;
    return true;
}

size_t utf8_count(struct str s)
{
    size_t count = 0, at = 0;
    uint32_t code;
    while (utf8_next(s, &at, &code))
        count++;
    return count;
}

struct str utf8_cut_bytes(struct str s, size_t max)
{
    size_t at = 0, end = 0;
    uint32_t code;
    if (s.len <= max)
        return s;
    /* Characters have at most four bytes: start that close to the cut. A byte
     * that continues a character is never where one starts. */
    end = max;
    for (int i = 0; i < 3 && end > 0 && ((unsigned char)s.ptr[end] & 0xc0) == 0x80; i++)
        end--;
    at = end;
    if (utf8_next(s, &at, &code) && at <= max)
        end = max; /* those were bad bytes, each one a character */
    return str_slice(s, 0, end);
}

struct str utf8_cut_points(struct str s, size_t max)
{
    size_t at = 0;
    uint32_t code;
    while (max-- > 0 && utf8_next(s, &at, &code))
        continue;
    return str_slice(s, 0, at);
}

void utf8_put(struct buf *out, uint32_t code)
{
    char b[4];
    size_t len;
    if (code > 0x10ffff || (code >= 0xd800 && code < 0xe000))
        code = UTF8_REPLACEMENT;
    if (code < 0x80) {
        b[0] = (char)code;
        len = 1;
    } else if (code < 0x800) {
        b[0] = (char)(0xc0 | code >> 6);
        len = 2;
    } else if (code < 0x10000) {
        b[0] = (char)(0xe0 | code >> 12);
        len = 3;
    } else {
        b[0] = (char)(0xf0 | code >> 18);
        len = 4;
    }
    for (size_t i = 1; i < len; i++)
        b[i] = (char)(0x80 | (code >> (6 * (len - 1 - i)) & 0x3f));
    buf_put(out, b, len);
}

void utf8_put_clean(struct buf *out, struct str s)
{
    size_t from = 0, at = 0;
    while (at < s.len) {
        size_t len = utf8_length(s, at);
        if (len > 0 && s.ptr[at] != '\0') {
            at += len;
            continue;
        }
        buf_put_str(out, str_slice(s, from, at - from));
        utf8_put(out, UTF8_REPLACEMENT);
        from = ++at;
    }
    buf_put_str(out, str_slice(s, from, at - from));
}
