/* insight/design/token.h - the tokens of the style sheet, read from it.
 *
 * web/static/tokens.css is the only place where a raw value stands. A colour
 * is written as `--ink: var(--day, #1d1f1c) var(--night, #eceee9);`, all else
 * as one value. Read here are its lines; and the contrast of each pair of
 * colours that stand on each other, as WCAG 2 counts it.
 *
 * Memory: names and values point into the style sheet, which is part of the
 * program. Threads: no state. Errors: a line that is no token is left out.
 */
#ifndef SWARD_INSIGHT_DESIGN_TOKEN_H
#define SWARD_INSIGHT_DESIGN_TOKEN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

#define TOKENS_MAX 64
#define PAIRS_MAX  24

/* The least contrast of text with what it stands on. */
#define CONTRAST_TEXT 4.5

struct token {
    struct str name;       /* without its dashes: "ink-2" */
    struct str day, night; /* the same where there is one value */
    bool colour;           /* has two values, each #rrggbb */
};

/* A text colour on a ground. */
struct token_pair {
    const char *text, *ground;
    double day, night; /* contrast, 1 to 21 */
};

struct tokens {
    struct token v[TOKENS_MAX];
    size_t n;
    struct token_pair pairs[PAIRS_MAX];
    size_t n_pairs;
};

/* Read the tokens of a style sheet, and reckon the pairs. */
void tokens_read(struct str css, struct tokens *ret);

/* The token of a name, or NULL. */
const struct token *token_find(const struct tokens *t, struct str name);

/* Contrast of two colours #rrggbb, 1 to 21; 0 when one is none. */
double token_contrast(struct str one, struct str other);

#endif
