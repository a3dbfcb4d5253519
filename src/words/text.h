/* words/text.h - text as a reader sees it.
 *
 * A character here is a grapheme: what takes one press of the arrow key, be it
 * one byte, a Chinese character or a family of emoji. Limits that people meet
 * (a title of 20 characters) are counted so.
 *
 * Text is taken to be valid UTF-8 (codec/utf8.h).
 * Memory: results live in the arena, or are views of what was given.
 * Threads: any; ICU's iterators are kept for each thread.
 */
#ifndef SWARD_WORDS_TEXT_H
#define SWARD_WORDS_TEXT_H

#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/macros.h"
#include "base/str.h"

/* How many graphemes. */
size_t text_count(struct str s);

/* The beginning of s: at most `max` graphemes, none cut. */
struct str text_cut(struct str s, size_t max);

/* The same, ending in … when something was left out; `max` counts the mark. */
struct str text_shorten(struct arena *a, struct str s, size_t max);

enum text_kind {
    TEXT_LINE,  /* one line: line breaks and tabs become spaces, runs of them one */
    TEXT_LINES, /* line breaks stay, as \n, never more than two in a row */
};

/* Make what a person typed fit to keep: NFC, without control characters and
 * the marks that turn the direction of text around, trimmed.
 *   ret_text  OUT: in the arena
 * ERR_NOMEM when the arena is full, ERR_INTERNAL when ICU fails. */
NODISCARD int text_clean(struct arena *a, struct str s, enum text_kind kind, struct str *ret_text,
                         struct err *err);

#endif
