#include "bridge/referral/referral_web.h"

#include <string.h>

#include "base/clock.h"
#include "bridge/referral/referral.h"
#include "bridge/tag/tag.h"
#include "community/note/note.h"
#include "event/body.h"
#include "event/event.h"
#include "mall/catalog/catalog.h"
#include "mall/checkout/checkout.h"
#include "web/later.h"

/* What the queue for small writes carries: a fact about a visit. */
struct followed {
    int64_t actor, pin, note, product;
    bool simulated;
};

static int tell_followed(struct db *db, const void *data, size_t len, struct err *err)
{
    struct followed f;
    struct event_body body;
    BUG_ON(len != sizeof(f));
    memcpy(&f, data, sizeof(f));
    event_body_init(&body);
    json_member_int(&body.json, "product", f.product);
    return event_append_body(db,
                             &(struct event){ .kind = EVENT_REFERRAL_FOLLOWED,
                                              .actor = f.actor,
                                              .object = f.pin,
                                              .about = f.note,
                                              .simulated = f.simulated },
                             &body, err);
}

static int go(struct req *rq, struct db *db, struct answer *ret, struct err *err)
{
    int64_t id;
    struct pin pin = { 0 };
    struct product_card card = { 0 };
    struct note_brief note;
    size_t n = 0;
    int rc = req_id(rq, "pin", "pin", &id, err);
    if (rc == 0)
        rc = tag_pin_by_id(db, rq->arena, id, &pin, err);
    if (rc == 0)
        rc = note_brief(db, rq->arena, pin.note, rq->viewer.actor, &note, err);
    if (rc == 0)
        rc = product_cards(db, rq->arena, &pin.product, 1, &card, &n, err);
    if (rc < 0)
        return rc;
    if (n == 0)
        return err_set(err, ERR_NOT_FOUND, N_("This is not sold here any more."));
    const struct referral_token token = { .pin = pin.id, .product = pin.product, .at = rq->now };
    struct str cookie = referral_add(rq->arena, rq->settings->referral_secret,
                                     req_cookie(rq, REFERRAL_COOKIE), &token);
    answer_cookie(ret, REFERRAL_COOKIE, cookie, rq->settings->referral_days * 24 * 3600);
    const struct followed followed = { .actor = rq->viewer.actor,
                                       .pin = pin.id,
                                       .note = pin.note,
                                       .product = pin.product,
                                       .simulated = rq->viewer.simulated };
    /* A full queue drops it and counts that; the reader goes on all the same. */
    (void)web_later(rq->web, tell_followed, &followed, sizeof(followed));
    answer_see_other(ret, arena_printf(rq->arena, "/p/%.*s", STR_ARG(card.slug)));
    return 0;
}

int referral_cart_source(struct req *rq, struct db *db UNUSED, const int64_t *ids, size_t n,
                         struct part *ret_parts, struct err *err)
{
    for (size_t i = 0; i < n; i++) {
        struct str *token = arena_new(rq->arena, struct str);
        if (!token)
            return err_detail(err, ERR_NOMEM, "arena full");
        *token = referral_for(rq->settings->referral_secret, req_cookie(rq, REFERRAL_COOKIE),
                              ids[i], rq->now, rq->settings->referral_days);
        if (token->len)
            ret_parts[i].data = token;
    }
    return 0;
}

int referral_order_claims(struct req *rq, struct db *db UNUSED, const int64_t *ids UNUSED, size_t n,
                          struct part *ret_parts, struct err *err)
{
    struct checkout_claims *claims = arena_new(rq->arena, struct checkout_claims);
    struct referral_claimant *claimant = arena_new(rq->arena, struct referral_claimant);
    if (!claims || !claimant)
        return err_detail(err, ERR_NOMEM, "arena full");
    *claimant = (struct referral_claimant){ rq->arena, rq->settings, rq->viewer.actor };
    *claims = (struct checkout_claims){ referral_claim, claimant };
    for (size_t i = 0; i < n; i++)
        ret_parts[i].data = claims;
    return 0;
}

const struct route referral_routes[] = {
    { METHOD_GET, "/go/:pin", go, WHO_ANYONE, RUNS_READ, RATE_READ },
    { 0 },
};
