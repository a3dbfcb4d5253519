/* words/message.h - the catalogue: what sward says, in every language.
 *
 * Messages are English text in views (_("Add to cart")) and in C (N_("...")),
 * with values in braces: "{n} of {total} left". The words compiler
 * (tools/wordc) finds them all, takes their translations from the .po file of
 * the same folder, and writes one struct message for each. A view names its
 * messages directly; a message that travelled as English text (struct err) is
 * found by that text.
 *
 * Memory: messages are constant data. Values are read while message_put runs.
 * Threads: any.
 * Not here: what escapes a value for its place in a page (web/view.h hands
 * that in).
 */
#ifndef SWARD_WORDS_MESSAGE_H
#define SWARD_WORDS_MESSAGE_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/money.h"
#include "base/str.h"
#include "words/lang.h"

/* CLDR's plural forms of our languages: English has both, Chinese only other. */
enum plural { PLURAL_ONE, PLURAL_OTHER };
#define PLURAL_COUNT 2

struct message {
    const char *english;                       /* what it is found by */
    struct str text[LANG_COUNT][PLURAL_COUNT]; /* all filled; equal without a plural */
};

/* What a value is, and so how it is written. */
enum msg_type {
    MSG_TEXT,    /* text */
    MSG_INT,     /* n: 12,345 */
    MSG_COUNT,   /* n: 12k, 1.2万 */
    MSG_MONEY,   /* money */
    MSG_PERCENT, /* n of whole */
    MSG_WHEN,    /* n: relative within a week, then the date */
    MSG_DAY,     /* n: the date */
    MSG_HTML,    /* text that is markup already */
};

struct msg_arg {
    const char *name; /* as in the braces */
    enum msg_type type;
    struct str text;
    int64_t n; /* number, or microseconds UTC */
    int64_t whole;
    struct money money;
};

/* How a piece of text goes into the output: escaped for its place. */
typedef void msg_put_fn(struct buf *out, struct str text);

/* Values of a message in the making. */
struct msg_values {
    const struct msg_arg *args;
    int n;
    int64_t now; /* microseconds UTC, for MSG_WHEN */
};

/* Append a message with its values filled in. The plural form follows the
 * value named "n". A name without a value stays in its braces, so a mistake
 * is seen and nothing breaks.
 *   put     escapes the message's own text and MSG_TEXT; NULL = as it is
 *   values  NULL = none */
void message_put(struct buf *out, enum lang lang, const struct message *m,
                 const struct msg_values *values, msg_put_fn *put);

/* The same as text in the arena, not escaped (MSG_HTML is then a bug). */
struct str message_fill(struct arena *a, enum lang lang, const struct message *m,
                        const struct msg_values *values);

/* The message of that English text and no context, or NULL. */
const struct message *message_find(const char *english);

/* A message without values, by its English text: for titles that C sets
 * (N_("Settings")). The English text itself when the catalogue does not hold it. */
struct str message_text(enum lang lang, const char *english);

/* What struct err and its fields carry, for a person: the message with {n}
 * filled in; the English text itself when the catalogue does not hold it. */
void message_put_english(struct buf *out, enum lang lang, const char *english, int64_t n,
                         msg_put_fn *put);

/* Which form a whole number takes. */
enum plural plural_of(enum lang lang, int64_t n);

/* All messages without context, in order of their English bytes; generated. */
extern const struct message *const message_table[];
extern const size_t message_table_len;

#endif
