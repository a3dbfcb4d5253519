/* words/format.h */
#include "unit/unit.h"

#include <math.h>
#include <pthread.h>
#include <string.h>

#include <unicode/unum.h>
#include <unicode/ustring.h>

#include "base/clock.h"
#include "unit/torture.h"
#include "words/format.h"

static struct buf out;

static struct str written(void)
{
    static char kept[4096];
    struct str text = buf_str(&out);
    assert_true(text.len < sizeof(kept));
    memcpy(kept, text.ptr, text.len);
    buf_clear(&out);
    return (struct str){ kept, text.len };
}

#define CHECK(call, want)                                                                          \
    do {                                                                                           \
        call;                                                                                      \
        assert_text(written(), want);                                                              \
    } while (0)

static void integers_are_grouped(void **state)
{
    (void)state;
    CHECK(format_int(&out, LANG_EN, 0), "0");
    CHECK(format_int(&out, LANG_ZH, 999), "999");
    CHECK(format_int(&out, LANG_EN, -1234), "-1,234");
    CHECK(format_int(&out, LANG_ZH, 1234567), "1,234,567");
    CHECK(format_int(&out, LANG_EN, INT64_MAX), "9,223,372,036,854,775,807");
    CHECK(format_int(&out, LANG_EN, INT64_MIN), "-9,223,372,036,854,775,808");
}

/* What is written by hand for speed is what ICU would write. */
static void integers_are_those_of_icu(void **state)
{
    (void)state;
    for (int l = 0; l < LANG_COUNT; l++) {
        UErrorCode code = U_ZERO_ERROR;
        UNumberFormat *format =
            unum_open(UNUM_DECIMAL, NULL, 0, lang_tag((enum lang)l), NULL, &code);
        for (int64_t n = 1; n < INT64_MAX / 100; n = n * 7 + 3) {
            UChar wide[64];
            char text[128];
            unum_formatInt64(format, n, wide, 64, NULL, &code);
            u_strToUTF8(text, sizeof(text), NULL, wide, -1, &code);
            assert_true(U_SUCCESS(code));
            CHECK(format_int(&out, (enum lang)l, n), text);
        }
        unum_close(format);
    }
}

static void counts_are_cut_down(void **state)
{
    (void)state;
    static const struct {
        int64_t n;
        const char *en, *zh;
    } cases[] = {
        { 0, "0", "0" },
        { 1234, "1,234", "1,234" },
        { 9999, "9,999", "9,999" },
        { 10000, "10k", "1万" },
        { 12345, "12k", "1.2万" },
        { 19999, "19k", "1.9万" },
        { 999999, "999k", "99万" },
        { 1234567, "1.2M", "123万" },
        { 12345678, "12M", "1,234万" },
        { 123456789, "123M", "1.2亿" },
        { INT64_C(1999999999), "1.9B", "19亿" },
        { -12345, "-12k", "-1.2万" },
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        CHECK(format_count(&out, LANG_EN, cases[i].n), cases[i].en);
        CHECK(format_count(&out, LANG_ZH, cases[i].n), cases[i].zh);
    }
    format_count(&out, LANG_EN, INT64_MIN);
    assert_true(written().len > 0);
}

static void money_is_exact(void **state)
{
    (void)state;
    static const struct {
        struct money money;
        const char *en, *zh;
    } cases[] = {
        { { 1250, "CNY" }, "CN¥12.50", "¥12.50" },
        { { 0, "CNY" }, "CN¥0.00", "¥0.00" },
        { { 123456, "USD" }, "$1,234.56", "US$1,234.56" },
        { { 1234, "JPY" }, "¥1,234", "JP¥1,234" },
        { { 12345, "KWD" },
          "KWD\xc2\xa0"
          "12.345",
          "KWD\xc2\xa0"
          "12.345" },
        { { -5, "EUR" }, "-€0.05", "-€0.05" },
        { { MONEY_MAX, "CNY" }, "CN¥10,000,000,000,000.00", "¥10,000,000,000,000.00" },
        { { MONEY_MAX - 1, "CNY" }, "CN¥9,999,999,999,999.99", "¥9,999,999,999,999.99" },
        { { -99, "IDR" },
          "-IDR\xc2\xa0"
          "0.99",
          "-IDR\xc2\xa0"
          "0.99" },
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        CHECK(format_money(&out, LANG_EN, cases[i].money), cases[i].en);
        CHECK(format_money(&out, LANG_ZH, cases[i].money), cases[i].zh);
    }
}

