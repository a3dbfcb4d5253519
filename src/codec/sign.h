/* codec/sign.h - proof that bytes came from who knows a key, and short names
 * of bytes.
 *
 * HMAC-SHA256, because other programs speak it: payment providers sign their
 * webhooks to us with it (mall/payment), we sign ours to others (out/webhook),
 * and sward signs what it will read back itself: referral tokens
 * (bridge/referral) and the tokens of forms.
 * BLAKE2b-256, because it is fast and needs no key: media names files by it
 * (media/), sessions and one-time tokens are stored only as it (account/),
 * idempotency keys are compared by it (web/).
 *
 * Not here: passwords (argon2id, account/person), random tokens (base/random.h).
 * Memory: none. Threads: any, after sodium_init at start, which app/ calls.
 */
#ifndef SWARD_CODEC_SIGN_H
#define SWARD_CODEC_SIGN_H

#include <stdbool.h>

#include "base/macros.h"
#include "base/str.h"

#define SIGN_TEXT_SIZE  65 /* 64 hexadecimal digits and a NUL */
#define SIGN_HASH_BYTES 32

/* Sign: HMAC-SHA256 of bytes under a key of any length, as hexadecimal text.
 * The result points into out. An empty key signs nothing worth having and is
 * a bug: a shop without a secret must not call. */
struct str sign_hmac(char out[SIGN_TEXT_SIZE], struct str key, struct str bytes);

/* True when `signature` is what sign_hmac gives (capitals are taken too).
 * Takes the same time wherever the two differ. False for an empty key. */
bool sign_check(struct str key, struct str bytes, struct str signature);

/* BLAKE2b-256 of bytes. */
void sign_hash(unsigned char out[SIGN_HASH_BYTES], struct str bytes);

/* The same as hexadecimal text. */
struct str sign_hash_text(char out[SIGN_TEXT_SIZE], struct str bytes);

#endif
