/* What is printed in each place of a page, by type and for hostile text. */
#include "viewc_kit.h"

#include "gen/good_views.h"

#define HOSTILE "\"'><script>alert(1)</script>&amp;</textarea>"

typedef void view_of_item(struct view *v, const struct item *i);

static void shows(view_of_item *view, enum lang lang, const struct item *i, const char *want)
{
    struct kit k;
    kit_init(&k, lang);
    view(&k.v, i);
    assert_text(kit_printed(&k), want);
    kit_release(&k);
}

static void hostile_text_stays_text(void **state)
{
    (void)state;
    const struct item i = { .title = STR(HOSTILE), .likes = 1200 };
    shows(in_text, LANG_EN, &i,
          "<p>\"'&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;&lt;/textarea&gt;</p>");
    shows(in_double_quotes, LANG_EN, &i,
          "<img alt=\"&quot;&#39;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;"
          "&lt;/textarea&gt;\" src=\"/x.png\">");
    shows(in_single_quotes, LANG_EN, &i,
          "<img alt='&quot;&#39;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;"
          "&lt;/textarea&gt;' src=\"/x.png\">");
    shows(in_textarea, LANG_EN, &i,
          "<textarea name=\"t\">\n  \"'&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;"
          "&lt;/textarea&gt;</textarea>");
    shows(in_title, LANG_EN, &i,
          "<title>\"'&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;&lt;/textarea&gt; · "
          "sward</title>");
    shows(in_path, LANG_EN, &i,
          "<a href=\"/u/%22%27%3E%3Cscript%3Ealert%281%29%3C%2Fscript%3E%26amp%3B%3C%2Ftextarea"
          "%3E\">x</a>");
}

static void hostile_messages_stay_text(void **state)
{
    (void)state;
    const struct item i = { .title = STR("<b>\"{title}") };
    shows(in_message, LANG_EN, &i,
          "<p title=\"&lt;b&gt;&quot;{title} &amp; more\">&lt;b&gt;\"{title} &amp; more</p>");
    shows(in_message, LANG_ZH, &i,
          "<p title=\"&lt;b&gt;&quot;{title} 等等 &amp; &lt;更多&gt;\">&lt;b&gt;\"{title} 等等 "
          "&amp; &lt;更多&gt;</p>");
    const struct item html = { .title = STR("<i>x</i>") };
    shows(raw, LANG_ZH, &html, "<p><i>x</i>&lt;b&gt; <i>x</i></p>");
}

static void addresses_are_checked(void **state)
{
    (void)state;
    static const struct {
        const char *url, *want;
    } cases[] = {
        { "/n/1?a=1&b=2", "/n/1?a=1&amp;b=2" },
        { "https://example.org/\"x", "https://example.org/&quot;x" },
        { "javascript:alert(1)", "#" },
        { " javascript:alert(1)", "#" },
        { "JaVaScRiPt:alert(1)", "#" },
        { "java\nscript:alert(1)", "#" },
        { "data:text/html,<script>", "#" },
        { "vbscript:x", "#" },
    };
    for (size_t n = 0; n < ARRAY_LEN(cases); n++) {
        const struct item i = { .title = str_from(cases[n].url) };
        char want[200];
        snprintf(want, sizeof(want), "<a href=\"%s\" hx-get=\"%s\">x</a>", cases[n].want,
                 cases[n].want);
        shows(in_address, LANG_EN, &i, want);
    }
}

static void parts_of_addresses_are_encoded(void **state)
{
    (void)state;
    const struct item i = { .title = STR("a/../b?c=d&e#f 草"), .likes = 1200 };
    shows(in_path, LANG_EN, &i, "<a href=\"/u/a%2F..%2Fb%3Fc%3Dd%26e%23f%20%E8%8D%89\">x</a>");
    shows(in_query, LANG_EN, &i,
          "<form action=\"/s?q=a%2F..%2Fb%3Fc%3Dd%26e%23f%20%E8%8D%89&amp;n=1200\"></form>");
    const struct item set = { .title = STR("/m/1"), .likes = 960 };
    shows(in_srcset, LANG_EN, &set, "<img srcset=\"/m/1 480w, /m/%2Fm%2F1.webp 960w\" alt=\"\">");
}

static void data_scripts_do_not_end_early(void **state)
{
    (void)state;
    const struct item i = { .title = STR("{\"a\":\"</script><!--\"}") };
    shows(in_json, LANG_EN, &i,
          "<script type=\"application/ld+json\">{\"a\":\"\\u003c/script>\\u003c!--\"}</script>");
}

static void types_are_written_for_the_place_and_the_reader(void **state)
{
    (void)state;
    const struct item i = { .id = 1,
                            .kind = "<k>",
                            .price = { 1250, "CNY" },
                            .likes = 12345,
                            .liked = true,
                            .ratio = 0.75 };
    shows(types, LANG_EN, &i,
          "<data value=\"12345\" data-on=\"true\" data-ratio=\"0.75\" "
          "data-id=\"item_0000000000001\">12,345 CN¥12.50 12k 13% 0.8 &lt;k&gt;</data>");
    shows(types, LANG_ZH, &i,
          "<data value=\"12345\" data-on=\"true\" data-ratio=\"0.75\" "
          "data-id=\"item_0000000000001\">12,345 ¥12.50 1.2万 13% 0.8 &lt;k&gt;</data>");
}

static void times_are_written_for_the_reader(void **state)
{
    (void)state;
    const struct item i = { .created = KIT_NOW - 2 * TIME_HOUR };
    shows(times, LANG_EN, &i,
          "<time datetime=\"2026-11-22T00:31:00Z\" title=\"Nov 22, 2026, 00:31\">2 hours ago, "
          "Nov 22, 2026</time>");
    shows(times, LANG_ZH, &i,
          "<time datetime=\"2026-11-22T00:31:00Z\" title=\"2026年11月22日 00:31\">2小时前, "
          "2026年11月22日</time>");
}

static void odd_numbers_are_harmless(void **state)
{
    (void)state;
    static const struct {
        double ratio;
        const char *want;
    } cases[] = {
        { -0.0001, "0" },   { 1.0 / 3, "0.333" }, { 1.5, "1.5" }, { 2, "2" },
        { -2.25, "-2.25" }, { 0.0 / 0.0, "0" },   { 1e300, "0" }, { 0.007, "0.007" },
    };
    for (size_t n = 0; n < ARRAY_LEN(cases); n++) {
        const struct item i = { .ratio = cases[n].ratio };
        char want[40];
        struct kit k;
        kit_init(&k, LANG_EN);
        types(&k.v, &i);
        snprintf(want, sizeof(want), "data-ratio=\"%s\"", cases[n].want);
        assert_non_null(strstr(kit_printed(&k).ptr, want));
        kit_release(&k);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hostile_text_stays_text),
        cmocka_unit_test(hostile_messages_stay_text),
        cmocka_unit_test(addresses_are_checked),
        cmocka_unit_test(parts_of_addresses_are_encoded),
        cmocka_unit_test(data_scripts_do_not_end_early),
        cmocka_unit_test(types_are_written_for_the_place_and_the_reader),
        cmocka_unit_test(times_are_written_for_the_reader),
        cmocka_unit_test(odd_numbers_are_harmless),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
