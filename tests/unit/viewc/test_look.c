/* The frame and the problem page, as a reader of each language gets them. */
#include "viewc_kit.h"

#include "web/look.h"

#define HOSTILE "</title><script>x</script>\""

static void print_middle(struct view *v, const void *data)
{
    buf_put_c(v->out, data);
}

static struct str frame_of(struct kit *k, const struct page_head *head)
{
    const struct frame frame = { .head = head,
                                 .site = STR("sward"),
                                 .origin = STR("https://sward.example"),
                                 .canonical = STR("https://sward.example/p"),
                                 .main = print_middle,
                                 .data = "[middle]" };
    web_look.page(&k->v, &frame);
    return kit_printed(k);
}

static int times_in(struct str page, const char *piece)
{
    int n = 0;
    for (const char *at = page.ptr; (at = strstr(at, piece)); at++)
        n++;
    return n;
}

#define assert_times(page, piece, n) assert_int_equal(times_in((page), (piece)), (n))

static void the_frame_speaks_the_readers_language(void **state)
{
    (void)state;
    struct kit k;
    kit_init(&k, LANG_ZH);
    const struct page_head head = { .title = STR("草地"), .tab = "mall" };
    struct str page = frame_of(&k, &head);
    assert_true(str_starts(page, STR("<!doctype html><html lang=\"zh-CN\"><head><meta charset")));
    assert_times(page, "<title>草地 · sward</title>", 1);
    assert_times(page, "[middle]</main>", 1);
    assert_times(page, "发现", 1);
    assert_times(page, "aria-current=\"page\"", 1);
    assert_times(page, "href=\"/mall\" aria-current", 1);
    assert_times(page, "value=\"zh-CN\" lang=\"zh-CN\" aria-pressed=\"true\"", 1);
    assert_times(page, "href=\"/signin?next=%2Fp%3Fa%3D1%26b%3D%22\"", 1);
    assert_times(page, "noindex", 0);
    assert_times(page, "ld+json", 0);
    kit_release(&k);
}

static void the_frame_shows_who_is_here(void **state)
{
    (void)state;
    struct kit k;
    kit_init(&k, LANG_EN);
    k.viewer = (struct viewer){ .actor = 1, .name = STR("<Lin>") };
    k.v.simulated = true;
    const struct page_head head = { .title = STR("x"), .noindex = true };
    struct str page = frame_of(&k, &head);
    assert_times(page, "&lt;Lin&gt;", 1);
    assert_times(page, "/signin", 0);
    assert_times(page, "noindex", 1);
    assert_times(page, "class=\"simulated\"", 1);
    assert_times(page, "aria-current", 0);
    kit_release(&k);
}

static void hostile_heads_stay_heads(void **state)
{
    (void)state;
    struct kit k;
    kit_init(&k, LANG_EN);
    const struct page_head head = { .title = STR(HOSTILE),
                                    .description = STR(HOSTILE),
                                    .image = STR("https://sward.example/" HOSTILE),
                                    .json_ld = STR("{\"name\":\"</script>\"}") };
    struct str page = frame_of(&k, &head);
    assert_times(page, "<script>x", 0);
    assert_times(page, "</title>", 1);
    assert_times(page, "\\u003c/script>", 1);
    kit_release(&k);
}

static void problems_say_what_to_do(void **state)
{
    (void)state;
    struct kit k;
    struct err err = { 0 };
    kit_init(&k, LANG_ZH);
    err_field(&err, "title", N_("There is nothing here."));
    k.v.err = &err;
    const struct problem_page problem = { .status = 429,
                                          .title = STR("慢一点"),
                                          .message = STR("<b>"),
                                          .request = STR("r-1"),
                                          .sign_in = STR("/signin?next=%2F"),
                                          .typed = true,
                                          .retry_after = 7,
                                          .err = &err };
    web_look.problem(&k.v, &problem);
    struct str page = kit_printed(&k);
    assert_times(page, "<h1>慢一点</h1><p>&lt;b&gt;</p>", 1);
    assert_times(page, "<li>这里什么也没有。</li>", 1);
    assert_times(page, "请过 7 秒再试。", 1);
    assert_times(page, "href=\"/signin?next=%2F\"", 1);
    assert_times(page, "r-1", 1);
    const struct problem_page plain = { .title = STR("a"), .message = STR("a") };
    web_look.problem(&k.v, &plain);
    page = kit_printed(&k);
    assert_times(page, "<p>a</p>", 0);
    assert_times(page, "<li>", 0);
    kit_release(&k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_frame_speaks_the_readers_language),
        cmocka_unit_test(the_frame_shows_who_is_here),
        cmocka_unit_test(hostile_heads_stay_heads),
        cmocka_unit_test(problems_say_what_to_do),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
