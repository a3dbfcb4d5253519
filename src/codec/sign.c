/* codec/sign.c - libsodium's HMAC-SHA256 and BLAKE2b. */
#include "codec/sign.h"

#include <sodium.h>

#include "codec/hex.h"

_Static_assert(SIGN_TEXT_SIZE == HEX_TEXT_SIZE(crypto_auth_hmacsha256_BYTES), "HMAC is 32 bytes");
_Static_assert(SIGN_TEXT_SIZE == HEX_TEXT_SIZE(SIGN_HASH_BYTES), "hash is 32 bytes");

/* libsodium wants a pointer even to nothing. */
static const unsigned char *bytes_of(struct str s)
{
    return (const unsigned char *)(s.ptr ? s.ptr : "");
}

static void hmac(unsigned char out[crypto_auth_hmacsha256_BYTES], struct str key, struct str bytes)
{
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, bytes_of(key), key.len);
    crypto_auth_hmacsha256_update(&state, bytes_of(bytes), bytes.len);
    crypto_auth_hmacsha256_final(&state, out);
    sodium_memzero(&state, sizeof(state));
}

struct str sign_hmac(char out[SIGN_TEXT_SIZE], struct str key, struct str bytes)
{
    unsigned char mac[crypto_auth_hmacsha256_BYTES];
    BUG_ON(key.len == 0);
    hmac(mac, key, bytes);
    return hex_encode(out, mac, sizeof(mac));
}

bool sign_check(struct str key, struct str bytes, struct str signature)
{
    unsigned char want[crypto_auth_hmacsha256_BYTES], got[crypto_auth_hmacsha256_BYTES];
    if (key.len == 0 || !hex_decode(signature, got, sizeof(got)))
        return false;
    hmac(want, key, bytes);
    bool same = sodium_memcmp(want, got, sizeof(want)) == 0;
    sodium_memzero(want, sizeof(want));
    return same;
}

void sign_hash(unsigned char out[SIGN_HASH_BYTES], struct str bytes)
{
    crypto_generichash(out, SIGN_HASH_BYTES, bytes_of(bytes), bytes.len, NULL, 0);
}

struct str sign_hash_text(char out[SIGN_TEXT_SIZE], struct str bytes)
{
    unsigned char hash[SIGN_HASH_BYTES];
    sign_hash(hash, bytes);
    return hex_encode(out, hash, sizeof(hash));
}
