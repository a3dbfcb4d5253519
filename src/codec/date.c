/* codec/date.c - days since 1970 and back, by whole eras of 400 years. */
#include "codec/date.h"

#include <stdio.h>

#include "base/clock.h"

#define DAYS_PER_ERA     146097 /* in 400 years */
#define DAYS_BEFORE_1970 719468 /* from 0000-03-01 */

/* Counting years from March puts the leap day at the end, where it disturbs
 * no other month. */
static int64_t days_from_civil(int year, int month, int day)
{
    int64_t y = month <= 2 ? year - 1 : year;
    int64_t era = (y >= 0 ? y : y - 399) / 400;
    int64_t year_of_era = y - era * 400;
    int64_t month_from_march = (month + 9) % 12;
    int64_t day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * DAYS_PER_ERA + day_of_era - DAYS_BEFORE_1970;
}

static void civil_from_days(int64_t days, struct civil *c)
{
    int64_t z = days + DAYS_BEFORE_1970;
    int64_t era = (z >= 0 ? z : z - (DAYS_PER_ERA - 1)) / DAYS_PER_ERA;
    int64_t day_of_era = z - era * DAYS_PER_ERA;
    int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t month_from_march = (5 * day_of_year + 2) / 153;
    c->day = (int)(day_of_year - (153 * month_from_march + 2) / 5 + 1);
    c->month = (int)(month_from_march < 10 ? month_from_march + 3 : month_from_march - 9);
    c->year = (int)(year_of_era + era * 400) + (c->month <= 2);
}

static int64_t clamp(int64_t at)
{
    return at < DATE_MIN ? DATE_MIN : at > DATE_MAX ? DATE_MAX : at;
}

struct civil civil_from_time(int64_t at)
{
    struct civil c;
    at = clamp(at);
    int64_t day = time_day(at);
    int64_t into = at - day;
    civil_from_days(day / TIME_DAY, &c);
    c.hour = (int)(into / TIME_HOUR);
    c.minute = (int)(into % TIME_HOUR / TIME_MINUTE);
    c.second = (int)(into % TIME_MINUTE / TIME_SECOND);
    c.micro = (int)(into % TIME_SECOND);
    return c;
}

static int days_in_month(int year, int month)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

bool civil_to_time(struct civil c, int64_t *ret_at)
{
    if (c.year < 1 || c.year > 9999 || c.month < 1 || c.month > 12 || c.day < 1 ||
        c.day > days_in_month(c.year, c.month) || c.hour < 0 || c.hour > 23 || c.minute < 0 ||
        c.minute > 59 || c.second < 0 || c.second > 59 || c.micro < 0 || c.micro > 999999)
        return false;
    *ret_at = days_from_civil(c.year, c.month, c.day) * TIME_DAY + c.hour * TIME_HOUR +
              c.minute * TIME_MINUTE + c.second * TIME_SECOND + c.micro;
    return true;
}

int civil_weekday(int64_t at)
{
    int64_t days = time_day(clamp(at)) / TIME_DAY; /* 1970-01-01 was a Thursday */
    return (int)(((days + 4) % 7 + 7) % 7);
}

/* Writes `digits` digits of value at out, and moves it on. */
static char *put_digits(char *out, int value, int digits)
{
    for (int i = digits - 1; i >= 0; i--) {
        out[i] = (char)('0' + value % 10);
        value /= 10;
    }
    return out + digits;
}

static char *put_day(char *to, const struct civil *c)
{
    to = put_digits(to, c->year, 4);
    *to++ = '-';
    to = put_digits(to, c->month, 2);
    *to++ = '-';
    return put_digits(to, c->day, 2);
}

struct str date_write(char out[DATE_TEXT_MAX], int64_t at)
{
    struct civil c = civil_from_time(at);
    char *to = put_day(out, &c);
    *to++ = 'T';
    to = put_digits(to, c.hour, 2);
    *to++ = ':';
    to = put_digits(to, c.minute, 2);
    *to++ = ':';
    to = put_digits(to, c.second, 2);
    if (c.micro) {
        *to++ = '.';
        to = c.micro % 1000 ? put_digits(to, c.micro, 6) : put_digits(to, c.micro / 1000, 3);
    }
    *to++ = 'Z';
    *to = '\0';
    return (struct str){ out, (size_t)(to - out) };
}

struct str date_write_day(char out[DATE_TEXT_MAX], int64_t at)
{
    struct civil c = civil_from_time(at);
    char *to = put_day(out, &c);
    *to = '\0';
    return (struct str){ out, (size_t)(to - out) };
}

/* Takes `digits` digits off the front. */
static bool take_digits(struct str *s, int digits, int *ret)
{
    int value = 0;
    if (s->len < (size_t)digits)
        return false;
    for (int i = 0; i < digits; i++) {
        if (s->ptr[i] < '0' || s->ptr[i] > '9')
            return false;
        value = value * 10 + (s->ptr[i] - '0');
    }
    *s = str_slice(*s, (size_t)digits, s->len);
    *ret = value;
    return true;
}

/* Takes one of two characters off the front. */
static bool take(struct str *s, char c, char or_c)
{
    if (s->len == 0 || (s->ptr[0] != c && s->ptr[0] != or_c))
        return false;
    *s = str_slice(*s, 1, s->len);
    return true;
}

static bool take_day(struct str *s, struct civil *c)
{
    return take_digits(s, 4, &c->year) && take(s, '-', '-') && take_digits(s, 2, &c->month) &&
           take(s, '-', '-') && take_digits(s, 2, &c->day);
}

static bool take_clock(struct str *s, struct civil *c)
{
    if (!take_digits(s, 2, &c->hour) || !take(s, ':', ':') || !take_digits(s, 2, &c->minute) ||
        !take(s, ':', ':') || !take_digits(s, 2, &c->second))
        return false;
    if (!take(s, '.', '.'))
        return true;
    int digits = 0, digit;
    while (take_digits(s, 1, &digit)) {
        if (digits < 6)
            c->micro = c->micro * 10 + digit;
        digits++;
    }
    for (int i = digits; i < 6; i++)
        c->micro *= 10;
    return digits > 0;
}

/* Reads Z or an offset, which must be all that is left. */
static bool take_zone(struct str *s, int64_t *ret_offset)
{
    int hours = 0, minutes = 0;
    bool east = s->len > 0 && s->ptr[0] == '+';
    if (take(s, 'Z', 'z')) {
        *ret_offset = 0;
        return s->len == 0;
    }
    if (!take(s, '+', '-') || !take_digits(s, 2, &hours) || !take(s, ':', ':') ||
        !take_digits(s, 2, &minutes) || s->len > 0 || hours > 23 || minutes > 59)
        return false;
    *ret_offset = (east ? 1 : -1) * (hours * TIME_HOUR + minutes * TIME_MINUTE);
    return true;
}

bool date_read(struct str text, int64_t *ret_at)
{
    struct civil c = { 0 };
    int64_t at, offset;
    if (!take_day(&text, &c) || !take(&text, 'T', 't') || !take_clock(&text, &c) ||
        !take_zone(&text, &offset) || !civil_to_time(c, &at))
        return false;
    at -= offset;
    if (at < DATE_MIN || at > DATE_MAX)
        return false;
    *ret_at = at;
    return true;
}

bool date_read_day(struct str text, int64_t *ret_at)
{
    struct civil c = { 0 };
    return take_day(&text, &c) && text.len == 0 && civil_to_time(c, ret_at);
}
