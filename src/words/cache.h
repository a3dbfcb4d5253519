/* words/cache.h - what ICU said, kept for each thread.
 *
 * Opening one of ICU's formatters costs as much as fifty uses, and a use costs
 * as much as a page of cards. So each thread keeps its formatters, and of the
 * few texts that pages show again and again ("3 hours ago", "Nov 15", the
 * marks around an amount) what they wrote. Private to words/.
 *
 * State: one block for each thread (about 40 KB), freed when the thread ends.
 * Memory: texts are valid until the same thread asks for another.
 * Errors: an empty text or NULL when ICU could not do it.
 */
#ifndef SWARD_WORDS_CACHE_H
#define SWARD_WORDS_CACHE_H

#include <stdint.h>

#include <unicode/ubrk.h>
#include <unicode/utrans.h>

#include "base/str.h"
#include "words/lang.h"

#define MONEY_MARK_MAX 24

/* What stands around the digits of an amount, which both our languages group
 * by threes with a comma, with the sign before all. */
struct money_style {
    char currency[4];
    int digits; /* after the point */
    char prefix[MONEY_MARK_MAX], suffix[MONEY_MARK_MAX];
};

const struct money_style *cache_money(enum lang lang, const char currency[4]);

enum date_kind { DATE_NEAR, DATE_DAY, DATE_TIME };
#define DATE_KINDS 3

/* A moment in microseconds UTC: month and day, with the year, with the minute. */
struct str cache_date(enum lang lang, enum date_kind kind, int64_t at);

enum span { SPAN_MINUTE, SPAN_HOUR, SPAN_DAY };
#define SPANS      3
#define SPAN_COUNT 60

/* "5 minutes ago" for n = 5, "in 5 minutes" for n = -5; n within ±(SPAN_COUNT - 1). */
struct str cache_ago(enum lang lang, enum span span, int n);

/* Splits text at what a reader sees as one character. */
UBreakIterator *cache_graphemes(void);

/* Turns traditional Chinese characters into simplified ones. */
UTransliterator *cache_simplify(void);

#endif
