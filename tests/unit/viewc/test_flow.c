/* Control flow, calls, messages with plurals, and white space. */
#include "viewc_kit.h"

#include "gen/good_views.h"

static void lists_and_branches(void **state)
{
    (void)state;
    const struct item items[] = { { .title = STR("a") },
                                  { 0 },
                                  { .title = STR("b"), .liked = true } };
    struct kit k;
    kit_init(&k, LANG_EN);
    item_list(&k.v, &(struct list){ items, 3 });
    assert_text(kit_printed(&k),
                "<ul><li>a</li> <li class=\"liked\">b</li> <li>3 things</li></ul>");
    item_list_any(&k.v, &(struct list){ items, 0 });
    assert_text(kit_printed(&k), "<ul><li>Nothing here</li></ul>");
    item_list(&k.v, &(struct list){ items, 1 });
    assert_text(kit_printed(&k), "<ul><li>a</li> </ul>");
    k.v.lang = LANG_ZH;
    item_list(&k.v, &(struct list){ items, 3 });
    assert_text(kit_printed(&k), "<ul><li>a</li> <li class=\"liked\">b</li> <li>3 件</li></ul>");
    kit_release(&k);
}

static void switches_and_calls(void **state)
{
    (void)state;
    struct kit k;
    kit_init(&k, LANG_EN);
    whole(&k.v);
    assert_text(kit_printed(&k), "<b>Close</b>  <u>Close</u>  <i>}{</i> ");
    k.v.lang = LANG_ZH;
    whole(&k.v);
    assert_text(kit_printed(&k), "<b>关闭</b>  <u>近</u>  <i>}{</i> ");
    kit_release(&k);
}

static void pages_in_two_halves(void **state)
{
    (void)state;
    struct kit k;
    kit_init(&k, LANG_ZH);
    top(&k.v);
    assert_text(kit_printed(&k), "<!doctype html><html lang=\"zh-CN\"><body>");
    bottom(&k.v);
    assert_text(kit_printed(&k), "</body></html>");
    kit_release(&k);
}

static void print_part(struct view *v, const void *data)
{
    buf_put_c(v->out, data);
}

static void parts_show_what_filled_them(void **state)
{
    (void)state;
    struct item i = { 0 };
    struct kit k;
    kit_init(&k, LANG_EN);
    slotted(&k.v, &i);
    assert_text(kit_printed(&k), "<div></div>");
    i.more = (struct part){ print_part, NULL, "filled" };
    slotted_any(&k.v, &i);
    assert_text(kit_printed(&k), "<div>filled</div>");
    kit_release(&k);
}

#define X_ICON                                                                                     \
    "<svg class=\"icon\" viewBox=\"0 0 24 24\" aria-hidden=\"true\"><path d=\"M18 6 6 18\"/>"      \
    "<path d=\"m6 6 12 12\"/></svg>"

static void icons_and_assets(void **state)
{
    (void)state;
    struct kit k;
    kit_init(&k, LANG_EN);
    pictures(&k.v);
    struct str got = kit_printed(&k);
    assert_true(str_starts(got, STR("<button aria-label=\"Close\">" X_ICON "</button> "
                                    "<a href=\"/static/app.")));
    assert_true(str_ends(got, STR(".css\">" X_ICON "</a>")));
    kit_release(&k);
}

static void white_space_is_kept_where_it_matters(void **state)
{
    (void)state;
    struct kit k;
    kit_init(&k, LANG_EN);
    space(&k.v, 1);
    assert_text(kit_printed(&k),
                "<div><p>one <b>two</b> <i>three</i> <img src=\"/a.png\" alt=\"\"> four</p>"
                "<pre>\n  as\n    it is  </pre><select name=\"s\" id=\"t\"><option>a</option>"
                "<option>b</option></select> text more end "
                "<svg viewBox=\"0 0 1 1\"><path d=\"M0 0\"/><path d=\"M1 1\"/></svg><br>1 1</div>");
    space(&k.v, 0);
    assert_non_null(strstr(kit_printed(&k).ptr, " text end <svg"));
    kit_release(&k);
}

static void a_full_buffer_is_told_once(void **state)
{
    (void)state;
    struct kit k;
    kit_init(&k, LANG_EN);
    k.out.max = 20;
    space(&k.v, 1);
    assert_true(buf_overflowed(&k.out));
    kit_release(&k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lists_and_branches),
        cmocka_unit_test(switches_and_calls),
        cmocka_unit_test(pages_in_two_halves),
        cmocka_unit_test(parts_show_what_filled_them),
        cmocka_unit_test(icons_and_assets),
        cmocka_unit_test(white_space_is_kept_where_it_matters),
        cmocka_unit_test(a_full_buffer_is_told_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
