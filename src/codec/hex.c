/* codec/hex.c - two digits a byte. */
#include "codec/hex.h"

struct str hex_encode(char *out, const void *bytes, size_t len)
{
    static const char digits[] = "0123456789abcdef";
    const unsigned char *from = bytes;
    for (size_t i = 0; i < len; i++) {
        out[i * 2] = digits[from[i] >> 4];
        out[i * 2 + 1] = digits[from[i] & 15];
    }
    out[len * 2] = '\0';
    return (struct str){ out, len * 2 };
}

int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

bool hex_decode(struct str text, void *out, size_t len)
{
    unsigned char *to = out;
    if (text.len / 2 != len || text.len % 2 != 0)
        return false;
    for (size_t i = 0; i < len; i++) {
        int high = hex_digit(text.ptr[i * 2]);
        int low = hex_digit(text.ptr[i * 2 + 1]);
        if (high < 0 || low < 0)
            return false;
        to[i] = (unsigned char)(high << 4 | low);
    }
    return true;
}
