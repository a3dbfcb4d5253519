/* words/message.c - look a message up and fill it in. */
#include "words/message.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "words/format.h"

/* More than any message with its values needs. */
#define MESSAGE_BYTES_MAX 65536

enum plural plural_of(enum lang lang, int64_t n)
{
    return lang == LANG_EN && (n == 1 || n == -1) ? PLURAL_ONE : PLURAL_OTHER;
}

static void put_plain(struct buf *out, struct str text)
{
    buf_put_str(out, text);
}

static void put_value(struct buf *out, enum lang lang, const struct msg_arg *arg, int64_t now,
                      msg_put_fn *put)
{
    /* What the formatters write is digits, letters and marks of money and
     * dates: nothing that a page would read as markup. */
    switch (arg->type) {
    case MSG_TEXT:
        put(out, arg->text);
        break;
    case MSG_INT:
        format_int(out, lang, arg->n);
        break;
    case MSG_COUNT:
        format_count(out, lang, arg->n);
        break;
    case MSG_MONEY:
        format_money(out, lang, arg->money);
        break;
    case MSG_PERCENT:
        format_percent(out, lang, arg->n, arg->whole);
        break;
    case MSG_WHEN:
        format_when(out, lang, arg->n, now);
        break;
    case MSG_DAY:
        format_day(out, lang, arg->n);
        break;
    case MSG_HTML:
        BUG_ON(put == put_plain);
        buf_put_str(out, arg->text);
        break;
    }
}

static const struct msg_arg *find_arg(const struct msg_values *values, struct str name)
{
    for (int i = 0; values && i < values->n; i++)
        if (str_eq_c(name, values->args[i].name))
            return &values->args[i];
    return NULL;
}

static struct str choose(enum lang lang, const struct message *m, const struct msg_values *values)
{
    const struct msg_arg *n = find_arg(values, STR("n"));
    bool counts = n && (n->type == MSG_INT || n->type == MSG_COUNT);
    return m->text[lang][counts ? plural_of(lang, n->n) : PLURAL_OTHER];
}

void message_put(struct buf *out, enum lang lang, const struct message *m,
                 const struct msg_values *values, msg_put_fn *put)
{
    struct str rest = choose(lang, m, values);
    if (!put)
        put = put_plain;
    for (;;) {
        ptrdiff_t open = str_index(rest, '{');
        if (open < 0)
            break;
        struct str after = str_slice(rest, (size_t)open + 1, rest.len);
        ptrdiff_t close = str_index(after, '}');
        if (close < 0)
            break;
        const struct msg_arg *arg = find_arg(values, str_slice(after, 0, (size_t)close));
        size_t literal = (size_t)open + (arg ? 0 : (size_t)close + 2);
        put(out, str_slice(rest, 0, literal));
        if (arg)
            put_value(out, lang, arg, values->now, put);
        rest = str_slice(after, (size_t)close + 1, after.len);
    }
    put(out, rest);
}

struct str message_fill(struct arena *a, enum lang lang, const struct message *m,
                        const struct msg_values *values)
{
    struct str text = choose(lang, m, values);
    if (str_index(text, '{') < 0)
        return text;
    struct buf out;
    buf_init(&out, MESSAGE_BYTES_MAX);
    message_put(&out, lang, m, values, NULL);
    text = arena_str(a, buf_str(&out));
    buf_release(&out);
    return text;
}

static int by_english(const void *key, const void *item)
{
    return strcmp(key, (*(const struct message *const *)item)->english);
}

const struct message *message_find(const char *english)
{
    const struct message *const *found =
        bsearch(english, message_table, message_table_len, sizeof(message_table[0]), by_english);
    return found ? *found : NULL;
}

struct str message_text(enum lang lang, const char *english)
{
    const struct message *m = message_find(english);
    return m ? m->text[lang][PLURAL_OTHER] : str_from(english);
}

void message_put_english(struct buf *out, enum lang lang, const char *english, int64_t n,
                         msg_put_fn *put)
{
    const struct message *m = message_find(english);
    struct message untranslated = { .english = english };
    if (!m) {
        for (int l = 0; l < LANG_COUNT; l++)
            for (int p = 0; p < PLURAL_COUNT; p++)
                untranslated.text[l][p] = str_from(english);
        m = &untranslated;
    }
    const struct msg_arg arg = { .name = "n", .type = MSG_INT, .n = n };
    message_put(out, lang, m, &(struct msg_values){ &arg, 1, 0 }, put);
}
