/* words/cache.c - what ICU said, kept for each thread. */
#include "words/cache.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include <unicode/udat.h>
#include <unicode/udatpg.h>
#include <unicode/unumberformatter.h>
#include <unicode/ureldatefmt.h>
#include <unicode/ustring.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/money.h"

/* Currencies that one thread keeps; one more takes the place of the oldest. */
#define MONEY_KEPT 16

/* Days that one thread keeps, by their number modulo this. */
#define DATES_KEPT 256

#define PATTERN_MAX 64
#define TEXT_MAX    48 /* bytes of one kept text */

struct kept {
    uint8_t len;
    char text[TEXT_MAX];
};

struct kept_date {
    struct kept kept;
    uint8_t lang, kind;
    int64_t day;
};

struct cache {
    struct money_style money[LANG_COUNT][MONEY_KEPT];
    int money_next[LANG_COUNT];
    UDateFormat *formats[LANG_COUNT][DATE_KINDS];
    struct kept_date dates[DATES_KEPT];
    URelativeDateTimeFormatter *relative[LANG_COUNT];
    struct kept ago[LANG_COUNT][SPANS][SPAN_COUNT];
    struct kept once; /* for what is not worth keeping */
    UBreakIterator *graphemes;
    UTransliterator *simplify;
};

static pthread_key_t cache_key;
static pthread_once_t cache_once = PTHREAD_ONCE_INIT;

