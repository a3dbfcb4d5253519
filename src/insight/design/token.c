#include "insight/design/token.h"

#include <math.h>
#include <string.h>

#include "base/macros.h"

/* Which texts stand on which grounds, wherever that is. */
static const struct token_pair pairs[] = {
    { "ink", "paper", 0, 0 },          { "ink", "raised", 0, 0 },
    { "ink", "sprout-soft", 0, 0 },    { "ink-2", "paper", 0, 0 },
    { "ink-2", "raised", 0, 0 },       { "ink-2", "line", 0, 0 },
    { "sprout", "paper", 0, 0 },       { "sprout", "raised", 0, 0 },
    { "sprout", "sprout-soft", 0, 0 }, { "on-sprout", "sprout", 0, 0 },
    { "heart", "raised", 0, 0 },       { "heart", "paper", 0, 0 },
    { "paper", "heart", 0, 0 },        { "amber", "paper", 0, 0 },
    { "amber", "raised", 0, 0 },       { "error", "paper", 0, 0 },
    { "error", "raised", 0, 0 },       { "paper", "ink", 0, 0 },
};
_Static_assert(ARRAY_LEN(pairs) <= PAIRS_MAX, "room for all pairs");

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* One channel of #rrggbb as light, 0 to 1; negative when it is none. */
static double channel(struct str colour, size_t at)
{
    int high = hex_digit(colour.ptr[at]), low = hex_digit(colour.ptr[at + 1]);
    if (high < 0 || low < 0)
        return -1;
    double c = (high * 16 + low) / 255.0;
    return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static bool is_colour(struct str text)
{
    if (text.len != 7 || text.ptr[0] != '#')
        return false;
    for (size_t i = 1; i < 7; i++)
        if (hex_digit(text.ptr[i]) < 0)
            return false;
    return true;
}

static double luminance(struct str colour)
{
    return 0.2126 * channel(colour, 1) + 0.7152 * channel(colour, 3) + 0.0722 * channel(colour, 5);
}

double token_contrast(struct str one, struct str other)
{
    if (!is_colour(one) || !is_colour(other))
        return 0;
    double a = luminance(one), b = luminance(other);
    return ((a > b ? a : b) + 0.05) / ((a > b ? b : a) + 0.05);
}

/* What stands in `text` after `mark` up to the bracket that ends it. */
static struct str value_of(struct str text, struct str mark)
{
    const char *at = memmem(text.ptr, text.len, mark.ptr, mark.len);
    if (!at)
        return (struct str){ 0 };
    struct str rest = str_slice(text, (size_t)(at - text.ptr) + mark.len, text.len);
    size_t depth = 1, end = 0;
    for (; end < rest.len; end++) {
        depth += rest.ptr[end] == '(';
        depth -= rest.ptr[end] == ')';
        if (depth == 0)
            break;
    }
    return str_trim(str_slice(rest, 0, end));
}

/* "--name: value" of one declaration. */
static bool token_of(struct str line, struct token *ret)
{
    line = str_trim(line);
    ptrdiff_t colon = str_index(line, ':');
    if (!str_starts(line, STR("--")) || colon < 0)
        return false;
    struct str value = str_trim(str_slice(line, (size_t)colon + 1, line.len));
    struct token token = { .name = str_slice(line, 2, (size_t)colon - 2),
                           .day = value,
                           .night = value };
    if (str_starts(value, STR("var(--day,"))) {
        token.day = value_of(value, STR("var(--day,"));
        token.night = value_of(value, STR("var(--night,"));
        token.colour = is_colour(token.day) && is_colour(token.night);
    }
    bool switches = str_eq_c(token.name, "day") || str_eq_c(token.name, "night");
    if (value.len == 0 || switches)
        return false;
    *ret = token;
    return true;
}

const struct token *token_find(const struct tokens *t, struct str name)
{
    for (size_t i = 0; i < t->n; i++)
        if (str_eq(t->v[i].name, name))
            return &t->v[i];
    return NULL;
}

static void add_pairs(struct tokens *t)
{
    for (size_t i = 0; i < ARRAY_LEN(pairs); i++) {
        const struct token *text = token_find(t, str_from(pairs[i].text));
        const struct token *ground = token_find(t, str_from(pairs[i].ground));
        if (!text || !ground)
            continue;
        struct token_pair pair = pairs[i];
        pair.day = token_contrast(text->day, ground->day);
        pair.night = token_contrast(text->night, ground->night);
        t->pairs[t->n_pairs++] = pair;
    }
}

void tokens_read(struct str css, struct tokens *ret)
{
    size_t from = 0;
    *ret = (struct tokens){ 0 };
    for (size_t at = 0; at < css.len; at++) {
        if (!strchr("{};", css.ptr[at]))
            continue;
        struct token token;
        bool known = token_of(str_slice(css, from, at - from), &token);
        if (known && ret->n < TOKENS_MAX && !token_find(ret, token.name))
            ret->v[ret->n++] = token;
        from = at + 1;
    }
    add_pairs(ret);
}
