/* codec/topic.c - a walk over code points, one look back. */
#include "codec/topic.h"

#include "codec/utf8.h"

#define FULL_WIDTH_MARK 0xff03

struct code_range {
    uint32_t from, to;
};

static const struct code_range han[] = {
    { 0x3005, 0x3007 },                       /* 々 〆 〇 */
    { 0x3400, 0x4dbf },   { 0x4e00, 0x9fff }, /* the common ones */
    { 0xf900, 0xfaff },                       /* compatibility */
    { 0x20000, 0x323af },                     /* the rare ones */
};

static const struct code_range latin[] = {
    { 'A', 'Z' },   { 'a', 'z' },    { 0xaa, 0xaa },     { 0xba, 0xba },     { 0xc0, 0xd6 },
    { 0xd8, 0xf6 }, { 0xf8, 0x24f }, { 0x1e00, 0x1eff }, { 0xff21, 0xff3a }, { 0xff41, 0xff5a },
};

static bool in_ranges(uint32_t code, const struct code_range *ranges, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (code >= ranges[i].from && code <= ranges[i].to)
            return true;
    return false;
}

static bool is_han(uint32_t code)
{
    return in_ranges(code, han, ARRAY_LEN(han));
}

static bool is_latin(uint32_t code)
{
    return in_ranges(code, latin, ARRAY_LEN(latin));
}

static bool is_digit(uint32_t code)
{
    return (code >= '0' && code <= '9') || (code >= 0xff10 && code <= 0xff19);
}

/* Accents that stand apart from their letter. */
static bool is_accent(uint32_t code)
{
    return code >= 0x300 && code <= 0x36f;
}

static bool is_mark(uint32_t code)
{
    return code == '#' || code == FULL_WIDTH_MARK;
}

bool topic_glues(uint32_t code)
{
    return is_latin(code) || is_digit(code) || is_accent(code) || code == '_' || code == '/' ||
           code == '&';
}

/* Reads the characters of a name from *at on, which moves behind them. False
 * when they are none, no name (digits alone) or too many. */
static bool read_name(struct str text, size_t *at, struct str *ret_name)
{
    size_t from = *at, to = *at, next = *at;
    int points = 0;
    bool letter = false;
    uint32_t code;
    while (utf8_next(text, &next, &code)) {
        bool is_letter = is_latin(code) || is_han(code);
        if (!is_letter && !is_digit(code) && code != '_' && !(points > 0 && is_accent(code)))
            break;
        letter |= is_letter;
        if (points <= TOPIC_POINTS_MAX)
            points++;
        to = next;
    }
    *at = to;
    *ret_name = str_slice(text, from, to - from);
    return letter && points <= TOPIC_POINTS_MAX;
}

/* Steps over a mark that stands at *at: the one that closes "#茶叶#". */
static void skip_mark(struct str text, size_t *at)
{
    size_t behind = *at;
    uint32_t code;
    if (utf8_next(text, &behind, &code) && is_mark(code))
        *at = behind;
}

bool topic_next(struct str text, size_t *at, struct topic *ret)
{
    uint32_t before = ' ', code;
    size_t from = *at;
    while (utf8_next(text, at, &code)) {
        if (is_mark(code) && !topic_glues(before)) {
            struct str name;
            bool good = read_name(text, at, &name);
            if (name.len > 0)
                skip_mark(text, at);
            if (good) {
                *ret = (struct topic){ .name = name, .from = from, .to = *at };
                return true;
            }
        }
        before = code;
        from = *at;
    }
    return false;
}

struct str topic_key(struct arena *a, struct str name)
{
    char *key = arena_alloc(a, name.len + 1);
    if (!key)
        return STR("");
    for (size_t i = 0; i < name.len; i++) {
        char c = name.ptr[i];
        key[i] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    return (struct str){ key, name.len };
}

int topic_find(struct arena *a, struct str text, struct topic_found ret[TOPIC_COUNT_MAX])
{
    struct topic topic;
    size_t at = 0;
    int n = 0;
    while (n < TOPIC_COUNT_MAX && topic_next(text, &at, &topic)) {
        struct str key = topic_key(a, topic.name);
        bool known = key.len == 0;
        for (int i = 0; i < n && !known; i++)
            known = str_eq(ret[i].key, key);
        if (!known)
            ret[n++] = (struct topic_found){ .name = topic.name, .key = key };
    }
    return n;
}
