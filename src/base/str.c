/* base/str.c - looking at text that somebody else owns. */
#include "base/str.h"

#include <pthread.h>
#include <string.h>

#include "base/random.h"

struct str str_from(const char *text)
{
    return (struct str){ text, text ? strlen(text) : 0 };
}

bool str_eq(struct str a, struct str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

bool str_eq_c(struct str a, const char *b)
{
    return str_eq(a, str_from(b));
}

int str_cmp(struct str a, struct str b)
{
    size_t least = a.len < b.len ? a.len : b.len;
    int order = least ? memcmp(a.ptr, b.ptr, least) : 0;
    if (order)
        return order;
    return (a.len > b.len) - (a.len < b.len);
}

bool str_starts(struct str s, struct str prefix)
{
    return prefix.len <= s.len && str_eq(str_slice(s, 0, prefix.len), prefix);
}

bool str_ends(struct str s, struct str suffix)
{
    return suffix.len <= s.len && str_eq(str_slice(s, s.len - suffix.len, suffix.len), suffix);
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool str_eq_nocase(struct str a, struct str b)
{
    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++)
        if (lower(a.ptr[i]) != lower(b.ptr[i]))
            return false;
    return true;
}

struct str str_slice(struct str s, size_t from, size_t len)
{
    if (from > s.len)
        from = s.len;
    if (len > s.len - from)
        len = s.len - from;
    return (struct str){ from ? s.ptr + from : s.ptr, len };
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

struct str str_trim(struct str s)
{
    size_t from = 0;
    while (from < s.len && is_space(s.ptr[from]))
        from++;
    while (s.len > from && is_space(s.ptr[s.len - 1]))
        s.len--;
    return str_slice(s, from, s.len);
}

ptrdiff_t str_index(struct str s, char c)
{
    const char *found = s.len ? memchr(s.ptr, c, s.len) : NULL;
    return found ? found - s.ptr : -1;
}

bool str_next(struct str *rest, char separator, struct str *ret_piece)
{
    if (!rest->ptr)
        return false;
    ptrdiff_t at = str_index(*rest, separator);
    if (at < 0) {
        *ret_piece = *rest;
        *rest = (struct str){ 0 };
    } else {
        *ret_piece = str_slice(*rest, 0, (size_t)at);
        *rest = str_slice(*rest, (size_t)at + 1, rest->len);
    }
    return true;
}

bool str_to_int(struct str s, int64_t *ret_value)
{
    bool negative = s.len > 0 && s.ptr[0] == '-';
    size_t at = s.len > 0 && (s.ptr[0] == '-' || s.ptr[0] == '+') ? 1 : 0;
    if (at == s.len)
        return false;
    int64_t value = 0;
    for (; at < s.len; at++) {
        if (s.ptr[at] < '0' || s.ptr[at] > '9')
            return false;
        int digit = s.ptr[at] - '0';
        /* Downwards for negatives: the least number has no positive twin. */
        if (__builtin_mul_overflow(value, 10, &value) ||
            __builtin_add_overflow(value, negative ? -digit : digit, &value))
            return false;
    }
    *ret_value = value;
    return true;
}

/* SipHash-1-3 under a key drawn once per process. */
static uint64_t hash_key[2];
static pthread_once_t hash_once = PTHREAD_ONCE_INIT;

static void hash_start(void)
{
    struct random system;
    random_init_system(&system);
    random_fill(&system, hash_key, sizeof(hash_key));
}

static uint64_t rotate(uint64_t x, int by)
{
    return x << by | x >> (64 - by);
}

static void sip_round(uint64_t v[4])
{
    v[0] += v[1];
    v[2] += v[3];
    v[1] = rotate(v[1], 13) ^ v[0];
    v[3] = rotate(v[3], 16) ^ v[2];
    v[0] = rotate(v[0], 32);
    v[2] += v[1];
    v[0] += v[3];
    v[1] = rotate(v[1], 17) ^ v[2];
    v[3] = rotate(v[3], 21) ^ v[0];
    v[2] = rotate(v[2], 32);
}

uint64_t str_hash(struct str s)
{
    pthread_once(&hash_once, hash_start);
    uint64_t v[4] = { hash_key[0] ^ UINT64_C(0x736f6d6570736575),
                      hash_key[1] ^ UINT64_C(0x646f72616e646f6d),
                      hash_key[0] ^ UINT64_C(0x6c7967656e657261),
                      hash_key[1] ^ UINT64_C(0x7465646279746573) };
    size_t at = 0;
    for (; s.len - at >= 8; at += 8) {
        uint64_t word;
        memcpy(&word, s.ptr + at, 8);
        v[3] ^= word;
        sip_round(v);
        v[0] ^= word;
    }
    uint64_t tail = (uint64_t)s.len << 56;
    for (int shift = 0; at < s.len; at++, shift += 8)
        tail |= (uint64_t)(unsigned char)s.ptr[at] << shift;
    v[3] ^= tail;
    sip_round(v);
    v[0] ^= tail;
    v[2] ^= 0xff;
    for (int i = 0; i < 3; i++)
        sip_round(v);
    return v[0] ^ v[1] ^ v[2] ^ v[3];
}
