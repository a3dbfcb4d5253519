/* A form the first time, and again after a refusal. */
#include "viewc_kit.h"

#include "base/err.h"
#include "gen/good_views.h"

static void the_first_time(void **state)
{
    (void)state;
    struct kit k;
    kit_init(&k, LANG_EN);
    form(&k.v);
    assert_text(kit_printed(&k),
                "<form method=\"post\" action=\"/x?next=%2Fp%3Fa%3D1%26b%3D%22\"><p></p>"
                "<input name=\"title\" value=\"old\"><p title=\"\"></p>"
                "<input name=\"n\" value=\"1234\"> <input name=\"empty\" value=\"\"> "
                "<input type=\"checkbox\" name=\"gift\" checked>"
                "<option value=\"a\" selected>a</option><option value=\"b\">b</option>   </form>");
    kit_release(&k);
}

static void after_a_refusal(void **state)
{
    (void)state;
    struct kit k;
    struct params typed;
    struct err err = { 0 };
    kit_init(&k, LANG_ZH);
    params_init(&typed, &k.arena);
    assert_int_equal(params_add(&typed, STR("title"), STR("<\"new\">"), &err), 0);
    assert_int_equal(params_add(&typed, STR("n"), STR(""), &err), 0);
    assert_int_equal(params_add(&typed, STR("kind"), STR("b"), &err), 0);
    err_field_n(&err, "title", "Say {n}", 1234);
    k.v.typed = &typed;
    k.v.err = &err;
    k.viewer = (struct viewer){ .actor = 7, .roles = ROLE_MEMBER | ROLE_OPERATOR };
    form(&k.v);
    assert_text(kit_printed(&k),
                "<form method=\"post\" action=\"/x?next=%2Fp%3Fa%3D1%26b%3D%22\">"
                "<p>请看看标出来的几处。</p>"
                "<input name=\"title\" value=\"&lt;&quot;new&quot;&gt;\" aria-invalid=\"true\">"
                "<p title=\"说 1,234\">说 1,234</p>"
                "<input name=\"n\" value=\"\"> <input name=\"empty\" value=\"\"> "
                "<input type=\"checkbox\" name=\"gift\">"
                "<option value=\"a\">a</option><option value=\"b\" selected>b</option>"
                "in me operator zh</form>");
    kit_release(&k);
}

static void of_whom_the_page_is(void **state)
{
    (void)state;
    struct kit k;
    kit_init(&k, LANG_EN);
    k.viewer.actor = 8;
    k.viewer.roles = ROLE_MEMBER;
    form(&k.v);
    struct str got = kit_printed(&k);
    assert_non_null(strstr(got.ptr, "</option>in   </form>"));
    k.v.viewer = NULL;
    form(&k.v);
    got = kit_printed(&k);
    assert_non_null(strstr(got.ptr, "</option>   </form>"));
    kit_release(&k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_time),
        cmocka_unit_test(after_a_refusal),
        cmocka_unit_test(of_whom_the_page_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
