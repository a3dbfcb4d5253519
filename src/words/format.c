/* words/format.c - numbers, money and times as the reader writes them. */
#include "words/format.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <unicode/ustring.h>

#include "base/clock.h"
#include "base/err.h"
#include "words/cache.h"
#include "words/message.h"

#define OUTPUT_MAX 128
#define DASH       "\xe2\x80\x93"

/* Append what ICU wrote; false when it failed or wrote too much. */
static bool put_wide(struct buf *out, const UChar *wide, int32_t len, UErrorCode code)
{
    char text[OUTPUT_MAX * 3 + 1];
    int32_t bytes;
    if (U_FAILURE(code) || len > OUTPUT_MAX)
        return false;
    u_strToUTF8(text, sizeof(text), &bytes, wide, len, &code);
    if (U_FAILURE(code))
        return false;
    buf_put(out, text, (size_t)bytes);
    return true;
}

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

/* "-1234.50": the amount as a decimal number, exact. */
static int write_amount(char *text, size_t cap, struct money m)
{
    int digits = money_digits(m.currency);
    uint64_t scale = 1;
    for (int i = 0; i < digits; i++)
        scale *= 10;
    uint64_t size = size_of(m.minor);
    const char *sign = m.minor < 0 ? "-" : "";
    if (!digits)
        return snprintf(text, cap, "%s%" PRIu64, sign, size);
    return snprintf(text, cap, "%s%" PRIu64 ".%0*" PRIu64, sign, size / scale, digits,
                    size % scale);
}

void format_money(struct buf *out, enum lang lang, struct money m)
{
    char amount[48];
    int len = write_amount(amount, sizeof(amount), m);
    UNumberFormatter *format = cache_money(lang, m.currency);
    UFormattedNumber *number = cache_number();
    if (format && number) {
        UErrorCode code = U_ZERO_ERROR;
        UChar wide[OUTPUT_MAX];
        unumf_formatDecimal(format, amount, len, number, &code);
        int32_t n = unumf_resultToString(number, wide, OUTPUT_MAX, &code);
        if (put_wide(out, wide, n, code))
            return;
    }
    buf_printf(out, "%s %s", m.currency, amount);
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
    UDateFormat *format = cache_date(lang, kind);
    if (format) {
        UErrorCode code = U_ZERO_ERROR;
        UChar wide[OUTPUT_MAX];
        int32_t len = udat_format(format, (UDate)at / 1000.0, wide, OUTPUT_MAX, NULL, &code);
        if (put_wide(out, wide, len, code))
            return;
    }
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

static bool put_relative(struct buf *out, enum lang lang, int64_t n, URelativeDateTimeUnit unit)
{
    URelativeDateTimeFormatter *format = cache_relative(lang);
    if (!format)
        return false;
    UErrorCode code = U_ZERO_ERROR;
    UChar wide[OUTPUT_MAX];
    int32_t len = ureldatefmt_formatNumeric(format, (double)n, unit, wide, OUTPUT_MAX, &code);
    return put_wide(out, wide, len, code);
}

void format_when(struct buf *out, enum lang lang, int64_t at, int64_t now)
{
    int64_t off = at - now, far = off < 0 ? -off : off;
    bool done = false;
    if (far < TIME_MINUTE) {
        message_put_english(out, lang, N_("just now"), 0, NULL);
        return;
    }
    if (far < TIME_HOUR)
        done = put_relative(out, lang, off / TIME_MINUTE, UDAT_REL_UNIT_MINUTE);
    else if (far < TIME_DAY)
        done = put_relative(out, lang, off / TIME_HOUR, UDAT_REL_UNIT_HOUR);
    else if (far < 7 * TIME_DAY)
        done = put_relative(out, lang, off / TIME_DAY, UDAT_REL_UNIT_DAY);
    if (!done)
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
