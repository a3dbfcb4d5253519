/* words/lang.h */
#include "unit/unit.h"

#include "words/lang.h"

static void tags_are_read(void **state)
{
    (void)state;
    static const struct {
        const char *tag;
        int lang; /* -1 = none */
    } cases[] = {
        { "en", LANG_EN },      { "EN-gb", LANG_EN }, { "zh", LANG_ZH }, { "zh-CN", LANG_ZH },
        { "zh_Hant", LANG_ZH }, { "", -1 },           { "english", -1 }, { "z", -1 },
        { "-zh", -1 },          { "fr", -1 },
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        enum lang lang = LANG_COUNT;
        assert_int_equal(lang_from_tag(str_from(cases[i].tag), &lang), cases[i].lang >= 0);
        assert_int_equal(lang, cases[i].lang >= 0 ? cases[i].lang : LANG_COUNT);
    }
    assert_string_equal(lang_tag(LANG_EN), "en");
    assert_string_equal(lang_tag(LANG_ZH), "zh-CN");
    assert_string_equal(lang_name(LANG_ZH), "简体中文");
}

static void accept_is_weighed(void **state)
{
    (void)state;
    static const struct {
        const char *header;
        enum lang lang;
    } cases[] = {
        { "zh-CN,zh;q=0.9,en;q=0.8", LANG_ZH },
        { "en-US,en;q=0.9,zh;q=0.8", LANG_EN },
        { "fr, en;q=0.3, zh;q=0.31", LANG_ZH },
        { "zh;q=0, en;q=0.1", LANG_EN },
        { "fr,de", LANG_ZH },
        { "", LANG_ZH },
        { ";;;,,q=,en;q", LANG_ZH },
        { "en;q=1.000,zh", LANG_EN },
        { "zh;q=0.5,en;q=9", LANG_ZH },
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        assert_int_equal(lang_from_accept(str_from(cases[i].header), LANG_ZH), cases[i].lang);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tags_are_read),
        cmocka_unit_test(accept_is_weighed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
