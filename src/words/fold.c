/* words/fold.c - text as it is compared. */
#include "words/fold.h"

#include <stdint.h>
#include <string.h>

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include "base/buf.h"
#include "codec/utf8.h"
#include "words/cache.h"

#define FOLD_BYTES_MAX (100 * 1024 * 1024)

static bool is_plain(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if ((unsigned char)s.ptr[i] >= 0x80)
            return false;
    return true;
}

static int fold_plain(struct arena *a, struct str s, struct str *ret_text, struct err *err)
{
    char *out = arena_alloc(a, s.len + 1);
    if (!out)
        return err_set(err, ERR_NOMEM, NULL);
    for (size_t i = 0; i < s.len; i++)
        out[i] = s.ptr[i] >= 'A' && s.ptr[i] <= 'Z' ? (char)(s.ptr[i] + 32) : s.ptr[i];
    *ret_text = (struct str){ out, s.len };
    return 0;
}

int text_fold(struct arena *a, struct str s, struct str *ret_text, struct err *err)
{
    if (is_plain(s))
        return fold_plain(a, s, ret_text, err);
    if (s.len > FOLD_BYTES_MAX)
        return err_set(err, ERR_TOO_LARGE, NULL);
    UErrorCode code = U_ZERO_ERROR;
    const UNormalizer2 *folder = unorm2_getNFKCCasefoldInstance(&code);
    UTransliterator *simplify = cache_simplify();
    /* One character becomes at most 18 of UTF-16 (U+FDFA), and three bytes each. */
    int32_t cap = (int32_t)s.len + 1, wide_len = 0, len = 0, out_len = 0;
    int32_t room = cap * 6 + 32;
    UChar *wide = arena_array(a, (size_t)cap, sizeof(*wide));
    UChar *folded = arena_array(a, (size_t)room, sizeof(*folded));
    char *out = arena_alloc(a, (size_t)room * 3);
    if (!wide || !folded || !out)
        return err_set(err, ERR_NOMEM, NULL);
    u_strFromUTF8(wide, cap, &wide_len, s.ptr, (int32_t)s.len, &code);
    len = unorm2_normalize(folder, wide, wide_len, folded, room, &code);
    if (simplify && U_SUCCESS(code)) {
        int32_t limit = len;
        utrans_transUChars(simplify, folded, &len, room, 0, &limit, &code);
    }
    u_strToUTF8(out, room * 3, &out_len, folded, len, &code);
    if (U_FAILURE(code))
        return err_detail(err, ERR_INTERNAL, "fold: %s", u_errorName(code));
    *ret_text = (struct str){ out, (size_t)out_len };
    return 0;
}

static bool is_blank(uint32_t c)
{
    return u_isUWhiteSpace((UChar32)c);
}

static bool is_letter(uint32_t c)
{
    return u_isalnum((UChar32)c);
}

/* Words as they stand: each run of letters and digits. */
static void put_tokens(struct buf *out, struct str s)
{
    size_t at = 0;
    uint32_t c;
    bool in = false;
    for (; utf8_next(s, &at, &c); in = is_letter(c)) {
        if (!in && is_letter(c))
            buf_put_char(out, ' ');
        if (is_letter(c))
            utf8_put(out, c);
    }
}

/* Words between blanks, without the marks in them: "sp-am" is "spam". */
static void put_chunks(struct buf *out, struct str s)
{
    size_t at = 0;
    uint32_t c;
    bool fresh = true;
    while (utf8_next(s, &at, &c)) {
        if (is_blank(c)) {
            fresh = true;
        } else if (is_letter(c)) {
            if (fresh)
                buf_put_char(out, ' ');
            fresh = false;
            utf8_put(out, c);
        }
    }
}

/* Single letters that stand apart, together: "s p a m" is "spam". */
static void put_singles(struct buf *out, struct str tokens)
{
    struct str rest = tokens, token;
    bool joining = false;
    while (str_next(&rest, ' ', &token)) {
        if (token.len == 0)
            continue;
        bool single = utf8_length(token, 0) == token.len;
        if (!single || !joining)
            buf_put_char(out, ' ');
        if (single)
            buf_put_str(out, token);
        joining = single;
    }
}

int text_haystack(struct arena *a, struct str s, struct text_haystack *ret_haystack,
                  struct err *err)
{
    struct str folded = STR("");
    int rc = text_fold(a, s, &folded, err);
    if (rc < 0)
        return rc;
    struct buf words, tight;
    buf_init(&words, folded.len * 6 + 16);
    buf_init(&tight, folded.len + 16);
    put_tokens(&words, folded);
    struct str tokens = arena_str(a, buf_str(&words));
    put_chunks(&words, folded);
    put_singles(&words, tokens);
    buf_put_char(&words, ' ');
    size_t at = 0;
    uint32_t c;
    while (utf8_next(folded, &at, &c))
        if (is_letter(c))
            utf8_put(&tight, c);
    *ret_haystack =
        (struct text_haystack){ arena_str(a, buf_str(&words)), arena_str(a, buf_str(&tight)) };
    bool full = buf_overflowed(&words) || buf_overflowed(&tight) || arena_overflowed(a);
    buf_release(&words);
    buf_release(&tight);
    return full ? err_set(err, ERR_NOMEM, NULL) : 0;
}

/* The word as it was written: the first of what its own haystack holds. */
static struct str as_written(const struct text_haystack *word)
{
    size_t letters = 0, end = 0;
    while (end < word->words.len && letters < word->tight.len)
        letters += word->words.ptr[end++] != ' ';
    return (struct str){ word->words.ptr, end };
}

bool text_holds(const struct text_haystack *haystack, const struct text_haystack *word)
{
    if (word->tight.len == 0)
        return false;
    if (!is_plain(word->tight))
        return memmem(haystack->tight.ptr, haystack->tight.len, word->tight.ptr, word->tight.len);
    struct str found = haystack->words, looked = as_written(word);
    const char *at = found.ptr;
    size_t left = found.len;
    while ((at = memmem(at, left, looked.ptr, looked.len))) {
        const char *after = at + looked.len;
        if (after < found.ptr + found.len && *after == ' ')
            return true;
        at++;
        left = (size_t)(found.ptr + found.len - at);
    }
    return false;
}
