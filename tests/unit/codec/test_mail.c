/* codec/mail.h: addresses, headers that cannot be begun by others, content. */
#include "unit/unit.h"

#include <string.h>

#include "base/clock.h"
#include "codec/mail.h"

static void addresses(void **state UNUSED)
{
    static const char *const good[] = { "a@b.cd", "lin@example.org", "x+y.z@a-b.example.co",
                                        "o'neil@example.org" };
    static const char *const bad[] = { "",
                                       "a",
                                       "a@b",
                                       "@b.cd",
                                       "a@",
                                       "a@b.c",
                                       "a@.b.cd",
                                       "a@b..cd",
                                       "a@-b.cd",
                                       "a@b-.cd",
                                       "a@b.cd-",
                                       ".a@b.cd",
                                       "a.@b.cd",
                                       "a..b@c.de",
                                       "a b@c.de",
                                       "a@b.cd ",
                                       "a@b@c.de",
                                       "<a@b.cd>",
                                       "a@b.cd,x@y.zz",
                                       "\"a\"@b.cd",
                                       "a@b.cd\nBcc: x@y.zz",
                                       "\xe6\x9e\x97@b.cd",
                                       "a@[127.0.0.1]" };
    for (size_t i = 0; i < ARRAY_LEN(good); i++)
        assert_true(mail_is_address(str_from(good[i])));
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        assert_false(mail_is_address(str_from(bad[i])));
    assert_false(mail_is_address((struct str){ "a\0@b.cd", 7 }));
}

static const struct mail_letter_out plain = {
    .from_name = { "sward", 5 },
    .from = { "hello@sward.example", 19 },
    .to = { "lin@example.org", 15 },
    .subject = { "A new password", 14 },
    .id = { "letter_1", 8 },
    .at = 1767225600 * TIME_SECOND,
    .text = { "One\nTwo\r\n", 9 },
    .html = { "<p>One</p>", 10 },
};

static void the_whole_letter(void **state UNUSED)
{
    struct buf out;
    struct err err = { 0 };
    buf_init(&out, 4096);
    assert_int_equal(mail_write(&out, &plain, &err), 0);
    buf_put_char(&out, '\0');
    assert_string_equal(buf_str(&out).ptr,
                        "From: sward\r\n <hello@sward.example>\r\nTo: <lin@example.org>\r\n"
                        "Subject: A new password\r\n"
                        "Date: Thu, 01 Jan 2026 00:00:00 +0000\r\n"
                        "Message-ID: <letter_1@sward.example>\r\n"
                        "Auto-Submitted: auto-generated\r\n"
                        "MIME-Version: 1.0\r\n"
                        "Content-Type: multipart/alternative; boundary=\"sward_letter_1\"\r\n\r\n"
                        "--sward_letter_1\r\nContent-Type: text/plain; charset=utf-8\r\n"
                        "Content-Transfer-Encoding: base64\r\n\r\nT25lDQpUd28NCg==\r\n"
                        "--sward_letter_1\r\nContent-Type: text/html; charset=utf-8\r\n"
                        "Content-Transfer-Encoding: base64\r\n\r\nPHA+T25lPC9wPg==\r\n"
                        "--sward_letter_1--\r\n");
    buf_release(&out);
}

static bool written_with(struct str subject, const char *want)
{
    struct buf out;
    struct err err = { 0 };
    struct mail_letter_out letter = plain;
    letter.subject = subject;
    buf_init(&out, 8192);
    assert_int_equal(mail_write(&out, &letter, &err), 0);
    buf_put_char(&out, '\0');
    bool found = strstr(buf_str(&out).ptr, want) != NULL;
    buf_release(&out);
    return found;
}

static void subjects_are_encoded(void **state UNUSED)
{
    assert_true(written_with(STR("Grün"), "\r\nSubject: =?UTF-8?B?R3LDvG4=?=\r\nDate"));
    assert_true(written_with(STR("x\r\nBcc: a@b.cd"),
                             "\r\nSubject: =?UTF-8?B?eCAgQmNjOiBhQGIuY2Q=?=\r\nDate"));
    assert_true(written_with(STR("=?UTF-8?B?eA==?="), "Subject: =?UTF-8?B?PT9VVEYt"));
    /* Sixteen characters of three bytes: fifteen fit into a word, none is cut. */
    assert_true(
        written_with(STR("一二三四五六七八九十一二三四五六"), "?=\r\n =?UTF-8?B?5YWt?=\r\n"));
}

static void what_is_no_letter_is_refused(void **state UNUSED)
{
    struct buf out;
    struct err err = { 0 };
    struct mail_letter_out letter = plain;
    buf_init(&out, 4096);
    letter.to = STR("a@b.cd>\r\nBcc: <x@y.zz");
    assert_int_equal(mail_write(&out, &letter, &err), ERR_INVALID);
    letter = plain;
    letter.id = STR("a\"b");
    assert_int_equal(mail_write(&out, &letter, &err), ERR_INVALID);
    letter = plain;
    letter.unsubscribe = STR("https://x/>\r\nBcc: x@y.zz");
    assert_int_equal(mail_write(&out, &letter, &err), ERR_INVALID);
    assert_int_equal(buf_str(&out).len, 0);
    buf_release(&out);
    buf_init(&out, 100);
    assert_int_equal(mail_write(&out, &plain, &err), ERR_TOO_LARGE);
    buf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(addresses),
        cmocka_unit_test(the_whole_letter),
        cmocka_unit_test(subjects_are_encoded),
        cmocka_unit_test(what_is_no_letter_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
