/* codec/webhook_sign.h - signatures of webhooks, as Standard Webhooks writes them.
 *
 *   webhook-id: msg_0v3k...        the same for every try of one message
 *   webhook-timestamp: 1614265330  seconds since 1970, when this try was sent
 *   webhook-signature: v1,<base64 of HMAC-SHA256(key, "id.timestamp.body")>
 *
 * A signature header may hold several, parted by spaces, while keys change.
 * A secret that begins with whsec_ is base64 of the key; any other is the key.
 * The timestamp keeps an old message from being played again later; the id
 * lets the receiver act once on a message that comes twice.
 *
 * Not here: sending (out/webhook.h), what a message means.
 * Memory: into the caller's storage. Threads: any, after sodium_init at start.
 */
#ifndef SWARD_CODEC_WEBHOOK_SIGN_H
#define SWARD_CODEC_WEBHOOK_SIGN_H

#include <stdint.h>

#include "base/err.h"
#include "base/macros.h"
#include "base/str.h"

/* "v1,", 44 characters of base64 and a NUL. */
#define WEBHOOK_SIGNATURE_SIZE 48

#define WEBHOOK_ID_MAX 64

/* How far a timestamp may lie from now, either way: seconds. */
#define WEBHOOK_TOLERANCE 300

/* The three headers of a message. */
struct webhook_headers {
    struct str id;
    struct str timestamp;
    struct str signature;
};

/* Sign one try of a message.
 *   secret   not empty
 *   id       1..WEBHOOK_ID_MAX letters, digits, _ and -
 *   seconds  since 1970, of this try
 *   ret_signature  OUT: points into out
 * ERR_INVALID when the secret or the id is no such thing. */
NODISCARD int webhook_sign(char out[WEBHOOK_SIGNATURE_SIZE], struct str secret, struct str id,
                           int64_t seconds, struct str body, struct str *ret_signature,
                           struct err *err);

/* Check a message that came in. Takes the same time wherever a signature is wrong.
 *   seconds    now, since 1970
 *   tolerance  seconds, usually WEBHOOK_TOLERANCE
 * ERR_MALFORMED when a header is missing or no such thing, ERR_UNAUTHENTIC when
 * the timestamp is too far from now or no signature fits. */
NODISCARD int webhook_check(struct str secret, const struct webhook_headers *headers,
                            struct str body, int64_t seconds, int64_t tolerance, struct err *err);

#endif
