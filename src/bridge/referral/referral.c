#include "bridge/referral/referral.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/id.h"
#include "bridge/tag/tag.h"
#include "codec/sign.h"

/* Characters of the signature that a token keeps: 128 bits. */
#define SIGNATURE_LEN 32
#define TOKEN_MAX     120

/* What is signed: pin, product and time, so that none can be changed. */
static struct str payload(char *out, size_t size, const struct referral_token *token)
{
    int n = snprintf(out, size, "%" PRId64 ".%" PRId64 ".%" PRId64, token->pin, token->product,
                     token->at / TIME_SECOND);
    return (struct str){ out, n > 0 ? (size_t)n : 0 };
}

struct str referral_sign(struct arena *a, struct str secret, const struct referral_token *token)
{
    char text[TOKEN_MAX], signature[SIGN_TEXT_SIZE];
    struct str signed_part = payload(text, sizeof(text), token);
    sign_hmac(signature, secret, signed_part);
    return arena_printf(a, "%.*s.%.*s", STR_ARG(signed_part), SIGNATURE_LEN, signature);
}

/* The same time whatever differs: a token is a proof. */
static bool same_signature(struct str a, const char *b)
{
    unsigned char differs = a.len != SIGNATURE_LEN;
    for (size_t i = 0; i < SIGNATURE_LEN && i < a.len; i++)
        differs |= (unsigned char)(a.ptr[i] ^ b[i]);
    return differs == 0;
}

bool referral_read(struct str secret, struct str text, int64_t now, int64_t days,
                   struct referral_token *ret_token)
{
    struct referral_token token;
    struct str rest = text, pin, product, seconds;
    int64_t at;
    if (text.len > TOKEN_MAX || !str_next(&rest, '.', &pin) || !str_next(&rest, '.', &product) ||
        !str_next(&rest, '.', &seconds) || !str_to_int(pin, &token.pin) ||
        !str_to_int(product, &token.product) || !str_to_int(seconds, &at))
        return false;
    if (at < 0 || at > INT64_MAX / TIME_SECOND)
        return false;
    token.at = at * TIME_SECOND;
    char again[TOKEN_MAX], signature[SIGN_TEXT_SIZE];
    sign_hmac(signature, secret, payload(again, sizeof(again), &token));
    if (!same_signature(rest, signature))
        return false;
    if (token.at > now + TIME_MINUTE || token.at < now - days * TIME_DAY)
        return false;
    *ret_token = token;
    return true;
}

struct str referral_add(struct arena *a, struct str secret, struct str cookie,
                        const struct referral_token *token)
{
    struct buf out;
    buf_init(&out, REFERRAL_TOKENS_MAX * (TOKEN_MAX + 1));
    buf_put_str(&out, referral_sign(a, secret, token));
    struct str rest = cookie, piece;
    int n = 1;
    while (n < REFERRAL_TOKENS_MAX && rest.len && str_next(&rest, '~', &piece)) {
        struct referral_token old;
        /* Any age here: whoever asks for a token says how old it may be. */
        if (!referral_read(secret, piece, token->at, INT64_C(3650), &old) ||
            old.product == token->product)
            continue;
        buf_put_char(&out, '~');
        buf_put_str(&out, piece);
        n++;
    }
    struct str text = arena_str(a, buf_str(&out));
    buf_release(&out);
    return text;
}

struct str referral_for(struct str secret, struct str cookie, int64_t product, int64_t now,
                        int64_t days)
{
    struct str rest = cookie, piece;
    for (int n = 0; n < REFERRAL_TOKENS_MAX && rest.len && str_next(&rest, '~', &piece); n++) {
        struct referral_token token;
        if (referral_read(secret, piece, now, days, &token) && token.product == product)
            return piece;
    }
    return (struct str){ 0 };
}

int referral_claim(void *ctx, struct db *db, const struct order_item *item, int64_t author_rate,
                   struct order_claim *ret_claim, struct err *err)
{
    const struct referral_claimant *c = ctx;
    struct referral_token token;
    struct pin pin;
    if (!referral_read(c->settings->referral_secret, item->source, db_now(db),
                       c->settings->referral_days, &token) ||
        token.product != item->product)
        return 0;
    int rc = tag_pin_by_id(db, c->arena, token.pin, &pin, err);
    if (rc == ERR_NOT_FOUND) {
        err_clear(err);
        return 0;
    }
    if (rc < 0)
        return rc;
    if (pin.product != item->product || pin.connection != CONNECTION_COMMISSION ||
        pin.author == c->buyer)
        return 0;
    *ret_claim = (struct order_claim){
        .party = pin.author, .reason = CLAIM_AUTHOR, .rate = author_rate, .cause = pin.note
    };
    return 1;
}
