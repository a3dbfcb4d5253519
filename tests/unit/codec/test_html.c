/* codec/html.h: escapes, and which addresses are let through. */
#include "unit/unit.h"

#include "codec/html.h"

static void text_and_attributes_are_escaped(void **state UNUSED)
{
    struct buf b;
    buf_init(&b, 4096);
    html_put_text(&b, STR("<a href=\"x\">&amp; 'q' 草</a>"));
    assert_text(buf_str(&b), "&lt;a href=\"x\"&gt;&amp;amp; 'q' 草&lt;/a&gt;");
    buf_clear(&b);
    html_put_attr(&b, STR("\"><script>'&"));
    assert_text(buf_str(&b), "&quot;&gt;&lt;script&gt;&#39;&amp;");
    buf_clear(&b);
    html_put_text(&b, (struct str){ 0 });
    html_put_attr(&b, STR(""));
    html_put_attr(&b, STR("plain"));
    assert_text(buf_str(&b), "plain");
    buf_release(&b);
}

static void harmless_addresses_pass(void **state UNUSED)
{
    static const char *const good[] = { "/note/1",
                                        "note/1?a=b:c",
                                        "?page=2",
                                        "#top",
                                        "#a:b",
                                        "/a:b",
                                        "http://example.org/",
                                        "HTTPS://example.org/?q=javascript:1",
                                        "mailto:a@example.org",
                                        "//example.org/x",
                                        "/茶 叶" };
    for (size_t i = 0; i < ARRAY_LEN(good); i++)
        assert_text(html_url(str_from(good[i])), good[i]);
}

static void other_schemes_become_a_fragment(void **state UNUSED)
{
    static const char *const bad[] = { "",
                                       "javascript:alert(1)",
                                       "JavaScript:alert(1)",
                                       " javascript:alert(1)",
                                       "\tjavascript:alert(1)",
                                       "java\nscript:alert(1)",
                                       "java\tscript:alert(1)",
                                       "\x01javascript:alert(1)",
                                       "data:text/html,x",
                                       "vbscript:x",
                                       "file:///etc/passwd",
                                       "ftp://example.org",
                                       "http:x",
                                       "https:",
                                       ":x",
                                       "/a\rb",
                                       "x\x7f" };
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        assert_text(html_url(str_from(bad[i])), "#");
    assert_text(html_url((struct str){ 0 }), "#");
    assert_text(html_url(STR("/a\0b")), "#");
}

static void only_own_paths_are_local(void **state UNUSED)
{
    assert_true(html_url_is_local(STR("/")));
    assert_true(html_url_is_local(STR("/note/1?a=//b#c")));
    assert_false(html_url_is_local(STR("")));
    assert_false(html_url_is_local(STR("//other.example")));
    assert_false(html_url_is_local(STR("/\\other.example")));
    assert_false(html_url_is_local(STR("/\t/other.example")));
    assert_false(html_url_is_local(STR("/a\\b")));
    assert_false(html_url_is_local(STR("https://other.example")));
    assert_false(html_url_is_local(STR("note")));
    assert_false(html_url_is_local((struct str){ 0 }));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_and_attributes_are_escaped),
        cmocka_unit_test(harmless_addresses_pass),
        cmocka_unit_test(other_schemes_become_a_fragment),
        cmocka_unit_test(only_own_paths_are_local),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
