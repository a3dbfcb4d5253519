/* words/cache.c - ICU's formatters and iterators, kept for each thread. */
#include "words/cache.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include <unicode/udatpg.h>
#include <unicode/ustring.h>

#include "base/mem.h"
#include "base/money.h"

/* Currencies that one thread keeps; one more takes the place of the oldest. */
#define MONEY_KEPT 8

#define PATTERN_MAX 64

struct cache {
    struct {
        char currency[4];
        UNumberFormatter *format;
    } money[LANG_COUNT][MONEY_KEPT];
    int money_next[LANG_COUNT];
    UFormattedNumber *number;
    UDateFormat *dates[LANG_COUNT][DATE_KINDS];
    URelativeDateTimeFormatter *relative[LANG_COUNT];
    UBreakIterator *graphemes;
};

static pthread_key_t cache_key;
static pthread_once_t cache_once = PTHREAD_ONCE_INIT;

static void cache_free(void *held)
{
    struct cache *c = held;
    for (int l = 0; l < LANG_COUNT; l++) {
        for (int i = 0; i < MONEY_KEPT; i++)
            unumf_close(c->money[l][i].format);
        for (int i = 0; i < DATE_KINDS; i++)
            if (c->dates[l][i])
                udat_close(c->dates[l][i]);
        if (c->relative[l])
            ureldatefmt_close(c->relative[l]);
    }
    unumf_closeResult(c->number);
    if (c->graphemes)
        ubrk_close(c->graphemes);
    mem_free(c);
}

static void cache_make_key(void)
{
    BUG_ON(pthread_key_create(&cache_key, cache_free) != 0);
}

static struct cache *cache_here(void)
{
    pthread_once(&cache_once, cache_make_key);
    struct cache *c = pthread_getspecific(cache_key);
    if (c)
        return c;
    c = mem_alloc(sizeof(*c));
    if (!c)
        return NULL;
    memset(c, 0, sizeof(*c));
    if (pthread_setspecific(cache_key, c) != 0) {
        mem_free(c);
        return NULL;
    }
    return c;
}

static UNumberFormatter *open_money(enum lang lang, const char currency[4])
{
    static const char zeros[] = "0000";
    int digits = money_digits(currency);
    char skeleton[PATTERN_MAX];
    if (digits == 0)
        snprintf(skeleton, sizeof(skeleton), "currency/%s precision-integer", currency);
    else
        snprintf(skeleton, sizeof(skeleton), "currency/%s .%.*s", currency, digits, zeros);
    UChar wide[PATTERN_MAX];
    u_uastrcpy(wide, skeleton);
    UErrorCode code = U_ZERO_ERROR;
    UNumberFormatter *format = unumf_openForSkeletonAndLocale(wide, -1, lang_tag(lang), &code);
    if (U_SUCCESS(code))
        return format;
    unumf_close(format);
    return NULL;
}

UNumberFormatter *cache_money(enum lang lang, const char currency[4])
{
    struct cache *c = cache_here();
    if (!c)
        return NULL;
    for (int i = 0; i < MONEY_KEPT; i++)
        if (c->money[lang][i].format && strcmp(c->money[lang][i].currency, currency) == 0)
            return c->money[lang][i].format;
    UNumberFormatter *format = open_money(lang, currency);
    if (!format)
        return NULL;
    int place = c->money_next[lang];
    c->money_next[lang] = (place + 1) % MONEY_KEPT;
    unumf_close(c->money[lang][place].format);
    c->money[lang][place].format = format;
    memcpy(c->money[lang][place].currency, currency, 4);
    return format;
}

UFormattedNumber *cache_number(void)
{
    struct cache *c = cache_here();
    if (c && !c->number) {
        UErrorCode code = U_ZERO_ERROR;
        c->number = unumf_openResult(&code);
        if (U_FAILURE(code))
            c->number = NULL;
    }
    return c ? c->number : NULL;
}

static UDateFormat *open_date(enum lang lang, enum date_kind kind)
{
    static const UChar *const skeletons[DATE_KINDS] = {
        [DATE_NEAR] = u"MMMd",
        [DATE_DAY] = u"yMMMd",
        [DATE_TIME] = u"yMMMdHm",
    };
    UErrorCode code = U_ZERO_ERROR;
    UChar pattern[PATTERN_MAX];
    UDateTimePatternGenerator *generator = udatpg_open(lang_tag(lang), &code);
    int32_t len =
        udatpg_getBestPattern(generator, skeletons[kind], -1, pattern, PATTERN_MAX, &code);
    udatpg_close(generator);
    UDateFormat *format =
        udat_open(UDAT_PATTERN, UDAT_PATTERN, lang_tag(lang), u"UTC", -1, pattern, len, &code);
    return U_SUCCESS(code) ? format : NULL;
}

UDateFormat *cache_date(enum lang lang, enum date_kind kind)
{
    struct cache *c = cache_here();
    if (c && !c->dates[lang][kind])
        c->dates[lang][kind] = open_date(lang, kind);
    return c ? c->dates[lang][kind] : NULL;
}

URelativeDateTimeFormatter *cache_relative(enum lang lang)
{
    struct cache *c = cache_here();
    if (c && !c->relative[lang]) {
        UErrorCode code = U_ZERO_ERROR;
        c->relative[lang] = ureldatefmt_open(lang_tag(lang), NULL, UDAT_STYLE_LONG,
                                             UDISPCTX_CAPITALIZATION_NONE, &code);
        if (U_FAILURE(code))
            c->relative[lang] = NULL;
    }
    return c ? c->relative[lang] : NULL;
}

UBreakIterator *cache_graphemes(void)
{
    struct cache *c = cache_here();
    if (c && !c->graphemes) {
        UErrorCode code = U_ZERO_ERROR;
        c->graphemes = ubrk_open(UBRK_CHARACTER, "en", NULL, 0, &code);
        if (U_FAILURE(code))
            c->graphemes = NULL;
    }
    return c ? c->graphemes : NULL;
}
