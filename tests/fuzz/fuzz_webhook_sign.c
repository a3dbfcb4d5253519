/* codec/webhook_sign.h: no header fits by chance; what was signed is accepted,
 * and not with another body, secret or time. */
#include "fuzz/fuzz.h"

#include "codec/webhook_sign.h"

#define NOW 1700000000

static void sign_and_check(struct str secret, struct str id, struct str body)
{
    char out[WEBHOOK_SIGNATURE_SIZE];
    struct webhook_headers h = { .id = id, .timestamp = STR("1700000000") };
    if (webhook_sign(out, secret, id, NOW, body, &h.signature, NULL) != 0)
        return;
    FUZZ_CHECK(webhook_check(secret, &h, body, NOW, 0, NULL) == 0);
    FUZZ_CHECK(webhook_check(secret, &h, body, NOW + 2, 1, NULL) == ERR_UNAUTHENTIC);
    FUZZ_CHECK(webhook_check(STR("another"), &h, body, NOW, 0, NULL) == ERR_UNAUTHENTIC ||
               str_starts(secret, STR("another"))); /* zeros behind a key change nothing */
    if (body.len > 0)
        FUZZ_CHECK(webhook_check(secret, &h, str_slice(body, 1, body.len), NOW, 0, NULL) ==
                   ERR_UNAUTHENTIC);
}

/* Lines: secret, id, timestamp, signature; the rest is the body. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str rest = fuzz_input(data, size), line[4] = { { 0 } };
    for (int i = 0; i < 4; i++)
        if (!str_next(&rest, '\n', &line[i]))
            line[i] = STR("");
    struct webhook_headers h = { line[1], line[2], line[3] };
    struct err err = { 0 };
    int rc = webhook_check(line[0], &h, rest, NOW, INT64_C(1) << 40, &err);
    FUZZ_CHECK(rc == 0 || (rc == err.code && err.detail[0] != '\0'));
    sign_and_check(line[0], line[1], rest);
    return 0;
}
