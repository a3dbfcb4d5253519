/* tools/common/ccode.h - just enough C to find calls and literals in it.
 *
 * Positions are offsets into the code. Comments, strings and character
 * constants are stepped over as a whole, so a brace in a string is no brace.
 *
 * Messages are written
 *     _("Add to cart")
 *     _("{n} of {m} left", n = a, m = b)
 *     _n("{n} like", "{n} likes", n = c->likes)
 *     _c("verb", "Post")                          the same word in another sense
 * in views, and N_("...") in C.
 *
 * Memory: decoded literals live in the arena. Threads: no state.
 */
#ifndef SWARD_TOOLS_COMMON_CCODE_H
#define SWARD_TOOLS_COMMON_CCODE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/str.h"

#define MESSAGE_ARGS_MAX   8
#define MESSAGE_SYMBOL_MAX 24

/* After the comment, string or character constant that begins at `at`; `at`
 * itself when none begins there. */
size_t code_skip(struct str code, size_t at);

/* After white space and comments. */
size_t code_blank(struct str code, size_t at);

/* After the name that begins at `at`; `at` when none begins there. */
size_t code_name(struct str code, size_t at);

/* True when a name begins at `at` and is not the rest of one, nor a member
 * (x.name, x->name). */
bool code_name_starts(struct str code, size_t at);

/* Read string literals that stand side by side as one text.
 *   at        IN/OUT
 *   ret_text  OUT: decoded, in the arena
 * False, both untouched, when there is no literal. */
bool code_string(struct arena *a, struct str code, size_t *at, struct str *ret_text);

/* Read one argument of a call, up to a comma or the closing parenthesis at
 * its own depth; *at is left on that character. Trimmed. */
struct str code_argument(struct str code, size_t *at);

struct message_arg {
    struct str name;
    struct str value; /* a C expression */
};

struct message_call {
    struct str context; /* empty = none */
    struct str text;
    struct str plural; /* ptr NULL = no plural */
    int n_args;
    struct message_arg args[MESSAGE_ARGS_MAX];
    size_t end; /* after the closing parenthesis */
};

/* True when `_(`, `_n(`, `_c(` or `N_(` begins at `at`. */
bool message_call_at(struct str code, size_t at);

/* Read the call that begins there. Returns NULL, or what is wrong with it. */
const char *message_call_read(struct arena *a, struct str code, size_t at,
                              struct message_call *ret_call);

/* The names in braces of a message, in order, each once.
 *   ret_names  OUT: at most MESSAGE_ARGS_MAX
 * Returns how many, or -1 when a brace is not closed, a name is not one
 * (small letters, digits, _) or there are too many. */
int message_names(struct str text, struct str ret_names[MESSAGE_ARGS_MAX]);

/* The C name of a message: msg_ and 16 digits that follow from its text. */
const char *message_symbol(char out[MESSAGE_SYMBOL_MAX], struct str context, struct str text);

#endif
