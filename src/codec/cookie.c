/* codec/cookie.c - one header, pairs by semicolons. */
#include "codec/cookie.h"

struct str cookie_find(struct str header, const char *name)
{
    struct str piece;
    while (str_next(&header, ';', &piece)) {
        ptrdiff_t equals = str_index(piece, '=');
        if (equals < 0 || !str_eq_c(str_trim(str_slice(piece, 0, (size_t)equals)), name))
            continue;
        struct str value = str_trim(str_slice(piece, (size_t)equals + 1, piece.len));
        if (value.len >= 2 && value.ptr[0] == '"' && value.ptr[value.len - 1] == '"')
            value = str_slice(value, 1, value.len - 2);
        return value;
    }
    return STR("");
}

/* cookie-octet of RFC 6265. */
static bool is_allowed(unsigned char c)
{
    return c > 0x20 && c < 0x7f && c != '"' && c != ',' && c != ';' && c != '\\';
}

int cookie_write(struct buf *out, const struct cookie *c, struct err *err)
{
    for (size_t i = 0; i < c->value.len; i++)
        if (!is_allowed((unsigned char)c->value.ptr[i]))
            return err_detail(err, ERR_INVALID, "cookie %s: byte %zu may not stand in a cookie",
                              c->name, i);
    buf_put_c(out, c->name);
    buf_put_char(out, '=');
    buf_put_str(out, c->value);
    BUF_PUT_LIT(out, "; Path=/; SameSite=Lax");
    if (c->max_age >= 0) {
        BUF_PUT_LIT(out, "; Max-Age=");
        buf_put_int(out, c->max_age);
    }
    if (!c->readable)
        BUF_PUT_LIT(out, "; HttpOnly");
    if (c->secure)
        BUF_PUT_LIT(out, "; Secure");
    return 0;
}
