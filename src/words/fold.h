/* words/fold.h - text as it is compared, not as it is shown.
 *
 * Two texts that a reader takes for the same fold to the same bytes: case and
 * width are gone ("ＡＢＣ" is "abc"), so are ligatures and characters that
 * cannot be seen, and traditional Chinese characters become the simplified
 * ones ("藥" is "药"). It is for looking up and for word lists; nobody is shown
 * a folded text.
 *
 * Not caught: letters that only look alike (Cyrillic а for Latin a), digits
 * that stand for letters (0 for o), pinyin or a homophone for a character.
 *
 * Memory: results live in the arena. Threads: any; ICU's converter is kept
 * for each thread.
 */
#ifndef SWARD_WORDS_FOLD_H
#define SWARD_WORDS_FOLD_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/macros.h"
#include "base/str.h"

/* Fold valid UTF-8.
 * ERR_NOMEM when the arena is full, ERR_TOO_LARGE beyond 100 MB, ERR_INTERNAL
 * when ICU fails. */
NODISCARD int text_fold(struct arena *a, struct str s, struct str *ret_text, struct err *err);

/* A folded text made ready for looking for words in it. */
struct text_haystack {
    struct str words; /* " buy now " : letters and digits, one space between */
    struct str tight; /* "buynow"    : nothing but letters and digits */
};

/* Make ready. Words that were broken up stand in `words` a second time,
 * whole: "s p a m", "s.p.a.m" and "sp-am" are found as "spam".
 *   s  any text; it is folded first */
NODISCARD int text_haystack(struct arena *a, struct str s, struct text_haystack *ret_haystack,
                            struct err *err);

/* Is this word in it? A word of Latin letters is found as a word ("ass" is
 * not in "class"); one with other letters anywhere, whatever stands between
 * its characters.
 *   word  made ready by text_haystack as well; an empty one is in nothing */
bool text_holds(const struct text_haystack *haystack, const struct text_haystack *word);

#endif
