/* codec/date.h - the civil calendar (Gregorian, UTC) and RFC 3339.
 *
 * Time in sward is microseconds UTC since 1970 (base/clock.h); this is where
 * it becomes year, month and day and comes back. Leap seconds do not exist
 * here, as they do not in Unix time.
 *
 * Not here: how a date looks to a person, and time zones (words/).
 * Memory: none. Threads: no state.
 */
#ifndef SWARD_CODEC_DATE_H
#define SWARD_CODEC_DATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/macros.h"
#include "base/str.h"

/* The years that are read and written: 0001 to 9999. */
#define DATE_MIN (-INT64_C(62135596800000000)) /* 0001-01-01T00:00:00Z */
#define DATE_MAX INT64_C(253402300799999999)   /* 9999-12-31T23:59:59.999999Z */

struct civil {
    int year;
    int month;  /* 1..12 */
    int day;    /* 1..31 */
    int hour;   /* 0..23 */
    int minute; /* 0..59 */
    int second; /* 0..59 */
    int micro;  /* 0..999999 */
};

/* Split a time; what lies outside DATE_MIN..DATE_MAX is clamped to it. */
struct civil civil_from_time(int64_t at);

/* Join. False, *ret_at untouched, when a part is out of its range or the day
 * is not in the calendar (29 February of a common year). */
NODISCARD bool civil_to_time(struct civil c, int64_t *ret_at);

/* 0 = Sunday .. 6 = Saturday. */
int civil_weekday(int64_t at);

#define DATE_TEXT_MAX 28 /* 2026-01-02T03:04:05.678901Z and a NUL */

/* Write RFC 3339 in UTC; the fraction has as many digits as it needs, in
 * threes: none, milliseconds or microseconds. The result points into out. */
struct str date_write(char out[DATE_TEXT_MAX], int64_t at);

/* Write only the day, 2026-01-02. */
struct str date_write_day(char out[DATE_TEXT_MAX], int64_t at);

/* Read RFC 3339 with Z or an offset, any length of fraction (cut after
 * microseconds); T and Z may be small letters. False, untouched, otherwise. */
NODISCARD bool date_read(struct str text, int64_t *ret_at);

/* Read only a day, 2026-01-02: its first moment UTC. What <input type=date> sends. */
NODISCARD bool date_read_day(struct str text, int64_t *ret_at);

#endif
