/* words/format.c - numbers, money and times as the reader writes them. */
#include "words/format.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/err.h"
#include "words/cache.h"
#include "words/message.h"

#define DASH "\xe2\x80\x93"

/* English and Chinese group alike: by threes, with a comma. */
static void put_grouped(struct buf *out, uint64_t n)
{
    char text[32];
    size_t at = sizeof(text);
    int digits = 0;
    do {
        if (digits && digits % 3 == 0)
            text[--at] = ',';
        text[--at] = (char)('0' + n % 10);
        n /= 10;
        digits++;
    } while (n);
    buf_put(out, text + at, sizeof(text) - at);
}

static uint64_t size_of(int64_t n)
{
    return n < 0 ? -(uint64_t)n : (uint64_t)n;
}

void format_int(struct buf *out, enum lang lang UNUSED, int64_t n)
{
    if (n < 0)
        buf_put_char(out, '-');
    put_grouped(out, size_of(n));
}

void format_count(struct buf *out, enum lang lang, int64_t n)
{
    static const struct unit {
        uint64_t size;
        bool tenths; /* one digit after the point while the number is below ten */
        const char *name;
    } units[LANG_COUNT][3] = {
        [LANG_EN] = { { 1000000000, true, "B" }, { 1000000, true, "M" }, { 1000, false, "k" } },
        [LANG_ZH] = { { 1000000000000, true, "万亿" },
                      { 100000000, true, "亿" },
                      { 10000, true, "万" } },
    };
    uint64_t size = size_of(n);
    if (size < 10000) {
        format_int(out, lang, n);
        return;
    }
    const struct unit *unit = units[lang];
    while (size < unit->size)
        unit++;
    uint64_t whole = size / unit->size;
    uint64_t tenth = size % unit->size / (unit->size / 10);
    if (n < 0)
        buf_put_char(out, '-');
    put_grouped(out, whole);
    if (unit->tenths && whole < 10 && tenth)
        buf_printf(out, ".%d", (int)tenth);
    buf_put_c(out, unit->name);
}

void format_money(struct buf *out, enum lang lang, struct money m)
{
    const struct money_style *style = cache_money(lang, m.currency);
    int digits = style ? style->digits : money_digits(m.currency);
    uint64_t scale = 1, size = size_of(m.minor);
    for (int i = 0; i < digits; i++)
        scale *= 10;
    if (m.minor < 0)
        buf_put_char(out, '-');
    if (style)
        buf_put_c(out, style->prefix);
    else
        buf_printf(out, "%s ", m.currency);
    put_grouped(out, size / scale);
    if (digits)
        buf_put_char(out, '.');
    for (uint64_t rest = size % scale; scale > 1; rest %= scale) {
        scale /= 10;
        buf_put_char(out, (char)('0' + rest / scale));
    }
    if (style)
        buf_put_c(out, style->suffix);
}

void format_percent(struct buf *out, enum lang lang, int64_t part, int64_t whole)
{
    if (whole == 0) {
        BUF_PUT_LIT(out, DASH);
        return;
    }
    double value = 100.0 * (double)part / (double)whole;
    format_decimal(out, lang, value, fabs(value) < 9.95 && value != floor(value) ? 1 : 0);
    buf_put_char(out, '%');
}

void format_decimal(struct buf *out, enum lang lang UNUSED, double value, int digits)
{
    if (!isfinite(value) || fabs(value) > 1e15) {
        BUF_PUT_LIT(out, DASH);
        return;
    }
    digits = digits < 0 ? 0 : digits > 6 ? 6 : digits;
    double scale = pow(10, digits);
    uint64_t scaled = (uint64_t)floor(fabs(value) * scale + 0.5);
    uint64_t unit = (uint64_t)scale;
    if (value < 0 && scaled)
        buf_put_char(out, '-');
    put_grouped(out, scaled / unit);
    if (digits)
        buf_printf(out, ".%0*" PRIu64, digits, scaled % unit);
}

static void put_date(struct buf *out, enum lang lang, enum date_kind kind, int64_t at)
{
    struct str text = cache_date(lang, kind, at);
    if (text.len)
        buf_put_str(out, text);
    else
        format_iso(out, at);
}

/* The whole seconds, rounded down also before 1970. */
static time_t seconds_of(int64_t at)
{
    return (time_t)(at / TIME_SECOND - (at % TIME_SECOND < 0));
}

static int year_of(int64_t at)
{
    struct tm tm = { 0 };
    time_t seconds = seconds_of(at);
    gmtime_r(&seconds, &tm);
    return tm.tm_year;
}

void format_when(struct buf *out, enum lang lang, int64_t at, int64_t now)
{
    static const struct {
        enum span span;
        int64_t one, below;
    } spans[] = {
        { SPAN_MINUTE, TIME_MINUTE, TIME_HOUR },
        { SPAN_HOUR, TIME_HOUR, TIME_DAY },
        { SPAN_DAY, TIME_DAY, 7 * TIME_DAY },
    };
    int64_t ago = 0;
    bool far = __builtin_sub_overflow(now, at, &ago) || ago == INT64_MIN;
    int64_t size = far ? INT64_MAX : ago < 0 ? -ago : ago;
    if (size < TIME_MINUTE) {
        message_put_english(out, lang, N_("just now"), 0, NULL);
        return;
    }
    for (size_t i = 0; !far && i < ARRAY_LEN(spans); i++) {
        if (size >= spans[i].below)
            continue;
        struct str text = cache_ago(lang, spans[i].span, (int)(ago / spans[i].one));
        if (text.len) {
            buf_put_str(out, text);
            return;
        }
    }
    put_date(out, lang, year_of(at) == year_of(now) ? DATE_NEAR : DATE_DAY, at);
}

void format_day(struct buf *out, enum lang lang, int64_t at)
{
    put_date(out, lang, DATE_DAY, at);
}

void format_time(struct buf *out, enum lang lang, int64_t at)
{
    put_date(out, lang, DATE_TIME, at);
}

void format_iso(struct buf *out, int64_t at)
{
    struct tm tm = { 0 };
    time_t seconds = seconds_of(at);
    char text[64];
    gmtime_r(&seconds, &tm);
    buf_put(out, text, strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &tm));
}
