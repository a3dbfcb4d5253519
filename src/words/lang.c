/* words/lang.c - the languages that pages are written in. */
#include "words/lang.h"

static const struct {
    const char *prefix, *tag, *name;
} langs[LANG_COUNT] = {
    [LANG_EN] = { "en", "en", "English" },
    [LANG_ZH] = { "zh", "zh-CN", "简体中文" },
};

bool lang_from_tag(struct str tag, enum lang *ret_lang)
{
    size_t len = 0;
    while (len < tag.len && tag.ptr[len] != '-' && tag.ptr[len] != '_')
        len++;
    for (int i = 0; i < LANG_COUNT; i++) {
        if (str_eq_nocase(str_slice(tag, 0, len), str_from(langs[i].prefix))) {
            *ret_lang = (enum lang)i;
            return true;
        }
    }
    return false;
}

/* The weight of an Accept-Language entry in thousandths; 0 for what is not one. */
static int weight_of(struct str params)
{
    struct str p = str_trim(params);
    if (!p.len)
        return 1000;
    if (!str_starts(p, STR("q=")) || p.len < 3)
        return 0;
    int weight = p.ptr[2] == '1' ? 1000 : 0;
    int scale = 100;
    for (size_t i = 4; i < p.len && p.ptr[i] >= '0' && p.ptr[i] <= '9' && scale; i++, scale /= 10)
        weight += (p.ptr[i] - '0') * scale;
    return weight > 1000 ? 1000 : weight;
}

enum lang lang_from_accept(struct str header, enum lang fallback)
{
    enum lang best = fallback;
    int best_weight = 0;
    struct str entry;
    while (str_next(&header, ',', &entry)) {
        ptrdiff_t semicolon = str_index(entry, ';');
        size_t end = semicolon < 0 ? entry.len : (size_t)semicolon;
        int weight = weight_of(str_slice(entry, end + (semicolon >= 0), entry.len));
        enum lang lang;
        if (weight > best_weight && lang_from_tag(str_trim(str_slice(entry, 0, end)), &lang)) {
            best = lang;
            best_weight = weight;
        }
    }
    return best;
}

const char *lang_tag(enum lang lang)
{
    return langs[lang].tag;
}

const char *lang_name(enum lang lang)
{
    return langs[lang].name;
}