/* What is written by hand is what ICU would write, for any amount. */
static void money_is_that_of_icu(void **state)
{
    (void)state;
    static const char *const names[] = { "CNY", "USD", "EUR", "GBP", "JPY", "KRW", "CHF", "SEK",
                                         "AUD", "CAD", "HKD", "TWD", "KWD", "VND", "XXX", "BTC" };
    for (size_t i = 0; i < ARRAY_LEN(names) * LANG_COUNT; i++) {
        enum lang lang = (enum lang)(i % LANG_COUNT);
        const char *name = names[i / LANG_COUNT];
        int digits = money_digits(name);
        UErrorCode code = U_ZERO_ERROR;
        UNumberFormat *format = unum_open(UNUM_CURRENCY, NULL, 0, lang_tag(lang), NULL, &code);
        UChar currency[4];
        u_uastrcpy(currency, name);
        unum_setTextAttribute(format, UNUM_CURRENCY_CODE, currency, 3, &code);
        unum_setAttribute(format, UNUM_FRACTION_DIGITS, digits);
        for (int64_t n = 0; n < MONEY_MAX; n = n * 11 + 7) {
            UChar wide[64];
            char text[128], amount[64];
            int64_t scale = digits == 0 ? 1 : digits == 2 ? 100 : 1000;
            snprintf(amount, sizeof(amount), "-%lld.%0*lld", (long long)(n / scale), digits,
                     (long long)(n % scale));
            if (!digits)
                amount[strlen(amount) - 2] = '\0';
            unum_formatDecimal(format, amount + (n % 3 == 0), -1, wide, 64, NULL, &code);
            u_strToUTF8(text, sizeof(text), NULL, wide, -1, &code);
            assert_true(U_SUCCESS(code));
            if (n % 3 || n)
                CHECK(format_money(&out, lang, money(n % 3 ? -n : n, str_from(name))), text);
        }
        unum_close(format);
    }
}

/* More currencies than a thread keeps formatters for. */
static void many_currencies(void **state)
{
    (void)state;
    static const char *const names[] = { "CNY", "USD", "EUR", "GBP", "JPY", "KRW",
                                         "CHF", "SEK", "AUD", "CAD", "HKD", "TWD" };
    for (int round = 0; round < 3; round++) {
        for (size_t i = 0; i < ARRAY_LEN(names); i++) {
            format_money(&out, LANG_EN, money(123456, str_from(names[i])));
            assert_true(written().len > 5);
        }
    }
    CHECK(format_money(&out, LANG_EN, money(100, STR("CNY"))), "CN¥1.00");
}

static void shares(void **state)
{
    (void)state;
    CHECK(format_percent(&out, LANG_EN, 1, 8), "13%");
    CHECK(format_percent(&out, LANG_ZH, 1, 80), "1.3%");
    CHECK(format_percent(&out, LANG_EN, 1, 100), "1%");
    CHECK(format_percent(&out, LANG_EN, 0, 5), "0%");
    CHECK(format_percent(&out, LANG_EN, 5, 5), "100%");
    CHECK(format_percent(&out, LANG_EN, 3, 0), "–");
    CHECK(format_percent(&out, LANG_EN, -1, 2), "-50%");
    CHECK(format_decimal(&out, LANG_EN, 1234.567, 2), "1,234.57");
    CHECK(format_decimal(&out, LANG_EN, -0.004, 2), "0.00");
    CHECK(format_decimal(&out, LANG_EN, 2, 0), "2");
    CHECK(format_decimal(&out, LANG_EN, NAN, 1), "–");
    CHECK(format_decimal(&out, LANG_EN, INFINITY, 1), "–");
    CHECK(format_decimal(&out, LANG_EN, 0.5, 99), "0.500000");
}

/* 2026-11-22 02:31:00 UTC */
#define NOW (INT64_C(1795314660) * TIME_SECOND)

