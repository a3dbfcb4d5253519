/* codec/totp.h - codes of six digits that change every half minute (RFC 6238).
 *
 * A person's phone and this program share a key; both make the same code from
 * it and from the clock. Six digits, 30 seconds, HMAC-SHA-1: what every
 * authenticator understands. (SHA-1 is broken for signatures, not for this.)
 *
 * Time is counted in steps: totp_step(now). A code is taken one step early or
 * late, because clocks differ, and never twice: the caller keeps the step of
 * the last code that was right and hands it in.
 *
 * Pure. Memory: texts live in the arena. Threads: no state.
 */
#ifndef SWARD_CODEC_TOTP_H
#define SWARD_CODEC_TOTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/macros.h"
#include "base/str.h"

#define TOTP_DIGITS    6
#define TOTP_SECONDS   30
#define TOTP_KEY_BYTES 20 /* as RFC 4226 recommends */
#define TOTP_KEY_MAX   64
#define TOTP_KEY_TEXT  32 /* characters of a key of TOTP_KEY_BYTES in base32 */

/* The step of a moment, in seconds since 1970. */
int64_t totp_step(int64_t seconds);

/* The code of a step, 0..999999. */
uint32_t totp_code(const uint8_t *key, size_t key_len, int64_t step);

/* Whether what was typed is right now or one step away, and later than the
 * last step that was used. Spaces in it are left out.
 *   after     step of the last code taken; 0 = none yet
 *   ret_step  OUT: the step it belongs to, when it is right */
NODISCARD bool totp_matches(const uint8_t *key, size_t key_len, struct str typed, int64_t step,
                            int64_t after, int64_t *ret_step);

/* A key as people type it into an authenticator: base32 (RFC 4648), no
 * padding. Empty when the arena is full. */
struct str totp_key_text(struct arena *a, const uint8_t *key, size_t key_len);

/* Read such a text back; small letters and spaces are fine, anything else, and
 * bits left over that are not zero, are not.
 *   size     bytes that fit into ret_key
 *   ret_len  OUT: bytes of the key */
NODISCARD bool totp_key_parse(struct str text, uint8_t *ret_key, size_t size, size_t *ret_len);

/* What the QR code says: otpauth://totp/<place>:<account>?secret=…&issuer=…
 *   place    what the authenticator calls this site
 *   account  whose code it is */
struct str totp_address(struct arena *a, struct str place, struct str account, const uint8_t *key,
                        size_t key_len);

#endif
