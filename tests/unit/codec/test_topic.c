/* codec/topic.h: where a topic begins and ends in both languages. */
#include "unit/unit.h"

#include <string.h>

#include "base/buf.h"
#include "codec/topic.h"

static void topics_are_found(void **state UNUSED)
{
    static const struct {
        const char *text, *want;
    } cases[] = {
        { "", "" },
        { "no topics", "" },
        { "#tea", "tea|" },
        { "a cup of #Tea, please. #green_tea2!", "Tea|green_tea2|" },
        { "今天#下午茶 很好", "下午茶|" },
        { "#茶叶#真好喝", "茶叶|" },
        { "＃春天＃和＃夏天 ", "春天|夏天|" },
        { "#Café #über #Tiếng", "Café|über|Tiếng|" },
        { "#a#b #c", "a|c|" },
        { "#旅行##美食#", "旅行|美食|" },
        { "# tea # 茶 #", "" },
        { "##tea", "tea|" },
        { "#1 is #2024 not #2024年", "2024年|" },
        { "#1#跟着 #_", "" },
        { "C#sharp page#top &#39; /path/#top a_#b", "" },
        { "(#tea) “#茶”", "tea|茶|" },
        { "#茶🍵 #tea-bag", "茶|tea|" },
        { "#０１２年 #ＡＢＣ", "０１２年|ＡＢＣ|" },
        { "#\xff#tea", "tea|" },
    };
    struct buf out;
    buf_init(&out, 4096);
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct str text = str_from(cases[i].text);
        struct topic t;
        size_t at = 0;
        buf_clear(&out);
        while (topic_next(text, &at, &t)) {
            buf_put_str(&out, t.name);
            buf_put_char(&out, '|');
            assert_true(t.from < t.to && t.to == at && at <= text.len);
        }
        assert_text(buf_str(&out), cases[i].want);
    }
    buf_release(&out);
}

static void a_topic_covers_its_marks(void **state UNUSED)
{
    struct str text = STR("和＃茶叶＃ #tea.");
    struct topic t;
    size_t at = 0;
    assert_true(topic_next(text, &at, &t));
    assert_text(str_slice(text, t.from, t.to - t.from), "＃茶叶＃");
    assert_true(topic_next(text, &at, &t));
    assert_text(str_slice(text, t.from, t.to - t.from), "#tea");
    assert_false(topic_next(text, &at, &t));
    assert_false(topic_next(text, &at, &t));
}

static void long_names_are_none(void **state UNUSED)
{
    struct buf b;
    struct topic t;
    for (int points = TOPIC_POINTS_MAX; points <= TOPIC_POINTS_MAX + 1; points++) {
        size_t at = 0;
        buf_init(&b, 4096);
        BUF_PUT_LIT(&b, "#");
        for (int i = 0; i < points; i++)
            BUF_PUT_LIT(&b, "茶");
        BUF_PUT_LIT(&b, "#后面 #next");
        assert_true(topic_next(buf_str(&b), &at, &t));
        assert_int_equal(t.name.len, points > TOPIC_POINTS_MAX ? 4 : TOPIC_POINTS_MAX * 3);
        buf_release(&b);
    }
}

static void a_text_has_each_topic_once_and_ten_at_most(void **state UNUSED)
{
    struct arena a;
    struct topic_found found[TOPIC_COUNT_MAX];
    arena_init(&a, 4096);
    assert_int_equal(topic_find(&a, STR("#Tea #tea #TEA #茶 #Tea2"), found), 3);
    assert_text(found[0].name, "Tea");
    assert_text(found[0].key, "tea");
    assert_text(found[1].key, "茶");
    assert_text(found[2].key, "tea2");
    assert_int_equal(topic_find(&a, STR("#a #b #c #d #e #f #g #h #i #j #k #l"), found), 10);
    assert_text(found[9].key, "j");
    arena_release(&a);
    arena_init(&a, 3);
    assert_int_equal(topic_find(&a, STR("#a #bcd #e"), found), 1);
    assert_true(arena_overflowed(&a));
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(topics_are_found),
        cmocka_unit_test(a_topic_covers_its_marks),
        cmocka_unit_test(long_names_are_none),
        cmocka_unit_test(a_text_has_each_topic_once_and_ten_at_most),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
