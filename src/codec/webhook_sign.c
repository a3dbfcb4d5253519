/* codec/webhook_sign.c - Standard Webhooks with libsodium. */
#include "codec/webhook_sign.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

#define KEY_MAX         256
#define SIGNATURES_MOST 8
#define MAC_BYTES       crypto_auth_hmacsha256_BYTES
#define VERSION         "v1,"

_Static_assert(WEBHOOK_SIGNATURE_SIZE ==
                   sizeof(VERSION) - 1 +
                       sodium_base64_ENCODED_LEN(MAC_BYTES, sodium_base64_VARIANT_ORIGINAL),
               "32 bytes are 44 characters of base64");

/* The key that a secret stands for: bytes of the secret, or decoded into `room`. */
static bool key_of(struct str secret, unsigned char room[KEY_MAX], struct str *ret_key)
{
    if (!str_starts(secret, STR("whsec_"))) {
        *ret_key = secret;
        return secret.len > 0;
    }
    struct str text = str_slice(secret, sizeof("whsec_") - 1, secret.len);
    size_t len = 0;
    if (sodium_base642bin(room, KEY_MAX, text.ptr, text.len, NULL, &len, NULL,
                          sodium_base64_VARIANT_ORIGINAL) != 0)
        return false;
    *ret_key = (struct str){ (const char *)room, len };
    return len > 0;
}

static bool id_is_sound(struct str id)
{
    if (id.len == 0 || id.len > WEBHOOK_ID_MAX)
        return false;
    for (size_t i = 0; i < id.len; i++) {
        char c = id.ptr[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!letter && !(c >= '0' && c <= '9') && c != '_' && c != '-')
            return false;
    }
    return true;
}

static void put(crypto_auth_hmacsha256_state *state, struct str s)
{
    crypto_auth_hmacsha256_update(state, (const unsigned char *)(s.ptr ? s.ptr : ""), s.len);
}

static void mac_of(unsigned char mac[MAC_BYTES], struct str key, struct str id,
                   struct str timestamp, struct str body)
{
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, (const unsigned char *)key.ptr, key.len);
    put(&state, id);
    put(&state, STR("."));
    put(&state, timestamp);
    put(&state, STR("."));
    put(&state, body);
    crypto_auth_hmacsha256_final(&state, mac);
    sodium_memzero(&state, sizeof(state));
}

int webhook_sign(char out[WEBHOOK_SIGNATURE_SIZE], struct str secret, struct str id,
                 int64_t seconds, struct str body, struct str *ret_signature, struct err *err)
{
    unsigned char room[KEY_MAX], mac[MAC_BYTES];
    struct str key;
    if (!id_is_sound(id))
        return err_detail(err, ERR_INVALID, "a webhook's id has 1 to %d of a-z A-Z 0-9 _ -",
                          WEBHOOK_ID_MAX);
    if (!key_of(secret, room, &key))
        return err_detail(err, ERR_INVALID, "a webhook's secret is empty or not base64");
    char timestamp[24];
    snprintf(timestamp, sizeof(timestamp), "%lld", (long long)seconds);
    mac_of(mac, key, id, str_from(timestamp), body);
    memcpy(out, VERSION, sizeof(VERSION));
    sodium_bin2base64(out + sizeof(VERSION) - 1, WEBHOOK_SIGNATURE_SIZE - sizeof(VERSION) + 1, mac,
                      sizeof(mac), sodium_base64_VARIANT_ORIGINAL);
    sodium_memzero(room, sizeof(room));
    *ret_signature = (struct str){ out, WEBHOOK_SIGNATURE_SIZE - 1 };
    return 0;
}

/* True when one of the signatures is this one. Every one is looked at. */
static bool any_fits(struct str signatures, const unsigned char mac[MAC_BYTES])
{
    struct str piece;
    bool fits = false;
    for (int i = 0; i < SIGNATURES_MOST && str_next(&signatures, ' ', &piece); i++) {
        unsigned char got[MAC_BYTES];
        size_t len = 0;
        if (!str_starts(piece, STR(VERSION)))
            continue;
        piece = str_slice(piece, sizeof(VERSION) - 1, piece.len);
        if (sodium_base642bin(got, sizeof(got), piece.ptr, piece.len, NULL, &len, NULL,
                              sodium_base64_VARIANT_ORIGINAL) != 0 ||
            len != MAC_BYTES)
            continue;
        fits = (sodium_memcmp(got, mac, MAC_BYTES) == 0) | fits;
    }
    return fits;
}

int webhook_check(struct str secret, const struct webhook_headers *headers, struct str body,
                  int64_t seconds, int64_t tolerance, struct err *err)
{
    int64_t sent;
    if (!id_is_sound(headers->id) || headers->signature.len == 0 ||
        !str_to_int(headers->timestamp, &sent) || sent < 0)
        return err_detail(err, ERR_MALFORMED, "a webhook's headers are missing or malformed");
    unsigned char room[KEY_MAX], mac[MAC_BYTES];
    struct str key;
    if (!key_of(secret, room, &key))
        return err_detail(err, ERR_UNAUTHENTIC, "no secret to check a webhook with");
    mac_of(mac, key, headers->id, headers->timestamp, body);
    bool fits = any_fits(headers->signature, mac);
    sodium_memzero(room, sizeof(room));
    sodium_memzero(mac, sizeof(mac));
    if (!fits)
        return err_detail(err, ERR_UNAUTHENTIC, "no signature of the webhook fits");
    if (sent < seconds - tolerance || sent > seconds + tolerance)
        return err_detail(err, ERR_UNAUTHENTIC, "the webhook was signed at another time");
    return 0;
}