static void times_are_relative_within_a_week(void **state)
{
    (void)state;
    static const struct {
        int64_t ago;
        const char *en, *zh;
    } cases[] = {
        { 0, "just now", "刚刚" },
        { 59 * TIME_SECOND, "just now", "刚刚" },
        { TIME_MINUTE, "1 minute ago", "1分钟前" },
        { 59 * TIME_MINUTE, "59 minutes ago", "59分钟前" },
        { TIME_HOUR, "1 hour ago", "1小时前" },
        { 23 * TIME_HOUR, "23 hours ago", "23小时前" },
        { TIME_DAY, "1 day ago", "1天前" },
        { 7 * TIME_DAY - 1, "6 days ago", "6天前" },
        { 7 * TIME_DAY, "Nov 15", "11月15日" },
        { 7 * TIME_DAY + 256 * TIME_DAY, "Mar 4", "3月4日" },
        { 365 * TIME_DAY, "Nov 22, 2025", "2025年11月22日" },
        { -30 * TIME_SECOND, "just now", "刚刚" },
        { -3 * TIME_DAY, "in 3 days", "3天后" },
    };
    /* Twice, for the second time comes from what the thread keeps. */
    for (size_t i = 0; i < 2 * ARRAY_LEN(cases); i++) {
        size_t k = i % ARRAY_LEN(cases);
        CHECK(format_when(&out, LANG_EN, NOW - cases[k].ago, NOW), cases[k].en);
        CHECK(format_when(&out, LANG_ZH, NOW - cases[k].ago, NOW), cases[k].zh);
    }
}

static void dates(void **state)
{
    (void)state;
    CHECK(format_day(&out, LANG_EN, NOW), "Nov 22, 2026");
    CHECK(format_day(&out, LANG_ZH, NOW), "2026年11月22日");
    CHECK(format_time(&out, LANG_EN, NOW), "Nov 22, 2026, 02:31");
    CHECK(format_time(&out, LANG_ZH, NOW), "2026年11月22日 02:31");
    CHECK(format_iso(&out, NOW), "2026-11-22T02:31:00Z");
    CHECK(format_iso(&out, -1), "1969-12-31T23:59:59Z");
}

/* Any number is written somehow, and within bounds. */
static void extremes_are_harmless(void **state)
{
    (void)state;
    static const int64_t ends[] = { INT64_MIN, INT64_MIN + 1, -1, 0, 1, INT64_MAX };
    for (size_t i = 0; i < ARRAY_LEN(ends); i++) {
        for (int l = 0; l < LANG_COUNT; l++) {
            format_day(&out, (enum lang)l, ends[i]);
            format_time(&out, (enum lang)l, ends[i]);
            format_iso(&out, ends[i]);
            format_when(&out, (enum lang)l, ends[i], 0);
            format_when(&out, (enum lang)l, 0, ends[i]);
            format_when(&out, (enum lang)l, ends[i], ends[ARRAY_LEN(ends) - 1 - i]);
            format_money(&out, (enum lang)l, (struct money){ ends[i], "CNY" });
            format_percent(&out, (enum lang)l, ends[i], -1);
            assert_true(written().len > 10);
        }
    }
}

static void *in_a_thread(void *ctx)
{
    struct buf own;
    bool good = true;
    buf_init(&own, 100);
    for (int i = 0; i < 300; i++) {
        buf_clear(&own);
        format_money(&own, i % 2 ? LANG_EN : LANG_ZH, (struct money){ 1250, "CNY" });
        good = good && str_eq_c(buf_str(&own), i % 2 ? "CN¥12.50" : "¥12.50");
    }
    buf_release(&own);
    *(bool *)ctx = good;
    return NULL;
}

static void threads_do_not_meet(void **state)
{
    (void)state;
    pthread_t threads[4];
    bool good[4] = { false };
    for (int i = 0; i < 4; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, in_a_thread, &good[i]), 0);
    for (int i = 0; i < 4; i++) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
        assert_true(good[i]);
    }
}

static int start(void **state)
{
    (void)state;
    buf_init(&out, 4096);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    buf_release(&out);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(integers_are_grouped),
        cmocka_unit_test(integers_are_those_of_icu),
        cmocka_unit_test(counts_are_cut_down),
        cmocka_unit_test(money_is_exact),
        cmocka_unit_test(money_is_that_of_icu),
        cmocka_unit_test(many_currencies),
        cmocka_unit_test(shares),
        cmocka_unit_test(times_are_relative_within_a_week),
        cmocka_unit_test(dates),
        cmocka_unit_test(extremes_are_harmless),
        cmocka_unit_test(threads_do_not_meet),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
