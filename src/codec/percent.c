/* codec/percent.c - percent encoding, RFC 3986 and forms. */
#include "codec/percent.h"

#include <string.h>

#include "codec/hex.h"
#include "codec/utf8.h"

static int decode_into(char *to, struct str s, bool plus, size_t *ret_len, struct err *err)
{
    size_t n = 0;
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] == '%') {
            int high = s.len - i > 2 ? hex_digit(s.ptr[i + 1]) : -1;
            int low = s.len - i > 2 ? hex_digit(s.ptr[i + 2]) : -1;
            if (high < 0 || low < 0)
                return err_detail(err, ERR_MALFORMED, "percent sign without two digits");
            to[n++] = (char)(high << 4 | low);
            i += 2;
        } else {
            to[n++] = plus && s.ptr[i] == '+' ? ' ' : s.ptr[i];
        }
    }
    *ret_len = n;
    return 0;
}

int percent_decode(struct arena *a, struct str s, bool plus, struct str *ret, struct err *err)
{
    struct str decoded = s;
    if (str_index(s, '%') >= 0 || (plus && str_index(s, '+') >= 0)) {
        char *copy = arena_alloc(a, s.len + 1);
        if (!copy)
            return err_detail(err, ERR_NOMEM, "no room to decode %zu bytes", s.len);
        int rc = decode_into(copy, s, plus, &decoded.len, err);
        if (rc)
            return rc;
        copy[decoded.len] = '\0';
        decoded.ptr = copy;
    }
    if (!utf8_valid(decoded))
        return err_detail(err, ERR_MALFORMED, "not UTF-8, or a NUL in it");
    *ret = decoded;
    return 0;
}

static bool is_unreserved(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_' || c == '~';
}

static void encode(struct buf *out, struct str s, bool slashes_stay)
{
    static const char digits[] = "0123456789ABCDEF";
    size_t from = 0;
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        if (is_unreserved((char)c) || (slashes_stay && c == '/'))
            continue;
        char encoded[3] = { '%', digits[c >> 4], digits[c & 15] };
        buf_put_str(out, str_slice(s, from, i - from));
        buf_put(out, encoded, sizeof(encoded));
        from = i + 1;
    }
    buf_put_str(out, str_slice(s, from, s.len));
}

void percent_encode(struct buf *out, struct str s)
{
    encode(out, s, false);
}

void percent_encode_path(struct buf *out, struct str s)
{
    encode(out, s, true);
}
