/* words/message.h: whatever a translation and a value hold, nothing gets out unescaped. */
#include "fuzz/fuzz.h"

#include "codec/html.h"
#include "words/message.h"

/* The parts of the input, separated by 0xff: a message's two forms and a value. */
static struct str cut(struct str *rest)
{
    struct str part;
    return str_next(rest, (char)0xff, &part) ? part : (struct str){ 0 };
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str rest = fuzz_input(data, size);
    struct str one = cut(&rest), other = cut(&rest), value = cut(&rest);
    const struct message m = { "x", { { one, other }, { other, one } } };
    const struct msg_arg args[] = {
        { .name = "n", .type = MSG_INT, .n = size % 2 ? 1 : INT64_MIN },
        { .name = "x", .type = MSG_TEXT, .text = value },
        { .name = "", .type = MSG_COUNT, .n = (int64_t)size * 1000 },
    };
    struct buf out;
    buf_init(&out, 1 << 20);
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        buf_clear(&out);
        message_put(&out, (enum lang)lang, &m, &(struct msg_values){ args, 3, 0 }, html_put_attr);
        FUZZ_CHECK(str_index(buf_str(&out), '<') < 0 && str_index(buf_str(&out), '"') < 0);
        FUZZ_CHECK(str_index(buf_str(&out), '\'') < 0);
    }
    /* A message without braces comes out as it is. */
    if (str_index(one, '{') < 0 && str_index(other, '{') < 0) {
        buf_clear(&out);
        message_put(&out, LANG_ZH, &m, NULL, NULL);
        FUZZ_CHECK(str_eq(buf_str(&out), one) || buf_overflowed(&out));
    }
    buf_release(&out);
    return 0;
}
