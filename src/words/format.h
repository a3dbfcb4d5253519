/* words/format.h - numbers, money and times as the reader writes them.
 *
 * Dates are UTC. Formatters of ICU are opened once for each thread and kept
 * (words/cache.h). When ICU fails (no memory, no data), a plain form stands in.
 * What these write never holds a character that a page reads as markup.
 *
 * Memory: appends to the buffer. Threads: any, each with its own formatters.
 */
#ifndef SWARD_WORDS_FORMAT_H
#define SWARD_WORDS_FORMAT_H

#include <stdint.h>

#include "base/buf.h"
#include "base/money.h"
#include "words/lang.h"

/* 12,345 */
void format_int(struct buf *out, enum lang lang, int64_t n);

/* How many, for a glance: whole below 10,000 ("1,234"), then cut down, never
 * up: 12k, 1.2M, 3.4B; 1.2万, 34万, 5.6亿. */
void format_count(struct buf *out, enum lang lang, int64_t n);

/* An amount with all the digits of its currency, never rounded: ¥12.50 (CNY,
 * in Chinese), CN¥12.50 (in English), $1,234.00, ¥1,234 (JPY, in English). */
void format_money(struct buf *out, enum lang lang, struct money m);

/* 12%, 1.2% below ten; an en dash when whole is 0. Rounded half up. */
void format_percent(struct buf *out, enum lang lang, int64_t part, int64_t whole);

/* A number with that many digits after the point (0..6), rounded; an en dash
 * for what is no number. */
void format_decimal(struct buf *out, enum lang lang, double value, int digits);

/* When something happened, microseconds UTC both: "just now", "5 minutes
 * ago", "3 days ago" within a week either way; then "Nov 22", with the year
 * when it is not this one. */
void format_when(struct buf *out, enum lang lang, int64_t at, int64_t now);

/* Nov 22, 2026; 2026年11月22日 */
void format_day(struct buf *out, enum lang lang, int64_t at);

/* The same with hours and minutes. */
void format_time(struct buf *out, enum lang lang, int64_t at);

/* For <time datetime>: 2026-11-22T02:31:00Z, the same in every language. */
void format_iso(struct buf *out, int64_t at);

#endif
