/* base/money.c - checked arithmetic of amounts. */
#include "base/money.h"

#include <string.h>

static bool within(int64_t amount)
{
    return amount >= -MONEY_MAX && amount <= MONEY_MAX;
}

struct money money(int64_t minor, struct str currency)
{
    struct money m = { .minor = minor, .currency = "XXX" };
    if (currency.len != 3)
        return m;
    char code[4] = { 0 };
    for (int i = 0; i < 3; i++) {
        char c = currency.ptr[i];
        if (c >= 'a' && c <= 'z')
            c = (char)(c - 'a' + 'A');
        if (c < 'A' || c > 'Z')
            return m;
        code[i] = c;
    }
    memcpy(m.currency, code, sizeof(code));
    return m;
}

bool money_add(int64_t a, int64_t b, int64_t *ret)
{
    int64_t sum;
    if (__builtin_add_overflow(a, b, &sum) || !within(sum))
        return false;
    *ret = sum;
    return true;
}

bool money_multiply(int64_t a, int64_t times, int64_t *ret)
{
    int64_t product;
    if (__builtin_mul_overflow(a, times, &product) || !within(product))
        return false;
    *ret = product;
    return true;
}

int64_t money_rate(int64_t amount, int64_t rate)
{
    BUG_ON(rate < 0 || rate > MONEY_RATE_ONE);
    /* In two steps, so that no product leaves 64 bits. */
    int64_t whole = amount / MONEY_RATE_ONE * rate;
    int64_t rest = amount % MONEY_RATE_ONE * rate;
    int64_t half = rest < 0 ? -MONEY_RATE_ONE / 2 : MONEY_RATE_ONE / 2;
    return whole + (rest + half) / MONEY_RATE_ONE;
}

bool money_split(int64_t amount, const int64_t *weights, int n, int64_t *ret)
{
    unsigned __int128 total = 0;
    for (int i = 0; i < n; i++) {
        if (weights[i] < 0)
            return false;
        total += (unsigned __int128)weights[i];
    }
    if (total == 0)
        return false;
    uint64_t whole = amount < 0 ? -(uint64_t)amount : (uint64_t)amount;
    uint64_t left = whole;
    for (int i = 0; i < n; i++) {
        uint64_t part = (uint64_t)((unsigned __int128)whole * (uint64_t)weights[i] / total);
        ret[i] = (int64_t)part;
        left -= part;
    }
    /* What rounding left over goes, one unit each, to the largest remainders.
     * Each round finds the next one below the last in the order (remainder
     * falling, place rising); so no list of who has had one is needed. */
    unsigned __int128 last = total;
    int last_i = n;
    while (left-- > 0) {
        int best = -1;
        unsigned __int128 best_rest = 0;
        for (int i = 0; i < n; i++) {
            unsigned __int128 rest = (unsigned __int128)whole * (uint64_t)weights[i] % total;
            bool had = rest > last || (rest == last && i <= last_i);
            if (!had && (best < 0 || rest > best_rest)) {
                best = i;
                best_rest = rest;
            }
        }
        BUG_ON(best < 0);
        ret[best]++;
        last = best_rest;
        last_i = best;
    }
    for (int i = 0; i < n && amount < 0; i++)
        ret[i] = -ret[i];
    return true;
}

/* ISO 4217: the currencies whose minor unit is not a hundredth. */
int money_digits(const char currency[4])
{
    static const char none[][4] = { "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG",
                                    "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF" };
    static const char three[][4] = { "BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND" };
    static const char four[][4] = { "CLF", "UYW" };
    for (size_t i = 0; i < ARRAY_LEN(none); i++)
        if (strcmp(currency, none[i]) == 0)
            return 0;
    for (size_t i = 0; i < ARRAY_LEN(three); i++)
        if (strcmp(currency, three[i]) == 0)
            return 3;
    for (size_t i = 0; i < ARRAY_LEN(four); i++)
        if (strcmp(currency, four[i]) == 0)
            return 4;
    return 2;
}

/* Adds the digits of s to *value; false on anything but digits and on the bound. */
static bool add_digits(struct str s, int64_t *value)
{
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] < '0' || s.ptr[i] > '9')
            return false;
        *value = *value * 10 + (s.ptr[i] - '0');
        if (*value > MONEY_MAX)
            return false;
    }
    return true;
}

bool money_parse(struct str text, const char currency[4], int64_t *ret_minor)
{
    size_t digits = (size_t)money_digits(currency);
    ptrdiff_t point = str_index(text, '.');
    struct str whole = point < 0 ? text : str_slice(text, 0, (size_t)point);
    struct str part = point < 0 ? STR("") : str_slice(text, (size_t)point + 1, text.len);
    if (whole.len == 0 || part.len > digits || (point >= 0 && part.len == 0))
        return false;
    int64_t minor = 0;
    if (!add_digits(whole, &minor) || !add_digits(part, &minor))
        return false;
    if (!add_digits((struct str){ "0000", digits - part.len }, &minor))
        return false;
    *ret_minor = minor;
    return true;
}
