/* codec/mention.h and codec/pieces.h: where a name begins and ends, and what a text falls into. */
#include "unit/unit.h"

#include "base/buf.h"
#include "codec/pieces.h"

static void mentions_are_found(void **state UNUSED)
{
    static const struct {
        const char *text, *want;
    } cases[] = {
        { "", "" },
        { "nobody", "" },
        { "@lin", "lin|" },
        { "ask @Lin, or @mei_2.", "Lin|mei_2|" },
        { "问@lin吧，＠bobo也行", "lin|bobo|" },
        { "@ab @abc @a23456789012345678901 @a2345678901234567890", "abc|a2345678901234567890|" },
        { "@2024 @___ @_a_", "_a_|" },
        { "me@lin.example x.@lin a-@lin @@lin @lin@mei /@lin &@lin", "" },
        { "(@lin) “@mei”\n@bobo", "lin|mei|bobo|" },
        { "@lin\xc3\xa9 @lin.", "lin|" },
        { "#tea@lin #茶#@lin", "lin|" },
        { "\xff@lin", "lin|" },
    };
    struct buf out;
    buf_init(&out, 4096);
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct str text = str_from(cases[i].text);
        struct mention m;
        size_t at = 0;
        buf_clear(&out);
        while (mention_next(text, &at, &m)) {
            buf_put_str(&out, m.handle);
            buf_put_char(&out, '|');
            assert_true(m.from < m.to && m.to == at && at <= text.len);
        }
        assert_text(buf_str(&out), cases[i].want);
    }
    buf_release(&out);
}

static void a_person_is_named_once(void **state UNUSED)
{
    struct str found[MENTION_COUNT_MAX];
    assert_int_equal(mention_find(STR("@Lin @lin @mei @LIN"), found), 2);
    assert_text(found[0], "Lin");
    assert_text(found[1], "mei");
    assert_int_equal(
        mention_find(STR("@aaa @aab @aac @aad @aae @aaf @aag @aah @aai @aaj @aak"), found),
        MENTION_COUNT_MAX);
}

/* The pieces of a text, as one: [topic], <mention>, | for a break. */
static void falls_into(const char *text, const char *want)
{
    struct pieces pieces = pieces_of(str_from(text));
    struct piece piece;
    struct buf out;
    buf_init(&out, 1000);
    while (pieces_next(&pieces, &piece)) {
        if (piece.kind == PIECE_BREAK)
            buf_put_char(&out, '|');
        else if (piece.kind == PIECE_TOPIC)
            buf_printf(&out, "[%.*s]", STR_ARG(piece.text));
        else
            buf_printf(&out, piece.kind == PIECE_TEXT ? "%.*s" : "<%.*s>", STR_ARG(piece.text));
    }
    assert_text(buf_str(&out), want);
    buf_release(&out);
}

static void a_text_falls_into_pieces(void **state UNUSED)
{
    falls_into("", "");
    falls_into("plain", "plain");
    falls_into("#tea", "[#tea]");
    falls_into("a\n\nb", "a||b");
    falls_into("\n#茶叶# now\n", "|[#茶叶#] now|");
    falls_into("<b>#a#b", "<b>[#a#]b");
    falls_into("C# and #x #x", "C# and [#x] [#x]");
    falls_into("Tea\n#tea# by @lin, #a@bob\n@mei", "Tea|[#tea#] by <@lin>, [#a]@bob|<@mei>");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mentions_are_found),
        cmocka_unit_test(a_person_is_named_once),
        cmocka_unit_test(a_text_falls_into_pieces),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