static void cache_free(void *held)
{
    struct cache *c = held;
    for (int l = 0; l < LANG_COUNT; l++) {
        for (int i = 0; i < DATE_KINDS; i++)
            if (c->formats[l][i])
                udat_close(c->formats[l][i]);
        if (c->relative[l])
            ureldatefmt_close(c->relative[l]);
    }
    if (c->graphemes)
        ubrk_close(c->graphemes);
    if (c->simplify)
        utrans_close(c->simplify);
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

/* Keep what ICU wrote; empty when it failed or wrote too much. */
static struct str keep(struct kept *kept, const UChar *wide, int32_t len, UErrorCode code)
{
    int32_t bytes = 0;
    if (U_SUCCESS(code))
        u_strToUTF8(kept->text, TEXT_MAX, &bytes, wide, len, &code);
    kept->len = U_SUCCESS(code) && bytes <= TEXT_MAX ? (uint8_t)bytes : 0;
    return (struct str){ kept->text, kept->len };
}

/* Write nothing of a currency, to see what stands around its digits. */
static bool write_zero(enum lang lang, const char currency[4], const char *zero, struct kept *ret)
{
    char skeleton[PATTERN_MAX];
    UChar wide[PATTERN_MAX];
    UErrorCode code = U_ZERO_ERROR;
    if (strlen(zero) == 1)
        snprintf(skeleton, sizeof(skeleton), "currency/%s precision-integer", currency);
    else
        snprintf(skeleton, sizeof(skeleton), "currency/%s %s", currency, zero + 1);
    u_uastrcpy(wide, skeleton);
    UNumberFormatter *format = unumf_openForSkeletonAndLocale(wide, -1, lang_tag(lang), &code);
    UFormattedNumber *number = unumf_openResult(&code);
    unumf_formatInt(format, 0, number, &code);
    int32_t len = unumf_resultToString(number, wide, PATTERN_MAX, &code);
    struct str text = keep(ret, wide, len, code);
    unumf_closeResult(number);
    unumf_close(format);
    return text.len > 0;
}

static bool read_style(enum lang lang, const char currency[4], struct money_style *ret_style)
{
    static const char zeros[] = "0.0000";
    int digits = money_digits(currency);
    char zero[sizeof(zeros)];
    snprintf(zero, sizeof(zero), "%.*s", digits ? digits + 2 : 1, zeros);
    struct kept kept;
    if (!write_zero(lang, currency, zero, &kept))
        return false;
    const char *found = memmem(kept.text, kept.len, zero, strlen(zero));
    if (!found)
        return false;
    size_t before = (size_t)(found - kept.text);
    size_t after = kept.len - before - strlen(zero);
    if (before >= MONEY_MARK_MAX || after >= MONEY_MARK_MAX)
        return false;
    struct money_style style = { .digits = digits };
    memcpy(style.currency, currency, sizeof(style.currency));
    memcpy(style.prefix, kept.text, before);
    memcpy(style.suffix, found + strlen(zero), after);
    *ret_style = style;
    return true;
}

const struct money_style *cache_money(enum lang lang, const char currency[4])
{
    struct cache *c = cache_here();
    if (!c)
        return NULL;
    for (int i = 0; i < MONEY_KEPT; i++)
        if (strcmp(c->money[lang][i].currency, currency) == 0)
            return &c->money[lang][i];
    struct money_style *style = &c->money[lang][c->money_next[lang]];
    if (!read_style(lang, currency, style))
        return NULL;
    c->money_next[lang] = (c->money_next[lang] + 1) % MONEY_KEPT;
    return style;
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

static struct str write_date(struct cache *c, enum lang lang, enum date_kind kind, int64_t at,
                             struct kept *kept)
{
    UErrorCode code = U_ZERO_ERROR;
    UChar wide[TEXT_MAX];
    if (!c->formats[lang][kind])
        c->formats[lang][kind] = open_date(lang, kind);
    if (!c->formats[lang][kind])
        return (struct str){ 0 };
    int32_t len =
        udat_format(c->formats[lang][kind], (UDate)at / 1000.0, wide, TEXT_MAX, NULL, &code);
    return keep(kept, wide, len, code);
}

struct str cache_date(enum lang lang, enum date_kind kind, int64_t at)
{
    struct cache *c = cache_here();
    if (!c)
        return (struct str){ 0 };
    if (kind == DATE_TIME)
        return write_date(c, lang, kind, at, &c->once);
    int64_t day = at / TIME_DAY - (at % TIME_DAY < 0);
    struct kept_date *d = &c->dates[(uint64_t)day % DATES_KEPT];
    if (!d->kept.len || d->day != day || d->lang != lang || d->kind != kind) {
        write_date(c, lang, kind, at, &d->kept);
        d->day = day;
        d->lang = (uint8_t)lang;
        d->kind = (uint8_t)kind;
    }
    return (struct str){ d->kept.text, d->kept.len };
}

static struct str write_ago(struct cache *c, enum lang lang, enum span span, int n,
                            struct kept *kept)
{
    static const URelativeDateTimeUnit units[SPANS] = {
        [SPAN_MINUTE] = UDAT_REL_UNIT_MINUTE,
        [SPAN_HOUR] = UDAT_REL_UNIT_HOUR,
        [SPAN_DAY] = UDAT_REL_UNIT_DAY,
    };
    UErrorCode code = U_ZERO_ERROR;
    UChar wide[TEXT_MAX];
    if (!c->relative[lang])
        c->relative[lang] = ureldatefmt_open(lang_tag(lang), NULL, UDAT_STYLE_LONG,
                                             UDISPCTX_CAPITALIZATION_NONE, &code);
    if (U_FAILURE(code)) {
        c->relative[lang] = NULL;
        return (struct str){ 0 };
    }
    int32_t len =
        ureldatefmt_formatNumeric(c->relative[lang], -n, units[span], wide, TEXT_MAX, &code);
    return keep(kept, wide, len, code);
}

struct str cache_ago(enum lang lang, enum span span, int n)
{
    struct cache *c = cache_here();
    if (!c)
        return (struct str){ 0 };
    if (n < 0 || n >= SPAN_COUNT)
        return write_ago(c, lang, span, n, &c->once);
    struct kept *kept = &c->ago[lang][span][n];
    if (!kept->len)
        return write_ago(c, lang, span, n, kept);
    return (struct str){ kept->text, kept->len };
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

UTransliterator *cache_simplify(void)
{
    struct cache *c = cache_here();
    if (c && !c->simplify) {
        UErrorCode code = U_ZERO_ERROR;
        c->simplify =
            utrans_openU(u"Traditional-Simplified", -1, UTRANS_FORWARD, NULL, 0, NULL, &code);
        if (U_FAILURE(code))
            c->simplify = NULL;
    }
    return c ? c->simplify : NULL;
}
