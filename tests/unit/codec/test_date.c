/* codec/date.h: every day of the calendar, and RFC 3339. */
#include "unit/unit.h"

#include <time.h>

#include "base/clock.h"
#include "codec/date.h"

static void every_day_matches_the_system(void **state UNUSED)
{
    for (int64_t day = DATE_MIN; day <= DATE_MAX; day += TIME_DAY) {
        int64_t at = day + 12345678901 % TIME_DAY, back;
        struct civil c = civil_from_time(at);
        time_t seconds = (time_t)(time_day(at) / TIME_SECOND);
        struct tm want;
        gmtime_r(&seconds, &want);
        assert_true(c.year == want.tm_year + 1900 && c.month == want.tm_mon + 1 &&
                    c.day == want.tm_mday);
        assert_true(civil_weekday(at) == want.tm_wday);
        assert_true(civil_to_time(c, &back) && back == at);
    }
}

static void impossible_days_are_refused(void **state UNUSED)
{
    static const struct civil bad[] = {
        { 2026, 2, 29, 0, 0, 0, 0 }, { 1900, 2, 29, 0, 0, 0, 0 },      { 2026, 13, 1, 0, 0, 0, 0 },
        { 2026, 0, 1, 0, 0, 0, 0 },  { 2026, 4, 31, 0, 0, 0, 0 },      { 2026, 1, 0, 0, 0, 0, 0 },
        { 2026, 1, 1, 24, 0, 0, 0 }, { 2026, 1, 1, 0, 60, 0, 0 },      { 2026, 1, 1, 0, 0, 60, 0 },
        { 2026, 1, 1, 0, 0, 0, -1 }, { 0, 1, 1, 0, 0, 0, 0 },          { 10000, 1, 1, 0, 0, 0, 0 },
        { 2026, 1, 1, -1, 0, 0, 0 }, { 2026, 1, 1, 0, 0, 0, 1000000 },
    };
    int64_t at = 7;
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        assert_false(civil_to_time(bad[i], &at));
    assert_int_equal(at, 7);
    assert_true(civil_to_time((struct civil){ .year = 2000, .month = 2, .day = 29 }, &at));
}

static void rfc3339_is_written(void **state UNUSED)
{
    char out[DATE_TEXT_MAX];
    assert_text(date_write(out, 0), "1970-01-01T00:00:00Z");
    assert_text(date_write(out, INT64_C(1767323045678000)), "2026-01-02T03:04:05.678Z");
    assert_text(date_write(out, INT64_C(1767323045000001)), "2026-01-02T03:04:05.000001Z");
    assert_text(date_write(out, -1), "1969-12-31T23:59:59.999999Z");
    assert_text(date_write(out, INT64_MAX), "9999-12-31T23:59:59.999999Z");
    assert_text(date_write(out, INT64_MIN), "0001-01-01T00:00:00Z");
    assert_text(date_write_day(out, INT64_C(1767323045678000)), "2026-01-02");
}

static void rfc3339_is_read(void **state UNUSED)
{
    static const struct {
        const char *text, *same;
    } good[] = { { "2026-01-02T03:04:05Z", "2026-01-02T03:04:05Z" },
                 { "2026-01-02t03:04:05z", "2026-01-02T03:04:05Z" },
                 { "2026-01-02T03:04:05.5Z", "2026-01-02T03:04:05.500Z" },
                 { "2026-01-02T03:04:05.1234567899Z", "2026-01-02T03:04:05.123456Z" },
                 { "2026-01-02T03:04:05+08:00", "2026-01-01T19:04:05Z" },
                 { "2026-01-02T03:04:05-00:30", "2026-01-02T03:34:05Z" } };
    static const char *const bad[] = { "",
                                       "2026-01-02",
                                       "2026-01-02T03:04:05",
                                       "2026-01-02 03:04:05Z",
                                       "2026-01-02T03:04Z",
                                       "2026-01-02T03:04:05.Z",
                                       "2026-01-02T03:04:05ZZ",
                                       "2026-01-02T03:04:05+0800",
                                       "2026-01-02T03:04:05+24:00",
                                       "2026-01-02T03:04:60Z",
                                       "2026-02-30T03:04:05Z",
                                       "0000-01-01T00:00:00Z",
                                       "0001-01-01T00:00:00+01:00",
                                       "9999-12-31T23:59:59-01:00",
                                       "-026-01-02T03:04:05Z",
                                       "2026-1-2T3:4:5Z" };
    char out[DATE_TEXT_MAX];
    int64_t at;
    for (size_t i = 0; i < ARRAY_LEN(good); i++) {
        assert_true(date_read(str_from(good[i].text), &at));
        assert_text(date_write(out, at), good[i].same);
    }
    at = 7;
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        assert_false(date_read(str_from(bad[i]), &at));
    assert_false(date_read((struct str){ 0 }, &at));
    assert_int_equal(at, 7);
    assert_true(date_read_day(STR("2024-02-29"), &at));
    assert_text(date_write(out, at), "2024-02-29T00:00:00Z");
    assert_false(date_read_day(STR("2024-02-29T"), &at));
    assert_false(date_read_day(STR("2023-02-29"), &at));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_day_matches_the_system),
        cmocka_unit_test(impossible_days_are_refused),
        cmocka_unit_test(rfc3339_is_written),
        cmocka_unit_test(rfc3339_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
