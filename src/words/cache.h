/* words/cache.h - ICU's formatters and iterators, kept for each thread.
 *
 * Opening one costs as much as formatting with it fifty times. Each thread
 * keeps what it opened until it ends. Private to words/.
 *
 * State: one block for each thread, freed when the thread ends.
 * Errors: NULL when ICU could not open what was asked for.
 */
#ifndef SWARD_WORDS_CACHE_H
#define SWARD_WORDS_CACHE_H

#include <unicode/ubrk.h>
#include <unicode/udat.h>
#include <unicode/unumberformatter.h>
#include <unicode/ureldatefmt.h>

#include "words/lang.h"

enum date_kind { DATE_NEAR, DATE_DAY, DATE_TIME };
#define DATE_KINDS 3

/* Write with one formatter of `currency` (three capitals), all its digits. */
UNumberFormatter *cache_money(enum lang lang, const char currency[4]);

/* Where a number formatter leaves its result. */
UFormattedNumber *cache_number(void);

UDateFormat *cache_date(enum lang lang, enum date_kind kind);
URelativeDateTimeFormatter *cache_relative(enum lang lang);

/* Splits text at what a reader sees as one character. */
UBreakIterator *cache_graphemes(void);

#endif
