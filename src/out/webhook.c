/* out/webhook.c - a signed POST. */
#include "out/webhook.h"

#include "base/clock.h"
#include "codec/webhook_sign.h"
#include "out/http.h"

int out_webhook(struct arena *a, const struct out_webhook *message, struct err *err)
{
    char room[WEBHOOK_SIGNATURE_SIZE];
    struct str signature;
    int64_t seconds = message->now / TIME_SECOND;
    int rc =
        webhook_sign(room, message->secret, message->id, seconds, message->body, &signature, err);
    if (rc)
        return rc;
    const struct out_header headers[] = {
        { "webhook-id", message->id },
        { "webhook-timestamp", arena_printf(a, "%lld", (long long)seconds) },
        { "webhook-signature", signature },
    };
    struct out_answer answer;
    rc = out_http(a,
                  &(const struct out_request){
                      .method = OUT_POST,
                      .url = message->url,
                      .headers = headers,
                      .n_headers = ARRAY_LEN(headers),
                      .body = message->body,
                      .content_type = "application/json",
                      .allow_private = message->allow_private,
                  },
                  &answer, err);
    if (rc)
        return rc;
    if (answer.status < 200 || answer.status > 299)
        return err_detail(err, ERR_IO, "the receiver answered %d", answer.status);
    return 0;
}
