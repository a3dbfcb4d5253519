/* words/text.c - text as a reader sees it. */
#include "words/text.h"

#include <limits.h>
#include <stdbool.h>
#include <stdint.h>

#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/utext.h>

#include "base/buf.h"
#include "codec/utf8.h"
#include "words/cache.h"

/* True for characters that stand for themselves whatever of their kind is
 * beside them: no marks, joiners, jamo, flags or emoji. Most text is of these. */
static bool is_single(uint32_t c)
{
    return (c >= 0x20 && c < 0x7f) || c == '\n' || (c >= 0xa0 && c < 0x300) ||
           (c >= 0x2010 && c < 0x2028) || (c >= 0x3000 && c < 0x302a) ||
           (c >= 0x3041 && c < 0x3097) || (c >= 0x30a0 && c < 0x3100) ||
           (c >= 0x4e00 && c < 0xa000) || (c >= 0xff01 && c < 0xff61);
}

/* The bytes of the first `max` characters when all up to the one after them
 * are single; SIZE_MAX when they are not, and ICU must be asked. */
static size_t cut_single(struct str s, size_t max, size_t *ret_n)
{
    size_t at = 0, end = 0, n = 0;
    uint32_t c;
    while (n <= max && utf8_next(s, &at, &c)) {
        if (!is_single(c))
            return SIZE_MAX;
        if (n++ < max)
            end = at;
    }
    *ret_n = n < max ? n : max;
    return end;
}

static bool is_ascii(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if ((unsigned char)s.ptr[i] >= 0x80)
            return false;
    return true;
}

/* Go over at most `max` graphemes; their number, and in *ret_end their bytes.
 * Without ICU code points stand in. */
static size_t walk(struct str s, size_t max, size_t *ret_end)
{
    UBreakIterator *graphemes = cache_graphemes();
    UErrorCode code = U_ZERO_ERROR;
    UText text = UTEXT_INITIALIZER;
    size_t n = 0, end = 0;
    if (graphemes && s.len <= INT32_MAX) {
        utext_openUTF8(&text, s.ptr, (int64_t)s.len, &code);
        ubrk_setUText(graphemes, &text, &code);
    }
    if (!graphemes || s.len > INT32_MAX || U_FAILURE(code)) {
        uint32_t point;
        while (n < max && utf8_next(s, &end, &point))
            n++;
    } else {
        ubrk_first(graphemes);
        for (int32_t at; n < max && (at = ubrk_next(graphemes)) != UBRK_DONE; n++)
            end = (size_t)at;
        /* The iterator must not keep a view of text that goes away. */
        static const UChar nothing[1];
        ubrk_setText(graphemes, nothing, 0, &code);
    }
    utext_close(&text);
    *ret_end = end;
    return n;
}

size_t text_count(struct str s)
{
    size_t n, end;
    return cut_single(s, SIZE_MAX - 1, &n) != SIZE_MAX ? n : walk(s, SIZE_MAX, &end);
}

struct str text_cut(struct str s, size_t max)
{
    if (s.len <= max)
        return s;
    size_t n, end = cut_single(s, max, &n);
    if (end == SIZE_MAX)
        walk(s, max, &end);
    return str_slice(s, 0, end);
}

struct str text_shorten(struct arena *a, struct str s, size_t max)
{
    if (text_cut(s, max).len == s.len)
        return s;
    struct str kept = str_trim(text_cut(s, max ? max - 1 : 0));
    return arena_printf(a, "%.*s\xe2\x80\xa6", STR_ARG(kept));
}

/* Bidirectional overrides, embeddings and isolates, and the byte order mark. */
static bool is_turning(uint32_t c)
{
    return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0xfeff;
}

static bool is_break(uint32_t c)
{
    return c == '\n' || c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029 || c == 0x0b ||
           c == 0x0c;
}

static void put_break(struct buf *out, enum text_kind kind)
{
    struct str so_far = buf_str(out);
    if (kind == TEXT_LINES) {
        if (!str_ends(so_far, STR("\n\n")))
            buf_put_char(out, '\n');
    } else if (!str_ends(so_far, STR(" "))) {
        buf_put_char(out, ' ');
    }
}

/* Everything but NFC. */
static void put_clean(struct buf *out, struct str s, enum text_kind kind)
{
    size_t at = 0;
    uint32_t c, before = 0;
    for (; utf8_next(s, &at, &c); before = c) {
        if (c == '\n' && before == '\r')
            continue;
        if (is_break(c))
            put_break(out, kind);
        else if (c == '\t' || (c == ' ' && kind == TEXT_LINE && str_ends(buf_str(out), STR(" "))))
            put_break(out, TEXT_LINE);
        else if (c >= 0x20 && !(c >= 0x7f && c < 0xa0) && !is_turning(c))
            utf8_put(out, c);
    }
}

static int normalise(struct arena *a, struct str s, struct str *ret_text, struct err *err)
{
    UErrorCode code = U_ZERO_ERROR;
    const UNormalizer2 *nfc = unorm2_getNFCInstance(&code);
    if (s.len > INT32_MAX / 8)
        return err_set(err, ERR_TOO_LARGE, NULL);
    /* UTF-16 has at most one unit a byte; NFC of it grows threefold at most. */
    int32_t cap = (int32_t)s.len + 1, wide_len, nfc_len, out_len;
    UChar *wide = arena_array(a, (size_t)cap, sizeof(*wide));
    UChar *composed = arena_array(a, (size_t)cap * 3, sizeof(*composed));
    if (!wide || !composed)
        return err_set(err, ERR_NOMEM, NULL);
    u_strFromUTF8(wide, cap, &wide_len, s.ptr, (int32_t)s.len, &code);
    if (unorm2_isNormalized(nfc, wide, wide_len, &code) && U_SUCCESS(code)) {
        *ret_text = s;
        return 0;
    }
    nfc_len = unorm2_normalize(nfc, wide, wide_len, composed, cap * 3, &code);
    char *out = arena_alloc(a, (size_t)cap * 9);
    if (!out)
        return err_set(err, ERR_NOMEM, NULL);
    u_strToUTF8(out, cap * 9, &out_len, composed, nfc_len, &code);
    if (U_FAILURE(code))
        return err_detail(err, ERR_INTERNAL, "NFC: %s", u_errorName(code));
    *ret_text = (struct str){ out, (size_t)out_len };
    return 0;
}

int text_clean(struct arena *a, struct str s, enum text_kind kind, struct str *ret_text,
               struct err *err)
{
    struct buf out;
    buf_init(&out, s.len * 3 + 1);
    put_clean(&out, s, kind);
    struct str clean = arena_str(a, str_trim(buf_str(&out)));
    bool overflowed = buf_overflowed(&out) || arena_overflowed(a);
    buf_release(&out);
    if (overflowed)
        return err_set(err, ERR_NOMEM, NULL);
    if (!is_ascii(clean))
        return normalise(a, clean, ret_text, err);
    *ret_text = clean;
    return 0;
}
