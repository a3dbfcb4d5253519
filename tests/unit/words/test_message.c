/* words/message.h */
#include "unit/unit.h"

#include "base/clock.h"
#include "base/err.h"
#include "codec/html.h"
#include "unit/torture.h"
#include "words/message.h"

#define BOTH(text)                                                                                 \
    {                                                                                              \
        { text, sizeof(text) - 1 },                                                                \
        {                                                                                          \
            text, sizeof(text) - 1                                                                 \
        }                                                                                          \
    }
#define ONE_MANY(one, many)                                                                        \
    {                                                                                              \
        { one, sizeof(one) - 1 },                                                                  \
        {                                                                                          \
            many, sizeof(many) - 1                                                                 \
        }                                                                                          \
    }

static const struct message likes = { "{n} like",
                                      { ONE_MANY("{n} like", "{n} likes"), BOTH("{n} 次赞") } };
static const struct message by = { "<b>{name}</b> & {price}",
                                   { BOTH("<b>{name}</b> & {price}"), BOTH("{price}，{name}") } };

static void check(enum lang lang, const struct message *m, const struct msg_arg *args, int n,
                  msg_put_fn *put, const char *want)
{
    struct buf out;
    buf_init(&out, 4096);
    message_put(&out, lang, m, &(struct msg_values){ args, n, 0 }, put);
    assert_text(buf_str(&out), want);
    buf_release(&out);
}

static void plurals_follow_n(void **state)
{
    (void)state;
    struct msg_arg n = { .name = "n", .type = MSG_INT, .n = 1 };
    check(LANG_EN, &likes, &n, 1, NULL, "1 like");
    check(LANG_ZH, &likes, &n, 1, NULL, "1 次赞");
    n.n = 0;
    check(LANG_EN, &likes, &n, 1, NULL, "0 likes");
    n.n = 12345;
    check(LANG_EN, &likes, &n, 1, NULL, "12,345 likes");
    n.type = MSG_COUNT;
    check(LANG_EN, &likes, &n, 1, NULL, "12k likes");
    check(LANG_ZH, &likes, &n, 1, NULL, "1.2万 次赞");
}

static void values_are_escaped_for_their_place(void **state)
{
    (void)state;
    const struct msg_arg args[] = {
        { .name = "name", .type = MSG_TEXT, .text = STR("<i>\"'{price}") },
        { .name = "price", .type = MSG_MONEY, .money = { 1250, "USD" } },
    };
    check(LANG_EN, &by, args, 2, html_put_text,
          "&lt;b&gt;&lt;i&gt;\"'{price}&lt;/b&gt; &amp; $12.50");
    check(LANG_ZH, &by, args, 2, html_put_attr, "US$12.50，&lt;i&gt;&quot;&#39;{price}");
    const struct msg_arg html[] = {
        { .name = "name", .type = MSG_HTML, .text = STR("<i>x</i>") },
        { .name = "price", .type = MSG_PERCENT, .n = 1, .whole = 8 },
    };
    check(LANG_ZH, &by, html, 2, html_put_text, "13%，<i>x</i>");
}

static void missing_values_are_seen(void **state)
{
    (void)state;
    static const struct message odd = { "x", { BOTH("{a} {b {c}} }"), BOTH("{") } };
    const struct msg_arg arg = { .name = "c", .type = MSG_INT, .n = 2 };
    check(LANG_EN, &odd, &arg, 1, NULL, "{a} {b {c}} }");
    check(LANG_ZH, &odd, &arg, 1, NULL, "{");
    check(LANG_EN, &by, NULL, 0, NULL, "<b>{name}</b> & {price}");
}

static void the_catalogue_is_searched(void **state)
{
    (void)state;
    assert_true(message_table_len > 10);
    for (size_t i = 0; i < message_table_len; i++)
        assert_ptr_equal(message_find(message_table[i]->english), message_table[i]);
    assert_null(message_find("Nobody says this."));
    assert_text(message_text(LANG_ZH, "just now"), "刚刚");
    assert_text(message_text(LANG_EN, "just now"), "just now");
    assert_text(message_text(LANG_ZH, "Nobody says this."), "Nobody says this.");
    for (int code = ERR_UNAVAILABLE; code < 0; code++)
        assert_non_null(message_find(err_sentence(code)));
}

static void errors_travel_as_english(void **state)
{
    (void)state;
    struct buf out;
    buf_init(&out, 4096);
    message_put_english(&out, LANG_ZH, "There is nothing here.", 0, html_put_text);
    message_put_english(&out, LANG_ZH, " <{n}> more", 1234, html_put_text);
    assert_text(buf_str(&out), "这里什么也没有。 &lt;1,234&gt; more");
    buf_release(&out);
}

static void filling_makes_text(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a, 4096);
    const struct msg_arg n = { .name = "n", .type = MSG_WHEN, .n = 1 };
    struct msg_values values = { &n, 1, 3 * TIME_HOUR + 1 };
    assert_text(message_fill(&a, LANG_EN, &likes, &values), "3 hours ago likes");
    assert_text(message_fill(&a, LANG_EN, message_find("just now"), NULL), "just now");
    arena_release(&a);
}

static void fill_once(void *ctx UNUSED)
{
    struct arena a;
    arena_init(&a, 4096);
    const struct msg_arg n = { .name = "n", .type = MSG_INT, .n = 7 };
    struct str got = message_fill(&a, LANG_EN, &likes, &(struct msg_values){ &n, 1, 0 });
    assert_true(str_eq_c(got, "7 likes") || got.len == 0);
    arena_release(&a);
}

static void memory_may_run_short(void **state)
{
    (void)state;
    assert_true(torture(fill_once, NULL) >= 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plurals_follow_n),
        cmocka_unit_test(values_are_escaped_for_their_place),
        cmocka_unit_test(missing_values_are_seen),
        cmocka_unit_test(the_catalogue_is_searched),
        cmocka_unit_test(errors_travel_as_english),
        cmocka_unit_test(filling_makes_text),
        cmocka_unit_test(memory_may_run_short),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
