/* out/webhook.h - telling another program that something happened.
 *
 * One try of one message: a signed POST (codec/webhook_sign.h). What a job
 * makes of a failure is the job's business: it is tried again, with the same
 * id, so that the receiver acts once.
 *
 * Memory: the arena, for the time of the call. Threads: any. For jobs only.
 */
#ifndef SWARD_OUT_WEBHOOK_H
#define SWARD_OUT_WEBHOOK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/macros.h"
#include "base/str.h"

struct out_webhook {
    struct str url;
    struct str secret;  /* see codec/webhook_sign.h */
    struct str id;      /* of the message, the same at every try: id_text(out, "msg", job->id) */
    int64_t now;        /* microseconds UTC */
    struct str body;    /* JSON */
    bool allow_private; /* the receiver may be on this machine or in this network */
};

/* Send one try. ERR_IO when the receiver did not answer 2xx; else as out_http
 * and webhook_sign. */
NODISCARD int out_webhook(struct arena *a, const struct out_webhook *message, struct err *err);

#endif
